"""The kinds of paper: one module each, found by being here, or by the entry point `xuncha_docs.kinds`.

[project.entry-points."xuncha_docs.kinds"]
minutes = "our_office.minutes"
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from xuncha_docs.case import Case
from xuncha_docs.document import Document, papers_key, registered, said_kind
from xuncha_docs.errors import InputError, KindError, UnknownKind
from xuncha_docs.findings import Report
from xuncha_docs.formats import Path_
from xuncha_docs.inputs import NOTHING_TO_MAKE, UNKNOWN_KIND, Source
from xuncha_docs.model import closest

GROUP = "xuncha_docs.kinds"


@cache
def _import_all() -> None:
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    for point in entry_points(group=GROUP):
        try:
            point.load()
        except Exception as error:
            raise KindError(f"entry point {point.name} = {point.value} ({GROUP}) can't be loaded: {error!r}") from error


def every() -> Mapping[str, type[Document]]:
    """Return all kinds by name, our own and those of other packages.

    Raises:
        KindError: if a package that joins through the entry point can't be loaded.
    """
    _import_all()
    return registered()


def find(name: str) -> type[Document]:
    """Return a kind by its English or Chinese name.

    Raises:
        UnknownKind: if there is none, with the nearest name.
    """
    known = {**every(), **{kind.label: kind for kind in every().values()}}
    if name not in known:
        meant = closest(name, known)
        raise UnknownKind(f"no kind {name!r}; {f'did you mean {meant}?' if meant else 'known: ' + '、'.join(known)}")
    return known[name]


def documents(source: Source, kind: type[Document] | None = None, *, draft: bool = False) -> tuple[Document, ...]:
    """Make every document that a file of facts asks for: its one document, or those of a case.

    Args:
        source: a file with 文种 (kind) is one document; any other is a case.
        kind: of a case, make this kind only, even without a section; None makes all it has sections for.
        draft: let required facts be missing.

    Raises:
        InputError: with the faults of the file, or because it asks for nothing.
    """
    if said := said_kind(source):
        key, name = said
        found = _kind_at(source, name, (key,))
        return ((kind or found).from_source(source, draft=draft),)
    case = Case.from_source(source, draft=draft)
    if kind:
        return kind.all_from_case(case, draft=draft) or (kind.from_case(case, draft=draft),)
    return _of_case(case, draft=draft)


def _kind_at(source: Source, name: str, path: tuple[str, ...]) -> type[Document]:
    try:
        return find(name)
    except UnknownKind:
        labels = [kind.label for kind in every().values()]
        meant = closest(name, [*labels, *every()])
        cure = f"是不是想写“{meant}”？" if meant else f"现有：{'、'.join(labels)}。"
        raise source.fault(UNKNOWN_KIND, f"没有“{name}”这种文书。", path, cure) from None


def sections(case: Case, *, draft: bool = False) -> tuple[tuple[Path_, Document], ...]:
    """Make the documents of all sections of a case, each with the path of its section; sorted by kind.

    Args:
        case: the facts.
        draft: let required facts be missing; of a case that is a draft every document may be one.

    Raises:
        InputError: with the faults of all of them.
    """
    made: list[tuple[Path_, Document]] = []
    report = Report()
    asked: dict[type[Document], None] = {}
    for name in case.papers:
        try:
            asked[_kind_at(case.source, name, (papers_key(case), name))] = None
        except InputError as error:
            report += error.report
    for kind in sorted(asked, key=lambda kind: kind.kind):
        try:
            paths = (path for path, _ in kind.said_in(case))
            made += zip(paths, kind.all_from_case(case, draft=draft), strict=True)
        except InputError as error:
            report += error.report
    if report.findings:
        raise InputError(Report.of(report.findings))
    return tuple(made)


def _of_case(case: Case, *, draft: bool) -> tuple[Document, ...]:
    made = tuple(document for _, document in sections(case, draft=draft))
    if not made:
        labels = "、".join(kind.label for kind in every().values())
        cure = f"在案卷末尾加“文书:”一节，下面每种文书一行，如“巡察公告: {{}}”；现有：{labels}。"
        raise case.source.fault(NOTHING_TO_MAKE, "案卷里没有“文书”一节，不知道要做哪几种。", (), cure)
    return made

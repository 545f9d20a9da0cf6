"""Which papers a packet has: those that the case's file has sections for, and those that its facts alone make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xuncha_docs import kinds
from xuncha_docs.case import Case
from xuncha_docs.document import Document
from xuncha_docs.drafts import whole_class
from xuncha_docs.errors import InputError
from xuncha_docs.findings import Report
from xuncha_docs.formats import Path_
from xuncha_docs.inputs import MISSING, NOTHING_TO_MAKE
from xuncha_docs.kinds.packet_index import PacketIndex


@dataclass(frozen=True, slots=True)
class Asked:
    """A document of a packet.

    Args:
        document: the document.
        name: the name that its files share, without ending: `370-立行立改通知书-2`.
        section: where in the case's file its facts stand; empty if the case alone made it.
    """

    document: Document
    name: str
    section: Path_ = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A kind that the case has not facts enough for.

    Args:
        label: the kind, in Chinese.
        why: what is missing or wrong, in Chinese.
    """

    label: str
    why: str

    def __str__(self) -> str:
        """Tell it in Chinese."""
        return f"没有做{self.label}：{self.why}"


def asked(
    case: Case, only: Iterable[type[Document]] = (), *, draft: bool = False
) -> tuple[tuple[Asked, ...], tuple[LeftOut, ...]]:
    """Make all documents of a packet, by their places in the cycle.

    Args:
        case: the facts.
        only: the kinds that are made; none is every kind. What is asked for by name must not be left out.
        draft: let required facts be missing in what the file has a section for, and in what is asked for by name.

    Returns:
        The documents, and the kinds that were left out, each with the reason.

    Raises:
        InputError: with the faults of all sections, and of what was asked for by name.
    """
    wanted = tuple(only)
    report = Report()
    made: list[Asked] = []
    left: list[LeftOut] = []
    sections: dict[type[Document], list[tuple[Path_, Document]]] = {}
    try:
        for path, document in kinds.sections(case, draft=draft):
            sections.setdefault(whole_class(type(document)), []).append((path, document))
    except InputError as error:
        report += error.report
    for kind in sorted(wanted or _of_packets(), key=lambda kind: (kind.cycle, kind.kind)):
        found = sections.get(kind) or []
        for one in () if kind.said_in(case) else _implied(kind, case, draft=draft):
            if isinstance(one, InputError) and wanted:
                report += one.report
            elif isinstance(one, InputError):
                left.append(LeftOut(kind.label, _why(one)))
            elif one.missing and not wanted:
                left.append(LeftOut(kind.label, _lacking(one.missing)))
            else:
                found.append(((), one))
        if wanted and not found and not kind.implied(case):
            report += _nothing(kind, case)
        made += _named(kind, found)
    if report.findings:
        raise InputError(Report.of(dict.fromkeys(report.findings)))
    return tuple(made), tuple(dict.fromkeys(left))


def _of_packets() -> Iterator[type[Document]]:
    """Yield the kinds that a packet may have: all but its own index, which is made of the others."""
    yield from (kind for kind in kinds.every().values() if kind is not PacketIndex)


def _nothing(kind: type[Document], case: Case) -> Report:
    """Say that a case has nothing to say in a kind that somebody asked for."""
    cure = f"在案卷的“文书”一节里加“{kind.label}:”，写上它的内容；怎样写，见“xuncha-docs new {kind.label}”。"
    return case.source.fault(NOTHING_TO_MAKE, f"案卷里没有要做{kind.label}的事实。", ("文书",), cure).report


def _implied(kind: type[Document], case: Case, *, draft: bool) -> Iterator[Document | InputError]:
    """Yield what a case asks for by its facts alone, or what stands against it, for each document by itself."""
    for section in kind.implied(case):
        try:
            yield kind.from_case(case, draft=draft, **section)
        except InputError as error:
            yield error


def _named(kind: type[Document], found: Sequence[tuple[Path_, Document]]) -> Iterator[Asked]:
    for n, (path, document) in enumerate(found, 1):
        yield Asked(document, f"{kind.cycle}-{kind.label}{f'-{n}' if len(found) > 1 else ''}", path)


def _why(error: InputError) -> str:
    """Say what a case lacks for a kind, or what stands against it."""
    found = error.report.findings
    missing = [str(one.place.field).partition("（")[0].rpartition(".")[2] for one in found if one.rule is MISSING]
    if len(missing) == len(found):
        return _lacking(missing)
    return "".join(dict.fromkeys(one.message for one in found if one.rule is not MISSING))


def _lacking(facts: Iterable[str]) -> str:
    return f"案卷里没有：{'、'.join(facts)}。"

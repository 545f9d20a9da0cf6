"""Judges what is on paper and what goes there: `check`, the one face of all rules."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from xuncha_docs import kinds
from xuncha_docs.case import Case
from xuncha_docs.checks import ruling, template
from xuncha_docs.checks.ignoring import ignores_for
from xuncha_docs.document import Document
from xuncha_docs.errors import InputError, UnknownKind
from xuncha_docs.findings import Ignored, NotChecked, Place, Report
from xuncha_docs.formats import READERS
from xuncha_docs.inputs import UNREADABLE, os_reason, read
from xuncha_docs.word.package import Package, PackageError
from xuncha_docs.word.paper import Paper
from xuncha_docs.word.provenance import Provenance

Thing = str | PathLike[str] | bytes | Paper | Document | Case

UNREAD = ("TPL0", "INP001")
"""What is told whatever is selected: a file that can't be read has passed nothing."""

LARGEST = 100 * 1024 * 1024
"""The largest file that is read, in bytes; a template has some tens of thousands."""


def check(
    *things: Thing,
    kind: str | type[Document] | None = None,
    model: type[Document] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Report:
    """Judge templates, papers and files of facts.

    Args:
        things: files by their paths, .docx as bytes, papers, documents, cases.
        kind: the kind whose templates the .docx are, by name or label; None takes it from the file's name,
            `announcement.poster.docx`.
        model: the same by its class.
        select: codes or beginnings of codes, `TPL1`; others are not told. Empty is all.
        ignore: codes or beginnings of codes that are not told.

    Returns:
        All findings of all things, and what could not be checked. Findings that `xuncha.toml` or `pyproject.toml`
        ignores are among `ignored`, with the reason.

    Raises:
        UnknownKind: if there is no such kind.
        InputError: if `xuncha.toml` or `pyproject.toml` says what it should not.
    """
    wanted = model or (kinds.find(kind) if isinstance(kind, str) else kind)
    report = Report()
    for thing in things:
        report += _without_ignored(thing, _judged(thing, wanted))
    chosen = tuple(select)
    left_out = tuple(ignore)
    kept = tuple(
        finding
        for finding in report.findings
        if (not chosen or ruling.selected((*chosen, *UNREAD), finding.code))
        and not ruling.selected(left_out, finding.code)
    )
    return Report(kept, report.not_checked, report.ignored, report.notes)


def _judged(thing: Thing, model: type[Document] | None) -> Report:
    if isinstance(thing, Case | Document):
        what = thing.label if isinstance(thing, Document) else "案卷"
        return Report(not_checked=(NotChecked(f"{what}的事实是否妥当", "这类规则还没有"),))
    if isinstance(thing, Paper):
        return _paper(thing.content, thing.kind or "文书")
    if isinstance(thing, bytes):
        return _docx(thing, "template.docx", model)
    path = Path(thing)
    if path.suffix.lower() in READERS:
        return _facts(path)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        return _unreadable(path, f"这个文件打不开：{os_reason(error)}。", "请检查文件名和权限。")
    except ValueError:  # a name that no file can have
        return _unreadable(path, "没有这样的文件名。", "请检查文件名。")
    if len(content) > LARGEST:
        return _unreadable(path, "文件太大。", f"超过 {LARGEST // 1024 // 1024} MB 的不是模板，也不是文书。")
    if content.startswith(b"%PDF"):
        return Report(not_checked=(NotChecked(f"{path}", "PDF 的检查还没有"),))
    return _docx(content, str(path), model or kind_of(path))


def kind_of(path: Path) -> type[Document] | None:
    """Return the kind that a template's name says, `announcement.poster.docx` or `巡察公告.docx`; None if none."""
    try:
        return kinds.find(path.name.partition(".")[0])
    except UnknownKind:
        return None


def _docx(content: bytes, name: str, model: type[Document] | None) -> Report:
    if model is None and _is_paper(content):
        return _paper(content, name)
    taken = f"{name}：按{model.label}的模板检查" if model else f"{name}：按模板检查"
    return template.judge(content, name, model) + Report(notes=(taken,))


def _is_paper(content: bytes) -> bool:
    """Tell whether a .docx is one of our papers, which say where they come from, or has neither tag nor near-tag."""
    try:
        package = Package.open(content)
    except PackageError:
        return False
    return Provenance.read(package) is not None or not template.has_tags(content)


def _paper(content: bytes, name: str) -> Report:
    return Report(not_checked=(NotChecked(f"{name} 的版面和文字", "文书的检查还没有"),), notes=(f"{name}：是文书",))


def _facts(path: Path) -> Report:
    """Read a file of facts; what is wrong with it is found in reading."""
    try:
        kinds.documents(read(path))
    except InputError as error:
        return error.report + Report(notes=(f"{path}：按案卷或文书检查",))
    left = NotChecked(f"{path} 的事实是否妥当", "这类规则还没有")
    return Report(not_checked=(left,), notes=(f"{path}：按案卷或文书检查",))


def _unreadable(path: Path, message: str, cure: str) -> Report:
    return Report((UNREADABLE.at(Place(file=str(path)), message, cure),))


def _without_ignored(thing: Thing, report: Report) -> Report:
    """Set aside the findings that a file of settings ignores for a file."""
    if not isinstance(thing, str | PathLike) or not report.findings:
        return report
    ignores = tuple(ignores_for(Path(thing)))
    kept, ignored = [], []
    for finding in report.findings:
        reason = next((one.reason for one in ignores if ruling.selected(one.codes, finding.code)), None)
        if reason is None:
            kept.append(finding)
        else:
            ignored.append(Ignored(finding, reason))
    return Report(tuple(kept), report.not_checked, (*report.ignored, *ignored), report.notes)

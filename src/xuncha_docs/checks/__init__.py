"""Judges what is on paper and what goes there: `check`, the one face of all rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path

from xuncha_docs import kinds, manifest
from xuncha_docs.checks import mending, packet, papers, ruling, template
from xuncha_docs.checks import pdf as pdf_rules
from xuncha_docs.checks.ignoring import ignores_for
from xuncha_docs.checks.office import office_profile
from xuncha_docs.checks.profiles import PROFILES, Profile
from xuncha_docs.checks.taking import How, Taken, Thing, is_paper, pairs, take
from xuncha_docs.checks.template import mending as template_mending
from xuncha_docs.document import Document
from xuncha_docs.errors import TemplateError, UnknownProfile
from xuncha_docs.findings import Ignored, Report
from xuncha_docs.formats import READERS
from xuncha_docs.word.package import PackageError

UNREAD = ("TPL0", "INP001", "PDF0")
"""What is told whatever is selected: a file that can't be read has passed nothing."""


def check(
    *things: Thing,
    kind: str | type[Document] | None = None,
    model: type[Document] | None = None,
    profile: str | PathLike[str] | Profile | None = None,
    draft: bool = False,
    pdf: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Report:
    """Judge templates, papers and files of facts; several documents, and those of a case, against each other too.

    Args:
        things: files by their paths, .docx and PDF as bytes, papers, documents, cases; a packet by its manifest,
            `清单.json`.
        kind: the kind whose templates the .docx are, by name or label; None takes it from the file's name,
            `announcement.poster.docx`.
        model: the same by its class.
        profile: the layout that papers should keep to: a name of `checks.profiles.PROFILES`, a TOML file of an office,
            or the profile itself; None takes that of the paper's kind, or the one that its head shows.
        draft: papers are still drafts, in which what is left to be filled in is no fault.
        pdf: convert papers to PDF with LibreOffice and judge the printed pages too.
        select: codes or beginnings of codes, `TPL1`; others are not told. Empty is all.
        ignore: codes or beginnings of codes that are not told.

    Returns:
        All findings of all things, and what could not be checked. Findings that `xuncha.toml` or `pyproject.toml`
        ignores are among `ignored`, with the reason.

    Raises:
        UnknownKind: if there is no such kind.
        UnknownProfile: if there is no such profile.
        InputError: if `xuncha.toml` or `pyproject.toml` says what it should not.
    """
    wanted = model or (kinds.find(kind) if isinstance(kind, str) else kind)
    how = How(model=wanted, profile=profile_of(profile), draft=draft)
    taken = [take(thing, how) for thing in things]
    papers_of = pairs(taken)
    printed = _printed(taken) if pdf else {}
    report = Report()
    for one in taken:
        report += _without_ignored(one.thing, _judged(one, papers_of, printed, how))
    between = packet.agree([sayer for one in taken for sayer in one.sayers])
    for folder, names in _of_packets(taken).items():
        between += packet.judge(folder / manifest.NAME, names)
    report += _without_ignored(_first_file(taken), between)
    chosen = tuple(select)
    left_out = tuple(ignore)
    kept = tuple(
        finding
        for finding in report.findings
        if (not chosen or ruling.selected((*chosen, *UNREAD), finding.code))
        and not ruling.selected(left_out, finding.code)
    )
    return Report(kept, report.not_checked, report.ignored, report.notes)


def profile_of(said: str | PathLike[str] | Profile | None) -> Profile | None:
    """Return the profile that somebody named; None if nobody did.

    Raises:
        UnknownProfile: if there is no such profile.
        InputError: if it is a file that says what it should not.
    """
    if said is None or isinstance(said, Profile):
        return said
    if str(said) in PROFILES:
        return PROFILES[str(said)]
    if Path(said).suffix.lower() in READERS:
        return office_profile(said)
    raise UnknownProfile(f"no profile {str(said)!r}; known are: {', '.join(PROFILES)}, or a TOML file")


def _printed(taken: Iterable[Taken]) -> Mapping[Taken, Report]:
    """Judge the pages of all papers among things that were taken."""
    found = [(one, one.paper) for one in taken if one.paper]
    reports = papers.judge_printed([(paper, one.content) for one, paper in found])
    return dict(zip((one for one, _ in found), reports, strict=True))


def _judged(one: Taken, papers_of: Mapping[Taken, Taken], printed: Mapping[Taken, Report], how: How) -> Report:
    if one.said is not None:
        return one.said
    if one.is_pdf:
        made_of = papers_of.get(one)
        paper = made_of.paper if made_of else None
        kept = how.profile or (paper.profile if paper else PROFILES["ordinary"])
        note = f"{one.name}：是 PDF，按{kept.label}检查"
        return pdf_rules.judge(one.content, one.name, paper, kept) + Report(notes=(note,))
    if one.paper:
        left = Report() if one in papers_of.values() else papers.printed_not_checked(one.name, "没有转成 PDF")
        return papers.judge(one.paper) + printed.get(one, left)
    taken = f"{one.name}：按{one.model.label}的模板检查" if one.model else f"{one.name}：按模板检查"
    return template.judge(one.content, one.name, one.model) + Report(notes=(taken,))


def mended(content: bytes, name: str, profile: Profile | None = None) -> tuple[bytes, tuple[object, ...]]:
    """Mend what is mechanical in a template's tags, or in a paper's layout and marks.

    Args:
        content: the bytes of a .docx.
        name: its file, for messages.
        profile: what a paper should keep to; None as in `check`.

    Returns:
        The mended copy, and what was changed, each a line when written as text; the same bytes if there was nothing.

    Raises:
        TemplateError: if the file can't be opened, or if mending would change other words than those of its tags.
        MendingError: if mending a paper would change its words.
    """
    if is_paper(content):
        try:
            return mending.mended(content, papers.examined(content, name, profile))
        except PackageError as error:
            raise TemplateError(f"{name}: can't be opened: {error}", reason=str(error)) from error
    return template_mending.mended(content, name)


def _of_packets(taken: Iterable[Taken]) -> Mapping[Path, set[str]]:
    """Group papers by the folders of packets that they lie in, but for packets that are checked as a whole."""
    files = [Path(one.thing) for one in taken if isinstance(one.thing, str | PathLike)]
    whole = {path.parent for path in files if path.name == manifest.NAME}
    found: dict[Path, set[str]] = {}
    for one in taken:
        if one.paper and isinstance(one.thing, str | PathLike):
            path = Path(one.thing)
            if path.parent not in whole and (path.parent / manifest.NAME).is_file():
                found.setdefault(path.parent, set()).add(path.name)
    return found


def _first_file(taken: Iterable[Taken]) -> Thing:
    """Return the first file among things that were taken: its folder says what is ignored for all of them."""
    return next((one.thing for one in taken if isinstance(one.thing, str | PathLike)), b"")


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

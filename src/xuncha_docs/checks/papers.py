"""Judges a paper, ours or typed by hand: which profile it keeps to, then the rules of layout and text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xuncha_docs import converting, kinds
from xuncha_docs import gb9704 as gb
from xuncha_docs.blank import MARK
from xuncha_docs.checks import layout as layout_rules
from xuncha_docs.checks import pdf
from xuncha_docs.checks import text as text_rules
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.profiles import PROFILES, Carrier, Profile
from xuncha_docs.checks.ruling import checks
from xuncha_docs.errors import ConversionError, OfficeMissing, UnknownKind
from xuncha_docs.findings import Finding, Ignored, NotChecked, Report, Severity
from xuncha_docs.word.layout import Layout, Paragraph, Where
from xuncha_docs.word.measuring import measured
from xuncha_docs.word.package import Package
from xuncha_docs.word.provenance import Provenance
from xuncha_docs.word.roles import Played, Role, roles

FAMILIES = ("GBT", "TXT")
"""The rules that judge the paper itself, without a PDF."""

CHAPTERS = {**layout_rules.CHAPTERS, **text_rules.CHAPTERS, **pdf.CHAPTERS}


def examined(content: bytes, name: str, profile: Profile | None = None, *, draft: bool = False) -> Judged:
    """Read a paper, to be judged.

    Args:
        content: its bytes.
        name: its file, for the findings.
        profile: what it should keep to; None takes that of its kind, or the one that its head shows.
        draft: whether leftovers are no faults yet.

    Raises:
        PackageError: if it is no .docx.
    """
    layout = measured(content)
    provenance = Provenance.read(Package.open(content))
    made_as_draft = provenance is not None and provenance.draft
    return Judged(name, layout, profile or of_kind(content) or recognised(layout), draft, made_as_draft)


def judge(paper: Judged) -> Report:
    """Judge a paper by the rules of layout and text; what a printed page alone can show is left as not checked."""
    found = _found(paper)
    base = PROFILES[paper.profile.carrier.value]
    taken = f"{paper.name}：是文书，按{paper.profile.label}检查"
    if paper.profile == base:
        return Report(found, notes=(taken,))
    return Report(found, ignored=tuple(_deviations(paper, base, found)), notes=(taken,))


def judge_printed(papers: Sequence[tuple[Judged, bytes]]) -> tuple[Report, ...]:
    """Convert papers with LibreOffice, in one run, and judge their pages; what can't be converted is not checked."""
    try:
        made = converting.converted([(paper.name, content) for paper, content in papers])
    except ConversionError as error:
        if len(papers) > 1 and not isinstance(error, OfficeMissing):
            return tuple(report for one in papers for report in judge_printed([one]))
        return tuple(printed_not_checked(paper.name, error.told or str(error)) for paper, _ in papers)
    pairs = zip(papers, made, strict=True)
    return tuple(pdf.judge(printed, paper.name, paper, paper.profile) for (paper, _), printed in pairs)


def printed_not_checked(name: str, why: str) -> Report:
    """Say that what shows only on the printed page was not checked."""
    what = "打印出来的样子（每页行数、每行字数、页码和版记的位置、字体、有没有丢字）"
    return Report(not_checked=(NotChecked(f"{name} {what}", why.rstrip("。")),))


def _found(paper: Judged) -> tuple[Finding, ...]:
    found = [finding for family in FAMILIES for check in checks(family) for finding in check.run(paper, paper.name)]
    return tuple(_in_order([_of_blank(one) for one in found] if paper.draft else found, paper))


def _of_blank(finding: Finding) -> Finding:
    """Make a hint of what is found, in a draft, to be wrong with a blank: that it is no date, say."""
    return replace(finding, severity=Severity.INFO) if MARK in finding.message else finding


def _deviations(paper: Judged, base: Profile, found: tuple[Finding, ...]) -> Iterator[Ignored]:
    """List where a paper keeps to its office's profile and not to the standard: told, not reported."""
    told = {(finding.code, finding.place) for finding in found}
    for finding in _found(replace(paper, profile=base)):
        if (finding.code, finding.place) not in told:
            yield Ignored(finding, f"{paper.profile.label}：{paper.profile.reason or '本单位的版式'}")


def _in_order(found: list[Finding], paper: Judged) -> Iterator[Finding]:
    """Yield findings in the order of the paper; what concerns all of it comes first."""
    order = {_spot(p): p.order for p in paper.layout.every_paragraph}
    yield from sorted(found, key=lambda f: (order.get(_spot_of(f), -1), f.code))


def _spot(paragraph: Paragraph) -> tuple[object, ...]:
    place = paragraph.place
    return (place.part, place.within, place.table, place.row, place.cell, place.paragraph)


def _spot_of(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    return (place.part, place.within, place.table, place.row, place.cell, place.paragraph)


def of_kind(content: bytes) -> Profile | None:
    """Return the profile that the kind of one of our papers names; None for a foreign paper."""
    provenance = Provenance.read(Package.open(content))
    if provenance is None:
        return None
    try:
        return PROFILES[kinds.find(provenance.kind).profile_of(provenance.variant)]
    except (UnknownKind, KeyError):
        return None


_ENDINGS = (("令", Carrier.COMMAND), ("纪要", Carrier.MINUTES))


def recognised(layout: Layout) -> Profile:
    """Return the profile that a paper's head shows: that of an ordinary paper where it has no red head."""
    played = roles(layout)
    marks = [p for p in layout.every_paragraph if played[p.order].role is Role.MARK]
    if not marks:
        return PROFILES[_without_head(layout, played)]
    text = "".join(mark.text for mark in marks).strip()
    ending = next((carrier for end, carrier in _ENDINGS if text.endswith(end)), None)
    lines = (line.style for p in layout.every_paragraph for line in p.borders.values())
    if ending is None and any("hick" in style for style in lines):
        return PROFILES[Carrier.LETTER]
    return PROFILES[ending or Carrier.RED_HEAD]


_MOST, _MUCH = 0.7, 0.4
_OF_FORMS = re.compile(r"(?:表|单|卡|登记|台账|记录|日志|目录|明细|回执)(?:[（(].{1,12}[）)])?$")


def _without_head(layout: Layout, played: Mapping[int, Played]) -> Carrier:
    """Tell what a paper without a red head is: a form, a poster whose text is larger than titles are, or neither."""
    if _is_form(layout, played):
        return Carrier.FORM
    printed = [p for p in layout.paragraphs if p.text.strip() and p.where is Where.BODY]
    large = sum(len(p.text) for p in printed if p.format.size > gb.TITLE_SIZE)
    whole = sum(len(p.text) for p in printed)
    return Carrier.POSTER if large > _MOST * whole else Carrier.ORDINARY


def _is_form(layout: Layout, played: Mapping[int, Played]) -> bool:
    """Tell whether nearly all that a paper prints stands in tables; or much of it, under the title of a form."""
    inside = sum(len(p.text.strip()) for table in layout.tables for p in table.paragraphs)
    whole = sum(len(p.text.strip()) for p in layout.paragraphs)
    titles = [p.text.strip() for p in layout.paragraphs if played[p.order].role is Role.TITLE]
    return inside > (_MUCH if any(map(_OF_FORMS.search, titles)) else _MOST) * whole

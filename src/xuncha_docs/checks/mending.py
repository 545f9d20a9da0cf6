"""Mends what is mechanical in a paper: page, lines, indents, fonts and sizes by role, marks that a keyboard slips.

The words themselves never change: brackets of 文号, padded dates and half-width marks are put right, everything else
must read the same afterwards, or the copy is withheld.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.layout.levels import numbered_text
from xuncha_docs.checks.profiles import RUNNING
from xuncha_docs.chinese import width
from xuncha_docs.errors import MendingError
from xuncha_docs.findings import Place, marked
from xuncha_docs.word.formatting import Edit, Form, formatted, replaced
from xuncha_docs.word.layout import Paragraph, Section, Where
from xuncha_docs.word.measuring import measured
from xuncha_docs.word.roles import LEVELS, Role
from xuncha_docs.word.styles import BY_NAME, whole

SURE = 0.8
"""How sure a role must be for its paragraph to be changed."""

_NEAR = 57  # one millimetre, 5.2.1
_TEXT = (Role.BODY, *LEVELS, Role.ADDRESSEE, Role.QUOTATION)
_SIGNED = (Role.SIGNER, Role.DATE)
_LINED = (*_TEXT, *_SIGNED, Role.BLANK, Role.ANNEX_LIST, Role.NOTE)
"""The roles whose lines are those of the text."""
_AS_TEXT = LEVELS[2:]
"""The levels that look as the text does: were one text after all, its form would be the same."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was put right.

    Args:
        place: where.
        what: what it is now, in Chinese.
    """

    place: Place
    what: str

    def __str__(self) -> str:
        """Write it on one line."""
        return f"{self.place}：{self.what}"


def mended(content: bytes, paper: Judged) -> tuple[bytes, tuple[Change, ...]]:
    """Mend a paper.

    Args:
        content: its bytes.
        paper: the same, read and with the profile it should keep to.

    Returns:
        The mended copy, and what was changed; the same bytes if there was nothing to mend.

    Raises:
        MendingError: if mending would have changed other words.
    """
    sections = {s.number: found for s in paper.layout.sections if (found := dict(_section(paper, s)))}
    listed = numbered_text(paper)
    forms = {p.order: form for p in _formed(paper) if (form := _form(paper, p, listed))}
    edits = {p.order: said for p in paper.layout.paragraphs if (said := tuple(_edits(paper.role(p), p.text)))}
    changes = tuple(_changes(paper, sections, forms, edits))
    if not changes:
        return content, ()
    played = {p.order: paper.role(p) for p in paper.layout.paragraphs}

    def found_in(order: int, text: str) -> Sequence[Edit]:
        return tuple(_edits(played.get(order, Role.OTHER), text, indented=order in forms))

    made = formatted(content, sections, forms, found_in)
    _same_words(paper, made)
    return made, changes


def _same_words(paper: Judged, made: bytes) -> None:
    """Hold the words of a copy against those of the paper, put right."""
    wanted = [_bare(_right(paper, p)) for p in paper.layout.paragraphs]
    found = [_bare(p.text) for p in measured(made).paragraphs]
    if wanted != found:
        raise MendingError(f"{paper.name}: mending would have changed other words; nothing was changed")


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _changes(
    paper: Judged,
    sections: Mapping[int, Mapping[str, Mapping[str, str]]],
    forms: Mapping[int, Form],
    edits: Mapping[int, tuple[Edit, ...]],
) -> Iterator[Change]:
    for number, said in sections.items():
        words = "、".join(_SECTION_WORDS[name] for name in said)
        yield Change(paper.layout.sections[number].place, f"{words}改成标准的")
    yield from _forms_told(paper, forms)
    for p in paper.layout.paragraphs:
        text = p.text if p.order in edits else ""
        for edit in edits.get(p.order, ()):
            place = replace(p.place, snippet=marked(text, edit.start, edit.end))
            yield Change(place, f"“{text[edit.start : edit.end]}”改成“{edit.text}”")


def _forms_told(paper: Judged, forms: Mapping[int, Form]) -> Iterator[Change]:
    """Tell the same change of several paragraphs once, at the first of them."""
    told: dict[str, list[Paragraph]] = {}
    for p in paper.layout.paragraphs:
        if form := forms.get(p.order):
            names = dict.fromkeys(_WORDS[name] for name in (*form.paragraph, *form.run) if name != "snapToGrid")
            told.setdefault(f"{paper.role(p)}的{'、'.join(names)}改成规定的", []).append(p)
    for what, found in told.items():
        yield Change(found[0].place, what if len(found) == 1 else f"{what}，共 {len(found)} 段")


_SECTION_WORDS = {"pgSz": "纸张", "pgMar": "页边距", "docGrid": "网格"}
_WORDS = {
    "ind": "缩进",
    "spacing": "行距、段距或字距",
    "snapToGrid": "对齐网格",
    "rFonts": "字体",
    "sz": "字号",
    "szCs": "字号",
}


# --- the page ------------------------------------------------------------------------------------------------------


def _system(paper: Judged) -> gb.System:
    """Return the system of margins that a paper keeps to in most things, and is nearest to; else the first."""
    first = paper.layout.sections[0]

    def distance(system: gb.System) -> tuple[int, int]:
        apart = [abs(first.top - system.top), abs(first.bottom - system.bottom)]
        off = sum(one > _NEAR for one in apart) + (paper.pitch != system.pitch)
        return off, sum(apart) if min(apart) <= _NEAR else gb.PAGE_HEIGHT

    return min(paper.profile.systems, key=distance)


def _section(paper: Judged, section: Section) -> Iterator[tuple[str, dict[str, str]]]:
    if section.landscape or paper.carrier not in RUNNING:
        return
    if abs(section.width - gb.PAGE_WIDTH) > _NEAR or abs(section.height - gb.PAGE_HEIGHT) > _NEAR:
        yield "pgSz", {"w": str(gb.PAGE_WIDTH), "h": str(gb.PAGE_HEIGHT)}
    system = _system(paper)
    margins = {"left": paper.profile.left, "right": paper.profile.right}
    if paper.carrier.value != "letter":
        margins |= {"top": system.top, "bottom": system.bottom}
    odd = {side: str(wanted) for side, wanted in margins.items() if abs(getattr(section, side) - wanted) > _NEAR}
    if section.gutter:
        odd["gutter"] = "0"
    if odd:
        yield "pgMar", odd
    if section.grid != "default" and section.pitch != system.pitch and not _has_own_grid(paper, section):
        yield "docGrid", {"type": "lines", "linePitch": str(system.pitch), "charSpace": ""}


def _has_own_grid(paper: Judged, section: Section) -> bool:
    """Tell whether a section keeps to Word's own grid of 22 lines of 28 characters, which may stay."""
    near = abs(section.pitch - _system(paper).pitch) <= 2 and abs(section.char_space - gb.WORD_GRID) <= 20
    return section.grid == "linesAndChars" and near


# --- paragraphs ----------------------------------------------------------------------------------------------------


def _formed(paper: Judged) -> Iterator[Paragraph]:
    """Yield the paragraphs whose form is known: those of a style of the standard, in the text itself."""
    if paper.carrier not in RUNNING:
        return
    for p in paper.layout.paragraphs:
        role, sure = paper.role(p), paper.played[p.order].sure
        styled = (role in paper.profile.looks and role.value in BY_NAME and not p.blank) or role is Role.BLANK
        if styled and (sure >= SURE or role in _AS_TEXT) and p.where is Where.BODY:
            yield p


def _form(paper: Judged, p: Paragraph, listed: frozenset[int]) -> Form | None:
    """Return what to write into a paragraph so that it looks as its role should; None where it does."""
    paragraph = dict(_paragraph(paper, p))
    run = dict(_run(paper, p, listed))
    return Form(paragraph=paragraph, run=run, end=_heading_end(paper, p)) if paragraph or run else None


def _paragraph(paper: Judged, p: Paragraph) -> Iterator[tuple[str, dict[str, str]]]:
    role = paper.role(p)
    if role in _LINED:
        yield from _line(paper, p)
    if role in _TEXT:
        style = whole(role.value)
        first, left, right = (value or 0 for value in (style.first, style.left, style.right))
        blanks = len(p.text) - len(p.text.lstrip(" \u3000\t"))
        if blanks or any(abs(a - b) > 0.15 for a, b in ((p.first, first), (p.left, left), (p.right, right))):
            yield "ind", _indents(first=first, left=left, right=right)
    elif role in _SIGNED:
        wanted = _signature(paper, p)
        if wanted is not None and abs(p.right - wanted) > 0.6 and p.align == "right" and not p.left:
            yield "ind", _indents(right=wanted)
    elif role is Role.TITLE and p.align == "center" and (p.first or p.left or p.right):
        yield "ind", _indents(first=0, left=0, right=0)


def _line(paper: Judged, p: Paragraph) -> Iterator[tuple[str, dict[str, str]]]:
    pitch = _system(paper).pitch
    said: dict[str, str] = {}
    if (p.line_rule, p.line) != ("exact", pitch) and not _has_own_grid(paper, paper.section(p)):
        yield "snapToGrid", {"val": "0"}
        said = {"line": str(pitch), "lineRule": "exact"}
    for side, white in (("before", p.before), ("after", p.after)):
        if white and (white < pitch / 2 or _is_inside(paper, p)):
            said |= {side: "0", f"{side}Lines": "0", f"{side}Autospacing": "0"}
    if said:
        yield "spacing", said


def _is_inside(paper: Judged, p: Paragraph) -> bool:
    """Tell whether a paragraph stands among those of the text: around them, white may stand for an empty line."""
    inside = {Role.BODY, *LEVELS, Role.QUOTATION}
    others = [paper.role(one) for one in (paper.before(p), paper.after(p)) if one is not None]
    return len(others) > 1 and {paper.role(p), *others} <= inside


def _indents(**chars: float) -> dict[str, str]:
    """Write indents in characters for Word and in twentieths of a point for LibreOffice."""
    said: dict[str, str] = {}
    for side, value in chars.items():
        name = "firstLine" if side == "first" else side
        said |= {f"{name}Chars": str(round(value * 100)), name: str(round(value * (gb.CHAR + gb.BODY_TRACKING)))}
    return said | ({"hanging": "", "hangingChars": ""} if "first" in chars else {})


def _signature(paper: Judged, p: Paragraph) -> float | None:
    """Return how far 署名 or 成文日期 should stand from the right; None where they are not one above the other."""
    other = paper.after(p) if paper.role(p) is Role.SIGNER else paper.before(p)
    pair = {paper.role(one): _right(paper, one).strip() for one in (p, other) if one is not None}
    if set(pair) != set(_SIGNED):
        return None
    widths = width(pair[Role.SIGNER]), width(pair[Role.DATE])
    top = p if paper.role(p) is Role.SIGNER else other
    apart = top is not None and paper.blanks_before(top) > 1.5  # more than the one line above a name without a seal
    choices = [gb.signature_indents(*widths, sealed=sealed) for sealed in ((True,) if apart else (False, True))]
    at = 0 if paper.role(p) is Role.SIGNER else 1
    return min((one[at] for one in choices), key=lambda right: abs(right - p.right))


def _heading_end(paper: Judged, p: Paragraph) -> int | None:
    """Return where the heading ends that its text runs on from; None where all of it is heading."""
    stop = p.text.find("。")
    return stop + 1 if paper.role(p) in LEVELS and 0 <= stop < len(p.text) - 1 else None


def _run(paper: Judged, p: Paragraph, listed: frozenset[int]) -> Iterator[tuple[str, dict[str, str]]]:
    if p.blank:
        return
    look = paper.profile.looks[Role.BODY if p.order in listed else paper.role(p)]
    found = [one for one, _ in p.formats(0, _heading_end(paper, p))]
    if found and all(one.font and not look.passes(one.font) for one in found):
        of_style = whole(paper.role(p).value).font or gb.FANGSONG
        family = of_style if look.fonts[0] in gb.FONT_CLASSES else look.fonts[0]
        yield "rFonts", dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), family) | _NO_THEME
    if look.size and any(one.size != look.size for one in found):
        yield "sz", {"val": str(look.size)}
        yield "szCs", {"val": str(look.size)}
    if (
        paper.role(p) in _TEXT
        and not _has_own_grid(paper, paper.section(p))
        and any(one.tracking not in range(-15, -4) for one in found)
    ):
        yield "spacing", {"val": str(gb.BODY_TRACKING)}


_NO_THEME = dict.fromkeys(("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"), "")


# --- marks ---------------------------------------------------------------------------------------------------------

_HAN = r"[\u4e00-\u9fff]"
_MARKS = dict(zip(",;:?!", "，；：？！", strict=True))
_NUMBER = re.compile(r"[\[［【(（]\s*((?:19|20)\d{2})\s*[\]］】)）](?=\s*(?:第\s*)?\d+\s*号(?!楼))")
_PADDED = re.compile(r"(?<=年)0([1-9]月)|(?<=月)0([1-9]日)")
_HALF = re.compile(rf"(?<={_HAN})[,;:?!](?={_HAN}|$)")
_INDENT = re.compile(r"^[ \u3000\t]+(?=\S)")
_APART = re.compile(r"://|@")


def _edits(role: Role, text: str, *, indented: bool = False) -> Iterator[Edit]:
    """Yield what a keyboard slipped in a text; web and mail addresses are passed over."""
    found = [Edit(*m.span(), f"〔{m[1]}〕") for m in _NUMBER.finditer(text)]
    found += [Edit(*m.span(), m[1] or m[2]) for m in _PADDED.finditer(text)]
    found += [Edit(*m.span(), _MARKS[m[0]]) for m in _HALF.finditer(text)]
    if indented and role in _TEXT:
        found += [Edit(*m.span(), "") for m in _INDENT.finditer(text)]
    apart = [m.span() for m in re.finditer(r"\S+", text) if _APART.search(m[0])]
    starts = [start for start, _ in apart]
    for edit in found:
        at = bisect_right(starts, edit.start) - 1
        if at < 0 or edit.start >= apart[at][1]:
            yield edit


def _right(paper: Judged, p: Paragraph) -> str:
    """Return the text of a paragraph as it is put right."""
    return _applied(p.text, _edits(paper.role(p), p.text))


def _applied(text: str, edits: Iterator[Edit]) -> str:
    return replaced(text, sorted(edits, key=lambda edit: edit.start))

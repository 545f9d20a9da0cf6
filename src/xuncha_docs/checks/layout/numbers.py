"""GBT701 to GBT707: page numbers (7.5): whether all pages have them, how they look, where they stand."""

from __future__ import annotations

import re
from typing import NamedTuple

from xuncha_docs import chinese
from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.layout.looks import size
from xuncha_docs.checks.layout.page import band, height, mm
from xuncha_docs.checks.profiles import Carrier
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.word.layout import Paragraph, Run, Section

_PAGES = {"default": "单页", "even": "双页", "first": "首页"}


class _Foot(NamedTuple):
    """A line with a page number: its paragraph, its section and the pages it is for."""

    paragraph: Paragraph
    section: Section
    pages: str


def _field(paragraph: Paragraph) -> Run | None:
    """Return the run that prints the number of the page."""
    return next((run for run in paragraph.runs if run.field.split(" ")[0].upper() == "PAGE"), None)


def _kinds(paper: Judged, section: Section) -> tuple[str, ...]:
    """Return the sorts of pages that have footers of their own."""
    return ("default", *(["even"] if paper.layout.odd_even else []), *(["first"] if section.first_page else []))


def _feet(paper: Judged) -> tuple[_Foot, ...]:
    """Return the lines with page numbers, a footer that several sections share once."""
    found: dict[int, _Foot] = {}
    for section in paper.layout.sections:
        for kind in _kinds(paper, section):
            for paragraph in section.footers.get(kind, ()):
                if _field(paragraph):
                    found.setdefault(paragraph.order, _Foot(paragraph, section, kind))
    return tuple(found.values())


def _has(section: Section, kind: str) -> bool:
    """Tell whether the pages of a sort have a number, at the foot or, which is no place for it, at the head."""
    return any(_field(p) for held in (section.footers, section.headers) for p in held.get(kind, ()))


# --- whether there are numbers ---------------------------------------------------------------------------------------

_MENU = "在“插入”选项卡的“页码”里"


@rule("GBT701", Severity.ERROR, clause="7.5", strength=Strength.GENERAL)
def missing_page_numbers(paper: Judged) -> Flaws:
    """没有页码，单页、双页没有分开设，或者有的页没有页码。

    为什么：页码一般用四号半角宋体阿拉伯数字，单页码居右空一字，双页码居左空一字，所以单页、双页的页脚要分开设。
    信函的首页不显示页码（10.1）；没有红头的文书可以不编页码，也可以居中。

    错：
        （红头）
        删去：页码
    错：
        （红头）
        设置 奇偶页不同=否
    错：
        （红头）
        版式 首页不同=是
    错（还有 GBT801）：
        （信函）
        版式 首页不同=否
    对：
        删去：页码
    对：
        版式 首页不同=是
    对：
        设置 奇偶页不同=否
        第2段页码：对齐=中 右缩进=0字
    """
    sections = paper.layout.sections
    has_any = any(_has(section, kind) for section in sections for kind in _kinds(paper, section))
    if not has_any:
        if "none" not in paper.profile.page_numbers:
            cure = f"{_MENU}插入页码，勾选“奇偶页不同”，单页右对齐，双页左对齐。"
            yield Flaw(sections[0].place, "没有页码。", cure)
        return
    yield from _not_parted(paper)
    for section in sections:
        for kind in _kinds(paper, section):
            fault = _lacking(paper, section, kind)
            if fault:
                which = f"第{section.number + 1}节的" if len(sections) > 1 else ""
                yield Flaw(section.place, f"{which}{fault[0]}", fault[1])


def _not_parted(paper: Judged) -> Flaws:
    """Yield the flaw that odd and even pages have one footer, where a number in the middle is not allowed."""
    feet = [foot for foot in _feet(paper) if foot.pages == "default"]
    if paper.layout.odd_even or not feet:
        return
    centred = "centre" in paper.profile.page_numbers and all(_place(f.paragraph) == "center" for f in feet)
    if "sides" in paper.profile.page_numbers and not centred:
        cure = "双击页脚，在“页眉和页脚”选项卡里勾选“奇偶页不同”，单页右对齐、右空一字，双页左对齐、左空一字。"
        yield paper.flaw(feet[0].paragraph, "单页和双页用同一个页脚，页码分不出左右。", cure)


def _lacking(paper: Judged, section: Section, kind: str) -> tuple[str, str] | None:
    """Return that the pages of a sort lack a number, or have one they should not have, with the cure."""
    if paper.carrier is Carrier.LETTER and section.number == 0 and kind in ("first", "default"):
        first = "first" if section.first_page else "default"
        if kind == first:
            cure = "双击页脚，勾选“首页不同”，删去首页页脚里的页码。"
            return ("信函的首页显示了页码。", cure) if _has(section, kind) else None
    if _has(section, kind):
        return None
    if kind == "first" and ("none" in paper.profile.page_numbers or section.number > 0):
        return None  # a cover, or a sheet of its own
    cure = (
        "双击页脚，取消“首页不同”，或者在首页页脚里也插入页码。" if kind == "first" else f"双击页脚，{_MENU}插入页码。"
    )
    return f"{_PAGES[kind]}没有页码。", cure


def _place(paragraph: Paragraph) -> str:
    """Return where a number stands: left, center or right, by alignment or by its frame."""
    framed = paragraph.frame.get("xAlign", "")
    sides = {"outside": "right", "inside": "left"}
    if framed:
        return sides.get(framed, framed)
    return "left" if paragraph.align in ("both", "left") else paragraph.align


# --- how they look ---------------------------------------------------------------------------------------------------

_FORM = re.compile(r"—\s?\d+\s?—")


@rule("GBT702", Severity.WARNING, clause="7.5", strength=Strength.GENERAL)
def wrong_page_number_form(paper: Judged) -> Flaws:
    """页码不是左右各有一条一字线的阿拉伯数字。

    为什么：页码数字左右各放一条一字线，写作“— 1 —”；短横线“-”、“第1页”都不是。

    错：
        页码＝- {PAGE} -
    错：
        页码＝第{PAGE}页
    错：
        页码格式 格式=upperRoman
    对：
        页码＝—{PAGE}—
    """
    cure = "把页脚里的页码写成“— 1 —”：两边是一字线（—），中间是页码，页码格式选“1，2，3，…”。"
    for paragraph, section, _ in _feet(paper):
        if section.number_form not in ("decimal", ""):
            dashed = section.number_form == "numberInDash"
            said = "用了“- 1 -”格式，两边是短横线" if dashed else "不是阿拉伯数字"
            yield paper.flaw(paragraph, f"页码{said}。", cure)
        elif not _FORM.fullmatch(paragraph.text.strip()):
            yield paper.flaw(paragraph, f"页码写成了“{paragraph.text.strip()[:20]}”的样子。", cure)


@rule("GBT703", Severity.WARNING, clause="7.5", strength=Strength.GENERAL)
def wrong_page_number_font(paper: Judged) -> Flaws:
    """页码不是四号宋体。

    为什么：页码一般用四号半角宋体阿拉伯数字，两边的一字线也一样。

    错：
        第1段页码：字体=Times New Roman
    错：
        每段页码：字号=五号
    对：
        第1段页码：字体=SimSun
    """
    for paragraph, _, pages in _feet(paper):
        for run in paragraph.runs:
            digits = bool(re.search("[0-9]", run.text))
            font = run.format.latin if digits else run.format.font
            wrong = gb.font_class(font) != "宋体"
            if run.text.strip() and (wrong or run.format.size != gb.SMALL_SIZE):
                found = font or "没有指定的字体" if wrong else size(run.format.size)
                message = f"{_PAGES[pages]}的页码用了{found}，一般用{size(gb.SMALL_SIZE)}宋体。"
                cure = "选中页脚里的页码和一字线，字体选“宋体”，字号选“四号”。"
                yield paper.flaw(paragraph, message, cure, start=run.start, end=run.start + len(run.text))
                break


# --- where they stand ------------------------------------------------------------------------------------------------

_SIDE_OFF = 0.25
"""How much more or less than a character the white beside a number may be."""


@rule("GBT704", Severity.WARNING, clause="7.5", strength=Strength.GENERAL)
def page_number_on_wrong_side(paper: Judged) -> Flaws:
    """页码的左右不对：单页码一般居右空一字，双页码居左空一字。

    为什么：双面印刷、左侧装订，这样页码总在切口一边。没有红头的文书，实务中也有居中的，所以按普通文书检查时
    居中也可以。

    错：
        第1段页码：对齐=右 左缩进=0字 右缩进=14磅
    错：
        第2段页码：右缩进=0字
    错：
        （红头）
        第2段页码：对齐=中 右缩进=0字
    对：
        第1段页码：对齐=中 左缩进=0字
        第2段页码：对齐=中 右缩进=0字
    """
    if "sides" not in paper.profile.page_numbers:
        return
    free = "centre" in paper.profile.page_numbers
    for paragraph, _, pages in _feet(paper):
        place = _place(paragraph)
        side = "left" if pages == "even" else "right"
        if pages == "default" and not paper.layout.odd_even:
            continue  # the same on all pages, which GBT701 tells
        if place == "center" and free:
            continue
        word, way = ("左", "Ctrl+L") if side == "left" else ("右", "Ctrl+R")
        cure = f"双击页脚，光标放在{_PAGES[pages]}的页码里，按 {way}，在“段落”里把{word}侧缩进设为 1 字符。"
        if place != side:
            found = {"center": "居中", "left": "居左", "right": "居右"}.get(place, "没有居左或居右")
            yield paper.flaw(paragraph, f"{_PAGES[pages]}的页码{found}，一般居{word}空一字。", cure)
        elif not paragraph.frame and abs(_indent(paragraph, side) - 1) > _SIDE_OFF:
            found = f"{max(0, _indent(paragraph, side)):.2g}"
            yield paper.flaw(paragraph, f"{_PAGES[pages]}的页码{word}空 {found} 字，一般空 1 字。", cure)


def _indent(paragraph: Paragraph, side: str) -> float:
    """Return how far from its side a number stands, in characters; blanks typed there count."""
    text = paragraph.text
    blanks = text[len(text.rstrip()) :] if side == "right" else text[: len(text) - len(text.lstrip())]
    indent = paragraph.right if side == "right" else paragraph.left + paragraph.first
    return indent + chinese.width(blanks)


_DASH_BELOW = gb.Tw.mm(7)
_HEIGHT_OFF = gb.Tw.mm(1.5)
_TEXT_FOOT = gb.A.bottom
"""What is left below the text, 35 mm of ink: the same in both systems."""


@rule("GBT705", Severity.WARNING, clause="7.5", strength=Strength.GENERAL)
def page_number_at_wrong_height(paper: Judged) -> Flaws:
    """页码一字线不在版心下边缘之下 7 毫米。

    为什么：页码编排在公文版心下边缘之下，一字线上距版心下边缘 7 毫米；这里按页脚的距离和行高推算，PDF 上再量。

    错：
        （红头）
        页边距 页脚=15
    对：
        （红头）
        页边距 页脚=25
    """
    if paper.carrier not in (Carrier.RED_HEAD, Carrier.MINUTES):
        return
    told: set[int] = set()
    for paragraph, section, pages in _feet(paper):
        if paragraph.frame or section.landscape or section.number in told:
            continue
        below = _below_text(paragraph, section, pages)
        if abs(below - _DASH_BELOW) > _HEIGHT_OFF:
            told.add(section.number)
            wanted = gb.FOOTER_DISTANCE
            message = f"页码一字线大约在版心下边缘之下 {mm(below)} 毫米处，一般在 7 毫米处。"
            cure = f"在“页面设置—布局”里把页脚距边界设为 {mm(wanted)} 毫米，页码的行距设为固定值 16 磅，下面不留空段。"
            yield paper.flaw(paragraph, message, cure)


def _below_text(paragraph: Paragraph, section: Section, pages: str) -> float:
    """Return how far below the text the middle of a line of the footer lies."""
    foot = section.footers.get(pages, ())
    under = [p for p in foot if p.order > paragraph.order and not p.frame]
    away = section.footer + paragraph.after + sum(p.before + height(p, section) + p.after for p in under)
    return _TEXT_FOOT - away - height(paragraph, section) / 2


@rule("GBT706", Severity.ERROR, strength=Strength.DERIVED, clause="5.2.3")
def footer_takes_text(paper: Judged) -> Flaws:
    """页脚太高，挤占了版心。

    为什么：页脚的距离加上页脚的高度超过下边距，正文就被顶上去，一页排不下 22 行。

    错（还有 GBT108、GBT705）：
        （红头）
        页边距 页脚=32
    对：
        （红头）
        页边距 页脚=25.5
    """
    for section in paper.layout.sections if paper.profile.lines else ():
        taken = band(paper.layout, section, foot=True)
        if taken > section.bottom + 1:
            which = f"第{section.number + 1}节的" if len(paper.layout.sections) > 1 else ""
            message = f"{which}页脚占到离纸边 {mm(taken)} 毫米的地方，下边距只有 {mm(section.bottom)} 毫米。"
            away = min(gb.FOOTER_DISTANCE, section.bottom - (taken - section.footer))
            distance = f"把{which}页脚距边界改成 {mm(away)} 毫米，" if 0 < away < section.footer else ""
            cure = f"{distance}页脚的行距改成固定值 16 磅，删去页脚里多余的空段。"
            yield Flaw(section.place, message, cure)


@rule("GBT707", Severity.WARNING, strength=Strength.DERIVED, clause="5.2.3")
def footer_of_body_line(paper: Judged) -> Flaws:
    """页脚用了正文的行距。

    为什么：页脚的段落随“正文”样式用了 28 磅多的固定行距，比页码高得多，页码的位置会偏，还会挤占版心。

    错（还有 GBT108、GBT705、GBT706）：
        （红头）
        页码：行距=28.95磅
    对：
        （红头）
        页码：行距=14磅
    """
    for paragraph, _, _ in _feet(paper):
        if paragraph.line_rule == "exact" and paragraph.line >= _TALL and not paragraph.frame:
            message = f"页脚的行距是固定值 {paragraph.line / 20:g} 磅，和正文一样。"
            yield paper.flaw(paragraph, message, "光标放在页脚里，在“段落”里把行距设为固定值 16 磅。")


_TALL = min(system.pitch for system in (gb.A, gb.B)) - 24
"""From 27.75 points on, a line is that of a body."""

"""GBT601 to GBT605: 版记 (7.4): its lines, 抄送机关, 印发机关; in a table, a text box, a frame or the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from xuncha_docs import chinese
from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.layout.looks import font_fault, lead, size_fault
from xuncha_docs.checks.layout.page import mm
from xuncha_docs.checks.layout.placing import CHAR_OFF, END_OFF, Part, parts
from xuncha_docs.checks.profiles import Carrier
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Place, Severity, Strength
from xuncha_docs.word.layout import Line, Paragraph, Table, Where
from xuncha_docs.word.roles import Role

_LINED = (Carrier.RED_HEAD, Carrier.MINUTES)
"""The formats whose 版记 has lines and a printer; that of a letter has neither (10.1)."""
_IMPRINTED = (*_LINED, Carrier.LETTER)

_ROLES = (Role.COPIED_TO, Role.PRINTED)
_WEIGHT_OFF = 2  # eighths of a point
_WIDTH_OFF = gb.Tw.mm(1)
_CELL_OFF = 0.2
"""How much more a text in a cell may be off, in characters: white beside the text of a cell is no indent."""


class Row(NamedTuple):
    """A row of 版记: its paragraphs from left to right, the rules above and below, its width and what holds it."""

    paragraphs: tuple[Paragraph, ...]
    above: Line | None
    below: Line | None
    width: int
    table: Table | None = None


def rows(paper: Judged) -> tuple[Row, ...]:
    """Return the rows of 版记, in the order of the paper."""
    mine = [p for p in paper.layout.paragraphs if paper.role(p) in _ROLES and p.text.strip()]
    held = {p.order for p in mine}
    in_tables = [row for table in paper.layout.tables for row in _in_table(table, held)]
    seen = {p.order for row in in_tables for p in row.paragraphs}
    free = [_free(paper, p) for p in mine if p.order not in seen]
    return tuple(sorted((*in_tables, *free), key=lambda row: row.paragraphs[0].order))


def _in_table(table: Table, held: set[int]) -> Iterator[Row]:
    for cells in table.rows:
        found = tuple(p for cell in cells for p in cell.paragraphs if p.order in held)
        if found:
            yield Row(found, cells[0].borders.get("top"), cells[0].borders.get("bottom"), table.width, table)


def _free(paper: Judged, paragraph: Paragraph) -> Row:
    """Return the row of a paragraph that stands in no table; its rules are as wide as its indents leave them."""
    above, below = paragraph.borders.get("top"), paragraph.borders.get("bottom")
    inset = paragraph.left + min(0, paragraph.first) + paragraph.right
    width = paper.section(paragraph).text_width
    framed = paragraph.frame.get("w", "")
    whole = int(framed) if framed.isdecimal() else width
    return Row((paragraph,), above, below, whole - round(inset * paragraph.format.size * 10))


def _blocks(paper: Judged) -> Iterator[tuple[str, Row, Line | None]]:
    """Yield the rules that 版记 wants, each with what it is, the row beside it, and the rule that is there."""
    found = rows(paper)
    if not found:
        return
    yield "首条分隔线", found[0], found[0].above or _beside(paper, found[0], above=True)
    for one, other in pairwise(found):
        if paper.role(one.paragraphs[0]) is Role.COPIED_TO and paper.role(other.paragraphs[0]) is Role.PRINTED:
            yield "中间的分隔线", other, _parting(paper, one, other)
    yield "末条分隔线", found[-1], found[-1].below or _beside(paper, found[-1], above=False)


def _parting(paper: Judged, one: Row, other: Row) -> Line | None:
    """Return the rule between two rows; paragraphs of the same borders share a box, with its own rule between them."""
    upper, lower = one.paragraphs[0], other.paragraphs[0]
    boxed = one.table is None and other.table is None and lower.order == upper.order + 1
    if boxed and upper.borders and upper.borders == lower.borders:
        return upper.borders.get("between")
    return other.above or one.below or _beside(paper, other, above=True)


def _beside(paper: Judged, row: Row, *, above: bool) -> Line | None:
    """Return the rule of the neighbour's paragraph, which may be an empty one that is there for its rule alone."""
    if row.table is not None:
        return None
    edge = row.paragraphs[0].order + (-1 if above else 1)
    near = next((p for p in paper.layout.paragraphs if p.order == edge), None)
    return near.borders.get("bottom" if above else "top") if near else None


def _drawn(paper: Judged) -> bool:
    """Tell whether lines are drawn near 版记, whose places can be seen on the printed page alone."""
    first = min((row.paragraphs[0].order for row in rows(paper)), default=0)
    return any(s.sort == "line" and s.paragraph >= first - 2 for s in paper.layout.shapes)


@rule("GBT601", Severity.WARNING, clause="7.4.1", strength=Strength.RULE)
def wrong_imprint_lines(paper: Judged) -> Flaws:
    """版记缺少分隔线，或者线的样式、颜色、粗细不对。

    为什么：版记中的分隔线与版心等宽，首条分隔线和末条分隔线用粗线，推荐高度为 0.35 毫米，中间的分隔线用细线，
    推荐高度为 0.25 毫米。抄送机关与印发机关之间加一条分隔线（7.4.3）。

    错：
        （红头）
        抄送所在格：上边框=无
    错：
        （红头）
        抄送所在格：下边框=无
        印发所在格：上边框=无
    错：
        （红头）
        印发所在格：下边框=单线 1磅 FF0000
    错：
        （红头）
        印发所在格：下边框=双线 1磅
    错：
        （红头）
        抄送所在格：上边框=单线 0.5磅
    对：
        （红头）
        抄送所在格：下边框=无
    """
    if paper.carrier not in _LINED or _drawn(paper):
        return
    for what, row, line in _blocks(paper):
        wanted = gb.IMPRINT_INNER if what.startswith("中间") else gb.IMPRINT_OUTER
        for message, severity in _faults_of_line(what, line, wanted):
            cure = f"选中版记的表格或段落，在“边框和底纹”里把{what}设为黑色单实线，粗 {wanted / 8:g} 磅。"
            strength = Strength.RECOMMENDED if severity is Severity.INFO else None  # a height is only recommended
            yield paper.flaw(row.paragraphs[0], message, cure, severity=severity, strength=strength)


def _faults_of_line(what: str, line: Line | None, wanted: int) -> Iterator[tuple[str, Severity | None]]:
    if line is None or line.style in ("nil", "none"):
        yield f"版记没有{what}。", None
        return
    if line.style != "single":
        yield f"版记的{what}不是单线。", None
    if line.colour not in ("000000", "AUTO", ""):
        yield f"版记的{what}不是黑色。", None
    if abs(line.width - wanted) > _WEIGHT_OFF:
        height = "0.25" if wanted == gb.IMPRINT_INNER else "0.35"
        yield f"版记的{what}粗 {line.width / 8:g} 磅，推荐高度为 {height} 毫米，即 {wanted / 8:g} 磅。", Severity.INFO


@rule("GBT602", Severity.WARNING, clause="7.4.1", strength=Strength.RULE)
def narrow_imprint(paper: Judged) -> Flaws:
    """版记的分隔线不与版心等宽。

    为什么：版记中的分隔线与版心等宽，即 156 毫米；给段落加边框的，线随左右缩进变短，所以版记常用表格。

    错：
        （红头）
        抄送所在表：宽=140
    对：
        （红头）
        抄送所在表：宽=156.5
    """
    if paper.carrier not in _LINED or _drawn(paper):
        return
    for row in rows(paper):
        width = paper.section(row.paragraphs[0]).text_width
        if (row.table or row.above or row.below) and abs(row.width - width) > _WIDTH_OFF:
            message = f"版记的分隔线长 {mm(row.width)} 毫米，应当和版心等宽，即 {mm(width)} 毫米。"
            cure = "把版记的表格设成和版心一样宽；给段落加边框的，把左右缩进改成 0，或者改用表格。"
            yield paper.flaw(row.paragraphs[0], message, cure)
            return


@rule("GBT603", Severity.WARNING, clause="7.4.2", strength=Strength.GENERAL)
def wrong_imprint_font(paper: Judged) -> Flaws:
    """版记不是四号仿宋体。

    为什么：抄送机关、印发机关和印发日期一般用四号仿宋体字。

    错：
        （红头）
        抄送：字号=三号
    错：
        （红头）
        印发：字体=宋体
    对：
        （红头）
        抄送：字体=仿宋 字号=14磅
    """
    for paragraph in paper.of(*_ROLES) if paper.carrier in _IMPRINTED else ():
        look = paper.profile.looks.get(paper.role(paragraph))
        what = "抄送机关" if paper.role(paragraph) is Role.COPIED_TO else "印发机关和印发日期"
        for fault in (font_fault(paragraph, look, what), size_fault(paragraph, look, what)) if look else ():
            if fault:
                yield paper.flaw(paragraph, fault.message, fault.cure, start=fault.start, end=fault.end)


# --- 抄送 ------------------------------------------------------------------------------------------------------------

_LABEL = re.compile(r"\s*(?:抄\s*送|抄\s*报|主\s*送|分\s*送|发\s*送)\s*[：:]?")


@rule("GBT604", Severity.WARNING, clause="7.4.2", strength=Strength.RULE)
def misplaced_copies(paper: Judged) -> Flaws:
    """抄送机关没有左右各空一字，回行没有与冒号后的首字对齐，或者排在印发机关下面。

    为什么：抄送机关编排在印发机关和印发日期之上一行、左右各空一字，回行时与冒号后的首字对齐。
    “抄送”后面的冒号和最后的句号由文字的规则检查。

    错：
        （红头）
        抄送：左缩进=3字 悬挂=3字
    错：
        （红头）
        抄送：左缩进=1字 首行=0字
    错：
        （红头）
        抄送：右缩进=0字
    对：
        （信函）
        抄送：左缩进=1字 首行=0字
    """
    if paper.carrier not in _IMPRINTED:
        return
    printed = paper.first(Role.PRINTED)
    for row in rows(paper):
        for paragraph in row.paragraphs:
            if paper.role(paragraph) is not Role.COPIED_TO or not _LABEL.match(paragraph.text):
                continue
            message = _misplaced_copies(paragraph, row.width if row.table else _room(paper, paragraph))
            if printed and printed.order < paragraph.order:
                message = "抄送机关排在印发机关下面，应当在它上面一行。"
            if message:
                cure = "在“段落”里设左侧 4 字符、悬挂 3 字符、右侧 1 字符，字号是四号；抄送排在印发机关上面一行。"
                yield paper.flaw(paragraph, message, cure)


def _room(paper: Judged, paragraph: Paragraph) -> int:
    framed = paragraph.frame.get("w", "")
    return int(framed) if framed.isdecimal() else paper.section(paragraph).text_width


def _off(paragraph: Paragraph) -> float:
    return CHAR_OFF + (_CELL_OFF if paragraph.where is Where.CELL else 0)


def _misplaced_copies(paragraph: Paragraph, width: int) -> str | None:
    """Return what is wrong with the places of 抄送机关."""
    starts = paragraph.left + paragraph.first + chinese.width(lead(paragraph.text))
    if abs(starts - 1) > _off(paragraph):
        return f"抄送机关左空 {max(0.0, starts):.2g} 字，应当左空 1 字。"
    wraps = not parts(paragraph, width) or parts(paragraph, width)[-1].right < 1 - _off(paragraph)
    if not wraps:
        return None
    if abs(paragraph.right - 1) > _off(paragraph):
        return f"抄送机关右空 {paragraph.right:.2g} 字，应当右空 1 字。"
    if abs(paragraph.left - 4) > _off(paragraph):
        return f"抄送机关回行后左空 {paragraph.left:.2g} 字，应当左空 4 字，与冒号后的首字对齐。"
    return None


# --- 印发 ------------------------------------------------------------------------------------------------------------

_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")


def _day(text: str) -> date | None:
    match = _DAY.search(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


@rule("GBT605", Severity.WARNING, clause="7.4.3", strength=Strength.GENERAL)
def wrong_printer(paper: Judged) -> Flaws:
    """没有印发机关和印发日期，它们的位置不对，或者印发日期早于成文日期。

    为什么：印发机关和印发日期编排在末条分隔线之上，印发机关左空一字，印发日期右空一字，用阿拉伯数字将年、月、日
    标全，后加“印发”二字。印发日期写得对不对，由文字的规则检查。

    错：
        （红头）
        印发＝中共临江县委办公室⇥2025年3月20日印发
    错：
        （红头）
        印发：左缩进=3字
    错：
        （红头）
        印发＝中共临江县委办公室　2025年3月25日印发
    错：
        （红头）
        删去：印发
    对：
        （红头）
        印发＝中共临江县委办公室⇥2025年3月24日印发
    """
    printed = paper.of(Role.PRINTED)
    if paper.carrier is Carrier.RED_HEAD and not printed:
        copied = paper.of(Role.COPIED_TO)
        message = "版记里没有印发机关和印发日期。" if copied else "没有版记：缺少印发机关和印发日期。"
        cure = "在最后一页的下端，抄送机关的下面，左空一字写印发机关，右空一字写“2025年3月25日印发”这样的日期。"
        place = copied[-1].place if copied else Place(part=paper.layout.part)
        yield Flaw(place, message, cure)
    if paper.carrier not in _LINED:
        return
    for row in rows(paper):
        mine = [p for p in row.paragraphs if paper.role(p) is Role.PRINTED]
        if mine:
            yield from _misplaced_printer(paper, mine, row)
    yield from _printed_too_early(paper, printed)


def _misplaced_printer(paper: Judged, mine: Sequence[Paragraph], row: Row) -> Flaws:
    """Yield the flaw that a row's first or last text does not stand one character from its edge."""
    cure = "在“段落”里把左右缩进都设为 1 字符，印发机关和日期之间用右对齐的制表位，不要用空格凑。"
    width = row.width if row.table else _room(paper, mine[0])
    first, last = _ends(mine[0], mine[-1], width, one=len(mine) == 1, table=row.table)
    if first and not _DAY.search(first.text.split()[0]) and abs(first.left - 1) > _off(mine[0]):
        yield paper.flaw(mine[0], f"印发机关左空 {max(0.0, first.left):.2g} 字，应当左空 1 字。", cure)
    if last and _DAY.search(last.text) and abs(last.right - 1) > END_OFF + _off(mine[-1]) - CHAR_OFF:
        yield paper.flaw(mine[-1], f"印发日期右空 {max(0.0, last.right):.2g} 字，应当右空 1 字。", cure)


def _ends(
    left: Paragraph, right: Paragraph, width: int, *, one: bool, table: Table | None
) -> tuple[Part | None, Part | None]:
    """Return the first and the last text of a row, each with its distance from the edge of what holds it."""
    widths = {p.order: cell.width for cells in table.rows for cell in cells for p in cell.paragraphs} if table else {}
    first = parts(left, widths.get(left.order, width))
    last = first if one else parts(right, widths.get(right.order, width))
    return first[0] if first else None, last[-1] if last else None


def _printed_too_early(paper: Judged, printed: Sequence[Paragraph]) -> Flaws:
    signed = next((day for p in paper.of(Role.DATE) if (day := _day(p.text))), None)
    for paragraph in printed:
        day = _day(paragraph.text)
        if day and signed and day < signed:
            message = f"印发日期 {day.year}年{day.month}月{day.day}日早于成文日期。"
            cure = "核对两个日期；印发日期是付印的日期，不会早于成文日期。"
            yield paper.flaw(paragraph, message, cure, strength=Strength.DERIVED)

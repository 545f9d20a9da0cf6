"""PDF4: page numbers, as they are printed (7.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.pdf.printed import RENDERED, Printed, mm, points
from xuncha_docs.checks.pdf.whole import AGAIN
from xuncha_docs.checks.profiles import Carrier
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Place, Severity, Strength, marked
from xuncha_docs.pdf.pages import Line, Page

_FORM = re.compile(r"—\s?[0-9]{1,4}\s?—")
_CHAR = points(gb.SMALL_SIZE * 10)
"""One character of 四号, in which page numbers are set."""

_SLACK = 3.0
"""By how many points a page number may miss its side."""

_DASH = 0.30
"""How far the dash stands above its baseline, in its own size: measured."""

_BELOW = 7.0
"""How many millimetres the dash stands below the ink of the text (7.5)."""


def _numbered(printed: Printed) -> Iterator[tuple[Page, Line]]:
    """Yield the upright pages that have a number; on those that lie on their side it stands elsewhere (8)."""
    for page in printed.pages:
        line = printed.number_of(page)
        if line is not None and page.width < page.height:
            yield page, line


def _place(page: Page, line: Line) -> Place:
    return Place(page=page.number, snippet=marked(line.text, 0, len(line.text)))


def _number(line: Line) -> int:
    return int(re.search(r"\d+", line.text)[0])  # type: ignore[index]  # what is no number is no page number


def _centred(printed: Printed, line: Line) -> bool:
    return abs((line.left + line.right) / 2 - (printed.left + printed.right) / 2) <= 2 * _SLACK


def _needs_none(printed: Printed, page: Page) -> bool:
    """Tell whether a page goes without a number: the first of a letter, a blank one before 版记, and 版记 alone."""
    if printed.carrier is Carrier.LETTER and page.number == 1:
        return True
    if page.number == 1 and "none" in printed.profile.page_numbers:
        return True  # practice: papers that need no numbers often leave it out where they begin
    return printed.is_blank(page) or printed.is_imprint_alone(page)


@rule("PDF401", Severity.ERROR, clause="7.5", strength=Strength.RULE)
def missing_printed_number(printed: Printed) -> Flaws:
    """有的页面没有印页码。

    为什么：页码放在版心下边缘之下，每一页都编；空白页、只有版记的页和信函的首页除外。没有红头的普通文书可以都不编，
    编了就从第二页起每一页都要有。

    错：
        （红头）
        打印后：删去第2页页码
    对：
        （红头）
        公文标题＝关于印发巡察整改工作规定的通知
    """
    having = {page.number for page, _ in _numbered(printed)}
    if printed.unread or ("none" in printed.profile.page_numbers and not having):
        return
    lacking = [
        page.number
        for page in printed.pages
        if page.width < page.height and page.number not in having and not _needs_none(printed, page)
    ]
    if printed.carrier is Carrier.LETTER and lacking == [2] and len(printed.pages) == 2:
        return  # practice: a letter of two pages may go without
    if lacking:
        listed = "、".join(str(number) for number in lacking[:10])
        yield Flaw(
            Place(page=lacking[0]),
            f"第 {listed} 页没有页码。",
            f"请在 Word 的“插入—页码”里给单页和双页都加上页码，{AGAIN}。",
        )


@rule("PDF402", Severity.WARNING, clause="7.5", strength=Strength.GENERAL)
def printed_number_form(printed: Printed) -> Flaws:
    """页码不是“— 1 —”的样子。

    为什么：页码一般用四号半角宋体阿拉伯数字，左右各放一条一字线。短横线（-）不是一字线。

    错：
        页码“— ”＝-
        末段页码“— ”＝-
    对：
        公文标题＝巡察公告
    """
    wrong = [(page, line) for page, line in _numbered(printed) if not _FORM.fullmatch(line.text.strip())]
    if wrong:
        page, line = wrong[0]
        number = _number(line)
        yield Flaw(
            _place(page, line),
            f"页码印成了“{line.text}”，应当是“— {number} —”。",
            f"请双击页脚，把页码两边改成一字线（—），数字用半角阿拉伯数字，{AGAIN}。",
        )


@rule("PDF403", Severity.WARNING, clause="7.5", strength=Strength.GENERAL)
def printed_number_side(printed: Printed) -> Flaws:
    """页码没有印在该在的一边。

    为什么：单页码居右空一字，双页码居左空一字，装订起来都在外侧。没有红头的普通文书可以居中。

    错：
        （红头）
        每段页码：对齐=左
    错：
        （红头）
        页码：对齐=中 右缩进=0字
    错：
        （红头）
        每段页码：右缩进=4字
    对：
        （普通）
        每段页码：对齐=中 左缩进=0字 右缩进=0字
    """
    for page, line in _numbered(printed):
        number = _number(line)
        if _centred(printed, line) and "centre" in printed.profile.page_numbers:
            continue
        odd = number % 2 == 1
        edge = printed.right - _CHAR - line.right if odd else line.left - printed.left - _CHAR
        if abs(edge) <= _SLACK:
            continue
        side = "右" if odd else "左"
        away = (printed.right - line.right if odd else line.left - printed.left) / _CHAR
        where = "居中了" if _centred(printed, line) else f"离版心{side}边缘 {away:.1f} 字"
        yield Flaw(
            _place(page, line),
            f"{'单' if odd else '双'}页码{where}，应当居{side}空一字。",
            f"请双击页脚，把{'单' if odd else '双'}页的页码设为{side}对齐、{side}缩进 1 字符，{AGAIN}。",
        )


@rule("PDF404", Severity.WARNING, clause="7.5", strength=Strength.GENERAL)
def printed_number_height(printed: Printed) -> Flaws:
    """页码的高度不对。

    为什么：页码的一字线上距版心下边缘 7 毫米，也就是离纸的上边缘 269 毫米。

    错：
        （红头）
        页边距 页脚=18
    对：
        （红头）
        页边距 页脚=25.5
    """
    feet = [gb.PAGE_HEIGHT - system.bottom - system.lead for system in printed.profile.systems]
    heights = sorted({round(mm(points(foot)) + _BELOW) for foot in feet})
    for page, line in _numbered(printed):
        if "centre" in printed.profile.page_numbers and _centred(printed, line):
            continue
        down = mm(page.height - line.y - _DASH * line.size)
        if all(abs(down - height) > RENDERED for height in heights):
            wanted = " 或 ".join(map(str, heights))
            yield Flaw(
                _place(page, line),
                f"页码的一字线离纸的上边缘 {down:.1f} 毫米，应当是 {wanted} 毫米（版心下边缘之下 {_BELOW:.0f} 毫米）。",
                f"请在 Word 的“布局—页面设置—布局”里把页脚距边界设为 25.5 毫米，页脚行距设为固定值 16 磅，{AGAIN}。",
            )
            return


@rule("PDF405", Severity.WARNING, strength=Strength.PRACTICE)
def printed_number_order(printed: Printed) -> Flaws:
    """页码没有一页一页地往下编。

    为什么：附件和正文一起装订时页码连续编排（国标 7.5）；页码跳号、重号的，翻到那一页的人会以为缺页。

    错：
        打印后：换字 FandolSong-Regular“2”＝8
    对：
        公文标题＝巡察公告
    """
    if printed.paper is not None and any(s.number_start is not None for s in printed.paper.layout.sections):
        return
    before: tuple[int, int] | None = None
    for page, line in _numbered(printed):
        number = _number(line)
        wanted = page.number if before is None else before[1] + page.number - before[0]
        if number != wanted:
            yield Flaw(
                _place(page, line),
                f"这一页的页码是 {number}，按顺序应当是 {wanted}。",
                f"请在 Word 的“插入—页码—设置页码格式”里选“续前节”，{AGAIN}。",
            )
            return
        before = (page.number, number)


@rule("PDF406", Severity.ERROR, clause="10.1", strength=Strength.RULE)
def numbered_letter(printed: Printed) -> Flaws:
    """信函的首页印了页码。

    为什么：国标规定信函格式首页不显示页码，首页下端是一条红色双线。

    错（还有 PDF509）：
        （信函）
        版式 首页不同=否
    对：
        （信函）
        公文标题＝关于商请协助提供资料的函
    """
    if printed.carrier is not Carrier.LETTER:
        return
    for page, line in _numbered(printed):
        if page.number == 1:
            yield Flaw(
                _place(page, line),
                "信函首页印了页码。",
                f"请双击页脚，勾选“首页不同”，删去首页的页码，{AGAIN}。",
            )

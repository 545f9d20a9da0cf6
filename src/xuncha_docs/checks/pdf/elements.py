"""PDF5: the elements whose place only a printed page shows: the red head, the signature, the seal, 版记."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.pdf.printed import INK_FOOT, MM, RENDERED, Printed, Row, mm, points
from xuncha_docs.checks.pdf.whole import AGAIN
from xuncha_docs.checks.profiles import Carrier
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Place, Severity, Strength
from xuncha_docs.pdf.pages import Box, Page, Rule
from xuncha_docs.word.layout import Where
from xuncha_docs.word.roles import LEVELS, Role

_MARK_TOPS = {
    Carrier.RED_HEAD: gb.MARK_TOP,
    Carrier.MINUTES: gb.MARK_TOP,
    Carrier.COMMAND: gb.COMMAND_TOP,
    Carrier.LETTER: gb.LETTER_TOP,
}
"""How far the upper edge of 发文机关标志 stands below that of the text, in a letter that of the paper."""


@rule("PDF501", Severity.WARNING, clause="7.2.4", strength=Strength.RULE)
def printed_mark_height(printed: Printed) -> Flaws:
    """发文机关标志的高度不对。

    为什么：国标规定标志上边缘至版心上边缘 35 毫米（命令 20 毫米），信函的标志上边缘至纸的上边缘 30 毫米。

    错：
        （红头）
        发文机关标志：段前=12毫米
    错（还有 PDF509）：
        （信函）
        部件 word/document.xml：w:y="1701"→w:y="2400"
    对：
        （红头）
        公文标题＝关于印发巡察整改工作规定的通知
    """
    wanted = _MARK_TOPS.get(printed.carrier)
    rows = [row for row in printed.rows_as(Role.MARK) if row.page.number == 1]
    if wanted is None or not rows:
        return
    letter = printed.carrier is Carrier.LETTER
    heads = [0] if letter else [system.top + system.lead for system in printed.profile.systems]
    down, asked = mm(min(row.top for row in rows)), mm(points(wanted))
    gaps = [down - mm(points(head)) for head in heads]
    if all(abs(gap - asked) > RENDERED for gap in gaps):
        yield printed.flaw(
            rows[0],
            f"标志的上边缘离{'纸' if letter else '版心'}的上边缘 {gaps[0]:.1f} 毫米，应当是 {asked:.0f} 毫米。",
            f"请在 Word 里调整标志那一段的段前间距（或图文框的垂直位置），{AGAIN}。",
        )


@rule("PDF502", Severity.WARNING, clause="7.2.7", strength=Strength.RULE)
def printed_red_line(printed: Printed) -> Flaws:
    """红色分隔线没有印出来，或者印的位置不对。

    为什么：国标规定发文字号之下 4 毫米处居中印一条与版心等宽（156 毫米）的红色分隔线。

    错：
        （红头）
        发文字号：下边框=无
    错：
        （红头）
        发文字号：下边框=单线 1.5磅 FF0000 距24磅
    错：
        （红头）
        发文字号：左缩进=4字 右缩进=4字
    对：
        （红头）
        公文标题＝关于印发巡察整改工作规定的通知
    """
    if printed.carrier is not Carrier.RED_HEAD:
        return
    first = printed.pages[0] if printed.pages else None
    marks = printed.rows_as(Role.MARK)
    if first is None or not marks:
        return
    lines = printed.rules_of(first, red=True, at_least=50 * MM)
    if not lines:
        message = "发文字号下面没有印出红色分隔线。"
        yield printed.flaw(marks[0], message, f"请给发文字号那一段加上红色的下边框，{AGAIN}。", severity=Severity.ERROR)
        return
    line = lines[0]
    wide, wanted = mm(line.length), mm(printed.right - printed.left)
    if abs(wide - wanted) > 1 or abs(line.x0 - printed.left) > RENDERED * MM:
        yield Flaw(
            Place(page=1),
            f"红色分隔线宽 {wide:.1f} 毫米，离纸的左边缘 {mm(line.x0):.1f} 毫米，"
            f"应当与版心等宽（{wanted:.0f} 毫米）并居中。",
            "请把发文字号那一段的左右缩进设为 0，位置用制表位调整；线是表格边框的，"
            f"把表格的宽度设为 156 毫米、左缩进设为单元格的左边距（一般是 1.9 毫米），{AGAIN}。",
        )
    above = [row for row in printed.rows_of(first) if row.line.y > line.y0]
    if not above:
        return
    gap = mm(above[-1].line.y - INK_FOOT * above[-1].line.size - line.y0 - line.width / 2)
    if abs(gap - mm(points(gb.RED_LINE_GAP))) > RENDERED:
        yield printed.flaw(
            above[-1],
            f"红色分隔线离发文字号 {gap:.1f} 毫米，应当是 {mm(points(gb.RED_LINE_GAP)):.0f} 毫米。",
            f"请在 Word 的“边框和底纹—选项”里把下边框距正文设为 7 磅；线是表格边框的，改单元格的下边距，{AGAIN}。",
        )


_TEXT = (Role.BODY, Role.QUOTATION, *LEVELS)


@rule("PDF503", Severity.ERROR, clause="7.3.3", strength=Strength.RULE)
def no_text_on_front(printed: Printed) -> Flaws:
    """首页没有正文。

    为什么：国标规定公文首页必须显示正文。标题或者主送机关太长时，可以缩小标题的行距，或者把主送机关移到版记里。

    错（还有 PDF508）：
        （红头）
        在主送机关后加：分页
    对：
        （红头）
        公文标题＝关于印发巡察整改工作规定的通知
    """
    if printed.paper is None or printed.carrier not in (Carrier.RED_HEAD, Carrier.LETTER):
        return
    text = [row for row in printed.rows_as(*_TEXT) if row.paragraph and row.paragraph.where is Where.BODY]
    if text and text[0].page.number > 1:
        yield printed.flaw(
            text[0],
            f"首页没有正文，正文从第 {text[0].page.number} 页才开始。",
            f"请删去首页多余的空行和分页符；主送机关太多时，把它移到版记里，{AGAIN}。",
        )


@rule("PDF504", Severity.WARNING, clause="7.3.5.5", strength=Strength.PRACTICE)
def stranded_signature(printed: Printed) -> Flaws:
    """署名和成文日期不在一页，或者那一页没有正文。

    为什么：署名和印章单独在一页，正文可以被换掉。国标允许调整行距、字距来解决，不再写“此页无正文”。

    错：
        署名：段前分页=是
    错：
        成文日期：段前分页=是
    对：
        公文标题＝巡察公告
    """
    if printed.paper is None:
        return
    signed = printed.rows_as(Role.SIGNER, Role.DATE)
    for row, below in pairwise(signed):
        if printed.role(row) is Role.SIGNER and printed.role(below) is Role.DATE and row.page is not below.page:
            yield printed.flaw(
                below,
                f"署名在第 {row.page.number} 页，成文日期到了第 {below.page.number} 页。",
                f"请选中署名，在 Word 的“段落—换行和分页”里勾选“与下段同页”，{AGAIN}。",
            )
    others = (Role.SIGNER, Role.DATE, Role.NOTE, Role.COPIED_TO, Role.PRINTED, None)
    for number in dict.fromkeys(row.page.number for row in signed):
        here = [row for row in signed if row.page.number == number]
        above = [row for row in printed.rows_of(here[0].page) if row.line.y > here[0].line.y]
        if not any(printed.role(row) not in others for row in above):
            yield printed.flaw(
                here[0],
                "署名和日期所在的页面，上面没有正文。",
                f"请适当调整行距或字距，让正文的最后几行和署名在同一页，{AGAIN}。",
            )


@rule("PDF505", Severity.ERROR, clause="7.3.5.1", strength=Strength.RULE)
def seal_off_date(printed: Printed) -> Flaws:
    """印章图片没有端正地压在署名和成文日期上。

    为什么：国标规定印章端正、居中下压发文机关署名和成文日期，使署名和日期居印章中心偏下位置。

    错：
        （盖印的通知书）
        印章 右=60
    对：
        （盖印的通知书）
    """
    for date, signer, box in _seals(printed):
        cure = f"请在 Word 里把印章图片拖到成文日期的正中，文字环绕设为“衬于文字下方”，{AGAIN}。"
        if box is None:
            yield printed.flaw(date, "成文日期这一页没有印出印章图片。", cure)
            continue
        middle = (box.x0 + box.x1) / 2
        if not date.line.left <= middle <= date.line.right:
            away = min(abs(middle - date.line.left), abs(middle - date.line.right))
            yield printed.flaw(date, f"印章的中心在成文日期之外 {mm(away):.1f} 毫米，没有居中下压。", cure)
        elif not all(box.y0 <= row.line.y <= box.y1 for row in (date, *([signer] if signer else []))):
            yield printed.flaw(date, "印章没有同时压住署名和成文日期。", cure)


@rule("PDF506", Severity.WARNING, clause="7.3.5.1", strength=Strength.RULE)
def seal_far_from_text(printed: Printed) -> Flaws:
    """印章的顶端离正文太远。

    为什么：国标规定印章顶端上距正文（或附件说明）一行之内，中间不留空白，免得被人添字。

    错：
        （盖印的通知书）
        印章 上=-12
    对：
        （盖印的通知书）
    """
    line = mm(points(gb.A.pitch))
    for date, signer, box in _seals(printed):
        first = signer or date
        above = [row for row in printed.rows_of(date.page) if row.line.y > first.line.y]
        if box is None or not above:
            continue
        gap = mm(date.page.height - above[-1].foot - box.y1)
        if gap > line + 0.5:
            yield printed.flaw(
                date,
                f"印章的顶端离上面的正文 {gap:.1f} 毫米，应当在一行（{line:.1f} 毫米）之内。",
                f"请减少正文和署名之间的空行，{AGAIN}。",
            )


def _seals(printed: Printed) -> Iterator[tuple[Row, Row | None, Box | None]]:
    """Yield each date that a picture hangs on, the name above it, and where the picture is printed; None if nowhere."""
    paper = printed.paper
    if paper is None:
        return
    hung = {shape.paragraph for shape in paper.layout.shapes if shape.sort == "picture" and not shape.inline}
    rows = printed.rows_as(Role.SIGNER, Role.DATE)
    for n, row in enumerate(rows):
        if printed.role(row) is not Role.DATE or row.paragraph is None:
            continue
        signer = rows[n - 1] if n and printed.role(rows[n - 1]) is Role.SIGNER else None
        orders = {row.paragraph.order, signer.paragraph.order if signer and signer.paragraph else -1}
        if not orders & hung:
            continue
        same_page = signer if signer and signer.page is row.page else None
        boxes = sorted(row.page.images, key=lambda box: _distance(row, box))
        yield row, same_page, boxes[0] if boxes else None


def _distance(row: Row, box: Box) -> float:
    return abs((box.x0 + box.x1) / 2 - (row.line.left + row.line.right) / 2) + abs((box.y0 + box.y1) / 2 - row.line.y)


@rule("PDF507", Severity.WARNING, clause="7.4.1", strength=Strength.RULE)
def printed_imprint_height(printed: Printed) -> Flaws:
    """版记的末条分隔线没有和版心下边缘重合。

    为什么：国标规定版记的末条分隔线与公文最后一面的版心下边缘重合，也就是离纸的上边缘 262 毫米。
    按 GB/T 33476.2 设页边距的，可以在 264.4 毫米。

    错：
        （上行文）
        打印后：第2页横线 上移=8
    对：
        （红头）
        公文标题＝关于印发巡察整改工作规定的通知
    """
    if printed.carrier not in (Carrier.RED_HEAD, Carrier.MINUTES) or not printed.imprint:
        return
    row = printed.imprint[-1]
    below = [one for one in printed.rules_of(row.page, red=False) if one.y0 < printed.imprint[0].line.y]
    if not below:
        return
    down = mm(row.page.height - below[-1].y0)
    feet = [mm(points(gb.PAGE_HEIGHT - bottom)) for bottom in _feet(printed)]
    if not any(abs(down - foot) <= RENDERED for foot in feet):
        said = "或 ".join(f"{foot:.1f} 毫米" for foot in feet)
        yield printed.flaw(
            row,
            f"版记的末条分隔线离纸的上边缘 {down:.1f} 毫米，应当在 {said}（与版心下边缘重合）。",
            f"请把版记放进底端与版心对齐的文本框或图文框里，不要用空行往下推，{AGAIN}。",
        )


def _feet(printed: Printed) -> tuple[int, ...]:
    """Return where the text ends from the foot of the page: on the ink (5.2.1), or where a system's margin ends."""
    return tuple(sorted({gb.A.bottom, *(system.bottom for system in printed.profile.systems)}, reverse=True))


@rule("PDF508", Severity.INFO, clause="GB/T 33476.2—2016 7.3.1", strength=Strength.RECOMMENDED)
def imprint_on_odd_page(printed: Printed) -> Flaws:
    """版记不在双页上，或者后面还有别的内容。

    为什么：版记在公文的最后一面，双面印刷时也就是双页；版记放在附件之后。

    错：
        （上行文）
        在第2段公文正文后加：分页
        在第4段公文正文后加：分页
    对：
        （上行文）
        公文标题＝关于巡察整改进展情况的报告
    """
    if printed.carrier is not Carrier.RED_HEAD or not printed.imprint:
        return
    page = printed.imprint[-1].page
    if page is not printed.pages[-1]:
        message = f"版记印在第 {page.number} 页，后面还有内容；版记应当在全文的最后。"
        cure = f"请把版记移到附件之后，{AGAIN}。"
    elif page.number % 2:
        message = f"版记印在第 {page.number} 页，是单页；双面印刷时版记应当在双页。"
        cure = f"可以在版记前加一页空白页，空白页和版记所在的页都不编页码，{AGAIN}。"
    else:
        return
    yield printed.flaw(printed.imprint[-1], message, cure)


@rule("PDF509", Severity.ERROR, clause="10.1", strength=Strength.RULE)
def printed_letter_lines(printed: Printed) -> Flaws:
    """信函首页的红色双线没有印出来，或者印的位置不对。

    为什么：国标规定信函的标志下 4 毫米处印一条红色双线（上粗下细），距下页边 20 毫米处印一条红色双线（上细下粗），
    线长 170 毫米，居中。

    错：
        （信函）
        空行：下边框=无
    错：
        （信函）
        空行：下边框=上细下粗 3磅 FF0000
    对：
        （信函）
        公文标题＝关于商请协助提供资料的函
    """
    if printed.carrier is not Carrier.LETTER or not printed.pages:
        return
    page = printed.pages[0]
    pairs = list(_pairs(printed.rules_of(page, red=True)))
    upper = [pair for pair in pairs if pair[0].y0 > page.height / 2]
    lower = [pair for pair in pairs if pair[0].y0 <= page.height / 2]
    for found, name, thick_first in ((upper, "上面", True), (lower, "下面", False)):
        if not found:
            yield Flaw(
                Place(page=1),
                f"信函首页{name}的红色双线没有印出来。",
                f"请给{'标志那一段' if thick_first else '首页页脚的段落'}加上红色双线的下边框，{AGAIN}。",
            )
            continue
        for fault in _wrong(printed, page, found[0], thick_first=thick_first):
            yield Flaw(
                Place(page=1),
                f"信函首页{name}的红色双线{fault}。",
                f"请核对这条线所在段落的位置、缩进和边框，{AGAIN}。",
            )


def _pairs(rules: Sequence[Rule]) -> Iterator[tuple[Rule, Rule]]:
    """Yield the double lines, each from above; a single line stands beside itself."""
    left = list(rules)
    while left:
        first = left.pop(0)
        second = next((one for one in left if first.y0 - one.y0 < 2.5 * MM), None)
        if second is not None:
            left.remove(second)
        yield first, second or first


def _wrong(printed: Printed, page: Page, pair: tuple[Rule, Rule], *, thick_first: bool) -> Iterator[str]:
    first, second = pair
    wanted = mm(points(gb.LETTER_RULE))
    if first is second:
        yield "只印出了一条线"
    elif (first.width > second.width) is not thick_first:
        yield f"粗细反了，应当是{'上粗下细' if thick_first else '上细下粗'}"
    if abs(mm(first.length) - wanted) > 1:
        yield f"长 {mm(first.length):.1f} 毫米，应当是 {wanted:.0f} 毫米"
    middle = mm((first.x0 + first.x1) / 2)
    centres = (mm(page.width / 2), mm((printed.left + printed.right) / 2))
    if all(abs(middle - centre) > RENDERED for centre in centres):
        yield "没有居中"
    if thick_first:
        marks = [row for row in printed.rows_as(Role.MARK) if row.page is page]
        if marks:
            foot = min(row.line.y - INK_FOOT * row.line.size for row in marks)
            gap, asked = mm(foot - first.y0 - first.width / 2), mm(points(gb.RED_LINE_GAP))
            if abs(gap - asked) > RENDERED:
                yield f"离标志 {gap:.1f} 毫米，应当是 {asked:.0f} 毫米"
    else:
        foot, asked = mm(first.y0 + first.width / 2), mm(points(gb.LETTER_FOOT))
        if abs(foot - asked) > RENDERED:
            yield f"离纸的下边缘 {foot:.1f} 毫米，应当是 {asked:.0f} 毫米"

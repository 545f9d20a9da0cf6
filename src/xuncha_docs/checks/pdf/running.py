"""PDF3: the running text: lines of a page, characters of a line, where it begins and ends (5.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.pdf.printed import SLACK, Printed, Row, mm, points
from xuncha_docs.checks.pdf.whole import AGAIN, is_han
from xuncha_docs.checks.profiles import RUNNING, Carrier
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Place, Severity, Strength, marked
from xuncha_docs.pdf.pages import Glyph, Page
from xuncha_docs.word.roles import LEVELS, Role

MOST = 5
"""How many lines are told one by one: what makes one wrong makes many wrong."""

_UNEVEN = 0.3
"""By how many points the pitch of a paragraph may change."""

_FIRST = (0.5, 1.1)
_LAST = (-0.1, 0.6)
"""How far the first baseline stands below the upper edge, and the last above the lower one, in pitches.

Programs put the baseline at 0.70 to 0.85 of an exact line."""

_CLOSERS = "。，、；：？！）》〉】〕』」”’"
_OPENERS = "（《〈【〔『「“‘"
_HANGING = "。，、；：？！）》”’"


def _page(page: Page, words: str = "") -> Place:
    return Place(page=page.number, snippet=marked(words, 0, len(words)) if words else None)


@rule("PDF301", Severity.WARNING, clause="5.2.3", strength=Strength.GENERAL)
def printed_line_count(printed: Printed) -> Flaws:
    """排满正文的页面，行数不对。

    为什么：国标规定一般每面排 22 行，撑满版心。行距多 1 磅，每页就少一行。

    错（还有 PDF304）：
        样式Normal：行距=30磅
        样式空行：行距=30磅
    对：
        样式Normal：行距=28.95磅
    """
    wanted = printed.profile.lines
    if wanted is None:
        return
    wrong = [(page, rows) for page, rows in printed.full_pages if len(rows) != wanted]
    for page, rows in wrong[:1]:
        more = f"（这样的页面有 {len(wrong)} 页）" if len(wrong) > 1 else ""
        pitch = _word(printed.profile.systems[0].pitch / 20)
        yield Flaw(
            _page(page),
            f"这一页排满了正文，印出 {len(rows)} 行，应当是 {wanted} 行{more}。",
            f"请在 Word 的“段落”里把正文的行距设为固定值 {pitch} 磅，段前段后设为 0，{AGAIN}。",
        )


def _word(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


@rule("PDF302", Severity.WARNING, clause="5.2.3", strength=Strength.GENERAL)
def printed_char_count(printed: Printed) -> Flaws:
    """正文的整行，字数不对。

    为什么：国标规定一般每行排 28 个字。三号字不收紧字距，一行只排得下 27 个，所以只少一个字时只作提示。
    只数全是汉字和全角标点的行：数字和字母窄，一行里可以多几个。

    错：
        样式Normal：字距=0磅
    对：
        样式Normal：字距=-0.25磅
    """
    wanted = printed.profile.chars
    if wanted is None:
        return
    wrong: dict[int, list[tuple[Row, int, int]]] = {}
    for row, below in pairwise(printed.rows):
        if not (printed.is_running(row) and printed.runs_on(row, below) and _is_whole(printed, row, below)):
            continue
        indent = _indent(printed, row)
        count = len(_glyphs(row))
        hung = not all(is_han(glyph.text) for glyph in row.line.printed)  # marks may be pressed together, or hang
        if indent is not None and not wanted - indent <= count <= wanted - indent + hung:
            wrong.setdefault(wanted - indent - count, []).append((row, count, indent))
    for short, rows in wrong.items():
        row, count, indent = rows[0]
        more = f"{'少' if short > 0 else '多'} {abs(short)} 个字的共 {len(rows)} 行。" if len(rows) > 1 else ""
        yield printed.flaw(
            row,
            f"这一行排了 {count} 个字，应当是 {wanted - indent} 个{'（首行空两字）' if indent == 2 else ''}。{more}",
            f"请在 Word 的“字体—高级”里把正文的间距设为紧缩 0.25 磅，左右页边距设为 28 毫米和 26 毫米，{AGAIN}。",
            severity=Severity.INFO if short == 1 else None,
        )


def _is_whole(printed: Printed, row: Row, below: Row) -> bool:
    """Tell whether a line of Chinese characters and marks alone is as full as it can be.

    A character is taken to the next line with the mark behind it, and an opening mark or a figure goes there whole.
    """
    glyphs = _glyphs(row)
    if row.paragraph and re.search(r"[\n\t]", row.paragraph.text):
        return False
    ahead = below.line.printed[:2]
    return (
        all(glyph.width > 0.95 * glyph.size for glyph in glyphs)
        and all(b.x - a.right < 0.3 * a.size for a, b in pairwise(glyphs))
        and len({glyph.size for glyph in (*glyphs, *ahead)}) == 1
        and len(ahead) == 2
        and all(is_han(glyph.text) for glyph in ahead)
    )


def _glyphs(row: Row) -> tuple[Glyph, ...]:
    """Return the glyphs of a line, wide blanks within it among them."""
    edges = row.line.printed[0], row.line.printed[-1]
    first, last = (next(n for n, glyph in enumerate(row.line.glyphs) if glyph is edge) for edge in edges)
    return row.line.glyphs[first : last + 1]


def _indent(printed: Printed, row: Row) -> int | None:
    """Return how many characters a line is set in on both sides; None if it is no whole number."""
    paragraph = row.paragraph
    if paragraph is None:
        indent = (row.line.left - printed.left) / row.line.size
    else:
        indent = paragraph.left + paragraph.right + (paragraph.first if row.begins else 0)
    return round(indent) if abs(indent - round(indent)) < 0.15 else None


@rule("PDF303", Severity.WARNING, clause="5.2.1", strength=Strength.DERIVED)
def text_block_place(printed: Printed) -> Flaws:
    """排满正文的页面，文字没有撑满版心，或者超出了版心。

    为什么：版心上距纸边 37 毫米，下距 35 毫米。首行和末行应当贴着版心的上下边缘：行距太小，下面会空出一截；
    页眉页脚太高，会把正文挤走。

    错：
        样式Normal：行距=28磅
        样式空行：行距=28磅
    对：
        样式Normal：行距=28.95磅
    """
    if printed.carrier not in RUNNING or printed.profile.lines is None:
        return
    for page, rows in printed.full_pages:
        first, last = page.height - rows[0].line.y, rows[-1].line.y
        whole = len(rows) == printed.profile.lines
        if not any(_fits(system, first, last if whole else None) for system in printed.profile.systems):
            yield Flaw(
                _page(page),
                f"这一页排满了正文，首行的字底离纸的上边缘 {mm(first):.1f} 毫米，"
                f"末行的字底离下边缘 {mm(last):.1f} 毫米，没有贴着版心的上下边缘。",
                f"请在 Word 里核对页边距（{_margins(printed)}）和行距，并看看页眉页脚是不是太高，{AGAIN}。",
            )
            return


def _margins(printed: Printed) -> str:
    return "，或者".join(
        f"上 {mm(points(one.top)):.4g}、下 {mm(points(one.bottom)):.4g} 毫米，固定值 {_word(one.pitch / 20)} 磅"
        for one in printed.profile.systems
    )


def _fits(system: gb.System, first: float, last: float | None) -> bool:
    pitch = points(system.pitch)
    begins = _FIRST[0] <= (first - points(system.top)) / pitch <= _FIRST[1]
    return begins and (last is None or _LAST[0] <= (last - points(system.bottom)) / pitch <= _LAST[1])


def _pitches(printed: Printed) -> tuple[float, float]:
    """Return the smallest and the greatest pitch that put the wanted number of lines on a page, in points."""
    lines = printed.profile.lines or gb.LINES
    heights = [gb.PAGE_HEIGHT - system.top - system.bottom for system in printed.profile.systems]
    return points(min(heights) // (lines + 1)), points(max(heights) // lines)


@rule("PDF304", Severity.WARNING, clause="5.2.3", strength=Strength.DERIVED)
def uneven_printed_pitch(printed: Printed) -> Flaws:
    """正文的行距不均匀，或者排不成每面 22 行。

    为什么：每面 22 行，行距就在 27.7 磅到 29.6 磅之间。同一段里行距忽大忽小，多半是行距没有设为固定值，
    被上标、图片或别的字体撑开了。

    错（还有 PDF301）：
        样式Normal：行距=32磅
        样式空行：行距=32磅
    错：
        第2段公文正文：行距=1倍
        第2段公文正文“立行立改”：字号=30磅
    对：
        样式Normal：行距=28.95磅
    """
    if printed.profile.lines is None:
        return
    low, high = _pitches(printed)
    pitch = _word(printed.profile.systems[0].pitch / 20)
    told: set[str] = set()
    steps: dict[int, list[float]] = {}
    for row, below in pairwise(printed.rows):
        if row.page is not below.page or not printed.runs_on(row, below) or not printed.is_running(row):
            continue
        step = row.line.y - below.line.y
        key = row.paragraph.order if row.paragraph else -1
        seen = steps.setdefault(key, [])
        seen.append(step)
        uneven = row.paragraph is not None and max(seen) - min(seen) > _UNEVEN
        if not (uneven or step < low - _UNEVEN or step > high + _UNEVEN):
            continue
        wrong = "忽大忽小" if uneven else f"是 {_word(round(step, 1))} 磅"
        if wrong in told:
            continue
        told.add(wrong)
        yield printed.flaw(
            below,
            f"这一行和上一行的行距{wrong}，应当在 {low:.1f} 磅到 {high:.1f} 磅之间，每行一样。",
            f"请选中正文，在 Word 的“段落”里把行距设为固定值 {pitch} 磅，{AGAIN}。",
        )
        if len(told) == MOST:
            return


@rule("PDF305", Severity.ERROR, clause="5.2.1", strength=Strength.RULE)
def text_outside(printed: Printed) -> Flaws:
    """有文字印到了版心外面。

    为什么：国标规定版心 156 毫米 × 225 毫米，除页码外，文字都在版心里。

    错：
        第2段公文正文：左缩进=-4字
    错：
        第2段公文正文：右缩进=-4字
    对：
        第2段公文正文：左缩进=0字
    """
    if printed.carrier not in (*RUNNING, Carrier.FORM):
        return
    told: set[tuple[int, str]] = set()
    for row in printed.rows:
        side = _beyond(printed, row)
        if side is None or (row.page.number, side[0]) in told:
            continue
        told.add((row.page.number, side[0]))
        yield printed.flaw(
            row,
            f"这一行印到了版心{side[0]}边缘之外 {mm(side[1]):.1f} 毫米。",
            f"请在 Word 里核对这一段的缩进、表格的宽度和页边距，让文字回到版心里，{AGAIN}。",
        )


def _beyond(printed: Printed, row: Row) -> tuple[str, float] | None:
    """Return the side on which a line goes beyond the text, and by how much; a mark may hang."""
    page, line = row.page, row.line
    if page.width > page.height:
        return None
    glyphs = line.printed
    hangs = len(glyphs) > 1 and glyphs[-1].text in _HANGING
    right = max(glyph.right for glyph in (glyphs[:-1] if hangs else glyphs))
    left, right_edge, head, foot = _edges(printed, row)
    beyond = (("左", left - line.left), ("右", right - right_edge), ("上", head - row.top), ("下", row.foot - foot))
    return next((one for one in beyond if one[1] > SLACK), None)


def _edges(printed: Printed, row: Row) -> tuple[float, float, float, float]:
    """Return the edges of the text: left, right, upper, lower; margins that are too narrow are told of the paper."""
    page = row.page
    edges = printed.left, printed.right, printed.head(page), page.height - printed.foot
    if printed.paper is None or row.paragraph is None:
        return edges
    section = printed.paper.section(row.paragraph)
    own = points(section.left), page.width - points(section.right), points(section.top)
    low = page.height - points(section.bottom)
    return min(edges[0], own[0]), max(edges[1], own[1]), min(edges[2], own[2]), max(edges[3], low)


_HEADING = re.compile(r"([一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）).{1,30}")


@rule("PDF306", Severity.INFO, strength=Strength.PRACTICE)
def lonely_heading(printed: Printed) -> Flaws:
    """小标题落在一页的最后一行，它下面的正文到了下一页。

    为什么：翻到这一页的人看到标题，看不到内容。国标没有规定，多数单位的习惯是把标题移到下一页，和正文在一起。

    错：
        每段一级标题：与下段同页=否
        样式一级标题：与下段同页=否
        在第2段公文正文后加：公文正文｜补
        在第2段公文正文后加：公文正文｜补
    对：
        公文标题＝巡察公告
    """
    for page in printed.pages[:-1]:
        rows = printed.rows_of(page)
        if rows and _is_heading(printed, rows[-1]):
            yield printed.flaw(
                rows[-1],
                "这个小标题落在页面的最后一行，它的正文在下一页。",
                f"请选中小标题，在 Word 的“段落—换行和分页”里勾选“与下段同页”，{AGAIN}。",
            )


def _is_heading(printed: Printed, row: Row) -> bool:
    if printed.paper is None:
        return bool(_HEADING.fullmatch(row.text)) and row.text[-1] not in "。；"
    paragraph = row.paragraph
    return (
        paragraph is not None and bool(row.ends) and printed.role(row) in LEVELS and paragraph.text[-1:] not in "。；"
    )


@rule("PDF307", Severity.INFO, clause="GB/T 15834—2011 5.1", strength=Strength.RULE)
def mark_at_line_edge(printed: Printed) -> Flaws:
    """标点印在了不该在的行首或行末。

    为什么：句号、逗号、顿号、分号、冒号和后引号、后括号不放在一行的开头，前引号、前括号不放在一行的末尾，
    破折号和省略号不从中间断开。

    错：
        第2段公文正文“贯穿进驻、”＝贯穿进驻⏎、
    对：
        第2段公文正文“贯穿进驻、”＝贯穿进驻、⏎
    """
    for row, below in pairwise((*printed.rows, None)):
        if row is None or not row.text or row.mixed or printed.role(row) is Role.TABLE:
            continue
        text = row.text
        if text[0] in _CLOSERS and not (row.paragraph and row.begins):
            yield Flaw(row.at(0, 1), f"“{text[0]}”印在了一行的开头。", _KINSOKU)
        elif text[-1] in _OPENERS and not row.ends:
            yield Flaw(row.at(len(text) - 1, len(text)), f"“{text[-1]}”印在了一行的末尾。", _KINSOKU)
        elif below is not None and printed.runs_on(row, below) and (broken := _broken(text, below.text)):
            cure = f"请在它前面增减一两个字，让它落在同一行，{AGAIN}；用 Word 转换时一般不会断开。"
            yield Flaw(row.at(len(text) - 1, len(text)), f"{broken}从中间断开，分在两行。", cure)


_KINSOKU = f"请删去这里的手动换行，在 Word 的“段落—中文版式”里勾选“按中文习惯控制首尾字符”，{AGAIN}。"


def _broken(text: str, below: str) -> str | None:
    """Name the mark of two characters that is broken between two lines; None if none is."""
    for mark, name in (("—", "破折号"), ("…", "省略号")):
        if (len(text) - len(text.rstrip(mark))) % 2 and below.startswith(mark):
            return name
    return None


_NUMBER_GOES_ON = re.compile(r"\d|[.,]\d|[%‰％℃]")


@rule("PDF308", Severity.INFO, clause="GB/T 15835—2011 5.1.7", strength=Strength.GENERAL)
def split_number(printed: Printed) -> Flaws:
    """一个数从中间断开，分在两行。

    为什么：用阿拉伯数字写的一个数应当写在同一行，断开了容易看错。

    错：
        第2段公文正文“贯穿进驻”＝贯穿20⏎25
    对：
        第2段公文正文“贯穿进驻”＝贯穿⏎2025
    """
    for row, below in _running_on(printed):
        ahead = _NUMBER_GOES_ON.match(below.text)
        if row.text[-1:].isdigit() and ahead:
            start = re.search(r"[\d.,]+$", row.text)
            yield Flaw(
                row.at(start.start() if start else len(row.text) - 1, len(row.text)),
                f"这个数从中间断开了，下一行以“{ahead[0]}”开头。",
                f"请删去数字中间的换行或空格，让整个数移到下一行，{AGAIN}。",
            )


def _running_on(printed: Printed) -> Iterator[tuple[Row, Row]]:
    for row, below in pairwise(printed.rows):
        if not row.mixed and printed.runs_on(row, below):
            yield row, below

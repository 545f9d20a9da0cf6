"""GBT1: the page: paper, margins, the lines and characters that fill it, what must not stand beyond its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from math import ceil

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.layout.looks import Fault, running, together
from xuncha_docs.checks.profiles import RUNNING, Carrier
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Place, Severity, Strength
from xuncha_docs.word.layout import Format, Layout, Paragraph, Section, Table, Where
from xuncha_docs.word.roles import LEVELS, Role

NEAR = 57  # one millimetre, 5.2.1
TEXT = (Role.BODY, Role.QUOTATION, *LEVELS)
"""The roles whose lines fill a page."""

_SLACK = 60  # a fifth of a line: what may be left of a page that 22 lines fill
_LINE = 240  # a single line of `auto`
_TALL = 1.3  # of the size of its characters, a single line of Chinese text is so high
_GRIDS = ("lines", "linesAndChars", "snapToChars")
_CHARS = ("linesAndChars", "snapToChars")
_MARGINS = "请在“布局—页边距—自定义页边距”里"


def mm(length: float) -> str:
    """Write a length in millimetres."""
    return f"{length / 56.6929:.1f}".removesuffix(".0")


def points(length: float) -> str:
    """Write a length in points."""
    return f"{length / 20:g}"


# --- the sections of a paper -----------------------------------------------------------------------------------------


def _turned(section: Section) -> bool:
    return section.landscape or section.width > section.height


def _sections(paper: Judged) -> tuple[Section, ...]:
    """Return the sections whose margins the standard gives: the upright ones of papers with a running text."""
    if paper.carrier not in RUNNING:
        return ()
    return tuple(section for section in paper.layout.sections if not _turned(section))


def _numbered(paper: Judged, sections: tuple[Section, ...], fault: Callable[[Section], str | None], cure: str) -> Flaws:
    """Yield what is wrong with sections, the same fault of several once."""
    groups: dict[str, list[Section]] = {}
    for section in sections:
        message = fault(section)
        if message:
            groups.setdefault(message, []).append(section)
    for message, same in groups.items():
        several = len(paper.layout.sections) > 1 and len(same) < len(sections)
        which = f"第{'、'.join(str(one.number + 1) for one in same)}节的" if several else ""
        yield Flaw(same[0].place, f"{which}{message}", cure)


def _near(length: int, wanted: int) -> bool:
    return abs(length - wanted) <= NEAR


def _opens_letter(paper: Judged, section: Section) -> bool:
    """Whether it is the first section of a letter, whose mark stands 30 mm from the edge of the paper (10.1)."""
    return paper.carrier is Carrier.LETTER and section.number == 0


def _top(paper: Judged, section: Section) -> gb.System | None:
    """Return the system that the top margin keeps to."""
    return next((one for one in paper.profile.systems if _near(section.top, one.top)), None)


def _system(paper: Judged, section: Section) -> gb.System | None:
    """Return the system that top and bottom keep to; None if it is none, or two at once."""
    fits = (one for one in paper.profile.systems if _near(section.top, one.top) and _near(section.bottom, one.bottom))
    return next(fits, None)


def _tops(paper: Judged) -> str:
    return "或 ".join(f"{mm(one.top)} 毫米" for one in paper.profile.systems)


def _pairs(paper: Judged) -> str:
    return "，或者".join(f"上 {mm(one.top)}、下 {mm(one.bottom)} 毫米" for one in paper.profile.systems)


def _width(paper: Judged) -> int:
    """Return how wide the text should be."""
    return gb.PAGE_WIDTH - paper.profile.left - paper.profile.right


# --- paper and margins -----------------------------------------------------------------------------------------------


@rule("GBT101", Severity.ERROR, clause="5.1", strength=Strength.RULE)
def wrong_paper_size(paper: Judged) -> Flaws:
    """用的不是 A4 纸，或者没有表格的页面横着排。

    为什么：国标规定公文用 A4 型纸（210×297 毫米），竖排装订；只有横排的表格可以把纸横过来。
    用别的纸排好的公文，印到 A4 纸上会缩放，版心、行数和字数都不对了。

    错：
        纸张 宽=215.9 高=279.4
    错（还有 GBT116）：
        纸张 宽=297 高=210 方向=横
    对：
        纸张 宽=210 高=297
    """
    if paper.carrier is Carrier.POSTER:
        return
    with_tables = {table.section for table in paper.layout.tables}

    def fault(section: Section) -> str | None:
        sides = sorted((section.width, section.height))
        if not (_near(sides[0], gb.PAGE_WIDTH) and _near(sides[1], gb.PAGE_HEIGHT)):
            return f"纸张是 {mm(section.width)}×{mm(section.height)} 毫米，应当是 A4（210×297 毫米）。"
        if _turned(section) and section.number not in with_tables:
            return "页面是横的，里面却没有表格。"
        return None

    cure = "请在“布局—纸张大小”里选 A4，在“纸张方向”里选“纵向”；只有横排的表格可以用“横向”。"
    yield from _numbered(paper, paper.layout.sections, fault, cure)


@rule("GBT102", Severity.ERROR, clause="5.2.1", strength=Strength.RULE)
def wrong_top_margin(paper: Judged) -> Flaws:
    """上边距不对。

    为什么：国标规定天头（上白边）为 37±1 毫米。页边距有两种填法都对：按行框量填 37 毫米；
    或者照 GB/T 33476.2 填 34.58 毫米，使文字本身离纸边 37 毫米。信函的首页另有规定，不在此列。

    错：
        页边距 上=30
    错：
        （红头）
        页边距 上=25.4
    对：
        页边距 上=36.5
    对：
        （普通B）
        页边距 上=34.58
    """

    def fault(section: Section) -> str | None:
        if _opens_letter(paper, section) or _top(paper, section):
            return None
        return f"上边距是 {mm(section.top)} 毫米，应当是 {_tops(paper)}。"

    cure = f"{_MARGINS}把“上”改为 {mm(paper.profile.systems[0].top)} 毫米。"
    yield from _numbered(paper, _sections(paper), fault, cure)


@rule("GBT103", Severity.ERROR, clause="5.2.1", strength=Strength.RULE)
def wrong_left_margin(paper: Judged) -> Flaws:
    """左边距不对。

    为什么：国标规定订口（左白边）为 28±1 毫米。设了装订线的，装订线和左边距合起来算。

    错：
        页边距 左=31.8
    错：
        页边距 装订线=10
    对：
        页边距 左=27.5
    对：
        页边距 左=18 装订线=10
    """

    def fault(section: Section) -> str | None:
        if _near(section.left + section.gutter, paper.profile.left):
            return None
        bound = f"（其中装订线 {mm(section.gutter)} 毫米）" if section.gutter else ""
        return f"左边距是 {mm(section.left + section.gutter)} 毫米{bound}，应当是 {mm(paper.profile.left)} 毫米。"

    cure = f"{_MARGINS}把“左”改为 {mm(paper.profile.left)} 毫米，“装订线”改为 0。"
    yield from _numbered(paper, _sections(paper), fault, cure)


@rule("GBT104", Severity.WARNING, clause="5.2.1", strength=Strength.DERIVED)
def wrong_right_margin(paper: Judged) -> Flaws:
    """右边距不对。

    为什么：纸宽 210 毫米，减去左白边 28 毫米和版心 156 毫米，右边还剩 26 毫米。这个数是推算出来的，国标没有直接写。

    错（还有 GBT106）：
        页边距 右=20
    错（还有 GBT103）：
        页边距 左=31.8 右=31.8
    对：
        页边距 右=25.5
    """

    def fault(section: Section) -> str | None:
        if _near(section.right, paper.profile.right):
            return None
        return f"右边距是 {mm(section.right)} 毫米，推算应当是 {mm(paper.profile.right)} 毫米。"

    cure = f"{_MARGINS}把“右”改为 {mm(paper.profile.right)} 毫米。"
    yield from _numbered(paper, _sections(paper), fault, cure)


@rule("GBT105", Severity.WARNING, clause="5.2.1", strength=Strength.DERIVED)
def wrong_bottom_margin(paper: Judged) -> Flaws:
    """下边距不对，或者和上边距不是一种填法。

    为什么：纸高 297 毫米，减去天头 37 毫米和版心 225 毫米，下边还剩 35 毫米（推算）；
    照 GB/T 33476.2 的填法，是上 34.58、下 32.58 毫米。两种填法不能混用：
    上边用一种、下边用另一种，版心就不是 225 毫米高了。

    错（还有 GBT107）：
        页边距 下=40
    错（还有 GBT107）：
        页边距 下=32.58
    对：
        页边距 下=34.5
    对：
        （普通B）
        页边距 下=32.58
    """

    def fault(section: Section) -> str | None:
        known = _top(paper, section)
        systems = (known,) if known else paper.profile.systems
        if any(_near(section.bottom, one.bottom) for one in systems):
            return None
        wanted = "或 ".join(f"{mm(one.bottom)} 毫米" for one in systems)
        beside = f"，和上边距 {mm(known.top)} 毫米相配的" if known else "，推算"
        return f"下边距是 {mm(section.bottom)} 毫米{beside}应当是 {wanted}。"

    yield from _numbered(paper, _sections(paper), fault, f"{_MARGINS}改为{_pairs(paper)}。")


@rule("GBT106", Severity.ERROR, clause="5.2.1", strength=Strength.RULE)
def wrong_text_width(paper: Judged) -> Flaws:
    """版心的宽度不对。

    为什么：国标规定版心宽 156 毫米，28 个字正好排满。左边距不对的，先改左边距，这里不重复提示。

    错（还有 GBT104）：
        页边距 右=31.8
    错：
        页边距 左=28.9 右=26.9
    对：
        页边距 左=28.5 右=25.5
    """

    def fault(section: Section) -> str | None:
        left = _near(section.left + section.gutter, paper.profile.left)
        if not left or not _near(section.width, gb.PAGE_WIDTH) or _near(section.text_width, _width(paper)):
            return None
        return f"版心宽 {mm(section.text_width)} 毫米，应当是 {mm(_width(paper))} 毫米。"

    cure = f"{_MARGINS}改为左 {mm(paper.profile.left)}、右 {mm(paper.profile.right)} 毫米。"
    yield from _numbered(paper, _sections(paper), fault, cure)


@rule("GBT107", Severity.ERROR, clause="5.2.1", strength=Strength.RULE)
def wrong_text_height(paper: Judged) -> Flaws:
    """版心的高度不对。

    为什么：国标规定版心高 225 毫米，22 行正好排满。按行框量填 37/35 毫米，版心正是 225 毫米；
    照 GB/T 33476.2 填 34.58/32.58 毫米，行框的上下多出一点，文字仍占 225 毫米。
    上边距不对的，先改上边距，这里不重复提示。

    错（还有 GBT105）：
        页边距 下=38
    错（还有 GBT108）：
        页边距 上=37.9 下=35.9
    对：
        页边距 上=37.5 下=34.5
    """

    def fault(section: Section) -> str | None:
        if _opens_letter(paper, section) or not _top(paper, section) or not _near(section.height, gb.PAGE_HEIGHT):
            return None
        heights = [gb.PAGE_HEIGHT - one.top - one.bottom for one in paper.profile.systems]
        if any(_near(section.text_height, height) for height in heights):
            return None
        wanted = "或 ".join(f"{mm(height)} 毫米" for height in heights)
        return f"版心高 {mm(section.text_height)} 毫米，应当是 {wanted}。"

    yield from _numbered(paper, _sections(paper), fault, f"{_MARGINS}改为{_pairs(paper)}。")


# --- lines -----------------------------------------------------------------------------------------------------------


def _single(looks: Format) -> float:
    """Return how high a single line is that takes its height from its characters; fonts differ a little."""
    return looks.size * 10 * _TALL


def height(paragraph: Paragraph, section: Section) -> float:
    """Return how high a line of a paragraph is, in twentieths of a point."""
    if paragraph.line_rule == "exact":
        return paragraph.line
    single = _single(paragraph.format)
    if paragraph.snaps and section.grid in _GRIDS and section.pitch > 0:
        single = ceil(single / section.pitch) * section.pitch
    if paragraph.line_rule == "atLeast":
        return max(single, paragraph.line)
    return single * paragraph.line / _LINE


def _stack(paragraphs: tuple[Paragraph, ...], section: Section) -> float:
    return sum(p.before + height(p, section) + p.after for p in paragraphs if p.where is not Where.BOX and not p.frame)


def band(layout: Layout, section: Section, *, foot: bool) -> float:
    """Return how much of a page its header or footer takes from the edge, the tallest of those in use."""
    kinds = ["default", *(["even"] if layout.odd_even else []), *(["first"] if section.first_page else [])]
    heads = section.footers if foot else section.headers
    away = section.footer if foot else section.header
    stacks = [_stack(heads[kind], section) for kind in kinds if kind in heads]
    return away + max(stacks) if stacks else 0


def room(layout: Layout, section: Section) -> float:
    """Return how much height is left for the text: a header or footer that is too tall takes some of it."""
    above = max(section.top, band(layout, section, foot=False))
    return section.height - above - max(section.bottom, band(layout, section, foot=True))


def _is_known(paragraph: Paragraph, section: Section) -> bool:
    """Whether the height of its lines is said, and not left to the font."""
    if paragraph.line_rule == "auto":
        return paragraph.snaps and section.grid in _GRIDS and section.pitch > 0
    return paragraph.line > 0


def _measured_lines(paper: Judged) -> Iterator[tuple[Paragraph, Section, float]]:
    """Yield the paragraphs of the text on pages with the right margins, with the height of their lines."""
    for paragraph in running(paper, *TEXT):
        section = paper.section(paragraph)
        if not _turned(section) and _system(paper, section) and _near(section.height, gb.PAGE_HEIGHT):
            line = height(paragraph, section)
            if _is_known(paragraph, section) and line > 0:
                yield paragraph, section, line


def _pitch(paper: Judged, section: Section) -> int:
    """Return the line that fills a page: that of its system, or what its height has room for."""
    best = (_system(paper, section) or paper.profile.systems[0]).pitch
    return min(best, section.text_height // (paper.profile.lines or gb.LINES)) if _system(paper, section) else best


@rule("GBT108", Severity.WARNING, clause="5.2.3", strength=Strength.GENERAL)
def wrong_line_count(paper: Judged) -> Flaws:
    """一页排不成 22 行。

    为什么：国标规定一般每面排 22 行。行数由版心高度和行距算出来：上下边距 37/35 毫米，行距用固定值 28.95 磅；
    34.58/32.58 毫米，用 29.45 磅。页脚或页眉太高，会挤掉正文的行。边距不对的，先改边距，这里不重复提示；
    行距不是固定值的，另有提示。

    错：
        样式Normal：行距=30磅
    错：
        样式Normal：行距=26磅
    错：
        第2段公文正文：行距=30磅
    错：
        （普通B）
        样式Normal：行距=28磅
    对：
        样式Normal：行距=28.9磅
    对：
        （普通B）
        样式Normal：行距=29.6磅
    """
    found = list(_measured_lines(paper))
    faults = []
    for paragraph, section, line in found:
        space = room(paper.layout, section)
        lines = int(space // line)
        if paragraph.line_rule == "atLeast" or (paragraph.line_rule == "auto" and paragraph.line != _LINE):
            continue
        if lines != paper.profile.lines:
            eaten = section.text_height - space
            why = f"页眉页脚占去 {points(eaten)} 磅，" if eaten > 0 else ""
            message = f"行距 {points(line)} 磅，{why}一页排 {lines} 行，一般应排 {paper.profile.lines} 行。"
            cure = f"请在“段落—行距”里选“固定值”，填 {points(_pitch(paper, section))} 磅。"
            if eaten > 0:
                cure = "请把页脚段落的行距设为固定值 16 磅，不要随正文的行距，并减小“布局—页眉页脚”到纸边的距离。"
            faults.append(Fault(paragraph, message, cure))
    yield from together(paper, faults)


@rule("GBT109", Severity.WARNING, clause="5.2.3", strength=Strength.DERIVED)
def loose_line_spacing(paper: Judged) -> Flaws:
    """正文的行距不是固定值。

    为什么：每面 22 行要靠固定的行距来保证（推算）。“多倍行距”“最小值”随字体变化，换一台电脑、换成 WPS，行数就变了。
    对齐到行网格的单倍行距也可以。

    错：
        每段公文正文：行距=1.5倍
    错：
        每段公文正文：行距=最小28.95磅
    对：
        每段公文正文：行距=28.95磅
    对：
        每段公文正文：行距=1倍 对齐网格
    """
    text = running(paper, *TEXT)
    faults = []
    for paragraph in text:
        section = paper.section(paragraph)
        on_grid = paragraph.line == _LINE and _is_known(paragraph, section)
        if paragraph.line_rule == "exact" or (paragraph.line_rule == "auto" and on_grid):
            continue
        given = f"是最小值 {points(paragraph.line)} 磅"
        if paragraph.line_rule != "atLeast":
            given = f"是 {paragraph.line / _LINE:g} 倍"
        cure = f"请在“段落—行距”里选“固定值”，填 {points(_pitch(paper, section))} 磅。"
        faults.append(Fault(paragraph, f"正文的行距{given}，随字体变化，一页排不准 {paper.profile.lines} 行。", cure))
    yield from together(paper, faults)


@rule("GBT110", Severity.INFO, clause="5.2.3", strength=Strength.DERIVED)
def unfilled_page(paper: Judged) -> Flaws:
    """22 行没有撑满版心。

    为什么：国标规定一般每面排 22 行，并撑满版心。行距 28 磅也能排 22 行，但是版心下边会空出将近 8 毫米；
    撑满要用 28.95 磅（推算；上下边距 34.58/32.58 毫米的用 29.45 磅）。

    错：
        样式Normal：行距=28磅
    对：
        样式Normal：行距=28.9磅
    """
    found = list(_measured_lines(paper))
    lines = paper.profile.lines or gb.LINES
    faults = []
    for paragraph, section, line in found:
        space = room(paper.layout, section)
        fits = int(space // line) == lines
        best = _pitch(paper, section)
        left = space - lines * line
        if fits and left > max(_SLACK, space - lines * best):
            message = f"行距 {points(line)} 磅，{lines} 行排完，版心下边还空 {mm(left)} 毫米。"
            faults.append(Fault(paragraph, message, f"想撑满版心，可以把行距改为固定值 {points(best)} 磅。"))
    yield from together(paper, faults)


# --- characters ------------------------------------------------------------------------------------------------------


def _on_grid_of_characters(paragraph: Paragraph, section: Section) -> bool:
    return section.grid in _CHARS and paragraph.snaps


def char_width(paragraph: Paragraph, section: Section) -> float:
    """Return how wide a Chinese character of a paragraph is, in twentieths of a point."""
    looks = paragraph.format
    extra = section.char_space * 20 / 4096 if _on_grid_of_characters(paragraph, section) else 0
    return looks.size * 10 * looks.scale / 100 + looks.tracking + extra


@rule("GBT111", Severity.WARNING, clause="5.2.3", strength=Strength.GENERAL)
def wrong_character_count(paper: Judged) -> Flaws:
    """一行排不成 28 个字。

    为什么：国标规定一般每行排 28 个字，并撑满版心。三号字宽 16 磅，28 个字比版心宽 2 毫米，
    要把字距紧缩 0.25 磅才正好排 28 个（推算）；不紧缩只排 27 个。

    错：
        每段公文正文：字距=1磅
    错：
        每段公文正文：字距=0磅
    错：
        每段公文正文：缩放=90%
    对：
        每段公文正文：字距=-0.5磅
    """
    chars = paper.profile.chars
    text = running(paper, Role.BODY)
    faults = []
    for paragraph in text:
        section = paper.section(paragraph)
        look = paper.profile.looks.get(Role.BODY)
        wide = char_width(paragraph, section)
        right_size = look is None or look.size is None or paragraph.format.size == look.size
        if _turned(section) or not right_size or wide <= 0 or not _near(section.text_width, _width(paper)):
            continue
        fits = int(section.text_width // wide)
        if fits != chars:
            message = f"一行排 {fits} 个字，一般应排 {chars} 个。"
            cure = "请在“字体—高级—字符间距”里选“紧缩”，磅值填 0.25，“缩放”选 100%。"
            severity = Severity.INFO if fits == (chars or 0) - 1 else None
            faults.append(Fault(paragraph, message, cure, severity=severity))
    yield from together(paper, faults)


def _gridded(paper: Judged, section: Section) -> bool:
    """Whether a grid has any say in a section: something in it keeps to it."""
    flow = (p for p in paper.layout.paragraphs if p.section == section.number and p.where is Where.BODY)
    return section.grid in _GRIDS and any(p.snaps and not p.blank for p in flow)


@rule("GBT112", Severity.INFO, strength=Strength.PRACTICE)
def odd_grid(paper: Judged) -> Flaws:
    """文档网格和每页 22 行、每行 28 个字对不上。

    为什么：段落对齐网格时，行距和字距由网格说了算。行网格排出来不是 22 行的，换一个软件打开行数就变；
    字符网格在 LibreOffice 里一行只排 14 个字。段落都不对齐网格的，网格不起作用，不提示。

    错：
        网格 行距=15.6磅
        公文标题：对齐网格
    错：
        网格 类型=行和字 字距=-849
        公文标题：对齐网格
    对：
        网格 行距=28.95磅
        公文标题：对齐网格
    对：
        网格 行距=15.6磅
    """

    def fault(section: Section) -> str | None:
        if not _gridded(paper, section) or not _system(paper, section):
            return None
        if section.grid in _CHARS:
            return "文档网格指定了每行的字数；LibreOffice 打开时，一行会只排一半的字。"
        lines = section.text_height // section.pitch if section.pitch > 0 else 0
        if lines == paper.profile.lines:
            return None
        return f"文档网格的行距是 {points(section.pitch)} 磅，一页 {lines} 行，和每页 {paper.profile.lines} 行对不上。"

    cure = (
        "请在“布局—页面设置—文档网格”里选“只指定行网格”，每页填 22 行；"
        "或者在“段落”里取消“如果定义了文档网格，则对齐到网格”。"
    )
    if paper.profile.lines is not None:
        yield from _numbered(paper, _sections(paper), fault, cure)


@rule("GBT113", Severity.WARNING, clause="5.2.3", strength=Strength.DERIVED)
def grid_of_wrong_size(paper: Judged) -> Flaws:
    """用了字符网格，默认字号却不是三号。

    为什么：字符网格从“正文”样式的字号算起（推算）。默认是五号的，同样写着每行 28 个字，排出来却不是 28 个。

    错（还有 GBT112、GBT202、GBT311、GBT505）：
        网格 类型=行和字 字距=-849
        样式Normal：字号=五号
        公文标题：对齐网格
    对：
        样式Normal：字号=五号
        公文标题：对齐网格
    """

    def fault(section: Section) -> str | None:
        if section.grid not in _CHARS or not _gridded(paper, section) or paper.layout.normal_size == gb.BODY_SIZE:
            return None
        size = gb.size_word(paper.layout.normal_size)
        return f"文档网格指定了每行的字数，从默认字号算起；默认字号是{size}，应当是{gb.size_word(gb.BODY_SIZE)}。"

    cure = "请把样式“正文”（Normal）的字号改为三号，再到“文档网格”里重新指定；或者只指定行网格。"
    if paper.profile.chars is not None:
        yield from _numbered(paper, _sections(paper), fault, cure)


@rule("GBT114", Severity.WARNING, clause="5.2.3", strength=Strength.DERIVED)
def paragraph_spacing(paper: Judged) -> Flaws:
    """正文的段前或段后留了空。

    为什么：每面 22 行是一行挨一行排出来的（推算），段落之间多留一点空，一页就少一行。
    正文和标题、附件说明、落款之间该空的行不算。

    错：
        第3段公文正文：段前=6磅
    错：
        第2段公文正文：段后=0.5行
    对：
        第3段公文正文：段前=0磅
    """
    text = running(paper, *TEXT)
    faults = []
    for paragraph in text:
        given = [
            f"{side} {points(white)} 磅"
            for side, white, beside in (
                ("段前", paragraph.before, paper.before),
                ("段后", paragraph.after, paper.after),
            )
            if abs(white) > 10 and (other := beside(paragraph)) is not None and paper.role(other) in TEXT
        ]
        if given:
            message = f"正文留了{'、'.join(given)}，一页会排不满 {paper.profile.lines} 行。"
            faults.append(Fault(paragraph, message, "请在“段落—间距”里把“段前”“段后”都改为 0。"))
    yield from together(paper, faults)


# --- tables, turned pages, and what a program does with lines ---------------------------------------------------------


@rule("GBT115", Severity.WARNING, clause="5.2.1", strength=Strength.DERIVED)
def wide_table(paper: Judged) -> Flaws:
    """表格排到版心外面去了。

    为什么：国标规定了版心的尺寸，文字和表格都应当排在版心里（推算）；伸到白边里的表格，装订时会被订住，裁切时会被裁掉。

    错：
        在公文正文后加：表格 宽=170｜序号｜事项⏎1｜听取汇报
    错：
        在公文正文后加：表格 左缩进=-5｜序号｜事项⏎1｜听取汇报
    对：
        在公文正文后加：表格 宽=156｜序号｜事项⏎1｜听取汇报
    """
    if paper.carrier is Carrier.POSTER:
        return
    for table in paper.layout.tables:
        section = paper.layout.sections[min(table.section, len(paper.layout.sections) - 1)]
        over = _beyond(table, section)
        if over > 30:
            message = f"表格宽 {mm(table.width)} 毫米，超出版心（宽 {mm(section.text_width)} 毫米）{mm(over)} 毫米。"
            cure = f"请在“表格属性”里把“指定宽度”改为不超过 {mm(section.text_width)} 毫米，“左缩进”改为 0。"
            yield Flaw(table.place, message, cure)


def _beyond(table: Table, section: Section) -> int:
    """Return how far a table stands out of the text; one that floats or is in a text box is judged by its width."""
    wide = table.width - section.text_width
    if table.floating or table.box or table.place.within:
        return wide
    return max(wide, -table.indent, table.indent + wide if table.indent > 0 else wide)


@rule("GBT116", Severity.INFO, clause="8", strength=Strength.RULE)
def turned_page(paper: Judged) -> Flaws:
    """横排的页，版心或页码的位置和别的页不一样。

    为什么：国标规定横排的表格，页码位置与公文其他页保持一致，表头单页朝订口、双页朝切口。
    把纸横过来以后，普通页脚里的页码会跑到长边上去，需要放进图文框里转到原来的位置。这一条要人看一看。

    错：
        在附件标题后加：表格 宽=156｜序号｜事项⏎1｜听取汇报
        纸张 宽=297 高=210 方向=横
    对：
        在附件标题后加：表格 宽=156｜序号｜事项⏎1｜听取汇报
    """
    if paper.carrier not in RUNNING:
        return  # all pages of a form, or of a poster, lie as its table wants
    upright = {_width(paper), *(gb.PAGE_HEIGHT - one.top - one.bottom for one in paper.profile.systems)}

    def fault(section: Section) -> str | None:
        if not _turned(section):
            return None
        wrong = []
        sides = (section.text_width, section.text_height)
        if not all(any(_near(side, one) for one in upright) for side in sides):
            wrong.append(f"横排页的版心是 {mm(sides[0])}×{mm(sides[1])} 毫米，竖过来和别的页对不上")
        feet = (p for one in section.footers.values() for p in one)
        if any(run.field.split()[:1] == ["PAGE"] and not p.frame and not p.box for p in feet for run in p.runs):
            wrong.append("横排页的页码在长边上，位置和别的页不一样")
        return "；".join(wrong) + "。" if wrong else None

    cure = "请把横排页的四边距按转过来的方向填，把页码放进图文框，转到和竖排页一样的位置；打印出来核对。"
    yield from _numbered(paper, paper.layout.sections, fault, cure)


@rule("GBT117", Severity.INFO, clause="5.2.3", strength=Strength.DERIVED)
def widow_control(paper: Judged) -> Flaws:
    """开了“孤行控制”。

    为什么：孤行控制会把一段的首行或末行赶到另一页，这一页就少一行，排不满 22 行（推算）。

    错：
        每段公文正文：孤行控制
    对：
        每段公文正文：孤行控制=否
    """
    text = running(paper, *TEXT)
    cure = "请全选正文，在“段落—换行和分页”里取消“孤行控制”。"
    faults = [Fault(p, "段落开了孤行控制，有的页会少一行。", cure) for p in text if p.widow_control]
    yield from together(paper, faults)


@rule("GBT118", Severity.WARNING, clause="GB/T 15834—2011 5.1", strength=Strength.RULE)
def marks_at_line_ends(paper: Judged) -> Flaws:
    """关了标点的避头尾，或者不让标点溢出边界。

    为什么：标点符号用法规定，句号、逗号、后引号等不出现在一行的开头，前引号、前括号等不出现在一行的末尾；
    这件事由“按中文习惯控制首尾字符”管。不让标点溢出边界的，行末的标点会带着一个字换到下一行，这一行就不满 28 个字，
    只作提示：LibreOffice 存过的文件都是这样写的。

    错：
        每段公文正文：避头尾=否
    错：
        第2段公文正文：标点溢出=否
    对：
        每段公文正文：避头尾 标点溢出
    """
    text = running(paper, *TEXT, Role.ADDRESSEE)
    faults = []
    for paragraph in text:
        if not paragraph.kinsoku:
            message = "段落关了“按中文习惯控制首尾字符”，标点会排到行首或行尾。"
            cure = "请在“段落—中文版式”里勾选“按中文习惯控制首尾字符”。"
            faults.append(Fault(paragraph, message, cure))
        elif not paragraph.overflow:
            message = "段落不让标点溢出边界，有的行会排不满。"
            cure = "请在“段落—中文版式”里勾选“允许标点溢出边界”。"
            faults.append(Fault(paragraph, message, cure, severity=Severity.INFO))
    yield from together(paper, faults)


@rule("GBT119", Severity.INFO, strength=Strength.PRACTICE)
def old_compatibility(paper: Judged) -> Flaws:
    """文件处在旧版 Word 的兼容模式。

    为什么：兼容模式照旧版的办法排行排表，同一份文件在不同的电脑上行数、表格位置会不一样。

    错：
        设置 兼容模式=12
    对：
        设置 兼容模式=14
    """
    if paper.layout.compatibility < 14:  # Word takes a paper that does not say for one of 2007
        cure = "请在 Word 里点“文件—信息—转换”，再存为 .docx。"
        yield Flaw(Place(part=paper.layout.part), "文件处在旧版 Word 的兼容模式。", cure)


@rule("GBT120", Severity.WARNING, clause="3.2", strength=Strength.DERIVED)
def odd_empty_line(paper: Judged) -> Flaws:
    """空行的高度和正文的一行不一样。

    为什么：国标里“空一行”“空二行”的行，是正文的行（推算）。空行的行距和正文不同，下面的文字就不在行上了。

    错：
        公文标题后的空行：行距=20磅
    错：
        公文标题后的空行：行距=1倍
    对：
        公文标题后的空行：行距=28.95磅
    """
    usual = _usual_line(paper)
    if usual is None:
        return
    faults = []
    for paragraph in _blanks(paper):
        line = _with_white(paragraph, paper.section(paragraph))
        if abs(line - usual) > 5:
            message = f"空行高 {points(round(line))} 磅，正文的一行是 {points(usual)} 磅。"
            cure = "请选中空行，在“段落—间距”里把行距、段前、段后设得和正文一样。"
            faults.append(Fault(paragraph, message, cure))
    yield from together(paper, faults)


def _with_white(paragraph: Paragraph, section: Section) -> float:
    return height(paragraph, section) + paragraph.before + paragraph.after


def _usual_line(paper: Judged) -> int | None:
    """Return how high most lines of the text are, with the white around them; None if their font says that."""
    text = [(p, paper.section(p)) for p in running(paper, Role.BODY)]
    heights = Counter(round(_with_white(p, section)) for p, section in text if _is_known(p, section))
    return heights.most_common(1)[0][0] if heights else None


def _blanks(paper: Judged) -> tuple[Paragraph, ...]:
    """Return the empty lines that stand for lines: between the title and the end, none that only breaks a page."""
    title = paper.first(Role.TITLE, Role.ADDRESSEE, Role.BODY)
    if title is None or paper.profile.lines is None:
        return ()
    return tuple(
        p
        for p in paper.layout.paragraphs
        if p.blank and p.where is Where.BODY and p.order > title.order and _is_line(paper, p)
    )


def _is_line(paper: Judged, blank: Paragraph) -> bool:
    """Whether an empty paragraph is an empty line, with text around it, and carries neither a break nor a rule."""
    if blank.page_breaks or blank.borders:
        return False
    below = paper.after(blank)
    return below is not None and not below.new_page and below.section == blank.section

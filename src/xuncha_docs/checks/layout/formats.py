"""GBT801 to GBT806: the special formats of chapter 10, letters, commands, minutes; and posters, which have none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.layout.imprint import rows
from xuncha_docs.checks.layout.looks import BLANKS, font_fault, size
from xuncha_docs.checks.layout.page import mm
from xuncha_docs.checks.layout.placing import CHAR_OFF, parts
from xuncha_docs.checks.profiles import Carrier, Look
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Place, Severity, Strength
from xuncha_docs.word.layout import Line, Paragraph, Section, Where
from xuncha_docs.word.roles import LEVELS, Role

# --- 信函 ------------------------------------------------------------------------------------------------------------

_WIDTH_OFF, _PLACE_OFF = gb.Tw.mm(1), gb.Tw.mm(1.5)


class _Double(NamedTuple):
    """A double red line of a letter, as it should be: its name, where it is looked for, the style of its border."""

    name: str
    shape: str
    style: str


_UPPER = _Double("上面的红色双线", "上粗下细", "thickThin")
_LOWER = _Double("下面的红色双线", "上细下粗", "thinThick")


@rule("GBT801", Severity.ERROR, clause="10.1", strength=Strength.RULE)
def wrong_letter_lines(paper: Judged) -> Flaws:
    """信函的红色双线没有，或者样式、颜色、长度、位置不对。

    为什么：发文机关标志下 4 毫米处印一条红色双线（上粗下细），距下页边 20 毫米处印一条红色双线（上细下粗），线长均为
    170 毫米，居中排布。

    错：
        （信函）
        发文机关标志后的空行：下边框=无
    错：
        （信函）
        发文机关标志后的空行：下边框=上细下粗 3磅 FF0000
    错：
        （信函）
        发文机关标志后的空行：下边框=上粗下细 3磅 000000
    错：
        （信函）
        发文机关标志后的空行：左缩进=2字
    错：
        （信函）
        末段空行：下边框=单线 3磅 FF0000
    对：
        （信函）
        发文机关标志后的空行：下边框=上粗下细 2.25磅 FF0000
    """
    if paper.carrier is not Carrier.LETTER:
        return
    head = [p for p in _head(paper) if p.borders]
    foot = [p for p in _first_foot(paper) if p.borders]
    drawn = any(s.sort in ("line", "other") and gb.is_red(s.colour) for s in paper.layout.shapes)
    yield from _double_line(paper, _UPPER, head, drawn=drawn)
    hung = any(p.pictures for p in _first_foot(paper))
    yield from _double_line(paper, _LOWER, foot, drawn=drawn or hung)


def _head(paper: Judged) -> Iterator[Paragraph]:
    """Yield the paragraphs above the title, those of the first page's header too."""
    title = paper.first(Role.TITLE, Role.ADDRESSEE, Role.BODY)
    section = paper.layout.sections[0]
    yield from section.headers.get("first" if section.first_page else "default", ())
    yield from (p for p in paper.layout.paragraphs if title is None or p.order < title.order)


def _first_foot(paper: Judged) -> tuple[Paragraph, ...]:
    """Return the paragraphs of the first page's footer."""
    section = paper.layout.sections[0]
    return section.footers.get("first" if section.first_page else "default", ())


def _double_line(paper: Judged, wanted: _Double, paragraphs: list[Paragraph], *, drawn: bool) -> Flaws:
    """Yield what is wrong with one of the two lines; nothing that is drawn can be judged here."""
    cure = (
        f"给一个段落加{wanted.shape}的红色下框线（“边框和底纹”），左右缩进各 -7 毫米，使线长 170 毫米，"
        f"{'放在发文机关标志下 4 毫米处' if wanted is _UPPER else '放在首页页脚里，距纸的下边 20 毫米'}。"
    )
    lined = [(p, line) for p in paragraphs for line in p.borders.values()]
    if not lined:
        if not drawn:
            mark = paper.first(Role.MARK)
            place = mark.at() if mark and wanted is _UPPER else paper.layout.sections[0].place
            yield Flaw(place, f"信函没有{wanted.name}（{wanted.shape}）。", cure)
        return
    paragraph, line = next(((p, one) for p, one in lined if gb.is_red(one.colour)), lined[0])
    for message in _faults_of_double(paper, wanted, paragraph, line):
        yield paper.flaw(paragraph, message, cure)


def _faults_of_double(paper: Judged, wanted: _Double, paragraph: Paragraph, line: Line) -> Iterator[str]:
    section = paper.section(paragraph)
    if not gb.is_red(line.colour):
        yield f"信函{wanted.name}不是红色。"
    if not line.style.startswith(wanted.style):
        yield f"信函{wanted.name}不是{wanted.shape}的双线。"
    width = _width(paragraph, section)
    if abs(width - gb.LETTER_RULE) > _WIDTH_OFF:
        yield f"信函{wanted.name}长 {mm(width)} 毫米，应当长 170 毫米。"
    below = _from_foot(paragraph, section) if wanted is _LOWER else None
    if below is not None and abs(below - gb.LETTER_FOOT) > _PLACE_OFF:
        yield f"信函{wanted.name}距下页边 {mm(below)} 毫米，应当距 20 毫米。"
    gap = _under_mark(paper, paragraph, line) if wanted is _UPPER else None
    if gap is not None and abs(gap - gb.RED_LINE_GAP) > _PLACE_OFF:
        yield f"信函{wanted.name}在发文机关标志下 {mm(gap)} 毫米处，应当在 4 毫米处。"


def _width(paragraph: Paragraph, section: Section) -> int:
    """Return how long a line under a paragraph is: as wide as what holds it, less the indents."""
    framed = paragraph.frame.get("w", "")
    whole = int(framed) if framed.isdecimal() else section.text_width
    inset = paragraph.left + min(0, paragraph.first) + paragraph.right
    return whole - round(inset * paragraph.format.size * 10)


def _down(paragraph: Paragraph) -> int | None:
    """Return how far below the page's head a frame stands; None if that is not said."""
    down = paragraph.frame.get("y", "")
    return int(down) if paragraph.frame.get("vAnchor") == "page" and down.isdecimal() else None


def _line(paragraph: Paragraph) -> int:
    return paragraph.line if paragraph.line_rule == "exact" else paragraph.format.size * 13


def _from_foot(paragraph: Paragraph, section: Section) -> int | None:
    """Return how far above the page's foot the line under a paragraph of the footer lies."""
    if paragraph.frame:
        down = _down(paragraph)
        return None if down is None else section.height - down - _line(paragraph)
    foot = next((f for f in section.footers.values() if paragraph in f), ())
    under = [p for p in foot if p.order > paragraph.order and not p.frame]
    return section.footer + paragraph.after + sum(p.before + _line(p) + p.after for p in under)


def _under_mark(paper: Judged, paragraph: Paragraph, line: Line) -> int | None:
    """Return how far below the mark the line lies; None if frames don't say."""
    mark = paper.first(Role.MARK)
    if mark is None:
        return None
    if mark.order == paragraph.order:
        return line.space * 20 if not mark.frame else None  # LibreOffice doubles that white in a frame
    top, down = _down(mark), _down(paragraph)
    if top is None or down is None:
        return None
    return down + _line(paragraph) + line.space * 20 - top - _line(mark)


@rule("GBT802", Severity.ERROR, clause="10.1", strength=Strength.RULE)
def imprint_of_letter(paper: Judged) -> Flaws:
    """信函的版记里有印发机关、印发日期或者分隔线。

    为什么：信函的版记不加印发机关和印发日期、分隔线，只在公文最后一面版心内最下方写抄送机关。

    错：
        （信函）
        在抄送后加：印发｜中共临江县委巡察办公室⇥2025年3月25日印发
    错：
        （信函）
        抄送所在格：上边框=单线 1磅
    对：
        （信函）
        抄送＝抄送：县委第三巡察组，县委第五巡察组。
    """
    if paper.carrier is not Carrier.LETTER:
        return
    for paragraph in paper.of(Role.PRINTED):
        cure = "删去印发机关和印发日期，只留抄送机关。"
        yield paper.flaw(paragraph, "信函的版记里有印发机关或印发日期。", cure)
    for row in rows(paper):
        if row.above or row.below:
            cure = "选中版记，在“边框和底纹”里去掉框线。"
            yield paper.flaw(row.paragraphs[0], "信函的版记里有分隔线。", cure)
            return


# --- 命令（令） ------------------------------------------------------------------------------------------------------

_ORDER = re.compile(r"第\s?(?:[1-9]\d*|[一二三四五六七八九十百千〇零]+)\s?号")


@rule("GBT803", Severity.WARNING, clause="10.2", strength=Strength.RULE)
def wrong_order_number(paper: Judged) -> Flaws:
    """没有令号，令号不是居中的“第×号”，或者令号上下不是各空二行。

    为什么：发文机关标志下空二行居中编排令号，令号下空二行编排正文。

    错：
        （命令）
        令号＝〔2025〕12号
    错：
        （命令）
        令号：对齐=左
    错：
        （命令）
        在令号前加：空行｜
    错：
        （命令）
        删去：令号后的空行
    错：
        （命令）
        删去：令号
    对：
        （命令）
        令号＝第 12 号
    """
    if paper.carrier is not Carrier.COMMAND:
        return
    order = paper.first(Role.ORDER_NUMBER)
    if order is None:
        cure = "在发文机关标志下空二行居中写令号，如“第12号”。"
        mark = paper.first(Role.MARK)
        yield Flaw(mark.at() if mark else Place(part=paper.layout.part), "没有令号。", cure)
        return
    if not _ORDER.fullmatch(order.text.strip()):
        yield paper.flaw(order, f"令号写成了“{order.text.strip()[:20]}”。", "写成“第×号”，如“第12号”。")
    if order.align != "center" or abs(order.first) > CHAR_OFF or abs(order.left - order.right) > CHAR_OFF:
        yield paper.flaw(order, "令号没有居中。", "光标放在令号里，按 Ctrl+E 居中，把缩进都改成 0。")
    below = paper.after(order)
    for where, paragraph in (("上面", order), ("下面", below)):
        blanks = paper.blanks_before(paragraph) if paragraph and paper.before(paragraph) else 2.0
        if abs(blanks - 2) > BLANKS:
            message = f"令号{where}空了 {round(blanks, 1):g} 行，应当空 2 行。"
            yield paper.flaw(order, message, f"在令号{where}正好留 2 个空行；段前、段后的间距也算在内。")


# --- 纪要 ------------------------------------------------------------------------------------------------------------

_ATTENDED = ("出席", "请假", "列席")
_LABEL = re.compile(r"\s*(?P<label>出\s*席|请\s*假|列\s*席)(?:人员|单位)?\s*(?P<colon>[：:]?)")
_TEXT = (Role.BODY, Role.ANNEX_LIST, *LEVELS)


@rule("GBT804", Severity.WARNING, clause="10.3", strength=Strength.GENERAL)
def wrong_attendance(paper: Judged) -> Flaws:
    """纪要的出席、请假、列席人员名单编排得不对。

    为什么：标注出席人员名单，一般用三号黑体字，在正文或附件说明下空一行左空二字编排“出席”二字，后标全角冒号，冒号
    后用三号仿宋体字标注单位、姓名，回行时与冒号后的首字对齐；请假和列席人员名单另起一行，编排方法相同。纪要的
    格式可以根据实际制定。

    错：
        （纪要）
        第1段出席“出席：”：字体=仿宋_GB2312
    错：
        （纪要）
        第1段出席“高远”：字体=黑体
    错：
        （纪要）
        第2段出席：左缩进=3字
    错：
        （纪要）
        第1段出席：左缩进=2字 首行=0字
    错：
        （纪要）
        第2段出席“请假：”＝列席：
        第3段出席“列席：”＝请假：
    错：
        （纪要）
        在第1段出席前加：空行｜
    对：
        （纪要）
        第1段出席“高远”：字体=仿宋
    """
    if paper.carrier is not Carrier.MINUTES:
        return
    found = [(p, match) for p in paper.of(Role.ATTENDANCE) if (match := _LABEL.match(p.text))]
    for paragraph, match in found:
        yield from _wrong_list(paper, paragraph, match)
    order = [_ATTENDED.index(re.sub(r"\s", "", match["label"])) for _, match in found]
    if order != sorted(order):
        cure = "按出席、请假、列席的次序，每项另起一行。"
        yield paper.flaw(found[0][0], "出席、请假、列席的次序不对。", cure)
    if found and (above := paper.before(found[0][0])) and paper.role(above) in _TEXT:
        blanks = paper.blanks_before(found[0][0])
        if abs(blanks - 1) > BLANKS:
            message = f"出席人员名单和正文之间空了 {round(blanks, 1):g} 行，一般空 1 行。"
            yield paper.flaw(found[0][0], message, "在名单上面只留 1 个空行；段前、段后的间距也算在内。")


def _wrong_list(paper: Judged, paragraph: Paragraph, match: re.Match[str]) -> Flaws:
    """Yield what is wrong with one list: the fonts of its label and its names, its indents, its colon."""
    label = re.sub(r"\s", "", match["label"])
    size = paper.profile.looks[Role.ATTENDANCE].size if Role.ATTENDANCE in paper.profile.looks else gb.BODY_SIZE
    parted = match.start("label"), match.start("colon"), match.end()
    faults = (
        font_fault(paragraph, Look(("黑体",), size), f"“{label}”", start=parted[0], stop=parted[1]),
        font_fault(paragraph, Look(("仿宋",), size), "单位和姓名", start=parted[2]),
    )
    for fault in faults:
        if fault:
            yield paper.flaw(paragraph, fault.message, fault.cure, start=fault.start, end=fault.end)
    if match["colon"] != "：":
        yield paper.flaw(paragraph, f"“{label}”后面没有全角冒号。", f"写成“{label}：”。", end=match.end())
    starts = paragraph.left + paragraph.first
    cure = "在“段落”里设左侧 5 字符、悬挂 3 字符。"
    if abs(starts - 2) > CHAR_OFF:
        yield paper.flaw(paragraph, f"“{label}”左空 {max(0.0, starts):.2g} 字，一般左空 2 字。", cure)
    elif abs(paragraph.left - 5) > CHAR_OFF and not _one_line(paper, paragraph):
        message = f"{label}人员名单回行后左空 {paragraph.left:.2g} 字，一般左空 5 字，与冒号后的首字对齐。"
        yield paper.flaw(paragraph, message, cure)


def _one_line(paper: Judged, paragraph: Paragraph) -> bool:
    return bool(parts(paragraph, paper.section(paragraph).text_width))


# --- 海报 ------------------------------------------------------------------------------------------------------------

SMALLEST = gb.SIZES["小二"]
"""The smallest type of a poster on A3 or smaller, in half-points; on larger paper it is as much larger."""

_A3_WIDTH = gb.Tw.mm(297)


@rule("GBT805", Severity.WARNING, strength=Strength.PRACTICE)
def small_poster_type(paper: Judged) -> Flaws:
    """海报上的字太小。

    为什么：海报贴在墙上，要隔一两步也看得清。有的公告因为“字太小、不显眼”，成了立行立改的问题。字号没有规定，这里按实务
    取 A3 不小于小二，纸更大的按比例放大。

    错（还有 GBT212）：
        （海报）
        第1段公文正文：字号=三号
    对：
        （海报）
        每段公文正文：字号=小二
    """
    if paper.carrier is not Carrier.POSTER:
        return
    for paragraph, _ in paper.texts():
        if paragraph.where not in (Where.BODY, Where.CELL):
            continue
        width = min(paper.section(paragraph).width, paper.section(paragraph).height)
        least = int(SMALLEST * max(1.0, width / _A3_WIDTH))
        small = next((run for run in paragraph.runs if run.text.strip() and run.format.size < least), None)
        if small is not None:
            cure = f"请改用{size(least)}或更大的字；一页排不下的，换大一些的纸。"
            message = f"海报上这里的字是{size(small.format.size)}，隔一两步看不清。"
            yield paper.flaw(paragraph, message, cure, start=small.start, end=small.start + len(small.text))


_CONTACT = re.compile("(?:电话|手机|邮箱|信箱|意见箱|举报箱|接待)[^：。；，]{0,6}：")


@rule("GBT806", Severity.INFO, strength=Strength.PRACTICE)
def plain_contacts(paper: Judged) -> Flaws:
    """海报上的联系方式没有加粗。

    为什么：群众看海报，先找电话和信箱；实务中联系方式都加粗、放大，离远了也认得出。

    错：
        （海报）
        结语“0600-8000001”：加粗=否
    对：
        （海报）
        结语“0600-8000001”：加粗
    """
    if paper.carrier is not Carrier.POSTER:
        return
    for paragraph, text in paper.texts():
        found = _CONTACT.search(text)
        runs = [run for run in paragraph.runs if found and run.start >= found.end() and re.search(r"\w", run.text)]
        if any(not run.format.bold for run in runs):
            yield paper.flaw(paragraph, "这里的联系方式没有加粗。", "请选中联系方式，按 Ctrl+B 加粗。")

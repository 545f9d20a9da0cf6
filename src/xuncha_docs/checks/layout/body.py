"""GBT2: the body: its font and size, its colour, where its lines begin and end."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.layout.looks import Fault, font_fault, lead, running, size_fault, together
from xuncha_docs.checks.layout.page import TEXT, char_width, points
from xuncha_docs.checks.profiles import Carrier, Look
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.chinese import width
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.word.layout import Format, Paragraph
from xuncha_docs.word.roles import LEVELS, Role

_PLAIN = (Role.BODY, Role.QUOTATION, Role.ADDRESSEE, Role.ANNEX_LIST, Role.SIGNER, Role.DATE, Role.NOTE)
"""The roles that are 三号 仿宋 because nothing else is said of them (5.2.2); no other rule tells their font."""

_NEAR = 10  # twentieths of a point
_FLUSH = 0.03  # the same in characters of 三号


def _called(role: Role) -> str:
    return "正文" if role is Role.BODY else role.value


def _looked(paper: Judged, find: Callable[[Paragraph, Look, str], Fault | None]) -> Flaws:
    """Yield what is wrong with how the text looks; what is so of most paragraphs, of whatever role, is told once."""
    looks = paper.profile.looks
    text = [(p, role) for p in running(paper, *_PLAIN) if (role := paper.role(p)) in looks]
    wrong = [(p, role) for p, role in text if find(p, looks[role], "")]
    alike = 2 * len(wrong) > len(text) and len({role for _, role in wrong}) > 1
    faults = (find(paragraph, looks[role], "文字" if alike else _called(role)) for paragraph, role in wrong)
    yield from together(paper, filter(None, faults))


@rule("GBT201", Severity.WARNING, clause="5.2.2, 7.3.3", strength=Strength.GENERAL)
def wrong_body_font(paper: Judged) -> Flaws:
    """正文、主送机关、附件说明、署名等的字体不是仿宋。

    为什么：国标规定，没有另外说明的，公文各要素一般用 3 号仿宋体字。仿宋_GB2312、仿宋、方正仿宋、华文仿宋都是仿宋体。
    “联系人：”这样的标签用黑体、楷体的不算。

    错：
        每段公文正文：中文字体=宋体
    错：
        第2段公文正文：中文字体=微软雅黑
    错：
        公文正文“巡察”：中文字体=楷体
    对：
        每段公文正文：中文字体=方正仿宋_GBK
    对：
        第2段公文正文＝联系人：何清，电话：0600-8000001。
        第2段公文正文“联系人：”：中文字体=黑体
    """
    yield from _looked(paper, partial(font_fault, labels=True))


@rule("GBT202", Severity.WARNING, clause="5.2.2", strength=Strength.GENERAL)
def wrong_body_size(paper: Judged) -> Flaws:
    """正文、主送机关、附件说明、署名等的字号不是三号。

    为什么：国标规定，没有另外说明的，公文各要素一般用 3 号仿宋体字。字小了，一页就不止 22 行、28 个字。

    错：
        每段公文正文：字号=四号
    错：
        成文日期：字号=小三
    对：
        每段公文正文：字号=16磅
    """
    yield from _looked(paper, size_fault)


@rule("GBT203", Severity.ERROR, clause="5.2.4", strength=Strength.GENERAL)
def coloured_text(paper: Judged) -> Flaws:
    """文字不是黑色。

    为什么：国标规定，没有特殊说明的，公文中文字的颜色均为黑色；红色只用于发文机关标志、分隔线和印章。

    错：
        公文正文“巡察”：颜色=FF0000
    错：
        每段公文正文：颜色=333333
    对：
        每段公文正文：颜色=000000
    """
    if paper.profile.lines is None:
        return
    faults = []
    text = [p for p, _ in paper.texts() if paper.role(p) is not Role.MARK]
    for paragraph in text:
        wrong = [run for run in paragraph.runs if run.text.strip() and run.format.colour != "000000"]
        if wrong:
            start, end = wrong[0].start, wrong[0].start + len(wrong[0].text)
            message = f"文字的颜色是 {wrong[0].format.colour}，应当是黑色。"
            cure = "请选中后在“开始”选项卡的“字体颜色”里选“自动”。"
            faults.append(Fault(paragraph, message, cure, start, end))
    yield from together(paper, faults)


# --- where lines begin and end ---------------------------------------------------------------------------------------


def _begins(paragraph: Paragraph, size: int) -> tuple[float, float]:
    """Return how far its first line is set in, and where that line begins, in characters of a size."""
    length = paragraph.indents.get("firstLineChars", 0) / 100 or paragraph.indents.get("firstLine", 0) / (size * 10)
    first = paragraph.first if paragraph.first < 0 else length
    return first, first + paragraph.left


def _two(paragraph: Paragraph, chars: float) -> bool:
    """Tell whether an indent is two characters; one written as a length may be that of tightened text."""
    by_length = not paragraph.indents.get("firstLineChars")
    return (1.875 if by_length else 1.9) <= round(chars, 3) <= (2.125 if by_length else 2.1)


def _body_size(paper: Judged) -> int:
    look = paper.profile.looks.get(Role.BODY)
    return (look.size if look else None) or gb.BODY_SIZE


@rule("GBT204", Severity.ERROR, clause="7.3.3", strength=Strength.RULE)
def wrong_first_indent(paper: Judged) -> Flaws:
    """正文的段首没有空二字。

    为什么：国标规定正文每个自然段左空二字，回行顶格。

    错：
        每段公文正文：首行=0字
    错：
        第2段公文正文：首行=4字
    错：
        每段公文正文：首行=24磅
    对：
        每段公文正文：首行=32磅
    """
    text = running(paper, Role.BODY)
    faults = []
    for paragraph in text:
        if paragraph.number or paragraph.align in ("center", "right") or lead(paragraph.text):
            continue
        first, start = _begins(paragraph, _body_size(paper))
        if not _two(paragraph, first) and not (paragraph.left and _two(paragraph, start)):
            message = f"正文的段首空了 {start:.3g} 字，应当空二字。"
            faults.append(Fault(paragraph, message, "请在“段落—特殊格式”里选“首行缩进”，填 2 字符。"))
    yield from together(paper, faults)


@rule("GBT205", Severity.WARNING, clause="7.3.3", strength=Strength.RULE)
def unflush_lines(paper: Judged) -> Flaws:
    """正文回行没有顶格。

    为什么：国标规定正文每个自然段左空二字，回行顶格。设了左缩进或悬挂缩进，第二行起就不顶格了。

    错：
        第2段公文正文：左缩进=2字
    错（还有 GBT204）：
        第2段公文正文：左缩进=2字 悬挂=2字
    对：
        每段公文正文：左缩进=0字
    """
    text = running(paper, Role.BODY)
    faults = []
    for paragraph in text:
        hangs = paragraph.first < -_FLUSH
        if abs(paragraph.left) > _FLUSH or hangs:
            given = f"左缩进 {paragraph.left:.3g} 字" + (f"、悬挂缩进 {-paragraph.first:.3g} 字" if hangs else "")
            cure = "请在“段落”里把“缩进—左侧”改为 0，“特殊格式”选“首行缩进” 2 字符。"
            faults.append(Fault(paragraph, f"正文设了{given}，回行没有顶格。", cure))
    yield from together(paper, faults)


@rule("GBT206", Severity.WARNING, strength=Strength.PRACTICE)
def unequal_indents(paper: Judged) -> Flaws:
    """首行缩进的字符数和长度对不上。

    为什么：Word 按字符数缩进，LibreOffice 只认长度。只写了字符数，或者两个数对不上，转成 PDF 时段首就不是二字了。

    错：
        样式公文正文：首行=2字|无
    错：
        每段公文正文：首行=2字|20磅
    对：
        每段公文正文：首行=2字|31.5磅
    """
    text = running(paper, *TEXT)
    faults = []
    for paragraph in text:
        chars, length = paragraph.indents.get("firstLineChars", 0), paragraph.indents.get("firstLine", 0)
        look = paper.profile.looks.get(paper.role(paragraph))  # of a wrong size, another rule tells
        wanted = chars / 10 * ((look.size if look else None) or paragraph.format.size)
        if chars <= 0 or wanted <= 0 or paragraph.number:
            continue
        cure = "请在“段落—特殊格式”里重新选一次“首行缩进” 2 字符，再保存；用样式的，改样式。"
        if length <= 0:
            message = f"首行缩进只写了 {chars / 100:g} 字，没有写长度，LibreOffice 打开时不缩进。"
            faults.append(Fault(paragraph, message, cure))
        elif abs(length - wanted) > wanted / 10:
            message = f"首行缩进写着 {chars / 100:g} 字，长度却是 {points(length)} 磅，不同的软件里缩进不一样。"
            faults.append(Fault(paragraph, message, cure, severity=Severity.INFO))
    yield from together(paper, faults)


@rule("GBT207", Severity.WARNING, clause="5.2.3", strength=Strength.DERIVED)
def right_indent(paper: Judged) -> Flaws:
    """正文设了右缩进。

    为什么：每行 28 个字要撑满版心（推算），右边缩进去的行就排不满。

    错：
        第2段公文正文：右缩进=2字
    对：
        每段公文正文：右缩进=0字
    """
    text = running(paper, Role.BODY)
    cure = "请在“段落”里把“缩进—右侧”改为 0。"
    wrong = (p for p in text if abs(p.right) > _FLUSH)
    faults = [Fault(p, f"正文设了右缩进 {p.right:.3g} 字，一行排不满。", cure) for p in wrong]
    yield from together(paper, faults)


_LATIN = re.compile(r"[!-~]{12,}")
"""An address of the net or the like: a line before it can't be filled without gaps."""

_ALIGNED = {"left": "左对齐", "center": "居中", "right": "右对齐", "distribute": "分散对齐"}


@rule("GBT208", Severity.INFO, clause="5.2.3", strength=Strength.DERIVED)
def ragged_body(paper: Judged) -> Flaws:
    """正文不是两端对齐。

    为什么：国标规定一般每行排 28 个字并撑满版心；左对齐的正文右边参差不齐（推算）。只有一行的段落、写着网址的段落不算。

    错：
        每段公文正文：对齐=左
    对：
        每段公文正文：对齐=两端
    """
    text = running(paper, Role.BODY)
    faults = []
    for paragraph in text:
        if paragraph.align == "both" or _is_one_line(paper, paragraph) or _LATIN.search(paragraph.text):
            continue
        word = _ALIGNED.get(paragraph.align, paragraph.align)
        cure = "请选中正文，按 Ctrl+J，或在“段落—对齐方式”里选“两端对齐”。"
        faults.append(Fault(paragraph, f"正文是{word}，右边不齐。", cure))
    yield from together(paper, faults)


def _is_one_line(paper: Judged, paragraph: Paragraph) -> bool:
    section = paper.section(paragraph)
    wide = (width(paragraph.text) + max(0, paragraph.first) + paragraph.left + paragraph.right) * max(
        1.0, char_width(paragraph, section)
    )
    return wide <= section.text_width


@rule("GBT209", Severity.WARNING, clause="7.3.3", strength=Strength.DERIVED)
def typed_first_indent(paper: Judged) -> Flaws:
    """段首的空是敲空格敲出来的。

    为什么：敲出来的空格随字体、对齐方式变宽变窄，空不准二字（推算）；复制到别处还会带着。

    错：
        第2段公文正文＝　　巡察组将认真受理来信来电来访，按照规定办理。
    错：
        一级标题：首行=0字
        一级标题＝　　一、总体要求
    错：
        第2段公文正文＝⇥巡察组将认真受理来信来电来访，按照规定办理。
    对：
        第2段公文正文＝巡察组将认真受理来信来电来访，按照规定办理。
    """
    text = running(paper, *TEXT, Role.ANNEX_LIST, Role.NOTE)
    faults = []
    for paragraph in text:
        blanks = lead(paragraph.text)
        if blanks:
            word = "制表符" if "\t" in blanks else "空格"
            cure = f"请删去段首的{word}，在“段落—特殊格式”里选“首行缩进” 2 字符。"
            faults.append(Fault(paragraph, f"段首敲了{word}。", cure, 0, len(blanks)))
    yield from together(paper, faults)


# --- practice --------------------------------------------------------------------------------------------------------


@rule("GBT210", Severity.INFO, strength=Strength.PRACTICE)
def emphasised_body(paper: Judged) -> Flaws:
    """正文或小标题用了加粗、斜体、下划线、删除线。

    为什么：国标靠字体分层次，没有用到加粗、斜体和下划线；是否使用由各单位习惯决定，只作提示。

    错：
        公文正文“巡察”：加粗
    错：
        二级标题：加粗
    错：
        公文正文“巡察”：下划线
    对：
        公文正文“巡察”：加粗=否
    """
    text = running(paper, *TEXT)
    faults = []
    for paragraph in text:
        role = paper.role(paragraph)
        for looked, start in paragraph.formats():
            words = _emphasis(looked, bold=role not in paper.profile.bold)
            if words:
                end = next(
                    (r.start + len(r.text) for r in paragraph.runs if r.start <= start < r.start + len(r.text)), None
                )
                what = "小标题" if role in LEVELS else "正文"
                cure = "不需要的话，请选中后按 Ctrl+空格，只留样式的格式。"
                faults.append(Fault(paragraph, f"{what}用了{words}。", cure, start, end))
                break
    yield from together(paper, faults)


def _emphasis(looked: Format, *, bold: bool) -> str:
    found = (
        ("加粗", bold and looked.bold),
        ("斜体", looked.italic),
        ("下划线", looked.underlined),
        ("删除线", looked.struck),
    )
    return "、".join(word for word, on in found if on)


_NARROW = re.compile("[“”‘’—…·±×]")
"""Marks that are Chinese and Latin alike: Word takes the font of letters for them unless told."""


@rule("GBT211", Severity.INFO, strength=Strength.PRACTICE)
def narrow_marks(paper: Judged) -> Flaws:
    """引号、破折号、省略号用了西文字体，会变窄。

    为什么：“”、——、……这些标点中西文共用，没有标明是中文的，Word 按西文字体排，占半个字，一行就不是 28 个字了。

    错：
        每段公文正文：西文字体=Times New Roman 中文标点=否
        第2段公文正文＝巡察组将开展“回头看”，按照规定办理。
    对：
        每段公文正文：西文字体=Times New Roman
        第2段公文正文＝巡察组将开展“回头看”，按照规定办理。
    """
    text = running(paper, *TEXT, Role.TITLE, Role.ADDRESSEE)
    faults = []
    for paragraph in text:
        for run in paragraph.runs:
            mark = _NARROW.search(run.text) if _is_narrow(run.format) else None
            if mark:
                at = run.start + mark.start()
                message = f"标点 {mark[0]} 用的是西文字体 {run.format.latin}，只占半个字宽。"
                cure = "请选中这样的标点，在“字体—西文字体”里选和中文一样的字体。"
                faults.append(Fault(paragraph, message, cure, at, at + 1))
                break
    yield from together(paper, faults)


def _is_narrow(looked: Format) -> bool:
    """Tell whether marks get a Latin font: they are not told to be Chinese, and that font has no Chinese."""
    other = looked.latin and looked.latin != looked.font and not gb.font_class(looked.latin)
    return bool(other) and looked.latin.isascii() and not looked.hint


_TOLD_ELSEWHERE = {
    *(*_PLAIN, *LEVELS, Role.TITLE, Role.DOCUMENT_NUMBER, Role.ISSUER, Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY),
    *(Role.ANNEX_LABEL, Role.COPIED_TO, Role.PRINTED, Role.ATTENDANCE),
}
"""The roles whose size another rule tells wherever a profile gives them one."""

_FREE = (Role.TABLE, Role.OTHER, Role.PICTURE, Role.BLANK, Role.MARK, Role.PAGE_NUMBER)
"""The roles whose sizes may differ, and the one that has a size without a profile saying so (7.5)."""


@rule("GBT212", Severity.WARNING, clause="5.2.2", strength=Strength.DERIVED)
def uneven_sizes(paper: Judged) -> Flaws:
    """同一种段落里，字号不一样。

    为什么：国标给各要素一种字号，同一要素不会有大有小（推算）。海报上整段加粗的联系方式可以比正文大。

    错：
        （海报）
        第2段公文正文：字号=二号
    对：
        （海报）
        每段公文正文：字号=小一
    """
    for role in Role:
        look = paper.profile.looks.get(role)
        told = role in _TOLD_ELSEWHERE and look is not None and look.size is not None
        if told or role in _FREE:
            continue
        yield from _uneven(paper, role)


def _all_bold(paragraph: Paragraph) -> bool:
    return all(run.format.bold for run in paragraph.runs if run.text.strip())


def _uneven(paper: Judged, role: Role) -> Flaws:
    sizes: dict[int, int] = {}
    text = [p for p, _ in paper.texts(role) if not (paper.carrier is Carrier.POSTER and _all_bold(p))]
    for run in (run for p in text for run in p.runs):
        sizes[run.format.size] = sizes.get(run.format.size, 0) + len(run.text.strip())
    if len([size for size, length in sizes.items() if length]) < 2:
        return
    usual = max(sizes, key=lambda size: sizes[size])
    faults = []
    for paragraph in text:
        odd = next((r for r in paragraph.runs if r.text.strip() and r.format.size != usual), None)
        if odd is not None:
            given, wanted = gb.size_word(odd.format.size), gb.size_word(usual)
            message = f"{_called(role)}多数是{wanted}，这里是{given}。"
            faults.append(Fault(paragraph, message, f"请统一为{wanted}。", odd.start, odd.start + len(odd.text)))
    yield from together(paper, faults)

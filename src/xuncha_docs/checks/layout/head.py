"""GBT401 to GBT412: the head of an official paper (7.2): its mark, number, signer, red line, secrecy and urgency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.layout.looks import BLANKS, font_fault, size, size_fault
from xuncha_docs.checks.layout.page import mm
from xuncha_docs.checks.layout.placing import CHAR_OFF, END_OFF, parts
from xuncha_docs.checks.profiles import OFFICIAL, Carrier, Look
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Place, Severity, Strength
from xuncha_docs.word.layout import Line, Paragraph, Shape, Where
from xuncha_docs.word.roles import Role

_NUMBERED = (Carrier.RED_HEAD, Carrier.LETTER)
"""The formats that have 发文字号 and the elements above it (7.2, 10.1)."""


def _whole(paper: Judged) -> Place:
    """Return the place of a paper's head as such, for what is not there."""
    first = next((p for p in paper.layout.paragraphs if p.text.strip()), None)
    return first.place if first else Place(part=paper.layout.part)


# --- 发文机关标志 ----------------------------------------------------------------------------------------------------


def _marks(paper: Judged) -> tuple[Paragraph, ...]:
    return tuple(p for p in paper.of(Role.MARK) if p.text.strip()) if paper.carrier in OFFICIAL else ()


@rule("GBT401", Severity.WARNING, clause="7.2.4", strength=Strength.RECOMMENDED)
def mark_not_red(paper: Judged) -> Flaws:
    """发文机关标志不是红色。

    为什么：发文机关标志推荐使用小标宋体字，颜色为红色，以醒目、美观、庄重为原则。

    错：
        （红头）
        发文机关标志：颜色=000000
    对：
        （红头）
        发文机关标志：颜色=E00000
    """
    for mark in _marks(paper):
        if not all(gb.is_red(look.colour) for look, _ in mark.formats()):
            cure = f"选中发文机关标志，在“字体颜色”里选标准色“红色”（{gb.RED}）。"
            yield paper.flaw(mark, "发文机关标志不是红色。", cure)


@rule("GBT402", Severity.INFO, clause="7.2.4", strength=Strength.RECOMMENDED)
def wrong_mark_font(paper: Judged) -> Flaws:
    """发文机关标志不是小标宋体。

    为什么：发文机关标志推荐使用小标宋体字；字号没有规定，以醒目、美观、庄重为原则。

    错：
        （红头）
        发文机关标志：字体=黑体
    对：
        （红头）
        发文机关标志：字体=方正小标宋_GBK 字号=初号
    """
    look = paper.profile.looks.get(Role.MARK)
    for mark in _marks(paper) if look else ():
        fault = font_fault(mark, look, "发文机关标志") if look else None
        if fault and look:
            message = f"{fault.message.partition('，')[0]}，推荐用{look.fonts[0]}体。"
            yield paper.flaw(mark, message, fault.cure, start=fault.start, end=fault.end)


@rule("GBT403", Severity.ERROR, clause="7.2.4", strength=Strength.RULE)
def misplaced_mark(paper: Judged) -> Flaws:
    """没有发文机关标志，或者它没有居中。

    为什么：发文机关标志由发文机关全称或者规范化简称加“文件”二字组成，也可以不加“文件”，居中排布。
    信函、命令（令）、纪要也各有自己的标志。标志的上边缘在什么地方，由 PDF 的规则量。

    错：
        （红头）
        发文机关标志：对齐=左
    错：
        （红头）
        发文机关标志：首行=2字
    错：
        （红头）
        删去：发文机关标志
    对：
        （红头）
        发文机关标志：对齐=分散
    """
    if paper.carrier not in OFFICIAL:
        return
    if not paper.of(Role.MARK):
        cure = "在版头居中写发文机关标志，推荐用小标宋体、红色；没有红头的文书，请按普通文书检查。"
        yield Flaw(_whole(paper), f"按{paper.profile.label}检查，却没有发文机关标志。", cure)
    for mark in _marks(paper):
        if mark.where is Where.CELL:
            continue  # 联合行文: the names stand beside “文件” in a table
        leans = abs(mark.first) > CHAR_OFF or abs(mark.left - mark.right) > CHAR_OFF
        if mark.align not in ("center", "distribute"):
            yield paper.flaw(mark, "发文机关标志没有居中。", "光标放在标志里，按 Ctrl+E 居中；前面有空格的，删去空格。")
        elif leans:
            cure = "在“段落”里把“左侧”“右侧”缩进改成 0，“特殊格式”选“无”。"
            yield paper.flaw(mark, "发文机关标志居中，又有缩进，偏到了一边。", cure)


# --- 发文字号 --------------------------------------------------------------------------------------------------------


class _Number(NamedTuple):
    """发文字号: the paragraph that has it, and where in it."""

    paragraph: Paragraph
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


_LIKE_NUMBER = re.compile(
    r"[^\s：:★]{0,40}?\s?[〔\[［【(（]\s*\d{2,4}\s*+年?\s*+[〕\]］】)）]\s*第?\s*[\d×xX]*\s*号?|[^\s：:★]{1,40}号(?=\s|$)"
)


def _number(paper: Judged) -> _Number | None:
    """Return 发文字号, alone on its line, before 签发人, or after an element of a letter's head."""
    for role in (Role.DOCUMENT_NUMBER, Role.ISSUER, Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY):
        for paragraph in paper.of(role):
            match = _LIKE_NUMBER.search(paragraph.text)
            if match and match[0].strip():
                return _Number(paragraph, match[0].strip(), match.start() + match[0].index(match[0].strip()))
            if role is Role.DOCUMENT_NUMBER and paragraph.text.strip():
                text = paragraph.text.strip()
                return _Number(paragraph, text, paragraph.text.index(text))
    return None


_RIGHT_NUMBER = re.compile("[\u3400-\u9fff·（）A-Za-z]{1,20}〔(?:19|20)\\d{2}〕[1-9]\\d*号")
_SLIPS = (
    (r"\s", ""),
    (r"[\[［【(（](\d{2,4})年?[\]］】)）]", r"〔\1〕"),
    (r"〔(\d{2})〕", r"〔20\1〕"),
    (r"〕第", "〕"),
    (r"〕0+(?=\d)", "〕"),
)
"""What rules of text tell of numbers: blanks, brackets, short years, 第, zeros; mended before a number is judged."""


@rule("GBT404", Severity.ERROR, clause="7.2.5", strength=Strength.RULE)
def malformed_number(paper: Judged) -> Flaws:
    """没有发文字号，或者它不是由机关代字、年份、发文顺序号组成的。

    为什么：发文字号由发文机关代字、年份、发文顺序号组成；联合行文时使用主办机关的发文字号。年份用六角括号、
    顺序号不编虚位、不加“第”这些写法，由文字的规则检查。

    错：
        （红头）
        发文字号＝〔2025〕7号
    错：
        （红头）
        发文字号＝临委办发7号
    错（还有 GBT306、GBT408）：
        （红头）
        删去：发文字号
    对：
        （红头）
        发文字号＝临委办发〔2025〕17号
    """
    if paper.carrier not in _NUMBERED:
        return
    number = _number(paper)
    cure = "依次写机关代字、〔年份〕、顺序号和“号”，如“临委办发〔2025〕7号”。"
    if number is None:
        yield Flaw(_whole(paper), "没有发文字号。", cure)
        return
    text = number.text
    for slip, right in _SLIPS:
        text = re.sub(slip, right, text)
    if not _RIGHT_NUMBER.fullmatch(text):
        message = f"发文字号“{number.text[:40]}”{_lack(text)}。"
        yield paper.flaw(number.paragraph, message, cure, start=number.start, end=number.end)


def _lack(number: str) -> str:
    """Tell what a number that is not right lacks."""
    if re.match(r"[〔（(]", number):
        return "没有机关代字"
    if not re.search(r"〔\d{4}〕", number):
        return "没有用六角括号括入的年份"
    if not re.search(r"〕[1-9]\d*号$", number):
        return "没有以发文顺序号和“号”结尾"
    return "不是由机关代字、年份和顺序号组成的"


@rule("GBT405", Severity.ERROR, clause="7.2.5", strength=Strength.RULE)
def misplaced_number(paper: Judged) -> Flaws:
    """发文字号不在规定的位置。

    为什么：发文字号编排在发文机关标志下空二行位置，居中排布；上行文的发文字号居左空一字编排，与最后一个签发人
    姓名处在同一行。信函的发文字号顶格居版心右边缘（10.1）。

    错：
        （红头）
        发文字号：对齐=左
    错：
        （红头）
        在发文字号前加：空行｜
    错：
        （上行文）
        签发人＝临水党〔2025〕9号⇥签发人：程远山
        签发人“程远山”：字体=楷体_GB2312
    错：
        （信函）
        发文字号：对齐=中
    对：
        （红头）
        发文字号：段后=0磅
    对：
        （上行文）
        签发人＝　临水党〔2025〕9号⇥签发人：程远山
        签发人“程远山”：字体=楷体_GB2312
    """
    number = _number(paper) if paper.carrier in _NUMBERED else None
    if number is None or number.paragraph.where is Where.CELL:
        return
    issuers = [p for p in paper.of(Role.ISSUER) if "签发人" in p.text or p.order != number.paragraph.order]
    if paper.carrier is Carrier.RED_HEAD:
        yield from _gap_under_mark(paper, (issuers or [number.paragraph])[0])
    fault = _misplaced(paper, number, issuers)
    if fault:
        yield paper.flaw(number.paragraph, *fault, start=number.start, end=number.end)


def _gap_under_mark(paper: Judged, first: Paragraph) -> Flaws:
    """Yield the flaw that the row under the mark is not two empty lines below it."""
    above = paper.before(first)
    if above is None or paper.role(above) is not Role.MARK:
        return
    blanks = paper.blanks_before(first)
    if abs(blanks - 2) > BLANKS:
        message = f"发文机关标志和下面一行之间空了 {round(blanks, 1):g} 行，应当空 2 行。"
        yield paper.flaw(first, message, "在两行之间正好留 2 个空行；段前、段后的间距也算在内。")


def _misplaced(paper: Judged, number: _Number, issuers: list[Paragraph]) -> tuple[str, str] | None:
    """Return what is wrong with the number's place on its line, and the cure."""
    paragraph = number.paragraph
    width = paper.section(paragraph).text_width
    part = next((p for p in parts(paragraph, width) if p.start <= number.start < p.start + len(p.text)), None)
    if issuers:
        if paragraph.order != issuers[-1].order:
            if issuers[-1].where is Where.CELL:
                return None
            cure = "把发文字号和最后一个签发人写在同一行，字号居左空一字，签发人居右空一字。"
            return "发文字号和最后一个签发人不在同一行。", cure
        if part and abs(part.left - 1) > CHAR_OFF:
            cure = "去掉这一段的缩进，在最前面空一个字，或者设 1 字符处的左对齐制表位。"
            return f"上行文的发文字号左空 {max(0, part.left):.2g} 字，应当左空 1 字。", cure
        return None
    if paper.carrier is Carrier.LETTER:
        if part and abs(part.right) > CHAR_OFF:
            return "信函的发文字号没有顶到版心右边缘。", "按 Ctrl+R 右对齐，把右缩进改成 0。"
        return None
    leans = abs(paragraph.first) > CHAR_OFF or abs(paragraph.left - paragraph.right) > CHAR_OFF
    centred = paragraph.align == "center" and not leans
    if not centred and not (part and abs(part.left - part.right) <= 2 * END_OFF):
        return "发文字号没有居中。", "光标放在发文字号里，按 Ctrl+E 居中，把缩进都改成 0。"
    return None


@rule("GBT406", Severity.WARNING, clause="5.2.2", strength=Strength.GENERAL)
def wrong_number_font(paper: Judged) -> Flaws:
    """发文字号不是三号仿宋体。

    为什么：公文格式各要素如无特殊说明，一般用三号仿宋体字。

    错：
        （红头）
        发文字号：字体=黑体
    错：
        （红头）
        发文字号：字号=四号
    对：
        （红头）
        发文字号：字体=仿宋
    """
    number = _number(paper) if paper.carrier in _NUMBERED else None
    look = paper.profile.looks.get(Role.DOCUMENT_NUMBER)
    if number is None or look is None:
        return
    fault = font_fault(number.paragraph, look, "发文字号", start=number.start, stop=number.end)
    fault = fault or size_fault(number.paragraph, look, "发文字号")
    if fault:
        yield paper.flaw(number.paragraph, fault.message, fault.cure, start=fault.start, end=fault.end)


# --- 签发人 ----------------------------------------------------------------------------------------------------------

_SIGNED_BY = re.compile(r"签\s*发\s*人?\s*[：:]\s*(?P<names>\S(?:.*\S)?)")


@rule("GBT407", Severity.ERROR, clause="7.2.6", strength=Strength.RULE)
def wrong_issuer(paper: Judged) -> Flaws:
    """签发人的字体或位置不对。

    为什么：“签发人”三字用三号仿宋体字，签发人姓名用三号楷体字；居右空一字编排在发文机关标志下空二行位置。
    有没有签发人由行文方向的规则检查，“签发人”后面的冒号由文字的规则检查。

    错：
        （上行文）
        签发人“程远山”：字体=仿宋_GB2312
    错：
        （上行文）
        签发人“签发人：”：字体=黑体
    错：
        （上行文）
        签发人＝⇥临水党〔2025〕9号　　签发人：程远山
        签发人“程远山”：字体=楷体_GB2312
    对：
        （上行文）
        签发人“程远山”：字体=楷体
    """
    look = paper.profile.looks.get(Role.ISSUER)
    for paragraph in paper.of(Role.ISSUER) if paper.carrier is Carrier.RED_HEAD and look else ():
        match = _SIGNED_BY.search(paragraph.text)
        if not match or not look:
            continue
        names = Look(("楷体",), look.size)
        label_fault = font_fault(paragraph, look, "“签发人”三字", start=match.start(), stop=match.start("names"))
        name_fault = font_fault(paragraph, names, "签发人姓名", start=match.start("names"))
        for fault in (label_fault, name_fault or size_fault(paragraph, look, "签发人")):
            if fault:
                message = fault.message.replace("一般用", "应当用")
                yield paper.flaw(paragraph, message, fault.cure, start=fault.start, end=fault.end)
        yield from _misplaced_issuer(paper, paragraph, match.start())


def _misplaced_issuer(paper: Judged, paragraph: Paragraph, start: int) -> Flaws:
    last = parts(paragraph, paper.section(paragraph).text_width)[-1:] if paragraph.where is Where.BODY else ()
    for part in last:
        # A name of two characters may be spread to three, and a blank may be left behind it for that.
        if abs(part.right - 1) > END_OFF and "签" in part.text:
            message = f"签发人右空 {max(0.0, part.right):.2g} 字，应当右空 1 字。"
            cure = "在离右边 1 字符的地方设右对齐制表位，签发人前面按 Tab；姓名后面不留空格。"
            yield paper.flaw(paragraph, message, cure, start=start)


# --- the red line ----------------------------------------------------------------------------------------------------

_GAP_OFF = gb.Tw.mm(2.5)
"""How far the red line may be off its 4 mm: 1.5 mm, and one more for where programs set characters in their lines."""
_WIDTH_OFF = gb.Tw.mm(1)


class _RedLine(NamedTuple):
    """A red line that may be the one under 发文字号: where it hangs, how it looks, its width, gap and thickness."""

    paragraph: Paragraph
    colour: str
    style: str
    width: int | None
    gap: int | None
    weight: int


def _lines_under_number(paper: Judged) -> Iterator[_RedLine]:
    """Yield the lines between 发文字号 and the title: borders of paragraphs and cells, and what is drawn."""
    number, title = _number(paper), paper.first(Role.TITLE)
    first = number.paragraph.order if number else -1
    last = title.order if title else first + _NEAR
    between = [p for p in paper.layout.paragraphs if first <= p.order < last and p.where is not Where.BOX]
    yield from _borders(paper, between)
    for table in paper.layout.tables:
        for row in table.rows:
            held = [p for cell in row for p in cell.paragraphs if p.order == first]
            lines = [line for cell in row if (line := cell.borders.get("bottom"))] if held else []
            yield from (_RedLine(held[0], line.colour, line.style, table.width, None, line.width) for line in lines[:1])
    by_order = {p.order: p for p in paper.layout.paragraphs if p.order <= last}
    for shape in paper.layout.shapes:
        if shape.sort == "line" and shape.paragraph in by_order:
            yield _drawn(paper, by_order[shape.paragraph], shape, number)


_NEAR = 4
"""How many paragraphs under the number may hold its red line, where there is no title."""


def _borders(paper: Judged, between: Sequence[Paragraph]) -> Iterator[_RedLine]:
    """Yield the borders of the number's paragraph and of those below it."""
    down = 0  # from the foot of the number's characters
    for n, paragraph in enumerate(between):
        line = paragraph.line if paragraph.line_rule == "exact" else paper.pitch
        top, bottom = paragraph.borders.get("top"), paragraph.borders.get("bottom")
        if n:
            down += paragraph.before
            if top:
                yield _border(paper, paragraph, top, down - top.space * 20)
            down += line
        else:
            down = max(0, line - paragraph.format.size * 10) // 2
        if bottom:
            yield _border(paper, paragraph, bottom, down + bottom.space * 20)
        down += paragraph.after


def _border(paper: Judged, paragraph: Paragraph, line: Line, gap: int) -> _RedLine:
    inset = paragraph.left + min(0, paragraph.first) + paragraph.right
    width = paper.section(paragraph).text_width - round(inset * paragraph.format.size * 10)
    known = paragraph.where is Where.BODY
    return _RedLine(paragraph, line.colour, line.style, width if known else None, gap if known else None, line.width)


def _drawn(paper: Judged, paragraph: Paragraph, shape: Shape, number: _Number | None) -> _RedLine:
    """Read a drawn line: how far below its paragraph's head it lies; the characters stand in the middle of theirs."""
    foot = (paper.pitch + paragraph.format.size * 10) // 2
    beside = number is not None and number.paragraph.order == paragraph.order
    gap = shape.top - foot if beside and shape.from_top == "paragraph" and shape.top is not None else None
    return _RedLine(paragraph, shape.colour, "single", shape.width or None, gap, shape.weight)


@rule("GBT408", Severity.ERROR, clause="7.2.7", strength=Strength.RULE)
def wrong_red_line(paper: Judged) -> Flaws:
    """发文字号下面没有红色分隔线，或者线的颜色、长度、位置不对。

    为什么：发文字号之下 4 毫米处居中印一条与版心等宽的红色分隔线。线的粗细标准没有规定，实务中一般是 1 至 2 磅，
    差得多的只作提示。

    错：
        （红头）
        发文字号：下边框=无
    错：
        （红头）
        发文字号：下边框=单线 1.5磅 000000 距7磅
    错：
        （红头）
        发文字号：下边框=双线 1.5磅 FF0000 距7磅
    错：
        （红头）
        发文字号：下边框=单线 1.5磅 FF0000 距20磅
    错：
        （红头）
        发文字号：左缩进=2字 右缩进=2字
    错：
        （红头）
        发文字号：下边框=单线 6磅 FF0000 距7磅
    对：
        （红头）
        发文字号：下边框=无
        发文字号后的空行：上边框=单线 1磅 FF0000 距1磅
    """
    if paper.carrier is not Carrier.RED_HEAD:
        return
    lines = list(_lines_under_number(paper))
    line = next((one for one in lines if gb.is_red(one.colour)), lines[0] if lines else None)
    if line is None:
        message = "发文字号下面没有红色分隔线。"
        cure = "选中发文字号这一段，在“边框和底纹”里加红色的下框线，在“选项”里把“下”设为 7 磅。"
        number = _number(paper)
        yield paper.flaw(number.paragraph, message, cure) if number else Flaw(_whole(paper), message, cure)
        return
    for message, cure, severity in _faults_of_line(paper, line):
        yield paper.flaw(line.paragraph, message, cure, severity=severity)
    if not _THINNEST <= line.weight <= _THICKEST:
        message = f"红色分隔线粗 {line.weight / 8:g} 磅，一般用 1 至 2 磅。"
        cure = "在“边框和底纹”里把线的宽度改成 1.5 磅。"
        yield paper.flaw(line.paragraph, message, cure, severity=Severity.INFO, strength=Strength.PRACTICE)


_THINNEST, _THICKEST = 6, 24  # eighths of a point


def _faults_of_line(paper: Judged, line: _RedLine) -> Iterator[tuple[str, str, Severity | None]]:
    """Yield what is wrong with the red line, how to mend it, and how much it matters where that is not an error."""
    menu = "在“边框和底纹”里"
    width = paper.section(line.paragraph).text_width
    if not gb.is_red(line.colour):
        yield "发文字号下面的分隔线不是红色。", f"{menu}把线的颜色改成标准色“红色”（{gb.RED}）。", None
    if line.style != "single":
        yield "发文字号下面的分隔线不是一条单线。", f"{menu}把线的样式改成单实线。", None
    if line.width is not None and abs(line.width - width) > _WIDTH_OFF:
        message = f"红色分隔线长 {mm(line.width)} 毫米，应当和版心等宽，即 {mm(width)} 毫米。"
        yield message, "把这一段的左右缩进改成 0；线是画上去的，把长度改成和版心一样。", Severity.WARNING
    if line.gap is not None and abs(line.gap - gb.RED_LINE_GAP) > _GAP_OFF:
        message = f"红色分隔线在发文字号下面大约 {mm(line.gap)} 毫米处，应当在 4 毫米处。"
        cure = f"{menu}的“选项”里把“下”设为 7 磅左右，线和发文字号之间不留空行。"
        yield message, cure, Severity.WARNING


# --- 份号, 密级, 紧急程度 --------------------------------------------------------------------------------------------

_STATE_SECRET = re.compile(r"绝\s?密|机\s?密|秘\s?密")
_WORDS = (
    (Role.COPY_NUMBER, re.compile(r"\d+")),
    (Role.SECRECY, re.compile(rf"(?:{_STATE_SECRET.pattern}).*")),
    (Role.URGENCY, re.compile(r"(?:特|加|平)\s?急|特\s?提")),
)


class _Element(NamedTuple):
    """份号, 密级 or 紧急程度: its paragraph, and where in it; in a letter it may share the line of the number."""

    paragraph: Paragraph
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def _elements(paper: Judged, role: Role) -> tuple[_Element, ...]:
    """Return what there is of a role, in the order of the paper."""
    if paper.carrier not in _NUMBERED:
        return ()
    found = [_element(p, p.text) for p in paper.of(role) if p.text.strip()]
    number = _number(paper)
    beside = number.paragraph.text[: number.start] if number else ""
    if number and beside.strip() and paper.role(number.paragraph) in (Role.DOCUMENT_NUMBER, Role.ISSUER):
        words = next((one for one, pattern in _WORDS if pattern.fullmatch(beside.strip())), None)
        found += [_element(number.paragraph, beside)] if words is role else []
    return tuple(sorted(found, key=lambda one: one.paragraph.order))


def _element(paragraph: Paragraph, text: str) -> _Element:
    """Return the first part of a line, up to a tab."""
    said = text.strip().partition("\t")[0].strip()
    return _Element(paragraph, said, paragraph.text.index(said))


def _off_edge(paper: Judged, element: _Element, what: str) -> Flaws:
    """Yield the flaw that an element of the head does not begin at the left edge."""
    paragraph = element.paragraph
    part = next(iter(parts(paragraph, paper.section(paragraph).text_width)), None)
    if paragraph.where is Where.BODY and part and abs(part.left) > CHAR_OFF:
        message = f"{what}没有顶格，左空了 {max(0.0, part.left):.2g} 字。"
        yield paper.flaw(paragraph, message, "按 Ctrl+L 左对齐，把缩进都改成 0，段首不留空格。")


def _unlike(paper: Judged, element: _Element, role: Role, what: str) -> Flaws:
    """Yield what is wrong with the font and the size of 密级 or 紧急程度."""
    paragraph, look = element.paragraph, paper.profile.looks.get(role)
    if look is None:
        return
    font = font_fault(paragraph, look, what, start=element.start, stop=element.end)
    for fault in (font, size_fault(paragraph, look, what)):
        if fault:
            start, end = fault.start, fault.end
            yield paper.flaw(paragraph, fault.message, fault.cure, start=start, end=end, severity=Severity.WARNING)


def _under(paper: Judged, element: _Element, what: str, *others: Role) -> Flaws:
    """Yield the flaw that an element stands under others that should stand under it."""
    order = element.paragraph.order
    above = next((one for role in others for one in _elements(paper, role) if one.paragraph.order < order), None)
    if above:
        message = f"{what}排在“{above.text[:12]}”下面。"
        yield paper.flaw(element.paragraph, message, "自上而下按份号、密级和保密期限、紧急程度的顺序分行排列。")


@rule("GBT409", Severity.ERROR, clause="7.2.1", strength=Strength.GENERAL)
def wrong_copy_number(paper: Judged) -> Flaws:
    """涉密公文没有份号，或者份号写得不对、没有在第一行顶格。

    为什么：涉密公文应当标注份号（党政机关公文处理工作条例第九条）；份号一般用六位三号阿拉伯数字，顶格编排在版心
    左上角第一行。

    错：
        （红头）
        份号＝12
    错：
        （红头）
        份号：首行=2字
    错：
        （红头）
        份号：字号=四号
    错：
        （红头）
        删去：份号
    对：
        （红头）
        份号＝000123
    """
    copies = _elements(paper, Role.COPY_NUMBER)
    for copy in copies:
        if not re.fullmatch(r"\d{6}", copy.text):
            cure = "份号一般写六位数字，如“000001”，前面不写“份号”“No.”。"
            yield paper.flaw(copy.paragraph, f"份号写成了“{copy.text[:20]}”。", cure, severity=Severity.WARNING)
        yield from _wrong_digits(paper, copy)
        yield from _off_edge(paper, copy, "份号")
        yield from _under(paper, copy, "份号", Role.SECRECY, Role.URGENCY)
    secret = next((one for one in _elements(paper, Role.SECRECY) if _STATE_SECRET.match(one.text)), None)
    if secret and not copies:
        yield paper.flaw(secret.paragraph, "涉密公文没有标注份号。", "在密级上面一行顶格写六位份号，如“000001”。")


def _wrong_digits(paper: Judged, copy: _Element) -> Flaws:
    """Yield the flaw that 份号, which is digits alone, is of another size."""
    look = paper.profile.looks.get(Role.COPY_NUMBER)
    found = copy.paragraph.format_at(copy.start).size
    if look and look.size and found != look.size:
        cure = f"选中份号，在“字号”框里选{gb.size_word(look.size)}。"
        message = f"份号是{size(found)}，一般用{size(look.size)}。"
        yield paper.flaw(copy.paragraph, message, cure, severity=Severity.WARNING)


@rule("GBT410", Severity.ERROR, clause="7.2.2", strength=Strength.GENERAL)
def wrong_secrecy(paper: Judged) -> Flaws:
    """密级和保密期限不是三号黑体，没有顶格，或者次序不对。

    为什么：密级和保密期限一般用三号黑体字，顶格编排在版心左上角第二行。“★”和期限的写法由文字的规则检查。

    错：
        （红头）
        密级：字体=仿宋_GB2312
    错：
        （红头）
        密级：对齐=右
    错：
        （红头）
        在紧急程度后加：密级｜秘密★1年
        第1段密级＝特急
        第1段密级：样式=紧急程度
        删去：第2段紧急程度
    对：
        （红头）
        密级＝机密★6个月
    """
    for element in _elements(paper, Role.SECRECY):
        yield from _unlike(paper, element, Role.SECRECY, "密级和保密期限")
        yield from _off_edge(paper, element, "密级")
        yield from _under(paper, element, "密级", Role.URGENCY)


@rule("GBT411", Severity.ERROR, clause="7.2.3", strength=Strength.GENERAL)
def wrong_urgency_place(paper: Judged) -> Flaws:
    """紧急程度不是三号黑体，或者没有顶格。

    为什么：紧急程度一般用三号黑体字，顶格编排在版心左上角；有份号、密级的，在它们下面另起一行。

    错：
        （红头）
        紧急程度：字体=楷体_GB2312
    错：
        （红头）
        紧急程度：字号=小三
    错：
        （红头）
        紧急程度：对齐=中
    对：
        （红头）
        紧急程度＝加急
    """
    for element in _elements(paper, Role.URGENCY):
        yield from _unlike(paper, element, Role.URGENCY, "紧急程度")
        yield from _off_edge(paper, element, "紧急程度")


# --- papers without a red head ---------------------------------------------------------------------------------------

_PLAIN = (Carrier.ORDINARY, Carrier.FORM)


@rule("GBT412", Severity.WARNING, strength=Strength.PRACTICE)
def red_head_of_ordinary_paper(paper: Judged) -> Flaws:
    """不用红头的文书，却有发文机关标志或红线。

    为什么：心得体会、方案、表单一类的文书不是以公文的形式印发的，实务中不用红头；要用红头的，按公文的格式办。

    错：
        在公文标题前加：发文机关标志｜中共临江县委文件
    错：
        公文标题：下边框=单线 1.5磅 FF0000 距7磅
    对：
        公文标题：下边框=单线 1.5磅 000000 距7磅
    """
    if paper.carrier not in _PLAIN:
        return
    for mark in paper.of(Role.MARK):
        cure = "删去发文机关标志；确实要以红头印发的，请按公文的格式检查。"
        yield paper.flaw(mark, "这份文书不用红头，却有发文机关标志。", cure)
    lined = _red_lines(paper)
    if lined:
        cure = "在“边框和底纹”里去掉红线；线是画上去的，选中后按 Delete 删去。"
        yield paper.flaw(lined[0], "这份文书不用红头，却有红线。", cure)


def _red_lines(paper: Judged) -> tuple[Paragraph, ...]:
    """Return the paragraphs that red lines run beside, or hang on."""
    drawn = {s.paragraph for s in paper.layout.shapes if s.sort == "line" and gb.is_red(s.colour)}
    return tuple(
        p
        for p in paper.layout.paragraphs
        if p.order in drawn or any(gb.is_red(line.colour) for line in p.borders.values())
    )

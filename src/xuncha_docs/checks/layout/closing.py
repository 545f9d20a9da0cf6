"""GBT5: what closes a paper: 附件说明, 署名, 成文日期, 附注, and the annexes behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from xuncha_docs import chinese
from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.layout.looks import BLANKS, lead, wrong_fonts, wrong_sizes
from xuncha_docs.checks.profiles import Carrier
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.word.layout import Paragraph, Where
from xuncha_docs.word.roles import Role

# --- 附件说明 --------------------------------------------------------------------------------------------------------

_START = 2.0
"""附件说明 stands two characters in (7.3.4)."""

_CHAR, _WRAP = 0.3, 0.5
"""How far in characters the place of a line may be off, and that where a line goes on."""

_ROW = re.compile(
    r"(?P<head>附\s*件\s*(?:\d{1,2}\s*)?[：:]?)?\s*"
    r"(?P<number>\d{1,2}\s*[.．、)）](?!\d)|[一二三四五六七八九十]{1,2}[、.．]|[（(]\d{1,2}[）)])?"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of 附件说明 as it is typed: a paragraph, or what stands between breaks of one.

    Args:
        paragraph: where it stands.
        first: whether it begins that paragraph.
        text: without the blanks before it.
        starts: how far it stands in, in characters; None where tabs or its alignment hide that.
        head: 附件：, if it begins so.
        number: `1.` as it is typed or as Word prints it; empty if none.
    """

    paragraph: Paragraph
    first: bool
    text: str
    starts: float | None
    head: str
    number: str

    @property
    def to_number(self) -> float:
        """The width of 附件：, where the number or the name begins."""
        return chinese.width(self.head)

    @property
    def to_name(self) -> float:
        """The width of what stands before the name."""
        return self.to_number + chinese.width(self.number)


def rows(paper: Judged) -> tuple[Row, ...]:
    """Return the lines of 附件说明."""
    listed = [p for p in paper.of(Role.ANNEX_LIST) if p.where is Where.BODY]
    return tuple(row for paragraph in listed for row in _rows(paragraph))


def _rows(paragraph: Paragraph) -> Iterator[Row]:
    for n, line in enumerate(paragraph.text.split("\n")):
        if line.strip():
            match = _ROW.match(line.lstrip())
            head, number = (match["head"] or "", match["number"] or "") if match else ("", "")
            printed = paragraph.number.printed if paragraph.number and not n else ""
            yield Row(paragraph, not n, line.strip(), _starts(paragraph, line, first=not n), head, number or printed)


def _starts(paragraph: Paragraph, line: str, *, first: bool = True) -> float | None:
    """Return how far a line stands in from the left edge, in characters; None where that can't be told."""
    typed = lead(line)
    if "\t" in typed or paragraph.align not in ("left", "both"):
        return None
    return paragraph.left + (paragraph.first if first else 0) + chinese.width(typed)


@rule("GBT501", Severity.ERROR, clause="7.3.4", strength=Strength.RULE)
def misplaced_annex_list(paper: Judged) -> Flaws:
    """附件说明不在正文下空一行、左空二字的位置。

    为什么：如有附件，在正文下空一行左空二字编排“附件”二字。

    错：
        在附件说明前加：空行｜
    错：
        附件说明：左缩进=4字
    对：
        附件说明：左缩进=6字 悬挂=4字
    """
    listed = rows(paper)
    if not listed:
        return
    first = listed[0]
    blanks = paper.blanks_before(first.paragraph)
    if paper.before(first.paragraph) is not None and abs(blanks - 1) > BLANKS:
        message = f"附件说明和正文之间空了 {blanks:.2g} 行，应当空 1 行。"
        cure = "在附件说明上面只留 1 个空行；段前、段后的间距也算在内。"
        yield paper.flaw(first.paragraph, message, cure)
    if first.paragraph.align not in ("left", "both"):
        yield paper.flaw(first.paragraph, "附件说明没有居左，应当左空二字。", _LIST_CURE)
    elif first.starts is not None and abs(first.starts - _START) > _CHAR:
        yield paper.flaw(first.paragraph, f"附件说明左空 {first.starts:.2g} 字，应当左空 2 字。", _LIST_CURE)


_LIST_CURE = (
    "在“段落”里设缩进：只有一个附件的，左侧 5 字符、悬挂 3 字符；有多个的，第一个左侧 6 字符、悬挂 4 字符，"
    "后面的左侧 6 字符、悬挂 1 字符。"
)


@rule("GBT502", Severity.WARNING, clause="7.3.4", strength=Strength.RULE)
def misaligned_annex_list(paper: Judged) -> Flaws:
    """附件说明第二个以后的序号没有和第一个对齐，或者回行没有和名称的首字对齐。

    为什么：附件名称较长需回行时，应当与上一行附件名称的首字对齐；序号上下对齐，才看得出有几个附件。
    只看印得出来的：一行排得下的名称，回行的缩进不管。

    错：
        第2段附件说明：左缩进=3字 悬挂=1字
    错（还有 TXT505）：
        第2段附件说明＝2.临江县巡察整改工作台账填写说明和立行立改事项登记表的样式
        第2段附件说明：左缩进=5字 首行=0字
    对：
        第2段附件说明＝2.临江县巡察整改工作台账填写说明和立行立改事项登记表的样式
    """
    listed = rows(paper)
    number_at = _START + chinese.width("附件：")
    for n, row in enumerate(listed):
        before = listed[n - 1] if n else None
        goes_on = before is not None and not (row.head or row.number) and _is_full(paper, before)
        if n and row.starts is not None and not row.head:
            wanted = number_at + (listed[0].to_name - listed[0].to_number if goes_on else 0)
            if abs(row.starts - wanted) > _WRAP:
                what = "回行" if goes_on else f"“{row.number or row.text[:4]}”"
                message = f"附件说明的{what}左空 {row.starts:.2g} 字，应当左空 {wanted:g} 字，和上面的对齐。"
                yield paper.flaw(row.paragraph, message, _LIST_CURE)
                continue
        if row.starts is not None and not goes_on and _overflows(paper, row):
            wanted = row.starts + row.to_name
            if abs(row.paragraph.left - wanted) > _WRAP:
                message = f"附件名称回行后左空 {row.paragraph.left:.2g} 字，应当左空 {wanted:g} 字，和名称的首字对齐。"
                yield paper.flaw(row.paragraph, message, _LIST_CURE)


def _room(paper: Judged, paragraph: Paragraph) -> float:
    """Return how many characters of a paragraph a line of the text holds."""
    return paper.section(paragraph).text_width / _char(paragraph)


def _char(paragraph: Paragraph) -> int:
    """Return how wide a character of a paragraph is, with what is put between characters."""
    return max(1, paragraph.format.size * 10 + paragraph.format.tracking)


def _overflows(paper: Judged, row: Row) -> bool:
    return (row.starts or 0) + chinese.width(row.text) > _room(paper, row.paragraph)


def _is_full(paper: Judged, row: Row) -> bool:
    """Tell whether hardly another character goes on a line, so that the next goes on with it."""
    return (row.starts or 0) + chinese.width(row.text) > _room(paper, row.paragraph) - 3


@rule("GBT503", Severity.ERROR, clause="7.3.4", strength=Strength.RULE)
def unnumbered_annexes(paper: Judged) -> Flaws:
    """有多个附件，附件说明里却没有编顺序号。

    为什么：如有多个附件，使用阿拉伯数字标注附件顺序号，如“附件：1.×××××”。序号的写法、连续和末尾的标点由文字的规则检查。

    错（还有 TXT505）：
        第1段附件说明＝附件：填写说明
        第2段附件说明＝格式说明
    对：
        第2段附件说明＝2.立行立改通知书的文本格式
    """
    listed = rows(paper)
    names = [r for n, r in enumerate(listed) if not n or r.head or r.number or not _is_full(paper, listed[n - 1])]
    bare = [row for row in names if not row.number and not re.search(r"\d", row.head)]
    if len(names) > 1 and bare:
        message = f"附件说明里有 {len(names)} 个附件，“{bare[0].text[:12]}”没有编顺序号。"
        cure = "写成“附件：1.名称”，下一行写“2.名称”；一个名称分成了两段的，合成一段，让它自己回行。"
        yield paper.flaw(bare[0].paragraph, message, cure)


# --- annexes ---------------------------------------------------------------------------------------------------------


def labels(paper: Judged) -> tuple[Paragraph, ...]:
    """Return the labels of the annexes that are bound with the paper."""
    return tuple(p for p in paper.of(Role.ANNEX_LABEL) if p.where is Where.BODY)


@rule("GBT504", Severity.ERROR, clause="7.3.7", strength=Strength.RULE)
def annex_on_old_page(paper: Judged) -> Flaws:
    """附件没有另起一面。

    为什么：附件应当另面编排，并在版记之前，与公文正文一起装订。

    错：
        第1段附件标签：段前分页=否
    对：
        第1段附件标签：段前分页=否
        在附件标签前加：分页
    """
    for label in labels(paper):
        if paper.before(label) is None or label.new_page or any(p.new_page for p in paper.blanks_above(label)):
            continue
        cure = "光标放在“附件”前面，按 Ctrl+Enter 分页，或在“段落”的“换行和分页”里选“段前分页”。"
        yield paper.flaw(label, f"“{label.text.strip()[:12]}”没有另起一页。", cure)


_LABEL = re.compile(r"附件\s?(?:[1-9]\d?)?")


@rule("GBT505", Severity.ERROR, clause="7.3.7", strength=Strength.RULE)
def wrong_annex_label(paper: Judged) -> Flaws:
    """附件标签写得不对，不是三号黑体，或者不在第一行顶格。

    为什么：“附件”二字及附件顺序号用三号黑体字顶格编排在版心左上角第一行；后面不加冒号，顺序号用阿拉伯数字。

    错：
        第1段附件标签＝附件1：
    错：
        第1段附件标签：字体=仿宋_GB2312
    错：
        第1段附件标签：首行=2字
    错：
        第1段附件标签：段前=1行
    对：
        第1段附件标签＝附件 1
    """
    for label in labels(paper):
        text = label.text.strip()
        if not _LABEL.fullmatch(text):
            cure = "只写“附件”；有多个附件的写“附件1”“附件2”，后面不加冒号，标题另起，写在第三行。"
            yield paper.flaw(label, f"附件标签写成了“{text[:20]}”。", cure)
        look = paper.profile.looks.get(Role.ANNEX_LABEL)
        if look:
            yield from wrong_fonts(paper, label, look, "附件标签")
            yield from wrong_sizes(paper, label, look, "附件标签")
        starts = _starts(label, label.text)
        if label.align not in ("left", "both") or (starts is not None and abs(starts) > _CHAR):
            cure = "按 Ctrl+L 左对齐，在“段落”里把缩进都改成 0，段首不留空格。"
            yield paper.flaw(label, "附件标签没有顶格。", cure)
        if _first_row(paper, label) > BLANKS:
            yield paper.flaw(label, "附件标签不在第一行。", "删去附件标签上面的空行，段前间距改成 0。")


def _first_row(paper: Judged, label: Paragraph) -> float:
    """Count the empty lines between the page's head and a label; none where it is not known to begin a page."""
    lines = label.before / paper.pitch
    if label.new_page:
        return lines
    for n, one in enumerate(paper.blanks_above(label), 1):
        if one.new_page:
            return lines + n
    return 0


@rule("GBT506", Severity.WARNING, clause="7.3.7", strength=Strength.RULE)
def misplaced_annex_title(paper: Judged) -> Flaws:
    """附件标题没有居中，或者不在第三行。

    为什么：附件标题居中编排在版心第三行，和第一行的附件标签之间空一行。

    错：
        第1段附件标题：对齐=左
    错：
        删去：附件标签后的空行
    对：
        第1段附件标题：对齐=中
    """
    for label in labels(paper):
        title = paper.after(label)
        if title is None or paper.role(title) is not Role.ANNEX_TITLE:
            continue
        if title.align != "center" or abs(title.first) > _CHAR or abs(title.left - title.right) > _CHAR:
            cure = "光标放在附件标题里，按 Ctrl+E 居中，在“段落”里把缩进都改成 0。"
            yield paper.flaw(title, "附件标题没有居中。", cure)
        blanks = paper.blanks_before(title)
        if abs(blanks - 1) > BLANKS:
            message = f"附件标签和附件标题之间空了 {blanks:.2g} 行，应当空 1 行，标题在第三行。"
            yield paper.flaw(title, message, "两行之间只留 1 个空行；段前、段后的间距也算在内。")


@rule("GBT507", Severity.ERROR, clause="7.3.7", strength=Strength.RULE)
def annexes_out_of_order(paper: Judged) -> Flaws:
    """附件没有按顺序号排，或者两个附件用了同一个顺序号。

    为什么：附件顺序号应当与附件说明一致；次序乱了，或者重号，读的人找不到。序号和标题是否与附件说明一致，由文字的规则检查。

    错（还有 TXT505）：
        第2段附件标签＝附件1
    对：
        第2段附件标签＝附件 2
    """
    last = 0
    for label in labels(paper):
        digits = re.search(r"\d{1,3}", label.text)
        number = int(digits[0]) if digits else 0
        if digits and number <= last:
            said = "重复了" if number == last else f"排在附件{last}后面"
            yield paper.flaw(label, f"附件{number}{said}。", "按附件说明的次序排列，从1起连续编号。")
        last = max(last, number)


# --- 署名, 成文日期 --------------------------------------------------------------------------------------------------

_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_TOLD = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}[.．/、]\d{1,2}[.．/、]\d{1,2}|[〇○零OＯ0０\d一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月"
    r"[\d一二三四五六七八九十]{1,3}日|[\d０-９]{4}年[\d０-９]{1,2}月[\d０-９]{1,2}日"
)
"""A date, if not well written: padded, with dots, in Chinese or wide digits; what is wrong there rules of text tell."""


@rule("GBT508", Severity.ERROR, clause="7.3.5.4", strength=Strength.RULE)
def wrong_date(paper: Judged) -> Flaws:
    """成文日期不是完整的日期，或者日历上没有这一天。

    为什么：成文日期中的数字用阿拉伯数字将年、月、日标全。补了零、用了汉字数字的，由文字的规则指出。

    错：
        成文日期＝2025年3月
    错：
        成文日期＝2025年2月30日
    对：
        成文日期＝2025年3月30日
    """
    cure = "写成“2025年3月24日”的样子：年份写四位，月、日不编虚位。"
    for paragraph in paper.of(Role.DATE):
        text = re.sub(r"\s", "", paragraph.text)
        if not text or (text[0] in "（(" and text[-1] in "）)"):  # passed on that day, under the title
            continue
        match = _DATE.fullmatch(text)
        if match and not _is_day(*map(int, match.groups())):
            yield paper.flaw(paragraph, f"日历上没有{match[0]}。", "核对成文日期。")
        elif not _TOLD.fullmatch(text):
            yield paper.flaw(paragraph, f"“{text[:20]}”不是年、月、日标全的日期。", cure)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 and 成文日期 that belong together.

    Args:
        signers: the paragraphs of 署名, as they stand; none where only a date is.
        day: 成文日期.
    """

    signers: tuple[Paragraph, ...]
    day: Paragraph

    @property
    def top(self) -> Paragraph:
        """Its first line."""
        return self.signers[0] if self.signers else self.day


def signatures(paper: Judged) -> Iterator[Signature]:
    """Yield the signatures of a paper, those in tables and boxes apart."""
    held: list[Paragraph] = []
    for paragraph in paper.of(Role.SIGNER, Role.DATE):
        if paragraph.where is not Where.BODY or paragraph.box or not paragraph.text.strip():
            continue
        if paper.role(paragraph) is Role.SIGNER:
            if held and paper.before(paragraph) is not held[-1]:
                held.clear()
            held.append(paragraph)
            continue
        yield Signature(tuple(held) if held and paper.before(paragraph) is held[-1] else (), paragraph)
        held.clear()


def from_right(paper: Judged, paragraph: Paragraph) -> float | None:
    """Return how far the end of a line stands from the right edge as it is printed, in characters.

    Indents, blanks and tab stops are all ways to put it there. None where it can't be told: text of several lines,
    tabs without stops, text spread over the line.
    """
    text = paragraph.text.strip("\n")
    said = text.strip()
    char, room = _char(paragraph), paper.section(paragraph).text_width
    wide = chinese.width(said) * char
    indent = paragraph.format.size * 10
    left, right = (paragraph.left + paragraph.first) * indent, paragraph.right * indent
    before, after = lead(text), text[len(text.rstrip()) :]
    if "\n" in said or "\t" in said + after or paragraph.align == "distribute" or wide > room:
        return None
    if "\t" in before:
        return _after_tabs(paragraph, before, left, wide, room, char)
    leading, trailing = chinese.width(before) * char, chinese.width(after) * char
    if paragraph.align == "right":
        return paragraph.right + trailing / char
    if paragraph.align == "center":
        return (right + (room - left - right - leading - wide - trailing) / 2 + trailing) / char
    return (room - left - leading - wide) / char


def _after_tabs(paragraph: Paragraph, blanks: str, left: float, wide: float, room: float, char: int) -> float | None:
    """Return the same for text that stands behind tabs, by the stops of the paragraph; None where there are too few."""
    at, sort = left, "left"
    for blank in blanks:
        if blank != "\t":
            at += chinese.width(blank) * char
            continue
        stop = next(((float(place), how) for place, how in sorted(paragraph.tabs) if place > at), None)
        if stop is None or paragraph.align not in ("left", "both"):
            return None
        at, sort = stop
    end = at if sort == "right" else at + wide / 2 if sort == "center" else at + wide
    return (room - end) / char


_PLACE = 0.6
"""How far 署名 and 成文日期 may be off, in characters: digits are of different widths in different fonts."""


def _modes(paper: Judged, signature: Signature) -> frozenset[bool] | None:
    """Return for which of sealed and not sealed a signature stands right; None where that can't be told."""
    if len(signature.signers) != 1:
        return None
    places = from_right(paper, signature.signers[0]), from_right(paper, signature.day)
    if places[0] is None or places[1] is None:
        return None
    wanted = {sealed: _wanted(signature, sealed=sealed) for sealed in (False, True)}
    return frozenset(
        sealed
        for sealed, (signer, day) in wanted.items()
        if abs(places[0] - signer) <= _PLACE and abs(places[1] - day) <= _PLACE
    )


def _wanted(signature: Signature, *, sealed: bool) -> tuple[float, float]:
    widths = chinese.width(signature.signers[0].text.strip()), chinese.width(signature.day.text.strip())
    return gb.signature_indents(*widths, sealed=sealed)


@rule("GBT509", Severity.WARNING, clause="7.3.5.1, 7.3.5.2", strength=Strength.RULE)
def misplaced_signature(paper: Judged) -> Flaws:
    """署名和成文日期的左右位置不对。

    为什么：加盖印章的，成文日期右空四字，署名在日期上面、以日期为准居中（7.3.5.1）；不加盖印章的，署名右空二字，
    日期首字比署名首字右移二字，日期比署名长的，日期右空二字、署名相应左移（7.3.5.2）。缩进、空格、跳格都算。

    错：
        （红头）
        成文日期：右缩进=0字
    错：
        （信函）
        署名：对齐=左
    对：
        （信函）
        署名：右缩进=2字
        成文日期：右缩进=4.5字
    """
    for signature in signatures(paper) if paper.carrier in (Carrier.RED_HEAD, Carrier.LETTER) else ():
        modes = _modes(paper, signature)
        if modes is None or modes or _has_seal_between(paper, signature):
            continue
        signer, day = (from_right(paper, p) or 0 for p in (signature.signers[0], signature.day))
        sealed, plain = _wanted(signature, sealed=True), _wanted(signature, sealed=False)
        message = f"署名右空 {signer:.2g} 字、成文日期右空 {day:.2g} 字，位置不对。"
        cure = (
            "两行都按 Ctrl+R 右对齐，删去前后的空格，在“段落”里设“右侧”缩进："
            f"盖章的，署名 {sealed[0]:g} 字符、日期 {sealed[1]:g} 字符；"
            f"不盖章的，署名 {plain[0]:g} 字符、日期 {plain[1]:g} 字符。"
        )
        yield paper.flaw(signature.signers[0], message, cure)


def _has_seal_between(paper: Judged, signature: Signature) -> bool:
    """Tell whether room is left for a 签名章 above a date that stands four characters in (7.3.5.3)."""
    place = from_right(paper, signature.day)
    return paper.blanks_before(signature.day) >= 1 - BLANKS and place is not None and abs(place - 4) <= _PLACE


_SEAL_ROOM = 4.5
"""Derived: a seal of 42 mm on the date whose top is a line under the text leaves at most four empty lines."""


@rule("GBT510", Severity.WARNING, clause="7.3.5.1, 7.3.5.2", strength=Strength.RULE)
def wrong_gap_above_signature(paper: Judged) -> Flaws:
    """署名和正文之间空的行数不对。

    为什么：不加盖印章的，在正文（或附件说明）下空一行署名（7.3.5.2）；加盖签发人签名章的空二行（7.3.5.3）；
    加盖印章的没有规定行数，要让印章顶端距正文不超过一行（7.3.5.1）。连印章图片一起打印的，一般空二行，这是实务。

    错：
        删去：附件说明后的空行
    错：
        （命令）
        删去：末段公文正文后的空行
    对：
        （信函）
        在署名前加：空行｜
    """
    for signature in signatures(paper) if paper.carrier is not Carrier.POSTER else ():
        top = signature.top
        if top.new_page or paper.before(top) is None or _broken(paper, top):
            continue
        blanks = paper.blanks_before(top)
        said = _gap(paper, signature, blanks)
        if said:
            wanted, severity = said
            what = "署名" if signature.signers else "成文日期"
            message = f"{what}和正文之间空了 {blanks:.2g} 行，{wanted}。"
            cure = f"在{what}上面增减空行，使空的行数合适；段前、段后的间距也算在内。"
            yield paper.flaw(top, message, cure, severity=severity)


def _broken(paper: Judged, top: Paragraph) -> bool:
    return any(one.new_page or one.page_breaks for one in paper.blanks_above(top))


def _gap(paper: Judged, signature: Signature, blanks: float) -> tuple[str, Severity | None] | None:
    """Return what the empty lines above a signature should be, and how much that matters; None if they are right."""
    if paper.carrier is Carrier.COMMAND:
        return ("加盖签名章的应当空 2 行", None) if abs(blanks - 2) > BLANKS else None
    modes = _modes(paper, signature) or frozenset()
    if modes == {False}:
        return ("不加盖印章的应当空 1 行", None) if abs(blanks - 1) > BLANKS else None
    if blanks < 1 - BLANKS:
        return "至少应当空 1 行", None
    if _stamped(paper, signature) and blanks < 2 - BLANKS:
        return "打印印章的一般空 2 行，免得压住正文", Severity.INFO
    if modes and blanks > _SEAL_ROOM:
        return "印章顶端离正文会超过一行", Severity.INFO
    return None


def _stamped(paper: Judged, signature: Signature) -> bool:
    """Tell whether the picture of a seal hangs on a signature."""
    orders: Sequence[int] = [p.order for p in (*signature.signers, signature.day)]
    return any(s.sort == "picture" and not s.inline and s.paragraph in orders for s in paper.layout.shapes)


@rule("GBT511", Severity.WARNING, clause="7.3.6", strength=Strength.RULE)
def misplaced_note(paper: Judged) -> Flaws:
    """附注没有左空二字，或者没有紧接着写在成文日期下一行。

    为什么：如有附注，居左空二字加圆括号编排在成文日期下一行。圆括号由文字的规则检查。

    错：
        附注：左缩进=0字
    错：
        在附注前加：空行｜
    对：
        附注：左缩进=0字 首行=2字
    """
    for note in paper.of(Role.NOTE):
        above = paper.before(note)
        if note.where is not Where.BODY or (above is not None and paper.role(above) is Role.NOTE):
            continue
        starts = _starts(note, note.text)
        if note.align not in ("left", "both") or (starts is not None and abs(starts - _START) > _CHAR):
            where = "没有居左" if starts is None else f"左空 {starts:.2g} 字"
            cure = "按 Ctrl+L 左对齐，在“段落”里设左侧缩进 2 字符。"
            yield paper.flaw(note, f"附注{where}，应当左空 2 字。", cure)
        if above is not None and paper.role(above) is Role.DATE and paper.blanks_before(note) > BLANKS:
            yield paper.flaw(note, "附注和成文日期之间空了行。", "删去附注上面的空行，段前间距改成 0。")

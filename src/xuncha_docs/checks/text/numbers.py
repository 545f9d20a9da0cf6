"""TXT1: document numbers and dates: GB/T 9704—2012 7.2.5, 7.3.5.4 and 7.4.3, GB/T 15835—2011."""

from __future__ import annotations

import re

from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.profiles import Carrier
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.checks.text.reading import DATED, NUMBERED, Found, found
from xuncha_docs.chinese import read_numeral
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.word.roles import Role

# --- document numbers ----------------------------------------------------------------------------------------------

_OPEN, _CLOSE = r"[〔\[［【(（﹝〖]", r"[〕\]］】)）﹞〗]"
_NO_NUMBER = "(?![楼院线店房宿仓机门地库桌会])"
"""What follows 号 where it counts houses and the like."""

_BRACKETS = re.compile(rf"({_OPEN})\s*((?:19|20)\d\d)\s*+年?\s*+({_CLOSE})\s*+第?\s*+(\d+)\s*号{_NO_NUMBER}")
_SHORT_BRACKETS = re.compile(rf"(?!〔)({_OPEN})\s*(\d\d)\s*+年?\s*+({_CLOSE})\s*+第?\s*+(\d+)\s*号")


@rule("TXT101", Severity.WARNING, clause="7.2.5", strength=Strength.RULE)
def wrong_brackets_of_year(paper: Judged) -> Flaws:
    """文号的年份没有用六角括号。

    为什么：发文字号的年份用六角括号“〔〕”括入。方括号、方头括号、圆括号都不是。引用别的机关的文号时，只作提示。

    错：
        发文字号｜临委巡办[2025]7号
        发文字号｜临委巡办（25）7号
        党巡发[2025]1号
        党巡发【2025】1号
        党巡发（2025）12号
        党巡发[2025]第3号
        按照临委巡办（2025年）7号文件执行。
    对：
        党巡发〔2025〕1号
        公司（2025年）1号楼
    """
    for at in (*found(paper, _BRACKETS), *found(paper, _SHORT_BRACKETS, *NUMBERED)):
        if at.match[1] + at.match[3] != "〔〕":
            right = _number(at.match[2], at.match[4])
            message = f"文号的年份用了“{at.match[1]}{at.match[3]}”，应当用六角括号。"
            yield at.flaw(message, f"写成“{right}”。", _grave(at, Severity.WARNING))


_ORDINAL = re.compile(r"(字|令|议案|建议|提案|案)?〔\s*(\d{1,4})\s*〕\s*第\s*(\d+)\s*号")


@rule("TXT102", Severity.ERROR, clause="7.2.5", strength=Strength.RULE)
def ordinal_before_serial(paper: Judged) -> Flaws:
    """文号的序号前面加了“第”。

    为什么：发文顺序号不加“第”字。令号、议案号、执法文书的字号另有写法，只作提示。

    错：
        发文字号｜临委巡办〔2025〕第7号
        党巡发〔2025〕第1号
        水罚字〔2025〕第3号
    对：
        党巡发〔2025〕1号
        令号｜第12号
    """
    for at in found(paper, _ORDINAL, apart=(Role.ORDER_NUMBER,)):
        other = at.match[1] is not None and at.role not in NUMBERED
        cure = f"删去“第”，写成“{_number(at.match[2], at.match[3])}”。"
        yield at.flaw("文号的序号前面加了“第”。", cure, Severity.INFO if other else None)


_PADDED_SERIAL = re.compile(r"〔\s*(\d{1,4})\s*〕\s*+第?\s*+(0\d*)\s*号")


@rule("TXT103", Severity.ERROR, clause="7.2.5", strength=Strength.RULE)
def padded_serial(paper: Judged) -> Flaws:
    """文号的序号编了虚位。

    为什么：发文顺序号不编虚位，1不编为01。

    错：
        发文字号｜临委巡办〔2025〕07号
        党巡发〔2025〕01号
        党巡发〔2025〕001号
    对：
        党巡发〔2025〕10号
    """
    for at in found(paper, _PADDED_SERIAL):
        message = f"文号的序号编了虚位：“{at.match[2]}”。"
        yield at.flaw(message, f"写成“{_number(at.match[1], at.match[2])}”。", _grave(at, Severity.ERROR))


_SHORT_YEAR = re.compile(r"〔\s*(\d{1,3})\s*〕\s*+第?\s*+(\d+)\s*号")


@rule("TXT104", Severity.ERROR, clause="7.2.5", strength=Strength.RULE)
def short_year_of_number(paper: Judged) -> Flaws:
    """文号的年份没有标全。

    为什么：发文字号的年份标全称，写四位。

    错：
        发文字号｜临委巡办〔25〕7号
        党巡发〔25〕1号
    对：
        党巡发〔2025〕1号
    """
    for at in found(paper, _SHORT_YEAR):
        message = f"文号的年份只写了“{at.match[1]}”。"
        cure = f"写成“{_number(at.match[1], at.match[2])}”。" if len(at.match[1]) == 2 else "年份写四位。"
        yield at.flaw(message, cure, _grave(at, Severity.ERROR))


_BLANKS = re.compile(
    rf"{_OPEN}(?P<in>\s+)\d|\d(?P<year>\s+){_CLOSE}|{_CLOSE}(?P<after>\s+)(?=第?\s*\d+\s*号)|\d(?P<end>\s+)号"
    rf"|(?<=\S)(?P<before>[^\S\n]+)(?={_OPEN}\s*\d{{2,4}}\s*+年?\s*+{_CLOSE}\s*+第?\s*+\d+\s*号)"
)


@rule("TXT105", Severity.WARNING, clause="7.2.5", strength=Strength.DERIVED)
def blank_in_number(paper: Judged) -> Flaws:
    """发文字号中间有空格。

    为什么：发文字号由机关代字、年份、序号连写而成，空格会让人检索不到。

    错：
        发文字号｜党巡发〔 2025 〕1号
        发文字号｜党巡发〔2025〕 1号
        发文字号｜党巡发〔2025〕1 号
        发文字号｜党巡发 〔2025〕1号
    对：
        发文字号｜党巡发〔2025〕1号
        发文字号｜党巡发〔2025〕1号　　签发人：张某某
    """
    told: set[int] = set()
    for at in found(paper, _BLANKS, *NUMBERED):
        if at.line.paragraph.order not in told:
            told.add(at.line.paragraph.order)
            yield at.flaw("发文字号中间有空格。", "删去代字、年份、序号之间的空格。")


def _number(year: str, serial: str) -> str:
    """Write what follows the code of a document number as it should be."""
    full = f"20{year}" if len(year) == 2 else year
    return f"〔{full}〕{serial.lstrip('0') or '0'}号"


def _grave(at: Found, elsewhere: Severity) -> Severity:
    """Return how much a fault of a number matters: in the number of the paper itself it is an error."""
    return Severity.ERROR if at.role in NUMBERED else elsewhere


# --- dates ---------------------------------------------------------------------------------------------------------

_HAN_DIGITS = "一二三四五六七八九"
_PADDED = re.compile(
    r"(?<!\d)(?:19|20)\d\d年0\d月(?:\d{1,2}日)?|(?<!\d)0\d月\d{1,2}日|(?<!\d)(?:(?:19|20)\d\d年)?[1-9]\d?月0\d日"
)


@rule("TXT106", Severity.WARNING, clause="7.3.5.4", strength=Strength.RULE)
def padded_date(paper: Judged) -> Flaws:
    """日期的月、日编了虚位。

    为什么：月、日不编虚位，1不编为01。成文日期和印发日期是规定，其他日期跟着写才前后一致；表格里只作提示。

    错：
        成文日期｜2025年03月24日
        印发｜中共临江县委办公室　　2025年7月01日印发
        2025年03月24日，巡察组进驻。
        请于2025年3月04日前报送。
        03月24日召开动员会。
    对：
        成文日期｜2025年3月24日
        2025年10月20日，巡察组撤离。
        2025-03-24
    """
    for at in found(paper, _PADDED):
        right = re.sub(r"(?<!\d)0(?=\d)", "", at.said)
        yield at.flaw(f"日期编了虚位：“{at.said}”。", f"写成“{right}”。", _dated(at))


def _dated(at: Found) -> Severity | None:
    """Return how much the form of a date matters: 成文日期 and 印发日期 have a rule, tables are short of room."""
    return Severity.ERROR if at.role in DATED else Severity.INFO if at.role is Role.TABLE else None


_HAN_DATE = re.compile(rf"([〇○零OＯ0０{_HAN_DIGITS}]{{4}})年([{_HAN_DIGITS}十]{{1,3}})月([{_HAN_DIGITS}十]{{1,3}})日")


@rule("TXT107", Severity.ERROR, clause="7.3.5.4", strength=Strength.RULE)
def date_in_chinese_numerals(paper: Judged) -> Flaws:
    """成文日期或印发日期用了汉字数字。

    为什么：日期中的数字用阿拉伯数字。命令（令）沿用旧例的不少，只作警告。

    错：
        成文日期｜二〇二五年三月二十四日
        印发｜中共临江县委办公室　　二〇二五年七月一日印发
    错（还有 TXT108）：
        成文日期｜二○二五年十月一日
    对：
        成文日期｜2025年3月24日
        一九四九年十月一日，中华人民共和国成立。
    """
    for at in found(paper, _HAN_DATE, *DATED):
        severity = Severity.WARNING if paper.carrier is Carrier.COMMAND else None
        yield at.flaw(f"日期用了汉字数字：“{at.said}”。", _in_digits(at.match), severity)


def _in_digits(match: re.Match[str]) -> str:
    """Say how a date of Chinese numerals is written in digits; without it where its numerals are none."""
    digits = {char: str(n) for n, char in enumerate(_HAN_DIGITS, 1)}
    year = "".join(digits.get(char, "0") for char in match[1])
    try:
        return f"写成“{year}年{read_numeral(match[2])}月{read_numeral(match[3])}日”。"
    except ValueError:
        return "写成“2025年3月24日”的样子。"


_FALSE_ZERO = "○OＯ0０◯"
_WITH_FALSE_ZERO = re.compile(
    rf"(?<![{_HAN_DIGITS}〇])[{_HAN_DIGITS}][{_HAN_DIGITS}〇]*[{_FALSE_ZERO}][{_HAN_DIGITS}〇{_FALSE_ZERO}]*"
    rf"(?:(?<=[{_HAN_DIGITS}〇])|(?=年))"
)


@rule("TXT108", Severity.WARNING, clause="GB/T 15835—2011 5.2.5", strength=Strength.GENERAL)
def false_zero(paper: Judged) -> Flaws:
    """汉字数字里的“〇”打成了圆圈、字母或阿拉伯数字。

    为什么：“〇”是一个汉字（U+3007）；用“○”、字母O或数字0代替，检索不到，字形也不一样。

    错：
        二○二五年以来，共巡察3轮。
        二O二五年以来，共巡察3轮。
        二0二五年以来，共巡察3轮。
        二○○五年建成。
    对：
        二〇二五年以来，共巡察3轮。
        二十五年以来，共巡察3轮。
    """
    for at in found(paper, _WITH_FALSE_ZERO):
        right = re.sub(f"[{_FALSE_ZERO}]", "〇", at.said)
        yield at.flaw(f"“{at.said}”里的零不是“〇”。", f"写成“{right}”，“〇”可按拼音 ling 输入。")


_MIXED = re.compile(
    rf"[〇零○{_HAN_DIGITS}]{{4}}年\d{{1,2}}月|(?<!\d)\d{{4}}年[{_HAN_DIGITS}十]{{1,3}}月(?!初)"
    rf"|(?<=年)\d{{1,2}}月[{_HAN_DIGITS}十]{{1,3}}日"
)


@rule("TXT109", Severity.WARNING, clause="GB/T 15835—2011 4.3", strength=Strength.GENERAL)
def mixed_date(paper: Judged) -> Flaws:
    """一个日期里既有汉字数字，又有阿拉伯数字。

    为什么：同一个日期要用同一种数字。

    错：
        二〇二五年3月，巡察组进驻。
        2025年三月，巡察组进驻。
        2025年3月二十四日，巡察组进驻。
    对：
        2025年3月，巡察组进驻。
        二〇二五年三月，巡察组进驻。
        农历2025年八月初五
    """
    for at in found(paper, _MIXED):
        yield at.flaw(f"“{at.said}”混用了两种数字。", "年、月、日都用阿拉伯数字，如“2025年3月24日”。")


_DAY_AS_NUMBER = re.compile(r"(?<!\d)\d{1,2}月\d{1,2}(号)(?![楼院线店房文])")


@rule("TXT110", Severity.INFO, strength=Strength.PRACTICE)
def spoken_day(paper: Judged) -> Flaws:
    """日期写成了几月几“号”。

    为什么：“号”是口语，文书里写“日”。

    错：
        请于3月24号前报送。
    对：
        请于3月24日前报送。
        3月24日1号楼停电。
    """
    for at in found(paper, _DAY_AS_NUMBER):
        yield at.flaw(f"“{at.said}”是口语。", f"写成“{at.said[:-1]}日”。", group=1)


_DOTTED = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)[.．、/](0?[1-9]|1[0-2])[.．、/](0?[1-9]|[12]\d|3[01])(?!\.?\d)(?![.．、/]\d)"
)


@rule("TXT111", Severity.WARNING, clause="GB/T 15835—2011 5.1.4", strength=Strength.GENERAL)
def dotted_date(paper: Judged) -> Flaws:
    """日期用点、顿号或斜线隔开。

    为什么：年月日写作“2025年3月24日”，也可以写作“2025-03-24”；用点隔开的只在图表里见得到，表格里只作提示。

    错：
        成文日期｜2025.3.24
        2025.3.24召开动员会。
        2025、3、24召开动员会。
        2025/3/24召开动员会。
    对：
        2025-03-24
        软件版本为1.2.3。
        2025年3月24日召开动员会。
    """
    for at in found(paper, _DOTTED):
        year, month, day = (int(part) for part in at.match.groups())
        yield at.flaw(f"日期写成了“{at.said}”。", f"写成“{year}年{month}月{day}日”。", _dated(at))


_TWO_DIGIT_YEAR = re.compile(
    r"(?<![\d〔第近满逾约达过余前后历时共])(\d\d)年"
    r"(?=(?:1[0-2]|[1-9])月|底(?![蕴子气])|初(?![心始步衷期次等级])|末(?![端期])|上半年|下半年)"
)


@rule("TXT112", Severity.WARNING, clause="GB/T 15835—2011 5.1.4", strength=Strength.GENERAL)
def two_digit_year(paper: Judged) -> Flaws:
    """年份只写了两位。

    为什么：年份要写四位，写两位会同“多少年”混淆。

    错：
        25年3月以来，巡察组走访6个村。
        整改应在24年底前完成。
    对：
        2025年3月以来，巡察组走访6个村。
        他工作12年以上。
        三十年初心不改，30年初心如磐。
    """
    for at in found(paper, _TWO_DIGIT_YEAR):
        year = int(at.match[1])
        full = f"{'20' if year < 50 else '19'}{at.match[1]}年"
        yield at.flaw(f"年份只写了两位：“{at.said}”。", f"写成“{full}”。")

"""TXT2: numbers and their ranges: GB/T 15835—2011, GB/T 15834—2011 4.5 and 4.13."""

from __future__ import annotations

import re
import unicodedata

from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.checks.text.reading import HAN_RANGE, each_line, found
from xuncha_docs.findings import Severity, Strength

_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")


@rule("TXT201", Severity.WARNING, strength=Strength.PRACTICE)
def full_width_character(paper: Judged) -> Flaws:
    """数字或字母是全角的。

    为什么：全角的数字、字母和半角的看上去差不多，检索、统计时却是另一个字符，行长也不一样。

    错：
        ２０２５年７月，巡察组进驻。
        对Ａ、Ｂ两个组开展抽查。
    对：
        2025年7月，巡察组进驻。
        对A、B两个组开展抽查。
    """
    for at, count in each_line(found(paper, _WIDE)):
        right = unicodedata.normalize("NFKC", at.said)
        yield at.flaw(f"“{at.said}”是全角字符{count}。", f"改成半角的“{right}”。")


# --- ranges --------------------------------------------------------------------------------------------------------

_TO = "[～~〜—－–-]"
_DECIMAL = r"\d+(?:\.\d+)?"
_PERCENT_ONCE = re.compile(rf"(?<![\d.%％‰/-])({_DECIMAL})\s*{_TO}\s*({_DECIMAL})\s*([%％‰])")


@rule("TXT202", Severity.WARNING, clause="GB/T 15835—2011 5.1.3", strength=Strength.GENERAL)
def percent_said_once(paper: Judged) -> Flaws:
    """百分数的范围，前一个数没有写百分号。

    为什么：“15～30%”可以读成“15到30%”，两个数都要写百分号。

    错：
        占比为15～30%。
        占比为15-30%。
    对：
        占比为15%～30%。
        第3—5项占30%。
    """
    for at in found(paper, _PERCENT_ONCE):
        first, last, sign = at.match.groups()
        yield at.flaw(f"“{at.said}”的前一个数没有写百分号。", f"写成“{first}{sign}～{last}{sign}”。")


_MYRIAD_ONCE = re.compile(rf"(?<![\d.万亿第/-])({_DECIMAL})\s*{_TO}\s*({_DECIMAL})\s*([万亿])(元?)")


@rule("TXT203", Severity.WARNING, clause="GB/T 15835—2011 5.1.3", strength=Strength.GENERAL)
def myriad_said_once(paper: Judged) -> Flaws:
    """数值的范围，前一个数没有写“万”或“亿”。

    为什么：“13～17万元”可以读成“13元到17万元”，两个数的“万”“亿”都不能省。

    错：
        造价为13～17万元。
        造价为9-16亿元。
    对：
        造价为13万元～17万元。
    """
    for at in found(paper, _MYRIAD_ONCE):
        first, last, unit, yuan = at.match.groups()
        cure = f"写成“{first}{unit}{yuan}～{last}{unit}{yuan}”。"
        yield at.flaw(f"“{at.said}”的前一个数没有写“{unit}”。", cure)


_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-－~～〜–]\s*((?:19|20)\d\d)(?=年)")


@rule("TXT204", Severity.INFO, clause="GB/T 15834—2011 4.13.3.2", strength=Strength.GENERAL)
def wrong_dash_between_years(paper: Judged) -> Flaws:
    """年份的起止没有用一字线。

    为什么：时间的起止用一字线“—”，数值的范围用浪纹线“～”，短横线“-”用来连接编号；也可以写“至”。

    错：
        开展2023-2025年专项整治。
        开展2023～2025年专项整治。
    对：
        开展2023—2025年专项整治。
        开展2023年至2025年专项整治。
    """
    for at in found(paper, _YEARS):
        yield at.flaw(f"“{at.said}年”没有用一字线。", f"写成“{at.match[1]}—{at.match[2]}年”。")


_TILDE = re.compile(r"(?<=[\d%％‰万亿元])\s*~\s*(?=\d)")


@rule("TXT205", Severity.INFO, clause="GB/T 15834—2011 4.13.2", strength=Strength.RULE)
def half_width_tilde(paper: Judged) -> Flaws:
    """浪纹线打成了键盘上的“~”。

    为什么：浪纹线占一个字的位置，写作“～”；键盘上的“~”是半角的，位置偏上。

    错：
        整改期限为15~30天。
    对：
        整改期限为15～30天。
    """
    for at, count in each_line(at for at in found(paper, _TILDE) if not _YEARS.match(at.line.read, _back(at.match))):
        yield at.flaw(f"浪纹线打成了“~”{count}。", "改成“～”。")


def _back(match: re.Match[str]) -> int:
    """Return where a year before a match would begin."""
    return max(0, match.start() - 4)


# --- how numbers are written ---------------------------------------------------------------------------------------

_NO_ZERO = re.compile(rf"(?<=[{HAN_RANGE}，；：“（ ])[.．](\d+)(?![\dA-Za-z.．、])")


@rule("TXT206", Severity.WARNING, clause="GB/T 15835—2011 5.1.2", strength=Strength.GENERAL)
def decimal_without_zero(paper: Judged) -> Flaws:
    """小数点前面没有写0。

    为什么：纯小数要写出小数点前的0，小数点用半角。

    错：
        同比增长.46个百分点。
        金额为．5万元。
    对：
        同比增长0.46个百分点。
        第1.2条，共1.5万元。
    """
    for at in found(paper, _NO_ZERO):
        yield at.flaw(f"“{at.said}”的小数点前面没有写0。", f"写成“0.{at.match[1]}”。")


_MIXED = re.compile(r"(?<![\d.])\d+(?:\.\d+)?[百千](?![米克瓦卡帕伏赫字位分万牛焦乏兆比斤])")


@rule("TXT207", Severity.INFO, clause="GB/T 15835—2011 5.3", strength=Strength.GENERAL)
def digit_before_hundred(paper: Judged) -> Flaws:
    """阿拉伯数字后面接了“百”“千”。

    为什么：数值很大时可以用“万”“亿”作单位，不用“百”“千”。

    错：
        参会的有1百零8人。
        追回5千元。
    对：
        水渠长5千米，装机10千瓦。
        追回5000元，涉及3万人。
    """
    for at in found(paper, _MIXED):
        yield at.flaw(f"“{at.said}”混用了两种数字。", "全部用阿拉伯数字写，如“5000元”；或全部用汉字写，如“五千元”。")


_MEASURE = "个名人天年次项条里件位岁周户处只份"
_ONE_TO_NINE = "一二三四五六七八九"
_ABOUT = re.compile(
    rf"(?<![、第十{_ONE_TO_NINE}])([{_ONE_TO_NINE}])、([{_ONE_TO_NINE}])"
    rf"(?=[十百千万]?(?:个(?!级|类)|[{_MEASURE[1:]}])(?![、级类等]))"
)
_NO_HEADING = re.compile("个[月人小]|[名天人岁周]")


@rule("TXT208", Severity.INFO, clause="GB/T 15834—2011 4.5.3.4", strength=Strength.RULE)
def mark_in_approximate_number(paper: Judged) -> Flaws:
    """表示概数的两个数字中间加了顿号。

    为什么：“三四个月”是说大约，中间不加顿号；“三、四个月”成了第三、第四。“一、二季度”一类的并列不在此限。

    错：
        整改用了三、四个月。
        走访了七、八名同志。
    对：
        整改用了三四个月。
        完成一、二、三季度任务。
        第一、二项由综合组负责。
        三、四个方面的要求
    """
    for at in found(paper, _ABOUT):
        first, second = at.match.groups()
        heading = at.match.start() < 10 and not at.line.read[: at.match.start()].strip()  # 三、四个方面的要求
        if heading and not _NO_HEADING.match(at.line.read, at.match.end()):
            continue
        if _ONE_TO_NINE.index(second) - _ONE_TO_NINE.index(first) == 1:
            yield at.flaw(f"“{at.said}”如果是说大约，中间不加顿号。", f"写成“{first}{second}”；分指两个的不用改。")


_ABOUT_IN_DIGITS = re.compile(
    rf"(?<=[{HAN_RANGE}，；：“（])(?<![件表图第条款项附章节])(?P<first>[1-9])、(?P<second>[2-9])(?=[{_MEASURE}](?![单员、级]))"
    rf"|(?<!\d)\d+几(?=[十百千万]?[{_MEASURE}])"
)


@rule("TXT209", Severity.INFO, clause="GB/T 15835—2011 4.2.2", strength=Strength.GENERAL)
def approximate_number_in_digits(paper: Judged) -> Flaws:
    """概数用了阿拉伯数字。

    为什么：两个相邻的数字连用表示大约，或者带“几”的数，用汉字：“三四天”“二十几个”。

    错：
        整改用了3、4天。
        走访了20几户。
    对：
        整改用了三四天。
        走访了二十几户。
        由第3、4项的责任单位办理。
        见附件1、2名单。
    """
    for at in found(paper, _ABOUT_IN_DIGITS):
        first, second = at.match["first"], at.match["second"]
        if first is None or int(second) == int(first) + 1:
            cure = "说大约的，用汉字写，如“三四天”“二十几个”；分指两个的不用改。"
            yield at.flaw(f"“{at.said}”如果是说大约，要用汉字。", cure)

"""How the papers write numbers, dates, document numbers and lists.

Sources: GB/T 9704—2012 7.2.5 (document number), 7.3.3 (levels), 7.3.5.4 (date); GB/T 15834—2011; GB/T 15835—2011.
A blank (`xuncha_docs.blank`) is written as itself, whatever it stands for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from xuncha_docs.blank import Blank

_DIGITS = "〇一二三四五六七八九"


def numeral(n: int | Blank) -> str:
    """Write 1 to 99 as 一 to 九十九.

    Raises:
        ValueError: for any other number; no paper counts teams or headings further.

    >>> numeral(12), numeral(20), numeral(99)
    ('十二', '二十', '九十九')
    """
    if isinstance(n, Blank):
        return n
    if not 1 <= n <= 99:
        raise ValueError(f"a Chinese ordinal goes from 1 to 99, not {n}")
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")


_NUMERALS = {numeral(n): n for n in range(1, 100)}


def read_numeral(text: str) -> int:
    """Read 一 to 九十九 back.

    Raises:
        ValueError: if it is no such numeral.
    """
    if text not in _NUMERALS:
        raise ValueError(f"{text!r} is no numeral from 一 to 九十九")
    return _NUMERALS[text]


def digits(n: int | str) -> str:
    """Write a year digit by digit: 二〇二五. The zero is U+3007, not a letter or a circle."""
    return n if isinstance(n, Blank) else "".join(_DIGITS[int(c)] for c in str(n))


def written_date(day: date | Blank) -> str:
    """Write a date as the papers do, `2025年7月1日`, never padded (GB/T 9704 7.3.5.4)."""
    return day if isinstance(day, Blank) else f"{day.year}年{day.month}月{day.day}日"


def written_time(moment: time | Blank) -> str:
    """Write a time of the 24-hour clock, `9:00`: the hour is not padded, the minute is."""
    return moment if isinstance(moment, Blank) else f"{moment.hour}:{moment.minute:02d}"


def written_moment(moment: date | datetime) -> str:
    """Write a date, with its time if it has one: `2025年7月1日18:00`."""
    clock = written_time(moment.time()) if isinstance(moment, datetime) else ""
    return written_date(moment) + clock


def written_span(start: date, end: date) -> str:
    """Write from one day to another; the year is said once if it is the same: `2025年7月1日至8月29日`."""
    tail = written_date(end)
    return f"{written_date(start)}至{tail.removeprefix(f'{start.year}年')}"


_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)")
_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)(?:[:：]00)?")


class NoSuchDay(ValueError):
    """A date is written as one, but the calendar has no such day."""


def read_date(text: str) -> date:
    """Read `2025-07-01`, `2025/7/1` or `2025年7月1日`.

    Raises:
        NoSuchDay: if the calendar has no such day.
        ValueError: if it is none of these.
    """
    match = _DATE.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is no date such as 2025-07-01 or 2025年7月1日")
    try:
        return date(*(int(g) for g in match.groups() if g is not None))
    except ValueError as error:
        raise NoSuchDay(f"{text!r} is no day of the calendar") from error


def read_time(text: str) -> time:
    """Read `8:30`, `08:30` or `8：30` of the 24-hour clock.

    Raises:
        ValueError: if it is no such time.
    """
    match = _TIME.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is no time such as 8:30 or 17:30")
    return time(int(match[1]), int(match[2]))


def read_moment(text: str) -> date | datetime:
    """Read a date, or a date and a time with a blank, a `T` or nothing (after 日) between them.

    Raises:
        ValueError: if it is neither.
    """
    match = re.fullmatch(r"(.*?\d日?)(?:[ T]+|(?<=日))(\d{1,2}[:：]\d{2})(?::00)?", text.strip())
    if not match:
        return read_date(text)
    return datetime.combine(read_date(match[1]), read_time(match[2]))


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A 发文字号: the issuer's code, the year, the number in that year (GB/T 9704 7.2.5).

    >>> str(DocumentNumber.read("临委巡办〔2025〕7号"))
    '临委巡办〔2025〕7号'
    """

    code: str
    year: int
    serial: int

    @classmethod
    def read(cls, text: str) -> DocumentNumber:
        """Read a number as it is written.

        Raises:
            ValueError: saying in Chinese, for whoever typed it, what is wrong: brackets, a padded number, a short
                year, 第, blanks.
        """
        for pattern, fault in _NUMBER_FAULTS:
            if re.search(pattern, text):
                raise ValueError(fault)
        match = _NUMBER.fullmatch(text)
        if not match:
            raise ValueError("应写成“X委巡办〔2025〕7号”的样子")
        return cls(match[1], int(match[2]), int(match[3]))

    def __str__(self) -> str:
        """Write it as GB/T 9704 says, `X委巡办〔2025〕7号`."""
        return f"{self.code}〔{self.year}〕{self.serial}号"


_NUMBER = re.compile(
    r"([\u3400-\u9fff·（）A-Za-z\d]*[\u3400-\u9fff·（）A-Za-z])〔((?:19|20)\d{2})〕([1-9]\d{0,5})号", re.A
)
_NUMBER_FAULTS = (
    (r"\s", "中间不能有空格"),
    (r"[\[［【(（]\s*\d{2,4}\s*[\]］】)）]", "年份要用六角括号〔〕"),
    (r"〔\d{1,3}〕", "年份要写四位"),
    (r"〕第", "序号前不加“第”"),
    (r"〕0", "序号不编虚位，1不写成01"),
    (r"[０-９]", "数字要用半角"),
)


def heading_number(level: int, n: int) -> str:
    """Write the number of the n-th heading of a level: 一、 （一） 1. （1） (GB/T 9704 7.3.3).

    Raises:
        ValueError: for a level other than 1 to 4, or n out of 1 to 99.
    """
    forms = {1: "{han}、", 2: "（{han}）", 3: "{n}.", 4: "（{n}）"}
    if level not in forms:
        raise ValueError(f"a paper has heading levels 1 to 4, not {level}")
    return forms[level].format(han=numeral(n), n=n)


def listed(items: Iterable[str], last: str = "和") -> str:
    """Join words as a sentence does: `来信、来电和来访`. Without items it is empty."""
    *head, tail = list(items) or [""]
    return f"{'、'.join(head)}{last}{tail}" if head else tail


def width(text: str) -> float:
    """Return how many characters wide a line is: a wide or ambiguous character is 1, any other ½, a mark on top 0."""
    return sum(_char_width(c) for c in str(text))


def _char_width(char: str) -> float:
    if unicodedata.combining(char):
        return 0
    # “ ” — … are "ambiguous": in the official fonts they are full width.
    return 1 if unicodedata.east_asian_width(char) in "WFA" else 0.5

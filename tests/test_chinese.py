"""How papers write numbers, dates, document numbers, headings and lists."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_docs import chinese
from xuncha_docs.chinese import DocumentNumber

days = st.dates(date(1949, 10, 1), date(2099, 12, 31))


@given(st.integers(1, 99))
def test_a_numeral_read_back_is_the_number(n: int) -> None:
    assert chinese.read_numeral(chinese.numeral(n)) == n


@pytest.mark.parametrize(
    ("n", "text"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_numerals(n: int, text: str) -> None:
    assert chinese.numeral(n) == text


@pytest.mark.parametrize("n", [0, 100, -1])
def test_no_numeral_beyond_ninety_nine(n: int) -> None:
    with pytest.raises(ValueError, match="1 to 99"):
        chinese.numeral(n)


@pytest.mark.parametrize("text", ["", "零", "一十", "百", "3", "十十"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="numeral"):
        chinese.read_numeral(text)


def test_the_zero_of_a_year_is_u3007() -> None:
    assert chinese.digits(2025) == "二〇二五"
    assert chinese.digits(2025)[1] == "\u3007"


@given(days)
def test_a_date_read_back_is_the_date_and_is_never_padded(day: date) -> None:
    text = chinese.written_date(day)
    assert chinese.read_date(text) == chinese.read_date(day.isoformat()) == day
    assert "年0" not in text
    assert "月0" not in text


@given(st.datetimes(datetime(1949, 10, 1), datetime(2099, 12, 31)))
def test_a_moment_read_back_is_the_moment(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    assert chinese.read_moment(chinese.written_moment(moment)) == moment
    assert chinese.read_moment(moment.isoformat(sep=" ")) == moment
    assert chinese.read_moment(chinese.written_date(moment)) == moment.date()


@pytest.mark.parametrize(
    "text", ["2025-7-32", "2025-02-30", "0000-00-00", "20250701", "25年7月1日", "2025.7.1", "七月一日"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|day|month|year"):
        chinese.read_date(text)


@pytest.mark.parametrize("text", ["24:00", "12时", "8:3", "8点", "25:00", "12:60"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="time"):
        chinese.read_time(text)


def test_a_time_keeps_the_minute_padded() -> None:
    assert chinese.written_time(time(9, 5)) == "9:05"


def test_a_span_says_the_year_once() -> None:
    assert chinese.written_span(date(2025, 7, 1), date(2025, 8, 29)) == "2025年7月1日至8月29日"
    assert chinese.written_span(date(2025, 12, 1), date(2026, 1, 9)) == "2025年12月1日至2026年1月9日"


@given(
    st.sampled_from(["临委巡办", "X委巡办", "临委巡三组立改", "党巡发"]), st.integers(1950, 2099), st.integers(1, 9999)
)
def test_a_document_number_read_back_is_the_number(code: str, year: int, serial: int) -> None:
    number = DocumentNumber(code, year, serial)
    assert str(number) == f"{code}〔{year}〕{serial}号"
    assert DocumentNumber.read(str(number)) == number


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("党巡发[2025]1号", "六角括号"),
        ("党巡发【2025】1号", "六角括号"),
        ("党巡发（2025）12号", "六角括号"),
        ("党巡发〔2025〕第1号", "不加“第”"),
        ("党巡发〔2025〕07号", "虚位"),
        ("党巡发〔25〕1号", "四位"),
        ("党巡发〔2025〕 1号", "空格"),
        ("党巡发〔2025〕１号", "半角"),
        ("〔2025〕1号", "样子"),
        ("党巡发2025-1", "样子"),
        ("", "样子"),
    ],
)
def test_a_wrong_document_number_is_told_what_is_wrong(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        DocumentNumber.read(text)


def test_headings_of_four_levels() -> None:
    assert [chinese.heading_number(level, 2) for level in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]
    with pytest.raises(ValueError, match="levels 1 to 4"):
        chinese.heading_number(5, 1)


def test_lists() -> None:
    assert [chinese.listed(x) for x in ([], ["来信"], ["来信", "来电"], ["来信", "来电", "来访"])] == [
        "",
        "来信",
        "来信和来电",
        "来信、来电和来访",
    ]


def test_width_counts_a_digit_as_half() -> None:
    assert chinese.width("2025年3月24日") == 6.5
    assert chinese.width("“三步曲”") == 5

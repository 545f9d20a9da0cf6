"""The calendar, the register of rules, findings and reports."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuncha_docs import CalendarError, UnknownLaw, XunchaError, errors, legal
from xuncha_docs.findings import NotChecked, Place, Report, Rule, Severity, Strength
from xuncha_docs.workdays import national

covered = st.dates(date(2010, 1, 1), date(2026, 10, 1))


def test_a_make_up_sunday_is_worked_and_a_festival_monday_is_not() -> None:
    calendar = national()
    assert calendar.is_workday(date(2025, 4, 27))  # made up for the 1 May holiday
    assert not calendar.is_workday(date(2025, 5, 25))
    assert not calendar.is_workday(date(2025, 5, 5))


@given(covered, st.integers(0, 60))
def test_adding_working_days_lands_on_one_and_counts_back(day: date, n: int) -> None:
    calendar = national()
    end = calendar.add(day, n)
    assert calendar.count(day + timedelta(1), end) == n
    assert n == 0 or calendar.is_workday(end)


def test_beyond_its_years_the_calendar_raises() -> None:
    last = max(national().years)
    with pytest.raises(CalendarError, match=f"{last + 1}-01-04.*政策口径"):
        national().is_workday(date(last + 1, 1, 4))
    with pytest.raises(LookupError):
        national().add(date(last, 12, 30), 5)


def test_an_office_lays_its_own_days_over_the_calendar() -> None:
    last = max(national().years)
    calendar = national().with_days(off=[date(last + 1, 1, 1)], on=[date(2025, 5, 25)])
    assert calendar.is_workday(date(2025, 5, 25))
    with pytest.raises(CalendarError):  # a day alone does not cover its year
        calendar.is_workday(date(last + 1, 1, 1))
    covering = calendar.with_days(years=[last + 1])
    assert not covering.is_workday(date(last + 1, 1, 1))


def test_working_days_are_counted_forwards_only() -> None:
    with pytest.raises(ValueError, match="forwards"):
        national().add(date(2025, 1, 2), -1)


def test_only_confirmed_rules_are_offered_as_defaults() -> None:
    assert [law.title for law in legal.defaults()] == ["中国共产党党内监督条例", "中国共产党巡视工作条例"]
    assert all(law.verified for law in legal.defaults())
    assert any(not law.verified for law in legal.LAWS)


def test_every_rule_says_where_it_was_read_and_when() -> None:
    for law in legal.LAWS:
        assert law.source
        assert law.checked.year >= 2025
        assert law.issuer
        assert legal.find(str(law)) is legal.find(law.title) is law


def test_a_rule_that_is_not_registered_is_unknown() -> None:
    with pytest.raises(UnknownLaw, match="register"):
        legal.find("巡视工作条例（青海）")


RULE = Rule("TST101", "made-up-rule", Severity.WARNING, clause="GB/T 9704—2012 7.3.1", strength=Strength.GENERAL)


def test_a_report_as_json_leaves_out_what_is_absent() -> None:
    finding = RULE.at(Place(file="a.docx", paragraph=3, snippet="巡查"), "应作“巡察”。", "改为“巡察”。")
    report = Report((finding,), (NotChecked("版面", "没有 LibreOffice"),))
    assert json.loads(report.to_json()) == {
        "findings": [
            {
                "code": "TST101",
                "name": "made-up-rule",
                "severity": "warning",
                "message": "应作“巡察”。",
                "place": {"file": "a.docx", "paragraph": 3, "snippet": "巡查"},
                "cure": "改为“巡察”。",
                "clause": "GB/T 9704—2012 7.3.1",
                "strength": "一般",
            }
        ],
        "not_checked": [{"what": "版面", "why": "没有 LibreOffice"}],
    }


def test_a_report_as_text_is_a_line_for_each() -> None:
    place = Place(file="case.yaml", line=12, field="巡察组.组长")
    report = Report((RULE.at(place, "缺少此项。"),), (NotChecked("版面", "没有 LibreOffice"),))
    assert str(report).splitlines() == [
        "case.yaml:12: 巡察组.组长 警告〔TST101〕缺少此项。（依据：GB/T 9704—2012 7.3.1，一般）",
        "未检查：版面（没有 LibreOffice）",
    ]


def test_a_place_in_a_paper_is_said_from_the_outside_in() -> None:
    place = Place(file="a.docx", part="word/document.xml", table=1, row=2, cell=3, paragraph=4, page=5)
    assert str(place) == "a.docx: 正文 第5页 第1张表 第2行 第3格 第4段"


def test_a_report_knows_its_worst_finding_and_is_never_clean_with_a_check_not_made() -> None:
    info = Rule("TST102", "other", Severity.INFO).at(Place(), "")
    assert Report((info, RULE.at(Place(), ""))).worst is Severity.WARNING
    assert Report().worst is None
    assert Report().clean
    assert not Report(not_checked=(NotChecked("a", "b"),)).clean
    assert (Report((info,)) + Report((info,))).findings == (info, info)


def test_every_error_inherits_a_builtin_and_stands_in_the_tree() -> None:
    for name, error in vars(errors).items():
        if isinstance(error, type) and issubclass(error, XunchaError) and error is not XunchaError:
            assert issubclass(error, ValueError | LookupError | TypeError | RuntimeError), name
            assert name in str(errors.__doc__)

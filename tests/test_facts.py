"""How facts are judged: a case with all its documents, or a document alone; each doubt once, where it was typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.conftest import DEMO, EXAMPLES, every_kind
from tests.mutations import documents
from xuncha_docs import Announcement, Case, Document, Severity, check
from xuncha_docs.checks import facts
from xuncha_docs.findings import Report
from xuncha_docs.workdays import national


def case_file(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the demo case with some words changed."""
    text = DEMO.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "案卷.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def places(report: Report) -> list[tuple[str, int | None, str | None]]:
    """Return what is told above info, with line and field."""
    told = report.at_least(Severity.WARNING)
    return [(finding.code, finding.place.line, finding.place.field) for finding in told]


def test_the_demo_has_nothing_above_info() -> None:
    assert places(check(DEMO)) == places(check(Case.load(DEMO))) == []
    assert check(DEMO).not_checked == ()


@every_kind
def test_no_example_has_anything_above_info(kind: type[Document]) -> None:
    assert places(check(EXAMPLES / f"{kind.kind}.yaml")) == []


@every_kind
def test_documents_with_facts_left_out_are_judged(kind: type[Document]) -> None:
    for document in documents(kind):
        assert facts.judge(document).at_least(Severity.ERROR) == ()


def test_a_fact_of_the_case_is_told_once_where_it_was_typed(tmp_path: Path) -> None:
    path = case_file(tmp_path, ("受理截止: 2025-08-22", "受理截止: 2025-08-23"))
    line = path.read_text(encoding="utf-8").splitlines().index("  受理截止: 2025-08-23") + 1
    assert places(check(path)) == [("FCT105", line, "驻点时间.受理截止（stay.complaints_close）")]
    assert {finding.place.file for finding in check(path).findings} == {str(path)}
    assert places(check(Case.load(path))) == places(check(path))


def test_a_fact_of_a_section_is_told_there(tmp_path: Path) -> None:
    path = case_file(tmp_path, ("  巡察公告: {}", "  巡察公告:\n    发布日期: 2025-07-05"))
    line = path.read_text(encoding="utf-8").splitlines().index("    发布日期: 2025-07-05") + 1
    assert places(check(path)) == [("FCT402", line, "文书.巡察公告.发布日期（posted）")]


def test_a_case_made_in_python_is_judged_without_lines(demo: Case) -> None:
    made = Case(**{name: getattr(demo, name) for name in Case.model_fields if name != "papers"})
    late = made.model_copy(update={"stay": made.stay.model_copy(update={"complaints_close": date(2025, 8, 29)})})
    (finding,) = check(late).findings
    assert (finding.code, finding.place.file, finding.place.line) == ("FCT103", "案卷", None)


def test_a_document_made_in_python_is_called_by_its_kind(demo: Case) -> None:
    notice = Announcement.from_case(demo, signed=date(2025, 7, 2))
    (finding,) = check(notice).findings
    assert str(finding.place) == "巡察公告: 成文日期（signed）"


def test_a_day_beyond_the_calendar_is_not_checked_and_never_guessed(tmp_path: Path) -> None:
    last = max(national().years)
    path = case_file(tmp_path, ("2025", str(last + 1)))
    report = check(path)
    assert places(report) == []
    (left,) = report.not_checked
    assert f"{last + 1}年" in left.what


def test_an_office_may_bring_the_year_itself(tmp_path: Path) -> None:
    year = max(national().years) + 1
    days = f"政策口径: {{工作日历: {{覆盖年度: [{year}], 放假: [{year}-07-01]}}}}\n"
    path = case_file(tmp_path, ("2025", str(year)))
    path.write_text(path.read_text(encoding="utf-8") + days, encoding="utf-8")
    report = check(path)
    assert report.not_checked == ()
    assert "FCT101" in {finding.code for finding in report.findings}


def test_years_in_a_row_are_told_from_first_to_last() -> None:
    assert facts._written({2031, 2001, 2030, 2029}) == "2001年、2029年至2031年"


def test_a_faulty_section_is_told_beside_what_is_doubtful_in_the_case(demo: Case) -> None:
    data = demo.model_copy(
        update={
            "papers": {"巡察公告": {"成文日期": "七月"}},
            "stay": demo.stay.model_copy(update={"complaints_close": date(2025, 8, 29)}),
        }
    )
    assert {finding.code for finding in check(data).findings} == {"INP104", "FCT103"}


def test_findings_of_facts_can_be_ignored_with_a_reason(tmp_path: Path) -> None:
    path = case_file(tmp_path, ("受理截止: 2025-08-22", "受理截止: 2025-08-23"))
    settings = '[[ignore]]\nfile = "*.yaml"\ncodes = ["FCT105"]\nreason = "县委定的"\n'
    (tmp_path / "xuncha.toml").write_text(settings, encoding="utf-8")
    report = check(path)
    assert places(report) == []
    assert [one.reason for one in report.ignored] == ["县委定的"]


@pytest.mark.parametrize("days", ["每天 8:00-20:00", "每天 0:00-23:59"])
def test_whole_days_are_no_odd_hours(days: str, tmp_path: Path) -> None:
    path = case_file(tmp_path, ("接听时间: 工作日 8:30-12:00，14:30-18:00", f"接听时间: {days}"))
    assert places(check(path)) == []


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("中共临江县卫生健康委员会党组", "县卫健委党组"),
        ("中共临江县青石镇委员会", "青石镇党委"),
        ("中共临江县经济开发区工作委员会", "开发区党工委"),
        ("中共临江县第一中学总支部委员会", "县一中总支"),
        ("中国人民政治协商会议临江县委员会党组", "县政协党组"),
    ],
)
def test_a_short_name_may_leave_out_what_it_likes(name: str, short: str, tmp_path: Path) -> None:
    path = case_file(tmp_path, ("中共临江县水利局党组", name), ("简称: 县水利局党组", f"简称: {short}"))
    assert "FCT302" not in {finding.code for finding in check(path).findings}

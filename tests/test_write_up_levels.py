"""How far a write-up goes out decides what its paper may say: names that the case knows are covered beyond the team."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import DEMO
from tests.test_models import changed
from xuncha_docs import Case, ExperienceReport, InputError, Severity, check, render
from xuncha_docs.inputs import read
from xuncha_docs.kinds.experience_report import Scope, Subtype

CLEARED = {"审定人": "县委巡察办", "日期": "2025-09-10"}
TOLD = (
    "7月15日，我和李某某同志到县水利局，周某某书记在中共临江县水利局党组会议室等我们。",
    "我在第三巡察组，跟着张某某组长去了青石水库管理所；水利局的门口没有监控。",
    "7月3日至7月9日，赵某某和王某某核对了台账。",
)


def write_up(scope: str, *paragraphs: str, case: Case | None = None, **more: Any) -> ExperienceReport:
    case = case or Case.load(DEMO)
    sections = [{"小标题": "甲", "段落": list(paragraphs or TOLD)}]
    return ExperienceReport.from_case(case, 发表范围=scope, 审定=CLEARED, 正文=sections, **more)


def body(report: ExperienceReport) -> str:
    return "\n".join(report.parts[0].paragraphs)


def test_within_the_team_a_write_up_is_printed_as_it_is() -> None:
    report = write_up("内部交流")
    assert report.parts[0].paragraphs == TOLD
    plain = render(report.model_copy(update={"covers": ()}))
    assert plain.text == render(report).text


def test_in_the_system_names_are_covered_and_the_team_stays() -> None:
    assert body(write_up("系统内")).splitlines() == [
        "7月15日，我和某同志到某局，某书记在某局党组会议室等我们。",
        "我在第三巡察组，跟着某组长去了某地；某局的门口没有监控。",
        "7月3日至7月9日，某同志和王某某核对了台账。",
    ]


def test_in_public_the_team_and_the_days_are_covered_too() -> None:
    assert body(write_up("公开")).splitlines() == [
        "7月的一天，我和某同志到某局，某书记在某局党组会议室等我们。",
        "我在某巡察组，跟着某组长去了某地；某局的门口没有监控。",
        "7月间，某同志和王某某核对了台账。",
    ]


def test_the_writer_and_the_writer_s_unit_are_named() -> None:
    report = write_up("公开", "我是王某某，来自临江县审计局。")
    assert body(report) == "我是王某某，来自临江县审计局。"
    assert report.byline in render(report).text


def test_titles_quotations_and_editors_are_covered_too() -> None:
    quotation = {"原文": "县水利局要改。", "出处": "张某某在会上的讲话", "日期": "2025-07-04"}
    section = {"小标题": "在县水利局", "段落": "我到了。", "引文": [quotation]}
    report = ExperienceReport.from_case(
        Case.load(DEMO),
        发表范围="公开",
        审定=CLEARED,
        标题="县水利局\n的夏天",
        副标题="记第三巡察组",
        审核="李某某",
        编辑="杨某某",
        正文=[section],
    )
    text = render(report).text
    assert "某局\n的夏天" in text
    assert "——记某巡察组" in text
    assert "一、在某局" in text
    assert "“某局要改。”（某同志在会上的讲话，2025年7月的一天）" in text
    assert "编辑：杨某某" in text
    assert "李某某" not in text


def test_what_a_section_covers_wins_over_what_the_case_knows() -> None:
    report = write_up(
        "系统内",
        "县水利局在青石镇。",
        换名=[{"名称": "县水利局", "换成": "一个部门"}, {"名称": "青石镇", "换成": "某镇"}],
    )
    assert body(report) == "一个部门在某镇。"


def test_a_name_with_blanks_or_breaks_within_is_a_name() -> None:
    assert body(write_up("公开", "我到县 水 利局找李 某某。")) == "我到某局找某同志。"


def test_what_is_public_must_be_cleared() -> None:
    with pytest.raises(InputError, match="未经审定不得公开"):
        ExperienceReport.from_case(Case.load(DEMO), 发表范围="公开")


def test_what_cannot_be_covered_is_an_error_in_public_and_a_warning_within() -> None:
    told = "我们发现问题37个，值班电话0600-8000001响个不停。"
    for scope, severity in (("公开", Severity.ERROR), ("内部交流", Severity.WARNING)):
        found = {f.code: f.severity for f in check(write_up(scope, told)).findings}
        assert found["FCT717"] == found["FCT718"] == severity


def test_a_public_write_up_that_repeats_a_problem_of_the_case_is_refused() -> None:
    with pytest.raises(InputError, match="立行立改事项"):
        write_up("公开", "我看到汛期隐患排查和值班制度落实不到位。")
    assert "汛期隐患" in body(write_up("系统内", "我看到汛期隐患排查和值班制度落实不到位。"))


def test_names_are_no_findings_where_they_are_covered() -> None:
    case = Case.model_validate(
        read(DEMO).data | {"文书": {"心得体会": read(DEMO).data["文书"]["心得体会"] | {"审定": CLEARED}}}
    )
    section: dict[str, Any] = dict(case.papers["心得体会"])
    section["正文"] = [{"小标题": "甲", "段落": list(TOLD)}]
    codes = {}
    for scope in Scope:
        made = case.model_copy(update={"papers": {"心得体会": section | {"发表范围": scope}}})
        codes[scope] = {f.code for f in check(made).findings} & {"FCT715", "FCT716", "FCT720"}
    assert codes == {Scope.TEAM: {"FCT715", "FCT716", "FCT720"}, Scope.SYSTEM: {"FCT720"}, Scope.PUBLIC: set()}


NAMES = st.text(alphabet="甲乙丙某同志局县水利组的一天×", min_size=2, max_size=40).filter(
    lambda name: name.strip() == name
)
TEXTS = st.lists(
    st.sampled_from(["UNIT", "SHORT", "PLACE", "LEADER", "LIAISON", "某", "局", "同志", "在", "组长", "×"]), min_size=1
)


@given(unit=NAMES, short=NAMES, place=NAMES, leader=NAMES, pieces=TEXTS)
def test_no_name_that_the_case_knows_is_in_a_public_write_up(
    unit: str, short: str, place: str, leader: str, pieces: list[str]
) -> None:
    data = changed(read(DEMO).data, "被巡察单位.0.名称", unit)
    data = changed(changed(data, "被巡察单位.0.简称", short), "立行立改事项.0.发现.地点", place)
    case = Case.model_validate(changed(data, "巡察组.组长", f"{leader}甲"))
    known = {"UNIT": unit, "SHORT": short, "PLACE": place, "LEADER": f"{leader}甲", "LIAISON": "王某某"}
    report = write_up("公开", "我" + "".join(known.get(piece, piece) for piece in pieces), case=case)
    printed = re.sub(r"\s", "", body(report))
    own = (report.writer.name, report.writer.unit or "")
    for name in own:
        printed = printed.replace(name, "")
    hidden = {cover.name for cover in report.covers} - set(own)
    assert not [name for name in hidden if name in printed]


@pytest.mark.parametrize("subtype", list(Subtype))
def test_each_subtype_has_its_frame(subtype: Subtype) -> None:
    report = ExperienceReport.from_case(Case.load(DEMO), 体裁=subtype)
    text = render(report).text
    assert ("一、准备曲" in text) == (subtype is not Subtype.NOTES)
    assert report.writer.name == ("县委巡察办" if subtype is Subtype.PRACTICE else "王某某")
    assert check(render(report)).at_least(Severity.WARNING) == ()

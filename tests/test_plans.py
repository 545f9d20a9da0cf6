"""The plans of a year and of a round: what is refused, what they take from the case, how their titles break."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.conftest import DEMO, document_of, example_data
from tests.test_models import changed
from xuncha_docs import Case, InputError, Severity, WorkPlan, check, chinese, kinds, render
from xuncha_docs.inputs import read
from xuncha_docs.kinds.annual_plan import AnnualPlan
from xuncha_docs.kinds.round_plan import RoundPlan
from xuncha_docs.plans import LONGEST_LINE, FieldPlan, title_lines

TEAM_4 = {"序号": 4, "被巡察单位": "中共临江县教育局党组"}


@pytest.mark.parametrize(
    ("kind", "path", "value", "said"),
    [
        ("round_plan", "各组.1.序号", "3", "第三巡察组写了两次"),
        ("round_plan", "各组.1.被巡察单位", ["中共临江县水利局党组"], "一个单位只能分给一个组"),
        ("round_plan", "各组.1.联络员", "王某某", "一人只能在一个组任一职"),
        ("round_plan", "各组.1.被巡察单位", ["中共临江县林业局党组"], "一拖二"),
        ("round_plan", "单位数", "5", "单位数（declared_units）"),
        ("round_plan", "各组", [], "at least 1 item"),
        ("round_plan", "成文日期", "2025-07-02", "成文日期（signed）"),
        ("round_plan", "各组.1.驻点时间.进驻日期", "2025-06-10", "第四巡察组的进驻日期"),
        ("round_plan", "授权日期", "2025-07-02", "授权日期（authorised）"),
        ("round_plan", "工作步骤.1.开始日期", "2025-06-30", "不能重叠"),
        ("annual_plan", "轮次安排.0.开始日期", "2024-03-10", "不在2025年"),
        ("annual_plan", "轮次安排.1.开始日期", "2025-03-01", "请按先后填写"),
        ("annual_plan", "轮次安排.1.轮次", "7", "第七轮写了两次"),
        ("annual_plan", "轮次安排.1.单位", ["中共临江县教育局党组", "中共临江县财政局党组"], "一年只安排一次"),
        ("annual_plan", "轮次安排.0.一拖几", "3", "一拖几（units_per_team）"),
        ("annual_plan", "轮次安排.1.组数", "5", "组数（groups）"),
        ("annual_plan", "覆盖.应巡察党组织数", "67", "覆盖（coverage）"),
        ("annual_plan", "覆盖.应巡察党组织数", "57", "已巡察党组织数（done）"),
        ("annual_plan", "成文日期", "2025-12-30", "成文日期（signed）"),
    ],
)
def test_an_impossible_plan_is_refused(kind: str, path: str, value: Any, said: str) -> None:
    model = kinds.find(kind)
    with pytest.raises(ValidationError) as error:
        model.model_validate(changed(example_data(model), path, value))
    assert said in str(error.value)


def test_a_unit_may_be_looked_back_at_in_the_year_of_its_inspection() -> None:
    plan = document_of(AnnualPlan)
    assert isinstance(plan, AnnualPlan)
    assert plan.rounds[0].units[0] == plan.rounds[2].units[0]
    assert plan.newly == 10
    assert plan.coverage_written.endswith("累计巡察68个，覆盖率为70.8%")


def from_demo(**said: Any) -> RoundPlan:
    given = {
        "总体要求": "突出重点。",
        "监督重点": "聚焦责任",
        "工作方式": "个别谈话",
        "成文日期": "2025-06-20",
        "工作步骤": [
            {"名称": "驻点", "开始日期": "2025-07-01", "结束日期": "2025-08-29", "任务": "开展了解。"},
        ],
    }
    case = Case.load(DEMO)
    alone = case.model_copy(update={"papers": {key: one for key, one in case.papers.items() if key != RoundPlan.label}})
    return RoundPlan.from_case(alone, **(given | said))


def test_the_plan_of_a_round_has_at_least_the_team_of_the_case(demo: Case) -> None:
    plan = from_demo()
    (team,) = plan.teams
    assert team.ordinal == demo.team.ordinal
    assert team.leader == demo.team.leader
    assert [unit.name for unit in team.units] == [unit.name for unit in demo.units]
    assert plan.plain_title == "十四届县委第八轮巡察工作方案"
    assert plan.stay == demo.stay


def test_every_unit_of_a_round_is_listed_once_with_its_team() -> None:
    plan = from_demo(各组=[TEAM_4, {"序号": 3, "被巡察单位": [f"中共临江县第{n}局党组" for n in range(1, 21)]}])
    assert len(plan.rows) == plan.unit_count == 21
    assert render(plan).text.count("第三巡察组") == 20 + 1
    assert check(render(plan)).at_least(Severity.WARNING) == ()


def test_a_team_that_stays_at_another_time_is_named() -> None:
    own = {"序号": 3, "被巡察单位": "中共临江县水利局党组"}
    other = TEAM_4 | {"驻点时间": {"进驻日期": "2025-07-08", "撤离日期": "2025-08-29"}}
    assert from_demo(各组=[own, other]).stays_written.endswith("；其中第四巡察组驻点时间为2025年7月8日至8月29日")


def test_the_plan_of_a_year_takes_committee_and_year_from_the_case(demo: Case) -> None:
    rounds = {"开始日期": "2025-07-01", "结束日期": "2025-08-29", "轮次": 8, "组数": 1, "单位": demo.units[0].name}
    plan = AnnualPlan.from_case(
        demo, 总体要求="推进全覆盖。", 监督重点="聚焦责任", 轮次安排=rounds, 工作要求="照办。", 成文日期="2025-02-18"
    )
    assert plan.plain_title == "县委2025年度巡察工作计划"
    assert plan.amount == "2025年安排1轮巡察，共巡察1个党组织"


def test_a_case_without_year_does_not_invent_one() -> None:
    case = Case.model_validate(changed(read(DEMO).data, "巡察轮次.年度", ...))
    with pytest.raises(InputError, match="计划年度（year）"):
        AnnualPlan.from_case(case)


def test_rules_of_phases_hold_for_every_plan_that_has_phases() -> None:
    gap = {"名称": "报告", "开始日期": "2025-09-08", "结束日期": "2025-09-26", "任务": "撰写报告。"}
    stay = {"名称": "驻点", "开始日期": "2025-07-01", "结束日期": "2025-08-29", "任务": "开展了解。"}
    plan = from_demo(工作步骤=[stay, gap], 授权日期="2025-06-25")
    assert isinstance(plan, FieldPlan)
    codes = {finding.code for finding in check(plan).findings}
    assert {"FCT501", "FCT513"} <= codes


def test_the_plan_of_a_team_is_still_the_same_paper(demo: Case) -> None:
    plan = WorkPlan.from_case(demo)
    assert render(plan).provenance.variant == ""  # type: ignore[union-attr]
    assert "发文机关标志" not in render(plan).html


@given(st.lists(st.text(alphabet="甲乙丙丁", min_size=1, max_size=22), min_size=1, max_size=6))
def test_a_title_breaks_between_its_pieces_alone(pieces: list[str]) -> None:
    lines = title_lines(pieces)
    assert "".join(lines) == "".join(pieces)
    for line in lines:
        assert chinese.width(line) <= LONGEST_LINE or any(len(piece) > LONGEST_LINE for piece in pieces)


@pytest.mark.parametrize("length", [2, 40])
def test_names_of_any_length_give_a_paper(length: int) -> None:
    data = changed(read(DEMO).data, "被巡察单位.0.名称", "中共" + "长" * length)
    data = changed(data, "被巡察单位.0.简称", ...)
    case = Case.model_validate(data)
    paper = render(WorkPlan.from_case(case, 版头="临委巡办发〔2025〕7号"))
    assert "长" * length in paper.text.replace("\n", "")

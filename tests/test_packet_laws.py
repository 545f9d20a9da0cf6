"""What holds for the packet of any case: no contradiction, nothing lost, whatever the names and dates are."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.conftest import DEMO
from tests.test_pages import LONG_NAME
from xuncha_docs import Case, InputError, Severity, kinds, render
from xuncha_docs.checks import papers
from xuncha_docs.checks.packet import Sayer, agree
from xuncha_docs.inputs import Source, read
from xuncha_docs.packets import packet
from xuncha_docs.packets.asked import asked

NAMES = st.text("临江青石白水东西南北中山城关河口平安和顺", min_size=1, max_size=38)
LIAISON = {"姓名": "王某某", "电话": "0600-8000003"}
DAYS = st.dates(date(2019, 1, 2), date(2026, 9, 30))


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """A case as somebody may write it, of any level, with any number of units and matters."""
    start = draw(DAYS)
    end = start + timedelta(days=draw(st.integers(10, 90)))
    units = draw(st.lists(NAMES, min_size=1, max_size=20, unique=True))
    level = draw(st.sampled_from(["市", "县", "国企集团", "国企子公司", "高校"]))
    matters = draw(st.integers(0, 3))
    return {
        "巡察轮次": {"级别": level, "党委": draw(NAMES) + "县", "届次": 14, "轮次": draw(st.integers(1, 20))},
        "巡察组": {"序号": draw(st.integers(1, 30)), "组长": "张某某", "联络员": LIAISON},
        "被巡察单位": [{"名称": f"中共{name}党组"} for name in units],
        "驻点时间": {"进驻日期": start, "撤离日期": end, "受理截止": end - timedelta(days=draw(st.integers(0, 7)))},
        "反映渠道": {"值班电话": ["0600-8000001"], "电子邮箱": "xuncha@linjiang.example"},
        "立行立改事项": [
            {
                "编号": f"临委巡组立改〔{start.year}〕{n + 1}号",
                "主送": f"中共{units[0]}党组",
                "发现": {"日期": start + timedelta(days=n), "方式": "下沉走访"},
                "问题": f"第{n + 1}处水渠堵塞",
                "整改要求": ["立即清理"],
                "责任人": "党组书记",
                "整改时限": start + timedelta(days=n + 7),
            }
            for n in range(matters)
        ],
    }


def made(data: dict[str, Any]) -> Case:
    """Make the case; one that the models refuse is not our matter here."""
    try:
        return Case.from_source(Source("case.yaml", data))
    except InputError:
        assume(False)
        raise


@given(cases())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_case_that_the_models_accept_gives_documents_without_contradiction(data: dict[str, Any]) -> None:
    case = made(data)
    documents, left = asked(case)
    sayers = [Sayer(name=one.name, thing=one.document) for one in documents]
    assert not agree([Sayer(name="案卷", thing=case), *sayers]).findings
    wanted = {kind.label for kind in kinds.every().values() if kind.cycle != "100" and kind.implied(case)}
    assert {one.document.label for one in documents} | {one.label for one in left} == wanted


@given(cases())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_papers_of_any_case_are_laid_out_as_they_should_be(data: dict[str, Any]) -> None:
    for one in packet(made(data)).papers:
        report = papers.judge(papers.examined(one.paper.content, one.file))
        assert not [f for f in report.at_least(Severity.WARNING) if f.code.startswith("GBT")], str(report)


def with_facts(**facts: Any) -> Case:
    return Case.from_source(Source("demo.yaml", copy.deepcopy(read(DEMO).data) | facts))


ONE = [{"名称": "中共临江县水利局党组"}]
CASES: dict[str, dict[str, Any]] = {
    "one-unit": {"被巡察单位": ONE},
    "twenty-units": {
        "被巡察单位": [*ONE, *({"名称": f"中共临江县第{n}局党组"} for n in range(2, 21))],
        "立行立改事项": [read(DEMO).data["立行立改事项"][0] | {"主送": ONE[0]["名称"]}],
        "文书": {},
    },
    "short-names": {"被巡察单位": [{"名称": "水局"}], "文书": {}},
    "long-names": {"被巡察单位": [{"名称": LONG_NAME}], "文书": {}},
    "spring-festival": {
        "驻点时间": {"进驻日期": "2026-01-12", "撤离日期": "2026-03-20", "受理截止": "2026-03-13"},
        "立行立改事项": [],
        "文书": {},
    },
}


@pytest.mark.parametrize("name", CASES)
def test_a_case_of_any_size_gives_a_whole_packet(name: str) -> None:
    made = packet(with_facts(**CASES[name]))
    assert made.papers
    grave = [f for f in made.report.at_least(Severity.ERROR) if not f.code.startswith("FCT")]
    assert not grave, made.report


@pytest.mark.needs("office")
@pytest.mark.parametrize("name", ["twenty-units", "long-names"])
def test_the_pages_of_an_extreme_case_are_as_they_should_be(name: str) -> None:
    report = packet(with_facts(**CASES[name]), pdf=True).report
    assert not [f for f in report.at_least(Severity.WARNING) if f.code.startswith(("PDF", "GBT"))], str(report)


def test_a_stay_over_the_spring_festival_is_reckoned_by_the_state_council(capfd: pytest.CaptureFixture[str]) -> None:
    stay = {"进驻日期": "2026-02-16", "撤离日期": "2026-04-10", "受理截止": "2026-04-03"}
    found = packet(with_facts(驻点时间=stay, 立行立改事项=[], 文书={})).report.findings
    assert any("进驻日期" in f.message and "2月16日" in f.message for f in found), found


def test_a_year_beyond_the_calendar_is_told_and_never_guessed() -> None:
    stay = {"进驻日期": "2031-03-03", "撤离日期": "2031-04-30", "受理截止": "2031-04-23"}
    report = packet(with_facts(驻点时间=stay, 立行立改事项=[], 文书={})).report
    assert any("2031年" in str(left) for left in report.not_checked)


def test_render_is_the_same_in_a_packet_and_alone() -> None:
    one = packet(with_facts()).papers[1]
    assert render(one.asked.document, variant=one.variant).content == one.paper.content

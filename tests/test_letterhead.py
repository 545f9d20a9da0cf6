"""The office and its letterhead: what is refused, what the office gives, and the paper that goes out as 公文."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tests.conftest import DEMO, document_of, example_data
from tests.test_models import changed
from xuncha_docs import (
    Announcement,
    Case,
    Document,
    InputError,
    RectificationNotice,
    Severity,
    WorkPlan,
    check,
    kinds,
    render,
)
from xuncha_docs.inputs import read
from xuncha_docs.kinds.annual_plan import AnnualPlan
from xuncha_docs.kinds.round_plan import RoundPlan
from xuncha_docs.letterhead import LONGEST_MARK, Genre, Letterhead, Office

PNG = Path(__file__).parent / "code.png"
NUMBER = "临委巡办发〔2025〕7号"
OFFICE = {
    "名称": "中共临江县委巡察工作领导小组办公室",
    "发文机关标志": "中共临江县委巡察办",
    "代字": ["临委巡办发", "临委巡办函"],
    "签发人": "高某某",
    "印章": str(PNG),
    "印发机关": "中共临江县委办公室",
    "抄送": ["县纪委监委机关", "县委组织部"],
}

plans = pytest.mark.parametrize("kind", [WorkPlan, RoundPlan, AnnualPlan])


@pytest.fixture
def office() -> Office:
    return Office.model_validate(OFFICE)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"文号": "临委巡办发〔2025〕07号"}, "虚位"),
        ({"文号": NUMBER, "发文机关标志": "长" * (LONGEST_MARK + 1)}, "规范化简称"),
        ({"文号": NUMBER, "份号": "12"}, "六位数字"),
        ({"文号": NUMBER, "密级": "秘密★1年"}, "份号（copy_number）"),
        ({"文号": NUMBER, "文种": "请示"}, "签发人（signer）"),
        ({"文号": NUMBER, "签发人": "高某某"}, "签发人"),
        ({"文号": NUMBER, "文种": "请示", "签发人": "高某某", "主送": ["县委", "县政府"]}, "主送（to）"),
        ({"文号": NUMBER, "文种": "方案"}, "通知"),
        ({"文号": NUMBER, "紧急程度": "急"}, "特急"),
        ({}, "Field required"),
    ],
)
def test_an_impossible_letterhead_is_refused(said: Any, told: str) -> None:
    with pytest.raises(ValidationError) as error:
        Letterhead.model_validate(said)
    assert told in str(error.value)


@plans
@pytest.mark.parametrize(
    ("field", "value", "told"),
    [("number", "临委发〔2024〕3号", "年份与成文日期"), ("printed_on", "2020-01-01", "印发日期（printed_on）")],
)
def test_number_and_printing_agree_with_the_date(kind: type[Document], field: str, value: str, told: str) -> None:
    data = example_data(kind)
    head = next(key for key in ("letterhead", "版头") if key in data)
    zh = {"number": "文号", "printed_on": "印发日期"}[field]
    with pytest.raises(ValidationError) as error:
        kind.model_validate(changed(data, f"{head}.{field if head == 'letterhead' else zh}", value))
    assert told in str(error.value)


def test_a_bare_number_is_a_letterhead(demo: Case) -> None:
    demo = demo.model_copy(update={"office": None})
    plan = WorkPlan.from_case(demo, 版头=NUMBER)
    assert plan.letterhead == Letterhead.model_validate({"文号": NUMBER})
    assert plan.printed_as == ("red_head",)
    assert WorkPlan.from_case(demo).printed_as == ("",)


def test_a_mark_that_nobody_gave_and_that_is_too_long_is_refused() -> None:
    data = {key: value for key, value in read(DEMO).data.items() if key != "机关"}
    long = Case.model_validate(changed(data, "巡察轮次.党委", "一二三四五六七八自治县"))
    with pytest.raises(InputError, match="规范化简称"):
        WorkPlan.from_case(long, 版头=NUMBER)
    given = {"文号": NUMBER, "发文机关标志": "县委巡察办"}
    assert WorkPlan.from_case(long, 版头=given).mark == "县委巡察办"


def test_the_office_gives_what_a_letterhead_does_not_say(demo: Case, office: Office) -> None:
    head = WorkPlan.from_case(demo.with_office(office), 版头=NUMBER).letterhead
    assert head is not None
    assert (head.issuer, head.mark, head.printed_by, head.cc) == (
        office.name,
        office.mark,
        office.printed_by,
        office.cc,
    )
    assert head.signer is None, "a 通知 names no 签发人"
    own = WorkPlan.from_case(demo.with_office(office), 版头={"文号": NUMBER, "抄送": "县委宣传部"}).letterhead
    assert own is not None
    assert own.cc == ("县委宣传部",)


@pytest.mark.parametrize("genre", ["请示", "报告", "request"])
def test_the_only_one_who_signs_is_named_on_what_goes_up(demo: Case, office: Office, genre: str) -> None:
    head = WorkPlan.from_case(demo.with_office(office), 版头={"文号": NUMBER, "文种": genre}).letterhead
    assert head is not None
    assert head.signer == "高某某"


def test_which_of_several_signs_is_for_the_section_to_say(demo: Case, office: Office) -> None:
    two = demo.with_office(office.model_copy(update={"signers": ("高某某", "何某某")}))
    with pytest.raises(InputError, match="签发人"):
        WorkPlan.from_case(two, 版头={"文号": NUMBER, "文种": "请示"})


def test_a_case_without_letterhead_is_not_given_one(demo: Case, office: Office) -> None:
    assert WorkPlan.from_case(demo.with_office(office)).letterhead is None


def test_a_seal_is_laid_only_where_the_office_signs_and_a_stamp_is_wanted(demo: Case, office: Office) -> None:
    case = demo.with_office(office)
    assert WorkPlan.from_case(case, 版头=NUMBER, 盖章=True).seal == office.seal
    assert WorkPlan.from_case(case, 版头=NUMBER).seal is None, "no stamp is wanted"
    assert WorkPlan.from_case(case, 盖章=True).seal is None, "the team signs"
    assert RectificationNotice.from_case(case, nth=1).seal is None, "the team signs"
    assert Announcement.from_case(case, 盖章=True).seal is None, "the team signs"
    assert Announcement.from_case(case, 盖章=True, 署名="巡察办").seal == office.seal
    assert RectificationNotice.from_case(case, nth=1, draft=True).seal is None, "a draft is not issued"
    assert WorkPlan.from_case(case, 版头=NUMBER, 盖章=True, draft=True).seal is None, "a draft is not issued"
    nameless = demo.with_office(office.model_copy(update={"name": None}))
    assert RectificationNotice.from_case(nameless, nth=1).seal == office.seal


def test_a_case_may_hold_its_office_and_a_fault_in_it_has_a_line(tmp_path: Path) -> None:
    file = tmp_path / "案卷.yaml"
    text = DEMO.read_text(encoding="utf-8")
    file.write_text(
        text.replace("  代字: [临委巡办发, 临委巡办函]\n", "  代字: 临委巡办发〔2025〕\n"), encoding="utf-8"
    )
    with pytest.raises(InputError) as error:
        Case.load(file)
    (finding,) = error.value.report.findings
    assert "机关代字" in finding.message
    assert finding.place.field == "机关.代字[1]（office.codes[1]）"
    assert finding.place.line


def test_an_office_has_a_file_of_its_own(tmp_path: Path, office: Office) -> None:
    file = tmp_path / "机关.json"
    file.write_text(json.dumps(OFFICE, ensure_ascii=False), encoding="utf-8")
    assert Office.load(file) == office
    file.write_text('{"发文机关标致": "县委"}', encoding="utf-8")
    with pytest.raises(InputError, match="发文机关标致"):
        Office.load(file)


def test_a_case_with_another_office_still_knows_its_file(demo: Case, office: Office) -> None:
    assert demo.with_office(office).source is demo.source
    assert demo.office != office


@plans
@pytest.mark.parametrize("genre", list(Genre))
def test_a_plan_goes_out_with_a_paper_that_is_a_sort_of_paper(kind: type[Document], genre: Genre) -> None:
    plan = headed(kind, genre)
    paper = render(plan)
    assert paper.provenance
    assert paper.provenance.variant == "red_head"
    lines = [line for line in paper.text.splitlines() if line]
    title = re.sub(r"\s", "", plan.issue_title)
    assert title.endswith(f"》的{genre}")
    assert title in re.sub(r"\s", "", paper.text)
    assert "附件1" in lines, "the plan itself"
    assert ("签发人" in paper.text) == genre.upward
    assert check(paper).at_least(Severity.WARNING) == ()


def headed(kind: type[Document], genre: Genre) -> Any:
    """Return a plan of a kind as it goes out by a 通知, a 请示 or a 报告."""
    head: Any = {"number": "临委巡办发〔2025〕7号", "genre": genre, "mark": "县委巡察办", "issuer": "县委巡察办"}
    if genre.upward:
        head |= {"signer": "高某某"}
    data = document_of(kind).model_dump()
    return kind.model_validate(data | {"letterhead": head, "title": "十四届县委巡察\n工作方案"})


@pytest.mark.needs("office")
@pytest.mark.parametrize(
    ("kind", "genre"),
    [(AnnualPlan, Genre.NOTICE), (RoundPlan, Genre.REQUEST), (WorkPlan, Genre.REPORT)],
)
def test_what_goes_out_passes_on_paper(kind: type[Document], genre: Genre) -> None:
    assert check(render(headed(kind, genre)), pdf=True).at_least(Severity.WARNING) == ()


@pytest.mark.needs("office")
def test_a_list_of_twenty_in_the_imprint_stays_on_the_page(demo: Case) -> None:
    office = Office.model_validate({"抄送": [f"临江县第{n}个名称很长的单位党组织" for n in range(1, 21)]})
    paper = render(WorkPlan.from_case(demo.with_office(office), 版头=NUMBER))
    assert check(paper, pdf=True).at_least(Severity.WARNING) == ()


def test_every_kind_that_has_a_letterhead_prints_it_in_a_variant() -> None:
    for kind in kinds.every().values():
        if "letterhead" in kind.model_fields:
            assert kind.variants["red_head"].profile == "gb9704"

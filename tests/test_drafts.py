"""Drafts: where a required fact is missing a blank stands, it is seen at once, and nothing of it is ever released."""

from __future__ import annotations

import copy
import pickle
import random
import re
from datetime import date
from pathlib import Path
from typing import Any, Self

import pytest
import yaml
from lxml import etree
from openxml_audit import OpenXmlValidator
from pydantic import ValidationError, model_validator

from tests.conftest import DEMO, document_of, every_form, every_kind, example_data
from xuncha_docs import Announcement, Case, Document, InputError, Template, WorkPlan, check, chinese, kinds, render
from xuncha_docs.blank import BLANK, Blank, answering, blanks_in
from xuncha_docs.case import Round, Stay, Team, TeamName
from xuncha_docs.cli import run
from xuncha_docs.document import registered
from xuncha_docs.drafts import draft_class, is_draft, missing, whole_class
from xuncha_docs.errors import DraftError
from xuncha_docs.fields import Channels, Line, Many
from xuncha_docs.findings import Severity
from xuncha_docs.inputs import Source, read
from xuncha_docs.model import Model, chinese_name, named, refuse
from xuncha_docs.rendering import find_template
from xuncha_docs.word.drafted import BANNER, as_draft
from xuncha_docs.word.package import Package
from xuncha_docs.word.provenance import Provenance
from xuncha_docs.word.styles import NAMESPACE

W = f"{{{NAMESPACE}}}"


def draft_of(kind: type[Document], data: dict[str, Any]) -> Document:
    return kind.from_source(Source("draft.yaml", data), draft=True)


def required(kind: type[Document]) -> list[str]:
    return [name for name, info in kind.model_fields.items() if info.is_required()]


def without(kind: type[Document], *names: str) -> dict[str, Any]:
    left_out = {spelling for name in names for spelling in (name, chinese_name(kind, name))}
    return {key: value for key, value in example_data(kind).items() if key not in left_out}


def trees(content: bytes) -> list[etree._Element]:
    package = Package.open(content)
    printed = [name for name in package.members if re.fullmatch(r"word/(?:document|header\w*|footer\w*)\.xml", name)]
    return [etree.fromstring(package.read(name)) for name in printed]


def text_of(element: etree._Element) -> str:
    return "".join(map(str, element.itertext(f"{W}t")))


def highlighted(run_: etree._Element) -> bool:
    found = run_.find(f"{W}rPr/{W}highlight")
    return found is not None and found.get(f"{W}val") == "yellow"


# --- blanks ----------------------------------------------------------------------------------------------------------


def test_a_blank_takes_the_place_of_a_value_of_any_type() -> None:
    blank = Blank("整改时限")
    assert f"{blank}" == f"{blank:%H:%M}" == str(blank) == "【待填：整改时限】"
    assert blank.year is blank.name is blank.姓名 is blank[0] is blank.phrase("x") is blank + 1 is 2 * blank is blank
    assert blank - date(2025, 7, 1) is date.today() - blank is (blank - blank).days is -blank is blank
    assert "时限" + blank + "。" == "时限【待填：整改时限】。"
    assert list(blank) == [blank]
    assert len(blank) == 1
    assert "、".join(blank) == blank
    other: Any = 3
    assert [blank < other, blank > other, blank == other, blank <= other, blank >= other] == [
        *(False, False, False),
        *(True, True),
    ]
    assert blank
    assert blanks_in(f"自{blank}至{Blank('撤离日期')}") == ("整改时限", "撤离日期")


def test_a_blank_has_no_private_names() -> None:
    with pytest.raises(AttributeError):
        _ = Blank("甲").__html__


def test_a_blank_may_be_copied_and_pickled() -> None:
    blank = Blank("联系人", {"phone": None})
    for one in (copy.deepcopy(blank), copy.copy(blank), pickle.loads(pickle.dumps(blank))):
        assert one == blank
        assert one.phone is None
        assert one.name == blank


def test_a_blank_is_written_as_itself_whatever_it_stands_for() -> None:
    blank: Any = Blank("甲")
    for write in (chinese.numeral, chinese.digits, chinese.written_date, chinese.written_time, chinese.written_moment):
        assert write(blank) == "【待填：甲】"
    assert chinese.written_span(blank, date(2025, 8, 29)) == "【待填：甲】至2025年8月29日"
    assert chinese.written_span(date(2025, 7, 1), blank) == "2025年7月1日至【待填：甲】"
    assert chinese.listed([blank, "乙"]) == "【待填：甲】和乙"
    assert chinese.width(blank) == 6


def test_what_nobody_knows_is_answered_by_turns() -> None:
    blank: Any = Blank("甲")
    with answering("10"):
        assert [blank < 3, blank == 3, bool(blank), 4 in blank] == [True, False, True, False]
    assert not blank < 3


# --- models ----------------------------------------------------------------------------------------------------------


def test_a_model_of_nothing_is_a_draft_that_says_what_is_missing() -> None:
    stay = draft_class(Stay).model_validate({"撤离日期": "2025-08-29"})
    assert stay.phrase == "自【待填：进驻日期】至2025年8月29日"
    assert missing(stay) == ("进驻日期",)


def test_what_is_required_only_with_other_facts_is_missing_too() -> None:
    assert missing(draft_class(Stay).model_validate({"进驻日期": "2025-07-01"})) == ("撤离日期",)
    assert missing(draft_class(Channels).model_validate({})) == ("值班电话",)
    numbered = draft_class(Round).model_validate({"级别": "县", "党委": "临江县"})
    assert numbered.name == "县委第【待填：轮次】轮巡察"


def test_what_need_not_be_said_of_a_missing_thing_is_not_said() -> None:
    channels = draft_class(Channels).model_validate({})
    assert [line.text for line in channels.lines] == ["【待填：值班电话】"]


def test_a_draft_of_a_team_keeps_who_is_there() -> None:
    team = draft_class(Team).model_validate({"序号": 3, "组长": "张某某"})
    assert [str(line.person if isinstance(line.person, str) else line.person.name) for line in team.roster] == [
        "张某某",
        "【待填：联络员】",
    ]


def test_an_empty_list_that_needs_an_item_has_one_blank() -> None:
    plan = draft_of(
        WorkPlan, without(WorkPlan, "phases", "methods", "title") | {"工作步骤": [], "工作方式": [None], "标题": ""}
    )
    assert plan.missing == ("标题", "工作方式[1]", "工作步骤")


class Minutes(Model):
    """A model with a validator of Pydantic's own."""

    chair: Line = named("主持")
    present: Many[Line] = named("参加", min_length=1)

    @model_validator(mode="after")
    def _chair_is_present(self) -> Self:
        if self.chair not in self.present:
            refuse(f"主持（chair）{self.chair}不在参加（present）人员里。", field="chair")
        return self


def test_a_validator_of_pydantics_own_refuses_only_what_is_certain() -> None:
    assert missing(draft_class(Minutes).model_validate({"主持": "张某某"})) == ("参加",)
    assert missing(draft_class(Minutes).model_validate({"参加": ["张某某"]})) == ("主持",)
    with pytest.raises(ValidationError, match="不在参加"):
        draft_class(Minutes).model_validate({"主持": "张某某", "参加": ["李某某"]})


class Pair(Model):
    """Two lists that may hold models."""

    teams: Many[TeamName] = named("各组", default=())
    words: Many[Line] = named("词语", min_length=1)


def test_a_model_made_in_python_of_a_blank_is_a_draft() -> None:
    unknown: Any = Blank("巡察组")
    pair = Pair(teams=(TeamName(ordinal=3), unknown), words=("甲",))
    assert is_draft(pair)
    assert missing(pair) == ("各组[2]",)
    ordinal: Any = Blank("序号")
    team = TeamName(ordinal=ordinal)
    assert isinstance(team, TeamName)
    assert team.name == "第【待填：序号】巡察组"


@pytest.mark.parametrize(
    ("model", "data", "said"),
    [
        (Stay, {"进驻日期": "2025-07-01", "撤离日期": "2025-06-01"}, "早于进驻日期"),
        (Stay, {"撤离日期": "2025-06-01", "天数": "三"}, "应写整数"),
        (Stay, {"进住日期": "2025-07-01"}, "没有这一项"),
        (Stay, {"进驻日期": "2025-02-30"}, "日历上没有这一天"),
        (Team, {"序号": 3, "组长": "张某某", "副组长": ["张某某"]}, "一人只能任一职"),
    ],
)
def test_what_is_wrong_in_the_facts_that_are_there_is_refused_as_ever(
    model: type[Model], data: dict[str, Any], said: str
) -> None:
    from xuncha_docs.inputs import validated

    with pytest.raises(InputError, match=said):
        validated(model, data, Source("x.yaml", data), draft=True)


def test_what_may_be_true_depending_on_what_is_missing_is_not_refused() -> None:
    notice = kinds.find("立行立改通知书")
    assert draft_of(notice, without(notice, "signed")).missing == ("成文日期",)
    data = document_of(notice).model_dump()
    del data["item"]["deadline"]
    assert draft_of(notice, data).missing == ("事项.整改时限",)
    assert "整改时限：【待填：整改时限】。" in render(draft_of(notice, data), draft=True).text


# --- documents and papers --------------------------------------------------------------------------------------------


@every_form
def test_a_document_of_nothing_at_all_prints_a_blank_for_every_required_fact(
    kind: type[Document], variant: str
) -> None:
    paper = render(draft_of(kind, {}), variant=variant, draft=True)
    titles = [chinese_name(kind, name) for name in required(kind) if name not in kind.unprinted]
    said = set(blanks_in(paper.text))
    if variant:  # a form of its own may print less, never something else
        assert said & set(titles)
    else:
        assert set(titles) <= said


@every_kind
def test_each_fact_that_is_left_out_is_seen_in_the_paper(kind: type[Document]) -> None:
    for name in required(kind):
        draft = draft_of(kind, without(kind, name))
        title = chinese_name(kind, name)
        assert title in draft.missing
        text = render(draft, draft=True, variant="").text
        assert name in kind.unprinted or title in blanks_in(text), f"{title} is not in the paper"


@every_kind
def test_an_empty_case_makes_a_draft_of_every_kind(kind: type[Document]) -> None:
    case = Case.from_source(Source("case.yaml", {"巡察组": {"序号": 3}}), draft=True)
    draft = kind.from_case(case)
    assert is_draft(draft)
    assert draft.missing
    assert blanks_in(render(draft, draft=True).text)


@every_kind
def test_any_facts_may_be_missing(kind: type[Document]) -> None:
    chance = random.Random(kind.kind)
    names = required(kind)
    for _ in range(8):
        left_out = chance.sample(names, chance.randint(0, len(names)))
        document = draft_of(kind, without(kind, *left_out))
        assert {chinese_name(kind, name) for name in left_out} <= set(document.missing)
        assert is_draft(document) == bool(left_out)
        assert BANNER in render(document, draft=True).text


@every_form
def test_every_blank_is_highlighted_and_nothing_else(kind: type[Document], variant: str) -> None:
    paper = render(draft_of(kind, {}), variant=variant, draft=True)
    for tree in trees(paper.content):
        for run_ in tree.iter(f"{W}r"):
            text = text_of(run_)
            if BLANK.search(text):
                assert BLANK.fullmatch(text)
                assert highlighted(run_)
            elif text.strip() and text != BANNER:
                assert not highlighted(run_)


@every_form
def test_every_page_of_a_draft_says_what_it_is(kind: type[Document], variant: str) -> None:
    content = render(document_of(kind), variant=variant, draft=True).content
    package = Package.open(content)
    relations = etree.fromstring(package.read("word/_rels/document.xml.rels"))
    names = {one.get("Id"): one.get("Target", "").rpartition("/")[2] for one in relations}
    sections = list(etree.fromstring(package.read("word/document.xml")).iter(f"{W}sectPr"))
    identity = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    assert {one.get(f"{W}type") for one in sections[0].findall(f"{W}headerReference")} == {"default", "first", "even"}
    for section in sections:
        for one in section.findall(f"{W}headerReference"):
            header = etree.fromstring(package.read(f"word/{names[one.get(identity)]}"))
            first = next(header.iter(f"{W}p"))
            assert text_of(first) == BANNER
            assert highlighted(next(first.iter(f"{W}r")))


@every_form
def test_a_draft_is_as_valid_open_xml_as_its_paper(kind: type[Document], variant: str, tmp_path: Path) -> None:
    draft = render(draft_of(kind, {}), variant=variant, draft=True).save(tmp_path / "draft.docx")
    if errors := OpenXmlValidator().validate(str(draft)).errors:
        paper = render(document_of(kind), variant=variant).save(tmp_path / "paper.docx")
        known = {error.description for error in OpenXmlValidator().validate(str(paper)).errors}
        assert {error.description for error in errors} <= known


@every_kind
def test_a_draft_is_never_released(kind: type[Document]) -> None:
    draft = draft_of(kind, {})
    with pytest.raises(DraftError) as error:
        render(draft)
    assert error.value.missing == draft.missing
    assert all(name in error.value.told for name in draft.missing)
    with pytest.raises(DraftError):
        Template.open(find_template(kind), model=kind).render(draft)


def test_a_whole_document_with_a_blank_within_is_not_released_either() -> None:
    with pytest.raises(DraftError, match="标题"):
        render(document_of(Announcement).model_copy(update={"title": "【待填：标题】"}))
    plan = document_of(WorkPlan)
    team = draft_class(Team).model_validate({"序号": 3, "组长": "张某某"})
    with pytest.raises(DraftError, match=r"巡察组\.联络员"):
        render(plan.model_copy(update={"team": team}))


@every_kind
def test_where_nothing_is_missing_there_is_no_draft(kind: type[Document]) -> None:
    document = draft_of(kind, example_data(kind))
    assert type(document) is kind
    assert document == document_of(kind)
    assert document.missing == ()
    assert render(document).content == render(document_of(kind)).content


@every_kind
def test_what_was_asked_for_as_a_draft_is_one_though_nothing_is_missing(kind: type[Document]) -> None:
    paper = render(document_of(kind), draft=True)
    whole = render(document_of(kind))
    assert paper.draft
    assert paper.text == f"{BANNER}\n{whole.text}"
    assert paper.provenance
    assert whole.provenance
    assert paper.provenance.draft
    assert not whole.provenance.draft
    assert render(document_of(kind), draft=True).content == paper.content


@every_kind
def test_the_class_of_drafts_is_the_kind_but_in_no_registry(kind: type[Document]) -> None:
    made: type[Document] = draft_class(kind)
    assert made is draft_class(kind) is draft_class(made)
    assert whole_class(made) is kind
    assert made not in registered().values()
    for name in ("kind", "label", "audience", "profile", "cycle", "variants", "unprinted"):
        assert getattr(made, name) == getattr(kind, name)


@every_kind
def test_a_draft_may_be_pickled(kind: type[Document]) -> None:
    draft = draft_of(kind, {})
    assert pickle.loads(pickle.dumps(draft)) == draft


@every_kind
def test_a_paper_of_before_drafts_still_says_what_it_came_from(kind: type[Document]) -> None:
    said = Provenance.read(Package.open(render(document_of(kind)).content))
    assert said
    assert not said.draft


def test_a_blank_in_a_run_leaves_the_rest_of_it_as_it_was() -> None:
    document = document_of(Announcement).model_copy(update={"task": "甲【待填：任务】乙\n丙【待填：日期】"})
    paper = render(document, draft=True)
    body = trees(paper.content)[0]
    runs = [one for one in body.iter(f"{W}r") if text_of(one) in ("甲", "【待填：任务】", "乙", "丙")]
    formats = [[child.tag for child in one.iterfind(f"{W}rPr/*") if child.tag != f"{W}highlight"] for one in runs]
    assert [highlighted(one) for one in runs] == [False, True, False, False]
    assert all(one == formats[0] for one in formats)
    assert "甲【待填：任务】乙" in paper.text


def test_a_document_that_names_no_headers_gets_them() -> None:
    content = as_draft(render(document_of(Announcement)).content)
    assert sum(BANNER in "".join(map(str, tree.itertext())) for tree in trees(content)) == 1


# --- cases and files -------------------------------------------------------------------------------------------------


def half_a_case() -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(DEMO.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    del data["驻点时间"]
    del data["巡察组"]["联络员"]
    return data


def test_of_a_case_that_is_a_draft_all_documents_are_drafts() -> None:
    case = Case.from_source(Source("case.yaml", half_a_case()), draft=True)
    assert case.missing == ("巡察组.联络员", "驻点时间")
    notice = Announcement.from_case(case)
    assert "【待填：驻点时间】" in render(notice, draft=True).text
    assert "第三巡察组" in render(notice, draft=True).text
    made = kinds.sections(case)
    assert made
    for _, document in made:
        assert BANNER in render(document, draft=True).text


def test_a_whole_case_makes_drafts_only_of_sections_that_lack_something(demo: Case) -> None:
    assert not is_draft(Announcement.from_case(demo, draft=True))
    bare = demo.model_copy(update={"papers": {}})
    plan = WorkPlan.from_case(bare, draft=True)
    assert is_draft(plan)
    assert "成文日期" in plan.missing
    assert "驻点时间" not in plan.missing
    with pytest.raises(InputError):
        WorkPlan.from_case(bare)


def test_a_given_fact_that_can_not_be_true_is_refused_in_a_draft_too() -> None:
    data = half_a_case()
    data["被巡察单位"] = ["中共临江县水利局党组", "中共临江县水利局党组"]
    with pytest.raises(InputError, match="写了两次"):
        Case.from_source(Source("case.yaml", data), draft=True)


def test_a_case_and_a_document_are_loaded_as_drafts(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("巡察组: {序号: 3}\n文书: {巡察公告: }\n", encoding="utf-8")
    assert Case.load(file, draft=True).team.ordinal == 3
    (notice,) = kinds.documents(read(file), draft=True)
    assert isinstance(notice, Announcement)
    alone = tmp_path / "notice.yaml"
    alone.write_text("文种: 巡察公告\n标题: 巡察公告\n", encoding="utf-8")
    assert "巡察轮次" in Announcement.load(alone, draft=True).missing
    with pytest.raises(InputError):
        Announcement.load(alone)


# --- judged ----------------------------------------------------------------------------------------------------------


def test_a_draft_that_is_judged_for_release_is_told_to_be_one() -> None:
    paper = render(draft_of(Announcement, without(Announcement, "signed")), draft=True)
    told = [finding for finding in check(paper).at_least(Severity.ERROR) if finding.code == "TXT606"]
    assert any("还是草稿" in finding.message for finding in told)
    assert any("【待填：成文日期】" in finding.message for finding in told)


def test_a_draft_that_is_judged_as_one_has_only_hints_of_that() -> None:
    paper = render(draft_of(Announcement, without(Announcement, "targets", "signed")), draft=True)
    found = check(paper, draft=True)
    assert {"TXT606", "GBT902"} <= {finding.code for finding in found.findings}
    assert not found.at_least(Severity.WARNING)


def test_the_facts_of_a_draft_count_as_not_checked() -> None:
    report = check(draft_of(Announcement, {}))
    assert not report.clean
    assert "成文日期" in str(report.not_checked[0])


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def half(tmp_path: Path) -> Path:
    file = tmp_path / "案卷.yaml"
    file.write_text(yaml.safe_dump(half_a_case(), allow_unicode=True), encoding="utf-8")
    return file


def test_the_command_writes_drafts_under_names_of_their_own(half: Path, tmp_path: Path) -> None:
    assert run(["render", str(half), "--kind", "巡察公告", "--draft", "-o", str(tmp_path / "out")]) == 0
    (made,) = (tmp_path / "out").iterdir()
    assert made.name == "巡察公告（草稿）.docx"
    assert run(["check", str(made)]) == 1


def test_the_command_names_the_way_out_once(half: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["render", str(half), "-o", str(tmp_path / "out")]) == 2
    said = capfd.readouterr().err
    assert said.count("--draft") == 1
    assert said.rstrip().endswith("可以加 --draft 先做草稿。")
    assert not (tmp_path / "out").exists()


def test_a_file_without_anything_missing_is_not_told_of_drafts(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "案卷.yaml"
    file.write_text(DEMO.read_text(encoding="utf-8").replace("巡察组:", "巡查组:", 1), encoding="utf-8")
    run(["render", str(file), "-o", str(tmp_path / "out"), "--draft"])
    assert "--draft" not in capfd.readouterr().err


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.needs("office")
def test_every_printed_page_of_a_draft_says_what_it_is() -> None:
    from xuncha_docs.pdf import marks

    paper = render(draft_of(WorkPlan, without(WorkPlan, "signed", "phases")), draft=True)
    pages = marks.read(paper._printed).pages
    assert len(pages) > 2
    for page in pages:
        assert BANNER in "".join(line.text for line in page.lines)

"""What can't be true is refused, with the field named in Chinese and in English; written forms derive."""

from __future__ import annotations

import copy
import io
import warnings
from pathlib import Path
from typing import Any

import docx
import pytest
from pydantic import ValidationError

from tests.conftest import DEMO, example_data, models_in
from xuncha_docs import Announcement, Case, Document, InputError, KindError, kinds, render
from xuncha_docs.case import PRESETS, Level, Policy, Round, Stay, Team
from xuncha_docs.document import registered
from xuncha_docs.fields import Channels, Hours, Phone
from xuncha_docs.images import Image
from xuncha_docs.inputs import read
from xuncha_docs.kinds.rectification_notice import RectificationNotice
from xuncha_docs.model import Model, english, named

PNG = (Path(__file__).parent / "code.png").read_bytes()


def changed(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return the data with one value changed; a path as `驻点时间.撤离日期` or `各组.0.单位数`; ... takes it out."""
    data = copy.deepcopy(data)
    *above, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    inner: Any = data
    for step in above:
        inner = inner[step]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return data


IMPOSSIBLE_CASES = [
    ("驻点时间.撤离日期", "2025-06-30", "撤离日期（end）"),
    ("驻点时间.受理截止", "2025-06-30", "受理截止（complaints_close）"),
    ("驻点时间.撤离日期", ..., "时长（duration）"),
    ("驻点时间.动员会时间", "2025年6月30日 9:00", "动员会时间（kickoff）"),
    ("驻点时间.天数", "61", "天数（declared_days）"),
    ("驻点时间", {"进驻日期": "2025-07-01", "时长": "两个月", "天数": "60"}, "天数（declared_days）"),
    ("巡察组.联络员", "张某某", "联络员（liaison）"),
    ("巡察组.组员", ["李某某"], "组员（members）"),
    ("巡察轮次", {"级别": "县", "党委": "临江县"}, "轮次（round）"),
    ("被巡察单位", ["中共某局党组", "中共某局党组"], "被巡察单位（units）"),
    ("反映渠道", {"监督电话": "0600-8000008"}, "至少要有一种反映渠道"),
    ("反映渠道.邮政信箱", {"邮编": "000000"}, "信箱（box）"),
    ("反映渠道.接听时间", "工作日 14:30-18:00，8:30-12:00", "时段（periods）"),
    ("反映渠道.接听时间", "工作日 8:30-12:00，11:00-18:00", "时段（periods）"),
    ("反映渠道.接听时间", "工作日 18:00-8:00", "到（end）"),
    ("反映渠道.值班电话", [{"号码": "0600-8000001", "可收短信": "是"}], "可收短信（sms）"),
    ("立行立改事项.0.编号", "临委巡三组立改〔2025〕07号", "虚位"),
    ("立行立改事项.0.事项性质", "违纪违法", "问题线索"),
    ("立行立改事项.0.问题.现象", "某干部涉嫌违法占用集体土地", "问题线索"),
    ("立行立改事项.0.整改时限", "2025-07-14", "整改时限（deadline）"),
    ("立行立改事项.0.报告时限", "2025-07-14", "报告时限（report_by）"),
    ("立行立改事项.0.问题.现象", "长" * 301, "300"),
]


@pytest.mark.parametrize(("path", "value", "said"), IMPOSSIBLE_CASES)
def test_an_impossible_case_is_refused(path: str, value: Any, said: str) -> None:
    with pytest.raises(ValidationError) as error:
        Case.model_validate(changed(read(DEMO).data, path, value))
    assert said in str(error.value)


def test_everything_that_cannot_be_true_is_told_at_once() -> None:
    data = changed(read(DEMO).data, "驻点时间", {"进驻日期": "2025-07-01", "撤离日期": "2025-06-01", "天数": "3"})
    data = changed(data, "驻点时间.受理截止", "2025-05-01")
    data = changed(data, "巡察组.联络员", "张某某")
    with pytest.raises(ValidationError) as error:
        Case.model_validate(data)
    assert [detail["loc"] for detail in error.value.errors()] == [("team",), ("stay",), ("stay",), ("stay",)]


def test_a_complaint_as_source_may_not_show_in_the_text() -> None:
    data = changed(read(DEMO).data, "立行立改事项.0.发现.方式", "信访")
    Case.model_validate(data)
    with pytest.raises(ValidationError, match="暴露来源"):
        Case.model_validate(changed(data, "立行立改事项.0.问题.现象", "群众举报水库值班脱岗"))


IMPOSSIBLE_DOCUMENTS = [
    ("announcement", "各组.1.序号", "1", "各组（teams）"),
    ("announcement", "各组.1.被巡察单位", ["中共临江县水利局党组"], "只由一个组"),
    ("announcement", "署名", "巡察组", "署名（signer）"),
    ("announcement", "驻点时间", ..., "驻点时间（stay）"),
    ("announcement", "驻点时间.受理截止", ..., "以邮戳为准（postmark_rule）"),
    ("announcement", "单位数", "5", "单位数（declared_units）"),
    ("announcement", "一拖几", "3", "一拖几（units_per_team）"),
    ("announcement", "发布日期", "2025-06-30", "发布日期（posted）"),
    ("announcement", "六项纪律", ["组织纪律", "政治纪律"], "六项纪律（disciplines）"),
    ("announcement", "六项纪律", ["交通纪律"], "六项纪律（disciplines）"),
    ("work_plan", "signed", "2025-09-02", "成文日期（signed）"),
    ("work_plan", "authorised", "2025-09-02", "授权日期（authorised）"),
    ("work_plan", "phases.1.start", "2025-08-29", "工作步骤（phases）"),
    ("work_plan", "phases.1.end", "2025-08-30", "结束日期（end）"),
    ("work_plan", "methods", ["谈话", "个别谈话"], "工作方式（methods）"),
    ("rectification_notice", "标题", "处分决定", "立行立改通知书"),
    ("rectification_notice", "成文日期", "2025-10-12", "成文日期（signed）"),
    ("rectification_notice", "成文日期", "2025-10-25", "成文日期（signed）"),
    ("rectification_notice", "事项.编号", "临大委巡二组立改〔2024〕12号", "编号（number）"),
    ("rectification_notice", "驻点时间", {"进驻日期": "2025-10-14", "撤离日期": "2025-11-14"}, "驻点期间"),
    ("rectification_notice", "联系人", "蒋某某", "电话（phone）"),
    ("rectification_notice", "密级", "秘密☆1年", "秘密★1年"),
    ("rectification_notice", "密级", "内部★1年", "秘密★1年"),
    ("experience_report", "标题", "长" * 31, "标题（title）"),
    ("experience_report", "体裁", "个人心得", "小标题（heading）"),
    ("experience_report", "审定", ..., "审定（clearance）"),
    ("experience_report", "审定.日期", "2025-09-16", "审定（clearance）"),
    ("experience_report", "成文日期", "2025-09-16", "发表日期（published）"),
]


@pytest.mark.parametrize(("kind", "path", "value", "said"), IMPOSSIBLE_DOCUMENTS)
def test_an_impossible_document_is_refused(kind: str, path: str, value: Any, said: str) -> None:
    with pytest.raises(ValidationError) as error:
        kinds.find(kind).model_validate(changed(example_data(kinds.find(kind)), path, value))
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("level", "committee", "said"),
    [
        ("县", "临江县", ("中共临江县委员会", "中共临江县委第三巡察组", "县委第三巡察组")),
        ("县", "中共临江区委员会", ("中共临江区委员会", "中共临江区委第三巡察组", "区委第三巡察组")),
        ("市", "临江市委", ("中共临江市委员会", "中共临江市委第三巡察组", "市委第三巡察组")),
        ("国企集团", "华澜集团党委", ("中共华澜集团委员会", "华澜集团党委第三巡察组", "集团党委第三巡察组")),
        (
            "国企子公司",
            {"名称": "华澜物业有限公司", "简称": "华澜物业"},
            ("中共华澜物业有限公司委员会", "华澜物业党委第三巡察组", "公司党委第三巡察组"),
        ),
        ("高校", "临江大学", ("中共临江大学委员会", "临江大学党委第三巡察组", "校党委第三巡察组")),
        (
            "高校",
            {"名称": "临江学院", "自称": "院党委"},
            ("中共临江学院委员会", "临江学院党委第三巡察组", "院党委第三巡察组"),
        ),
    ],
)
def test_committee_and_team_are_named_by_level(level: str, committee: Any, said: tuple[str, ...]) -> None:
    a_round = Round.model_validate({"级别": level, "党委": committee, "轮次": 1})
    assert (a_round.committee_full, a_round.team_full(3), a_round.team_short(3)) == said


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"级别": "县", "党委": "临江县", "届次": "十四", "轮次": "八"}, "十四届县委第八轮巡察"),
        ({"级别": "国企", "党委": "华澜集团", "年度": 2025, "轮次": 2, "批次": 2}, "集团党委2025年第二轮第二批巡察"),
        ({"级别": "高校", "党委": "临江大学", "轮次": 7}, "校党委第七轮巡察"),
    ],
)
def test_a_round_is_named_by_its_numbers(facts: dict[str, Any], name: str) -> None:
    assert Round.model_validate(facts).name == name


@pytest.mark.parametrize(
    ("given", "ways"),
    [
        ({"phones": ["0600-8000001"]}, "来电"),
        ({"email": "a@linjiang.example"}, "来信"),
        ({"reception": "201室", "post": "临江县A001号邮政信箱"}, "来信、来访"),
        ({"phones": ["0600-8000001"], "boxes": ["一楼"], "reception": "201室"}, "来信、来电、来访"),
    ],
)
def test_a_sentence_names_the_channels_given_and_only_those(given: dict[str, Any], ways: str) -> None:
    channels = Channels.model_validate(given)
    assert channels.ways == ways
    assert len(channels.lines) == len(given)


def test_hours_are_read_and_written() -> None:
    hours = Hours.model_validate("每天 8:00—12:00、14:30至18:00")
    assert hours.phrase == "每天8:00—12:00、14:30—18:00"
    assert Hours.model_validate("9:00-17:00").phrase == "9:00—17:00"


@pytest.mark.parametrize("number", ["0600-8000001", "010-80000001", "10000000001", "12388", "400-800-0001"])
def test_a_telephone_number_is_taken(number: str) -> None:
    assert Phone.model_validate(number).number == number


@pytest.mark.parametrize("number", ["8000001", "0600 8000001", "1380000", "0600-80000011111111", "06008000001"])
def test_what_is_no_telephone_number_is_refused(number: str) -> None:
    with pytest.raises(ValidationError, match="区号"):
        Phone.model_validate(number)


def test_a_picture_is_read_beside_the_case_file_and_keeps_no_path(tmp_path: Any) -> None:
    (tmp_path / "码.png").write_bytes(PNG)
    image = Image.model_validate("码.png", context={"folder": tmp_path})
    assert image.content == PNG
    assert "png" not in repr(image)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg/>"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError, match="PNG"):
        Image(content=content)


def test_every_level_has_a_preset_and_an_office_may_lay_its_own_over_it(demo: Case) -> None:
    assert set(PRESETS) == set(Level)
    own = {"受理对象": "全体干部", "不予受理的处理": "不予受理"}
    case = demo.model_copy(update={"policy": Policy.model_validate({"用语": own})})
    assert Announcement.from_case(case).targets == "全体干部"


def test_the_table_of_teams_prints_every_fact_of_a_team() -> None:
    data = changed(example_data(Announcement), "各组.1.驻点时间.受理截止", "2025-08-25")
    data = changed(data, "各组.1.反映渠道.监督电话", "0600-8000007")
    contacts = Announcement.model_validate(data).table[1].contacts
    assert "受理截止：2025年8月25日（来信以邮戳日期为准）" in contacts
    assert "监督电话：0600-8000007（反映巡察组自身问题）" in contacts


def test_a_team_s_own_code_stands_in_its_row_with_room_for_it() -> None:
    code = {"平台": "码上巡察", "图片": {"content": PNG}}
    document = Announcement.model_validate(changed(example_data(Announcement), "各组.1.反映渠道.二维码", code))
    row = docx.Document(io.BytesIO(render(document).content)).tables[0].rows[2]
    assert [p.style.name for p in row.cells[2].paragraphs if p._p.xpath(".//w:drawing")] == ["二维码"]  # no exact line


def test_a_document_takes_case_section_and_arguments_in_that_order(demo: Case) -> None:
    assert Announcement.from_case(demo).signed == demo.stay.start
    assert Announcement.from_case(demo, 成文日期="2025-06-30").signed.day == 30
    assert Announcement.from_case(demo, signed="2025年6月29日").signed.day == 29


def test_one_document_for_each_section(demo: Case) -> None:
    first = demo.papers["立行立改通知书"][0]
    case = demo.model_copy(update={"papers": {"rectification_notice": [first, first | {"抄送": "县纪委"}]}})
    assert [d.cc for d in RectificationNotice.all_from_case(case)] == [("县委巡察办",), ("县纪委",)]
    assert RectificationNotice.from_case(case, nth=2).cc == ("县纪委",)
    with pytest.raises(ValueError, match="2 sections"):
        RectificationNotice.from_case(case)
    with pytest.raises(ValueError, match="nth=3"):
        RectificationNotice.from_case(case, nth=3)


def test_a_matter_that_the_case_does_not_hold_is_said(demo: Case) -> None:
    with pytest.raises(InputError, match="没有编号“临委巡三组立改〔2025〕9号”"):
        RectificationNotice.from_case(demo, 事项="临委巡三组立改〔2025〕9号")


def test_nothing_said_about_who_complained_has_a_field() -> None:
    words = {"举报人", "反映人", "信访人", "投诉人", "来信人"}
    for kind in kinds.every().values():
        assert words.isdisjoint(zh for model in models_in(kind) for zh in english(model))


def test_a_taken_kind_is_refused() -> None:
    with pytest.raises(KindError, match="taken"):

        class Other(Document, kind="announcement", label="另一种公告"):
            pass


def test_a_kind_without_chinese_names_is_refused() -> None:
    with pytest.raises(KindError, match=r"Bare\.words: declare it with named"):

        class Bare(Document, kind="bare", label="无名"):
            words: str = "x"


def test_a_field_named_like_a_method_is_refused() -> None:
    # Pydantic warns of it as well.
    with warnings.catch_warnings(action="ignore"), pytest.raises(KindError, match="method"):

        class Hidden(Document, kind="hidden", label="重名"):
            facts: str = named("事实")  # type: ignore[assignment]

    assert {"bare", "hidden"}.isdisjoint(registered())


def test_members_of_a_team_with_posts() -> None:
    team = Team.model_validate({"序号": 3, "组长": "甲", "联络员": "乙", "组员": ["丙", "丁"]})
    assert [f"{line.role}{line.person.name}" for line in team.roster] == ["组长甲", "联络员乙", "组员丙", "组员丁"]


def test_a_stay_counts_both_ends() -> None:
    assert Stay.model_validate({"进驻日期": "2025-07-01", "撤离日期": "2025-08-29"}).days == 60


def test_models_are_frozen_and_know_nothing_unknown() -> None:
    assert Model.model_config["frozen"] is True
    assert Model.model_config["extra"] == "forbid"

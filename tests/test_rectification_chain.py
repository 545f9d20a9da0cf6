"""What becomes of a matter of immediate rectification: notice, receipt, closing slip and ledger say one thing."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from tests.conftest import DEMO, document_of
from xuncha_docs import Case, InputError, RectificationNotice, kinds, render
from xuncha_docs.inputs import read
from xuncha_docs.kinds.rectification_closing import RectificationClosing
from xuncha_docs.kinds.rectification_ledger import RectificationLedger
from xuncha_docs.kinds.rectification_receipt import RectificationReceipt
from xuncha_docs.kinds.spot_correction import SpotCorrection
from xuncha_docs.matters import Method, Rectification

MATTER: dict[str, Any] = {
    "编号": "临委巡三组立改〔2025〕1号",
    "发现": {"日期": "2025-07-15", "方式": "下沉走访", "地点": "青石水库管理所"},
    "问题": "溢洪道内堆放杂物",
    "整改要求": ["清理杂物"],
    "责任人": "县水利局局长",
    "整改时限": "2025-07-25",
    "通知日期": "2025-07-16",
    "送达": {"时间": "2025年7月16日 15:30", "签收人": "县水利局局长"},
    "整改情况": {
        "报告日期": "2025-07-24",
        "采取措施": ["已清理"],
        "完成日期": "2025-07-23",
        "签字": "县水利局局长",
    },
    "核查": {"日期": "2025-07-28", "方式": "现场", "结论": "完成", "核查人": ["赵某某", "钱某某"]},
    "销号日期": "2025-07-29",
}
"""A matter that has gone all the way."""


def matter(**changed: Any) -> dict[str, Any]:
    """Return the facts of the matter with others in their place; `None` takes one away, `送达__时间` reaches within."""
    data = copy.deepcopy(MATTER)
    for key, value in changed.items():
        holder, _, inner = key.partition("__")
        if inner:
            data[holder][inner] = value
        elif value is None:
            del data[key]
        else:
            data[key] = value
    return data


def case(*matters: dict[str, Any], **more: Any) -> Case:
    """Return the demo case with other matters and no papers."""
    data = {**read(DEMO).data, "立行立改事项": list(matters), "文书": {}, **more}
    return Case.model_validate(data)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"通知日期": "2025-07-14"}, "通知日期（issued）2025年7月14日早于发现日期"),
        (
            {"通知日期": "2025-07-26", "送达": None, "整改情况": None, "核查": None, "销号日期": None},
            "整改时限（deadline）",
        ),
        ({"送达__时间": "2025-07-15"}, "送达时间（delivery.received）2025年7月15日早于通知日期"),
        ({"送达__时间": "2025年7月15日 23:59"}, "送达时间（delivery.received）"),
        ({"整改情况__完成日期": "2025-07-15"}, "完成日期（outcome.finished）2025年7月15日早于送达时间"),
        ({"整改情况__报告日期": "2025-07-22"}, "报告日期（reported）2025年7月22日早于完成日期"),
        ({"核查__日期": "2025-07-23"}, "核查日期（verification.day）2025年7月23日早于报告日期"),
        ({"销号日期": "2025-07-27"}, "销号日期（closed）2025年7月27日早于核查日期"),
        ({"通知日期": None}, "就要填通知日期（issued）"),
        ({"核查": None}, "现在没有填核查（verification）"),
        ({"核查__结论": "部分"}, "部分完成的不销号"),
        ({"核查__结论": "未完成"}, "现在是未完成"),
        ({"整改情况": None}, "就要填整改情况（outcome）"),
        ({"核查__核查人": ["赵某某", "赵某某"]}, "写了两次"),
        ({"核查__核查人": ["赵某某"]}, "too_short"),
        ({"编号": "临委巡三组立改〔2024〕1号"}, "的年份与通知日期"),
    ],
)
def test_what_cannot_have_become_of_a_matter_is_refused(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as error:
        Rectification.model_validate(matter(**changed))
    assert said in str(error.value)


def test_a_matter_may_stop_at_any_step() -> None:
    steps = ["销号日期", "核查", "整改情况", "送达", "通知日期"]
    for n in range(len(steps) + 1):
        Rectification.model_validate(matter(**dict.fromkeys(steps[:n])))


def test_a_complaint_as_source_shows_neither_in_measures_nor_in_remarks() -> None:
    complaint = {"发现": {"日期": "2025-07-15", "方式": "信访", "地点": "青石镇"}}
    Rectification.model_validate(matter(**complaint))
    for changed in ({"备注": "来信人已回访"}, {"整改情况__采取措施": ["已向举报人说明"]}):
        with pytest.raises(ValidationError, match="暴露来源"):
            Rectification.model_validate(matter(**complaint, **changed))


def test_a_long_problem_is_cut_at_a_mark_for_tables() -> None:
    problem = {"现象": "溢洪道内堆放杂物，" * 10}
    assert (
        Rectification.model_validate(matter(问题=problem)).problem.summary == "，".join(["溢洪道内堆放杂物"] * 6) + "……"
    )
    brief = Rectification.model_validate(matter(问题=problem | {"摘要": "溢洪道堆放杂物。"}))
    assert brief.problem.summary == "溢洪道堆放杂物"
    with pytest.raises(ValidationError, match="摘要（brief）"):
        Rectification.model_validate(matter(问题=problem | {"摘要": "长" * 61}))


# --- what a case asks for --------------------------------------------------------------------------------------------


def test_the_day_of_a_notice_is_that_of_its_matter() -> None:
    notice = RectificationNotice.from_case(case(MATTER))
    assert notice.signed == date(2025, 7, 16)
    with pytest.raises(InputError, match="通知日期（issued）"):
        RectificationNotice.from_case(case(MATTER), 成文日期="2025-07-17")


def test_the_name_of_a_notice_is_that_of_its_matter_and_its_receipt_takes_it() -> None:
    named = case(matter(文书名称="立巡立改意见书"))
    assert RectificationNotice.from_case(named).title == "立巡立改意见书"
    assert "立巡立改意见书\n送达回执" in render(RectificationReceipt.from_case(named)).text
    with pytest.raises(InputError, match="文书名称（notice_title）"):
        RectificationNotice.from_case(named, 标题="立行立改通知书")


def test_a_case_asks_for_the_papers_that_each_matter_has_got_to() -> None:
    second = matter(编号="临委巡三组立改〔2025〕2号", 整改情况=None, 核查=None, 销号日期=None)
    third = matter(编号="临委巡三组立改〔2025〕3号", 通知日期=None, 送达=None, 整改情况=None, 核查=None, 销号日期=None)
    held = case(MATTER, second, third)
    asked = {
        kind: [str(section["item"])[-2] for section in kind.implied(held)]
        for kind in (RectificationNotice, RectificationReceipt, RectificationClosing)
    }
    assert list(asked.values()) == [["1", "2", "3"], ["1", "2"], ["1"]]


@pytest.mark.parametrize("kind", ["rectification_receipt", "rectification_closing"])
def test_what_is_not_known_yet_is_left_blank_for_the_pen(kind: str) -> None:
    held = case(matter(送达=None, 整改情况=None, 核查=None, 销号日期=None))
    text = render(kinds.find(kind).from_case(held)).text
    assert "临委巡三组立改〔2025〕1号" in text
    assert "None" not in text
    assert kind != "rectification_closing" or "□完成　□部分完成　□未完成" in text


def test_a_notice_is_printed_as_a_letter_if_it_says_so() -> None:
    notice = RectificationNotice.from_case(case(MATTER), 版式="信函")
    assert notice.printed_as == ("letter",)
    assert render(notice).text.startswith("中共临江县委第三巡察组\n")
    long = {"级别": "国企集团", "党委": "临江长江上游水资源综合开发利用集团", "年度": "2025"}
    with pytest.raises(InputError, match="发文机关标志"):
        RectificationNotice.from_case(
            case(MATTER, 巡察轮次=long | {"党委": {"名称": long["党委"], "自称": "临江水资源综合开发集团党委"}}),
            版式="信函",
        )


# --- the ledger ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2025-07-15", "尚未通知，未到期（还有8个工作日）"),
        ("2025-07-16", "未到期（还有7个工作日）"),
        ("2025-07-24", "已报告待核查"),
        ("2025-07-28", "已核查待销号"),
        ("2025-07-29", "已销号"),
    ],
)
def test_a_ledger_tells_how_far_a_matter_had_got_by_its_day(day: str, state: str) -> None:
    assert RectificationLedger.from_case(case(MATTER), 截至日期=day).rows[0].state == state


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2025-07-25", "今天到期"),
        ("2025-07-26", "已到期（不足1个工作日）"),
        ("2025-07-28", "逾期1个工作日"),
        ("2025-08-29", "逾期25个工作日"),
        ("2025-10-09", "逾期49个工作日"),  # 28 September is worked, the first eight days of October are off
    ],
)
def test_days_overdue_are_working_days(day: str, state: str) -> None:
    open_ = matter(整改情况=None, 核查=None, 销号日期=None)
    ledger = RectificationLedger.from_case(case(open_), 截至日期=day)
    assert ledger.rows[0].state == state


def test_a_matter_settled_in_part_stays_open_and_overdue() -> None:
    partly = matter(核查__结论="部分", 销号日期=None)
    ledger = RectificationLedger.from_case(case(partly), 截至日期="2025-07-29")
    assert ledger.rows[0].state == "部分完成，逾期2个工作日"
    assert ledger.summary == "截至2025年7月29日，共登记1件，已销号0件，未销号1件，其中逾期1件。"


def test_days_of_the_office_count_in_a_ledger() -> None:
    open_ = matter(整改情况=None, 核查=None, 销号日期=None)
    held = case(open_, 政策口径={"工作日历": {"放假": ["2025-07-28"]}})
    assert RectificationLedger.from_case(held, 截至日期="2025-07-29").rows[0].state == "逾期1个工作日"


def test_a_year_beyond_the_calendar_is_refused_with_the_way_out() -> None:
    open_ = matter(整改情况=None, 核查=None, 销号日期=None)
    with pytest.raises(InputError, match=r"工作日历里没有2031年、2032年.*政策口径\.工作日历"):
        RectificationLedger.from_case(
            case(open_, 政策口径={"工作日历": {"覆盖年度": list(range(2026, 2031))}}), 截至日期="2032-01-05"
        )
    assert RectificationLedger.from_case(case(MATTER), 截至日期="2032-01-05").rows[0].state == "已销号"


def test_a_ledger_shows_no_complaint_as_one() -> None:
    told = matter(发现={"日期": "2025-07-15", "方式": "信访", "地点": "青石镇供水站"})
    text = render(RectificationLedger.from_case(case(told), 截至日期="2025-07-31")).text
    assert "巡察发现" in text
    assert "信访" not in text
    assert "青石镇供水站" not in text
    assert len({method for method in Method if matter_source(method) == "巡察发现"}) > 3


def matter_source(method: Method) -> str:
    return Rectification.model_validate(matter(发现={"日期": "2025-07-15", "方式": method.value})).found.source


def test_matters_of_several_units_must_say_whose_they_are() -> None:
    units = ["中共临江县水利局党组", "中共临江县林业局党组"]
    with pytest.raises(InputError, match="没有写主送"):
        RectificationLedger.from_case(case(MATTER, 被巡察单位=units), 截至日期="2025-07-31")
    said = case(matter(主送=units[1]), 被巡察单位=units)
    assert RectificationLedger.from_case(said, 截至日期="2025-07-31").rows[0].unit == units[1]


# --- on the spot -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed", [{"事项性质": "违纪违法"}, {"事项": "公车违规停放"}, {"处理情况": "按违纪线索移交"}]
)
def test_a_breach_is_never_put_right_on_the_spot(changed: dict[str, str]) -> None:
    data = document_of(SpotCorrection).model_dump(by_alias=True)
    data["即知即改事项"] = [{**data["即知即改事项"][0], **changed}]
    with pytest.raises(ValidationError, match="不能用即知即改"):
        SpotCorrection.model_validate(data)


def test_who_was_told_is_the_unit_s_liaison_unless_another_is_named() -> None:
    item = {"日期": "2025-07-08", "地点": "一楼", "事项": "值班表未更新", "处理情况": "当场更换", "组员": "赵某某"}
    record = SpotCorrection.from_case(case(MATTER), 即知即改事项=[item, {**item, "告知对象": "办公室主任"}])
    assert [row.told_to for row in record.rows] == ["对方联络员周某某", "办公室主任"]
    nameless = SpotCorrection.from_case(case(MATTER, 被巡察单位="中共临江县水利局党组"), 即知即改事项=[item])
    assert nameless.rows[0].told_to == "对方联络员"
    with pytest.raises(InputError, match="不在驻点期间"):
        SpotCorrection.from_case(case(MATTER), 即知即改事项=[{**item, "日期": "2025-06-08"}])

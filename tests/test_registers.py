"""What is special of the liaison officer's registers: loans, requests for material, boxes and notices, the archive."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from tests.conftest import DEMO, example_data
from xuncha_docs import Case, Document, InputError, check, kinds, render
from xuncha_docs.checks import facts
from xuncha_docs.fields import Box
from xuncha_docs.kinds.archive_index import ArchiveIndex
from xuncha_docs.kinds.loan_register import Loan, LoanMode, LoanRegister
from xuncha_docs.kinds.material_request import MaterialRequest
from xuncha_docs.kinds.posting_record import PostingRecord
from xuncha_docs.model import Model, field_of, inner_model

LOAN: dict[str, Any] = {
    "资料": "党组会议记录",
    "借阅人": "钱某某",
    "用途": "核对决策程序",
    "方式": "还",
    "借出时间": "2025年7月8日 9:00",
}
SHRED = LOAN | {"方式": "碎"}
FILED = LOAN | {"方式": "存"}
TWO = ["赵某某", "孙某某"]


@pytest.fixture
def demo() -> Case:
    """Return the demo case without its sections: what is made of it says what the case says."""
    return Case.load(DEMO).model_copy(update={"papers": {}})


def faults(model: type[Model], data: dict[str, Any]) -> str:
    """Return all that is wrong with data; empty if nothing is."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        return "".join(fault["msg"] for fault in error.errors())
    return ""


def laid(kind: type[Document], changes: dict[str, Any]) -> dict[str, Any]:
    """Lay changes, `资料.0.归还日期`, over the example of a kind."""
    data = deepcopy(example_data(kind))
    for path, value in changes.items():
        at: Any = data
        model: type[Model] | None = kind
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in steps:
            step, model = _key(at, model, step)
            at = at.setdefault(step, {}) if isinstance(step, str) else at[step]
        at[_key(at, model, last)[0]] = value
    return data


def _key(at: Any, model: type[Model] | None, step: int | str) -> tuple[int | str, type[Model] | None]:
    """Return a step as the example spells it, and the model behind it."""
    known = field_of(model, step) if model and isinstance(step, str) else None
    if known is None:
        return step, model
    name, info = known
    return (name if name in at else step), inner_model(info.annotation)


# --- loans -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["还", "即还", "阅后即还", "return", LoanMode.RETURN])
def test_a_mode_of_loan_is_read_in_all_its_words(word: str) -> None:
    assert Loan.model_validate(LOAN | {"方式": word}).mode is LoanMode.RETURN


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (LOAN | {"归还时间": "2025-07-07"}, "归还时间（back）2025年7月7日早于借出时间"),
        (LOAN | {"归还时间": "2025年7月8日 8:59"}, "归还时间（back）2025年7月8日8:59早于借出时间（out）"),
        (LOAN | {"应还时间": "2025-07-07"}, "应还时间（due）2025年7月7日早于"),
        (LOAN | {"销毁日期": "2025-07-09", "见证人": TWO}, "方式（mode）是阅后即还，却填了销毁日期（destroyed）"),
        (LOAN | {"存档编号": "卷1-1"}, "却填了存档编号（archive_number）"),
        (LOAN | {"份数": 2, "归还时间": "2025-07-08", "了结份数": 3}, "了结份数（settled_copies）3份多于"),
        (LOAN | {"份数": 2, "了结份数": 1}, "却没有填归还时间（back）"),
        (LOAN | {"销毁同意": "办公室同意"}, "不用写销毁同意（consent）"),
        (SHRED | {"归还时间": "2025-07-09"}, "却填了归还时间（back）"),
        (SHRED | {"销毁日期": "2025-07-07", "见证人": TWO}, "销毁日期（destroyed）2025年7月7日早于"),
        (SHRED | {"销毁日期": "2025-07-09"}, "见证人（witnesses）只写了0人"),
        (SHRED | {"销毁日期": "2025-07-09", "见证人": "赵某某"}, "见证人（witnesses）只写了1人"),
        (SHRED | {"销毁日期": "2025-07-09", "见证人": ["赵某某", "赵某某"]}, "赵某某写了两次"),
        (SHRED | {"销毁日期": "2025-07-09", "见证人": ["赵某某", "钱某某"]}, "本人不能见证"),
        (SHRED | {"密级": "秘密★3年"}, "没有产生单位同意（consent），不能阅后即碎"),
        (FILED | {"销毁日期": "2025-07-09", "见证人": TWO}, "却填了销毁日期"),
    ],
)
def test_an_impossible_loan_is_refused(data: dict[str, Any], why: str) -> None:
    assert why in faults(Loan, data)


@pytest.mark.parametrize(
    "data",
    [
        LOAN,
        SHRED,
        FILED,
        LOAN | {"归还时间": "2025-07-08"},
        LOAN | {"归还时间": "2025年7月8日 9:00"},
        SHRED | {"密级": "内部"},
        SHRED | {"密级": "秘密★3年", "销毁同意": "县水利局办公室同意"},
        SHRED | {"销毁日期": "2025-07-08", "见证人": TWO},
        FILED | {"密级": "机密★5年", "存档编号": "卷1-1"},
    ],
)
def test_a_loan_may_be_open_or_settled_in_its_own_way(data: dict[str, Any]) -> None:
    assert not faults(Loan, data)


def test_copies_that_are_not_settled_are_open() -> None:
    lent = LOAN | {"份数": 3}
    assert Loan.model_validate(lent).open_copies == 3
    assert Loan.model_validate(lent | {"归还时间": "2025-07-08", "了结份数": 2}).open_copies == 1
    assert Loan.model_validate(lent | {"归还时间": "2025-07-08"}).open_copies == 0


def test_the_totals_of_a_register_follow_from_its_rows() -> None:
    said = LoanRegister.model_validate(example_data(LoanRegister)).totals
    assert said == "共借阅4次8份：归还2份，销毁2份，存档2份，未了结2份"


@pytest.mark.parametrize("field", ["借出时间", "归还时间"])
def test_a_register_says_nothing_that_came_later(field: str) -> None:
    late = laid(LoanRegister, {"借阅.3.应还时间": None, f"借阅.3.{field}": "2025-10-23"})
    assert "截至日期（as_of）是2025年10月22日" in faults(LoanRegister, late)


def test_what_is_out_during_the_stay_is_not_doubtful() -> None:
    assert not facts.judge(LoanRegister.model_validate(example_data(LoanRegister))).findings


# --- requests for material -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"提供时限": "2025-09-01"}, "提供时限（due）2025年9月1日早于成文日期"),
        ({"资料.1.提供时限": "2025-09-01"}, "第2项的提供时限2025年9月1日早于"),
        ({"资料.1.归还日期": "2025-09-07"}, "第2项的归还日期2025年9月7日早于"),
        ({"移交.交接日期": "2025-09-01"}, "移交（handed_over）的日期2025年9月1日早于"),
        ({"归还.交接日期": "2025-09-07"}, "归还（given_back）的日期2025年9月7日早于"),
        ({"移交.接收人": "沈某某"}, "交接要有两个人"),
        ({"联系人": "冯某某"}, "没有电话（phone）"),
        ({"资料": []}, "at least 1"),
    ],
)
def test_an_impossible_request_is_refused(changes: dict[str, Any], why: str) -> None:
    assert why in faults(MaterialRequest, laid(MaterialRequest, changes))


def test_a_request_to_the_only_unit_needs_but_its_materials(demo: Case) -> None:
    made = MaterialRequest.from_case(demo, 资料=["党组会议记录"], 提供时限="2025-07-04", 成文日期="2025-06-26")
    assert made.to == demo.units[0].public
    assert made.contact == demo.team.liaison
    assert "请于2025年7月4日前提供下列资料，共1项。" in made.request


def test_a_list_of_originals_promises_their_return() -> None:
    said = MaterialRequest.model_validate(example_data(MaterialRequest)).request
    assert "原件用后归还" in said
    copies = laid(MaterialRequest, {"资料.0.形式": "复印件"})
    assert "原件" not in MaterialRequest.model_validate(copies).request


# --- boxes and notices -----------------------------------------------------------------------------------------------


def test_a_record_takes_the_boxes_of_the_case(demo: Case) -> None:
    made = PostingRecord.from_case(demo)
    assert [record.box for record in made.boxes] == list(demo.channels.boxes)


@pytest.mark.parametrize(
    "named", ["县水利局办公楼一楼大厅", {"意见箱": "县水利局办公楼一楼大厅", "设置日期": "2025-06-30"}]
)
def test_what_a_section_says_of_a_box_is_added_to_what_the_case_knows(demo: Case, named: Any) -> None:
    made = PostingRecord.from_case(demo, 意见箱=[named])
    assert [record.box for record in made.boxes] == list(demo.channels.boxes)
    assert made.boxes[0].box.in_view is False


def test_a_place_that_several_boxes_share_names_none_of_them(demo: Case) -> None:
    boxes = (Box(place="一楼大厅", unit="县水利局"), Box(place="一楼大厅", unit="县林业局"))
    case = demo.model_copy(update={"channels": demo.channels.model_copy(update={"boxes": boxes})})
    made = PostingRecord.from_case(
        case, 意见箱=["县林业局一楼大厅", {"意见箱": {"位置": "一楼大厅", "单位": "县水利局"}}]
    )
    assert [record.box.unit for record in made.boxes] == ["县林业局", "县水利局"]
    assert len(PostingRecord.from_case(case, 意见箱=["一楼大厅"]).boxes) == 3


def test_a_box_that_the_case_does_not_know_is_one_more(demo: Case) -> None:
    made = PostingRecord.from_case(demo, boxes="青石水库管理所门口")
    assert [record.box.place for record in made.boxes] == ["青石水库管理所门口", "县水利局办公楼一楼大厅"]


def test_a_fault_in_a_box_is_told_where_it_stands(demo: Case) -> None:
    with pytest.raises(InputError, match=r"意见箱\[1\]\.设置日期"):
        PostingRecord.from_case(demo, 意见箱=[{"意见箱": "县水利局办公楼一楼大厅", "设置日期": "七月"}])


def test_a_case_without_boxes_makes_no_record_by_itself(demo: Case) -> None:
    channels = demo.channels.model_copy(update={"boxes": ()})
    with pytest.raises(InputError, match="至少写一处"):
        PostingRecord.from_case(demo.model_copy(update={"channels": channels}))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"意见箱.0.开箱.0.开箱人": "许某某"}, "至少两人"),
        ({"意见箱.0.开箱.0.开箱人": ["许某某", "许某某"]}, "至少两人"),
        ({"意见箱.0.开箱.0.开箱时间": "2025-06-29"}, "早于设置日期（posted）2025年6月30日"),
        ({"意见箱.0.撤除日期": "2025-06-29"}, "撤除日期（removed）2025年6月29日早于设置日期"),
        ({"意见箱.0.检查日期": "2025-06-29"}, "检查日期（checked）2025年6月29日不在"),
        ({"公告张贴点.0.检查日期": "2025-08-30"}, "检查日期（checked）2025年8月30日不在"),
        ({"公告张贴点.0.设置日期": None}, "还没有设置日期（posted）"),
        ({"公告张贴点.1.位置": "小卖部外墙"}, "“白石村小卖部外墙”写了两次"),
        ({"截至日期": "2025-08-28"}, "记录截至日期（as_of）是2025年8月28日，却写了2025年8月29日的事"),
    ],
)
def test_an_impossible_record_is_refused(changes: dict[str, Any], why: str) -> None:
    assert why in faults(PostingRecord, laid(PostingRecord, changes))


def test_the_only_unit_has_every_box_whatever_its_place_is_called(demo: Case) -> None:
    made = PostingRecord.from_case(demo, 意见箱="一楼大厅", 公告张贴点="门口公开栏")
    assert "FCT963" not in {finding.code for finding in facts.judge(made).findings}


def test_a_box_in_view_is_told_once_for_the_case_and_its_record(demo: Case) -> None:
    box = Box(place="县水利局办公楼一楼大厅", in_view=True)
    channels = demo.channels.model_copy(update={"boxes": (box,)})
    case = demo.model_copy(update={"channels": channels, "papers": {"意见箱与公告张贴点记录": {}}})
    assert [finding.code for finding in facts.judge(case).findings].count("FCT210") == 1


def test_openings_stand_in_the_order_of_their_days() -> None:
    made = PostingRecord.model_validate(example_data(PostingRecord))
    assert [str(one.about.at) for one in made.openings] == sorted(str(one.about.at) for one in made.openings)
    assert made.totals == "共设意见箱2个，张贴公告4处；开箱3次，取出信件3件"


# --- the archive -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"归档文件.1.件数": 3}, "页数（pages）2页少于件数（copies）3件"),
        ({"归档文件.0.日期": "2025-12-06"}, "第1行的日期2025年12月6日晚于移交日期"),
        ({"接收人": "王某某"}, "交接要有两个人"),
        ({"归档文件": []}, "at least 1"),
    ],
)
def test_an_impossible_index_is_refused(changes: dict[str, Any], why: str) -> None:
    assert why in faults(ArchiveIndex, laid(ArchiveIndex, changes))


def test_an_index_is_made_of_numbers_titles_days_and_copies(demo: Case) -> None:
    papers = [(None, "巡察公告", "2025-07-01", 2), ("临委巡三组立改〔2025〕1号", "立行立改通知书", "2025-07-16", 1)]
    rows = [dict(zip(("number", "title", "day", "copies"), paper, strict=True)) for paper in papers]
    made = ArchiveIndex.from_case(demo, rows=rows)
    assert made.totals == "共2条，3件"
    assert made.given_by == demo.team.liaison.name
    assert "临委巡三组立改〔2025〕1号" in render(made).text


def test_totals_are_counted_and_never_typed() -> None:
    assert ArchiveIndex.model_validate(example_data(ArchiveIndex)).totals == "共5条，53件，102页（1条没有清点页数）"
    assert not {"totals", "件数合计", "页数合计"} & set(ArchiveIndex.model_fields)


# --- as pages --------------------------------------------------------------------------------------------------------

LONG = "中共临江县青石镇白石村经济合作联合社和水库移民后期扶持项目管理服务中心联合总支部委员会"
SHORT = "甲乙"


def crowded(rows: int, name: str) -> tuple[Document, ...]:
    """Make a paper of each kind with so many rows, all names in it the same."""
    head = {"巡察轮次": {"级别": "县", "党委": "临江县", "届次": 14, "轮次": 8}, "巡察组": "第三巡察组"}
    units = [{"名称": f"{name}{n or ''}"} for n in range(min(rows, 20))]
    person = name[:40]
    many = range(1, rows + 1)
    return (
        MaterialRequest.model_validate(
            head
            | {"主送": name, "提供时限": "2025-07-04", "成文日期": "2025-06-26"}
            | {"联系人": {"姓名": person, "电话": "0600-8000003"}}
            | {"资料": [{"资料": f"{name}{n}", "期间": name, "提供部门": name} for n in many]}
        ),
        LoanRegister.model_validate(
            head
            | {"保管人": person}
            | {"借阅": [LOAN | {"资料": f"{name}{n}", "借阅人": person, "用途": name} for n in many]}
        ),
        PostingRecord.model_validate(
            head
            | {"被巡察单位": units}
            | {"意见箱": [{"意见箱": {"位置": f"{name}{n}"}, "设置日期": "2025-07-01", "经办人": person} for n in many]}
            | {"公告张贴点": [f"{name}{n}" for n in many]}
        ),
        ArchiveIndex.model_validate(
            head
            | {"被巡察单位": units, "移交人": person}
            | {"归档文件": [{"题名": f"{name}{n}", "文号": f"临委巡〔2025〕{n}号"} for n in many]}
        ),
    )


@pytest.mark.parametrize("name", [SHORT, LONG], ids=["short", "long"])
@pytest.mark.parametrize("rows", [1, 60])
def test_little_and_much_make_a_clean_paper(rows: int, name: str) -> None:
    for document in crowded(rows, name):
        report = check(render(document))
        assert not [finding for finding in report.findings if finding.severity.name != "INFO"], str(report)


@pytest.mark.needs("office")
def test_a_table_of_several_pages_repeats_its_head_and_loses_nothing() -> None:
    for document in crowded(60, LONG):
        report = check(render(document), pdf=True)
        assert not [finding for finding in report.findings if finding.severity.name != "INFO"], str(report)


@pytest.mark.parametrize("kind", [LoanRegister, MaterialRequest, PostingRecord, ArchiveIndex])
def test_a_register_is_found_by_its_name(kind: type[Document]) -> None:
    assert kinds.find(kind.label) is kind

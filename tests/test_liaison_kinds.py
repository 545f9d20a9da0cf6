"""What is special of what the liaison officer keeps: tasks, log, telephone notes, bulletins and agendas."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from tests.conftest import SHARED, document_of, example_data
from xuncha_docs import Case, Document, check, kinds, render
from xuncha_docs.drafts import draft_class, missing
from xuncha_docs.findings import Severity
from xuncha_docs.kinds.liaison_tasks import LiaisonTasks
from xuncha_docs.kinds.meeting_agenda import SCRIPT, Gathering, MeetingAgenda
from xuncha_docs.kinds.phone_note import PhoneNote
from xuncha_docs.kinds.work_bulletin import WorkBulletin
from xuncha_docs.kinds.work_log import WorkLog
from xuncha_docs.workdays import national

OURS: list[type[Document]] = [LiaisonTasks, WorkLog, PhoneNote, WorkBulletin, MeetingAgenda]
LONG = "中共临江县水利水电工程建设质量安全监督管理和移民后期扶持服务中心临时党支部委员会"
"""A name of forty characters."""


def changed(kind: type[Document], **fields: Any) -> dict[str, Any]:
    """Return the example of a kind with other fields; None leaves one out."""
    data = example_data(kind) | fields
    return {name: value for name, value in data.items() if value is not None}


def fault(kind: type[Document], **fields: Any) -> str:
    """Return what is wrong with the example of a kind once it has other fields; empty if nothing is."""
    try:
        kind.model_validate(changed(kind, **fields))
    except ValidationError as error:
        return "".join(f"{one['loc']}{one['msg']}" for one in error.errors())
    return ""


def day(on: str, *done: str, **more: Any) -> dict[str, Any]:
    """Return a day of the log."""
    return {"日期": on, "值班人员": "王某某", "工作情况": list(done) or ["开会"], **more}


# --- what can't be true --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([day("2025-07-01"), day("2025-07-01")], "2025年7月1日写了两次"),
        ([day("2025-06-30")], "2025年6月30日不在驻点期间"),
        ([day("2025-08-30")], "2025年8月30日不在驻点期间"),
        ([day("2025-07-01", 值班人员=["王某某", "王某某"])], "王某某写了两次"),
        ([day("2025-07-01", 发现问题="会议记录不全")], "问题只写编号"),
        ([day("2025-07-01", 发现问题="Q0")], "问题只写编号"),
        ([day("2025-07-01", 涉密事项="关于某事的报告")], "文号"),
    ],
)
def test_a_log_refuses_what_can_not_be_true(entries: list[dict[str, Any]], told: str) -> None:
    assert told in fault(WorkLog, 每日记录=entries)


@pytest.mark.parametrize("number", ["Q1", "Q1234", "临委巡三组底〔2025〕12号"])
def test_a_problem_stands_in_a_log_by_its_number(number: str) -> None:
    assert fault(WorkLog, 每日记录=[day("2025-07-01", 发现问题=number)]) == ""


@pytest.mark.parametrize(
    "text",
    ["举报人李某某来访", "来访群众王建国反映水费问题", "与信访人：欧某谈话", "反映人姓名：赵小军", "写信人是张三丰"],
)
def test_no_record_names_who_reported_something(text: str) -> None:
    assert "不能写反映人是谁" in fault(WorkLog, 每日记录=[day("2025-07-01", text)])
    assert "不能写反映人是谁" in fault(PhoneNote, 通知内容=text)
    assert "不能写反映人是谁" in fault(WorkBulletin, 进展=text)


@pytest.mark.parametrize(
    "text",
    [
        "接待来访群众2批5人",
        "学习保护举报人信息的规定",
        "来访人员登记后离开",
        "来访群众张贴意见",
        "来访群众周一再来",
        "与反映人何时见面由组长定",
        "举报人安全和保密工作要求",
        "受理来信2件，登记后交信访专人",
    ],
)
def test_a_record_may_speak_of_complaints_without_a_name(text: str) -> None:
    assert fault(WorkLog, 每日记录=[day("2025-07-01", text)]) == ""


@pytest.mark.parametrize("text", ["传阅机密级文件2份", "领取秘密★1年文件", "收到绝密电报"])
def test_no_record_holds_what_is_secret(text: str) -> None:
    assert "涉及国家秘密" in fault(WorkLog, 每日记录=[day("2025-07-01", text)])
    assert "涉及国家秘密" in fault(PhoneNote, 通知内容=text)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"涉密": "是"}, "不能用普通电话通知"),
        ({"来电时间": "2025-07-01"}, "写到几时几分"),
        ({"办结时间": "2025-06-30"}, "早于来电时间"),
        ({"办结时间": "2025年7月1日 16:00"}, "早于来电时间"),
        ({"编号": "临委巡三组电〔2024〕1号"}, "年份与来电时间"),
        ({"办理情况": None, "办结时间": None}, "办理情况（outcome）"),
    ],
)
def test_a_telephone_note_refuses_what_can_not_be_true(fields: dict[str, Any], told: str) -> None:
    assert told in fault(PhoneNote, **fields)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"总期号": 0}, "total_issue"),
        ({"期号": 16}, "小于期号"),
        ({"数据": [{"项目": "谈话", "本期": 5, "累计": 4}]}, "少于本期"),
        ({"数据": [{"项目": "谈话", "本期": 5}, {"项目": "个别谈话", "本期": 6}]}, "“个别谈话”写了两次"),
        ({"数据": [{"项目": "谈话", "本期": -1}]}, "'count'"),
        ({"成文日期": "2025-06-30"}, "早于本期时段"),
    ],
)
def test_a_bulletin_refuses_what_can_not_be_true(fields: dict[str, Any], told: str) -> None:
    assert told in fault(WorkBulletin, **fields)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"审批日期": "2025-06-23"}, "早于成文日期"),
        ({"审批意见": None}, "审批意见（opinion）"),
        ({"任务明细": [{"任务": "送达", "责任人": "王某某", "完成时限": "2025-06-27"}] * 2}, "写了两次"),
    ],
)
def test_a_list_of_tasks_refuses_what_can_not_be_true(fields: dict[str, Any], told: str) -> None:
    assert told in fault(LiaisonTasks, **fields)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"时间": "2025年5月25日 9:00"}, "动员会在进驻时召开"),
        ({"会议类型": "反馈会", "时间": "2025年5月26日 9:00"}, "还没有撤离"),
        ({"会议类型": "茶话会"}, "gathering"),
    ],
)
def test_an_agenda_refuses_what_can_not_be_true(fields: dict[str, Any], told: str) -> None:
    assert told in fault(MeetingAgenda, **fields)


# --- what is written -----------------------------------------------------------------------------------------------


def test_the_weekday_follows_from_the_date() -> None:
    log = document_of(WorkLog)
    assert isinstance(log, WorkLog)
    for entry in log.days:
        assert entry.weekday == "星期" + "一二三四五六日"[entry.day.weekday()]
    assert "2025年7月1日，星期二" in render(log).text


def test_a_log_prints_its_days_in_their_order_each_signed_by_somebody() -> None:
    log = WorkLog.model_validate(changed(WorkLog, 每日记录=[day("2025-07-02", "乙"), day("2025-07-01", "甲")]))
    text = render(log).text
    assert text.index("2025年7月1日，") < text.index("2025年7月2日，")
    assert text.count("组长阅签") == 2
    assert [entry.recorder for entry in log.days] == ["王某某", "王某某"]
    assert log.dated == date(2025, 7, 2)


def test_tasks_stand_by_side_in_the_order_of_their_days() -> None:
    tasks = document_of(LiaisonTasks)
    assert isinstance(tasks, LiaisonTasks)
    assert [group.heading for group in tasks.groups] == ["一、对内任务", "二、对外任务"]
    for group in tasks.groups:
        assert [task.due for task in group.tasks] == sorted(task.due for task in group.tasks)


def test_tasks_of_one_side_have_one_table() -> None:
    row = {"类别": "对外", "任务": "送达清单", "责任人": "王某某", "完成时限": "2025-06-27"}
    tasks = LiaisonTasks.model_validate(changed(LiaisonTasks, 任务明细=row, 审批意见=None, 审批日期=None))
    assert "一、对外任务" in render(tasks).text
    assert "对内" not in render(tasks).text


def test_a_bulletin_numbers_only_the_chapters_it_has() -> None:
    bulletin = WorkBulletin.model_validate(changed(WorkBulletin, 做法=None, 困难=None))
    assert [chapter.heading for chapter in bulletin.chapters] == ["三、下周安排"]


def test_a_note_that_is_still_open_leaves_room_for_the_hand() -> None:
    blank = dict.fromkeys(("转告", "组长意见", "办理情况", "办结时间", "工作动态期号"))
    text = render(PhoneNote.model_validate(changed(PhoneNote, **blank))).text
    assert "办结" not in text
    assert "非涉密" in text


# --- from the case -------------------------------------------------------------------------------------------------


def test_an_agenda_takes_the_meeting_at_entry_from_the_case(demo: Case) -> None:
    agenda = MeetingAgenda.from_case(demo, 地点="三楼会议室", 主持人="县水利局党组书记、局长", 材料=[])
    assert agenda.at == demo.stay.kickoff
    assert agenda.name == "县委第三巡察组巡察县水利局党组工作动员会"
    assert [item.speaker for item in agenda.items] == ["组长张某某", "副组长李某某", None, None]
    found = check(agenda).findings
    assert {finding.code for finding in found} == {"FCT934"}, "only the forms are still to be named"


@pytest.mark.parametrize("word", ["组务会", "team", "座谈会"])
def test_another_meeting_takes_neither_hour_nor_items_from_the_case(demo: Case, word: str) -> None:
    with pytest.raises(ValueError, match=r"时间（at）[\s\S]*参加人员（attendees）[\s\S]*议程（items）"):
        MeetingAgenda.from_case(demo, 会议类型=word, 地点="驻地", 主持人="张某某")


def test_a_packet_prints_the_words_of_the_chair_where_they_are_wanted() -> None:
    agenda = document_of(MeetingAgenda)
    assert agenda.printed_as == ("", SCRIPT)
    assert MeetingAgenda.model_validate(changed(MeetingAgenda, 附主持词=None)).printed_as == ("",)
    script = render(agenda, variant=SCRIPT).text
    assert "共有四项议程" in script
    assert "有请组长张某某。" in script


@pytest.mark.parametrize(
    ("gathering", "name"),
    [
        (Gathering.KICKOFF, "校党委第一巡察组巡察外国语学院党委工作动员会"),
        (Gathering.TEAM, "校党委第一巡察组组务会"),
        (Gathering.DISCUSSION, "校党委第一巡察组巡察外国语学院党委座谈会"),
    ],
)
def test_the_name_of_a_meeting_derives_from_its_sort(gathering: Gathering, name: str) -> None:
    assert MeetingAgenda.model_validate(changed(MeetingAgenda, 会议类型=gathering)).name == name


def test_a_meeting_may_have_a_name_of_its_own() -> None:
    named = MeetingAgenda.model_validate(changed(MeetingAgenda, 会议名称="巡察工作\n见面会"))
    assert render(named).text.startswith("巡察工作\n见面会议程")


def test_a_record_takes_team_units_and_stay_from_the_case(demo: Case) -> None:
    log = WorkLog.from_case(demo, 每日记录=[day("2025-07-01")])
    assert (log.team, log.stay) == (demo.team, demo.stay)
    note = PhoneNote.from_case(
        demo, 编号="临委巡三组电〔2025〕2号", 来电时间="2025年7月2日 9:00", 来电单位="巡察办", 通知内容="报送名单。"
    )
    assert note.receiver == demo.team.liaison.name
    assert note.dated == date(2025, 7, 2)


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.kind)
def test_a_draft_with_nothing_in_it_can_be_printed(kind: type[Document]) -> None:
    draft = draft_class(kind).model_validate({})
    assert missing(draft)
    assert "【待填：" in render(draft, draft=True).text


# --- large and small -----------------------------------------------------------------------------------------------


def many_days() -> list[dict[str, Any]]:
    """Return a log of every working day of two months."""
    stay = (date(2025, 7, 1) + timedelta(n) for n in range(60))
    return [day(str(one), f"第{n}天的工作", "查阅资料") for n, one in enumerate(stay) if national().is_workday(one)]


def large(kind: type[Document]) -> dict[str, Any]:
    """Return an example with twenty units, one of them with a name of forty characters, and sixty rows."""
    units = [
        {"名称": LONG, "简称": "局"},
        *({"名称": f"中共临江县{n}号局党组", "简称": f"{n}局"} for n in range(2, 21)),
    ]
    row = {"任务": "核对清单", "责任人": "王某某", "完成时限": "2025-06-27"}
    rows: dict[type[Document], dict[str, Any]] = {
        LiaisonTasks: {
            "任务明细": [row | {"任务": f"核对第{n}份", "类别": "对内对外"[n % 2 * 2 :][:2]} for n in range(60)]
        },
        WorkLog: {"每日记录": many_days()},
        WorkBulletin: {"进展": [f"完成第{n}个站所的走访。" for n in range(60)]},
        MeetingAgenda: {"议程": ["组长讲话", "宣读通知", "表态发言", *(f"第{n}个单位发言" for n in range(57))]},
    }
    fields: dict[str, Any] = {} if kind is PhoneNote else {"被巡察单位": units}
    return changed(kind, **fields, **rows.get(kind, {"来电单位": LONG, "通知内容": ["请报送名单。"] * 60}))


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.kind)
def test_twenty_units_and_sixty_rows_make_a_clean_paper(kind: type[Document]) -> None:
    document = kind.model_validate(large(kind))
    for variant in document.printed_as:
        found = check(render(document, variant=variant)).findings
        assert [f for f in found if f.severity is not Severity.INFO and f.code != "TXT610"] == []


@pytest.mark.needs("office")
@pytest.mark.parametrize("kind", [LiaisonTasks, WorkLog], ids=lambda kind: kind.kind)
def test_the_pages_of_a_long_record_are_right(kind: type[Document]) -> None:
    paper = render(kind.model_validate(large(kind)))
    assert [f for f in check(paper, pdf=True).findings if f.severity is not Severity.INFO] == []


# --- against what was published ------------------------------------------------------------------------------------


@pytest.mark.needs("shared")
@pytest.mark.parametrize("name", ["kickoff-1", "kickoff-2"])
def test_published_kickoffs_are_agendas_without_fault(name: str) -> None:
    published = json.loads((SHARED / f"examples/published/{name}.json").read_text(encoding="utf-8"))
    facts = published["facts"]
    given = {"议程": facts.get("agenda"), "材料": facts["forms"], "主持人": facts.get("host")}
    agenda = MeetingAgenda.model_validate(changed(MeetingAgenda) | {k: v for k, v in given.items() if v})
    assert published["findings"] == []
    assert [f for f in check(agenda).findings if f.severity is not Severity.INFO] == []
    assert all(one in render(agenda).text for one in (*facts.get("agenda", ()), *facts["forms"]))


def test_all_five_are_kinds_with_a_place() -> None:
    assert [kinds.find(kind.label).cycle for kind in OURS] == ["140", "310", "320", "340", "230"]

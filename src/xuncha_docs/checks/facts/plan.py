"""FCT5: plans: phases, meetings, tasks and duties against each other, the stay, the case and the plans above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from xuncha_docs import chinese
from xuncha_docs.case import Stay
from xuncha_docs.checks.facts.reading import (
    NUMBER,
    allowed,
    days,
    due,
    number,
    said_before,
    same_time,
    texts_of,
    workdays,
)
from xuncha_docs.checks.facts.stated import Loc, Stated
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.fields import Role, as_day, doubled
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.kinds.annual_plan import AnnualPlan
from xuncha_docs.kinds.round_plan import RoundPlan
from xuncha_docs.kinds.work_plan import WorkPlan
from xuncha_docs.plans import FieldPlan, Phase

# --- phases --------------------------------------------------------------------------------------------------------


@rule("FCT501", Severity.WARNING, strength=Strength.PRACTICE)
def days_between_phases(stated: Stated) -> Flaws:
    """前后两个阶段之间空着几天。

    为什么：空着的工作日没有人知道该做什么。中间只隔着周末的不算；隔着法定节假日的只作提示。

    错：
        （巡察工作方案）
        工作步骤[1].结束日期: 2025-08-27
        任务明细[1].完成时限: 2025-08-27
    对：
        （巡察工作方案）
        工作步骤[1].结束日期: 2025-08-31
    """
    for plan in stated.of(FieldPlan):
        for n, (one, following) in enumerate(pairwise(plan.phases), 1):
            first, last = one.end + timedelta(1), following.start - timedelta(1)
            if all(day.weekday() > 4 for day in days(first, last)):
                continue
            worked = workdays(stated, first, last)
            if worked is None:
                continue
            what = f"，其中{worked}个工作日" if worked else "，都是休息日"
            yield stated.flaw(
                ("phases", n, "start"),
                f"“{one.name}”结束到“{following.name}”开始之间空着{chinese.written_span(first, last)}{what}。",
                "请核对两个阶段的起止日期，让它们前后相接；确实只隔着节假日的，可以不改。",
                severity=None if worked else Severity.INFO,
            )


_BEFORE, _ENTRY, _STAY, _REPORT, _FEEDBACK, _MENDING, _FILING = range(7)
_RANKS = (
    (_BEFORE, "准备|筹备|培训|部署"),
    (_ENTRY, "进驻|动员"),
    (_STAY, "了解|驻点|现场巡察|检查"),
    (_REPORT, "报告|汇报|汇总"),
    (_FEEDBACK, "反馈"),
    (_MENDING, "整改"),
    (_FILING, "归档|立卷"),
)


_ANY_TIME = re.compile("总结|汇报(?!.*报告)")
"""What may follow any step: it ends the work, or tells the committee what came of 反馈 or 整改."""


def _ranks(phase: Phase) -> tuple[int, ...]:
    """Return which steps of the cycle a phase's name says; one that says several is several."""
    name = re.sub("立行立改|立巡立改|边巡边改|整改落实情况|听取(?:工作)?汇报|中期汇报", "", phase.name)
    return tuple(rank for rank, words in _RANKS if re.search(words, name))


@rule("FCT502", Severity.WARNING, strength=Strength.PRACTICE)
def phase_unlike_stay(stated: Stated) -> Flaws:
    """阶段的日期和驻点时间对不上。

    为什么：准备应在进驻之前，进驻和了解应在驻点期间，反馈、整改、归档应在撤离之后；驻点时间改了以后，阶段常常忘了改。

    错：
        文书.巡察工作方案.工作步骤[3].结束日期: 2025-08-31
        文书.巡察工作方案.工作步骤[4].开始日期: 2025-09-01
    错：
        文书.巡察工作方案.工作步骤[1].结束日期: 2025-07-02
        文书.巡察工作方案.工作步骤[2].开始日期: 2025-07-03
        文书.巡察工作方案.工作步骤[2].结束日期: 2025-07-03
        文书.巡察工作方案.工作步骤[3].开始日期: 2025-07-04
    对：
        文书.巡察工作方案.工作步骤[4].开始日期: 2025-09-01
    """
    for plan in stated.of(FieldPlan):
        for n, phase in enumerate(plan.phases):
            for field, wrong in _unlike_stay(phase, plan.stay):
                yield stated.flaw(
                    ("phases", n, field),
                    f"“{phase.name}”{wrong}。",
                    f"驻点时间是{plan.stay.phrase.rstrip('，')}，请核对是阶段的日期不对，还是驻点时间改了。",
                )


def _unlike_stay(phase: Phase, stay: Stay) -> Iterator[tuple[str, str]]:
    """Yield which end of a phase is at odds with the stay, and how."""
    ranks = _ranks(phase)
    start, end = (chinese.written_date(day) for day in (phase.start, phase.end))
    if ranks == (_BEFORE,) and phase.end > stay.start:
        yield "end", f"到{end}才结束，这时已经进驻"
    if ranks and set(ranks) <= {_ENTRY, _STAY}:
        if phase.start < stay.start:
            yield "start", f"从{start}开始，这时还没有进驻"
        if stay.end and phase.end > stay.end:
            yield "end", f"到{end}才结束，这时已经撤离"
    if ranks and min(ranks) >= _FEEDBACK and stay.end and phase.start <= stay.end:
        yield "start", f"从{start}开始，这时还没有撤离"


@rule("FCT503", Severity.WARNING, strength=Strength.PRACTICE)
def phases_in_unusual_order(stated: Stated) -> Flaws:
    """各阶段的次序和巡察的流程不一样。

    为什么：巡察按准备、进驻、了解、报告、反馈、整改、归档进行，次序颠倒的多半是日期或名称填错了。

    错：
        （巡察工作方案）
        工作步骤[1].名称: 报告阶段
    对：
        （巡察工作方案）
        工作步骤[1].名称: 准备和培训
    """
    for plan in stated.of(FieldPlan):
        for n, (one, following) in enumerate(pairwise(plan.phases), 1):
            before, after = _ranks(one), _ranks(following)
            if before and after and max(after) < min(before) and not _ANY_TIME.search(following.name):
                yield stated.flaw(
                    ("phases", n, "name"),
                    f"“{following.name}”排在“{one.name}”后面。",
                    "请核对这两个阶段的名称和日期。",
                )


@rule("FCT504", Severity.WARNING, strength=Strength.PRACTICE)
def stay_beyond_phases(stated: Stated) -> Flaws:
    """各阶段没有覆盖整个驻点时间。

    为什么：驻点的头几天或末几天不属于任何阶段，方案就没有说这几天做什么；多半是驻点时间改了而阶段没有改。

    错：
        文书.巡察工作方案.工作步骤[3].结束日期: 2025-08-27
        文书.巡察工作方案.工作步骤[4]: {名称: 总结, 开始日期: 2025-08-28, 结束日期: 2025-08-28, 任务: 汇总。}
        文书.巡察工作方案.任务明细[5].完成时限: 2025-08-27
    对：
        文书.巡察工作方案.工作步骤[4].结束日期: 2025-09-30
    """
    for plan in stated.of(FieldPlan):
        stay, first, last = plan.stay, plan.phases[0], plan.phases[-1]
        if stay.start < first.start:
            yield _uncovered(stated, 0, "start", f"从{chinese.written_date(stay.start)}进驻", first)
        if (stay.end or stay.start) > last.end:
            until = f"到{chinese.written_date(stay.end)}撤离" if stay.end else f"{chinese.written_date(stay.start)}进驻"
            yield _uncovered(stated, len(plan.phases) - 1, "end", until, last)


def _uncovered(stated: Stated, n: int, field: str, stay: str, phase: Phase) -> Flaw:
    which, day = ("第一个", f"{chinese.written_date(phase.start)}才开始") if field == "start" else ("最后一个", "")
    day = day or f"{chinese.written_date(phase.end)}就结束了"
    return stated.flaw(
        ("phases", n, field), f"{stay}，{which}阶段“{phase.name}”{day}。", "请调整阶段的日期，把驻点时间都包括进去。"
    )


_REPORT_NAMES = "^(?!.*整改).*巡察报告|报告阶段"


@rule("FCT505", Severity.WARNING, strength=Strength.PRACTICE)
def report_after_deadline(stated: Stated) -> Flaws:
    """报告阶段超过了本单位定的时限。

    为什么：巡察报告应在撤离后多少天内提交，各地规定不同。只有案卷的政策口径里写了“巡察报告”的时限，才按它核对。

    错：
        政策口径.时限: {巡察报告: {工作日: 15}}
    对：
        政策口径.时限: {巡察报告: {工作日: 20}}
    对：
        政策口径.时限: {整改报告: {工作日: 5}}
    """
    limit = allowed(stated, _REPORT_NAMES)
    for plan in stated.of(FieldPlan) if limit else ():
        last = due(stated, plan.stay.end, limit) if limit and plan.stay.end else None
        for n, phase in enumerate(plan.phases):
            if last and phase.end > last and _ranks(phase) == (_REPORT,):
                yield stated.flaw(
                    ("phases", n, "end"),
                    f"“{phase.name}”到{chinese.written_date(phase.end)}结束，按政策口径的时限应在"
                    f"{chinese.written_date(last)}前提交巡察报告。",
                    "请提前报告阶段的结束日期，或核对政策口径（policy）里的时限。",
                )


# --- tasks and people ----------------------------------------------------------------------------------------------


@rule("FCT506", Severity.WARNING, strength=Strength.PRACTICE)
def task_outside_phases(stated: Stated) -> Flaws:
    """任务的完成时限不在任何一个阶段里。

    为什么：任务明细是各阶段工作的细化，时限落在阶段之外，多半是年月填错了。

    错：
        （巡察工作方案）
        任务明细[1].完成时限: 2026-08-29
    对：
        （巡察工作方案）
        任务明细[1].完成时限: 2025-09-01
    """
    for plan in stated.of(WorkPlan):
        for n, task in enumerate(plan.tasks):
            if not _in_phases(task.due, plan):
                yield stated.flaw(
                    ("tasks", n, "due"),
                    f"“{task.task}”的完成时限{chinese.written_date(task.due)}不在任何一个阶段里。",
                    "请核对完成时限，或调整阶段的起止日期。",
                )


def _in_phases(day: date, plan: WorkPlan) -> bool:
    return any(phase.start <= day <= phase.end for phase in plan.phases)


@rule("FCT507", Severity.WARNING, strength=Strength.PRACTICE)
def task_due_before_plan(stated: Stated) -> Flaws:
    """任务的完成时限早于方案的成文日期。

    为什么：方案定下来的时候，这项任务的时限已经过了。已经做完的，可以不列，或者在完成情况里写明。

    错：
        （巡察工作方案）
        任务明细[1].完成时限: 2025-08-20
    对：
        （巡察工作方案）
        任务明细[1].完成时限: 2025-08-25
    """
    for plan in stated.of(WorkPlan):
        for n, task in enumerate(plan.tasks):
            if task.due < plan.signed and not task.status and _in_phases(task.due, plan):
                yield stated.flaw(
                    ("tasks", n, "due"),
                    f"“{task.task}”的完成时限{chinese.written_date(task.due)}"
                    f"早于方案的成文日期{chinese.written_date(plan.signed)}。",
                    "请核对完成时限；已经完成的，在完成情况（status）里写明。",
                )


_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,20}·[\u4e00-\u9fff]{1,20}")
_NO_NAME = re.compile(
    "组$|[办局科室部处委]$|[员长任]$|全体|全组|各|人员|单位|同志|负责|相关|有关|巡察|保障|协调|联络|综合|后勤|驻地|待定"
)
_BETWEEN_NAMES = re.compile(r"[、，,；;\s/]+")


def _people(plan: WorkPlan) -> Iterator[tuple[Loc, str]]:
    """Yield everybody to whom the plan gives something to do, by name, each with the path."""
    for n, duty in enumerate(plan.duties):
        for m, names in enumerate(duty.people):
            yield from ((("duties", n, "people", m), name) for name in _names(names))
    for n, task in enumerate(plan.tasks):
        yield from ((("tasks", n, "owner"), name) for name in _names(task.owner))


def _names(text: str) -> Iterator[str]:
    """Yield the names in a text, each once."""
    return filter(None, dict.fromkeys(_BETWEEN_NAMES.split(text)))


@rule("FCT508", Severity.WARNING, strength=Strength.PRACTICE)
def stranger_in_plan(stated: Stated) -> Flaws:
    """分工或任务里的人不在巡察组里。

    为什么：换了组员以后，分工表和任务明细里常常还留着原来的人，或者姓名写错了一个字。写小组、职务的不核对。

    错：
        （巡察工作方案）
        任务明细[1].责任人: 冯某
    错：
        （巡察工作方案）
        分工[2].人员: [吴某某, 陈某某, 韩某某]
    对：
        （巡察工作方案）
        任务明细[1].责任人: 资料组
    对：
        （巡察工作方案）
        任务明细[1].责任人: 后勤保障、集团办公室主任秦某
    """
    for plan in stated.of(WorkPlan):
        members = [person.name for _, person in plan.team.posts]
        groups = {duty.group for duty in plan.duties}
        for loc, name in _people(plan):
            known = name in groups or any(member in name for member in members)
            if _NAME.fullmatch(name) and not known and not _NO_NAME.search(name):
                yield stated.flaw(
                    loc,
                    f"“{name}”不在巡察组名单里。",
                    "请核对姓名；换了人的，把分工和任务里的姓名一起改；组外的人写单位或职务。",
                )


@rule("FCT509", Severity.INFO, strength=Strength.PRACTICE)
def member_without_duty(stated: Stated) -> Flaws:
    """巡察组里有人没有分工。

    为什么：增补组员以后，分工表里常常忘了加。组长总管全组，不要求另有分工；写小组、职务的也不核对。

    错：
        （巡察工作方案）
        分工[2].人员: [吴某某]
    对：
        （巡察工作方案）
        分工[2].人员: [吴某某, 陈某某, 褚某某]
    """
    for plan in stated.of(WorkPlan):
        busy = [name for _, name in _people(plan)]
        if any(name in {*Role} or "全体" in name for name in busy):
            continue
        others = [person.name for post, person in plan.team.posts if post != "leader"]
        idle = [member for member in others if not any(member in name for name in busy)]
        if idle:
            yield stated.flaw(
                ("duties",), f"分工里没有{'、'.join(idle)}。", "请在分工（duties）里补上，或核对巡察组名单。"
            )


_DEPUTIES, _SMALLEST, _LARGEST = 2, 5, 8
"""Teams of five to seven, and of six to eight, with one or two deputies: what two committees set for theirs."""


@rule("FCT510", Severity.WARNING, strength=Strength.PRACTICE)
def unusual_team(stated: Stated) -> Flaws:
    """巡察组的组成和通常的不一样。

    为什么：一个组通常设一至两名副组长，连组长在内五至八人。没有副组长的，多半是漏填；人数不同的只作提示。

    错（还有 FCT508）：
        （巡察工作方案）
        删去：巡察组.副组长
    对：
        （巡察工作方案）
        巡察组.组员: [陈某某, 褚某某, 卫某某]
    """
    for plan in stated.of(WorkPlan):
        deputies, size = len(plan.team.deputies), len(plan.team.posts)
        if not deputies:
            yield stated.flaw(("team",), "没有填写副组长。", "请补上副组长；确实不设的，可以不改。")
        if deputies > _DEPUTIES:
            yield stated.flaw(
                ("team", "deputies"),
                f"有{deputies}名副组长，通常是一至两名。",
                "请核对各人的职责。",
                severity=Severity.INFO,
            )
        if not _SMALLEST <= size <= _LARGEST:
            yield stated.flaw(
                ("team",),
                f"巡察组共{size}人，通常是{_SMALLEST}至{_LARGEST}人。",
                "请核对名单是否完整。",
                severity=Severity.INFO,
            )


# --- authorisation and recusal -------------------------------------------------------------------------------------


@rule("FCT511", Severity.INFO, strength=Strength.PRACTICE)
def recusal_not_said(stated: Stated) -> Flaws:
    """方案没有写回避情况。

    为什么：任职回避、公务回避、亲属回避都要在进驻前核实，方案里写明核实过了，以后查得到。

    错：
        （巡察工作方案）
        删去：回避情况
    对：
        （巡察工作方案）
        回避情况: 经核查，组员与被巡察单位之间没有应当回避的情形
    """
    for plan in stated.of(FieldPlan):
        if not plan.recusal:
            cure = "请核实后填写，如“经核查，组员与被巡察单位之间没有应当回避的情形”。"
            yield stated.flaw(("recusal",), "没有写回避情况（recusal）。", cure)


@rule("FCT512", Severity.INFO, strength=Strength.PRACTICE)
def authorisation_not_said(stated: Stated) -> Flaws:
    """方案没有写组长的授权日期。

    为什么：组长、副组长一次一授权，方案里写明授权的日期和文件，才看得出授权在进驻之前。

    错：
        （巡察工作方案）
        删去：授权日期
    对：
        （巡察工作方案）
        授权日期: 2025-08-15
    """
    for plan in stated.of(FieldPlan):
        if not plan.authorised:
            cure = "请按组长授权任职的决定填写日期。"
            yield stated.flaw(("authorised",), "没有写授权日期（authorised）。", cure)


@rule("FCT513", Severity.ERROR, strength=Strength.PRACTICE)
def plan_signed_before_authorisation(stated: Stated) -> Flaws:
    """方案的成文日期早于组长的授权日期。

    为什么：组长经授权才能履行职责，授权之前不能批准本组的方案。

    错：
        （巡察工作方案）
        授权日期: 2025-08-28
    对：
        （巡察工作方案）
        授权日期: 2025-08-25
    """
    for plan in stated.of(FieldPlan):
        if plan.authorised and plan.signed < plan.authorised:
            yield stated.flaw(
                ("signed",),
                f"成文日期{chinese.written_date(plan.signed)}早于授权日期{chinese.written_date(plan.authorised)}。",
                "请核对授权日期（authorised）和成文日期（signed）。",
            )


# --- meetings ------------------------------------------------------------------------------------------------------


@rule("FCT514", Severity.WARNING, strength=Strength.PRACTICE)
def meeting_outside_phases(stated: Stated) -> Flaws:
    """会议不在任何一个阶段里。

    为什么：会议的日子落在各阶段之外，多半是年月填错了，或者阶段改了而会议没有改。

    错：
        （巡察工作方案）
        会议安排[1].时间: 2026年9月1日 15:00
    对：
        （巡察工作方案）
        会议安排[1].时间: 2025年10月17日 15:00
    """
    for plan in stated.of(WorkPlan):
        for n, meeting in enumerate(plan.meetings):
            if not _in_phases(as_day(meeting.at), plan):
                yield stated.flaw(
                    ("meetings", n, "at"),
                    f"{meeting.name}定在{chinese.written_moment(meeting.at)}，不在任何一个阶段里。",
                    "请核对会议时间，或调整阶段的起止日期。",
                )


@rule("FCT515", Severity.WARNING, strength=Strength.PRACTICE)
def meeting_on_day_off(stated: Stated) -> Flaws:
    """会议定在休息日。

    为什么：休息日被巡察单位多半召集不起人来。调休上班的周末按工作日算，放假的周一至周五按休息日算。

    错：
        （巡察工作方案）
        会议安排[2]: {时间: 2025年10月1日 9:00, 会议: 组务会, 地点: 驻地}
    对：
        （巡察工作方案）
        会议安排[2]: {时间: 2025年9月28日 9:00, 会议: 组务会, 地点: 驻地}
    """
    for plan in stated.of(WorkPlan):
        for n, meeting in enumerate(plan.meetings):
            if stated.is_day_off(meeting.at):
                yield stated.flaw(
                    ("meetings", n, "at"),
                    f"{meeting.name}定在{chinese.written_date(as_day(meeting.at))}，是休息日。",
                    "请改到工作日；确实在这一天开的，请事先和参加人员说好。",
                )


@rule("FCT516", Severity.ERROR, strength=Strength.PRACTICE)
def kickoff_unlike_stay(stated: Stated) -> Flaws:
    """会议安排里的动员会和驻点时间里的动员会不是同一个时间。

    为什么：同一次动员会写了两个时间，印出来就自相矛盾。

    错：
        文书.巡察工作方案.会议安排[1].时间: 2025年7月1日 15:00
    对：
        文书.巡察工作方案.会议安排[1].时间: 2025年7月1日
    """
    for plan in stated.of(WorkPlan):
        for n, meeting in enumerate(plan.meetings):
            if "进驻动员" in meeting.name or "巡察工作动员" in meeting.name:
                kickoff = plan.stay.kickoff
                if kickoff and not same_time(meeting.at, kickoff):
                    yield stated.flaw(
                        ("meetings", n, "at"),
                        f"{meeting.name}定在{chinese.written_moment(meeting.at)}，"
                        f"驻点时间里写的动员会是{chinese.written_moment(kickoff)}。",
                        "请核对哪一个对，把另一个改过来。",
                    )


@rule("FCT517", Severity.WARNING, strength=Strength.PRACTICE)
def incomplete_meeting(stated: Stated) -> Flaws:
    """会议没有写地点、主持人或材料。

    为什么：通知会议要说清时间、地点、谁主持、带什么材料。没有地点的是警告，没有主持人、材料的只作提示。

    错：
        （巡察工作方案）
        删去：会议安排[1].地点
    对：
        （巡察工作方案）
        会议安排[1].材料: [民主测评表, 签到表]
    """
    for plan in stated.of(WorkPlan):
        for n, meeting in enumerate(plan.meetings):
            given = (("地点", meeting.place), ("主持人", meeting.host), ("材料", meeting.materials))
            missing = [name for name, value in given if not value]
            if missing:
                yield stated.flaw(
                    ("meetings", n),
                    f"{meeting.name}没有写{'、'.join(missing)}。",
                    "请补上；不需要的可以不填。",
                    severity=Severity.WARNING if "地点" in missing else Severity.INFO,
                )


@rule("FCT518", Severity.WARNING, strength=Strength.PRACTICE)
def meetings_at_once(stated: Stated) -> Flaws:
    """两个会定在同一个时间。

    为什么：一个组同时开不了两个会，多半是复制一行以后没有改时间。

    错：
        （巡察工作方案）
        会议安排[2]: {时间: 2025年9月1日 15:00, 会议: 组务会, 地点: 驻地}
    对：
        （巡察工作方案）
        会议安排[2]: {时间: 2025年9月1日 17:00, 会议: 组务会, 地点: 驻地}
    """
    for plan in stated.of(WorkPlan):
        for moment in doubled(meeting.at for meeting in plan.meetings if isinstance(meeting.at, datetime)):
            held = [n for n, meeting in enumerate(plan.meetings) if meeting.at == moment]
            names = "、".join(plan.meetings[n].name for n in held)
            yield stated.flaw(
                ("meetings", held[-1], "at"),
                f"{names}都定在{chinese.written_moment(moment)}。",
                "请核对会议时间。",
            )


# --- against the case ----------------------------------------------------------------------------------------------


@rule("FCT519", Severity.ERROR, strength=Strength.PRACTICE)
def plan_unlike_case(stated: Stated) -> Flaws:
    """方案写的和案卷不一样。

    为什么：轮次、巡察组、被巡察单位、驻点时间是案卷里的事实，各份文书都取自那里；方案里另写一套，公告和方案就对不上。

    错：
        文书.巡察工作方案.驻点时间: {进驻日期: 2025-07-01, 撤离日期: 2025-09-05, 受理截止: 2025-08-29}
    错：
        文书.巡察工作方案.被巡察单位: 中共临江县林业局党组
    对：
        文书.巡察工作方案.被巡察单位: 中共临江县水利局党组
    """
    for plan in stated.of(WorkPlan):
        case = stated.case
        if case is None:
            return
        if plan.round != case.round:
            yield _unlike_case(stated, ("round",), plan.round.name, case.round.name)
        if plan.team.ordinal != case.team.ordinal:
            yield _unlike_case(stated, ("team", "ordinal"), plan.team.name, case.team.name)
        for post in ("leader", "liaison"):
            ours, theirs = getattr(plan.team, post).name, getattr(case.team, post).name
            if ours != theirs:
                yield _unlike_case(stated, ("team", post), ours, theirs)
        for post in ("start", "end", "kickoff", "complaints_close"):
            moment, known = getattr(plan.stay, post), getattr(case.stay, post)
            if moment and known and moment != known:
                said = chinese.written_moment(moment)
                yield _unlike_case(stated, ("stay", post), said, chinese.written_moment(known))
        known_units = {unit.name for unit in case.units}
        for n, unit in enumerate(plan.units):
            if unit.name not in known_units:
                yield _unlike_case(stated, ("units", n), unit.name, "、".join(unit.name for unit in case.units))


def _unlike_case(stated: Stated, loc: Loc, said: str, known: str) -> Flaw:
    return stated.flaw(loc, f"方案写的是“{said}”，案卷里是“{known}”。", "请删去方案里的这一项，用案卷的；或者改案卷。")


@rule("FCT520", Severity.ERROR, strength=Strength.PRACTICE)
def unit_planned_twice(stated: Stated) -> Flaws:
    """一个单位在方案里写了两次。

    为什么：一个单位只列一次，写了两次多半是复制以后没有改，漏了另一个。

    错：
        （巡察工作方案）
        被巡察单位[2]: 中共华澜物业有限公司总支部委员会
    对：
        （巡察工作方案）
        被巡察单位[2]: 中共华澜酒店有限公司总支部委员会
    """
    for plan in stated.of(WorkPlan):
        names = [unit.name for unit in plan.units]
        for name in doubled(names):
            last = len(names) - 1 - names[::-1].index(name)
            yield stated.flaw(("units", last), f"“{name}”写了两次。", "请核对单位名单，删去重复的。")


_PROSE = ("title", "guidance", "focus", "phases", "duties", "tasks", "discipline", "confidentiality", "chapters")
_DAYS_SAID = re.compile(
    rf"(?:驻点|现场巡察|进驻)(?:时间)?[^。；，\d每第前后末头再约近超少多至最满中]{{0,6}}?({NUMBER})"
    r"(?:天(?!左右|以内|以上|内|前|后)|日(?=[，。；、]|$))"
)
_OF_ALL_TEAMS = re.compile("本轮|轮巡察|全[县市区校]|全集团|个(?:巡察)?组|各(?:巡察)?组")
_UNITS_SAID = re.compile(rf"(?:对|巡察)(?:以下|下列|全部)?({NUMBER})个(?:被巡察)?(?:单位|党组织)(?!以上|左右)")


@rule("FCT521", Severity.ERROR, strength=Strength.PRACTICE)
def count_unlike_facts(stated: Stated) -> Flaws:
    """方案里写的天数或单位数和事实不符。

    为什么：写“驻点60天”“对20个单位”的地方，日期或名单一改就错；天数含进驻、撤离两天。

    错：
        文书.巡察工作方案.总体要求: 驻点时间62天，紧扣职能责任开展监督。
    错：
        文书.巡察工作方案.总体要求: 对两个单位开展巡察，紧扣职能责任开展监督。
    对：
        文书.巡察工作方案.总体要求: 驻点时间60天，对1个单位开展巡察；本轮共对12个单位开展巡察。
    对：
        文书.巡察工作方案.总体要求: 进驻7日内召开动员会，驻点期间每5天报一次进度，驻点不少于30天。
    """
    for plan in stated.of(WorkPlan):
        for loc, text in texts_of(plan, _PROSE):
            facts = ((_DAYS_SAID, plan.stay.days, "天"), (_UNITS_SAID, len(plan.units), "个单位"))
            for pattern, known, word in facts:
                for match in pattern.finditer(text):
                    said = number(match[1])
                    of_all = word != "天" and _OF_ALL_TEAMS.search(said_before(text, match.start()))
                    if said and known and said != known and not of_all:
                        yield stated.flaw(
                            loc,
                            f"“{match[0]}”：按方案的事实应是{known}{word}。",
                            "请核对，改正这里的数目，或改驻点时间、单位名单。",
                        )


# --- against the plans above -----------------------------------------------------------------------------------------


@rule("FCT522", Severity.ERROR, strength=Strength.PRACTICE)
def round_plan_unlike_case(stated: Stated) -> Flaws:
    """本轮方案里没有案卷的巡察组，或者分给它的单位和案卷不一样。

    为什么：本轮方案定了哪个组去哪些单位，组方案、公告都要照着写；分组调整以后，常常只改了一处。

    错：
        文书.本轮巡察工作方案: {总体要求: 突出重点。, 监督重点: 聚焦落实部署, 工作方式: 个别谈话, 成文日期: 2025-06-20}
        文书.本轮巡察工作方案.工作步骤: {名称: 驻点阶段, 开始日期: 2025-07-01, 结束日期: 2025-08-29, 任务: 开展了解。}
        文书.本轮巡察工作方案.各组: {序号: 3, 被巡察单位: 中共临江县林业局党组}
    错：
        文书.本轮巡察工作方案: {总体要求: 突出重点。, 监督重点: 聚焦落实部署, 工作方式: 个别谈话, 成文日期: 2025-06-20}
        文书.本轮巡察工作方案.工作步骤: {名称: 驻点阶段, 开始日期: 2025-07-01, 结束日期: 2025-08-29, 任务: 开展了解。}
        文书.本轮巡察工作方案.各组: {序号: 2, 被巡察单位: 中共临江县水利局党组}
    对：
        文书.本轮巡察工作方案: {总体要求: 突出重点。, 监督重点: 聚焦落实部署, 工作方式: 个别谈话, 成文日期: 2025-06-20}
        文书.本轮巡察工作方案.工作步骤: {名称: 驻点阶段, 开始日期: 2025-07-01, 结束日期: 2025-08-29, 任务: 开展了解。}
        文书.本轮巡察工作方案.各组: [{序号: 3, 被巡察单位: 中共临江县水利局党组}]
    """
    for plan in stated.of(RoundPlan):
        case = stated.case
        if case is None:
            return
        n = next((n for n, team in enumerate(plan.teams) if team.ordinal == case.team.ordinal), None)
        if n is None:
            cure = "请在各组（teams）里补上，或核对案卷的巡察组序号。"
            yield stated.flaw(("teams",), f"本轮方案里没有{case.team.name}。", cure)
            continue
        planned, known = ([unit.name for unit in units] for units in (plan.teams[n].units, case.units))
        if set(planned) != set(known):
            yield stated.flaw(
                ("teams", n, "units"),
                f"本轮方案里{case.team.name}的单位是“{'、'.join(planned)}”，案卷里是“{'、'.join(known)}”。",
                "请核对分组，改正其中一处。",
            )


@rule("FCT523", Severity.WARNING, strength=Strength.PRACTICE)
def inspection_beside_annual_plan(stated: Stated) -> Flaws:
    """案卷的轮次或单位不在年度计划里。

    为什么：巡察按年度计划进行；计划外的单位要有党委的决定。多半是名称写得不一样，或者计划调整以后没有改。

    错：
        文书.年度巡察工作计划: {总体要求: 推进全覆盖。, 监督重点: 落实部署, 工作要求: 照办。, 成文日期: 2025-02-18}
        文书.年度巡察工作计划.轮次安排: {轮次: 8, 组数: 1, 单位: 中共临江县林业局党组, 开始日期: 2025-07-01}
        文书.年度巡察工作计划.轮次安排.结束日期: 2025-08-29
    错：
        文书.年度巡察工作计划: {总体要求: 推进全覆盖。, 监督重点: 落实部署, 工作要求: 照办。, 成文日期: 2025-02-18}
        文书.年度巡察工作计划.轮次安排: {轮次: 9, 组数: 1, 单位: 中共临江县水利局党组, 开始日期: 2025-07-01}
        文书.年度巡察工作计划.轮次安排.结束日期: 2025-08-29
    对：
        文书.年度巡察工作计划: {总体要求: 推进全覆盖。, 监督重点: 落实部署, 工作要求: 照办。, 成文日期: 2025-02-18}
        文书.年度巡察工作计划.轮次安排: {轮次: 8, 组数: 1, 单位: 中共临江县水利局党组, 开始日期: 2025-07-01}
        文书.年度巡察工作计划.轮次安排.结束日期: 2025-08-29
    """
    for plan in stated.of(AnnualPlan):
        case = stated.case
        if case is None or case.round.round is None:
            return
        rounds = [planned for planned in plan.rounds if planned.round == case.round.round]
        if not rounds:
            which = f"第{chinese.numeral(case.round.round)}轮"
            yield stated.flaw(("rounds",), f"年度计划里没有{which}。", "请补上这一轮，或核对案卷的轮次。")
            continue
        planned = {name for one in rounds for name in one.units}
        for unit in case.units:
            if unit.name not in planned:
                yield stated.flaw(
                    ("rounds", plan.rounds.index(rounds[0]), "units"),
                    f"年度计划的{rounds[0].name}里没有案卷的“{unit.name}”。",
                    "请核对名称；计划调整过的，把计划一起改。",
                )

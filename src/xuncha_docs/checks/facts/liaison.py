"""FCT9: what the liaison officer keeps: tasks, log, telephone notes, bulletins, agendas (FCT901 to FCT949).

Requests for material, loans, places of posting and the archive have FCT951 to FCT999.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from xuncha_docs import chinese
from xuncha_docs.checks.facts.reading import days, same_time, texts_of
from xuncha_docs.checks.facts.stated import Loc, Stated
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.fields import as_day
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.kinds.liaison_tasks import LiaisonTasks
from xuncha_docs.kinds.meeting_agenda import Gathering, MeetingAgenda
from xuncha_docs.kinds.phone_note import PhoneNote
from xuncha_docs.kinds.work_bulletin import WorkBulletin
from xuncha_docs.kinds.work_log import WorkLog
from xuncha_docs.plans import Side
from xuncha_docs.records import Record

# --- tasks ---------------------------------------------------------------------------------------------------------


@rule("FCT901", Severity.WARNING, strength=Strength.PRACTICE)
def task_done_late(stated: Stated) -> Flaws:
    """任务的完成日期晚于完成时限。

    为什么：逾期完成的要说明原因；多半是时限或完成日期填错了。

    错：
        （联络任务明细）
        任务明细[1].完成日期: 2025-06-28
    对：
        （联络任务明细）
        任务明细[1].完成日期: 2025-06-26
    """
    for paper in stated.of(LiaisonTasks):
        for n, task in enumerate(paper.tasks):
            if task.done and task.done > task.due:
                yield stated.flaw(
                    ("tasks", n, "done"),
                    f"“{task.task}”应于{chinese.written_date(task.due)}前完成，"
                    f"实际{chinese.written_date(task.done)}完成。",
                    "请核对两个日期；确实逾期的，在完成情况里写明原因。",
                )


@rule("FCT902", Severity.WARNING, strength=Strength.PRACTICE)
def tasks_of_one_side(stated: Stated) -> Flaws:
    """任务明细只有对内的，或者只有对外的。

    为什么：联络员一头连着组里，一头连着被巡察单位，两边的事都要列；缺一边的多半是“类别”没有填。

    错：
        （联络任务明细）
        任务明细[4].类别: 对内
        任务明细[5].类别: 对内
    对：
        （联络任务明细）
        任务明细[4].类别: 对内
    """
    for paper in stated.of(LiaisonTasks):
        missing = [side for side in Side if side not in {task.side for task in paper.tasks}]
        if missing:
            yield stated.flaw(
                ("tasks",), f"任务明细里没有{missing[0]}的任务。", "请补上，或核对各项任务的类别（side）。"
            )


@rule("FCT903", Severity.WARNING, strength=Strength.PRACTICE)
def task_due_before_list(stated: Stated) -> Flaws:
    """任务的完成时限早于明细的成文日期。

    为什么：明细是布置任务的，列出时已经过了时限的任务没法按时完成；已经填了完成日期的不算。

    错：
        （联络任务明细）
        任务明细[2].完成时限: 2025-06-20
    对：
        （联络任务明细）
        任务明细[2].完成时限: 2025-06-20
        任务明细[2].完成日期: 2025-06-20
    """
    for paper in stated.of(LiaisonTasks):
        for n, task in enumerate(paper.tasks):
            if task.due < paper.signed and not task.done:
                yield stated.flaw(
                    ("tasks", n, "due"),
                    f"“{task.task}”的完成时限{chinese.written_date(task.due)}"
                    f"早于成文日期{chinese.written_date(paper.signed)}。",
                    "请核对时限；已经办完的填上完成日期。",
                )


# --- the log -------------------------------------------------------------------------------------------------------


@rule("FCT905", Severity.WARNING, strength=Strength.PRACTICE)
def unlogged_working_day(stated: Stated) -> Flaws:
    """驻点期间有工作日没有日志。

    为什么：工作日志日清日结，从进驻到最后一项之间每个工作日都要有；休息日没有工作的可以不记。

    错：
        （工作日志）
        删去：每日记录[2]
    错：
        （工作日志）
        每日记录[4]: {日期: 2025-07-07, 值班人员: 王某某, 工作情况: 与中层干部谈话}
    对：
        （工作日志）
        每日记录[4]: {日期: 2025-07-04, 值班人员: 王某某, 工作情况: 汇总本周情况}
        每日记录[5]: {日期: 2025-07-07, 值班人员: 王某某, 工作情况: 与中层干部谈话}
    """
    for log in stated.of(WorkLog):
        order = sorted(range(len(log.entries)), key=lambda n: log.entries[n].day)
        logged = [log.stay.start - timedelta(1), *(log.entries[n].day for n in order)]
        for n, (before, day) in zip(order, pairwise(logged), strict=True):
            left = [one for one in days(before + timedelta(1), day - timedelta(1)) if not stated.is_day_off(one)]
            if left:
                count = f"等{len(left)}个工作日" if len(left) > 1 else ""
                yield stated.flaw(
                    ("entries", n, "day"),
                    f"{chinese.written_date(day)}之前，{chinese.written_date(left[0])}{count}没有日志。",
                    "请补记；这几天确实没有工作的，写明原因。",
                )


@rule("FCT906", Severity.WARNING, strength=Strength.PRACTICE)
def stranger_on_duty(stated: Stated) -> Flaws:
    """值班人员、记录人或接听人不在巡察组里。

    为什么：日志和电话通知由组里的人值守、记录；换了组员以后，名单常常没有一起改，或者姓名写错了一个字。

    错：
        （工作日志）
        每日记录[2].值班人员: 冯某某
    错：
        （电话通知记录）
        接听人: 王某
    对：
        （工作日志）
        每日记录[2].值班人员: 孙某某
    """
    for paper in stated.of(Record):
        members = {person.name for _, person in paper.team.posts}
        for loc, title, name in _named(paper):
            if name not in members:
                yield stated.flaw(
                    loc,
                    f"{title}“{name}”不在巡察组名单里。",
                    "请核对姓名；换了人的，把巡察组名单一起改。",
                )


def _named(paper: Record) -> Iterator[tuple[Loc, str, str]]:
    """Yield those of the team whom a record names as on duty, writing or answering, with what they are called."""
    if isinstance(paper, PhoneNote):
        yield ("receiver",), "接听人", paper.receiver
    if isinstance(paper, WorkLog):
        for n, entry in enumerate(paper.entries):
            yield from ((("entries", n, "on_duty", m), "值班人员", name) for m, name in enumerate(entry.on_duty))
            if entry.recorder:
                yield ("entries", n, "recorder"), "记录人", entry.recorder


@rule("FCT907", Severity.WARNING, strength=Strength.PRACTICE)
def day_copied(stated: Stated) -> Flaws:
    """两天的工作情况写得一样。

    为什么：照抄前一天的日志，以后查不出这一天做了什么；多半是复制以后没有改。

    错：
        （工作日志）
        每日记录[3].工作情况: [个别谈话6人次, 查阅会议记录12册]
    对：
        （工作日志）
        每日记录[3].工作情况: [个别谈话6人次, 查阅会议记录9册]
    """
    for log in stated.of(WorkLog):
        seen: dict[tuple[str, ...], date] = {}
        for n, entry in enumerate(log.entries):
            if entry.done in seen:
                yield stated.flaw(
                    ("entries", n, "done"),
                    f"{chinese.written_date(entry.day)}的工作情况和{chinese.written_date(seen[entry.done])}的一样。",
                    "请按当天的实际情况写。",
                )
            seen.setdefault(entry.done, entry.day)


_TRACES = re.compile(
    "(?:举报|反映|信访|来访|来信|来电|检举|控告|投诉|上访)(?:人|者|群众|职工)[^。；，]{0,4}"
    "(?:系|身份|工作单位|住址|住在|电话|联系方式|身份证|职务|(?:退休|原|现任)[^。；，]{0,8}(?:职工|干部|人员|科长|主任))"
)


@rule("FCT908", Severity.WARNING, strength=Strength.DERIVED)
def trace_of_reporter(stated: Stated) -> Flaws:
    """日志、电话通知或动态里写了反映人的情况。

    为什么：不写姓名，写了单位、职务、电话，也能让人猜出是谁。谁反映的只在单独密封的登记里。

    错：
        （工作日志）
        每日记录[2].工作情况: 接待来访1人，来访人系县水利局退休职工
    对：
        （工作日志）
        每日记录[2].工作情况: 接待来访1人次，已按信访程序登记
    """
    for paper in stated.of(Record):
        for loc, text in texts_of(paper, type(paper).model_fields):
            if found := _TRACES.search(text):
                yield stated.flaw(loc, f"“{found[0]}”说到了反映人的情况。", "请删去，只写人次、件数或信访登记的编号。")


@rule("FCT909", Severity.WARNING, strength=Strength.DERIVED)
def finding_without_log(stated: Stated) -> Flaws:
    """立行立改事项发现的那一天，日志里没有发现问题。

    为什么：日志当天记下问题的编号，以后才查得到问题是怎么来的；没有记的，多半是日期填错了或者漏记了。

    错：
        立行立改事项[1].发现.日期: 2025-07-01
        文书.工作日志.每日记录: {日期: 2025-07-01, 值班人员: 王某某, 工作情况: 走访青石水库管理所}
    对：
        立行立改事项[1].发现.日期: 2025-07-01
        文书.工作日志.每日记录: {日期: 2025-07-01, 值班人员: 王某某, 工作情况: 走访青石水库管理所, 发现问题: Q1}
    """
    for log in stated.of(WorkLog):
        for item in stated.case.rectifications if stated.case else ():
            n = next((n for n, entry in enumerate(log.entries) if entry.day == item.found.day), None)
            if n is not None and not log.entries[n].problems:
                yield stated.flaw(
                    ("entries", n),
                    f"{item.number}的问题发现于{chinese.written_date(item.found.day)}，这一天的日志没有记发现问题。",
                    "请在发现问题（problems）里补上编号，或核对发现日期。",
                )


# --- telephone notes -----------------------------------------------------------------------------------------------


@rule("FCT911", Severity.WARNING, strength=Strength.PRACTICE)
def notice_handled_without_opinion(stated: Stated) -> Flaws:
    """电话通知办结了，却没有组长意见。

    为什么：通知要先报组长，按组长的意见办；没有意见就办了的，以后说不清是谁定的。

    错：
        （电话通知记录）
        删去：组长意见
    对：
        （电话通知记录）
        组长意见: 请王某某按要求报送
    """
    for note in stated.of(PhoneNote):
        if note.done_at and not note.opinion:
            yield stated.flaw(
                ("opinion",), "填了办结时间，没有组长意见（opinion）。", "请补上；还没有办结的，删去办结时间。"
            )


_CLASSIFIED = re.compile("涉密(?!承诺|人员|载体管理)|密码电报|机要件|机要文件|国家秘密")


@rule("FCT912", Severity.WARNING, strength=Strength.DERIVED)
def classified_by_phone(stated: Stated) -> Flaws:
    """电话通知里说到了涉密的事项。

    为什么：涉密的会议、文件不能用普通电话通知，也不能记在这里；说到“涉密”的，要核实通知本身是不是涉密。

    错：
        （电话通知记录）
        通知内容: 请派人到县委机要局领取机要件。
    对：
        （电话通知记录）
        通知内容: 请组织签订涉密承诺书。
    """
    for note in stated.of(PhoneNote):
        for loc, text in texts_of(note, ("content", "opinion", "outcome")):
            if found := _CLASSIFIED.search(text):
                yield stated.flaw(
                    loc,
                    f"写了“{found[0]}”，请核实这件事能不能用普通电话通知。",
                    "涉密的按保密规定办理，这里只写文件的编号；不涉密的可以不改。",
                )


_COMPLAINT = re.compile("电话举报|举报称|来电(?:人)?反映|群众反映|向(?:我|巡察)组反映|投诉")


@rule("FCT913", Severity.WARNING, strength=Strength.DERIVED)
def complaint_as_notice(stated: Stated) -> Flaws:
    """信访举报的电话记成了电话通知。

    为什么：电话通知要转给组里的人传阅，信访举报应记入单独的信访登记，专人保管。

    错：
        （电话通知记录）
        通知内容: 来电反映县水利局工程招标有问题。
    对：
        （电话通知记录）
        通知内容: 请汇总本周信访件数。
    """
    for note in stated.of(PhoneNote):
        for loc, text in texts_of(note, ("content",)):
            if found := _COMPLAINT.search(text):
                yield stated.flaw(loc, f"“{found[0]}”像是信访举报的电话。", "请改记入信访登记，从这里删去。")


@rule("FCT914", Severity.WARNING, strength=Strength.PRACTICE)
def notice_unlike_log(stated: Stated) -> Flaws:
    """日志和电话通知记录对不上。

    为什么：接到的通知当天记入日志，凭编号查得到记录；一处有、一处没有，多半是编号写错了或者漏记了。

    错：
        文书.电话通知记录: {编号: 临巡电〔2025〕2号, 来电时间: 2025年7月1日 10:20, 来电单位: 巡察办, 通知内容: 报名单。}
        文书.工作日志.每日记录: {日期: 2025-07-01, 值班人员: 王某某, 工作情况: 开动员会, 电话通知: 临巡电〔2025〕1号}
    错：
        文书.电话通知记录: {编号: 临巡电〔2025〕2号, 来电时间: 2025年7月1日 10:20, 来电单位: 巡察办, 通知内容: 报名单。}
        文书.工作日志.每日记录: {日期: 2025-07-01, 值班人员: 王某某, 工作情况: 开动员会}
    对：
        文书.电话通知记录: {编号: 临巡电〔2025〕2号, 来电时间: 2025年7月1日 10:20, 来电单位: 巡察办, 通知内容: 报名单。}
        文书.工作日志.每日记录: {日期: 2025-07-01, 值班人员: 王某某, 工作情况: 开动员会, 电话通知: 临巡电〔2025〕2号}
    """
    notes = [paper for paper in stated.papers if isinstance(paper, PhoneNote)]
    known = {str(note.number) for note in notes}
    for log in stated.of(WorkLog):
        for n, entry in enumerate(log.entries):
            said = {str(number) for number in entry.notices}
            for m, number in enumerate(entry.notices):
                if notes and str(number) not in known:
                    yield stated.flaw(
                        ("entries", n, "notices", m),
                        f"日志写了电话通知{number}，案卷里没有这份电话通知记录。",
                        "请核对编号，或补上记录。",
                    )
            for note in notes:
                if as_day(note.at) == entry.day and str(note.number) not in said:
                    yield stated.flaw(
                        ("entries", n, "notices"),
                        f"{chinese.written_date(entry.day)}接到电话通知{note.number}，这一天的日志没有写。",
                        "请在电话通知（notices）里补上编号。",
                    )


# --- bulletins -----------------------------------------------------------------------------------------------------


def _issues(stated: Stated) -> Sequence[WorkBulletin]:
    """Return the bulletins of the case in the order of their dates; that of their numbers where these are one."""
    found = [paper for paper in stated.papers if isinstance(paper, WorkBulletin)]
    return sorted(found, key=lambda one: (one.signed, one.issue))


def _before(stated: Stated, bulletin: WorkBulletin) -> WorkBulletin | None:
    """Return the bulletin before one; None for the first, and for one that stands alone."""
    issues = _issues(stated)
    n = next((n for n, one in enumerate(issues) if one is bulletin), 0)
    return issues[n - 1] if n else None


@rule("FCT921", Severity.ERROR, strength=Strength.PRACTICE)
def issues_out_of_order(stated: Stated) -> Flaws:
    """工作动态的期号没有按日期逐期加一，或者总期号没有跟着加。

    为什么：期号和总期号一起往前走；跳号、重号的，多半是复制上一期以后没有改。

    错：
        文书.工作动态[1]: {期号: 1, 进展: 召开动员会。, 数据: {项目: 谈话, 本期: 5}, 下周: 谈话, 成文日期: 2025-07-04}
        文书.工作动态[2]: {期号: 1, 进展: 个别谈话。, 数据: {项目: 谈话, 本期: 9}, 下周: 走访, 成文日期: 2025-07-11}
    错：
        文书.工作动态[1]: {期号: 1, 进展: 召开动员会。, 数据: {项目: 谈话, 本期: 5}, 下周: 谈话, 成文日期: 2025-07-04}
        文书.工作动态[1].总期号: 15
        文书.工作动态[2]: {期号: 2, 进展: 个别谈话。, 数据: {项目: 谈话, 本期: 9}, 下周: 走访, 成文日期: 2025-07-11}
        文书.工作动态[2].总期号: 15
    对：
        文书.工作动态[1]: {期号: 1, 进展: 召开动员会。, 数据: {项目: 谈话, 本期: 5}, 下周: 谈话, 成文日期: 2025-07-04}
        文书.工作动态[2]: {期号: 2, 进展: 个别谈话。, 数据: {项目: 谈话, 本期: 9}, 下周: 走访, 成文日期: 2025-07-11}
    """
    for bulletin in stated.of(WorkBulletin):
        before = _before(stated, bulletin)
        if before is None:
            continue
        for field, title in (("issue", "期号"), ("total_issue", "总期号")):
            last, now = getattr(before, field), getattr(bulletin, field)
            if last is not None and now is not None and now != last + 1:
                yield stated.flaw(
                    (field,),
                    f"{chinese.written_date(bulletin.signed)}的{title}是{now}，"
                    f"上一期（{chinese.written_date(before.signed)}）是{last}。",
                    f"按日期这一期应是{last + 1}，请核对{title}和日期。",
                )


@rule("FCT922", Severity.ERROR, strength=Strength.DERIVED)
def figures_not_adding_up(stated: Stated) -> Flaws:
    """工作动态的累计数不等于上一期的累计数加本期数。

    为什么：累计数由各期相加得来，对不上的，报上去的数就有一期是错的。第一期的累计应等于本期。

    错：
        （工作动态）
        数据[1].累计: 25
    错：
        文书.工作动态[1]: {期号: 1, 进展: 开会, 数据: {项目: 谈话, 本期: 5, 累计: 5}, 下周: 谈话, 成文日期: 2025-07-04}
        文书.工作动态[2]: {期号: 2, 进展: 谈话, 数据: {项目: 谈话, 本期: 9, 累计: 15}, 下周: 走访, 成文日期: 2025-07-11}
    对：
        文书.工作动态[1]: {期号: 1, 进展: 开会, 数据: {项目: 谈话, 本期: 5, 累计: 5}, 下周: 谈话, 成文日期: 2025-07-04}
        文书.工作动态[2]: {期号: 2, 进展: 谈话, 数据: {项目: 谈话, 本期: 9, 累计: 14}, 下周: 走访, 成文日期: 2025-07-11}
    """
    for bulletin in stated.of(WorkBulletin):
        before = _before(stated, bulletin)
        if before is None and bulletin.issue != 1:
            continue
        known = {figure.item: figure.total for figure in before.figures} if before else {}
        for n, figure in enumerate(bulletin.figures):
            last = known.get(figure.item) if before else 0
            if last is not None and figure.total is not None and figure.total != last + figure.count:
                yield stated.flaw(
                    ("figures", n, "total"),
                    f"{figure.item}上一期累计{last}，本期{figure.count}，累计应是{last + figure.count}，"
                    f"写的是{figure.total}。",
                    "请核对本期和累计。",
                )


_DETAILS = re.compile(
    "涉嫌|违纪|违法|受贿|行贿|贪污|挪用|套取|虚报|冒领|问题线索|举报|检举|侵占|私分|小金库|(?:问题|线索)(?:具体)?(?:如下|是[：:])"
)


@rule("FCT923", Severity.WARNING, strength=Strength.PRACTICE)
def finding_in_bulletin(stated: Stated) -> Flaws:
    """工作动态里写了问题的内容。

    为什么：动态经多人传阅，只写进展和数目；发现的问题走底稿，线索密封移交。

    错：
        （工作动态）
        进展: 查阅账册时发现下属单位涉嫌套取工程款。
    对：
        （工作动态）
        进展: 查阅账册12册，发现问题3个，已形成底稿。
    """
    for bulletin in stated.of(WorkBulletin):
        for loc, text in texts_of(bulletin, ("progress", "practices", "difficulties", "coming")):
            if found := _DETAILS.search(text):
                yield stated.flaw(loc, f"写了“{found[0]}”，像是问题的内容。", "请只写进展和数目，内容写进问题底稿。")


@rule("FCT924", Severity.WARNING, strength=Strength.PRACTICE)
def bulletin_missing(stated: Stated) -> Flaws:
    """电话通知记录说编入了某期工作动态，案卷里没有这一期。

    为什么：通知办完要在动态里反映；期号对不上的，多半是期号写错了，或者忘了编。案卷里没有动态的不核对。

    错：
        文书.工作动态: {期号: 1, 进展: 召开动员会。, 数据: {项目: 谈话, 本期: 5}, 下周: 谈话, 成文日期: 2025-07-04}
        文书.电话通知记录: {编号: 临委巡三组电〔2025〕1号, 来电时间: 2025年7月2日 10:20, 来电单位: 巡察办, 通知内容: 办}
        文书.电话通知记录.办理情况: 已报送
        文书.电话通知记录.工作动态期号: 2
    对：
        文书.工作动态: {期号: 1, 进展: 召开动员会。, 数据: {项目: 谈话, 本期: 5}, 下周: 谈话, 成文日期: 2025-07-04}
        文书.电话通知记录: {编号: 临委巡三组电〔2025〕1号, 来电时间: 2025年7月2日 10:20, 来电单位: 巡察办, 通知内容: 办}
        文书.电话通知记录.办理情况: 已报送
        文书.电话通知记录.工作动态期号: 1
    """
    issues = {bulletin.issue for bulletin in _issues(stated)}
    for note in stated.of(PhoneNote):
        if note.reported_in and issues and note.reported_in not in issues:
            yield stated.flaw(
                ("reported_in",),
                f"写了编入第{note.reported_in}期工作动态，案卷里没有这一期。",
                "请核对期号，或把这一期补上。",
            )


# --- agendas -------------------------------------------------------------------------------------------------------


@rule("FCT931", Severity.ERROR, strength=Strength.PRACTICE)
def agenda_unlike_stay(stated: Stated) -> Flaws:
    """动员会议程的时间和驻点时间里的动员会不是同一个时间。

    为什么：同一次动员会写了两个时间，印出来就自相矛盾。

    错：
        （会议议程）
        时间: 2025年5月26日 9:00
    对：
        （会议议程）
        驻点时间.动员会时间: 2025-05-26
    """
    for agenda in stated.of(MeetingAgenda):
        kickoff = agenda.stay.kickoff if agenda.stay else None
        if agenda.gathering is Gathering.KICKOFF and kickoff and not same_time(agenda.at, kickoff):
            yield stated.flaw(
                ("at",),
                f"议程的时间是{chinese.written_moment(agenda.at)}，"
                f"驻点时间里写的动员会是{chinese.written_moment(kickoff)}。",
                "请核对哪一个对，把另一个改过来。",
            )


@rule("FCT932", Severity.WARNING, strength=Strength.PRACTICE)
def agenda_without_hour(stated: Stated) -> Flaws:
    """会议定在休息日，或者没有写几点开。

    为什么：通知会议要说清几点；休息日召集不起人来。调休上班的周末按工作日算。

    错：
        （会议议程）
        时间: 2025-05-26
    错：
        （会议议程）
        会议类型: 组务会
        时间: 2025年6月1日 9:00
    对：
        （会议议程）
        会议类型: 组务会
        时间: 2025年6月3日 9:00
    """
    for agenda in stated.of(MeetingAgenda):
        if not isinstance(agenda.at, datetime):
            yield stated.flaw(("at",), "时间（at）没有写几点。", "请写成 2025年7月1日 9:00 的样子。")
        if stated.is_day_off(agenda.at):
            yield stated.flaw(
                ("at",),
                f"会议定在{chinese.written_date(as_day(agenda.at))}，是休息日。",
                "请改到工作日；确实在这一天开的，请事先和参加人员说好。",
            )


_USUAL = (("组长讲话", "讲话|部署"), ("宣读巡察通知", "宣读|授权|通知"), ("被巡察党组织表态", "表态|发言"))


@rule("FCT933", Severity.WARNING, strength=Strength.PRACTICE)
def usual_item_missing(stated: Stated) -> Flaws:
    """动员会的议程少了通行的事项。

    为什么：动员会通常有组长讲话、宣读巡察通知、被巡察党组织主要负责人表态；少了的多半是漏填。

    错：
        （会议议程）
        议程: [组长作动员讲话, 被巡察党组织主要负责人作表态发言, 填写民主测评表]
    对：
        （会议议程）
        议程: [宣读巡察通知书, 组长作动员讲话, 被巡察党组织主要负责人表态]
    """
    for agenda in stated.of(MeetingAgenda):
        said = "；".join(item.item for item in agenda.items)
        missing = [name for name, words in _USUAL if not re.search(words, said)]
        if agenda.gathering is Gathering.KICKOFF and missing:
            yield stated.flaw(
                ("items",), f"动员会的议程没有{'、'.join(missing)}。", "请核对议程；确实没有这一项的，可以不改。"
            )


@rule("FCT934", Severity.WARNING, strength=Strength.PRACTICE)
def assessment_without_forms(stated: Stated) -> Flaws:
    """议程有民主测评，材料里没有测评表，或者只有一种。

    为什么：测评领导班子和测评领导班子成员是两张表，会前都要印好。只有一种的只作提示。

    错：
        （会议议程）
        材料: [签到表]
    对：
        （会议议程）
        材料: [领导班子民主测评表, 领导班子成员民主测评表, 征求意见表]
    """
    for agenda in stated.of(MeetingAgenda):
        if not any("测评" in item.item for item in agenda.items):
            continue
        forms = [text for text in agenda.materials if "测评" in text]
        if len(forms) < 2 and "成员" not in "".join(forms).replace("领导班子和", ""):
            yield stated.flaw(
                ("materials",),
                f"议程有民主测评，材料里{'只有“' + forms[0] + '”' if forms else '没有测评表'}。",
                "请补上领导班子民主测评表和领导班子成员民主测评表。",
                severity=Severity.INFO if forms else None,
            )

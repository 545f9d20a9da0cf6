"""FCT9, its second half: requests for material, loans, boxes and notices, the archive (FCT951 to FCT999)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from xuncha_docs import chinese
from xuncha_docs.checks.facts.reading import bare, names_of
from xuncha_docs.checks.facts.stated import Loc, Stated
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.fields import UnitName, as_day
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.kinds.archive_index import ArchiveIndex, Stage
from xuncha_docs.kinds.loan_register import LoanMode, LoanRegister
from xuncha_docs.kinds.material_request import MaterialRequest
from xuncha_docs.kinds.posting_record import Posting, PostingRecord

# --- requests for material -------------------------------------------------------------------------------------------


@rule("FCT951", Severity.WARNING, strength=Strength.DERIVED)
def material_due_after_stay(stated: Stated) -> Flaws:
    """资料的提供时限在撤离以后。

    为什么：资料是驻点期间查阅的，撤离以后才提供，多半是写错了月份，或者照搬了上一批的清单。

    错：
        （资料调取清单）
        驻点时间.撤离日期: 2025-10-17
        资料[2].提供时限: 2025-10-20
    对：
        （资料调取清单）
        驻点时间.撤离日期: 2025-10-17
        资料[2].提供时限: 2025-09-10
    """
    for paper in stated.of(MaterialRequest):
        end = paper.stay.end if paper.stay else None
        dues: list[tuple[Loc, date]] = [(("due",), paper.due)]
        dues += [(("rows", n, "due"), row.due) for n, row in enumerate(paper.rows) if row.due]
        for loc, due in dues:
            if end and due > end:
                yield stated.flaw(
                    loc,
                    f"提供时限{chinese.written_date(due)}晚于撤离日期{chinese.written_date(end)}。",
                    "请核对提供时限，应当在驻点期间，给查阅留出时间。",
                )


@rule("FCT952", Severity.WARNING, strength=Strength.PRACTICE)
def material_returned_after_stay(stated: Stated) -> Flaws:
    """资料在撤离以后才归还。

    为什么：撤离以前就要清点、清退；撤离以后还在组里的资料，说不清由谁保管。

    错：
        （资料调取清单）
        驻点时间.撤离日期: 2025-10-15
    对：
        （资料调取清单）
        驻点时间.撤离日期: 2025-10-17
    """
    for paper in stated.of(MaterialRequest):
        end = paper.stay.end if paper.stay else None
        days: list[tuple[Loc, date | None]] = [(("given_back", "on"), paper.given_back.on)]
        days += [(("rows", n, "returned"), row.returned) for n, row in enumerate(paper.rows)]
        for loc, day in days:
            if end and day and day > end:
                yield stated.flaw(
                    loc,
                    f"{chinese.written_date(day)}才归还，晚于撤离日期{chinese.written_date(end)}。",
                    "请核对日期；确实晚还的，注明由谁保管、为什么晚还。",
                )


@rule("FCT953", Severity.WARNING, strength=Strength.DERIVED)
def material_listed_twice(stated: Stated) -> Flaws:
    """同一份资料列了两次。

    为什么：单位会提供两遍，交接时的份数也对不上。

    错：
        （资料调取清单）
        资料[5]: 固定资产明细
    对：
        （资料调取清单）
        资料[5]: {资料: 招标采购台账和合同, 期间: 2022年}
    """
    for paper in stated.of(MaterialRequest):
        listed: set[tuple[str, str | None]] = set()
        for n, row in enumerate(paper.rows):
            if (row.item, row.period) in listed:
                yield stated.flaw(("rows", n, "item"), f"“{row.item}”前面已经列过。", "请合并成一行，写清期间和份数。")
            listed.add((row.item, row.period))


# --- loans -----------------------------------------------------------------------------------------------------------


@rule("FCT955", Severity.WARNING, strength=Strength.PRACTICE)
def loan_overdue(stated: Stated) -> Flaws:
    """借阅的资料超过了应还时间。

    为什么：应还时间是借出时定的，超过了没有还、没有碎或没有存，资料就脱了管；也可能是日期写错了。

    错：
        （保密资料借阅登记）
        借阅[1].归还时间: 2025年10月9日 18:10
    错：
        （保密资料借阅登记）
        借阅[4].应还时间: 2025-10-21
    对：
        （保密资料借阅登记）
        借阅[1].归还时间: 2025年10月9日 17:30
    """
    for register in stated.of(LoanRegister):
        for n, row in enumerate(register.rows):
            done = row.settled if isinstance(row.settled, date) else None
            until = (register.as_of if row.open_copies else None) or done
            if row.due and until and _later(until, row.due):
                late = f"{chinese.written_moment(until)}才了结"
                what = f"登记时还有{row.open_copies}份没有了结" if row.open_copies else late
                yield stated.flaw(
                    ("rows", n, "due"),
                    f"“{row.item}”应在{chinese.written_moment(row.due)}前归还、销毁或存档，{what}。",
                    "请核对时间；确实超期的，查明原因，尽快收回。",
                )


def _later(moment: date, limit: date) -> bool:
    """Whether a moment lies after another; by the day where one of them has no time."""
    if type(moment) is type(limit):
        return moment > limit
    return as_day(moment) > as_day(limit)


@rule("FCT956", Severity.WARNING, strength=Strength.PRACTICE)
def loan_open_after_stay(stated: Stated) -> Flaws:
    """撤离了，借阅的资料还没有了结。

    为什么：驻点期间资料在外是正常的；撤离时要清点、清退，该还的还，该碎的碎，该存的存。

    错：
        （保密资料借阅登记）
        借阅[2].了结份数: 3
        借阅[4].应还时间: 2025-11-07
        截至日期: 2025-11-07
    对：
        （保密资料借阅登记）
        借阅[2].了结份数: 3
        借阅[4].归还时间: 2025-10-23
        截至日期: 2025-11-07
    """
    for register in stated.of(LoanRegister):
        end = register.stay.end if register.stay else None
        if not (end and register.as_of and register.as_of >= end):
            continue
        for n, row in enumerate(register.rows):
            if row.open_copies:
                yield stated.flaw(
                    ("rows", n),
                    f"{chinese.written_date(end)}撤离，“{row.item}”还有{row.open_copies}份没有了结（{row.mode}）。",
                    "请清点收回，把归还、销毁或存档的情况登记上。",
                )


@rule("FCT957", Severity.INFO, strength=Strength.DERIVED)
def loan_without_due(stated: Stated) -> Flaws:
    """阅后即还的没有写应还时间。

    为什么：没有应还时间，就看不出哪些超期了，催还也没有依据。

    错：
        （保密资料借阅登记）
        删去：借阅[4].应还时间
    对：
        （保密资料借阅登记）
        借阅[4].应还时间: 2025-10-24
    """
    for register in stated.of(LoanRegister):
        for n, row in enumerate(register.rows):
            if row.mode is LoanMode.RETURN and row.due is None:
                yield stated.flaw(("rows", n), f"“{row.item}”没有写应还时间。", "请补上，一般当天借、当天还。")


@rule("FCT958", Severity.WARNING, strength=Strength.DERIVED)
def borrower_outside_team(stated: Stated) -> Flaws:
    """借阅人不是巡察组的人。

    为什么：保密资料只在组里借阅；写了组外的人，要么是姓名写错，要么资料流到了外面。只有案卷写了全组人员，才核对。

    错：
        文书.保密资料借阅登记.借阅: [{资料: 党组会议记录, 借阅人: 林某某, 用途: 核对决策程序, 方式: 还}]
        文书.保密资料借阅登记.借阅[1].借出时间: 2025-07-08
        文书.保密资料借阅登记.借阅[1].归还时间: 2025-07-08
    对：
        文书.保密资料借阅登记.借阅: [{资料: 党组会议记录, 借阅人: 钱某某, 用途: 核对决策程序, 方式: 还}]
        文书.保密资料借阅登记.借阅[1].借出时间: 2025-07-08
        文书.保密资料借阅登记.借阅[1].归还时间: 2025-07-08
    """
    for register in stated.of(LoanRegister):
        team = {person.name for _, person in stated.case.team.posts} if stated.case else None
        for n, row in enumerate(register.rows):
            if team and row.borrower not in team:
                yield stated.flaw(
                    ("rows", n, "borrower"),
                    f"借阅人{row.borrower}不在巡察组里。",
                    "请核对姓名；中途加入的，把人补到案卷的巡察组（team）里。",
                )


# --- boxes and notices -----------------------------------------------------------------------------------------------


@rule("FCT961", Severity.ERROR, strength=Strength.PRACTICE)
def notice_in_view(stated: Stated) -> Flaws:
    """公告张贴点在监控范围内。

    为什么：探头照着公告，群众不敢停下来看、记电话。意见箱由 FCT210 核对。

    错：
        （意见箱与公告张贴点记录）
        公告张贴点[1].在监控范围内: 是
    对：
        （意见箱与公告张贴点记录）
        公告张贴点[1].在监控范围内: 否
    """
    for record in stated.of(PostingRecord):
        for n, place in enumerate(record.notices):
            if place.in_view:
                yield stated.flaw(
                    ("notices", n, "in_view"),
                    f"公告张贴点（{place.phrase}）在监控范围内。",
                    "请换一个位置，或请被巡察单位移开探头，再到现场核实。",
                )


@rule("FCT962", Severity.INFO, strength=Strength.PRACTICE)
def notice_view_not_said(stated: Stated) -> Flaws:
    """没有说公告张贴点在不在监控范围内。

    为什么：旁边有没有探头，要到现场看过才知道；不填表示还没有核实。

    错：
        （意见箱与公告张贴点记录）
        删去：公告张贴点[1].在监控范围内
    对：
        （意见箱与公告张贴点记录）
        公告张贴点[1].在监控范围内: 否
    """
    for record in stated.of(PostingRecord):
        for n, place in enumerate(record.notices):
            if place.in_view is None:
                yield stated.flaw(
                    ("notices", n),
                    f"没有说公告张贴点（{place.phrase}）在不在监控范围内。",
                    "请到现场核实后写“在监控范围内: 否”。",
                )


@rule("FCT963", Severity.WARNING, strength=Strength.PRACTICE)
def unit_without_box_or_notice(stated: Stated) -> Flaws:
    """有的被巡察单位没有意见箱，或者没有张贴公告。

    为什么：每个被巡察单位至少设一个意见箱、贴一份公告，否则那里的群众不知道怎么反映。位置里看不出是哪个单位的，
    也会这样提示；确实不设的，写在“例外说明”里。

    错：
        （意见箱与公告张贴点记录）
        删去：例外说明
        删去：意见箱[2]
    对：
        （意见箱与公告张贴点记录）
        删去：意见箱[2]
        例外说明: 白石村群众习惯到镇便民服务中心办事，不另设意见箱
    """
    for record in stated.of(PostingRecord):
        if record.exception:
            continue
        kinds = (
            ("意见箱", [one.box.phrase for one in record.boxes]),
            ("公告张贴点", [one.phrase for one in record.notices]),
        )
        for n, unit in enumerate(record.units):
            lacking = [name for name, phrases in kinds if not _any_at(unit, phrases, alone=len(record.units) == 1)]
            if lacking:
                yield stated.flaw(
                    ("units", n),
                    f"没有{unit.short}的{'和'.join(lacking)}。",
                    "请补上，在“单位”里写明是哪个单位；确实不设的，写在例外说明（exception）里。",
                )


def _any_at(unit: UnitName, phrases: list[str], *, alone: bool) -> bool:
    """Whether one of several places is at a unit, as far as their names tell; all are at the only one there is."""
    return any(alone or any(name in phrase for name in names_of(unit)) for phrase in phrases)


PER_VILLAGE = 3
"""How many notices a village has at least, after the practice of one county."""


@rule("FCT964", Severity.INFO, strength=Strength.PRACTICE)
def few_notices_in_village(stated: Stated) -> Flaws:
    """一个村张贴的公告不到三处。

    为什么：村里住得散，只贴在村委会门口，多数人看不到；有的县要求每个村至少贴三处。

    错：
        （意见箱与公告张贴点记录）
        删去：公告张贴点[4]
    对：
        （意见箱与公告张贴点记录）
        公告张贴点[4].检查日期: 2025-07-25
    """
    for record in stated.of(PostingRecord):
        for village in _villages(record):
            count = sum(village in place.phrase for place in record.notices)
            if 0 < count < PER_VILLAGE:
                yield stated.flaw(
                    ("notices",),
                    f"{village}只张贴了{count}处公告。",
                    f"请核对；有条件的，每个村至少张贴{PER_VILLAGE}处，选人来人往的地方。",
                )


def _villages(record: PostingRecord) -> Iterator[str]:
    """Yield the villages that are inspected, or that a notice hangs in, by their names."""
    units = (bare(unit.short) for unit in record.units if unit.type == "村" or bare(unit.name).endswith("村"))
    places = (place.unit for place in record.notices if place.unit and place.unit.endswith("村"))
    yield from dict.fromkeys((*units, *places))


def _postings(record: PostingRecord) -> Iterator[tuple[Loc, str, Posting]]:
    """Yield every box and every notice, with its path and what it is called."""
    yield from ((("boxes", n), f"意见箱（{one.box.phrase}）", one) for n, one in enumerate(record.boxes))
    yield from ((("notices", n), f"公告（{one.phrase}）", one) for n, one in enumerate(record.notices))


@rule("FCT965", Severity.WARNING, strength=Strength.PRACTICE)
def set_up_after_entry(stated: Stated) -> Flaws:
    """进驻以后才设意见箱、贴公告。

    为什么：公告和意见箱进驻当天就要到位，晚一天，群众反映的时间就少一天。

    错：
        （意见箱与公告张贴点记录）
        公告张贴点[1].设置日期: 2025-07-04
    对：
        （意见箱与公告张贴点记录）
        公告张贴点[1].设置日期: 2025-07-01
    """
    for record in stated.of(PostingRecord):
        start = record.stay.start if record.stay else None
        for loc, name, one in _postings(record):
            if start and one.posted and one.posted > start:
                yield stated.flaw(
                    (*loc, "posted"),
                    f"{name}{chinese.written_date(one.posted)}才设置，晚于进驻日期{chinese.written_date(start)}。",
                    "请核对日期；后来补设的，在记录里留着就行。",
                )


@rule("FCT966", Severity.WARNING, strength=Strength.PRACTICE)
def left_behind(stated: Stated) -> Flaws:
    """撤离了，意见箱或公告还没有撤。

    为什么：巡察组走了，箱子没有人开，公告上的电话没有人接，群众还以为在受理。

    错：
        （意见箱与公告张贴点记录）
        删去：意见箱[1].撤除日期
    对：
        （意见箱与公告张贴点记录）
        意见箱[1].撤除日期: 2025-08-29
    """
    for record in stated.of(PostingRecord):
        end = record.stay.end if record.stay else None
        for loc, name, one in _postings(record):
            if end and record.as_of and record.as_of >= end and one.posted and not one.removed:
                yield stated.flaw(
                    loc,
                    f"{chinese.written_date(end)}撤离，{name}还没有撤除。",
                    "请撤除后登记日期；改由被巡察单位留用的，也要写明。",
                )


@rule("FCT967", Severity.WARNING, strength=Strength.DERIVED)
def removed_before_closing(stated: Stated) -> Flaws:
    """受理还没有截止，意见箱或公告就撤了。

    为什么：公告写明受理到哪一天，那一天以前箱子和公告都要在。

    错：
        （意见箱与公告张贴点记录）
        驻点时间.受理截止: 2025-08-22
        公告张贴点[1].撤除日期: 2025-08-15
    对：
        （意见箱与公告张贴点记录）
        驻点时间.受理截止: 2025-08-22
        公告张贴点[1].撤除日期: 2025-08-22
    """
    for record in stated.of(PostingRecord):
        close = record.stay.complaints_close if record.stay else None
        for loc, name, one in _postings(record):
            if close and one.removed and one.removed < as_day(close):
                yield stated.flaw(
                    (*loc, "removed"),
                    f"{name}{chinese.written_date(one.removed)}撤除，早于受理截止{chinese.written_moment(close)}。",
                    "请核对日期；被风雨损坏、被人撕毁的，应当当天补上。",
                )


@rule("FCT968", Severity.INFO, strength=Strength.PRACTICE)
def never_checked(stated: Stated) -> Flaws:
    """意见箱或公告设置以后没有检查过。

    为什么：公告会被撕、被盖、被淋坏，意见箱会被挪动；定期到现场看过，才知道还在。设置不到一周的不提示。

    错：
        （意见箱与公告张贴点记录）
        删去：公告张贴点[2].检查日期
    对：
        （意见箱与公告张贴点记录）
        公告张贴点[2].检查日期: 2025-07-25
    """
    for record in stated.of(PostingRecord):
        for loc, name, one in _postings(record):
            until = one.removed or record.as_of
            if one.posted and until and (until - one.posted).days > 7 and not one.checked:
                yield stated.flaw(
                    loc, f"{name}没有检查的记录。", "请到现场看过，把检查日期（checked）登记上，一般一周一次。"
                )


@rule("FCT969", Severity.WARNING, strength=Strength.PRACTICE)
def box_never_opened(stated: Stated) -> Flaws:
    """意见箱撤除了，最后一次开箱却没有登记。

    为什么：撤箱时要由两人开箱取信，没有信件也要登记，否则说不清箱里有没有信。开箱另有登记的，也把这一次写上。

    错：
        （意见箱与公告张贴点记录）
        删去：意见箱[2].开箱
    对：
        （意见箱与公告张贴点记录）
        意见箱[1].撤除日期: 2025-08-29
    """
    for record in stated.of(PostingRecord):
        for n, one in enumerate(record.boxes):
            if one.removed and not any(as_day(opening.at) >= one.removed for opening in one.opened):
                yield stated.flaw(
                    ("boxes", n), f"意见箱（{one.box.phrase}）撤除时没有开箱的记录。", "请登记撤除当天的开箱情况。"
                )


# --- the archive -----------------------------------------------------------------------------------------------------


@rule("FCT971", Severity.WARNING, strength=Strength.DERIVED)
def file_listed_twice(stated: Stated) -> Flaws:
    """归档目录里同一份文件列了两次。

    为什么：件数、页数是按行加起来的，列两次就多算一次，交接时点不出来。

    错：
        （归档目录）
        归档文件[6]: {题名: 巡察公告, 日期: 2025-07-01, 阶段: 了解, 页数: 1}
    对：
        （归档目录）
        归档文件[6]: {题名: 巡察公告, 日期: 2025-07-03, 阶段: 了解, 页数: 1}
    """
    for index in stated.of(ArchiveIndex):
        listed: set[tuple[str, date | None]] = set()
        for n, row in enumerate(index.rows):
            what = (str(row.number), None) if row.number else (row.title, row.day)
            if what in listed:
                yield stated.flaw(
                    ("rows", n, "title"),
                    f"“{row.title}”前面已经列过。",
                    "请合并成一行，把件数写对；是不同文件的，写清日期。",
                )
            listed.add(what)


@rule("FCT972", Severity.INFO, strength=Strength.PRACTICE)
def keeping_not_said(stated: Stated) -> Flaws:
    """没有写保管期限。

    为什么：接收的单位按保管期限分开存放、到期鉴定，没有写就入不了库。

    错：
        （归档目录）
        删去：保管期限
    对：
        （归档目录）
        保管期限: 10年
    """
    for index in stated.of(ArchiveIndex):
        missing = sum(not (row.keeping or index.keeping) for row in index.rows)
        if missing:
            yield stated.flaw(
                ("keeping",), f"有{missing}条没有保管期限。", "请写在目录的“保管期限”里，个别不同的写在那一行。"
            )


@rule("FCT973", Severity.INFO, strength=Strength.PRACTICE)
def pages_not_counted(stated: Stated) -> Flaws:
    """有的文件没有清点页数。

    为什么：交接按件按页清点，少一页也要说得清；没有页数，缺页就查不出来。

    错：
        （归档目录）
        归档文件[1].件数: 1
    对：
        （归档目录）
        归档文件[5].页数: 230
    """
    for index in stated.of(ArchiveIndex):
        missing = [n for n, row in enumerate(index.rows, 1) if not row.pages]
        if missing:
            yield stated.flaw(
                ("rows",), f"有{len(missing)}条没有清点页数，从第{missing[0]}条起。", "请清点后把页数（pages）补上。"
            )


@rule("FCT974", Severity.INFO, strength=Strength.PRACTICE)
def stages_out_of_order(stated: Stated) -> Flaws:
    """归档文件没有按巡察的阶段排列。

    为什么：案卷按准备、进驻、了解、报告、反馈、整改、归档的次序装订，次序乱了，目录和案卷对不上。

    错：
        （归档目录）
        归档文件[1].阶段: 整改
    对：
        （归档目录）
        归档文件[1].阶段: 准备
    """
    order = list(Stage)
    for index in stated.of(ArchiveIndex):
        staged = [(n, row.stage) for n, row in enumerate(index.rows) if row.stage]
        for (_, before), (n, stage) in pairwise(staged):
            if order.index(stage) < order.index(before):
                yield stated.flaw(
                    ("rows", n, "stage"), f"“{stage}”阶段的文件排在“{before}”阶段的后面。", "请按阶段的先后排列。"
                )

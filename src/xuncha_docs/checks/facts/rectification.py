"""FCT6: immediate rectification (立行立改): days, numbers, and what a notice may say to whom.

The matter itself is judged wherever it stands, in the case or in a notice; a matter of the case that a notice takes
over is told once, where it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from xuncha_docs import chinese
from xuncha_docs.case import Case
from xuncha_docs.checks.facts.reading import allowed, due, names_of, texts, workdays
from xuncha_docs.checks.facts.stated import Loc, Stated
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.document import TeamPaper
from xuncha_docs.fields import UnitName, as_day
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.kinds.rectification_ledger import RectificationLedger
from xuncha_docs.kinds.rectification_notice import RectificationNotice
from xuncha_docs.kinds.spot_correction import SpotCorrection
from xuncha_docs.matters import Rectification
from xuncha_docs.rectifying import MatterPaper

# --- days ----------------------------------------------------------------------------------------------------------


@rule("FCT601", Severity.WARNING, strength=Strength.PRACTICE)
def rectification_due_on_day_off(stated: Stated) -> Flaws:
    """整改时限或报告时限是休息日。

    为什么：休息日没有人收报告，单位也常常因此晚报。调休上班的周末按工作日算，放假的周一至周五按休息日算。

    错：
        （立行立改通知书）
        事项.整改时限: 2025-10-25
    错：
        立行立改事项[1].报告时限: 2025-07-26
    对：
        （立行立改通知书）
        事项.整改时限: 2025-10-23
    """
    for loc, item in stated.each(Rectification):
        for field, title in (("deadline", "整改时限"), ("report_by", "报告时限")):
            day = getattr(item, field)
            if day and stated.is_day_off(day):
                yield stated.flaw(
                    (*loc, field), f"{title}{chinese.written_date(day)}是休息日。", "请改到前一个或后一个工作日。"
                )


_POLICY = "立行立改|立巡立改|边巡边改"


@rule("FCT602", Severity.WARNING, strength=Strength.PRACTICE)
def rectification_time_too_short(stated: Stated) -> Flaws:
    """整改时间太短。

    为什么：从成文日期的第二天到整改时限，中间一个工作日也没有，单位来不及整改。当天就能改的，当场口头交办并记录（即知即改）。

    错：
        （立行立改通知书）
        成文日期: 2025-10-24
    对：
        （立行立改通知书）
        成文日期: 2025-10-20
    """
    for loc, item, issued in _issued(stated):
        if workdays(stated, issued + timedelta(1), item.deadline) == 0:
            yield stated.flaw(
                (*loc, "deadline"),
                f"成文日期{chinese.written_date(issued)}以后，到整改时限{chinese.written_date(item.deadline)}"
                "没有一个工作日。",
                "请推后整改时限，或改用即知即改，当场交办并记录。",
            )


def _issued(stated: Stated) -> Iterator[tuple[Loc, Rectification, date]]:
    """Yield every matter of which a notice is out, with the day of the notice."""
    signed = next((notice.signed for notice in stated.of(RectificationNotice)), None)
    for loc, item in stated.each(Rectification):
        if day := signed or item.issued:
            yield loc, item, day


_LONG = 31
"""The days after which nobody calls a rectification immediate: the cases read took two days, a week, about a month."""


@rule("FCT603", Severity.WARNING, strength=Strength.PRACTICE)
def rectification_time_too_long(stated: Stated) -> Flaws:
    """整改时间太长。

    为什么：立行立改针对短期内能解决的问题。案卷的政策口径里写了“立行立改”的时限，就按它核对；没有写的，超过一个月只作提示。

    错：
        政策口径.时限: {立行立改: {工作日: 5}}
    错：
        （立行立改通知书）
        事项.整改时限: 2025-12-26
        删去：事项.报告时限
    对：
        政策口径.时限: {立行立改: {工作日: 10}}
    """
    limit = allowed(stated, _POLICY)
    for loc, item, signed in _issued(stated):
        last = due(stated, signed, limit) if limit else signed + timedelta(_LONG)
        if last and item.deadline > last:
            rests = "政策口径的时限" if limit else "一个月的常见时限"
            yield stated.flaw(
                (*loc, "deadline"),
                f"整改时限{chinese.written_date(item.deadline)}晚于{chinese.written_date(last)}"
                f"（成文日期{chinese.written_date(signed)}起，按{rests}）。",
                "请提前整改时限；短期内解决不了的，写进巡察报告，反馈后整改。",
                severity=None if limit else Severity.INFO,
            )


@rule("FCT604", Severity.INFO, strength=Strength.PRACTICE)
def rectification_due_after_stay(stated: Stated) -> Flaws:
    """整改时限在撤离以后。

    为什么：撤离以后，巡察组难以到现场核实。确需更长时间的可以这样定，但要先说好由谁核实。

    错：
        立行立改事项[1].整改时限: 2025-09-05
    对：
        立行立改事项[1].整改时限: 2025-08-29
    """
    for loc, item, end in _with_end_of_stay(stated):
        if item.deadline > end:
            yield stated.flaw(
                (*loc, "deadline"),
                f"整改时限{chinese.written_date(item.deadline)}晚于撤离日期{chinese.written_date(end)}。",
                "请提前到撤离以前，或明确撤离以后由谁核实。",
            )


def _with_end_of_stay(stated: Stated) -> Iterator[tuple[Loc, Rectification, date]]:
    """Yield every matter with the day on which the team leaves, where that is known."""
    stays = (notice.stay for notice in stated.of(RectificationNotice))
    stay = next(stays, None) or (stated.case.stay if stated.case else None)
    if stay and stay.end:
        yield from ((loc, item, stay.end) for loc, item in stated.each(Rectification))


@rule("FCT605", Severity.ERROR, strength=Strength.PRACTICE)
def found_outside_stay(stated: Stated) -> Flaws:
    """发现日期不在驻点期间。

    为什么：立行立改的问题是驻点期间发现的，日期在进驻之前或撤离之后，多半是年月填错了。

    错：
        立行立改事项[2]: {编号: 临委巡三组立改〔2025〕2号, 责任人: 县水利局局长, 整改时限: 2025-09-05}
        立行立改事项[2].发现: {日期: 2025-09-01, 方式: 走访}
        立行立改事项[2].问题: 值班室无人值守
        立行立改事项[2].整改要求: [落实值班制度]
    对：
        立行立改事项[1].发现.日期: 2025-07-16
    """
    for case in stated.of(Case):
        for n, item in enumerate(case.rectifications):
            if not case.stay.holds(item.found.day):
                yield stated.flaw(
                    ("rectifications", n, "found", "day"),
                    f"发现日期{chinese.written_date(item.found.day)}不在驻点期间（{case.stay.phrase.rstrip('，')}）。",
                    "请核对发现日期；驻点期间以外发现的，不用立行立改。",
                )


_LATE = 10
"""The working days after the deadline beyond which a report comes late enough to be looked at."""


@rule("FCT606", Severity.INFO, strength=Strength.PRACTICE)
def report_far_from_deadline(stated: Stated) -> Flaws:
    """报告时限早于整改时限，或比它晚很多。

    为什么：改完才好报告；报告拖得久了，驻点期间来不及核实。各地也有要求先报告后改完的，所以只作提示。

    错：
        （立行立改通知书）
        事项.报告时限: 2025-10-20
    错：
        （立行立改通知书）
        事项.报告时限: 2025-11-27
    对：
        （立行立改通知书）
        事项.报告时限: 2025-10-28
    """
    for loc, item in stated.each(Rectification):
        if not item.report_by:
            continue
        late = workdays(stated, item.deadline + timedelta(1), item.report_by)
        early = item.report_by < item.deadline
        if early or (late and late > _LATE):
            how = "早于整改时限" if early else f"比整改时限晚{late}个工作日"
            yield stated.flaw(
                (*loc, "report_by"),
                f"报告时限{chinese.written_date(item.report_by)}{how}（{chinese.written_date(item.deadline)}）。",
                "请核对两个时限；报告一般在改完时或改完后几天内提交。",
            )


# --- numbers -------------------------------------------------------------------------------------------------------


@rule("FCT607", Severity.WARNING, strength=Strength.PRACTICE)
def gap_in_notice_numbers(stated: Stated) -> Flaws:
    """立行立改的编号不连续。

    为什么：编号按组、按年从1号连续编，缺号说明有一件没有登记，或者编号写错了。

    错：
        立行立改事项[1].编号: 临委巡三组立改〔2025〕2号
        文书.立行立改通知书[1].事项: 临委巡三组立改〔2025〕2号
    对：
        立行立改事项[1].编号: 临委巡三组立改〔2025〕1号
    """
    for field, items in _series(stated):
        held = sorted((item.number.code, item.number.year, item.number.serial) for item in items)
        for (code, year, serial), before in zip(held, [None, *held], strict=False):
            last = before[2] if before and before[:2] == (code, year) else 0
            if serial > last + 1:
                n = next(n for n, item in enumerate(items) if str(item.number) == f"{code}〔{year}〕{serial}号")
                missing = f"{last + 1}号" if serial == last + 2 else f"{last + 1}号至{serial - 1}号"
                yield stated.flaw(
                    (field, n, "number"),
                    f"{code}〔{year}〕缺{missing}。",
                    "请补登缺的事项，或改正编号；其他案卷里已用过的号，可以不改。",
                )


def _series(stated: Stated) -> Iterator[tuple[str, tuple[Rectification, ...]]]:
    """Yield the matters of a case, or of a ledger, with the field that holds them."""
    yield from (("rectifications", case.rectifications) for case in stated.of(Case))
    yield from (("items", ledger.items) for ledger in stated.of(RectificationLedger))


@rule("FCT608", Severity.WARNING, strength=Strength.PRACTICE)
def later_number_signed_earlier(stated: Stated) -> Flaws:
    """编号在后的通知书成文日期在前。

    为什么：编号按发出的先后编，日期倒过来多半是编号或日期写错了。

    错：
        立行立改事项[2]: {编号: 临委巡三组立改〔2025〕2号, 责任人: 县水利局局长, 整改时限: 2025-07-25}
        立行立改事项[2].发现: {日期: 2025-07-09, 方式: 走访}
        立行立改事项[2].问题: 值班室无人值守
        立行立改事项[2].整改要求: [落实值班制度]
        文书.立行立改通知书[2]: {事项: 临委巡三组立改〔2025〕2号, 成文日期: 2025-07-10}
    对：
        立行立改事项[2]: {编号: 临委巡三组立改〔2025〕2号, 责任人: 县水利局局长, 整改时限: 2025-07-25}
        立行立改事项[2].发现: {日期: 2025-07-09, 方式: 走访}
        立行立改事项[2].问题: 值班室无人值守
        立行立改事项[2].整改要求: [落实值班制度]
        文书.立行立改通知书[2]: {事项: 临委巡三组立改〔2025〕2号, 成文日期: 2025-07-18}
    """
    for notice in stated.of(RectificationNotice):
        number = notice.item.number
        for other in stated.papers:
            if not isinstance(other, RectificationNotice):
                continue
            earlier = other.item.number
            same = (earlier.code, earlier.year) == (number.code, number.year)
            if same and earlier.serial < number.serial and other.signed > notice.signed:
                yield stated.flaw(
                    ("signed",),
                    f"{number}成文于{chinese.written_date(notice.signed)}，"
                    f"{earlier}却成文于{chinese.written_date(other.signed)}。",
                    "请核对这两件的编号和成文日期。",
                )


@rule("FCT609", Severity.WARNING, strength=Strength.PRACTICE)
def several_series_of_numbers(stated: Stated) -> Flaws:
    """一个组的立行立改用了几种代字。

    为什么：一个组一年只有一个编号系列，代字不同多半是写错了字，缺号也就查不出来。

    错：
        立行立改事项[2]: {编号: 临委巡三组改〔2025〕1号, 责任人: 县水利局局长, 整改时限: 2025-07-25}
        立行立改事项[2].发现: {日期: 2025-07-09, 方式: 走访}
        立行立改事项[2].问题: 值班室无人值守
        立行立改事项[2].整改要求: [落实值班制度]
    对：
        立行立改事项[2]: {编号: 临委巡三组立改〔2025〕2号, 责任人: 县水利局局长, 整改时限: 2025-07-25}
        立行立改事项[2].发现: {日期: 2025-07-09, 方式: 走访}
        立行立改事项[2].问题: 值班室无人值守
        立行立改事项[2].整改要求: [落实值班制度]
    """
    for field, items in _series(stated):
        for n, item in enumerate(items[1:], 1):
            first = items[0].number
            if item.number.code != first.code:
                yield stated.flaw(
                    (field, n, "number"),
                    f"代字“{item.number.code}”和“{first.code}”不同。",
                    "请统一代字，并按先后编号。",
                )


_TEAM_IN_CODE = re.compile(r"巡察?第?([一二三四五六七八九十]{1,3}|\d{1,2})组")


@rule("FCT610", Severity.ERROR, strength=Strength.PRACTICE)
def number_of_another_team(stated: Stated) -> Flaws:
    """编号里的组和巡察组不是同一个。

    为什么：编号由本组自编，写了别的组，多半是照搬上一轮的通知书。

    错：
        （立行立改通知书）
        巡察组: 第三巡察组
    对：
        （立行立改通知书）
        事项.编号: 临大委巡办立改〔2025〕12号
    """
    things: tuple[TeamPaper | Case, ...] = (*stated.of(TeamPaper), *stated.of(Case))
    for thing in things:
        for loc, item in stated.each(Rectification):
            match = _TEAM_IN_CODE.search(item.number.code)
            if match and match[1] not in (str(thing.team.ordinal), chinese.numeral(thing.team.ordinal)):
                yield stated.flaw(
                    (*loc, "number"),
                    f"编号{item.number}写的是{match[1]}组，本组是{thing.team.name}。",
                    "请核对编号的代字和巡察组的序号。",
                )


@rule("FCT611", Severity.ERROR, strength=Strength.PRACTICE)
def number_of_another_year(stated: Stated) -> Flaws:
    """编号的年份和事项的日期对不上。

    为什么：编号用发出通知书那一年的年份，只能在发现到整改时限之间；不在其间的多半是照搬上一年的编号。

    错（还有 FCT607）：
        立行立改事项[2]: {编号: 临委巡三组立改〔2024〕7号, 责任人: 县水利局局长, 整改时限: 2025-07-25}
        立行立改事项[2].发现: {日期: 2025-07-09, 方式: 走访}
        立行立改事项[2].问题: 值班室无人值守
        立行立改事项[2].整改要求: [落实值班制度]
    对：
        立行立改事项[1].编号: 临委巡三组立改〔2025〕1号
    """
    for field, items in _series(stated):
        for n, item in enumerate(items):
            first, last = item.found.day.year, item.deadline.year
            if not first <= item.number.year <= last:
                years = f"{first}年" if first == last else f"{first}年至{last}年"
                yield stated.flaw(
                    (field, n, "number"),
                    f"编号{item.number}的年份是{item.number.year}年，事项的日期在{years}。",
                    "请核对编号的年份和事项的日期。",
                )


# --- who -----------------------------------------------------------------------------------------------------------


@rule("FCT612", Severity.WARNING, strength=Strength.PRACTICE)
def recipient_not_inspected(stated: Stated) -> Flaws:
    """主送的不是案卷里的被巡察单位。

    为什么：立行立改只发给被巡察党组织或它的下级组织；发给别的单位，用巡察建议书，或由巡察办转交。

    错：
        立行立改事项[1].主送: 中共临江县林业局党组
    对：
        立行立改事项[1].主送: 中共临江县水利局党组
    对：
        立行立改事项[1].主送: 中共临江县水利局机关支部委员会
    """
    for at, to in _recipients(stated):
        if stated.case and not any(_belongs(to, unit) for unit in stated.case.units):
            units = "、".join(unit.name for unit in stated.case.units)
            yield stated.flaw(
                at,
                f"主送“{to.name}”不在被巡察单位里（{units}）。",
                "请核对主送；确是被巡察单位下级组织的，可以不改。",
            )


def _recipients(stated: Stated) -> Iterator[tuple[Loc, UnitName]]:
    """Yield everybody to whom a matter or a notice goes."""
    yield from (((*loc, "to"), item.to) for loc, item in stated.each(Rectification) if item.to)
    yield from ((("to",), paper.to) for paper in stated.of(MatterPaper))


def _belongs(to: UnitName, unit: UnitName) -> bool:
    """Whether a recipient is a unit, or an organisation within it, as far as the names tell."""
    return any(name in to.name for name in names_of(unit)) or to.name in (unit.extends_to or "")


@rule("FCT613", Severity.ERROR, strength=Strength.PRACTICE)
def recipient_unlike_matter(stated: Stated) -> Flaws:
    """通知书的主送和事项的主送不一样。

    为什么：一个问题只发给一个党组织，两处写得不同，回执和台账就对不上。

    错：
        （立行立改通知书）
        事项.主送: 中共临江大学总务处总支部委员会
    对：
        （立行立改通知书）
        事项.主送: 中共临江大学后勤保障处总支部委员会
    """
    for paper in stated.of(MatterPaper):
        if paper.item.to and paper.item.to.name != paper.to.name:
            yield stated.flaw(
                ("to",),
                f"主送是“{paper.to.name}”，事项里写的是“{paper.item.to.name}”。",
                "请核对哪一个对，把另一个改过来或删去。",
            )


_SEVERAL_UNITS = re.compile(r"[、;；/]|^各|等(?:\d+|[两二三四五六七八九十]+)?(?:个|家)?(?:单位|党组织)$")


@rule("FCT614", Severity.WARNING, strength=Strength.PRACTICE)
def several_recipients(stated: Stated) -> Flaws:
    """一份通知书主送了几个单位。

    为什么：一份通知书只发一个党组织、写一个问题；几个单位都要改的，每个单位一份，分别编号、分别销号。

    错：
        （立行立改通知书）
        主送: 中共临江大学后勤保障处总支部委员会、基建处总支部委员会
    对：
        （立行立改通知书）
        主送: 中共临江大学后勤和基建处总支部委员会
    """
    for at, to in _recipients(stated):
        if _SEVERAL_UNITS.search(to.name):
            yield stated.flaw(at, f"主送“{to.name}”像是几个单位。", "请每个单位发一份，分别编号。")


@rule("FCT615", Severity.WARNING, strength=Strength.PRACTICE)
def contact_not_liaison(stated: Stated) -> Flaws:
    """联系人或电话和案卷里的联络员不一样。

    为什么：联系人写联络员，不写发现问题的组员，免得单位从联系人猜出问题是怎么发现的；电话要和案卷一致。

    错：
        文书.立行立改通知书[1].联系人: {姓名: 赵某某, 电话: 0600-8000003}
    错：
        文书.立行立改通知书[1].联系人: {姓名: 王某某, 电话: 0600-8000004}
    对：
        文书.立行立改通知书[1].联系人: {姓名: 王某某, 电话: 0600-8000003}
    """
    for notice in stated.of(RectificationNotice):
        if stated.case is None:
            return
        liaison = stated.case.team.liaison
        if notice.contact.name != liaison.name:
            message = f"联系人是{notice.contact.name}，案卷里的联络员是{liaison.name}。"
            yield stated.flaw(("contact", "name"), message, "请改写联络员，或删去这一项，用案卷的。")
        elif liaison.phone and notice.contact.phone != liaison.phone:
            message = f"联系人的电话是{notice.contact.phone}，案卷里联络员的电话是{liaison.phone}。"
            yield stated.flaw(("contact", "phone"), message, "请核对电话，或删去这一项，用案卷的。")


_SEVERAL_PEOPLE = re.compile(r"[，,；;]|(?:书记|长|主任|经理|主席|负责人|委员)[和及与]")


@rule("FCT616", Severity.WARNING, strength=Strength.PRACTICE)
def several_responsible(stated: Stated) -> Flaws:
    """责任人写了几个人。

    为什么：一件事只定一个责任人，写了几个就等于没有人负责。一人兼几职的，用顿号隔开，如“党组书记、局长”。

    错：
        （立行立改通知书）
        事项.责任人: 后勤保障处党总支书记和处长
    对：
        （立行立改通知书）
        事项.责任人: 后勤保障处党总支书记、处长
    """
    for loc, item in stated.each(Rectification):
        if _SEVERAL_PEOPLE.search(item.responsible):
            cure = "请只写一个责任人，一般是单位主要负责人；一人兼几职的用顿号隔开。"
            yield stated.flaw((*loc, "responsible"), f"责任人“{item.responsible}”像是几个人。", cure)


# --- what belongs in a notice --------------------------------------------------------------------------------------

_PUNISHING = re.compile(
    "(?:党纪|政务|纪律|行政|给予|作出)[^，。；]{0,6}处分|立案(?:审查|调查|查处)|(?<!首)问责|追责|诫勉|免职|撤职|停职|留置|"
    "移[送交](?:司法|纪|监察|公安)|"
    "追究[^，。；]{0,10}责任"
)
_DISCIPLINE_LAWS = re.compile("纪律处分条例|问责条例|政务处分|监督执纪|^中华人民共和国(?:监察法|刑法)")


@rule("FCT617", Severity.ERROR, strength=Strength.PRACTICE)
def discipline_in_notice(stated: Stated) -> Flaws:
    """立行立改文书写了处分、问责一类的事。

    为什么：立行立改只管能马上改的问题，不能代替执纪问责；涉嫌违纪违法的，作为问题线索密封移交。只引了处分、问责的规定的，是警告。

    错：
        （立行立改通知书）
        事项.整改要求: [一周内恢复热水供应, 对相关人员严肃问责]
    错：
        （立行立改通知书）
        事项.依据: 中国共产党纪律处分条例
    对：
        （立行立改通知书）
        事项.整改要求: [一周内恢复热水供应, 落实首问责任制]
    """
    for loc, item in stated.each(Rectification):
        for n, text in enumerate(item.requirements):
            if match := _PUNISHING.search(text):
                yield stated.flaw(
                    (*loc, "requirements", n),
                    f"整改要求里写了“{match[0]}”。",
                    "请删去这一条；需要追责的，按规定作为问题线索移交，不写进立行立改文书。",
                )
        for n, law in enumerate(item.basis):
            if _DISCIPLINE_LAWS.search(law.title):
                yield stated.flaw(
                    (*loc, "basis", n),
                    f"依据引了{law.cited}，这是执纪问责的规定。",
                    "请改引问题所违反的业务规定；确属违纪的，不用立行立改。",
                    severity=Severity.WARNING,
                )


_SLOW = re.compile("长效机制|体制改革|[三五]年行动|专项规划|中长期|长期坚持")


@rule("FCT618", Severity.INFO, strength=Strength.PRACTICE)
def requirement_for_full_rectification(stated: Stated) -> Flaws:
    """整改要求里有短期内做不完的事。

    为什么：立行立改不能代替巡察反馈以后的全面整改；要长期做的事写在通知书里，到期销不了号。

    错：
        （立行立改通知书）
        事项.整改要求: [恢复热水供应, 建立后勤服务长效机制]
    对：
        （立行立改通知书）
        事项.整改要求: [恢复热水供应, 公示报修渠道]
    """
    for loc, item in stated.each(Rectification):
        for n, text in enumerate(item.requirements):
            if match := _SLOW.search(text):
                cure = "请只写期限内做得完的；要长期做的，写进巡察报告，反馈后整改。"
                yield stated.flaw((*loc, "requirements", n), f"“{match[0]}”不是短期内做得完的。", cure)


_SOURCE = re.compile(
    "举报(?!电话|信?箱|邮箱|平台|渠道|制度|登记|台账|奖励)|检举|控告|反映人|投诉人"
    "|(?:来信|来电|来访|信访)(?:件(?!的?(?:办理|登记|台账|超期|未))|人(?!员)|反映)"
    "|(?<!数)据[^，。；]{1,12}反映|有人反映|群众反映(?!强烈|突出|集中|较多)"
)


@rule("FCT619", Severity.WARNING, strength=Strength.PRACTICE)
def source_told_in_notice(stated: Stated) -> Flaws:
    """问题里写出了线索的来源。

    为什么：立行立改文书发给被巡察单位，写出“据职工反映”“举报”，单位就会去查是谁说的。发现方式填“受理查阅信访”的，印出来只写“巡察中发现”。

    错：
        （立行立改通知书）
        事项.发现.方式: 走访
        事项.问题.现象: 据住宿学生反映，公寓3号楼热水供应时断时续
    对：
        （立行立改通知书）
        事项.问题.现象: 公寓3号楼热水供应时断时续，师生反映强烈
    对：
        （立行立改通知书）
        事项.发现.方式: 走访
        事项.问题.现象: 来访人员登记不全，信访件办理超期
    """
    for at, text in _telling(stated):
        if match := _SOURCE.search(text):
            yield stated.flaw(
                at, f"“{match[0]}”说出了问题的来源。", "请删去来源，只写看到的事实；来源只留在组内的登记里。"
            )


def _telling(stated: Stated) -> Iterator[tuple[Loc, str]]:
    """Yield the texts by which the source of a matter may show."""
    for loc, item in stated.each(Rectification):
        yield from texts(item.problem, (*loc, "problem"))
        yield from texts(item.found.place, (*loc, "found", "place"))
        yield from texts(item.outcome, (*loc, "outcome"))
    for record in stated.of(SpotCorrection):
        yield from texts(record.items, ("items",))


_MORE_PROBLEMS = re.compile(
    "一是.*二是|首先.*其次|此外|另外|同时[^，。；]{0,2}发现|还(?:发现|存在)|(?:^|[：；。])1[.．、].*2[.．、]"
)


@rule("FCT620", Severity.WARNING, strength=Strength.PRACTICE)
def several_problems_in_notice(stated: Stated) -> Flaws:
    """一件事项写了几个问题。

    为什么：一件一个问题、一个责任人、一个时限，才能一件一件销号；几个问题合在一起，改了一半就说不清销没销。

    错：
        （立行立改通知书）
        事项.问题.现象: 一是3号楼热水时断时续；二是食堂进货台账缺失
    对：
        （立行立改通知书）
        事项.问题.现象: 3号楼热水时断时续，报修后两周未修复
    """
    for loc, item in stated.each(Rectification):
        if match := _MORE_PROBLEMS.search(item.problem.fact):
            said = match[0].strip("：；。")
            yield stated.flaw(
                (*loc, "problem", "fact"), f"“{said}”像是写了几个问题。", "请拆成几件，分别编号、分别定时限。"
            )


_ASKING = re.compile("请你单位|(?<![申聘邀报提])请(?:立即|尽快|于|在)|整改要求|(?:应|须|必须)(?:立即|尽快)")


@rule("FCT621", Severity.WARNING, strength=Strength.PRACTICE)
def requirement_within_problem(stated: Stated) -> Flaws:
    """问题里写了整改要求。

    为什么：问题只说看到什么、错在哪里；要求另列，单位才能逐条对照着改，逐条报告。

    错：
        （立行立改通知书）
        事项.问题.现象: 3号楼热水时断时续，请立即修复
    对：
        （立行立改通知书）
        事项.问题.现象: 3号楼热水时断时续，应于9月修复，至今未修复
    """
    for loc, item in stated.each(Rectification):
        for at, text in texts(item.problem, (*loc, "problem")):
            if match := _ASKING.search(text):
                yield stated.flaw(at, f"“{match[0]}”是要求，不是问题。", "请移到整改要求（requirements）。")


@rule("FCT622", Severity.INFO, strength=Strength.PRACTICE)
def incomplete_problem(stated: Stated) -> Flaws:
    """问题没有写定性或责任。

    为什么：问题一般写三句：看到了什么，问题在哪里，哪一级负什么责任。只写现象，单位往往就事论事。

    错：
        （立行立改通知书）
        删去：事项.问题.定性
    对：
        （立行立改通知书）
        事项.问题.责任: 后勤保障处党总支履行服务保障责任不到位
    """
    for loc, item in stated.each(Rectification):
        missing = [name for name, said in (("定性", item.problem.nature), ("责任", item.problem.duty)) if not said]
        if missing:
            yield stated.flaw(
                (*loc, "problem"),
                f"编号{item.number}的问题没有写{'、'.join(missing)}。",
                "请补上；事情简单的可以不写。",
            )


# --- against the case ----------------------------------------------------------------------------------------------


@rule("FCT623", Severity.WARNING, strength=Strength.PRACTICE)
def matter_not_in_case(stated: Stated) -> Flaws:
    """通知书的事项不在案卷的立行立改事项里。

    为什么：案卷的“立行立改事项”是这个组的台账，不登记就查不出缺号，也没有人跟进到销号。

    错：
        文书.立行立改通知书[1].事项: {编号: 临委巡三组立改〔2025〕2号, 责任人: 县水利局局长, 整改时限: 2025-07-25}
        文书.立行立改通知书[1].事项.发现: {日期: 2025-07-09, 方式: 走访}
        文书.立行立改通知书[1].事项.问题: 值班室无人值守
        文书.立行立改通知书[1].事项.整改要求: [落实值班制度]
        文书.立行立改通知书[1].成文日期: 2025-07-16
    对：
        文书.立行立改通知书[1].事项: 临委巡三组立改〔2025〕1号
    """
    for paper in stated.of(MatterPaper):
        if stated.case is None:
            return
        known = {str(item.number) for item in stated.case.rectifications}
        if paper.number not in known:
            yield stated.flaw(
                ("item",),
                f"案卷的立行立改事项里没有{paper.number}。",
                "请把事项写到案卷的立行立改事项（rectifications）里，通知书里只写编号。",
            )


@rule("FCT624", Severity.WARNING, strength=Strength.PRACTICE)
def matter_listed_twice(stated: Stated) -> Flaws:
    """两件事项写的是同一个问题。

    为什么：同一个问题编了两个号，多半是复制以后没有改；单位会报两次，台账的数目也不对。

    错：
        立行立改事项[2]: {编号: 临委巡三组立改〔2025〕2号, 责任人: 县水利局局长, 整改时限: 2025-07-25}
        立行立改事项[2].发现: {日期: 2025-07-15, 方式: 走访}
        立行立改事项[2].问题: 青石水库溢洪道内堆放施工杂物，7月3日至7月9日值班记录未填写。
        立行立改事项[2].整改要求: [清理杂物]
    对：
        立行立改事项[2]: {编号: 临委巡三组立改〔2025〕2号, 责任人: 县水利局局长, 整改时限: 2025-07-25}
        立行立改事项[2].发现: {日期: 2025-07-15, 方式: 走访}
        立行立改事项[2].问题: 白石水库溢洪道内堆放施工杂物
        立行立改事项[2].整改要求: [清理杂物]
    """
    for field, items in _series(stated):
        told: dict[tuple[str, str], str] = {}
        for n, item in enumerate(items):
            what = (item.to.name if item.to else "", item.problem.fact.rstrip("。；，"))
            if what in told:
                yield stated.flaw(
                    (field, n, "problem"),
                    f"{item.number}和{told[what]}写的是同一个问题。",
                    "请核对，改写问题或删去一件。",
                )
            told.setdefault(what, str(item.number))


# --- what became of it ---------------------------------------------------------------------------------------------


@rule("FCT625", Severity.WARNING, strength=Strength.PRACTICE)
def received_after_deadline(stated: Stated) -> Flaws:
    """通知书送到时，整改时限已经过了。

    为什么：先后是通知、送达、整改、报告；送到时已经过期，多半是日期写错了，不是写错的，时限要重新定。

    错：
        （送达回执）
        事项.送达.时间: 2025年10月25日 9:00
    对：
        （送达回执）
        事项.送达.时间: 2025年10月16日 9:00
    """
    for loc, item in stated.each(Rectification):
        if item.delivery and as_day(item.delivery.received) > item.deadline:
            yield stated.flaw(
                (*loc, "delivery", "received"),
                f"送达时间{chinese.written_moment(item.delivery.received)}"
                f"晚于整改时限{chinese.written_date(item.deadline)}。",
                "请核对送达时间；确实这时才送到的，重新定整改时限。",
            )


@rule("FCT626", Severity.INFO, strength=Strength.PRACTICE)
def rectification_late(stated: Stated) -> Flaws:
    """单位完成或报告得比时限晚。

    为什么：逾期的要在台账和巡察报告里写明；也可能是日期写错了。

    错：
        （销号单）
        事项.整改情况.报告日期: 2025-07-29
    错：
        （销号单）
        事项.整改时限: 2025-07-21
    对：
        （销号单）
        事项.整改情况.报告日期: 2025-07-28
    """
    for loc, item in stated.each(Rectification):
        if item.outcome is None:
            continue
        for field, title, day, limit, said in (
            ("finished", "完成日期", item.outcome.finished, item.deadline, "整改时限"),
            ("reported", "报告日期", item.outcome.reported, item.due, "报告时限"),
        ):
            if day and day > limit:
                late = workdays(stated, limit + timedelta(1), day)
                much = f"{late}个工作日" if late else ""
                yield stated.flaw(
                    (*loc, "outcome", field),
                    f"{item.number}的{title}{chinese.written_date(day)}比{said}{chinese.written_date(limit)}晚{much}。",
                    "请核对日期；确实逾期的，在台账备注和报告里写明。",
                )


@rule("FCT627", Severity.WARNING, strength=Strength.PRACTICE)
def verified_by_others(stated: Stated) -> Flaws:
    """核查人、记录人不在巡察组里。

    为什么：核查由本组两人以上进行，即知即改由本组的人当场指出；姓名对不上，多半是写错了字。

    错：
        立行立改事项[1].通知日期: 2025-07-16
        立行立改事项[1].整改情况: {报告日期: 2025-07-25, 采取措施: 已清理, 完成日期: 2025-07-23, 签字: 局长}
        立行立改事项[1].核查: {日期: 2025-07-28, 方式: 现场, 结论: 完成, 核查人: [赵某某, 钱小某]}
    对：
        立行立改事项[1].通知日期: 2025-07-16
        立行立改事项[1].整改情况: {报告日期: 2025-07-25, 采取措施: 已清理, 完成日期: 2025-07-23, 签字: 局长}
        立行立改事项[1].核查: {日期: 2025-07-28, 方式: 现场, 结论: 完成, 核查人: [赵某某, 钱某某]}
    """
    if stated.case is None:
        return
    team = {person.name for _, person in stated.case.team.posts}
    checked = (
        ((*loc, "verification", "people", n), name)
        for loc, item in stated.each(Rectification)
        if item.verification
        for n, name in enumerate(item.verification.people)
    )
    noted = (
        (("items", n, "member"), item.member)
        for record in stated.of(SpotCorrection)
        for n, item in enumerate(record.items)
    )
    for at, name in (*checked, *noted):
        if name not in team:
            yield stated.flaw(at, f"{name}不在巡察组里。", "请核对姓名；借调来核查的，先补进组员。")


@rule("FCT628", Severity.INFO, strength=Strength.PRACTICE)
def signed_by_another(stated: Stated) -> Flaws:
    """在整改报告上签字的不是责任人。

    为什么：谁的责任谁签字；换了人签的，要看是不是真的由责任人负责整改。

    错：
        （销号单）
        事项.整改情况.签字: 县水利局副局长
    对：
        （销号单）
        事项.整改情况.签字: 县水利局党组书记、局长
    """
    for loc, item in stated.each(Rectification):
        if item.outcome and item.outcome.signer != item.responsible:
            yield stated.flaw(
                (*loc, "outcome", "signer"),
                f"{item.number}签字的是“{item.outcome.signer}”，责任人是“{item.responsible}”。",
                "请核对；代签的，请责任人补签。",
            )


@rule("FCT629", Severity.INFO, strength=Strength.PRACTICE)
def matter_without_notice(stated: Stated) -> Flaws:
    """事项没有通知日期。

    为什么：没有通知日期的，做不出送达回执，台账上算尚未通知；通知书发出后要补上。

    错：
        立行立改事项[2]: {编号: 临委巡三组立改〔2025〕2号, 责任人: 县水利局局长, 整改时限: 2025-07-25}
        立行立改事项[2].发现: {日期: 2025-07-18, 方式: 走访}
        立行立改事项[2].问题: 值班室无人值守
        立行立改事项[2].整改要求: [落实值班制度]
    对：
        立行立改事项[1].通知日期: 2025-07-16
    """
    for case in stated.of(Case):
        for n, item in enumerate(case.rectifications):
            if item.issued is None:
                yield stated.flaw(
                    ("rectifications", n), f"{item.number}没有通知日期。", "通知书发出后，请填通知日期（issued）。"
                )


@rule("FCT630", Severity.INFO, strength=Strength.PRACTICE)
def rectification_overdue(stated: Stated) -> Flaws:
    """到台账的截至日期，整改已经逾期。

    为什么：逾期的要催办；只完成一部分的、核查没有通过的，也还没有办完。

    错：
        （立行立改台账）
        截至日期: 2025-08-11
    对：
        （立行立改台账）
        截至日期: 2025-07-21
    """
    for ledger in stated.of(RectificationLedger):
        for n, item in enumerate(ledger.items):
            row = next((row for row in ledger.rows if row.number == item.number), None)
            if row and row.overdue:
                yield stated.flaw(
                    ("items", n, "deadline"),
                    f"到{chinese.written_date(ledger.as_of)}，{item.number}{row.state}。",
                    "请催办；确需延长的，报组长同意后改整改时限。",
                )


@rule("FCT631", Severity.WARNING, strength=Strength.PRACTICE)
def ledger_unlike_case(stated: Stated) -> Flaws:
    """台账登记的事项和案卷的不一样。

    为什么：台账从案卷的立行立改事项来，单独写一份，就会漏登或者对不上号。

    错：
        立行立改事项[2]: {编号: 临委巡三组立改〔2025〕2号, 责任人: 县水利局局长, 整改时限: 2025-07-25}
        立行立改事项[2].发现: {日期: 2025-07-18, 方式: 走访}
        立行立改事项[2].问题: 值班室无人值守
        立行立改事项[2].整改要求: [落实值班制度]
        文书.立行立改台账: {截至日期: 2025-07-21}
        文书.立行立改台账.立行立改事项[1]: {编号: 临委巡三组立改〔2025〕1号, 责任人: 局长, 整改时限: 2025-07-25}
        文书.立行立改台账.立行立改事项[1].发现: {日期: 2025-07-09, 方式: 走访}
        文书.立行立改台账.立行立改事项[1].问题: 值班室无人值守
        文书.立行立改台账.立行立改事项[1].整改要求: [落实值班制度]
    对：
        文书.立行立改台账: {截至日期: 2025-07-31}
    """
    for ledger in stated.of(RectificationLedger):
        if stated.case is None:
            return
        listed = {str(item.number) for item in ledger.items}
        held = {str(item.number) for item in stated.case.rectifications}
        if listed != held:
            odd = "、".join(sorted(listed ^ held))
            yield stated.flaw(("items",), f"台账和案卷对不上：{odd}。", "请删去台账里的这一项，用案卷的。")


@rule("FCT632", Severity.WARNING, strength=Strength.PRACTICE)
def spot_correction_not_settled_at_once(stated: Stated) -> Flaws:
    """即知即改的事项没有在当天或下一个工作日办结。

    为什么：当场能改的才用即知即改；要几天才能改好的，发立行立改通知书，才有时限、有核查。

    错：
        （即知即改记录）
        即知即改事项[2].办结日期: 2025-07-14
    对：
        （即知即改记录）
        即知即改事项[2].办结日期: 2025-07-11
    """
    for record in stated.of(SpotCorrection):
        for n, item in enumerate(record.items):
            took = workdays(stated, item.day + timedelta(1), item.settled_on or item.day)
            if took and took > 1:
                yield stated.flaw(
                    ("items", n, "settled_on"),
                    f"“{item.matter[:20]}”过了{took}个工作日才办结。",
                    "请核对日期；确实要几天的，改用立行立改通知书。",
                )

"""FCT1: dates and stay: days that are possible, and that readers or teams stumble over."""

from __future__ import annotations

from collections.abc import Iterator

from xuncha_docs import chinese
from xuncha_docs.case import Round, Stay
from xuncha_docs.checks.facts.stated import Stated
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.fields import Channels, Days, as_day
from xuncha_docs.findings import Severity, Strength

LONGEST_WITHOUT_LETTERS = 7
"""How many days before the end notices stop taking complaints, at most: those of twenty notices, 0 to 7."""

USUAL_STAY = range(20, 101)
"""How many days a stay may have without being looked at: eighteen stays had 31 to 82, some enterprises a month."""


@rule("FCT101", Severity.WARNING, strength=Strength.PRACTICE)
def entry_on_day_off(stated: Stated) -> Flaws:
    """进驻日期是休息日。

    为什么：休息日开不了动员会，被巡察单位多半没有人。调休上班的周末按工作日算，放假的周一至周五按休息日算。

    错（还有 FCT108、FCT502、FCT516）：
        驻点时间.进驻日期: 2025-06-29
        驻点时间.动员会时间: 2025-06-29
    对：
        驻点时间.进驻日期: 2025-07-01
    """
    for loc, stay in stated.each(Stay):
        if stated.is_day_off(stay.start):
            yield stated.flaw(
                (*loc, "start"),
                f"进驻日期{chinese.written_date(stay.start)}是休息日。",
                "请核对；确实在这一天进驻的，请先和被巡察单位商定。",
            )


@rule("FCT102", Severity.WARNING, strength=Strength.PRACTICE)
def close_after_stay(stated: Stated) -> Flaws:
    """受理信访截止在撤离之后。

    为什么：撤离以后，值班电话停了，意见箱也撤了，信访没有人收。

    错：
        驻点时间.受理截止: 2025-09-05
    对：
        驻点时间.受理截止: 2025-08-22
    """
    for loc, stay in stated.each(Stay):
        close = stay.complaints_close
        if close and stay.end and as_day(close) > stay.end:
            yield stated.flaw(
                (*loc, "complaints_close"),
                f"受理截止{chinese.written_moment(close)}晚于撤离日期{chinese.written_date(stay.end)}。",
                "请把截止日期定在撤离以前，留出几天处理最后的来信。",
            )


@rule("FCT103", Severity.WARNING, strength=Strength.PRACTICE)
def close_on_last_day(stated: Stated) -> Flaws:
    """受理信访截止到撤离当天。

    为什么：最后一天收到的信访，组里来不及登记、了解和移交。

    错：
        驻点时间.受理截止: 2025-08-29
    对：
        驻点时间.受理截止: 2025-08-28
    """
    for loc, stay in stated.each(Stay):
        if stay.complaints_close and stay.end == as_day(stay.complaints_close):
            yield stated.flaw(
                (*loc, "complaints_close"),
                f"受理截止{chinese.written_moment(stay.complaints_close)}就是撤离当天。",
                "请提前几天截止；公开的公告大多提前2至7天。",
            )


@rule("FCT104", Severity.WARNING, strength=Strength.PRACTICE)
def close_long_before_end(stated: Stated) -> Flaws:
    """受理信访截止得太早。

    为什么：截止太早，群众还在反映，渠道已经关了。公开的公告都在撤离前7天以内截止。

    错：
        驻点时间.受理截止: 2025-08-01
    对：
        驻点时间.受理截止: 2025-08-22
    """
    for loc, stay in stated.each(Stay):
        if not (stay.complaints_close and stay.end):
            continue
        left = (stay.end - as_day(stay.complaints_close)).days
        if left > LONGEST_WITHOUT_LETTERS:
            yield stated.flaw(
                (*loc, "complaints_close"),
                f"受理截止{chinese.written_moment(stay.complaints_close)}比撤离早{left}天。",
                f"请核对月份和日期；公开的公告最多提前{LONGEST_WITHOUT_LETTERS}天。",
            )


@rule("FCT105", Severity.WARNING, strength=Strength.PRACTICE)
def close_on_day_off(stated: Stated) -> Flaws:
    """受理信访截止在休息日，电话却只在工作日接听。

    为什么：截止那天电话没有人接，实际上提前停止了受理。没有写哪些日子接听的，只作提示；每天接听的不算。

    错：
        驻点时间.受理截止: 2025-08-23
    对：
        驻点时间.受理截止: 2025-08-23
        反映渠道.接听时间: 每天 8:30-12:00，14:30-18:00
    """
    days = set(_answered_on(stated))
    if days == {Days.DAILY}:
        return
    for loc, stay in stated.each(Stay):
        close = stay.complaints_close
        if close and stated.is_day_off(close):
            only = "，而电话只在工作日接听" if Days.WORKDAYS in days else ""
            yield stated.flaw(
                (*loc, "complaints_close"),
                f"受理截止{chinese.written_moment(close)}是休息日{only}。",
                "请改到工作日截止，或者写明这一天也接听。",
                severity=None if only else Severity.INFO,
            )


def _answered_on(stated: Stated) -> Iterator[Days | None]:
    """Yield the days on which each telephone for complaints is answered; None where it is not said."""
    channels = [one for _, one in stated.each(Channels)] or ([stated.case.channels] if stated.case else [])
    for one in channels:
        for phone in one.phones:
            hours = phone.hours or one.phone_hours
            yield hours.days if hours else None


@rule("FCT106", Severity.INFO, strength=Strength.PRACTICE)
def unusual_length_of_stay(stated: Stated) -> Flaws:
    """驻点的天数少见。

    为什么：驻点一般一个月到八十天上下，太长太短往往是月份、年份写错了。确实这样安排的，不必改。

    错（还有 FCT104、FCT504）：
        驻点时间.撤离日期: 2025-12-29
    对：
        驻点时间.撤离日期: 2025-08-29
    """
    for loc, stay in stated.each(Stay):
        if stay.days is not None and stay.days not in USUAL_STAY:
            yield stated.flaw(
                (*loc, "end"), f"驻点共{stay.days}天，比较少见。", "请核对进驻日期和撤离日期的年份、月份。"
            )


@rule("FCT107", Severity.WARNING, strength=Strength.DERIVED)
def stay_in_another_year(stated: Stated) -> Flaws:
    """进驻不在巡察轮次写的年度。

    为什么：年度和日期分开填写，照着旧案卷改的时候容易只改一处。

    错：
        巡察轮次.年度: 2024
    对：
        巡察轮次.年度: 2025
    """
    for loc, one in stated.each(Round):
        other = next((stay.start for _, stay in stated.each(Stay) if stay.start.year != one.year), None)
        if one.year and other:
            yield stated.flaw(
                (*loc, "year"),
                f"巡察轮次的年度是{one.year}年，进驻日期却是{chinese.written_date(other)}。",
                "请核对年度和进驻日期；跨年进驻的，以党委的部署为准。",
            )


@rule("FCT108", Severity.WARNING, strength=Strength.PRACTICE)
def kickoff_on_day_off(stated: Stated) -> Flaws:
    """动员会定在休息日。

    为什么：休息日开会，要请被巡察单位的人专门到会；多半是日期写错了。

    错（还有 FCT516）：
        驻点时间.动员会时间: 2025年7月5日 9:00
    对：
        驻点时间.动员会时间: 2025年7月1日 9:00
    """
    for loc, stay in stated.each(Stay):
        if stay.kickoff and stated.is_day_off(stay.kickoff):
            yield stated.flaw(
                (*loc, "kickoff"),
                f"动员会时间{chinese.written_moment(stay.kickoff)}是休息日。",
                "请核对日期，或和被巡察单位商定。",
            )


@rule("FCT109", Severity.WARNING, strength=Strength.PRACTICE)
def kickoff_after_stay(stated: Stated) -> Flaws:
    """动员会不在进驻前后召开。

    为什么：动员会是进驻的标志，一般在进驻当天召开。晚几天的只作提示，晚于撤离的多半是写错了。

    错（还有 FCT516）：
        驻点时间.动员会时间: 2025年9月1日 9:00
    对：
        驻点时间.动员会时间: 2025年7月1日 9:00
    """
    for loc, stay in stated.each(Stay):
        if stay.kickoff is None or as_day(stay.kickoff) == stay.start:
            continue
        late = stay.end is not None and as_day(stay.kickoff) > stay.end
        yield stated.flaw(
            (*loc, "kickoff"),
            f"动员会时间{chinese.written_moment(stay.kickoff)}"
            + (f"晚于撤离日期{chinese.written_date(stay.end)}。" if late and stay.end else "不是进驻当天。"),
            "请核对动员会时间和进驻日期。",
            severity=None if late else Severity.INFO,
        )

"""FCT42: the notices that amend 巡察公告: 延期公告 and 撤离公告, held against their dates, the case and the notice."""

from __future__ import annotations

from datetime import date

from xuncha_docs import chinese
from xuncha_docs.checks.facts.stated import Stated
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.fields import as_day
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.kinds.announcement import Announcement
from xuncha_docs.kinds.extension_notice import ExtensionNotice
from xuncha_docs.kinds.withdrawal_notice import WithdrawalNotice, closed_of
from xuncha_docs.notices import Amendment


@rule("FCT421", Severity.WARNING, strength=Strength.PRACTICE)
def put_off_too_late(stated: Stated) -> Flaws:
    """延期公告发布时，原来的截止日期已经过了。

    为什么：过了截止日期才说延期，群众以为已经不受理了；应当在原来的日期以前公布。

    错：
        文书.延期公告: {新受理截止: 2025-08-27, 成文日期: 2025-08-25}
    对：
        文书.延期公告: {新受理截止: 2025-08-27, 成文日期: 2025-08-20}
    """
    for notice in stated.of(ExtensionNotice):
        old = notice.stay.complaints_close if notice.new_close else notice.stay.end
        if old and notice.signed > as_day(old):
            yield stated.flaw(
                ("signed",),
                f"成文日期{chinese.written_date(notice.signed)}晚于原来的日期{chinese.written_moment(old)}。",
                "请在原来的日期以前公布延期；已经过了的，请写明这几天的反映同样受理。",
            )


@rule("FCT422", Severity.INFO, strength=Strength.PRACTICE)
def put_off_to_day_off(stated: Stated) -> Flaws:
    """延长以后的受理截止日期是休息日。

    为什么：截止那天电话多半没有人接，实际上提前停止了受理。

    错：
        文书.延期公告: {新受理截止: 2025-08-24, 成文日期: 2025-08-20}
    对：
        文书.延期公告: {新受理截止: 2025-08-27, 成文日期: 2025-08-20}
    """
    for notice in stated.of(ExtensionNotice):
        if notice.new_close and stated.is_day_off(notice.new_close):
            yield stated.flaw(
                ("new_close",),
                f"新受理截止{chinese.written_moment(notice.new_close)}是休息日。",
                "请改到工作日截止，或者写明这一天也接听。",
            )


@rule("FCT423", Severity.WARNING, strength=Strength.DERIVED)
def close_after_leaving(stated: Stated) -> Flaws:
    """延长以后的受理截止日期晚于撤离日期。

    为什么：撤离以后电话、邮箱停用，意见箱撤回，公告说还在受理，群众已经找不到人。

    错：
        文书.延期公告: {新受理截止: 2025-09-01, 成文日期: 2025-08-20}
    对：
        文书.延期公告: {新受理截止: 2025-09-01, 新撤离日期: 2025-09-05, 成文日期: 2025-08-20}
    """
    for notice in stated.of(ExtensionNotice):
        if notice.close and notice.end and as_day(notice.close) > notice.end:
            yield stated.flaw(
                ("new_close",),
                f"受理截止{chinese.written_moment(notice.close)}晚于撤离日期{chinese.written_date(notice.end)}。",
                "请把新受理截止改到撤离以前，或者同时填写新撤离日期。",
            )


@rule("FCT424", Severity.WARNING, strength=Strength.DERIVED)
def left_on_another_day(stated: Stated) -> Flaws:
    """撤离公告的撤离时间和公布过的撤离日期不是同一天。

    为什么：巡察公告写的是哪天撤离，群众就按哪天算；改了日期，应当先发延期公告。

    错：
        文书.撤离公告: {撤离时间: 2025-09-05, 成文日期: 2025-09-05}
    对：
        文书.撤离公告: {撤离时间: 2025年8月29日 17:00}
    对：
        文书.延期公告: {新撤离日期: 2025-09-05, 成文日期: 2025-08-20}
        文书.撤离公告: {}
    """
    for notice in stated.of(WithdrawalNotice):
        end = _end(stated, notice)
        if end and as_day(notice.leave) != end:
            yield stated.flaw(
                ("leave",),
                f"撤离时间{chinese.written_moment(notice.leave)}和公布过的撤离日期{chinese.written_date(end)}不是同一天。",
                "请核对撤离时间；确实改了的，请先发延期公告。",
            )


@rule("FCT425", Severity.WARNING, strength=Strength.DERIVED)
def channels_closed_early(stated: Stated) -> Flaws:
    """受理截止日期还没有到，就撤离或者停用了反映渠道。

    为什么：公告说受理到那一天，电话、邮箱却提前停用，这几天的反映就没有人收。

    错：
        文书.撤离公告: {停用时间: 2025-08-20}
    错（还有 FCT424）：
        文书.撤离公告: {撤离时间: 2025-08-21, 成文日期: 2025-08-21}
    对：
        文书.撤离公告: {停用时间: 2025-08-29}
    """
    for notice in stated.of(WithdrawalNotice):
        put_off = [paper.new_close for paper in stated.papers if isinstance(paper, ExtensionNotice) and paper.new_close]
        close = put_off[-1] if put_off else notice.stay.complaints_close
        field = "closed_from" if notice.closed_from else "leave"
        if close and as_day(notice.closed_from or notice.leave) < as_day(close):
            yield stated.flaw(
                (field,),
                f"自{notice.closed_when}起停用反映渠道，而受理截止是{chinese.written_moment(close)}。",
                "请核对两个日期，受理截止以前不停用反映渠道。",
            )


@rule("FCT426", Severity.WARNING, strength=Strength.DERIVED)
def closed_unlike_channels(stated: Stated) -> Flaws:
    """撤离公告停用的渠道，和案卷的反映渠道对不上。

    为什么：没有设过意见箱，却说意见箱撤回，群众会去找；设过电话，没有说停用，撤离以后还有人打。

    错：
        文书.撤离公告: {停用的渠道: [信访接待点, 意见箱, 值班电话, 邮政信箱, 电子邮箱, 二维码]}
    错：
        文书.撤离公告: {停用的渠道: [信访接待点, 意见箱]}
    对：
        文书.撤离公告: {停用的渠道: [意见箱, 信访接待点, 值班电话, 邮政信箱, 电子邮箱]}
    """
    for notice in stated.of(WithdrawalNotice):
        if stated.case is None:
            return
        given = closed_of(stated.case.channels)
        never = "、".join(one for one in notice.closed if one not in given)
        left = "、".join(one for one in given if one not in notice.closed)
        if never:
            yield stated.flaw(("closed",), f"案卷的反映渠道里没有{never}，公告却说它停用。", "请删去没有设过的渠道。")
        if left:
            yield stated.flaw(
                ("closed",), f"案卷的反映渠道里有{left}，公告没有说它停用。", "请补上，或者在附言里写明继续使用。"
            )


@rule("FCT427", Severity.ERROR, strength=Strength.DERIVED)
def another_notice_named(stated: Stated) -> Flaws:
    """延期公告、撤离公告说的原公告，和案卷里的巡察公告标题或日期不一样。

    为什么：群众要凭标题和日期找到原来的公告；说错了，就不知道改动的是哪一份。

    错：
        文书.延期公告: {新受理截止: 2025-08-27, 成文日期: 2025-08-20, 原公告: {标题: 进驻公告, 成文日期: 2025-07-01}}
    错：
        文书.撤离公告: {原公告: {成文日期: 2025-07-02}}
    对：
        文书.巡察公告: {标题: 中共临江县委巡察公告, 成文日期: 2025-06-30}
        文书.撤离公告: {}
    """
    notices = [paper for paper in stated.papers if isinstance(paper, Announcement)]
    known = {(_flat(paper.title), paper.signed) for paper in notices}
    for amendment in stated.of(Amendment):
        said = amendment.notice
        if known and (_flat(said.title), said.signed) not in known:
            title, signed = min(known)
            yield stated.flaw(
                ("notice",),
                f"原公告写的是{said.phrase}，案卷里是{chinese.written_date(signed)}的《{title}》。",
                "请核对标题和日期；不填“原公告”，就取案卷里的。",
            )


@rule("FCT428", Severity.INFO, strength=Strength.PRACTICE)
def withdrawal_told_late(stated: Stated) -> Flaws:
    """撤离公告的成文日期晚于撤离那天。

    为什么：撤离以后才公布，这几天群众还会打电话、投信。

    错：
        文书.撤离公告: {成文日期: 2025-09-02}
    对：
        文书.撤离公告: {成文日期: 2025-08-27}
    """
    for notice in stated.of(WithdrawalNotice):
        if notice.signed > as_day(notice.leave):
            yield stated.flaw(
                ("signed",),
                f"成文日期{chinese.written_date(notice.signed)}晚于撤离时间{chinese.written_moment(notice.leave)}。",
                "请在撤离当天或者以前公布。",
            )


def _end(stated: Stated, notice: WithdrawalNotice) -> date | None:
    """Return the day on which the team was to leave, as it was made known last."""
    put_off = [paper.new_end for paper in stated.papers if isinstance(paper, ExtensionNotice) and paper.new_end]
    return put_off[-1] if put_off else notice.stay.end


def _flat(title: str) -> str:
    return title.replace("\n", "")

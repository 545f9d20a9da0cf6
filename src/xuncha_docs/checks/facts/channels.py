"""FCT2: channels: telephones, letters, mail and boxes by which people reach the team."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import time
from itertools import pairwise

from xuncha_docs.case import Case, Level, Round, Team
from xuncha_docs.checks.facts.reading import texts
from xuncha_docs.checks.facts.stated import Loc, Stated
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.fields import Box, Channels, Hours, Post, Unit, UnitName
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.kinds.announcement import Announcement

PROVIDERS = (
    *("163.com", "126.com", "yeah.net", "qq.com", "vip.qq.com", "foxmail.com", "sina.com", "sina.cn", "vip.sina.com"),
    *("sohu.com", "139.com", "189.cn", "wo.cn", "21cn.com", "tom.com", "aliyun.com", "gmail.com", "outlook.com"),
    *("hotmail.com", "live.com", "yahoo.com", "icloud.com"),
)
"""Providers of mail for anybody; looked through 2026-11."""

EARLIEST, LATEST = time(6), time(22)
"""Between what hours a telephone or a room is open without being looked at; notices had 8:00 to 20:00."""


@rule("FCT201", Severity.WARNING, strength=Strength.PRACTICE)
def unlikely_hours(stated: Stated) -> Flaws:
    """接听、接待的时间不像是真的。

    为什么：下午两点半要写14:30；按12小时制写作2:30，印出来就是凌晨。

    错：
        反映渠道.接听时间: 工作日 2:30-6:00
    对：
        反映渠道.接听时间: 工作日 14:30-18:00
    """
    for loc, hours in stated.each(Hours):
        for n, period in enumerate(hours.periods):
            whole_day = period.start == time(0) and period.end >= time(23, 30)
            if not whole_day and (period.start < EARLIEST or period.end > LATEST):
                yield stated.flaw(
                    (*loc, "periods", n),
                    f"时段{period}在清晨或深夜。",
                    "请按24小时制核对，下午两点半写14:30；全天接听的写0:00-23:59。",
                )


@rule("FCT202", Severity.INFO, strength=Strength.PRACTICE)
def telephone_without_hours(stated: Stated) -> Flaws:
    """值班电话没有写接听时间。

    为什么：打过来没有人接，群众会以为不受理。

    错：
        删去：反映渠道.接听时间
    对：
        反映渠道.接听时间: 工作日 8:30-12:00
    """
    for loc, channels in stated.each(Channels):
        for n, phone in enumerate(channels.phones):
            if not (phone.hours or channels.phone_hours):
                yield stated.flaw(
                    (*loc, "phones", n),
                    f"值班电话{phone.number}没有写接听时间。",
                    "请在“接听时间”里写明哪些日子、几点到几点。",
                )


@rule("FCT203", Severity.WARNING, strength=Strength.PRACTICE)
def several_mail_providers(stated: Stated) -> Flaws:
    """同一轮各组的电子邮箱不在同一家。

    为什么：同一份公告里各组的邮箱应当统一开设，后缀不一样的，往往有一个是写错了。

    错：
        （巡察公告）
        各组[2].反映渠道.电子邮箱: xuncha2@lingjiang.example
    对：
        （巡察公告）
        各组[2].反映渠道.电子邮箱: xuncha2@linjiang.example
    """
    mails = list(_mails(stated))
    usual = Counter(_provider(mail) for _, mail in mails).most_common(1)
    for loc, mail in mails:
        if _provider(mail) != usual[0][0]:
            yield stated.flaw(
                loc,
                f"电子邮箱{mail}和别的组不在同一家（{usual[0][0]}）。",
                "请核对“@”后面的部分，各组用统一开设的邮箱。",
            )


@rule("FCT204", Severity.WARNING, strength=Strength.PRACTICE)
def mail_of_public_provider(stated: Stated) -> Flaws:
    """电子邮箱是商业网站的个人邮箱。

    为什么：反映问题的来信应当进本单位管理的邮箱；个人邮箱谁能看、换届以后归谁，都说不清。

    错：
        反映渠道.电子邮箱: xuncha3@163.com
    对：
        反映渠道.电子邮箱: xuncha3@linjiang.example
    """
    for loc, mail in _mails(stated):
        if _provider(mail) in PROVIDERS:
            yield stated.flaw(
                loc,
                f"电子邮箱{mail}是公众邮箱。",
                "请优先用政务邮箱或本单位统一开设的邮箱；没有条件的，注意专人管理密码。",
            )


def _mails(stated: Stated) -> Iterator[tuple[Loc, str]]:
    for loc, channels in stated.each(Channels):
        if channels.email:
            yield (*loc, "email"), channels.email


def _provider(mail: str) -> str:
    return mail.rpartition("@")[2].lower()


@rule("FCT205", Severity.WARNING, strength=Strength.PRACTICE)
def mailbox_of_another_team(stated: Stated) -> Flaws:
    """电子邮箱里的数字不是本组的序号。

    为什么：各组的邮箱大多以组的序号结尾；照着别组的公告改，最容易漏掉它，来信就寄给了别的组。

    错：
        反映渠道.电子邮箱: xuncha2@linjiang.example
    对：
        反映渠道.电子邮箱: xuncha3@linjiang.example
    """
    for loc, ordinal, channels in _own(stated):
        mail = channels.email
        numbers = re.findall(r"(?<!\d)\d{1,2}(?!\d)", mail.partition("@")[0]) if mail else []
        if numbers and ordinal not in {int(number) for number in numbers}:
            yield stated.flaw(
                (*loc, "email"),
                f"电子邮箱{mail}里的数字是{'、'.join(numbers)}，本组是第{ordinal}组。",
                "请核对是不是写了别的组的邮箱；邮箱确实这样命名的，不必改。",
            )


def _own(stated: Stated) -> Iterator[tuple[Loc, int, Channels]]:
    """Yield the channels that belong to one team alone, each with their path and the team's ordinal."""
    for case in stated.of(Case):
        yield ("channels",), case.team.ordinal, case.channels
    for notice in stated.of(Announcement):
        if notice.channels and not notice.several:
            yield ("channels",), notice.teams[0].ordinal, notice.channels
        for n, duty in enumerate(notice.teams):
            if duty.channels:
                yield ("teams", n, "channels"), duty.ordinal, duty.channels


@rule("FCT206", Severity.INFO, strength=Strength.PRACTICE)
def telephones_out_of_order(stated: Stated) -> Flaws:
    """各组电话没有随组的序号递增。

    为什么：一轮的电话多半连号，按组的序号分配；次序颠倒的，可能两个组的号码写反了。

    错：
        （巡察公告）
        各组[1].反映渠道.值班电话[1].号码: 0600-8000002
        各组[2].反映渠道.值班电话[1]: 0600-8000001
    对：
        （巡察公告）
        各组[2].反映渠道.值班电话[1]: 0600-8000002
    """
    first = sorted(
        (ordinal, channels.phones[0].number, loc) for loc, ordinal, channels in _own(stated) if channels.phones
    )
    for (_, before, _), (ordinal, number, loc) in pairwise(first):
        if number[:-2] == before[:-2] and number < before:
            yield stated.flaw(
                (*loc, "phones", 0),
                f"第{ordinal}组的电话{number}小于前一个组的{before}。",
                "请核对两个组的号码有没有写反。",
            )


@rule("FCT207", Severity.WARNING, strength=Strength.DERIVED)
def contact_of_two_teams(stated: Stated) -> Flaws:
    """两个组写了同一个电话或邮箱。

    为什么：每个组有自己的渠道；号码相同，往往是复制以后忘了改。几个组共用的，写在公告的“反映渠道”里，不写在各组里。

    错：
        （巡察公告）
        各组[2].反映渠道.值班电话[1]: 0600-8000001
    对：
        （巡察公告）
        各组[2].反映渠道.值班电话[1]: 0600-8000002
    """
    taken: dict[str, int] = {}
    for loc, ordinal, channels in _own(stated):
        said: list[tuple[Loc, str]] = [((*loc, "phones", n), phone.number) for n, phone in enumerate(channels.phones)]
        said += [((*loc, "email"), channels.email)] if channels.email else []
        for at, contact in said:
            other = taken.setdefault(contact, ordinal)
            if other != ordinal:
                yield stated.flaw(
                    at,
                    f"{contact}第{other}组已经写了。",
                    f"请核对第{ordinal}组的号码或邮箱；共用的写在公告的“反映渠道”里。",
                )


@rule("FCT208", Severity.WARNING, strength=Strength.DERIVED)
def supervision_phone_of_the_team(stated: Stated) -> Flaws:
    """监督电话就是巡察组自己的电话。

    为什么：监督电话是反映巡察组自身问题的，接电话的不能是巡察组。

    错：
        反映渠道.监督电话: 0600-8000001
    对：
        反映渠道.监督电话: 0600-8000008
    """
    own = {phone.number for _, channels in stated.each(Channels) for phone in channels.phones}
    own |= {person.phone for _, team in stated.each(Team) for _, person in team.posts if person.phone}
    for loc, channels in stated.each(Channels):
        phone = channels.supervision_phone
        if phone and phone.number in own:
            yield stated.flaw(
                (*loc, "supervision_phone"),
                f"监督电话{phone.number}也是巡察组的电话。",
                "请改写巡察工作领导小组办公室等单位的电话。",
            )


@rule("FCT209", Severity.WARNING, strength=Strength.DERIVED)
def telephone_of_inspected_unit(stated: Stated) -> Flaws:
    """值班电话是被巡察单位联络员的电话。

    为什么：反映问题的电话打到被反映的单位，反映人就暴露了。

    错：
        反映渠道.值班电话: [0600-8000021]
    对：
        反映渠道.值班电话: [0600-8000001]
    """
    units = [unit for _, unit in stated.each(Unit)] or (list(stated.case.units) if stated.case else [])
    theirs = {unit.counterpart.phone: unit for unit in units if unit.counterpart and unit.counterpart.phone}
    for loc, channels in stated.each(Channels):
        for n, phone in enumerate(channels.phones):
            if phone.number in theirs:
                unit = theirs[phone.number].short
                yield stated.flaw(
                    (*loc, "phones", n), f"值班电话{phone.number}是{unit}联络员的电话。", "请改写巡察组自己的电话。"
                )


@rule("FCT210", Severity.ERROR, strength=Strength.PRACTICE)
def box_in_view(stated: Stated) -> Flaws:
    """意见箱在监控范围内。

    为什么：探头照着意见箱，群众不敢投信。有的县为此向被巡察单位发过立行立改通知书。

    错：
        反映渠道.意见箱: [{位置: 县水利局办公楼一楼大厅, 在监控范围内: 是}]
    对：
        反映渠道.意见箱: [{位置: 县水利局办公楼一楼大厅, 在监控范围内: 否}]
    """
    for loc, box in stated.each(Box):
        if box.in_view:
            yield stated.flaw(
                (*loc, "in_view"),
                f"意见箱（{box.phrase}）在监控范围内。",
                "请换一个位置，或请被巡察单位移开探头，再到现场核实。",
            )


@rule("FCT211", Severity.INFO, strength=Strength.PRACTICE)
def box_view_not_said(stated: Stated) -> Flaws:
    """没有说意见箱在不在监控范围内。

    为什么：意见箱旁边有没有探头，要到现场看过才知道；不填表示还没有核实。

    错：
        反映渠道.意见箱: [县水利局办公楼一楼大厅]
    对：
        反映渠道.意见箱: [{位置: 县水利局办公楼一楼大厅, 在监控范围内: 否}]
    """
    for loc, box in stated.each(Box):
        if box.in_view is None:
            yield stated.flaw(
                loc, f"没有说意见箱（{box.phrase}）在不在监控范围内。", "请到现场核实后写“在监控范围内: 否”。"
            )


@rule("FCT212", Severity.INFO, strength=Strength.PRACTICE)
def fewer_boxes_than_units(stated: Stated) -> Flaws:
    """意见箱比被巡察单位少。

    为什么：每个被巡察单位至少设一个意见箱，否则那里的群众要到别处投信。

    错：
        被巡察单位[2]: 中共临江县教育局党组
        文书: {巡察公告: {}}
    对：
        反映渠道.意见箱: [{位置: 县水利局办公楼一楼大厅, 在监控范围内: 否}]
    """
    for case in stated.of(Case):
        boxes, units = len(case.channels.boxes), len(case.units)
        if boxes and boxes < units:
            yield stated.flaw(
                ("channels", "boxes"),
                f"被巡察单位有{units}个，意见箱只有{boxes}个。",
                "请核对，每个单位至少写一个意见箱。",
            )


_LETTERS_FOR_MAIL = re.compile("电子信箱|邮政邮箱|邮寄邮箱|号邮箱|邮箱[（(]?邮编")


@rule("FCT213", Severity.ERROR, strength=Strength.PRACTICE)
def swapped_words_for_mail(stated: Stated) -> Flaws:
    """“信箱”和“邮箱”用混了。

    为什么：“信箱”收纸质来信，“邮箱”收电子邮件；写反了，群众不知道往哪里寄。

    错：
        反映渠道.邮政信箱.信箱: 临江县A003号邮箱
    错：
        反映渠道.邮政信箱.信箱: xuncha3@linjiang.example
    错：
        （巡察公告）
        附言: [来信请寄电子信箱，寄出后注意查收回复。]
    对：
        反映渠道.邮政信箱.信箱: 临江县A003号邮政信箱
    """
    for loc, post in stated.each(Post):
        for name, text in (("box", post.box), ("address", post.address)):
            if text and ("邮箱" in text or "@" in text):
                yield stated.flaw(
                    (*loc, name), f"“{text}”像是电子邮箱。", "收信的地方写“信箱”；电子邮件写在“电子邮箱”里。"
                )
    for notice in stated.of(Announcement):
        for loc, text in texts(notice):
            found = None if loc[-2:-1] == ("post",) else _LETTERS_FOR_MAIL.search(text)
            if found:
                yield stated.flaw(loc, f"“{found[0]}”把信箱和邮箱用混了。", "纸质来信写“信箱”，电子邮件写“邮箱”。")


_NO_DISTRICT = "(?<!开发)(?<!高新)(?<![新园社小校景库牧灾])"
_RANKS: Mapping[Level, re.Pattern[str]] = {
    Level.CITY: re.compile(r"^(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))?([^\W\da-zA-Z市县区旗盟省]{2,6}[市州盟])"),
    Level.COUNTY: re.compile(
        r"^(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))?(?:[^\W\da-zA-Z市县区旗盟省]{2,6}[市州盟])?"
        rf"([^\W\da-zA-Z市县区旗盟省]{{1,6}}(?:[县旗]|{_NO_DISTRICT}区))"
    ),
}
"""How an address names a place of the rank of a committee: the city for a city's, the county for a county's."""


@rule("FCT214", Severity.INFO, strength=Strength.PRACTICE)
def letters_to_another_place(stated: Stated) -> Flaws:
    """收信的地方在别的市、县。

    为什么：信箱多半设在本地；写着别的市、县，可能是照搬了别处的公告，来信就寄丢了。异地设信箱、上级统一设信箱的，核实以后不必改。

    错：
        反映渠道.邮政信箱.信箱: 青山县A003号邮政信箱
    对：
        反映渠道.邮政信箱.信箱: 江州市临江县A003号邮政信箱
    对：
        反映渠道.邮政信箱.信箱: 江州市A003号邮政信箱
    """
    rounds = [one for _, one in stated.each(Round)] or ([stated.case.round] if stated.case else [])
    for one in rounds[:1]:
        place, own = _RANKS.get(one.level), one.committee.name.rstrip("市州盟县区旗")
        for loc, post in stated.each(Post) if place else ():
            for name, text in (("box", post.box), ("address", post.address)):
                found = place.match(text) if text and place and own not in text else None
                if found and not any(found[1][:-1] in unit.name for _, unit in stated.each(UnitName)):
                    yield stated.flaw(
                        (*loc, name),
                        f"“{text}”在{found[1]}，派出巡察组的是{one.committee_short}。",
                        "请核实收信的地方；确实设在那里的，不必改。",
                    )

"""FCT4: the announcement: when it is signed and posted, and what a notice to the public says and must not say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from xuncha_docs import chinese
from xuncha_docs.case import Stay
from xuncha_docs.checks.facts.reading import NUMBER, number, said_before, texts_of
from xuncha_docs.checks.facts.stated import Stated
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.fields import Channels, InspectionType
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.kinds.announcement import DISCIPLINES, Announcement
from xuncha_docs.kinds.work_plan import WorkPlan
from xuncha_docs.notices import Notice

_TYPED = ("title", "order", "task", "targets", "excluded", "exclusion", "closing")
"""The fields of 巡察公告 in which somebody types sentences."""

_TYPED_TOO = ("reason",)
"""Such fields of the notices that amend it."""


def _typed(notice: Notice, *more: str) -> tuple[str, ...]:
    """Return those fields of a notice in which somebody types sentences, and more that it has."""
    return tuple(name for name in (*_TYPED, *_TYPED_TOO, *more) if name in type(notice).model_fields)


@rule("FCT401", Severity.WARNING, strength=Strength.PRACTICE)
def signed_after_entry(stated: Stated) -> Flaws:
    """公告的成文日期晚于进驻日期。

    为什么：公告在进驻当天公布，日期一般就是进驻那天；晚了，群众知道得就晚。

    错：
        文书.巡察公告.成文日期: 2025-07-05
    对：
        文书.巡察公告.成文日期: 2025-06-30
    """
    for notice in stated.of(Announcement):
        first, last = _first_day(notice), _last_day(notice)
        if notice.signed <= first:
            continue
        gone = last is not None and notice.signed > last
        yield stated.flaw(
            ("signed",),
            f"成文日期{chinese.written_date(notice.signed)}晚于进驻日期{chinese.written_date(first)}"
            + ("，也晚于撤离日期。" if gone else "。"),
            "请核对成文日期和进驻日期。",
            severity=Severity.ERROR if gone else None,
        )


@rule("FCT402", Severity.WARNING, strength=Strength.PRACTICE)
def posted_after_entry(stated: Stated) -> Flaws:
    """公告在进驻以后才发布。

    为什么：晚发布几天，受理信访的时间就少几天。公开的公告里，上网比进驻晚5天、7天、10天、11天的都有。

    错：
        文书.巡察公告.发布日期: 2025-07-08
    对：
        文书.巡察公告.发布日期: 2025-07-01
    """
    for notice in stated.of(Announcement):
        first = _first_day(notice)
        if notice.posted and notice.posted > first:
            late = (notice.posted - first).days
            yield stated.flaw(
                ("posted",),
                f"发布日期{chinese.written_date(notice.posted)}比进驻日期晚{late}天。",
                "请在进驻当天张贴并上网；已经晚了的，可考虑延长受理截止日期。",
            )


@rule("FCT403", Severity.INFO, strength=Strength.DERIVED)
def signed_long_before_entry(stated: Stated) -> Flaws:
    """公告的成文日期比进驻早一个月以上。

    为什么：公告的日期一般是进驻那天；早这么多，多半是月份写错了；早一百天以上是警告。

    错（还有 FCT404）：
        文书.巡察公告.成文日期: 2025-05-01
    对：
        文书.巡察公告.成文日期: 2025-07-01
    """
    for notice in stated.of(Announcement):
        early = (_first_day(notice) - notice.signed).days
        if early > 31:
            yield stated.flaw(
                ("signed",),
                f"成文日期{chinese.written_date(notice.signed)}比进驻早{early}天。",
                "请核对成文日期的年份和月份。",
                severity=Severity.WARNING if early > 100 else None,
            )


@rule("FCT404", Severity.ERROR, strength=Strength.DERIVED)
def signed_before_authorised(stated: Stated) -> Flaws:
    """公告的成文日期早于组长授权日期。

    为什么：组长先经授权，才能以巡察组的名义发公告。授权日期写在工作方案里。

    错：
        文书.巡察公告.成文日期: 2025-06-16
    对：
        文书.巡察公告.成文日期: 2025-06-18
    """
    days = [plan.authorised for plan in stated.papers if isinstance(plan, WorkPlan) and plan.authorised]
    for notice in stated.of(Announcement):
        for day in days:
            if notice.signed < day:
                yield stated.flaw(
                    ("signed",),
                    f"成文日期{chinese.written_date(notice.signed)}早于组长授权日期{chinese.written_date(day)}。",
                    "请核对两个日期，先授权、后发公告。",
                )


def _first_day(notice: Announcement) -> date:
    return min(stay.start for stay in _stays(notice))


def _last_day(notice: Announcement) -> date | None:
    ends = [stay.end for stay in _stays(notice)]
    return None if None in ends else max(end for end in ends if end)


def _stays(notice: Announcement) -> list[Stay]:
    """Return the stays of all teams: each team's own, or the one they share."""
    return [stay for duty in notice.teams if (stay := duty.stay or notice.stay)]


@rule("FCT405", Severity.INFO, strength=Strength.PRACTICE)
def close_not_said(stated: Stated) -> Flaws:
    """公告没有写受理截止日期。

    为什么：公开的公告差不多都写“受理信访时间截止到某年某月某日”，不写，群众不知道最晚什么时候反映。

    错：
        删去：驻点时间.受理截止
    对：
        驻点时间.受理截止: 2025-08-22
    """
    for notice in stated.of(Announcement):
        if not any(stay.complaints_close for stay in _stays(notice)):
            yield stated.flaw(
                ("stay", "complaints_close"), "没有写受理截止日期。", "请在驻点时间里填“受理截止”，一般在撤离前2至7天。"
            )


_CHANNELS: Mapping[str, tuple[str, Callable[[Channels], bool]]] = {
    "值班电话": ("电话|来电|致电|短信", lambda one: bool(one.phones)),
    "邮政信箱": ("邮政信箱|邮寄|邮戳", lambda one: bool(one.post)),
    "电子邮箱": ("邮箱|电子邮件", lambda one: bool(one.email)),
    "意见箱": ("意见箱|举报箱", lambda one: bool(one.boxes)),
    "来访接待": ("来访|接待(?:室|点|地点)|当面反映", lambda one: bool(one.reception)),
    "二维码": ("二维码|扫码|扫一扫", lambda one: bool(one.qr)),
}
"""Each channel with the words that name it in a sentence, and whether it is given."""


@rule("FCT406", Severity.WARNING, strength=Strength.DERIVED)
def channel_named_not_given(stated: Stated) -> Flaws:
    """句子里提到的渠道，公告没有给出。

    为什么：写了“可以扫码反映”，下面却没有二维码；渠道改过以后，自己写的句子容易忘了改。

    错：
        文书.巡察公告.附言: [反映问题可以扫描二维码。]
    错：
        文书.巡察公告.附言: [欢迎来访反映，接待时间为工作日上午。]
        删去：反映渠道.来访接待
    对：
        文书.巡察公告.附言: [来电、来信、来访均可，巡察组对反映人信息严格保密。]
    """
    for notice in stated.of(Announcement):
        given = [channels for _, channels in stated.each(Channels)]
        for loc, text in texts_of(notice, _TYPED):
            for label, (words, is_given) in _CHANNELS.items():
                found = re.search(words, text)
                if found and not any(is_given(channels) for channels in given):
                    yield stated.flaw(
                        loc, f"句子里有“{found[0]}”，公告却没有给出{label}。", f"请在反映渠道里填{label}，或者改句子。"
                    )


@rule("FCT407", Severity.WARNING, strength=Strength.PRACTICE)
def targets_without_leaders(stated: Stated) -> Flaws:
    """受理对象里没有领导班子。

    为什么：巡察先看被巡察党组织领导班子及其成员，公开的公告都把它写在第一位。

    错：
        文书.巡察公告.受理对象: 下一级党组织主要负责人和重要岗位领导干部
    对：
        文书.巡察公告.受理对象: 被巡察党组织领导班子及其成员、下一级党组织主要负责人
    """
    for notice in stated.of(Announcement):
        if "班子" not in notice.targets:
            yield stated.flaw(
                ("targets",), "受理对象里没有领导班子及其成员。", "请写明“被巡察党组织领导班子及其成员”。"
            )


@rule("FCT408", Severity.WARNING, strength=Strength.PRACTICE)
def disciplines_left_out(stated: Stated) -> Flaws:
    """六项纪律没有列全，又不是专项巡察。

    为什么：常规巡察受理违反六项纪律的反映，少一项，就像是那一项不受理。专项巡察可以只列有关的。

    错：
        文书.巡察公告.六项纪律: [政治纪律, 组织纪律, 廉洁纪律, 群众纪律, 工作纪律]
    对：
        文书.巡察公告.六项纪律: [廉洁纪律, 群众纪律]
        巡察轮次.巡察类型: 专项
        巡察轮次.专项主题: 校园餐
    """
    for notice in stated.of(Announcement):
        left = [name for name in DISCIPLINES if name not in notice.disciplines]
        if left and InspectionType.SPECIAL not in notice.round.types:
            yield stated.flaw(
                ("disciplines",), f"六项纪律少了{'、'.join(left)}。", "请列全六项；专项巡察请在巡察类型里写明。"
            )


@rule("FCT409", Severity.WARNING, strength=Strength.PRACTICE)
def article_in_basis(stated: Stated) -> Flaws:
    """公告的依据写了条款。

    为什么：公开的公告只引法规名称，不引条款；条例修订以后条款会变，引错了不好改。

    错：
        文书.巡察公告.依据: [{名称: 中国共产党巡视工作条例, 条款: 第十五条}]
    对：
        文书.巡察公告.依据: [中国共产党巡视工作条例]
    """
    for notice in stated.of(Announcement):
        for n, basis in enumerate(notice.basis):
            if basis.article:
                yield stated.flaw(
                    ("basis", n, "article"),
                    f"依据《{basis.title}》写了{basis.article}。",
                    "请只写法规名称；一定要写的，请对照现行文本。",
                )


_SECRET = re.compile("绝密|机密|秘密★|工作秘密|内部资料|注意保存|不得外传|★")


@rule("FCT410", Severity.ERROR, strength=Strength.PRACTICE)
def secrecy_in_notice(stated: Stated) -> Flaws:
    """公告里有密级或者“内部资料”字样。

    为什么：公告是张贴出去的，带着密级，不是密级错了，就是内容不该公开。
    明明白白标着密级的（如“内部资料，注意保存”）做不出来，是 INP107；这里找的是句子里的。

    错：
        文书.巡察公告.附言: [本公告所附名单属于内部资料。]
    对：
        文书.巡察公告.附言: [巡察组对反映人信息严格保密。]
    """
    for notice in stated.of(Notice):
        for loc, text in texts_of(notice, _typed(notice)):
            found = _SECRET.search(text)
            if found:
                yield stated.flaw(loc, f"公告里写了“{found[0]}”。", "请删去；内容确实不能公开的，不要写进公告。")


_EDITORIAL = re.compile(r"(?:[一二三]审|[初复终]审|审核|审签|责任编辑|责编|编辑|校对|供稿|撰稿|作者)[：:]")


@rule("FCT411", Severity.WARNING, strength=Strength.PRACTICE)
def person_named_in_notice(stated: Stated) -> Flaws:
    """公告里写了人的姓名。

    为什么：公开的公告不写组长、联络员的姓名，只写组的名称和电话；写了姓名，说情打招呼的就找上门。
    网站的“一审、二审、三审”也不是公告的内容。
    三个字以上的姓名、前后写着职务的姓名做不出来，是 INP107；这里找的是也可能只是一个词的两个字的姓名。

    错：
        被巡察单位[1].对方联络员.姓名: 高山
        文书.巡察公告.附言: [上午由高山收取来信。]
    错：
        文书.巡察公告.附言: [一审：冯某某]
    对：
        文书.巡察公告.附言: [请拨打值班电话联系。]
    """
    for notice in stated.of(Notice):
        for loc, text in texts_of(notice, _typed(notice, "channels", "teams", "desks")):
            if "units" in loc:
                continue  # a place may be called as somebody is
            for name in sorted(_people(stated)):
                if name in text:
                    yield stated.flaw(loc, f"公告里写了{name}的姓名。", "请删去姓名，只写巡察组和电话。")
            if found := _EDITORIAL.search(text):
                cure = "请删去；审核、编辑的姓名留在发稿单上。"
                yield stated.flaw(loc, f"公告里写了“{found[0]}”。", cure)


def _people(stated: Stated) -> set[str]:
    """Return the names of everybody whom the case names; none where there is no case."""
    if stated.case is None:
        return set()
    people = [person for _, person in stated.case.team.posts]
    people += [unit.counterpart for unit in stated.case.units if unit.counterpart]
    return {person.name for person in people if len(person.name) > 1}


@rule("FCT412", Severity.WARNING, strength=Strength.DERIVED)
def units_shared_unevenly(stated: Stated) -> Flaws:
    """写了一拖几，各组的单位数却不一样。

    为什么：总数对得上，单位也可能列到了别的组里。确实这样分的，不必改。

    错：
        （巡察公告）
        各组[1].被巡察单位: [中共临江县青石镇委员会, 中共临江县水利局党组, 中共临江县教育局党组]
        各组[2].被巡察单位: [中共临江县实验学校总支部]
    对：
        （巡察公告）
        一拖几: 2
    """
    for notice in stated.of(Announcement):
        for n, duty in enumerate(notice.teams):
            if notice.units_per_team and len(duty.units) != notice.units_per_team:
                yield stated.flaw(
                    ("teams", n, "units"),
                    f"第{duty.ordinal}组列了{len(duty.units)}个单位，一拖几写的是{notice.units_per_team}。",
                    "请核对各单位分在哪个组。",
                )


@rule("FCT413", Severity.WARNING, strength=Strength.DERIVED)
def own_team_not_in_notice(stated: Stated) -> Flaws:
    """公告列的各组里没有案卷的组，或者这个组的单位和案卷不一样。

    为什么：公告里自己写了“各组”，就不再取案卷的组和单位；案卷改了，这里要跟着改。

    错（还有 FCT205）：
        文书.巡察公告.各组: [{序号: 4, 被巡察单位: [中共临江县水利局党组]}]
    错：
        文书.巡察公告.各组: [{序号: 3, 被巡察单位: [中共临江县水务局党组]}]
    对：
        文书.巡察公告.各组: [{序号: 3, 被巡察单位: [中共临江县水利局党组]}]
    """
    for notice in stated.of(Announcement):
        if stated.case is None:
            return
        ordinal, units = stated.case.team.ordinal, {unit.name for unit in stated.case.units}
        n = next((n for n, duty in enumerate(notice.teams) if duty.ordinal == ordinal), None)
        if n is None:
            yield stated.flaw(
                ("teams",), f"各组里没有案卷的第{ordinal}组。", "请把本组也写进去，或者核对案卷里组的序号。"
            )
        elif {unit.name for unit in notice.teams[n].units} != units:
            cure = "请核对公告和案卷里的被巡察单位。"
            yield stated.flaw(("teams", n, "units"), f"第{ordinal}组的单位和案卷的被巡察单位不一样。", cure)


_PART_OF_THEM = re.compile("其中|另|首批|先|每|各|分别|前|已|余|等?第$")
_OF_ALL_TEAMS = re.compile("本轮|轮巡察|全[县市区校]|全集团")


@rule("FCT414", Severity.ERROR, strength=Strength.DERIVED)
def count_unlike_lists(stated: Stated) -> Flaws:
    """公告里写的单位数、村数和所列的不符。

    为什么：写“对8个镇、191个村”的地方，名单一改就错。分几处写的加起来核对；村数按各单位“延伸范围”里写的数加起来，类型按“类型”核对。

    错：
        （巡察公告）
        任务: 对5个单位开展常规巡察。
    错：
        （巡察公告）
        各组[1].被巡察单位: [{名称: 中共临江县青石镇委员会, 延伸范围: 所辖5个村党组织}, 中共临江县水利局党组]
        任务: 对2个镇局及所辖6个村党组织开展巡察。
    对：
        （巡察公告）
        各组[1].被巡察单位: [{名称: 中共临江县青石镇委员会, 延伸范围: 所辖5个村党组织}, 中共临江县水利局党组]
        任务: 对4个单位及所辖5个村党组织开展巡察，其中2个单位开展专项巡察。
    """
    for notice in stated.of(Announcement):
        known = _listed(notice)
        for loc, text in texts_of(notice, ("order", "task", "closing")):
            said = list(_counted(notice, text, known))
            for word, count in known.items():
                counts = [number(match[1]) for match in said if match[2] == word]
                if counts and count not in (*counts, sum(counts)):
                    match = next(match for match in said if match[2] == word)
                    yield stated.flaw(
                        loc,
                        f"“{match[0]}”：按公告所列应是{count}个{word}。",
                        "请核对，改正这里的数目，或改各组的单位和延伸范围。",
                    )


def _counted(notice: Announcement, text: str, words: Iterable[str]) -> Iterator[re.Match[str]]:
    """Yield where a text counts some words, but for what it says of some of them, or of a round with other teams."""
    alternatives = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    for match in re.finditer(rf"(?<!\d)({NUMBER})个(?:被巡察|行政)?({alternatives})(?!以上|左右|[内中])", text):
        of_all = not notice.several and _OF_ALL_TEAMS.search(said_before(text, match.start()))
        part = _PART_OF_THEM.search(said_before(text, match.start(), "，。；：、"))
        if number(match[1]) and not (of_all or part):
            yield match


def _listed(notice: Announcement) -> dict[str, int]:
    """Count what a notice lists: units, those of each type where all say theirs, villages to which it extends."""
    units = notice.unit_names
    counts = {"单位": len(units), "党组织": len(units)}
    if all(unit.type for unit in units):
        counts |= Counter(unit.type for unit in units if unit.type)
    villages = [int(said) for unit in units for said in re.findall(r"(\d{1,4})个(?:行政)?村", unit.extends_to or "")]
    return counts | ({"村": sum(villages)} if villages else {})

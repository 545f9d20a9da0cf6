"""FCT3: names, what is cited, and who is in the team."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from xuncha_docs.case import Case, Level, Round
from xuncha_docs.checks.facts.reading import bare, texts
from xuncha_docs.checks.facts.stated import Loc, Stated
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.checks.text.laws import meant
from xuncha_docs.errors import UnknownLaw
from xuncha_docs.fields import Basis, InspectionType, Person, UnitName
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.kinds.announcement import Announcement
from xuncha_docs.legal import find

_PARTY = re.compile("党组|党委|支部|党总支|工委|委员会|党组织")


@rule("FCT301", Severity.INFO, strength=Strength.PRACTICE)
def unit_is_no_party_organisation(stated: Stated) -> Flaws:
    """被巡察单位写的不是党组织的名称。

    为什么：巡察的对象是党组织，不是行政单位；应写“中共…党组”“中共…委员会”等全称。

    错：
        被巡察单位[1].名称: 临江县水利局
    对：
        被巡察单位[1].名称: 中共临江县水利局党组
    """
    for loc, unit in stated.each(UnitName):
        if not _PARTY.search(unit.name):
            yield stated.flaw(
                (*loc, "name"), f"“{unit.name}”不是党组织的名称。", "请写党组织的全称，如“中共临江县水利局党组”。"
            )


@rule("FCT302", Severity.WARNING, strength=Strength.DERIVED)
def short_name_of_another(stated: Stated) -> Flaws:
    """被巡察单位的简称和全称对不上。

    为什么：简称从全称里减字得来；有全称里没有的字，多半是另一个单位的简称，或者写错了字。

    错：
        被巡察单位[1].简称: 县水务局党组
    对：
        被巡察单位[1].简称: 县水利局党组
    """
    for loc, unit in stated.each(UnitName):
        if unit.short_name and not _is_shortened(bare(unit.short_name), unit.name):
            yield stated.flaw(
                (*loc, "short_name"),
                f"简称“{unit.short_name}”里有全称“{unit.name}”没有的字。",
                "请核对是不是同一个单位；机构改名的，两个名称一起改。",
            )


def _is_shortened(short: str, full: str) -> bool:
    """Tell whether a name has only characters of another; 党 of 党委 is put in when 中共…委员会 is shortened.

    Their order may change: 县政协 is 中国人民政治协商会议临江县委员会.
    """
    return not Counter(short) - Counter(full if "党" in full else f"党{full}")


@rule("FCT303", Severity.WARNING, strength=Strength.DERIVED)
def short_name_of_two_units(stated: Stated) -> Flaws:
    """两个被巡察单位用同一个简称。

    为什么：后面的文书只写简称，分不清说的是哪个单位。

    错：
        被巡察单位[2]: {名称: 中共临江县水利局机关委员会, 简称: 县水利局党组}
        文书: {巡察公告: {}}
    对：
        被巡察单位[2]: {名称: 中共临江县教育局党组, 简称: 县教育局党组}
        文书: {巡察公告: {}}
    """
    units = list(stated.each(UnitName)) if isinstance(stated.thing, Case | Announcement) else []
    taken: dict[str, str] = {}
    for loc, unit in units:
        if unit.short_name:
            other = taken.setdefault(unit.short_name, unit.name)
            if other != unit.name:
                yield stated.flaw(
                    (*loc, "short_name"),
                    f"“{unit.short_name}”也是“{other}”的简称。",
                    "请给两个单位分别写能够区别的简称。",
                )


@rule("FCT304", Severity.WARNING, strength=Strength.PRACTICE)
def basis_unlike_register(stated: Stated) -> Flaws:
    """依据的名称和登记的名称差一点。

    为什么：党内法规的名称长，容易多字、少字、错字；引错了名称，依据就站不住。登记见“依据”一页。

    错：
        文书.巡察公告.依据: [中国共产党巡察工作条例]
    对：
        文书.巡察公告.依据: [中国共产党巡视工作条例]
    """
    for loc, basis in stated.each(Basis):
        law = meant(basis.title)
        if law is not None:
            yield stated.flaw(
                (*loc, "title"), f"《{basis.title}》和登记的名称不一样。", f"请核对原文；应是《{law.title}》。"
            )


@rule("FCT305", Severity.INFO, strength=Strength.PRACTICE)
def unconfirmed_basis(stated: Stated) -> Flaws:
    """依据没有登记，或者登记了还没有核实。

    为什么：名称、发文机关和日期没有在官方页面上核对过的，引用以前要看原文；本地的实施细则不在登记里，也要看。

    错：
        文书.巡察公告.依据: [中国共产党巡视工作条例, 临江县委巡察工作实施细则]
    对：
        文书.巡察公告.依据: [中国共产党党内监督条例, 中国共产党巡视工作条例]
    """
    for loc, basis in stated.each(Basis):
        if loc[0] != "basis":
            continue  # a matter may break any rule there is
        try:
            law = find(basis.title)
        except UnknownLaw:
            what = "" if meant(basis.title) else "不在登记里"
        else:
            what = "" if law.verified else "登记了，但名称或日期还没有核实"
        if what:
            yield stated.flaw((*loc, "title"), f"《{basis.title}》{what}。", "请对照原文核对名称、发文机关和是否有效。")


_FOREIGN_WORDS = {
    Level.SOE_GROUP: re.compile("属地管理|村“?两委|[市县区]委(?!托)|校党委"),
    Level.SOE_SUBSIDIARY: re.compile("属地管理|村“?两委|[市县区]委(?!托)|校党委"),
    Level.UNIVERSITY: re.compile("属地管理|村“?两委|[市县区]委(?!托)|集团党委|公司党委|下级单位"),
    Level.COUNTY: re.compile("校党委|集团党委|公司党委"),
    Level.CITY: re.compile("校党委|集团党委|公司党委"),
}
"""Words of notices of another level: an enterprise has no 属地, a county no 校党委."""


@rule("FCT306", Severity.WARNING, strength=Strength.PRACTICE)
def words_of_another_level(stated: Stated) -> Flaws:
    """公告里有别的级别的用语。

    为什么：企业、高校照着县里的公告改，或者反过来，容易留下“属地管理”“村‘两委’”“县委”这样的词。

    错：
        （巡察公告）
        巡察轮次: {级别: 国企集团, 党委: 华澜集团有限公司, 年度: 2025, 轮次: 2}
        部署: 经集团党委批准
    对：
        （巡察公告）
        不予受理的处理: 按照分级负责、属地管理的原则，转交有关部门处理
    """
    for notice in stated.of(Announcement):
        words = _FOREIGN_WORDS[notice.round.level]
        for name in ("order", "task", "targets", "excluded", "exclusion", "closing"):
            for loc, text in texts(getattr(notice, name), (name,)):
                found = words.search(text)
                if found:
                    yield stated.flaw(
                        loc,
                        f"“{found[0]}”不是{notice.round.level}公告的用语。",
                        "请核对是不是从别的公告抄来的；确有所指的，不必改。",
                    )


@rule("FCT307", Severity.ERROR, strength=Strength.PRACTICE)
def own_unit_inspected(stated: Stated) -> Flaws:
    """组里有人巡察自己的单位。

    为什么：在被巡察单位任职的应当回避；授权和抽调以前就要核对。

    错：
        巡察组.联络员.单位: 临江县水利局
    对：
        巡察组.联络员.单位: 临江县审计局
    """
    for case in stated.of(Case):
        for loc, person in _team(case):
            unit = next((unit for unit in case.units if person.unit and _same_unit(person.unit, unit)), None)
            if unit:
                yield stated.flaw(
                    (*loc, "unit"),
                    f"{person.name}的单位“{person.unit}”就是被巡察单位“{unit.short}”。",
                    "请核对；确在该单位任职的，应当回避，请换人。",
                )


def _same_unit(said: str, unit: UnitName) -> bool:
    """Tell whether a name means an inspected unit, or a part of it: one name holds the other."""
    mine, theirs = bare(said), {bare(unit.name), bare(unit.short)}
    part = len(mine) > 2 and mine != "办公室"
    return any(len(one) > 2 and (mine.startswith(one) or (part and one.endswith(mine))) for one in theirs)


def _team(case: Case) -> Iterator[tuple[Loc, Person]]:
    """Yield everybody of the team, each with the path."""
    seen: Counter[str] = Counter()
    for field, person in case.team.posts:
        listed = field in ("deputies", "members")
        yield ("team", field, *((seen[field],) if listed else ())), person
        seen[field] += 1


@rule("FCT308", Severity.ERROR, strength=Strength.DERIVED)
def person_on_both_sides(stated: Stated) -> Flaws:
    """巡察组的人又是被巡察单位的联络员。

    为什么：一个人不能既巡察又被巡察；多半是把两边的联络员写到了一起。

    错：
        被巡察单位[1].对方联络员.姓名: 王某某
    对：
        被巡察单位[1].对方联络员.姓名: 周某某
    """
    for case in stated.of(Case):
        ours = {person.name for _, person in case.team.posts}
        for n, unit in enumerate(case.units):
            if unit.counterpart and unit.counterpart.name in ours:
                yield stated.flaw(
                    ("units", n, "counterpart"),
                    f"对方联络员{unit.counterpart.name}也在巡察组里。",
                    "请核对两边的联络员；确系同名的，请在姓名后加注区别。",
                )


@rule("FCT309", Severity.WARNING, strength=Strength.DERIVED)
def subject_without_special(stated: Stated) -> Flaws:
    """专项主题和巡察类型对不上。

    为什么：写了专项主题，类型却没有“专项”，主题就印不出来；类型有“专项”却没有主题，只作提示。

    错：
        巡察轮次.专项主题: 校园餐
    对：
        巡察轮次.专项主题: 校园餐
        巡察轮次.巡察类型: [常规, 专项]
    """
    for loc, one in stated.each(Round):
        special = InspectionType.SPECIAL in one.types
        if one.subject and not special:
            cure = "请在巡察类型里加上“专项”，或者删去专项主题。"
            yield stated.flaw((*loc, "subject"), f"写了专项主题“{one.subject}”，巡察类型里却没有“专项”。", cure)
        if special and not one.subject:
            cure = "请在“专项主题”里写明针对什么，如“校园餐”。"
            yield stated.flaw((*loc, "types"), "巡察类型有“专项”，没有写专项主题。", cure, severity=Severity.INFO)


_COMMON, _VARIANT = "立行立改", "立巡立改"


@rule("FCT310", Severity.INFO, strength=Strength.PRACTICE)
def two_words_for_one_thing(stated: Stated) -> Flaws:
    """“立行立改”和“立巡立改”混着用。

    为什么：两个词是一回事，各地叫法不同；一套文书里混着用，读的人会以为是两件事，也不好检索。

    错：
        文书.心得体会.结尾: 跟进立巡立改的日子，我一直记得。
    对：
        文书.心得体会.结尾: 跟进立行立改的日子，我一直记得。
    """
    own = [(loc, text) for loc, text in texts(stated.thing) if _VARIANT in text]
    if not own:
        return
    things = (stated.thing, *stated.papers, *([stated.case] if stated.case else []))
    if any(_COMMON in text for thing in things for _, text in texts(thing)):
        for loc, _ in own:
            message = f"这里写作“{_VARIANT}”，别处写作“{_COMMON}”。"
            yield stated.flaw(loc, message, f"请统一叫法；多数地方叫“{_COMMON}”。")

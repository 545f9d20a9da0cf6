"""PKT1: papers of one inspection that contradict each other, or the case they were made from."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any

from xuncha_docs.checks.packet.said import Fact, Loc, Subject, facts, shown
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.chinese import DocumentNumber
from xuncha_docs.document import Document
from xuncha_docs.findings import Place, Severity
from xuncha_docs.formats import Path_
from xuncha_docs.inputs import Source, place_of
from xuncha_docs.model import Model, chinese_name, models_within


@dataclass(frozen=True, eq=False, kw_only=True)
class Sayer:
    """A document, or a case, that is held against others.

    Args:
        name: as a person knows it, `立行立改通知书-2`, `案卷`.
        thing: the document or the case.
        source: the file its facts come from.
        section: where they stand in it.
    """

    name: str
    thing: Model
    source: Source = field(default_factory=lambda: Source(None, {}))
    section: Path_ = ()

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """What it states of what papers share."""
        return tuple(facts(self.thing))

    def place(self, loc: Loc) -> Place:
        """Say where a fact of it stands."""
        place = place_of(type(self.thing), loc, self.source, self.section)
        return place if self.section or self.source.name else Place(field=f"{self.name}.{place.field}")


Said = frozenset[Hashable]
"""All that one paper says of one fact: a notice of three teams names three ordinals."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one paper says of a fact, and where it says so first."""

    sayer: Sayer
    said: Said
    loc: Loc


def contradicts(one: Said, other: Said) -> bool:
    """Tell whether two papers say different things: neither says all that the other does."""
    return not (one <= other or other <= one)


@rule("PKT101")
def different_fact(sayers: Sequence[Sayer]) -> Flaws:
    """同一件事，几份文书说得不一样。

    为什么：巡察组、单位、时间、电话、编号这些事实，每份文书都从案卷来；有一份单独改了，别的没有改，贴出去就互相矛盾。
    名称按类型核对，不看是哪种文书；一件事只报一次，写明每份文书各说什么。

    错：
        文书.巡察公告.驻点时间: {进驻日期: 2025-07-02, 撤离日期: 2025-08-29, 受理截止: 2025-08-22}
    错：
        文书.立行立改通知书[1].联系人: {姓名: 王某某, 电话: 0600-8000004}
    对：
        文书.巡察公告.标题: 中共临江县委巡察公告
    """
    told: set[tuple[str, frozenset[tuple[str, Said]]]] = set()
    for (about, name), statements in _by_fact(sayers).items():
        if not any(contradicts(a.said, b.said) for a, b in combinations(statements, 2)):
            continue
        key = (f"{about.what}.{name}", frozenset((s.sayer.name, s.said) for s in statements))
        if key not in told:
            told.add(key)
            yield _difference(about, name, statements)


@rule("PKT102")
def unknown_unit(sayers: Sequence[Sayer]) -> Flaws:
    """文书写的单位，案卷和别的文书里都没有。

    为什么：主送、责任单位写的应当是这次巡察的单位；名称差一个字，就成了另一个单位。发给下级单位的，请核对全称。

    错：
        文书.立行立改通知书[1].主送: 中共临江县水务局党组
    对：
        文书.立行立改通知书[1].主送: 中共临江县水利局党组
    """
    listed = {fact.name: _names(sayers, fact.name) for one in sayers for fact in one.facts if fact.about.by == "*"}
    known = listed.get(UNITS, {})
    if not known:
        return
    for one in sayers:
        for fact in one.facts:
            if fact.about.what == UNITS and fact.about.by == "name" and fact.about.which not in known:
                message = f"“{fact.about.which}”只在{one.name}里有，被巡察单位是{shown(frozenset(known))}。"
                yield Flaw(one.place(fact.loc[:-1]), message, "请核对全称；确是下级单位的，请在案卷的延伸范围里写明。")
                break


UNITS = "被巡察单位"


@rule("PKT103", Severity.ERROR)
def doubled_number(sayers: Sequence[Sayer]) -> Flaws:
    """两份文书用了同一个文号。

    为什么：一个文号只给一份文书；两份同号，登记和引用都会错。

    错：
        文书.巡察工作方案.版头: 临委巡办发〔2025〕9号
        文书.本轮巡察工作方案.版头: 临委巡办发〔2025〕9号
    对：
        文书.巡察公告.标题: 巡察公告
    """
    first: dict[DocumentNumber, Sayer] = {}
    for one in sayers:
        for loc, number in _own_numbers(one.thing, ()):
            if number in first:
                message = f"{one.name}和{first[number].name}的文号都是{number}。"
                yield Flaw(one.place(loc), message, "请查登记簿，改正其中一份。")
            first.setdefault(number, one)


@rule("PKT104")
def wrong_reference(sayers: Sequence[Sayer]) -> Flaws:
    """文书提到另一份文书，标题、日期和那一份不一样。

    为什么：延期公告、撤离公告要写明改动的是哪一份公告；标题、日期写得不对，就不知道改的是哪一份。

    错：
        文书.撤离公告.原公告: {标题: 巡察公告, 成文日期: 2025-07-02}
    对：
        文书.撤离公告.原公告: {标题: 巡察公告, 成文日期: 2025-07-01}
    """
    for one in sayers:
        for loc, named in (found for found in models_within(one.thing) if found[1].refers):
            papers = [s for s in sayers if isinstance(s.thing, Document) and s.thing.label == named.refers]
            wrong = [_unlike(named, paper.thing) for paper in papers]
            if wrong and all(wrong):
                field, said = next(iter(min(wrong, key=len).items()))
                mine = getattr(named, field)
                title = chinese_name(type(named), field)
                message = f"{one.name}写的{named.refers}{title}是“{shown(mine)}”，那一份写的是“{shown(said)}”。"
                yield Flaw(one.place((*loc, field)), message, "请核对，两份写成一样；案卷里可以不填，程序会照着写。")


def _unlike(named: Model, paper: Model) -> dict[str, Any]:
    """Return what a paper says otherwise than a reference does, by the fields that both have."""
    both = [name for name, info in type(named).model_fields.items() if _same_field(info.title, name, paper)]
    said = {name: getattr(paper, name) for name in both if getattr(named, name) is not None}
    return {
        name: value
        for name, value in said.items()
        if type(value) is type(getattr(named, name)) and value != getattr(named, name)
    }


def _same_field(title: str | None, name: str, paper: Model) -> bool:
    return name in type(paper).model_fields and chinese_name(type(paper), name) == title


def _by_fact(sayers: Sequence[Sayer]) -> Mapping[tuple[Subject, str], list[Statement]]:
    """Group what papers say: for each fact that several state, what each of them says."""
    said: dict[tuple[Subject, str], dict[Sayer, list[Fact]]] = {}
    for one in sayers:
        for fact in one.facts:
            said.setdefault((fact.about, fact.name), {}).setdefault(one, []).append(fact)
    return {
        key: [Statement(one, frozenset(f.value for f in found), found[0].loc) for one, found in by_sayer.items()]
        for key, by_sayer in said.items()
        if len(by_sayer) > 1
    }


def _difference(about: Subject, name: str, statements: Sequence[Statement]) -> Flaw:
    """Tell a difference, at the paper that stands most alone with what it says."""
    groups: dict[Said, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(statement.said, []).append(statement)
    each = "；".join(
        f"{'、'.join(s.sayer.name for s in group)}写的是“{shown(frozenset(said))}”" for said, group in groups.items()
    )
    odd = min(groups.values(), key=lambda group: (len(group), -statements.index(group[0])))[0]
    which = f"（{about.which}）" if about.which else ""
    fact = name if about.by == "*" else f"{about.what}{which}的{name}"
    cure = "请核对哪个对：案卷错了改案卷，文书里单独写的一项删去或改正，再重做这几份。"
    return Flaw(odd.sayer.place(odd.loc), f"{fact}说法不一：{each}。", cure)


def _names(sayers: Sequence[Sayer], title: str) -> Mapping[str, None]:
    """Return every name that the lists of one title hold."""
    lists = (fact.value for one in sayers for fact in one.facts if fact.about.by == "*" and fact.name == title)
    return {str(name): None for value in lists if isinstance(value, frozenset) for name in sorted(map(str, value))}


def _own_numbers(value: Any, loc: Loc) -> Iterator[tuple[Loc, DocumentNumber]]:
    """Yield the numbers that a document gives itself, not those of things that papers share."""
    if isinstance(value, DocumentNumber):
        yield loc, value
    elif isinstance(value, Model) and type(value).shared is None:
        for name in type(value).model_fields:
            yield from _own_numbers(getattr(value, name), (*loc, name))

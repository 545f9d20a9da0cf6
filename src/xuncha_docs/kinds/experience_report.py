"""心得体会: what somebody who took part writes afterwards, for a bulletin, a newspaper or a website.

No 公文: never a red head, never a 版记. Three subtypes share one frame: title, byline, opening, sections, closing.
How far it goes out decides what it may say: beyond the team, the names that the case knows are printed as 某局, 某同志.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Self

from xuncha_docs import chinese
from xuncha_docs.case import Case, Round
from xuncha_docs.document import Audience, TeamPaper
from xuncha_docs.fields import (
    Count,
    Day,
    Line,
    Many,
    Paragraphs,
    Quotation,
    Role,
    Span,
    Title,
    UnitName,
    in_order,
    matching,
)
from xuncha_docs.formats import Path_
from xuncha_docs.model import Choice, Contradiction, Model, contradiction, contradictions, named, written


class Subtype(Choice):
    """The sort of write-up."""

    PERSONAL = "个人心得"
    PRACTICE = "经验材料"
    NOTES = "巡察手记"

    @classmethod
    def also(cls) -> Mapping[str, str]:
        """Read the other names."""
        return {"心得体会": "个人心得", "经验做法": "经验材料", "手记": "巡察手记"}


class Scope(Choice):
    """How far a write-up goes out, and so how much of what it says must be made unknown."""

    TEAM = "内部交流"
    SYSTEM = "系统内"
    PUBLIC = "公开"

    @classmethod
    def also(cls) -> Mapping[str, str]:
        """Read the shorter words."""
        return {"内部": "内部交流", "巡察系统内": "系统内", "公开发表": "公开"}


class Cover(Model):
    """A name that is not to be known, and what is printed in its place."""

    name: Line = named("名称", examples=["县水利局"])
    by: Line = named("换成", examples=["某局"])


class Writer(Model):
    """Who writes: a person with a unit and a role, or an office."""

    short_form = True

    name: Line = named("姓名", examples=["王某某"])
    unit: Line | None = named("单位", default=None, examples=["临江县审计局"])
    role: Role | None = named("职责", "在巡察组里任什么", default=None, examples=["联络员"])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare name."""
        return {"name": text}


class Section(Model):
    """One part of a write-up."""

    heading: Line | None = named(
        "小标题", "手记可以不写", default=None, usual=True, examples=["吹好集结号，谋定而后动"]
    )
    paragraphs: Paragraphs = named("段落", examples=["进驻前，我把对内对外的联络事项列成明细，逐项落实到人。"])
    quotations: Many[Quotation] = named("引文", default=())


class NumberedSection(Model):
    """A section as it is printed: its heading has its number already."""

    heading: Line | None = named("小标题", default=None)
    paragraphs: Paragraphs = named("段落")
    quotations: Many[Line] = named("引文", default=())


class Metaphor(Model):
    """The number metaphor of a title, such as 三步曲."""

    name: Line = named("名称", examples=["三步曲"])
    n: Count = named("数目", "说的是几个", examples=[3])


class Clearance(Model):
    """Who let it be published, and when."""

    by: Line = named("审定人", examples=["县委巡察办"])
    day: Day = named("日期", examples=["2025-09-10"])


class ExperienceReport(TeamPaper, kind="experience_report", label="心得体会", audience=Audience.INTERNAL, cycle="720"):
    """A write-up of one assignment."""

    unprinted = ("subtype", "metaphor", "round", "team", "period", "clearance", "published", "covers")

    subtype: Subtype = named("体裁", default=Subtype.PERSONAL)
    scope: Scope = named("发表范围", "系统内、公开的换掉单位和人名，公开的还要有审定", default=Scope.TEAM)
    covers: Many[Cover] = named("换名", "要换掉的名称；案卷里的单位、地点、人员自动加上，不用写", default=())
    title: Title = named("标题", "不超过30字", examples=["当好联络员的“三步曲”"])
    subtitle: Annotated[Line, matching("(?:——)?[^—].*", "副标题前的破折号可以不写，写则写“——”。")] | None = named(
        "副标题", default=None, examples=["一名巡察联络员的体会"]
    )
    metaphor: Metaphor | None = named("数字比喻", default=None)
    writer: Writer = named("作者")
    period: Span = named("时间", "参加巡察的起止日期")
    opening: Paragraphs = named(
        "开头", "我是谁，哪一轮，哪个组，什么时间，什么任务", examples=["今年7月，我有幸参加县委巡察工作，担任联络员。"]
    )
    sections: Many[Section] = named("正文", min_length=1)
    closing: Paragraphs = named("结尾", examples=["今后，我将始终保持严谨细致的作风，把学到的本领带回本职岗位。"])
    reviewer: Line | None = named("审核", default=None)
    editor: Line | None = named("编辑", default=None)
    clearance: Clearance | None = named("审定", "发表前必须填写", default=None)
    published: Day | None = named("发表日期", default=None, examples=["2025-09-15"])
    signed: Day | None = named("成文日期", default=None, examples=["2025-09-05"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take round, team and dates from the case; the writer is the liaison unless the section says otherwise.

        A 经验材料 is written by an office. What the section covers comes before what the case knows.
        """
        liaison = case.team.liaison
        by_office = said.get("subtype") in (Subtype.PRACTICE, "practice", "经验做法")
        office = Writer(name=case.round.office_short)
        end = case.stay.end
        own = said.pop("covers", None) or ()
        return {
            **super().facts(case, said),
            "writer": office if by_office else Writer(name=liaison.name, unit=liaison.unit, role=Role.LIAISON),
            "covers": (*([own] if isinstance(own, str | Mapping) else own), *_known(case)),
            **({"period": Span(start=case.stay.start, end=end)} if end else {}),
        }

    @contradictions
    def _possible(self) -> Iterator[Contradiction]:
        length = len(self.title.replace("\n", ""))
        if length > 30:
            yield contradiction(
                f"标题（title）有{length}字，不超过30字；说不完的放到副标题（subtitle）。", field="title"
            )
        if self.subtype is not Subtype.NOTES and any(section.heading is None for section in self.sections):
            yield contradiction(
                f"{self.subtype}的每一部分都要有小标题（heading），只有手记可以不写。", field="sections"
            )
        yield from in_order(self, "signed", "published")

    @contradictions
    def _cleared(self) -> Iterator[Contradiction]:
        if self.scope is Scope.PUBLIC and not self.clearance:
            yield contradiction(
                "发表范围（scope）是公开，就要填审定（clearance）：未经审定不得公开。", field="clearance"
            )
        if self.published and not self.clearance:
            yield contradiction("有发表日期（published）就要填审定（clearance）：未经审定不得发表。", field="clearance")
        if self.published and self.clearance and self.clearance.day > self.published:
            yield contradiction("审定（clearance）日期晚于发表日期（published），应先审定、后发表。", field="clearance")

    @property
    def is_public(self) -> bool:
        """Whether it goes out to everybody: then what is printed may repeat no restricted fact of the case."""
        return self.scope is Scope.PUBLIC

    def _confidential(self, case: Case, path: Path_) -> Self:
        """Return the write-up, unless it is public and prints a restricted fact of its case: covered names are none."""
        super(ExperienceReport, self._as_read())._confidential(case, path)
        return self

    def _as_read(self) -> Self:
        """Return the write-up with what is printed in the place of what was written, its writer aside."""

        def read(text: str | None) -> str | None:
            return self.printed(text).replace(self.writer.name, "作者") if text else text

        sections = (
            section.model_copy(
                update={
                    "heading": read(section.heading),
                    "paragraphs": tuple(map(read, section.paragraphs)),
                    "quotations": tuple(
                        one.model_copy(update={"text": read(one.text), "speaker": read(one.speaker)})
                        for one in section.quotations
                    ),
                }
            )
            for section in self.sections
        )
        told = {name: read(getattr(self, name)) for name in ("title", "subtitle", "reviewer", "editor")}
        texts = {name: tuple(map(read, getattr(self, name))) for name in ("opening", "closing")}
        return self.model_copy(
            update={**told, **texts, "sections": tuple(sections), "covers": (), "writer": Writer(name="作者")}
        )

    def printed(self, text: str) -> str:
        """Return a text as it may be printed at the write-up's scope: as it is within the team, else covered."""
        if self.scope is Scope.TEAM:
            return text
        covered = self._hidden.cover(text)
        return self._hidden.mask(_unplaced(covered)) if self.scope is Scope.PUBLIC else covered

    @cached_property
    def _hidden(self) -> _Hidden:
        own = (self.writer.name, self.writer.unit)
        # What the section says of a name stands first, and wins.
        covers = {cover.name: cover.by for cover in reversed(self.covers)}
        return _Hidden(covers, [name for name in own if name])

    @written("标题写法")
    def title_written(self) -> str:
        """The title as it may be printed."""
        return self.printed(self.title)

    @written("副标题写法")
    def subtitle_written(self) -> str:
        """The subtitle after its dash; empty where there is none."""
        return f"——{self.printed(self.subtitle.removeprefix('——'))}" if self.subtitle else ""

    @written("开头写法")
    def opening_written(self) -> tuple[str, ...]:
        """The opening as it may be printed."""
        return tuple(map(self.printed, self.opening))

    @written("结尾写法")
    def closing_written(self) -> tuple[str, ...]:
        """The closing as it may be printed."""
        return tuple(map(self.printed, self.closing))

    @written("署名")
    def byline(self) -> str:
        """`临江县审计局　王某某`, parted by a full-width blank."""
        return "\u3000".join(x for x in (self.writer.unit, self.writer.name) if x)

    @written("各部分")
    def parts(self) -> tuple[NumberedSection, ...]:
        """The sections with their headings numbered; a 手记 tells a story and numbers nothing."""
        numbered = self.subtype is not Subtype.NOTES
        return tuple(
            NumberedSection(
                heading=self._heading(section, n if numbered else None),
                paragraphs=tuple(map(self.printed, section.paragraphs)),
                quotations=tuple(self.printed(quotation.phrase) for quotation in section.quotations),
            )
            for n, section in enumerate(self.sections, 1)
        )

    def _heading(self, section: Section, n: int | None) -> str | None:
        """Return the heading of a section with its number; None where it has no heading."""
        if section.heading is None:
            return None
        return f"{chinese.heading_number(1, n) if n else ''}{self.printed(section.heading)}"

    @written("编者行")
    def editors(self) -> str:
        """`审核：某某　编辑：某某`; empty where nobody is named, or nobody who may be."""
        named_people = (("审核", self.reviewer), ("编辑", self.editor))
        told = ((role, name) for role, name in named_people if name and self.printed(name) == name)
        return "\u3000".join(f"{role}：{name}" for role, name in told)

    @written("成文日期写法")
    def signed_written(self) -> str:
        """The date; empty where none is given."""
        return chinese.written_date(self.signed) if self.signed else ""


# --- what is not to be known -----------------------------------------------------------------------------------------

_ORGANISATION = re.compile("(?:总支部委员会|支部委员会|委员会|党总支|党支部|党组|党委|总支|支部)$")
_PARTY = {"总支部委员会": "党总支", "支部委员会": "党支部", "委员会": "党委", "总支": "党总支", "支部": "党支部"}
_SHORTEST = 3
"""The shortest name of a unit or a place that is covered: shorter ones are words."""


def _known(case: Case) -> Iterator[Cover]:
    """Yield the names that a case knows and a reader outside must not, each with what is printed in its place."""
    for unit in case.units:
        yield from (Cover(name=name, by=by) for name, by in _of_unit(unit, case.round))
        if unit.counterpart:
            yield Cover(name=unit.counterpart.name, by=SOMEBODY)
    for matter in case.rectifications:
        if matter.to:
            yield from (Cover(name=name, by=by) for name, by in _of_unit(matter.to, case.round))
        if matter.found.place and len(matter.found.place) >= _SHORTEST:
            yield Cover(name=matter.found.place, by="某地")
    for _, person in case.team.posts:
        yield Cover(name=person.name, by=SOMEBODY)


def _of_unit(unit: UnitName, round_: Round) -> Iterator[tuple[str, str]]:
    """Yield the names by which texts may call a unit: in full and short, without 中共, 党组 and the place."""
    general = f"某{unit.type}" if unit.type and len(unit.type) <= 4 else "某单位"
    places = (round_.committee.name, round_.committee.short_name or "", "市", "县", "区", "旗", "集团")
    for name in dict.fromkeys((unit.name, unit.short)):
        found = _ORGANISATION.search(name)
        party = _PARTY.get(found[0], found[0]) if found else ""
        bare = _ORGANISATION.sub("", name.removeprefix("中共")) or name
        yield name, general + party
        for called in (bare, *(bare.removeprefix(place) for place in places if place)):
            if len(called) >= _SHORTEST:
                yield called, general


SOMEBODY = "某同志"
_POSTS = "同志|联络员|组员|董事长|老师|副?(?:组长|书记|局长|主任|镇长|县长|市长|部长|处长|科长|经理)"
_MASKS = "×○△□＊"


class _Hidden:
    """Names that are not to be known: covers each in a text by what is said in its place, and leaves none.

    Args:
        covers: what is printed for each name.
        own: names that stay, those of the writer.
    """

    def __init__(self, covers: Mapping[str, str], own: Iterable[str]) -> None:
        self._by = {_bare(name): by for name, by in covers.items() if _bare(name)}
        self._own = {_bare(name) for name in own}
        hidden = sorted(self._by.keys() - self._own, key=len, reverse=True)
        kept = sorted(self._own, key=len, reverse=True)
        # The longest first, and the writer's own before others that are part of it; a blank may stand within.
        both = sorted([*hidden, *kept], key=lambda name: (-len(name), name in hidden))
        self._any = re.compile(f"({'|'.join(map(_spaced, both))})({_POSTS})?") if hidden else None
        self._mask = next((char for char in _MASKS if not any(char in name for name in hidden)), "")

    def cover(self, text: str) -> str:
        """Put what is general in the place of every name."""
        return self.mask(self._any.sub(self._covered, text)) if self._any else text

    def mask(self, text: str) -> str:
        """Strike out the names that are still there: what covers one may make another with what stands beside it."""
        if self._any is None:
            return text
        return self._any.sub(
            lambda match: match[0] if _bare(match[1]) in self._own else self._mask + (match[2] or ""), text
        )

    def _covered(self, match: re.Match[str]) -> str:
        name, post = _bare(match[1]), match[2] or ""
        if name in self._own:
            return match[0]
        by = self._by[name]
        return f"某{post}" if by == SOMEBODY and post else by + post


def _bare(name: str) -> str:
    return re.sub(r"\s", "", name)


def _spaced(name: str) -> str:
    return r"\s*".join(map(re.escape, name))


_ORDINAL = r"[一二三四五六七八九十\d]{1,3}"
_UNPLACED = (
    (rf"第\s*{_ORDINAL}\s*巡察组|巡察\s*第?\s*{_ORDINAL}\s*组", "某巡察组"),
    (r"(\d{4}年)?(\d{1,2}月)\d{1,2}日(?:至|到|—|-)(?:\2)?\d{1,2}日", r"\1\2间"),
    (r"(\d{4}年)?(\d{1,2}月)\d{1,2}日(?:至|到|—|-)(\d{1,2}月)\d{1,2}日", r"\1\2至\3"),
    (r"(\d{4}年)?(\d{1,2}月)\d{1,2}日", r"\1\2的一天"),
)


def _unplaced(text: str) -> str:
    """Take out of a text which team it was and which day: what happened when can be matched to a case."""
    for pattern, general in _UNPLACED:
        text = re.sub(pattern, general, text)
    return text

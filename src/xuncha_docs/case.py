"""The case: the facts of one inspection by one team, from which every paper is made.

All written forms of committee, round, team and unit derive from here; nobody types them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import Field, PrivateAttr, field_validator

from xuncha_docs import chinese, workdays
from xuncha_docs.drafts import missing
from xuncha_docs.fields import (
    Channels,
    Count,
    Day,
    InspectionType,
    Line,
    Many,
    Moment,
    Name,
    Ordinal,
    Person,
    Role,
    Unit,
    Year,
    doubled,
    in_order,
)
from xuncha_docs.inputs import MALFORMED, Source, read, validated
from xuncha_docs.letterhead import Office
from xuncha_docs.matters import Rectification
from xuncha_docs.model import (
    Choice,
    Contradiction,
    Model,
    Shared,
    contradiction,
    contradictions,
    named,
    refuse,
    written,
)
from xuncha_docs.secret import REPORTER_CURE, holds_secret, reporters


class Level(Choice):
    """Whose committee inspects; it decides how committee and team are named, and the preset of wordings."""

    CITY = "市"
    COUNTY = "县"
    SOE_GROUP = "国企集团"
    SOE_SUBSIDIARY = "国企子公司"
    UNIVERSITY = "高校"

    @classmethod
    def also(cls) -> Mapping[str, str]:
        """Read the words that notices use for a level."""
        return {
            **dict.fromkeys(("区", "旗", "县级市", "县（市、区）", "县(市、区)"), "县"),
            **dict.fromkeys(("地级市", "州", "盟"), "市"),
            **dict.fromkeys(("央企", "国企", "集团"), "国企集团"),
            **dict.fromkeys(("国企二级", "子公司", "分公司"), "国企子公司"),
            **dict.fromkeys(("大学", "学院"), "高校"),
        }


class Committee(Model):
    """The Party committee that inspects; its bare name, `临江县` or `华澜集团有限公司`, will do."""

    short_form = True

    name: Name = named("名称", "地方、企业或学校的名称，不加“中共”“委员会”", examples=["临江县"])
    short_name: Line | None = named("简称", "企业、学校的规范化简称", default=None, examples=["华澜集团"])
    self_name: Line | None = named("自称", "不填则按级别写作县委、市委、集团党委、公司党委、校党委", default=None)

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare name."""
        return {"name": text}

    @field_validator("name", "short_name")
    @classmethod
    def _bare(cls, name: str | None) -> str | None:
        """Take the place out of 中共临江县委员会, 临江县委 or 华澜集团党委: the rest is written by the level."""
        match = re.fullmatch(r"中共(.+?)(?:委员会|党委|委)|(.+)党委|(.+[市县区旗州盟])委", name or "")
        return next((part for part in match.groups() if part), name) if match else name


class Round(Model):
    """The round of inspections that this one belongs to."""

    shared = Shared("巡察轮次")

    level: Level = named("级别", examples=["县"])
    committee: Committee = named("党委", examples=["临江县"])
    term: Ordinal | None = named("届次", "第几届党委；企业多半不填", default=None, examples=[14], usual=True)
    round: Ordinal | None = named("轮次", default=None, examples=[8], usual=True)
    batch: Ordinal | None = named("批次", default=None)
    year: Year | None = named("年度", default=None, examples=[2025], usual=True)
    types: Many[InspectionType] = named(
        "巡察类型", default=(InspectionType.ROUTINE,), min_length=1, examples=["常规"], usual=True
    )
    subject: Line | None = named("专项主题", "专项巡察针对什么", default=None, examples=["校园餐"])

    @contradictions
    def _numbered(self) -> Iterator[Contradiction]:
        if not (self.round or self.batch or self.term or self.year):
            yield contradiction("届次（term）、轮次（round）、批次（batch）、年度（year）至少填一项。", field="round")

    @written("党委全称")
    def committee_full(self) -> str:
        """`中共临江县委员会`."""
        return f"中共{self.committee.name}委员会"

    @written("党委简称")
    def committee_short(self) -> str:
        """The short form with the name: `中共临江县委`, `华澜集团党委`."""
        local = self.level in (Level.CITY, Level.COUNTY)
        name = self.committee.short_name or self.committee.name
        return f"中共{self.committee.name}委" if local else f"{name}党委"

    @written("党委自称")
    def committee_self(self) -> str:
        """As the committee's own papers call it: `县委`, `集团党委`, `校党委`."""
        return self.committee.self_name or _self_name(self.level, self.committee.name)

    @written("名称")
    def name(self) -> str:
        """`十四届县委第八轮巡察`, `集团党委2025年第二轮第二批巡察`."""
        head = f"{chinese.numeral(self.term)}届{self.committee_self}" if self.term else self.committee_self
        year = f"{self.year}年" if self.year and not self.term else ""
        ordinals = ((self.round, "轮"), (self.batch, "批"))
        return head + year + "".join(f"第{chinese.numeral(n)}{unit}" for n, unit in ordinals if n) + "巡察"

    @written("巡察类型写法")
    def types_written(self) -> str:
        """`常规巡察和巡察“回头看”`."""
        return chinese.listed(kind.phrase(self.subject) for kind in self.types)

    @written("领导小组办公室")
    def office(self) -> str:
        """The office of the leading group: `中共临江县委巡察工作领导小组办公室`."""
        return f"{self.committee_short}巡察工作领导小组办公室"

    @written("巡察办")
    def office_short(self) -> str:
        """As the committee's own papers call that office: `县委巡察办`."""
        return f"{self.committee_self}巡察办"

    def team_full(self, ordinal: int) -> str:
        """Name a team in full: `中共临江县委第三巡察组`."""
        return f"{self.committee_short}{team_name(ordinal)}"

    def team_short(self, ordinal: int) -> str:
        """Name a team as the committee's own papers do: `县委第三巡察组`."""
        return f"{self.committee_self}{team_name(ordinal)}"


KIND_KEYS = ("文种", "kind")
"""The keys under which a file says that it is one document, and of which kind; a case has neither."""


def team_name(ordinal: int) -> str:
    """Name a team by its ordinal alone: `第三巡察组`."""
    return f"第{chinese.numeral(ordinal)}巡察组"


def _self_name(level: Level, name: str) -> str:
    if level in (Level.CITY, Level.COUNTY):
        return f"{name[-1] if name[-1] in '市县区旗州盟' else level.value}委"
    return {Level.SOE_GROUP: "集团党委", Level.SOE_SUBSIDIARY: "公司党委"}.get(level, "校党委")


class TeamName(Model):
    """A team by its number alone; `第三巡察组`, `三` or `3` will do."""

    shared = Shared("巡察组")

    short_form = True

    ordinal: Ordinal = named("序号", "第几巡察组", examples=[3])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read `第三巡察组`."""
        return {"ordinal": text.strip().removesuffix("巡察组")}

    @written("名称")
    def name(self) -> str:
        """`第三巡察组`."""
        return team_name(self.ordinal)


class Team(TeamName):
    """The team: who is in it. Nobody holds two posts."""

    short_form = False

    leader: Person = named("组长", examples=["张某某"])
    deputies: Many[Person] = named("副组长", default=(), examples=["李某某"], usual=True)
    liaison: Person = named("联络员", examples=[{"姓名": "王某某", "电话": "0600-8000003"}])
    members: Many[Person] = named("组员", default=(), examples=["赵某某"], usual=True)

    @contradictions
    def _one_post_each(self) -> Iterator[Contradiction]:
        taken: dict[str, str] = {}
        for field, person in self.posts:
            role = str(type(self).model_fields[field].title)
            if person.name in taken:
                yield contradiction(
                    f"{person.name}既是{taken[person.name]}又是{role}（{field}），一人只能任一职；"
                    "确系同名的，请在姓名后加注区别。",
                    field=field,
                )
            taken[person.name] = role

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Refuse a bare name: a team has people in it."""
        return text

    @property
    def posts(self) -> tuple[tuple[str, Person], ...]:
        """Everybody, under the field that names the post."""
        deputies, members = (("deputies", p) for p in self.deputies), (("members", p) for p in self.members)
        return (("leader", self.leader), *deputies, ("liaison", self.liaison), *members)

    @written("成员")
    def roster(self) -> tuple[RosterLine, ...]:
        """Everybody with the post held, leader first."""
        titles = {name: str(info.title) for name, info in type(self).model_fields.items()}
        return tuple(RosterLine(role=Role(titles[field]), person=person) for field, person in self.posts)

    @written("人员写法")
    def people(self) -> str:
        """The team in one sentence: `组长张某某，副组长李某某，联络员王某某，组员赵某某、钱某某`."""
        roles: dict[str, list[str]] = {}
        for line in self.roster:
            roles.setdefault(line.role, []).append(line.person.name)
        return "，".join(f"{role}{'、'.join(names)}" for role, names in roles.items())


class RosterLine(Model):
    """One person of the team and the post held."""

    role: Role = named("职责")
    person: Person = named("人员")


class Stay(Model):
    """The team's stay at the unit. Without an end, say roughly how long it is."""

    shared = Shared("驻点时间")

    start: Day = named("进驻日期", examples=["2025-07-01"])
    end: Day | None = named("撤离日期", default=None, examples=["2025-08-29"], usual=True)
    duration: Line | None = named("时长", "未定撤离日期时填写", default=None, examples=["2个月左右"])
    declared_days: Count | None = named("天数", "如填写，须与起止日期（含首尾两天）相符", default=None)
    kickoff: Moment | None = named("动员会时间", default=None, examples=["2025年7月1日 9:00"])
    complaints_close: Moment | None = named("受理截止", default=None, examples=["2025-08-22"], usual=True)

    @contradictions
    def _possible(self) -> Iterator[Contradiction]:
        if self.end is None and self.duration is None:
            yield contradiction("撤离日期（end）和时长（duration）至少填一项。", field="end")
        yield from in_order(self, "start", "end")
        yield from in_order(self, "start", "kickoff")
        yield from in_order(self, "start", "complaints_close")
        if self.declared_days and not self.end:
            yield contradiction("填了天数（declared_days）就要填撤离日期（end），否则无法核对。", field="end")
        if self.declared_days and self.declared_days != self.days:
            yield contradiction(
                f"天数（declared_days）写作{self.declared_days}天，但从进驻到撤离含首尾两天是{self.days}天。",
                field="declared_days",
            )

    @property
    def days(self) -> int | None:
        """How many days, first and last included; None while the end is open."""
        return (self.end - self.start).days + 1 if self.end else None

    def holds(self, day: date) -> bool:
        """Whether a day lies in the stay; an open end holds every later day."""
        return self.start <= day and (self.end is None or day <= self.end)

    @written("起止")
    def phrase(self) -> str:
        """`自2025年7月1日至8月29日`, or `自2025年7月1日起，利用2个月左右时间，`, as a sentence goes on from it."""
        if self.end:
            return f"自{chinese.written_span(self.start, self.end)}"
        return f"自{chinese.written_date(self.start)}起，利用{self.duration}时间，"

    @written("写法")
    def sentence(self) -> str:
        """A sentence of its own, `驻点时间为2025年7月1日至8月29日`, with the kick-off where it is set."""
        if self.end:
            text = f"驻点时间为{chinese.written_span(self.start, self.end)}"
        else:
            text = f"{chinese.written_date(self.start)}进驻，驻点时间{self.duration}"
        return text + (f"，{chinese.written_moment(self.kickoff)}召开巡察工作动员会" if self.kickoff else "")


class Wording(Model):
    """How a level of committees words its notices."""

    targets: Line = named("受理对象")
    exclusion: Line = named("不予受理的处理", "接在“其他不属于受理范围的信访问题，”后面")


_LOCAL = "被巡察党组织领导班子及其成员、下一级党组织主要负责人和重要岗位领导干部"
_ENTERPRISE = "被巡察党组织领导班子及其成员、下级单位主要负责人和重要岗位人员（含已退休、已调离人员）"
_CAMPUS = "被巡察党组织领导班子及其成员、下一级党组织主要负责人和重要岗位人员"

PRESETS: Mapping[Level, Wording] = {
    # After some twenty published notices of 2018 to 2025; looked through 2026-11.
    Level.CITY: Wording(targets=_LOCAL, exclusion="按照分级负责、归口管理的原则，转交有关部门处理"),
    Level.COUNTY: Wording(targets=_LOCAL, exclusion="按照分级负责、属地管理的原则，转交有关部门处理"),
    Level.SOE_GROUP: Wording(targets=_ENTERPRISE, exclusion="按规定转交有关单位和部门处理"),
    Level.SOE_SUBSIDIARY: Wording(targets=_ENTERPRISE, exclusion="按规定转交被巡察单位和有关部门处理"),
    Level.UNIVERSITY: Wording(targets=_CAMPUS, exclusion="按规定转交学校有关部门处理"),
}
"""Wordings by level. They are practice, not rule: an office lays its own over them in 政策口径.用语."""


class OfficeDays(Model):
    """Days that an office adds to the State Council's calendar, or that cover a year beyond it."""

    years: Many[Year] = named("覆盖年度", "国家日历之外、已把全年放假和调休写全的年度", default=(), examples=[2027])
    off: Many[Day] = named("放假", default=(), examples=["2027-01-01"])
    on: Many[Day] = named("上班", "调休上班的周末", default=(), examples=["2027-02-07"])

    @property
    def workdays(self) -> workdays.WorkCalendar:
        """The State Council's calendar with these days laid over it."""
        return workdays.national().with_days(off=self.off, on=self.on, years=self.years)


class Deadline(Model):
    """How long something may take: working days, days or months, only one of them."""

    workdays: Count | None = named("工作日", default=None, examples=[15])
    days: Count | None = named("天", default=None)
    months: Count | None = named("月", default=None)

    @contradictions
    def _one(self) -> Iterator[Contradiction]:
        if sum(value is not None for value in (self.workdays, self.days, self.months)) != 1:
            yield contradiction("工作日（workdays）、天（days）、月（months）填一项，且只填一项。", field="workdays")


class Policy(Model):
    """What differs from place to place and from year to year."""

    preset: Level | None = named("用语预设", "不填则随级别", default=None)
    wording: Wording | None = named("用语", "整套自定的用语，代替预设", default=None)
    deadlines: Annotated[Mapping[Line, Deadline], Field(default_factory=dict)] = named(
        "时限", "按事项名称，如“整改方案”", default_factory=dict, examples=[{"整改方案": {"工作日": 15}}]
    )
    calendar: OfficeDays = named("工作日历", default=OfficeDays())

    @property
    def workdays(self) -> workdays.WorkCalendar:
        """The State Council's calendar with the office's own days."""
        return self.calendar.workdays


class Case(Model):
    """The facts of one inspection by one team.

    `papers` (文书) may hold a section for each kind of paper; the case keeps it unread, the kind reads it.
    """

    round: Round = named("巡察轮次")
    team: Team = named("巡察组")
    units: Many[Unit] = named("被巡察单位", min_length=1, examples=["中共临江县水利局党组"])
    stay: Stay = named("驻点时间")
    channels: Channels = named("反映渠道")
    policy: Policy = named("政策口径", default=Policy())
    rectifications: Many[Rectification] = named("立行立改事项", default=())
    office: Office | None = named("机关", "以公文印发文书的机关：红头、印章、代字", default=None)
    papers: Mapping[str, Any] = named(
        "文书",
        "每种文书一节，写案卷里没有的内容；要做哪种就写哪种",
        default_factory=dict,
        usual=True,
        examples=[{"巡察公告": None}],
    )

    _source: Source = PrivateAttr(default_factory=lambda: Source(None, {}))

    @field_validator("papers", mode="before")
    @classmethod
    def _no_papers(cls, papers: object) -> object:
        if holds_secret(papers) or any(True for _ in reporters(papers)):
            refuse(f"文书（papers）里不写是谁反映的。{REPORTER_CURE}", field="papers")
        return {} if papers is None else papers

    @contradictions
    def _possible(self) -> Iterator[Contradiction]:
        for name in doubled(unit.name for unit in self.units):
            yield contradiction(f"被巡察单位（units）里“{name}”写了两次。", field="units")
        for number in doubled(str(item.number) for item in self.rectifications):
            yield contradiction(f"立行立改事项（rectifications）里编号{number}用了两次。", field="rectifications")

    @classmethod
    def load(cls, path: str | PathLike[str], *, draft: bool = False) -> Self:
        """Read a case from a YAML, JSON or TOML file.

        Args:
            path: the file.
            draft: let required facts be missing; what is made of such a case is a draft too.

        Raises:
            InputError: with every fault at once, each with file, line, field and cure.
        """
        return cls.from_source(read(Path(path)), draft=draft)

    @classmethod
    def from_source(cls, source: Source, *, draft: bool = False) -> Self:
        """Make a case of a file that was read.

        Raises:
            InputError: as `load`.
        """
        key = next((key for key in KIND_KEYS if isinstance(source.data, Mapping) and key in source.data), None)
        if key:
            raise source.fault(MALFORMED, f"这是一份{source.data[key]}，不是案卷。", (key,), "请用案卷文件。")
        case = validated(cls, source.data, source, draft=draft)
        case._source = source
        return case

    @property
    def source(self) -> Source:
        """The file the case was read from; a nameless one if it was made in Python."""
        return self._source

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that wait to be filled in, by their paths in Chinese, `巡察组.组长`; only a draft has some."""
        return missing(self)

    def with_office(self, office: Office) -> Self:
        """Return the case with another office; it still knows the file that it was read from."""
        return self.model_copy(update={"office": office})

    @property
    def wording(self) -> Wording:
        """The wordings of the office, or of the preset."""
        return self.policy.wording or PRESETS[self.policy.preset or self.round.level]


def demo() -> tuple[str, Source]:
    """Return the fictional case that comes with the library, as text and as it is read."""
    text = files("xuncha_docs").joinpath("demo.yaml").read_text(encoding="utf-8")
    return text, Source("demo.yaml", yaml.load(text, Loader=yaml.BaseLoader))

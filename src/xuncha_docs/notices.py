"""What the notices to the public share: who inspects whom, who signs, and how one notice names another.

巡察公告 makes an inspection known; 延期公告 and 撤离公告 amend it: they name it, and repeat its round, team, units and
dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from xuncha_docs import chinese
from xuncha_docs.case import Case, Round, Stay, team_name
from xuncha_docs.document import Document
from xuncha_docs.fields import Day, Line, Many, Ordinal, Title, UnitName, YesNo, doubled
from xuncha_docs.images import Seal
from xuncha_docs.model import Choice, Contradiction, Model, Shared, contradiction, contradictions, named, written


class Signer(Choice):
    """Who signs the notice; both occur."""

    TEAM = "巡察组"
    OFFICE = "巡察工作领导小组办公室"

    @classmethod
    def also(cls) -> Mapping[str, str]:
        """Read the short name of the office."""
        return {"巡察办": "巡察工作领导小组办公室", "领导小组办公室": "巡察工作领导小组办公室"}


class TeamUnits(Model):
    """One team and the units it inspects."""

    shared = Shared("巡察组")

    ordinal: Ordinal = named("序号", "第几巡察组", examples=[3])
    units: Many[UnitName] = named("被巡察单位", min_length=1, examples=["中共临江县水利局党组"])

    @written("名称")
    def name(self) -> str:
        """`第三巡察组`."""
        return team_name(self.ordinal)

    @written("单位写法")
    def units_written(self) -> tuple[str, ...]:
        """The units with what the inspection extends to, each for a line of a table."""
        return tuple(unit.extended for unit in self.units)


class Notice(Document):
    """A notice to the public about a round of inspections: its teams and their units."""

    title: Title = named("标题", "一般不写日期", examples=["巡察公告"])
    round: Round = named("巡察轮次")
    teams: Many[TeamUnits] = named("各组", "每个巡察组及其被巡察单位", min_length=1)

    if TYPE_CHECKING:
        signer: Signer | None  # each kind has it where it comes in the paper

    @contradictions
    def _each_once(self) -> Iterator[Contradiction]:
        for ordinal in doubled(duty.ordinal for duty in self.teams):
            yield contradiction(f"各组（teams）里序号{ordinal}写了两次。", field="teams")
        for name in doubled(unit.name for unit in self.unit_names):
            yield contradiction(f"各组（teams）里“{name}”写了两次，一个单位只由一个组巡察。", field="teams")
        if self.several and self.signer is Signer.TEAM:
            yield contradiction(
                "多个组合发的公告不能由一个巡察组署名（signer），应写“巡察工作领导小组办公室”。", field="signer"
            )

    @property
    def unit_names(self) -> tuple[UnitName, ...]:
        """All units of all teams."""
        return tuple(unit for duty in self.teams for unit in duty.units)

    @property
    def signatories(self) -> tuple[str, ...]:
        """Who signs it."""
        return (self.signer_written,)

    @written("多个组")
    def several(self) -> bool:
        """Whether several teams share the notice: then a table lists them."""
        return len(self.teams) > 1

    @written("巡察组")
    def inspectors(self) -> str:
        """The team in full, or how many teams the committee sends."""
        if self.several:
            return f"{self.round.committee_short}派出{len(self.teams)}个巡察组"
        return self.round.team_full(self.teams[0].ordinal)

    @written("对象")
    def objects(self) -> str:
        """The units by name, or how many of them the table lists."""
        if self.several:
            return f"{len(self.unit_names)}个单位党组织"
        return "、".join(unit.extended for unit in self.unit_names)

    @written("署名写法")
    def signer_written(self) -> str:
        """Who signs, in full."""
        if self.signer is Signer.OFFICE or self.several:
            return self.round.office
        return self.round.team_full(self.teams[0].ordinal)


class NoticeRef(Model):
    """A notice that another one names: what it is called, who signed it, and when."""

    refers = "巡察公告"

    title: Title = named("标题", default="巡察公告", examples=["巡察公告"])
    signed: Day = named("成文日期", examples=["2025-07-01"])
    signer: Line | None = named(
        "署名", "与本公告署名不同时填写", default=None, examples=["中共临江县委巡察工作领导小组办公室"]
    )

    @written("写法")
    def phrase(self) -> str:
        """As a sentence goes on from it: `2025年7月1日发布的《巡察公告》`."""
        title = self.title.replace("\n", "")
        return f"{self.signer or ''}{chinese.written_date(self.signed)}发布的《{title}》"


def sections_of(case: Case, label: str, kind: str) -> tuple[Mapping[str, Any], ...]:
    """Return the sections that the file of a case holds for a kind, unread: kinds don't know each other."""
    found = next((case.papers[key] for key in (label, kind) if key in case.papers), ())
    return tuple(one for one in (found if isinstance(found, list | tuple) else [found]) if isinstance(one, Mapping))


def announced(case: Case) -> dict[str, Any]:
    """Return title and day of the notice by which the inspection of a case was made known, as its file says them.

    A case without a section for it, or with one that leaves them out, has the usual title and the day of entry; of
    several notices none is taken, since nobody knows which is meant.
    """
    sections = sections_of(case, "巡察公告", "announcement")
    if len(sections) > 1:
        return {}
    said = next(iter(sections), {})
    found = {"signed": said.get("成文日期", said.get("signed")) or case.stay.start}
    title = said.get("标题", said.get("title"))
    return {"notice": found | ({"title": title} if title else {})}


class Amendment(Notice):
    """A notice that amends 巡察公告: names it, and repeats its round, teams, units and stay."""

    stay: Stay = named("驻点时间", "原公告里写的，不写改动以后的")
    notice: NoticeRef = named("原公告", "所改动的那份公告")
    closing: Many[Line] = named("附言", default=(), examples=["感谢广大干部群众的支持。"])
    signer: Signer | None = named("署名", "不填则单个组由巡察组署名，多个组由领导小组办公室署名", default=None)
    sealed: YesNo = named("盖章", "打印后加盖印章", default=False)
    seal: Seal | None = named("印章", "印章图片（透明底 PNG），只用给定的图片", default=None)

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take round, team, units and stay from the case, and the notice that is amended from its section there."""
        own = TeamUnits(ordinal=case.team.ordinal, units=tuple(unit.public for unit in case.units))
        return {"round": case.round, "teams": (own,), "stay": case.stay, **announced(case)}

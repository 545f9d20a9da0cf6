"""本轮巡察工作方案, the plan of a round: which team goes to which units, when, and what all of them look at.

The office of the leading group draws it up; the leading group and the committee approve it. Each team's own plan
(巡察工作方案) follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case, Stay, team_name
from xuncha_docs.document import Audience
from xuncha_docs.fields import Count, Many, Ordinal, Person, UnitName, doubled
from xuncha_docs.model import Contradiction, Model, Shared, contradiction, contradictions, named, written
from xuncha_docs.plans import VARIANTS, FieldPlan, units_each


class TeamOfRound(Model):
    """One team of the round, who is in it and which units it inspects."""

    shared = Shared("巡察组")

    ordinal: Ordinal = named("序号", "第几巡察组", examples=[3])
    leader: Person | None = named("组长", default=None, examples=["张某某"], usual=True)
    deputies: Many[Person] = named("副组长", default=(), examples=["李某某"], usual=True)
    liaison: Person | None = named("联络员", default=None, examples=["王某某"], usual=True)
    members: Many[Person] = named("组员", default=(), examples=["赵某某"])
    units: Many[UnitName] = named("被巡察单位", min_length=1, examples=["中共临江县水利局党组"])
    stay: Stay | None = named("驻点时间", "与本轮的驻点时间不同时填写", default=None)

    @property
    def people(self) -> Iterator[Person]:
        """Everybody in the team, as far as it is settled."""
        yield from (person for person in (self.leader, *self.deputies, self.liaison, *self.members) if person)

    @written("名称")
    def name(self) -> str:
        """`第三巡察组`."""
        return team_name(self.ordinal)

    @written("人员写法")
    def people_written(self) -> tuple[str, ...]:
        """A line for each post, `组长：张某某`; none for a post that nobody holds yet."""
        posts = (
            ("组长", (self.leader,)),
            ("副组长", self.deputies),
            ("联络员", (self.liaison,)),
            ("组员", self.members),
        )
        lines = ((post, [person.name for person in people if person]) for post, people in posts)
        return tuple(f"{post}：{'、'.join(names)}" for post, names in lines if names)

    @written("单位写法")
    def units_written(self) -> tuple[str, ...]:
        """The units by name, each with what the inspection extends to."""
        return tuple(unit.extended for unit in self.units)


class UnitRow(Model):
    """One row of the list of units."""

    unit: UnitName = named("单位")
    team: str = named("巡察组")
    days: str = named("时间")


class RoundPlan(
    FieldPlan,
    kind="round_plan",
    label="本轮巡察工作方案",
    audience=Audience.INTERNAL,
    cycle="120",
    variants=VARIANTS,
):
    """The plan of a round, with its teams, its phases and its units as annexes."""

    unprinted = (*FieldPlan.unprinted, "declared_units")

    teams: Many[TeamOfRound] = named("各组", "本轮所有巡察组及其被巡察单位", min_length=1)
    units_per_team: Count | None = named("一拖几", "如填写，组数乘以它须等于单位数", default=None, examples=[2])
    declared_units: Count | None = named("单位数", "如填写，须与所列单位数相符", default=None)

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take round, stay and the case's own team; a section that lists teams under 各组 lists them all."""
        team = case.team
        own = TeamOfRound(
            ordinal=team.ordinal,
            leader=team.leader,
            deputies=team.deputies,
            liaison=team.liaison,
            members=team.members,
            units=tuple(unit.public for unit in case.units),
        )
        return {**super().facts(case, said), "title": f"{case.round.name}工作方案", "teams": (own,)}

    @contradictions
    def _nothing_twice(self) -> Iterator[Contradiction]:
        for ordinal in doubled(team.ordinal for team in self.teams):
            yield contradiction(f"各组（teams）里{team_name(ordinal)}写了两次。", field="teams")
        for name in doubled(unit.name for team in self.teams for unit in team.units):
            yield contradiction(f"各组（teams）里“{name}”写了两次，一个单位只能分给一个组。", field="teams")
        for name in doubled(person.name for team in self.teams for person in team.people):
            yield contradiction(
                f"各组（teams）里{name}写了两次，一人只能在一个组任一职；确系同名的，请在姓名后加注区别。",
                field="teams",
            )

    @contradictions
    def _counted(self) -> Iterator[Contradiction]:
        groups, units = len(self.teams), self.unit_count
        if self.declared_units and self.declared_units != units:
            yield contradiction(
                f"单位数（declared_units）写作{self.declared_units}个，但各组共列了{units}个。", field="declared_units"
            )
        if self.units_per_team and self.units_per_team * groups != units:
            yield contradiction(
                f"{groups}个组按“{units_each(self.units_per_team)}”（units_per_team）应有"
                f"{self.units_per_team * groups}个单位，但各组共列了{units}个。",
                field="units_per_team",
            )

    @contradictions
    def _made_before_any_team_enters(self) -> Iterator[Contradiction]:
        for team in self.teams:
            if team.stay and team.stay.start < self.signed <= self.stay.start:
                yield contradiction(
                    f"成文日期（signed）{chinese.written_date(self.signed)}晚于{team.name}的进驻日期"
                    f"{chinese.written_date(team.stay.start)}，方案应在进驻前定稿。",
                    field="signed",
                )

    @property
    def unit_count(self) -> int:
        """How many units the round has."""
        return sum(len(team.units) for team in self.teams)

    @written("分组写法")
    def teams_written(self) -> str:
        """`本轮派出2个巡察组，采取“一拖二”方式，对4个党组织开展常规巡察`."""
        how = f"，采取“{units_each(self.units_per_team)}”方式" if self.units_per_team else ""
        return f"本轮派出{len(self.teams)}个巡察组{how}，对{self.unit_count}个党组织开展{self.round.types_written}"

    @written("各组驻点写法")
    def stays_written(self) -> str:
        """When the teams stay, those that stay at other times by name: `驻点时间为…，其中第四巡察组…`."""
        others = "，".join(f"{team.name}{team.stay.sentence}" for team in self.teams if team.stay)
        return self.stay.sentence + (f"；其中{others}" if others else "")

    @written("被巡察单位名单")
    def rows(self) -> tuple[UnitRow, ...]:
        """Every unit of the round with the team that goes there and when."""
        return tuple(
            UnitRow(unit=unit, team=team.name, days=(team.stay or self.stay).phrase.removeprefix("自").rstrip("，"))
            for team in self.teams
            for unit in team.units
        )

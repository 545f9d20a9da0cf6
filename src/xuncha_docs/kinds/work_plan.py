"""巡察工作方案, the plan of one team: whom it inspects, when and how, who does what.

The round's plan and the year's plan are other layers under the same name; this is the team's, which the liaison
officer drafts and the leader approves.
"""

from __future__ import annotations

from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case, RosterLine, Team
from xuncha_docs.document import Audience, TeamPaper
from xuncha_docs.fields import Many, UnitName
from xuncha_docs.model import named, written
from xuncha_docs.plans import VARIANTS, Duty, FieldPlan, Meeting, Task


class WorkPlan(
    FieldPlan,
    TeamPaper,
    kind="work_plan",
    label="巡察工作方案",
    audience=Audience.INTERNAL,
    cycle="130",
    variants=VARIANTS,
):
    """The plan of a team, with its tables as annexes."""

    team: Team = named("巡察组")
    units: Many[UnitName] = named("被巡察单位", min_length=1, examples=["中共临江县水利局党组"])
    duties: Many[Duty] = named("分工", min_length=1)
    tasks: Many[Task] = named("任务明细", min_length=1)
    meetings: Many[Meeting] = named("会议安排", default=())

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take team, units and stay from the case; the title breaks after the team's name where it is long."""
        units = tuple(unit.public for unit in case.units)
        names = "、".join(unit.short for unit in units) if len(units) < 3 else f"{units[0].short}等{len(units)}个单位"
        head, tail = case.round.team_short(case.team.ordinal), f"巡察{names}工作方案"
        return {
            **super().facts(case, said),
            "title": f"{head}{tail}" if chinese.width(head + tail) <= 20 else f"{head}\n{tail}",
            "team": case.team,
            "units": units,
        }

    @property
    def authors(self) -> tuple[str, ...]:
        """The team."""
        return (self.team_full, self.team_short)

    @property
    def usual_addressee(self) -> str:
        """The team, or the leading group where it is sent up."""
        upward = self.letterhead is not None and self.letterhead.genre.upward
        return super().usual_addressee if upward else self.team_short

    @written("对象")
    def objects(self) -> str:
        """The units by name."""
        return "、".join(unit.extended for unit in self.units)

    @written("成员")
    def roster(self) -> tuple[RosterLine, ...]:
        """Everybody in the team with the post held."""
        return self.team.roster

    @written("人员写法")
    def people_written(self) -> str:
        """The team in one sentence: `组长张某某，副组长李某某，联络员王某某，组员赵某某、钱某某`."""
        return self.team.people

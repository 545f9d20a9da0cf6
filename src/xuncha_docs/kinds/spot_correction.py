"""即知即改记录: small things that were said on the spot, to the unit's liaison, and put right at once.

Only what touches no rule goes here: a breach is for a notice, a matter of discipline for neither. Nobody but this
record tells of these things, so they stand in its section and not among the facts of the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case, Stay
from xuncha_docs.document import Audience, TeamPaper
from xuncha_docs.fields import Day, Line, Many, Person, PersonName, SecrecyMark, UnitName, in_order
from xuncha_docs.matters import Matter
from xuncha_docs.model import Contradiction, Model, contradiction, contradictions, named, written
from xuncha_docs.rectifying import in_column

_BREACH = re.compile("违规|违反|违纪|违法|涉嫌|犯罪|贪污|受贿|行贿|挪用|侵占|问题线索")


class SpotItem(Model):
    """One thing that was put right on the spot."""

    day: Day = named("日期", examples=["2025-07-08"])
    place: Line = named("地点", examples=["县水利局一楼政务公开栏"])
    matter: Line = named("事项", "看到什么，要改什么", examples=["公开栏内值班表未更新"])
    nature: Matter = named("事项性质", "只能是一般问题、群众利益、安全隐患", default=Matter.ORDINARY)
    told_to: Line | None = named(
        "告知对象", "当场告诉谁，不填则是对方联络员", default=None, examples=["县水利局办公室主任"]
    )
    settled: Line = named("处理情况", examples=["当场更换为7月值班表"])
    settled_on: Day | None = named("办结日期", "不填则是当天", default=None, examples=["2025-07-09"])
    member: PersonName = named("组员", "谁发现、谁记录", examples=["赵某某"])

    @contradictions
    def _no_breach(self) -> Iterator[Contradiction]:
        said = _BREACH.search(f"{self.matter}\n{self.settled}")
        if self.nature is Matter.DISCIPLINE or said:
            words = f"写有“{said[0]}”" if said else f"事项性质（nature）是{self.nature}"
            yield contradiction(
                f"“{self.matter[:20]}”{words}，不能用即知即改：明显违规又能马上改的，发立行立改通知书；"
                "违纪违法的，作为问题线索密封移交。",
                field="matter" if said else "nature",
            )

    @contradictions
    def _in_order(self) -> Iterator[Contradiction]:
        yield from in_order(self, "day", "settled_on")

    @written("日期写法")
    def day_written(self) -> str:
        """The day, as it stands in a column."""
        return in_column(self.day)

    @written("办结日期写法")
    def settled_on_written(self) -> str:
        """When it was settled: the same day where no other is said."""
        return in_column(self.settled_on or self.day)


class SpotCorrection(
    TeamPaper,
    kind="spot_correction",
    label="即知即改记录",
    audience=Audience.RESTRICTED,
    cycle="360",
    profile="form",
):
    """The team's record of what one unit put right on the spot."""

    unprinted = ("stay",)

    title: Line = named("标题", default="即知即改记录", examples=["即知即改记录"])
    secrecy: SecrecyMark | None = named("密级", "只从这里取，不自动添加", default=None, examples=["内部"])
    unit: UnitName = named("被巡察单位", "只写一个", examples=["中共临江县水利局党组"])
    counterpart: Person | None = named(
        "对方联络员", "被巡察单位的联络员", default=None, usual=True, examples=["周某某"]
    )
    stay: Stay | None = named("驻点时间", "填写后核对日期是否在驻点期间", default=None)
    items: Many[SpotItem] = named("即知即改事项", "一事一行", min_length=1)
    liaison: Person = named("联络员", "登记的人", examples=["王某某"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take the unit that the section names, or the only one, with its liaison."""
        facts = super().facts(case, said) | {"stay": case.stay, "liaison": case.team.liaison}
        wanted = said.get("unit")
        units = [one for one in case.units if wanted in (one.name, one.short)] if wanted else case.units
        if len(units) == 1:
            said.pop("unit", None)
            facts |= {"unit": units[0].public, "counterpart": units[0].counterpart}
        return facts

    @property
    def dated(self) -> object:
        """The day of the last thing."""
        return max(item.day for item in self.items)

    @contradictions
    def _possible(self) -> Iterator[Contradiction]:
        for item in self.items:
            if self.stay and not self.stay.holds(item.day):
                yield contradiction(
                    f"即知即改事项（items）里{chinese.written_date(item.day)}不在驻点期间"
                    f"（{self.stay.phrase.rstrip('，')}）。",
                    field="items",
                )

    @written("行")
    def rows(self) -> tuple[SpotItem, ...]:
        """The things, with whoever was told where the unit's liaison was."""
        usual = f"对方联络员{self.counterpart.name if self.counterpart else ''}"
        return tuple(item.model_copy(update={"told_to": item.told_to or usual}) for item in self.items)

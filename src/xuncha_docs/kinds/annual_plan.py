"""年度巡察工作计划, the plan of a year: its rounds, whom they inspect, and how far the coverage of the term gets.

The office of the leading group draws it up; the leading group and the committee approve it. Each round's plan
(本轮巡察工作方案) follows from it. It names units by name alone: most are of other rounds than a case's.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case
from xuncha_docs.document import Audience
from xuncha_docs.fields import Count, InspectionType, Line, Many, Name, Ordinal, Span, Year, doubled
from xuncha_docs.model import Contradiction, Model, contradiction, contradictions, named, written
from xuncha_docs.plans import VARIANTS, Plan, Point, units_each


class PlannedRound(Span):
    """One round of the year: when, of which types, and which units."""

    round: Ordinal = named("轮次", "本届第几轮；企业是本年第几轮", examples=[8])
    batch: Ordinal | None = named("批次", default=None)
    types: Many[InspectionType] = named(
        "巡察类型", default=(InspectionType.ROUTINE,), min_length=1, examples=["常规"], usual=True
    )
    subject: Line | None = named("专项主题", "专项巡察针对什么", default=None, examples=["校园餐"])
    groups: Count = named("组数", "派出几个巡察组", examples=[1])
    units_per_team: Count | None = named("一拖几", "如填写，组数乘以它须等于单位数", default=None, examples=[1])
    units: Many[Name] = named("单位", "被巡察党组织的全称", min_length=1, examples=["中共临江县水利局党组"])

    @contradictions
    def _possible(self) -> Iterator[Contradiction]:
        if self.units_per_team and self.units_per_team * self.groups != len(self.units):
            yield contradiction(
                f"{self.name}{self.groups}个组按一拖几（units_per_team）应有{self.units_per_team * self.groups}个单位，"
                f"但列了{len(self.units)}个。",
                field="units_per_team",
            )
        elif self.groups > len(self.units):
            yield contradiction(
                f"{self.name}组数（groups）是{self.groups}，单位只列了{len(self.units)}个，有的组没有单位。",
                field="groups",
            )

    @written("名称")
    def name(self) -> str:
        """`第八轮`, `第二轮第一批`."""
        batch = f"第{chinese.numeral(self.batch)}批" if self.batch else ""
        return f"第{chinese.numeral(self.round)}轮{batch}"

    @written("类型写法")
    def types_written(self) -> str:
        """`常规巡察和巡察“回头看”`."""
        return chinese.listed(kind.phrase(self.subject) for kind in self.types)

    @written("写法")
    def sentence(self) -> str:
        """`第八轮（2025年7月1日至8月29日）派出2个巡察组，对4个党组织开展常规巡察`."""
        how = f"，采取“{units_each(self.units_per_team)}”方式" if self.units_per_team else ""
        return (
            f"{self.name}（{self.phrase}）派出{self.groups}个巡察组{how}，对{len(self.units)}个党组织开展"
            f"{self.types_written}"
        )


class Coverage(Model):
    """How far the inspections of a term get: full coverage within the term is what the rule wants."""

    total: Count = named("应巡察党组织数", "本届任期内应巡察的党组织总数", examples=[96])
    done: Count | None = named("已巡察党组织数", "截至上年底已巡察的；还没有的不填", default=None, examples=[58])

    @contradictions
    def _possible(self) -> Iterator[Contradiction]:
        if self.done and self.done > self.total:
            yield contradiction(
                f"已巡察党组织数（done）{self.done}多于应巡察党组织数（total）{self.total}。", field="done"
            )


class AnnualPlan(
    Plan,
    kind="annual_plan",
    label="年度巡察工作计划",
    audience=Audience.INTERNAL,
    cycle="110",
    variants=VARIANTS,
):
    """The plan of a year, with its rounds as an annexed table."""

    year: Year = named("计划年度", "不填则是巡察轮次的年度", examples=[2025])
    rounds: Many[PlannedRound] = named("轮次安排", min_length=1)
    coverage: Coverage | None = named("覆盖", default=None, usual=True)
    measures: Many[Point] = named("工作措施", default=(), usual=True)
    requirements: Many[Line] = named("工作要求", min_length=1, examples=["压实责任，按计划组织实施，确保质量。"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take committee and year from the case, whose round is one of those of the year."""
        year = said.get("year", case.round.year)
        title = {"title": f"{case.round.committee_self}{year}年度巡察工作计划"} if year else {}
        known = {"year": case.round.year} if case.round.year else {}
        return {**super().facts(case, said), "round": case.round, **known, **title}

    @contradictions
    def _in_their_year(self) -> Iterator[Contradiction]:
        for planned in self.rounds:
            if planned.start.year != self.year:
                yield contradiction(
                    f"轮次安排（rounds）里{planned.name}从{chinese.written_date(planned.start)}开始，不在{self.year}年。",
                    field="rounds",
                )
        for one, following in pairwise(self.rounds):
            if following.start < one.start:
                yield contradiction(
                    f"轮次安排（rounds）里{following.name}早于{one.name}，请按先后填写。", field="rounds"
                )
        if self.signed > self.rounds[-1].end:
            yield contradiction(
                f"成文日期（signed）{chinese.written_date(self.signed)}晚于最后一轮结束的日期，计划应在实施前定稿。",
                field="signed",
            )

    @contradictions
    def _each_once(self) -> Iterator[Contradiction]:
        for name in doubled(planned.name for planned in self.rounds):
            yield contradiction(f"轮次安排（rounds）里{name}写了两次。", field="rounds")
        for name in doubled(name for planned in self.rounds if not _looks_back(planned) for name in planned.units):
            yield contradiction(
                f"轮次安排（rounds）里“{name}”写了两次，一个单位一年只安排一次，“回头看”除外。", field="rounds"
            )

    @contradictions
    def _covers_no_more_than_there_is(self) -> Iterator[Contradiction]:
        done = (self.coverage.done or 0) if self.coverage else 0
        if self.coverage and done <= self.coverage.total < done + self.newly:
            yield contradiction(
                f"覆盖（coverage）：已巡察{done}个，今年安排{self.newly}个，合计多于应巡察的{self.coverage.total}个。",
                field="coverage",
            )

    @property
    def newly(self) -> int:
        """How many units are inspected for the first time in the term: those of all rounds that don't look back."""
        return len({name for planned in self.rounds if not _looks_back(planned) for name in planned.units})

    @written("总量写法")
    def amount(self) -> str:
        """`2025年安排2轮巡察，共巡察10个党组织`."""
        units = len({name for planned in self.rounds for name in planned.units})
        return f"{self.year}年安排{len(self.rounds)}轮巡察，共巡察{units}个党组织"

    @written("覆盖写法")
    def coverage_written(self) -> str:
        """How far the term's coverage gets by the end of the year; empty where nothing is said of it."""
        if self.coverage is None:
            return ""
        before, total = self.coverage.done or 0, self.coverage.total
        so_far = f"截至{self.year - 1}年底已巡察{before}个，" if before else ""
        done = before + self.newly
        return (
            f"本届任期内应巡察党组织{total}个，{so_far}今年计划完成后累计巡察{done}个，覆盖率为{_percent(done, total)}"
        )


def _looks_back(planned: PlannedRound) -> bool:
    """Whether a round goes to units again: then they are no new ones."""
    return InspectionType.LOOK_BACK in planned.types


def _percent(part: int, whole: int) -> str:
    """Write a share with one place after the point, none where it is whole: `72.9%`, `75%`."""
    return f"{part / whole * 100:.1f}".removesuffix(".0") + "%"

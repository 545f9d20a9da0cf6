"""工作动态: how the work goes, told to the office of the leading group every week or so; never what was found.

Numbers of interviews, files, letters, visits and problems stand in it; the problems themselves go another way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case
from xuncha_docs.document import Audience
from xuncha_docs.fields import Count, Day, Line, Many, Paragraphs, SecrecyMark, Span, Tally, UnitName, doubled
from xuncha_docs.model import Choice, Contradiction, Model, contradiction, contradictions, named, written
from xuncha_docs.records import Record, numbered


class Counted(Choice):
    """What a bulletin counts."""

    INTERVIEWS = "个别谈话"
    FILES = "查阅资料"
    LETTERS = "受理信访"
    VISITS = "下沉走访"
    PROBLEMS = "发现问题"

    @classmethod
    def also(cls) -> dict[str, str]:
        """Read the single words too."""
        return {
            "谈话": "个别谈话",
            "查阅": "查阅资料",
            "调阅资料": "查阅资料",
            "信访": "受理信访",
            "走访": "下沉走访",
            "问题": "发现问题",
        }


_MEASURES = {
    Counted.INTERVIEWS: "人次",
    Counted.FILES: "份",
    Counted.LETTERS: "件次",
    Counted.VISITS: "次",
    Counted.PROBLEMS: "个",
}


class Figure(Model):
    """How many of one thing there were, in the days that the bulletin tells of and altogether."""

    item: Counted = named("项目", examples=["个别谈话"])
    count: Tally = named("本期", "没有的写0", examples=[12])
    total: Tally | None = named("累计", "从进驻起；第一期可以不填", default=None, examples=[12], usual=True)

    @contradictions
    def _adds_up(self) -> Iterator[Contradiction]:
        if self.total is not None and self.total < self.count:
            yield contradiction(
                f"{self.item}累计（total）{self.total}少于本期（count）{self.count}，请核对。", field="total"
            )

    @written("单位")
    def measure(self) -> str:
        """`人次`."""
        return _MEASURES[self.item]

    @written("累计写法")
    def total_written(self) -> str:
        """The total; a dash where it is not given."""
        return "—" if self.total is None else str(self.total)


class BulletinChapter(Model):
    """One of the later chapters, with its heading."""

    heading: Line = named("标题", examples=["三、主要做法"])
    paragraphs: Many[Line] = named("段落")


class WorkBulletin(Record, kind="work_bulletin", label="工作动态", audience=Audience.INTERNAL, cycle="340"):
    """One issue: how far the work has come, in figures, without a word of what was found."""

    name: Line = named("名称", default="工作动态", examples=["工作动态"])
    issue: Count = named("期号", examples=[1])
    total_issue: Count | None = named("总期号", "各轮连续编号的填写", default=None, examples=[15])
    secrecy: SecrecyMark | None = named("密级", "只从这里取，不自动添加", default=None, examples=["内部"])
    to: Line = named("主送", "不填则是巡察办", examples=["县委巡察办"])
    units: Many[UnitName] = named("被巡察单位", min_length=1, examples=["中共临江县水利局党组"])
    period: Span | None = named("本期时段", default=None, usual=True)
    progress: Paragraphs = named(
        "进展", "做了什么，不写问题的内容", examples=["召开动员会，完成民主测评，开展第一批个别谈话。"]
    )
    figures: Many[Figure] = named("数据", min_length=1)
    practices: Paragraphs | None = named("做法", default=None, examples=["谈话前统一提纲，当天整理记录。"])
    difficulties: Paragraphs | None = named("困难", "需要协调的事", default=None, examples=["部分项目档案分散。"])
    coming: Many[Line] = named("下周", "下周安排", min_length=1, examples=["走访两个基层站所"])
    signed: Day = named("成文日期", examples=["2025-07-04"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take team and units from the case; it goes to the office of the leading group."""
        units = tuple(unit.public for unit in case.units)
        return {**super().facts(case, said), "units": units, "to": case.round.office_short}

    @contradictions
    def _numbered(self) -> Iterator[Contradiction]:
        if self.total_issue and self.total_issue < self.issue:
            yield contradiction(
                f"总期号（total_issue）{self.total_issue}小于期号（issue）{self.issue}，请核对。", field="total_issue"
            )
        for item in doubled(figure.item for figure in self.figures):
            yield contradiction(f"数据（figures）里“{item}”写了两次。", field="figures")
        if self.period and self.signed < self.period.start:
            yield contradiction(
                f"成文日期（signed）{chinese.written_date(self.signed)}早于本期时段（period）的开始日期"
                f"{chinese.written_date(self.period.start)}。",
                field="signed",
            )

    @written("期号写法")
    def issue_written(self) -> str:
        """`第1期（总第15期）`."""
        total = f"（总第{self.total_issue}期）" if self.total_issue else ""
        return f"第{self.issue}期{total}"

    @written("单位写法")
    def units_written(self) -> str:
        """One or two units by their short names; more as `县水利局党组等3个单位党组织`."""
        names = [unit.short for unit in self.units]
        return "、".join(names) if len(names) < 3 else f"{names[0]}等{len(names)}个单位党组织"

    @written("导语")
    def opening(self) -> str:
        """Where the team is and which days this is about."""
        days = f"{self.period.phrase}，" if self.period else ""
        return f"{days}{self.team_short}在{self.units_written}开展{self.round.types_written}，工作情况如下。"

    @written("其余各章")
    def chapters(self) -> tuple[BulletinChapter, ...]:
        """The chapters after the figures that have something to say, with their numbers."""
        said = (
            ("主要做法", self.practices),
            ("困难和需要协调的事项", self.difficulties),
            ("下周安排", numbered([f"{text.rstrip('。')}。" for text in self.coming], 2)),
        )
        given = [(heading, paragraphs) for heading, paragraphs in said if paragraphs]
        return tuple(
            BulletinChapter(heading=f"{chinese.heading_number(1, n)}{heading}", paragraphs=paragraphs)
            for n, (heading, paragraphs) in enumerate(given, 3)
        )

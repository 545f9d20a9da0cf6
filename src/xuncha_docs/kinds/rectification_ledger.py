"""立行立改台账: every matter with how far it has got by a day, and the working days that are left or overdue.

Nobody types a row: all derive from the matters of the case. The day is given, never the clock's; what happened after it
is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case, OfficeDays
from xuncha_docs.document import Audience, TeamPaper
from xuncha_docs.fields import Day, Line, Many, Number, Person, SecrecyMark, UnitName
from xuncha_docs.matters import Rectification, Verdict
from xuncha_docs.model import Contradiction, Model, contradiction, contradictions, named, written
from xuncha_docs.rectifying import in_column
from xuncha_docs.workdays import WorkCalendar


class LedgerRow(Model):
    """One matter as it stood at the end of the day; None is what had not happened."""

    number: Number = named("编号")
    summary: Line = named("问题摘要")
    source: Line = named("来源类别")
    unit: Line = named("责任单位")
    found: Day = named("发现日期")
    issued: Day | None = named("通知日期", default=None)
    deadline: Day = named("时限")
    reported: Day | None = named("报告日期", default=None)
    verdict: Verdict | None = named("核查结论", default=None)
    closed: Day | None = named("销号日期", default=None)
    in_report: bool | None = named("是否写入报告", default=None)
    state: Line = named("状态")
    overdue: bool = named("逾期", default=False)
    remark: Line | None = named("备注", default=None)

    @written("发现日期写法")
    def found_written(self) -> str:
        """The day, as it stands in a column."""
        return in_column(self.found)

    @written("通知日期写法")
    def issued_written(self) -> str:
        """The day, as it stands in a column; empty where there is none."""
        return in_column(self.issued)

    @written("时限写法")
    def deadline_written(self) -> str:
        """The day, as it stands in a column."""
        return in_column(self.deadline)

    @written("报告日期写法")
    def reported_written(self) -> str:
        """The day, as it stands in a column; empty where there is none."""
        return in_column(self.reported)

    @written("写入报告写法")
    def in_report_written(self) -> str:
        """Whether it goes into the report; empty where that is not settled."""
        return {True: "是", False: "否", None: ""}[self.in_report]

    @written("销号日期写法")
    def closed_written(self) -> str:
        """The day, as it stands in a column; empty where there is none."""
        return in_column(self.closed)


class RectificationLedger(
    TeamPaper,
    kind="rectification_ledger",
    label="立行立改台账",
    audience=Audience.RESTRICTED,
    cycle="385",
    profile="form",
):
    """The liaison's ledger of all matters of an inspection."""

    title: Line = named("标题", default="立行立改台账", examples=["立行立改台账"])
    secrecy: SecrecyMark | None = named("密级", "只从这里取，不自动添加", default=None, examples=["内部"])
    as_of: Day = named("截至日期", "台账反映到哪一天，之后的事不算", examples=["2025-07-31"])
    items: Many[Rectification] = named("立行立改事项", min_length=1)
    unit: UnitName | None = named(
        "被巡察单位", "事项没有写主送的，责任单位是它", default=None, examples=["中共临江县水利局党组"], usual=True
    )
    calendar: OfficeDays = named("工作日历", default=OfficeDays())
    liaison: Person = named("联络员", "登记台账的人", examples=["王某某"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take everything but the day from the case."""
        facts = super().facts(case, said) | {"calendar": case.policy.calendar, "liaison": case.team.liaison}
        only = {"unit": case.units[0].public} if len(case.units) == 1 else {}
        return facts | only | ({"items": case.rectifications} if case.rectifications else {})

    @property
    def dated(self) -> object:
        """The day as of which it tells."""
        return self.as_of

    @contradictions
    def _somebody_is_responsible(self) -> Iterator[Contradiction]:
        for item in self.items:
            if not (item.to or self.unit):
                yield contradiction(f"{item.number}没有写主送（to），被巡察单位有几个的，每件都要写。", field="items")

    @contradictions
    def _there_is_something_to_tell(self) -> Iterator[Contradiction]:
        if not self._known:
            yield contradiction(
                f"到截至日期（as_of）{chinese.written_date(self.as_of)}，一件也没有发现，台账是空的。", field="as_of"
            )

    @contradictions
    def _days_can_be_counted(self) -> Iterator[Contradiction]:
        needed = {year for item in self._known if not _is_settled(item) for year in _years(item.deadline, self.as_of)}
        if beyond := sorted(needed - self.calendar.workdays.years):
            which = "、".join(f"{year}年" for year in beyond)
            yield contradiction(
                f"工作日历里没有{which}，算不出截至日期（as_of）距整改时限（deadline）几个工作日；"
                "请在政策口径.工作日历（policy.calendar）里写全放假和调休，并写覆盖年度（years）。",
                field="as_of",
            )

    @property
    def _known(self) -> tuple[Rectification, ...]:
        """The matters that had been found by the day, as they were then."""
        return tuple(item.as_of(self.as_of) for item in self.items if item.found.day <= self.as_of)

    @written("行")
    def rows(self) -> tuple[LedgerRow, ...]:
        """One row for each matter found by then, in the order of the case."""
        return tuple(map(self._row, self._known))

    def _row(self, item: Rectification) -> LedgerRow:
        unit = item.to or self.unit
        return LedgerRow(
            number=item.number,
            summary=item.problem.summary,
            source=item.found.source,
            unit=unit.short if unit else "",
            found=item.found.day,
            issued=item.issued,
            deadline=item.deadline,
            reported=item.outcome.reported if item.outcome else None,
            verdict=item.verification.verdict if item.verification else None,
            closed=item.closed,
            in_report=item.in_report,
            state=_state(item, self.as_of, self.calendar.workdays),
            overdue=_is_overdue(item, self.as_of),
            remark=item.remark,
        )

    @written("小结")
    def summary(self) -> str:
        """How many there are, closed, open, and overdue, by the day."""
        rows = self.rows
        closed, overdue = sum(row.closed is not None for row in rows), sum(row.overdue for row in rows)
        late = f"，其中逾期{overdue}件" if overdue else ""
        rest = f"，未销号{len(rows) - closed}件{late}" if closed < len(rows) else ""
        return f"截至{chinese.written_date(self.as_of)}，共登记{len(rows)}件，已销号{closed}件{rest}。"


def _is_settled(item: Rectification) -> bool:
    """Whether nothing is awaited from the unit: it has reported, and the team has not found anything lacking."""
    return item.outcome is not None and (item.verification is None or item.verification.verdict is Verdict.DONE)


def _is_overdue(item: Rectification, day: date) -> bool:
    return not _is_settled(item) and day > item.deadline


def _years(one: date, other: date) -> range:
    """Return the years from one day to another, whichever is earlier."""
    return range(min(one, other).year, max(one, other).year + 1)


def _standing(item: Rectification, day: date, calendar: WorkCalendar) -> str:
    """Say how many working days are left to the deadline, or have gone by since; the day it is told is not counted."""
    if day == item.deadline:
        return "今天到期"
    if day < item.deadline:
        return f"未到期（还有{calendar.count(day + timedelta(1), item.deadline)}个工作日）"
    gone = calendar.count(item.deadline + timedelta(1), day)
    return f"逾期{gone}个工作日" if gone else "已到期（不足1个工作日）"


def _state(item: Rectification, day: date, calendar: WorkCalendar) -> str:
    """Say in a word how far a matter has got."""
    if item.closed:
        return "已销号"
    if _is_settled(item):
        return "已核查待销号" if item.verification else "已报告待核查"
    standing = _standing(item, day, calendar)
    if item.verification:
        return f"{item.verification.verdict}，{standing}"
    return standing if item.issued else f"尚未通知，{standing}"

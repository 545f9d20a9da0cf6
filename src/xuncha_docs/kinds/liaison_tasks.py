"""联络任务明细: what the liaison officer sees to, within the team and with others, before it is done.

It is drawn up before entry and approved by the leader; the last column is filled in as the work goes on.
"""

from __future__ import annotations

from collections.abc import Iterator

from xuncha_docs import chinese
from xuncha_docs.document import Audience
from xuncha_docs.fields import Day, Line, Many, Title, doubled
from xuncha_docs.model import Contradiction, Model, contradiction, contradictions, named, written
from xuncha_docs.plans import Side, Task
from xuncha_docs.records import OnSite


class LiaisonTask(Task):
    """One row: a task of the plan's sort, with the day on which it was done."""

    done: Day | None = named("完成日期", "办完再填；空着的打印后手填", default=None, examples=["2025-06-27"])

    @written("完成写法")
    def done_written(self) -> str:
        """When it was done and what is to be said of that; empty while it is not done."""
        day = chinese.written_date(self.done) if self.done else ""
        return "，".join(said for said in (day, self.status) if said)


class TaskGroup(Model):
    """The tasks of one side, under a heading of their own."""

    heading: Line = named("标题", examples=["一、对内任务"])
    tasks: Many[LiaisonTask] = named("任务明细")


class LiaisonTasks(
    OnSite, kind="liaison_tasks", label="联络任务明细", audience=Audience.INTERNAL, profile="form", cycle="140"
):
    """The tasks of a liaison officer, those within the team first, with the leader's approval."""

    title: Title = named("标题", default="联络工作任务明细表", examples=["联络工作任务明细表"])
    tasks: Many[LiaisonTask] = named("任务明细", min_length=1)
    opinion: Line | None = named("审批意见", "组长的意见；空着的打印后手签", default=None, examples=["同意"])
    approved: Day | None = named("审批日期", default=None, examples=["2025-06-25"])
    signed: Day = named("成文日期", examples=["2025-06-24"])

    @contradictions
    def _approved_after_it_is_made(self) -> Iterator[Contradiction]:
        if self.approved and self.approved < self.signed:
            yield contradiction(
                f"审批日期（approved）{chinese.written_date(self.approved)}"
                f"早于成文日期（signed）{chinese.written_date(self.signed)}。",
                field="approved",
            )
        if self.approved and not self.opinion:
            yield contradiction("填了审批日期（approved）就要填审批意见（opinion）。", field="opinion")

    @contradictions
    def _each_once(self) -> Iterator[Contradiction]:
        for side, task, owner in doubled((task.side, task.task, task.owner) for task in self.tasks):
            yield contradiction(f"任务明细（tasks）里{side}任务“{task}”（{owner}）写了两次。", field="tasks")

    @written("任务分组")
    def groups(self) -> tuple[TaskGroup, ...]:
        """The tasks of each side that has some, in the order of their days."""
        sides = ((side, [task for task in self.tasks if task.side == side]) for side in Side)
        given = [(side, sorted(tasks, key=lambda task: task.due)) for side, tasks in sides if tasks]
        return tuple(
            TaskGroup(heading=f"{chinese.heading_number(1, n)}{side}任务", tasks=tuple(tasks))
            for n, (side, tasks) in enumerate(given, 1)
        )

    @written("审批写法")
    def approval_written(self) -> str:
        """`同意。张某某，2025年6月25日`; empty while the leader has not said."""
        if not self.opinion:
            return ""
        day = f"，{chinese.written_date(self.approved)}" if self.approved else ""
        return f"{self.opinion.rstrip('。')}。{self.team.leader.name}{day}"

"""工作日志: what the team did, day by day; closed and signed every evening (日清日结).

One paper holds all days of the stay so far. Problems stand in it by number, secret matters by the number of their file,
and who reported something not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.document import Audience
from xuncha_docs.fields import Day, Line, Many, Number, PersonName, Title, doubled
from xuncha_docs.model import Contradiction, Model, contradiction, contradictions, named, written
from xuncha_docs.records import OnSite, ProblemNumber, numbered


class LogDay(Model):
    """One day of the log."""

    day: Day = named("日期", examples=["2025-07-01"])
    on_duty: Many[PersonName] = named("值班人员", min_length=1, examples=["王某某"])
    done: Many[Line] = named("工作情况", min_length=1, examples=["召开巡察工作动员会，张贴公告，设置意见箱"])
    problems: Many[ProblemNumber] = named("发现问题", "只写编号，不写内容", default=(), examples=["Q1"], usual=True)
    instructions: Many[Line] = named(
        "领导指示", "谁作的、要做什么", default=(), examples=["组长要求7月4日前排出谈话计划"], usual=True
    )
    notices: Many[Number] = named(
        "电话通知", "电话通知记录的编号", default=(), examples=["临委巡三组电〔2025〕1号"], usual=True
    )
    secret: Many[Number] = named(
        "涉密事项", "只写文件的编号，不写标题和内容", default=(), examples=["临委密〔2025〕3号"]
    )
    safety: Line | None = named("安全考勤", default=None, examples=["全员在岗，车辆、用电无异常"])
    tomorrow: Many[Line] = named("次日安排", default=(), examples=["与班子成员谈话"], usual=True)
    recorder: PersonName | None = named("记录人", "不填则是联络员", default=None, examples=["赵某某"])

    @written("星期")
    def weekday(self) -> str:
        """`星期二`."""
        return f"星期{'一二三四五六日'[self.day.weekday()]}"

    @written("逐项工作")
    def done_written(self) -> tuple[str, ...]:
        """What was done, numbered where there are several things."""
        return _listed(self.done)

    @written("逐项指示")
    def instructions_written(self) -> tuple[str, ...]:
        """What was instructed, or 无."""
        return _listed(self.instructions)

    @written("逐项安排")
    def tomorrow_written(self) -> tuple[str, ...]:
        """What is to be done the next day, or 无."""
        return _listed(self.tomorrow)

    @written("问题写法")
    def problems_written(self) -> str:
        """`Q1、Q2`, or 无."""
        return "、".join(self.problems) or "无"

    @written("通知写法")
    def notices_written(self) -> str:
        """The numbers of the telephone notes, or 无."""
        return "、".join(map(str, self.notices)) or "无"

    @written("涉密写法")
    def secret_written(self) -> str:
        """The numbers of the secret papers that were handled, or 无."""
        return "、".join(map(str, self.secret)) or "无"


class WorkLog(OnSite, kind="work_log", label="工作日志", audience=Audience.RESTRICTED, profile="form", cycle="310"):
    """The log of a team, a form for each day."""

    title: Title = named("标题", default="工作日志", examples=["工作日志"])
    entries: Many[LogDay] = named("每日记录", "一天一项", min_length=1)

    @contradictions
    def _each_day_once_and_within_the_stay(self) -> Iterator[Contradiction]:
        for day in doubled(entry.day for entry in self.entries):
            yield contradiction(
                f"每日记录（entries）里{chinese.written_date(day)}写了两次，一天只记一项。", field="entries"
            )
        for entry in self.entries:
            if entry.day < self.stay.start or (self.stay.end and entry.day > self.stay.end):
                yield contradiction(
                    f"每日记录（entries）里{chinese.written_date(entry.day)}不在驻点期间"
                    f"（{self.stay.phrase.rstrip('，')}）。",
                    field="entries",
                )

    @contradictions
    def _one_person_once_a_day(self) -> Iterator[Contradiction]:
        for entry in self.entries:
            for name in doubled(entry.on_duty):
                yield contradiction(
                    f"每日记录（entries）里{chinese.written_date(entry.day)}的值班人员（on_duty）{name}写了两次。",
                    field="entries",
                )

    @property
    def dated(self) -> Any:
        """The last day that it tells of."""
        return max((entry.day for entry in self.entries), default=None)

    @written("逐日")
    def days(self) -> tuple[LogDay, ...]:
        """The days in their order, each with who wrote it down."""
        liaison = self.team.liaison.name
        signed = (entry.model_copy(update={"recorder": entry.recorder or liaison}) for entry in self.entries)
        return tuple(sorted(signed, key=lambda entry: entry.day))

    @written("人员写法")
    def people_written(self) -> str:
        """The team in one sentence: `组长张某某，副组长李某某，联络员王某某，组员赵某某、钱某某`."""
        return self.team.people


def _listed(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Number texts by （1）: many begin with an hour, and `1.9:00` would be read as another. None is 无."""
    return numbered(texts, 4) or ("无",)

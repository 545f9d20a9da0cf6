"""电话通知记录: a notice that came by telephone, and what became of it.

It goes from the office of the leading group to the liaison officer, to the leader, to the members, and what was done is
told in a 工作动态. Nothing secret is said on an ordinary telephone, so nothing secret is written down here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case
from xuncha_docs.document import Audience
from xuncha_docs.fields import (
    Count,
    Line,
    Many,
    Moment,
    Number,
    Paragraphs,
    PersonName,
    PhoneNumber,
    Title,
    YesNo,
    as_day,
    in_order,
)
from xuncha_docs.model import Contradiction, contradiction, contradictions, named, written
from xuncha_docs.records import Record


class PhoneNote(
    Record, kind="phone_note", label="电话通知记录", audience=Audience.RESTRICTED, profile="form", cycle="320"
):
    """One call: who rang, what was to be passed on, to whom it was, what the leader said, when it was done."""

    title: Title = named("标题", default="电话通知记录", examples=["电话通知记录"])
    number: Number = named("编号", "本组自编，按年编号，不编虚位", examples=["临委巡三组电〔2025〕1号"])
    at: Moment = named("来电时间", "写到几时几分", examples=["2025年7月3日 10:20"])
    caller_unit: Line = named("来电单位", examples=["县委巡察办"])
    caller_name: PersonName | None = named("来电人", default=None, examples=["杨某某"], usual=True)
    caller_phone: PhoneNumber | None = named("来电号码", default=None, examples=["0600-8000031"])
    receiver: PersonName = named("接听人", "不填则是联络员", examples=["王某某"])
    content: Paragraphs = named("通知内容", "照原话记，不写涉密内容", examples=["7月10日前报送第一周工作动态。"])
    classified: YesNo = named("涉密", "只能是否：涉密事项不在电话里通知，也不记在这里", default=False)
    passed_to: Many[Line] = named("转告", "转给了谁", default=(), examples=["组长张某某"], usual=True)
    opinion: Line | None = named(
        "组长意见", "空着的打印后手签", default=None, examples=["请王某某按期报送"], usual=True
    )
    outcome: Line | None = named("办理情况", default=None, examples=["已起草并报送"])
    done_at: Moment | None = named("办结时间", default=None, examples=["2025年7月10日 16:30"], usual=True)
    reported_in: Count | None = named("工作动态期号", "办理结果编入第几期工作动态", default=None, examples=[1])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take team and round from the case; the liaison answers the telephone."""
        return {**super().facts(case, said), "receiver": case.team.liaison.name}

    @property
    def dated(self) -> Any:
        """The day on which it rang."""
        return as_day(self.at)

    @contradictions
    def _nothing_secret(self) -> Iterator[Contradiction]:
        if self.classified:
            yield contradiction(
                "涉密（classified）填了“是”：涉密事项不能用普通电话通知，请按保密规定办理，不在这里记录。",
                field="classified",
            )

    @contradictions
    def _in_order(self) -> Iterator[Contradiction]:
        if type(self.at) is date:
            yield contradiction("来电时间（at）只写了日期，请写到几时几分，如 2025年7月3日 10:20。", field="at")
        yield from in_order(self, "at", "done_at")
        both = isinstance(self.at, datetime) and isinstance(self.done_at, datetime)
        if both and self.done_at < self.at and self.done_at.date() == self.at.date():  # type: ignore[union-attr, operator, attr-defined]
            yield contradiction(
                f"办结时间（done_at）{chinese.written_moment(self.done_at)}"  # type: ignore[arg-type]
                f"早于来电时间（at）{chinese.written_moment(self.at)}，请核对。",
                field="done_at",
            )
        if self.number.year != self.at.year:
            yield contradiction(
                f"编号（number）{self.number}的年份与来电时间（at）{self.at.year}年不符。", field="number"
            )
        if self.reported_in and not (self.outcome or self.done_at):
            yield contradiction(
                "填了工作动态期号（reported_in），就要填办理情况（outcome）或办结时间（done_at）。", field="outcome"
            )

    @written("转告写法")
    def passed_to_written(self) -> str:
        """Whom it was passed on to; empty while it was not."""
        return "、".join(self.passed_to)

    @written("办理写法")
    def outcome_written(self) -> str:
        """What was done and when, and which 工作动态 tells of it; empty while nothing was done."""
        issue = f"编入《工作动态》第{self.reported_in}期" if self.reported_in else ""
        done = f"{chinese.written_moment(self.done_at)}办结" if self.done_at else ""
        said = "，".join(x for x in ((self.outcome or "").rstrip("。"), done, issue) if x)
        return f"{said}。" if said else ""

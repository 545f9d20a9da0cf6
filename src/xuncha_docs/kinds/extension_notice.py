"""延期公告: tells the public that complaints are taken longer, or that the team stays longer, than 巡察公告 said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case
from xuncha_docs.document import Audience
from xuncha_docs.fields import Day, Line, Moment, Title
from xuncha_docs.model import Contradiction, contradiction, contradictions, named, written
from xuncha_docs.notices import Amendment


class ExtensionNotice(Amendment, kind="extension_notice", label="延期公告", audience=Audience.PUBLIC, cycle="350"):
    """The notice by which a date of 巡察公告 is put off; all else stays as it was."""

    title: Title = named("标题", "一般不写日期", default="巡察延期公告", examples=["巡察延期公告"])
    new_close: Moment | None = named(
        "新受理截止", "受理信访延长到什么时候", default=None, examples=["2025年8月26日 18:00"], usual=True
    )
    new_end: Day | None = named("新撤离日期", "驻点延长到哪一天", default=None, examples=["2025-09-05"])
    reason: Line | None = named("延期原因", "接在“因”后面", default=None, examples=["工作需要"])
    signed: Day = named("成文日期", examples=["2025-08-18"])

    @classmethod
    def implied(cls, case: Case) -> tuple[Mapping[str, Any], ...]:
        """Return nothing: that a date is put off stands in no case."""
        return ()

    @contradictions
    def _later(self) -> Iterator[Contradiction]:
        if not (self.new_close or self.new_end):
            yield contradiction("新受理截止（new_close）和新撤离日期（new_end）至少填一项。", field="new_close")
        for name, old_name, old in (
            ("new_close", "受理截止（stay.complaints_close）", self.stay.complaints_close),
            ("new_end", "撤离日期（stay.end）", self.stay.end),
        ):
            new, title = getattr(self, name), type(self).model_fields[name].title
            if new and old is None:
                yield contradiction(f"填了{title}（{name}），就要在驻点时间里填原来的{old_name}。", field=name)
            elif new and old and _last(new) <= _last(old):
                yield contradiction(
                    f"{title}（{name}）{chinese.written_moment(new)}不晚于原来的"
                    f"{old_name}{chinese.written_moment(old)}，不是延期。",
                    field=name,
                )
        if self.signed < self.notice.signed:
            yield contradiction(
                f"成文日期（signed）{chinese.written_date(self.signed)}早于"
                f"原公告（notice）的成文日期{chinese.written_date(self.notice.signed)}。",
                field="signed",
            )

    @property
    def close(self) -> date | None:
        """Until when complaints are taken now."""
        return self.new_close or self.stay.complaints_close

    @property
    def end(self) -> date | None:
        """When the team leaves now."""
        return self.new_end or self.stay.end

    @written("改动写法")
    def changes(self) -> tuple[str, ...]:
        """What is put off, from when to when: a stretch of a sentence for each."""
        return tuple(
            f"{what}由{chinese.written_moment(old)}延长至{chinese.written_moment(new)}"
            for what, old, new in (
                ("驻点时间", self.stay.end, self.new_end),
                ("受理信访时间", self.stay.complaints_close, self.new_close),
            )
            if old and new
        )

    @written("改动句")
    def changed(self) -> str:
        """The changes in one sentence."""
        return "，".join(self.changes)

    @property
    def texts(self) -> Mapping[str, str]:
        """The short message."""
        title = self.notice.title.replace("\n", "")
        return {"短信": f"{self.inspectors}巡察{self.objects}，{self.changed}，其他事项仍按《{title}》执行。"}


def _last(moment: date) -> datetime:
    """Return the last instant that a day, or a day with its time, stands for."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.max)

"""意见箱与公告张贴点记录: where the boxes stand and the notices hang, who looked after them, and what became of them.

Where notices hang is a record, not a sentence: counties have written to units because a box stood under a camera or a
notice was not to be seen. Who put a letter into a box is written nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from xuncha_docs import chinese
from xuncha_docs.case import Case, Stay
from xuncha_docs.document import Audience, TeamPaper
from xuncha_docs.fields import (
    Box,
    Count,
    Day,
    Line,
    Many,
    Moment,
    PersonName,
    Title,
    UnitName,
    YesNo,
    as_day,
    doubled,
    in_order,
)
from xuncha_docs.model import Contradiction, Model, contradiction, contradictions, field_of, named, written


class Opening(Model):
    """That a box was opened, by two persons at least."""

    at: Moment = named("开箱时间", examples=["2025年7月11日 17:30"])
    by: Many[PersonName] = named("开箱人", "至少两人", min_length=1, examples=[["王某某", "赵某某"]])
    letters: Count | None = named("信件", "取出几件，没有信件不填；不写是谁的", default=None, examples=[2])

    @contradictions
    def _by_two(self) -> Iterator[Contradiction]:
        if len(set(self.by)) < 2:
            yield contradiction("开箱人（by）应当至少两人同时在场。", field="by")


class Posting(Model):
    """What is recorded of a box and of a notice alike."""

    posted: Day | None = named("设置日期", "还没有设置的不填", default=None, examples=["2025-06-30"], usual=True)
    posted_by: PersonName | None = named("经办人", default=None, examples=["王某某"], usual=True)
    photo: Line | None = named("照片编号", "照片另存，不印在表里", default=None, examples=["照片3"])
    checked: Many[Day] = named("检查日期", "到现场看过完好的日期", default=(), examples=["2025-07-18"], usual=True)
    removed: Day | None = named("撤除日期", "还没有撤除的不填", default=None, examples=["2025-08-29"])

    @contradictions
    def _one_after_another(self) -> Iterator[Contradiction]:
        yield from in_order(self, "posted", "removed")
        if self.posted is None and (self.checked or self.removed):
            yield contradiction("还没有设置日期（posted），就写了检查或撤除的日期。", field="posted")
        for day in self.checked:
            if (self.posted and day < self.posted) or (self.removed and day > self.removed):
                yield contradiction(
                    f"检查日期（checked）{chinese.written_date(day)}不在设置和撤除的日期之间。", field="checked"
                )

    @written("检查写法")
    def checked_written(self) -> str:
        """The days on which it was looked at: `7月11日、7月18日`; the year is said where it is another."""
        year = f"{self.posted.year}年" if self.posted else ""
        return "、".join(chinese.written_date(day).removeprefix(year) for day in self.checked)


class BoxRecord(Posting):
    """A box; a bare place will do, which the case knows more of."""

    short_form = True

    box: Box = named("意见箱", "位置；案卷里有的，写同样的位置就行", examples=["县水利局办公楼一楼大厅"])
    opened: Many[Opening] = named("开箱", default=())

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare place."""
        return {"box": text}

    @contradictions
    def _opened_while_it_hung(self) -> Iterator[Contradiction]:
        for opening in self.opened:
            if self.posted is None or as_day(opening.at) < self.posted:
                said = (
                    f"早于设置日期（posted）{chinese.written_date(self.posted)}" if self.posted else "，却没有设置日期"
                )
                yield contradiction(
                    f"开箱时间（opened.at）{chinese.written_moment(opening.at)}{said}。", field="opened"
                )


class NoticePlace(Posting):
    """A place where the announcement hangs; a bare place will do."""

    short_form = True

    unit: Line | None = named("单位", "张贴在哪个单位、哪个村", default=None, examples=["县水利局"], usual=True)
    place: Line = named("位置", examples=["办公楼门口公开栏"])
    in_view: YesNo | None = named("在监控范围内", "不填表示未核实", default=None, examples=["否"])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare place."""
        return {"place": text}

    @written("写法")
    def phrase(self) -> str:
        """The unit and the place, the unit once."""
        return self.place if not self.unit or self.place.startswith(self.unit) else f"{self.unit}{self.place}"


class Place(Model):
    """One row of the table of places."""

    sort: str = named("类别")
    where: str = named("位置")
    in_view: YesNo | None = named("在监控范围内", default=None)
    about: Posting = named("记录")

    @written("监控写法")
    def view_written(self) -> str:
        """`否`, `是`, or that nobody has looked."""
        return "未核实" if self.in_view is None else "是" if self.in_view else "否"


class OpenedBox(Model):
    """One row of the table of openings."""

    where: str = named("位置")
    about: Opening = named("记录")


class PostingRecord(
    TeamPaper,
    kind="posting_record",
    label="意见箱与公告张贴点记录",
    audience=Audience.INTERNAL,
    cycle="220",
    profile="form",
):
    """The record of one team, over all its units."""

    unprinted = ("stay",)

    title: Title = named("标题", default="意见箱与公告张贴点记录", examples=["意见箱与公告张贴点记录"])
    units: Many[UnitName] = named("被巡察单位", min_length=1, examples=["中共临江县水利局党组"])
    boxes: Many[BoxRecord] = named("意见箱", "不填则是案卷里的意见箱", default=(), usual=True)
    notices: Many[NoticePlace] = named("公告张贴点", default=(), usual=True)
    exception: Line | None = named(
        "例外说明", "哪个单位没有设意见箱或没有张贴公告，为什么", default=None, examples=["下属农场与局机关合用意见箱"]
    )
    stay: Stay | None = named("驻点时间", "填写后核对设置和撤除的日期", default=None)
    as_of: Day | None = named("截至日期", "记录到哪一天", default=None, examples=["2025-08-29"], usual=True)

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take units, stay and boxes; what a section says of a box, by its place, is added to what the case knows."""
        return {
            **super().facts(case, said),
            "units": tuple(unit.public for unit in case.units),
            "stay": case.stay,
            "boxes": _with_boxes(said.pop("boxes", None), case.channels.boxes),
        }

    @contradictions
    def _somewhere_and_nowhere_twice(self) -> Iterator[Contradiction]:
        if not (self.boxes or self.notices):
            yield contradiction("意见箱（boxes）和公告张贴点（notices）至少写一处。", field="boxes")
        for field, phrases in (
            ("boxes", [record.box.phrase for record in self.boxes]),
            ("notices", [place.phrase for place in self.notices]),
        ):
            for phrase in doubled(phrases):
                name = type(self).model_fields[field].title
                yield contradiction(f"{name}（{field}）里“{phrase}”写了两次。", field=field)

    @contradictions
    def _nothing_after_its_day(self) -> Iterator[Contradiction]:
        if self.as_of is None:
            return
        for record in (*self.boxes, *self.notices):
            days = [day for day in (record.posted, *record.checked, record.removed) if day]
            late = max(days, default=self.as_of)
            if late > self.as_of:
                yield contradiction(
                    f"记录截至日期（as_of）是{chinese.written_date(self.as_of)}，"
                    f"却写了{chinese.written_date(late)}的事。",
                    field="as_of",
                )

    @property
    def dated(self) -> date | None:
        """How far the record has come."""
        return self.as_of

    @written("单位写法")
    def units_written(self) -> str:
        """The units by their short names, or the first and how many there are."""
        if len(self.units) > 4:
            return f"{self.units[0].short}等{len(self.units)}个单位"
        return "、".join(unit.short for unit in self.units)

    @written("各处")
    def places(self) -> tuple[Place, ...]:
        """The boxes, then the notices."""
        boxes = ((record.box.phrase, record.box.in_view, record) for record in self.boxes)
        notices = ((place.phrase, place.in_view, place) for place in self.notices)
        return (
            *(Place(sort="意见箱", where=where, in_view=seen, about=record) for where, seen, record in boxes),
            *(Place(sort="公告", where=where, in_view=seen, about=record) for where, seen, record in notices),
        )

    @written("开箱记录")
    def openings(self) -> tuple[OpenedBox, ...]:
        """Every opening, by its time."""
        every = (OpenedBox(where=record.box.phrase, about=one) for record in self.boxes for one in record.opened)
        return tuple(sorted(every, key=lambda one: (as_day(one.about.at), str(one.about.at))))

    @written("合计")
    def totals(self) -> str:
        """`共设意见箱2个，张贴公告4处；开箱5次，取出信件3件`."""
        letters = sum(one.about.letters or 0 for one in self.openings)
        opened = f"；开箱{len(self.openings)}次，取出信件{letters}件" if self.openings else ""
        return f"共设意见箱{len(self.boxes)}个，张贴公告{len(self.notices)}处{opened}"


def _with_boxes(said: Any, boxes: tuple[Box, ...]) -> Any:
    """Return what a section says of boxes, with what the case knows of each; those it says nothing of come last."""
    listed = [said] if isinstance(said, str | Mapping) else [] if said is None else said
    if not isinstance(listed, list | tuple):
        return said  # is refused, at its line
    known = [_known(one, boxes) for one in listed]
    records = [_with_box(one, box) for one, box in zip(listed, known, strict=True)]
    return (*records, *(BoxRecord(box=box) for box in boxes if box not in known))


def _known(said: Any, boxes: tuple[Box, ...]) -> Box | None:
    """Return the box of the case that a record is about, by its place; None if that is none of them, or not certain."""
    try:
        box = Box.model_validate(_box_in(said))
    except ValidationError:
        return None
    fits = [one for one in boxes if one.phrase == box.phrase]
    fits = fits or [one for one in boxes if one.place == box.place and box.unit is None]
    return fits[0] if len(fits) == 1 else None


def _box_in(said: Any) -> Any:
    """Return what a record says of its box."""
    if isinstance(said, Mapping):
        return next((value for key, value in said.items() if _is_box(key)), None)
    return said.box if isinstance(said, BoxRecord) else said


def _is_box(key: object) -> bool:
    found = field_of(BoxRecord, key)
    return found is not None and found[0] == "box"


def _with_box(said: Any, box: Box | None) -> Any:
    """Put the box of the case where a record names it by its place alone; what says more of it is left as it is."""
    if box is None or not isinstance(_box_in(said), str):
        return said
    record = {} if isinstance(said, str) else {key: value for key, value in said.items() if not _is_box(key)}
    return {**record, "box": box}

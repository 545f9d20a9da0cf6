"""心得体会: what somebody who took part writes afterwards, for a bulletin, a newspaper or a website.

No 公文: never a red head, never a 版记. Three subtypes share one frame: title, byline, opening, sections, closing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from xuncha_docs import chinese
from xuncha_docs.case import Case
from xuncha_docs.document import Audience, TeamPaper
from xuncha_docs.fields import Count, Day, Line, Many, Paragraphs, Quotation, Role, Span, Title, in_order, matching
from xuncha_docs.model import Choice, Contradiction, Model, contradiction, contradictions, named, written


class Subtype(Choice):
    """The sort of write-up."""

    PERSONAL = "个人心得"
    PRACTICE = "经验材料"
    NOTES = "巡察手记"

    @classmethod
    def also(cls) -> Mapping[str, str]:
        """Read the other names."""
        return {"心得体会": "个人心得", "经验做法": "经验材料", "手记": "巡察手记"}


class Writer(Model):
    """Who writes: a person with a unit and a role, or an office."""

    short_form = True

    name: Line = named("姓名", examples=["王某某"])
    unit: Line | None = named("单位", default=None, examples=["临江县审计局"])
    role: Role | None = named("职责", "在巡察组里任什么", default=None, examples=["联络员"])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare name."""
        return {"name": text}


class Section(Model):
    """One part of a write-up."""

    heading: Line | None = named(
        "小标题", "手记可以不写", default=None, usual=True, examples=["吹好集结号，谋定而后动"]
    )
    paragraphs: Paragraphs = named("段落", examples=["进驻前，我把对内对外的联络事项列成明细，逐项落实到人。"])
    quotations: Many[Quotation] = named("引文", default=())


class NumberedSection(Model):
    """A section as it is printed: its heading has its number already."""

    heading: Line | None = named("小标题", default=None)
    paragraphs: Paragraphs = named("段落")
    quotations: Many[Quotation] = named("引文", default=())


class Metaphor(Model):
    """The number metaphor of a title, such as 三步曲."""

    name: Line = named("名称", examples=["三步曲"])
    n: Count = named("数目", "说的是几个", examples=[3])


class Clearance(Model):
    """Who let it be published, and when."""

    by: Line = named("审定人", examples=["县委巡察办"])
    day: Day = named("日期", examples=["2025-09-10"])


class ExperienceReport(TeamPaper, kind="experience_report", label="心得体会", audience=Audience.INTERNAL, place="720"):
    """A write-up of one assignment."""

    unprinted = ("subtype", "metaphor", "round", "team", "period", "clearance", "published")

    subtype: Subtype = named("体裁", default=Subtype.PERSONAL)
    title: Title = named("标题", "不超过30字", examples=["当好联络员的“三步曲”"])
    subtitle: Annotated[Line, matching("(?:——)?[^—].*", "副标题前的破折号可以不写，写则写“——”。")] | None = named(
        "副标题", default=None, examples=["一名巡察联络员的体会"]
    )
    metaphor: Metaphor | None = named("数字比喻", default=None)
    writer: Writer = named("作者")
    period: Span = named("时间", "参加巡察的起止日期")
    opening: Paragraphs = named(
        "开头", "我是谁，哪一轮，哪个组，什么时间，什么任务", examples=["今年7月，我有幸参加县委巡察工作，担任联络员。"]
    )
    sections: Many[Section] = named("正文", min_length=1)
    closing: Paragraphs = named("结尾", examples=["今后，我将始终保持严谨细致的作风，把学到的本领带回本职岗位。"])
    reviewer: Line | None = named("审核", default=None)
    editor: Line | None = named("编辑", default=None)
    clearance: Clearance | None = named("审定", "发表前必须填写", default=None)
    published: Day | None = named("发表日期", default=None, examples=["2025-09-15"])
    signed: Day | None = named("成文日期", default=None, examples=["2025-09-05"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take round, team and dates from the case; the writer is the liaison unless the section says otherwise."""
        liaison = case.team.liaison
        end = case.stay.end
        return {
            **super().facts(case, said),
            "writer": Writer(name=liaison.name, unit=liaison.unit, role=Role.LIAISON),
            **({"period": Span(start=case.stay.start, end=end)} if end else {}),
        }

    @contradictions
    def _possible(self) -> Iterator[Contradiction]:
        length = len(self.title.replace("\n", ""))
        if length > 30:
            yield contradiction(
                f"标题（title）有{length}字，不超过30字；说不完的放到副标题（subtitle）。", field="title"
            )
        if self.subtype is not Subtype.NOTES and any(section.heading is None for section in self.sections):
            yield contradiction(
                f"{self.subtype}的每一部分都要有小标题（heading），只有手记可以不写。", field="sections"
            )
        yield from in_order(self, "signed", "published")

    @contradictions
    def _cleared(self) -> Iterator[Contradiction]:
        if self.published and not self.clearance:
            yield contradiction("有发表日期（published）就要填审定（clearance）：未经审定不得发表。", field="clearance")
        if self.published and self.clearance and self.clearance.day > self.published:
            yield contradiction("审定（clearance）日期晚于发表日期（published），应先审定、后发表。", field="clearance")

    @written("副标题写法")
    def subtitle_written(self) -> str:
        """The subtitle after its dash; empty where there is none."""
        return f"——{self.subtitle.removeprefix('——')}" if self.subtitle else ""

    @written("署名")
    def byline(self) -> str:
        """`临江县审计局　王某某`, parted by a full-width blank."""
        return "\u3000".join(x for x in (self.writer.unit, self.writer.name) if x)

    @written("各部分")
    def parts(self) -> tuple[NumberedSection, ...]:
        """The sections with their headings numbered; a 手记 tells a story and numbers nothing."""
        numbered = self.subtype is not Subtype.NOTES
        return tuple(
            NumberedSection(
                heading=f"{chinese.heading_number(1, n)}{section.heading}" if numbered else section.heading,
                paragraphs=section.paragraphs,
                quotations=section.quotations,
            )
            for n, section in enumerate(self.sections, 1)
        )

    @written("编者行")
    def editors(self) -> str:
        """`审核：某某　编辑：某某`; empty where nobody is named."""
        named_people = (("审核", self.reviewer), ("编辑", self.editor))
        return "\u3000".join(f"{role}：{name}" for role, name in named_people if name)

    @written("成文日期写法")
    def signed_written(self) -> str:
        """The date; empty where none is given."""
        return chinese.written_date(self.signed) if self.signed else ""

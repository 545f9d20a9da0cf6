"""立行立改通知书: asks an inspected organisation to mend one plain, quickly mended matter while the team is there.

Never for matters of discipline, which go sealed to the discipline commission; never public; never says who reported it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case, Stay
from xuncha_docs.document import STANDARD, Audience, Variant
from xuncha_docs.fields import Day, Line, Many, Person, YesNo, cited
from xuncha_docs.images import Seal
from xuncha_docs.letterhead import LONGEST_MARK, too_long
from xuncha_docs.matters import NOTICE_TITLE, NoticeTitle
from xuncha_docs.model import Choice, Contradiction, contradiction, contradictions, named, written
from xuncha_docs.rectifying import MatterPaper, bare


class Format(Choice):
    """How the notice is laid out: as an ordinary paper, or with the head of a letter (GB/T 9704 10.1)."""

    ORDINARY = "普通"
    LETTER = "信函"

    @classmethod
    def also(cls) -> dict[str, str]:
        """Read the longer word."""
        return {"信函格式": "信函"}


class RectificationNotice(
    MatterPaper,
    kind="rectification_notice",
    label="立行立改通知书",
    audience=Audience.RESTRICTED,
    cycle="370",
    variants={"letter": Variant("信函格式", profile="letter")},
):
    """The notice to the unit. Its receipt and closing slip are papers of their own."""

    unprinted = ("stay", "format")

    title: NoticeTitle = named("标题", default=NOTICE_TITLE, examples=[NOTICE_TITLE])
    format: Format = named("版式", "信函格式有发文机关标志和红色双线", default=Format.ORDINARY)
    stay: Stay | None = named("驻点时间", "填写后核对发现和成文日期是否在驻点期间", default=None)
    contact: Person = named("联系人", "联络员，不写发现问题的人", examples=[{"姓名": "王某某", "电话": "0600-8000003"}])
    cc: Many[Line] = named("抄送", default=(), examples=["县委巡察办"])
    sealed: YesNo = named("盖章", "打印后加盖印章", default=True)
    seal: Seal | None = named("印章", "印章图片（透明底 PNG），只用给定的图片", default=None)
    signed: Day = named("成文日期", examples=["2025-07-16"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take the matter with its day and its name of the notice; the contact is the liaison."""
        facts = {**super().facts(case, said), "stay": case.stay, "contact": case.team.liaison}
        item = facts.get("item")
        own = {"signed": item.issued, "title": item.notice_title} if item else {}
        return facts | {name: value for name, value in own.items() if value}

    @property
    def printed_as(self) -> tuple[str, ...]:
        """The letter or the ordinary paper, as 版式 says."""
        return ("letter",) if self.format is Format.LETTER else (STANDARD,)

    @contradictions
    def _possible(self) -> Iterator[Contradiction]:
        item = self.item
        if not (item.found.day <= self.signed <= item.deadline):
            yield contradiction(
                f"成文日期（signed）{chinese.written_date(self.signed)}应在发现日期{chinese.written_date(item.found.day)}"
                f"与整改时限{chinese.written_date(item.deadline)}之间。",
                field="signed",
            )
        if item.report_by and item.report_by < self.signed:
            yield contradiction("报告时限（report_by）早于成文日期（signed）。", field="item")
        if item.number.year != self.signed.year:
            yield contradiction(
                f"编号（number）{item.number}的年份与成文日期（signed）{self.signed.year}年不符。", field="item"
            )
        if self.stay and not (self.stay.holds(item.found.day) and self.stay.holds(self.signed)):
            yield contradiction(
                f"发现日期和成文日期（signed）都应在驻点期间（{self.stay.phrase.rstrip('，')}）。", field="signed"
            )

    @contradictions
    def _says_what_its_matter_says(self) -> Iterator[Contradiction]:
        item = self.item
        if item.issued and item.issued != self.signed:
            yield contradiction(
                f"成文日期（signed）{chinese.written_date(self.signed)}与事项的通知日期（issued）"
                f"{chinese.written_date(item.issued)}不同，两处写同一天，或只在事项里写。",
                field="signed",
            )
        if item.notice_title and item.notice_title != self.title:
            yield contradiction(
                f"标题（title）“{self.title}”与事项的文书名称（notice_title）“{item.notice_title}”不同。", field="title"
            )

    @contradictions
    def _reachable(self) -> Iterator[Contradiction]:
        if not self.contact.phone:
            yield contradiction(
                f"联系人（contact）{self.contact.name}没有电话（phone），请在联络员一项补上。", field="contact"
            )

    @contradictions
    def _mark_on_one_line(self) -> Iterator[Contradiction]:
        if self.format is Format.LETTER and too_long(self.mark):
            yield contradiction(
                f"发文机关标志“{self.mark}”超过{LONGEST_MARK}字，信函格式一行排不下，请把版式（format）改为普通。",
                field="format",
            )

    @written("发文机关标志")
    def mark(self) -> str:
        """Whose letter it is, without 文件 (10.1): the team in full, in short where that goes on no line."""
        return self.team_short if too_long(self.team_full) else self.team_full

    @written("联系电话")
    def contact_phone(self) -> str:
        """The contact's telephone; there always is one."""
        return self.contact.phone or ""

    @written("问题写法")
    def problem(self) -> str:
        """Day, method and place, then the problem; a complaint as source prints as 巡察中发现."""
        found, problem = self.item.found, self.item.problem
        judged = "，".join(bare(x) for x in (problem.nature, problem.duty) if x)
        verdict = f"上述情况反映出{judged}。" if judged else ""
        return f"{chinese.written_date(found.day)}，{self.team.name}{found.phrase}：{bare(problem.fact)}。{verdict}"

    @written("依据写法")
    def basis_written(self) -> str:
        """The rules that the fact breaks; empty where none is named."""
        return cited(self.item.basis)

    @written("报告时限写法")
    def report_by(self) -> str:
        """The day by which the unit reports; the deadline where no other is set."""
        return chinese.written_date(self.item.due)

    @written("抄送写法")
    def cc_written(self) -> str:
        """`县委巡察办，青石镇党委。`; empty where nobody is copied in."""
        return f"{'，'.join(self.cc)}。" if self.cc else ""

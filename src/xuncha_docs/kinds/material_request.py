"""资料调取清单: what the unit is asked to lay before the team, and who handed it over and took it back.

The list goes to the unit; its last column and the table of the handover are filled in later, often by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case, Stay
from xuncha_docs.document import Audience, TeamPaper
from xuncha_docs.fields import Count, Day, Line, Many, Person, PersonName, SecrecyMark, Title, UnitName, in_order
from xuncha_docs.model import Choice, Contradiction, Model, contradiction, contradictions, named, written


class Form(Choice):
    """In what form a material is wanted."""

    ORIGINAL = "原件"
    COPY = "复印件"
    FILE = "电子版"


class Material(Model):
    """One row of the list: a material; a bare name will do."""

    short_form = True

    item: Line = named("资料", examples=["党组会议记录"])
    period: Line | None = named("期间", "哪一段时间的", default=None, examples=["2022年1月至2025年6月"], usual=True)
    copies: Count = named("份数", default=1, examples=[2])
    form: Form = named("形式", default=Form.COPY, examples=["原件"], usual=True)
    provided_by: Line | None = named("提供部门", "单位里由谁提供", default=None, examples=["办公室"], usual=True)
    due: Day | None = named("提供时限", "不填则用整张清单的", default=None, examples=["2025-07-07"])
    returned: Day | None = named("归还日期", "还没有归还的不填", default=None, examples=["2025-08-28"])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare name."""
        return {"item": text}


class Handover(Model):
    """That things went from one hand into another; what is not known yet is filled in by hand."""

    given_by: PersonName | None = named("移交人", default=None, examples=["周某某"])
    taken_by: PersonName | None = named("接收人", default=None, examples=["王某某"])
    on: Day | None = named("交接日期", default=None, examples=["2025-07-04"])

    @contradictions
    def _between_two(self) -> Iterator[Contradiction]:
        if self.given_by and self.given_by == self.taken_by:
            yield contradiction(
                f"移交人（given_by）和接收人（taken_by）都是{self.given_by}，交接要有两个人；确系同名的，请加注区别。",
                field="taken_by",
            )


class MaterialRequest(
    TeamPaper, kind="material_request", label="资料调取清单", audience=Audience.RESTRICTED, cycle="150", profile="form"
):
    """The list that the team sends to a unit."""

    unprinted = ("stay",)

    title: Title = named("标题", default="资料调取清单", examples=["资料调取清单（第二批）"])
    to: UnitName = named("主送", "被巡察党组织，只写一个", examples=["中共临江县水利局党组"])
    rows: Many[Material] = named("资料", "一项一行", min_length=1)
    due: Day = named("提供时限", "没有单独写时限的资料都用它", examples=["2025-07-04"])
    contact: Person = named("联系人", "联络员", examples=[{"姓名": "王某某", "电话": "0600-8000003"}])
    handed_over: Handover = named("移交", "不填则留空，打印后填写", default=Handover())
    given_back: Handover = named("归还", "不填则留空，打印后填写", default=Handover())
    stay: Stay | None = named("驻点时间", "填写后核对提供和归还的日期", default=None)
    secrecy: SecrecyMark | None = named("密级", "只从这里取，不自动添加", default=None, examples=["内部"])
    signed: Day = named("成文日期", examples=["2025-06-26"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take the stay, the liaison as contact, and the unit where there is but one."""
        facts = {**super().facts(case, said), "stay": case.stay, "contact": case.team.liaison}
        return facts | ({"to": case.units[0].public} if len(case.units) == 1 else {})

    @contradictions
    def _reachable(self) -> Iterator[Contradiction]:
        if not self.contact.phone:
            yield contradiction(
                f"联系人（contact）{self.contact.name}没有电话（phone），请在联络员一项补上。", field="contact"
            )

    @contradictions
    def _asked_then_given_then_returned(self) -> Iterator[Contradiction]:
        yield from in_order(self, "signed", "due")
        given, back = self.handed_over.on, self.given_back.on
        if given and given < self.signed:
            yield contradiction(
                f"移交（handed_over）的日期{chinese.written_date(given)}"
                f"早于成文日期（signed）{chinese.written_date(self.signed)}。",
                field="handed_over",
            )
        if back and back < (given or self.signed):
            yield contradiction(
                f"归还（given_back）的日期{chinese.written_date(back)}"
                f"早于移交或成文的日期{chinese.written_date(given or self.signed)}。",
                field="given_back",
            )
        for n, row in enumerate(self.rows, 1):
            if row.due and row.due < self.signed:
                yield contradiction(
                    f"资料（rows）第{n}项的提供时限{chinese.written_date(row.due)}"
                    f"早于成文日期（signed）{chinese.written_date(self.signed)}。",
                    field="rows",
                )
            if row.returned and row.returned < (given or self.signed):
                yield contradiction(
                    f"资料（rows）第{n}项的归还日期{chinese.written_date(row.returned)}"
                    f"早于移交或成文的日期{chinese.written_date(given or self.signed)}。",
                    field="rows",
                )

    @property
    def copies(self) -> int:
        """How many copies are asked for."""
        return sum(row.copies for row in self.rows)

    @written("要求写法")
    def request(self) -> str:
        """What is asked, of whom and until when."""
        originals = "原件用后归还，" if any(row.form is Form.ORIGINAL for row in self.rows) else ""
        count = f"{len(self.rows)}项" if self.copies == len(self.rows) else f"{len(self.rows)}项{self.copies}份"
        return (
            f"根据{self.round.name}工作需要，请于{chinese.written_date(self.due)}前提供下列资料，共{count}；另写时限的，按所写时限提供。"
            if any(row.due not in (None, self.due) for row in self.rows)
            else f"根据{self.round.name}工作需要，请于{chinese.written_date(self.due)}前提供下列资料，共{count}。"
        ) + f"资料由{self.team_short}清点登记、专人保管，{originals}交接时双方在表后签字。"

    @written("联系方式")
    def contact_written(self) -> str:
        """`王某某，电话0600-8000003`."""
        return f"{self.contact.name}，电话{self.contact.phone}"

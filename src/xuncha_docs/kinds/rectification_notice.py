"""立行立改通知书: asks an inspected organisation to mend one plain, quickly mended matter while the team is there.

Never for matters of discipline, which go sealed to the discipline commission; never public; never says who reported it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from xuncha_docs import chinese
from xuncha_docs.case import Case, Rectification, Stay
from xuncha_docs.document import Audience, TeamPaper
from xuncha_docs.fields import Day, Line, Many, Person, SecrecyMark, UnitName, YesNo, cited, matching
from xuncha_docs.images import Seal
from xuncha_docs.model import Contradiction, contradiction, contradictions, named, written

_TITLES = (
    "(?:巡察期间)?(?:立行立改|立巡立改|边巡边改|整改)(?:问题)?(?:通知书|通知单|通知|意见书|建议书|交办函|交办单|移交表)"
)
NoticeTitle = Annotated[Line, matching(_TITLES, "应写作“立行立改通知书”“立巡立改意见书”“边巡边改交办单”一类的名称。")]
"""The names under which the notice goes from place to place."""


class RectificationNotice(
    TeamPaper, kind="rectification_notice", label="立行立改通知书", audience=Audience.RESTRICTED, place="370"
):
    """The notice to the unit. Its receipt and closing slip are papers of their own."""

    unprinted = ("stay",)

    title: NoticeTitle = named("标题", default="立行立改通知书", examples=["立行立改通知书"])
    item: Rectification = named("事项")
    to: UnitName = named("主送", "被巡察党组织，只写一个", examples=["中共临江县水利局党组"])
    stay: Stay | None = named("驻点时间", "填写后核对发现和成文日期是否在驻点期间", default=None)
    contact: Person = named("联系人", "联络员，不写发现问题的人", examples=[{"姓名": "王某某", "电话": "0600-8000003"}])
    cc: Many[Line] = named("抄送", default=(), examples=["县委巡察办"])
    secrecy: SecrecyMark | None = named("密级", "只从这里取，不自动添加", default=None, examples=["内部"])
    sealed: YesNo = named("盖章", "打印后加盖印章", default=True)
    seal: Seal | None = named("印章", "印章图片（透明底 PNG），只用给定的图片", default=None)
    signed: Day = named("成文日期", examples=["2025-07-16"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take the matter that the section names by its number, or the only one; the contact is the liaison."""
        facts = {**super().facts(case, said), "stay": case.stay, "contact": case.team.liaison}
        item = _item(case, said)
        if item:
            facts["item"] = item
        to = item.to if item and item.to else case.units[0].public if len(case.units) == 1 else None
        return facts | ({"to": to} if to else {})

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
    def _reachable(self) -> Iterator[Contradiction]:
        if not self.contact.phone:
            yield contradiction(
                f"联系人（contact）{self.contact.name}没有电话（phone），请在联络员一项补上。", field="contact"
            )

    @written("联系电话")
    def contact_phone(self) -> str:
        """The contact's telephone; there always is one."""
        return self.contact.phone or ""

    @written("编号")
    def number(self) -> str:
        """The number of the matter."""
        return str(self.item.number)

    @written("问题写法")
    def problem(self) -> str:
        """Day, method and place, then the problem; a complaint as source prints as 巡察中发现."""
        found, problem = self.item.found, self.item.problem
        judged = "，".join(_bare(x) for x in (problem.nature, problem.duty) if x)
        verdict = f"上述情况反映出{judged}。" if judged else ""
        return f"{chinese.written_date(found.day)}，{self.team.name}{found.phrase}：{_bare(problem.fact)}。{verdict}"

    @written("依据写法")
    def basis_written(self) -> str:
        """The rules that the fact breaks; empty where none is named."""
        return cited(self.item.basis)

    @written("逐项要求")
    def requirements(self) -> tuple[str, ...]:
        """The requirements with their numbers, each ended by a full stop."""
        several = len(self.item.requirements) > 1
        return tuple(
            (chinese.heading_number(3, n) if several else "") + f"{_bare(text)}。"
            for n, text in enumerate(self.item.requirements, 1)
        )

    @written("报告时限写法")
    def report_by(self) -> str:
        """The day by which the unit reports; the deadline where no other is set."""
        return chinese.written_date(self.item.report_by or self.item.deadline)

    @written("抄送写法")
    def cc_written(self) -> str:
        """`县委巡察办，青石镇党委。`; empty where nobody is copied in."""
        return f"{'，'.join(self.cc)}。" if self.cc else ""


def _bare(text: str) -> str:
    """Take off the mark that ends a text: the sentence it stands in has its own."""
    return text.rstrip("。；，,;.")


def _item(case: Case, said: dict[str, Any]) -> Rectification | None:
    """Take the wanted matter out of the case: by the number that the section names, else the only one there is."""
    wanted = said.get("item")
    if isinstance(wanted, str):
        found = next((item for item in case.rectifications if str(item.number) == wanted.strip()), None)
        if found:
            del said["item"]
        return found
    return case.rectifications[0] if wanted is None and len(case.rectifications) == 1 else None

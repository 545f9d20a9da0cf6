"""The matters that a team finds while it is there, and what becomes of them: immediate rectification (立行立改).

A matter is one item, whatever papers speak of it: the notice, its receipt, the closing slip, the ledger. What a
complaint was about may be here, who complained never is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, ClassVar

from xuncha_docs import chinese
from xuncha_docs.fields import (
    Basis,
    Count,
    Day,
    Line,
    Many,
    Moment,
    Number,
    PersonName,
    UnitName,
    YesNo,
    as_day,
    doubled,
    in_order,
    matching,
)
from xuncha_docs.model import (
    Choice,
    Contradiction,
    Model,
    Recognised,
    Shared,
    contradiction,
    contradictions,
    named,
    refuse,
    written,
)


class Method(Choice):
    """How a team finds out: the methods that plans list, and that a notice may name."""

    REPORT = "听取汇报"
    INTERVIEW = "个别谈话"
    COMPLAINT = "受理查阅信访"
    PERSONAL_MATTERS = "抽查核实个人有关事项"
    WITNESS = "询问知情人"
    FILES = "调阅复制资料"
    DISCUSSION = "召开座谈会"
    MEETING = "列席会议"
    ASSESSMENT = "民主测评"
    QUESTIONNAIRE = "问卷调查"
    SUBORDINATE = "到所属单位了解情况"
    SPECIAL = "专项检查"
    ASSISTANCE = "提请协助"
    VISIT = "下沉走访"

    @classmethod
    def also(cls) -> Mapping[str, str]:
        """Read the shorter words that teams use."""
        return {
            **dict.fromkeys(("信访", "信访举报", "受理信访", "来信来访"), "受理查阅信访"),
            **dict.fromkeys(("走访", "入户走访", "走访调研", "下沉调研"), "下沉走访"),
            **dict.fromkeys(("查阅", "查阅资料", "调阅资料"), "调阅复制资料"),
            **dict.fromkeys(("检查", "实地检查", "现场检查"), "专项检查"),
            **dict.fromkeys(("谈话",), "个别谈话"),
            **dict.fromkeys(("座谈会",), "召开座谈会"),
        }


class Matter(Choice):
    """What sort of matter a finding is. Matters of discipline are never handled as 立行立改."""

    ORDINARY = "一般问题"
    SAFETY = "安全隐患"
    LIVELIHOOD = "群众利益"
    DISCIPLINE = "违纪违法"


class Found(Model):
    """When, how and where a problem was found: never by whom it was reported."""

    restricted: ClassVar[Mapping[str, Recognised]] = {"place": Recognised.WORDS}

    day: Day = named("日期", examples=["2025-07-15"])
    method: Method = named("方式", "来自信访的写“受理查阅信访”，印出来只写“巡察中发现”", examples=["下沉走访"])
    place: Line | None = named("地点", default=None, examples=["临江县青石水库管理所"])

    @property
    def from_complaint(self) -> bool:
        """Whether a complaint is behind it: then method and place are never printed."""
        return self.method is Method.COMPLAINT

    @written("发现经过")
    def phrase(self) -> str:
        """How it was found, as it may be printed; a complaint as source prints as 巡察中发现."""
        if self.from_complaint:
            return "巡察中发现"
        return f"在{self.place or ''}{self.method}中发现"

    @written("来源类别")
    def source(self) -> str:
        """The sort of source, for a ledger; whatever people told prints as one, so that none shows as a complaint."""
        return self.method.value if self.method in _SEEN else "巡察发现"


_SEEN = (
    Method.REPORT,
    Method.FILES,
    Method.MEETING,
    Method.SUBORDINATE,
    Method.SPECIAL,
    Method.VISIT,
)
"""The methods by which a team sees for itself: to name them tells of nobody who said anything."""


BRIEF = 60
"""The most characters of a problem in a table: what is longer makes a row of a ledger higher than its page."""


class Problem(Model):
    """One problem, in up to three sentences; a bare text is the fact alone."""

    short_form = True
    restricted: ClassVar[Mapping[str, Recognised]] = dict.fromkeys(
        ("fact", "nature", "duty", "brief"), Recognised.WORDS
    )

    fact: Line = named("现象", "看到了什么", examples=["水库溢洪道堆放杂物，影响行洪"])
    nature: Line | None = named("定性", "问题在哪里", default=None, examples=["防汛隐患排查不到位"])
    duty: Line | None = named("责任", "哪一级负什么责任", default=None, examples=["县水利局党组履行安全生产责任不严格"])
    brief: Line | None = named(
        "摘要", "台账、回执里写的一句话，不填则用现象", default=None, examples=["溢洪道堆放杂物"]
    )

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare text as the fact."""
        return {"fact": text}

    @contradictions
    def _short(self) -> Iterator[Contradiction]:
        length = sum(len(x) for x in (self.fact, self.nature, self.duty) if x)
        if length > 300:
            yield contradiction(f"问题共{length}字，一件通知书只写一个问题，不超过300字。", field="fact")
        if self.brief and len(self.brief) > BRIEF:
            yield contradiction(f"摘要（brief）有{len(self.brief)}字，表格里写不下，不超过{BRIEF}字。", field="brief")

    @property
    def text(self) -> str:
        """All that it says."""
        return "".join(x for x in (self.fact, self.nature, self.duty, self.brief) if x)

    @written("摘要写法")
    def summary(self) -> str:
        """The problem in a line, for tables; the beginning of the fact where nobody shortened it."""
        if self.brief or len(self.fact) <= BRIEF:
            return (self.brief or self.fact).rstrip("。；，,;.")
        begun = self.fact[: BRIEF - 2]
        cut = max(begun.rfind(mark) for mark in "，；。")
        return f"{begun[:cut] if cut > 0 else begun}……"


class Delivery(Model):
    """How a notice reached the unit: what its receipt says."""

    received: Moment = named("时间", "什么时候收到", examples=["2025年7月16日 15:30"])
    signer: Line = named("签收人", "签收人的职务", examples=["县水利局党组书记、局长"])
    copies: Count | None = named("份数", default=None, examples=[1])


class Outcome(Model):
    """What the unit reports that it did."""

    restricted: ClassVar[Mapping[str, Recognised]] = {"measures": Recognised.WORDS}

    reported: Day = named("报告日期", examples=["2025-07-24"])
    measures: Many[Line] = named("采取措施", min_length=1, examples=["溢洪道杂物已清理完毕，行洪断面已恢复"])
    finished: Day | None = named("完成日期", "没有全部完成的不填", default=None, examples=["2025-07-23"])
    evidence: Many[Line] = named("佐证", "附在报告后面的材料", default=(), examples=["清理前后对比照片"])
    signer: Line = named("签字", "单位负责人的职务", examples=["县水利局党组书记、局长"])

    @contradictions
    def _in_order(self) -> Iterator[Contradiction]:
        yield from in_order(self, "finished", "reported")


class Way(Choice):
    """How the team makes sure that what was reported is so."""

    ON_SITE = "现场核查"
    PAPERS = "资料核查"
    CALL_BACK = "回访核查"

    @classmethod
    def also(cls) -> Mapping[str, str]:
        """Read the shorter words."""
        return {"现场": "现场核查", "资料": "资料核查", "回访": "回访核查"}


class Verdict(Choice):
    """How far a matter is settled; only one that is done is closed."""

    DONE = "完成"
    PARTLY = "部分完成"
    NOT_DONE = "未完成"

    @classmethod
    def also(cls) -> Mapping[str, str]:
        """Read the other words for them."""
        return {"部分": "部分完成", "已完成": "完成", "未": "未完成", "没有完成": "未完成"}


class Verification(Model):
    """What the team found when it looked whether a matter was settled; at least two look."""

    restricted: ClassVar[Mapping[str, Recognised]] = {"people": Recognised.NAME}

    day: Day = named("日期", examples=["2025-07-28"])
    ways: Many[Way] = named("方式", min_length=1, examples=["现场核查"])
    verdict: Verdict = named("结论", examples=["完成"])
    people: Many[PersonName] = named("核查人", "至少两人", min_length=2, examples=["赵某某", "钱某某"])

    @contradictions
    def _two_people(self) -> Iterator[Contradiction]:
        for name in doubled(self.people):
            yield contradiction(f"核查人（people）里“{name}”写了两次，核查要两个人。", field="people")


_DISCIPLINE = re.compile("违纪|涉嫌(?:违法|犯罪|职务)|职务违法|职务犯罪|贪污|受贿|行贿|挪用公款|问题线索")
_LEAKS = re.compile("举报|来信|来电|来访|信访|反映人|检举|控告")

_TITLES = (
    "(?:巡察期间)?(?:立行立改|立巡立改|边巡边改|整改)(?:问题)?(?:通知书|通知单|通知|意见书|建议书|交办函|交办单|移交表)"
)
NoticeTitle = Annotated[Line, matching(_TITLES, "应写作“立行立改通知书”“立巡立改意见书”“边巡边改交办单”一类的名称。")]
"""The names under which the notice goes from place to place."""

NOTICE_TITLE = "立行立改通知书"
"""The name that the notice has where nobody says another."""


class Rectification(Model):
    """One matter of immediate rectification (立行立改), as all its papers share it, from its finding to its closing."""

    shared = Shared("立行立改事项", by=("number", "problem"))
    restricted: ClassVar[Mapping[str, Recognised]] = {
        "number": Recognised.NUMBER,
        "requirements": Recognised.WORDS,
        "remark": Recognised.WORDS,
    }

    number: Number = named("编号", "本组自编，按年编号，不编虚位", examples=["临委巡三组立改〔2025〕1号"])
    matter: Matter = named("事项性质", default=Matter.ORDINARY, examples=["安全隐患"])
    to: UnitName | None = named(
        "主送", "不填则是案卷里唯一的被巡察单位", default=None, examples=["中共临江县水利局党组"]
    )
    notice_title: NoticeTitle | None = named(
        "文书名称", f"通知书叫别的名称时填写，不填则是{NOTICE_TITLE}", default=None, examples=["立巡立改意见书"]
    )
    found: Found = named("发现")
    problem: Problem = named("问题")
    basis: Many[Basis] = named("依据", default=(), examples=["水库大坝安全管理条例"])
    requirements: Many[Line] = named("整改要求", min_length=1, examples=["立即清理溢洪道杂物，恢复行洪断面"])
    responsible: Line = named("责任人", "被巡察单位负责人的职务", examples=["县水利局党组书记、局长"])
    deadline: Day = named("整改时限", examples=["2025-07-25"])
    report_by: Day | None = named("报告时限", "不填则与整改时限相同", default=None, examples=["2025-07-25"])
    issued: Day | None = named("通知日期", "通知书的成文日期", default=None, examples=["2025-07-16"], usual=True)
    delivery: Delivery | None = named("送达", "通知书送到以后填写", default=None)
    outcome: Outcome | None = named("整改情况", "单位书面报告以后填写", default=None)
    verification: Verification | None = named("核查", "巡察组核查以后填写", default=None)
    closed: Day | None = named("销号日期", "核查结论是完成的才能销号", default=None, examples=["2025-07-28"])
    in_report: YesNo | None = named("写入报告", "是否写进巡察报告", default=None)
    remark: Line | None = named("备注", "印在台账上", default=None, examples=["已向单位通报核查结果"])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read the number of a matter of the case: whoever has the case looks it up, so here there was none."""
        refuse(f"案卷的“立行立改事项”里没有编号“{text}”。")

    @property
    def due(self) -> Day:
        """The day by which the unit reports: the deadline where no other is set."""
        return self.report_by or self.deadline

    def as_of(self, day: date) -> Rectification:
        """Return the matter as it was known at the end of a day, when what came later had not happened."""
        later = {
            "issued": self.issued,
            "delivery": self.delivery and as_day(self.delivery.received),
            "outcome": self.outcome and self.outcome.reported,
            "verification": self.verification and self.verification.day,
            "closed": self.closed,
        }
        return self.model_copy(update={name: None for name, when in later.items() if when and when > day})

    @contradictions
    def _no_discipline(self) -> Iterator[Contradiction]:
        said = _DISCIPLINE.search(self.problem.text)
        if self.matter is Matter.DISCIPLINE or said:
            words = f"（写有“{said[0]}”）" if said else ""
            yield contradiction(
                f"事项性质（matter）属于违纪违法{words}，不能用立行立改处理，应按规定作为问题线索密封移交，"
                "不在立行立改文书中写。",
                field="matter",
            )

    @contradictions
    def _no_leak(self) -> Iterator[Contradiction]:
        if not self.found.from_complaint:
            return
        done = (*self.outcome.measures, *self.outcome.evidence) if self.outcome else ()
        for field, names, texts in (
            ("problem", "问题（problem）和整改要求（requirements）", (self.problem.text, *self.requirements)),
            ("outcome", "整改情况（outcome）和备注（remark）", (*done, self.remark or "")),
        ):
            if said := _LEAKS.search("\n".join(texts)):
                yield contradiction(f"问题来自信访，{names}里不能出现“{said[0]}”等暴露来源的字样。", field=field)

    @contradictions
    def _possible(self) -> Iterator[Contradiction]:
        if self.deadline < self.found.day:
            yield contradiction(
                f"整改时限（deadline）{chinese.written_date(self.deadline)}"
                f"早于发现日期（found.day）{chinese.written_date(self.found.day)}。",
                field="deadline",
            )
        if self.report_by and self.report_by < self.found.day:
            yield contradiction("报告时限（report_by）早于发现日期（found.day）。", field="report_by")
        yield from in_order(self, "issued", "deadline")
        yield from in_order(self, "issued", "report_by")
        if self.issued and self.issued.year != self.number.year:
            yield contradiction(
                f"编号（number）{self.number}的年份与通知日期（issued）{self.issued.year}年不符。", field="number"
            )

    @contradictions
    def _in_turn(self) -> Iterator[Contradiction]:
        for (_, earlier, first), (field, later, second) in pairwise(self._steps()):
            if second < first:
                yield contradiction(
                    f"{later}{chinese.written_date(second)}早于{earlier}{chinese.written_date(first)}，请核对。",
                    field=field,
                )

    def _steps(self) -> Iterator[tuple[str, str, date]]:
        """Yield what has happened, in the order in which it can only happen: the field, its name, the day."""
        yield "found", "发现日期（found.day）", self.found.day
        if self.issued:
            yield "issued", "通知日期（issued）", self.issued
        if self.delivery:
            yield "delivery", "送达时间（delivery.received）", as_day(self.delivery.received)
        if self.outcome and self.outcome.finished:
            yield "outcome", "完成日期（outcome.finished）", self.outcome.finished
        if self.outcome:
            yield "outcome", "报告日期（outcome.reported）", self.outcome.reported
        if self.verification:
            yield "verification", "核查日期（verification.day）", self.verification.day
        if self.closed:
            yield "closed", "销号日期（closed）", self.closed

    @contradictions
    def _each_after_what_it_needs(self) -> Iterator[Contradiction]:
        if self.delivery and not self.issued:
            yield contradiction("填了送达（delivery），就要填通知日期（issued）。", field="issued")
        if self.closed and not self.outcome:
            yield contradiction("填了销号日期（closed），就要填整改情况（outcome）。", field="outcome")
        if self.closed and not (self.verification and self.verification.verdict is Verdict.DONE):
            said = f"，现在是{self.verification.verdict}" if self.verification else "，现在没有填核查（verification）"
            yield contradiction(
                f"核查结论（verification.verdict）是完成的才能销号（closed）{said}；部分完成的不销号。", field="closed"
            )
        verdict = self.verification.verdict if self.verification else None
        if verdict is Verdict.DONE and not (self.outcome and self.outcome.finished):
            yield contradiction(
                "核查结论（verification.verdict）是完成，整改情况（outcome）就要填完成日期（finished）。",
                field="outcome",
            )

    @written("通知书名称")
    def notice_name(self) -> str:
        """The name of the notice: `立行立改通知书`, or what the office calls it."""
        return self.notice_title or NOTICE_TITLE

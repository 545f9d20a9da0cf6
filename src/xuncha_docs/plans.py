"""What the plans of a year, a round and a team share: points, phases, duties, and how a plan is sent out.

A plan is no 公文 by itself. Sent out, it goes with a 通知 that issues it, or with a 请示 or 报告 that sends it up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import Any, ClassVar

from pydantic import field_validator

from xuncha_docs import chinese, legal
from xuncha_docs.case import Case, Round, Stay
from xuncha_docs.document import STANDARD, Document, Variant
from xuncha_docs.fields import Basis, Day, Line, Many, Moment, Paragraphs, Span, Title, YesNo, cited
from xuncha_docs.images import Seal
from xuncha_docs.letterhead import LONGEST_MARK, Genre, Letterhead, too_long
from xuncha_docs.matters import Method
from xuncha_docs.model import Choice, Contradiction, Model, contradiction, contradictions, named, refuse, written

# --- what plans are made of ------------------------------------------------------------------------------------------


class Point(Model):
    """A point with a heading of its own, its text, and numbered details."""

    short_form = True

    heading: Line = named("标题", examples=["聚焦责任落实"])
    text: Paragraphs | None = named("内容", default=None, examples=["重点了解水利安全生产责任落实情况。"])
    details: Many[Line] = named("细目", default=(), examples=["水库、堤防管护责任落实情况。"], usual=True)

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare heading."""
        return {"heading": text}


class Chapter(Model):
    """A chapter that an office adds to the plan."""

    heading: Line = named("标题", examples=["组织保障"])
    paragraphs: Paragraphs | None = named("段落", default=None, examples=["被巡察单位协助做好后勤保障。"])
    points: Many[Point] = named("要点", default=(), examples=["联络协调"])


class Phase(Span):
    """One phase of the work."""

    name: Line = named("名称", examples=["了解阶段"])
    tasks: Many[Line] = named("任务", min_length=1, examples=["开展个别谈话，调阅资料。"])
    output: Line | None = named("成果", default=None, examples=["谈话记录、问题底稿"])


class Duty(Model):
    """Who does what in the team."""

    group: Line | None = named("小组", default=None, examples=["综合组"])
    people: Many[Line] = named("人员", min_length=1, examples=["王某某"])
    duty: Line = named("职责", examples=["联络协调，文件起草，会务保障"])


class Side(Choice):
    """Whether a task is done within the team or with others."""

    INSIDE = "对内"
    OUTSIDE = "对外"


class Task(Model):
    """One row of the table of tasks."""

    side: Side = named("类别", default=Side.INSIDE)
    task: Line = named("任务", examples=["拟定动员会议程"])
    owner: Line = named("责任人", examples=["王某某"])
    due: Day = named("完成时限", examples=["2025-06-27"])
    output: Line | None = named("成果", default=None, examples=["动员会议程"])
    status: Line | None = named("完成情况", "方案里一般空着，供打印后填写", default=None, examples=["已完成"])


class Meeting(Model):
    """One meeting that the plan foresees."""

    at: Moment = named("时间", examples=["2025年7月1日 9:00"])
    name: Line = named("会议", examples=["巡察工作动员会"])
    place: Line | None = named("地点", default=None, examples=["县水利局三楼会议室"])
    host: Line | None = named("主持人", default=None, examples=["县水利局党组书记"])
    attendees: Line | None = named("参加人员", default=None, examples=["县水利局领导班子成员，巡察组全体人员"])
    agenda: Many[Line] = named("议程", default=(), examples=["组长作动员讲话"])
    materials: Many[Line] = named("材料", default=(), examples=["民主测评表"])

    @written("写法")
    def phrase(self) -> str:
        """The meeting in sentences, as far as its facts are given."""
        held = "".join((f"在{self.place}" if self.place else "", f"召开{self.name}"))
        facts = (
            chinese.written_moment(self.at),
            held,
            f"{self.host}主持" if self.host else "",
            f"{self.attendees}参加" if self.attendees else "",
        )
        lists = (("议程", self.agenda), ("材料", self.materials))
        return "。".join(
            [
                "，".join(fact for fact in facts if fact),
                *(f"{name}：{'、'.join(items)}" for name, items in lists if items),
            ]
        )


DISCIPLINE = (
    "严格执行中央八项规定及其实施细则精神，不接受被巡察单位的宴请、礼品和安排的旅游、娱乐活动。",
    "不单独约见被巡察单位人员，个别谈话由两名以上组员进行。",
    "不干预被巡察单位正常工作，不履行执纪审查职责，不借巡察之机办理私事。",
    "遇有重要情况和重大问题及时请示报告，不擅自表态。",
)
SECRECY = (
    "不泄露巡察工作情况，不对外谈论谈话内容、信访内容和巡察中发现的问题。",
    "涉密资料专人保管、登记借阅，不带离驻地，不用手机拍摄，不通过互联网传递。",
    "撤离时清点资料、清退借阅材料，电子数据按规定清除。",
)
"""What plans usually say of discipline and of secrecy; an office lays its own over them."""

# --- plans -----------------------------------------------------------------------------------------------------------

RED_HEAD = "red_head"
"""The variant in which a plan is sent out as 公文."""

VARIANTS = {RED_HEAD: Variant("红头公文", profile="gb9704")}


class Plan(Document):
    """A plan: what for, on what ground, with which focus; and how it is sent out, if it goes out as 公文."""

    unprinted: ClassVar[tuple[str, ...]] = ("letterhead",)  # by the standard form: it is what the other one is for

    round: Round = named("巡察轮次")
    title: Title = named("标题", "可用换行断开", examples=["县委第三巡察组\n巡察县水利局党组工作方案"])
    basis: Many[Basis] = named(
        "依据",
        "不填则引党内监督条例和巡视工作条例",
        default_factory=lambda: tuple(Basis(title=law.title) for law in legal.defaults()),
        min_length=1,
        examples=["中国共产党巡视工作条例"],
    )
    guidance: Paragraphs = named(
        "总体要求", examples=["坚持发现问题、形成震慑、推动改革、促进发展的方针，紧扣被巡察党组织职能责任开展监督。"]
    )
    focus: Many[Point] = named("监督重点", min_length=1)
    chapters: Many[Chapter] = named("其他章节", "排在正文最后", default=())
    letterhead: Letterhead | None = named("版头", "以公文印发或上报时填写，写文号就行", default=None)
    sealed: YesNo = named("盖章", "打印后加盖印章", default=False)
    seal: Seal | None = named("印章", "印章图片（透明底 PNG），只用给定的图片", default=None)
    signed: Day = named("成文日期", examples=["2025-06-25"])

    @property
    def printed_as(self) -> tuple[str, ...]:
        """With a red head where one is given."""
        return (RED_HEAD,) if self.letterhead else (STANDARD,)

    @property
    def signatories(self) -> tuple[str, ...]:
        """The office that sends it out; without a red head whoever drew it up."""
        return (self.issuer, self.round.office_short) if self.letterhead else self.authors

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of who draws the plan up: the office of the leading group, unless a kind says otherwise."""
        return (self.round.office, self.round.office_short)

    @contradictions
    def _sent_out_after_it_is_made(self) -> Iterator[Contradiction]:
        head = self.letterhead
        if head is None:
            return
        if head.number.year != self.signed.year:
            yield contradiction(
                f"文号（number）{head.number}的年份与成文日期（signed）{self.signed.year}年不符。", field="letterhead"
            )
        if head.printed_on and head.printed_on < self.signed:
            yield contradiction(
                f"印发日期（printed_on）{chinese.written_date(head.printed_on)}"
                f"早于成文日期（signed）{chinese.written_date(self.signed)}。",
                field="letterhead",
            )
        if too_long(self.mark):
            yield contradiction(
                f"发文机关标志（mark）没有填，写成“{self.mark}”超过{LONGEST_MARK}字，一行排不下，请填规范化简称。",
                field="letterhead",
            )

    @written("依据写法")
    def basis_written(self) -> str:
        """`《中国共产党党内监督条例》《中国共产党巡视工作条例》`."""
        return cited(self.basis)

    @written("发文机关")
    def issuer(self) -> str:
        """Who sends the plan out; the office of the leading group unless the head names another."""
        return (self.letterhead.issuer if self.letterhead else None) or self.round.office

    @written("发文机关标志")
    def mark(self) -> str:
        """`中共临江县委巡察办文件`, unless the head or the office says otherwise."""
        return (self.letterhead.mark if self.letterhead else None) or f"{self.round.committee_short}巡察办文件"

    @written("发文字号")
    def number(self) -> str:
        """The number; empty without a red head."""
        return str(self.letterhead.number) if self.letterhead else ""

    @written("公文标题")
    def issue_title(self) -> str:
        """`中共临江县委巡察办关于印发《…工作方案》的通知`, its lines broken between words."""
        genre = self.letterhead.genre if self.letterhead else Genre.NOTICE
        verb = {Genre.NOTICE: "关于印发", Genre.REQUEST: "关于审定", Genre.REPORT: "关于报送"}[genre]
        issuer = self.mark.removesuffix("文件")
        *head, tail = self.title.split("\n")
        named = [*head, *_parted(tail)]
        named = [f"《{named[0]}", *named[1:]]
        return "\n".join(title_lines([issuer, verb, *named[:-1], f"{named[-1]}》的{genre}"]))

    @written("方案名称")
    def plain_title(self) -> str:
        """The title without its breaks, as a sentence or a list of annexes says it."""
        return self.title.replace("\n", "")

    @written("主送写法")
    def to_written(self) -> str:
        """Whom it is sent to, several parted by a comma."""
        return "，".join(self.letterhead.to if self.letterhead and self.letterhead.to else (self.usual_addressee,))

    @property
    def usual_addressee(self) -> str:
        """Whom such a plan is sent to, where the head does not say: those who carry it out, or who decide on it."""
        upward = self.letterhead is not None and self.letterhead.genre.upward
        return f"{self.round.committee_self}{'巡察工作领导小组' if upward else '各巡察组'}"

    @written("印发写法")
    def sent_out(self) -> str:
        """What the 通知, the 请示 or the 报告 says of the plan."""
        genre = self.letterhead.genre if self.letterhead else Genre.NOTICE
        if genre is Genre.REQUEST:
            return f"根据{self.round.committee_self}统一部署，我们起草了《{self.plain_title}》，现予呈报。"
        if genre is Genre.REPORT:
            return f"现将《{self.plain_title}》报上。"
        approved = self.letterhead.approved_by if self.letterhead else None
        if approved:
            return f"《{self.plain_title}》已经{approved}同意，现印发给你们，请认真贯彻执行。"
        return f"现将《{self.plain_title}》印发给你们，请认真贯彻执行。"

    @written("公文结语")
    def closing(self) -> str:
        """`妥否，请批示。` of a 请示, `特此报告。` of a 报告; a 通知 has none."""
        closings = {Genre.REQUEST: "妥否，请批示。", Genre.REPORT: "特此报告。"}
        return closings.get(self.letterhead.genre, "") if self.letterhead else ""

    @written("印发机关")
    def printed_by(self) -> str:
        """Who prints and sends it; the issuer unless the head says otherwise."""
        return (self.letterhead.printed_by if self.letterhead else None) or self.issuer

    @written("印发日期")
    def printed_on(self) -> str:
        """When it is printed; the day it is dated unless the head says otherwise."""
        return chinese.written_date((self.letterhead.printed_on if self.letterhead else None) or self.signed)


class FieldPlan(Plan):
    """A plan that sends teams out: when they stay, by which methods, in which phases, on whose authority."""

    stay: Stay = named("驻点时间")
    methods: Many[Method] = named("工作方式", min_length=1, examples=["听取汇报"])
    phases: Many[Phase] = named("工作步骤", min_length=1)
    discipline: Many[Line] = named("工作纪律", "不填则用通行的几条", default=DISCIPLINE, min_length=1)
    confidentiality: Many[Line] = named("保密要求", "不填则用通行的几条", default=SECRECY, min_length=1)
    authorised: Day | None = named("授权日期", "组长授权任职决定的日期", default=None, examples=["2025-06-20"])
    authorisation: Line | None = named("授权依据", default=None, examples=["县委关于第八轮巡察组组长授权任职的决定"])
    recusal: Line | None = named("回避情况", default=None, examples=["经核查，组员与被巡察单位之间没有应当回避的情形"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take round and stay from the case."""
        return {**super().facts(case, said), "round": case.round, "stay": case.stay}

    @contradictions
    def _made_before_entry(self) -> Iterator[Contradiction]:
        if self.signed > self.stay.start:
            yield contradiction(
                f"成文日期（signed）{chinese.written_date(self.signed)}"
                f"晚于进驻日期{chinese.written_date(self.stay.start)}，方案应在进驻前定稿。",
                field="signed",
            )
        if self.authorised and self.authorised > self.stay.start:
            yield contradiction("授权日期（authorised）晚于进驻日期，组长应先授权、后进驻。", field="authorised")

    @field_validator("methods")
    @classmethod
    def _each_once(cls, methods: tuple[Method, ...]) -> tuple[Method, ...]:
        twice = next((method for method in methods if methods.count(method) > 1), None)
        if twice:
            refuse(f"工作方式（methods）里“{twice}”写了两次。")
        return methods

    @field_validator("phases")
    @classmethod
    def _one_after_another(cls, phases: tuple[Phase, ...]) -> tuple[Phase, ...]:
        for one, following in pairwise(phases):
            if following.start <= one.end:
                refuse(
                    f"工作步骤（phases）里“{following.name}”开始日期{chinese.written_date(following.start)}"
                    f"不晚于“{one.name}”结束日期{chinese.written_date(one.end)}，各阶段不能重叠。"
                )
        return phases

    @written("工作方式写法")
    def methods_written(self) -> str:
        """`听取汇报、个别谈话和下沉走访`."""
        return chinese.listed(self.methods)

    @written("授权写法")
    def authorisation_written(self) -> str:
        """`组长、副组长经县委决定（2025年6月20日）授权`; empty where nothing is said of it."""
        day = chinese.written_date(self.authorised) if self.authorised else ""
        if self.authorisation:
            return f"组长、副组长经{self.authorisation}{f'（{day}）' if day else ''}授权"
        return f"组长、副组长已于{day}获得授权" if day else ""


def units_each(n: int) -> str:
    """Say how many units each team has, as plans do: `一拖二`."""
    return f"一拖{chinese.numeral(n) if n <= 99 else n}"


# --- titles ----------------------------------------------------------------------------------------------------------

LONGEST_LINE = 20
"""How many characters of 二号 stand on a line of a title."""

_LAST_WORDS = ("工作方案", "工作计划", "实施方案", "工作安排")


def _parted(text: str) -> list[str]:
    """Part a title where a line may break: before the words for what it is."""
    word = next((word for word in _LAST_WORDS if text.endswith(word) and len(text) > len(word)), None)
    return [text.removesuffix(word), word] if word else [text]


def title_lines(pieces: Sequence[str]) -> list[str]:
    """Break a title between pieces that stay whole into few lines of unequal length (GB/T 9704 7.3.1).

    A piece that is longer than a line breaks by itself, in the middle of nothing we know.
    """
    breaks = product((False, True), repeat=len(pieces) - 1)
    return min((_joined(pieces, where) for where in breaks), key=_badness)


def _joined(pieces: Sequence[str], where: Sequence[bool]) -> list[str]:
    lines = [pieces[0]]
    for piece, broken in zip(pieces[1:], where, strict=True):
        if broken:
            lines.append(piece)
        else:
            lines[-1] += piece
    return lines


def _badness(lines: Sequence[str]) -> tuple[int, int, bool, float]:
    """Rank a way to break a title: lines that are too long, then how many, then no 梯形 or 菱形, then unevenness."""
    widths = [chinese.width(line) for line in lines]
    too_wide = sum(width > LONGEST_LINE for width in widths)
    return too_wide, len(lines), not _shapely(widths), max(widths) - min(widths)


def _shapely(widths: Sequence[float]) -> bool:
    """Whether lines grow, shrink, or grow and then shrink: 梯形 or 菱形."""
    top = widths.index(max(widths))
    up, down = widths[: top + 1], widths[top:]
    return all(a < b for a, b in pairwise(up)) and all(a > b for a, b in pairwise(down))

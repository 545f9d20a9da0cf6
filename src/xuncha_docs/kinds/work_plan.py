"""巡察工作方案, the plan of one team: whom it inspects, when and how, who does what.

The round's plan and the year's plan are other layers under the same name; this is the team's, which the liaison
officer drafts and the leader approves.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pydantic import field_validator

from xuncha_docs import chinese, legal
from xuncha_docs.case import Case, Method, RosterLine, Stay, Team
from xuncha_docs.document import Audience, TeamPaper
from xuncha_docs.fields import Basis, Day, Line, Many, Moment, Paragraphs, Span, Title, UnitName, YesNo, cited
from xuncha_docs.images import Seal
from xuncha_docs.model import Choice, Contradiction, Model, contradiction, contradictions, named, refuse, written


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


_DISCIPLINE = (
    "严格执行中央八项规定及其实施细则精神，不接受被巡察单位的宴请、礼品和安排的旅游、娱乐活动。",
    "不单独约见被巡察单位人员，个别谈话由两名以上组员进行。",
    "不干预被巡察单位正常工作，不履行执纪审查职责，不借巡察之机办理私事。",
    "遇有重要情况和重大问题及时请示报告，不擅自表态。",
)
_SECRECY = (
    "不泄露巡察工作情况，不对外谈论谈话内容、信访内容和巡察中发现的问题。",
    "涉密资料专人保管、登记借阅，不带离驻地，不用手机拍摄，不通过互联网传递。",
    "撤离时清点资料、清退借阅材料，电子数据按规定清除。",
)


class WorkPlan(TeamPaper, kind="work_plan", label="巡察工作方案", audience=Audience.INTERNAL, place="130"):
    """The plan of a team, with its tables as annexes."""

    title: Title = named("标题", "可用换行断开", examples=["县委第三巡察组\n巡察县水利局党组工作方案"])
    team: Team = named("巡察组")
    units: Many[UnitName] = named("被巡察单位", min_length=1, examples=["中共临江县水利局党组"])
    stay: Stay = named("驻点时间")
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
    methods: Many[Method] = named("工作方式", min_length=1, examples=["听取汇报"])
    phases: Many[Phase] = named("工作步骤", min_length=1)
    duties: Many[Duty] = named("分工", min_length=1)
    tasks: Many[Task] = named("任务明细", min_length=1)
    meetings: Many[Meeting] = named("会议安排", default=())
    discipline: Many[Line] = named("工作纪律", "不填则用通行的几条", default=_DISCIPLINE, min_length=1)
    confidentiality: Many[Line] = named("保密要求", "不填则用通行的几条", default=_SECRECY, min_length=1)
    chapters: Many[Chapter] = named("其他章节", "排在保密要求之后", default=())
    authorised: Day | None = named("授权日期", "组长授权任职决定的日期", default=None, examples=["2025-06-20"])
    authorisation: Line | None = named("授权依据", default=None, examples=["县委关于第八轮巡察组组长授权任职的决定"])
    recusal: Line | None = named("回避情况", default=None, examples=["经核查，组员与被巡察单位之间没有应当回避的情形"])
    sealed: YesNo = named("盖章", "打印后加盖印章", default=False)
    seal: Seal | None = named("印章", "印章图片（透明底 PNG），只用给定的图片", default=None)
    signed: Day = named("成文日期", "不晚于进驻日期", examples=["2025-06-25"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take team, units and stay from the case; the title breaks after the team's name where it is long."""
        units = tuple(unit.public for unit in case.units)
        names = "、".join(unit.short for unit in units) if len(units) < 3 else f"{units[0].short}等{len(units)}个单位"
        head, tail = case.round.team_short(case.team.ordinal), f"巡察{names}工作方案"
        return {
            **super().facts(case, said),
            "title": f"{head}{tail}" if chinese.width(head + tail) <= 20 else f"{head}\n{tail}",
            "team": case.team,
            "units": units,
            "stay": case.stay,
        }

    @contradictions
    def _possible(self) -> Iterator[Contradiction]:
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

    @written("依据写法")
    def basis_written(self) -> str:
        """`《中国共产党党内监督条例》《中国共产党巡视工作条例》`."""
        return cited(self.basis)

    @written("对象")
    def objects(self) -> str:
        """The units by name."""
        return "、".join(unit.extended for unit in self.units)

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

    @written("成员")
    def roster(self) -> tuple[RosterLine, ...]:
        """Everybody in the team with the post held."""
        return self.team.roster

    @written("人员写法")
    def people_written(self) -> str:
        """The team in one sentence: `组长张某某，副组长李某某，联络员王某某，组员赵某某、钱某某`."""
        roles: dict[str, list[str]] = {}
        for line in self.team.roster:
            roles.setdefault(line.role, []).append(line.person.name)
        return "，".join(f"{role}{'、'.join(names)}" for role, names in roles.items())

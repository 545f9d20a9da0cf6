"""会议议程: when and where a meeting is, who chairs it, what comes after what; and what the chair says, as a variant.

The usual one is the meeting on the day of entry, 巡察工作动员会: the leader speaks, the notice is read, the inspected
organisation answers, forms are filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case, Stay
from xuncha_docs.document import STANDARD, Audience, TeamPaper, Variant
from xuncha_docs.fields import Count, Line, Many, Moment, Title, UnitName, YesNo, as_day
from xuncha_docs.model import Choice, Contradiction, Model, contradiction, contradictions, named, written
from xuncha_docs.plans import title_lines

SCRIPT = "script"
"""The variant that holds what the chair says."""


class Gathering(Choice):
    """What sort of meeting it is."""

    KICKOFF = "动员会"
    TEAM = "组务会"
    REPORT = "汇报会"
    DISCUSSION = "座谈会"
    FEEDBACK = "反馈会"

    @classmethod
    def also(cls) -> dict[str, str]:
        """Read the longer words too."""
        return {"巡察工作动员会": "动员会", "进驻动员会": "动员会", "反馈会议": "反馈会", "听取汇报会": "汇报会"}


class AgendaItem(Model):
    """One item of the agenda; a bare text will do."""

    short_form = True

    item: Line = named("事项", examples=["组长作动员讲话"])
    speaker: Line | None = named("发言人", "写职务和姓名", default=None, examples=["组长张某某"], usual=True)
    minutes: Count | None = named("分钟", "约多长时间", default=None, examples=[20])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare text."""
        return {"item": text}

    @written("写法")
    def phrase(self) -> str:
        """`组长作动员讲话（组长张某某，约20分钟）`."""
        notes = "，".join(x for x in (self.speaker, f"约{self.minutes}分钟" if self.minutes else None) if x)
        return f"{self.item.rstrip('。')}（{notes}）" if notes else self.item.rstrip("。")


class MeetingAgenda(
    TeamPaper,
    kind="meeting_agenda",
    label="会议议程",
    audience=Audience.INTERNAL,
    cycle="230",
    variants={SCRIPT: Variant("主持词")},
):
    """The agenda of a meeting, and on demand the words of the chair."""

    unprinted = ("stay", "with_script")

    gathering: Gathering = named("会议类型", default=Gathering.KICKOFF, examples=["动员会"])
    meeting: Title | None = named("会议名称", "不填则按会议类型、巡察组和单位写出", default=None)
    units: Many[UnitName] = named("被巡察单位", min_length=1, examples=["中共临江县水利局党组"])
    stay: Stay | None = named("驻点时间", "填写后核对会议时间", default=None)
    at: Moment = named("时间", "动员会不填则取驻点时间里的动员会时间", examples=["2025年7月1日 9:00"])
    place: Line = named("地点", examples=["县水利局三楼会议室"])
    host: Line = named("主持人", "写职务和姓名；动员会多由被巡察党组织主要负责人主持", examples=["县水利局党组书记"])
    attendees: Many[Line] = named("参加人员", min_length=1, examples=["县水利局领导班子成员、中层干部"])
    items: Many[AgendaItem] = named("议程", "动员会不填则用通行的四项", min_length=1)
    materials: Many[Line] = named(
        "材料", "会上要发的表格和文件", default=(), examples=["领导班子民主测评表"], usual=True
    )
    notes: Many[Line] = named("会务要求", default=(), examples=["参会人员提前10分钟入场，手机静音"])
    with_script: YesNo = named("附主持词", "另印一份主持词", default=False)

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take team, units and stay from the case; of the meeting at entry also its hour, guests and items."""
        units = tuple(unit.public for unit in case.units)
        facts: dict[str, Any] = {**super().facts(case, said), "units": units, "stay": case.stay}
        if not _of_entry(said.get("gathering", Gathering.KICKOFF)):
            return facts
        leaders = f"{units[0].short}领导班子成员" if len(units) == 1 else "各被巡察党组织领导班子成员"
        facts["attendees"] = (f"{case.round.team_short(case.team.ordinal)}全体人员", leaders)
        facts["items"] = _usual(case)
        return facts | ({"at": case.stay.kickoff} if case.stay.kickoff else {})

    @property
    def dated(self) -> Any:
        """The day on which it is held."""
        return as_day(self.at)

    @property
    def printed_as(self) -> tuple[str, ...]:
        """The agenda, and the words of the chair where they are wanted."""
        return (STANDARD, SCRIPT) if self.with_script else (STANDARD,)

    @contradictions
    def _in_the_cycle(self) -> Iterator[Contradiction]:
        if self.stay is None:
            return
        if self.gathering is Gathering.KICKOFF and as_day(self.at) < self.stay.start:
            yield contradiction(
                f"时间（at）{chinese.written_moment(self.at)}早于进驻日期{chinese.written_date(self.stay.start)}，"
                "动员会在进驻时召开。",
                field="at",
            )
        if self.gathering is Gathering.FEEDBACK and as_day(self.at) <= (self.stay.end or self.stay.start):
            yield contradiction(
                f"时间（at）{chinese.written_moment(self.at)}时还没有撤离，反馈会在撤离之后召开。", field="at"
            )

    @written("会议名称写法")
    def name(self) -> str:
        """`县委第三巡察组巡察县水利局党组工作动员会`."""
        return "".join(self._pieces())

    @written("议程标题")
    def agenda_title(self) -> str:
        """The title of the agenda, its lines broken between words."""
        return self._titled("议程")

    @written("主持词标题")
    def script_title(self) -> str:
        """The title of the words of the chair, its lines broken between words."""
        return self._titled("主持词")

    def _titled(self, ending: str) -> str:
        *head, last = self._pieces()
        pieces = [*head, f"{last}{ending}"]
        return "\n".join(pieces if self.meeting else title_lines(pieces))

    def _pieces(self) -> list[str]:
        """Return the name of the meeting in pieces between which a line may break; a given one says that itself."""
        if self.meeting:
            return self.meeting.split("\n")
        units = f"巡察{self.units_short}"
        ends = {
            Gathering.KICKOFF: [units, "工作动员会"],
            Gathering.REPORT: [units, "工作汇报会"],
            Gathering.DISCUSSION: [units, "座谈会"],
            Gathering.FEEDBACK: [units, "情况反馈会"],
        }
        return [self.team_short, *ends.get(self.gathering, ["组务会"])]

    @written("单位写法")
    def units_short(self) -> str:
        """One or two units by their short names; more as `县水利局党组等3个单位党组织`."""
        names = [unit.short for unit in self.units]
        return "、".join(names) if len(names) < 3 else f"{names[0]}等{len(names)}个单位党组织"

    @written("参加写法")
    def attendees_written(self) -> str:
        """Who comes, parted by 、; where a name has that mark itself, by ；."""
        return ("；" if any("、" in one for one in self.attendees) else "、").join(self.attendees)

    @written("逐项议程")
    def items_written(self) -> tuple[str, ...]:
        """The items with their numbers."""
        return tuple(f"{chinese.heading_number(3, n)}{item.phrase}" for n, item in enumerate(self.items, 1))

    @written("逐项材料")
    def materials_written(self) -> tuple[str, ...]:
        """What is handed out, with its numbers."""
        return tuple(f"{chinese.heading_number(3, n)}{text.rstrip('。')}" for n, text in enumerate(self.materials, 1))

    @written("逐项要求")
    def notes_written(self) -> tuple[str, ...]:
        """What those who come should know, with its numbers."""
        return tuple(f"{chinese.heading_number(3, n)}{text.rstrip('。')}。" for n, text in enumerate(self.notes, 1))

    @written("主持词")
    def script(self) -> tuple[str, ...]:
        """What the chair says, item by item."""
        opening = (
            f"根据{self.round.committee_self}统一部署，今天召开{self.name}。",
            f"参加今天会议的有：{self.attendees_written}。",
            f"今天的会议共有{_cardinal(len(self.items))}项议程。",
        )
        steps = (f"{_step(n, len(self.items))}：{_asked(item)}" for n, item in enumerate(self.items, 1))
        return (*opening, *steps, "会议各项议程已经完成。散会。")


def _of_entry(word: object) -> bool:
    """Tell whether a section that says this of its meeting means the one on the day of entry."""
    return isinstance(word, str) and Gathering.KICKOFF in (word, Gathering.also().get(word), *_english(word))


def _english(word: str) -> tuple[Gathering, ...]:
    return tuple(one for one in Gathering if one.name.lower() == word.lower())


def _usual(case: Case) -> tuple[AgendaItem, ...]:
    """Return the items of a meeting on the day of entry, with those of the team who speak."""
    team = case.team
    reader = f"副组长{team.deputies[0].name}" if team.deputies else f"联络员{team.liaison.name}"
    return (
        AgendaItem(item="组长作动员讲话", speaker=f"组长{team.leader.name}"),
        AgendaItem(item="宣读巡察通知书", speaker=reader),
        AgendaItem(item="被巡察党组织主要负责人作表态发言"),
        AgendaItem(item="填写民主测评表"),
    )


def _cardinal(n: int) -> str:
    return chinese.numeral(n) if n <= 99 else str(n)


def _step(n: int, last: int) -> str:
    return f"下面进行第{_cardinal(n)}项" if n < last or last == 1 else "下面进行最后一项"


def _asked(item: AgendaItem) -> str:
    return f"{item.item.rstrip('。')}。" + (f"有请{item.speaker}。" if item.speaker else "")

"""Facts of papers that were really published: a model holds each of them, or refuses it, or a reason says why not.

The facts lie in `examples/published/` of `shared` and are read when the tests run; here stand only file ids, fact keys
(dotted paths) and reasons. What a source leaves out and a model requires comes from one fictional base, set in years
that no published paper is from, and saying nothing that a published paper says.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from tests.conftest import SHARED
from xuncha_docs import Announcement, Case, ExperienceReport, RectificationNotice, WorkPlan
from xuncha_docs.case import Level
from xuncha_docs.chinese import read_numeral
from xuncha_docs.fields import Period
from xuncha_docs.kinds.announcement import TeamRow
from xuncha_docs.kinds.archive_index import ArchiveIndex
from xuncha_docs.kinds.extension_notice import ExtensionNotice
from xuncha_docs.kinds.meeting_agenda import MeetingAgenda
from xuncha_docs.kinds.rectification_closing import RectificationClosing
from xuncha_docs.kinds.rectification_ledger import RectificationLedger
from xuncha_docs.kinds.withdrawal_notice import WithdrawalNotice
from xuncha_docs.matters import Method
from xuncha_docs.model import Model, chinese_name

pytestmark = pytest.mark.needs("shared")

PUBLISHED = SHARED / "examples/published"

KINDS: Mapping[str, type[Model]] = {
    "announcement": Announcement,
    "work-plan": WorkPlan,
    "rectification-notice": RectificationNotice,
    "experience": ExperienceReport,
    "withdrawal": WithdrawalNotice,
    "extension": ExtensionNotice,
    "archive": ArchiveIndex,
    "kickoff": MeetingAgenda,
    "rectification-form": RectificationLedger,
}
"""The kind whose facts a file holds, by the beginning of its id."""

# --- the fictional base --------------------------------------------------------------------------------------------

ROUND = {
    "level": "国企子公司",
    "committee": {"name": "华澜物业有限公司", "short_name": "华澜物业"},
    "round": 99,
    "types": ["提级"],
}
COMMITTEES = {
    "市": {"name": "临江市"},
    "县": {"name": "临江县"},
    "区": {"name": "临江区"},
    "县级市": {"name": "临江市"},
    "国企": {"name": "华澜集团有限公司", "short_name": "华澜集团"},
    "央企": {"name": "华澜集团有限公司", "short_name": "华澜集团"},
    "高校": {"name": "临江大学"},
}
TEAM = {"ordinal": 99, "leader": "张某某", "liaison": {"name": "王某某", "phone": "0600-8000003"}}
STAY = {"start": "2001-01-01", "duration": "虚构的时长"}
PHONE, EMAIL, PLACE = "0600-8000001", "xuncha@linjiang.example", "虚构的位置"
PNG = {"content": (Path(__file__).parent / "code.png").read_bytes()}

MATTER = {
    "number": "临委巡组立改〔2001〕1号",
    "found": {"day": "2001-01-01", "method": "列席会议"},
    "problem": {"fact": "虚构的问题"},
    "requirements": "虚构的要求",
    "responsible": "虚构单位党组书记",
    "deadline": "2099-12-31",
}

BASES: Mapping[type[Model], Mapping[str, Any]] = {
    Announcement: {
        "round": ROUND,
        "teams": [{"ordinal": 99, "units": ["虚构单位党组"]}],
        "stay": STAY,
        "channels": {"phones": PHONE},
        "basis": "虚构的规定",
        "targets": "虚构的对象",
        "disciplines": "政治纪律",
        "exclusion": "虚构的处理",
        "signed": "2001-01-01",
    },
    WorkPlan: {
        "title": "虚构的方案",
        "round": ROUND,
        "team": TEAM,
        "units": ["虚构单位党组"],
        "stay": STAY | {"start": "2099-01-01"},
        "guidance": "虚构的要求。",
        "focus": [{"heading": "虚构的重点"}],
        "methods": "听取汇报",
        "phases": [{"name": "虚构阶段", "start": "2001-01-01", "end": "2001-01-31", "tasks": "虚构的任务。"}],
        "duties": {"people": "张某某", "duty": "虚构的职责"},
        "tasks": {"task": "虚构的任务", "owner": "张某某", "due": "2001-01-31"},
        "signed": "2001-01-01",
    },
    RectificationNotice: {
        "round": ROUND,
        "team": {"ordinal": 99},
        "item": MATTER,
        "to": "虚构单位党组",
        "contact": TEAM["liaison"],
        "signed": "2001-01-01",
    },
    ExperienceReport: {
        "title": "虚构的体会",
        "writer": {"name": "王某某"},
        "round": ROUND,
        "team": {"ordinal": 99},
        "period": {"start": "2001-01-01", "end": "2099-12-31"},
        "opening": "虚构的开头。",
        "sections": [{"heading": "虚构的小标题", "paragraphs": "虚构的段落。"}],
        "closing": "虚构的结尾。",
    },
    WithdrawalNotice: {
        "round": ROUND,
        "teams": [{"ordinal": 99, "units": ["虚构单位党组"]}],
        "stay": STAY,
        "notice": {"signed": "2001-01-01"},
        "leave": "2099-12-31",
        "closed": "二维码",
        "desks": {"name": "虚构的部门"},
        "signed": "2099-12-31",
    },
    ExtensionNotice: {
        "round": ROUND,
        "teams": [{"ordinal": 99, "units": ["虚构单位党组"]}],
        "stay": STAY | {"end": "2001-02-28"},
        "notice": {"signed": "2001-01-01"},
        "new_end": "2099-12-31",
        "signed": "2001-02-01",
    },
    MeetingAgenda: {
        "round": ROUND,
        "team": {"ordinal": 99},
        "units": "虚构单位党组",
        "at": "2001-01-01",
        "place": "虚构的地点",
        "host": "虚构的职务",
        "attendees": "虚构的人员",
        "items": "虚构的事项",
    },
    RectificationClosing: {
        "round": ROUND,
        "team": {"ordinal": 99},
        "to": "虚构单位党组",
        "item": MATTER
        | {
            "issued": "2001-01-01",
            "outcome": {
                "reported": "2099-12-30",
                "measures": ["虚构的措施", "虚构的又一措施"],
                "signer": "虚构的职务",
            },
            "verification": {
                "day": "2099-12-31",
                "ways": ["资料核查", "资料核查"],
                "verdict": "部分完成",
                "people": ["赵某某", "钱某某"],
            },
        },
    },
    RectificationLedger: {
        "round": ROUND,
        "team": {"ordinal": 99},
        "as_of": "2001-01-31",
        "items": [MATTER | {"to": "虚构单位党组", "deadline": "2001-01-31"}],
        "liaison": "王某某",
        "calendar": {"years": [2001]},
    },
    ArchiveIndex: {
        "round": ROUND,
        "team": {"ordinal": 99},
        "units": "虚构单位党组",
        "rows": ["虚构的材料"],
        "given_by": "王某某",
    },
    Case: {
        "round": ROUND,
        "team": TEAM,
        "units": [{"name": "虚构单位党组"}],
        "stay": STAY,
        "channels": {"phones": PHONE},
    },
}


def fictional_teams(count: int, units: int = 1) -> list[dict[str, Any]]:
    return [
        {"ordinal": n, "units": [{"name": f"虚构单位{n}之{m}党组"} for m in range(units)]} for n in range(1, count + 1)
    ]


def fictional_phases(names: list[str]) -> list[dict[str, Any]]:
    return [
        {"name": name, "start": f"{year}-01-01", "end": f"{year}-12-31", "tasks": "虚构的任务。"}
        for year, name in enumerate(names, 2001)
    ]


# --- how facts go in and are read back -----------------------------------------------------------------------------


def same(value: Any) -> Any:
    return value


def joined(words: list[str]) -> str:
    return "、".join(words)


def untouched(data: Any, value: Any) -> None:
    """Put nothing in: other facts say this one already."""


Put = Callable[[Any, Any], None]
Turn = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True)
class Said:
    """A fact that a model holds.

    Args:
        put: writes the published value into the input.
        back: reads it from the built model.
        ours: turns the published value into the words in which `back` reads it.
        of: the model that holds it; None is the kind of the file.
    """

    put: Put = untouched
    back: Turn
    ours: Turn = same
    of: type[Model] | None = None


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A fact that can't be true, and the field to which the model objects.

    Args:
        put: writes the published value into the input.
        field: the dotted path of the field that the error names.
        because: what the message says.
        of: the model that refuses; None is the kind of the file.
    """

    put: Put
    field: str
    because: str
    of: type[Model] | None = None


Entry = Said | Refused | str
"""What becomes of a fact; a text is the reason why no model holds it."""


def write(data: Any, path: str, value: Any) -> None:
    """Write a value into input data, making the sections on the way to it."""
    *way, last = path.split(".")
    for key in way:
        data = data[int(key)] if isinstance(data, list) else data.setdefault(key, {})
    data[int(last) if isinstance(data, list) else last] = value


def read(value: Any, path: str) -> Any:
    """Read from a model along a dotted path; `*` takes every item, and what is not there is None."""
    head, _, rest = path.partition(".")
    if head == "*":
        return [read(item, rest) for item in value]
    inner = step(value, head)
    return read(inner, rest) if rest and inner is not None else plain(inner)


def step(value: Any, key: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, tuple):
        return value[int(key)] if int(key) < len(value) else None
    return getattr(value, key)


def plain(value: Any) -> Any:
    """Return a value of a model as the published files write it."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Period):
        return f"{value.start:%H:%M}-{value.end:%H:%M}"
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def at(
    path: str, *, into: Turn = same, back: str | Turn = "", ours: Turn = same, of: type[Model] | None = None
) -> Said:
    """Say a fact in a field, and read it there, or at `back`."""
    reader = back if callable(back) else lambda model: read(model, back or path)
    return Said(put=lambda data, value: write(data, path, into(value)), back=reader, ours=ours, of=of)


def month(path: str, *, of: type[Model] | None = None) -> Said:
    """Say a day of which only the month was published: the model wants a day, so the first is made up."""
    return at(path, into=lambda text: f"{text}-01", back=lambda model: read(model, path)[:7], of=of)


def told(path: str, sentence: str, *, ours: Turn = str, of: type[Model] | None = None) -> Said:
    """Tell a fact in a sentence, `…{}…`, of a field for free text."""
    return at(
        path,
        into=lambda value: sentence.format(ours(value)),
        back=lambda model: cut_out(sentence, read(model, path)),
        ours=ours,
        of=of,
    )


def cut_out(sentence: str, text: str | list[str] | None) -> str | None:
    """Return what a text says in place of the `{}` of a sentence; None if it says something else."""
    pattern = re.escape(sentence).replace(re.escape("{}"), "(.+)")
    lines = [text] if isinstance(text, str) else text or []
    return next((match[1] for line in lines if (match := re.fullmatch(pattern, line))), None)


def detail(clause: str, ours: Turn = str) -> Said:
    """Tell a fact in a clause, `…{}…`, after the problem of a notice."""

    def put(data: Any, value: Any) -> None:
        data["item"]["problem"]["fact"] += f"，{clause.format(ours(value))}"

    return Said(put=put, back=lambda notice: cut_out(clause, notice.item.problem.fact.split("，")), ours=ours)


def refused(path: str, because: str, *, into: Turn = same, of: type[Model] | None = None) -> Refused:
    """Expect that the field at a path refuses a fact."""
    return Refused(put=lambda data, value: write(data, path, into(value)), field=path, because=because, of=of)


def listed(paths: str, reason: str) -> dict[str, Entry]:
    """List facts, parted by blanks, that no model holds."""
    return dict.fromkeys(paths.split(), reason)


# --- facts that many papers share ----------------------------------------------------------------------------------


def put_level(data: Any, level: str) -> None:
    data["round"] |= {"level": level, "committee": COMMITTEES[level]}


def level_of(model: Any) -> str | None:
    """Return the level as the sources call it: of counties, what the committee calls itself tells 县, 区 and 县级市."""
    level, own = model.round.level, model.round.committee_self
    local = {"县委": "县", "区委": "区", "市委": "县级市" if level is Level.COUNTY else "市"}
    return local.get(own) or {Level.SOE_GROUP: "国企", Level.UNIVERSITY: "高校"}.get(level)


MEETING = {"at": "2001-01-01", "name": "虚构的会议"}
AGENDA = at("meetings", into=lambda items: MEETING | {"agenda": items}, back="meetings.0.agenda", of=WorkPlan)


def put_exclusion(data: Any, sentence: str) -> None:
    data["excluded"], data["exclusion"] = sentence.split(",")


# A central enterprise is a group like any other: nothing in its papers differs.
LEVEL = Said(put=put_level, back=level_of, ours=lambda level: {"央企": "国企"}.get(level, level))


def first(text: str) -> str:
    """Write 首轮 and 首批 as our papers do."""
    return text.replace("首", "第一")


def put_round(data: Any, text: str) -> None:
    year, number = re.fullmatch(r"(?:(\d{4})年)?(.+)轮", first(text)).groups()  # type: ignore[union-attr]
    data["round"] |= {"round": number} | ({"year": year} if year else {})


def in_name(pattern: str) -> Callable[[Any], str | None]:
    """Make a reader of that part of the round's written name, such as 第八轮 in 十四届县委第八轮巡察."""

    def back(model: Any) -> str | None:
        match = re.search(pattern, model.round.name)
        return match[0] if match else None

    return back


TERM = at("round.term", into=lambda text: text.partition("届")[0], back=in_name("^.+届.+?委"))
THE_ROUND = Said(put=put_round, back=in_name(r"(?:\d{4}年)?第[^第]+轮"), ours=first)
BATCH = at("round.batch", into=lambda text: first(text).removesuffix("批"), back=in_name("第[^第]+批"), ours=first)


def ordinal_in(text: str) -> str:
    """Return 第三 of 县委第三巡察组."""
    return text[text.index("第") :].removesuffix("巡察组")


SHORT_TEAM = at("team.ordinal", into=ordinal_in, back="team_short")
BARE_TEAM = at("team.ordinal", into=ordinal_in, back="team.name")
LEADER = at("team.leader", back="team.leader.name", of=Case)


def put_special(data: Any, text: str) -> None:
    kind, subject = re.fullmatch(r"(.+)\((.+)\)", text).groups()  # type: ignore[union-attr]
    data["round"] |= {"types": [kind], "subject": subject}


def special_written(text: str) -> str:
    """Write `专项(校园餐)` as our papers do, `校园餐专项巡察`."""
    kind, _, subject = text.removesuffix(")").partition("(")
    return f"{subject}{kind}巡察"


SPECIAL = Said(put=put_special, back=lambda model: model.round.types_written, ours=special_written)

IN_ROUND: Mapping[str, Entry] = {"level": LEVEL, "term": TERM, "round": THE_ROUND}
DATES: Mapping[str, Entry] = {"stay.start": at("stay.start"), "stay.end": at("stay.end")}
CLOSE = at("stay.complaints_close")
BASIS = at("basis", back="basis.*.title")

# --- announcements -------------------------------------------------------------------------------------------------

TEAM_COUNT = Said(
    put=lambda data, count: write(data, "teams", fictional_teams(count)),
    back=lambda notice: len(notice.table),
    of=Announcement,
)
NOTICE_UNIT = at("teams.0.units", back="teams.0.units.0.name")
UNIT_COUNT = at("declared_units")
QR = at("channels.qr", into=lambda name: {"platform": name, "image": PNG}, back="channels.qr.platform")
PHONES = at("channels.phones", back="channels.phones.*.number")
ONE_PHONE = at("channels.phones", back="channels.phones.0.number")
PERIODS = at("channels.phone_hours.periods")
HOURS: Mapping[str, Entry] = {"phone_hours.days": at("channels.phone_hours.days"), "phone_hours.periods": PERIODS}
BOX_PLACES = at("channels.boxes", back="channels.boxes.*.place")

WAYS: Mapping[str, tuple[str, Any, str]] = {
    "电话": ("phones", PHONE, "值班电话"),
    "值班电话": ("phones", PHONE, "值班电话"),
    "监督电话": ("supervision_phone", PHONE, "监督电话"),
    "信箱": ("post", PLACE, "邮政信箱"),
    "邮政信箱": ("post", PLACE, "邮政信箱"),
    "联系信箱": ("post", PLACE, "邮政信箱"),
    "电子邮箱": ("email", EMAIL, "电子邮箱"),
    "意见箱": ("boxes", PLACE, "意见箱"),
    "固定意见箱": ("boxes", PLACE, "意见箱"),
    "接待室": ("reception", PLACE, "来访接待"),
    "二维码": ("qr", {"platform": "虚构平台", "image": PNG}, "虚构平台"),
    "码上巡察": ("qr", {"platform": "码上巡察", "image": PNG}, "码上巡察"),
}
"""A channel as notices call it: its field, what leads nowhere, and what ours calls it (a code, by its platform)."""


def ways_given(notice: Any) -> list[str]:
    """Return every channel that a notice names, the telephone for complaints about the team too."""
    channels = notice.channels
    labels = [channels.qr.platform if line.label == "网上反映" else line.label for line in channels.lines]
    return sorted([*labels, *(["监督电话"] if channels.supervision else [])])


CHANNELS = Said(
    put=lambda data, words: write(data, "channels", {field: value for field, value, _ in map(WAYS.__getitem__, words)}),
    back=ways_given,
    ours=lambda words: sorted(WAYS[word][2] for word in words),
)
SENTENCE_WAYS = Said(back=lambda notice: notice.ways, ours=joined)


def put_entries(data: Any, days: list[str]) -> None:
    """Let each of several teams enter on a day of its own."""
    if len(data["teams"]) < len(days):
        data["teams"] = fictional_teams(len(days))
    for team, day in zip(data["teams"], days, strict=True):
        team["stay"] = STAY | {"start": day}


def put_duration(data: Any, length: Mapping[str, Any]) -> None:
    for stay in [data["stay"], *(team["stay"] for team in data["teams"])]:
        stay["duration"] = "{value}{unit}{about}".format(**length, about="左右" if length["approx"] else "")


def duration_of(notice: Any) -> dict[str, Any] | None:
    """Return the one length of all stays, taken apart."""
    said = {stay.duration for stay in [notice.stay, *(team.stay for team in notice.teams if team.stay)]}
    match = re.fullmatch(r"([\d.]+)(\D+?)(左右)?", said.pop()) if len(said) == 1 else None
    return match and {"value": float(match[1]), "unit": match[2], "approx": bool(match[3])}


ENTRIES = Said(put=put_entries, back=lambda notice: read(notice, "teams.*.stay.start") if notice.several else None)
DURATION = Said(put=put_duration, back=duration_of)


def put_units_per_team(data: Any, count: int) -> None:
    data["units_per_team"] = count
    for team, filled_in in zip(data["teams"], fictional_teams(len(data["teams"]), count), strict=True):
        team["units"] = filled_in["units"]


def put_groups(data: Any, names: list[str]) -> None:
    data["teams"] = [
        team | {"ordinal": ordinal_in(name)} for team, name in zip(fictional_teams(len(names)), names, strict=True)
    ]


def units_of(word: str) -> Said:
    """Count the units of a type."""

    def put(data: Any, count: int) -> None:
        data["teams"][0]["units"] += [{"name": f"虚构{word}{n}党组织", "type": word} for n in range(count)]

    def back(notice: Any) -> int:
        return sum(unit.type == word for unit in notice.unit_names)

    return Said(put=put, back=back)


def villages_of(half: slice) -> Said:
    """Count the villages to which the inspection of one half of the eight towns extends."""

    def put(data: Any, count: int) -> None:
        towns = [unit for unit in data["teams"][0]["units"] if unit.get("type") == "镇"][half]
        for n, town in enumerate(towns):
            town["extends_to"] = f"所辖{count // len(towns) + (n < count % len(towns))}个村党组织"

    def back(notice: Any) -> int:
        towns = [unit for unit in notice.unit_names if unit.type == "镇"][half]
        return sum(int(cut_out("所辖{}个村党组织", town.extends_to) or 0) for town in towns)

    return Said(put=put, back=back)


COLUMNS = {"组别": "巡察组", "单位": "单位", "电话": "值班电话", "意见箱位置": "意见箱", "邮箱": "电子邮箱"}


def put_table(data: Any, columns: list[str]) -> None:
    own = {"phones": PHONE, "boxes": PLACE, "email": EMAIL}
    data["teams"] = [team | {"channels": own} for team in fictional_teams(3)]


def table_says(notice: Any) -> list[str]:
    """Return what every row of the table of teams tells."""
    (contacts,) = {tuple(text.partition("：")[0] for text in row.contacts) for row in notice.table}
    return sorted([chinese_name(TeamRow, "team"), chinese_name(TeamRow, "units"), *contacts])


TABLE = Said(put=put_table, back=table_says, ours=lambda words: sorted(COLUMNS[word] for word in words))


def put_signer(data: Any, text: str) -> None:
    data["signer"] = "巡察组"
    data["teams"][0]["ordinal"] = ordinal_in(text)


NOT_OURS = "a 巡视 of the centre or a province; our papers are those of a 巡察"
NAME_OF_HEAD = "a person's name: a public notice never prints one, and a case keeps the post of a unit's head, no name"

ANNOUNCEMENTS: Mapping[str, Mapping[str, Entry]] = {
    "announcement-3": {
        **IN_ROUND,
        "group_count": TEAM_COUNT,
        "units.towns": units_of("镇"),
        "units.villages_first_part": villages_of(slice(0, 4)),
        "units.villages_second_part": villages_of(slice(4, 8)),
        "units.school_districts": units_of("学区"),
        "units.schools": units_of("学校"),
        "channels": CHANNELS,
        "targets": at("targets", into=joined, ours=joined),
        "disciplines": at("disciplines"),
        "complaints_close": CLOSE,
        "exclusion": Said(put=put_exclusion, back=lambda notice: f"{notice.excluded},{notice.exclusion}"),
    },
    "announcement-5": {
        "level": LEVEL,
        "unit": NOTICE_UNIT,
        "channels_open.from": refused("stay.start", "写法不对，应写成"),
        "channels_open.to": CLOSE,
        "box_locations": BOX_PLACES,
        "signer": Said(
            put=put_signer,
            back=lambda notice: notice.signer_written,
            ours=lambda text: f"{COMMITTEES['高校']['name']}{text}",
        ),
    },
    "announcement-6": {
        "level": LEVEL,
        "group_count": TEAM_COUNT,
        "unit_count": UNIT_COUNT,
        "channels": CHANNELS,
        **HOURS,
    },
    "announcement-8": {
        "level": LEVEL,
        "round": THE_ROUND,
        "groups": Said(put=put_groups, back=lambda notice: read(notice, "table.*.team")),
        "units_per_group": Said(put=put_units_per_team, back=lambda notice: notice.units_per_team),
        "unit_count": UNIT_COUNT,
        "enter": ENTRIES,
        "stay_duration": DURATION,
        "focus": told("task", "巡察组将紧扣“{}”开展监督。"),
        "channels": CHANNELS,
        "inspection_type": at("round.types", back="round.types_written"),
        "kickoff.speakers": AGENDA,
    },
    "announcement-10": {
        "level": LEVEL,
        "inspector": at(
            "teams.0.ordinal",
            into=ordinal_in,
            back=lambda notice: notice.round.team_short(notice.teams[0].ordinal),
        ),
        "unit": NOTICE_UNIT,
        "kickoff": at("stay.kickoff"),
        "phones": PHONES,
        **HOURS,
        "postal.box": at("channels.post.box"),
        "postal.postcode": at("channels.post.postcode"),
        "reception": at("channels.reception", back="channels.reception.place"),
        "email": at("channels.email"),
        "email_group_index": Said(
            back=lambda notice: "".join(re.findall(r"\d+(?=@)", notice.channels.email or "")), ours=str
        ),
        "platform": QR,
        "box_locations": BOX_PLACES,
        "leader": LEADER,
        **listed("unit_secretary", NAME_OF_HEAD),
    },
    "announcement-12": {
        **IN_ROUND,
        "inspector": at("teams.0.ordinal", into=ordinal_in, back="table.0.team"),
        "inspection_type": SPECIAL,
        "unit": NOTICE_UNIT,
        **DATES,
        "complaints_close": CLOSE,
        "channels": CHANNELS,
        **listed("editorial", "the website's own three reviewers, under the notice and no part of it"),
    },
    "announcement-15": {
        "level": LEVEL,
        "unit": NOTICE_UNIT,
        **DATES,
        "declared_days": refused("stay.declared_days", "含首尾两天是62天"),
    },
    "announcement-16": {
        "level": LEVEL,
        "enter": ENTRIES,
        "stay_duration": DURATION,
        "complaints_close": CLOSE,
        "platform": QR,
    },
    "announcement-20": {
        "level": refused("round.level", "高校"),
        **listed("word", NOT_OURS),
        "inspection_type": SPECIAL,
        **DATES,
        "complaints_close": CLOSE,
        "phone": ONE_PHONE,
        **HOURS,
        "channels": SENTENCE_WAYS,
        "postal.box": at("channels.post.box"),
        "email": at("channels.email"),
        "signed_as_published": refused("signed", "写法不对，应写成"),
        "basis": BASIS,
    },
    "announcement-21": {
        **listed("level", "nothing is published: the source does not say whose notice it is"),
        **DATES,
        "declared_days": at("stay.declared_days"),
    },
    "announcement-22": {
        **IN_ROUND,
        **DATES,
        "complaints_close": CLOSE,
        "basis": BASIS,
        **listed(
            "sections",
            "the headings are words of the template, for an office to edit there; the model says whether to print them",
        ),
    },
    "announcement-23": {
        **IN_ROUND,
        "batch": BATCH,
        "days_per_unit": told("stay.duration", "每个单位{}天"),
        "table_columns": TABLE,
        "phone_hours.periods": PERIODS,
    },
}

# --- work plans ----------------------------------------------------------------------------------------------------


def deadline(name: str, unit: str) -> Said:
    """Say a deadline in the policy of a case."""
    return at(f"policy.deadlines.{name}.{unit}", of=Case)


def phase(*, name: str, start: str, end: str, items: int | None = None) -> dict[str, Any]:
    task = f"逐项检查{items}项。" if items else "虚构的任务。"
    return {"name": name, "start": start, "end": end, "tasks": task}


def phases_of(plan: Any) -> list[dict[str, Any]]:
    """Return the phases as the source lists them, with how many items one of them goes through."""
    found = []
    for one in plan.phases:
        items = cut_out("逐项检查{}项。", list(one.tasks))
        dates = {"name": one.name, "start": one.start.isoformat(), "end": one.end.isoformat()}
        found.append(dates | ({"items": int(items)} if items else {}))
    return found


PHASES = at("phases", into=lambda items: [phase(**item) for item in items], back=phases_of)
WHOLE = Said(back=lambda plan: {"start": plain(plan.phases[0].start), "end": plain(plan.phases[-1].end)})
GROUPS = at(
    "duties",
    into=lambda names: [{"group": name, "people": "张某某", "duty": "虚构的职责"} for name in names],
    back="duties.*.group",
)
ATTENDEES = at(
    "meetings",
    into=lambda people: MEETING | {"attendees": joined(people)},
    back="meetings.0.attendees",
    ours=joined,
)

SETTING = "a setting of a system for all inspections; a plan says its own days"
YEARS_OF_WORK = "statistics of a county's inspections over years, not a fact of one plan"

WORK_PLANS: Mapping[str, Mapping[str, Entry]] = {
    "work-plan-3": {
        "level": LEVEL,
        "phases": PHASES,
        "whole": WHOLE,
        "basis_doc_no": at(
            "basis",
            into=lambda number: {"title": "虚构的通知", "number": number},
            back=lambda plan: str(plan.basis[0].number),
        ),
    },
    "work-plan-5": {
        "level": LEVEL,
        "report_after_stay_months": deadline("巡察报告", "months"),
        "rectification_report_months": deadline("整改情况报告", "months"),
        "notice_before_entry_days": deadline("进驻通知", "days"),
        **listed(
            "statistics.谈话 statistics.民主测评表 statistics.查阅资料 statistics.听取汇报 statistics.走访"
            " statistics.发现问题 statistics.问题线索",
            YEARS_OF_WORK,
        ),
    },
    "work-plan-6": {
        "level": LEVEL,
        "title": at("title"),
        "issued": at("signed"),
        "phases": at("phases", into=fictional_phases, back="phases.*.name"),
        **listed(
            "issued_by",
            "a committee's scheme for its whole county, issued by its office: another layer than the plan of a team",
        ),
    },
    "work-plan-9": {
        "level": LEVEL,
        "filed_with": Said(back=lambda plan: plan.round.office_short, ours=lambda office: f"集团党委{office}"),
        "subgroups": GROUPS,
        "notice_before_entry_workdays": deadline("进驻通知", "workdays"),
        "deadlines.整改方案_workdays": deadline("整改方案", "workdays"),
        "deadlines.专题民主生活会_months": deadline("专题民主生活会", "months"),
        "deadlines.整改情况报告_months": deadline("整改情况报告", "months"),
        "interview_min_interviewers": told("discipline", "个别谈话由{}名以上组员进行。"),
        "working_paper_no_pattern": refused(
            "item.number",
            "年份要用六角括号",
            into=lambda pattern: pattern.replace("年份", "2001"),
            of=RectificationNotice,
        ),
        **listed("plan_contents", "which parts any plan must have, not what one says: they are fields of the model"),
        **listed("self_report_problem_share_min", "a rule for the report that the unit writes about itself"),
        "kickoff_agenda": AGENDA,
    },
    "work-plan-10": listed(
        "stay_days.常规 stay_days.专项 supervision_weeks midterm_week rectification_months lookback_months", SETTING
    )
    | listed(
        "weekly_progress_columns", "not yet: columns of the weekly progress table, a paper that has no model so far"
    ),
    "work-plan-11": {
        "level": LEVEL,
        "round": THE_ROUND,
        "group_count": TEAM_COUNT,
        "documents_read": told("phases.0.tasks", "宣读《{}》。", ours=joined),
        "focus": told("focus.0.heading", "聚焦“{}”"),
        "attendees": ATTENDEES,
    },
}

# --- notices of immediate rectification ----------------------------------------------------------------------------

PROBLEM = at("item.problem.fact", back=lambda notice: notice.item.problem.fact.partition("，")[0])
ADDRESSEE = at("to", back="to.name")


def put_issued(data: Any, text: str) -> None:
    """Date a notice on the first of a month, and number it in that year."""
    data["signed"] = f"{text}-01"
    data["item"]["number"] = f"临委巡组立改〔{text[:4]}〕1号"


STATISTICS = "statistics of a report about many notices, not a fact of one notice"
LEDGER = "how a county keeps its ledger: whoever is responsible, and closing, are what our matters must have anyhow"


def done(n: int, sentence: str) -> Said:
    """Tell what was done about a matter, in the n-th measure of its closing slip."""
    return told(f"item.outcome.measures.{n}", sentence, of=RectificationClosing)


CHECKED = {"夜间实地勘察": "现场核查", "回访": "回访核查"}


def checked(n: int) -> Said:
    """Say the n-th way in which the team made sure."""
    path = f"item.verification.ways.{n}"
    return at(path, into=CHECKED.__getitem__, ours=CHECKED.__getitem__, of=RectificationClosing)


RECTIFICATION_NOTICES: Mapping[str, Mapping[str, Entry]] = {
    "rectification-notice-2": {
        "level": LEVEL,
        "round": THE_ROUND,
        "group_count": TEAM_COUNT,
        "scope_rule": told("phases.0.tasks", "对{}的问题，提出立行立改。", of=WorkPlan),
        **listed(
            "letters problems fixed as_of statistics.入户 statistics.电话抽查 statistics.谈话 statistics.查阅资料_册",
            STATISTICS,
        ),
    },
    "rectification-notice-4": {
        "level": LEVEL,
        "inspector": SHORT_TEAM,
        "to": ADDRESSEE,
        "found_by": at(
            "item.found.method",
            back=lambda notice: notice.item.found.method,
            ours=lambda word: {"入户走访": Method.VISIT}[word],
        ),
        "problem": PROBLEM,
        "scale.communities": detail("涉及{}个社区"),
        "scale.lamps": detail("共有{}盏"),
        "scale.broken_share": detail("其中{}不亮", lambda share: f"{share:.0%}"),
        "funds_cny": done(0, "投入资金{}元。"),
        "first_batch_villages": done(1, "首批更换{}个村的路灯。"),
        "status": at("item.remark", of=RectificationClosing),
    },
    "rectification-notice-6": {
        "level": LEVEL,
        "inspector": SHORT_TEAM,
        "form": at("title"),
        "to": ADDRESSEE,
        "cc": at("cc"),
        "problem": PROBLEM,
        "obstacles": at("item.problem.nature", into=joined, ours=joined),
        **listed(
            "budget_cny.min budget_cny.max", "an estimate of the cost: a notice says what to mend, not what that costs"
        ),
        "verified_by": checked(0),
        "follow_up": checked(1),
    },
    "rectification-notice-7": {
        "level": LEVEL,
        "round": THE_ROUND,
        "entered": month("stay.start", of=Case),
        "town": at("units.0.name", of=Case),
        "village_count": told("units.0.extends_to", "所辖{}个村党组织", of=Case),
        "to": ADDRESSEE,
        "problem": PROBLEM,
        "leader": LEADER,
        "result": at("item.outcome.measures.0", of=RectificationClosing),
    },
    "rectification-notice-10": {
        "level": LEVEL,
        **listed("villages items_total written_notices", STATISTICS),
        **listed("ledger", LEDGER),
    },
    "rectification-notice-12": {
        "level": LEVEL,
        "issued": Said(put=put_issued, back=lambda notice: f"{notice.signed:%Y-%m}"),
        "done": at("item.outcome.finished", of=RectificationClosing),
        "body": done(0, "成立{}。"),
    },
    "rectification-notice-14": {
        "level": LEVEL,
        "form": refused("title", "应写作", into=lambda form: f"立行立改{form}"),
        "case.problem": PROBLEM,
        "case.persons": detail("涉及{}人"),
        "case.days": done(0, "{}天内办结。"),
        **listed("items problems", STATISTICS),
    },
}

# --- experience reports --------------------------------------------------------------------------------------------

TITLE = at("title")
AUTHOR = at("writer.name")
METAPHOR = at("metaphor", into=lambda name: {"name": name, "n": read_numeral(name[0])}, back="metaphor.name")
SECTIONS = at(
    "sections",
    into=lambda headings: [{"heading": heading, "paragraphs": "虚构的段落。"} for heading in headings],
    back="sections.*.heading",
)


def put_own_name(data: Any, text: str) -> None:
    """Let a committee call itself as it does, 集团 and not 集团党委."""
    data["round"] |= {"level": "国企", "committee": COMMITTEES["国企"] | {"self_name": text[: text.index("第")]}}
    data["team"] = {"ordinal": ordinal_in(text)}


EXPERIENCE_REPORTS: Mapping[str, Mapping[str, Entry]] = {
    "experience-1": {
        "title": TITLE,
        "author": AUTHOR,
        "author_unit": at("writer.unit"),
        "role": at("writer.role"),
        "inspector": Said(put=put_own_name, back=lambda report: report.team_short),
        "round": THE_ROUND,
        "from": month("period.start"),
        "metaphor": METAPHOR,
        "sections": SECTIONS,
        "closing": told("closing", "今后，我将做到“{}”。"),
    },
    "experience-3": {
        "title": TITLE,
        "author": AUTHOR,
        "inspector": SHORT_TEAM,
        "year": at("round.year"),
        "onsite": at("stay.duration", of=Case),
        "sections": SECTIONS,
        "new_idea": told("sections.0.paragraphs", "我们提出“{}”。"),
    },
    "experience-4": {
        **IN_ROUND,
        "from": month("period.start"),
        "to": month("period.end"),
        "structure": at(
            "sections.0.paragraphs",
            into=lambda openings: [f"{opening}虚构的做法。" for opening in openings],
            back=lambda report: [text.removesuffix("虚构的做法。") for text in report.sections[0].paragraphs],
        ),
    },
    "experience-5": {
        "level": LEVEL,
        "round": THE_ROUND,
        "inspector": BARE_TEAM,
        "from": at("period.start"),
        "to": at("period.end"),
        "sections": SECTIONS,
    },
    "experience-8": {"level": LEVEL},
    "experience-11": {"title": TITLE, "author": AUTHOR, "metaphor": METAPHOR, "headings": SECTIONS},
}

# --- notices that amend one ----------------------------------------------------------------------------------------


def put_team_count(data: Any, count: int) -> None:
    """Let several teams share the units that there are."""
    units = data["teams"][0]["units"]
    data["teams"] = [{"ordinal": n + 1, "units": units[n::count]} for n in range(count)]


def put_units_by_type(data: Any, counts: Mapping[str, int]) -> None:
    data["teams"][0]["units"] = [
        {"name": f"虚构{word}{n}党组织", "type": word} for word, count in counts.items() for n in range(count)
    ]


def moment(path: str) -> Said:
    """Say a day with its time, as the sources write it."""
    return at(path, into=lambda text: text.replace("T", " "), ours=lambda text: f"{text}:00")


CLOSED = {"信访接待点取消": "信访接待点", "意见箱撤回": "意见箱", "电话停用": "值班电话", "电子邮箱停用": "电子邮箱"}

AMENDMENTS: Mapping[str, Mapping[str, Entry]] = {
    "withdrawal-1": {
        **IN_ROUND,
        "units": Said(
            put=put_units_by_type, back=lambda notice: dict(Counter(unit.type for unit in notice.unit_names)), ours=dict
        ),
        "group_count": Said(put=put_team_count, back=lambda notice: len(notice.teams)),
        "started": at("stay.start"),
        "leave_by": moment("leave"),
        "channels_closed": at("closed", ours=lambda words: [CLOSED[word] for word in words]),
        "after": Said(put=lambda data, _: data.pop("desks"), back=lambda notice: notice.afterwards.removeprefix("请")),
        "signer": Said(
            put=lambda data, _: write(data, "signer", "巡察工作领导小组办公室"),
            back=lambda notice: notice.signer_written,
            ours=lambda text: f"中共{COMMITTEES['县']['name']}{text[text.index('委') :]}",
        ),
        "signed": at("signed"),
    },
    "extension-1": {
        "level": refused("round.level", "高校"),
        **listed("word", NOT_OURS),
        "old_close": CLOSE,
        "new_close": moment("new_close"),
    },
}

# --- the index of an archive ---------------------------------------------------------------------------------------

Columns = Mapping[str, tuple[str, Any]]
"""The columns of a system, each with the field that says the same, and something to say in it."""

OF_ARCHIVE: Columns = {
    "轮次": ("round.round", 99),
    "年份": ("round.year", 2001),
    "批次": ("round.batch", 1),
    "任务": ("task", "虚构的任务"),
    "巡察组": ("team.ordinal", 99),
    "被巡察单位": ("units", "虚构单位党组"),
    "入库资料类型": ("rows.0.sort", "业务"),
    "归档组织": ("rows.0.archived_by", "巡察组"),
    "归档范围": ("scope", "虚构的范围"),
    "巡察阶段": ("rows.0.stage", "准备"),
}
OF_LEDGER: Columns = {
    "届次": ("round.term", 1),
    "年度": ("round.year", 2001),
    "轮次": ("round.round", 99),
    "巡察组": ("team.ordinal", 99),
    "问题涉及单位": ("items.0.to", "虚构单位党组"),
    "移交立行立改问题数": ("items.0.issued", "2001-01-01"),
    "形成报告时间": (
        "items.0.outcome",
        {"reported": "2001-01-31", "measures": "虚构的措施", "signer": "虚构的职务"},
    ),
}


def columns(known: Columns) -> Said:
    """Say something in every column that a source lists."""

    def put(data: Any, words: list[str]) -> None:
        for word in words:
            write(data, *known[word])

    return Said(put=put, back=lambda model: [word for word, (path, _) in known.items() if read(model, path)])


ARCHIVES: Mapping[str, Mapping[str, Entry]] = {
    "archive-1": {
        "archiving_party": at(
            "rows",
            into=lambda parties: [{"title": f"{party}的材料", "archived_by": party} for party in parties],
            back="rows.*.archived_by",
        ),
        "fields": columns(OF_ARCHIVE),
    },
}
LEDGERS: Mapping[str, Mapping[str, Entry]] = {
    "rectification-form-1": {
        "fields": columns(OF_LEDGER),
        **listed("attachments", "files that a system keeps beside its records; ours are papers of their own"),
        **listed(
            "sibling_types", "another procedure than 立行立改, that of discipline; our matters refuse what is for it"
        ),
        **listed("transfer_suggestion_fields", "a proposal of an inspection (巡察建议), which no kind of ours is"),
    },
}

# --- the meeting on the day of entry -------------------------------------------------------------------------------

KNOWN_METHODS = {member.value: member.value for member in Method} | dict(Method.also())
FORMS = at("materials")

KICKOFFS: Mapping[str, Mapping[str, Entry]] = {
    "kickoff-1": {
        "level": LEVEL,
        "inspector": SHORT_TEAM,
        "host": at("host"),
        "agenda": at("items", back="items.*.item"),
        "forms": FORMS,
    },
    "kickoff-2": {
        "level": LEVEL,
        "groups": Said(put=put_groups, back=lambda notice: read(notice, "table.*.team"), of=Announcement),
        "forms": FORMS,
        "methods": at("methods", ours=lambda words: [KNOWN_METHODS[word] for word in words], of=WorkPlan),
        "stay": at("stay.duration", of=Case),
    },
}

# --- the proofs ----------------------------------------------------------------------------------------------------

FILES = {
    **ANNOUNCEMENTS,
    **WORK_PLANS,
    **RECTIFICATION_NOTICES,
    **EXPERIENCE_REPORTS,
    **AMENDMENTS,
    **ARCHIVES,
    **LEDGERS,
    **KICKOFFS,
}


@cache
def facts(file: str) -> Any:
    return json.loads((PUBLISHED / f"{file}.json").read_text(encoding="utf-8"))["facts"]


def fact(file: str, path: str) -> Any:
    value = facts(file)
    for key in path.split("."):
        value = value[key]
    return value


def leaves(value: Any, path: str = "") -> Iterator[str]:
    """Yield the dotted path of every fact; a list is one fact."""
    if not (isinstance(value, dict) and value):
        yield path
        return
    for key, inner in value.items():
        yield from leaves(inner, f"{path}.{key}" if path else key)


def model_for(file: str, entry: Said | Refused) -> type[Model]:
    return entry.of or KINDS[file.rpartition("-")[0]]


def said_in(file: str, model: type[Model]) -> dict[str, Any]:
    """Return the input of a model: the fictional base, and over it all facts of a file that the model holds."""
    data = deepcopy(dict(BASES[model]))
    for path, entry in FILES[file].items():
        if isinstance(entry, Said) and model_for(file, entry) is model:
            entry.put(data, deepcopy(fact(file, path)))
    return data


@cache
def built(file: str, model: type[Model]) -> Model:
    return model.model_validate(said_in(file, model))


@cache
def base(model: type[Model]) -> Model:
    return model.model_validate(BASES[model])


def fields_named(error: ValidationError) -> list[str]:
    """Return the fields to which an error objects, as dotted paths."""
    places = []
    for detail in error.errors():
        field = detail.get("ctx", {}).get("field")
        places.append(".".join([*map(str, detail["loc"]), *([field] if field else [])]))
    return places


every_file = pytest.mark.parametrize("file", FILES)


def every_entry(kind: type[Said] | type[Refused]) -> pytest.MarkDecorator:
    found = [(file, path) for file, table in FILES.items() for path, entry in table.items() if isinstance(entry, kind)]
    return pytest.mark.parametrize(("file", "path"), found, ids=[f"{file}:{path}" for file, path in found])


def test_every_published_file_of_our_kinds_has_its_table() -> None:
    there = {path.stem for path in PUBLISHED.glob("*.json") if path.stem.rpartition("-")[0] in KINDS}
    assert there == set(FILES)


@every_file
def test_every_published_fact_is_said_or_refused_or_has_a_reason(file: str) -> None:
    held = [path for path, entry in FILES[file].items() if isinstance(entry, Said)]
    within = {path for path in leaves(facts(file)) if any(path.startswith(f"{whole}.") for whole in held)}
    assert set(leaves(facts(file))) - within - set(FILES[file]) == set()


@every_file
def test_every_entry_is_of_a_published_fact(file: str) -> None:
    published = set(leaves(facts(file)))
    wholes = {path.rpartition(".")[0] for path in published}
    for path, entry in FILES[file].items():
        assert path in (published | wholes if isinstance(entry, Said) else published)


def test_every_reason_is_a_sentence() -> None:
    reasons = {entry for table in FILES.values() for entry in table.values() if isinstance(entry, str)}
    assert [reason for reason in reasons if len(reason.split()) < 6] == []


@every_entry(Said)
def test_the_model_holds_the_published_fact(file: str, path: str) -> None:
    entry = FILES[file][path]
    assert isinstance(entry, Said)
    assert entry.back(built(file, model_for(file, entry))) == entry.ours(fact(file, path))


@every_entry(Said)
def test_the_fictional_base_does_not_say_it_already(file: str, path: str) -> None:
    entry = FILES[file][path]
    assert isinstance(entry, Said)
    assert entry.back(base(model_for(file, entry))) != entry.ours(fact(file, path))


@every_entry(Refused)
def test_the_model_refuses_what_is_impossible(file: str, path: str) -> None:
    entry = FILES[file][path]
    assert isinstance(entry, Refused)
    model = model_for(file, entry)
    data = said_in(file, model)
    model.model_validate(data)
    entry.put(data, fact(file, path))
    with pytest.raises(ValidationError, match=entry.because) as error:
        model.model_validate(data)
    assert fields_named(error.value) == [entry.field]

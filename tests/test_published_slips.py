"""Slips in papers that were really published: each is refused by a model, found by a rule, or listed with a reason.

The slips stand under `findings` of the files in `examples/published/` of `shared`, and are read when the tests run;
here stand only file ids, the codes of findings, and how the slip goes into our models. What a source does not say comes
from the fictional base of `tests.test_published`. A finding that says *consistent* is proved the other way round: as
published nothing is told, and altered it is.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from pydantic import ValidationError

from tests.test_published import BASES, FILES, KINDS, PUBLISHED, Said, fields_named, said_in, write
from tests.test_text_rules import told as told_on_paper
from xuncha_docs import Case, Document, ExperienceReport, RectificationNotice, Severity, check
from xuncha_docs.checks import facts
from xuncha_docs.chinese import numeral
from xuncha_docs.findings import Finding
from xuncha_docs.kinds.rectification_closing import RectificationClosing
from xuncha_docs.kinds.rectification_ledger import RectificationLedger
from xuncha_docs.model import Model
from xuncha_docs.workdays import WorkCalendar, national

pytestmark = pytest.mark.needs("shared")


@dataclass(frozen=True)
class Published:
    """One finding, with all that its file says.

    Args:
        facts: the published facts.
        detail: what the finding says.
        publisher: who published the paper.
    """

    facts: Any
    detail: str
    publisher: str


Lay = Callable[[Any, Published], None]
"""Writes into the input of a model."""


def nothing(data: Any, published: Published) -> None:
    """Leave the input as the published facts make it."""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A slip that a model refuses, while it accepts the same facts without it.

    Args:
        slip: writes the slip into the input.
        field: the dotted path of the field to which the model objects.
        because: what the message says.
        of: the model; None is the kind of the file.
    """

    slip: Lay
    field: str
    because: str
    of: type[Document] | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """A slip that a rule of facts finds, while it finds nothing in the same facts without it.

    Args:
        code: the rule.
        field: the field at which it is told, by English names.
        slip: writes the slip into the input; `nothing` where the published facts are the slip.
        right: writes what is right.
        severity: how much it matters; None is whatever the rule says.
        of: the model; None is the kind of the file.
    """

    code: str
    field: str
    slip: Lay = nothing
    right: Lay = nothing
    severity: Severity | None = None
    of: type[Document] | None = None


@dataclass(frozen=True, kw_only=True)
class OnPaper:
    """A slip in words that a rule of text finds, and what it lets pass.

    Args:
        code: the rule.
        slip: makes the lines of a paper with the slip, in the notation of `tests.text_samples`.
        right: makes them without.
    """

    code: str
    slip: Callable[[Published], str]
    right: Callable[[Published], str]


@dataclass(frozen=True, kw_only=True)
class Derived:
    """Totals that nobody types: a paper tells what follows from its rows.

    Args:
        rows: writes what was published into the input.
        told: reads what the paper tells.
        expected: what follows from the published facts.
        of: the kind.
    """

    rows: Lay
    told: Callable[[Any], Any]
    expected: Callable[[Published], Any]
    of: type[Document]


# --- how slips go in -----------------------------------------------------------------------------------------------


def at(path: str, value: Callable[[Published], Any]) -> Lay:
    """Write a value that is made of what was published to a field."""
    return lambda data, published: write(data, path, value(published))


def fact(path: str, *, into: Callable[[Any], Any] = lambda value: value) -> Callable[[Published], Any]:
    """Take a published fact along a dotted path."""

    def take(published: Published) -> Any:
        value = published.facts
        for key in path.split("."):
            value = value[int(key)] if isinstance(value, list) else value[key]
        return into(value)

    return take


def earlier(days: int) -> Callable[[str], str]:
    return lambda day: str(date.fromisoformat(day) - timedelta(days))


def city(text: str) -> str:
    return text[: text.index("市") + 1]


def of_city(text: Callable[[Published], str]) -> Lay:
    """Let the committee of a city inspect, that which a text begins with."""

    def lay(data: Any, published: Published) -> None:
        data["round"] |= {"level": "市", "committee": city(text(published))}

    return lay


def another_team(data: Any, published: Published) -> None:
    data["teams"][0]["ordinal"] = published.facts["email_group_index"] + 1


def open_end(data: Any, published: Published) -> None:
    del data["stay"]["duration"]


def only_close(data: Any, published: Published) -> None:
    data["stay"] = {"complaints_close": published.facts["complaints_close"]}


def villages(more: int) -> Lay:
    """Say how many villages there are in either half of the towns, and some more."""

    def lay(data: Any, published: Published) -> None:
        units = published.facts["units"]
        parts = (units["villages_first_part"], units["villages_second_part"] + more)
        data["task"] = "，".join(f"巡察虚构的几个镇党委及所辖{villages}个行政村" for villages in parts) + "。"

    return lay


def closes(days_before: int) -> Lay:
    """Close so many days before the published day, with telephones that are answered on working days."""

    def lay(data: Any, published: Published) -> None:
        write(data, "stay.complaints_close", earlier(days_before)(published.facts["complaints_close"]))
        write(data, "channels.phone_hours", "工作日 8:30-12:00")

    return lay


def editors(data: Any, published: Published) -> None:
    data["closing"] = [f"{step}：李某某" for step in published.facts["editorial"]]


def one_section_less(data: Any, published: Published) -> None:
    data["sections"].pop()


def sections_as_claimed(data: Any, published: Published) -> None:
    data["sections"] = data["sections"][: data["metaphor"]["n"]]


def words_for_one_thing(data: Any, published: Published) -> None:
    used, elsewhere = re.findall("立.立改", published.detail)
    data["opening"], data["closing"] = f"组里把{elsewhere}交给我跟进。", f"跟进{used}，我学到很多。"


def one_word_for_it(data: Any, published: Published) -> None:
    used, _ = re.findall("立.立改", published.detail)
    data["opening"], data["closing"] = f"组里把{used}交给我跟进。", f"跟进{used}，我学到很多。"


def one_phase_after_another(data: Any, published: Published) -> None:
    data["phases"][0]["end"] = earlier(1)(data["phases"][1]["start"])


def reporter_beside_matter(data: Any, published: Published) -> None:
    """Write the one who reported, as the source calls that column, into the record of the matter."""
    data["item"][published.facts["fields"][0]] = "冯某某"


def closed_though(data: Any, published: Published) -> None:
    """Close a matter of which only a part of the places was put right."""
    scale = published.facts["scale"]["communities"]
    data["item"]["verification"]["verdict"] = "完成" if published.facts["first_batch_villages"] == scale else "部分完成"
    data["item"]["closed"] = data["item"]["verification"]["day"]


def matters(data: Any, published: Published) -> None:
    """List all matters, of which some are put right and closed."""
    done = {
        "deadline": "2001-01-31",
        "issued": "2001-01-02",
        "outcome": {
            "reported": "2001-01-30",
            "finished": "2001-01-30",
            "measures": "虚构的措施",
            "signer": "虚构的职务",
        },
        "verification": {"day": "2001-01-31", "ways": "现场", "verdict": "完成", "people": ["赵某某", "钱某某"]},
        "closed": "2001-01-31",
    }
    (matter,) = data["items"]
    data["items"] = [
        matter | {"number": f"临委巡组立改〔2001〕{n}号"} | (done if n <= published.facts["fixed"] else {})
        for n in range(1, published.facts["problems"] + 1)
    ]


def remaining(published: Published) -> int:
    return int(published.facts["problems"] - published.facts["fixed"])


def day_in_detail(published: Published) -> str:
    return str(re.findall(r"\d{4}-\d\d-\d\d", published.detail)[0])


def quoted(published: Published) -> str:
    """Return the first words that a finding quotes."""
    return str(re.findall("“(.+?)”", published.detail)[0])


def inline(claim: str, count: int) -> str:
    """Announce so many items, and list some: `…：一是…；二是…。`."""
    return f"有{claim}：" + "；".join(f"{numeral(n)}是虚构的一项" for n in range(1, count + 1)) + "。"


def parts_of(less: int) -> Callable[[Published], str]:
    """Write the sections that count their parts in their headings, each with its parts, or fewer."""

    def lines(published: Published) -> str:
        told = []
        for claim in published.facts["sections"]:
            if match := re.fullmatch("([二三四五六七八九])个(.+)", claim):
                count = "〇一二三四五六七八九".index(match[1]) - less
                told.append(f"一级标题｜{claim}")
                told += [f"二级标题｜（{numeral(n)}）虚构的{match[2]}" for n in range(1, count + 1)]
        return "⏎".join(told)

    return lines


def announced(less: int) -> Callable[[Published], str]:
    """Announce as many points as the source does, or fewer, and list those that it has."""

    def lines(published: Published) -> str:
        points = published.facts["points"]
        head = f"下面讲{numeral(published.facts['announced_points'] - less)}点意见："
        return "⏎".join([head, *(f"{numeral(n)}是{point}。" for n, point in enumerate(points, 1))])

    return lines


# --- every finding -------------------------------------------------------------------------------------------------

Entry = Refused | Found | OnPaper | Derived

PROVED: Mapping[str, Entry] = {
    "announcement-3:stay_dates_missing": Refused(slip=only_close, field="stay.进驻日期", because="Field required"),
    "announcement-3:sum_check": Found(code="FCT414", field="task", slip=villages(1), right=villages(0)),
    "announcement-5:relative_date": Refused(
        slip=at("stay.start", fact("channels_open.from")), field="stay.start", because="写法不对，应写成"
    ),
    "announcement-10:index_match": Found(code="FCT205", field="channels.email", slip=another_team),
    "announcement-10:stay_end_missing": Refused(slip=open_end, field="stay.end", because="至少填一项"),
    "announcement-12:editor_names_published": Found(
        code="FCT411", field="closing[1]", slip=editors, severity=Severity.WARNING
    ),
    "announcement-15:declared_days_mismatch": Refused(
        slip=at("stay.declared_days", fact("declared_days")), field="stay.declared_days", because="含首尾两天是62天"
    ),
    # As published it is a Sunday that is worked, of which nothing is told; the Saturday before it is not.
    "announcement-16:start_on_weekend": Found(
        code="FCT101",
        field="teams[1].stay.start",
        slip=at("teams.0.stay.start", fact("enter.0", into=earlier(1))),
    ),
    "announcement-20:date_glyph_loss": Refused(
        slip=at("signed", fact("signed_as_published")), field="signed", because="写法不对，应写成"
    ),
    "announcement-20:postal_city_differs": Found(
        code="FCT214",
        field="channels.post.box",
        slip=of_city(lambda published: published.publisher),
        right=of_city(fact("postal.box")),
        severity=Severity.INFO,
    ),
    "announcement-20:published_after_start": Found(
        code="FCT402", field="posted", slip=at("posted", day_in_detail), right=at("posted", fact("stay.start"))
    ),
    "announcement-21:declared_days_ok": Refused(
        slip=at("stay.declared_days", fact("declared_days", into=lambda days: days + 1)),
        field="stay.declared_days",
        because="含首尾两天是35天",
    ),
    "announcement-22:close_on_non_workday": Found(
        code="FCT105",
        field="stay.complaints_close",
        slip=closes(days_before=0),
        right=closes(days_before=2),
        severity=Severity.WARNING,
    ),
    "complaint-1:identity_in_same_table": Refused(
        slip=reporter_beside_matter, field="item.举报人", because="Extra inputs", of=RectificationNotice
    ),
    "experience-1:n_claim_ok": Found(code="FCT701", field="metaphor.n", slip=one_section_less),
    "experience-1:variant_term": Found(
        code="FCT310",
        field="closing[1]",
        slip=words_for_one_thing,
        right=one_word_for_it,
    ),
    "experience-1:duplicate_word": OnPaper(
        code="TXT610",
        slip=lambda published: f"联络员为巡察组{quoted(published)}。",
        right=lambda published: re.sub(r"(..)\1", r"\1", f"联络员为巡察组{quoted(published)}。"),
    ),
    "experience-3:n_claim_ok": OnPaper(
        code="TXT703",
        slip=lambda published: inline(quoted(published), 5),
        right=lambda published: f"有{quoted(published)}：选人用人、财务、采购、工程、作风和纪律、其他。",
    ),
    "experience-3:n_claim_ok:2": OnPaper(code="TXT702", slip=parts_of(1), right=parts_of(0)),
    "experience-11:n_claim_doubt": Found(
        code="FCT701", field="metaphor.n", right=sections_as_claimed, severity=Severity.WARNING
    ),
    "experience-11:topic_mismatch": Found(
        code="FCT724", field="opening", right=at("opening", lambda _: "今年夏天，我参加了虚构的巡察。")
    ),
    "other-1:kind_mismatch": Found(
        code="FCT712", field="title", slip=at("title", fact("title")), of=ExperienceReport, severity=Severity.WARNING
    ),
    "other-1:n_claim_doubt": OnPaper(code="TXT703", slip=announced(0), right=announced(1)),
    "rectification-notice-2:sum_check": Derived(
        rows=matters,
        told=lambda ledger: sum(row.state != "已销号" for row in ledger.rows),
        expected=remaining,
        of=RectificationLedger,
    ),
    "rectification-notice-4:partial_fix": Refused(
        slip=closed_though, field="item.closed", because="部分完成的不销号", of=RectificationClosing
    ),
    "withdrawal-1:count_check": Refused(
        slip=at("declared_units", fact("units", into=lambda units: sum(units.values()) + 1)),
        field="declared_units",
        because="但列出了18个",
    ),
    "work-plan-3:phase_gap": Found(
        code="FCT501", field="phases[2].start", right=one_phase_after_another, severity=Severity.INFO
    ),
    "work-plan-9:doc_no_square_brackets": Refused(
        slip=at("item.number", fact("working_paper_no_pattern", into=lambda pattern: pattern.replace("年份", "2001"))),
        field="item.number",
        because="年份要用六角括号",
        of=RectificationNotice,
    ),
}
"""Every slip that is proved, by file and code; the second finding of one code ends in `:2`."""

NO_SUCH_PAPER = "it is a report of the inspected unit on what it mended: not a paper of the inspecting side"

CANNOT: Mapping[str, str] = {
    "announcement-23:table_layout": "it is no slip: it praises a table with a row for each team, which ours prints",
    "experience-3:date_vs_issue": "it is about the issue of a journal and the date of its page: no fact of the paper",
    "questionnaire-1:anonymity_broken": "it is about what a web survey stores: the library has no survey",
    "rectification-report-1:sum_check": NO_SUCH_PAPER,
    "rectification-report-1:deadline": NO_SUCH_PAPER,
    "work-plan-9:internal_material_public": "it is about where a file was put: a kind says its audience, not its place",
    "working-paper-1:url_vs_date": "it is about the address of a page and the date shown there: no fact of the paper",
}
"""What nothing can refuse or find, with the reason."""

OF_THE_BASE: Mapping[str, str] = {
    **dict.fromkeys(
        ("FCT102", "FCT107", "FCT403", "FCT502", "FCT504", "FCT506", "FCT507"), "made-up days beside published ones"
    ),
    "FCT101": "of an entry only the month was published, and the first day is made up",
    "FCT207": "all teams have the one made-up telephone and address",
    "FCT517": "the made-up meeting has no place",
}
"""What is told of published facts only because of what the fictional base lays beside them."""


NO_PAPER = "columns and states of an information system: no paper of the inspection says them"

FILES_NOT_HELD: Mapping[str, str] = {
    "complaint-1": NO_PAPER,
    "other-1": "a speech under the title of another kind; its slips are proved with the kind that it was taken for",
    "questionnaire-1": "a web survey: the library has none",
    "rectification-report-1": NO_SUCH_PAPER,
    "working-paper-1": "a county's rules for working papers (底稿): the library has no such kind and none is planned",
    "working-paper-2": NO_PAPER,
}
"""The files whose facts no kind holds, with the reason."""


@cache
def findings() -> Mapping[str, Published]:
    """Return every finding of every file, by `file:code`."""
    return dict(_findings())


def _findings() -> Iterator[tuple[str, Published]]:
    for path in sorted(PUBLISHED.glob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        seen: Counter[str] = Counter()
        for finding in said["findings"]:
            seen[finding["code"]] += 1
            times = seen[finding["code"]]
            key = f"{path.stem}:{finding['code']}" + (f":{times}" if times > 1 else "")
            yield key, Published(said["facts"], finding["detail"], said["source"]["publisher"])


# --- the proofs ----------------------------------------------------------------------------------------------------


def made(key: str, entry: Refused | Found, lay: Lay) -> tuple[type[Document], dict[str, Any]]:
    """Return the model, and its input: the facts of the file that it holds, and what is laid over them."""
    file = key.partition(":")[0]
    of = entry.of or KINDS[file.rpartition("-")[0]]
    assert issubclass(of, Document)
    data = said_in(file, of) if file in FILES else deepcopy(dict(BASES[of]))
    lay(data, findings()[key])
    return of, data


def document(key: str, entry: Refused | Found, lay: Lay) -> Document:
    of, data = made(key, entry, lay)
    return of.model_validate(data)


def found(thing: Document, code: str) -> list[Finding]:
    return [finding for finding in check(thing).findings if finding.code == code]


def field(finding: Finding) -> str:
    """Return the field of a finding by its English names."""
    match = re.search("（(.+)）$", finding.place.field or "")
    assert match, finding.place
    return match[1]


def every(kind: type[Entry]) -> pytest.MarkDecorator:
    keys = [key for key, entry in PROVED.items() if isinstance(entry, kind)]
    return pytest.mark.parametrize("key", keys)


def test_every_published_finding_is_proved_or_has_a_reason() -> None:
    listed = [*PROVED, *CANNOT]
    assert sorted(listed) == sorted(findings())


def test_every_reason_is_a_sentence() -> None:
    reasons = {*CANNOT.values(), *FILES_NOT_HELD.values()}
    assert [reason for reason in reasons if len(reason.split()) < 6] == []


def test_every_published_file_is_held_or_has_a_reason() -> None:
    listed = [*FILES, *FILES_NOT_HELD]
    assert sorted(listed) == sorted(path.stem for path in PUBLISHED.glob("*.json"))


@every(Refused)
def test_the_model_refuses_the_published_slip_and_accepts_the_facts_without_it(key: str) -> None:
    entry = PROVED[key]
    assert isinstance(entry, Refused)
    document(key, entry, nothing)
    of, data = made(key, entry, entry.slip)
    with pytest.raises(ValidationError, match=entry.because) as error:
        of.model_validate(data)
    assert fields_named(error.value) == [entry.field]


@every(Found)
def test_a_rule_of_facts_finds_the_published_slip_and_nothing_without_it(key: str) -> None:
    entry = PROVED[key]
    assert isinstance(entry, Found)
    assert entry.field not in map(field, found(document(key, entry, entry.right), entry.code))
    told = {field(finding): finding for finding in found(document(key, entry, entry.slip), entry.code)}
    assert entry.field in told
    assert entry.severity in (None, told[entry.field].severity)


@every(Derived)
def test_a_paper_derives_what_the_source_counted(key: str) -> None:
    entry, published = PROVED[key], findings()[key]
    assert isinstance(entry, Derived)
    data = deepcopy(dict(BASES[entry.of]))
    entry.rows(data, published)
    assert entry.told(entry.of.model_validate(data)) == entry.expected(published)


@every(OnPaper)
def test_a_rule_of_text_finds_the_published_slip_and_nothing_without_it(key: str) -> None:
    entry, published = PROVED[key], findings()[key]
    assert isinstance(entry, OnPaper)
    assert told_on_paper(entry.slip(published), entry.code)
    assert not told_on_paper(entry.right(published), entry.code)


def test_a_weekend_that_is_worked_would_be_told_without_the_calendar_of_the_state_council() -> None:
    key = "announcement-16:start_on_weekend"
    notice = document(key, PROVED[key], nothing)  # type: ignore[arg-type]  # it is Found
    weekends = WorkCalendar(frozenset(), frozenset(), national().years, "weekends alone")
    assert "FCT101" in {finding.code for finding in facts.judge(notice, calendar=weekends).findings}
    assert not found(notice, "FCT101")


def alarms(model: type[Model], data: Mapping[str, Any]) -> set[str]:
    """Return the codes of what is told above info of some facts."""
    thing = model.model_validate(data)
    assert isinstance(thing, Document | Case)
    return {finding.code for finding in check(thing).at_least(Severity.WARNING)}


@pytest.mark.parametrize("file", FILES)
def test_published_facts_raise_no_false_alarm(file: str) -> None:
    models = {entry.of or KINDS[file.rpartition("-")[0]] for entry in FILES[file].values() if isinstance(entry, Said)}
    alarmed = {code for model in models for code in alarms(model, said_in(file, model)) - alarms(model, BASES[model])}
    slips = {entry.code for key, entry in PROVED.items() if key.startswith(f"{file}:") and isinstance(entry, Found)}
    assert alarmed - OF_THE_BASE.keys() <= slips

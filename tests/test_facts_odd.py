"""Odd facts are judged without a crash and in time: huge texts, texts that patterns hate, far years, little or much."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
from pydantic import ValidationError

from tests.conftest import EXAMPLES, every_kind
from xuncha_docs import Announcement, Case, Document, ExperienceReport, RectificationNotice, WorkPlan
from xuncha_docs.case import demo as demo_case
from xuncha_docs.checks import facts
from xuncha_docs.checks.facts.reading import texts
from xuncha_docs.checks.facts.stated import Loc, Stated
from xuncha_docs.checks.ruling import checks
from xuncha_docs.errors import InputError
from xuncha_docs.inputs import Source, read
from xuncha_docs.model import Model
from xuncha_docs.workdays import national

LONGEST = 1.0
"""Seconds of work that one rule may take for one document, however long its texts are."""

HUGE = 100_000
"""The length of a huge text, in characters."""

HOSTILE = {
    "one character": "巡",
    "a digit": "1",
    "ordinals": "第一",
    "dates": "2025年7月",
    "counts of findings": "发现一",
    "counts of all": "对以下全部2个被巡察单位党组织本轮",
    "addresses": "a@a.",
    "numbers": "信访〔2025〕1",
    "many names": "我，",
    "many items": "：1.一是",
    "lengths of stay": "驻点时间一",
    "punishments": "给予党纪",
}
"""What is repeated to make a text of which a careless pattern never comes to an end, by what it looks like."""

READ_CLOSELY = (Announcement, WorkPlan, RectificationNotice, ExperienceReport, Case)
"""The models whose texts the rules look into."""


@cache
def sample(model: type[Case | Document]) -> Case | Document:
    """Return the demo case, or the document of a kind's example."""
    if issubclass(model, Case):
        return Case.from_source(demo_case()[1])
    return model.load(EXAMPLES / f"{model.kind}.yaml")


def plain(value: Any) -> Any:
    """Turn a model into what makes it again, without what is not said."""
    if isinstance(value, Model):
        return {
            name: plain(inner)
            for name in type(value).model_fields
            if (inner := getattr(value, name)) is not None and name != "papers"
        }
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def with_text(data: Any, loc: Loc, text: str) -> Any:
    changed = deepcopy(data)
    inner = changed
    for step in loc[:-1]:
        inner = inner[step]
    inner[loc[-1]] = text
    return changed


def shapes(thing: Model) -> Iterator[Loc]:
    """Yield the path of one text of each sort: the first item stands for its list. Nobody's name is a huge text."""
    seen: set[tuple[str, ...]] = {("writer", "name"), ("writer", "unit"), ("covers", "name")}
    for loc, _ in texts(thing):
        shape = tuple(step for step in loc if isinstance(step, str))
        if shape not in seen:
            seen.add(shape)
            yield loc


def stated(thing: Case | Document) -> Stated:
    case, document = (thing, None) if isinstance(thing, Case) else (None, thing)
    papers = () if document is None else (document,)
    return Stated(case=case, document=document, source=Source(None, {}), calendar=national(), papers=papers)


def slowest(thing: Case | Document) -> tuple[float, str]:
    """Judge by every rule; return how much work the slowest took, in seconds, and its code."""
    took = []
    for check in checks("FCT"):
        before = time.process_time()
        list(check.run(stated(thing), "案卷"))
        took.append((time.process_time() - before, check.rule.code))
    return max(took)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("model", READ_CLOSELY)
def test_a_huge_text_is_judged_in_time(model: type[Case | Document], text: str) -> None:
    huge = (text * (HUGE // len(text) + 1))[:HUGE]
    data = plain(sample(model))
    accepted = 0
    for loc in shapes(sample(model)):
        try:
            thing = model.model_validate(with_text(data, loc, huge))
        except ValidationError:
            continue
        accepted += 1
        seconds, code = slowest(thing)
        assert seconds < LONGEST, (loc, code)
    assert accepted


ODD = ("一", "（", "”", "？" * 40, "第", "〔〕", "@", "0", "　一　", "é", "𠮷", "很长的名称" * 8, "1" * 40)


@pytest.mark.parametrize("first", [0, 5])
@every_kind
def test_an_odd_text_anywhere_is_judged(kind: type[Document], first: int) -> None:
    data = plain(sample(kind))
    for n, (loc, _) in enumerate(texts(sample(kind)), first):
        try:
            changed = kind.model_validate(with_text(data, loc, ODD[n % len(ODD)]))
        except ValidationError:
            continue
        facts.judge(changed)


_LIMITED = ("年度", "year", "版头", "letterhead", "立行立改事项", "文书")
"""What says a year that may not be as far away as a day: 1949 to 2099."""


def in_year(data: Any, year: int) -> Any:
    """Move the facts of an example from 2025 to another year."""
    if isinstance(data, Mapping):
        far = not 1949 <= year <= 2099
        return {key: in_year(value, year) for key, value in data.items() if not (far and key in _LIMITED)}
    if isinstance(data, list):
        return [in_year(item, year) for item in data]
    return re.sub("2025", str(year), data) if isinstance(data, str) else data


@pytest.mark.parametrize("year", [1900, 1949, 2003, 2099, 2199])
def test_a_case_of_a_far_year_is_judged(year: int) -> None:
    case = Case.from_source(Source(None, in_year(demo_case()[1].data, year)))
    assert facts.judge(case).not_checked


@pytest.mark.parametrize("year", [1900, 2199])
@pytest.mark.parametrize("kind", [Announcement, WorkPlan, ExperienceReport])
def test_a_document_of_the_farthest_year_is_judged(kind: type[Document], year: int) -> None:
    source = read(EXAMPLES / f"{kind.kind}.yaml")
    facts.judge(kind.from_source(Source(None, in_year(source.data, year), {}, source.folder)))


@pytest.mark.parametrize("year", [1949, 2099])
@every_kind
def test_a_document_of_a_far_year_is_judged_or_refused_for_want_of_a_calendar(kind: type[Document], year: int) -> None:
    source = read(EXAMPLES / f"{kind.kind}.yaml")
    try:
        document = kind.from_source(Source(None, in_year(source.data, year), {}, source.folder))
    except InputError as error:
        if f"工作日历里没有{year}年" in str(error):
            return  # it counts working days
        raise
    facts.judge(document)


@pytest.mark.parametrize("name", [name for name, info in Case.model_fields.items() if not info.is_required()])
def test_a_case_without_what_it_need_not_say_is_judged(name: str) -> None:
    data = plain(sample(Case))
    data.pop(name, None)
    facts.judge(Case.model_validate(data))


def test_a_case_of_little_is_judged() -> None:
    least = {
        "巡察轮次": {"级别": "县", "党委": "临江县", "轮次": 1},
        "巡察组": {"序号": 1, "组长": "张三", "联络员": "李四"},
        "被巡察单位": "县水利局",
        "驻点时间": {"进驻日期": "2025-07-01", "时长": "2个月左右"},
        "反映渠道": {"意见箱": "大厅"},
    }
    facts.judge(Case.model_validate(least))


def test_a_case_of_much_is_judged_in_time() -> None:
    data = plain(sample(Case))
    unit, matter = data["units"][0], data["rectifications"][0]
    data["units"] = [
        unit | {"name": f"中共{'临江县很长很长的名称' * 4}第{n}中学党组", "short_name": None} for n in range(20)
    ]
    data["rectifications"] = [matter | {"number": f"临委巡三组立改〔2025〕{n}号"} for n in range(1, 201)]
    data["team"]["members"] = [{"name": f"{'很长的姓名' * 7}{n}"} for n in range(40)]
    thing = Case.model_validate(json.loads(json.dumps(data, default=str)))
    seconds, code = slowest(thing)
    assert seconds < LONGEST, code

"""Papers of one inspection agree; one fact changed in one of them is found, with its name."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from tests.conftest import DEMO
from xuncha_docs import Case, Document, check
from xuncha_docs.checks.packet import Sayer, agree
from xuncha_docs.checks.packet.said import Fact, facts
from xuncha_docs.chinese import DocumentNumber
from xuncha_docs.findings import Report
from xuncha_docs.model import Choice, Model, chinese_name
from xuncha_docs.packets.asked import asked

CASE = Case.load(DEMO)
DOCUMENTS, _ = asked(CASE)


def sayers(*replaced: Document, at: int = 0) -> list[Sayer]:
    """The demo's documents, one of them replaced."""
    made = [Sayer(name=one.name, thing=one.document) for one in DOCUMENTS]
    for document in replaced:
        made[at] = Sayer(name=made[at].name, thing=document)
    return made


def test_the_papers_of_a_case_agree_with_it_and_with_each_other() -> None:
    assert agree([Sayer(name="案卷", thing=CASE), *sayers()]) == Report()


def test_one_paper_alone_has_nothing_to_be_held_against() -> None:
    assert agree(sayers()[:1]) == Report()


def shared() -> Iterator[tuple[int, Fact]]:
    """Yield the facts of every document that another states too, each place of a document once."""
    said = [{(f.about, f.name, f.value) for f in facts(one.document)} for one in DOCUMENTS]
    for n, one in enumerate(DOCUMENTS):
        others = set().union(*(s for m, s in enumerate(said) if m != n))
        seen = set()
        for fact in facts(one.document):
            if (
                (fact.about, fact.name, fact.value) in others
                and fact.loc not in seen
                and not fact.name.endswith("的个数")
            ):
                seen.add(fact.loc)
                yield n, fact


def changed(thing: Any, loc: tuple[str | int, ...]) -> Any:
    """Return a model with another value at a place, whatever its validators say."""
    if not loc:
        return other(thing)
    if isinstance(thing, tuple):
        return tuple(changed(item, loc[1:]) if n == loc[0] else item for n, item in enumerate(thing))
    return thing.model_copy(update={str(loc[0]): changed(getattr(thing, str(loc[0])), loc[1:])})


def other(value: Any) -> Any:
    """Return another value of the same type."""
    if isinstance(value, BaseModel):
        name = next(name for name in type(value).model_fields if getattr(value, name) is not None)
        return value.model_copy(update={name: other(getattr(value, name))})
    if isinstance(value, bool):
        return not value
    if isinstance(value, Choice):
        return next(one for one in type(value) if one is not value)
    if isinstance(value, DocumentNumber):
        return DocumentNumber.read(str(value).replace("〕", "〕9"))
    if isinstance(value, datetime.date):
        return value + datetime.timedelta(days=1)
    if isinstance(value, datetime.time):
        return value.replace(hour=(value.hour + 1) % 24)
    if isinstance(value, int):
        return value + 1
    if isinstance(value, tuple):
        return tuple(map(other, value)) if value else value
    return f"{value}改"


@pytest.mark.parametrize(
    ("n", "fact"), [pytest.param(n, f, id=f"{DOCUMENTS[n].name}:{'.'.join(map(str, f.loc))}") for n, f in shared()]
)
def test_one_fact_changed_in_one_document_is_found_with_its_name(n: int, fact: Fact) -> None:
    document = changed(DOCUMENTS[n].document, fact.loc)
    assert document != DOCUMENTS[n].document
    found = agree(sayers(document, at=n)).findings
    assert found, fact
    names = {fact.name.rpartition(".")[2], *titles(DOCUMENTS[n].document, fact.loc)}
    assert any(name in finding.message for finding in found for name in names), (names, [f.message for f in found])
    assert any(DOCUMENTS[n].name in finding.message for finding in found)


def titles(thing: Any, loc: tuple[str | int, ...]) -> Iterator[str]:
    """Yield the Chinese names of the fields on a path: who changes 组员[2].姓名 is told that 组员 differ."""
    for step in loc:
        if isinstance(step, int):
            thing = thing[step]
        else:
            yield chinese_name(type(thing), step)
            thing = getattr(thing, step)


def test_a_difference_is_told_once_with_every_paper_and_what_it_says() -> None:
    n = next(n for n, one in enumerate(DOCUMENTS) if one.document.kind == "work_plan")
    stay = ("stay", "end")
    (found,) = agree(sayers(changed(DOCUMENTS[n].document, stay), at=n)).findings
    assert found.code == "PKT101"
    assert all(one.name in found.message for one in DOCUMENTS if any(f.name == "撤离日期" for f in facts(one.document)))
    assert "8月29日" in found.message
    assert "8月30日" in found.message


def test_documents_that_are_checked_together_are_held_against_each_other() -> None:
    plan, notice = (one.document for one in DOCUMENTS if one.document.kind in ("work_plan", "announcement"))
    assert "PKT101" not in {f.code for f in check(plan, notice).findings}
    assert "PKT101" in {f.code for f in check(plan, changed(notice, ("stay", "end"))).findings}


def test_every_model_that_papers_share_is_known_by_fields_that_it_has() -> None:
    for model in _models(Model):
        if model.shared:
            assert set(model.shared.by) <= set(model.model_fields), model


def _models(model: type[Model]) -> Iterator[type[Model]]:
    for inner in model.__subclasses__():
        yield inner
        yield from _models(inner)

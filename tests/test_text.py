"""Text in is text out: whatever may stand on paper comes out of the paper as it went in; the rest is refused."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.conftest import document_of, every_kind, example_data
from xuncha_docs import Document, render
from xuncha_docs.inputs import Source, read
from xuncha_docs.model import Model, chinese_name, field_of, inner_model

Place = tuple[str | int, ...]

HOSTILE = [
    "&",
    "<",
    ">",
    '"',
    "'",
    "{{ x }}",
    "{% if %}",
    "{_{",
    "}_}",
    "{_%",
    "%_}",
    "{#",
    "]]>",
    "&amp;",
    "</w:t>",
    "\\n",
]
printable = st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"),
    exclude_characters="\ufffe\uffff\ufffd\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069，【】、",
)
inner_text = st.lists(st.one_of(st.sampled_from(HOSTILE), printable), max_size=5).map("".join)
texts = inner_text.map(lambda inner: f"甲{inner}乙").filter(lambda text: len(text) <= 30)
"""No longer than the shortest limit among the fields that take any text: that of a write-up's title."""

slow = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def places(data: Any, at: Place = ()) -> Iterator[Place]:
    """Yield the place of every text in input data."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from places(value, (*at, key))
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from places(value, (*at, n))
    elif isinstance(data, str):
        yield at


def with_text(data: Any, at: Place, text: str) -> Any:
    """Return the data with another text at a place."""
    if not at:
        return text
    changed = copy.copy(data)
    changed[at[0]] = with_text(data[at[0]], at[1:], text)
    return changed


def takes(kind: type[Document], data: Any, at: Place, text: str) -> Document | None:
    try:
        return kind.model_validate(with_text(data, at, text))
    except ValidationError:
        return None


def free_places(kind: type[Document]) -> list[tuple[Place, bool]]:
    """Find the fields of an example that take any text, and whether the paper prints them."""
    data = example_data(kind)
    found = []
    for at in places(data):
        document = takes(kind, data, at, "甲标记乙")
        if document:
            found.append((at, "甲标记乙" in render(document).text))
    return found


@pytest.mark.parametrize("kind_name", ["announcement", "work_plan", "rectification_notice", "experience_report"])
def test_enough_fields_are_free_text(kind_name: str) -> None:
    from xuncha_docs import kinds

    assert sum(printed for _, printed in free_places(kinds.find(kind_name))) >= 8


@every_kind
def test_text_in_is_text_out(kind: type[Document]) -> None:
    data, free = example_data(kind), free_places(kind)

    @slow
    @given(st.sampled_from(free), texts)
    def law(place: tuple[Place, bool], text: str) -> None:
        at, printed = place
        document = takes(kind, data, at, text)
        assert document is not None, (at, text)
        if printed:
            assert text in render(document).text

    law()


@every_kind
@pytest.mark.parametrize(
    "bad", ["\x00", "\x07", "\x1b", "\x85", "\u2028", "\u2029", "\ufffe", "\uffff", "\ud800", "\t", "\n"]
)
def test_what_cannot_stand_on_paper_is_refused_everywhere(kind: type[Document], bad: str) -> None:
    data = example_data(kind)
    for at in places(data):
        # A line break is right where a text has several lines: titles and paragraphs.
        if bad == "\n" and takes(kind, data, at, "甲\n乙"):
            continue
        assert takes(kind, data, at, f"甲{bad}乙") is None, at


@every_kind
def test_any_mix_of_languages_gives_the_same_document(kind: type[Document]) -> None:
    wanted, data = document_of(kind), example_data(kind)

    @settings(max_examples=15, deadline=None)
    @given(st.randoms(use_true_random=False))
    def law(random: Any) -> None:
        text = yaml.safe_dump(mixed(kind, data, random), allow_unicode=True, default_style='"')
        assert kind.from_source(Source("mixed.yaml", yaml.load(text, Loader=yaml.BaseLoader))) == wanted

    law()


def mixed(model: type[Model] | None, data: Any, random: Any) -> Any:
    """Spell each key in one of the two languages by chance."""
    if isinstance(data, list):
        return [mixed(model, item, random) for item in data]
    if not isinstance(data, dict) or model is None:
        return data
    spelt = {}
    for key, value in data.items():
        known = field_of(model, key)
        assert known, key
        name = random.choice([known[0], chinese_name(model, known[0])])
        spelt[name] = mixed(inner_model(known[1].annotation), value, random)
    return spelt


def test_blanks_at_the_ends_are_the_only_thing_taken_off() -> None:
    from xuncha_docs.fields import UnitName

    assert UnitName(name=" \u3000中共临江县水利局 党组\n").name == "中共临江县水利局 党组"


def test_yaml_keeps_text_that_looks_like_a_number(tmp_path: Any) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a: 007\nb: 8:30\nc: yes\nd: 1e3\ne: null\nf: 'null'\n", encoding="utf-8")
    assert read(file).data == {"a": "007", "b": "8:30", "c": "yes", "d": "1e3", "e": None, "f": "null"}

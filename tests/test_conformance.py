"""On docxtpl's own templates, and on some of ours, the engine makes the same XML as docxtpl, part by part."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate, Listing, RichText
from jinja2 import Environment, StrictUndefined, Undefined
from lxml import etree

from tests.conftest import SHARED, document_of, every_form
from xuncha_docs import Document, render
from xuncha_docs.chinese import numeral
from xuncha_docs.rendering import find_template
from xuncha_docs.word.drafting import Column, Draft
from xuncha_docs.word.package import Package, pack_parts
from xuncha_docs.word.printing import written
from xuncha_docs.word.template import Template

CASES = SHARED / "conformance/docxtpl"
NAMES = [
    *("comments", "doc_properties", "dynamic_table", "footnotes", "get_undeclared_variables", "header_footer_entities"),
    *("horizontal_merge", "merge_paragraph", "nested_for", "order", "preserve_spaces"),
]


def by_docxtpl(template: bytes, values: Mapping[str, Any]) -> Package:
    engine = DocxTemplate(io.BytesIO(template))
    engine.render(dict(values), Environment(autoescape=True, undefined=StrictUndefined), autoescape=True)
    buffer = io.BytesIO()
    engine.save(buffer)
    return Package.open(buffer.getvalue())


def canonical(xml: bytes) -> str:
    """Write a part canonically: no white space between elements, attributes in order, names spelt out."""
    root = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    return etree.tostring(root, method="c14n", exclusive=True).decode()


def properties(xml: bytes) -> dict[str, str]:
    """Read the properties that say anything; docxtpl adds empty ones to every file."""
    return {str(child.tag): child.text for child in etree.fromstring(xml) if child.text}


def templated(package: Package) -> Iterator[str]:
    """Yield the parts that may hold tags."""
    for name in package.members:
        if name == "docProps/core.xml" or name.startswith(
            ("word/document", "word/header", "word/footer", "word/footnotes")
        ):
            yield name


def assert_same(template: bytes, values: Mapping[str, Any]) -> None:
    theirs = by_docxtpl(template, values)
    ours = Package.open(Template.open(template).render(values).content)
    for name in templated(ours):
        same = properties if name == "docProps/core.xml" else canonical
        assert same(ours.read(name)) == same(theirs.read(name)), name


@pytest.mark.needs("shared")
@pytest.mark.parametrize("name", NAMES)
def test_docxtpl_s_own_template(name: str) -> None:
    case = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    assert_same((CASES / case["template"]).read_bytes(), case["context"])


@pytest.mark.needs("shared")
def test_every_case_is_listed() -> None:
    assert {path.stem for path in CASES.glob("*.json")} == set(NAMES)


def drafted(*paragraphs: str) -> bytes:
    draft = Draft(title="{{ title }}")
    for text in paragraphs:
        draft.add("公文正文", text)
    return draft.content()


HOSTILE = "A & B < C > \"D\" 'E' {{ 7*7 }} {% if %} ]]> 𠮷 镕"

TEXTS = {
    "values": ("{{ a }} and {{ b }}", "{% if c %}yes{% else %}no{% endif %}"),
    "loops": ("{%p for x in items %}", "{{ loop.index }}.{{ x }}", "{%p endfor %}"),
    "inline loop": ("{% for x in items %}{{ x }}{% if not loop.last %}、{% endif %}{% endfor %}",),
    "filters": ("{{ items|join('、') }} {{ items|length }} {{ b|default('x') }} {{ n|round(1) }}",),
    "set and macro": ("{%p set y = a ~ b %}{{ y }}", "{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m(a) }}"),
    "range": ("{% for i in range(3) %}{{ i }}{% endfor %}",),
    "comment": ("{# nobody reads this #}a", "{#p nor this #}", "b"),
    "escaped braces": ("{_{ a }_} {_% if %_}",),
    "rich text": ("{{r rich }}", "before{{r rich }}after"),
    "listing": ("{{ listing }}",),
    "breaks": ("{{ broken }}",),
    "none": ("{{ nothing }}",),
    "mapping": ("{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}",),
    "with": ("{% with z = a %}{{ z }}{% endwith %}",),
    "merge": ("one{%- if c %}", "two{% endif -%}", "three"),
    "comparison": ("{% if n > 1 and a in items or not c %}x{% endif %}",),
}


def values() -> dict[str, Any]:
    rich = RichText("粗", bold=True)
    rich.add("红 & 细", color="FF0000", italic=True)
    return {
        "title": "题",
        "a": HOSTILE,
        "b": "乙",
        "c": True,
        "n": 2.25,
        "items": ["一", "二", HOSTILE],
        "rich": rich,
        "listing": Listing("甲\n乙\a丙\f丁\t戊 & 己"),
        "broken": "甲\n乙\t丙",
        "nothing": None,
        "d": {"k": "v", "<": ">"},
    }


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_of_our_own(name: str) -> None:
    assert_same(drafted(*TEXTS[name]), values())


def table(*rows: str, grid: int = 3) -> bytes:
    """Make a template with one table; a row is its cells parted by |."""
    body = "".join(f"<w:tr>{''.join(cell(text) for text in row.split('|'))}</w:tr>" for row in rows)
    columns = '<w:gridCol w:w="1000"/>' * grid
    xml = f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"
    parts = Package.open(Draft(title="").content()).parts()
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", f"<w:body>{xml}".encode())
    return pack_parts(parts)


def cell(text: str) -> str:
    width = '<w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr>'
    return f"<w:tc>{width}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


TABLES = {
    "rows": ("甲|乙|丙", "{%tr for x in items %}|| ", "{{ x }}|{{ loop.index }}|c", "{%tr endfor %}||"),
    "columns": (
        "head|{%tc for x in items %}|{{ x }}|{%tc endfor %}",
        "a|{%tc for x in items %}|{{ x }}|{%tc endfor %}",
    ),
    "background": ("{% cellbg colour %}{{ b }}|x|y",),
    "span": ("{% colspan 3 %}{{ b }}",),
    "vertical merge": ("{%tr for x in items %}||", "{% vm %}{{ b }}|{{ x }}|z", "{%tr endfor %}||"),
    "horizontal merge": ("{%tc for x in items %}|{% hm %}{{ b }}|{%tc endfor %}",),
    "only looped rows": ("{%tr for x in [] %}||", "{{ x }}|b|c", "{%tr endfor %}||", "a|b|c"),
    "rows of unequal length": ("{% if c %}a{% endif %}|b", "a|b|c|d"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_our_own(name: str) -> None:
    assert_same(table(*TABLES[name]), values() | {"colour": "FF0000"})


def test_a_drafted_table() -> None:
    draft = Draft(title="")
    draft.table("x in items", [Column("序号", 844, "{{ loop.index }}"), Column("名称", 8000, "{{ x }}")])
    assert_same(draft.content(), values())


def test_footnotes_headers_and_properties(tmp_path: Path) -> None:
    draft = Draft(title="{{ title }}", page_numbers=True)
    draft.add("公文正文", "{{ a }}")
    parts = Package.open(draft.content()).parts()
    parts["word/footer_odd.xml"] = parts["word/footer_odd.xml"].replace("— ".encode(), b"{{ a }} ")
    assert_same(pack_parts(parts), values())


class _Written(Environment):
    """docxtpl's environment as our four templates need it: our filter, and values in their written forms."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_finalized)
        self.filters["汉字"] = numeral


def _finalized(value: Any) -> Any:
    return value if isinstance(value, str | Undefined) else written(value)


def unsettled(xml: bytes) -> bytes:
    """Take out what ours settles by the filled texts: right indents of 署名 and 成文日期, the height of 版记."""
    xml = re.sub(rb'<w:ind w:rightChars="\d+" w:right="\d+"/>', b"", xml)
    return re.sub(rb' cy="\d+"', b"", xml) if 'name="版记"'.encode() in xml else xml


@every_form
def test_our_own_templates(kind: type[Document], variant: str) -> None:
    document = document_of(kind)
    content = find_template(kind, variant=variant).read_bytes()
    engine = DocxTemplate(io.BytesIO(content))
    engine.render(document.values(), _Written(), autoescape=True)
    buffer = io.BytesIO()
    engine.save(buffer)
    theirs, ours = Package.open(buffer.getvalue()), Package.open(render(document, variant=variant).content)
    for name in templated(ours):
        if name != "docProps/core.xml":  # ours names no author and has the document's own date
            assert canonical(unsettled(ours.read(name))) == canonical(unsettled(theirs.read(name))), name

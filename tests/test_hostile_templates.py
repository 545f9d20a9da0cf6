"""Templates that nobody would write by accident are judged in time, and what is called sound opens."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.notation import built, repacked, with_text
from xuncha_docs import Announcement, Severity, Template, TemplateError, check
from xuncha_docs.checks.template.mending import mended
from xuncha_docs.word.package import Package

PLAIN = built("甲")
SECONDS = 8
"""How long a check may take on a busy machine; most of these take a twentieth of a second, and once took a minute."""


def body(inner: str) -> bytes:
    return with_text(PLAIN, "word/document.xml", ("<w:sectPr>", f"{inner}<w:sectPr>"))


def p(text: str) -> str:
    return f"<w:p>{r(text)}</w:p>"


def r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def cell(inner: str) -> str:
    return f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"


def box(inner: str) -> str:
    return f"<w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r>"


def member(name: str, *changes: tuple[str, str]) -> bytes:
    return with_text(PLAIN, name, *changes)


def rows() -> bytes:
    lines = ("{%tr if 任务 %}", "甲", "{%tr endif %}")
    return body(f"<w:tbl>{''.join(f'<w:tr><w:tc>{p(line)}</w:tc></w:tr>' for line in lines)}</w:tbl>" * 660)


def chained_styles() -> bytes:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="s{n}"/><w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(3000)
    )
    used = "".join(f'<w:p><w:pPr><w:pStyle w:val="s{n}"/></w:pPr></w:p>' for n in range(3000))
    content = body(used)
    written = Package.open(content).read("word/styles.xml").replace(b"</w:styles>", f"{styles}</w:styles>".encode())
    return repacked(content, **{"word/styles.xml": written})


def cut_styles() -> bytes:
    styles = Package.open(PLAIN).read("word/styles.xml")
    return repacked(PLAIN, **{"word/styles.xml": styles[: styles.rindex(b"<w:style ") + 12]})


LARGE: dict[str, Callable[[], bytes]] = {
    "openers": lambda: body(p("{{" * 100_000)),
    "openers of statements": lambda: body(p("{%" * 100_000)),
    "openers of comments": lambda: body(p("{#" * 100_000)),
    "quotes": lambda: body(p("{{“" * 20_000)),
    "reversed": lambda: body(p("{{%" * 50_000)),
    "closers": lambda: body(p("}}" * 100_000)),
    "single braces": lambda: body(p("{ x } " * 100_000)),
    "blanks": lambda: body(p("{" + " " * 60_000 + "%")),
    "braces elsewhere": lambda: repacked(PLAIN, **{"customXml/item1.xml": b"<a>" + b"{{" * 100_000 + b"</a>"}),
    "runs": lambda: body(f"<w:p>{r('{{ 标题 }}') * 20_000}</w:p>"),
    "a character a run": lambda: body("<w:p>" + "".join(r(c) for c in "{{ " + "a" * 5000 + " }}") + "</w:p>"),
    "rows": rows,
    "blocks": lambda: body(p("{% if 任务 %}" * 900 + "{#" * 20_000) + p("{% endif %}") * 900),
    "styles on styles": chained_styles,
    "styles cut short": cut_styles,
    "cells in cells": lambda: body("<w:tbl><w:tr><w:tc>" * 80 + p("甲") * 2000 + "</w:tc></w:tr></w:tbl>" * 80),
    "long tags": lambda: body(p("{{ " + "~".join(["1"] * 400) + " }}") * 1999),
    "one long tag": lambda: body(p("{{ [" + "[标题]," * 100_000 + "] }}")),
    "calls": lambda: body(p("{% macro m(x) %}" + "{{ x }}" * 1000 + "{% endmacro %}") + p("{{ m(标题) }}") * 900),
    "conditions": lambda: body(p("{% if " + " and ".join(["任务"] * 200) + " %}a{% endif %}")),
    "sums": lambda: body(p("{% for a in 附言 %}{{ " + "+".join(["a"] * 400) + " }}{% endfor %}")),
    "sums in a macro": lambda: body(p("{% macro m() %}{{ " + "+".join(["1"] * 300) + " }}{% endmacro %}")),
    "parentheses": lambda: body(p("{{ " + "(" * 900 + "标题" + ")" * 900 + " }}")),
    "digits": lambda: body(p("{{ " + "9" * 1500 + " }}")),
    "nested ifs": lambda: body(p("{%p if 任务 %}") * 500 + p("{%p endif %}") * 500),
}

ODD: dict[str, bytes] = {
    "a comment among the properties": member(
        "docProps/core.xml", ("</cp:coreProperties>", "<!-- x --></cp:coreProperties>")
    ),
    "a comment in the body": body("<!-- {{ x }} -->" + p("{{ 标题 }}")),
    "custom properties that are no XML": repacked(PLAIN, **{"docProps/custom.xml": b"<a"}),
    "a loop over loop": body(p("{% for loop in 附言 %}{{ loop }}{% endfor %}")),
    "XML broken in the middle": member("word/document.xml", ("<w:body>", "<w:body><w:p></w:q>")),
    "nothing to print": body(p("{{ }}")),
    "raw without end": body(p("{{ 标题 }}{% raw %}a")),
    "a tag over fields": body(
        "<w:p><w:r><w:instrText>{{ 标</w:instrText></w:r><w:r><w:instrText>题 }}</w:instrText></w:r></w:p>"
    ),
    "an empty text in a tag": body(f'<w:p>{r("{{ 标")}<w:r><w:t xml:space="preserve"/></w:r>{r("题 }}")}</w:p>'),
    "a lettered tag in a comment": body(p("{# 说明：{%p if 任务 %} #}{{ 标题 }}")),
    "a lettered tag in a literal": body(p('{{ "{%p if x %}" }}')),
    "a dash apart": body(p("{{ 标题 - }}")),
    "a dash before its word": body(p("{% - if 盖章 %}a{% endif %}")),
    "a tab after the letter": body(p("{%p&#9;if 盖章 %}") + p("a") + p("{%p endif %}")),
    "a dash before the letter": body(p("{%-p if 盖章 %}") + p("a") + p("{%p endif %}")),
    "a blank of mathematics": body(p("{{ 标题\u205f}}")),
    "a closer in a literal": body(p('{{ "}}" ~ “x” }}')),
    "colspan without a value": body(cell(p("{%colspan%}"))),
    "vm with a value": body(cell(p("{% vm foo %}"))),
    "a tag among the keywords": member(
        "docProps/core.xml", ("</cp:coreProperties>", "<cp:keywords>{{ x</cp:keywords></cp:coreProperties>")
    ),
    "an argument twice": body(p("{{ 附言|join(d='a', d='b') }}")),
    "a parameter twice": body(p("{% macro m(a,a) %}{% endmacro %}")),
    "a caption": body(
        '<w:tbl><w:tblPr><w:tblCaption w:val="{{ 对像 }}"/></w:tblPr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
    ),
    "a measure that is no number": member("word/document.xml", ('w:top="2098"', 'w:top="-9999999999999"')),
    "a line that is no number": member("word/styles.xml", ('w:line="579"', 'w:line="²"')),
    "a span that is no number": body(
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="²"/></w:tcPr>{p("{%tc if 盖章 %}")}</w:tc></w:tr></w:tbl>'
    ),
}


def assert_judged(content: bytes) -> None:
    started = time.perf_counter()
    report = check(content, model=Announcement)
    assert time.perf_counter() - started < SECONDS
    started = time.perf_counter()
    try:
        made, _ = mended(content, "x")
        assert mended(made, "x")[0] == made
    except TemplateError:
        pass
    assert time.perf_counter() - started < 2 * SECONDS
    if not report.at_least(Severity.ERROR):
        Template.open(content, model=Announcement)


@pytest.mark.parametrize("name", LARGE)
def test_a_template_too_large_for_anybody_is_judged_in_time(name: str) -> None:
    assert_judged(LARGE[name]())


@pytest.mark.parametrize("name", ODD)
def test_an_odd_template_is_judged_and_what_is_called_sound_opens(name: str) -> None:
    assert_judged(ODD[name])


def test_what_cannot_be_read_is_told_where_it_is_and_hides_nothing() -> None:
    content = body(p("{{ 标题 }}") + p("{{ " + "9" * 1900 * 3 + " }}") + p("{{ 对像 }}"))
    told = [(f.code, f.place.paragraph) for f in check(content, model=Announcement).findings if f.place.paragraph]
    assert {place for _, place in told} == {3, 4}
    assert ("TPL301", 4) in told


def test_a_text_box_is_read_where_it_stands_in_its_paragraph() -> None:
    within = f"<w:p>{r('{% if 任务 %}')}{box(p('{{ 任务 }}'))}{r('{% endif %}')}</w:p>"
    looped = f"<w:p>{r('{% for 句 in 附言 %}{{ 句 }}')}{box(p('{{ 句 }}'))}{r('{% endfor %}')}</w:p>"
    for inner in (within, looped):
        assert not [f for f in check(body(inner), model=Announcement).findings if f.place.paragraph]


def test_a_tag_half_deleted_is_not_moved_into_what_is_deleted() -> None:
    deleted = "<w:del><w:r><w:delText>{{ 标</w:delText></w:r></w:del>"
    added = "<w:ins><w:r><w:rPr><w:b/></w:rPr><w:t>题 }}后</w:t></w:r></w:ins>"
    content = body(f"<w:p>{deleted}{added}</w:p>")
    made, _ = mended(content, "x")
    assert "题 }}后" in Package.open(made).read("word/document.xml").decode()


def test_a_name_that_no_file_can_have_is_a_finding() -> None:
    assert [finding.code for finding in check("a\0b.docx").findings] == ["INP001"]

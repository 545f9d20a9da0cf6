"""The check of templates against the world: docxtpl's templates, another linter, the corpus, random slips, places."""

from __future__ import annotations

import io
import json
import random
import re
from collections import Counter
from datetime import date
from pathlib import Path

import docxtpl_lint
import pytest
from docx import Document as Docx
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests import mutations
from tests.conftest import SHARED, every_kind
from tests.notation import built, repacked, with_text
from xuncha_docs import Announcement, Case, Document, Report, Severity, Template, TemplateError, check, kinds, render
from xuncha_docs.card import card
from xuncha_docs.checks import ruling
from xuncha_docs.checks.template import has_tags
from xuncha_docs.checks.template.letters import _crowded
from xuncha_docs.checks.template.mending import mended
from xuncha_docs.findings import Finding
from xuncha_docs.rendering import built_in_template, find_template
from xuncha_docs.word.examined import Examined
from xuncha_docs.word.known import read_by

CASES = SHARED / "conformance/docxtpl"
CORPUS = SHARED / "corpus"


def found(text: str, *codes: str) -> list[Finding]:
    """Return what is found in a template of the notation, of some codes."""
    return [f for f in check(built(text), model=Announcement).findings if not codes or f.code in codes]


def placed(finding: Finding) -> str:
    return str(finding.place).removeprefix("template.docx: ")


# --- docxtpl's own templates ---------------------------------------------------------------------------------------

TRUE_OF_THEM = {"TPL107", "TPL118", "TPL412"}
"""What is rightly said of docxtpl's own templates: who made them, and the blank paragraphs of one of them."""


@pytest.mark.needs("shared")
@pytest.mark.parametrize("path", sorted(CASES.glob("*.docx")), ids=lambda path: path.stem)
def test_nothing_is_called_an_error_in_a_template_that_docxtpl_renders_rightly(path: Path) -> None:
    report = check(path)
    assert not report.at_least(Severity.ERROR), str(report)
    assert {finding.code for finding in report.findings} <= TRUE_OF_THEM


@pytest.mark.needs("shared")
def test_a_blank_paragraph_that_is_foretold_is_in_the_paper() -> None:
    case = json.loads((CASES / "get_undeclared_variables.json").read_text(encoding="utf-8"))
    content = (CASES / case["template"]).read_bytes()
    told = [f for f in check(content).findings if f.code == "TPL118"]
    paper = Docx(io.BytesIO(Template.open(content).render(case["context"]).content))
    blank = sum(not p.text.strip() for p in paper.paragraphs)
    was_blank = sum(not p.text.strip() for p in Docx(io.BytesIO(content)).paragraphs)
    # Of the loop's end only the last round leaves a blank one: every other is joined to the round that follows.
    assert len(told) == 3
    assert blank == was_blank + len(told)


# --- another linter ------------------------------------------------------------------------------------------------

ELSEWHERE = {
    ("TPL204", "DTL102"): "the odd blank is told where it is; what follows from it, an end without beginning, is not",
    ("TPL313", "DTL101"): "told by TPL104 at the outermost loop and by TPL313 where the end is missing",
}
"""What the other linter says in another place than we do: our rule's page, its rule, and why."""

TABLES = """
| {%tr for 组 in 各组一览 %} | {%tr endfor %} |
---
| {%tr for 组 in 各组一览 %} | |
| {{ 组.巡察组 }} | |
甲
| {%tr endfor %} | |
---
| {%tc for 组 in 各组一览 %} | {{ 组.巡察组 }} |
| {%tc endfor %} | |
---
{% colspan 2 %}甲
---
| {%tr if 任务 %}有文字 | 也有文字 |
| {{ 任务 }} | |
| {%tr endif %} | |
---
| {%tc if 任务 %} | {{ 任务 }} | {% endif %} |
---
修订：{{ 标题 }}
---
{{ 标题
---
{{ loop.index }}
"""
"""More that the other linter calls errors, each a template."""


@pytest.mark.parametrize("code", ruling.every())
def test_what_another_linter_calls_an_error_is_told_by_us_at_the_same_paragraph(code: str) -> None:
    for sample in ruling.samples(ruling.find(code).page):
        assert_told(built(sample.text), code)


@pytest.mark.parametrize("text", TABLES.strip("\n").split("\n---\n"))
def test_what_another_linter_calls_an_error_in_a_table_is_told_by_us(text: str) -> None:
    assert docxtpl_lint.lint(built(text)).errors
    assert_told(built(text), "")


def assert_told(content: bytes, code: str) -> None:
    try:
        theirs = docxtpl_lint.lint(content).errors
    except Exception:  # noqa: BLE001  # it raises what its libraries raise
        return  # a file that it can't read is told by TPL001 and TPL002, on whose pages such files are
    places = {f.place.paragraph for f in check(content, model=Announcement).findings}
    for issue in theirs:
        if (code, issue.rule) not in ELSEWHERE:
            inner = issue.location.cell_paragraph or issue.location.paragraph
            assert inner in places, (issue, places)


@every_kind
def test_what_another_linter_says_of_our_own_templates_is_known(kind: type[Document]) -> None:
    said = {(issue.rule, issue.params.get("name")) for issue in docxtpl_lint.lint(str(find_template(kind))).errors}
    assert said <= {("DTL104", "汉字")}, "汉字 is a filter of ours"


@pytest.mark.needs("shared")
def test_docxtpl_s_own_templates_are_clean_for_the_other_linter_too() -> None:
    assert not [issue for path in CASES.glob("*.docx") for issue in docxtpl_lint.lint(str(path)).errors]


# --- the corpus ----------------------------------------------------------------------------------------------------

OF_TAGS = ("TPL0", "TPL1", "TPL2", "TPL401", "TPL402", "TPL403", "TPL405", "TPL407")
"""The rules that say why a template can't be opened."""


@pytest.mark.needs("shared")
def test_every_file_of_the_corpus_is_judged_and_what_is_called_sound_opens() -> None:
    files = sorted(CORPUS.rglob("*.docx"))
    assert len(files) > 150
    for path in files:
        check(path, kind="announcement")
        report = check(path)
        errors = [f for f in report.at_least(Severity.ERROR) if f.code.startswith(OF_TAGS)]
        assert opens(path.read_bytes()) is not bool(errors), (path.name, str(report))


def opens(content: bytes, model: type[Document] | None = None) -> bool:
    try:
        Template.open(content, model=model)
    except TemplateError:
        return False
    return True


@pytest.mark.parametrize("code", ruling.every())
def test_a_template_without_errors_opens(code: str) -> None:
    for sample in ruling.samples(ruling.find(code).page):
        content = built(sample.text)
        if not check(content, model=Announcement).at_least(Severity.ERROR):
            assert opens(content, Announcement), sample.text


PIECES = [
    "{{ 标题 }}",
    "{%p if 任务 %}",
    "{%p endif %}",
    "{% for 句 in 附言 %}",
    "{% endfor %}",
    "{{ 句 }}",
    "甲",
    "}}",
]
PIECES += ["{", "{{", "%}", "{%p else %}", "｛｛", "“", "{# 注 #}", "{%tr if 任务 %}", "{%- if 任务 -%}", "\u200b", "|"]
PIECES += ["¦", "{{p 标题 }}"]

papers = st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), max_size=6).map("\n".join)


@given(papers)
def test_whatever_is_written_is_judged_and_what_is_called_sound_opens(text: str) -> None:
    content = built(text)
    if not check(content, model=Announcement).at_least(Severity.ERROR):
        assert opens(content, Announcement)


@given(papers)
def test_a_tag_that_docxtpl_swallows_is_told(text: str) -> None:
    content = built(text)
    if opens(content):
        template = Template.open(content)
        swallowed = [p for part in template._parts.values() for p in part.compiled.source.swallowed]
        told = [f for f in check(content).findings if f.code.startswith("TPL1")]
        assert bool(swallowed) <= bool(told), swallowed


# --- random slips --------------------------------------------------------------------------------------------------

SLIPS = 14
"""How many slips of each sort are made in each template; `python -m tests.mutations` makes thousands."""


@every_kind
def test_random_slips_are_told_at_their_places(kind: type[Document]) -> None:
    counts: Counter[str] = Counter()
    for mutation in mutations.sample(kind, random.Random(f"4 {kind.kind}"), SLIPS):
        what = mutations.outcome(kind, mutation)
        counts[what] += 1
        assert what != "text lost", mutation
    assert counts["found"] > 4 * SLIPS
    assert counts["found"] + counts["neutral"] >= 0.99 * counts.total(), counts


@every_kind
def test_slips_within_a_tag_are_told_without_the_built_in_template_to_compare_with(kind: type[Document]) -> None:
    dice = random.Random(f"5 {kind.kind}")
    slips = [m for m in mutations.sample(kind, dice, SLIPS) if m.sort in mutations.MECHANICAL]
    assert {mutations.outcome(kind, slip, mutations.STOCK) for slip in slips} <= {"found", "neutral"}


def test_a_neutral_slip_is_known_for_one() -> None:
    number, tag = mutations.original(Announcement).tags[0]
    blank = mutations.Edit(number, tag.start + 2, tag.start + 3, "  ")
    assert mutations.outcome(Announcement, mutations.Mutation("a blank", (blank,), ())) == "neutral"


# --- places --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("甲\n{{ 标提 }}", "正文 第2段"),
        ("甲\n| 乙 | 丙 |\n丁\n| 戊 | 己 |\n| 庚 | 辛⏎{{ 标提 }} |", "正文 第2张表 第2行 第2格 第2段"),
        ("页眉：{{ 标提 }}", "页眉1 第1段"),
        ("页脚：{{ 标提 }}", "页脚1 第1段"),
        ("脚注：{{ 标提 }}", "脚注 第1条脚注 第1段"),
        ("尾注：{{ 标提 }}", "尾注 第1条尾注 第1段"),
        ("批注：{{ 标提 }}", "批注 第1条批注 第1段"),
        ("甲\n文本框：{{ 标提 }}", "正文 第1个文本框 第1段"),
        ("属性：{{ 标提 }}", "文件属性 标题"),
    ],
)
def test_a_place_is_counted_as_a_person_counts(text: str, place: str) -> None:
    assert [placed(finding) for finding in found(text, "TPL301")] == [place]


def test_a_table_within_a_table_is_said_from_the_outside_in() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{{ 标提 }}</w:t></w:r></w:p></w:tc>"
    inner = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl><w:p/>"
    content = with_text(
        built("| 甲 | 乙 |\n| 丙 | 丁 |"), "word/document.xml", ("丁</w:t></w:r></w:p>", f"丁</w:t></w:r></w:p>{inner}")
    )
    (finding,) = (f for f in check(content, model=Announcement).findings if f.code == "TPL301")
    assert placed(finding) == "正文 第1张表 第2行 第2格里 第1张表 第1行 第1格 第1段"


def test_the_words_around_a_tag_are_shown_with_the_tag_marked() -> None:
    (finding,) = found("对{{ 对像 }}开展巡察", "TPL301")
    assert finding.place.snippet == "对▶{{ 对像 }}◀开展巡察"


def test_a_text_box_that_word_keeps_twice_is_told_once() -> None:
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = "<w:txbxContent><w:p><w:r><w:t>{{ 标提 }}</w:t></w:r></w:p></w:txbxContent>"
    twice = (
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{space}"><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    content = with_text(built("甲"), "word/document.xml", ("<w:sectPr>", f"{twice}<w:sectPr>"))
    assert [placed(f) for f in check(content, model=Announcement).findings if f.code == "TPL301"] == [
        "正文 第1个文本框 第1段"
    ]


def test_one_broken_part_hides_no_other() -> None:
    content = built("{{ 标提 }}\n页眉：{{ 标题")
    broken = repacked(content, **{"word/styles.xml": b"<w:styles"})
    told = {finding.code for finding in check(broken, model=Announcement).findings}
    assert {"TPL002", "TPL101", "TPL301"} <= told


def test_a_tag_that_cannot_be_read_hides_no_other() -> None:
    told = [
        placed(f) for f in found("{{ 标题\n{{ a b }}\n{%p if 任务 %}\n{{ 任务.名称 }}\n{{ 标提 }}") if f.place.paragraph
    ]
    assert told == [f"正文 第{n}段" for n in (1, 2, 3, 4, 5)]


# --- what a second look found --------------------------------------------------------------------------------------


def test_a_part_that_is_no_xml_is_told_whatever_is_selected_and_nothing_is_said_to_be_missing() -> None:
    content = built("{{ 标题 }}")
    for part, cut in (("word/document.xml", b"</w:p>"), ("word/styles.xml", b"</w:pPr>")):
        broken = repacked(content, **{part: Examined.of(content, "x").contents[part].replace(cut, b"", 1)})
        told = {f.code for f in check(broken, model=Announcement).findings}
        assert "TPL002" in told
        assert not told & {"TPL308", "TPL501", "TPL502", "TPL120"}
        assert [f.code for f in check(broken, model=Announcement, select=["TPL2"]).findings] == ["TPL002"]


def test_a_cell_or_header_that_conditions_leave_empty_keeps_a_paragraph() -> None:
    content = built("| {%p if 印章 %}⏎章⏎{%p endif %} | 甲 |")
    paper = Template.open(content, Announcement).render(mutations.documents(Announcement)[0])
    assert [cell.text for cell in Docx(io.BytesIO(paper.content)).tables[0].row_cells(0)] == ["", "甲"]


@pytest.mark.parametrize(
    ("inside", "thing"),
    [
        ('<w:r><w:br w:type="page"/></w:r>', "分页符"),
        ("<w:pPr><w:sectPr/></w:pPr>", "分节符"),
        ("<w:r><w:drawing/></w:r>", "图片"),
        ('<w:r><w:footnoteReference w:id="1"/></w:r>', "脚注"),
    ],
)
def test_what_is_no_text_and_vanishes_with_a_letter_is_told(inside: str, thing: str) -> None:
    tag = "<w:r><w:t>{%p endif %}</w:t></w:r>"
    held = f"<w:p>{inside}{tag}</w:p>" if "pPr" in inside else f"<w:p>{tag}{inside}</w:p>"
    content = with_text(built("{%p if 任务 %}\n{{ 任务 }}"), "word/document.xml", ("<w:sectPr>", f"{held}<w:sectPr>"))
    (finding,) = (f for f in check(content, model=Announcement).findings if f.code == "TPL111")
    assert thing in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "{% if 任务 %}甲{% endif 任务 %}",
        "{%p for 句 in 附言 %}\n{{ 句 }}\n{%p endfor 句 %}",
        "{% if 盖章 %}甲{% else %}乙{% else %}丙{% endif %}",
        "{% if 盖章 %}甲{% else %}乙{% elif 任务 %}丙{% endif %}",
    ],
)
def test_an_end_or_an_else_that_is_wrong_is_an_error_at_its_place(text: str) -> None:
    content = built(text)
    assert not opens(content)
    assert [f for f in check(content, model=Announcement).at_least(Severity.ERROR) if f.place.paragraph]


@pytest.mark.parametrize("text", ["{ % if 盖章 % }甲{ % endif % }", "{ %p if 盖章 % }\n甲\n{ %p endif % }"])
def test_braces_and_percent_signs_apart_are_told(text: str) -> None:
    assert {f.code for f in found(text) if f.place.paragraph} == {"TPL113"}


def wrapped(first: str, inner: str, last: str, name: str = "hyperlink") -> bytes:
    """Build a paragraph in which a stretch stands in an element of its own."""
    runs = [f"<w:r><w:t>{text}</w:t></w:r>" for text in (first, inner, last)]
    held = f"<w:p>{runs[0]}<w:{name}>{runs[1]}</w:{name}>{runs[2]}</w:p>"
    return with_text(built("甲"), "word/document.xml", ("<w:sectPr>", f"{held}<w:sectPr>"))


@pytest.mark.parametrize("name", ["hyperlink", "smartTag", "ins"])
def test_a_tag_half_within_a_link_is_told(name: str) -> None:
    told = check(wrapped("{{ 标", "题 }}", "", name), model=Announcement).findings
    assert "TPL103" in {f.code for f in told}
    whole = check(wrapped("甲", "{{ 标题 }}", "乙", name), model=Announcement).findings
    assert "TPL103" not in {f.code for f in whole}


def test_a_block_half_within_a_link_is_told() -> None:
    told = check(wrapped("{% if 盖章 %}", "甲{% endif %}", ""), model=Announcement).findings
    assert "TPL107" in {f.code for f in told}
    whole = check(wrapped("{% if 盖章 %}", "甲", "{% endif %}"), model=Announcement).findings
    assert "TPL107" not in {f.code for f in whole}


@every_kind
def test_a_template_in_english_with_loops_of_other_names_is_clean(kind: type[Document]) -> None:
    """An office may write names in either language and call the items of loops as it likes."""
    template = Examined.of(find_template(kind).read_bytes(), "x", kind)
    (part,) = (p for p in template.parts if p.tagged.role == "document")
    bound = {name[1] for tag in part.tags if (name := re.match(r"for (\w+) in", tag.said))}
    names = {zh: en for section in card(kind) for name in section.names for zh, en in ((name.zh, name.en),)}
    ambiguous = {n.zh for s in card(kind) for n in s.names if names[n.zh] != n.en}

    def spelt(match: re.Match[str]) -> str:
        word, dotted = match[2], match[1]
        if not dotted and word in bound:
            return f"甲{word}"
        return dotted + (names.get(word, word) if word not in ambiguous else word)

    for tag in reversed(part.tags):
        (piece,) = tag.pieces
        text = piece.element.text or ""
        at = tag.start - piece.start
        renamed = re.sub(r"(\.?)\b([^\W\d]\w*)", spelt, tag.text)
        piece.element.text = text[:at] + renamed + text[at + len(tag.text) :]
    assert template.package
    changed = template.package.changed(
        {part.name: etree.tostring(part.tagged.root, encoding="UTF-8", xml_declaration=True)}
    )
    assert check(changed, kind=kind).clean, str(check(changed, kind=kind))
    assert mutations._made(Template.open(changed, kind), kind) == mutations._rightly(kind)


def test_a_page_turned_round_may_have_a_footer_of_its_own_measure() -> None:
    margins = 'w:top="1588" w:right="1984" w:bottom="1474" w:left="2098" w:footer="1446"'
    section = f'<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar {margins}/></w:sectPr>'
    turned = f"<w:p><w:pPr>{section}</w:pPr></w:p>"
    content = with_text(built("页脚 行距=320：— 1 —"), "word/document.xml", ("<w:sectPr>", f"{turned}<w:sectPr>"))
    assert not [f for f in check(content, model=Announcement).findings if f.code in ("TPL506", "TPL507")]


def test_a_word_that_cannot_occur_among_others_is_a_warning() -> None:
    (finding,) = found("{% if 署名 in ['巡察组', '办公室'] %}甲{% endif %}", "TPL307")
    assert finding.severity is Severity.WARNING
    (finding,) = found("{% if 署名 != '办公室' %}甲{% endif %}", "TPL307")
    assert "总是成立" in finding.message


def test_what_stands_in_for_a_broken_tag_is_never_shown() -> None:
    assert {f.code for f in found("{%p for 句 附言 %}\n{{ 句 }}\n{%p endfor %}") if f.place.paragraph} == {"TPL117"}


# --- what the author meant -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "cure"),
    [
        ("对{{ 对象 }开展巡察", "TPL101", "{{ 对象 }}"),
        ("对{ 对象 }}开展巡察", "TPL102", "{{ 对象 }}"),
        ("对{ 对象 }开展巡察", "TPL113", "{{ 对象 }}"),
        ("{%p if 任务 }", "TPL101", "{%p if 任务 %}"),
        ("{p if 任务 %}", "TPL102", "{%p if 任务 %}"),
        ("{% P if 任务 %}", "TPL109", "{%p if 任务 %}"),
        ("{%pif 任务 %}", "TPL109", "{%p if 任务 %}"),
        ("{{% if 任务 %}}", "TPL114", "{% if 任务 %}"),
        ("{%{ 对象 }%}", "TPL114", "{{ 对象 }}"),
        ("｛｛对象｝｝", "TPL201", "{{ 对象 }}"),
        ("{％ if 任务 ％}", "TPL201", "{% if 任务 %}"),
        ("{{ 附言|join（“、”） }}", "TPL202", '{{ 附言|join("、") }}'),
        ("{\u200b{ 对象 }}", "TPL204", "{{ 对象 }}"),
        ("{{ 对\u200b象 }}", "TPL204", "{{ 对象 }}"),
        ("{{ 驻点时间．起止 }}", "TPL202", "{{ 驻点时间.起止 }}"),
        ("{{ 驻点时间。起止 }}", "TPL202", "{{ 驻点时间.起止 }}"),
        ("{{ tіtle }}", "TPL205", "{{ title }}"),
        ("{{ ｔｉｔｌｅ }}", "TPL205", "{{ title }}"),
        ("{%P IF 任务 %}", "TPL109", "{%p if 任务 %}"),
        ("{{{ 对象 }}}", "TPL113", "{{ 对象 }}"),
        ("{{{对象}}", "TPL113", "{{ 对象 }}"),
        ("{{p if 任务 }}", "TPL117", "{%p if 任务 %}"),
        ("{% 任务 %}", "TPL117", "{{ 任务 }}"),
        ("{%p if任务 %}", "TPL117", "{%p if 任务 %}"),
        ("{% if 署名 = '巡察组' %}", "TPL117", "=="),
        ("{% if 盖章 %}甲{% else if 任务 %}乙{% endif %}", "TPL117", "elif"),
        ("{%p if 任务 %%}", "TPL112", "删去多余的 %"),
        ("第{{ 各组[0].序号 }}巡察组", "TPL304", "|汉字"),
        ("{{ 各组 }}", "TPL303", "{% for 项 in 各组 %}"),
        ("{% if 单位数 > 3 %}多{% endif %}", "TPL305", "{% if 单位数 and 单位数 > 3 %}"),
        ("{%p for 项 in 反映渠道.渠道 %}", "TPL305", "{%p if 反映渠道 %} 和 {%p endif %}"),
        ("{{ “对象” }}", "TPL203", "{{ 对象 }}"),
        ("{% if 盖章 == '是' %}章{% endif %}", "TPL307", "{% if 盖章 %}"),
        ("{{ 各组.序号 }}", "TPL301", "循环"),
        ("| {% for 组 in 各组一览 %} |\n| {{ 组.巡察组 }} |\n| {% endfor %} |", "TPL118", "{%tr for 组 in 各组一览 %}"),
    ],
)
def test_the_cure_says_what_was_meant(text: str, code: str, cure: str) -> None:
    (finding, *_) = found(text, code)
    assert cure in str(finding.cure)


@pytest.mark.parametrize(
    "text",
    [
        "增长５％，（附件｛略｝）",
        "{{ 附言|join('，') }}{{ 标题 ~ '（一）' }}",
        "{# ｛｛ 这里是注释 ｝｝ #}{{ 标题 }}",
        "{% raw %}{{ 照印 }}{% endraw %}",
        "{_{ 照印 }_}{_% if %_}",
        "{{ {'a': '甲'}.a }}",
        "{%- if 任务 -%}",
    ],
)
def test_nothing_is_said_of_marks_that_are_text(text: str) -> None:
    assert not [
        f for f in found(text) if f.code.startswith("TPL2") or f.code in ("TPL101", "TPL102", "TPL113", "TPL117")
    ]


def test_a_curly_quote_within_a_literal_is_an_error_since_docxtpl_breaks_the_text() -> None:
    (finding,) = found("{{ 标题 ~ '所谓“五落实”' }}", "TPL203")
    assert finding.severity is Severity.ERROR


# --- --fix ---------------------------------------------------------------------------------------------------------

KEYBOARD = """公文标题｜｛｛ 标题 ｝｝
对｛{ 对象 }｝开展{{ 巡察轮次。巡察类型写法 }}，{{ 附言|join（“、”） }}（完）
{%p　if 任务 %}
{{ 任¦务 }}说
{%p endif %}
| {{ ｔｉｔｌｅ }} | {\u200b% if 盖章 ％}章{％ endif %} |
页眉：｛｛标题｝｝
属性：｛｛ 标题 ｝｝"""


def test_what_is_mended_is_clean_of_slips_and_says_the_same_words() -> None:
    content = built(KEYBOARD)
    made, changes = mended(content, "x.docx")
    codes = {f.code for f in check(made, model=Announcement).findings}
    assert not {code for code in codes if code.startswith("TPL2") or code == "TPL119"}
    assert len(changes) == 11
    texts = [p.text for p in Docx(io.BytesIO(made)).paragraphs]
    assert texts[:3] == [
        "{{ 标题 }}",
        '对{{ 对象 }}开展{{ 巡察轮次.巡察类型写法 }}，{{ 附言|join("、") }}（完）',
        "{%p if 任务 %}",
    ]
    assert str(changes[0]) == "正文 第1段：｛｛ 标题 ｝｝ → {{ 标题 }}"


def test_a_split_tag_is_put_together_in_the_format_it_begins_with() -> None:
    made, changes = mended(built("甲{{ 标¦题 }}乙"), "x.docx")
    runs = Docx(io.BytesIO(made)).paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [("甲{{ 标题 }}", None), ("乙", True)]
    assert "合成一种格式" in str(changes[0])


@every_kind
def test_a_template_without_slips_is_left_as_it_is(kind: type[Document]) -> None:
    content = find_template(kind).read_bytes()
    assert mended(content, "x") == (content, ())


@every_kind
def test_a_slip_of_the_keyboard_in_a_built_in_template_is_mended(kind: type[Document]) -> None:
    right = mutations._rightly(kind)
    for mutation in random.Random(7).sample([*mutations.twins(mutations.original(kind))], 10):
        content = mutations.mutated(kind, mutation)
        made, changes = mended(content, "x")
        assert changes
        assert mutations._made(Template.open(made, model=kind), kind) == right, mutation


@given(papers)
def test_mending_changes_nothing_but_tags_and_leaves_nothing_to_mend(text: str) -> None:
    made, _ = mended(built(text), "x")
    assert mended(made, "x") == (made, ())


# --- what a thing is taken for -------------------------------------------------------------------------------------


def test_a_template_s_kind_is_read_from_its_name(tmp_path: Path) -> None:
    for name in ("announcement.docx", "announcement.海报.docx", "巡察公告.docx"):
        (tmp_path / name).write_bytes(built_in_template(Announcement).read_bytes())
        report = check(tmp_path / name)
        assert report.clean
        assert report.notes == (f"{tmp_path / name}：按巡察公告的模板检查",)


def test_a_template_of_no_known_kind_says_what_was_not_checked() -> None:
    report = check(built("{{ 什么 }}"))
    assert not report.findings
    assert "没有说是哪种文书" in str(report.not_checked[0])


def test_a_paper_is_no_template() -> None:
    paper = mutations.documents(Announcement)[0]
    report = check(render(paper).content)
    assert "是文书" in report.notes[0]
    assert not report.findings
    assert report.not_checked


@pytest.mark.parametrize(("text", "tags"), [("甲", False), ("{{ 甲 }}", True), ("｛｛ 甲 ｝｝", True), ("{{ 甲", True)])
def test_a_tag_or_a_near_tag_makes_a_template(text: str, tags: bool) -> None:
    assert has_tags(built(text)) is tags


def test_several_things_make_one_report(tmp_path: Path) -> None:
    report = check(built("{{ 标提 }}"), built("{{ 标题"), model=Announcement, select=["TPL1", "TPL301"])
    assert sorted(f.code for f in report.findings) == ["TPL101", "TPL301"]
    assert check(built("{{ 标提 }}"), model=Announcement, select=["TPL3"], ignore=["TPL30"]).findings == ()


def test_documents_and_cases_are_judged_by_the_rules_of_facts(demo: Case) -> None:
    papers = {"巡察公告": demo.papers["巡察公告"]}  # other papers of the demo go by the old day, and would be told too
    stay = demo.stay.model_copy(update={"complaints_close": date(2025, 8, 30)})
    late = demo.model_copy(update={"stay": stay, "papers": papers})
    report = check(late, Announcement.from_case(late))
    assert {finding.code for finding in report.at_least(Severity.WARNING)} == {"FCT102", "FCT105"}
    assert report.not_checked == ()


def test_a_file_that_is_too_large_or_not_there_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xuncha_docs.checks.taking.LARGEST", 10)
    (tmp_path / "large.docx").write_bytes(b"0" * 11)
    for name in ("large.docx", "none.docx", "."):
        assert [f.code for f in check(tmp_path / name).findings] == ["INP001"]


def test_a_pdf_that_can_t_be_read_is_a_finding_and_its_pages_are_not_checked(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    report = check(tmp_path / "a.pdf")
    assert {finding.code[:4] for finding in report.findings} == {"PDF0"}
    assert report.not_checked


def test_a_file_of_facts_tells_its_faults(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("巡察轮次: 8\n", encoding="utf-8")
    assert {f.code[:3] for f in check(tmp_path / "case.yaml").findings} == {"INP"}


# --- every fact of every kind is used ------------------------------------------------------------------------------


@every_kind
def test_every_fact_of_a_kind_is_printed_by_its_template_or_said_to_be_unprinted(kind: type[Document]) -> None:
    template = Examined.of(built_in_template(kind).read_bytes(), kind.kind, kind)
    printed = {name for one in template.used for name in read_by(kind, one)}
    assert set(kind.model_fields) - printed == set(kind.unprinted) - printed
    assert set(kind.unprinted) <= set(kind.model_fields)


def test_a_crowded_paragraph_keeps_the_last_of_its_tags_as_docxtpl_does() -> None:
    (part, *_) = Examined.of(built("{%p if 任务 %}{{ 任务 }}{%p endif %}"), "x", None).parts
    assert {kept.text for kept, _ in _crowded(part)} == {"{%p endif %}"}


def test_a_report_counts_by_severity() -> None:
    report: Report = check(built("{{ 标提 }}\n批注：甲"), model=Announcement, select=["TPL301", "TPL410"])
    assert [f.severity for f in report.findings] == [Severity.ERROR, Severity.WARNING]
    assert report.at_least(Severity.ERROR) == report.findings[:1]


def test_every_kind_of_every_package_can_be_checked() -> None:
    assert all(re.fullmatch(r"[a-z_]+", kind) for kind in kinds.every())

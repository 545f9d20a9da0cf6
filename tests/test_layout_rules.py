"""Every rule of layout fires on what its page calls wrong and on nothing else; good papers are clean."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.good import built
from tests.good_papers import PAPERS, PROFILE_OF
from xuncha_docs.checks import papers, ruling
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.profiles import PROFILES
from xuncha_docs.findings import Finding, Place, Rule, Severity, Strength
from xuncha_docs.word.layout import (
    Cell,
    Format,
    Layout,
    Leftover,
    Line,
    Numbering,
    Paragraph,
    Run,
    Section,
    Shape,
    Table,
    Where,
)
from xuncha_docs.word.roles import LEVELS
from xuncha_docs.word.styles import STYLES

RULES = [pytest.param(rule, id=code) for code, rule in ruling.every().items() if code.startswith("GBT")]
every_rule = pytest.mark.parametrize("rule", RULES)


@cache
def found(text: str) -> tuple[Finding, ...]:
    """Judge a paper in the notation of `good`."""
    content, profile = built(text)
    return papers.judge(papers.examined(content, "文书.docx", PROFILES[profile])).findings


@cache
def of(name: str) -> tuple[Finding, ...]:
    """Judge a good paper."""
    return papers.judge(papers.examined(PAPERS[name](), "文书.docx", PROFILES[PROFILE_OF[name]])).findings


def base(text: str) -> set[str]:
    """Return what is found in the good paper that a sample begins with: what nobody need heed."""
    name = text.partition("\n")[0].strip("（）") if text.startswith("（") else "普通"
    return {finding.code for finding in of(name)}


@every_rule
def test_a_rule_finds_what_its_page_calls_wrong_and_nothing_else_is_found_there(rule: Rule) -> None:
    wrong = [sample for sample in ruling.samples(rule.page) if not sample.good]
    assert wrong
    for sample in wrong:
        codes = {finding.code for finding in found(sample.text)}
        assert codes - base(sample.text) == {rule.code} | sample.others, sample.text


@every_rule
def test_a_rule_finds_nothing_in_what_its_page_calls_right(rule: Rule) -> None:
    right = [sample for sample in ruling.samples(rule.page) if sample.good]
    assert right
    for sample in right:
        assert rule.code not in {finding.code for finding in found(sample.text)}, sample.text


@every_rule
def test_a_page_says_what_is_wrong_and_why_and_on_what_it_rests(rule: Rule) -> None:
    assert rule.summary.endswith("。")
    assert re.search(r"^为什么：.+", rule.page, re.M)
    assert rule.since
    assert rule.strength is not None
    assert rule.clause is not None or rule.strength is Strength.PRACTICE


@every_rule
def test_a_finding_says_what_to_do_and_never_calls_practice_a_rule_of_the_standard(rule: Rule) -> None:
    for sample in ruling.samples(rule.page):
        for finding in found(sample.text) if not sample.good else ():
            if finding.code != rule.code:
                continue
            assert finding.message.endswith("。")
            assert finding.cure
            assert finding.cure.endswith("。")
            if rule.strength in (Strength.PRACTICE, Strength.DERIVED):
                assert "国标规定" not in finding.message + finding.cure


@pytest.mark.parametrize("name", PAPERS)
def test_a_good_paper_has_nothing_above_info(name: str) -> None:
    assert not [str(finding) for finding in of(name) if finding.severity is not Severity.INFO]


def test_no_two_rules_have_one_name() -> None:
    names = Counter(rule.name for rule in ruling.every().values())
    assert [name for name, count in names.items() if count > 1] == []


# --- told once -------------------------------------------------------------------------------------------------------


def told(text: str, code: str) -> list[Finding]:
    return [finding for finding in found(text) if finding.code == code]


def test_what_all_paragraphs_share_is_told_once_with_how_many() -> None:
    (finding,) = told("每段公文正文：中文字体=宋体", "GBT201")
    assert re.search(r"这样的共 \d+ 段。$", finding.message)
    assert finding.place.paragraph is not None


def test_what_single_paragraphs_do_is_told_of_each() -> None:
    lines = "\n".join(f"第{n}段公文正文：右缩进=2字" for n in (2, 3, 5))
    findings = told(lines, "GBT207")
    assert len(findings) == len({finding.place for finding in findings}) == 3


def test_a_fault_of_many_but_not_most_is_told_ten_times_at_most() -> None:
    fault = "、".join(f"第{n}段" for n in range(1, 13))
    layout = Layout(paragraphs=tuple(_body(n, right=2 if n < 12 else 0) for n in range(40)))
    judged = Judged(fault, layout, PROFILES["ordinary"])
    findings = [f for f in papers.judge(judged).findings if f.code == "GBT207"]
    assert len(findings) == 10
    assert findings[-1].message.endswith("这样的还有 2 段，不再一一列出。")


def _body(order: int, right: float = 0) -> Paragraph:
    looks = Format(font="仿宋_GB2312", latin="仿宋_GB2312", size=32, tracking=-5)
    return Paragraph(
        place=Place(part="word/document.xml", paragraph=order + 1),
        order=order,
        style="公文正文",
        runs=(Run("县委第三巡察组认真受理来信来电来访，按照规定及时办理。" * 2, looks),),
        right=right,
        align="both",
        line=579,
        line_rule="exact",
    )


# --- what depends on the paper ---------------------------------------------------------------------------------------


def test_a_letter_s_first_section_may_begin_where_its_mark_stands_and_no_other_may() -> None:
    first = Section(number=0, top=1701, bottom=1984, left=1588, right=1474)
    second = Section(number=1, top=1701, bottom=1984, left=1588, right=1474)
    layout = Layout(paragraphs=(_body(0),), sections=(first, second))
    findings = papers.judge(Judged("信函.docx", layout, PROFILES["letter"])).findings
    assert [f.message[:3] for f in findings if f.code == "GBT102"] == ["第2节"]
    alone = papers.judge(Judged("信函.docx", Layout(paragraphs=(_body(0),), sections=(first,)), PROFILES["letter"]))
    assert "GBT102" not in {finding.code for finding in alone.findings}


def test_what_is_wrong_with_some_sections_names_them() -> None:
    lefts = enumerate((1588, 2000, 2000))
    sections = tuple(Section(number=n, top=2098, bottom=1984, left=left, right=1474) for n, left in lefts)
    layout = Layout(paragraphs=(_body(0),), sections=sections)
    findings = papers.judge(Judged("普通.docx", layout, PROFILES["ordinary"])).findings
    assert [f.message for f in findings if f.code == "GBT103"] == ["第2、3节的左边距是 35.3 毫米，应当是 28 毫米。"]


def test_a_turned_section_with_a_table_is_no_fault() -> None:
    text = "在附件标题后加：表格 宽=156｜序号｜事项⏎1｜听取汇报\n纸张 宽=297 高=210 方向=横"
    assert "GBT101" not in {finding.code for finding in found(text)}


def test_a_header_or_footer_that_is_too_tall_takes_a_line() -> None:
    (finding,) = told("样式页码单页：行距=28.95磅\n样式页码双页：行距=28.95磅", "GBT108")
    assert "页眉页脚占去" in finding.message
    assert "一页排 21 行" in finding.message


def test_leftovers_are_faults_of_a_final_paper_and_only_told_of_a_draft() -> None:
    content, profile = built("公文正文“巡察”：批注=请再核对")
    for draft, severity in ((False, Severity.ERROR), (True, Severity.INFO)):
        report = papers.judge(papers.examined(content, "文书.docx", PROFILES[profile], draft=draft))
        assert [f.severity for f in report.findings if f.code == "GBT902"] == [severity]


# --- the notation ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "公文标题：对齐=中\n公文标题：对齐=中",
        "主报机关：加粗",
        "公文标题“没有的话”：加粗",
        "哦",
        "部件 word/styles.xml：没有→",
    ],
)
def test_a_line_that_changes_nothing_or_names_what_is_not_there_is_an_error(line: str) -> None:
    with pytest.raises(AssertionError):
        built(line)


# --- odd papers ------------------------------------------------------------------------------------------------------

_NUMBERS = st.sampled_from([-31680, -1, 0, 1, 5, 32, 200, 240, 579, 640, 8844, 31680, 10**9])
_TEXTS = st.one_of(
    st.sampled_from(
        [
            *(
                "",
                " ",
                "　　",
                "\t",
                "\n",
                "—",
                "“",
                "附件：",
                "附件",
                "附件1",
                "一、",
                "（一）",
                "1.",
                "（1）",
                "〔2025〕7号",
            ),
            *("签发人：", "抄送：", "2025年3月24日", "出席：", "密级", "秘密★1年", "000001", "特急", "第12号", "— 1 —"),
            *("临江县人民政府令", "关于开展巡察的通知", "县委第三巡察组：", "县" * 400, "a" * 40, "（此件公开发布）"),
        ]
    ),
    st.text(max_size=12),
)
_FONTS = st.sampled_from(["", "仿宋", "黑体", "方正小标宋简体", "Arial", "宋" * 40])
_FORMATS = st.builds(
    Format,
    font=_FONTS,
    latin=_FONTS,
    size=_NUMBERS,
    tracking=_NUMBERS,
    scale=_NUMBERS,
    colour=st.sampled_from(["000000", "FF0000", "333333"]),
    bold=st.booleans(),
    hint=st.booleans(),
)
_LINES = st.builds(
    Line,
    style=st.sampled_from(["single", "double", "thickThinSmallGap", "thinThickSmallGap", "wave"]),
    width=_NUMBERS,
    colour=st.sampled_from(["000000", "FF0000"]),
    space=_NUMBERS,
)
_SIDES = st.dictionaries(st.sampled_from(["top", "left", "bottom", "right", "between"]), _LINES, max_size=2)
_PLACES = st.builds(Place, part=st.just("word/document.xml"), paragraph=st.integers(1, 99))
_CHARS = st.sampled_from([-4.0, -0.01, 0, 1, 1.97, 2, 5, 400])
_STYLES = st.sampled_from(["", "Normal", "heading 1", *(style.name for style in STYLES), "页码单页", "页码双页"])


@st.composite
def _runs(draw: st.DrawFn) -> tuple[Run, ...]:
    runs: list[Run] = []
    start = 0
    for text in draw(st.lists(_TEXTS, max_size=3)):
        runs.append(
            Run(text, draw(_FORMATS), start, draw(st.sampled_from(["", "", "PAGE", "PAGE \\* MERGEFORMAT", " "])))
        )
        start += len(text)
    return tuple(runs)


@st.composite
def _paragraph(draw: st.DrawFn, order: int, where: Where, kind: str = "") -> Paragraph:
    numbering = st.builds(
        Numbering,
        text=st.sampled_from(["%1、", "（%1）", "%1.", ""]),
        sort=st.sampled_from(["decimal", "chineseCounting", "bullet"]),
        level=st.integers(1, 9),
        after=st.sampled_from(["tab", "space", "nothing"]),
        format=_FORMATS,
        indents=st.dictionaries(st.sampled_from(["left", "hanging"]), _NUMBERS),
        printed=st.sampled_from(["", "一、", "1.", "（1）"]),
    )
    return Paragraph(
        place=draw(_PLACES),
        where=where,
        section=draw(st.integers(0, 3)),
        order=order,
        style=draw(_STYLES),
        runs=draw(_runs()),
        mark=draw(_FORMATS),
        align=draw(st.sampled_from(["both", "left", "center", "right", "distribute", "thaiDistribute"])),
        first=draw(_CHARS),
        left=draw(_CHARS),
        right=draw(_CHARS),
        indents=draw(st.dictionaries(st.sampled_from(["firstLine", "firstLineChars", "left", "hanging"]), _NUMBERS)),
        before=draw(_NUMBERS),
        after=draw(_NUMBERS),
        line=draw(_NUMBERS),
        line_rule=draw(st.sampled_from(["exact", "atLeast", "auto", "odd"])),
        snaps=draw(st.booleans()),
        new_page=draw(st.booleans()),
        page_breaks=draw(st.integers(0, 2)),
        number=draw(st.none() | numbering),
        borders=draw(_SIDES),
        frame=draw(st.sampled_from([{}, {}, {"y": "1701", "vAnchor": "page"}, {"y": "x"}])),
        tabs=draw(st.sampled_from([(), ((-1, "right"),), ((320, "left"), (8524, "right"))])),
        pictures=draw(st.integers(0, 1)),
        box=draw(st.integers(0, 1)),
        kind=kind,
    )


@st.composite
def _layouts(draw: st.DrawFn) -> Layout:
    body = [draw(_paragraph(n, draw(st.sampled_from(Where)))) for n in range(draw(st.integers(0, 6)))]
    feet = tuple(draw(_paragraph(len(body) + n, Where.FOOTER, "default")) for n in range(draw(st.integers(0, 2))))
    sections = tuple(
        Section(
            number=n,
            width=draw(_NUMBERS),
            height=draw(_NUMBERS),
            landscape=draw(st.booleans()),
            top=draw(_NUMBERS),
            bottom=draw(_NUMBERS),
            left=draw(_NUMBERS),
            right=draw(_NUMBERS),
            footer=draw(_NUMBERS),
            grid=draw(st.sampled_from(["default", "lines", "linesAndChars", "odd"])),
            pitch=draw(_NUMBERS),
            char_space=draw(_NUMBERS),
            first_page=draw(st.booleans()),
            footers=dict.fromkeys(draw(st.sets(st.sampled_from(["default", "even", "first"]))), feet),
        )
        for n in range(draw(st.integers(1, 2)))
    )
    cells = tuple(Cell(paragraphs=(one,), borders=draw(_SIDES)) for one in body[:2])
    tables = (Table(place=Place(), rows=(cells, ()), width=draw(_NUMBERS), indent=draw(_NUMBERS)),)
    sort, align = st.sampled_from(["line", "picture", "box"]), st.just(("center", "bottom"))
    shape = st.builds(Shape, place=_PLACES, sort=sort, width=_NUMBERS, left=st.none() | _NUMBERS, align=align)
    return Layout(
        paragraphs=tuple(body),
        tables=draw(st.sampled_from([(), tables])),
        sections=sections,
        shapes=tuple(draw(st.lists(shape, max_size=2))),
        leftovers=tuple(
            draw(st.lists(st.builds(Leftover, sort=st.sampled_from(["comment", "odd"]), place=_PLACES), max_size=2))
        ),
        properties=draw(st.sampled_from([{}, {"title": "旧", "creator": ""}])),
        odd_even=draw(st.booleans()),
        compatibility=draw(_NUMBERS),
        normal_size=draw(_NUMBERS),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(_layouts(), st.sampled_from(list(PROFILES)))
def test_no_rule_stumbles_over_an_odd_paper(layout: Layout, profile: str) -> None:
    for finding in papers.judge(Judged("怪.docx", layout, PROFILES[profile])).findings:
        assert str(finding)


def test_no_rule_stumbles_over_an_empty_paper() -> None:
    for profile in PROFILES.values():
        papers.judge(Judged("空.docx", Layout(), profile))


def test_headings_of_all_levels_are_part_of_the_text() -> None:
    for role in LEVELS:
        assert told(f"{role.value}：行距=30磅", "GBT108")

"""Every rule of PDFs finds what its page calls wrong and nothing else; what a PDF says is held against its paper."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.good_papers import PAPERS, PROFILE_OF
from tests.printed import changed, converted, paper_of, sealed
from xuncha_docs import gb9704 as gb
from xuncha_docs.checks import papers, pdf, ruling
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.pdf.aligning import blocks
from xuncha_docs.checks.pdf.printed import Difference, Printed
from xuncha_docs.checks.profiles import PROFILES
from xuncha_docs.findings import Finding, NotChecked, Place, Report, Rule, Severity
from xuncha_docs.pdf import families
from xuncha_docs.pdf.marks import read
from xuncha_docs.pdf.pages import Box, Glyph, Marks, Page, joined
from xuncha_docs.pdf.pages import Rule as Ruled
from xuncha_docs.word.layout import Format, Layout, Numbering, Paragraph, Run, Section, Where
from xuncha_docs.word.package import Package

RULES = [pytest.param(rule, id=code) for code, rule in ruling.every().items() if code.startswith("PDF")]
every_rule = pytest.mark.parametrize("rule", RULES)

# --- the samples on the rules' pages ---------------------------------------------------------------------------------


@cache
def judged(sample: str) -> Report:
    content, profile = paper_of(sample)
    (printed,) = converted([content])
    paper = papers.examined(content, "文书.docx", PROFILES[profile])
    return pdf.judge(changed(printed, sample), "文书.pdf", paper, PROFILES[profile])


@pytest.fixture(scope="module")
def _all_converted() -> None:
    """Convert all papers of all samples in one call."""
    samples = [
        sample.text
        for rule in ruling.every().values()
        if rule.code.startswith("PDF")
        for sample in ruling.samples(rule.page)
    ]
    converted([paper_of(text)[0] for text in samples] + [make() for make in PAPERS.values()])


@pytest.mark.needs("office")
@pytest.mark.usefixtures("_all_converted")
@every_rule
def test_a_rule_finds_what_its_page_calls_wrong_and_nothing_else_is_found_there(rule: Rule) -> None:
    samples = ruling.samples(rule.page)
    assert {sample.good for sample in samples} == {True, False}, "a page has 错 and 对"
    for sample in samples:
        found = {finding.code for finding in judged(sample.text).findings}
        assert found == (set() if sample.good else {rule.code} | sample.others), sample.text


@pytest.mark.needs("office")
@pytest.mark.usefixtures("_all_converted")
@every_rule
def test_a_finding_says_what_is_wrong_where_and_what_to_do(rule: Rule) -> None:
    bad = next(sample for sample in ruling.samples(rule.page) if not sample.good)
    for finding in judged(bad.text).findings:
        assert finding.message.endswith("。")
        assert finding.cure
        assert finding.cure.endswith("。")
        assert finding.place.page or finding.code.startswith("PDF0")
        assert finding.place.file == "文书.pdf"


@every_rule
def test_a_page_says_why_and_practice_is_not_called_a_rule_of_the_standard(rule: Rule) -> None:
    assert re.match(r".+。\n\n为什么：", rule.page)
    assert not rule.page.startswith("国标")
    if rule.clause is None:
        assert "国标规定" not in rule.page


@pytest.mark.needs("office")
@pytest.mark.parametrize("name", PAPERS)
def test_without_its_paper_a_good_pdf_is_clean_and_what_was_not_checked_is_said(name: str) -> None:
    (printed,) = converted([PAPERS[name]()])
    report = pdf.judge(printed, "文书.pdf", None, PROFILES[PROFILE_OF[name]])
    assert not report.at_least(Severity.WARNING), str(report)
    (left,) = report.not_checked
    assert {check.rule.code for check in pdf.WITH_PAPER} == set(re.findall(r"PDF\d{3}", left.what))


@pytest.mark.needs("office")
def test_faults_that_the_page_itself_shows_are_found_without_the_paper() -> None:
    for sample, code in (
        ("样式Normal：行距=30磅\n样式空行：行距=30磅", "PDF304"),
        ("样式Normal：字距=0磅", "PDF302"),
        ("（红头）\n每段页码：对齐=左", "PDF403"),
        ("（红头）\n发文字号：下边框=无", "PDF502"),
        ("（信函）\n空行：下边框=无", "PDF509"),
        ("（红头）\n发文机关标志：段前=12毫米", "PDF501"),
        ("（上行文）\n打印后：第2页横线 上移=8", "PDF507"),
        ("第2段公文正文：左缩进=-4字", "PDF305"),
    ):
        content, profile = paper_of(sample)
        (printed,) = converted([content])
        report = pdf.judge(changed(printed, sample), "文书.pdf", None, PROFILES[profile])
        assert code in {finding.code for finding in report.findings}, sample


@pytest.mark.needs("office")
def test_a_pdf_of_another_paper_is_told_from_this_one() -> None:
    (printed,) = converted([PAPERS["普通"]()])
    other = papers.examined(PAPERS["红头"](), "红头.docx", PROFILES["gb9704"])
    report = pdf.judge(printed, "普通.pdf", other, PROFILES["gb9704"])
    codes = {finding.code for finding in report.findings}
    assert codes & {"PDF201", "PDF202", "PDF203"}
    assert len(report.findings) < 80


@pytest.mark.needs("office")
def test_a_seal_that_covers_the_date_alone_or_is_not_printed_is_found() -> None:
    paper = papers.examined(sealed(), "通知书.docx", PROFILES["ordinary"])
    (content,) = converted([sealed()])
    printed = Printed("x", read(content), paper.profile, paper)
    (page,) = printed.pages
    (seal,) = page.images

    def found(*boxes: Box) -> list[str]:
        moved = Marks((Page(1, page.width, page.height, page.glyphs, page.rules, boxes, page.fonts),))
        judged_ = Printed("x", moved, paper.profile, paper)
        return [f.message for check in ruling.checks("PDF5") for f in check.run(judged_, "x")]

    assert found(seal) == []
    assert found() == ["成文日期这一页没有印出印章图片。"]
    lower = Box(seal.x0, seal.y0 - 70, seal.x1, seal.y1 - 70)
    assert any("没有同时压住" in message for message in found(lower))


# --- what can't be read ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", "不是 PDF".encode()])
def test_what_is_no_pdf_is_found_unreadable_and_nothing_passes(content: bytes) -> None:
    report = pdf.judge(content, "x.pdf", None, PROFILES["ordinary"])
    assert [finding.code for finding in report.findings] == ["PDF001"]
    assert report.not_checked == (NotChecked("x.pdf 的页面", "读不出来"),)


# --- what the PDF says beside what the paper says --------------------------------------------------------------------

STEP = 28.95
A4 = Section(top=gb.A.top, bottom=gb.A.bottom, left=gb.LEFT, right=gb.RIGHT)


def glyphs(x: float, y: float, text: str, size: float = 16, font: str = "FandolFang-Regular") -> list[Glyph]:
    return [Glyph(char, x + n * (size - 0.25), y, size, size, font) for n, char in enumerate(text)]


def page(number: int, lines: Sequence[str]) -> Page:
    """Print lines from the head of the text; a blank before a line sets it in by two characters."""
    found: list[Glyph] = []
    for n, line in enumerate(lines):
        indent = 31.5 if line.startswith(" ") else 0
        found += glyphs(79.4 + indent, 714.4 - n * STEP, line.strip())
    return Page(number, 595.3, 841.9, tuple(found))


def paper_with(*paragraphs: Paragraph) -> Judged:
    return Judged("文书.docx", Layout(paragraphs=paragraphs, sections=(A4,)), PROFILES["ordinary"])


def body(text: str, order: int = 0, **more: object) -> Paragraph:
    runs = (Run(text, Format(font=gb.FANGSONG, size=32)),)
    return Paragraph(place=Place(paragraph=order + 1), order=order, style="公文正文", runs=runs, **more)  # type: ignore[arg-type]


def differences(paper: Judged, *pages: Page) -> tuple[Difference, ...]:
    return Printed("x.pdf", Marks(pages), paper.profile, paper).differences


def told(paper: Judged, *pages: Page) -> list[Finding]:
    printed = Printed("x.pdf", Marks(pages), paper.profile, paper)
    return [found for check in ruling.checks("PDF") for found in check.run(printed, "x.pdf")]


LINES = ["第一行写的是巡察工作的总体要求", "第二行写的是巡察工作的主要安排", "第三行写的是巡察工作的组织保障"]


def test_the_same_text_differs_nowhere_however_its_lines_break() -> None:
    paper = paper_with(body(LINES[0] + LINES[1]), body(LINES[2], 1))
    assert differences(paper, page(1, LINES)) == ()
    assert differences(paper, page(1, [LINES[0][:5], LINES[0][5:] + LINES[1][:3], LINES[1][3:], LINES[2]])) == ()
    assert differences(paper, page(1, LINES[:2]), page(2, LINES[2:])) == ()


def test_a_lost_mark_is_told_with_its_place() -> None:
    paper = paper_with(body("听取汇报，调阅资料，下沉了解。"))
    (found,) = differences(paper, page(1, ["听取汇报，调阅资料下沉了解。"]))
    assert (found.lost, found.found, found.page, found.start) == (",", "", 1, 9)
    (finding,) = [f for f in told(paper, page(1, ["听取汇报，调阅资料下沉了解。"])) if f.code == "PDF201"]
    assert finding.place.page == 1
    assert finding.place.paragraph == 1
    assert finding.place.snippet == "听取汇报，调阅资料▶，◀下沉了解。"


def test_a_replaced_character_and_an_added_one_are_told_apart() -> None:
    paper = paper_with(body("组长张喆，联络员王某某。"))
    (found,) = differences(paper, page(1, ["组长张镕，联络员王某某。"]))
    assert (found.lost, found.found) == ("喆", "镕")
    (added,) = differences(paper, page(1, ["组长张喆，副联络员王某某。"]))
    assert (added.lost, added.found) == ("", "副")
    assert "▶副◀" in added.around


def test_wide_and_narrow_forms_and_blanks_are_no_difference() -> None:
    paper = paper_with(body("（一）2025年　ＡＢ⼈"))
    assert differences(paper, page(1, ["(一)2025 年AB人"])) == ()


def test_a_box_that_is_drawn_elsewhere_is_no_difference() -> None:
    paper = paper_with(body(LINES[0]), body("抄送：县委办公室。", 1, box=1, where=Where.BOX), body(LINES[1], 2))
    assert differences(paper, page(1, ["抄送：县委办公室。", LINES[0], LINES[1]])) == ()
    assert differences(paper, page(1, [LINES[0], LINES[1], "抄送：县委办公室。"])) == ()
    (lost,) = differences(paper, page(1, [LINES[0], LINES[1]]))
    assert lost.lost == "抄送:县委办公室。"


def test_a_number_that_word_counts_and_a_date_that_it_sets_are_no_difference() -> None:
    numbering = Numbering(
        text="%1、", sort="chineseCounting", level=1, after="nothing", format=Format(), printed="一、"
    )
    assert differences(paper_with(body("总体要求", number=numbering)), page(1, ["一、总体要求"])) == ()
    uncounted = Numbering(text="%1、", sort="chineseCounting", level=1, after="nothing", format=Format())
    assert differences(paper_with(body("总体要求", number=uncounted)), page(1, ["一、总体要求"])) == ()
    runs = (
        Run("今天是", Format()),
        Run("3月1日", Format(), start=3, field="DATE"),
        Run("，星期二。", Format(), start=7),
    )
    dated = Paragraph(place=Place(), style="公文正文", runs=runs)
    assert differences(paper_with(dated), page(1, ["今天是12月24日，星期二。"])) == ()


def test_hidden_text_is_not_missed() -> None:
    runs = (Run("印出来的", Format()), Run("藏起来的", Format(hidden=True), start=4))
    assert differences(paper_with(Paragraph(place=Place(), style="公文正文", runs=runs)), page(1, ["印出来的"])) == ()


def test_a_page_number_is_no_text_and_text_below_is_outside() -> None:
    paper = paper_with(body(LINES[0]))
    number = tuple(glyphs(460, 75.3, "—1—", size=14, font="FandolSong-Regular"))
    first = page(1, LINES[:1])
    assert differences(paper, Page(1, 595.3, 841.9, first.glyphs + number)) == ()
    stray = tuple(glyphs(100, 60, "多出来的"))
    codes = {finding.code for finding in told(paper, Page(1, 595.3, 841.9, first.glyphs + stray))}
    assert {"PDF203", "PDF305"} <= codes


def test_many_differences_are_counted_not_listed() -> None:
    text = "".join(f"第{chr(0x4E00 + n)}项任务按期完成，" for n in range(60))
    lines = re.findall(".{1,28}", text.replace("，", ""))
    found = [f for f in told(paper_with(body(text)), page(1, lines[:22]), page(2, lines[22:])) if f.code == "PDF201"]
    assert len(found) == 21
    assert "60 处" in found[-1].message


@given(st.text("甲乙丙丁", max_size=60), st.text("甲乙丙丁", max_size=60))
@settings(max_examples=200, deadline=None)
def test_what_agrees_is_the_same_in_both_texts_and_comes_in_order(one: str, other: str) -> None:
    i = j = 0
    for a, b, length in blocks(one, other):
        assert length > 0
        assert a >= i
        assert b >= j
        assert one[a : a + length] == other[b : b + length]
        i, j = a + length, b + length


def test_texts_are_aligned_in_time_that_grows_with_their_length() -> None:
    def seconds(repeats: int) -> float:
        text = "巡察工作政治站位问题导向依规依纪" * repeats
        lossy = "".join(char for n, char in enumerate(text) if n % 997)
        started = time.process_time()
        agreed = sum(length for _, _, length in blocks(text, lossy))
        assert agreed > 0.97 * len(text)
        return time.process_time() - started

    assert seconds(16_000) < 1


def test_a_split_number_and_a_mark_at_the_head_of_a_line_are_found_on_any_page() -> None:
    paper = paper_with(body("一共找了2025个人谈话，听取意见。"))
    found = {finding.code for finding in told(paper, page(1, [" 一共找了20", "25个人谈话", "，听取意见。"]))}
    assert found == {"PDF307", "PDF308"}


def test_the_fonts_of_offices_and_those_that_stand_in_for_them_are_known_by_their_names() -> None:
    for name, wanted in (
        ("FandolSong-Bold", "小标宋"),
        ("FZXBSJW--GB1-0", "小标宋"),
        ("FandolSong-Regular", "宋体"),
        ("NotoSerifSC-Regular-VKana", "宋体"),
        ("SimSun", "宋体"),
        ("FangSong_GB2312", "仿宋"),
        ("仿宋_GB2312,Bold", "仿宋"),
        ("FZFSK--GBK1-0", "仿宋"),
        ("KaiTi_GB2312", "楷体"),
        ("SimHei", "黑体"),
        ("MicrosoftYaHei", None),
        ("", None),
    ):
        assert families.class_of(name) == wanted, name


@pytest.mark.needs("office")
def test_a_long_paper_is_judged_in_time_that_grows_with_its_length() -> None:
    def seconds(times: int) -> tuple[int, float]:
        package = Package.open(PAPERS["普通"]())
        document = package.read("word/document.xml").decode()
        one = re.findall(r'<w:p><w:pPr><w:pStyle w:val="公文正文"/>.*?</w:p>', document)[1]
        longer = document.replace(one, one * times, 1)
        content = package.changed({"word/document.xml": longer.encode()})
        (printed,) = converted([content])
        paper = papers.examined(content, "长.docx", PROFILES["ordinary"])
        started = time.process_time()
        report = pdf.judge(printed, "长.pdf", paper, PROFILES["ordinary"])
        assert not report.at_least(Severity.WARNING), str(report)[:500]
        return len(read(printed).pages), time.process_time() - started

    (short, little), (long, much) = seconds(40), seconds(280)
    assert long > 4 * short
    assert much / long < 2 * little / short + 0.01


LENGTHS = st.floats(-100, 1_000, allow_nan=False)
WORDS = st.sampled_from(
    [
        "",
        " ",
        "一、总体要求",
        "根据部署。",
        "—1—",
        "- 2 -",
        "2025年3月24日",
        "抄送：县委。",
        "2025年3月25日印发",
        "（",
        "，",
        "\ufffd",
    ]
)
COLOURS = st.sampled_from(["000000", "FF0000", ""])
ANY_PAGE = st.builds(
    lambda width, height, lines, rules, boxes: Page(
        1,
        width,
        height,
        tuple(
            Glyph(char.strip("（"), x + n * size, y, size, size, font, colour, char == "（", turned)
            for x, y, size, font, colour, turned, text in lines
            for n, char in enumerate(text)
        ),
        joined(Ruled(min(a, c), min(b, d), max(a, c), max(b, d), 1, colour) for a, b, c, d, colour in rules),
        tuple(Box(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in boxes),
    ),
    st.sampled_from([595.3, 841.9, 10]),
    st.sampled_from([841.9, 595.3, 10]),
    st.lists(
        st.tuples(
            LENGTHS,
            LENGTHS,
            st.sampled_from([0.0, 14, 16, 36]),
            st.sampled_from(["FandolFang-Regular", "X"]),
            COLOURS,
            st.booleans(),
            WORDS,
        ),
        max_size=8,
    ),
    st.lists(st.tuples(LENGTHS, LENGTHS, LENGTHS, LENGTHS, COLOURS), max_size=4),
    st.lists(st.tuples(LENGTHS, LENGTHS, LENGTHS, LENGTHS), max_size=2),
)


@given(st.lists(ANY_PAGE, min_size=1, max_size=3), st.sampled_from(sorted(PROFILES)), st.booleans())
@settings(max_examples=150, deadline=None)
def test_no_page_however_odd_is_too_much_for_the_rules(pages: list[Page], profile: str, with_paper: bool) -> None:
    paper = paper_with(body("根据部署。"), body("一、总体要求", 1), Paragraph(place=Place(), order=2))
    numbered = tuple(replace(page, number=n) for n, page in enumerate(pages, 1))
    printed = Printed("x.pdf", Marks(numbered), PROFILES[profile], paper if with_paper else None)
    for check in ruling.checks("PDF"):
        for finding in check.run(printed, "x.pdf"):
            assert finding.message.endswith("。")

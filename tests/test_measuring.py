"""A paper is read into its layout: each property from the nearest level that says it."""

from __future__ import annotations

import time

import pytest

from tests.conftest import SHARED, document_of, every_kind
from xuncha_docs import Document, render
from xuncha_docs.word.drafting import Draft
from xuncha_docs.word.layout import Layout, Paragraph, Where
from xuncha_docs.word.measuring import measured
from xuncha_docs.word.package import Package, PackageError
from xuncha_docs.word.styles import BY_NAME

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
STYLE = '<w:style w:type="{}" w:styleId="{}"><w:name w:val="{}"/>{}</w:style>'


def layout(
    body: str, *, styles: str = "", defaults: str = "", settings: str = "", theme: str = "", end: str = "", **parts: str
) -> Layout:
    """Read a paper whose body, styles and settings are given as XML, the last section as `end`."""
    package = Package.open(Draft(title="标题").content())
    relations = package.read("word/_rels/document.xml.rels").decode()
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = "".join(f'<Relationship Id="{name}" Type="{base}/{name}" Target="{name}.xml"/>' for name in parts)
    changed = {
        "word/document.xml": f"<w:document {W}><w:body>{body}{end}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}><w:docDefaults>{defaults}</w:docDefaults>{styles}</w:styles>",
        "word/settings.xml": f"<w:settings {W}>{settings}</w:settings>",
        "word/_rels/document.xml.rels": relations.replace("</Relationships>", f"{listed}</Relationships>"),
        **({"word/theme/theme1.xml": theme} if theme else {}),
        **{f"word/{name}.xml": xml for name, xml in parts.items()},
    }
    return measured(package.changed({name: xml.encode() for name, xml in changed.items()}))


def only(body: str, **more: str) -> Paragraph:
    (paragraph,) = layout(body, **more).paragraphs
    return paragraph


def p(properties: str = "", text: str = "字", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


# --- the cascade -----------------------------------------------------------------------------------------------------


def test_a_run_s_own_size_wins_over_those_of_styles_and_defaults() -> None:
    defaults = '<w:rPrDefault><w:rPr><w:sz w:val="20"/></w:rPr></w:rPrDefault>'
    styles = STYLE.format("paragraph", "a", "甲", '<w:rPr><w:sz w:val="30"/></w:rPr>')
    styles += STYLE.format("character", "c", "乙", '<w:rPr><w:sz w:val="40"/></w:rPr>')
    given = {"styles": styles, "defaults": defaults}
    assert only(p(), **given).format.size == 20
    assert only(p('<w:pStyle w:val="a"/>'), **given).format.size == 30
    assert only(p('<w:pStyle w:val="a"/>', run='<w:rStyle w:val="c"/>'), **given).format.size == 40
    assert only(p('<w:pStyle w:val="a"/>', run='<w:rStyle w:val="c"/><w:sz w:val="50"/>'), **given).format.size == 50


def test_spacing_is_merged_attribute_by_attribute() -> None:
    styles = STYLE.format("paragraph", "a", "甲", '<w:pPr><w:spacing w:line="579" w:lineRule="exact"/></w:pPr>')
    found = only(p('<w:pStyle w:val="a"/><w:spacing w:before="100"/>'), styles=styles)
    assert (found.line, found.line_rule, found.before) == (579, "exact", 100)


def test_indents_in_characters_win_over_lengths_and_none_of_them_leaves_the_length() -> None:
    size = '<w:sz w:val="32"/>'
    assert only(p('<w:ind w:firstLineChars="200" w:firstLine="31680"/>', run=size)).first == 2
    assert only(p('<w:ind w:firstLineChars="0" w:firstLine="640"/>', run=size)).first == 2
    assert only(p('<w:ind w:firstLine="640"/>', run=size)).first == 2


def test_a_hanging_indent_takes_the_place_of_a_style_s_first_line() -> None:
    styles = STYLE.format("paragraph", "a", "甲", '<w:pPr><w:ind w:firstLineChars="200"/></w:pPr>')
    assert only(p('<w:pStyle w:val="a"/><w:ind w:hangingChars="300"/>'), styles=styles).first == -3


def test_a_font_of_the_theme_wins_over_a_name_of_its_level_and_loses_to_a_nearer_name() -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme '
        'name=""><a:majorFont/><a:minorFont><a:latin typeface="L"/><a:ea typeface=""/>'
        '<a:font script="Hans" typeface="等线"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
    )
    own = '<w:rFonts w:eastAsiaTheme="minorEastAsia" w:eastAsia="仿宋"/>'
    found = only(p(run=own), theme=theme).format
    assert (found.font, found.themed) == ("等线", True)
    styles = STYLE.format("paragraph", "a", "甲", f"<w:rPr>{own}</w:rPr>")
    named = only(p('<w:pStyle w:val="a"/>', run='<w:rFonts w:eastAsia="楷体"/>'), styles=styles).format
    assert (named.font, named.themed) == ("楷体", False)


def test_bold_said_by_both_styles_is_off() -> None:
    styles = STYLE.format("paragraph", "a", "甲", "<w:rPr><w:b/></w:rPr>")
    styles += STYLE.format("character", "c", "乙", "<w:rPr><w:b/></w:rPr>")
    assert only(p('<w:pStyle w:val="a"/>'), styles=styles).format.bold
    assert not only(p('<w:pStyle w:val="a"/>', run='<w:rStyle w:val="c"/>'), styles=styles).format.bold


def test_a_table_s_style_reaches_the_text_of_its_cells() -> None:
    styles = STYLE.format("table", "t", "表", '<w:rPr><w:sz w:val="24"/></w:rPr>')
    cell = f"<w:tc><w:tcPr/>{p()}</w:tc>"
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="t"/></w:tblPr><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl>'
    found = layout(table + p(), styles=styles).paragraphs
    assert [(one.where, one.format.size) for one in found] == [(Where.CELL, 24), (Where.BODY, 20)]


def test_styles_based_on_each_other_in_a_ring_are_read() -> None:
    ring = STYLE.format("paragraph", "a", "甲", '<w:basedOn w:val="b"/>')
    ring += STYLE.format("paragraph", "b", "乙", '<w:basedOn w:val="a"/><w:pPr><w:jc w:val="center"/></w:pPr>')
    assert only(p('<w:pStyle w:val="a"/>'), styles=ring).align == "center"


# --- what is printed -------------------------------------------------------------------------------------------------


def test_deleted_and_hidden_text_is_not_printed_and_is_told_as_left_over() -> None:
    body = (
        '<w:p><w:ins w:id="1"><w:r><w:t>加</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>删</w:delText></w:r>'
        "</w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>"
    )
    found = layout(body)
    assert found.text == "加"
    assert {one.sort for one in found.leftovers} == {"inserted", "deleted", "hidden"}


def test_of_a_field_its_result_is_printed_under_its_instruction() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    said = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
    parts = (mark.format("begin"), said, mark.format("separate"), "<w:r><w:t>3</w:t></w:r>", mark.format("end"))
    found = only(f"<w:p>{''.join(parts)}<w:r><w:t>页</w:t></w:r></w:p>")
    assert [(run.text, run.field) for run in found.runs] == [("3", "PAGE"), ("页", "")]
    (simple,) = only('<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>5</w:t></w:r></w:fldSimple></w:p>').runs
    assert (simple.text, simple.field) == ("5", "PAGE")


def test_a_text_box_is_read_once_and_knows_its_shape() -> None:
    inner = f"<w:txbxContent>{p(text='盒')}</w:txbxContent>"
    drawing = f'<w:drawing><wp:anchor><wp:extent cx="635000" cy="63500"/>{inner}</wp:anchor></w:drawing>'
    twice = (
        f"<mc:AlternateContent><mc:Choice>{drawing}</mc:Choice>"
        f"<mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    found = layout(f"<w:p><w:r>{twice}</w:r></w:p>")
    assert [(one.text, one.box) for one in found.paragraphs] == [("", 0), ("盒", 1)]
    (shape,) = found.shapes
    assert (shape.sort, shape.width, shape.height, shape.box) == ("box", 1000, 100, 1)


def test_automatic_numbers_come_out_as_they_are_counted() -> None:
    level = '<w:lvl w:ilvl="{}"><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/><w:suff w:val="nothing"/></w:lvl>'
    levels = level.format(0, "chineseCounting", "%1、") + level.format(1, "decimal", "%1.%2")
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = "".join(p(numbered.format(n)) for n in (0, 1, 1, 0, 1)) + p('<w:numPr><w:numId w:val="9"/></w:numPr>')
    found = [one.number for one in layout(body, numbering=numbering).paragraphs]
    assert [number.printed if number else None for number in found] == ["一、", "一.1", "一.2", "二、", "二.1", None]
    assert found[0] is not None
    assert found[0].after == "nothing"


# --- pages -----------------------------------------------------------------------------------------------------------

SECTION = '<w:sectPr>{}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098"/></w:sectPr>'


def test_what_follows_a_break_begins_a_page() -> None:
    broken = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    found = layout(p() + broken + p() + p() + p("<w:pageBreakBefore/>")).paragraphs
    assert [one.new_page for one in found if not one.blank] == [False, True, False, True]


def test_a_new_section_begins_a_page_unless_it_is_continuous() -> None:
    assert [one.new_page for one in layout(p(SECTION.format("")) + p(), end=SECTION.format("")).paragraphs] == [
        False,
        True,
    ]
    flowing = SECTION.format('<w:type w:val="continuous"/>')
    assert [one.new_page for one in layout(p(SECTION.format("")) + p(), end=flowing).paragraphs] == [False, False]


def test_a_section_that_names_no_footer_has_that_of_the_one_before() -> None:
    footer = f"<w:ftr {W}><w:p><w:r><w:t>— 1 —</w:t></w:r></w:p></w:ftr>"
    named = '<w:footerReference w:type="default" r:id="footer"/>'
    found = layout(p(SECTION.format(named)) + p(), end=SECTION.format(""), footer=footer).sections
    assert [[one.text for one in section.footers["default"]] for section in found] == [["— 1 —"], ["— 1 —"]]
    assert found[0].footers["default"][0].where is Where.FOOTER


def test_settings_are_read() -> None:
    found = layout(p(), settings="<w:evenAndOddHeaders/><w:mirrorMargins w:val='0'/>")
    assert (found.odd_even, found.mirrored) == (True, False)


# --- whole papers ----------------------------------------------------------------------------------------------------

OTHER_SIZES = {("rectification_ledger", "表格文字"): 21}
"""In half-points, what a paper sets in another size than its style has everywhere else, by kind and style."""


@every_kind
def test_our_papers_are_read_as_their_styles_say(kind: type[Document]) -> None:
    paper = render(document_of(kind))
    found = measured(paper.content)
    measured_text, read = ([one.text for one in side] for side in (found.paragraphs, paper.reading.paragraphs))
    if any(one.box for one in found.paragraphs):  # a reading takes a text box for words of the paragraph that holds it
        assert "".join(measured_text) == "".join(read)
    else:
        assert measured_text == read
    for one in found.paragraphs:
        style = BY_NAME[one.style]
        assert style.size is None or one.format.size == OTHER_SIZES.get((kind.kind, one.style), style.size)
        assert style.font is None or one.format.font in (style.font, "黑体")
        assert one.line_rule == ("auto" if style.line == 0 else "exact")


def test_what_is_no_paper_is_refused() -> None:
    with pytest.raises(PackageError):
        measured(b"not a paper")


@pytest.mark.needs("shared")
def test_papers_of_other_programs_are_read() -> None:
    files = sorted(SHARED.glob("*/*/*.docx"))
    assert len(files) > 100
    for file in files:
        assert measured(file.read_bytes()).sections, file.name


def test_reading_takes_time_linear_in_the_length_of_a_paper() -> None:
    def seconds(count: int) -> float:
        content = p(text="巡察工作" * 60) * count
        start = time.perf_counter()
        assert len(layout(content).paragraphs) == count
        return time.perf_counter() - start

    seconds(10)
    assert seconds(4000) < 16 * max(seconds(500), 0.02)

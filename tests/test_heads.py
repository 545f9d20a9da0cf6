"""Red heads, imprints and letters: what `Draft` makes of them, and how rules read those that others made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from tests.good import built
from tests.good_papers import PAPERS, PROFILE_OF
from xuncha_docs import gb9704 as gb
from xuncha_docs.checks import papers
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.layout.placing import parts
from xuncha_docs.checks.profiles import PROFILES
from xuncha_docs.findings import Place
from xuncha_docs.word.drafting import Draft
from xuncha_docs.word.layout import Cell, Format, Layout, Line, Paragraph, Run, Section, Shape, Table, Where
from xuncha_docs.word.package import Package
from xuncha_docs.word.reading import Reading


def told(paper: Judged, *families: str) -> dict[str, str]:
    """Return what rules of some families say of a paper, by their codes."""
    found = papers.judge(paper).findings
    return {f.code: f.message for f in found if f.code.startswith(families)}


def drafted(draft: Draft, profile: str, *families: str) -> dict[str, str]:
    return told(papers.examined(draft.content(), "文书.docx", PROFILES[profile]), *families)


# --- what Draft makes ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAPERS)
def test_good_papers_are_valid_open_xml(name: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(PAPERS[name]())
    assert OpenXmlValidator().validate(str(path)).errors == []


@pytest.mark.parametrize("system", [gb.A, gb.B])
def test_a_letter_holds_what_stands_above_its_number_on_the_left_of_the_same_line(system: gb.System) -> None:
    draft = Draft(title="函", system=system)
    draft.letter_head(
        "中共临江县委办公室", "临委办函〔2025〕7号", copy_number="000001", secrecy="秘密★1年", urgency="特急"
    )
    draft.add("公文标题", "关于商请协助的函")
    assert drafted(draft, "letter", "GBT4", "GBT8") == {}
    text = papers.examined(draft.content(), "函.docx").layout.text
    assert "000001\t临委办函〔2025〕7号\n秘密★1年\n特急\n" in text


def test_a_letter_with_an_urgency_alone_keeps_it_in_its_own_font() -> None:
    draft = Draft(title="函")
    draft.letter_head("中共临江县委办公室", "临委办函〔2025〕7号", urgency="特急")
    layout = papers.examined(draft.content(), "函.docx").layout
    line = next(p for p in layout.paragraphs if "\t" in p.text)
    assert [run.format.font for run in line.runs if run.text.strip()] == [gb.HEITI, gb.FANGSONG]


def test_the_mark_stands_at_one_height_whatever_stands_above_it() -> None:
    heads = []
    for said in ({}, {"urgency": "特急"}, {"copy_number": "000001", "secrecy": "机密★1年"}):
        draft = Draft(title="通知")
        draft.red_head("中共临江县委文件", "临委发〔2025〕7号", **said)
        layout = papers.examined(draft.content(), "通知.docx").layout
        n, mark = next((n, p) for n, p in enumerate(layout.paragraphs) if p.text == "中共临江县委文件")
        heads.append(sum(p.line for p in layout.paragraphs[:n]) + mark.before)
    assert heads == [gb.MARK_TOP] * 3


def test_an_imprint_without_copies_has_two_lines_and_one_of_a_letter_none() -> None:
    draft = Draft(title="通知")
    draft.imprint("", "中共临江县委办公室", "2025年3月25日")
    layout = papers.examined(draft.content(), "通知.docx").layout
    (cell,) = (cell for table in layout.tables for row in table.rows for cell in row)
    assert {side: line.width for side, line in cell.borders.items()} == {"top": 8, "bottom": 8}
    letter = Draft(title="函")
    letter.imprint("县委组织部。")
    layout = papers.examined(letter.content(), "函.docx").layout
    assert [cell.borders for table in layout.tables for row in table.rows for cell in row] == [{}]


def test_an_imprint_in_its_box_is_read_a_line_for_each_row_after_what_it_hangs_on() -> None:
    draft = Draft(title="")
    draft.add("公文正文", "正文。")
    draft.imprint("县纪委。", "中共临江县委办公室", "2025年3月25日")
    *_, copied, issued = Reading(draft.content()).text.strip().splitlines()
    assert copied == "抄送：县纪委。"
    assert issued.split("\t") == ["中共临江县委办公室", "2025年3月25日印发"]


def test_a_short_row_of_a_form_fills_its_width() -> None:
    draft = Draft(title="表")
    draft.form((2000, 2422, 2000, 2422), [("姓名", "何清", "单位", "县水利局"), ("内容", "饮水工程")])
    layout = papers.examined(draft.content(), "表.docx").layout
    assert [[cell.width for cell in row] for row in layout.tables[0].rows] == [[2000, 2422, 2000, 2422], [2000, 6844]]


# --- red lines that others drew --------------------------------------------------------------------------------------


def red_headed(shape: Shape | None) -> Judged:
    """Return the good paper with a red head, its red line drawn instead of a border."""
    layout = papers.examined(PAPERS["红头"](), "通知.docx").layout
    number = next(p for p in layout.paragraphs if p.borders)
    bare = tuple(replace(p, borders={}) if p is number else p for p in layout.paragraphs)
    drawn = (replace(shape, paragraph=number.order),) if shape else ()
    return Judged("通知.docx", replace(layout, paragraphs=bare, shapes=(*layout.shapes, *drawn)), PROFILES["gb9704"])


DRAWN = Shape(
    place=Place(), sort="line", width=gb.TEXT_WIDTH, from_top="paragraph", top=677, colour="FF0000", weight=12
)


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (None, "没有红色分隔线"),
        (DRAWN, None),
        (replace(DRAWN, colour="E00000", weight=18), None),
        (replace(DRAWN, colour="000000"), "不是红色"),
        (replace(DRAWN, width=8000), "长 141.1 毫米"),
        (replace(DRAWN, top=1100), "大约 11.5 毫米处"),
        (replace(DRAWN, top=None), None),
        (replace(DRAWN, from_top="page", top=6000), None),
    ],
)
def test_a_red_line_may_be_drawn(shape: Shape | None, said: str | None) -> None:
    message = told(red_headed(shape), "GBT408").get("GBT408")
    assert said in message if said and message else message is said


def test_red_lines_hang_on_empty_paragraphs_too() -> None:
    for notation, wrong in (("上边框=单线 1磅 FF0000 距1磅", False), ("下边框=单线 1磅 FF0000 距1磅", True)):
        content, profile = built(f"（红头）\n发文字号：下边框=无\n发文字号后的空行：{notation}")
        paper = papers.examined(content, "通知.docx", PROFILES[profile])
        assert ("GBT408" in told(paper, "GBT4")) is wrong


# --- numbers and issuers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "lack"),
    [
        ("临委办发〔2025〕7号", None),
        ("临委办发[2025]第07号", None),  # slips that rules of text tell
        ("〔2025〕7号", "没有机关代字"),
        ("临委办发7号", "没有用六角括号括入的年份"),
        ("临委办发〔2025〕7", "没有以发文顺序号和“号”结尾"),
        ("临委办发〔2025〕×号", "没有以发文顺序号和“号”结尾"),
    ],
)
def test_a_number_has_three_members(number: str, lack: str | None) -> None:
    content, profile = built(f"（红头）\n发文字号＝{number}" if number != "临委办发〔2025〕7号" else "（红头）")
    message = told(papers.examined(content, "通知.docx", PROFILES[profile]), "GBT404").get("GBT404")
    assert lack in message if lack and message else message is lack


def test_the_number_stands_on_the_line_of_the_last_issuer() -> None:
    lines = "（上行文）\n在签发人前加：签发人｜签发人：何清　林若谷\n第1段签发人：对齐=右 右缩进=1字"
    content, profile = built(lines)
    paper = papers.examined(content, "报告.docx", PROFILES[profile])
    assert "GBT405" not in told(paper, "GBT4")
    content, _ = built("（上行文）\n在签发人后加：签发人｜签发人：何清\n第2段签发人：对齐=右 右缩进=1字")
    told_of = told(papers.examined(content, "报告.docx", PROFILES[profile]), "GBT405")
    assert told_of["GBT405"] == "发文字号和最后一个签发人不在同一行。"


# --- imprints that others made ---------------------------------------------------------------------------------------

SMALL = Format(font="仿宋", latin="仿宋", size=28)
OUTER, INNER = Line(style="single", width=8, colour="000000"), Line(style="single", width=6, colour="000000")


def line_of(order: int, text: str, **said: object) -> Paragraph:
    words = Paragraph(place=Place(paragraph=order + 1), order=order, runs=(Run(text, SMALL),), left=1, right=1)
    return replace(words, **said)  # type: ignore[arg-type]


def imprinted(*paragraphs: Paragraph, tables: tuple[Table, ...] = ()) -> Judged:
    body = Paragraph(place=Place(paragraph=1), style="公文正文", runs=(Run("县委第三巡察组已经进驻。", SMALL),))
    section = Section(top=2098, bottom=1984, left=1588, right=1474)
    layout = Layout(paragraphs=(body, *paragraphs), sections=(section,), tables=tables)
    return Judged("通知.docx", layout, PROFILES["gb9704"])


COPIED, PRINTED = "抄送：县委组织部。", "县委办公室\t2025年3月25日印发"
TABS = ((8564, "right"),)


def test_paragraphs_of_the_same_borders_share_a_box_without_a_line_between_them() -> None:
    borders: Mapping[str, Line] = {"top": OUTER, "bottom": OUTER}
    rows = (
        line_of(1, COPIED, borders=borders, style="抄送"),
        line_of(2, PRINTED, borders=borders, style="印发", tabs=TABS),
    )
    assert told(imprinted(*rows), "GBT601") == {"GBT601": "版记没有中间的分隔线。"}
    between = tuple(replace(row, borders={**borders, "between": INNER}) for row in rows)
    assert told(imprinted(*between), "GBT601") == {}


def test_lines_of_indented_paragraphs_are_too_short() -> None:
    row = line_of(1, PRINTED, borders={"top": OUTER, "bottom": OUTER}, style="印发", tabs=TABS)
    assert told(imprinted(row), "GBT602")["GBT602"].startswith("版记的分隔线长 146.1 毫米")


def test_printer_and_date_may_stand_in_cells_of_their_own() -> None:
    printer = line_of(1, "县委办公室", where=Where.CELL, style="印发")
    day = line_of(2, "2025年3月25日印发", where=Where.CELL, style="印发", align="right")
    edges = {"top": OUTER, "bottom": OUTER}
    cells = tuple(Cell(paragraphs=(p,), width=4422, borders=edges) for p in (printer, day))
    table = Table(place=Place(), rows=(cells,), width=8844)
    assert told(imprinted(printer, day, tables=(table,)), "GBT6") == {}
    far = replace(day, right=4)
    cells = (cells[0], replace(cells[1], paragraphs=(far,)))
    message = told(imprinted(printer, far, tables=(replace(table, rows=(cells,)),)), "GBT6")
    assert message == {"GBT605": "印发日期右空 4 字，应当右空 1 字。"}


def test_lines_that_are_drawn_beside_an_imprint_are_left_to_the_printed_page() -> None:
    paper = imprinted(line_of(1, PRINTED, style="印发", tabs=TABS))
    assert "GBT601" in told(paper, "GBT6")
    drawn = replace(paper.layout, shapes=(Shape(place=Place(), paragraph=1, sort="line", width=8844),))
    assert "GBT601" not in told(replace(paper, layout=drawn), "GBT6")


# --- page numbers ----------------------------------------------------------------------------------------------------


def test_letters_number_their_pages_from_the_second() -> None:
    content = PAPERS["信函"]()
    package = Package.open(content)
    footer = package.parts()["word/footer_odd.xml"]
    numbered = package.changed({"word/footer_first.xml": footer})
    paper = papers.examined(numbered, "函.docx", PROFILES["letter"])
    assert told(paper, "GBT7") == {"GBT701": "信函的首页显示了页码。"}


def test_what_one_section_lacks_is_told_with_its_number() -> None:
    layout = papers.examined(PAPERS["红头"](), "通知.docx").layout
    (first,) = layout.sections
    second = replace(first, number=1, footers={**first.footers, "even": ()})
    paper = Judged("通知.docx", replace(layout, sections=(first, second)), PROFILES["gb9704"])
    assert told(paper, "GBT7") == {"GBT701": "第2节的双页没有页码。"}


def test_a_footer_that_sections_share_is_told_of_once() -> None:
    layout = papers.examined(built("（红头）\n每段页码：字号=五号")[0], "通知.docx").layout
    (first,) = layout.sections
    paper = Judged("通知.docx", replace(layout, sections=(first, replace(first, number=1))), PROFILES["gb9704"])
    assert len([f for f in papers.judge(paper).findings if f.code == "GBT703"]) == 2


# --- where the parts of a line stand ---------------------------------------------------------------------------------

BODY = Format(size=32)
ROOM = 8844


@pytest.mark.parametrize(
    ("text", "said", "places"),
    [
        ("七号", {}, [("七号", 0, 25.6)]),
        ("　七号", {"left": 1.0}, [("七号", 2, 23.6)]),
        ("七号", {"align": "right", "right": 1.0}, [("七号", 24.6, 1)]),
        ("七号　", {"align": "right"}, [("七号", 24.6, 1)]),
        ("七号", {"align": "center"}, [("七号", 12.8, 12.8)]),
        ("\t七号\t何清", {"tabs": ((320, "left"), (8524, "right"))}, [("七号", 1, 24.6), ("何清", 24.6, 1)]),
        ("甲\t乙", {"tabs": ((4422, "center"),)}, [("甲", 0, 26.6), ("乙", 13.3, 13.3)]),
        ("甲\t乙", {}, [("甲", 0, 26.6), ("乙", 1.3, 25.3)]),
        ("县" * 40, {}, []),
        ("甲\n乙", {}, []),
        ("", {}, []),
    ],
)
def test_a_part_stands_where_indents_tabs_and_blanks_put_it(
    text: str, said: dict[str, object], places: list[tuple[str, float, float]]
) -> None:
    paragraph = replace(Paragraph(place=Place(), runs=(Run(text, BODY),)), **said)  # type: ignore[arg-type]
    found = [(part.text, round(part.left, 1), round(part.right, 1)) for part in parts(paragraph, ROOM)]
    assert found == places
    assert all(text[part.start :].startswith(part.text) for part in parts(paragraph, ROOM))


def test_every_good_paper_has_a_profile() -> None:
    assert PAPERS.keys() == PROFILE_OF.keys()
    assert set(PROFILE_OF.values()) == set(PROFILES)

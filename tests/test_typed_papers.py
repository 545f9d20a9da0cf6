"""Papers as people type them, all set by hand in an empty document: what a careful reader would say, and no more."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from xuncha_docs import check
from xuncha_docs.checks import mended, papers
from xuncha_docs.findings import Severity

FANG, HEI, TITLE, SONG = "仿宋_GB2312", "黑体", "方正小标宋简体", "宋体"
ALIGNS = {"左": "LEFT", "中": "CENTER", "右": "RIGHT", "两端": "JUSTIFY"}
RED = "FF0000"
BOTTOM = f'<w:bottom {nsdecls("w")} w:val="single" w:sz="12" w:space="6" w:color="{RED}"/>'


class Typed:
    """A paper that is being typed.

    Args:
        margins: upper, lower, left, right, in millimetres.
        line: points, or times where it is not more than three.
        font: of the text.
        size: of the text, in points.
    """

    def __init__(
        self, *, margins: tuple[float, ...] = (37, 35, 28, 26), line: float = 28.95, font: str = FANG, size: float = 16
    ) -> None:
        self.document: Document = docx.Document()
        self.document.core_properties.author = self.document.core_properties.comments = ""
        self.line, self.font, self.size = line, font, size
        self.page(self.document.sections[0], margins)

    def page(self, section: Section, margins: tuple[float, ...]) -> None:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.footer_distance = Mm(25.5 if self.size == 16 else 15)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, margins)

    def put(
        self,
        text: str,
        font: str = "",
        size: float = 0,
        *,
        align: str = "两端",
        first: float = 0,
        right: float = 0,
        left: float = 0,
        line: float = 0,
        before: float = 0,
        colour: str = "",
        bold: bool = False,
        into: Paragraph | None = None,
    ) -> Paragraph:
        """Type a paragraph, or into one."""
        paragraph = into or self.document.add_paragraph()
        form, line = paragraph.paragraph_format, line or self.line
        form.space_before, form.space_after = Pt(before), Pt(0)
        form.line_spacing = Pt(line) if line > 3 else float(line)
        form.alignment = getattr(WD_ALIGN_PARAGRAPH, ALIGNS[align])
        indents = paragraph._p.get_or_add_pPr().get_or_add_ind()
        for name, chars in (
            ("firstLine", max(first, 0)),
            ("hanging", max(-first, 0)),
            ("left", left),
            ("right", right),
        ):
            if chars:
                indents.set(qn(f"w:{name}Chars"), str(round(chars * 100)))
                indents.set(qn(f"w:{name}"), str(round(chars * self.size * 20)))
        run = paragraph.add_run(text)
        run.font.name, run.font.size, run.font.bold = font or self.font, Pt(size or self.size), bold or None
        properties = run._r.get_or_add_rPr()
        properties.get_or_add_rFonts().set(qn("w:eastAsia"), font or self.font)
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)
        elif not size and self.font == FANG:
            properties.append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="-5"/>'))
        return paragraph

    def title(self, *lines: str) -> None:
        for line in lines:
            self.put(line, TITLE, 22, align="中", line=36)
        self.blank()

    def blank(self, lines: int = 1) -> None:
        for _ in range(lines):
            self.put("")

    def text(self, *texts: str, blanks: str = "") -> None:
        """Type paragraphs of the text; one that begins with 一、 and says no sentence is a heading."""
        for text in texts:
            heading = text[1:2] == "、" and not text.endswith("。")
            self.put(blanks + text, HEI if heading else "", first=0 if blanks else 2)

    def signed(self, name: str, day: str) -> None:
        """Sign with room for a seal: the day four characters from the right, the name centred on it."""
        wide = sum(0.5 if char.isascii() else 1 for char in day)
        self.put(name, align="右", right=max(0, 4 + (wide - len(name)) / 2))
        self.put(day, align="右", right=max(4, (len(name) - wide) / 2))

    def numbers(self, form: str = "— {} —", font: str = SONG, size: float = 14) -> None:
        """Number the pages, in the middle."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        before, after = form.split("{}")
        self.put(before, font, size, align="中", line=16, into=paragraph)
        field = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "/>'
        simple = parse_xml(field)
        paragraph._p.append(simple)
        self.put("1", font, size, align="中", line=16, into=paragraph)
        simple.append(paragraph.runs[-1]._r)
        self.put(after, font, size, align="中", line=16, into=paragraph)

    def table(
        self, rows: list[list[str]], *, wide: float, borders: str = "Table Grid", size: float = 12
    ) -> list[_Cell]:
        table = self.document.add_table(len(rows), len(rows[0]))
        table.autofit = False
        if borders:
            table.style = borders
        for row, said in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, said, strict=True):
                cell.width = Mm(wide / len(said))
                self.put(text, SONG, size, align="中", line=1, into=cell.paragraphs[0])
        for column in table._tbl.tblGrid.gridCol_lst:
            column.w = Mm(wide / len(rows[0]))
        return [cell for row in table.rows for cell in row.cells]

    @property
    def content(self) -> bytes:
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()


def announcement(line: float = 28.95) -> Typed:
    """Return an announcement with a list of numbered sentences."""
    typed = Typed(line=line)
    typed.title("关于对临江县住房和城乡建设局党组", "开展常规巡察的公告")
    typed.text("根据县委巡察工作部署，县委第一巡察组对县住房和城乡建设局党组开展常规巡察。现将有关事项公告如下。")
    typed.text("一、巡察对象", "县住房和城乡建设局党组领导班子及其成员，县管干部和关键岗位人员。", "二、联系方式")
    for item in (
        "（一）值班电话：0600-8000001，受理时间为工作日8:30—12:00、14:30—17:30，节假日除外。",
        "（二）电子邮箱：xuncha@linjiang.example。",
    ):
        typed.put(item, first=2)
    typed.text("特此公告。")
    typed.blank(2)
    typed.signed("中共临江县委第一巡察组", "2026年3月16日")
    typed.numbers()
    return typed


def by_word_grid() -> Typed:
    typed = announcement(line=1)
    typed.document.styles["Normal"].font.size = Pt(16)
    (grid,) = typed.document.sections[0]._sectPr.findall(qn("w:docGrid"))
    for name, value in (("type", "linesAndChars"), ("linePitch", "579"), ("charSpace", "-849")):
        grid.set(qn(f"w:{name}"), value)
    for run in typed.document.element.body.iter(qn("w:rPr")):
        for spacing in run.findall(qn("w:spacing")):
            run.remove(spacing)
    return typed


def red_head_in_a_table() -> Typed:
    """Return a notice whose head and imprint stand in tables, the red line being the border of a cell."""
    typed = Typed()
    (cell,) = typed.table([[""]], wide=156, borders="")
    typed.put(
        "中共临江县委巡察工作领导小组办公室文件", TITLE, 28, align="中", line=1, colour=RED, into=cell.paragraphs[0]
    )
    typed.put("", into=cell.add_paragraph())
    typed.put("", into=cell.add_paragraph())
    typed.put("临委巡办〔2026〕12号", align="中", into=cell.add_paragraph())
    borders = parse_xml(f"<w:tcBorders {nsdecls('w')}>{BOTTOM}</w:tcBorders>")
    cell._tc.get_or_add_tcPr().append(borders)
    typed.blank(2)
    typed.title("关于做好巡察整改工作的通知")
    typed.put("各乡镇党委，县直各单位党组：")
    typed.text("一、压实整改责任", "被巡察党组织要切实担负起整改主体责任。", "二、按时报送材料", "请于9月10日前报送。")
    typed.blank(2)
    typed.signed("中共临江县委巡察工作领导小组办公室", "2026年6月8日")
    typed.numbers()
    return typed


def minutes() -> Typed:
    """Return minutes whose items are numbered sentences."""
    typed = Typed()
    typed.put("临江县委巡察工作领导小组会议纪要", TITLE, 26, align="中", line=40, colour=RED)
    typed.blank(2)
    typed.put("〔2026〕4号", align="中")._p.get_or_add_pPr().append(
        parse_xml(f"<w:pBdr {nsdecls('w')}>{BOTTOM}</w:pBdr>")
    )
    typed.blank(2)
    typed.title("领导小组第四次会议纪要")
    typed.text("2026年6月18日，刘强主持召开领导小组第四次会议。现将会议议定事项纪要如下。")
    for item in (
        "一、会议听取了3个巡察组关于巡察情况的汇报，原则同意3份巡察报告，由县委巡察办修改后报县委书记专题会议。",
        "二、会议原则通过《临江县委巡察整改评估办法（试行）》。",
    ):
        typed.put(item, first=2)
    typed.numbers()
    return typed


def form() -> Typed:
    typed = Typed(margins=(25.4, 25.4, 27, 27))
    typed.title("巡察谈话登记表")
    typed.put("填表日期：    年  月  日", size=12, align="右")
    names = ["姓名", "性别", "单位", "职务", "谈话时间", "谈话地点", "联系电话", "政治面貌", "谈话人", "记录人"]
    typed.table([[name, ""] for name in names], wide=150)
    typed.put("注：本表一式两份。", SONG, 12)
    return typed


def poster() -> Typed:
    typed = Typed(margins=(20, 20, 20, 20), line=1.3, size=36)
    typed.put("巡察公告", TITLE, 72, align="中", colour=RED)
    typed.put("根据县委部署，县委第一巡察组进驻县住建局开展巡察。欢迎广大干部群众反映情况。", first=2)
    typed.put("举报电话：0600-8000001", HEI, first=2)
    typed.put("县委第一巡察组", align="右")
    typed.put("2026年3月16日", align="右")
    return typed


def by_habit() -> Typed:
    """Return a notice in what a program begins with: 宋体 小四, one and a half lines, blanks for indents."""
    typed = Typed(margins=(25.4, 25.4, 31.8, 31.8), line=1.5, font=SONG, size=12)
    typed.put("关于开展作风建设专项巡察的通知", size=18, align="中", bold=True)
    typed.blank()
    typed.put("各巡察组:")
    typed.text("根据县委[2026]5号文件精神，现将有关事项通知如下：", blanks="　　")
    typed.put("　　一、时间安排", bold=True)
    typed.text("自7月1日起，共六十二天。", blanks="　　")
    typed.put("　　二、工作要求", bold=True)
    typed.text("1、各组要高度重视,精心组织。", "2、严格遵守纪律，不得泄露秘密。", "特此通知。", blanks="　　")
    typed.blank()
    typed.put(" " * 40 + "县委巡察办", align="左")
    typed.put(" " * 38 + "2026年06月30日", align="左")
    typed.numbers("{}", "Times New Roman", 9)
    return typed


def with_a_turned_annex() -> Typed:
    """Return a notice whose annex is a wide table on a page that lies, with the margins turned as Word turns them."""
    typed = Typed()
    typed.title("关于报送巡察整改任务清单的通知")
    typed.put("县直各单位党组：")
    typed.text("请各单位对照附件所列任务，于2026年8月15日前将整改任务清单报送县委巡察办。逾期未报的，将予以通报。")
    typed.blank()
    typed.put("附件：整改任务清单", left=5, first=-3)
    typed.blank(2)
    typed.signed("中共临江县委巡察工作领导小组办公室", "2026年8月1日")
    typed.numbers()
    section = typed.document.add_section()
    typed.page(section, (28, 26, 37, 35))
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    typed.put("附件", HEI)
    typed.blank()
    typed.title("整改任务清单")
    typed.table([["序号", "问题", "整改措施", "责任单位"], ["1", "责任压得不实", "每季度研究", "局党组"]], wide=225)
    return typed


def with_white_for_empty_lines() -> Typed:
    """Return a notice whose empty lines are white above paragraphs, in lines of another height."""
    typed = Typed(line=1.5)
    typed.put("关于报送巡察整改任务清单的通知", TITLE, 22, align="中", line=36)
    typed.put("县直各单位党组：", before=29)
    typed.text("请各单位于2026年8月15日前将整改任务清单报送县委巡察办。逾期未报的，将予以通报。", "特此通知。")
    typed.put("中共临江县委巡察工作领导小组办公室", align="右", before=58)
    typed.put("2026年8月1日", align="右", right=5.5)
    typed.numbers()
    return typed


MARGINS = frozenset({"GBT102", "GBT103", "GBT104", "GBT105"})
PAPERS: dict[str, tuple[Callable[[], Typed], str, frozenset[str]]] = {
    "公告，28.95磅": (announcement, "ordinary", frozenset()),
    "公告，28磅": (lambda: announcement(line=28), "ordinary", frozenset()),
    "公告，29磅": (lambda: announcement(line=29), "ordinary", frozenset({"GBT108"})),
    "公告，1.15倍": (lambda: announcement(line=1.15), "ordinary", frozenset({"GBT109"})),
    "公告，Word 的网格": (by_word_grid, "ordinary", frozenset()),
    "红头在表格里": (red_head_in_a_table, "gb9704", frozenset({"GBT605", "GBT701"})),
    "纪要": (minutes, "minutes", frozenset({"GBT701"})),
    "登记表": (form, "form", frozenset()),
    "海报": (poster, "poster", frozenset()),
    "软件的老样子": (
        by_habit,
        "ordinary",
        MARGINS
        | {"GBT109", "GBT201", "GBT202", "GBT209", "GBT301", "GBT302", "GBT310", "GBT311", "GBT702", "GBT703"}
        | {"TXT101", "TXT106", "TXT301", "TXT402", "TXT506"},
    ),
    "横排的附件": (with_a_turned_annex, "ordinary", frozenset({"GBT706"})),
    "段距当空行": (with_white_for_empty_lines, "ordinary", frozenset({"GBT109"})),
}
"""By what they are: the paper, the profile that it shows, and what is wrong with it above info."""
LEFT = {
    "软件的老样子": {"GBT702", "GBT703", "TXT402"},
    "横排的附件": {"GBT706"},
    "红头在表格里": {"GBT605", "GBT701"},
    "纪要": {"GBT701"},
}
"""What is wrong after mending."""

every_paper = pytest.mark.parametrize("name", PAPERS)


def grave(content: bytes) -> list[str]:
    return [finding.code for finding in check(content).at_least(Severity.WARNING)]


@every_paper
def test_a_typed_paper_is_taken_for_what_it_is(name: str) -> None:
    make, profile, _ = PAPERS[name]
    assert papers.examined(make().content, "文书.docx").profile.name == profile


@every_paper
def test_a_typed_paper_is_found_fault_with_as_a_careful_reader_would(name: str) -> None:
    make, _, wanted = PAPERS[name]
    assert set(grave(make().content)) == wanted


@every_paper
def test_a_typed_paper_that_is_mended_keeps_only_what_needs_a_hand(name: str) -> None:
    content = PAPERS[name][0]().content
    made, _ = mended(content, "文书.docx")
    assert set(grave(made)) == LEFT.get(name, set())


def test_what_is_wrong_all_over_a_paper_is_told_once() -> None:
    found = grave(by_habit().content)
    assert [found.count(code) for code in ("GBT201", "GBT202", "GBT311")] == [1, 1, 1]


def test_a_mended_paper_gets_the_margins_that_the_check_named() -> None:
    made, _ = mended(by_habit().content, "文书.docx")
    section = docx.Document(io.BytesIO(made)).sections[0]
    assert [round(one.mm) for one in (section.top_margin, section.bottom_margin) if one is not None] == [37, 35]


@pytest.mark.needs("office")
@pytest.mark.parametrize("name", ["横排的附件", "软件的老样子", "海报"])
def test_the_pages_of_a_typed_paper_tell_nothing_that_the_paper_told(name: str) -> None:
    paper = papers.examined((content := PAPERS[name][0]().content), "文书.docx")
    (report,) = papers.judge_printed([(paper, content)])
    assert not {"PDF104", "PDF203", "PDF302", "PDF305"} & {finding.code for finding in report.findings}

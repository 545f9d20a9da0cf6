"""Builds a template from nothing: our own minimal package, the official styles, paragraphs and tables with tags.

draft = Draft(title="{{ 标题 }}", page_numbers=True)
draft.add("公文标题", "{{ 标题 }}")
draft.add("公文正文", "根据", "{{ 依据 }}", "规定……")
draft.write(path)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from math import ceil
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from xuncha_docs import gb9704 as gb
from xuncha_docs.chinese import width
from xuncha_docs.word import styles
from xuncha_docs.word.package import pack_parts

_W = f'xmlns:w="{styles.NAMESPACE}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_EMU = 635
"""Units of a drawing in a twentieth of a point."""
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True, slots=True)
class Label:
    """A run in 黑体 within a paragraph, such as 值班电话：."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A run in 楷体 within a paragraph: who signs, after 签发人：."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """A run in bold 黑体 within a paragraph of a poster: what people should see first."""

    text: str


Run = str | Label | Name | Strong


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Args:
        head: the heading.
        width: twentieths of a point; the widths of a table add up to the width of the text on A4, and are as much
            wider as the text is on a larger page.
        cell: what each row holds: a text, or paragraphs with the tags around them; a paragraph of another role
            than the cell's is written (role, text).
        style: the role of the cell's text.
    """

    head: str
    width: int
    cell: str | Sequence[Run | tuple[str, str]]
    style: str = "表格文字"


@dataclass
class Draft:
    """A template being drafted; the paragraphs come in the order in which they are added.

    Args:
        title: the title among the file's properties, tags allowed.
        system: the margins and the pitch.
        page_numbers: numbers right on odd and left on even pages (GB/T 9704 7.5); none if False.
        first_page_number: whether the first page carries one; a 信函 carries none (10.1).
        page: the paper, and how large the characters are on it.
        landscape: the paper lies on its side, for a wide table: each edge keeps its white, the left one comes to the
            top, so that such pages are bound with others (chapter 8).
    """

    title: str
    system: gb.System = gb.A
    page_numbers: bool = False
    first_page_number: bool = True
    page: styles.Page = styles.A4
    landscape: bool = False
    _body: list[str] = field(default_factory=list)
    _letter: bool = False

    def add(self, style: str, *runs: Run, keep: bool | None = None) -> None:
        """Add a paragraph.

        Args:
            style: its role.
            runs: its texts, tags and all; `\\n` breaks the line, `\\t` goes to the next tab stop.
            keep: whether it stays on one page with what follows; None is as its role asks for.
        """
        if style not in styles.BY_NAME:
            raise KeyError(f"{style!r} is no style of ours; see word/styles.py")
        self._body.append(_paragraph(style, runs, keep=keep))

    def red_head(
        self,
        mark: str,
        number: str,
        *,
        signer: str = "",
        signed_when: str = "",
        copy_number: str = "",
        secrecy: str = "",
        urgency: str = "",
    ) -> None:
        """Add 版头 (7.2) and the two empty lines under its red line; 纪要 have the same (10.3).

        Its first three rows are kept though they be empty, so that the mark stands at one height on all papers.

        Args:
            mark: 发文机关标志, twelve characters at most.
            number: 发文字号.
            signer: 签发人 of a paper to a superior.
            signed_when: the condition of a template under which it has one; empty where it always does.
            copy_number: 份号.
            secrecy: 密级和保密期限.
            urgency: 紧急程度.
        """
        for style, said in (("份号", copy_number), ("密级", secrecy), ("紧急程度", urgency)):
            if said:
                self.add(style, said)
            else:
                self.blank()
        self._mark(mark, gb.MARK_TOP - 3 * self.system.pitch)
        self.blank(2)
        if signer and signed_when:
            with self.when(signed_when):
                self._number(number, signer)
                self.otherwise()
                self._number(number, "")
        else:
            self._number(number, signer)
        self.blank(2)

    def _number(self, number: str, signer: str) -> None:
        """Add 发文字号, with 签发人 if there is one, over the red line."""
        line = _bottom_line("single", 12, space=7)
        if signer:
            self._put("签发人", ("\t", number, "\t", "签发人：", Name(signer)), line)
        else:
            self._put("发文字号", (number,), line)

    def command_head(self, mark: str, number: str) -> None:
        """Add the mark and the number of 命令（令）, each with two empty lines under it (10.2)."""
        self._mark(mark, gb.COMMAND_TOP)
        self.blank(2)
        self.add("令号", number)
        self.blank(2)

    def _mark(self, mark: str, down: int) -> None:
        """Add 发文机关标志 with its upper edge so far below the row before it."""
        self._put("发文机关标志", (mark,), _spacing(gb.MARK_SIZE * 10, before=down + self.system.lead))

    def letter_head(
        self, mark: str, number: str, *, copy_number: str = "", secrecy: str = "", urgency: str = ""
    ) -> None:
        """Add the head of a letter (10.1) and the two empty lines above its title.

        Its first page has a red line at the foot and no number.

        Args:
            mark: 发文机关标志, without 文件.
            number: 发文字号.
            copy_number: 份号.
            secrecy: 密级和保密期限.
            urgency: 紧急程度.
        """
        self._letter, self.page_numbers, self.first_page_number = True, True, False
        self._put("发文机关标志", (mark,), _frame(gb.LETTER_TOP))
        self._body.append(_letter_line("thickThinSmallGap", gb.LETTER_TOP + gb.MARK_SIZE * 10 + gb.RED_LINE_GAP))
        rows: list[tuple[str, Run]] = [("份号", copy_number)] if copy_number else []
        rows += [(style, Label(said)) for style, said in (("密级", secrecy), ("紧急程度", urgency)) if said]
        spacing = _spacing(self.system.pitch, before=gb.LETTER_GAP - self.system.lead)
        if rows:
            stop = f'<w:tabs><w:tab w:val="right" w:pos="{gb.TEXT_WIDTH}"/></w:tabs>'
            self._put("发文字号", (rows[0][1], "\t", number), f'{stop}{spacing}<w:jc w:val="left"/>')
        else:
            self._put("发文字号", (number,), f'{spacing}<w:jc w:val="right"/>')
        for style, said in rows[1:]:
            self.add(style, said)
        self.blank(2)

    def imprint(self, copied_to: str, printed_by: str = "", day: str = "") -> None:
        """Add 版记 (7.4) at the foot of the last page; that of a letter names no printer and has no lines (10.1).

        Args:
            copied_to: what comes after 抄送：, with its full stop; empty if the paper goes to nobody else.
            printed_by: 印发机关.
            day: 印发日期.
        """
        rows = [("抄送", f"抄送：{copied_to}")] if copied_to else []
        rows += [("印发", f"{printed_by}\t{day}印发")] if printed_by else []
        last = len(rows) if printed_by else 0
        table = "".join(_imprint_row(style, said, n, last) for n, (style, said) in enumerate(rows, 1))
        lines = sum(ceil(width(said) / _IMPRINT_CHARS) for _, said in rows)
        self._body.append(_foot_box(_table(table, [gb.TEXT_WIDTH]), (lines + 1) * self.system.pitch))

    def form(
        self,
        widths: Sequence[int],
        rows: Iterable[Sequence[str | Sequence[Run]]],
        *,
        height: int = 0,
        whole: bool = False,
    ) -> None:
        """Add a table of labels and fields, by turns; the last of a short row is as wide as what is left.

        Args:
            widths: of the columns, twentieths of a point; they add up to the width of the text.
            rows: from left to right; a cell is a text, or paragraphs with the tags around them.
            height: the least height of a row, twentieths of a point, where fields are filled in by hand.
            whole: keep all rows on one page, where they go on one.
        """
        rows = list(rows)
        keeps = [whole and n < len(rows) for n in range(1, len(rows) + 1)]
        made = (_form_row(widths, row, height, keep=keep) for row, keep in zip(rows, keeps, strict=True))
        self._body.append(_table("".join(made), widths, style="公文表格"))

    def _put(self, style: str, runs: Iterable[Run], properties: str) -> None:
        """Add a paragraph with properties of its own, written in the order of the schema."""
        self._body.append(_paragraph(style, runs, properties=properties))

    def _tag(self, statement: str) -> None:
        """Add a paragraph that holds a statement alone and vanishes with it: `{%p if 盖章 %}`."""
        self._body.append(_paragraph(styles.BODY, (f"{{%p {statement} %}}",)))

    @contextmanager
    def loop(self, each: str) -> Iterator[None]:
        """Repeat what is added within: `with draft.loop("段 in 段落"):`."""
        self._tag(f"for {each}")
        yield
        self._tag("endfor")

    @contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """Print what is added within only where the condition holds: `with draft.when("抄送"):`."""
        self._tag(f"if {condition}")
        yield
        self._tag("endif")

    def otherwise(self) -> None:
        """Within `when`: what comes next is for the other case."""
        self._tag("else")

    def each(self, style: str, items: str, *runs: Run) -> None:
        """Add a paragraph for each item of a list: `draft.each("公文正文", "段 in 段落", "{{ 段 }}")`."""
        with self.loop(items):
            self.add(style, *runs)

    def blank(self, lines: int = 1) -> None:
        """Add empty lines of the body's height."""
        self._body += [_paragraph(styles.BLANK, ())] * lines

    def signature(self, signer: str, day: str, *, keep: bool = False, white: bool = False) -> None:
        """Add 署名 and 成文日期, with or without a seal as the document says; the widths are settled when rendering.

        The model has a field 盖章, whether it will be stamped, and a field 印章, the picture of the seal or None.

        Args:
            signer: who signs.
            day: when.
            keep: keep the date on one page with what follows.
            white: leave the lines above as white of the signer's own: LibreOffice parts empty lines from what is
                above them, and so the signature from a long list of annexes.
        """
        with self.when("盖章 or 印章"):
            self._signer(styles.SEALED_SIGNER, signer, 2, white=white)
            self.add(styles.SEALED_DATE, day, "{% if 印章 %}{{ 印章 }}{% endif %}", keep=keep or None)
            self.otherwise()
            self._signer(styles.SIGNER, signer, 1, white=white)
            self.add(styles.DATE, day, keep=keep or None)

    def _signer(self, style: str, signer: str, lines: int, *, white: bool) -> None:
        """Add 署名 so many lines below what is above it."""
        if white:
            self._put(style, (signer,), _spacing(self.system.pitch, before=lines * self.system.pitch))
        else:
            self.blank(lines)
            self.add(style, signer)

    def table(self, loop: str, columns: Sequence[Column]) -> None:
        """Add a table: a heading that repeats on every page, and one row for each round of the loop.

        Args:
            loop: `row in 各组一览`.
            columns: from left to right.
        """
        if sum(column.width for column in columns) != gb.TEXT_WIDTH:
            raise ValueError(f"the columns are {sum(c.width for c in columns)} wide, not {int(gb.TEXT_WIDTH)}")
        columns = _as_wide(columns, self._text_width)
        rows = (
            _row(columns, [("表头", [c.head]) for c in columns], head=True),
            _tag_row(columns, f"{{%tr for {loop} %}}"),
            _row(columns, [(c.style, [c.cell] if isinstance(c.cell, str) else c.cell) for c in columns]),
            _tag_row(columns, "{%tr endfor %}"),
        )
        self._body.append(_table("".join(rows), [column.width for column in columns], style="公文表格"))

    def write(self, path: Path) -> None:
        """Write the template."""
        path.write_bytes(self.content())

    def content(self) -> bytes:
        """Return the template's bytes, the same at every call."""
        parts: dict[str, str | bytes] = {
            "[Content_Types].xml": self._content_types(),
            "_rels/.rels": _relationships(
                ("rId1", f"{_REL}/officeDocument", "word/document.xml"),
                ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ),
            "docProps/core.xml": self._core(),
            "word/document.xml": self._document(),
            "word/_rels/document.xml.rels": _relationships(
                ("rId1", f"{_REL}/styles", "styles.xml"),
                ("rId2", f"{_REL}/settings", "settings.xml"),
                ("rId3", f"{_REL}/fontTable", "fontTable.xml"),
                ("rId4", f"{_REL}/theme", "theme/theme1.xml"),
                *((f"rId{n}", f"{_REL}/footer", f"{name}.xml") for n, (name, _) in self._footers()),
            ),
            "word/styles.xml": styles.styles_xml(self.system, self.page),
            "word/settings.xml": self._settings(),
            "word/fontTable.xml": styles.font_table_xml(),
            "word/theme/theme1.xml": styles.theme_xml(),
            **{f"word/{name}.xml": _footer(name, letter=self._letter) for _, (name, _) in self._footers()},
        }
        return pack_parts({name: data if isinstance(data, bytes) else data.encode() for name, data in parts.items()})

    def _footers(self) -> list[tuple[int, tuple[str, str]]]:
        """Return the number of each footer's relationship, its part and the pages it is for."""
        if not self.page_numbers:
            return []
        first = [] if self.first_page_number else [("footer_first", "first")]
        return list(enumerate([("footer_odd", "default"), ("footer_even", "even"), *first], 5))

    def _document(self) -> str:
        return f"{_HEAD}<w:document {_W}><w:body>{''.join(self._body)}{self._section()}</w:body></w:document>"

    def _section(self) -> str:
        footers = "".join(f'<w:footerReference w:type="{kind}" r:id="rId{n}"/>' for n, (_, kind) in self._footers())
        title_page = "" if self.first_page_number or not self.page_numbers else "<w:titlePg/>"
        return (
            f"<w:sectPr>{footers}{self._page_size()}{title_page}"
            f'<w:docGrid w:type="lines" w:linePitch="{self.system.pitch}"/></w:sectPr>'
        )

    @property
    def _text_width(self) -> int:
        """How wide the text is: on a page on its side, as wide as it is high on one that stands."""
        return self.page.height - self.system.top - self.system.bottom if self.landscape else self.page.text_width

    def _page_size(self) -> str:
        """Write the paper's size and its margins."""
        width, height, turned = self.page.width, self.page.height, ""
        top, right, bottom, left = self.system.top, self.page.right, self.system.bottom, self.page.left
        if self.landscape:
            width, height, turned = height, width, ' w:orient="landscape"'
            top, right, bottom, left = left, top, right, bottom
        foot = gb.FOOTER_DISTANCE - (self.system.bottom - bottom)  # as far below the text, whichever edge is there
        return (
            f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar w:top="{top}" w:right="{right}" '
            f'w:bottom="{bottom}" w:left="{left}" w:header="851" w:footer="{foot}" w:gutter="0"/>'
        )

    def _settings(self) -> str:
        odd_even = "<w:evenAndOddHeaders/>" if self.page_numbers else ""
        return (
            f'{_HEAD}<w:settings {_W}><w:zoom w:percent="100"/>{odd_even}'
            '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
            '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
            '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
        )

    def _core(self) -> str:
        return (
            f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{escape(self.title)}</dc:title></cp:coreProperties>"
        )

    def _content_types(self) -> str:
        overrides = [
            ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
            ("/word/document.xml", f"{_TYPES}.document.main+xml"),
            ("/word/styles.xml", f"{_TYPES}.styles+xml"),
            ("/word/settings.xml", f"{_TYPES}.settings+xml"),
            ("/word/fontTable.xml", f"{_TYPES}.fontTable+xml"),
            ("/word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
            *((f"/word/{name}.xml", f"{_TYPES}.footer+xml") for _, (name, _) in self._footers()),
        ]
        listed = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides)
        return (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
        )


def _relationships(*targets: tuple[str, str, str]) -> str:
    each = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in targets)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


_CHARACTER_STYLES: Mapping[type, str] = {Label: styles.LABEL, Name: styles.NAME, Strong: styles.LABEL}
_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def _run(run: Run) -> str:
    text = run if isinstance(run, str) else run.text
    named = _CHARACTER_STYLES.get(type(run))
    bold = "<w:b/><w:bCs/>" if isinstance(run, Strong) else ""
    style = f"<w:rPr><w:rStyle w:val={quoteattr(named)}/>{bold}</w:rPr>" if named else ""
    pieces = (
        _BREAKS.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in re.split(r"([\n\t])", text)
        if piece or not text
    )
    return f"<w:r>{style}{''.join(pieces)}</w:r>"


def _paragraph(style: str, runs: Iterable[Run], *, keep: bool | None = None, properties: str = "") -> str:
    said = {None: "", True: "<w:keepNext/>", False: '<w:keepNext w:val="0"/>'}[keep] + properties
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{said}</w:pPr>{''.join(_run(run) for run in runs)}</w:p>"


def _spacing(line: int, *, before: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="0" w:line="{line}" w:lineRule="exact"/>'


def _bottom_line(style: str, eighths: int, *, space: int) -> str:
    """Write a red line under a paragraph, so many points below it."""
    return f'<w:pBdr><w:bottom w:val="{style}" w:sz="{eighths}" w:space="{space}" w:color="{gb.RED}"/></w:pBdr>'


def _frame(down: int) -> str:
    """Write the frame of the lines of a letter, so far below the upper edge of the page."""
    return (
        f'<w:framePr w:w="{gb.LETTER_RULE}" w:wrap="notBeside" w:vAnchor="page" w:hAnchor="page" '
        f'w:xAlign="center" w:y="{down}"/>'
    )


def _table(rows: str, widths: Sequence[int], *, style: str = "") -> str:
    named = f'<w:tblStyle w:val="{style}"/>' if style else ""
    bare = "" if style else '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr>{named}<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{bare}'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _form_row(widths: Sequence[int], cells: Sequence[str | Sequence[Run]], height: int, *, keep: bool) -> str:
    filled = (
        _cell(
            widths[n] if n + 1 < len(cells) else sum(widths[n:]),
            "".join(_paragraph("表格文字" if n % 2 else "表头", (one,), keep=keep) for one in _paragraphs(said)),
            span=1 if n + 1 < len(cells) else len(widths) - n,
        )
        for n, said in enumerate(cells)
    )
    return _tr(filled, height=height)


_IMPRINT_CHARS = gb.TEXT_WIDTH / 280 - 2
"""How many characters of 四号 stand on a line of 版记, one at each side left free (7.4.2)."""


def _imprint_row(style: str, said: str, number: int, last: int) -> str:
    """Write a row of 版记 between its lines (7.4.1); none if `last`, the number of rows that lines part, is 0."""
    above, below = (gb.IMPRINT_OUTER if n in (0, last) else gb.IMPRINT_INNER for n in (number - 1, number))
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="000000"/>'
        for side, width in (("top", above), ("bottom", below))
    )
    borders = f"<w:tcBorders>{lines}</w:tcBorders>" if last else ""
    return _tr([_cell(gb.TEXT_WIDTH, _paragraph(style, (said,)), borders=borders)])


_LAST = 20
"""The height of a paragraph that has none to speak of, such as Word wants after a table in a text box."""


def _foot_box(table: str, height: int) -> str:
    """Write a paragraph with a text box that holds a table at the foot of the text; higher than the table it may be.

    A box that grows with its text is what Word would make, but LibreOffice lays such a one 2.4 mm too high.
    """
    size = f'cx="{gb.TEXT_WIDTH * _EMU}" cy="{height * _EMU}"'
    held = table + _paragraph(styles.BLANK, (), properties=_spacing(_LAST))
    box = (
        f'<mc:AlternateContent xmlns:mc="{_COMPATIBILITY}"><mc:Choice xmlns:wps="{_SHAPE}" Requires="wps"><w:drawing>'
        f'<wp:anchor xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>'
        f'<wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}/main">'
        f'<a:graphicData uri="{_SHAPE}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>'
        f"</wps:spPr><wps:txbx><w:txbxContent>{held}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent>"
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{styles.BLANK}"/></w:pPr><w:r>{box}</w:r></w:p>'


def _as_wide(columns: Sequence[Column], width: int) -> Sequence[Column]:
    """Return columns as wide together as a text, whatever it is by which they were measured."""
    *others, last = (replace(column, width=round(column.width * width / gb.TEXT_WIDTH)) for column in columns)
    return [*others, replace(last, width=width - sum(column.width for column in others))]


def _row(
    columns: Sequence[Column], cells: Sequence[tuple[str, Sequence[Run | tuple[str, str]]]], *, head: bool = False
) -> str:
    filled = (
        _cell(column.width, "".join(_cell_paragraph(style, said) for said in paragraphs))
        for column, (style, paragraphs) in zip(columns, cells, strict=True)
    )
    return _tr(filled, head=head)


def _tr(cells: Iterable[str], *, head: bool = False, height: int = 0) -> str:
    high = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    repeat = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{high}{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(width: int, paragraphs: str, *, span: int = 1, borders: str = "") -> str:
    joined = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{joined}{borders}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraphs}</w:tc>"
    )


def _paragraphs(cell: str | Sequence[Run]) -> Sequence[Run]:
    return [cell] if isinstance(cell, str) else cell


def _cell_paragraph(style: str, said: Run | tuple[str, str]) -> str:
    role, run = said if isinstance(said, tuple) else (style, said)
    return _paragraph(role, [run])


def _tag_row(columns: Sequence[Column], tag: str) -> str:
    return _row(columns, [("表格文字", [tag if n == 0 else ""]) for n in range(len(columns))])


_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def _footer(name: str, *, letter: bool) -> str:
    """Write a footer; the field is five runs, since WPS shows none that are joined."""
    style = "页码双页" if name == "footer_even" else "页码单页"
    runs = "" if name == "footer_first" else f"{_run('— ')}{_FIELD}{_run(' —')}"
    down = gb.PAGE_HEIGHT - gb.LETTER_FOOT
    line = _letter_line("thinThickSmallGap", down) if letter and name == "footer_first" else ""
    return f'{_HEAD}<w:ftr {_W}>{line}<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p></w:ftr>'


def _letter_line(style: str, down: int) -> str:
    """Write a double red line of a letter (10.1), so far below the upper edge of the page.

    It is a paragraph of its own, since LibreOffice doubles the white between text and line in a frame.
    """
    line = _bottom_line(style, 24, space=0)
    return _paragraph(styles.BLANK, (), properties=_frame(down - _LAST) + line + _spacing(_LAST))

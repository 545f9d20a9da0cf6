"""Builds a template from nothing: our own minimal package, the official styles, paragraphs and tables with tags.

draft = Draft(title="{{ 标题 }}", page_numbers=True)
draft.add("公文标题", "{{ 标题 }}")
draft.add("公文正文", "根据", "{{ 依据 }}", "规定……")
draft.write(path)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from xuncha_docs import gb9704 as gb
from xuncha_docs.word import styles
from xuncha_docs.word.package import pack_parts

_W = f'xmlns:w="{styles.NAMESPACE}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True, slots=True)
class Label:
    """A run in 黑体 within a paragraph, such as 值班电话：."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Args:
        head: the heading.
        width: twentieths of a point; the widths of a table add up to the width of the text.
        cell: what each row holds: a text, or paragraphs with the tags around them; a paragraph of another role
            than the cell's is written (role, text).
        style: the role of the cell's text.
    """

    head: str
    width: int
    cell: str | Sequence[str | tuple[str, str]]
    style: str = "表格文字"


@dataclass
class Draft:
    """A template being drafted; the paragraphs come in the order in which they are added.

    Args:
        title: the title among the file's properties, tags allowed.
        system: the margins and the pitch.
        page_numbers: numbers right on odd and left on even pages (GB/T 9704 7.5); none if False.
        first_page_number: whether the first page carries one; a 信函 carries none (10.1).
    """

    title: str
    system: gb.System = gb.A
    page_numbers: bool = False
    first_page_number: bool = True
    _body: list[str] = field(default_factory=list)

    def add(self, style: str, *runs: str | Label, keep: bool = False) -> None:
        """Add a paragraph.

        Args:
            style: its role.
            runs: its texts, tags and all.
            keep: keep it on one page with what follows, though its role does not ask for that.
        """
        if style not in styles.BY_NAME:
            raise KeyError(f"{style!r} is no style of ours; see word/styles.py")
        self._body.append(_paragraph(style, runs, keep=keep))

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

    def each(self, style: str, items: str, *runs: str | Label) -> None:
        """Add a paragraph for each item of a list: `draft.each("公文正文", "段 in 段落", "{{ 段 }}")`."""
        with self.loop(items):
            self.add(style, *runs)

    def blank(self, lines: int = 1) -> None:
        """Add empty lines of the body's height."""
        self._body += [_paragraph(styles.BLANK, ())] * lines

    def signature(self, signer: str, day: str, *, keep: bool = False) -> None:
        """Add 署名 and 成文日期, with or without a seal as the document says; the widths are settled when rendering.

        The model has a field 盖章, whether it will be stamped, and a field 印章, the picture of the seal or None.

        Args:
            signer: who signs.
            day: when.
            keep: keep the date on one page with what follows.
        """
        with self.when("盖章 or 印章"):
            self.blank(2)
            self.add(styles.SEALED_SIGNER, signer)
            self.add(styles.SEALED_DATE, day, "{% if 印章 %}{{ 印章 }}{% endif %}", keep=keep)
            self.otherwise()
            self.blank()
            self.add(styles.SIGNER, signer)
            self.add(styles.DATE, day, keep=keep)

    def table(self, loop: str, columns: Sequence[Column]) -> None:
        """Add a table: a heading that repeats on every page, and one row for each round of the loop.

        Args:
            loop: `row in 各组一览`.
            columns: from left to right.
        """
        if sum(column.width for column in columns) != gb.TEXT_WIDTH:
            raise ValueError(f"the columns are {sum(c.width for c in columns)} wide, not {int(gb.TEXT_WIDTH)}")
        rows = (
            _row(columns, [("表头", [c.head]) for c in columns], head=True),
            _tag_row(columns, f"{{%tr for {loop} %}}"),
            _row(columns, [(c.style, [c.cell] if isinstance(c.cell, str) else c.cell) for c in columns]),
            _tag_row(columns, "{%tr endfor %}"),
        )
        grid = "".join(f'<w:gridCol w:w="{c.width}"/>' for c in columns)
        self._body.append(
            '<w:tbl><w:tblPr><w:tblStyle w:val="公文表格"/>'
            f'<w:tblW w:w="{gb.TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

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
            "word/styles.xml": styles.styles_xml(self.system),
            "word/settings.xml": self._settings(),
            "word/fontTable.xml": styles.font_table_xml(),
            "word/theme/theme1.xml": styles.theme_xml(),
            **{f"word/{name}.xml": _footer(name) for _, (name, _) in self._footers()},
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
            f'<w:sectPr>{footers}<w:pgSz w:w="{gb.PAGE_WIDTH}" w:h="{gb.PAGE_HEIGHT}"/>'
            f'<w:pgMar w:top="{self.system.top}" w:right="{gb.RIGHT}" w:bottom="{self.system.bottom}" '
            f'w:left="{gb.LEFT}" w:header="851" w:footer="{gb.FOOTER_DISTANCE}" w:gutter="0"/>{title_page}'
            f'<w:docGrid w:type="lines" w:linePitch="{self.system.pitch}"/></w:sectPr>'
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


def _run(run: str | Label) -> str:
    style = f"<w:rPr><w:rStyle w:val={quoteattr(styles.LABEL)}/></w:rPr>" if isinstance(run, Label) else ""
    text = run.text if isinstance(run, Label) else run
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _paragraph(style: str, runs: Iterable[str | Label], *, keep: bool = False) -> str:
    kept = "<w:keepNext/>" if keep else ""
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{kept}</w:pPr>{''.join(_run(run) for run in runs)}</w:p>"


def _row(
    columns: Sequence[Column], cells: Sequence[tuple[str, Sequence[str | tuple[str, str]]]], *, head: bool = False
) -> str:
    repeat = "<w:tblHeader/>" if head else ""
    filled = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{column.width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{''.join(_cell_paragraph(style, said) for said in paragraphs)}</w:tc>"
        for column, (style, paragraphs) in zip(columns, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{filled}</w:tr>"


def _cell_paragraph(style: str, said: str | tuple[str, str]) -> str:
    role, text = (style, said) if isinstance(said, str) else said
    return _paragraph(role, [text])


def _tag_row(columns: Sequence[Column], tag: str) -> str:
    return _row(columns, [("表格文字", [tag if n == 0 else ""]) for n in range(len(columns))])


_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def _footer(name: str) -> str:
    """Write a footer; the field is five runs, since WPS shows none that are joined."""
    style = "页码双页" if name == "footer_even" else "页码单页"
    runs = "" if name == "footer_first" else f"{_run('— ')}{_FIELD}{_run(' —')}"
    return f'{_HEAD}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p></w:ftr>'

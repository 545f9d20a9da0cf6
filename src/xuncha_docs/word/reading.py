"""Reads a paper back: its paragraphs and tables in order, each with its role and its text."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from lxml import etree

from xuncha_docs.word import parts
from xuncha_docs.word.package import Package
from xuncha_docs.word.styles import BY_NAME, LABEL, NAMESPACE

W = f"{{{NAMESPACE}}}"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one format; `label` if it is a label such as 值班电话：."""

    text: str
    label: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that stands in the text: what it is, and the picture itself for a web page, `data:image/png;…`."""

    alt: str
    source: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: the name of its style, which is its role, its runs, and the pictures that stand in it."""

    style: str
    runs: tuple[Run, ...]
    pictures: tuple[Picture, ...] = ()

    @property
    def text(self) -> str:
        """The text of all runs."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: rows of cells of paragraphs."""

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]


Block = Paragraph | Table


@dataclass(frozen=True)
class Reading:
    """A .docx that was read."""

    content: bytes

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Paragraphs and tables of the body, in order."""
        package = Package.open(self.content)
        main = parts.main(package)
        listed = next(
            (t for kind, t in parts.relations(package, main) if kind == "styles" and t in package.members), None
        )
        names = _style_names(parts.parse(listed, package.read(listed))) if listed else {}
        body = parts.parse(main, package.read(main)).find(f"{W}body")
        return tuple(_blocks(body, names, _Pictures(package, main))) if body is not None else ()

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs, those of tables too."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block
            else:
                yield from (p for row in block.rows for cell in row for p in cell)

    @property
    def text(self) -> str:
        """The text, a line for each paragraph; a table's row is one line, its cells parted by tabs."""
        return "\n".join(_text_lines(self.blocks)).strip("\n") + "\n"

    @property
    def outline(self) -> str:
        """Role and text of every paragraph, for people to review."""
        return "".join(f"{line}\n" for block in self.blocks for line in _outline(block))

    @property
    def html(self) -> str:
        """The text as plain HTML by roles, every number and bracket a character, so that a copy loses nothing.

        It is a piece of a page, to be pasted into one: its language is said, codes to scan are in it with their
        description, it has no fonts, sizes and colours, and the roles are classes that a page may style or leave.
        """
        return f'<article lang="zh-CN">\n{"".join(_html(block) for block in self.blocks)}</article>\n'


def _style_names(styles: etree._Element) -> dict[str, str]:
    found = {}
    for style in styles.iterfind(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            found[style.get(f"{W}styleId", "")] = name.get(f"{W}val", "")
    return found


@dataclass(frozen=True)
class _Pictures:
    """The pictures of a paper."""

    package: Package
    main: str

    @cached_property
    def _targets(self) -> dict[str, str]:
        folder, _, file = self.main.rpartition("/")
        name = f"{folder}/_rels/{file}.rels"
        listed = parts.parse(name, self.package.read(name)) if name in self.package.members else ()
        return {str(one.get("Id")): f"{folder}/{one.get('Target')}" for one in listed}

    def of(self, paragraph: etree._Element) -> Iterator[Picture]:
        """Yield the pictures that stand in the text of a paragraph: no seal, which lies behind it."""
        for inline in paragraph.iter(f"{_DRAWING}inline"):
            said, blip = inline.find(f"{_DRAWING}docPr"), next(inline.iter(_BLIP), None)
            name = self._targets.get(str(blip.get(_EMBED)), "") if blip is not None else ""
            if name in self.package.members:
                kind = "png" if name.endswith(".png") else "jpeg"
                data = b64encode(self.package.read(name)).decode()
                alt = said.get("descr", "") if said is not None else ""
                yield Picture(alt, f"data:image/{kind};base64,{data}")


_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


def _blocks(parent: etree._Element, names: dict[str, str], pictures: _Pictures) -> Iterator[Block]:
    for child in parent:
        if child.tag == f"{W}p":
            yield _paragraph(child, names, pictures)
            for box in _boxes(child):
                yield from _blocks(box, names, pictures)
        elif child.tag == f"{W}tbl":
            yield Table(
                tuple(
                    tuple(
                        tuple(_paragraph(p, names, pictures) for p in cell.iterfind(f"{W}p"))
                        for cell in row.iterfind(f"{W}tc")
                    )
                    for row in child.iterfind(f"{W}tr")
                )
            )


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the contents of the text boxes that hang on a paragraph, such as 版记; those within a box come with it."""
    yield from _own(paragraph, _BOX)


def _own(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield what is in an element but in no text box there, each once: Word keeps a box twice."""
    for child in element:
        if child.tag == tag:
            yield child
        if child.tag != _BOX and not str(child.tag).endswith("}Fallback"):
            yield from _own(child, tag)


_BOX = f"{W}txbxContent"


def _paragraph(element: etree._Element, names: dict[str, str], pictures: _Pictures) -> Paragraph:
    style = element.find(f"{W}pPr/{W}pStyle")
    name = names.get(style.get(f"{W}val", ""), "") if style is not None else "Normal"
    runs = tuple(run for run in map(_run, _own(element, f"{W}r")) if run.text)
    return Paragraph(name, runs, tuple(pictures.of(element)))


def _run(element: etree._Element) -> Run:
    style = element.find(f"{W}rPr/{W}rStyle")
    text = "".join(_piece(child) for child in element)
    return Run(text, label=style is not None and style.get(f"{W}val") == LABEL)


def _piece(element: etree._Element) -> str:
    if element.tag == f"{W}t":
        return element.text or ""
    return {f"{W}br": "\n", f"{W}tab": "\t"}.get(str(element.tag), "")


def _text_lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from ("\t".join(" ".join(p.text for p in cell) for cell in row) for row in block.rows)


def _outline(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield f"{block.style}｜{block.text}".replace("\n", "⏎")
    else:
        for row in block.rows:
            yield "表｜" + "｜".join("⏎".join(p.text for p in cell) for cell in row)


def _html(block: Block) -> str:
    if isinstance(block, Table):
        return f"<table>{''.join(_html_row(row) for row in block.rows)}</table>\n"
    if not (block.text or block.pictures):
        return ""
    tag = BY_NAME[block.style].tag if block.style in BY_NAME else "p"
    return f'<{tag} class="{escape(block.style)}">{_html_runs(block)}</{tag}>\n'


def _html_runs(paragraph: Paragraph) -> str:
    runs = ((escape(run.text).replace("\n", "<br>"), run.label) for run in paragraph.runs)
    text = "".join(f"<strong>{text}</strong>" if label else text for text, label in runs)
    return text + "".join(f'<img src="{one.source}" alt="{escape(one.alt)}">' for one in paragraph.pictures)


def _html_row(row: tuple[tuple[Paragraph, ...], ...]) -> str:
    cells = []
    for cell in row:
        tag = "th" if cell and cell[0].style == "表头" else "td"
        cells.append(f"<{tag}>{'<br>'.join(_html_runs(p) for p in cell)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"

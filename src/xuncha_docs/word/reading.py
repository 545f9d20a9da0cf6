"""Reads a paper back: its paragraphs and tables in order, each with its role and its text."""

from __future__ import annotations

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
class Paragraph:
    """One paragraph: the name of its style, which is its role, and its runs."""

    style: str
    runs: tuple[Run, ...]

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
        return tuple(_blocks(body, names)) if body is not None else ()

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
        """The text as plain HTML by roles, every number and bracket a character, so that a copy loses nothing."""
        return "".join(_html(block) for block in self.blocks)


def _style_names(styles: etree._Element) -> dict[str, str]:
    found = {}
    for style in styles.iterfind(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            found[style.get(f"{W}styleId", "")] = name.get(f"{W}val", "")
    return found


def _blocks(parent: etree._Element, names: dict[str, str]) -> Iterator[Block]:
    for child in parent:
        if child.tag == f"{W}p":
            yield _paragraph(child, names)
        elif child.tag == f"{W}tbl":
            yield Table(
                tuple(
                    tuple(
                        tuple(_paragraph(p, names) for p in cell.iterfind(f"{W}p")) for cell in row.iterfind(f"{W}tc")
                    )
                    for row in child.iterfind(f"{W}tr")
                )
            )


def _paragraph(element: etree._Element, names: dict[str, str]) -> Paragraph:
    style = element.find(f"{W}pPr/{W}pStyle")
    name = names.get(style.get(f"{W}val", ""), "") if style is not None else "Normal"
    return Paragraph(name, tuple(run for run in map(_run, element.iter(f"{W}r")) if run.text))


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
    if not block.text:
        return ""
    tag = BY_NAME[block.style].tag if block.style in BY_NAME else "p"
    return f'<{tag} class="{escape(block.style)}">{_html_runs(block)}</{tag}>\n'


def _html_runs(paragraph: Paragraph) -> str:
    runs = ((escape(run.text).replace("\n", "<br>"), run.label) for run in paragraph.runs)
    return "".join(f"<strong>{text}</strong>" if label else text for text, label in runs)


def _html_row(row: tuple[tuple[Paragraph, ...], ...]) -> str:
    cells = []
    for cell in row:
        tag = "th" if cell and cell[0].style == "表头" else "td"
        cells.append(f"<{tag}>{'<br>'.join(_html_runs(p) for p in cell)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"

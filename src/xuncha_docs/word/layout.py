"""How a paper is laid out: every property as it takes effect, read once, for the rules that judge papers.

`measuring` reads a .docx into this model; nothing here knows XML. Lengths are twentieths of a point, as Word counts
them (1 mm = 56.6929), sizes of characters half-points, indents characters of the paragraph's own size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from xuncha_docs.findings import Place, marked


class Where(StrEnum):
    """What holds a paragraph."""

    BODY = "正文"
    CELL = "表格"
    BOX = "文本框"
    FRAME = "图文框"
    HEADER = "页眉"
    FOOTER = "页脚"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How a run of text looks, every property as it takes effect.

    Args:
        font: the family of Chinese characters; empty where none is named.
        latin: the family of letters and digits.
        size: half-points.
        tracking: what is put between characters, twentieths of a point; negative tightens.
        scale: the width of characters in percent.
        colour: `000000` for the automatic one, else six hexadecimal digits in capitals.
        hint: whether marks that are Chinese and Latin alike are told to be Chinese.
        themed: whether a font comes from the theme.
        squeezed: whether the text is fitted into a width.
    """

    font: str = ""
    latin: str = ""
    size: int = 21
    tracking: int = 0
    scale: int = 100
    colour: str = "000000"
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    hidden: bool = False
    highlighted: bool = False
    shaded: bool = False
    hint: bool = False
    themed: bool = False
    squeezed: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one format.

    Args:
        text: what it prints; a line break is `\\n`, a tab `\\t`; of a field what it printed last.
        format: how it looks.
        start: where it begins in the paragraph's text.
        field: the instruction of the field whose result it is, `PAGE`; empty for plain text.
    """

    text: str
    format: Format
    start: int = 0
    field: str = ""

    @property
    def worked_out(self) -> bool:
        """Whether its text is worked out anew when it is printed, as the number of a page is; that of a link stays."""
        return bool(self.field) and not self.field.upper().startswith(("HYPERLINK", "TOC"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A rule beside a paragraph, a cell or a shape.

    Args:
        style: Word's name, `single`, `thickThinSmallGap`.
        width: eighths of a point.
        colour: six hexadecimal digits in capitals.
        space: points between it and the text.
    """

    style: str
    width: int
    colour: str
    space: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """The automatic number of a paragraph.

    Args:
        text: how it is written, `%1、`.
        sort: Word's name of the digits, `chineseCounting`, `decimal`.
        level: from 1.
        after: what follows it: `tab`, `space`, `nothing`.
        format: how the number looks.
        indents: what the list gives of `w:ind`, in Word's numbers.
        printed: the number as it comes out, as far as that can be counted; empty if not.
    """

    text: str
    sort: str
    level: int
    after: str
    format: Format
    indents: Mapping[str, int] = field(default_factory=dict)
    printed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph.

    Args:
        place: where it stands, as a person counts; `at` adds the words.
        where: what holds it.
        section: the number of its section, from 0.
        order: its number among all paragraphs of the paper, headers and footers last.
        style: the name of its style, Word's own for the default.
        runs: its texts; a deleted text is not among them.
        mark: the format of its end, which is that of an empty paragraph.
        align: both, left, center, right or distribute.
        first: first-line indent in characters; negative hangs.
        left: left indent in characters.
        right: right indent in characters.
        indents: what is written of `w:ind` and takes effect, `firstLineChars`, `firstLine`, …, in Word's numbers.
        before: white above, in twentieths of a point, lines counted as such.
        after: white below.
        line: the height of a line in twentieths of a point; of `auto`, 240 is one line.
        line_rule: exact, atLeast or auto.
        snaps: whether it keeps to the grid of lines.
        widow_control: whether lone lines are kept from the foot and head of pages.
        kinsoku: whether marks are kept from the ends of lines.
        overflow: whether a mark may hang beyond the line.
        keeps: whether it stays on one page with the next paragraph.
        unbroken: whether all its lines stay on one page.
        new_page: whether it begins a page, by itself or by a break right before its text.
        page_breaks: how many breaks of page stand in it.
        number: its automatic number, None if none.
        borders: its rules by side: top, left, bottom, right.
        frame: what is written of its frame, `vAnchor`, `yAlign`, `y`, …; empty if it has none.
        tabs: its tab stops, each its place and its sort (left, right, center).
        level: outline level from 1, None for text.
        pictures: how many pictures and shapes hang on it.
        box: the number of the text box that holds it, from 1; 0 if none.
        kind: for headers and footers, the pages they are for: default, even, first.
    """

    place: Place
    where: Where = Where.BODY
    section: int = 0
    order: int = 0
    style: str = ""
    runs: tuple[Run, ...] = ()
    mark: Format = Format()
    align: str = "left"
    first: float = 0
    left: float = 0
    right: float = 0
    indents: Mapping[str, int] = field(default_factory=dict)
    before: int = 0
    after: int = 0
    line: int = 240
    line_rule: str = "auto"
    snaps: bool = True
    widow_control: bool = False
    kinsoku: bool = True
    overflow: bool = True
    keeps: bool = False
    unbroken: bool = False
    new_page: bool = False
    page_breaks: int = 0
    number: Numbering | None = None
    borders: Mapping[str, Line] = field(default_factory=dict)
    frame: Mapping[str, str] = field(default_factory=dict)
    tabs: tuple[tuple[int, str], ...] = ()
    level: int | None = None
    pictures: int = 0
    box: int = 0
    kind: str = ""

    @property
    def text(self) -> str:
        """The text of all runs."""
        return "".join(run.text for run in self.runs)

    @property
    def blank(self) -> bool:
        """Whether it prints nothing at all: an empty line."""
        return not self.pictures and not self.text.strip()

    @property
    def format(self) -> Format:
        """How most of its text looks; the format of its end where it has none."""
        lengths: dict[Format, int] = {}
        for run in self.runs:
            lengths[run.format] = lengths.get(run.format, 0) + len(run.text.strip())
        return max(lengths, key=lambda one: lengths[one]) if lengths else self.mark

    def format_at(self, position: int) -> Format:
        """Return how the character at a position of its text looks."""
        return next((r.format for r in self.runs if r.start <= position < r.start + len(r.text)), self.mark)

    def formats(self, start: int = 0, end: int | None = None) -> tuple[tuple[Format, int], ...]:
        """Return the formats of a stretch of its text, blanks passed over, each with where it begins."""
        stop = len(self.text) if end is None else end
        found: dict[Format, int] = {}
        for run in self.runs:
            said = run.text[max(0, start - run.start) : max(0, stop - run.start)]
            if said.strip():
                found.setdefault(run.format, max(start, run.start))
        return tuple(found.items())

    def at(self, start: int = 0, end: int | None = None) -> Place:
        """Return its place with the words around a stretch of its text, which is marked; without one, all of it."""
        stop = len(self.text) if end is None else end
        return replace(self.place, snippet=marked(self.text, start, stop)) if self.text.strip() else self.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table: its paragraphs, its width, and its rules as they take effect, by side."""

    paragraphs: tuple[Paragraph, ...]
    width: int = 0
    borders: Mapping[str, Line] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table.

    Args:
        place: where it stands.
        section: the number of its section, from 0.
        rows: its cells, row by row; a table within a cell is a table of its own.
        heads: how many of its first rows are repeated on every page that it goes on to.
        width: as it takes effect, twentieths of a point; the sum of its columns where none is said.
        indent: from the left edge of the text; negative stands out.
        grid: the widths of its columns.
        floating: what is written of its place if it floats, else empty.
        box: the number of the text box that holds it, from 1; 0 if none.
        after: the order of the paragraph before it; -1 if none.
    """

    place: Place
    section: int = 0
    rows: tuple[tuple[Cell, ...], ...] = ()
    heads: int = 0
    width: int = 0
    indent: int = 0
    grid: tuple[int, ...] = ()
    floating: Mapping[str, str] = field(default_factory=dict)
    box: int = 0
    after: int = -1

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """Its paragraphs, row by row."""
        for row in self.rows:
            for cell in row:
                yield from cell.paragraphs

    @property
    def head(self) -> str:
        """The text of the rows that are repeated."""
        cells = (cell for row in self.rows[: self.heads] for cell in row)
        return "".join(paragraph.text for cell in cells for paragraph in cell.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A drawn thing: a picture, a line, a text box.

    Args:
        place: the place of the paragraph it hangs on.
        paragraph: the order of that paragraph.
        sort: picture, line, box or other.
        width: twentieths of a point.
        height: twentieths of a point.
        inline: whether it stands in the text like a character.
        from_left: what its place from the left is measured from, `page`, `margin`, `column`; empty if not said.
        from_top: what its place from the top is measured from, `page`, `margin`, `paragraph`; empty if not said.
        left: from there, twentieths of a point; None where it is aligned instead.
        top: from there.
        align: how it is aligned from left and from top, such as `("center", "bottom")`; empty where it has a place.
        colour: of its line, six hexadecimal digits in capitals; empty if it has none.
        weight: of its line, eighths of a point.
        behind: whether it lies behind the text.
        box: the number of its text box, from 1; 0 if it holds no text.
    """

    place: Place
    paragraph: int = 0
    sort: str = "picture"
    width: int = 0
    height: int = 0
    inline: bool = False
    from_left: str = ""
    from_top: str = ""
    left: int | None = None
    top: int | None = None
    align: tuple[str, str] = ("", "")
    colour: str = ""
    weight: int = 0
    behind: bool = False
    box: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The page of one section.

    Args:
        number: from 0.
        place: of the paragraph that ends it.
        gutter: white for the binding, beside the left margin.
        header: the distance of headers from the page's top.
        footer: the distance of footers from its bottom.
        grid: Word's name of the grid: default, lines, linesAndChars, snapToChars.
        pitch: of its lines; 0 if none.
        char_space: what it adds to a character, in 4096ths of a point.
        first_page: whether the first page has headers and footers of its own.
        number_form: Word's name of the form of page numbers, `decimal`.
        number_start: where page numbers begin anew; None if they go on.
        columns: of text.
        headers: their paragraphs by the pages they are for, `default`, `even`, `first`; what a section does not say is
            the one before's.
        footers: the same.
    """

    number: int = 0
    place: Place = field(default_factory=Place)
    width: int = 11906
    height: int = 16838
    landscape: bool = False
    top: int = 1440
    bottom: int = 1440
    left: int = 1800
    right: int = 1800
    gutter: int = 0
    header: int = 851
    footer: int = 992
    grid: str = "default"
    pitch: int = 0
    char_space: int = 0
    first_page: bool = False
    number_form: str = "decimal"
    number_start: int | None = None
    columns: int = 1
    headers: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    footers: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)

    @property
    def text_width(self) -> int:
        """The width of the text (版心)."""
        return self.width - self.left - self.right - self.gutter

    @property
    def text_height(self) -> int:
        """The height of the text (版心)."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """What is left in a paper of its making: its sort and where it stands.

    Sorts: comment, inserted, deleted, moved, hidden, highlight, control (a content control that asks to be filled).
    """

    sort: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A whole paper.

    Args:
        paragraphs: those of the body in their order, those of tables, frames and text boxes among them.
        tables: all tables, those of text boxes too.
        sections: at least one.
        shapes: what is drawn in the body.
        leftovers: comments, revisions and the like.
        properties: what the file says of itself: title, creator, lastModifiedBy, Company, … as written.
        odd_even: whether odd and even pages have headers and footers of their own.
        mirrored: whether margins change sides on even pages.
        compatibility: Word's compatibility mode; 0 if not said.
        normal_size: the size of the default style, half-points, which the grid of characters counts from.
        normal: how the default style looks.
        part: the member that holds the body.
        beside: the texts that are printed beside the body: of footnotes and endnotes, charts and diagrams.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = (Section(),)
    shapes: tuple[Shape, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    odd_even: bool = False
    mirrored: bool = False
    compatibility: int = 0
    normal_size: int = 21
    normal: Format = Format()
    part: str = "word/document.xml"
    beside: tuple[str, ...] = ()

    @cached_property
    def footers(self) -> tuple[Paragraph, ...]:
        """The paragraphs of all footers, each once."""
        return tuple({p.order: p for s in self.sections for one in s.footers.values() for p in one}.values())

    @cached_property
    def headers(self) -> tuple[Paragraph, ...]:
        """The paragraphs of all headers, each once."""
        return tuple({p.order: p for s in self.sections for one in s.headers.values() for p in one}.values())

    @property
    def every_paragraph(self) -> Iterator[Paragraph]:
        """Yield the paragraphs of body, headers and footers."""
        yield from self.paragraphs
        yield from self.headers
        yield from self.footers

    @cached_property
    def text(self) -> str:
        """What the body prints, a line for each paragraph, blank lines among them."""
        return "\n".join(p.text for p in self.paragraphs)

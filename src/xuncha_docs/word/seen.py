"""What a reader sees of a paragraph at a glance: its words, how large, how coloured, where on the line they stand.

However it got there: typed blanks, tabs, indents and alignment put a text in the same place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xuncha_docs import chinese
from xuncha_docs import gb9704 as gb
from xuncha_docs.word.layout import Format, Layout, Line, Numbering, Paragraph, Section, Shape, Where

_DEFAULT_TAB = 420  # twentieths of a point, between the tab stops of a paper that sets none
_MANY = 40  # characters that say what the body looks like
_CHINESE = re.compile("chinese|ideograph|japanese|taiwanese")
_LARGER = 4  # half-points: what is larger by less is no size of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One paragraph at a glance. Lengths are in characters of its own size.

    Args:
        paragraph: which.
        text: its words with the automatic number in front; line breaks left out, blanks made one, none around.
        size: half-points.
        font: the class of its font, else the family.
        bold: whether most of it is bold.
        red: whether most of it is red.
        line: how many characters a line has room for.
        start: how far from the left edge the text begins.
        width: of the widest line; more than fits if it wraps.
        blanks: how many empty lines stand right above it.
        opens: whether it begins a page.
        large: whether it is larger than the body.
    """

    paragraph: Paragraph
    text: str
    size: int
    font: str
    bold: bool
    red: bool
    line: float
    start: float
    width: float
    blanks: int
    opens: bool
    large: bool

    @property
    def fits(self) -> bool:
        """Whether it is one line."""
        return self.start + self.width <= self.line + 1

    @property
    def middle(self) -> float:
        """Where the middle of its text stands: 0 at the left edge, 1 at the right."""
        return (self.start + min(self.width, self.line) / 2) / self.line

    @property
    def centred(self) -> bool:
        """Whether it stands in the middle, by alignment or by blanks and indents."""
        if self.paragraph.align in ("center", "distribute"):
            return 0.4 <= self.middle <= 0.6 or not self.fits
        return self.fits and self.start >= 4 and 0.47 <= self.middle <= 0.53

    @property
    def right(self) -> bool:
        """Whether it stands on the right half."""
        return self.paragraph.align == "right" or (self.fits and self.start >= 6 and self.middle >= 0.57)

    @property
    def flush(self) -> bool:
        """Whether it begins at the left edge."""
        return self.start < 1 and not self.centred and not self.right


@dataclass(frozen=True, slots=True)
class Body:
    """How most of the text of a paper looks: its size, the class of its font."""

    size: int
    font: str

    @classmethod
    def of(cls, paragraphs: Iterable[Paragraph]) -> Body:
        """Count what the paragraphs look like that are neither centred nor in tables."""
        sizes: Counter[int] = Counter()
        fonts: Counter[str] = Counter()
        for one in paragraphs:
            if one.where is Where.BODY and one.align not in ("center", "right"):
                length = len(one.text.strip())
                sizes[one.format.size] += length
                fonts[one.format.font] += length
        if sum(sizes.values()) < _MANY:
            return cls(gb.BODY_SIZE, "仿宋")
        return cls(sizes.most_common(1)[0][0], family(fonts.most_common(1)[0][0]))


def family(name: str) -> str:
    """Return the class of a family, else the family."""
    return gb.font_class(name) or name


def glances(layout: Layout, paragraphs: Sequence[Paragraph], body: Body) -> Iterator[Seen]:
    """Look at the paragraphs that have words, in their order; empty ones count as blank lines of the next."""
    blanks = 0
    opens = False
    for one in paragraphs:
        opens = opens or one.new_page
        if one.text.strip():
            yield _seen(one, layout.sections, body, blanks, opens)
            blanks, opens = 0, False
        else:
            blanks = blanks + 1 if one.blank else 0


def _seen(paragraph: Paragraph, sections: Sequence[Section], body: Body, blanks: int, opens: bool) -> Seen:
    look = paragraph.format
    size = max(look.size, 1)
    lines = [line for line in paragraph.text.splitlines() if line.strip()] or [""]
    width = max(chinese.width(line.strip()) for line in lines)
    section = sections[min(max(paragraph.section, 0), len(sections) - 1)]
    line = max(section.text_width / (size * 10), 1.0)
    return Seen(
        paragraph=paragraph,
        text=_words(paragraph),
        size=size,
        font=family(look.font),
        bold=look.bold,
        red=is_red(look),
        line=line,
        start=_start(paragraph, lines[0], width, line, size),
        width=width,
        blanks=blanks,
        opens=opens,
        large=size >= body.size + _LARGER,
    )


def _words(paragraph: Paragraph) -> str:
    """Return its words; an automatic number is one of them."""
    number = _number(paragraph.number) if paragraph.number else ""
    return number + "".join(" ".join(line.split()) for line in paragraph.text.splitlines())


def _number(number: Numbering) -> str:
    """Return an automatic number as it is printed; where that can't be counted, one of its sort."""
    digit = "1" if number.sort.startswith("decimal") else "一" if _CHINESE.search(number.sort) else ""
    return number.printed or (re.sub(r"%\d", digit, number.text) if digit else "")


def is_red(look: Format | Line | Shape) -> bool:
    """Tell whether a text or a rule is as red as the heads of papers are, which is no one colour."""
    return gb.is_red(look.colour)


def _start(paragraph: Paragraph, text: str, width: float, line: float, size: int) -> float:
    """Return where its first line begins, which is at the edge for one that wraps."""
    indent = paragraph.left + paragraph.first
    if paragraph.align == "right":
        return max(line - paragraph.right - width, 0.0)
    if paragraph.align in ("center", "distribute"):
        return max(indent + (line - indent - paragraph.right - width) / 2, 0.0)
    return _after_blanks(paragraph, text, width, indent, size)


def _after_blanks(paragraph: Paragraph, text: str, width: float, at: float, size: int) -> float:
    """Return where a text begins behind the blanks and tabs that stand before it."""
    stops = [(place / (size * 10), sort) for place, sort in sorted(paragraph.tabs)]
    for char in text:
        if char == "\t":
            place, sort = next((s for s in stops if s[0] > at), (at + _DEFAULT_TAB / (size * 10), "left"))
            at = place - {"right": width, "center": width / 2}.get(sort, 0.0)
        elif char.isspace():
            at += chinese.width(char)
        else:
            break
    return at

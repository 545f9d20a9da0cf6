"""The marks on the pages of a PDF, read back with pypdf alone: glyphs, lines, rules, pictures and fonts.

    marks = read(content)
    marks.pages[0].lines[0].text

Lengths are points from the lower left corner of the page as it is shown. What is invisible, or painted only through a
pattern, is no mark.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

_HYPHENS = {"\u2010": "-", "\u2011": "-"}
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}


@cache
def plain(char: str) -> str:
    """Return a character as texts are compared: wide, narrow, small and capital forms are one, blanks are none."""
    normal = unicodedata.normalize("NFKC", char).casefold()
    return "".join(_HYPHENS.get(one, one) for one in normal if unicodedata.category(one) not in _UNSEEN)


NEAR = 3.0
"""Baselines that are no farther apart belong to one line, in points."""

_APART = 0.3
"""Rules that are no farther apart are one, in points."""

_WIDE = 1.0
"""A gap between glyphs, in their own size, that stands for a blank: there is one between the cells of a table."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character.

    Args:
        text: what it says; `\\ufffd` where the PDF does not tell, empty where the glyph before it says it.
        x: its left edge.
        y: its baseline.
        width: how wide it is, without the white after it.
        size: of its font, in points.
        font: the name of its font, `FandolFang-Regular`.
        colour: six hexadecimal digits in capitals; empty for a pattern.
        missing: whether its font has no such character, so that a box is printed.
        turned: whether it does not stand upright.
    """

    text: str
    x: float
    y: float
    width: float
    size: float
    font: str
    colour: str = "000000"
    missing: bool = False
    turned: bool = False

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width


@dataclass(frozen=True)
class Line:
    """One line of glyphs, from left to right."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def printed(self) -> tuple[Glyph, ...]:
        """Its glyphs without the blanks."""
        return tuple(g for g in self.glyphs if g.text.strip() or g.missing)

    @cached_property
    def y(self) -> float:
        """The baseline of most of its glyphs."""
        counts: dict[float, int] = {}
        for glyph in self.printed or self.glyphs:
            counts[glyph.y] = counts.get(glyph.y, 0) + 1
        return max(counts, key=lambda y: counts[y])

    @property
    def left(self) -> float:
        """Its left edge; blanks don't count."""
        return (self.printed or self.glyphs)[0].x

    @property
    def right(self) -> float:
        """Its right edge; blanks don't count."""
        return max(glyph.right for glyph in self.printed or self.glyphs)

    @property
    def size(self) -> float:
        """The size of most of its glyphs."""
        counts: dict[float, int] = {}
        for glyph in self.printed or self.glyphs:
            counts[glyph.size] = counts.get(glyph.size, 0) + 1
        return max(counts, key=lambda size: counts[size])

    @cached_property
    def text(self) -> str:
        """What it says, with a blank where it has a wide gap."""
        said: list[str] = []
        end = None
        for glyph in self.glyphs:
            if end is not None and glyph.x - end > _WIDE * glyph.size:
                said.append(" ")
            said.append(glyph.text)
            end = glyph.right
        return "".join(said).strip()


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, upright or level, along its middle.

    Args:
        x0: its left end; y0 its lower end, x1 and y1 the others.
        width: how thick it is.
        colour: six hexadecimal digits in capitals; empty for a pattern.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    colour: str = "000000"

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.y1 - self.y0

    @property
    def length(self) -> float:
        """How long it is."""
        return max(self.x1 - self.x0, self.y1 - self.y0)


@dataclass(frozen=True, slots=True)
class Box:
    """Where a picture is printed."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, order=True)
class Font:
    """A font that a page prints with.

    Args:
        name: without the six letters that mark a subset.
        embedded: whether the file holds it.
        subset: whether the file holds only what it uses of it.
    """

    name: str
    embedded: bool = True
    subset: bool = True


@dataclass(frozen=True)
class Page:
    """One page.

    Args:
        number: from 1.
        width: as it is shown.
        height: as it is shown.
        glyphs: in the order in which they are drawn.
        rules: each once, those that touch end to end joined, from the top.
        images: where pictures are printed.
        fonts: what glyphs are printed with.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    rules: tuple[Rule, ...] = ()
    images: tuple[Box, ...] = ()
    fonts: tuple[Font, ...] = ()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its lines from the top; what stands side by side in cells is one line. Turned glyphs are left out."""
        upright = sorted((g for g in self.glyphs if not g.turned), key=lambda g: -g.y)
        rows: list[list[Glyph]] = []
        for glyph in upright:
            if rows and rows[-1][0].y - glyph.y <= NEAR:
                rows[-1].append(glyph)
            else:
                rows.append([glyph])
        lines = (Line(tuple(sorted(row, key=lambda g: g.x))) for row in rows)
        return tuple(line for line in lines if line.printed)

    @cached_property
    def pieces(self) -> tuple[Line, ...]:
        """The same glyphs as they are drawn, line by line: a cell of a table is whole before the next one comes.

        Within a line they stand from left to right: characters that a font lacks are drawn after the others.
        """
        rows: list[list[Glyph]] = []
        for glyph in self.glyphs:
            if rows and abs(rows[-1][0].y - glyph.y) <= NEAR and rows[-1][0].turned is glyph.turned:
                rows[-1].append(glyph)
            else:
                rows.append([glyph])
        lines = (Line(tuple(row if row[0].turned else sorted(row, key=lambda g: g.x))) for row in rows)
        return tuple(line for line in lines if line.printed)

    @property
    def text(self) -> str:
        """What it says, line by line."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Marks:
    """All pages of a PDF."""

    pages: tuple[Page, ...]

    @property
    def fonts(self) -> tuple[Font, ...]:
        """All fonts that glyphs are printed with, each once."""
        return tuple(sorted({font for page in self.pages for font in page.fonts}))

    @property
    def text(self) -> str:
        """What all pages say, line by line."""
        return "\n".join(page.text for page in self.pages)


def joined(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return rules from the top, each once, those in line that touch made one: tables are ruled cell by cell."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for rule in rules:
        (level if rule.level else upright).append(rule)
    found = [*_joined(level), *(_turned(one) for one in _joined([_turned(rule) for rule in upright]))]
    return tuple(sorted(found, key=lambda r: (-r.y1, r.x0)))


def _turned(rule: Rule) -> Rule:
    return Rule(rule.y0, rule.x0, rule.y1, rule.x1, rule.width, rule.colour)


def _joined(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Join level rules."""
    rows: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: (r.colour, r.y0)):
        if rows and rows[-1][0].colour == rule.colour and rule.y0 - rows[-1][0].y0 <= _APART:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    for row in rows:
        open_: Rule | None = None
        for rule in sorted(row, key=lambda r: r.x0):
            if open_ and rule.x0 - open_.x1 <= 1 and abs(rule.width - open_.width) <= _APART:
                end = max(open_.x1, rule.x1)
                open_ = Rule(open_.x0, open_.y0, end, open_.y1, max(open_.width, rule.width), open_.colour)
            else:
                if open_:
                    yield open_
                open_ = rule
        if open_:
            yield open_

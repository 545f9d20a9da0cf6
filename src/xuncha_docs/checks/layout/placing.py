"""Where the parts of one line stand between its edges: by indents, alignment, tab stops and typed blanks alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from xuncha_docs import chinese
from xuncha_docs.word.layout import Paragraph

CHAR_OFF = 0.3
"""How many characters a text may stand off its place."""

END_OFF = 0.6
"""The same of an end that is counted from the other edge: digits are not half a character in every font."""

_DEFAULT_TAB = 420


class Part(NamedTuple):
    """A part of a line between two tabs: its text without the blanks around, and where that begins in the paragraph.

    `left` and `right` tell how far it stands from the edges, in characters of the paragraph's size.
    """

    text: str
    start: int
    left: float
    right: float


def parts(paragraph: Paragraph, width: int) -> tuple[Part, ...]:
    """Return the parts of a paragraph that is one line, from left to right; nothing if it is more, or can't be told.

    Args:
        paragraph: which.
        width: of what holds it, twentieths of a point.
    """
    text = paragraph.text
    char = max(1, paragraph.format.size * 10)
    wide = char + paragraph.format.tracking
    if "\n" in text.strip() or not text.strip() or width <= 0:
        return ()
    if paragraph.align in ("right", "center"):
        found = list(_aligned(paragraph, width, char, wide)) if "\t" not in text.strip() else []
    else:
        found = list(_tabbed(paragraph, width, char, wide))
    fits = all(part.left >= -1 and part.right >= -1 for part in found)
    return tuple(found) if fits else ()


def _aligned(paragraph: Paragraph, width: int, char: int, wide: int) -> Iterator[Part]:
    text = paragraph.text
    said = text.strip()
    length = chinese.width(said) * wide
    left, right = (paragraph.left + paragraph.first) * char, paragraph.right * char
    if paragraph.align == "center":
        free = (width - left - right - length) / 2
        left, right = left + free, right + free
    else:
        right += chinese.width(text[len(text.rstrip()) :]) * wide
        left = width - right - length
    yield Part(said, text.index(said), left / char, right / char)


def _tabbed(paragraph: Paragraph, width: int, char: int, wide: int) -> Iterator[Part]:
    at, start = (paragraph.left + paragraph.first) * char, 0
    for number, piece in enumerate(paragraph.text.split("\t")):
        said = piece.strip()
        length = chinese.width(piece) * wide
        if number:
            at = _at_stop(paragraph, at, length)
        begins = at + chinese.width(piece[: len(piece) - len(piece.lstrip())]) * wide
        at += length
        if said:
            ends = begins + chinese.width(said) * wide
            yield Part(said, start + piece.index(said), begins / char, (width - ends) / char)
        start += len(piece) + 1


def _at_stop(paragraph: Paragraph, at: float, length: float) -> float:
    """Return where a piece begins that stands at the next tab stop."""
    stop = next(((place, sort) for place, sort in sorted(paragraph.tabs) if place > at), None)
    if stop is None:
        return (at // _DEFAULT_TAB + 1) * _DEFAULT_TAB
    place, sort = stop
    return max(at, place - {"right": length, "center": length / 2}.get(sort, 0))

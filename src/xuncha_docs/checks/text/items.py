"""The numbered paragraphs of a paper: 一、 （一） 1. （1）, typed or numbered by Word, part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.text.reading import Line, lines
from xuncha_docs.chinese import heading_number, read_numeral
from xuncha_docs.word.layout import Where
from xuncha_docs.word.roles import Role

NUMERAL = "[一二三四五六七八九十]{1,3}"
"""A Chinese number up to 九十九, for patterns."""

YEAR = r"(?:19|20)\d\d年"
"""A year, which may begin the text that a number stands before."""

OUTSIDE = (
    *(Role.TITLE, Role.SUBTITLE, Role.ANNEX_LIST, Role.ANNEX_LABEL, Role.ANNEX_TITLE, Role.NOTE, Role.ATTENDANCE),
    *(Role.COPIED_TO, Role.PRINTED, Role.TABLE, Role.QUOTATION, Role.SIGNER, Role.DATE),
)
"""The roles whose numbers, if any, are no levels of the text."""

_FORMS = (
    (1, re.compile(rf"\s*({NUMERAL})\s*(?:、(?!{NUMERAL}(?:[、是]|季度|[月组轮批期]))|[，,.．:：](?!{NUMERAL}))")),
    (2, re.compile(rf"\s*[（(]({NUMERAL})[）)](?!、?[（(])")),
    (3, re.compile(rf"\s*(\d{{1,2}})\s*[.．、](?:(?!\d)|(?={YEAR}))")),
    (4, re.compile(r"\s*[（(](\d{1,2})[）)](?!、?[（(])")),
)
"""How the number of each level begins a paragraph (7.3.3), its mark right or wrong."""


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered paragraph.

    Args:
        line: the paragraph.
        at: which of the lines of its part it is.
        level: from 1, by the form of its number.
        number: the number.
        end: where the number ends in the text; 0 if Word prints it.
    """

    line: Line
    at: int
    level: int
    number: int
    end: int

    @property
    def said(self) -> str:
        """Its number as it should be written, `（二）`."""
        return heading_number(self.level, self.number)


@dataclass(frozen=True, slots=True)
class Part:
    """The text itself, or one annex.

    Args:
        lines: what it prints, tables and boxes apart.
        items: its numbered paragraphs.
        counted: whether every number in it could be read; Word's own can't always.
    """

    lines: tuple[Line, ...]
    items: tuple[Item, ...]
    counted: bool


def parts(paper: Judged) -> Iterator[Part]:
    """Yield the text of a paper, then each of its annexes."""
    held: list[Line] = []
    for line in lines(paper):
        if line.paragraph.where is not Where.BODY or line.paragraph.box:
            continue
        if line.role is Role.ANNEX_LABEL and held:
            yield _part(held)
            held = []
        held.append(line)
    if held:
        yield _part(held)


def _part(held: list[Line]) -> Part:
    found = [item for at, line in enumerate(held) if line.role not in OUTSIDE and (item := _item(line, at))]
    counted = all(line.paragraph.number is None or line.paragraph.number.printed for line in held)
    return Part(tuple(held), tuple(found), counted)


def _item(line: Line, at: int) -> Item | None:
    number = line.paragraph.number
    read = of_text(number.printed if number and number.printed else line.text)
    if read is None:
        return None
    level, count, end = read
    return Item(line, at, level, count, 0 if number and number.printed else end)


def of_text(text: str) -> tuple[int, int, int] | None:
    """Return the level and the number that a text begins with, and where that ends; None if with none.

    >>> of_text("（二）了解阶段")
    (2, 2, 3)
    """
    for level, form in _FORMS:
        match = form.match(text)
        if match:
            try:
                count = read_numeral(match[1]) if level in (1, 2) else int(match[1])
            except ValueError:  # 十十 and the like
                return None
            return (level, count, match.end()) if count else None
    return None

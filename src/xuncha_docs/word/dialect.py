"""docxtpl's tag language, read with docxtpl's own code, and every tag's place in the paper kept through it.

The only module that touches docxtpl. What it relies on, `tests/test_dialect.py` pins. Right after the opener of every
tag stands its number, written in exotic blanks: docxtpl and Jinja take them for white space and carry them along,
wherever they hoist the tag to. Afterwards each number becomes a newline within the tag, so that Jinja's line number is
the tag's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from docxtpl import DocxTemplate
from lxml import etree

from xuncha_docs.findings import Place

UNSUPPORTED = ("InlineImage", "Subdoc")
"""docxtpl's values that write into its own template object, by name; RichText and Listing bring their own
markup and work as they do there."""

_X = r"(?:<[^>]*>)*"  # a tag may be split over runs anywhere
_OPEN = re.compile(
    rf"\{{{_X}([{{%#])(?:{_X}(?:t{_X}[rc]|[pr]){_X} |{_X}[-+]"
    rf"|(?:{_X}\s)*{_X}(?:{_X.join('colspan')}|{_X.join('cellbg')}){_X}\s)?"
)
_DIGITS = "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008"
_STOP = "\u205f"
_MARK = re.compile(f"[{_DIGITS}]{{1,12}}{_STOP}")
_ESCAPED = re.compile(r"\{_[{%]|[}%]_\}")
_CELL_TAG = re.compile("colspan|cellbg")
_ELEMENT = re.compile(r"<(/?)([\w.-]+:)?([\w.-]+)[^>]*?(/?)>")


@dataclass(frozen=True, slots=True)
class TagPlace:
    """Where a tag stands, counted from 1 within what holds it; None where that does not apply."""

    part: str
    tag: str
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    snippet: str = ""

    def __str__(self) -> str:
        """Write it from the outside in, `word/document.xml, table 1, row 2, cell 3, paragraph 4: {{ 名称 }}`."""
        counts = (("table", self.table), ("row", self.row), ("cell", self.cell), ("paragraph", self.paragraph))
        where = ", ".join([self.part, *(f"{name} {n}" for name, n in counts if n)])
        near = f" (in “{self.snippet}”)" if self.snippet and self.snippet != self.tag else ""
        return f"{where}: {self.tag}{near}"

    def as_place(self) -> Place:
        """Return it as findings say places, the tag marked in its words."""
        words = self.snippet.replace(self.tag, f"▶{self.tag}◀", 1) if self.tag in self.snippet else f"▶{self.tag}◀"
        counts = {name: getattr(self, name) for name in ("paragraph", "table", "row", "cell")}
        return Place(part=self.part, snippet=words, **counts)


@dataclass(frozen=True)
class TagSource:
    """A part as Jinja reads it, and which tag stands on which line.

    Args:
        part: the member's name.
        text: the source; every tag begins a line of its own, inside the tag.
        places: all tags, in the order of the part.
        lines: for each line of the text, from 1, the tag's index in `places`.
        swallowed: tags that a `{%p %}` or `{%tr %}` beside them took away.
    """

    part: str
    text: str
    places: tuple[TagPlace, ...] = ()
    lines: Mapping[int, int] = field(default_factory=dict)
    swallowed: tuple[TagPlace, ...] = ()

    def place(self, line: int | None) -> TagPlace | None:
        """Return the tag on a line of the text, or the last one before it."""
        known = [n for n in self.lines if n <= (line or 0)]
        return self.places[self.lines[max(known)]] if known else None


def has_tags(xml: str) -> bool:
    """Tell whether a part holds anything that could be a tag, split over runs or not, or a brace that is escaped."""
    return _OPEN.search(xml) is not None or _ESCAPED.search(xml) is not None


def read(part: str, xml: str, literals: Callable[[str], Iterable[str]]) -> TagSource:
    """Read a part in docxtpl's dialect.

    Args:
        part: the member's name, for places.
        xml: the part as lxml writes it, without white space between elements.
        literals: returns the texts of a source that would print a newline: an opener may stand in them as well, and
            is no tag there.

    Raises:
        ValueError: if there are more tags than any template has; docxtpl's reading takes time as their square.
    """
    xml = xml.replace(_STOP, f"&#x{ord(_STOP):X};")
    if sum(1 for _ in _OPEN.finditer(xml)) > MOST_TAGS:
        raise ValueError(f"{part}: more than {MOST_TAGS} tags")
    places = tuple(_places(part, xml))
    marked, numbers = _patched(_with_marks(xml)), set[int]()
    for printed in {mark for text in literals(marked) for mark in _MARK.findall(text)}:
        marked = marked.replace(printed, "")
        numbers.add(_read_mark(printed))
    lines: dict[int, int] = {}
    text: list[str] = []
    line, last = 1, 0
    for match in _MARK.finditer(marked):
        before = marked[last : match.start()]
        text += (before, "\n")
        line, last = line + before.count("\n") + 1, match.end()
        number = _read_mark(match[0])
        numbers.add(number)
        lines[line] = number
    text.append(marked[last:])
    lost = tuple(p for n, p in enumerate(places) if n not in numbers and not re.match(r"\{%\s*[vh]m\s*%\}|\{#", p.tag))
    return TagSource(part, "".join(text), places, lines, lost)


def _patched(xml: str) -> str:
    return str(DocxTemplate.patch_xml(DocxTemplate.__new__(DocxTemplate), xml))


def _with_marks(xml: str) -> str:
    pieces: list[str] = []
    last = 0
    for number, match in enumerate(_OPEN.finditer(xml)):
        at = match.end()
        if _CELL_TAG.search(re.sub("<[^>]*>", "", match[0])):
            # docxtpl's pattern eats the blanks after these words: the mark goes before the closer instead.
            closer = re.compile(rf"%{_X}\}}").search(xml, at)
            at = closer.start() if closer else at
        pieces += (xml[last:at], _mark(number))
        last = at
    return "".join((*pieces, xml[last:]))


def _mark(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in f"{number:o}") + _STOP


def _read_mark(mark: str) -> int:
    return int("".join(str(_DIGITS.index(char)) for char in mark[:-1]), 8)


# --- places --------------------------------------------------------------------------------------------------------

_COUNTED = {"p": "paragraph", "tbl": "table", "tr": "row", "tc": "cell"}


@dataclass
class _Counter:
    """What has been counted within one holder: the body, a cell, a text box, a note."""

    paragraph: int = 0
    table: int = 0


def _places(part: str, xml: str) -> Iterator[TagPlace]:
    """Walk the part once; a cell, a text box or a note counts its paragraphs from 1 again."""
    tags = _OPEN.finditer(xml)
    wanted = next(tags, None)
    stack: list[tuple[str, dict[str, int]]] = []
    counters = [_Counter()]
    now: dict[str, int] = {}
    texts: dict[int, str] = {}
    for element in _ELEMENT.finditer(xml):
        while wanted and wanted.start() < element.start():
            yield _place(part, xml, wanted, now, texts)
            wanted = next(tags, None)
        name, closing, empty = element[3], element[1] == "/", element[4] == "/"
        if name in ("p", "tbl", "tr", "tc", "txbxContent", "footnote", "endnote", "comment"):
            now = _step(name, closing, empty, stack, counters, now, element.start())
    while wanted:
        yield _place(part, xml, wanted, now, texts)
        wanted = next(tags, None)


def _step(
    name: str,
    closing: bool,
    empty: bool,
    stack: list[tuple[str, dict[str, int]]],
    counters: list[_Counter],
    now: dict[str, int],
    at: int,
) -> dict[str, int]:
    """Go into an element or out of it; return the counts that hold from there on."""
    if closing:
        if stack:
            opened, before = stack.pop()
            if opened in ("tc", "txbxContent", "footnote", "endnote", "comment"):
                counters.pop()
            return before
        return now
    inner = dict(now)
    if name == "p":
        counters[-1].paragraph += 1
        inner |= {"paragraph": counters[-1].paragraph, "at": at}
    elif name == "tbl":
        counters[-1].table += 1
        inner |= {"table": counters[-1].table, "row": 0, "cell": 0}
    elif name == "tr":
        now["row"] = inner["row"] = now.get("row", 0) + 1
        inner["cell"] = 0
    elif name == "tc":
        now["cell"] = inner["cell"] = now.get("cell", 0) + 1
    if empty:
        return now
    if name in ("tc", "txbxContent", "footnote", "endnote", "comment"):
        counters.append(_Counter())
    stack.append((name, now))
    return inner


def _place(part: str, xml: str, opener: re.Match[str], now: Mapping[str, int], texts: dict[int, str]) -> TagPlace:
    closers = {"{": "}}", "%": "%}", "#": "#}"}
    end = re.compile(_X.join(re.escape(c) for c in closers[opener[1]])).search(
        xml, opener.end(), opener.end() + _LONGEST_TAG
    )
    stop = end.end() if end else min(opener.end() + 80, len(xml))
    at = now.get("at")
    snippet = ""
    if at is not None:
        if at not in texts:
            close = xml.find("</w:p>", at)
            texts[at] = _bare(xml[at : close if close >= 0 else at + 2000])
        snippet = texts[at]
    counts = {name: now.get(name) or None for name in ("paragraph", "table", "row", "cell")}
    return TagPlace(part, _bare(xml[opener.start() : stop])[:120], snippet=snippet[:80], **counts)


MOST_TAGS = 2000
"""How many tags a part may have; a paper of twenty pages has a few hundred."""

_LONGEST_TAG = 20_000
"""How far behind its opener a tag's closer is looked for when its place is noted, in characters of XML."""


def _bare(xml: str) -> str:
    return re.sub("<[^>]*(?:>|$)", "", xml).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


# --- after rendering -----------------------------------------------------------------------------------------------


def break_lines(xml: str) -> str:
    """Give `\\n`, `\\t`, `\\a` and `\\f` in values docxtpl's meaning: line, tab, new paragraph, new page."""
    return str(DocxTemplate.resolve_listing(DocxTemplate.__new__(DocxTemplate), xml))


def fix_tables(xml: str) -> str:
    """Bring the grids of tables in line with the cells that a loop made; the body must be well formed."""
    tree = DocxTemplate.fix_tables(DocxTemplate.__new__(DocxTemplate), xml)
    return etree.tostring(tree, encoding="unicode")

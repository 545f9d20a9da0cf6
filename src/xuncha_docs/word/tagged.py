"""A template as its author sees it: paragraph by paragraph, with every tag and every near-tag in its place.

docxtpl reads the XML of a whole part; an author reads paragraphs, and slips in them. Here a tag is found even where a
Chinese keyboard, a lost brace or a stray blank hides it from docxtpl, so that a check can say so and read on.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from itertools import islice

from lxml import etree

from xuncha_docs.findings import Place, marked
from xuncha_docs.word.dialect import MOST_TAGS
from xuncha_docs.word.styles import NAMESPACE

W = f"{{{NAMESPACE}}}"

Holder = tuple[tuple[str, int], ...]
"""The tables, rows, cells, boxes and notes around a paragraph, outermost first, each with its number."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One text within a paragraph: its element, where it begins in the paragraph's text, and its run's number."""

    element: etree._Element
    start: int
    run: int

    @property
    def end(self) -> int:
        """Where it ends in the paragraph's text."""
        return self.start + len(self.element.text or "")


@dataclass(frozen=True, slots=True, eq=False)
class TaggedParagraph:
    """One paragraph, or another stretch of text that may hold tags: a property, the description of a picture.

    Args:
        place: where it stands, as a person counts.
        text: its whole text.
        holder: what stands around it.
        pieces: where the text comes from.
        element: the paragraph itself; None where the text is no paragraph.
        style: the id of its style, empty for the default.
        order: where it comes in the part; what stands in a text box comes where the box is.
    """

    place: Place
    text: str
    holder: Holder = ()
    pieces: tuple[Piece, ...] = ()
    element: etree._Element | None = None
    style: str = ""
    order: tuple[int, ...] = ()

    def pieces_in(self, start: int, end: int) -> tuple[Piece, ...]:
        """Return the texts that a stretch stands in."""
        first = max(0, bisect_right(self.pieces, start, key=_start) - 1)
        last = bisect_left(self.pieces, end, key=_start)
        return tuple(piece for piece in self.pieces[first:last] if piece.end > start)

    def at(self, start: int, end: int) -> Place:
        """Return the place with the words around a stretch of the text, which is marked."""
        return replace(self.place, snippet=marked(self.text, start, end))


def _start(piece: Piece) -> int:
    return piece.start


class Slip(Enum):
    """What a keyboard does to a tag; the value says it in Chinese."""

    BRACE = "全角的花括号或百分号"
    MARK = "全角标点"
    QUOTE = "弯引号"
    BLANK = "看不见的或特殊的空格"
    LOOKALIKE = "形似的字符"


@dataclass(frozen=True, slots=True)
class Mend:
    """What to write instead of a stretch of a paragraph's text."""

    start: int
    end: int
    right: str
    slip: Slip


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """One tag, or what was meant for one.

    Args:
        paragraph: where it stands.
        start: where it begins in the paragraph's text.
        end: where it ends.
        opener: `{{`, `{%` or `{#`.
        letter: `p`, `tr`, `tc`, `r`, or empty.
        said: what stands within, slips of the keyboard mended, without the letter.
        closer: what closes it; empty where nothing does.
        mends: the slips of the keyboard in it.
        spaced: whether a blank stands before the letter, so that docxtpl does not see it.
        dashed: whether a `-` joins it to the paragraph before or after.
    """

    paragraph: TaggedParagraph
    start: int
    end: int
    opener: str
    letter: str = ""
    said: str = ""
    closer: str = ""
    mends: tuple[Mend, ...] = ()
    spaced: bool = False
    dashed: bool = False

    @property
    def text(self) -> str:
        """The tag as it stands in the paper."""
        return self.paragraph.text[self.start : self.end]

    @property
    def closed(self) -> bool:
        """Whether it is closed by what should close it."""
        return self.closer == CLOSERS[self.opener]

    @property
    def word(self) -> str:
        """The first word of a statement, `endfor`; empty for what prints."""
        match = _WORD.match(self.said) if self.opener == "{%" else None
        return match[0] if match else ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The texts that it stands in."""
        return self.paragraph.pieces_in(self.start, self.end)

    @property
    def containers(self) -> tuple[etree._Element | None, ...]:
        """What holds its runs within the paragraph: the paragraph itself, a link, a control; each once."""
        runs = (piece.element.getparent() for piece in self.pieces)
        return tuple(dict.fromkeys(run.getparent() for run in runs if run is not None))

    @property
    def place(self) -> Place:
        """Where it stands, itself marked."""
        return self.paragraph.at(self.start, self.end)

    def written(self) -> str:
        """Write it as it should be, `{%p if 盖章 %}`."""
        letter = f"{self.letter} " if self.letter else " "
        return f"{self.opener}{letter}{self.said.strip()} {CLOSERS[self.opener]}"


CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}


# --- reading a part ------------------------------------------------------------------------------------------------

_BOX, _PARAGRAPH, _TABLE, _ROW, _CELL = (f"{W}{n}" for n in ("txbxContent", "p", "tbl", "tr", "tc"))
_NOTES = {f"{W}footnote": "第{}条脚注", f"{W}endnote": "第{}条尾注", f"{W}comment": "第{}条批注"}
_TEXTS = {f"{W}{name}" for name in ("t", "delText", "instrText", "delInstrText")}
_RUN, _CONTROL = f"{W}r", f"{W}sdt"


@dataclass
class _Count:
    paragraph: int = 0
    table: int = 0


@dataclass
class _Walk:
    """One walk over a part; `attributes` tells whether to look for tags in attributes too, which is slow."""

    part: str
    attributes: bool
    notes: int = 0
    boxes: int = 0
    read: int = 0
    controls: int = 0
    order: tuple[int, ...] = ()

    def blocks(self, parent: etree._Element, count: _Count, holder: Holder, place: Place) -> Iterator[TaggedParagraph]:
        for child in parent:
            tag = child.tag
            if tag == _PARAGRAPH:
                count.paragraph += 1
                yield from self._paragraph(child, holder, _nth(place, count.paragraph))
            elif tag == _TABLE:
                count.table += 1
                yield from self._table(child, count.table, holder, place)
            elif tag in _NOTES:
                self.notes += 1
                inner = replace(place, within=_NOTES[str(tag)].format(self.notes))
                yield from self.blocks(child, _Count(), (*holder, ("note", self.notes)), inner)
            elif tag == _CONTROL:
                self.controls += 1
                yield from self.blocks(child, count, (*holder, ("control", self.controls)), place)
            elif len(child):
                yield from self.blocks(child, count, holder, place)

    def _table(self, table: etree._Element, number: int, holder: Holder, place: Place) -> Iterator[TaggedParagraph]:
        if place.table:
            outer = Place(within=place.within, table=place.table, row=place.row, cell=place.cell)
            place = replace(place, within=f"{outer}里")
        row_number = 0
        for row in table.iter(_ROW):
            if next(row.iterancestors(_TABLE)) is not table:
                continue
            row_number += 1
            cells = (cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW, _CELL)) is row)
            for cell_number, cell in enumerate(cells, 1):
                inner = (*holder, ("table", number), ("row", row_number), ("cell", cell_number))
                where = replace(place, table=number, row=row_number, cell=cell_number)
                yield from self.blocks(cell, _Count(), inner, where)

    def _paragraph(self, element: etree._Element, holder: Holder, place: Place) -> Iterator[TaggedParagraph]:
        texts: list[str] = []
        pieces: list[Piece] = []
        boxes: list[tuple[etree._Element, int]] = []
        order, self.order = (*self.order, self.read), self.order
        self.read += 1
        said: list[str] = []
        length = run = 0
        waiting = [*reversed(element)]
        style = ""
        while waiting:
            child = waiting.pop()
            tag = child.tag
            if tag in _TEXTS:
                text = child.text or ""
                pieces.append(Piece(child, length, run))
                texts.append(text)
                length += len(text)
            elif tag == _BOX:
                boxes.append((child, length))
            elif tag == _PPR:
                named = child.find(_PSTYLE)
                style = named.get(_VAL, "") if named is not None else ""
            elif len(child):
                run += tag == _RUN
                waiting += reversed(child)
            if self.attributes:
                said += (value for value in map(str, child.attrib.values()) if _OPENERS.search(value))
        yield TaggedParagraph(place, "".join(texts), holder, tuple(pieces), element, style, order)
        for text in said:
            yield TaggedParagraph(replace(place, field="属性"), text, holder, order=order)
        yield from self._boxes(boxes, holder, place, order)

    def _boxes(
        self, boxes: list[tuple[etree._Element, int]], holder: Holder, place: Place, order: tuple[int, ...]
    ) -> Iterator[TaggedParagraph]:
        """Read text boxes; Word keeps every box twice, in `mc:Choice` and in `mc:Fallback`, under one number."""
        outer = self.order
        for box, at in boxes:
            self.order = (*order, at, 0)
            copy = any(str(above.tag).endswith("}Fallback") for above in box.iterancestors())
            self.boxes += not copy
            inner = Place(file=place.file, part=place.part, within=f"第{max(self.boxes, 1)}个文本框")
            yield from self.blocks(box, _Count(), (*holder, ("copy" if copy else "box", self.boxes)), inner)
        self.order = outer


def _nth(place: Place, paragraph: int) -> Place:
    """Return the place of a paragraph within what holds it; `replace` would take longer than the rest of the walk."""
    return Place(
        part=place.part, within=place.within, paragraph=paragraph, table=place.table, row=place.row, cell=place.cell
    )


_PPR, _PSTYLE, _VAL = f"{W}pPr", f"{W}pStyle", f"{W}val"
_OPENERS = re.compile(r"[{｛][{%#｛％]")


def paragraphs(part: str, root: etree._Element, *, attributes: bool = False) -> Iterator[TaggedParagraph]:
    """Read the paragraphs of a part in their order; those of a text box follow the one that holds it.

    Args:
        part: the member's name.
        root: the parsed part.
        attributes: look for tags in attributes too.
    """
    yield from _Walk(part, attributes).blocks(root, _Count(), (), Place(part=part))


# --- finding the tags of a paragraph -------------------------------------------------------------------------------

_NO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_BRACES = str.maketrans("｛｝％＃﹛﹜﹪", "{}%#{}%")
_MARKS = dict(zip("（）＝，：；｜．＋－＊／＜＞！［］＂＇、。", "()=,:;|.+-*/<>![]\"',.", strict=True))
_CURLY = {"“": '"', "”": '"', "‘": "'", "’": "'"}
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_BLANKS = dict.fromkeys("\u00a0\u3000\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u1680", " ")
_LIKE = dict(zip("аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅ", "aeopcyxijsdhqwABEKMHOPCTYXIJS", strict=True))
_LIKE |= dict(zip("ονικαρυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ovikapuABEZHIKMNOPTYX", strict=True))
_PLAIN = re.compile(r"[ -~\u4e00-\u9fa5]*\Z")
_OPENER = re.compile(r"\{[{%#]")
_APART = re.compile(r"\{\s*%\s*([^{}%]+?)\s*%\s*\}")
_SINGLE = re.compile(r"\{\s*([^\W\d_][\w.]*)\s*\}")
_TRIPLE = re.compile(r"\{\s*[^\W\d]\w*[^:{}]*\}\}")
_ENDRAW = re.compile(r"\{%(?:tr |tc |p |r )?[-+]?\s*endraw\s*[-+]?%\}")
_WORD = re.compile(r"\w+")
_STRAY = re.compile(r"\}\}|%\}")
_KEYWORDS = "if|elif|else|endif|for|endfor|set|endset|with|endwith|macro|endmacro"
_LETTER_APART = re.compile(rf"(tr|tc|p|r)\s+(?={_KEYWORDS})")
_STATEMENT = re.compile(rf"(\s*-?\s*)({_KEYWORDS})\b", re.IGNORECASE)
_BLANK_STATEMENT = re.compile(rf"\s+(?:{_KEYWORDS})\b", re.IGNORECASE)
_LETTER = re.compile(r"(?P<dash>[-+]?)(?P<blank>\s*)(?P<letter>tr|tc|p|r)(?=(?P<next>\s|$))", re.IGNORECASE)
_SQUEEZE = re.compile(f"[{_NO_WIDTH}]")
HAS_BRACE = re.compile(r"[{}｛｝﹛﹜]")


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph's text with full-width braces made plain and what has no width left out.

    Args:
        text: what is read.
        at: for each of its characters, and for its end, the place in the paragraph's own text.
        plain: whether it is the paragraph's own text.
    """

    text: str
    at: tuple[int, ...] | range
    plain: bool = False

    @classmethod
    def of(cls, raw: str) -> _Text:
        wide = raw.translate(_BRACES)
        if not _SQUEEZE.search(wide):
            return cls(wide, range(len(wide) + 1), wide == raw)
        kept = [n for n, char in enumerate(wide) if char not in _NO_WIDTH]
        return cls("".join(wide[n] for n in kept), (*kept, len(raw)))


@dataclass
class _Reader:
    """Reads the tags of one part; `raw` holds while `{% raw %}` is open."""

    raw: bool = False
    was_raw: bool = False

    def tags(self, paragraph: TaggedParagraph) -> Iterator[Tag]:
        if not HAS_BRACE.search(paragraph.text):
            return
        seen = _Text.of(paragraph.text)
        text, last = seen.text, 0
        while True:
            if self.raw:
                end = _ENDRAW.search(text, last)
                if not end:
                    return
                self.raw, last = False, end.end()
            opener = _opener(text, last)
            yield from _strays(paragraph, seen, last, opener.start() if opener else len(text))
            if not opener:
                return
            tag = _reversed(paragraph, seen, opener.start()) or _tag(paragraph, seen, opener, *_extent(text, opener))
            last = max(opener.end(), bisect_left(seen.at, tag.end))
            if tag.word == "raw" and tag.closed:
                self.raw = self.was_raw = True
                continue
            yield tag


def tags_of(paragraphs: Iterable[TaggedParagraph]) -> Iterator[Tag]:
    """Find the tags and near-tags of a part's paragraphs, in their order; no more than can be made sense of."""
    reader = _Reader()
    found = (tag for paragraph in paragraphs for tag in reader.tags(paragraph))
    yield from islice(found, MOST_TAGS + 1)


def _opener(text: str, start: int) -> re.Match[str] | None:
    """Find the next opener; of three braces before a name, the last two are meant."""
    found = _OPENER.search(text, start)
    if found and found[0] == "{{" and _TRIPLE.match(text, found.end()):
        return _OPENER.search(text, found.start() + 1)
    return found


_REVERSED = {"{{%": ("%}}", "{%"), "{%{": ("}%}", "{{")}
"""Braces and percent signs in the wrong order: what closes them, and what was meant."""


def _extent(text: str, opener: re.Match[str]) -> tuple[int, str]:
    """Find where a tag ends and by what: its closer, a wrong one, half of one, or nothing."""
    at = opener.end()
    if opener[0] == "{#":
        end = text.find("#}", at)
        return (end + 2, "#}") if end >= 0 else (at, "")
    found = _closer(text, at, CLOSERS[opener[0]], quotes=True)
    return found or _closer(text, at, CLOSERS[opener[0]], quotes=False) or (at, "")


_ENDS = re.compile(r"\}\}|%\}|\{[{%#]|[{}%]|[\"'＂＇“”‘’]")


def _closer(text: str, at: int, closer: str, *, quotes: bool) -> tuple[int, str] | None:
    """Look for a tag's closer; None if a literal stays open, so that quotes can't be trusted."""
    depth = 0
    quote = ""
    half: tuple[int, str] | None = None
    limit = at + LONGEST_TAG
    while (match := _ENDS.search(text, at)) and match.start() < limit:
        mark, at = match[0], match.end()
        if mark in _QUOTES:
            if quotes:
                quote = "" if quote and _same(quote, mark) else quote or mark
        elif quote:
            continue
        elif mark == "{":
            depth += 1
        elif mark in ("}", "}}") and depth:
            depth -= 1
            at = match.start() + 1
        elif mark == "}" or (mark == "%" and closer == "%}"):
            half = half or (at, mark)
        elif mark == closer:
            return at, closer
        elif mark in ("}}", "%}"):
            return half or (at, mark)
        elif mark != "%":
            return half or (match.start(), "")
    return None if quote else half or (min(len(text), limit), "")


LONGEST_TAG = 2000
"""How long a tag may be, in characters; the longest of ours has sixty."""

_QUOTES = "\"'＂＇“”‘’"


def _same(quote: str, mark: str) -> bool:
    pairs = {"“": "”", "”": "”", "‘": "’", "’": "’"}
    return mark == pairs.get(quote, quote)


def _strays(paragraph: TaggedParagraph, seen: _Text, start: int, end: int) -> Iterator[Tag]:
    """Find what a lost brace left of a tag: `{ 名称 }}`, `% if x %}`, and a single pair `{ 名称 }`."""
    text = seen.text
    if text.find("{", start, end) < 0 and text.find("}", start, end) < 0:
        return
    last = start
    for match in _STRAY.finditer(text, start, end):
        single = text.rfind("{", last, match.start())
        begin = single if single >= 0 else match.start()
        if match[0] == "%}" and single < 0:
            percent = text.rfind("%", last, match.start())
            begin = percent if percent >= 0 else begin
        begun = text[begin : match.start()].lstrip("{% ") if begin < match.start() else ""
        opener = "{%" if match[0] == "%}" else "{{"
        said = _mended(begun, lambda _: 0)[0]
        end_at = seen.at[match.end() - 1] + 1
        yield _with_letter(Tag(paragraph, seen.at[begin], end_at, opener, said=said.strip(), closer="stray"))
        last = match.end()
    for match in _APART.finditer(text, start, end):
        place = seen.at[match.start()], seen.at[match.end() - 1] + 1
        yield _with_letter(Tag(paragraph, *place, "{%", said=_mended(match[1], lambda _: 0)[0], closer="spaced"))
        last = max(last, match.end())
    for match in _SINGLE.finditer(text, last, end):
        if seen.text[match.start() - 1 : match.start()] != "_":
            yield Tag(paragraph, seen.at[match.start()], seen.at[match.end()], "{{", said=match[1], closer="single")


def _reversed(paragraph: TaggedParagraph, seen: _Text, start: int) -> Tag | None:
    """Read `{{% if x %}}` as what was meant."""
    closer, opener = _REVERSED.get(seen.text[start : start + 3], ("", ""))
    end = seen.text.find(closer, start + 3, start + LONGEST_TAG) if closer else -1
    if end < 0 or "{" in seen.text[start + 3 : end]:
        return None
    said = _mended(seen.text[start + 3 : end], lambda _: 0)[0].strip()
    return _with_letter(Tag(paragraph, seen.at[start], seen.at[end + 2] + 1, opener, said=said, closer="reversed"))


def _with_letter(tag: Tag) -> Tag:
    """Part docxtpl's letter from a statement whose braces are not right."""
    letter = _LETTER_APART.match(tag.said) if tag.opener == "{%" else None
    return replace(tag, letter=letter[1], said=tag.said[letter.end() :]) if letter else tag


def _tag(paragraph: TaggedParagraph, seen: _Text, opened: re.Match[str], stop: int, closer: str) -> Tag:
    opener, start = opened[0], opened.start()
    inner = start + 2, max(start + 2, stop - len(closer))
    body = seen.text[inner[0] : inner[1]]
    begin, end = seen.at[start], seen.at[stop - 1] + 1
    mends: list[Mend] = []
    if not seen.plain:
        mends += _brace_mends(paragraph.text, seen, start, start + 2)
        mends += _brace_mends(paragraph.text, seen, inner[1], stop)
    letter = _LETTER.match(body)
    said, found = (body, []) if opener == "{#" else _mended(body, lambda n: seen.at[inner[0] + n])
    mends += found
    if not seen.plain:
        mends += (Mend(n, n + 1, "", Slip.BLANK) for n in range(begin, end) if paragraph.text[n] in _NO_WIDTH)
    name, spaced = "", False
    glued = _GLUED.match(body) if opener == "{%" else None
    if letter and _is_letter(letter, body, opener):
        name, spaced = letter["letter"].lower(), bool(letter["blank"] or letter["letter"] != letter["letter"].lower())
        said = said[letter.end() :]
    elif glued:
        name, spaced, said = glued[1].lower(), True, said[glued.end(1) :]
    if opener == "{%":
        said = _in_small_letters(said)
    plain = said.strip()
    dashed = plain[:1] == "-" or plain[-1:] == "-" or bool(letter and letter["dash"])
    if opener != "{{" or dashed:
        said = plain.removeprefix("-").removeprefix("+").removesuffix("-").removesuffix("+")
    mends.sort(key=lambda mend: mend.start)
    return Tag(paragraph, begin, end, opener, name, said.strip(), closer, tuple(mends), spaced, dashed)


_GLUED = re.compile(rf"\s*(tr|tc|p|r)(?=(?:{_KEYWORDS})\b)", re.IGNORECASE)
"""A letter that has grown together with its statement, `{%pif …`."""


def _in_small_letters(said: str) -> str:
    """Write a statement's word in small letters, as was meant by `IF`."""
    word = _STATEMENT.match(said)
    return f"{word[1]}{word[2].lower()}{said[word.end() :]}" if word else said


def _is_letter(letter: re.Match[str], body: str, opener: str) -> bool:
    """Tell whether it is docxtpl's letter and no name: `{{ p }}` prints p, `{% p if x %}` was meant for a letter."""
    if opener == "{#":
        return not letter["blank"] and letter["next"] == " "
    if not letter["blank"] and letter["letter"].islower():
        return bool(letter["next"])
    return opener == "{%" and _BLANK_STATEMENT.match(body, letter.end()) is not None


def _brace_mends(raw: str, seen: _Text, start: int, stop: int) -> Iterator[Mend]:
    for n in range(start, stop):
        at = seen.at[n]
        if raw[at] != seen.text[n]:
            yield Mend(at, at + 1, seen.text[n], Slip.BRACE)


def _mended(body: str, at: Callable[[int], int]) -> tuple[str, list[Mend]]:
    """Mend the keyboard's slips in a tag, literals aside.

    Args:
        body: what stands within the tag.
        at: where a character of it stands in the paragraph's text.
    """
    if _PLAIN.match(body):
        return body, []
    said: list[str] = []
    mends: list[Mend] = []
    quote = ""
    for n, char in enumerate(body):
        if quote:
            if _same(quote, char):
                right = _CURLY.get(char) or _MARKS.get(char, char)
                quote = ""
            else:
                said.append(char)
                continue
        else:
            right = _plain(char)
            if right in ('"', "'"):
                quote = char
        said.append(right)
        if right != char:
            mends.append(Mend(at(n), at(n) + 1, right, _slip(char)))
    return ("".join(said), mends) if not quote else (body.translate(_STRAIGHT), mends)


def _plain(char: str) -> str:
    for table in (_MARKS, _CURLY, _BLANKS, _LIKE):
        if char in table:
            return table[char]
    if char.isascii():
        return char
    usual = unicodedata.normalize("NFKC", char)
    return usual if len(usual) == 1 and (usual.isalnum() or usual == "_") else char


def _slip(char: str) -> Slip:
    kinds = ((_MARKS, Slip.MARK), (_CURLY, Slip.QUOTE), (_BLANKS, Slip.BLANK))
    return next((slip for table, slip in kinds if char in table), Slip.LOOKALIKE)


# --- the formats of a tag ---------------------------------------------------------------------------------------------

_UNSEEN = {f"{W}{name}" for name in ("lang", "noProof", "webHidden", "proofErr")}


def formats(tag: Tag) -> set[bytes]:
    """Return the formats of the runs that a tag stands in, leaving out what nobody sees."""
    pieces = tag.pieces
    if len({piece.run for piece in pieces}) < 2:
        return set()
    return {_format(piece.element.getparent()) for piece in pieces}


def _format(run: etree._Element | None) -> bytes:
    properties = run.find(f"{W}rPr") if run is not None else None
    if properties is None:
        return b""
    seen = []
    for child in properties:
        if child.tag in _UNSEEN:
            continue
        said = sorted((str(k), str(v)) for k, v in child.attrib.items() if k != f"{W}hint")
        if said or child.tag != f"{W}rFonts":
            seen.append(f"{child.tag}{said}")
    return "".join(sorted(seen)).encode()


# --- the whole part ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class TaggedPart:
    """One part that docxtpl fills: its paragraphs and its tags."""

    name: str
    role: str
    root: etree._Element
    paragraphs: tuple[TaggedParagraph, ...]
    tags: tuple[Tag, ...]
    by_paragraph: Mapping[int, tuple[Tag, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, role: str, root: etree._Element, found: Iterable[TaggedParagraph]) -> TaggedPart:
        """Gather a part from its paragraphs."""
        every = tuple(found)
        tags = tuple(sorted(tags_of(every), key=lambda tag: (*tag.paragraph.order, tag.start, 1)))
        grouped: dict[int, list[Tag]] = {}
        for tag in tags:
            grouped.setdefault(id(tag.paragraph), []).append(tag)
        return cls(name, role, root, every, tags, {key: tuple(of) for key, of in grouped.items()})

    @cached_property
    def within(self) -> Mapping[Holder, tuple[TaggedParagraph, ...]]:
        """The paragraphs of each row and of each cell."""
        found: dict[Holder, list[TaggedParagraph]] = {}
        for paragraph in self.paragraphs:
            for n, (kind, _) in enumerate(paragraph.holder, 1):
                if kind in ("row", "cell"):
                    found.setdefault(paragraph.holder[:n], []).append(paragraph)
        return {key: tuple(of) for key, of in found.items()}

    @cached_property
    def number(self) -> Mapping[int, int]:
        """Where each tag stands among all, by its identity."""
        return {id(tag): n for n, tag in enumerate(self.tags)}

    def tags_in(self, paragraph: TaggedParagraph) -> tuple[Tag, ...]:
        """Return the tags of one paragraph, in their order."""
        return self.by_paragraph.get(id(paragraph), ())

"""A PDF as its rules see it: its lines, what each of them is, and how its text goes with that of its paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.layout.page import band
from xuncha_docs.checks.pdf.aligning import blocks
from xuncha_docs.checks.profiles import Carrier, Profile
from xuncha_docs.checks.ruling import Flaw
from xuncha_docs.errors import PdfError
from xuncha_docs.findings import Place, Severity, marked
from xuncha_docs.pdf.faces import UNKNOWN
from xuncha_docs.pdf.pages import Glyph, Line, Marks, Page, Rule, plain
from xuncha_docs.word.layout import Paragraph, Section, Where
from xuncha_docs.word.roles import LEVELS, Role

MM = 72 / 25.4
"""Points in a millimetre."""

SLACK = 1 * MM
"""By how much a page may miss what 5.2.1 allows."""

RENDERED = 1.5
"""By how many millimetres an element may miss its place: what is allowed to a page that was measured."""

RUNNING_ROLES = frozenset({Role.BODY, Role.QUOTATION, *LEVELS})
"""The roles of running text, all in one pitch."""

INK_TOP, INK_FOOT = 0.78, 0.16
"""How far the ink of a Chinese character reaches above and below its baseline, in its own size: measured, ±0.03."""

NUMBERISH = re.compile(r"[^\w]*(第\s*)?\d{1,4}(\s*页)?([^\w]*(共\s*)?\d{1,4}(\s*页)?)?[^\w]*")
"""What a page number looks like, in whatever form."""

_COPIED = re.compile(r"(主送|抄送|抄报|分送)[:：]")
_PRINTED = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*印发$")


def mm(points: float) -> float:
    """Return points as millimetres."""
    return points / MM


def points(length: int) -> float:
    """Return twentieths of a point as points."""
    return length / 20


@dataclass(frozen=True, eq=False)
class Row:
    """One printed line of the text.

    Args:
        page: on which.
        line: the glyphs.
        paragraph: whose line it is; None without a paper, or where the paper does not have it.
        begins: whether its paragraph begins with it; without a paper, whether it is set in.
        ends: whether its paragraph ends with it; without a paper None, since nobody can tell.
        mixed: whether several paragraphs stand in it, as in the cells of a table.
    """

    page: Page
    line: Line
    paragraph: Paragraph | None = None
    begins: bool = False
    ends: bool | None = None
    mixed: bool = False

    @property
    def text(self) -> str:
        """What it says."""
        return self.line.text

    @property
    def top(self) -> float:
        """The upper edge of its ink, in points from the head of the page."""
        return self.page.height - self.line.y - INK_TOP * self.line.size

    @property
    def foot(self) -> float:
        """The lower edge of its ink, in points from the head of the page."""
        return self.page.height - self.line.y + INK_FOOT * self.line.size

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(page=self.page.number, snippet=marked(self.text, 0, len(self.text)))

    def at(self, start: int, end: int) -> Place:
        """Return the place of a stretch of its text."""
        return Place(page=self.page.number, snippet=marked(self.text, start, end))


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the PDF says something else than the paper.

    Args:
        lost: what the paper says.
        found: what the PDF says instead.
        page: the number of the page.
        paragraph: of the paper; None where the PDF says more.
        start: where in its text.
        end: where it ends there.
        around: the words of the PDF around it.
    """

    lost: str
    found: str
    page: int
    paragraph: Paragraph | None
    start: int = 0
    end: int = 0
    around: str = ""


@dataclass(frozen=True, eq=False)
class Printed:
    """One PDF that is judged.

    Args:
        name: its file.
        marks: what is printed on its pages.
        profile: what it should keep to.
        paper: the paper that it was made of; None if that is not at hand.
        fault: why it could not be read; None if it could.
    """

    name: str
    marks: Marks
    profile: Profile
    paper: Judged | None = None
    fault: PdfError | None = None

    # The page

    @property
    def carrier(self) -> Carrier:
        """The format whose rules hold."""
        return self.profile.carrier

    @property
    def pages(self) -> tuple[Page, ...]:
        """All its pages."""
        return self.marks.pages

    @property
    def left(self) -> float:
        """The left edge of the text."""
        return points(self.profile.left)

    @property
    def right(self) -> float:
        """The right edge of the text."""
        return points(gb.PAGE_WIDTH - self.profile.right)

    @property
    def foot(self) -> float:
        """The lower edge of the text, from the foot of the page, by the system that goes lowest."""
        return points(min(system.bottom for system in self.profile.systems))

    def head(self, page: Page) -> float:
        """Return the upper edge of the text from the head of a page, by the system that goes highest."""
        if self.carrier is Carrier.LETTER and page.number == 1:
            return points(gb.LETTER_TOP)
        return points(min(system.top for system in self.profile.systems))

    # Its lines

    @cached_property
    def _outside(self) -> Mapping[int, tuple[Line, ...]]:
        """The lines of each page that are its header or footer."""
        return {page.number: tuple(self._headers_and_footers(page)) for page in self.pages}

    def _headers_and_footers(self, page: Page) -> Iterator[Line]:
        head, foot = self._margins(page)
        heads, feet = self._running
        if page.lines and page.height - page.lines[0].y < max(head, self.head(page)):  # a high one pushes the text down
            yield from _said_by(heads, (line for line in page.lines if line.y > 0.75 * page.height))
        below = [line for line in reversed(page.lines) if line.y < foot]
        numbers = [line for line in below if NUMBERISH.fullmatch(line.text) or not line.text.strip(UNKNOWN)]
        low = (line for line in reversed(page.lines) if line.y < 0.25 * page.height and line not in numbers)
        yield from numbers
        if below:
            yield from _said_by(feet, low)

    def _margins(self, page: Page) -> tuple[float, float]:
        """Return where headers end and footers begin: at the paper's own margins, or higher if a footer is too tall.

        Of a paper with pages of both directions, those sections count that lie as the page does; without a paper, the
        margins are those it should have.
        """
        if self.paper is None:
            return points(min(system.top for system in self.profile.systems)), self.foot
        layout, lies = self.paper.layout, page.width > page.height
        sections = [one for one in layout.sections if (one.width > one.height) is lies] or layout.sections
        feet = (max(abs(one.bottom), round(band(layout, one, foot=True))) for one in sections)
        return points(min(abs(one.top) for one in sections)), points(min(feet))

    @cached_property
    def _running(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What headers and footers say; without a paper, what several pages say above the text."""
        if self.paper is not None:
            sections = self.paper.layout.sections
            heads, feet = ([one for s in sections for one in kind(s)] for kind in (_headers, _footers))
            return tuple(heads), tuple(feet)
        tops = ((page, self._margins(page)[0]) for page in self.pages)
        said = Counter(_masked(line.text) for page, top in tops for line in page.lines if page.height - line.y < top)
        return tuple(text for text, count in said.items() if count > 1), ()

    def number_of(self, page: Page) -> Line | None:
        """Return the line that is a page's number; None if it has none."""
        low = (line for line in self._outside[page.number] if line.y < page.height / 2)
        return next((line for line in low if NUMBERISH.fullmatch(line.text)), None)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All lines of the text, page by page from the top, without headers and footers."""
        return tuple(self._owned(page, line) for page in self.pages for line in self._text_lines(page))

    def _text_lines(self, page: Page) -> Iterator[Line]:
        outside = {id(line) for line in self._outside[page.number]}
        yield from (line for line in page.lines if id(line) not in outside)

    def _owned(self, page: Page, line: Line) -> Row:
        if self.paper is None:
            return Row(page, line, begins=line.left - self.left > 0.5 * line.size)
        owners = Counter(self._owners[id(g)][0] for g in line.glyphs if id(g) in self._owners)
        if not owners:
            return Row(page, line)
        order = owners.most_common(1)[0][0]
        ends = self._ends[order]
        mine = {id(glyph) for glyph in line.glyphs}
        return Row(
            page,
            line,
            self._paragraphs[order],
            begins=ends[0] in mine,
            ends=ends[1] in mine,
            mixed=len(owners) > 1,
        )

    def rows_of(self, page: Page) -> tuple[Row, ...]:
        """Return the lines of the text on a page, from the top."""
        return self._by_page.get(page.number, ())

    @cached_property
    def _by_page(self) -> Mapping[int, tuple[Row, ...]]:
        found: dict[int, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.page.number, []).append(row)
        return {number: tuple(rows) for number, rows in found.items()}

    def role(self, row: Row) -> Role | None:
        """Return what a line is; None where that can't be told."""
        if self.paper is not None:
            return self.paper.role(row.paragraph) if row.paragraph else None
        text = row.text
        if _COPIED.match(text) or _PRINTED.search(text):
            return Role.PRINTED if _PRINTED.search(text) else Role.COPIED_TO
        is_large = row.line.size > points(gb.TITLE_SIZE * 10)
        if row.page.number == 1 and is_large and gb.is_red(row.line.printed[0].colour):
            return Role.MARK
        return None

    def rows_as(self, *roles: Role) -> tuple[Row, ...]:
        """Return the lines of some roles."""
        return tuple(row for row in self.rows if self.role(row) in roles)

    def runs_on(self, row: Row, below: Row) -> bool:
        """Tell whether the next line goes on with the same paragraph."""
        if self.paper is not None:
            return row.paragraph is not None and row.paragraph is below.paragraph and not row.mixed
        same = abs(row.line.size - below.line.size) < 0.1 and not below.begins
        return same and below.line.left - self.left < 2 and row.line.right > self.right - 2 * row.line.size

    def is_running(self, row: Row) -> bool:
        """Tell whether a line is one of running text that fills the width of the page."""
        if row.mixed or abs(row.line.size - points(gb.BODY_SIZE * 10)) > 0.1:
            return False
        if self.paper is None:
            return self.role(row) is None and row.line.right > self.left
        paragraph = row.paragraph
        return (
            paragraph is not None
            and paragraph.where is Where.BODY
            and not paragraph.pictures
            and self.paper.role(paragraph) in RUNNING_ROLES
            and self.paper.section(paragraph).columns == 1
        )

    @cached_property
    def full_pages(self) -> tuple[tuple[Page, tuple[Row, ...]], ...]:
        """The pages that running text fills from head to foot, each with its lines."""
        found = []
        for page, after in pairwise(self.pages):
            rows, next_rows = self.rows_of(page), self.rows_of(after)
            if rows and next_rows and all(map(self.is_running, rows)) and self._is_full(rows, next_rows):
                found.append((page, rows))
        return tuple(found)

    def _is_full(self, rows: tuple[Row, ...], below: tuple[Row, ...]) -> bool:
        last, first = rows[-1], below[0]
        if any(row.paragraph and (row.paragraph.unbroken or row.paragraph.widow_control) for row in (last, first)):
            return False
        if self.paper is None:
            pitches = [a.line.y - b.line.y for a, b in pairwise(rows)]
            if not pitches or max(pitches) - min(pitches) > 0.5:
                return False
            return self.runs_on(last, first) and last.line.y - self.foot < 1.5 * pitches[0]
        paragraph = first.paragraph
        if paragraph is None or not self.is_running(first):
            return False
        if not first.begins:
            return paragraph is last.paragraph
        # A paragraph that is kept together, or begins a page by itself, leaves white above it.
        held = paragraph.keeps or paragraph.new_page or (paragraph.unbroken and not first.ends)
        return not held and not (last.paragraph and last.paragraph.page_breaks)

    # What it is made of

    def rules_of(self, page: Page, *, red: bool, at_least: float = 100 * MM) -> tuple[Rule, ...]:
        """Return the level rules of a page from its head that are long enough, the red ones or the others."""
        return tuple(r for r in page.rules if r.level and r.length >= at_least and gb.is_red(r.colour) is red)

    @cached_property
    def imprint(self) -> tuple[Row, ...]:
        """The lines of 版记."""
        return self.rows_as(Role.COPIED_TO, Role.PRINTED)

    def is_blank(self, page: Page) -> bool:
        """Tell whether a page prints nothing but its number."""
        return not (self.rows_of(page) or page.images or page.rules)

    def is_imprint_alone(self, page: Page) -> bool:
        """Tell whether a page prints 版记 and nothing else."""
        rows = self.rows_of(page)
        return bool(rows) and all(self.role(row) in (Role.COPIED_TO, Role.PRINTED) for row in rows)

    def flaw(self, row: Row, message: str, cure: str, *, severity: Severity | None = None) -> Flaw:
        """Return the flaw that something is wrong with a line; with what it was taken for, if that was not certain."""
        if self.paper is None or row.paragraph is None:
            return Flaw(row.place, message, cure, severity)
        told = self.paper.flaw(row.paragraph, message, cure, severity=severity)
        return replace(told, place=row.place)

    # Its text and the paper's

    @property
    def unread(self) -> int:
        """How many glyphs there are of which the PDF does not tell what they say."""
        return sum(glyph.text == UNKNOWN for page in self.pages for glyph in page.glyphs)

    @cached_property
    def _paragraphs(self) -> Mapping[int, Paragraph]:
        return {p.order: p for p in self.paper.layout.paragraphs} if self.paper is not None else {}

    @cached_property
    def _matched(self) -> _Matched:
        paragraphs = self.paper.layout.paragraphs if self.paper is not None else ()
        beside = self.paper.layout.beside if self.paper is not None else ()
        tables = self.paper.layout.tables if self.paper is not None else ()
        heads = frozenset("".join(map(plain, table.head)) for table in tables if table.head)
        return _Matched(_Said.of(paragraphs), _Seen.of(self), beside, heads)

    @cached_property
    def _owners(self) -> Mapping[int, tuple[int, int]]:
        """The paragraph and the place in its text of each glyph, by the glyph's identity."""
        said, seen = self._matched.said, self._matched.seen
        return {id(seen.glyphs[b][1]): said.spots[a] for a, b in enumerate(self._matched.at) if b >= 0}

    @cached_property
    def _ends(self) -> Mapping[int, tuple[int, int]]:
        """The identities of the first and last glyph of each paragraph that is printed whole at its ends."""
        said, seen = self._matched.said, self._matched.seen
        firsts: dict[int, int] = {}
        lasts: dict[int, int] = {}
        for a, b in enumerate(self._matched.at):
            if b >= 0:
                order = said.spots[a][0]
                firsts.setdefault(order, id(seen.glyphs[b][1]))
                lasts[order] = id(seen.glyphs[b][1])
        return {order: (first, lasts[order]) for order, first in firsts.items()}

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Where it says something else than its paper, in the paper's order."""
        if self.paper is None or self.fault is not None:
            return ()
        return tuple(self._matched.differences(self._paragraphs))

    def printed_as(self) -> Iterator[tuple[Paragraph, int, Page, Glyph]]:
        """Yield every character of the paper that is printed: its paragraph, its place there, its page and glyph."""
        said, seen = self._matched.said, self._matched.seen
        for a, b in enumerate(self._matched.at):
            if b >= 0:
                order, start = said.spots[a]
                yield self._paragraphs[order], start, *seen.glyphs[b]


def _masked(text: str) -> str:
    """Return a text as headers are compared, their numbers alike."""
    return re.sub(r"\d+", "0", "".join(map(plain, text)))


def _headers(section: Section) -> Iterator[str]:
    return (_masked("".join(p.text for p in paragraphs)) for paragraphs in section.headers.values())


def _footers(section: Section) -> Iterator[str]:
    return (_masked("".join(p.text for p in paragraphs)) for paragraphs in section.footers.values())


def _said_by(texts: tuple[str, ...], lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines as long as one of some texts says their words, and no more of them than it has."""
    whole = "\0".join(texts)
    left = max(map(len, texts), default=0)
    for line in lines:
        words = [_masked(word) for word in line.text.split()]
        left -= sum(map(len, words))
        if left < 0 or not all(word in whole for word in words):
            return
        yield line


@dataclass(frozen=True, eq=False)
class _Said:
    """What a paper says, character by character.

    Args:
        text: the plain characters.
        spots: the paragraph of each, and its place there; -1 for an automatic number.
        apart: whether each stands in a box or a frame, which is drawn where it pleases.
        uncounted: the paragraphs that have a number which could not be counted.
        anew: the spots whose text is worked out when it is printed: a date, a number of pages.
    """

    text: str
    spots: tuple[tuple[int, int], ...]
    apart: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = ()
    uncounted: frozenset[int] = frozenset()
    anew: frozenset[tuple[int, int]] = frozenset()

    @classmethod
    def of(cls, paragraphs: tuple[Paragraph, ...]) -> _Said:
        flow: list[tuple[str, tuple[int, int]]] = []
        apart = []
        for paragraph in paragraphs:
            said = list(_characters(paragraph))
            if paragraph.box or paragraph.frame:
                if said:
                    apart.append(("".join(char for char, _ in said), tuple(spot for _, spot in said)))
            else:
                flow += said
        uncounted = frozenset(p.order for p in paragraphs if p.number and not p.number.printed)
        anew = frozenset(spot for paragraph in paragraphs for spot in _anew(paragraph))
        return cls("".join(char for char, _ in flow), tuple(spot for _, spot in flow), tuple(apart), uncounted, anew)


def _characters(paragraph: Paragraph) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the plain characters of a paragraph, each with its place."""
    if paragraph.number:
        for char in "".join(map(plain, paragraph.number.printed)):
            yield char, (paragraph.order, -1)
    for run in paragraph.runs:
        if not run.format.hidden:
            for start, char in enumerate(run.text, run.start):
                for one in plain(char):
                    yield one, (paragraph.order, start)


def _anew(paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    for run in paragraph.runs:
        if run.worked_out:
            yield from ((paragraph.order, run.start + n) for n in range(len(run.text)))


@dataclass(frozen=True, eq=False)
class _Seen:
    """What a PDF says, character by character, each with its page and glyph."""

    text: str
    glyphs: tuple[tuple[Page, Glyph], ...]

    @classmethod
    def of(cls, printed: Printed) -> _Seen:
        chars: list[str] = []
        glyphs: list[tuple[Page, Glyph]] = []
        for page in printed.pages:
            outside = {id(glyph) for line in printed._outside[page.number] for glyph in line.glyphs}
            for piece in page.pieces:
                for glyph in piece.glyphs:
                    if id(glyph) not in outside:
                        said = "".join(map(plain, glyph.text))
                        chars.append(said)
                        glyphs += [(page, glyph)] * len(said)
        return cls("".join(chars), tuple(glyphs))


_GONE = "\0"
_NOTE = re.compile(r"[\divx①-⑳]{1,4}")
"""The number of a note."""

_NUMBER = 12
"""How long the number of a list may be."""

_WORDS = 4
"""The shortest text that is looked for elsewhere: a figure in a cell is everywhere."""


@dataclass(eq=False)
class _Matched:
    """The text of a paper beside that of its PDF.

    Args:
        said: the paper's; what stands apart comes last.
        seen: the PDF's.
        beside: what the paper says beside its body, which may be printed anywhere, or not.
        heads: what the heads of its tables say, which is printed again on every page that a table goes on to.
        at: for each character of the paper, where it is printed; -1 if it is not.
    """

    said: _Said
    seen: _Seen
    beside: tuple[str, ...]
    heads: frozenset[str] = frozenset()
    at: list[int] = field(init=False)
    _gaps: list[tuple[int, int, int, int]] = field(init=False, default_factory=list)
    _taken: bytearray = field(init=False)

    def __post_init__(self) -> None:
        flow = len(self.said.text)
        apart = self.said.apart
        self.at = [-1] * (flow + sum(len(text) for text, _ in apart))
        self._taken = bytearray(len(self.seen.text))
        i = j = 0
        for a, b, length in blocks(self.said.text, self.seen.text):
            self._gaps.append((i, a, j, b))
            self._take(a, b, length)
            i, j = a + length, b + length
        self._gaps.append((i, flow, j, len(self.seen.text)))
        spots, texts = list(self.said.spots), [self.said.text]
        for text, where in apart:
            texts.append(text)
            spots += where
        self.said = replace(self.said, text="".join(texts), spots=tuple(spots), apart=())
        self._find_moved()
        self._find_beside()

    def _take(self, a: int, b: int, length: int) -> None:
        self.at[a : a + length] = range(b, b + length)
        self._taken[b : b + length] = b"\1" * length

    def _find_moved(self) -> None:
        """Find the paragraphs that are drawn elsewhere, in a box or a cell: whole first, then what is left of them."""
        whole = self._left_over()
        for start, end in self._unprinted():
            text = self.said.text[start:end]
            found = whole.find(text) if len(text) >= _WORDS else -1
            if found >= 0:
                self._take(start, found, len(text))
                whole = whole[:found] + _GONE * len(text) + whole[found + len(text) :]
        places = [n for n, char in enumerate(whole) if char != _GONE]
        left = [n for start, end in self._unprinted() for n in range(start, end)]
        mine = "".join(self.said.text[n] for n in left)
        yours = "".join(whole[n] for n in places)
        for a, b, length in blocks(mine, yours):
            for n in range(length):
                self._take(left[a + n], places[b + n], 1)

    def _find_beside(self) -> None:
        for text in self.beside:
            places = [b for b, taken in enumerate(self._taken) if not taken]
            yours = "".join(self.seen.text[b] for b in places)
            for _, b, length in blocks("".join(map(plain, text)), yours):
                for place in places[b : b + length]:
                    self._taken[place] = 1

    def _left_over(self) -> str:
        return "".join(_GONE if taken else char for char, taken in zip(self.seen.text, self._taken, strict=True))

    def _unprinted(self) -> Iterator[tuple[int, int]]:
        """Yield the stretches of paragraphs that have not been found."""
        start = None
        for n in range(len(self.at) + 1):
            missing = n < len(self.at) and self.at[n] < 0
            turned = start is not None and n < len(self.at) and self.said.spots[n][0] != self.said.spots[start][0]
            if start is not None and (not missing or turned):
                yield start, n
                start = None
            if missing and start is None:
                start = n

    def differences(self, paragraphs: Mapping[int, Paragraph]) -> Iterator[Difference]:
        """Yield what is left: lost, replaced or added."""
        shown: set[int] = set()
        page = 1
        for start, end in self._unprinted():
            order, first = self.said.spots[start]
            last = self.said.spots[end - 1][1] + 1
            gap = self._gap(start, end)
            places = [] if gap is None else [b for b in range(*gap) if not self._taken[b] and b not in shown]
            shown.update(places)
            page = self.seen.glyphs[places[0]][0].number if places else self._page_before(start, page)
            if set(self.said.spots[start:end]) <= self.said.anew:
                continue
            found = "".join(self.seen.text[b] for b in places)
            yield Difference(self.said.text[start:end], found, page, paragraphs[order], max(0, first), max(0, last))
        yield from self._added(shown)

    def _gap(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the PDF stands for a stretch of the paper that it does not have."""
        return next(((j0, j1) for i0, i1, j0, j1 in self._gaps if i0 <= start and end <= i1 and j1 > j0), None)

    def _page_before(self, start: int, otherwise: int) -> int:
        before = next((self.at[n] for n in range(start - 1, max(-1, start - 2_000), -1) if self.at[n] >= 0), None)
        return otherwise if before is None else self.seen.glyphs[before][0].number

    def _added(self, shown: set[int]) -> Iterator[Difference]:
        free = [b for b, taken in enumerate(self._taken) if not taken and b not in shown]
        owner = {b: self.said.spots[a] for a, b in enumerate(self.at) if b >= 0} if free else {}
        while free:
            stop = next((n for n in range(1, len(free)) if free[n] != free[n - 1] + 1), len(free))
            stretch, free = free[:stop], free[stop:]
            first, last = stretch[0], stretch[-1]
            beside = {owner[b] for b in (first - 1, last + 1) if b in owner}
            found = self.seen.text[first : last + 1]
            if any(len(found) == len(head) and found in head * 2 for head in self.heads):
                continue  # however its ends were paired with what stands before and behind it
            if beside & self.said.anew or (self.beside and _NOTE.fullmatch(found)):
                continue
            if len(stretch) <= _NUMBER and owner.get(last + 1, (-1, 0))[0] in self.said.uncounted:
                continue  # the automatic number of a list, which could not be counted
            around = marked(
                self.seen.text[max(0, first - 30) : last + 31], min(30, first), min(30, first) + len(stretch)
            )
            yield Difference("", found, self.seen.glyphs[first][0].number, None, around=around)

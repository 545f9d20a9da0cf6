"""Reads the marks of a PDF back, with pypdf alone: the content of each page is walked, operator by operator.

    marks = read(content)
    marks.pages[0].lines[0].text

A PDF may be damaged or hostile: what is wrong with it is a `PdfError`, and what it may ask for is limited.
"""

from __future__ import annotations

import logging
import math
import zlib
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject

from xuncha_docs.errors import LockedPdf, PdfError
from xuncha_docs.pdf.faces import Face, Shown, dictionary, face, resolved
from xuncha_docs.pdf.pages import Box, Font, Glyph, Marks, Page, Rule, joined

MOST_PAGES = 2_000
MOST_BYTES = 48 * 1024 * 1024
"""What all content, fonts' tables and fonts' programs may come to when inflated."""

MOST_OF_A_PAGE = 4 * 1024 * 1024
"""What the content of a page may come to; that of a full page of text is some ten thousand bytes."""

MOST_OPERATORS = 1_500_000
"""Of all pages; a full page of text has some three hundred."""

MOST_GLYPHS = 3_000_000

_DEEPEST = 12
_FORM = 100
"""How many operators a form counts for beside its own: forms within forms multiply."""

_FAR = 1e6
_THICKEST = 6.0
_FILTERS = {
    *("/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx"),
    *("/RunLengthDecode", "/RL"),
}
"""What content is packed with. Filters of pictures are left alone: pypdf starts other programs for some of them."""

_FAULTS = (
    *(PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, NotImplementedError),
    *(TypeError, ValueError, OSError, MemoryError, zlib.error),
)
"""What pypdf raises on files that are damaged: it says itself that these may be any."""

# Where nobody listens, what pypdf thinks of a damaged file would be printed to the terminal.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def read(content: bytes) -> Marks:
    """Read all marks of a PDF.

    Raises:
        LockedPdf: if it can't be opened without a password.
        PdfError: if it is no PDF, is damaged, or asks for more than the limits of this module.
    """
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise LockedPdf("the PDF is locked with a password")
        return Marks(tuple(_pages(reader)))
    except PdfError:
        raise
    except (DependencyError, FileNotDecryptedError) as error:
        raise LockedPdf(f"the PDF is encrypted: {error}") from error
    except _FAULTS as error:
        raise PdfError(f"the PDF can't be read: {type(error).__name__}: {error}") from error


def _pages(reader: PdfReader) -> Iterator[Page]:
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise PdfError(f"the PDF has {count} pages, more than {MOST_PAGES}")
    if not count:
        raise PdfError("the PDF has no page")
    purse = _Purse()
    for number, page in enumerate(reader.pages, 1):
        yield _Walk(purse, page).page(number)


Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def _times(m: Matrix, n: Matrix) -> Matrix:
    """Return the matrix that does m first, then n."""
    a, b, c, d, e, f = m
    p, q, r, s, t, u = n
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


@dataclass
class _Purse:
    """What a file may still ask for, and what has been read of it: fonts and forms serve many pages."""

    inflatable: int = MOST_BYTES
    operators: int = MOST_OPERATORS
    glyphs: int = MOST_GLYPHS
    faces: dict[object, Face] = field(default_factory=dict)
    forms: dict[object, list[tuple[Any, bytes]]] = field(default_factory=dict)

    def inflate(self, stream: StreamObject) -> bytes:
        """Return what a stream holds."""
        packed = stream.get("/Filter")
        names = packed if isinstance(packed, list) else [packed] if packed else []
        if not {str(name) for name in names} <= _FILTERS:
            raise PdfError(f"content is packed with {packed}")
        data = stream.get_data()
        self.inflatable -= len(data)
        if self.inflatable < 0:
            raise PdfError(f"the PDF holds more than {MOST_BYTES // 1024 // 1024} MB of content")
        return data

    def operations(self, data: bytes, pdf: Any) -> list[tuple[Any, bytes]]:
        """Return the operators of content with what stands before each."""
        if len(data) > MOST_OF_A_PAGE:
            raise PdfError(f"a page holds more than {MOST_OF_A_PAGE // 1024 // 1024} MB of content")
        stream = ContentStream(None, pdf, "bytes")
        stream.set_data(data)
        return stream.operations

    def spend(self, operators: int) -> None:
        self.operators -= operators
        if self.operators < 0:
            raise PdfError(f"the PDF draws more than {MOST_OPERATORS} times")


@dataclass(slots=True)
class _State:
    """What `q` saves and `Q` restores."""

    ctm: Matrix
    face: Face | None = None
    size: float = 0
    between: float = 0
    blanks: float = 0
    stretch: float = 1
    leading: float = 0
    rise: float = 0
    mode: int = 0
    fill: str = "000000"
    stroke: str = "000000"
    thickness: float = 1


@dataclass
class _Subpath:
    """One stretch of a path, in points of the page."""

    points: list[tuple[float, float]]
    straight: bool = True


class _Walk:
    """The walk over one page."""

    def __init__(self, purse: _Purse, page: PageObject) -> None:
        self.purse = purse
        self.source = page
        box = [float(x) for x in page.cropbox]
        self.x0, self.y0 = min(box[0], box[2]), min(box[1], box[3])
        wide, high = abs(box[2] - box[0]), abs(box[3] - box[1])
        turned = page.rotation % 360
        self.width, self.height = (high, wide) if turned in (90, 270) else (wide, high)
        if not (0 < wide < _FAR and 0 < high < _FAR):
            raise PdfError(f"a page is {wide:g} by {high:g} points")
        turns: Mapping[int, Matrix] = {
            90: (0, -1, 1, 0, 0, wide),
            180: (-1, 0, 0, -1, wide, high),
            270: (0, 1, -1, 0, high, 0),
        }
        start = _times((1, 0, 0, 1, -self.x0, -self.y0), turns.get(turned, _IDENTITY))
        self.state = _State(start)
        self.saved: list[_State] = []
        self.text_matrix = self.line_matrix = _IDENTITY
        self.path: list[_Subpath] = []
        self.resources: DictionaryObject = DictionaryObject()
        self.open_forms: list[object] = []
        self.said: list[str | None] = []
        self.glyphs: list[Glyph] = []
        self.rules: list[Rule] = []
        self.images: list[Box] = []
        self.used: set[Font] = set()

    def page(self, number: int) -> Page:
        """Walk over the page and return what is printed on it."""
        self.resources = dictionary(self.source.get("/Resources"))
        self.run(self.purse.operations(self._content(), self.source.pdf))
        return Page(
            number,
            self.width,
            self.height,
            tuple(self.glyphs),
            joined(self.rules),
            tuple(dict.fromkeys(self.images)),
            tuple(sorted(self.used)),
        )

    def _content(self) -> bytes:
        found = resolved(self.source.get("/Contents"))
        streams = map(resolved, found) if isinstance(found, ArrayObject) else [found]
        return b"\n".join(self.purse.inflate(one) for one in streams if isinstance(one, StreamObject))

    def run(self, operations: list[tuple[Any, bytes]]) -> None:
        """Do what operators say; one with wrong operands does nothing, as in any viewer."""
        self.purse.spend(len(operations))
        for operands, operator in operations:
            do = _OPERATORS.get(operator)
            if do is None:
                continue
            count, work = do
            if count is None:
                work(self, operands)
            elif len(operands) >= count and all(isinstance(one, int | float) for one in operands[:count]):
                work(self, *map(float, operands[:count]))

    # The state

    def save(self) -> None:
        self.saved.append(copy(self.state))

    def restore(self) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def transform(self, *m: float) -> None:
        self.state.ctm = _times(m, self.state.ctm)  # type: ignore[arg-type]  # six numbers

    def set_thickness(self, width: float) -> None:
        self.state.thickness = width

    def set_fill(self, operands: list[Any]) -> None:
        self.state.fill = _colour(operands)

    def set_stroke(self, operands: list[Any]) -> None:
        self.state.stroke = _colour(operands)

    def reset_fill(self, _: list[Any]) -> None:
        self.state.fill = "000000"

    def reset_stroke(self, _: list[Any]) -> None:
        self.state.stroke = "000000"

    # Text

    def begin_text(self) -> None:
        self.text_matrix = self.line_matrix = _IDENTITY

    def set_font(self, operands: list[Any]) -> None:
        if len(operands) < 2 or not isinstance(operands[1], int | float):
            return
        self.state.size = float(operands[1])
        fonts = dictionary(self.resources.get("/Font"))
        raw = fonts.raw_get(operands[0]) if operands[0] in fonts else None
        found = resolved(raw)
        if not isinstance(found, DictionaryObject):
            self.state.face = None
            return
        key = _key(raw, found)
        known = self.purse.faces.get(key)
        if known is None:
            known = self.purse.faces[key] = face(found, self.purse.inflate)
        self.state.face = known

    def set_between(self, white: float) -> None:
        self.state.between = white

    def set_blanks(self, white: float) -> None:
        self.state.blanks = white

    def set_stretch(self, percent: float) -> None:
        self.state.stretch = percent / 100

    def set_leading(self, white: float) -> None:
        self.state.leading = white

    def set_rise(self, white: float) -> None:
        self.state.rise = white

    def set_mode(self, mode: float) -> None:
        self.state.mode = int(mode) if math.isfinite(mode) else 0

    def move(self, x: float, y: float) -> None:
        self.line_matrix = self.text_matrix = _times((1, 0, 0, 1, x, y), self.line_matrix)

    def move_and_lead(self, x: float, y: float) -> None:
        self.state.leading = -y
        self.move(x, y)

    def set_text_matrix(self, *m: float) -> None:
        self.line_matrix = self.text_matrix = m  # type: ignore[assignment]  # six numbers

    def next_line(self) -> None:
        self.move(0, -self.state.leading)

    def show(self, operands: list[Any]) -> None:
        if operands:
            self.show_all([operands[:1]])

    def show_all(self, operands: list[Any]) -> None:
        """Print strings, with numbers between them that move what comes next to the left."""
        state = self.state
        for one in operands[0] if operands and isinstance(operands[0], list) else ():
            if isinstance(one, int | float):
                self._advance(-float(one) / 1000 * state.size * state.stretch)
            elif state.face is not None:
                self._print(state.face, _bytes(one))

    def next_and_show(self, operands: list[Any]) -> None:
        self.next_line()
        self.show(operands)

    def space_and_show(self, operands: list[Any]) -> None:
        if len(operands) == 3 and all(isinstance(one, int | float) for one in operands[:2]):
            self.state.blanks, self.state.between = map(float, operands[:2])
            self.next_and_show(operands[2:])

    def _advance(self, distance: float) -> None:
        a, b, c, d, e, f = self.text_matrix
        self.text_matrix = (a, b, c, d, e + distance * a, f + distance * b)

    def _print(self, face: Face, raw: bytes) -> None:
        state = self.state
        m = _times(self.text_matrix, state.ctm)
        size, stretch = state.size, state.stretch
        high = abs(size) * math.hypot(m[2], m[3])
        along = math.hypot(m[0], m[1]) * stretch * abs(size) / 1000
        turned = not (m[0] * size > 0 and abs(m[1]) < 0.01 * abs(m[0]))
        x, y = _at(m, 0, state.rise)
        moved = 0.0
        seen = state.mode % 4 != 3
        colour = state.stroke if state.mode % 4 == 1 else state.fill
        for shown in face.shown(raw):
            if seen:
                self._glyph(face, shown, x + moved * m[0], y + moved * m[1], shown.width * along, high, colour, turned)
            step = shown.width * size / 1000 + state.between
            if shown.bytes == 1 and shown.text == " ":
                step += state.blanks
            moved += step * stretch
        self._advance(moved)
        if seen and raw:
            self.used.add(Font(face.name, face.embedded, face.subset))

    def _glyph(
        self, face: Face, shown: Shown, x: float, y: float, width: float, size: float, colour: str, turned: bool
    ) -> None:
        self.purse.glyphs -= 1
        if self.purse.glyphs < 0:
            raise PdfError(f"the PDF prints more than {MOST_GLYPHS} characters")
        if not (abs(x) < _FAR and abs(y) < _FAR and abs(width) < _FAR and size < _FAR):
            return
        text = shown.text
        if self.said and self.said[-1] is not None:
            text, self.said[-1] = self.said[-1], ""
        self.glyphs.append(
            Glyph(
                *(text, round(x, 2), round(y, 2), round(width, 2), round(size, 2)),
                *(face.name, colour, shown.missing, turned),
            )
        )

    # Marked content may say what its glyphs mean, where the font can't: each box of LibreOffice does.

    def begin_marked(self, operands: list[Any]) -> None:
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, str):
            properties = resolved(dictionary(self.resources.get("/Properties")).get(properties))
        actual = properties.get("/ActualText") if isinstance(properties, DictionaryObject) else None
        self.said.append(None if actual is None else _said(actual))

    def begin_marked_plain(self, _: list[Any]) -> None:
        self.said.append(None)

    def end_marked(self, _: list[Any]) -> None:
        if self.said:
            self.said.pop()

    # Paths

    def path_move(self, x: float, y: float) -> None:
        self.path.append(_Subpath([_at(self.state.ctm, x, y)]))

    def path_line(self, x: float, y: float) -> None:
        if self.path:
            self.path[-1].points.append(_at(self.state.ctm, x, y))

    def path_curve(self, *numbers: float) -> None:
        self.path_line(*numbers[-2:])
        if self.path:
            self.path[-1].straight = False

    def path_close(self) -> None:
        if self.path and self.path[-1].points:
            self.path[-1].points.append(self.path[-1].points[0])

    def path_box(self, x: float, y: float, width: float, height: float) -> None:
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
        self.path.append(_Subpath([_at(self.state.ctm, *corner) for corner in corners]))

    def paint(self, *, stroke: bool, fill: bool, close: bool = False) -> None:
        if close:
            self.path_close()
        state = self.state
        for one in self.path:
            if fill and one.straight:
                self._filled(one.points, state.fill)
            if stroke and one.straight:
                m = state.ctm
                self._stroked(one.points, state.thickness * math.sqrt(abs(m[0] * m[3] - m[1] * m[2])), state.stroke)
        self.path = []

    def _stroked(self, points: list[tuple[float, float]], width: float, colour: str) -> None:
        for (x0, y0), (x1, y1) in pairwise(points):
            if min(abs(x1 - x0), abs(y1 - y0)) < 0.5 < max(abs(x1 - x0), abs(y1 - y0)):
                self._rule(x0, y0, x1, y1, width, colour)

    def _filled(self, points: list[tuple[float, float]], colour: str) -> None:
        """Take a thin box that is filled for the rule that it looks like."""
        if not 4 <= len(points) <= 5:
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        if any(min(x - x0, x1 - x) > 0.1 or min(y - y0, y1 - y) > 0.1 for x, y in points):
            return  # slanted
        thin, long = sorted((x1 - x0, y1 - y0))
        if thin > _THICKEST or long < 2 * thin:
            return
        if y1 - y0 == thin:
            self._rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2, thin, colour)
        else:
            self._rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1, thin, colour)

    def _rule(self, x0: float, y0: float, x1: float, y1: float, width: float, colour: str) -> None:
        if all(abs(n) < _FAR for n in (x0, y0, x1, y1, width)):
            level = abs(x1 - x0) >= abs(y1 - y0)
            left, right, low, high = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
            if level:
                low = high = (low + high) / 2
            else:
                left = right = (left + right) / 2
            x0, y0, x1, y1, width = (round(n, 2) for n in (left, low, right, high, width))
            self.rules.append(Rule(x0, y0, x1, y1, width, colour))

    # Pictures and forms

    def draw(self, operands: list[Any]) -> None:
        things = dictionary(self.resources.get("/XObject"))
        if not operands or operands[0] not in things:
            return
        raw = things.raw_get(operands[0])
        found = resolved(raw)
        if not isinstance(found, StreamObject):
            return
        if found.get("/Subtype") == "/Image":
            self.picture([])
        elif found.get("/Subtype") == "/Form":
            self._form(found, _key(raw, found))

    def picture(self, _: list[Any]) -> None:
        corners = [_at(self.state.ctm, x, y) for x in (0, 1) for y in (0, 1)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        if all(abs(n) < _FAR for n in (*xs, *ys)):
            self.images.append(Box(*(round(n, 2) for n in (min(xs), min(ys), max(xs), max(ys)))))

    def _form(self, form: StreamObject, key: object) -> None:
        if key in self.open_forms or len(self.open_forms) >= _DEEPEST:
            return  # a form that draws itself
        operations = self.purse.forms.get(key)
        if operations is None:
            operations = self.purse.operations(self.purse.inflate(form), self.source.pdf)
            self.purse.forms[key] = operations
        outer, saved, matrices = self.resources, self.saved, (self.text_matrix, self.line_matrix)
        state, path = copy(self.state), self.path
        self.saved, self.path = [], []
        self.open_forms.append(key)
        matrix = [float(n) for n in resolved(form.get("/Matrix")) or _IDENTITY]
        if len(matrix) == 6:
            self.transform(*matrix)
        self.resources = dictionary(form.get("/Resources")) or outer
        self.purse.spend(_FORM)
        self.run(operations)
        self.open_forms.pop()
        self.resources, self.saved, self.state, self.path = outer, saved, state, path
        self.text_matrix, self.line_matrix = matrices


_Work = Callable[..., None]


def _painting(*, stroke: bool = False, fill: bool = False, close: bool = False) -> tuple[None, _Work]:
    return None, lambda walk, _: walk.paint(stroke=stroke, fill=fill, close=close)


_OPERATORS: Mapping[bytes, tuple[int | None, _Work]] = {
    b"q": (0, _Walk.save),
    b"Q": (0, _Walk.restore),
    b"cm": (6, _Walk.transform),
    b"w": (1, _Walk.set_thickness),
    **dict.fromkeys((b"rg", b"g", b"k", b"sc", b"scn"), (None, _Walk.set_fill)),
    **dict.fromkeys((b"RG", b"G", b"K", b"SC", b"SCN"), (None, _Walk.set_stroke)),
    b"cs": (None, _Walk.reset_fill),
    b"CS": (None, _Walk.reset_stroke),
    b"BT": (0, _Walk.begin_text),
    b"Tf": (None, _Walk.set_font),
    b"Tc": (1, _Walk.set_between),
    b"Tw": (1, _Walk.set_blanks),
    b"Tz": (1, _Walk.set_stretch),
    b"TL": (1, _Walk.set_leading),
    b"Ts": (1, _Walk.set_rise),
    b"Tr": (1, _Walk.set_mode),
    b"Td": (2, _Walk.move),
    b"TD": (2, _Walk.move_and_lead),
    b"Tm": (6, _Walk.set_text_matrix),
    b"T*": (0, _Walk.next_line),
    b"Tj": (None, _Walk.show),
    b"TJ": (None, _Walk.show_all),
    b"'": (None, _Walk.next_and_show),
    b'"': (None, _Walk.space_and_show),
    b"BDC": (None, _Walk.begin_marked),
    b"BMC": (None, _Walk.begin_marked_plain),
    b"EMC": (None, _Walk.end_marked),
    b"m": (2, _Walk.path_move),
    b"l": (2, _Walk.path_line),
    b"c": (6, _Walk.path_curve),
    b"v": (4, _Walk.path_curve),
    b"y": (4, _Walk.path_curve),
    b"h": (0, _Walk.path_close),
    b"re": (4, _Walk.path_box),
    b"S": _painting(stroke=True),
    b"s": _painting(stroke=True, close=True),
    **dict.fromkeys((b"f", b"F", b"f*"), _painting(fill=True)),
    **dict.fromkeys((b"B", b"B*"), _painting(stroke=True, fill=True)),
    **dict.fromkeys((b"b", b"b*"), _painting(stroke=True, fill=True, close=True)),
    b"n": _painting(),
    b"Do": (None, _Walk.draw),
    b"INLINE IMAGE": (None, _Walk.picture),
}
"""What each operator does, with how many numbers it wants; None where it wants something else."""


def _key(raw: Any, found: object) -> object:
    """Return what tells an object of the file from the others."""
    number = getattr(raw, "idnum", None)
    return number if number is not None else id(found)


def _bytes(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    original = getattr(value, "original_bytes", b"")
    return original if isinstance(original, bytes) else b""


def _said(value: Any) -> str:
    """Return what a string of the file says: UTF-16 with a mark, else Latin."""
    raw = _bytes(value)
    return raw[2:].decode("utf-16-be", "replace") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")


def _colour(operands: list[Any]) -> str:
    """Write a colour of one, three or four numbers as RGB; a pattern has none."""
    numbers = [min(1.0, max(0.0, float(one))) for one in operands if isinstance(one, int | float)]
    if len(numbers) != len(operands) or any(math.isnan(n) for n in numbers):
        return ""
    if len(numbers) == 1:
        numbers *= 3
    if len(numbers) == 4:
        *inks, black = numbers
        numbers = [(1 - ink) * (1 - black) for ink in inks]
    return "".join(f"{round(n * 255):02X}" for n in numbers) if len(numbers) == 3 else ""

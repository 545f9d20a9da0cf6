"""What the codes of a PDF's fonts print: the characters, their widths, and those that the font lacks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pypdf._codecs.adobe_glyphs import adobe_glyphs
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

Decode = Callable[[StreamObject], bytes]
"""Inflates a stream, within what a file may ask for."""

UNKNOWN = "\ufffd"

_SUBSET = re.compile(r"[A-Z]{6}\+")
_MOST_CODES = 70_000
_CODECS = {
    **dict.fromkeys(("GBK-EUC", "GBKp-EUC", "GBK2K"), "gbk"),
    **dict.fromkeys(("GB-EUC", "GBpc-EUC"), "gb2312"),
    **dict.fromkeys(("UniGB-UCS2", "UniGB-UTF16"), "utf-16-be"),
}
_ENCODINGS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman", "/StandardEncoding": "latin-1"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What one code prints: its text, its width in thousandths of the size, and how many bytes it takes."""

    text: str
    width: float
    bytes: int = 1
    missing: bool = False


@dataclass(eq=False)
class Face:
    """A font of a PDF.

    Args:
        name: without the mark of a subset.
        embedded: whether the file holds it.
        subset: whether only what is used of it.
        wide: whether its codes have two bytes; None where the first byte tells, as in GBK.
        codec: how Python calls the encoding of its codes; empty if they are its own.
        texts: what codes say, by the font's own table.
        widths: how wide they are.
        default: how wide the others are.
        scale: the width of a thousandth, which only fonts drawn by the PDF itself change.
        missing: the codes of the box that stands for what the font lacks.
    """

    name: str
    embedded: bool = False
    subset: bool = False
    wide: bool | None = False
    codec: str = ""
    texts: Mapping[int, str] = field(default_factory=dict)
    widths: Mapping[int, float] = field(default_factory=dict)
    default: float = 500
    scale: float = 1
    missing: frozenset[int] = frozenset()
    _known: dict[int, Shown] = field(default_factory=dict)

    def shown(self, raw: bytes) -> Iterator[Shown]:
        """Yield what a string of the page prints."""
        known = self._known
        for code in self._codes(raw):
            found = known.get(code)
            if found is None:
                found = known[code] = self._shown(code)
            yield found

    def _codes(self, raw: bytes) -> Iterator[int]:
        if self.wide is False:
            yield from raw
            return
        at = 0
        while at < len(raw):
            size = 2 if self.wide or raw[at] > 0x80 else 1
            yield int.from_bytes(raw[at : at + size], "big")
            at += size

    def _shown(self, code: int) -> Shown:
        size = 1 if self.wide is False or (self.wide is None and code < 0x100) else 2
        text = self.texts.get(code)
        if text is None:
            text = code.to_bytes(size, "big").decode(self.codec, "replace") if self.codec else UNKNOWN
        if self.codec and self.wide is not False:
            width = 1000.0 if unicodedata.east_asian_width(text[:1] or " ") in "WFA" else 500.0
        else:
            width = self.widths.get(code, self.default)
        return Shown(text, width * self.scale, size, code in self.missing)


def face(font: DictionaryObject, decode: Decode) -> Face:
    """Read a font of a page's resources."""
    base = str(font.get("/BaseFont", "")).lstrip("/")
    name = _SUBSET.sub("", base, count=1)
    texts = _texts(font, decode)
    if font.get("/Subtype") == "/Type0":
        return _composite(font, name, base != name, texts)
    descriptor = dictionary(font.get("/FontDescriptor"))
    drawn = font.get("/Subtype") == "/Type3"
    encoding = dict(_encoding(font.get("/Encoding")))
    # Without a table of its own, a font that is not embedded speaks Latin.
    codec = "" if encoding or "/ToUnicode" in font or drawn else "cp1252"
    return Face(
        name=name or str(font.get("/Name", "")).lstrip("/"),
        embedded=drawn or _is_embedded(descriptor),
        subset=base != name,
        codec=codec if not _is_embedded(descriptor) else "",
        texts=encoding | texts,
        widths=dict(_simple_widths(font)),
        default=_number(descriptor.get("/MissingWidth"), 0 if "/Widths" in font else 500),
        scale=_number((font.get("/FontMatrix") or [0.001])[0], 0.001) * 1000 if drawn else 1,
        missing=_missing(descriptor, decode) | _unnamed(font.get("/Encoding")),
    )


def _composite(font: DictionaryObject, name: str, subset: bool, texts: dict[int, str]) -> Face:
    inner = dictionary((font.get("/DescendantFonts") or [DictionaryObject()])[0])
    encoding = font.get("/Encoding")
    map_name = re.sub(r"-[HV]$", "", str(encoding).lstrip("/")) if isinstance(encoding, str) else ""
    codec = _CODECS.get(map_name, "")
    return Face(
        name=name,
        embedded=_is_embedded(dictionary(inner.get("/FontDescriptor"))),
        subset=subset,
        wide=None if codec.startswith("gb") else True,
        codec=codec,
        texts=texts,
        # The widths are told by glyph; only where codes are glyphs can they be looked up.
        widths={} if codec else dict(_composite_widths(inner.get("/W"))),
        default=_number(inner.get("/DW"), 1000),
        missing=frozenset() if codec else frozenset({0}),
    )


def resolved(value: Any) -> Any:
    """Return the object that a reference leads to."""
    return value.get_object() if hasattr(value, "get_object") else value


def dictionary(value: Any) -> DictionaryObject:
    """Return the dictionary that a reference leads to; an empty one where it leads to none."""
    found = resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _number(value: Any, otherwise: float) -> float:
    found = resolved(value)
    return float(found) if isinstance(found, int | float) else otherwise


def _is_embedded(descriptor: DictionaryObject) -> bool:
    return any(f"/FontFile{n}" in descriptor for n in ("", "2", "3"))


def _simple_widths(font: DictionaryObject) -> Iterator[tuple[int, float]]:
    first = int(_number(font.get("/FirstChar"), 0))
    for n, width in enumerate(_array(font.get("/Widths"))[:_MOST_CODES]):
        yield first + n, _number(width, 0)


def _composite_widths(value: Any) -> Iterator[tuple[int, float]]:
    """Yield the widths of `c [w w …]` and `first last w`."""
    items = [resolved(one) for one in _array(value)]
    at, left = 0, _MOST_CODES
    while at + 1 < len(items) and left > 0:
        start, second = int(_number(items[at], 0)), items[at + 1]
        if isinstance(second, list):
            yield from ((start + n, _number(width, 0)) for n, width in enumerate(second[:left]))
            at, left = at + 2, left - len(second)
        elif at + 2 < len(items):
            width = _number(items[at + 2], 0)
            stop = min(int(_number(second, 0)) + 1, start + left)
            yield from ((code, width) for code in range(start, stop))
            at, left = at + 3, left - max(0, stop - start)
        else:
            return


def _array(value: Any) -> list[Any]:
    found = resolved(value)
    return found if isinstance(found, ArrayObject) else []


def _encoding(value: Any) -> Iterator[tuple[int, str]]:
    """Yield what codes say by the named encoding of a simple font and its exceptions."""
    found = resolved(value)
    table = isinstance(found, DictionaryObject)
    codec = _ENCODINGS.get(str(found.get("/BaseEncoding") if table else found))
    if codec:
        yield from ((code, bytes([code]).decode(codec, "replace")) for code in range(32, 256))
    for code, name in _differences(found) if table else ():
        yield code, _named(name)


def _differences(encoding: DictionaryObject) -> Iterator[tuple[int, str]]:
    code = 0
    for one in _array(encoding.get("/Differences"))[:_MOST_CODES]:
        if isinstance(one, str):
            yield code, str(one)
            code += 1
        else:
            code = int(_number(one, code))


def _named(name: str) -> str:
    """Return the character of a glyph's name, `/uni4E2D`."""
    bare = name.lstrip("/").partition(".")[0]
    digits = re.fullmatch(r"(?:uni|u)([0-9A-Fa-f]{4,6})", bare)
    if digits and int(digits[1], 16) < 0x110000:
        return chr(int(digits[1], 16))
    return str(adobe_glyphs.get(f"/{bare}", UNKNOWN))


def _unnamed(encoding: Any) -> frozenset[int]:
    found = dictionary(encoding)
    return frozenset(code for code, name in _differences(found) if name == "/.notdef")


_NOTDEF = re.compile(rb"dup\s+(\d{1,3})\s*/\.notdef\s+put")


def _missing(descriptor: DictionaryObject, decode: Decode) -> frozenset[int]:
    """Return the codes of a Type 1 font that its own table gives to the box.

    LibreOffice writes fonts so, and says of each box which character should have stood there: the text seems right.
    """
    file = resolved(descriptor.get("/FontFile"))
    if not isinstance(file, StreamObject):
        return frozenset()
    clear = decode(file)[: max(0, int(_number(file.get("/Length1"), 0)))]
    return frozenset(int(code) for code in _NOTDEF.findall(clear))


_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.S)
_TOKEN = re.compile(rb"<([^>]*)>|(\[)|(\])")


def _texts(font: DictionaryObject, decode: Decode) -> dict[int, str]:
    """Read the table that says what codes mean (ToUnicode)."""
    table = resolved(font.get("/ToUnicode"))
    if not isinstance(table, StreamObject):
        return {}
    return dict(islice(_pairs(decode(table)), _MOST_CODES))


def _pairs(table: bytes) -> Iterator[tuple[int, str]]:
    for sort, block in _BLOCK.findall(table):
        tokens = [_hex(m[1]) if m[1] is not None else m[0] for m in _TOKEN.finditer(block)]
        if sort == b"bfrange":
            yield from _ranges(tokens)
        else:
            for code, text in zip(tokens[::2], tokens[1::2], strict=False):
                yield int.from_bytes(code, "big"), _said(text)


def _hex(digits: bytes) -> bytes:
    bare = re.sub(rb"[^0-9A-Fa-f]", b"", digits)
    return bytes.fromhex((bare + b"0" * (len(bare) % 2)).decode())


def _said(code: bytes) -> str:
    return code.decode("utf-16-be", "replace") if len(code) > 1 else code.decode("latin-1")


def _ranges(tokens: list[bytes]) -> Iterator[tuple[int, str]]:
    """Yield the codes of `<first> <last> <text>` and `<first> <last> [<text> <text> …]`."""
    at = 0
    while at + 2 < len(tokens):
        first, last = (int.from_bytes(one, "big") for one in tokens[at : at + 2])
        start = at + 2
        if tokens[start] == b"[":
            stop = next((n for n in range(start, len(tokens)) if tokens[n] == b"]"), len(tokens))
            yield from ((first + n, _said(one)) for n, one in enumerate(tokens[start + 1 : stop]))
            at = stop + 1
            continue
        text = tokens[start]
        number = int.from_bytes(text, "big")
        for n in range(min(max(0, last - first + 1), _MOST_CODES)):
            try:
                yield first + n, _said((number + n).to_bytes(len(text), "big"))
            except OverflowError:
                break
        at += 3

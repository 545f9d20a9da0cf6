"""The styles of a .docx as they take effect: each property from the nearest style that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from lxml import etree

from xuncha_docs.word.parts import with_prefix_w
from xuncha_docs.word.styles import NAMESPACE
from xuncha_docs.word.tagged import W

_SLOTS = ("ascii", "hAnsi", "eastAsia")
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_VAL = f"{W}val"


_END = b"</w:style>"
_FONTS = re.compile(rb"<w:rFonts\b[^>]*>")
_FONT = re.compile(rb'\bw:(?:ascii|hAnsi|eastAsia)="([^"]*)"')
_ID = re.compile(rb'\bw:styleId="([^"]*)"')
_NAME = re.compile(rb'<w:name\b[^>]*?w:val="([^"]*)"')


@dataclass(frozen=True, eq=False)
class Sheet:
    """The part `word/styles.xml`; None where a .docx has none.

    A template has ten styles that are used and hundreds that are not, so only those that are asked for are parsed.
    """

    content: bytes | None
    _parsed: dict[str, etree._Element | None] = field(default_factory=dict, repr=False)
    _chains: dict[str, tuple[etree._Element, ...]] = field(default_factory=dict, repr=False)
    _known: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict, repr=False)

    @cached_property
    def _slices(self) -> dict[str, bytes]:
        """Return each style as it is written, by its id."""
        found, plain, at = {}, self._plain, 0
        # Searching for fixed words is several times as fast as a pattern over hundreds of kilobytes.
        while (start := plain.find(b"<w:style ", at)) >= 0:
            head = plain.find(b">", start)
            if head < 0:
                break  # cut short, which is told by what reads the part
            end = head + 1 if plain[head - 1 : head] == b"/" else plain.find(_END, head) + len(_END)
            at = max(end, head + 1)
            key = _ID.search(plain, start, head)
            found[_text(key[1]) if key else ""] = plain[start:at]
        return found

    @cached_property
    def _plain(self) -> bytes:
        """The part in UTF-8, with Word's namespace called `w`, as it nearly always is; else it is made so."""
        content = self.content or b""
        if f'xmlns:w="{NAMESPACE}"'.encode() in content and b"<w:style" in content:
            return content
        try:
            root = etree.fromstring(content) if content else None
        except (etree.XMLSyntaxError, ValueError):
            root = None
        return etree.tostring(with_prefix_w(root), encoding="UTF-8") if root is not None else b""

    @cached_property
    def _head(self) -> bytes:
        found = re.search(rb"<w:styles\b[^>]*>", self._plain)
        return found[0] if found else b""

    def _element(self, written: bytes) -> etree._Element | None:
        """Parse one element of the part by itself."""
        try:
            return etree.fromstring(self._head + written + b"</w:styles>")[0]
        except (etree.XMLSyntaxError, IndexError):
            return None

    def _style(self, key: str) -> etree._Element | None:
        if key not in self._parsed:
            self._parsed[key] = self._element(self._slices[key]) if key in self._slices else None
        return self._parsed[key]

    @cached_property
    def _defaults(self) -> etree._Element | None:
        found = re.search(rb"<w:docDefaults\b.*?</w:docDefaults>", self._plain, re.DOTALL)
        return self._element(found[0]) if found else None

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each style, by its id."""
        found = {key: _NAME.search(written) for key, written in self._slices.items()}
        return {key: _text(name[1]) if name else "" for key, name in found.items()}

    @cached_property
    def fonts(self) -> frozenset[str]:
        """Every font that any style names, used or not."""
        named = set(_FONTS.findall(self._plain))
        return frozenset(_text(name) for slots in named for name in _FONT.findall(slots))

    @cached_property
    def default(self) -> str:
        """The id of the style of paragraphs that name none."""
        heads = ((key, written.partition(b">")[0]) for key, written in self._slices.items())
        return next((key for key, head in heads if b'w:default="1"' in head and b'w:type="paragraph"' in head), "")

    def name(self, style: str) -> str:
        """Return the name of a paragraph's style, Word's own for the default."""
        return self.names.get(style or self.default, "")

    def chain(self, style: str) -> tuple[etree._Element, ...]:
        """Return a style and those it is based on, the nearest first, then the defaults of the document."""
        if style not in self._chains:
            self._chains[style] = tuple(self._chain(style))
        return self._chains[style]

    def _chain(self, style: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        at: str | None = style or self.default
        while at and at not in seen and len(seen) < LONGEST_CHAIN and (found := self._style(at)) is not None:
            seen.add(at)
            yield found
            based = found.find(f"{W}basedOn")
            at = based.get(_VAL) if based is not None else None
        if self._defaults is not None:
            yield from self._defaults

    def attributes(self, style: str, element: str, own: etree._Element | None = None) -> dict[str, str]:
        """Return the attributes of a property, `spacing` or `sz`, as they take effect.

        Args:
            style: the paragraph's style.
            element: the property's name; `pPr/spacing` or `rPr/sz`.
            own: the paragraph or run that may say it itself.
        """
        group, _, name = element.partition("/")
        if own is not None:
            return self.attributes(style, element) | _attributes(own, group, name)
        if (style, element) not in self._known:
            found: dict[str, str] = {}
            for holder in reversed(self.chain(style)):
                found |= _attributes(holder, group, name)
            self._known[style, element] = found
        return self._known[style, element]

    def line(self, paragraph: etree._Element, style: str) -> float:
        """Return the height of a line of a paragraph in twentieths of a point; a line that is not exact is guessed."""
        spacing = self.attributes(style, "pPr/spacing", paragraph)
        line = _number(spacing.get("line"), 240)
        if spacing.get("lineRule") in ("exact", "atLeast"):
            return line
        size = _number(self.attributes(style, "rPr/sz").get("val"), 21)
        return size * 10 * AUTO * line / 240

    def families(self, style: str) -> set[str]:
        """Return the fonts that a style names, as they take effect."""
        fonts = self.attributes(style, "rPr/rFonts")
        return {fonts[slot] for slot in _SLOTS if slot in fonts}


def _attributes(holder: etree._Element, group: str, name: str) -> dict[str, str]:
    """Return the attributes of a property that an element says itself."""
    properties = holder.find(W + group)
    said = properties.find(W + name) if properties is not None else None
    return {str(key).rpartition("}")[2]: str(value) for key, value in said.attrib.items()} if said is not None else {}


def _text(written: bytes) -> str:
    return unescape(written.decode("utf-8", "replace"))


LONGEST_CHAIN = 30
"""How many styles may be based on each other; Word itself stops at about eleven."""

AUTO = 1.3
"""How high a line that is not exact comes out, in sizes of its characters: 宋体 and 仿宋 take 1.14 to 1.3."""


def own_fonts(element: etree._Element) -> set[str]:
    """Return the fonts that an `rFonts` names for text."""
    return {str(element.get(f"{W}{slot}")) for slot in _SLOTS if element.get(f"{W}{slot}")}


def is_themed(element: etree._Element) -> bool:
    """Tell whether an `rFonts` takes a font from the theme."""
    return any(element.get(f"{W}{slot}") for slot in _THEMES)


def _number(text: str | None, otherwise: float) -> float:
    try:
        return float(text) if text is not None else otherwise
    except ValueError:
        return otherwise

"""The styles of a .docx as they take effect: each property from the nearest style that says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from xuncha_docs.word.tagged import W

_SLOTS = ("ascii", "hAnsi", "eastAsia")
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_VAL = f"{W}val"


@dataclass(frozen=True, eq=False)
class Sheet:
    """The part `word/styles.xml`; None where a .docx has none."""

    root: etree._Element | None
    _chains: dict[str, tuple[etree._Element, ...]] = field(default_factory=dict, repr=False)
    _known: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict, repr=False)

    @cached_property
    def _by_id(self) -> dict[str, etree._Element]:
        found = self.root.iterfind(f"{W}style") if self.root is not None else ()
        return {style.get(f"{W}styleId", ""): style for style in found}

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each style, by its id."""
        found = {}
        for key, style in self._by_id.items():
            name = style.find(f"{W}name")
            found[key] = name.get(_VAL, "") if name is not None else ""
        return found

    @cached_property
    def default(self) -> str:
        """The id of the style of paragraphs that name none."""
        marked = (k for k, s in self._by_id.items() if s.get(f"{W}default") == "1" and s.get(f"{W}type") == "paragraph")
        return next(marked, "")

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
        while at and at in self._by_id and at not in seen:
            seen.add(at)
            yield self._by_id[at]
            based = self._by_id[at].find(f"{W}basedOn")
            at = based.get(_VAL) if based is not None else None
        defaults = self.root.find(f"{W}docDefaults") if self.root is not None else None
        if defaults is not None:
            yield from defaults

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

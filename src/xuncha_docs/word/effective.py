"""Properties as they take effect: defaults, table style, paragraph style, character style, the paragraph or run itself.

Each attribute comes from the nearest level that says it (ISO/IEC 29500-1 17.7.2). What Word counts in characters wins
over lengths; a font of the theme over a name of the same level.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from xuncha_docs.word.layout import Format, Line
from xuncha_docs.word.sheet import Sheet
from xuncha_docs.word.tagged import W

Said = dict[str, dict[str, str]]
"""Properties by their names, each with its attributes: `{"spacing": {"line": "579"}}`."""

OFF = ("0", "false", "off", "none")
_OPPOSITES = {
    "firstLine": ("hanging", "hangingChars"),
    "firstLineChars": ("hanging", "hangingChars"),
    "hanging": ("firstLine", "firstLineChars"),
    "hangingChars": ("firstLine", "firstLineChars"),
}
_SYNONYMS = {"start": "left", "end": "right", "startChars": "leftChars", "endChars": "rightChars"}
_THEME_SLOTS = {"asciiTheme": "ascii", "hAnsiTheme": "hAnsi", "eastAsiaTheme": "eastAsia", "cstheme": "cs"}
_TOGGLES = ("b", "i", "strike", "vanish")


def number(text: str | None, otherwise: int = 0) -> int:
    """Read a whole number as programs write it; what is none, or has more than 32 bits, is `otherwise`."""
    try:
        read = float(text) if text is not None else otherwise
        return round(read) if abs(read) < 2**32 else otherwise
    except ValueError:  # of what is no number, and of NaN
        return otherwise


def said_by(properties: etree._Element | None) -> Said:
    """Return what an element such as `w:pPr` says itself."""
    return {} if properties is None else {_local(child.tag): _attributes(child) for child in properties if _is(child)}


def _is(child: etree._Element) -> bool:
    return str(child.tag).startswith(W)  # a comment has no name


def _local(name: object) -> str:
    return str(name).rpartition("}")[2]


def _attributes(element: etree._Element) -> dict[str, str]:
    found = {_local(key): str(value) for key, value in element.attrib.items()}
    if element.tag == f"{W}ind":
        found = {_SYNONYMS.get(key, key): value for key, value in found.items()}
    if element.tag in (f"{W}tabs", f"{W}pBdr", f"{W}numPr"):
        found |= {f"{n}": "" for n in range(len(element))}
    return found


def over(below: Said, above: Said) -> Said:
    """Lay one level over another, attribute by attribute."""
    laid = dict(below)
    for name, attributes in above.items():
        known = dict(laid.get(name, {}))
        if name == "rFonts":
            known = _fonts_over(known, attributes)
        else:
            for key in attributes:
                for opposite in _OPPOSITES.get(key, ()) if name == "ind" else ():
                    known.pop(opposite, None)
            known |= attributes or {"val": "1"}
        laid[name] = known
    return laid


def _fonts_over(known: dict[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """Lay fonts over fonts: of one slot the name and the theme are one thing."""
    for key in said:
        slot = _THEME_SLOTS.get(key, key)
        for other in (slot, *(theme for theme, of in _THEME_SLOTS.items() if of == slot)):
            known.pop(other, None)
    return known | dict(said)


def is_on(properties: Said, name: str, *, otherwise: bool = False) -> bool:
    """Tell whether a property that is on or off is on; it is on where it is named without a value."""
    said = properties.get(name)
    return otherwise if said is None else said.get("val", "1").lower() not in OFF


@dataclass(frozen=True)
class Theme:
    """The fonts of a theme by the words that styles use, `minorEastAsia`."""

    fonts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> Theme:
        """Read the part of the theme; a paper may have none."""
        found: dict[str, str] = {}
        for group in ("major", "minor") if root is not None else ():
            holder = next(root.iter(f"{{*}}{group}Font"), None) if root is not None else None
            if holder is None:
                continue
            hans = next((e.get("typeface", "") for e in holder.iterfind("{*}font") if e.get("script") == "Hans"), "")
            names = {tag: _typeface(holder, tag) for tag in ("latin", "ea", "cs")}
            found[f"{group}EastAsia"] = names["ea"] or hans
            found |= {f"{group}{slot}": names["latin"] for slot in ("Ascii", "HAnsi")}
            found[f"{group}Bidi"] = names["cs"]
        return cls(found)


def _typeface(holder: etree._Element, tag: str) -> str:
    found = holder.find(f"{{*}}{tag}")
    return str(found.get("typeface", "")) if found is not None else ""


@dataclass(frozen=True, eq=False)
class Cascade:
    """The styles of one paper, and what comes of them."""

    sheet: Sheet
    theme: Theme
    _styles: dict[tuple[str, str], Said] = field(default_factory=dict, repr=False)
    _formats: dict[object, Format] = field(default_factory=dict, repr=False)

    def _level(self, style: str, group: str) -> Said:
        """Return what a style and those it is based on say together, without the defaults of the document."""
        key = (style, group)
        if key not in self._styles:
            laid: Said = {}
            for holder in reversed(self.sheet.chain(style)):
                if holder.tag == f"{W}style":
                    laid = over(laid, said_by(holder.find(W + group)))
            self._styles[key] = laid
        return self._styles[key]

    @cached_property
    def _defaults(self) -> dict[str, Said]:
        found: dict[str, Said] = {"pPr": {}, "rPr": {}}
        for holder in self.sheet.chain(""):
            if holder.tag in (f"{W}pPrDefault", f"{W}rPrDefault"):
                group = _local(holder.tag).removesuffix("Default")
                found[group] = over(found[group], said_by(holder.find(W + group)))
        return found

    def table_style(self, style: str, group: str) -> Said:
        """Return what the style of a table says; nothing for the default one, which no paragraph takes from."""
        return self._level(style, group) if style else {}

    def paragraph(self, style: str, own: Said, *, table: str = "", numbering: Said | None = None) -> Said:
        """Return the properties of a paragraph.

        Args:
            style: the id of its style, empty for the default.
            own: what it says itself.
            table: the id of the style of the table that holds it.
            numbering: what its automatic number says of indents, which the paragraph itself overrules.
        """
        named = over(self.table_style(table, "pPr"), self._level(style, "pPr"))
        return over(over(over(self._defaults["pPr"], named), numbering or {}), own)

    def format(self, style: str, own: etree._Element | None, *, table: str = "") -> Format:
        """Return how a run looks, or the end of a paragraph.

        Args:
            style: the id of the paragraph's style.
            own: the `w:rPr` of the run; None if it has none.
            table: the id of the style of the table that holds it.
        """
        key = (style, table, etree.tostring(own) if own is not None else b"")
        if key not in self._formats:
            said = said_by(own)
            by_paragraph = over(self.table_style(table, "rPr"), self._level(style, "rPr"))
            by_character = self._level(said["rStyle"]["val"], "rPr") if said.get("rStyle", {}).get("val") else {}
            laid = over(over(over(self._defaults["rPr"], by_paragraph), by_character), said)
            for name in _TOGGLES:  # said by both styles, a property that toggles is off (17.7.3)
                if name not in said and is_on(by_paragraph, name) and is_on(by_character, name):
                    laid[name] = {"val": "0"}
            self._formats[key] = self._format(laid)
        return self._formats[key]

    def _format(self, laid: Said) -> Format:
        fonts = laid.get("rFonts", {})
        return Format(
            font=self._font(fonts, "eastAsia"),
            latin=self._font(fonts, "ascii") or self._font(fonts, "hAnsi") or "Times New Roman",
            size=number(laid.get("sz", {}).get("val"), 20),
            tracking=number(laid.get("spacing", {}).get("val")),
            scale=number(laid.get("w", {}).get("val", "100").rstrip("%"), 100),
            colour=colour(laid.get("color", {}).get("val")),
            bold=is_on(laid, "b"),
            italic=is_on(laid, "i"),
            underlined=laid.get("u", {}).get("val", "none") != "none",
            struck=is_on(laid, "strike") or is_on(laid, "dstrike"),
            hidden=is_on(laid, "vanish"),
            highlighted=laid.get("highlight", {}).get("val", "none") != "none",
            shaded=laid.get("shd", {}).get("fill", "auto").lower() not in ("auto", "ffffff", ""),
            hint=fonts.get("hint") == "eastAsia",
            themed=any(key in _THEME_SLOTS for key in fonts),
            squeezed="fitText" in laid,
        )

    def _font(self, fonts: Mapping[str, str], slot: str) -> str:
        theme = next((fonts[key] for key, of in _THEME_SLOTS.items() if of == slot and key in fonts), None)
        return self.theme.fonts.get(theme, "") if theme is not None else fonts.get(slot, "")


def colour(said: str | None) -> str:
    """Return a colour as six hexadecimal digits in capitals; the automatic one is black."""
    bare = (said or "auto").lstrip("#").upper()
    if len(bare) == 3:
        bare = "".join(digit * 2 for digit in bare)
    return bare if len(bare) == 6 and all(digit in "0123456789ABCDEF" for digit in bare) else _named(bare)


def _named(word: str) -> str:
    return {"RED": "FF0000", "BLUE": "0000FF", "WHITE": "FFFFFF", "GREEN": "008000"}.get(word, "000000")


def line_of(element: etree._Element) -> Line | None:
    """Read one border; None where it says that there is none."""
    said = _attributes(element)
    style = said.get("val", "none")
    if style in ("none", "nil"):
        return None
    return Line(
        style=style, width=number(said.get("sz")), colour=colour(said.get("color")), space=number(said.get("space"))
    )


def lines_of(holder: etree._Element | None) -> dict[str, Line | None]:
    """Read borders by side; a side that is said to have none is None."""
    if holder is None:
        return {}
    return {_SYNONYMS.get(_local(child.tag), _local(child.tag)): line_of(child) for child in holder if _is(child)}


def nearest(elements: Iterable[etree._Element | None], path: str) -> etree._Element | None:
    """Return what the first of several elements that has it holds at a path."""
    found = (element.find(path) for element in elements if element is not None)
    return next((one for one in found if one is not None), None)

"""Automatic numbers: what the lists of a paper say of each level, and how the numbers come out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from xuncha_docs import chinese
from xuncha_docs.word.effective import number, said_by
from xuncha_docs.word.layout import Format, Numbering
from xuncha_docs.word.tagged import W

_CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital")
_VAL = f"{W}val"


@dataclass(frozen=True, eq=False)
class Level:
    """One level of a list: what it says of numbers, and the `w:rPr` that says how they look."""

    numbering: Numbering
    look: etree._Element | None
    start: int = 1
    style: str = ""


@dataclass(eq=False)
class Numbers:
    """The lists of one paper, counted in the order of its paragraphs.

    Args:
        levels: the levels of each list by its number, from 0.
        counts: where each list stands.
    """

    levels: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> Numbers:
        """Read the part of the lists; a paper may have none."""
        if root is None:
            return cls()
        abstract = {a.get(f"{W}abstractNumId", ""): _levels(a) for a in root.iterfind(f"{W}abstractNum")}
        found: dict[str, Mapping[int, Level]] = {}
        for one in root.iterfind(f"{W}num"):
            based = one.find(f"{W}abstractNumId")
            levels = abstract.get(based.get(_VAL, ""), {}) if based is not None else {}
            found[one.get(f"{W}numId", "")] = levels | _levels(one)
        return cls(found)

    def _at(self, said: etree._Element | None, style: str) -> tuple[str, int] | None:
        if said is None:
            return None
        listed, level = said.find(f"{W}numId"), said.find(f"{W}ilvl")
        name = listed.get(_VAL, "") if listed is not None else ""
        if name not in self.levels:
            return None
        if level is not None:
            return name, number(level.get(_VAL))
        return name, next((n for n, one in self.levels[name].items() if style and one.style == style), 0)

    def level(self, said: etree._Element | None, style: str) -> Level | None:
        """Return the level that a `w:numPr` names; None if the paragraph has no number."""
        at = self._at(said, style)
        return self.levels[at[0]].get(at[1]) if at else None

    def count(self, said: etree._Element | None, style: str) -> str:
        """Count one paragraph, and return its number as it comes out; empty where its digits are not known here."""
        at = self._at(said, style)
        if at is None:
            return ""
        name, level = at
        counts = self.counts.setdefault(name, {})
        of = self.levels[name]
        counts[level] = counts.get(level, of[level].start - 1) + 1
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]
        values = {n: _written(of[n].numbering.sort, counts.get(n, of[n].start)) for n in of}
        text = of[level].numbering.text
        digits = re.findall(r"%(\d)", text)
        if any(not values.get(int(d) - 1) for d in digits):
            return ""
        return re.sub(r"%(\d)", lambda m: values[int(m[1]) - 1], text)


def _written(sort: str, n: int) -> str:
    if sort == "decimal":
        return str(n)
    if sort in _CHINESE and 1 <= n <= 99:
        return chinese.numeral(n)
    if sort == "decimalEnclosedCircle" and 1 <= n <= 20:
        return chr(0x2460 + n - 1)
    if sort in ("upperLetter", "lowerLetter") and 1 <= n <= 26:
        return chr((65 if sort == "upperLetter" else 97) + n - 1)
    return ""


def _levels(holder: etree._Element) -> dict[int, Level]:
    return {number(one.get(f"{W}ilvl")): _level(one) for one in holder.iter(f"{W}lvl")}


def _level(element: etree._Element) -> Level:
    said = said_by(element)
    indents = said_by(element.find(f"{W}pPr")).get("ind", {})
    return Level(
        Numbering(
            text=said.get("lvlText", {}).get("val", ""),
            sort=said.get("numFmt", {}).get("val", "decimal"),
            level=number(element.get(f"{W}ilvl")) + 1,
            after=said.get("suff", {}).get("val", "tab"),
            format=Format(),
            indents={side: number(value) for side, value in indents.items()},
        ),
        element.find(f"{W}rPr"),
        number(said.get("start", {}).get("val"), 1),
        said.get("pStyle", {}).get("val", ""),
    )

"""What a check says: a `Rule`, the `Finding`s it makes, the `Report` that holds them.

A finding is about the paper or about the facts a person wrote; what goes wrong with the program is an exception
(`xuncha_docs.errors`). Messages are Chinese, because the people of the paper read them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}


class Strength(StrEnum):
    """How binding the clause behind a rule is; what is practice is never called a rule of the standard."""

    RULE = "规定"
    GENERAL = "一般"
    RECOMMENDED = "推荐"
    OPTIONAL = "可以"
    PRACTICE = "实务"
    DERIVED = "推算"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding stands. Whatever does not apply is None and is left out of every output.

    Counting starts at 1 everywhere. `field` is the path a user typed it under, `巡察组.组长`.
    """

    file: str | None = None
    line: int | None = None
    field: str | None = None
    part: str | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    page: int | None = None
    snippet: str | None = None

    def __str__(self) -> str:
        """Write the place as editors link it, `case.yaml:12: 巡察组.组长`."""
        head = ":".join(str(x) for x in (self.file, self.line) if x is not None)
        inner = [
            word.format(value)
            for value, word in (
                (self.part, "{}"),
                (self.page, "第{}页"),
                (self.table, "表{}"),
                (self.row, "第{}行"),
                (self.cell, "第{}格"),
                (self.paragraph, "第{}段"),
                (self.field, "{}"),
            )
            if value is not None
        ]
        return ": ".join(x for x in (head, " ".join(inner)) if x)


LONGEST = 60
"""The most characters that a finding repeats of what somebody typed."""

_LONG_QUOTE = re.compile(rf"(?<=“)([^“”]{{{LONGEST}}})[^”]+")
_LONG_NAME = re.compile(rf"([^\s.，。；：、“”（）\[\]]{{{LONGEST}}})[^\s.，。；：、“”（）\[\]]+")
_LONGEST_MESSAGE = 10 * LONGEST
_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def visible(text: str) -> str:
    """Write the characters that can't be seen, or that steer a terminal, as `U+001B`."""
    return "".join(f"U+{ord(char):04X}" if unicodedata.category(char) in _INVISIBLE else char for char in text)


def shown(text: str) -> str:
    """Make a text visible, and cut what it repeats at length."""
    text = visible(text[: 10 * _LONGEST_MESSAGE])
    for long in (_LONG_QUOTE, _LONG_NAME):
        text = long.sub(r"\1…", text)
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]}…"


@dataclass(frozen=True, slots=True)
class Rule:
    """What can be wrong, under a code that is never used again for anything else.

    Args:
        code: three letters and three digits; the first digit is the chapter.
        name: English words that name the fault and read well after "allow".
        severity: how much it matters unless a finding says otherwise.
        clause: the clause of the standard or rule behind it; None where there is none.
        strength: how binding that clause is.
    """

    code: str
    name: str
    severity: Severity = Severity.ERROR
    clause: str | None = None
    strength: Strength | None = None

    def at(self, place: Place, message: str, cure: str | None = None) -> Finding:
        """Make the finding that this rule is broken at `place`; what it repeats is made fit to be shown."""
        where = replace(place, file=place.file and visible(place.file), field=place.field and shown(place.field))
        return Finding(rule=self, message=shown(message), place=where, cure=cure and shown(cure))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a check found, with its place and what to do about it."""

    rule: Rule
    message: str
    place: Place = field(default_factory=Place)
    cure: str | None = None

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.rule.severity

    def __str__(self) -> str:
        """Write it on one line: place, severity, code, message, cure."""
        place, cure = str(self.place), f" {self.cure}" if self.cure else ""
        return f"{place + ' ' if place else ''}{_WORDS[self.severity]}〔{self.code}〕{self.message}{cure}"

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON; what is absent is left out."""
        rule = self.rule
        return _present(
            code=rule.code,
            name=rule.name,
            severity=rule.severity.value,
            message=self.message,
            place=_present(**asdict(self.place)),
            cure=self.cure,
            clause=rule.clause,
            strength=rule.strength and rule.strength.value,
        )


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A check that could not be made, and why: never to be read as passed."""

    what: str
    why: str

    def __str__(self) -> str:
        """Write it on one line."""
        return f"未检查：{self.what}（{self.why}）"


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one run; `Report.of` sorts them by file and line."""

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Report:
        """Gather findings into a report, by file and line where they have them."""
        return cls(tuple(sorted(findings, key=lambda f: (f.place.file or "", f.place.line or 0))))

    @property
    def clean(self) -> bool:
        """Whether nothing was found and nothing was left unchecked."""
        return not self.findings and not self.not_checked

    @property
    def worst(self) -> Severity | None:
        """The gravest severity in the report; None where nothing was found."""
        found = {f.severity for f in self.findings}
        return next((s for s in Severity if s in found), None)

    def __add__(self, other: Report) -> Report:
        """Join two reports."""
        return Report(self.findings + other.findings, self.not_checked + other.not_checked)

    def __str__(self) -> str:
        """Write one line for each finding, then one for each check not made."""
        return "\n".join(str(x) for x in (*self.findings, *self.not_checked))

    def to_json(self) -> str:
        """Write the report as JSON, Chinese characters as themselves."""
        data = {
            "findings": [f.as_dict() for f in self.findings],
            "not_checked": [asdict(n) for n in self.not_checked],
        }
        return json.dumps(data, ensure_ascii=False, indent=2)


def _present(**items: Any) -> dict[str, Any]:
    return {key: value for key, value in items.items() if value is not None}

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
from html import escape
from typing import Any


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def word(self) -> str:
        """The same in Chinese."""
        return {"error": "错误", "warning": "警告", "info": "提示"}[self.value]


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

    Counting starts at 1 everywhere, and anew in every cell, text box and note. `field` is the path a user typed it
    under, `巡察组.组长`; `part` the member of the .docx; `within` what holds the counted thing where it is not the
    part itself, in Chinese: an outer cell, a text box; `snippet` the words around it, what is meant in ▶◀.
    """

    file: str | None = None
    line: int | None = None
    field: str | None = None
    part: str | None = None
    within: str | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    page: int | None = None
    snippet: str | None = None

    def __str__(self) -> str:
        """Write the place as editors link it and people count it, `a.docx: 正文 第2张表 第3行 第4格 第1段`."""
        head = ":".join(str(x) for x in (self.file, self.line) if x is not None)
        inner = [
            word.format(value)
            for value, word in (
                (self.part and part_word(self.part), "{}"),
                (self.page, "第{}页"),
                (self.within, "{}"),
                (self.table, "第{}张表"),
                (self.row, "第{}行"),
                (self.cell, "第{}格"),
                (self.paragraph, "第{}段"),
                (self.field, "{}"),
            )
            if value is not None
        ]
        return ": ".join(x for x in (head, " ".join(inner)) if x)


_PARTS = {
    "document": "正文",
    "header": "页眉",
    "footer": "页脚",
    "footnotes": "脚注",
    "endnotes": "尾注",
    "comments": "批注",
    "core": "文件属性",
    "styles": "样式",
    "settings": "文档设置",
}
_PART = re.compile(r"(?:[\w.-]+/)*?([a-z]+)(\d*)\.xml")


def part_word(part: str) -> str:
    """Name a member of a .docx as Word's menus do: `word/header2.xml` is 页眉2; others keep their names."""
    match = _PART.fullmatch(part)
    return f"{_PARTS[match[1]]}{match[2]}" if match and match[1] in _PARTS else part


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


AROUND = 24
"""How many characters are shown on either side of what is meant."""


def marked(text: str, start: int, end: int) -> str:
    """Return the words around a stretch of a text, which is marked ▶ ◀; a line break is shown as ⏎."""
    head = "…" if start > AROUND else ""
    tail = "…" if end + AROUND < len(text) else ""
    meant = text[start:end]
    if len(meant) > 3 * AROUND:
        meant = f"{meant[: 3 * AROUND]}…"
    shown = f"{head}{text[max(0, start - AROUND) : start]}▶{meant}◀{text[end : end + AROUND]}{tail}"
    return shown.replace("\n", "⏎")


@dataclass(frozen=True, slots=True)
class Rule:
    """What can be wrong, under a code that is never used again for anything else.

    Args:
        code: three letters and three digits; the first digit is the chapter.
        name: English words that name the fault and read well after "allow".
        severity: how much it matters unless a finding says otherwise.
        clause: the clause behind it, `7.3.1` of GB/T 9704—2012, of another standard with its name; None where there is
            none.
        strength: how binding that clause is.
        since: the version of this library that first made it.
        page: what it is for, with what is wrong and what is right, in Chinese; empty for rules that need no page.
    """

    code: str
    name: str
    severity: Severity = Severity.ERROR
    clause: str | None = None
    strength: Strength | None = None
    since: str = ""
    page: str = field(default="", repr=False, compare=False)

    def at(
        self,
        place: Place,
        message: str,
        cure: str | None = None,
        *,
        severity: Severity | None = None,
        taken: str | None = None,
    ) -> Finding:
        """Make the finding that this rule is broken at `place`; what it repeats is made fit to be shown.

        Args:
            place: where.
            message: what is wrong, in Chinese.
            cure: what to do about it.
            severity: how much it matters here; None is what the rule says.
            taken: what the place was taken for and by what, where that was not certain.
        """
        where = replace(
            place,
            file=place.file and visible(place.file),
            field=place.field and shown(place.field),
            snippet=place.snippet and shown(place.snippet),
        )
        return Finding(
            rule=self,
            message=shown(message),
            place=where,
            cure=cure and shown(cure),
            severity=severity or self.severity,
            taken=taken and shown(taken),
        )

    @property
    def basis(self) -> str:
        """What it rests on and how binding that is, `GB/T 9704—2012 7.3.1，一般`; practice is called practice."""
        return self.basis_if(self.strength)

    def basis_if(self, strength: Strength | None) -> str:
        """Return the same for something that is more binding, or less, than the rule itself."""
        if self.clause is None:
            return str(strength or "")
        source = f"GB/T 9704—2012 {self.clause}" if self.clause[:1].isdigit() else self.clause
        return "，".join((source, *([strength.value] if strength else [])))

    @property
    def summary(self) -> str:
        """The first line of the page."""
        return self.page.partition("\n")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a check found, with its place and what to do about it."""

    rule: Rule
    message: str
    severity: Severity
    place: Place = field(default_factory=Place)
    cure: str | None = None
    taken: str | None = None
    """What the place was taken for and by what, `按居中认作公文标题，把握 85%`; None where that was certain."""
    strength: Strength | None = None
    """How binding what it says is; None is as the rule says."""

    @property
    def basis(self) -> str:
        """What it rests on and how binding that is."""
        return self.rule.basis_if(self.strength or self.rule.strength)

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.rule.code

    @property
    def reasons(self) -> str:
        """What it rests on, and what its place was taken for, in brackets; empty if there is neither."""
        rests = "；".join(x for x in (self.basis and f"依据：{self.basis}", self.taken or "") if x)
        return f"（{rests}）" if rests else ""

    def __str__(self) -> str:
        """Write it on one line: place, severity, code, message, cure, basis; the words it stands in on a second."""
        place, cure = str(self.place), f" {self.cure}" if self.cure else ""
        said = f"{place + ' ' if place else ''}{self.severity.word}〔{self.code}〕{self.message}{cure}{self.reasons}"
        return f"{said}\n    {self.place.snippet}" if self.place.snippet else said

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON; what is absent is left out."""
        rule = self.rule
        return _present(
            code=rule.code,
            name=rule.name,
            severity=self.severity.value,
            message=self.message,
            place=_present(**asdict(self.place)),
            cure=self.cure,
            clause=rule.clause,
            strength=(strength := self.strength or rule.strength) and strength.value,
            taken=self.taken,
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
class Ignored:
    """A finding that somebody has decided to live with, and why."""

    finding: Finding
    reason: str

    def __str__(self) -> str:
        """Write it on one line."""
        return f"已忽略：{str(self.finding).partition(chr(10))[0]}（理由：{self.reason}）"


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one run; `Report.of` sorts them by file and line.

    Args:
        findings: what was found.
        not_checked: what could not be checked.
        ignored: what was found and is put up with, with the reason.
        notes: what the check took each thing for, in Chinese.
    """

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    notes: tuple[str, ...] = ()

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

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of a severity, or a graver one."""
        grave = tuple(Severity)[: tuple(Severity).index(severity) + 1]
        return tuple(finding for finding in self.findings if finding.severity in grave)

    def __add__(self, other: Report) -> Report:
        """Join two reports."""
        return Report(
            self.findings + other.findings,
            self.not_checked + other.not_checked,
            self.ignored + other.ignored,
            self.notes + other.notes,
        )

    def __str__(self) -> str:
        """Write each finding with its place, then what was put up with and each check not made."""
        return "\n".join(str(x) for x in (*self.findings, *self.ignored, *self.not_checked))

    def _repr_html_(self) -> str:
        """Show the report in a notebook: a table of the findings, then what was put up with and not checked."""
        head = "".join(f"<th>{word}</th>" for word in ("程度", "代码", "位置", "问题", "怎么改", "依据"))
        rows = "".join(f"<tr>{_cells(finding)}</tr>" for finding in self.findings)
        table = (
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if rows else "<p>没有发现问题。</p>"
        )
        others = "".join(f"<li>{escape(str(one))}</li>" for one in (*self.notes, *self.ignored, *self.not_checked))
        return table + (f"<ul>{others}</ul>" if others else "")

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        told = {
            "ignored": [{**i.finding.as_dict(), "reason": i.reason} for i in self.ignored],
            "notes": list(self.notes),
        }
        return {
            "findings": [f.as_dict() for f in self.findings],
            "not_checked": [asdict(n) for n in self.not_checked],
            **{name: said for name, said in told.items() if said},
        }

    def to_json(self) -> str:
        """Write the report as JSON, Chinese characters as themselves."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)


def _cells(finding: Finding) -> str:
    place = f"{finding.place}\n{finding.place.snippet or ''}".strip()
    basis = "；".join(x for x in (finding.basis, finding.taken or "") if x)
    said = (finding.severity.word, finding.code, place, finding.message, finding.cure or "", basis)
    return "".join(f"<td>{escape(text).replace(chr(10), '<br>')}</td>" for text in said)


def _present(**items: Any) -> dict[str, Any]:
    return {key: value for key, value in items.items() if value is not None}

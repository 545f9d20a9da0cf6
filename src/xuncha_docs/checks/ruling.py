"""How a rule is declared, and the register of all rules.

    @rule("TPL101")
    def unclosed_tag(template: Examined) -> Flaws:
        \"\"\"标签没有写完。…\"\"\"
        yield Flaw(place, message, cure)

The name of the function is the name of the rule; its docstring is its page, in Chinese, with the headings 为什么, 错
and 对. What stands under 错 and 对 is run as a test.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Generic, TypeVar

from xuncha_docs.errors import UnknownRule
from xuncha_docs.findings import Finding, Place, Rule, Severity, Strength

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a rule yields: where, what is wrong, and what to do.

    Args:
        place: where, without the file.
        message: in Chinese.
        cure: in Chinese.
        severity: how much it matters here; None is what the rule says.
        taken: what the place was taken for and by what, where that was not certain; in Chinese.
        strength: how binding what it says is, where that is not as the rule says.
    """

    place: Place
    message: str
    cure: str | None = None
    severity: Severity | None = None
    taken: str | None = None
    strength: Strength | None = None


Flaws = Iterator[Flaw]


@dataclass(frozen=True, slots=True)
class Check(Generic[T]):
    """A rule, and the function that finds where it is broken."""

    rule: Rule
    find: Callable[[T], Flaws]

    def run(self, thing: T, file: str | None) -> Iterator[Finding]:
        """Yield what it finds in a thing, each with the file; None leaves the file that a flaw names itself."""
        for flaw in self.find(thing):
            place = flaw.place if file is None else replace(flaw.place, file=file)
            told = self.rule.at(place, flaw.message, flaw.cure, severity=flaw.severity, taken=flaw.taken)
            yield told if flaw.strength is None else replace(told, strength=flaw.strength)


_RULES: dict[str, Check[object]] = {}


def rule(
    code: str,
    severity: Severity = Severity.ERROR,
    *,
    since: str = "0.1.0",
    clause: str | None = None,
    strength: Strength | None = None,
) -> Callable[[Callable[[T], Flaws]], Check[T]]:
    """Declare a rule.

    Args:
        code: three letters and three digits; never used again for anything else.
        severity: how much it matters unless a flaw says otherwise.
        since: the version that first has it.
        clause: the clause behind it, `7.3.1` of GB/T 9704—2012; of another standard with its name,
            `GB/T 15834—2011 4.8.2`.
        strength: how binding that clause is.
    """

    def declare(find: Callable[[T], Flaws]) -> Check[T]:
        name = find.__name__.replace("_", "-")
        page = inspect.getdoc(find) or ""
        declared = Check(Rule(code, name, severity, clause, strength, since, page), find)
        if not re.fullmatch(r"[A-Z]{3}\d{3}", code) or code in _RULES:
            raise ValueError(f"{code}: no code, or one that is taken")
        _RULES[code] = declared  # type: ignore[assignment]  # the register is for looking up
        return declared

    return declare


def every() -> Mapping[str, Rule]:
    """Return all rules by their codes."""
    return MappingProxyType({code: _RULES[code].rule for code in sorted(_RULES)})


def checks(family: str) -> Iterator[Check[object]]:
    """Yield the checks of a family, `TPL`, in the order of their codes."""
    for code in sorted(_RULES):
        if code.startswith(family):
            yield _RULES[code]


def find(word: str) -> Rule:
    """Return a rule by its code or its name.

    Raises:
        UnknownRule: if there is none.
    """
    known = every()
    wanted = word.strip()
    by_name = {found.name: found for found in known.values()}
    found = known.get(wanted.upper()) or by_name.get(wanted.lower())
    if found is None:
        raise UnknownRule(f"no rule {word!r}")
    return found


@dataclass(frozen=True, slots=True)
class Sample:
    """What stands under 错 or 对 on a rule's page: the lines of a small template or paper.

    Args:
        good: whether it is right.
        text: the lines.
        others: the codes of the rules that follow from it, named in brackets, `错（还有 GBT107、GBT110）：`.
    """

    good: bool
    text: str
    others: frozenset[str] = frozenset()


def samples(page: str) -> tuple[Sample, ...]:
    """Read the samples of a rule's page."""
    found = re.findall(r"^(错|对)(?:（还有 ([A-Z0-9、]+)）)?：\n((?:(?:    .*)?\n?)+)", page + "\n", re.M)
    return tuple(
        Sample(head == "对", inspect.cleandoc(text), frozenset(others.split("、")) - {""})
        for head, others, text in found
    )


def selected(codes: Iterable[str], code: str) -> bool:
    """Tell whether one of several prefixes of codes, `TPL1`, is that of a code."""
    return any(code.startswith(prefix.upper()) for prefix in codes)

"""What the rules of several chapters read out of facts: days that are counted, texts, the names of a unit."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from xuncha_docs.case import Deadline
from xuncha_docs.checks.facts.stated import Loc, Stated
from xuncha_docs.chinese import read_numeral
from xuncha_docs.errors import CalendarError
from xuncha_docs.fields import UnitName, as_day
from xuncha_docs.model import Model

# --- days ----------------------------------------------------------------------------------------------------------


def days(first: date, last: date) -> tuple[date, ...]:
    """Return all days from one to another, both included; none if the last is earlier."""
    return tuple(first + timedelta(n) for n in range((last - first).days + 1))


def workdays(stated: Stated, first: date, last: date) -> int | None:
    """Count the working days from one day to another, both included; None if the calendar does not cover them all."""
    off = [stated.is_day_off(day) for day in days(first, last)]
    covered = {first.year, last.year} <= stated.calendar.years
    return off.count(False) if covered else None


def due(stated: Stated, start: date, allowed: Deadline) -> date | None:
    """Return the last day that a deadline of the office allows; None if the calendar does not reach that far."""
    if allowed.days:
        return start + timedelta(allowed.days)
    if allowed.months:
        return _months_later(start, allowed.months)
    try:
        return stated.calendar.add(start, allowed.workdays or 0)
    except CalendarError:
        stated.unknown_years.add(max(start.year, max(stated.calendar.years) + 1))
        return None


def _months_later(start: date, months: int) -> date:
    """Return the same day some months later, or the last of that month where it has no such day."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def allowed(stated: Stated, words: str) -> Deadline | None:
    """Return the office's deadline whose name has one of some words, a pattern; None where it sets none."""
    deadlines = stated.case.policy.deadlines if stated.case else {}
    return next((limit for name, limit in deadlines.items() if re.search(words, name)), None)


def same_time(one: date, other: date) -> bool:
    """Whether two moments agree as far as both say."""
    both = isinstance(one, datetime) and isinstance(other, datetime)
    return one == other if both else as_day(one) == as_day(other)


# --- texts ---------------------------------------------------------------------------------------------------------


def texts(value: object, at: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Yield every text in a value, at any depth, each with its path."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), (*at, name))
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from texts(item, (*at, n))


def texts_of(model: Model, fields: Iterable[str]) -> Iterator[tuple[Loc, str]]:
    """Yield every text in some fields of a model, each with its path."""
    for name in fields:
        yield from texts(getattr(model, name), (name,))


_WINDOW = 120
"""How far around a word its sentence is read, in characters."""


def said_before(text: str, at: int, ends: str = "。；") -> str:
    """Return what a sentence says before a place in it; `ends` are the marks that end one."""
    return re.split(f"[{ends}]", text[max(0, at - _WINDOW) : at])[-1]


def said_after(text: str, at: int, ends: str = "。；") -> str:
    """Return what a sentence says from a place on; `ends` are the marks that end one."""
    return re.split(f"[{ends}]", text[at : at + _WINDOW])[0]


NUMBER = r"(?:\d{1,4}|[两二三四五六七八九十][一二三四五六七八九十]{0,2})"
"""A number as a sentence writes it, `60`, `六十`, `两`."""


def number(text: str) -> int:
    """Read a number that matches `NUMBER`; 0 if it is no number after all."""
    try:
        return int(text) if text.isascii() else 2 if text == "两" else read_numeral(text)
    except ValueError:
        return 0


# --- names ---------------------------------------------------------------------------------------------------------

_ORGANISATION = re.compile("(?:总支部委员会|支部委员会|委员会|党总支|党支部|党组|党委|总支|支部)$")


def bare(name: str) -> str:
    """Take 中共 and 党组 or the like off the name of a Party organisation: what is left names the unit."""
    return _ORGANISATION.sub("", name.removeprefix("中共")) or name


def names_of(unit: UnitName) -> tuple[str, ...]:
    """Return the names by which texts may call a unit, the longest first; of fewer than three characters none."""
    named = {unit.name, unit.short, bare(unit.name), bare(unit.short)}
    return tuple(sorted((name for name in named if len(name) > 2), key=lambda name: (-len(name), name)))

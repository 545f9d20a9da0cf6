"""What the rules of facts see: a case, or one document of a kind, and where each fact was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from xuncha_docs.case import Case
from xuncha_docs.checks.ruling import Flaw
from xuncha_docs.document import Document
from xuncha_docs.errors import CalendarError
from xuncha_docs.fields import as_day
from xuncha_docs.findings import Place, Severity
from xuncha_docs.formats import Path_
from xuncha_docs.inputs import Source, is_written, place_of
from xuncha_docs.model import Model, models_within
from xuncha_docs.workdays import WorkCalendar

M = TypeVar("M", bound=Model)
Loc = tuple[str | int, ...]
"""A path of English names, and positions from 0: `("stay", "end")`, `("teams", 0, "units", 1)`."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Stated:
    """A case, or one document, with what is needed to judge it.

    Args:
        case: the case, or the one that the document was made from; None for a document that stands alone.
        document: the document; None for the case itself.
        source: the file that the facts come from; a nameless one for facts made in Python.
        section: where in the file the facts of the document stand.
        calendar: which days are worked.
        papers: all documents of the case, the one that is judged among them; empty for a document that stands alone.
    """

    case: Case | None
    document: Document | None
    source: Source
    section: Path_ = ()
    calendar: WorkCalendar
    papers: tuple[Document, ...] = ()
    unknown_years: set[int] = field(default_factory=set)
    """The years that a rule asked about and the calendar does not cover."""

    @property
    def thing(self) -> Model:
        """What is judged: the document, or the case."""
        thing = self.document or self.case
        assert thing is not None, "one of both is always given"
        return thing

    def of(self, kind: type[M]) -> tuple[M, ...]:
        """Return the thing if it is of a type, else nothing: `for notice in stated.of(Announcement)`."""
        return (self.thing,) if isinstance(self.thing, kind) else ()

    def each(self, model: type[M]) -> Iterator[tuple[Loc, M]]:
        """Yield all models of a type in the thing, at any depth, each with its path."""
        yield from ((loc, one) for loc, one in models_within(self.thing) if isinstance(one, model))

    def flaw(self, loc: Sequence[str | int], message: str, cure: str, *, severity: Severity | None = None) -> Flaw:
        """Say that a fact is doubtful, at the place where it was written: in the case, where a document took it there.

        Args:
            loc: the path of the fact in the thing.
            message: what is doubtful, in Chinese.
            cure: what to do about it.
            severity: how much it matters here; None is as the rule says.
        """
        return Flaw(self._place(tuple(loc)), message, cure, severity)

    def is_day_off(self, day: date) -> bool:
        """Tell whether nobody works on a day; no for a year that the calendar does not cover, which is noted down."""
        day = as_day(day)
        try:
            return not self.calendar.is_workday(day)
        except CalendarError:
            self.unknown_years.add(day.year)
            return False

    def _place(self, loc: Loc) -> Place:
        if self.case and self.document and not is_written(type(self.document), loc, self.source, self.section):
            shared = self._in_case(loc)
            if shared is not None:
                return place_of(Case, shared, self.source)
        return place_of(type(self.thing), loc, self.source, self.section)

    def _in_case(self, loc: Loc) -> Loc | None:
        """Return the path in the case of a fact that the document took from there; None if it is its own."""
        held = [(home, one) for home, one in models_within(self.case) if home]
        for n in range(1, len(loc) + 1):
            said = _at(self.thing, loc[:n])
            home = next((home for home, one in held if type(one) is type(said) and one == said), None)
            if home is not None:
                return (*home, *loc[n:])
        return None


def _at(value: object, loc: Loc) -> object:
    for step in loc:
        value = value[step] if isinstance(step, int) and isinstance(value, tuple) else getattr(value, str(step), None)
    return value

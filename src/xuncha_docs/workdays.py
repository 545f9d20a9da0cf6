"""Working days, with the State Council's days off and make-up working days.

The national calendar comes from the package `chinesecalendar`; an office may lay days of its own over it, or bring a
calendar of its own. Outside the covered years it raises: it never guesses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar
from chinese_calendar.constants import holidays as _holidays
from chinese_calendar.constants import workdays as _workdays

from xuncha_docs.errors import CalendarError


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are working days.

    Args:
        off: weekdays that are off.
        on: Saturdays and Sundays that are worked.
        years: the years it knows; any other raises.
        source: where it comes from, for messages.
    """

    off: frozenset[date]
    on: frozenset[date]
    years: frozenset[int]
    source: str

    def with_days(
        self, *, off: Iterable[date] = (), on: Iterable[date] = (), years: Iterable[int] = ()
    ) -> WorkCalendar:
        """Return a calendar with an office's own days laid over this one.

        Args:
            off: more weekdays that are off.
            on: more weekend days that are worked.
            years: years beyond this calendar for which `off` and `on` say everything; a day alone covers no year.
        """
        off, on, years = frozenset(off), frozenset(on), self.years | frozenset(years)
        return WorkCalendar(self.off - on | off, self.on - off | on, years, f"{self.source} with days of the office")

    def is_workday(self, day: date) -> bool:
        """Tell whether people work on that day.

        Raises:
            CalendarError: if the year is not covered.
        """
        if day.year not in self.years:
            raise CalendarError(
                f"{day.isoformat()}: {self.source} covers {min(self.years)} to {max(self.years)}; "
                "write the year, with all its days off and make-up working days, in 政策口径.工作日历 (policy.calendar)"
            )
        return day in self.on or (day.weekday() < 5 and day not in self.off)

    def add(self, day: date, workdays: int) -> date:
        """Return the day that lies `workdays` working days after `day`, which is not counted itself.

        Raises:
            CalendarError: if the way leads out of the covered years.
            ValueError: if `workdays` is negative.
        """
        if workdays < 0:
            raise ValueError("count working days forwards only")
        while workdays:
            day += timedelta(1)
            workdays -= self.is_workday(day)
        return day

    def count(self, start: date, end: date) -> int:
        """Count the working days from `start` to `end`, both included; 0 if `end` is earlier.

        Raises:
            CalendarError: if any of the days is not covered.
        """
        return sum(self.is_workday(start + timedelta(n)) for n in range((end - start).days + 1))


@cache
def national() -> WorkCalendar:
    """Return the State Council's calendar as the installed `chinesecalendar` knows it."""
    years = frozenset(day.year for day in _holidays)
    source = f"the State Council's calendar (chinesecalendar {_version()})"
    return WorkCalendar(frozenset(_holidays), frozenset(_workdays), years, source)


def _version() -> str:
    return str(getattr(chinese_calendar, "__version__", "of unknown version"))

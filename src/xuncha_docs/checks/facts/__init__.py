"""Judges facts, a case or a document: what may be true and should be looked at, the rules FCT101 to FCT9xx.

What can't be true the models refuse; what practice allows and often turns out a slip is found here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from xuncha_docs import kinds, workdays
from xuncha_docs.blank import MARK
from xuncha_docs.case import Case
from xuncha_docs.checks.facts import (
    amendments,
    announcement,
    channels,
    dates,
    experience,
    heads,
    liaison,
    names,
    plan,
    rectification,
    registers,
)
from xuncha_docs.checks.facts.stated import Stated
from xuncha_docs.checks.ruling import checks
from xuncha_docs.document import Document
from xuncha_docs.drafts import is_draft, unless_blank
from xuncha_docs.errors import InputError
from xuncha_docs.findings import Finding, NotChecked, Report
from xuncha_docs.formats import Path_
from xuncha_docs.inputs import Source
from xuncha_docs.workdays import WorkCalendar

CHAPTERS = {
    "FCT1": ("日期和驻点", dates),
    "FCT2": ("反映渠道", channels),
    "FCT3": ("名称、依据和人员", names),
    "FCT4": ("巡察公告、延期公告、撤离公告", (announcement, amendments)),
    "FCT5": ("巡察工作方案和计划", plan),
    "FCT6": ("立行立改", rectification),
    "FCT7": ("心得体会", experience),
    "FCT8": ("版头和文号", heads),
    "FCT9": ("联络员的记录", (liaison, registers)),
}
"""The chapters by the beginning of their codes, with what they are about."""


def judge(
    thing: Case | Document,
    name: str | None = None,
    *,
    source: Source | None = None,
    calendar: WorkCalendar | None = None,
) -> Report:
    """Judge the facts of a case and of all documents that it has sections for, or those of one document.

    Args:
        thing: the case or the document.
        name: its file, for the findings; None takes what it knows of itself.
        source: the file that a document was read from, for the lines; a case knows its own.
        calendar: which days are worked; None takes that of the case, or the State Council's.
    """
    if isinstance(thing, Document):
        alone = calendar or workdays.national()
        stated = Stated(case=None, document=thing, source=source or Source(None, {}), calendar=alone)
        return _report([stated], name or thing.label)
    calendar = calendar or thing.policy.workdays
    sections: tuple[tuple[Path_, Document], ...] = ()
    faults = Report()
    try:
        sections = kinds.sections(thing)
    except InputError as error:
        faults = error.report
    papers = tuple(document for _, document in sections)
    every = [
        Stated(case=thing, document=document, source=thing.source, section=path, calendar=calendar, papers=papers)
        for path, document in [((), None), *sections]
    ]
    return faults + _report(every, name or thing.source.name or "案卷")


def _report(every: Iterable[Stated], name: str) -> Report:
    """Tell what was found, each once: a fact that several papers share is doubtful only where it was written."""
    told = {(finding.code, finding.place, finding.message): finding for finding in _found(every, name)}
    years = {year for stated in every for year in stated.unknown_years}
    cure = "工作日历没有这些年份，可在案卷“政策口径.工作日历”里写全各年的放假和调休"
    left = (NotChecked(f"{name} {_written(years)}的日期是不是工作日", cure),) if years else ()
    return Report.of(told.values()) + Report(not_checked=left)


def _written(years: Iterable[int]) -> str:
    """Write years, those in a row from first to last: `2001年、2027年至2061年`."""
    rows = [[year for _, year in row] for _, row in groupby(enumerate(sorted(years)), key=lambda one: one[1] - one[0])]
    return "、".join(f"{row[0]}年" if len(row) == 1 else f"{row[0]}年至{row[-1]}年" for row in rows)


def _found(every: Iterable[Stated], name: str) -> Iterator[Finding]:
    for stated in every:
        things = [thing for thing in (stated.case, stated.document) if thing is not None]
        for check in checks("FCT"):
            if any(map(is_draft, things)):
                yield from _known(unless_blank(lambda *_: tuple(check.run(stated, name)), *things))  # noqa: B023
            else:
                yield from check.run(stated, name)


def _known(found: tuple[Finding, ...] | None) -> Iterator[Finding]:
    """Yield what was found in a draft, but for what rests on a fact that is still missing."""
    yield from (finding for finding in found or () if MARK not in finding.message)

"""Judges papers against each other, and a packet against its manifest: the rules PKT101 to PKT2xx."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from xuncha_docs import kinds
from xuncha_docs.case import Case
from xuncha_docs.checks.packet import agreeing, kept
from xuncha_docs.checks.packet.agreeing import Sayer
from xuncha_docs.checks.packet.said import forms
from xuncha_docs.checks.ruling import checks
from xuncha_docs.document import Document
from xuncha_docs.errors import InputError, ManifestError
from xuncha_docs.findings import Finding, Place, Report
from xuncha_docs.formats import Path_
from xuncha_docs.inputs import UNREADABLE, Source, os_reason

CHAPTERS = {"PKT1": ("文书互相核对", agreeing), "PKT2": ("文件夹里的文书", kept)}
"""The chapters by the beginning of their codes, with what they are about."""

EDITED = kept.edited_file.rule
"""The rule about files that somebody edited."""

__all__ = ["CHAPTERS", "EDITED", "Sayer", "agree", "forms", "judge", "sayers"]


def sayers(thing: Case | Document, name: str, source: Source | None = None) -> tuple[Sayer, ...]:
    """Return what is held against each other: a document; or a case, with the documents of its sections.

    Args:
        thing: the case or the document.
        name: what it is called: its file.
        source: the file that a document was read from; a case knows its own.
    """
    if isinstance(thing, Document):
        called = thing.label if name == thing.label else f"{thing.label}（{name}）"
        return (Sayer(name=called, thing=thing, source=source or Source(None, {})),)
    try:
        sections = kinds.sections(thing)
    except InputError:
        sections = ()  # what is wrong with them is told by the rules of facts
    counts = Counter(document.label for _, document in sections)
    made = (
        Sayer(name=_called(document, path, counts), thing=document, source=thing.source, section=path)
        for path, document in sections
    )
    return (Sayer(name="案卷", thing=thing, source=thing.source), *made)


def _called(document: Document, path: Path_, counts: Counter[str]) -> str:
    """Name a document of a case, with its number where there are several of its kind."""
    number = f"-{path[-1] + 1}" if counts[document.label] > 1 and isinstance(path[-1], int) else ""
    return f"{document.label}{number}"


def agree(sayers: Sequence[Sayer]) -> Report:
    """Hold papers against each other, and against the case they were made from."""
    if len(sayers) < 2:
        return Report()
    return Report.of(finding for check in checks("PKT1") for finding in check.run(sayers, None))


def judge(path: Path, only: Collection[str] = ()) -> Report:
    """Judge a packet as it lies in its folder.

    Args:
        path: its manifest.
        only: the names of the files that are judged; none is all of them.
    """
    note = Report(notes=(f"{path}：按一套文书的清单检查",))
    try:
        packet = kept.kept(path, only)
    except OSError as error:
        return _unreadable(path, f"清单打不开：{os_reason(error)}。") + note
    except ManifestError as error:
        return _unreadable(path, error.told) + note
    found = (finding for check in checks("PKT2") for finding in check.run(packet, None))
    return Report.of(_in_folder(finding, path.parent) for finding in found) + note


def _in_folder(finding: Finding, folder: Path) -> Finding:
    return replace(finding, place=replace(finding.place, file=str(folder / str(finding.place.file))))


def _unreadable(path: Path, message: str) -> Report:
    return Report((UNREADABLE.at(Place(file=str(path)), message, "请重做这套文书，清单会重新写好。"),))

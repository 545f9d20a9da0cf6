"""The PDFs of a packet: those of papers that have not changed are kept as they lie, the others are made in one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from xuncha_docs import converting
from xuncha_docs.checks import papers as paper_rules
from xuncha_docs.checks import pdf as pdf_rules
from xuncha_docs.findings import Report
from xuncha_docs.manifest import Entry, digest
from xuncha_docs.packets.files import Printed, Progress, made_of, silent
from xuncha_docs.packets.keeping import lying


def pdfs(papers: Sequence[Printed], folder: Path | None, progress: Progress = silent) -> dict[str, bytes]:
    """Return the PDF of each paper by its name.

    Args:
        papers: the papers.
        folder: where an earlier packet may lie; None if there is none.
        progress: told how many are there.

    Raises:
        ConversionError: as `converting.proved`.
    """
    there = _kept(papers, folder) if folder else {}
    new = [one for one in papers if _name(one) not in there]
    contents = [(one.file, one.paper.content) for one in new]
    told = partial(_told, progress, len(there), len(papers))
    made = converting.proved(contents, progress=told) if new else ()
    found = there | {_name(one): pdf for one, pdf in zip(new, made, strict=True)}
    return {_name(one): found[_name(one)] for one in papers}


def _told(progress: Progress, before: int, count: int, done: int) -> None:
    progress(before + done, count)


def judged(papers: Sequence[Printed], pdfs: Mapping[str, bytes]) -> Report:
    """Judge the printed pages of papers."""
    report = Report()
    for one in papers:
        paper = paper_rules.examined(one.paper.content, one.file, draft=one.paper.draft)
        found = pdf_rules.judge(pdfs[_name(one)], _name(one), paper, paper.profile)
        report += Report(found.findings, found.not_checked)
    return report


def entries(papers: Sequence[Printed], pdfs: Mapping[str, bytes]) -> list[Entry]:
    """Return the manifest's entries of PDFs."""
    return [made_of(one, _name(one), pdfs[_name(one)]) for one in papers]


def _name(one: Printed) -> str:
    return f"{one.stem}.pdf"


def _kept(papers: Sequence[Printed], folder: Path) -> dict[str, bytes]:
    """Return the PDFs that lie there, untouched, of papers that are still the same."""
    before = lying(folder)
    known = before.by_file if before else {}
    found: dict[str, bytes] = {}
    for one in papers:
        paper, pdf = known.get(one.file), known.get(_name(one))
        if not (paper and pdf and paper.digest == digest(one.paper.content)):
            continue
        path = folder / pdf.file
        content = path.read_bytes() if path.is_file() else b""
        if digest(content) == pdf.digest:
            found[pdf.file] = content
    return found

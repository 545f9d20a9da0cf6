"""The papers of one case: `packet` makes them all, checks them, and lays them into a folder.

laid = packet(Case.load("case.yaml"), "文书")
laid.report, laid.left_out
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from xuncha_docs.case import Case
from xuncha_docs.document import Document
from xuncha_docs.findings import Report
from xuncha_docs.manifest import Entry, Manifest, digest
from xuncha_docs.packets import files, keeping, pages
from xuncha_docs.packets.asked import Asked, LeftOut, asked
from xuncha_docs.packets.comparing import Change, compared
from xuncha_docs.packets.files import REPORT, Printed, Progress, part, silent
from xuncha_docs.packets.keeping import Laid
from xuncha_docs.version import __version__

__all__ = ["Asked", "Change", "Laid", "LeftOut", "Packet", "Printed", "changes", "packet"]


@dataclass(frozen=True)
class Packet:
    """The papers of one case.

    Args:
        papers: in the order of the cycle, the index first.
        files: all files by their names: papers, texts, PDFs, the report.
        report: what was found in the facts, between the papers, and in each of them.
        left_out: the kinds that the case has not facts enough for.
        manifest: of these files.
        laid: what was done with the folder; None if it was not laid into one.
    """

    papers: tuple[Printed, ...]
    files: Mapping[str, bytes]
    report: Report
    left_out: tuple[LeftOut, ...]
    manifest: Manifest
    laid: Laid | None = None


def packet(
    case: Case,
    out: str | PathLike[str] | None = None,
    *,
    only: Iterable[type[Document]] = (),
    pdf: bool = False,
    draft: bool = False,
    templates_dir: str | PathLike[str] | None = None,
    force: bool = False,
    progress: Progress = silent,
) -> Packet:
    """Make every paper that a case has facts for, and lay them into a folder.

    A second run with the same case changes no byte. What somebody has edited since is kept: the new version is laid
    beside it, and the report says so.

    Args:
        case: the facts.
        out: the folder, which is made; None writes nothing.
        only: the kinds that are made; none is every kind. The other files of the folder stay.
        pdf: make a PDF of every paper, each proved to say what its paper says; and judge the pages.
        draft: make drafts, in which required facts may be missing: what the case's file has a section for, what `only`
            names, and whatever the facts are enough for.
        templates_dir: the office's own templates, as `render` takes them.
        force: replace what somebody edited.
        progress: told how many steps of how many are done; a paper takes two or three.

    Raises:
        InputError: with the faults of all sections of the case, or because a kind asked for lacks facts.
        TemplateError: if a template can't be filled.
        ConversionError: if a PDF does not come right.
        OSError: if a file can't be written; whatever happens, the folder is then as it was.
    """
    wanted = tuple(only)
    folder = None if out is None else Path(out)
    documents, left_out = asked(case, wanted, draft=draft)
    parts = 3 if pdf else 2
    papers = tuple(files.printed(documents, templates_dir, part(progress, 0, parts), draft=draft))
    if not wanted:
        papers = (*files.printed([files.index(case, papers)], templates_dir, draft=draft), *papers)
    report = files.judged(case, documents, papers, part(progress, 1, parts))
    contents, entries = files.papers_and_texts(papers)
    if pdf:
        made = pages.pdfs(papers, folder, part(progress, 2, parts))
        report += pages.judged(papers, made)
        contents |= made
        entries += pages.entries(papers, made)
    else:
        report += files.unprinted()
    beside = {} if folder is None or force else keeping.edited(folder, contents)
    report += files.kept(beside)
    if not wanted:
        contents[REPORT] = files.told(report, left_out)
        entries.append(Entry(file=REPORT, digest=digest(contents[REPORT]), label="检查报告"))
    manifest = Manifest(digest(case.model_dump_json().encode()), __version__, tuple(entries))
    laid = keeping.lay(folder, manifest, contents, force=force, whole=not wanted) if folder else None
    return Packet(papers, contents, report, left_out, manifest, laid)


def changes(
    case: Case,
    folder: str | PathLike[str],
    *,
    only: Iterable[type[Document]] = (),
    templates_dir: str | PathLike[str] | None = None,
) -> tuple[Change, ...]:
    """Say what a changed case changes in the packet that lies in a folder; nothing is written.

    Args:
        case: the facts as they are now.
        folder: where the packet lies.
        only: the kinds that are compared; none is every kind.
        templates_dir: as `packet` takes it.

    Raises:
        InputError, TemplateError: as `packet`.
    """
    wanted = tuple(only)
    documents, _ = asked(case, wanted)
    papers = tuple(files.printed(documents, templates_dir))
    if not wanted:
        papers = (*files.printed([files.index(case, papers)], templates_dir), *papers)
    return compared(papers, Path(folder), {kind.kind for kind in wanted})

"""The files of a packet: papers in all their forms, texts beside them, the index, the report, the manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from xuncha_docs.case import Case
from xuncha_docs.checks import facts, papers
from xuncha_docs.checks import packet as agreeing
from xuncha_docs.checks.packet import Sayer
from xuncha_docs.document import Audience
from xuncha_docs.fields import as_day
from xuncha_docs.findings import Finding, NotChecked, Place, Report, Severity
from xuncha_docs.kinds.packet_index import IndexRow, PacketIndex
from xuncha_docs.manifest import Entry, digest
from xuncha_docs.packets.asked import Asked, LeftOut
from xuncha_docs.rendering import render
from xuncha_docs.word import Paper

REPORT = "检查报告.txt"
"""The name of the file that holds the report."""

DRAFT = "（草稿）"
"""What marks the file of a draft."""

Progress = Callable[[int, int], None]
"""Told how many steps of how many are done: each paper is made, judged, and maybe turned into PDF."""


def silent(done: int, count: int) -> None:
    """Tell nobody how far it is."""


def part(progress: Progress, nth: int, parts: int) -> Progress:
    """Return the progress of one of several parts of the work, all of them of the same number of steps."""
    return lambda done, count: progress(nth * count + done, parts * count)


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper of a packet.

    Args:
        asked: the document that it prints.
        variant: the form in which it is printed.
        paper: the paper.
    """

    asked: Asked
    variant: str
    paper: Paper

    @property
    def stem(self) -> str:
        """The name of its file without ending, `210-巡察公告（海报A3）`."""
        kind = type(self.asked.document)
        named = self.asked.name.replace(kind.label, kind.label_of(self.variant), 1)
        return f"{named}{DRAFT}" if self.paper.draft else named

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.stem}.docx"


def printed(
    documents: Sequence[Asked],
    templates: str | PathLike[str] | None,
    progress: Progress = silent,
    *,
    draft: bool = False,
) -> Iterator[Printed]:
    """Yield the papers of documents, each in all forms in which it is printed."""
    forms = [(one, variant) for one in documents for variant in one.document.printed_as]
    for n, (one, variant) in enumerate(forms, 1):
        paper = render(one.document, templates_dir=templates, variant=variant, draft=draft)
        yield Printed(one, variant, paper)
        progress(n, len(forms))


def index(case: Case, every: Sequence[Printed]) -> Asked:
    """Make the index of a packet."""
    rows = tuple(_row(one) for one in every)
    return Asked(PacketIndex.from_case(case, rows=rows), f"{PacketIndex.cycle}-{PacketIndex.label}")


def _row(one: Printed) -> IndexRow:
    document = one.asked.document
    number = getattr(document, "number", None)
    return IndexRow(
        no=type(document).cycle,
        title=one.stem.partition("-")[2],
        number=str(number) if number else None,
        day=as_day(document.dated) if document.dated else None,
        audience=type(document).audience,
    )


def papers_and_texts(every: Sequence[Printed]) -> tuple[dict[str, bytes], list[Entry]]:
    """Return the files of papers and of the texts that go beside them, and their entries in the manifest."""
    contents = {one.file: one.paper.content for one in every}
    entries = [_entry(one) for one in every]
    for name, text, one in _texts(every):
        contents[name] = text.encode()
        entries.append(made_of(one, name, contents[name]))
    return contents, entries


def _texts(every: Sequence[Printed]) -> Iterator[tuple[str, str, Printed]]:
    """Yield the texts that go beside papers: a file's name, the text, and the paper.

    What is public goes onto web pages too: it is given as HTML, and as whatever texts its document has. A draft goes
    nowhere.
    """
    for one in every:
        document = one.asked.document
        if one.variant == document.printed_as[0] and not one.paper.draft:
            if type(document).audience is Audience.PUBLIC:
                yield f"{one.asked.name}（网页）.html", f'<meta charset="utf-8">\n{one.paper.html}\n', one
            for label, text in document.texts.items():
                yield f"{one.asked.name}（{label}）.txt", f"{text}\n", one


def judged(case: Case, documents: Sequence[Asked], every: Sequence[Printed], progress: Progress = silent) -> Report:
    """Judge the facts, the papers against each other, and each paper's layout and text."""
    sayers = [Sayer(name="案卷", thing=case, source=case.source)]
    sayers += [
        Sayer(name=_short(one), thing=one.document, source=case.source, section=one.section) for one in documents
    ]
    report = facts.judge(case) + agreeing.agree(sayers)
    for n, one in enumerate(every, 1):
        found = papers.judge(papers.examined(one.paper.content, one.file, draft=one.paper.draft))
        report += Report(found.at_least(Severity.WARNING if one.paper.draft else Severity.INFO))
        progress(n, len(every))
    return report + Report(not_checked=tuple(_unfilled(documents)))


def _unfilled(documents: Sequence[Asked]) -> Iterator[NotChecked]:
    """Say what drafts still lack."""
    for one in documents:
        if missing := one.document.missing:
            yield NotChecked(f"{_short(one)}（草稿）", f"还没有填：{'、'.join(missing)}")


def unprinted() -> Report:
    """Say that how the papers print was not looked at."""
    return Report(not_checked=(NotChecked("全部文书打印出来的样子", "没有转成 PDF，可以加 --pdf"),))


def kept(beside: Mapping[str, str]) -> Report:
    """Tell which files somebody edited, and where the new version of each lies."""
    return Report(tuple(_edited(name, new) for name, new in beside.items()))


def _edited(name: str, new: str) -> Finding:
    cure = f"新做的一份是 {new}，请对照着改好，删去一份。" if new else "是措辞的可以留着；是事实的请改案卷，一起重做。"
    return agreeing.EDITED.at(Place(file=name), "手改过，没有覆盖。", cure)


def told(report: Report, left_out: Sequence[LeftOut]) -> bytes:
    """Write the report as the packet's folder keeps it: files by their names alone, wherever the case lies."""
    found = (replace(one, place=replace(one.place, file=Path(one.place.file or "").name)) for one in report.findings)
    lines = [str(replace(report, findings=tuple(found))), *map(str, left_out)]
    return "".join(f"{line}\n" for line in lines if line).encode()


def made_of(one: Printed, name: str, content: bytes) -> Entry:
    """Return the manifest's entry of a file that was made of a paper."""
    audience = type(one.asked.document).audience
    label = name.partition("-")[2].rpartition(".")[0]
    return Entry(file=name, digest=digest(content), label=label, audience=audience, of=one.file)


def _entry(one: Printed) -> Entry:
    """Return the manifest's entry of a paper, with how the facts of its document are written in it."""
    kind = type(one.asked.document)
    return Entry(
        file=one.file,
        digest=digest(one.paper.content),
        label=one.stem.partition("-")[2],
        kind=kind.kind,
        variant=one.variant,
        audience=kind.audience,
        written=agreeing.forms(one.asked.document, one.paper.text),
    )


def _short(one: Asked) -> str:
    return one.name.partition("-")[2]

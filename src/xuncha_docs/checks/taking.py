"""What a thing is taken for when it is checked: a template, a paper, a PDF, or facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from xuncha_docs import kinds, manifest
from xuncha_docs.case import Case
from xuncha_docs.checks import facts, packet, papers, template
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.packet import Sayer
from xuncha_docs.checks.profiles import Profile
from xuncha_docs.document import Document, said_kind
from xuncha_docs.drafts import is_draft
from xuncha_docs.errors import InputError, UnknownKind
from xuncha_docs.findings import NotChecked, Place, Report
from xuncha_docs.formats import READERS
from xuncha_docs.inputs import UNREADABLE, os_reason, read
from xuncha_docs.word.package import Package, PackageError
from xuncha_docs.word.paper import Paper
from xuncha_docs.word.provenance import Provenance

Thing = str | PathLike[str] | bytes | Paper | Document | Case

LARGEST = 100 * 1024 * 1024
"""The largest file that is read, in bytes; a template has some tens of thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How things are judged, beside what they themselves say.

    Args:
        model: the kind whose templates the .docx are; None takes each for what it is.
        profile: what papers should keep to; None as `papers.examined` says.
        draft: whether papers are drafts.
    """

    model: type[Document] | None = None
    profile: Profile | None = None
    draft: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Taken:
    """A thing and what it is.

    Args:
        thing: as it was given.
        name: its file, for the findings.
        content: its bytes; empty for facts, and for what can't be read.
        paper: the paper that it is, read; None if it is none.
        model: the kind whose template it is; None if it is no template, or one of no kind.
        is_pdf: whether it is a PDF.
        said: what is known of it already: that it can't be read, or what is wrong or doubtful in the facts.
        sayers: the documents and the case that it is, to be held against others.
    """

    thing: Thing
    name: str
    content: bytes = b""
    paper: Judged | None = None
    model: type[Document] | None = None
    is_pdf: bool = False
    said: Report | None = None
    sayers: tuple[Sayer, ...] = ()

    @property
    def stem(self) -> str:
        """The name of its file without folder and ending, by which a paper and its PDF are known to belong together."""
        return Path(self.name).stem


def take(thing: Thing, how: How) -> Taken:
    """Take a thing for what it is."""
    if isinstance(thing, Case | Document):
        what = thing.label if isinstance(thing, Document) else thing.source.name or "案卷"
        if is_draft(thing):
            return _unfinished(thing, what)
        return Taken(thing=thing, name=what, said=facts.judge(thing, what), sayers=packet.sayers(thing, what))
    if isinstance(thing, Paper):
        return _paper(thing, thing.kind or "文书", thing.content, how)
    if isinstance(thing, bytes):
        return _bytes(thing, "", thing, how)
    path = Path(thing)
    if path.name == manifest.NAME:
        return Taken(thing=thing, name=str(path), said=packet.judge(path))
    if path.suffix.lower() in READERS:
        return _facts(path)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        return _unreadable(thing, path, f"这个文件打不开：{os_reason(error)}。", "请检查文件名和权限。")
    except ValueError:  # a name that no file can have
        return _unreadable(thing, path, "没有这样的文件名。", "请检查文件名。")
    if len(content) > LARGEST:
        cure = f"超过 {LARGEST // 1024 // 1024} MB 的不是模板，也不是文书。"
        return _unreadable(thing, path, "文件太大。", cure)
    return _bytes(thing, str(path), content, how)


def _unfinished(thing: Case | Document, name: str) -> Taken:
    """Say that the facts of a draft were not checked: what may be doubtful depends on what is missing."""
    why = f"还是草稿，没有填的有{len(thing.missing)}项：{'、'.join(thing.missing)}"
    return Taken(thing=thing, name=name, said=Report(not_checked=(NotChecked(f"{name}的事实", why),)))


def pairs(taken: Iterable[Taken]) -> dict[Taken, Taken]:
    """Return the paper that each PDF was made of: that of its name, or the only one there is for the only PDF."""
    every = tuple(taken)
    made = [one for one in every if one.is_pdf]
    of = [one for one in every if one.paper]
    if len(made) == len(of) == 1:
        return {made[0]: of[0]}
    by_name = {one.stem: one for one in of}
    return {pdf: by_name[pdf.stem] for pdf in made if pdf.stem in by_name}


def kind_of(path: Path) -> type[Document] | None:
    """Return the kind that a template's name says, `announcement.poster.docx` or `巡察公告.docx`; None if none."""
    try:
        return kinds.find(path.name.partition(".")[0])
    except UnknownKind:
        return None


def is_paper(content: bytes) -> bool:
    """Tell whether a .docx is one of our papers, which say where they come from, or has neither tag nor near-tag."""
    try:
        package = Package.open(content)
    except PackageError:
        return False
    return Provenance.read(package) is not None or not template.has_tags(content)


def _bytes(thing: Thing, name: str, content: bytes, how: How) -> Taken:
    """Take the content of a file; without a name it is called after what it is."""
    if content[:1024].lstrip().startswith(b"%PDF") or name.lower().endswith(".pdf"):
        return Taken(thing=thing, name=name or "paper.pdf", content=content, is_pdf=True)
    if how.model is None and is_paper(content):
        return _paper(thing, name or "paper.docx", content, how)
    name = name or "template.docx"
    return Taken(thing=thing, name=name, content=content, model=how.model or kind_of(Path(name)))


def _paper(thing: Thing, name: str, content: bytes, how: How) -> Taken:
    try:
        read_ = papers.examined(content, name, how.profile, draft=how.draft)
    except PackageError as error:
        cure = "请用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”，不要选“Strict Open XML 文档”。"
        return _unreadable(thing, Path(name), f"这个文件读不出来（{error}）。", cure)
    return Taken(thing=thing, name=name, content=content, paper=read_)


def _facts(path: Path) -> Taken:
    """Judge a file of facts; what can't be true in it is found in reading."""
    name = str(path)
    note = Report(notes=(f"{path}：按案卷或文书检查",))
    try:
        source = read(path)
        first, *_ = kinds.documents(source)
        thing = first if said_kind(source) else Case.from_source(source)
    except InputError as error:
        return Taken(thing=path, name=name, said=error.report + note)
    said = facts.judge(thing, name, source=source) + note
    return Taken(thing=path, name=name, said=said, sayers=packet.sayers(thing, name, source))


def _unreadable(thing: Thing, path: Path, message: str, cure: str) -> Taken:
    said = Report((UNREADABLE.at(Place(file=str(path)), message, cure),))
    return Taken(thing=thing, name=str(path), said=said)

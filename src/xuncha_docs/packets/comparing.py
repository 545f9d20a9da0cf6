"""What a changed case changes in the papers that lie in a folder: which papers, and in which sentences."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

from xuncha_docs.manifest import Entry
from xuncha_docs.packets.files import Printed
from xuncha_docs.packets.keeping import NEW, is_edited, lying
from xuncha_docs.word.package import PackageError
from xuncha_docs.word.reading import Reading


@dataclass(frozen=True, slots=True)
class Change:
    """What changes in one paper.

    Args:
        file: the paper.
        sentences: those that change, each as it lies there and as it will be; empty where one of them is not there.
        is_new: whether the paper does not lie there yet.
        is_gone: whether the packet has it no longer.
        edited: whether somebody edited the one that lies there.
        unread: whether the one that lies there can't be read.
    """

    file: str
    sentences: tuple[tuple[str, str], ...] = ()
    is_new: bool = False
    is_gone: bool = False
    edited: bool = False
    unread: bool = False

    def __bool__(self) -> bool:
        """Whether anything changes at all."""
        return bool(self.sentences or self.is_new or self.is_gone or self.unread)

    def __str__(self) -> str:
        """Tell it in Chinese, a line for each sentence."""
        return "\n".join([f"{self.file}：{self._sort()}", *self._lines()])

    def _sort(self) -> str:
        edited = "（手改过）" if self.edited else ""
        if self.is_new:
            return "新增"
        if self.is_gone:
            return f"不再做{edited}"
        if self.unread:
            return "原来的读不出来，无法对照"
        return f"{len(self.sentences)}处有变{edited}" if self.sentences else f"文字不变{edited}"

    def _lines(self) -> Iterator[str]:
        for old, new in self.sentences:
            if old:
                yield f"  － {old}"
            if new:
                yield f"  ＋ {new}"


def compared(papers: Iterable[Printed], folder: Path, only: Collection[str] = ()) -> tuple[Change, ...]:
    """Hold new papers against those that lie in a folder.

    Args:
        papers: of the changed case.
        folder: where the earlier packet lies.
        only: the names of the kinds that these are; none is every kind.
    """
    before = lying(folder)
    known = before.by_file if before else {}
    new = {one.file: one for one in papers}
    kinds = (entry for entry in known.values() if entry.kind and (not only or entry.kind in only))
    gone = [entry for entry in kinds if entry.file not in new]
    return (
        *(_change(one, folder / name, known.get(name)) for name, one in new.items()),
        *(
            Change(entry.file, is_gone=True, edited=is_edited(folder / entry.file, entry))
            for entry in gone
            if (folder / entry.file).is_file() and NEW not in entry.file
        ),
    )


def _change(one: Printed, path: Path, entry: Entry | None) -> Change:
    if not path.is_file():
        return Change(one.file, is_new=True)
    edited = is_edited(path, entry, one.paper.content)
    try:
        text = Reading(path.read_bytes()).text
    except PackageError:
        return Change(one.file, edited=edited, unread=True)
    return Change(one.file, tuple(_differences(_sentences(text), _sentences(one.paper.text))), edited=edited)


def _sentences(text: str) -> list[str]:
    """Part a text into sentences, each of one paragraph."""
    return [part.strip() for line in text.splitlines() for part in re.split("(?<=[。；！？])", line) if part.strip()]


def _differences(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    for sort, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if sort != "equal":
            yield from zip_longest(old[i:j], new[m:n], fillvalue="")

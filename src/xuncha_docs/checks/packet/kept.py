"""PKT2: a packet as it lies in its folder, held against its manifest: what is gone, and what edited papers say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from xuncha_docs.checks.packet.said import bare
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Place, Severity
from xuncha_docs.manifest import Entry, Manifest, Written, digest
from xuncha_docs.word.package import PackageError
from xuncha_docs.word.reading import Reading


@dataclass(frozen=True, eq=False)
class Kept:
    """A packet in its folder.

    Args:
        manifest: what the packet had when it was made.
        contents: the files that lie in the folder, by their names.
        only: the names of the files that are judged; none is all of them.
    """

    manifest: Manifest
    contents: Mapping[str, bytes]
    only: Collection[str] = ()

    @property
    def judged(self) -> tuple[Entry, ...]:
        """The files that are judged, as they were made."""
        return tuple(entry for entry in self.manifest.entries if not self.only or entry.file in self.only)

    @cached_property
    def edited(self) -> tuple[Entry, ...]:
        """The files that are no longer what was made."""
        return tuple(entry for entry in self.judged if entry.file in self.contents and self._differs(entry))

    def text(self, entry: Entry) -> str | None:
        """Return the text of a paper as it is now; None if it can't be read."""
        try:
            return Reading(self.contents[entry.file]).text
        except PackageError:
            return None

    def others(self, entry: Entry, fact: Written) -> str:
        """Say in which other papers a fact is written in the same words; empty where it is in none."""
        also = [
            one.label
            for one in self.manifest.entries
            if one.file != entry.file and any((w.name, w.text) == (fact.name, fact.text) for w in one.written)
        ]
        return f"；{'、'.join(also)}写的仍是它" if also else ""

    def _differs(self, entry: Entry) -> bool:
        return digest(self.contents[entry.file]) != entry.digest


@rule("PKT201")
def lost_fact(packet: Kept) -> Flaws:
    """文书手改过，案卷里的事实和纸上的对不上了。

    为什么：清单记着每份文书怎样写时间、单位、电话、编号，各有几处；手改后少了一处，就和案卷、和别的文书不一样。
    只核对事实，改动措辞不算。

    错：
        （改）巡察公告：8月29日＝8月30日
    错：
        （改）立行立改通知书：青石水库＝白石水库
    对：
        （改）巡察公告：特此公告＝现予公告
    """
    for entry in packet.edited:
        text = packet.text(entry) if entry.kind else None
        if text is None:
            continue
        whole = bare(text)
        for fact in entry.written:
            times = whole.count(bare(fact.text))
            if times < fact.times:
                now = f"现在只有{times}处" if times else "现在没有了"
                others = packet.others(entry, fact)
                message = f"{fact.name}应写“{fact.text}”，原有{fact.times}处，{now}{others}。"
                cure = "案卷变了的，改案卷重做；误改的，改回来。"
                yield Flaw(Place(file=entry.file, field=fact.name), message, cure)


@rule("PKT202", Severity.INFO)
def edited_file(packet: Kept) -> Flaws:
    """文件在做好以后改过。

    为什么：改过的文件，重做时不会覆盖；改动要不要写回案卷、用到别的文书，只有改的人知道。

    错：
        （改）巡察公告：特此公告＝现予公告
    对：
        （不改）
    """
    for entry in packet.edited:
        message = f"{entry.label}做好以后改过。"
        yield Flaw(Place(file=entry.file), message, "是措辞的，可以留着；是事实的，请改案卷，几份文书一起重做。")


@rule("PKT203", Severity.WARNING)
def missing_file(packet: Kept) -> Flaws:
    """清单上有的文件，文件夹里没有。

    为什么：移走、改名或误删了一份，整套文书就不全；目录上还有它。

    错：
        （删）巡察公告
    对：
        （不改）
    """
    for entry in packet.judged:
        if entry.file not in packet.contents:
            yield Flaw(Place(file=entry.file), f"{entry.label}不在文件夹里。", "请放回来，或重做这套文书。")


@rule("PKT204", Severity.WARNING)
def unread_paper(packet: Kept) -> Flaws:
    """文书改过，又读不出来。

    为什么：读不出来，就核对不了它说的事实。

    错：
        （坏）巡察公告
    对：
        （不改）
    """
    for entry in packet.edited:
        if entry.kind and packet.text(entry) is None:
            yield Flaw(Place(file=entry.file), f"{entry.label}读不出来。", "请用 Word 打开看看；打不开的，删去重做。")


def kept(path: Path, only: Collection[str] = ()) -> Kept:
    """Read a packet.

    Args:
        path: its manifest.
        only: the names of the files that are judged; none is all of them.

    Raises:
        OSError: if it can't be read.
        ManifestError: if it is no manifest.
    """
    manifest = Manifest.read(path.read_bytes())
    files = {entry.file: path.parent / entry.file for entry in manifest.entries}
    return Kept(manifest, {name: file.read_bytes() for name, file in files.items() if file.is_file()}, only)

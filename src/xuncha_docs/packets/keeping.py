"""How a packet is laid into its folder: all of it or nothing, and nothing that somebody edited is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from xuncha_docs.errors import ManifestError
from xuncha_docs.manifest import NAME, Entry, Manifest, digest
from xuncha_docs.saving import holds, save_all

NEW = "（新）"
"""What marks the new version of a paper that lies beside an edited one: `210-巡察公告（新）.docx`."""


@dataclass(frozen=True, slots=True)
class Laid:
    """What was done with a folder.

    Args:
        written: the files that are new or have changed.
        same: those that were as they should be already.
        edited: the edited files that were kept, each with the new version that was laid beside it; empty where the case
            has nothing new to say.
        removed: the files of an earlier packet that this one does not have, and that nobody had edited.
        stale: those that somebody had edited, and so were left.
    """

    written: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    edited: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


def lying(folder: Path) -> Manifest | None:
    """Return the manifest that lies in a folder; None if there is none, or none that can be read."""
    try:
        return Manifest.read((folder / NAME).read_bytes())
    except (OSError, ManifestError):
        return None


def edited(folder: Path, contents: Mapping[str, bytes]) -> dict[str, str]:
    """Return the files of a folder that somebody edited, each with the name under which the new version goes beside it.

    The name is empty where a file has nothing new to say since it was made.

    Args:
        folder: where the packet lies, or may lie.
        contents: the files that are to be laid there.
    """
    before = lying(folder)
    known = before.by_file if before else {}
    return {
        name: _beside(name) if _is_new(name, content, known) else ""
        for name, content in contents.items()
        if is_edited(folder / name, known.get(name), content)
    }


def lay(folder: Path, manifest: Manifest, contents: Mapping[str, bytes], *, force: bool, whole: bool) -> Laid:
    """Lay a packet into a folder, which is made.

    Args:
        folder: where.
        manifest: of these files.
        contents: the files.
        force: whether edited files are replaced.
        whole: whether these are all files of the packet; else those of the earlier one stay, and are listed on.

    Raises:
        OSError: naming the file that can't be written; then the folder is as it was.
    """
    before = lying(folder)
    known = before.by_file if before else {}
    beside = {} if force else edited(folder, contents)
    files = {folder / beside.get(name, name): content for name, content in contents.items() if beside.get(name, name)}
    gone = [entry for name, entry in known.items() if whole and name not in contents and folder / name not in files]
    stale = [entry for entry in gone if not force and is_edited(folder / entry.file, entry)]
    removed = [entry.file for entry in gone if entry not in stale and (folder / entry.file).is_file()]
    same = [path for path, content in files.items() if holds(path, content)]
    kept = stale if whole else [entry for name, entry in known.items() if name not in manifest.by_file]
    files[folder / NAME] = _listed(manifest, beside, kept).content()
    changes = {path: content for path, content in files.items() if not holds(path, content)}
    folder.mkdir(parents=True, exist_ok=True)
    save_all({**changes, **{folder / name: None for name in removed}})
    return Laid(
        written=tuple(path.name for path in changes if path.name != NAME),
        same=tuple(path.name for path in same),
        edited=beside,
        removed=tuple(removed),
        stale=tuple(entry.file for entry in stale),
    )


def is_edited(path: Path, entry: Entry | None, content: bytes | None = None) -> bool:
    """Tell whether a file is there and is neither what we made once nor what we would make now."""
    if not path.exists():
        return False
    there = digest(path.read_bytes()) if path.is_file() else ""
    return there not in (entry.digest if entry else None, digest(content) if content is not None else None)


def _is_new(name: str, content: bytes, known: Mapping[str, Entry]) -> bool:
    """Tell whether a file says something new since it was made, or lies beside the edited one already."""
    return name not in known or known[name].digest != digest(content) or _beside(name) in known


def _beside(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem}{NEW}{dot}{ending}"


def _listed(manifest: Manifest, beside: Mapping[str, str], kept: Sequence[Entry]) -> Manifest:
    """List the new versions that lie beside edited files too, and what stays of an earlier packet."""
    new = [
        replace(entry, file=name, label=f"{entry.label}{NEW}")
        for entry in manifest.entries
        if (name := beside.get(entry.file))
    ]
    return replace(manifest, entries=tuple(sorted([*manifest.entries, *new, *kept], key=lambda entry: entry.file)))

"""The manifest of a packet: which files it has, what they came from, and how the facts are written in each.

It is a file of its own in the packet's folder, `清单.json`. By it a paper that somebody edited is known, and what it
no longer says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from xuncha_docs.errors import ManifestError

NAME = "清单.json"
"""The name of the file."""

FORMAT = 1
"""The number of the format; a manifest of another number is not read."""


@dataclass(frozen=True, slots=True)
class Written:
    """How one fact is written in a paper.

    Args:
        name: of the fact, `驻点时间.撤离日期`.
        text: as it is written.
        times: how often it stands there.
    """

    name: str
    text: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of a packet.

    Args:
        file: its name.
        digest: the SHA-256 of its bytes.
        label: what it is, in Chinese.
        kind: the kind of its document; empty for what is no paper.
        variant: the form of the kind in which it is printed.
        audience: who may read it, in Chinese.
        of: the paper that it was made of, of a PDF or a text; empty for a paper.
        written: how the facts of its document are written in it.
    """

    file: str
    digest: str
    label: str
    kind: str = ""
    variant: str = ""
    audience: str = ""
    of: str = ""
    written: tuple[Written, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """All files of a packet.

    Args:
        case: the digest of the case, SHA-256.
        version: of the library that made it.
        entries: in the order of the packet.
    """

    case: str
    version: str
    entries: tuple[Entry, ...] = field(default=())

    @property
    def by_file(self) -> Mapping[str, Entry]:
        """The entries by the names of their files."""
        return {entry.file: entry for entry in self.entries}

    def content(self) -> bytes:
        """Return the file's bytes, the same for the same manifest."""
        data = {"format": FORMAT, **asdict(self)}
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()

    @classmethod
    def read(cls, content: bytes) -> Manifest:
        """Read a manifest.

        Raises:
            ManifestError: if it is none, or of a format that this version does not know.
        """
        try:
            data = json.loads(content)
            if data["format"] != FORMAT:
                raise ManifestError(f"format {data['format']!r} is not known", "清单是别的版本写的，读不了。")
            return cls(_text(data["case"]), _text(data["version"]), tuple(map(_entry, data["entries"])))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ManifestError(f"no manifest: {error!r}", "清单读不出来，可能被改坏了。") from error


def digest(content: bytes) -> str:
    """Return the SHA-256 of content."""
    return sha256(content).hexdigest()


def _entry(data: Mapping[str, Any]) -> Entry:
    said = {name: _text(value) for name, value in data.items() if name != "written"}
    if "/" in said["file"] or "\\" in said["file"] or said["file"] in ("", ".", ".."):
        raise ValueError(f"{said['file']!r} is no name of a file")
    return Entry(**said, written=tuple(map(_written, data.get("written", ()))))


def _written(data: Mapping[str, Any]) -> Written:
    return Written(_text(data["name"]), _text(data["text"]), int(data["times"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value

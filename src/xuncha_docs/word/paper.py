"""A paper: a rendered .docx that never changes, with its kind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from os import PathLike
from pathlib import Path

from xuncha_docs.word.package import Package
from xuncha_docs.word.provenance import Provenance
from xuncha_docs.word.reading import Reading


@dataclass(frozen=True)
class Paper:
    """One rendered paper.

    Args:
        content: the bytes of the .docx.
        kind: the kind of document it was made from.
    """

    content: bytes = field(repr=False)
    kind: str

    @cached_property
    def reading(self) -> Reading:
        """The paper read back: paragraphs and tables with their roles."""
        return Reading(self.content)

    @property
    def provenance(self) -> Provenance | None:
        """What the paper came from; None if it says nothing of that.

        It outlives a saving by LibreOffice, which is tested; by Word and WPS, which is not.
        """
        return Provenance.read(Package.open(self.content))

    @property
    def text(self) -> str:
        """The text, a line for each paragraph, for a message or a web page."""
        return self.reading.text

    @property
    def html(self) -> str:
        """The text as plain HTML by roles."""
        return self.reading.html

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the paper to a file, whole or not at all; what stood there is replaced.

        Raises:
            OSError: if the folder is missing or can't be written; then nothing has changed.
        """
        target = Path(path)
        save_all({target: self.content})
        return target


def save_all(contents: Mapping[Path, bytes]) -> None:
    """Write files, each whole or not at all: all of them beside their places first, and only then into them.

    Raises:
        OSError: naming the file that can't be written. Nothing has changed, unless what fails is putting one in place:
            those before it stay.
    """
    drafts: dict[Path, Path] = {}
    target = Path()
    try:
        for target, content in contents.items():
            handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
            drafts[target] = Path(draft)
            _fill(handle, content)
            drafts[target].chmod(0o666 & ~_umask())
        for target, whole in drafts.items():
            whole.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(target)) from error
    finally:
        for leftover in drafts.values():
            leftover.unlink(missing_ok=True)


def _fill(handle: int, content: bytes) -> None:
    """Write an open file to the disk itself, and close it."""
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

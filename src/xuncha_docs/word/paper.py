"""A paper: a rendered .docx that never changes, with its kind."""

from __future__ import annotations

import os
import tempfile
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
        """What the paper came from; None if it says nothing of that."""
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
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(self.content)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).chmod(0o666 & ~_umask())
            Path(draft).replace(target)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        return target


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

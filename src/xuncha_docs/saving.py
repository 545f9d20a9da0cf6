"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


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

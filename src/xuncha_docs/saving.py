"""Files written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def save_all(contents: Mapping[Path, bytes | None], *, mode: int | None = None) -> None:
    """Write files, and take away those without content: all of it, or nothing.

    Everything is laid ready beside its place first, the new files and what they replace; only then is it put in place,
    each file at once. What can't be put in place has all others put back.

    Args:
        contents: what is written to each path; None takes the file away.
        mode: the permissions of what is written, `0o600`; None takes the usual ones.

    Raises:
        OSError: naming the file that can't be written or taken away; then nothing has changed.
    """
    drafts: dict[Path, Path] = {}
    backups: dict[Path, Path] = {}
    placed: list[Path] = []
    target = Path()
    try:
        for target, content in contents.items():
            if content is not None:
                drafts[target] = _drafted(target, content, mode)
            if target.is_file():
                backups[target] = _backed_up(target)
        for target in contents:
            placed.append(target)
            if target in drafts:
                drafts[target].replace(target)
            else:
                target.unlink(missing_ok=True)
    except OSError as error:
        for changed in placed:
            _put_back(changed, backups.get(changed), drafts.get(changed))
        raise OSError(error.errno, error.strerror or str(error), str(target)) from error
    finally:
        for leftover in (*drafts.values(), *backups.values()):
            leftover.unlink(missing_ok=True)


def holds(path: Path, content: bytes) -> bool:
    """Tell whether a file has just this content."""
    with suppress(OSError):
        return path.stat().st_size == len(content) and path.read_bytes() == content
    return False


def _drafted(target: Path, content: bytes, mode: int | None) -> Path:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o666 & ~_umask() if mode is None else mode)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _backed_up(target: Path) -> Path:
    """Keep what a file holds now under a second name; where a disk has no second names, as a copy."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".old")
    os.close(handle)
    backup = Path(name)
    try:
        backup.unlink()
        try:
            os.link(target, backup)
        except OSError:
            shutil.copy2(target, backup)
    except OSError:
        backup.unlink(missing_ok=True)
        raise
    return backup


def _put_back(target: Path, backup: Path | None, draft: Path | None) -> None:
    """Undo what was done to a file, if anything was."""
    with suppress(OSError):
        if backup:
            backup.replace(target)
        elif draft and not draft.exists():
            target.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

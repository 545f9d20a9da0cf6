"""Runs another program so that nothing of it stays behind: not when it hangs, not when this program is interrupted."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_MOST_SAID = 16 * 1024 * 1024
_GLANCE = 0.2
"""Seconds between two looks at a program that is watched."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended.

    Args:
        code: its exit code; the negative number of the signal that ended it; None if it was stopped for being late.
        out: what it wrote, its complaints among it.
    """

    code: int | None
    out: str

    @property
    def well(self) -> bool:
        """Whether it says that all went well."""
        return self.code == 0

    @property
    def last(self) -> str:
        """The last thing that it said, for a message."""
        return self.out.strip().rpartition("\n")[2].strip()[:300]


def run(
    command: Sequence[str | Path],
    *,
    patience: float,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    watch: Callable[[], None] | None = None,
) -> Ended:
    """Run a program, and end it with all that it has started, however this function is left.

    Args:
        command: the program and its arguments.
        patience: seconds that it may take.
        folder: where it runs; None is here.
        environment: variables beside those of this program.
        watch: called now and then while it runs.

    Raises:
        OSError: if it can't be started.
    """
    # Not a pipe: whatever the program started and left behind would keep it open.
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=os.environ | (environment or {}),
            start_new_session=True,
        )
        try:
            code = _awaited(process, time.monotonic() + patience, watch)
        finally:
            _end(process)
        out.seek(0)
        return Ended(code, out.read(_MOST_SAID).decode(errors="replace"))


def _awaited(process: subprocess.Popen[bytes], deadline: float, watch: Callable[[], None] | None) -> int | None:
    while (left := deadline - time.monotonic()) > 0:
        with suppress(subprocess.TimeoutExpired):
            return process.wait(min(left, _GLANCE if watch else left))
        if watch:
            watch()
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it has started, and wait for it."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):  # which macOS says of a group that has ended
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def found(name: str) -> Path | None:
    """Return where a program is; None if it is not on this machine."""
    path = shutil.which(name)
    return Path(path) if path else None

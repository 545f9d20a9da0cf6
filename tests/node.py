"""Programs that others wrote for node, installed into the cache when a proof needs them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import ROOT, requires_all


def installed(package: str, version: str, binary: str) -> Path:
    """Return a program of a package, installed into the cache if it is not there.

    Args:
        package: its name on npm.
        version: which one; another is another folder.
        binary: the program within node_modules; `*` stands for the name of the platform.
    """
    folder = ROOT / ".cache" / f"{package.rpartition('/')[2]}-{version}"
    if not any(folder.glob(f"node_modules/{binary}")):
        folder.parent.mkdir(exist_ok=True)
        place = Path(tempfile.mkdtemp(dir=folder.parent, prefix="npm-"))
        npm = str(shutil.which("npm") or "npm")
        command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(place), f"{package}@{version}"]
        with suppress(subprocess.TimeoutExpired):  # a registry that can't be reached may never answer
            subprocess.run(command, cwd=place, capture_output=True, check=False, timeout=300)
        if any(place.glob(f"node_modules/{binary}")) and not folder.exists():
            place.rename(folder)
        else:
            shutil.rmtree(place, ignore_errors=True)
    found = next(folder.glob(f"node_modules/{binary}"), None)
    if found is None:
        (pytest.fail if requires_all() else pytest.skip)(f"proof not made: npm can't install {package}")
    return found

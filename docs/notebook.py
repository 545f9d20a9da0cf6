"""Runs the notebook that the docs show, and writes what its cells answer into it: `python -m docs.notebook`."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
NOTEBOOK = ROOT / "docs/tutorial/notebook.ipynb"
TIMEOUT = 180
"""Seconds that a cell may take; a first start of LibreOffice needs a few."""


def answered(folder: Path) -> nbformat.NotebookNode:
    """Run the notebook in a folder that holds the demo's `case.yaml`, and return it with its answers.

    Raises:
        CellExecutionError: if a cell fails.
    """
    shutil.copy(ROOT / "src/xuncha_docs/demo.yaml", folder / "case.yaml")
    notebook: nbformat.NotebookNode = nbformat.read(NOTEBOOK, as_version=4)
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    NotebookClient(notebook, timeout=TIMEOUT, resources={"metadata": {"path": str(folder)}}).execute()
    for number, cell in enumerate(notebook.cells, 1):
        cell.metadata = {}
        cell.id = f"cell-{number}"
    notebook.metadata.pop("language_info", None)
    return notebook


def write() -> None:
    """Write the answers into the notebook."""
    os.environ.setdefault("XUNCHA_FONTS", str(ROOT / ".cache/fonts"))
    with tempfile.TemporaryDirectory() as name:
        nbformat.write(answered(Path(name)), NOTEBOOK)


if __name__ == "__main__":
    write()
    print(NOTEBOOK.relative_to(ROOT))

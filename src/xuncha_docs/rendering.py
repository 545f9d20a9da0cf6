"""Puts a document on paper: finds the template of its kind and fills it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib import import_module
from os import PathLike
from pathlib import Path

from xuncha_docs.document import Document
from xuncha_docs.errors import TemplateError, TemplateNotFound
from xuncha_docs.word import Paper, fill

TEMPLATES = "XUNCHA_TEMPLATES"
"""The environment variable that names an office's own folder of templates."""


def render(
    document: Document,
    template: str | PathLike[str] | bytes | None = None,
    templates_dir: str | PathLike[str] | None = None,
) -> Paper:
    """Put a document on paper.

    Args:
        document: what the paper says.
        template: a .docx of the office's own, its path or its bytes; None looks for the template of the kind.
        templates_dir: the folder to look in first; None looks in `XUNCHA_TEMPLATES`, then in the built-in templates.

    Raises:
        TemplateNotFound: if no folder holds a template of that kind.
        TemplateError: if the template can't be read or filled; the message names it.
    """
    if isinstance(template, bytes):
        name, content = f"{document.kind}.docx", template
    else:
        path = Path(template) if template else find_template(type(document), templates_dir)
        name, content = str(path), _read(path)
    return Paper(fill(content, document.values(), name=name, dated=document.dated), document.kind)


def find_template(kind: type[Document], templates_dir: str | PathLike[str] | None = None) -> Path:
    """Return the template of a kind: the office's own if it has one, else the built-in one.

    Raises:
        TemplateNotFound: naming the folders that were looked in.
    """
    folders = list(_folders(kind, templates_dir))
    found = next((path for folder in folders if (path := folder / f"{kind.kind}.docx").is_file()), None)
    if found is None:
        raise TemplateNotFound(f"no {kind.kind}.docx in {', '.join(str(folder) for folder in folders)}")
    return found


def _folders(kind: type[Document], templates_dir: str | PathLike[str] | None) -> Iterator[Path]:
    """Yield the folders in order; a package keeps its templates within it, or beside src/ in a checkout."""
    office = templates_dir or os.environ.get(TEMPLATES)
    if office:
        yield Path(office)
    package = import_module(kind.__module__.partition(".")[0])
    for home in package.__path__ if hasattr(package, "__path__") else [str(Path(str(package.__file__)).parent)]:
        yield Path(home) / "templates"
        yield Path(home).parent.parent / "templates"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise TemplateNotFound(f"{path}: no such template") from None
    except OSError as error:
        raise TemplateError(f"{path}: can't be read: {error}") from error

"""Puts a document on paper: finds the template of its kind and fills it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from os import PathLike
from pathlib import Path

from xuncha_docs.document import Document
from xuncha_docs.errors import TemplateError, TemplateNotFound
from xuncha_docs.inputs import os_reason
from xuncha_docs.word import Paper, Template

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
        TypeError: if it is no document, but a case, say.
    """
    if not isinstance(document, Document):
        raise TypeError(f"a document is put on paper, not a {type(document).__name__}: Announcement.from_case(case) …")
    kind = type(document)
    if isinstance(template, bytes):
        return _opened(template, f"{kind.kind}.docx", kind).render(document)
    path = Path(template) if template else find_template(kind, templates_dir)
    return _opened(_read(path), str(path), kind).render(document)


@lru_cache(maxsize=64)
def _opened(content: bytes, name: str, kind: type[Document]) -> Template:
    """Compile a template once: as long as its bytes are the same, so is its code."""
    return Template(content, name, kind)


def find_template(kind: type[Document], templates_dir: str | PathLike[str] | None = None) -> Path:
    """Return the template of a kind: the office's own if it has one, else the built-in one.

    Raises:
        TemplateNotFound: if the office's folder is not there, or naming the folders that were looked in.
    """
    folders = list(_folders(kind, templates_dir))
    found = next((path for folder in folders if _is((path := folder / f"{kind.kind}.docx").is_file)), None)
    if found is None:
        looked = [str(folder) for folder in folders]
        told = f"没有{kind.label}的模板 {kind.kind}.docx，找过这些文件夹：{'、'.join(looked)}。"
        raise TemplateNotFound(f"no {kind.kind}.docx in {', '.join(looked)}", told)
    return found


def built_in_template(kind: type[Document]) -> Path:
    """Return the template that a kind's own package brings, whatever an office has put before it.

    Raises:
        TemplateNotFound: if it brings none.
    """
    folders = list(_own_folders(kind))
    found = next((path for folder in folders if _is((path := folder / f"{kind.kind}.docx").is_file)), None)
    if found is None:
        raise TemplateNotFound(f"no built-in {kind.kind}.docx in {', '.join(map(str, folders))}")
    return found


def _folders(kind: type[Document], templates_dir: str | PathLike[str] | None) -> Iterator[Path]:
    """Yield the folders in order, the office's own before those of the kind's package."""
    office = templates_dir or os.environ.get(TEMPLATES)
    if office and not _is(Path(office).is_dir):
        told = f"没有“{office}”这个模板文件夹。请检查 --templates 后面的文件夹名，或环境变量 {TEMPLATES}。"
        raise TemplateNotFound(f"{office}: no such folder of templates", told)
    if office:
        yield Path(office)
    yield from _own_folders(kind)


def _own_folders(kind: type[Document]) -> Iterator[Path]:
    """Yield where a kind's package keeps its templates: within it, or beside src/ in a checkout."""
    package = import_module(kind.__module__.partition(".")[0])
    for home in package.__path__ if hasattr(package, "__path__") else [str(Path(str(package.__file__)).parent)]:
        yield Path(home) / "templates"
        yield Path(home).parent.parent / "templates"


def _is(check: Callable[[], bool]) -> bool:
    """Ask a path what it is; one that can't even be asked, being too long, is nothing."""
    try:
        return check()
    except OSError:
        return False


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise TemplateNotFound(f"{path}: no such template", f"找不到模板“{path}”。") from None
    except OSError as error:
        told = f"模板“{path}”打不开：{os_reason(error)}。"
        raise TemplateError(f"{path}: can't be read: {error}", told) from error

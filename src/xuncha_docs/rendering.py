"""Puts a document on paper: finds the template of its kind and fills it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from os import PathLike
from pathlib import Path

from xuncha_docs.document import STANDARD, Document
from xuncha_docs.drafts import whole_class
from xuncha_docs.errors import TemplateError, TemplateNotFound
from xuncha_docs.inputs import os_reason
from xuncha_docs.word import Paper, Template

TEMPLATES = "XUNCHA_TEMPLATES"
"""The environment variable that names an office's own folder of templates."""


def render(
    document: Document,
    template: str | PathLike[str] | bytes | None = None,
    templates_dir: str | PathLike[str] | None = None,
    *,
    variant: str | None = None,
    draft: bool = False,
) -> Paper:
    """Put a document on paper.

    Args:
        document: what the paper says.
        template: a .docx of the office's own, its path or its bytes; None looks for the template of the kind.
        templates_dir: the folder to look in first; None looks in `XUNCHA_TEMPLATES`, then in the built-in templates.
        variant: the form in which it is printed, by the name of its template, `poster_a3`; None takes the document's
            own, `""` the standard one.
        draft: make a draft: facts may be missing, what is missing is highlighted, and every page says that it is not
            to be printed.

    Raises:
        DraftError: if facts are missing in the document, and no draft was asked for.
        TemplateNotFound: if no folder holds a template of that kind.
        KeyError: if the kind has no such variant.
        TemplateError: if the template can't be read or filled; the message names it.
        TypeError: if it is no document, but a case, say.
    """
    if not isinstance(document, Document):
        raise TypeError(f"a document is put on paper, not a {type(document).__name__}: Announcement.from_case(case) …")
    kind = whole_class(type(document))
    form = document.printed_as[0] if variant is None else variant
    if isinstance(template, bytes):
        return _opened(template, file_name(kind, form), kind, form).render(document, draft=draft)
    path = Path(template) if template else find_template(kind, templates_dir, form)
    return _opened(_read(path), str(path), kind, form).render(document, draft=draft)


@lru_cache(maxsize=128)
def _opened(content: bytes, name: str, kind: type[Document], variant: str) -> Template:
    """Compile a template once: as long as its bytes are the same, so is its code."""
    return Template(content, name, kind, variant)


def file_name(kind: type[Document], variant: str = STANDARD) -> str:
    """Return the name of the template of a kind, or of a variant of it: `announcement.poster_a3.docx`.

    Raises:
        KeyError: if the kind has no such variant.
    """
    if variant and variant not in kind.variants:
        raise KeyError(f"{kind.kind} has no variant {variant!r}; known are: {', '.join(kind.variants) or 'none'}")
    return f"{kind.kind}.{variant}.docx" if variant else f"{kind.kind}.docx"


def find_template(
    kind: type[Document], templates_dir: str | PathLike[str] | None = None, variant: str = STANDARD
) -> Path:
    """Return the template of a kind: the office's own if it has one, else the built-in one.

    Raises:
        TemplateNotFound: if the office's folder is not there, or naming the folders that were looked in.
        KeyError: if the kind has no such variant.
    """
    name = file_name(kind, variant)
    folders = list(_folders(kind, templates_dir))
    found = next((path for folder in folders if _is((path := folder / name).is_file)), None)
    if found is None:
        looked = [str(folder) for folder in folders]
        told = f"没有{kind.label_of(variant)}的模板 {name}，找过这些文件夹：{'、'.join(looked)}。"
        raise TemplateNotFound(f"no {name} in {', '.join(looked)}", told)
    return found


def built_in_template(kind: type[Document], variant: str = STANDARD) -> Path:
    """Return the template that a kind's own package brings, whatever an office has put before it.

    Raises:
        TemplateNotFound: if it brings none.
    """
    name = file_name(kind, variant)
    folders = list(_own_folders(kind))
    found = next((path for folder in folders if _is((path := folder / name).is_file)), None)
    if found is None:
        raise TemplateNotFound(f"no built-in {name} in {', '.join(map(str, folders))}")
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

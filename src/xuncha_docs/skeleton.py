"""Writes the file that a person fills in: every field of a model with its Chinese name, a note and an example.

What is required, or usually filled in, stands ready; the rest is commented out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from xuncha_docs.model import USUAL, Model, inner_model

_PLAIN = re.compile(r"[\w\u3400-\u9fff“（《〔][^#\n]*")


def skeleton(model: type[Model]) -> str:
    """Return a YAML file for the model that can be read back as it stands."""
    return "".join(f"{line}\n" for line in _fields(model, ()))


def _fields(model: type[Model], above: tuple[type[Model], ...]) -> Iterator[str]:
    for info in model.model_fields.values():
        lines = list(_field(info, (*above, model)))
        wanted = info.is_required() or (isinstance(info.json_schema_extra, dict) and info.json_schema_extra.get(USUAL))
        yield from lines if wanted else (f"# {line}" for line in lines)


def _field(info: FieldInfo, above: tuple[type[Model], ...]) -> Iterator[str]:
    note = f"  # {info.description}" if info.description else ""
    inner = inner_model(info.annotation)
    if info.examples:
        value: Any = [info.examples[0]] if _is_list(info.annotation) else info.examples[0]
        yield from _entry(str(info.title), value, note)
    elif inner and inner not in above:
        yield f"{info.title}:{note}"
        yield from _indented(_fields(inner, above), "- " if _is_list(info.annotation) else "  ")
    else:
        default = info.get_default(call_default_factory=False)
        yield from _entry(str(info.title), _shown(default), note)


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(_is_list(inside) for inside in get_args(annotation))


def _shown(default: Any) -> Any:
    """Show a default as a person would type it; what has no short form stays empty."""
    if isinstance(default, bool):
        return "是" if default else "否"
    if isinstance(default, tuple | list) and default and all(isinstance(item, str) for item in default):
        return [str(item) for item in default]
    return default if isinstance(default, str | int) else None


def _entry(name: str, value: Any, note: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        yield f"{name}:{note}"
        for key, inner in value.items():
            yield from _indented(_entry(key, inner), "  ")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield f"{name}:{note}"
        yield from (f"- {_scalar(item)}" for item in value)
    else:
        text = _scalar(value)
        yield f"{name}:{f' {text}' if text else ''}{note}"


def _scalar(value: Any) -> str:
    text = "" if value is None else str(value)
    plain = not text or (_PLAIN.fullmatch(text) and ": " not in text)
    return text if plain else json.dumps(text, ensure_ascii=False)


def _indented(lines: Iterator[str], first: str) -> Iterator[str]:
    """Set lines in by two; a list's dash goes before the first line that is not commented out."""
    dashed = False
    for line in lines:
        if not dashed and not line.startswith("#"):
            yield f"{first}{line}"
            dashed = True
        else:
            yield f"  {line}"

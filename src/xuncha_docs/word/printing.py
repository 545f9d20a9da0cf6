"""How a value becomes XML where its tag stands: in text, in an attribute, between elements.

A value is text, never code, never a tag, never markup: only docxtpl's own rich values and the pictures and seals of
this library bring markup, and only where markup may stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from functools import wraps
from math import isfinite
from typing import Any

from jinja2 import Undefined, nodes, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from pydantic import BaseModel

from xuncha_docs import chinese
from xuncha_docs.chinese import DocumentNumber
from xuncha_docs.images import Image, Seal
from xuncha_docs.word.dialect import UNSUPPORTED
from xuncha_docs.word.pictures import Pictures

PEN = "_pen"
"""The name under which a render's own state lies in the context; no template can name it, since it begins so."""


class Hole(Enum):
    """Where a tag that prints stands."""

    TEXT = "text"
    PLAIN = "plain"  # text that is no `w:t`: a field's instruction, a property; no break may be written there
    ATTRIBUTE = "attribute"
    BETWEEN = "between"


@dataclass
class Pen:
    """The state of one render: what is left of its bounds, and the pictures it has met."""

    budget: int
    pictures: Pictures | None = None
    calls: int = field(default=10_000)

    def spend(self, amount: int) -> None:
        """Take from the budget; beyond it a template is endless, or meant to be."""
        self.budget -= amount
        if self.budget < 0:
            raise OverflowError("the loops of this template print too much")


def escaped(text: str) -> str:
    """Write text as XML; most texts have nothing to escape, so looking first is faster than any replacement."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&#34;")
    return text.replace("'", "&#39;") if "'" in text else text


_PLAIN_FORMS: Mapping[type, Callable[[Any], str]] = {
    int: str,
    bool: {True: "是", False: "否"}.__getitem__,
    date: chinese.written_date,
    datetime: chinese.written_moment,
    time: chinese.written_time,
}
"""Written forms that hold nothing to escape, by the very class of the value; subclasses go the long way."""

_LONG = 1000
"""Values longer than this, in characters, are taken off the budget when they are printed."""


@pass_context
def print_text(context: Context, value: Any) -> str:
    """Print a document's value into `w:t`: its written form, exact, with breaks as Word writes them."""
    kind = value.__class__
    if kind in _PLAIN_FORMS:
        return _PLAIN_FORMS[kind](value)
    if kind is not str:
        rich = _rich(context, value)
        if rich is not None:
            return rich
        value = written(value)
    if len(value) > _LONG:
        context[PEN].spend(len(value))
    if "\n" in value or "\t" in value:
        lines = escaped(value).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        return lines.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return escaped(value)


@pass_context
def print_any(context: Context, value: Any) -> str:
    """Print any value into text as docxtpl does; breaks get their meaning afterwards."""
    if value.__class__ is not str:
        rich = _rich(context, value)
        if rich is not None:
            return rich
        value = _anything(value)
    if len(value) > _LONG:
        context[PEN].spend(len(value))
    return escaped(value)


@pass_context
def print_plain(context: Context, value: Any) -> str:
    """Print a document's value into text that takes no markup; a break goes."""
    return escaped(re.sub(r"[\n\t]", "", value if value.__class__ is str else written(value)))


@pass_context
def print_attribute(context: Context, value: Any) -> str:
    """Print into an attribute: never markup."""
    if hasattr(value, "__html__") and not isinstance(value, Markup):
        raise ValueError("rich text can't stand in an attribute")
    return escaped(str(value) if isinstance(value, Undefined | Markup) else written(value))


@pass_context
def print_between(context: Context, value: Any) -> str:
    """Print between elements: only what is markup by itself may stand there."""
    rich = _rich(context, value)
    if rich is None:
        raise ValueError("plain text can't stand in {{p …}} or {{r …}}; leave out the letter")
    return rich


def _rich(context: Context, value: Any) -> str | None:
    """Return the markup of what brings its own; None for everything else."""
    if isinstance(value, Seal):
        return context[PEN].pictures.anchored(value)  # type: ignore[no-any-return]
    if isinstance(value, Image):
        return context[PEN].pictures.inline(value)  # type: ignore[no-any-return]
    if isinstance(value, Undefined):
        return str(value)  # raises, since nothing undefined is ever printed
    if not hasattr(value, "__html__"):
        return None
    _refuse_unsupported(value)
    markup = str(value.__html__())
    context[PEN].spend(len(markup))
    return markup


def _anything(value: Any) -> str:
    """Return any value as Python writes it, which is docxtpl's meaning; methods and monsters are refused."""
    if callable(value):
        raise ValueError("this names a method or a macro; a tag prints values")
    if _count(value, _LARGEST) > _LARGEST:
        raise OverflowError("this prints a list of lists without end")
    return str(value)


_LARGEST = 100_000


def _count(value: Any, most: int) -> int:
    """Count the items within a value, not much further than `most`."""
    if isinstance(value, str) or not isinstance(value, list | tuple | dict | set | frozenset):
        return 1
    counted = 1
    for item in value.values() if isinstance(value, dict) else value:
        counted += _count(item, most - counted)
        if counted > most:
            break
    return counted


def written(value: Any) -> str:
    """Return the written form of a value; what has none is refused rather than printed raw."""
    match value:
        case str():
            return str(value)
        case bool():
            return "是" if value else "否"
        case float() if not isfinite(value):
            raise ValueError(f"{value} is no number that a paper can print")
        case DocumentNumber() | int() | float():
            return str(value)
        case date():
            return chinese.written_moment(value)
        case time():
            return chinese.written_time(value)
        case None:
            raise ValueError("the value is empty; put the tag between {% if … %} and {% endif %}")
    _refuse_unsupported(value)
    raise ValueError(f"this prints a whole {type(value).__name__}; name one of its fields, or loop over it")


def _refuse_unsupported(value: Any) -> None:
    if type(value).__name__ in UNSUPPORTED:
        raise ValueError(f"docxtpl's {type(value).__name__} writes into docxtpl's own template; give an Image instead")


# --- where a tag stands --------------------------------------------------------------------------------------------

_BARE = re.compile(r"(?:w:(?:instrText|delText|delInstrText)|[am]:t|(?:dc|cp|dcterms|vt):\w+)")
"""Elements that hold text but are no `w:t`."""


@dataclass
class _Cursor:
    """Where the static text has led to: within a tag, or directly within an element."""

    element: str = ""
    inside_tag: bool = False

    def advance(self, data: str) -> None:
        """Go on through static text; only its last markup matters."""
        at = data.rfind("<")
        if at < 0:
            if self.inside_tag and ">" in data:
                self.inside_tag = False
                self.element = ""
            return
        last = data[at:]
        if ">" not in last:
            self.inside_tag = True
            return
        self.inside_tag = False
        name = re.match(r"</?([\w:.-]+)", last)
        opens = not last.startswith("</") and not re.match(r"<[^>]*/>", last)
        self.element = name[1] if name and opens else ""

    @property
    def hole(self) -> Hole:
        if self.inside_tag:
            return Hole.ATTRIBUTE
        if self.element == "w:t":
            return Hole.TEXT
        return Hole.PLAIN if _BARE.fullmatch(self.element) else Hole.BETWEEN


def holes(tree: nodes.Template, start: str = "") -> Iterator[tuple[nodes.Output, int, Hole]]:
    """Walk a tree in the order of the paper and tell where each tag that prints stands.

    Args:
        tree: the parsed part.
        start: the element in which the part's text begins, for parts that are bare text.
    """
    yield from _walk(tree.body, _Cursor(start))


def _walk(body: list[nodes.Node], cursor: _Cursor) -> Iterator[tuple[nodes.Output, int, Hole]]:
    for node in body:
        if isinstance(node, nodes.Output):
            for index, child in enumerate(node.nodes):
                if isinstance(child, nodes.TemplateData):
                    cursor.advance(child.data)
                else:
                    yield node, index, cursor.hole
            continue
        for name in ("body", "elif_", "else_"):
            inner = getattr(node, name, None)
            if isinstance(inner, list):
                yield from _walk(inner, cursor)


FILTERS: Mapping[tuple[Hole, bool], str] = {
    (Hole.TEXT, True): "print_text",
    (Hole.TEXT, False): "print_any",
    (Hole.PLAIN, True): "print_plain",
    (Hole.PLAIN, False): "print_any",
    (Hole.ATTRIBUTE, True): "print_attribute",
    (Hole.ATTRIBUTE, False): "print_any",
    (Hole.BETWEEN, True): "print_between",
    (Hole.BETWEEN, False): "print_between",
}
"""The filter that prints into a hole, for a document (True) and for any mapping."""

PRINTERS = {f.__name__: f for f in (print_text, print_any, print_plain, print_attribute, print_between)}
"""The filters by name; what they return is XML already."""

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML can't hold."""


def watched(printer: Callable[[Context, Any], str]) -> Callable[[Context, Any], str]:
    """Return a printer that refuses what XML can't hold, naming the value that brought it."""

    @pass_context
    @wraps(printer)
    def look(context: Context, value: Any) -> str:
        printed = printer(context, value)
        if UNPRINTABLE.search(printed):
            where = path_of(value, context.get_all())
            raise ValueError(f"{where or 'a value'}: a control character, which no paper can hold")
        return printed

    return look


def path_of(wanted: Any, holder: Any, path: str = "") -> str | None:
    """Find a value within others; return its path, `items[2].name`."""
    if holder is wanted:
        return path
    if isinstance(holder, Mapping):
        inner: Any = ((f"{path}.{key}" if path else str(key), v) for key, v in holder.items() if key != PEN)
    elif isinstance(holder, list | tuple):
        inner = ((f"{path}[{n}]", v) for n, v in enumerate(holder))
    elif isinstance(holder, BaseModel):
        inner = ((f"{path}.{name}", getattr(holder, name)) for name in type(holder).model_fields)
    else:
        return None
    return next((found for where, v in inner if (found := path_of(wanted, v, where))), None)

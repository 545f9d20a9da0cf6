"""The card an editor keeps beside Word: every name that a template of a kind may use, with an example of each."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from xuncha_docs import fields as vocabulary
from xuncha_docs.case import Case, demo
from xuncha_docs.chinese import DocumentNumber
from xuncha_docs.document import Document
from xuncha_docs.errors import InputError
from xuncha_docs.images import Image
from xuncha_docs.model import Choice, Model, Written, forms_of
from xuncha_docs.word.printing import written

WORDS: Sequence[tuple[Any, str]] = (
    (vocabulary.PhoneNumber, "电话号码"),
    (vocabulary.Email, "电子邮箱地址"),
    (vocabulary.SecrecyMark, "密级"),
    (vocabulary.Number, "文号"),
    (vocabulary.Paragraphs, "一段或几段文字"),
    (vocabulary.Title, "标题，可以换行"),
    (vocabulary.Line, "一行文字"),
    (vocabulary.Day, "日期"),
    (vocabulary.Moment, "日期，可带时间"),
    (vocabulary.Clock, "时间"),
    (vocabulary.Ordinal, "第几（1—99）"),
    (vocabulary.Year, "年份"),
    (vocabulary.Count, "个数"),
    (vocabulary.YesNo, "是或否"),
)
"""The words for the vocabulary, the narrower ones first."""

PLAIN: Mapping[type, str] = {str: "一行文字", bool: "是或否", int: "个数", float: "数字", DocumentNumber: "文号"}


@dataclass(frozen=True, slots=True)
class Name:
    """One name that a template may use.

    Args:
        zh: in Chinese.
        en: in English.
        what: what it holds, in Chinese.
        may_be_empty: whether a tag must ask first whether it is there.
        made: whether it is a written form, made from fields and never typed.
        example: what it prints, from the demo; empty where nothing shows it.
        note: what a person must know of it.
        model: the model whose names follow after a dot; None if it is printed itself.
        several: whether it is a list, to be looped over.
    """

    zh: str
    en: str
    what: str
    may_be_empty: bool
    made: bool
    example: str
    note: str
    model: type[Model] | None
    several: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The names of one model: of the kind itself, or of what stands within it under `titles`."""

    model: type[Model]
    titles: tuple[str, ...]
    names: tuple[Name, ...]


def card(kind: type[Document]) -> tuple[Section, ...]:
    """Return every name that a template of a kind may use, those of the kind first."""
    shown = _examples(kind)
    within = {model: titles for model, titles in reached([kind], forms=True).items() if issubclass(model, Model)}
    sections: dict[type[Model], list[str]] = {kind: [kind.label], **within}
    return tuple(Section(model, tuple(titles), tuple(_of(model, shown))) for model, titles in sections.items())


def _of(model: type[Model], shown: Mapping[tuple[type[Model], str], str]) -> Iterator[Name]:
    annotations = hints(model)
    for name, info in model.model_fields.items():
        hint = annotations[name]
        example = shown.get((model, name)) or _typed(info)
        empty = without_none(hint) is not hint or (inside(hint) is not None and info.default == ())
        yield _name(str(info.title), name, hint, example, empty=empty, note=info.description or "")
    for name, form in forms_of(model).items():
        example = shown.get((model, name)) or _quoted(form)
        yield _name(form.zh, name, returned(form), example, made=True)


def _name(
    zh: str, en: str, hint: Any, example: str, *, empty: bool = False, made: bool = False, note: str = ""
) -> Name:
    kind = leaf(hint)
    model = kind if inspect.isclass(kind) and issubclass(kind, Model) and not issubclass(kind, Image) else None
    return Name(
        zh, en, what(hint), empty, made, "" if model else example, note, model, inside(without_none(hint)) is not None
    )


def _typed(info: FieldInfo) -> str:
    first = info.examples[0] if info.examples else ""
    return "" if isinstance(first, Mapping | list) else str(first)


def _quoted(form: Written[Any]) -> str:
    found = re.search("`([^`]*[\u4e00-\u9fff][^`]*)`", inspect.getdoc(form) or "")
    return found[1] if found else ""


def _examples(kind: type[Document]) -> dict[tuple[type[Model], str], str]:
    """Return what each name prints in the document that the demo makes; empty if it makes none of this kind."""
    found: dict[tuple[type[Model], str], str] = {}
    try:
        case = Case.from_source(demo()[1])
        waiting: list[Any] = [kind.from_case(case, nth=1 if len(kind.said_in(case)) > 1 else None)]
    except InputError:
        return found
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, tuple | list):
            waiting += one
        elif isinstance(one, Model):
            for name in (*type(one).model_fields, *forms_of(type(one))):
                value = getattr(one, name)
                waiting.append(value)
                if said := _shown(value):
                    found.setdefault((type(one), name), said)
    return found


def _shown(value: Any) -> str:
    """Write a value as a paper prints it; the first item of a list."""
    if isinstance(value, tuple | list):
        return _shown(value[0]) if value else ""
    if value is None or isinstance(value, BaseModel | Mapping):
        return ""
    return written(value).replace("\n", "⏎")


def hints(model: type[Model]) -> dict[str, Any]:
    """Return the annotations of a model's fields as they are written, `Day` and not `date`."""
    found: dict[str, Any] = {}
    for cls in reversed(model.__mro__):
        if issubclass(cls, Model):
            found |= inspect.get_annotations(cls, eval_str=True)
    return {name: found[name] for name in model.model_fields}


def without_none(hint: Any) -> Any:
    """Return what an optional annotation holds when it is there."""
    if get_origin(hint) in (Union, UnionType):
        return next(inside for inside in get_args(hint) if inside is not type(None))
    return hint


def bare(hint: Any) -> Any:
    """Return an annotation without what `Annotated` adds to it."""
    return get_args(hint)[0] if hasattr(hint, "__metadata__") else hint


def inside(hint: Any) -> Any:
    """Return what a list holds; None if the annotation is no list."""
    return get_args(bare(hint))[0] if get_origin(bare(hint)) is tuple else None


def valued(hint: Any) -> Any:
    """Return what a mapping holds under its names; None if the annotation is no mapping."""
    origin = get_origin(bare(hint))
    return get_args(bare(hint))[1] if inspect.isclass(origin) and issubclass(origin, Mapping) else None


def leaf(hint: Any) -> Any:
    """Return what stands within optional, list and mapping."""
    hint = without_none(hint)
    held = inside(hint) or valued(hint)
    return hint if held is None else leaf(held)


def returned(form: Written[Any]) -> Any:
    """Return the annotation of a written form's value."""
    return inspect.get_annotations(form.fget, eval_str=True)["return"]


def reached(roots: Iterable[type[Model]], *, forms: bool = False) -> dict[type, list[str]]:
    """Return the models and choices within some models, each with the Chinese names under which it stands there.

    Args:
        roots: where to begin; they are left out themselves.
        forms: follow written forms as well as fields.
    """
    found: dict[type, list[str]] = {}
    waiting = list(roots)
    seen = set(waiting)
    while waiting:
        model = waiting.pop(0)
        within = [(str(model.model_fields[name].title), hint) for name, hint in hints(model).items()]
        if forms:
            within += [(form.zh, returned(form)) for form in forms_of(model).values()]
        for name, hint in within:
            kind = leaf(hint)
            if not inspect.isclass(kind) or not issubclass(kind, Model | Choice) or issubclass(kind, Image):
                continue
            names = found.setdefault(kind, [])
            if name not in names:
                names.append(name)
            if issubclass(kind, Model) and kind not in seen:
                seen.add(kind)
                waiting.append(kind)
    return found


def what(hint: Any) -> str:
    """Say in Chinese what a field or a written form holds."""
    hint = without_none(hint)
    known = known_word(hint)
    if known:
        return known.removesuffix("，可以换行")
    held = inside(hint)
    if held is not None:
        return f"列表：{what(held)}"
    if inspect.isclass(hint) and issubclass(hint, Image):
        return "图片"
    if inspect.isclass(hint) and issubclass(hint, Model):
        return "分项"
    if inspect.isclass(hint) and issubclass(hint, Choice):
        return "一个词"
    return "分项" if valued(hint) is not None else PLAIN[bare(hint)]


def known_word(hint: Any) -> str | None:
    """Return the word for a type of the vocabulary; None if it is none."""
    return next((word for alias, word in WORDS if hint == alias), None)

"""What is known of a value in a template before anything is rendered: what it may be, and under which name it is read.

Types are the annotations of the models. Where nothing is known, nothing is said: a check never guesses.
"""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import Enum
from functools import cache, reduce
from operator import or_
from types import CodeType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from xuncha_docs.chinese import DocumentNumber
from xuncha_docs.images import Image, Seal
from xuncha_docs.model import Model, english, forms_of

NONE = type(None)
Path = tuple[Any, ...]


@dataclass(frozen=True)
class Known:
    """What is known of a value.

    Args:
        types: what it may be, each alternative once; empty where nothing is known.
        path: under which names it is read; empty if it is no plain name.
        said: the same as the template says it, `驻点时间.受理截止`.
        owner: the model whose field it is, and the field's name; None if it is no field.
    """

    types: tuple[Any, ...] = ()
    path: Path = ()
    said: str = ""
    owner: tuple[type[Model], str] | None = None

    @classmethod
    def of(cls, annotation: Any) -> Known:
        """Take an annotation apart; `Any` is not known."""
        types = tuple(dict.fromkeys(_alternatives(annotation)))
        return cls(() if Any in types or None in types else types)

    @property
    def optional(self) -> bool:
        """Whether it may be None."""
        return NONE in self.types

    @property
    def there(self) -> tuple[Any, ...]:
        """What it may be when it is there."""
        return tuple(t for t in self.types if t is not NONE) if NONE in self.types else self.types

    @property
    def models(self) -> tuple[type[Model], ...]:
        """The models it may be, None aside; empty if it may be anything else."""
        found = tuple(t for t in self.there if isinstance(t, type) and issubclass(t, Model))
        return found if len(found) == len(self.there) else ()

    @property
    def is_no_list(self) -> bool:
        """Whether it is certain to be no list, so that a loop over it makes no sense."""
        return bool(self.there) and all(_is_scalar(t) or _is_model(t) for t in self.there)

    @property
    def is_list(self) -> bool:
        """Whether it is certain to be a list, of which no name can be read; a mapping has names of its own."""
        return bool(self.there) and all(_is_list(t) and not _is_mapping(t) for t in self.there)

    @property
    def is_scalar(self) -> bool:
        """Whether it is certain to be a single text, number, date or choice."""
        return bool(self.there) and all(_is_scalar(t) for t in self.there)

    @property
    def is_whole(self) -> bool:
        """Whether it is certain to print as a whole list or a whole model, which no paper wants."""
        return bool(self.there) and all(_is_list(t) or (_is_model(t) and not _is_picture(t)) for t in self.there)

    @property
    def is_never_false(self) -> bool:
        """Whether it is certain to count as true where it is there: a model, a day, a time."""
        return bool(self.there) and all(
            _is_model(t) or (isinstance(t, type) and issubclass(t, date | time | DocumentNumber)) for t in self.there
        )

    def item(self, said: str = "") -> Known:
        """What a loop over it gives, or one of its items, under the name by which a template reads it."""
        for alternative in self.there:
            arguments = get_args(alternative)
            if _is_list(alternative) and arguments and not _is_mapping(alternative):
                return replace(Known.of(arguments[0]), said=said)
        return Known()

    def with_types(self, types: Iterable[Any]) -> Known:
        """Return the same value, known to be less."""
        return replace(self, types=tuple(types))

    def without_none(self) -> Known:
        """Return the same value where it is there."""
        return self.with_types(self.there)

    def among(self) -> frozenset[Any] | None:
        """Return all values it can have; None if they can't be counted."""
        found: set[Any] = set()
        for alternative in self.types:
            values = constants(alternative)
            if values is None:
                return None
            found |= values
        return frozenset(found) if self.types else None

    def called(self) -> str:
        """Say in Chinese what it is."""
        return next((word(t) for t in self.there), "空的")


UNKNOWN = Known()


def union(*values: Known) -> Known:
    """Return what is known of a value that is one of several."""
    if not all(value.types for value in values):
        return UNKNOWN
    return Known(tuple(dict.fromkeys(t for value in values for t in value.types)))


def listed(item: Known) -> Known:
    """Return what is known of a list of such values."""
    return Known((tuple[reduce(or_, item.types), ...],)) if item.types else UNKNOWN  # type: ignore[misc]


def _alternatives(annotation: Any) -> Iterator[Any]:
    if hasattr(annotation, "__metadata__"):
        yield from _alternatives(annotation.__origin__)
    elif hasattr(annotation, "__value__"):  # a type alias
        yield from _alternatives(annotation.__value__)
    elif getattr(get_origin(annotation), "__name__", "") in ("Union", "UnionType"):
        for argument in get_args(annotation):
            yield from _alternatives(argument)
    else:
        yield annotation


_SCALARS = (str, int, float, bool, date, datetime, time, Enum, DocumentNumber)


def _is_scalar(t: Any) -> bool:
    return get_origin(t) is Literal or (isinstance(t, type) and issubclass(t, _SCALARS))


def _is_model(t: Any) -> bool:
    return isinstance(t, type) and issubclass(t, Model)


def _is_picture(t: Any) -> bool:
    return isinstance(t, type) and issubclass(t, Image | Seal)


def _is_list(t: Any) -> bool:
    origin = get_origin(t) or t
    return isinstance(origin, type) and issubclass(origin, tuple | list | set | frozenset | Mapping)


def _is_mapping(t: Any) -> bool:
    origin = get_origin(t) or t
    return isinstance(origin, type) and issubclass(origin, Mapping)


def constants(t: Any) -> frozenset[Any] | None:
    """Return the values that a type has; None if they can't be counted."""
    if t is NONE:
        return frozenset((None,))
    if t is bool:
        return frozenset((True, False))
    if get_origin(t) is Literal:
        return frozenset(get_args(t))
    if isinstance(t, type) and issubclass(t, Enum):
        return frozenset(member.value for member in t)
    return None


def basic(t: Any) -> str:
    """Return the sort of a scalar, within which values can be equal; empty if that is not known."""
    if get_origin(t) is Literal:
        sorts = {basic(type(value)) for value in get_args(t)}
        return sorts.pop() if len(sorts) == 1 else ""
    if not isinstance(t, type):
        return ""
    for kinds, name in (
        ((str,), "text"),
        ((bool,), "truth"),
        ((int, float), "number"),
        ((time,), "time"),
        ((datetime, date), "date"),
    ):
        if issubclass(t, kinds):
            return name
    return "none" if t is NONE else ""


_WORDS: tuple[tuple[type, str], ...] = (
    (bool, "是或否"),
    (Enum, "几个词里的一个"),
    (DocumentNumber, "文号"),
    (str, "文字"),
    (int, "数字"),
    (float, "数字"),
    (datetime, "日期"),
    (date, "日期"),
    (time, "时间"),
)


def word(t: Any) -> str:
    """Say in Chinese what a type is."""
    if _is_list(t):
        return "列表"
    if _is_model(t):
        return "图片" if _is_picture(t) else "一组内容"
    kind = type(get_args(t)[0]) if get_origin(t) is Literal else t
    return next((said for base, said in _WORDS if isinstance(kind, type) and issubclass(kind, base)), "内容")


# --- the names of a model ------------------------------------------------------------------------------------------


@cache
def fields_of(model: type[Model]) -> Mapping[str, Any]:
    """Return the type of every name that a template may read of a model, by its English name."""
    fields = {name: info.annotation for name, info in model.model_fields.items()}
    fields |= {name: info.return_type for name, info in model.model_computed_fields.items()}
    return fields | {name: _returned(form.fget, model) for name, form in forms_of(model).items()}


def _returned(function: Callable[..., Any], model: type[Model]) -> Any:
    try:
        scope = vars(inspect.getmodule(model)) | vars(inspect.getmodule(function))
        return get_type_hints(function, scope).get("return")
    except NameError:
        return None


@cache
def field(model: type[Model], name: str) -> Known:
    """Return what is known of a field or a written form, by its English name."""
    return replace(Known.of(fields_of(model)[name]), owner=(model, name))


@cache
def read_by(model: type[Model], name: str) -> frozenset[str]:
    """Return the fields of a model that a name of it prints: itself, or what a written form is made from."""
    if name in model.model_fields:
        return frozenset((name,))
    found: set[str] = set()
    waiting, seen = [name], set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if one in model.model_fields:
            found.add(one)
            continue
        for code in _codes(model, one):
            waiting += [used for used in _names_in(code) if hasattr(model, used) or used in model.model_fields]
    return frozenset(found)


def _codes(model: type[Model], name: str) -> Iterator[CodeType]:
    """Yield the code of a written form, a property or a method."""
    made = inspect.getattr_static(model, name, None)
    made = getattr(made, "wrapped", made)  # a computed field of Pydantic's
    function = getattr(made, "fget", None) or getattr(made, "func", None) or made
    code = getattr(function, "__code__", None)
    if code is not None:
        yield code


def _names_in(code: CodeType) -> Iterator[str]:
    """Yield the attributes that a method reads of its own object, functions within it too."""
    before: Any = None
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_ATTR", "LOAD_METHOD") and before == "self":
            yield str(step.argval)
        if step.opname.startswith("LOAD_"):  # 3.13 loads two names in one step
            before = step.argval[-1] if isinstance(step.argval, tuple) and step.argval else step.argval
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)


@cache
def written_form(model: type[Model], name: str) -> str | None:
    """Return the Chinese name of the form in which a paper writes a field; None if it is printed as it is.

    A form belongs to a field by its name, `部署写法` to `部署`; an ordinal to the form that is made of it alone.
    """
    if name not in model.model_fields:
        return None
    forms = forms_of(model)
    own = f"{model.model_fields[name].title}写法"
    for english_name, form in forms.items():
        if form.zh == own or english_name == f"{name}_written":
            return form.zh
    if not is_ordinal(model, name):
        return None
    return next((form.zh for key, form in forms.items() if read_by(model, key) == {name}), None)


@cache
def is_ordinal(model: type[Model], name: str) -> bool:
    """Whether a field counts, `第三`: papers write that in Chinese numerals."""
    info = model.model_fields.get(name)
    return info is not None and any(
        getattr(limit, "le", None) == HIGHEST_ORDINAL for limit in _limits((*info.metadata, info.annotation))
    )


HIGHEST_ORDINAL = 99


def _limits(metadata: Iterable[Any]) -> Iterator[Any]:
    for one in metadata:
        yield one
        yield from _limits(getattr(one, "metadata", ()))
        yield from _limits(getattr(one, "__metadata__", ()))
        yield from _limits(get_args(one) if get_origin(one) is not None else ())


def names(model: type[Model]) -> tuple[str, ...]:
    """Return every name that a template may read of a model, in both languages."""
    return (*english(model), *fields_of(model))

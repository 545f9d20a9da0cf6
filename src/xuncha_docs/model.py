"""The base of every model: frozen, one name in English and one in Chinese for each field, nothing unknown let in.

    class Unit(Model):
        name: Line = named("名称", "党组织全称", examples=["临江县水利局党组"])

        @written("带书名号的名称")
        def quoted(self) -> str: ...

Input, templates and attribute access take either name, `unit.name` or `unit.名称`.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from html import escape
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Generic,
    NamedTuple,
    NoReturn,
    Self,
    TypeVar,
    dataclass_transform,
    overload,
)

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError

from xuncha_docs import chinese
from xuncha_docs.blank import MARK, Blank

T = TypeVar("T")

AGAIN = "\x00again"
"""What marks the key of a field that was given in both languages: no field has such a name, so it is refused."""

USUAL = "x-usual"
"""The mark of an optional field that most people fill in."""


def named(
    zh: str,
    note: str = "",
    *,
    default: Any = ...,
    default_factory: Callable[[], Any] | None = None,
    usual: bool = False,
    **more: Any,
) -> Any:
    """Declare a field by its term in Chinese.

    Args:
        zh: the Chinese name, which is also the title.
        note: what a person must know to fill it in, in Chinese; goes into schemas and skeletons.
        default: as in `pydantic.Field`; left out, the field is required.
        default_factory: as in `pydantic.Field`.
        usual: an optional field that most people fill in: a skeleton shows it filled.
        more: anything else `pydantic.Field` takes; `examples=[…]` feeds skeletons and docs.
    """
    if default_factory is not None:
        more["default_factory"] = default_factory
    elif default is not ...:
        more["default"] = default
    if usual:
        more["json_schema_extra"] = {USUAL: True}
    return Field(validation_alias=zh, serialization_alias=zh, title=zh, description=note or None, **more)


class Written(Generic[T]):
    """A value that derives from fields, under an English and a Chinese name; made by `written`."""

    def __init__(self, zh: str, fget: Callable[[Any], T]) -> None:
        self.zh = zh
        self.fget = fget
        self.__doc__ = fget.__doc__

    @overload
    def __get__(self, obj: None, owner: type) -> Self: ...
    @overload
    def __get__(self, obj: object, owner: type) -> T: ...
    def __get__(self, obj: object, owner: type) -> Self | T:
        """Compute the value for a model; on the class, return the declaration."""
        return self if obj is None else self.fget(obj)


def written(zh: str) -> Callable[[Callable[[Any], T]], Written[T]]:
    """Turn a method into a written form: read like a field, in templates too, but never typed in or stored."""
    return lambda fget: Written(zh, fget)


class Shared(NamedTuple):
    """That several papers of one inspection speak of the same thing, and how one knows that it is the same.

    Args:
        what: what it is, in Chinese: `被巡察单位`.
        by: the fields by any of which two are known to be one; none where an inspection has but one.
    """

    what: str
    by: tuple[str, ...] = ()


class Recognised(StrEnum):
    """How one recognises, in a text, a fact that no public paper may repeat."""

    NAME = "姓名"
    PHONE = "电话"
    NUMBER = "编号"
    WORDS = "内容"


NOT_PUBLIC = "not for public papers"
"""What stands in the annotation of a type of text, `Annotated[str, …, NOT_PUBLIC]`, that no public paper may have."""


draft_class: Callable[[type[Model]], type[Model]] | None = None
"""What returns the class of a model's drafts: `xuncha_docs.drafts`, once it is there; before there are no blanks."""


if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)  # which has no public name


class Blankable(ModelMetaclass):
    """Makes a draft where a model is made, in Python, of a fact that is missing: a blank suits no type but that."""

    def __call__(cls, *args: Any, **data: Any) -> Any:
        """Make a model, or a draft of it where a blank is among what it is made of."""
        try:
            return super().__call__(*args, **data)
        except ValidationError:
            if draft_class is None or not holds_blank(data):
                raise
            wider = draft_class(cls)  # type: ignore[arg-type]  # a class of models
            if wider is cls:
                raise
            return wider(*args, **data)


def holds_blank(value: Any) -> bool:
    """Tell whether a value is a blank, or holds one."""
    if isinstance(value, str):
        return isinstance(value, Blank) or MARK in value
    if isinstance(value, Model):
        return any(holds_blank(getattr(value, name)) for name in type(value).model_fields)
    if isinstance(value, Mapping):
        return any(holds_blank(inner) for inner in value.values())
    return isinstance(value, list | tuple) and any(holds_blank(inner) for inner in value)


@dataclass_transform(kw_only_default=True, field_specifiers=(named,))
class Model(BaseModel, metaclass=Blankable):
    """The base of all models; see the module."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        validate_default=True,
        ignored_types=(Written,),
        ser_json_bytes="base64",
        val_json_bytes="base64",
        hide_input_in_errors=True,  # Pydantic would repeat whole papers in its errors
    )

    short_form: ClassVar[bool] = False
    """Whether a text will do for the whole model, read by `from_text`."""

    shared: ClassVar[Shared | None] = None
    """What papers share in it, to be held against each other; None for what one paper alone says."""

    restricted: ClassVar[Mapping[str, Recognised]] = {}
    """The fields whose texts no public paper may repeat; a public kind may not hold a model that has some."""

    refers: ClassVar[str] = ""
    """The label of the kind whose paper it names, by fields that paper has too; empty for what names no other paper."""

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a short form, such as a bare name for a person; models that have one say so and override this."""
        return text

    @model_validator(mode="before")
    @classmethod
    def _in_one_language(cls, data: Any) -> Any:
        if isinstance(data, str):
            _refuse_wide_colon(cls, data)
            data = cls.from_text(data)
        if not isinstance(data, Mapping) or (data.keys() <= _names(cls) and None not in data.values()):
            return data
        said: dict[Any, Any] = {}
        for key, value in data.items():
            name = spellings(cls).get(key, key)
            if value is None and name in cls.model_fields:
                continue  # left blank is not filled in
            said[f"{key}{AGAIN}" if name in said else name] = value
        return said

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Say that a text will do, where it will."""
        full = super().__get_pydantic_json_schema__(schema, handler)
        if not cls.short_form:
            return full
        return {"anyOf": [{"type": "string", "minLength": 1}, handler.resolve_ref_schema(full)]}

    @model_validator(mode="after")
    def _possible_at_all(self) -> Self:
        checks = checks_of(type(self))
        found = [fault for check in checks for fault in check(self)] if checks else None
        if found:
            lines = [InitErrorDetails(type=fault, input=None) for fault in found]
            raise ValidationError.from_exception_data(type(self).__name__, lines)
        return self

    def _repr_html_(self) -> str:
        """Show the facts in a notebook, under their Chinese names; what is not filled in is left out."""
        return as_html(self)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Read a field or a written form by its Chinese name."""
            known = english(type(self))
            return getattr(self, known[name]) if name in known else super().__getattr__(name)


class Choice(StrEnum):
    """One of a few words: the value is the Chinese word that is printed, the English name is read as well."""

    @classmethod
    def also(cls) -> Mapping[str, str]:
        """Return other words that people write for a choice, and the value they mean."""
        return {}

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        names = {member.name.lower(): member for member in cls}
        meant = cls.also().get(value)
        return names.get(value.lower()) or (cls(meant) if meant else None)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Offer every spelling to editors and validators."""
        return {"type": "string", "enum": [*(m.value for m in cls), *(m.name.lower() for m in cls), *cls.also()]}


Contradiction = PydanticCustomError
"""One thing that can't be true of a model."""

M = TypeVar("M", bound="Model")
Checks = Callable[[M], Iterator[Contradiction]]


def contradiction(message: str, field: str | None = None, rule: str = "impossible") -> Contradiction:
    """Say what can't be true.

    Args:
        message: what is wrong and the way out, in Chinese, naming the field in both languages.
        field: the English name of the field to blame, when it is not the one being validated.
        rule: `impossible`, `malformed` or `bad_text`.
    """
    context = {"message": message, "field": field}
    return PydanticCustomError(rule, "{message}", context)


def contradictions(check: Checks[M]) -> Checks[M]:
    """Mark a method that yields what can't be true of its model; all such methods speak before it is refused."""
    check.contradicts = True  # type: ignore[attr-defined]
    return check


def refuse(message: str, field: str | None = None, rule: str = "impossible") -> NoReturn:
    """Refuse a single value, in a validator of one field; the arguments are those of `contradiction`."""
    raise contradiction(message, field, rule)


@cache
def checks_of(model: type[Model]) -> tuple[Checks[Any], ...]:
    """Return what yields what can't be true of a model; what a class says again is said once."""
    found = {name: value for cls in reversed(model.__mro__) for name, value in vars(cls).items()}
    return tuple(value for value in found.values() if getattr(value, "contradicts", False))


@cache
def english(model: type[Model]) -> Mapping[str, str]:
    """Map the Chinese names of a model, of its fields, computed ones too, and written forms, to the English ones."""
    computed = {info.alias: name for name, info in model.model_computed_fields.items() if info.alias}
    return {form.zh: name for name, form in forms_of(model).items()} | computed | dict(spellings(model))


@cache
def _names(model: type[Model]) -> frozenset[str]:
    return frozenset(model.model_fields)


@cache
def spellings(model: type[Model]) -> Mapping[str, str]:
    """Map the Chinese names of a model's fields, which input may use, to the English ones."""
    return {str(info.validation_alias): name for name, info in model.model_fields.items() if info.validation_alias}


def _refuse_wide_colon(model: type[Model], text: str) -> None:
    """Refuse `名称：…` where `名称: …` is meant: the slip of a Chinese keyboard makes one text of key and value."""
    key = text.partition("：")[0].strip()
    if "：" in text and (key in spellings(model) or key in model.model_fields):
        refuse(f"“{key}”后面是全角冒号，请换成半角冒号，冒号后空一格。", rule="malformed")


@cache
def forms_of(model: type[Model]) -> Mapping[str, Written[Any]]:
    """Return the written forms of a model by their English names."""
    found = {}
    for cls in reversed(model.__mro__):
        found.update({name: value for name, value in vars(cls).items() if isinstance(value, Written)})
    return found


def chinese_name(model: type[Model], name: str) -> str:
    """Return the Chinese name of a field."""
    return str(model.model_fields[name].title)


def as_html(value: Any) -> str:
    """Write a value of a model as HTML: a model as a table, several values as a list, a picture as a word."""
    if isinstance(value, Model):
        value = {chinese_name(type(value), name): getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        rows = "".join(
            f"<tr><th>{escape(str(name))}</th><td>{as_html(inner)}</td></tr>"
            for name, inner in value.items()
            if inner not in (None, "", (), [], {})
        )
        return f"<table>{rows}</table>"
    if isinstance(value, tuple | list):
        return f"<ol>{''.join(f'<li>{as_html(inner)}</li>' for inner in value)}</ol>"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return chinese.written_moment(value)
    return "（图片）" if isinstance(value, bytes) else escape(str(value))


def closest(word: str, words: typing.Iterable[str]) -> str | None:
    """Return the word that was probably meant; None if nothing comes near."""
    return next(iter(get_close_matches(word, list(words), n=1, cutoff=0.5)), None)


def field_of(model: type[Model], key: object) -> tuple[str, FieldInfo] | None:
    """Return the field that a key of the input means, by either name; None if there is none."""
    name = spellings(model).get(str(key), str(key))
    info = model.model_fields.get(name)
    return (name, info) if info else None


def inner_model(annotation: Any) -> type[Model] | None:
    """Return the model within an annotation: through Optional, Annotated, tuple, list and dict values."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    return next((found for inside in typing.get_args(annotation) if (found := inner_model(inside))), None)


def models_within(value: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Model]]:
    """Yield a model and all models in it, at any depth, each with its path: English names, and positions from 0."""
    if isinstance(value, Model):
        yield at, value
        for name in type(value).model_fields:
            yield from models_within(getattr(value, name), (*at, name))
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from models_within(item, (*at, n))

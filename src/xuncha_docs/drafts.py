"""Drafts: models in which a required fact may be missing, and a blank stands in its place.

    draft = draft_class(Stay).model_validate({"撤离日期": "2025-08-29"})
    draft.phrase           # '自【待填：进驻日期】至2025年8月29日'
    missing(draft)         # ('进驻日期',)

For each model there is a class of its drafts, a subclass that is made once and is in no registry. A draft takes what
its model takes, or nothing at all. What is unknown or malformed is still refused, and so is what can't be true of the
facts that are there; what may be true, depending on what is missing, is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext, suppress
from functools import cache, partial, wraps
from inspect import signature
from types import GenericAlias
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin

from annotated_types import MinLen
from pydantic import ValidationError, ValidatorFunctionWrapHandler, WrapValidator, create_model, field_validator
from pydantic import model_validator as validated_by
from pydantic.fields import FieldInfo
from pydantic_core import InitErrorDetails

from xuncha_docs import model as models
from xuncha_docs.blank import MARK, PATTERNS, Blank, Within, answering, blanks_in, last_asked, usual, what
from xuncha_docs.errors import InputError
from xuncha_docs.model import USUAL, Contradiction, Model, Written, chinese_name, forms_of, holds_blank, named

M = TypeVar("M", bound=Model)
T = TypeVar("T")

_WHOLE = "__whole__"
"""The attribute in which the class of a model's drafts keeps the model."""


def is_draft(thing: object) -> bool:
    """Tell whether a model, or a class of models, is one of drafts."""
    return hasattr(thing, _WHOLE)


def whole_class(model: type[M]) -> type[M]:
    """Return the class of which a class holds the drafts; any other class is its own."""
    return cast("type[M]", getattr(model, _WHOLE, model))


def missing(model: Model) -> tuple[str, ...]:
    """Return the facts that wait to be filled in, by their paths in Chinese: `巡察组.组员[2].姓名`."""
    return tuple(dict.fromkeys(_missing(model, "")))


def _missing(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _missing(getattr(value, name), f"{path}.{chinese_name(type(value), name)}".removeprefix("."))
    elif isinstance(value, str):
        if MARK in str(value):
            yield path
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _missing(inner, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for n, inner in enumerate(value, 1):
            yield from _missing(inner, f"{path}[{n}]")


def _first_blank(value: Any) -> Blank | None:
    """Return a blank that a model holds: what keeps it from being written."""
    if isinstance(value, Model):
        value = [getattr(value, name) for name in type(value).model_fields]
    if isinstance(value, str):
        names = blanks_in(value)
        return Blank(names[0]) if names else None
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return next((found for one in inner if (found := _first_blank(one)) is not None), None)


# --- the classes -----------------------------------------------------------------------------------------------------


@cache
def draft_class(model: type[M]) -> type[M]:
    """Return the class of a model's drafts; that of a draft is its own."""
    if is_draft(model):
        return model
    made: type[M] = create_model(
        f"Draft{model.__name__}",
        __base__=model,
        __module__=__name__,
        __doc__=f"Drafts of {model.__name__}.",
        __validators__=cast(
            "dict[str, Any]",
            {
                "_blank_or_value": field_validator("*", mode="wrap")(_lenient(model)),
                **{name: validated_by(mode="after")(_tolerant(check)) for name, check in _validators(model)},
                "_possible_at_all": validated_by(mode="after")(_possible),
            },
        ),
        **{name: _declared(info) for name, info in model.model_fields.items()},
    )
    setattr(made, _WHOLE, model)
    for name in model.__class_vars__ - {_WHOLE}:  # a class of no kind would have lost what its kind says
        setattr(made, name, getattr(model, name))
    for name, form in forms_of(model).items():
        setattr(made, name, Written(form.zh, _guarded(form.fget)))
    for name, value in _properties(model):
        setattr(made, name, property(_guarded(value)))
    made.model_dump_json = _quietly(model.model_dump_json)  # type: ignore[method-assign]
    made.model_dump = _quietly(model.model_dump)  # type: ignore[method-assign]
    made.__reduce__ = _reduced  # type: ignore[method-assign, assignment]
    return made


models.draft_class = draft_class


def _reduced(self: Model) -> tuple[Any, ...]:
    """Pickle a draft by its model: the class is made where it is read."""
    return _restored, (whole_class(type(self)), self.__getstate__())


def _restored(model: type[M], state: dict[Any, Any]) -> M:
    kind: type[M] = draft_class(model)
    draft: M = object.__new__(kind)
    draft.__setstate__(state)
    return draft


def _quietly(dump: Callable[..., Any]) -> Callable[..., Any]:
    """Dump without a warning for each blank, which is of no field's type."""

    @wraps(dump)
    def quiet(self: Model, **more: Any) -> Any:
        return dump(self, **({"warnings": False} | more))

    return quiet


def _declared(info: FieldInfo) -> Any:
    """Declare a field once more: required no longer, and of drafts where it was of models."""
    needed = info.is_required()
    blank = partial(blank_for, info)
    field = named(
        str(info.title),
        info.description or "",
        default=... if needed or info.default_factory else info.default,
        default_factory=blank if needed else info.default_factory,  # type: ignore[arg-type]
        usual=isinstance(info.json_schema_extra, dict) and USUAL in info.json_schema_extra,
        examples=info.examples,
        repr=info.repr,
        validate_default=not needed,
    )
    annotation = _drafted(info.annotation, str(info.title))
    return (Annotated[(annotation, *info.metadata)] if info.metadata else annotation), field


def blank_for(info: FieldInfo, what: str | None = None) -> Blank:
    """Return the blank for a field: what its model need not say is taken as not said.

    Args:
        info: the field.
        what: the fact that is missing, where it is another: one of the case, from which the field is filled.
    """
    inner = models.inner_model(info.annotation)
    return Blank(what or str(info.title), _not_said(whole_class(inner)) if inner else {})


@cache
def _not_said(model: type[Model]) -> Mapping[str, Any]:
    """Return the fields of a model as they are where nothing is said, by both names; the required ones are not."""
    known: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        inner = models.inner_model(info.annotation)
        if not info.is_required():
            known[name] = info.get_default(call_default_factory=True, validated_data={})
        elif inner:
            known[name] = Within(_not_said(inner))
    return known | {chinese_name(model, name): value for name, value in known.items()}


def _drafted(annotation: Any, title: str) -> Any:
    """Return an annotation in which drafts stand for models, and a blank for any item."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return Annotated[draft_class(annotation), WrapValidator(partial(_whole_or_draft, annotation))]
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return Annotated[(_drafted(inner[0], title), *inner[1:])]
    if origin is tuple:
        return GenericAlias(tuple, (_of_items(inner[0], title), ...))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return GenericAlias(Mapping, (inner[0], _of_items(inner[1], title)))
    if not any(models.inner_model(one) for one in inner):
        return annotation
    joined = _drafted(inner[0], title)
    for one in inner[1:]:
        joined = joined | _drafted(one, title)
    return joined


def _of_items(annotation: Any, title: str) -> Any:
    return Annotated[_drafted(annotation, title), WrapValidator(partial(_blank_or_item, title))]


def _whole_or_draft(whole: type[Model], value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    return value if isinstance(value, whole) else handler(value)


def _blank_or_item(title: str, value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    if isinstance(value, Blank):
        return value
    try:
        return handler(value)
    except ValidationError:
        if value is None:
            return Blank(title)
        raise


def _lenient(model: type[Model]) -> Callable[..., Any]:
    """Return the validator of all fields of a model's drafts, which stands around what the model says of each."""
    needed = {
        name
        for name, info in model.model_fields.items()
        if info.is_required() or any(isinstance(one, MinLen) and one.min_length for one in info.metadata)
    }

    def blank_or_value(cls: type[Model], value: Any, handler: ValidatorFunctionWrapHandler, info: Any) -> Any:
        field = model.model_fields[info.field_name]
        if isinstance(value, list | tuple) and value and all(isinstance(one, Blank) for one in value):
            value = value[0]  # which may stand for any number of items
        if isinstance(value, Blank):
            return blank_for(field, what(value))
        if info.field_name in needed and (value in ([], ()) or (isinstance(value, str) and not value.strip())):
            return blank_for(field)
        return _answered(handler, value)

    return blank_or_value


def _answered(handler: ValidatorFunctionWrapHandler, value: Any) -> Any:
    """Validate a value; what is refused only because of a blank in it is let through."""
    try:
        return handler(value)
    except ValidationError as error:
        refused = error
    for pattern in PATTERNS:
        with answering(pattern):
            try:
                made = handler(value)
            except ValidationError:
                continue
        if holds_blank(made):
            return made
    raise refused


# --- what can't be true ----------------------------------------------------------------------------------------------

_ODD = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError)
"""What comes of counting or writing with something that is not there."""


def _possible(self: M) -> M:
    """Refuse what can't be true whatever is missing; where something must be there that is not, put a blank."""
    left = [fault for fault in _certain(self) if not _filled(self, fault) and MARK not in _said(fault)]
    if left:
        lines = [InitErrorDetails(type=fault, input=None) for fault in left]
        raise ValidationError.from_exception_data(whole_class(type(self)).__name__, lines)
    return self


def _validators(model: type[Model]) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Yield the validators that a kind of an office declares Pydantic's own way, for the whole model."""
    for name, one in model.__pydantic_decorators__.model_validators.items():
        if one.info.mode == "after" and len(signature(one.func).parameters) == 1:
            yield name, one.func


def _tolerant(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a validator that refuses only what it would refuse with any facts in place of the blanks."""

    @wraps(check)
    def tolerant(self: Model) -> Model:
        for pattern in PATTERNS if holds_blank(self) else ():
            with suppress(*_ODD, AssertionError), answering(pattern):
                check(self)
                return self
        check(self)
        return self

    return tolerant


def _certain(model: Model) -> list[Contradiction]:
    """Return what can't be true, and would be so with any facts in place of the blanks."""
    if not holds_blank(model):
        return list(_faults(model, ""))
    first, *others = ({_said(fault): fault for fault in _faults(model, pattern)} for pattern in PATTERNS)
    return [fault for said, fault in first.items() if all(said in one for one in others)]


def _said(fault: Contradiction) -> str:
    return str((fault.context or {}).get("message", ""))


def _faults(model: Model, pattern: str) -> Iterator[Contradiction]:
    """Run all checks of a model with certain answers; one that stumbles over a blank has nothing more to say."""
    for check in models.checks_of(type(model)):
        with answering(pattern) if pattern else nullcontext():
            found = iter(check(model))
            while True:
                try:
                    fault = next(found)
                except StopIteration:
                    break
                except _ODD:
                    if not pattern:
                        raise
                    break
                yield fault


def _filled(model: Model, fault: Contradiction) -> bool:
    """Put a blank where a fault says that something is missing, if that mends it.

    Some facts are required only where others are so, or only one of several. The message names them, in both languages.
    """
    said, blamed = _said(fault), (fault.context or {}).get("field")
    wanted = [
        (path, name)
        for held, path in _held(model)
        for name, value in held.items()
        if value in (None, ())
        and ((path, name) == ((), blamed) or f"（{name}）" in said or f"（{'.'.join((*path, name))}）" in said)
    ]
    for path, name in sorted(wanted, key=lambda one: one != ((), blamed)):
        before = dict(model.__dict__)
        _put(model, path, name)
        if said not in map(_said, _certain(model)):
            return True
        model.__dict__.clear()
        model.__dict__.update(before)
    return False


def _held(model: Model) -> Iterator[tuple[Mapping[str, Any], tuple[str, ...]]]:
    """Yield what a model says by English names, then what each model in its fields says."""
    said = {name: getattr(model, name) for name in type(model).model_fields}
    yield said, ()
    for name, value in said.items():
        if isinstance(value, Model):
            yield {one: getattr(value, one) for one in type(value).model_fields}, (name,)
        elif isinstance(value, Blank):
            yield usual(value), (name,)


def _put(model: Model, path: tuple[str, ...], name: str) -> None:
    """Put a blank into a model or into a copy of what is in its field, which others may hold too."""
    if not path:
        model.__dict__[name] = blank_for(type(model).model_fields[name])
        return
    inner = getattr(model, path[0])
    if isinstance(inner, Blank):
        info = type(model).model_fields[path[0]]
        holder = models.inner_model(info.annotation) or Model
        both = (name, holder.model_fields[name].title)
        model.__dict__[path[0]] = Blank(what(inner), {k: v for k, v in usual(inner).items() if k not in both})
        return
    whole: type[Model] = whole_class(type(inner))
    kind = draft_class(whole)
    said = {one: getattr(inner, one) for one in type(inner).model_fields}
    model.__dict__[path[0]] = kind.model_construct(**said | {name: blank_for(type(inner).model_fields[name])})


# --- what is written -------------------------------------------------------------------------------------------------


def _properties(model: type[Model]) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Yield what the models' own classes say by properties."""
    for cls in reversed(model.__mro__):
        if issubclass(cls, Model):
            for name, value in vars(cls).items():
                if isinstance(value, property) and value.fget and not name.startswith("_"):
                    yield name, value.fget


def _guarded(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what writes a form, and where a blank stands in the way returns the blank."""

    @wraps(read)
    def guarded(self: Model) -> Any:
        last_asked()
        try:
            return read(self)
        except _ODD:
            blank = last_asked() or _first_blank(self)
            if blank is None:
                raise
            return blank

    return guarded


def unless_blank(function: Callable[..., T], *args: Any) -> T | None:
    """Call what may stumble over a blank in what it is given; return None where it does."""
    try:
        return function(*args)
    except InputError:
        raise
    except _ODD:
        if not any(holds_blank(one) for one in args):
            raise
        return None

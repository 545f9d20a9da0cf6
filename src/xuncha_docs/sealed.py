"""The sealed record (密封记录): who reported what, in a file of its own that no paper is ever made from.

    record = SealedRecord.load("密封记录.yaml")
    record.entries[0].reporter                 # Reporter(name=（密）, unit=None, phone=（密）, address=None)
    record.entries[0].reporter.name.reveal()   # the name

No kind, check, template or packet knows this module. What is secret in it is a `Secret`, which prints `（密）` only.
What is wrong in a file, or in what a program gives, is told without a word of it.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, TypeVar, get_args

import yaml
from pydantic import ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from xuncha_docs.case import KIND_KEYS
from xuncha_docs.errors import InputError
from xuncha_docs.fields import Day, Line, Many, doubled
from xuncha_docs.findings import Place, Report
from xuncha_docs.inputs import MALFORMED, OPEN_TO_OTHERS, faults, os_reason, read_sealed, says_sealed, without_echoes
from xuncha_docs.model import (
    AGAIN,
    Blankable,
    Choice,
    Contradiction,
    Model,
    chinese_name,
    contradictions,
    field_of,
    named,
)
from xuncha_docs.saving import save_all
from xuncha_docs.secret import SEALED_KIND, Secret

PRIVATE = 0o600
"""The mode of a sealed record's file: its owner reads and writes it, nobody else does anything."""

_OTHERS = 0o077


class _SealedMeta(Blankable):
    """Makes models whose errors and tracebacks hold nothing of what was given; there are no drafts of them."""

    def __call__(cls, /, **data: Any) -> Any:
        try:
            return type.__call__(cls, **data)
        except ValidationError as error:
            fault = error.with_traceback(None)
        data.clear()  # a traceback may show what its frames hold
        raise fault


class Sealed(Model, metaclass=_SealedMeta):
    """A model of the sealed record: whatever is wrong with it is told without what was given."""

    @model_validator(mode="wrap")
    @classmethod
    def _silently(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(data)
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=False)
        del data
        lines = [_unsaid(cls, one["type"], one["loc"], one.get("ctx", {})) for one in without_echoes(details)]
        raise ValidationError.from_exception_data(cls.__name__, lines, hide_input=True)

    @classmethod
    def model_validate(cls, obj: Any, **more: Any) -> Self:
        """Make it of data, as `pydantic.BaseModel.model_validate`; an error holds nothing of the data."""
        try:
            return super().model_validate(obj, **more)
        except ValidationError as error:
            fault = error.with_traceback(None)
        del obj
        raise fault

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **more: Any) -> Self:
        """Make it of JSON, as `pydantic.BaseModel.model_validate_json`; an error holds nothing of it."""
        try:
            data, broken = json.loads(json_data), False
        except ValueError:
            data, broken = None, True
        del json_data
        if broken:
            line = InitErrorDetails(type=_told("malformed", "不合 JSON 的写法。"), loc=(), input="")
            raise ValidationError.from_exception_data(cls.__name__, [line], hide_input=True)
        try:
            return super().model_validate(data, **more)
        except ValidationError as error:
            fault = error.with_traceback(None)
        del data
        raise fault

    if not TYPE_CHECKING:

        @classmethod
        def model_construct(cls, *args: object, **values: object) -> NoReturn:
            """Refuse to hold what was not looked at: it might be no `Secret`."""
            values.clear()
            del args
            raise TypeError(f"a {cls.__name__} is never made without validation")

        def model_copy(self, *, update: object = None, deep: bool = False) -> Self:
            """Copy it; to change it, make a new one."""
            changed = bool(update)
            del update
            if changed:
                raise TypeError(f"a {type(self).__name__} is never changed without validation")
            return super().model_copy(deep=deep)

        def __setattr__(self, name: str, value: object) -> NoReturn:
            """Refuse, without saying what was to be put there."""
            del value
            raise AttributeError(f"a {type(self).__name__} does not change")


def _told(rule: str, message: str, field: str | None = None) -> PydanticCustomError:
    """Make a fault that says nothing of what was given; `silent` vouches for it."""
    return PydanticCustomError(rule, "{message}", {"message": message, "field": field, "silent": True})


def _unsaid(model: type[Model], kind: str, loc: Sequence[str | int], context: Mapping[str, Any]) -> InitErrorDetails:
    """Say one fault by its sort and by the names that are known, without what was given."""
    known = tuple(_known_steps(model, loc))
    if context.get("silent"):
        fault = _told(kind, str(context["message"]), context.get("field"))
    elif kind == "missing":
        return InitErrorDetails(type="missing", loc=known, input="")
    elif kind == "extra_forbidden":
        again = isinstance(loc[-1], str) and loc[-1].endswith(AGAIN)
        unknown = f"有一项不认识；这里可以写：{'、'.join(_terms(model, known))}。"
        fault = _told("unknown", "有一项用中文名、英文名各写了一次。" if again else unknown)
    else:
        fault = _told("malformed", _how(model, known))
    return InitErrorDetails(type=fault, loc=known, input="")


def _known_steps(model: type[Model] | None, loc: Sequence[str | int]) -> Iterator[str | int]:
    """Follow a location as far as its names are ours: an unknown one is something that was given."""
    for step in loc:
        found = field_of(model, step) if model and isinstance(step, str) else None
        if found:
            yield found[0]
            model = _model_in(found[1].annotation)
        elif isinstance(step, int):
            yield step
        else:
            return


def _model_in(annotation: Any) -> type[Sealed] | None:
    if isinstance(annotation, type) and issubclass(annotation, Sealed):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)


def _at(model: type[Model], loc: Sequence[str | int]) -> tuple[type[Model], str | None]:
    """Return the model in which a location ends, and the name of the field, if it ends at one."""
    name: str | None = None
    for step in loc:
        if isinstance(step, str):
            inner = _model_in(model.model_fields[name].annotation) if name else None
            model, name = inner or model, step
    return model, name


def _terms(model: type[Model], loc: Sequence[str | int]) -> Iterator[str]:
    holder, name = _at(model, loc)
    inner = (_model_in(holder.model_fields[name].annotation) if name else None) or holder
    return (chinese_name(inner, one) for one in inner.model_fields)


def _how(model: type[Model], loc: Sequence[str | int]) -> str:
    """Say that something is not written as it should be, with what may be written there."""
    holder, name = _at(model, loc)
    if name is None:
        return "写法不对，这里应分项填写，每行“名称: 内容”。"
    info = holder.model_fields[name]
    choice: Any = info.annotation
    if isinstance(choice, type) and issubclass(choice, Choice):
        return f"没有填，或没有这个选项，只能写：{'、'.join(choice)}。"
    example = next(iter(info.examples or ()), None)
    return f"没有填，或写法不对，例如：{example}。" if isinstance(example, str) else "没有填，或写法不对，应分项填写。"


# --- the record ----------------------------------------------------------------------------------------------------


class Way(Choice):
    """How a report came in."""

    LETTER = "来信"
    CALL = "来电"
    VISIT = "来访"
    ONLINE = "网上"
    BOX = "意见箱"


class Naming(Choice):
    """Whether who reported gave a name."""

    NAMED = "实名"
    ANONYMOUS = "匿名"


class Reporter(Sealed):
    """Who reported something; a bare name will do. All of it is secret."""

    short_form = True

    name: Secret | None = named("姓名", default=None, examples=["吴某某"], usual=True)
    unit: Secret | None = named("单位", default=None, examples=["临江县青石镇"])
    phone: Secret | None = named("电话", default=None, examples=["0600-8000099"], usual=True)
    address: Secret | None = named("住址", default=None, examples=["临江县青石镇一组"])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare name."""
        return {"name": text}


class SealedEntry(Sealed):
    """One report that came in: when, how, from whom, and what became of it."""

    number: Line = named("登记号", "信访登记的编号，台账和底稿上只写它", examples=["信〔2025〕3号"])
    received: Day = named("收到日期", examples=["2025-07-10"])
    way: Way = named("渠道", "来信、来电、来访、网上或意见箱", examples=["来信"])
    naming: Naming = named("署名情况", "实名或匿名", examples=["实名"])
    reporter: Reporter | None = named("反映人", "实名的要填；只在这份文件里写", default=None, usual=True)
    leads_to: Line | None = named(
        "关联", "由它引出的立行立改编号或问题编号", default=None, examples=["临委巡三组立改〔2025〕1号"]
    )
    handling: Secret | None = named("处理", "怎么办理、怎么答复", default=None, examples=["已核实，已当面答复"])

    @contradictions
    def _named_or_not(self) -> Iterator[Contradiction]:
        name = self.reporter and self.reporter.name
        if self.naming is Naming.NAMED and not name:
            yield _told("impossible", "署名情况（naming）是实名，反映人（reporter）就要填姓名（name）。", "reporter")
        if self.naming is Naming.ANONYMOUS and name:
            yield _told("impossible", "署名情况（naming）是匿名，反映人（reporter）就不能有姓名（name）。", "naming")


class SealedRecord(Sealed):
    """All reports of one inspection, with who made them: kept by one person, in a file that nobody else can read."""

    kind: ClassVar[str] = SEALED_KIND[1]
    label: ClassVar[str] = SEALED_KIND[0]

    entries: Many[SealedEntry] = named("登记", min_length=1)

    @contradictions
    def _each_once(self) -> Iterator[Contradiction]:
        if doubled(entry.number for entry in self.entries):
            yield _told("impossible", "登记（entries）里有一个登记号（number）用了两次。", "entries")

    @classmethod
    def load(cls, path: str | PathLike[str], *, open_to_others: bool = False) -> Self:
        """Read a sealed record from its YAML, JSON or TOML file.

        Args:
            path: the file.
            open_to_others: read it although others can read or write it as well, on a disk that knows no permissions.

        Raises:
            InputError: with every fault at once, none saying what the file says; also, where files have permissions,
                if anybody but its owner can read or write it: by the time a warning is read, others have read the file.
        """
        made = _loaded(cls, Path(path), open_to_others=open_to_others)
        if isinstance(made, Report):
            raise InputError(made)
        return made

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the record to a YAML or JSON file that only its owner can read, whole or not at all.

        Raises:
            FileExistsError: if something stands there that is no sealed record.
            ValueError: if the name of the file is of another format.
            OSError: if it can't be written; what was there is still there.
        """
        path = Path(path)
        if path.suffix.lower() not in (".yaml", ".yml", ".json"):
            raise ValueError(f"{path}: a sealed record is written as .yaml or .json")
        if os.path.lexists(path) and (path.is_symlink() or not says_sealed(path)):
            raise FileExistsError(errno.EEXIST, "there is something else than a sealed record", str(path))
        wrong = _written(self, path)
        if wrong:
            raise wrong
        return path

    def mentioned_in(self, text: str) -> tuple[str, ...]:
        """Return the numbers of the entries of which a text says a name, a telephone or an address.

        What is shorter than two characters is not looked for, nor are units, which papers name for other reasons.
        """
        said = "".join(text.split())
        return tuple(entry.number for entry in self.entries if any(one in said for one in _traces(entry)))


R = TypeVar("R", bound=SealedRecord)


def _traces(entry: SealedEntry) -> Iterator[str]:
    """Yield what in a text would give the reporter away."""
    reporter = entry.reporter
    for secret in (reporter.name, reporter.phone, reporter.address) if reporter else ():
        bare = "".join(secret.reveal().split()) if secret else ""
        if len(bare) > 1:
            yield bare


def _loaded(cls: type[R], path: Path, *, open_to_others: bool) -> R | Report:
    """Return the record, or a report of what is wrong: what is raised would carry what this function has read."""
    if not open_to_others and (found := _open_to_others(path)):
        return found
    source = read_sealed(path)
    if isinstance(source, Report):
        return source
    data = source.data if isinstance(source.data, Mapping) else {}
    keys: list[str] = [key for key in data if key in KIND_KEYS]
    if len(keys) != 1 or data[keys[0]] not in SEALED_KIND:
        cure = f"文件开头写一行“文种: {SEALED_KIND[0]}”。"
        return Report((MALFORMED.at(Place(file=source.name, line=1), "没有写明这是密封记录。", cure),))
    said = {key: value for key, value in data.items() if key not in (*KIND_KEYS, "$schema")}
    try:
        return cls.model_validate(said)
    except ValidationError as error:
        return faults(cls, error, source)


def _open_to_others(path: Path) -> Report | None:
    """Say that others can read or write a file; None if they can't, or where files have no permissions."""
    try:
        mode = path.stat().st_mode if os.name == "posix" else 0
    except (OSError, ValueError):
        return None  # which reading tells better
    if not mode & _OTHERS:
        return None
    message = "这份密封记录别人也能读或改，没有打开。"
    cure = f"请先执行“chmod 600 {path.name}”，并想一想谁可能已经看过。"
    return Report((OPEN_TO_OTHERS.at(Place(file=str(path)), message, cure),))


# --- writing -------------------------------------------------------------------------------------------------------


class _Quoted(str):
    """A text that YAML writes in quotation marks, whatever is in it."""


class _Dumper(yaml.SafeDumper):
    """Writes names bare and contents quoted."""


_Dumper.add_representer(
    _Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')
)


def _written(record: SealedRecord, path: Path) -> OSError | None:
    """Write a record; return what went wrong, which says nothing of it."""
    data = {KIND_KEYS[0]: SEALED_KIND[0], **_revealed(record)}
    if path.suffix.lower() == ".json":
        text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    else:
        text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
    try:
        save_all({path: text.encode()}, mode=PRIVATE)
    except OSError as error:
        return OSError(error.errno, error.strerror or os_reason(error), str(path))
    return None


def _revealed(value: Any) -> Any:
    """Return data with the secrets in it, under Chinese names; what is not filled in is left out."""
    if isinstance(value, Sealed):
        said = {name: getattr(value, name) for name in type(value).model_fields}
        return {chinese_name(type(value), name): _revealed(one) for name, one in said.items() if one is not None}
    if isinstance(value, tuple):
        return [_revealed(one) for one in value]
    return _Quoted(value.reveal() if isinstance(value, Secret) else value)

"""The base of every kind of paper, and the registry in which kinds enter themselves.

    class Announcement(Document, kind="announcement", label="巡察公告", audience=Audience.PUBLIC):
        ...

That line is all it takes: the command, the templates' folder, the tests and the docs find the kind in the registry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from xuncha_docs import confidential
from xuncha_docs.case import KIND_KEYS, Case, Round, TeamName
from xuncha_docs.drafts import is_draft, missing, unless_blank
from xuncha_docs.errors import InputError, KindError
from xuncha_docs.findings import Report
from xuncha_docs.formats import Path_
from xuncha_docs.inputs import MALFORMED, MISSING, RESTRICTED, TWICE, UNKNOWN_KIND, Source, place_of, read, validated
from xuncha_docs.letterhead import Letterhead, Office
from xuncha_docs.model import Choice, Model, english, forms_of, inner_model, named, written
from xuncha_docs.secret import REPORTER

SEVERAL = "请合并成一项；要做几份，就在它下面写成列表，每份以“- ”开头。"


class Audience(Choice):
    """Who may read a kind of paper."""

    PUBLIC = "公开"
    INTERNAL = "内部"
    RESTRICTED = "限定知悉"


@dataclass(frozen=True, slots=True)
class Variant:
    """Another form in which the papers of a kind are printed, from a template of its own: `announcement.poster.docx`.

    Args:
        label: its name in Chinese, for files and lists: `海报A3`.
        profile: the name of the layout that these papers keep to.
    """

    label: str
    profile: str = "ordinary"


LAST = "999"
"""The place in the cycle of a kind that names none."""

STANDARD = ""
"""The name of the form that every kind has, from the template that bears the kind's name alone."""

_REGISTRY: dict[str, type[Document]] = {}


def registered() -> Mapping[str, type[Document]]:
    """Return the kinds that have been imported so far, by name; `kinds.every` imports them all first."""
    return MappingProxyType(_REGISTRY)


class Document(Model):
    """One filled-in paper of a kind, before it is put on paper. Subclasses are kinds.

    Class keywords:
        kind: the name in English, also that of the module and the template; left out, the class is no kind.
        label: the name in Chinese.
        audience: who may read it; restricted unless said otherwise.
        profile: the name of the layout that its papers keep to, of `xuncha_docs.checks.profiles`: ordinary unless said
            otherwise.
        cycle: where it stands in the cycle of an inspection: three digits, the first that of the step (1 准备, 2 进驻,
            3 了解, 4 报告, 5 反馈, 6 整改, 7 归档), the others its order in the step. Packets are numbered by it.
        variants: other forms in which it is printed, by the names of their templates.
    """

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""
    audience: ClassVar[Audience] = Audience.RESTRICTED
    profile: ClassVar[str] = "ordinary"
    cycle: ClassVar[str] = LAST
    variants: ClassVar[Mapping[str, Variant]] = MappingProxyType({})
    unprinted: ClassVar[tuple[str, ...]] = ()
    """Fields that no paper of the kind prints, by their English names: facts that only checks need."""

    def __init_subclass__(
        cls,
        *,
        kind: str = "",
        label: str = "",
        audience: Audience = Audience.RESTRICTED,
        profile: str = "ordinary",
        cycle: str = LAST,
        variants: Mapping[str, Variant] = MappingProxyType({}),
        **more: Any,
    ) -> None:
        super().__init_subclass__(**more)
        cls.kind, cls.label, cls.audience, cls.profile, cls.cycle = kind, label, audience, profile, cycle
        cls.variants = MappingProxyType(dict(variants))

    @classmethod
    def __pydantic_init_subclass__(cls, **more: Any) -> None:
        """Enter the kind in the registry, once its fields are known."""
        super().__pydantic_init_subclass__(**more)
        if cls.kind:
            _register(cls)

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Return the fields that a case fills, by their English names; each kind says its own.

        Args:
            case: the facts.
            said: what the section of the case file says, by English names where it uses either; it wins over what
                is returned here, so a kind takes out of it what it looks up in the case.
        """
        return {}

    @classmethod
    def said_in(cls, case: Case) -> tuple[tuple[Path_, Any], ...]:
        """Return the sections that a case holds for this kind, each with its path in the case file.

        Raises:
            InputError: if they stand under both names, or in a list that is empty.
        """
        keys = [key for key in case.papers if key in (cls.label, cls.kind)]
        if not keys:
            return ()
        path, section = (papers_key(case), keys[-1]), case.papers[keys[-1]]
        if len(keys) > 1:
            raise case.source.fault(TWICE, f"“{keys[0]}”和“{keys[1]}”是同一种文书，写了两次。", path, SEVERAL)
        if not isinstance(section, list | tuple):
            return ((path, section),)
        if not section:
            cure = f"要做一份就写“{keys[-1]}: {{}}”，不做就删去这一项。"
            raise case.source.fault(MALFORMED, "列表是空的，一份也没有写。", path, cure)
        return tuple(((*path, n), item) for n, item in enumerate(section))

    @classmethod
    def implied(cls, case: Case) -> tuple[Mapping[str, Any], ...]:
        """Return the sections that a case asks for by its facts alone, where its file has none for this kind.

        A packet makes what its case has facts for: a kind says here for what it is made several times, such as once
        for each matter; one document of what `facts` finds, unless said otherwise.
        """
        return ({},)

    @classmethod
    def from_case(cls, case: Case, *, nth: int | None = None, draft: bool = False, **given: Any) -> Self:
        """Make the document from a case and its section for this kind.

        Args:
            case: the facts.
            nth: which section to take, from 1, where the case holds several; a case without one will do as well.
            draft: let required facts be missing; of a case that is a draft every document may be one.
            given: fields, by either name, that win over both.

        Raises:
            InputError: with every fault at once, placed in the case file if the case came from one; a fault in
                `given` is placed at the section it would stand in.
            ValueError: if the case holds several sections and `nth` does not say which.
            TypeError: if it is no case.
        """
        if not isinstance(case, Case):
            raise TypeError(f"a document is made from a Case, not from a {type(case).__name__}")
        sections = cls.said_in(case)
        if nth is None and len(sections) > 1:
            raise ValueError(f"the case holds {len(sections)} sections for {cls.kind}: say which with nth=1 …")
        if nth is not None and not 1 <= nth <= len(sections):
            raise ValueError(f"nth={nth}: the case holds {len(sections)} sections for {cls.kind}")
        path, section = sections[(nth or 1) - 1] if sections else (("文书", cls.label), {})
        return cls._from_section(case, path, section, given, draft=draft)

    @classmethod
    def all_from_case(cls, case: Case, *, draft: bool = False) -> tuple[Self, ...]:
        """Make one document from each section that the case holds for this kind; drafts if `from_case` would.

        Raises:
            InputError: as `from_case`, with the faults of all sections.
        """
        found = cls.said_in(case)
        return tuple(cls._from_section(case, path, section, {}, draft=draft) for path, section in found)

    @classmethod
    def _from_section(
        cls, case: Case, path: Path_, section: Any, given: Mapping[str, Any], *, draft: bool = False
    ) -> Self:
        section = {} if section is None else section
        if not isinstance(section, Mapping):
            raise case.source.fault(MALFORMED, "这里应分项填写，每行“名称: 内容”；没有要写的可以留空。", path)
        said = cls._by_name(section) | cls._by_name(given)
        draft = draft or is_draft(case)
        facts = (unless_blank(cls.facts, case, said) or {}) if draft else cls.facts(case, said)
        if case.office is None:
            return validated(cls, facts | said, case.source, path, draft=draft)._confidential(case, path)
        headed = facts | cls._headed(case.office, said)
        made = validated(cls, headed, case.source, path, draft=draft)._confidential(case, path)
        return made if draft else made._sealed_by(case.office)  # a draft must never pass for what is issued

    @model_validator(mode="after")
    def _fit_for_its_readers(self) -> Self:
        """Refuse a public paper that says, or holds, what no public paper may."""
        if self.is_public and (leaks := tuple(confidential.told_by_itself(self))):
            raise ValidationError.from_exception_data(type(self).__name__, [_as_error(leak) for leak in leaks])
        return self

    def _confidential(self, case: Case, path: Path_) -> Self:
        """Return the document, unless it is public and repeats a restricted fact of its case."""
        leaks = confidential.repeated(self, case) if self.is_public else ()
        found = tuple(
            RESTRICTED.at(place_of(type(self), leak.loc, case.source, path), leak.message, leak.cure) for leak in leaks
        )
        if found:
            raise InputError(Report.of(found))
        return self

    @classmethod
    def _headed(cls, office: Office, said: dict[str, Any]) -> dict[str, Any]:
        """Return what a section says, with what the office gives where it asks for a 版头."""
        heads = [name for name, info in cls.model_fields.items() if inner_model(info.annotation) is Letterhead]
        return said | {name: office.letterhead(said[name]) for name in heads if name in said}

    def _sealed_by(self, office: Office) -> Self:
        """Return the document with the office's seal, if it will be stamped and the office is who signs it."""
        wanted = getattr(self, "sealed", False) and getattr(self, "seal", office.seal) is None
        if not (wanted and office.seal and office.name in (None, *self.signatories)):
            return self
        return self.model_copy(update={"seal": office.seal})

    @classmethod
    def _by_name(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return data under English names; a field said in both languages is refused later, by the model."""
        names = {zh: name for zh, name in english(cls).items() if name in cls.model_fields}
        doubled = any(names.get(key, key) in data and key in names for key in data)
        return dict(data) if doubled else {names.get(key, key): value for key, value in data.items()}

    @classmethod
    def load(cls, path: str | PathLike[str], *, draft: bool = False) -> Self:
        """Read a document of this kind from a YAML, JSON or TOML file.

        Args:
            path: the file.
            draft: let required facts be missing.

        Raises:
            InputError: with every fault at once, each with file, line, field and cure.
        """
        return cls.from_source(read(Path(path)), draft=draft)

    @classmethod
    def from_source(cls, source: Source, *, draft: bool = False) -> Self:
        """Make a document of a file that was read.

        Raises:
            InputError: as `load`; also if the file says that it is of another kind.
        """
        said = said_kind(source)
        if said and said[1] not in (cls.label, cls.kind):
            key, name = said
            message = f"文件写的文种是“{name}”，与要求的“{cls.label}”不符。"
            raise source.fault(UNKNOWN_KIND, message, (key,), f"请改用写“{cls.label}”的文件。")
        data = source.data
        if isinstance(data, Mapping):
            data = {key: value for key, value in data.items() if key not in KIND_KEYS}
        return validated(cls, data, source, draft=draft)

    def values(self) -> dict[str, Any]:
        """Return what templates can name: every field and written form, by both names."""
        names = [*type(self).model_fields, *forms_of(type(self))]
        plain = {name: getattr(self, name) for name in names}
        return plain | {zh: plain[name] for zh, name in english(type(self)).items()}

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it: then it repeats no restricted fact of its case."""
        return self.audience is Audience.PUBLIC

    @property
    def printed_as(self) -> tuple[str, ...]:
        """The names of the variants in which this document is printed; the first is what `render` takes by itself."""
        return (STANDARD,)

    @classmethod
    def profile_of(cls, variant: str = STANDARD) -> str:
        """Return the name of the layout that papers of a variant keep to."""
        return cls.variants[variant].profile if variant else cls.profile

    @classmethod
    def label_of(cls, variant: str = STANDARD) -> str:
        """Return the name of the kind in Chinese, with that of a variant in brackets: `巡察公告（海报A3）`."""
        return f"{cls.label}（{cls.variants[variant].label}）" if variant else cls.label

    @property
    def signatories(self) -> tuple[str, ...]:
        """The names of who signs the paper, in full and short: whose seal it may bear; none where it does not say."""
        signer = getattr(self, "署名写法", None)
        return (signer,) if isinstance(signer, str) else ()

    @property
    def texts(self) -> Mapping[str, str]:
        """Texts that go out beside the paper, by what they are: `{"短信": …}`; none unless a kind has some."""
        return MappingProxyType({})

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that wait to be filled in, by their paths in Chinese, `事项.整改时限`; only a draft has some."""
        return missing(self)

    @property
    def dated(self) -> Any:
        """The document's own date, None if it has none: what the file says of itself, never the clock."""
        return getattr(self, "signed", None)


def said_kind(source: Source) -> tuple[str, str] | None:
    """Return the kind that a file says it is, after the key that says so; None for a case.

    Raises:
        InputError: if it says so twice, or with no name.
    """
    data = source.data if isinstance(source.data, Mapping) else {}
    keys = [key for key in data if key in KIND_KEYS]
    if not keys:
        return None
    key = keys[-1]
    if len(keys) > 1:
        raise source.fault(TWICE, "文种（kind）写了两次，中文名、英文名只写一个。", (key,))
    if data[key] is None:
        raise source.fault(MISSING, "文种（kind）没有填。", (key,), "例如：文种: 巡察公告")
    if not isinstance(data[key], str):
        raise source.fault(MALFORMED, "文种（kind）应写一种文书的名称。", (key,), "例如：文种: 巡察公告")
    return key, data[key]


def papers_key(case: Case) -> str:
    """Return the key under which the case file holds its sections."""
    return "papers" if ("papers",) in case.source.lines else "文书"


class TeamPaper(Document):
    """A paper of one team: its round and its number, and the names that derive from them."""

    round: Round = named("巡察轮次")
    team: TeamName = named("巡察组", examples=["第三巡察组"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take round and team from the case."""
        return {"round": case.round, "team": TeamName(ordinal=case.team.ordinal)}

    @property
    def signatories(self) -> tuple[str, ...]:
        """The team, unless the paper says of itself who signs it."""
        return super().signatories or (self.team_full, self.team_short)

    @written("巡察组全称")
    def team_full(self) -> str:
        """`中共临江县委第三巡察组`."""
        return self.round.team_full(self.team.ordinal)

    @written("巡察组简称")
    def team_short(self) -> str:
        """`县委第三巡察组`."""
        return self.round.team_short(self.team.ordinal)


def _register(cls: type[Document]) -> None:
    taken = _REGISTRY.get(cls.kind) or next((k for k in _REGISTRY.values() if k.label == cls.label), None)
    if taken and (taken.__module__, taken.__qualname__) != (cls.__module__, cls.__qualname__):
        raise KindError(f"kind {cls.kind!r} ({cls.label}) of {cls.__module__} is taken by {taken.__module__}")
    if not cls.label:
        raise KindError(f"kind {cls.kind!r} has no label=, its name in Chinese")
    hidden = [name for name in cls.model_fields if hasattr(Document, name)]
    if hidden:
        raise KindError(f"{cls.__name__}.{hidden[0]}: the name of a method of Document; call the field something else")
    for model in _models(cls, set()):
        for name, info in model.model_fields.items():
            if hasattr(BaseModel, name):
                raise KindError(f"{model.__name__}.{name}: the name of a method of Pydantic; templates can't read it")
            if not isinstance(info.validation_alias, str) or not info.title:
                raise KindError(f"{model.__name__}.{name}: declare it with named(…), with its name in Chinese")
    _register_confidential(cls)
    _REGISTRY[cls.kind] = cls


def _register_confidential(cls: type[Document]) -> None:
    """Refuse a kind that would print what it may not: a secret, a reporter, in public anything restricted."""
    if held := confidential.holds_secret(cls):
        raise KindError(f"{held}: no kind may hold a secret: what is sealed is never printed")
    for model in _models(cls, set()):
        for name, info in model.model_fields.items():
            if REPORTER.fullmatch(str(info.title)) or REPORTER.fullmatch(name):
                raise KindError(f"{model.__name__}.{name}: who reported something stands in a SealedRecord only")
    if cls.audience is Audience.PUBLIC and (held := confidential.holds_restricted(cls)):
        raise KindError(f"kind {cls.kind!r} is public, and {held} is not for the public, or may hold anything")


def _as_error(leak: confidential.Leak) -> InitErrorDetails:
    context = {"message": leak.message, "cure": leak.cure, "field": None}
    return InitErrorDetails(type=PydanticCustomError("restricted", "{message}", context), loc=leak.loc, input=None)


def _models(model: type[Model], seen: set[type[Model]]) -> Iterator[type[Model]]:
    """Yield a model and all models within it."""
    if model in seen:
        return
    seen.add(model)
    yield model
    for info in model.model_fields.values():
        inner = inner_model(info.annotation)
        if inner:
            yield from _models(inner, seen)

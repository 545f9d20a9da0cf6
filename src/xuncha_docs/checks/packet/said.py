"""The facts that a paper shares with others, taken out of it by the types of its fields, whatever kind it is of."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.blank import MARK
from xuncha_docs.manifest import Written
from xuncha_docs.model import Model, Shared, chinese_name, forms_of

Loc = tuple[str | int, ...]
"""A path of English names, and positions from 0."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a fact is about: a thing that several papers speak of.

    Args:
        what: what it is, `被巡察单位`.
        by: the field by which it is known, in English; empty where an inspection has but one.
        which: what that field says.
    """

    what: str
    by: str = ""
    which: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that a paper states.

    Args:
        about: what it is about.
        name: the path of its field from there, in Chinese: `撤离日期`, `值班电话[1].号码`.
        value: what the paper says.
        loc: where in the document it stands.
    """

    about: Subject
    name: str
    value: Hashable
    loc: Loc

    @property
    def full_name(self) -> str:
        """The name with that of what it is about, `驻点时间.撤离日期`."""
        return f"{self.about.what}.{self.name}"


@dataclass(frozen=True, slots=True)
class _At:
    """Where the walk through a document is: in the document, and in the shared thing that it came through last."""

    loc: Loc = ()
    abouts: tuple[Subject, ...] = ()
    path: str = ""

    def field(self, name: str, title: str) -> _At:
        return _At((*self.loc, name), self.abouts, f"{self.path}.{title}" if self.path else title)

    def item(self, n: int) -> _At:
        return _At((*self.loc, n), self.abouts, f"{self.path}[{n + 1}]")


def facts(thing: Model) -> Iterator[Fact]:
    """Yield every fact of a document, or of a case, that other papers may state too."""
    yield from _of(thing, _At())


def subjects(thing: Model) -> tuple[Subject, ...]:
    """Return what a shared model is, by each field by which it is known; nothing for what is not shared."""
    shared = type(thing).shared
    if shared is None:
        return ()
    if not shared.by:
        return (Subject(shared.what),)
    known = ((by, shown(value)) for by in shared.by if (value := getattr(thing, by)) is not None)
    return tuple(Subject(shared.what, by, which) for by, which in known if MARK not in which)


def _of(thing: Model, at: _At) -> Iterator[Fact]:
    if type(thing).shared is not None:
        at = _At(at.loc, subjects(thing))
    for name in type(thing).model_fields:
        yield from _in(getattr(thing, name), at.field(name, chinese_name(type(thing), name)))


def _in(value: Any, at: _At) -> Iterator[Fact]:
    """Yield the facts of a value: those of the models in it, and what it says itself."""
    if isinstance(value, Model):
        yield from _named(value, at)
        yield from _of(value, at)
    elif isinstance(value, tuple) and any(isinstance(item, Model) for item in value):
        yield from _listed(value, at)
        for n, item in enumerate(value):
            yield from _of(item, at.item(n))
    elif value is not None and isinstance(value, Hashable) and MARK not in str(value):
        yield from (_fact(about, at, value) for about in at.abouts)


def _named(value: Model, at: _At) -> Iterator[Fact]:
    """Yield that a shared thing names another, the team its leader: by name alone, the rest is told of the other."""
    shared = type(value).shared
    name = shown(getattr(value, shared.by[0])) if shared and shared.by else MARK
    if MARK not in name:
        yield from (_fact(about, at, name) for about in at.abouts)


def _listed(items: tuple[Any, ...], at: _At) -> Iterator[Fact]:
    """Yield which things a list names; of what is not shared, how many there are."""
    shared: Shared | None = type(items[0]).shared
    if shared is None:
        yield from (Fact(about, f"{at.path}的个数", len(items), at.loc) for about in at.abouts)
    elif shared.by:
        title = at.path.rpartition(".")[2]
        names = frozenset(shown(getattr(item, shared.by[0])) for item in items)
        if not any(MARK in name for name in names):
            yield Fact(Subject(shared.what, by="*"), title, names, at.loc)


def _fact(about: Subject, at: _At, value: Hashable) -> Fact:
    return Fact(about, at.path, value, at.loc)


def shown(value: Any) -> str:
    """Write a value as a person would say it."""
    if isinstance(value, Model):
        return shown(
            next((v for v in (getattr(value, name) for name in type(value).model_fields) if v is not None), "")
        )
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return chinese.written_moment(value)
    if isinstance(value, time):
        return chinese.written_time(value)
    if isinstance(value, frozenset):
        return "、".join(sorted(map(shown, value)))
    if isinstance(value, tuple | list):
        return "、".join(map(shown, value))
    return str(value)


# --- as they are printed ---------------------------------------------------------------------------------------------

LONGEST = 60
"""The longest text that is taken for a fact, in characters: longer ones are wording, which people may better."""


def forms(thing: Model, text: str) -> tuple[Written, ...]:
    """Return how the facts of a document are written in its paper, each way once.

    Args:
        thing: the document.
        text: the text of its paper.
    """
    whole = bare(text)
    found: dict[str, Written] = {}
    for name, value in _stated(thing, ""):
        for form in _ways(value):
            times = whole.count(bare(form))
            if times:
                found.setdefault(form, Written(name, form, times))
                break
    return tuple(found.values())


def bare(text: str) -> str:
    """Return a text without its blanks and breaks: a title breaks its lines, a name is spaced."""
    return re.sub(r"\s+", "", text)


def _stated(thing: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield every value of a document with its name: fields at any depth, and what derives from them."""
    if isinstance(thing, tuple):
        for n, item in enumerate(thing):
            yield from _stated(item, f"{path}[{n + 1}]")
    elif not isinstance(thing, Model):
        yield path, thing
    else:
        for name in type(thing).model_fields:
            title = chinese_name(type(thing), name)
            yield from _stated(getattr(thing, name), f"{path}.{title}" if path else title)
        for name, form in forms_of(type(thing)).items():
            value = getattr(thing, name)
            if isinstance(value, str):
                yield f"{path}.{form.zh}" if path else form.zh, value


def _ways(value: Any) -> Iterator[str]:
    """Yield the ways in which a value may be written, the fullest first; nothing for what is too short to be told."""
    if isinstance(value, bool):
        return
    if isinstance(value, date):
        yield chinese.written_moment(value)
        yield chinese.written_date(value)
        yield f"{value.month}月{value.day}日"
    elif MARK in str(value):
        return
    elif (isinstance(value, str) and 2 <= len(value) <= LONGEST) or isinstance(value, chinese.DocumentNumber):
        yield str(value)

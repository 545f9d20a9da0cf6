"""What a public paper may not say: it holds no restricted fact by its type, and repeats none of the case in its words.

A model says which of its fields are restricted (`Model.restricted`), a type of text says so in its annotation
(`NOT_PUBLIC`); no kind that is public may hold either. What somebody types into such a paper is held against the
restricted facts of the case. What is certain is refused; what may be chance, such as a name of two characters that is
a word as well, is left to the checks of facts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, get_args

from xuncha_docs.case import Case
from xuncha_docs.chinese import DocumentNumber
from xuncha_docs.fields import Phone, UnitName
from xuncha_docs.model import NOT_PUBLIC, Choice, Model, Recognised, chinese_name
from xuncha_docs.secret import Secret

Loc = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Leak:
    """One restricted fact in a public paper: where in the paper, what it is, and what to do."""

    loc: Loc
    message: str
    cure: str


# --- by type -------------------------------------------------------------------------------------------------------


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield an annotation and everything within it: alternatives, items, what stands beside a type."""
    yield annotation
    annotation = getattr(annotation, "__value__", annotation)  # of a `type` statement
    for inner in get_args(annotation):
        yield from _parts(inner)


@cache
def _held(model: type[Model]) -> tuple[tuple[str, Any], ...]:
    """Return all that a model may hold at any depth: its path in the code, and what stands there."""
    found: list[tuple[str, Any]] = []
    seen: set[type[Model]] = set()
    waiting = [(model.__name__, model)]
    while waiting:
        path, one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        found.append((path, one))
        for name, info in one.model_fields.items():
            for part in (*info.metadata, *_parts(info.annotation)):
                if isinstance(part, type) and issubclass(part, Model):
                    waiting.append((f"{path}.{name}", part))
                else:
                    found.append((f"{path}.{name}", part))
    return tuple(found)


def holds_secret(model: type[Model]) -> str | None:
    """Return the path at which a model may hold a secret, `Record.reporter.name`; None if nowhere."""
    return next((path for path, part in _held(model) if part is Secret), None)


@cache
def holds_restricted(model: type[Model]) -> str | None:
    """Return the path at which a model may hold what is not for public papers; None if nowhere.

    What takes anything may hold that too.
    """
    return next((path for path, part in _held(model) if _is_restricted(part)), None)


def _is_restricted(part: Any) -> bool:
    if any(part is one for one in (Any, object, Model)):
        return True
    if isinstance(part, type) and issubclass(part, Model):
        return bool(part.restricted)
    return isinstance(part, str) and part == NOT_PUBLIC


# --- by value ------------------------------------------------------------------------------------------------------


def _walk(value: object, at: Loc = ()) -> Iterator[tuple[Loc, object]]:
    """Yield a value and all values within it, each with its path."""
    yield at, value
    if value is None or isinstance(value, str | int | date):
        return
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), (*at, name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _walk(inner, (*at, str(key)))
            yield from _walk(key, (*at, str(key)))
    elif isinstance(value, list | tuple | set | frozenset):
        for n, inner in enumerate(value):
            yield from _walk(inner, (*at, n))


def _texts(value: object) -> Iterator[tuple[Loc, str]]:
    """Yield every text that a value says, each with its path; a choice says only words of ours."""
    for loc, one in _walk(value):
        if isinstance(one, str | DocumentNumber) and not isinstance(one, Choice):
            yield loc, str(one)


@lru_cache(maxsize=256)
def _bare(text: str) -> str:
    """Return a text as it is compared: half-width, without blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=256)
def _letters(text: str) -> str:
    """Return the letters and digits of a text alone, so that other marks or brackets hide nothing."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text))


# --- what any paper can tell by itself -----------------------------------------------------------------------------

_COUNT = "(?:(?<![0-9])[0-9]{1,4}|[二两三四五六七八九十百][一二三四五六七八九十百]{0,4})"
_SURELY: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), what, cure)
    for pattern, what, cure in (
        (
            "(?:绝密|机密|秘密)★|★(?:长期|[0-9]{1,2}(?:年|个月))|密级[:：].|内部资料[,，]?注意保存"
            "|^(?:绝密|机密|秘密|内部资料|工作秘密)$",
            "密级",
            "请删去；内容确实涉密的，不能写进公开的文书。",
        ),
        (
            "(?<![A-Za-z0-9])Q-?[0-9]{1,4}(?![A-Za-z0-9])|问题编号[:：]?[A-Za-z0-9]",
            "问题编号",
            "请删去；问题和它的编号只在内部的文书里写。",
        ),
        (
            r"(?:立[行巡]立改|边巡边改)[(〔\[]?[0-9]{4}[)〕\]]?[0-9]{1,4}号",
            "立行立改编号",
            "请删去；立行立改事项不公开。",
        ),
        (
            f"{_COUNT}[件条个](?:问题)?线索|问题线索(?:共|计|共计)?{_COUNT}[件条个]",
            "问题线索的件数",
            "请删去；问题线索有多少、是什么，都不公开。",
        ),
    )
)
"""What stands in no public paper, whatever it is about: the pattern, what it is, and the cure."""


def told_by_itself(document: Model) -> Iterator[Leak]:
    """Yield what a public document may not say whatever case it is of, or holds and may not."""
    told: set[Loc] = set()
    for loc, one in _walk(document):
        if isinstance(one, Model) and holds_restricted(type(one)) and not any(loc[: len(up)] == up for up in told):
            told.add(loc)
            what = type(one).__name__.removeprefix("Draft")
            cure = "请只给公开的部分，如单位只给名称（unit.public）。"
            yield Leak(loc, f"公开的文书里放进了不公开的内容（{what}）。", cure)
    for loc, text in _texts(document):
        for pattern, what, cure in _SURELY:
            if found := pattern.search(_bare(text)):
                yield Leak(loc, f"公开的文书里写了{what}“{found[0]}”。", cure)


# --- what repeats a fact of the case -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """A restricted fact of a case, as it is looked for.

    Args:
        what: its path in the case, in Chinese: `巡察组.组长.姓名`.
        sort: how it is recognised.
        text: what it says.
    """

    what: str
    sort: Recognised
    text: str


def restricted_facts(case: Case) -> Iterator[Fact]:
    """Yield the facts of a case that no public paper may repeat, as their models say."""
    for field in (name for name in Case.model_fields if name != "papers"):
        yield from _restricted_in(case, getattr(case, field), (field,))


def _restricted_in(case: Case, value: object, at: Loc) -> Iterator[Fact]:
    for loc, one in _walk(value, at):
        if isinstance(one, Model):
            for name, sort in type(one).restricted.items():
                for inner, text in _texts(getattr(one, name)):
                    yield Fact(_chinese(case, (*loc, name, *inner)), sort, text)


def _chinese(model: Any, loc: Loc) -> str:
    """Write a path in a model in Chinese: `立行立改事项[1].问题.现象`."""
    said = ""
    for step in loc:
        said += f"[{step + 1}]" if isinstance(step, int) else f".{chinese_name(type(model), step)}"
        model = model[step] if isinstance(step, int) else getattr(model, step)
    return said.removeprefix(".")


@dataclass(frozen=True, eq=False)
class Public:
    """What of a case anybody may know: repeating it is no leak, even where a restricted fact says the same.

    Args:
        names: of the units and of the committee, the longest first.
        phones: the digits of the telephones that are published.
        letters: the letters of all that is public.
    """

    names: tuple[str, ...]
    phones: frozenset[str]
    letters: str

    @classmethod
    def of(cls, case: Case) -> Public:
        """Gather it."""
        units = [unit.public for unit in case.units]
        names = [case.round.committee.name, case.round.committee.short_name or "", *_names(units)]
        public = (case.round, case.channels, case.wording, *units)
        return cls(
            tuple(sorted({_bare(name) for name in names if name}, key=len, reverse=True)),
            frozenset(_digits(one.number) for _, one in _walk(case.channels) if isinstance(one, Phone)),
            "|".join(_letters(text) for thing in public for _, text in _texts(thing)),
        )


_PARTY = re.compile("^中共|(?:总支部委员会|支部委员会|委员会|党总支|党支部|党组|党委|总支|支部)$")


def _names(units: Iterable[UnitName]) -> Iterator[str]:
    for unit in units:
        for name in (unit.name, unit.short_name, unit.extends_to):
            if name:
                yield name
                yield _PARTY.sub("", _PARTY.sub("", name))


def repeated(document: Model, case: Case) -> Iterator[Leak]:
    """Yield every restricted fact of a case that a public document surely repeats."""
    public = Public.of(case)
    facts = [fact for fact in restricted_facts(case) if not _is_public(fact, public)]
    for loc, text in _texts(document):
        told: set[str] = set()
        for fact in facts:
            if fact.text not in told and _LOOK[fact.sort](fact.text, text, public):
                told.add(fact.text)
                message, cure = _SAID[fact.sort]
                yield Leak(loc, message.format(what=fact.what, text=fact.text), cure)


_SAID: Mapping[Recognised, tuple[str, str]] = {
    Recognised.NAME: (
        "写了{text}的姓名，也就是案卷的“{what}”，公开的文书不写。",
        "请删去姓名，只写巡察组和值班电话。",
    ),
    Recognised.PHONE: (
        "写了案卷“{what}”的号码，它不是公布的反映渠道。",
        "请删去；确实要公布的，写进案卷的“反映渠道”。",
    ),
    Recognised.NUMBER: ("写了案卷的“{what}”，公开的文书不写。", "请删去；巡察发现的问题不公开。"),
    Recognised.WORDS: ("重复了案卷的“{what}”，公开的文书不写。", "请删去；巡察发现的问题不公开。"),
}


def _is_public(fact: Fact, public: Public) -> bool:
    if fact.sort is Recognised.PHONE:
        return _digits(fact.text) in public.phones
    return fact.sort is Recognised.WORDS and _letters(fact.text) in public.letters


# --- names -----

_BEFORE = "(?:组长|组员|联络员|联系人|接待人|经办人)[:：(（]?$"
_AFTER = "[(（]?(?:同志|先生|女士|组长|副组长|组员|联络员|书记|副书记|主任|副主任|局长|副局长)"


def _repeats_name(name: str, text: str, public: Public) -> bool:
    """Tell whether a text names a person: surely, if the name has three characters or stands as a person's does.

    A name within that of a unit or a place is that of the unit or the place.
    """
    name, text = re.sub("[(（].*", "", _bare(name)), _bare(text)
    if len(name) < 2 or name not in text:
        return False
    if text == name:
        return True
    for longer in public.names:
        if name in longer:
            text = text.replace(longer, "\0")
    stands = [match.span() for match in re.finditer(re.escape(name), text)]
    if len(name) > 2:
        return bool(stands)
    return any(re.search(_BEFORE, text[:start]) or re.match(_AFTER, text[end:]) for start, end in stands)


# --- telephones -----

_SHORTEST_PHONE = 7
"""How many digits a number must have to be known for a telephone: those of a city have no fewer."""


def _digits(text: str) -> str:
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=256)
def _as_phone(digits: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\d)" + r"[\s\-—–－·.()（）]*".join(digits) + r"(?!\d)")


def _repeats_phone(phone: str, text: str, public: Public) -> bool:
    """Tell whether a text has one of the telephones that somebody is reached by, with its area code or without."""
    text = unicodedata.normalize("NFKC", text)
    for published in public.phones:
        text = _as_phone(published).sub("\0", text)
    return any(_as_phone(digits).search(text) for digits in _numbers(phone))


def _numbers(phone: str) -> Iterator[str]:
    """Yield each number in what was typed for a telephone, whole and without its area code."""
    for said in re.findall(r"\d[\d\s\-—–()]*", unicodedata.normalize("NFKC", phone)):
        parts = re.findall(r"\d+", said)
        for digits in ("".join(parts), "".join(parts[1:])):
            if len(digits) >= _SHORTEST_PHONE:
                yield digits


# --- numbers and sentences -----

_SHORTEST_TEXT = 4
"""Of fewer characters a place or a problem is an ordinary word."""

_SHORTEST_CLAUSE = 8
"""A part of a sentence of fewer characters may be said of many things."""


def _repeats_number(number: str, text: str, public: Public) -> bool:
    return _letters(number) in _letters(text)


def _repeats_words(words: str, text: str, public: Public) -> bool:
    """Tell whether a text repeats a sentence, or a part of it between two marks that is long enough to be its own."""
    said, whole = _letters(text), _letters(words)
    if len(whole) >= _SHORTEST_TEXT and whole in said:
        return True
    clauses = (_letters(part) for part in re.split("[，。；、：:,;！？]", words))
    return any(len(part) >= _SHORTEST_CLAUSE and part in said and part not in public.letters for part in clauses)


_LOOK = {
    Recognised.NAME: _repeats_name,
    Recognised.PHONE: _repeats_phone,
    Recognised.NUMBER: _repeats_number,
    Recognised.WORDS: _repeats_words,
}

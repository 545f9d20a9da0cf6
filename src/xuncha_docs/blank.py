"""What stands in a draft where a required fact is missing: `【待填：整改时限】`.

    >>> deadline = Blank("整改时限")
    >>> print(f"整改时限：{deadline}。", deadline.year, deadline > 3)
    整改时限：【待填：整改时限】。 【待填：整改时限】 False

It takes the place of a value of any type: whatever models and templates do with one, a blank answers by itself or by
its text. Whether something holds of a fact that nobody knows is asked with several answers, see `answering`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import cycle
from typing import Any

MARK = "【待填："
"""What every blank begins with; no paper that holds it is released."""

BLANK = re.compile("【待填：([^】\n]*)】")
"""A blank in a text."""

_NOTHING: Mapping[str, Any] = {}

_answers: ContextVar[Iterator[bool] | None] = ContextVar("answers", default=None)


@contextmanager
def answering(pattern: str) -> Iterator[None]:
    """Let every question put to a blank be answered by turns: `10` is yes, no, yes, no.

    What is found whatever is answered does not depend on what is missing.
    """
    token = _answers.set(cycle(digit == "1" for digit in pattern))
    try:
        yield
    finally:
        _answers.reset(token)


PATTERNS = ("0", "1", "01", "10", "001", "110")
"""The answers with which a question is put that a blank may have a part in."""


_last: ContextVar[Blank | None] = ContextVar("last", default=None)


def last_asked() -> Blank | None:
    """Return the blank that was last asked for anything since this was called before; None if none was."""
    last = _last.get()
    _last.set(None)
    return last


def _answer(blank: Blank, usual: bool) -> bool:
    _last.set(blank)
    answers = _answers.get()
    return usual if answers is None else next(answers)


class Within(dict[str, Any]):
    """What is known of an attribute that is missing itself: the name of somebody who is missing altogether."""


class Blank(str):
    """The text that stands for a missing fact, whatever the type of the fact.

    Every public attribute of it is the blank itself, and so is what comes of calling it, of counting with it, of an
    item of it. A loop goes over it once. It is neither more nor less than anything, and equals only its own text.

    Args:
        what: the Chinese name of the fact.
        usual: attributes that are known though the fact is not: of a missing person the telephone, which need not be
            given, is None.
    """

    __slots__ = ("_usual",)
    _usual: Mapping[str, Any]

    def __new__(cls, what: str, usual: Mapping[str, Any] = _NOTHING) -> Blank:
        """Write the text."""
        made = super().__new__(cls, f"{MARK}{what}】")
        made._usual = usual
        return made

    def __getnewargs__(self) -> tuple[str]:
        """Copy and pickle by the name of the fact."""
        return (what(self),)

    def __repr__(self) -> str:
        return f"Blank({what(self)!r})"

    def __format__(self, spec: str) -> str:
        """Write the text, however a date or a number would have been written."""
        return str(self)

    def _itself(self, *_: Any, **__: Any) -> Blank:
        _last.set(self)
        return self

    def __getattr__(self, name: str) -> Any:
        """Be every field and every method of every type, but for those that are known."""
        if name.startswith("_"):
            raise AttributeError(name)
        _last.set(self)
        known = self._usual.get(name, self)
        return Blank(what(self), known) if isinstance(known, Within) else known

    # Methods of text that have the names of fields.
    title = property(lambda self: self.__getattr__("title"))
    count = property(lambda self: self.__getattr__("count"))
    index = property(lambda self: self.__getattr__("index"))

    def __call__(self, *given: Any, **_: Any) -> Any:
        """Be what any method returns; of other blanks that it is given nothing is lost."""
        others = [str(one) for one in given if isinstance(one, Blank) and str(one) != str(self)]
        return str(self) + "".join(others) if others else self

    __getitem__ = _itself
    __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = __truediv__ = __rtruediv__ = _itself
    __floordiv__ = __rfloordiv__ = __neg__ = __pos__ = __abs__ = __round__ = _itself

    def __add__(self, other: Any) -> Any:
        """Join the text to another; else it is counting."""
        return str(self) + other if isinstance(other, str) else self

    def __radd__(self, other: Any) -> Any:
        """Join another text to this one; else it is counting."""
        return other + str(self) if isinstance(other, str) else self

    def __iter__(self) -> Iterator[Any]:
        """Be the one item of a list; in question, perhaps of two."""
        yield self
        if _answer(self, False):
            yield self

    def __len__(self) -> int:
        """Be a list of one item; in question, perhaps of two."""
        return 1 + _answer(self, False)

    def __bool__(self) -> bool:
        """Be there: what is missing will be filled in."""
        return _answer(self, True)

    def __contains__(self, item: object) -> bool:
        """Hold what its text holds."""
        return _answer(self, isinstance(item, str) and item in str(self))

    def __eq__(self, other: object) -> bool:
        """Equal nothing but its own text."""
        return _answer(self, isinstance(other, str) and str(self) == str(other))

    def __ne__(self, other: object) -> bool:
        """Differ from all but its own text."""
        return _answer(self, not (isinstance(other, str) and str(self) == str(other)))

    def _strictly(self, _: object) -> bool:
        return _answer(self, False)

    def _or_equal(self, _: object) -> bool:
        return _answer(self, True)

    def __hash__(self) -> int:
        """Be told apart by the text."""
        _last.set(self)
        return str.__hash__(self)

    __lt__ = __gt__ = _strictly
    __le__ = __ge__ = _or_equal


def what(blank: Blank) -> str:
    """Return the name of the fact that a blank stands for."""
    return str(blank)[len(MARK) : -1]


def blanks_in(text: str) -> tuple[str, ...]:
    """Return the names of the facts that wait to be filled in in a text, in its order."""
    return tuple(BLANK.findall(str(text))) if MARK in str(text) else ()


def usual(blank: Blank) -> Mapping[str, Any]:
    """Return what is known of the fact that a blank stands for, by its attributes."""
    return blank._usual

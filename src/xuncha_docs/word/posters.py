"""The pages of posters: A3 and A2, upright, each in large type and in smaller type for what is long.

No standard says how large a notice on a wall should be. Practice: it must be seen and read from a step or two away, the
contacts first of all, so they are in bold 黑体 and larger than the text; one notice was called too small to be noticed,
and that became a matter of rectification. A2 is A3 √2 times as large, so that lines break at the same characters.

Word knows no page longer than 22 inches, 558.8 mm, and A2 is 594 mm long: a page for A2 is as wide as the paper and as
long as Word allows, and what is missing is white at its foot anyhow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

from xuncha_docs import gb9704 as gb
from xuncha_docs.gb9704 import Tw
from xuncha_docs.word.styles import BY_NAME, Page, Style


@dataclass(frozen=True, slots=True)
class Type:
    """How large the type of a poster is on A3: sizes and the lines they stand on, in points."""

    body: tuple[float, float]
    title: tuple[float, float]
    contacts: tuple[float, float]
    table: tuple[float, float]


LARGE = Type(body=(26, 38), title=(48, 72), contacts=(28, 44), table=(20, 28))
SMALL = Type(body=(20, 28), title=(42, 60), contacts=(24, 34), table=(18, 24))


LONGEST = 558.7
"""How long a page of Word may be, in millimetres."""

_LABEL = 5
"""How far the second line of a contact stands in, in characters: below what 值班电话： leads to."""


@dataclass(frozen=True, slots=True)
class Poster:
    """A page for posters: the white above and below with the line of the text, and the page itself."""

    system: gb.System
    page: Page


def poster(size: str, kind: Type) -> Poster:
    """Make the page of a poster.

    Args:
        size: `A3` or `A2`.
        kind: how large its type is.
    """
    times = {"A3": 1.0, "A2": sqrt(2)}[size]
    width, height, foot = (Tw.mm(length) for length in {"A3": (297, 420, 22), "A2": (420, LONGEST, 2)}[size])
    side, top = Tw.mm(20 * times), Tw.mm(22 * times)
    body = _points(kind.body[0], times)
    page = Page(
        width=width,
        height=height,
        left=side,
        right=side,
        scale=body / gb.BODY_SIZE,
        tracking=Tw(0),
        changed={
            "公文标题": _sized("公文标题", kind.title, times),
            "联系渠道": replace(
                _sized("联系渠道", kind.contacts, times), font=gb.HEITI, bold=True, left=_LABEL, first=-_LABEL
            ),
            "表格文字": _sized("表格文字", kind.table, times),
        },
    )
    return Poster(gb.System(f"海报{size}", top, foot, Tw(round(kind.body[1] * 20 * times))), page)


def _points(size: float, times: float) -> int:
    """Return a size in half-points."""
    return round(size * 2 * times)


def _sized(name: str, kind: tuple[float, float], times: float) -> Style:
    size = _points(kind[0], times)
    return replace(BY_NAME[name], size=size, char=Tw(size * 10), line=Tw(round(kind[1] * 20 * times)))

"""What a paper of one sort should look like: the profiles that rules of layout judge by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from xuncha_docs import gb9704 as gb
from xuncha_docs.gb9704 import Tw
from xuncha_docs.word.roles import Role
from xuncha_docs.word.styles import BY_NAME, whole


class Carrier(StrEnum):
    """The format that carries a paper: those of GB/T 9704, and papers that it does not speak of."""

    RED_HEAD = "gb9704"
    ORDINARY = "ordinary"
    LETTER = "letter"
    COMMAND = "command"
    MINUTES = "minutes"
    FORM = "form"
    POSTER = "poster"


OFFICIAL = (Carrier.RED_HEAD, Carrier.LETTER, Carrier.COMMAND, Carrier.MINUTES)
"""The formats of chapters 7 and 10: those with a 发文机关标志."""

RUNNING = (Carrier.RED_HEAD, Carrier.ORDINARY, Carrier.LETTER, Carrier.COMMAND, Carrier.MINUTES)
"""The formats whose text is 22 lines of 28 characters."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the text of a role looks.

    Args:
        fonts: the classes or families of fonts that pass, `仿宋`; the first is the one to name in a cure.
        size: half-points; None where the role's size is free.
    """

    fonts: tuple[str, ...]
    size: int | None

    def passes(self, family: str) -> bool:
        """Tell whether a family is one of these, or belongs to one of these classes."""
        return family in self.fonts or gb.font_class(family) in self.fonts


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What papers of one sort keep to.

    Args:
        name: as it is typed, `gb9704`.
        label: in Chinese.
        carrier: the format whose rules hold.
        systems: the margins and pitches that pass.
        left: the left margin (5.2.1).
        right: the right margin.
        lines: of a full page (5.2.3); None where that is free.
        chars: of a full line (5.2.3).
        looks: how each role looks; a role that is not named may look as it likes.
        page_numbers: which places of page numbers pass: `sides` (odd right, even left, 7.5), `centre`, `none`.
        bold: the roles that may be bold.
        reason: by what an office deviates; empty for the profiles that come with the library.
    """

    name: str
    label: str
    carrier: Carrier
    systems: tuple[gb.System, ...] = (gb.A, gb.B)
    left: Tw = gb.LEFT
    right: Tw = gb.RIGHT
    lines: int | None = gb.LINES
    chars: int | None = gb.CHARS
    looks: Mapping[Role, Look] = field(default_factory=dict)
    page_numbers: tuple[str, ...] = ("sides",)
    bold: frozenset[Role] = frozenset()
    reason: str = ""


def _looks() -> Iterator[tuple[Role, Look]]:
    """Yield the looks of the roles that have a style: what styles are built from is what papers are judged by."""
    for role in Role:
        if role.value not in BY_NAME or role in (Role.BLANK, Role.TABLE):
            continue
        style = whole(role.value)
        font = style.font or gb.FANGSONG
        size = None if role is Role.MARK else style.size or gb.BODY_SIZE  # that of a mark is free, 7.2.4
        yield role, Look((gb.font_class(font) or font,), size)


LOOKS: Mapping[Role, Look] = dict(_looks())

PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(name="gb9704", label="公文（有红头）", carrier=Carrier.RED_HEAD, looks=LOOKS),
        Profile(
            name="ordinary",
            label="普通文书（没有红头）",
            carrier=Carrier.ORDINARY,
            looks=LOOKS,
            page_numbers=("sides", "centre", "none"),
        ),
        Profile(name="letter", label="信函格式", carrier=Carrier.LETTER, looks=LOOKS, page_numbers=("sides", "none")),
        Profile(name="command", label="命令（令）格式", carrier=Carrier.COMMAND, looks=LOOKS),
        Profile(name="minutes", label="纪要格式", carrier=Carrier.MINUTES, looks=LOOKS),
        Profile(
            name="form",
            label="表单",
            carrier=Carrier.FORM,
            lines=None,
            chars=None,
            looks={role: LOOKS[role] for role in (Role.TITLE,)},
            page_numbers=("sides", "centre", "none"),
        ),
        Profile(
            name="poster",
            label="张贴用的大字公告",
            carrier=Carrier.POSTER,
            lines=None,
            chars=None,
            page_numbers=("sides", "centre", "none"),
        ),
    )
}
"""The profiles that come with the library, by their names."""

"""An office's own profile: a small TOML file that says where its papers deviate from the standard, and by what.

    name = "本单位公文版式"
    reason = "《公文处理实施细则》第八条"
    base = "ordinary"       # one of the profiles that come with the library

    [margins]               # millimetres
    top = 35
    bottom = 33

    [body]
    pitch = 29              # points

    [[looks]]
    role = "公文标题"
    font = "华文中宋"

What it does not say is as in the profile that it is based on. Where a paper keeps to this file and not to the
standard, the report lists it as ignored, with the file's own reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.profiles import LOOKS, PROFILES, Look, Profile
from xuncha_docs.fields import Line, Many
from xuncha_docs.gb9704 import Tw
from xuncha_docs.inputs import read, validated
from xuncha_docs.model import Choice, Model, named, refuse
from xuncha_docs.word.roles import Role

Millimetres = Annotated[float, Field(ge=5, le=100)]
Points = Annotated[float, Field(ge=10, le=100)]
Each = Annotated[int, Field(ge=5, le=80)]


class Numbered(Choice):
    """Where page numbers stand."""

    SIDES = "单右双左"
    CENTRE = "居中"
    NONE = "没有"


_NUMBERED = {Numbered.SIDES: "sides", Numbered.CENTRE: "centre", Numbered.NONE: "none"}


def _one_of(known: Iterable[str], what: str) -> AfterValidator:
    """Refuse a word that is none of those that are known."""
    words = tuple(known)

    def check(text: str) -> str:
        if text not in words:
            refuse(f"没有“{text}”这种{what}，只能写：{'、'.join(words)}。", rule="malformed")
        return text

    return AfterValidator(check)


Base = Annotated[Line, _one_of(PROFILES, "版式")]
Styled = Annotated[Line, _one_of((role.value for role in LOOKS), "角色")]
Size = Annotated[Line, _one_of(gb.SIZES, "字号")]


class Margins(Model):
    """The white around the text, in millimetres; a side that is left out is as in the standard."""

    top: Millimetres | None = named("上", "毫米", default=None, examples=[35])
    bottom: Millimetres | None = named("下", "毫米", default=None, examples=[33])
    left: Millimetres | None = named("左", "毫米", default=None, examples=[27])
    right: Millimetres | None = named("右", "毫米", default=None, examples=[27])


class Body(Model):
    """The body of the text."""

    pitch: Points | None = named("行距", "磅，固定值", default=None, examples=[29])
    lines: Each | None = named("每页行数", default=None, examples=[22])
    chars: Each | None = named("每行字数", default=None, examples=[28])


class OwnLook(Model):
    """How one role looks in this office."""

    role: Styled = named("角色", examples=["公文标题"])
    font: Line | None = named("字体", default=None, examples=["华文中宋"])
    size: Size | None = named("字号", default=None, examples=["小二"])
    bold: bool = named("加粗", "可以加粗", default=False)


class OfficeProfile(Model):
    """What the file says."""

    name: Line = named("名称", examples=["本单位公文版式"])
    reason: Line = named("依据", "报告里会照着写出来", examples=["《公文处理实施细则》第八条"])
    base: Base = named("基于", "自带的一种版式", default="ordinary", examples=["ordinary"])
    margins: Margins = named("页边距", default=Margins())
    body: Body = named("正文", default=Body())
    page_numbers: Many[Numbered] = named("页码", default=())
    looks: Many[OwnLook] = named("字样", default=())


def office_profile(path: str | PathLike[str]) -> Profile:
    """Read an office's profile.

    Raises:
        InputError: with every fault at once, each with file, line, field and cure.
    """
    source = read(Path(path), "版式文件")
    said: OfficeProfile = validated(OfficeProfile, source.data, source)
    base = PROFILES[said.base]
    return replace(
        base,
        name=Path(path).stem,
        label=said.name,
        reason=said.reason,
        systems=_systems(base, said),
        left=_tw(said.margins.left, base.left),
        right=_tw(said.margins.right, base.right),
        lines=said.body.lines or base.lines,
        chars=said.body.chars or base.chars,
        looks=_looks(base, said),
        page_numbers=tuple(_NUMBERED[one] for one in said.page_numbers) or base.page_numbers,
        bold=base.bold | {Role(one.role) for one in said.looks if one.bold},
    )


def _tw(millimetres: float | None, otherwise: Tw) -> Tw:
    return otherwise if millimetres is None else Tw.mm(millimetres)


def _systems(base: Profile, said: OfficeProfile) -> tuple[gb.System, ...]:
    """Return the systems of margins: those of the standard where the office says nothing of heights."""
    margins, body = said.margins, said.body
    if margins.top is None and margins.bottom is None and body.pitch is None:
        return base.systems
    top, bottom = _tw(margins.top, gb.A.top), _tw(margins.bottom, gb.A.bottom)
    filling = (gb.PAGE_HEIGHT - top - bottom) // (body.lines or gb.LINES)
    pitch = Tw(filling if body.pitch is None else round(body.pitch * 20))
    return (gb.System(said.name, top, bottom, pitch),)


def _looks(base: Profile, said: OfficeProfile) -> dict[Role, Look]:
    looks = dict(base.looks)
    for one in said.looks:
        role = Role(one.role)
        known = looks.get(role) or LOOKS.get(role) or Look((gb.FANGSONG,), gb.BODY_SIZE)
        fonts = known.fonts if one.font is None else (one.font, *known.fonts)
        looks[role] = Look(fonts, known.size if one.size is None else gb.SIZES[one.size])
    return looks

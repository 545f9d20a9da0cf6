"""The numbers of GB/T 9704—2012, from which styles are built and by which papers and PDFs are judged.

Lengths are twentieths of a point (`Tw`), as Word counts; 1 mm = 56.6929 Tw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


class Tw(int):
    """A length in twentieths of a point."""

    @classmethod
    def mm(cls, millimetres: float) -> Tw:
        """Make it from millimetres."""
        return cls(round(millimetres * 56.6929))


PAGE_WIDTH, PAGE_HEIGHT = Tw(11906), Tw(16838)  # A4, 5.1
LEFT, RIGHT = Tw(1588), Tw(1474)  # 28 mm (5.2.1) and what is left of 210 mm
TEXT_WIDTH = Tw(PAGE_WIDTH - LEFT - RIGHT)  # 156 mm, 5.2.1
LINES, CHARS = 22, 28  # 5.2.3
FOOTER_DISTANCE = Tw(1446)  # puts the dash of the page number 7 mm below the text (7.5), with an exact line of 320
FOOTER_LINE = Tw(320)

TITLE_SIZE, BODY_SIZE, SMALL_SIZE = 44, 32, 28  # half-points: 二号, 三号, 四号 (7.3.1, 5.2.2, 7.4.2)
BODY_TRACKING = Tw(-5)  # derived: 28 × (320 − 5) fits 8844, 28 × (320 − 4) does not
CHAR = Tw(320)  # one character of 三号
INDENT = Tw(630)  # two characters of the tightened body, 7.3.3


@dataclass(frozen=True, slots=True)
class System:
    """One of the two systems in which the margins of 5.2.1 are measured.

    Args:
        name: as offices call it.
        top: white above the text.
        bottom: white below it.
        pitch: the exact line that puts 22 lines on the page and fills it.
    """

    name: str
    top: Tw
    bottom: Tw
    pitch: Tw


A = System("gb9704-nominal", Tw(2098), Tw(1984), Tw(579))
"""37/35 mm measured to the line box: what offices type into the page set-up."""

B = System("gb33476", Tw(1960), Tw(1847), Tw(589))
"""34.58/32.58 mm (GB/T 33476.2—2016 6.2), which puts the ink where 5.2.1 says."""

FANGSONG, KAITI, HEITI, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
XIAOBIAOSONG = "方正小标宋简体"

FONT_CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "小标宋": (XIAOBIAOSONG, "方正小标宋_GBK", "方正小标宋", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
        "仿宋": (
            *(FANGSONG, "仿宋", "FangSong", "FangSong_GB2312", "方正仿宋_GBK", "方正仿宋简体", "FZFangSong-Z02"),
            *("FZFangSong-Z02S", "华文仿宋", "STFangsong"),
        ),
        "楷体": (
            *(KAITI, "楷体", "KaiTi", "KaiTi_GB2312", "方正楷体_GBK", "方正楷体简体", "FZKai-Z03", "FZKai-Z03S"),
            *("华文楷体", "STKaiti"),
        ),
        "黑体": (HEITI, "SimHei", "方正黑体_GBK", "方正黑体简体", "FZHei-B01", "FZHei-B01S", "华文黑体", "STHeiti"),
        "宋体": (SONGTI, "SimSun", "新宋体", "NSimSun", "方正书宋_GBK", "方正书宋简体", "华文宋体", "STSong"),
    }
)
"""The families that offices have of each class of font. The standard names classes (7.3.1, 5.2.2, 7.3.3, 7.5); which
files belong to them is practice."""


def font_class(family: str) -> str | None:
    """Return the class of a family, 仿宋 of 仿宋_GB2312, however its name is spelt; None if it belongs to none."""
    wanted = family.strip().lower()
    return next((name for name, known in FONT_CLASSES.items() if wanted in map(str.lower, known)), None)


def signature_indents(signer: float, day: float, *, sealed: bool) -> tuple[float, float]:
    """Return how far 署名 and 成文日期 stand from the right edge, in characters.

    Args:
        signer: the width of the signer's name in characters.
        day: the width of the date; a digit is half a character.
        sealed: with a seal the name is centred on the date, which stands 4 in (7.3.5.1); without, the date begins
            2 characters to the right of the name, which stands 2 in (7.3.5.2).
    """
    if sealed:
        to_day = max(4.0, (signer - day) / 2)
        return to_day + (day - signer) / 2, to_day
    if day <= signer:
        return 2.0, signer - day
    return 4.0 + day - signer, 2.0

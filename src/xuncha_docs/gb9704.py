"""The numbers of GB/T 9704—2012, from which styles are built and by which papers and PDFs are judged.

Lengths are twentieths of a point (`Tw`), as Word counts; 1 mm = 56.6929 Tw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
WORD_GRID = -849  # what Word's own grid of 28 characters takes from each, 4096ths of a point, counted from 三号
CHAR = Tw(320)  # one character of 三号
INDENT = Tw(630)  # two characters of the tightened body, 7.3.3

RED = "FF0000"  # practice: the standard names the ink (Y80, M80, 6.2), not a colour of the screen
MARK_SIZE = 72  # half-points, free (7.2.4): 小初 leaves twelve characters a line
MARK_TOP, COMMAND_TOP = Tw.mm(35), Tw.mm(20)  # from the text's upper edge to 发文机关标志, 7.2.4 and 10.3, 10.2
RED_LINE_GAP = Tw.mm(4)  # from 发文字号 to the red line, 7.2.7; from the mark of a letter to its line, 10.1
LETTER_TOP, LETTER_FOOT = Tw.mm(30), Tw.mm(20)  # the mark from the page's head, the line from its foot, 10.1
LETTER_RULE = Tw.mm(170)  # 10.1
LETTER_GAP = Tw(280)  # 7/8 of a character of 三号 under the line, 10.1
IMPRINT_OUTER, IMPRINT_INNER = 8, 6  # eighths of a point: 0.35 and 0.25 mm, 7.4.1


GENRES = (
    *("决议", "决定", "命令", "令", "公报", "公告", "通告", "意见"),
    *("通知", "通报", "报告", "请示", "批复", "议案", "函", "纪要"),
)
"""The sorts of official papers (文种); 条例第八条 names fifteen, 命令（令） among them under two names."""


@dataclass(frozen=True, slots=True)
class System:
    """One of the two systems in which the margins of 5.2.1 are measured.

    Args:
        name: as offices call it.
        top: white above the text.
        bottom: white below it.
        pitch: the exact line that puts 22 lines on the page and fills it.
        lead: how far above the ink of the first line its margin ends.
    """

    name: str
    top: Tw
    bottom: Tw
    pitch: Tw
    lead: Tw = field(default=Tw(0))


A = System("gb9704-nominal", Tw(2098), Tw(1984), Tw(579))
"""37/35 mm measured to the line box: what offices type into the page set-up."""

B = System("gb33476", Tw(1960), Tw(1847), Tw(589), Tw.mm(2.42))
"""34.58/32.58 mm (GB/T 33476.2—2016 6.2), which puts the ink where 5.2.1 says."""

FANGSONG, KAITI, HEITI, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
XIAOBIAOSONG = "方正小标宋简体"

SIZES: Mapping[str, int] = MappingProxyType(
    {
        "初号": 84,
        "小初": 72,
        "一号": 52,
        "小一": 48,
        "二号": 44,
        "小二": 36,
        "三号": 32,
        "小三": 30,
        "四号": 28,
        "小四": 24,
        "五号": 21,
        "小五": 18,
    }
)
"""The sizes of characters by the names that offices use, in half-points."""


def size_word(half_points: int) -> str:
    """Name a size as offices do, 三号; a size without a name in points, `17磅`."""
    return next((word for word, size in SIZES.items() if size == half_points), f"{half_points / 2:g}磅")


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


def is_red(colour: str) -> bool:
    """Tell whether a colour, six hexadecimal digits, is as red as the heads of papers are, which is no one colour."""
    try:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return False
    return red >= 0xC0 and green <= 0x40 and blue <= 0x40


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

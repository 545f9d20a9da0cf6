"""Which class of font a font of a PDF belongs to: by the names that files of fonts give themselves in PDFs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from xuncha_docs import gb9704 as gb

_BEGINNINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "小标宋": (
            *("FZXBSJW", "FZXBSK", "FZXiaoBiaoSong", "FandolSong-Bold", "NotoSerifSC-Bold", "NotoSerifSC-SemiBold"),
            *("NotoSerifSC-Black", "NotoSerifCJKsc-Bold", "NotoSerifCJKsc-SemiBold", "NotoSerifCJKsc-Black"),
            *("SourceHanSerifSC-Bold", "SourceHanSerifSC-SemiBold", "SourceHanSerifSC-Heavy"),
        ),
        "仿宋": ("FangSong", "FZFSJW", "FZFSK", "FZFangSong", "STFangsong", "FandolFang", "ZhuqueFangsong"),
        "楷体": (
            *("KaiTi", "FZKTJW", "FZKTK", "FZKai", "STKaiti", "STKaitiSC", "FandolKai", "LXGWWenKai"),
            *("UKaiCN", "ARPLUKaiCN"),
        ),
        "黑体": (
            *("SimHei", "FZHTJW", "FZHTK", "FZHei", "STHeiti", "STHeitiSC", "FandolHei", "NotoSansSC"),
            *("NotoSansCJKsc", "SourceHanSansSC", "WenQuanYiZenHei", "WenQuanYiMicroHei"),
        ),
        "宋体": (
            *("SimSun", "NSimSun", "FZSSJW", "FZSSK", "FZShuSong", "STSong", "STSongti", "FandolSong", "NotoSerifSC"),
            *("NotoSerifCJKsc", "SourceHanSerifSC", "UMingCN", "ARPLUMingCN"),
        ),
    }
)
"""How the names of each class begin in a PDF: those of office fonts, and of the free ones that stand in for them.

A longer beginning wins: FandolSong-Bold is 小标宋. The names that papers have are in `gb9704`.
"""

_LONGEST_FIRST = sorted(
    ((one.lower(), name) for name, beginnings in _BEGINNINGS.items() for one in beginnings),
    key=lambda pair: -len(pair[0]),
)


@cache
def class_of(name: str) -> str | None:
    """Return the class of a font by its name in a PDF, `FandolFang-Regular`; None if it belongs to none."""
    bare = name.partition(",")[0]
    known = gb.font_class(bare)
    if known is None:
        tight = bare.lower().replace(" ", "")
        known = next((found for start, found in _LONGEST_FIRST if tight.startswith(start)), None)
    return known

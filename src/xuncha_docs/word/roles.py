"""What each paragraph of a paper is: by our own styles, else recognised, with how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from xuncha_docs.word.layout import Layout


class Role(StrEnum):
    """What a paragraph is. The value is the name of the style of ours that plays the role, where there is one."""

    COPY_NUMBER = "份号"
    SECRECY = "密级"
    URGENCY = "紧急程度"
    MARK = "发文机关标志"
    DOCUMENT_NUMBER = "发文字号"
    ISSUER = "签发人"
    ORDER_NUMBER = "令号"
    TITLE = "公文标题"
    SUBTITLE = "公文副标题"
    BYLINE = "作者"
    NUMBER = "编号"
    ADDRESSEE = "主送机关"
    BODY = "公文正文"
    LEVEL_1 = "一级标题"
    LEVEL_2 = "二级标题"
    LEVEL_3 = "三级标题"
    LEVEL_4 = "四级标题"
    QUOTATION = "引文"
    ANNEX_LIST = "附件说明"
    SIGNER = "署名"
    DATE = "成文日期"
    NOTE = "附注"
    ANNEX_LABEL = "附件标签"
    ANNEX_TITLE = "附件标题"
    ATTENDANCE = "出席"
    COPIED_TO = "抄送"
    PRINTED = "印发"
    PAGE_NUMBER = "页码"
    TABLE = "表格文字"
    PICTURE = "图片"
    BLANK = "空行"
    OTHER = "其他"


LEVELS = (Role.LEVEL_1, Role.LEVEL_2, Role.LEVEL_3, Role.LEVEL_4)
"""The levels of headings, from the first."""


@dataclass(frozen=True, slots=True)
class Played:
    """The role that a paragraph plays.

    Args:
        role: which.
        sure: how sure that is, from 0 to 1; 1 for a style of ours.
        why: what it was recognised by, in Chinese.
    """

    role: Role
    sure: float = 1.0
    why: str = ""


def roles(layout: Layout) -> Mapping[int, Played]:
    """Return the role of every paragraph of a paper, headers and footers too, by the paragraph's order."""
    raise NotImplementedError

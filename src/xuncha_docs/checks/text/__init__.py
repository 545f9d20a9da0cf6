"""Judges what a paper's text says by itself: the rules TXT101 to TXT7xx, a module for each chapter.

Every rule reads the text line by line through `reading`; what the words mean for the facts is no matter of these.
"""

from __future__ import annotations

from xuncha_docs.checks.text import counts, figures, laws, marks, numbers, order, parts, words

CHAPTERS = {
    "TXT1": ("文号和日期", numbers),
    "TXT2": ("数字", figures),
    "TXT3": ("标点", marks),
    "TXT4": ("序号和标题", order),
    "TXT5": ("公文要素的写法", parts),
    "TXT6": ("用词和遗留", words),
    "TXT7": ("引用和数目", (laws, counts)),
}
"""The chapters by the beginning of their codes, with what they are about."""

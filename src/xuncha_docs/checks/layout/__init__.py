"""Judges how a paper is laid out: the rules GBT1xx to GBT9xx, a module for each chapter."""

from __future__ import annotations

from xuncha_docs.checks.layout import (
    body,
    closing,
    formats,
    genre,
    head,
    hygiene,
    imprint,
    levels,
    numbers,
    page,
    title,
)

CHAPTERS = {
    "GBT1": ("页面", page),
    "GBT2": ("正文", body),
    "GBT3": ("标题、主送和层次", (title, levels, genre)),
    "GBT4": ("版头", head),
    "GBT5": ("附件、署名和日期", closing),
    "GBT6": ("版记", imprint),
    "GBT7": ("页码", numbers),
    "GBT8": ("信函、命令（令）、纪要、海报", formats),
    "GBT9": ("遗留和属性", hygiene),
}
"""The chapters by the beginning of their codes, with what they are about."""

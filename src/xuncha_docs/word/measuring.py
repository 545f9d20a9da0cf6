"""Reads a .docx into a `Layout`: every property as it takes effect."""

from __future__ import annotations

from xuncha_docs.word.layout import Layout


def measured(content: bytes) -> Layout:
    """Read a paper.

    Raises:
        PackageError: if it is no .docx, or one that is damaged or hostile.
    """
    raise NotImplementedError

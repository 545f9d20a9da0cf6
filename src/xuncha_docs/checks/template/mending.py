"""Mends what is mechanical in the tags of a template: slips of the keyboard, and tags split over formats.

Only what stands within tags changes; a copy whose other words had changed would be withheld.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from xuncha_docs.errors import TemplateError
from xuncha_docs.findings import Place
from xuncha_docs.word.examined import Examined, ExaminedPart
from xuncha_docs.word.tagged import TaggedParagraph, formats

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Change:
    """One tag that was mended."""

    place: Place
    before: str
    after: str

    def __str__(self) -> str:
        """Write it on one line."""
        said = f"{self.before} → {self.after}" if self.before != self.after else f"{self.after}（合成一种格式）"
        return f"{self.place}：{said}"


def mended(content: bytes, name: str) -> tuple[bytes, tuple[Change, ...]]:
    """Mend a template's tags.

    Args:
        content: its bytes.
        name: its file, for messages.

    Returns:
        The mended copy, and what was changed; the same bytes if there was nothing to mend.

    Raises:
        TemplateError: if it can't be opened, or if mending would change other words than those of tags.
    """
    template = Examined.of(content, name)
    if template.package is None or template.faults:
        raise TemplateError(f"{name}: can't be opened: {template.why or template.faults[0].message}")
    words = _words(template)
    changes: list[Change] = []
    parts: dict[str, bytes] = {}
    for part in template.parts:
        found = [change for paragraph in part.tagged.paragraphs for change in _mend(part, paragraph)]
        if found:
            changes += found
            root = part.tagged.root
            parts[part.name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if not changes:
        return content, ()
    made = template.package.changed(parts)
    if _words(Examined.of(made, name)) != words:
        raise TemplateError(f"{name}: mending its tags would have changed other words; nothing was changed")
    return made, tuple(changes)


def _words(template: Examined) -> list[str]:
    """Return the words of each paragraph that stand outside tags."""
    return ["".join(_outside(part, paragraph)) for part in template.parts for paragraph in part.tagged.paragraphs]


def _outside(part: ExaminedPart, paragraph: TaggedParagraph) -> Iterator[str]:
    at = 0
    for tag in part.tagged.tags_in(paragraph):
        yield paragraph.text[at : tag.start]
        at = tag.end
    yield paragraph.text[at:]


def _mend(part: ExaminedPart, paragraph: TaggedParagraph) -> list[Change]:
    tags = [tag for tag in part.tagged.tags_in(paragraph) if tag.opener != "{#" and tag.closed and paragraph.pieces]
    wanted = [tag for tag in tags if tag.mends or len(formats(tag)) > 1]
    if not wanted:
        return []
    chars: list[str] = list(paragraph.text)
    owners = [n for n, piece in enumerate(paragraph.pieces) for _ in piece.element.text or ""]
    changes = []
    for tag in wanted:
        for mend in tag.mends:
            chars[mend.start] = mend.right
            chars[mend.start + 1 : mend.end] = [""] * (mend.end - mend.start - 1)
        if len({piece.element.tag for piece in tag.pieces}) == 1:  # never out of what is deleted, nor into it
            owners[tag.start : tag.end] = [owners[tag.start]] * (tag.end - tag.start)
        changes.append(Change(paragraph.place, tag.text, "".join(chars[tag.start : tag.end])))
    _write(paragraph, chars, owners)
    return changes


def _write(paragraph: TaggedParagraph, chars: Sequence[str], owners: Sequence[int]) -> None:
    texts = ["" for _ in paragraph.pieces]
    for char, owner in zip(chars, owners, strict=True):
        texts[owner] += char
    for piece, text in zip(paragraph.pieces, texts, strict=True):
        piece.element.text = text
        if text != text.strip() and piece.element.tag.endswith("}t"):
            piece.element.set(_SPACE, "preserve")

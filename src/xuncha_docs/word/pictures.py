"""Pictures in a paper: the drawing that shows one, and the parts and relationships it needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from xuncha_docs.images import Image, Seal, pixels

EMU = 36000
"""Units of a drawing in a millimetre."""

FIRST_ID = 90001
"""Ids of pictures begin here, beyond those of any template."""

_TYPES = {"png": "image/png", "jpg": "image/jpeg"}
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


@dataclass
class Pictures:
    """The pictures of one part, in the order in which its tags print them.

    Args:
        scale: how many times as large as given codes to scan are printed; a seal is as large as it is.
    """

    scale: float = 1.0
    _found: list[tuple[str, Image, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self._found)

    def inline(self, image: Image) -> str:
        """Return what a tag in text prints to show a picture: the run ends, the picture's own follows, a new begins."""
        return _in_its_own_run(_inline(*self._taken(image, self.scale), image.alt))

    def anchored(self, seal: Seal) -> str:
        """Return what a tag prints to lay a seal behind the text of its paragraph.

        Its place from the left is `SEAL_X` until the widths of signer and date are known.
        """
        return _in_its_own_run(_anchor(*self._taken(seal)))

    def _taken(self, image: Image, scale: float = 1.0) -> tuple[str, int, int, int]:
        """Take a picture in; return its relationship, its number, its width and its height."""
        wide, high = pixels(image.content)
        number = len(self._found)
        ending = "png" if image.content.startswith(b"\x89PNG") else "jpg"
        name = f"{hashlib.sha256(image.content).hexdigest()[:16]}.{ending}"
        relation = f"rIdPicture{number + 1}"
        self._found.append((relation, image, name))
        width = round(image.width * scale * EMU)
        return relation, FIRST_ID + number, width, round(width * high / wide)

    @property
    def parts(self) -> dict[str, bytes]:
        """The pictures themselves, as members."""
        return {f"word/media/{name}": image.content for _, image, name in self._found}

    @property
    def relationships(self) -> str:
        """The relationships that the part needs."""
        return "".join(
            f'<Relationship Id="{relation}" Type="{_RELATION}" Target="media/{name}"/>'
            for relation, _, name in self._found
        )

    @property
    def content_types(self) -> Iterator[tuple[str, str]]:
        """The endings of the pictures, with their types."""
        for ending in sorted({name.rpartition(".")[2] for _, _, name in self._found}):
            yield ending, _TYPES[ending]


def _in_its_own_run(drawing: str) -> str:
    return f'</w:t></w:r><w:r>{drawing}</w:r><w:r><w:t xml:space="preserve">'


SEAL_X = "\x00"
"""Stands around a seal's width where its distance from the left will stand; no value can hold this character."""


TEXT_MM = 156.0
CHAR_MM = 156 / 28


def seal_x(width: float, day: float, right: float, text: float = TEXT_MM) -> int:
    """Return how far a seal stands from the left of the text so that its centre is the date's, in EMU.

    Args:
        width: of the seal, in millimetres.
        day: the width of the date, in characters.
        right: how far the date stands from the right, in characters.
        text: how wide the text is, in millimetres.
    """
    return round((text - (right + day / 2) * CHAR_MM - width / 2) * EMU)


def _anchor(relation: str, number: int, width: int, height: int) -> str:
    # Its centre lies a little above the date's line, so that name and date cross its lower middle (7.3.5.1).
    above = -round(height * 0.6)
    return (
        f'<w:drawing><wp:anchor xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0" '
        'simplePos="0" relativeHeight="2" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1">'
        f'<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:posOffset>{SEAL_X}{width}{SEAL_X}'
        f'</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>{above}</wp:posOffset>'
        f'</wp:positionV><wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        "<wp:wrapNone/>"
        f'<wp:docPr id="{number}" name="seal {number}" descr="印章"/><wp:cNvGraphicFramePr>'
        f'<a:graphicFrameLocks xmlns:a="{_DRAWING}/main" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f"{_graphic(relation, number, width, height)}</wp:anchor></w:drawing>"
    )


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def _inline(relation: str, number: int, width: int, height: int, alt: str) -> str:
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="picture {number}" descr="{alt}"/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_DRAWING}/main" noChangeAspect="1"/>'
        f"</wp:cNvGraphicFramePr>{_graphic(relation, number, width, height)}</wp:inline></w:drawing>"
    )


def _graphic(relation: str, number: int, width: int, height: int) -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="picture {number}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{office}" r:embed="{relation}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )

"""Pictures in a paper: the drawing that shows one, and the parts and relationships it needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image as Header

from xuncha_docs.fields import Image

EMU = 36000
"""Units of a drawing in a millimetre."""

FIRST_ID = 90001
"""Ids of pictures begin here, beyond those of any template."""

_TYPES = {"png": "image/png", "jpg": "image/jpeg"}
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


@dataclass
class Pictures:
    """The pictures of one part, in the order in which its tags print them."""

    _found: list[tuple[str, Image, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self._found)

    def inline(self, image: Image) -> str:
        """Return what a tag in text prints to show a picture: the run ends, the picture's own follows, a new begins.

        Raises:
            ValueError: if the picture's header can't be read.
        """
        try:
            header = Header.from_blob(image.content)
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError) as error:
            raise ValueError(f"a picture that can't be read ({type(error).__name__}); save it again as PNG") from error
        number = len(self._found)
        name = f"{hashlib.sha256(image.content).hexdigest()[:16]}.{'jpg' if header.ext == 'jpg' else 'png'}"
        relation = f"rIdPicture{number + 1}"
        self._found.append((relation, image, name))
        width = round(image.width * EMU)
        height = round(width * header.px_height / max(header.px_width, 1))
        drawing = _inline(relation, FIRST_ID + number, width, height)
        return f'</w:t></w:r><w:r>{drawing}</w:r><w:r><w:t xml:space="preserve">'

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


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def _inline(relation: str, number: int, width: int, height: int) -> str:
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="picture {number}"/>'
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

"""Pictures from input: codes to scan and seals. The library invents none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from pydantic import GetJsonSchemaHandler, ValidationInfo, field_validator, model_validator
from pydantic_core import CoreSchema

from xuncha_docs.model import Model, named, refuse

_IMAGE_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_LARGEST_IMAGE = 5 * 1024 * 1024
_MOST_PIXELS = 20_000


def pixels(image: bytes) -> tuple[int, int]:
    """Return the width and the height of a PNG or JPEG, (0, 0) if its header can't be read."""
    if image.startswith(_IMAGE_SIGNATURES[0]):
        return (int.from_bytes(image[16:20]), int.from_bytes(image[20:24])) if len(image) >= 33 else (0, 0)
    at = 2
    while at + 9 <= len(image) and image[at] == 0xFF:
        kind, length = image[at + 1], int.from_bytes(image[at + 2 : at + 4])
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):  # a frame's header: height, then width
            return int.from_bytes(image[at + 7 : at + 9]), int.from_bytes(image[at + 5 : at + 7])
        at += 2 + length
    return 0, 0


class Image(Model):
    """A picture, PNG or JPEG, always from input: the library invents none. A file's name will do.

    A name is looked up in the folder of the case file; the model keeps the bytes, never the path.
    """

    alt: ClassVar[str] = "二维码"
    """What it is, for those who can't see it: the pictures that stand in a text are codes to scan."""

    content: bytes = named("内容", repr=False)
    width: float = named("宽度", "毫米，最大156（版心宽度）", default=35.0, gt=0, le=156)

    @model_validator(mode="before")
    @classmethod
    def _from_file(cls, data: Any, info: ValidationInfo) -> Any:
        said = {"file": data} if isinstance(data, str | Path) else data
        named_twice = isinstance(said, Mapping) and {"file", "文件"} <= said.keys()
        if named_twice:
            refuse("文件（file）写了两次，中文名、英文名只写一个。", rule="malformed")
        if not isinstance(said, Mapping) or {"content", "内容"} & said.keys():
            return said
        if said.get("file", said.get("文件")) is None:
            refuse("缺少文件（file），必须填写图片文件的名字。", rule="malformed")
        rest = {key: value for key, value in said.items() if key not in ("file", "文件")}
        name = said.get("file", said.get("文件"))
        return rest | {"content": _image_bytes(Path(str(name)), (info.context or {}).get("folder"))}

    @field_validator("content")
    @classmethod
    def _is_image(cls, content: bytes) -> bytes:
        if not content.startswith(_IMAGE_SIGNATURES):
            refuse("图片应是 PNG 或 JPEG 文件。", rule="malformed")
        wide, high = pixels(content)
        if not (1 <= wide <= _MOST_PIXELS and 1 <= high <= _MOST_PIXELS and 1 / 20 <= wide / high <= 20):
            refuse("图片打不开，或尺寸不对；请用画图软件另存为 PNG 再试。", rule="malformed")
        return content

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Say that a file names the picture."""
        file = {"type": "string", "description": "图片文件名（PNG 或 JPEG），相对于案卷所在文件夹"}
        width = {"type": ["number", "string"], "description": "宽度，毫米"}
        by_name = dict.fromkeys(("文件", "file"), file) | dict.fromkeys(("宽度", "width"), width)
        return {"anyOf": [file, {"type": "object", "properties": by_name, "additionalProperties": False}]}


def _image_bytes(path: Path, folder: Path | None) -> bytes:
    try:
        place = (folder or Path()) / path
        if place.is_file() and place.stat().st_size <= _LARGEST_IMAGE:
            return place.read_bytes()
    except (OSError, ValueError):
        pass  # said below: to the person who named it, unreadable and absent are the same
    shown = str(path).encode("utf-8", "replace").decode()[:60]
    refuse(f"找不到图片文件“{shown}”，或文件超过5 MB。", rule="malformed")


class Seal(Image):
    """The picture of a seal, laid over 署名 and 成文日期; on a transparent ground, so that both stay legible.

    A picture is no signature: whether it may be printed is for the office to know.
    """

    alt = "印章"

    width: float = named("宽度", "毫米，印章直径一般42", default=42.0, gt=0, le=60)

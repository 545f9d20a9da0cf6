"""A .docx as an archive: opened safely, written the same way every time."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

MOST_MEMBERS = 2000
LARGEST_INFLATED = 100 * 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the members of a .docx by name.

    Raises:
        ValueError: if it is no archive, is broken, encrypted or swollen, or holds no document.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_INFLATED:
                raise ValueError("too large once unpacked")
            if len({member.filename for member in members}) < len(members):
                raise ValueError("two members have the same name")
            parts = {member.filename: archive.read(member) for member in members if not member.is_dir()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ValueError(f"no .docx, or a damaged or encrypted one ({error})") from error
    if "[Content_Types].xml" not in parts:
        raise ValueError("an archive, but no .docx: [Content_Types].xml is missing")
    return parts


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Write members into a .docx: fixed times, content types first as Word wants, nothing of this machine."""
    names = sorted(parts, key=lambda name: (name != "[Content_Types].xml", name))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, parts[name])
    return buffer.getvalue()

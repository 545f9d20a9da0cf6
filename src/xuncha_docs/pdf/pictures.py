"""Pages of a PDF as pictures, drawn by poppler where it is installed, else by pypdfium2."""

from __future__ import annotations

import struct
import tempfile
import zlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from xuncha_docs.errors import OfficeMissing, PdfError
from xuncha_docs.pdf import programs

RESOLUTION = 96
"""Dots per inch: A4 becomes 794 pixels wide."""

INSTALL = "apt-get install --no-install-recommends poppler-utils"
"""How poppler is installed on Debian, as root."""

INSTALL_ELSE = "pip install 'xuncha-docs[pdf]'"
"""How pypdfium2 is installed, anywhere."""

LARGEST = 1200
"""Dots per inch at most: what is finer is a slip, and a page of it half a gigabyte."""

_PATIENCE_FOR_ALL = 600.0
_PATIENCE_FOR_ONE = 60.0


def pictures(pdf: bytes, *, dpi: int = RESOLUTION, first: int = 1, last: int | None = None) -> tuple[bytes, ...]:
    """Draw pages of a PDF, each as a PNG.

    Args:
        pdf: its bytes.
        dpi: dots per inch.
        first: the first page, counted from 1.
        last: the last one; None draws to the end.

    Raises:
        OfficeMissing: if neither poppler nor pypdfium2 is installed.
        PdfError: if the PDF can't be drawn, or has no such page.
        ValueError: if the resolution or a page can't be.
    """
    if not 1 <= dpi <= LARGEST:
        raise ValueError(f"pages are drawn with 1 to {LARGEST} dots per inch, not {dpi}")
    if first < 1 or (last is not None and last < first):
        raise ValueError(f"there are no pages {first} to {last}: pages are counted from 1")
    drawer = drawn_by()
    made = _by_poppler(pdf, dpi, first, last) if drawer == "poppler" else _by_pypdfium2(pdf, dpi, first, last)
    if not made or (last is not None and len(made) <= last - first):
        raise PdfError(f"the PDF has no page {first + len(made)}")
    return made


def drawn_by() -> str:
    """Return what draws pages on this machine, poppler or pypdfium2.

    Raises:
        OfficeMissing: if neither is installed.
    """
    if programs.found("pdftoppm"):
        return "poppler"
    if find_spec("pypdfium2"):
        return "pypdfium2"
    told = f"没有画页面图片的程序。在 Debian 上用 root 运行：{INSTALL}；别的系统：{INSTALL_ELSE}。"
    raise OfficeMissing(f"nothing draws pages on this machine: {INSTALL}, or {INSTALL_ELSE}", told)


def _by_poppler(pdf: bytes, dpi: int, first: int, last: int | None) -> tuple[bytes, ...]:
    with tempfile.TemporaryDirectory(prefix="xuncha-", ignore_cleanup_errors=True) as name:
        work = Path(name)
        (work / "paper.pdf").write_bytes(pdf)
        command = ["pdftoppm", "-r", str(dpi), "-f", str(first)]
        command += ["-l", str(last)] if last is not None else []
        patience = _PATIENCE_FOR_ONE if last == first else _PATIENCE_FOR_ALL
        ended = programs.run([*command, "paper.pdf", "page"], patience=patience, folder=work)
        pages = sorted(work.glob("page-*.ppm"), key=lambda page: int(page.stem.rpartition("-")[2]))
        made = tuple(_of_ppm(page.read_bytes()) for page in pages)
    if not ended.well and "Wrong page range" not in ended.out:
        raise PdfError(f"poppler can't draw the PDF: {ended.last or f'exit code {ended.code}'}")
    return made


def _of_ppm(ppm: bytes) -> bytes:
    """Turn what poppler draws into a PNG, a third of what it would write itself."""
    magic, width, height, most = ppm.split(maxsplit=4)[:4]
    if (magic, most) != (b"P6", b"255"):
        raise PdfError("poppler drew no picture of three colours of 8 bits")
    wide, high = int(width), int(height)
    return _png(wide, high, ppm[-3 * wide * high :], 3 * wide)


def _by_pypdfium2(pdf: bytes, dpi: int, first: int, last: int | None) -> tuple[bytes, ...]:
    import pypdfium2  # an extra, and slow to load

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            pages = range(first - 1, len(document) if last is None else min(last, len(document)))
            return tuple(_of_bitmap(document[n].render(scale=dpi / 72, rev_byteorder=True)) for n in pages)
    except pypdfium2.PdfiumError as error:
        raise PdfError(f"pypdfium2 can't draw the PDF: {error}") from error


def _of_bitmap(bitmap: Any) -> bytes:
    """Turn what pypdfium2 draws into a PNG; it would need another package for that."""
    if bitmap.n_channels != 3:
        raise PdfError(f"pypdfium2 drew {bitmap.n_channels} channels instead of three")
    return _png(bitmap.width, bitmap.height, bytes(bitmap.buffer), bitmap.stride)


def _png(wide: int, high: int, pixels: bytes, stride: int) -> bytes:
    """Write pixels of red, green and blue, row by row, as a PNG; in greys where there is no colour."""
    rows = [pixels[start : start + 3 * wide] for start in range(0, stride * high, stride)]
    grey = all(row[0::3] == row[1::3] == row[2::3] for row in rows)
    packed = zlib.compress(b"".join(b"\x00" + (row[::3] if grey else row) for row in rows), 9 if grey else 6)
    header = struct.pack(">IIBBBBB", wide, high, 8, 0 if grey else 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

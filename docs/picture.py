"""Draws the README's picture, the demo's announcement as LibreOffice prints it: `python -m docs.picture`.

Needs soffice, pdftoppm and the fonts in `.cache/fonts`; `.ci/office` installs all three on Debian.
"""

from __future__ import annotations

import os
import struct
import subprocess
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from xuncha_docs import Announcement, Case, render

ROOT = Path(__file__).parent.parent
FONTS = ROOT / ".cache/fonts"
DEMO = ROOT / "src/xuncha_docs/demo.yaml"
PICTURE = ROOT / "docs/images/announcement.png"

TIMEOUT = 120
"""Seconds that a conversion may take; a first start of LibreOffice needs about two."""

RESOLUTION = 60
"""Dots per inch: A4 becomes 496 pixels wide."""

# The faces that offices have, by every name they go under, and the free ones that stand in for them; the second of
# each has the characters that the first lacks.
_STAND_INS = (
    (("仿宋_GB2312", "仿宋", "FangSong", "FangSong_GB2312"), ("FandolFang", "Noto Serif SC")),
    (("楷体_GB2312", "楷体", "KaiTi", "KaiTi_GB2312"), ("FandolKai", "Noto Serif SC")),
    (("宋体", "SimSun"), ("FandolSong", "Noto Serif SC")),
    (("黑体", "SimHei"), ("FandolHei", "Noto Sans SC")),
)

# FandolSong-Bold calls itself regular, and would be taken for 宋体; called bold, it stands in for 小标宋.
_BOLD_SONG = """
<match target="scan">
  <test name="family"><string>FandolSong</string></test><test name="style"><string>Bold</string></test>
  <edit name="weight" mode="assign"><const>bold</const></edit>
</match>
<match target="pattern">
  <test qual="any" name="family"><string>方正小标宋简体</string></test>
  <edit name="family" mode="assign" binding="same"><string>FandolSong</string></edit>
  <edit name="weight" mode="assign" binding="strong"><const>bold</const></edit>
</match>
"""


def fontconfig(folder: Path) -> Path:
    """Write a fontconfig file into a folder, with its cache; only the fonts of this project are seen through it."""
    path = folder / "fonts.conf"
    aliases = "\n".join(_alias(name, faces) for names, faces in _STAND_INS for name in names)
    places = f"<dir>{escape(str(FONTS))}</dir><cachedir>{escape(str(folder / 'font-cache'))}</cachedir>"
    path.write_text(f"<fontconfig>\n{places}\n{aliases}{_BOLD_SONG}</fontconfig>\n", encoding="utf-8")
    return path


def _alias(name: str, faces: Iterable[str]) -> str:
    preferred = "".join(f"<family>{face}</family>" for face in faces)
    return f'<alias binding="same"><family>{name}</family><prefer>{preferred}</prefer></alias>'


def to_pdf(files: Sequence[Path], out: Path) -> list[Path]:
    """Convert .docx files to PDF in one run of LibreOffice, with a profile and fonts of its own.

    Raises:
        FileNotFoundError: if a PDF did not come out; soffice ends well even when it fails.
    """
    made = [out / f"{file.stem}.pdf" for file in files]
    for pdf in made:
        pdf.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(out)]
        environment = os.environ | {"FONTCONFIG_FILE": str(fontconfig(work))}
        subprocess.run([*command, *map(str, files)], env=environment, check=True, timeout=TIMEOUT, capture_output=True)
    lacking = [str(pdf) for pdf in made if not pdf.is_file()]
    if lacking:
        raise FileNotFoundError(f"soffice made no {', '.join(lacking)}")
    return made


def draw(picture: Path) -> None:
    """Draw the first page of the demo's announcement."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        paper = render(Announcement.from_case(Case.load(DEMO))).save(work / "announcement.docx")
        (pdf,) = to_pdf([paper], work)
        options = ["-gray", "-singlefile", "-r", str(RESOLUTION)]
        subprocess.run(["pdftoppm", *options, str(pdf), str(work / "page")], check=True, timeout=TIMEOUT)
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(_png((work / "page.pgm").read_bytes()))


def _png(pgm: bytes) -> bytes:
    """Turn a binary PGM into a PNG of sixteen greys, a fifth of what pdftoppm would write itself."""
    magic, width, height, most = pgm.split(maxsplit=4)[:4]
    if (magic, most) != (b"P5", b"255"):
        raise ValueError("pdftoppm wrote no binary PGM of 8 bits")
    wide, high = int(width), int(height)
    pixels = pgm[-wide * high :]
    rows = (pixels[start : start + wide] + b"\xff" * (wide % 2) for start in range(0, wide * high, wide))
    packed = b"".join(
        b"\x00" + bytes(_grey(a) << 4 | _grey(b) for a, b in zip(row[::2], row[1::2], strict=True)) for row in rows
    )
    header = struct.pack(">IIBBBBB", wide, high, 4, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(packed, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _grey(value: int) -> int:
    return round(value / 17)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


if __name__ == "__main__":
    draw(PICTURE)
    print(PICTURE.relative_to(ROOT))

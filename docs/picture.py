"""Draws the README's picture, the demo's announcement as LibreOffice prints it: `python -m docs.picture`.

Needs LibreOffice, poppler and the fonts; `.ci/office` installs all three on Debian.
"""

from __future__ import annotations

import os
from pathlib import Path

from xuncha_docs import Announcement, Case, render
from xuncha_docs.pdf import fonts

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "src/xuncha_docs/demo.yaml"
PICTURE = ROOT / "docs/images/announcement.png"

RESOLUTION = 60
"""Dots per inch: A4 becomes 496 pixels wide."""


def draw(picture: Path) -> None:
    """Draw the first page of the demo's announcement."""
    os.environ.setdefault(fonts.FOLDER, str(ROOT / ".cache/fonts"))
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(render(Announcement.from_case(Case.load(DEMO))).preview(dpi=RESOLUTION))


if __name__ == "__main__":
    draw(PICTURE)
    print(PICTURE.relative_to(ROOT))

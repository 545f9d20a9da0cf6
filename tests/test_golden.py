"""The outline of every example's paper, role and text of each paragraph, reviewed in diffs: `make update` rewrites."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import document_of, every_kind
from xuncha_docs import Document, render

GOLDEN = Path(__file__).parent / "golden"


@every_kind
def test_the_paper_is_the_reviewed_one(kind: type[Document], request: pytest.FixtureRequest) -> None:
    outline = render(document_of(kind)).reading.outline
    file = GOLDEN / f"{kind.kind}.txt"
    if request.config.getoption("--update"):
        file.write_text(outline, encoding="utf-8")
    assert outline == file.read_text(encoding="utf-8"), "review the change, then run make update"


def test_no_outline_is_left_over(request: pytest.FixtureRequest) -> None:
    from xuncha_docs import kinds

    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(kinds.every())

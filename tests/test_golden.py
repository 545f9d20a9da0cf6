"""The outline of every example's paper, role and text of each paragraph, reviewed in diffs: `make update` rewrites."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import document_of, every_form
from xuncha_docs import Document, kinds, render
from xuncha_docs.rendering import file_name

GOLDEN = Path(__file__).parent / "golden"


@every_form
def test_the_paper_is_the_reviewed_one(kind: type[Document], variant: str, request: pytest.FixtureRequest) -> None:
    outline = render(document_of(kind), variant=variant).reading.outline
    file = GOLDEN / file_name(kind, variant).replace(".docx", ".txt")
    if request.config.getoption("--update"):
        file.write_text(outline, encoding="utf-8")
    assert outline == file.read_text(encoding="utf-8"), "review the change, then run make update"


def test_no_outline_is_left_over() -> None:
    forms = {file_name(kind, variant) for kind in kinds.every().values() for variant in ("", *kind.variants)}
    assert {file.name.replace(".txt", ".docx") for file in GOLDEN.glob("*.txt")} == forms

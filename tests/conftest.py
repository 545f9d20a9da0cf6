"""What all tests share: the demo case, the proofs that this machine can't make, and `--update`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from xuncha_docs import Case, Document, kinds
from xuncha_docs.case import KIND_KEYS
from xuncha_docs.errors import OfficeMissing
from xuncha_docs.inputs import read
from xuncha_docs.model import Model, inner_model
from xuncha_docs.pdf import fonts, office

ROOT = Path(__file__).parent.parent
EXAMPLES = Path(__file__).parent / "examples"
DEMO = ROOT / "src/xuncha_docs/demo.yaml"
SHARED = ROOT.parent / "shared"
FONTS = ROOT / ".cache/fonts"
os.environ.setdefault(fonts.FOLDER, str(FONTS))

REQUIRE_ALL = ("XUNCHA_REQUIRE_ALL", "CI")
"""The variables of which either says that no proof may be left out."""


def requires_all() -> bool:
    """Tell whether a proof that can't be made is a failure here."""
    return any(os.environ.get(one) not in (None, "", "0", "false") for one in REQUIRE_ALL)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the golden outlines; review the diff")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(what): a proof that needs shared, office or node on this machine")


def _missing(what: str) -> str | None:
    """Say why a proof can't be made here; None if it can."""
    if what == "shared":
        return None if SHARED.is_dir() else f"{SHARED} is not there"
    if what == "office":
        return _office_missing()
    return None if shutil.which(what) else f"{what} is not installed"


@cache
def _office_missing() -> str | None:
    """Say what of LibreOffice, poppler and the fonts is not there; asked once."""
    try:
        lacking = [tool for tool in ("fc-list", "pdftoppm") if not shutil.which(tool)] + [*fonts.missing()]
        office.find()
    except OfficeMissing as error:
        lacking.append(str(error))
    return f"not found: {', '.join(lacking)}; .ci/office installs it on Debian" if lacking else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        why = _missing(mark.args[0])
        if why and requires_all():
            pytest.fail(f"proof not made: {why}", pytrace=False)
        if why:
            pytest.skip(f"proof not made: {why}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count aloud, by name, what could not be proved here."""
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if "proof not made" in str(r.longrepr)]
    terminalreporter.write_line(f"proofs not made: {len(skipped)}")
    for report in skipped:
        terminalreporter.write_line(f"  {report.nodeid}")


@pytest.fixture
def demo() -> Case:
    return Case.load(DEMO)


@pytest.fixture(autouse=True)
def _no_office_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XUNCHA_TEMPLATES", raising=False)


def example(kind: str) -> Path:
    return EXAMPLES / f"{kind}.yaml"


def document_of(kind: type[Document]) -> Document:
    """Make the document of a kind's example."""
    (made,) = kinds.documents(read(example(kind.kind)))
    return made


def example_data(kind: type[Document]) -> dict[str, Any]:
    data = read(example(kind.kind)).data
    return {key: value for key, value in data.items() if key not in KIND_KEYS}


every_kind = pytest.mark.parametrize("kind", [pytest.param(kind, id=name) for name, kind in kinds.every().items()])


def models_in(model: type[Model]) -> Iterator[type[Model]]:
    """Yield a model and every model within it, each once."""
    found: list[type[Model]] = []
    waiting = [model]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.append(one)
            waiting += [inner for info in one.model_fields.values() if (inner := inner_model(info.annotation))]
    yield from found


every_form = pytest.mark.parametrize(
    ("kind", "variant"),
    [
        pytest.param(kind, variant, id=f"{name}.{variant}" if variant else name)
        for name, kind in kinds.every().items()
        for variant in ("", *kind.variants)
    ],
)
"""Every kind, and every variant of it: each is a template and a paper of its own."""

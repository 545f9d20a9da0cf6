"""The wheel, installed elsewhere, renders every kind; another package's kind joins by being installed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import DEMO, EXAMPLES, ROOT
from xuncha_docs import Case, kinds
from xuncha_docs.packets import packet
from xuncha_docs.rendering import file_name


def forms() -> set[str]:
    """Return the names of the templates of all kinds and of their variants."""
    return {file_name(kind, variant) for kind in kinds.every().values() for variant in ("", *kind.variants)}


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> str:
    """Run a command away from the checkout and return what it prints; what it installs comes before all else."""
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    if path:
        env["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = "import hatchling.build, sys; print(hatchling.build.build_wheel(sys.argv[1]))"
    name = run(sys.executable, "-c", build, folder, cwd=ROOT).strip().splitlines()[-1]
    return folder / name


def install(what: Path, target: Path) -> None:
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index")
    run(*pip, "--target", target, what, cwd=target.parent)


def test_the_wheel_carries_templates_demo_and_types_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    wanted = {f"xuncha_docs/templates/{name}" for name in forms()}
    assert wanted | {"xuncha_docs/py.typed", "xuncha_docs/demo.yaml"} <= set(names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"xuncha_docs"}
    assert not [name for name in names if name.startswith("xuncha_docs/templates/") and not name.endswith(".docx")]


RENDER_ALL = """
import sys, pathlib
import xuncha_docs
from xuncha_docs import Case, kinds, render
from xuncha_docs.inputs import read
from xuncha_docs.rendering import file_name
home = pathlib.Path(xuncha_docs.__file__).parent
assert str(home).startswith(sys.argv[1]), home
for name, kind in kinds.every().items():
    (document,) = kinds.documents(read(pathlib.Path(sys.argv[2]) / f"{name}.yaml"))
    for variant in ("", *kind.variants):
        print(file_name(kind, variant), len(render(document, variant=variant).text))
"""


def test_the_wheel_installed_elsewhere_renders_every_kind(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    install(wheel, target)
    said = run(sys.executable, "-c", RENDER_ALL, target, EXAMPLES, cwd=tmp_path, path=target)
    assert {line.split()[0] for line in said.splitlines()} == forms()
    command = "import sys; from xuncha_docs.cli import main; sys.argv[0] = 'xuncha-docs'; main()"
    run(sys.executable, "-c", command, "demo", "-o", "demo", cwd=tmp_path, path=target)
    papers = {paper.file for paper in packet(Case.load(DEMO)).papers}
    assert {path.name for path in (tmp_path / "demo").glob("*.docx")} == papers


MINUTES = '''
"""A kind of another package."""
from xuncha_docs.document import Audience, TeamPaper
from xuncha_docs.fields import Day, Line, Many
from xuncha_docs.model import named


class Minutes(TeamPaper, kind="team_minutes", label="组务会纪要", audience=Audience.INTERNAL):
    """What a meeting of the team agreed on."""

    agreed: Many[Line] = named("议定事项", min_length=1, examples=["每周五报送工作动态"])
    signed: Day = named("日期", examples=["2025-07-04"])
'''

PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "office-kinds"
version = "1"
[project.entry-points."xuncha_docs.kinds"]
team_minutes = "office_kinds.minutes"
[tool.hatch.build.targets.wheel]
include = ["office_kinds"]
"""

DRAFT = """
import sys
from pathlib import Path
from xuncha_docs.word.drafting import Draft
draft = Draft(title="组务会纪要")
draft.add("公文标题", "组务会纪要")
draft.each("公文正文", "项 in 议定事项", "{{ loop.index }}.{{ 项 }}。")
draft.write(Path(sys.argv[1]))
"""


def test_a_kind_of_another_package_joins_by_being_installed(tmp_path: Path) -> None:
    package = tmp_path / "project" / "office_kinds"
    (package / "templates").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "minutes.py").write_text(MINUTES, encoding="utf-8")
    (package.parent / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    run(sys.executable, "-c", DRAFT, package / "templates/team_minutes.docx", cwd=tmp_path)
    target = tmp_path / "site"
    install(package.parent, target)

    case = tmp_path / "case.yaml"
    case.write_text(DEMO.read_text(encoding="utf-8"), encoding="utf-8")
    with case.open("a", encoding="utf-8") as file:
        file.write("  组务会纪要: {议定事项: [每周五报送工作动态], 日期: 2025-07-04}\n")
    command = "import sys; from xuncha_docs.cli import main; sys.argv[0] = 'xuncha-docs'; main()"
    assert "组务会纪要" in run(sys.executable, "-c", command, "kinds", cwd=tmp_path, path=target)
    run(sys.executable, "-c", command, "render", case, "-o", "out", cwd=tmp_path, path=target)
    assert (tmp_path / "out/组务会纪要.docx").exists()
    run(sys.executable, "-c", command, "new", "team_minutes", "-o", "new.yaml", cwd=tmp_path, path=target)
    run(sys.executable, "-c", command, "render", "new.yaml", "-o", "new", cwd=tmp_path, path=target)


def test_importing_the_package_loads_no_docx_library(tmp_path: Path) -> None:
    code = "import sys, xuncha_docs; print(sorted({'docx', 'docxtpl', 'lxml', 'pydantic'} & set(sys.modules)))"
    assert run(sys.executable, "-c", code, cwd=tmp_path).strip() == "[]"

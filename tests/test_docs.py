"""What the docs say is so: their blocks run, their tables match the code, the site builds.

The blocks of a page run in order, in a folder that holds the demo's `case.yaml` and a picture `二维码.png`, as a reader
would use them:

- `python` runs; a `text` block right below it is what it prints.
- `console` runs its lines `$ xuncha-docs …` (`> file` too) and `$ export …`; what stands below them is what they say,
  with `…` for any lines. A line ends with `# 退出码 2` where the command fails.
- `yaml`, `toml` or `python` with a title is that file. A case or a document must load, unless it begins with `# 有错`;
  the kinds of a project are installed.
- `yaml` without a title holds sections of a case: they replace those of `case.yaml`, from which every paper must still
  come.
- `diff` with a title changes that file.
- Any other block is only read.
"""

from __future__ import annotations

import ast
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

import xuncha_docs
from docs import fields as made
from tests.conftest import DEMO, ROOT
from xuncha_docs import Announcement, Case, Document, InputError, document, inputs, kinds, render
from xuncha_docs.cli import app, run
from xuncha_docs.findings import Rule
from xuncha_docs.word.drafting import Draft

DOCS = ROOT / "docs"
API = DOCS / "reference/api"
PAGES = [ROOT / "README.md", ROOT / "README.zh.md", *sorted(DOCS.rglob("*.md"))]
LARGEST_PICTURE = 60_000

every_page = pytest.mark.parametrize("page", [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES])
NEED_OFFICE = {DOCS / "how-to/pdf.md"}
runnable_page = pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            page,
            id=str(page.relative_to(ROOT)),
            marks=[pytest.mark.needs("office")] if page in NEED_OFFICE else [],
        )
        for page in PAGES
    ],
)


# --- the blocks of a page ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its title, its text, and the line it begins on."""

    language: str
    title: str | None
    text: str
    line: int
    adjoins: bool
    """Whether nothing but blank lines parts it from the block above."""


_FENCE = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.M | re.S)


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    found: list[Block] = []
    end = 0
    for match in _FENCE.finditer(text):
        adjoins = bool(found) and not text[end : match.start()].strip()
        line = text.count("\n", 0, match.start()) + 1
        found.append(Block(match[1], match[2], match[3], line, adjoins))
        end = match.end()
    return found


class Reader:
    """Somebody who does what a page says, in the folder they are in."""

    def __init__(self, page: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self.page = page
        self.monkeypatch = monkeypatch
        self.capfd = capfd
        self.names: dict[str, Any] = {"__name__": page.stem.replace("-", "_")}
        self.printed: str | None = None

    def follow(self) -> None:
        for block in blocks(self.page):
            try:
                self._do(block)
            except BaseException as error:
                error.add_note(f"{self.page}:{block.line}")
                raise

    def _do(self, block: Block) -> None:
        steps: Mapping[str, Callable[[Block], None]] = {
            "python": self._python,
            "console": self._console,
            "yaml": self._yaml,
            "toml": self._project,
            "diff": self._diff,
        }
        if block.language == "text" and block.adjoins and self.printed is not None:
            assert self.printed.strip() == block.text.strip()
        self.printed = None
        if block.language in steps:
            steps[block.language](block)

    def _python(self, block: Block) -> None:
        if block.title:
            self._file(block)
        if block.title is None or "/" not in block.title:
            out = io.StringIO()
            with redirect_stdout(out):
                exec(compile(block.text, f"{self.page.name}:{block.line}", "exec"), self.names)
            self.printed = out.getvalue()

    def _file(self, block: Block) -> None:
        path = Path(str(block.title))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")

    def _project(self, block: Block) -> None:
        """Install a project, as far as its kinds go."""
        self._file(block)
        if block.title != "pyproject.toml":
            return
        for module in tomllib.loads(block.text)["project"]["entry-points"][kinds.GROUP].values():
            import_module(module)

    def _yaml(self, block: Block) -> None:
        if block.title:
            self._file(block)
            self._load(Path(block.title), faulty=block.text.startswith("# 有错"))
            return
        laid = lay_over(yaml_of(Path("case.yaml").read_text(encoding="utf-8")), yaml_of(block.text))
        Path("case.yaml").write_text(yaml.safe_dump(laid, allow_unicode=True, sort_keys=False), encoding="utf-8")
        for paper in kinds.documents(inputs.read(Path("case.yaml"))):
            assert render(paper).text

    def _load(self, path: Path, *, faulty: bool) -> None:
        source = inputs.read(path)
        asks = {"文种", "kind", "文书", "papers"} & set(source.data)
        with pytest.raises(InputError) if faulty else nullcontext():
            kinds.documents(source) if asks else Case.from_source(source)

    def _diff(self, block: Block) -> None:
        path = Path(str(block.title))
        text = path.read_text(encoding="utf-8")
        for old, new in changes(block.text):
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    def _console(self, block: Block) -> None:
        for command, said in commands(block.text):
            words = shlex.split(command, comments=True)
            if words[0] == "export":
                self.monkeypatch.setenv(*words[1].split("=", 1))
                continue
            assert words[0] == "xuncha-docs", f"only our own command is run, not {words[0]}"
            wanted = int(found[1]) if (found := re.search(r"# 退出码 (\d)", command)) else 0
            target = words[words.index(">") + 1] if ">" in words else None
            arguments = words[1 : words.index(">")] if target else words[1:]
            self.capfd.readouterr()
            code = run(arguments)
            out, err = self.capfd.readouterr()
            assert (code, err) == (wanted, "") if wanted == 0 else code == wanted, f"{command}\n{out}{err}"
            if target:
                Path(target).write_text(out, encoding="utf-8")
            if said:
                assert matches(said, out + err), f"{command}\n{out}{err}"


def yaml_of(text: str) -> Any:
    return _emptied(yaml.load(text, Loader=yaml.BaseLoader))


def _emptied(data: Any) -> Any:
    """Read what was left blank as nothing, as the library does."""
    if isinstance(data, dict):
        return {key: _emptied(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_emptied(item) for item in data]
    return None if data in ("", "null") else data


def lay_over(case: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Put sections in the place of a case's own; under 文书, those of the papers that the part names."""
    papers = case.get("文书", {}) | (part.get("文书") or {})
    return case | part | {"文书": papers}


def changes(diff: str) -> Iterator[tuple[str, str]]:
    """Yield what a diff takes out and puts in, change by change."""
    for match in re.finditer(r"((?:^-.*\n)+)((?:^\+.*\n)+)", diff, re.M):
        yield re.sub("^-", "", match[1], flags=re.M), re.sub(r"^\+", "", match[2], flags=re.M)


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with what it says."""
    for match in re.finditer(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.M):
        yield match[1], match[2]


def matches(shown: str, said: str) -> bool:
    """Whether a command said what is shown: blanks count as one, … stands for any words or lines."""
    lines = [" ".join(line.split()) for line in shown.strip().splitlines()]
    pattern = r"\n".join(r"(?:.*\n)*?.*" if line == "…" else re.escape(line).replace("…", ".*") for line in lines)
    return bool(re.fullmatch(pattern, "\n".join(" ".join(line.split()) for line in said.strip().splitlines())))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield a folder to work in; what a page adds to the registry and to the modules is gone afterwards."""
    shutil.copy(DEMO, tmp_path / "case.yaml")
    shutil.copy(ROOT / "tests/code.png", tmp_path / "二维码.png")
    kinds.every()
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(document, "_REGISTRY", dict(document._REGISTRY))
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if str(tmp_path) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


@runnable_page
def test_the_blocks_of_a_page_run(
    page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    Reader(page, monkeypatch, capfd).follow()
    assert folder.is_dir()


@pytest.mark.parametrize(
    "text",
    [
        "```python\nprint(1)\n```\n\n```text\n2\n```",
        "```python\npass\n```\n\n```text\n2\n```",
        "```console\n$ xuncha-docs render none.yaml -o out\n```",
        "```console\n$ xuncha-docs --version  # 退出码 2\n```",
        "```console\n$ xuncha-docs --version\n99\n```",
        "```console\n$ rm -r out\n```",
        "```yaml\n驻点时间: {进驻日期: 2025-07-01, 撤离日期: 2025-06-01}\n```",
        "```yaml\n文书: {巡察公告: {标提: 公告}}\n```",
        '```yaml title="a.yaml"\n文种: 巡察公告\n```',
        '```diff title="case.yaml"\n-never there\n+there now\n```',
    ],
)
def test_a_page_that_says_what_is_not_so_is_noticed(
    text: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    page = folder / "page.md"
    page.write_text(f"{text}\n", encoding="utf-8")
    with pytest.raises((AssertionError, InputError)):
        Reader(page, monkeypatch, capfd).follow()


@every_page
def test_every_block_is_closed_and_known(page: Path) -> None:
    fences = re.findall(r"^```(.*)$", page.read_text(encoding="utf-8"), re.M)
    assert len(fences) == 2 * len(blocks(page))
    known = {"python", "text", "console", "yaml", "yml", "toml", "diff", "sh"}
    assert {block.language for block in blocks(page)} <= known


def test_the_lines_for_a_template_fill() -> None:
    notice = Announcement.from_case(Case.load(DEMO), 任务="开展监督。")
    text = (ROOT / "templates/README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```text\n(.*?)^```$", text, re.M | re.S)
    inline = [tag for tag in re.findall(r"`(\{\{ [^`]* \}\})`", text) if "loop" not in tag]
    assert len(shown) == 5
    for lines in (*shown, *inline):
        draft = Draft(title="{{ 标题 }}")
        for line in lines.splitlines():
            draft.add("公文正文", line)
        assert not re.search("[{}]", render(notice, template=draft.content()).text)


def test_a_kind_of_another_package_joins_through_its_entry_point(folder: Path) -> None:
    page = blocks(DOCS / "how-to/new-kind.md")
    files = {block.title: block.text for block in page if block.title}
    for name, text in files.items():
        (folder / str(name)).parent.mkdir(parents=True, exist_ok=True)
        (folder / str(name)).write_text(text, encoding="utf-8")
    project = tomllib.loads(files["pyproject.toml"])["project"]
    info = folder / f"our_office-{project['version']}.dist-info"
    info.mkdir()
    info.joinpath("METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 1.0\n")
    points = "\n".join(f"{name} = {value}" for name, value in project["entry-points"][kinds.GROUP].items())
    info.joinpath("entry_points.txt").write_text(f"[{kinds.GROUP}]\n{points}\n")
    part = next(block.text for block in page if block.language == "yaml")
    case = lay_over(yaml_of(DEMO.read_text(encoding="utf-8")), yaml_of(part))
    (folder / "case.yaml").write_text(yaml.safe_dump(case, allow_unicode=True), encoding="utf-8")
    command = [
        "-c",
        "from xuncha_docs.cli import main; main()",
        "render",
        "case.yaml",
        "--kind",
        "minutes",
        "-o",
        "out",
    ]
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONUTF8": "1"}
    for arguments in (["draft_minutes.py"], command):
        done = subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "out/组务会记录.docx").is_file()


# --- what the pages say against the code ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", made.PAGES)
def test_a_made_page_is_what_the_code_makes(name: str) -> None:
    committed = (DOCS / "reference" / name).read_text(encoding="utf-8")
    assert committed == made.PAGES[name](), "run python -m docs.fields"


def test_every_promised_name_has_one_home() -> None:
    tree = ast.parse(Path(str(xuncha_docs.__file__)).read_text(encoding="utf-8"))
    typed = {
        alias.name: str(node.module).removeprefix("xuncha_docs.")
        for branch in tree.body
        if isinstance(branch, ast.If)
        for node in branch.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert typed == xuncha_docs._HOMES
    assert sorted(typed) == sorted(xuncha_docs.__all__)
    assert dir(xuncha_docs) == xuncha_docs.__all__
    assert all(getattr(xuncha_docs, name) for name in xuncha_docs.__all__)


def test_a_name_that_is_not_promised_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        xuncha_docs.nothing  # noqa: B018


def test_every_module_has_a_place_in_the_reference() -> None:
    source = ROOT / "src"
    modules = {
        ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")
        for path in (source / "xuncha_docs").rglob("*.py")
    }
    drawn = {name for page in API.glob("*.md") for name in re.findall(r"^::: (\S+)$", page.read_text("utf-8"), re.M)}
    own_page = {name for name in modules if re.fullmatch(r"xuncha_docs(\.cli(\.\w+)?)?", name)}
    assert drawn == modules - own_page


def test_the_faults_are_those_of_the_code() -> None:
    rules = {rule.code: rule.name for rule in vars(inputs).values() if isinstance(rule, Rule)}
    page = (DOCS / "reference/faults.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| (INP\d{3}) \| `([a-z-]+)` \|", page, re.M)) == rules


def test_every_command_and_option_is_in_the_reference() -> None:
    page = (DOCS / "reference/command.md").read_text(encoding="utf-8")
    group = typer.main.get_command(app)
    subcommands: Mapping[str, Any] = group.commands  # type: ignore[attr-defined]
    said = set(re.findall(r"^\| `xuncha-docs ([a-z]+)", page, re.M))
    assert said == set(subcommands)
    sections: dict[str, str] = dict(re.findall(r"^## ([a-z]+)\n(.*?)(?=^## |\Z)", page, re.M | re.S))
    for name, command in subcommands.items():
        options = {opt for param in command.params if param.param_type_name == "option" for opt in param.opts}
        shown = set(re.findall(r"`(--?[a-z-]+)`", "".join(re.findall(r"^\| `-.*", sections.get(name, ""), re.M))))
        assert {opt for opt in shown if opt not in options} == set(), name
        assert options <= shown, name


@pytest.mark.parametrize("kind", kinds.every().values(), ids=str)
def test_every_kind_has_its_place_in_the_docs(kind: type[Document]) -> None:
    pages = {name: (ROOT / "docs/reference" / name).read_text(encoding="utf-8") for name in made.PAGES}
    assert f"| {kind.cycle} | {kind.label} | `{kind.kind}` | {kind.audience} |" in pages["kinds.md"]
    assert kind.label in pages["api/kinds.md"]
    for page in ("fields.md", "tags.md"):
        assert f"## {kind.label} {kind.kind}\n" in pages[page], page


def test_the_picture_of_the_readme_is_there_and_small() -> None:
    for page in ("README.md", "README.zh.md"):
        (name,) = re.findall(r'<img src="([^"]+)"', (ROOT / page).read_text(encoding="utf-8"))
        content = (ROOT / name).read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) < LARGEST_PICTURE


def test_every_link_of_a_page_outside_the_site_leads_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "README.zh.md", ROOT / "templates/README.md"):
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("page", [*PAGES, ROOT / "templates/README.md"], ids=lambda page: page.name)
def test_a_page_names_nobody_and_no_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for number in re.findall(r"\b0\d{2,3}-\d{7,8}|\b1\d{10}\b", text):
        assert number.startswith(("0600-80000", "1000000000")), number
    assert not re.findall(r"https?://(?!linjiang\.example)", text)
    assert str(ROOT) not in text


# --- the site ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site, built as strictly as it can be."""
    out = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(out)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    return out


def test_every_promised_name_is_in_the_reference(site: Path) -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in (site / "reference/api").rglob("*.html"))
    for name, home in xuncha_docs._HOMES.items():
        assert f'id="xuncha_docs.{home}.{name}"' in pages, name


def test_every_page_is_in_the_site(site: Path) -> None:
    listed = re.findall(r"^ +- (?:\S+: )?(\S+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M)
    assert sorted(listed) == sorted(str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md"))
    for name in listed:
        folder = name.removesuffix("index.md").removesuffix(".md")
        assert (site / folder / "index.html").is_file(), name


def test_no_python_is_published(site: Path) -> None:
    assert not list(site.rglob("*.py"))

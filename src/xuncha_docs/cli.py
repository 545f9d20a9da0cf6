"""The command `xuncha-docs`: facts in, papers out, answers in Chinese.

Exit codes: 0 done, 2 wrong use or faults in the facts (nothing is written), 3 a bug of ours.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console
from rich.table import Table

from xuncha_docs import kinds
from xuncha_docs.case import Case
from xuncha_docs.document import KIND_KEYS, Document
from xuncha_docs.errors import InputError, TemplateError, UnknownKind, XunchaError
from xuncha_docs.inputs import Source, read
from xuncha_docs.model import Model
from xuncha_docs.rendering import find_template, render
from xuncha_docs.skeleton import skeleton
from xuncha_docs.version import __version__
from xuncha_docs.word import Paper

CASE = ("case", "案卷")
DEBUG = "XUNCHA_DEBUG"

app = typer.Typer(help="由一份案卷生成巡察文书。", no_args_is_help=True, add_completion=False, rich_markup_mode=None)


class Format(StrEnum):
    """How faults are told."""

    TEXT = "text"
    JSON = "json"


class Language(StrEnum):
    """The language of field names."""

    ZH = "zh"
    EN = "en"


class WrongUse(Exception):
    """The command was given something it can't do; the message is Chinese, for whoever typed it."""


OutDir = Annotated[Path, typer.Option("--out", "-o", help="放文书的文件夹，没有就新建。")]


@app.command("kinds")
def list_kinds() -> None:
    """列出能做的文书。"""
    table = Table("文种", "名称", "知悉范围", "模板", box=None)
    for kind in kinds.every().values():
        table.add_row(kind.kind, kind.label, kind.audience, _template_name(kind))
    Console().print(table)


def _template_name(kind: type[Document]) -> str:
    try:
        return find_template(kind).name
    except TemplateError:
        return "（没有模板）"


@app.command("new")
def new(
    kind: Annotated[str, typer.Argument(help="文种，如 巡察公告 或 announcement；写“案卷”则是案卷。")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="写到这个文件；不写就印在屏幕上。")] = None,
) -> None:
    """写一份待填的文件，照着改就能用。"""
    model = _model(kind)
    head = f"# {_label(model)}。照着改；以“#”开头的是可填可不填的，要填就去掉“#”。\n"
    said = f"文种: {model.label}\n" if issubclass(model, Document) else ""
    text = head + said + skeleton(model)
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise WrongUse(f"{out} 已经有了，没有覆盖；请换个文件名。") from None
    except OSError as error:
        raise WrongUse(f"{out} 写不了：{error.strerror}。") from error
    typer.echo(f"已写好 {out}")


@app.command("render")
def render_file(
    file: Annotated[Path, typer.Argument(help="案卷或单份文书：.yaml、.json、.toml。")],
    out: OutDir,
    kind: Annotated[str | None, typer.Option("--kind", help="案卷里只做这一种。")] = None,
    templates: Annotated[Path | None, typer.Option("--templates", help="本单位的模板文件夹。")] = None,
    fmt: Annotated[Format, typer.Option("--format", help="报告错误的格式。")] = Format.TEXT,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的、内容不同的文书。")] = False,
) -> None:
    """按文件做出文书。有一处错误就一份也不写。"""
    wanted = _kind(kind) if kind else None
    try:
        papers = _papers(kinds.documents(read(file), wanted), templates)
    except InputError as error:
        if fmt is Format.JSON:
            typer.echo(error.report.to_json())
            raise typer.Exit(2) from None
        raise
    _save_all(papers, out, force=force)


@app.command("schema")
def schema(
    kind: Annotated[str, typer.Argument(help="文种；写“案卷”则是案卷。")],
    lang: Annotated[Language, typer.Option("--lang", help="字段名用中文还是英文。")] = Language.ZH,
) -> None:
    """印出 JSON Schema，供编辑器提示和检查。"""
    model = _model(kind)
    data = model.model_json_schema(by_alias=lang is Language.ZH)
    if issubclass(model, Document):
        key = KIND_KEYS[0] if lang is Language.ZH else KIND_KEYS[1]
        data["properties"] = {key: {"enum": [model.label, model.kind]}, **data["properties"]}
    data = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | data | {"title": _label(model)}
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


@app.command("demo")
def demo(out: OutDir = Path("out/demo")) -> None:
    """用自带的虚构案卷做出全部文书。"""
    text = files("xuncha_docs").joinpath("demo.yaml").read_text(encoding="utf-8")
    source = Source("demo.yaml", yaml.load(text, Loader=yaml.BaseLoader))
    papers = _papers(kinds.documents(source), None)
    _save_all({"案卷.yaml": text.encode(), **papers}, out, force=True)


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="印出版本。")] = False) -> None:
    """Print the version when asked."""
    if show:
        typer.echo(__version__)
        raise typer.Exit


def _label(model: type[Model]) -> str:
    return f"{model.label}（{model.kind}）" if issubclass(model, Document) else "案卷（case）"


def _model(name: str) -> type[Model]:
    return Case if name in CASE else _kind(name)


def _kind(name: str) -> type[Document]:
    try:
        return kinds.find(name)
    except UnknownKind:
        known = "、".join(f"{kind.label}（{kind.kind}）" for kind in kinds.every().values())
        raise WrongUse(f"没有“{name}”这种文书。现有：{known}。") from None


def _papers(documents: Sequence[Document], templates: Path | None) -> dict[str, bytes]:
    """Render everything before anything is written; names by kind, numbered where one kind comes several times."""
    made: dict[str, list[Paper]] = {}
    for document in documents:
        made.setdefault(document.label, []).append(render(document, templates_dir=templates))
    return {
        f"{label}{f'-{n}' if len(papers) > 1 else ''}.docx": paper.content
        for label, papers in made.items()
        for n, paper in enumerate(papers, 1)
    }


def _save_all(contents: dict[str, bytes], out: Path, *, force: bool) -> None:
    try:
        changed = [name for name, content in contents.items() if _differs(out / name, content)]
        if changed and not force:
            names = "、".join(changed)
            raise WrongUse(f"{out} 里已有内容不同的文件：{names}，可能有人改过，没有覆盖。请换个文件夹，或加 --force。")
        out.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            Paper(content, "").save(out / name)
            typer.echo(f"已写好 {out / name}")
    except OSError as error:
        raise WrongUse(f"{out} 写不了：{error.strerror}。") from error


def _differs(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() != content


def run(arguments: Iterable[str] | None = None) -> int:
    """Run the command and return its exit code; nothing a user gives it makes a traceback."""
    try:
        result: Any = app(args=None if arguments is None else list(arguments), standalone_mode=False)
    except InputError as error:
        _complain(str(error.report))
    except WrongUse as error:
        _complain(str(error))
    except TemplateError as error:
        _complain(f"模板有误：{error}")
    except XunchaError as error:
        _complain(str(error))
    except typer.Abort:
        _complain("已中止。")
    except Exception as error:  # noqa: BLE001  # the last resort: a bug is said plainly, with exit code 3
        return _bug(error)
    else:
        return result if isinstance(result, int) else 0
    return 2


def _complain(message: str) -> None:
    typer.echo(message, err=True)


def _bug(error: Exception) -> int:
    show = getattr(error, "show", None)
    if show is not None:  # click's usage errors say themselves
        show()
        return 2
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    _complain(f"程序出错（不是您的问题）：{error!r}。设 {DEBUG}=1 再试一次，把显示的内容发给维护者。")
    return 3


def main() -> None:
    """Run the command as a script."""
    sys.exit(run())

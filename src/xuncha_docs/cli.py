"""The command `xuncha-docs`: facts in, papers out, answers in Chinese.

Exit codes: 0 done, 2 wrong use or faults in the facts (nothing is written), 3 a bug of ours.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console
from rich.table import Table
from typer.core import TyperCommand, TyperGroup

from xuncha_docs import kinds
from xuncha_docs.case import KIND_KEYS, Case
from xuncha_docs.document import Document
from xuncha_docs.errors import InputError, TemplateError, UnknownKind, XunchaError
from xuncha_docs.inputs import Source, os_reason, read
from xuncha_docs.model import Model
from xuncha_docs.rendering import find_template, render
from xuncha_docs.skeleton import skeleton
from xuncha_docs.version import __version__
from xuncha_docs.word import Paper
from xuncha_docs.word.paper import save_all

CASE = ("case", "案卷")
DEBUG = "XUNCHA_DEBUG"

_HELP = (
    ("Usage: ", "用法："),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND [ARGS]...", "命令 [参数]…"),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("Commands:", "命令："),
    ("[required]", "[必须写]"),
    ("[default: ", "[不写就是："),
    ("Show this message and exit.", "显示这些说明。"),
)


def _in_chinese(help_: str) -> str:
    for english, chinese in _HELP:
        help_ = help_.replace(english, chinese)
    return help_


class _Command(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        """Return the help with Chinese headings."""
        return _in_chinese(super().get_help(ctx))


class _Group(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        """Return the help with Chinese headings."""
        return _in_chinese(super().get_help(ctx))


app = typer.Typer(
    cls=_Group, help="由一份案卷生成巡察文书。", no_args_is_help=True, add_completion=False, rich_markup_mode=None
)
_command = partial(app.command, cls=_Command)


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
Force = Annotated[bool, typer.Option("--force", help="覆盖已有的、内容不同的文件。")]


@_command("kinds")
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


@_command("new")
def new(
    kind: Annotated[str, typer.Argument(metavar="文种", help="文种，如 巡察公告 或 announcement；写“案卷”则是案卷。")],
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
    files = {out: text.encode()}
    with _writing(files):
        if out.exists():
            raise WrongUse(f"{out} 已经有了，没有覆盖；请换个文件名。")
        save_all(files)
    typer.echo(f"已写好 {out}")


@_command("render")
def render_file(
    file: Annotated[Path, typer.Argument(metavar="文件", help="案卷或单份文书：.yaml、.json、.toml。")],
    out: OutDir,
    kind: Annotated[str | None, typer.Option("--kind", help="案卷里只做这一种。")] = None,
    templates: Annotated[Path | None, typer.Option("--templates", help="本单位的模板文件夹。")] = None,
    fmt: Annotated[Format, typer.Option("--format", help="报告错误的格式。")] = Format.TEXT,
    force: Force = False,
) -> None:
    """按文件做出文书。有一处错误就一份也不写。"""
    wanted = None if kind is None else _kind(kind)
    try:
        papers = _papers(kinds.documents(read(file), wanted), templates)
    except InputError as error:
        if fmt is Format.JSON:
            typer.echo(error.report.to_json())
            raise typer.Exit(2) from None
        raise
    _save_all(papers, out, force=force)


@_command("schema")
def schema(
    kind: Annotated[str, typer.Argument(metavar="文种", help="文种；写“案卷”则是案卷。")],
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


@_command("demo")
def demo(out: OutDir = Path("out/demo"), force: Force = False) -> None:
    """用自带的虚构案卷做出全部文书。"""
    text = files("xuncha_docs").joinpath("demo.yaml").read_text(encoding="utf-8")
    source = Source("demo.yaml", yaml.load(text, Loader=yaml.BaseLoader))
    papers = _papers(kinds.documents(source), None)
    _save_all({"案卷.yaml": text.encode(), **papers}, out, force=force)


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


def _save_all(contents: Mapping[str, bytes], out: Path, *, force: bool) -> None:
    """Write all or none into a folder, and say so; nothing that somebody may have changed is lost unless forced."""
    files = {out / name: content for name, content in contents.items()}
    with _writing(files):
        odd = [path.name for path in files if path.exists() and not path.is_file()]
        if odd:
            raise WrongUse(f"{out} 里的{'、'.join(odd)}不是文件，不能覆盖，一份也没有写。请换个文件夹。")
        changed = [path.name for path, content in files.items() if path.exists() and not _holds(path, content)]
        if changed and not force:
            names = "、".join(changed)
            raise WrongUse(f"{out} 里已有内容不同的文件：{names}，可能有人改过，没有覆盖。请换个文件夹，或加 --force。")
        out.mkdir(parents=True, exist_ok=True)
        save_all(files)
    for path in files:
        typer.echo(f"已写好 {path}")


@contextmanager
def _writing(files: Mapping[Path, bytes]) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        written = [path.name for path, content in files.items() if _holds(path, content)]
        so_far = f"已写好的只有：{'、'.join(written)}" if written else "一份也没有写"
        cure = "请检查文件夹名、权限和磁盘；文件正用 Word 打开着的，请先关掉。"
        raise WrongUse(f"{error.filename} 写不了：{os_reason(error)}，{so_far}。{cure}") from error


def _holds(path: Path, content: bytes) -> bool:
    with suppress(OSError):
        return path.stat().st_size == len(content) and path.read_bytes() == content
    return False


def run(arguments: Iterable[str] | None = None) -> int:
    """Run the command and return its exit code; nothing a user gives it makes a traceback."""
    _never_fail_to_encode()
    try:
        result: Any = app(args=None if arguments is None else list(arguments), standalone_mode=False)
        sys.stdout.flush()
    except InputError as error:
        _complain(str(error.report))
    except TemplateError as error:
        _complain(error.told or _template_faults(str(error)))
    except (WrongUse, XunchaError) as error:
        _complain(str(error))
    except typer.Abort:
        _complain("已中止。")
    except OSError as error:
        _complain(f"读写出错：{os_reason(error)}。")
        sys.stdout = io.StringIO()  # else Python, at its end, tries once more to write what can't be written
    except SystemExit:  # typer's answer to whoever closes the pipe: there is nobody left to tell
        pass
    except Exception as error:  # noqa: BLE001  # the last resort: a bug is said plainly, with exit code 3
        if not hasattr(error, "format_message"):  # which click's errors have, and those of typer's own copy of click
            return _bug(error)
        _complain(_wrong_use(error))
    else:
        return result if isinstance(result, int) else 0
    return 2


def _never_fail_to_encode() -> None:
    """Let a terminal that lacks a character show its number instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _complain(message: str) -> None:
    with suppress(OSError):
        typer.echo(message, err=True)


# --- what others say in English --------------------------------------------------------------------------------------

_USES = (
    (r"Missing argument '([^']+)'", "缺少“{}”，必须写。"),
    (r"Missing option '([^']+)'", "缺少选项“{}”，必须写。"),
    (r"Option '([^']+)' requires an argument", "选项“{}”后面缺少内容。"),
    (r"Option '([^']+)' does not take a value", "选项“{}”后面不用写内容。"),
    (r"Invalid value for '([^']+)'.*?'(.*)' is not one of (.*?)\.?$", "选项“{}”后面不能写“{}”，只能写：{}。"),
    (r"Invalid value for '([^']+)'", "“{}”的内容写得不对。"),
    (r"No such option:? '?([^' ]+)", "没有“{}”这个选项。"),
    (r"No such command '(.*?)'", "没有“{}”这个命令。"),
    (r"unexpected extra arguments? ?(?:\(s\) )?\((.*)\)", "多写了“{}”。"),
)


def _wrong_use(error: Any) -> str:
    """Say in Chinese what is wrong with a command line."""
    message = str(error.format_message())
    if type(error).__name__ == "NoArgsIsHelpError":  # which holds the help
        return message
    found = ((re.search(pattern, message), text) for pattern, text in _USES)
    said = next(
        (
            text.format(*(word.replace("'", "").replace(", ", "、") for word in match.groups()))
            for match, text in found
            if match
        ),
        f"命令写得不对（{message}）。",
    )
    command = error.ctx.command_path if error.ctx else "xuncha-docs"
    return f"{said}写法请看“{command} --help”。"


_PLACES = {"table": "个表格", "row": "行", "cell": "格", "paragraph": "段"}
_PARTS = {"document": "正文", "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_PART = re.compile(r"(?P<folder>[\w/]*/)(?P<part>[a-z]+)\d*\.xml(?P<counts>(?:, \w+ \d+)*): ")


def _template_faults(message: str) -> str:
    """Say in Chinese which template is at fault and where, with the fault itself in brackets."""
    name, _, said = message.partition(".docx: ")
    faults = [_template_fault(fault) for fault in said.split(f"\n{name}.docx: ")]
    return "\n".join([f"模板 {name}.docx 有误，一份也没有写。请用 Word 打开它，照着改好再做一次：", *faults])


def _template_fault(fault: str) -> str:
    fault = " ".join(fault.split())
    place = _PART.match(fault)
    if not place:
        return f"这个文件打不开或不合要求（{fault}）。"
    counts = re.findall(r"(\w+) (\d+)", place["counts"])
    where = "".join(f"第{number}{_PLACES.get(name, name)}" for name, number in counts)
    return f"{_PARTS.get(place['part'], place['part'])}{where}（{fault[place.end() :]}）。"


def _bug(error: Exception) -> int:
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    _complain(f"程序出错（不是您的问题）：{error!r}。设 {DEBUG}=1 再试一次，把显示的内容发给维护者。")
    return 3


def main() -> None:
    """Run the command as a script."""
    sys.exit(run())

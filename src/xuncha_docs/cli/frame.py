"""What all commands share: the application, its help in Chinese, files written whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from typer.core import TyperCommand, TyperGroup

from xuncha_docs import kinds
from xuncha_docs.document import Document
from xuncha_docs.errors import UnknownKind
from xuncha_docs.inputs import os_reason
from xuncha_docs.saving import holds, save_all
from xuncha_docs.version import __version__

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
command = partial(app.command, cls=_Command)


class Format(StrEnum):
    """How faults are told."""

    TEXT = "text"
    JSON = "json"


class WrongUse(Exception):
    """The command was given something it can't do; the message is Chinese, for whoever typed it."""


OutDir = Annotated[Path, typer.Option("--out", "-o", help="放文书的文件夹，没有就新建。")]
Force = Annotated[bool, typer.Option("--force", help="覆盖已有的、内容不同的文件。")]


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="印出版本。")] = False) -> None:
    """Print the version when asked."""
    if show:
        typer.echo(__version__)
        raise typer.Exit


def known_kind(name: str) -> type[Document]:
    """Return the kind that somebody typed, by its name or its label."""
    try:
        return kinds.find(name)
    except UnknownKind:
        known = "、".join(f"{kind.label}（{kind.kind}）" for kind in kinds.every().values())
        raise WrongUse(f"没有“{name}”这种文书。现有：{known}。") from None


def write(
    contents: Mapping[str, bytes],
    out: Path,
    *,
    force: bool,
    say: bool = True,
    alike: Callable[[Path, bytes], bool] = holds,
) -> None:
    """Write all or none into a folder, and say so; nothing that somebody may have changed is lost unless forced.

    Args:
        contents: by the names of the files.
        out: the folder, which is made.
        force: whether other files of these names are replaced.
        say: whether what was written is told.
        alike: tells whether a file that stands there may be replaced, since it says the same.
    """
    files = {out / name: content for name, content in contents.items()}
    with writing():
        odd = [path.name for path in files if path.exists() and not path.is_file()]
        if odd:
            raise WrongUse(f"{out} 里的{'、'.join(odd)}不是文件，不能覆盖，一份也没有写。请换个文件夹。")
        changed = [path.name for path, content in files.items() if path.exists() and not alike(path, content)]
        if changed and not force:
            names = "、".join(changed)
            raise WrongUse(f"{out} 里已有内容不同的文件：{names}，可能有人改过，没有覆盖。请换个文件夹，或加 --force。")
        out.mkdir(parents=True, exist_ok=True)
        save_all(files)
    for path in files if say else ():
        typer.echo(f"已写好 {path}")


@contextmanager
def writing() -> Iterator[None]:
    """Say in Chinese what could not be written; then nothing was."""
    try:
        yield
    except OSError as error:
        cure = "请检查文件夹名、权限和磁盘；文件正用 Word 打开着的，请先关掉。"
        raise WrongUse(f"{error.filename} 写不了：{os_reason(error)}，一份也没有写。{cure}") from error


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how far something is, nowhere else; what is given back is told how many of how many are done.

    Args:
        what: what goes on, in Chinese.
    """
    if not sys.stderr.isatty():
        yield lambda done, count: None
        return
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=None)
        yield lambda done, count: shown.update(task, completed=done, total=count)

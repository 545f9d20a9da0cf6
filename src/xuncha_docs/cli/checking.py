"""The commands that judge and explain: check, explain, fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from xuncha_docs import manifest, telling
from xuncha_docs.card import Section, card
from xuncha_docs.checks import check, mended, profile_of, ruling
from xuncha_docs.checks.profiles import PROFILES, Profile
from xuncha_docs.cli.frame import Force, WrongUse, command, known_kind, write
from xuncha_docs.errors import MendingError, TemplateError, UnknownProfile, UnknownRule
from xuncha_docs.findings import Severity
from xuncha_docs.inputs import os_reason


class Telling(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


@command("check")
def check_files(
    files: Annotated[list[Path], typer.Argument(metavar="文件…", help="模板、文书、PDF、案卷，或放这些文件的文件夹。")],
    kind: Annotated[
        str | None, typer.Option("--kind", help="按这种文书的模板检查；不写就看文件名，如 announcement.docx。")
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile", help=f"文书的版式：{'、'.join(PROFILES)}，或本单位的 .toml 文件；不写就看文种和版头。"
        ),
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="还是草稿，没填完、没删净的只作提示。")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="用 LibreOffice 转成 PDF，连打印出来的样子一起检查。")] = False,
    fmt: Annotated[Telling, typer.Option("--format", help="报告的格式。")] = Telling.TEXT,
    select: Annotated[
        list[str] | None, typer.Option("--select", help="只报这些代码，可只写开头，如 TPL3；可写几次，或用逗号隔开。")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help="不报这些代码，写法同上。")] = None,
    fail_on: Annotated[Severity, typer.Option("--fail-on", help="有这样严重的问题，退出码就是 1。")] = Severity.WARNING,
    strict: Annotated[bool, typer.Option("--strict", help="有没有检查到的，退出码也是 1。")] = False,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="改正模板里键盘误写的标签，文书的页面、字体、字号、缩进和标点；写到另一个文件夹，再检查改好的。",
        ),
    ] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="放改好的文件的文件夹，与 --fix 一起用。")] = None,
    force: Force = False,
) -> int:
    """检查模板、文书和 PDF，一次报出全部问题。"""
    wanted = None if kind is None else known_kind(kind)
    kept = _profile(profile)
    chosen, left_out = _codes(select), _codes(ignore)
    found = list(_files(files))
    if fix != (out is not None):
        raise WrongUse("--fix 和 --out 要一起写：改好的文件放到另一个文件夹，原来的文件不动。")
    if out is not None:
        found = _fixed(found, out, kept, force=force, quiet=fmt is not Telling.TEXT)
    report = check(*found, kind=wanted, profile=kept, draft=draft, pdf=pdf, select=chosen, ignore=left_out)
    typer.echo(telling.FORMATS[fmt.value](report))
    return 1 if report.at_least(fail_on) or (strict and report.not_checked) else 0


def _profile(said: str | None) -> Profile | None:
    """Read a profile: its name, or the file of an office."""
    try:
        return profile_of(said)
    except UnknownProfile:
        known = "、".join(f"{name}（{one.label}）" for name, one in PROFILES.items())
        raise WrongUse(f"没有“{said}”这种版式。现有：{known}；本单位的版式写成 .toml 文件。") from None


def _codes(said: Sequence[str] | None) -> tuple[str, ...]:
    """Read codes, one by one or parted by commas; one that is the beginning of none is a slip."""
    codes = tuple(code.strip().upper() for text in said or () for code in text.replace("，", ",").split(","))
    known = ruling.every()
    odd = next((code for code in codes if not any(one.startswith(code) for one in known) or not code), None)
    if odd is not None and not odd.startswith("INP"):
        raise WrongUse(f"没有“{odd}”开头的规则。规则的代码如 TPL301，开头如 TPL3。")
    return codes


def _files(files: Sequence[Path]) -> Iterator[Path]:
    """Yield files, and those of folders: papers, templates, PDFs and manifests; what is not there is wrong use."""
    missing = [str(path) for path in files if not _exists(path)]
    if missing:
        raise WrongUse(f"找不到{'、'.join(missing)}。请检查文件名。")
    for path in files:
        if not path.is_dir():
            yield path
            continue
        found = (one for name in ("*.docx", "*.pdf", manifest.NAME) for one in path.rglob(name))
        within = sorted(one for one in found if not one.name.startswith(("~$", ".")))
        if not within:
            raise WrongUse(f"文件夹 {path} 里没有 .docx 或 .pdf 文件。")
        yield from within


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _fixed(files: Sequence[Path], out: Path, profile: Profile | None, *, force: bool, quiet: bool) -> list[Path]:
    """Write mended copies into a folder, and say what was changed; return the copies."""
    copies: dict[str, bytes] = {}
    told: list[str] = []
    for path in files:
        if path.name in copies:
            raise WrongUse(f"有两个文件都叫 {path.name}，改好的会互相覆盖，请分开改。")
        if path.resolve().parent == out.resolve():
            raise WrongUse(f"{path} 就在文件夹 {out} 里，改好的会覆盖它。请换个文件夹。")
        content, changes = _mended(path, profile)
        copies[path.name] = content
        told += _told(path, changes)
    write(copies, out, force=force, say=not quiet)
    if not quiet:
        for line in told:
            typer.echo(line)
    return [out / name for name in copies]


def _mended(path: Path, profile: Profile | None) -> tuple[bytes, tuple[object, ...]]:
    try:
        return mended(path.read_bytes(), str(path), profile)
    except OSError as error:
        raise WrongUse(f"{path} 打不开：{os_reason(error)}，一份也没有改。") from None
    except MendingError:
        raise WrongUse(f"{path} 没有改：改了会动到别的字，一份也没有写。请按检查的结果自己改。") from None
    except TemplateError as error:
        raise WrongUse(f"{path} 改不了，一份也没有改（{error.reason}）。请先不加 --fix 检查一遍。") from None


def _told(path: Path, changes: Sequence[object]) -> Iterator[str]:
    yield f"{path.name}：改了 {len(changes)} 处。" if changes else f"{path.name}：没有要改的。"
    yield from (f"  {change}" for change in changes)


@command("explain")
def explain(code: Annotated[str, typer.Argument(metavar="代码", help="规则的代码或英文名，如 TPL301。")]) -> None:
    """印出一条规则的说明。"""
    try:
        rule = ruling.find(code)
    except UnknownRule:
        raise WrongUse(f"没有“{code}”这条规则。规则的代码如 TPL301。") from None
    basis = f"\n依据：{rule.basis}" if rule.basis else ""
    typer.echo(f"{rule.code} {rule.name}（{rule.severity.word}）{basis}\n\n{rule.page}")


@command("fields")
def fields(
    kind: Annotated[str, typer.Argument(metavar="文种", help="文种，如 巡察公告 或 announcement。")],
    wide: Annotated[
        bool, typer.Option("--wide", help="不管屏幕多宽，一个名字一行，用制表符隔开，便于粘贴到表格里。")
    ] = False,
) -> None:
    """印出这种文书的模板能写的全部名字。"""
    wanted = known_kind(kind)
    console = Console()
    for section in card(wanted):
        if wide:
            for row in _rows(section):
                typer.echo("\t".join((_title(section), *row)))
            continue
        table = Table(
            "名字", "英文名", "是什么", "可否为空", "例", title=_title(section), title_justify="left", box=None
        )
        for row in _rows(section):
            table.add_row(*row)
        console.print(table)
        console.print()


def _title(section: Section) -> str:
    return f"{'、'.join(section.titles[:4])}（{section.model.__name__}）"


def _rows(section: Section) -> Iterator[tuple[str, str, str, str, str]]:
    for name in section.names:
        what = f"{name.what} {name.model.__name__}" if name.model else name.what
        yield name.zh, name.en, what, "可能为空" if name.may_be_empty else "", name.example

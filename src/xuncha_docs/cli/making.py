"""The commands that make something: kinds, new, render, schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from xuncha_docs import kinds
from xuncha_docs.case import KIND_KEYS, Case
from xuncha_docs.checks import check
from xuncha_docs.cli.frame import Force, Format, OutDir, WrongUse, command, known_kind, write, writing
from xuncha_docs.cli.printing import alike, printed
from xuncha_docs.document import Document
from xuncha_docs.drafts import whole_class
from xuncha_docs.errors import InputError, TemplateError
from xuncha_docs.findings import Report, Severity
from xuncha_docs.inputs import MISSING, read
from xuncha_docs.model import Model
from xuncha_docs.rendering import find_template, render
from xuncha_docs.saving import save_all
from xuncha_docs.sealed import PRIVATE, SealedRecord
from xuncha_docs.secret import SEALED_KIND
from xuncha_docs.skeleton import skeleton
from xuncha_docs.word import Paper

CASE = ("case", "案卷")

Labelled = Document | SealedRecord
"""What a file says by name that it is."""


class Language(StrEnum):
    """The language of field names."""

    ZH = "zh"
    EN = "en"


@command("kinds")
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


@command("new")
def new(
    kind: Annotated[str, typer.Argument(metavar="文种", help="文种，如 巡察公告 或 announcement；写“案卷”则是案卷。")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="写到这个文件；不写就印在屏幕上。")] = None,
) -> None:
    """写一份待填的文件，照着改就能用。"""
    model = _model(kind)
    head = f"# {_label(model)}。照着改；以“#”开头的是可填可不填的，要填就去掉“#”。\n"
    said = f"文种: {model.label}\n" if issubclass(model, Labelled) else ""
    text = head + said + skeleton(model)
    if out is None:
        typer.echo(text, nl=False)
        return
    files = {out: text.encode()}
    with writing():
        if out.exists():
            raise WrongUse(f"{out} 已经有了，没有覆盖；请换个文件名。")
        save_all(files, mode=PRIVATE if model is SealedRecord else None)
    typer.echo(f"已写好 {out}")


@command("render")
def render_file(
    file: Annotated[Path, typer.Argument(metavar="文件", help="案卷或单份文书：.yaml、.json、.toml。")],
    out: OutDir,
    kind: Annotated[str | None, typer.Option("--kind", help="案卷里只做这一种。")] = None,
    templates: Annotated[Path | None, typer.Option("--templates", help="本单位的模板文件夹。")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="再转成 PDF，和文书放在一起。")] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="先做草稿：缺的事实写成“【待填：…】”，每页都注明是草稿。")
    ] = False,
    fmt: Annotated[Format, typer.Option("--format", help="报告错误的格式。")] = Format.TEXT,
    force: Force = False,
) -> None:
    """按文件做出文书。有一处错误就一份也不写。"""
    wanted = None if kind is None else known_kind(kind)
    try:
        papers = _papers(kinds.documents(read(file), wanted, draft=draft), templates, draft=draft)
    except InputError as error:
        if fmt is Format.JSON:
            typer.echo(error.report.to_json())
            raise typer.Exit(2) from None
        raise InputError(_with_way_out(error.report)) from error
    if pdf:
        papers |= printed(papers)
    write(papers, out, force=force, alike=alike)


@command("schema")
def schema(
    kind: Annotated[str, typer.Argument(metavar="文种", help="文种；写“案卷”则是案卷。")],
    lang: Annotated[Language, typer.Option("--lang", help="字段名用中文还是英文。")] = Language.ZH,
) -> None:
    """印出 JSON Schema，供编辑器提示和检查。"""
    model = _model(kind)
    data = model.model_json_schema(by_alias=lang is Language.ZH)
    if issubclass(model, Labelled):
        key = KIND_KEYS[0] if lang is Language.ZH else KIND_KEYS[1]
        data["properties"] = {key: {"enum": [model.label, model.kind]}, **data["properties"]}
    data = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | data | {"title": _label(model)}
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _label(model: type[Model]) -> str:
    return f"{model.label}（{model.kind}）" if issubclass(model, Labelled) else "案卷（case）"


def _model(name: str) -> type[Model]:
    if name in SEALED_KIND:
        return SealedRecord
    return Case if name in CASE else known_kind(name)


def _with_way_out(report: Report) -> Report:
    """Say once, at the last fact that is missing, that a draft can be made without."""
    found = list(report.findings)
    last = next((n for n in reversed(range(len(found))) if found[n].code == MISSING.code), None)
    if last is not None:
        cure = "；".join(x.rstrip("。") for x in (found[last].cure, "还没有的，可以加 --draft 先做草稿") if x)
        found[last] = replace(found[last], cure=f"{cure}。")
    return replace(report, findings=tuple(found))


def _papers(documents: Sequence[Document], templates: Path | None, *, draft: bool) -> dict[str, bytes]:
    """Render everything before anything is written; names by kind, numbered where one kind comes several times."""
    made: dict[str, list[Paper]] = {}
    for document in documents:
        made.setdefault(document.label, []).append(_rendered(document, templates, draft=draft))
    return {
        f"{label}{f'-{n}' if len(papers) > 1 else ''}{'（草稿）' if draft else ''}.docx": paper.content
        for label, papers in made.items()
        for n, paper in enumerate(papers, 1)
    }


def _rendered(document: Document, templates: Path | None, *, draft: bool) -> Paper:
    try:
        return render(document, templates_dir=templates, draft=draft)
    except TemplateError as error:
        error.told = error.told or _faults(error, whole_class(type(document)), templates)
        raise


def _faults(error: TemplateError, kind: type[Document], templates: Path | None) -> str:
    """Say in Chinese what is wrong with a template: what a check of it finds, else what stopped the rendering."""
    path = find_template(kind, templates)
    found = check(path, kind=kind).at_least(Severity.ERROR)
    lines = [str(finding) for finding in found] or [f"{error.place or path} 这里填不了（{error.reason}）。"]
    return "\n".join([f"模板 {path} 有误，一份也没有写。请用 Word 打开它，照着改好再做一次：", *lines])

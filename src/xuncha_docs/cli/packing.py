"""The commands that make all papers of a case: packet, demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xuncha_docs import packets
from xuncha_docs.case import Case
from xuncha_docs.case import demo as demo_case
from xuncha_docs.cli.frame import Force, OutDir, WrongUse, command, known_kind, progress, write, writing
from xuncha_docs.document import Document
from xuncha_docs.findings import Severity
from xuncha_docs.letterhead import Office
from xuncha_docs.packets import Laid, Packet


@command("packet")
def make_packet(
    file: Annotated[Path, typer.Argument(metavar="案卷", help="案卷：.yaml、.json、.toml。")],
    out: OutDir,
    pdf: Annotated[bool, typer.Option("--pdf", help="再转成 PDF，核对有没有丢字，连打印出来的样子一起检查。")] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="只做这几种，可写几次，或用逗号隔开；其他文件不动。")
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="做成草稿：缺的事实印成【待填：…】，每页写明是草稿，文件名加“（草稿）”。")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="什么也不写，只说哪几份文书会变、变在哪几句。")] = False,
    office: Annotated[
        Path | None,
        typer.Option("--office", help="机关的文件：发文机关标志、代字、签发人、印章；代替案卷里的“机关”一节。"),
    ] = None,
    templates: Annotated[Path | None, typer.Option("--templates", help="本单位的模板文件夹。")] = None,
    fail_on: Annotated[Severity, typer.Option("--fail-on", help="有这样严重的问题，退出码就是 1。")] = Severity.WARNING,
    force: Annotated[bool, typer.Option("--force", help="手改过的文件也覆盖。")] = False,
) -> int:
    """由一份案卷做出全部文书，互相核对，编好目录。再做一次，没变的不动，手改过的不覆盖。"""
    case = Case.load(file, draft=draft)
    if office is not None:
        case = case.with_office(Office.load(office))
    wanted = _kinds(only)
    if diff:
        return _diff(case, out, wanted, templates)
    with writing(), progress("正在做文书") as told:
        made = packets.packet(
            case, out, only=wanted, pdf=pdf, draft=draft, templates_dir=templates, force=force, progress=told
        )
    _tell(made, out)
    return 1 if made.report.at_least(fail_on) else 0


@command("demo")
def demo(out: OutDir = Path("out/demo"), force: Force = False) -> int:
    """用自带的虚构案卷做出整套文书。"""
    text, source = demo_case()
    write({"案卷.yaml": text.encode()}, out, force=force)
    with writing(), progress("正在做文书") as told:
        made = packets.packet(Case.from_source(source), out, force=force, progress=told)
    _tell(made, out)
    return 1 if made.report.at_least(Severity.WARNING) else 0


def _kinds(only: list[str] | None) -> tuple[type[Document], ...]:
    names = (name.strip() for said in only or () for name in said.replace("，", ",").split(","))
    return tuple(dict.fromkeys(known_kind(name) for name in names))


def _diff(case: Case, out: Path, only: tuple[type[Document], ...], templates: Path | None) -> int:
    """Say what would change in a folder."""
    if not out.is_dir():
        raise WrongUse(f"没有文件夹 {out}，没有可以对照的文书。")
    found = packets.changes(case, out, only=only, templates_dir=templates)
    for change in found:
        if change:
            typer.echo(str(change))
    same = sum(not change for change in found)
    typer.echo(f"{len(found) - same} 份有变，{same} 份文字不变。")
    return 0


def _tell(made: Packet, out: Path) -> None:
    """Say what was found, what was left out, and what was done with the folder."""
    report = str(made.report)
    if report:
        typer.echo(report)
    for left in made.left_out:
        typer.echo(str(left))
    if made.laid:
        typer.echo(_laid(made.laid, out))


def _laid(laid: Laid, out: Path) -> str:
    parts = [f"新写 {len(laid.written)} 份"] if laid.written else []
    parts += [f"没有变 {len(laid.same)} 份"] if laid.same else []
    parts += [f"手改过没有覆盖 {len(laid.edited)} 份：{'、'.join(laid.edited)}"] if laid.edited else []
    parts += [f"不再需要，已删去 {len(laid.removed)} 份：{'、'.join(laid.removed)}"] if laid.removed else []
    parts += [f"不再需要，但手改过，没有删 {len(laid.stale)} 份：{'、'.join(laid.stale)}"] if laid.stale else []
    return f"{out}：{'；'.join(parts)}。"

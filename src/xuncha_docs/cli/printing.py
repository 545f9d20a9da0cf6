"""The commands that print: pdf, preview, and doctor, which says what they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from xuncha_docs import converting
from xuncha_docs.cli.frame import Force, WrongUse, command, progress, write
from xuncha_docs.errors import OfficeMissing, PdfError
from xuncha_docs.inputs import os_reason
from xuncha_docs.pdf import fonts, marks, office, pictures, programs
from xuncha_docs.saving import holds


@command("pdf")
def make_pdf(
    files: Annotated[list[Path], typer.Argument(metavar="文件…", help="文书，.docx。")],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="只有一份的，可以写 PDF 的文件名；不然写文件夹，没有就新建。")
    ],
    pdfa: Annotated[bool, typer.Option("--pdfa", help="做成存档用的 PDF/A-2b。")] = False,
    force: Force = False,
) -> None:
    """把文书转成 PDF，一次转完，每份都核对有没有丢字。有一份不行就一份也不写。"""
    papers = [(str(path), _read(path)) for path in files]
    folder, names = _places(files, out)
    pdfs = _proved(papers, pdfa=pdfa)
    write(dict(zip(names, pdfs, strict=True)), folder, force=force, alike=alike)


@command("preview")
def preview(
    file: Annotated[Path, typer.Argument(metavar="文件", help="文书或 PDF。")],
    out: Annotated[Path, typer.Option("--out", "-o", help="放图片的文件夹，没有就新建。")],
    dpi: Annotated[
        int, typer.Option("--dpi", min=1, max=pictures.LARGEST, help="每英寸多少点；写 96，A4 就是 794 点宽。")
    ] = pictures.RESOLUTION,
    force: Force = False,
) -> None:
    """把文书或 PDF 一页一页画成图片，看打印出来是什么样子。"""
    content = _read(file)
    pdf = content if content.startswith(b"%PDF") else converting.converted([(str(file), content)])[0]
    try:
        drawn = pictures.pictures(pdf, dpi=dpi)
    except PdfError as error:
        raise WrongUse(f"{file} 画不出来（{error}）。请看它能不能打开。") from None
    digits = len(str(len(drawn)))
    write({f"{file.stem}-{n:0{digits}}.png": png for n, png in enumerate(drawn, 1)}, out, force=force)
    absent = "、".join(sort for sort, face in fonts.faces().items() if not face)
    if pdf is not content and absent:
        typer.echo(f"注意：本机没有能印{absent}的字体，图片里的字不对。请运行：{fonts.INSTALL}。", err=True)


@command("doctor")
def doctor(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[文件…]", help="文书；看里面的字，本机的字体是不是都有。")
    ] = None,
    install_fonts: Annotated[
        bool, typer.Option("--install-fonts", help="下载缺少的字体（约 66 MB，在 Debian 上）。")
    ] = False,
) -> int:
    """看本机能不能做 PDF：缺什么，怎样装。"""
    contents = {path: _read(path) for path in files or ()}
    if install_fonts:
        _install_fonts()
    needs = [*_needs(), *(_glyphs(path, content) for path, content in contents.items())]
    for need in needs:
        typer.echo(f"{need.what}：{need.found or f'缺。{need.cure}'}")
    lacking = sum(not need.found for need in needs)
    typer.echo(f"还缺 {lacking} 样。" if lacking else "都有了。")
    return 1 if lacking else 0


# --- what is printed -------------------------------------------------------------------------------------------------


def printed(papers: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the PDF of each paper, named after it."""
    pdfs = _proved(list(papers.items()))
    return {f"{Path(name).stem}.pdf": pdf for name, pdf in zip(papers, pdfs, strict=True)}


def alike(path: Path, content: bytes) -> bool:
    """Tell whether a file may be replaced: it has this content, or prints the same, a PDF telling when it was made."""
    if holds(path, content):
        return True
    if not content.startswith(b"%PDF"):
        return False
    try:
        there = path.read_bytes()
        return b"/ByteRange" not in there and marks.read(there) == marks.read(content)  # a signature must not be lost
    except (OSError, PdfError):
        return False


def _proved(papers: Sequence[tuple[str, bytes]], *, pdfa: bool = False) -> tuple[bytes, ...]:
    with progress("正在转成 PDF") as told:
        return converting.proved(papers, pdfa=pdfa, progress=lambda done: told(done, len(papers)))


def _places(files: Sequence[Path], out: Path) -> tuple[Path, tuple[str, ...]]:
    """Return the folder of the PDFs and their names."""
    if out.suffix.lower() == ".pdf" and not out.is_dir():
        if len(files) > 1:
            raise WrongUse(f"有 {len(files)} 份文书，不能都写到 {out}。--out 后面请写文件夹。")
        return out.parent, (out.name,)
    if out.suffix.lower() in (".docx", ".doc") or out.is_file():
        raise WrongUse(f"{out} 不是 PDF 的文件名，也不是文件夹。请改 --out 后面的。")
    try:
        return out, converting.names([path.stem for path in files])
    except ValueError:
        raise WrongUse("有的文书同名，转成的 PDF 会互相覆盖，请分开转。") from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise WrongUse(f"找不到{path}。请检查文件名。") from None
    except OSError as error:
        raise WrongUse(f"{path} 打不开：{os_reason(error)}。") from None


# --- what is needed --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Need:
    """One thing that PDF needs: what it is, what of it was found, and else what to do."""

    what: str
    found: str
    cure: str = ""


def _needs() -> Iterator[_Need]:
    try:
        yield _Need("LibreOffice", f"{office.version()}（{office.find()}）")
    except OfficeMissing as error:
        yield _Need("LibreOffice", "", error.told)
    if not fonts.by_fontconfig():
        yield _Need("字体", "LibreOffice 用系统的字体，请自己看看有没有仿宋、楷体、黑体、小标宋")
    else:
        yield from _fonts()
    try:
        yield _Need("画页面图片", pictures.drawn_by())
    except OfficeMissing as error:
        yield _Need("画页面图片", "", error.told)


def _fonts() -> Iterator[_Need]:
    lister = programs.found("fc-list")
    yield _Need("fontconfig", str(lister or ""), "在 Debian 上用 root 运行：apt-get install fontconfig。")
    yield _Need("字体文件夹", str(fonts.folder()))
    cure = f"请运行：{fonts.INSTALL}。"
    for sort, face in fonts.faces().items():
        stands_in = face in fonts.STAND_INS[sort]
        yield _Need(sort, f"{face}（代替）" if stands_in else face, cure)
    lacks = set(fonts.missing()) & {fonts.FILES[sort] for sort in fonts.RARE_SORTS}
    yield _Need("生僻字", "" if lacks else "有", f"{'、'.join(fonts.RARE)} 这些字有的印不出来。{cure}")


def _glyphs(path: Path, content: bytes) -> _Need:
    lacking = converting.without_glyph(str(path), content)
    cure = f"这些字本机的字体都没有：{'、'.join(lacking)}。请先装字体；还没有的，换个写法。"
    return _Need(str(path), "" if lacking else "字都有", cure)


def _install_fonts() -> None:
    if not fonts.by_fontconfig():
        raise WrongUse("本机的 LibreOffice 用系统的字体，不用另外下载。")
    made = fonts.install(typer.echo)
    typer.echo(f"装好 {len(made)} 个字体，在 {fonts.folder()}。" if made else "字体都有，没有下载。")

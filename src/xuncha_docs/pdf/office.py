"""LibreOffice: found, asked for its version, made to turn papers into PDF; never trusted to have done so.

It ends well when it fails, so what counts is a PDF that is whole and opens. Each call has a profile of its own, the
fonts of `xuncha_docs.pdf.fonts`, and a folder of its own that is gone afterwards; papers can't make it fetch anything.
"""

from __future__ import annotations

import atexit
import io
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from xuncha_docs.errors import ConversionError, OfficeMissing
from xuncha_docs.pdf import fonts, programs

SOFFICE = "XUNCHA_SOFFICE"
"""The environment variable that names the LibreOffice to take."""

INSTALL = "apt-get install --no-install-recommends libreoffice-writer-nogui"
"""How LibreOffice is installed on Debian, as root."""

_USUAL = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/usr/local/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)

_PATIENCE_TO_START = 60.0
_MOST_AT_ONCE = 200
"""Of papers in one call: LibreOffice takes some 250 arguments, and passes over the rest without a word."""


def patience(count: int) -> float:
    """Return how many seconds LibreOffice may take for a number of papers; it takes about two, and a third for each."""
    return _PATIENCE_TO_START + count


# --- finding it ------------------------------------------------------------------------------------------------------


def find() -> Path:
    """Return where LibreOffice is: what `XUNCHA_SOFFICE` names, else on the path, else in the usual places.

    Raises:
        OfficeMissing: if it is not there.
    """
    if named := os.environ.get(SOFFICE):
        found = programs.found(named)
        if found is None:
            told = f"环境变量 {SOFFICE} 写的“{named}”不是能运行的程序，请改正，或去掉这个变量。"
            raise OfficeMissing(f"{SOFFICE} names {named}, which is no program that can be run", told)
        return found.absolute()
    names = ("soffice", "libreoffice", *_USUAL, *map(str, sorted(Path("/opt").glob("libreoffice*/program/soffice"))))
    found = next((path for name in names if (path := programs.found(name))), None)
    if found is None:
        told = f"没有找到 LibreOffice，做不了 PDF。在 Debian 上用 root 运行：{INSTALL}。别的系统请自行安装。"
        raise OfficeMissing(f"no LibreOffice on this machine: {INSTALL}, or name it in {SOFFICE}", told)
    return found


def version() -> str:
    """Return what LibreOffice calls itself, `LibreOffice 7.4.7.2`.

    Raises:
        OfficeMissing: if it is not there, or can't be run.
    """
    soffice = find()
    with _profile() as profile:
        ended = _run(profile, ["--version"], _PATIENCE_TO_START)
    said = re.search(r"LibreOffice[\w ]* [\d.]+", ended.out)
    if said is None:
        why = _why(ended)
        raise OfficeMissing(f"{soffice} does not work: {why}", f"{soffice} 运行不了（{why}）。请重装 LibreOffice。")
    return said[0]


# --- converting ------------------------------------------------------------------------------------------------------


def convert(
    papers: Sequence[tuple[str, bytes]], *, pdfa: bool = False, progress: Callable[[int], None] | None = None
) -> tuple[bytes, ...]:
    """Turn papers into PDF, some hundreds in one call of LibreOffice.

    Args:
        papers: the name of each, for messages, and the bytes of its .docx.
        pdfa: make PDF/A-2b, for the archive.
        progress: told now and then how many are done.

    Raises:
        OfficeMissing: if LibreOffice is not there or can't be started.
        ConversionError: naming every paper that is no .docx, or of which no whole PDF came.
    """
    if not papers:
        return ()
    if odd := [name for name, content in papers if not content.startswith(b"PK")]:
        raise _no_docx(odd)
    with tempfile.TemporaryDirectory(prefix="xuncha-", ignore_cleanup_errors=True) as name, _profile() as profile:
        work = Path(name)
        made = [work / f"out/{n}.pdf" for n in range(len(papers))]
        for n, (_, content) in enumerate(papers):
            (work / f"{n}.docx").write_bytes(content)
        arguments = ["--headless", "--norestore", "--nolockcheck"]
        # Else what is no .docx at all is taken for a plain text, and printed.
        arguments += ["--infilter=MS Word 2007 XML", "--convert-to", _filter(pdfa=pdfa), "--outdir", "out"]
        watch = (lambda: progress(sum(path.is_file() for path in made))) if progress else None
        for start in range(0, len(papers), _MOST_AT_ONCE):
            batch = [f"{n}.docx" for n in range(len(papers))[start : start + _MOST_AT_ONCE]]
            ended = _run(profile, [*arguments, *batch], patience(len(batch)), work, watch)
            if not ended.well:
                break
        pdfs = [path.read_bytes() if path.is_file() else b"" for path in made]
    wrong = [(paper, fault) for (paper, _), pdf in zip(papers, pdfs, strict=True) if (fault := _fault(pdf))]
    if wrong:
        raise _failure(wrong, len(batch), ended)
    if progress:
        progress(len(papers))
    return tuple(pdfs)


def _no_docx(names: Sequence[str]) -> ConversionError:
    told = f"{'、'.join(names)} 不是 .docx 文件，转不了。请用 Word 或 WPS 打开，另存为 .docx。"
    return ConversionError(f"{', '.join(names)}: no .docx; open it in Word or WPS and save it as one", told)


def _filter(*, pdfa: bool) -> str:
    """Write how a PDF is made: tagged, so that it can be read aloud, its pictures as they are."""
    options: dict[str, tuple[str, str]] = {
        "UseTaggedPDF": ("boolean", "true"),
        "UseLosslessCompression": ("boolean", "true"),
        "ReduceImageResolution": ("boolean", "false"),
    }
    if pdfa:
        options["SelectPdfVersion"] = ("long", "2")
    said = {name: {"type": kind, "value": value} for name, (kind, value) in options.items()}
    return f"pdf:writer_pdf_Export:{json.dumps(said, separators=(',', ':'))}"


def _run(
    profile: Path,
    arguments: Sequence[str],
    patience: float,
    work: Path | None = None,
    watch: Callable[[], None] | None = None,
) -> programs.Ended:
    """Run LibreOffice with our fonts; its own scratch files go where they are cleared away."""
    command: tuple[str | Path, ...] = (find(), f"-env:UserInstallation={profile.as_uri()}", *arguments)
    environment = {"SAL_USE_VCLPLUGIN": "svp"}
    if work:
        scratch = work / "scratch"
        scratch.mkdir(exist_ok=True)
        environment |= {"TMPDIR": str(scratch), **fonts.write_configuration(work)}
    try:
        ended = programs.run(command, patience=patience, folder=work, environment=environment, watch=watch)
    except OSError as error:
        told = f"LibreOffice（{command[0]}）启动不了：{error.strerror or error}。请重装，或检查环境变量 {SOFFICE}。"
        raise OfficeMissing(f"{command[0]} can't be started: {error}", told) from error
    if not ended.well:
        shutil.rmtree(profile, ignore_errors=True)  # nobody knows what state it was left in
    return ended


def _fault(pdf: bytes) -> str:
    """Say what is wrong with a PDF as a file; empty if it is whole and opens."""
    if not pdf:
        return "no PDF"
    if not pdf.startswith(b"%PDF") or b"%%EOF" not in pdf[-1024:]:
        return "half a PDF"
    from pypdf import PdfReader  # only here: it is slow to load, and most runs convert nothing

    try:
        return "" if len(PdfReader(io.BytesIO(pdf)).pages) else "a PDF without pages"
    except Exception as error:  # noqa: BLE001  # pypdf says itself that of a damaged file they may be any
        return f"a PDF that can't be opened ({error})"


_TOLD = {"no PDF": "没有转出来", "half a PDF": "只转出来一半", "a PDF without pages": "转出来没有页"}


def _failure(wrong: Sequence[tuple[str, str]], count: int, ended: programs.Ended) -> ConversionError:
    why = _why(ended)
    said = "; ".join(f"{paper}: LibreOffice made {fault}" for paper, fault in wrong)
    told = "；".join(f"{paper} {_TOLD.get(fault, '转出来的 PDF 打不开')}" for paper, fault in wrong)
    if ended.code is None:
        limit = f"{patience(count):.0f}"
        return ConversionError(
            f"{said}: it was stopped after {limit} seconds; convert fewer papers at once, or see what makes it hang",
            f"{told}：LibreOffice {limit} 秒还没有做完，已经停掉。请一次少转几份；只有一份也这样的，请检查那份文件。",
        )
    return ConversionError(
        f"{said} ({why}); open it in Word or WPS and save it as .docx again",
        f"{told}（{why}）。请用 Word 或 WPS 打开，看是不是坏了，另存为 .docx 再试。",
    )


def _why(ended: programs.Ended) -> str:
    if ended.code is None:
        return "too slow"
    if ended.code < 0:
        return f"ended by signal {-ended.code}"
    lines = [line for line in ended.out.splitlines() if line.strip() and "javaldx" not in line]
    return lines[-1].strip()[:200] if lines else f"exit code {ended.code}"


# --- profiles --------------------------------------------------------------------------------------------------------

# Papers come from anywhere: none of them may run a macro, or fetch a picture that it only links to.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value>\
</prop></item>
</oor:items>
"""

_idle: dict[int, list[Path]] = {}
"""Profiles that no call uses at the moment, by the process that made them: a forked one must not share them."""


@contextmanager
def _profile() -> Iterator[Path]:
    """Give a call a profile that no other uses meanwhile; a second call starts faster with one that is warm."""
    idle = _idle.setdefault(os.getpid(), [])
    try:
        profile = idle.pop()
    except IndexError:
        profile = _new_profile()
    try:
        yield profile
    except BaseException:
        shutil.rmtree(profile, ignore_errors=True)
        raise
    if profile.is_dir():
        idle.append(profile)


def _new_profile() -> Path:
    profile = Path(tempfile.mkdtemp(prefix="xuncha-profile-"))
    (profile / "user").mkdir()
    (profile / "user/registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return profile


@atexit.register
def _clear() -> None:
    for profile in _idle.pop(os.getpid(), []):
        shutil.rmtree(profile, ignore_errors=True)

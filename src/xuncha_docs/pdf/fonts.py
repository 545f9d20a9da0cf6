"""The fonts that a PDF is printed with: which there are, which are missing, which characters none of them has.

Papers name fonts as offices have them, 仿宋_GB2312 or 方正小标宋简体. Those are not free; where this machine has them,
they print. Where it has not, free ones stand in for them, by a fontconfig file of ours: no other font of the machine is
seen, so the same paper prints the same everywhere. LibreOffice asks fontconfig on Linux and its like; on Windows and
macOS it takes the fonts of the system, and what is said here about fonts can't be told there.

Which characters there are is asked of fontconfig, not of the font files: it sees what LibreOffice sees.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import sys
import tarfile
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from xml.sax.saxutils import escape

from xuncha_docs.errors import OfficeMissing
from xuncha_docs.gb9704 import FONT_CLASSES, font_class
from xuncha_docs.pdf import programs
from xuncha_docs.saving import save_all

FOLDER = "XUNCHA_FONTS"
"""The environment variable that names the folder of the free fonts."""

INSTALL = "xuncha-docs doctor --install-fonts"
"""The command that fetches the free fonts."""

FALLBACKS = ("Noto Serif SC", "Noto Sans SC")
"""The families that print what the others lack: 喆, 堃, ㎡."""

STAND_INS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "小标宋": ("FandolSong", FALLBACKS[0]),  # in bold
        "仿宋": ("FandolFang", FALLBACKS[0]),
        "楷体": ("FandolKai", FALLBACKS[0]),
        "黑体": ("FandolHei", FALLBACKS[1]),
        "宋体": ("FandolSong", FALLBACKS[0]),
    }
)
"""For each class of font the free families that print it where the machine has none of an office's."""

RARE_SORTS = ("生僻字（宋体）", "生僻字（黑体）")

FILES: Mapping[str, str] = MappingProxyType(
    {
        "小标宋": "FandolSong-Bold.otf",
        "仿宋": "FandolFang-Regular.otf",
        "楷体": "FandolKai-Regular.otf",
        "黑体": "FandolHei-Regular.otf",
        "宋体": "FandolSong-Regular.otf",
        RARE_SORTS[0]: "NotoSerifSC-Regular.otf",
        RARE_SORTS[1]: "NotoSansSC-Regular.otf",
    }
)
"""The files of the free fonts, each by what it prints."""

RARE = "镕喆堃珺玥昇祎翀赟頔犇璟曌㎡"
"""Characters of names and measures that small fonts lack: a machine that has them needs no fallback."""

_UPRIGHT = ("等线", "微软雅黑", "DengXian", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC")
_LATIN = MappingProxyType(
    {
        "Times New Roman": ("Liberation Serif", "Tinos", FALLBACKS[0]),
        "Cambria": ("Caladea", FALLBACKS[0]),
        "Arial": ("Liberation Sans", "Arimo", FALLBACKS[1]),
        "Calibri": ("Carlito", FALLBACKS[1]),
        "Courier New": ("Liberation Mono", "Cousine", FALLBACKS[1]),
    }
)
_SYMBOLS = ("OpenSymbol", "DejaVu Sans")
"""What prints marks that the others lack: LibreOffice's own for Wingdings, and what every Debian has for ☐ and ☑."""

_PATIENCE = 60.0
_PATIENCE_TO_FETCH = 900.0

# FandolSong-Bold calls itself regular, and would be taken for 宋体; called bold, it stands in for 小标宋.
_BOLD_SONG = """
<match target="scan">
  <test name="family"><string>FandolSong</string></test><test name="style"><string>Bold</string></test>
  <edit name="weight" mode="assign"><const>bold</const></edit>
</match>"""


def folder() -> Path:
    """Return the folder of the free fonts: `XUNCHA_FONTS`, else the user's own folder for data."""
    if named := os.environ.get(FOLDER):
        return Path(named).absolute()
    return _home("XDG_DATA_HOME", ".local/share") / "xuncha-docs/fonts"


def by_fontconfig() -> bool:
    """Tell whether LibreOffice asks fontconfig for its fonts on this system."""
    return sys.platform not in ("win32", "darwin")


# --- what fontconfig is told -----------------------------------------------------------------------------------------


def configuration(cache: Path) -> str:
    """Write the fontconfig file: our folder, of the system's fonts those that are known, and who stands in for whom."""
    known = _of_the_system()
    places = tuple(dict.fromkeys(path.parent for path in known))
    rules = "\n".join(
        [
            f"<selectfont><acceptfont>{_globs(known)}</acceptfont>"
            f"<rejectfont>{_globs(place / '*' for place in places)}</rejectfont></selectfont>",
            _BOLD_SONG,
            *_aliases(),
        ]
    )
    dirs = "".join(f"<dir>{escape(str(one))}</dir>" for one in (folder(), *places))
    # What is cached was scanned by these rules, and is of no use to others.
    cached = cache / hashlib.sha256(rules.encode()).hexdigest()[:16]
    return f"<fontconfig>\n{dirs}\n<cachedir>{escape(str(cached))}</cachedir>\n{rules}\n</fontconfig>\n"


def _of_the_system() -> tuple[Path, ...]:
    """Return the files of the fonts that this machine has, out of those that papers name; ours are not among them."""
    lister = programs.found("fc-list")
    if lister is None:
        return ()
    wanted = {*_offices(), *_UPRIGHT, *_LATIN, *(face for faces in _LATIN.values() for face in faces), *_SYMBOLS}
    said = programs.run([lister, "--format", "%{family}|%{file}\n"], patience=_PATIENCE).out.splitlines()
    lines = (line.partition("|") for line in said)
    files = (Path(file) for families, _, file in lines if wanted & set(families.split(",")))
    return tuple(sorted({file for file in files if folder() not in file.parents}))


def _globs(paths: Iterable[Path]) -> str:
    return "".join(f"<glob>{escape(str(path))}</glob>" for path in paths)


def write_configuration(folder: Path) -> dict[str, str]:
    """Write the fontconfig file into a folder; return the variables by which a program sees fonts through it."""
    path = folder / "fonts.conf"
    path.write_text(configuration(_home("XDG_CACHE_HOME", ".cache") / "xuncha-docs/fontconfig"), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(path)}


def _offices() -> Iterator[str]:
    for names in FONT_CLASSES.values():
        yield from names


def _aliases() -> Iterator[str]:
    """Yield who prints for a name: that font itself, else another of its class, else a free one."""
    for sort, names in FONT_CLASSES.items():
        for name in names:
            faces = dict.fromkeys((name, *names, *STAND_INS[sort]))
            yield _bold(name, faces) if sort == "小标宋" else _alias(name, faces)
    for name in _UPRIGHT:
        yield _alias(name, (name, "FandolHei", FALLBACKS[1]))
    for name, others in _LATIN.items():
        yield _alias(name, (name, *others))
    last = "".join(f"<string>{family}</string>" for family in ("FandolSong", *FALLBACKS, *_SYMBOLS))
    yield f'<match target="pattern"><edit name="family" mode="append_last" binding="same">{last}</edit></match>'


def _alias(name: str, faces: Sequence[str] | Mapping[str, None]) -> str:
    preferred = "".join(f"<family>{escape(face)}</family>" for face in faces)
    return f'<alias binding="same"><family>{escape(name)}</family><prefer>{preferred}</prefer></alias>'


def _bold(name: str, faces: Mapping[str, None]) -> str:
    """Ask for the bold face: FandolSong has one, and a real 小标宋 has no other than its own."""
    preferred = "".join(f"<string>{escape(face)}</string>" for face in faces)
    return (
        f'<match target="pattern"><test qual="any" name="family"><string>{escape(name)}</string></test>'
        f'<edit name="family" mode="assign" binding="same">{preferred}</edit>'
        '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit></match>'
    )


def _home(variable: str, otherwise: str) -> Path:
    """Return where the user keeps things of a sort, by the variable that says so."""
    named = os.environ.get(variable)
    return Path(named) if named else Path.home() / otherwise


# --- what there is ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """The fonts that LibreOffice sees: their families, and the ranges of characters that they have together."""

    families: frozenset[str]
    ranges: tuple[tuple[int, int], ...]

    def has(self, character: str) -> bool:
        """Tell whether any font has a character."""
        code = ord(character)
        return any(first <= code <= last for first, last in self.ranges)


def seen() -> Seen | None:
    """Ask fontconfig which fonts there are; None where it can't be asked."""
    lister = programs.found("fc-list")
    if not by_fontconfig() or lister is None:
        return None
    with tempfile.TemporaryDirectory(prefix="xuncha-") as name:
        command: list[str | Path] = [lister, "--format", "%{family}|%{charset}\n"]
        ended = programs.run(command, patience=_PATIENCE, environment=write_configuration(Path(name)))
    lines = re.findall(r"^(.*)\|([0-9a-f -]*)$", ended.out, re.M)
    families = {family for names, _ in lines for family in names.split(",")}
    ranges = {_range(part) for _, charset in lines for part in charset.split()}
    return Seen(frozenset(families), tuple(sorted(ranges)))


def _range(said: str) -> tuple[int, int]:
    """Read `4e00-4e02`, or one code alone."""
    first, _, last = said.partition("-")
    return int(first, 16), int(last or first, 16)


def faces() -> dict[str, str]:
    """Return what prints each class of font: a font of this machine, a free one, or nothing."""
    there = seen()
    files = {path.name for path in folder().glob("*.otf")} if there is None else set()
    known = there.families if there else frozenset()
    found: dict[str, str] = {}
    for sort, names in FONT_CLASSES.items():
        real = next((name for name in names if name in known), "")
        free = STAND_INS[sort][0] if STAND_INS[sort][0] in known or FILES[sort] in files else ""
        found[sort] = real or (free if sort != "小标宋" or (folder() / FILES[sort]).is_file() else "")
    return found


def missing() -> tuple[str, ...]:
    """Return the files of free fonts that this machine needs and has not; none where fontconfig is not asked."""
    if not by_fontconfig():
        return ()
    needed = [FILES[sort] for sort, face in faces().items() if not face]
    there = seen()
    if there is None or not all(map(there.has, RARE)):
        needed += [FILES[sort] for sort in RARE_SORTS]
    return tuple(name for name in needed if not (folder() / name).is_file())


def lacking(text: str) -> tuple[str, ...]:
    """Return the characters of a text that no font has, each once; none where fontconfig can't be asked."""
    there = seen()
    if there is None:
        return ()
    return tuple(one for one in dict.fromkeys(text) if _prints(one) and not there.has(one))


def _prints(character: str) -> bool:
    """Tell whether a character is drawn: blanks and controls are not; private ones are LibreOffice's own symbols."""
    return unicodedata.category(character)[0] not in "CZ" and not 0xFE00 <= ord(character) <= 0xFE0F


def without_face(families: Iterable[str]) -> tuple[str, ...]:
    """Return which of these classes or families no font prints, by their class."""
    there = faces()
    sorts = dict.fromkeys(sort for family in families if (sort := font_class(family)))
    return tuple(sort for sort in sorts if not there[sort]) if by_fontconfig() else ()


# --- fetching the free ones ------------------------------------------------------------------------------------------

_PACKAGE, _WHEEL = "texlive-lang-chinese", "pylopdf-fonts-zh-cn"


def install(say: Callable[[str], None] = lambda line: None) -> tuple[Path, ...]:
    """Fetch the free fonts that are missing, by apt-get and pip: faces out of packages that would bring 278 MB.

    Args:
        say: told what is fetched, in Chinese.

    Raises:
        OfficeMissing: naming what could not be fetched and why; fonts that were fetched before stay.
        OSError: if the folder can't be written.
    """
    wanted = missing()
    fandol = [name for name in wanted if name.startswith("Fandol")]
    noto = [name for name in wanted if name.startswith("Noto")]
    folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="xuncha-") as name:
        if fandol:
            say(f"正在下载 {_PACKAGE}（约 49 MB），从中取出 {len(fandol)} 个字体……")
            _keep(_from_debian(Path(name), fandol), fandol, _PACKAGE)
        if noto:
            say(f"正在下载 {_WHEEL}（约 17 MB），从中取出 {len(noto)} 个字体……")
            _keep(_from_wheel(Path(name)), noto, _WHEEL)
    return tuple(folder() / one for one in wanted)


def _keep(found: Mapping[str, bytes], wanted: Sequence[str], source: str) -> None:
    absent = [name for name in wanted if not found.get(name, b"").startswith(b"OTTO")]
    if absent:
        names = ", ".join(absent)
        raise OfficeMissing(f"{source} holds no {names}", f"下载的 {source} 里没有 {names}，字体没有装好。")
    save_all({folder() / name: found[name] for name in wanted})


def _from_debian(work: Path, wanted: Sequence[str]) -> dict[str, bytes]:
    apt = _program("apt-get", "apt-get")
    unpacker = _program("dpkg-deb", "dpkg")
    fetched = programs.run([apt, "download", "-qq", _PACKAGE], patience=_PATIENCE_TO_FETCH, folder=work)
    if not fetched.well and hasattr(os, "geteuid") and os.geteuid() == 0:  # a fresh machine has no lists yet
        programs.run([apt, "update", "-qq"], patience=_PATIENCE_TO_FETCH)
        fetched = programs.run([apt, "download", "-qq", _PACKAGE], patience=_PATIENCE_TO_FETCH, folder=work)
    archive = next(work.glob(f"{_PACKAGE}_*.deb"), None)
    if archive is None:
        raise _not_fetched(f"apt-get download {_PACKAGE}", fetched, "请先运行 sudo apt-get update，并检查网络。")
    tar = work / "data.tar"
    unpacked = programs.run(
        ["sh", "-c", '"$0" --fsys-tarfile "$1" > "$2"', unpacker, archive, tar], patience=_PATIENCE_TO_FETCH
    )
    try:
        with tarfile.open(tar) as files:
            members = {Path(one.name).name: one for one in files if "/fandol/" in one.name and one.isfile()}
            readers = {name: files.extractfile(members[name]) for name in wanted if name in members}
            return {name: reader.read() for name, reader in readers.items() if reader}
    except (tarfile.TarError, OSError) as error:
        raise _not_fetched(f"dpkg-deb --fsys-tarfile {archive.name}", unpacked, "下载的包坏了，请再试一次。") from error


def _from_wheel(work: Path) -> dict[str, bytes]:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", _WHEEL]
    fetched = programs.run(command, patience=_PATIENCE_TO_FETCH, folder=work)
    wheel = next(work.glob("*.whl"), None)
    if wheel is None:
        raise _not_fetched(f"pip download {_WHEEL}", fetched, "请检查网络，以及这个 Python 里有没有 pip。")
    try:
        with zipfile.ZipFile(io.BytesIO(wheel.read_bytes())) as archive:
            return {Path(name).name: archive.read(name) for name in archive.namelist() if name.endswith(".otf")}
    except zipfile.BadZipFile as error:
        raise _not_fetched(f"pip download {_WHEEL}", fetched, "下载的包坏了，请再试一次。") from error


def _program(name: str, package: str) -> Path:
    found = programs.found(name)
    if found is None:
        by_hand = f"这些字体要靠 Debian 的 {name} 下载；别的系统请把 {'、'.join(FILES.values())} 放进 {folder()}。"
        raise OfficeMissing(f"no {name} ({package}) on this machine: put the fonts into {folder()} by hand", by_hand)
    return found


def _not_fetched(command: str, ended: programs.Ended, cure: str) -> OfficeMissing:
    why = "too slow" if ended.code is None else ended.last or f"exit code {ended.code}"
    return OfficeMissing(f"{command} failed: {why}", f"{command} 没有成功（{why}）。{cure}")

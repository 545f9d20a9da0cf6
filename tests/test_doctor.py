"""The command that says what PDF needs on this machine, and fetches the fonts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DEMO, FONTS, document_of
from xuncha_docs import Announcement, Case, render
from xuncha_docs.cli import run
from xuncha_docs.gb9704 import FONT_CLASSES
from xuncha_docs.pdf import fonts, office, pictures

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of fonts that is empty, with caches of its own."""
    monkeypatch.setenv(fonts.FOLDER, str(tmp_path / "fonts"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "fonts"


@pytest.fixture
def nothing(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that has no program at all."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.delenv(office.SOFFICE, raising=False)
    monkeypatch.setattr(office, "_USUAL", ())
    monkeypatch.setattr(pictures, "find_spec", lambda name: None)
    return programs


@pytest.fixture
def pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pip that finds only what lies in a folder."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for name in list(os.environ):
        if name.startswith("PIP_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


# --- what it says ----------------------------------------------------------------------------------------------------


@pytest.mark.needs("office")
def test_a_machine_that_has_all_is_told_so(capfd: Capture) -> None:
    assert run(["doctor"]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    assert re.search(r"^LibreOffice：LibreOffice \d+\.\d+.*（/.+）$", out, re.M)
    assert all(f"\n{sort}：" in out for sort in FONT_CLASSES)
    assert out.endswith("都有了。\n")


def test_a_machine_that_has_nothing_is_told_every_command(nothing: Path, capfd: Capture) -> None:
    assert run(["doctor"]) == 1
    out = capfd.readouterr().out
    assert "libreoffice-writer-nogui" in out
    assert "apt-get install fontconfig" in out
    assert "poppler-utils" in out
    assert out.count(fonts.INSTALL) == len(FONT_CLASSES) + 1
    assert out.endswith("还缺 9 样。\n")


def test_without_fontconfig_all_fonts_are_wanted(nothing: Path) -> None:
    assert set(fonts.missing()) == set(fonts.FILES.values())
    assert fonts.lacking("镕") == ()


@pytest.mark.needs("fc-list")
def test_an_empty_folder_of_fonts_is_noticed(bare: Path, capfd: Capture) -> None:
    assert set(fonts.missing()) == set(fonts.FILES.values())
    assert run(["doctor"]) == 1
    assert f"仿宋：缺。请运行：{fonts.INSTALL}。" in capfd.readouterr().out


@pytest.mark.needs("office")
def test_a_picture_drawn_without_the_fonts_is_not_taken_for_the_paper(
    bare: Path, tmp_path: Path, capfd: Capture
) -> None:
    paper = render(document_of(Announcement)).save(tmp_path / "公告.docx")
    assert run(["preview", str(paper), "-o", str(tmp_path / "图"), "--dpi", "20"]) == 0
    assert "本机没有能印" in capfd.readouterr().err


def test_an_office_that_does_not_work_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture) -> None:
    soffice = tmp_path / "soffice"
    soffice.write_text("#!/bin/sh\necho 'no component manager'\nexit 1\n", encoding="utf-8")
    soffice.chmod(0o755)
    monkeypatch.setenv(office.SOFFICE, str(soffice))
    assert run(["doctor"]) == 1
    assert "运行不了（no component manager）" in capfd.readouterr().out


def test_where_libreoffice_takes_the_system_s_fonts_nothing_is_said_to_be_missing(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert fonts.missing() == ()
    assert fonts.without_face(["仿宋_GB2312"]) == ()
    run(["doctor"])
    assert "系统的字体" in capfd.readouterr().out
    assert run(["doctor", "--install-fonts"]) == 2


@pytest.mark.needs("office")
def test_the_characters_of_a_paper_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    notice = Announcement.from_case(Case.load(DEMO))
    render(notice).save("好.docx")
    assert run(["doctor", "好.docx"]) == 0
    assert "好.docx：字都有" in capfd.readouterr().out
    render(Announcement.from_case(Case.load(DEMO), 任务="对\U00020bb7村开展监督。")).save("生僻.docx")
    assert run(["doctor", "好.docx", "生僻.docx"]) == 1
    assert "生僻.docx：缺。这些字本机的字体都没有：\U00020bb7。" in capfd.readouterr().out
    Path("坏.docx").write_bytes(b"PK and no more")
    assert run(["doctor", "坏.docx"]) == 2
    assert "坏.docx 读不出来" in capfd.readouterr().err
    assert run(["doctor", "没有.docx"]) == 2


# --- fetching fonts --------------------------------------------------------------------------------------------------


def test_without_apt_the_fonts_are_named(nothing: Path, capfd: Capture) -> None:
    assert run(["doctor", "--install-fonts"]) == 2
    err = capfd.readouterr().err
    assert "apt-get" in err
    assert all(name in err for name in fonts.FILES.values())


def script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.mark.needs("fc-list")
def test_an_apt_that_fails_is_told(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture) -> None:
    (tmp_path / "bin").mkdir()
    script(tmp_path / "bin/apt-get", "echo 'E: no such package' >&2; exit 100")
    script(tmp_path / "bin/dpkg-deb", "exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert run(["doctor", "--install-fonts"]) == 2
    err = capfd.readouterr().err
    assert "没有成功（E: no such package）" in err
    assert "apt-get update" in err
    assert not list(bare.iterdir())


def deb(folder: Path, names: list[str]) -> None:
    """Make a package that holds fonts where Debian's has them, and an apt-get that fetches it."""
    root = folder / "root"
    home = root / "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
    home.mkdir(parents=True)
    (root / "DEBIAN").mkdir()
    control = "Package: texlive-lang-chinese\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: fonts\n"
    (root / "DEBIAN/control").write_text(control)
    for name in names:
        (home / name).write_bytes(b"OTTO" + name.encode())
    made = folder / "texlive-lang-chinese_1_all.deb"
    subprocess.run(["dpkg-deb", "--build", "--root-owner-group", root, made], check=True, capture_output=True)
    (folder / "bin").mkdir()
    script(folder / "bin/apt-get", f'[ "$1" = download ] && cp "{made}" .')


def wheel(folder: Path, names: list[str]) -> None:
    info = "pylopdf_fonts_zh_cn-1.0.dist-info"
    with zipfile.ZipFile(folder / "pylopdf_fonts_zh_cn-1.0-py3-none-any.whl", "w") as archive:
        for name in names:
            archive.writestr(f"pylopdf_fonts_zh_cn/{name}", b"OTTO" + name.encode())
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: pylopdf-fonts-zh-cn\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")


FANDOL = [name for name in fonts.FILES.values() if name.startswith("Fandol")]
NOTO = [name for name in fonts.FILES.values() if name.startswith("Noto")]


@pytest.mark.needs("fc-list")
@pytest.mark.needs("dpkg-deb")
def test_the_fonts_are_taken_out_of_their_packages(
    bare: Path, pip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    deb(tmp_path, [*FANDOL, "FandolBraille-Display.otf"])
    wheel(pip, NOTO)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    run(["doctor", "--install-fonts"])
    assert f"装好 7 个字体，在 {bare}。" in capfd.readouterr().out
    assert {path.name: path.read_bytes() for path in bare.iterdir()} == {
        name: b"OTTO" + name.encode() for name in fonts.FILES.values()
    }
    run(["doctor", "--install-fonts"])
    assert "没有下载" in capfd.readouterr().out


@pytest.mark.needs("fc-list")
@pytest.mark.needs("dpkg-deb")
def test_what_was_fetched_stays_when_the_rest_can_t_be(
    bare: Path, pip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    deb(tmp_path, FANDOL)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert run(["doctor", "--install-fonts"]) == 2
    assert "pip download pylopdf-fonts-zh-cn 没有成功" in capfd.readouterr().err
    assert sorted(path.name for path in bare.iterdir()) == sorted(FANDOL)


@pytest.mark.needs("fc-list")
@pytest.mark.needs("dpkg-deb")
@pytest.mark.parametrize("fault", ["empty", "damaged"])
def test_a_package_without_the_fonts_installs_nothing(
    fault: str, bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    deb(tmp_path, FANDOL[:-1])
    if fault == "damaged":
        (tmp_path / "texlive-lang-chinese_1_all.deb").write_bytes(b"!<arch>\nno more")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert run(["doctor", "--install-fonts"]) == 2
    assert "texlive-lang-chinese" in capfd.readouterr().err
    assert not list(bare.iterdir())


# --- the fontconfig file ---------------------------------------------------------------------------------------------


def match(name: str, folder: Path) -> str:
    """Return the file that fontconfig takes for a name."""
    environment: dict[str, Any] = os.environ | fonts.write_configuration(folder)
    pattern = name.replace("-", r"\-")  # else a size follows
    done = subprocess.run(["fc-match", "--format", "%{file}", pattern], env=environment, capture_output=True, text=True)
    assert done.stderr == ""
    return Path(done.stdout).name


@pytest.mark.needs("office")
@pytest.mark.parametrize("sort", FONT_CLASSES)
def test_every_name_of_a_class_is_printed_by_its_stand_in(sort: str, tmp_path: Path) -> None:
    assert {match(name, tmp_path) for name in FONT_CLASSES[sort]} == {fonts.FILES[sort]}


@pytest.mark.needs("office")
def test_other_names_are_printed_by_what_comes_nearest(tmp_path: Path) -> None:
    assert match("Times New Roman", tmp_path) in ("NotoSerifSC-Regular.otf", "LiberationSerif-Regular.ttf")
    assert match("微软雅黑", tmp_path) == "FandolHei-Regular.otf"
    assert match("宋体:bold", tmp_path) == "FandolSong-Bold.otf"
    assert match("无此字体", tmp_path).startswith(("Fandol", "Noto"))


@pytest.mark.needs("office")
def test_the_folder_of_fonts_is_the_user_s_own_unless_it_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert fonts.folder() == FONTS
    monkeypatch.delenv(fonts.FOLDER)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert fonts.folder() == tmp_path / "xuncha-docs/fonts"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert fonts.folder() == tmp_path / ".local/share/xuncha-docs/fonts"

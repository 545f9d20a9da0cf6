"""What a user gets wrong is answered in plain Chinese, at its line, all at once; nothing is written, nothing hangs."""

from __future__ import annotations

import io
import json
import os
import re
import resource
import signal
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Protocol

import pytest

from xuncha_docs import Announcement, Case, InputError, TemplateError, TemplateNotFound, UnknownKind, kinds, render
from xuncha_docs.cli import run
from xuncha_docs.word import Paper
from xuncha_docs.word.drafting import Draft

CASE = """\
巡察轮次:
  级别: 县
  党委: 临江县
  届次: 14
  轮次: 8
巡察组:
  序号: 3
  组长: {姓名: 张某某, 职务: 一级调研员}
  联络员: {姓名: 王某某, 电话: 0600-8000003}
  组员: [赵某某, 钱某某]
被巡察单位:
  - 名称: 中共临江县水利局党组
驻点时间:
  进驻日期: 2025-07-01
  撤离日期: 2025-08-29
反映渠道:
  值班电话: [0600-8000001]
  接听时间: 工作日 8:30-12:00
  邮政信箱: {信箱: 临江县A003号邮政信箱, 邮编: "000000"}
  电子邮箱: xuncha3@linjiang.example
立行立改事项:
  - 编号: 临委巡三组立改〔2025〕1号
    发现: {日期: 2025-07-15, 方式: 下沉走访}
    问题: 水库溢洪道堆放杂物
    整改要求:
      - 立即清理溢洪道杂物
      - 落实值班制度
    责任人: 县水利局党组书记、局长
    整改时限: 2025-07-25
文书:
  巡察公告: {}
  立行立改通知书:
    成文日期: 2025-07-16
"""

Table = Mapping[str, tuple[Any, ...]]


def table(names: str, rows: Table) -> pytest.MarkDecorator:
    """Parametrize a test by a table whose keys say what each row is."""
    return pytest.mark.parametrize(names, [pytest.param(*row, id=name) for name, row in rows.items()])


def rows_of(text: str) -> Table:
    """Make a table of lines, the cells parted by ｜; ⏎ is a line break, ⑨ is 5000 nines.

    The first cell says what the row is; a row of one cell is what it says.
    """
    rows = {}
    for line in text.strip("\n").replace("⑨", "9" * 5000).splitlines():
        name, *cells = (cell.removeprefix(" ").removesuffix(" ").replace("⏎", "\n") for cell in line.split("｜"))
        rows[name] = tuple(cells) if cells else (name,)
    return rows


# --- asking the command ----------------------------------------------------------------------------------------------


class TooSlow(BaseException):
    """The command took longer than anybody waits."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Break off what takes longer."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except TooSlow:
        pytest.fail(f"took more than {seconds} s", pytrace=False)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def at_most_more_memory(megabytes: int) -> Iterator[None]:
    """Let a step have only so much more memory than the process has by now."""
    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + megabytes * 1024 * 1024, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@dataclass(frozen=True)
class Answer:
    """What the command answered."""

    code: int
    said: str
    written: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """What it said, without the folder of the file."""
        return [re.sub(r"^/\S*/", "", line) for line in self.said.splitlines()]


class Asking(Protocol):
    """Asks the command to render a file of this content."""

    def __call__(self, content: str | bytes, *options: str, suffix: str = ".yaml", seconds: float = 10) -> Answer: ...


@pytest.fixture
def ask(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Asking:
    def asking(content: str | bytes, *options: str, suffix: str = ".yaml", seconds: float = 10) -> Answer:
        file, out = tmp_path / f"f{suffix}", tmp_path / "out"
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        with at_most(seconds):
            code = run(["render", str(file), "-o", str(out), *options])
        said = capfd.readouterr()
        written = tuple(sorted(path.name for path in out.rglob("*"))) if out.exists() else ()
        return Answer(code, said.err + (said.out if code else ""), written)

    return asking


ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]+")


def english_in(said: str) -> list[str]:
    """Find English sentences: two words in a row that are no quoted value, no field's English name and no path."""
    return ENGLISH.findall(re.sub(r"“[^”]*”|（[^）]*）|\S*/\S*", "", said))


def assert_refused(answer: Answer) -> None:
    """Check what every refusal has in common."""
    assert answer.code == 2, answer.said[:500]
    assert answer.said.strip()
    assert answer.written == ()
    assert "Traceback" not in answer.said
    assert not english_in(answer.said), answer.said[:500]


def changed(old: str, new: str) -> str:
    """Return the case with one change."""
    assert CASE.count(old) == 1, old
    return CASE.replace(old, new)


def as_json(old: str = "", new: str = "") -> str:
    """Return a small case as JSON, one member on each line, with one change."""
    said = {
        "巡察轮次": {"级别": "县", "党委": "临江县", "届次": 14},
        "巡察组": {"序号": 3, "组长": "张某某", "联络员": "王某某"},
        "被巡察单位": ["中共临江县水利局党组"],
        "驻点时间": {"进驻日期": "2025-07-01", "撤离日期": "2025-08-29"},
        "反映渠道": {"值班电话": ["0600-8000001"]},
        "文书": {"巡察公告": {}},
    }
    text = json.dumps(said, ensure_ascii=False, indent=1)
    assert text.count(old) == 1 or not old, old
    return text.replace(old, new) if old else text


def test_the_case_of_these_tests_is_right(ask: Asking) -> None:
    assert ask(CASE).written == ("巡察公告.docx", "立行立改通知书.docx")


def test_the_case_of_these_tests_is_right_in_json(ask: Asking) -> None:
    assert ask(as_json(), suffix=".json").written == ("巡察公告.docx",)


# --- what is no file of facts ----------------------------------------------------------------------------------------

NO_FACTS: Table = {
    "empty": (b"", ".yaml", "空"),
    "blank lines": (b"\n\n", ".yaml", "空"),
    "only a comment": (b"# x\n", ".yaml", "空"),
    "empty json": (b"", ".json", "空"),
    "no suffix": (CASE.encode(), "", ".yaml"),
    "text file": (CASE.encode(), ".txt", ".yaml"),
    "word file by its suffix": (b"PK\x03\x04", ".docx", ".yaml"),
    "pdf": (b"%PDF-1.7\n", ".yaml", "PDF"),
    "zip, docx or xlsx": (b"PK\x03\x04" + b"\0" * 40, ".yaml", "Word"),
    "old doc or xls": (b"\xd0\xcf\x11\xe0" + b"\0" * 40, ".yaml", "旧版"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ".yaml", "UTF-8"),
    "random bytes": (bytes((7 * n * n + 13 * n) % 256 for n in range(999)), ".yaml", "UTF-8"),
    "gbk": (CASE.encode("gbk"), ".yaml", "ANSI"),
    "utf-16": (CASE.encode("utf-16"), ".yaml", "UTF-16"),
    "utf-16 without its mark": (CASE.encode("utf-16-le"), ".yaml", "UTF-16"),
    "web page": (b"<html><body>x</body></html>", ".yaml", "名称: 内容"),
    "a list": (b"- a\n- b\n", ".yaml", "名称: 内容"),
    "a sentence": ("水库\n".encode(), ".yaml", "名称: 内容"),
    "a json list": (b"[]", ".json", "名称: 内容"),
    "a json number": (b"1e999", ".json", "名称: 内容"),
    "a json null": (b"null", ".json", ""),
}


@table("content, suffix, word", NO_FACTS)
def test_what_is_no_file_of_facts_is_refused(content: bytes, suffix: str, word: str, ask: Asking) -> None:
    answer = ask(content, suffix=suffix)
    assert_refused(answer)
    assert word in answer.said


@table("place", {"null byte": ("临\0江县",), "escaped null": ('"临\\0江县"',), "bell": ('"临\\a江县"',)})
def test_a_control_character_is_refused_at_its_line(place: str, ask: Asking) -> None:
    answer = ask(changed("党委: 临江县", f"党委: {place}"))
    assert_refused(answer)
    assert answer.lines[0].startswith("f.yaml:3")


LINE_ENDS: Table = {"with a BOM": ("\n", "\ufeff"), "CRLF": ("\r\n", ""), "a lone CR": ("\r", "")}


@table("end, mark", LINE_ENDS)
def test_any_line_end_will_do(end: str, mark: str, ask: Asking) -> None:
    assert ask((mark + CASE).replace("\n", end)).code == 0


@table("end, mark", LINE_ENDS)
def test_lines_are_counted_with_any_line_end(end: str, mark: str, ask: Asking) -> None:
    answer = ask((mark + changed("级别: 县", "级别: 村")).replace("\n", end))
    assert [line[:9] for line in answer.lines] == ["f.yaml:2:"]


@table(
    "suffix, text",
    {"json": (".json", '{"a": "\u2028",\n"巡察组": 1}'), "toml": (".toml", '"a" = "\u2028"\n"巡察组" = 1')},
)
def test_a_line_separator_within_a_text_is_no_line(suffix: str, text: str, ask: Asking) -> None:
    assert any(line.startswith(f"f{suffix}:2: 巡察组") for line in ask(text, suffix=suffix).lines)


def dangling(path: Path) -> None:
    path.symlink_to(path.parent / "nothing")


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)


ODD_FILES: Table = {
    "a folder": (Path.mkdir, "文件夹"),
    "a pipe": (os.mkfifo, "不是"),
    "a dangling link": (dangling, "找不到"),
    "a link to /dev/zero": (endless, "不是"),
    "a link to itself": (lambda path: path.symlink_to(path), "找不到"),
    "100 MB": (sparse, "1 MB"),
    "nothing": (lambda path: None, "找不到"),
}


@table("make, word", ODD_FILES)
def test_an_odd_file_is_refused(
    make: Callable[[Path], None], word: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "f.yaml")
    with at_most(5):
        code = run(["render", str(tmp_path / "f.yaml"), "-o", str(tmp_path / "out")])
    said = capfd.readouterr().err
    assert_refused(Answer(code, said, ()))
    assert word in said
    assert said.count("错误") == 1


@table(
    "error", {"no permission": (PermissionError(13, "Permission denied"),), "disk": (OSError(5, "Input/output error"),)}
)
def test_an_unreadable_file_is_refused(error: OSError, ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(_path: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", unreadable)
    answer = ask(CASE)
    assert_refused(answer)
    assert not re.search("[A-Za-z]{4}", answer.lines[0].replace("f.yaml", ""))


@table("make, word", {name: ODD_FILES[name] for name in ("a folder", "nothing", "100 MB")})
def test_what_a_path_leads_to_is_said_before_its_suffix(
    make: Callable[[Path], None], word: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "f")
    code = run(["render", str(tmp_path / "f"), "-o", str(tmp_path / "out")])
    said = capfd.readouterr().err
    assert_refused(Answer(code, said, ()))
    assert word in said


NAMES: Table = {
    "empty": ("",),
    "a dash": ("-",),
    "too long": ("a" * 5000 + ".yaml",),
    "a line break": ("a\nb.yaml",),
    "a null byte": ("a\0b.yaml",),
    "no UTF-8": ("a\udcffb.yaml",),
    "within a file": ("/etc/hostname/x.yaml",),
}


@table("name", NAMES)
def test_an_odd_file_name_is_refused(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = run(["render", name, "-o", str(tmp_path / "out")])
    assert_refused(Answer(code, capfd.readouterr().err, ()))


# --- YAML: slips of the keyboard -------------------------------------------------------------------------------------

SLIPS = rows_of(
    r"""
full-width colon ｜   级别: 县 ｜   级别：县 ｜ 2 ｜ 全角
full-width colon of a heading ｜ 巡察轮次: ｜ 巡察轮次： ｜ 1 ｜ 全角
full-width colon in the last line of a part ｜   轮次: 8 ｜   轮次：8 ｜ 5 ｜ 全角
full-width colon within braces ｜ {姓名: 张某某 ｜ {姓名：张某某 ｜ 8 ｜ 全角
full-width colon in a list of one ｜   - 名称: 中共 ｜   - 名称：中共 ｜ 12 ｜ 全角
full-width colon where a text would do ｜ 问题: 水库 ｜ 问题:⏎      现象：水库 ｜ 24 ｜ 全角
full-width comma within braces ｜ 张某某, 职务: 一 ｜ 张某某，职务: 一 ｜ 8 ｜ 逗号
full-width comma in a list ｜ [赵某某, 钱某某] ｜ [赵某某，钱某某] ｜ 10 ｜ ，
顿号 in a list ｜ [赵某某, 钱某某] ｜ [赵某某、钱某某] ｜ 10 ｜ 、
full-width brackets ｜ [赵某某, 钱某某] ｜ 【赵某某，钱某某】 ｜ 10 ｜ ，
full-width braces ｜ {姓名: 张某某, 职务: 一级调研员} ｜ ｛姓名: 张某某, 职务: 一级调研员｝ ｜ 8 ｜ 全角
full-width quotes ｜ 党委: 临江县 ｜ 党委: “临江县” ｜ 3 ｜ 引号
full-width spaces before ｜   党委: 临江县 ｜ 　　党委: 临江县 ｜ 3 ｜ 全角
full-width space after the colon ｜ 级别: 县 ｜ 级别:　县 ｜ 2 ｜ 全角
no space after the colon ｜   级别: 县 ｜   级别:县 ｜ 2 ｜ 空一格
no space after the dash ｜ - 立即清理溢洪道杂物⏎      - 落实 ｜ -立即清理溢洪道杂物⏎      -落实 ｜ 26 ｜ 空一格
long dash for a dash ｜   - 名称: 中共 ｜   — 名称: 中共 ｜ 12 ｜ “- ”
tab before ｜   党委: 临江县 ｜ 	党委: 临江县 ｜ 3 ｜ Tab
one space too many ｜   党委: 临江县 ｜    党委: 临江县 ｜ 3 ｜ 缩进
one space too few ｜   党委: 临江县 ｜  党委: 临江县 ｜ 3 ｜ 缩进
open quote ｜ 邮编: "000000"} ｜ 邮编: "000000} ｜ 19 ｜ 引号
open bracket ｜ [赵某某, 钱某某] ｜ [赵某某, 钱某某 ｜ 10 ｜ 括号
open brace ｜ 一级调研员} ｜ 一级调研员 ｜ 8 ｜ 括号
empty item ｜ [赵某某, 钱某某] ｜ [赵某某, , 钱某某] ｜ 10 ｜ 逗号
two colons ｜ 党委: 临江县 ｜ 党委: 临江县: 某 ｜ 3 ｜ 引号
key twice ｜   党委: 临江县 ｜   级别: 县 ｜ 3 ｜ 两次
alias ｜ 级别: 县⏎  党委: 临江县 ｜ 级别: &a 县⏎  党委: *a ｜ 3 ｜ 引用
alias of nothing ｜ 党委: 临江县 ｜ 党委: *a ｜ 3 ｜
asterisks ｜ 党委: 临江县 ｜ 党委: **临江县** ｜ 3 ｜ 引号
percent sign ｜ 党委: 临江县 ｜ 党委: %临江县 ｜ 3 ｜ 引号
at sign ｜ 党委: 临江县 ｜ 党委: @临江县 ｜ 3 ｜ 引号
exclamation mark ｜ 党委: 临江县 ｜ 党委: !临江县 ｜ 3 ｜
vertical bar ｜ 党委: 临江县 ｜ 党委: |临江县 ｜ 3 ｜ 引号
ampersand ｜ 党委: 临江县 ｜ 党委: &临江县 ｜ 3 ｜
wrong escape ｜ 党委: 临江县 ｜ 党委: "临\q江县" ｜ 3 ｜ \
escape beyond Unicode ｜ 党委: 临江县 ｜ 党委: "临\U00110000江县" ｜ 3 ｜
python tag ｜ 党委: 临江县 ｜ 党委: !!python/object/apply:os.getcwd [] ｜ 3 ｜ 标签
tag of a number ｜ 届次: 14 ｜ 届次: !!int 14 ｜ 4 ｜ 标签
key of two ｜   级别: 县 ｜   ? [a, b]⏎  : 县 ｜ 2 ｜ 名称
two documents ｜ 巡察组: ｜ ---⏎巡察组: ｜ 6 ｜ ---
full-width comment ｜ 巡察轮次: ｜ ＃ 虚构⏎巡察轮次: ｜ 1 ｜
"""
)


@table("old, new, line, word", SLIPS)
def test_a_slip_of_the_keyboard_is_told_at_its_line(old: str, new: str, line: str, word: str, ask: Asking) -> None:
    answer = ask(changed(old, new))
    assert_refused(answer)
    said = [one for one in answer.lines if re.match(rf"f\.yaml:{line}\b", one)]
    assert said, answer.said
    assert word in "".join(said), answer.said


def test_keys_all_with_full_width_colons_are_refused_at_the_first(ask: Asking) -> None:
    answer = ask(CASE.replace(": ", "：").replace(":\n", "：\n"))
    assert_refused(answer)
    assert answer.lines[0].startswith("f.yaml:1")
    assert "全角" in answer.said


def test_an_invisible_character_in_a_key_is_named(ask: Asking) -> None:
    answer = ask(changed("  级别: 县", "  级\u200b别: 县"))
    assert_refused(answer)
    assert "200B" in answer.said


@table(
    "text, suffix",
    {"yaml": ("a: 1\na: 2\nb: 1\nb: 2\n", ".yaml"), "json": ('{"a": 1,\n"a": {"c": 1},\n"b": 1,\n"b": 2}', ".json")},
)
def test_all_names_that_stand_twice_are_told_at_once(text: str, suffix: str, ask: Asking) -> None:
    lines = [line.partition(" ")[0] for line in ask(text, suffix=suffix).lines]
    assert lines == [f"f{suffix}:2", f"f{suffix}:4"]


LAUGHS = "a: &a [x, x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@table("text", {"laughs": (LAUGHS,), "of itself": ("a: &a [*a]\n",), "merge": ("a: &a {x: 1}\nb:\n  <<: *a\n",)})
def test_references_are_refused(text: str, ask: Asking) -> None:
    answer = ask(text)
    assert_refused(answer)
    assert "引用" in answer.said


DEEP: Table = {
    "yaml brackets": ("[" * 10_000, ".yaml"),
    "yaml braces": ("{a: " * 10_000, ".yaml"),
    "yaml dashes": ("- " * 10_000, ".yaml"),
    "json": ("[" * 10_000 + "]" * 10_000, ".json"),
    "toml": ("a = " + "[" * 10_000 + "]" * 10_000, ".toml"),
}


@table("text, suffix", DEEP)
def test_deep_nesting_is_refused(text: str, suffix: str, ask: Asking) -> None:
    answer = ask(text, suffix=suffix, seconds=5)
    assert_refused(answer)
    assert "太深" in answer.said


# --- JSON and TOML ---------------------------------------------------------------------------------------------------

JSON_SLIPS = rows_of(
    r"""
comma twice ｜ "县" ｜ "县",⏎ "a": 1, ｜ 4
single quotes ｜ "县" ｜ '县' ｜ 3
full-width quotes ｜ "县" ｜ “县” ｜ 3
full-width colon ｜ "级别":  ｜ "级别"： ｜ 3
full-width comma ｜ "县", ｜ "县"， ｜ 3
comment ｜ "级别" ｜ // x⏎"级别" ｜ 3
open string ｜ "县", ｜ "县, ｜ 3
tab in a text ｜ "县" ｜ "县	" ｜ 3
wrong escape ｜ "县" ｜ "\q" ｜ 3
key twice ｜ "党委" ｜ "级别" ｜ 4
5000 digits ｜ "届次": 14 ｜ "届次": ⑨ ｜ 5
"""
)


@table("old, new, line", JSON_SLIPS)
def test_a_slip_in_json_is_told_at_its_line(old: str, new: str, line: str, ask: Asking) -> None:
    answer = ask(as_json(old, new), suffix=".json")
    assert_refused(answer)
    assert answer.lines[0].startswith(f"f.json:{line}"), answer.said


TOML_SLIPS = rows_of(
    r"""
bare Chinese key ｜ a = 1⏎巡察组 = 1 ｜ 2
bare Chinese table ｜ [巡察组] ｜ 1
no value ｜ a = ｜ 1
no equals sign ｜ a = 1⏎b ｜ 2
full-width colon ｜ a：1 ｜ 1
key twice ｜ a = 1⏎a = 2 ｜ 2
open string ｜ a = "x⏎ ｜ 1
no such day ｜ a = 2025-02-30 ｜ 1
5000 digits ｜ a = ⑨ ｜ 1
half a character ｜ a = "\ud800" ｜ 1
"""
)


@table("text, line", TOML_SLIPS)
def test_a_slip_in_toml_is_told_at_its_line(text: str, line: str, ask: Asking) -> None:
    answer = ask(text, suffix=".toml")
    assert_refused(answer)
    assert answer.lines[0].startswith(f"f.toml:{line}"), answer.said


TOML_LINES = rows_of(
    r"""
what is missing ｜ a = 1 ｜ 1 ｜ 巡察组（team）
dotted key ｜ ⏎"巡察轮次"."级别" = "村" ｜ 2 ｜ 巡察轮次.级别
dotted table ｜ ["反映渠道"."邮政信箱"]⏎"邮编" = "1" ｜ 2 ｜ 反映渠道.邮政信箱.邮编
table in a list ｜ [["被巡察单位"]]⏎"名称" = "a"⏎[["被巡察单位"]]⏎"名称" = 1 ｜ 4 ｜ 被巡察单位[2].名称
quotes within quotes ｜ "a" = "'''"⏎"巡察组" = 1 ｜ 2 ｜ 巡察组（team）
escaped key ｜ ⏎"\u5de1\u5bdf\u7ec4" = 1 ｜ 2 ｜ 巡察组（team）
"""
)


@table("text, line, field", TOML_LINES)
def test_a_fault_in_toml_is_told_at_its_line(text: str, line: str, field: str, ask: Asking) -> None:
    answer = ask(text, suffix=".toml")
    assert_refused(answer)
    assert any(one.startswith(f"f.toml:{line}: {field}") for one in answer.lines), answer.said


# --- values ----------------------------------------------------------------------------------------------------------

ROUND, STAY, POST, MATTER = "巡察轮次", "驻点时间", "反映渠道.邮政信箱", "立行立改事项[1]"
VALUES = rows_of(
    r"""
unknown choice ｜ 级别: 县 ｜ 级别: 村 ｜ 2 ｜ 巡察轮次.级别（round.level） ｜ 国企集团
level blank ｜ 级别: 县 ｜ 级别: ｜ 2 ｜ 巡察轮次.级别（round.level） ｜ 必须填写
leader blank ｜ 组长: {姓名: 张某某, 职务: 一级调研员} ｜ 组长: ｜ 8 ｜ 巡察组.组长（team.leader） ｜ 必须填写
units blank ｜ 被巡察单位:⏎  - 名称: 中共临江县水利局党组 ｜ 被巡察单位: ｜ 11 ｜ 被巡察单位（units） ｜ 必须填写
unit's name blank ｜ 名称: 中共临江县水利局党组 ｜ 名称: ｜ 12 ｜ 被巡察单位[1].名称（units[1].name） ｜ 必须填写
start blank ｜ 进驻日期: 2025-07-01 ｜ 进驻日期: ｜ 14 ｜ 驻点时间.进驻日期（stay.start） ｜ 必须填写
number blank ｜ 编号: 临委巡三组立改〔2025〕1号 ｜ 编号: ｜ 22 ｜ 立行立改事项[1].编号 ｜ 必须填写
unknown field ｜   届次: 14 ｜   届数: 14 ｜ 4 ｜ 巡察轮次.届数 ｜ 届次
field in both languages ｜   届次: 14 ｜   届次: 14⏎  term: 14 ｜ 5 ｜ 巡察轮次.届次（round.term） ｜ 两次
term 0 ｜ 届次: 14 ｜ 届次: 0 ｜ 4 ｜ 巡察轮次.届次（round.term） ｜ 不能小于1
term 100 ｜ 届次: 14 ｜ 届次: 100 ｜ 4 ｜ 巡察轮次.届次（round.term） ｜ 不能大于99
term huge ｜ 届次: 14 ｜ 届次: ⑨ ｜ 4 ｜ 巡察轮次.届次（round.term） ｜
term not a number ｜ 届次: 14 ｜ 届次: .nan ｜ 4 ｜ 巡察轮次.届次（round.term） ｜ 数
term with a fraction ｜ 届次: 14 ｜ 届次: 1.5 ｜ 4 ｜ 巡察轮次.届次（round.term） ｜ 整数
term of Python ｜ 届次: 14 ｜ 届次: 1_4 ｜ 4 ｜ 巡察轮次.届次（round.term） ｜ 整数
term full width ｜ 届次: 14 ｜ 届次: １４ ｜ 4 ｜ 巡察轮次.届次（round.term） ｜ 半角
term in words ｜ 届次: 14 ｜ 届次: 第十四届 ｜ 4 ｜ 巡察轮次.届次（round.term） ｜ 一、二、三
term a list ｜ 届次: 14 ｜ 届次: [14] ｜ 4 ｜ 巡察轮次.届次（round.term） ｜ 整数
day that is none ｜ 进驻日期: 2025-07-01 ｜ 进驻日期: 2025-02-30 ｜ 14 ｜ 驻点时间.进驻日期 ｜ 没有这一天
day of zeros ｜ 进驻日期: 2025-07-01 ｜ 进驻日期: 0000-00-00 ｜ 14 ｜ 驻点时间.进驻日期 ｜ 没有这一天
day of year 99999 ｜ 进驻日期: 2025-07-01 ｜ 进驻日期: 99999-01-01 ｜ 14 ｜ 驻点时间.进驻日期 ｜ 2025年7月1日
day of year 1 ｜ 进驻日期: 2025-07-01 ｜ 进驻日期: 0001-01-01 ｜ 14 ｜ 驻点时间.进驻日期 ｜
day without dashes ｜ 进驻日期: 2025-07-01 ｜ 进驻日期: 20250701 ｜ 14 ｜ 驻点时间.进驻日期 ｜ 2025年7月1日
day with a time ｜ 进驻日期: 2025-07-01 ｜ 进驻日期: 2025-07-01 08:00 ｜ 14 ｜ 驻点时间.进驻日期 ｜ 2025年7月1日
days in the wrong order ｜ 撤离日期: 2025-08-29 ｜ 撤离日期: 2025-06-29 ｜ 15 ｜ 驻点时间.撤离日期 ｜ 早于
24:00 ｜ 8:30-12:00 ｜ 8:30-24:00 ｜ 18 ｜ 反映渠道.接听时间.时段[1].到 ｜ 24小时制
12时 ｜ 8:30-12:00 ｜ 8:30-12时 ｜ 18 ｜ 反映渠道.接听时间.时段[1].到 ｜ 24小时制
no time ｜ 工作日 8:30-12:00 ｜ 工作日 ｜ 18 ｜ 反映渠道.接听时间.时段 ｜ 8:30-12:00
unknown days ｜ 工作日 8:30-12:00 ｜ 周末 8:30-12:00 ｜ 18 ｜ 反映渠道.接听时间.日子 ｜ 工作日
phone without a dash ｜ [0600-8000001] ｜ [06008000001] ｜ 17 ｜ 反映渠道.值班电话[1].号码 ｜ 区号
phone too short ｜ [0600-8000001] ｜ [8000001] ｜ 17 ｜ 反映渠道.值班电话[1].号码 ｜ 区号
phone with full-width digits ｜ [0600-8000001] ｜ [0６００-8000001] ｜ 17 ｜ 反映渠道.值班电话[1].号码 ｜ 半角
two phones in one ｜ [0600-8000001] ｜ 0600-8000001、0600-8000002 ｜ 17 ｜ 反映渠道.值班电话[1].号码 ｜ 区号
e-mail ｜ xuncha3@linjiang.example ｜ xuncha3@ ｜ 20 ｜ 反映渠道.电子邮箱（channels.email） ｜ 邮箱
e-mail full width ｜ xuncha3@linjiang ｜ xuncha3＠linjiang ｜ 20 ｜ 反映渠道.电子邮箱（channels.email） ｜ 邮箱
postcode ｜ "000000" ｜ "00000" ｜ 19 ｜ 反映渠道.邮政信箱.邮编（channels.post.postcode） ｜ 6位
postcode full width ｜ "000000" ｜ "０００００0" ｜ 19 ｜ 反映渠道.邮政信箱.邮编（channels.post.postcode） ｜ 6位
文号 in square brackets ｜ 〔2025〕1号 ｜ [2025]1号 ｜ 22 ｜ 立行立改事项[1].编号 ｜ 六角括号
文号 in round brackets ｜ 〔2025〕1号 ｜ （2025）1号 ｜ 22 ｜ 立行立改事项[1].编号 ｜ 六角括号
文号 in black brackets ｜ 〔2025〕1号 ｜ 【2025】1号 ｜ 22 ｜ 立行立改事项[1].编号 ｜ 六角括号
文号 of a short year ｜ 〔2025〕1号 ｜ 〔25〕1号 ｜ 22 ｜ 立行立改事项[1].编号 ｜ 四位
文号 padded ｜ 〔2025〕1号 ｜ 〔2025〕01号 ｜ 22 ｜ 立行立改事项[1].编号 ｜ 虚位
文号 with 第 ｜ 〔2025〕1号 ｜ 〔2025〕第1号 ｜ 22 ｜ 立行立改事项[1].编号 ｜ “第”
文号 with a blank ｜ 〔2025〕1号 ｜ 〔2025〕 1号 ｜ 22 ｜ 立行立改事项[1].编号 ｜ 空格
文号 full width ｜ 〔2025〕1号 ｜ 〔2025〕１号 ｜ 22 ｜ 立行立改事项[1].编号 ｜ 半角
文号 without 号 ｜ 〔2025〕1号 ｜ 〔2025〕1 ｜ 22 ｜ 立行立改事项[1].编号 ｜ 号”
name that can't be seen ｜ 张某某 ｜ "\u200b" ｜ 8 ｜ 巡察组.组长.姓名 ｜
name with a replacement character ｜ 张某某 ｜ "张\ufffd某" ｜ 8 ｜ 巡察组.组长.姓名 ｜ FFFD
name that turns the writing round ｜ 张某某 ｜ "张\u202e某某" ｜ 8 ｜ 巡察组.组长.姓名 ｜ 202E
name with half a character ｜ 张某某 ｜ "张\ud800" ｜ 8 ｜ 巡察组.组长.姓名 ｜ D800
day with half a character ｜ 2025-07-01 ｜ "\ud800" ｜ 14 ｜ 驻点时间.进驻日期 ｜
文号 with half a character ｜ 临委巡三组立改〔2025〕1号 ｜ "\ud800" ｜ 22 ｜ 立行立改事项[1].编号 ｜
"""
)


@table("old, new, line, field, word", VALUES)
def test_a_wrong_value_is_told_at_its_line(old: str, new: str, line: int, field: str, word: str, ask: Asking) -> None:
    answer = ask(changed(old, new))
    assert_refused(answer)
    said = [one for one in answer.lines if one.startswith(f"f.yaml:{line}: {field}")]
    assert said, answer.said
    assert word in said[0]


def test_all_faults_are_told_at_once(ask: Asking) -> None:
    wrong = changed("级别: 县", "级别: 村").replace("序号: 3", "序号: 三百").replace("2025-08-29", "2025-13-29")
    assert [line[:10] for line in ask(wrong).lines] == ["f.yaml:2: ", "f.yaml:7: ", "f.yaml:15:"]


def test_every_fault_is_one_line(ask: Asking) -> None:
    answer = ask(
        changed("  巡察公告: {}", "  巡察工作方案: {标题: }").replace("成文日期: 2025-07-16", '成文日期: "a\\nb"')
    )
    assert all(line.startswith("f.yaml:") for line in answer.lines), answer.said


@table(
    "old", {"members": ("[赵某某, 钱某某]",), "phones": ("[0600-8000001]",), "e-mail": ("xuncha3@linjiang.example",)}
)
def test_what_need_not_be_said_may_be_blank(old: str, ask: Asking) -> None:
    assert ask(changed(old, "")).code == 0


JSON_VALUES = rows_of(
    r"""
phone as a number ｜ "0600-8000001" ｜ 6008000001 ｜ 引号
phones as a number ｜ [⏎   "0600-8000001"⏎  ] ｜ 6008000001 ｜ 引号
leader as a number ｜ "张某某" ｜ 5 ｜ 引号
term true ｜ 14 ｜ true ｜ 整数
term NaN ｜ 14 ｜ NaN ｜ 数
term Infinity ｜ 14 ｜ Infinity ｜ 数
term 1e999 ｜ 14 ｜ 1e999 ｜ 数
term 1.5 ｜ 14 ｜ 1.5 ｜ 整数
start as a number ｜ "2025-07-01" ｜ 20250701 ｜ 2025年7月1日
start true ｜ "2025-07-01" ｜ true ｜ 2025年7月1日
start half a character ｜ "2025-07-01" ｜ "\ud800" ｜
units as a mapping ｜ [⏎  "中共临江县水利局党组"⏎ ] ｜ {"a": 1} ｜ 没有这一项
section as a list of numbers ｜ "巡察公告": {} ｜ "巡察公告": [1] ｜ 名称: 内容
"""
)


@table("old, new, word", JSON_VALUES)
def test_a_wrong_value_in_json_is_refused(old: str, new: str, word: str, ask: Asking) -> None:
    answer = ask(as_json(old, new), suffix=".json")
    assert_refused(answer)
    assert word in answer.said


def test_a_long_title_is_the_fault_of_the_title(ask: Asking) -> None:
    answer = ask(changed("巡察公告: {}", f"巡察公告: {{标题: {'公' * 300}}}"))
    assert_refused(answer)
    assert answer.lines[0].startswith("f.yaml:31: 文书.巡察公告.标题")


def test_the_english_half_of_a_place_is_english(ask: Asking) -> None:
    answer = ask(changed("巡察公告: {}", "巡察公告: {标题: [x]}"))
    (english,) = re.findall(r"（([\w.]*title)）", answer.said)
    assert not re.search("[\u4e00-\u9fff]", english)


ECHOED = rows_of(
    r"""
date ｜ 2025-07-01 ｜ "{}"
number ｜ 临委巡三组立改〔2025〕1号 ｜ "{}"
phone ｜ [0600-8000001] ｜ ["{}"]
kind of paper ｜ 巡察公告: {} ｜ "{}": {{}}
unknown field ｜ 届次: 14 ｜ "{}": 14
"""
)


@table("old, frame", ECHOED)
def test_a_control_character_never_reaches_the_terminal(old: str, frame: str, ask: Asking) -> None:
    said = ask(changed(old, frame.format("\\e[31m\\x9b\\u202e"))).said
    assert not re.search("[\x1b\x9b\u202e]", said)


@table("old, frame", ECHOED)
def test_a_long_value_is_not_repeated_in_full(old: str, frame: str, ask: Asking) -> None:
    assert len(ask(changed(old, frame.format("长" * 50_000))).said) < 5_000


# --- texts that mean something to somebody else ----------------------------------------------------------------------

TEXTS = rows_of(
    r"""
{{ 7*7 }}
{% for i in x %}
{_{ x }_}
{_% x %_}
{#
{# c #}
#}
{%
}}
{%p if x %}
{{r x }}
{_{_{
{__{
%_}
</w:t>
</w:p></w:body>
&
&amp;
&#95;
<
]]>
"
'
<![CDATA[x]]>
<?xml?>
<!-- x -->
\
${x}
%s %(a)s
{0} {message}
{message
@dated@
“x”
《x》
中　文
中 文
㎡①…
𠀀
"""
)


@table("text", TEXTS)
def test_a_text_stands_on_paper_as_it_was_typed(text: str, demo: Case) -> None:
    assert text in render(Announcement.from_case(demo, closing=[f"句{text}句"])).text


@table(
    "char", {f"U+{ord(c):04X}": (c,) for c in "\0\a\b\t\n\v\f\r\x1a\x1b\x7f\x85\u2028\u2029\ud800\udfff\ufffe\uffff"}
)
def test_what_no_paper_can_hold_is_refused(char: str, demo: Case) -> None:
    with pytest.raises(InputError, match=r"INP10[46]"):
        Announcement.from_case(demo, closing=[f"中{char}文"])


# --- sections and kinds ----------------------------------------------------------------------------------------------

PAPERS = CASE[: CASE.index("文书:")]
SECTIONS = rows_of(
    r"""
no section ｜  ｜ 文书
section blank ｜ 文书:⏎ ｜ 文书
section a text ｜ 文书: 巡察公告⏎ ｜ “巡察公告: {}”
section a list ｜ 文书: [巡察公告]⏎ ｜ “巡察公告: {}”
unknown kind ｜ 文书:⏎  请柬: {}⏎ ｜ 现有：巡察公告
kind that comes near ｜ 文书:⏎  巡查公告: {}⏎ ｜ 是不是想写“巡察公告”
kind that is a number ｜ 文书:⏎  1: {}⏎ ｜ 现有：巡察公告
kind under both names ｜ 文书:⏎  巡察公告: {}⏎  announcement: {}⏎ ｜ 两次
kind with an empty list ｜ 文书:⏎  巡察公告: []⏎ ｜ f.yaml:31
kind with an empty list beside another ｜ 文书:⏎  巡察公告: []⏎  立行立改通知书: {成文日期: 2025-07-16}⏎ ｜ f.yaml:31
kind with a text ｜ 文书:⏎  巡察公告: 是⏎ ｜ 名称: 内容
both sections ｜ 文书:⏎  巡察公告: {}⏎papers:⏎  巡察公告: {}⏎ ｜ 两次
matter that is none ｜ 文书:⏎  立行立改通知书: {事项: 无, 成文日期: 2025-07-16}⏎ ｜ 没有编号“无”
what the program writes ｜ 文书:⏎  巡察公告: {对象: 县水利局}⏎ ｜ f.yaml:31: 文书.巡察公告.对象
"""
)


@table("papers, word", SECTIONS)
def test_a_wrong_section_is_refused(papers: str, word: str, ask: Asking) -> None:
    answer = ask(PAPERS + papers)
    assert_refused(answer)
    assert word in answer.said


KINDS = rows_of(
    r"""
near ｜ 文种: 巡查公告 ｜ 是不是想写“巡察公告”
unknown ｜ 文种: 请柬 ｜ 现有：巡察公告
blank ｜ 文种: ｜ 没有填
a list ｜ 文种: [巡察公告] ｜ 文种
in both languages ｜ 文种: 巡察公告⏎kind: work_plan ｜ 两次
with what the program writes ｜ 文种: 巡察公告⏎巡察组: 3 ｜ f.yaml:2: 巡察组
"""
)


@table("text, word", KINDS)
def test_a_wrong_kind_is_refused(text: str, word: str, ask: Asking) -> None:
    answer = ask(text)
    assert_refused(answer)
    assert word in answer.said
    assert not re.search(r"None|\['", answer.said)


@table("kind", {"unknown": ("通知",), "empty": ("",), "English, but no name": ("Announcement!",)})
def test_an_unknown_kind_to_make_is_refused(kind: str, ask: Asking) -> None:
    assert_refused(ask(CASE, "--kind", kind))


def test_another_kind_than_the_file_says_is_refused(ask: Asking) -> None:
    assert_refused(ask("文种: 巡察公告", "--kind", "work_plan"))


@table("text", {"yaml": ("a: [",), "values": ("级别: 1",), "half a character": ('文种: "\\ud800"',)})
def test_faults_as_json_are_json(text: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "f.yaml").write_text(text, encoding="utf-8")
    assert run(["render", str(tmp_path / "f.yaml"), "-o", str(tmp_path / "out"), "--format", "json"]) == 2
    assert json.loads(capfd.readouterr().out)["findings"]


# --- the command line ------------------------------------------------------------------------------------------------

USES: Table = {
    "no such command": (["rendr"],),
    "no file": (["render"],),
    "no folder": (["render", "f.yaml"],),
    "no value": (["render", "f.yaml", "-o"],),
    "no such option": (["render", "--bogus"],),
    "no such format": (["render", "f.yaml", "-o", "x", "--format", "pdf"],),
    "no such language": (["schema", "巡察公告", "--lang", "fr"],),
    "one file too many": (["render", "a.yaml", "b.yaml", "-o", "x"],),
    "new without a kind": (["new"],),
    "null byte": (["render", "f.yaml", "-o", "a\0b"],),
    "unknown kind": (["new", "巡查公告"],),
    "unknown schema": (["schema", "x"],),
}


@table("arguments", USES)
def test_wrong_use_is_answered_in_chinese(arguments: Sequence[str], capfd: pytest.CaptureFixture[str]) -> None:
    code = run(arguments)
    said = capfd.readouterr().err
    assert_refused(Answer(code, said, ()))
    assert re.search("[\u4e00-\u9fff]", said)


def test_the_help_is_chinese(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["render", "--help"]) == 0
    said = capfd.readouterr().out
    assert not english_in(said.partition("\n")[2])
    assert said.startswith("用法：")


@table("encoding", {"GBK": ("gbk",), "ASCII": ("ascii",)})
def test_a_terminal_of_another_encoding_is_no_fault(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    assert run(["demo", "-o", str(tmp_path / "\U0001f600")]) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_what_cannot_be_shown_is_no_bug_of_ours() -> None:
    command = [sys.executable, "-c", "from xuncha_docs.cli import main; main()", "kinds"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (2, "读写出错：磁盘已满。\n")


# --- where the papers go ---------------------------------------------------------------------------------------------


@pytest.fixture
def case_file(tmp_path: Path) -> str:
    file = tmp_path / "case.yaml"
    file.write_text(CASE, encoding="utf-8")
    return str(file)


OUTS: Table = {
    "a file": (lambda path: path.write_bytes(b"x"), ""),
    "within a file": (lambda path: path.write_bytes(b"x"), "sub"),
    "a link to nowhere": (lambda path: path.symlink_to(path.parent / "no/where"), ""),
    "too long": (lambda path: None, "a" * 5000),
}


@table("make, inner", OUTS)
def test_a_folder_that_cannot_be_is_refused(
    make: Callable[[Path], None], inner: str, tmp_path: Path, case_file: str, capfd: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "out")
    code = run(["render", case_file, "-o", str(tmp_path / "out" / inner)])
    assert_refused(Answer(code, capfd.readouterr().err, ()))


def test_an_edited_paper_is_not_overwritten(tmp_path: Path, case_file: str) -> None:
    (tmp_path / "巡察公告.docx").write_bytes(b"edited")
    assert run(["render", case_file, "-o", str(tmp_path)]) == 2
    assert (tmp_path / "巡察公告.docx").read_bytes() == b"edited"
    assert not (tmp_path / "立行立改通知书.docx").exists()


def test_an_edited_paper_is_overwritten_by_force(tmp_path: Path, case_file: str) -> None:
    (tmp_path / "巡察公告.docx").write_bytes(b"edited")
    assert run(["render", case_file, "-o", str(tmp_path), "--force"]) == 0
    assert (tmp_path / "巡察公告.docx").read_bytes() != b"edited"


def test_the_demo_does_not_overwrite_somebody_s_case(tmp_path: Path) -> None:
    (tmp_path / "案卷.yaml").write_text("mine", encoding="utf-8")
    run(["demo", "-o", str(tmp_path)])
    assert (tmp_path / "案卷.yaml").read_text(encoding="utf-8") == "mine"


ODD_TARGETS: Table = {"a folder": (Path.mkdir,), "a pipe": (os.mkfifo,), "a link to /dev/zero": (endless,)}


@table("make", ODD_TARGETS)
def test_an_odd_thing_in_a_paper_s_place_is_refused(
    make: Callable[[Path], None], tmp_path: Path, case_file: str, capfd: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path / "巡察公告.docx")
    with at_most(1), at_most_more_memory(200):
        code = run(["render", case_file, "-o", str(tmp_path)])
    assert_refused(Answer(code, capfd.readouterr().err, ()))


def test_a_full_disk_leaves_no_half_of_the_papers(
    tmp_path: Path, case_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = os.fsync
    calls: list[int] = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 1:
            raise OSError(28, "No space left on device")
        whole(handle)

    monkeypatch.setattr(os, "fsync", full)
    assert run(["render", case_file, "-o", str(tmp_path / "out")]) == 2
    assert list((tmp_path / "out").glob("*")) == []


def test_a_paper_that_cannot_be_put_in_place_has_the_others_taken_back(
    tmp_path: Path, case_file: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/心得体会.docx").write_bytes(b"as it was")
    whole = Path.replace

    def open_in_word(draft: Path, target: Path) -> Path:
        if target.name == "立行立改通知书.docx":
            raise PermissionError(13, "Permission denied", str(draft))
        return whole(draft, target)

    monkeypatch.setattr(Path, "replace", open_in_word)
    assert run(["render", case_file, "-o", str(tmp_path / "out"), "--force"]) == 2
    said = capfd.readouterr().err
    assert "立行立改通知书.docx 写不了" in said
    assert "一份也没有写" in said
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == {"心得体会.docx": b"as it was"}


def test_a_new_file_is_not_written_over_another(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yaml").write_text("mine", encoding="utf-8")
    assert_refused(Answer(run(["new", "案卷", "-o", str(tmp_path / "a.yaml")]), capfd.readouterr().err, ()))
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == "mine"


def test_a_new_file_in_no_folder_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = run(["new", "案卷", "-o", str(tmp_path / "no/a.yaml")])
    assert_refused(Answer(code, capfd.readouterr().err, ()))


# --- pictures --------------------------------------------------------------------------------------------------------


def png(width: int = 1, height: int = 1) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def with_picture(named: str) -> str:
    return (
        PAPERS.replace("立行立改事项:", f"  二维码: {{平台: 码上巡察, 图片: {named}}}\n立行立改事项:")
        + "文书: {巡察公告: {}}\n"
    )


def test_a_right_picture_will_do(tmp_path: Path, ask: Asking) -> None:
    (tmp_path / "x.png").write_bytes(png())
    assert ask(with_picture("x.png")).code == 0


PICTURES: Table = {
    "missing": (None,),
    "a text": (b"hello",),
    "empty": (b"",),
    "GIF": (b"GIF89a",),
    "too large": (png() + b"\0" * 5 * 1024 * 1024,),
    "PNG cut short": (png()[:20],),
    "nothing after the signature": (b"\x89PNG\r\n\x1a\n",),
    "PNG with a broken chunk": (png()[:16] + b"\xff" * 100,),
    "JPEG cut short": (b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + b"x" * 100,),
    "JPEG of nothing": (b"\xff\xd8\xff" + b"\xff" * 999,),
    "no size": (png(0, 0),),
    "no width": (png(0, 5),),
    "one dot wide, miles high": (png(1, 100_000),),
}


@table("content", PICTURES)
def test_a_wrong_picture_is_told_at_its_line(content: bytes | None, tmp_path: Path, ask: Asking) -> None:
    if content is not None:
        (tmp_path / "x.png").write_bytes(content)
    answer = ask(with_picture("x.png"))
    assert_refused(answer)
    assert answer.lines[0].startswith("f.yaml:21: 反映渠道.二维码.图片")


NAMED = rows_of(
    r"""
a folder ｜ . ｜ 图片
/dev/zero ｜ /dev/zero ｜ 图片
another file by its path ｜ ../../../../../../etc/hostname ｜ 图片
nothing ｜  ｜ 必须填写
a list ｜ [x.png] ｜ 图片
half a character ｜ "\ud800.png" ｜ 图片
a null byte ｜ "a\0b" ｜ 图片
width 0 ｜ {文件: x.png, 宽度: 0} ｜ 大于0
width too large ｜ {文件: x.png, 宽度: 200} ｜ 156
width in words ｜ {文件: x.png, 宽度: 三十} ｜ 数字
file twice ｜ {文件: x.png, file: x.png} ｜ 两次
no file ｜ {宽度: 30} ｜ 文件
file blank ｜ {文件: , 宽度: 30} ｜ 必须填写
content in letters ｜ {内容: 图片} ｜ 图片
"""
)


@table("named, word", NAMED)
def test_a_picture_named_wrongly_is_refused(named: str, word: str, tmp_path: Path, ask: Asking) -> None:
    (tmp_path / "x.png").write_bytes(png())
    answer = ask(with_picture(named))
    assert_refused(answer)
    assert word in answer.said
    assert "None" not in answer.said


# --- templates -------------------------------------------------------------------------------------------------------

NOTICE = PAPERS + "文书: {巡察公告: {}}\n"


def template(*texts: str) -> bytes:
    draft = Draft(title="x")
    for text in texts:
        draft.add("公文正文", text)
    return draft.content()


def with_member(name: str, content: bytes | None) -> bytes:
    """Return a template with one member added, changed or taken out."""
    with zipfile.ZipFile(io.BytesIO(template("x"))) as archive:
        parts = {member: archive.read(member) for member in archive.namelist()} | {name: content or b""}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in parts.items():
            if member != name or content is not None:
                archive.writestr(member, data)
    return buffer.getvalue()


class Filling(Protocol):
    """Asks the command for a notice from a template of this content."""

    def __call__(self, content: bytes, seconds: float = 10) -> Answer: ...


@pytest.fixture
def fill(tmp_path: Path, ask: Asking) -> Filling:
    def filling(content: bytes, seconds: float = 10) -> Answer:
        (tmp_path / "announcement.docx").write_bytes(content)
        return ask(NOTICE, "--templates", str(tmp_path), seconds=seconds)

    return filling


HOSTILE = rows_of(
    r"""
{{ ''.__class__ }}
{{ ''['__class__'] }}
{{ 标题|attr('__class__') }}
{{ 标题.upper() }}
{{ 标题.upper }}
{{ 巡察轮次.model_dump() }}
{{ 巡察轮次.model_dump }}
{{ 巡察轮次.model_fields }}
{{ 巡察轮次.team_full(3) }}
{{ lipsum() }}
{{ cycler }}
{{ namespace() }}
{{ self }}
{{ range }}
{% include 'x' %}
{% import 'x' as y %}
{% extends 'x' %}
{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}
{{ '</w:t></w:r></w:p>'|safe }}
{{p 标题 }}
{{ '\x01' }}
{{ '\ud800' }}
{{ '%9999999999d' % 1 }}
{{ 'a' * 10 ** 9 }}
{{ 'a'|center(1000000000) }}
{% for i in range(10 ** 9) %}x{% endfor %}
{{ 各组 }}
{{ 巡察轮次 }}
{{ 部署 }}
{{ none }}
{{ [1] }}
{{ 不存在 }}
{{ 巡察轮次.不存在 }}
{{ 标题
{{ 标题 }
{% if 标题 %}
{% endif %}
{% for x in 各组 %}
{#
{{ }}
{{ 1 / 0 }}
{% foo %}
"""
)


@table("tag", HOSTILE)
def test_a_hostile_tag_prints_nothing(tag: str, fill: Filling) -> None:
    answer = fill(template(tag), seconds=2)
    assert (answer.code, answer.written) == (2, ())


RAW = rows_of(
    """
{{ 巡察轮次|string }}
{{ 巡察轮次|e }}
{{ 巡察轮次 ~ '' }}
{{ 各组|join }}
{{ 各组|string }}
{{ 部署 ~ '' }}
{{ 部署|string }}
{{ 部署|e }}
{{ 1000000|float * 1e308 * 10 }}
"""
)


@table("tag", RAW)
def test_no_filter_prints_what_has_no_written_form(tag: str, fill: Filling) -> None:
    assert fill(template(tag)).code == 2


CRASHES: Table = {
    "infinite number": (template("{{ 1e400 }}"),),
    "key that is a list": (template("{{ {[]: 1} }}"),),
    "5000 digits": (template("{{ " + "9" * 5000 + " }}"),),
    "5000 brackets": (template("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}"),),
    "5000 minus signs": (template("{{ " + "-" * 5000 + "1 }}"),),
    "5000 terms": (template("{{ " + "1+" * 5000 + "1 }}"),),
    "empty": (b"",),
    "a text": (b"hello",),
    "cut short": (template("x")[:1500],),
    "no content types": (with_member("[Content_Types].xml", None),),
    "empty content types": (with_member("[Content_Types].xml", b""),),
    "other content types": (with_member("[Content_Types].xml", b"<a/>"),),
    "no document": (with_member("word/document.xml", None),),
    "empty document": (with_member("word/document.xml", b""),),
    "broken document": (with_member("word/document.xml", b"<a>"),),
    "another document": (with_member("word/document.xml", b"<a/>"),),
    "empty relationships": (with_member("word/_rels/document.xml.rels", b""),),
    "broken properties": (with_member("docProps/core.xml", b"<a>"),),
    "swollen": (with_member("word/media/x.xml", b"0" * 5_000_000),),
    "entities": (
        with_member("word/document.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'),
    ),
}


@table("content", CRASHES)
def test_a_broken_template_is_no_bug_of_ours(content: bytes, fill: Filling) -> None:
    answer = fill(content, seconds=3)
    assert (answer.code, answer.written) == (2, ()), answer.said[:300]


TOLD: Table = {
    "unknown name": (template("{{ 不存在 }}"), "不存在"),
    "unknown field": (template("{{ 巡察轮次.不存在 }}"), "不存在"),
    "empty value": (template("{{ 部署 }}"), "部署"),
    "list": (template("{{ 各组 }}"), "各组"),
    "open if": (template("{% if 标题 %}"), "endif"),
    "open tag": (template("{{ 标题"), "标题"),
    "call": (template("{{ 标题.upper() }}"), "upper"),
    "full-width point": (template("{{ 驻点时间。起止 }}"), "。"),
    "empty file": (b"", "announcement.docx"),
    "entities": (CRASHES["entities"][0], "announcement.docx"),
}


@table("content, word", TOLD)
def test_a_fault_of_a_template_is_told_in_chinese(content: bytes, word: str, fill: Filling) -> None:
    answer = fill(content)
    assert_refused(answer)
    assert word in answer.said


@table("folder", {"missing": ("missing",), "a file": ("f.yaml",), "too long": ("a" * 5000,)})
def test_a_wrong_folder_of_templates_is_refused(folder: str, tmp_path: Path, ask: Asking) -> None:
    assert_refused(ask(NOTICE, "--templates", str(tmp_path / folder)))


def test_a_wrong_folder_in_the_environment_is_refused(
    tmp_path: Path, ask: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUNCHA_TEMPLATES", str(tmp_path / "missing"))
    assert_refused(ask(NOTICE))


# --- how long and how large ------------------------------------------------------------------------------------------

MANY: Table = {
    "10,000 units": (json.dumps({"被巡察单位": [f"单位{n}" for n in range(10_000)]}), ".json"),
    "6,000 wrong units": (json.dumps({"被巡察单位": [1] * 6_000}), ".json"),
    "6,000 unknown fields": (json.dumps({f"k{n}": 1 for n in range(6_000)}), ".json"),
    "a key twice among 30,000": ("{" + "".join(f'"{n}": 1, ' for n in range(30_000)) + '"29999": 1}', ".json"),
    "12,000 dots": (".".join(["a"] * 12_000) + " = 1", ".toml"),
    "450,000 values of YAML": ("a: [" + "1," * 450_000 + "]", ".yaml"),
    "a key 4,000 times": ("a: 1\n" * 4_000, ".yaml"),
    "a line of 1 MB": ("a: " + "x" * 1_000_000, ".yaml"),
}


@table("text, suffix", MANY)
def test_a_large_file_is_answered_soon(text: str, suffix: str, ask: Asking) -> None:
    assert_refused(ask(text, suffix=suffix, seconds=1.5))


def test_a_unit_twice_among_15_000_is_found_soon(ask: Asking) -> None:
    units = [f"单位{n}" for n in range(15_000)]
    text = PAPERS.replace("  - 名称: 中共临江县水利局党组", f"  {json.dumps([*units, units[-1]])}")
    assert_refused(ask(text, seconds=1.5))


def test_many_faults_do_not_bury_the_official(ask: Asking) -> None:
    assert len(ask(json.dumps({"被巡察单位": [1] * 1_000}), suffix=".json").lines) <= 200


LOOPS: Table = {
    "nested": ("{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",),
    "of lists": ("{% for i in range(99999) %}{% set x = range(99999)|list %}{% endfor %}",),
    "of sums": ("{% for i in range(99999) %}{% if range(99999)|sum %}{% endif %}{% endfor %}",),
    "doubling": ("{% set a = 'xxxxxxxx' %}" + "{% set a = a ~ a %}" * 40,),
}


@table("tag", LOOPS)
def test_a_template_that_never_ends_is_stopped(tag: str, fill: Filling) -> None:
    assert fill(template(tag), seconds=1).code == 2


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs to know how much memory is in use")
def test_a_template_that_swells_is_stopped_in_time(fill: Filling) -> None:
    with at_most_more_memory(200):
        assert fill(template("{{ range(99999)|join(range(1999)|join)|length }}")).code == 2


# --- the Python interface --------------------------------------------------------------------------------------------

NOTHING: Any = None

CALLS: Table = {
    "case of no file": (lambda case, path: Case.load(path / "no.yaml"), InputError, ValueError),
    "case of a folder": (lambda case, path: Case.load(path), InputError, ValueError),
    "paper of no file": (lambda case, path: Announcement.load(path / "no.yaml"), InputError, ValueError),
    "section 0": (lambda case, path: Announcement.from_case(case, nth=0), ValueError, ValueError),
    "section 2 of 1": (lambda case, path: Announcement.from_case(case, nth=2), ValueError, ValueError),
    "unknown field": (lambda case, path: Announcement.from_case(case, bogus=1), InputError, ValueError),
    "no case": (lambda case, path: Announcement.from_case(NOTHING), TypeError, TypeError),
    "unknown kind": (lambda case, path: kinds.find("x"), UnknownKind, LookupError),
    "no template": (
        lambda case, path: render(Announcement.from_case(case), path / "no.docx"),
        TemplateNotFound,
        LookupError,
    ),
    "template is a folder": (lambda case, path: render(Announcement.from_case(case), path), TemplateError, ValueError),
    "template of bytes": (lambda case, path: render(Announcement.from_case(case), b"x"), TemplateError, ValueError),
    "no folder of templates": (
        lambda case, path: render(Announcement.from_case(case), templates_dir=path / "no"),
        TemplateNotFound,
        LookupError,
    ),
    "folder's name too long": (
        lambda case, path: render(Announcement.from_case(case), templates_dir="a" * 5000),
        TemplateNotFound,
        LookupError,
    ),
    "no document": (lambda case, path: render(NOTHING), TypeError, TypeError),
    "case for a document": (lambda case, path: render(case), TypeError, TypeError),
    "no folder to save in": (lambda case, path: Paper(b"x", "x").save(path / "no/x.docx"), FileNotFoundError, OSError),
    "a folder to save as": (lambda case, path: Paper(b"x", "x").save(path), IsADirectoryError, OSError),
    "paper that is none": (lambda case, path: Paper(b"x", "x").text, ValueError, ValueError),
}


@table("call, error, guess", CALLS)
def test_an_exception_is_what_a_caller_would_guess(
    call: Callable[[Case, Path], object], error: type[Exception], guess: type[Exception], demo: Case, tmp_path: Path
) -> None:
    with pytest.raises(error) as caught:
        call(demo, tmp_path)
    assert isinstance(caught.value, guess)


def test_saving_in_no_folder_leaves_nothing_and_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        Paper(b"x", "x").save(tmp_path / "no/x.docx")
    assert "x.docx" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_kind_is_not_loaded_as_this_one(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("文种: 巡察工作方案\n", encoding="utf-8")
    with pytest.raises(InputError, match="巡察工作方案"):
        Announcement.load(tmp_path / "f.yaml")


def test_a_single_paper_is_not_loaded_as_a_case(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("文种: 巡察公告\n", encoding="utf-8")
    with pytest.raises(InputError, match="巡察公告"):
        Case.load(tmp_path / "f.yaml")

"""YAML, JSON and TOML: text in, data out, with the line on which every value begins.

Every plain YAML value stays the text that was typed: `0600-8000001`, `8:30` and `007` are never taken for numbers. What
breaks a format is told in Chinese, in words of the keyboard: where the parser only says that something is expected, the
lines around it are searched for the usual slips, such as a full-width colon.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

Path_ = tuple[str | int, ...]
Read = tuple[Any, dict[Path_, int]]

MOST = 20_000
"""The most values that a YAML file may hold; a case needs about two hundred, and reading YAML is slow."""

DEEPEST = 40
"""The most names that a dotted TOML key may have."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that breaks a format: what, how to mend it, and on which line."""

    message: str
    cure: str
    line: int | None = None


class BadFormat(Exception):
    """A text breaks its format.

    Args:
        slips: all that was found.
    """

    def __init__(self, *slips: Slip) -> None:
        super().__init__(*(slip.message for slip in slips))
        self.slips = slips


Saying = tuple[str, str]
"""What is wrong, and the cure."""


def _first(table: Sequence[tuple[str, Saying]], said: str) -> Saying | None:
    """Return what a table says of the first of its keys that occurs in the words of a parser."""
    return next((saying for key, saying in table if key in said), None)


def _fitting(table: Sequence[tuple[str, Saying]], text: str) -> Saying | None:
    """Return what a table says of the first of its patterns that a text fits."""
    return next((saying for pattern, saying in table if re.search(pattern, text)), None)


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _twice(key: str, line: int) -> Slip:
    return Slip(f"“{key}”在同一层写了两次。", "请合并成一项。", line)


TOO_DEEP: Saying = ("括号、缩进或名称套得太深，无法读取。", "案卷一般不超过十层，请检查是否有多余的括号。")


# --- YAML ----------------------------------------------------------------------------------------------------------


class _Loader(yaml.BaseLoader):
    """Composes nodes of text; refuses what could make a small file huge."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._left = MOST

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1 if event.start_mark else None
        self._left -= 1
        if self._left < 0:
            raise BadFormat(Slip(f"文件里的内容超过 {MOST} 项，不像是案卷。", "请检查是否选错了文件。", line))
        if isinstance(event, yaml.AliasEvent):
            cure = "请把内容直接写在这里；句子以“*”开头的，请给它加上引号。"
            raise BadFormat(Slip("不支持“&”“*”引用。", cure, line))
        return super().compose_node(parent, index)


def read_yaml(text: str) -> Read:
    """Read YAML.

    Raises:
        BadFormat: if it is none, or holds references, tags, a key twice, or more than `MOST` values.
    """
    node = _composed(text)
    if node is None:
        return None, {}
    slips = tuple(_node_slips(node))
    if slips:
        raise BadFormat(*slips)
    lines: dict[Path_, int] = {}
    return _plain(node, (), lines), lines


def _composed(text: str) -> yaml.Node | None:
    try:
        return _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        raise BadFormat(_yaml_slip(error, text)) from error
    except yaml.reader.ReaderError as error:
        code = ord(error.character) if isinstance(error.character, str) else error.character
        slip = Slip(f"含有不能打印的字符 U+{code:04X}。", "请删去这个字符。", _line_at(text, error.position))
        raise BadFormat(slip) from error
    except ValueError as error:  # PyYAML lets through what `chr` refuses
        found = re.search(r"\\U(?!00(?:0|10))", text)
        line = _line_at(text, found.start()) if found else None
        raise BadFormat(Slip("“\\U”后面的编号没有这个字符。", "请直接写出这个字。", line)) from error


_COLON = ("冒号是全角的“：”", "请换成半角冒号，后面空一格，写成“名称: 内容”。")
_COLON_BLANK = ("冒号后面没有空格", "半角冒号后面要空一格，写成“名称: 内容”。")
_DASH = ("横线不是半角的“-”", "列表的每一行以“- ”开头，即半角减号加一个空格。")
_DASH_BLANK = ("“-”后面没有空格", "“-”后面要空一格；这句话本来就以“-”开头的，请给它加上引号。")
_BLANK = ("空格是全角空格或不换行空格", "请换成半角的普通空格。")

_KEY_SLIPS = (
    ("：", _COLON),
    ("^[—–－]", _DASH),
    (r"^-\S", _DASH_BLANK),
    ("^[\u3000\u00a0]|[\u3000\u00a0]$", _BLANK),
)
"""Slips that leave YAML valid, but turn a name into another."""

_VALUE_SLIPS = ((r"^-[^\s\d-]", _DASH_BLANK),)
"""Slips that leave YAML valid, but would be printed."""

_LINE_SLIPS = (
    ("^ *＃", ("注释的“＃”是全角的", "请换成半角的“#”。")),
    ("^ *[\u3000\u00a0]|:[\u3000\u00a0]", _BLANK),
    ("^ *[—–－]", _DASH),
    (r"^ *-[^\s\d-]", _DASH_BLANK),
    ("[｛｝［］]", ("括号是全角的", "请换成半角的 { } 和 [ ]。")),
    (r"""^ *(?:- +)?[^\s:："'#{\[][^:："'{\[]*：""", _COLON),
    (r"""^ *(?:- +)?[^\W\d][^\s:："'{\[]*:[^\s/]""", _COLON_BLANK),
    (r"""^[^"'{\[#]*:\s[^"'{\[#]*:\s""", ("一行里有两个“: ”", "值里有冒号时，请给整个值加上引号。")),
)
"""Slips that make a parser stumble, on this line or the next."""

_QUOTE = "请补上另一半引号；半角双引号里要写引号时，请用“”。"
_MARK_FIRST = "请给整个值加上引号。"

_YAML_FROM: Sequence[tuple[str, Saying]] = (
    ("while scanning a quoted scalar", ("引号没有配对", _QUOTE)),
    ("found unexpected end of stream", ("引号没有配对", _QUOTE)),
    ("flow node", ("多写了一个逗号，或括号没有配对", "逗号之间要有内容；括号要成对。")),
    ("while parsing a flow", ("括号没有配对，或各项之间缺少半角逗号", "请补上另一半括号；逗号要用半角的“,”。")),
)
"""What PyYAML says of something that was opened: told where it was opened."""

_YAML_AT: Sequence[tuple[str, Saying]] = (
    ("\\t", ("缩进里有制表符（Tab）", "YAML 只能用空格缩进，请把 Tab 换成空格。")),
    ("expected a single document", ("文件里有多个“---”", "一个文件只写一份，请删去多余的“---”。")),
    ("expected '<document start>'", ("内容已经结束，后面还有别的", "请删去“...”“---”这样的行。")),
    ("cannot start any token", ("值不能以“%”“@”“`”开头", _MARK_FIRST)),
    ("while scanning an alias", ("值不能以“*”开头", _MARK_FIRST)),
    ("while scanning an anchor", ("值不能以“&”开头", _MARK_FIRST)),
    ("tag", ("值不能以“!”开头", _MARK_FIRST)),
    ("while scanning a block scalar", ("“|”“>”后面要换行再写", "“|”“>”是句子开头的，请给整个值加上引号。")),
    ("escape", ("双引号里的“\\”后面不对", "要写“\\”本身，请写成“\\\\”，或改用单引号。")),
)
"""What PyYAML says of a single place."""

_YAML_MAYBE: Sequence[tuple[str, Saying]] = (
    ("mapping values are not", ("缩进比上一行多，或上一行缺了冒号", "同一层的各项要左对齐；冒号用半角，后面空一格。")),
    ("could not find expected ':'", ("这一行缺少“: ”", "请写成“名称: 内容”，半角冒号后面空一格。")),
    ("expected <block end>", ("缩进与上一行对不齐，或引号、括号没有配对", "同一层的各项要左对齐。")),
)
"""What PyYAML says where it can't know what was meant, if no line shows a slip."""

_YAML_ELSE: Saying = ("有的符号放错了地方", "请检查这一行的引号、冒号和缩进；冒号要用半角，后面空一格。")


def _yaml_slip(error: yaml.MarkedYAMLError, text: str) -> Slip:
    said = f"{error.context or ''} {error.problem or ''}"
    marks = [mark.line + 1 for mark in (error.context_mark, error.problem_mark) if mark]
    begin, end = (marks[0], marks[-1]) if marks else (1, 1)
    if saying := _first(_YAML_FROM, said):
        return _yaml_said(saying, begin)
    if saying := _first(_YAML_AT, said):
        return _yaml_said(saying, end)
    for line, written in _nearby(text, end):
        if saying := _fitting(_LINE_SLIPS, written):
            return _yaml_said(saying, line)
    return _yaml_said(_first(_YAML_MAYBE, said) or _YAML_ELSE, begin if "simple key" in said else end)


def _yaml_said(saying: Saying, line: int) -> Slip:
    return Slip(f"这里不合 YAML 的写法：{saying[0]}。", saying[1], line)


def _nearby(text: str, line: int) -> Iterator[tuple[int, str]]:
    """Go through the line itself and the nearest one above it that says something."""
    lines = re.split("[\n\x85\u2028\u2029]", text)[:line]
    numbered = list(enumerate(lines, 1))
    yield from numbered[-1:]
    yield from [(n, said) for n, said in numbered[:-1] if said.strip()][-1:]


_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}


def _node_slips(node: yaml.Node) -> Iterator[Slip]:
    """Go through all that is valid YAML, but never meant."""
    line = node.start_mark.line + 1
    if node.tag not in _TAGS:
        yield Slip(f"不支持“!”标签“{node.tag}”。", "请删去以“!”开头的标签；句子以“!”开头的，请给它加上引号。", line)
    elif isinstance(node, yaml.MappingNode):
        yield from _pair_slips(node)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _node_slips(item)
    else:
        yield from _scalar_slips(node, _VALUE_SLIPS)


def _pair_slips(node: yaml.MappingNode) -> Iterator[Slip]:
    keys: set[str] = set()
    for key_node, value_node in node.value:
        key, line = key_node.value, key_node.start_mark.line + 1
        if not isinstance(key, str):
            yield Slip("冒号前面只能写一个名称。", "如果这里本想写一句话，请给它加上引号。", line)
            continue
        if key in keys:
            yield _twice(key, line)
        keys.add(key)
        yield from _scalar_slips(key_node, _KEY_SLIPS)
        yield from _node_slips(value_node)


def _scalar_slips(node: yaml.Node, table: Sequence[tuple[str, Saying]]) -> Iterator[Slip]:
    saying = _fitting(table, node.value) if isinstance(node, yaml.ScalarNode) and node.style is None else None
    if saying:
        yield _yaml_said(saying, node.start_mark.line + 1)


def _plain(node: yaml.Node, at: Path_, lines: dict[Path_, int]) -> Any:
    """Turn a node into data, noting lines: that of a member is that of its key."""
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*at, n), lines) for n, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        lines.update({(*at, key.value): key.start_mark.line + 1 for key, _ in node.value})
        return {key.value: _plain(value, (*at, key.value), lines) for key, value in node.value}
    empty = isinstance(node, yaml.ScalarNode) and node.style is None and node.value in ("", "~", "null")
    return None if empty else node.value


# --- full-width marks in JSON and TOML -------------------------------------------------------------------------------

_HALF = dict(zip("：，“”‘’＂＇｛｝【】［］＝＃", ":,\"\"''\"'{}[][]=#", strict=True))


def _full_width(char: str) -> Saying | None:
    half = _HALF.get(char)
    return (f"“{char}”是全角符号", f"请换成半角的 {half} 。") if half else None


# --- JSON ----------------------------------------------------------------------------------------------------------

_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')
_LONGEST_NUMBER = 20

_JSON_PROBLEMS: Sequence[tuple[str, Saying]] = (
    ("Expecting value", ("这里缺少内容，或文字没有加引号", "文字要放在半角双引号里；最后一项后面不写逗号。")),
    ("Expecting property", ("这里应写名称", "名称要放在半角双引号里；最后一项后面不写逗号；JSON 里不能写注释。")),
    ("Illegal trailing comma", ("最后一项后面多了一个逗号", "请删去这个逗号。")),
    ("Expecting ',' ", ("缺少半角逗号，或括号、引号没有配对", "各项之间用半角逗号隔开；括号和引号要成对。")),
    ("Expecting ':' ", ("名称后面缺少半角冒号", '请写成 "名称": "内容"。')),
    ("Extra data", ("最外层的括号已经结束，后面还有内容", "请检查括号是否配对。")),
    ("Unterminated string", ("引号没有配对", "请补上另一半半角双引号。")),
    ("Invalid control", ("双引号里换了行或有制表符（Tab），或引号没有配对", "请补上引号，或把这段文字写成一行。")),
    ("Invalid \\", ("“\\”后面的写法不对", "要写“\\”本身，请写成“\\\\”。")),
)
_JSON_ELSE: Saying = ("这里有错", "请检查引号、逗号和括号是否配对。")


def read_json(text: str) -> Read:
    """Read JSON.

    Raises:
        BadFormat: if it is none, or holds a key twice.
    """
    try:
        data = json.loads(text, parse_int=_whole)
    except json.JSONDecodeError as error:
        saying = _full_width(text[error.pos : error.pos + 1]) or _first(_JSON_PROBLEMS, error.msg) or _JSON_ELSE
        raise BadFormat(Slip(f"这里不合 JSON 的写法：{saying[0]}。", saying[1], error.lineno)) from error
    walked = list(_json_lines(text))
    lines = dict(reversed(walked))
    if len(lines) < len(walked):
        raise BadFormat(*_doubled(walked))
    return data, lines


def _whole(digits: str) -> int | str:
    """Read an integer; one that nobody means stays text, to be refused in its place."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _doubled(walked: Sequence[tuple[Path_, int]]) -> Iterator[Slip]:
    """Go through the keys that stand twice; what stands within them is not told again."""
    seen: set[Path_] = set()
    doubled: set[Path_] = set()
    for path, line in walked:
        if path in seen and not any(path[:n] in doubled for n in range(len(path))):
            doubled.add(path)
            yield _twice(str(path[-1]), line)
        seen.add(path)


def _json_lines(text: str) -> Iterator[tuple[Path_, int]]:
    """Walk the tokens of valid JSON; each value's path, with its line (for a member: the line of its key)."""
    at: list[str | int] = []
    line, end, expects_key = 1, 0, False
    for match in _JSON_TOKEN.finditer(text):
        token, line, end = match[0], line + text.count("\n", end, match.start()), match.start()
        if token in "{[":
            if not expects_key and (not at or isinstance(at[-1], int)):
                yield tuple(at), line
            at.append("" if token == "{" else 0)
            expects_key = token == "{"
        elif token in "}]":
            at.pop()
        elif token == ",":
            expects_key = isinstance(at[-1], str)
            if not expects_key:
                at[-1] = int(at[-1]) + 1
        elif token == ":":
            expects_key = False
        elif expects_key:
            at[-1] = json.loads(token)
            yield tuple(at), line
        elif at and isinstance(at[-1], int):
            yield tuple(at), line


# --- TOML ----------------------------------------------------------------------------------------------------------

_NAME = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)"""
_NAMES = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_TOML_KEY = re.compile(rf"[ \t]*({_NAMES})[ \t]*=")
_TOML_TABLE = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_NAMES})[ \t]*\]\]?[ \t]*(?:#.*)?$")
_TOML_DEEP = re.compile(rf"""(?<![\w-])(?:(?:"[^"\n]*"|'[^'\n]*'|[\w-]+)[ \t]*\.[ \t]*){{{DEEPEST}}}""")
_TOML_STRING = re.compile(r'''"""|\'\'\'|"(?:[^"\\]|\\.)*"|'[^']*'|#.*''')
_TOML_FENCES = ('"""', "'''")

_CHINESE_KEYS = '中文名称要加半角引号，如 "巡察组" = …。'

_TOML_PROBLEMS: Sequence[tuple[str, Saying]] = (
    ("Invalid statement", ("这一行不是“名称 = 内容”", _CHINESE_KEYS)),
    ("Invalid initial character", ("名称没有加引号", _CHINESE_KEYS)),
    ("Expected '='", ("名称后面缺少“=”", '请写成 "名称" = "内容"。')),
    ("Duplicate", ("同一个名称写了两次", "请合并成一项。")),
    ("Cannot", ("同一个名称写了两次，或写法前后矛盾", "请合并成一项。")),
    ("Invalid date", ("没有这一天或这个时刻", "请核对日期。")),
    ("Invalid value", ("“=”后面没有内容，或文字没有加引号", "文字要放在半角双引号里。")),
    ("Illegal character", ("引号没有配对，或有不能打印的字符", "请补上另一半半角双引号；一段文字写在一行里。")),
    ("Unterminated", ("引号没有配对", "请补上另一半引号。")),
    ('Expected "', ("引号没有配对", "请补上另一半引号。")),
    ("Unclosed", ("括号没有配对，或各项之间缺少半角逗号", "请补上另一半括号；各项之间用半角逗号隔开。")),
    ("Expected ']", ("方括号没有配对，或名称没有加引号", _CHINESE_KEYS)),
    ("Expected newline", ("一行里写了多项，或文字没有加引号", "一行只写一项；文字要放在半角双引号里。")),
    ("Unescaped '\\'", ("“\\”后面的写法不对", "要写“\\”本身，请写成“\\\\”。")),
    ("Escaped character", ("“\\u”后面的编号没有这个字符", "请直接写出这个字。")),
    ("Invalid hex", ("“\\u”后面的编号没有这个字符", "请直接写出这个字。")),
)
_TOML_ELSE: Saying = ("这里有错", "请检查引号和括号；" + _CHINESE_KEYS)


def read_toml(text: str) -> Read:
    """Read TOML.

    Raises:
        BadFormat: if it is none, or a key has more than `DEEPEST` names.
    """
    if deep := _TOML_DEEP.search(text):
        raise BadFormat(Slip(*TOO_DEEP, _line_at(text, deep.start())))
    try:
        return tomllib.loads(text), _toml_lines(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFormat(_toml_slip(str(error), text)) from error
    except ValueError as error:  # Python reads no integers of thousands of digits
        found = re.search(r"\d[\d_]{999}", text)
        line = _line_at(text, found.start()) if found else None
        raise BadFormat(Slip("数字太长。", "电话等号码请加引号。", line)) from error


def _toml_slip(said: str, text: str) -> Slip:
    at = re.search(r"line (\d+), column (\d+)", said)
    line, column = (int(at[1]), int(at[2])) if at else (_line_at(text, len(text.rstrip())), 0)
    char = text.split("\n")[line - 1][column - 1 : column] if at else ""
    what, cure = _full_width(char) or _first(_TOML_PROBLEMS, said) or _TOML_ELSE
    return Slip(f"这里不合 TOML 的写法：{what}。", cure, line)


def _toml_lines(text: str) -> dict[Path_, int]:
    """Note the lines of tables and keys; what stands within one key's value has that key's line."""
    lines: dict[Path_, int] = {}
    table: Path_ = ()
    counts: dict[Path_, int] = {}
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        within, fence = fence, _fence_after(line, fence)
        if within:
            continue
        path: Path_ = ()
        if found := _TOML_TABLE.match(line):
            path = _toml_path(found[2], counts)
            if found[1] == "[[":
                counts[path] = counts.get(path, -1) + 1
                path = (*path, counts[path])
            table = path
        elif found := _TOML_KEY.match(line):
            path = (*table, *_toml_names(found[1]))
        for n in range(1, len(path) + 1):
            lines.setdefault(path[:n], number)
    return lines


def _fence_after(line: str, fence: str) -> str:
    """Return the three quotes that are open at the end of a line, given those open at its start; "" if none are."""
    at = 0
    while True:
        if fence:
            end = line.find(fence, at)
            if end < 0:
                return fence
            at, fence = end + 3, ""
        found = _TOML_STRING.search(line, at)
        if not found:
            return ""
        at, fence = found.end(), found[0] if found[0] in _TOML_FENCES else ""


def _toml_names(dotted: str) -> Iterator[str]:
    inner: Any = tomllib.loads(f"{dotted} = 0")
    while isinstance(inner, dict):
        ((name, inner),) = inner.items()
        yield name


def _toml_path(dotted: str, counts: Mapping[Path_, int]) -> Path_:
    path: Path_ = ()
    names = list(_toml_names(dotted))
    for n, name in enumerate(names, 1):
        path = (*path, name)
        if n < len(names) and path in counts:
            path = (*path, counts[path])
    return path


READERS: Mapping[str, Callable[[str], Read]] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".json": read_json,
    ".toml": read_toml,
}
"""The readers by the suffix of a file."""

"""Files of facts: read with the line of every value, and their faults told all at once, in Chinese.

YAML, JSON and TOML. Every plain YAML value stays the text that was typed: `0600-8000001`, `8:30` and `007` are never
taken for numbers; the models turn text into dates and numbers where the field wants one.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml
from pydantic import ValidationError

from xuncha_docs.errors import InputError
from xuncha_docs.findings import Finding, Place, Report, Rule
from xuncha_docs.model import AGAIN, Model, chinese_name, closest, field_of, inner_model

Path_ = tuple[str | int, ...]

LARGEST = 1024 * 1024
"""The largest file of facts that is read, in bytes; a case needs about ten thousand."""

UNREADABLE = Rule("INP001", "unreadable-file")
NOTHING_TO_MAKE = Rule("INP002", "nothing-to-make")
UNKNOWN_KIND = Rule("INP003", "unknown-kind")
MISSING = Rule("INP101", "missing-field")
UNKNOWN = Rule("INP102", "unknown-field")
TWICE = Rule("INP103", "field-given-twice")
MALFORMED = Rule("INP104", "malformed-value")
IMPOSSIBLE = Rule("INP105", "impossible-fact")
BAD_TEXT = Rule("INP106", "unprintable-text")


@dataclass(frozen=True)
class Source:
    """What a file says: its data, and the line on which each value begins.

    Args:
        name: the file as messages name it; None for data that came from no file.
        data: mappings, lists, text, and in JSON and TOML also numbers and dates.
        lines: the line, from 1, of each path of keys and positions (from 0).
        folder: the folder against which pictures named in the data are looked up.
    """

    name: str | None
    data: Any
    lines: Mapping[Path_, int] = field(default_factory=dict)
    folder: Path | None = None

    def line(self, path: Path_) -> int | None:
        """Return the line of a path, or of what holds it if the path itself was not written."""
        return next((self.lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.lines), None)

    def fault(self, rule: Rule, message: str, path: Path_ = (), cure: str | None = None) -> InputError:
        """Make the error that says a single fault of this file."""
        place = Place(file=self.name, line=self.line(path), field=".".join(str(step) for step in path) or None)
        return InputError(Report((rule.at(place, message, cure),)))


def read(path: Path) -> Source:
    """Read a file of facts by its suffix: .yaml, .yml, .json, .toml.

    Raises:
        InputError: if it is no such file, is too large, is not UTF-8, or breaks its format; with the line if known.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        _unreadable(path, f"不认识“{path.suffix or '没有后缀'}”这种文件。", "请用 .yaml、.json 或 .toml 文件填写。")
    text = _text(path)
    try:
        data, lines = reader(text, path)
    except RecursionError:
        _unreadable(path, "括号或缩进套得太深，无法读取。", "案卷一般不超过十层，请检查是否有多余的括号。")
    if isinstance(data, dict):
        data.pop("$schema", None)  # editors want it there; it says nothing about the inspection
    return Source(str(path), data, lines, path.parent)


def _unreadable(path: Path, message: str, cure: str, line: int | None = None) -> NoReturn:
    raise InputError(Report((UNREADABLE.at(Place(file=str(path), line=line), message, cure),)))


_SIGNATURES = (
    (b"%PDF", "PDF 文件"),
    (b"PK\x03\x04", "Word、Excel 或压缩文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 Excel 文件"),
)


def _text(path: Path) -> str:
    raw = _bytes(path)
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            _unreadable(path, f"这是一个 {what}，不是填写事实的文本文件。", "请用 .yaml、.json 或 .toml 文件填写。")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        _unreadable(path, f"文件不是 UTF-8 编码{_guess(raw)}。", "请用记事本“另存为”，编码选 UTF-8，再试一次。", line)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        _unreadable(path, "文件里有空字节，不是文本文件。", "请检查是否选错了文件。", line)
    return text


def _bytes(path: Path) -> bytes:
    try:
        wrong = _no_file(path)
        content = b"" if wrong else path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "文件名不对"
        _unreadable(path, f"文件打不开（{reason}）。", "请检查文件名和权限。")
    if wrong:
        _unreadable(path, *wrong)
    return content


def _no_file(path: Path) -> tuple[str, str] | None:
    """Say what is wrong with a path before anything is read from it, and the cure; None if nothing is."""
    if path.is_dir():
        return "这是一个文件夹，不是文件。", "请写出文件夹里案卷文件的名字。"
    if not path.is_file():
        return "找不到这个文件。", "请检查文件名和所在文件夹。"
    if path.stat().st_size > LARGEST:
        return f"文件超过 {LARGEST // 1024 // 1024} MB，不像是案卷。", "请检查是否选错了文件。"
    return None


def _guess(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "（看起来是 UTF-16，即记事本的“Unicode”）"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "（看起来是 GBK，即记事本的“ANSI”）"


# --- YAML ----------------------------------------------------------------------------------------------------------

Read = tuple[Any, dict[Path_, int]]


def _read_yaml(text: str, path: Path) -> Read:
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        _unreadable(path, f"这里不合 YAML 的写法：{_yaml_problem(error)}。", _yaml_cure(error), line)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        shown = f"U+{ord(error.character):04X}" if isinstance(error.character, str) else f"U+{error.character:04X}"
        _unreadable(path, f"含有不能打印的字符 {shown}。", "请删去这个字符。", line)
    lines: dict[Path_, int] = {}
    return _plain(node, (), lines, path, set()), lines


_YAML_PROBLEMS = (
    ("\\t", "缩进里有制表符（Tab）", "YAML 只能用空格缩进，请把 Tab 换成空格。"),
    ("mapping values are not allowed", "一行里出现了两个“: ”，或上一行缺了内容", "值里有冒号时，请给整个值加上引号。"),
    ("expected a single document", "文件里有多个“---”", "一个文件只写一份，请删去多余的“---”。"),
    ("could not find expected ':'", "这一行缺少“: ”", "请写成“名称: 内容”，半角冒号后面空一格。"),
    ("expected <block end>", "缩进与上一行对不齐，或引号、括号没有配对", "同一层的各项要左对齐。"),
    ("while scanning a quoted", "引号没有配对", "请补上另一半引号。"),
)


def _yaml_fault(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    said = f"{error.context or ''} {error.problem or ''}"
    known = next(((what, cure) for key, what, cure in _YAML_PROBLEMS if key in said), None)
    return known or (said.strip(), "请检查这一行的引号、冒号和缩进；冒号要用半角，后面空一格。")


def _yaml_problem(error: yaml.MarkedYAMLError) -> str:
    return _yaml_fault(error)[0]


def _yaml_cure(error: yaml.MarkedYAMLError) -> str:
    return _yaml_fault(error)[1]


def _plain(node: yaml.Node | None, at: Path_, lines: dict[Path_, int], path: Path, seen: set[int]) -> Any:
    """Turn a node into data, noting lines; whatever could make a small file huge or run code is refused."""
    if node is None:
        return None
    line = node.start_mark.line + 1
    lines.setdefault(at, line)
    if id(node) in seen:
        _unreadable(path, "不支持“&”“*”引用。", "请把内容直接写在这里。", line)
    seen.add(id(node))
    if node.tag not in _TAGS:
        _unreadable(path, f"不支持“!”标签 {node.tag}。", "请删去以“!”开头的标签。", line)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*at, n), lines, path, seen) for n, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, at, lines, path, seen))
    empty = isinstance(node, yaml.ScalarNode) and node.style is None and node.value in ("", "~", "null")
    return None if empty else node.value


_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}


def _pairs(
    node: yaml.MappingNode, at: Path_, lines: dict[Path_, int], path: Path, seen: set[int]
) -> Iterator[tuple[str, Any]]:
    keys: set[str] = set()
    for key_node, value_node in node.value:
        key, line = key_node.value, key_node.start_mark.line + 1
        if not isinstance(key, str):
            _unreadable(path, "冒号前面只能写一个名称。", "如果这里本想写一句话，请给它加上引号。", line)
        if key in keys:
            _unreadable(path, f"“{key}”在同一层写了两次。", "请合并成一项。", line)
        keys.add(key)
        lines[(*at, key)] = line
        yield key, _plain(value_node, (*at, key), lines, path, seen)


# --- JSON ----------------------------------------------------------------------------------------------------------

_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')


def _read_json(text: str, path: Path) -> Read:
    try:
        data = json.loads(text, object_pairs_hook=_no_doubles)
    except json.JSONDecodeError as error:
        _unreadable(path, f"这里不合 JSON 的写法：{error.msg}。", "请检查引号、逗号和括号是否配对。", error.lineno)
    except _Doubled as error:
        _unreadable(path, f"“{error}”在同一层写了两次。", "请合并成一项。")
    return data, dict(_json_lines(text))


class _Doubled(ValueError):
    pass


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Doubled(next(key for key in keys if keys.count(key) > 1))
    return data


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

_TOML_KEY = re.compile(
    r"""\s*((?:"[^"]*"|'[^']*'|[^\s="'\[\]#.]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[^\s="'\[\]#.]+))*)\s*="""
)
_TOML_TABLE = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")


def _read_toml(text: str, path: Path) -> Read:
    try:
        return tomllib.loads(text), dict(_toml_lines(text))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        cure = 'TOML 的中文键名要加引号，如 "巡察组" = …；请检查引号和括号。'
        _unreadable(path, f"这里不合 TOML 的写法：{error}。", cure, int(at[1]) if at else None)


def _toml_lines(text: str) -> Iterator[tuple[Path_, int]]:
    """Note the lines of tables and keys; what stands within one key's value has that key's line."""
    table: Path_ = ()
    counts: dict[Path_, int] = {}
    quoted = False
    for number, line in enumerate(text.splitlines(), 1):
        fences = line.count('"""') + line.count("'''")
        inside, quoted = quoted, quoted ^ bool(fences % 2)
        if inside:
            continue
        if found := _TOML_TABLE.match(line):
            table = _toml_path(found[2], counts)
            if found[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                yield table, number
                table = (*table, counts[table])
            yield table, number
        elif found := _TOML_KEY.match(line):
            yield (*table, *_toml_keys(found[1])), number


def _toml_keys(dotted: str) -> list[str]:
    return [key.strip().strip("\"'") for key in re.findall(r'"[^"]*"|\'[^\']*\'|[^.]+', dotted)]


def _toml_path(dotted: str, counts: Mapping[Path_, int]) -> Path_:
    path: Path_ = ()
    keys = _toml_keys(dotted)
    for n, key in enumerate(keys, 1):
        path = (*path, key)
        if n < len(keys) and path in counts:
            path = (*path, counts[path])
    return path


_READERS: Mapping[str, Callable[[str, Path], Read]] = {
    ".yaml": _read_yaml,
    ".yml": _read_yaml,
    ".json": _read_json,
    ".toml": _read_toml,
}


# --- faults --------------------------------------------------------------------------------------------------------


M = TypeVar("M", bound=Model)


def validated(model: type[M], data: Any, source: Source, prefix: Path_ = ()) -> M:
    """Make a model of data that came from a source.

    Raises:
        InputError: with every fault at once, at the lines of the source.
    """
    try:
        return model.model_validate(data, context={"folder": source.folder})
    except ValidationError as error:
        raise InputError(faults(model, error, source, prefix)) from error


def faults(model: type[Model], error: ValidationError, source: Source, prefix: Path_ = ()) -> Report:
    """Turn Pydantic's errors into findings, in Chinese, at the lines of the file.

    Args:
        model: what the data was to become.
        error: what Pydantic found.
        source: where the data came from.
        prefix: where in the source the data of `model` stands.
    """
    details = list(_without_echoes(error.errors(include_url=False)))
    return Report.of(_fault(model, detail, source, prefix) for detail in details)


def _without_echoes(details: Sequence[Any]) -> Iterator[Any]:
    """Leave out a list that is too short only because its items are at fault, which is said already."""
    for detail in details:
        loc = detail["loc"]
        inner = any(other["loc"][: len(loc)] == loc != other["loc"] for other in details)
        if detail["type"] != "too_short" or not inner:
            yield detail


def _fault(model: type[Model], detail: Mapping[str, Any], source: Source, prefix: Path_) -> Finding:
    context = detail.get("ctx", {})
    loc = (*detail["loc"], *([context["field"]] if context.get("field") else []))
    steps = list(_steps(model, [step.removesuffix(AGAIN) if isinstance(step, str) else step for step in loc]))
    typed = _as_typed(prefix, [names for names, _ in steps], source)
    place = Place(file=source.name, line=source.line(typed), field=_shown(prefix, steps))
    rule, message, cure = _say(detail, steps)
    return rule.at(place, message, cure)


Step = tuple[tuple[str | int, ...], type[Model] | None]


def _steps(model: type[Model] | None, loc: Sequence[str | int]) -> Iterator[Step]:
    """Follow a location through the models: for each step the spellings it may have, and the model it stands in."""
    for step in loc:
        known = field_of(model, step) if model and isinstance(step, str) else None
        if model and known:
            name, info = known
            yield tuple(dict.fromkeys((name, chinese_name(model, name)))), model
            model = inner_model(info.annotation)
        elif isinstance(step, int):
            yield (step,), None
        elif not str(step).startswith("function-"):
            yield (step,), model


def _as_typed(prefix: Path_, spellings: Sequence[tuple[str | int, ...]], source: Source) -> Path_:
    """Find the path as the user spelt it; where it was not written, the path of what should hold it."""
    path = prefix
    for names in spellings:
        found = next(((*path, name) for name in names if (*path, name) in source.lines), None)
        if found is None:
            break
        path = found
    return path


def _shown(prefix: Path_, steps: Sequence[Step]) -> str | None:
    """Write a path in Chinese, then in English, counting from 1: `巡察组.组员[2].姓名（team.members[2].name）`."""
    zh = [*prefix, *(names[-1] for names, _ in steps)]
    en = [*prefix, *(names[0] for names, _ in steps)]
    shown, also = _dotted(zh), _dotted(en)
    return (f"{shown}（{also}）" if also != shown else shown) or None


def _dotted(path: Sequence[str | int]) -> str:
    parts = [f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(parts).removeprefix(".")


def _say(detail: Mapping[str, Any], steps: Sequence[Step]) -> tuple[Rule, str, str | None]:
    kind, context = str(detail["type"]), detail.get("ctx", {})
    if kind in _OURS:
        return _OURS[kind], context["message"], None
    if kind == "extra_forbidden" and str(detail["loc"][-1]).endswith(AGAIN):
        return TWICE, "写了两次，中文名、英文名只写一个。", None
    if kind == "extra_forbidden":
        return UNKNOWN, "没有这一项。", _did_you_mean(steps)
    if kind == "missing":
        return MISSING, "缺少此项，必须填写。", _example(steps)
    message = next((say for key, say in _MESSAGES.items() if kind.startswith(key)), None)
    words = {key: "、".join(re.findall("'([^']*)'", v)) if key == "expected" else v for key, v in context.items()}
    text = message.format(**words) if message else f"填写有误：{detail['msg']}。"
    return (MISSING if detail.get("input") is None else MALFORMED), text, _example(steps)


_OURS = {"impossible": IMPOSSIBLE, "bad_text": BAD_TEXT, "malformed": MALFORMED}

_MESSAGES = {
    "string_type": "这里应写文字；如果是数字，请加引号。",
    "string_too_short": "不能为空。",
    "string_too_long": "太长，最多{max_length}个字。",
    "string_pattern": "写法不对。",
    "string_unicode": "含有不能打印的字符，请删去。",
    "int_": "应写整数。",
    "float_": "应写数字。",
    "finite_number": "应写数字。",
    "bool_": "应写“是”或“否”。",
    "date": "应写日期，如 2025-07-01 或 2025年7月1日。",
    "time": "应写时间，如 8:30。",
    "enum": "没有这个选项，只能写：{expected}。",
    "literal_error": "没有这个选项，只能写：{expected}。",
    "greater_than_equal": "不能小于{ge}。",
    "less_than_equal": "不能大于{le}。",
    "too_short": "至少要有{min_length}项。",
    "too_long": "最多{max_length}项。",
    "tuple_type": "这里应写成列表，每行以“- ”开头。",
    "list_type": "这里应写成列表，每行以“- ”开头。",
    "dict_type": "这里应分项填写，每行“名称: 内容”。",
    "mapping_type": "这里应分项填写，每行“名称: 内容”。",
    "model_": "这里应分项填写，每行“名称: 内容”。",
}


def _did_you_mean(steps: Sequence[Step]) -> str | None:
    (names, model) = steps[-1]
    if model is None:
        return None
    terms = [chinese_name(model, name) for name in model.model_fields]
    meant = closest(str(names[0]), [*terms, *model.model_fields])
    return f"是不是想写“{meant}”？" if meant else f"这里可以写：{'、'.join(terms)}。"


def _example(steps: Sequence[Step]) -> str | None:
    """Show what a right value looks like, where the field has an example."""
    for names, model in reversed(steps):
        known = field_of(model, names[0]) if model else None
        examples = known[1].examples if known else None
        if examples:
            return f"例如：{examples[0]}" if isinstance(examples[0], str | int) else None
        if known:
            return None
    return None

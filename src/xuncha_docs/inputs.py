"""Files of facts: read with the line of every value, and their faults told all at once, in Chinese.

The formats are those of `xuncha_docs.formats`; the models turn text into dates and numbers where the field wants one.
"""

from __future__ import annotations

import errno
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError

from xuncha_docs.drafts import draft_class, missing, whole_class
from xuncha_docs.errors import InputError
from xuncha_docs.findings import Finding, NotChecked, Place, Report, Rule
from xuncha_docs.formats import READERS, TOO_DEEP, BadFormat, Path_, Slip
from xuncha_docs.model import AGAIN, Model, chinese_name, closest, field_of, inner_model
from xuncha_docs.secret import REPORTER_CURE, SEALED_KIND, may_name_reporter, reporters, without_reporters

LARGEST = 1024 * 1024
"""The largest file of facts that is read, in bytes; a case needs about ten thousand."""

MOST_FAULTS = 100
"""The most faults that are told at once; how many more there are is said."""

UNREADABLE = Rule("INP001", "unreadable-file")
NOTHING_TO_MAKE = Rule("INP002", "nothing-to-make")
UNKNOWN_KIND = Rule("INP003", "unknown-kind")
MISSING = Rule("INP101", "missing-field")
UNKNOWN = Rule("INP102", "unknown-field")
TWICE = Rule("INP103", "field-given-twice")
MALFORMED = Rule("INP104", "malformed-value")
IMPOSSIBLE = Rule("INP105", "impossible-fact")
BAD_TEXT = Rule("INP106", "unprintable-text")
RESTRICTED = Rule("INP107", "restricted-fact-in-public-paper")
SEALED = Rule("INP108", "sealed-record-out-of-place")
OPEN_TO_OTHERS = Rule("INP109", "sealed-record-open-to-others")


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
    data: Any = field(repr=False)
    lines: Mapping[Path_, int] = field(default_factory=dict, repr=False)
    folder: Path | None = None

    def line(self, path: Path_) -> int | None:
        """Return the line of a path, or of what holds it if the path itself was not written."""
        return next((self.lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.lines), None)

    def finding(self, rule: Rule, message: str, path: Path_ = (), cure: str | None = None) -> Finding:
        """Say a fault of this file at its line."""
        return rule.at(Place(file=self.name, line=self.line(path), field=_dotted(path) or None), message, cure)

    def fault(self, rule: Rule, message: str, path: Path_ = (), cure: str | None = None) -> InputError:
        """Make the error that says a single fault of this file."""
        return InputError(Report((self.finding(rule, message, path, cure),)))


def read(path: Path, what: str = "案卷") -> Source:
    """Read a file of facts by its suffix: .yaml, .yml, .json, .toml.

    Args:
        path: the file.
        what: what it should be, in Chinese, for the messages.

    Raises:
        InputError: if it is no such file, is too large, is not UTF-8, or breaks its format; with the line if known.
            A sealed record is refused without a word of what is in it.
    """
    if says_sealed(path):
        raise InputError(Report((SEALED.at(Place(file=str(path)), *_OUT_OF_PLACE),)))
    text = _text(path, what)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        what = f"不认识“{path.suffix}”这种文件。" if path.suffix else "文件名没有后缀，不知道是哪种文件。"
        _unreadable(path, Slip(what, "请用 .yaml、.json 或 .toml 文件填写。"))
    try:
        data, lines = reader(text) if text.strip() else (None, {})
        odd = tuple(_odd_texts(data))
    except BadFormat as error:
        _unreadable(path, *error.slips)
    except RecursionError:
        _unreadable(path, Slip(*TOO_DEEP))
    except ValueError:
        _unreadable(path, Slip("文件的内容不合格式。", "请检查引号、括号和很长的数字。"))
    if data is None:
        cure = "可以用“xuncha-docs new 案卷”写一份来填。" if what == "案卷" else f"请写上{what}的内容，或检查文件名。"
        _unreadable(path, Slip("文件是空的，什么也没有填。", cure, 1))
    if isinstance(data, dict):
        data.pop("$schema", None)  # editors want it there; it says nothing about the inspection
    source = Source(str(path), data, {(): 1, **lines}, path.parent)
    if odd:
        raise InputError(_report(odd, lambda found: source.finding(BAD_TEXT, found[1], found[0])))
    return source


_OUT_OF_PLACE = (
    "这是一份密封记录，写着是谁反映的：不做文书，也不在这里检查。",
    "请改用案卷或文书的文件；密封记录只由经手的人保管。",
)

_SAYS_SEALED = re.compile(rf"""(?:文种|kind)["']?\s*[:=：]\s*["'“]?\s*(?:{"|".join(SEALED_KIND)})""")


def says_sealed(path: Path) -> bool:
    """Tell whether a file says that it is a sealed record, however broken or encoded it is otherwise."""
    try:
        raw = b"" if _no_file(path, "") else path.read_bytes()
    except (OSError, ValueError):
        return False
    codes = ("utf-8-sig", "gb18030", "utf-16-le", "utf-16-be")
    words = [word.encode(code.removesuffix("-sig")) for word in SEALED_KIND for code in codes]
    if not any(word in raw for word in (*words, b"\\u")):
        return False  # as nearly every file, and much sooner
    texts = (raw.decode(code, "ignore") for code in codes)
    return any(_SAYS_SEALED.search(re.sub(r"\\u([0-9a-fA-F]{4})", _character, text)) for text in texts)


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))


def read_sealed(path: Path) -> Source | Report:
    """Read a file of which nothing may be repeated, neither in a message nor in a traceback.

    What is wrong is returned, and not raised: the frames of this module have held what the file says.
    """
    try:
        text = _text(path, "密封记录")
    except InputError as error:
        return error.report  # of the file as a whole
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        return Report((UNREADABLE.at(Place(file=str(path)), "请用 .yaml、.json 或 .toml 文件填写。"),))
    try:
        data, lines = reader(text) if text.strip() else (None, {})
        if any(True for _ in _odd_texts(data)):
            return Report((BAD_TEXT.at(Place(file=str(path)), "含有看不见的字符或半个字符，请删去。"),))
    except BadFormat as error:
        wrong = "这一行或它附近不合写法。"
        return _report(error.slips, lambda slip: UNREADABLE.at(Place(file=str(path), line=slip.line), wrong, slip.cure))
    except (RecursionError, ValueError):
        return Report((UNREADABLE.at(Place(file=str(path)), "文件的内容不合格式。", "请检查引号、括号和缩进。"),))
    return Source(str(path), data, {(): 1, **lines}, path.parent)


def _unreadable(path: Path, *slips: Slip) -> NoReturn:
    def say(slip: Slip) -> Finding:
        return UNREADABLE.at(Place(file=str(path), line=slip.line), slip.message, slip.cure)

    raise InputError(_report(slips, say))


F = TypeVar("F")


def _report(found: Sequence[F], say: Callable[[F], Finding]) -> Report:
    """Tell what was found, and how many more there are than can be told at once."""
    more = len(found) - MOST_FAULTS
    left = (NotChecked(f"其余 {more} 处错误", "一次说不完，请先改上面的，再试一次"),) if more > 0 else ()
    return Report.of(say(one) for one in found[:MOST_FAULTS]) + Report(not_checked=left)


_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}


def _odd_texts(data: Any, at: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Go through the halves of characters, which nothing can write, and the names with characters nobody sees."""
    if isinstance(data, str):
        yield from ((at, f"含有半个字符 U+{ord(char):04X}，请删去或重新输入。") for char in _halves(data)[:1])
    elif isinstance(data, Mapping):
        for key, value in data.items():
            odd = [char for char in key if char != " " and unicodedata.category(char) in _UNSEEN] or _halves(key)
            yield from (((*at, key), f"名称里有看不见的字符 U+{ord(char):04X}，请删去。") for char in odd[:1])
            yield from _odd_texts(value, (*at, key))
    elif isinstance(data, list):
        for n, item in enumerate(data):
            yield from _odd_texts(item, (*at, n))


def _halves(text: str) -> str:
    return "".join(re.findall("[\ud800-\udfff]", text))


_SIGNATURES = (
    (b"%PDF", "PDF 文件"),
    (b"PK\x03\x04", "Word、Excel 或压缩文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 Excel 文件"),
)


def _text(path: Path, what: str) -> str:
    raw = _bytes(path, what)
    for signature, sort in _SIGNATURES:
        if raw.startswith(signature):
            wrong = f"这是一个 {sort}，不是填写事实的文本文件。"
            _unreadable(path, Slip(wrong, "请用 .yaml、.json 或 .toml 文件填写。"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        _unreadable(path, Slip(f"文件不是 UTF-8 编码{_guess(raw)}。", _SAVE_AS, line))
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        wrong = f"文件里有空字节，不是 UTF-8 文本{_guess(raw)}。"
        _unreadable(path, Slip(wrong, "请检查是否选错了文件；" + _SAVE_AS, line))
    return text.replace("\r\n", "\n").replace("\r", "\n")


_SAVE_AS = "请用记事本“另存为”，编码选 UTF-8，再试一次。"


def _guess(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\n\0" in raw or b"\0\n" in raw:
        return "（看起来是 UTF-16，即记事本的“Unicode”）"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "" if b"\0" in raw else "（看起来是 GBK，即记事本的“ANSI”）"


def _bytes(path: Path, what: str) -> bytes:
    try:
        wrong = _no_file(path, what)
        content = b"" if wrong else path.read_bytes()
    except OSError as error:
        wrong = Slip(f"文件打不开（{os_reason(error)}）。", "请检查文件名和权限。")
    except ValueError:
        wrong = Slip("文件名里有不能用的字符。", "请检查文件名。")
    if wrong:
        _unreadable(path, wrong)
    return content


_REASONS = {
    errno.ENOENT: "找不到这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "那里只能读、不能写",
    errno.EISDIR: "这是一个文件夹，不是文件",
    errno.ENOTDIR: "路径中间有一段是文件，不是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENAMETOOLONG: "名称太长",
    errno.EINVAL: "名称不对",
    errno.ELOOP: "链接绕成了圈",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件太大",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "正被别的程序占用",
    errno.ETXTBSY: "正被别的程序占用",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.EPIPE: "接收的程序已关闭",
    errno.ENOMEM: "内存不足",
}


def os_reason(error: OSError) -> str:
    """Say in Chinese why the system refused a file, without a full stop."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}" if error.errno else "系统拒绝了")


def _no_file(path: Path, what: str) -> Slip | None:
    """Say what is wrong with a path before anything is read from it; None if nothing is."""
    if path.is_dir():
        return Slip("这是一个文件夹，不是文件。", "请写出文件夹里文件的名字。")
    if not path.exists():
        return Slip("找不到这个文件。", "请检查文件名和所在文件夹。")
    if not path.is_file():
        return Slip("这不是普通的文件，而是设备或管道。", "请写出文件的名字。")
    if path.stat().st_size > LARGEST:
        return Slip(f"文件超过 {LARGEST // 1024 // 1024} MB，不像是{what}。", "请检查是否选错了文件。")
    return None


# --- faults --------------------------------------------------------------------------------------------------------


M = TypeVar("M", bound=Model)


def validated(model: type[M], data: Any, source: Source, prefix: Path_ = (), *, draft: bool = False) -> M:
    """Make a model of data that came from a source.

    Args:
        model: what becomes of it.
        data: as it was read.
        source: where it came from.
        prefix: where in the source it stands.
        draft: let required facts be missing; where none is, the model is no draft.

    Raises:
        InputError: with every fault at once, at the lines of the source.
    """
    if told := tuple(reporters(data)):
        report, data = _told_who(told, source, prefix), without_reporters(data)
        raise InputError(report + _faults_of(model, data, source, prefix, draft=draft))
    try:
        made = (draft_class(model) if draft else model).model_validate(data, context={"folder": source.folder})
    except ValidationError as error:
        raise InputError(faults(model, error, source, prefix)) from error
    return validated(whole_class(model), data, source, prefix) if draft and not missing(made) else made


def _told_who(paths: Sequence[Path_], source: Source, prefix: Path_) -> Report:
    """Refuse to be told who reported something; what was told is not repeated."""
    message = "没有这一项：案卷和文书里不写是谁反映的。"
    return _report(paths, lambda path: source.finding(UNKNOWN, message, (*prefix, *path), REPORTER_CURE))


def _faults_of(model: type[Model], data: Any, source: Source, prefix: Path_, *, draft: bool) -> Report:
    """Return what else is wrong with data, none if nothing is."""
    try:
        validated(model, data, source, prefix, draft=draft)
    except InputError as error:
        return error.report
    return Report()


def faults(model: type[Model], error: ValidationError, source: Source, prefix: Path_ = ()) -> Report:
    """Turn Pydantic's errors into findings, in Chinese, at the lines of the file.

    Args:
        model: what the data was to become.
        error: what Pydantic found.
        source: where the data came from.
        prefix: where in the source the data of `model` stands.
    """
    details = list(without_echoes(error.errors(include_url=False)))
    return _report(details, lambda detail: _fault(model, detail, source, prefix))


def without_echoes(details: Sequence[Any]) -> Iterator[Any]:
    """Leave out a list that is too short only because its items are at fault, which is said already."""
    holders = {detail["loc"][:n] for detail in details for n in range(len(detail["loc"]))}
    return (detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in holders)


def _fault(model: type[Model], detail: Mapping[str, Any], source: Source, prefix: Path_) -> Finding:
    context = detail.get("ctx", {})
    loc = (*detail["loc"], *([context["field"]] if context.get("field") else []))
    loc = tuple(step.removesuffix(AGAIN) if isinstance(step, str) else step for step in loc)
    rule, message, cure = _say(detail, list(_steps(model, loc)))
    return rule.at(place_of(model, loc, source, prefix), message, cure)


def place_of(model: type[Model], loc: Sequence[str | int], source: Source, prefix: Path_ = ()) -> Place:
    """Say where a fact stands: its file, its line if it was written there, and its path, in Chinese and in English.

    Args:
        model: what the path begins in.
        loc: fields by either name, and positions from 0.
        source: where the facts come from.
        prefix: where in the source the data of `model` stands.
    """
    steps = list(_steps(model, loc))
    return Place(file=source.name, line=source.line(_as_typed(prefix, steps, source)), field=_shown(prefix, steps))


def is_written(model: type[Model], loc: Sequence[str | int], source: Source, prefix: Path_ = ()) -> bool:
    """Tell whether a fact stands in the file itself, by either name."""
    return len(_as_typed(prefix, list(_steps(model, loc)), source)) == len(prefix) + len(loc)


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


def _as_typed(prefix: Path_, steps: Sequence[Step], source: Source) -> Path_:
    """Find the path as the user spelt it; where it was not written, the path of what should hold it."""
    path = prefix
    for names, _ in steps:
        found = next(((*path, name) for name in names if (*path, name) in source.lines), None)
        if found is None:
            break
        path = found
    return path


def _shown(prefix: Path_, steps: Sequence[Step]) -> str | None:
    """Write a path in Chinese, then within its paper in English: `巡察组.组员[2].姓名（team.members[2].name）`."""
    shown = _dotted([*prefix, *(names[-1] for names, _ in steps)])
    also = _dotted([names[0] for names, _ in steps])
    return (f"{shown}（{also}）" if also not in ("", shown) else shown) or None


def _dotted(path: Iterable[str | int]) -> str:
    parts = [f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(parts).removeprefix(".")


def _say(detail: Mapping[str, Any], steps: Sequence[Step]) -> tuple[Rule, str, str | None]:
    kind, context, given = str(detail["type"]), detail.get("ctx", {}), detail.get("input")
    if kind == "extra_forbidden" and str(detail["loc"][-1]).endswith(AGAIN):
        return TWICE, "写了两次，中文名、英文名只写一个。", None
    if kind == "extra_forbidden":
        return UNKNOWN, "没有这一项。", _did_you_mean(steps)
    if kind == "missing":
        return MISSING, "缺少此项，必须填写。", _example(steps)
    if given is None and kind not in ("impossible", "bad_text", "restricted", "unknown"):
        return MISSING, "没有填，必须填写。", _example(steps)
    if kind in _OURS:
        cure = context.get("cure") or (_half_width(given) if kind == "malformed" else None)
        return _OURS[kind], context["message"], cure
    if isinstance(given, int | float) and kind.startswith(("model_", "tuple_")) and _takes_text(steps):
        kind = "string_type"
    message = next((say for key, say in _MESSAGES.items() if kind.startswith(key)), "填写有误。")
    words = {key: "、".join(re.findall("'([^']*)'", v)) if key == "expected" else v for key, v in context.items()}
    return MALFORMED, message.format(**words), _half_width(given) or _example(steps)


def _half_width(given: object) -> str | None:
    """Ask for half-width characters where full-width ones were typed."""
    text = given if isinstance(given, str) else ""
    return next((cure for pattern, cure in _FULL_WIDTH if re.search(pattern, text)), None)


_FULL_WIDTH = (
    ("[０-９Ａ-Ｚａ-ｚ]", "全角的数字和字母请换成半角。"),
    ("：", "全角的“：”请换成半角冒号，后面空一格。"),
)


def _takes_text(steps: Sequence[Step]) -> bool:
    """Whether a text will do at the end of the steps."""
    for names, model in reversed(steps):
        known = field_of(model, names[0]) if model else None
        if known:
            inner = inner_model(known[1].annotation)
            return inner is None or inner.short_form
    return False


_OURS = {
    "impossible": IMPOSSIBLE,
    "bad_text": BAD_TEXT,
    "malformed": MALFORMED,
    "restricted": RESTRICTED,
    "unknown": UNKNOWN,
}

_MESSAGES = {
    "string_type": "这里应写文字；如果是数字，请加引号。",
    "string_too_short": "不能为空。",
    "string_too_long": "太长，最多{max_length}个字。",
    "string_pattern": "写法不对。",
    "string_unicode": "含有不能打印的字符，请删去。",
    "bytes_": "内容不对，应是 base64 编码。",
    "int_": "应写整数。",
    "float_": "应写数字。",
    "finite_number": "应写数字。",
    "bool_": "应写“是”或“否”。",
    "date": "应写日期，如 2025-07-01 或 2025年7月1日。",
    "time": "应写时间，如 8:30。",
    "enum": "没有这个选项，只能写：{expected}。",
    "literal_error": "没有这个选项，只能写：{expected}。",
    "greater_than_equal": "不能小于{ge}。",
    "greater_than": "应大于{gt}。",
    "less_than_equal": "不能大于{le}。",
    "less_than": "应小于{lt}。",
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
    if may_name_reporter(str(names[0])):
        return REPORTER_CURE
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
        if known:
            return _as_example(examples[0]) if examples else None
    return None


def _as_example(value: object) -> str | None:
    if isinstance(value, Mapping):
        value = "，".join(f"“{key}: {{}}”" for key, inner in value.items() if inner is None)
    text = "".join(str(value).splitlines()) if isinstance(value, str | int) else ""
    return f"例如：{text}" if text else None

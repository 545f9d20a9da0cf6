"""Writes the pages of the reference that derive from the code: `python -m docs.fields`.

A test holds the committed pages against these, so that no table can drift from the models.
"""

from __future__ import annotations

import inspect
import json
import pkgutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

import xuncha_docs
from xuncha_docs import Case, Document, Image, Rule, checks, kinds, word
from xuncha_docs import gb9704 as gb
from xuncha_docs.card import PLAIN, Section, bare, card, hints, inside, known_word, reached, valued, without_none
from xuncha_docs.checks import ruling
from xuncha_docs.checks.template import CHAPTERS
from xuncha_docs.model import Choice, Model
from xuncha_docs.word.styles import BY_NAME, LABEL, STYLES, Style

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs/reference"
DEMO = ROOT / "src/xuncha_docs/demo.yaml"

MADE = "<!-- 本页由 python -m docs.fields 按代码生成，请勿手改。 -->"

# --- reading models ------------------------------------------------------------------------------------------------


def own_kinds() -> tuple[type[Document], ...]:
    """Return the kinds of this library by name, without those of other packages."""
    every = sorted(kinds.every().items())
    return tuple(kind for _, kind in every if kind.__module__.partition(".")[0] == xuncha_docs.__name__)


def headings(found: Mapping[type, Sequence[str]]) -> dict[type, str]:
    """Name the section of each model or choice: the terms under which it stands, and its name in Python."""
    return {kind: f"{'、'.join(names[:4])} {kind.__name__}" for kind, names in found.items()}


def link(text: str, kind: type, sections: Mapping[type, str]) -> str:
    """Link the section of a model or choice."""
    return f"[{text}](#{sections[kind].lower().replace(' ', '-').replace('、', '')})"


def first_line(thing: Any) -> str:
    """Return the first sentence of a docstring, on one line."""
    return (inspect.getdoc(thing) or "").partition("\n\n")[0].replace("\n", " ")


# --- writing Markdown ----------------------------------------------------------------------------------------------


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Write a table, and a blank line after it."""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;').replace(chr(10), ' ') for cell in row)} |"
    yield ""


def code(text: object) -> str:
    return f"`{text}`"


def flow(value: Any) -> str:
    """Write an example as a person would type it in YAML, on one line."""
    if isinstance(value, Mapping):
        return (
            "{"
            + ", ".join(f"{key}: {flow(inner)}" if inner is not None else f"{key}:" for key, inner in value.items())
            + "}"
        )
    if isinstance(value, str) and "\n" in value:
        return json.dumps(value, ensure_ascii=False)
    return str(value)


# --- the fields of case and papers ---------------------------------------------------------------------------------

_FIELDS_INTRO = f"""\
{MADE}

# 案卷和文书的字段

案卷怎样写、有哪些写法，见[案卷文件](case-file.md)；本页逐项列出可以填什么。

- 名称和英文名任选一种，同一项只写一种。
- “写什么”一栏带链接的，还要分项填写；写着“可简写”的，也可以只写一行。
- 写着“列表”的可以写几项，每项以“- ”开头；只有一项时可以直接写。
- “案卷里有”的，文书这一节可以不写，程序从案卷取；写了，以写的为准。
- “单独写”是指不用案卷，一份文件只写一份文书，开头写“文种”。
- 立行立改通知书的“事项”，在案卷里只写编号就行。
"""


def fields_page() -> str:
    """Write the page of all fields, of the case and of each kind's section."""
    every = own_kinds()
    found = reached((Case, *every))
    sections = headings(found)
    lines = [_FIELDS_INTRO, "## 案卷 Case", "", *_fields_table(Case, sections)]
    for kind in every:
        lines += [f"## {kind.label} {kind.kind}", "", *_fields_table(kind, sections, _taken(kind))]
    lines += ["## 分项填写的内容", ""]
    for part in found:
        if issubclass(part, Model):
            lines += [f"### {sections[part]}", "", *_fields_table(part, sections)]
    lines += ["## 只能选的词", "", "写中文词或英文名都行，英文名不分大小写。", ""]
    for part in found:
        if issubclass(part, Choice):
            lines += [f"### {sections[part]}", "", *_choices_table(part)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _taken(kind: type[Document]) -> set[str]:
    """Return the fields that a kind takes from the case: those of the demo show it."""
    return set(kind.facts(Case.load(DEMO), {}))


def _fields_table(model: type[Model], sections: Mapping[type, str], taken: Iterable[str] = ()) -> Iterator[str]:
    annotations = hints(model)
    rows = (
        (
            str(info.title),
            code(name),
            _what(annotations[name], sections),
            _wanted(info, in_case=name in taken),
            info.description or "",
            code(flow(info.examples[0])) if info.examples else "",
        )
        for name, info in model.model_fields.items()
    )
    return table(("名称", "英文名", "写什么", "要不要填", "说明", "例"), rows)


def _what(hint: Any, sections: Mapping[type, str], *, short: bool = True) -> str:
    """Say in Chinese what a field holds."""
    hint = without_none(hint)
    known = known_word(hint)
    if known:
        return known
    held = inside(hint)
    if held is not None:
        return f"列表：{_what(held, sections, short=short)}"
    if inspect.isclass(hint) and issubclass(hint, Image):
        return "图片文件名" if short else "图片"
    if inspect.isclass(hint) and issubclass(hint, Model):
        return link("分项", hint, sections) + ("，可简写" if short and _has_short_form(hint) else "")
    if inspect.isclass(hint) and issubclass(hint, Choice):
        return link("选一个词", hint, sections) if hint in sections else "一个词"
    value = valued(hint)
    if value is not None:
        return "分项，每种文书一节" if value is Any else f"分项：名称和{_what(value, sections)}"
    return PLAIN[bare(hint)]


def _has_short_form(model: type[Model]) -> bool:
    """Whether a bare text will do: whether the model reads one, and finds in it all that must be said."""
    try:
        said = model.from_text("8:30-12:00")
    except PydanticCustomError:
        return False
    required = {name for name, info in model.model_fields.items() if info.is_required()}
    return isinstance(said, Mapping) and required <= set(said)


def _wanted(info: FieldInfo, *, in_case: bool = False) -> str:
    if in_case:
        return "案卷里有；单独写必填" if info.is_required() else "案卷里有"
    if info.is_required():
        return "**必填**"
    default = info.get_default(call_default_factory=False)
    said = _default(default)
    return f"不填为“{said}”" if said else "可不填"


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(_default(item) for item in value) if sum(len(str(item)) for item in value) < 40 else ""
    return str(value) if isinstance(value, str | int | float) else ""


def _choices_table(choice: type[Choice]) -> Iterator[str]:
    also: dict[str, list[str]] = {}
    for spelt, meant in choice.also().items():
        also.setdefault(meant, []).append(spelt)
    rows = ((member.value, code(member.name.lower()), "、".join(also.get(member.value, []))) for member in choice)
    return table(("词", "英文名", "也可以写"), rows)


# --- the names that templates may use ------------------------------------------------------------------------------

_TAGS_INTRO = f"""\
{MADE}

# 模板里能写的名字

每种文书的模板只能写下面的名字：字段，和由字段写成的“写法”。
中文名、英文名都行，逐级用点连起来，如 `{{{{ 驻点时间.起止 }}}}`、`{{{{ stay.phrase }}}}`。
标签怎样写，见仓库里的 `templates/README.md`。

- “列表”要用循环逐项写；带链接的不能整个印，要接着写它下面的名字。
- “可能为空”的，要放在 `{{%p if … %}}` 和 `{{%p endif %}}` 之间。
- “例”是用自带的示范案卷印出来的样子。
- 带 † 的是“写法”，由程序写成，不用填；没有内容时是空的，同样可以用 `if` 判断。
"""


def tags_page() -> str:
    """Write the page of all names that a template of each kind may use."""
    every = own_kinds()
    cards = {kind: card(kind) for kind in every}
    found = reached(every, forms=True)
    sections = headings({kind: names for kind, names in found.items() if issubclass(kind, Model)})
    lines = [_TAGS_INTRO]
    for kind, (own, *_) in cards.items():
        lines += [f"## {kind.label} {kind.kind}", "", *_tags_table(own, sections)]
    lines += ["## 下一级的名字", ""]
    inner = {section.model: section for own in cards.values() for section in reversed(own[1:])}
    for part, heading in sections.items():
        lines += [f"### {heading}", "", *_tags_table(inner[part], sections)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _tags_table(section: Section, sections: Mapping[type, str]) -> Iterator[str]:
    rows = (
        (
            f"{code(name.zh)}{' †' if name.made else ''}",
            code(name.en),
            link(name.what, name.model, sections) if name.model else name.what,
            "可能为空" if name.may_be_empty else "",
            name.example and code(name.example),
            name.note,
        )
        for name in section.names
    )
    return table(("名字", "英文名", "是什么", "", "例", "说明"), rows)


# --- the styles ----------------------------------------------------------------------------------------------------

_SIZES = {44: "二号（22磅）", 32: "三号（16磅）", 28: "四号（14磅）", 24: "小四（12磅）"}
_ALIGN = {"both": "两端", "left": "左", "center": "居中", "right": "右"}

_STYLES_INTRO = f"""\
{MADE}

# 样式

内置模板的每一段都用下面的样式。样式就是这一段的身份，为什么这样做，见[样式与版面](../explanation/layout.md)。

正文用 {gb.A.pitch / 20:g} 磅的固定行距，每字紧 {-gb.BODY_TRACKING / 20:g} 磅，每页 {gb.LINES} 行、每行 {gb.CHARS} 字。
“紧”一栏打勾的样式跟着正文收紧。缩进以字为单位，空着的随所基于的样式。
"""

_STYLES_END = f"""\
此外还有字符样式“{LABEL}”（黑体，用于“值班电话：”这样的标签）、表格样式“公文表格”、页脚样式“页码单页”“页码双页”（宋体四号）。

内置模板现在没有用到、供修改时使用的样式也列在表里。
"""


def styles_page() -> str:
    """Write the table of the official styles."""
    rows = (
        (
            style.name,
            "" if style.based_on == "Normal" else style.based_on,
            _inherited(style, "font") or gb.FANGSONG,
            _SIZES[_inherited(style, "size") or gb.BODY_SIZE],
            _ALIGN[_inherited(style, "align") or "both"],
            "、".join(_indents(style)),
            "✓" if all(one.tight for one in _line_of(style)) else "",
            "、".join(_keeps(style)),
            code(style.tag),
        )
        for style in STYLES
    )
    head = ("样式", "基于", "字体", "字号", "对齐", "缩进", "紧", "分页与级别", "HTML")
    return "\n".join([_STYLES_INTRO, *table(head, rows), _STYLES_END])


def _line_of(style: Style) -> list[Style]:
    """Return a style and those it is based on, the nearest first."""
    return [style, *(_line_of(BY_NAME[style.based_on]) if style.based_on in BY_NAME else [])]


def _inherited(style: Style, what: str) -> Any:
    """Return a property of a style, or of the nearest one it is based on that has it; None if none has."""
    return next((value for one in _line_of(style) if (value := getattr(one, what)) is not None), None)


def _indents(style: Style) -> Iterator[str]:
    if first := _inherited(style, "first"):
        yield f"首行{first:g}" if first > 0 else f"悬挂{-first:g}"
    for what, side in (("left", "左"), ("right", "右")):
        if value := _inherited(style, what):
            yield f"{side}{value:g}"


def _keeps(style: Style) -> Iterator[str]:
    line = _inherited(style, "line")
    if style.break_before:
        yield "另起一页"
    if any(one.keep for one in _line_of(style)):
        yield "与下段同页"
    if style.level:
        yield f"大纲{style.level}级"
    if line is not None:
        yield f"固定行距{line / 20:g}磅" if line else "行高随图片"


# --- the Python reference ------------------------------------------------------------------------------------------

_NAMES_INTRO = """\
<!-- Made by python -m docs.fields; edits are lost. -->

# Python reference

What `xuncha_docs` itself exports is promised; everything else may change before 1.0.
Every name is imported from the package, `from xuncha_docs import Case`; its home below only says where to read on.

Models show their fields as `named(…)`, with the name in Chinese first; both names read.
A method without arguments that gives an example of what papers say, such as `Round.name()`, is a written form:
it is read like a field, `case.round.name` or `case.巡察轮次.名称`, never called.
"""

_KINDS_INTRO = """\
<!-- Made by python -m docs.fields; edits are lost. -->

# Kinds

One module each; a new one is found by being there.
What each field means to the person who fills it in stands on [the page of fields](../fields.md), in Chinese.
"""


def names_page() -> str:
    """Write the table of the promised names."""
    rows = ((_api_link(name), code(_home(name)), _sentence(name)) for name in xuncha_docs.__all__)
    return "\n".join([_NAMES_INTRO, *table(("Name", "Home", "What it is"), rows)]).rstrip("\n") + "\n"


def _home(name: str) -> str:
    homes: Mapping[str, str] = xuncha_docs._HOMES
    return f"xuncha_docs.{homes[name]}"


def _api_link(name: str) -> str:
    return f"[`{name}`][{_home(name)}.{name}]"


def _sentence(name: str) -> str:
    thing = getattr(import_module(_home(name)), name)
    return "The version of this library." if isinstance(thing, str) else first_line(thing)


def kinds_page() -> str:
    """Write the page that draws every kind's module into the reference."""
    every = own_kinds()
    rows = ((code(kind.kind), kind.label, _audience(kind), first_line(kind)) for kind in every)
    pages = ["xuncha_docs.kinds", *(kind.__module__ for kind in every)]
    head = ("Kind", "Label", "Audience", "What it is")
    return "\n".join([_KINDS_INTRO, *table(head, rows), *(f"::: {module}\n" for module in pages)]).rstrip("\n") + "\n"


_WORD_INTRO = """\
<!-- Made by python -m docs.fields; edits are lost. -->

# Word

Everything that knows Word's XML.
Of these modules only [`Paper`][xuncha_docs.word.paper.Paper] is promised by name.
"""


def word_page() -> str:
    """Write the page that draws every module of `word` into the reference."""
    modules = sorted(module.name for module in pkgutil.iter_modules(word.__path__, "xuncha_docs.word."))
    return "\n".join([_WORD_INTRO, *(f"::: {name}\n" for name in ("xuncha_docs.word", *modules))]).rstrip("\n") + "\n"


_CHECKS_INTRO = """\
<!-- Made by python -m docs.fields; edits are lost. -->

# Checks

Of these modules only [`check`][xuncha_docs.checks.check] is promised by name.
What each rule says stands on [the page of rules](../rules.md), in Chinese.
"""


def checks_page() -> str:
    """Write the page that draws every module of `checks` into the reference."""
    found = pkgutil.walk_packages(checks.__path__, "xuncha_docs.checks.")
    modules = sorted(module.name for module in found)
    return (
        "\n".join([_CHECKS_INTRO, *(f"::: {name}\n" for name in ("xuncha_docs.checks", *modules))]).rstrip("\n") + "\n"
    )


_RULES_INTRO = f"""\
{MADE}

# 检查的规则

每条规则有一个代码，代码不会改作他用；`xuncha-docs explain TPL301` 印出同样的说明。
怎样检查、怎样忽略，见[检查模板](../how-to/check-templates.md)。

“错”和“对”下面是模板里的段落，一行一段；`¦` 后面的字换了格式，`| 甲 | 乙 |` 是表格的一行，
“批注：”“修订：”“作者：”等开头的，是文件里的这一处，不是正文。
"""


def rules_page() -> str:
    """Write the page of all rules from their docstrings."""
    every = ruling.every().values()
    lines = [_RULES_INTRO]
    lines += table(
        ("代码", "名称", "严重程度", "说什么"),
        ((f"[{r.code}](#{r.code.lower()}-{r.name})", code(r.name), r.severity.word, r.summary) for r in every),
    )
    for chapter, (about, _) in CHAPTERS.items():
        lines += [f"## {chapter} {about}", ""]
        for rule in every:
            if rule.code.startswith(chapter):
                lines += _rule(rule)
    return "\n".join(lines).rstrip("\n") + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.code} {rule.name}"
    yield ""
    clause = f"；GB/T 9704—2012 {rule.clause}" if rule.clause else ""
    strength = f"（{rule.strength}）" if rule.strength else ""
    yield f"{rule.severity.word}{clause}{strength}。自 {rule.since} 版。"
    yield ""
    said = rule.page.partition("\n错：")[0].strip()
    yield said
    yield ""
    for sample in ruling.samples(rule.page):
        yield "对：" if sample.good else "错："
        yield ""
        yield from ("```text", sample.text, "```", "")


def _audience(kind: type[Document]) -> str:
    return f"{kind.audience.name.lower()} {kind.audience.value}"


PAGES = {
    "fields.md": fields_page,
    "tags.md": tags_page,
    "styles.md": styles_page,
    "api/index.md": names_page,
    "api/kinds.md": kinds_page,
    "api/word.md": word_page,
    "api/checks.md": checks_page,
    "rules.md": rules_page,
}
"""The pages that are made, by their names within docs/reference."""


if __name__ == "__main__":
    for name, page in PAGES.items():
        (REFERENCE / name).parent.mkdir(parents=True, exist_ok=True)
        (REFERENCE / name).write_text(page(), encoding="utf-8")
        print(f"docs/reference/{name}")

"""Writes the pages of the reference that derive from the code: `python -m docs.fields`.

A test holds the committed pages against these, so that no table can drift from the models.
"""

from __future__ import annotations

import inspect
import json
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

import xuncha_docs
from docs.clauses import CLAUSES, STANDARD, rules_of, source
from xuncha_docs import Case, Document, Image, Rule, checks, kinds, pdf, word
from xuncha_docs import gb9704 as gb
from xuncha_docs.card import PLAIN, Section, bare, card, hints, inside, known_word, reached, valued, without_none
from xuncha_docs.checks import facts, layout, packet, ruling, template, text
from xuncha_docs.checks import pdf as printed
from xuncha_docs.findings import Strength
from xuncha_docs.model import Choice, Model
from xuncha_docs.rendering import file_name
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
            (_inherited(style, "font") or gb.FANGSONG) + ("，红色" if style.colour == gb.RED else ""),
            _size(_inherited(style, "size") or gb.BODY_SIZE),
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


def _size(half_points: int) -> str:
    return f"{gb.size_word(half_points)}（{half_points / 2:g}磅）"


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


_PDF_INTRO = """\
<!-- Made by python -m docs.fields; edits are lost. -->

# PDF

What turns papers into PDF and proves each, what finds LibreOffice and fonts, and what reads the marks of a page back.
Of these modules only [`to_pdf`][xuncha_docs.converting.to_pdf] is promised by name.
How it is used stands on [the page of PDF](../../how-to/pdf.md), in Chinese.
"""


def pdf_page() -> str:
    """Write the page that draws `converting` and every module of `pdf` into the reference."""
    modules = sorted(module.name for module in pkgutil.iter_modules(pdf.__path__, "xuncha_docs.pdf."))
    drawn = ("xuncha_docs.converting", "xuncha_docs.pdf", *modules)
    return "\n".join([_PDF_INTRO, *(f"::: {name}\n" for name in drawn)]).rstrip("\n") + "\n"


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


# --- the rules -----------------------------------------------------------------------------------------------------

_RULES_INTRO = f"""\
{MADE}

# 检查的规则

每条规则有一个代码，代码不会改作他用；`xuncha-docs explain GBT101` 印出同样的说明。
怎样检查、怎样忽略，见[检查模板](../how-to/check-templates.md)和[检查文书](../how-to/check-papers.md)；
国标的每一条由哪条规则检查，见[国标逐条](clauses.md)；案卷写错了报的代码（`INP…`），见[错误代码](faults.md)。

严重程度：

- 错误：要改；警告：一般要改；提示：看一看，不影响退出码。

依据后面的词，说的是依据有多硬：

| 词 | 意思 |
| --- | --- |
| 规定 | 标准、条例、法律直接写明的，或者写“应当”的 |
| 一般 | 写着“一般”的，特殊情况可以调整 |
| 推荐 | 写着“推荐”的 |
| 可以 | 写着“可以”“如有”的 |
| 推算 | 标准没有直接写，由它的数字推算出来的，不是国标规定 |
| 实务 | 多数单位的做法，不是国标规定 |
"""

_PAGE_INTRO = """\
{made}

# {about}

每条规则先说哪里不对、严重程度和依据，再说为什么，然后是“错”和“对”的例子，都由测试跑过。
全部规则的一览和“依据”里各个词的意思，见[检查的规则](rules.md)。

{samples}"""

_TEMPLATE_SAMPLES = """\
例子是模板里的段落，一行一段；`¦` 后面的字换了格式，`| 甲 | 乙 |` 是表格的一行，
“批注：”“修订：”“作者：”等开头的，是文件里的这一处，不是正文。
"""

_LAYOUT_SAMPLES = """\
例子不是整份文书，是从一份合格的文书开始，说改动哪里，一行改一处；“对”的例子改了也不报。
第一行括号里是哪一份文书，如（红头）（上行文）（信函）（命令）（纪要）（表单）（海报）；不写的，是没有红头的普通文书。
后面带 B 的，用另一种页边距（上 34.6 毫米）。
“错（还有 GBT107）”，是说这样改，GBT107 也会报。

| 写法 | 意思 |
| --- | --- |
| `公文标题：字号=三号` | 第一个“公文标题”的格式改成这样；`每段公文正文`、`第2段公文正文`、`末段公文正文` 是别的段 |
| `公文正文“三十日”：加粗` | 只改这几个字的格式 |
| `样式公文正文：首行=0字` | 改样式；`样式Normal` 是最底下的样式“正文” |
| `公文标题＝关于巡察的公告` | 换文字，`⏎` 是换行，`⇥` 是跳格；`公文正文“三十”＝四十` 只换这几个字 |
| `删去：主送机关` | 删去这样的段落 |
| `在公文标题后加：空行｜` | 加一段，`｜` 后面是它的文字；也可以加分页、分节、表格 |
| `页边距 上=30` | 页面设置，不写单位的是毫米；`纸张`、`网格`、`版式`、`分栏` 同样 |
| `编号 一级标题：汉字 %1、 跳格` | 用 Word 的自动编号 |
| `设置 …`、`属性 …` | 文档的设置和属性 |
| `部件 word/settings.xml：旧→新` | 别的办法说不了的，直接改文件里的代码 |
"""

_TEXT_SAMPLES = """\
例子一行一份，是一份合格的文书里的一段，各行互不相干；写着“成文日期｜”一类的，是那一种段落，不写的是公文正文。
`⏎` 是另起一段，`↵` 是段内换行。

网址、电子邮箱、书名号里别的文件的名称，各条规则都跳过。
"""

_FACTS_SAMPLES = """\
这些规则看的是案卷和单份文书里填写的事实：可能是真的，但做法里常常是写错了，要人看一看。
不可能的，做文书时就拒绝，见[拒绝的和提示的](../explanation/refused-or-found.md)。

例子从一份合格的案卷（`xuncha-docs demo` 的那一份）开始，一行改一处；`巡察组.组员[2]` 是第二名组员，从 1 数起。
第一行括号里写着（巡察公告）一类的，从那种文书的例子开始。“删去：”后面的一项，例子里不填。
“错（还有 FCT108）”，是说这样改，FCT108 也会报。
"""

_PACKET_SAMPLES = """\
这些规则把同一次巡察的几份文书放在一起看：互相有没有矛盾，和案卷对不对得上，做好以后有没有人改过。

一行“文书.巡察公告.…”的例子，从 `xuncha-docs demo` 的案卷开始，只改那一份文书的一项。
括号里的例子，是 `xuncha-docs packet` 做好的文件夹：
“（改）巡察公告：旧＝新”是在 Word 里改了字，“（删）”是删了文件，“（坏）”是文件坏了。
"""

_PDF_SAMPLES = """\
这些规则看的是转成 PDF 以后的样子，就是打印出来的样子。
例子的写法和[版面的规则](rules-layout.md)一样：从一份合格的文书开始，改动哪里，再转成 PDF。
“打印后：”开头的，是转好以后再改 PDF。
（盖印的通知书）是盖了印章图片的立行立改通知书。
"""


@dataclass(frozen=True)
class _Family:
    """Rules that share a page: its name, what it is about, the beginning of their codes, how to read its samples."""

    page: str
    about: str
    code: str
    chapters: Mapping[str, tuple[str, object]]
    samples: str

    def made(self) -> str:
        """Write the page from the docstrings of its rules."""
        lines = [_PAGE_INTRO.format(made=MADE, about=self.about, samples=self.samples)]
        for chapter, (about, _) in self.chapters.items():
            lines += [f"## {chapter} {about}", ""]
            for code_, rule in ruling.every().items():
                if code_.startswith(chapter):
                    lines += _rule(rule, self.page)
        return "\n".join(lines).rstrip("\n") + "\n"


FAMILIES = (
    _Family("rules-templates.md", "模板的规则", "TPL", template.CHAPTERS, _TEMPLATE_SAMPLES),
    _Family("rules-layout.md", "版面的规则", "GBT", layout.CHAPTERS, _LAYOUT_SAMPLES),
    _Family("rules-text.md", "文字的规则", "TXT", text.CHAPTERS, _TEXT_SAMPLES),
    _Family("rules-facts.md", "事实的规则", "FCT", facts.CHAPTERS, _FACTS_SAMPLES),
    _Family("rules-packet.md", "整套文书的规则", "PKT", packet.CHAPTERS, _PACKET_SAMPLES),
    _Family("rules-pdf.md", "打印的规则", "PDF", printed.CHAPTERS, _PDF_SAMPLES),
)
"""The pages of the rules, in the order in which they are listed."""


def rules_page() -> str:
    """Write the list of all rules."""
    lines = [_RULES_INTRO]
    for family in FAMILIES:
        rules = [rule for rule in ruling.every().values() if rule.code.startswith(family.code)]
        lines += [f"## {family.about} {family.code}", ""]
        lines += [f"共 {len(rules)} 条，说明见[{family.about}]({family.page})。", ""]
        rows = ((rule_link(rule, "rules.md"), rule.summary, rule.severity.word, rule.basis) for rule in rules)
        lines += table(("代码", "说什么", "严重程度", "依据"), rows)
    return "\n".join(lines).rstrip("\n") + "\n"


def rule_link(rule: Rule, page: str) -> str:
    """Link a rule from a page of the reference."""
    home = next(family.page for family in FAMILIES if rule.code.startswith(family.code))
    return f"[{rule.code}]({'' if home == page else home}#{rule.code.lower()}-{rule.name})"


def _rule(rule: Rule, page: str) -> Iterator[str]:
    yield f"### {rule.code} {rule.name}"
    yield ""
    basis = f"依据：{rule.basis}。" if rule.basis else ""
    yield f"{rule.severity.word}。{basis}自 {rule.since} 版。"
    yield ""
    yield re.split(r"^[错对](?:（.*）)?：$", rule.page, maxsplit=1, flags=re.M)[0].strip()
    yield ""
    for label, samples in groupby(ruling.samples(rule.page), lambda sample: _label(sample, page)):
        yield label
        yield ""
        for sample in samples:
            yield from ("```text", sample.text, "```", "")


def _label(sample: ruling.Sample, page: str) -> str:
    others = "、".join(rule_link(ruling.find(code_), page) for code_ in sorted(sample.others))
    return f"{'对' if sample.good else '错'}{f'（还有 {others}）' if others else ''}："


_CLAUSES_INTRO = f"""\
{MADE}

# 国标逐条

GB/T 9704—2012《党政机关公文格式》的每一条，看文件就知道的，看 PDF 才知道的，拿到纸才知道的。

- “在文件里查”的，检查 .docx 时就查；`TPL…` 查模板，`GBT…` 查版面，`TXT…` 查文字。
- “在 PDF 上查”的，要转成 PDF，见[检查文书](../how-to/check-papers.md#连-pdf-一起检查)。
- 代码前面的词是依据有多硬，意思见[检查的规则](rules.md)；“推算”“实务”不是国标规定。
- 两栏都空着的，“说明”一栏说了为什么。

规则没有报，只说明规则没有看出问题，不说明全都合格。
"""

_OTHERS_INTRO = """\
## 依据别的规定的

国标第 9 条把标点、数字、计量单位交给别的标准：标点是 GB/T 15834，数字是 GB/T 15835。
"""

_PRACTICE_INTRO = """\
## 只是实务的

没有条款可以依据，只是多数单位的做法，或者文件本身的要求。
"""


def clauses_page() -> str:
    """Write the table of the standard's clauses, then the rules that rest on something else, or on nothing."""
    lines = [_CLAUSES_INTRO]
    rows = (
        (
            clause.number,
            clause.about,
            _by_strength(rule for rule in rules_of(clause) if not rule.code.startswith("PDF")),
            _by_strength(rule for rule in rules_of(clause) if rule.code.startswith("PDF")),
            clause.on_paper,
        )
        for clause in CLAUSES
    )
    lines += table(("条", "说什么", "在文件里查", "在 PDF 上查", "说明"), rows)
    found: dict[str, list[Rule]] = {}
    for rule in ruling.every().values():
        if source(rule) not in ("", STANDARD):
            found.setdefault(source(rule), []).append(rule)
    lines += [_OTHERS_INTRO, *table(("依据", "规则"), ((one, _by_strength(found[one])) for one in sorted(found)))]
    lines += [_PRACTICE_INTRO, *table(("", "规则"), _practice())]
    return "\n".join(lines).rstrip("\n") + "\n"


def _by_strength(rules: Iterable[Rule]) -> str:
    """Write links to rules, those of one strength together after its word, the strongest first."""
    wanted = list(rules)
    told = {word: [rule_link(r, "clauses.md") for r in wanted if r.strength is word] for word in Strength}
    return "；".join(f"{word}：{'、'.join(links)}" for word, links in told.items() if links)


def _practice() -> Iterator[tuple[str, str]]:
    """Yield the rules that rest on no clause but on practice, family by family."""
    for family in FAMILIES:
        own = [rule for rule in ruling.every().values() if rule.code.startswith(family.code)]
        links = [rule_link(r, "clauses.md") for r in own if r.clause is None and r.strength is Strength.PRACTICE]
        yield family.about, "、".join(links)


def _audience(kind: type[Document]) -> str:
    return f"{kind.audience.name.lower()} {kind.audience.value}"


_KINDS_INTRO = f"""\
{MADE}

# 能做的文书

按巡察的先后排；整套文书里的文件也这样编号。
[字段](fields.md)逐项列出每种文书填什么；用 Word 或 WPS 改模板，见[用本单位的模板](../how-to/templates.md)。
没有写明知悉范围的文种，就是限定知悉。
"""

_STEPS = ("准备", "进驻", "了解", "报告", "反馈", "整改", "归档")


def own_kinds_page() -> str:
    """Write the list of all kinds by their places in the cycle."""
    lines = [_KINDS_INTRO]
    every = sorted(own_kinds(), key=lambda kind: kind.cycle)
    for step, about in enumerate(_STEPS, 1):
        rows = [_kind_row(kind) for kind in every if kind.cycle.startswith(str(step))]
        if rows:
            lines += [f"## {about}", "", *table(("编号", "文书", "文种", "知悉范围", "模板"), rows)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _kind_row(kind: type[Document]) -> tuple[str, ...]:
    templates = (f"`{file_name(kind, variant)}`{_form(kind, variant)}" for variant in ("", *kind.variants))
    return kind.cycle, kind.label, code(kind.kind), kind.audience.value, "，".join(templates)


def _form(kind: type[Document], variant: str) -> str:
    return f" {kind.variants[variant].label}" if variant else ""


PAGES = {
    "kinds.md": own_kinds_page,
    "fields.md": fields_page,
    "tags.md": tags_page,
    "styles.md": styles_page,
    "api/index.md": names_page,
    "api/kinds.md": kinds_page,
    "api/word.md": word_page,
    "api/pdf.md": pdf_page,
    "api/checks.md": checks_page,
    "rules.md": rules_page,
    **{family.page: family.made for family in FAMILIES},
    "clauses.md": clauses_page,
}
"""The pages that are made, by their names within docs/reference."""


if __name__ == "__main__":
    for name, page in PAGES.items():
        (REFERENCE / name).parent.mkdir(parents=True, exist_ok=True)
        (REFERENCE / name).write_text(page(), encoding="utf-8")
        print(f"docs/reference/{name}")

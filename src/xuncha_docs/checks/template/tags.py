"""TPL1: tags that docxtpl does not read as they were meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree

from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Severity
from xuncha_docs.word import known
from xuncha_docs.word.dialect import MOST_TAGS
from xuncha_docs.word.examined import CELL_WORDS, LETTERED, Examined, ExaminedPart
from xuncha_docs.word.grammar import FILTERS
from xuncha_docs.word.syntax import Fault as SyntaxFault
from xuncha_docs.word.tagged import CLOSERS, Piece, Tag, TaggedParagraph, W

UNITS = {"p": "段", "tr": "行", "tc": "格", "r": "处文字"}
"""What docxtpl takes away together with a lettered tag."""


@rule("TPL101")
def unclosed_tag(template: Examined) -> Flaws:
    """标签没有写完，缺少后面的括号。

    为什么：没有写完的标签会把后面的文字一直吞到下一个括号，或者整份模板都做不出来。

    错：
        对{{ 对象 }开展巡察
    对：
        对{{ 对象 }}开展巡察
    """
    for part in template.parts:
        for tag in part.tags:
            if tag.closer in ("", "}", "%") and not _crossing(part, tag):
                closer = CLOSERS[tag.opener]
                yield Flaw(tag.place, f"“{tag.opener}”后面缺少“{closer}”。", f"写成 {_whole(tag)}。")
            elif tag.closer in ("}}", "%}") and not tag.closed:
                yield Flaw(
                    tag.place,
                    f"“{tag.opener}”后面写成了“{tag.closer}”，应是“{CLOSERS[tag.opener]}”。",
                    f"写成 {_whole(tag)}。",
                )


def _joined(part: ExaminedPart) -> Iterator[tuple[TaggedParagraph, TaggedParagraph]]:
    """Yield paragraphs that docxtpl takes for one, since a brace ends the first and another begins the next."""
    texts = [p for p in part.tagged.paragraphs if p.text and p.pieces]
    for one, other in pairwise(texts):
        if re.search(r"\{\0[{%#]|[%}#]\0\}", f"{one.text[-1]}\0{other.text[0]}") and one.place != other.place:
            yield one, other


def _whole(tag: Tag) -> str:
    return tag.written() if tag.said and len(tag.said) < 60 else f"{tag.opener} … {CLOSERS[tag.opener]}"


def _crossing(part: ExaminedPart, tag: Tag) -> Tag | None:
    """Return what closes a tag in a later paragraph, if nothing was opened in between."""
    if tag.closer:
        return None
    at = part.tags.index(tag)
    after = part.tags[at + 1] if at + 1 < len(part.tags) else None
    ends = after is not None and after.closer == "stray" and after.opener == tag.opener and not _opened(after)
    return after if ends and after is not None and after.paragraph is not tag.paragraph else None


def _opened(stray: Tag) -> bool:
    """Tell whether half an opener is left before a stray closer, `{ 名称 }}`."""
    return stray.text[:1] in "{%" and len(stray.text) > 2


@rule("TPL102")
def stray_closer(template: Examined) -> Flaws:
    """括号没有开头，只有结尾。

    为什么：Word 会把它当成普通文字，括号连同里面的名字一起印在文书上。

    错：
        对{ 对象 }}开展巡察
    对：
        对{{ 对象 }}开展巡察
    """
    for part in template.parts:
        crossing = {id(_crossing(part, tag)) for tag in part.tags if not tag.closer}
        for tag in part.tags:
            if tag.closer == "stray" and id(tag) not in crossing:
                closer = CLOSERS[tag.opener]
                cure = f"写成 {_whole(tag)}。" if _opened(tag) else f"补上前面的“{tag.opener}”，或删去“{closer}”。"
                yield Flaw(tag.place, f"“{closer}”前面缺少“{tag.opener}”。", cure)


@rule("TPL103")
def crossing_tag(template: Examined) -> Flaws:
    """一个标签写在两个段落或两个格子里。

    为什么：标签里按了回车，前后两段会并成一段，或者文件打不开。

    错：
        对{{ 对象
        }}开展巡察
    对：
        对{{ 对象 }}开展巡察
    """
    for part in template.parts:
        for tag in part.tags:
            if _crossing(part, tag):
                yield Flaw(tag.place, "标签没有写在同一个段落里。", "把标签里的回车删去，写在同一段、同一格里。")
        for one, other in _joined(part):
            place = one.at(max(0, len(one.text) - 2), len(one.text))
            message = (
                f"段末的“{one.text[-1]}”会和下一段（{other.place}）开头的“{other.text[0]}”连成标签，两段并成一段。"
            )
            yield Flaw(place, message, "删去多余的括号。")


@rule("TPL104")
def unclosed_block(template: Examined) -> Flaws:
    """“如果”或“循环”没有结尾。

    为什么：少了结尾，程序不知道哪些内容要重复、哪些要看条件，整份模板做不出来。

    错：
        {%p if 任务 %}
        {{ 任务 }}
    对：
        {%p if 任务 %}
        {{ 任务 }}
        {%p endif %}
    """
    for _, tag, fault in _syntax(template, "unclosed-block"):
        end = f"{{%{tag.letter or ''} end{fault.word} %}}"
        yield Flaw(tag.place, f"“{fault.word}”没有结尾。", f"在要管到的内容后面加上 {end}。")


@rule("TPL105")
def stray_end(template: Examined) -> Flaws:
    """结尾、“否则”找不到对应的开头。

    为什么：多半是开头被删了或写错了位置，整份模板做不出来。

    错：
        {{ 标题 }}
        {%p endif %}
    对：
        {%p if 任务 %}
        {{ 任务 }}
        {%p endif %}
    """
    for part, tag, fault in _syntax(template, "stray-end", "stray-else"):
        opened = part.tags[fault.opened] if fault.opened is not None else None
        open_now = f"这里还没有结束的是 {opened.text}（{opened.paragraph.place}）" if opened else "这里没有要结束的内容"
        yield Flaw(tag.place, f"“{fault.word}”没有对应的开头，{open_now}。", "补上开头，或删去这个标签。")


def _syntax(template: Examined, *sorts: str) -> Iterator[tuple[ExaminedPart, Tag, SyntaxFault]]:
    for part in template.parts:
        for fault in part.syntax.faults:
            if fault.sort in sorts and part.tags:
                yield part, part.tags[fault.tag], fault


@rule("TPL106")
def mixed_letters(template: Examined) -> Flaws:
    """开头和结尾的字母不一样。

    为什么：带字母的标签会连同整段、整行一起去掉，不带的只去掉自己；一头去了一头没去，文件就坏了。

    错：
        {%p if 任务 %}
        {{ 任务 }}
        {% endif %}
    对：
        {%p if 任务 %}
        {{ 任务 }}
        {%p endif %}
    """
    for part in template.parts:
        for first, last in _pairs(part):
            if first.letter != last.letter:
                cure = f"写成 {{%{first.letter} {last.said} %}}，或把开头也改成一样的。".replace("{% ", "{% ")
                yield Flaw(last.place, f"这里是{_lettered(last)}，开头的 {first.text} 却是{_lettered(first)}。", cure)


def _lettered(tag: Tag) -> str:
    return f"带字母 {tag.letter} 的" if tag.letter else "不带字母的"


def _pairs(part: ExaminedPart) -> Iterator[tuple[Tag, Tag]]:
    """Yield each opening tag with what closes it, and with each `else` between."""
    for first, last in part.syntax.pairs:
        yield part.tags[first], part.tags[last]
    for middle, first in part.syntax.within.items():
        yield part.tags[first], part.tags[middle]


@rule("TPL107")
def crossing_block(template: Examined) -> Flaws:
    """“如果”或“循环”的开头和结尾不在同一层：一头在表格里，一头在表格外，或不在同一张表、同一行。

    为什么：条件不成立或循环几遍时，会切断段落和表格，文件打不开，或者内容悄悄丢了。
    不带字母的开头和结尾分在两段、段里又有别的文字时，条件不成立会把两段并成一段。

    错：
        {%p if 任务 %}
        | {{ 任务 }} | {%p endif %} |
    对：
        {%p if 任务 %}
        | {{ 任务 }} | 任务 |
        {%p endif %}
    """
    for part in template.parts:
        for first, last in _pairs(part):
            if first.letter == last.letter and (flaw := _level(first, last)):
                yield flaw


def _level(first: Tag, last: Tag) -> Flaw | None:
    one, other = first.paragraph, last.paragraph
    levels = {"": 0, "p": 0, "r": 0, "tr": -2, "tc": -1}[first.letter]
    same = one.holder[: levels or None] == other.holder[: levels or None]
    if not same:
        where = {"tr": "同一张表里", "tc": "同一行里"}.get(first.letter, "同一层（同一格，或都在表格外）")
        return Flaw(last.place, f"它和开头的 {first.text}（{one.place}）不在{where}。", f"把两个标签放在{where}。")
    if one is other or first.letter or first.dashed or last.dashed:
        return None
    if _alone(one) and _alone(other):
        return None  # said by leftover-paragraph
    message = f"它和开头的 {first.text}（{one.place}）不在同一段，条件不成立时两段会并成一段。"
    return Flaw(last.place, message, "各自单独成段，写成 {%p … %}；或者写在同一段里。", Severity.WARNING)


def _alone(paragraph: TaggedParagraph) -> bool:
    """Tell whether a paragraph holds nothing but statements."""
    return not re.sub(r"\{%.*?%\}|\{#.*?#\}", "", paragraph.text).strip()


@rule("TPL108")
def misplaced_letter(template: Examined) -> Flaws:
    """tr、tc 写在表格外面；colspan、cellbg、vm、hm 没有写在格子里。

    为什么：tr 管一行，tc 管一格，在表格外面没有行和格可管，模板做不出来。

    错：
        {%tr for 组 in 各组一览 %}
        {{ 组.巡察组 }}
        {%tr endfor %}
    对：
        {%p for 组 in 各组一览 %}
        {{ 组.巡察组 }}
        {%p endfor %}
    """
    for _, tag in template.tags:
        in_cell = any(kind == "cell" for kind, _ in tag.paragraph.holder)
        if in_cell or tag.opener == "{#":
            continue
        if tag.letter in ("tr", "tc"):
            yield Flaw(tag.place, f"{tag.letter} 只能写在表格里。", f"管整段的写 {{%p {tag.said} %}}。")
        elif tag.word in CELL_WORDS:
            yield Flaw(tag.place, f"{tag.word} 只能写在表格的格子里。", "删去它，或放进格子里。")


@rule("TPL109")
def spaced_letter(template: Examined) -> Flaws:
    """字母 p、tr、tc、r 没有紧跟在 {% 后面，写成了大写，或和后面的词连在一起。

    为什么：只有紧跟着、小写、后面空一格的字母才算数，不然程序会说不认识这个词。

    错：
        {% p if 任务 %}
        {{ 任务 }}
        {% p endif %}
    对：
        {%p if 任务 %}
        {{ 任务 }}
        {%p endif %}
    """
    for _, tag in template.tags:
        glued = LETTERED.match(tag.said) if tag.opener == "{%" else None
        if tag.spaced:
            yield Flaw(
                tag.place, f"字母 {tag.letter} 要小写，紧跟在 {{% 后面，前面不能空格。", f"写成 {tag.written()}。"
            )
        elif glued:
            letter = re.match("tr|tc|p|r", tag.said)
            rest = tag.said[letter.end() :] if letter else tag.said
            said = f"{{%{letter[0] if letter else ''} {rest} %}}"
            yield Flaw(tag.place, "字母和后面的词之间要空一格。", f"写成 {said}。")


@rule("TPL110")
def crowded_tag(template: Examined) -> Flaws:
    """带字母的标签旁边还有别的标签，会一起消失。

    为什么：{%p … %} 连同整段去掉，{%tr … %} 连同整行去掉，旁边的标签也就没有了。

    错：
        {%p if 任务 %}{{ 任务 }}{%p endif %}
    对：
        {%p if 任务 %}
        {{ 任务 }}
        {%p endif %}
    """
    for part in template.parts:
        for kept, lost in _crowded(part):
            unit = UNITS[kept.letter]
            cure = f"{kept.text} 要单独占一{unit}，别的标签另起一{unit}。"
            if kept.letter == "p" and lost.letter == "p":
                cure += "要写在同一段里，就去掉字母 p。"
            yield Flaw(lost.place, f"它和 {kept.text} 在同一{unit}里，会一起消失。", cure)


def _crowded(part: ExaminedPart) -> Iterator[tuple[Tag, Tag]]:
    """Yield each tag that a lettered one takes away, with that one; docxtpl keeps the last of several."""
    told: set[int] = set()
    for letter in ("tr", "tc", "p", "r"):
        for unit in _units(part, letter):
            lettered = [tag for tag in unit if tag.letter == letter and tag.closed]
            if not lettered:
                continue
            kept = lettered[-1]
            for tag in unit:
                if tag is not kept and id(tag) not in told and not _harmless(tag):
                    told.add(id(tag))
                    yield kept, tag


def _harmless(tag: Tag) -> bool:
    return tag.opener == "{#" or tag.word in ("vm", "hm") or tag.closer in ("single", "stray")


def _units(part: ExaminedPart, letter: str) -> list[list[Tag]]:
    """Gather the tags by what a letter takes away: row, cell, paragraph or run."""
    wanted = [tag for tag in part.tags if tag.letter == letter]
    if not wanted:
        return []
    if letter in ("tr", "tc"):
        depth = -1 if letter == "tr" else None
        keys = dict.fromkeys(tag.paragraph.holder[:depth] for tag in wanted)
        return [[t for t in part.tags if t.paragraph.holder[: len(key)] == key] for key in keys if key]
    paragraphs = list({id(tag.paragraph): tag.paragraph for tag in wanted}.values())
    if letter == "p":
        return [list(part.tagged.tags_in(paragraph)) for paragraph in paragraphs]
    return [_in_runs(part.tagged.tags_in(tag.paragraph), tag) for tag in wanted]


def _in_runs(tags: Sequence[Tag], wanted: Tag) -> list[Tag]:
    """Return the tags that share a run with one, itself last."""
    start, end = _stretch(wanted)
    shared = [tag for tag in tags if tag is not wanted and tag.start < end and tag.end > start]
    return [*shared, wanted]


def _stretch(tag: Tag) -> tuple[int, int]:
    """Return the stretch of text of the runs that a tag stands in."""
    pieces = tag.paragraph.pieces
    runs = {piece.run for piece in pieces if piece.start < tag.end and _end(piece) > tag.start}
    inside = [piece for piece in pieces if piece.run in runs]
    return (inside[0].start, _end(inside[-1])) if inside else (tag.start, tag.end)


def _end(piece: Piece) -> int:
    return piece.start + len(piece.element.text or "")


@rule("TPL111")
def vanishing_text(template: Examined) -> Flaws:
    """带字母的标签旁边有文字，会跟着消失。

    为什么：{%p … %} 连同整段去掉，{%tr … %} 连同整行去掉，旁边的文字不会印出来，也没有任何提示。

    错：
        {%p if 任务 %}巡察任务如下：
        {{ 任务 }}
        {%p endif %}
    对：
        {%p if 任务 %}
        巡察任务如下：
        {{ 任务 }}
        {%p endif %}
    """
    for part in template.parts:
        told: set[tuple[object, ...]] = set()
        for tag in part.tags:
            if not tag.letter or not tag.closed or tag.opener == "{#":
                continue
            for paragraph, start, end in _beside(part, tag):
                text = paragraph.text[start:end].strip()
                key = (id(paragraph), start)
                if text and key not in told:
                    told.add(key)
                    unit = UNITS[tag.letter]
                    message = f"“{text[:30]}”和 {tag.text} 在同一{unit}里，会一起消失。"
                    yield Flaw(paragraph.at(start, end), message, f"把文字另起一{unit}。")


def _beside(part: ExaminedPart, tag: Tag) -> Iterator[tuple[TaggedParagraph, int, int]]:
    """Yield the stretches of text that go with a lettered tag, tags aside."""
    if tag.letter == "r":
        yield from _texts(part, tag.paragraph, *_stretch(tag))
        return
    if tag.letter == "p":
        yield from _texts(part, tag.paragraph, 0, len(tag.paragraph.text))
        return
    holder = tag.paragraph.holder
    key = holder[:-1] if tag.letter == "tr" else holder
    if not any(kind == "cell" for kind, _ in holder):
        return
    for paragraph in part.tagged.paragraphs:
        if paragraph.holder[: len(key)] == key:
            yield from _texts(part, paragraph, 0, len(paragraph.text))


def _texts(
    part: ExaminedPart, paragraph: TaggedParagraph, start: int, end: int
) -> Iterator[tuple[TaggedParagraph, int, int]]:
    at = start
    for tag in part.tagged.tags_in(paragraph):
        if tag.end > start and tag.start < end:
            yield paragraph, at, max(at, tag.start)
            at = tag.end
    yield paragraph, at, max(at, end)


@rule("TPL112")
def braces_in_lettered_tag(template: Examined) -> Flaws:
    """带字母的标签里面有 % 或 }。

    为什么：docxtpl 读带字母的标签时，遇到 % 或 } 就以为标签完了，整份模板做不出来。

    错：
        {%p if 单位数 % 2 == 0 %}
        双数
        {%p endif %}
    对：
        {%p if 单位数 is even %}
        双数
        {%p endif %}
    """
    for _, tag in template.tags:
        if tag.letter and tag.closed and tag.opener != "{#" and re.search("[%}]", tag.said):
            cure = "先在前面用 {% set 名字 = … %} 算好，这里只写名字；双数可以写 is even。"
            yield Flaw(tag.place, "带字母的标签里不能有 % 或 }。", cure)


@rule("TPL113")
def single_brace(template: Examined) -> Flaws:
    """只写了一对花括号，或多写了一个。

    为什么：标签要用两对花括号；一对花括号会原样印在文书上。

    错：
        对{ 对象 }开展巡察
    对：
        对{{ 对象 }}开展巡察
    """
    names = _known_names(template)
    for _, tag in template.tags:
        text = tag.paragraph.text
        if tag.closer == "single":
            meant = tag.said.partition(".")[0] in names
            if meant or not template.model:
                severity = Severity.ERROR if meant else Severity.WARNING
                yield Flaw(tag.place, "只有一对花括号，会原样印出来。", f"写成 {{{{ {tag.said} }}}}。", severity)
        elif tag.closed and tag.opener != "{#" and (text[tag.end : tag.end + 1] == "}" or _brace_before(text, tag)):
            place = tag.paragraph.at(max(0, tag.start - 1), tag.end + 1)
            yield Flaw(place, "多了一个花括号，会原样印出来。", f"写成 {tag.written()}。")


def _brace_before(text: str, tag: Tag) -> bool:
    return tag.start > 0 and text[tag.start - 1] == "{"


def _known_names(template: Examined) -> frozenset[str]:
    return frozenset(known.names(template.model)) if template.model else frozenset()


@rule("TPL114")
def reversed_braces(template: Examined) -> Flaws:
    """花括号和百分号的次序写反了。

    为什么：语句写 {% … %}，印内容写 {{ … }}，两种不能套在一起。

    错：
        {{% if 任务 %}}{{ 任务 }}{{% endif %}}
    对：
        {% if 任务 %}{{ 任务 }}{% endif %}
    """
    for _, tag in template.tags:
        if tag.closer == "reversed":
            yield Flaw(tag.place, "花括号和百分号套在一起了。", f"写成 {tag.written()}。")


@rule("TPL115")
def unknown_filter(template: Examined) -> Flaws:
    """竖线后面的过滤器没有这个名字。

    为什么：过滤器只有固定的一些，写错一个字母就做不出来。

    错：
        {{ 附言|jion('、') }}
    对：
        {{ 附言|join('、') }}
    """
    for part in template.parts:
        for tag, fault in part.faults("unknown-filter"):
            meant = fault.about.get("meant")
            shown = "、".join(sorted(FILTERS)[:12])
            cure = f"是不是 {meant}？" if meant else f"能用的有 {shown} 等。"
            yield Flaw(tag.place, f"没有“{fault.about['name']}”这个过滤器。", cure)


@rule("TPL116")
def unknown_test(template: Examined) -> Flaws:
    """is 后面的判断没有这个名字。

    为什么：判断只有固定的一些，写错就做不出来。

    错：
        {% if 任务 is nome %}无{% endif %}
    对：
        {% if 任务 is none %}无{% endif %}
    """
    for part in template.parts:
        for tag, fault in part.faults("unknown-test"):
            meant = fault.about.get("meant")
            cure = f"是不是 {meant}？" if meant else "是否为空写 is none，单双数写 is odd、is even。"
            yield Flaw(tag.place, f"没有“{fault.about['name']}”这个判断。", cure)


@rule("TPL117")
def unreadable_tag(template: Examined) -> Flaws:
    """标签里面的写法读不懂。

    为什么：少了引号、括号，多了空格，或者语句不认识，整份模板就做不出来。

    错：
        {{ 附言|join('、' }}
    对：
        {{ 附言|join('、') }}
    """
    for part in template.parts:
        for tag, fault in part.faults("unreadable", "too-deep"):
            yield Flaw(tag.place, f"这个标签读不懂：{_syntax_said(fault.message)}。", None)
    for _, tag, broken in _syntax(template, "unreadable", "too-deep"):
        if not _told_elsewhere(tag):
            yield Flaw(tag.place, f"这个标签读不懂：{_syntax_said(broken.message)}。", _syntax_cure(tag))


def _told_elsewhere(tag: Tag) -> bool:
    """Tell whether another rule says what is wrong with a tag, so that its syntax says nothing more."""
    return not tag.closed or bool(tag.letter and re.search("[%}]", tag.said))


_SAID = (
    (r"unexpected '?(.+?)'?$", "“{}”不该在这里"),
    (r"unexpected char '(.+)' at", "不认识“{}”这个字符"),
    (r"Encountered unknown tag '(.+?)'", "不认识“{}”这个语句"),
    (r"Expected an expression, got '(.+)'", "缺少内容，后面就是“{}”"),
    (r"expected token '(.+)', got '(.+)'", "应是“{}”，写成了“{}”"),
    (r"Unexpected end of template", "没有写完"),
    (r"nested deeper than (\d+) levels", "一层套一层，超过了 {} 层"),
    (r"[Mm]issing|expected", "缺少内容"),
)


def _syntax_said(message: str) -> str:
    """Say in Chinese what Jinja says of a tag."""
    words = {"end of print statement": "}}", "end of statement block": "%}", "begin of print statement": "{{"}
    for pattern, said in _SAID:
        match = re.search(pattern, message)
        if match:
            return said.format(*(words.get(group, group) for group in match.groups()))
    return message


def _syntax_cure(tag: Tag) -> str | None:
    if tag.said.count("'") % 2 or tag.said.count('"') % 2:
        return "引号要成对。"
    if tag.said.count("(") != tag.said.count(")"):
        return "括号要成对。"
    if tag.word and re.match(r"(?:el|e|en|fo|i)\w*", tag.word):
        return "语句只有 if、elif、else、endif、for、endfor、set 等几种，请对照着检查。"
    if tag.opener == "{{" and re.match(r"\s*(?:if|for|endif|endfor|else|set)\b", tag.said):
        return f"语句写成 {{% {tag.said} %}}。"
    return "请检查里面的空格、引号、括号和点。"


@rule("TPL118", Severity.WARNING)
def leftover_paragraph(template: Examined) -> Flaws:
    """语句单独占一段，却没有字母 p，会留下空白的一段。

    为什么：{% if … %} 只去掉自己，所在的段落留在文书里，多出一个空行。

    错：
        {% if 任务 %}
        {{ 任务 }}
        {% endif %}
    对：
        {%p if 任务 %}
        {{ 任务 }}
        {%p endif %}
    """
    for part in template.parts:
        for paragraph in part.tagged.paragraphs:
            tags = part.tagged.tags_in(paragraph)
            if tags and paragraph.element is not None and _leaves_blank(part, paragraph, tags):
                cure = (
                    "、".join(f"{{%p {tag.said} %}}" for tag in tags[:3])
                    if len(tags) == 1
                    else "各占一段，写成 {%p … %}"
                )
                yield Flaw(tags[0].place, "这一段只有语句，做成文书后会多出一个空行。", f"写成 {cure}。")


def _leaves_blank(part: ExaminedPart, paragraph: TaggedParagraph, tags: Sequence[Tag]) -> bool:
    plain = all(
        t.opener == "{%" and t.closed and not t.letter and not t.spaced and t.word not in CELL_WORDS for t in tags
    )
    if not plain or not _alone(paragraph) or any(tag.dashed for tag in tags) or LETTERED.match(tags[0].said):
        return False
    at = part.tags.index(tags[0])
    beside = [*part.tags[max(0, at - 1) : at], *part.tags[at + len(tags) : at + len(tags) + 1]]
    return not any(tag.dashed for tag in beside) and not _has_picture(paragraph.element)


def _has_picture(element: etree._Element | None) -> bool:
    return element is not None and next(element.iter(f"{W}drawing", f"{W}pict", f"{W}object"), None) is not None


@rule("TPL119", Severity.WARNING)
def split_tag(template: Examined) -> Flaws:
    """一个标签里的字格式不一样。

    为什么：印出来的内容只会用标签开头的格式，后面的加粗、颜色、字号都没有了。

    错：
        对{{ 对¦象 }}开展巡察
    对：
        对{{ 对象 }}开展巡察
    """
    for _, tag in template.tags:
        if tag.opener != "{#" and len(formats(tag)) > 1:
            yield Flaw(tag.place, "标签里的字格式不一样，印出来只有开头的格式。", "选中整个标签，设成同一种格式。")


def formats(tag: Tag) -> set[bytes]:
    """Return the formats of the runs that a tag stands in, leaving out what nobody sees."""
    pieces = [p for p in tag.paragraph.pieces if p.start < tag.end and _end(p) > tag.start]
    if len({piece.run for piece in pieces}) < 2:
        return set()
    return {_format(piece.element.getparent()) for piece in pieces}


_UNSEEN = {f"{W}{name}" for name in ("lang", "noProof", "webHidden", "proofErr")}


def _format(run: etree._Element | None) -> bytes:
    properties = run.find(f"{W}rPr") if run is not None else None
    if properties is None:
        return b""
    seen = []
    for child in properties:
        if child.tag in _UNSEEN:
            continue
        said = sorted((str(k), str(v)) for k, v in child.attrib.items() if k != f"{W}hint")
        if said or child.tag != f"{W}rFonts":
            seen.append(f"{child.tag}{said}")
    return "".join(sorted(seen)).encode()


@rule("TPL120")
def unfilled_part(template: Examined) -> Flaws:
    """标签写在程序不填的地方，如图表里。

    为什么：只有正文、页眉、页脚、脚注、尾注、批注和文件属性会填，别处的标签会原样印出来。

    错：
        图表：{{ 对象 }}
    对：
        对{{ 对象 }}开展巡察
    """
    for tag in template.other_tags:
        yield Flaw(tag.place, "这里的标签不会被填写。", "把标签移到正文、页眉或页脚里。")


@rule("TPL122", Severity.WARNING)
def empty_block(template: Examined) -> Flaws:
    """“如果”“否则”或“循环”里面什么也没有。

    为什么：条件成立了也没有东西可印，多半是内容放到了标签外面，或者两个标签放反了。

    错：
        {%p if 任务 %}
        {%p endif %}
        {{ 标题 }}
    对：
        {%p if 任务 %}
        {{ 任务 }}
        {%p endif %}
    """
    for part in template.parts:
        numbers = {id(paragraph): n for n, paragraph in enumerate(part.tagged.paragraphs)}
        limits = {*part.syntax.within.items(), *((last, first) for first, last in part.syntax.pairs)}
        for last, _ in sorted(limits):
            first = last - 1
            if part.tags[first].dashed or part.tags[last].dashed:
                continue  # which joins paragraphs, and is all that is wanted of it
            opens = (
                (first, last) in part.syntax.pairs or part.syntax.within.get(last) == first or _same_block(part, last)
            )
            if opens and _nothing_between(part.tags[first], part.tags[last], numbers):
                yield Flaw(part.tags[first].place, "它后面什么也没有就结束了。", "把要印的内容放在两个标签之间。")


def _same_block(part: ExaminedPart, last: int) -> bool:
    """Tell whether the tag before a middle or an end is a middle of the same block."""
    closes = {end: start for start, end in part.syntax.pairs} | part.syntax.within
    return part.syntax.within.get(last - 1) is not None and part.syntax.within.get(last - 1) == closes.get(last)


def _nothing_between(first: Tag, last: Tag, numbers: dict[int, int]) -> bool:
    one, other = first.paragraph, last.paragraph
    if one is other:
        return not one.text[first.end : last.start].strip()
    next_to = numbers[id(other)] - numbers[id(one)] == 1
    beside = (one.text[first.end :] + other.text[: last.start]).strip()
    return next_to and not beside and not _has_picture(one.element) and not _has_picture(other.element)


@rule("TPL121")
def too_many_tags(template: Examined) -> Flaws:
    """一个部件里的标签太多。

    为什么：标签上千个时，docxtpl 读得极慢，程序不收这样的模板；几百个已经是二十页的文书了。

    错：
        重复 2001 次：{{ 标题 }}
    对：
        {{ 标题 }}
    """
    for part in template.parts:
        if len(part.tags) > MOST_TAGS:
            yield Flaw(part.tags[MOST_TAGS].place, f"标签超过 {MOST_TAGS} 个。", "重复的内容用循环写。")

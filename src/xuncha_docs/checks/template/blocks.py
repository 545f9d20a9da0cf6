"""TPL1: blocks, `{% if … %}` to `{% endif %}`: closed, on one level, and with something in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Severity
from xuncha_docs.word.examined import CELL_WORDS, Examined, ExaminedPart
from xuncha_docs.word.tagged import Holder, Tag, TaggedParagraph, W


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
    for part in template.parts:
        for tag, fault in part.broken("unclosed-block"):
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
    for part in template.parts:
        for tag, fault in part.broken("stray-end", "stray-else"):
            opened = part.tags[fault.opened] if fault.opened is not None else None
            open_now = (
                f"这里还没有结束的是 {opened.text}（{opened.paragraph.place}）" if opened else "这里没有要结束的内容"
            )
            yield Flaw(tag.place, f"“{fault.word}”没有对应的开头，{open_now}。", "补上开头，或删去这个标签。")


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
                letter = "tr" if _in_two_rows(first, last) else first.letter or last.letter
                cure = f"写成 {{%{letter} {last.said} %}}，开头写成 {{%{letter} {first.said} %}}。"
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
            if first.letter == last.letter and (flaw := _level(part, first, last)):
                yield flaw


def _outside(tag: Tag) -> Holder:
    """Return what holds the row, the cell or the paragraph that a tag stands for."""
    kinds = [kind for kind, _ in tag.paragraph.holder]
    wanted = {"tr": "row", "tc": "cell"}.get(tag.letter, "")
    return (
        tag.paragraph.holder[: len(kinds) - 1 - kinds[::-1].index(wanted)] if wanted in kinds else tag.paragraph.holder
    )


def _in_two_rows(first: Tag, last: Tag) -> bool:
    """Tell whether two tags stand in two rows of one table."""
    one, other = ([*tag.paragraph.holder] for tag in (first, last))
    rows = [(holder[:n], holder[n]) for holder in (one, other) for n, (kind, _) in enumerate(holder) if kind == "row"]
    return len(rows) == 2 and rows[0][0] == rows[1][0] and rows[0][1] != rows[1][1]


def _level(part: ExaminedPart, first: Tag, last: Tag) -> Flaw | None:
    one, other = first.paragraph, last.paragraph
    if _outside(first) != _outside(last):
        message = f"它和开头的 {first.text}（{one.place}）"
        if first.letter != "tr" and _in_two_rows(first, last):
            cure = f"管整行的写 {{%tr {first.said} %}} 和 {{%tr {last.said} %}}，各占一行。"
            return Flaw(last.place, f"{message}不在同一行里。", cure)
        where = {"tr": "同一张表里", "tc": "同一行里"}.get(first.letter, "同一层（同一格，或都在表格外）")
        return Flaw(last.place, f"{message}不在{where}。", f"把两个标签放在{where}。")
    if one is other and not first.letter and first.containers[-1:] != last.containers[:1]:
        message = f"它和开头的 {first.text} 一个在超链接或内容控件里，一个在外面。"
        return Flaw(last.place, message, "把两个标签都放在里面，或都放在外面。")
    if one is other or first.letter or first.dashed or last.dashed:
        return None
    if _alone(part, one) and _alone(part, other):
        return None  # said by leftover-paragraph
    message = f"它和开头的 {first.text}（{one.place}）不在同一段，条件不成立时两段会并成一段。"
    return Flaw(last.place, message, "各自单独成段，写成 {%p … %}；或者写在同一段里。", Severity.WARNING)


def _alone(part: ExaminedPart, paragraph: TaggedParagraph) -> bool:
    """Tell whether a paragraph holds nothing but statements."""
    at = 0
    for tag in part.tagged.tags_in(paragraph):
        if tag.opener == "{{" or not tag.closed or paragraph.text[at : tag.start].strip():
            return False
        at = tag.end
    return not paragraph.text[at:].strip()


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
        in_rows = [tag for pair in _pairs(part) if _in_two_rows(*pair) for tag in pair]
        for paragraph in part.tagged.paragraphs:
            tags = part.tagged.tags_in(paragraph)
            if tags and paragraph.element is not None and _leaves_blank(part, paragraph, tags):
                letter = "tr" if tags[0] in in_rows else "p"
                one = f"写成 {{%{letter} {tags[0].said} %}}。"
                cure = one if len(tags) == 1 else f"各占一段，写成 {{%{letter} … %}}。"
                yield Flaw(tags[0].place, "这一段只有语句，做成文书后会多出一个空行。", cure)


_WORDS = ("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "with", "endwith", "macro", "endmacro")


def _is_known(tag: Tag) -> bool:
    return tag.word in _WORDS


def _leaves_blank(part: ExaminedPart, paragraph: TaggedParagraph, tags: Sequence[Tag]) -> bool:
    plain = all(
        t.opener == "{%" and t.closed and not t.letter and not t.spaced and t.word not in CELL_WORDS for t in tags
    )
    if not plain or not _alone(part, paragraph) or any(tag.dashed for tag in tags) or not all(map(_is_known, tags)):
        return False
    at = part.tagged.number[id(tags[0])]
    beside = [*part.tags[max(0, at - 1) : at], *part.tags[at + len(tags) : at + len(tags) + 1]]
    return not any(tag.dashed for tag in beside) and not _has_picture(paragraph.element)


def _has_picture(element: etree._Element | None) -> bool:
    return element is not None and next(element.iter(f"{W}drawing", f"{W}pict", f"{W}object"), None) is not None


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

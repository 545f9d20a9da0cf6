"""TPL1: docxtpl's letters, `{%p … %}` and the like, which take paragraph, row, cell or run away with the tag."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.word.examined import CELL_WORDS, Examined, ExaminedPart
from xuncha_docs.word.tagged import Holder, Tag, TaggedParagraph, W

UNITS = {"p": "段", "tr": "行", "tc": "格", "r": "处文字"}
"""What docxtpl takes away together with a lettered tag."""


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
        if tag.spaced:
            message = f"字母 {tag.letter} 要小写，紧跟在 {{% 后面，再空一格写后面的词。"
            yield Flaw(tag.place, message, f"写成 {tag.written()}。")


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
        keys = dict.fromkeys(_around(tag) for tag in wanted)
        units = [part.tagged.within.get(key, ()) for key in keys if key]
        return [[tag for one in unit for tag in part.tagged.tags_in(one)] for unit in units]
    paragraphs = list({id(tag.paragraph): tag.paragraph for tag in wanted}.values())
    if letter == "p":
        return [list(part.tagged.tags_in(paragraph)) for paragraph in paragraphs]
    return [_in_runs(part.tagged.tags_in(tag.paragraph), tag) for tag in wanted]


def _around(tag: Tag) -> Holder:
    """Return the row or the cell that a lettered tag takes away; empty outside a table."""
    kinds = [kind for kind, _ in tag.paragraph.holder]
    wanted = {"tr": "row", "tc": "cell"}[tag.letter]
    return tag.paragraph.holder[: len(kinds) - kinds[::-1].index(wanted)] if wanted in kinds else ()


def _in_runs(tags: Sequence[Tag], wanted: Tag) -> list[Tag]:
    """Return the tags that share a run with one, itself last."""
    start, end = _stretch(wanted)
    shared = [tag for tag in tags if tag is not wanted and tag.start < end and tag.end > start]
    return [*shared, wanted]


def _stretch(tag: Tag) -> tuple[int, int]:
    """Return the stretch of text of the runs that a tag stands in."""
    runs = {piece.run for piece in tag.pieces}
    inside = [piece for piece in tag.paragraph.pieces if piece.run in runs]
    return (inside[0].start, inside[-1].end) if inside else (tag.start, tag.end)


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
            things = "、".join(_things(tag))
            if things:
                unit = UNITS[tag.letter]
                yield Flaw(tag.place, f"同一{unit}里的{things}会和它一起消失。", f"把{things}移到别的{unit}去。")
            for paragraph, start, end in _beside(part, tag):
                text = paragraph.text[start:end].strip()
                key = (id(paragraph), start)
                if text and key not in told:
                    told.add(key)
                    unit = UNITS[tag.letter]
                    message = f"“{text[:30]}”和 {tag.text} 在同一{unit}里，会一起消失。"
                    yield Flaw(paragraph.at(start, end), message, f"把文字另起一{unit}。")


_THINGS = {
    "sectPr": "分节符",
    "drawing": "图片",
    "pict": "图片",
    "object": "对象",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "br": "分页符",
    "tbl": "里面的表格",
}
_NAMES = tuple(f"{W}{name}" for name in _THINGS)
_BREAK, _TYPE = f"{W}br", f"{W}type"


def _things(tag: Tag) -> Iterator[str]:
    """Yield what is no text and goes with a lettered tag."""
    unit = _element(tag)
    if unit is None:
        return
    found = {child.tag for child in unit.iter(*_NAMES) if child.tag != _BREAK or child.get(_TYPE) in ("page", "column")}
    yield from dict.fromkeys(_THINGS[str(name).rpartition("}")[2]] for name in _NAMES if name in found)


def _element(tag: Tag) -> etree._Element | None:
    """Return the paragraph, row, cell or run that a lettered tag takes away."""
    if tag.letter == "p" or tag.paragraph.element is None:
        return tag.paragraph.element
    if tag.letter == "r":
        return tag.pieces[0].element.getparent() if tag.pieces else None
    return next(tag.paragraph.element.iterancestors(f"{W}{tag.letter}"), None)


def _beside(part: ExaminedPart, tag: Tag) -> Iterator[tuple[TaggedParagraph, int, int]]:
    """Yield the stretches of text that go with a lettered tag, tags aside."""
    if tag.letter == "r":
        yield from _texts(part, tag.paragraph, *_stretch(tag))
        return
    if tag.letter == "p":
        yield from _texts(part, tag.paragraph, 0, len(tag.paragraph.text))
        return
    key = _around(tag)
    if not key:
        return
    for paragraph in part.tagged.within.get(key, ()):
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
            cure = "删去多余的 %。" if tag.said.rstrip().endswith("%") else cure
            yield Flaw(tag.place, "带字母的标签里不能有 % 或 }。", cure)

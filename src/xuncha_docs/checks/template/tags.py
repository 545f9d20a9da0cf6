"""TPL1: tags that docxtpl does not read as they were meant; letters and blocks have modules of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Place, Severity
from xuncha_docs.word import known
from xuncha_docs.word.dialect import MOST_TAGS
from xuncha_docs.word.examined import LONGEST_TAGS, Examined, ExaminedPart
from xuncha_docs.word.grammar import FILTERS
from xuncha_docs.word.tagged import CLOSERS, Tag, TaggedParagraph, formats


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
    at = part.tagged.number[id(tag)]
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
        for tag in part.tags:
            if tag.opener != "{#" and len(tag.pieces) > 1 and len(tag.containers) > 1:
                cure = "把整个标签放在超链接、内容控件里面，或都放在外面。"
                yield Flaw(tag.place, "标签一半在超链接或内容控件里，一半在外面。", cure)
        for one, other in _joined(part):
            place = one.at(max(0, len(one.text) - 2), len(one.text))
            message = (
                f"段末的“{one.text[-1]}”会和下一段（{other.place}）开头的“{other.text[0]}”连成标签，两段并成一段。"
            )
            yield Flaw(place, message, "删去多余的括号。")


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
        if tag.closer == "spaced":
            yield Flaw(tag.place, "花括号和百分号之间不能有空格，这样会原样印出来。", f"写成 {tag.written()}。")
        elif tag.closer == "single":
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
        if part.syntax.tree is None and not part.syntax.faults:
            yield Flaw(Place(part=part.name), "这一部分的标签读不懂。", "对照自带模板，逐个检查标签。")
        for tag, fault in part.faults("unreadable", "too-deep"):
            yield Flaw(tag.place, f"这个标签读不懂：{_syntax_said(fault.message)}。", None)
        for tag, broken in part.broken("unreadable", "too-deep"):
            if not _told_elsewhere(tag):
                yield Flaw(tag.place, f"这个标签读不懂：{_syntax_said(broken.message)}。", _syntax_cure(tag))


def _told_elsewhere(tag: Tag) -> bool:
    """Tell whether another rule says what is wrong with a tag, so that its syntax says nothing more."""
    return not tag.closed or bool(tag.letter and re.search("[%}]", tag.said))


_SAID = (
    (r"unexpected char '(.+)' at", "不认识“{}”这个字符"),
    (r"unexpected '?(.+?)'?$", "“{}”不该在这里"),
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


_WRITTEN = (
    (r"[^=!<>]=[^=]", "相等写两个等号，==。"),
    (r"\belse\s+if\b", "“否则如果”写 elif。"),
    (r"\bend\s+(?:if|for)\b", "endif、endfor 要连着写。"),
    (r"(?:且|并且|和)\s*\w", "“并且”写 and，“或者”写 or，“不”写 not，前后空一格。"),
    (r"%\s*$", "多了一个 %。"),
)
"""Slips in a statement, each with what to write."""

_RUN_ON = re.compile(r"(if|elif|for)(?=[\u4e00-\u9fff])")


def _syntax_cure(tag: Tag) -> str | None:
    letter = f"{tag.letter} " if tag.letter else " "
    if tag.opener == "{%" and not re.match(r"set\b", tag.said):
        for pattern, cure in _WRITTEN:
            if re.search(pattern, tag.said):
                return cure
    if run_on := _RUN_ON.match(tag.said):
        return f"写成 {{%{letter}{run_on[1]} {tag.said[run_on.end() :].strip()} %}}。"
    if tag.said.count("'") % 2 or tag.said.count('"') % 2:
        return "引号要成对。"
    if tag.said.count("(") != tag.said.count(")"):
        return "括号要成对。"
    if tag.word and re.match(r"(?:el|e|en|fo|i)\w*", tag.word):
        return "语句只有 if、elif、else、endif、for、endfor、set 等几种，请对照着检查。"
    if tag.opener == "{{" and re.match(r"\s*(?:if|for|endif|endfor|else|set)\b", tag.said):
        return f"语句写成 {{%{letter}{tag.said} %}}。"
    if tag.opener == "{%" and re.fullmatch(r"[^\W\d][\w.]*", tag.said):
        return f"印内容写成 {{{{ {tag.said} }}}}。"
    return "请检查里面的空格、引号、括号和点。"


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
        elif sum(len(tag.said) for tag in part.tags) > LONGEST_TAGS:
            yield Flaw(Place(part=part.name), f"标签一共超过 {LONGEST_TAGS} 字。", "把标签写短。")

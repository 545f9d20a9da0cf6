"""GBT310 to GBT314: the levels of headings: their fonts, their sizes, their indents, their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from xuncha_docs import chinese
from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.layout.looks import FLUSH, Fault, font_fault, lead, named, size_fault, together
from xuncha_docs.checks.profiles import Look
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.word.layout import Numbering, Paragraph
from xuncha_docs.word.roles import LEVELS, Role

_FIRST, _SECOND, _THIRD, _FOURTH = LEVELS
_NAMES = {_FIRST: "第一层标题", _SECOND: "第二层标题", _THIRD: "第三层", _FOURTH: "第四层"}
_FORMS = {_FIRST: "一、", _SECOND: "（一）", _THIRD: "1.", _FOURTH: "（1）"}
_SENTENCE_MARKS = re.compile("[。：]")
_LONG = 30
"""A paragraph of more characters than these is no heading alone: its heading may end at a colon too."""


def headings(paper: Judged) -> Iterator[Paragraph]:
    """Yield the headings of all levels that say something."""
    return (p for p in paper.of(*LEVELS) if p.text.strip())


def heading_end(text: str) -> int:
    """Return where the heading ends that a paragraph begins with: at its first 。, where text goes on after it.

    >>> heading_end("（一）总体要求。根据县委部署，现通知如下。")
    8
    """
    stop = text.find("。") + 1
    if stop and text[stop:].strip():
        return stop
    return len(text)


def _ends(paragraph: Paragraph, look: Look) -> int:
    """Return where a heading ends; in a long paragraph also at a colon where its font ends."""
    text = paragraph.text
    end = heading_end(text)
    if len(text) > _LONG:
        colon = text.find("：", 0, end)
        if colon > 0 and look.passes(paragraph.format_at(0).font) and not _runs_on(paragraph, colon + 1, end, look):
            return colon + 1
    return end


def numbered_text(paper: Judged) -> frozenset[int]:
    """Return the orders of what has the number of a heading but is text.

    That is a sentence of more than a line that looks as text does, and what else is in one list with it and looks so;
    and sentences that look so and stand one right below the other: a heading has something to head.
    """
    body = paper.profile.looks.get(Role.BODY)
    every: list[list[Paragraph]] = []
    going_on: dict[Role, list[Paragraph]] = {}
    for paragraph in headings(paper) if body else ():
        role = paper.role(paragraph)
        for lower in LEVELS[LEVELS.index(role) + 1 :]:  # a higher heading ends lower lists
            going_on.pop(lower, None)
        if role not in going_on:
            every.append(going_on.setdefault(role, []))
        if body and font_fault(paragraph, body, "") is None:
            going_on[role].append(paragraph)
    below = dict(pairwise(p.order for p in paper.layout.paragraphs if p.text.strip()))
    return frozenset(order for items in every for order in _orders_of_text(paper, items, below))


def _orders_of_text(paper: Judged, items: Sequence[Paragraph], below: Mapping[int, int]) -> Iterator[int]:
    """Yield the orders of those items of a list that are text; `below` says what comes right below what."""
    if any(_is_long(paper, one) for one in items):
        yield from (one.order for one in items)
        return
    for one, other in pairwise(items):
        if below.get(one.order) == other.order and _is_sentence(one) and _is_sentence(other):
            yield from (one.order, other.order)


def _is_sentence(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return text.endswith("。") and heading_end(text) == len(text)


def _is_long(paper: Judged, paragraph: Paragraph) -> bool:
    sentence = paragraph.text[: heading_end(paragraph.text)].strip()
    return chinese.width(sentence) > (paper.profile.chars or gb.CHARS) - 2


def _runs_on(paragraph: Paragraph, start: int, end: int, look: Look) -> bool:
    return all(look.passes(one.font) for one, _ in paragraph.formats(start, end))


@rule("GBT310", Severity.WARNING, clause="7.3.3", strength=Strength.GENERAL)
def wrong_level_font(paper: Judged) -> Flaws:
    """标题的字体和它的层次不符。

    为什么：一般第一层用黑体字、第二层用楷体字、第三层和第四层用仿宋体字标注。标题和正文写在同一段里的，
    只有标题（到第一个句号为止）用这种字体，后面的文字仍用仿宋。一句话长过一行的，
    或者一条接一条都是句子的，是编了号的正文，不是标题，仍用仿宋。

    错：
        一级标题：字体=仿宋_GB2312
    错：
        二级标题：字体=黑体
    错：
        二级标题＝（一）落实主体责任。被巡察党组织对整改负主体责任，主要负责人是第一责任人。
    对：
        一级标题：字体=方正黑体_GBK
    对：
        二级标题＝（一）落实主体责任。被巡察党组织对整改负主体责任，主要负责人是第一责任人。
        二级标题“被巡察党组织对整改负主体责任，主要负责人是第一责任人。”：字体=仿宋
    对：
        二级标题＝（一）值班电话：0600-8000001，受理时间为巡察期间每个工作日的8:30至12:00和14:30至17:30。
        二级标题：字体=仿宋_GB2312
    """
    yield from together(paper, _wrong_fonts(paper))


def _wrong_fonts(paper: Judged) -> Iterator[Fault]:
    body = paper.profile.looks.get(Role.BODY)
    listed = numbered_text(paper)
    for paragraph in headings(paper):
        role = paper.role(paragraph)
        look = paper.profile.looks.get(role)
        if look is None or paragraph.order in listed:
            continue
        end = _ends(paragraph, look)
        fault = font_fault(paragraph, look, _NAMES[role], stop=end)
        if fault is None and body is not None:
            fault = font_fault(paragraph, body, f"{_NAMES[role]}后面的正文", start=end)
        if fault:
            yield fault


@rule("GBT311", Severity.WARNING, clause="5.2.2", strength=Strength.GENERAL)
def wrong_level_size(paper: Judged) -> Flaws:
    """各层标题不是三号字。

    为什么：公文各要素没有特别说明的，一般用三号字；各层标题靠字体区分，不靠大小区分。

    错：
        一级标题：字号=小二
    对：
        一级标题：字号=16磅
    """
    looks = paper.profile.looks
    levels = [(p, role) for p in headings(paper) if (role := paper.role(p)) in looks]
    wrong = [(p, role) for p, role in levels if size_fault(p, looks[role], "")]
    alike = 2 * len(wrong) > len(levels) and len({role for _, role in wrong}) > 1
    faults = (size_fault(p, looks[role], "各层标题" if alike else _NAMES[role]) for p, role in wrong)
    yield from together(paper, filter(None, faults))


_CHARS = (1.9, 2.1)
_LENGTH = (600 / gb.CHAR, 680 / gb.CHAR)
"""What passes for an indent of two characters, said in characters, and as a length, in characters of 三号."""


@rule("GBT312", Severity.WARNING, clause="7.3.3", strength=Strength.RULE)
def wrong_level_indent(paper: Judged) -> Flaws:
    """各层标题没有左空二字，或者回行没有顶格。

    为什么：各层标题也是正文的自然段：每个自然段左空二字，回行顶格。

    错：
        一级标题：首行=0字
    错：
        二级标题：左缩进=2字
    对：
        一级标题：首行=2字
    """
    yield from together(paper, _wrong_indents(paper))


def _wrong_indents(paper: Judged) -> Iterator[Fault]:
    cure = "在“段落”里把“左侧”缩进改成 0 字符，“特殊格式”选“首行”，“缩进值”2 字符。"
    for paragraph in headings(paper) if paper.profile.lines is not None else ():
        name = _NAMES[paper.role(paragraph)]
        typed = lead(paragraph.text)  # blanks typed instead of an indent are told by a rule of text
        low, high = _CHARS if paragraph.indents.get("firstLineChars") else _LENGTH
        shift = _first(paragraph) + chinese.width(typed)
        if paragraph.align in ("center", "right"):
            yield Fault(paragraph, f"{name}{'居中' if paragraph.align == 'center' else '居右'}了，应当左空二字。", cure)
        elif abs(paragraph.left) > FLUSH:
            if paragraph.number is None:  # of a number of Word's own this is told beside the number
                yield Fault(paragraph, f"{name}整段左缩进 {paragraph.left:g} 字，回行没有顶格。", cure)
        elif "\t" not in typed and not low <= shift <= high:
            said = f"左空 {shift:.2g} 字" if shift >= 0 else f"悬挂缩进 {-shift:.2g} 字"
            yield Fault(paragraph, f"{name}{said}，应当左空二字。", cure)


def _first(paragraph: Paragraph) -> float:
    """Return the first-line indent in characters of the text; a length is one, however large the heading is."""
    length = paragraph.indents.get("firstLine", 0)
    return paragraph.first if paragraph.indents.get("firstLineChars") or not length else length / gb.CHAR


_HAN = "[一二三四五六七八九十]{1,3}"
_TYPED = {
    _FIRST: re.compile(rf"\s*{_HAN}[、，,．.:：]"),
    _SECOND: re.compile(rf"\s*[（(]{_HAN}[）)]"),
    _THIRD: re.compile(r"\s*\d{1,2}[.．、，)）](?!\d)"),
    _FOURTH: re.compile(r"\s*[（(]\d{1,2}[）)]"),
}
"""How the number of each level is typed, its mark right or wrong: wrong marks are told by rules of text."""

_CHINESE = (
    *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
    "taiwaneseCountingThousand",
)
"""Word's names of 一、二、三; Chinese Word writes the third as often as the first."""

_AUTOMATIC = (
    (_FIRST, _CHINESE, re.compile(r"%\d、")),
    (_SECOND, _CHINESE, re.compile(r"（%\d）")),
    (_THIRD, ("decimal",), re.compile(r"%\d\.")),
    (_FOURTH, ("decimal",), re.compile(r"（%\d）")),
)
"""How Word should number each level: its sort of digits, and how the number is written."""


@rule("GBT313", Severity.WARNING, clause="7.3.3", strength=Strength.OPTIONAL)
def wrong_number_of_level(paper: Judged) -> Flaws:
    """标题的序号不是这一层的写法。

    为什么：文中结构层次序数依次可以用“一、”“（一）”“1.”“（1）”标注。标题用了哪一层的样式，就该用哪一层的序号；
    Word 自动编的号也一样。

    错：
        末段一级标题＝（四）组织保障
    错：
        每段一级标题＝工作要求
        编号 每段一级标题：数字 %1. 不空 黑体
    错：
        编号 第1段公文正文：符号 ● 不空
    对：
        每段一级标题＝工作要求
        编号 每段一级标题：汉字 %1、 不空 黑体
    """
    yield from together(paper, _wrong_numbers(paper))


def _wrong_numbers(paper: Judged) -> Iterator[Fault]:
    for paragraph in (*headings(paper), *(p for p in paper.of(Role.BODY) if p.text.strip())):
        role = paper.role(paragraph)
        if paragraph.number is not None:
            fault = _automatic(paragraph, paragraph.number, role)
            if fault:
                yield fault
        elif role in _FORMS:
            typed = next((level for level, form in _TYPED.items() if form.match(paragraph.text)), role)
            if typed is not role:
                said = f"{_NAMES[role]}用了“{_FORMS[typed]}”一类的序号，那是{_NAMES[typed]}的。"
                cure = f"序号改成“{_FORMS[role]}”的样子；本来就是{_NAMES[typed]}的，改用那一层的样式。"
                yield Fault(paragraph, said, cure)


def _automatic(paragraph: Paragraph, number: Numbering, role: Role) -> Fault | None:
    """Return what is wrong with a number that Word writes; a paragraph of the text may have that of any level."""
    if number.sort == "none" or not number.text:
        return None
    cure = "在“编号”里选“定义新编号格式”，改成“{}”；也可以取消自动编号，把序号打成文字。"
    if number.sort == "bullet":
        wanted = _FORMS.get(role, "1.")
        return Fault(paragraph, "用了项目符号，公文里用序号标注层次。", cure.format(wanted))
    right = next(
        (level for level, sorts, form in _AUTOMATIC if number.sort in sorts and form.fullmatch(number.text)), None
    )
    if right is role or (right and role is Role.BODY):
        return None
    if role is Role.BODY and number.sort not in (*_CHINESE, "decimal"):
        return None  # below the fourth level ① and a. pass
    shown = number.printed or number.text
    what = _NAMES.get(role, "正文")
    wanted = f"“{_FORMS[role]}”" if role in _FORMS else "“一、”“（一）”“1.”“（1）”"
    return Fault(paragraph, f"{what}的自动编号是“{shown}”，应当是{wanted}的样子。", cure.format(_FORMS.get(role, "1.")))


@rule("GBT314", Severity.WARNING, clause="7.3.3", strength=Strength.GENERAL)
def misplaced_automatic_number(paper: Judged) -> Flaws:
    """自动编号的字体和标题不一样，编号后面有跳格，或者带来了左缩进。

    为什么：序号是标题的一部分，字体和标题相同，后面不空，段首左空二字、回行顶格；
    Word 的自动编号另有自己的字体、缩进和跳格，不改就和打出来的序号不一样。

    错：
        每段一级标题＝工作要求
        编号 每段一级标题：汉字 %1、 跳格 黑体
    错：
        每段一级标题＝工作要求
        编号 每段一级标题：汉字 %1、 不空 宋体
    错：
        每段一级标题＝工作要求
        编号 每段一级标题：汉字 %1、 不空 黑体 左2字
    对：
        每段一级标题＝工作要求
        编号 每段一级标题：汉字 %1、 不空 方正黑体_GBK
    """
    yield from together(paper, _misplaced(paper))


def _misplaced(paper: Judged) -> Iterator[Fault]:
    for paragraph in headings(paper):
        number, role = paragraph.number, paper.role(paragraph)
        look = paper.profile.looks.get(role)
        if number is None or not number.text:
            continue
        where = "在“编号”里选“定义新编号格式”，"
        if look and number.sort in _CHINESE and not look.passes(number.format.font):
            said = (
                f"{_NAMES[role]}的自动编号是{number.format.font or '没有指定的字体'}，应当和标题一样用{look.fonts[0]}。"
            )
            yield Fault(paragraph, said, f"{where}点“字体”，选{named(look)}。")
        where = "右键点编号，选“调整列表缩进”，"
        if number.after == "tab":
            cure = f"{where}“编号之后”选“不特别标注”。"
            yield Fault(paragraph, f"{_NAMES[role]}的自动编号后面有跳格，序号和文字之间会空出来。", cure)
        if abs(paragraph.left) > FLUSH:
            said = f"{_NAMES[role]}的自动编号带来了左缩进 {paragraph.left:.2g} 字，回行没有顶格。"
            yield Fault(paragraph, said, f"{where}“文本缩进”改成 0，再在“段落”里设首行缩进 2 字符。")

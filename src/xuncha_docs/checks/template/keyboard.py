"""TPL2: what a Chinese keyboard does to tags. Each of these can be mended mechanically, with --fix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Severity
from xuncha_docs.word import known
from xuncha_docs.word.examined import Examined
from xuncha_docs.word.tagged import Mend, Slip, Tag


@rule("TPL201")
def wide_brace(template: Examined) -> Flaws:
    """花括号或百分号是全角的。

    为什么：全角的 ｛｛ ｝｝ ％ 不算标签，会原样印在文书上。

    错：
        对｛｛ 对象 ｝｝开展巡察
    对：
        对{{ 对象 }}开展巡察
    """
    for tag, mends in _slips(template, Slip.BRACE):
        yield _flaw(tag, mends, "花括号、百分号要用半角")


@rule("TPL202")
def wide_mark(template: Examined) -> Flaws:
    """标签里的标点是全角的。

    为什么：标签里的括号、等号、逗号、冒号、竖线、点都要用半角，用了全角，整份模板做不出来。引号里面的文字不受此限。

    错：
        {{ 附言|join（'、'） }}
    对：
        {{ 附言|join('、') }}
    """
    for tag, mends in _slips(template, Slip.MARK):
        yield _flaw(tag, mends, "标签里的标点要用半角")


@rule("TPL203", Severity.WARNING)
def curly_quote(template: Examined) -> Flaws:
    """标签里用了中文引号。

    为什么：标签里表示文字的引号要用直引号；docxtpl 会把标签里所有的弯引号改成直引号，引号里面的弯引号也改，
    文字就变了，或者整份模板做不出来。

    错：
        {{ 附言|join(“、”) }}
    对：
        {{ 附言|join('、') }}
    """
    names = frozenset(known.names(template.model)) if template.model else frozenset()
    for tag, mends in _slips(template, Slip.QUOTE):
        quoted = re.fullmatch(r"\"([^\"]*)\"", tag.said)
        if quoted and quoted[1] in names and tag.opener == "{{":
            yield Flaw(tag.place, "名字加了引号，印出来就是这个词本身。", f"去掉引号，写成 {{{{ {quoted[1]} }}}}。")
        else:
            yield _flaw(tag, mends, "标签里的引号要用直引号")
    for _, tag in template.tags:
        inside = list(_curly_inside(tag))
        if inside:
            cure = "把这段文字移到标签外面，或改用「」。"
            message = "引号里的弯引号会被改成直引号，文字就断了。"
            yield Flaw(tag.place, message, cure, Severity.ERROR)


_CURLY = re.compile("[“”‘’]")


def _curly_inside(tag: Tag) -> Iterator[int]:
    """Yield the places of curly quotes that are part of a literal, which nothing mends."""
    if tag.opener == "{#" or not tag.closed or not _CURLY.search(tag.said):
        return
    mended = {mend.start for mend in tag.mends}
    yield from (n for n in range(tag.start, tag.end) if tag.paragraph.text[n] in "“”‘’" and n not in mended)


@rule("TPL204", Severity.WARNING)
def odd_blank(template: Examined) -> Flaws:
    """标签里有看不见的字符，或全角空格、不间断空格。

    为什么：看不见的字符让名字对不上，让 p 不起作用；用肉眼找不出来。

    错：
        {%p　if 任务 %}
        {{ 任务 }}
        {%p endif %}
    对：
        {%p if 任务 %}
        {{ 任务 }}
        {%p endif %}
    """
    for tag, mends in _slips(template, Slip.BLANK):
        text = tag.paragraph.text
        breaks = any(not text[m.start].isspace() for m in mends) or _after_letter(tag, mends)
        said = "、".join(dict.fromkeys(f"U+{ord(text[m.start]):04X}" for m in mends))
        yield _flaw(tag, mends, f"标签里的空格要用半角（这里是 {said}）", Severity.ERROR if breaks else None)


def _after_letter(tag: Tag, mends: tuple[Mend, ...]) -> bool:
    """Tell whether the blank after docxtpl's letter is none of its."""
    return bool(tag.letter) and any(m.start <= tag.start + 2 + len(tag.letter) for m in mends)


@rule("TPL205")
def lookalike_character(template: Examined) -> Flaws:
    """名字里有形似的字符：全角字母数字、俄文希腊文字母、兼容汉字。

    为什么：看上去一样，程序却认作另一个名字。

    错：
        {{ ｕnit_names }}
    对：
        {{ 对象 }}
    """
    for tag, mends in _slips(template, Slip.LOOKALIKE):
        yield _flaw(tag, mends, "名字里的字符要用普通的")


def _slips(template: Examined, slip: Slip) -> Iterator[tuple[Tag, tuple[Mend, ...]]]:
    for _, tag in template.tags:
        if not tag.mends or tag.opener == "{#":
            continue
        found = tuple(mend for mend in tag.mends if mend.slip is slip)
        if found:
            yield tag, found


def _flaw(tag: Tag, mends: tuple[Mend, ...], said: str, severity: Severity | None = None) -> Flaw:
    wrong = "".join(dict.fromkeys(tag.paragraph.text[m.start : m.end] for m in mends)).strip()
    message = f"{said}：「{wrong}」。" if wrong and not wrong.isspace() and wrong.isprintable() else f"{said}。"
    whole = tag.written() if tag.said else ""
    return Flaw(tag.place, message, f"写成 {whole}。" if whole else "改用半角。", severity)

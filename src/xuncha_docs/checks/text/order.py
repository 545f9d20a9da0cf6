"""TXT4: what numbers paragraphs and how headings end: GB/T 15834—2011 B.3 and B.4, GB/T 9704—2012 7.3.3."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.profiles import OFFICIAL
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.checks.text.items import NUMERAL, OUTSIDE, YEAR, Item, Part, parts
from xuncha_docs.checks.text.reading import HEADINGS, Line, found, lines
from xuncha_docs.chinese import heading_number, numeral
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.word.layout import Where
from xuncha_docs.word.roles import Role

_UNNUMBERED = tuple(role for role in OUTSIDE if role is not Role.TABLE)

_WRONG_HAN = re.compile(rf"^[^\S\n]*({NUMERAL})[^\S\n]*([，,.．:：])(?!{NUMERAL})", re.M)


@rule("TXT401", Severity.WARNING, clause="7.3.3", strength=Strength.OPTIONAL)
def wrong_mark_after_numeral(paper: Judged) -> Flaws:
    """汉字序号后面不是顿号。

    为什么：第一层写作“一、”，汉字数字后面用顿号（GB/T 15834—2011 附录B.3.2）。

    错：
        一，总体要求
        二.工作安排
        三．组织领导
        十一：工作纪律
    对：
        一、总体要求
        一是加强领导
        五.一节期间，巡察组照常值班。
    """
    for at in found(paper, _WRONG_HAN, apart=_UNNUMBERED):
        yield at.flaw(f"序号“{at.match[1]}”后面是“{at.match[2]}”。", f"写成“{at.match[1]}、”。")


_WRONG_DIGIT = re.compile(
    rf"^[^\S\n]*(\d{{1,2}})[^\S\n]*(?:([，,:：])(?!\d)|([．、])(?!\d)|([．、])(?={YEAR})|([）)。]))", re.M
)


@rule("TXT402", Severity.WARNING, clause="7.3.3", strength=Strength.OPTIONAL)
def wrong_mark_after_number(paper: Judged) -> Flaws:
    """阿拉伯数字序号后面不是下脚点。

    为什么：第三层写作“1.”，阿拉伯数字后面用半角的下脚点，不用顿号、全角点和半边括号（GB/T 15834—2011 附录B.3.3）。

    错：
        1、开展自查
        1．开展自查
        2）开展自查
        3:开展自查
        3、2025年以来的整改情况
    对：
        1.开展自查
        2025年以来，共开展巡察3轮。
        10个单位已经完成整改。
        3、4月间完成走访。
        9:00—11:30接待来访。
    """
    for at in found(paper, _WRONG_DIGIT, apart=_UNNUMBERED):
        mark = at.match[at.match.lastindex or 0]
        yield at.flaw(f"序号“{at.match[1]}”后面是“{mark}”。", f"写成“{at.match[1]}.”，点用半角。")


_AFTER_BRACKET = re.compile(
    rf"^[^\S\n]*([（(](?:{NUMERAL}|\d{{1,2}})[）)])([、，,.．。:：])(?![^\S\n]*[（(](?:{NUMERAL}|\d{{1,2}})[）)])", re.M
)


@rule("TXT403", Severity.WARNING, clause="GB/T 15834—2011 B.3.4", strength=Strength.GENERAL)
def mark_after_bracketed_number(paper: Judged) -> Flaws:
    """带括号的序号后面又加了标点。

    为什么：“（一）”“（1）”的括号已经把序号和文字分开，后面不再加标点。

    错：
        （一）、总体要求
        （1）.开展自查
    错（还有 TXT302）：
        (二)，安排
    对：
        （一）总体要求
        （一）、（二）两项由第一巡察组负责。
    """
    for at in found(paper, _AFTER_BRACKET, apart=_UNNUMBERED):
        yield at.flaw(f"“{at.match[1]}”后面多了“{at.match[2]}”。", f"删去“{at.match[2]}”。", group=2)


_GLYPH = re.compile("[⑴-⒇⒈-⒛㈠-㈩]")


@rule("TXT404", Severity.INFO, clause="7.3.3", strength=Strength.DERIVED)
def number_in_one_character(paper: Judged) -> Flaws:
    """序号用了连括号带点的单个字符。

    为什么：⑴、㈠、⒈ 是一个字符，换了字体可能显示不出来，字宽和对齐也与“（1）”“（一）”“1.”不同。①可以用在第五层。

    错：
        ⑴开展自查
        ㈠总体要求
        ⒈开展自查
    对：
        （1）开展自查
        ①开展自查
    """
    for at in found(paper, _GLYPH):
        yield at.flaw(f"序号“{at.said}”是一个字符。", f"改为逐字输入的“{_typed(at.said)}”。")


def _typed(glyph: str) -> str:
    """Write a number of one character by several."""
    for first, level in (("⑴", 4), ("⒈", 3), ("㈠", 2)):
        if 0 <= ord(glyph) - ord(first) < 20:
            return heading_number(level, ord(glyph) - ord(first) + 1)
    return glyph


_ORDINAL = re.compile(
    rf"(?:^|[。；：])[^\S\n]*(第{NUMERAL}|其[一二三四]|首先|其次|再次|最后)(、)(?!第?{NUMERAL})", re.M
)


@rule("TXT405", Severity.INFO, clause="GB/T 15834—2011 B.3.1", strength=Strength.GENERAL)
def wrong_mark_after_ordinal(paper: Judged) -> Flaws:
    """“第一”“首先”一类的词后面用了顿号。

    为什么：这类词在句中列举事项，后面用逗号。

    错：
        第一、提高认识。
        首先、提高认识。
    对：
        第一，提高认识。
        第一、二巡察组进驻。
        第一、第二巡察组进驻。
    """
    for at in found(paper, _ORDINAL, apart=(Role.TABLE,)):
        yield at.flaw(f"“{at.match[1]}”后面用了顿号。", f"写成“{at.match[1]}，”。", group=2)


_ONE_IS = re.compile(rf"(?:^|[。；：])[^\S\n]*({NUMERAL}是)([，、,])", re.M)


@rule("TXT406", Severity.INFO, clause="GB/T 15834—2011 B.3.7", strength=Strength.GENERAL)
def mark_after_one_is(paper: Judged) -> Flaws:
    """“一是”后面加了标点。

    为什么：“一是”“二是”和后面的话是一句，中间不停顿。

    错：
        一是，提高认识。
    对：
        一是提高认识。
    """
    for at in found(paper, _ONE_IS):
        yield at.flaw(f"“{at.match[1]}”后面多了“{at.match[2]}”。", f"删去“{at.match[2]}”。", group=2)


_CHAPTER = re.compile(
    r"^[^\S\n]*(第(?:[一二三四五六七八九十百]+|\d+)[章节条])[^\S\n]*([、，,：:.．])(?!\s*第|\d)", re.M
)


@rule("TXT407", Severity.WARNING, clause="GB/T 15834—2011 B.3.6", strength=Strength.GENERAL)
def mark_after_chapter_number(paper: Judged) -> Flaws:
    """“第一章”“第三条”后面加了标点。

    为什么：章、节、条的序号和文字之间空一个字，不用标点。

    错：
        第一章、总则
        第三条：本办法适用于县委各巡察组。
    对：
        第一章　总则
        第三条 本办法适用于县委各巡察组。
        第三条、第五条规定的期限可以延长。
    """
    for at in found(paper, _CHAPTER, apart=(Role.TABLE,)):
        yield at.flaw(f"“{at.match[1]}”后面多了“{at.match[2]}”。", "删去标点，空一个字。", group=2)


@rule("TXT408", Severity.INFO, clause="7.3.3", strength=Strength.OPTIONAL)
def level_out_of_order(paper: Judged) -> Flaws:
    """层次序数没有按“一、”“（一）”“1.”“（1）”的顺序用。

    为什么：层次依次往下，读的人才看得出谁管谁。只有两层时，“一、”下面直接用“1.”也常见，所以只是提示。

    错：
        一级标题｜一、总体要求⏎三级标题｜1.工作目标⏎准确掌握情况。
        一级标题｜一、总体要求⏎（1）准确掌握情况。
        二级标题｜（一）工作目标⏎一、掌握情况。⏎二、发现问题。⏎二级标题｜（二）工作方式
    对：
        一级标题｜一、总体要求⏎二级标题｜（一）工作目标⏎三级标题｜1.掌握情况
        一级标题｜六、工作纪律⏎1.不接受宴请、礼品。⏎2.不单独约见被巡察单位人员。
    """
    for part in parts(paper):
        yield from _skipped(paper, part)
        yield from _turned_over(paper, part)


def _skipped(paper: Judged, part: Part) -> Flaws:
    """Yield the first place of a part where each level is left out."""
    above: list[int] = []
    told: set[tuple[int, int]] = set()
    for item in part.items:
        above = [level for level in above if level < item.level]
        pair = (above[-1], item.level) if above else (item.level - 1, item.level)
        above.append(item.level)
        if pair[1] - pair[0] > 1 and pair not in told and not (pair == (1, 3) and _is_sentence(item.line.text)):
            told.add(pair)
            missing = heading_number(pair[0] + 1, 1)
            message = f"“{heading_number(pair[0], 1)}”这一层下面直接用了“{item.said}”。"
            yield paper.flaw(item.line.paragraph, message, f"下一层用“{missing}”。", end=item.end or None)


def _turned_over(paper: Judged, part: Part) -> Flaws:
    """Yield where a higher level, counted from 1, stands between two numbers of a lower one."""
    last: dict[int, Item] = {}
    begun: dict[int, list[Item]] = {}
    for item in part.items:
        before = last.get(item.level)
        inside = begun.pop(item.level, [])
        if before and item.number == before.number + 1 and inside:
            first = inside[0]
            message = f"“{before.said}”这一层里面用了“{first.said}”，层次颠倒了。"
            cure = f"里面一层改用“{heading_number(min(4, item.level + 1), 1)}”，或外面一层改用“{first.said}”。"
            yield paper.flaw(first.line.paragraph, message, cure, end=first.end or None)
        for level in last:
            if item.level < level and item.number == 1:
                begun.setdefault(level, []).append(item)
        last[item.level] = item


def _is_sentence(text: str) -> bool:
    return text.rstrip().endswith(("。", "；", ";"))


@rule("TXT409", Severity.WARNING, strength=Strength.PRACTICE)
def gap_in_numbers(paper: Judged) -> Flaws:
    """序号中间缺号，或者重号。

    为什么：删改以后序号没有跟着改，读的人会以为漏印了一条。

    错：
        一级标题｜一、总体要求⏎一级标题｜三、工作安排
        一级标题｜一、总体要求⏎一级标题｜一、工作安排
        二级标题｜（一）准备阶段⏎二级标题｜（二）了解阶段⏎二级标题｜（二）报告阶段
        一级标题｜二、工作安排⏎一级标题｜三、组织领导
        1.开展自查。⏎3.报送材料。
    对：
        一级标题｜一、总体要求⏎一级标题｜二、工作安排
        一级标题｜一、准备⏎1.收集资料。⏎2.制定方案。⏎一级标题｜二、进驻⏎1.召开动员会。
        一级标题｜一、准备⏎1.收集资料。⏎2.制定方案。⏎一级标题｜二、进驻⏎3.召开动员会。
        有关要求如下：1.按时报送；⏎2.专人负责。
    """
    for part in parts(paper):
        if part.counted:
            yield from _gaps(paper, part)


def _gaps(paper: Judged, part: Part) -> Flaws:
    lists: dict[int, list[int]] = {}
    over: dict[int, int] = {}
    before: dict[int, Item] = {}
    repeated = (1, 2) if any(item.level == 1 for item in part.items) else (1,)
    for item in part.items:
        for level in [level for level in lists if level > item.level]:
            over[level] = lists.pop(level)[-1]
        held = lists.setdefault(item.level, [])
        wanted = item.number - 1
        if item.number == 1 and not (item.level in repeated and held[-1:] == [1]):
            held.append(1)
        elif wanted in held:
            while held.pop() != wanted:
                pass
            held.append(item.number)
        else:
            fits = bool(wanted) and (
                (not held and over.get(item.level) == wanted)
                or (not held and not _goes_on(part, item))  # one number by itself is more likely none of ours
                or _inside(part, item, before.get(item.level))
            )
            if not fits:
                yield _gap(paper, item, before.get(item.level) if held or item.level == 1 else None)
            lists[item.level] = [item.number]
        before[item.level] = item


_SOON = 50
"""Within how many numbered paragraphs the next number of a list is looked for."""


def _goes_on(part: Part, item: Item) -> bool:
    """Tell whether the next number of its level follows."""
    at = bisect(part.items, item.at, key=lambda one: one.at)
    following = part.items[at : at + _SOON]
    return any(one.level == item.level and one.number == item.number + 1 for one in following)


def _inside(part: Part, item: Item, before: Item | None) -> bool:
    """Tell whether the number that is missing stands within a paragraph since the last one of its level."""
    wanted = item.number - 1
    forms = {1: f"{numeral(wanted)}、", 2: f"[（(]{numeral(wanted)}[）)]", 3: rf"(?<!\d){wanted}[.．、]"}
    form = re.compile(forms.get(item.level, rf"[（(]{wanted}[）)]"))
    return any(form.search(line.text) for line in part.lines[before.at if before else 0 : item.at])


def _gap(paper: Judged, item: Item, before: Item | None) -> Flaw:
    wanted = heading_number(item.level, min(99, before.number + 1) if before else 1)
    if before and before.number == item.number:
        message = f"序号“{item.said}”重复了。"
    elif before:
        message = f"“{before.said}”后面是“{item.said}”。"
    else:
        message = f"“{item.said}”前面没有“{heading_number(item.level, item.number - 1)}”。"
    cure = f"看看是漏了内容还是没有改号；只是没有改号的，写成“{wanted}”，后面的也跟着改。"
    return paper.flaw(item.line.paragraph, message, cure, end=item.end or None)


_END = re.compile(r"[。，、；：,.;:]\s*\Z")
_FOLLOWS = re.compile(r"如下|以下|下列")
_LONG_HEADING = 30
"""A numbered paragraph that is longer and ends with a full stop is a sentence, not a heading."""


@rule("TXT410", Severity.WARNING, clause="GB/T 15834—2011 B.4", strength=Strength.GENERAL)
def mark_at_end_of_heading(paper: Judged) -> Flaws:
    """标题末尾加了标点。

    为什么：独占一行的标题不是句子，末尾不用句号、逗号、顿号、分号和冒号；问号、叹号、省略号可以用。

    错：
        公文标题｜关于开展巡察工作的通知。
        一级标题｜一、总体要求。⏎坚持实事求是。
        二级标题｜（一）工作方式：⏎听取汇报，个别谈话。
    对：
        公文标题｜关于开展巡察工作的通知
        一级标题｜一、联络员的“联络”二字，分量在哪里？
        二级标题｜（一）总体要求。根据县委统一部署，开展常规巡察。
        二级标题｜（一）县水利局党组报送整改方案。⏎二级标题｜（二）县教育局党组报送整改台账。⏎特此通知。
    """
    read = tuple(line for line in lines(paper) if line.paragraph.where is Where.BODY)
    for n, line in enumerate(read):
        end = _END.search(line.text) if line.role in HEADINGS else None
        if end and _is_heading(read, n):
            mark = end[0].strip()
            yield paper.flaw(
                line.paragraph, f"标题末尾有“{mark}”。", f"删去“{mark}”。", start=end.start(), end=end.start() + 1
            )


def _is_heading(read: Sequence[Line], n: int) -> bool:
    """Tell whether a line stands alone as a heading: no sentence, no item of a list, no line of a longer title."""
    line = read[n]
    text = line.text.strip()
    after = read[n + 1].role if n + 1 < len(read) else None
    if line.role in (Role.TITLE, Role.ANNEX_TITLE):
        return after is not line.role
    before = read[n - 1] if n else None
    is_item = after is line.role or (
        before is not None and before.role is line.role and before.text.strip()[-1:] == text[-1:]
    )
    is_run_in = bool(re.search("[。；]", text[:-1])) or (text.endswith(("。", ".")) and len(text) > _LONG_HEADING)
    return not is_item and not is_run_in and not (text.endswith(("：", ":")) and _FOLLOWS.search(text))


_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”|（[^（）]*）")
_INNER = re.compile(r"[，。；：？！,;:?!](?!\s*\Z)")
_FORMAL = re.compile(rf"关于.{{1,200}}的(?:{'|'.join(gb.GENRES)})(?:（[^（）]*）)?\s*\Z", re.S)


@rule("TXT411", Severity.INFO, strength=Strength.PRACTICE)
def mark_within_title(paper: Judged) -> Flaws:
    """公文标题中间有逗号、冒号一类的标点。

    为什么：公文标题里除书名号、引号、括号和并列机关之间的顿号外，一般不用标点。

    错：
        公文标题｜中共临江县委关于深化巡察整改，健全长效机制的意见
    对：
        公文标题｜中共临江县委办公室、临江县人民政府办公室关于印发《巡察工作要点》的通知
    """
    for line in lines(paper, Role.TITLE):
        if not (_FORMAL.search(line.text) or paper.carrier in OFFICIAL):
            continue
        shown = _QUOTED.sub(lambda quoted: "　" * len(quoted[0]), line.text)
        for at in _INNER.finditer(shown):
            message = f"公文标题中间有“{at[0]}”。"
            yield paper.flaw(
                line.paragraph, message, "改写标题，或用空格、转行代替标点。", start=at.start(), end=at.end()
            )


_CAPTION = re.compile(r"^\s*[图表]\s*\d{1,2}(?:[-—.]\d{1,2})?[\s\u3000:：]+[^。\n]{1,40}(。)\s*$")


@rule("TXT412", Severity.INFO, clause="GB/T 15834—2011 A.1", strength=Strength.RULE)
def stop_after_caption(paper: Judged) -> Flaws:
    """图题、表题末尾加了句号。

    为什么：图或表的短语式说明文字末尾不用句号。

    错：
        表1　各巡察组进度。
    对：
        表1　各巡察组进度
        表1列出了各巡察组的进度。
    """
    for at in found(paper, _CAPTION):
        yield at.flaw("图题、表题末尾有句号。", "删去句号。", group=1)

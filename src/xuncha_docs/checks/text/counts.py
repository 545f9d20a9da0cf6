"""TXT7: what a paper counts aloud, “三步曲”, 以下六项, against what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.checks.text.items import Item, Part, of_text, parts
from xuncha_docs.checks.text.reading import Line, lines
from xuncha_docs.chinese import read_numeral
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.word.layout import Where
from xuncha_docs.word.roles import Role

_SMALL = "[两三四五六七八九十]"
_FIGURE = re.compile(
    rf"(?<![第一二三四五六七八九十百千\d])(?P<number>{_SMALL})(?:个(?P<word>[\u3400-\u9fff]{{1,4}}?)(?=[”、，。！：\s]|\Z)"
    r"|(?P<tune>步曲|部曲|重奏|字诀|[关味招道本把曲])(?=[”、，。！：\s]|\Z))"
)
_KEYS = {"步曲": "曲", "部曲": "曲", "重奏": "奏", "字诀": "字"}
_SET_PHRASES = {"意识", "自信", "维护", "确立", "服从", "必须", "结合", "全面", "伟大", "代表", "责任"}
"""What is counted in phrases that are always the same, such as “四个意识”, whatever the paper is divided into."""


def _number(said: str) -> int:
    """Read 两, 二 to 九十九, or digits; 0 if it is none."""
    if said.isdecimal():
        return int(said)
    try:
        return 2 if said == "两" else read_numeral(said)
    except ValueError:
        return 0


@rule("TXT702", Severity.WARNING, strength=Strength.PRACTICE)
def count_in_title_unlike_sections(paper: Judged) -> Flaws:
    """标题里的数目和下面的部分数对不上。

    为什么：标题说“三步曲”“五个坚持”，下面就要有三曲、五个坚持；增删一部分以后，标题常常忘了改。

    错：
        公文标题｜奏好联络员的“三步曲”⏎一级标题｜准备曲⏎细致准备。⏎一级标题｜服务曲⏎热情服务。
        公文标题｜做好联络员要“五个坚持”⏎一级标题｜一、坚持学习⏎学习。⏎一级标题｜二、坚持细致⏎细致。
        公文标题｜闯“三关”的体会⏎一级标题｜一、学习⏎学习。⏎一级标题｜二、沟通⏎沟通。
    对：
        公文标题｜奏好“两步曲”⏎一级标题｜准备曲⏎细致准备。⏎一级标题｜服务曲⏎热情服务。
        公文标题｜关于做到“两个维护”情况的报告⏎一级标题｜一、基本情况⏎良好。⏎一级标题｜二、主要做法⏎扎实。⏎一级标题｜三、打算⏎继续。
        公文标题｜联络工作要做到“五个一”⏎一级标题｜一、有关准备⏎细致。⏎一级标题｜二、有关纪律⏎严格。
        公文标题｜念好“三字诀”的体会⏎平铺直叙，不分部分。
    """
    read = tuple(line for line in lines(paper) if line.paragraph.where is Where.BODY)
    for n, line in enumerate(read):
        below = _BELOW.get(line.role)
        for match in _FIGURE.finditer(line.text) if below else ():
            sections = tuple(_sections(read, n, below)) if below else ()
            yield from _compared(paper, line, match, sections)


_BELOW = {Role.TITLE: Role.LEVEL_1, Role.SUBTITLE: Role.LEVEL_1, Role.LEVEL_1: Role.LEVEL_2}
"""The headings whose counts are compared, and those that they count."""


def _sections(read: Sequence[Line], n: int, role: Role) -> Iterator[Line]:
    """Yield the headings of a level after a line, up to the end of what it is the heading of."""
    ends = {Role.TITLE, Role.ANNEX_LABEL} | ({Role.LEVEL_1} if role is Role.LEVEL_2 else set())
    for line in islice(read, n + 1, None):
        if line.role in ends:
            return
        if line.role is role:
            yield line


def _compared(paper: Judged, line: Line, match: re.Match[str], sections: Sequence[Line]) -> Flaws:
    """Yield that a count is another than that of the headings that say its word, or of all of them."""
    number = _number(match["number"])
    key = _key(match)
    keyed = [one for one in sections if key and key.search(_bare(one.text))]
    is_metaphor = line.text[: match.start()].endswith("“") and match["tune"] and line.role is not Role.LEVEL_1
    if (key is None or len(keyed) < 2) and not (is_metaphor and len(sections) > 1):
        return
    count = len(keyed) if len(keyed) > 1 else len(sections)
    if count != number:
        message = f"“{match[0]}”说的是{number}，下面有{count}个部分。"
        cure = "看看是漏了一部分，还是数目没有改。"
        grave = None if len(keyed) > 1 else Severity.INFO
        yield paper.flaw(line.paragraph, message, cure, start=match.start(), end=match.end(), severity=grave)


def _key(match: re.Match[str]) -> re.Pattern[str] | None:
    """Return what shows that a heading is one of those counted, 坚持 of “五个坚持”; None if nothing does."""
    word, tune = match["word"], match["tune"]
    if word == "一":
        return re.compile("一[个张本次套份支条项册类场句批块]")
    if word:
        return None if word in _SET_PHRASES else re.compile(re.escape(word))
    return re.compile(rf"{_KEYS.get(tune, tune)}(?=[”：:、，。\s]|\Z)")


def _bare(heading: str) -> str:
    """Return a heading without its number."""
    read = of_text(heading)
    return heading[read[2] :] if read else heading


_ANNOUNCED = re.compile(
    r"(?:以下|下列|下述|下面)(?P<number>[两一二三四五六七八九十]{1,3}|\d{1,2})(?:大|个)?(?:方面|项|点|条|类|种|步|件|个|款)?[^。；：\n]{0,20}(?:：|。)\s*$"
    r"|(?P<follow>[两一二三四五六七八九十]{1,3}|\d{1,2})(?:大|个)?(?:方面|项|点|条|类|种|步|件)[^。；：，\n]{0,10}如下：\s*$"
)
_INLINE = re.compile(
    r"(?P<number>[两三四五六七八九十]|\d{1,2})(?:大|个)?(?:方面|项|点|条|类|种|步|件)[^。；：，\n]{0,12}[：:。]\s*(?=一是|\Z)"
)
_IS = re.compile(r"(?<![\u4e00-\u9fff])([一二三四五六七八九十]{1,2})是")


@rule("TXT703", Severity.WARNING, strength=Strength.PRACTICE)
def count_unlike_items(paper: Judged) -> Flaws:
    """前面说有几项，后面列的不是几项。

    为什么：增删一项以后，前面的数目忘了改，读的人会以为漏印了。

    错：
        请做好以下三项工作：⏎1.报送材料；⏎2.安排场地。
        工作要求如下列四点：⏎（一）按时报送⏎（二）专人负责⏎（三）严守纪律
        要抓好三个方面：一是学习；二是落实。
        要抓好三个方面：⏎一是学习。⏎二是落实。
    对：
        请做好以下两项工作：⏎1.报送材料；⏎2.安排场地。
        要抓好两个方面：一是学习；二是落实。
        要抓好三个方面：一是学习；二是落实。⏎三是总结。
        巡察以下3个单位党组织：县水利局、县教育局、县林业局。
    """
    for part in parts(paper):
        for at, line in enumerate(part.lines):
            for said in (*_before_items(part, at), *_inline(part, at)):
                if said.number and said.count > 1 and said.number != said.count:
                    message = f"前面说有{said.number}项，后面列了{said.count}项。"
                    cure = "看看是漏了一项，还是数目没有改。"
                    yield paper.flaw(line.paragraph, message, cure, start=said.start, end=said.end)


@dataclass(frozen=True, slots=True)
class _Said:
    """How many items a sentence announces, where it says so, and how many there are."""

    number: int
    start: int
    end: int
    count: int


def _before_items(part: Part, at: int) -> Iterator[_Said]:
    """Yield what a paragraph announces of the numbered paragraphs right after it."""
    line = part.lines[at]
    match = _ANNOUNCED.search(line.text)
    following = next((n for n, item in enumerate(part.items) if item.at == at + 1), None)
    if match and following is not None and part.items[following].number == 1 and part.counted:
        group = "number" if match["number"] else "follow"
        yield _Said(_number(match[group]), *match.span(group), _length(part.items[following:]))


def _length(items: Sequence[Item]) -> int:
    """Count the items of the list that begins here."""
    level, count = items[0].level, 0
    for item in items:
        if item.level < level or (item.level == level and item.number != count + 1):
            break
        count += item.level == level
    return count


def _inline(part: Part, at: int) -> Iterator[_Said]:
    """Yield what a paragraph announces of 一是…二是… within itself, or in the paragraphs after it."""
    line = part.lines[at]
    for match in _INLINE.finditer(line.text):
        following = takewhile(_IS.match, (one.text.strip() for one in islice(part.lines, at + 1, None)))
        count = 0
        for item in _IS.finditer("\n".join((line.text[match.end() :], *following))):
            if _number(item[1]) != count + 1:
                break
            count += 1
        yield _Said(_number(match["number"]), *match.span("number"), count)

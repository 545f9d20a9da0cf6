"""What each paragraph of a paper is: by our own styles, else recognised, with how sure that is.

A paper that somebody typed by hand is read as a clerk reads it, from top to bottom: the head, the title, the text, its
closing, the annexes, the imprint. How far the reading has come (`Part`) says what may come next (`_TRIED`), and what
came says where the reading goes on (`_THEN`). Two things are looked for beforehand, since only what follows shows them:
which of the large lines of the head is the title, and which short lines at the end are a signature.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from itertools import islice, takewhile, zip_longest
from types import MappingProxyType

from xuncha_docs import gb9704 as gb
from xuncha_docs.word.layout import Layout, Paragraph, Where
from xuncha_docs.word.seen import Body, Seen, glances, is_red


class Role(StrEnum):
    """What a paragraph is. The value is the name of the style of ours that plays the role, where there is one."""

    COPY_NUMBER = "份号"
    SECRECY = "密级"
    URGENCY = "紧急程度"
    MARK = "发文机关标志"
    DOCUMENT_NUMBER = "发文字号"
    ISSUER = "签发人"
    ORDER_NUMBER = "令号"
    TITLE = "公文标题"
    SUBTITLE = "公文副标题"
    BYLINE = "作者"
    NUMBER = "编号"
    ADDRESSEE = "主送机关"
    BODY = "公文正文"
    LEVEL_1 = "一级标题"
    LEVEL_2 = "二级标题"
    LEVEL_3 = "三级标题"
    LEVEL_4 = "四级标题"
    QUOTATION = "引文"
    ANNEX_LIST = "附件说明"
    SIGNER = "署名"
    DATE = "成文日期"
    NOTE = "附注"
    ANNEX_LABEL = "附件标签"
    ANNEX_TITLE = "附件标题"
    ATTENDANCE = "出席"
    COPIED_TO = "抄送"
    PRINTED = "印发"
    PAGE_NUMBER = "页码"
    TABLE = "表格文字"
    PICTURE = "图片"
    BLANK = "空行"
    OTHER = "其他"


LEVELS = (Role.LEVEL_1, Role.LEVEL_2, Role.LEVEL_3, Role.LEVEL_4)
"""The levels of headings, from the first."""


@dataclass(frozen=True, slots=True)
class Played:
    """The role that a paragraph plays.

    Args:
        role: which.
        sure: how sure that is, from 0 to 1; 1 for a style of ours.
        why: what it was recognised by, in Chinese.
    """

    role: Role
    sure: float = 1.0
    why: str = ""


OWN: Mapping[str, Role] = MappingProxyType(
    {role.value: role for role in Role}
    | dict.fromkeys(("联系渠道", "表前文字", "结语"), Role.BODY)
    | dict.fromkeys(("附件说明首项", "附件说明续项"), Role.ANNEX_LIST)
    | dict.fromkeys(("表格居中", "表头"), Role.TABLE)
    | dict.fromkeys(("页码单页", "页码双页"), Role.PAGE_NUMBER)
    | {"盖章署名": Role.SIGNER, "盖章日期": Role.DATE, "二维码": Role.PICTURE}
)
"""The roles of our own styles by their names."""

STRONG, FAIR, WEAK = 0.95, 0.8, 0.6
"""How sure a sign makes: one that hardly anything else has, one that others may have too, one that is little more than
a guess."""


def roles(layout: Layout) -> Mapping[int, Played]:
    """Return the role of every paragraph of a paper, headers and footers too, by the paragraph's order."""
    found = {p.order: played for p in layout.every_paragraph if (played := _at_once(p))}
    if all(p.order in found for p in layout.every_paragraph):
        return found
    apart = _in_tables(layout) | dict(_under_tables(layout)) | _in_boxes(layout.paragraphs) | _beside(layout)
    return _read(layout, {**apart, **found}) | apart | found


def _at_once(paragraph: Paragraph) -> Played | None:
    """Return the role that needs no reading: of an empty line, of a style of ours, of a picture."""
    if paragraph.blank:
        return Played(Role.BLANK)
    if not paragraph.text.strip():
        return Played(Role.PICTURE)
    own = OWN.get(paragraph.style)
    return Played(own) if own else None


# --- words by which things are known -------------------------------------------------------------------------------

_HAN = "一二三四五六七八九十"
_DAY = (
    rf"(?:[\d０-９〇○ＯO零{_HAN}×XxＸ＿_]{{0,4}}年[\d０-９{_HAN}×XxＸ＿_]{{0,3}}月[\d０-９{_HAN}×XxＸ＿_]{{0,3}}[日号]"
    r"|(?:19|20)\d{2}[-.．/、](?:0?[1-9]|1[0-2])[-.．/、](?:0?[1-9]|[12]\d|3[01])日?)"
)
_DAY_RIGHT = re.compile(r"(?:19|20)\d{2}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日")
_DAY_ALONE = re.compile(rf"{_DAY}(?:[（(](?:公?章|盖章|印章?)[）)])?")
_DAY_AFTER_NAME = re.compile(rf"\S.{{1,30}}?\s{_DAY}")
_MONTH = re.compile(rf"[\d〇○零{_HAN}]{{4}}年[\d{_HAN}]{{1,3}}月")
_DAY_NOTED = re.compile(rf"[（(].{{0,8}}?{_DAY}.{{0,20}}[）)]")

_NUMBER_RIGHT = re.compile(r"[\u4e00-\u9fff·（）A-Za-z]{0,20}〔(?:19|20)\d{2}〕[1-9]\d*号")
_NUMBER = r"[\u4e00-\u9fff·（）()A-Za-z]{0,20}\s?[〔\[［【(（]\s?\d{2,4}\s?[〕\]］】)）]\s?第?\s?\d+\s?号"
_NUMBER_LIKE = re.compile(rf"(?:\S{{1,20}}\s)?{_NUMBER}")
_ISSUER = r"(?:会\s?)?签\s?发?\s?人?\s?[：:]"
_SERIAL = rf"第\s?[\d〇零百{_HAN}]+\s?"

_MARKED_BY = re.compile(r"(?:文\s?件|令|纪\s?要)$")
_NAMED_BY = re.compile(
    rf"(?:{'|'.join(gb.GENRES)}|方案|计划|办法|规定|细则|总结|要点|安排|体会"
    r"|心得|讲话|发言|简报|议程|制度|规则|规程|预案|指南|公示|倡议|提纲|须知|说明|材料|记录|情况|台账|名单|清单|目录|表|单|书)"
    r"(?:[（(].{1,12}[）)])?$"
)
_ABOUT = re.compile(r"关于.{2,80}的")
_OFFICE = re.compile(
    r"(?:委员会|党委|党组|支部|总支|政府|办公[厅室]|领导小组|公司|集团|中心|大学|学院|学校|医院|法院|检察院|协会"
    r"|[组局部厅院处室科委办会社所站队馆县市区镇乡街])$"
)
_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}\s[\u4e00-\u9fff·]\s?[\u4e00-\u9fff·]{1,5}|[\u4e00-\u9fff·]{2,4}")
_ENDED = re.compile(r"[。；，、！？：:;,.!?]$")
_SENTENCE = re.compile(r"[。；！？;!?]$")
_DASHED = re.compile("[—－-]")
_IN_BRACKETS = re.compile(r"[（(].+[）)]")

_LABEL = re.compile(rf"附\s?[件表]?\s?(?:\d{{1,2}}|[{_HAN}]{{1,2}})?\s?[：:]?")
_LABEL_RIGHT = re.compile(r"附件\s?(?:[1-9]\d?)?")
_LABEL_WITH_TITLE = re.compile(rf"附\s?[件表]\s?(?:\d{{1,2}}|[{_HAN}]{{1,2}})?\s?[：:\s]\s?\S.*")
_LABEL_WITH_NUMBER = re.compile(rf"{_NUMBER}\s?附件\s?\d{{0,2}}")
_LISTED = re.compile(r"附\s?件?\s?\d{0,2}\s?[：:]")
_LISTED_BARE = re.compile(r"附\s?件\s\S.*")
_ITEM = re.compile(r"\d{1,2}\s?[.．、)）]")

_COPIED = re.compile(r"(?:抄\s?[送报]|[分发主]\s?送|[报送发])\s?[：:]")
_COPIED_BARE = re.compile(r"抄\s?[送报]\s?[\u4e00-\u9fff]")
_PRINTED_LIKE = re.compile(rf"\S.{{1,40}}?\s?(?:{_DAY}.{{0,4}}|印\s?[发制刷])")
_PRINTED = re.compile(
    rf"(?:.{{0,40}}?{_DAY}\s?(?:印\s?发|翻\s?印)|[（(]?共印\s?\d+\s?份.{{0,4}}|(?:印发|翻印)(?:机关|单位|日期)[：:].*)"
)
_PAGE = re.compile(r"(?:[—\-－–~～·]\s?|第\s?)?\d+(?:\s?[—\-－–~～·]|\s?页)?(?:\s?/\s?\d+|.{0,3}共\s?\d+\s?页)?")


# --- the reading ---------------------------------------------------------------------------------------------------


class Part(Enum):
    """How far a reading has come: what was read last is of this part of the paper."""

    HEAD = auto()
    TITLE = auto()
    TEXT = auto()
    LIST = auto()
    CLOSING = auto()
    LABEL = auto()
    ANNEX_TITLE = auto()
    IMPRINT = auto()


_THEN: Mapping[Role, Part] = MappingProxyType(
    dict.fromkeys((Role.TITLE, Role.SUBTITLE, Role.BYLINE, Role.NUMBER), Part.TITLE)
    | dict.fromkeys((Role.ADDRESSEE, Role.BODY, *LEVELS, Role.QUOTATION, Role.ATTENDANCE), Part.TEXT)
    | {Role.ANNEX_LIST: Part.LIST}
    | dict.fromkeys((Role.SIGNER, Role.DATE, Role.NOTE), Part.CLOSING)
    | {Role.ANNEX_LABEL: Part.LABEL, Role.ANNEX_TITLE: Part.ANNEX_TITLE}
    | dict.fromkeys((Role.COPIED_TO, Role.PRINTED), Part.IMPRINT)
)
"""Where a reading goes on after a role; after any other it stays where it is."""


@dataclass
class _Reading:
    """A paper that is being read.

    Args:
        body: how most of its text looks.
        head: what was found beforehand in its head.
        closings: what was found beforehand of signatures.
        outlined: the levels of headings that have outline levels in this paper.
        minutes: whether it is 纪要.
        part: how far it has come.
        last: what was read last.
        named: the last line of a title that was read.
        annexed: whether it has come to the annexes.
        mark: the words of 发文机关标志.
    """

    body: Body
    head: Mapping[int, Played]
    closings: Mapping[int, Played]
    outlined: frozenset[Role]
    minutes: bool
    part: Part = Part.HEAD
    last: Role = Role.BLANK
    named: Seen | None = None
    annexed: bool = False
    mark: str = ""

    def took(self, seen: Seen, role: Role) -> None:
        """Go on behind a paragraph whose role is known."""
        if role in (Role.NUMBER, Role.SUBTITLE, Role.BYLINE) and self.part is not Part.TITLE:
            return
        if role in (Role.TITLE, Role.ANNEX_TITLE):
            self.named = seen
        self.mark = seen.text if role is Role.MARK else self.mark
        self.annexed = self.annexed or role in (Role.ANNEX_LABEL, Role.ANNEX_TITLE)
        self.part = _THEN.get(role, self.part)
        self.last = role


_Sign = Callable[[Seen, _Reading], Played | None]


def _read(layout: Layout, known: Mapping[int, Played]) -> dict[int, Played]:
    """Read the paragraphs that stand one below the other, from the first to the last."""
    flow = [p for p in layout.paragraphs if _stands_in_line(p)]
    body = Body.of(flow)
    seen = tuple(glances(layout, flow, body))
    reading = _Reading(
        body=body,
        head=_head(seen, known),
        closings=dict(_closings(seen, known)),
        outlined=frozenset(role for one in seen if one.paragraph.level and (role := _numbered(one.text)[0])),
        minutes=any(re.search(r"纪\s?要$", one.text) for one in islice(seen, 12)),
    )
    found: dict[int, Played] = {}
    for one in seen:
        order = one.paragraph.order
        played = known.get(order) or _first(one, reading, _TRIED[reading.part])
        reading.took(one, played.role)
        found[order] = played
    return found


def _stands_in_line(paragraph: Paragraph) -> bool:
    return paragraph.where in (Where.BODY, Where.FRAME) and not paragraph.box


def _first(seen: Seen, reading: _Reading, signs: Sequence[_Sign]) -> Played:
    """Return what the first sign that fits says; the last always fits."""
    return next(played for sign in signs if (played := sign(seen, reading)))


# --- the head, 7.2 -------------------------------------------------------------------------------------------------

_NOT_SECRET = r"内\s?部(?:资料|文件|材料|使用|传阅|刊物)?|(?:工作|商业|党内)秘密|[核普][心通]商密"
_HEAD_WORDS: Sequence[tuple[Role, re.Pattern[str], float, str]] = tuple(
    (role, re.compile(pattern), sure, why)
    for role, pattern, sure, why in (
        (Role.ISSUER, rf"(?:.*号\s?)?{_ISSUER}\s?\S.*", STRONG, "“签发人”"),
        (Role.ISSUER, r"(?:.*号\s?)?签\s?发\s?人(?:\s\S.*|\s?[：:])", FAIR, "“签发人”"),
        (Role.DOCUMENT_NUMBER, rf"(?:\S{{1,20}}\s)?{_NUMBER_RIGHT.pattern}", STRONG, "机关代字、年份、序号"),
        (Role.DOCUMENT_NUMBER, _NUMBER_LIKE.pattern, FAIR, "像是机关代字、年份、序号"),
        (Role.COPY_NUMBER, r"\d{6}", STRONG, "六位数字、在标题之前"),
        (Role.COPY_NUMBER, r"(?:份\s?号|No\.?|№)[：:\s]*\d+|\d{1,8}", WEAK, "数字、在标题之前"),
        (Role.SECRECY, r"(?:绝\s?密|机\s?密|秘\s?密)\s?★.{1,20}", STRONG, "密级和★、在标题之前"),
        (Role.SECRECY, r"(?:绝\s?密|机\s?密|秘\s?密)(?:\W.{0,20}|[（(].{1,20})?", FAIR, "密级、在标题之前"),
        (Role.SECRECY, rf"(?:{_NOT_SECRET})(?:[★\s（(].{{0,12}})?", FAIR, "“内部”一类的字样、在标题之前"),
        (Role.URGENCY, r"(?:特|加|平)\s?急|特\s?提", STRONG, "紧急程度、在标题之前"),
        (Role.URGENCY, r"紧急|急件|火急|特急件|加急件|十万火急", FAIR, "像是紧急程度、在标题之前"),
        (Role.ORDER_NUMBER, rf"{_SERIAL}号", STRONG, "“第×号”、在正文之前"),
        (Role.DOCUMENT_NUMBER, r"[\u4e00-\u9fff]{2,20}(?<!第)\d{1,4}\s?号", WEAK, "机关代字和序号"),
        (Role.NUMBER, rf"[（(]?(?:总?{_SERIAL}期.{{0,12}})[）)]?", FAIR, "“第×期”、在正文之前"),
    )
)


def _head_word(seen: Seen, _: _Reading | None = None) -> Played | None:
    for role, pattern, sure, why in _HEAD_WORDS:
        if pattern.fullmatch(seen.text):
            return Played(role, sure, why)
    return None


def _order_number(seen: Seen, reading: _Reading) -> Played | None:
    """Tell the number of an order that is written as that of other papers."""
    if reading.mark.endswith("令") and _NUMBER_LIKE.fullmatch(seen.text):
        return Played(Role.ORDER_NUMBER, FAIR, "在“令”的下面")
    return None


def _more_issuers(seen: Seen, reading: _Reading) -> Played | None:
    names = re.fullmatch(r"[\u4e00-\u9fff·]{2,4}(?:\s[\u4e00-\u9fff·]{2,4})*", seen.text)
    if reading.last is Role.ISSUER and names and not seen.centred:
        return Played(Role.ISSUER, FAIR, "姓名、在签发人下面")
    return None


_LONGEST_HEAD = 40  # lines; a head that is longer is none


def _head(seen: Sequence[Seen], known: Mapping[int, Played]) -> dict[int, Played]:
    """Find 发文机关标志 and the title's first line among what stands before the text."""
    stretch = list(islice(takewhile(lambda one: not _is_text(one), seen), _LONGEST_HEAD))
    words = {n: word.role for n, one in enumerate(stretch) if (word := _head_word(one))}
    free = [n for n, one in enumerate(stretch) if n not in words and one.paragraph.order not in known]
    marks = dict(_marks(stretch, words, free))
    found = {stretch[n].paragraph.order: played for n, played in marks.items()}
    if not any(played.role is Role.TITLE for played in known.values()):
        number = max((n for n, role in words.items() if role in _NUMBERS), default=-1)
        title = _first_of_title(stretch, [n for n in free if n not in marks], number)
        found |= {title.paragraph.order: _title(title)} if title else {}
    return found


_NUMBERS = (Role.DOCUMENT_NUMBER, Role.ISSUER, Role.ORDER_NUMBER)


def _first_of_title(stretch: Sequence[Seen], free: Sequence[int], number: int) -> Seen | None:
    """Return the line that looks like a title; else one that looks a little so; else the first under the number."""
    lines = [stretch[n] for n in free if not _DASHED.match(stretch[n].text)]
    for signs in (2, 1):
        found = next((one for one in lines if len(_looks_titled(one)) >= signs and not (one.red and signs < 2)), None)
        if found:
            return found
    return next((stretch[n] for n in free if n > number and _may_be_title(stretch[n])), None)


def _may_be_title(seen: Seen) -> bool:
    return (
        seen.fits and not seen.right and not re.search(r"[：:；;。\t]", seen.text) and not _LABEL.fullmatch(seen.text)
    )


def _is_text(seen: Seen) -> bool:
    """Tell whether a paragraph is text by itself: a sentence, or more than a line, or a numbered heading."""
    if seen.centred or seen.red or _head_word(seen):
        return False
    wraps = not seen.fits and not seen.large
    return wraps or bool(_SENTENCE.search(seen.text) or _numbered(seen.text)[0]) or seen.text.endswith(("：", ":"))


def _looks_titled(seen: Seen) -> list[str]:
    """Return by what a paragraph looks like a title."""
    signs = (
        (seen.centred, "居中"),
        (seen.large, gb.size_word(seen.size)),
        (seen.font == "小标宋" or (seen.bold and seen.centred), "小标宋" if seen.font == "小标宋" else "加粗"),
        (bool(_NAMED_BY.search(seen.text) or _ABOUT.search(seen.text)), "像标题的用语"),
    )
    return [word for holds, word in signs if holds]


def _title(seen: Seen) -> Played:
    signs = _looks_titled(seen)
    sure = (WEAK, WEAK, FAIR, STRONG, STRONG)[len(signs)]
    return Played(Role.TITLE, sure, "、".join((*(signs or ["短"]), "在正文之前")))


def _marks(stretch: Sequence[Seen], words: Mapping[int, Role], free: Sequence[int]) -> Iterator[tuple[int, Played]]:
    """Find 发文机关标志: what is red and large, or what is large above the number while a title comes below it."""
    titled = [n for n in free if len(_looks_titled(stretch[n])) > 1]
    number = next((n for n, role in words.items() if role in _NUMBERS), -1)
    ordered = words.get(number) is Role.ORDER_NUMBER
    for n in free:
        one = stretch[n]
        if one.red and (one.large or n < number) and _is_mark(one, later=any(other > n for other in titled)):
            yield n, Played(Role.MARK, STRONG if one.large else WEAK, "红色、字大" if one.large else "红色、在文号之前")
        elif n < number and not one.red and n in titled and (ordered or titled[-1] > number):
            yield n, Played(Role.MARK, FAIR, "字大、在文号之前")
        elif n < number and _MARKED_BY.search(one.text):
            yield n, Played(Role.MARK, WEAK, "以“文件”一类的字样结尾、在文号之前")


def _is_mark(seen: Seen, *, later: bool) -> bool:
    """Tell whether red words are 发文机关标志: those of a title are only where the title comes later."""
    if _MARKED_BY.search(seen.text):
        return True
    return later or not (_NAMED_BY.search(seen.text) or _ABOUT.search(seen.text))


def _found_in_head(seen: Seen, reading: _Reading) -> Played | None:
    return reading.head.get(seen.paragraph.order)


def _before_title(seen: Seen, reading: _Reading) -> Played | None:
    """Take what stands before the title and is nothing known for something of its own, not for text."""
    before = seen.paragraph.order < max(reading.head, default=-1)
    return Played(Role.OTHER, WEAK, "在标题之前") if before else None


# --- the title and what belongs to it, 7.3.1, 7.3.2 -----------------------------------------------------------------


def _more_title(seen: Seen, reading: _Reading) -> Played | None:
    """Take a line that looks like the line of a title above it for the title's next."""
    above = reading.named
    if above is None or reading.last not in (Role.TITLE, Role.ANNEX_TITLE) or _under_title(seen, reading):
        return None
    alike = seen.font == above.font and abs(seen.size - above.size) <= 2
    stands_out = seen.large or seen.bold or seen.font == "小标宋"
    if not (stands_out and (alike or seen.large) and (seen.centred or (alike and not above.centred))):
        return None
    return Played(reading.last, STRONG if alike and seen.centred else FAIR, "和上一行标题一样居中、字大")


def _under_title(seen: Seen, _: _Reading) -> Played | None:
    """Tell a number or a subtitle by its words."""
    if _NUMBER_LIKE.fullmatch(seen.text) or re.match(r"(?:编|文|案)\s?号\s?[：:]", seen.text):
        return Played(Role.NUMBER, STRONG, "编号、在标题下面")
    if re.fullmatch(rf"[（(]?{_SERIAL}[期号].{{0,12}}[）)]?", seen.text):
        return Played(Role.NUMBER, FAIR, "“第×号”、在标题下面")
    if _DASHED.match(seen.text):
        return Played(Role.SUBTITLE, STRONG if seen.centred else FAIR, "以破折号开头、在标题下面")
    if re.fullmatch(r"[（(](?:.*稿|草案|试行|暂行|修订)[）)]", seen.text):
        return Played(Role.SUBTITLE, FAIR, "括注、在标题下面")
    return None


def _byline(seen: Seen, _: _Reading) -> Played | None:
    """Tell what is centred under a title: who wrote it and when, else a subtitle."""
    if not (seen.centred and seen.fits) or seen.large or _ENDED.search(seen.text):
        return None
    if _DAY_ALONE.fullmatch(re.sub(r"\s", "", seen.text)) or _DAY_NOTED.fullmatch(seen.text):
        return Played(Role.BYLINE, FAIR, "日期、居中、在标题下面")
    if _NAME.fullmatch(seen.text) or _OFFICE.search(seen.text) or re.search(r"\S\s\S", seen.text):
        return Played(Role.BYLINE, FAIR, "单位或姓名、居中、在标题下面")
    return Played(Role.SUBTITLE, WEAK, "居中、在标题下面")


_INTRODUCES = re.compile(r"如下|现将|根据|按照|为[了做]|以下|下列|一览")
_FIELD = re.compile(
    r"(?:时间|日期|地点|姓名|电话|编号|议题|主题|内容|方式|事由|对象|(?:填报|报送|被谈话|制表)(?:单位|部门|人)"
    r"|(?:填表|审核|记录|联系|报告|谈话|主持|参加|经办|签名|签收|(?<!主要)负责)人)[：:]$"
)


def _addressee(seen: Seen, reading: _Reading) -> Played | None:
    if _SENTENCE.search(seen.text) or _numbered(seen.text)[0] or _FIELD.search(seen.text):
        return None
    if re.match(r"主\s?送\s?[：:]\s?\S", seen.text):
        return Played(Role.ADDRESSEE, FAIR, "以“主送”开头、在正文之前")
    if seen.text.endswith(("：", ":")) and not _INTRODUCES.search(seen.text):
        return Played(Role.ADDRESSEE, STRONG if seen.flush else FAIR, "以冒号结尾、在正文之前")
    names = seen.flush and not re.search("[：:]", seen.text) and _OFFICE.search(seen.text.rstrip("，；,;."))
    if reading.part is Part.TITLE and names:
        return Played(Role.ADDRESSEE, WEAK, "单位名称、顶格、在标题下面")
    return None


# --- the text, 7.3.3 -----------------------------------------------------------------------------------------------

_LEVEL_FORMS: Sequence[tuple[Role, re.Pattern[str], re.Pattern[str]]] = tuple(
    (role, re.compile(right), re.compile(like))
    for role, right, like in (
        (Role.LEVEL_1, rf"[{_HAN}]{{1,3}}、\S", rf"[{_HAN}]{{1,3}}\s?[，,.．:：、]"),
        (Role.LEVEL_2, rf"（[{_HAN}]{{1,3}}）\S", rf"[（(〔\[【][{_HAN}]{{1,3}}[）)〕\]】]|[㈠-㈩]"),
        (Role.LEVEL_3, r"[1-9]\d?\.(?!\d)\s?\S", r"[\d０-９]{1,2}\s?[、，,．:：.](?!\d)|[⒈-⒛]"),
        (Role.LEVEL_4, r"（[1-9]\d?）\S", r"[（(]?[\d０-９]{1,2}[）)]|[⑴-⒇]"),
    )
)


def _numbered(text: str) -> tuple[Role | None, float]:
    """Return the level whose number a text begins with, and how sure that is; a number in a faulty form is less so."""
    for role, right, like in _LEVEL_FORMS:
        if right.match(text):
            return role, STRONG
        if like.match(text):
            return role, 0.7
    return None, 0


def _level(seen: Seen, reading: _Reading) -> Played | None:
    role, sure = _numbered(seen.text)
    if role is None:
        return None
    if role in LEVELS[2:] and role in reading.outlined and not seen.paragraph.level:
        return Played(Role.BODY, 0.7, "序号像标题，但没有设大纲级别，而同级的标题都设了")
    outline, by_font = _outline(seen), _BY_FONT.get(seen.font)
    if outline and outline is by_font and outline is not role:
        return Played(outline, FAIR, f"大纲级别和{seen.font}（序号不是这一级的）")
    sort = "自动编号" if seen.paragraph.number else "序号"
    return Played(role, sure, f"以{sort}“{_number_of(seen.text)}”开头")


def _number_of(text: str) -> str:
    match = re.match(rf"[（(〔\[【]?(?:[{_HAN}]{{1,3}}|[\d０-９]{{1,2}}|\S)[）)〕\]】]?[、，,.．:：]?", text)
    return match[0] if match else ""


_BY_FONT = MappingProxyType({"黑体": Role.LEVEL_1, "楷体": Role.LEVEL_2})


def _outline(seen: Seen) -> Role | None:
    level = seen.paragraph.level
    return LEVELS[level - 1] if level and 0 < level <= len(LEVELS) else None


def _bare_heading(seen: Seen, reading: _Reading) -> Played | None:
    """Tell a heading that has no number: one line without a mark at its end, of another font or of an outline level."""
    if not seen.fits or seen.centred or seen.right or _ENDED.search(seen.text) or _IN_BRACKETS.fullmatch(seen.text):
        return None
    outline = _outline(seen)
    if outline:
        return Played(outline, FAIR, f"大纲级别是{seen.paragraph.level}级、独占一行")
    by_font = _BY_FONT.get(seen.font) if seen.font != reading.body.font else None
    return Played(by_font, 0.7, f"{seen.font}、独占一行、没有句号") if by_font else None


def _quotation(seen: Seen, reading: _Reading) -> Played | None:
    if seen.font == "楷体" != reading.body.font and seen.text.startswith(("“", "‘", "《")):
        return Played(Role.QUOTATION, 0.7, "楷体、以引号开头")
    return None


def _attendance(seen: Seen, reading: _Reading) -> Played | None:
    if re.match(r"(?:出\s?席|请\s?假|列\s?席|缺\s?席)(?:人员|单位|会议)?\s?[：:]", seen.text):
        return Played(Role.ATTENDANCE, STRONG if reading.minutes else WEAK, f"以“{seen.text[:2]}”开头")
    return None


def _body(seen: Seen, _: _Reading) -> Played:
    """Take anything else for text."""
    if seen.fits and (seen.centred or seen.right):
        return Played(Role.OTHER, WEAK, "居中或者靠右、不像正文")
    indented = 1.5 <= seen.start <= 2.5
    return Played(Role.BODY, STRONG if indented else FAIR, "首行空两字" if indented else "没有别的特征")


# --- the closing, 7.3.4 to 7.3.6 -----------------------------------------------------------------------------------


def _annex_list(seen: Seen, reading: _Reading) -> Played | None:
    if _LISTED.match(seen.text) and not (seen.opens and reading.part is not Part.TEXT):
        return Played(Role.ANNEX_LIST, STRONG if seen.text.startswith("附件") else FAIR, "以“附件：”开头")
    if reading.part is Part.TEXT and seen.fits and _LISTED_BARE.fullmatch(seen.text) and not _ENDED.search(seen.text):
        return Played(Role.ANNEX_LIST, FAIR, "以“附件”开头、独占一行")
    return None


def _more_annex_list(seen: Seen, _: _Reading) -> Played | None:
    if _ITEM.match(seen.text):
        return Played(Role.ANNEX_LIST, STRONG, "有序号、在附件说明里")
    if not seen.blanks and ((seen.start >= 4 and not seen.right) or re.match(rf"[{_HAN}]{{1,3}}、", seen.text)):
        return Played(Role.ANNEX_LIST, 0.7, "紧接附件说明")
    return None


def _closings(seen: Sequence[Seen], known: Mapping[int, Played]) -> Iterator[tuple[int, Played]]:
    """Find signatures, dates and notes from the end backwards, in each stretch that ends with a page or the imprint."""
    ending, below, gap = True, Role.BLANK, False
    for one in reversed(seen):
        if _LABEL.fullmatch(one.text) or _imprint_words(one.text):
            ending, below = True, Role.BLANK
        else:
            played = known.get(one.paragraph.order) or _closing(one, ending=ending, below=below, gap=gap)
            if played:
                yield one.paragraph.order, played
            below = played.role if played else Role.BODY
            ending = ending and below is Role.NOTE
        if one.opens:
            ending, below = True, Role.BLANK
        gap = one.blanks > 0


def _closing(seen: Seen, *, ending: bool, below: Role, gap: bool) -> Played | None:
    """Tell what is of a signature.

    Args:
        seen: the paragraph.
        ending: whether nothing but notes comes after it.
        below: what comes right after it.
        gap: whether empty lines stand between.
    """
    day = _day(seen, ending=ending)
    if day:
        return day
    signer = _signer(seen)
    if signer and (below is Role.DATE or (below is Role.SIGNER and (seen.right or not gap))):
        return signer
    if ending and _IN_BRACKETS.fullmatch(seen.text) and not seen.centred:
        return Played(Role.NOTE, 0.7, "括在括号里、在最后")
    if ending and signer and seen.right and seen.blanks and _OFFICE.search(seen.text):
        return Played(Role.SIGNER, WEAK, "单位名称、靠右、在最后")
    return None


def _day(seen: Seen, *, ending: bool) -> Played | None:
    if not (ending or seen.right):
        return None
    place = "、".join(word for holds, word in ((seen.right, "靠右"), (ending, "在最后")) if holds)
    written = re.sub(r"\s", "", seen.text)
    if _DAY_RIGHT.fullmatch(written):
        return Played(Role.DATE, STRONG if seen.right else FAIR, f"日期、{place}")
    if _DAY_ALONE.fullmatch(written):
        return Played(Role.DATE, FAIR if seen.right else 0.7, f"像是日期、{place}")
    if seen.right and _MONTH.fullmatch(written):
        return Played(Role.DATE, WEAK, f"年月、{place}")
    if seen.fits and _DAY_AFTER_NAME.fullmatch(seen.text) and not _ENDED.search(seen.text):
        return Played(Role.DATE, WEAK, f"单位名称和日期在一行、{place}")
    return None


def _signer(seen: Seen) -> Played | None:
    """Tell who signs, in a line right above a date or another signer."""
    if _ENDED.search(seen.text) or not seen.fits or _numbered(seen.text)[0]:
        return None
    if _LISTED.match(seen.text) or _LISTED_BARE.match(seen.text):
        return None
    if seen.right:
        return Played(Role.SIGNER, STRONG, "靠右、在日期之前")
    if seen.centred:
        return Played(Role.SIGNER, 0.7, "短、居中、在日期之前")
    if _OFFICE.search(seen.text) or _NAME.fullmatch(seen.text):
        return Played(Role.SIGNER, WEAK, "单位或姓名、在日期之前")
    return None


def _of_closing(seen: Seen, reading: _Reading) -> Played | None:
    """Tell what was found beforehand; a date to be filled in is one of the form's own where it is in an annex."""
    found = reading.closings.get(seen.paragraph.order)
    if found and found.role is Role.DATE and reading.annexed and not re.search(rf"[\d０-９{_HAN}]", seen.text):
        return Played(Role.OTHER, WEAK, "留待填写的日期")
    return found


def _note(seen: Seen, _: _Reading) -> Played | None:
    if _IN_BRACKETS.fullmatch(seen.text):
        return Played(Role.NOTE, STRONG, "括在括号里、在日期下面")
    if not seen.opens and re.match(r"[（(]|此件|联系人", seen.text):
        return Played(Role.NOTE, WEAK, "在日期下面")
    return None


# --- the annexes, 7.3.7 --------------------------------------------------------------------------------------------


def _annex_label(seen: Seen, reading: _Reading) -> Played | None:
    """Tell the label of an annex, which comes after the closing or at the head of a page."""
    after = reading.annexed or reading.part in (Part.CLOSING, Part.LIST, Part.IMPRINT)
    if _LABEL.fullmatch(seen.text) and (after or seen.opens or reading.part is Part.HEAD):
        sure = STRONG if _LABEL_RIGHT.fullmatch(seen.text) and seen.opens else FAIR
        return Played(Role.ANNEX_LABEL, sure, "“附件”、在一页的开头" if seen.opens else "“附件”、在正文之后")
    if _LABEL_WITH_NUMBER.fullmatch(seen.text):
        return Played(Role.ANNEX_LABEL, FAIR, "文号和“附件”")
    if seen.opens and after and _LABEL_WITH_TITLE.fullmatch(seen.text):
        return Played(Role.ANNEX_LABEL, 0.7, "以“附件”开头、在一页的开头")
    return None


def _annex_title(seen: Seen, _: _Reading) -> Played | None:
    """Tell the title under a label."""
    signs = _looks_titled(seen)
    if seen.centred or seen.large or seen.font == "小标宋":
        return Played(Role.ANNEX_TITLE, STRONG if len(signs) > 1 else FAIR, "、".join((*signs, "在“附件”下面")))
    if signs and seen.fits and not _ENDED.search(seen.text) and not _numbered(seen.text)[0]:
        return Played(Role.ANNEX_TITLE, WEAK, "、".join((*signs, "在“附件”下面")))
    return None


def _annex_without_label(seen: Seen, reading: _Reading) -> Played | None:
    """Tell the title of what is issued with the paper but has no label."""
    signs = _looks_titled(seen)
    if seen.opens and seen.large and len(signs) > 1:
        return Played(Role.ANNEX_TITLE, FAIR, "、".join((*signs, "在一页的开头")))
    if seen.centred and seen.large and len(signs) > 2 and (reading.annexed or reading.part is not Part.TEXT):
        return Played(Role.ANNEX_TITLE, WEAK, "、".join((*signs, "在正文之后")))
    return None


# --- the imprint, 7.4 ----------------------------------------------------------------------------------------------


def _imprint(seen: Seen, reading: _Reading) -> Played | None:
    words = _imprint_words(seen.text)
    if words or reading.part not in (Part.CLOSING, Part.IMPRINT) or seen.opens:
        return words
    if _COPIED_BARE.match(seen.text):
        return Played(Role.COPIED_TO, FAIR, f"以“{seen.text[:2]}”开头、在日期下面")
    if reading.last is Role.COPIED_TO and _PRINTED_LIKE.fullmatch(seen.text):
        return Played(Role.PRINTED, 0.7, "像是印发机关和日期、在抄送下面")
    return None


def _imprint_words(text: str) -> Played | None:
    if _COPIED.match(text):
        return Played(Role.COPIED_TO, STRONG, f"以“{text[:2]}”开头")
    if _PRINTED.fullmatch(text):
        return Played(Role.PRINTED, STRONG, "印发日期")
    return None


def _more_imprint(seen: Seen, reading: _Reading) -> Played | None:
    if seen.opens or seen.blanks or _numbered(seen.text)[0] or 1.5 <= seen.start <= 2.5:
        return None
    if reading.last is Role.COPIED_TO and _OFFICE.search(seen.text):
        return Played(Role.PRINTED, WEAK, "单位名称、在抄送下面")
    return Played(reading.last, WEAK, "在版记里") if reading.last in (Role.COPIED_TO, Role.PRINTED) else None


# --- what stands apart ---------------------------------------------------------------------------------------------


def _in_tables(layout: Layout) -> dict[int, Played]:
    """Tell what stands in tables: text of tables, but the words of an imprint or a head that is set in one."""
    found = {p.order: _CELL for p in layout.paragraphs if p.where is Where.CELL}
    for table in layout.tables:
        lined = any(not gb.is_red(line.colour) for row in table.rows for cell in row for line in cell.borders.values())
        for row in table.rows if len(table.rows) <= _MOST_ROWS else ():
            found |= _in_row([p for cell in row for p in cell.paragraphs if p.text.strip()], lined=lined)
    return found


_CELL = Played(Role.TABLE, STRONG, "在表格里")
_MOST_ROWS = 4  # of a table that holds an imprint or a head


def _in_row(cells: Sequence[Paragraph], *, lined: bool) -> dict[int, Played]:
    """Tell what stands in a row; a head is set in a table without lines, but the red one under its number."""
    words = {p.order: word for p in cells if (word := _imprint_words(_text(p)) or (None if lined else _head_apart(p)))}
    printed = any(played.role is Role.PRINTED for played in words.values())
    rest = Played(Role.PRINTED, FAIR, "和印发日期在一行") if printed else _CELL
    return {p.order: words.get(p.order, rest) for p in cells}


def _under_tables(layout: Layout) -> Iterator[tuple[int, Played]]:
    """Tell the notes right under a table: lines as small as its words, smaller than the text or in a form.

    What stands right above the next table is of that.
    """
    flow = [p for p in layout.paragraphs if _stands_in_line(p)]
    cells = [p for p in layout.paragraphs if p.where is Where.CELL]
    form = sum(len(p.text) for p in cells) > sum(len(p.text) for p in flow)
    largest = gb.BODY_SIZE if form else Body.of(flow).size
    above = 0  # the size of the words of the table above; 0 if none is right above
    for one, other in zip_longest(layout.paragraphs, layout.paragraphs[1:]):
        if one.where is Where.CELL:
            above = max(one.format.size, 1)
        elif other and other.where is Where.CELL:
            above = 0
        elif _is_note(one) and one.format.size <= min(above, largest - _SMALLER):
            yield one.order, Played(Role.TABLE, FAIR, "紧接表格、字和表格里的一样小")
        else:
            above = 0


_SMALLER = 6  # half-points: 小四 and less under 三号


def _is_note(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph may be a note to a table: it stands on the left and is nothing known by its words."""
    text = _text(paragraph)
    if not text or not _stands_in_line(paragraph) or paragraph.align in ("center", "right"):
        return False
    return not (_imprint_words(text) or _LISTED.match(text) or _LABEL.fullmatch(text) or _DAY_ALONE.fullmatch(text))


def _text(paragraph: Paragraph) -> str:
    return " ".join(paragraph.text.split())


def _head_apart(paragraph: Paragraph) -> Played | None:
    """Tell what is of a head by itself, wherever it stands."""
    text = _text(paragraph)
    if _NUMBER_RIGHT.fullmatch(text):
        return Played(Role.DOCUMENT_NUMBER, 0.7, "机关代字、年份、序号")
    if re.fullmatch(rf"{_ISSUER}\s?\S.*", text):
        return Played(Role.ISSUER, 0.7, "“签发人”")
    if is_red(paragraph.format) and paragraph.format.size > gb.BODY_SIZE:
        return Played(Role.MARK, FAIR, "红色、字大")
    return None


def _in_boxes(paragraphs: Iterable[Paragraph]) -> dict[int, Played]:
    """Tell what stands in text boxes outside tables."""
    boxed = (p for p in paragraphs if p.where is not Where.CELL and not _stands_in_line(p))
    other = Played(Role.OTHER, WEAK, "在文本框里")
    return {p.order: _imprint_words(_text(p)) or _head_apart(p) or other for p in boxed}


def _beside(layout: Layout) -> dict[int, Played]:
    """Tell page numbers from what else stands in headers and footers."""
    return {p.order: _headed(p) for p in (*layout.headers, *layout.footers)}


def _headed(paragraph: Paragraph) -> Played:
    if any(run.field.split()[:1] == ["PAGE"] for run in paragraph.runs):
        return Played(Role.PAGE_NUMBER, STRONG, "有页码域")
    if paragraph.where is Where.FOOTER and _PAGE.fullmatch(paragraph.text.strip()):
        return Played(Role.PAGE_NUMBER, FAIR, "在页脚里、像是页码")
    return Played(Role.OTHER, FAIR, "在页眉或者页脚里")


_TEXT: tuple[_Sign, ...] = (_level, _attendance, _quotation, _bare_heading, _body)
_ENDS: tuple[_Sign, ...] = (_annex_label, _imprint, _of_closing)

_TRIED: Mapping[Part, tuple[_Sign, ...]] = MappingProxyType(
    {
        Part.HEAD: (
            *(_annex_label, _found_in_head, _order_number, _head_word, _more_issuers, _before_title),
            *(_addressee, _of_closing, *_TEXT),
        ),
        Part.TITLE: (_under_title, _more_title, _addressee, _byline, _annex_label, _of_closing, *_TEXT),
        Part.TEXT: (*_ENDS, _annex_list, _annex_without_label, *_TEXT),
        Part.LIST: (*_ENDS, _annex_list, _more_annex_list, _annex_without_label, *_TEXT),
        Part.CLOSING: (*_ENDS, _note, _annex_list, _annex_without_label, *_TEXT),
        Part.LABEL: (_annex_title, *_ENDS, *_TEXT),
        Part.ANNEX_TITLE: (_under_title, _more_title, *_ENDS, *_TEXT),
        Part.IMPRINT: (*_ENDS, _annex_without_label, _more_imprint, *_TEXT),
    }
)
"""What is tried at each part of the paper, in this order."""

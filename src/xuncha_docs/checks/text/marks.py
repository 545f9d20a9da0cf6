"""TXT3: punctuation: GB/T 15834—2011, which GB/T 9704—2012 chapter 9 asks papers to follow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.checks.text.reading import HAN, HAN_RANGE, Found, Line, each_line, found, lines
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.word.roles import Role

# --- half-width marks ----------------------------------------------------------------------------------------------

_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_NUMERALS = "一二三四五六七八九十百千万"
_HALF = re.compile(
    rf"(?<=[{HAN_RANGE}”’》）〉〕])(?:[,;?!]|(?<![{_NUMERALS}]):|\.(?![\d.A-Za-z]))"
    rf"|[,;?!](?=[{HAN_RANGE}“‘《（])|(?<=\d):(?=[{HAN_RANGE}“《])(?![{_NUMERALS}])"
)
_AT_THE_BEGINNING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}|[（(][^（）()\n]{1,3}[）)]|\d{1,2})[^\S\n]*[,.:]"
    r"|\s*(?:[主抄分发]\s*送|抄\s*报|签\s*发\s*人)\s*:"
)
"""The number of a level and the label of an element with a mark of the keyboard, which have rules of their own."""

_LONGEST_LABEL = 20

_LABELLED = (Role.ADDRESSEE, Role.COPIED_TO, Role.ISSUER, Role.ANNEX_LIST, Role.DOCUMENT_NUMBER)
"""The roles whose colon has a rule of its own."""


@rule("TXT301", Severity.WARNING, clause="GB/T 15834—2011 5.1", strength=Strength.RULE)
def half_width_mark(paper: Judged) -> Flaws:
    """汉字旁边的标点是半角的。

    为什么：逗号、句号、冒号、分号、问号、叹号都占一个字的位置。半角的标点挤在一起，行末也对不齐。

    错：
        各单位,请于7月1日前报送。
        联系人:王某某
        巡察工作结束.
        有没有漏项?请核对。
        整改率达95%,其中立行立改3项。
        一是学习;二是落实。
    对：
        各单位，请于7月1日前报送。
        1.总体要求
        时间为9:00，地点为三楼会议室。
        依据GB/T 9704.
        邮箱为xuncha3@linjiang.example，网址为https://linjiang.example/a,b。
    """
    slips = (at for at in found(paper, _HALF) if not _has_other_rule(at))
    for at, count in each_line(slips):
        yield at.flaw(f"“{at.said}”是半角标点{count}。", f"改成全角的“{_WIDE[at.said]}”。")


def _has_other_rule(at: Found) -> bool:
    """Tell whether a mark stands after the number of a level or the label of an element, which have their own rules."""
    if at.said == ":" and at.role in _LABELLED:
        return True
    text, start, end = at.line.read, *at.match.span()
    near = max(0, start - _LONGEST_LABEL)
    begins = text.rfind("\n", near, start) + 1 or near
    label = _AT_THE_BEGINNING.match(text, begins) if begins == 0 or text[begins - 1] == "\n" else None
    return label is not None and label.end() == end


_BRACKETED = re.compile(r"(?<![A-Za-z])[(（](\d{1,2})[)）]|[(（]([^()（）\n]*)[)）]")


@rule("TXT302", Severity.WARNING, clause="GB/T 15834—2011 4.9.2", strength=Strength.RULE)
def half_width_bracket(paper: Judged) -> Flaws:
    """汉字或序号两边的括号是半角的。

    为什么：括号占一个字的位置；序号“（一）”“（1）”的括号也是全角的（GB/T 9704—2012 7.3.3）。

    错：
        (一)总体要求
        (1)开展自查
        中共临江县委(以下简称县委)派出巡察组。
        （二)工作安排
    对：
        （一）总体要求
        函数f(x)的取值
    """
    for at, count in each_line(at for at in found(paper, _BRACKETED) if _is_half(at.match)):
        yield at.flaw(f"“{at.said}”的括号是半角的{count}。", f"写成“（{at.said[1:-1]}）”。")


def _is_half(match: re.Match[str]) -> bool:
    """Tell whether one of two brackets is half-width, and a Chinese character or the number of a level within."""
    half = match[0][0] == "(" or match[0][-1] == ")"
    return half and (match[1] is not None or re.search(HAN, match[2]) is not None)


_STRAIGHT = re.compile(r"[\"＂][^\"＂\n]{0,300}[\"＂]|['＇][^'＇\n]{0,300}['＇]|[\"'＂＇]")


@rule("TXT303", Severity.WARNING, clause="GB/T 15834—2011 4.8.2", strength=Strength.RULE)
def straight_quote(paper: Judged) -> Flaws:
    """引号是直的，没有分左右。

    为什么：双引号写作“”，单引号写作‘’，分左右；键盘上的直引号是西文的。

    错：
        落实"四个意识"
        所谓'回头看'
        落实"四个意识，抓好整改。
    对：
        落实“四个意识”
        It's 5' 6".
    """
    for at, count in each_line(at for at in found(paper, _STRAIGHT) if _among_han(at)):
        wide = "“”" if at.said[0] in '"＂' else "‘’"
        yield at.flaw(f"引号是直的：{at.said}{count}。", f"改成“{wide[0]}”和“{wide[1]}”。")


def _among_han(at: Found) -> bool:
    """Tell whether quotes stand in Chinese: beside or around a Chinese character."""
    text, (start, end) = at.line.read, at.match.span()
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    inside = at.said if len(at.said) > 1 else ""
    measure = not inside and text[max(0, start - 1) : start].isdigit()  # 21" is a length
    return not measure and re.search(f"[{HAN_RANGE}，。：；、（）《》]", beside + inside) is not None


_CORNER = re.compile("[「『﹁﹃][^「」『』﹁﹂﹃﹄\n]*[」』﹂﹄]|[「」『』﹁﹂﹃﹄]")


@rule("TXT304", Severity.WARNING, clause="GB/T 15834—2011 4.8.2", strength=Strength.RULE)
def corner_quote(paper: Judged) -> Flaws:
    """用了直角引号。

    为什么：横排的引号是“”和‘’，直角的「」『』是竖排用的。

    错：
        落实「四个意识」
    对：
        落实“四个意识”
    """
    for at, count in each_line(found(paper, _CORNER)):
        yield at.flaw(f"“{at.said}”用了直角引号{count}。", "改成“”，引号里面的用‘’。")


# --- pairs ---------------------------------------------------------------------------------------------------------

_PAIRS = ("“”", "‘’", "（）", "《》", "〈〉", "〔〕", "【】", "［］")
_KIND = {char: pair for pair in _PAIRS for char in pair} | {"(": "（）", ")": "（）"}
_NAMES = dict(
    zip(_PAIRS, ("双引号", "单引号", "括号", "书名号", "单书名号", "六角括号", "方头括号", "方括号"), strict=True)
)
_HALVES = re.compile(f"(?!(?<=[A-Za-z])’[A-Za-z])[{re.escape(''.join(_KIND))}]")  # it’s is no half of a pair
_ITEM = re.compile(r"(?:^|[\s。；：:，,、;])(?:\d{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,3}|[①-⑳])$")

_BROKEN_BY_HAND = (
    *(Role.TITLE, Role.SUBTITLE, Role.ANNEX_TITLE, Role.ANNEX_LIST, Role.NOTE, Role.ADDRESSEE, Role.COPIED_TO),
    *(Role.MARK, Role.ATTENDANCE),
)
"""The roles whose paragraphs may be the lines of one text."""


@dataclass(frozen=True, slots=True)
class _Half:
    """A mark that should be one of a pair, and where it stands."""

    line: Line
    at: int

    @property
    def char(self) -> str:
        return self.line.read[self.at]

    @property
    def kind(self) -> str:
        return _KIND[self.char]

    @property
    def opens(self) -> bool:
        return self.char == "(" or self.char == self.kind[0]

    @property
    def counts(self) -> bool:
        """Whether it needs another half: an apostrophe, the mark of inches and the bracket of `1）` need none."""
        before = self.line.read[max(0, self.at - 5) : self.at]
        if self.char in "’”":
            return re.search(r"[A-Za-z\d]$", before) is None
        return self.kind != "（）" or _ITEM.search(before) is None


@rule("TXT305", Severity.WARNING, clause="GB/T 15834—2011 4.8.2、4.9.2、4.15.2", strength=Strength.RULE)
def unpaired_mark(paper: Judged) -> Flaws:
    """引号、括号、书名号不成对。

    为什么：引号、括号、书名号前后成对；少一半，读的人不知道到哪里为止。一段引文分几段写，每段开头都有前引号、
    最后一段才有后引号的，不在此限。

    错：
        开展巡察“回头看。
        开展巡察回头看”。
        根据《中国共产党巡视工作条例规定，开展巡察。
        中共临江县委（以下简称县委派出巡察组。
        落实“四个意识“，做到“两个维护”。
        （根据《条例）》办理。
    对：
        根据《条例》（以下简称“《条例》”）规定，开展巡察“回头看”。
        公文标题｜关于印发《巡察工作⏎公文标题｜办法》的通知
        “联络员要耐心。⏎“联络员要细心。”组长说。
        有关材料：1）收集资料；2）制定方案。
        It’s
    """
    texts = [tuple(group) for _, group in groupby(lines(paper), key=_text_of)]
    following = [*(text[0] for text in texts[1:]), None]
    for text, after in zip(texts, following, strict=False):  # an empty paper has no text and one that follows
        told: set[str] = set()
        for half in _unpaired(text):
            if half.kind not in told and not _goes_on(half, after):
                told.add(half.kind)
                side, other = ("前", "后") if half.opens else ("后", "前")
                name = _NAMES[half.kind]
                cure = f"补上{other}{name}“{half.kind[half.opens]}”，或改正打反了方向的、打错了的。"
                message = f"{side}{name}“{half.char}”没有配对。"
                yield paper.flaw(half.line.paragraph, message, cure, start=half.at, end=half.at + 1)


def _text_of(line: Line) -> tuple[object, ...]:
    """Return what the lines of one text have in common: a title broken by hand is one text, a cell is one."""
    place = line.paragraph.place
    if line.role in _BROKEN_BY_HAND:
        return (line.role,)
    if place.cell is not None:
        return (place.part, place.within, place.table, place.row, place.cell)
    return (line.paragraph.order,)


def _unpaired(text: tuple[Line, ...]) -> Iterator[_Half]:
    """Yield the marks of a text that lack their other half."""
    halves = (_Half(line, match.start()) for line in text for match in _HALVES.finditer(line.read))
    held: list[_Half] = []
    open_now: Counter[str] = Counter()
    for half in halves:
        if half.opens:
            held.append(half)
            open_now[half.kind] += 1
        elif open_now[half.kind]:
            while (last := held.pop()).kind != half.kind:
                open_now[last.kind] -= 1
                yield last
            open_now[half.kind] -= 1
        elif half.counts:
            yield half
    yield from held


def _goes_on(half: _Half, after: Line | None) -> bool:
    """Tell whether a quotation goes on in the next paragraph, which begins with the same mark (4.8.3.5)."""
    begins = not half.line.read[: half.at].strip()
    return begins and half.char in "“‘" and after is not None and after.read.lstrip().startswith(half.char)


# --- …… and —— -----------------------------------------------------------------------------------------------------

_DOTS = re.compile(r"(?<![.…])(?:\.{3,}|…+|⋯+)|。{3,}|·{3,}")
_TO_A_PAGE = re.compile(r"\s*(?:\d+|[ivxlcIVXLC]{1,5})\s*(?:\n|$)")


@rule("TXT306", Severity.WARNING, clause="GB/T 15834—2011 4.11.2", strength=Strength.RULE)
def malformed_ellipsis(paper: Judged) -> Flaws:
    """省略号不是六个点。

    为什么：省略号是占两个字的六个点“……”；独占一行、表示省去整段的，可以用十二个点。

    错：
        谈话、走访、查阅资料等等...
        谈话、走访等。。。
        发现的问题…
        发现的问题………
        发现的问题···
    对：
        发现的问题……
        …………
        一、总体要求……………………3
    """
    for at in found(paper, _DOTS):
        if at.said == "……" or (at.said == "…………" and at.line.text.strip() == at.said):
            continue
        if _TO_A_PAGE.match(at.line.read, at.match.end()):  # the dots of a table of contents
            continue
        yield at.flaw(f"“{at.said}”不是省略号。", "写成“……”，中文输入法下按 Shift+6。")


_AND_SO_ON = re.compile(r"(?<![稍久静])(?:等等|等)…+|(?<!…)…++[^。！？\n…]{0,6}?(?:等等|等)(?=[。，；])")


@rule("TXT307", Severity.WARNING, clause="GB/T 15834—2011 A.9.2", strength=Strength.RULE)
def ellipsis_with_etc(paper: Judged) -> Flaws:
    """省略号和“等”用在一处。

    为什么：“……”和“等”“等等”意思一样，只用一个。

    错：
        查阅会议记录、账册等……
        查阅会议记录、账册……等。
    对：
        查阅会议记录、账册等。
        查阅会议记录、账册……
    """
    for at in found(paper, _AND_SO_ON):
        yield at.flaw(f"“{at.said}”里省略号和“等”重复。", "只留一个。")


_NEAR = rf"(?:^|(?<=[{HAN_RANGE}”》）。，；：！？]))"
_FALSE_DASH = re.compile(
    rf"{_NEAR}[^\S\n]*(?P<dash>-{{2,}}|－{{2,}}|–+|―+|─+|—{{3,}})(?=[{HAN_RANGE}“《])|{_NEAR}(?P<one>一一)(?=《)", re.M
)


@rule("TXT308", Severity.WARNING, clause="GB/T 15834—2011 4.10.2", strength=Strength.RULE)
def malformed_dash(paper: Judged) -> Flaws:
    """破折号写得不对。

    为什么：破折号是占两个字的一条线“——”，不用短横线、制表线或汉字“一”代替。

    错：
        抓住重点--整改
        抓住重点–整改
        公文副标题｜--一次入户走访的记录
        抓住重点――整改
        引文｜政之所兴，在顺民心。一一《管子》
    对：
        抓住重点——整改
        对反馈的问题一一核对。
        临江—青石公路
    """
    for at in found(paper, _FALSE_DASH):
        said = at.match[at.match.lastgroup or 0]
        cure = "写成“——”，中文输入法下按 Shift+减号；连接地名、时间的写“—”。"
        yield at.flaw(f"“{said}”不是破折号。", cure, group=at.match.lastgroup or 0)


# --- doubled and needless marks ------------------------------------------------------------------------------------

_CLASH = re.compile(r"(?<![，。、；：])(?!。{3})[，。、；：]{2,}|[，。、；：][,;:]|[？！][，。、；：]")


@rule("TXT309", Severity.WARNING, clause="GB/T 15834—2011 5.1", strength=Strength.RULE)
def clashing_marks(paper: Judged) -> Flaws:
    """两个点号连在一起。

    为什么：句号、逗号、顿号、分号、冒号连用没有意义，多半是删改时留下的。

    错：
        汇报工作情况。，
        汇报工作情况，，并听取意见。
        各单位：。
        有没有漏项？。
    对：
        汇报工作情况。
        什么是“两个维护”？！
    """
    for at in found(paper, _CLASH):
        yield at.flaw(f"“{at.said}”连用了点号。", "只留一个。")


_BEFORE_ETC = re.compile(r"(?<![一二三四五六七八九十\d])、(?=等)(?!等[级次于待额同候离保比距高效值温价边身号])")


@rule("TXT310", Severity.WARNING, clause="GB/T 15834—2011 B.1.2", strength=Strength.GENERAL)
def mark_before_etc(paper: Judged) -> Flaws:
    """“等”前面用了顿号。

    为什么：并列的词语之后用“等”收尾时，“等”前面不用顿号。

    错：
        受理来信、来电、来访、等方式的反映。
    对：
        受理来信、来电、来访等方式的反映。
        一、等级划分
        按数量、等级登记。
    """
    for at in found(paper, _BEFORE_ETC):
        yield at.flaw("“等”前面多了顿号。", "删去这个顿号。")


_BETWEEN_TITLES = re.compile("》(、)《|”(、)“|〉(、)〈")


@rule("TXT311", Severity.INFO, clause="GB/T 15834—2011 4.5.3.5", strength=Strength.GENERAL)
def mark_between_titles(paper: Judged) -> Flaws:
    """并列的书名号之间、引号之间用了顿号。

    为什么：标有引号、书名号的并列成分之间通常不用顿号；中间插有别的成分（如括号）的，宜用顿号。

    错：
        学习《条例》、《办法》。
        落实“四个意识”、“两个维护”。
    对：
        学习《条例》《办法》。
        学习《条例》（2024年修订）、《办法》。
    """
    for at, count in each_line(found(paper, _BETWEEN_TITLES)):
        yield at.flaw(f"并列的{'引号' if '“' in at.said else '书名号'}之间通常不用顿号{count}。", "删去顿号。")


_NESTED = re.compile("《[^《》〈〉\n]*(《)")


@rule("TXT312", Severity.WARNING, clause="GB/T 15834—2011 4.15.3.5", strength=Strength.RULE)
def nested_title_marks(paper: Judged) -> Flaws:
    """书名号里面又用了双书名号。

    为什么：书名号里还要用书名号时，外面一层用《》，里面一层用〈〉。

    错：
        转发《关于印发《工作方案》的通知》
    对：
        转发《关于印发〈工作方案〉的通知》
        学习《条例》《办法》
    """
    for at, count in each_line(found(paper, _NESTED)):
        yield at.flaw(f"书名号里面又用了双书名号{count}。", "里面一层改成“〈〉”。", group=1)

"""GBT315 to GBT323: what the title says the paper is, against its direction and its other parts (条例).

What needs more than the paper, such as who stands above whom, is not asked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.layout.title import titles
from xuncha_docs.checks.profiles import Carrier
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.word.layout import Paragraph
from xuncha_docs.word.roles import LEVELS, Role

_REGULATION = "党政机关公文处理工作条例"
_NAMED = (Carrier.RED_HEAD, Carrier.LETTER)
"""The formats whose titles name a 文种; that of 命令 and 纪要 stands in 发文机关标志."""

_UPWARD = ("请示", "报告")
_NOT_UPWARD = ("决议", "决定", "命令", "令", "公报", "公告", "通告", "通知", "通报", "批复", "函")
_FREE = ("决议", "命令", "令", "公报", "公告", "通告", "议案", "纪要")
"""The sorts whose titles may do without 关于…的 (practice)."""

_TWO = "请示报告"
"""Two sorts in one, which is neither."""

_GENRE = re.compile(rf"({'|'.join(gb.GENRES)})(?:（[^（）]*）)?$")
_MATTER = re.compile(rf"(?:关于|印发|转发|批转).+的(?:{'|'.join(gb.GENRES)})(?:（[^（）]*）)?$")


def _title(paper: Judged) -> tuple[Paragraph | None, str]:
    """Return the first title of a paper that should name its sort, and its text in one line."""
    first = next(titles(paper), None) if paper.carrier in _NAMED else None
    if not first:
        return None, ""
    return first[0], re.sub(r"\s", "", "".join(p.text for p in first))


def _genre(paper: Judged) -> str:
    """Return the sort that the title names; empty if none."""
    text = _title(paper)[1]
    match = _GENRE.search(text)
    return match[1] if match and not text.endswith(_TWO) else ""


def _severity(paper: Judged) -> Severity | None:
    """Letters also carry forms of practice, 通知书 and 交办单, whose titles are no matter of the regulation."""
    return Severity.INFO if paper.carrier is Carrier.LETTER else None


@rule("GBT315", Severity.WARNING, clause=f"{_REGULATION}第八条、第九条", strength=Strength.RULE)
def title_without_genre(paper: Judged) -> Flaws:
    """标题末尾不是条例规定的公文种类。

    为什么：标题由发文机关名称、事由和文种组成；文种只有决议、决定、命令（令）、公报、公告、通告、意见、通知、通报、
    报告、请示、批复、议案、函、纪要十五种。方案、计划、办法、总结等不是文种，要用“通知”印发。
    信函格式也常用来装通知书、交办单一类的文书，所以那里只作提示。

    错：
        （红头）
        公文标题＝临江县委2025年巡察工作方案
    错：
        （红头）
        公文标题＝中共临江县委办公室关于增加巡察经费的请示报告
    对：
        （红头）
        公文标题＝关于印发2025年巡察工作方案的通知
    """
    title, text = _title(paper)
    if title is None:
        return
    if text.endswith(_TWO):
        message = "“请示报告”不是一种公文：请示要答复，报告不用答复。"
        yield paper.flaw(title, message, "要上级答复的写“请示”，只汇报情况的写“报告”。", severity=_severity(paper))
    elif not _GENRE.search(text):
        cure = "要正式发文的，用“通知”印发，标题写成“关于印发《…》的通知”；不是公文的，不用红头。"
        message = "标题末尾不是条例规定的十五种公文之一。"
        yield paper.flaw(title, message, cure, severity=_severity(paper))


@rule("GBT316", Severity.WARNING, clause=f"{_REGULATION}第九条", strength=Strength.RULE)
def title_without_matter(paper: Judged) -> Flaws:
    """标题有文种，没有用“关于…的”写明事由。

    为什么：标题由发文机关名称、事由和文种组成，事由一般写成“关于…的”；公告、通告、令、纪要等可以省去，不在此列。

    错：
        （红头）
        公文标题＝中共临江县委办公室通知
    对：
        （红头）
        公文标题＝中共临江县委办公室关于立行立改的通知
    """
    title, text = _title(paper)
    genre = _genre(paper)
    if title is None or not genre or genre in _FREE or text.endswith("工作报告"):
        return
    if not _MATTER.search(text):
        message = f"标题里没有用“关于…的{genre}”写明事由。"
        cure = f"写成“发文机关关于什么事的{genre}”；“关于”和“的”都不能少。"
        yield paper.flaw(title, message, cure, severity=_severity(paper))


@rule("GBT317", Severity.ERROR, clause=f"{_REGULATION}第九条", strength=Strength.RULE)
def issuer_against_direction(paper: Judged) -> Flaws:
    """上行文没有签发人，或者不是上行文却标了签发人。

    为什么：上行文应当标注签发人姓名。请示、报告是上行文；通知、决定、批复、函等不是，不标签发人。

    错（还有 GBT320）：
        （红头）
        公文标题＝关于增加巡察工作人员的请示
    错：
        （上行文）
        公文标题＝关于做好巡察整改工作的通知
    对：
        （上行文）
        公文标题＝关于增加巡察工作人员的请示
    """
    title, _ = _title(paper)
    genre = _genre(paper)
    if title is None or paper.carrier is not Carrier.RED_HEAD or not paper.of(Role.MARK):
        return
    named = [p for p in paper.of(Role.ISSUER, Role.DOCUMENT_NUMBER) if "签发" in p.text]
    if genre in _UPWARD and not named and not paper.of(Role.ISSUER):
        cure = "在发文字号同一行居右空一字写“签发人：姓名”，发文字号改为居左空一字。"
        yield paper.flaw(title, f"“{genre}”是上行文，版头里没有签发人。", cure)
    elif genre in _NOT_UPWARD and named:
        cure = "删去签发人，发文字号改为居中。"
        yield paper.flaw(named[0], f"“{genre}”不是上行文，不标签发人。", cure, severity=Severity.WARNING)


_PERSON = re.compile(
    r"(?:书记|主席|主任|局长|县长|市长|省长|区长|镇长|乡长|部长|厅长|处长|科长|院长|校长|经理|董事长|行长|同志|先生|女士)$"
)


def _addressees(paper: Judged) -> Iterator[tuple[Paragraph, int, str]]:
    """Yield the addressees one by one, each with its paragraph and where it begins there."""
    for paragraph in paper.of(Role.ADDRESSEE):
        for match in re.finditer(
            r"[^\s，、；,;：:]+", re.sub(r"（[^（）]*）", lambda m: "＿" * len(m[0]), paragraph.text)
        ):
            yield paragraph, match.start(), paragraph.text[match.start() : match.end()]


@rule("GBT318", Severity.WARNING, clause=f"{_REGULATION}第九条、第十五条", strength=Strength.RULE)
def addressee_is_person(paper: Judged) -> Flaws:
    """主送的是个人，不是机关。

    为什么：主送机关是公文的主要受理机关；除上级机关负责人直接交办的事项外，不得以本机关名义向上级机关负责人报送公文。
    发给“各党支部书记”一类的，只作提示。

    错：
        （红头）
        主送机关＝高远县长：
    对：
        （红头）
        主送机关＝县政府办公室：
    """
    for paragraph, start, name in _addressees(paper) if paper.carrier in _NAMED else ():
        if _PERSON.search(name):
            many = Severity.INFO if name.startswith("各") else None
            end = start + len(name)
            cure = "改成他所在机关的名称。"
            yield paper.flaw(paragraph, f"主送的“{name}”是个人。", cure, start=start, end=end, severity=many)


@rule("GBT319", Severity.WARNING, clause=f"{_REGULATION}第九条", strength=Strength.RULE)
def signer_unlike_mark(paper: Judged) -> Flaws:
    """发文机关署名和发文机关标志不是同一个机关。

    为什么：署名署发文机关全称或者规范化简称，应当和版头的发文机关标志是同一个机关；简称按“字都在、顺序不变”认。

    错：
        （红头）
        发文机关标志＝临江县财政局文件
    对：
        （红头）
        发文机关标志＝临江县委办公室文件
    """
    marks = [_bare(p.text) for p in paper.of(Role.MARK)]
    signers = [p for p in paper.of(Role.SIGNER) if p.text.strip()]
    if not marks or not signers or paper.carrier not in _NAMED:
        return
    if not any(_alias(_bare(signer.text), mark) for signer in signers for mark in marks):
        mark = paper.of(Role.MARK)[0].text.strip()
        message = f"署名是“{signers[0].text.strip()}”，版头的发文机关标志是“{mark}”。"
        yield paper.flaw(signers[0], message, "两处写同一个机关；用简称的，用规范化简称。")


def _bare(name: str) -> str:
    """Return a name of an organisation without what short forms leave out."""
    name = re.sub(r"\s", "", name).removesuffix("文件")
    return re.sub("中国共产党|中共", "", name).replace("委员会", "委").replace("党委", "委")


def _alias(one: str, other: str) -> bool:
    """Tell whether one name is a short form of another: its characters are in the other, in that order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return bool(short) and all(char in rest for char in short)


@rule("GBT320", Severity.WARNING, clause=f"{_REGULATION}第十五条", strength=Strength.GENERAL)
def several_superiors(paper: Judged) -> Flaws:
    """请示、报告主送了不止一个上级机关。

    为什么：向上级机关行文，原则上主送一个上级机关，根据需要同时抄送相关上级机关和同级机关。

    错：
        （上行文）
        主送机关＝中共临江县委，临江县人民政府：
    对：
        （上行文）
        主送机关＝中共临江县委：
    """
    found = tuple(_addressees(paper)) if _genre(paper) in _UPWARD else ()
    if len(found) > 1:
        message = f"{_genre(paper)}主送了 {len(found)} 个机关，上行文原则上只主送一个。"
        yield paper.flaw(found[0][0], message, "只留一个主送机关，其他的改为抄送。")


_REQUEST = re.compile(r"(?<![报申呈提])请予?(?:批准|批示|批复)|妥否|当否|可否[，,]请")
_QUOTED = re.compile("“[^“”]*”|《[^《》]*》")


@rule("GBT321", Severity.ERROR, clause=f"{_REGULATION}第十五条", strength=Strength.RULE)
def request_in_report(paper: Judged) -> Flaws:
    """报告里夹带了请示事项。

    为什么：不得在报告等非请示性公文中夹带请示事项；报告不用答复，夹带的事项会被搁下。

    错：
        （上行文）
        末段公文正文＝以上报告妥否，请批示。
    对：
        （上行文）
        末段公文正文＝以上报告，请审阅。
    """
    for paragraph in paper.of(Role.BODY, *LEVELS) if _genre(paper) == "报告" else ():
        read = _QUOTED.sub(lambda match: "＿" * len(match[0]), paragraph.text)
        match = _REQUEST.search(read)
        if match:
            message = f"报告里写了“{match[0]}”，是请示的话。"
            cure = "要上级答复的事，另写一份请示；报告末尾写“特此报告”一类的话。"
            yield paper.flaw(paragraph, message, cure, start=match.start(), end=match.end())


@rule("GBT322", Severity.INFO, strength=Strength.PRACTICE)
def reply_without_reference(paper: Judged) -> Flaws:
    """批复、复函开头没有引来文的标题和文号。

    为什么：开头写“《…》（…〔2025〕1号）收悉”，来文的机关一看就知道答复的是哪一件；这是各地的通行写法。

    错：
        （红头）
        公文标题＝关于设立巡察工作机构的批复
    对：
        （红头）
        公文标题＝关于设立巡察工作机构的批复
        第1段公文正文＝你局《关于设立巡察工作机构的请示》（临水党〔2025〕9号）收悉。
    """
    title, text = _title(paper)
    if title is None or not re.search(r"(?:批复|复函)(?:（[^（）]*）)?$", text):
        return
    body = "".join(p.text for p in paper.of(Role.BODY)[:3])
    if "》" not in body or "收悉" not in body or not re.search(r"〔\d{4}〕\d+号", body):
        message = "开头没有引来文的标题和文号。"
        yield paper.flaw(title, message, "正文开头写成“你单位《…》（…〔2025〕1号）收悉。”。")


_NUMBER_FIRST = re.compile(
    r"[根据按照依和与及见在对由经]*(?P<said>[\u4e00-\u9fffA-Za-z]{1,12}〔\d{4}〕\d{1,5}号(?:文件?)?)(?=《)"
)


@rule("GBT323", Severity.INFO, strength=Strength.PRACTICE)
def number_before_title(paper: Judged) -> Flaws:
    """引用公文时，文号写在了标题前面。

    为什么：引用公文先引标题、后引发文字号，文号放在圆括号里；这是各地的通行写法。

    错：
        第1段公文正文＝根据临委巡办〔2025〕3号《关于开展常规巡察的通知》要求，制定本规定。
    对：
        第1段公文正文＝根据《关于开展常规巡察的通知》（临委巡办〔2025〕3号）要求，制定本规定。
    """
    for paragraph, text in paper.texts(Role.BODY, *LEVELS):
        for match in _NUMBER_FIRST.finditer(text):
            message = "文号写在了标题前面。"
            cure = "先写标题，再在圆括号里写文号，如“《…的通知》（…〔2025〕3号）”。"
            yield paper.flaw(paragraph, message, cure, start=match.start("said"), end=match.end())

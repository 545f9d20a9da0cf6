"""TXT5: how the parts of a paper are worded: annexes, addressees, 抄送, 印发, 签发人, secrecy.

Where they stand and how they look is judged by the rules of layout.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.checks.text.items import NUMERAL
from xuncha_docs.checks.text.reading import Line, found, lines
from xuncha_docs.chinese import read_numeral
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.word.roles import Role

# --- 附件说明 and annexes --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One annex as 附件说明 names it.

    Args:
        line: the paragraph, the first one if the name goes on in the next.
        start: where its name begins there.
        end: where it ends.
        number: None where it has none.
        name: without its number.
    """

    line: Line
    start: int
    end: int
    number: int | None
    name: str


_ENTRY = re.compile(
    rf"[^\S\n]*+(?P<head>附[^\S\n]*+件[^\S\n]*+(?P<label>\d{{1,2}}|{NUMERAL}(?=[：:、.．]))?[^\S\n]*+[：:、.．]?)?"
    rf"[^\S\n]*+(?:(?P<number>\d{{1,2}})[^\S\n]*+[.．、)）]|(?P<han>{NUMERAL})[、.．]|[（(](?P<inner>\d{{1,2}}|{NUMERAL})[）)])?"
    r"[^\S\n]*+(?P<name>[^\n]*)"
)


def entries(paper: Judged) -> tuple[Entry, ...]:
    """Return the annexes that 附件说明 names, in its order; a line that begins with no number goes on with the last."""
    told: list[Entry] = []
    for line in lines(paper, Role.ANNEX_LIST):
        for row in re.finditer(r"[^\n]+", line.text):
            match = _ENTRY.match(line.text, row.start())
            if not match or not match["name"].strip():
                continue
            name = match["name"].strip()
            number = match["number"] or match["han"] or match["inner"] or match["label"]
            if told and not (match["head"] or number):
                told[-1] = replace(told[-1], name=told[-1].name + name)
                continue
            start = match.start("name")
            told.append(Entry(line, start, start + len(name), _read(number), name))
    return tuple(told)


def _read(number: str | None) -> int | None:
    """Read a number in digits of either sort; None where there is none."""
    if number is None or number.isdecimal():
        return int(number) if number else None
    try:
        return read_numeral(number)
    except ValueError:  # 十十 and the like
        return None


_LAST = re.compile(r"[。；，、;,.][^\S\n]*$", re.M)


@rule("TXT501", Severity.ERROR, clause="7.3.4", strength=Strength.RULE)
def mark_after_annex_name(paper: Judged) -> Flaws:
    """附件说明里附件名称后面加了标点。

    为什么：附件名称后不加标点符号。

    错：
        附件说明｜附件：巡察工作安排表。
        附件说明｜附件：1.巡察工作安排表⏎附件说明｜2.巡察组名单；
    对：
        附件说明｜附件：1.巡察工作安排表⏎附件说明｜2.巡察组名单
        附件说明｜附件：巡察工作办法（试行）
    """
    for at in found(paper, _LAST, Role.ANNEX_LIST):
        mark = at.said.strip()
        yield at.flaw(f"附件名称后面有“{mark}”。", f"删去“{mark}”。")


_NUMBERED = re.compile(
    rf"^[^\S\n]*+(?:附[^\S\n]*+件[^\S\n]*+(?P<label>\d{{1,2}}[^\S\n]*+[：:、．]|{NUMERAL}[^\S\n]*+[：:、.．])"
    rf"|(?:附[^\S\n]*+件[^\S\n]*+[：:]?)?[^\S\n]*+(?P<number>\d{{1,2}}[^\S\n]*+[、．)）]|{NUMERAL}[、.．]"
    rf"|[（(](?:\d{{1,2}}|{NUMERAL})[）)]))[^\S\n]*+(?=\S)",
    re.M,
)


@rule("TXT502", Severity.ERROR, clause="7.3.4", strength=Strength.RULE)
def wrong_annex_number(paper: Judged) -> Flaws:
    """附件说明的序号写得不对，或不连续。

    为什么：有多个附件的，用阿拉伯数字标注顺序号，如“附件：1.×××××”；数字后面用下脚点。

    错：
        附件说明｜附件：一、安排表⏎附件说明｜二、名单
        附件说明｜附件：1、安排表⏎附件说明｜2、名单
        附件说明｜附件：1．安排表⏎附件说明｜2．名单
        附件说明｜附件1：安排表⏎附件说明｜附件2：名单
        附件说明｜附件：1.安排表⏎附件说明｜3.名单
    对：
        附件说明｜附件：1.安排表⏎附件说明｜2.名单
        附件说明｜附件：安排表
    """
    for at in found(paper, _NUMBERED, Role.ANNEX_LIST):
        group = "label" if at.match["label"] else "number"
        cure = "只有一个附件的写“附件：名称”，有多个的写“附件：1.名称”，下一行写“2.名称”。"
        yield at.flaw(f"附件的序号写成了“{at.match[group].strip()}”。", cure, group=group)
    listed = [entry for entry in entries(paper) if entry.number is not None]
    for n, entry in enumerate(listed, 1):
        if entry.number != n:
            message = f"第{n}个附件的序号是{entry.number}。"
            yield _on(paper, entry, message, f"从1起连续编号，这里写“{n}.”。")
            return


_COLON = re.compile(
    r"^[^\S\n]*+附[^\S\n]*+件[^\S\n]*+(?:\d{1,2})?[^\S\n]*+(?::|(?=[^\s：:、．\d])|(?=\d{1,2}\.[^\d\s]))", re.M
)


@rule("TXT503", Severity.WARNING, clause="7.3.4", strength=Strength.RULE)
def wrong_colon_after_annex(paper: Judged) -> Flaws:
    """附件说明的“附件”后面没有冒号，或冒号是半角的。

    为什么：“附件”二字后标全角冒号和附件名称。

    错：
        附件说明｜附件:1.安排表⏎附件说明｜2.名单
        附件说明｜附件　安排表
    对：
        附件说明｜附件：1.安排表⏎附件说明｜2.名单
    """
    for at in found(paper, _COLON, Role.ANNEX_LIST):
        said = "的冒号是半角的" if at.said.endswith(":") else "没有冒号"
        yield at.flaw(f"“附件”后面{said}。", "写成“附件：”，冒号用全角。")


@rule("TXT504", Severity.INFO, clause="7.3.4", strength=Strength.RULE)
def number_of_only_annex(paper: Judged) -> Flaws:
    """只有一个附件，却编了序号。

    为什么：有多个附件才标序号；编了“1.”，读的人会去找第二个。

    错：
        附件说明｜附件：1.安排表
    对：
        附件说明｜附件：安排表
        附件说明｜附件：1.安排表⏎附件说明｜2.名单
    """
    listed = entries(paper)
    if len(listed) == 1 and listed[0].number == 1:
        yield _on(paper, listed[0], "只有一个附件，不用编序号。", f"写成“附件：{listed[0].name}”。")


@rule("TXT505", Severity.ERROR, clause="7.3.7", strength=Strength.RULE)
def annex_unlike_its_mention(paper: Judged) -> Flaws:
    """附件的序号、标题和附件说明对不上。

    为什么：附件序号和附件标题应当与附件说明的表述一致；附件说明里没有的，读的人不知道后面还有附件。

    错：
        附件说明｜附件：巡察组名单⏎附件标签｜附件⏎附件标题｜巡察组人员名单
        附件说明｜附件：1.安排表⏎附件说明｜2.名单⏎附件标签｜附件1⏎附件标题｜安排表⏎附件标签｜附件3⏎附件标题｜名单
        附件标签｜附件⏎附件标题｜巡察组名单
    对：
        附件说明｜附件：巡察组名单⏎附件标签｜附件⏎附件标题｜巡察组名单
        附件说明｜附件：1.安排表⏎附件说明｜2.名单⏎附件标签｜附件1⏎附件标题｜安排表⏎附件标签｜附件2⏎附件标题｜名单
    """
    listed = entries(paper)
    bound = tuple(_bound(paper))
    if not bound:
        return
    if not listed:
        yield from _unannounced(paper, bound[0].label)
        return
    for annex in bound:
        yield from _unlike(paper, annex, listed)
    for entry in listed:
        if len(listed) > len(bound) and not any(_same(annex, entry, listed) for annex in bound):
            what = f"附件{entry.number}" if entry.number else f"附件“{entry.name}”"
            message = f"附件说明里有{what}，后面没有附上。"
            yield _on(paper, entry, message, "附上这个附件；另外单独装订的，不用改。", Severity.INFO)


@dataclass(frozen=True, slots=True)
class Bound:
    """An annex that is bound with the paper.

    Args:
        label: the paragraph 附件1.
        number: of the label; None where it has none.
        title: the paragraph of its title; None where that was not found.
        name: its title, of several paragraphs if need be.
    """

    label: Line
    number: int | None
    title: Line | None
    name: str


def _bound(paper: Judged) -> Iterator[Bound]:
    read = tuple(lines(paper))
    for n, line in enumerate(read):
        if line.role is not Role.ANNEX_LABEL:
            continue
        titles = tuple(takewhile(lambda one: one.role is Role.ANNEX_TITLE, islice(read, n + 1, None)))
        digits = re.search(r"\d{1,3}", line.text)
        name = "".join(one.text for one in titles)
        yield Bound(line, int(digits[0]) if digits else None, titles[0] if titles else None, name)


def _unannounced(paper: Judged, label: Line) -> Flaws:
    first = next(lines(paper))
    told = any(re.match(r"\s*附(?:[^\S\n]*件)?[^\S\n]*\d*[：:]", line.text) for line in lines(paper))
    if not told and first is not label:  # a file that begins with the label is an annex by itself
        cure = "在正文下空一行写“附件：名称”。"
        yield paper.flaw(label.paragraph, "后面有附件，正文下面没有附件说明。", cure, severity=Severity.WARNING)


def _unlike(paper: Judged, annex: Bound, listed: Sequence[Entry]) -> Flaws:
    entry = _entry_of(annex, listed)
    if entry is None:
        yield _wrong_number(paper, annex, listed)
    elif annex.title is not None and not _alike(entry.name, annex):
        message = f"附件标题是“{annex.name.strip()}”，附件说明写的是“{entry.name}”。"
        yield paper.flaw(annex.title.paragraph, message, "两处改成一样。")


def _wrong_number(paper: Judged, annex: Bound, listed: Sequence[Entry]) -> Flaw:
    if annex.number is None:
        message = f"附件说明里有{len(listed)}个附件，这里没有写序号。"
        cure = "写成“附件1”“附件2”，和附件说明的序号一致。"
    elif len(listed) == 1 and listed[0].number is None:
        message = f"附件说明里只有一个附件，没有编序号，这里写的是“附件{annex.number}”。"
        cure = "这里写成“附件”。"
    else:
        message = f"附件说明里没有附件{annex.number}。"
        cure = "两处的序号改成一样。"
    return paper.flaw(annex.label.paragraph, message, cure)


def _entry_of(annex: Bound, listed: Sequence[Entry]) -> Entry | None:
    """Return what 附件说明 says of an annex: by its number, or as the only one."""
    return next((entry for entry in listed if _same(annex, entry, listed)), None)


def _same(annex: Bound, entry: Entry, listed: Sequence[Entry]) -> bool:
    if annex.number is None:
        return len(listed) == 1
    return entry.number == annex.number


def _alike(name: str, annex: Bound) -> bool:
    """Tell whether a name is that of an annex, blanks, widths and 《》 apart; a second line may be a subtitle."""
    first = annex.title.text if annex.title else ""
    return _bare(name) in (_bare(annex.name), _bare(first))


def _bare(name: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).strip("《》")


def _on(paper: Judged, entry: Entry, message: str, cure: str, severity: Severity | None = None) -> Flaw:
    return paper.flaw(entry.line.paragraph, message, cure, start=entry.start, end=entry.end, severity=severity)


# --- 主送, 抄送, 印发, 签发人, 附注 -----------------------------------------------------------------------------------


def _groups(paper: Judged, role: Role) -> Iterator[tuple[Line, ...]]:
    """Yield the lines of a role, those that follow one another together."""
    held: list[Line] = []
    for line in lines(paper):
        if line.role is role:
            held.append(line)
        elif held:
            yield tuple(held)
            held = []
    if held:
        yield tuple(held)


@rule("TXT506", Severity.ERROR, clause="7.3.2", strength=Strength.RULE)
def addressee_without_colon(paper: Judged) -> Flaws:
    """主送机关后面没有全角冒号。

    为什么：最后一个主送机关名称后标全角冒号。

    错：
        主送机关｜各巡察组
        主送机关｜各巡察组:
        主送机关｜各巡察组，
    对：
        主送机关｜各巡察组，各乡镇党委：
    """
    for group in _groups(paper, Role.ADDRESSEE):
        text = group[-1].text.rstrip()
        if not text.endswith("："):
            mark = text[-1] if text[-1] in ":，。；、,;." else ""
            said = f"后面是“{mark}”" if mark else "后面没有冒号"
            cure = f"把“{mark}”改成全角冒号“：”。" if mark else "在最后一个机关名称后面加全角冒号“：”。"
            start = len(text) - 1 if mark else max(0, len(text) - 4)
            yield paper.flaw(group[-1].paragraph, f"主送机关{said}。", cure, start=start, end=len(text))


_COPIED = re.compile(r"^\s*(?:抄\s*送|主\s*送|抄\s*报|分\s*送|发\s*送)")


@rule("TXT507", Severity.ERROR, clause="7.4.2", strength=Strength.RULE)
def copied_to_without_stop(paper: Judged) -> Flaws:
    """抄送机关最后没有句号。

    为什么：最后一个抄送机关名称后标句号。

    错：
        抄送｜抄送：县纪委监委办公室，县委组织部
        抄送｜抄送：县纪委监委办公室，县委组织部；
    对：
        抄送｜抄送：县纪委监委办公室，县委组织部。
        抄送｜主送：各乡镇党委。⏎抄送｜抄送：县委组织部。
    """
    for group in _groups(paper, Role.COPIED_TO):
        for n, line in enumerate(group):
            text = line.text.rstrip()
            goes_on = n + 1 < len(group) and not _COPIED.match(group[n + 1].text)
            if not goes_on and not text.endswith("。") and not re.search(r"[：:]\Z", text):
                message = "抄送机关最后没有句号。"
                start = max(0, len(text) - 4)
                cure = "在最后一个机关名称后面写句号“。”。"
                yield paper.flaw(line.paragraph, message, cure, start=start, end=len(text))


_LABEL = re.compile(r"^\s*(抄\s*送|主\s*送|抄\s*报|分\s*送|发\s*送)\s*(:)|^\s*(抄\s*报)\s*：")
_NO_COLON = re.compile(r"^\s*(抄\s*送)()(?![\s：:])")


@rule("TXT508", Severity.WARNING, clause="7.4.2", strength=Strength.RULE)
def wrong_label_of_copies(paper: Judged) -> Flaws:
    """“抄送”后面的冒号不是全角的，或者还写“抄报”。

    为什么：“抄送”二字后标全角冒号；“抄报”已经不用，对上级机关也写“抄送”。

    错：
        抄送｜抄送:县委组织部。
        抄送｜抄报：市委巡察办。
        抄送｜抄送县委组织部。
    对：
        抄送｜抄送：县委组织部。
    """
    for at in found(paper, _LABEL, apart=(Role.TITLE,)):
        if at.match[3]:
            yield at.flaw("“抄报”已经不用。", "改成“抄送”，和其他抄送机关写在一起。", group=3)
        else:
            yield at.flaw(f"“{at.match[1]}”后面的冒号是半角的。", f"写成“{at.match[1]}：”。", group=2)
    for at in found(paper, _NO_COLON, Role.COPIED_TO):
        yield at.flaw("“抄送”后面没有冒号。", "写成“抄送：”。", group=1)


_DAY = re.compile(
    rf"(?:\d{{4}}|[〇○零一二三四五六七八九]{{4}})\s*年\s*(?:\d{{1,2}}|{NUMERAL})\s*月\s*(?:\d{{1,2}}|{NUMERAL})\s*日"
)


@rule("TXT509", Severity.ERROR, clause="7.4.3", strength=Strength.RULE)
def wrong_printing_date(paper: Judged) -> Flaws:
    """印发日期后面没有“印发”二字，或没有印发日期。

    为什么：印发机关和印发日期在同一行，日期后加“印发”二字。日期补零、用汉字的由日期的规则指出。

    错：
        印发｜中共临江县委办公室　　2025年7月1日
        印发｜中共临江县委办公室　　2025年7月1日印制
        印发｜中共临江县委办公室　　2025年7月1日 印发
        印发｜中共临江县委办公室印发
    对：
        印发｜中共临江县委办公室　　2025年7月1日印发
    """
    printed = tuple(lines(paper, Role.PRINTED))
    dated = False
    for line in printed:
        match = _DAY.search(line.text)
        if match is None:
            continue
        dated = True
        after = line.text[match.end() :].rstrip()
        if after != "印发":
            said = "和“印发”之间有空格" if after.strip() == "印发" else "后面没有“印发”二字"
            cure = "日期后面紧接着写“印发”，如“2025年7月1日印发”。"
            yield paper.flaw(line.paragraph, f"印发日期{said}。", cure, start=match.start(), end=match.end())
    if printed and not dated and not any(re.search(r"\d\s*[年月.]", line.text) for line in printed):
        cure = "在同一行右边写印发日期，如“2025年7月1日印发”。"
        yield paper.flaw(printed[-1].paragraph, "印发机关后面没有印发日期。", cure)


_SIGNED_OFF = r"签\s*发\s*人\s*(?P<half>:)|(?P<short>签\s*发)(?!\s*人)[：:]|(?P<spaced>签\s+发\s*人|签\s*发\s+人)"
_SIGNED_OFF_FAULTS = {
    "half": "“签发人”后面的冒号是半角的",
    "short": "“签发人”少写了“人”",
    "spaced": "“签发人”中间有空格",
}
_ANYWHERE, _ALONE = re.compile(_SIGNED_OFF), re.compile(rf"^\s*(?:{_SIGNED_OFF})")
_NAMELESS = re.compile(r"签发人(?:(?P<bare>[^：:\s]|[^\S\n]+[^：:\s])|：\s*(?P<empty>$))")


@rule("TXT510", Severity.WARNING, clause="7.2.6", strength=Strength.RULE)
def wrong_label_of_signer(paper: Judged) -> Flaws:
    """“签发人”三字或冒号写得不对。

    为什么：“签发人”三字后标全角冒号，再写签发人姓名；不写“签发”，中间也不空格。

    错：
        签发人｜签发人:张某某
        签发人｜签发：张某某
        签发人｜签 发 人：张某某
        签发人｜签发人　张某某
        签发人｜签发人：
    对：
        签发人｜签发人：张某某
        签发人｜临委巡办〔2025〕7号　　签发人：张某某　李某某
    """
    on_form = (Role.TABLE, Role.ISSUER, Role.DOCUMENT_NUMBER)
    for at in (*found(paper, _ANYWHERE, Role.ISSUER, Role.DOCUMENT_NUMBER), *found(paper, _ALONE, apart=on_form)):
        kind = next(name for name, text in at.match.groupdict().items() if text)
        yield at.flaw(f"{_SIGNED_OFF_FAULTS[kind]}。", "写成“签发人：姓名”。", group=kind)
    for at in found(paper, _NAMELESS, Role.ISSUER):
        said = "没有写姓名" if at.match["empty"] is not None else "没有冒号"
        yield at.flaw(f"“签发人”后面{said}。", "写成“签发人：姓名”。")


_THIS_PAPER = re.compile(r"^\s*此[件文](?:公开|主动公开|依申请公开|不予公开|不公开|发至|传达|印发|删减)")


@rule("TXT511", Severity.WARNING, clause="7.3.6", strength=Strength.RULE)
def note_without_brackets(paper: Judged) -> Flaws:
    """附注没有加圆括号。

    为什么：附注居左空二字加圆括号，编排在成文日期下一行。

    错：
        附注｜此件公开发布
        此件发至县团级
    对：
        附注｜（此件公开发布）
        附注｜（联系人：王某某，⏎附注｜电话：0600-8000003）
    """
    for group in _groups(paper, Role.NOTE):
        text = "".join(line.text for line in group).strip()
        if not (text[:1] in "（(" and text[-1:] in "）)"):
            yield paper.flaw(group[0].paragraph, "附注没有加圆括号。", "写成“（附注）”，括号用全角。")
    for at in found(paper, _THIS_PAPER, apart=(Role.NOTE, Role.TABLE)):
        yield at.flaw("附注没有加圆括号。", "写在成文日期下一行，居左空二字，两头加圆括号。", Severity.INFO)


# --- secrecy and urgency -------------------------------------------------------------------------------------------

_WRONG_SECRECY = (
    r"(?:绝密|机密|秘密)\s*(?P<star>[☆*＊✩⭐·])|(?:绝密|机密|秘密)(?P<blank>[ \t\u3000]+)★|★(?P<gap>[ \t\u3000]+)\d"
    r"|(?:绝密|机密|秘密)★(?P<han>[一二三四五六七八九十]+(?:年|个月))|(?:绝密|机密|秘密)★?(?P<bracket>[（(])\d"
)
_SECRECY, _SECRECY_ALONE = re.compile(_WRONG_SECRECY), re.compile(rf"^\s*(?:{_WRONG_SECRECY})")
_SECRECY_FAULTS = {
    "star": "密级和保密期限之间不是“★”",
    "blank": "“★”前面有空格",
    "gap": "“★”后面有空格",
    "han": "保密期限用了汉字数字",
    "bracket": "保密期限加了括号",
}


@rule("TXT512", Severity.ERROR, clause="7.2.2", strength=Strength.RULE)
def wrong_secrecy_mark(paper: Judged) -> Flaws:
    """密级和保密期限写得不对。

    为什么：密级和保密期限之间用“★”隔开，中间不空格，期限用阿拉伯数字。

    错：
        密级｜机密☆1年
        密级｜机密 ★1年
        密级｜机密★一年
        密级｜秘密★ 6个月
        密级｜绝密★（30年）
    对：
        密级｜机密★1年
        密级｜秘密★6个月
        密级｜绝密★长期
        密级｜内部资料　注意保存
        巡察组保守国家秘密、工作秘密。
    """
    heads = (Role.SECRECY, Role.COPY_NUMBER)
    for at in (*found(paper, _SECRECY, *heads), *found(paper, _SECRECY_ALONE, apart=(*heads, Role.TABLE))):
        kind = next(name for name, text in at.match.groupdict().items() if text)
        yield at.flaw(f"{_SECRECY_FAULTS[kind]}。", "写成“密级★期限”，如“机密★1年”“秘密★6个月”。")


_NO_SECRET = re.compile(r"(工作秘密|内部资料|内部|商业秘密|核心商密|普通商密|党内秘密)\s*(★)")


@rule("TXT513", Severity.ERROR, clause="中华人民共和国保守国家秘密法", strength=Strength.RULE)
def star_without_state_secret(paper: Judged) -> Flaws:
    """不是国家秘密，却用了“★”。

    为什么：“★”是国家秘密标志；不属于国家秘密的，不应当作出国家秘密标志。

    错：
        密级｜工作秘密★1年
        密级｜内部★长期
    对：
        密级｜内部资料 注意保存
    """
    for at in found(paper, _NO_SECRET):
        cure = f"删去“★”和期限，只写“{at.match[1]}”；属于国家秘密的，按定密的决定写密级。"
        yield at.flaw(f"“{at.match[1]}”不是国家秘密的密级，不能用“★”。", cure, group=2)


_URGENCY = re.compile(r"^\s*(?:特\s?急|加\s?急|特\s?提|平\s?急)\s*$")
_WRONG_URGENCY = re.compile(r"^\s*(?:紧急|急件|火急|特急件|加急件|十万火急|特级)\s*$")


@rule("TXT514", Severity.ERROR, clause="党政机关公文处理工作条例第九条", strength=Strength.RULE)
def wrong_urgency(paper: Judged) -> Flaws:
    """紧急程度写得不对。

    为什么：紧急公文分别标注“特急”“加急”；电报另有“特提”“平急”。

    错：
        紧急程度｜急件
        紧急程度｜特急件
        紧急程度｜紧急
    对：
        紧急程度｜特急
        紧急程度｜加　急
    """
    for line in lines(paper):
        wrong = (
            not _URGENCY.match(line.text)
            if line.role is Role.URGENCY
            else line.role is not Role.TABLE and _WRONG_URGENCY.match(line.text)
        )
        if wrong:
            yield paper.flaw(line.paragraph, f"紧急程度写成了“{line.text.strip()}”。", "写“特急”或“加急”。")


_PERIOD = re.compile(r"^\s*(?P<level>绝密|机密|秘密)(?:★(?P<number>\d{1,4})(?P<unit>年|个月))?\s*$")
_LONGEST = {"绝密": 30, "机密": 20, "秘密": 10}
"""The longest period of each level in years, unless otherwise provided."""


@rule("TXT515", Severity.WARNING, clause="中华人民共和国保守国家秘密法", strength=Strength.RULE)
def doubtful_secrecy_period(paper: Judged) -> Flaws:
    """没有写保密期限，或者期限超过了通常的上限。

    为什么：除另有规定外，绝密级不超过三十年，机密级不超过二十年，秘密级不超过十年；一年以上按年，不满一年按月。

    错：
        密级｜机密
        密级｜秘密★20年
        密级｜秘密★12个月
    对：
        密级｜机密★20年
        密级｜秘密★11个月
        密级｜绝密★长期
    """
    for at in found(paper, _PERIOD, Role.SECRECY):
        said, cure = _period(at.match)
        if said:
            yield at.flaw(f"{said}。", cure)


def _period(match: re.Match[str]) -> tuple[str, str]:
    """Return what is wrong with a period of secrecy, and the cure; nothing if it is right."""
    level, longest = match["level"], _LONGEST[match["level"]]
    if match["number"] is None:
        return f"“{level}”后面没有保密期限", f"按定密的决定写上期限，如“{level}★1年”；没有写的，按最长的{longest}年算。"
    number = int(match["number"])
    if match["unit"] == "个月" and number >= 12:
        return f"保密期限写的是{number}个月", "一年以上的期限按年写。"
    if match["unit"] == "年" and number > longest:
        return f"{level}的保密期限是{number}年", f"除另有规定外，{level}的期限不超过{longest}年，请核对定密的决定。"
    return ("保密期限是0", "按定密的决定写上期限。") if number == 0 else ("", "")

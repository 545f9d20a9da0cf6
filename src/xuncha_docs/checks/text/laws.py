"""TXT7: what a paper cites: titles of rules that differ a little from the register `legal.LAWS`."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.checks.text.reading import lines
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.legal import LAWS, Law

_CITED = re.compile(r"[《〈]([^《》〈〉\n]{3,60})[》〉]")

_NEAR = 0.9
"""How alike two titles must be for one to be a slip of the other: one character of eleven may be another."""

_SAME_SUBJECT = 0.75
"""The same where all that tells the rule from others is there, 巡视 of 中国共产党巡视工作条例."""

_GENERAL = re.compile(r"中国共产党|工作|条例|规则|准则|规定|办法|意见|关于|加强|[的和]")
"""What titles of rules have in common."""

_ANOTHER = re.compile(
    r"\d|[省市县区州盟旗镇乡校局厅]|党委|党组|集团|公司|大学|学院|实施|细则|若干|贯彻|落实|办法|方案|修正|解读|释义|学习|问答|通知|草案"
)
"""What in a title, and not in the register's, says that it is another paper."""

_EDITION = re.compile(r"\((?:试行|修订|修正|20\d\d年?(?:修订|修正|版)?)\)$")


@rule("TXT701", Severity.WARNING, strength=Strength.PRACTICE)
def title_unlike_register(paper: Judged) -> Flaws:
    """引用的党内法规、规范性文件名称和登记的名称差一点。

    为什么：名称长，容易多字、少字、错字；引错了名称，依据就站不住。登记里没有的名称不判断。

    错：
        根据《中国共产党巡察工作条例》规定，开展常规巡察。
        根据《中国共产党巡视事情条例》规定，开展常规巡察。
        根据《中国共产党的巡视工作条例》规定，开展常规巡察。
        按照《党政机关公文处理条例》办理。
        根据《巡视工作条例》规定，开展常规巡察。
    对：
        根据《中国共产党巡视工作条例》《中国共产党党内监督条例》规定，开展常规巡察。
        根据《中国共产党政法工作条例》《中国共产党支部工作条例（试行）》规定开展。
        按照《关于市县党委建立巡察制度的实施意见》办理。
        根据《中国共产党巡视工作条例》（以下简称《条例》）规定，按《巡视工作条例》执行。
    """
    told = {_bare(match[1]) for line in lines(paper) for match in _CITED.finditer(line.read)}
    for line in lines(paper):
        for match in _CITED.finditer(line.read):
            law = meant(match[1])
            if law is None:
                continue
            is_short = _bare(law.title).endswith(_bare(match[1]))
            if is_short and _bare(law.title) in told:
                continue  # the whole title is said elsewhere
            message = f"《{match[1]}》是简称。" if is_short else f"《{match[1]}》和登记的名称不一样。"
            cure = f"第一次引用写全称《{law.title}》。" if is_short else f"核对原文；应是《{law.title}》。"
            grave = Severity.INFO if is_short or not law.verified else None
            start, end = match.span(1)
            yield paper.flaw(line.paragraph, message, cure, start=start, end=end, severity=grave)


def meant(said: str) -> Law | None:
    """Return the rule that a title seems to mean and does not name; None for right and for unknown titles."""
    title = _bare(said)
    titles = {_bare(law.title): law for law in LAWS}
    if title in titles or _EDITION.sub("", title) in titles:
        return None
    near = [(_nearness(title, known), law) for known, law in titles.items()]
    best, law = max(near, key=lambda one: one[0])
    return law if best > 0 else None


def _nearness(title: str, known: str) -> float:
    """Return how much a title is like that of a rule; 0 if it is another's."""
    if known.startswith("中国共产党") and title == known.removeprefix("中国共产党") and len(title) > 3:
        return 1
    if abs(len(title) - len(known)) > 3 or (title[-2:] != known[-2:] and title[:4] != known[:4]):
        return 0
    matcher = SequenceMatcher(None, known, title, autojunk=False)
    ratio = matcher.ratio()
    subject = _GENERAL.sub("", known)
    wanted = _SAME_SUBJECT if len(subject) > 1 and subject in title and title[-2:] == known[-2:] else _NEAR
    if ratio < wanted:
        return 0
    other = "".join(title[c:d] for tag, _, _, c, d in matcher.get_opcodes() if tag != "equal")
    gone = "".join(known[a:b] for tag, a, b, _, _ in matcher.get_opcodes() if tag != "equal")
    return 0 if _ANOTHER.search(other) or re.search(r"\d", gone) else ratio


def _bare(title: str) -> str:
    """Write a title without blanks, widths and the sort of dash mattering."""
    return re.sub("[-–—~～－]+", "—", re.sub(r"\s", "", unicodedata.normalize("NFKC", title)))

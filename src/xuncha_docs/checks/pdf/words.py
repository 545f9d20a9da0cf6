"""PDF2: what the pages say, beside what the paper says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xuncha_docs.checks.pdf.printed import Difference, Printed
from xuncha_docs.checks.pdf.whole import AGAIN
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Place, Severity, Strength

MOST = 20
"""How many differences are told one by one."""


def _place(difference: Difference) -> Place:
    if difference.paragraph is None:
        return Place(page=difference.page, snippet=difference.around)
    return replace(difference.paragraph.at(difference.start, difference.end), page=difference.page)


def _told(differences: tuple[Difference, ...], message: str, cure: str) -> Iterator[Flaw]:
    """Yield a flaw for each difference, and one for all that are too many."""
    for one in differences[:MOST]:
        yield Flaw(_place(one), message.format(lost=one.lost, found=one.found), cure)
    if len(differences) > MOST:
        last = differences[MOST]
        yield Flaw(_place(last), f"这样的地方一共有 {len(differences)} 处，从这里起不再一一列出。", cure)


def _comparable(printed: Printed) -> bool:
    return printed.paper is not None and not printed.unread


@rule("PDF201", Severity.ERROR, strength=Strength.PRACTICE)
def lost_text(printed: Printed) -> Flaws:
    """文书里有的字，PDF 里没有。

    为什么：转换时会悄悄丢字。LibreOffice 就会丢掉行末的标点：段落没有写明标点可以溢出边界时，挂在行末的逗号、
    句号根本不印出来。

    错：
        打印后：删去第1页“根据”
    对：
        公文标题＝巡察公告
    """
    if not _comparable(printed):
        return
    lost = tuple(one for one in printed.differences if one.lost and not one.found)
    cure = f"请对照文书看这一处；丢的是行末的标点时，请在 Word 的“段落—中文版式”里勾选“允许标点溢出边界”，{AGAIN}。"
    yield from _told(lost, "文书里的“{lost}”没有印出来。", cure)


@rule("PDF202", Severity.ERROR, strength=Strength.PRACTICE)
def replaced_text(printed: Printed) -> Flaws:
    """PDF 里的字和文书里的不一样。

    为什么：字体里没有的字会换成别的字，换了字体的符号会变成另一个符号；也可能 PDF 不是用这份文书转的。

    错：
        打印后：换字“据”＝椐
    对：
        公文标题＝巡察公告
    """
    if not _comparable(printed):
        return
    changed = tuple(one for one in printed.differences if one.lost and one.found)
    cure = f"请核对这个 PDF 是不是用这份文书转的；是的话，请安装有这些字的字体，{AGAIN}。"
    yield from _told(changed, "文书里是“{lost}”，印出来是“{found}”。", cure)


@rule("PDF203", Severity.ERROR, strength=Strength.PRACTICE)
def added_text(printed: Printed) -> Flaws:
    """PDF 里有文书里没有的字。

    为什么：PDF 可能是用另一份文书转的，或者转好以后又改过；批注、修订和隐藏的字也可能印了出来。

    错：
        打印后：再印第4页“执行中的问题”高=80
    对：
        公文标题＝巡察公告
    """
    if not _comparable(printed):
        return
    added = tuple(one for one in printed.differences if not one.lost)
    cure = f"请核对这个 PDF 是不是用这份文书转的；有批注或修订的，请先在“审阅”里处理完，{AGAIN}。"
    yield from _told(added, "“{found}”是文书里没有的。", cure)


@rule("PDF204", Severity.WARNING, strength=Strength.PRACTICE)
def unsaid_text(printed: Printed) -> Flaws:
    """PDF 没有说明有的字是什么字。

    为什么：这样的 PDF 印得出来，但是不能检索、复制，也无法检查有没有丢字错字。

    错：
        打印后：字体不说明文字
    对：
        公文标题＝巡察公告
    """
    if printed.unread:
        first = next(page.number for page in printed.pages if any(glyph.text == "\ufffd" for glyph in page.glyphs))
        yield Flaw(
            Place(page=first),
            f"有 {printed.unread} 个字，PDF 没有说明是什么字，不能检索、复制，也没有检查丢字错字。",
            "请从文书重新转成 PDF，不要用“打印到 PDF”或图片拼成的 PDF。",
        )

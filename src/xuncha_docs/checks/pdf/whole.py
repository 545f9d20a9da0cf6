"""PDF0 and PDF1: the file, its pages, its fonts."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import zip_longest

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.pdf.printed import MM, Printed, mm, points
from xuncha_docs.checks.profiles import Carrier
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.errors import LockedPdf
from xuncha_docs.findings import Place, Severity, Strength
from xuncha_docs.pdf.families import class_of

AGAIN = "再重新转成 PDF"
"""How every cure ends that changes the paper."""


def is_han(text: str) -> bool:
    """Tell whether a glyph prints a Chinese character."""
    return any(unicodedata.name(char, "").startswith("CJK") for char in text)


@rule("PDF001", Severity.ERROR)
def unreadable_pdf(printed: Printed) -> Flaws:
    """这个 PDF 读不出来。

    为什么：文件损坏、没有写完，或者内容大得不像文书。LibreOffice 转换失败时也可能留下这样的文件，而且不报错。

    错：
        打印后：截断
    对：
        公文标题＝巡察公告
    """
    if printed.fault is not None and not isinstance(printed.fault, LockedPdf):
        yield Flaw(
            Place(),
            f"这个 PDF 读不出来（{printed.fault}）。",
            "请用 Word 或 WPS 打开原来的文书，用“文件—导出”（WPS 是“输出为 PDF”）重新转成 PDF。",
        )


@rule("PDF002", Severity.ERROR)
def locked_pdf(printed: Printed) -> Flaws:
    """这个 PDF 有密码，打不开。

    为什么：别人打不开，也印不出来；里面写的什么，无法检查。

    错：
        打印后：加密
    对：
        公文标题＝巡察公告
    """
    if isinstance(printed.fault, LockedPdf):
        yield Flaw(Place(), "这个 PDF 加了密码，打不开。", "请从原来的文书重新转成不加密码的 PDF。")


@rule("PDF101", Severity.ERROR, clause="5.1", strength=Strength.RULE)
def printed_paper_size(printed: Printed) -> Flaws:
    """有的页面不是 A4。

    为什么：国标规定公文用 A4 型纸（210×297 毫米）。别的大小印到 A4 纸上会缩放，字号、行距和边距就都变了。

    错（还有 PDF301、PDF404）：
        纸张 宽=210 高=290
    对：
        纸张 宽=210 高=297
    """
    if printed.carrier is Carrier.POSTER:
        return
    wanted = sorted((points(gb.PAGE_WIDTH), points(gb.PAGE_HEIGHT)))
    wrong: dict[str, int] = {}
    for page in printed.pages:
        sides = sorted((page.width, page.height))
        if any(abs(side - right) > MM for side, right in zip(sides, wanted, strict=True)):
            wrong.setdefault(f"{mm(page.width):.0f}×{mm(page.height):.0f}", page.number)
    for size, number in wrong.items():
        yield Flaw(
            Place(page=number),
            f"页面大小是 {size} 毫米，应当是 A4（210×297 毫米）。",
            f"请在 Word 的“布局—纸张大小”里选 A4，{AGAIN}。",
        )


@rule("PDF102", Severity.ERROR, strength=Strength.PRACTICE)
def unembedded_font(printed: Printed) -> Flaws:
    """有的字体没有嵌入 PDF。

    为什么：别人的电脑上没有这种字体时，会换成别的字体，字的样子、行数和字数都可能变，甚至印出空白。

    错：
        打印后：不嵌入字体
    对：
        公文标题＝巡察公告
    """
    for font in printed.marks.fonts:
        if not font.embedded:
            number = next(page.number for page in printed.pages if font in page.fonts)
            yield Flaw(
                Place(page=number),
                f"字体“{font.name}”没有嵌入这个 PDF。",
                "重新转换时，请在 Word“另存为 PDF”的“选项”里选“符合 PDF/A”，它会嵌入全部字体。",
            )


@rule("PDF103", Severity.WARNING, clause="5.2.2", strength=Strength.GENERAL)
def unofficial_printed_font(printed: Printed) -> Flaws:
    """有的汉字不是用公文的字体印的。

    为什么：公文一般用仿宋体，标题用小标宋体，小标题用黑体、楷体，页码用宋体。转换的电脑上没有这些字体时，
    会悄悄换成别的字体。哪些字库算仿宋体、小标宋体，是实务中的通行做法。

    错：
        打印后：字体改名 FandolFang-Regular＝MicrosoftYaHei
    对：
        打印后：字体改名 FandolFang-Regular＝FangSong_GB2312
    """
    if printed.carrier is Carrier.POSTER:
        return
    seen: dict[str, tuple[int, str]] = {}
    for page in printed.pages:
        for glyph in page.glyphs:
            if glyph.font not in seen and class_of(glyph.font) is None and is_han(glyph.text):
                seen[glyph.font] = (page.number, glyph.text)
    for name, (number, text) in seen.items():
        yield Flaw(
            Place(page=number),
            f"“{text}”等汉字是用字体“{name}”印的，它不是仿宋、楷体、黑体、宋体或小标宋。",
            f"请运行 xuncha-docs doctor 看看缺哪些字体，装好以后{AGAIN}。",
        )


_MOST_QUOTED = 10


@rule("PDF104", Severity.INFO, clause="GB/T 33476.2—2016 5", strength=Strength.RECOMMENDED)
def substituted_printed_font(printed: Printed) -> Flaws:
    """有的字印出来的字体和文书里写的不是同一类。

    为什么：写的字体里没有这个字（多见于人名、地名里的生僻字），或者这台电脑上没有这种字体，就换了别的字体来印。
    字没有错，样子和两旁的字不一样。

    错：
        公文正文“立行立改”＝立行立改喆
    对：
        公文正文“立行立改”＝立行立改哲
    """
    if printed.paper is None:
        return
    seen: dict[tuple[str, str], tuple[int, list[str]]] = {}
    for paragraph, start, page, glyph in printed.printed_as():
        if start < 0 or glyph.missing or not is_han(glyph.text):
            continue
        said = paragraph.format_at(start)
        wanted = gb.font_class(said.font)
        got = class_of(glyph.font)
        heavier = said.bold and (wanted, got) == ("宋体", "小标宋")  # the bold of one is the face of the other
        if wanted and got and wanted != got and not heavier:
            chars = seen.setdefault((wanted, got), (page.number, []))[1]
            if glyph.text not in chars:
                chars.append(glyph.text)
    for (wanted, got), (number, chars) in seen.items():
        more = "等" if len(chars) > _MOST_QUOTED else ""
        yield Flaw(
            Place(page=number),
            f"“{''.join(chars[:_MOST_QUOTED])}”{more} {len(chars)} 个字应当用{wanted}，印出来的是{got}。",
            f"请看一眼这几个字是否清楚；要一样的，请安装字更全的{wanted}字库，{AGAIN}。",
        )


@rule("PDF105", Severity.ERROR, strength=Strength.PRACTICE)
def missing_glyph(printed: Printed) -> Flaws:
    """有的字印成了方框。

    为什么：所有装了的字体里都没有这个字。从 PDF 里复制出来的文字可能是对的，印在纸上的是一个方框。

    错：
        公文正文“立行立改”＝立行立改𪛖
    对：
        公文正文“立行立改”＝立行立改哲
    """
    seen: Counter[str] = Counter()
    first: dict[str, int] = {}
    for page in printed.pages:
        for glyph in page.glyphs:
            if glyph.missing:
                seen[glyph.text] += 1
                first.setdefault(glyph.text, page.number)
    for text, count in seen.items():
        times = f"，共 {count} 处" if count > 1 else ""
        yield Flaw(
            Place(page=first[text]),
            f"“{text}”印成了方框{times}。",
            f"请换一个有这个字的字体（可以在 Word 里选中这个字，改成宋体或者字更全的字库），{AGAIN}。",
        )


@rule("PDF106", Severity.WARNING, strength=Strength.PRACTICE)
def empty_page(printed: Printed) -> Flaws:
    """有的页面是空白的。

    为什么：多半是末尾多了空行或分页符。版记前面为了让版记落在双页而留的空白页除外（GB/T 33476.2—2016 7.3.1）。

    错：
        在公文正文后加：分页
        在公文正文后加：分页
    对：
        在公文正文后加：分页
    """
    for page, after in zip_longest(printed.pages, printed.pages[1:]):
        if printed.is_blank(page) and not (after and printed.is_imprint_alone(after)):
            yield Flaw(
                Place(page=page.number),
                "这一页是空白的。",
                f"请在 Word 里打开“显示编辑标记”（¶），删去多余的空行、分页符或分节符，{AGAIN}。",
            )


@rule("PDF107", Severity.WARNING, strength=Strength.PRACTICE)
def poster_of_several_pages(printed: Printed) -> Flaws:
    """海报印成了几页。

    为什么：海报是一张纸；第二页要另贴一张，常常漏贴，漏掉的正好是截止日期和署名。

    错（还有 PDF106）：
        （海报）
        在公文正文后加：分页
        在公文正文后加：分页
    对：
        （海报）
        公文标题＝巡察公告
    """
    if printed.carrier is Carrier.POSTER and len(printed.pages) > 1:
        yield Flaw(
            Place(page=2),
            f"海报印成了 {len(printed.pages)} 页。",
            "请精简文字或改用小一些的字、大一些的纸；单位多的，可以只写“见附表”，附表另贴。",
        )

"""GBT301 to GBT309: the title and the addressees: their fonts, their places, the shape of a title of several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xuncha_docs import chinese
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.layout.looks import BLANKS, FLUSH, wrong_fonts, wrong_sizes
from xuncha_docs.checks.profiles import Carrier
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.word.layout import Paragraph
from xuncha_docs.word.roles import Role

_ADDRESSED = (Carrier.RED_HEAD, Carrier.LETTER)
"""The formats whose title and addressees have a place counted in lines (7.3.1, 7.3.2, 10.1)."""


def titles(paper: Judged) -> Iterator[tuple[Paragraph, ...]]:
    """Yield the titles of a paper: paragraphs that follow one another are one."""
    held: list[Paragraph] = []
    for paragraph in paper.of(Role.TITLE):
        if held and paragraph.order != held[-1].order + 1:
            yield tuple(held)
            held = []
        held.append(paragraph)
    if held:
        yield tuple(held)


@rule("GBT301", Severity.WARNING, clause="7.3.1", strength=Strength.GENERAL)
def wrong_title_font(paper: Judged) -> Flaws:
    """公文标题不是小标宋体。

    为什么：标题一般用二号小标宋体字；黑体、宋体加粗都不是小标宋。

    错：
        公文标题：字体=黑体
    对：
        公文标题：字体=方正小标宋_GBK
    """
    look = paper.profile.looks.get(Role.TITLE)
    if look:
        for title in paper.of(Role.TITLE):
            yield from wrong_fonts(paper, title, look, "标题")


@rule("GBT302", Severity.WARNING, clause="7.3.1", strength=Strength.GENERAL)
def wrong_title_size(paper: Judged) -> Flaws:
    """公文标题不是二号字。

    为什么：标题一般用二号小标宋体字，一行排得下 20 个字。

    错：
        公文标题：字号=三号
    对：
        公文标题：字号=22磅
    """
    look = paper.profile.looks.get(Role.TITLE)
    if look:
        for title in paper.of(Role.TITLE):
            yield from wrong_sizes(paper, title, look, "标题")


@rule("GBT303", Severity.ERROR, clause="7.3.1", strength=Strength.RULE)
def title_off_centre(paper: Judged) -> Flaws:
    """公文标题没有居中，或者居中却带着缩进。

    为什么：标题分一行或多行居中排布；首行缩进、左右缩进不一样，都会使标题偏到一边。

    错：
        公文标题：对齐=左
    错：
        公文标题：首行=2字
    对：
        公文标题：对齐=中 左缩进=1字 右缩进=1字
    """
    for title in paper.of(Role.TITLE):
        if title.align != "center":
            cure = "光标放在标题里，按 Ctrl+E 居中；标题前面有空格的，删去空格。"
            yield paper.flaw(title, "标题没有居中。", cure)
        elif abs(title.first) > FLUSH or abs(title.left - title.right) > FLUSH:
            cure = "在“段落”里把“左侧”“右侧”缩进改成 0 字符，“特殊格式”选“无”。"
            yield paper.flaw(title, f"标题居中，又有{_indent(title)}，偏到了一边。", cure)


def _indent(paragraph: Paragraph) -> str:
    """Name the indent that moves a paragraph."""
    if abs(paragraph.first) > FLUSH:
        return f"{'首行缩进' if paragraph.first > 0 else '悬挂缩进'} {abs(paragraph.first):g} 字"
    left = abs(paragraph.left) > FLUSH
    return f"{'左' if left else '右'}缩进 {paragraph.left if left else paragraph.right:g} 字"


@rule("GBT304", Severity.INFO, strength=Strength.PRACTICE)
def bold_title(paper: Judged) -> Flaws:
    """公文标题加粗了。

    为什么：小标宋本来就粗，再加粗笔画会糊在一起；标准没有说到加粗，各地一般不加。

    错：
        公文标题：加粗
    对：
        公文标题：加粗=否
    """
    for title in paper.of(Role.TITLE) if Role.TITLE not in paper.profile.bold else ():
        if any(look.bold for look, _ in title.formats()):
            yield paper.flaw(title, "标题加粗了。", "选中标题，按 Ctrl+B 取消加粗。")


_LONE = 2
"""A last line of so few characters stands alone."""

_NO_BEGINNING = re.compile(r"[的和与及、，。》”）]")
"""What no line of a title should begin with: it belongs to the words before."""

_SHAPES = re.compile(r"\++|-+|\++-+|\+{1,}0-{1,}")
"""A trapezoid, either way up, or a lozenge, by which line is longer than the one before; of an even number of lines
the two in the middle may be alike."""


@rule("GBT305", Severity.WARNING, clause="7.3.1", strength=Strength.RULE)
def misshapen_title(paper: Judged) -> Flaws:
    """分行的公文标题排得不好：不是梯形或菱形，断开了词，或者一行太长。

    为什么：标题回行时，要做到词意完整，排列对称，长短适宜，间距恰当，排列应当使用梯形或菱形。
    这里只看自己分了行的标题；断词只看行首的字，只是大致的判断。

    错：
        公文标题＝县委第三巡察组⏎关于巡察的通知
    错：
        公文标题＝县委第三巡察组关于巡察⏎的通知
    错：
        公文标题＝县委第三巡察组关于常规巡察县水利局党组和下属单位⏎有关事项的通知
    错：
        公文标题＝县委第三巡察组关于开展巡察有关事项的⏎通知
    错：
        公文标题＝县委第三巡察组⏎关于巡察的⏎有关事项通知
    对：
        公文标题＝县委第三巡察组⏎关于开展巡察的通知
    对：
        公文标题＝县委第三巡察组⏎关于做好县水利局党组巡察⏎有关工作的通知
    """
    for title in titles(paper):
        lines = [line.strip() for paragraph in title for line in paragraph.text.split("\n") if line.strip()]
        if len(lines) > 1:
            yield from _misshapen(paper, title[0], lines)


def _misshapen(paper: Judged, title: Paragraph, lines: Sequence[str]) -> Flaws:
    widths = [chinese.width(line) for line in lines]
    room = _room(paper, title)
    cure = "用 Shift+Enter 重新分行，使各行一行比一行长、一行比一行短，或者中间长两头短，不断开词。"
    broken = [n for n, line in enumerate(lines[1:], 2) if _NO_BEGINNING.match(line)]
    if max(widths) > room:
        said = (
            f"标题第{widths.index(max(widths)) + 1}行有 {max(widths):g} 个字，一行最多排 {room} 个字，会自己再折一行。"
        )
    elif broken:
        said = f"标题第{broken[0]}行以“{lines[broken[0] - 1][0]}”开头，和上一行的词断开了。"
    elif widths[-1] <= _LONE:
        said = f"标题最后一行只有“{lines[-1]}”，太短。"
    elif not _SHAPES.fullmatch("".join(map(_step, widths, widths[1:]))):
        shape = "、".join(f"{width:g}" for width in widths)
        said = f"标题各行的字数是{shape}，不是梯形，也不是菱形。"
    else:
        return
    yield paper.flaw(title, said, cure)


def _step(one: float, other: float) -> str:
    return "+" if other > one else "-" if other < one else "0"


def _room(paper: Judged, title: Paragraph) -> int:
    """Return how many characters of a title a line holds: 20 of 二号."""
    wide = title.format.size * 10 + title.format.tracking
    return max(1, paper.section(title).text_width // max(1, wide))


@rule("GBT306", Severity.ERROR, clause="7.3.1", strength=Strength.RULE)
def wrong_gap_above_title(paper: Judged) -> Flaws:
    """公文标题上面不是空二行。

    为什么：标题编排于红色分隔线下空二行位置；信函格式的标题与其上最后一个要素相距二行（10.1）。

    错：
        （红头）
        在公文标题前加：空行｜
    对：
        （红头）
        删去：发文字号后的空行
        公文标题：段前=1行
    """
    title = paper.first(Role.TITLE)
    if title is None or paper.carrier not in _ADDRESSED or paper.before(title) is None:
        return
    blanks = paper.blanks_before(title) if paper.carrier is Carrier.LETTER else _under_red_line(paper, title)
    if blanks is not None and abs(blanks - 2) > BLANKS:
        above = "上面一行" if paper.carrier is Carrier.LETTER else "版头"
        message = f"标题和{above}之间空了 {_lines(blanks)} 行，应当空 2 行。"
        yield paper.flaw(title, message, _gap_cure("标题", blanks, 2))


def _under_red_line(paper: Judged, title: Paragraph) -> float | None:
    """Count the empty lines between the red line and the title; None where the line's height can't be read."""
    lines: float = 0
    for one in paper.blanks_above(title):
        if "bottom" in one.borders:  # the line runs under this empty paragraph
            return lines + (title.before + one.after) / paper.pitch
        lines += (one.line if one.line_rule == "exact" else paper.pitch) / paper.pitch
        lines += (one.before + one.after) / paper.pitch
        if "top" in one.borders:
            return lines + title.before / paper.pitch
    above = paper.before(title)
    drawn = [s for s in paper.layout.shapes if above and s.paragraph == above.order and s.sort == "line"]
    if not drawn or drawn[-1].inline:
        return paper.blanks_before(title)
    line = drawn[-1]
    if line.from_top != "paragraph" or line.top is None:
        return None
    return paper.blanks_before(title) + 1 - line.top / paper.pitch


def _lines(blanks: float) -> str:
    return f"{round(blanks, 1):g}"


def _gap_cure(what: str, blanks: float, wanted: int) -> str:
    change = f"添上缺的空行，使上面正好空 {wanted} 行" if blanks < wanted else f"删去多余的空行，只留 {wanted} 行"
    return f"在{what}上面{change}；段前、段后的间距也算在内。"


@rule("GBT307", Severity.ERROR, clause="7.3.2", strength=Strength.RULE)
def wrong_gap_above_addressee(paper: Judged) -> Flaws:
    """主送机关上面不是空一行。

    为什么：主送机关编排于标题下空一行位置。

    错：
        （红头）
        删去：公文标题后的空行
    错：
        （红头）
        在主送机关前加：空行｜
    对：
        （红头）
        删去：公文标题后的空行
        公文标题：段后=1行
    """
    addressee = paper.first(Role.ADDRESSEE)
    if addressee is None or paper.carrier not in _ADDRESSED or paper.before(addressee) is None:
        return
    blanks = paper.blanks_before(addressee)
    if abs(blanks - 1) > BLANKS:
        message = f"标题和主送机关之间空了 {_lines(blanks)} 行，应当空 1 行。"
        yield paper.flaw(addressee, message, _gap_cure("主送机关", blanks, 1))


@rule("GBT308", Severity.ERROR, clause="7.3.2", strength=Strength.RULE)
def indented_addressee(paper: Judged) -> Flaws:
    """主送机关没有居左顶格。

    为什么：主送机关居左顶格，回行时仍顶格。

    错：
        （红头）
        主送机关：首行=2字
    错：
        （信函）
        主送机关：对齐=中
    对：
        （红头）
        主送机关：对齐=两端
    """
    for addressee in paper.of(Role.ADDRESSEE) if paper.carrier in _ADDRESSED else ():
        if addressee.align not in ("left", "both"):
            message, cure = "主送机关没有居左。", "光标放在主送机关里，按 Ctrl+L 左对齐。"
        elif abs(addressee.first) > FLUSH or abs(addressee.left) > FLUSH:
            message = f"主送机关没有顶格，有{_indent(addressee)}。"
            cure = "在“段落”里把“左侧”缩进改成 0 字符，“特殊格式”选“无”。"
        else:
            continue
        yield paper.flaw(addressee, message, cure)


@rule("GBT309", Severity.WARNING, clause="7.3.3", strength=Strength.RULE)
def gap_under_addressee(paper: Judged) -> Flaws:
    """主送机关和正文之间空了行。

    为什么：正文编排于主送机关名称下一行。

    错：
        （红头）
        在主送机关后加：空行｜
    对：
        （红头）
        主送机关：段后=0磅
    """
    addressees = paper.of(Role.ADDRESSEE)
    following = paper.after(addressees[-1]) if addressees and paper.carrier in _ADDRESSED else None
    if following is not None and paper.blanks_before(following) > BLANKS:
        message = f"主送机关和正文之间空了 {_lines(paper.blanks_before(following))} 行，应当不空行。"
        yield paper.flaw(following, message, "删去主送机关下面的空行，段后、段前间距改成 0。")

"""TPL5: the form of a template: styles, fonts, the page. Only for templates of a kind, which has a form to keep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.checks.template.stock import stock
from xuncha_docs.findings import Place, Severity, Strength
from xuncha_docs.word import known as types
from xuncha_docs.word import styles
from xuncha_docs.word.examined import Examined, ExaminedPart
from xuncha_docs.word.known import Known
from xuncha_docs.word.sheet import Sheet, is_themed, own_fonts
from xuncha_docs.word.tagged import TaggedParagraph, W

_MILLIMETRE = 57


def _body(template: Examined) -> Iterator[TaggedParagraph]:
    """Yield the paragraphs of body, headers and footers; notes and comments have forms of their own."""
    for part in template.parts:
        yield from _body_of(part)


def _body_of(part: ExaminedPart) -> Iterator[TaggedParagraph]:
    if part.tagged.role in ("document", "header", "footer"):
        yield from (p for p in part.tagged.paragraphs if p.element is not None)


@rule("TPL501", Severity.WARNING)
def missing_style(template: Examined) -> Flaws:
    """缺少这种文书要用的样式。

    为什么：样式就是段落的角色，标题、正文、署名、成文日期都靠样式认出来；署名和日期的位置也按样式安排。

    错：
        删去样式：成文日期
        {{ 标题 }}
    对：
        公文标题｜{{ 标题 }}
    """
    model = template.model
    if model is None or not template.is_read:
        return
    known = set(template.sheet.names.values())
    missing = [name for name in stock(model, template.variant).styles if name not in known and name in styles.BY_NAME]
    if missing:
        message = f"缺少样式：{'、'.join(missing)}。"
        yield Flaw(Place(part=template.styles_part), message, "从自带模板另存一份来改，样式就都有了。")


@rule("TPL502", Severity.INFO)
def unused_style(template: Examined) -> Flaws:
    """自带模板用到的样式，这份模板一段也没有用。

    为什么：也许是有意删去的，也许是段落的样式改错了。

    错：
        公文正文｜{{ 标题 }}
    对：
        （自带模板的全部样式）
    """
    model = template.model
    if model is None or not template.is_read:
        return
    sheet = template.sheet
    known = set(sheet.names.values())
    used = {sheet.name(p.style) for p in _body(template)}
    left = [name for name in stock(model, template.variant).styles if name in known and name not in used]
    if left:
        cure = "对照自带模板，看看是不是段落的样式选错了。"
        yield Flaw(Place(part=template.main), f"没有一段用这些样式：{'、'.join(left)}。", cure)


_PARAGRAPH_WORDS = {
    "spacing": "行距和段前段后",
    "ind": "缩进",
    "jc": "对齐",
    "snapToGrid": "对齐网格",
    "outlineLvl": "大纲级别",
    "shd": "底纹",
    "pBdr": "边框",
}
_RUN_WORDS = {
    "rFonts": "字体",
    "sz": "字号",
    "color": "颜色",
    "spacing": "字距",
    "b": "加粗",
    "i": "斜体",
    "u": "下划线",
    "w": "缩放",
    "highlight": "突出显示",
    "position": "升降",
    "strike": "删除线",
}


_DATED = (styles.DATE, styles.SEALED_DATE)


@rule("TPL508", Severity.WARNING, clause="7.3.5", strength=Strength.RULE)
def undated_date(template: Examined) -> Flaws:
    """“成文日期”样式的段落里没有印日期。

    为什么：这一段按样式认作成文日期，印的却是别的，或者日期是写死的。

    错：
        成文日期｜{{ 巡察组 }}
    对：
        成文日期｜{{ 成文日期 }}
    """
    if template.model is None or not template.is_read:
        return
    sheet = template.sheet
    for part in template.parts:
        wanted = [p for p in part.tagged.paragraphs if p.text.strip() and sheet.name(p.style) in _DATED]
        dated = {id(tag.paragraph) for tag, value in part.printed if _is_date(value)} if wanted else set()
        for paragraph in wanted:
            if id(paragraph) not in dated:
                if any(tag.opener == "{{" and not tag.closed for tag in part.tagged.tags_in(paragraph)):
                    continue  # what it prints can't be read
                place = paragraph.at(0, len(paragraph.text))
                yield Flaw(place, "“成文日期”的段落里没有印日期。", "写上 {{ 成文日期 }}，或改用别的样式。")


def _is_date(value: Known) -> bool:
    """Tell whether a value is a day, or the written form of one."""
    if any(types.basic(t) == "date" for t in value.there):
        return True
    if value.owner is None:
        return not value.types
    model, name = value.owner
    fields = [types.field(model, one) for one in types.read_by(model, name)]
    return any(types.basic(t) == "date" for one in fields for t in one.there)


@rule("TPL503", Severity.WARNING, strength=Strength.PRACTICE)
def direct_formatting(template: Examined) -> Flaws:
    """段落已经有样式，又另外设了格式。

    为什么：样式改了，这些段落不会跟着改；同一份文书里同一种段落就不一样了。
    版头、署名上面留多少空，信函的文号靠哪一边，画红线、放版记的空行，样式里定不了，单独设的不算。

    错：
        公文正文 行距=560｜{{ 对象 }}
    对：
        公文正文｜{{ 对象 }}
    """
    if template.model is None:
        return
    sheet = template.sheet
    for paragraph in _body(template):
        name = sheet.name(paragraph.style)
        if name in styles.BY_NAME and paragraph.element is not None and not _is_drawn(paragraph, name):
            words = dict.fromkeys(_direct(paragraph.element, paragraph.style, sheet))
            if words:
                place = paragraph.at(0, len(paragraph.text)) if paragraph.text else paragraph.place
                cure = "选中这一段，按 Ctrl+Q、Ctrl+空格，只留样式。"
                yield Flaw(place, f"“{name}”的段落又单独设了{'、'.join(words)}。", cure)


_PLACED: Mapping[str, Mapping[str, str]] = {
    "发文机关标志": {"spacing": "before"},
    "发文字号": {"spacing": "before", "jc": "val"},
    styles.SIGNER: {"spacing": "before"},
    styles.SEALED_SIGNER: {"spacing": "before"},
}
"""What paragraphs of a style have for themselves, property and attribute, since it depends on what is above them.

The mark stands 35 mm below the upper edge of the text, whatever rows come before it (7.2.4); the number of a letter
under its red line, at the right edge or, after a 密级, at a tab stop (10.1); a signer leaves white above (7.3.5.1).
"""


def _is_drawn(paragraph: TaggedParagraph, style: str) -> bool:
    """Whether an empty line is none: it stands in a frame, as a red line does, or closes the text box of 版记."""
    if style != styles.BLANK or paragraph.text or paragraph.element is None:
        return False
    return paragraph.element.find(f"{W}pPr/{W}framePr") is not None or any(
        sort == "box" for sort, _ in paragraph.holder
    )


_PPR, _RPR, _RUN, _RSTYLE = f"{W}pPr", f"{W}rPr", f"{W}r", f"{W}rStyle"


def _direct(element: etree._Element, style: str, sheet: Sheet) -> Iterator[str]:
    for child in element:
        if child.tag == _PPR:
            yield from _different(child, _PARAGRAPH_WORDS, style, sheet)
        elif child.tag == _RUN:
            properties = child.find(_RPR)
            if properties is not None and properties.find(_RSTYLE) is None and _text(child):
                yield from _different(properties, _RUN_WORDS, style, sheet)


def _different(properties: etree._Element, words: Mapping[str, str], style: str, sheet: Sheet) -> Iterator[str]:
    for child in properties:
        word = words.get(str(child.tag).rpartition("}")[2])
        if word and _differs(child, str(properties.tag).rpartition("}")[2], style, sheet):
            yield word


def _text(run: etree._Element) -> str:
    return "".join(text.text or "" for text in run.iterchildren(f"{W}t")).strip()


def _differs(child: etree._Element, group: str, style: str, sheet: Sheet) -> bool:
    """Tell whether a property says anything else than the style does."""
    name = str(child.tag).rpartition("}")[2]
    known = sheet.attributes(style, f"{group}/{name}")
    said: dict[str, Any] = {str(k).rpartition("}")[2]: str(v) for k, v in child.attrib.items()}
    said.pop("hint", None)
    said.pop(_PLACED.get(sheet.name(style), {}).get(name, ""), None)
    if name in ("b", "i", "strike", "snapToGrid"):
        off = ("0", "false", "off")
        return (said.get("val", "1") in off) != (known.get("val", "0" if name != "snapToGrid" else "1") in off)
    if name == "color":
        return said.get("val", "auto").lower() not in ("auto", "000000", known.get("val", "auto").lower())
    neutral = {"0", "none", "auto"}
    return any(known.get(key, value if value in neutral else None) != value for key, value in said.items())


@rule("TPL504", Severity.WARNING, strength=Strength.PRACTICE)
def theme_font(template: Examined) -> Flaws:
    """字体取自主题。

    为什么：主题字体会盖过写明的字体；换一台电脑、换成 WPS，字体就变了。

    错：
        主题字体：{{ 对象 }}
    对：
        {{ 对象 }}
    """
    if template.model is None:
        return
    cure = "选中后在“字体”里直接选仿宋_GB2312 等字体，不选带“（标题）”“（正文）”的。"
    sheet = template.sheet
    used = {p.style or sheet.default for p in _body(template)}
    themes = b"heme=" in template.contents.get(template.styles_part, b"")
    every = dict.fromkeys(style for one in sorted(used) for style in sheet.chain(one)) if themes else {}
    themed = dict.fromkeys(
        sheet.name(style.get(f"{W}styleId", "")) or "文档默认"
        for style in every
        if any(is_themed(fonts) for fonts in style.iter(f"{W}rFonts"))
    )
    if themed:
        yield Flaw(Place(part=template.styles_part), f"这些样式用了主题字体：{'、'.join(themed)}。", cure)
    for paragraph, fonts in _fonts(template):
        if any(is_themed(one) for one in fonts):
            yield Flaw(paragraph.at(0, len(paragraph.text)), "这一段用了主题字体。", cure)


def _fonts(template: Examined) -> Iterator[tuple[TaggedParagraph, list[etree._Element]]]:
    """Yield the paragraphs whose runs of text name fonts, with their `rFonts`."""
    for part in template.parts:
        if next(part.tagged.root.iter(f"{W}rFonts"), None) is None:
            continue
        for paragraph in _body_of(part):
            runs = paragraph.element.iterchildren(_RUN) if paragraph.element is not None else ()
            found = [fonts for run in runs if _text(run) for fonts in run.iterfind(f"{W}rPr/{W}rFonts")]
            if found:
                yield paragraph, found


def _is_odd(font: str) -> bool:
    return not _OFFICIAL.search(font)


_OFFICIAL = re.compile(
    r"仿宋|FangSong|FZFangSong|STFangsong|楷体|KaiTi|FZKai|STKaiti|黑体|SimHei|FZHei|STHeiti|Heiti SC"
    r"|小标宋|XiaoBiaoSong|华文中宋|STZhongsong|^宋体$|^新宋体$|N?SimSun|书宋|华文宋体|STSong|^Times New Roman$",
    re.IGNORECASE,
)
"""The families of the classes that the standard names, 小标宋、仿宋、楷体、黑体 and 宋体, and one for Latin letters."""


@rule("TPL505", Severity.WARNING, clause="5.2.2", strength=Strength.GENERAL)
def foreign_font(template: Examined) -> Flaws:
    """用了公文字体以外的字体。

    为什么：公文一般只用小标宋、仿宋、楷体、黑体，页码用宋体；西文可用 Times New Roman。

    错：
        字体 微软雅黑：{{ 对象 }}
    对：
        字体 楷体_GB2312：{{ 对象 }}
    """
    if template.model is None:
        return
    sheet = template.sheet
    cure = "改用仿宋_GB2312、楷体_GB2312、黑体、方正小标宋简体或宋体。"
    # Most templates name official fonts alone: then no style need be looked at.
    used = dict.fromkeys(p.style for p in _body(template)) if any(map(_is_odd, sheet.fonts)) else {}
    for style in used:
        odd = sorted(font for font in sheet.families(style) if not _OFFICIAL.search(font))
        if odd:
            message = f"样式“{sheet.name(style)}”用了{'、'.join(odd)}。"
            yield Flaw(Place(part=template.styles_part), message, cure)
    for paragraph, named in _fonts(template):
        fonts = {font for one in named for font in own_fonts(one) if not _OFFICIAL.search(font)}
        if fonts:
            yield Flaw(paragraph.at(0, len(paragraph.text)), f"这一段用了{'、'.join(sorted(fonts))}。", cure)


POSTER = "poster"
"""The profile of what is put up on a wall: its page is what the office prints it on."""


@rule("TPL506", Severity.WARNING, clause="5.1, 5.2.1", strength=Strength.RULE)
def page_setup(template: Examined) -> Flaws:
    """页面设置不合公文版式。

    为什么：用 A4 纸，上白边 37 毫米、左白边 28 毫米，版心 156×225 毫米，每页 22 行、每行 28 字。
    37/35 毫米（按行框量）和 34.58/32.58 毫米（GB/T 33476.2，按字量）两种填法都可以，不能混用。

    错：
        页边距 上=25.4 下=25.4 左=31.8 右=31.8
        {{ 标题 }}
    对：
        页边距 上=37 下=35 左=28 右=26
        {{ 标题 }}
    """
    body = template.root(template.main)
    if template.model is None or body is None or template.model.profile_of(template.variant) == POSTER:
        return
    sheet = template.sheet
    for number, section in enumerate(body.iter(f"{W}sectPr"), 1):
        if any(above.tag == f"{W}sectPrChange" for above in section.iterancestors()):
            continue
        place = Place(part=template.main, field=f"第{number}节")
        faults = [*_paper(section), *_margins(section), *_pitch(section, sheet)]
        if faults:
            yield Flaw(place, "；".join(faults) + "。", "在“布局—页面设置”里改正。")


def _attributes(section: etree._Element, name: str) -> dict[str, int]:
    element = section.find(f"{W}{name}")
    said = element.attrib.items() if element is not None else ()
    return {
        str(key).rpartition("}")[2]: int(float(value))
        for key, value in said
        if re.fullmatch(r"-?\d{1,6}(\.\d+)?", str(value))
    }


def _is_turned(section: etree._Element) -> bool:
    """Whether a section is printed on a page turned round, as annexed tables are: its margins are its own."""
    size = _attributes(section, "pgSz")
    return size.get("w", 0) > size.get("h", 0)


def _paper(section: etree._Element) -> Iterator[str]:
    size = _attributes(section, "pgSz")
    wanted = sorted((int(gb.PAGE_WIDTH), int(gb.PAGE_HEIGHT)))
    given = sorted((size.get("w", 0), size.get("h", 0)))
    if any(abs(a - b) > _MILLIMETRE for a, b in zip(wanted, given, strict=True)):
        yield f"纸张是 {_mm(size.get('w', 0))}×{_mm(size.get('h', 0))} 毫米，应是 A4（210×297）"


def _margins(section: etree._Element) -> Iterator[str]:
    margins = _attributes(section, "pgMar")
    if _is_turned(section):
        return
    if not margins:
        yield "没有页边距"
        return
    if _system(section) is None:
        given = f"上 {_mm(margins.get('top', 0))}、下 {_mm(margins.get('bottom', 0))}"
        wanted = "，或".join(f"上 {_mm(system.top)}、下 {_mm(system.bottom)}" for system in (gb.A, gb.B))
        yield f"页边距{given} 毫米，应是{wanted}"
    for side, word, length in (("left", "左", gb.LEFT), ("right", "右", gb.RIGHT)):
        if abs(margins.get(side, 0) - length) > _MILLIMETRE:
            yield f"{word}边距 {_mm(margins.get(side, 0))} 毫米，应是 {_mm(length)}"


def _system(section: etree._Element) -> gb.System | None:
    """Return the system in which the margins are measured; None if it is neither, or both at once."""
    margins = _attributes(section, "pgMar")
    for system in (gb.A, gb.B):
        if (
            abs(abs(margins.get("top", 0)) - system.top) <= _MILLIMETRE
            and abs(abs(margins.get("bottom", 0)) - system.bottom) <= _MILLIMETRE
        ):
            return system
    return None


def _pitch(section: etree._Element, sheet: Sheet) -> Iterator[str]:
    """Yield what is wrong with the lines of the body: 22 on a page, derived from the margins."""
    grid = section.find(f"{W}docGrid")
    if grid is not None and grid.get(f"{W}type") in ("linesAndChars", "snapToChars"):
        yield "设了字符网格，LibreOffice 里一行只排 14 个字，请只指定行网格"
    body = next((key for key, name in sheet.names.items() if name == styles.BODY), None)
    system = _system(section)
    if body is None or system is None:
        return
    spacing = sheet.attributes(body, "pPr/spacing")
    line = spacing.get("line", "")
    if spacing.get("lineRule") == "exact" and re.fullmatch("[0-9]{1,5}", line):
        high = int(gb.PAGE_HEIGHT - system.top - system.bottom)
        lines = high // int(line) if int(line) else 0
        if lines != gb.LINES:
            yield f"行距 {int(line) / 20:g} 磅，一页排 {lines} 行，应排 {gb.LINES} 行（用 {system.pitch / 20:g} 磅）"


def _mm(length: float) -> str:
    return f"{abs(length) / 56.6929:.1f}".removesuffix(".0")


@rule("TPL507", Severity.WARNING, clause="5.2.3, 7.5", strength=Strength.DERIVED)
def tall_footer(template: Examined) -> Flaws:
    """页脚太高，会挤掉正文一行。

    为什么：页脚的行距若跟着正文走（28.95 磅），加上页脚离纸边的距离就超过了下白边，正文只剩 21 行。

    错：
        页脚 行距=579：— 1 —
        {{ 标题 }}
    对：
        页脚 行距=320：— 1 —
        {{ 标题 }}
    """
    body = template.root(template.main)
    if template.model is None or body is None:
        return
    sheet = template.sheet
    margins = [_attributes(s, "pgMar") for s in body.iter(f"{W}sectPr") if not _is_turned(s)]
    bottoms = [(m["bottom"], m.get("footer", 0)) for m in margins if m.get("bottom", 0) > 0]
    if not bottoms:
        return
    room = min(bottom - footer for bottom, footer in bottoms)
    for part in template.parts:
        if part.tagged.role == "footer":
            lines = [p for p in part.tagged.paragraphs if p.element is not None and not p.place.within]
            height = sum(sheet.line(p.element, p.style) for p in lines if p.element is not None)
            if height > room + 20:
                message = f"页脚高 {height / 20:.1f} 磅，下白边里只放得下 {room / 20:.1f} 磅，正文会少一行。"
                yield Flaw(Place(part=part.name), message, "把页脚的行距设为固定值 16 磅，取消“对齐网格”。")

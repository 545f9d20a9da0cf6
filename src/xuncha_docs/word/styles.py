"""The official styles: one for each role a paragraph can play, named in Chinese as Word's style list shows them.

Built from `gb9704`; the recipe puts 22 lines of 28 characters on a page in Word, WPS and LibreOffice alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from xml.sax.saxutils import quoteattr

from xuncha_docs import gb9704 as gb
from xuncha_docs.gb9704 import CHAR, Tw

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

NORMAL, BODY, BLANK = "Normal", "公文正文", "空行"
SIGNER, DATE, SEALED_SIGNER, SEALED_DATE = "署名", "成文日期", "盖章署名", "盖章日期"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One paragraph style. What is None comes from the style it is based on.

    Args:
        name: the role, as Word shows it.
        based_on: the style it inherits from.
        font: the family, for Latin and Chinese alike.
        size: half-points.
        align: both, left, center or right.
        first: first-line indent in characters; negative hangs.
        left: left indent in characters.
        right: right indent in characters.
        char: the width of a character of this style.
        colour: of the text, six hexadecimal digits; None is the automatic one.
        tabs: tab stops, each its sort and its place.
        line: the exact line; None is the body's.
        keep: keep on one page with the next paragraph.
        break_before: begin a new page.
        level: the outline level, from 1.
        tight: tightened to 28 characters a line.
        bold: in bold; GB/T 9704 knows none, a poster has it where people should look first.
        baseline: stands on the foot of its line; what is as high as its line would drop out of it if centred.
        tag: the element of HTML that plays this role.
    """

    name: str
    based_on: str = NORMAL
    font: str | None = None
    size: int | None = None
    align: str | None = None
    first: float | None = None
    left: float | None = None
    right: float | None = None
    char: Tw = CHAR
    colour: str | None = None
    tabs: tuple[tuple[str, Tw], ...] = ()
    line: Tw | None = None
    keep: bool = False
    break_before: bool = False
    level: int | None = None
    tight: bool = True
    bold: bool = False
    baseline: bool = False
    tag: str = "p"


STYLES: tuple[Style, ...] = (
    Style(name="公文标题", font=gb.XIAOBIAOSONG, size=gb.TITLE_SIZE, align="center", keep=True, tight=False, tag="h1"),
    Style(name="公文副标题", font=gb.KAITI, align="center", keep=True),
    Style(name="作者", font=gb.KAITI, align="center", keep=True),
    Style(name="编号", align="center", keep=True),
    Style(name="份号", align="left", keep=True),
    Style(name="密级", font=gb.HEITI, align="left", keep=True, tight=False),
    Style(name="紧急程度", font=gb.HEITI, align="left", keep=True),
    Style(
        name="发文机关标志",
        font=gb.XIAOBIAOSONG,
        size=gb.MARK_SIZE,
        colour=gb.RED,
        align="center",
        line=Tw(gb.MARK_SIZE * 10),
        keep=True,
        tight=False,
        baseline=True,
    ),
    Style(name="发文字号", align="center", keep=True, tight=False),
    Style(
        name="签发人",
        based_on="发文字号",
        align="left",
        tabs=(("left", CHAR), ("right", Tw(gb.TEXT_WIDTH - CHAR))),
        tight=False,
    ),
    Style(name="令号", align="center", keep=True),
    Style(name="主送机关", align="left", keep=True),
    Style(name=BODY, first=2),
    Style(name="一级标题", based_on=BODY, font=gb.HEITI, keep=True, level=1, tag="h2"),
    Style(name="二级标题", based_on=BODY, font=gb.KAITI, keep=True, level=2, tag="h3"),
    Style(name="三级标题", based_on=BODY, keep=False, level=3, tag="h4"),
    Style(name="四级标题", based_on=BODY, keep=False, level=4, tag="h5"),
    Style(name="引文", based_on=BODY, font=gb.KAITI, tag="blockquote"),
    Style(name="联系渠道", based_on=BODY, align="left"),
    Style(name="表前文字", based_on=BODY, keep=True),
    Style(name="结语", based_on=BODY, keep=True),
    Style(name=BLANK, keep=True),
    Style(name="附件说明", left=5, first=-3, align="left", keep=True),
    Style(name="附件说明首项", left=6, first=-4, align="left", keep=True),
    Style(name="附件说明续项", left=6, first=-1, align="left", keep=True),
    Style(name=SIGNER, align="right", right=2, keep=True),
    Style(name=DATE, align="right", right=2),
    Style(name=SEALED_SIGNER, align="right", right=4, keep=True),
    Style(name=SEALED_DATE, align="right", right=4),
    Style(name="附件标签", font=gb.HEITI, align="left", keep=True, break_before=True),
    Style(name="附件标题", based_on="公文标题", tight=False, level=1, tag="h2"),
    Style(name="附注", align="left", left=2),
    Style(name="出席", left=5, first=-3, align="both"),
    Style(name="抄送", size=gb.SMALL_SIZE, left=4, first=-3, right=1, char=Tw(280), align="both", tight=False),
    Style(
        name="印发",
        size=gb.SMALL_SIZE,
        left=1,
        right=1,
        char=Tw(280),
        tabs=(("right", Tw(gb.TEXT_WIDTH - 280)),),
        align="left",
        tight=False,
    ),
    Style(name="二维码", align="center", line=Tw(0)),
    Style(name="表格文字", align="left", size=24, line=Tw(400), tight=False, char=Tw(240), tag="td"),
    Style(name="表格居中", based_on="表格文字", align="center", tag="td"),
    Style(name="表头", based_on="表格居中", font=gb.HEITI, tag="th"),
)
"""The roles. A heading of level 3 or 4 may be a whole paragraph, so it is not kept with the next."""

BY_NAME = {style.name: style for style in STYLES}


def whole(name: str) -> Style:
    """Return a style with everything that it takes from those it is based on; what is None is as in Normal."""
    style = BY_NAME[name]
    if style.based_on not in BY_NAME:
        return style
    below = whole(style.based_on)
    inherited = {one.name: getattr(below, one.name) for one in fields(Style) if getattr(style, one.name) is None}
    return replace(style, **inherited)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The paper that a template is laid out on, and how large its characters are there.

    Args:
        width: of the paper, in twentieths of a point as all lengths.
        height: of the paper; white above and below is the system's.
        left: the left margin.
        right: the right margin.
        scale: how many times as large as GB/T 9704 has them characters, lines and indents are.
        tracking: what is added to each character of the body.
        changed: the styles that are others here, by their names, as large as they are.
    """

    width: Tw = gb.PAGE_WIDTH
    height: Tw = gb.PAGE_HEIGHT
    left: Tw = gb.LEFT
    right: Tw = gb.RIGHT
    scale: float = 1.0
    tracking: Tw = gb.BODY_TRACKING
    changed: Mapping[str, Style] = field(default_factory=dict)

    @property
    def text_width(self) -> Tw:
        """How wide the text is."""
        return Tw(self.width - self.left - self.right)

    @property
    def body_size(self) -> int:
        """The size of the body, in half-points."""
        return round(gb.BODY_SIZE * self.scale)

    @property
    def styles(self) -> tuple[Style, ...]:
        """The roles as they look here."""
        return tuple(self.changed.get(style.name) or self._scaled(style) for style in STYLES)

    def _scaled(self, style: Style) -> Style:
        return replace(
            style,
            size=None if style.size is None else round(style.size * self.scale),
            char=Tw(round(style.char * self.scale)),
            line=None if style.line is None else Tw(round(style.line * self.scale)),
            tabs=tuple((sort, Tw(round(at * self.scale))) for sort, at in style.tabs),
        )


A4 = Page()
"""What papers are laid out on (5.1, 5.2.1)."""


LABEL = "标签文字"
"""The character style of a label within a paragraph, such as 值班电话：."""

NAME = "签发人姓名"
"""The character style of a name after 签发人：, which is 楷体 (7.2.6)."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FOOTERS = {"页码单页": ("right", "right"), "页码双页": ("left", "left")}


def styles_xml(system: gb.System = gb.A, page: Page = A4) -> bytes:
    """Write the part `word/styles.xml` for a system of margins and a page."""
    body = "".join(
        (
            _defaults(page),
            _normal(system, page),
            *(_paragraph_style(style, system) for style in page.styles),
            *(_footer_style(name, align) for name, (align, _) in _FOOTERS.items()),
            _character_defaults(),
            _table_style(),
        )
    )
    return f'{_HEAD}<w:styles xmlns:w="{NAMESPACE}">{body}</w:styles>'.encode()


def font_table_xml() -> bytes:
    """Write the part `word/fontTable.xml`: the five families that the styles name."""
    families = (gb.FANGSONG, gb.KAITI, gb.HEITI, gb.SONGTI, gb.XIAOBIAOSONG)
    fonts = "".join(f'<w:font w:name={quoteattr(name)}><w:charset w:val="86"/></w:font>' for name in families)
    return f'{_HEAD}<w:fonts xmlns:w="{NAMESPACE}">{fonts}</w:fonts>'.encode()


def theme_xml() -> bytes:
    """Write the part `word/theme/theme1.xml`: validators want one; no style refers to it.

    Its fonts are the body's, since WPS reports a theme's fonts as missing.
    """
    colours = "".join(
        f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        for name, value in (
            *(("dk1", "000000"), ("lt1", "FFFFFF"), ("dk2", "000000"), ("lt2", "FFFFFF")),
            *((f"accent{n}", "000000") for n in range(1, 7)),
            *(("hlink", "000000"), ("folHlink", "000000")),
        )
    )
    face = f'<a:latin typeface="{gb.FANGSONG}"/><a:ea typeface="{gb.FANGSONG}"/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{_HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="公文"><a:themeElements>'
        f'<a:clrScheme name="公文">{colours}</a:clrScheme><a:fontScheme name="公文"><a:majorFont>{face}</a:majorFont>'
        f'<a:minorFont>{face}</a:minorFont></a:fontScheme><a:fmtScheme name="公文">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    ).encode()


def fonts(family: str) -> str:
    """Write `w:rFonts` with all four slots: a slot left out is filled from a theme or another font."""
    slots = " ".join(f"w:{slot}={quoteattr(family)}" for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts w:hint="eastAsia" {slots}/>'


def _defaults(page: Page) -> str:
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(gb.FANGSONG)}"
        f'<w:sz w:val="{page.body_size}"/><w:szCs w:val="{page.body_size}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )


def _normal(system: gb.System, page: Page) -> str:
    # overflowPunct=1 is Word's default; LibreOffice reads its absence as "hang", and then drops the mark from the PDF.
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="1"/><w:autoSpaceDE w:val="0"/>'
        '<w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{system.pitch}" w:lineRule="exact"/><w:jc w:val="both"/>'
        f'<w:textAlignment w:val="center"/></w:pPr><w:rPr>{fonts(gb.FANGSONG)}<w:spacing w:val="{page.tracking}"/>'
        f'<w:sz w:val="{page.body_size}"/><w:szCs w:val="{page.body_size}"/></w:rPr></w:style>'
    )


def _paragraph_style(style: Style, system: gb.System) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId={quoteattr(style.name)}>'
        f"<w:name w:val={quoteattr(style.name)}/><w:basedOn w:val={quoteattr(style.based_on)}/><w:qFormat/>"
        f"<w:pPr>{_paragraph_properties(style, system)}</w:pPr><w:rPr>{_run_properties(style)}</w:rPr></w:style>"
    )


def _paragraph_properties(style: Style, system: gb.System) -> str:
    """Write the properties in the order the schema wants."""
    parts = [
        '<w:keepNext w:val="1"/>' if style.keep else "",
        '<w:pageBreakBefore w:val="1"/>' if style.break_before else "",
        _tabs(style),
        '<w:snapToGrid w:val="0"/>',
        _line(style, system),
        indents(style.char, first=style.first, left=style.left, right=style.right),
        f'<w:jc w:val="{style.align}"/>' if style.align else "",
        '<w:textAlignment w:val="baseline"/>' if style.baseline else "",
        f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else "",
    ]
    return "".join(parts)


def _tabs(style: Style) -> str:
    stops = "".join(f'<w:tab w:val="{sort}" w:pos="{place}"/>' for sort, place in style.tabs)
    return f"<w:tabs>{stops}</w:tabs>" if stops else ""


def _line(style: Style, system: gb.System) -> str:
    if style.line is None:
        return ""
    if style.line == 0:  # a picture needs a line as high as itself
        return '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    return f'<w:spacing w:before="0" w:after="0" w:line="{style.line}" w:lineRule="exact"/>'


def indents(
    char: Tw = CHAR, *, first: float | None = None, left: float | None = None, right: float | None = None
) -> str:
    """Write `w:ind` in characters for Word and in twentieths of a point for LibreOffice, which reads only those."""
    said = []
    if left is not None:
        said.append(f'w:leftChars="{round(left * 100)}" w:left="{round(left * char)}"')
    if right is not None:
        said.append(f'w:rightChars="{round(right * 100)}" w:right="{round(right * char)}"')
    if first is not None and first >= 0:
        length = gb.INDENT if (first, char) == (2, CHAR) else round(first * char)
        said.append(f'w:firstLineChars="{round(first * 100)}" w:firstLine="{length}"')
    elif first is not None:
        said.append(f'w:hangingChars="{round(-first * 100)}" w:hanging="{round(-first * char)}"')
    return f"<w:ind {' '.join(said)}/>" if said else ""


def _run_properties(style: Style) -> str:
    size = f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>' if style.size else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    spread = "" if style.tight else '<w:spacing w:val="0"/>'
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    return (fonts(style.font) if style.font else "") + bold + colour + spread + size


def _footer_style(name: str, align: str) -> str:
    indent = indents(Tw(280), **{align: 1})
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId={quoteattr(name)}><w:name w:val={quoteattr(name)}/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{gb.FOOTER_LINE}" w:lineRule="exact"/>{indent}'
        f'<w:jc w:val="{align}"/></w:pPr><w:rPr>{fonts(gb.SONGTI)}<w:spacing w:val="0"/>'
        f'<w:sz w:val="{gb.SMALL_SIZE}"/><w:szCs w:val="{gb.SMALL_SIZE}"/></w:rPr></w:style>'
    )


def _character_defaults() -> str:
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        f"{_character_style(LABEL, gb.HEITI)}{_character_style(NAME, gb.KAITI)}"
    )


def _character_style(name: str, font: str) -> str:
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId={quoteattr(name)}><w:name w:val={quoteattr(name)}/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{fonts(font)}</w:rPr></w:style>'
    )


def _table_style() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = (
        '<w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="57" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="公文表格"><w:name w:val="公文表格"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{sides}</w:tblBorders>{margins}</w:tblPr></w:style>'
    )

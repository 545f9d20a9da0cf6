"""The notation in which pages of rules change one thing of a good paper, a line for a change.

（红头）                            the good paper it begins with; left out, it is 普通
纸张 宽=297 高=210 方向=横           millimetres; 页边距 上= 下= 左= 右= 页眉= 页脚= 装订线=
网格 类型=行和字 行距=28.95磅 字距=-849   版式 首页不同=是   页码格式 起始=1   分栏 栏数=2
第2节 页边距 左=30                  the same of one section
公文标题：字号=三号 加粗             the first paragraph of that role (or style) gets formatting of its own
每段公文正文：行距=28磅              all of them; 第2段公文正文 and 末段公文正文 one of them
公文标题后的空行：…                  the first 空行 after the first 公文标题
样式公文正文：首行=0字               the style; 样式Normal is the default one
公文正文“三十日”：颜色=FF0000        words within a paragraph
公文标题＝关于开展⏎巡察的公告        another text: ⏎ breaks the line, ⇥ is a tab, {PAGE} the number of the page
公文正文“三十”＝四十                 other words
公文正文“三十”：批注=请核            also 修订=插入、修订=删去
抄送所在格：下边框=单线 1磅 000000   a cell; 表格：宽=170 or 抄送所在表：宽=170 a table
编号 每段一级标题：汉字 %1、 不空 黑体   Word's own number: 汉字, 数字 or 符号, its form, 不空 or 跳格, its font, 左2字
删去：主送机关                      all paragraphs of a role; 删去：第1段空行 one of them
在公文标题后加：空行｜               a paragraph after another, 公文正文 加粗｜…; 在公文标题前加：… before it
在公文正文后加：分节                also 分页, and 表格 宽=156｜甲｜乙⏎丙｜丁
设置 兼容模式=11 奇偶页不同=否       属性 作者=张三 单位=某某公司
部件 word/settings.xml：旧→新        for all that has no words of its own

A line that changes nothing, or names what is not in the paper, is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from tests.good_papers import PAPERS, PROFILE_OF
from xuncha_docs import gb9704 as gb
from xuncha_docs.word.package import Package, pack_parts
from xuncha_docs.word.styles import NAMESPACE

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
W = f"{{{NAMESPACE}}}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BODY, _STYLES, _SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
_TYPES = "application/vnd.openxmlformats-officedocument"

_ORDERS = {
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign"
    ),
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
        "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid"
    ),
    "settings": "zoom mirrorMargins trackRevisions evenAndOddHeaders characterSpacingControl compat",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblW jc tblCellSpacing tblInd tblBorders",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "pBdr": "top left bottom right",
    "tcBorders": "top left bottom right",
}
"""The order in which the schema wants what stands in a group."""

_SIDES = {"上边框": "top", "左边框": "left", "下边框": "bottom", "右边框": "right"}
_LIKE = {
    "署名": ("署名", "盖章署名"),
    "成文日期": ("成文日期", "盖章日期"),
    "附件说明": ("附件说明", "附件说明首项", "附件说明续项"),
    "页码": ("页码单页", "页码双页"),
}
"""The styles of the roles that have more than one."""


def built(text: str) -> tuple[bytes, str]:
    """Build a paper from the notation; return it with the name of its profile."""
    lines = [line for line in text.splitlines() if line.strip()]
    name = lines.pop(0).strip("（）") if lines and lines[0].startswith("（") else "普通"
    paper = _Paper(PAPERS[name]())
    for line in lines:
        before = paper.parts()
        paper.change(line)
        assert paper.parts() != before, f"changes nothing: {line}"
    return pack_parts(paper.parts()), PROFILE_OF[name]


class Change(NamedTuple):
    """What a property writes: an element in a group, its attributes; None of an attribute takes it away."""

    group: str
    name: str
    attributes: Mapping[str, str | None]


def _tw(value: str, unit: float = 56.6929) -> int:
    """Read a length, `28磅`, `7毫米`, `2字`; without a unit it is millimetres."""
    match = re.fullmatch(r"(-?[\d.]+)(磅|毫米|厘米|字|缇)?", value)
    assert match, f"no length: {value}"
    return round(float(match[1]) * {"磅": 20, "毫米": 56.6929, "厘米": 566.929, "字": 320, "缇": 1}.get(match[2], unit))


_OFF = ("否", "无", "0")
_ALIGNS = {"左": "left", "中": "center", "右": "right", "两端": "both", "分散": "distribute"}
_LINES = {"单线": "single", "双线": "double", "上粗下细": "thickThinSmallGap", "上细下粗": "thinThickSmallGap"}


def _flag(group: str, name: str) -> Callable[[str], Iterator[Change]]:
    def changes(value: str) -> Iterator[Change]:
        yield Change(group, name, {"val": "0" if value in _OFF else "1"})

    return changes


def _value(group: str, name: str, read: Callable[[str], object] = str) -> Callable[[str], Iterator[Change]]:
    def changes(value: str) -> Iterator[Change]:
        yield Change(group, name, {"val": str(read(value))})

    return changes


def _font(*slots: str) -> Callable[[str], Iterator[Change]]:
    def changes(value: str) -> Iterator[Change]:
        yield Change("rPr", "rFonts", dict.fromkeys(slots, value) | {f"{slot}Theme": None for slot in slots})

    return changes


def _theme_font(value: str) -> Iterator[Change]:
    yield Change("rPr", "rFonts", {"eastAsiaTheme": {"标题": "majorEastAsia", "正文": "minorEastAsia"}[value]})


def _size(value: str) -> Iterator[Change]:
    half = str(gb.SIZES.get(value) or round(_tw(value) / 10))
    yield Change("rPr", "sz", {"val": half})
    yield Change("rPr", "szCs", {"val": half})


def _line(value: str) -> Iterator[Change]:
    if value.endswith("倍"):
        line, rule = round(float(value[:-1]) * 240), "auto"
    else:
        line, rule = _tw(value.removeprefix("最小")), "atLeast" if value.startswith("最小") else "exact"
    yield Change("pPr", "spacing", {"line": str(line), "lineRule": rule})


def _white(side: str) -> Callable[[str], Iterator[Change]]:
    def changes(value: str) -> Iterator[Change]:
        lines = re.fullmatch(r"([\d.]+)行", value)
        if value == "自动":
            yield Change("pPr", "spacing", {f"{side}Autospacing": "1"})
        elif lines:
            said = {side: str(round(float(lines[1]) * gb.A.pitch)), f"{side}Lines": str(round(float(lines[1]) * 100))}
            yield Change("pPr", "spacing", said)
        else:
            yield Change("pPr", "spacing", {side: str(_tw(value)), f"{side}Lines": "0"})

    return changes


def _indent(side: str, other: str = "") -> Callable[[str], Iterator[Change]]:
    """Read an indent: `2字` writes characters and their length, `32磅` the length alone, `2字|30磅` each as it says."""

    def changes(value: str) -> Iterator[Change]:
        chars, _, length = value.partition("|")
        said: dict[str, str | None] = {f"{other}Chars": None, other: None} if other else {}
        if chars.endswith("字"):
            said |= {f"{side}Chars": str(round(float(chars[:-1]) * 100)), side: str(_tw(chars))}
        else:
            said |= {f"{side}Chars": "0", side: str(_tw(chars))}
        if length:
            said[side] = None if length == "无" else str(_tw(length))
        yield Change("pPr", "ind", said)

    return changes


def _border(side: str) -> Callable[[str], Iterator[Change]]:
    """Read a rule, `单线 1.5磅 FF0000 距6磅`, or 无."""

    def changes(value: str) -> Iterator[Change]:
        words = value.split()
        said = {"val": _LINES.get(words[0], "nil"), "sz": "8", "space": "0", "color": "000000"}
        for word in words[1:]:
            if word.startswith("距"):
                said["space"] = str(round(_tw(word[1:]) / 20))
            elif word.endswith("磅"):
                said["sz"] = str(round(_tw(word) / 2.5))
            else:
                said["color"] = word
        yield Change("borders", side, said)

    return changes


def _tabs(value: str) -> Iterator[Change]:
    """Read one tab stop, `右 26字`."""
    align, place = value.split()
    yield Change("pPr/tabs", "tab", {"val": _ALIGNS[align], "pos": str(_tw(place))})


PROPERTIES: dict[str, Callable[[str], Iterator[Change]]] = {
    "字体": _font("ascii", "hAnsi", "eastAsia", "cs"),
    "中文字体": _font("eastAsia"),
    "西文字体": _font("ascii", "hAnsi"),
    "主题字体": _theme_font,
    "中文标点": lambda value: iter([Change("rPr", "rFonts", {"hint": "default" if value in _OFF else "eastAsia"})]),
    "字号": _size,
    "字距": _value("rPr", "spacing", _tw),
    "缩放": _value("rPr", "w", lambda value: value.rstrip("%")),
    "颜色": _value("rPr", "color"),
    "加粗": _flag("rPr", "b"),
    "斜体": _flag("rPr", "i"),
    "下划线": _value("rPr", "u", lambda value: "none" if value in _OFF else "single"),
    "删除线": _flag("rPr", "strike"),
    "隐藏": _flag("rPr", "vanish"),
    "突出显示": _value("rPr", "highlight", lambda value: "none" if value in _OFF else "yellow"),
    "底纹": lambda value: iter([Change("rPr", "shd", {"val": "clear", "color": "auto", "fill": value})]),
    "样式": _value("pPr", "pStyle"),
    "行距": _line,
    "段前": _white("before"),
    "段后": _white("after"),
    "首行": _indent("firstLine", "hanging"),
    "悬挂": _indent("hanging", "firstLine"),
    "左缩进": _indent("left"),
    "右缩进": _indent("right"),
    "对齐": _value("pPr", "jc", _ALIGNS.__getitem__),
    "孤行控制": _flag("pPr", "widowControl"),
    "与下段同页": _flag("pPr", "keepNext"),
    "段前分页": _flag("pPr", "pageBreakBefore"),
    "对齐网格": _flag("pPr", "snapToGrid"),
    "避头尾": _flag("pPr", "kinsoku"),
    "标点溢出": _flag("pPr", "overflowPunct"),
    "大纲级别": _value("pPr", "outlineLvl", lambda value: int(value) - 1),
    "制表位": _tabs,
    **{word: _border(side) for word, side in _SIDES.items()},
}
"""The properties of text and paragraphs by their words; a word without a value is 是."""

_PAGE = {
    "纸张": ("pgSz", {"宽": "w", "高": "h", "方向": "orient"}),
    "页边距": (
        "pgMar",
        {
            "上": "top",
            "下": "bottom",
            "左": "left",
            "右": "right",
            "页眉": "header",
            "页脚": "footer",
            "装订线": "gutter",
        },
    ),
    "网格": ("docGrid", {"类型": "type", "行距": "linePitch", "字距": "charSpace"}),
    "页码格式": ("pgNumType", {"起始": "start", "格式": "fmt"}),
    "分栏": ("cols", {"栏数": "num"}),
    "版式": ("titlePg", {"首页不同": "val"}),
}
"""What a section says of its page."""

_PAGE_VALUES = {
    "横": "landscape",
    "竖": "portrait",
    "行": "lines",
    "行和字": "linesAndChars",
    "对齐字符": "snapToChars",
    "无": "default",
    "是": "1",
    "否": "0",
}
_CORE = {
    "标题": "dc:title",
    "主题": "dc:subject",
    "作者": "dc:creator",
    "备注": "dc:description",
    "最后修改者": "cp:lastModifiedBy",
    "关键词": "cp:keywords",
}
_APP = {"单位": "Company", "经理": "Manager"}
_SPACES = {"dc": "http://purl.org/dc/elements/1.1/", "cp": f"{_PACKAGE}/metadata/core-properties"}


def _properties(text: str) -> list[tuple[str, str]]:
    """Read `字体=Times New Roman 加粗` as pairs; a word alone is 是."""
    found: list[tuple[str, str]] = []
    for word in text.split():
        name, mark, value = word.partition("=")
        if not mark and name not in PROPERTIES and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {name}")
        else:
            found.append((name, value if mark else "是"))
    return found


class _Paper:
    """A paper that is being changed."""

    def __init__(self, content: bytes) -> None:
        self._raw = Package.open(content).parts()
        self._trees: dict[str, etree._Element] = {}

    def parts(self) -> dict[str, bytes]:
        written = {
            name: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, tree in self._trees.items()
        }
        return {**self._raw, **written}

    def tree(self, name: str) -> etree._Element:
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self._raw[name])
            self._raw[name] = self.parts()[name]
        return self._trees[name]

    def change(self, line: str) -> None:
        """Apply one line."""
        for pattern, apply in _LINES_OF_NOTATION:
            match = re.fullmatch(pattern, line)
            if match:
                apply(self, *match.groups())
                if "公文标题" in line:
                    self._name()
                return
        raise AssertionError(f"not understood: {line}")

    def _name(self) -> None:
        """Let the file's properties have the title that the paper has now."""
        titles = [p for p in self._every() if _style_of(p) == "公文标题"]
        words = "".join(t.text or "" for t in titles[0].iter(f"{W}t")) if titles else ""
        title = self.tree("docProps/core.xml").find(f"{{{_SPACES['dc']}}}title")
        if title is not None:
            title.text = words

    # What is meant

    def named(self, style: str) -> etree._Element:
        """Return a style by its name or id."""
        for one in self.tree(_STYLES).iter(f"{W}style"):
            name = one.find(f"{W}name")
            if style in (one.get(f"{W}styleId"), None if name is None else name.get(f"{W}val")):
                return one
        raise AssertionError(f"no such style: {style}")

    def _every(self) -> Iterator[etree._Element]:
        """Yield the paragraphs of the body, then those of headers and footers."""
        heads = sorted(name for name in self._raw if re.fullmatch(r"word/(header|footer)\w*\.xml", name))
        for part in (_BODY, *heads):
            for paragraph in self.tree(part).iter(f"{W}p"):
                if next(paragraph.iterancestors(_FALLBACK), None) is None:
                    yield paragraph

    def of(self, role: str) -> list[etree._Element]:
        """Return the paragraphs of a role, or of a style."""
        names = {
            str(style.get(f"{W}styleId")): str(name.get(f"{W}val"))
            for style in self.tree(_STYLES).iter(f"{W}style")
            if (name := style.find(f"{W}name")) is not None
        }
        wanted = _LIKE.get(role, (role,))
        found = [p for p in self._every() if names.get(_style_of(p)) in wanted]
        assert found, f"no {role} in this paper"
        return found

    def meant(self, selector: str) -> list[etree._Element]:
        """Return the paragraphs that a selector means."""
        after = re.fullmatch(r"(.+)后的(.+)", selector)
        if after:
            every = list(self._every())
            at = every.index(self.meant(after[1])[-1])
            return [next(p for p in self.of(after[2]) if every.index(p) > at)]
        match = re.fullmatch(r"(?:(每)段|(末)段|第(\d+)段)?(.+)", selector)
        assert match, selector
        found = self.of(match[4])
        if match[1]:
            return found
        return [found[-1] if match[2] else found[int(match[3] or 1) - 1]]

    def sections(self, number: str | None) -> list[etree._Element]:
        found = list(self.tree(_BODY).iter(f"{W}sectPr"))
        return found if number is None else [found[int(number) - 1]]

    # What is done

    def raw(self, part: str, old: str, new: str) -> None:
        text = self.parts()[part].decode()
        assert old in text, f"{part} has no {old}"
        self._trees.pop(part, None)
        self._raw[part] = text.replace(old, new).encode()

    def page(self, number: str | None, word: str, said: str) -> None:
        name, attributes = _PAGE[word]
        for section in self.sections(number):
            for key, value in _properties(said):
                written = _PAGE_VALUES.get(value, value)
                if re.fullmatch(r"-?[\d.]+(磅|毫米|缇)?", value) and key not in ("字距", "起始", "栏数"):
                    written = str(_tw(value))
                _put(section, Change("sectPr", name, {attributes[key]: written}))

    def settings(self, said: str) -> None:
        root = self.tree(_SETTINGS)
        for word, value in _properties(said):
            if word == "兼容模式":
                (mode,) = (s for s in root.iter(f"{W}compatSetting") if s.get(f"{W}name") == "compatibilityMode")
                mode.set(f"{W}val", value)
            else:
                name = {"奇偶页不同": "evenAndOddHeaders", "对称页边距": "mirrorMargins", "修订": "trackRevisions"}[
                    word
                ]
                _put(root, Change("settings", name, {"val": "0" if value in _OFF else "1"}))

    def properties(self, said: str) -> None:
        for word, value in _properties(said):
            if word in _CORE:
                root = self.tree("docProps/core.xml")
                prefix, _, name = _CORE[word].partition(":")
                tag = f"{{{_SPACES[prefix]}}}{name}"
            else:
                space = f"{_OFFICE}/extended-properties"
                self._add_part(
                    "docProps/app.xml", f'<Properties xmlns="{space}"/>', "extended-properties", "_rels/.rels"
                )
                root, tag = self.tree("docProps/app.xml"), f"{{{space}}}{_APP[word]}"
            element = root.find(tag)
            (etree.SubElement(root, tag) if element is None else element).text = value

    def style(self, name: str, said: str) -> None:
        self._format([self.named(name)], said)

    def paragraphs(self, selector: str, words: str | None, holder: str | None, said: str) -> None:
        """Format paragraphs, words in them, or the cell or table that holds them."""
        meant = [self._held(p, holder) for p in self.meant(selector)] if holder else self.meant(selector)
        if not words:
            self._format(meant, said)
            return
        for paragraph in meant:
            runs = _words(paragraph, words)
            for word, value in _properties(said):
                if word in ("修订", "批注"):
                    self._wrap(runs, word, value)
                else:
                    for run in runs:
                        _apply(run, PROPERTIES[word](value))

    @staticmethod
    def _held(paragraph: etree._Element, holder: str) -> etree._Element:
        return next(paragraph.iterancestors(f"{W}tc" if holder == "格" else f"{W}tbl"))

    @staticmethod
    def _format(elements: Iterable[etree._Element], said: str) -> None:
        for element in elements:
            for word, value in _properties(said):
                if element.tag == f"{W}tbl":
                    name = {"宽": "tblW", "左缩进": "tblInd"}[word]
                    _put(_group(element, "tblPr"), Change("tblPr", name, {"w": str(_tw(value)), "type": "dxa"}))
                else:
                    _apply(element, PROPERTIES[word](value))

    def tables(self, number: str | None, said: str) -> None:
        self._format([list(self.tree(_BODY).iter(f"{W}tbl"))[int(number or 1) - 1]], said)

    def texts(self, selector: str, words: str | None, text: str) -> None:
        for paragraph in self.meant(selector):
            runs = _words(paragraph, words) if words else _own_runs(paragraph)
            if not runs:
                paragraph.extend(_runs(text, None))
                continue
            runs[0].addprevious(mark := etree.Element("mark"))
            for new in _runs(text, runs[0].find(f"{W}rPr")):
                mark.addprevious(new)
            for one in (mark, *runs):
                paragraph.remove(one)

    def number(self, selector: str, said: str) -> None:
        """Let Word number paragraphs, all of them in one list."""
        self._add_part("word/numbering.xml", f'<w:numbering xmlns:w="{NAMESPACE}"/>', "numbering")
        root = self.tree("word/numbering.xml")
        sort, form, after, *more = said.split()
        name = str(len(root.findall(f"{W}num")) + 1)
        abstract = etree.Element(f"{W}abstractNum", {f"{W}abstractNumId": name})
        root.insert(0, abstract)
        level = etree.SubElement(abstract, f"{W}lvl", {f"{W}ilvl": "0"})
        digits = {"汉字": "chineseCounting", "数字": "decimal", "符号": "bullet"}[sort]
        for tag, value in (("start", "1"), ("numFmt", digits), ("suff", {"不空": "nothing", "跳格": "tab"}[after])):
            etree.SubElement(level, f"{W}{tag}", {f"{W}val": value})
        etree.SubElement(level, f"{W}lvlText", {f"{W}val": form})
        for word in more:
            if word.startswith("左"):
                inside = etree.SubElement(level, f"{W}pPr")
                etree.SubElement(inside, f"{W}ind", {f"{W}left": str(_tw(word[1:]))})
            else:
                look = etree.SubElement(level, f"{W}rPr")
                etree.SubElement(look, f"{W}rFonts", {f"{W}{slot}": word for slot in ("ascii", "hAnsi", "eastAsia")})
        number = etree.SubElement(root, f"{W}num", {f"{W}numId": name})
        etree.SubElement(number, f"{W}abstractNumId", {f"{W}val": name})
        for paragraph in self.meant(selector):
            held = _child(_group(paragraph, "pPr"), "pPr", "numPr")
            for tag, value in (("ilvl", "0"), ("numId", name)):
                etree.SubElement(held, f"{W}{tag}", {f"{W}val": value})

    def remove(self, selector: str) -> None:
        several = re.match(r"第\d+段|末段", selector) or "后的" in selector
        for paragraph in self.meant(selector if several else f"每段{selector}"):
            parent = paragraph.getparent()
            assert parent is not None
            parent.remove(paragraph)

    def insert(self, selector: str, side: str, what: str) -> None:
        beside = self.meant(selector)[0]
        head, _, text = what.partition("｜")
        word, _, said = head.strip().partition(" ")
        if word == "分节":
            last = self.sections(None)[-1]
            _group(beside, "pPr").append(deepcopy(last))
            return
        new = self._new_table(text) if word == "表格" else self._new_paragraph(word, text)
        if side == "后":
            beside.addnext(new)
        else:
            beside.addprevious(new)
        self._format([new], said)

    def _new_paragraph(self, word: str, text: str) -> etree._Element:
        paragraph = etree.Element(f"{W}p")
        if word == "分页":
            etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}br").set(f"{W}type", "page")
            return paragraph
        style = self.named(word).get(f"{W}styleId")
        _put(_group(paragraph, "pPr"), Change("pPr", "pStyle", {"val": style}))
        paragraph.extend(_runs(text, None))
        return paragraph

    def _new_table(self, text: str) -> etree._Element:
        rows = [row.split("｜") for row in text.split("⏎")]
        width = str(gb.TEXT_WIDTH // len(rows[0]))
        table = etree.Element(f"{W}tbl")
        _put(_group(table, "tblPr"), Change("tblPr", "tblStyle", {"val": "公文表格"}))
        grid = etree.SubElement(table, f"{W}tblGrid")
        for _ in rows[0]:
            etree.SubElement(grid, f"{W}gridCol").set(f"{W}w", width)
        for row in rows:
            line = etree.SubElement(table, f"{W}tr")
            for said in row:
                cell = etree.SubElement(line, f"{W}tc")
                _put(_group(cell, "tcPr"), Change("tcPr", "tcW", {"w": width, "type": "dxa"}))
                cell.append(self._new_paragraph("表格文字", said))
        return table

    def _wrap(self, runs: list[etree._Element], word: str, value: str) -> None:
        if word == "批注":
            self._comment(runs, value)
            return
        name = {"插入": "ins", "删去": "del"}[value]
        wrapper = etree.Element(f"{W}{name}", {f"{W}id": "1", f"{W}author": ""})
        runs[0].addprevious(wrapper)
        wrapper.extend(runs)
        if name == "del":
            for text in wrapper.iter(f"{W}t"):
                text.tag = f"{W}delText"

    def _comment(self, runs: list[etree._Element], text: str) -> None:
        self._add_part("word/comments.xml", f'<w:comments xmlns:w="{NAMESPACE}"/>', "comments")
        comments = self.tree("word/comments.xml")
        number = {f"{W}id": str(len(comments))}
        comment = etree.SubElement(comments, f"{W}comment", {**number, f"{W}author": ""})
        etree.SubElement(comment, f"{W}p").extend(_runs(text, None))
        runs[0].addprevious(etree.Element(f"{W}commentRangeStart", number))
        reference = etree.Element(f"{W}r")
        etree.SubElement(reference, f"{W}commentReference", number)
        runs[-1].addnext(reference)
        runs[-1].addnext(etree.Element(f"{W}commentRangeEnd", number))

    def _add_part(
        self, name: str, xml: str, relation: str, owner: str = "word/_rels/document.xml.rels", sort: str = ""
    ) -> None:
        """Add a part with its relationship and its type, unless the paper has it."""
        if name in self._raw:
            return
        self._raw[name] = xml.encode()
        relations = self.tree(owner)
        etree.SubElement(
            relations,
            f"{{{_PACKAGE}/relationships}}Relationship",
            Id=f"rIdN{len(relations)}",
            Type=f"{_OFFICE}/relationships/{relation}",
            Target=name.removeprefix("word/") if owner.startswith("word/") else name,
        )
        etree.SubElement(
            self.tree("[Content_Types].xml"),
            f"{{{_PACKAGE}/content-types}}Override",
            PartName=f"/{name}",
            ContentType=f"{_TYPES}.{sort or relation}+xml"
            if owner.startswith("_")
            else f"{_TYPES}.wordprocessingml.{sort or relation}+xml",
        )


_SELECTED = r"([^：＝“]+)(?:“(.+?)”)?"
_LINES_OF_NOTATION: tuple[tuple[str, Callable[..., None]], ...] = (
    (r"部件 (\S+?)：(.+?)→(.*)", _Paper.raw),
    (rf"(?:第(\d+)节 )?({'|'.join(_PAGE)}) (.+)", _Paper.page),
    (r"设置 (.+)", _Paper.settings),
    (r"属性 (.+)", _Paper.properties),
    (r"编号 (.+?)：(.+)", _Paper.number),
    (r"删去：(.+)", _Paper.remove),
    (r"在(.+?)([前后])加：(.+)", _Paper.insert),
    (r"样式 ?([^：＝]+)：(.+)", _Paper.style),
    (r"(?:第(\d+)张)?表格：(.+)", _Paper.tables),
    (rf"{_SELECTED}＝(.*)", _Paper.texts),
    (r"([^：＝“]+?)(?:“(.+?)”)?(?:所在([格表]))?：(.+)", _Paper.paragraphs),
)
"""The lines of the notation, the first that fits is meant."""


def _style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def _apply(element: etree._Element, changes: Iterable[Change]) -> None:
    """Write changes into a run, a paragraph, a cell or a style."""
    sort = etree.QName(element).localname
    for change in changes:
        if change.group == "borders":
            outer, inner = ("tcPr", "tcBorders") if sort == "tc" else ("pPr", "pBdr")
            _put(_child(_group(element, outer), outer, inner), change._replace(group=inner))
        elif change.group == "pPr/tabs":
            tabs = _child(_group(element, "pPr"), "pPr", "tabs")
            etree.SubElement(tabs, f"{W}tab", {f"{W}{k}": v for k, v in change.attributes.items() if v})
        elif change.group == "rPr" and sort == "p":
            _put(_child(_group(element, "pPr"), "pPr", "rPr"), change)
            for run in element.iter(f"{W}r"):
                _put(_group(run, "rPr"), change)
        else:
            _put(_group(element, change.group), change)


def _group(element: etree._Element, name: str) -> etree._Element:
    """Return the properties of an element, made if it has none: first in it, in a style after what names it."""
    found = element.find(f"{W}{name}")
    if found is None:
        found = etree.Element(f"{W}{name}")
        if element.tag == f"{W}style":
            element.append(found)
        else:
            element.insert(0, found)
    return found


def _child(parent: etree._Element, group: str, name: str) -> etree._Element:
    """Return a child in its place among the others, made if there is none."""
    found = parent.find(f"{W}{name}")
    if found is None:
        found = etree.Element(f"{W}{name}")
        order = _ORDERS[group].split()
        rank = order.index(name)
        before = [c for c in parent if etree.QName(c).localname in order[:rank]]
        if before:
            before[-1].addnext(found)
        else:
            parent.insert(0, found)
    return found


def _put(parent: etree._Element, change: Change) -> None:
    element = _child(parent, change.group, change.name)
    for key, value in change.attributes.items():
        if value is None:
            element.attrib.pop(f"{W}{key}", "")
        else:
            element.set(f"{W}{key}", value)


def _runs(text: str, properties: etree._Element | None) -> Iterator[etree._Element]:
    """Write a text as runs."""
    for piece in re.split(r"(⏎|⇥|\{\w+\})", text):
        if not piece:
            continue
        if piece.startswith("{"):
            yield from _field(piece[1:-1], properties)
            continue
        run = etree.Element(f"{W}r")
        if properties is not None:
            run.append(deepcopy(properties))
        if piece in "⏎⇥":
            etree.SubElement(run, f"{W}br" if piece == "⏎" else f"{W}tab")
        else:
            written = etree.SubElement(run, f"{W}t")
            written.text = piece
            written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        yield run


def _field(instruction: str, properties: etree._Element | None) -> Iterator[etree._Element]:
    """Write a field in five runs, its last result 1."""
    for kind in ("begin", "instruction", "separate", "result", "end"):
        run = etree.Element(f"{W}r")
        if properties is not None:
            run.append(deepcopy(properties))
        if kind == "instruction":
            etree.SubElement(run, f"{W}instrText").text = f" {instruction} "
        elif kind == "result":
            etree.SubElement(run, f"{W}t").text = "1"
        else:
            etree.SubElement(run, f"{W}fldChar").set(f"{W}fldCharType", kind)
        yield run


def _own_runs(paragraph: etree._Element) -> list[etree._Element]:
    """Return the runs of a paragraph that hold text, fields among them, but no picture or text box."""
    kept = {f"{W}drawing", f"{W}pict", f"{W}object"}
    return [r for r in paragraph.iterchildren(f"{W}r") if not any(c.tag in kept for c in r.iter())]


def _words(paragraph: etree._Element, words: str) -> list[etree._Element]:
    """Return the runs that hold certain words and nothing else, parted from the others where need be."""
    runs = [r for r in paragraph.iterchildren(f"{W}r") if r.find(f"{W}t") is not None]
    texts = ["".join(t.text or "" for t in r.iterchildren(f"{W}t")) for r in runs]
    start = "".join(texts).find(words)
    assert start >= 0, f"no “{words}” in {''.join(texts)}"
    return _split(runs, texts, start, start + len(words))


def _split(runs: list[etree._Element], texts: list[str], start: int, end: int) -> list[etree._Element]:
    """Part runs at two places, and return those between."""
    found: list[etree._Element] = []
    at = 0
    for run, text in zip(runs, texts, strict=True):
        cuts = [0, *(x - at for x in (start, end) if 0 < x - at < len(text)), len(text)]
        for a, b in pairwise(cuts):
            (one,) = _runs(text[a:b], run.find(f"{W}rPr")) if a < b else (None,)
            if one is not None:
                run.addprevious(one)
                if start <= at + a < end:
                    found.append(one)
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)
        at += len(text)
    return found

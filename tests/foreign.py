"""Turns papers of ours into papers of others: nothing says any more what a paragraph is but how it looks."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path

from lxml import etree

from xuncha_docs.word import provenance
from xuncha_docs.word.package import CONTENT_TYPES, Package, pack_parts
from xuncha_docs.word.styles import NAMESPACE
from xuncha_docs.word.tagged import W

STYLES = "word/styles.xml"
KEPT = ("Normal", "Default Paragraph Font", "Normal Table")
"""The names that every .docx has."""

_PARAGRAPH_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers"),
    *("pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct"),
    *("autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing"),
    *("mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl"),
    *("divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
)
_RUN_ORDER = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow"),
    *("emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position"),
    *("sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang"),
)
_TABLE_ORDER = (
    *("tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc"),
    *("tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook"),
)
"""The order that the schema wants."""

_BY_ATTRIBUTE = ("rFonts", "ind", "spacing")
_OPPOSITES = {
    "firstLine": "hanging",
    "firstLineChars": "hangingChars",
    "hanging": "firstLine",
    "hangingChars": "firstLineChars",
}

# What a paper begins with that was typed into an empty document of Word.
_WORD_STYLES = f"""<w:styles xmlns:w="{NAMESPACE}">
<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/>
<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/>
<w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr>
<w:rPr><w:kern w:val="2"/><w:sz w:val="21"/><w:szCs w:val="24"/></w:rPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="a0"><w:name w:val="Default Paragraph Font"/></w:style>
<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/>
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style></w:styles>"""


def typed(content: bytes) -> bytes:
    """Write every property of a paper's styles into its paragraphs and runs, and leave it Word's own styles only."""
    parts = _without_provenance(Package.open(content).parts())
    sheet = _Sheet(etree.fromstring(parts[STYLES]))
    for name in _written(parts):
        root = etree.fromstring(parts[name])
        for paragraph in root.iter(f"{W}p"):
            _type(paragraph, sheet)
        for table in root.iter(f"{W}tblPr"):
            _lay(table, [*sheet.chain(_taken(table, "tblStyle"), "tblPr"), table], _TABLE_ORDER)
        parts[name] = etree.tostring(root, encoding="UTF-8")
    return pack_parts({**parts, STYLES: _WORD_STYLES.encode()})


def renamed(content: bytes) -> bytes:
    """Give the styles of a paper names that say nothing."""
    parts = _without_provenance(Package.open(content).parts())
    names: dict[str, str] = {}
    sheet = etree.fromstring(parts[STYLES])
    for n, style in enumerate(sheet.iter(f"{W}style"), 1):
        name = style.find(f"{W}name")
        if name is not None and name.get(f"{W}val") not in KEPT:
            names[style.get(f"{W}styleId", "")] = f"s{n}"
            style.set(f"{W}styleId", f"s{n}")
            name.set(f"{W}val", f"s{n}")
    _rename(sheet, names, ("basedOn", "link", "next"))
    parts[STYLES] = etree.tostring(sheet, encoding="UTF-8")
    for part in _written(parts):
        root = etree.fromstring(parts[part])
        _rename(root, names, ("pStyle", "rStyle", "tblStyle"))
        parts[part] = etree.tostring(root, encoding="UTF-8")
    return pack_parts(parts)


def resaved(papers: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Let LibreOffice open and save papers, in as few calls as it takes."""
    files = {name: folder / f"paper{n}.docx" for n, name in enumerate(papers)}
    for name, file in files.items():
        file.write_bytes(papers[name])
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"]
    every = [str(file) for file in files.values()]
    for start in range(0, len(every), _MOST_AT_ONCE):
        batch = every[start : start + _MOST_AT_ONCE]
        done = subprocess.run([*command, str(folder / "saved"), *batch], capture_output=True, timeout=300, check=False)
        missing = [file for file in batch if not (folder / "saved" / Path(file).name).exists()]
        assert not missing, (missing, done.stderr)
    return {name: (folder / "saved" / file.name).read_bytes() for name, file in files.items()}


_MOST_AT_ONCE = 200
"""Of files; LibreOffice takes some 250 arguments, and passes over the rest without a word."""


class _Sheet:
    """The styles of a paper, by their ids."""

    def __init__(self, root: etree._Element) -> None:
        self.styles = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
        self.defaults = {
            "pPr": root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"),
            "rPr": root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"),
        }
        self._whole: dict[tuple[str, str], etree._Element] = {}

    def chain(self, style: str, what: str) -> list[etree._Element | None]:
        """Return what a style and those it is based on say, the nearest last."""
        found: list[etree._Element | None] = []
        while style in self.styles:
            found.append(self.styles[style].find(W + what))
            based = self.styles[style].find(f"{W}basedOn")
            style = based.get(f"{W}val", "") if based is not None else ""
        return found[::-1]

    def whole(self, style: str, what: str) -> etree._Element:
        """Return what the defaults and a style of paragraphs say together."""
        if (style, what) not in self._whole:
            whole = self._whole[style, what] = etree.Element(W + what)
            whole.extend(_laid([self.defaults[what], *self.chain(style, what)]).values())
        return self._whole[style, what]


def _type(paragraph: etree._Element, sheet: _Sheet) -> None:
    own = paragraph.find(f"{W}pPr")
    if own is None:
        own = etree.Element(f"{W}pPr")
        paragraph.insert(0, own)
    style = _taken(own, "pStyle") or "Normal"
    looks = sheet.whole(style, "rPr")
    mark = own.find(f"{W}rPr")
    if mark is None:
        mark = etree.SubElement(own, f"{W}rPr")
    _lay(mark, [looks, mark], _RUN_ORDER)
    _lay(own, [sheet.whole(style, "pPr"), own], _PARAGRAPH_ORDER)
    for run in _runs(paragraph):
        look = run.find(f"{W}rPr")
        if look is None:
            look = etree.Element(f"{W}rPr")
            run.insert(0, look)
        _lay(look, [looks, *sheet.chain(_taken(look, "rStyle"), "rPr"), look], _RUN_ORDER)


def _runs(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph, not those of the text boxes on it."""
    return (run for run in paragraph.iter(f"{W}r") if next(run.iterancestors(f"{W}p")) is paragraph)


def _taken(holder: etree._Element, name: str) -> str:
    """Take the name of a style out of properties."""
    said = holder.find(W + name)
    if said is None:
        return ""
    holder.remove(said)
    return said.get(f"{W}val", "")


def _lay(target: etree._Element, levels: Iterable[etree._Element | None], order: tuple[str, ...]) -> None:
    """Put into the last of some levels of properties what the ones before it say."""
    laid = _laid(levels)
    for child in list(target):
        target.remove(child)
    target.extend(laid[name] for name in sorted(laid, key=order.index))


def _laid(levels: Iterable[etree._Element | None]) -> dict[str, etree._Element]:
    """Return what some levels of properties say together, by the names of the elements."""
    laid: dict[str, etree._Element] = {}
    for level in levels:
        for child in level if level is not None else ():
            name = child.tag.rpartition("}")[2]
            below = laid.get(name) if name in _BY_ATTRIBUTE else None
            laid[name] = _over(below, child) if below is not None else deepcopy(child)
    return laid


def _over(below: etree._Element, above: etree._Element) -> etree._Element:
    """Lay one element over another, attribute by attribute; of an indent and a hanging one the nearer counts."""
    both = deepcopy(below)
    for key, value in above.attrib.items():
        opposite = _OPPOSITES.get(etree.QName(key).localname)
        if opposite and W + opposite in both.attrib:
            del both.attrib[W + opposite]
        both.set(key, value)
    return both


def _rename(root: etree._Element, names: Mapping[str, str], tags: Iterable[str]) -> None:
    for said in root.iter(*(W + tag for tag in tags)):
        said.set(f"{W}val", names.get(said.get(f"{W}val", ""), said.get(f"{W}val", "")))


def _written(parts: Mapping[str, bytes]) -> list[str]:
    return [n for n in parts if n.startswith(("word/document", "word/header", "word/footer")) and n.endswith(".xml")]


def _without_provenance(parts: dict[str, bytes]) -> dict[str, bytes]:
    kept = {name: content for name, content in parts.items() if name != provenance.PART}
    for member, key in ((CONTENT_TYPES, "PartName"), ("_rels/.rels", "Target")):
        root = etree.fromstring(kept[member])
        for one in list(root):
            if one.get(key, "").lstrip("/") == provenance.PART:
                root.remove(one)
        kept[member] = etree.tostring(root, encoding="UTF-8")
    return kept

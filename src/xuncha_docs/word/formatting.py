"""Writes formatting into a paper that exists: pages, paragraphs, runs, and words replaced by others in their place."""

from __future__ import annotations

import copy
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from xuncha_docs.word import parts
from xuncha_docs.word.package import Package
from xuncha_docs.word.tagged import W, paragraphs

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# The order that the schema wants (ISO/IEC 29500-1 A.1, CT_PPr and CT_RPr), as far as it matters here.
_PARAGRAPH_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers"),
    *("pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct"),
    *("autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing"),
    *("mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl"),
    *("divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
)
_RUN_ORDER = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow"),
    *("emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern"),
    *("position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em"),
    *("lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange"),
)
_SECTION_ORDER = (
    *("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc"),
    *("pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection"),
    *("bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a paragraph should be formatted; what is empty is left as it is.

    Args:
        paragraph: properties of the paragraph with the attributes to write, `{"spacing": {"line": "579"}}`.
        run: properties of its text.
        end: where the text ends that gets them; None is all of it.
    """

    paragraph: Mapping[str, Mapping[str, str]]
    run: Mapping[str, Mapping[str, str]]
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that take the place of others in a paragraph's text."""

    start: int
    end: int
    text: str


Edits = Callable[[int, str], Sequence[Edit]]
"""Returns what to replace in the text of a paragraph, which is given by its order."""


def formatted(
    content: bytes, sections: Mapping[int, Mapping[str, Mapping[str, str]]], forms: Mapping[int, Form], edits: Edits
) -> bytes:
    """Write formatting into the body of a paper.

    Args:
        content: the paper.
        sections: properties of sections by their numbers.
        forms: how paragraphs should be formatted, by their order.
        edits: what to replace in their texts.

    Raises:
        PackageError: if it is no .docx.
    """
    package = Package.open(content)
    main = parts.main(package)
    root = parts.with_prefix_w(parts.parse(main, package.read(main)))
    for number, section in enumerate(root.iter(f"{W}sectPr")):
        _write(section, sections.get(number, {}), _SECTION_ORDER)
    for order, paragraph in enumerate(_read(main, root)):
        form = forms.get(order)
        if form:
            _format(paragraph, form)
        _edit(paragraph, edits, order)
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return package.changed({main: written})


def _read(main: str, root: etree._Element) -> list[etree._Element]:
    """Return the paragraphs in the order of the layout."""
    return [
        one.element
        for one in paragraphs(main, root)
        if one.element is not None and all(word != "copy" for word, _ in one.holder)
    ]


def _format(paragraph: etree._Element, form: Form) -> None:
    if form.paragraph:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            paragraph.insert(0, properties)
        _write(properties, form.paragraph, _PARAGRAPH_ORDER)
    if form.run:
        if form.end is not None:
            _split(paragraph, form.end)
        for run, start in _runs(paragraph):
            if form.end is None or start < form.end:
                _write(_properties(run), form.run, _RUN_ORDER)


def _properties(run: etree._Element) -> etree._Element:
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    return properties


def _write(holder: etree._Element, said: Mapping[str, Mapping[str, str]], order: Sequence[str]) -> None:
    """Write properties where the schema wants them; attributes that are not written stay."""
    for name, attributes in said.items():
        element = holder.find(W + name)
        if element is None:
            element = etree.Element(W + name)
            later = {W + one for one in order[order.index(name) + 1 :]}
            place = next((n for n, child in enumerate(holder) if child.tag in later), len(holder))
            holder.insert(place, element)
        for key, value in attributes.items():
            if value:
                element.set(W + key, value)
            else:
                element.attrib.pop(W + key, "")


def _runs(paragraph: etree._Element) -> list[tuple[etree._Element, int]]:
    """Return the runs that print text, each with where it begins."""
    found: list[tuple[etree._Element, int]] = []
    length = 0
    for text in _texts(paragraph):
        run = text.getparent()
        if run is not None and (not found or found[-1][0] is not run):
            found.append((run, length))
        length += len(text.text or "")
    return found


def _texts(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the texts of a paragraph, without those of its text boxes, and without deleted ones."""
    waiting = [*reversed(paragraph)]
    passed = {f"{W}{name}" for name in ("txbxContent", "del", "moveFrom", "drawing", "pict", "object")}
    while waiting:
        child = waiting.pop()
        if child.tag == f"{W}t":
            yield child
        elif child.tag not in passed and not str(child.tag).endswith("}Fallback"):
            waiting += reversed(child)


def _split(paragraph: etree._Element, position: int) -> None:
    """Cut the run in two that a position of the text lies within."""
    length = 0
    for text in _texts(paragraph):
        said = text.text or ""
        run = text.getparent()
        if run is not None and length < position < length + len(said):
            cut = position - length
            rest = copy.deepcopy(run)
            at = [*run].index(text)
            text.text = said[:cut]
            for child in [*run][at + 1 :]:
                run.remove(child)
            for child in [*rest][:at]:
                if child.tag != f"{W}rPr":
                    rest.remove(child)
            next(rest.iter(f"{W}t")).text = said[cut:]
            for one in (*run.iter(f"{W}t"), *rest.iter(f"{W}t")):
                one.set(_SPACE, "preserve")
            run.addnext(rest)
            return
        length += len(said)


def _edit(paragraph: etree._Element, edits: Edits, order: int) -> None:
    pieces: list[tuple[etree._Element, int, str]] = []
    length = 0
    for text in _texts(paragraph):
        said = text.text or ""
        pieces.append((text, length, said))
        length += len(said)
    wanted = edits(order, "".join(said for _, _, said in pieces)) if pieces else ()
    starts = [start for _, start, _ in pieces]
    cuts: dict[int, list[Edit]] = {}
    for edit in sorted(wanted, key=lambda one: one.start):
        new = edit.text
        for n in range(max(0, bisect_right(starts, edit.start) - 1), bisect_left(starts, edit.end)):
            _, start, said = pieces[n]
            first, last = max(0, edit.start - start), min(len(said), edit.end - start)
            if first < last:
                cuts.setdefault(n, []).append(Edit(first, last, new))
                new = ""
    for n, found in cuts.items():
        text, _, said = pieces[n]
        text.text = replaced(said, found)
        text.set(_SPACE, "preserve")


def replaced(text: str, edits: Sequence[Edit]) -> str:
    """Put other words into a text; the edits come in the order of their places."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join((*pieces, text[at:]))

"""What is done to a part after its tags are filled: tables, drawings, the signature, the seal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from math import ceil

from xuncha_docs import chinese, gb9704
from xuncha_docs.word import dialect, styles
from xuncha_docs.word.pictures import EMU, SEAL_X, TEXT_MM, seal_x


def cut(xml: str) -> tuple[str, str, str]:
    """Cut a document into what stands before its body, the body, and what stands after it."""
    start, end = xml.index("<w:body"), xml.rindex("</w:body>") + len("</w:body>")
    return xml[:start], xml[start:end], xml[end:]


def with_tables(xml: str) -> str:
    """Bring the grids of tables in line with their cells."""
    head, body, tail = cut(xml)
    spaces = " ".join(dict.fromkeys(re.findall(r'xmlns:\w+="[^"]*"', head)))
    fixed = dialect.fix_tables(body.replace("<w:body", f"<w:body {spaces}", 1))
    return head + fixed + tail


_EMPTY = ("</w:tcPr></w:tc>", "<w:tcPr/></w:tc>", "<w:tc></w:tc>", "</w:tbl></w:tc>", "<w:txbxContent></w:txbxContent>")
_EMPTY_PART = re.compile(r"(<w:(?:hdr|ftr)\b[^>]*>)(</w:(?:hdr|ftr)>)\s*$")


def never_empty(xml: str) -> str:
    """Put an empty paragraph where conditions have left none: Word opens no cell, header or text box without one."""
    for found in _EMPTY:
        if found in xml:
            head, mark, tail = found.rpartition("</")
            xml = xml.replace(found, f"{head}<w:p/>{mark}{tail}")
    return _EMPTY_PART.sub(r"\1<w:p/>\2", xml) if xml.endswith(("</w:hdr>", "</w:ftr>")) else xml


def with_drawing_ids(xml: str) -> str:
    """Number the drawings anew: a loop would repeat them."""
    number = 1000

    def numbered(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return re.sub(r'(\sid=")[^"]*', rf"\g<1>{number}", match[0], count=1)

    return re.sub(r"<wp:docPr\b[^>]*>", numbered, xml)


_IMPRINT = re.compile(r'<wp:anchor\b(?:(?!</wp:anchor>).)*?name="版记".*?</wp:anchor>', re.S)
_EMU_OF_TWIP = 635
_FIRST_LINE, _NEXT_LINES = gb9704.TEXT_WIDTH / 280 - 2, gb9704.TEXT_WIDTH / 280 - 5
"""How many characters of 四号 stand on the first line of a row of 版记 and on those that go on (7.4.2)."""


def with_imprints(xml: str) -> str:
    """Make the box of 版记 as high as what it says: a long list of 抄送 goes on over several lines."""
    pitch = int(next(iter(re.findall(r'w:linePitch="(\d+)"', xml)), gb9704.A.pitch))

    def fitted(match: re.Match[str]) -> str:
        rows = (chinese.width(_text(row)) for row in re.findall(r"<w:tr>.*?</w:tr>", match[0], re.S))
        lines = sum(1 + max(0, ceil((width - _FIRST_LINE) / _NEXT_LINES)) for width in rows)
        return re.sub(r'\bcy="\d+"', f'cy="{(lines + 1) * pitch * _EMU_OF_TWIP}"', match[0])

    return _IMPRINT.sub(fitted, xml) if 'name="版记"' in xml else xml


_PARAGRAPH_END = "</w:p>"


@dataclass(frozen=True, slots=True)
class Measure:
    """How large a template prints.

    Args:
        scale: how many times as large as 三号 its characters are.
        width: how wide its text is, in millimetres.
    """

    scale: float = 1.0
    width: float = TEXT_MM


A4 = Measure()


def place_signatures(xml: str, measure: Measure = A4) -> str:
    """Set 署名 and 成文日期 as far in as their widths want (GB/T 9704 7.3.5.1, 7.3.5.2)."""
    for signer, day, sealed in (
        (styles.SIGNER, styles.DATE, False),
        (styles.SEALED_SIGNER, styles.SEALED_DATE, True),
    ):
        mark, at = f'<w:pStyle w:val="{day}"/>', 0
        while (at := xml.find(mark, at)) >= 0:
            xml, at = _placed(xml, at, f'<w:pStyle w:val="{signer}"/>', sealed=sealed, measure=measure)
    return xml


def _placed(xml: str, at: int, signer_mark: str, *, sealed: bool, measure: Measure) -> tuple[str, int]:
    """Set the indents of the date at a place and of the name in the paragraph before it."""
    start = max(xml.rfind("<w:p>", 0, at), xml.rfind("<w:p ", 0, at))
    name_start = max(xml.rfind("<w:p>", 0, start), xml.rfind("<w:p ", 0, start))
    end = xml.find(_PARAGRAPH_END, at)
    name, date_ = xml[name_start:start], xml[start:end]
    if name_start < 0 or signer_mark not in name or name.count(_PARAGRAPH_END) != 1:
        return xml, at + 1
    day = chinese.width(_text(date_))
    indents = gb9704.signature_indents(chinese.width(_text(name)), day, sealed=sealed)
    day_placed = with_seals(_indented(date_, indents[1], measure), day=day, right=indents[1], measure=measure)
    placed = _indented(name, indents[0], measure) + day_placed
    return xml[:name_start] + placed + xml[end:], name_start + len(placed)


def with_seals(xml: str, *, day: float, right: float, measure: Measure = A4) -> str:
    """Lay the centre of a seal on the date's, whose width and distance from the right are given in characters."""

    def placed(match: re.Match[str]) -> str:
        return str(seal_x(int(match[1]) / EMU, day * measure.scale, right * measure.scale, measure.width))

    return re.sub(f"{SEAL_X}(\\d+){SEAL_X}", placed, xml) if SEAL_X in xml else xml


def _text(xml: str) -> str:
    return unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml)))


def _indented(paragraph: str, chars: float, measure: Measure) -> str:
    """Indent a paragraph from the right; an indent that the office set by hand is its own."""
    end = paragraph.find("</w:pPr>")
    if end < 0 or "<w:ind " in paragraph[:end]:
        return paragraph
    right = (
        f'<w:ind w:rightChars="{round(chars * 100)}" '
        f'w:right="{round(chars * (gb9704.CHAR + gb9704.BODY_TRACKING) * measure.scale)}"/>'
    )
    # The schema wants the indent before these.
    later = re.search(
        r"<w:(?:contextualSpacing|mirrorIndents|jc|textAlignment|outlineLvl|rPr|sectPr)\b", paragraph[:end]
    )
    place = later.start() if later else end
    return paragraph[:place] + right + paragraph[place:]

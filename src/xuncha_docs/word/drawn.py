"""What is drawn in a paragraph: pictures, lines, text boxes, in DrawingML and in the VML of old programs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from xuncha_docs.findings import Place
from xuncha_docs.word.effective import colour, number
from xuncha_docs.word.layout import Shape
from xuncha_docs.word.tagged import W

_EMU = 635
"""Units of a drawing in a twentieth of a point."""

_DRAWN = (f"{W}drawing", f"{W}pict", f"{W}object")
_UNITS = {"pt": 20.0, "mm": 56.6929, "cm": 566.929, "in": 1440.0, "px": 15.0, "": 15.0}


def shapes_of(paragraph: etree._Element, place: Place, order: int) -> Iterator[Shape]:
    """Yield what is drawn in a paragraph, without what stands in text boxes and in copies for old programs."""
    waiting = [*reversed(paragraph)]
    while waiting:
        child = waiting.pop()
        if child.tag in _DRAWN:
            yield from _shapes(child, place, order)
        elif child.tag != f"{W}txbxContent" and not str(child.tag).endswith("}Fallback"):
            waiting += reversed(child)


def _shapes(drawing: etree._Element, place: Place, order: int) -> Iterator[Shape]:
    if drawing.tag == f"{W}drawing":
        for child in drawing:
            if str(child.tag).endswith(("}inline", "}anchor")):
                yield _drawn(child, place, order)
        return
    for child in drawing:
        name = str(child.tag).rpartition("}")[2]
        if name in ("line", "rect", "shape", "roundrect", "oval", "polyline", "group"):
            yield _vector(child, name, place, order)


def _drawn(holder: etree._Element, place: Place, order: int) -> Shape:
    extent = holder.find("{*}extent")
    line = next(holder.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}ln"), None)
    fill = next(line.iter("{*}srgbClr"), None) if line is not None else None
    across, down = holder.find("{*}positionH"), holder.find("{*}positionV")
    return Shape(
        place=place,
        paragraph=order,
        sort=_sort(holder),
        width=_length(extent.get("cx") if extent is not None else None),
        height=_length(extent.get("cy") if extent is not None else None),
        inline=str(holder.tag).endswith("}inline"),
        from_left=across.get("relativeFrom", "") if across is not None else "",
        from_top=down.get("relativeFrom", "") if down is not None else "",
        left=_offset(across),
        top=_offset(down),
        align=(_align(across), _align(down)),
        colour=colour(fill.get("val")) if fill is not None else "",
        weight=round(number(line.get("w"), 9525) / 12700 * 8) if line is not None and fill is not None else 0,
        behind=holder.get("behindDoc") in ("1", "true"),
    )


def _sort(holder: etree._Element) -> str:
    if next(holder.iter("{*}pic"), None) is not None:
        return "picture"
    if next(holder.iter(f"{W}txbxContent"), None) is not None:
        return "box"
    geometry = next(holder.iter("{*}prstGeom"), None)
    connector = next(holder.iter("{*}cxnSp"), None) is not None or next(holder.iter("{*}cNvCnPr"), None) is not None
    is_line = connector or (geometry is not None and "line" in geometry.get("prst", "").lower())
    return "line" if is_line else "other"


def _length(said: str | None) -> int:
    return round(number(said) / _EMU)


def _offset(position: etree._Element | None) -> int | None:
    found = position.find("{*}posOffset") if position is not None else None
    return _length(found.text) if found is not None else None


def _align(position: etree._Element | None) -> str:
    found = position.find("{*}align") if position is not None else None
    return (found.text or "").strip() if found is not None else ""


def _vector(element: etree._Element, name: str, place: Place, order: int) -> Shape:
    style = dict(re.findall(r"([\w-]+)\s*:\s*([^;]+)", element.get("style", "")))
    box = next(element.iter(f"{W}txbxContent"), None) is not None
    picture = next(element.iter("{*}imagedata"), None) is not None
    if name == "line":
        (x1, y1), (x2, y2) = (_point(element.get(end)) for end in ("from", "to"))
        width, height, left, top = abs(x2 - x1), abs(y2 - y1), min(x1, x2), min(y1, y2)
    else:
        width, height = _css(style.get("width")), _css(style.get("height"))
        left, top = _css(style.get("margin-left")), _css(style.get("margin-top"))
    stroked = element.get("stroked", "t").lower() not in ("f", "false") and not picture
    return Shape(
        place=place,
        paragraph=order,
        sort="picture" if picture else "box" if box else "line" if name == "line" or not height else "other",
        width=width,
        height=height,
        inline=style.get("position") != "absolute",
        from_left=_from(style.get("mso-position-horizontal-relative")),
        from_top=_from(style.get("mso-position-vertical-relative")),
        left=left,
        top=top,
        align=(style.get("mso-position-horizontal", ""), style.get("mso-position-vertical", "")),
        colour=colour(element.get("strokecolor", "black").split()[0]) if stroked else "",
        weight=round(_css(element.get("strokeweight", "0.75pt")) / 20 * 8) if stroked else 0,
        behind=style.get("z-index", "").strip().startswith("-"),
    )


def _from(word: str | None) -> str:
    return {None: "", "text": "paragraph"}.get(word, (word or "").removesuffix("-area"))


def _css(said: str | None) -> int:
    match = re.match(r"\s*(-?\d{1,9}(?:\.\d{1,9})?)\s*([a-z]*)", said or "")
    return round(float(match[1]) * _UNITS.get(match[2], 20.0)) if match else 0


def _point(said: str | None) -> tuple[int, int]:
    x, _, y = (said or "0,0").partition(",")
    return _css(x), _css(y)

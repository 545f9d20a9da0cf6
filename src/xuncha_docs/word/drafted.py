"""Marks a paper as a draft, so that nobody takes it for one to be printed and posted.

Every blank in it is highlighted, every page says at its top what it is, and so does its provenance. This is done to
the finished .docx: papers for release never come this way.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import count

from lxml import etree

from xuncha_docs.blank import BLANK, MARK
from xuncha_docs.word import parts, provenance
from xuncha_docs.word.package import CONTENT_TYPES, Package
from xuncha_docs.word.styles import NAMESPACE

BANNER = "草稿，不得印发、张贴"
"""What stands at the top of every page of a draft."""

_W = f"{{{NAMESPACE}}}"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEADER = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_PRINTED = ("header", "footer", "footnotes", "endnotes", "comments")
_PAGES = ("default", "first", "even")
"""The pages that may have headers of their own; without one they have none."""

# What the schema wants after the highlight of a run.
_LATER = frozenset(
    _W + name
    for name in (
        *("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout"),
        *("specVanish", "oMath", "rPrChange"),
    )
)


def as_draft(content: bytes) -> bytes:
    """Return a paper marked as a draft: blanks, pages and provenance."""
    package = Package.open(content)
    main = parts.main(package)
    found = [target for kind, target in parts.relations(package, main) if kind in _PRINTED]
    trees = {
        name: parts.parse(name, package.read(name)) for name in dict.fromkeys((main, *found)) if name in package.members
    }
    for tree in trees.values():
        _highlight(tree)
    changed = _with_banner(package, main, trees)
    changed |= {name: _written(tree) for name, tree in trees.items()}
    return package.changed(changed | provenance.marked(package.with_parts(changed)))


def _written(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


# --- blanks ----------------------------------------------------------------------------------------------------------


def _highlight(tree: etree._Element) -> None:
    """Give each blank of a part a run of its own, with a yellow ground."""
    for text in [text for text in tree.iter(f"{_W}t") if MARK in (text.text or "")]:
        run = text.getparent()
        if run is not None and run.tag == f"{_W}r":
            _split(run, text)


def _split(run: etree._Element, text: etree._Element) -> None:
    """Cut a run at the blanks of one of its texts; what stands before and after keeps its format."""
    holder = run.getparent()
    if holder is None:
        return
    children = [child for child in run if child.tag != f"{_W}rPr"]
    at = children.index(text)
    cut = [
        *([_like(run, children[:at])] if at else []),
        *(_said(run, piece, blank=blank) for piece, blank in _pieces(text.text or "")),
    ]
    place = holder.index(run)
    for number, new in enumerate(cut):
        holder.insert(place + number, new)
    if children[at + 1 :]:
        run.remove(text)  # the others have moved out already
    else:
        holder.remove(run)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a text in order, and whether each is a blank."""
    last = 0
    for match in BLANK.finditer(text):
        if match.start() > last:
            yield text[last : match.start()], False
        yield match[0], True
        last = match.end()
    if last < len(text):
        yield text[last:], False


def _like(run: etree._Element, children: list[etree._Element]) -> etree._Element:
    """Return a run with the format of another that holds what is moved into it."""
    new = etree.Element(run.tag, {str(key): str(value) for key, value in run.attrib.items()})
    properties = run.find(f"{_W}rPr")
    if properties is not None:
        new.append(deepcopy(properties))
    new.extend(children)
    return new


def _said(run: etree._Element, text: str, *, blank: bool) -> etree._Element:
    said = etree.Element(f"{_W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    said.text = text
    new = _like(run, [said])
    if blank:
        properties = new.find(f"{_W}rPr")
        if properties is None:
            properties = etree.Element(f"{_W}rPr")
            new.insert(0, properties)
        _set_highlight(properties)
    return new


def _set_highlight(properties: etree._Element) -> None:
    for old in properties.findall(f"{_W}highlight"):
        properties.remove(old)
    before = sum(child.tag not in _LATER for child in properties)
    properties.insert(before, etree.Element(f"{_W}highlight", {f"{_W}val": "yellow"}))


# --- pages -----------------------------------------------------------------------------------------------------------

_LINE = (
    f'<w:p xmlns:w="{NAMESPACE}"><w:pPr><w:spacing w:before="0" w:after="0" w:line="320" w:lineRule="exact"/>'
    '<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr>'
    '<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体" w:cs="黑体"/><w:b w:val="0"/><w:sz w:val="24"/>'
    f'<w:szCs w:val="24"/><w:highlight w:val="yellow"/></w:rPr><w:t>{BANNER}</w:t></w:r></w:p>'
)


def _with_banner(package: Package, main: str, trees: dict[str, etree._Element]) -> dict[str, bytes]:
    """Put the banner into every header, and headers where there are none; return the members that name the new one."""
    relations, targets = _relations(package, main)
    sections = list(trees[main].iter(f"{_W}sectPr"))
    shown = [one for section in sections for one in section.findall(f"{_W}headerReference")]
    for name in dict.fromkeys(targets.get(one.get(f"{{{_RELATIONS}}}id", "")) for one in shown):
        if name in trees:
            trees[name].insert(0, etree.fromstring(_LINE))
    if not sections:
        body = trees[main].find(f"{_W}body")
        sections = [] if body is None else [etree.SubElement(body, f"{_W}sectPr")]
    lacking = set(_PAGES) - {one.get(f"{_W}type") for one in sections[0].findall(f"{_W}headerReference")}
    if not lacking:
        return {}
    name = _free(package, main)
    for page in sorted(lacking):
        # Later sections without one of their own go on with that of the first.
        named = {f"{_W}type": page, f"{{{_RELATIONS}}}id": "rIdDraft"}
        sections[0].insert(0, etree.Element(f"{_W}headerReference", named))
    trees[name] = etree.Element(f"{_W}hdr", nsmap={"w": NAMESPACE})
    trees[name].append(etree.fromstring(_LINE))
    etree.SubElement(
        relations, f"{{{_PACKAGE}}}Relationship", Id="rIdDraft", Type=f"{_RELATIONS}/header", Target=f"/{name}"
    )
    types = parts.text(package.read(CONTENT_TYPES))
    override = f'<Override PartName="/{name}" ContentType="{_HEADER}"/>'
    return {
        parts.list_of(main): _written(relations),
        CONTENT_TYPES: parts.insert(types, "Types", override).encode(),
    }


def _free(package: Package, main: str) -> str:
    """Return a name for a header that no part has."""
    folder = main.rpartition("/")[0]
    names = (f"{folder}/header{n}.xml".lstrip("/") for n in count(1))
    return next(name for name in names if name not in package.members)


_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _relations(package: Package, main: str) -> tuple[etree._Element, dict[str, str]]:
    """Return the list of a document's relationships, and the members that they lead to by their ids."""
    name = parts.list_of(main)
    if name not in package.members:
        return etree.Element(f"{{{_PACKAGE}}}Relationships", nsmap={None: _PACKAGE}), {}  # type: ignore[dict-item]
    root = parts.parse(name, package.read(name))
    led: dict[str, str] = {}
    for one in root.iter("{*}Relationship"):
        alone = etree.Element(root.tag)
        alone.append(deepcopy(one))
        led |= {one.get("Id", ""): target for _, target in parts.related(alone, main)}
    return root, led

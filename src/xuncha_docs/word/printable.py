"""A paper as LibreOffice has to be given it, so that it prints all of it.

LibreOffice reads `w:overflowPunct` the wrong way round: told that no mark may hang beyond its line it lets marks hang,
and told that they may it does not; where nothing is said it lets them. A mark that hangs it does not print at all where
the line is stretched. So what it is given never lets a mark hang; the paper itself stays as it is.
"""

from __future__ import annotations

from lxml import etree

from xuncha_docs.word import parts
from xuncha_docs.word.package import Package
from xuncha_docs.word.styles import NAMESPACE

_W = f"{{{NAMESPACE}}}"
_NAME = f"{_W}overflowPunct"
_OFF = ("0", "false", "off")


def printable(content: bytes) -> bytes:
    """Return a .docx that says the same, in which LibreOffice lets no mark hang.

    Raises:
        PackageError: if it is no .docx.
    """
    package = Package.open(content)
    main = parts.main(package)
    targets = [(kind, target) for kind, target in parts.relations(package, main) if target in package.members]
    changed: dict[str, bytes] = {}
    for kind, member in [("document", main), *targets]:
        if kind in ("styles", "document", "header", "footer", "footnotes", "endnotes", "numbering"):
            root = parts.parse(member, package.read(member))
            if _told(root) | (kind == "styles" and _told_by_default(root)):
                changed[member] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return package.changed(changed) if changed else content


def _told(root: etree._Element) -> bool:
    """Turn round what a part says itself; return whether it said so."""
    found = [one for one in root.iter(_NAME) if one.get(f"{_W}val", "1") in _OFF]
    for one in found:
        one.set(f"{_W}val", "1")
    return bool(found)


def _told_by_default(styles: etree._Element) -> bool:
    """Say it where nobody says otherwise; return whether that was not said."""
    properties = styles
    for n, name in ((0, "docDefaults"), (1, "pPrDefault"), (0, "pPr")):
        inner = properties.find(_W + name)
        if inner is None:
            inner = etree.Element(_W + name)
            properties.insert(n, inner)
        properties = inner
    if properties.find(_NAME) is not None:
        return False
    etree.SubElement(properties, _NAME).set(f"{_W}val", "1")
    return True

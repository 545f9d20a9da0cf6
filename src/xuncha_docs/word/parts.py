"""The parts of a .docx as XML: parsed safely, found by their relationships, and what is added to the lists of them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from xuncha_docs.word.package import Package, PackageError
from xuncha_docs.word.styles import NAMESPACE


def parse(member: str, xml: bytes, *, keep_blanks: bool = True) -> etree._Element:
    """Parse a part without entities and without the network.

    Args:
        member: its name, for messages.
        xml: its content, in any encoding it declares.
        keep_blanks: keep white space between elements.

    Raises:
        PackageError: if it is not well formed.
    """
    parser = etree.XMLParser(remove_blank_text=not keep_blanks, resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PackageError(f"{member}: no well-formed XML ({' '.join(str(error).split())})") from error


def main(package: Package) -> str:
    """Return the name of the document's part, wherever it lies.

    Raises:
        PackageError: if there is none.
    """
    target = next((target for kind, target in relations(package) if kind == "officedocument"), None)
    if target is None:
        raise PackageError("_rels/.rels: names no document")
    if target not in package.members:
        raise PackageError(f"{target}: missing from the .docx")
    return target


def relations(package: Package, member: str = "") -> Iterator[tuple[str, str]]:
    """Yield the kind and the target of a part's relationships, each once; without a member, those of the package.

    Kinds are the last word of the relationship's type, in small letters: programs write them in any case.
    """
    listed = list_of(member)
    if listed in package.members:
        yield from related(parse(listed, package.read(listed)), member)


def list_of(member: str) -> str:
    """Return the name of the part that lists a part's relationships."""
    folder, _, file = member.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def related(listed: etree._Element, member: str) -> Iterator[tuple[str, str]]:
    """Yield the relationships of a part as `relations` does, from the list of them."""
    folder = member.rpartition("/")[0]
    seen = set()
    for relation in listed.iter("{*}Relationship"):
        if relation.get("TargetMode", "").lower() == "external":
            continue
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        kind = relation.get("Type", "").rpartition("/")[2].lower()
        if (kind, path) not in seen:
            seen.add((kind, path))
            yield kind, path


def text(xml: bytes) -> str:
    """Return a part as text, whatever its encoding."""
    try:
        return xml.decode("utf-8-sig")
    except UnicodeDecodeError:
        return etree.tostring(etree.fromstring(xml), encoding="unicode")


def insert(xml: str, root: str, child: str) -> str:
    """Put elements last into the root of a list of parts, whatever prefix the root has."""
    if f"<{root}" not in xml and f":{root}" not in xml:
        raise PackageError(f"no <{root}> where one should be")
    at = xml.rfind("</")
    if at < 0:
        raise PackageError(f"<{root}> is empty")
    prefix = xml[at + 2 :].partition(root)[0]
    return xml[:at] + (child.replace("<", f"<{prefix}") if prefix else child) + xml[at:]


def with_prefix_w(root: etree._Element) -> etree._Element:
    """Call Word's namespace `w`, whatever the program that saved the part calls it: docxtpl knows no other name."""
    if root.prefix == "w" or etree.QName(root).namespace != NAMESPACE:
        return root
    names = {p: space for p, space in root.nsmap.items() if p and p != "w" and space != NAMESPACE}
    names["w"] = NAMESPACE
    renamed = etree.Element(root.tag, nsmap=names)
    for key, value in root.attrib.items():
        renamed.set(key, value)
    renamed.text = root.text
    renamed.extend(list(root))
    return renamed

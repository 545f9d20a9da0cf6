"""What a paper came from, written into it as custom properties and read back from any of our papers."""

from __future__ import annotations

import hashlib
from dataclasses import MISSING, dataclass, fields
from xml.sax.saxutils import escape

from lxml import etree

from xuncha_docs.version import __version__
from xuncha_docs.word import parts
from xuncha_docs.word.package import CONTENT_TYPES, Package, PackageError

PART = "docProps/custom.xml"
_NS = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_ROOT_RELATIONS = "_rels/.rels"
_PREFIX = "xuncha_docs."
DRAFT = "draft"
"""The property that only drafts have."""
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a paper came from.

    Args:
        kind: the kind of its document.
        version: of this library.
        template: the digest of the template's members, SHA-256.
        document: the digest of the document, SHA-256.
        variant: the form of the kind in which it is printed; empty for the standard one.
        draft: whether it is a draft, which is never released.
    """

    kind: str
    version: str
    template: str
    document: str
    variant: str = ""
    draft: bool = False

    @classmethod
    def read(cls, package: Package) -> Provenance | None:
        """Read it from a .docx, also after another program has saved it; None if it is no paper of ours."""
        if PART not in package.members:
            return None
        try:
            root = parts.parse(PART, package.read(PART))
        except PackageError:
            return None
        said = {p.get("name", ""): "".join(map(str, p.itertext())) for p in root.iterfind(f"{{{_NS}}}property")}
        texts = [field for field in fields(cls) if field.name != DRAFT]
        values = {field.name: said.get(_PREFIX + field.name, field.default) for field in texts}
        if MISSING in values.values():
            return None
        return cls(**{name: str(value) for name, value in values.items()}, draft=_PREFIX + DRAFT in said)


def digest_of(package: Package) -> str:
    """Return the digest of a package's inflated members, whatever compressed them."""
    whole = hashlib.sha256()
    for name in sorted(package.members):
        member = package.members[name]
        whole.update(f"{name}\0{member.size}\0{member.crc:08x}\0".encode())
        whole.update(member.content())
    return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class Stamp:
    """The custom properties of a template's papers, ready but for the document's digest."""

    before: str
    after: str

    def write(self, document: str) -> bytes:
        """Write the part for a document's digest."""
        return f"{self.before}{document}{self.after}".encode()


def stamp(package: Package, kind: str, template: str, variant: str = "") -> tuple[Stamp, dict[str, bytes]]:
    """Prepare the part, and the members of the package that must know of it."""
    kept = _others(package)
    known = {"kind": kind, **({"variant": variant} if variant else {}), "version": __version__, "template": template}
    listed = [*kept, *(_property(name, value) for name, value in known.items())]
    numbered = "".join(text.replace('pid=""', f'pid="{n}"') for n, text in enumerate(listed, 2))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    opened = f'{head}<Properties xmlns="{_NS}" xmlns:vt="{_VT}">{numbered}'
    last = _property("document", "@").replace('pid=""', f'pid="{len(listed) + 2}"')
    before, after = last.split("@")
    return Stamp(opened + before, f"{after}</Properties>"), _announced(package)


def marked(package: Package) -> dict[str, bytes]:
    """Return the members of a paper that say where it comes from, saying also that it is a draft."""
    announced = _announced(package)
    if PART in package.members:
        root = parts.parse(PART, package.read(PART))
    else:
        root = etree.fromstring(f'<Properties xmlns="{_NS}" xmlns:vt="{_VT}"/>')
    number = max([1, *(int(one.get("pid", "")) for one in root if one.get("pid", "").isdecimal())]) + 1
    root.append(
        etree.fromstring(_property(DRAFT, "true").replace("<property ", _OPENED).replace('pid=""', f'pid="{number}"'))
    )
    etree.cleanup_namespaces(root)
    return announced | {PART: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)}


_OPENED = f'<property xmlns="{_NS}" xmlns:vt="{_VT}" '


def _property(name: str, value: str) -> str:
    return (
        f'<property fmtid="{_FORMAT}" pid="" name="{_PREFIX}{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
    )


def _others(package: Package) -> list[str]:
    """Return the custom properties that the template has of its own."""
    if PART not in package.members:
        return []
    root = parts.parse(PART, package.read(PART))
    kept = []
    for element in root.iterfind(f"{{{_NS}}}property"):
        if not element.get("name", "").startswith(_PREFIX):
            element.set("pid", "")
            kept.append(etree.tostring(element, encoding="unicode"))
    return kept


def _announced(package: Package) -> dict[str, bytes]:
    """Return the content types and the relationships of the package, with the part announced in both."""
    types = parts.text(package.read(CONTENT_TYPES))
    relations = parts.text(package.read(_ROOT_RELATIONS))
    changed = {}
    if f"/{PART}" not in types:
        changed[CONTENT_TYPES] = parts.insert(types, "Types", f'<Override PartName="/{PART}" ContentType="{_TYPE}"/>')
    if PART not in relations:
        relation = f'<Relationship Id="rIdProvenance" Type="{RELATION}" Target="{PART}"/>'
        changed[_ROOT_RELATIONS] = parts.insert(relations, "Relationships", relation)
    return {name: text.encode() for name, text in changed.items()}

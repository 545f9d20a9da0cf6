"""A template, compiled once and filled many times.

    Template.open("announcement.docx", model=Announcement).render(notice)
    Template.open("any.docx").render({"name": "…"})

Body, headers, footers, footnotes, endnotes, comments and properties are filled; every other member of the .docx keeps
its compressed bytes. A template never changes and may be shared by threads; pickled, it is opened again.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

from lxml import etree

from xuncha_docs import gb9704
from xuncha_docs.blank import MARK, Blank
from xuncha_docs.document import STANDARD, Document
from xuncha_docs.drafts import is_draft, missing
from xuncha_docs.errors import DraftError, TemplateError, TemplateNotFound
from xuncha_docs.manifest import digest
from xuncha_docs.model import Model
from xuncha_docs.word import dialect, finishing, parts, provenance, styles
from xuncha_docs.word.drafted import as_draft
from xuncha_docs.word.engine import BUDGET, CompiledPart, compile_part
from xuncha_docs.word.grammar import ROOT
from xuncha_docs.word.package import CONTENT_TYPES, Package, PackageError
from xuncha_docs.word.paper import Paper
from xuncha_docs.word.pictures import SEAL_X, Pictures
from xuncha_docs.word.printing import PEN, Pen
from xuncha_docs.word.sheet import Sheet

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TEMPLATED = ("header", "footer", "footnotes", "endnotes", "comments")
RAW = ("footnotes", "endnotes", "comments")
"""Parts that docxtpl reads as they are written; the others it parses first and drops white space between elements."""

CORE_TAGS = ("creator", "description", "identifier", "language", "subject", "title")
"""The properties that docxtpl fills."""

_DATED = "@dated@"


@dataclass(frozen=True)
class _Part:
    """A part that is filled, and what must be done to it afterwards."""

    compiled: CompiledPart
    signatures: bool = False
    tables: bool = False
    drawings: bool = False
    empties: bool = False
    dated: bool = False
    measure: finishing.Measure = finishing.A4


class Template:
    """A .docx template; see the module. Made by `Template.open`."""

    def __init__(self, content: bytes, name: str, model: type[Document] | None, variant: str = STANDARD) -> None:
        self.name = name
        self.model = model
        self.variant = variant
        self._content = content
        try:
            self._package = Package.open(content)
            self._parts = _compiled(self._package, name, model)
            self.digest = provenance.digest_of(self._package)
            self._stamp: provenance.Stamp | None = None
            if model:
                self._stamp, announced = provenance.stamp(self._package, model.kind, self.digest, variant)
                self._package = self._package.with_parts({**announced, **_impersonal(self._package)})
        except TemplateError:
            raise
        except (ValueError, etree.XMLSyntaxError, KeyError, RecursionError, MemoryError) as error:
            raise TemplateError(f"{name}: can't be opened: {error}") from error
        self._used = frozenset(name for part in self._parts.values() for name in part.compiled.used)

    @classmethod
    def open(cls, source: str | PathLike[str] | bytes, model: type[Document] | None = None) -> Template:
        """Read and compile a template.

        Args:
            source: the .docx, its path or its bytes.
            model: the kind whose fields its tags name, in either language; None takes any mapping.

        Raises:
            TemplateNotFound: if there is no such file.
            TemplateError: if it can't be opened safely, or its tags are wrong: all of them at once, with their places.
        """
        if isinstance(source, bytes):
            return cls(source, f"{model.kind}.docx" if model else "template", model)
        path = Path(source)
        try:
            return cls(path.read_bytes(), str(path), model)
        except FileNotFoundError:
            raise TemplateNotFound(f"{path}: no such template") from None
        except OSError as error:
            raise TemplateError(f"{path}: can't be read: {error}") from error

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as what it was made of: compiled code does not travel."""
        return Template, (self._content, self.name, self.model, self.variant)

    def __repr__(self) -> str:
        return f"Template({self.name!r}, digest={self.digest[:12]})"

    def render(self, values: Document | Mapping[str, Any], *, draft: bool = False) -> Paper:
        """Fill the template.

        Args:
            values: a document, if the template was opened with its kind; else any mapping.
            draft: make a draft, which says so on every page, and in which facts may be missing.

        Raises:
            DraftError: if a fact is missing, and no draft was asked for.
            TemplateError: naming the tag and its place, if a value is missing or can't stand there.
            TypeError: if the values are not of the model the template was opened with.
        """
        if not draft and is_draft(values):
            raise _unreleased(values)
        said, document = self._said(values)
        pictures: dict[str, Pictures] = {}
        changed: dict[str, bytes] = {}
        dated = getattr(document, "dated", None)
        dated = None if isinstance(dated, Blank) else dated
        for name, part in self._parts.items():
            pictures[name] = Pictures(max(1.0, part.measure.scale))
            said[PEN] = Pen(BUDGET, pictures[name])
            changed[name] = self._filled(part, said, dated)
        if document is not None and not draft and any(_BLANK in changed[name] for name in self._parts):
            raise _unreleased(document)
        if document is not None and self._stamp:
            dumped = document.model_dump_json(warnings=not draft)
            changed[provenance.PART] = self._stamp.write(digest(dumped.encode()))
        self._add_pictures(changed, pictures)
        content = self._package.changed(changed)
        kind = self.model.kind if self.model else ""
        return Paper(as_draft(content) if draft else content, kind, self.variant, draft)

    def _said(self, values: Document | Mapping[str, Any]) -> tuple[dict[str, Any], Document | None]:
        if self.model is None:
            if not isinstance(values, Mapping):
                raise TypeError(f"{self.name} was opened without a model: it takes a mapping")
            return dict(values), None
        if not isinstance(values, self.model):
            raise TypeError(f"{self.name} was opened for {self.model.__name__}, not for {type(values).__name__}")
        return {ROOT + name: getattr(values, name) for name in self._used}, values

    def _filled(self, part: _Part, said: dict[str, Any], dated: date | None) -> bytes:
        xml = part.compiled.run(said, self.name)
        if self.model is None and any(char in xml for char in "\t\n\a\f\r"):
            xml = dialect.break_lines(xml.replace("\r\n", "\n").replace("\r", "\n"))
        tail = part.compiled.tail
        if part.dated:
            tail = tail.replace(_DATED, f"{(dated or date(1980, 1, 1)).isoformat()}T00:00:00Z")
        xml = f"{part.compiled.head}{xml}{tail}"
        if part.empties:
            xml = finishing.never_empty(xml)
        if part.tables:
            xml = finishing.with_tables(xml)
        if part.drawings:
            xml = finishing.with_drawing_ids(xml)
            xml = finishing.with_imprints(xml) if self.model else xml
        if part.signatures:
            xml = finishing.place_signatures(xml, part.measure)
        if SEAL_X in xml:
            xml = finishing.with_seals(xml, day=6.0, right=4.0, measure=part.measure)
        return self._encoded(xml, said, part)

    def _encoded(self, xml: str, said: dict[str, Any], part: _Part) -> bytes:
        try:
            content = xml.encode()
        except UnicodeEncodeError:
            content = b"\x00"  # half a character: refused with the control characters
        if len(content.translate(None, _CONTROLS)) != len(content) or "\ufffe" in xml or "\uffff" in xml:
            said[PEN] = Pen(BUDGET, Pictures())
            raise part.compiled.watched(said, self.name)
        return content

    def _add_pictures(self, changed: dict[str, bytes], pictures: Mapping[str, Pictures]) -> None:
        for name, found in pictures.items():
            if not found:
                continue
            folder, _, file = name.rpartition("/")
            relations = f"{folder}/_rels/{file}.rels"
            known = self._package.read(relations) if relations in self._package.members else _NO_RELATIONS.encode()
            changed[relations] = parts.insert(parts.text(known), "Relationships", found.relationships).encode()
            types = parts.text(changed.get(CONTENT_TYPES) or self._package.read(CONTENT_TYPES))
            for ending, kind in found.content_types:
                if f'Extension="{ending}"' not in types:
                    types = re.sub(
                        r"(<(?:\w+:)?Types[^>]*>)", rf'\1<Default Extension="{ending}" ContentType="{kind}"/>', types
                    )
            changed[CONTENT_TYPES] = types.encode()
            changed |= found.parts


_BLANK = MARK.encode()


def _unreleased(document: Any) -> DraftError:
    """Say that a document can't be released, and what is missing in it."""
    left = missing(document) if isinstance(document, Model) else ()
    label = getattr(document, "label", "") or "这份文书"
    names = f"还有 {len(left)} 项没有填：{'、'.join(left)}" if left else f"文中还有“{MARK}…】”"
    told = f"{label}{names}，不能作为正式文书做出来。填齐了再做；要先看看样子，就做成草稿。"
    english = f"a draft can't be released, missing: {', '.join(left) or MARK}"
    return DraftError(f"{english}; render(document, draft=True) makes a draft", told, left)


_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
_NO_RELATIONS = f'{_DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'


# --- opening -------------------------------------------------------------------------------------------------------


def _compiled(package: Package, name: str, model: type[Document] | None) -> dict[str, _Part]:
    """Compile every part that has tags; every fault of every part is told at once."""
    compiled: dict[str, _Part] = {}
    faults: list[str] = []
    for role, member in roles(package):
        part, wrong = _compile(role, member, package.read(member), model)
        faults += wrong
        if part:
            compiled[member] = replace(part, measure=_measure(package)) if part.signatures else part
    if faults:
        raise TemplateError("\n".join(f"{name}: {fault}" for fault in faults))
    return compiled


def _measure(package: Package) -> finishing.Measure:
    """Return how large a template prints its date, and how wide its text is where that is another size than 三号."""
    main = parts.main(package)
    sheets = (t for kind, t in parts.relations(package, main) if kind == "styles" and t in package.members)
    sheet = Sheet(next((package.read(name) for name in sheets), None))
    size = sheet.attributes(styles.DATE, "rPr/sz").get("val", "")
    section = parts.parse(main, package.read(main)).find(f"{_W}body/{_W}sectPr")
    if not re.fullmatch("[0-9]{1,4}", size) or int(size) in (0, gb9704.BODY_SIZE) or section is None:
        return finishing.A4
    text = _length(section, "pgSz", "w") - _length(section, "pgMar", "left") - _length(section, "pgMar", "right")
    return finishing.Measure(int(size) / gb9704.BODY_SIZE, max(0, text) * 1000 / gb9704.Tw.mm(1000))


def _length(section: etree._Element, element: str, side: str) -> int:
    found = section.find(f"{_W}{element}")
    said = found.get(f"{_W}{side}", "") if found is not None else ""
    return int(said) if re.fullmatch("[0-9]{1,6}", said) else 0


def roles(package: Package) -> Iterator[tuple[str, str]]:
    """Yield the role and the name of each part that may hold tags.

    Raises:
        PackageError: if the package names no document.
    """
    main = parts.main(package)
    yield "document", main
    yield from filled(parts.relations(package, main), parts.relations(package), package.members)


def filled(
    document: Iterable[tuple[str, str]], package: Iterable[tuple[str, str]], members: Container[str]
) -> Iterator[tuple[str, str]]:
    """Yield the role and the name of each part but the document that may hold tags.

    Args:
        document: the relationships of the document.
        package: those of the package.
        members: what there is.
    """
    for kind, target in document:
        if kind in _TEMPLATED and target in members:
            yield kind, target
    for kind, target in package:
        if kind == "core-properties" and target in members:
            yield "core", target


def _compile(
    role: str, member: str, content: bytes, model: type[Document] | None
) -> tuple[_Part | None, tuple[str, ...]]:
    if role == "core":
        return _compile_core(member, content, model)
    if role != "document" and b"{" not in content.replace(b"\x00", b""):
        return None, ()
    root = parts.parse(member, content, keep_blanks=role in RAW)
    root = parts.with_prefix_w(root)
    if role == "document" and root.find(f"{_W}body") is None:
        raise PackageError(f"{member}: no document in it")
    xml = etree.tostring(root, encoding="unicode")
    head, text, tail = finishing.cut(xml) if role == "document" else ("", xml, "")
    if not dialect.has_tags(text):
        return None, ()
    compiled, faults = compile_part(member, text, model)
    if compiled is None:
        return None, faults
    framed = CompiledPart(compiled.source, compiled.code, compiled.used, _DECLARATION + head, tail)
    body = role == "document"
    return (
        _Part(
            framed,
            signatures=model is not None
            and any(f'w:val="{role}"' in text for role in (styles.DATE, styles.SEALED_DATE)),
            tables=body and _tables_change(root),
            drawings=body and "<wp:docPr" in text,
            empties=_may_be_empty(root),
        ),
        (),
    )


_W = f"{{{styles.NAMESPACE}}}"


def _tables_change(root: etree._Element) -> bool:
    """Tell whether filling could leave a table whose grid does not fit its cells: then the slow way sets it right."""
    return any(_table_changes(table) for table in root.iter(f"{_W}tbl"))


_HOLDERS = tuple(f"{_W}{name}" for name in ("tc", "txbxContent", "hdr", "ftr"))


def _may_be_empty(root: etree._Element) -> bool:
    """Tell whether conditions could leave a cell, a text box, a header or a footer without a paragraph."""
    for holder in root.iter(*_HOLDERS):
        letters = "p|tr" if next(holder.iter(f"{_W}tbl"), None) is not None else "p"
        if re.search(rf"\{{[%{{](?:{letters}) ", _shown(holder)):
            return True
    return False


def _table_changes(table: etree._Element) -> bool:
    text = _shown(table)
    if "{" not in text:
        return False
    if re.search(r"\{[%{]\s*(?:tc|hm|vm|colspan)\b|\{#t[rc]", text):
        return True
    grid = len(table.findall(f"{_W}tblGrid/{_W}gridCol"))
    rows = [_cells(row) for row in table.iter(f"{_W}tr")]
    # A row that always stays keeps the grid as wide as it is.
    stays = any("{%" not in _shown(row) for row in table.iter(f"{_W}tr"))
    return not stays or any(cells != grid for cells in rows)


def _shown(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _cells(row: etree._Element) -> int:
    spans = (cell.find(f"{_W}tcPr/{_W}gridSpan") for cell in row.iterfind(f"{_W}tc"))
    return sum(
        int(span.get(f"{_W}val", "1"))
        if span is not None and re.fullmatch("[0-9]{1,4}", span.get(f"{_W}val", ""))
        else 1
        for span in spans
    )


def _compile_core(member: str, content: bytes, model: type[Document] | None) -> tuple[_Part | None, tuple[str, ...]]:
    """Compile the properties: docxtpl's six with tags; a document's paper names no author and has its own date."""
    root = parts.parse(member, content)
    tagged = any(dialect.has_tags(child.text or "") for child in root)
    if model is None and not tagged:
        return None, ()
    if model is None:
        _with_six(root)
    else:
        _without_people(root)
    xml = etree.tostring(root, encoding="unicode")
    dates = xml.rindex("<", 0, xml.index(_DATED)) if model else len(xml)
    text, tail = xml[:dates], xml[dates:]
    compiled, faults = compile_part(member, text, model)
    if compiled is None:
        return None, faults
    framed = CompiledPart(compiled.source, compiled.code, compiled.used, _DECLARATION, tail)
    return _Part(framed, dated=model is not None), ()


_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_PEOPLE = ("creator", "lastModifiedBy", "revision", "created", "modified", "lastPrinted", "contentStatus", "version")


def _with_six(root: etree._Element) -> None:
    """Add the properties that docxtpl writes whether the template has them or not."""
    for name in CORE_TAGS:
        if root.find(f"{{{_DC}}}{name}") is None:
            etree.SubElement(root, f"{{{_DC}}}{name}").text = ""


_OFFICE = ("Company", "Manager", "HyperlinkBase", "Template", "TotalTime")
"""What Word notes of the machine that a template was made on."""


def _impersonal(package: Package) -> dict[str, bytes]:
    """Return the extended properties without the office and the machine: no paper carries them."""
    found = {}
    for kind, target in parts.relations(package):
        if kind == "extended-properties" and target in package.members:
            root = parts.parse(target, package.read(target))
            left = [child for child in root if str(child.tag).rpartition("}")[2] in _OFFICE]
            for child in left:
                root.remove(child)
            if left:
                found[target] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return found


def _without_people(root: etree._Element) -> None:
    """Take out who made the template and when, and leave room for the document's date."""
    for child in list(root):
        if str(child.tag).rpartition("}")[2] in _PEOPLE:
            root.remove(child)
    for name in ("created", "modified"):
        moment = etree.SubElement(root, f"{{{_TERMS}}}{name}", nsmap={"dcterms": _TERMS})
        moment.set("{http://www.w3.org/2001/XMLSchema-instance}type", "dcterms:W3CDTF")
        moment.text = _DATED

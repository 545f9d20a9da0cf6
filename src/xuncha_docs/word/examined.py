"""A template taken apart for checking: its parts, their tags, what is wrong with each tag, without compiling anything.

Every part is read on its own, and every tag as far as it can be, so that one fault hides no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from xuncha_docs.document import Document
from xuncha_docs.findings import Place
from xuncha_docs.model import Model
from xuncha_docs.word import parts, syntax
from xuncha_docs.word.dialect import MOST_TAGS
from xuncha_docs.word.engine import ENVIRONMENT
from xuncha_docs.word.grammar import Fault, Grammar
from xuncha_docs.word.known import Known
from xuncha_docs.word.package import MemberFault, Package, PackageError
from xuncha_docs.word.sheet import Sheet
from xuncha_docs.word.tagged import Piece, Tag, TaggedParagraph, TaggedPart, paragraphs
from xuncha_docs.word.template import CORE_TAGS, RAW, roles, with_prefix_w

CELL_WORDS = ("colspan", "cellbg", "vm", "hm")
"""docxtpl's own statements, which work within a cell only."""

LETTERED = re.compile(r"(?:tr|tc|p|r)(?:if|elif|else|endif|for|endfor|set|endset|with|endwith)\b")
"""A letter that has grown together with its statement, `{%pif …`."""


@dataclass(frozen=True, eq=False)
class ExaminedPart:
    """One part that is filled, with all that its tags show."""

    tagged: TaggedPart
    syntax: syntax.Reading
    grammar: Grammar

    @property
    def name(self) -> str:
        """The member's name."""
        return self.tagged.name

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Its tags in their order."""
        return self.tagged.tags

    def tag(self, line: int) -> Tag:
        """Return the tag on a line of the tree."""
        return self.tags[min(max(line, 1), len(self.tags)) - 1]

    def faults(self, *sorts: str) -> Iterator[tuple[Tag, Fault]]:
        """Yield the faults of some sorts, each tag with what is wrong, and each fault of a tag once."""
        told = set()
        for fault in self.grammar.faults:
            if fault.sort in sorts and (fault.line, fault.sort, fault.message) not in told:
                told.add((fault.line, fault.sort, fault.message))
                yield self.tag(fault.line), fault

    @property
    def printed(self) -> Iterator[tuple[Tag, Known]]:
        """Yield the tags that print, with what is known of the value."""
        for line, known in self.grammar.printed:
            yield self.tag(line), known


@dataclass(frozen=True, eq=False)
class Examined:
    """A template taken apart.

    Args:
        name: its file.
        content: its bytes.
        model: whose fields its tags name; None if it takes any mapping.
        package: its members; None if it can't be opened at all.
        why: why it can't be opened, in English.
        faults: what is wrong with its members.
    """

    name: str
    content: bytes
    model: type[Document] | None
    package: Package | None = None
    why: str = ""
    faults: tuple[MemberFault, ...] = ()

    @classmethod
    def of(cls, content: bytes, name: str, model: type[Document] | None = None) -> Examined:
        """Take a template apart; what is wrong with it is never raised."""
        try:
            package, faults = Package.look(content)
        except PackageError as error:
            return cls(name, content, model, why=str(error))
        return cls(name, content, model, package, faults=faults)

    @cached_property
    def _read(self) -> tuple[dict[str, etree._Element], tuple[MemberFault, ...]]:
        """Parse every member that holds XML, once; return the roots, and what is no XML."""
        roots: dict[str, etree._Element] = {}
        broken: list[MemberFault] = []
        refused = {fault.member for fault in self.faults}
        for name in self.package.members if self.package else ():
            if name in refused or not name.lower().endswith((".xml", ".rels")):
                continue
            try:
                roots[name] = with_prefix_w(parts.parse(name, self.package.read(name)))  # type: ignore[union-attr]
            except PackageError as error:
                broken.append(MemberFault(name, "damaged", str(error)))
        return roots, tuple(broken)

    @property
    def roots(self) -> dict[str, etree._Element]:
        """The roots of all members that are XML, by name."""
        return self._read[0]

    @property
    def broken(self) -> tuple[MemberFault, ...]:
        """Everything that is wrong with members, those that are no XML among them."""
        return (*self.faults, *self._read[1])

    @cached_property
    def main(self) -> str:
        """The name of the document's part; empty if the package names none."""
        try:
            return parts.main(self.package) if self.package else ""
        except PackageError:
            return ""

    @cached_property
    def roles(self) -> dict[str, str]:
        """The role of each part that is filled, by its name."""
        try:
            return {member: role for role, member in roles(self.package)} if self.package else {}
        except PackageError:
            return {}

    @cached_property
    def parts(self) -> tuple[ExaminedPart, ...]:
        """The parts that are filled, each read on its own."""
        found = ((name, role) for name, role in self.roles.items() if name in self.roots)
        return tuple(_examined(name, role, self.roots[name], self.model) for name, role in found)

    @cached_property
    def sheet(self) -> Sheet:
        """The styles as they take effect."""
        return Sheet(self.roots.get(self.styles_part))

    @cached_property
    def styles_part(self) -> str:
        """The name of the part that holds the styles."""
        return next((name for name in self.roots if name.endswith("/styles.xml")), "word/styles.xml")

    @cached_property
    def other_tags(self) -> tuple[Tag, ...]:
        """Tags in parts that nobody fills: charts, diagrams, custom XML."""
        found: list[Tag] = []
        for name, root in self.roots.items():
            if name in self.roles or name.endswith(".rels") or not self.package:
                continue
            if not re.search(rb"\{[{%]", self.package.read(name)):
                continue
            texts = " ".join(str(text) for text in root.itertext() if "{" in str(text))
            if re.search(r"\{[{%].*?[}%]\}", texts):
                part = TaggedPart.of(name, "", root, [TaggedParagraph(Place(part=name), texts)])
                found += (tag for tag in part.tags if tag.closed and tag.opener != "{#")
        return tuple(found)

    @property
    def tags(self) -> Iterator[tuple[ExaminedPart, Tag]]:
        """Yield all tags of all parts that are filled."""
        for part in self.parts:
            for tag in part.tags:
                yield part, tag

    @property
    def used(self) -> frozenset[str]:
        """The names of the document that its tags use, in English where there is a model."""
        return frozenset(name for part in self.parts for name in part.grammar.used)

    @property
    def reads(self) -> frozenset[tuple[type[Model], str]]:
        """Every field and written form that it reads, with its model."""
        return frozenset(read for part in self.parts for read in part.grammar.reads)


def _examined(name: str, role: str, root: etree._Element, model: type[Document] | None) -> ExaminedPart:
    tagged = TaggedPart.of(name, role, root, _paragraphs(name, role, root))
    reading = syntax.read([_line(tag) for tag in tagged.tags[:MOST_TAGS]], ENVIRONMENT)
    checked = Grammar(model)
    if reading.tree is not None:
        checked.check(reading.tree)
    return ExaminedPart(tagged, reading, checked)


_DC = "{http://purl.org/dc/elements/1.1/}"
_PROPERTIES = {
    "title": "标题",
    "subject": "主题",
    "creator": "作者",
    "description": "备注",
    "identifier": "标识符",
    "language": "语言",
}


def _paragraphs(name: str, role: str, root: etree._Element) -> Iterator[TaggedParagraph]:
    if role != "core":
        attributes = b"" if role in RAW else etree.tostring(root)
        yield from paragraphs(name, root, attributes=re.search(rb'="[^"<>]*\{[{%]', attributes) is not None)
        return
    for child in CORE_TAGS:
        element = root.find(f"{_DC}{child}")
        if element is not None and element.text:
            where = Place(part=name, field=_PROPERTIES[child])
            yield TaggedParagraph(where, element.text, pieces=(Piece(element, 0, 0),))


def _line(tag: Tag) -> str:
    """Write a tag as Jinja reads it; empty for what is no matter of Jinja's."""
    said = " ".join(tag.said.split())
    if tag.opener == "{#" or tag.closer == "single":
        return ""
    if tag.opener == "{{":
        return f"{{{{ {said} }}}}" if said and tag.closer else ""
    if tag.word in CELL_WORDS:
        value = said.partition(" ")[2]
        return f"{{{{ {value} }}}}" if value and tag.word in ("colspan", "cellbg") else ""
    glued = LETTERED.match(said)
    if glued:
        said = re.sub(r"^(?:tr|tc|p|r)", "", said)
    if not tag.closer:
        return _opened(tag.word)
    return f"{{% {said} %}}"


def _opened(word: str) -> str:
    """Stand in for a statement that is never closed, so that its block still counts."""
    stand_ins = {"if": "if true", "for": "for x_ in []", "elif": "elif true"}
    known = word.startswith("end") or word in ("else", *stand_ins)
    return f"{{% {stand_ins.get(word, word)} %}}" if known else ""

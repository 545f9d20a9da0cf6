"""A template taken apart for checking: its parts, their tags, what is wrong with each tag, without compiling anything.

Every part is read on its own, and every tag as far as it can be, so that one fault hides no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from xuncha_docs.document import STANDARD, Document
from xuncha_docs.findings import Place
from xuncha_docs.word import parts, syntax
from xuncha_docs.word.dialect import MOST_TAGS
from xuncha_docs.word.engine import ENVIRONMENT
from xuncha_docs.word.grammar import Fault, Grammar
from xuncha_docs.word.known import Known
from xuncha_docs.word.package import MemberFault, Package, PackageError
from xuncha_docs.word.sheet import Sheet
from xuncha_docs.word.syntax import Fault as SyntaxFault
from xuncha_docs.word.tagged import Piece, Tag, TaggedParagraph, TaggedPart, W, paragraphs
from xuncha_docs.word.template import CORE_TAGS, filled

_TAG_LIKE = re.compile(rb"\{[{%][^{}]{0,500}[}%]\}")

LONGEST_TAGS = 300_000
"""How long all tags of a part may be together, in characters; those of a work plan have three thousand."""

CELL_WORDS = ("colspan", "cellbg", "vm", "hm")
"""docxtpl's own statements, which work within a cell only."""


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
        unread = {fault.tag + 1 for fault in self.syntax.faults if fault.sort == "unreadable"}
        for fault in self.grammar.faults:
            if fault.line not in unread and fault.sort in sorts and (fault.line, fault.sort, fault.message) not in told:
                told.add((fault.line, fault.sort, fault.message))
                yield self.tag(fault.line), fault

    def broken(self, *sorts: str) -> Iterator[tuple[Tag, SyntaxFault]]:
        """Yield the tags whose syntax is at fault in some ways, each with what is wrong."""
        for fault in self.syntax.faults:
            if fault.sort in sorts and self.tags:
                yield self.tags[fault.tag], fault

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
        variant: the form of the kind that it prints; empty for the standard one.
        package: its members; None if it can't be opened at all.
        why: why it can't be opened, in English.
        faults: what is wrong with its members.
        contents: the members that could be inflated.
    """

    name: str
    content: bytes
    model: type[Document] | None
    variant: str = STANDARD
    package: Package | None = None
    why: str = ""
    faults: tuple[MemberFault, ...] = ()
    contents: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    _roots: dict[str, etree._Element | None] = field(default_factory=dict, repr=False)
    _errors: dict[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, content: bytes, name: str, model: type[Document] | None = None, variant: str = STANDARD) -> Examined:
        """Take a template apart; what is wrong with it is never raised."""
        try:
            look = Package.look(content)
        except PackageError as error:
            return cls(name, content, model, variant, why=str(error))
        return cls(name, content, model, variant, look.package, faults=look.faults, contents=look.contents)

    @cached_property
    def markup(self) -> tuple[str, ...]:
        """The names of the members that hold XML and may be read."""
        refused = {fault.member for fault in self.faults}
        return tuple(name for name in self.contents if name.lower().endswith((".xml", ".rels")) and name not in refused)

    def root(self, name: str) -> etree._Element | None:
        """Return the root of a member; None if there is none, or if it is no XML."""
        if name not in self._roots:
            try:
                readable = name in self.contents and all(fault.member != name for fault in self.faults)
                found = parts.with_prefix_w(parts.parse(name, self.contents[name])) if readable else None
            except PackageError as error:
                found = None
                self._errors[name] = str(error)
            self._roots[name] = found
        return self._roots[name]

    @cached_property
    def broken(self) -> tuple[MemberFault, ...]:
        """Everything that is wrong with members, those that are no XML among them."""
        read = {*self.roles, *(name for name in self.markup if name.lower().endswith(".rels"))}
        for name in self.markup:
            # What no rule reads as a tree is not made one.
            sound = _is_well_formed if name == self.styles_part else _is_whole
            if name in read or not sound(self.contents[name]):
                self.root(name)
        return (*self.faults, *(MemberFault(name, "damaged", said) for name, said in self._errors.items()))

    @cached_property
    def main(self) -> str:
        """The name of the document's part; empty if the package names none."""
        found = (target for kind, target in self._related("") if kind == "officedocument")
        main = next(found, "")
        return main if self.package and main in self.package.members else ""

    @cached_property
    def roles(self) -> dict[str, str]:
        """The role of each part that is filled, by its name."""
        if not self.main or not self.package:
            return {}
        others = filled(self._related(self.main), self._related(""), self.package.members)
        return {self.main: "document", **{member: role for role, member in others}}

    def _related(self, member: str) -> list[tuple[str, str]]:
        root = self.root(parts.list_of(member))
        return [*parts.related(root, member)] if root is not None else []

    @cached_property
    def parts(self) -> tuple[ExaminedPart, ...]:
        """The parts that are filled, each read on its own."""
        found = ((name, role, self.root(name)) for name, role in self.roles.items())
        return tuple(
            _examined(name, role, root, self.contents[name], self.model)
            for name, role, root in found
            if root is not None
        )

    @cached_property
    def sheet(self) -> Sheet:
        """The styles as they take effect."""
        return Sheet(self.contents.get(self.styles_part))

    @cached_property
    def styles_part(self) -> str:
        """The name of the part that holds the styles."""
        return next((name for name in self.markup if name.endswith("/styles.xml")), "word/styles.xml")

    @cached_property
    def other_tags(self) -> tuple[Tag, ...]:
        """Tags in parts that nobody fills: charts, diagrams, custom XML."""
        found: list[Tag] = []
        if any(fault.member.lower().endswith(".rels") for fault in self.broken):
            return ()  # which parts are filled is not known
        for name in self.markup:
            if name in self.roles or name.endswith(".rels") or not _TAG_LIKE.search(self.contents[name]):
                continue
            root = self.root(name)
            texts = " ".join(str(text) for text in root.itertext() if "{" in str(text)) if root is not None else ""
            if root is not None and _TAG_LIKE.search(texts.encode()):
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

    @cached_property
    def is_plain(self) -> bool:
        """Whether docxtpl is certain to read the tags as they were read here: each in one run of text, nothing odd."""
        return all(_is_plain(part, self.contents[part.name]) for part in self.parts)

    @cached_property
    def is_read(self) -> bool:
        """Whether every part could be read to its end, so that what is missing is really missing."""
        refused = {fault.member for fault in self.broken}
        return (
            bool(self.parts)
            and not refused & {*self.roles, self.styles_part}
            and all(p.syntax.tree for p in self.parts)
        )


_USUAL = re.compile(r"[ -~\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e\u2018-\u201d]*")
_TEXT = f"{W}t"


def _is_plain(part: ExaminedPart, content: bytes) -> bool:
    openers = len(re.findall(rb"\{[{%#]", content))
    if not openers and not part.tags:
        return True
    odd = b"<!" in content or b"&quot;" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff")
    return not odd and openers == len(part.tags) and part.name.endswith(".xml") and all(map(_is_plain_tag, part.tags))


def _is_plain_tag(tag: Tag) -> bool:
    pieces = tag.pieces
    in_text = len(pieces) == 1 and (pieces[0].element.tag == _TEXT or tag.paragraph.element is None)
    usual = tag.closed and tag.opener != "{#" and not tag.dashed and tag.word not in (*CELL_WORDS, "macro", "raw")
    return (
        in_text and usual and _USUAL.fullmatch(tag.text) is not None and not re.search(r"[\"'][^\"']*[{}%]", tag.said)
    )


def _examined(name: str, role: str, root: etree._Element, content: bytes, model: type[Document] | None) -> ExaminedPart:
    tagged = TaggedPart.of(name, role, root, _paragraphs(name, role, root, content))
    lines = [_line(tag) for tag in tagged.tags[:MOST_TAGS]]
    # What is more than anybody can have written is not read at all: too-many-tags says so.
    reading = syntax.read(lines if sum(map(len, lines)) <= LONGEST_TAGS else [], ENVIRONMENT)
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


def _paragraphs(name: str, role: str, root: etree._Element, content: bytes) -> Iterator[TaggedParagraph]:
    if role != "core":
        attributes = re.search(rb"=(?:\"[^\"<>]*|'[^'<>]*)\{[{%]", content) is not None
        yield from paragraphs(name, root, attributes=attributes)
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
        return f"{{{{ {said} }}}}" if tag.closer and (said or tag.closed) else ""
    if tag.word in CELL_WORDS:
        value = said.partition(" ")[2]
        return f"{{{{ {value} }}}}" if value and tag.word in ("colspan", "cellbg") else ""
    if not tag.closer:
        return _opened(tag.word)
    return f"{{% {said} %}}"


def _opened(word: str) -> str:
    """Stand in for a statement that is never closed, so that its block still counts."""
    stand_ins = {"if": "if true", "for": "for x_ in []", "elif": "elif true"}
    known = word.startswith("end") or word in ("else", *stand_ins)
    return f"{{% {stand_ins.get(word, word)} %}}" if known else ""


def _is_whole(content: bytes) -> bool:
    """Tell whether markup that no rule reads is whole; the archive's checksum has already shown it is unchanged."""
    name = re.search(rb"<([A-Za-z_][\w.:-]*)", content[:4000])
    return name is not None and content.rstrip().endswith((b"</" + name[1] + b">", b"/>"))


class _Nothing:
    """Builds nothing of what is parsed: reading alone takes half the time of making a tree."""

    def close(self) -> None:
        return None


def _is_well_formed(content: bytes) -> bool:
    parser = etree.XMLParser(target=_Nothing(), resolve_entities=False, no_network=True)  # type: ignore[arg-type]
    try:
        etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True

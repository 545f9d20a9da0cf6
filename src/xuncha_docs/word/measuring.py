"""Reads a .docx into a `Layout`: paragraphs, tables, shapes and pages, every property as it takes effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import takewhile
from typing import Any

from lxml import etree

from xuncha_docs.findings import Place
from xuncha_docs.word import parts
from xuncha_docs.word.drawn import shapes_of
from xuncha_docs.word.effective import Cascade, Said, Theme, is_on, lines_of, nearest, number, over, said_by
from xuncha_docs.word.layout import (
    Cell,
    Format,
    Layout,
    Leftover,
    Line,
    Numbering,
    Paragraph,
    Run,
    Section,
    Shape,
    Table,
    Where,
)
from xuncha_docs.word.numbering import Numbers
from xuncha_docs.word.package import Package, PackageError
from xuncha_docs.word.sheet import Sheet
from xuncha_docs.word.tagged import TaggedParagraph, W, paragraphs

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_BESIDE = ("footnotes", "endnotes", "chart", "diagramdata")
_LONG_WORD = 12
"""Of what is said of a frame: a number or a word that is longer is none that any program writes."""
_DELETED = (f"{W}del", f"{W}moveFrom")
_PASSED = {f"{W}pPr", f"{W}txbxContent", *_DELETED}
_PLAIN = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_REVISIONS = {"ins": "inserted", "del": "deleted", "moveFrom": "moved", "moveTo": "moved"}


def measured(content: bytes) -> Layout:
    """Read a paper.

    Raises:
        PackageError: if it is no .docx, or one that is damaged or hostile.
    """
    return _Paper(Package.open(content)).layout()


@dataclass(eq=False)
class _Paper:
    """One paper that is being read."""

    package: Package
    shapes: list[Shape] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    order: int = 0

    @cached_property
    def main(self) -> str:
        return parts.main(self.package)

    @cached_property
    def related(self) -> Mapping[str, str]:
        """The first part of each kind that the document is related to."""
        found: dict[str, str] = {}
        for kind, target in parts.relations(self.package, self.main):
            if target in self.package.members:
                found.setdefault(kind, target)
        return found

    def root(self, member: str | None) -> etree._Element | None:
        if member is None or member not in self.package.members:
            return None
        return parts.with_prefix_w(parts.parse(member, self.package.read(member)))

    @cached_property
    def cascade(self) -> Cascade:
        listed = self.related.get("styles")
        sheet = Sheet(self.package.read(listed) if listed else None)
        return Cascade(sheet, Theme.of(self.root(self.related.get("theme"))))

    @cached_property
    def numbers(self) -> Numbers:
        return Numbers.of(self.root(self.related.get("numbering")))

    @cached_property
    def settings(self) -> Said:
        root = self.root(self.related.get("settings"))
        return said_by(root)

    def layout(self) -> Layout:
        root = self.root(self.main)
        body = root.find(f"{W}body") if root is not None else None
        if root is None or body is None:
            strict = root is not None and "purl.oclc.org" in str(root.tag)
            said = "strict Open XML; save it as a plain Word document" if strict else "no text of a Word document"
            raise PackageError(f"{self.main}: {said}")
        elements: dict[etree._Element, Paragraph] = {}
        found = tuple(self._flow(self.main, root, elements))
        tables = tuple(self._tables(body, elements))
        sections = tuple(self._sections(body, elements))
        return Layout(
            paragraphs=_with_pages(found, sections, self._section_types(body)),
            tables=tables,
            sections=sections or (Section(),),
            shapes=tuple(self.shapes),
            leftovers=tuple(self.leftovers),
            properties=dict(self._properties()),
            odd_even=is_on(self.settings, "evenAndOddHeaders"),
            mirrored=is_on(self.settings, "mirrorMargins"),
            compatibility=self._compatibility(),
            normal_size=self.normal.size,
            normal=self.normal,
            part=self.main,
            beside=tuple(self._beside()),
        )

    def _beside(self) -> Iterator[str]:
        """Yield the texts of notes, charts and diagrams."""
        for kind, target in parts.relations(self.package, self.main):
            root = self.root(target) if kind in _BESIDE else None
            if root is not None:
                yield "".join(one.text or "" for one in root.iter(f"{W}t", f"{_DRAWING}t", f"{_CHART}v"))

    @cached_property
    def normal(self) -> Format:
        return self.cascade.format("", None)

    def _compatibility(self) -> int:
        root = self.root(self.related.get("settings"))
        said = root.iter(f"{W}compatSetting") if root is not None else iter(())
        return next((number(s.get(f"{W}val")) for s in said if s.get(f"{W}name") == "compatibilityMode"), 0)

    def _properties(self) -> Iterator[tuple[str, str]]:
        for kind, target in parts.relations(self.package):
            if kind in ("core-properties", "extended-properties"):
                root = self.root(target)
                for one in root if root is not None else ():
                    if one.text and one.text.strip():
                        yield str(one.tag).rpartition("}")[2], one.text.strip()

    # --- paragraphs --------------------------------------------------------------------------------------------------

    def _flow(
        self, part: str, root: etree._Element, elements: dict[etree._Element, Paragraph], kind: str = ""
    ) -> Iterator[Paragraph]:
        """Read the paragraphs of a part in their order; the copies that Word keeps for old programs are passed over."""
        section, field_, boxes = 0, _Field(), {0}
        for tagged in paragraphs(part, root):
            if tagged.element is None or any(word == "copy" for word, _ in tagged.holder):
                continue
            paragraph = self._paragraph(tagged, section, field_)
            if paragraph.box not in boxes:
                boxes.add(paragraph.box)
                self._number_box(paragraph.box)
            if kind:
                paragraph = replace(paragraph, kind=kind, where=_headed(paragraph.where, root))
            elements[tagged.element] = paragraph
            yield paragraph
            if tagged.element.find(f"{W}pPr/{W}sectPr") is not None and not tagged.holder:
                section += 1

    def _number_box(self, box: int) -> None:
        """Give the first text box that has no number yet the one that its paragraphs have."""
        waiting = (n for n, shape in enumerate(self.shapes) if shape.sort == "box" and not shape.box)
        for n in list(waiting)[:1]:
            self.shapes[n] = replace(self.shapes[n], box=box)

    def _paragraph(self, tagged: TaggedParagraph, section: int, field_: _Field) -> Paragraph:
        element = tagged.element
        assert element is not None
        own = element.find(f"{W}pPr")
        table = _table_style(element) if any(word == "cell" for word, _ in tagged.holder) else ""
        numbering = self._numbering(own, tagged.style, table)
        properties = self.cascade.paragraph(
            tagged.style, said_by(own), table=table, numbering=_number_indents(numbering)
        )
        order, self.order = self.order, self.order + 1
        reader = _Runs(self.cascade, tagged.style, table, field_)
        runs = tuple(reader.read(element))
        box = next((count for word, count in reversed(tagged.holder) if word == "box"), 0)
        frame = {key: said for key, said in properties.get("framePr", {}).items() if len(said) < _LONG_WORD}
        mark = self.cascade.format(tagged.style, own.find(f"{W}rPr") if own is not None else None, table=table)
        drawn = tuple(shapes_of(element, tagged.place, order))
        self.shapes += drawn
        self.leftovers += _leftovers(element, tagged.place, reader)
        return Paragraph(
            place=tagged.place,
            where=_where(tagged, box, frame),
            section=section,
            order=order,
            style=self.cascade.sheet.name(tagged.style),
            runs=runs,
            mark=mark,
            keeps=is_on(properties, "keepNext"),
            unbroken=is_on(properties, "keepLines"),
            new_page=is_on(properties, "pageBreakBefore") or reader.begins_page,
            page_breaks=reader.page_breaks,
            number=numbering and self._printed(numbering, own, tagged.style),
            borders={side: line for side, line in self._borders(own, tagged.style).items() if line},
            frame=frame,
            tabs=tuple(self._tabs(own, tagged.style)),
            level=_level(properties),
            pictures=len(drawn),
            box=box,
            **_measures(properties, mark, runs),
        )

    def _numbering(self, own: etree._Element | None, style: str, table: str) -> Numbering | None:
        holder = nearest((own, *(s.find(f"{W}pPr") for s in self.cascade.sheet.chain(style))), f"{W}numPr")
        level = self.numbers.level(holder, style)
        if level is None:
            return None
        return replace(level.numbering, format=self.cascade.format(style, level.look, table=table))

    def _printed(self, numbering: Numbering, own: etree._Element | None, style: str) -> Numbering:
        holder = nearest((own, *(s.find(f"{W}pPr") for s in self.cascade.sheet.chain(style))), f"{W}numPr")
        return replace(numbering, printed=self.numbers.count(holder, style))

    def _borders(self, own: etree._Element | None, style: str) -> dict[str, Line | None]:
        holders = (own, *(s.find(f"{W}pPr") for s in self.cascade.sheet.chain(style)))
        laid: dict[str, Line | None] = {}
        for holder in reversed(holders):
            for said in holder.iterfind(f"{W}pBdr") if holder is not None else ():  # LibreOffice writes two to a frame
                laid |= lines_of(said)
        return laid

    def _tabs(self, own: etree._Element | None, style: str) -> Iterator[tuple[int, str]]:
        holder = nearest((own, *(s.find(f"{W}pPr") for s in self.cascade.sheet.chain(style))), f"{W}tabs")
        for stop in holder if holder is not None else ():
            if stop.get(f"{W}val") != "clear":
                yield number(stop.get(f"{W}pos")), str(stop.get(f"{W}val", "left"))

    # --- tables ------------------------------------------------------------------------------------------------------

    def _tables(self, body: etree._Element, elements: Mapping[etree._Element, Paragraph]) -> Iterator[Table]:
        for table in body.iter(f"{W}tbl"):
            held = [elements[p] for p in table.iter(f"{W}p") if p in elements]
            if held:
                yield self._table(table, held, elements)

    def _table(
        self, table: etree._Element, held: list[Paragraph], elements: Mapping[etree._Element, Paragraph]
    ) -> Table:
        said = table.find(f"{W}tblPr")
        style = _value(said, "tblStyle")
        rules = self._table_rules(said, style)
        rows = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
        grid = tuple(number(column.get(f"{W}w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol"))
        properties = over(self.cascade.table_style(style, "tblPr"), said_by(said))
        width = properties.get("tblW", {})
        place = held[0].place
        return Table(
            place=replace(place, row=None, cell=None, paragraph=None),
            section=held[0].section,
            rows=tuple(
                tuple(_cell(cell, rules, elements, n == 0, n == len(rows) - 1) for cell in _cells(row))
                for n, row in enumerate(rows)
            ),
            heads=len(list(takewhile(_is_repeated, rows))),
            width=number(width.get("w")) if width.get("type") == "dxa" and number(width.get("w")) else sum(grid),
            indent=number(properties.get("tblInd", {}).get("w")),
            grid=grid,
            floating=properties.get("tblpPr", {}),
            box=held[0].box,
            after=held[0].order - 1,
        )

    def _table_rules(self, said: etree._Element | None, style: str) -> dict[str, Line | None]:
        laid: dict[str, Line | None] = {}
        for holder in reversed(self.cascade.sheet.chain(style)) if style else ():
            laid |= lines_of(holder.find(f"{W}tblPr/{W}tblBorders"))
        return laid | lines_of(said.find(f"{W}tblBorders") if said is not None else None)

    # --- sections ----------------------------------------------------------------------------------------------------

    def _section_elements(self, body: etree._Element) -> list[tuple[etree._Element, etree._Element | None]]:
        """Return each section with the paragraph that ends it; the last ends with the body."""
        ended = [(s, p) for p in body.iterfind(f"{W}p") for s in p.iterfind(f"{W}pPr/{W}sectPr")]
        last = body.find(f"{W}sectPr")
        return [*ended, *([(last, None)] if last is not None else [])]

    def _section_types(self, body: etree._Element) -> list[str]:
        return [_value(section, "type") or "nextPage" for section, _ in self._section_elements(body)]

    def _sections(self, body: etree._Element, elements: Mapping[etree._Element, Paragraph]) -> Iterator[Section]:
        targets = {r.get("Id", ""): r for r in self._listed()}
        known: dict[str, tuple[Paragraph, ...]] = {}
        heads: dict[str, dict[str, tuple[Paragraph, ...]]] = {"header": {}, "footer": {}}
        for n, (element, ending) in enumerate(self._section_elements(body)):
            for role, of in heads.items():
                for reference in element.iterfind(f"{W}{role}Reference"):
                    member = self._target(targets.get(reference.get(_RELATION, "")))
                    kind = str(reference.get(f"{W}type", "default"))
                    if member and member not in known:
                        known[member] = self._headed(member, kind)
                    heads[role] = of = of | ({kind: known[member]} if member else {})
            ended = elements.get(ending) if ending is not None else None
            place = ended.place if ended else Place(part=self.main)
            yield _section(element, n, place, heads["header"], heads["footer"])

    def _listed(self) -> Iterable[etree._Element]:
        root = self.root(parts.list_of(self.main))
        return root.iter("{*}Relationship") if root is not None else ()

    def _target(self, relation: etree._Element | None) -> str | None:
        if relation is None:
            return None
        listed = etree.Element("Relationships")
        listed.append(etree.fromstring(etree.tostring(relation)))
        return next((target for _, target in parts.related(listed, self.main)), None)

    def _headed(self, member: str, kind: str) -> tuple[Paragraph, ...]:
        root = self.root(member)
        return tuple(self._flow(member, root, {}, kind)) if root is not None else ()


@dataclass
class _Field:
    """The field that is being read; its instruction comes first, then what it printed last."""

    depth: int = 0
    instruction: str = ""
    result: bool = False

    def mark(self, sort: str | None) -> None:
        if sort == "begin":
            self.depth, self.instruction, self.result = self.depth + 1, "", False
        elif sort == "separate":
            self.result = True
        elif sort == "end":
            self.depth = max(0, self.depth - 1)
            self.result = False
            self.instruction = self.instruction if self.depth else ""


@dataclass
class _Runs:
    """Reads the runs of one paragraph."""

    cascade: Cascade
    style: str
    table: str
    field: _Field
    length: int = 0
    page_breaks: int = 0
    begins_page: bool = False
    ends_page: bool = False
    hidden: int = 0
    highlighted: int = 0

    def read(self, element: etree._Element, simple: str = "") -> Iterator[Run]:
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                yield from self._run(child, simple)
            elif tag == f"{W}fldSimple":
                yield from self.read(child, str(child.get(f"{W}instr", "")).strip())
            elif tag not in _PASSED and not str(tag).endswith("}Fallback") and len(child):
                yield from self.read(child, simple)

    def _run(self, run: etree._Element, simple: str) -> Iterator[Run]:
        looks = self.cascade.format(self.style, run.find(f"{W}rPr"), table=self.table)
        text = "".join(self._piece(child) for child in run)
        if looks.hidden:
            self.hidden += bool(text)
            return
        self.highlighted += looks.highlighted and bool(text.strip())
        if text and (simple or not self.field.depth or self.field.result):
            yield Run(text, looks, self.length, simple or (self.field.instruction.strip() if self.field.depth else ""))
            self.length += len(text)

    def _piece(self, child: etree._Element) -> str:
        tag = child.tag
        if tag == f"{W}t":
            self.ends_page = False
            return child.text or ""
        if tag == f"{W}br":
            return self._break(child)
        if tag == f"{W}fldChar":
            self.field.mark(child.get(f"{W}fldCharType"))
        elif tag == f"{W}instrText":
            self.field.instruction += child.text or ""
        elif tag == f"{W}sym":
            return _symbol(str(child.get(f"{W}char", "")))
        return _PLAIN.get(str(tag), "")

    def _break(self, child: etree._Element) -> str:
        sort = child.get(f"{W}type", "textWrapping")
        if sort == "page":
            self.page_breaks += 1
            self.begins_page = self.begins_page or not self.length
            self.ends_page = True
        return "" if sort in ("page", "column") else "\n"


def _symbol(code: str) -> str:
    try:
        found = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ud800" <= found <= "\udfff" else found  # half a character, which nobody can write


def _measures(properties: Said, mark: Format, runs: tuple[Run, ...]) -> dict[str, Any]:
    """Return the lengths of a paragraph by the names that they have in the model."""
    spacing, written = properties.get("spacing", {}), properties.get("ind", {})
    indents = {key: number(value) for key, value in written.items()}
    size = max((run.format.size for run in runs if run.text.strip()), default=mark.size) or mark.size
    line, rule = number(spacing.get("line"), 240), spacing.get("lineRule", "auto")
    return {
        "align": {"start": "left", "end": "right"}.get(said := _said(properties, "jc", "left"), said),
        "indents": indents,
        "first": _chars(indents, "firstLine", size) - _chars(indents, "hanging", size),
        "left": _chars(indents, "left", size),
        "right": _chars(indents, "right", size),
        "before": _white(spacing, "before"),
        "after": _white(spacing, "after"),
        "line": abs(line),
        "line_rule": "exact" if line < 0 else rule,
        "snaps": is_on(properties, "snapToGrid", otherwise=True),
        "widow_control": is_on(properties, "widowControl", otherwise=True),
        "kinsoku": is_on(properties, "kinsoku", otherwise=True),
        "overflow": is_on(properties, "overflowPunct", otherwise=True),
    }


def _said(properties: Said, name: str, otherwise: str) -> str:
    return properties.get(name, {}).get("val", otherwise)


def _chars(indents: Mapping[str, int], side: str, size: int) -> float:
    """Return an indent in characters: those that are said, else the length in characters of the paragraph's size."""
    return indents.get(f"{side}Chars", 0) / 100 or indents.get(side, 0) / max(size * 10, 1)


def _white(spacing: Mapping[str, str], side: str) -> int:
    """Return the white above or below; lines of it are hundredths of 12 points where the grid says nothing."""
    lines = number(spacing.get(f"{side}Lines"))
    return round(lines * 2.4) if lines and not number(spacing.get(side)) else number(spacing.get(side))


def _level(properties: Said) -> int | None:
    said = properties.get("outlineLvl", {}).get("val")
    return number(said) + 1 if said is not None and 0 <= number(said, 9) < 9 else None


def _where(tagged: TaggedParagraph, box: int, frame: Mapping[str, str]) -> Where:
    if any(word == "cell" for word, _ in tagged.holder):
        return Where.CELL
    return Where.BOX if box else Where.FRAME if frame else Where.BODY


def _headed(where: Where, root: etree._Element) -> Where:
    return Where.FOOTER if str(root.tag).endswith("}ftr") else Where.HEADER


def _number_indents(numbering: Numbering | None) -> Said:
    return {"ind": {side: str(value) for side, value in numbering.indents.items()}} if numbering else {}


def _table_style(paragraph: etree._Element) -> str:
    table = next(paragraph.iterancestors(f"{W}tbl"), None)
    return _value(table.find(f"{W}tblPr"), "tblStyle") if table is not None else ""


def _value(holder: etree._Element | None, name: str) -> str:
    found = holder.find(W + name) if holder is not None else None
    return str(found.get(f"{W}val", "")) if found is not None else ""


def _is_repeated(row: etree._Element) -> bool:
    """Whether a row is printed again on every page that its table goes on to."""
    return is_on(said_by(row.find(f"{W}trPr")), "tblHeader")


def _cells(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr", f"{W}tc")) is row]


def _cell(
    cell: etree._Element,
    rules: Mapping[str, Line | None],
    elements: Mapping[etree._Element, Paragraph],
    first: bool,
    last: bool,
) -> Cell:
    said = cell.find(f"{W}tcPr")
    sides = {
        "top": rules.get("top" if first else "insideH"),
        "bottom": rules.get("bottom" if last else "insideH"),
        "left": rules.get("left"),
        "right": rules.get("right"),
    } | lines_of(said.find(f"{W}tcBorders") if said is not None else None)
    width = said.find(f"{W}tcW") if said is not None else None
    held = (p for p in cell.iter(f"{W}p") if next(p.iterancestors(f"{W}tc")) is cell)
    return Cell(
        paragraphs=tuple(elements[p] for p in held if p in elements),
        width=number(width.get(f"{W}w")) if width is not None else 0,
        borders={side: line for side, line in sides.items() if line},
    )


def _section(
    element: etree._Element,
    n: int,
    place: Place,
    headers: Mapping[str, tuple[Paragraph, ...]],
    footers: Mapping[str, tuple[Paragraph, ...]],
) -> Section:
    said = said_by(element)
    size, margins, grid = said.get("pgSz", {}), said.get("pgMar", {}), said.get("docGrid", {})
    numbers = said.get("pgNumType", {})
    blank = Section()
    return Section(
        number=n,
        place=place,
        width=number(size.get("w"), blank.width),
        height=number(size.get("h"), blank.height),
        landscape=size.get("orient") == "landscape",
        **{side: number(margins.get(side), getattr(blank, side)) for side in _MARGINS},
        grid=grid.get("type", "default"),
        pitch=number(grid.get("linePitch")),
        char_space=_signed(number(grid.get("charSpace"))),
        first_page=is_on(said, "titlePg"),
        number_form=numbers.get("fmt", "decimal"),
        number_start=number(numbers["start"]) if "start" in numbers else None,
        columns=max(1, number(said.get("cols", {}).get("num"), 1)),
        headers=headers,
        footers=footers,
    )


def _signed(written: int) -> int:
    """Read a number below zero that LibreOffice writes as one of 32 bits without a sign."""
    return written - 2**32 if 2**31 <= written < 2**32 else written


_MARGINS = ("top", "bottom", "left", "right", "gutter", "header", "footer")


def _with_pages(found: tuple[Paragraph, ...], sections: tuple[Section, ...], types: list[str]) -> tuple[Paragraph, ...]:
    """Say of a paragraph that it begins a page where the break stands before it: in another, or between sections."""
    told = []
    broken = False
    at = 0
    for paragraph in found:
        new = paragraph.section != at and types[min(paragraph.section, len(types) - 1)] != "continuous"
        told.append(replace(paragraph, new_page=True) if (broken or new) and not paragraph.new_page else paragraph)
        at = paragraph.section
        if paragraph.where in (Where.BODY, Where.FRAME):
            broken = bool(paragraph.page_breaks) and (paragraph.blank or not paragraph.new_page)
    return tuple(told)


def _leftovers(element: etree._Element, place: Place, reader: _Runs) -> Iterator[Leftover]:
    """Yield what is left of the making in one paragraph, each sort once."""
    found: dict[str, None] = {}
    for child in element.iter(f"{W}commentReference", *(W + name for name in _REVISIONS)):
        found[_REVISIONS.get(etree.QName(child).localname, "comment")] = None
    if any(True for _ in element.iter(f"{W}showingPlcHdr")):
        found["control"] = None
    found |= {sort: None for sort, count in (("hidden", reader.hidden), ("highlight", reader.highlighted)) if count}
    yield from (Leftover(sort=sort, place=place) for sort in found)

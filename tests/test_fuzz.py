"""Random templates with random values say what a tiny interpreter of the same notation says, and make docxtpl's XML.

The notation: a block is a paragraph of pieces, a loop or a choice over blocks, or a table with a looped row; a piece is
text, a tag that prints, or a loop or a choice within the line.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

import docx
import pytest
from docx.document import Document as Opened
from docx.table import Table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import document_of
from tests.test_conformance import assert_same
from tests.test_engine import said_in, with_notes
from tests.test_rendering import template
from xuncha_docs import Announcement
from xuncha_docs.word.drafting import Draft
from xuncha_docs.word.package import Package, pack_parts
from xuncha_docs.word.template import Template

Values = dict[str, Any]


# --- pieces of a line ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """A piece: how it is written in a template, and what it says once filled."""

    written: str
    says: Callable[[Values], str]


CONDITIONS: dict[str, Callable[[Values], object]] = {
    "flag": lambda v: v["flag"],
    "not flag": lambda v: not v["flag"],
    "items": lambda v: v["items"],
    "n > 2 and flag": lambda v: v["n"] > 2 and v["flag"],
    "a == b or n in [0, 1]": lambda v: v["a"] == v["b"] or v["n"] in (0, 1),
    "missing is defined": lambda v: False,
}


def plain(text: str) -> Piece:
    return Piece(text, lambda v: text)


def in_line_if(condition: str, yes: str, no: str) -> Piece:
    tag = f"{{% if {condition} %}}{yes}{{% else %}}{no}{{% endif %}}"
    return Piece(tag, lambda v: yes if CONDITIONS[condition](v) else no)


def in_line_for(between: str) -> Piece:
    tag = f"{{% for z in items %}}{{{{ z }}}}{between}{{{{ loop.index }}}}{{% endfor %}}"
    return Piece(tag, lambda v: "".join(f"{z}{between}{n}" for n, z in enumerate(v["items"], 1)))


def joined(separator: str) -> Piece:
    return Piece(f"{{{{ items|join('{separator}') }}}}", lambda v: separator.join(v["items"]))


def by_default(text: str) -> Piece:
    return Piece(f"{{{{ missing|default('{text}') }}}}", lambda v: text)


def value(name: str) -> Piece:
    return Piece(f"{{{{ {name} }}}}", lambda v: str(v[name]))


LENGTH = Piece("{{ items|length }}", lambda v: str(len(v["items"])))
COMMENT = Piece("{# nobody reads this #}", lambda v: "")
SUM = Piece("{{n + 1}}", lambda v: str(v["n"] + 1))
CHOICE = Piece("{{ a if flag else b }}", lambda v: str(v["a"] if v["flag"] else v["b"]))

# No brace, since two of them would be a tag; everything else that Word lets through, the rarest blanks included.
RARE = "&<>\"'%#|_\\ \u00a0\u3000\u200b\ufeff\u2003\u2028\u0085\u007f\u202e镕𠮷𪚥😀甲乙，。《》—…é"
STATIC = st.text(st.sampled_from(RARE + "abc"), max_size=8)
QUOTED = st.text(st.sampled_from("、，; -abc甲"), max_size=3)


def pieces(names: Sequence[str]) -> st.SearchStrategy[Piece]:
    return st.one_of(
        STATIC.map(plain),
        st.sampled_from([*map(value, names), LENGTH, COMMENT, SUM, CHOICE]),
        st.builds(in_line_if, st.sampled_from(sorted(CONDITIONS)), STATIC, STATIC),
        STATIC.map(in_line_for),
        QUOTED.map(joined),
        QUOTED.map(by_default),
    )


# --- blocks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A paragraph; `cuts` says where its text is split into runs, tags and all."""

    pieces: Sequence[Piece]
    cuts: Sequence[int]

    def write(self) -> str:
        return paragraph("".join(piece.written for piece in self.pieces), self.cuts)

    def says(self, values: Values) -> list[Any]:
        return ["".join(piece.says(values) for piece in self.pieces)]


@dataclass(frozen=True)
class Loop:
    """Blocks that are repeated for each item, which they know by a name of their own."""

    name: str
    blocks: Sequence[Any]
    cuts: Sequence[int]

    def write(self) -> str:
        opened = paragraph(f"{{%p for {self.name} in items %}}", self.cuts)
        return opened + "".join(block.write() for block in self.blocks) + paragraph("{%p endfor %}", self.cuts)

    def says(self, values: Values) -> list[Any]:
        rounds = ({**values, self.name: item} for item in values["items"])
        return [said for each in rounds for block in self.blocks for said in block.says(each)]


@dataclass(frozen=True)
class Choice:
    """Blocks of which one half is printed."""

    condition: str
    yes: Sequence[Any]
    no: Sequence[Any]
    cuts: Sequence[int]

    def write(self) -> str:
        inner = ["".join(block.write() for block in blocks) for blocks in (self.yes, self.no)]
        tags = (f"{{%p if {self.condition} %}}", "{%p else %}", "{%p endif %}")
        opened, other, closed = (paragraph(tag, self.cuts) for tag in tags)
        return opened + inner[0] + other + inner[1] + closed

    def says(self, values: Values) -> list[Any]:
        chosen = self.yes if CONDITIONS[self.condition](values) else self.no
        return [said for block in chosen for said in block.says(values)]


@dataclass(frozen=True)
class Rows:
    """A table with a heading and a row for each row of the values."""

    cells: Sequence[Sequence[Piece]]
    cuts: Sequence[int]

    def write(self) -> str:
        def row(*texts: str) -> str:
            return "<w:tr>" + "".join(f"<w:tc>{paragraph(text, self.cuts)}</w:tc>" for text in texts) + "</w:tr>"

        width = len(self.cells)
        blanks = [""] * (width - 1)
        filled = ("".join(piece.written for piece in cell) for cell in self.cells)
        rows = (["题"] * width, ["{%tr for row in rows %}", *blanks], list(filled), ["{%tr endfor %}", *blanks])
        grid = '<w:gridCol w:w="1000"/>' * width
        body = "".join(row(*texts) for texts in rows)
        # Word wants a paragraph after a table.
        return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>" + paragraph("", [])

    def says(self, values: Values) -> list[Any]:
        rounds = ({**values, "row.x": row["x"], "row['y']": row["y"]} for row in values["rows"])
        filled = [["".join(piece.says(each) for piece in cell) for cell in self.cells] for each in rounds]
        return [[["题"] * len(self.cells), *filled], ""]


def paragraph(text: str, cuts: Sequence[int]) -> str:
    at = sorted({cut % (len(text) + 1) for cut in cuts} | {0, len(text)})
    runs = (text[start:stop] for start, stop in pairwise(at))
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs) + "</w:p>"


CUTS = st.lists(st.integers(0, 200), max_size=6)
TOP = ("a", "b", "n")


def lines(names: Sequence[str]) -> st.SearchStrategy[Line]:
    return st.builds(Line, st.lists(pieces(names), max_size=4), CUTS)


def blocks(names: Sequence[str] = TOP, depth: int = 0) -> st.SearchStrategy[list[Any]]:
    cells = st.lists(st.lists(pieces([*names, "row.x", "row['y']"]), max_size=3), min_size=1, max_size=3)
    kinds: list[st.SearchStrategy[Any]] = [lines(names), st.builds(Rows, cells, CUTS)]
    if depth < 3:
        name = f"x{depth}"
        kinds.append(st.builds(Loop, st.just(name), blocks([*names, name], depth + 1), CUTS))
        inner = blocks(names, depth + 1)
        kinds.append(st.builds(Choice, st.sampled_from(sorted(CONDITIONS)), inner, inner, CUTS))
    return st.lists(st.one_of(kinds), max_size=3)


@dataclass(frozen=True)
class Sheet:
    """A whole template."""

    body: Sequence[Any]
    header: Line
    footer: Line
    note: Line

    def content(self) -> bytes:
        notes = ("header", "footer", "footnotes")
        parts = Package.open(with_notes(Draft(title="").content(), dict.fromkeys(notes, "HERE"))).parts()
        body = parts["word/document.xml"].decode()
        shown = "".join(f'<w:{kind}Reference w:type="default" r:id="rIdOf{kind}"/>' for kind in notes[:2])
        body = body.replace("<w:sectPr>", f"{''.join(block.write() for block in self.body)}<w:sectPr>{shown}")
        parts["word/document.xml"] = body.encode()
        for kind, line in zip(notes, (self.header, self.footer, self.note), strict=True):
            name = f"word/{kind}.xml"
            held = parts[name].decode().replace("<w:p><w:r><w:t>HERE</w:t></w:r></w:p>", line.write())
            parts[name] = held.encode()
        return pack_parts(parts)

    def says(self, values: Values) -> list[Any]:
        body = [said for block in self.body for said in block.says(values)]
        return [body, self.header.says(values), self.footer.says(values)]


SHEETS = st.builds(Sheet, blocks(), lines(TOP), lines(TOP), lines(TOP))

HOSTILE = (
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{_{",
    "}_}",
    "{_%",
    "%_}",
    "{# x #}",
    "{%p if a %}",
    "</w:t>",
    "&amp;",
    "]]>",
)
ANY = st.text(
    st.one_of(
        st.sampled_from(RARE + "{}\n\t"),
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    ),
    max_size=10,
)
TEXTS = st.one_of(ANY, st.sampled_from(HOSTILE), st.tuples(ANY, st.sampled_from(HOSTILE)).map("".join))
VALUES: st.SearchStrategy[Values] = st.fixed_dictionaries(
    {
        "a": TEXTS,
        "b": TEXTS,
        "n": st.integers(0, 4),
        "flag": st.booleans(),
        "items": st.lists(TEXTS, max_size=3),
        "rows": st.lists(st.fixed_dictionaries({"x": TEXTS, "y": TEXTS}), max_size=3),
    }
)


# --- what is read back -----------------------------------------------------------------------------------------------


def read_back(content: bytes) -> list[Any]:
    """Read body, header and footer by python-docx."""
    opened: Opened = docx.Document(io.BytesIO(content))
    body = [
        [[cell.text for cell in row.cells] for row in block.rows] if isinstance(block, Table) else block.text
        for block in opened.iter_inner_content()
    ]
    section = opened.sections[0]
    return [body, [p.text for p in section.header.paragraphs], [p.text for p in section.footer.paragraphs]]


bounded = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@settings(bounded, max_examples=150)
@given(SHEETS, VALUES)
def test_a_random_template_says_what_the_notation_says(sheet: Sheet, values: Values) -> None:
    content = Template.open(sheet.content()).render(values).content
    assert read_back(content) == sheet.says(values)


@settings(bounded, max_examples=50)
@given(lines(TOP), VALUES)
def test_a_random_footnote_says_what_the_notation_says(line: Line, values: Values) -> None:
    content = Template.open(Sheet([], Line([], []), Line([], []), line).content()).render(values).content
    (said,) = line.says(values)
    assert said_in(content, "word/footnotes.xml") == said.replace("\n", "").replace("\t", "")


# docxtpl rewrites its own escapes in values, and leaves breaks in notes as they are.
REWRITTEN = ("{_{", "}_}", "{_%", "%_}")


def docxtpl_is_right(values: Any) -> bool:
    if isinstance(values, str):
        return not any(mark in values for mark in (*REWRITTEN, "\n", "\t"))
    inner = values.values() if isinstance(values, dict) else values if isinstance(values, list) else ()
    return all(docxtpl_is_right(each) for each in inner)


@settings(bounded, max_examples=60)
@given(SHEETS, VALUES.filter(docxtpl_is_right))
def test_a_random_template_makes_the_xml_that_docxtpl_makes(sheet: Sheet, values: Values) -> None:
    assert_same(sheet.content(), values)


@settings(bounded, max_examples=100)
@given(TEXTS, TEXTS)
def test_any_text_of_a_document_prints_itself(title: str, task: str) -> None:
    notice = document_of(Announcement).model_copy(update={"title": title, "task": task})
    source = Template.open(template("{{ 标题 }}", "前{{ 任务 }}后"), Announcement)
    (body, *_) = read_back(source.render(notice).content)
    assert body == [title, f"前{task}后"]


@pytest.mark.parametrize(
    "blank", "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
def test_a_rare_blank_of_the_template_stays(blank: str) -> None:
    content = Template.open(template(f"甲{blank}乙{{{{ a }}}}{blank}丙")).render({"a": blank}).content
    assert read_back(content)[0] == [f"甲{blank}乙{blank}{blank}丙"]

"""Makes random slips in the built-in templates and shows whether the check reports them: `python -m tests.mutations`.

A slip that is not reported must be neutral: every document that is at hand comes out the same, XML and all.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from lxml import etree

from tests.conftest import DEMO, document_of
from xuncha_docs import Case, Document, Template, check, kinds
from xuncha_docs.errors import InputError, TemplateError
from xuncha_docs.findings import Finding, Place
from xuncha_docs.model import english
from xuncha_docs.rendering import built_in_template
from xuncha_docs.word.examined import Examined
from xuncha_docs.word.known import fields_of
from xuncha_docs.word.package import Package
from xuncha_docs.word.tagged import Tag

PART = "word/document.xml"
TWINS = str.maketrans("{}%.|()=,'\"-+<>[]: ", "｛｝％．｜（）＝，‘“－＋＜＞［］：　")
NAME = re.compile(r"'[^']*'|[^\W\d]\w*")
KEYWORDS = frozenset(
    ("if", "elif", "else", "endif", "for", "endfor", "in", "set", "is", "not", "and", "or", "true", "false", "none")
) | {"p", "tr", "tc", "r", "loop"}


@dataclass(frozen=True)
class Edit:
    """What is written instead of a stretch of a paragraph's text; the paragraph by its number in the part."""

    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Mutation:
    """One slip: its sort, the edits that make it, and the paragraphs at which a finding counts as found."""

    sort: str
    edits: tuple[Edit, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Original:
    """A built-in template, taken apart once."""

    kind: type[Document]
    content: bytes
    tags: tuple[tuple[int, Tag], ...]
    pairs: dict[int, int]
    """The number of the closing tag, to that of the opening one."""


@cache
def original(kind: type[Document]) -> Original:
    content = built_in_template(kind).read_bytes()
    part = next(p for p in Examined.of(content, "x", kind).parts if p.name == PART)
    numbers = {id(p): n for n, p in enumerate(part.tagged.paragraphs)}
    tags = tuple((numbers[id(tag.paragraph)], tag) for tag in part.tags)
    return Original(kind, content, tags, {last: first for first, last in part.syntax.pairs})


def mutated(kind: type[Document], mutation: Mutation) -> bytes:
    """Return the template with the slip in it."""
    template = Examined.of(original(kind).content, "x", kind)
    part = next(p for p in template.parts if p.name == PART)
    for edit in sorted(mutation.edits, key=lambda e: -e.start):
        paragraph = part.tagged.paragraphs[edit.paragraph]
        piece = next(p for p in reversed(paragraph.pieces) if p.start <= edit.start)
        text = piece.element.text or ""
        at = edit.start - piece.start
        assert edit.end - piece.start <= len(text)
        piece.element.text = text[:at] + edit.text + text[edit.end - piece.start :]
    assert template.package
    return template.package.changed({PART: etree.tostring(part.tagged.root, encoding="UTF-8", xml_declaration=True)})


def place(tag: Tag) -> Place:
    return replace(tag.paragraph.place, snippet=None)


def _single(sort: str, number: int, tag: Tag, start: int, end: int, text: str) -> Mutation:
    return Mutation(sort, (Edit(number, start, end, text),), (place(tag),))


def braces(made: Original) -> Iterator[Mutation]:
    """Drop a brace or a percent sign."""
    for number, tag in made.tags:
        for at in (tag.start, tag.start + 1, tag.end - 2, tag.end - 1):
            yield _single("a brace dropped", number, tag, at, at + 1, "")


def misspellings(made: Original, dice: random.Random) -> Iterator[Mutation]:
    """Leave out, double, change or swap a character of a name."""
    for number, tag in made.tags:
        for word in _names(tag):
            at, text = tag.start + word.start(), word[0]
            n = dice.randrange(len(text))
            other = dice.choice("事务组时间单位名称abcdexyz")
            changed = {text[:n] + text[n + 1 :], text[:n] + text[n] + text[n:], text[:n] + other + text[n + 1 :]}
            changed.add(text[: n - 1] + text[n] + text[n - 1] + text[n + 1 :] if n else text)
            for one in sorted(changed - {text, ""}):
                yield _single("a name misspelt", number, tag, at, at + len(text), one)


def _names(tag: Tag) -> Iterator[re.Match[str]]:
    """Yield the names that a tag reads; those that it binds are told where they are used."""
    binds = re.match(r"\{%\w* ?for (\w+) in", tag.text)
    for word in NAME.finditer(tag.text):
        bound = binds and word.start() == binds.start(1)
        if not bound and word[0] not in KEYWORDS and word[0][0] != "'":
            yield word


def swaps(made: Original, dice: random.Random, count: int) -> Iterator[Mutation]:
    """Let two tags change places."""
    for _ in range(count):
        (one, first), (other, second) = sorted(dice.sample(made.tags, 2), key=lambda t: (t[0], t[1].start))
        if first.text != second.text:
            edits = (Edit(one, first.start, first.end, second.text), Edit(other, second.start, second.end, first.text))
            yield Mutation("two tags swapped", edits, (place(first), place(second)))


def twins(made: Original) -> Iterator[Mutation]:
    """Write a mark in its full-width form."""
    for number, tag in made.tags:
        for n, char in enumerate(tag.text):
            if char.translate(TWINS) != char:
                yield _single(
                    "a mark in full width", number, tag, tag.start + n, tag.start + n + 1, char.translate(TWINS)
                )


def deletions(made: Original) -> Iterator[Mutation]:
    """Take away the end of a block; what is told is where it began, or what it left open."""
    for last, first in made.pairs.items():
        number, tag = made.tags[last]
        places = tuple(place(made.tags[n][1]) for n in (first, last))
        yield Mutation("an end taken away", (Edit(number, tag.start, tag.end, ""),), places)


def attributes(made: Original, dice: random.Random) -> Iterator[Mutation]:
    """Put another field's name after a dot, or for a whole name."""
    every = sorted(_every_name())
    for number, tag in made.tags:
        for word in _names(tag):
            if word[0] in ("汉字", "join", "length"):
                continue
            for other in dice.sample(every, 2):
                if other != word[0]:
                    at = tag.start + word.start()
                    yield _single("another name", number, tag, at, at + len(word[0]), other)


@cache
def _every_name() -> frozenset[str]:
    found: set[str] = set()
    for kind in kinds.every().values():
        found |= {*english(kind), *fields_of(kind)}
        for info in kind.model_fields.values():
            inner = getattr(info.annotation, "model_fields", None)
            found |= {str(field.title) for field in inner.values()} if inner else set()
    return frozenset(found)


def sample(kind: type[Document], dice: random.Random, count: int) -> list[Mutation]:
    """Draw slips of every sort."""
    made = original(kind)
    sorts: Sequence[list[Mutation]] = (
        [*braces(made)],
        [*misspellings(made, dice)],
        [*swaps(made, dice, 4 * count)],
        [*twins(made)],
        [*deletions(made)],
        [*attributes(made, dice)],
    )
    return [one for found in sorts for one in dice.sample(found, min(count, len(found)))]


MECHANICAL = ("a brace dropped", "a name misspelt", "a mark in full width")
"""The slips that a template by itself shows, whatever its words."""


# --- what becomes of a slip ----------------------------------------------------------------------------------------


@cache
def documents(kind: type[Document]) -> tuple[Document, ...]:
    """Return the documents at hand: the example, the demo's, and each with every optional fact left out."""
    found = [document_of(kind)]
    case = Case.load(DEMO)
    for n in range(1, len(kind.said_in(case)) + 1):
        found.append(kind.from_case(case, nth=n))
    found += [bare for document in tuple(found) for bare in _bare(document)]
    return tuple(found)


def _bare(document: Document) -> Iterator[Document]:
    """Yield a document with one optional fact fewer, as far as the model lets it go."""
    kind = type(document)
    given = {name: getattr(document, name) for name in kind.model_fields}
    for name, info in kind.model_fields.items():
        if not info.is_required():
            try:
                yield kind(**{**given, name: info.get_default(call_default_factory=True)})
            except (ValueError, InputError):
                continue
            if isinstance(given[name], bool):
                try:
                    yield kind(**{**given, name: not given[name]})
                except (ValueError, InputError):
                    continue


@cache
def _rightly(kind: type[Document]) -> tuple[str, ...]:
    return _made(Template.open(original(kind).content, model=kind), kind)


def _made(template: Template, kind: type[Document]) -> tuple[str, ...]:
    return tuple(_said(template, document) for document in documents(kind))


def _said(template: Template, document: Document) -> str:
    return Package.open(template.render(document).content).read(PART).decode()


def found_at(report: Sequence[Finding], mutation: Mutation) -> bool:
    """Tell whether a finding stands where the slip is."""
    wanted = {(p.part, p.within, p.table, p.row, p.cell, p.paragraph) for p in mutation.places}
    places = (finding.place for finding in report)
    return any((p.part, p.within, p.table, p.row, p.cell, p.paragraph) in wanted for p in places)


STOCK = ("TPL312", "TPL313")
"""The rules that hold a template against the built-in one, which is here the very one without the slip."""


def outcome(kind: type[Document], mutation: Mutation, ignore: Sequence[str] = ()) -> str:
    """Say what becomes of a slip: found, found elsewhere, neutral, missed, or text lost unseen."""
    content = mutated(kind, mutation)
    report = check(content, kind=kind, ignore=ignore).findings
    if found_at(report, mutation):
        return "found"
    try:
        made = _made(Template.open(content, model=kind), kind)
    except TemplateError:
        return "elsewhere" if report else "missed"
    if made == _rightly(kind):
        return "neutral"
    if report:
        return "elsewhere"
    lost = any(len(_words(ours)) < len(_words(right)) for ours, right in zip(made, _rightly(kind), strict=True))
    return "text lost" if lost else "missed"


def _words(xml: str) -> str:
    return re.sub("<[^>]*>", "", xml)


OUTCOMES = ("found", "elsewhere", "neutral", "missed", "text lost")


def table(counts: Counter[tuple[str, str]]) -> Iterator[str]:
    """Write the figures by sort, in Markdown."""
    yield "| Slip | made | found at its place | found elsewhere | neutral | missed | text lost unseen |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for sort in [*dict.fromkeys(sort for sort, _ in counts), None]:
        row = [sum(n for (s, o), n in counts.items() if o == one and sort in (s, None)) for one in OUTCOMES]
        yield f"| {sort or '**all**'} | {sum(row)} | {' | '.join(map(str, row))} |"


def main(say: Callable[[str], None] = print) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=400, help="slips of each sort in each template")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--alone", action="store_true", help="without the rules that know the built-in template")
    parser.add_argument("--show", action="store_true", help="show what was missed")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    say(f"seed {seed}")
    counts: Counter[tuple[str, str]] = Counter()
    for name, kind in kinds.every().items():
        for mutation in sample(kind, random.Random(f"{seed}{name}"), options.count):
            what = outcome(kind, mutation, STOCK if options.alone else ())
            counts[mutation.sort, what] += 1
            if options.show and what not in ("found", "neutral"):
                say(f"{what}: {name} {mutation.sort} {mutation.edits} {mutation.places[0]}")
    for line in table(counts):
        say(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())

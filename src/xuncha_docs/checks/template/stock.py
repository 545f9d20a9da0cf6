"""TPL312 and what it stands on: a template beside the one that the library brings for the kind.

An office starts from that template. Where the words around a tag are still the same and the tag is another, it is
probably a slip: two tags swapped, a name taken from the line above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.document import STANDARD, Document
from xuncha_docs.errors import TemplateError
from xuncha_docs.findings import Severity
from xuncha_docs.model import Model, english
from xuncha_docs.rendering import built_in_template
from xuncha_docs.word import known
from xuncha_docs.word.examined import Examined, ExaminedPart
from xuncha_docs.word.tagged import Tag, TaggedParagraph


@dataclass(frozen=True)
class Stock:
    """What the library's own template of a kind has: its bytes, its styles, and its words and tags in order."""

    content: bytes = b""
    styles: tuple[str, ...] = ()
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """One stretch of words or one tag; tokens are equal if they say the same."""

    key: str
    paragraph: TaggedParagraph
    tag: Tag | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Token) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@cache
def stock(kind: type[Document], variant: str = STANDARD) -> Stock:
    """Take the built-in template of a kind apart, once; a kind without one has nothing to be held against."""
    try:
        content = built_in_template(kind, variant).read_bytes()
    except (TemplateError, OSError):
        return Stock()
    template = Examined.of(content, kind.kind, kind, variant)
    bodies = [p for p in template.parts if p.tagged.role in ("document", "header", "footer")]
    styles = dict.fromkeys(template.sheet.name(one.style) for part in bodies for one in part.tagged.paragraphs)
    return Stock(content, tuple(styles), tuple(_tokens(template)))


def _tokens(template: Examined) -> Iterator[Token]:
    names = _names(template.model) if template.model else {}
    for part in template.parts:
        if part.tagged.role == "document":
            said = _canonical_tags(part, names)
            for paragraph in part.tagged.paragraphs:
                yield Token(f"¶{paragraph.style}", paragraph)
                at = 0
                for tag in part.tagged.tags_in(paragraph):
                    words = paragraph.text[at : tag.start].strip()
                    if words:
                        yield Token(words, paragraph)
                    yield Token(said[id(tag)], paragraph, tag)
                    at = tag.end
                rest = paragraph.text[at:].strip()
                if rest:
                    yield Token(rest, paragraph)


def _canonical_tags(part: ExaminedPart, names: Mapping[str, str]) -> dict[int, str]:
    """Write every tag so that it is the same in either language and with any name for the item of a loop."""
    found: dict[int, str] = {}
    bound: list[tuple[str, str]] = []
    for tag in part.tags:
        loop = re.match(r"for\s+(\w+)\s+in\s+(.+)", tag.said) if tag.opener == "{%" else None
        if tag.word == "endfor" and bound:
            bound.pop()
        if loop:
            over = _canonical(loop[2], names, dict(bound))
            bound.append((loop[1], f"each({over})"))
            said = f"for each({over}) in {over}"
        else:
            said = _canonical(tag.said, names, dict(bound))
        found[id(tag)] = f"{tag.opener}{tag.letter} {said}"
    return found


@cache
def _names(kind: type[Document]) -> Mapping[str, str]:
    """Map every Chinese name that a kind's templates may use to the English ones it may stand for."""
    found: dict[str, set[str]] = {}
    for model in _models(kind):
        for zh, name in english(model).items():
            found.setdefault(zh, set()).add(name)
    return {zh: "¦".join(sorted(names)) for zh, names in found.items()}


def _models(kind: type[Model]) -> set[type[Model]]:
    found: set[type[Model]] = set()
    waiting = [kind]
    while waiting:
        model = waiting.pop()
        if model in found:
            continue
        found.add(model)
        for name in known.fields_of(model):
            value = known.field(model, name)
            waiting += [inner for one in (value, value.item()) for inner in one.models]
    return found


def _canonical(said: str, names: Mapping[str, str], bound: Mapping[str, str]) -> str:
    """Translate the names in a tag; what follows a dot is never the name of an item."""

    def one(match: re.Match[str]) -> str:
        if match[0][0] in "'\"":
            return match[0]
        word, dotted = match["word"], match["dot"]
        return f"{dotted}{(not dotted and bound.get(word)) or names.get(word) or word}"

    translated = re.sub(r"'[^']*'|\"[^\"]*\"|(?P<dot>\.?)\b(?P<word>[^\W\d]\w*)", one, said)
    return " ".join(translated.split())


def _same(one: str, other: str) -> bool:
    """Compare two canonical tags word by word; a Chinese name is equal to each of its English ones."""
    left, right = (re.findall(r"[\w¦]+|[^\w\s]", text) for text in (one, other))
    return len(left) == len(right) and all(
        a == b or bool(set(a.split("¦")) & set(b.split("¦"))) for a, b in zip(left, right, strict=True)
    )


Stretch = tuple[Sequence[Token], Sequence[Token], Token | None]
"""What the built-in template has, what stands there now, and the token before it."""

LEAST_ALIKE = 0.6
"""How much of a template must be as in the built-in one before its tags are compared."""


@rule("TPL312", Severity.WARNING)
def misplaced_name(template: Examined) -> Flaws:
    """同样的话里，自带模板写的是另一个标签。

    为什么：前后的话都没有改，只有标签换了，多半是两个标签放反了，或者抄错了一行。有意改的，可以写明理由忽略。

    错：
        （自带模板，标题和成文日期对调）
    对：
        （自带模板）
    """
    stretches = [*_changed(template)]
    yield from _moved(stretches)
    for wanted, given, _ in stretches:
        if len(wanted) == len(given) and all(a == b or (a.tag and b.tag) for a, b in zip(wanted, given, strict=True)):
            for ours, theirs in zip(wanted, given, strict=True):
                if theirs.tag and ours.tag and theirs.tag.closed and not _same(ours.key, theirs.key):
                    cure = f"对照着看看，是不是要写 {ours.tag.text}。"
                    yield Flaw(theirs.tag.place, f"自带模板里，同样的地方是 {ours.tag.text}。", cure)


def _moved(stretches: Sequence[Stretch]) -> Iterator[Flaw]:
    """Yield the tags that are gone from one place and stand in another, without the words around them."""
    bare = [(old, new) for old, new, _ in stretches if not any(_is_words(token) for token in (*old, *new))]
    gone = Counter(token.key for old, new in bare if not new for token in old if token.tag)
    for old, new in bare:
        for token in new if not old else ():
            if token.tag and token.tag.closed and gone[token.key] > 0:
                gone[token.key] -= 1
                yield Flaw(token.tag.place, "自带模板里，这个标签不在这里。", "对照着看看，是不是和旁边的标签放反了。")


def _is_words(token: Token) -> bool:
    return token.tag is None and not token.key.startswith("¶")


@rule("TPL313")
def missing_end(template: Examined) -> Flaws:
    """自带模板在这里有一个结尾，这份模板没有。

    为什么：少了结尾时，程序只能说哪个开头没有配上；和自带模板对照，就知道少在哪里。

    错：
        （自带模板，少一个 endfor）
    对：
        （自带模板）
    """
    if not any(fault.sort == "unclosed-block" for part in template.parts for fault in part.syntax.faults):
        return
    for wanted, given, before in _changed(template):
        if not given and before is not None:
            for token in wanted:
                if token.tag and token.tag.word.startswith("end"):
                    place = before.paragraph.at(0, len(before.paragraph.text))
                    yield Flaw(place, f"自带模板在这里有 {token.tag.text}。", f"补上 {token.tag.text}。")


def _changed(template: Examined) -> Iterator[Stretch]:
    """Yield what the built-in template has and what stands there now, with the token before it."""
    if template.model is None or template.content == stock(template.model, template.variant).content:
        return
    wanted = stock(template.model, template.variant).tokens
    given = tuple(_tokens(template))
    if not wanted or not given:
        return
    if len(wanted) == len(given) and all(a == b or (a.tag and b.tag) for a, b in zip(wanted, given, strict=True)):
        for n, (ours, theirs) in enumerate(zip(wanted, given, strict=True)):
            if ours != theirs:
                yield (ours,), (theirs,), given[n - 1] if n else None
        return
    matcher = SequenceMatcher(None, wanted, given, autojunk=False)
    if matcher.quick_ratio() < LEAST_ALIKE or matcher.ratio() < LEAST_ALIKE:
        return
    for sort, i, j, m, n in matcher.get_opcodes():
        if sort != "equal":
            yield wanted[i:j], given[m:n], given[m - 1] if m else None

"""Every fault of syntax in a list of tags at once, and a tree of what is sound.

Jinja stops at the first fault. Here each tag is read alone, blocks are kept account of, and what is broken is left out,
so that everything else can still be checked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import jinja2
from jinja2 import nodes

BLOCKS = frozenset(("if", "for", "with", "macro", "set", "filter", "call", "block", "autoescape", "raw"))
MIDDLE = {"elif": ("if",), "else": ("if", "for")}

DEEPEST_LOOPS = 19
"""How deep loops may lie within each other: Python compiles no more than 20."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of syntax.

    Args:
        tag: the number of the tag.
        sort: `unreadable`, `unclosed-block`, `stray-end`, `stray-else` or `too-deep`.
        message: in English, for programs.
        word: the statement at fault.
        opened: the tag that this one should have closed.
    """

    tag: int
    sort: str
    message: str
    word: str = ""
    opened: int | None = None


@dataclass
class Reading:
    """The tags of one part, read.

    Args:
        faults: what is wrong, in the order of the tags.
        pairs: for each block that is closed, the number of its opening and of its closing tag.
        within: for each `else` and `elif`, the number of the opening tag.
        tree: of what is sound, a line for each tag; None if nothing can be made of it.
    """

    faults: list[Fault] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)
    within: dict[int, int] = field(default_factory=dict)
    tree: nodes.Template | None = None


def read(tags: Sequence[str], environment: jinja2.Environment) -> Reading:
    """Read tags, each written as Jinja reads it, on one line: `{{ x }}`, `{% if x %}`, or empty for none."""
    reading = Reading()
    if not any(tags):
        reading.tree = nodes.Template([])
        return reading
    sound = list(tags)
    _balance(tags, sound, reading)
    try:
        reading.tree = environment.parse(_source(sound))
    except (jinja2.TemplateSyntaxError, RecursionError, ValueError):
        _read_alone(tags, sound, reading, environment)
        reading.tree = _parsed(sound, environment)
    for number in _too_deep(reading.tree) if any(len(tag) > DEEPEST for tag in tags) else ():
        reading.faults.append(Fault(number, "too-deep", f"a tag is nested deeper than {DEEPEST} levels"))
        reading.tree = None
    reading.faults.sort(key=lambda fault: fault.tag)
    return reading


def _parsed(sound: list[str], environment: jinja2.Environment) -> nodes.Template | None:
    try:
        return environment.parse(_source(sound))
    except (jinja2.TemplateSyntaxError, RecursionError, ValueError):
        return None


DEEPEST = 200
"""How deep a tree may be for Python to walk it."""


def _too_deep(tree: nodes.Template | None) -> list[int]:
    """Return the numbers of the tags whose trees are too deep, found without going down into them."""
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)] if tree is not None else []
    found: dict[int, None] = {}
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST:
            found[max(node.lineno, 1) - 1] = None
        else:
            waiting += ((child, depth + 1) for child in node.iter_child_nodes())
    return sorted(found)


def _source(tags: Sequence[str]) -> str:
    """Write tags each on a line of its own; the line begins within the tag, so that nothing stands between tags."""
    return "".join(f"{tag[:2]}\n{tag[2:]}" if n else tag for n, tag in enumerate(tags))


def statement(tag: str) -> str:
    """Return what a statement says, `if x`; empty for what prints."""
    return tag[2:-2].strip().strip("-+").strip() if tag.startswith("{%") else ""


def block_word(said: str) -> str:
    """Return the block that a statement opens; empty if it opens none."""
    word = _first_word(said)
    return "" if word == "set" and "=" in said else word if word in BLOCKS else ""


def _first_word(said: str) -> str:
    match = re.match(r"\w+", said)
    return match[0] if match else ""


def _balance(tags: Sequence[str], sound: list[str], reading: Reading) -> None:
    """Keep account of blocks; stray ends are left out, missing ones put in."""
    opened: list[tuple[str, int]] = []
    last_part: set[int] = set()
    for number, tag in enumerate(tags):
        if not tag.startswith("{%"):
            continue
        said = statement(tag)
        word = _first_word(said)
        if block_word(said):
            opened.append((word, number))
            if word == "for" and sum(block == "for" for block, _ in opened) == DEEPEST_LOOPS + 1:
                message = f"loops are nested deeper than {DEEPEST_LOOPS} levels"
                reading.faults.append(Fault(number, "too-deep", message, word))
        elif word.startswith("end"):
            _close(number, word, opened, sound, reading)
        elif word in MIDDLE:
            _part(number, word, opened, sound, reading, last_part)
    for word, number in reversed(opened):
        _unclosed(word, number, reading)
        sound[-1] += f"{{% end{word} %}}"


def _close(number: int, word: str, opened: list[tuple[str, int]], sound: list[str], reading: Reading) -> None:
    wanted = word.removeprefix("end")
    if all(block != wanted for block, _ in opened):
        opener = opened[-1][1] if opened else None
        message = f"{{% {word} %}} closes nothing"
        reading.faults.append(Fault(number, "stray-end", message, word, opener))
        sound[number] = ""
        return
    missing = ""
    while opened[-1][0] != wanted:
        block, at = opened.pop()
        _unclosed(block, at, reading)
        missing += f"{{% end{block} %}}"
    sound[number] = missing + sound[number]
    reading.pairs.append((opened.pop()[1], number))


def _part(
    number: int, word: str, opened: list[tuple[str, int]], sound: list[str], reading: Reading, last_part: set[int]
) -> None:
    """Take an `else` or `elif` for the block that is open; nothing comes after an `else`."""
    if opened and opened[-1][0] in MIDDLE[word] and opened[-1][1] not in last_part:
        reading.within[number] = opened[-1][1]
        if word == "else":
            last_part.add(opened[-1][1])
        return
    late = bool(opened) and opened[-1][1] in last_part
    message = f"{{% {word} %}} comes after {{% else %}}" if late else f"{{% {word} %}} has no if"
    reading.faults.append(Fault(number, "stray-else", message, word, opened[-1][1] if opened else None))
    sound[number] = ""


def _unclosed(word: str, number: int, reading: Reading) -> None:
    message = f"{{% {word} %}} is never closed; {{% end{word} %}} is missing"
    reading.faults.append(Fault(number, "unclosed-block", message, word))


_OPENED = {
    "if": "if x",
    "for": "for x in y",
    "with": "with",
    "macro": "macro x()",
    "set": "set x",
    "filter": "filter upper",
    "call": "call x()",
    "block": "block x",
    "autoescape": "autoescape true",
}
"""How each block begins, so that its end can be read alone."""

_SOUND = {"if": "if true", "for": "for x_ in []", "with": "with", "macro": "macro x_()", "set": "set x_"}
"""What stands for the opening of a block that can't be read, so that its inside can."""


def _read_alone(tags: Sequence[str], sound: list[str], reading: Reading, environment: jinja2.Environment) -> None:
    """Find the tags that can't be read, and put something harmless in their places."""
    stray = {fault.tag for fault in reading.faults if fault.sort.startswith("stray")}
    for number, tag in enumerate(tags):
        if not tag or number in stray:
            continue
        said = statement(tag)
        word = block_word(said)
        message = _unreadable(_alone(tag, said, word), environment)
        if message is None:
            continue
        reading.faults.append(Fault(number, "unreadable", message, _first_word(said)))
        harmless = "{% else %}" if _first_word(said) == "elif" else ""
        harmless = f"{{% {_stand_in(word, said)} %}}" if word else harmless
        harmless = f"{{% {_first_word(said)} %}}" if _first_word(said).startswith("end") else harmless
        sound[number] = sound[number].replace(tag, harmless, 1)
        if word and word not in _SOUND:
            _soften(sound, reading, number)


def _stand_in(word: str, said: str) -> str:
    """Open a block like one that can't be read; what a loop binds keeps its name."""
    bound = re.match(r"for\s+([^\W\d]\w*)", said)
    return f"for {bound[1]} in []" if bound else _SOUND.get(word, "if true")


def _soften(sound: list[str], reading: Reading, opener: int) -> None:
    """Let a block that became an `if` be closed as one."""
    for first, last in reading.pairs:
        if first == opener:
            sound[last] = re.sub(r"end\w+", "endif", sound[last])


def _alone(tag: str, said: str, word: str) -> str:
    if word:
        return f"{tag}{{% end{word} %}}"
    if _first_word(said) in MIDDLE:
        return f"{{% if x %}}{tag}{{% endif %}}"
    ends = _first_word(said).removeprefix("end")
    return f"{{% {_OPENED[ends]} %}}{tag}" if _first_word(said).startswith("end") and ends in _OPENED else tag


def _unreadable(text: str, environment: jinja2.Environment) -> str | None:
    try:
        environment.parse(text)
    except jinja2.TemplateSyntaxError as error:
        return str(error.message)
    except (RecursionError, ValueError) as error:
        return f"a tag is nested too deep, or holds a number too long ({error})"
    return None

"""What the rules of several chapters ask of a text: its font and size against what its role should have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.profiles import Look
from xuncha_docs.checks.ruling import Flaws
from xuncha_docs.findings import Severity
from xuncha_docs.word.layout import Paragraph, Run, Where
from xuncha_docs.word.roles import Role

_HAN = re.compile("[\u3400-\u9fff〇]")
BLANKS = 0.5
"""How many empty lines more or less than the standard says pass."""
FLUSH = 10 / gb.CHAR
"""How far an indent of none may be off, in characters: 10 twentieths of a point."""

_LABEL = 16  # characters


class Fault(NamedTuple):
    """What is wrong with one of several paragraphs that may share it; see `together`."""

    paragraph: Paragraph
    message: str
    cure: str
    start: int = 0
    end: int | None = None
    severity: Severity | None = None


def wrong_fonts(paper: Judged, paragraph: Paragraph, look: Look, what: str, *, stop: int | None = None) -> Flaws:
    """Yield one flaw if Chinese characters of a paragraph are in a font that its role should not have.

    Args:
        paper: the paper.
        paragraph: which.
        look: what its role should have.
        what: what the text is called in the message.
        stop: where in the text to stop looking; None is its end.
    """
    fault = font_fault(paragraph, look, what, stop=stop)
    if fault:
        yield paper.flaw(paragraph, fault.message, fault.cure, start=fault.start, end=fault.end)


def font_fault(
    paragraph: Paragraph, look: Look, what: str, *, start: int = 0, stop: int | None = None, labels: bool = False
) -> Fault | None:
    """Return that Chinese characters of a stretch are in a font that their role should not have; None if none are.

    A label within the text, `联系人：`, may be in 黑体 or 楷体 with `labels`.
    """
    for run, at, end in _parts(paragraph, start, stop):
        if not look.passes(run.format.font) and not (labels and _is_label(paragraph, run)):
            font = f"是{run.format.font}" if run.format.font else "没有指定"
            cure = f"选中后在“开始”选项卡的“字体”框里选{named(look)}。"
            return Fault(paragraph, f"{what}的字体{font}，一般用{look.fonts[0]}。", cure, at, end)
    return None


def _is_label(paragraph: Paragraph, run: Run) -> bool:
    """Tell whether a run begins a label, or is the rest of one: a few words in 黑体 or 楷体 up to a colon."""
    font = run.format.font
    if gb.font_class(font) not in ("黑体", "楷体"):
        return False
    alike = takewhile(lambda one: one.format.font == font, (r for r in paragraph.runs if r.start >= run.start))
    text = "".join(one.text for one in alike).rstrip()
    return len(text) <= _LABEL and (text.endswith("：") or paragraph.text.startswith(f"{text}：", run.start))


def wrong_sizes(paper: Judged, paragraph: Paragraph, look: Look, what: str) -> Flaws:
    """Yield one flaw if a paragraph has text of another size than its role should have."""
    fault = size_fault(paragraph, look, what)
    if fault:
        yield paper.flaw(paragraph, fault.message, fault.cure, start=fault.start, end=fault.end)


def size_fault(paragraph: Paragraph, look: Look, what: str) -> Fault | None:
    """Return that a paragraph has text of another size than its role should have; None if it has not."""
    for run, start, end in _parts(paragraph, 0, None):
        if look.size is not None and run.format.size != look.size:
            message = f"{what}是{size(run.format.size)}，一般用{size(look.size)}。"
            cure = f"选中后在“开始”选项卡的“字号”框里选{gb.size_word(look.size)}。"
            return Fault(paragraph, message, cure, start, end)
    return None


def _parts(paragraph: Paragraph, start: int, stop: int | None) -> Iterator[tuple[Run, int, int]]:
    """Yield the runs that have Chinese characters within a stretch, each with that part of it."""
    last = len(paragraph.text) if stop is None else stop
    for run in paragraph.runs:
        a, b = max(start, run.start), min(last, run.start + len(run.text))
        if a < b and _HAN.search(run.text, a - run.start, b - run.start):
            yield run, a, b


def named(look: Look) -> str:
    """Name a font to choose: the first family of the first class."""
    return gb.FONT_CLASSES.get(look.fonts[0], look.fonts)[0]


def size(half_points: int) -> str:
    """Name a size with its points, `三号（16磅）`."""
    word = gb.size_word(half_points)
    return word if word.endswith("磅") else f"{word}（{half_points / 2:g}磅）"


def lead(text: str) -> str:
    """Return the blanks that a text begins with."""
    return text[: len(text) - len(text.lstrip())]


MOST = 10
"""How many paragraphs with the same fault are told one by one."""


def together(paper: Judged, faults: Iterable[Fault]) -> Flaws:
    """Yield the faults of paragraphs: one flaw for what most of them share, at the first, else one for each.

    Args:
        paper: the paper.
        faults: in the order of the paper; those with one message are the same fault.
    """
    text = Counter(paper.role(p) for p in running(paper, *Role))
    groups: dict[str, list[Fault]] = {}
    for fault in faults:
        groups.setdefault(fault.message, []).append(fault)
    for same in groups.values():
        alike = sum(text[role] for role in {paper.role(one.paragraph) for one in same})
        shared = len(same) > 2 and 2 * len(same) > alike
        told = same[: 1 if shared else MOST]
        left = len(same) - len(told)
        for fault in told:
            more = f"这样的共 {len(same)} 段。" if shared else ""
            if left and not shared and fault is told[-1]:
                more = f"这样的还有 {left} 段，不再一一列出。"
            start, end, severity = fault.start, fault.end, fault.severity
            message = fault.message + more
            yield paper.flaw(fault.paragraph, message, fault.cure, start=start, end=end, severity=severity)


def running(paper: Judged, *roles: Role) -> tuple[Paragraph, ...]:
    """Return the paragraphs of some roles that stand in the text itself; none where its lines are free."""
    if paper.profile.lines is None:
        return ()
    return tuple(p for p in paper.of(*roles) if p.where is Where.BODY and p.text.strip())

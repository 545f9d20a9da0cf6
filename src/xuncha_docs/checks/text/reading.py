"""How rules of text read a paper: line by line with its role, passing over what is no prose.

    @rule("TXT301", Severity.WARNING, clause="GB/T 15834—2011 5.1", strength=Strength.RULE)
    def half_width_mark(paper: Judged) -> Flaws:
        \"\"\"…\"\"\"
        for at in found(paper, _HALF):
            yield at.flaw(f"“{at.said}”是半角标点。", f"改成“{_WIDE[at.said]}”。")

What needs more than one pattern reads `lines`, or `Judged.texts` where addresses and code count too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from weakref import WeakKeyDictionary

from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.ruling import Flaw
from xuncha_docs.findings import Severity
from xuncha_docs.word.layout import Paragraph
from xuncha_docs.word.roles import Role

HAN_RANGE = r"\u3400-\u9fff〇"
"""Chinese characters, to be put into a class of a pattern."""

HAN = f"[{HAN_RANGE}]"
"""The class of Chinese characters, for patterns."""

NUMBERED = (Role.DOCUMENT_NUMBER, Role.NUMBER, Role.ISSUER, Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY)
"""The roles of paragraphs that may hold the number of the paper itself: alone, before 签发人, or beside the head of a
letter."""

DATED = (Role.DATE, Role.PRINTED)
"""The roles whose date 7.3.5.4 and 7.4.3 speak of."""

HEADINGS = (Role.TITLE, Role.ANNEX_TITLE, Role.LEVEL_1, Role.LEVEL_2)
"""The roles that are titles, where they stand alone."""

NO_PROSE = "\ue000"
"""What stands in `Line.read` for each character of an address or of code: no rule's pattern means it."""

_NO_PROSE = re.compile(
    r"""
      (?:https?|ftp)://[!-~]*[A-Za-z0-9/=&\#_-]                            # an address, less the mark after it
    | (?<![A-Za-z0-9])www\.[!-~]*[A-Za-z0-9/=&\#_-]
    | (?<![A-Za-z0-9_.%+-])[A-Za-z0-9_.%+-]++@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+
    | (?<![A-Za-z0-9_.-])[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]+)*\.[A-Za-z]{2,}  # the name of a host or a file
    | \{\{[^{}\n]{0,200}\}\} | \{%[^{}%\n]{0,200}%\} | `[^`\n]{0,200}`      # within bounds: time is to be linear
    """,
    re.X | re.A,
)

_CITED = re.compile(
    r"(?<=》)[（(]([^（）()〔〕\[\]［］【】《》\n]{1,24})[〔\[［【（(][^（）()〔〕\[\]［］【】《》\n]{1,8}[〕\]］】）)]"
    r"[^（）()〔〕《》\n]{1,10}号[）)]"
)
"""A document number in brackets after the title of what it numbers, with the issuer's code."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph that prints something.

    Args:
        paragraph: which.
        role: what it is.
        text: its text.
        read: the same with every character of addresses, names of files and code as `NO_PROSE`; positions are alike.
        cited: the stretches that are document numbers of other bodies, cited after a title: written as those wrote
            them, so what is wrong there is only worth a look.
    """

    paragraph: Paragraph
    role: Role
    text: str
    read: str
    cited: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a line that a pattern has found."""

    paper: Judged
    line: Line
    match: re.Match[str]

    @property
    def said(self) -> str:
        """What is written there."""
        return self.line.text[self.match.start() : self.match.end()]

    @property
    def role(self) -> Role:
        """What the paragraph is."""
        return self.line.role

    @property
    def cited(self) -> bool:
        """Whether it stands in a document number of another body, cited after its title."""
        start, end = self.match.span()
        return any(start < stop and begin < end for begin, stop in self.line.cited)

    def flaw(self, message: str, cure: str, severity: Severity | None = None, *, group: int | str = 0) -> Flaw:
        """Return the flaw that it is wrong; in a cited document number it is only for information.

        Args:
            message: in Chinese.
            cure: in Chinese.
            severity: how much it matters here; None is what the rule says.
            group: the group of the pattern that is meant, if not all of it.
        """
        start, end = self.match.span(group)
        grave = Severity.INFO if self.cited else severity
        return self.paper.flaw(self.line.paragraph, message, cure, start=start, end=end, severity=grave)


def lines(paper: Judged, *wanted: Role, apart: tuple[Role, ...] = ()) -> Iterator[Line]:
    """Yield the lines of a paper, page numbers apart.

    Args:
        paper: which.
        wanted: the roles to read; all if none is named.
        apart: roles to pass over.
    """
    if paper not in _LINES:
        _LINES[paper] = tuple(_read(paper))
    for line in _LINES[paper]:
        if (not wanted or line.role in wanted) and line.role not in apart:
            yield line


_LINES: WeakKeyDictionary[Judged, tuple[Line, ...]] = WeakKeyDictionary()  # each paper is read once for all rules


def found(
    paper: Judged, pattern: re.Pattern[str], *wanted: Role, apart: tuple[Role, ...] = (), raw: bool = False
) -> Iterator[Found]:
    """Yield what a pattern finds in a paper.

    Args:
        paper: which.
        pattern: read over each line; what it finds in addresses and code does not count.
        wanted: the roles to read; all if none is named.
        apart: roles to pass over.
        raw: whether addresses and code are read like all else.
    """
    for line in lines(paper, *wanted, apart=apart):
        for match in pattern.finditer(line.text if raw else line.read):
            yield Found(paper, line, match)


def _read(paper: Judged) -> Iterator[Line]:
    own = {code for _, text in paper.texts(*NUMBERED) if (code := issuer(text))}
    for paragraph, text in paper.texts():
        role = paper.role(paragraph)
        if role is not Role.PAGE_NUMBER:
            cited = (m.span() for m in _CITED.finditer(text) if m[1].strip() not in own) if "号" in text else ()
            yield Line(paragraph, role, text, without_code(text), tuple(cited))


def issuer(number: str) -> str:
    """Return the issuer's code of a document number, however its brackets are; empty if there is none."""
    match = _ISSUER.search(number)
    return match[0] if match else ""


_ISSUER = re.compile(rf"[{HAN_RANGE}A-Za-z]{{1,40}}(?=\s*[〔\[［【(（]\s*\d)")


def without_code(text: str) -> str:
    """Return a text with every character of addresses, names of files and code replaced, positions kept."""
    return _NO_PROSE.sub(lambda match: NO_PROSE * len(match[0]), text)


def each_line(finds: Iterable[Found]) -> Iterator[tuple[Found, str]]:
    """Yield the first thing found in each line, with how many there are: `，这一段共3处`; empty if it is the only one.

    For slips of the keyboard, which come in scores.
    """
    for _, several in groupby(finds, key=lambda at: at.line.paragraph.order):
        first, *others = several
        yield first, f"，这一段共{len(others) + 1}处" if others else ""

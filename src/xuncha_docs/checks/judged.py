"""A paper as the rules of layout and text see it: its layout, what each paragraph is, what it should keep to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.profiles import Carrier, Profile
from xuncha_docs.checks.ruling import Flaw
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.word.layout import Layout, Paragraph, Section
from xuncha_docs.word.roles import Played, Role, roles

CERTAIN = 1.0


@dataclass(frozen=True, eq=False)
class Judged:
    """One paper that is judged.

    Args:
        name: its file.
        layout: how it is laid out.
        profile: what it should keep to.
        draft: whether it is judged as a draft, in which leftovers are no faults.
        made_as_draft: whether it says of itself that it is one.
    """

    name: str
    layout: Layout
    profile: Profile
    draft: bool = False
    made_as_draft: bool = False

    @cached_property
    def played(self) -> Mapping[int, Played]:
        """The role of every paragraph by its order."""
        return roles(self.layout)

    @property
    def carrier(self) -> Carrier:
        """The format whose rules hold."""
        return self.profile.carrier

    def role(self, paragraph: Paragraph) -> Role:
        """Return what a paragraph is."""
        return self.played[paragraph.order].role

    def of(self, *wanted: Role) -> tuple[Paragraph, ...]:
        """Return the paragraphs of some roles, in the order of the paper."""
        return tuple(p for p in self.layout.every_paragraph if self.role(p) in wanted)

    def first(self, *wanted: Role) -> Paragraph | None:
        """Return the first paragraph of some roles; None if there is none."""
        return next(iter(self.of(*wanted)), None)

    @cached_property
    def _flow(self) -> tuple[Paragraph, ...]:
        return tuple(p for p in self.layout.paragraphs if not p.box and not p.frame)

    @cached_property
    def _at(self) -> Mapping[int, int]:
        return {p.order: n for n, p in enumerate(self._flow)}

    @cached_property
    def _printing(self) -> Sequence[int]:
        """Where in the flow the paragraphs stand that print something."""
        return [n for n, p in enumerate(self._flow) if not p.blank]

    def section(self, paragraph: Paragraph) -> Section:
        """Return the section that a paragraph stands in."""
        return self.layout.sections[min(paragraph.section, len(self.layout.sections) - 1)]

    def before(self, paragraph: Paragraph) -> Paragraph | None:
        """Return the last paragraph before one that prints something; None at the beginning of the paper."""
        at = bisect_left(self._printing, self._at.get(paragraph.order, 0))
        return self._flow[self._printing[at - 1]] if at else None

    def after(self, paragraph: Paragraph) -> Paragraph | None:
        """Return the first paragraph after one that prints something; None at the end of the paper."""
        at = bisect_right(self._printing, self._at.get(paragraph.order, len(self._flow)))
        return self._flow[self._printing[at]] if at < len(self._printing) else None

    def blanks_before(self, paragraph: Paragraph) -> float:
        """Count the empty lines above a paragraph: empty paragraphs, and white above and below in lines of the body."""
        at = self._at.get(paragraph.order, 0)
        above = paragraph.before
        lines = 0.0
        for one in reversed(self._flow[:at]):
            if not one.blank:
                above += one.after
                break
            lines += one.line / self.pitch if one.line_rule == "exact" else 1
            above += one.before + one.after
        return lines + above / self.pitch

    def blanks_above(self, paragraph: Paragraph) -> tuple[Paragraph, ...]:
        """Return the empty paragraphs right above one, the nearest first."""
        at = self._at.get(paragraph.order, 0)
        return tuple(takewhile(lambda one: one.blank, reversed(self._flow[:at])))

    @cached_property
    def pitch(self) -> int:
        """The height of a line of most of its body, in twentieths of a point; that of system A where none is exact."""
        exact = [p for p in self.of(Role.BODY) if p.line_rule == "exact" and p.line]
        counts: dict[int, int] = {}
        for p in exact:
            counts[p.line] = counts.get(p.line, 0) + len(p.text)
        # A grid that is no line of the text high is the program's own, 312, or none at all.
        high = (s.pitch for s in self.layout.sections if s.grid != "default" and s.pitch > 1.5 * gb.CHAR)
        grid = next(high, gb.A.pitch)
        return max(counts, key=lambda line: counts[line]) if counts else grid

    def flaw(
        self,
        paragraph: Paragraph,
        message: str,
        cure: str,
        *,
        start: int = 0,
        end: int | None = None,
        severity: Severity | None = None,
        strength: Strength | None = None,
    ) -> Flaw:
        """Return the flaw that something is wrong with a stretch of a paragraph, with what it was taken for."""
        played = self.played[paragraph.order]
        sure = round(played.sure * 100)
        taken = None if played.sure >= CERTAIN else f"按{played.why}认作{played.role}，把握 {sure}%"
        return Flaw(paragraph.at(start, end), message, cure, severity, taken, strength)

    def texts(self, *wanted: Role) -> Iterator[tuple[Paragraph, str]]:
        """Yield the paragraphs that print something, each with its text; of some roles if any are named."""
        for paragraph in self.layout.every_paragraph:
            if paragraph.text.strip() and (not wanted or self.role(paragraph) in wanted):
                yield paragraph, paragraph.text

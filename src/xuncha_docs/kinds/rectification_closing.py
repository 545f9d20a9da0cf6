"""销号单: what the unit did about a matter, what the team found when it looked, and that the matter is closed.

Its upper half is the unit's report, its lower half the team's; what is not known yet is left blank, to be written in
by hand.
"""

from __future__ import annotations

from collections.abc import Iterable

from xuncha_docs import chinese
from xuncha_docs.document import Audience
from xuncha_docs.matters import Rectification, Verdict, Way
from xuncha_docs.model import Choice, written
from xuncha_docs.rectifying import MatterPaper, numbered


class RectificationClosing(
    MatterPaper,
    kind="rectification_closing",
    label="销号单",
    audience=Audience.RESTRICTED,
    cycle="380",
    profile="form",
):
    """The closing slip of one matter; the same number as on its notice."""

    @classmethod
    def is_ready(cls, item: Rectification) -> bool:
        """A matter is closed by a slip once the unit has reported."""
        return item.outcome is not None

    @property
    def dated(self) -> object:
        """The day on which the matter was closed, or how far it got."""
        item = self.item
        known = (
            item.closed,
            item.verification and item.verification.day,
            item.outcome and item.outcome.reported,
            item.issued,
        )
        return next((day for day in known if day), None)

    @written("送达时间写法")
    def received(self) -> str:
        """When the unit received the notice; empty where that is not known."""
        return chinese.written_moment(self.item.delivery.received) if self.item.delivery else ""

    @written("要求写法")
    def requirements_written(self) -> str:
        """The requirements, one a line."""
        return "\n".join(self.requirements)

    @written("措施写法")
    def measures(self) -> str:
        """What the unit did, one a line; lines to write on until it has reported."""
        return "\n".join(numbered(self.item.outcome.measures)) if self.item.outcome else "\n\n\n"

    @written("佐证写法")
    def evidence(self) -> str:
        """What the unit sent as proof; empty where nothing."""
        return "、".join(self.item.outcome.evidence) if self.item.outcome else ""

    @written("报告日期写法")
    def reported(self) -> str:
        """When the unit reported; empty until then."""
        return chinese.written_date(self.item.outcome.reported) if self.item.outcome else ""

    @written("完成日期写法")
    def finished(self) -> str:
        """When the unit had done everything; empty until then."""
        day = self.item.outcome.finished if self.item.outcome else None
        return chinese.written_date(day) if day else ""

    @written("负责人写法")
    def signer(self) -> str:
        """The post of who signs for the unit: the person responsible, until somebody has."""
        return self.item.outcome.signer if self.item.outcome else self.item.responsible

    @written("核查方式写法")
    def ways(self) -> str:
        """How the team made sure; boxes to tick until it has."""
        return "、".join(self.item.verification.ways) if self.item.verification else _boxes(Way)

    @written("核查日期写法")
    def verified(self) -> str:
        """When it looked; empty until then."""
        return chinese.written_date(self.item.verification.day) if self.item.verification else ""

    @written("核查结论写法")
    def verdict(self) -> str:
        """What it found; boxes to tick until it has."""
        return self.item.verification.verdict if self.item.verification else _boxes(Verdict)

    @written("核查人写法")
    def verifiers(self) -> str:
        """Who looked; empty until then."""
        return "、".join(self.item.verification.people) if self.item.verification else ""

    @written("销号日期写法")
    def closed(self) -> str:
        """When the matter was closed; empty until then."""
        return chinese.written_date(self.item.closed) if self.item.closed else ""


def _boxes(choices: Iterable[Choice]) -> str:
    return "　".join(f"□{choice}" for choice in choices)

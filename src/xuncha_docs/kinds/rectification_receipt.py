"""送达回执: goes out with a notice of immediate rectification and comes back signed; it bears the notice's number.

Printed before the notice is delivered, it leaves blank what is written in by hand.
"""

from __future__ import annotations

from collections.abc import Iterator

from xuncha_docs import chinese
from xuncha_docs.document import Audience
from xuncha_docs.matters import Rectification
from xuncha_docs.model import Contradiction, contradiction, contradictions, written
from xuncha_docs.rectifying import MatterPaper


class RectificationReceipt(
    MatterPaper,
    kind="rectification_receipt",
    label="送达回执",
    audience=Audience.RESTRICTED,
    cycle="375",
    profile="form",
):
    """The receipt that the unit signs for a notice."""

    @classmethod
    def is_ready(cls, item: Rectification) -> bool:
        """A notice that is issued has a receipt."""
        return item.issued is not None

    @contradictions
    def _goes_with_a_notice(self) -> Iterator[Contradiction]:
        if self.item.issued is None:
            yield contradiction("回执随通知书送出，请在事项里填通知日期（issued）。", field="item")

    @property
    def dated(self) -> object:
        """The day of the notice."""
        return self.item.issued

    @written("通知日期写法")
    def issued(self) -> str:
        """The day of the notice; there always is one."""
        return chinese.written_date(self.item.issued) if self.item.issued else ""

    @written("报告时限写法")
    def report_by(self) -> str:
        """The day by which the unit reports."""
        return chinese.written_date(self.item.due)

    @written("收到时间写法")
    def received(self) -> str:
        """When it was received; empty until then."""
        return chinese.written_moment(self.item.delivery.received) if self.item.delivery else ""

    @written("签收人写法")
    def signer(self) -> str:
        """The post of who signs for it; empty until then."""
        return self.item.delivery.signer if self.item.delivery else ""

    @written("份数写法")
    def copies(self) -> str:
        """How many copies; empty where that is not said."""
        copies = self.item.delivery.copies if self.item.delivery else None
        return f"{copies}份" if copies else ""

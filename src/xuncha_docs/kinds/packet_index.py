"""文书目录: which papers of an inspection there are, in the order of the cycle, and who may read each."""

from __future__ import annotations

from xuncha_docs.document import Audience, TeamPaper
from xuncha_docs.fields import Day, Line, Many, Title
from xuncha_docs.model import Model, named, written


class IndexRow(Model):
    """One paper of the packet."""

    no: Line = named("序号", "在整套文书里的编号", examples=["210"])
    title: Line = named("文书", examples=["巡察公告"])
    number: Line | None = named("文号", "没有文号的不填", default=None, examples=["临委巡三组立改〔2025〕1号"])
    day: Day | None = named("日期", "文书的成文日期", default=None, examples=["2025-07-01"])
    audience: Audience = named("知悉范围", examples=["公开"])


class PacketIndex(
    TeamPaper, kind="packet_index", label="文书目录", audience=Audience.INTERNAL, cycle="100", profile="form"
):
    """The index of a packet; the packet fills it in by itself."""

    title: Title = named("标题", default="巡察文书目录", examples=["巡察文书目录"])
    rows: Many[IndexRow] = named("文书", "一份一行", min_length=1)

    @written("份数")
    def count(self) -> int:
        """How many papers there are."""
        return len(self.rows)

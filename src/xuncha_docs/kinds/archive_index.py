"""归档目录: what a team hands over for the archive, file by file, with the totals that follow from the rows.

The fields are those of an enterprise's system for inspections. A row needs no more than a title, so that an index is
made of the papers of a packet: `ArchiveIndex.from_case(case, rows=[{"title": …, "number": …, "day": …}, …])`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case
from xuncha_docs.document import Audience, TeamPaper
from xuncha_docs.fields import Count, Day, Line, Many, Number, PersonName, SecrecyMark, Title, UnitName
from xuncha_docs.model import Choice, Contradiction, Model, contradiction, contradictions, named, written


class FileSort(Choice):
    """Whether a file is a paper of the inspection or material that it rests on."""

    PAPER = "文书"
    MATERIAL = "业务"


class ArchivedBy(Choice):
    """Who puts a file on record."""

    TEAM = "巡察组"
    UNIT = "被巡察单位"
    OTHER = "其他"


class Stage(Choice):
    """The step of the inspection that a file comes from; kinds of paper count them from 1, `Document.cycle`."""

    PREPARATION = "准备"
    ENTRY = "进驻"
    INQUIRY = "了解"
    REPORT = "报告"
    FEEDBACK = "反馈"
    RECTIFICATION = "整改"
    ARCHIVE = "归档"


class Keeping(Choice):
    """How long a file is kept."""

    FOR_EVER = "永久"
    THIRTY = "30年"
    TEN = "10年"

    @classmethod
    def also(cls) -> dict[str, str]:
        """Read 定期 before the years."""
        return {"定期30年": "30年", "定期10年": "10年"}


class ArchivedFile(Model):
    """One row: a file; a bare title will do."""

    short_form = True

    title: Line = named("题名", examples=["巡察公告"])
    number: Number | None = named("文号", "没有文号的不填", default=None, examples=["临委巡三组立改〔2025〕1号"])
    day: Day | None = named("日期", "成文日期", default=None, examples=["2025-07-01"], usual=True)
    sort: FileSort = named("类型", default=FileSort.PAPER, examples=["业务"])
    archived_by: ArchivedBy = named("归档方", default=ArchivedBy.TEAM, examples=["被巡察单位"])
    stage: Stage | None = named("阶段", default=None, examples=["进驻"], usual=True)
    copies: Count = named("件数", default=1, examples=[2])
    pages: Count | None = named("页数", "没有清点的不填", default=None, examples=[12], usual=True)
    secrecy: SecrecyMark | None = named("密级", default=None, examples=["秘密★3年"])
    keeping: Keeping | None = named("保管期限", "不填则用整个目录的", default=None, examples=["永久"])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare title."""
        return {"title": text}

    @contradictions
    def _a_page_each(self) -> Iterator[Contradiction]:
        if self.pages and self.pages < self.copies:
            yield contradiction(
                f"页数（pages）{self.pages}页少于件数（copies）{self.copies}件，每件至少一页。", field="pages"
            )


class ArchiveIndex(
    TeamPaper, kind="archive_index", label="归档目录", audience=Audience.RESTRICTED, cycle="710", profile="form"
):
    """What is handed over; how many files and pages there are follows from the rows."""

    title: Title = named("标题", default="巡察材料归档目录", examples=["巡察材料归档目录"])
    task: Line | None = named("任务", "不填则不写", default=None, examples=["巡察县水利局党组"])
    units: Many[UnitName] = named("被巡察单位", min_length=1, examples=["中共临江县水利局党组"])
    scope: Line | None = named("归档范围", default=None, examples=["驻点期间形成的文书和业务材料"])
    keeping: Keeping | None = named("保管期限", "没有单独写的都用它", default=None, examples=["30年"], usual=True)
    rows: Many[ArchivedFile] = named("归档文件", "一份一行", min_length=1)
    given_by: PersonName = named("移交人", "不填则是联络员", examples=["王某某"])
    taken_by: PersonName | None = named("接收人", "不填则留空，交接时签字", default=None, examples=["郑某某"])
    secrecy: SecrecyMark | None = named("密级", "目录自身的密级，只从这里取", default=None, examples=["内部"])
    signed: Day | None = named("移交日期", "不填则留空，交接时填写", default=None, examples=["2025-12-05"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take the units, and the liaison as who hands over."""
        units = tuple(unit.public for unit in case.units)
        return {**super().facts(case, said), "units": units, "given_by": case.team.liaison.name}

    @contradictions
    def _handed_over(self) -> Iterator[Contradiction]:
        if self.given_by == self.taken_by:
            yield contradiction(
                f"移交人（given_by）和接收人（taken_by）都是{self.given_by}，交接要有两个人；确系同名的，请加注区别。",
                field="taken_by",
            )
        for n, row in enumerate(self.rows, 1):
            if self.signed and row.day and row.day > self.signed:
                yield contradiction(
                    f"归档文件（rows）第{n}行的日期{chinese.written_date(row.day)}"
                    f"晚于移交日期（signed）{chinese.written_date(self.signed)}。",
                    field="signed",
                )

    @written("单位写法")
    def units_written(self) -> str:
        """The units by their short names, or the first and how many there are."""
        if len(self.units) > 4:
            return f"{self.units[0].short}等{len(self.units)}个单位"
        return "、".join(unit.short for unit in self.units)

    @written("合计")
    def totals(self) -> str:
        """`共12条，14件，86页`; pages that nobody counted are told, never guessed."""
        pages = [row.pages for row in self.rows if row.pages]
        left = len(self.rows) - len(pages)
        counted = f"，{sum(pages)}页" if pages else ""
        counted += f"（{left}条没有清点页数）" if pages and left else ""
        return f"共{len(self.rows)}条，{sum(row.copies for row in self.rows)}件{counted}"

    @property
    def dated(self) -> date | None:
        """When it is handed over."""
        return self.signed

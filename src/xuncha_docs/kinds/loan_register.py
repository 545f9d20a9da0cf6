"""保密资料借阅登记: who took which material out, and how it was settled.

Three modes, after the practice of liaison officers: 阅后即还 goes back, 阅后即碎 is shredded before two witnesses, and
阅后即存 is put on file under a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case, Stay
from xuncha_docs.document import Audience, TeamPaper
from xuncha_docs.fields import Count, Day, Line, Many, Moment, PersonName, SecrecyMark, Title, as_day, doubled, in_order
from xuncha_docs.model import Choice, Contradiction, Model, contradiction, contradictions, named, written


class LoanMode(Choice):
    """What becomes of a material once it is read."""

    RETURN = "阅后即还"
    SHRED = "阅后即碎"
    FILE = "阅后即存"

    @classmethod
    def also(cls) -> dict[str, str]:
        """Read the single words too."""
        return {
            "还": "阅后即还",
            "碎": "阅后即碎",
            "存": "阅后即存",
            "即还": "阅后即还",
            "即碎": "阅后即碎",
            "即存": "阅后即存",
        }


_DONE = {LoanMode.RETURN: "归还", LoanMode.SHRED: "销毁", LoanMode.FILE: "存档"}


class Loan(Model):
    """One row of the register."""

    item: Line = named("资料", "资料名称，不写内容", examples=["2024年度党组会议记录"])
    secrecy: SecrecyMark | None = named("密级", "资料上标的密级", default=None, examples=["秘密★3年"], usual=True)
    copies: Count = named("份数", default=1, examples=[2])
    borrower: PersonName = named("借阅人", examples=["钱某某"])
    purpose: Line = named("用途", examples=["核对重大事项决策程序"])
    mode: LoanMode = named("方式", "阅后即还、阅后即碎或阅后即存", examples=["阅后即还"])
    out: Moment = named("借出时间", examples=["2025年7月8日 9:00"])
    due: Moment | None = named(
        "应还时间", "应当归还、销毁或存档的时间", default=None, examples=["2025-07-08"], usual=True
    )
    back: Moment | None = named("归还时间", "阅后即还的，还了再填", default=None, examples=["2025年7月8日 17:00"])
    destroyed: Day | None = named("销毁日期", "阅后即碎的，碎了再填", default=None, examples=["2025-07-10"])
    archive_number: Line | None = named("存档编号", "阅后即存的，存了再填", default=None, examples=["卷3-12"])
    settled_copies: Count | None = named("了结份数", "已还、已碎或已存几份，不填则是全部", default=None, examples=[1])
    witnesses: Many[PersonName] = named("见证人", "销毁须有两人见证", default=(), examples=["赵某某"])
    consent: Line | None = named(
        "销毁同意", "国家秘密销毁，写明产生单位同意的凭据", default=None, examples=["县水利局办公室7月9日书面同意"]
    )

    @contradictions
    def _after_it_was_lent(self) -> Iterator[Contradiction]:
        for later in ("due", "back", "destroyed"):
            yield from in_order(self, "out", later)
        if not (isinstance(self.out, datetime) and isinstance(self.back, datetime)):
            return
        if self.back < self.out and as_day(self.back) == as_day(self.out):
            yield contradiction(
                f"归还时间（back）{chinese.written_moment(self.back)}"
                f"早于借出时间（out）{chinese.written_moment(self.out)}，请核对。",
                field="back",
            )

    @contradictions
    def _settled_as_its_mode_says(self) -> Iterator[Contradiction]:
        names = type(self).model_fields
        for mode, field in _SETTLED.items():
            if mode is not self.mode and getattr(self, field) is not None:
                yield contradiction(
                    f"方式（mode）是{self.mode}，却填了{names[field].title}（{field}），那是{mode}的。", field=field
                )
        if self.settled_copies and self.settled_copies > self.copies:
            yield contradiction(
                f"了结份数（settled_copies）{self.settled_copies}份多于借出的份数（copies）{self.copies}份。",
                field="settled_copies",
            )
        if self.settled_copies and self.settled is None:
            field = _SETTLED[self.mode]
            yield contradiction(
                f"填了了结份数（settled_copies），却没有填{names[field].title}（{field}）。", field="settled_copies"
            )

    @contradictions
    def _destroyed_before_witnesses(self) -> Iterator[Contradiction]:
        for name in doubled(self.witnesses):
            yield contradiction(f"见证人（witnesses）里{name}写了两次。", field="witnesses")
        if self.borrower in self.witnesses:
            yield contradiction(f"见证人（witnesses）里有借阅人{self.borrower}，本人不能见证。", field="witnesses")
        if self.destroyed and len(set(self.witnesses)) < 2:
            yield contradiction(
                f"销毁要有两人见证，见证人（witnesses）只写了{len(set(self.witnesses))}人。", field="witnesses"
            )

    @contradictions
    def _owner_consents(self) -> Iterator[Contradiction]:
        if self.mode is LoanMode.SHRED and self.is_state_secret and not self.consent:
            yield contradiction(
                f"“{self.item}”是国家秘密（{self.secrecy}），没有产生单位同意（consent），不能阅后即碎（mode）。",
                field="mode",
            )
        if self.consent and self.mode is not LoanMode.SHRED:
            yield contradiction(f"方式（mode）是{self.mode}，不用写销毁同意（consent）。", field="consent")

    @property
    def is_state_secret(self) -> bool:
        """Whether its mark has the ★ of a state secret."""
        return "★" in (self.secrecy or "")

    @property
    def settled(self) -> date | str | None:
        """When it went back or was shredded, or its number on file; None while it is out."""
        found: date | str | None = getattr(self, _SETTLED[self.mode])
        return found

    @property
    def open_copies(self) -> int:
        """How many copies are still out."""
        return self.copies if self.settled is None else self.copies - (self.settled_copies or self.copies)

    @written("了结写法")
    def settled_written(self) -> tuple[str, ...]:
        """How it was settled, a line for each fact, `2025年7月8日17:00归还`; none while it is out."""
        if self.settled is None:
            return ()
        done = _DONE[self.mode]
        copies = f"{self.settled_copies}份" if self.open_copies else ""
        if isinstance(self.settled, date):
            said = f"{chinese.written_moment(self.settled)}{done}{copies}"
        else:
            said = f"{done}{copies}，编号{self.settled}"
        return (said, *([self.consent] if self.consent else []))


_SETTLED = {LoanMode.RETURN: "back", LoanMode.SHRED: "destroyed", LoanMode.FILE: "archive_number"}


class LoanRegister(
    TeamPaper, kind="loan_register", label="保密资料借阅登记", audience=Audience.RESTRICTED, cycle="330", profile="form"
):
    """The register, as far as it has come."""

    unprinted = ("stay",)

    title: Title = named("标题", default="保密资料借阅登记", examples=["保密资料借阅登记"])
    keeper: PersonName = named("保管人", "不填则是联络员", examples=["王某某"])
    rows: Many[Loan] = named("借阅", "一次借阅一行，按借出先后", min_length=1)
    stay: Stay | None = named("驻点时间", "填写后核对撤离时是否都已了结", default=None)
    secrecy: SecrecyMark | None = named("密级", "登记表自身的密级，只从这里取", default=None, examples=["内部"])
    as_of: Day | None = named("截至日期", "登记到哪一天", default=None, examples=["2025-08-29"], usual=True)

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take the stay, and the liaison as keeper."""
        return {**super().facts(case, said), "stay": case.stay, "keeper": case.team.liaison.name}

    @contradictions
    def _nothing_after_its_day(self) -> Iterator[Contradiction]:
        for n, row in enumerate(self.rows, 1):
            for field in ("out", "back", "destroyed"):
                said = getattr(row, field)
                if self.as_of and said and as_day(said) > self.as_of:
                    yield contradiction(
                        f"登记截至日期（as_of）是{chinese.written_date(self.as_of)}，"
                        f"借阅（rows）第{n}行的{Loan.model_fields[field].title}却是{chinese.written_moment(said)}。",
                        field="as_of",
                    )

    @property
    def dated(self) -> date | None:
        """How far the register has come."""
        return self.as_of

    @written("合计")
    def totals(self) -> str:
        """`共5次6份：归还3份，销毁1份，存档1份，未了结1份`."""
        settled = {mode: sum(r.copies - r.open_copies for r in self.rows if r.mode is mode) for mode in LoanMode}
        left = sum(row.open_copies for row in self.rows)
        said = [f"{_DONE[mode]}{count}份" for mode, count in settled.items() if count]
        said += [f"未了结{left}份"] if left else []
        return (
            f"共借阅{len(self.rows)}次{sum(row.copies for row in self.rows)}份{'：' if said else ''}{'，'.join(said)}"
        )

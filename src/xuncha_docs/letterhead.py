"""What a paper that goes out as 公文 has above and below its text: 版头 and 版记, and the office that issues it.

GB/T 9704—2012 7.2 and 7.4; 党政机关公文处理工作条例 第九条, 第十五条.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator

from xuncha_docs import gb9704 as gb
from xuncha_docs.chinese import width
from xuncha_docs.fields import Day, Line, Many, Name, Number, PersonName, SecrecyMark, matching
from xuncha_docs.images import Seal
from xuncha_docs.inputs import read, validated
from xuncha_docs.model import (
    Choice,
    Contradiction,
    Model,
    contradiction,
    contradictions,
    named,
    refuse,
    spellings,
    written,
)

LONGEST_MARK = gb.TEXT_WIDTH // (gb.MARK_SIZE * 10)
"""How many characters of 发文机关标志 stand on a line; the standard leaves the size free, ours is 小初."""


def too_long(mark: str) -> bool:
    """Tell whether a 发文机关标志 does not go on one line."""
    return width(mark) > LONGEST_MARK


def _mark(text: str) -> str:
    if too_long(text):
        refuse(
            f"发文机关标志“{text}”超过{LONGEST_MARK}字，一行排不下，请用规范化简称，如“中共临江县委巡察办文件”。",
            rule="malformed",
        )
    return text


Mark = Annotated[Name, AfterValidator(_mark)]
"""A 发文机关标志 (7.2.4): the issuer's name in full or short, with or without 文件."""

Code = Annotated[
    Line, matching("[\u3400-\u9fff·（）A-Za-z]{1,20}", "机关代字只写〔〕前面的部分，如“临委巡办发”，不带年份和序号。")
]
"""A 机关代字: what stands before the year in a 文号 (7.2.5)."""


class Genre(Choice):
    """The sort of 公文 by which a paper is sent out (条例 第八条): plans and the like are none themselves."""

    NOTICE = "通知"
    REQUEST = "请示"
    REPORT = "报告"

    @property
    def upward(self) -> bool:
        """Whether it goes to a superior: then it names its 签发人, and else it does not (条例 第九条)."""
        return self is not Genre.NOTICE


_UPWARD = frozenset(word for genre in Genre if genre.upward for word in (genre.value, genre.name.lower()))
"""The words for those, as they may be typed."""


class Urgency(Choice):
    """紧急程度 (条例 第九条)."""

    URGENT = "特急"
    SOON = "加急"


class Office(Model):
    """The office that issues papers of a case: what its letterhead, its seal and its numbers are."""

    name: Name | None = named(
        "名称",
        "发文机关的全称，署名用；不填则是巡察工作领导小组办公室",
        default=None,
        examples=["中共临江县委巡察办公室"],
    )
    mark: Mark | None = named("发文机关标志", "不填则按规范化简称写", default=None, examples=["中共临江县委巡察办文件"])
    codes: Many[Code] = named("代字", "本机关文号里用的代字", default=(), examples=["临委巡办发"])
    signers: Many[PersonName] = named("签发人", "可以签发公文的负责人", default=(), examples=["高某某"])
    seal: Seal | None = named("印章", "印章图片；写了名称的，只盖在本机关署名的文书上", default=None)
    printed_by: Name | None = named("印发机关", default=None, examples=["中共临江县委办公室"])
    cc: Many[Line] = named("抄送", "每份公文都抄送的机关", default=(), examples=["县纪委监委机关"])

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Read an office from a YAML, JSON or TOML file of its own.

        Raises:
            InputError: with every fault at once, each with file, line, field and cure.
        """
        source = read(Path(path))
        return validated(cls, source.data, source)

    def letterhead(self, said: Any) -> Any:
        """Lay what a section says of 版头 over what the office gives; what is no 版头 is returned as it is.

        Args:
            said: a number, or fields by either name, as they were read.
        """
        if isinstance(said, str):
            said = Letterhead.from_text(said)
        if not isinstance(said, Mapping):
            return said
        names = spellings(Letterhead)
        given = {names.get(key, key) for key in said}
        upward = said.get("genre", said.get("文种")) in _UPWARD
        # Which of several signs is for the section to say.
        signer = self.signers[0] if len(self.signers) == 1 and upward else None
        held = {"issuer": self.name, "mark": self.mark, "signer": signer, "printed_by": self.printed_by, "cc": self.cc}
        return {name: value for name, value in held.items() if value and name not in given} | dict(said)


class Letterhead(Model):
    """版头, 版记 and what else a 公文 has around the paper that it sends out; a bare 文号 will do."""

    short_form = True

    number: Number = named("文号", "发文字号，按年编号，不编虚位", examples=["临委巡办发〔2025〕7号"])
    genre: Genre = named("文种", "方案、计划不是文种，用通知印发，用请示、报告上报", default=Genre.NOTICE)
    issuer: Name | None = named(
        "发文机关", "署名用；不填则是巡察工作领导小组办公室", default=None, examples=["中共临江县委巡察办公室"]
    )
    mark: Mark | None = named("发文机关标志", "不填则按规范化简称写", default=None, examples=["中共临江县委巡察办文件"])
    signer: PersonName | None = named("签发人", "请示、报告必填，通知不标", default=None, examples=["高某某"])
    copy_number: Annotated[Line, matching(r"\d{6}", "份号写六位数字，如 000001。")] | None = named(
        "份号", "涉密的必填，六位数字", default=None, examples=["000001"]
    )
    secrecy: SecrecyMark | None = named("密级", "只从这里取，不自动添加", default=None, examples=["内部"])
    urgency: Urgency | None = named("紧急程度", default=None, examples=["加急"])
    to: Many[Name] = named("主送", "机关的名称，不写个人；不填则按文种写", default=(), examples=["县委第三巡察组"])
    approved_by: Line | None = named("审定", "印发前由谁同意", default=None, examples=["县委巡察工作领导小组"])
    note: Line | None = named("附注", "如印发传达范围、联系人，不带括号", default=None, examples=["此件发至各巡察组"])
    cc: Many[Line] = named("抄送", default=(), examples=["县纪委监委机关"])
    printed_by: Name | None = named("印发机关", "不填则是发文机关", default=None, examples=["中共临江县委办公室"])
    printed_on: Day | None = named("印发日期", "不填则与成文日期相同", default=None, examples=["2025-06-26"])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare number."""
        return {"number": text}

    @contradictions
    def _secret_ones_are_numbered(self) -> Iterator[Contradiction]:
        if self.secrecy and "★" in self.secrecy and not self.copy_number:
            yield contradiction(
                f"密级（secrecy）是{self.secrecy}，涉密公文要标份号（copy_number），如 000001。", field="copy_number"
            )

    @contradictions
    def _upward_ones_are_signed(self) -> Iterator[Contradiction]:
        if self.genre.upward and not self.signer:
            yield contradiction(f"{self.genre}是上行文，要填签发人（signer）。", field="signer")
        if self.signer and not self.genre.upward:
            yield contradiction(
                f"{self.genre}不标签发人（signer），请删去这一项；要上报的，把文种（genre）改成请示或报告。",
                field="signer",
            )
        if self.genre.upward and len(self.to) > 1:
            yield contradiction(
                f"{self.genre}只主送一个上级机关，主送（to）写了{len(self.to)}个，其他的写到抄送（cc）。", field="to"
            )

    @written("抄送写法")
    def cc_written(self) -> str:
        """`县纪委监委机关，县委组织部。`; empty where nobody is copied in."""
        return f"{'，'.join(self.cc)}。" if self.cc else ""

    @written("附注写法")
    def note_written(self) -> str:
        """`（此件发至各巡察组）`; empty where there is none."""
        return f"（{self.note.strip('（）')}）" if self.note else ""

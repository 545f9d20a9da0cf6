"""The register of rules that the papers cite: title, issuer, date, where that was read, when it was last checked.

Titles are long and easily wrong, so no template types one. An entry that was not confirmed on an official page says so
(`verified` is False) and is never offered as a default. A caller may cite rules of its own beside these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xuncha_docs.errors import UnknownLaw


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """One rule that papers cite.

    Args:
        title: without 《》.
        issuer: who adopted or issued it.
        issued: the day of the version in force; None where it was not confirmed.
        in_force: the day from which it applies, where that differs.
        source: where title and dates were read.
        checked: when that was last looked at.
        verified: whether title and date were read on an official page or in the text itself.
        default: whether papers may cite it without being told to.
        note: what a reader must know before citing it.
    """

    title: str
    issuer: str
    source: str
    checked: date
    verified: bool
    issued: date | None = None
    in_force: date | None = None
    default: bool = False
    note: str = ""

    def __str__(self) -> str:
        """Write the title as a paper cites it, `《中国共产党巡视工作条例》`."""
        return f"《{self.title}》"


_CHECKED = date(2026, 11, 1)

LAWS: tuple[Law, ...] = (
    Law(
        title="中国共产党章程",
        issuer="中国共产党全国代表大会",
        source="2024年《中国共产党巡视工作条例》第一条所引",
        checked=_CHECKED,
        verified=True,
        note="only the title is confirmed; quote no article",
    ),
    Law(
        title="中国共产党党内监督条例",
        issuer="中国共产党第十八届中央委员会第六次全体会议",
        issued=date(2016, 10, 27),
        source="十八届六中全会通过，2016年10月",
        checked=_CHECKED,
        verified=True,
        default=True,
    ),
    Law(
        title="中国共产党巡视工作条例",
        issuer="中共中央",
        issued=date(2024, 2, 8),
        source="新华社2024年2月21日全文；2024年1月31日中央政治局会议修订",
        checked=_CHECKED,
        verified=True,
        default=True,
        note="first issued 2015-08-03, amended 2017, revised 2024",
    ),
    Law(
        title="关于市县党委建立巡察制度的意见",
        issuer="中共中央办公厅",
        source="2017年10月9日报道称“近日”印发",
        checked=_CHECKED,
        verified=False,
        note="the exact day was not found; provinces issued texts with almost the same name",
    ),
    Law(
        title="关于加强巡视整改和成果运用的意见",
        issuer="中共中央办公厅",
        source="2022年2月10日报道",
        checked=_CHECKED,
        verified=False,
    ),
    Law(
        title="关于加强巡视巡察上下联动的意见",
        issuer="中共中央办公厅",
        source="某企业文件称2021年印发",
        checked=_CHECKED,
        verified=False,
    ),
    Law(
        title="中央巡视工作规划（2023—2027年）",
        issuer="中共中央办公厅",
        source="未查到印发日期",
        checked=_CHECKED,
        verified=False,
    ),
    Law(
        title="中国共产党纪律处分条例",
        issuer="中共中央",
        in_force=date(2024, 1, 1),
        source="2023年修订，2024年1月1日起施行；只在一处读到",
        checked=_CHECKED,
        verified=False,
        note="the clause on leaking inspection matters is Art. 144 there, Art. 128 in the 2018 text",
    ),
    Law(
        title="中国共产党问责条例",
        issuer="中共中央",
        source="公开经验材料所引；2019年修订一说未核实",
        checked=_CHECKED,
        verified=False,
    ),
    Law(
        title="纪检监察机关处理检举控告工作规则",
        issuer="中共中央办公厅",
        source="只在一处读到；第四十七条规定保密",
        checked=_CHECKED,
        verified=False,
    ),
    Law(
        title="党政机关公文处理工作条例",
        issuer="中共中央办公厅、国务院办公厅",
        issued=date(2012, 4, 16),
        in_force=date(2012, 7, 1),
        source="中办发〔2012〕14号，国务院公报2013年",
        checked=_CHECKED,
        verified=True,
    ),
)

_BY_TITLE = {law.title: law for law in LAWS}


def find(title: str) -> Law:
    """Return the rule of that title, with or without 《》.

    Raises:
        UnknownLaw: if the register has none; a look-alike title of another issuer is another rule.
    """
    bare = title.strip().removeprefix("《").removesuffix("》")
    if bare not in _BY_TITLE:
        raise UnknownLaw(f"{bare!r} is not in the register of rules; known are: {'、'.join(_BY_TITLE)}")
    return _BY_TITLE[bare]


def defaults() -> tuple[Law, ...]:
    """Return the confirmed rules that a paper cites when its input names none."""
    return tuple(law for law in LAWS if law.default and law.verified)

"""What the records that a liaison officer keeps share: they name no reporter, hold no secret, say a problem by number.

Who reported something has a sealed record of its own; what is secret is registered where it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from xuncha_docs import chinese
from xuncha_docs.case import Case, Stay, Team
from xuncha_docs.document import TeamPaper
from xuncha_docs.fields import Line, Many, UnitName, matching
from xuncha_docs.model import Contradiction, Model, contradiction, contradictions, named, written

ProblemNumber = Annotated[
    Line,
    matching(
        "Q[1-9]\\d{0,3}|[\u3400-\u9fff（）A-Za-z]{1,20}〔\\d{4}〕[1-9]\\d{0,3}号",
        "问题只写编号，如 Q12 或 临委巡三组底〔2025〕12号，不写内容。",
    ),
]
"""The number of a problem in the team's own list: what it says stands there, never in a log."""

_REPORTERS = "(?:举报|反映|信访|来访|来信|来电|检举|控告|投诉|上访|写信|知情)(?:人|者|群众|职工|干部)"
# The surnames that most people bear, without those that begin a common word after such a one: 举报人何时, 来访人向…
_SURNAMES = "王李刘陈杨黄赵吴徐孙朱胡郭郑梁谢宋唐韩冯邓曹彭肖董袁潘蒋蔡叶苏魏吕丁沈姚卢姜崔钟谭汪廖贾韦邹熊孟秦阎薛侯"
_NAME = f"(?:[{_SURNAMES}]|张(?!贴)|周(?![一二三四五六日末边围]))[\u3400-\u9fff]{{1,2}}|[\u3400-\u9fff][某×XxＸ]{{1,2}}"
_REPORTER = re.compile(f"{_REPORTERS}(?:姓名)?[：:是为叫系]?(?:{_NAME})")
_SECRET = re.compile("(?:绝密|机密|秘密)(?:★|级|件|文件|电报|资料)")


class Record(TeamPaper):
    """A record of the team's daily work."""

    team: Team = named("巡察组")

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take round and team from the case, with everybody who is in it."""
        return {**super().facts(case, said), "team": case.team}

    @contradictions
    def _no_reporter_no_secret(self) -> Iterator[Contradiction]:
        for field in type(self).model_fields:
            title = type(self).model_fields[field].title
            for text in _texts(getattr(self, field)):
                if found := _REPORTER.search(text):
                    yield contradiction(
                        f"{title}（{field}）里写了“{found[0]}”：不能写反映人是谁，请只写信访登记的编号。", field=field
                    )
                if found := _SECRET.search(text):
                    yield contradiction(
                        f"{title}（{field}）里写了“{found[0]}”：涉及国家秘密的事项不能记在这里，请只写编号。",
                        field=field,
                    )


class OnSite(Record):
    """A record of the work at certain units, for the days of a stay."""

    units: Many[UnitName] = named("被巡察单位", min_length=1, examples=["中共临江县水利局党组"])
    stay: Stay = named("驻点时间")

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take team, units and stay from the case."""
        units = tuple(unit.public for unit in case.units)
        return {**super().facts(case, said), "units": units, "stay": case.stay}

    @written("单位写法")
    def units_written(self) -> str:
        """The units by name."""
        return "、".join(unit.extended for unit in self.units)

    @written("驻点写法")
    def stay_written(self) -> str:
        """`2025年7月1日至8月29日`, or from when and about how long."""
        return self.stay.phrase.removeprefix("自").rstrip("，")


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a value, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)


def numbered(texts: Sequence[str], level: int) -> tuple[str, ...]:
    """Write several things with their numbers of a level (GB/T 9704 7.3.3), each a paragraph; one alone bears none."""
    several = len(texts) > 1
    return tuple((chinese.heading_number(level, n) if several else "") + text for n, text in enumerate(texts, 1))

"""撤离公告: tells the public that the team leaves, which of its channels close, and where to turn from then on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from xuncha_docs import chinese
from xuncha_docs.case import Case
from xuncha_docs.document import Audience
from xuncha_docs.fields import Channels, Count, Day, Line, Many, Moment, PhoneNumber, Title
from xuncha_docs.model import Choice, Contradiction, Model, contradiction, contradictions, named, written
from xuncha_docs.notices import Amendment, sections_of


class Closed(Choice):
    """A channel that ends with the stay, by what becomes of it."""

    RECEPTION = "信访接待点"
    BOXES = "意见箱"
    PHONES = "值班电话"
    POST = "邮政信箱"
    EMAIL = "电子邮箱"
    QR = "二维码"

    @classmethod
    def also(cls) -> Mapping[str, str]:
        """Read the words that notices use."""
        return {
            **dict.fromkeys(("来访接待", "接待点", "信访接待点取消"), "信访接待点"),
            **dict.fromkeys(("意见箱撤回", "举报箱"), "意见箱"),
            **dict.fromkeys(("电话", "电话停用", "值班电话停用"), "值班电话"),
            **dict.fromkeys(("信箱", "邮政信箱停用"), "邮政信箱"),
            **dict.fromkeys(("邮箱", "电子邮箱停用"), "电子邮箱"),
            **dict.fromkeys(("网上反映", "二维码停用"), "二维码"),
        }

    @property
    def ending(self) -> str:
        """What becomes of it."""
        return {"信访接待点": "取消", "意见箱": "撤回"}.get(self.value, "停用")


def closed_of(channels: Channels) -> tuple[Closed, ...]:
    """Return the channels that there were, in the order in which notices end them."""
    given = {
        Closed.RECEPTION: channels.reception,
        Closed.BOXES: channels.boxes,
        Closed.PHONES: channels.phones,
        Closed.POST: channels.post,
        Closed.EMAIL: channels.email,
        Closed.QR: channels.qr,
    }
    return tuple(channel for channel, there in given.items() if there)


class Desk(Model):
    """Where people turn once the team has left."""

    name: Line = named("名称", examples=["临江县委巡察办"])
    phone: PhoneNumber | None = named("电话", default=None, examples=["0600-8000008"], usual=True)
    address: Line | None = named("地址", default=None, examples=["临江县行政中心1号楼305室"])

    @written("写法")
    def phrase(self) -> str:
        """`临江县委巡察办（电话：0600-8000008）`."""
        said = [f"电话：{self.phone}"] if self.phone else []
        said += [f"地址：{self.address}"] if self.address else []
        return f"{self.name}（{'，'.join(said)}）" if said else self.name


class WithdrawalNotice(Amendment, kind="withdrawal_notice", label="撤离公告", audience=Audience.PUBLIC, cycle="390"):
    """The notice by which the end of a stay is made known."""

    unprinted = ("declared_units",)

    title: Title = named("标题", "一般不写日期", default="巡察撤离公告", examples=["巡察撤离公告"])
    leave: Moment = named("撤离时间", "案卷里不填则是撤离日期", examples=["2025年8月29日 17:00"])
    closed: Many[Closed] = named("停用的渠道", "案卷里不填则是反映渠道里有的", min_length=1, examples=["值班电话"])
    closed_from: Moment | None = named(
        "停用时间", "与撤离时间不同时填写", default=None, examples=["2025年8月29日 18:00"]
    )
    desks: Many[Desk] = named("今后反映渠道", "撤离以后向谁反映", default=(), usual=True)
    declared_units: Count | None = named("单位数", "如填写，须与所列单位数相符", default=None)
    signed: Day = named("成文日期", "案卷里不填则是撤离那天", examples=["2025-08-29"])

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take the channels that there were and the end of the stay from the case; a stay put off ends later."""
        found = super().facts(case, said) | {"closed": closed_of(case.channels)}
        put_off = [
            end
            for one in sections_of(case, "延期公告", "extension_notice")
            if (end := one.get("新撤离日期", one.get("new_end")))
        ]
        end = put_off[-1] if put_off else case.stay.end
        return found | ({"leave": end, "signed": end} if end else {})

    @contradictions
    def _possible(self) -> Iterator[Contradiction]:
        if _day(self.leave) < self.stay.start:
            yield contradiction(
                f"撤离时间（leave）{chinese.written_moment(self.leave)}"
                f"早于进驻日期（stay.start）{chinese.written_date(self.stay.start)}。",
                field="leave",
            )
        if self.signed < self.notice.signed:
            yield contradiction(
                f"成文日期（signed）{chinese.written_date(self.signed)}早于"
                f"原公告（notice）的成文日期{chinese.written_date(self.notice.signed)}。",
                field="signed",
            )
        if len(set(self.closed)) < len(self.closed):
            yield contradiction("停用的渠道（closed）里有一种写了两次。", field="closed")
        if self.closed_from and _day(self.closed_from) < self.stay.start:
            yield contradiction("停用时间（closed_from）早于进驻日期（stay.start）。", field="closed_from")
        count = len(self.unit_names)
        if self.declared_units not in (None, count):
            yield contradiction(
                f"单位数（declared_units）写作{self.declared_units}个，但列出了{count}个。", field="declared_units"
            )

    @written("停用写法")
    def endings(self) -> str:
        """`信访接待点取消，意见箱撤回，值班电话、电子邮箱停用`: what ends alike is said once."""
        alike: dict[str, list[str]] = {}
        for channel in self.closed:
            alike.setdefault(channel.ending, []).append(channel.value)
        return "，".join(f"{'、'.join(names)}{ending}" for ending, names in alike.items())

    @written("停用时间写法")
    def closed_when(self) -> str:
        """From when they are closed: the time of leaving, unless it is said."""
        return chinese.written_moment(self.closed_from or self.leave)

    @written("撤离写法")
    def leaving(self) -> str:
        """`于2025年8月29日17:00`; `将于…` as long as that is to come."""
        return f"{'将' if self.signed < _day(self.leave) else ''}于{chinese.written_moment(self.leave)}"

    @written("今后反映渠道写法")
    def afterwards(self) -> str:
        """Where to turn: the desks, or the usual ways."""
        return (
            f"可以向{chinese.listed(desk.phrase for desk in self.desks)}反映"
            if self.desks
            else "请通过正常渠道向有关部门反映"
        )

    @property
    def texts(self) -> Mapping[str, str]:
        """The short message."""
        return {"短信": f"{self.inspectors}{self.leaving}撤离，{self.endings}。今后反映问题，{self.afterwards}。"}


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment

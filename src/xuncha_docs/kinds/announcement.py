"""巡察公告: tells the public who is inspected, when, and how to reach the team.

Practice of some twenty published notices. It is posted, so it is made from public facts alone: no names of persons,
no secrecy mark, no problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any

from pydantic import field_validator

from xuncha_docs import chinese, legal
from xuncha_docs.case import Case, Round, Stay
from xuncha_docs.document import Audience, Variant
from xuncha_docs.fields import (
    QR,
    Basis,
    Channels,
    Count,
    Day,
    Line,
    Many,
    Title,
    YesNo,
    cited,
    in_order,
)
from xuncha_docs.images import Seal
from xuncha_docs.model import Choice, Contradiction, Model, contradiction, contradictions, named, refuse, written
from xuncha_docs.notices import Notice, Signer, TeamUnits

DISCIPLINES = ("政治纪律", "组织纪律", "廉洁纪律", "群众纪律", "工作纪律", "生活纪律")
"""The six disciplines, in the order in which they are always named."""

SHORTEST = ("值班电话", "电子邮箱", "邮政信箱", "网上反映", "来访接待", "意见箱")
"""The channels in the order in which a short message names them."""

PART = 67
"""How many characters a part of a long short message holds: 134 bytes of UCS-2, six of the 140 being taken by the
header that joins the parts (3GPP TS 23.040, 9.2.3.24.1); a message of one part holds 70."""

MESSAGE = 3 * PART
"""How long a short message should be at most, in UTF-16 units. Three parts are our choice: a price, and a screen."""

TITLE_CHARS, BODY_CHARS, CONTACT_CHARS, CONTACT_HEIGHT, QR_LINES, LARGE_LINES = 14, 27, 20, 1.16, 5, 21
"""What a poster in large type holds: characters of a line of the title, of the text, and of the contacts after their
label; how much higher a line of contacts is; the lines that a code to scan takes; and how many lines there are but for
the title's first, the signature and the blanks beside them. From `word.posters`, with a character and a line spare."""


class TeamDuty(TeamUnits):
    """One team and the units it inspects; what is not said for the team holds for all of them."""

    stay: Stay | None = named("驻点时间", "与其他组不同时填写", default=None)
    channels: Channels | None = named("反映渠道", "本组自己的渠道", default=None)


class TeamRow(Model):
    """One row of the table of teams."""

    team: Line = named("巡察组")
    units: Many[Line] = named("单位")
    contacts: Many[Line] = named("联系方式")
    qr: QR | None = named("二维码", default=None)


class PosterSize(Choice):
    """The paper that a poster is printed on."""

    A3 = "A3"
    A2 = "A2"


POSTERS = {
    "poster_a3": Variant("海报A3", profile="poster"),
    "poster_a3_long": Variant("海报A3小字", profile="poster"),
    "poster_a2": Variant("海报A2", profile="poster"),
    "poster_a2_long": Variant("海报A2小字", profile="poster"),
}
"""The posters: on each paper one in large type, and one in smaller type for a notice that would not go on its page."""


class Announcement(
    Notice, kind="announcement", label="巡察公告", audience=Audience.PUBLIC, cycle="210", variants=POSTERS
):
    """The notice by which an inspection is made known."""

    unprinted = ("declared_units", "units_per_team", "posted", "posters")

    title: Title = named("标题", "一般不写日期", default="巡察公告", examples=["巡察公告"])
    round: Round = named("巡察轮次")
    teams: Many[TeamDuty] = named("各组", "每个巡察组及其被巡察单位", min_length=1)
    stay: Stay | None = named("驻点时间", "各组时间都不同时，写在各组里", default=None, usual=True)
    channels: Channels | None = named("反映渠道", "各组共用的渠道", default=None, usual=True)
    basis: Many[Basis] = named(
        "依据",
        "不填则引党内监督条例和巡视工作条例",
        default_factory=lambda: tuple(Basis(title=law.title) for law in legal.defaults()),
        min_length=1,
        examples=["中国共产党巡视工作条例"],
    )
    order: Line | None = named("部署", "不填则写“按照…统一部署”", default=None, examples=["经县委批准"])
    task: Line | None = named(
        "任务", "另起一段写巡察任务", default=None, examples=["巡察组将紧扣被巡察党组织职能责任开展监督。"]
    )
    targets: Line = named("受理对象", "案卷里不填则用级别预设", examples=["领导班子及其成员、下一级党组织主要负责人"])
    disciplines: Many[Line] = named("六项纪律", "专项巡察可以只列有关的", default=DISCIPLINES, min_length=1)
    excluded: Line = named("不予受理的问题", "不在受理范围的是哪些问题", default="其他不属于受理范围的信访问题")
    exclusion: Line = named("不予受理的处理", "案卷里不填则用级别预设", examples=["按规定转交有关部门处理"])
    postmark_rule: YesNo = named("以邮戳为准", "加一句“来信以邮戳日期为准”", default=False)
    closing: Many[Line] = named("附言", "如对反映人信息严格保密", default=(), examples=["巡察组对反映人信息严格保密。"])
    headings: YesNo = named("分节标题", "加“一、”“二、”“三、”标题", default=False)
    signer: Signer | None = named("署名", "不填则单个组由巡察组署名，多个组由领导小组办公室署名", default=None)
    sealed: YesNo = named("盖章", "打印后加盖印章", default=False)
    seal: Seal | None = named("印章", "印章图片（透明底 PNG），只用给定的图片", default=None)
    declared_units: Count | None = named("单位数", "如填写，须与所列单位数相符", default=None)
    units_per_team: Count | None = named("一拖几", "如填写，组数乘以它须等于单位数", default=None)
    signed: Day = named("成文日期", "案卷里不填则是进驻日期", examples=["2025-07-01"])
    posted: Day | None = named("发布日期", "张贴或上网的日期，只用来核对", default=None, examples=["2025-07-01"])
    posters: Many[PosterSize] = named(
        "海报", "张贴用的大字公告印多大，不印的写 []", default=(PosterSize.A3,), examples=["A3"]
    )

    @classmethod
    def facts(cls, case: Case, said: dict[str, Any]) -> dict[str, Any]:
        """Take everything from the case; a section that lists teams under 各组 lists them all, the case's own too."""
        own = TeamDuty(ordinal=case.team.ordinal, units=tuple(unit.public for unit in case.units))
        return {
            "round": case.round,
            "teams": (own,),
            "stay": case.stay,
            "channels": case.channels,
            "targets": case.wording.targets,
            "exclusion": case.wording.exclusion,
            "signed": case.stay.start,
        }

    @field_validator("disciplines")
    @classmethod
    def _in_order(cls, disciplines: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [name for name in disciplines if name not in DISCIPLINES]
        if unknown:
            refuse(f"六项纪律（disciplines）里没有“{unknown[0]}”，只能写：{'、'.join(DISCIPLINES)}。")
        places = [DISCIPLINES.index(name) for name in disciplines]
        if places != sorted(set(places)):
            refuse(f"六项纪律（disciplines）应按次序各写一次：{'、'.join(DISCIPLINES)}。")
        return disciplines

    @contradictions
    def _possible(self) -> Iterator[Contradiction]:
        if not self.several and (self.teams[0].stay or self.teams[0].channels):
            yield contradiction(
                "只有一个组时，驻点时间（stay）和反映渠道（channels）写在公告里，不写在各组（teams）里。", field="teams"
            )
        if not self.stay and not all(duty.stay for duty in self.teams):
            yield contradiction("驻点时间（stay）没有填写，也不是每个组都有自己的驻点时间。", field="stay")
        for index, duty in enumerate(self.teams):
            if not (duty.channels or self.channels):
                yield contradiction(
                    f"各组（teams）第{index + 1}个没有反映渠道（channels），也没有共用的渠道。", field="channels"
                )
        stays = (self.stay, *(duty.stay for duty in self.teams))
        if self.postmark_rule and not any(stay and stay.complaints_close for stay in stays):
            yield contradiction(
                "写了以邮戳为准（postmark_rule），就要在驻点时间里填受理截止（complaints_close）。",
                field="postmark_rule",
            )

    @contradictions
    def _signed_first(self) -> Iterator[Contradiction]:
        yield from in_order(self, "signed", "posted")

    @contradictions
    def _counts(self) -> Iterator[Contradiction]:
        count = len(self.unit_names)
        if self.declared_units not in (None, count):
            yield contradiction(
                f"单位数（declared_units）写作{self.declared_units}个，但列出了{count}个。", field="declared_units"
            )
        if self.units_per_team and self.units_per_team * len(self.teams) != count:
            yield contradiction(
                f"一拖几（units_per_team）写作{self.units_per_team}，{len(self.teams)}个组应有"
                f"{self.units_per_team * len(self.teams)}个单位，但列出了{count}个。",
                field="units_per_team",
            )

    @property
    def printed_as(self) -> tuple[str, ...]:
        """The notice on A4, and the posters that are asked for, in the type that their page has room for."""
        ending = "_long" if self.several or self._poster_lines > LARGE_LINES else ""
        return ("", *(f"poster_{size.name.lower()}{ending}" for size in PosterSize if size in self.posters))

    @property
    def _poster_lines(self) -> int:
        """About how many lines of a poster in large type one team's notice takes, title and signature left out."""
        head = (self.basis_written, self.order_written, self.inspectors, self.stay_written, self.objects)
        scope = (self.targets, self.ways, self.disciplines_written, self.excluded, self.exclusion)
        paragraphs = [
            f"{'　' * 20}{''.join(head)}",
            f"{'　' * 36}{''.join(scope)}",
            *((self.task,) if self.task else ()),
            *self.closing,
        ]
        contacts = [line.text for line in self.channels.lines] if self.channels else []
        if self.channels and self.channels.supervision_phone:
            contacts.append(f"{self.channels.supervision}（反映巡察组自身问题）")
        body = sum(ceil((chinese.width(text) + 2) / BODY_CHARS) for text in paragraphs)
        reach = sum(ceil(chinese.width(text) / CONTACT_CHARS) for text in contacts)
        qr = QR_LINES if self.channels and self.channels.qr else 0
        title = 2 * (ceil(chinese.width(self.title) / TITLE_CHARS) - 1) + 3 * self.headings
        return title + body + ceil(CONTACT_HEIGHT * reach) + qr

    @property
    def texts(self) -> Mapping[str, str]:
        """The short message."""
        return {"短信": self.message}

    @written("短信写法")
    def message(self) -> str:
        """All that matters in one short message: who, whom, when, until when, and how to reach the team.

        It takes at most `MESSAGE` characters if the facts allow: many units are counted instead of named, and channels
        are left out, the last ones first; the notice tells what the message does not.
        """
        named = self._announced(self.objects)
        counted = named if _units(named) <= MESSAGE // 2 else self._announced(f"{len(self.unit_names)}个单位党组织")
        order = sorted(self.channels.lines if self.channels else (), key=lambda line: SHORTEST.index(line.label))
        channels = [f"{line.label}{line.text}" for line in order]
        for count in range(len(channels), -1, -1):
            whole = count == len(channels) and counted == named
            told = "；".join(channels[:count])
            said = counted + (f"{told}。" if told else "") + self._more(whole=whole)
            if _units(said) <= MESSAGE or count <= 1:
                break
        return said

    def _announced(self, objects: str) -> str:
        """Say who inspects whom, from when to when, and until when complaints are taken."""
        close = self.stay.complaints_close if self.stay else None
        until = f"，受理信访截止到{chinese.written_moment(close)}" if close else ""
        return f"{self.inspectors}{self.stay_written}对{objects}开展{self.round.types_written}{until}。"

    def _more(self, *, whole: bool) -> str:
        """Say where the rest stands; nothing if the message tells all."""
        title = self.title.replace("\n", "")
        if self.several:
            return f"各组的单位和联系方式见《{title}》。"
        return "" if whole else f"详见《{title}》。"

    @written("依据写法")
    def basis_written(self) -> str:
        """`《中国共产党党内监督条例》《中国共产党巡视工作条例》`: no mark between titles."""
        return cited(self.basis)

    @written("部署写法")
    def order_written(self) -> str:
        """`按照县委统一部署`."""
        return self.order or f"按照{self.round.committee_self}统一部署"

    @written("纪律写法")
    def disciplines_written(self) -> str:
        """`政治纪律、组织纪律、…和生活纪律`."""
        return chinese.listed(self.disciplines)

    @written("反映方式")
    def ways(self) -> str:
        """The ways that all channels of the notice give, each once."""
        given = [channels.ways for channels in (self.channels, *(duty.channels for duty in self.teams)) if channels]
        said = {way for ways in given for way in ways.split("、")}
        return "、".join(way for way in ("来信", "来电", "来访", "网上反映") if way in said)

    @written("各组一览")
    def table(self) -> tuple[TeamRow, ...]:
        """The rows of the table of teams."""
        return tuple(
            TeamRow(
                team=duty.name,
                units=duty.units_written,
                contacts=tuple(self._particulars(duty)),
                qr=duty.channels.qr if duty.channels else None,
            )
            for duty in self.teams
        )

    @written("时间写法")
    def stay_written(self) -> str:
        """`自2025年7月1日至8月29日`; empty where the table of teams gives each team's own dates."""
        return self.stay.phrase if self.stay else ""

    def _particulars(self, duty: TeamDuty) -> Iterator[str]:
        """Yield what is particular to a team: its dates, then a line for each channel."""
        if duty.stay:
            yield f"巡察时间：{duty.stay.phrase.rstrip('，')}"
        if duty.stay and duty.stay.complaints_close:
            postmark = "（来信以邮戳日期为准）" if self.postmark_rule else ""
            yield f"受理截止：{chinese.written_moment(duty.stay.complaints_close)}{postmark}"
        if duty.channels:
            yield from (f"{line.label}：{line.text}" for line in duty.channels.lines)
        if duty.channels and duty.channels.supervision_phone:
            yield f"监督电话：{duty.channels.supervision}（反映巡察组自身问题）"


def _units(text: str) -> int:
    """Return how many characters a text takes in a short message: those beyond the first plane take two."""
    return len(text.encode("utf-16-le")) // 2

"""The typed vocabulary that all papers share: text, days, people, places, channels.

Every text is kept as it was typed, but for blanks at its ends. What can't stand on paper (control characters, halves
of characters) is refused. Numbers come from `reference` clauses where they are named.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import pairwise
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import CoreSchema, core_schema

from xuncha_docs import chinese
from xuncha_docs.chinese import DocumentNumber
from xuncha_docs.images import Image
from xuncha_docs.model import (
    NOT_PUBLIC,
    Choice,
    Contradiction,
    Model,
    Recognised,
    Shared,
    contradiction,
    contradictions,
    named,
    refuse,
    written,
)

# --- text ----------------------------------------------------------------------------------------------------------

# Control characters, line and paragraph separators, halves of characters, what is no character, what stands for a lost
# one, and what turns the direction of reading.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff\ufffd\u202a-\u202e\u2066-\u2069]")


_WORD = re.compile(r"\w")


def printable(text: str) -> str:
    """Return a text of one line without blanks at its ends; refuse what can't stand on paper."""
    text = text.strip()
    if text.isprintable() and "\ufffd" not in text and _WORD.search(text):
        return text  # nearly every text, and much sooner
    if found := _UNPRINTABLE.search(text):
        what = {"\n": "换行", "\r": "换行", "\t": "制表符"}.get(found[0], f"看不见的字符 U+{ord(found[0]):04X}")
        refuse(f"含有{what}，无法印在纸上，请删去；这里只写一行。", rule="bad_text")
    if not _WORD.search(text) and all(unicodedata.category(char) in ("Cf", "Zs", "Mn") for char in text):
        refuse("不能为空。", rule="malformed")
    return text


_TEXT = WithJsonSchema({"type": "string", "minLength": 1})

Line = Annotated[str, AfterValidator(printable), _TEXT]
"""Text of one line."""


def _name(text: str) -> str:
    """Refuse what a list makes of full-width marks: `[甲，乙]` is one text to YAML."""
    if re.search("[，【】]", text) or re.fullmatch("[“\"‘'].*[”\"’']", text):
        refuse(f"“{text[:30]}”不像一个名称：列表要用半角逗号隔开，或每行写一个；名称不加引号。", rule="malformed")
    return text


Name = Annotated[str, AfterValidator(printable), AfterValidator(_name), _TEXT]
"""The name of an organisation or a place."""


def _person_name(text: str) -> str:
    if "、" in text:
        refuse(f"“{text[:30]}”不像一个人的姓名，一项只写一个人。", rule="malformed")
    return text


PersonName = Annotated[Name, AfterValidator(_person_name), NOT_PUBLIC]
"""The name of one person."""


def _lines(value: object) -> object:
    return [line for line in value.split("\n") if line.strip()] if isinstance(value, str) else value


Paragraphs = Annotated[
    tuple[Line, ...],
    BeforeValidator(_lines),
    Field(min_length=1),
    WithJsonSchema({"oneOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string"}}]}),
]
"""Paragraphs: a list of texts, or one text with a paragraph on each line."""


def _title(text: str) -> str:
    if len(text) > 200:
        refuse(f"标题有{len(text)}字，太长，最多200字。", rule="malformed")
    return "\n".join(printable(line) for line in text.strip().split("\n"))


Title = Annotated[str, AfterValidator(_title), _TEXT]
"""A title; it may say where its lines break (GB/T 9704 7.3.1 wants words whole and lines of unequal length)."""


class _OneOrMore:
    """Lets a single item stand for a list of one."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._listed, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        many = handler(schema)
        return {"anyOf": [many["items"], many]}

    @staticmethod
    def _listed(value: object) -> object:
        return [value] if isinstance(value, str | Mapping) else value


T = TypeVar("T")

Many = Annotated[tuple[T, ...], _OneOrMore()]
"""A list; a single item may be written without the dash."""


def matching(pattern: str, cure: str) -> AfterValidator:
    """Make the check that a text has a certain form.

    Args:
        pattern: what the whole text must match.
        cure: what to write instead, in Chinese.
    """

    def check(text: str) -> str:
        if not re.fullmatch(pattern, text, re.ASCII):
            refuse(f"“{text[:60]}”写法不对，{cure}", rule="malformed")
        return text

    return AfterValidator(check)


def _reading(read: Callable[[str], Any], cure: str) -> BeforeValidator:
    """Make the step that reads text by one of the readers of `chinese`; anything else passes on."""

    def step(value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return read(value)
        except chinese.NoSuchDay:
            refuse(f"“{value[:60]}”：日历上没有这一天，请核对。", rule="malformed")
        except ValueError:
            refuse(f"“{value[:60]}”写法不对，{cure}", rule="malformed")

    return BeforeValidator(step)


def _no_number(value: object) -> object:
    # Pydantic would read 20250701 as seconds since 1970.
    if isinstance(value, int | float):
        refuse(f"“{value}”不是日期，应写成 2025-07-01 或 2025年7月1日。", rule="malformed")
    return value


def _only_day(value: object) -> object:
    if isinstance(value, datetime):
        refuse("这里只写日期，不写时间，如 2025年7月1日。", rule="malformed")
    return value


def _near(day: date) -> date:
    if not 1900 <= day.year <= 2199:
        refuse(f"年份{day.year}不对，请核对。", rule="malformed")
    return day


def _moment(value: object) -> date:
    if not isinstance(value, date):
        refuse("应写日期，需要时加时间，如 2025年7月1日 9:00。", rule="malformed")
    return _near(value)


_DAY_CURE = "应写成 2025-07-01 或 2025年7月1日。"

Day = Annotated[
    date,
    AfterValidator(_near),
    BeforeValidator(_only_day),
    _reading(chinese.read_date, _DAY_CURE),
    BeforeValidator(_no_number),
    WithJsonSchema({"type": "string", "description": "2025-07-01 或 2025年7月1日"}),
]
"""A day."""

Moment = Annotated[
    date,
    PlainValidator(_moment),
    _reading(chinese.read_moment, "应写成 2025年7月1日 或 2025年7月1日 9:00。"),
    BeforeValidator(_no_number),
    PlainSerializer(lambda moment: moment, return_type=Any),  # a datetime keeps its time
    WithJsonSchema({"type": "string", "description": "2025-07-01，或 2025年7月1日 9:00"}),
]
"""A day, or a day with its time (then it is a `datetime`)."""

Clock = Annotated[
    time,
    _reading(chinese.read_time, "应写成24小时制的 8:30、17:30，不写“12时”。"),
    BeforeValidator(_no_number),
    WithJsonSchema({"type": "string", "description": "8:30"}),
]
"""A time of the 24-hour clock."""


def _read_ordinal(text: str) -> int:
    bare = text.strip().removeprefix("第")
    return chinese.read_numeral(bare) if re.match("[一二三四五六七八九十]", bare) else _read_count(bare)


def _read_count(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,9}", text.strip(), re.ASCII):
        raise ValueError(text)
    return int(text)


def _no_bool(value: object) -> object:
    return str(value) if isinstance(value, bool) else value


Ordinal = Annotated[
    int,
    Field(ge=1, le=99),
    _reading(_read_ordinal, "应写整数，用半角数字，如 1、2、3，或 一、二、三。"),
    BeforeValidator(_no_bool),
    WithJsonSchema({"oneOf": [{"type": "integer", "minimum": 1, "maximum": 99}, {"type": "string"}]}),
]
"""An ordinal, 1 to 99, typed as 3 or 三."""

Year = Annotated[
    int,
    Field(ge=1949, le=2099),
    _reading(lambda text: _read_count(text.strip().removesuffix("年")), "应写四位年份，如 2025。"),
    BeforeValidator(_no_bool),
    WithJsonSchema({"oneOf": [{"type": "integer", "minimum": 1949, "maximum": 2099}, {"type": "string"}]}),
]
"""A year."""

Count = Annotated[
    int,
    Field(ge=1),
    _reading(_read_count, "应写整数，用半角数字，如 15。"),
    BeforeValidator(_no_bool),
    WithJsonSchema({"oneOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^\d+$"}]}),
]
"""How many there are."""

Tally = Annotated[
    int,
    Field(ge=0),
    _reading(_read_count, "应写整数，用半角数字，没有的写 0。"),
    BeforeValidator(_no_bool),
    WithJsonSchema({"oneOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^\d+$"}]}),
]
"""How many there are, perhaps none."""

_YES_NO = {"是": True, "否": False, "有": True, "无": False}
YesNo = Annotated[
    bool,
    BeforeValidator(lambda value: _YES_NO.get(value, value) if isinstance(value, str) else value),
    WithJsonSchema({"oneOf": [{"type": "boolean"}, {"enum": [*_YES_NO, "true", "false"]}]}),
]
"""Yes or no, typed as 是 or 否, true or false."""


def _number(value: object) -> DocumentNumber:
    if isinstance(value, DocumentNumber):
        return value
    if not isinstance(value, str):
        refuse("应写成“X委巡办〔2025〕7号”的样子。", rule="malformed")
    try:
        return DocumentNumber.read(printable(value))
    except ValueError as error:
        refuse(f"文号“{value.strip()}”不对：{error}。")


Number = Annotated[
    DocumentNumber,
    PlainValidator(_number),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["临委巡三组立改〔2025〕1号"]}),
]
"""A 文号 (GB/T 9704 7.2.5)."""

SecrecyMark = Annotated[
    Line,
    matching(
        r"(?:绝密|机密|秘密)★(?:(?:[1-9]|[12]\d|30)年|(?:[1-9]|1[01])个月|长期)|工作秘密|内部资料(?: 注意保存)?|内部",
        "国家秘密写“秘密★1年”（密级、★、保密期限，中间无空格），其他写“内部”“内部资料”或“工作秘密”。",
    ),
    NOT_PUBLIC,
]
"""A secrecy mark, only ever from input (GB/T 9704 7.2.2; what is no state secret carries no ★)."""


# --- people and organisations --------------------------------------------------------------------------------------


class Role(Choice):
    """What a person is in a team."""

    LEADER = "组长"
    DEPUTY = "副组长"
    LIAISON = "联络员"
    MEMBER = "组员"


class Person(Model):
    """A person; a bare name will do."""

    shared = Shared("人员", by=("name", "phone"))
    restricted: ClassVar[Mapping[str, Recognised]] = {"name": Recognised.NAME, "phone": Recognised.PHONE}

    short_form = True

    name: PersonName = named("姓名", examples=["张某某"])
    post: Line | None = named("职务", default=None, examples=["一级调研员"], usual=True)
    unit: Line | None = named("单位", "从哪里抽调", default=None, examples=["临江县审计局"])
    phone: Line | None = named("电话", default=None, examples=["0600-8000009"])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare name."""
        return {"name": text}


class InspectionType(Choice):
    """What sort of inspection it is; several may be carried out in one round."""

    ROUTINE = "常规"
    SPECIAL = "专项"
    MOBILE = "机动"
    LOOK_BACK = "回头看"
    RAISED = "提级"
    CROSSED = "交叉"
    VILLAGE = "巡村"

    @classmethod
    def also(cls) -> Mapping[str, str]:
        """Read the longer words too."""
        return {f"{member.value}巡察": member.value for member in cls} | {"巡察“回头看”": "回头看", "对村巡察": "巡村"}

    def phrase(self, subject: str | None = None) -> str:
        """Write it in a sentence: `常规巡察`, `校园餐专项巡察`, `巡察“回头看”`."""
        special = {"回头看": "巡察“回头看”", "巡村": "对村巡察", "专项": f"{subject or ''}专项巡察"}
        return special.get(self.value, f"{self.value}巡察")


class UnitName(Model):
    """The name of an inspected Party organisation: all that a public paper says of it."""

    shared = Shared("被巡察单位", by=("name", "short_name"))

    short_form = True

    name: Name = named("名称", "被巡察党组织的全称", examples=["中共临江县水利局党组"])
    short_name: Name | None = named("简称", "不填则用全称", default=None, examples=["县水利局党组"])
    type: Line | None = named("类型", "如局、镇、村、学校、子公司", default=None, examples=["局"])
    extends_to: Line | None = named("延伸范围", "一并巡察的下级组织", default=None, examples=["所辖5个村党组织"])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare name."""
        return {"name": text}

    @written("短称")
    def short(self) -> str:
        """The short name, or the full one where there is no short one."""
        return self.short_name or self.name

    @written("名称及延伸")
    def extended(self) -> str:
        """The name with what the inspection extends to."""
        return f"{self.name}（含{self.extends_to}）" if self.extends_to else self.name


class Unit(UnitName):
    """An inspected Party organisation, with what only the team needs to know of it."""

    head_title: Line | None = named("主要负责人职务", default=None, examples=["党组书记、局长"])
    counterpart: Person | None = named("对方联络员", "被巡察单位的联络员", default=None)

    @property
    def public(self) -> UnitName:
        """What a public paper may say of it."""
        return UnitName(**{name: getattr(self, name) for name in UnitName.model_fields})


class Basis(Model):
    """A rule that is cited; a bare title will do."""

    short_form = True

    title: Line = named("名称", "不带书名号", examples=["中国共产党巡视工作条例"])
    article: Line | None = named("条款", default=None, examples=["第十五条"])
    number: Number | None = named("文号", default=None, examples=["临委巡办〔2025〕7号"])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare title."""
        return {"title": text}

    @field_validator("title")
    @classmethod
    def _bare(cls, title: str) -> str:
        return title.removeprefix("《").removesuffix("》") if title.endswith("》") else title

    @written("书名号全称")
    def cited(self) -> str:
        """As a sentence cites it, `《中国共产党巡视工作条例》第十五条`; a document's number follows its title."""
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.title}》{number}{self.article or ''}"


def cited(basis: Iterable[Basis]) -> str:
    """Write several rules in a sentence: no mark stands between titles (GB/T 15834—2011 4.5.3.5)."""
    return "".join(one.cited for one in basis)


# --- time ----------------------------------------------------------------------------------------------------------


class Span(Model):
    """A stretch of days, both ends included."""

    start: Day = named("开始日期", examples=["2025-07-01"])
    end: Day = named("结束日期", examples=["2025-08-29"])

    @contradictions
    def _in_order(self) -> Iterator[Contradiction]:
        yield from in_order(self, "start", "end")

    @written("起止")
    def phrase(self) -> str:
        """Both days, `2025年7月1日至8月29日`; a single day once."""
        one = self.start == self.end
        return chinese.written_date(self.start) if one else chinese.written_span(self.start, self.end)


def doubled(items: Iterable[T]) -> list[T]:
    """Return what stands more than once in a list, each thing once."""
    return [item for item, times in Counter(items).items() if times > 1]


def in_order(model: Model, earlier: str, later: str) -> Iterator[Contradiction]:
    """Object to a model in which one day comes before another; either may be None."""
    first, second = getattr(model, earlier), getattr(model, later)
    if first is None or second is None or as_day(first) <= as_day(second):
        return
    names = type(model).model_fields
    yield contradiction(
        f"{names[later].title}（{later}）{chinese.written_moment(second)}"
        f"早于{names[earlier].title}（{earlier}）{chinese.written_moment(first)}，请核对。",
        field=later,
    )


def as_day(moment: date) -> date:
    """Return the day of a moment that may have a time."""
    return moment.date() if isinstance(moment, datetime) else moment


class Days(Choice):
    """On which days something is open."""

    WORKDAYS = "工作日"
    DAILY = "每天"

    @classmethod
    def also(cls) -> Mapping[str, str]:
        """Read the other words for every day."""
        return {"每日": "每天", "周一至周五": "工作日"}


class Period(Model):
    """From one time of day to another, `8:30-12:00`."""

    short_form = True

    start: Clock = named("从", examples=["8:30"])
    end: Clock = named("到", examples=["12:00"])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read `8:30-12:00`, with any dash."""
        ends = re.split(r"\s*[-—–－～~至]+\s*", text.strip())
        if len(ends) != 2:
            refuse(f"“{text}”写法不对，应写成 8:30-12:00。", rule="malformed")
        return {"start": ends[0], "end": ends[1]}

    @contradictions
    def _in_order(self) -> Iterator[Contradiction]:
        if self.start >= self.end:
            yield contradiction(
                f"时段到（end）{self.end:%H:%M}不晚于从（start）{self.start:%H:%M}，请按24小时制填写。", field="end"
            )

    def __str__(self) -> str:
        """Write it as the papers do."""
        return f"{chinese.written_time(self.start)}—{chinese.written_time(self.end)}"


class Hours(Model):
    """When a telephone is answered or a room is open; `工作日 8:30-12:00，14:30-18:00` will do."""

    short_form = True

    days: Days | None = named("日子", "不填则只写时段", default=None, examples=["工作日"])
    periods: Many[Period] = named("时段", min_length=1, examples=["8:30-12:00"])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read the days, then the periods."""
        match = re.match(r"\D+", text.strip())
        said: dict[str, Any] = {
            "periods": [p for p in re.split(r"[，,、；;\s]+(?=\d)", text[match.end() if match else 0 :].strip()) if p]
        }
        return said | ({"days": match[0].strip()} if match else {})

    @field_validator("periods")
    @classmethod
    def _apart(cls, periods: tuple[Period, ...]) -> tuple[Period, ...]:
        for one, next_one in pairwise(periods):
            if next_one.start < one.end:
                refuse(f"时段（periods）{one}与{next_one}重叠或颠倒，请按先后填写。")
        return periods

    @written("写法")
    def phrase(self) -> str:
        """As the papers write it, `工作日8:30—12:00、14:30—18:00`."""
        return f"{self.days or ''}{'、'.join(str(p) for p in self.periods)}"


# --- channels ------------------------------------------------------------------------------------------------------

_PHONE = r"0\d{2,3}-\d{7,8}(?:-\d{1,5})?|1\d{10}|12\d{3}|400-\d{3}-\d{4}"
PhoneNumber = Annotated[Line, matching(_PHONE, "座机应写成“区号-号码”，如 0600-8000001，手机应写11位数字。")]
"""A telephone number: area code of 3 or 4 digits and 7 or 8 more, 11 digits that begin with 1, or a hotline."""


class Phone(Model):
    """A telephone; a bare number will do."""

    short_form = True

    number: PhoneNumber = named("号码", examples=["0600-8000001"])
    hours: Hours | None = named("接听时间", default=None, examples=["工作日 8:30-12:00，14:30-18:00"])
    sms: YesNo = named("可收短信", default=False)

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare number."""
        return {"number": text}

    @contradictions
    def _sms_needs_mobile(self) -> Iterator[Contradiction]:
        if self.sms and not re.fullmatch(r"1\d{10}", self.number):
            yield contradiction(f"可收短信（sms）的应是手机，{self.number}不是手机号码。", field="sms")


class Post(Model):
    """Where letters go: a post-office box or an address."""

    short_form = True

    box: Line | None = named("信箱", default=None, examples=["临江县A001号邮政信箱"], usual=True)
    address: Line | None = named("地址", default=None, examples=["临江县行政中心1号楼（收）"])
    postcode: Annotated[Line, matching(r"\d{6}", "邮编应是6位数字。")] | None = named(
        "邮编", default=None, examples=["000000"], usual=True
    )

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare box or address."""
        return {"box": text}

    @contradictions
    def _somewhere(self) -> Iterator[Contradiction]:
        if not (self.box or self.address):
            yield contradiction("信箱（box）和地址（address）至少填一项。", field="box")

    @written("写法")
    def phrase(self) -> str:
        """As the papers write it."""
        where = "，".join(x for x in (self.box, self.address) if x)
        return f"{where}（邮编：{self.postcode}）" if self.postcode else where


Email = Annotated[
    Line,
    matching(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", "邮箱应写成 name@example.gov.cn 的样子。"),
]
"""An e-mail address (邮箱); 信箱 is for letters only."""


class Box(Model):
    """A box for letters of opinion; a bare place will do."""

    short_form = True

    place: Line = named("位置", examples=["县水利局办公楼一楼大厅"])
    unit: Line | None = named("单位", "设在哪个单位", default=None, examples=["县水利局"])
    in_view: YesNo | None = named("在监控范围内", "不填表示未核实", default=None)

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare place."""
        return {"place": text}

    @written("写法")
    def phrase(self) -> str:
        """The unit and the place, the unit once."""
        return self.place if not self.unit or self.place.startswith(self.unit) else f"{self.unit}{self.place}"


class Reception(Model):
    """Where the team receives visitors; a bare place will do."""

    short_form = True

    place: Line = named("地点", examples=["县水利局办公楼201室"])
    hours: Hours | None = named("时间", default=None, examples=["工作日 9:00-11:30"])

    @classmethod
    def from_text(cls, text: str) -> Any:
        """Read a bare place."""
        return {"place": text}

    @written("写法")
    def phrase(self) -> str:
        """The place, with its hours."""
        return f"{self.place}（{self.hours.phrase}）" if self.hours else self.place


class QR(Model):
    """The code of a reporting platform."""

    platform: Line = named("平台", examples=["码上巡察"])
    image: Image = named("图片", "二维码图片文件", examples=["二维码.png"])


class ChannelLine(Model):
    """One line of a notice: what the channel is, and where it leads."""

    label: Line = named("名称", examples=["值班电话"])
    text: Line = named("内容", examples=["0600-8000001"])


class Channels(Model):
    """Every way to reach the team; sentences and tables name the ways given here, and only those."""

    shared = Shared("反映渠道")

    phones: Many[Phone] = named("值班电话", default=(), examples=["0600-8000001"], usual=True)
    phone_hours: Hours | None = named(
        "接听时间", "没有单独写时间的电话都用它", default=None, examples=["工作日 8:30-12:00，14:30-18:00"], usual=True
    )
    post: Post | None = named("邮政信箱", default=None)
    email: Email | None = named("电子邮箱", default=None, examples=["xuncha3@linjiang.example"], usual=True)
    boxes: Many[Box] = named("意见箱", default=(), examples=["县水利局办公楼一楼大厅"], usual=True)
    reception: Reception | None = named("来访接待", default=None)
    qr: QR | None = named("二维码", default=None)
    supervision_phone: Phone | None = named(
        "监督电话", "反映巡察组自身问题的电话", default=None, examples=["0600-8000008"]
    )

    @contradictions
    def _at_least_one(self) -> Iterator[Contradiction]:
        if not self.lines:
            yield contradiction(
                "至少要有一种反映渠道：值班电话、邮政信箱、电子邮箱、意见箱、来访接待或二维码。", field="phones"
            )

    @written("渠道")
    def lines(self) -> tuple[ChannelLine, ...]:
        """One line for each kind of channel that is given, in the usual order."""
        return tuple(ChannelLine(label=label, text=text) for label, text in self._lines())

    def _lines(self) -> Iterator[tuple[str, str]]:
        if self.phones:
            yield "值班电话", self._phones()
        if self.post:
            yield "邮政信箱", self.post.phrase
        if self.email:
            yield "电子邮箱", self.email
        if self.boxes:
            yield "意见箱", "；".join(box.phrase for box in self.boxes)
        if self.reception:
            yield "来访接待", self.reception.phrase
        if self.qr:
            yield "网上反映", f"扫描二维码，通过“{self.qr.platform}”平台反映"

    def _phones(self) -> str:
        """The numbers, each with its hours; hours that several share are said once, at the end."""
        hours = [phone.hours or self.phone_hours for phone in self.phones]
        shared = hours[0] if len(hours) > 1 and len(set(hours)) == 1 else None
        each = [_phone_text(p, None if shared else h) for p, h in zip(self.phones, hours, strict=True)]
        return "、".join(each) + (f"，接听时间：{shared.phrase}" if shared else "")

    @written("反映方式")
    def ways(self) -> str:
        """The ways that a sentence names, `来信、来电、来访`, after the channels given."""
        given = {
            "来信": bool(self.post or self.email or self.boxes),
            "来电": bool(self.phones),
            "来访": bool(self.reception),
            "网上反映": bool(self.qr),
        }
        return "、".join(way for way, has in given.items() if has)

    @written("监督电话写法")
    def supervision(self) -> str:
        """The telephone for complaints about the team itself; empty where none is given."""
        phone = self.supervision_phone
        return _phone_text(phone, phone.hours) if phone else ""


def _phone_text(phone: Phone, hours: Hours | None) -> str:
    notes = [*([hours.phrase] if hours else []), *(["可接收短信"] if phone.sms else [])]
    return phone.number + (f"（{'，'.join(notes)}）" if notes else "")


# --- writing -------------------------------------------------------------------------------------------------------


class Quotation(Model):
    """Words of somebody else, with where they come from."""

    text: Line = named("原文", "不带引号", examples=["巡察是政治巡察。"])
    speaker: Line | None = named("出处", "谁说的，或哪份文件", default=None, examples=["某次会议讲话"])
    said_on: Day | None = named("日期", default=None, examples=["2025-01-10"])

    @written("引文")
    def phrase(self) -> str:
        """The words in quotation marks, with their origin in brackets."""
        day = chinese.written_date(self.said_on) if self.said_on else None
        origin = "，".join(x for x in (self.speaker, day) if x)
        return f"“{self.text}”" + (f"（{origin}）" if origin else "")

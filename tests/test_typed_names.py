"""What a model shows of a template before anything is rendered: snippets that are right, and snippets that are not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field, computed_field

from xuncha_docs import kinds
from xuncha_docs.fields import Ordinal
from xuncha_docs.model import Choice, Model, named, written
from xuncha_docs.word import syntax
from xuncha_docs.word.engine import ENVIRONMENT
from xuncha_docs.word.grammar import Grammar
from xuncha_docs.word.known import Known, fields_of, read_by, written_form


class Way(Choice):
    LETTER = "来信"
    CALL = "来电"


class Mail(Model):
    sort: Literal["信箱"] = named("类型", default="信箱")
    address: str = named("地址")


class Phone(Model):
    sort: Literal["电话"] = named("类型", default="电话")
    number: str = named("号码")
    hours: str | None = named("时间", default=None)


Channel = Annotated[Mail | Phone, Field(discriminator="sort")]


class Unit(Model):
    ordinal: Ordinal = named("序号")
    name: str = named("名称")
    short: str | None = named("简称", default=None)
    note: str | None = named("备注", default=None)
    way: Way | None = named("方式", default=None)
    founded: date = named("成立日期")

    @written("第几")
    def nth(self) -> str:
        """`第三组`."""
        return f"第{self.ordinal}组"

    @written("备注写法")
    def note_written(self) -> str:
        return self.note or ""


class Paper(Model):
    title: str = named("标题")
    unit: Unit = named("单位")
    other: Unit | None = named("另一单位", default=None)
    units: tuple[Unit, ...] = named("各单位", default=())
    names: tuple[str, ...] | None = named("名单", default=None)
    ways: tuple[Way, ...] = named("各方式", default=())
    channels: tuple[Channel, ...] = named("渠道", default=())
    count: int = named("个数", default=1)
    sealed: bool = named("盖章", default=False)
    signed: date = named("日期")
    extra: Any = named("其他", default=None)

    @computed_field(alias="简写")  # type: ignore[prop-decorator]  # as Pydantic's own docs do
    @property
    def brief(self) -> str | None:
        return self.title[:2] or None

    table: Mapping[str, str] = named("对照", default_factory=dict)


def sorts(text: str) -> list[str]:
    """Return what is wrong with a template."""
    reading = syntax.read(re.findall(r"\{[{%].*?[}%]\}", text), ENVIRONMENT)
    assert not reading.faults, reading.faults
    checked = Grammar(Paper)
    assert reading.tree is not None
    checked.check(reading.tree)
    return [fault.sort for fault in checked.faults]


RIGHT = [
    "{{ 标题 }}{{ title }}{{ 单位.名称 }}{{ unit.名称 }}{{ 单位['名称'] }}",
    "{% if 另一单位 %}{{ 另一单位.名称 }}{% endif %}",
    "{% if other %}{{ 另一单位.名称 }}{% endif %}",
    "{% if 简写 %}{{ brief }}{% endif %}{{ 简写 or '无' }}",
    "{% if 另一单位 is not none %}{{ 另一单位.名称 }}{% endif %}",
    "{% if 另一单位 != none %}{{ 另一单位.名称 }}{% endif %}",
    "{% if not 另一单位 %}无{% else %}{{ 另一单位.名称 }}{% endif %}",
    "{% if 另一单位 is none %}无{% else %}{{ 另一单位.名称 }}{% endif %}",
    "{% if 盖章 %}甲{% elif 另一单位 %}{{ 另一单位.名称 }}{% else %}乙{% endif %}",
    "{% if not 另一单位 %}无{% elif 盖章 %}{{ 另一单位.名称 }}{% else %}{{ 另一单位.名称 }}{% endif %}",
    "{% if 另一单位 and 另一单位.简称 %}{{ 另一单位.简称 }}{% endif %}",
    "{{ 单位.简称 or '无' }}{{ 单位.简称|default('无', true) }}{{ 单位.简称 if 单位.简称 else '' }}",
    "{{ 另一单位.名称 if 另一单位 else '无' }}",
    "{% for 项 in 各单位 %}{{ 项.名称 }}{{ loop.index }}{% endfor %}",
    "{% for 项 in 各单位 if 项.简称 %}{{ 项.简称 }}{% endfor %}",
    "{% for 项 in 各单位|sort(attribute='名称') %}{{ 项.名称 }}{% endfor %}",
    "{{ 各单位|map(attribute='名称')|join('、') }}{{ 各单位|length }}{{ (各单位|first).名称 }}",
    "{% for 名 in 名单 or [] %}{{ 名 }}{% endfor %}",
    "{% if 名单 %}{% for 名 in 名单 %}{{ 名 }}{% endfor %}{{ 名单|join('、') }}{% endif %}",
    "{% for 项 in 渠道 %}{% if 项.类型 == '信箱' %}{{ 项.地址 }}{% else %}{{ 项.号码 }}{% endif %}{% endfor %}",
    "{% for 项 in 渠道 %}{% if 项.类型 != '信箱' %}{{ 项.号码 }}{% else %}{{ 项.地址 }}{% endif %}{% endfor %}",
    "{% for 项 in 渠道 %}{% if 项.类型 in ['电话'] and 项.时间 %}{{ 项.时间 }}{% endif %}{{ 项.类型 }}{% endfor %}",
    "{% if 单位.方式 == '来信' %}信{% endif %}{% if 单位.方式 in ['来信', '来电'] %}有{% endif %}",
    "{% set x = 另一单位 %}{% if x %}{{ x.名称 }}{% endif %}",
    "{% with x = 单位 %}{{ x.名称 }}{% endwith %}",
    "{% macro m(u) %}{{ u.名称 }}{% endmacro %}{{ m(单位) }}",
    "{% set x = '甲' %}{{ x }}{{ 其他.什么 }}{{ 对照.什么 }}{{ 单位.备注写法 }}{{ 单位.第几 }}",
    "{% if 个数 > 1 and 个数 == 2 %}{{ 个数 }}{% endif %}{{ 标题 ~ 单位.名称 }}{{ 日期 }}",
    "{% if 盖章 %}{% set x = '甲' %}{% else %}{% set x = '乙' %}{% endif %}{{ x }}",
    "{% set x = '' %}{% if 盖章 %}{% set x = '甲' %}{% endif %}{{ x }}",
    "{% if 盖章 %}{% set x = '甲' %}{% if 个数 > 1 %}{{ x }}{% endif %}{{ x }}{% endif %}",
    "{{ 各单位|map(attribute='名称')|join('、') }}{{ 标题 + 单位.名称 }}{{ 个数 + 1 }}{{ 个数|汉字 }}{{ 标题|length }}",
    "{% if '来信' in 各方式 %}甲{% endif %}{% if '甲' in 标题 %}乙{% endif %}{% if 日期 > 日期 %}丙{% endif %}",
    "{% macro m(u, v='甲') %}{{ u }}{{ v }}{% endmacro %}{{ m(标题) }}{{ m(u=标题) }}",
    "{% for 一 in range(3) %}甲{% endfor %}{% for 项 in 各单位 %}{{ loop.index }}{% endfor %}",
]

WRONG = {
    "{{ 标提 }}": "unknown-name",
    "{{ 单位.名成 }}": "unknown-name",
    "{{ 单位['名成'] }}": "unknown-name",
    "{{ 标题.名称 }}": "unknown-name",
    "{{ 各单位.名称 }}": "unknown-name",
    "{% for 项 in 各单位 %}{{ 项.名成 }}{% endfor %}": "unknown-name",
    "{% for 项 in 各单位|sort(attribute='名成') %}{{ 项.名称 }}{% endfor %}": "unknown-name",
    "{{ 各单位|map(attribute='名成')|join }}": "unknown-name",
    "{{ (各单位|first).名成 }}": "unknown-name",
    "{% set x = 单位 %}{{ x.名成 }}": "unknown-name",
    "{% with x = 单位 %}{{ x.名成 }}{% endwith %}": "unknown-name",
    "{% macro m(u) %}{{ u.名成 }}{% endmacro %}{{ m(单位) }}": "unknown-name",
    "{% for 项 in 渠道 %}{{ 项.地址 }}{% endfor %}": "unknown-name",
    "{% for 项 in 渠道 %}{% if 项.类型 == '信箱' %}{{ 项.号码 }}{% endif %}{% endfor %}": "unknown-name",
    "{{ loop.index }}": "outside-loop",
    "{% for 项 in 各单位 %}{{ 项.名称 }}{% endfor %}{{ 项.名称 }}": "outside-loop",
    "{% for 字 in 标题 %}{{ 字 }}{% endfor %}": "no-list",
    "{% for 字 in 单位 %}{{ 字 }}{% endfor %}": "no-list",
    "{{ 标题|join('、') }}": "no-list",
    "{{ 各单位 }}": "whole-value",
    "{{ 单位 }}": "whole-value",
    "{{ 标题 ~ 单位 }}": "whole-value",
    "{{ 简写 }}": "unguarded",
    "{{ brief.名称 }}": "unguarded",
    "{{ 单位.简称 }}": "unguarded",
    "{{ 单位.简称|upper }}": "unguarded",
    "{{ 标题 ~ 单位.简称 }}": "unguarded",
    "{{ 另一单位.名称 }}": "unguarded",
    "{% for 名 in 名单 %}{{ 名 }}{% endfor %}": "unguarded",
    "{% if 另一单位.简称 %}甲{% endif %}": "unguarded",
    "{% if 盖章 or 另一单位 %}{{ 另一单位.名称 }}{% endif %}": "unguarded",
    "{% if 另一单位 %}甲{% else %}{{ 另一单位.名称 }}{% endif %}": "unguarded",
    "{% if 另一单位 %}{{ 另一单位.名称 }}{% endif %}{{ 另一单位.名称 }}": "unguarded",
    "{% if 单位.简称 is defined %}{{ 单位.简称 }}{% endif %}": "weak-guard",
    "{{ 单位.简称|default('无') }}": "weak-guard",
    "{% if 单位.方式 == '来访' %}甲{% endif %}": "never-holds",
    "{% if 单位.方式 in ['来访'] %}甲{% endif %}": "never-holds",
    "{% if 盖章 == '是' %}甲{% endif %}": "never-holds",
    "{% if 个数 == '1' %}甲{% endif %}": "never-holds",
    "{% if 标题 == 1 %}甲{% endif %}": "never-holds",
    "{% if 标题 == none %}甲{% endif %}": "never-holds",
    "{% if 标题 == 日期 %}甲{% endif %}": "never-holds",
    "{% for 项 in 渠道 %}{% if 项.类型 == '传真' %}甲{% endif %}{% endfor %}{{ 渠道|length }}": "never-holds",
    "{{ 单位.序号 }}": "raw-value",
    "{% if 单位.备注 %}{{ 单位.备注 }}{% endif %}": "raw-value",
    "{{ 日期.year }}年": "raw-value",
    "{{ '甲' if 盖章 }}": "missing-else",
    "{% for 项 in 各单位 %}{{ 标题 }}{% endfor %}": "unused-item",
    "{% if 日期 %}甲{% endif %}": "always-holds",
    "{% if 单位 %}甲{% endif %}": "always-holds",
    "{{ 盖章 }}": "yes-or-no",
    "{{ 各单位|join('、') }}": "whole-value",
    "{{ 各单位|map(attribute='简称')|join('、') }}": "unguarded",
    "{{ 各单位|join('、', attribute='简称') }}": "unguarded",
    "{% if 日期 > '2025-07-01' %}甲{% endif %}": "wrong-sort",
    "{% if 个数 > '3' %}甲{% endif %}": "wrong-sort",
    "{% if '2025' in 日期 %}甲{% endif %}": "wrong-sort",
    "{% if 3 in 标题 %}甲{% endif %}": "wrong-sort",
    "{{ '第' + 个数 }}": "wrong-sort",
    "{{ 日期 + 1 }}": "wrong-sort",
    "{{ 标题 * 2 }}": "wrong-sort",
    "{{ 标题|汉字 }}": "wrong-sort",
    "{{ 盖章|汉字 }}": "wrong-sort",
    "{{ 日期|length }}": "wrong-sort",
    "{{ 标题|round }}": "wrong-sort",
    "{{ 日期|replace('2025年', '') }}": "wrong-sort",
    "{{ 日期|upper }}": "wrong-sort",
    "{% for k, v in 各单位 %}{{ k }}{% endfor %}": "wrong-sort",
    "{% if 各方式 == '来信' %}甲{% endif %}": "wrong-sort",
    "{% if '来访' in 各方式 %}甲{% endif %}": "never-holds",
    "{% macro m(u) %}{{ u }}{% endmacro %}{{ m() }}": "missing-argument",
    "{% if 盖章 %}{% set x = '甲' %}{% endif %}{{ x }}": "maybe-unset",
    "{% if 盖章 %}{% set x = '甲' %}{% elif 个数 > 1 %}{% set x = '乙' %}{% endif %}{{ x }}": "maybe-unset",
    "{{ 各单位[0].简称 }}": "unguarded",
    "{{ 标题|uper }}": "unknown-filter",
    "{% if 标题 is nome %}甲{% endif %}": "unknown-test",
    "{{ 标题.upper() }}": "call",
    "{{ 标题.__class__ }}": "internal-name",
}


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_said_of_what_is_right(text: str) -> None:
    assert sorts(text) == []


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_told(text: str) -> None:
    assert WRONG[text] in sorts(text)


def test_a_macro_is_read_anew_for_each_sort_of_value_it_is_given() -> None:
    text = "{% macro m(u) %}{{ u.名称 }}{{ u.号码 }}{% endmacro %}{{ m(单位) }}{{ m(其他) }}"
    assert sorts(text) == ["unknown-name"]


def test_a_macro_that_is_read_anew_keeps_the_names_it_was_compiled_with() -> None:
    first = syntax.read(["{% macro m(u) %}", "{{ u.名称 }}", "{% endmacro %}", "{{ m(单位) }}"], ENVIRONMENT).tree
    checked = Grammar(Paper)
    assert first is not None
    checked.check(first)
    assert "'名称'" in repr(first)  # an argument may be of any model: its names are resolved when it is filled


def test_of_what_is_not_known_nothing_is_said() -> None:
    assert not Known.of(Any).types
    assert not Known.of(Any).is_whole
    assert sorts("{{ 其他 }}{{ 其他.甲.乙 }}{% for x in 其他 %}{{ x }}{% endfor %}") == []


def test_a_written_form_reads_the_fields_it_is_made_from() -> None:
    assert read_by(Unit, "nth") == {"ordinal"}
    assert read_by(Paper, "brief") == {"title"}
    assert written_form(Unit, "ordinal") == "第几"
    assert written_form(Unit, "note") == "备注写法"
    assert written_form(Unit, "name") is None


def test_a_name_of_every_model_has_a_type() -> None:
    for kind in kinds.every().values():
        for name, annotation in fields_of(kind).items():
            assert annotation is not None, f"{kind.__name__}.{name}"


def test_every_fault_of_syntax_is_found_and_the_rest_is_still_read() -> None:
    lines = ["{{ a b }}", "{% for x in y %}", "{{ 标提 }}", "{% if %}", "{% endif %}", "{% endwith %}", "{{ c| }}"]
    reading = syntax.read(lines, ENVIRONMENT)
    assert [(fault.tag, fault.sort) for fault in reading.faults] == [
        (0, "unreadable"),
        (1, "unclosed-block"),
        (3, "unreadable"),
        (5, "stray-end"),
        (6, "unreadable"),
    ]
    checked = Grammar(Paper)
    assert reading.tree is not None
    checked.check(reading.tree)
    assert [fault.line for fault in checked.faults if fault.sort == "unknown-name"] == [2, 3]


def test_loops_within_loops_are_told_before_python_refuses_them() -> None:
    deep = ["{% for x in y %}"] * 21 + ["{% endfor %}"] * 21
    assert [fault.sort for fault in syntax.read(deep, ENVIRONMENT).faults] == ["too-deep"]

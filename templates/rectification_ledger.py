"""Drafts 立行立改台账: one wide table, on pages that lie on their side, in 五号 to have room for its columns."""

from dataclasses import replace

from xuncha_docs.gb9704 import Tw
from xuncha_docs.word.drafting import Column, Draft
from xuncha_docs.word.styles import BY_NAME, Page

SMALL = replace(BY_NAME["表格文字"], size=21, char=Tw(210), line=Tw(320))
DRAFT = Draft(
    title="{{ 巡察组简称 }}{{ 标题 }}", page_numbers=True, landscape=True, page=Page(changed={"表格文字": SMALL})
)

with DRAFT.when("密级"):
    DRAFT.add("密级", "{{ 密级 }}")
DRAFT.add("公文标题", "{{ 巡察组简称 }}{{ 标题 }}")
DRAFT.blank()
DRAFT.add("表前文字", "{{ 小结 }}")
DRAFT.table(
    "项 in 行",
    (
        Column("序号", 330, "{{ loop.index }}", "表格居中"),
        Column("编号", 800, "{{ 项.编号 }}", "表格居中"),
        Column("问题摘要", 1010, "{{ 项.问题摘要 }}"),
        Column("发现日期", 790, "{{ 项.发现日期写法 }}", "表格居中"),
        Column("来源类别", 470, "{{ 项.来源类别 }}", "表格居中"),
        Column("通知日期", 790, "{{ 项.通知日期写法 }}", "表格居中"),
        Column("责任单位", 640, "{{ 项.责任单位 }}", "表格居中"),
        Column("时限", 790, "{{ 项.时限写法 }}", "表格居中"),
        Column("报告日期", 790, "{{ 项.报告日期写法 }}", "表格居中"),
        Column("核查结论", 440, "{% if 项.核查结论 %}{{ 项.核查结论 }}{% endif %}", "表格居中"),
        Column("销号日期", 790, "{{ 项.销号日期写法 }}", "表格居中"),
        Column("写入报告", 440, "{{ 项.写入报告写法 }}", "表格居中"),
        Column(
            "状态和备注",
            764,
            ("{{ 项.状态 }}", "{%p if 项.备注 %}", "{% if 项.备注 %}{{ 项.备注 }}{% endif %}", "{%p endif %}"),
        ),
    ),
)
DRAFT.add("表格文字", "登记人：{{ 联络员.姓名 }}")

"""Drafts 工作动态: its masthead, the chapters with the table of figures, who read and who wrote it."""

from xuncha_docs.word.drafting import Column, Draft

DRAFT = Draft(title="{{ 名称 }}{{ 期号写法 }}", page_numbers=True)

with DRAFT.when("密级"):
    DRAFT.add("密级", "{{ 密级 }}")
DRAFT.add("公文标题", "{{ 名称 }}")
DRAFT.add("编号", "{{ 期号写法 }}")
DRAFT.add("公文副标题", "{{ 巡察组简称 }}  {{ 成文日期 }}")
DRAFT.blank()
DRAFT.add("主送机关", "{{ 主送 }}：")
DRAFT.add("公文正文", "{{ 导语 }}")
DRAFT.add("一级标题", "一、工作进展")
DRAFT.each("公文正文", "段 in 进展", "{{ 段 }}")
DRAFT.add("一级标题", "二、主要数据")
DRAFT.table(
    "行 in 数据",
    [
        Column("项目", 3344, "{{ 行.项目 }}", "表格居中"),
        Column("单位", 1700, "{{ 行.单位 }}", "表格居中"),
        Column("本期", 1900, "{{ 行.本期 }}", "表格居中"),
        Column("累计", 1900, "{{ 行.累计写法 }}", "表格居中"),
    ],
)
with DRAFT.loop("章 in 其余各章"):
    DRAFT.add("一级标题", "{{ 章.标题 }}")
    DRAFT.each("公文正文", "段 in 章.段落", "{{ 段 }}")
DRAFT.blank()
DRAFT.add("公文正文", "审核：{{ 巡察组.组长.姓名 }}，编发：{{ 巡察组.联络员.姓名 }}")

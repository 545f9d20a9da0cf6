"""Drafts 文书目录: one table, a row for each paper."""

from xuncha_docs.word.drafting import Column, Draft

DRAFT = Draft(title="{{ 标题 }}", page_numbers=True)

DRAFT.add("公文标题", "{{ 标题 }}")
DRAFT.blank()
DRAFT.add("公文正文", "{{ 巡察轮次.名称 }}，{{ 巡察组简称 }}，共{{ 份数 }}份。")
DRAFT.table(
    "行 in 文书",
    [
        Column("序号", 700, "{{ 行.序号 }}", "表格居中"),
        Column("文书", 2644, "{{ 行.文书 }}"),
        Column("文号", 2100, "{% if 行.文号 %}{{ 行.文号 }}{% endif %}"),
        Column("日期", 2100, "{% if 行.日期 %}{{ 行.日期 }}{% endif %}", "表格居中"),
        Column("知悉范围", 1300, "{{ 行.知悉范围 }}", "表格居中"),
    ],
)

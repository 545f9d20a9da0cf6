"""Drafts 资料调取清单: what is asked, the list on a page on its side, and the table of the handover."""

from xuncha_docs.word.drafting import Column, Draft

DRAFT = Draft(title="{{ 标题 }}", page_numbers=True, landscape=True)

with DRAFT.when("密级"):
    DRAFT.add("密级", "{{ 密级 }}")
DRAFT.add("公文标题", "{{ 标题 }}")
DRAFT.blank()
DRAFT.add("主送机关", "{{ 主送.名称 }}：")
DRAFT.add("公文正文", "{{ 要求写法 }}联系人：{{ 联系方式 }}。")
DRAFT.table(
    "行 in 资料",
    [
        Column("序号", 520, "{{ loop.index }}", "表格居中"),
        Column("资料", 2104, "{{ 行.资料 }}"),
        Column("期间", 1500, "{% if 行.期间 %}{{ 行.期间 }}{% endif %}"),
        Column("份数", 520, "{{ 行.份数 }}", "表格居中"),
        Column("形式", 720, "{{ 行.形式 }}", "表格居中"),
        Column("提供部门", 1000, "{% if 行.提供部门 %}{{ 行.提供部门 }}{% endif %}"),
        Column(
            "提供时限", 1240, "{% if 行.提供时限 %}{{ 行.提供时限 }}{% else %}{{ 提供时限 }}{% endif %}", "表格居中"
        ),
        Column("归还日期", 1240, "{% if 行.归还日期 %}{{ 行.归还日期 }}{% endif %}", "表格居中"),
    ],
)
DRAFT.add("表前文字", "调取和交接情况：")
DRAFT.form(
    [1700, 3800, 1300, 2156, 1300, 2500],
    [
        ["巡察组（章）", "{{ 巡察组全称 }}", "联系人", "{{ 联系人.姓名 }}", "成文日期", "{{ 成文日期 }}"],
        *(
            [
                f"{what}移交人",
                f"{{% if {field}.移交人 %}}{{{{ {field}.移交人 }}}}{{% endif %}}",
                "接收人",
                f"{{% if {field}.接收人 %}}{{{{ {field}.接收人 }}}}{{% endif %}}",
                "交接日期",
                f"{{% if {field}.交接日期 %}}{{{{ {field}.交接日期 }}}}{{% endif %}}",
            ]
            for what, field in (("提供：", "移交"), ("归还：", "归还"))
        ),
    ],
    height=680,
)

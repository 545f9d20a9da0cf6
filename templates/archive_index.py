"""Drafts 归档目录: what it is of, one wide table with its totals, and who hands over to whom."""

from xuncha_docs.word.drafting import Column, Draft

DRAFT = Draft(title="{{ 标题 }}", page_numbers=True, landscape=True)

with DRAFT.when("密级"):
    DRAFT.add("密级", "{{ 密级 }}")
DRAFT.add("公文标题", "{{ 标题 }}")
DRAFT.blank()
DRAFT.add(
    "公文正文",
    "{{ 巡察轮次.名称 }}，{{ 巡察组简称 }}{% if 任务 %}，{{ 任务 }}{% endif %}。被巡察单位：{{ 单位写法 }}。"
    "{% if 归档范围 %}归档范围：{{ 归档范围 }}。{% endif %}{{ 合计 }}。",
)
DRAFT.table(
    "行 in 归档文件",
    [
        Column("序号", 380, "{{ loop.index }}", "表格居中"),
        Column("题名", 2154, "{{ 行.题名 }}"),
        Column("文号", 1100, "{% if 行.文号 %}{{ 行.文号 }}{% endif %}"),
        Column("日期", 1240, "{% if 行.日期 %}{{ 行.日期 }}{% endif %}", "表格居中"),
        Column("类型", 490, "{{ 行.类型 }}", "表格居中"),
        Column("归档方", 760, "{{ 行.归档方 }}", "表格居中"),
        Column("阶段", 490, "{% if 行.阶段 %}{{ 行.阶段 }}{% endif %}", "表格居中"),
        Column("件数", 490, "{{ 行.件数 }}", "表格居中"),
        Column("页数", 490, "{% if 行.页数 %}{{ 行.页数 }}{% endif %}", "表格居中"),
        Column("密级", 760, "{% if 行.密级 %}{{ 行.密级 }}{% endif %}", "表格居中"),
        Column(
            "保管期限",
            490,
            "{% if 行.保管期限 %}{{ 行.保管期限 }}{% elif 保管期限 %}{{ 保管期限 }}{% endif %}",
            "表格居中",
        ),
    ],
)
DRAFT.add("表前文字", "移交情况：")
DRAFT.form(
    [2126] * 6,
    [
        [
            "移交人",
            "{{ 移交人 }}",
            "接收人",
            "{% if 接收人 %}{{ 接收人 }}{% endif %}",
            "移交日期",
            "{% if 移交日期 %}{{ 移交日期 }}{% endif %}",
        ]
    ],
    height=680,
)

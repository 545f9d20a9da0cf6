"""Drafts 意见箱与公告张贴点记录: one wide table, the boxes first, then the notices; and when boxes were opened."""

from xuncha_docs.word.drafting import Column, Draft

DRAFT = Draft(title="{{ 标题 }}", page_numbers=True, landscape=True)

DRAFT.add("公文标题", "{{ 标题 }}")
DRAFT.blank()
DRAFT.add(
    "公文正文",
    "{{ 巡察组简称 }}，被巡察单位：{{ 单位写法 }}。{% if 截至日期 %}截至{{ 截至日期 }}，{% endif %}{{ 合计 }}。"
    "{% if 例外说明 %}例外：{{ 例外说明 }}。{% endif %}",
)
DRAFT.table(
    "行 in 各处",
    [
        Column("序号", 380, "{{ loop.index }}", "表格居中"),
        Column("类别", 640, "{{ 行.类别 }}", "表格居中"),
        Column("位置", 1964, "{{ 行.位置 }}"),
        Column("监控范围内", 640, "{{ 行.监控写法 }}", "表格居中"),
        Column("设置日期", 1240, "{% if 行.记录.设置日期 %}{{ 行.记录.设置日期 }}{% endif %}", "表格居中"),
        Column("经办人", 680, "{% if 行.记录.经办人 %}{{ 行.记录.经办人 }}{% endif %}", "表格居中"),
        Column("照片", 660, "{% if 行.记录.照片编号 %}{{ 行.记录.照片编号 }}{% endif %}", "表格居中"),
        Column("检查日期", 1400, "{{ 行.记录.检查写法 }}"),
        Column("撤除日期", 1240, "{% if 行.记录.撤除日期 %}{{ 行.记录.撤除日期 }}{% endif %}", "表格居中"),
    ],
)
with DRAFT.when("开箱记录"):
    DRAFT.add("表前文字", "开箱记录：")
    DRAFT.table(
        "次 in 开箱记录",
        [
            Column("序号", 380, "{{ loop.index }}", "表格居中"),
            Column("意见箱", 3364, "{{ 次.位置 }}"),
            Column("开箱时间", 1800, "{{ 次.记录.开箱时间 }}", "表格居中"),
            Column("开箱人", 2300, "{{ 次.记录.开箱人|join('、') }}", "表格居中"),
            Column("取出信件", 1000, "{% if 次.记录.信件 %}{{ 次.记录.信件 }}件{% else %}无{% endif %}", "表格居中"),
        ],
    )

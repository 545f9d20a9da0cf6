"""Drafts 联络任务明细: a table for each side, then who drew it up and what the leader says."""

from xuncha_docs.word.drafting import Column, Draft

DRAFT = Draft(title="{{ 标题 }}", page_numbers=True)

DRAFT.add("公文标题", "{{ 标题 }}")
DRAFT.blank()
DRAFT.add("表前文字", "{{ 巡察轮次.名称 }}，{{ 巡察组简称 }}。被巡察单位：{{ 单位写法 }}。驻点时间：{{ 驻点写法 }}。")
with DRAFT.loop("组 in 任务分组"):
    DRAFT.add("一级标题", "{{ 组.标题 }}")
    DRAFT.table(
        "行 in 组.任务明细",
        [
            Column("序号", 680, "{{ loop.index }}", "表格居中"),
            Column("任务", 2330, "{{ 行.任务 }}"),
            Column("责任人", 1200, "{{ 行.责任人 }}", "表格居中"),
            Column("完成时限", 2150, "{{ 行.完成时限 }}", "表格居中"),
            Column("成果", 1234, "{% if 行.成果 %}{{ 行.成果 }}{% endif %}"),
            Column("完成情况", 1250, "{{ 行.完成写法 }}"),
        ],
    )
DRAFT.blank()
DRAFT.form(
    [1300, 3122, 1300, 3122],
    [
        ["拟制", "{{ 巡察组.联络员.姓名 }}", "成文日期", "{{ 成文日期 }}"],
        ["组长审批", "{{ 审批写法 }}"],
    ],
    height=680,
    whole=True,
)

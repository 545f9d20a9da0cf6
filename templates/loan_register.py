"""Drafts 保密资料借阅登记: one wide table, a row for each loan; what is still out has its last cells empty."""

from xuncha_docs.word.drafting import Column, Draft

DRAFT = Draft(title="{{ 标题 }}", page_numbers=True, landscape=True)

with DRAFT.when("密级"):
    DRAFT.add("密级", "{{ 密级 }}")
DRAFT.add("公文标题", "{{ 标题 }}")
DRAFT.blank()
DRAFT.add(
    "公文正文",
    "{{ 巡察组简称 }}，保管人{{ 保管人 }}。{% if 截至日期 %}截至{{ 截至日期 }}，{% endif %}{{ 合计 }}。",
)
DRAFT.table(
    "行 in 借阅",
    [
        Column("序号", 380, "{{ loop.index }}", "表格居中"),
        Column(
            "资料和密级", 1560, ("{{ 行.资料 }}", "{%p if 行.密级 %}", "（{{ 行.密级 }}）", "{%p endif %}"), "表格文字"
        ),
        Column("份数", 380, "{{ 行.份数 }}", "表格居中"),
        Column("借阅人", 640, "{{ 行.借阅人 }}", "表格居中"),
        Column("用途", 960, "{{ 行.用途 }}"),
        Column("借出时间", 1240, "{{ 行.借出时间 }}", "表格居中"),
        Column("应还时间", 1240, "{% if 行.应还时间 %}{{ 行.应还时间 }}{% endif %}", "表格居中"),
        Column("方式", 480, "{{ 行.方式 }}", "表格居中"),
        Column("还碎存情况", 1324, ("{%p for 写 in 行.了结写法 %}", "{{ 写 }}", "{%p else %}", "", "{%p endfor %}")),
        Column(
            "见证人",
            640,
            ("{%p for 人 in 行.见证人 %}", "{{ 人 }}", "{%p else %}", "", "{%p endfor %}"),
            "表格居中",
        ),
    ],
)

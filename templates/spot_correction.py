"""Drafts 即知即改记录: a row for each thing, on pages that lie on their side."""

from xuncha_docs.word.drafting import Column, Draft

DRAFT = Draft(title="{{ 巡察组简称 }}{{ 标题 }}", page_numbers=True, landscape=True)

with DRAFT.when("密级"):
    DRAFT.add("密级", "{{ 密级 }}")
DRAFT.add("公文标题", "{{ 巡察组简称 }}{{ 标题 }}")
DRAFT.blank()
DRAFT.add(
    "表前文字",
    "被巡察单位：{{ 被巡察单位.名称 }}{% if 对方联络员 %}　对方联络员：{{ 对方联络员.姓名 }}"
    "{% if 对方联络员.电话 %}（{{ 对方联络员.电话 }}）{% endif %}{% endif %}",
)
DRAFT.table(
    "项 in 行",
    (
        Column("序号", 400, "{{ loop.index }}", "表格居中"),
        Column("日期", 850, "{{ 项.日期写法 }}", "表格居中"),
        Column("地点", 1200, "{{ 项.地点 }}"),
        Column("事项", 2100, "{{ 项.事项 }}（{{ 项.事项性质 }}）"),
        Column("告知对象", 1144, "{% if 项.告知对象 %}{{ 项.告知对象 }}{% endif %}", "表格居中"),
        Column("处理情况", 1600, "{{ 项.处理情况 }}"),
        Column("办结日期", 850, "{{ 项.办结日期写法 }}", "表格居中"),
        Column("组员", 700, "{{ 项.组员 }}", "表格居中"),
    ),
)
DRAFT.add("表格文字", "登记人：{{ 联络员.姓名 }}　　　　　　　　　　审核人（副组长签字）：")

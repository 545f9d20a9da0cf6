"""Drafts 立行立改通知书: number under the title, one recipient, 抄送 after the date."""

from xuncha_docs.word.drafting import Draft, Label

DRAFT = Draft(title="{{ 标题 }}", page_numbers=True, first_page_number=False)

with DRAFT.when("密级"):
    DRAFT.add("密级", "{{ 密级 }}")
DRAFT.add("公文标题", "{{ 标题 }}")
DRAFT.add("编号", "{{ 编号 }}")
DRAFT.blank()
DRAFT.add("主送机关", "{{ 主送.名称 }}：")
DRAFT.add("公文正文", "{{ 问题写法 }}")
with DRAFT.when("依据写法"):
    DRAFT.add("公文正文", "上述情况不符合{{ 依据写法 }}等规定。请立行立改，具体要求如下：")
    DRAFT.otherwise()
    DRAFT.add("公文正文", "请立行立改，具体要求如下：")
DRAFT.each("公文正文", "要求 in 逐项要求", "{{ 要求 }}")
DRAFT.add("公文正文", Label("责任人："), "{{ 事项.责任人 }}。", Label("整改时限："), "{{ 事项.整改时限 }}。")
DRAFT.add("公文正文", "请于{{ 报告时限写法 }}前书面报告整改情况，附佐证材料。")
DRAFT.add("结语", Label("联系人："), "{{ 联系人.姓名 }}。", Label("电话："), "{{ 联系电话 }}。")
DRAFT.signature("{{ 巡察组全称 }}", "{{ 成文日期 }}", keep=True)
with DRAFT.when("抄送写法"):
    DRAFT.blank()
    DRAFT.add("抄送", "抄送：{{ 抄送写法 }}")

"""Drafts 立行立改通知书: number under the title, one recipient, 抄送 after the date; and the same as a letter."""

from xuncha_docs.word.drafting import Draft, Label


def body(draft: Draft) -> None:
    """Draft the text from the recipient to the date."""
    draft.add("主送机关", "{{ 主送.名称 }}：")
    draft.add("公文正文", "{{ 问题写法 }}")
    with draft.when("依据写法"):
        draft.add("公文正文", "上述情况不符合{{ 依据写法 }}等规定。请立行立改，具体要求如下：")
        draft.otherwise()
        draft.add("公文正文", "请立行立改，具体要求如下：")
    draft.each("公文正文", "要求 in 逐项要求", "{{ 要求 }}")
    draft.add("公文正文", Label("责任人："), "{{ 事项.责任人 }}。", Label("整改时限："), "{{ 事项.整改时限 }}。")
    draft.add("公文正文", "请于{{ 报告时限写法 }}前书面报告整改情况，附佐证材料。")
    draft.add("结语", Label("联系人："), "{{ 联系人.姓名 }}。", Label("电话："), "{{ 联系电话 }}。")
    draft.signature("{{ 巡察组全称 }}", "{{ 成文日期 }}", keep=True)


DRAFT = Draft(title="{{ 标题 }}", page_numbers=True, first_page_number=False)

with DRAFT.when("密级"):
    DRAFT.add("密级", "{{ 密级 }}")
DRAFT.add("公文标题", "{{ 标题 }}")
DRAFT.add("编号", "{{ 编号 }}")
DRAFT.blank()
body(DRAFT)
with DRAFT.when("抄送写法"):
    DRAFT.blank()
    DRAFT.add("抄送", "抄送：{{ 抄送写法 }}")

LETTER = Draft(title="{{ 标题 }}")

with LETTER.when("密级"):
    LETTER.letter_head("{{ 发文机关标志 }}", "{{ 编号 }}", secrecy="{{ 密级 }}")
    LETTER.otherwise()
    LETTER.letter_head("{{ 发文机关标志 }}", "{{ 编号 }}")
LETTER.add("公文标题", "{{ 标题 }}")
LETTER.blank()
body(LETTER)
with LETTER.when("抄送写法"):
    LETTER.imprint("{{ 抄送写法 }}")

VARIANTS = {"letter": LETTER}

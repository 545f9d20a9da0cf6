"""Drafts 年度巡察工作计划: its rounds as an annexed table; and the 通知 that issues it."""

from templates._plans import chapters, plain, points, red_head
from xuncha_docs.word.drafting import Column, Draft


def body(draft: Draft, before: int) -> None:
    """Draft the text of the plan, whose annex comes after so many others."""
    draft.add(
        "公文正文",
        "根据{{ 依据写法 }}等规定，按照{{ 巡察轮次.党委自称 }}部署要求，为做好{{ 计划年度 }}年巡察工作，制定本计划。",
    )

    draft.add("一级标题", "一、总体要求")
    draft.each("公文正文", "段 in 总体要求", "{{ 段 }}")

    draft.add("一级标题", "二、目标任务")
    draft.add("公文正文", f"{{{{ 总量写法 }}}}。各轮安排见附件{before + 1 if before else ''}。")
    with draft.when("覆盖写法"):
        draft.add("公文正文", "{{ 覆盖写法 }}。")

    draft.add("一级标题", "三、监督重点")
    points(draft, "监督重点")

    draft.add("一级标题", "四、轮次安排")
    draft.each("三级标题", "轮 in 轮次安排", "{{ loop.index }}.{{ 轮.写法 }}。")

    with draft.when("工作措施"):
        draft.add("一级标题", "五、工作措施")
        points(draft, "工作措施")
    draft.add("一级标题", "{% if 工作措施 %}六{% else %}五{% endif %}、工作要求")
    draft.each("公文正文", "条 in 工作要求", "{{ loop.index }}.{{ 条 }}")

    with draft.when("工作措施"):
        chapters(draft, 6)
        draft.otherwise()
        chapters(draft, 5)


ANNEXES = (
    (
        "巡察轮次安排表",
        "轮 in 轮次安排",
        (
            Column("轮次", 1100, "{{ 轮.名称 }}", "表格居中"),
            Column("时间", 1900, "{{ 轮.起止 }}", "表格居中"),
            Column("类型", 1400, "{{ 轮.类型写法 }}", "表格居中"),
            Column("组数", 700, "{{ 轮.组数 }}", "表格居中"),
            Column("被巡察单位", 3744, ("{%p for 名 in 轮.单位 %}", "{{ 名 }}", "{%p endfor %}")),
        ),
    ),
)

DRAFT = plain(
    body, ANNEXES, closing="本计划由{{ 巡察轮次.巡察办 }}负责组织实施。", signer="{{ 巡察轮次.领导小组办公室 }}"
)
VARIANTS = {"red_head": red_head(body, ANNEXES)}

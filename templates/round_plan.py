"""Drafts 本轮巡察工作方案: its teams, its phases and its units as annexed tables; and the 通知 that issues it."""

from templates._plans import PHASES, chapters, phases, plain, points, red_head
from xuncha_docs.word.drafting import Column, Draft


def body(draft: Draft, before: int) -> None:
    """Draft the text of the plan, whose annexes come after so many others."""
    draft.add(
        "公文正文",
        "根据{{ 依据写法 }}等规定，按照{{ 巡察轮次.党委自称 }}统一部署，为做好{{ 巡察轮次.名称 }}工作，制定本方案。",
    )

    draft.add("一级标题", "一、总体要求")
    draft.each("公文正文", "段 in 总体要求", "{{ 段 }}")

    draft.add("一级标题", "二、监督重点")
    points(draft, "监督重点")

    draft.add("一级标题", "三、被巡察单位和分组")
    draft.add("公文正文", f"{{{{ 分组写法 }}}}。分组情况见附件{before + 1}，被巡察单位名单见附件{before + 3}。")

    draft.add("一级标题", "四、巡察方式")
    draft.add("公文正文", "综合运用{{ 工作方式写法 }}等方式开展工作，全面了解情况，发现问题。")

    draft.add("一级标题", "五、时间安排")
    draft.add("公文正文", f"{{{{ 各组驻点写法 }}}}。各阶段安排如下，时间进度见附件{before + 2}：")
    phases(draft)

    draft.add("一级标题", "六、组织领导和人员")
    draft.add(
        "公文正文",
        "本轮巡察在{{ 巡察轮次.党委自称 }}和{{ 巡察轮次.党委自称 }}巡察工作领导小组领导下进行，由{{ 巡察轮次.巡察办 }}"
        "统筹协调、指导督导和服务保障，巡察组实行组长负责制。",
    )
    with draft.when("授权写法"):
        draft.add("公文正文", "{{ 授权写法 }}。")
    with draft.when("回避情况"):
        draft.add("公文正文", "{{ 回避情况 }}。")

    draft.add("一级标题", "七、工作要求")
    draft.add("二级标题", "（一）严守工作纪律")
    draft.each("公文正文", "条 in 工作纪律", "{{ loop.index }}.{{ 条 }}")
    draft.add("二级标题", "（二）严格保密要求")
    draft.each("公文正文", "条 in 保密要求", "{{ loop.index }}.{{ 条 }}")

    chapters(draft, 7)


ANNEXES = (
    (
        "分组名单",
        "组 in 各组",
        (
            Column("巡察组", 1500, "{{ 组.名称 }}", "表格居中"),
            Column("人员", 3700, ("{%p for 行 in 组.人员写法 %}", "{{ 行 }}", "{%p endfor %}")),
            Column("被巡察单位", 3644, ("{%p for 行 in 组.单位写法 %}", "{{ 行 }}", "{%p endfor %}")),
        ),
    ),
    ("时间进度表", "行 in 工作步骤", PHASES),
    (
        "被巡察单位名单",
        "行 in 被巡察单位名单",
        (
            Column("序号", 800, "{{ loop.index }}", "表格居中"),
            Column("被巡察单位", 3344, "{{ 行.单位.名称 }}"),
            Column("类型", 900, "{% if 行.单位.类型 %}{{ 行.单位.类型 }}{% endif %}", "表格居中"),
            Column("巡察组", 1500, "{{ 行.巡察组 }}", "表格居中"),
            Column("驻点时间", 2300, "{{ 行.时间 }}", "表格居中"),
        ),
    ),
)

DRAFT = plain(
    body, ANNEXES, closing="本方案由{{ 巡察轮次.巡察办 }}负责组织实施。", signer="{{ 巡察轮次.领导小组办公室 }}"
)
VARIANTS = {"red_head": red_head(body, ANNEXES)}

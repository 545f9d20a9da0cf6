"""Drafts 巡察工作方案: headings to three levels, then three annexed tables; and the 通知 that issues it."""

from templates._plans import PHASES, chapters, phases, plain, points, red_head
from xuncha_docs.word.drafting import Column, Draft


def body(draft: Draft, before: int) -> None:
    """Draft the text of the plan, whose annexes come after so many others."""
    draft.add(
        "公文正文",
        "根据{{ 依据写法 }}等规定，按照{{ 巡察轮次.党委自称 }}统一部署，{{ 巡察组简称 }}对{{ 对象 }}开展"
        "{{ 巡察轮次.巡察类型写法 }}。为做好{{ 巡察轮次.名称 }}工作，制定本方案。",
    )

    draft.add("一级标题", "一、总体要求")
    draft.each("公文正文", "段 in 总体要求", "{{ 段 }}")

    draft.add("一级标题", "二、监督重点")
    points(draft, "监督重点")

    draft.add("一级标题", "三、巡察时间和人员")
    draft.add("公文正文", "{{ 驻点时间.写法 }}。")
    draft.add("公文正文", f"巡察组由{{{{ 成员|length }}}}人组成：{{{{ 人员写法 }}}}。具体分工见附件{before + 1}。")
    with draft.when("授权写法"):
        draft.add("公文正文", "{{ 授权写法 }}。")
    with draft.when("回避情况"):
        draft.add("公文正文", "{{ 回避情况 }}。")

    draft.add("一级标题", "四、工作方式")
    draft.add("公文正文", "综合运用{{ 工作方式写法 }}等方式开展工作，全面了解情况，发现问题。")

    draft.add("一级标题", "五、工作步骤")
    phases(draft)
    with draft.when("会议安排"):
        draft.add("公文正文", "会议安排如下：")
        draft.each("公文正文", "会 in 会议安排", "{{ 会.写法 }}。")

    draft.add("一级标题", "六、工作纪律")
    draft.each("公文正文", "条 in 工作纪律", "{{ loop.index }}.{{ 条 }}")

    draft.add("一级标题", "七、保密要求")
    draft.each("公文正文", "条 in 保密要求", "{{ loop.index }}.{{ 条 }}")

    chapters(draft, 7)


ANNEXES = (
    (
        "人员分工表",
        "行 in 分工",
        (
            Column("序号", 800, "{{ loop.index }}", "表格居中"),
            Column("小组", 1500, "{% if 行.小组 %}{{ 行.小组 }}{% endif %}", "表格居中"),
            Column("人员", 2500, "{{ 行.人员|join('、') }}"),
            Column("职责", 4044, "{{ 行.职责 }}"),
        ),
    ),
    ("工作进度表", "行 in 工作步骤", PHASES),
    (
        "任务明细表",
        "行 in 任务明细",
        (
            Column("序号", 700, "{{ loop.index }}", "表格居中"),
            Column("类别", 800, "{{ 行.类别 }}", "表格居中"),
            Column("任务", 2284, "{{ 行.任务 }}"),
            Column("责任人", 1000, "{{ 行.责任人 }}", "表格居中"),
            Column("完成时限", 1900, "{{ 行.完成时限 }}", "表格居中"),
            Column("成果", 1000, "{% if 行.成果 %}{{ 行.成果 }}{% endif %}", "表格居中"),
            Column("完成情况", 1160, "{% if 行.完成情况 %}{{ 行.完成情况 }}{% endif %}", "表格居中"),
        ),
    ),
)

DRAFT = plain(body, ANNEXES, closing="本方案报{{ 巡察轮次.巡察办 }}备案后执行。", signer="{{ 巡察组全称 }}")
VARIANTS = {"red_head": red_head(body, ANNEXES)}

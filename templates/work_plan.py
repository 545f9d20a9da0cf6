"""Drafts 巡察工作方案: headings to three levels, then three annexed tables."""

from xuncha_docs.word.drafting import Column, Draft

DRAFT = Draft(title="{{ 标题 }}", page_numbers=True)


def points(of: str) -> None:
    """Draft numbered points, each with its paragraphs and its numbered details."""
    with DRAFT.loop(f"点 in {of}"):
        DRAFT.add("二级标题", "（{{ loop.index|汉字 }}）{{ 点.标题 }}")
        DRAFT.each("公文正文", "段 in 点.内容 or []", "{{ 段 }}")
        DRAFT.each("三级标题", "目 in 点.细目", "{{ loop.index }}.{{ 目 }}")


DRAFT.add("公文标题", "{{ 标题 }}")
DRAFT.blank()
DRAFT.add(
    "公文正文",
    "根据{{ 依据写法 }}等规定，按照{{ 巡察轮次.党委自称 }}统一部署，{{ 巡察组简称 }}对{{ 对象 }}开展"
    "{{ 巡察轮次.巡察类型写法 }}。为做好{{ 巡察轮次.名称 }}工作，制定本方案。",
)

DRAFT.add("一级标题", "一、总体要求")
DRAFT.each("公文正文", "段 in 总体要求", "{{ 段 }}")

DRAFT.add("一级标题", "二、监督重点")
points("监督重点")

DRAFT.add("一级标题", "三、巡察时间和人员")
DRAFT.add("公文正文", "{{ 驻点时间.写法 }}。")
DRAFT.add("公文正文", "巡察组由{{ 成员|length }}人组成：{{ 人员写法 }}。具体分工见附件1。")
with DRAFT.when("授权写法"):
    DRAFT.add("公文正文", "{{ 授权写法 }}。")
with DRAFT.when("回避情况"):
    DRAFT.add("公文正文", "{{ 回避情况 }}。")

DRAFT.add("一级标题", "四、工作方式")
DRAFT.add("公文正文", "综合运用{{ 工作方式写法 }}等方式开展工作，全面了解情况，发现问题。")

DRAFT.add("一级标题", "五、工作步骤")
with DRAFT.loop("步 in 工作步骤"):
    DRAFT.add("二级标题", "（{{ loop.index|汉字 }}）{{ 步.名称 }}（{{ 步.起止 }}）")
    DRAFT.each("三级标题", "项 in 步.任务", "{{ loop.index }}.{{ 项 }}")
with DRAFT.when("会议安排"):
    DRAFT.add("公文正文", "会议安排如下：")
    DRAFT.each("公文正文", "会 in 会议安排", "{{ 会.写法 }}。")

DRAFT.add("一级标题", "六、工作纪律")
DRAFT.each("公文正文", "条 in 工作纪律", "{{ loop.index }}.{{ 条 }}")

DRAFT.add("一级标题", "七、保密要求")
DRAFT.each("公文正文", "条 in 保密要求", "{{ loop.index }}.{{ 条 }}")

with DRAFT.loop("章 in 其他章节"):
    DRAFT.add("一级标题", "{{ (loop.index + 7)|汉字 }}、{{ 章.标题 }}")
    DRAFT.each("公文正文", "段 in 章.段落 or []", "{{ 段 }}")
    points("章.要点")

DRAFT.add("结语", "本方案报{{ 巡察轮次.巡察办 }}备案后执行。")
DRAFT.blank()
DRAFT.add("附件说明首项", "附件：1.人员分工表")
DRAFT.add("附件说明续项", "2.工作进度表")
DRAFT.add("附件说明续项", "3.任务明细表")
DRAFT.signature("{{ 巡察组全称 }}", "{{ 成文日期 }}")

DRAFT.add("附件标签", "附件1")
DRAFT.blank()
DRAFT.add("附件标题", "人员分工表")
DRAFT.blank()
DRAFT.table(
    "行 in 分工",
    [
        Column("序号", 800, "{{ loop.index }}", "表格居中"),
        Column("小组", 1500, "{% if 行.小组 %}{{ 行.小组 }}{% endif %}", "表格居中"),
        Column("人员", 2500, "{{ 行.人员|join('、') }}"),
        Column("职责", 4044, "{{ 行.职责 }}"),
    ],
)

DRAFT.add("附件标签", "附件2")
DRAFT.blank()
DRAFT.add("附件标题", "工作进度表")
DRAFT.blank()
DRAFT.table(
    "行 in 工作步骤",
    [
        Column("阶段", 1400, "{{ 行.名称 }}", "表格居中"),
        Column("时间", 2200, "{{ 行.起止 }}", "表格居中"),
        Column("主要任务", 3444, ("{%p for 项 in 行.任务 %}", "{{ loop.index }}.{{ 项 }}", "{%p endfor %}")),
        Column("成果", 1800, "{% if 行.成果 %}{{ 行.成果 }}{% endif %}"),
    ],
)

DRAFT.add("附件标签", "附件3")
DRAFT.blank()
DRAFT.add("附件标题", "任务明细表")
DRAFT.blank()
DRAFT.table(
    "行 in 任务明细",
    [
        Column("序号", 700, "{{ loop.index }}", "表格居中"),
        Column("类别", 800, "{{ 行.类别 }}", "表格居中"),
        Column("任务", 2284, "{{ 行.任务 }}"),
        Column("责任人", 1000, "{{ 行.责任人 }}", "表格居中"),
        Column("完成时限", 1900, "{{ 行.完成时限 }}", "表格居中"),
        Column("成果", 1000, "{% if 行.成果 %}{{ 行.成果 }}{% endif %}", "表格居中"),
        Column("完成情况", 1160, "{% if 行.完成情况 %}{{ 行.完成情况 }}{% endif %}", "表格居中"),
    ],
)

"""Drafts 巡察公告: a plain notice, no red head, no 主送, no page number."""

from xuncha_docs.word.drafting import Column, Draft, Label

DRAFT = Draft(title="{{ 标题 }}")

DRAFT.add("公文标题", "{{ 标题 }}")
DRAFT.blank()

with DRAFT.when("分节标题"):
    DRAFT.add("一级标题", "一、巡察任务")
DRAFT.add(
    "公文正文",
    "根据{{ 依据写法 }}等规定，{{ 部署写法 }}，{{ 巡察组 }}{{ 时间写法 }}对{{ 对象 }}开展{{ 巡察轮次.巡察类型写法 }}。",
)
with DRAFT.when("任务"):
    DRAFT.add("公文正文", "{{ 任务 }}")

with DRAFT.when("分节标题"):
    DRAFT.add("一级标题", "二、受理信访范围")
DRAFT.add(
    "公文正文",
    "巡察期间，巡察组主要受理反映{{ 受理对象 }}问题的{{ 反映方式 }}，重点是关于违反{{ 纪律写法 }}等方面的举报和反映。"
    "{{ 不予受理的问题 }}，{{ 不予受理的处理 }}。",
)

with DRAFT.when("分节标题"):
    DRAFT.add("一级标题", "三、受理信访方式")
with DRAFT.when("反映渠道"):
    DRAFT.each("联系渠道", "项 in 反映渠道.渠道", Label("{{ 项.名称 }}："), "{{ 项.内容 }}")
    with DRAFT.when("反映渠道.二维码"):
        DRAFT.add("二维码", "{{ 反映渠道.二维码.图片 }}")
    with DRAFT.when("反映渠道.监督电话"):
        DRAFT.add("联系渠道", Label("监督电话："), "{{ 反映渠道.监督电话写法 }}（反映巡察组自身问题）")

with DRAFT.when("多个组"):
    DRAFT.add("表前文字", "各巡察组及其被巡察单位、联系方式见下表。")
    DRAFT.table(
        "组 in 各组一览",
        [
            Column("巡察组", 1400, "{{ 组.巡察组 }}", "表格居中"),
            Column("被巡察单位", 2944, ("{%p for 单位 in 组.单位 %}", "{{ 单位 }}", "{%p endfor %}")),
            Column(
                "联系方式",
                4500,
                (
                    "{%p if 组.联系方式 %}",
                    "{%p for 方式 in 组.联系方式 %}",
                    "{{ 方式 }}",
                    "{%p endfor %}",
                    "{%p if 组.二维码 %}",
                    ("二维码", "{{ 组.二维码.图片 }}"),
                    "{%p endif %}",
                    "{%p else %}",
                    "见正文",
                    "{%p endif %}",
                ),
            ),
        ],
    )

DRAFT.each("公文正文", "句 in 附言", "{{ 句 }}")
DRAFT.add(
    "结语",
    "{% if 驻点时间 and 驻点时间.受理截止 %}受理信访时间截止到{{ 驻点时间.受理截止 }}"
    "{% if 以邮戳为准 %}，来信以邮戳日期为准{% endif %}。{% endif %}特此公告。",
)
DRAFT.signature("{{ 署名写法 }}", "{{ 成文日期 }}")

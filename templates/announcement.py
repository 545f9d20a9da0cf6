"""Drafts 巡察公告: a plain notice, no red head, no 主送, no page number; on A4, and as posters in large type.

A poster says what the notice says: it differs in its page, and in that its contacts are bold.
"""

from xuncha_docs.word.drafting import Column, Draft, Label, Run, Strong
from xuncha_docs.word.posters import LARGE, SMALL, Poster, poster


def drafted(on: Poster | None = None) -> Draft:
    """Draft the notice on A4, or on the page of a poster."""
    draft = Draft(title="{{ 标题 }}", system=on.system, page=on.page) if on else Draft(title="{{ 标题 }}")

    def contact(text: str) -> Run:
        """Make a run that says how to reach the team."""
        return Strong(text) if on else text

    draft.add("公文标题", "{{ 标题 }}")
    draft.blank()

    with draft.when("分节标题"):
        draft.add("一级标题", "一、巡察任务")
    draft.add(
        "公文正文",
        "根据{{ 依据写法 }}等规定，{{ 部署写法 }}，"
        "{{ 巡察组 }}{{ 时间写法 }}对{{ 对象 }}开展{{ 巡察轮次.巡察类型写法 }}。",
    )
    with draft.when("任务"):
        draft.add("公文正文", "{{ 任务 }}")

    with draft.when("分节标题"):
        draft.add("一级标题", "二、受理信访范围")
    draft.add(
        "公文正文",
        "巡察期间，巡察组主要受理反映{{ 受理对象 }}问题的{{ 反映方式 }}，"
        "重点是关于违反{{ 纪律写法 }}等方面的举报和反映。"
        "{{ 不予受理的问题 }}，{{ 不予受理的处理 }}。",
    )

    with draft.when("分节标题"):
        draft.add("一级标题", "三、受理信访方式")
    with draft.when("反映渠道"):
        draft.each("联系渠道", "项 in 反映渠道.渠道", Label("{{ 项.名称 }}："), contact("{{ 项.内容 }}"))
        with draft.when("反映渠道.二维码"):
            draft.add("二维码", "{{ 反映渠道.二维码.图片 }}")
        with draft.when("反映渠道.监督电话"):
            draft.add("联系渠道", Label("监督电话："), contact("{{ 反映渠道.监督电话写法 }}（反映巡察组自身问题）"))

    with draft.when("多个组"):
        draft.add("表前文字", "各巡察组及其被巡察单位、联系方式见下表。")
        draft.table(
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
                        contact("{{ 方式 }}"),
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

    draft.each("公文正文", "句 in 附言", "{{ 句 }}")
    draft.add(
        "结语",
        "{% if 驻点时间 and 驻点时间.受理截止 %}受理信访时间截止到{{ 驻点时间.受理截止 }}"
        "{% if 以邮戳为准 %}，来信以邮戳日期为准{% endif %}。{% endif %}特此公告。",
    )
    draft.signature("{{ 署名写法 }}", "{{ 成文日期 }}")
    return draft


DRAFT = drafted()
VARIANTS = {
    "poster_a3": drafted(poster("A3", LARGE)),
    "poster_a3_long": drafted(poster("A3", SMALL)),
    "poster_a2": drafted(poster("A2", LARGE)),
    "poster_a2_long": drafted(poster("A2", SMALL)),
}

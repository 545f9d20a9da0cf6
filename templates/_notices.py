"""What the drafts of the notices that amend 巡察公告 share."""

from xuncha_docs.word.drafting import Column, Draft


def amended(draft: Draft, said: str) -> None:
    """Add the title, the paragraph that names the notice and says what becomes of it, the table of several teams."""
    draft.add("公文标题", "{{ 标题 }}")
    draft.blank()
    draft.add("公文正文", said)
    with draft.when("多个组"):
        draft.add("表前文字", "各巡察组及其被巡察单位见下表。")
        draft.table(
            "组 in 各组",
            [
                Column("巡察组", 2200, "{{ 组.名称 }}", "表格居中"),
                Column("被巡察单位", 6644, ("{%p for 单位 in 组.单位写法 %}", "{{ 单位 }}", "{%p endfor %}")),
            ],
        )


def signed(draft: Draft) -> None:
    """Add the closing words, who signs, and when."""
    draft.each("公文正文", "句 in 附言", "{{ 句 }}")
    draft.add("结语", "特此公告。")
    draft.signature("{{ 署名写法 }}", "{{ 成文日期 }}")

"""Drafts 工作日志: a form for each day, signed by who wrote it and read by the leader."""

from xuncha_docs.word.drafting import Draft

DRAFT = Draft(title="{{ 标题 }}", page_numbers=True)


def listed(of: str) -> tuple[str, ...]:
    """Return a cell with a paragraph for each item of a list."""
    return (f"{{%p for 项 in {of} %}}", "{{ 项 }}", "{%p endfor %}")


DRAFT.add("公文标题", "{{ 标题 }}")
DRAFT.blank()
DRAFT.add("公文正文", "{{ 巡察轮次.名称 }}，{{ 巡察组简称 }}。被巡察单位：{{ 单位写法 }}。驻点时间：{{ 驻点写法 }}。")
DRAFT.add("公文正文", "{{ 人员写法 }}。")
with DRAFT.loop("日 in 逐日"):
    DRAFT.add("表前文字", "{{ 日.日期 }}，{{ 日.星期 }}")
    DRAFT.form(
        [1300, 1900, 1200, 1500, 1300, 1644],
        [
            ["值班人员", "{{ 日.值班人员|join('、') }}"],
            ["工作情况", listed("日.逐项工作")],
            ["发现问题", "{{ 日.问题写法 }}", "电话通知", "{{ 日.通知写法 }}"],
            ["涉密事项", "{{ 日.涉密写法 }}", "安全考勤", "{% if 日.安全考勤 %}{{ 日.安全考勤 }}{% endif %}"],
            ["领导指示", listed("日.逐项指示")],
            ["次日安排", listed("日.逐项安排")],
            ["记录人", "{% if 日.记录人 %}{{ 日.记录人 }}{% endif %}", "签字", "", "组长阅签", ""],
        ],
        height=480,
        whole=True,
    )

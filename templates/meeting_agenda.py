"""Drafts 会议议程: the facts of the meeting, its items, what is handed out; and what the chair says."""

from xuncha_docs.word.drafting import Draft, Label

DRAFT = Draft(title="{{ 会议名称写法 }}议程", page_numbers=True)

DRAFT.add("公文标题", "{{ 议程标题 }}")
DRAFT.blank()
DRAFT.add("公文正文", Label("时间："), "{{ 时间 }}")
DRAFT.add("公文正文", Label("地点："), "{{ 地点 }}")
DRAFT.add("公文正文", Label("主持人："), "{{ 主持人 }}")
DRAFT.add("公文正文", Label("参加人员："), "{{ 参加写法 }}")
DRAFT.add("一级标题", "会议议程")
DRAFT.each("公文正文", "项 in 逐项议程", "{{ 项 }}")
with DRAFT.when("材料"):
    DRAFT.add("一级标题", "会议材料")
    DRAFT.each("公文正文", "项 in 逐项材料", "{{ 项 }}")
with DRAFT.when("会务要求"):
    DRAFT.add("一级标题", "会务要求")
    DRAFT.each("公文正文", "项 in 逐项要求", "{{ 项 }}")

_SCRIPT = Draft(title="{{ 会议名称写法 }}主持词", page_numbers=True)

_SCRIPT.add("公文标题", "{{ 主持词标题 }}")
_SCRIPT.add("公文副标题", "{{ 时间 }}，{{ 地点 }}")
_SCRIPT.add("作者", "{{ 主持人 }}")
_SCRIPT.blank()
_SCRIPT.add("主送机关", "同志们：")
_SCRIPT.each("公文正文", "段 in 主持词", "{{ 段 }}")

VARIANTS = {"script": _SCRIPT}

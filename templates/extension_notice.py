"""Drafts 延期公告: a plain notice that names the one it amends, and both dates."""

from templates._notices import amended, signed
from xuncha_docs.word.drafting import Draft

DRAFT = Draft(title="{{ 标题 }}")

amended(
    DRAFT,
    "根据{{ 原公告.写法 }}，{{ 巡察组 }}{{ 驻点时间.起止 }}对{{ 对象 }}开展{{ 巡察轮次.巡察类型写法 }}。"
    "{% if 延期原因 %}因{{ 延期原因 }}，{% endif %}现将{{ 巡察轮次.名称 }}的{{ 改动句 }}。",
)
DRAFT.add("公文正文", "巡察范围、受理信访的方式等其他事项不变，仍按原公告执行。")
signed(DRAFT)

"""Drafts 撤离公告: a plain notice that names the one it amends, what closes, and where to turn from then on."""

from templates._notices import amended, signed
from xuncha_docs.word.drafting import Draft

DRAFT = Draft(title="{{ 标题 }}")

amended(
    DRAFT,
    "根据{{ 原公告.写法 }}，{{ 巡察组 }}{{ 驻点时间.起止 }}对{{ 对象 }}开展{{ 巡察轮次.巡察类型写法 }}。"
    "按照{{ 巡察轮次.名称 }}的工作安排，巡察组{{ 撤离写法 }}结束驻点工作并撤离。",
)
DRAFT.add("公文正文", "自{{ 停用时间写法 }}起，原公告公布的{{ 停用写法 }}。")
DRAFT.add("公文正文", "今后需要反映问题的，{{ 今后反映渠道写法 }}。")
signed(DRAFT)

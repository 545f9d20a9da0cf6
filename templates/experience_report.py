"""Drafts 心得体会: a plain paper, never with a red head; the author's line in 楷体 under the title."""

from xuncha_docs.word.drafting import Draft

DRAFT = Draft(title="{{ 标题写法 }}", page_numbers=True)

DRAFT.add("公文标题", "{{ 标题写法 }}")
with DRAFT.when("副标题写法"):
    DRAFT.add("公文副标题", "{{ 副标题写法 }}")
DRAFT.blank()
DRAFT.add("作者", "{{ 署名 }}")
with DRAFT.when("成文日期写法"):
    DRAFT.add("作者", "（{{ 成文日期写法 }}）")
DRAFT.blank()
DRAFT.each("公文正文", "段 in 开头写法", "{{ 段 }}")
with DRAFT.loop("节 in 各部分"):
    with DRAFT.when("节.小标题"):
        DRAFT.add("一级标题", "{{ 节.小标题 }}")
    DRAFT.each("公文正文", "段 in 节.段落", "{{ 段 }}")
    DRAFT.each("引文", "引 in 节.引文", "{{ 引 }}")
DRAFT.each("公文正文", "段 in 结尾写法", "{{ 段 }}")
with DRAFT.when("编者行"):
    DRAFT.blank()
    DRAFT.add("附注", "（{{ 编者行 }}）")

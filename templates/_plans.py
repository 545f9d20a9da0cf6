"""What the templates of plans share: points, the pages around a plan that goes out as 公文, annexes with a table."""

from collections.abc import Callable, Sequence

from xuncha_docs.word.drafting import Column, Draft


def points(draft: Draft, of: str) -> None:
    """Draft numbered points, each with its paragraphs and its numbered details."""
    with draft.loop(f"点 in {of}"):
        draft.add("二级标题", "（{{ loop.index|汉字 }}）{{ 点.标题 }}")
        draft.each("公文正文", "段 in 点.内容 or []", "{{ 段 }}")
        draft.each("三级标题", "目 in 点.细目", "{{ loop.index }}.{{ 目 }}")


def phases(draft: Draft) -> None:
    """Draft the phases of the work, each with its days and its numbered tasks."""
    with draft.loop("步 in 工作步骤"):
        draft.add("二级标题", "（{{ loop.index|汉字 }}）{{ 步.名称 }}（{{ 步.起止 }}）")
        draft.each("三级标题", "项 in 步.任务", "{{ loop.index }}.{{ 项 }}")


def chapters(draft: Draft, after: int) -> None:
    """Draft the chapters that an office adds after so many of ours."""
    with draft.loop("章 in 其他章节"):
        draft.add("一级标题", f"{{{{ (loop.index + {after})|汉字 }}}}、{{{{ 章.标题 }}}}")
        draft.each("公文正文", "段 in 章.段落 or []", "{{ 段 }}")
        points(draft, "章.要点")


PHASES = (
    Column("阶段", 1400, "{{ 行.名称 }}", "表格居中"),
    Column("时间", 2200, "{{ 行.起止 }}", "表格居中"),
    Column("主要任务", 3444, ("{%p for 项 in 行.任务 %}", "{{ loop.index }}.{{ 项 }}", "{%p endfor %}")),
    Column("成果", 1800, "{% if 行.成果 %}{{ 行.成果 }}{% endif %}"),
)
"""The table of phases, over `行 in 工作步骤`."""

Annex = tuple[str, str, Sequence[Column]]
"""An annex: its title, the loop of its table and the columns."""


def plain(body: Callable[[Draft, int], None], annexes: Sequence[Annex], *, closing: str, signer: str) -> Draft:
    """Draft a plan as a plain paper.

    Args:
        body: drafts the text, given how many annexes come before the plan's own.
        annexes: the tables behind it.
        closing: the last sentence, what is done with the plan.
        signer: who signs it.
    """
    draft = Draft(title="{{ 标题 }}", page_numbers=True)
    draft.add("公文标题", "{{ 标题 }}")
    draft.blank()
    body(draft, 0)
    draft.add("结语", closing)
    draft.blank()
    annex_list(draft, [title for title, _, _ in annexes])
    draft.signature(signer, "{{ 成文日期 }}")
    tables(draft, annexes, 1)
    return draft


def red_head(body: Callable[[Draft, int], None], annexes: Sequence[Annex]) -> Draft:
    """Draft the 通知, 请示 or 报告 by which a plan goes out, with the plan as its first annex.

    A plan is no sort of 公文 (条例 第八条): what bears the red head is the paper that sends it.
    """
    draft = Draft(title="{{ 公文标题 }}", page_numbers=True)
    with draft.when("版头"):
        draft.red_head(
            "{{ 发文机关标志 }}",
            "{{ 发文字号 }}",
            signer="{{ 版头.签发人 }}",
            signed_when="版头.签发人",
            copy_number="{% if 版头.份号 %}{{ 版头.份号 }}{% endif %}",
            secrecy="{% if 版头.密级 %}{{ 版头.密级 }}{% endif %}",
            urgency="{% if 版头.紧急程度 %}{{ 版头.紧急程度 }}{% endif %}",
        )
    draft.add("公文标题", "{{ 公文标题 }}")
    draft.blank()
    draft.add("主送机关", "{{ 主送写法 }}：")
    draft.add("公文正文", "{{ 印发写法 }}")
    with draft.when("公文结语"):
        draft.add("公文正文", "{{ 公文结语 }}")
    draft.blank()
    annex_list(draft, ["{{ 方案名称 }}", *(title for title, _, _ in annexes)])
    draft.signature("{{ 发文机关 }}", "{{ 成文日期 }}", white=True)
    with draft.when("版头"), draft.when("版头.附注写法"):
        draft.add("附注", "{{ 版头.附注写法 }}")
    label(draft, 1, "{{ 标题 }}")
    body(draft, 1)
    tables(draft, annexes, 2)
    with draft.when("版头"), draft.when("版头.抄送写法"):
        draft.imprint("{{ 版头.抄送写法 }}", "{{ 印发机关 }}", "{{ 印发日期 }}")
        draft.otherwise()
        draft.imprint("", "{{ 印发机关 }}", "{{ 印发日期 }}")
    return draft


def annex_list(draft: Draft, titles: Sequence[str]) -> None:
    """Draft 附件说明 (GB/T 9704 7.3.4): one line for each, numbered where there are several."""
    if len(titles) == 1:
        draft.add("附件说明", f"附件：{titles[0]}")
        return
    for n, title in enumerate(titles, 1):
        draft.add("附件说明首项" if n == 1 else "附件说明续项", f"{'附件：' if n == 1 else ''}{n}.{title}")


def label(draft: Draft, n: int | None, title: str) -> None:
    """Begin an annex on a page of its own (7.3.7); an only one has no number."""
    draft.add("附件标签", f"附件{n or ''}")
    draft.blank()
    draft.add("附件标题", title)
    draft.blank()


def tables(draft: Draft, annexes: Sequence[Annex], first: int) -> None:
    """Draft annexes that are one table each."""
    for n, (title, loop, columns) in enumerate(annexes, first):
        label(draft, n if (first, len(annexes)) != (1, 1) else None, title)
        draft.table(loop, columns)

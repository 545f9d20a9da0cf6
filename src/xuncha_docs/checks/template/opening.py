"""TPL1: what docxtpl makes of a template in the end, asked only where nothing else was found to be wrong."""

from __future__ import annotations

from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.errors import TemplateError
from xuncha_docs.findings import Place
from xuncha_docs.word.examined import Examined
from xuncha_docs.word.template import Template

MOST = 5
"""How many faults of opening are told: one often makes the others."""


@rule("TPL123")
def unopened(template: Examined) -> Flaws:
    """程序打不开这份模板。

    为什么：标签写在不寻常的地方，或写法 docxtpl 读不了；别的规则没有说中，打开时才知道。

    错：
        {# 说明：{%p if 任务 %} #}
    对：
        {# 说明 #}
    """
    if template.package is None or template.is_plain:
        return
    try:
        Template(template.content, template.name, template.model)
    except TemplateError as error:
        for line in str(error).splitlines()[:MOST]:
            said = line.removeprefix(f"{template.name}: ")
            yield Flaw(
                Place(part=template.main or None), f"程序打不开这份模板（{said}）。", "换一种普通的写法，或删去这一处。"
            )

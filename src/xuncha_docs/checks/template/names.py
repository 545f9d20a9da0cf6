"""TPL3: tags against the model: names, types, what may be empty, what can never hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.document import Document
from xuncha_docs.findings import Place, Severity
from xuncha_docs.model import english, forms_of
from xuncha_docs.word import known
from xuncha_docs.word.examined import Examined, ExaminedPart
from xuncha_docs.word.grammar import Fault
from xuncha_docs.word.known import Known
from xuncha_docs.word.tagged import Tag


def _faults(template: Examined, *sorts: str) -> Iterator[tuple[Tag, Fault]]:
    for part in template.parts:
        yield from part.faults(*sorts)


def _said(fault: Fault) -> str:
    value: Known = fault.about["known"]
    return f"“{value.said}”" if value.said else "这里的内容"


@rule("TPL301")
def unknown_name(template: Examined) -> Flaws:
    """标签里的名字不是这种文书的字段。

    为什么：名字差一个字就印不出来，整份模板做不出来。能写的名字用“xuncha-docs fields 文种”查看。

    错：
        对{{ 对像 }}开展巡察
    对：
        对{{ 对象 }}开展巡察
    """
    for tag, fault in _faults(template, "unknown-name"):
        about = fault.about
        if about["owner"] == "列表":
            yield Flaw(tag.place, f"{_said(fault)}是列表，不能直接取里面的“{about['name']}”。", "先用循环逐项取出来。")
            continue
        single = about["owner"] in ("文字", "数字", "日期", "时间", "是或否", "几个词里的一个", "文号")
        owner = f"{_said(fault)}是{about['owner']}，" if single else f"{about['owner']}里"
        cure = f"是不是“{about['meant']}”？" if about.get("meant") else _names_cure(template)
        yield Flaw(tag.place, f"{owner}没有“{about['name']}”这个名字。", cure)


def _names_cure(template: Examined) -> str | None:
    return f"能写的名字用“xuncha-docs fields {template.model.label}”查看。" if template.model else None


@rule("TPL302")
def loop_over_no_list(template: Examined) -> Flaws:
    """循环或列表过滤器用在了不是列表的内容上。

    为什么：文字会被拆成一个一个的字，别的内容会出错。

    错：
        {%p for 句 in 标题 %}
        {{ 句 }}
        {%p endfor %}
    对：
        {%p for 句 in 附言 %}
        {{ 句 }}
        {%p endfor %}
    """
    for tag, fault in _faults(template, "no-list"):
        yield Flaw(
            tag.place,
            f"{_said(fault)}是{fault.about['known'].called()}，不是列表，不能逐项写。",
            "换成列表，或直接印它。",
        )


@rule("TPL303")
def whole_value(template: Examined) -> Flaws:
    """把整个列表或一整组内容当文字印。

    为什么：列表要一项一项写，一组内容要说印其中哪一项；整个印会出错。

    错：
        对{{ 驻点时间 }}开展巡察
    对：
        对{% if 驻点时间 %}{{ 驻点时间.起止 }}{% endif %}开展巡察
    """
    for tag, fault in _faults(template, "whole-value"):
        value: Known = fault.about["known"]
        yield Flaw(tag.place, f"{_said(fault)}是{value.called()}，不能整个印。", _whole_cure(value))


def _whole_cure(value: Known) -> str:
    if value.models:
        model = value.models[0]
        inner = [form.zh for form in forms_of(model).values()] or list(english(model))
        return f"写出要印的一项，如 {{{{ {value.said}.{inner[0]} }}}}。"
    item = value.item()
    if item.models:
        names = [form.zh for form in forms_of(item.models[0]).values()] or list(english(item.models[0]))
        return f"用循环逐项写：{{% for 项 in {value.said} %}}{{{{ 项.{names[0]} }}}}{{% endfor %}}。"
    return f"用循环逐项写，或写 {{{{ {value.said or '…'}|join('、') }}}}。"


@rule("TPL304", Severity.WARNING)
def raw_value(template: Examined) -> Flaws:
    """印了原始的数字或词，而它有现成的写法。

    为什么：“第3巡察组”应写“第三巡察组”；现成的写法由程序按规范写好。

    错：
        {{ 巡察轮次.巡察类型写法 }}由{{ 署名 or '巡察组' }}负责，署名{% if 署名 %}{{ 署名 }}{% endif %}
    对：
        {{ 巡察轮次.巡察类型写法 }}由{{ 署名 or '巡察组' }}负责，署名{{ 署名写法 }}
    """
    told = set()
    for tag, fault in _faults(template, "raw-value"):
        if _is_counted(tag, fault.about["known"]):
            continue  # `第{{ 组.名称 }}巡察组` would say 第 twice
        told.add(id(tag))
        yield Flaw(tag.place, f"{_said(fault)}印出来不是文书的写法。", f"写成 {{{{ {fault.about['meant']} }}}}。")
    for part in template.parts:
        for tag, value in part.printed:
            if _is_counted(tag, value) and id(tag) not in told:
                yield Flaw(tag.place, f"“{value.said}”印出来是阿拉伯数字。", f"写成 {{{{ {value.said}|汉字 }}}}。")


def _is_counted(tag: Tag, value: Known) -> bool:
    """Whether a tag prints an ordinal after 第."""
    before = tag.paragraph.text[: tag.start].rstrip()
    return value.owner is not None and before.endswith("第") and known.is_ordinal(*value.owner)


@rule("TPL305")
def unguarded_value(template: Examined) -> Flaws:
    """可能为空的内容没有先判断。

    为什么：这一项没有填时，文书就做不出来。

    错：
        巡察任务：{{ 任务 }}
    对：
        {%p if 任务 %}
        巡察任务：{{ 任务 }}
        {%p endif %}
    """
    for tag, fault in _faults(template, "unguarded"):
        said = _said(fault)
        if fault.about.get("empty"):
            yield Flaw(tag.place, f"走到这里时{said}一定是空的。", "检查前面的条件是不是写反了。")
            continue
        yield Flaw(tag.place, f"{said}可以不填，没有填时这里就出错。", _guard(tag, fault))


def _guard(tag: Tag, fault: Fault) -> str:
    """Say how to ask first whether a value is there, as fits the tag."""
    bare = fault.about["known"].said
    if not bare or re.search(r"[\[(]|里的", bare):
        return "先判断它有没有。"
    if tag.word in ("if", "elif"):
        condition = tag.said.removeprefix(tag.word).strip()
        return f"写成 {{%{tag.letter or ''} {tag.word} {bare} and {condition} %}}。"
    letter = tag.letter if tag.opener == "{%" else ""
    around = f"放在 {{%{letter} if {bare} %}} 和 {{%{letter} endif %}} 之间"
    other = f"，或写 {{{{ {bare} or '…' }}}}" if tag.opener == "{{" and tag.said.strip() == bare else ""
    return f"{around}{other}。"


@rule("TPL306")
def weak_guard(template: Examined) -> Flaws:
    """用 is defined 或 default('…') 判断空不空，不起作用。

    为什么：没有填的字段也是“有定义”的，它是空的；这两种写法都拦不住。

    错：
        {% if 任务 is defined %}{{ 任务 }}{% endif %}
    对：
        {% if 任务 %}{{ 任务 }}{% endif %}
    """
    for tag, fault in _faults(template, "weak-guard"):
        bare = fault.about["known"].said
        cure = f"写 {{{{ {bare}|default('…', true) }}}} 或 {{{{ {bare} or '…' }}}}。"
        if fault.about["how"] == "is defined":
            cure = f"写 {{% if {bare} %}}。"
        yield Flaw(tag.place, f"{fault.about['how']} 拦不住没有填的{_said(fault)}。", cure)


@rule("TPL307")
def never_holds(template: Examined) -> Flaws:
    """比较永远不会成立。

    为什么：字段只能是固定的几个词，写了别的词，条件里的内容就永远不会印出来。

    错：
        {% if 署名 == '办公室' %}办公室{% endif %}
    对：
        {% if 署名 == '巡察组' %}巡察组{% endif %}
    """
    for tag, fault in _faults(template, "never-holds"):
        value: Known = fault.about["known"]
        among = fault.about["among"]
        said = f"{_said(fault)}不会是“{fault.about['value']}”"
        if fault.about.get("some"):
            yield Flaw(tag.place, f"{said}，写在里面没有用。", _possible(value, among), Severity.WARNING)
            continue
        always = "总是成立" if fault.about.get("denied") else "永远不成立"
        yield Flaw(tag.place, f"{said}，条件{always}。", _possible(value, among))


def _possible(value: Known, among: Sequence[str]) -> str:
    """Say what a value can be compared with."""
    if value.there and all(t is bool for t in value.there):
        return f"判断是或否，写 {{% if {value.said} %}} 或 {{% if not {value.said} %}}。"
    if among:
        return f"只能是：{'、'.join(among)}。"
    return f"它是{value.called()}，不能和这样的内容比。"


@rule("TPL308", Severity.WARNING)
def unused_field(template: Examined) -> Flaws:
    """必填的字段，模板里一次也没有用到。

    为什么：填了的内容没有印出来，多半是标签被误删了。

    错：
        （全文）{{ 标题 }}
    对：
        （全文）{{ 标题 }}{{ 巡察组 }}{{ 对象 }}{{ 受理对象 }}{{ 不予受理的处理 }}{{ 成文日期 }}
    """
    if template.model is None or not template.is_read:
        return
    used = _printed_fields(template, template.model) | {*template.model.unprinted}
    for name, info in template.model.model_fields.items():
        if info.is_required() and name not in used:
            ways = "、".join(_ways(template.model, name)[:3])
            cure = f"在该印的地方写上 {ways}；确实不要印的，可在 xuncha.toml 里写明理由忽略。"
            yield Flaw(Place(part=template.main or None), f"没有用到必填的“{info.title}”。", cure)


def _printed_fields(template: Examined, model: type[Document]) -> set[str]:
    """Return the fields of a document that its template prints, be it in a tag that can't be read."""
    used = {name for one in template.used if one in known.fields_of(model) for name in known.read_by(model, one)}
    words = {word for part in template.parts for tag in _unread(part) for word in re.findall(r"\w+", tag.text)}
    names = english(model)
    guessed = {names.get(word, word) for word in words} & known.fields_of(model).keys()
    return used | {name for one in guessed for name in known.read_by(model, one)}


def _unread(part: ExaminedPart) -> Iterator[Tag]:
    """Yield the tags that could not be read."""
    broken = {fault.tag for fault in part.syntax.faults}
    for number, tag in enumerate(part.tags):
        if number in broken or not tag.closed:
            yield tag


@cache
def _ways(model: type[Document], name: str) -> tuple[str, ...]:
    """Return the tags that print a field: what is made of the fewest fields first."""
    own = str(model.model_fields[name].title)
    made = {form.zh: key for key, form in forms_of(model).items() if name in known.read_by(model, key)}
    printed = [zh for zh, key in made.items() if _is_text(known.field(model, key))]
    printed.sort(key=lambda zh: len(known.read_by(model, made[zh])))
    if _is_text(known.field(model, name)):
        printed.insert(0, own)
    return tuple(f"{{{{ {zh} }}}}" for zh in printed) or (f"{own}里的内容",)


def _is_text(value: Known) -> bool:
    """Tell whether a value can be printed as it is, and says more than yes or no."""
    return value.is_scalar and not value.optional and not any(t is bool for t in value.there)


@rule("TPL314", Severity.WARNING)
def unused_item(template: Examined) -> Flaws:
    """循环里没有用到循环的名字。

    为什么：每一遍印的都一样，多半是里面的名字写成了别的。

    错：
        {%p for 句 in 附言 %}
        {{ 标题 }}
        {%p endfor %}
    对：
        {%p for 句 in 附言 %}
        {{ 句 }}
        {%p endfor %}
    """
    for tag, fault in _faults(template, "unused-item"):
        name = fault.about["name"]
        yield Flaw(
            tag.place, f"循环里没有用到“{name}”，每一遍都印得一样。", f"在循环里写 {{{{ {name} }}}}，或不用循环。"
        )


@rule("TPL315", Severity.WARNING)
def condition_that_always_holds(template: Examined) -> Flaws:
    """条件总是成立。

    为什么：必填的日期、必填的一组内容总是有的，不用判断；多半是判断错了字段。

    错：
        {% if 成文日期 %}{{ 成文日期 }}{% endif %}
    对：
        {{ 成文日期 }}
    """
    for tag, fault in _faults(template, "always-holds"):
        yield Flaw(tag.place, f"{_said(fault)}是必填的，总是有，这个条件总成立。", "去掉条件，或判断另一个字段。")


@rule("TPL316", Severity.WARNING)
def printed_yes_or_no(template: Examined) -> Flaws:
    """把“是或否”当内容印。

    为什么：印出来只有一个“是”字或“否”字，多半是写错了字段。

    错：
        署名：{{ 盖章 }}
    对：
        署名：{{ 署名写法 }}
    """
    for tag, fault in _faults(template, "yes-or-no"):
        bare = fault.about["known"].said
        cure = f"换成要印的内容，或写 {{% if {bare} %}} … {{% endif %}}。" if bare else "换成要印的内容。"
        yield Flaw(tag.place, f"{_said(fault)}印出来只是“是”或“否”。", cure)


@rule("TPL317")
def mismatched_sorts(template: Examined) -> Flaws:
    """把不同种类的内容放在一起算、比，或用了不合适的过滤器。

    为什么：日期不能和文字比大小，数字不能和文字相加，做文书时会出错；条件也可能永远不成立。

    错：
        {% if 成文日期 > '2025-07-01' %}今年{% endif %}
    对：
        {% if 六项纪律|length > 3 %}多项{% endif %}
    """
    for tag, fault in _faults(template, "wrong-sort"):
        value: Known = fault.about["known"]
        what = fault.about["what"]
        if what == "==":
            cure = f"写 {{% if '…' in {value.said} %}}，看列表里有没有。"
            yield Flaw(tag.place, f"{_said(fault)}是列表，不会等于一个词。", cure)
            continue
        sort = f"是{value.called()}，" if value.there else ""
        yield Flaw(tag.place, f"{_said(fault)}{sort}不能用{what}。", "换成同一种内容；日期直接印，就是文书的写法。")


@rule("TPL318")
def missing_argument(template: Examined) -> Flaws:
    """用宏时少写了内容。

    为什么：宏要几样，就要给几样，少了就做不出来。

    错：
        {% macro 称(名) %}{{ 名 }}{% endmacro %}{{ 称() }}
    对：
        {% macro 称(名) %}{{ 名 }}{% endmacro %}{{ 称(对象) }}
    """
    for tag, fault in _faults(template, "missing-argument"):
        lacking = "、".join(fault.about["lacking"])
        yield Flaw(tag.place, f"“{fault.about['name']}”还要“{lacking}”。", "在括号里写上。")


@rule("TPL319")
def name_set_in_one_branch(template: Examined) -> Flaws:
    """名字只在一个分支里用 set 设了，却在外面用。

    为什么：条件不成立时没有设过，做文书时会出错。

    错：
        {% if 任务 %}{% set 说 = '有' %}{% endif %}{{ 说 }}
    对：
        {% if 任务 %}{% set 说 = '有' %}{% else %}{% set 说 = '无' %}{% endif %}{{ 说 }}
    """
    for tag, fault in _faults(template, "maybe-unset"):
        yield Flaw(tag.place, f"“{fault.about['name']}”不一定设过。", "在 else 里也设一次，或先在前面设好。")


@rule("TPL309")
def name_outside_its_loop(template: Examined) -> Flaws:
    """循环里的名字用在了循环外面。

    为什么：循环结束后，它的名字就不在了，什么也印不出来。

    错：
        {%p for 句 in 附言 %}
        {{ 句 }}
        {%p endfor %}
        最后：{{ 句 }}
    对：
        {%p for 句 in 附言 %}
        {{ 句 }}
        {%p endfor %}
    """
    for tag, fault in _faults(template, "outside-loop"):
        cure = "移到循环里面去；循环里 set 的名字，到外面也用不了。"
        yield Flaw(tag.place, f"“{fault.about['name']}”只在它的循环里有。", cure)


@rule("TPL310")
def missing_else(template: Examined) -> Flaws:
    """标签里的 if 没有 else。

    为什么：条件不成立时没有可印的内容，文书就做不出来。

    错：
        {{ '加盖印章' if 盖章 }}
    对：
        {{ '加盖印章' if 盖章 else '' }}
    """
    for tag, _ in _faults(template, "missing-else"):
        yield Flaw(tag.place, "条件不成立时没有可印的内容。", "在后面写上 else，如 else ''。")


@rule("TPL311")
def text_between_elements(template: Examined) -> Flaws:
    """{{p …}}、{{r …}} 里是普通文字。

    为什么：带字母的标签只能放富文本，普通文字放进去会消失，程序不收。

    错：
        {{r 标题 }}
    对：
        {{ 标题 }}
    """
    for part in template.parts:
        for tag, value in part.printed:
            if tag.opener == "{{" and tag.letter and tag.closed and value.is_scalar:
                yield Flaw(tag.place, f"带字母的标签不能印{value.called()}。", f"去掉字母，写成 {{{{ {tag.said} }}}}。")

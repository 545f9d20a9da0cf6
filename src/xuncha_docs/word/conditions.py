"""What a condition shows of the values it asks after: there or empty, this model or that.

{% if 驻点时间 and 驻点时间.受理截止 %}      both are there within
{% if 项.类型 == '信箱' %}                 the item is the model whose 类型 is that
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinja2 import nodes

from xuncha_docs.model import english
from xuncha_docs.word import known as types
from xuncha_docs.word.known import NONE, Known, Path, fields_of

Overlay = Mapping[Path, Known]
"""What a condition has shown of some values."""

Seen = Callable[[nodes.Node], Known]
"""Returns what was known of a node when it was read."""


def shown(test: nodes.Node, seen: Seen) -> tuple[Overlay, Overlay]:
    """Return what holds of the values in a test if it is true, and if it is not."""
    match test:
        case nodes.Not():
            return shown(test.node, seen)[::-1]
        case nodes.And():
            left, right = shown(test.left, seen), shown(test.right, seen)
            return {**left[0], **right[0]}, {}
        case nodes.Or():
            left, right = shown(test.left, seen), shown(test.right, seen)
            return {}, {**left[1], **right[1]}
        case nodes.Test(name="none"):
            return _as_none(test.node, seen)
        case nodes.Compare() if len(test.ops) == 1 and test.ops[0].op in ("eq", "ne", "in"):
            return _compared(test, seen)
    known = seen(test)
    if not known.path or not known.types:
        return {}, {}
    empty = known.with_types([NONE]) if known.optional and known.models else known
    return {known.path: known.without_none()}, {known.path: empty}


def _as_none(node: nodes.Node, seen: Seen) -> tuple[Overlay, Overlay]:
    known = seen(node)
    if not known.path or not known.types:
        return {}, {}
    return {known.path: known.with_types([NONE])}, {known.path: known.without_none()}


def _compared(test: nodes.Compare, seen: Seen) -> tuple[Overlay, Overlay]:
    """Read `x == none`, `x == '信箱'` and `x in ['甲', '乙']`."""
    op = test.ops[0]
    values = constants(op.expr, many=op.op == "in")
    if values is None:
        return {}, {}
    if values == [None] and op.op != "in":
        shown = _as_none(test.expr, seen)
    else:
        known = seen(test.expr)
        holds: dict[Path, Known] = {}
        if known.path and known.types and None not in values:
            holds[known.path] = known.without_none()
        shown = (
            {**holds, **_chosen(test.expr, values, seen, among=True)},
            _chosen(test.expr, values, seen, among=False),
        )
    return shown[::-1] if op.op == "ne" else shown


def _chosen(node: nodes.Node, values: Sequence[Any], seen: Seen, *, among: bool) -> Overlay:
    """Tell which of several models a value is, by a field that says so: `{% if 项.类型 == '信箱' %}`."""
    if not isinstance(node, nodes.Getattr):
        return {}
    base, name = seen(node.node), node.attr
    if not base.path or len(base.models) < 2:
        return {}
    kept = []
    for model in base.models:
        english_name = english(model).get(name, name)
        own = types.field(model, english_name).among() if english_name in fields_of(model) else None
        possible = own is None or (bool(own & set(values)) if among else bool(own - set(values)))
        if possible:
            kept.append(model)
    return {base.path: base.with_types(kept)}


def weak_guards(test: nodes.Node, seen: Seen) -> list[Path]:
    """Return what a test asks to be defined: a field of a model always is, even where it is empty."""
    asked = [t for t in (test, *test.find_all(nodes.Test)) if isinstance(t, nodes.Test) and t.name == "defined"]
    return [path for t in asked if (path := seen(t.node).path)]


def constants(node: nodes.Node, *, many: bool) -> list[Any] | None:
    """Return the constants that a node holds; None if it holds anything else."""
    if not many:
        return [node.value] if isinstance(node, nodes.Const) else None
    if not isinstance(node, nodes.List | nodes.Tuple) or not all(isinstance(n, nodes.Const) for n in node.items):
        return None
    return [item.value for item in node.items if isinstance(item, nodes.Const)]


def possible(known: Known, value: Any) -> bool:
    """Tell whether a value can be equal to a constant."""
    among = known.among()
    if among is not None:
        return value in among
    if value is None:
        return known.optional
    if not known.is_scalar:
        return True
    sorts = {types.basic(t) for t in known.there}
    return "" in sorts or types.basic(type(value)) in sorts

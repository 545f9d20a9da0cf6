"""What tags may say, and what their names mean: a white list over Jinja's syntax tree, and names resolved once.

Nothing that is not listed here gets into a compiled template: no call but a few exact shapes, no method, no name that
begins with an underscore, no import. With a model, names in either language become the model's own, and reads that are
proved to be fields of a model compile to plain attribute access. On the same walk everything is noted that a model
shows to be wrong before anything is rendered: what may be empty, what is no list, what can never hold.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time
from html import unescape
from math import isfinite
from typing import Any

from jinja2 import nodes

from xuncha_docs.model import Model, closest, english
from xuncha_docs.word import known as types
from xuncha_docs.word.conditions import Overlay, constants, possible, shown, weak_guards
from xuncha_docs.word.known import UNKNOWN, Known, Path, fields_of, listed, union

ALLOWED: tuple[type[nodes.Node], ...] = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign, nodes.AssignBlock),
    *(nodes.With, nodes.Macro, nodes.Scope, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.Filter),
    *(nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat),
    *(nodes.Add, nodes.Sub, nodes.Neg, nodes.Pos, nodes.Mul, nodes.Div, nodes.Mod, nodes.FloorDiv, nodes.List),
    *(nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword, nodes.Slice, nodes.Call),
)

FILTERS = frozenset(
    (
        *("abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "groupby", "int"),
        *("items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace"),
        *("reverse", "round", "select", "selectattr", "slice", "sort", "string", "sum", "title", "trim", "truncate"),
        *("unique", "upper", "wordcount", "han", "汉字"),
    )
)
TESTS = frozenset(
    (
        *("boolean", "defined", "divisibleby", "eq", "equalto", "==", "even", "false", "float", "ge", "gt", ">=", ">"),
        *(
            "greaterthan",
            "in",
            "integer",
            "iterable",
            "le",
            "lt",
            "<=",
            "<",
            "lessthan",
            "lower",
            "mapping",
            "ne",
            "!=",
        ),
        *("none", "number", "odd", "sameas", "sequence", "string", "true", "undefined", "upper"),
    )
)
_BY_ATTRIBUTE = frozenset(("map", "sort", "selectattr", "rejectattr", "groupby", "join", "sum", "unique", "max", "min"))
_OVER_LISTS = frozenset(("map", "select", "reject", "selectattr", "rejectattr", "groupby", "join", "sum", "slice"))
_OF_LISTS = frozenset(("sort", "unique", "first", "last", "reverse"))
_KEEPING = frozenset(("sort", "unique", "reverse", "list", "select", "selectattr", "reject", "rejectattr"))
_RESULTS: tuple[tuple[type, frozenset[str]], ...] = (
    (int, frozenset(("length", "count", "int", "wordcount"))),
    (float, frozenset(("float", "round"))),
    (
        str,
        frozenset(
            (
                *("join", "upper", "lower", "trim", "replace", "string", "title", "capitalize", "truncate"),
                *("han", "汉字", "e", "escape"),
            )
        ),
    ),
)
"""What filters return, where it is always the same."""

_TAKEN: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset(("han", "汉字", "round", "abs")), frozenset(("number",))),
    (frozenset(("length", "count", "wordcount")), frozenset(("text",))),
    (
        frozenset(("upper", "lower", "title", "capitalize", "trim", "replace", "truncate")),
        frozenset(("text", "number")),
    ),
    (frozenset(("int", "float")), frozenset(("text", "number"))),
)
"""What some filters take, where they take a single value."""

_LOOP = frozenset(
    (
        *("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0"),
        *("previtem", "nextitem", "cycle", "changed"),
    )
)
_MAPPING_CALLS = frozenset(("items", "keys", "values"))
_RESERVED = frozenset(("loop", "self", "varargs", "kwargs", "caller", "super"))

DEEPEST = 40
"""How deep the parts of one tag may be nested."""

ROOT = "doc__"
"""What the names of a document's own fields begin with in a compiled template."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a tag.

    Args:
        line: of the source.
        sort: what is wrong, in a word; the rules of templates go by it.
        message: in English, for programs.
        fatal: whether the template can't be compiled.
        about: what a message to people needs to know.
    """

    line: int
    sort: str
    message: str
    fatal: bool = True
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Grammar:
    """One part's tree being checked.

    Args:
        model: whose fields the tags name; None leaves names to any mapping.
        faults: everything wrong with it.
        used: the names it needs.
        printed: every value that it prints, with its line.
    """

    model: type[Model] | None
    faults: list[Fault] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    printed: list[tuple[int, Known]] = field(default_factory=list)
    _scopes: list[dict[str, Known]] = field(default_factory=lambda: [{}])
    _overlays: list[Overlay] = field(default_factory=list)
    _weak: list[Path] = field(default_factory=list)
    _seen: dict[int, Known] = field(default_factory=dict)
    _gone: set[str] = field(default_factory=set)
    _set: set[str] = field(default_factory=set)
    _maybe: set[str] = field(default_factory=set)
    _macros: dict[str, nodes.Macro] = field(default_factory=dict)
    _entered: set[tuple[Any, ...]] = field(default_factory=set)
    _names: int = 0
    _loops: int = 0
    _depth: int = 0

    def check(self, tree: nodes.Template) -> None:
        """Check a tree and resolve its names in place."""
        self._block(tree.body)

    # --- statements ---

    def _statement(self, node: nodes.Node) -> None:
        self._depth += 1
        try:
            self._said(node)
        finally:
            self._depth -= 1

    def _said(self, node: nodes.Node) -> None:
        if self._depth > DEEPEST:
            self._fault(node, "too-deep", f"blocks are nested deeper than {DEEPEST} levels")
            return
        if not isinstance(node, ALLOWED):
            word = _word(node)
            self._fault(node, "forbidden", f"{{% {word} %}} is not allowed in a template", word=word)
            return
        match node:
            case nodes.Output():
                for child in node.nodes:
                    if not isinstance(child, nodes.TemplateData):
                        self._print(child)
            case nodes.For():
                self._for(node)
            case nodes.If():
                self._if(node)
            case nodes.Assign():
                self._bind(node.target, self._value(node.node))
                bound = {name.name for name in _names_in(node.target)}
                self._set |= bound
                self._maybe -= bound
            case nodes.AssignBlock():
                if node.filter:
                    self._value(node.filter)
                self._block(node.body)
                self._bind(node.target, UNKNOWN)
            case nodes.With():
                values = [self._value(value) for value in node.values]
                with self._scope():
                    for target, known in zip(node.targets, values, strict=True):
                        self._bind(target, known)
                    self._block(node.body)
            case nodes.Macro():
                self._macro(node)
            case _:
                self._value(node)

    def _block(self, body: Sequence[nodes.Node]) -> None:
        for node in body:
            self._statement(node)

    def _print(self, node: nodes.Node) -> None:
        known = self._value(node)
        self.printed.append((node.lineno, known))
        if known.is_whole:
            self._doubt(node, "whole-value", f"this prints a whole {known.called()}", known)
        elif known.optional:
            self._unguarded(node, known)
        elif known.there and all(t is bool for t in known.there):
            self._doubt(node, "yes-or-no", f"{known.said or 'this'} prints as 是 or 否", known)
        if known.owner:
            self._raw(node, known)
        if isinstance(node, nodes.CondExpr) and node.expr2 is None:
            self._doubt(node, "missing-else", "if the condition does not hold, nothing is there to be printed")

    def _raw(self, node: nodes.Node, known: Known) -> None:
        """Note a field printed as it is where its model has a form in which papers write it."""
        form = types.written_form(*known.owner) if known.owner else None
        if form:
            stem = known.said.rpartition(".")[0]
            meant = f"{stem}.{form}" if stem else form
            self._doubt(node, "raw-value", f"{known.said} is written as {meant}", known, meant=meant)

    def _if(self, node: nodes.If) -> None:
        """Read the branches in turn; each knows that the conditions before it did not hold."""
        before: list[Overlay] = []
        outer, bound = self._set, list[set[str]]()
        for branch in (node, *node.elif_):
            self._set = set()
            with self._knowing(*before):
                self._always(branch.test, self._value(branch.test))
                holds, fails = shown(branch.test, self._known_of)
                weak = weak_guards(branch.test, self._known_of)
                with self._knowing(holds):
                    self._weak += weak
                    self._block(branch.body)
                    del self._weak[len(self._weak) - len(weak) :]
            before.append(fails)
            bound.append(self._set)
        self._set = set()
        with self._knowing(*before):
            self._block(node.else_)
        bound.append(self._set)
        every = set.union(*bound)
        self._maybe |= {name for name in every - bound[0].intersection(*bound) - outer if name in self._scopes[-1]}
        self._set = outer | every

    def _always(self, node: nodes.Node, known: Known) -> None:
        """Note a condition on a value that is never empty and never false."""
        if known.path and known.there and not known.optional and known.is_never_false:
            self._doubt(node, "always-holds", f"{known.said} is always there", known)

    def _for(self, node: nodes.For) -> None:
        items = self._value(node.iter)
        bound = {name.name for name in _names_in(node.target)}
        read = {name.name for part in (*node.body, *_maybe(node.test)) for name in _names_in(part)}
        if not read & {*bound, "loop"} and not isinstance(node.iter, nodes.Call):
            name = next(iter(sorted(bound)), "")
            self._doubt(node, "unused-item", f"{name!r} is not used in its loop", items, name=name)
        if items.is_no_list:
            self._doubt(node, "no-list", f"this loops over a single {items.called()}", items)
        elif items.optional:
            self._unguarded(node.iter, items)
        if node.recursive:
            self._fault(node, "forbidden", "a recursive loop is not allowed in a template", word="for … recursive")
        single = items.item()
        if isinstance(node.target, nodes.Tuple) and (single.is_scalar or single.models):
            self._doubt(
                node, "wrong-sort", "an item of this list can't be taken apart", items, what="for 后面的几个名字"
            )
        with self._scope(loop=True):
            self._bind(node.target, single)
            self._loops += 1
            holds: Overlay = {}
            if node.test:
                self._value(node.test)
                holds = shown(node.test, self._known_of)[0]
            with self._knowing(holds):
                self._block(node.body)
            self._loops -= 1
        with self._scope():
            self._block(node.else_)

    def _macro(self, node: nodes.Macro) -> None:
        kept = copy.deepcopy(node)
        with self._scope():
            for default in node.defaults:
                self._value(default)
            for argument in node.args:
                self._bind(argument, UNKNOWN)
            loops, self._loops = self._loops, 0
            self._block(node.body)
            self._loops = loops
        # Known only from here on: a macro can't call itself, nor one that comes later.
        self._macros[node.name] = kept
        self._scopes[-1][node.name] = UNKNOWN

    def _enter(self, name: str, given: Sequence[Known], named: Mapping[str, Known]) -> None:
        """Read a macro's body once more with what its call gives it; names stay as they were resolved before."""
        wanted = [argument.name for argument in self._macros[name].args]
        values = dict(zip(wanted, given, strict=False)) | {key: named[key] for key in wanted if key in named}
        types_ = (name, *((key, value.types) for key, value in sorted(values.items())))
        if self.model is None or types_ in self._entered or len(self._entered) > MOST_CALLS:
            return
        self._entered.add(types_)
        macro = copy.deepcopy(self._macros[name])
        with self._scope():
            for argument in macro.args:
                known = values.get(argument.name, UNKNOWN)
                # What a caller passes may be empty: the caller is told, not the macro.
                self._bind(argument, known.without_none())
            loops, self._loops = self._loops, 0
            self._block(macro.body)
            self._loops = loops

    @contextmanager
    def _scope(self, *, loop: bool = False) -> Iterator[None]:
        self._scopes.append({})
        yield
        left = self._scopes.pop()
        if loop:
            self._gone |= left.keys()

    @contextmanager
    def _knowing(self, *overlays: Overlay) -> Iterator[None]:
        held = [overlay for overlay in overlays if overlay]
        self._overlays += held
        yield
        if held:
            del self._overlays[-len(held) :]

    def _bind(self, target: nodes.Node, known: Known) -> None:
        if isinstance(target, nodes.Name):
            if target.name.startswith(("_", ROOT)) or target.name in _RESERVED:
                self._fault(target, "internal-name", f"{target.name!r} can't be the name of a value", name=target.name)
            self._names += 1
            path = (target.name, self._names)
            self._scopes[-1][target.name] = Known(known.types, path, target.name)
        elif isinstance(target, nodes.Tuple):
            for item in target.items:
                self._bind(item, UNKNOWN)
        else:
            self._fault(target, "forbidden", "only a plain name can be set", word="set")

    # --- expressions ---

    def _known_of(self, node: nodes.Node) -> Known:
        """Return what was known of a node when it was read."""
        return self._seen.get(id(node), UNKNOWN)

    def _value(self, node: nodes.Node) -> Known:
        self._depth += 1
        try:
            known = self._known(node)
        finally:
            self._depth -= 1
        if known.path and self._overlays:
            known = next((o[known.path] for o in reversed(self._overlays) if known.path in o), known)
        self._seen[id(node)] = known
        return known

    def _known(self, node: nodes.Node) -> Known:
        if self._depth > DEEPEST:
            self._fault(node, "too-deep", f"a tag is nested deeper than {DEEPEST} levels")
            return UNKNOWN
        if not isinstance(node, ALLOWED):
            word = _word(node)
            self._fault(node, "forbidden", f"{word} is not allowed in a template", word=word)
            return UNKNOWN
        match node:
            case nodes.Name():
                return self._name(node)
            case nodes.Getattr():
                return self._attribute(node)
            case nodes.Getitem():
                return self._item(node)
            case nodes.Const():
                return self._constant(node)
            case nodes.List() | nodes.Tuple() | nodes.Dict():
                self._literal(node)
                return UNKNOWN
            case nodes.Call():
                return self._call(node)
            case nodes.Filter():
                return self._filter(node)
            case nodes.CondExpr():
                return self._condition(node)
            case nodes.And():
                left = self._value(node.left)
                with self._knowing(shown(node.left, self._known_of)[0]):
                    return union(left, self._value(node.right))
            case nodes.Or():
                left = self._value(node.left)
                with self._knowing(shown(node.left, self._known_of)[1]):
                    right = self._value(node.right)
                return union(left.without_none(), right) if left.there else UNKNOWN
            case nodes.Concat():
                return self._joined(node)
            case nodes.BinExpr():
                return self._numbers(node)
            case nodes.Compare():
                return self._comparison(node)
            case nodes.Test():
                if node.name not in TESTS:
                    self._unknown(node, "unknown-test", "test", node.name, TESTS)
                self._children(node)
                return Known((bool,))
            case nodes.Not():
                self._value(node.node)
                return Known((bool,))
        self._children(node)
        return UNKNOWN

    def _children(self, node: nodes.Node) -> None:
        for child in node.iter_child_nodes():
            self._value(child)

    def _constant(self, node: nodes.Const) -> Known:
        if isinstance(node.value, float) and not isfinite(node.value):
            self._fault(node, "unreadable", "a number too large for any paper")
        if self.model and isinstance(node.value, str):
            node.value = _exact(node.value)
        return Known((type(node.value),))

    def _literal(self, node: nodes.List | nodes.Tuple | nodes.Dict) -> None:
        """Keep names that a template binds out of its lists: lists of lists of lists would grow without end."""
        if isinstance(node, nodes.Dict) and not all(isinstance(pair.key, nodes.Const) for pair in node.items):
            self._fault(node, "forbidden", "the keys of { } are written out", word="{ }")
        for name in node.find_all(nodes.Name):
            if any(name.name in scope for scope in self._scopes):
                message = f"a list in a tag can't hold {name.name!r}, which the template itself has set"
                self._fault(node, "forbidden", message, word="[ ]")
        self._children(node)

    def _condition(self, node: nodes.CondExpr) -> Known:
        self._value(node.test)
        holds, fails = shown(node.test, self._known_of)
        with self._knowing(holds):
            yes = self._value(node.expr1)
        if node.expr2 is None:
            return yes
        with self._knowing(fails):
            return union(yes, self._value(node.expr2))

    def _joined(self, node: nodes.Concat) -> Known:
        for child in node.nodes:
            known = self._value(child)
            if known.optional:
                self._unguarded(child, known)
            elif known.is_whole:
                self._doubt(child, "whole-value", f"this prints a whole {known.called()}", known)
        return Known((str,))

    def _numbers(self, node: nodes.BinExpr) -> Known:
        """Read `+` and its like: two numbers, or for `+` two texts."""
        operands = (node.left, node.right)
        knowns = [self._value(operand) for operand in operands]
        for operand, known in zip(operands, knowns, strict=True):
            if known.optional:
                self._unguarded(operand, known)
        sorts = [{types.basic(t) for t in known.there} for known in knowns]
        plain = [kinds for kinds in sorts if kinds and "" not in kinds]
        fits = [{"number"}, {"text"}] if isinstance(node, nodes.Add) else [{"number"}]
        if any(not any(kinds & wanted for wanted in fits) for kinds in plain) or (
            len(plain) == 2 and not plain[0] & plain[1]
        ):
            message = f"{node.operator} wants two numbers{', or two texts' if len(fits) > 1 else ''}"
            self._doubt(node, "wrong-sort", message, knowns[0], what=f"“{node.operator}”")
        return UNKNOWN

    def _comparison(self, node: nodes.Compare) -> Known:
        left = self._value(node.expr)
        for operand in node.ops:
            right = self._value(operand.expr)
            if operand.op in ("eq", "ne", "in", "notin"):
                self._can_hold(node, operand, left, right)
            if operand.op in ("lt", "lteq", "gt", "gteq"):
                for side, known in ((node.expr, left), (operand.expr, right)):
                    if known.optional:
                        self._unguarded(side, known)
                self._ordered(node, left, right)
            if operand.op in ("in", "notin"):
                if right.optional:
                    self._unguarded(operand.expr, right)
                self._contained(node, left, right)
        return Known((bool,))

    def _ordered(self, node: nodes.Compare, left: Known, right: Known) -> None:
        """Note a comparison by size of things that have none in common: a date with a text, a number with a text."""
        sorts = [{types.basic(t) for t in known.there} for known in (left, right)]
        known = all(kinds and "" not in kinds for kinds in sorts)
        if known and not sorts[0] & sorts[1]:
            message = f"{left.said or 'this'} and {right.said or 'that'} can't be compared by size"
            self._doubt(node, "wrong-sort", message, left if left.said else right, what="比大小")

    def _contained(self, node: nodes.Compare, left: Known, right: Known) -> None:
        """Note `in` where there is nothing to look into, or where the word looked for never occurs."""
        sorts, wanted = ({types.basic(t) for t in known.there} for known in (right, left))
        if right.is_scalar and "" not in sorts and (sorts != {"text"} or (wanted and not wanted & {"text", ""})):
            self._doubt(node, "wrong-sort", f"{right.said or 'this'} can't be looked into so", right, what="in")
        among = right.item().among() if right.is_list else None
        value = node.expr.value if isinstance(node.expr, nodes.Const) else None
        if among is not None and value is not None and value not in among:
            words = sorted(str(v) for v in among if v is not None)
            self._doubt(node, "never-holds", f"{right.said} never holds {value!r}", right, value=value, among=words)

    def _can_hold(self, node: nodes.Compare, operand: nodes.Operand, left: Known, right: Known) -> None:
        """Note a comparison that always turns out the same."""
        many = operand.op in ("in", "notin")
        denied = operand.op in ("ne", "notin")
        values = constants(operand.expr, many=many)
        if not many and (left.is_list or right.is_list) and (left.is_scalar or right.is_scalar):
            listed_ = left if left.is_list else right
            self._doubt(
                node, "wrong-sort", f"{listed_.said} is a list, compared with a single value", listed_, what="=="
            )
            return
        known = left
        if values is None and not many and (values := constants(node.expr, many=False)) is not None:
            known = right
        if values is None:
            self._same_sort(node, left, right, many=many)
            return
        odd = [value for value in values if known.types and not possible(known, value)]
        among = sorted(str(v) for v in known.among() or () if v is not None)
        for value in odd:
            message = f"{known.said or 'this'} is never {value!r}"
            some = len(odd) < len(values)
            self._doubt(node, "never-holds", message, known, value=value, among=among, denied=denied, some=some)

    def _same_sort(self, node: nodes.Compare, left: Known, right: Known, *, many: bool) -> None:
        if many or not left.is_scalar or not right.is_scalar:
            return
        sorts = [{types.basic(t) for t in known.there} for known in (left, right)]
        if "" not in sorts[0] | sorts[1] and not sorts[0] & sorts[1]:
            message = f"{left.said} and {right.said} can never be equal"
            self._doubt(node, "never-holds", message, left, value=right.said, among=[])

    def _name(self, node: nodes.Name) -> Known:
        for scope in reversed(self._scopes):
            if node.name in scope:
                if node.name in self._maybe:
                    message = f"{node.name!r} is set in one branch only"
                    self._doubt(node, "maybe-unset", message, name=node.name)
                return scope[node.name]
        if node.name == "loop" and self._loops:
            return UNKNOWN
        if node.name.startswith("_") or (node.name in _RESERVED and node.name != "loop"):
            self._fault(node, "internal-name", f"{node.name!r} is not allowed in a template", name=node.name)
            return UNKNOWN
        if node.name == "loop" or (node.name in self._gone and not self._is_named(node.name)):
            message = f"{node.name!r} is known only within its loop"
            self._fault(node, "outside-loop", message, fatal=self.model is not None, name=node.name)
            if self.model is None:
                self.used.add(node.name)
            return UNKNOWN
        if self.model is None:
            self.used.add(node.name)
            return UNKNOWN
        said = node.name
        name = self._resolved(self.model, said, node)
        if name is None:
            return UNKNOWN
        node.name = ROOT + name  # so that no name set in the template can stand before it
        self.used.add(name)
        known = types.field(self.model, name)
        return Known(known.types, (name,), said, known.owner)

    def _is_named(self, name: str) -> bool:
        return self.model is not None and (name in english(self.model) or name in fields_of(self.model))

    def _attribute(self, node: nodes.Getattr) -> Known:
        if isinstance(node.node, nodes.Name) and node.node.name == "loop" and self._is_loop(node.node):
            if node.attr not in _LOOP:
                meant = closest(node.attr, _LOOP)
                message = f"loop.{node.attr} is not allowed{_hint(meant)}"
                self._fault(node, "unknown-name", message, name=f"loop.{node.attr}", owner="loop", meant=meant)
            node.proven = node.attr in _LOOP  # type: ignore[attr-defined]  # read by the code generator
            return UNKNOWN
        return self._read(node, node.attr, self._value(node.node))

    def _read(self, node: nodes.Getattr | nodes.Getitem, attr: str, base: Known) -> Known:
        if attr.startswith("_"):
            message = f"{attr!r}: names that begin with an underscore are not allowed"
            self._fault(node, "internal-name", message, name=attr)
            return UNKNOWN
        if base.optional:
            self._unguarded(node, base, within=True)
        if not base.models:
            if base.is_scalar:
                self._scalar(node, attr, base)
            elif base.is_list:
                message = f"{base.said} is a list, it has no {attr!r}"
                self._doubt(node, "unknown-name", message, base, name=attr, owner=base.called(), meant=None)
            return UNKNOWN
        found = [self._resolved(model, attr, node, base.said) for model in base.models]
        if any(name is None for name in found) or len(set(found)) > 1:
            return UNKNOWN
        name = str(found[0])
        if isinstance(node, nodes.Getattr):
            node.attr = name
            node.proven = True  # type: ignore[attr-defined]  # read by the code generator
        kinds = [types.field(model, name) for model in base.models]
        known = kinds[0] if len(kinds) == 1 else union(*kinds)
        path = (*base.path, name) if base.path else ()
        return Known(known.types, path, f"{base.said}.{attr}", known.owner)

    def _scalar(self, node: nodes.Node, attr: str, base: Known) -> None:
        """Note a name read of a text or a number, and a date taken apart."""
        if all(isinstance(t, type) and issubclass(t, date | time) and hasattr(t, attr) for t in base.there):
            self._doubt(node, "raw-value", f"{base.said} is written whole", base, meant=base.said)
            return
        message = f"{base.said or 'this'} is a single {base.called()}, it has no {attr!r}"
        self._doubt(node, "unknown-name", message, base, name=attr, owner=base.called(), meant=None)

    def _resolved(self, model: type[Model], name: str, node: nodes.Node, said: str = "") -> str | None:
        """Return the English name for either; what is no name of the model is a fault, said with the nearest one."""
        resolved = english(model).get(name, name)
        if resolved in fields_of(model):
            return resolved
        meant = closest(name, types.names(model))
        message = f"{name!r} is not a field of {_called(model)}{_hint(meant)}"
        self._fault(
            node, "unknown-name", message, name=name, owner=f"“{said}”" if said else _called(model), meant=meant
        )
        return None

    def _item(self, node: nodes.Getitem) -> Known:
        base = self._value(node.node)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._read(node, node.arg.value, base)
        if base.optional and base.there:
            self._unguarded(node, base)
        if base.models:
            self._fault(node, "forbidden", "a field is read by its name, not by [ ]", word="[ ]")
        for child in node.arg.iter_child_nodes() if isinstance(node.arg, nodes.Slice) else (node.arg,):
            self._value(child)
        if isinstance(node.arg, nodes.Slice):
            return Known(base.there)
        number = node.arg.value if isinstance(node.arg, nodes.Const) else "…"
        return base.item(f"{base.said}[{number}]")

    def _is_loop(self, node: nodes.Name) -> bool:
        return self._loops > 0 and not any(node.name in scope for scope in self._scopes)

    def _call(self, node: nodes.Call) -> Known:
        given = [self._value(argument) for argument in node.args]
        named = {keyword.key: self._value(keyword.value) for keyword in node.kwargs}
        called = node.node
        if len(named) < len(node.kwargs):
            self._fault(node, "unreadable", "an argument is given twice")
        if node.dyn_args or node.dyn_kwargs:
            self._fault(node, "call", "a call with * or ** is not allowed in a template", name="*")
        elif isinstance(called, nodes.Name):
            if called.name in self._macros:
                self._count(node, self._macros[called.name], named)
                self._enter(called.name, given, named)
            elif called.name != "range":
                message = f"{called.name}(…): only macros defined above and range() can be called"
                self._fault(node, "call", message, name=called.name)
        elif isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name) and called.node.name == "loop":
            if called.attr not in ("cycle", "changed") or not self._is_loop(called.node):
                self._fault(node, "call", f"loop.{called.attr}(…) can't be called", name=f"loop.{called.attr}")
        elif isinstance(called, nodes.Getattr) and called.attr in _MAPPING_CALLS and not node.args and not node.kwargs:
            if self._value(called.node).models:
                self._fault(node, "call", f".{called.attr}() can't be called on a model", name=called.attr)
        else:
            shown = called.attr if isinstance(called, nodes.Getattr) else "this"
            self._fault(node, "call", f"{shown}(…): a template can't call methods", name=shown)
        return UNKNOWN

    def _count(self, node: nodes.Call, macro: nodes.Macro, named: Mapping[str, Known]) -> None:
        """Note a call that leaves an argument of a macro out."""
        wanted = [argument.name for argument in macro.args][len(node.args) : len(macro.args) - len(macro.defaults)]
        lacking = [name for name in wanted if name not in named]
        if lacking:
            self._doubt(
                node, "missing-argument", f"{macro.name} wants {', '.join(lacking)}", name=macro.name, lacking=lacking
            )

    # --- filters ---

    def _filter(self, node: nodes.Filter) -> Known:
        if node.name not in FILTERS:
            self._unknown(node, "unknown-filter", "filter", node.name, FILTERS)
        base = self._value(node.node) if node.node else UNKNOWN
        item = base.item()
        mapped = UNKNOWN
        if node.name in _BY_ATTRIBUTE:
            mapped = self._attribute_names(node, item)
        self._inner_names(node)
        if len({keyword.key for keyword in node.kwargs}) < len(node.kwargs):
            self._fault(node, "unreadable", "an argument is given twice")
        given = [self._value(child) for child in (*node.args, *node.kwargs)]
        if node.name in ("default", "d"):
            return self._default(node, base, given)
        if base.optional and base.there:
            self._unguarded(node, base)
        if node.name in _OVER_LISTS | _OF_LISTS and base.is_no_list:
            self._doubt(node, "no-list", f"{node.name} wants a list, not a single {base.called()}", base)
        else:
            self._wanted(node, base, mapped if node.name == "join" and mapped.types else item)
        if node.name == "map":
            return listed(mapped)
        return self._filtered(node.name, base, item)

    def _wanted(self, node: nodes.Filter, base: Known, item: Known) -> None:
        """Note a filter that can't do anything with what it is given."""
        if node.name == "join" and item.is_whole:
            self._doubt(node, "whole-value", f"this joins whole {item.called()}", base)
        elif node.name == "join" and item.optional:
            said = Known(item.types, said=f"{base.said}里的内容" if base.said else "")
            self._unguarded(node, said)
        sorts = {types.basic(t) for t in base.there}
        for names, taken in _TAKEN:
            if node.name in names and sorts and "" not in sorts and not sorts & taken:
                message = f"{node.name} can't be used on a {base.called()}"
                self._doubt(node, "wrong-sort", message, base, what=f"过滤器 {node.name}")

    def _filtered(self, name: str, base: Known, item: Known) -> Known:
        """Return what is known of a filter's result."""
        if name in ("first", "last", "min", "max"):
            return Known(item.types, said=f"({base.said}|{name})")
        if name in _KEEPING:
            return Known(base.there)
        kind = next((kind for kind, named in _RESULTS if name in named), None)
        return Known((kind,)) if kind else UNKNOWN

    def _default(self, node: nodes.Filter, base: Known, given: Sequence[Known]) -> Known:
        """Read `|default('…')`: it says nothing of what is empty, unless told to by `true`."""
        second = (
            node.args[1] if len(node.args) > 1 else next((k.value for k in node.kwargs if k.key == "boolean"), None)
        )
        truly = isinstance(second, nodes.Const) and bool(second.value)
        other = given[0] if node.args else Known((str,))
        if truly:
            return union(base.without_none(), other) if base.there else UNKNOWN
        if base.optional and base.there:
            self._weak_fault(node, base, "default")
            return union(base.without_none(), other)
        return base

    def _attribute_names(self, node: nodes.Filter, item: Known) -> Known:
        """Check and resolve the names of fields that some filters take as text; return what the last one holds."""
        takes_first = node.name in ("sort", "groupby", "selectattr", "rejectattr")
        named = [keyword.value for keyword in node.kwargs if keyword.key == "attribute"]
        if node.name == "join" and len(node.args) > 1:
            named.append(node.args[1])
        elif takes_first and node.args and node.name != "sort":
            named.append(node.args[0])
        held = UNKNOWN
        for constant in named:
            if not isinstance(constant, nodes.Const) or not isinstance(constant.value, str):
                message = f"{node.name}: write the name of the field out"
                self._fault(node, "unreadable", message)
                continue
            paths = [self._dotted(one, item, node) for one in constant.value.split(",")]
            constant.value = ",".join(path for path, _ in paths)
            held = paths[-1][1]
        return held

    def _dotted(self, path: str, item: Known, node: nodes.Node) -> tuple[str, Known]:
        steps = []
        for step in path.strip().split("."):
            reading = nodes.Getattr(nodes.Name("x", "load"), step, "load", lineno=node.lineno)
            item = self._read(reading, step, item)
            steps.append(reading.attr)
        return ".".join(steps), item

    def _inner_names(self, node: nodes.Filter) -> None:
        """Check the filters and tests that `map`, `select` and the like are given by name."""
        wanted = {"map": (0, FILTERS - _OVER_LISTS), "select": (0, TESTS), "reject": (0, TESTS)}
        wanted |= {"selectattr": (1, TESTS), "rejectattr": (1, TESTS)}
        at, known = wanted.get(node.name, (0, frozenset()))
        if not known or len(node.args) <= at:
            return
        name = node.args[at]
        if not isinstance(name, nodes.Const) or name.value not in known:
            said = getattr(name, "value", "this")
            sort = "unknown-filter" if node.name == "map" else "unknown-test"
            self._fault(node, sort, f"{node.name}: {said!r} is not allowed here", name=said, meant=None)

    # --- faults ---

    def _unguarded(self, node: nodes.Node, known: Known, *, within: bool = False) -> None:
        """Note that a value is used that may be empty, or that something within it is read."""
        if not known.there or known.path in self._weak:
            self._weak_fault(node, known, "is defined" if known.path in self._weak else "")
            return
        message = f"{known.said or 'this'} may be empty; put the tag between {{% if … %}} and {{% endif %}}"
        self._doubt(node, "unguarded", message, known, within=within)

    def _weak_fault(self, node: nodes.Node, known: Known, how: str) -> None:
        if not how:
            self._doubt(node, "unguarded", f"{known.said or 'this'} is empty here", known, empty=True)
            return
        self._doubt(node, "weak-guard", f"{how} says nothing of {known.said or 'what'} being empty", known, how=how)

    def _unknown(self, node: nodes.Node, sort: str, what: str, name: str, among: frozenset[str]) -> None:
        meant = closest(name, among)
        self._fault(node, sort, f"there is no {what} {name!r}{_hint(meant)}", name=name, meant=meant)

    def _doubt(self, node: nodes.Node, sort: str, message: str, known: Known = UNKNOWN, **about: Any) -> None:
        """Note what a check says and what is no reason to refuse a template."""
        if self.model is None:
            return
        self.faults.append(Fault(node.lineno, sort, message, False, {"known": known, **about}))

    def _fault(self, node: nodes.Node, sort: str, message: str, *, fatal: bool = True, **about: Any) -> None:
        self.faults.append(Fault(node.lineno, sort, message, fatal, about))


def _maybe(node: nodes.Node | None) -> tuple[nodes.Node, ...]:
    return () if node is None else (node,)


def _names_in(node: nodes.Node) -> Iterator[nodes.Name]:
    if isinstance(node, nodes.Name):
        yield node
    yield from node.find_all(nodes.Name)


MOST_CALLS = 50
"""How many calls of macros are read with what each of them gives."""


def _word(node: nodes.Node) -> str:
    words = {"FilterBlock": "filter", "CallBlock": "call", "FromImport": "from … import", "Pow": "**"}
    words["ScopedEvalContextModifier"] = "autoescape"
    return words.get(type(node).__name__, type(node).__name__.lower())


def _called(model: type[Model]) -> str:
    return f"{getattr(model, 'label', '') or model.__name__}"


def _hint(meant: str | None) -> str:
    return f", did you mean {meant}?" if meant else ""


def _exact(text: str) -> str:
    """Undo what XML did to a literal in a tag; docxtpl turns back < and > only, and so do we without a model."""
    return unescape(text) if re.search("&(?:amp|quot|apos|lt|gt|#\\d+);", text) else text

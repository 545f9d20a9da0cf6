"""What tags may say, and what their names mean: a white list over Jinja's syntax tree, and names resolved once.

Nothing that is not listed here gets into a compiled template: no call but a few exact shapes, no method, no name that
begins with an underscore, no import. With a model, names in either language become the model's own, and reads that are
proved to be fields of a model compile to plain attribute access.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from math import isfinite
from typing import Any, get_args, get_origin, get_type_hints

from jinja2 import nodes

from xuncha_docs.model import Model, closest, english, forms_of

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
_LOOP = frozenset(
    (
        *("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0"),
        *("previtem", "nextitem", "cycle", "changed"),
    )
)
_MAPPING_CALLS = frozenset(("items", "keys", "values"))
_RESERVED = frozenset(("self", "varargs", "kwargs", "caller", "super"))

DEEPEST = 40
"""How deep the parts of one tag may be nested."""

ROOT = "doc__"
"""What the names of a document's own fields begin with in a compiled template."""

Fault = tuple[int, str]
"""A line of the source, and what is wrong there."""


@dataclass(frozen=True)
class Known:
    """What is known of a value: its type, None where nothing is."""

    type: Any = None

    @property
    def models(self) -> tuple[type[Model], ...]:
        """The models it may be, None aside; empty if it may be anything else."""
        alternatives = [t for t in _alternatives(self.type) if t is not type(None)]
        found = tuple(t for t in alternatives if isinstance(t, type) and issubclass(t, Model))
        return found if len(found) == len(alternatives) else ()

    def item(self) -> Known:
        """What a loop over it gives."""
        for alternative in _alternatives(self.type):
            arguments = get_args(alternative)
            if get_origin(alternative) in (tuple, list, frozenset, set) and arguments:
                return Known(arguments[0])
        return Known()


UNKNOWN = Known()


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    if hasattr(annotation, "__metadata__"):
        return _alternatives(annotation.__origin__)
    origin = get_origin(annotation)
    if origin is not None and getattr(origin, "__name__", "") in ("Union", "UnionType"):
        return tuple(inner for arg in get_args(annotation) for inner in _alternatives(arg))
    return (annotation,)


@cache
def fields_of(model: type[Model]) -> Mapping[str, Any]:
    """Return the type of every name that a template may read of a model, by its English name."""
    fields = {name: info.annotation for name, info in model.model_fields.items()}
    return fields | {name: _returned(form.fget, model) for name, form in forms_of(model).items()}


def _returned(function: Callable[..., Any], model: type[Model]) -> Any:
    try:
        scope = vars(inspect.getmodule(model)) | vars(inspect.getmodule(function))
        return get_type_hints(function, scope).get("return")
    except NameError:
        return None


@dataclass
class Grammar:
    """One part's tree being checked; `faults` holds everything wrong with it, `used` the names it needs."""

    model: type[Model] | None
    faults: list[Fault] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    _scopes: list[dict[str, Known]] = field(default_factory=lambda: [{}])
    _macros: set[str] = field(default_factory=set)
    _loops: int = 0
    _depth: int = 0

    def check(self, tree: nodes.Template) -> None:
        """Check a tree and resolve its names in place."""
        for node in tree.body:
            self._statement(node)

    # --- statements ---

    def _statement(self, node: nodes.Node) -> None:
        self._depth += 1
        try:
            self._said(node)
        finally:
            self._depth -= 1

    def _said(self, node: nodes.Node) -> None:
        if self._depth > DEEPEST:
            self._fault(node, f"blocks are nested deeper than {DEEPEST} levels")
            return
        if not isinstance(node, ALLOWED):
            self._fault(node, f"{{% {_word(node)} %}} is not allowed in a template")
            return
        match node:
            case nodes.Output():
                for child in node.nodes:
                    if not isinstance(child, nodes.TemplateData):
                        self._value(child)
            case nodes.For():
                self._for(node)
            case nodes.If():
                self._value(node.test)
                self._block([*node.body])
                for elif_ in node.elif_:
                    self._statement(elif_)
                self._block([*node.else_])
            case nodes.Assign():
                self._bind(node.target, self._value(node.node))
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

    def _block(self, body: list[nodes.Node]) -> None:
        for node in body:
            self._statement(node)

    def _for(self, node: nodes.For) -> None:
        items = self._value(node.iter)
        if node.recursive:
            self._fault(node, "a recursive loop is not allowed in a template")
        with self._scope():
            self._bind(node.target, items.item())
            self._loops += 1
            if node.test:
                self._value(node.test)
            self._block(node.body)
            self._loops -= 1
        with self._scope():
            self._block(node.else_)

    def _macro(self, node: nodes.Macro) -> None:
        with self._scope():
            for default in node.defaults:
                self._value(default)
            for argument in node.args:
                self._bind(argument, UNKNOWN)
            loops, self._loops = self._loops, 0
            self._block(node.body)
            self._loops = loops
        # Known only from here on: a macro can't call itself, nor one that comes later.
        self._macros.add(node.name)
        self._scopes[-1][node.name] = UNKNOWN

    @contextmanager
    def _scope(self) -> Iterator[None]:
        self._scopes.append({})
        yield
        self._scopes.pop()

    def _bind(self, target: nodes.Node, known: Known) -> None:
        if isinstance(target, nodes.Name):
            if target.name.startswith(("_", ROOT)) or target.name in _RESERVED:
                self._fault(target, f"{target.name!r} can't be the name of a value")
            self._scopes[-1][target.name] = known
        elif isinstance(target, nodes.Tuple):
            for item in target.items:
                self._bind(item, UNKNOWN)
        else:
            self._fault(target, "only a plain name can be set")

    # --- expressions ---

    def _value(self, node: nodes.Node) -> Known:
        self._depth += 1
        try:
            return self._known(node)
        finally:
            self._depth -= 1

    def _known(self, node: nodes.Node) -> Known:
        if self._depth > DEEPEST:
            self._fault(node, f"a tag is nested deeper than {DEEPEST} levels")
            return UNKNOWN
        if not isinstance(node, ALLOWED):
            self._fault(node, f"{_word(node)} is not allowed in a template")
            return UNKNOWN
        match node:
            case nodes.Name():
                return self._name(node)
            case nodes.Getattr():
                return self._attribute(node)
            case nodes.Getitem():
                return self._item(node)
            case nodes.Const():
                if isinstance(node.value, float) and not isfinite(node.value):
                    self._fault(node, "a number too large for any paper")
                if self.model and isinstance(node.value, str):
                    node.value = _exact(node.value)
                return Known(type(node.value))
            case nodes.List() | nodes.Tuple() | nodes.Dict():
                self._literal(node)
            case nodes.Call():
                return self._call(node)
            case nodes.Filter():
                return self._filter(node)
            case nodes.Test():
                if node.name not in TESTS:
                    self._fault(node, f"there is no test {node.name!r}{_meant(node.name, TESTS)}")
            case nodes.CondExpr():
                self._value(node.test)
                yes = self._value(node.expr1)
                no = self._value(node.expr2) if node.expr2 else UNKNOWN
                return yes if yes == no else UNKNOWN
            case nodes.Or():
                left, right = self._value(node.left), self._value(node.right)
                return left if left == right or isinstance(node.right, nodes.List) else UNKNOWN
        for child in node.iter_child_nodes():
            self._value(child)
        return UNKNOWN

    def _literal(self, node: nodes.Node) -> None:
        """Keep names that a template binds out of its lists: lists of lists of lists would grow without end."""
        if isinstance(node, nodes.Dict) and not all(isinstance(pair.key, nodes.Const) for pair in node.items):
            self._fault(node, "the keys of { } are written out")
        for name in node.find_all(nodes.Name):
            if any(name.name in scope for scope in self._scopes):
                self._fault(node, f"a list in a tag can't hold {name.name!r}, which the template itself has set")

    def _name(self, node: nodes.Name) -> Known:
        for scope in reversed(self._scopes):
            if node.name in scope:
                return scope[node.name]
        if node.name == "loop" and self._loops:
            return UNKNOWN
        if node.name.startswith("_") or node.name in _RESERVED:
            self._fault(node, f"{node.name!r} is not allowed in a template")
            return UNKNOWN
        if self.model is None:
            self.used.add(node.name)
            return UNKNOWN
        name = self._resolved(self.model, node.name, node)
        if name is None:
            return UNKNOWN
        node.name = ROOT + name  # so that no name set in the template can stand before it
        self.used.add(name)
        return Known(fields_of(self.model)[name])

    def _attribute(self, node: nodes.Getattr) -> Known:
        if isinstance(node.node, nodes.Name) and node.node.name == "loop" and self._is_loop(node.node):
            if node.attr not in _LOOP:
                self._fault(node, f"loop.{node.attr} is not allowed{_meant(node.attr, _LOOP)}")
            node.proven = node.attr in _LOOP  # type: ignore[attr-defined]  # read by the code generator
            return UNKNOWN
        return self._read(node, node.attr, self._value(node.node))

    def _read(self, node: nodes.Getattr | nodes.Getitem, attr: str, base: Known) -> Known:
        if attr.startswith("_"):
            self._fault(node, f"{attr!r}: names that begin with an underscore are not allowed")
            return UNKNOWN
        if not base.models:
            return UNKNOWN
        found = [self._resolved(model, attr, node) for model in base.models]
        if any(name is None for name in found) or len(set(found)) > 1:
            return UNKNOWN
        name = str(found[0])
        if isinstance(node, nodes.Getattr):
            node.attr = name
            node.proven = True  # type: ignore[attr-defined]  # read by the code generator
        kinds = [fields_of(model)[name] for model in base.models]
        return Known(kinds[0]) if len(kinds) == 1 else UNKNOWN

    def _resolved(self, model: type[Model], name: str, node: nodes.Node) -> str | None:
        """Return the English name for either; what is no name of the model is a fault, said with the nearest one."""
        resolved = english(model).get(name, name)
        if resolved in fields_of(model):
            return resolved
        meant = closest(name, [*english(model), *fields_of(model)])
        hint = f", did you mean {meant}?" if meant else ""
        self._fault(node, f"{name!r} is not a field of {_called(model)}{hint}")
        return None

    def _item(self, node: nodes.Getitem) -> Known:
        base = self._value(node.node)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._read(node, node.arg.value, base)
        if base.models:
            self._fault(node, "a field is read by its name, not by [ ]")
        for child in node.arg.iter_child_nodes() if isinstance(node.arg, nodes.Slice) else (node.arg,):
            self._value(child)
        return base.item() if not isinstance(node.arg, nodes.Slice) else base

    def _is_loop(self, node: nodes.Name) -> bool:
        return self._loops > 0 and not any(node.name in scope for scope in self._scopes)

    def _call(self, node: nodes.Call) -> Known:
        for argument in (*node.args, *(keyword.value for keyword in node.kwargs)):
            self._value(argument)
        called = node.node
        if node.dyn_args or node.dyn_kwargs:
            self._fault(node, "a call with * or ** is not allowed in a template")
        elif isinstance(called, nodes.Name):
            if called.name not in self._macros and called.name != "range":
                self._fault(node, f"{called.name}(…): only macros defined above and range() can be called")
        elif isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name) and called.node.name == "loop":
            if called.attr not in ("cycle", "changed") or not self._is_loop(called.node):
                self._fault(node, f"loop.{called.attr}(…) can't be called")
        elif isinstance(called, nodes.Getattr) and called.attr in _MAPPING_CALLS and not node.args and not node.kwargs:
            if self._value(called.node).models:
                self._fault(node, f".{called.attr}() can't be called on a model")
        else:
            shown = called.attr if isinstance(called, nodes.Getattr) else "this"
            self._fault(node, f"{shown}(…): a template can't call methods")
        return UNKNOWN

    def _filter(self, node: nodes.Filter) -> Known:
        if node.name not in FILTERS:
            self._fault(node, f"there is no filter {node.name!r}{_meant(node.name, FILTERS)}")
        base = self._value(node.node) if node.node else UNKNOWN
        if node.name in _BY_ATTRIBUTE:
            self._attribute_names(node, base.item())
        self._inner_names(node)
        for child in (*node.args, *node.kwargs):
            self._value(child)
        if node.name in ("first", "last"):
            return base.item()
        return base if node.name in ("sort", "unique", "reverse", "list", "select", "selectattr", "reject") else UNKNOWN

    def _attribute_names(self, node: nodes.Filter, item: Known) -> None:
        """Check and resolve the names of fields that some filters take as text."""
        takes_first = node.name in ("sort", "groupby", "selectattr", "rejectattr")
        named = [keyword.value for keyword in node.kwargs if keyword.key == "attribute"]
        if node.name == "join" and len(node.args) > 1:
            named.append(node.args[1])
        elif takes_first and node.args and node.name != "sort":
            named.append(node.args[0])
        for constant in named:
            if not isinstance(constant, nodes.Const) or not isinstance(constant.value, str):
                self._fault(node, f"{node.name}: write the name of the field out")
                continue
            constant.value = ",".join(self._dotted(one, item, node) for one in constant.value.split(","))

    def _dotted(self, path: str, item: Known, node: nodes.Node) -> str:
        steps = []
        for step in path.strip().split("."):
            reading = nodes.Getattr(nodes.Name("x", "load"), step, "load", lineno=node.lineno)
            item = self._read(reading, step, item)
            steps.append(reading.attr)
        return ".".join(steps)

    def _inner_names(self, node: nodes.Filter) -> None:
        """Check the filters and tests that `map`, `select` and the like are given by name."""
        wanted = {"map": (0, FILTERS - _OVER_LISTS), "select": (0, TESTS), "reject": (0, TESTS)}
        wanted |= {"selectattr": (1, TESTS), "rejectattr": (1, TESTS)}
        at, known = wanted.get(node.name, (0, frozenset()))
        if not known or len(node.args) <= at:
            return
        name = node.args[at]
        if not isinstance(name, nodes.Const) or name.value not in known:
            self._fault(node, f"{node.name}: {getattr(name, 'value', 'this')!r} is not allowed here")

    def _fault(self, node: nodes.Node, message: str) -> None:
        self.faults.append((node.lineno, message))


def _word(node: nodes.Node) -> str:
    words = {"FilterBlock": "filter", "CallBlock": "call", "FromImport": "from … import", "Pow": "**"}
    words["ScopedEvalContextModifier"] = "autoescape"
    return words.get(type(node).__name__, type(node).__name__.lower())


def _called(model: type[Model]) -> str:
    return f"{getattr(model, 'label', '') or model.__name__}"


def _meant(name: str, known: frozenset[str]) -> str:
    meant = closest(name, known)
    return f", did you mean {meant}?" if meant else ""


def _exact(text: str) -> str:
    """Undo what XML did to a literal in a tag; docxtpl turns back < and > only, and so do we without a model."""
    return unescape(text) if re.search("&(?:amp|quot|apos|lt|gt|#\\d+);", text) else text

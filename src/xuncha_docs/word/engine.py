"""Compiles one part of a template into code, once, and runs it many times.

docxtpl reads the dialect, the grammar checks and resolves names, Jinja compiles what is left. What depends on the data
is then 1 % of what docxtpl does for every paper.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, cast

import jinja2
from jinja2 import nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import do_round, make_attrgetter, sync_do_slice
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from pydantic import BaseModel

from xuncha_docs import chinese
from xuncha_docs.errors import TemplateError
from xuncha_docs.model import Model, english
from xuncha_docs.word import dialect, grammar, printing, syntax
from xuncha_docs.word.dialect import TagPlace, TagSource
from xuncha_docs.word.grammar import Grammar
from xuncha_docs.word.printing import PEN, Pen

BUDGET = 20_000_000
"""How many characters the loops of one part may print, counted by what stands in them."""

LONGEST = 1_000_000
"""The longest text that `~`, `+`, `join` and `replace` may make, in characters."""

LARGEST = 10**15
"""The largest number that is multiplied: beyond it multiplying again and again would never end."""

_UNRENDERED = (
    jinja2.TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    MemoryError,
)


class _Generator(CodeGenerator):
    """Writes plain attribute access for reads proved to be fields of a model, and no escape around our printers.

    The sandbox would cost half a render, escaping twice a fifth.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if getattr(node, "proven", False):
            self.visit(node.node, frame)
            self.write(f".{node.attr}")
        else:
            super().visit_Getattr(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _prints(node):
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _prints(node):
            super()._output_child_post(node, frame, finalize)


def _prints(node: nodes.Node) -> bool:
    """Tell whether a node is one of our printers, which return XML: nothing is left to escape."""
    return isinstance(node, nodes.Filter) and node.name in printing.PRINTERS


class _Environment(ImmutableSandboxedEnvironment):
    code_generator_class = _Generator
    intercepted_binops = frozenset(("+", "*", "%", "//", "/", "-"))

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, BaseModel) and not _is_field(obj, attribute):
            return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.getattr(obj, argument) if isinstance(obj, BaseModel) else super().getitem(obj, argument)

    def is_safe_callable(self, obj: Any) -> bool:
        if isinstance(obj, Macro) or obj is range or obj is self.globals["range"]:
            return True
        owner = getattr(obj, "__self__", None)
        return isinstance(owner, Mapping | jinja2.runtime.LoopContext)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        pen: Pen = __context.vars[PEN] if PEN in __context.vars else __context[PEN]
        pen.calls -= 1
        if pen.calls < 0:
            raise OverflowError("the macros of this template call each other without end")
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            if len(left) + len(right) > LONGEST:
                raise OverflowError(_TOO_LONG)
            return left + right
        if not isinstance(left, int | float) or not isinstance(right, int | float):
            raise TypeError(f"{operator} works on numbers only")
        if operator == "*" and max(abs(left), abs(right)) > LARGEST:
            raise OverflowError(f"{operator} works on numbers up to {LARGEST}")
        return super().call_binop(context, operator, left, right)


def _is_field(model: BaseModel, name: str) -> bool:
    """Tell whether a template may read a name of a model: its fields and written forms, no method of Pydantic's."""
    if isinstance(model, Model):
        names = english(type(model))
        return name in names or name in names.values()
    return not name.startswith("_") and not hasattr(BaseModel, name)


def _size(value: Any) -> int:
    return 1 if isinstance(value, jinja2.Undefined) or not hasattr(value, "__len__") else len(value)


def _charged(function: Callable[..., Any]) -> Callable[..., Any]:
    """Take a filter's work off the budget before it is done; a text that comes out too long is refused."""
    passed = getattr(function, "jinja_pass_arg", None)

    @pass_context
    @wraps(function)
    def charged(context: Context, value: Any, *args: Any, **kwargs: Any) -> Any:
        context[PEN].spend(10 + 5 * (_size(value) + sum(_size(arg) for arg in args)))  # slower than printing
        first = {"context": context, "eval_context": context.eval_ctx, "environment": context.environment}
        given = (first[passed.name], value) if passed else (value,)
        made = function(*given, *args, **kwargs)
        if isinstance(made, str) and len(made) > LONGEST:
            raise OverflowError(_TOO_LONG)
        return made

    return charged


_TOO_LONG = f"a tag makes a text of more than {LONGEST} characters"


def _replace(text: Any, old: str, new: str, count: int | None = None) -> str:
    whole = str(text)
    times = whole.count(old) if count is None else count
    if len(whole) + times * max(len(new) - len(old), 0) > LONGEST:
        raise OverflowError(_TOO_LONG)
    return whole.replace(old, new, -1 if count is None else count)


@pass_context
def _join(context: Context, items: Any, separator: str = "", attribute: str | None = None) -> str:
    """Join any values as docxtpl does, markup kept as markup."""
    return _joined(
        context, items, separator, attribute, lambda value: value if hasattr(value, "__html__") else str(value)
    )


@pass_context
def _join_written(context: Context, items: Any, separator: str = "", attribute: str | None = None) -> str:
    """Join a document's values in their written forms."""
    return _joined(context, items, separator, attribute, _text_of)


def _joined(context: Context, items: Any, separator: str, attribute: str | None, text_of: Callable[[Any], Any]) -> str:
    read = make_attrgetter(context.environment, attribute) if attribute else None
    texts: list[Any] = []
    length = 0
    for item in items:
        texts.append(text_of(read(item) if read else item))
        length += len(str(texts[-1])) + len(separator)
        if length > LONGEST:
            raise OverflowError(_TOO_LONG)
    context[PEN].spend(length)
    rich = any(hasattr(text, "__html__") for text in texts)
    return Markup(escape(separator)).join(texts) if rich else separator.join(texts)


def _text_of(value: Any) -> Any:
    if isinstance(value, jinja2.Undefined) or hasattr(value, "__html__"):
        return value
    return printing.written(value)


def _sum(items: Any, attribute: str | None = None, start: float = 0) -> Any:
    numbers = list(items)
    if attribute:
        numbers = [make_attrgetter(ENVIRONMENT, attribute)(item) for item in numbers]
    if not all(isinstance(n, int | float) for n in (*numbers, start)):
        raise TypeError("sum adds numbers only")
    return sum(numbers, start)


def _round(value: float, precision: int = 0, method: str = "common") -> float:
    if not -20 <= precision <= 20:
        raise OverflowError("round takes 20 digits at most")
    return do_round(value, precision, method)  # type: ignore[arg-type]


def _slice(items: Any, slices: int, fill_with: Any = None) -> Any:
    if slices > 10_000:
        raise OverflowError("slice makes 10000 parts at most")
    return sync_do_slice(items, slices, fill_with)


@pass_context
def _counted(context: Context, items: Any, size: int) -> Any:
    """Take the rounds of a loop off the budget before it begins."""
    if isinstance(items, jinja2.Undefined):
        return items
    known = items if hasattr(items, "__len__") else list(_first(items, BUDGET // max(size, 1)))
    context[PEN].spend((len(known) + 1) * size)
    return known


def _first(items: Any, most: int) -> Any:
    for n, item in enumerate(items):
        if n > most:
            raise OverflowError("a loop of this template has no end")
        yield item


def _environment(undefined: type[jinja2.Undefined] = jinja2.StrictUndefined) -> _Environment:
    environment = _Environment(autoescape=True, undefined=undefined)
    kept = {name: f for name, f in environment.filters.items() if name in grammar.FILTERS}
    kept |= {"han": chinese.numeral, "汉字": chinese.numeral, "written": _text_of}
    kept |= {"replace": _replace, "sum": _sum, "round": _round, "slice": _slice}
    environment.filters = {name: _charged(f) for name, f in kept.items()}
    environment.filters |= {"join": _join, "join_written": _join_written, "counted": _counted, **printing.PRINTERS}
    environment.globals = {"range": environment.globals["range"]}
    return environment


def _watching() -> _Environment:
    """Make the environment that looks at every value it prints, for finding the one that can't be printed."""
    environment = _environment()
    for name, printer in printing.PRINTERS.items():
        environment.filters[name] = printing.watched(printer)
    return environment


ENVIRONMENT = _environment()
WATCHING = _watching()


@dataclass(frozen=True)
class CompiledPart:
    """One part that prints: its name, its code, and where each tag stands."""

    source: TagSource
    code: types.CodeType
    used: frozenset[str]
    head: str = ""
    tail: str = ""

    @cached_property
    def _template(self) -> jinja2.Template:
        return jinja2.Template.from_code(ENVIRONMENT, self.code, ENVIRONMENT.globals)

    def run(self, values: dict[str, Any], name: str) -> str:
        """Print the part.

        Args:
            values: what its tags name; `PEN` among them is this render's own.
            name: the template, for messages.

        Raises:
            TemplateError: with the tag's place.
        """
        template = self._template
        context = template.new_context(values)
        try:
            printed = "".join(template.root_render_func(context))
        except _UNRENDERED as error:
            raise self._blame(error, name) from error
        return printed

    def watched(self, values: dict[str, Any], name: str) -> TemplateError:
        """Print the part again, looking at every value: returns which tag prints what no paper can hold."""
        template = jinja2.Template.from_code(WATCHING, self.code, WATCHING.globals)
        try:
            "".join(template.root_render_func(template.new_context(values)))
        except _UNRENDERED as error:
            return self._blame(error, name)
        return TemplateError(f"{name}: {self.source.part}: a control character, which no paper can hold")

    def _blame(self, error: BaseException, name: str) -> TemplateError:
        """Say which tag failed, where, and why."""
        line, trace = 0, error.__traceback__
        while trace:
            if trace.tb_frame.f_code.co_filename == self.source.part:
                line = self._template.get_corresponding_lineno(trace.tb_lineno)
            trace = trace.tb_next
        place = self.source.place(line)
        said = str(error).replace(grammar.ROOT, "")
        message = f"{name}: {place or self.source.part}: {said}"
        return TemplateError(message, place=place.as_place() if place else None, reason=said)


def compile_part(
    part: str, xml: str, model: type[Model] | None, start: str = ""
) -> tuple[CompiledPart | None, tuple[str, ...]]:
    """Compile the text of a part; return it, or everything that is wrong with it.

    Args:
        part: the member's name.
        xml: its text, as lxml writes it.
        model: whose fields the tags name; None leaves names to any mapping.
        start: the element in which the text begins, for bare text.
    """
    source = dialect.read(part, xml, _literals)
    try:
        tree = ENVIRONMENT.parse(source.text, part, part)
    except (RecursionError, ValueError) as error:
        return None, (f"{part}: a tag is nested too deep, or holds a number too long ({error})",)
    except jinja2.TemplateSyntaxError as error:
        first = f"{source.place(error.lineno) or part}: {error.message}"
        return None, tuple(_syntax_faults(source)) or (first,)
    checked = Grammar(model)
    checked.check(tree)
    faults = [f"{source.place(f.line) or part}: {f.message}" for f in checked.faults if f.fatal]
    if faults:
        return None, tuple(dict.fromkeys(faults))
    _prepare(tree, model is not None, start)
    try:
        code = ENVIRONMENT.compile(tree, part, part)
    except (SyntaxError, RecursionError, MemoryError, jinja2.TemplateError) as error:
        return None, (f"{part}: can't be compiled, blocks may be nested too deep ({error})",)
    return CompiledPart(source, code, frozenset(checked.used)), ()


_TAG = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def _syntax_faults(source: TagSource) -> Iterator[str]:
    """Say every fault of syntax; Jinja itself stops at the first."""
    tags: list[str] = []
    places: list[TagPlace | str] = []
    last = 0
    for match in _TAG.finditer(source.text):
        yield from _unclosed(source, last, match.start())
        last = match.end()
        tags.append("" if match[0].startswith("{#") else " ".join(match[0].split()))
        places.append(source.place(source.text.count("\n", 0, last) + 1) or source.part)
    yield from _unclosed(source, last, len(source.text))
    for fault in syntax.read(tags, ENVIRONMENT).faults:
        where = f" where {places[fault.opened]} is open" if fault.opened is not None else ""
        yield f"{places[fault.tag]}: {fault.message}{where}"


def _unclosed(source: TagSource, start: int, end: int) -> Iterator[str]:
    """Find an opener between tags: what it opens is never closed, so the next ones say nothing more."""
    match = re.compile(r"\{[{%#]").search(source.text, start, end)
    if match:
        place = source.place(source.text.count("\n", 0, match.end()) + 2)
        yield f"{place or source.part}: {match[0]} is never closed"


def _literals(text: str) -> list[str]:
    """Return the texts in which a newline would be printed: string literals and what stands between tags."""
    try:
        return [value for _, kind, value in ENVIRONMENT.lexer.tokeniter(text, None) if kind in ("data", "string")]
    except jinja2.TemplateSyntaxError:
        return []  # said when the part is parsed, with its place


def _prepare(tree: nodes.Template, typed: bool, start: str) -> None:
    """Wrap what prints by the hole it stands in, bound loops and texts, and undo docxtpl's escapes in static text."""
    for output, index, hole in list(printing.holes(tree, start)):
        output.nodes[index] = _filter(output.nodes[index], printing.FILTERS[hole, typed])
    for loop in tree.find_all(nodes.For):
        size = sum(len(data.data) for part in loop.body for data in _data(part)) + 50
        loop.iter = _filter(cast("nodes.Expr", loop.iter), "counted", nodes.Const(size))
    for data in tree.find_all(nodes.TemplateData):
        data.data = _unescaped(data.data)
    _bound_texts(tree, typed)


def _data(node: nodes.Node) -> list[nodes.TemplateData]:
    found = list(node.find_all(nodes.TemplateData))
    return [*found, node] if isinstance(node, nodes.TemplateData) else found


def _unescaped(text: str) -> str:
    for written, meant in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
        text = text.replace(written, meant)
    return text


def _bound_texts(node: nodes.Node, typed: bool) -> None:
    """Let `~` go the way of `join`, which is bounded; a document's values join in their written forms."""
    join = "join_written" if typed else "join"
    for name, value in list(node.iter_fields()):
        children = value if isinstance(value, list) else [value]
        for child in children:
            if isinstance(child, nodes.Node):
                _bound_texts(child, typed)
            if typed and isinstance(child, nodes.Filter):
                child.name = {"join": join, "string": "written", "e": "written", "escape": "written"}.get(
                    child.name, child.name
                )
        if any(isinstance(child, nodes.Concat) for child in children):
            bound = [_filter(nodes.List(c.nodes), join) if isinstance(c, nodes.Concat) else c for c in children]
            setattr(node, name, bound if isinstance(value, list) else bound[0])


def _filter(node: nodes.Expr, name: str, *args: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(args), [], None, None, lineno=node.lineno, environment=ENVIRONMENT)

"""Fills a template with values. The only module that knows docxtpl; its way in is `fill`.

Tags run in a sandbox with strict undefined and escaping on. They read values and nothing else: no call, no method, no
name that begins with an underscore.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import jinja2
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from xuncha_docs import chinese
from xuncha_docs.chinese import DocumentNumber
from xuncha_docs.errors import TemplateError
from xuncha_docs.fields import Image
from xuncha_docs.model import Model, english
from xuncha_docs.word import gb9704, styles
from xuncha_docs.word.package import Package, pack_parts
from xuncha_docs.word.reading import W

_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)


def fill(template: bytes, values: Mapping[str, Any], *, name: str, dated: date | None = None) -> bytes:
    """Return the .docx that a template gives with these values.

    Args:
        template: the bytes of the .docx with tags.
        values: what the tags may name.
        name: the template as messages call it.
        dated: the document's own date, for the file's properties; None leaves a fixed day.

    Raises:
        TemplateError: if the template can't be opened, its tags can't be read, or they name what is not there.
    """
    try:
        Package.open(template)
        engine = DocxTemplate(io.BytesIO(template))
        engine.init_docx()
    except (ValueError, KeyError, etree.XMLSyntaxError, PackageNotFoundError) as error:
        raise TemplateError(f"{name}: can't be opened: {error}") from error
    try:
        engine.render(dict(values), _environment(engine), autoescape=True)
    except SecurityError as error:
        raise TemplateError(f"{name}: a tag may only read values: {error}") from error
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError) as error:
        raise TemplateError(f"{name}: {error}{_words_around(error)}") from error
    _place_signatures(engine.docx.element.body)
    return _written(engine, dated)


class _Environment(ImmutableSandboxedEnvironment):
    """Reads fields and written forms of models, keys of mappings, items of lists; calls nothing but `range`."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Model) and not _readable(obj, attribute):
            return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.getattr(obj, argument) if isinstance(obj, Model) else super().getitem(obj, argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return isinstance(obj, Model) or (not callable(value) and super().is_safe_attribute(obj, attr, value))

    def is_safe_callable(self, obj: Any) -> bool:
        return obj is self.globals.get("range")


def _readable(model: Model, name: str) -> bool:
    names = english(type(model))
    return name in names or name in names.values()


def _environment(engine: DocxTemplate) -> _Environment:
    environment = _Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, finalize=lambda value: _printed(value, engine)
    )
    del environment.filters["attr"]  # reads past `getattr`
    environment.filters["汉字"] = environment.filters["han"] = chinese.numeral
    return environment


def _printed(value: Any, engine: DocxTemplate) -> Any:
    """Turn a value into what a paper prints; what has no written form is refused rather than printed raw."""
    match value:
        case jinja2.Undefined() | Markup():
            return value
        case str():
            return _exact(str(value))
        case bool():
            return "是" if value else "否"
        case DocumentNumber() | int() | float():
            return str(value)
        case datetime() | date():
            return chinese.written_moment(value)
        case time():
            return chinese.written_time(value)
        case Image():
            return InlineImage(engine, io.BytesIO(value.content), width=Mm(value.width))
        case None:
            raise ValueError("a tag prints a value that is empty; put it between {% if … %} and {% endif %}")
        case _:
            raise ValueError(f"a tag prints a whole {type(value).__name__}; name one of its fields, or loop over it")


def _exact(text: str) -> str:
    """Keep `{_{` as it is: docxtpl would turn it into a tag's braces after rendering."""
    if not re.search(r"\{_[{%]|[%}]_\}", text):
        return text
    return Markup(re.sub(r"(?<=[{%}])_(?=[{%}])", "&#95;", str(escape(text))))


def _words_around(error: BaseException) -> str:
    near = [re.sub(r"<[^>]+>", "", str(line)).strip() for line in getattr(error, "docx_context", ())]
    words = " ".join(line for line in near if line)
    return f"; near: {words[:120]}" if words else ""


def _place_signatures(body: etree._Element) -> None:
    """Set 署名 and 成文日期 as far in as their widths want (GB/T 9704 7.3.5.1, 7.3.5.2)."""
    for signer, day, sealed in (
        (styles.SIGNER, styles.DATE, False),
        (styles.SEALED_SIGNER, styles.SEALED_DATE, True),
    ):
        for paragraph in _styled(body, day):
            name = paragraph.getprevious()
            if name is None or name not in _styled(body, signer):
                continue
            widths = (chinese.width(_text(name)), chinese.width(_text(paragraph)))
            indents = gb9704.signature_indents(*widths, sealed=sealed)
            for element, right in zip((name, paragraph), indents, strict=True):
                _indent_right(element, right)


def _styled(body: etree._Element, style: str) -> list[etree._Element]:
    return [p for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle[@{W}val='{style}']") is not None]


def _text(paragraph: etree._Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(f"{W}t"))


def _indent_right(paragraph: etree._Element, chars: float) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None or properties.find(f"{W}ind") is not None:
        return  # an indent that the office set by hand is its own
    indent = etree.SubElement(properties, f"{W}ind")
    indent.set(f"{W}rightChars", str(round(chars * 100)))
    indent.set(f"{W}right", str(round(chars * (gb9704.CHAR + gb9704.BODY_TRACKING))))


def _written(engine: DocxTemplate, dated: date | None) -> bytes:
    """Save with nothing of this machine or this moment in it."""
    moment = datetime.combine(dated, time(), UTC) if dated else _EPOCH
    properties = engine.docx.core_properties
    properties.created = properties.modified = moment.replace(tzinfo=None)
    buffer = io.BytesIO()
    engine.docx.save(buffer)
    return pack_parts(Package.open(buffer.getvalue()).parts())

"""Judges a template before anything is rendered: the rules TPL001 to TPL5xx, a module for each chapter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xuncha_docs.checks.ruling import checks
from xuncha_docs.checks.template import blocks, file, form, keyboard, letters, names, opening, safety, stock, tags
from xuncha_docs.document import STANDARD, Document
from xuncha_docs.findings import Finding, NotChecked, Place, Report, Severity, part_word
from xuncha_docs.word.examined import Examined

CHAPTERS = {
    "TPL0": ("文件", file),
    "TPL1": ("标签", (tags, letters, blocks, opening)),
    "TPL2": ("中文键盘", keyboard),
    "TPL3": ("名字和内容", (names, stock)),
    "TPL4": ("安全", safety),
    "TPL5": ("版式", form),
}
"""The chapters by the beginning of their codes, with what they are about."""


def judge(content: bytes, name: str, model: type[Document] | None) -> Report:
    """Judge a template.

    Args:
        content: its bytes.
        name: its file, for the findings.
        model: the kind whose template it is; without one, names and form can't be checked, and the report says so.
    """
    template = Examined.of(content, name, model, _variant(name, model))
    found = [f for check in checks("TPL") if check is not opening.unopened for f in check.run(template, name)]
    if not any(f.severity is Severity.ERROR for f in found):
        found += opening.unopened.run(template, name)
    wrong = {finding.place for finding in found if finding.severity is Severity.ERROR}
    told = [f for f in found if f.rule is not stock.misplaced_name.rule or f.place not in wrong]
    return Report(tuple(_in_order(told, template)), tuple(_not_checked(template)))


def _variant(name: str, model: type[Document] | None) -> str:
    """Return the form of a kind that the name of a template's file says: `announcement.poster_a3.docx`."""
    said = Path(name).name.removesuffix(".docx").partition(".")[2]
    return said if model and said in model.variants else STANDARD


def _in_order(found: list[Finding], template: Examined) -> Iterator[Finding]:
    """Yield findings in the order of the paper, each once: Word keeps a text box twice."""
    order = {part.name: n for n, part in enumerate(template.parts)}
    told: set[tuple[str, Place, str]] = set()

    def where(finding: Finding) -> tuple[int, bool, str, int, int, int, int, str]:
        place = finding.place
        counts = (place.table or 0, place.row or 0, place.cell or 0, place.paragraph or 0)
        no_place = not any(counts)  # what concerns a whole part comes after what has a place in it
        return (order.get(place.part or "", len(order)), no_place, place.within or "", *counts, finding.code)

    for finding in sorted(found, key=where):
        key = (finding.code, finding.place, finding.message)
        if key not in told:
            told.add(key)
            yield finding


def _not_checked(template: Examined) -> Iterator[NotChecked]:
    if template.package is None:
        return
    if template.model is None:
        why = "没有说是哪种文书，请加 --kind"
        yield NotChecked(f"{template.name} 里的名字和版式", why)
    elif not stock.stock(template.model, template.variant).styles:
        yield NotChecked(f"{template.name} 的样式", f"{template.model.label_of(template.variant)}没有自带模板可以对照")
    for part in template.parts:
        if part.syntax.tree is None:
            yield NotChecked(f"{template.name} {part_word(part.name)}里的名字", "标签错得太多，读不下去，请先改标签")


def has_tags(content: bytes) -> bool:
    """Tell whether a .docx holds a tag, or what was meant for one."""
    template = Examined.of(content, "", None)
    return any(tag.closer != "single" for _, tag in template.tags)

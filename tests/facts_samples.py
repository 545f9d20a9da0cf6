"""The notation of samples of facts: lines `驻点时间.受理截止: 2025-08-23`, laid over the demo case or a kind's example.

The first line may name what they are laid over: `（巡察公告）` is the example of that kind, `（案卷）` the demo case,
which is taken where none is named, with the sections of four kinds and of those that the sample names.
Positions count from 1, the one after the last adds an item. `删去：驻点时间.撤离日期` takes a fact away;
`走在村口……（共800字）` stands for a text of that length.
Keys are written in Chinese, whatever the example uses.
"""

from __future__ import annotations

import copy
import re
from typing import Any

import yaml

from tests.conftest import EXAMPLES
from xuncha_docs import kinds
from xuncha_docs.case import Case, demo
from xuncha_docs.checks import facts
from xuncha_docs.document import Document
from xuncha_docs.findings import Report
from xuncha_docs.inputs import Source, read
from xuncha_docs.model import Model, chinese_name, field_of, inner_model

_CASE = "案卷"

_SECTIONS = ("巡察公告", "巡察工作方案", "立行立改通知书", "心得体会")
"""The papers of the demo that every sample has: others would repeat a fact that a sample changes, or contradict it."""


def base(name: str) -> tuple[type[Model], Source]:
    """Return what samples are laid over: its model, and its facts as they are read."""
    if name == _CASE:
        return Case, demo()[1]
    kind = kinds.find(name)
    return kind, read(EXAMPLES / f"{kind.kind}.yaml")


def stated(text: str) -> Case | Document:
    """Make the case or the document that a sample says."""
    named = re.match(r"（(.+)）\n", text)
    model, source = base(named[1] if named else _CASE)
    data = copy.deepcopy(source.data)
    if model is Case:
        data["文书"] = {label: said for label, said in data["文书"].items() if label in _SECTIONS or label in text}
    for line in (text[named.end() :] if named else text).splitlines():
        removed = line.startswith("删去：")
        key, _, value = line.removeprefix("删去：").partition(": ")
        _lay(data, model, key, None if removed else yaml.load(_filled(value), Loader=yaml.BaseLoader), removed=removed)
    laid = Source(None, data, {}, source.folder)
    if model is Case:
        return Case.from_source(laid)
    assert issubclass(model, Document)
    return model.from_source(laid)


def _filled(value: str) -> str:
    """Write out the long texts that a sample only hints at, `走在村口……（共800字）`."""
    filler = "看得多听得细记得全"
    return re.sub(r"……（共(\d+)字）", lambda match: (filler * 400)[: int(match[1])], value)


def judged(text: str) -> Report:
    """Judge what a sample says."""
    return facts.judge(stated(text))


def _lay(data: Any, model: type[Model] | None, key: str, value: Any, *, removed: bool) -> None:
    """Put a value into data under a path of Chinese names, or take what is there away."""
    steps = [int(x) - 1 if x.isdigit() else x for x in re.findall(r"[^.\[\]]+", key)]
    for n, step in enumerate(steps):
        step, model = _as_written(data, model, step)
        if n == len(steps) - 1:
            break
        if isinstance(step, int):
            data = data[step]
            continue
        inner: Any = data.get(step)
        if isinstance(inner, str) and isinstance(steps[n + 1], int):
            inner = [inner]
        elif isinstance(inner, str) and model is not None:
            inner = dict(model.from_text(inner))
        elif inner is None:
            inner = [] if isinstance(steps[n + 1], int) else {}
        if isinstance(inner, dict) and isinstance(steps[n + 1], int):
            inner = [inner]
        data[step] = inner
        data = inner
    if removed:
        del data[step]
    elif isinstance(step, int) and step == len(data):
        data.append(value)
    else:
        data[step] = value


def _as_written(data: Any, model: type[Model] | None, step: str | int) -> tuple[Any, type[Model] | None]:
    """Return a step as the data spells it, and the model behind it."""
    if isinstance(step, int):
        return step, model
    if model is None:  # a section of the case
        kind = kinds.find(step)
        return (kind.kind if kind.kind in data else kind.label), kind
    known = field_of(model, step)
    assert known, f"{model.__name__} has no {step}"
    name, info = known
    zh = chinese_name(model, name)
    return (name if name in data else zh), inner_model(info.annotation)

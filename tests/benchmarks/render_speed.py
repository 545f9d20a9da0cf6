"""How fast papers are made, beside docxtpl and others: one run, the engines in turn, medians of ratios.

    python -m tests.benchmarks.render_speed              # prints the tables, in some minutes
    python -m tests.benchmarks.render_speed --markdown   # writes them into docs/explanation/speed.md
    python -m tests.benchmarks.render_speed --quick      # a few rounds of everything, for the test

rust-docxtpl, which takes docxtpl's name, and docx-mailmerge2 take part from a folder of their own:

    pip install --target FOLDER rust-docxtpl docx-mailmerge2
    python -m tests.benchmarks.render_speed --rivals FOLDER

Whatever is timed also has its text read back and compared; texts that differ end the run.
"""

from __future__ import annotations

import argparse
import base64
import gc
import io
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from importlib import import_module, metadata
from itertools import pairwise, zip_longest
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, Protocol
from xml.sax.saxutils import escape

import docx
import docxtpl_lint
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined, Undefined
from lxml import etree

from xuncha_docs import Document, Template, check, chinese, kinds, render
from xuncha_docs.document import STANDARD
from xuncha_docs.fields import Count, Day, Line, Many
from xuncha_docs.inputs import read
from xuncha_docs.model import Model, named
from xuncha_docs.rendering import find_template
from xuncha_docs.word.printing import written

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs/explanation/speed.md"
EXAMPLES = ROOT / "tests/examples"
BEGIN = "<!-- Made by python -m tests.benchmarks.render_speed --markdown; edits are lost. -->"
END = "<!-- The end of what is made. -->"

ROWS = 5
"""How many rows the paper's table has, unless said otherwise."""


# --- the paper -----------------------------------------------------------------------------------------------------


class Person(Model):
    name: Line = named("姓名")
    post: Line = named("职务")
    phone: Line = named("电话")


class Office(Model):
    name: Line = named("名称")
    short: Line = named("简称")
    address: Line = named("地址")
    contact: Person = named("联系人")


class Team(Model):
    name: Line = named("名称")
    leader: Person = named("组长")
    deputy: Person = named("副组长")
    size: Count = named("人数")


class Stay(Model):
    start: Day = named("进驻")
    end: Day = named("撤离")
    days: Count = named("天数")


class Figures(Model):
    talks: Count = named("谈话")
    files: Count = named("查阅")
    letters: Count = named("来信")
    visits: Count = named("走访")
    problems: Count = named("问题")


class Item(Model):
    number: Count = named("序号")
    matter: Line = named("事项")
    office: Line = named("责任单位")
    person: Line = named("责任人")
    due: Day = named("时限")
    note: Line = named("备注")


class BenchmarkPaper(Document, kind="benchmark_paper", label="基准文书"):
    title: Line = named("标题")
    number: Line = named("文号")
    addressee: Office = named("主送")
    sender: Office = named("发文")
    team: Team = named("巡察组")
    stay: Stay = named("驻点")
    figures: Figures = named("数据")
    basis: Line = named("依据")
    overview: Line = named("总体评价")
    opinion: Line | None = named("补充意见", default=None)
    demand: Line = named("整改要求")
    deadline: Day = named("整改时限")
    items: Many[Item] = named("清单")
    copies: Line = named("抄送")
    signed: Day = named("成文日期")


def facts(n: int, rows: int = ROWS) -> dict[str, Any]:
    """Return the facts of the nth paper as a file would give them; they change from paper to paper."""
    return {
        "标题": f"关于对临江县第{n}局党组开展常规巡察情况的反馈意见",
        "文号": f"临委巡〔2025〕{n + 1}号",
        "主送": _office(f"中共临江县第{n}局党组", f"县第{n}局", n),
        "发文": _office(f"中共临江县委第{n}巡察组", f"第{n}组", n + 1),
        "巡察组": {
            "名称": f"县委第{n}巡察组",
            "组长": _person("张", n),
            "副组长": _person("李", n),
            "人数": 8 + n % 5,
        },
        "驻点": {"进驻": date(2025, 7, 1 + n % 28), "撤离": date(2025, 9, 1 + n % 28), "天数": 60 + n % 3},
        "数据": {"谈话": 80 + n, "查阅": 1200 + n, "来信": 10 + n, "走访": 5 + n, "问题": 20 + n},
        "依据": f"《中国共产党巡视工作条例》和县委第{n}次会议的要求",
        "总体评价": f"第{n}局党组能够履行职责，{'各项工作有新的进展，' * 4}但也存在一些需要重视的问题",
        "补充意见": f"对第{n}类问题，请与A&B两个专项“回头看”的结果一并研究，{'防止边改边犯、' * 3}形成长效机制",
        "整改要求": f"逐条研究{n + 3}项整改任务，{'明确责任、明确措施、' * 3}按时报送结果",
        "整改时限": date(2025, 12, 1 + n % 28),
        "清单": [_item(n, row) for row in range(rows)],
        "抄送": f"县纪委监委第{n}监督检查室，县委组织部",
        "成文日期": date(2025, 10, 1 + n % 28),
    }


def _office(name: str, short: str, n: int) -> dict[str, Any]:
    return {"名称": name, "简称": short, "地址": f"临江县滨江路{n + 1}号", "联系人": _person("王", n)}


def _person(family: str, n: int) -> dict[str, Any]:
    return {"姓名": f"{family}某{n}", "职务": f"第{n}室主任", "电话": f"0600-80000{n % 90 + 10}"}


def _item(n: int, row: int) -> dict[str, Any]:
    return {
        "序号": row + 1,
        "事项": f"第{n}批第{row}项制度的修订",
        "责任单位": f"第{row}科",
        "责任人": f"赵某{row}",
        "时限": date(2025, 12, 1 + row % 28),
        "备注": f"见附件{row + n}",
    }


@dataclass(frozen=True)
class Values:
    """Sets of values that the renders go through, ready before the clock starts."""

    facts: Sequence[dict[str, Any]]
    mappings: Sequence[dict[str, Any]]

    def document(self, n: int) -> BenchmarkPaper:
        """Make the nth document anew."""
        return BenchmarkPaper.model_validate(self.facts[n % len(self.facts)])

    def mapping(self, n: int) -> dict[str, Any]:
        """Return what the nth document says, as texts under Chinese names, for engines that know no models."""
        return self.mappings[n % len(self.mappings)]


@cache
def values(rows: int = ROWS) -> Values:
    """Return the values for papers with so many rows; long tables repeat sooner."""
    known = [facts(n, rows) for n in range(64 if rows <= ROWS else 4)]
    return Values(known, [_plain(BenchmarkPaper.model_validate(one)) for one in known])


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return {str(info.title): _plain(getattr(value, name)) for name, info in type(value).model_fields.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple) else written(value)


# --- its template, in each engine's own tags -----------------------------------------------------------------------

HEADER = "{{ 发文.简称 }}\t{{ 文号 }}"
BODY = (
    "{{ 标题 }}",
    "{{ 主送.名称 }}：",
    "根据{{ 依据 }}，{{ 巡察组.名称 }}一行{{ 巡察组.人数 }}人，由组长{{ 巡察组.组长.姓名 }}（{{ 巡察组.组长.职务 }}）、"
    "副组长{{ 巡察组.副组长.姓名 }}（{{ 巡察组.副组长.职务 }}）带队，于{{ 驻点.进驻 }}至{{ 驻点.撤离 }}"
    "对{{ 主送.简称 }}进行了为期{{ 驻点.天数 }}天的巡察。现将有关情况反馈如下。",
    "一、巡察工作开展情况",
    "巡察期间，与干部职工个别谈话{{ 数据.谈话 }}人次，查阅文件、凭证和会议记录{{ 数据.查阅 }}份，受理来信来电来访"
    "{{ 数据.来信 }}件次，走访下属单位和服务对象{{ 数据.走访 }}家，向有关部门了解情况并核对账目，抽查了近三年的项目、"
    "合同和经费支出，发现并向党组移交问题{{ 数据.问题 }}个。",
    "二、总体评价",
    "巡察认为，{{ 总体评价 }}。党组对巡察工作认识到位，主动配合，提供资料及时，对指出的问题能够立行立改。",
    "三、发现的主要问题",
    "（一）学习贯彻上级部署不够深入。中心组学习重形式轻研讨，结合本单位实际提出的措施不多，部分重点工作推进缓慢，"
    "督促检查流于一般要求，年度任务中有的没有分解到科室和个人，考核结果没有与评先评优挂钩。",
    "（二）落实全面从严管理责任不够到位。对关键岗位的监督有空档，制度执行不严，内部审计发现的问题整改不彻底，"
    "谈心谈话记录雷同，廉政风险排查没有随业务变化及时更新。",
    "（三）基层组织建设有薄弱环节。组织生活记录不全，会议程序不规范，发展工作计划性不强，对下属单位的指导偏少。",
    "（四）服务群众的办法不多。窗口办事时限公开不全，群众来信答复不及时，有的惠民项目后续管护没有落实责任人。",
    "四、意见和建议",
    "请按照以下要求认真整改：{{ 整改要求 }}，于{{ 整改时限 }}前将整改情况报{{ 发文.名称 }}。主要负责人要切实履行第一"
    "责任人的责任，对整改工作负总责，班子成员按照分工抓好分管领域的整改；整改不力、敷衍应付的，将严肃追究责任。",
    "{%p if 补充意见 %}",
    "{{ 补充意见 }}。",
    "{%p endif %}",
    "整改任务清单如下：",
)
END_OF_BODY = (
    "联系人：{{ 主送.联系人.姓名 }}（{{ 主送.联系人.职务 }}），电话{{ 主送.联系人.电话 }}，地址{{ 主送.地址 }}；"
    "巡察组联系人{{ 发文.联系人.姓名 }}。",
    "{{ 成文日期 }}",
    "抄送：{{ 抄送 }}。",
)
COLUMNS = ("序号", "事项", "责任单位", "责任人", "时限", "备注")
_TAG = re.compile(r"\{\{ (.*?) \}\}")

Writer = Callable[[Paragraph, str], None]
"""Writes a text with tags into a paragraph, in an engine's own notation."""


def tags() -> set[str]:
    """Return the fields that the paper names, but for those of the table."""
    return set(_TAG.findall("".join((HEADER, *BODY, *END_OF_BODY))))


def plain_tags(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run(text)


def merge_fields(paragraph: Paragraph, text: str) -> None:
    """Write tags as the fields that Word merges mail with."""
    for number, piece in enumerate(_TAG.split(text)):
        if number % 2:
            _field(paragraph, f'MERGEFIELD "{piece}"', piece)
        elif piece:
            paragraph.add_run(piece)


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)
    field.append(paragraph.add_run(shown)._r)


@cache
def template(write: Writer = plain_tags) -> bytes:
    """Make the template with python-docx."""
    word = docx.Document()
    word.styles["Normal"].font.size = Pt(14)
    write(word.sections[0].header.paragraphs[0], HEADER)
    _field(word.sections[0].footer.paragraphs[0], "PAGE", "1")
    logic = write is plain_tags
    for text in BODY:
        if logic or not text.startswith("{%"):
            write(word.add_paragraph(), text)
    loop = ["{%tr for 行 in 清单 %}", "{%tr endfor %}"] if logic else []
    _table(word, write, loop)
    for text in END_OF_BODY:
        write(word.add_paragraph(), text)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _table(word: Any, write: Writer, loop: Sequence[str]) -> None:
    fields = [f"{{{{ 行.{name} }}}}" for name in COLUMNS]
    rows = [list(COLUMNS), *([loop[0]] for _ in loop[:1]), fields, *([loop[1]] for _ in loop[1:])]
    table = word.add_table(len(rows), len(COLUMNS), "Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            write(cell.paragraphs[0], text)


# --- the engines ---------------------------------------------------------------------------------------------------


def by_docxtpl(source: bytes | Path, said: Mapping[str, Any], settings: Environment) -> bytes:
    """Make a paper as docxtpl's users must: load, render, save each time."""
    engine = DocxTemplate(io.BytesIO(source) if isinstance(source, bytes) else str(source))
    engine.render(dict(said), settings, autoescape=True)
    buffer = io.BytesIO()
    engine.save(buffer)
    return buffer.getvalue()


@cache
def environment() -> Environment:
    """Return the strictest environment that docxtpl takes, with what our templates need."""
    made = Environment(autoescape=True, undefined=StrictUndefined, finalize=_finalized)
    made.filters |= {"han": chinese.numeral, "汉字": chinese.numeral}
    return made


def _finalized(value: Any) -> Any:
    return value if isinstance(value, str | Undefined) else written(value)


@cache
def strict() -> Environment:
    return Environment(autoescape=True, undefined=StrictUndefined)


@cache
def opened(*, typed: bool) -> Template:
    return Template.open(template(), model=BenchmarkPaper if typed else None)


class Engine(Protocol):
    """What makes the paper of the nth values, and tells how long it takes."""

    @property
    def name(self) -> str: ...
    def paper(self, n: int) -> bytes: ...
    def seconds(self, first: int) -> float: ...


@dataclass(frozen=True)
class Here:
    """An engine in this process.

    Args:
        name: what the tables call it.
        make: makes the paper of the nth values.
        times: how many papers make one measurement.
    """

    name: str
    make: Callable[[int], bytes]
    times: int = 1

    def paper(self, n: int) -> bytes:
        return self.make(n)

    def seconds(self, first: int) -> float:
        """Return the time of one paper, on average over a measurement; nobody pays for another's garbage."""
        make = self.make
        gc.collect()
        start = perf_counter()
        for n in range(first, first + self.times):
            make(n)
        return (perf_counter() - start) / self.times


_RUST = """
import base64, gc, io, json, sys, time
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined
environment = Environment(autoescape=True, undefined=StrictUndefined)
for line in sys.stdin:
    job = json.loads(line)
    gc.collect()
    start = time.perf_counter()
    for values in job["values"]:
        engine = DocxTemplate(job["template"])
        engine.render(values, environment, autoescape=True)
        buffer = io.BytesIO()
        engine.save(buffer)
    spent = (time.perf_counter() - start) / len(job["values"])
    print(json.dumps({"seconds": spent, "paper": base64.b64encode(buffer.getvalue()).decode()}), flush=True)
"""


class Rust:
    """rust-docxtpl in a process of its own, without the site's packages: it has docxtpl's name and bears no other."""

    def __init__(self, folder: Path, process: subprocess.Popen[str], source: Path) -> None:
        self.name = f"rust-docxtpl {_version_in(folder, 'rust-docxtpl')}"
        self._process = process
        self._template = source

    def paper(self, n: int) -> bytes:
        return base64.b64decode(self._ask(n, 1)["paper"])

    def seconds(self, first: int) -> float:
        return float(self._ask(first, 2)["seconds"])

    def _ask(self, first: int, times: int) -> dict[str, Any]:
        job = {"template": str(self._template), "values": [values().mapping(n) for n in range(first, first + times)]}
        talk, answer = self._process.stdin, self._process.stdout
        assert talk
        assert answer
        talk.write(json.dumps(job) + "\n")
        talk.flush()
        return dict(json.loads(answer.readline() or "{}"))


@contextmanager
def rust(folder: Path) -> Iterator[Rust]:
    """Start rust-docxtpl and end it."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "template.docx"
        path.write_bytes(template())
        command = [sys.executable, "-S", "-c", _RUST]
        clean = os.environ | {"PYTHONPATH": str(folder)}
        pipe = subprocess.PIPE
        with subprocess.Popen(command, env=clean, cwd=name, stdin=pipe, stdout=pipe, text=True) as process:
            yield Rust(folder, process, path)


def _version_in(folder: Path, project: str) -> str | None:
    found = metadata.distributions(name=project, path=[str(folder)])
    return next((one.version for one in found), None)


def mail_merge(folder: Path) -> Here:
    """Return docx-mailmerge2 from a folder; it knows neither loops nor conditions but rows of a table."""
    sys.path.append(str(folder))
    merger = import_module("mailmerge").MailMerge
    source, known = template(merge_fields), [_merged(mapping) for mapping in values().mappings]

    def make(n: int) -> bytes:
        fields, rows = known[n % len(known)]
        buffer = io.BytesIO()
        with merger(io.BytesIO(source)) as word:
            word.merge_rows("行.序号", rows)
            word.merge(**fields)
            word.write(buffer)
        return buffer.getvalue()

    return Here(f"docx-mailmerge2 {_version_in(folder, 'docx-mailmerge2')}", make, 3)


def _merged(mapping: Mapping[str, Any]) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return the fields and the rows that mail is merged from."""
    fields = {path: text for path, text in _flat(mapping) if not path.startswith("清单.")}
    return fields, [{f"行.{name}": text for name, text in item.items()} for item in mapping["清单"]]


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
        return
    for key, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
        yield from _flat(inner, f"{path}.{key}".lstrip("."))


def floor() -> Here:
    """Return what is least: unzip, replace in the parts that hold values, zip; loop and condition are laid out."""
    source = by_docxtpl(template(), _marked(values().mapping(0), ""), strict())
    known = [[(f"@{path}@", escape(text)) for path, text in _flat(mapping)] for mapping in values().mappings]
    return Here("floor: unzip, `str.replace`, zip", lambda n: _replaced(source, known[n % len(known)]), 5)


def _marked(value: Any, path: str) -> Any:
    """Put in the place of each text its own path, to be replaced."""
    if isinstance(value, str):
        return f"@{path}@"
    if isinstance(value, list):
        return [_marked(item, f"{path}.{number}") for number, item in enumerate(value)]
    return {key: _marked(inner, f"{path}.{key}".lstrip(".")) for key, inner in value.items()}


def _replaced(source: bytes, texts: Sequence[tuple[str, str]]) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source)) as before,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            if name.startswith(("word/document", "word/header")):
                xml = content.decode()
                for old, new in texts:
                    xml = xml.replace(old, new)
                content = xml.encode()
            after.writestr(name, content)
    return buffer.getvalue()


# --- measuring -----------------------------------------------------------------------------------------------------

Times = Mapping[str, Sequence[float]]
"""The seconds of one paper, by engine, one for each round."""


def in_turn(engines: Sequence[Engine], rounds: int) -> Times:
    """Time every engine once in each round, each round beginning with another."""
    times: dict[str, list[float]] = {engine.name: [] for engine in engines}
    for number in range(rounds):
        at = number % len(engines)
        for engine in (*engines[at:], *engines[:at]):
            times[engine.name].append(engine.seconds(number * 7))
    return times


def ratios(times: Times, theirs: str, ours: str) -> list[float]:
    """Return how many times as long one engine took as another, round by round."""
    return [their / our for their, our in zip(times[theirs], times[ours], strict=True)]


def spread(values: Sequence[float]) -> str:
    """Write a median and, in brackets, the quartiles."""
    low, _, high = quantiles(values, n=4) if len(values) > 1 else (values[0],) * 3
    return f"{_number(median(values))} ({_number(low)}–{_number(high)})"


def _number(value: float) -> str:
    return f"{value:.{0 if value >= 99.5 else 1 if value >= 9.95 else 2}f}"


def ms(seconds: Sequence[float]) -> str:
    return _number(1000 * median(seconds))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of(paper: bytes) -> Iterator[tuple[str, str]]:
    """Yield the text of body, headers and footers, paragraph by paragraph, each with its part."""
    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        for name in sorted(archive.namelist()):
            if re.match(r"word/(document|header|footer)\w*\.xml$", name):
                root = etree.fromstring(archive.read(name))
                yield from ((name, _paragraph(p)) for p in root.iter(f"{_W}p"))


def _paragraph(element: etree._Element) -> str:
    marks = {f"{_W}br": "\n", f"{_W}tab": "\t"}
    pieces = (piece for run in element.iter(f"{_W}r") for piece in run.iter(f"{_W}t", *marks))
    return "".join(marks.get(str(piece.tag), piece.text or "") for piece in pieces)


def compare(papers: Mapping[str, bytes]) -> None:
    """End the run if papers of different engines do not say the same.

    Raises:
        AssertionError: with the first difference.
    """
    (first, paper), *others = papers.items()
    wanted = [*text_of(paper)]
    if not any(line.strip() for _, line in wanted):
        raise AssertionError(f"{first}: no text at all")
    for name, other in others:
        pairs = zip_longest(wanted, text_of(other))
        if different := next((pair for pair in pairs if pair[0] != pair[1]), None):
            raise AssertionError(f"{first} and {name} do not say the same: {different}")


# --- what is measured ----------------------------------------------------------------------------------------------

THEIRS = f"docxtpl {metadata.version('docxtpl')}: load, render, save"
OURS = "xuncha-docs, from a new model"
UNTYPED = "xuncha-docs, from a mapping"
ALONE = "making the model alone, part of the line above"
RIVALS = ("rust-docxtpl", "docx-mailmerge2")


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    rounds: int = 41
    few: int = 9
    rows: Sequence[int] = (12, 200, 1000, 3000)
    rivals: Path | None = None

    @property
    def most(self) -> int:
        """The longest table."""
        return max(self.rows)


QUICK = Plan(rounds=3, few=1, rows=(12, 60, 120))

Lines = Iterator[str]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Lines:
    yield f"| {' | '.join(head)} |"
    yield f"| --- |{' ---: |' * (len(head) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def docxtpl_engine(rows: int = ROWS, times: int = 2) -> Here:
    source, known = template(), values(rows)
    return Here(THEIRS, lambda n: by_docxtpl(source, known.mapping(n), strict()), times)


def our_engine(rows: int = ROWS, times: int = 40) -> Here:
    filled, known = opened(typed=True), values(rows)
    return Here(OURS, lambda n: filled.render(known.document(n)).content, times)


def our_model(rows: int = ROWS, times: int = 40) -> Here:
    known = values(rows)

    def make(n: int) -> bytes:
        known.document(n)
        return b""

    return Here(ALONE, make, times)


def our_untyped_engine() -> Here:
    filled, known = opened(typed=False), values()
    return Here(UNTYPED, lambda n: filled.render(known.mapping(n)).content, 40)


def two_pages(plan: Plan) -> Lines:
    """Compare all engines on the paper of two pages."""
    with ExitStack() as stack:
        others: list[Engine] = [docxtpl_engine(), *_rivals(plan.rivals, stack), floor()]
        engines = [*others, our_untyped_engine(), our_engine()]
        times = _timed(engines, plan.rounds, our_model())
        sizes = {engine.name: f"{len(engine.paper(0)) / 1000:.1f}" for engine in engines}
    yield "### The paper of two pages"
    yield ""
    yield f"Template {len(template()) / 1000:.1f} kB, {len(tags())} fields, {len(COLUMNS)} columns, {ROWS} rows."
    yield ""
    rows = [(name, ms(spent), _times_as_long(times, name), sizes.get(name, "")) for name, spent in times.items()]
    absent = [(f"{name}: not installed", "", "", "") for name in RIVALS if not any(name in known for known in times)]
    yield from table(("Engine", "ms", "docxtpl takes so many times as long", "paper, kB"), [*rows, *absent])


def _times_as_long(times: Times, name: str) -> str:
    said = {THEIRS: "1", ALONE: ""}
    return said[name] if name in said else spread(ratios(times, THEIRS, name))


def _rivals(folder: Path | None, stack: ExitStack) -> Iterator[Engine]:
    if folder and _version_in(folder, RIVALS[0]):
        yield stack.enter_context(rust(folder))
    if folder and _version_in(folder, RIVALS[1]):
        yield mail_merge(folder)


def _timed(engines: Sequence[Engine], rounds: int, *parts: Engine, numbers: Sequence[int] = (0, 7, 63)) -> Times:
    """Compare what engines write, then time them, and the parts of their work that make no paper."""
    for n in numbers:
        compare({engine.name: engine.paper(n) for engine in engines})
    return in_turn([*engines, *parts], rounds)


def every_kind(plan: Plan) -> Lines:
    """Compare with docxtpl on the kinds, their examples and their built-in templates."""
    yield "### The kinds"
    yield ""
    rows = []
    for kind in _own_kinds():
        theirs, ours = _engines_of(kind)
        times = _timed([theirs, ours], plan.rounds)
        rows.append((kind.kind, *map(ms, times.values()), spread(ratios(times, THEIRS, OURS))))
    yield from table(("Kind", "docxtpl, ms", "`render(document)`, ms", "ratio"), rows)


def _engines_of(kind: type[Document]) -> tuple[Here, Here]:
    (made,) = kinds.documents(read(EXAMPLES / f"{kind.kind}.yaml"))
    path, said = find_template(kind), made.values()
    theirs = Here(THEIRS, lambda _: by_docxtpl(path, said, environment()))
    return theirs, Here(OURS, lambda _: render(made, variant=STANDARD).content, 10)


LINT = f"docxtpl-lint {metadata.version('docxtpl-lint')}"
CHECK = "xuncha-docs check"


def checking(plan: Plan) -> Lines:
    """Compare a check of a template, everything read anew, with the other linter, which knows no model and no form."""
    yield "### Checking a template"
    yield ""
    subjects: list[tuple[str, bytes, type[Document]]] = [("two pages", template(), BenchmarkPaper)]
    subjects += [(kind.kind, find_template(kind).read_bytes(), kind) for kind in _own_kinds()]
    rows = []
    for name, source, kind in subjects:
        theirs, ours = Here(LINT, partial(_linted, source), 4), Here(CHECK, partial(_checked, source, kind), 4)
        times = in_turn([theirs, ours], plan.rounds)
        rows.append((name, *map(ms, times.values()), spread(ratios(times, CHECK, LINT))))
    yield from table(("Template", f"{LINT}, ms", "`check`, ms", "ours takes so many times as long"), rows)


def _linted(source: bytes, _: int) -> bytes:
    return str(docxtpl_lint.lint(source).issues).encode()


def _checked(source: bytes, kind: type[Document], _: int) -> bytes:
    return str(check(source, model=kind)).encode()


def _own_kinds() -> list[type[Document]]:
    every = sorted(kinds.every().values(), key=lambda kind: kind.kind)
    return [kind for kind in every if kind.__module__.startswith("xuncha_docs.")]


def first_render(plan: Plan) -> Lines:
    """Compare the first paper from a template: with a process that is warm, and in new ones."""
    source, known = template(), values()
    anew = Here(OURS, lambda n: Template.open(source, BenchmarkPaper).render(known.document(n)).content)
    warm = _timed([docxtpl_engine(times=1), anew], plan.rounds)
    new = [(child("docxtpl", ROWS)["seconds"], child("ours", ROWS)["seconds"]) for _ in range(plan.few)]
    cold = {THEIRS: [their for their, _ in new], OURS: [our for _, our in new]}
    yield "### The first paper"
    yield ""
    rows = [
        (name, *map(ms, times.values()), spread(ratios(times, THEIRS, OURS)))
        for name, times in (("in a process that is warm", warm), ("in a new process, imports not counted", cold))
    ]
    yield from table(("Opened and filled", "docxtpl, ms", "xuncha-docs, ms", "ratio"), rows)


def many_rows(plan: Plan) -> Lines:
    """Compare by the length of the table, and look whether ours grows in line with it."""
    every = [_timed_rows(rows, plan) for rows in plan.rows]
    ours = [median(times[OURS]) for times in every]
    steps = [
        (late - early) / (n - m) for (early, late), (m, n) in zip(pairwise(ours), pairwise(plan.rows), strict=True)
    ]
    yield "### Rows"
    yield ""
    rows = [
        (str(n), *map(ms, times.values()), spread(ratios(times, THEIRS, OURS)), f"{1e6 * step:.1f}" if step else "")
        for n, times, step in zip(plan.rows, every, (0.0, *steps), strict=True)
    ]
    head = ("Rows", "docxtpl, ms", "xuncha-docs, ms", "the model's part, ms", "ratio", "ours: µs for each row more")
    yield from table(head, rows)
    yield f"A row of the last step costs {steps[-1] / steps[-2]:.2f} times as much as one of the step before it."
    yield ""


def _timed_rows(rows: int, plan: Plan) -> Times:
    ours = our_engine(rows, max(1, 200 // rows))
    return _timed([docxtpl_engine(rows, 1), ours], plan.few, our_model(rows, ours.times), numbers=(3,))


def memory(plan: Plan) -> Lines:
    """Compare the memory of one paper with the longest table."""
    yield f"### Memory, {plan.most} rows"
    yield ""
    said = values(plan.most).document(3)
    traced = [
        _peak(lambda: docxtpl_engine(plan.most).paper(3)),
        _peak(lambda: opened(typed=True).render(said).content),
    ]
    grown = [median(child(name, plan.most)["grown"] for _ in range(plan.few)) for name in ("docxtpl", "ours")]
    rows = [_sizes("peak that Python allocates", *traced), _sizes("growth of a new process", *grown)]
    yield from table(("One paper", "docxtpl, MiB", "xuncha-docs, MiB", "ratio"), rows)


def _sizes(name: str, theirs: float, ours: float) -> tuple[str, ...]:
    if not theirs or not ours:
        return name, "not measured", "not measured", ""
    return name, f"{theirs / 2**20:.1f}", f"{ours / 2**20:.1f}", _number(theirs / ours)


def _peak(make: Callable[[], bytes]) -> int:
    """Return the most that Python had allocated while a paper was made; lxml's own memory is not seen."""
    make()
    gc.collect()
    tracemalloc.start()
    make()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


IMPORTS = ("from pydantic import BaseModel", "import docxtpl", "import xuncha_docs", "from xuncha_docs import render")
_IMPORT = """
import sys, time
start = time.perf_counter()
{statement}
print(time.perf_counter() - start, len(sys.modules), "yes" if "docx" in sys.modules else "no")
"""


def imports(plan: Plan) -> Lines:
    """Compare imports, each in a new process."""
    said = [{name: _import(name) for name in IMPORTS} for _ in range(plan.few)]
    yield "### Imports"
    yield ""
    rows = [(f"`{name}`", ms([float(one[name][0]) for one in said]), *said[0][name][1:]) for name in IMPORTS]
    yield from table(("Import", "ms", "modules then loaded", "python-docx among them"), rows)


def _import(statement: str) -> list[str]:
    command = [sys.executable, "-c", _IMPORT.format(statement=statement)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()


# --- in a new process ----------------------------------------------------------------------------------------------


def child(engine: str, rows: int) -> dict[str, float]:
    """Make one paper in a new process; return its seconds and by how many bytes the process grew."""
    command = [sys.executable, "-m", __spec__.name, "--child", engine, str(rows)]
    done = subprocess.run(command, cwd=ROOT, input=template(), stdout=subprocess.PIPE, check=True)
    return dict(json.loads(done.stdout))


def be_child(engine: str, rows: int) -> None:
    """Make one paper from the template that comes in, with nothing but its values ready; tell what it took."""
    source, said = sys.stdin.buffer.read(), BenchmarkPaper.model_validate(facts(3, rows))
    mapping = _plain(said)
    gc.collect()
    held, start = _held_from_here(), perf_counter()
    if engine == "ours":
        Template.open(source, BenchmarkPaper).render(said)
    else:
        by_docxtpl(source, mapping, strict())
    print(json.dumps({"seconds": perf_counter() - start, "grown": _status("VmHWM") - held}))


_STATUS = Path("/proc/self/status")


def _held_from_here() -> int:
    """Return what this process holds, and begin its highest point anew.

    `getrusage` would not do: a new process begins with the highest point of the one that started it.
    """
    if _STATUS.exists():
        _STATUS.with_name("clear_refs").write_text("5")
    return _status("VmRSS")


def _status(what: str) -> int:
    """Return what Linux says of this process, in bytes; 0 on other systems."""
    found = re.search(rf"^{what}:\s*(\d+) kB$", _STATUS.read_text(), re.M) if _STATUS.exists() else None
    return int(found[1]) * 1024 if found else 0


# --- the report ----------------------------------------------------------------------------------------------------

SECTIONS = (two_pages, every_kind, first_render, checking, many_rows, memory, imports)


def report(plan: Plan) -> Lines:
    """Measure everything; what differs in its text ends it."""
    before = os.getloadavg()[0]
    lines = [line for section in SECTIONS for line in section(plan)]
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("pydantic", "Jinja2", "lxml", "python-docx"))
    yield (
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors, load {before:.1f} at the beginning and {os.getloadavg()[0]:.1f} at the end; "
        f"{versions}."
    )
    yield "Texts read back: identical for all engines."
    yield ""
    yield from lines


def put(page: str, lines: str) -> str:
    """Put what was made between the marks of a page."""
    before, _, rest = page.partition(BEGIN)
    made, _, after = rest.partition(END)
    if not made:
        raise ValueError(f"{PAGE.name} has lost its marks, {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{lines.strip()}\n\n{END}{after}"


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(prog=f"python -m {__spec__.name}", description=str(__doc__).partition("\n")[0])
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--markdown", action="store_true", help=f"write the tables into {PAGE.relative_to(ROOT)}")
    how.add_argument("--quick", action="store_true", help="a few rounds only")
    how.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--rivals", type=Path, help="the folder that rust-docxtpl and docx-mailmerge2 are in")
    options = parser.parse_args()
    if options.child:
        be_child(options.child[0], int(options.child[1]))
        return
    lines = "\n".join(report(replace(QUICK if options.quick else Plan(), rivals=options.rivals)))
    print(lines)
    if options.markdown:
        PAGE.write_text(put(PAGE.read_text(encoding="utf-8"), lines), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Every rule of packets finds what its page calls wrong, and nothing in what it calls right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import DEMO
from tests.facts_samples import stated
from tests.notation import repacked
from xuncha_docs import Case
from xuncha_docs.checks import packet as packet_rules
from xuncha_docs.checks import ruling
from xuncha_docs.findings import Report, Rule, Severity
from xuncha_docs.manifest import NAME
from xuncha_docs.packets import packet
from xuncha_docs.word.package import Package

RULES = [pytest.param(rule, id=code) for code, rule in ruling.every().items() if code.startswith("PKT")]
every_rule = pytest.mark.parametrize("rule", RULES)


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    """The files of the demo's packet, its manifest among them."""
    made = packet(Case.load(DEMO))
    return {**made.files, NAME: made.manifest.content()}


def judged(sample: str, whole: dict[str, bytes], folder: Path) -> Report:
    """Judge what a sample says: facts laid over the demo case, or a change to a paper of its packet."""
    if not sample.startswith("（") or sample.startswith("（案卷"):
        thing = stated(sample)
        return packet_rules.agree(packet_rules.sayers(thing, "demo.yaml"))
    changed = re.fullmatch(r"（(改|删|坏|不改)）(?:([^：]+)(?:：(.+)＝(.+))?)?", sample)
    assert changed, sample
    what, label, old, new = changed.groups()
    for name, content in whole.items():
        (folder / name).write_bytes(content)
    if what != "不改":
        path = next(folder / name for name in whole if re.fullmatch(rf"\d+-{label}(?:-1)?\.docx", name))
        if what == "删":
            path.unlink()
        else:
            path.write_bytes(b"PK broken" if what == "坏" else edited(path.read_bytes(), old, new))
    return packet_rules.judge(folder / NAME)


def edited(content: bytes, old: str, new: str) -> bytes:
    """Change the words of a paper as somebody does in Word."""
    body = Package.open(content).read("word/document.xml").decode()
    assert old in body, old
    return repacked(content, **{"word/document.xml": body.replace(old, new).encode()})


@every_rule
def test_a_rule_finds_exactly_what_its_page_calls_wrong(rule: Rule, whole: dict[str, bytes], tmp_path: Path) -> None:
    samples = ruling.samples(rule.page)
    assert {sample.good for sample in samples} == {True, False}, "a page has 错 and 对"
    for n, sample in enumerate(samples):
        folder = tmp_path / str(n)
        folder.mkdir()
        report = judged(sample.text, whole, folder)
        told = {finding.code for finding in report.findings}
        grave = {finding.code for finding in report.findings if finding.severity is not Severity.INFO}
        if sample.good:
            assert rule.code not in told, sample.text
        else:
            assert rule.code in told, sample.text
            assert grave - {rule.code} == sample.others, (sample.text, str(report))


@every_rule
def test_a_page_says_why(rule: Rule) -> None:
    assert re.search(r"^为什么：.+", rule.page, re.M)
    assert rule.summary.endswith("。")


def test_every_rule_of_packets_belongs_to_a_chapter() -> None:
    codes = {code for code in ruling.every() if code.startswith("PKT")}
    assert {code[:4] for code in codes} == set(packet_rules.CHAPTERS)

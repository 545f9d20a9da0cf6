"""Every rule of facts finds what its page calls wrong, and nothing in what it calls right."""

from __future__ import annotations

import re

import pytest

from tests.facts_samples import judged
from xuncha_docs.checks import facts, ruling
from xuncha_docs.findings import Rule, Severity

RULES = [pytest.param(rule, id=code) for code, rule in ruling.every().items() if code.startswith("FCT")]
every_rule = pytest.mark.parametrize("rule", RULES)


@every_rule
def test_a_rule_finds_exactly_what_its_page_calls_wrong(rule: Rule) -> None:
    samples = ruling.samples(rule.page)
    assert {sample.good for sample in samples} == {True, False}, "a page has 错 and 对"
    for sample in samples:
        found = {finding.code for finding in judged(sample.text).findings if finding.severity is not Severity.INFO}
        told = {finding.code for finding in judged(sample.text).findings}
        if sample.good:
            assert rule.code not in told, sample.text
        else:
            assert rule.code in told, sample.text
            assert found - {rule.code} == sample.others, (sample.text, found)


@every_rule
def test_a_page_says_why(rule: Rule) -> None:
    assert re.search(r"^为什么：.+", rule.page, re.M)
    assert rule.summary.endswith("。")


@every_rule
def test_a_finding_says_where_and_what_to_do(rule: Rule) -> None:
    for sample in ruling.samples(rule.page):
        for finding in judged(sample.text).findings:
            assert finding.message.endswith("。")
            assert finding.cure
            assert finding.cure.endswith(("。", "？"))
            assert finding.place.field


def test_every_rule_of_facts_belongs_to_a_chapter() -> None:
    codes = {code for code in ruling.every() if code.startswith("FCT")}
    assert {code[:4] for code in codes} == set(facts.CHAPTERS)

"""Every rule of templates fires on what its page calls wrong, and not on what it calls right."""

from __future__ import annotations

import re

import pytest

from tests.conftest import every_form
from tests.notation import built
from xuncha_docs import Announcement, Document, check
from xuncha_docs.checks import ruling
from xuncha_docs.findings import Rule, Severity
from xuncha_docs.rendering import find_template

RULES = [pytest.param(rule, id=code) for code, rule in ruling.every().items() if code.startswith("TPL")]
every_rule = pytest.mark.parametrize("rule", RULES)


def codes(text: str) -> set[str]:
    return {finding.code for finding in check(built(text), model=Announcement).findings}


@every_rule
def test_a_rule_finds_what_its_page_calls_wrong_and_nothing_in_what_it_calls_right(rule: Rule) -> None:
    samples = ruling.samples(rule.page)
    assert {sample.good for sample in samples} == {True, False}, "a page has 错 and 对"
    for sample in samples:
        found = codes(sample.text)
        assert (rule.code in found) is not sample.good, (sample.text, found)


@every_rule
def test_a_page_says_why(rule: Rule) -> None:
    assert rule.summary
    assert re.search(r"^为什么：.+", rule.page, re.M)
    assert rule.since


@every_rule
def test_a_rule_says_what_to_do(rule: Rule) -> None:
    for sample in ruling.samples(rule.page):
        for finding in check(built(sample.text), model=Announcement).findings:
            if finding.code == rule.code:
                assert finding.message.endswith("。")
                assert finding.cure
                assert re.search("[。？]$", finding.cure)


@every_form
def test_the_template_of_every_form_is_clean(kind: type[Document], variant: str) -> None:
    report = check(find_template(kind, variant=variant), kind=kind)
    assert report.clean, str(report)
    assert kind.label in report.notes[0]


@pytest.mark.parametrize("style", ["署名", "盖章署名", "发文机关标志", "发文字号", "空行"])
def test_what_is_placed_by_hand_still_takes_its_lines_from_its_style(style: str) -> None:
    assert "TPL503" in codes(f"{style} 行距=300｜{{{{ 对象 }}}}")


def test_codes_are_never_taken_twice() -> None:
    with pytest.raises(ValueError, match="taken"):
        ruling.rule("TPL101")(lambda _: iter(()))


def test_the_severity_of_a_rule_is_said() -> None:
    assert {rule.severity for rule in ruling.every().values()} == set(Severity)

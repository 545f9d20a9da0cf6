"""Each clause of the standard, and each check of the reference, is answered: by a rule, or by why there is none."""

from __future__ import annotations

import re

import pytest

from docs import fields as made
from docs.clauses import CLAUSES, Clause, cited, clause_of, rules_of
from xuncha_docs.checks import ruling
from xuncha_docs.findings import Rule, Strength

RULES = [pytest.param(rule, id=code) for code, rule in ruling.every().items()]
every_rule = pytest.mark.parametrize("rule", RULES)

LOOSE = {"5.2.2", "5.2.3"}
"""The clauses that say 一般 of all they ask for."""


@pytest.mark.parametrize("clause", [pytest.param(clause, id=clause.number) for clause in CLAUSES])
def test_a_clause_has_a_rule_or_a_reason(clause: Clause) -> None:
    assert clause.on_paper or list(rules_of(clause))


def test_the_clauses_stand_in_the_order_of_the_standard_and_each_once() -> None:
    numbers = [tuple(map(int, clause.number.split("."))) for clause in CLAUSES]
    assert numbers == sorted(set(numbers))


@every_rule
def test_a_clause_that_a_rule_cites_is_in_the_table(rule: Rule) -> None:
    for number in cited(rule):
        assert clause_of(number), number


@every_rule
def test_what_is_general_or_practice_is_not_called_a_rule_of_the_standard(rule: Rule) -> None:
    if LOOSE & set(cited(rule)):
        assert rule.strength is not Strength.RULE
    if rule.strength in (Strength.DERIVED, Strength.PRACTICE):
        assert "规定" not in rule.summary
        assert "规定" not in rule.basis.removeprefix(rule.clause or "")


def test_every_rule_stands_on_the_page_under_its_own_strength() -> None:
    page = made.clauses_page().partition("## 只是实务的")[0]
    groups = re.findall(rf"({'|'.join(Strength)})：((?:\[\w+\]\([^)]+\)、?)+)", page)
    found = {(code, word) for word, links in groups for code in re.findall(r"\[(\w+)\]", links)}
    assert found == {(code, str(rule.strength)) for code, rule in ruling.every().items() if rule.clause}

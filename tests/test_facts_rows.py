"""Every rule that the reference asks of facts is answered: refused by the model, found by a rule, or not made, and why.

The rows are the rules for a validator of sections 2.1 to 2.4, each of its numbers or of its clauses, and the failures
of section 5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module

import pytest

from tests.conftest import SHARED
from xuncha_docs.checks import ruling


@dataclass(frozen=True)
class Answer:
    """How a row, or a part of it, is answered.

    Args:
        refused: the tests that show that a model refuses it, `models.test_…` of `tests.test_models`.
        found: the codes of the rules that find it.
        not_made: why nothing judges it.
    """

    refused: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    not_made: str = ""


CASE = "models.test_an_impossible_case_is_refused"
DOCUMENT = "models.test_an_impossible_document_is_refused"
PACKET = "papers are compared with each other by the rules of a packet, PKT"
LEAK = "models.test_a_complaint_as_source_may_not_show_in_the_text"
CHAIN = "rectification_chain.test_what_cannot_have_become_of_a_matter_is_refused"
SPOT = "rectification_chain.test_a_breach_is_never_put_right_on_the_spot"
RECORD = "no kind of ours holds such a record"

_ANNOUNCEMENT: dict[str, Answer] = {
    "2.1-1": Answer((CASE,), ("FCT102", "FCT103", "FCT104", "FCT105")),
    "2.1-2": Answer((CASE, DOCUMENT), ("FCT412", "FCT414")),
    "2.1-3": Answer((DOCUMENT,), ("FCT401", "FCT402", "FCT403", "FCT404")),
    "2.1-4": Answer((CASE, "bad_input.test_a_wrong_value_is_told_at_its_line"), ("FCT201", "FCT202")),
    "2.1-5": Answer((), ("FCT203", "FCT204", "FCT205", "FCT206", "FCT207")),
    "2.1-6": Answer(
        (), ("FCT210", "FCT211", "FCT212", "FCT963"), "a box may say its unit in its place, `县水利局办公楼大厅`"
    ),
    "2.1-7": Answer(("models.test_a_sentence_names_the_channels_given_and_only_those",), ("FCT406", "FCT213")),
    "2.1-8": Answer((DOCUMENT,), ("FCT407", "FCT408")),
    "2.1-9": Answer((), ("FCT304", "FCT305", "FCT306", "FCT409", "TXT608", "TXT609")),
    "2.1-10": Answer((), ("FCT413", "FCT424", "FCT427"), PACKET),
    "2.1-11": Answer(
        ("models.test_nothing_said_about_who_complained_has_a_field",),
        ("FCT410", "FCT411"),
        "a notice has no field for a problem, and who complained is known to no case",
    ),
}

_PLAN: dict[str, Answer] = {
    "2.2-1": Answer((DOCUMENT,)),
    "2.2-2": Answer(("plans.test_an_impossible_plan_is_refused",), ("FCT519", "FCT520", "FCT522", "FCT523")),
    "2.2-3": Answer((), ("FCT508", "FCT509", "FCT510")),
    "2.2-4": Answer((CASE,)),
    "2.2-5": Answer((), ("FCT307", "FCT511")),
    "2.2-6": Answer((DOCUMENT,), ("FCT512", "FCT513")),
    "2.2-7": Answer((DOCUMENT,), ("FCT501", "FCT502", "FCT503", "FCT504")),
    "2.2-8": Answer((), ("FCT516", "FCT519"), PACKET),
    "2.2-9": Answer((), ("FCT506", "FCT507")),
    "2.2-10": Answer(not_made=f"{RECORD}: what was done by a method is written down outside the case"),
    "2.2-11": Answer((), ("FCT514", "FCT515", "FCT517", "FCT518")),
    "2.2-12": Answer((), ("FCT508",)),
}

_NOTICE: dict[str, Answer] = {
    "2.3-1": Answer((CASE, DOCUMENT, CHAIN), ("FCT606", "FCT625", "FCT626")),
    "2.3-2": Answer((DOCUMENT,), ("FCT605",)),
    "2.3-3": Answer(
        ("rectification_chain.test_days_overdue_are_working_days",),
        ("FCT601", "FCT602", "FCT603", "FCT604", "FCT630"),
    ),
    "2.3-4": Answer((CASE, DOCUMENT), ("FCT607", "FCT608", "FCT609", "FCT610", "FCT611")),
    "2.3-5": Answer((CASE,), ("FCT616", "FCT620", "FCT621", "FCT622", "FCT628")),
    "2.3-6": Answer((), ("FCT612", "FCT613", "FCT614")),
    "2.3-7": Answer(
        (), ("FCT623", "FCT624", "FCT631"), "there is no report of an inspection; 写入报告 says if it tells"
    ),
    "2.3-8": Answer((CHAIN, "rectification_chain.test_a_matter_settled_in_part_stays_open_and_overdue")),
    "2.3-9": Answer((CASE, SPOT), ("FCT617", "FCT618")),
    "2.3-10": Answer(
        (
            LEAK,
            "rectification_chain.test_a_complaint_as_source_shows_neither_in_measures_nor_in_remarks",
            "rectification_chain.test_a_ledger_shows_no_complaint_as_one",
        ),
        ("FCT619",),
    ),
    "2.3-11": Answer(not_made="its kind is restricted, `Document.audience`; where a file lies is no fact"),
    "2.3-12": Answer((), ("FCT615",)),
}

_WRITE_UP: dict[str, Answer] = {
    "2.4-1": Answer((), ("FCT701", "FCT702", "TXT702")),
    "2.4-2": Answer((), ("FCT706",)),
    "2.4-3": Answer((), ("FCT710",)),
    "2.4-4": Answer((), ("FCT705", "TXT610")),
    "2.4-5": Answer((), ("FCT715", "FCT718", "FCT719")),
    "2.4-6": Answer((DOCUMENT,), ("FCT707", "FCT713", "FCT714", "FCT725")),
    "2.4-7": Answer((), ("FCT723",), "no published texts come with the library: those of one case are compared"),
    "2.4-8": Answer(
        ("write_up_levels.test_no_name_that_the_case_knows_is_in_a_public_write_up",), ("FCT715", "FCT716")
    ),
}

_FAILURES: dict[str, Answer] = {
    "5-1": Answer((CASE,), ("FCT521",)),
    "5-2": Answer((DOCUMENT,), ("FCT414", "FCT521")),
    "5-3": Answer((DOCUMENT,), ("FCT412",)),
    "5-4": Answer((CASE,), ("FCT102", "FCT103")),
    "5-5": Answer((), ("FCT105",)),
    "5-6": Answer(("bad_input.test_a_wrong_value_is_told_at_its_line",)),
    "5-7": Answer((), ("FCT402", "FCT401")),
    "5-8": Answer(not_made="sentences stand in the templates, nobody types them"),
    "5-9": Answer((), ("FCT213",)),
    "5-10": Answer(("models.test_a_sentence_names_the_channels_given_and_only_those",), ("FCT406",)),
    "5-11": Answer(
        ("bad_input.test_what_need_not_be_said_may_be_blank", "bad_input.test_what_no_paper_can_hold_is_refused")
    ),
    "5-12": Answer(not_made="our table of teams is a table; a picture takes no place but that of a code or a seal"),
    "5-13": Answer((), ("FCT203", "FCT204")),
    "5-14": Answer((), ("FCT210", "FCT211", "FCT961", "FCT962"), "how large a notice is printed is no fact"),
    "5-15": Answer(not_made=f"{RECORD}: letters are passed on outside the case"),
    "5-16": Answer(("models.test_nothing_said_about_who_complained_has_a_field",)),
    "5-17": Answer(not_made=f"{RECORD}: there is no questionnaire"),
    "5-18": Answer(not_made="every kind states its audience, `Document.audience`; where a file lies is no fact"),
    "5-19": Answer((), ("FCT304", "FCT305", "TXT701")),
    "5-20": Answer((), ("FCT305",)),
    "5-21": Answer(not_made="deadlines are facts of the office, 政策口径.时限: none is built in"),
    "5-22": Answer((CASE, DOCUMENT, "letterhead.test_an_impossible_letterhead_is_refused"), ("TXT101", "FCT801")),
    "5-23": Answer(not_made=PACKET),
    "5-24": Answer(not_made=f"{RECORD}: there is no report of an inspection"),
    "5-25": Answer(not_made=f"{RECORD}: there is no 底稿"),
    "5-26": Answer((CASE, SPOT), ("FCT617", "FCT618")),
    "5-27": Answer((DOCUMENT,), ("FCT501",)),
    "5-28": Answer((), ("FCT715", "FCT716", "FCT717", "FCT718", "FCT719", "FCT723")),
    "5-29": Answer((), ("FCT712", "FCT724")),
    "5-30": Answer((), ("FCT701", "TXT702")),
    "5-31": Answer((), ("TXT608", "TXT609")),
    "5-32": Answer((CASE, DOCUMENT), ("FCT307", "FCT308", "FCT404", "FCT513")),
    "5-33": Answer((CASE, DOCUMENT, CHAIN), ("FCT605", "FCT606", "FCT625", "FCT626")),
    "5-34": Answer((), ("FCT101", "FCT108")),
    "5-35": Answer((CASE,), ("FCT201",)),
}

_BESIDE: dict[str, tuple[str, ...]] = {
    "2.0": ("FCT301", "FCT302", "FCT303", "FCT309", "FCT310"),
    "2.1": (
        *("FCT106", "FCT107", "FCT109", "FCT208", "FCT209", "FCT214", "FCT405"),
        *("FCT421", "FCT422", "FCT423", "FCT425", "FCT426", "FCT428"),
    ),
    "2.2": ("FCT505", "FCT802"),
    "2.3": ("FCT627", "FCT629", "FCT632"),
    "2.4": ("FCT703", "FCT704", "FCT708", "FCT709", "FCT711", "FCT720", "FCT721", "FCT722"),
    "1": ("FCT901", "FCT902", "FCT903"),
    "3.7": ("FCT931", "FCT933", "FCT934"),
    "3.9": ("FCT932",),
    "3.11": ("FCT951", "FCT952", "FCT953", "FCT955", "FCT956", "FCT957", "FCT958"),
    "3.12": ("FCT905", "FCT906", "FCT907", "FCT908", "FCT909"),
    "3.13": ("FCT911", "FCT912", "FCT913", "FCT914", "FCT924"),
    "3.14": ("FCT921", "FCT922", "FCT923"),
    "3.25": ("FCT971", "FCT972", "FCT973", "FCT974"),
    "3.26": ("FCT964", "FCT965", "FCT966", "FCT967", "FCT968", "FCT969"),
}
"""Rules that rest on what a section tells beside its numbered rules: its tables of fields, its text."""

ROWS: dict[str, Answer] = {**_ANNOUNCEMENT, **_PLAN, **_NOTICE, **_WRITE_UP, **_FAILURES}


def rows() -> set[str]:
    """Return the rows of the reference: `2.1-3`, `5-12`."""
    text = (SHARED / "reference/paperwork.md").read_text(encoding="utf-8")
    found = {f"5-{n}" for n in re.findall(r"^\| (\d+) \|", text.partition("\n## 5. ")[2], re.M)}
    for section, body in re.findall(r"^### (2\.[1-4]) .*?\n(.*?)(?=^##)", text, re.M | re.S):
        rules = re.search(r"\*\*Rules for a validator\*\* — [^:]+:(.*?)\n\n", body, re.S)
        assert rules, section
        numbered = re.findall(r"^(\d+)\. ", rules[1], re.M) or range(1, len(rules[1].split("; ")) + 1)
        found |= {f"{section}-{n}" for n in numbered}
    return found


@pytest.mark.needs("shared")
def test_every_rule_for_facts_is_answered() -> None:
    assert rows() == ROWS.keys()


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_answered_by_rules_and_tests_that_there_are_or_with_a_reason(row: str) -> None:
    answer = ROWS[row]
    assert answer.refused or answer.found or answer.not_made
    assert set(answer.found) <= ruling.every().keys()
    for test in answer.refused:
        module, _, name = test.partition(".")
        assert hasattr(import_module(f"tests.test_{module}"), name), test


def test_every_rule_of_facts_answers_a_row_or_rests_on_what_stands_beside_them() -> None:
    named = {code for answer in ROWS.values() for code in answer.found}
    beside = {code for codes in _BESIDE.values() for code in codes}
    assert {code for code in ruling.every() if code.startswith("FCT")} == {
        code for code in named | beside if code.startswith("FCT")
    }
    assert not named & beside

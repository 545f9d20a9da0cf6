"""Papers that others typed, and papers that LibreOffice saved, are found fault with as ours are, and no more.

What a rule's page calls wrong is turned into the paper of somebody else: its styles called otherwise, or none at all
and everything set by hand, and that opened and saved by LibreOffice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import DEMO, document_of
from tests.foreign import renamed, resaved, typed
from tests.good import built
from tests.good_papers import PAPERS, PROFILE_OF
from tests.text_samples import FRAME, is_role
from xuncha_docs import Case, kinds, render
from xuncha_docs.checks import papers, ruling
from xuncha_docs.checks.profiles import PROFILES
from xuncha_docs.findings import Finding, Rule, Severity
from xuncha_docs.word.drafting import Draft

LAYOUT, TEXT = (
    tuple(rule for code, rule in ruling.every().items() if code.startswith(family)) for family in papers.FAMILIES
)
every_rule_of_layout, every_rule_of_text = (
    pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.code) for rule in rules]) for rules in (LAYOUT, TEXT)
)
FORMS = pytest.mark.parametrize("turned", [typed, renamed])


class Instead(NamedTuple):
    """What is found where it is not what a rule's page names: the codes, and why that is right."""

    codes: frozenset[str]
    why: str


def instead(codes: str, why: str) -> Instead:
    return Instead(frozenset(codes.split()), why)


TYPED: Mapping[str, Instead] = {
    "网格 类型=行和字 字距=-849\n公文标题：对齐网格": instead(
        "GBT112 GBT113", "the default size is no longer 三号, and a grid of characters counts from it"
    ),
}
"""What is found in samples typed into an empty document of Word, where it differs."""

_NO_CHARS = "LibreOffice writes no indents in characters; the lengths beside them are what they are"
SAVED: Mapping[str, Instead] = {
    **TYPED,
    "网格 类型=行和字 字距=-849\n样式Normal：字号=五号\n公文标题：对齐网格": instead(
        "GBT112 GBT113 GBT202 GBT311 GBT501 GBT502 GBT505 GBT511", _NO_CHARS
    ),
    "样式公文正文：首行=2字|无": instead("GBT204 GBT312", _NO_CHARS),
    "每段公文正文：首行=2字|20磅": instead("GBT204", _NO_CHARS),
    "每段页码：字号=五号": instead("GBT703 GBT704", _NO_CHARS),
    "（红头）\n删去：印发": instead("GBT601 GBT605", "LibreOffice takes a table of one cell in a text box to pieces"),
    "（红头）\n删去：页码": instead(
        "GBT108 GBT701 GBT706", "LibreOffice puts a line of the text's height into a footer that has none"
    ),
    "（信函）\n末段空行：下边框=单线 3磅 FF0000": instead(
        "", "LibreOffice makes a text box of a frame in a footer and forgets its line"
    ),
    "在末段公文正文后加：分页\n在末段公文正文后加：空行｜\n删去：附件标签": instead(
        "", "LibreOffice leaves out a break of page that nothing comes after"
    ),
}
"""What is found in the same after LibreOffice saved them, where it differs."""


# --- rules of layout -------------------------------------------------------------------------------------------------


@cache
def of_good(name: str, turned: Callable[[bytes], bytes]) -> frozenset[str]:
    """Return what is found in a good paper in foreign form: what nobody need heed."""
    return codes(turned(PAPERS[name]()), PROFILE_OF[name])


def codes(content: bytes, profile: str) -> frozenset[str]:
    return frozenset(finding.code for finding in findings(content, profile))


def findings(content: bytes, profile: str) -> tuple[Finding, ...]:
    return papers.judge(papers.examined(content, "文书.docx", PROFILES[profile])).findings


def base(text: str) -> str:
    """Return the name of the good paper that a sample begins with."""
    return text.partition("\n")[0].strip("（）") if text.startswith("（") else "普通"


def wrong(rule: Rule) -> Iterator[ruling.Sample]:
    return (sample for sample in ruling.samples(rule.page) if not sample.good)


def wanted(rule: Rule, sample: ruling.Sample, known: Mapping[str, Instead]) -> frozenset[str]:
    """Return the codes that a sample is to be found fault with by."""
    other = known.get(sample.text)
    return frozenset({rule.code}) | sample.others if other is None else other.codes


@FORMS
@every_rule_of_layout
def test_a_fault_of_layout_is_found_in_a_paper_without_our_styles_and_nothing_else_is(
    rule: Rule, turned: Callable[[bytes], bytes]
) -> None:
    for sample in wrong(rule):
        content, profile = built(sample.text)
        expected = wanted(rule, sample, TYPED if turned is typed else {})
        found = codes(turned(content), profile)
        assert found - (of_good(base(sample.text), turned) - expected) == expected, sample.text


@every_rule_of_layout
def test_what_a_page_calls_right_is_right_in_a_paper_without_our_styles(rule: Rule) -> None:
    for sample in ruling.samples(rule.page):
        if sample.good:
            content, profile = built(sample.text)
            judged = papers.examined(typed(content), "文书.docx", PROFILES[profile])
            found = [flaw for check in ruling.checks(rule.code) for flaw in check.find(judged)]
            assert found == [], sample.text


@pytest.mark.needs("office")
def test_the_same_faults_of_layout_are_found_after_libreoffice_saved_the_papers(tmp_path: Path) -> None:
    samples = [(rule, sample) for rule in LAYOUT for sample in wrong(rule)]
    made = {sample.text: built(sample.text) for _, sample in samples}
    good = {name: make() for name, make in PAPERS.items()}
    contents = {text: content for text, (content, _) in made.items()} | good
    saved = resaved({name: typed(content) for name, content in contents.items()}, tmp_path)
    told = {name: codes(saved[name], PROFILE_OF[name]) for name in PAPERS}
    missed = {}
    for rule, sample in samples:
        expected = wanted(rule, sample, SAVED)
        found = codes(saved[sample.text], made[sample.text][1])
        found -= told[base(sample.text)] - expected
        if found != expected:
            missed[sample.text] = (sorted(expected), sorted(found))
    assert missed == {}


def test_every_exception_is_about_a_sample_and_is_needed() -> None:
    samples = {sample.text: (rule, sample) for rule in LAYOUT for sample in wrong(rule)}
    for text, other in SAVED.items():
        assert other.codes != wanted(*samples[text], {})


# --- rules of text ---------------------------------------------------------------------------------------------------

_BODY = "公文正文"
_ORDER = (
    *("份号", "密级", "紧急程度", "发文机关标志", "发文字号", "签发人", "令号", "公文标题", "公文副标题", "主送机关"),
    *(_BODY, "附件说明", "署名", "成文日期", "附注", "附件标签", "抄送", "印发"),
)
"""The roles in the order in which a paper has them; what is not named is of the text."""
_MARK = "发文机关标志｜中共临江县委文件"


def letter(sample: str) -> bytes:
    """Build the paper of `sample_paper` as a .docx, each line where a paper has it."""
    told = [line if is_role(line) else f"{_BODY}｜{line}" for line in sample.split("⏎")]
    heads = {_role(line) for line in told} - {_BODY}
    frame = [line for line in (_MARK, *FRAME) if _role(line) not in heads]
    at = frame.index("")
    lines = [*frame[:at], *(line for line in told if _rank(line) == _ORDER.index(_BODY)), *frame[at + 1 :]]
    lines += [line for line in told if _rank(line) != _ORDER.index(_BODY)]
    draft = Draft(title="通知")
    for line in sorted(lines, key=_rank):
        draft.add(_role(line), line.partition("｜")[2].replace("↵", "\n"))
    return draft.content()


def _role(line: str) -> str:
    return line.partition("｜")[0]


def _rank(line: str) -> int:
    role = "附件标签" if _role(line) == "附件标题" else _role(line)
    return _ORDER.index(role if role in _ORDER else _BODY)


def text_codes(content: bytes) -> set[str]:
    paper = papers.examined(content, "文书.docx", PROFILES["gb9704"])
    return {finding.code for check in ruling.checks("TXT") for finding in check.run(paper, paper.name)}


def test_the_paper_that_samples_of_text_stand_in_is_clean() -> None:
    for turned in (typed, renamed):
        assert text_codes(turned(letter("公文正文｜请认真贯彻执行。"))) == set()


@FORMS
@every_rule_of_text
def test_a_fault_of_text_is_found_in_a_paper_without_our_styles_and_nothing_else_is(
    rule: Rule, turned: Callable[[bytes], bytes]
) -> None:
    for sample in wrong(rule):
        for line in sample.text.splitlines():
            assert text_codes(turned(letter(line))) == {rule.code} | sample.others, line


@pytest.mark.needs("office")
def test_the_same_faults_of_text_are_found_after_libreoffice_saved_the_papers(tmp_path: Path) -> None:
    first = {rule.code: next(wrong(rule)) for rule in TEXT}
    saved = resaved({code: typed(letter(s.text.splitlines()[0])) for code, s in first.items()}, tmp_path)
    for code, sample in first.items():
        assert text_codes(saved[code]) == {code} | sample.others, sample.text


# --- good papers -----------------------------------------------------------------------------------------------------


@cache
def good_papers() -> Mapping[str, tuple[bytes, str]]:
    """Return the good papers, and those of every kind, each with the name of its profile."""
    found = {name: (make(), PROFILE_OF[name]) for name, make in PAPERS.items()}
    case = Case.load(DEMO)
    for kind in kinds.every().values():
        for n, document in enumerate((document_of(kind), *kind.all_from_case(case))):
            paper = render(document)
            found[f"{kind.kind} {n}"] = (paper.content, kind.profile_of(paper.variant))
    return found


def above_info(content: bytes, profile: str) -> list[str]:
    return [str(finding) for finding in findings(content, profile) if finding.severity is not Severity.INFO]


@FORMS
def test_a_good_paper_without_our_styles_has_nothing_above_info(turned: Callable[[bytes], bytes]) -> None:
    for name, (content, profile) in good_papers().items():
        assert above_info(turned(content), profile) == [], name


@pytest.mark.needs("office")
def test_a_good_paper_that_libreoffice_saved_has_nothing_above_info(tmp_path: Path) -> None:
    forms = {
        f"{turned.__name__} {name}": turned(paper)
        for name, (paper, _) in good_papers().items()
        if not name.endswith(" 1")  # one of each kind
        for turned in (typed, renamed)
    }
    for name, content in resaved(forms, tmp_path).items():
        assert above_info(content, good_papers()[name.partition(" ")[2]][1]) == [], name


def test_a_paper_without_our_styles_is_judged_by_the_profile_that_it_shows() -> None:
    for turned in (typed, renamed):
        for name, (content, profile) in good_papers().items():
            assert papers.examined(turned(content), "文书.docx").profile.name == profile, name

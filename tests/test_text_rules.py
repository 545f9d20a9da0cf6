"""Every rule of text fires on what its page calls wrong and on nothing else; what papers really say is let pass."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES
from tests.text_samples import BAD, FRAME, GOOD, REALISTIC, ROWS, judged, sample_paper
from xuncha_docs import kinds, render
from xuncha_docs.checks import ruling
from xuncha_docs.checks import text as text_rules
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.papers import examined
from xuncha_docs.checks.profiles import PROFILES
from xuncha_docs.checks.text.reading import NO_PROSE, each_line, issuer, lines, without_code
from xuncha_docs.checks.text.reading import found as found_in
from xuncha_docs.findings import Finding, Rule, Severity, Strength
from xuncha_docs.inputs import read
from xuncha_docs.word.layout import Format, Layout, Run
from xuncha_docs.word.roles import Role

REFERENCE = Path(__file__).parents[2] / "shared" / "reference" / "gb9704.md"

CHECKS = tuple(ruling.checks("TXT"))
OURS = tuple(check for check in CHECKS if check.rule.code[3] in "123")
"""The rules of numbers, figures and marks."""

every_rule = pytest.mark.parametrize("rule", [pytest.param(c.rule, id=c.rule.code) for c in CHECKS])


def found(paper: Judged) -> list[Finding]:
    return [finding for check in CHECKS for finding in check.run(paper, paper.name)]


def told(sample: str, code: str) -> list[Finding]:
    """Return what one rule finds in a good paper with a sample in it."""
    return [finding for finding in found(sample_paper(sample)) if finding.code == code]


def codes(sample: str) -> set[str]:
    return {finding.code for finding in found(sample_paper(sample))}


# --- the pages -----------------------------------------------------------------------------------------------------


@every_rule
def test_a_rule_finds_each_line_that_its_page_calls_wrong_and_nothing_else_is_found_there(rule: Rule) -> None:
    wrong = [sample for sample in ruling.samples(rule.page) if not sample.good]
    assert wrong
    for sample in wrong:
        for line in sample.text.splitlines():
            assert codes(line) == {rule.code} | sample.others, line


@every_rule
def test_a_rule_finds_nothing_in_a_line_that_its_page_calls_right(rule: Rule) -> None:
    right = [line for sample in ruling.samples(rule.page) if sample.good for line in sample.text.splitlines()]
    assert right
    for line in right:
        assert rule.code not in codes(line), line


@every_rule
def test_a_page_says_what_is_wrong_and_why_and_on_what_it_rests(rule: Rule) -> None:
    assert rule.summary.endswith("。")
    assert re.search(r"^为什么：.+", rule.page, re.M)
    assert rule.since
    assert rule.strength is not None
    assert rule.clause is not None or rule.strength is Strength.PRACTICE


@every_rule
def test_a_finding_says_what_to_do_and_never_calls_practice_a_rule_of_the_standard(rule: Rule) -> None:
    for sample in ruling.samples(rule.page):
        for line in () if sample.good else sample.text.splitlines():
            for finding in told(line, rule.code):
                assert finding.message.endswith("。"), finding.message
                assert finding.cure
                assert finding.cure.endswith("。"), finding.cure
                assert finding.place.paragraph is not None
                assert "国标规定" not in finding.message + finding.cure


def test_every_rule_of_text_belongs_to_a_chapter() -> None:
    assert {check.rule.code[:4] for check in CHECKS} == set(text_rules.CHAPTERS)


# --- the reference -------------------------------------------------------------------------------------------------

bad = [pytest.param(code, sample, id=f"{code}-{sample}") for code, samples in BAD.items() for sample in samples]
good = [pytest.param(code, sample, id=f"{code}-{sample}") for code, samples in GOOD.items() for sample in samples]


@pytest.mark.parametrize(("code", "sample"), bad)
def test_what_the_reference_calls_wrong_is_found(code: str, sample: str) -> None:
    assert told(sample, code)


@pytest.mark.parametrize(("code", "sample"), good)
def test_what_the_reference_calls_right_is_not_found(code: str, sample: str) -> None:
    assert not told(sample, code)


@pytest.mark.needs("shared")
def test_every_row_of_the_reference_is_answered() -> None:
    table = REFERENCE.read_text(encoding="utf-8").partition("### 5.1 Table")[2].partition("### 5.2")[0]
    assert set(re.findall(r"^\| (TXT-[A-Z-]+) \|", table, re.M)) == set(ROWS)
    known = ruling.every()
    for answer in ROWS.values():
        assert answer in known or not re.match("[A-Z]{3}", answer), answer


OTHERS_FIND = {"抄送:办公室"}
"""The colon of 抄送 has a rule of its own."""


@pytest.mark.needs("shared")
def test_the_examples_of_the_reference_are_all_among_ours() -> None:
    block = REFERENCE.read_text(encoding="utf-8").partition("### 5.2")[2].partition("```yaml\n")[2].partition("```")[0]
    for entry in yaml.safe_load(re.sub(r"^  re: .*$", "", block, flags=re.M)):
        code = ROWS[entry["id"]]
        if code in BAD:
            assert set(entry["bad"]) - OTHERS_FIND <= {sample.rpartition("｜")[2] for sample in BAD[code]}
            assert set(entry["good"]) <= {sample.rpartition("｜")[2] for sample in GOOD[code]}


# --- what papers really say ----------------------------------------------------------------------------------------


def test_the_paper_that_samples_stand_in_is_clean() -> None:
    assert found(judged(line for line in FRAME if line)) == []


@pytest.mark.parametrize("line", REALISTIC)
def test_what_papers_really_say_is_let_pass(line: str) -> None:
    assert [str(f) for f in found(sample_paper(line)) if f.severity is not Severity.INFO] == []
    assert [str(f) for check in OURS for f in check.run(sample_paper(line), "sample.docx")] == []


DEMO = Path(kinds.__file__).parent.parent / "demo.yaml"


@pytest.mark.parametrize("path", [*sorted(EXAMPLES.glob("*.yaml")), DEMO], ids=lambda path: path.stem)
def test_nothing_in_the_text_of_our_own_papers_is_found_fault_with(path: Path) -> None:
    for document in kinds.documents(read(path)):
        assert [str(f) for f in found(examined(render(document).content, path.name))] == []


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "golden").glob("*.txt")), ids=lambda path: path.stem)
def test_the_golden_texts_are_clean_of_slips(path: Path) -> None:
    said = [line.partition("｜")[2] for line in path.read_text(encoding="utf-8").splitlines()]
    paper = judged(f"公文正文｜{line}" for line in said if line)
    assert [str(f) for check in OURS for f in check.run(paper, path.name)] == []


# --- how much it matters -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sample", "code", "severity"),
    [
        ("发文字号｜临委巡办[2025]7号", "TXT101", Severity.ERROR),
        ("编号｜临委巡三组立改[2025]1号", "TXT101", Severity.ERROR),
        ("签发人｜临委巡办[2025]7号　　签发人：张某某", "TXT101", Severity.ERROR),
        ("密级｜秘密★1年　　临委巡办函[2025]7号", "TXT101", Severity.ERROR),
        ("按照临委巡办[2025]6号文件执行。", "TXT101", Severity.WARNING),
        ("《关于巡察的通知》（临政办发[2025]6号）", "TXT101", Severity.INFO),
        ("《关于巡察的通知》（临委巡办[2025]6号）", "TXT101", Severity.WARNING),
        ("《关于巡察的通知》（临政办发〔2025〕06号）", "TXT103", Severity.INFO),
        ("《关于巡察的通知》（临政办发〔25〕6号）", "TXT104", Severity.INFO),
        ("发文字号｜临委巡办〔2025〕第7号", "TXT102", Severity.ERROR),
        ("按照临委巡办〔2025〕第6号文件执行。", "TXT102", Severity.ERROR),
        ("按照水罚字〔2025〕第6号决定执行。", "TXT102", Severity.INFO),
        ("成文日期｜2025年03月24日", "TXT106", Severity.ERROR),
        ("印发｜中共临江县委办公室　　2025年7月01日印发", "TXT106", Severity.ERROR),
        ("请于2025年03月24日前报送。", "TXT106", Severity.WARNING),
        ("表格文字｜2025年03月24日", "TXT106", Severity.INFO),
        ("成文日期｜2025.3.24", "TXT111", Severity.ERROR),
        ("2025.3.24召开动员会。", "TXT111", Severity.WARNING),
        ("表格文字｜2025.3.24", "TXT111", Severity.INFO),
    ],
)
def test_where_a_slip_stands_says_how_much_it_matters(sample: str, code: str, severity: Severity) -> None:
    assert [finding.severity for finding in told(sample, code)] == [severity]


def test_a_command_may_keep_its_date_in_chinese_numerals() -> None:
    told = [line for line in FRAME if line and not line.startswith("成文日期")]
    paper = judged([*told, "成文日期｜二〇二五年七月一日"], "command")
    assert {f.code: f.severity for f in found(paper)}["TXT107"] is Severity.WARNING


# --- the cure says what is right -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sample", "code", "right"),
    [
        ("党巡发[2025]第03号", "TXT101", "〔2025〕3号"),
        ("发文字号｜党巡发（25）3号", "TXT101", "〔2025〕3号"),
        ("党巡发〔25〕第03号", "TXT104", "〔2025〕3号"),
        ("2025年03月04日", "TXT106", "2025年3月4日"),
        ("成文日期｜二○二五年十月二十一日", "TXT107", "2025年10月21日"),
        ("二○二五年", "TXT108", "二〇二五"),
        ("2025、03、04", "TXT111", "2025年3月4日"),
        ("98年3月", "TXT112", "1998年"),
        ("２０２５年", "TXT201", "2025"),
        ("15-30%", "TXT202", "15%～30%"),
        ("9～16万元", "TXT203", "9万元～16万元"),
        ("2023-2025年", "TXT204", "2023—2025年"),
        ("增长．5", "TXT206", "0.5"),
        ("公司(以下简称公司)", "TXT302", "（以下简称公司）"),
    ],
)
def test_the_cure_writes_it_as_it_should_be(sample: str, code: str, right: str) -> None:
    (finding,) = told(sample, code)
    assert right in (finding.cure or "")


def test_slips_of_the_keyboard_are_told_once_a_paragraph_with_how_many() -> None:
    (finding,) = told("各单位,请注意:一是学习;二是落实.", "TXT301")
    assert "这一段共4处" in finding.message


def test_where_the_words_stand_is_shown() -> None:
    (finding,) = told("请于2025年03月24日前报送。", "TXT106")
    assert finding.place.snippet == "请于▶2025年03月24日◀前报送。"


# --- what is right, though it looks wrong --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("《甲》（临政发〔2019〕3号）", "TXT101"),
        ("（2025）临0101民初12号", "TXT101"),
        ("电话：2025.1234567", "TXT111"),
        ("版本2025.3.24.1", "TXT111"),
        ("报告2025.3.24.docx", "TXT111"),
        ("满10年3月", "TXT112"),
        ("编号A-15-30%", "TXT202"),
        ("临江-15万亩", "TXT203"),
        ("No.5", "TXT206"),
        ("（一）.5", "TXT206"),
        ("一、二年级", "TXT208"),
        ("见工作方案.docx", "TXT301"),
        ("配比为三:二", "TXT301"),
        ("http://a.linjiang.example/中(1)", "TXT303"),
        ('21"显示器', "TXT303"),
        ("21”显示器", "TXT305"),
        ("1）学习；2）落实", "TXT305"),
        ("（见附件 1）", "TXT305"),
        ("‘it’s good’", "TXT305"),
        ("抄送:县委组织部。", "TXT301"),
        ("请稍等……", "TXT307"),
        ("工作总结.......12", "TXT306"),
        ("公司—学校", "TXT308"),
        ("真的？！", "TXT309"),
        ("登记、等候", "TXT310"),
    ],
)
def test_what_only_looks_wrong_is_let_pass(text: str, code: str) -> None:
    assert not told(text, code)


def test_a_quotation_of_several_paragraphs_closes_with_the_last() -> None:
    assert codes("引文｜“甲。⏎引文｜“乙。⏎引文｜“丙。”") == set()
    assert codes("引文｜“甲。⏎引文｜乙。⏎引文｜“丙。”") == {"TXT305"}


def test_brackets_within_a_cell_may_be_of_two_paragraphs_and_not_of_two_cells() -> None:
    paper = judged(["表格文字｜整改情况（第一项，", "表格文字｜第二项）"])
    one, two = paper.layout.paragraphs

    def at(*cells: int) -> Judged:
        placed = tuple(
            replace(p, place=replace(p.place, table=1, row=1, cell=cell, paragraph=n))
            for n, (p, cell) in enumerate(zip((one, two), cells, strict=True), 1)
        )
        built = Judged("a.docx", Layout(paragraphs=placed), paper.profile)
        built.__dict__["played"] = paper.played
        return built

    assert found(at(1, 1)) == []
    assert {f.code for f in found(at(1, 2))} == {"TXT305"}


# --- how a paper is read -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("见https://a.linjiang.example/x?y=1,请", "https://a.linjiang.example/x?y=1"),
        ("邮箱xuncha3@linjiang.example。", "xuncha3@linjiang.example"),
        ("附件1.docx,请", "1.docx"),
        ("{{单位.名称}}，", "{{单位.名称}}"),
        ("见www.linjiang.example；", "www.linjiang.example"),
        ("依据GB/T 9704.", ""),
        ("第1.2条，2025.3.24", ""),
    ],
)
def test_addresses_and_code_are_no_prose(text: str, hidden: str) -> None:
    kept = without_code(text)
    assert len(kept) == len(text)
    assert "".join(a for a, b in zip(text, kept, strict=True) if b == NO_PROSE) == hidden


def test_page_numbers_are_not_read() -> None:
    paper = judged(["公文正文｜好。", "页码｜- 1 -"])
    assert [line.text for line in lines(paper)] == ["好。"]


def test_a_number_cited_after_a_title_is_known_unless_it_is_one_of_ours() -> None:
    paper = judged(["发文字号｜临委巡办〔2025〕7号", "公文正文｜《甲》（临政发[2025]1号）《乙》（临委巡办[2025]2号）"])
    (line,) = lines(paper, Role.BODY)
    assert [line.text[start:end] for start, end in line.cited] == ["（临政发[2025]1号）"]
    assert issuer("临委巡办〔2025〕7号") == "临委巡办"
    assert issuer("秘密★1年　　临委巡办函[2025]7号") == "临委巡办函"
    assert issuer("〔2025〕7号") == ""


def test_what_each_line_has_is_counted() -> None:
    paper = judged(["公文正文｜甲甲乙", "公文正文｜乙", "公文正文｜甲"])
    assert [(at.line.text, count) for at, count in each_line(found_in(paper, re.compile("甲")))] == [
        ("甲甲乙", "，这一段共2处"),
        ("甲", ""),
    ]


# --- bad input is the normal case ----------------------------------------------------------------------------------

ODD = st.text(
    "一二十的县委月日年号第〔〕[]（）()《》〈〉“”‘’\"'「」、，。：；:,.！？…—-～~0１12五% 等几个百○{}A\t\n　",
    max_size=80,
)


@given(
    st.lists(st.tuples(st.sampled_from(Role), ODD | st.text(max_size=30)), max_size=8),
    st.sampled_from(sorted(PROFILES)),
)
@settings(max_examples=200, deadline=None)
def test_no_text_is_too_odd_for_any_rule(told: list[tuple[Role, str]], profile: str) -> None:
    for finding in found(judged((f"{role.value}｜{text}" for role, text in told), profile)):
        assert finding.message
        assert finding.cure


@given(ODD)
@settings(max_examples=200, deadline=None)
def test_the_runs_that_a_text_is_split_into_make_no_difference(text: str) -> None:
    whole = judged([f"公文正文｜{text}"])
    if not text:
        return
    runs = tuple(Run(char, Format(bold=n % 2 == 0), n) for n, char in enumerate(text))
    split = Judged("sample.docx", Layout(paragraphs=(replace(whole.layout.paragraphs[0], runs=runs),)), whole.profile)
    split.__dict__["played"] = whole.played
    assert found(split) == found(whole)


LONG = re.split(
    "¦",
    "的¦1¦ ¦〔¦[2025]¦〔2025〕¦〔 ¦（2025¦[¦年0¦2025年¦03月¦二〇¦一0¦一¦〇¦2025.¦25年¦３¦15～¦1.¦13～1¦2023-¦1 ¦~¦."
    '¦1百¦一、二¦3、4¦1几¦,¦的,¦的.¦(¦(的¦的(¦"¦\'¦"的¦「¦「的¦“¦”¦（¦）¦（）¦“（¦《¦《的¦》、《¦…¦等…¦…等¦...¦。'
    "¦·¦-¦的-¦——¦–¦一一¦，，¦、¦、等¦https://¦a@¦a.¦{{¦{%¦`¦号 ¦ 号¦》（甲〔¦12/¦甲 〔¦的　¦\n¦一，\n¦1 \n",
)


@pytest.mark.parametrize("piece", LONG)
def test_no_line_however_long_keeps_a_rule_busy_for_a_second(piece: str) -> None:
    for text in (piece * (100_000 // len(piece)), f"“（《年{piece * (10_000 // len(piece))}号日》）”"):
        paper = judged([f"公文正文｜{text}"])
        tuple(lines(paper))
        for check in OURS:
            started = time.process_time()
            finds = sum(1 for _ in islice(check.find(paper), 5_000))
            assert time.process_time() - started < 1 + finds / 10_000, check.rule.code

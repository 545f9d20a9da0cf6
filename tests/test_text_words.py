"""The rules TXT4 to TXT7 on the examples of the reference, on real ways of writing, and on what nobody writes."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES
from tests.text_samples import judged, sample_paper
from xuncha_docs import kinds, legal, render
from xuncha_docs.checks import ruling
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.papers import examined
from xuncha_docs.checks.profiles import PROFILES
from xuncha_docs.findings import Finding, Severity
from xuncha_docs.inputs import read
from xuncha_docs.word.layout import Format, Layout, Numbering
from xuncha_docs.word.roles import Role

CHECKS = tuple(check for check in ruling.checks("TXT") if check.rule.code[3] in "4567")


def found(paper: Judged) -> list[Finding]:
    return [finding for check in CHECKS for finding in check.run(paper, paper.name)]


def codes(sample: str) -> set[str]:
    return {finding.code for finding in found(sample_paper(sample))}


# --- the examples of reference 5.2 ---------------------------------------------------------------------------------

TITLE, LIST, LEVEL = "公文标题｜", "附件说明｜", "一级标题｜"

REFERENCE = {
    "TXT401": ("一，总体要求 二.工作安排 三．组织领导", "一、总体要求 一是加强领导"),
    "TXT402": ("1、开展自查 1．开展自查 2）开展自查", "1.开展自查 2025年以来 10个单位"),
    "TXT403": ("（一）、总体要求 （1）.开展自查 (二)，安排", "（一）总体要求"),
    "TXT404": ("⑴开展自查 ㈠总体要求 ⒈开展", "（1）开展自查 ①开展"),
    "TXT405": ("第一、提高认识 首先、提高认识", "第一，提高认识 第一、二巡察组"),
    "TXT406": ("一是，提高认识", "一是提高认识"),
    "TXT407": ("第一章、总则 第三条：", "第一章　总则 第三条␣本办法"),
    "TXT410": (f"{TITLE}关于开展巡察工作的通知。 {LEVEL}一、总体要求。", f"{TITLE}关于开展巡察工作的通知"),
    "TXT501": (
        f"{LIST}附件：1.巡察工作安排表。 {LIST}2.巡察组名单；",
        f"{LIST}附件：1.巡察工作安排表 {LIST}2.巡察组名单",
    ),
    "TXT502": (
        f"{LIST}附件：一、安排表 {LIST}附件：1、安排表 {LIST}附件：1．安排表",
        f"{LIST}附件：1.安排表 {LIST}附件：安排表",
    ),
    "TXT503": (f"{LIST}附件:1.安排表", f"{LIST}附件：1.安排表 附件1"),
    "TXT508": ("抄送｜抄送:办公室。 抄送｜抄报：集团党委。", "抄送｜抄送：办公室。"),
    "TXT510": ("签发人｜签发人:张三 签发人｜签发：张三", "签发人｜签发人：张三"),
    "TXT512": (
        "密级｜机密☆1年 密级｜机密␣★1年 密级｜机密★一年 密级｜秘密★␣6个月 密级｜绝密★（30年）",
        "密级｜机密★1年 密级｜秘密★6个月 密级｜绝密★长期",
    ),
    "TXT513": ("密级｜工作秘密★1年 密级｜内部★长期", "密级｜内部资料␣注意保存"),
    "TXT514": ("紧急程度｜急件 紧急程度｜特急件", "紧急程度｜特急 紧急程度｜加急"),
    "TXT601": ("主题词：巡察␣通知", "主题教育"),
    "TXT602": ("（此页无正文）", "正文"),
    "TXT604": ("巡察␣公告内容", "巡察公告"),
    "TXT606": ("××公司党委 XX党委 {{org}} 【待补】 ____年", "公司党委"),
}
"""What section 5.2 of the reference gives as bad and as good, parted by blanks; ␣ is a blank."""

EXAMPLES_OF_REFERENCE = [
    pytest.param(code, sample.replace("␣", " "), wrong, id=f"{code}-{sample}")
    for code, both in REFERENCE.items()
    for wrong, samples in zip((True, False), both, strict=True)
    for sample in samples.split(" ")
]


@pytest.mark.parametrize(("code", "sample", "wrong"), EXAMPLES_OF_REFERENCE)
def test_what_the_reference_calls_wrong_is_found_and_what_it_calls_right_is_not(
    code: str, sample: str, wrong: bool
) -> None:
    assert (code in codes(sample)) is wrong


def test_a_typed_indent_is_told_by_the_rule_of_layout_alone() -> None:
    for sample in ("公文正文｜　　根据安排", "公文正文｜    根据安排"):
        paper = sample_paper(sample)
        told = {
            f.code for family in ("GBT209", "TXT6") for check in ruling.checks(family) for f in check.run(paper, "x")
        }
        assert told == {"GBT209"}


# --- right papers --------------------------------------------------------------------------------------------------

DEMO = Path(kinds.__file__).parent.parent / "demo.yaml"


@pytest.mark.parametrize("path", [*sorted(EXAMPLES.glob("*.yaml")), DEMO], ids=lambda path: path.stem)
def test_our_own_papers_have_no_such_fault(path: Path) -> None:
    for document in kinds.documents(read(path)):
        assert found(examined(render(document).content, path.name)) == []


RIGHT = """
公文标题｜关于十四届临江县委第八轮巡察整改进展情况的通报
根据县委统一部署，2025年7月1日至8月29日，县委第三巡察组对县水利局党组开展了常规巡察。
认真学习贯彻关于巡视工作的重要论述，全面贯彻巡视工作方针，落实全国巡视工作会议精神，坚守政治巡察定位。
县水利局党组对照省委巡视、市委巡察和县委巡察反馈的问题，建立台账，逐项销号。
根据省委巡视反馈意见，县委成立县委巡视整改工作领导小组，研究县委巡视整改方案。
省委第五巡视组向被巡视党组织反馈意见，并对3个县进行巡视“回头看”。
推进巡视巡察上下联动，用好省委巡视成果，县委巡察办接受省委巡视办指导。
集团党委巡察办一名参加省委第八轮第一批次巡视的同志介绍了经验。
水库值班人员每日巡查两次，巡查记录有涂改；河长制巡河巡查不到位，防汛巡查责任未落实。
被巡察单位物业巡查制度不健全，夜间巡查无人值守，镇安监站日常巡查流于形式。
县安委会第二巡查组通报了消防安全巡查情况，并对网格员巡查作出安排。
一级标题｜一、整改工作组织领导情况
二级标题｜（一）主动认领问题
面对一盒一盒的资料，大家一页一页翻阅，一件一件核对，研究研究再定，实实在在为群众解决急难愁盼问题。
为了了解真实情况，巡察组走访与会人员，以解决问题为目的的座谈开了三次，涉及及时处理的事项当场交办。
不了了之的问题要重新办理，现在在建工程3项，暖暖和和过冬的承诺要兑现。
县水利局党组党组书记负总责，县委办公室办公室主任协调，支队支队长落实。
二〇二〇年以来，党中央中央军委的决策部署得到落实，谁来监督监督者的问题有了答案。
二级标题｜（二）细化整改措施
三级标题｜1.完善制度
三级标题｜2.加强培训
一级标题｜二、下一步打算
深入学习《中国共产党纪律处分条例》《中国共产党廉洁自律准则》《中国共产党党组工作条例》《中国共产党宣传工作条例》。
执行《中国共产党巡视工作条例》（以下简称《条例》）、《关于市县党委建立巡察制度的实施意见》和《信访工作条例》。
参照《中央巡视工作规划（2018—2022年）》《临江省委巡视工作规划（2023—2027年）》《十四届县委巡察工作规划（2023—2027年）》。
请各单位于2025年9月30日前报送以下3项材料：
1.整改工作总结；
2.“三重一大”决策会议记录；
3.巡视、巡察、审计反馈问题整改台账。
坚持三个到位：一是认识到位；二是措施到位；三是责任到位。
巡察组值班电话：0600-8000003，可拨打138××××0000反映；联系人：王某某 联系电话：0600-8000021。
9:00—11:30接待来访，3、4月间已走访30户，灌溉面积120平方米、耕地30亩。
第三条 本办法自印发之日起施行。
附件说明｜附件：1.整改台账（试行）
附件说明｜2.责任清单
署名｜中共临江县委巡察工作领导小组办公室
成文日期｜2025年9月5日
附注｜（此件公开发布）
附件标签｜附件1
附件标题｜整改台账（试行）
表格文字｜签字：______
表格文字｜紧急
附件标签｜附件 2
附件标题｜责任
附件标题｜清单
""".strip().splitlines()


@pytest.mark.parametrize("profile", ["gb9704", "ordinary"])
def test_nothing_is_found_in_a_paper_that_says_what_papers_say(profile: str) -> None:
    told = (line if "｜" in line else f"公文正文｜{line}" for line in RIGHT)
    assert [str(finding) for finding in found(judged(told, profile))] == []


# --- order ---------------------------------------------------------------------------------------------------------


def numbered(*told: tuple[str, str]) -> Judged:
    """Build a paper whose paragraphs Word numbers."""
    paper = judged(f"公文正文｜{text}" for _, text in told)
    paragraphs = tuple(
        replace(
            p,
            number=Numbering(
                text="%1、", sort="chineseCounting", level=1, after="nothing", format=Format(), printed=said
            ),
        )
        for p, (said, _) in zip(paper.layout.paragraphs, told, strict=True)
    )
    built = Judged(paper.name, Layout(paragraphs=paragraphs), paper.profile)
    built.__dict__["played"] = paper.played
    return built


def test_numbers_of_word_count_like_typed_ones() -> None:
    assert found(numbered(("一、", "要求"), ("二、", "安排"))) == []
    assert [f.code for f in found(numbered(("一、", "要求"), ("三、", "安排")))] == ["TXT409"]


def test_numbers_that_cannot_be_read_are_not_counted() -> None:
    assert found(numbered(("", "一、要求"), ("", "三、安排"))) == []


def test_a_list_may_stand_within_a_list_of_the_same_form() -> None:
    told = ("1.收集资料。", "2.制定方案：", "1.列明任务；", "2.列明时限。", "3.进驻。")
    assert codes("⏎".join(told)) == set()


def test_numbers_begin_anew_in_an_annex() -> None:
    told = (
        "一级标题｜一、要求",
        "一级标题｜二、安排",
        "附件说明｜附件：方案",
        "附件标签｜附件",
        "附件标题｜方案",
        "一级标题｜一、目标",
        "细。",
    )
    assert "TXT409" not in codes("⏎".join(told))


def test_a_title_of_several_lines_ends_with_the_last() -> None:
    assert codes("公文标题｜中共临江县委办公室、⏎公文标题｜临江县人民政府办公室关于巡察的通知") == set()


# --- parts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sample", "told"),
    [
        ("附件说明｜附件：巡察组名单⏎附件标签｜附件1⏎附件标题｜巡察组名单", "没有编序号"),
        ("附件说明｜附件：1.名单⏎附件说明｜2.分工⏎附件标签｜附件⏎附件标题｜名单", "没有写序号"),
        ("附件说明｜附件：1.名单⏎附件说明｜2.分工⏎附件标签｜附件3⏎附件标题｜名单", "没有附件3"),
        ("附件说明｜附件：1.名单⏎附件说明｜2.分工⏎附件标签｜附件1⏎附件标题｜名单", "后面没有附上"),
        ("附件说明｜附件：名单⏎附件标签｜附件⏎附件标题｜分工", "附件标题是“分工”"),
    ],
)
def test_an_annex_unlike_its_mention_is_told_by_what_differs(sample: str, told: str) -> None:
    assert any(told in f.message for f in found(sample_paper(sample)) if f.code == "TXT505")


@pytest.mark.parametrize(
    "sample",
    [
        "附件说明｜附件：《巡察组 名单》⏎附件标签｜附件⏎附件标题｜巡察组名单",
        "附件说明｜附件：巡察组名单(试行)⏎附件标签｜附件⏎附件标题｜巡察组⏎附件标题｜名单（试行）",
        "附件说明｜附件：1.巡察组↵　　2.分工⏎附件标签｜附件2⏎附件标题｜分工⏎附件标签｜附件1⏎附件标题｜巡察组",
        "附件说明｜附件：关于建立巡察工作⏎附件说明｜联络机制的方案⏎附件标签｜附件⏎附件标题｜关于建立巡察工作联络机制的方案",
        "附件说明｜附件：1.名单⏎附件说明｜2.分工",
    ],
)
def test_blanks_widths_and_lines_do_not_make_another_annex(sample: str) -> None:
    assert "TXT505" not in codes(sample)


def test_a_file_that_is_an_annex_by_itself_needs_no_mention() -> None:
    assert found(judged(["附件标签｜附件1", "附件标题｜名单", "公文正文｜见下表。"], "ordinary")) == []


def test_a_form_may_leave_lines_to_write_on() -> None:
    told = [
        "公文标题｜谈话记录",
        "公文正文｜时间：____年____月____日",
        "公文正文｜（填写谈话人）",
        "公文正文｜　　年　　月　　日",
    ]
    assert found(judged(told, "form")) == []
    assert {f.code for f in found(judged(told, "ordinary"))} == {"TXT606"}


# --- words ---------------------------------------------------------------------------------------------------------


def test_placeholders_are_errors_in_a_final_paper_and_information_in_a_draft() -> None:
    final = sample_paper("××公司党委{{ 单位 }}____年")
    draft = Judged(final.name, final.layout, PROFILES["gb9704"], draft=True)
    draft.__dict__["played"] = final.played
    assert {f.severity for f in found(final)} == {Severity.ERROR}
    assert {f.severity for f in found(draft)} == {Severity.INFO}


@pytest.mark.parametrize(
    "text", ["XXL号", "第X光机", "2×3米", "138××××0000", "https://linjiang.example/XX", "待遇保障【待遇】"]
)
def test_what_looks_like_a_placeholder_and_is_none_passes(text: str) -> None:
    assert "TXT606" not in codes(text)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("县委第三巡视组进驻。", False),
        ("区委巡视办印发通知。", False),
        ("校党委第二巡视组开展谈话。", False),
        ("市委第三巡视组到县里开展交叉巡察。", False),
        ("上海市委第三巡视组进驻。", True),
        ("自治区委第三巡视组进驻。", True),
        ("省委巡视组进驻县委。", True),
        ("市委巡视整改任务已完成。", True),
        ("一级巡视员王某某参加。", True),
        ("集团党委第一巡视组进驻。", False),
        ("集团党组巡视组进驻。", True),
    ],
)
def test_who_inspects_decides_the_word(text: str, right: bool) -> None:
    assert ("TXT609" not in codes(text)) is right


def test_a_paper_of_a_province_keeps_its_word() -> None:
    told = [
        "公文标题｜临江省委第五巡视组关于巡视临江市的公告",
        "公文正文｜被巡视党组织要配合，巡视期间设立信箱，本轮巡视历时两个月。",
    ]
    assert found(judged(told)) == []


def test_patrol_is_told_where_the_paper_inspects() -> None:
    assert "TXT608" in codes("本轮巡查发现的问题，巡察后通报。")
    assert found(judged(["公文正文｜本轮巡查发现3处渗漏。"], "ordinary")) == []


# --- laws ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("law", legal.LAWS, ids=str)
def test_a_rule_of_the_register_is_right_and_one_letter_more_or_less_is_told(law: legal.Law) -> None:
    at = 3
    assert "TXT701" not in codes(f"根据{law}办理。")
    for wrong in (law.title[:at] + law.title[at + 1 :], law.title[:at] + "大" + law.title[at:]):
        if len(law.title) > 8:
            told = [f for f in found(sample_paper(f"根据《{wrong}》办理。")) if f.code == "TXT701"]
            assert [f.severity for f in told] == [Severity.WARNING if law.verified else Severity.INFO]
            assert str(law) in (told[0].cure or "")


@pytest.mark.parametrize(
    "title",
    [
        *(
            "中国共产党党组工作条例",
            "中国共产党支部工作条例（试行）",
            "中国共产党统一战线工作条例",
            "条例",
            "巡察工作手册",
        ),
        *("中国共产党纪律检查机关监督执纪工作规则", "中国共产党党员权利保障条例", "中国共产党党务公开条例（试行）"),
        *("临江县委贯彻〈中国共产党巡视工作条例〉实施办法", "关于加强巡视整改和成果运用的实施意见", "信访工作条例"),
        *("中国共产党章程修正案", "中国共产党巡视工作条例（2024年修订）", "中央巡视工作规划（2018—2022年）"),
    ],
)
def test_another_rule_is_no_slip(title: str) -> None:
    assert "TXT701" not in codes(f"根据《{title}》办理。")


# --- what nobody writes --------------------------------------------------------------------------------------------

ODD = st.text(
    "一二十百百人组委县市省巡视察查第轮附件抄送签发机密秘★年月日是的了〔〕（）《》“”、，。：；:,.1０12×X_{}% \t\n　待",
    max_size=60,
)


@given(st.lists(st.tuples(st.sampled_from(Role), ODD), max_size=12), st.sampled_from(sorted(PROFILES)))
@settings(max_examples=150, deadline=None)
def test_no_text_is_too_odd_for_the_rules(told: list[tuple[Role, str]], profile: str) -> None:
    found(judged((f"{role.value}｜{text}" for role, text in told), profile))


LONG = (
    *(
        "的",
        " ",
        "巡查",
        "巡视",
        "县委第三",
        "一二三",
        "某某 ",
        "〔",
        "{{",
        "附件",
        "签 发 人 ",
        "以下三项：",
        "三项：一是",
        "××",
    ),
    *(
        "《中国共产党",
        "巡察巡察",
        "\n　　",
        "机密 ",
        "关于的",
        "（一）、",
        "1、",
        "抄 送 ",
        "2025年 ",
        "第一、",
        "（",
        "“",
        "。 ",
    ),
)


@pytest.mark.parametrize("piece", LONG)
def test_a_long_odd_line_takes_no_longer_than_its_length(piece: str) -> None:
    text = piece * (6_000 // len(piece))
    roles = (Role.BODY, Role.TITLE, Role.ANNEX_LIST, Role.COPIED_TO, Role.PRINTED, Role.ISSUER, Role.SECRECY)
    started = time.process_time()
    found(judged([f"{role.value}｜{text}" for role in roles]))
    assert time.process_time() - started < 4


def test_a_long_paper_takes_time_in_proportion() -> None:
    told = [f"公文正文｜{n % 90 + 2}.以下三项工作：坚持“五个坚持”，县委巡察组巡察。" for n in range(4000)]
    heads = [f"一级标题｜五、做到“五个坚持”{n}" for n in range(1500)]
    started = time.process_time()
    found(judged([*told, *heads]))
    assert time.process_time() - started < 8

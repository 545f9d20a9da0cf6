"""Where titles, headings, annexes and signatures stand, worked out from what a paper says: what samples don't show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from xuncha_docs import chinese
from xuncha_docs import gb9704 as gb
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.layout import closing, genre, levels, title
from xuncha_docs.checks.profiles import PROFILES
from xuncha_docs.checks.ruling import Check, Flaw
from xuncha_docs.findings import Place, Severity
from xuncha_docs.word.layout import Format, Layout, Line, Paragraph, Run, Section, Shape
from xuncha_docs.word.roles import Played, Role

_PAGE = Section(top=2098, bottom=1984, left=1588, right=1474)
_TEXT = Format(font="仿宋_GB2312", latin="仿宋_GB2312", size=32, tracking=-5)


def line(role: Role, text: str = "", **said: object) -> Paragraph:
    """Make a paragraph that plays a role, as our styles have it."""
    runs = (Run(text, _TEXT),) if text else ()
    made = Paragraph(place=Place(), style=role.value, runs=runs, align="both", line=579, line_rule="exact")
    return replace(made, **said)  # type: ignore[arg-type]  # the fields of a paragraph by their names


def paper(*paragraphs: Paragraph, profile: str = "gb9704", shapes: tuple[Shape, ...] = ()) -> Judged:
    """Put paragraphs on a page, each with the role that its style names."""
    ordered = tuple(replace(p, order=n) for n, p in enumerate(paragraphs))
    judged = Judged("文书.docx", Layout(paragraphs=ordered, sections=(_PAGE,), shapes=shapes), PROFILES[profile])
    judged.__dict__["played"] = {p.order: Played(Role(p.style)) for p in ordered}  # recognition is tested elsewhere
    return judged


def flaws(check: Check[Judged], judged: Judged) -> list[Flaw]:
    return list(check.find(judged))


# --- 署名 and 成文日期 -----------------------------------------------------------------------------------------------

_SIGNER, _DAY = "中共临江县委第三巡察组", "2025年7月1日"


def signed(signer: Paragraph, day: Paragraph, blanks: int = 1, profile: str = "gb9704") -> Judged:
    gap = (line(Role.BLANK) for _ in range(blanks))
    return paper(line(Role.BODY, "特此通知。"), *gap, signer, day, profile=profile)


def right(chars: float, role: Role, text: str) -> Paragraph:
    return line(role, text, align="right", right=chars)


def _ways(role: Role, text: str, chars: float) -> Iterator[Paragraph]:
    """Yield the ways in which people put a line so many characters from the right edge."""
    full = (gb.TEXT_WIDTH / 315) - chinese.width(text) - chars
    yield line(role, text, align="right", right=chars)
    yield line(role, text + "　" * int(chars) + " " * round(2 * (chars % 1)), align="right")
    yield line(role, text, align="left", left=full * 315 / 320)
    yield line(role, text, align="left", first=full * 315 / 320)
    yield line(role, "　" * round(full) + text, align="left")
    yield line(role, " " * round(2 * full) + text)
    yield line(role, f"\t{text}", align="left", tabs=((round(gb.TEXT_WIDTH - chars * 315), "right"),))
    yield line(role, f"\t{text}", align="left", tabs=((round(full * 315), "left"),))
    yield line(role, text, align="center", left=max(0.0, full - chars) * 315 / 320)


@pytest.mark.parametrize("sealed", [True, False])
def test_a_signature_may_be_put_in_its_place_by_indents_blanks_or_tabs(sealed: bool) -> None:
    wanted = gb.signature_indents(chinese.width(_SIGNER), chinese.width(_DAY), sealed=sealed)
    for signer in _ways(Role.SIGNER, _SIGNER, wanted[0]):
        for day in _ways(Role.DATE, _DAY, wanted[1]):
            judged = signed(signer, day)
            assert flaws(closing.misplaced_signature, judged) == [], (signer, day)
            for paragraph, place in zip(judged.of(Role.SIGNER, Role.DATE), wanted, strict=True):
                found = closing.from_right(judged, paragraph)
                assert found is not None
                assert abs(found - place) <= 0.6


@pytest.mark.parametrize("shift", [-1.2, 1.2])
def test_a_signature_a_character_off_is_told_once(shift: float) -> None:
    judged = signed(right(2 + shift, Role.SIGNER, _SIGNER), right(5, Role.DATE, _DAY))
    (found,) = flaws(closing.misplaced_signature, judged)
    assert "不盖章的，署名 2 字符、日期 5 字符" in (found.cure or "")


def test_a_date_longer_than_its_signer_stands_two_in_and_the_signer_further() -> None:
    signer, day = "县委办", "2025年10月11日"
    assert flaws(closing.misplaced_signature, signed(right(8, Role.SIGNER, signer), right(2, Role.DATE, day))) == []
    assert flaws(closing.misplaced_signature, signed(right(2, Role.SIGNER, signer), right(2, Role.DATE, day)))


def test_a_signature_whose_place_cannot_be_told_is_not_judged() -> None:
    far = line(Role.SIGNER, f"\t\t{_SIGNER}", align="left")
    spread = line(Role.SIGNER, _SIGNER, align="distribute")
    broken = right(0, Role.SIGNER, "中共临江县委\n第三巡察组")
    for signer in (far, spread, broken, right(0, Role.SIGNER, "县" * 40)):
        assert flaws(closing.misplaced_signature, signed(signer, right(5, Role.DATE, _DAY))) == []


def test_two_signers_are_not_measured_by_the_rule_of_one() -> None:
    both = (right(0, Role.SIGNER, _SIGNER), right(0, Role.SIGNER, "临江县财政局"))
    judged = paper(line(Role.BODY, "特此通知。"), line(Role.BLANK), *both, right(0, Role.DATE, _DAY))
    (found,) = closing.signatures(judged)
    assert len(found.signers) == 2
    assert flaws(closing.misplaced_signature, judged) == []


def test_room_for_a_signature_seal_between_name_and_date_is_right() -> None:
    lines = (right(9, Role.SIGNER, "县长"), line(Role.BLANK), right(4, Role.DATE, _DAY))
    assert flaws(closing.misplaced_signature, paper(line(Role.BODY, "现予公布。"), *lines)) == []


def test_without_a_seal_one_line_is_left_above_the_signature_and_with_one_as_many_as_it_needs() -> None:
    plain = right(2, Role.SIGNER, _SIGNER), right(5, Role.DATE, _DAY)
    sealed = right(1.5, Role.SIGNER, _SIGNER), right(4, Role.DATE, _DAY)
    gap = closing.wrong_gap_above_signature
    assert [len(flaws(gap, signed(*plain, blanks=n))) for n in range(4)] == [1, 0, 1, 1]
    assert [len(flaws(gap, signed(*sealed, blanks=n))) for n in range(7)] == [1, 0, 0, 0, 0, 1, 1]
    (found,) = flaws(gap, signed(*sealed, blanks=5))
    assert found.severity is Severity.INFO


def test_a_signature_that_begins_a_page_needs_no_empty_lines() -> None:
    top = replace(right(2, Role.SIGNER, _SIGNER), new_page=True)
    assert flaws(closing.wrong_gap_above_signature, signed(top, right(5, Role.DATE, _DAY), blanks=0)) == []


def test_a_printed_seal_needs_two_lines_which_is_practice() -> None:
    lines = [line(Role.BODY, "特此通知。"), line(Role.BLANK)]
    lines += (right(1.5, Role.SIGNER, _SIGNER), right(4, Role.DATE, _DAY))
    seal = Shape(place=Place(), paragraph=3, sort="picture")
    (found,) = flaws(closing.wrong_gap_above_signature, paper(*lines, shapes=(seal,)))
    assert found.severity is Severity.INFO


def test_white_above_counts_as_empty_lines() -> None:
    top = replace(right(2, Role.SIGNER, _SIGNER), before=579)
    assert flaws(closing.wrong_gap_above_signature, signed(top, right(5, Role.DATE, _DAY), blanks=0)) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2025年7月1日", False),
        ("2024年2月29日", False),
        ("2025年2月29日", True),
        ("2025年02月30日", True),
        ("2025年13月1日", True),
        ("2025年7月", True),
        ("2025年7月1号", True),
        ("2025年7月1日印", True),
        ("2025年07月01日", False),  # told by a rule of text
        ("二〇二五年七月一日", False),
        ("2025.7.1", False),
        ("（2025年7月1日县委常委会会议通过）", False),
    ],
)
def test_a_date_is_whole_and_on_the_calendar(text: str, wrong: bool) -> None:
    assert bool(flaws(closing.wrong_date, paper(line(Role.DATE, text)))) is wrong


# --- 附件说明 and annexes --------------------------------------------------------------------------------------------


def listed(*items: Paragraph) -> Judged:
    return paper(line(Role.BODY, "特此通知。"), line(Role.BLANK), *items)


def test_a_list_of_annexes_may_be_placed_with_blanks() -> None:
    judged = listed(
        line(Role.ANNEX_LIST, "　　附件：1.人员分工表"),
        line(Role.ANNEX_LIST, "　　　　　2.工作进度表"),
        line(Role.ANNEX_LIST, "3.任务明细表", first=5),
    )
    assert flaws(closing.misplaced_annex_list, judged) == []
    assert flaws(closing.misaligned_annex_list, judged) == []


def test_a_list_of_annexes_may_be_one_paragraph_with_line_breaks() -> None:
    judged = listed(line(Role.ANNEX_LIST, "附件：1.人员分工表\n2.工作进度表", left=5, first=-3))
    assert flaws(closing.misaligned_annex_list, judged) == []
    assert flaws(closing.unnumbered_annexes, judged) == []


_LONG = "临江县巡察整改工作台账填写说明和立行立改事项登记表的样式"


@pytest.mark.parametrize(("left", "wrong"), [(0, True), (2, True), (4.4, True), (5, False), (5.4, False), (6, True)])
def test_the_name_of_the_only_annex_goes_on_under_its_first_character(left: float, wrong: bool) -> None:
    judged = listed(line(Role.ANNEX_LIST, f"附件：{_LONG}", left=left, first=2 - left))
    assert bool(flaws(closing.misaligned_annex_list, judged)) is wrong


@pytest.mark.parametrize(("left", "wrong"), [(5, True), (6, False), (7, True)])
def test_the_name_of_a_numbered_annex_goes_on_behind_its_number(left: float, wrong: bool) -> None:
    first = line(Role.ANNEX_LIST, "附件：1.人员分工表", left=6, first=-4)
    judged = listed(first, line(Role.ANNEX_LIST, f"2.{_LONG}", left=left, first=5 - left))
    assert bool(flaws(closing.misaligned_annex_list, judged)) is wrong


def test_an_indent_that_is_not_printed_is_not_told() -> None:
    judged = listed(line(Role.ANNEX_LIST, "附件：人员分工表", left=0, first=2))
    assert flaws(closing.misaligned_annex_list, judged) == []


def test_a_name_broken_by_hand_is_one_annex() -> None:
    judged = listed(line(Role.ANNEX_LIST, f"附件：{_LONG[:22]}", left=2), line(Role.ANNEX_LIST, "登记表的样式", left=5))
    assert flaws(closing.unnumbered_annexes, judged) == []
    assert flaws(closing.misaligned_annex_list, judged) == []


@pytest.mark.parametrize("text", ["附件：2025年度计划", "附件：人员分工表"])
def test_the_only_annex_needs_no_number(text: str) -> None:
    assert flaws(closing.unnumbered_annexes, listed(line(Role.ANNEX_LIST, text))) == []


def test_several_annexes_need_numbers_though_their_names_begin_with_a_year() -> None:
    judged = listed(line(Role.ANNEX_LIST, "附件：2025年度计划"), line(Role.ANNEX_LIST, "2026年度计划"))
    assert len(flaws(closing.unnumbered_annexes, judged)) == 1


def test_a_page_break_in_an_empty_paragraph_begins_the_page_of_an_annex() -> None:
    text, blank = line(Role.BODY, "特此通知。"), line(Role.BLANK, new_page=True)
    label = line(Role.ANNEX_LABEL, "附件", align="left")
    assert flaws(closing.annex_on_old_page, paper(text, blank, label)) == []
    assert [f.message for f in flaws(closing.wrong_annex_label, paper(text, blank, label))][-1] == (
        "附件标签不在第一行。"
    )
    assert len(flaws(closing.annex_on_old_page, paper(text, line(Role.BLANK), label))) == 1


def test_a_paper_that_begins_with_the_label_is_an_annex_itself() -> None:
    assert flaws(closing.annex_on_old_page, paper(line(Role.ANNEX_LABEL, "附件1"))) == []


def test_papers_without_addressees_annexes_and_signatures_get_nothing() -> None:
    judged = paper(line(Role.TITLE, "巡察公告", align="center"), line(Role.BODY, "特此公告。"), profile="ordinary")
    checks = (
        *(title.wrong_gap_above_addressee, title.indented_addressee, title.gap_under_addressee),
        *(closing.misplaced_annex_list, closing.misaligned_annex_list, closing.unnumbered_annexes),
        *(closing.annex_on_old_page, closing.misplaced_signature, closing.wrong_gap_above_signature),
        closing.misplaced_note,
    )
    assert [flaws(check, judged) for check in checks] == [[]] * len(checks)


# --- headings and titles ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("（一）总体要求", "（一）总体要求"),
        ("（一）总体要求。根据县委部署，现通知如下。", "（一）总体要求。"),
        ("1.收集资料，制定方案。", "1.收集资料，制定方案。"),
        ("", ""),
    ],
)
def test_a_heading_ends_at_the_first_full_stop_that_text_goes_on_after(text: str, heading: str) -> None:
    assert text[: levels.heading_end(text)] == heading


def test_only_the_heading_of_a_paragraph_has_the_font_of_its_level() -> None:
    head, rest = "（一）落实主体责任。", "被巡察党组织对整改负主体责任，主要负责人是第一责任人。"
    kai = replace(_TEXT, font="楷体_GB2312")

    def level(first: Format, then: Format) -> list[str]:
        runs = (Run(head, first), Run(rest, then, len(head)))
        return [f.message for f in flaws(levels.wrong_level_font, paper(line(Role.LEVEL_2, runs=runs)))]

    assert level(kai, _TEXT) == []
    assert level(_TEXT, _TEXT) == ["第二层标题的字体是仿宋_GB2312，一般用楷体。"]
    assert level(kai, kai) == ["第二层标题后面的正文的字体是楷体_GB2312，一般用仿宋。"]


def test_a_long_paragraph_may_end_its_heading_at_a_colon() -> None:
    head, rest = "（一）报送时间：", "请各单位于2025年7月1日前把整改情况书面报送县委巡察办，并附佐证材料。"
    runs = (Run(head, replace(_TEXT, font="楷体_GB2312")), Run(rest, _TEXT, len(head)))
    assert flaws(levels.wrong_level_font, paper(line(Role.LEVEL_2, runs=runs))) == []


@pytest.mark.parametrize("indents", [{"firstLineChars": 200, "firstLine": 640}, {"firstLine": 640}])
def test_a_heading_that_is_too_large_is_no_further_in(indents: dict[str, int]) -> None:
    large = (Run("一、总体要求", replace(_TEXT, size=44)),)
    first = 2 if "firstLineChars" in indents else 640 / 440
    heading = line(Role.LEVEL_1, runs=large, first=first, indents=indents)
    assert flaws(levels.wrong_level_indent, paper(heading)) == []
    assert len(flaws(levels.wrong_level_size, paper(heading))) == 1


def test_what_all_headings_of_a_level_share_is_told_once() -> None:
    heads = [line(Role.LEVEL_1, f"{n}、总体要求", first=2) for n in "一二三"]
    others = [line(Role.LEVEL_2, f"（{n}）落实责任", first=2) for n in "一二三四五六七"]
    (level_1, level_2) = flaws(levels.wrong_level_font, paper(*heads, *others))
    assert level_1.message == "第一层标题的字体是仿宋_GB2312，一般用黑体。这样的共 3 段。"
    assert level_2.message.endswith("这样的共 7 段。")


_SHAPED = [
    ((7, 10), True),
    ((10, 7), True),
    ((7, 7), False),
    ((7, 10, 12), True),
    ((7, 12, 8), True),
    ((12, 7, 12), False),
    ((7, 12, 12, 7), True),
    ((7, 7, 12), False),
    ((5, 21), False),
    ((12, 2), False),
]


@pytest.mark.parametrize(("lengths", "right_"), _SHAPED)
@pytest.mark.parametrize("breaks", [True, False])
def test_the_lines_of_a_title_make_a_trapezoid_or_a_lozenge(
    lengths: tuple[int, ...], right_: bool, breaks: bool
) -> None:
    big = Format(font=gb.XIAOBIAOSONG, size=44)
    texts = ["\n".join("县" * n for n in lengths)] if breaks else ["县" * n for n in lengths]
    judged = paper(*(line(Role.TITLE, runs=(Run(text, big),), align="center") for text in texts))
    assert (flaws(title.misshapen_title, judged) == []) is right_


def test_a_title_of_one_line_however_long_is_broken_by_word_and_not_judged() -> None:
    assert flaws(title.misshapen_title, paper(line(Role.TITLE, "县" * 45))) == []


_RED = Line(style="single", width=12, colour="FF0000")


@pytest.mark.parametrize(("blanks", "wrong"), [(1, True), (2, False), (3, True)])
@pytest.mark.parametrize("where", ["under the number", "under an empty line", "above an empty line"])
def test_two_lines_are_left_under_the_red_line_whatever_it_is_the_border_of(
    where: str, blanks: int, wrong: bool
) -> None:
    head = [line(Role.DOCUMENT_NUMBER, "临委办发〔2025〕7号")]
    if where == "under the number":
        head = [replace(head[0], borders={"bottom": _RED})]
    elif where == "under an empty line":
        head.append(line(Role.BLANK, borders={"bottom": _RED}))
    white = [line(Role.BLANK) for _ in range(blanks)]
    if where == "above an empty line":
        white[0] = replace(white[0], borders={"top": _RED})
    judged = paper(*head, *white, line(Role.TITLE, "关于巡察的通知", align="center"))
    assert bool(flaws(title.wrong_gap_above_title, judged)) is wrong


def test_a_drawn_red_line_is_measured_from_where_it_lies() -> None:
    lines = [line(Role.DOCUMENT_NUMBER, "临委办发〔2025〕7号", pictures=1), line(Role.BLANK)]
    lines += (line(Role.BLANK), line(Role.TITLE, "关于巡察的通知"))

    def found(**said: object) -> int:
        shape = replace(Shape(place=Place(), sort="line", from_top="paragraph"), **said)  # type: ignore[arg-type]
        return len(flaws(title.wrong_gap_above_title, paper(*lines, shapes=(shape,))))

    assert found(top=600) == 0
    assert found(top=579 + 600) == 1
    assert found(top=600, from_top="page") == 0  # that can't be told from the file


@pytest.mark.parametrize(
    ("signer", "mark", "same"),
    [
        ("临江县委", "中共临江县委员会文件", True),
        ("县委巡察办", "中共临江县委巡察工作领导小组办公室", True),
        ("临江大学党委", "中共临江大学委员会文件", True),
        ("临江县人民政府", "临江县人民政府文件", True),
        ("临江县财政局", "临江县水利局文件", False),
        ("", "临江县水利局文件", False),
    ],
)
def test_a_short_form_of_a_name_is_that_name(signer: str, mark: str, same: bool) -> None:
    assert genre._alias(genre._bare(signer), genre._bare(mark)) is same


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("以上报告妥否，请批示。", True),
        ("现将情况报告如下，请予批准。", True),
        ("经报请批准，已经开工。", False),
        ("会议讨论了《关于请批准立项的函》。", False),
        ("“妥否，请批示”的写法不用于报告。", False),
        ("以上报告，请审阅。", False),
    ],
)
def test_a_report_asks_for_nothing(text: str, wrong: bool) -> None:
    judged = paper(line(Role.TITLE, "关于巡察整改情况的报告"), line(Role.BODY, text))
    assert bool(flaws(genre.request_in_report, judged)) is wrong

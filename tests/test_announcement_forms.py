"""巡察公告 in all its forms: posters, web text, short message, and the notices that amend it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import document_of
from xuncha_docs import Announcement, Case, Document, InputError, Paper, check, render
from xuncha_docs import gb9704 as gb
from xuncha_docs.checks import papers
from xuncha_docs.kinds.announcement import MESSAGE, PosterSize
from xuncha_docs.kinds.extension_notice import ExtensionNotice
from xuncha_docs.kinds.withdrawal_notice import Closed, WithdrawalNotice
from xuncha_docs.pdf import office
from xuncha_docs.pdf.marks import read
from xuncha_docs.word.measuring import measured
from xuncha_docs.word.posters import LARGE, SMALL, poster
from xuncha_docs.word.printable import printable

CODE = Path(__file__).parent / "code.png"
FILLER = "水利资源与河湖生态环境保护农村供水工程运行管理服务中心"
POSTERS = [name for name in Announcement.variants if name.startswith("poster")]


def crowded(demo: Case, count: int, *, length: int = 13) -> Announcement:
    """Make the notice of one team with so many units, with every channel there is."""
    units = [f"中共临江县{n:02d}{FILLER[: length - 10]}局党组" for n in range(1, count + 1)]
    channels = demo.channels.model_dump() | {
        "qr": {"platform": "码上巡察", "image": str(CODE)},
        "supervision_phone": "0600-8000008",
    }
    return Announcement.from_case(demo, teams=[{"ordinal": 3, "units": units}], channels=channels)


def teams(demo: Case, count: int) -> Announcement:
    """Make the notice of so many teams, each with its own telephone and two units."""
    each = [
        {
            "ordinal": n,
            "units": [f"中共临江县第{n}某局党组", f"中共临江县第{n}某镇委员会"],
            "channels": {"phones": f"0600-80000{n + 50}", "email": f"xuncha{n}@linjiang.example"},
        }
        for n in range(1, count + 1)
    ]
    return Announcement.from_case(demo, teams=each, signer="巡察办")


def pages(*made: Paper) -> list[int]:
    """Count the pages of papers as LibreOffice prints them, all in one run."""
    printed = office.convert([(f"{n}.docx", printable(paper.content)) for n, paper in enumerate(made)])
    return [len(read(one).pages) for one in printed]


# --- posters ---------------------------------------------------------------------------------------------------------


@pytest.mark.needs("office")
def test_a_poster_is_one_page_whatever_is_on_it(demo: Case) -> None:
    """Of the demo, of the example, of 1 unit and 20, of names of 11 characters and 40, of 4 teams."""
    notices = [
        Announcement.from_case(demo),
        document_of(Announcement),
        *(crowded(demo, count, length=length) for count, length in ((1, 11), (4, 13), (9, 13), (20, 13), (8, 40))),
        teams(demo, 4),
    ]
    made = [
        render(notice, variant=variant)
        for notice, size in product(notices, ("a3", "a2"))
        for variant in notice.model_copy(update={"posters": (PosterSize(size.upper()),)}).printed_as
        if variant
    ]
    assert len(made) == 2 * len(notices)
    assert pages(*made) == [1] * len(made)


@pytest.mark.needs("office")
def test_a_poster_that_takes_two_pages_is_told(demo: Case) -> None:
    notice = crowded(demo, 20, length=40)
    report = check(render(notice, variant=notice.printed_as[1]), pdf=True)
    assert {finding.code for finding in report.findings} == {"PDF107"}


def test_large_type_is_taken_where_there_is_room_for_it(demo: Case) -> None:
    assert Announcement.from_case(demo).printed_as == ("", "poster_a3")
    assert crowded(demo, 20).printed_as == ("", "poster_a3_long")
    assert teams(demo, 2).printed_as == ("", "poster_a3_long")


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("A2", ("", "poster_a2")),
        (["A2", "A3", "A2"], ("", "poster_a3", "poster_a2")),
        ([], ("",)),
        (None, ("", "poster_a3")),
    ],
)
def test_the_notice_says_which_posters_there_are(demo: Case, said: object, printed: tuple[str, ...]) -> None:
    assert Announcement.from_case(demo, 海报=said).printed_as == printed


@pytest.mark.parametrize("variant", POSTERS)
def test_contacts_are_bold_and_nothing_on_a_poster_is_small(variant: str) -> None:
    layout = measured(render(document_of(Announcement), variant=variant).content)
    least = gb.SIZES["小二"]
    contacts = 0
    for paragraph in layout.paragraphs:
        for run in paragraph.runs:
            assert not run.text.strip() or run.format.size >= least
            if re.search(r"0600-|@|邮政信箱：|来访接待：", run.text):
                assert run.format.bold
                contacts += 1
    assert contacts >= 7


@pytest.mark.parametrize(("variant", "size"), [("poster_a3", (297, 420)), ("poster_a2", (420, 558.7))])
def test_a_poster_is_upright_and_black_and_no_longer_than_word_allows(variant: str, size: tuple[int, int]) -> None:
    layout = measured(render(document_of(Announcement), variant=variant).content)
    (section,) = layout.sections
    assert (section.width, section.height) == tuple(gb.Tw.mm(side) for side in size)
    assert {run.format.colour for p in layout.paragraphs for run in p.runs} <= {"", "auto", "000000", None}


@pytest.mark.parametrize("kind", [LARGE, SMALL])
def test_type_on_a2_is_as_much_larger_as_the_paper(kind: Any) -> None:
    a3, a2 = (poster(size, kind).page.styles for size in ("A3", "A2"))
    for small, large in zip(a3, a2, strict=True):
        if small.size and large.size:
            assert large.size / small.size == pytest.approx(2**0.5, rel=0.02)


def test_a_poster_says_what_the_notice_says(demo: Case) -> None:
    for notice in (Announcement.from_case(demo), document_of(Announcement)):
        assert {render(notice, variant=variant).text for variant in ("", *POSTERS)} == {render(notice, variant="").text}


@pytest.mark.needs("office")
@pytest.mark.parametrize("variant", POSTERS)
def test_a_poster_is_clean_on_paper_and_in_print(demo: Case, variant: str) -> None:
    report = check(render(Announcement.from_case(demo, sealed=True), variant=variant), pdf=True)
    assert report.clean, str(report)
    assert "张贴用的大字公告" in report.notes[0]


def test_a_code_to_scan_is_larger_on_a_poster_and_a_seal_is_not(demo: Case) -> None:
    notice = Announcement.from_case(
        demo, channels=demo.channels.model_dump() | {"qr": {"platform": "码上巡察", "image": str(CODE)}}, seal=str(CODE)
    )

    def widths(variant: str) -> list[int]:
        content = render(notice, variant=variant).content
        return [round(int(x) / 36000) for x in re.findall(r'<wp:extent cx="(\d+)"', document_xml(content))]

    assert widths("") == [35, 42]
    assert widths("poster_a3") == [57, 42]


def document_xml(content: bytes) -> str:
    from xuncha_docs.word.package import Package

    return Package.open(content).read("word/document.xml").decode()


@pytest.mark.needs("office")
def test_a_seal_lies_on_the_date_of_a_poster(demo: Case) -> None:
    """Its centre is the date's, as far as digits are half a character wide."""
    paper = render(Announcement.from_case(demo, seal=str(CODE)), variant="poster_a3")
    (at,) = (
        int(x) / 36000
        for x in re.findall(r'positionH relativeFrom="margin"><wp:posOffset>(\d+)', document_xml(paper.content))
    )
    (printed,) = office.convert([("poster.docx", printable(paper.content))])
    page = read(printed).pages[0]
    lines = [line for line in page.lines if line.text.replace(" ", "") == "2025年7月1日"]
    left, right = lines[-1].left, lines[-1].right
    assert 20 + at + 21 == pytest.approx((left + right) / 2 / 72 * 25.4, abs=6)


# --- the web text ----------------------------------------------------------------------------------------------------


def test_the_web_text_is_fit_to_paste(demo: Case) -> None:
    notice = crowded(demo, 2)
    html = render(notice).html
    assert html.startswith('<article lang="zh-CN">')
    assert re.search(r'<img src="data:image/png;base64,[A-Za-z0-9+/=]+" alt="二维码">', html)
    for said in ("0600-8000001", "xuncha3@linjiang.example", "临江县A003号邮政信箱", "0600-8000008"):
        assert said in html
    assert "style=" not in html
    assert "<table>" in render(document_of(Announcement)).html


# --- the short message -----------------------------------------------------------------------------------------------


def test_a_short_message_says_who_whom_when_until_when_and_how(demo: Case) -> None:
    notice = Announcement.from_case(demo)
    for said in (
        "中共临江县委第三巡察组自2025年7月1日至8月29日对中共临江县水利局党组开展常规巡察",
        "受理信访截止到2025年8月22日",
        "0600-8000001（工作日8:30—12:00、14:30—18:00）",
        "xuncha3@linjiang.example",
        "邮政信箱临江县A003号邮政信箱",
        "详见《巡察公告》",
    ):
        assert said in notice.message
    assert notice.texts == {"短信": notice.message}


def notices(demo: Case) -> Iterator[Announcement]:
    yield Announcement.from_case(demo)
    yield document_of(Announcement)  # type: ignore[misc]
    yield from (crowded(demo, count, length=length) for count, length in product((1, 20), (11, 40)))
    yield teams(demo, 8)
    yield Announcement.from_case(demo, channels={"phones": "0600-8000001"}, title="关于开展\n巡察的公告")


def test_a_short_message_takes_three_parts_at_most(demo: Case) -> None:
    for notice in notices(demo):
        assert len(notice.message) <= MESSAGE
        assert not re.search(r"[\n；，]。|。。|；$", notice.message)


def test_a_short_message_of_several_teams_refers_to_the_notice(demo: Case) -> None:
    assert "各组的单位和联系方式见《巡察公告》" in teams(demo, 8).message


def test_a_message_that_tells_all_refers_to_nothing(demo: Case) -> None:
    assert "详见" not in Announcement.from_case(demo, channels={"phones": "0600-8000001"}).message


def test_many_units_are_counted_in_a_message(demo: Case) -> None:
    assert "对20个单位党组织开展" in crowded(demo, 20).message


# --- the notices that amend it ---------------------------------------------------------------------------------------


def withdrawn(demo: Case, **said: Any) -> WithdrawalNotice:
    return WithdrawalNotice.from_case(demo, **said)


def put_off(demo: Case, **said: Any) -> ExtensionNotice:
    return ExtensionNotice.from_case(demo, **({"新受理截止": "2025-08-27", "成文日期": "2025-08-20"} | said))


def with_papers(demo: Case, **papers: Any) -> Case:
    return Case.model_validate(demo.model_dump() | {"papers": papers})


def test_both_name_the_notice_they_amend_and_repeat_its_facts(demo: Case) -> None:
    case = with_papers(demo, 巡察公告={"标题": "中共临江县委\n巡察公告", "成文日期": "2025-06-30"})
    for made in (withdrawn(case), put_off(case)):
        text = render(made).text
        assert "根据2025年6月30日发布的《中共临江县委巡察公告》" in text
        for said in ("第三巡察组", "中共临江县水利局党组", "自2025年7月1日至8月29日", "十四届县委第八轮巡察"):
            assert said in text


def test_a_notice_without_a_section_is_named_by_what_it_would_be(demo: Case) -> None:
    case = with_papers(demo)
    assert withdrawn(case).notice.phrase == f"2025年7月1日发布的《{Announcement.from_case(case).title}》"


def test_of_several_notices_somebody_must_say_which(demo: Case) -> None:
    case = with_papers(demo, announcement=[{"title": "巡察公告"}, {"title": "进驻公告"}])
    with pytest.raises(InputError, match="原公告"):
        withdrawn(case)
    assert withdrawn(case, 原公告={"标题": "进驻公告", "成文日期": "2025-07-01"}).notice.title == "进驻公告"


def test_a_withdrawal_speaks_only_of_channels_that_there_were(demo: Case) -> None:
    assert withdrawn(demo).endings == "信访接待点取消，意见箱撤回，值班电话、邮政信箱、电子邮箱停用"
    bare = demo.model_copy(update={"channels": type(demo.channels).model_validate({"phones": "0600-8000001"})})
    made = withdrawn(bare)
    assert made.closed == (Closed.PHONES,)
    assert not re.search("意见箱|接待|邮箱|信箱", render(made).text)


def test_a_withdrawal_says_where_to_turn(demo: Case) -> None:
    assert "请通过正常渠道向有关部门反映" in render(withdrawn(demo, 今后反映渠道=())).text
    desk = {"名称": "临江县委巡察办", "电话": "0600-8000008"}
    assert "可以向临江县委巡察办（电话：0600-8000008）反映" in render(withdrawn(demo, 今后反映渠道=desk)).text


def test_a_withdrawal_comes_when_an_extension_said(demo: Case) -> None:
    case = with_papers(demo, 延期公告={"新撤离日期": "2025-09-05", "成文日期": "2025-08-20"})
    assert withdrawn(case).leave == date(2025, 9, 5)


def test_a_withdrawal_before_its_day_speaks_of_what_will_be(demo: Case) -> None:
    assert (
        "将于2025年8月29日17:00" in render(withdrawn(demo, 成文日期="2025-08-27", 撤离时间="2025年8月29日 17:00")).text
    )
    assert "巡察组于2025年8月29日" in render(withdrawn(demo)).text


def test_an_extension_says_both_dates_and_that_all_else_stays(demo: Case) -> None:
    text = render(put_off(demo, 新撤离日期="2025-09-05", 延期原因="工作需要")).text
    for said in (
        "由2025年8月22日延长至2025年8月27日",
        "由2025年8月29日延长至2025年9月5日",
        "因工作需要，现将",
        "其他事项不变",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"新受理截止": "2025-08-22"}, "新受理截止（new_close）2025年8月22日不晚于"),
        ({"新受理截止": "2025年8月22日 18:00"}, "不是延期"),
        ({"新撤离日期": "2025-08-29"}, "新撤离日期（new_end）2025年8月29日不晚于"),
        ({"新受理截止": None}, "至少填一项"),
        ({"驻点时间": {"进驻日期": "2025-07-01", "撤离日期": "2025-08-29"}}, "就要在驻点时间里填原来的受理截止"),
        ({"成文日期": "2025-06-30"}, "早于原公告"),
    ],
)
def test_an_extension_that_extends_nothing_is_refused(demo: Case, said: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        put_off(demo, **said)


def test_an_hour_more_on_the_same_day_is_an_extension(demo: Case) -> None:
    stay = demo.stay.model_copy(update={"complaints_close": "2025年8月22日 12:00"})
    assert put_off(demo, 驻点时间=stay.model_dump(), 新受理截止="2025年8月22日 18:00").changes


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"撤离时间": "2025-06-30"}, "早于进驻日期"),
        ({"停用的渠道": ["值班电话", "电话"]}, "写了两次"),
        ({"停用时间": "2025-06-30"}, "停用时间（closed_from）早于"),
        ({"单位数": 2}, "写作2个，但列出了1个"),
        ({"成文日期": "2025-06-30"}, "早于原公告"),
        ({"各组": [{"序号": 3, "被巡察单位": ["甲局党组"]}, {"序号": 3, "被巡察单位": ["乙局党组"]}]}, "序号3写了两次"),
    ],
)
def test_a_withdrawal_that_cannot_be_is_refused(demo: Case, said: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        withdrawn(demo, **said)


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize("length", [2, 40])
def test_both_are_clean_with_few_units_and_many_with_names_short_and_long(demo: Case, count: int, length: int) -> None:
    units = [f"{n:02d}{'局' * length}"[:length] if length > 2 else f"{chr(0x4E00 + n)}局" for n in range(count)]
    several = [{"ordinal": n + 1, "units": unit} for n, unit in enumerate(units)]
    for case, own in product((withdrawn, put_off), ([{"ordinal": 3, "units": units}], several)):
        paper = render(case(demo, teams=own))
        report = papers.judge(papers.examined(paper.content, "公告.docx"))
        assert report.clean, str(report)


def test_no_extension_is_made_for_a_case_that_says_nothing_of_it(demo: Case) -> None:
    assert ExtensionNotice.implied(demo) == ()


# --- titles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        *("巡察公告", "中共临江县委巡察公告", "十四届县委第八轮巡察公告", "中共临江县委第三巡察组巡察公告"),
        *("关于开展十四届临江县委第八轮巡察的公告", "巡察进驻公告", "华澜集团党委第一巡察组巡察公告"),
        "华澜集团党委2025年第二轮巡察完成进驻",
    ],
)
def test_every_usual_title_is_taken_and_passes(demo: Case, title: str) -> None:
    paper = render(Announcement.from_case(demo, title=title))
    report = papers.judge(papers.examined(paper.content, "公告.docx"))
    assert report.clean, str(report)


def test_the_forms_are_of_public_kinds(demo: Case) -> None:
    made: list[Document] = [Announcement.from_case(demo), withdrawn(demo), put_off(demo)]
    assert {type(one).audience.value for one in made} == {"公开"}
    assert all(one.texts["短信"] for one in made)

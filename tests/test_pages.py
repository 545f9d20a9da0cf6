"""The papers as LibreOffice prints them: nothing lost, 22 lines of 28 characters, nothing outside the text."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from docs.picture import to_pdf
from tests.conftest import DEMO, document_of
from xuncha_docs import Announcement, Case, Document, ExperienceReport, Paper, RectificationNotice, kinds, render
from xuncha_docs.inputs import read

pytestmark = pytest.mark.needs("office")

POINT = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * POINT, 184 * POINT, (297 - 37) * POINT, 35 * POINT
PITCH = 28.95


@dataclass(frozen=True)
class Line:
    """A printed line: its baseline and left edge in points from the lower left corner, and its text."""

    y: float
    x: float
    text: str


def printed_lines(page: PageObject) -> list[Line]:
    """Read the lines of a page from top to bottom, the page number last."""
    pieces: dict[float, list[tuple[float, str]]] = defaultdict(list)

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            y = tm[5] * cm[3] + cm[5]
            pieces[next((known for known in pieces if abs(known - y) < 3), y)].append((tm[4] * cm[0] + cm[4], text))

    page.extract_text(visitor_text=visit)
    found = (Line(y, min(x for x, _ in row), "".join(text for _, text in row).strip()) for y, row in pieces.items())
    return sorted(found, key=lambda line: -line.y)


def lines(page: PageObject) -> list[Line]:
    """Read the lines of a page's text, without the page number below it."""
    return [line for line in printed_lines(page) if line.y > BOTTOM]


def normal(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.fixture(scope="module")
def papers() -> dict[str, Paper]:
    """The papers that are looked at: the demo's, the examples', and some that are long or crowded."""
    case = Case.load(DEMO)
    made = {f"demo-{name}": render(kind.from_case(case)) for name, kind in kinds.every().items()}
    made |= {f"example-{name}": render(document_of(kind)) for name, kind in kinds.every().items()}
    return made | {name: render(document) for name, document in crowded(case)}


LONG_NAME = "中共临江县综合行政执法和农业农村水利自然资源生态环境联合服务保障中心机关委员会第一总支部委员会"


def crowded(case: Case) -> Iterator[tuple[str, Document]]:
    data = read(DEMO).data

    def with_facts(**facts: Any) -> Case:
        return Case.model_validate(copy.deepcopy(data) | facts)

    long_name = with_facts(被巡察单位=[{"名称": LONG_NAME}])
    yield "long-name-notice", RectificationNotice.from_case(long_name)
    yield "long-name-announcement", Announcement.from_case(long_name)
    yield "one-channel", Announcement.from_case(with_facts(反映渠道={"电子邮箱": "a@linjiang.example"}))
    channels = data["反映渠道"] | {
        "意见箱": [f"县水利局第{n}办公楼大厅" for n in range(1, 6)],
        "二维码": {"平台": "码上巡察", "图片": str(Path(__file__).parent / "code.png")},
        "监督电话": "0600-8000008",
    }
    yield "all-channels", Announcement.from_case(with_facts(反映渠道=channels), 盖章="是", 分节标题="是")
    yield (
        "twenty-units",
        Announcement.from_case(with_facts(被巡察单位=[f"中共临江县第{n}局党组" for n in range(1, 21)])),
    )
    full = "巡察工作政治站位问题导向依规依纪" * 80
    sections = [{"小标题": "满页", "段落": [full]}]
    yield "full-pages", ExperienceReport.from_case(case, 正文=sections)


@pytest.fixture(scope="module")
def pdfs(papers: dict[str, Paper], tmp_path_factory: pytest.TempPathFactory) -> dict[str, PdfReader]:
    folder = tmp_path_factory.mktemp("pdf")
    files = [paper.save(folder / f"{name}.docx") for name, paper in papers.items()]
    return {pdf.stem: PdfReader(pdf) for pdf in to_pdf(files, folder)}


def test_no_character_is_lost_or_replaced(papers: dict[str, Paper], pdfs: dict[str, PdfReader]) -> None:
    for name, paper in papers.items():
        printed = normal("".join(page.extract_text() for page in pdfs[name].pages))
        bare = re.sub(r"—\d+—", "", printed)
        # Cells of a table are read row by row, not cell by cell: the same characters in another order.
        assert sorted(bare) == sorted(re.sub(r"—\d+—", "", normal(paper.text))), name


def test_a_full_page_has_22_lines_of_28_characters(pdfs: dict[str, PdfReader]) -> None:
    page = pdfs["full-pages"].pages[1]
    found = lines(page)
    assert len(found) == 22
    assert {len(normal(line.text)) for line in found} == {28}
    assert all(abs(a.y - b.y - PITCH) < 0.1 for a, b in pairwise(found))
    assert TOP - found[0].y < PITCH
    assert found[-1].y - BOTTOM < PITCH


def test_no_page_is_empty_or_stands_outside_the_text(pdfs: dict[str, PdfReader]) -> None:
    for name, pdf in pdfs.items():
        for page in pdf.pages:
            found = lines(page)
            assert found, f"{name}: an empty page"
            assert all(LEFT - 1 <= line.x <= RIGHT for line in found), name
            assert found[0].y < TOP, name


def test_body_paragraphs_are_set_in_by_two_characters(pdfs: dict[str, PdfReader]) -> None:
    for name in ("demo-announcement", "demo-work_plan", "demo-experience_report"):
        indents = {round((line.x - LEFT) / 15.75, 1) for line in lines(pdfs[name].pages[0])[2:6]}
        assert indents & {2.0}, name


def test_the_demo_announcement_and_notice_fill_one_page(pdfs: dict[str, PdfReader]) -> None:
    assert len(pdfs["demo-announcement"].pages) == 1
    assert len(pdfs["demo-rectification_notice"].pages) == 1


SIGNED = ["demo-announcement", "long-name-notice", "long-name-announcement", "all-channels", "twenty-units"]


@pytest.mark.parametrize("name", [*SIGNED, "example-announcement", "example-rectification_notice"])
def test_the_signature_stands_under_text_on_its_page(name: str, pdfs: dict[str, PdfReader]) -> None:
    found = lines(pdfs[name].pages[-1])
    date_at = max(n for n, line in enumerate(found) if re.fullmatch(r"2025\s*年\s*\d+\s*月\s*\d+\s*日", line.text))
    signer, above = found[date_at - 1], found[date_at - 2]
    assert "巡察" in signer.text
    assert date_at >= 2, "the signature stands alone"
    assert signer.y - found[date_at].y == pytest.approx(PITCH, abs=0.1)
    assert above.y - signer.y > 1.9 * PITCH


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(pdfs: dict[str, PdfReader]) -> None:
    for number, page in enumerate(pdfs["demo-work_plan"].pages, 1):
        line = printed_lines(page)[-1]
        assert normal(line.text) == f"—{number}—"
        assert (line.x > (LEFT + RIGHT) / 2) is (number % 2 == 1)
        # The dash stands 7 mm below the text (7.5), a third of an em above its baseline.
        assert BOTTOM - line.y - 0.3 * 14 == pytest.approx(7 * POINT, abs=1.5 * POINT)


def test_a_letter_s_first_page_carries_no_number(pdfs: dict[str, PdfReader]) -> None:
    first, second = pdfs["long-name-notice"].pages
    assert printed_lines(first) == lines(first)
    assert normal(printed_lines(second)[-1].text) == "—2—"


def test_no_heading_stands_alone_at_the_foot_of_a_page(pdfs: dict[str, PdfReader]) -> None:
    for name, pdf in pdfs.items():
        for page in pdf.pages:
            assert not re.match(r"[一二三四五六七八九十]、|（[一二三四五六七八九十]）", lines(page)[-1].text), name


def test_fonts_are_embedded_and_stand_for_the_official_ones(pdfs: dict[str, PdfReader]) -> None:
    for name, pdf in pdfs.items():
        for page in pdf.pages:
            for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
                base = str(font.get_object()["/BaseFont"])
                assert re.search("Fandol|NotoS(ans|erif)SC", base), f"{name}: {base}"

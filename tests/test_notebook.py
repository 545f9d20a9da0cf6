"""In a notebook papers, reports, cases and documents show themselves; the notebook of the docs runs as it is shown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from docs.notebook import NOTEBOOK, answered
from tests.conftest import DEMO, document_of, every_kind
from xuncha_docs import Case, Document, Image, check, render
from xuncha_docs.findings import NotChecked, Place, Report, Rule, Severity
from xuncha_docs.pdf import office


def answers(notebook: nbformat.NotebookNode) -> list[str]:
    """Return what the cells show as HTML, a picture as a word: it differs from machine to machine."""
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert all(output.output_type == "execute_result" for output in outputs), "nothing but results"
    shown = [re.sub(r"<img[^>]*>.*|<h1>.*", "picture", output.data["text/html"], flags=re.S) for output in outputs]
    return [text.replace("  ", " ") for text in shown]


def test_the_notebook_of_the_docs_answers_as_it_shows(tmp_path: Path) -> None:
    shown = nbformat.read(NOTEBOOK, as_version=4)
    assert answers(answered(tmp_path)) == answers(shown), "run python -m docs.notebook, and review the change"


def test_the_notebook_shows_a_picture_of_the_page_and_no_path_of_a_machine() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert "data:image/png;base64," in text
    assert not re.search(r"/(?:home|root|tmp|work|Users)/", text)
    assert len(text) < 90_000


@pytest.mark.needs("office")
def test_a_paper_shows_its_pages_as_pictures(demo: Case) -> None:
    bundle = render(kind_of(demo))._repr_mimebundle_()
    assert bundle["text/html"].count("<img") == 1
    assert "第1页" in bundle["text/html"]


def kind_of(case: Case) -> Document:
    from xuncha_docs import Announcement

    return Announcement.from_case(case)


def test_without_libreoffice_a_paper_shows_its_text_and_says_what_is_missing(
    demo: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(office.SOFFICE, "/nowhere/soffice")
    paper = render(kind_of(demo))
    html = paper._repr_mimebundle_()["text/html"]
    assert paper.html in html
    assert "LibreOffice" in html or "soffice" in html


@every_kind
def test_a_document_shows_its_facts_under_their_chinese_names(kind: type[Document]) -> None:
    document = document_of(kind)
    html = document._repr_html_()
    for name, info in kind.model_fields.items():
        filled = getattr(document, name) not in (None, "", ())
        assert (f"<th>{info.title}</th>" in html) or not filled


def test_a_case_shows_itself_and_no_picture_s_bytes() -> None:
    html = Case.load(DEMO)._repr_html_()
    assert "<th>巡察组</th>" in html
    assert "2025年7月1日" in html
    picture = Image(content=(Path(__file__).parent / "code.png").read_bytes())
    assert "（图片）" in picture._repr_html_()
    assert "PNG" not in picture._repr_html_()


def test_a_report_shows_a_table_with_places_and_what_was_not_checked() -> None:
    rule = Rule("TST101", "made-up", Severity.WARNING, clause="7.3.1")
    place = Place(file="<甲>.docx", part="word/document.xml", paragraph=3, snippet="▶二〇二五◀年")
    report = Report((rule.at(place, "写法不对。", "改成“2025”。"),), (NotChecked("版面", "没有 LibreOffice"),))
    html = report._repr_html_()
    for said in ("警告", "TST101", "&lt;甲&gt;.docx: 正文 第3段", "▶二〇二五◀年", "写法不对。", "GB/T 9704—2012 7.3.1"):
        assert said in html
    assert "未检查：版面" in html
    assert "没有发现问题" in Report()._repr_html_()


@pytest.mark.parametrize("said", ["<script>alert(1)</script>", "{{7*7}}", "&lt;"])
def test_what_somebody_typed_is_shown_as_it_stands(said: str, demo: Case) -> None:
    facts: dict[str, Any] = {"标题": said}
    from xuncha_docs import Announcement

    html = Announcement.from_case(demo, **facts)._repr_html_()
    assert "<script>" not in html
    assert said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in html


def test_a_report_of_a_check_is_shown(demo: Case) -> None:
    assert "普通文书" in check(render(kind_of(demo)))._repr_html_()

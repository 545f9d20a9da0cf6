"""Templates are found, filled strictly and safely, and papers are saved whole."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import document_of
from tests.test_models import PNG
from xuncha_docs import Announcement, Case, Document, Paper, TemplateError, TemplateNotFound, gb9704, kinds, render
from xuncha_docs.document import Audience
from xuncha_docs.word.drafting import Column, Draft
from xuncha_docs.word.package import Package, pack_parts
from xuncha_docs.word.parts import parse
from xuncha_docs.word.reading import W


def template(*texts: str) -> bytes:
    """Draft a template with a body paragraph for each text."""
    draft = Draft(title="标题")
    for text in texts:
        draft.add("公文正文", text)
    return draft.content()


def filled(*texts: str) -> str:
    return render(document_of(Announcement), template=template(*texts)).text


def test_an_office_s_folder_comes_before_the_environment_and_that_before_the_built_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = document_of(Announcement)
    assert "特此公告" in render(notice).text
    for name in ("office", "environment"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "announcement.docx").write_bytes(template(name))
    monkeypatch.setenv("XUNCHA_TEMPLATES", str(tmp_path / "environment"))
    assert render(notice).text == "environment\n"
    assert render(notice, templates_dir=tmp_path / "office").text == "office\n"
    assert render(notice, template=tmp_path / "office" / "announcement.docx").text == "office\n"


def test_a_folder_without_the_kind_falls_back_to_the_built_in(tmp_path: Path) -> None:
    assert "特此公告" in render(document_of(Announcement), templates_dir=tmp_path).text


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateNotFound, match=r"nothing\.docx"):
        render(document_of(Announcement), template=tmp_path / "nothing.docx")


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ 巡查组 }}", "巡查组"),
        ("{{ 驻点时间.起 }}", "起"),
        ("{{ 任务 ", "announcement.docx"),
        ("{% if 任务 %}", "announcement.docx"),
        ("{{ 任务|大写 }}", "大写"),
        ("{{ 各组 }}", "whole tuple"),
        ("{{ 驻点时间 }}", "whole Stay"),
        ("{{ 反映渠道.二维码 }}", "empty"),
    ],
)
def test_a_faulty_tag_is_told_with_the_template_s_name(tag: str, said: str) -> None:
    with pytest.raises(TemplateError, match=said) as error:
        filled(tag)
    assert "announcement.docx" in str(error.value)


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__ }}",
        "{{ 巡察轮次.model_dump() }}",
        "{{ 巡察轮次.model_fields }}",
        "{{ 巡察轮次.model_copy }}",
        "{{ 巡察轮次._abc_impl }}",
        "{{ 巡察轮次.parse_raw('x') }}",
        "{{ lipsum() }}",
        "{{ cycler(1) }}",
        "{{ 标题.upper() }}",
        "{{ '%s'.format(1) }}",
        "{{ 巡察轮次|attr('model_dump') }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% for i in range(10 ** 9) %}x{% endfor %}",
    ],
)
def test_a_hostile_tag_runs_nothing(tag: str) -> None:
    with pytest.raises(TemplateError):
        filled(tag)


def test_values_are_text_never_tags() -> None:
    notice = document_of(Announcement).model_copy(update={"title": "{{ 7*7 }}{% if %}</w:t><b>&amp;"})
    assert "{{ 7*7 }}{% if %}</w:t><b>&amp;" in render(notice).text


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", pack_parts({"a": b""}), b"\0" * 1000])
def test_what_is_no_template_is_refused(content: bytes) -> None:
    with pytest.raises(TemplateError, match=r"announcement\.docx"):
        render(document_of(Announcement), template=content)


def test_written_forms_of_values() -> None:
    said = filled("{{ 成文日期 }}", "{{ 驻点时间.受理截止 }}", "{{ 以邮戳为准 }}", "{{ 单位数 }}", "{{ 署名 }}")
    assert said.splitlines() == ["2025年7月1日", "2025年8月22日18:00", "是", "4", "巡察工作领导小组办公室"]


def right_indents(paper: Paper) -> list[float]:
    document = parse("document", Package.open(paper.content).parts()["word/document.xml"])
    return [int(indent.get(f"{W}rightChars", "0")) / 100 for indent in document.iter(f"{W}ind")]


def test_without_a_seal_the_date_begins_two_characters_after_the_name(demo: Case) -> None:
    # 中共临江县委第三巡察组 is 11 wide, 2025年7月1日 is 6: 2 and 11 − 6 (7.3.5.2).
    assert right_indents(render(Announcement.from_case(demo))) == [2, 5]


def test_with_a_seal_the_name_is_centred_on_the_date(demo: Case) -> None:
    assert right_indents(render(Announcement.from_case(demo, sealed=True))) == [1.5, 4]


@pytest.mark.parametrize(
    ("signer", "day", "sealed", "indents"),
    [
        (11, 6, False, (2, 5)),
        (4, 6.5, False, (6.5, 2)),
        (6, 6, False, (2, 0)),
        (11, 6, True, (1.5, 4)),
        (4, 6, True, (5, 4)),
        (20, 6, True, (0, 7)),
    ],
)
def test_the_formulas_of_the_signature(signer: float, day: float, sealed: bool, indents: tuple[float, float]) -> None:
    assert gb9704.signature_indents(signer, day, sealed=sealed) == indents


def test_an_indent_set_by_hand_is_left_alone() -> None:
    parts = Package.open(Draft(title="").content()).parts()
    body = (
        '<w:p><w:pPr><w:pStyle w:val="署名"/><w:ind w:rightChars="700" w:right="2240"/></w:pPr>'
        '<w:r><w:t>甲</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="成文日期"/></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>'
    ).encode()
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + body)
    assert right_indents(render(document_of(Announcement), template=pack_parts(parts)))[0] == 7


def test_a_code_to_scan_is_printed_as_a_picture(demo: Case, tmp_path: Path) -> None:
    picture = Path(__file__).parent / "code.png"
    qr = {"平台": "码上巡察", "图片": str(picture)}
    case = Case.model_validate(demo.model_dump() | {"channels": {"二维码": qr}})
    paper = render(Announcement.from_case(case))
    assert any(name.startswith("word/media/") for name in Package.open(paper.content).parts())
    assert "扫描二维码" in paper.text


def test_a_seal_lies_behind_the_date_centred_on_it(demo: Case) -> None:
    picture = Path(__file__).parent / "code.png"
    parts = Package.open(render(Announcement.from_case(demo, seal=picture)).content).parts()
    xml = parts["word/document.xml"].decode()
    offset = int(re.findall(r'relativeFrom="margin"><wp:posOffset>(-?\d+)<', xml)[0])
    # The date is 6 characters wide and stands 4 in; a character is 156/28 mm, the seal 42 mm across.
    assert offset / 36000 == pytest.approx(156 - (4 + 3) * 156 / 28 - 21, abs=0.01)
    date_paragraph = next(p for p in xml.split("</w:p>") if "盖章日期" in p)
    assert 'behindDoc="1"' in date_paragraph


def test_a_seal_is_only_ever_from_input(demo: Case) -> None:
    assert (
        "wp:anchor"
        not in Package.open(render(Announcement.from_case(demo, sealed=True)).content)
        .read("word/document.xml")
        .decode()
    )


def test_html_says_every_paragraph_by_its_role(demo: Case) -> None:
    html = render(Announcement.from_case(demo)).html
    assert '<h1 class="公文标题">巡察公告</h1>' in html
    assert "<strong>值班电话：</strong>0600-8000001" in html
    assert "&lt;" in render(document_of(Announcement).model_copy(update={"title": "<b>"})).html


def test_a_paper_is_saved_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo: Case) -> None:
    paper = render(Announcement.from_case(demo))
    target = tmp_path / "巡察公告.docx"
    target.write_bytes(b"old")

    def broken(*_: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="disk full"):
        paper.save(target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
    monkeypatch.undo()
    assert paper.save(target).read_bytes() == paper.content


def test_saving_where_there_is_no_folder_fails(tmp_path: Path, demo: Case) -> None:
    with pytest.raises(FileNotFoundError):
        render(Announcement.from_case(demo)).save(tmp_path / "no" / "a.docx")


def test_the_file_is_dated_by_the_document(demo: Case) -> None:
    core = Package.open(render(Announcement.from_case(demo)).content).parts()["docProps/core.xml"].decode()
    assert "2025-07-01T00:00:00Z" in core
    assert str(date.today().year) + "-" not in core.replace("2025-07-01", "")


def test_columns_that_do_not_fill_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="8844"):
        Draft(title="").table("行 in 各组", [Column("甲", 100, "")])


def test_a_style_that_is_not_official_is_refused() -> None:
    with pytest.raises(KeyError, match="no style"):
        Draft(title="").add("随便", "x")


def test_only_notices_are_for_the_public_and_a_kind_that_says_nothing_is_restricted() -> None:
    public = {kind.kind for kind in kinds.every().values() if kind.audience is Audience.PUBLIC}
    assert public == {"announcement", "extension_notice", "withdrawal_notice"}
    assert Document.audience.name == "RESTRICTED"


assert PNG


def test_no_paper_carries_the_office_or_the_machine_of_its_template() -> None:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    said = "<Company>某单位</Company><Manager>某人</Manager><Template>C:\\某人\\a.dotm</Template><Pages>1</Pages>"
    package = Package.open(template("{{ 标题 }}"))
    relation = (
        '<Relationship Id="rIdApp" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'extended-properties" Target="docProps/app.xml"/></Relationships>'
    )
    changed = {
        "docProps/app.xml": f'<Properties xmlns="{space}">{said}</Properties>'.encode(),
        "_rels/.rels": package.read("_rels/.rels").replace(b"</Relationships>", relation.encode()),
    }
    paper = render(document_of(Announcement), template=pack_parts({**package.parts(), **changed}))
    kept = Package.open(paper.content).read("docProps/app.xml").decode()
    assert "某" not in kept
    assert "<Pages>1</Pages>" in kept

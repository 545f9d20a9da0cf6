"""Files that Word, LibreOffice and WPS saved are read or refused by name; those without tags stay as they are."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.test_conformance import templated
from xuncha_docs import TemplateError
from xuncha_docs.word.package import Package
from xuncha_docs.word.template import Template

pytestmark = pytest.mark.needs("shared")


def names(text: str) -> list[str]:
    return text.split()


# Reviewed by hand: `{name}` is a tag of docxtemplater's, not of ours; `{#name}` opens a comment of Jinja's.

PLAIN = names("""
    angular-example assignment bug-closing-placeholder-orphan core-xml-missing-close-tag cover-page-data cyrillic
    delimiter-gt delimiter-pct expected-assignment expected-bug-closing-placeholder-orphan expected-comment-example
    expected-comments expected-cond-image expected-cond-image-no-innertext expected-cond-image-no-innertext-before
    expected-core-xml expected-cover-page-data expected-empty-table expected-header-without-digit expected-john
    expected-john-doe expected-loop-hebrew expected-loop-images expected-loop-images-footer expected-loop-raw-xml
    expected-loop-regression expected-loop-valid expected-loop-with-continuous-section-break
    expected-loop-with-continuous-section-break-2 expected-loop-with-field-and-nofield
    expected-loop-with-section-break-after expected-module-change-rels expected-multi-loop expected-multi-section
    expected-multiline expected-multiline-indent expected-nextpage-section-break expected-no-multiline
    expected-no-proofstate expected-noparagraph-loop-with-pagebreak expected-office365
    expected-page-break-3-els-std-loop expected-page-break-falsy-std-loop expected-page-break-truthy-std-loop
    expected-page-section-break expected-pagebreak-table-loop expected-paragraph-loop
    expected-paragraph-loop-empty-with-pagebreak expected-paragraph-loop-kept-section
    expected-paragraph-loop-with-pagebreak expected-paragraph-loop-with-section-break-after
    expected-proofstate-removed expected-quotes-in-tag expected-raw-xml expected-raw-xml-after-table
    expected-raw-xml-null expected-regression-complex-loops expected-regression-loops-resolve
    expected-regression-loops-resolve-long expected-rendered-hello expected-rendered-par-in-par
    expected-result-normal expected-sdt-content expected-sdtcontent-valid expected-self-closing-w-sdtcontent
    expected-smart-art expected-spacing-end expected-table-empty expected-table-in-table-corruption
    expected-table-unbalanced-loop expected-table-unbalanced-loop-2 expected-tag-docprops
    expected-tag-docprops-in-doc expected-tag-example expected-tag-intelligent-loop-table expected-tag-justified
    expected-tag-product expected-tag-spanning-multiline expected-tag-with-comment expected-two-multiline
    expected-users expected-with-default-contenttype expected-with-page-break-3-els expected-with-page-break-falsy
    expected-with-page-break-falsy-without-paragraph-loop expected-with-page-break-truthy gt-delimiters
    header-without-digit justify multi-tags office365 one-raw-xml-tag one-unclosed properties raw-xml-after-table
    sdt-content self-closing-w-sdtcontent smart-art spacing-end table-raw-xml tag-dash-loop tag-dash-loop-list
    tag-dash-loop-table tag-docprops tag-docprops-in-doc tag-example tag-formating tag-inverted-loop-example
    tag-multiline tag-spanning-multiline tag-spanning-multiple-lines tag-splitted-multiline tag-with-comment
    text-example two-tags with-comments with-default-contenttype xml-insertion-example
""")

REFUSED = names("""
    comment-with-loop cond-image cond-image-no-innertext cond-image-no-innertext-before empty-loop-regression
    error-table-tags errors-footer-and-header loop-hebrew loop-image loop-image-footer loop-valid
    loop-with-continuous-section-break loop-with-field-and-nofield loop-with-page-section-break loop-with-section
    loop-with-section-break-after loops-with-table-raw-xml memory-stress multi-errors multi-level multi-loop
    multiple-unclosed nextpage-section-break one-unopened page-break-inside-condition pagebreak-table-loop
    paragraph-loop-error paragraph-loop-with-pagebreak paragraph-loop-with-section-break-after paragraph-loops
    quotes-in-tag regression-complex-loops regression-loops-resolve regression-par-in-par
    regression-sdtcontent-paragraph table-complex-example table-complex2-example table-empty
    table-in-table-corruption table-loop table-repeat table-unbalanced-loop table-unbalanced-loop-2
    tag-intelligent-loop-table tag-loop-example tag-looping tag-product-loop users
""")
"""Their `{#`, `{{` or `{%` is no tag of Jinja's: most are docxtemplater's loops, `{#name}…{/name}`."""

TAGGED = names("""
    comments_tpl doc_properties_tpl dynamic_table_tpl footnotes_tpl get_undeclared_variables
    header_footer_entities_tpl horizontal_merge_tpl merge_paragraph_tpl nested_for_tpl order_tpl preserve_spaces_tpl
""")
"""docxtpl's own templates."""

SECONDS = 1.0
"""The longest that any of them may take to open, by the time of the processor."""


def files() -> dict[str, Path]:
    folders = (SHARED / "corpus", SHARED / "conformance")
    return {path.stem: path for folder in folders for path in folder.rglob("*.docx")}


def opened(name: str) -> Template:
    began = time.process_time()
    template = Template.open(files()[name].read_bytes())
    assert time.process_time() - began < SECONDS
    return template


def test_every_file_is_listed_once() -> None:
    assert sorted([*PLAIN, *REFUSED, *TAGGED]) == sorted(files())


@pytest.mark.parametrize("name", [*PLAIN, *REFUSED, *TAGGED])
def test_every_archive_is_sound_and_packed_again_the_same(name: str) -> None:
    content = files()[name].read_bytes()
    package = Package.open(content)
    assert Package.open(package.changed({})) == package
    assert list(package.members) == zipfile.ZipFile(io.BytesIO(content)).namelist()


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_file_stays_as_it_is(name: str) -> None:
    paper = opened(name).render({})
    before, after = zipfile.ZipFile(files()[name]), zipfile.ZipFile(io.BytesIO(paper.content))
    assert after.testzip() is None
    assert after.namelist() == before.namelist()
    assert {n: after.read(n) for n in after.namelist()} == {n: before.read(n) for n in before.namelist()}


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_file_keeps_its_compressed_bytes(name: str) -> None:
    before, after = Package.open(files()[name].read_bytes()), Package.open(opened(name).render({}).content)
    assert [member.raw for member in after.members.values()] == [member.raw for member in before.members.values()]


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_paper_can_be_read(name: str) -> None:
    assert isinstance(opened(name).render({}).text, str)


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_file_is_told_with_part_paragraph_and_tag(name: str) -> None:
    path = files()[name]
    began = time.process_time()
    with pytest.raises(TemplateError) as error:
        Template.open(path)
    assert time.process_time() - began < SECONDS
    for line in str(error.value).splitlines():
        assert line.startswith(f"{path}: word/")
        assert "paragraph " in line
        assert any(opener in line for opener in ("{{", "{%", "{#"))
        assert "<w:" not in line


@pytest.mark.parametrize("name", TAGGED)
def test_filling_a_tagged_file_leaves_all_other_members_alone(name: str) -> None:
    cases = [json.loads(path.read_text(encoding="utf-8")) for path in SHARED.glob("conformance/**/*.json")]
    (values,) = (case["context"] for case in cases if case["template"] == f"{name}.docx")
    before, after = Package.open(files()[name].read_bytes()), Package.open(opened(name).render(values).content)
    assert list(after.members) == list(before.members)
    filled = [part for part in before.members if before.members[part] != after.members[part]]
    assert filled
    assert set(filled) <= set(templated(before))

"""What the engine relies on in docxtpl is pinned here: a version that changes it fails before any paper does."""

from __future__ import annotations

import hashlib
import inspect
import re

import pytest
from docxtpl import DocxTemplate

from xuncha_docs import TemplateError
from xuncha_docs.word import dialect
from xuncha_docs.word.drafting import Draft
from xuncha_docs.word.template import Template

RELIED_ON = {
    "patch_xml": "59341311e906ccb2",
    "resolve_listing": "20441608d64f33fd",
    "fix_tables": "da467aabccf452e4",
    "render_xml_part": "b762e42956e6709c",
    "fix_docpr_ids": "3a606189fb525cb9",
}


@pytest.mark.parametrize("name", RELIED_ON)
def test_the_code_of_docxtpl_is_the_one_that_was_read(name: str) -> None:
    source = inspect.getsource(getattr(DocxTemplate, name))
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == RELIED_ON[name], (
        "read what changed in docxtpl, prove test_conformance.py with it, then pin it anew"
    )


def no_literals(_: str) -> list[str]:
    return []


def test_marks_leave_docxtpl_s_reading_as_it_is() -> None:
    xml = (
        "<w:p><w:r><w:t>{%p for x in y %}</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>{ x }}</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p>"
    )
    plain = DocxTemplate.patch_xml(DocxTemplate.__new__(DocxTemplate), xml)
    source = dialect.read("part", xml, no_literals)
    assert re.sub(r"\n", "", source.text) == plain
    assert [place.tag for place in source.places] == ["{%p for x in y %}", "{{ x }}", "{%p endfor %}"]
    assert [place.paragraph for place in source.places] == [1, 2, 3]
    assert not source.swallowed


def test_a_tag_beside_a_paragraph_tag_is_known_to_be_swallowed() -> None:
    source = dialect.read("part", "<w:p><w:r><w:t>{%p if x %}{{ lost }}</w:t></w:r></w:p>", no_literals)
    assert [place.tag for place in source.swallowed] == ["{{ lost }}"]


def template(*texts: str) -> bytes:
    draft = Draft(title="")
    for text in texts:
        draft.add("公文正文", text)
    return draft.content()


def test_every_fault_of_syntax_is_told_at_once() -> None:
    texts = ("{{ a b }}", "{% if x %}", "{{ c| }}", "{%p for y %}", "{%p endfor %}", "{% endif %}", "{% nonsense %}")
    with pytest.raises(TemplateError) as error:
        Template.open(template(*texts))
    said = str(error.value).splitlines()
    assert [int(re.search(r"paragraph (\d+)", line)[1]) for line in said] == [1, 3, 4, 7]  # type: ignore[index]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("{% if x %}",), "never closed"),
        (("{% endif %}",), "closes nothing"),
        (("{% for x in y %}", "{% endif %}"), "{% endif %} closes nothing where word/document.xml, paragraph 1"),
        (("{% else %}",), "has no if"),
        (("{{ x",), "paragraph 1"),
    ],
)
def test_a_block_that_does_not_fit_is_told_with_its_place(texts: tuple[str, ...], said: str) -> None:
    with pytest.raises(TemplateError, match=re.escape(said)):
        Template.open(template(*texts))

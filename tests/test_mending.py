"""Mending a paper puts right what is mechanical, on a copy, and never another word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import document_of, every_kind
from tests.good import built
from xuncha_docs import Document, check, render
from xuncha_docs.checks import mended, mending, papers
from xuncha_docs.cli import run
from xuncha_docs.errors import MendingError
from xuncha_docs.findings import Severity
from xuncha_docs.word.layout import Layout
from xuncha_docs.word.measuring import measured
from xuncha_docs.word.roles import Role

SLIPS = {
    "页边距 上=30": "GBT102",
    "页边距 左=20": "GBT103",
    "样式公文正文：行距=1.5倍": "GBT109",
    "样式公文正文：行距=20磅": "GBT108",
    "样式公文正文：字号=四号": "GBT202",
    "样式公文正文：字体=宋体": "GBT201",
    "样式公文正文：首行=0字": "GBT204",
    "公文标题：字号=三号": "GBT302",
    "公文标题：字体=楷体": "GBT301",
    "一级标题：字体=仿宋_GB2312": "GBT310",
    "（红头）\n主送机关：首行=2字": "GBT308",
}


def grave(content: bytes) -> set[str]:
    return {finding.code for finding in check(content).at_least(Severity.WARNING)}


def words(content: bytes) -> str:
    return re.sub(r"\s", "", measured(content).text)


@pytest.mark.parametrize(("slip", "code"), SLIPS.items())
def test_a_slip_of_layout_is_mended_and_no_word_changes(slip: str, code: str) -> None:
    paper, profile = built(slip)
    assert code in {finding.code for finding in check(paper, profile=profile).findings}
    made, changes = mended(paper, "文书.docx")
    assert changes
    assert code not in {finding.code for finding in check(made, profile=profile).findings}
    assert words(made) == words(paper)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("根据临委巡办[2025]7号文件要求开展。", "根据临委巡办〔2025〕7号文件要求开展。"),
        ("自2025年07月01日起进驻。", "自2025年7月1日起进驻。"),
        ("各单位,请于周五前报送:材料。", "各单位，请于周五前报送：材料。"),
        ("　　全组同志认真学习。", "全组同志认真学习。"),
        ("邮箱 xuncha,a@linjiang.example，时间9:00—11:30。", "邮箱 xuncha,a@linjiang.example，时间9:00—11:30。"),
    ],
)
def test_a_slip_of_the_keyboard_is_mended_where_it_stands(wrong: str, right: str) -> None:
    paper, _ = built(f"公文正文＝{wrong}")
    made, _ = mended(paper, "文书.docx")
    assert right in measured(made).text.splitlines()


@every_kind
def test_our_papers_have_nothing_to_mend(kind: type[Document]) -> None:
    content = render(document_of(kind)).content
    assert mended(content, "文书.docx") == (content, ())


def test_a_second_mending_finds_nothing() -> None:
    paper, _ = built("\n".join(slip for slip in SLIPS if "\n" not in slip))
    made, changes = mended(paper, "文书.docx")
    assert len(changes) > 5
    assert mended(made, "文书.docx") == (made, ())


def test_a_copy_whose_words_changed_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    paper, _ = built("页边距 上=30")

    def losing(content: bytes) -> Layout:
        layout = measured(content)
        return type(layout)(paragraphs=layout.paragraphs[1:], sections=layout.sections)

    read = papers.examined(paper, "文书.docx")
    monkeypatch.setattr(mending, "measured", losing)
    with pytest.raises(MendingError, match="words"):
        mending.mended(paper, read)


@given(st.text("巡察组，。,:;月年0123〔〕[]（）日号a@./ ", max_size=60), st.sampled_from(Role))
def test_what_is_put_right_needs_no_second_time(text: str, role: Role) -> None:
    once = mending._applied(text, mending._edits(role, text, indented=True))
    twice = mending._applied(once, mending._edits(role, once, indented=True))
    assert re.sub(r"[\s,;:?!，；：？！\[\]【】（）〔〕0]", "", once) == re.sub(
        r"[\s,;:?!，；：？！\[\]【】（）〔〕0]", "", text
    )
    assert once == twice or len(twice) < len(once)


def test_the_command_mends_a_paper_into_another_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper, _ = built("页边距 上=30")
    (tmp_path / "通知.docx").write_bytes(paper)
    code = run(["check", str(tmp_path / "通知.docx"), "--fix", "-o", str(tmp_path / "改好的")])
    out = capsys.readouterr().out
    assert "通知.docx：改了 1 处。" in out
    assert code == 0
    assert (tmp_path / "通知.docx").read_bytes() == paper
    assert "GBT102" not in grave((tmp_path / "改好的/通知.docx").read_bytes())

"""An office's own profile: what it says is kept to, and what deviates from the standard is listed, not reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.good import built
from xuncha_docs import InputError, check, kinds
from xuncha_docs.checks.office import office_profile
from xuncha_docs.checks.profiles import PROFILES, Carrier
from xuncha_docs.document import Document
from xuncha_docs.errors import UnknownProfile
from xuncha_docs.word.roles import Role

OURS = """\
name = "临江县公文版式"
reason = "《临江县公文处理实施细则》第八条"

[margins]
top = 39
bottom = 33

[body]
pitch = 28.95

[[looks]]
role = "公文标题"
font = "华文中宋"
size = "小二"
bold = true
"""


def written(folder: Path, text: str = OURS) -> Path:
    path = folder / "本单位.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_an_office_says_takes_the_place_of_the_standard(tmp_path: Path) -> None:
    profile = office_profile(written(tmp_path))
    (system,) = profile.systems
    assert (system.top, system.bottom, system.pitch) == (2211, 1871, 579)
    assert profile.carrier is Carrier.ORDINARY
    assert profile.looks[Role.TITLE].passes("华文中宋")
    assert profile.looks[Role.TITLE].size == 36
    assert profile.looks[Role.BODY] == PROFILES["ordinary"].looks[Role.BODY]
    assert Role.TITLE in profile.bold


def test_a_pitch_that_is_not_said_fills_the_page(tmp_path: Path) -> None:
    text = 'name = "版式"\nreason = "细则"\n[margins]\ntop = 30\nbottom = 30\n'
    (system,) = office_profile(written(tmp_path, text)).systems
    assert system.pitch == (16838 - 2 * 1701) // 22


def test_a_deviation_is_listed_with_its_reason_and_not_reported(tmp_path: Path) -> None:
    paper, _ = built("页边距 上=39 下=33")
    assert {"GBT102"} <= {finding.code for finding in check(paper).findings}
    report = check(paper, profile=written(tmp_path))
    assert "GBT102" not in {finding.code for finding in report.findings}
    (ignored,) = [one for one in report.ignored if one.finding.code == "GBT102"]
    assert "《临江县公文处理实施细则》第八条" in ignored.reason


def test_what_keeps_to_the_standard_and_not_to_the_office_is_reported(tmp_path: Path) -> None:
    paper, _ = built("")
    assert "GBT102" in {finding.code for finding in check(paper, profile=written(tmp_path)).findings}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("top = 39", "top = 390", "页边距.上"),
        ("top = 39", 'top = "宽"', "页边距.上"),
        ('role = "公文标题"', 'role = "大标题"', "角色"),
        ('size = "小二"', 'size = "二号半"', "字号"),
        ("pitch = 28.95", "pich = 28.95", "pich"),
        ("reason", "reson", "reson"),
        ("[margins]", "[margins", "TOML"),
    ],
)
def test_a_slip_in_the_file_is_told_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        office_profile(written(tmp_path, OURS.replace(old, new, 1)))
    assert said in str(caught.value)
    assert "本单位.toml" in str(caught.value)


def test_a_profile_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownProfile, match="gb9704"):
        check(built("")[0], profile="公文")


@pytest.mark.parametrize("kind", kinds.every().values(), ids=lambda kind: kind.kind)
def test_a_kind_names_a_profile_that_there_is(kind: type[Document]) -> None:
    assert kind.profile in PROFILES

"""The command that checks: what it prints in each format, its exit codes, what is ignored, bad use of every sort."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, every_kind
from tests.node import installed
from tests.notation import built
from xuncha_docs import Announcement, Document, InputError, Report, Severity, UnknownRule, check, telling
from xuncha_docs.card import card
from xuncha_docs.checks import ruling
from xuncha_docs.cli import run
from xuncha_docs.findings import Finding, NotChecked, Place, Rule
from xuncha_docs.rendering import built_in_template

Capture = pytest.CaptureFixture[str]

WRONG = "对{{ 对像 }}开展巡察，\n批注：甲，乙：丙%丁\n{{ 附言|join（'、'） }}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to work in, with a template that is wrong and one that is right."""
    monkeypatch.chdir(tmp_path)
    Path("announcement.docx").write_bytes(built(WRONG))
    Path("right").mkdir()
    shutil.copy(built_in_template(Announcement), "right/announcement.docx")
    return tmp_path


def said(capfd: Capture, *arguments: str) -> tuple[int, str, str]:
    code = run(["check", *arguments])
    out, err = capfd.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


# --- exit codes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["announcement.docx"], 1),
        (["right"], 0),
        (["right", "announcement.docx"], 1),
        (["right/announcement.docx", "--kind", "巡察公告", "--strict"], 0),
        (["announcement.docx", "--select", "TPL4"], 1),
        (["announcement.docx", "--select", "TPL4", "--fail-on", "error"], 0),
        (["announcement.docx", "--select", "TPL502"], 0),
        (["announcement.docx", "--select", "TPL502", "--fail-on", "info"], 1),
        (["announcement.docx", "--select", "TPL301,TPL202", "--ignore", "TPL2", "--ignore", "TPL3"], 0),
        (["announcement.docx", "--kind", "work_plan", "--select", "TPL301"], 1),
        (["none.docx"], 2),
        (["none.docx", "announcement.docx"], 2),
        (["announcement.docx", "--kind", "通告"], 2),
        (["announcement.docx", "--select", "XYZ"], 2),
        (["announcement.docx", "--select", ""], 2),
        (["announcement.docx", "--fail-on", "nothing"], 2),
        (["announcement.docx", "--format", "xml"], 2),
        (["announcement.docx", "--fix"], 2),
        (["announcement.docx", "-o", "out"], 2),
        (["announcement.docx", "--fix", "-o", "."], 2),
        (["announcement.docx", "right", "--fix", "-o", "out"], 2),
        ([], 2),
        (["x" * 5000], 2),
    ],
)
def test_the_exit_code_says_how_it_went(folder: Path, capfd: Capture, arguments: list[str], code: int) -> None:
    got, out, err = said(capfd, *arguments)
    assert (got, bool(err)) == (code, code == 2), out + err


def test_what_was_not_checked_is_an_error_only_when_strict(folder: Path, capfd: Capture) -> None:
    Path("other.docx").write_bytes(built("{{ 甲 }}"))
    assert said(capfd, "other.docx")[0] == 0
    code, out, _ = said(capfd, "other.docx", "--strict")
    assert code == 1
    assert "有 1 项没有检查" in out


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.docx", b""),
        ("text.docx", "不是".encode("gbk")),
        ("old.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
        ("picture.docx", b"\x89PNG\r\n"),
        ("cut.docx", built("{{ 标题 }}")[:900]),
        ("zip.docx", b"PK\x05\x06" + b"\0" * 18),
    ],
)
def test_a_file_that_is_none_is_told_and_fails(folder: Path, capfd: Capture, name: str, content: bytes) -> None:
    Path(name).write_bytes(content)
    code, out, _ = said(capfd, name, "--kind", "巡察公告")
    assert code == 1
    assert "TPL001" in out


def test_a_folder_without_templates_and_one_of_word_s_own_files_are_said(folder: Path, capfd: Capture) -> None:
    Path("empty").mkdir()
    Path("empty/~$announcement.docx").write_bytes(b"x")
    code, _, err = said(capfd, "empty")
    assert code == 2
    assert "没有 .docx 或 .pdf 文件" in err


def test_a_template_that_cannot_be_filled_is_told_in_chinese_when_rendering(folder: Path, capfd: Capture) -> None:
    shutil.copy(ROOT / "src/xuncha_docs/demo.yaml", "case.yaml")
    command = ["render", "case.yaml", "--kind", "巡察公告", "-o", "out", "--templates", "."]
    assert run(command) == 2
    _, err = capfd.readouterr()
    assert "正文 第1段 错误〔TPL301〕巡察公告里没有“对像”这个名字。 是不是“对象”？" in err
    assert not Path("out").exists()


# --- formats -------------------------------------------------------------------------------------------------------


def test_text_says_what_was_checked_every_finding_and_how_many(folder: Path, capfd: Capture) -> None:
    _, out, _ = said(capfd, "announcement.docx", "--select", "TPL301,TPL202,TPL410")
    lines = out.splitlines()
    assert lines[0] == "announcement.docx：按巡察公告的模板检查"
    assert lines[-1] == "错误 2 处、警告 1 处。"
    assert lines[1:3] == [
        "announcement.docx: 正文 第1段 错误〔TPL301〕巡察公告里没有“对像”这个名字。 是不是“对象”？",
        "    对▶{{ 对像 }}◀开展巡察，",
    ]


def test_json_holds_every_finding_with_its_place(folder: Path, capfd: Capture) -> None:
    _, out, _ = said(capfd, "announcement.docx", "--format", "json", "--select", "TPL301")
    (finding,) = json.loads(out)["findings"]
    assert finding["place"] == {
        "file": "announcement.docx",
        "part": "word/document.xml",
        "paragraph": 1,
        "snippet": "对▶{{ 对像 }}◀开展巡察，",
    }
    assert (finding["code"], finding["name"], finding["severity"]) == ("TPL301", "unknown-name", "error")


def test_annotations_escape_what_github_would_read(folder: Path, capfd: Capture) -> None:
    Path("甲,乙:丙%.docx").write_bytes(built("{{ 对像 }}\n{{ 标题"))
    _, out, _ = said(capfd, "甲,乙:丙%.docx", "--kind", "巡察公告", "--format", "github", "--select", "TPL301")
    assert out.splitlines()[0] == (
        "::error file=甲%2C乙%3A丙%25.docx,title=TPL301 unknown-name::正文 第1段 巡察公告里没有“对像”这个名字。"
        " 是不是“对象”？%0A▶{{ 对像 }}◀"
    )


def test_every_severity_has_its_annotation_and_what_is_not_checked_is_noticed() -> None:
    rule = Rule("TST101", "some-fault")
    found = [rule.at(Place(file="a.docx", line=3), "甲。", severity=severity) for severity in Severity]
    report = Report(tuple(found), (NotChecked("乙", "丙"),))
    assert [line.partition(" ")[0] for line in telling.github(report).splitlines()] == [
        "::error",
        "::warning",
        "::notice",
        "::notice",
    ]


def test_sarif_holds_rules_results_and_what_was_put_up_with(folder: Path, capfd: Capture) -> None:
    settle(codes=["TPL410"])
    _, out, _ = said(capfd, "announcement.docx", "--format", "sarif")
    (made,) = json.loads(out)["runs"]
    rules = [rule["id"] for rule in made["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in made["results"])
    (ignored,) = [result for result in made["results"] if "suppressions" in result]
    assert (ignored["ruleId"], ignored["suppressions"][0]["justification"]) == ("TPL410", "说好的")
    prints = [result["partialFingerprints"]["xunchaDocs/v1"] for result in made["results"]]
    assert len(set(prints)) == len(prints)


def test_a_fingerprint_stays_when_a_paragraph_is_put_in_above() -> None:
    first = json.loads(telling.sarif(check(built("{{ 对像 }}"), model=Announcement, select=["TPL301"])))
    other = json.loads(telling.sarif(check(built("甲\n{{ 对像 }}"), model=Announcement, select=["TPL301"])))
    one, two = (doc["runs"][0]["results"][0] for doc in (first, other))
    assert one["partialFingerprints"] == two["partialFingerprints"]
    assert one["locations"] != two["locations"]


ACCEPTED = {"SARIF2005"}
"""What the reader asks for and the project has not: an address on the web."""


@pytest.fixture(scope="session")
def multitool() -> Path:
    """Return Microsoft's reader of SARIF."""
    binary = "@microsoft/sarif-multitool-linux/Sarif.Multitool"
    return installed("@microsoft/sarif-multitool-linux", "5.7.0", binary)


@pytest.mark.needs("node")
def test_a_reader_that_others_wrote_accepts_our_sarif(folder: Path, multitool: Path, capfd: Capture) -> None:
    settle(codes=["TPL410"])
    _, out, _ = said(capfd, "announcement.docx", "right", "--format", "sarif")
    Path("ours.sarif").write_text(out, encoding="utf-8")
    assert [fault for fault in faults_of(multitool, Path("ours.sarif")) if fault not in ACCEPTED] == []


@pytest.mark.needs("node")
def test_that_reader_finds_what_is_wrong(folder: Path, multitool: Path, capfd: Capture) -> None:
    _, out, _ = said(capfd, "announcement.docx", "--format", "sarif")
    broken = json.loads(out)
    broken["runs"][0]["results"][0]["ruleIndex"] = 99
    Path("broken.sarif").write_text(json.dumps(broken), encoding="utf-8")
    assert faults_of(multitool, Path("broken.sarif"))


def faults_of(multitool: Path, path: Path) -> list[str]:
    """Return the rules that a file of SARIF breaks, as errors or warnings."""
    out = path.with_suffix(".validated")
    command = [str(multitool), "validate", str(path), "--output", str(out), "--log", "ForceOverwrite"]
    environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert out.is_file(), done.stdout + done.stderr
    results = json.loads(out.read_text(encoding="utf-8-sig"))["runs"][0].get("results", [])
    return [r["ruleId"] for r in results if r.get("level", "warning") in ("error", "warning")]


# --- what is ignored -----------------------------------------------------------------------------------------------


def settle(name: str = "xuncha.toml", head: str = "ignore", **said: Any) -> None:
    """Write a file of settings that ignores something for the wrong template."""
    given = {"file": "announcement.docx", "codes": ["TPL"], "reason": "说好的", **said}
    lines = "".join(
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in given.items() if value is not None
    )
    Path(name).write_text(f"[[{head}]]\n{lines}", encoding="utf-8")


@pytest.mark.parametrize(("name", "head"), [("xuncha.toml", "ignore"), ("pyproject.toml", "tool.xuncha-docs.ignore")])
def test_what_is_ignored_is_shown_with_its_reason(folder: Path, capfd: Capture, name: str, head: str) -> None:
    settle(name, head)
    code, out, _ = said(capfd, "announcement.docx")
    assert code == 0
    assert "已忽略：announcement.docx: 正文 第1段 错误〔TPL301〕" in out
    assert "（理由：说好的）" in out
    assert "没有发现问题；已忽略" in out


def test_only_the_codes_and_files_that_are_named_are_ignored(folder: Path, capfd: Capture) -> None:
    settle(codes=["TPL2", "TPL301"], file="*.docx")
    assert [
        f.code for f in check("announcement.docx", select=["TPL2", "TPL3", "TPL410"]).findings if f.code != "TPL308"
    ] == ["TPL410"]
    settle(file="other/*.docx")
    assert {f.code for f in check("announcement.docx").findings} >= {"TPL301", "TPL202"}


def test_the_nearest_settings_count(folder: Path) -> None:
    settle(file="*")
    Path("deep").mkdir()
    shutil.copy("announcement.docx", "deep")
    assert not check("deep/announcement.docx").findings
    settle("deep/xuncha.toml", file="nothing")
    assert check("deep/announcement.docx").findings


def test_a_project_without_settings_is_passed_over(folder: Path) -> None:
    settle(file="*")
    Path("deep").mkdir()
    Path("deep/pyproject.toml").write_text("[tool.other]\na = 1\n", encoding="utf-8")
    shutil.copy("announcement.docx", "deep")
    assert not check("deep/announcement.docx").findings


@pytest.mark.parametrize(
    "given",
    [
        {"reason": None},
        {"reason": ""},
        {"codes": []},
        {"codes": ["unknown-name"]},
        {"codes": ["TPL3011"]},
        {"file": None},
        {"reasn": "错字"},
        {"codes": 5},
    ],
)
def test_settings_that_are_wrong_are_refused_with_their_place(
    folder: Path, capfd: Capture, given: dict[str, Any]
) -> None:
    settle(**given)
    code, out, err = said(capfd, "announcement.docx")
    assert (code, out) == (2, "")
    assert "xuncha.toml:" in err
    with pytest.raises(InputError):
        check("announcement.docx")


def test_settings_that_are_no_toml_are_refused(folder: Path, capfd: Capture) -> None:
    Path("xuncha.toml").write_text("[[ignore]\n", encoding="utf-8")
    code, _, err = said(capfd, "announcement.docx")
    assert code == 2
    assert "xuncha.toml:1" in err


# --- --fix ---------------------------------------------------------------------------------------------------------


def test_a_fixed_copy_is_written_and_the_original_left_alone(folder: Path, capfd: Capture) -> None:
    before = Path("announcement.docx").read_bytes()
    code, out, _ = said(capfd, "announcement.docx", "--fix", "-o", "fixed", "--select", "TPL2")
    assert code == 0
    assert "announcement.docx：改了 1 处。" in out
    assert "{{ 附言|join（'、'） }} → {{ 附言|join('、') }}" in out
    assert Path("announcement.docx").read_bytes() == before
    assert not check("fixed/announcement.docx", select=["TPL2"]).findings


def test_a_copy_that_somebody_changed_is_not_overwritten(folder: Path, capfd: Capture) -> None:
    assert said(capfd, "announcement.docx", "--fix", "-o", "fixed", "--select", "TPL2")[0] == 0
    Path("fixed/announcement.docx").write_bytes(b"mine")
    code, _, err = said(capfd, "announcement.docx", "--fix", "-o", "fixed")
    assert code == 2
    assert "没有覆盖" in err
    assert Path("fixed/announcement.docx").read_bytes() == b"mine"
    assert said(capfd, "announcement.docx", "--fix", "-o", "fixed", "--force", "--select", "TPL2")[0] == 0


def test_what_cannot_be_opened_cannot_be_fixed(folder: Path, capfd: Capture) -> None:
    Path("broken.docx").write_bytes(b"no")
    code, _, err = said(capfd, "broken.docx", "announcement.docx", "--fix", "-o", "fixed")
    assert code == 2
    assert "broken.docx 改不了，一份也没有改" in err
    assert not Path("fixed").exists()


def test_a_machine_s_format_is_not_mixed_with_what_was_fixed(folder: Path, capfd: Capture) -> None:
    _, out, _ = said(capfd, "announcement.docx", "--fix", "-o", "fixed", "--format", "json")
    assert json.loads(out)["findings"]


# --- explain, fields -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ruling.every())
def test_every_rule_is_explained_by_code_and_by_name(capfd: Capture, code: str) -> None:
    rule = ruling.find(code)
    assert run(["explain", code.lower()]) == 0
    by_code = capfd.readouterr().out
    assert run(["explain", rule.name]) == 0
    assert capfd.readouterr().out == by_code
    assert rule.page in by_code


def test_a_rule_that_is_none_is_wrong_use(capfd: Capture) -> None:
    assert run(["explain", "TPL999"]) == 2
    assert "没有“TPL999”这条规则" in capfd.readouterr().err
    with pytest.raises(UnknownRule):
        ruling.find("TPL999")


@every_kind
def test_every_name_a_template_may_use_is_on_the_card(kind: type[Document], capfd: Capture) -> None:
    assert run(["fields", kind.label, "--wide"]) == 0
    rows = [line.split("\t") for line in capfd.readouterr().out.splitlines()]
    shown = {(row[1], row[2]) for row in rows}
    assert {(str(info.title), name) for name, info in kind.model_fields.items()} <= shown
    assert all(len(row) == 6 for row in rows)
    assert run(["fields", kind.kind]) == 0
    assert kind.label in capfd.readouterr().out


@every_kind
def test_the_names_on_the_card_can_be_used(kind: type[Document]) -> None:
    own = card(kind)[0]
    lines = []
    for name in own.names:
        if name.model is None and not name.several and name.what != "图片":
            tag = f"{{{{ {name.zh} }}}}"
            lines.append(f"{{% if {name.zh} %}}{tag}{{% endif %}}" if name.may_be_empty else tag)
    wrong = check(built("\n".join(lines)), kind=kind, select=["TPL301", "TPL303", "TPL305"])
    assert not wrong.findings, str(wrong)


@every_kind
def test_a_card_has_examples(kind: type[Document]) -> None:
    plain = [name for section in card(kind) for name in section.names if name.model is None and name.what != "图片"]
    assert sum(bool(name.example) for name in plain) > 0.8 * len(plain)


# --- in somebody else's pipeline -----------------------------------------------------------------------------------


def lines_of(page: str) -> list[str]:
    """Return the shell lines of the jobs on a page."""
    found: list[str] = []
    for text in page.split("```yml")[1:]:
        said = yaml.safe_load(text.partition("\n")[2].partition("```")[0])
        jobs = said.get("jobs", {}).values() if isinstance(said, dict) else ()
        found += [step["run"] for job in jobs for step in job["steps"] if "run" in step]
        found += [line for job in said.values() if isinstance(job, dict) for line in job.get("script", ())]
    return found


def test_the_shell_lines_of_the_jobs_run_as_they_are_written(folder: Path) -> None:
    lines = lines_of((ROOT / "docs/how-to/ci.md").read_text(encoding="utf-8"))
    assert len(lines) == 6
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PIP_NO_INDEX": "1"}
    for content, code in ((Path("right/announcement.docx").read_bytes(), 0), (built(WRONG), 1)):
        Path("templates").mkdir(exist_ok=True)
        Path("templates/announcement.docx").write_bytes(content)
        for line in lines:
            done = subprocess.run(["bash", "-ec", line], env=environment, capture_output=True, text=True, check=False)
            wanted = 0 if line.startswith("pip") else code
            assert done.returncode == wanted, (line, done.stdout, done.stderr)
    assert json.loads(Path("templates.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]


def test_the_hook_checks_templates_and_nothing_else() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"].split() == ["xuncha-docs", "check"]
    assert re.search(hook["files"], "ours/templates/announcement.docx")
    assert not re.search(hook["files"], "papers/巡察公告.docx")


def test_a_finding_is_one_line_and_its_words_are_another() -> None:
    (finding,) = check(built("{{ 对像 }}"), model=Announcement, select=["TPL301"]).findings
    assert isinstance(finding, Finding)
    assert str(finding).count("\n") == 1

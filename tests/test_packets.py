"""A packet: every paper that the case has facts for, laid into a folder without losing anything."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DEMO
from tests.notation import repacked
from xuncha_docs import Announcement, Case, InputError, check, kinds
from xuncha_docs.cli import run
from xuncha_docs.findings import Severity
from xuncha_docs.inputs import read
from xuncha_docs.manifest import NAME, Manifest
from xuncha_docs.packets import changes, packet
from xuncha_docs.word.package import Package
from xuncha_docs.word.reading import Reading

Capture = pytest.CaptureFixture[str]


def demo_with(**facts: Any) -> Case:
    """The demo case with other facts."""
    return Case.model_validate(copy.deepcopy(read(DEMO).data) | facts)


def moved() -> Case:
    """The demo case, leaving a day later."""
    stay = read(DEMO).data["驻点时间"] | {"撤离日期": "2025-08-30"}
    return demo_with(驻点时间=stay)


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """All files of a folder, with when they were written."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def edit(path: Path, old: str, new: str) -> None:
    """Change the words of a paper as somebody does in Word."""
    content = path.read_bytes()
    body = Package.open(content).read("word/document.xml").decode()
    assert old in body
    path.write_bytes(repacked(content, **{"word/document.xml": body.replace(old, new).encode()}))


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's packet, made once."""
    folder = tmp_path_factory.mktemp("laid")
    packet(Case.load(DEMO), folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path, laid: Path) -> Path:
    """A folder of one's own with the demo's packet."""
    return Path(shutil.copytree(laid, tmp_path / "文书"))


NOTICE = "210-巡察公告.docx"
PLAN = "130-巡察工作方案.docx"


# --- what is made ----------------------------------------------------------------------------------------------------


def test_every_kind_that_the_case_has_a_section_for_is_made(demo: Case) -> None:
    made = {one.asked.document.kind for one in packet(demo).papers}
    assert made >= {type(document).kind for _, document in kinds.sections(demo)}


def test_a_kind_is_made_from_the_facts_alone_without_a_section() -> None:
    made = packet(demo_with(文书={}))
    assert NOTICE in made.files


def test_a_kind_that_lacks_facts_is_left_out_and_said(demo: Case) -> None:
    made = packet(demo_with(文书={}))
    said = {left.label: left.why for left in made.left_out}
    assert "总体要求" in said["巡察工作方案"]
    assert "没有做巡察工作方案：" in made.files["检查报告.txt"].decode()
    done = {one.asked.document.label for one in made.papers}
    asked_for_nothing = {kind.label for kind in kinds.every().values() if not kind.implied(demo_with(文书={}))}
    assert set(said) | done == {kind.label for kind in kinds.every().values()} - asked_for_nothing


def test_what_is_asked_for_by_name_is_not_left_out() -> None:
    with pytest.raises(InputError, match="总体要求"):
        packet(demo_with(文书={}), only=[kinds.find("巡察工作方案")])


def test_what_is_asked_for_and_has_nothing_to_say_is_told() -> None:
    with pytest.raises(InputError, match="没有要做延期公告的事实"):
        packet(demo_with(文书={}), only=[kinds.find("延期公告")])


def test_the_papers_are_numbered_by_their_place_in_the_cycle(folder: Path) -> None:
    names = [path.name for path in folder.glob("*.docx")]
    assert {name[:3] for name in names} <= {kind.cycle for kind in kinds.every().values()}
    assert NOTICE in names


def test_the_index_lists_every_other_paper(folder: Path, demo: Case) -> None:
    made = packet(demo)
    index, *others = made.papers
    for one in others:
        assert one.stem.partition("-")[2] in index.paper.text


def test_the_manifest_names_every_file_of_the_folder(folder: Path) -> None:
    manifest = Manifest.read((folder / NAME).read_bytes())
    assert {*manifest.by_file, NAME} == {path.name for path in folder.iterdir()}


def test_the_packet_of_the_demo_is_clean(folder: Path) -> None:
    report = check(*sorted(folder.glob("*.docx")), folder / NAME)
    assert not report.findings


def test_the_report_lies_in_the_folder_and_names_no_other(tmp_path: Path, folder: Path) -> None:
    text = (folder / "检查报告.txt").read_text(encoding="utf-8")
    assert "FCT" in text
    assert str(tmp_path) not in text


def test_a_public_paper_has_its_text_for_the_web_beside_it(folder: Path) -> None:
    assert "临江县水利局" in (folder / "210-巡察公告（网页）.html").read_text(encoding="utf-8")


def test_progress_never_goes_back_and_ends_whole(demo: Case) -> None:
    told: list[tuple[int, int]] = []
    packet(demo, progress=lambda done, count: told.append((done, count)))
    shares = [done / count for done, count in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1


# --- made again ------------------------------------------------------------------------------------------------------


def test_a_second_run_with_the_same_case_changes_no_byte(folder: Path, demo: Case) -> None:
    before = state(folder)
    laid = packet(demo, folder).laid
    assert state(folder) == before
    assert laid
    assert not laid.written


def test_a_changed_case_changes_the_papers_that_say_it(folder: Path) -> None:
    before = state(folder)
    packet(moved(), folder)
    after = state(folder)
    assert after[NOTICE] != before[NOTICE]


def test_an_edited_paper_is_kept_and_the_new_one_laid_beside_it(folder: Path) -> None:
    edit(folder / NOTICE, "特此公告", "现予公告")
    edited = (folder / NOTICE).read_bytes()
    made = packet(moved(), folder)
    assert (folder / NOTICE).read_bytes() == edited
    assert (folder / "210-巡察公告（新）.docx").read_bytes() == made.files[NOTICE]
    (told,) = [finding for finding in made.report.findings if finding.code == "PKT202"]
    assert told.place.file == NOTICE
    assert "210-巡察公告（新）.docx" in str(told.cure)


def test_an_edited_paper_whose_facts_are_the_same_has_nothing_laid_beside_it(folder: Path, demo: Case) -> None:
    edit(folder / NOTICE, "特此公告", "现予公告")
    before = state(folder)
    made = packet(demo, folder)
    assert {name for name, was in before.items() if state(folder)[name] != was} <= {"检查报告.txt", NAME}
    assert "PKT202" in {finding.code for finding in made.report.findings}


def test_what_lies_beside_an_edited_paper_stays_there_on_a_second_run(folder: Path) -> None:
    edit(folder / NOTICE, "特此公告", "现予公告")
    packet(moved(), folder)
    before = state(folder)
    packet(moved(), folder)
    assert state(folder) == before


def test_force_replaces_what_was_edited(folder: Path, demo: Case) -> None:
    edit(folder / NOTICE, "特此公告", "现予公告")
    made = packet(demo, folder, force=True)
    assert (folder / NOTICE).read_bytes() == made.files[NOTICE]


def test_a_file_of_somebody_else_under_the_name_of_a_paper_is_kept(tmp_path: Path, demo: Case) -> None:
    (tmp_path / NOTICE).write_bytes(b"mine")
    packet(demo, tmp_path)
    assert (tmp_path / NOTICE).read_bytes() == b"mine"
    assert (tmp_path / "210-巡察公告（新）.docx").is_file()


def test_files_of_somebody_else_stay(tmp_path: Path, demo: Case) -> None:
    (tmp_path / "笔记.txt").write_text("mine", encoding="utf-8")
    packet(demo, tmp_path)
    packet(moved(), tmp_path)
    assert (tmp_path / "笔记.txt").read_text(encoding="utf-8") == "mine"


def test_a_paper_that_the_case_no_longer_has_is_taken_away(folder: Path) -> None:
    laid = packet(demo_with(立行立改事项=[], 文书={}), folder).laid
    assert laid
    assert PLAN in laid.removed
    assert not (folder / PLAN).exists()


def test_a_paper_that_the_case_no_longer_has_stays_if_it_was_edited(folder: Path) -> None:
    edit(folder / PLAN, "总体要求", "总要求")
    laid = packet(demo_with(立行立改事项=[], 文书={}), folder).laid
    assert laid
    assert laid.stale == (PLAN,)
    assert (folder / PLAN).exists()


def test_only_one_kind_leaves_the_others_as_they_are(folder: Path) -> None:
    before = state(folder)
    packet(moved(), folder, only=[Announcement])
    changed = {name for name, was in before.items() if state(folder)[name] != was}
    assert NOTICE in changed
    assert PLAN not in changed
    assert set(Manifest.read((folder / NAME).read_bytes()).by_file) == set(before) - {NAME}


def test_a_failure_leaves_the_old_packet_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: content for name, (content, _) in state(folder).items()}
    whole = Path.replace

    def busy(draft: Path, target: Path) -> Path:
        if target.name == NAME and draft.suffix == ".part":
            raise PermissionError(13, "Permission denied", str(draft))
        return whole(draft, target)

    monkeypatch.setattr(Path, "replace", busy)
    with pytest.raises(PermissionError):
        packet(moved(), folder)
    assert {name: content for name, (content, _) in state(folder).items()} == before


def test_a_fault_in_a_section_leaves_the_old_packet_whole(folder: Path) -> None:
    before = state(folder)
    with pytest.raises(InputError):
        packet(demo_with(文书={"巡察公告": {"成文日期": "不是日期"}}), folder)
    assert state(folder) == before


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"format": 99}', b"\xff\xfe", b'{"format": 1, "entries": 3}'])
def test_a_manifest_that_cannot_be_read_loses_nothing(folder: Path, demo: Case, content: bytes) -> None:
    (folder / NAME).write_bytes(content)
    edit(folder / NOTICE, "特此公告", "现予公告")
    edited = (folder / NOTICE).read_bytes()
    packet(demo, folder)
    assert (folder / NOTICE).read_bytes() == edited


def test_a_manifest_that_points_elsewhere_is_refused(tmp_path: Path, folder: Path, demo: Case) -> None:
    outside = tmp_path / "outside.docx"
    outside.write_bytes(b"mine")
    text = (folder / NAME).read_text(encoding="utf-8").replace(PLAN, "../outside.docx")
    (folder / NAME).write_text(text, encoding="utf-8")
    packet(demo_with(立行立改事项=[], 文书={}), folder)
    assert outside.read_bytes() == b"mine"


# --- what changes ----------------------------------------------------------------------------------------------------


def test_nothing_changes_with_the_same_case(folder: Path, demo: Case) -> None:
    assert not any(changes(demo, folder))


def test_a_change_is_told_by_paper_and_sentence(folder: Path) -> None:
    found = {change.file: change for change in changes(moved(), folder) if change}
    assert NOTICE in found
    ((old, new),) = [pair for pair in found[NOTICE].sentences if "8月29日" in pair[0]]
    assert "8月30日" in new
    assert old != new


def test_comparing_writes_nothing(folder: Path) -> None:
    before = state(folder)
    changes(moved(), folder)
    assert state(folder) == before


def test_a_paper_that_is_new_and_one_that_is_gone_are_told(folder: Path, tmp_path: Path) -> None:
    gone = {change.file for change in changes(demo_with(立行立改事项=[], 文书={}), folder) if change.is_gone}
    assert PLAN in gone
    new = {change.file for change in changes(demo_with(), tmp_path) if change.is_new}
    assert NOTICE in new


# --- drafts ----------------------------------------------------------------------------------------------------------

SMALL = "巡察组: {序号: 3}\n文书:\n  巡察公告: {}\n  立行立改通知书: {}\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "案卷.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def test_a_draft_of_a_packet_has_what_the_file_asks_for_with_what_is_missing(small: Path, tmp_path: Path) -> None:
    made = packet(Case.load(small, draft=True), tmp_path / "文书", draft=True)
    papers = {one.file: one.paper.text for one in made.papers}
    assert set(papers) >= {"100-文书目录（草稿）.docx", "210-巡察公告（草稿）.docx", "370-立行立改通知书（草稿）.docx"}
    assert "130-巡察工作方案（草稿）.docx" not in papers
    assert (
        "【待填：整改时限】" in papers["370-立行立改通知书（草稿）.docx"]
        or "【待填：事项】" in papers["370-立行立改通知书（草稿）.docx"]
    )
    assert any("还没有填" in str(left) for left in made.report.not_checked)


def test_a_draft_has_no_text_for_the_web(small: Path) -> None:
    made = packet(Case.load(small, draft=True), draft=True)
    assert not [name for name in made.files if "网页" in name or "短信" in name]


def test_what_lacks_facts_is_refused_unless_it_is_a_draft(small: Path, tmp_path: Path, capfd: Capture) -> None:
    assert run(["packet", str(small), "-o", str(tmp_path / "文书")]) == 2
    assert not (tmp_path / "文书").exists()
    assert run(["packet", str(small), "-o", str(tmp_path / "文书"), "--draft"]) in (0, 1)
    assert (tmp_path / "文书/210-巡察公告（草稿）.docx").is_file()


def test_drafts_give_way_to_the_released_papers(tmp_path: Path, demo: Case) -> None:
    packet(demo, tmp_path, draft=True)
    assert (tmp_path / "210-巡察公告（草稿）.docx").is_file()
    packet(demo, tmp_path)
    assert not list(tmp_path.glob("*（草稿）*"))


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_command_makes_a_packet_and_says_so(tmp_path: Path, capfd: Capture) -> None:
    assert run(["packet", str(DEMO), "-o", str(tmp_path / "文书")]) == 0
    assert "新写" in capfd.readouterr().out
    assert run(["check", str(tmp_path / "文书")]) == 0


def test_an_office_of_its_own_file_heads_the_papers(tmp_path: Path, capfd: Capture) -> None:
    (tmp_path / "机关.yaml").write_text("发文机关标志: 临江县委巡察办文件\n代字: 临委巡办发\n", encoding="utf-8")
    command = [
        "packet",
        str(DEMO),
        "-o",
        str(tmp_path),
        "--office",
        str(tmp_path / "机关.yaml"),
        "--only",
        "round_plan",
    ]
    assert run(command) == 0
    assert "临江县委巡察办文件" in Reading((tmp_path / "120-本轮巡察工作方案（红头公文）.docx").read_bytes()).text


def test_the_command_ends_with_1_when_the_facts_are_doubtful(tmp_path: Path, capfd: Capture) -> None:
    data = DEMO.read_text(encoding="utf-8").replace("受理截止: 2025-08-22", "受理截止: 2025-08-24")
    case = tmp_path / "案卷.yaml"
    case.write_text(data, encoding="utf-8")
    assert run(["packet", str(case), "-o", str(tmp_path / "文书")]) == 1
    assert "FCT" in capfd.readouterr().out


def test_the_command_compares(folder: Path, tmp_path: Path, capfd: Capture) -> None:
    data = DEMO.read_text(encoding="utf-8").replace("撤离日期: 2025-08-29", "撤离日期: 2025-08-30")
    case = tmp_path / "案卷.yaml"
    case.write_text(data, encoding="utf-8")
    assert run(["packet", str(case), "-o", str(folder), "--diff"]) == 0
    said = capfd.readouterr().out
    assert "210-巡察公告.docx：" in said
    assert "＋" in said


def test_comparing_with_no_folder_is_wrong_use(tmp_path: Path, capfd: Capture) -> None:
    assert run(["packet", str(DEMO), "-o", str(tmp_path / "no"), "--diff"]) == 2
    assert "没有文件夹" in capfd.readouterr().err


def test_an_unknown_kind_is_wrong_use(tmp_path: Path, capfd: Capture) -> None:
    assert run(["packet", str(DEMO), "-o", str(tmp_path), "--only", "巡视公告"]) == 2
    assert "没有“巡视公告”这种文书" in capfd.readouterr().err


def test_a_hand_edited_fact_is_found_in_the_folder(folder: Path, capfd: Capture) -> None:
    edit(folder / NOTICE, "8月29日", "8月30日")
    assert run(["check", str(folder)]) == 1
    said = capfd.readouterr().out
    assert "PKT201" in said
    assert "撤离日期" in said


def test_a_paper_of_a_packet_is_held_against_its_manifest_alone_too(folder: Path) -> None:
    edit(folder / NOTICE, "8月29日", "8月30日")
    (found,) = [f for f in check(folder / NOTICE).findings if f.code == "PKT201" and "撤离日期" in str(f.place.field)]
    assert "仍是它" in found.message
    assert not [f for f in check(folder / PLAN).findings if f.code.startswith("PKT")]


@pytest.mark.parametrize("file", [NOTICE, "370-立行立改通知书.docx", "390-撤离公告.docx"])
def test_every_fact_in_the_manifest_is_found_missing_when_it_is_taken_out(folder: Path, file: str) -> None:
    manifest = Manifest.read((folder / NAME).read_bytes())
    assert sum(len(entry.written) for entry in manifest.entries) > 50
    entry = manifest.by_file[file]
    whole = (folder / file).read_bytes()
    body = Package.open(whole).read("word/document.xml").decode()
    for fact in entry.written:
        if fact.text in body:
            (folder / file).write_bytes(
                repacked(whole, **{"word/document.xml": body.replace(fact.text, "某").encode()})
            )
            found = [f for f in check(folder / NAME).findings if f.code == "PKT201"]
            assert fact.name in {f.place.field for f in found}, fact


@pytest.mark.needs("office")
def test_pdfs_of_papers_that_have_not_changed_are_kept_as_they_lie(tmp_path: Path, demo: Case) -> None:
    made = packet(demo, tmp_path, pdf=True)
    assert not made.report.at_least(Severity.WARNING)
    assert {one.stem for one in made.papers} == {path.stem for path in tmp_path.glob("*.pdf")}
    before = state(tmp_path)
    packet(demo, tmp_path, pdf=True)
    assert state(tmp_path) == before

"""Papers turned into PDF: what comes out is whole and says what the paper says, or nothing comes out at all."""

from __future__ import annotations

import http.server
import io
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from tests.conftest import DEMO, ROOT
from xuncha_docs import (
    Announcement,
    Case,
    ConversionError,
    OfficeMissing,
    Paper,
    XunchaError,
    converting,
    render,
    to_pdf,
)
from xuncha_docs.cli import run
from xuncha_docs.errors import PdfError
from xuncha_docs.findings import Place
from xuncha_docs.pdf import fonts, marks, office, pictures, programs
from xuncha_docs.pdf.pages import Glyph, Marks, Page
from xuncha_docs.word.drafting import Draft
from xuncha_docs.word.layout import Format, Layout, Paragraph, Run
from xuncha_docs.word.measuring import measured
from xuncha_docs.word.package import Member, Package, pack
from xuncha_docs.word.printable import printable

needs_office = pytest.mark.needs("office")


@pytest.fixture(scope="module")
def paper() -> Paper:
    return render(Announcement.from_case(Case.load(DEMO)))


def saying(*texts: str, title: str = "通知") -> bytes:
    draft = Draft(title=title)
    draft.add("公文标题", title)
    for text in texts:
        draft.add("公文正文", text)
    return draft.content()


def changed(docx: bytes, member: str, old: str, new: str) -> bytes:
    """Change the text of a member, which must have it."""
    package = Package.open(docx)
    text = package.read(member).decode()
    assert old in text
    parts = {name: package.read(name) for name in package.members} | {member: text.replace(old, new).encode()}
    return pack(Member.of(name, content) for name, content in parts.items())


# --- LibreOffice that fails -----------------------------------------------------------------------------------------


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where everything temporary goes, so that what is left over is seen."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(office, "_idle", {})
    return folder


class Fake:
    """A soffice that does what it is told, and notes the processes it has started."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = folder / "soffice"
        self.pids = folder / "pids"
        monkeypatch.setenv(office.SOFFICE, str(self.path))

    def does(self, script: str) -> None:
        self.pids.unlink(missing_ok=True)
        self.path.write_text(f"#!/bin/sh\necho $$ >> '{self.pids}'\n{script}\n", encoding="utf-8")
        self.path.chmod(0o755)

    def forks(self) -> str:
        """Return the lines that start a process that outlives the one that starts it."""
        return f"(trap '' TERM HUP; sleep 600) & echo $! >> '{self.pids}'"

    @property
    def has_ended(self) -> bool:
        """Whether none of its processes runs any more, a moment after they were told to end."""
        pids = [int(pid) for pid in self.pids.read_text().split()]
        deadline = time.monotonic() + 2
        while any(map(running, pids)) and time.monotonic() < deadline:
            time.sleep(0.01)
        return not any(map(running, pids))


def running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


@pytest.fixture
def fake(tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    if os.name != "posix":
        pytest.skip("the fake is a shell script")
    monkeypatch.setattr(fonts, "without_face", lambda families: ())
    monkeypatch.setattr(fonts, "lacking", lambda text: ())
    monkeypatch.setattr(office, "_PATIENCE_TO_START", 0.5)
    return Fake(tmp_path, monkeypatch)


FAILURES = {
    "hanging": ("{forks}\nsleep 600", "stopped after 2 seconds", "已经停掉"),
    "killed": ("{forks}\nkill -9 $$", "ended by signal 9", "没有转出来"),
    "doing nothing": ("exit 0", "made no PDF", "没有转出来"),
    "failing": ("echo 'no space left'\nexit 77", "made no PDF (no space left)", "没有转出来"),
    "writing half a file": ("mkdir out; printf '%%PDF-1.7 half of' > out/0.pdf", "made half a PDF", "只转出来一半"),
    "writing something else": ("mkdir out; echo '<html>%%EOF' > out/0.pdf", "made half a PDF", "只转出来一半"),
    "writing what can't be opened": (
        "mkdir out; printf '%%PDF-1.7\\njunk\\n%%%%EOF\\n' > out/0.pdf",
        "made a PDF that can't be opened",
        "打不开",
    ),
    "leaving a child behind": ("{forks}\nexit 0", "made no PDF", "没有转出来"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_an_office_that_fails_leaves_a_clear_error_and_nothing_else(
    failure: str, fake: Fake, scratch: Path, paper: Paper, tmp_path: Path
) -> None:
    script, said, told = FAILURES[failure]
    fake.does(script.format(forks=fake.forks()))
    (tmp_path / "out").mkdir()
    old = tmp_path / "out/公告.pdf"
    old.write_bytes(b"the old one")
    begun = time.monotonic()
    with pytest.raises(ConversionError) as raised:
        to_pdf(paper, old)
    assert said in str(raised.value)
    assert "巡察公告" in str(raised.value)
    assert told in raised.value.told
    assert time.monotonic() - begun < 30
    assert fake.has_ended
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["公告.pdf"]
    assert old.read_bytes() == b"the old one"
    assert not [path for path in scratch.iterdir() if not path.name.startswith("xuncha-profile-")]


def test_a_profile_that_an_office_died_in_is_not_used_again(fake: Fake, scratch: Path, paper: Paper) -> None:
    fake.does("kill -9 $$")
    for _ in range(2):
        with pytest.raises(ConversionError):
            office.convert([("公告", paper.content)])
    assert not list(scratch.iterdir())


def test_an_interrupted_conversion_ends_its_office(fake: Fake, scratch: Path, paper: Paper) -> None:
    fake.does(f"{fake.forks()}\nsleep 600")

    def interrupt(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.convert([("公告", paper.content)], progress=interrupt)
    assert fake.has_ended
    assert not list(scratch.iterdir())


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_is_stopped_ends_its_office(
    how: signal.Signals, fake: Fake, paper: Paper, tmp_path: Path
) -> None:
    fake.does(f"{fake.forks()}\nsleep 600")
    paper.save(tmp_path / "公告.docx")
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from xuncha_docs.pdf import fonts; fonts.without_face = fonts.lacking = lambda said: ();"
        "from xuncha_docs.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "pdf", str(tmp_path / "公告.docx"), "-o", str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT) as process:
        wait_until(lambda: fake.pids.is_file() and len(fake.pids.read_text().split()) == 2)
        process.send_signal(how)
        said = process.communicate(timeout=30)[0].decode()
    assert "Traceback" not in said
    assert process.returncode not in (0, 3)
    assert fake.has_ended
    assert not (tmp_path / "out").exists()


def wait_until(there: Any) -> None:
    deadline = time.monotonic() + 30
    while not there():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_missing_office_is_named_with_the_cure(paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(office.SOFFICE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_USUAL", ())
    with pytest.raises(OfficeMissing, match="apt-get install") as raised:
        to_pdf(paper, tmp_path / "公告.pdf")
    assert isinstance(raised.value, LookupError)
    assert "libreoffice-writer-nogui" in raised.value.told
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", ["", "no program at all"])
def test_an_office_that_is_no_program_is_named(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soffice = tmp_path / "soffice"
    soffice.write_text(content, encoding="utf-8")
    monkeypatch.setenv(office.SOFFICE, str(soffice))
    with pytest.raises(OfficeMissing, match=office.SOFFICE):
        office.find()
    soffice.chmod(0o755)
    with pytest.raises(OfficeMissing, match=re.escape(str(soffice))):
        office.version()


def test_a_batch_may_take_longer() -> None:
    assert office.patience(1) == 61
    assert office.patience(100) == 160


def test_more_papers_than_one_call_takes_are_converted_in_several(fake: Fake) -> None:
    pdf = fake.path.parent / "one.pdf"
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(pdf)
    fake.does(
        f"""mkdir -p out; n=0
for f in "$@"; do n=$((n+1)); [ $n -gt 250 ] && exit 0
case $f in *.docx) cp '{pdf}' out/${{f%.docx}}.pdf;; esac; done"""
    )
    content = saying("好。")
    assert len(office.convert([(f"{n}.docx", content) for n in range(405)])) == 405


# --- papers that are none --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff" * 900, "只是文字".encode(), b"%PDF-1.7", b"PK\x03\x04 and no more"]
)
@needs_office
def test_what_is_no_docx_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "坏.docx"
    file.write_bytes(content)
    with pytest.raises(ConversionError, match=r"坏\.docx") as raised:
        to_pdf(file, tmp_path / "坏.pdf")
    assert "另存" in raised.value.told
    with pytest.raises(ConversionError, match=r"坏\.docx"):
        office.convert([("坏.docx", content)])
    assert [path.name for path in tmp_path.iterdir()] == ["坏.docx"]


@needs_office
def test_a_docx_whose_document_is_broken_is_refused(paper: Paper, tmp_path: Path) -> None:
    broken = changed(paper.content, "word/document.xml", "</w:body>", "")
    (tmp_path / "坏.docx").write_bytes(broken)
    with pytest.raises(ConversionError, match=r"坏\.docx"):
        to_pdf(tmp_path / "坏.docx", tmp_path / "坏.pdf")
    with pytest.raises(ConversionError, match="LibreOffice made no PDF"):
        office.convert([("坏.docx", broken)])
    assert not (tmp_path / "坏.pdf").exists()


@needs_office
def test_one_bad_paper_keeps_a_whole_batch_from_being_written(paper: Paper, tmp_path: Path) -> None:
    paper.save(tmp_path / "好.docx")
    (tmp_path / "坏.docx").write_bytes(changed(paper.content, "word/document.xml", "</w:body>", ""))
    with pytest.raises(ConversionError, match=r"坏\.docx"):
        to_pdf(tmp_path / "好.docx", tmp_path / "坏.docx", out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there_is_no_matter_of_conversion(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        to_pdf(tmp_path / "没有.docx", tmp_path / "没有.pdf")


# --- what is proved --------------------------------------------------------------------------------------------------


def paragraphs(count: int) -> Iterator[str]:
    """Yield paragraphs in which a mark comes to stand at the end of a line now and then."""
    chance = random.Random(4)
    characters = [chr(code) for code in range(0x4E00, 0x59B8) if chr(code).encode("gb2312", "ignore")]
    for _ in range(count):
        words = ("".join(chance.sample(characters, chance.randint(2, 9))) for _ in range(45))
        yield "".join(word + chance.choice("，。：、") for word in words)


@pytest.fixture(scope="module")
def hanging() -> bytes:
    """Return a paper as people type it: marks may hang, and lines of 28 characters are stretched."""
    wide = changed(saying(*paragraphs(12)), "word/styles.xml", '<w:spacing w:val="-5"/>', '<w:spacing w:val="-4"/>')
    return changed(wide, "word/styles.xml", '<w:overflowPunct w:val="1"/>', "")


@needs_office
def test_marks_that_libreoffice_drops_are_missed(hanging: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    # A mark that may hang beyond a line is not printed where the line is stretched: 4 by 7.4, 21 by 25.2.
    monkeypatch.setattr(converting, "printable", lambda content: content)
    with pytest.raises(ConversionError, match=r"lost .* near '.+'") as raised:
        converting.proved([("甲", hanging)])
    assert re.search("丢了“[，。：、… ]+”，在“.+”附近", raised.value.told)


@needs_office
@pytest.mark.parametrize("said", [None, '<w:overflowPunct w:val="0"/>', '<w:overflowPunct w:val="false"/>'])
def test_libreoffice_is_kept_from_dropping_marks(said: str | None, hanging: bytes) -> None:
    old = '<w:pStyle w:val="公文正文"/>'
    given = changed(hanging, "word/document.xml", old, old + said) if said else hanging
    (pdf,) = converting.proved([("甲", given)])
    assert converting.difference(measured(given), marks.read(pdf)) is None


def test_what_libreoffice_is_given_says_what_the_paper_says(paper: Paper, hanging: bytes) -> None:
    for given in (paper.content, hanging):
        assert Paper(printable(given), "announcement").text == Paper(given, "announcement").text
        assert printable(printable(given)) == printable(given)


def glyphs(text: str) -> Marks:
    """Return a page on which a text is printed in one line."""
    row = tuple(Glyph(one, 90 + 16 * n, 700, 16, 16, "FandolFang-Regular") for n, one in enumerate(text))
    return Marks((Page(1, 595, 842, row),))


@pytest.mark.parametrize(
    ("said", "printed", "lost", "near"),
    [
        ("巡察组（第三）。", "巡察组（第三）。—1—", None, None),
        ("ＡＢｃ １２㎡", "abC12m2", None, None),
        ("自动编号的文字", "一、自动编号的文字", None, None),
        ("受理来信，来电。", "受理来信来电。", "，", "受理来信，来电。"),
        ("联络员章镕。", "联络员章喆。", "镕", "联络员章镕。"),
        ("一张二张三张", "一张三张二张", "", "一张二张三张"),
        ("שלום文字", "םולש文字", None, None),
        ("", "", None, None),
    ],
)
def test_the_texts_of_a_paper_and_its_pdf_are_compared(
    said: str, printed: str, lost: str | None, near: str | None
) -> None:
    run = Run(said, Format())
    found = converting.difference(Layout(paragraphs=(Paragraph(place=Place(), runs=(run,)),)), glyphs(printed))
    expected = (
        None if lost is None else (unicodedata.normalize("NFKC", lost), unicodedata.normalize("NFKC", near or ""))
    )
    assert (found and (found.lost, found.near)) == expected


def test_what_a_field_works_out_anew_is_not_looked_for() -> None:
    runs = (Run("第", Format()), Run("7", Format(), 1, "PAGE"), Run("页", Format(), 2))
    layout = Layout(paragraphs=(Paragraph(place=Place(), runs=runs),))
    assert converting.difference(layout, glyphs("第8页")) is None
    assert converting.difference(layout, glyphs("第8")) is not None


@pytest.fixture
def only_fandol(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that holds the fonts without those for rare characters."""
    folder = tmp_path / "fandol"
    folder.mkdir()
    for font in fonts.folder().glob("Fandol*.otf"):
        (folder / font.name).symlink_to(font)
    monkeypatch.setenv(fonts.FOLDER, str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


@needs_office
def test_a_character_without_a_glyph_is_told_before_converting(only_fandol: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(office, "convert", lambda *args, **options: pytest.fail("it was converted"))
    content = saying("联络员章镕喆，电话0600-8000001。")
    with pytest.raises(ConversionError, match=r"甲\.docx: no font .* has 镕 \(U\+9555\), 喆 \(U\+5586\)") as raised:
        converting.proved([("甲.docx", content)])
    assert fonts.INSTALL in raised.value.told


@needs_office
def test_a_character_that_is_printed_as_a_box_is_missed(only_fandol: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(fonts, "lacking", lambda text: ())
    with pytest.raises(ConversionError, match=r"lost .*镕"):
        converting.proved([("甲.docx", saying("联络员章镕喆，电话0600-8000001。"))])


@needs_office
def test_rare_characters_are_printed_by_the_fallback(tmp_path: Path) -> None:
    (pdf,) = converting.proved([("甲.docx", saying(f"联络员{fonts.RARE}。"))])
    assert fonts.RARE in marks.read(pdf).text
    assert "NotoSerifSC-Regular" in {font.name.partition("-V")[0] for font in marks.read(pdf).fonts}


@needs_office
def test_a_font_class_that_nothing_prints_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fonts").mkdir()
    monkeypatch.setenv(fonts.FOLDER, str(tmp_path / "fonts"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(OfficeMissing, match="小标宋") as raised:
        converting.proved([("甲.docx", saying("文字"))])
    assert fonts.INSTALL in raised.value.told


# --- what comes out --------------------------------------------------------------------------------------------------


@needs_office
def test_a_paper_becomes_a_pdf_that_says_the_same(paper: Paper, tmp_path: Path) -> None:
    made = to_pdf(paper, tmp_path / "公告.pdf")
    assert made == tmp_path / "公告.pdf"
    printed = "".join(page.extract_text() for page in PdfReader(made).pages)
    assert re.sub(r"\s", "", printed) == re.sub(r"\s", "", paper.text)
    assert PdfReader(made).trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]


@needs_office
def test_ten_papers_are_converted_in_one_call_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Sequence[str | Path]] = []
    run_program = programs.run

    def counted(command: Sequence[str | Path], **options: Any) -> programs.Ended:
        calls.append(command)
        return run_program(command, **options)

    monkeypatch.setattr(programs, "run", counted)
    files = [tmp_path / f"{n}.{'第' * n}.docx" for n in range(10)]
    for n, file in enumerate(files):
        file.write_bytes(saying(f"这是第{n}份。"))
    told: list[int] = []
    pdfs = converting.proved([(file.name, file.read_bytes()) for file in files], progress=told.append)
    assert sum("--convert-to" in map(str, call) for call in calls) == 1
    assert [f"这是第{n}份" in marks.read(pdf).text for n, pdf in enumerate(pdfs)] == [True] * 10
    assert told == sorted(told)
    assert told[-1] == 10


@needs_office
def test_several_papers_go_into_a_folder_under_their_names(paper: Paper, tmp_path: Path) -> None:
    paper.save(tmp_path / "-一 份.docx")
    made = to_pdf(tmp_path / "-一 份.docx", paper, paper, out=tmp_path / "新的/PDF")
    names = ["-一 份.pdf", "巡察公告-1.pdf", "巡察公告-2.pdf"]
    assert made == tuple(tmp_path / "新的/PDF" / name for name in names)
    assert all(path.read_bytes().startswith(b"%PDF") for path in made)


@needs_office
def test_two_conversions_at_once_do_not_disturb_each_other(paper: Paper) -> None:
    with ThreadPoolExecutor(2) as pool:
        texts = [f"第{n}条线上的文字。" for n in range(4)]
        made = list(pool.map(lambda text: converting.proved([("甲", saying(text))])[0], texts))
    assert [text in marks.read(pdf).text for text, pdf in zip(texts, made, strict=True)] == [True] * 4


@needs_office
def test_the_archive_s_pdf_is_pdf_a_2b(paper: Paper, tmp_path: Path) -> None:
    reader = PdfReader(to_pdf(paper, tmp_path / "公告.pdf", pdfa=True))
    said = reader.xmp_metadata
    assert said is not None
    xmp = said.stream.get_data().decode()
    assert re.findall(r"<pdfaid:(part|conformance)>([^<]+)<", xmp) == [("part", "2"), ("conformance", "B")]
    root: Any = reader.trailer["/Root"]
    assert [one.get_object()["/S"] for one in root["/OutputIntents"]] == ["/GTS_PDFA1"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/Encrypt" not in reader.trailer
    assert all(font.embedded for font in marks.read((tmp_path / "公告.pdf").read_bytes()).fonts)
    plain = to_pdf(paper, tmp_path / "平常.pdf").read_bytes()
    assert b"pdfaid" not in plain


@needs_office
def test_a_picture_that_is_only_linked_to_is_not_fetched(paper: Paper) -> None:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        office.convert([("甲", linked(f"http://127.0.0.1:{server.server_port}/picture.png"))])
        server.shutdown()
    assert not asked


def linked(url: str) -> bytes:
    """Return a paper whose picture lies elsewhere."""
    import docx  # only here: what tests make otherwise is made by the library

    document = docx.Document()
    document.add_paragraph("文字").add_run().add_picture(str(ROOT / "tests/code.png"))
    made = io.BytesIO()
    document.save(made)
    embedded = changed(made.getvalue(), "word/document.xml", "r:embed=", "r:link=")
    rels = "word/_rels/document.xml.rels"
    return changed(embedded, rels, 'Target="media/image1.png"', f'Target="{url}" TargetMode="External"')


@needs_office
def test_a_font_that_the_machine_has_comes_before_the_one_that_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title, text = "通知", "正文里写字。"
    for name, face in (("方正小标宋简体", "RealXiaobiaosong"), ("FZFangSong-Z02S", "RealFangsong")):
        new_font(tmp_path / f"data/fonts/{face}.ttf", name, face, title + text)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    faces = fonts.faces()
    assert (faces["小标宋"], faces["仿宋"], faces["楷体"]) == ("方正小标宋简体", "FZFangSong-Z02S", "FandolKai")
    (pdf,) = converting.proved([("甲", saying(text, title=title))])
    assert {font.name for font in marks.read(pdf).fonts} == {"RealXiaobiaosong", "RealFangsong"}


def new_font(target: Path, family: str, face: str, characters: str) -> None:
    """Make a font that draws a few characters as boxes."""
    from fontTools.fontBuilder import FontBuilder  # only here: slow to load
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    names = {ord(one): f"uni{ord(one):04X}" for one in characters}
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef", *names.values()])
    made.setupCharacterMap(names)
    made.setupGlyf(dict.fromkeys((".notdef", *names.values()), pen.glyph()))
    made.setupHorizontalMetrics(dict.fromkeys((".notdef", *names.values()), (1000, 100)))
    made.setupHorizontalHeader(ascent=880, descent=-120)
    made.setupNameTable({"familyName": family, "styleName": "Regular", "fullName": family, "psName": face}, mac=False)
    made.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    made.setupPost()
    target.parent.mkdir(parents=True, exist_ok=True)
    made.save(target)


@pytest.mark.parametrize(
    ("things", "out", "error"),
    [
        ((), None, TypeError),
        (("甲.docx",), None, TypeError),
        (("甲.docx", "乙.docx", "丙.docx"), None, TypeError),
        (("甲.docx", "乙.docx"), None, ValueError),
        (("甲.docx", "乙.docx"), "一份.pdf", ValueError),
        (("甲.docx", "甲-1.docx", "别处/甲.docx"), "文件夹", ValueError),
    ],
)
def test_where_pdfs_can_t_go_is_refused(
    things: tuple[str, ...], out: str | None, error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error):
        to_pdf(*things, out=out)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


# --- pages as pictures -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A PDF of three pages."""
    return office.convert([("甲", saying(*["巡察公告的正文。" * 60] * 4))])[0]


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


@needs_office
@pytest.mark.parametrize("drawer", ["poppler", "pypdfium2"])
def test_pages_are_drawn_by_either_program(drawer: str, pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "drawn_by", lambda: drawer)
    drawn = pictures.pictures(pdf)
    count = len(PdfReader(io.BytesIO(pdf)).pages)
    assert len(drawn) == count
    assert {(abs(w - 794) <= 1, abs(h - 1123) <= 1) for w, h in map(size, drawn)} == {(True, True)}
    assert pictures.pictures(pdf, first=2, last=2) == drawn[1:2]
    with pytest.raises(PdfError, match=f"no page {count + 1}"):
        pictures.pictures(pdf, first=count + 1, last=count + 1)
    with pytest.raises(PdfError, match="can't draw"):
        pictures.pictures(b"%PDF-1.7 and no more")


@pytest.mark.parametrize("asked", [{"dpi": 0}, {"dpi": 10_000}, {"first": 0}, {"first": 3, "last": 2}])
def test_pages_that_can_t_be_are_refused(asked: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="pages"):
        pictures.pictures(b"", **asked)


def test_a_machine_that_draws_no_pages_says_how(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pictures, "find_spec", lambda name: None)
    with pytest.raises(OfficeMissing, match="poppler-utils"):
        pictures.pictures(b"%PDF")


@needs_office
def test_a_paper_shows_its_pages(paper: Paper) -> None:
    assert size(paper.preview(dpi=60))[0] in (496, 497)
    with pytest.raises(PdfError, match="no page 9"):
        paper.preview(9)


# --- the commands ----------------------------------------------------------------------------------------------------

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    paper.save("公告.docx")
    return tmp_path


@needs_office
def test_the_command_makes_pdfs_and_says_so(folder: Path, capfd: Capture) -> None:
    assert run(["pdf", "公告.docx", "-o", "存档.pdf", "--pdfa"]) == 0
    assert b"pdfaid:part" in Path("存档.pdf").read_bytes()
    assert run(["pdf", "公告.docx", "公告.docx", "-o", "PDF"]) == 0
    assert capfd.readouterr() == ("已写好 存档.pdf\n已写好 PDF/公告-1.pdf\n已写好 PDF/公告-2.pdf\n", "")


@needs_office
def test_the_command_replaces_a_pdf_only_of_the_same_pages(folder: Path, capfd: Capture) -> None:
    assert run(["pdf", "公告.docx", "-o", "公告.pdf"]) == 0
    assert run(["pdf", "公告.docx", "-o", "公告.pdf"]) == 0
    Path("公告.docx").write_bytes(saying("别的。"))
    capfd.readouterr()
    assert run(["pdf", "公告.docx", "-o", "公告.pdf"]) == 2
    assert "没有覆盖" in capfd.readouterr().err
    assert run(["pdf", "公告.docx", "-o", "公告.pdf", "--force"]) == 0
    signed = Path("公告.pdf").read_bytes() + b"\n% /ByteRange [0 1 2 3]\n"
    Path("公告.pdf").write_bytes(signed)
    assert run(["pdf", "公告.docx", "-o", "公告.pdf"]) == 2
    assert Path("公告.pdf").read_bytes() == signed


@needs_office
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["没有.docx", "-o", "PDF"], "找不到没有.docx"),
        (["公告.docx", "公告.docx", "-o", "一份.pdf"], "请写文件夹"),
        (["公告.docx", "-o", "公告.docx"], "不是 PDF 的文件名"),
        (["坏.docx", "-o", "PDF"], "坏.docx"),
    ],
)
def test_the_command_says_in_chinese_what_is_wrong(
    arguments: list[str], said: str, folder: Path, capfd: Capture
) -> None:
    Path("坏.docx").write_bytes(b"\x01\x02")
    assert run(["pdf", *arguments]) == 2
    assert said in capfd.readouterr().err
    assert not Path("PDF").exists()


@needs_office
def test_papers_are_rendered_with_their_pdfs(folder: Path) -> None:
    arguments = ["render", str(DEMO), "--kind", "巡察公告", "--pdf", "-o", "文书"]
    assert run(arguments) == 0
    assert sorted(path.name for path in Path("文书").iterdir()) == ["巡察公告.docx", "巡察公告.pdf"]
    assert run(arguments) == 0


@needs_office
def test_pages_are_drawn_by_the_command(folder: Path, capfd: Capture) -> None:
    assert run(["preview", "公告.docx", "-o", "图", "--dpi", "50"]) == 0
    assert run(["pdf", "公告.docx", "-o", "公告.pdf"]) == 0
    assert run(["preview", "公告.pdf", "-o", "图", "--dpi", "50"]) == 0
    assert [path.name for path in Path("图").iterdir()] == ["公告-1.png"]
    Path("坏.pdf").write_bytes(b"%PDF-1.7 and no more")
    assert run(["preview", "坏.pdf", "-o", "图"]) == 2
    assert "坏.pdf 画不出来" in capfd.readouterr().err
    assert run(["preview", "公告.pdf", "-o", "图", "--dpi", "0"]) == 2


def test_without_an_office_all_but_pdf_works(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture) -> None:
    monkeypatch.setenv(office.SOFFICE, "/nowhere/soffice")
    assert run(["render", str(DEMO), "-o", "文书"]) == 0
    assert run(["pdf", "公告.docx", "-o", "PDF"]) == 2
    assert office.SOFFICE in capfd.readouterr().err
    assert issubclass(OfficeMissing, XunchaError)

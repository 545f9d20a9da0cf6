"""Papers of any sort are judged in time: those of other programs, long ones, broken ones, and those made to do harm."""

from __future__ import annotations

import contextlib
import io
import random
import re
import time
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.benchmarks.check_speed import paper as of_pages
from tests.conftest import SHARED
from tests.foreign import typed
from tests.good_papers import PAPERS
from tests.test_bad_input import at_most, english_in
from xuncha_docs import check
from xuncha_docs.checks import mended, papers
from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.profiles import PROFILES
from xuncha_docs.cli import run
from xuncha_docs.word.measuring import measured
from xuncha_docs.word.package import Package, PackageError, pack_parts
from xuncha_docs.word.styles import NAMESPACE

Capture = pytest.CaptureFixture[str]

BODY, STYLES = "word/document.xml", "word/styles.xml"


# --- papers of other programs ----------------------------------------------------------------------------------------


@pytest.mark.needs("shared")
def test_papers_of_other_programs_are_judged_by_every_profile() -> None:
    judged = 0
    for file in sorted((SHARED / "corpus").rglob("*.docx")):
        with contextlib.suppress(PackageError):
            layout = measured(file.read_bytes())
            judged += 1
            for profile in PROFILES.values():
                for finding in papers.judge(Judged(file.name, layout, profile)).findings:
                    assert str(finding)
    assert judged > 100


# --- long papers -----------------------------------------------------------------------------------------------------


def parts(content: bytes = b"") -> dict[str, bytes]:
    return Package.open(content or PAPERS["普通"]()).parts()


def holding(body: str, section: str = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>') -> bytes:
    """Build a paper of ours with another body."""
    found = parts()
    head = found[BODY].decode().partition("<w:body>")[0]
    return pack_parts({**found, BODY: f"{head}<w:body>{body}{section}</w:body></w:document>".encode()})


def par(text: str, properties: str = "") -> str:
    said = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{said}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def right(text: str) -> str:
    return par(text, '<w:jc w:val="right"/>')


def whole(name: str) -> str:
    """Return the body of a good paper that has no styles."""
    said = Package.open(typed(PAPERS[name]())).read(BODY).decode()
    return said[said.index("<w:body>") + 8 : said.rindex("<w:sectPr")]


LONG: Mapping[str, Callable[[int], bytes]] = {
    "paragraphs": lambda n: of_pages(25 * n),
    "whole papers": lambda n: holding(whole("普通") * 6 * n),
    "headings of one level": lambda n: holding(par("一、总体要求") * 400 * n),
    "headings of all levels": lambda n: holding("".join(map(par, ("一、甲", "（一）乙", "1.丙", "（1）丁"))) * 100 * n),
    "empty lines with white": lambda n: holding('<w:p><w:pPr><w:spacing w:before="600"/></w:pPr></w:p>' * 500 * n),
    "signatures": lambda n: holding((right("县委办公室") + right("2025年3月4日")) * 150 * n),
    "annexes": lambda n: holding((par("附件1") + par("名单", '<w:jc w:val="center"/>')) * 150 * n),
    "tables": lambda n: holding(f"<w:tbl>{row('格子') * 4}</w:tbl>" * 100 * n),
    "runs that each want mending": lambda n: holding(f"<w:p>{'<w:r><w:t>乙,</w:t></w:r>' * 1500 * n}</w:p>"),
    "text boxes": lambda n: holding("<w:p>" + box(par("框")) * 100 * n + "</w:p>"),
    "one paragraph": lambda n: holding(par("巡察组认真落实党委部署，" * 5000 * n)),
}
"""Papers that are n times as long, by what they are long of."""


def row(text: str) -> str:
    return f"<w:tr><w:tc>{par(text)}</w:tc></w:tr>"


def box(held: str) -> str:
    drawn = f"<v:textbox><w:txbxContent>{held}</w:txbxContent></v:textbox>"
    return f'<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">{drawn}</v:shape></w:pict></w:r>'


def seconds(step: Callable[[], object]) -> float:
    taken = []
    for _ in range(2):
        start = time.process_time()
        step()
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("name", LONG)
def test_checking_and_mending_a_paper_take_time_linear_in_its_length(name: str) -> None:
    short, long = LONG[name](1), LONG[name](4)
    for step in (check, lambda content: mended(content, "x.docx")):
        assert seconds(lambda: step(long)) < 9 * seconds(lambda: step(short)) + 0.1  # noqa: B023  # run at once


def test_a_paper_of_two_hundred_pages_is_checked_in_seconds() -> None:
    assert seconds(lambda: check(of_pages(200))) < 6


# --- asking the command ----------------------------------------------------------------------------------------------


class Answer(NamedTuple):
    """What the command answered."""

    code: int
    said: str


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture) -> Callable[..., Answer]:
    """Return how to ask for a check of a file `文书.docx`; whatever is answered is Chinese, and no fault of ours."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "文书.docx"

    def asking(content: bytes, *options: str, seconds: float = 15) -> Answer:
        file.write_bytes(content)
        with at_most(seconds):
            code = run(["check", file.name, *options])
        said = "".join(capfd.readouterr())
        assert code in (0, 1, 2), said[-500:]
        assert said.strip()
        assert "Traceback" not in said
        assert not english_in(re.sub(r"（[^）]*）", "", said)), said[:500]
        assert file.read_bytes() == content
        return Answer(code, said)

    return asking


Ask = Callable[..., Answer]
FIX = ("--fix", "-o", "改好的", "--force")


# --- what can't be read ----------------------------------------------------------------------------------------------


def zipped(members: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    return pack_parts({**parts(), name: content})


def strict(content: bytes) -> bytes:
    """Write a paper in the strict form of the format, which Word calls Strict Open XML."""
    found = parts(content)
    for name, part in found.items():
        said = part.replace(NAMESPACE.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        found[name] = said.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
    return pack_parts(found)


def deep(inner: str, outer: str, times: int) -> bytes:
    return holding(inner * times + par("深。") + outer * times)


UNREADABLE: Mapping[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "bytes of any sort": lambda: random.Random(1).randbytes(50_000),
    "half a paper": lambda: PAPERS["普通"]()[:9000],
    "a paper without its end": lambda: PAPERS["普通"]()[:-10],
    "a .doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000),
    "RTF": lambda: rb"{\rtf1\ansi hello}",
    "a web page": lambda: "<html><body>通知</body></html>".encode(),
    "plain text in GBK": lambda: "关于开展巡察的通知".encode("gbk"),
    "another archive": lambda: zipped({"a.txt": b"x"}),
    "a bomb": lambda: zipped({**parts(), "word/media/a.xml": bytes(50_000_000)}),
    "a bomb of empty paragraphs": lambda: zipped(
        {**parts(), BODY: parts()[BODY].replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 2_000_000)}
    ),
    "no document": lambda: pack_parts({name: part for name, part in parts().items() if name != BODY}),
    "a document that ends early": lambda: with_part(BODY, parts()[BODY][:5000]),
    "a document of something else": lambda: with_part(BODY, b"<a/>"),
    "a document without a body": lambda: with_part(BODY, f'<w:document xmlns:w="{NAMESPACE}"/>'.encode()),
    "a document in another encoding than it says": lambda: with_part(
        BODY, parts()[BODY].decode().encode("gbk", "replace")
    ),
    "a document in an encoding that is none": lambda: with_part(BODY, parts()[BODY].replace(b"UTF-8", b"KOI9-X")),
    "a control character": lambda: with_part(BODY, parts()[BODY].replace("县委".encode(), b"\x01")),
    "half a footer": lambda: with_part("word/footer_odd.xml", b"<w:ftr"),
    "half a sheet of settings": lambda: with_part("word/settings.xml", b"<w:settings>"),
    "half a sheet of properties": lambda: with_part("docProps/core.xml", b"<x"),
    "tables within tables without end": lambda: deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 3000),
    "controls within controls without end": lambda: deep("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 1000),
    "Strict Open XML": lambda: strict(PAPERS["普通"]()),
    "Strict Open XML with a red head": lambda: strict(PAPERS["红头"]()),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_paper_is_refused(name: str, ask: Ask) -> None:
    content = UNREADABLE[name]()
    answer = ask(content, seconds=5)
    assert answer.code == 1
    assert "错误" in answer.said
    assert "另存" in answer.said or "重新" in answer.said or "Word" in answer.said
    assert ask(content, *FIX, seconds=5).code == 2
    assert not Path("改好的").exists()


def test_strict_open_xml_is_called_by_its_name(ask: Ask) -> None:
    assert "Strict Open XML" in ask(strict(PAPERS["普通"]())).said


# --- what is odd, and read all the same ------------------------------------------------------------------------------


def styled(*styles: str) -> bytes:
    """Build a paper with these styles alone, each used by one paragraph."""
    names = [re.findall(r'w:styleId="(\w+)"', style)[0] for style in styles]
    body = "".join(par("正文的文字。", f'<w:pStyle w:val="{name}"/>') for name in names[-20:])
    sheet = f'<w:styles xmlns:w="{NAMESPACE}">{"".join(styles)}</w:styles>'
    return pack_parts({**parts(holding(body)), STYLES: sheet.encode()})


def style(name: str, base: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{base}"/><w:link w:val="{name}"/></w:style>'
    )


def without(*names: str) -> bytes:
    return pack_parts({name: part for name, part in parts().items() if name not in names})


def numbered(level: str, *, abstract: int = 1) -> bytes:
    """Build a paper whose paragraphs Word numbers."""
    found = parts(holding(par("甲。", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') * 300))
    found["word/numbering.xml"] = (
        f'<w:numbering xmlns:w="{NAMESPACE}"><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="x"/>'
        f'<w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="{abstract}"/>'
        "</w:num></w:numbering>"
    ).encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
    listed = "word/_rels/document.xml.rels"
    entry = f'<Relationship Id="n1" Type="{kind}" Target="numbering.xml"/></Relationships>'
    found[listed] = found[listed].replace(b"</Relationships>", entry.encode())
    return pack_parts(found)


def other_numbers(part: str, value: str) -> bytes:
    """Write another number wherever a part of a paper measures something."""
    names = "top|bottom|left|right|header|footer|w|h|line|before|firstLine|firstLineChars|leftChars|linePitch|charSpace"
    red = PAPERS["红头"]()
    found = parts(typed(red) if part == BODY else red)
    said = re.sub(rf'w:({names})="-?\d+"', rf'w:\1="{value}"', found[part].decode())
    found[part] = re.sub(
        r'(<w:(?:sz|spacing|w|outlineLvl|position|kern)) w:val="-?\d+"', rf'\1 w:val="{value}"', said
    ).encode()
    return pack_parts(found)


NUMBERS = {
    "negative": "-31680",
    "zero": "0",
    "beyond Word's": "31680",
    "beyond 32 bits": "99999999999999999999",
    "beyond a float": "1e400",
    "hardly within a float": "1e308",
    "of five thousand digits": "9" * 5000,
    "no number": "NaN",
    "infinite": "-inf",
    "with a unit": "12pt",
    "a word": "abc",
    "empty": "",
    "a fraction": "12.7",
    "wide digits": "２０",
}

_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
_EVERYTHING_BARE = (
    "<w:p><w:pPr><w:pStyle/><w:jc/><w:ind/><w:spacing/><w:numPr/><w:outlineLvl/><w:framePr/><w:pBdr><w:top/></w:pBdr>"
    "<w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:rPr><w:rStyle/><w:rFonts/><w:sz/><w:color/><w:b/><w:u/><w:spacing/><w:w/>"
    "</w:rPr><w:t>甲</w:t><w:br/><w:sym/><w:tab/></w:r></w:p>"
)
_SECTION_BARE = (
    "<w:sectPr><w:headerReference/><w:footerReference/><w:pgSz/><w:pgMar/><w:docGrid/><w:cols/><w:pgNumType/><w:type/>"
    "</w:sectPr>"
)
_LONG_FRAME = f'<w:framePr w:w="{"9" * 5000}" w:y="{"9" * 5000}" w:vAnchor="page"/>'

ODD: Mapping[str, Callable[[], bytes]] = {
    "no styles": lambda: without(STYLES),
    "no settings and no properties": lambda: without("word/settings.xml", "docProps/core.xml"),
    "no list of what the document needs": lambda: without("word/_rels/document.xml.rels"),
    "nothing but the document": lambda: pack_parts(
        {n: p for n, p in parts().items() if n in ("[Content_Types].xml", "_rels/.rels", BODY)}
    ),
    "half a sheet of styles": lambda: with_part(STYLES, b"<w:styles"),
    "an empty sheet of styles": lambda: with_part(STYLES, b""),
    "a footer of something else": lambda: with_part("word/footer_odd.xml", b"<a/>"),
    "a document in UTF-16": lambda: with_part(
        BODY, f'<?xml version="1.0" encoding="utf-16"?>{parts()[BODY].decode().partition("?>")[2]}'.encode("utf-16")
    ),
    "styles in a ring": lambda: styled(*(style(f"r{n}", f"r{(n + 1) % 5}") for n in range(5))),
    "a style based on itself": lambda: styled(style("r", "r")),
    "a chain of five thousand styles": lambda: styled(*(style(f"r{n}", f"r{n - 1}") for n in range(5000))),
    "a style of a long name": lambda: holding(par("甲。", f'<w:pStyle w:val="{"长" * 50_000}"/>')),
    "tables within tables": lambda: deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 50),
    "two thousand tables": lambda: holding(f"<w:tbl>{row('格')}</w:tbl>" * 2000),
    "two thousand text boxes": lambda: holding(f"<w:p>{box(par('框'))}</w:p>" * 2000),
    "text boxes within text boxes": lambda: holding("<w:p>" + box("<w:p>" + box(par("底")) + "</w:p>") + "</w:p>"),
    "two thousand sections": lambda: holding(par("甲", "<w:sectPr/>") * 2000),
    "one table": lambda: holding(f"<w:tbl>{row('序号')}</w:tbl>"),
    "tables of nothing": lambda: holding("<w:tbl/><w:tbl><w:tr/></w:tbl><w:tbl><w:tr><w:tc/></w:tr></w:tbl>"),
    "footers and no text": lambda: pack_parts(
        {**parts(), BODY: re.sub(rb"<w:body>.*(<w:sectPr)", rb"<w:body>\1", parts()[BODY], flags=re.S)}
    ),
    "nothing at all": lambda: holding("", ""),
    "no page": lambda: holding(par("甲。"), ""),
    "right to left": lambda: holding(
        par("مرحبا", '<w:bidi/><w:jc w:val="start"/>'), '<w:sectPr><w:bidi/><w:textDirection w:val="tbRl"/></w:sectPr>'
    ),
    "elements of unknown spaces": lambda: holding(
        f'<x:a xmlns:x="urn:x">{par("甲。")}</x:a><w:p><y:z xmlns:y="urn:y" y:b="1"/><w:r><y:z xmlns:y="urn:y"/>'
        "</w:r></w:p>"
    ),
    "comments and instructions of XML": lambda: holding(
        "<!-- 注 --><?pi x?><w:p><w:r><!-- y --><w:t>丙<!-- z -->丁</w:t></w:r></w:p>"
    ),
    "text where none belongs": lambda: holding("白<w:p>白<w:r>白<w:t>甲</w:t>白</w:r></w:p>"),
    "fields that don't begin or end": lambda: holding(
        f"<w:p>{_FIELD.format('end')}{_FIELD.format('separate')}{_FIELD.format('begin') * 500}</w:p>{par('乙。')}"
    ),
    "everything without its attributes": lambda: holding(_EVERYTHING_BARE, _SECTION_BARE),
    "half a character": lambda: holding('<w:p><w:r><w:sym w:char="D800"/><w:t>甲。</w:t></w:r></w:p>'),
    "numbers that begin at a billion": lambda: numbered(
        '<w:start w:val="999999999999"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1%9%0、"/>'
    ),
    "Roman numbers that begin at a hundred thousand": lambda: numbered(
        '<w:start w:val="99999"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1、"/>'
    ),
    "a list of numbers that is not there": lambda: numbered("", abstract=7),
    "a frame of five thousand digits": lambda: pack_parts(
        {
            **parts(PAPERS["信函"]()),
            BODY: parts(PAPERS["信函"]())[BODY].replace(b"<w:pPr>", b"<w:pPr>" + _LONG_FRAME.encode()),
        }
    ),
    **{
        f"numbers that are {word}, in {where}": partial(other_numbers, part, value)
        for word, value in NUMBERS.items()
        for where, part in (("the text", BODY), ("its styles", STYLES))
    },
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_paper_is_judged_and_mended(name: str, ask: Ask) -> None:
    content = ODD[name]()
    assert ask(content).code in (0, 1)
    assert ask(content, *FIX).code in (0, 1)
    assert measured(Path("改好的/文书.docx").read_bytes()).sections


@pytest.mark.parametrize("profile", ["gb9704", "letter", "command", "minutes"])
def test_an_odd_paper_is_judged_by_any_profile(profile: str, ask: Ask) -> None:
    for name in (
        "numbers that are hardly within a float, in the text",
        "a frame of five thousand digits",
        "right to left",
    ):
        assert ask(ODD[name](), "--profile", profile).code in (0, 1)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "巡察组认真落实党委部署，",
            "1",
            " ",
            "“",
            "（",
            "（2025）",
            "号",
            "a@b,",
            "一、（一）1.（1）2025年03月04日[2025]1号，,",
        ),
        *("附件", "\t", "县委　", "《", "抄送：", "签发人：甲　"),
    ],
)
def test_a_paragraph_of_two_hundred_thousand_characters_is_judged_and_mended(text: str, ask: Ask) -> None:
    content = holding(par(text * (200_000 // len(text)) + "x"))
    assert ask(content, "--select", "GBT", seconds=8).code == 1
    ask(content, *FIX, "--select", "GBT", seconds=8)


@pytest.mark.needs("office")
@pytest.mark.parametrize(
    "name",
    [
        *("no styles", "styles in a ring", "nothing at all", "footers and no text", "fields that don't begin or end"),
        *("numbers that are negative, in the text", "numbers that are no number, in its styles", "right to left"),
    ],
)
def test_an_odd_paper_is_printed_or_said_to_be_unprintable(name: str, ask: Ask) -> None:
    assert ask(ODD[name](), "--pdf", seconds=70).code == 1


@pytest.mark.needs("office")
def test_what_is_no_paper_is_never_printed(ask: Ask) -> None:
    for name in ("nothing", "a .doc", "half a footer", "Strict Open XML"):
        assert ask(UNREADABLE[name](), "--pdf", seconds=5).code == 1


# --- an office's own profile -----------------------------------------------------------------------------------------

_NAMED = 'name = "版式"\nreason = "细则"\n'
WRONG_PROFILES: Mapping[str, bytes] = {
    "nothing": b"",
    "bytes of any sort": bytes(range(256)) * 20,
    "no TOML": "这不是 TOML".encode(),
    "GBK": _NAMED.encode("gbk"),
    "UTF-16": _NAMED.encode("utf-16"),
    "a name twice": b'name = "a"\nname = "b"\nreason = "c"',
    "no reason": 'name = "版式"'.encode(),
    "numbers for words": b"name = 1\nreason = 2",
    "tables for words": b'name = ["a"]\nreason = {a = 1}',
    "a day for words": b'name = "a"\nreason = 2025-01-01',
    "a number for a table": f"{_NAMED}margins = 3".encode(),
    "words for numbers": f'{_NAMED}[margins]\ntop = "35毫米"'.encode(),
    "huge numbers": f"{_NAMED}[margins]\ntop = 1e308".encode(),
    "no numbers": f"{_NAMED}[margins]\ntop = nan\nleft = -inf".encode(),
    "negative numbers": f"{_NAMED}[body]\npitch = 0\nlines = -5".encode(),
    "numbers of five thousand digits": f"{_NAMED}[margins]\ntop = {'9' * 5000}".encode(),
    "an unknown name": f'{_NAMED}font = "宋体"'.encode(),
    "twenty thousand unknown names": (_NAMED + "".join(f"k{n} = 1\n" for n in range(20_000))).encode(),
    "an unknown role": f'{_NAMED}[[looks]]\nrole = "大标题"'.encode(),
    "an unknown base": f'{_NAMED}base = "公文"'.encode(),
    "an empty font": f'{_NAMED}[[looks]]\nrole = "公文正文"\nfont = ""'.encode(),
    "a size in numbers": f'{_NAMED}[[looks]]\nrole = "公文正文"\nsize = 16'.encode(),
    "lists within lists": f"{_NAMED}x = {'[' * 3000}{']' * 3000}".encode(),
    "a megabyte of words": f'name = "{"长" * 400_000}"\nreason = "b"'.encode(),
    "megabytes of comments": (_NAMED + "# x\n" * 1_000_000).encode(),
}


@pytest.mark.parametrize("name", WRONG_PROFILES)
def test_a_wrong_profile_is_refused_with_its_line_and_nothing_is_written(name: str, ask: Ask) -> None:
    Path("版式.toml").write_bytes(WRONG_PROFILES[name])
    for options in ((), FIX):
        answer = ask(PAPERS["普通"](), "--profile", "版式.toml", *options, seconds=5)
        assert answer.code == 2
        assert "版式.toml" in answer.said
        assert "错误" in answer.said
    assert not Path("改好的").exists()


@pytest.mark.parametrize(
    "said", ["", ".", "/", "文书.docx", "没有.toml", "没有" * 3000, f"{'没有' * 3000}.toml", "a\0.toml"]
)
def test_a_profile_that_is_not_there_is_refused(said: str, ask: Ask) -> None:
    assert ask(PAPERS["普通"](), "--profile", said).code == 2


def test_an_office_may_want_pages_that_nothing_fits_on(ask: Ask) -> None:
    sides = "".join(f"{side} = 100\n" for side in ("top", "bottom", "left", "right"))
    Path("版式.toml").write_text(f"{_NAMED}[margins]\n{sides}[body]\npitch = 100\nlines = 80\nchars = 80\n", "utf-8")
    for options in ((), FIX):
        assert ask(PAPERS["普通"](), "--profile", "版式.toml", *options).code == 1

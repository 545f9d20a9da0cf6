"""The marks of a page are read back as they are printed, and no PDF, however wrong or wicked, does any harm."""

from __future__ import annotations

import random
import time
import zlib
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from tests.conftest import document_of
from tests.printed import converted
from xuncha_docs import kinds, render
from xuncha_docs.errors import LockedPdf, PdfError, XunchaError
from xuncha_docs.pdf import marks
from xuncha_docs.pdf.marks import read
from xuncha_docs.pdf.pages import Box, Font, Glyph, Line, Page, Rule, joined

WIDTHS = " ".join(["500"] * 95)
LATIN = f"<</Type/Font/Subtype/Type1/BaseFont/Latin/FirstChar 32/LastChar 126/Widths[{WIDTHS}]>>"


def stream(data: bytes | str, head: str = "", *, packed: bool = False) -> bytes:
    raw = data.encode("latin-1") if isinstance(data, str) else data
    raw, head = (zlib.compress(raw, 9), f"{head}/Filter/FlateDecode") if packed else (raw, head)
    return f"<<{head}/Length {len(raw)}>>stream\n".encode("latin-1") + raw + b"\nendstream"


def pdf(
    content: bytes | str,
    *,
    fonts: str = f"/F1 {LATIN}",
    things: str = "",
    objects: Iterable[bytes | str] = (),
    page: str = "/MediaBox[0 0 595 842]",
    packed: bool = False,
) -> bytes:
    """Write a PDF of one page; its own objects are numbered from 5."""
    resources = f"<</Font<<{fonts}>>/XObject<<{things}>>>>"
    written: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R{page}/Resources{resources}/Contents 4 0 R>>".encode("latin-1"),
        stream(content, packed=packed),
        *(one.encode("latin-1") if isinstance(one, str) else one for one in objects),
    ]
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(written, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    return bytes(out + f"trailer<</Size {len(offsets) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode())


def page_of(content: bytes | str, **more: object) -> Page:
    (found,) = read(pdf(content, **more)).pages  # type: ignore[arg-type]
    return found


def spots(page: Page) -> list[tuple[str, float, float]]:
    return [(glyph.text, glyph.x, glyph.y) for glyph in page.glyphs]


# --- text ------------------------------------------------------------------------------------------------------------


def test_a_glyph_has_its_place_width_size_font_and_colour() -> None:
    page = page_of("1 0 0 rg BT /F1 20 Tf 100 700 Td (A) Tj ET")
    assert page.glyphs == (Glyph("A", 100, 700, 10, 20, "Latin", "FF0000"),)
    assert page.glyphs[0].right == 110
    assert (page.width, page.height, page.number) == (595, 842, 1)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("/F1 10 Tf 10 20 Td (AB) Tj", [("A", 10, 20), ("B", 15, 20)]),
        ("/F1 10 Tf 10 20 Td 5 5 Td (A) Tj", [("A", 15, 25)]),
        ("/F1 10 Tf 10 50 Td 0 -12 TD (A) Tj T* (B) Tj", [("A", 10, 38), ("B", 10, 26)]),
        ("/F1 10 Tf 1 0 0 1 30 40 Tm (A) Tj", [("A", 30, 40)]),
        ("/F1 10 Tf 12 TL 10 50 Td (A) Tj (B) '", [("A", 10, 50), ("B", 10, 38)]),
        ('/F1 10 Tf 12 TL 10 50 Td 7 2 (A B) "', [("A", 10, 38), (" ", 17, 38), ("B", 31, 38)]),
        ("/F1 10 Tf 10 20 Td 3 Tc (AB) Tj", [("A", 10, 20), ("B", 18, 20)]),
        ("/F1 10 Tf 10 20 Td 4 Tw (A B) Tj", [("A", 10, 20), (" ", 15, 20), ("B", 24, 20)]),
        ("/F1 10 Tf 10 20 Td 50 Tz (AB) Tj", [("A", 10, 20), ("B", 12.5, 20)]),
        ("/F1 10 Tf 10 20 Td 3 Ts (A) Tj", [("A", 10, 23)]),
        ("/F1 10 Tf 10 20 Td [(A) -1000 (B) 500 (C)] TJ", [("A", 10, 20), ("B", 25, 20), ("C", 25, 20)]),
        ("/F1 10 Tf 2 0 0 2 10 20 Tm (AB) Tj", [("A", 10, 20), ("B", 20, 20)]),
    ],
)
def test_operators_of_text_move_it_as_the_standard_says(content: str, wanted: list[tuple[str, float, float]]) -> None:
    assert spots(page_of(f"BT {content} ET")) == wanted


def test_the_page_is_moved_and_put_back_by_cm_q_and_big_q() -> None:
    page = page_of("q 1 0 0 1 100 100 cm BT /F1 10 Tf 1 1 Td (A) Tj ET Q BT /F1 10 Tf 1 1 Td (B) Tj ET Q Q")
    assert spots(page) == [("A", 101, 101), ("B", 1, 1)]


def test_colours_of_all_devices_are_told_as_rgb() -> None:
    for operators, colour in (
        ("0.5 g", "808080"),
        ("1 0 0 rg", "FF0000"),
        ("0 1 1 0 k", "FF0000"),
        ("/DeviceRGB cs 0 0 1 sc", "0000FF"),
        ("/DeviceRGB cs 0 0 1 scn /P0 scn", ""),
        ("9 0 0 rg", "FF0000"),
        ("/DeviceRGB cs", "000000"),
    ):
        (glyph,) = page_of(f"{operators} BT /F1 10 Tf (A) Tj ET").glyphs
        assert glyph.colour == colour, operators


def test_invisible_text_is_no_mark_and_turned_text_is_on_no_line() -> None:
    page = page_of("BT /F1 10 Tf 3 Tr (A) Tj 0 Tr 0 1 -1 0 50 50 Tm (BC) Tj ET")
    assert [(glyph.text, glyph.turned) for glyph in page.glyphs] == [("B", True), ("C", True)]
    assert page.lines == ()


def test_a_page_that_is_shown_turned_is_read_as_it_is_shown() -> None:
    page = page_of("BT /F1 10 Tf 0 1 -1 0 100 200 Tm (A) Tj ET", page="/MediaBox[0 0 595 842]/Rotate 90")
    assert (page.width, page.height) == (842, 595)
    assert spots(page) == [("A", 200, 495)]
    assert not page.glyphs[0].turned


# --- fonts -----------------------------------------------------------------------------------------------------------

TABLE = """begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfchar <0001> <5DE1> <0002> <5BDF516C> endbfchar
2 beginbfrange <0010> <0012> <4E00> <0020> <0021> [<7532> <D840DC00>] endbfrange endcmap"""


def wide_font(more: str = "", encoding: str = "/Identity-H") -> str:
    inner = f"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+FangSong{more}>>"
    return f"/F1 <</Type/Font/Subtype/Type0/BaseFont/ABCDEF+FangSong/Encoding{encoding}/DescendantFonts[{inner}]"


def test_codes_of_two_bytes_are_read_by_the_table_of_their_font() -> None:
    fonts = f"{wide_font('/DW 900/W[1[1000 500]16 17 700]')}/ToUnicode 5 0 R>>"
    page = page_of("BT /F1 10 Tf <00010002001000110021> Tj ET", fonts=fonts, objects=[stream(TABLE, packed=True)])
    assert [glyph.text for glyph in page.glyphs] == ["巡", "察公", "一", "丁", "𠀀"]
    assert [glyph.width for glyph in page.glyphs] == [10, 5, 7, 7, 9]
    assert page.fonts == (Font("FangSong", embedded=False, subset=True),)


def test_the_glyph_zero_of_a_font_of_codes_is_a_box() -> None:
    page = page_of("BT /F1 10 Tf <00000001> Tj ET", fonts=f"{wide_font()}/ToUnicode 5 0 R>>", objects=[stream(TABLE)])
    assert [glyph.missing for glyph in page.glyphs] == [True, False]


def test_chinese_in_the_encodings_of_old_pdfs_is_read() -> None:
    for encoding, raw in (("/GBK-EUC-H", "巡A察".encode("gbk")), ("/UniGB-UCS2-H", "巡A察".encode("utf-16-be"))):
        page = page_of(f"BT /F1 10 Tf <{raw.hex()}> Tj ET", fonts=f"{wide_font(encoding=encoding)}>>")
        assert [(glyph.text, glyph.width) for glyph in page.glyphs] == [("巡", 10), ("A", 5), ("察", 10)]


def test_what_the_pdf_does_not_tell_is_said_to_be_unknown() -> None:
    page = page_of("BT /F1 10 Tf <0007> Tj ET", fonts=f"{wide_font()}>>")
    assert page.text == "\ufffd"


def test_named_characters_are_read_by_their_names() -> None:
    encoding = "<</BaseEncoding/WinAnsiEncoding/Differences[65/uni5DE1/emdash/.notdef]>>"
    fonts = f"/F1 <</Type/Font/Subtype/TrueType/BaseFont/X/Encoding{encoding}/FirstChar 65/Widths[500 500 500 500]>>"
    page = page_of("BT /F1 10 Tf (ABCD) Tj ET", fonts=fonts)
    assert [glyph.text for glyph in page.glyphs[:2]] == ["巡", "—"]
    assert page.glyphs[2].missing
    assert page.glyphs[3].text == "D"


def test_a_box_that_libreoffice_prints_is_known_though_the_text_seems_right() -> None:
    program = "%!FontType1\n/Encoding 256 array\ndup 65 /cid7 put\ndup 66 /.notdef put\ncurrentfile eexec\n"
    descriptor = "<</Type/FontDescriptor/FontName/X/FontFile 5 0 R>>"
    fonts = f"/F1 <</Type/Font/Subtype/Type1/BaseFont/X/FontDescriptor{descriptor}/Encoding/WinAnsiEncoding>>"
    content = "BT /F1 10 Tf (A) Tj /Span<</ActualText<FEFF5586>>> BDC (B) Tj EMC (A) Tj ET"
    page = page_of(content, fonts=fonts, objects=[stream(program, f"/Length1 {len(program)}")])
    assert [(glyph.text, glyph.missing) for glyph in page.glyphs] == [("A", False), ("喆", True), ("A", False)]
    assert page.fonts[0].embedded


# --- lines -----------------------------------------------------------------------------------------------------------


def test_lines_are_baselines_from_the_top_and_cells_of_a_row_are_one_line_but_two_pieces() -> None:
    cells = "BT /F1 10 Tf 10 700 Td (one) Tj 0 -12 Td (two) Tj ET BT /F1 10 Tf 100 700 Td (three) Tj ET"
    page = page_of(cells)
    assert [line.text for line in page.lines] == ["one three", "two"]
    assert [piece.text for piece in page.pieces] == ["one", "two", "three"]
    assert page.text == "one three\ntwo"


def test_a_line_s_edges_do_not_count_blanks_and_raised_characters_belong_to_it() -> None:
    page = page_of("BT /F1 10 Tf 10 700 Td ( A) Tj 2 Ts (B ) Tj ET")
    (line,) = page.lines
    assert (line.left, line.right, line.y, line.size) == (15, 25, 700, 10)


def test_characters_of_another_font_drawn_later_stand_in_their_place() -> None:
    page = page_of("BT /F1 10 Tf 10 700 Td (A) Tj 10 0 Td (C) Tj -5 0 Td (B) Tj ET")
    assert [piece.text for piece in page.pieces] == ["ABC"]


# --- rules and pictures ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        ("1 0 0 RG 1.5 w 79 500 m 521 500 l S", [Rule(79, 500, 521, 500, 1.5, "FF0000")]),
        ("1 0 0 RG 1.5 w 79 500 m 521 500 l S 79 500 m 521 500 l S", [Rule(79, 500, 521, 500, 1.5, "FF0000")]),
        ("1 w 79 500 m 300 500 l S 300 500 m 521 500 l S", [Rule(79, 500, 521, 500, 1)]),
        ("79 500 400 2 re f", [Rule(79, 501, 479, 501, 2)]),
        ("79 100 m 79 400 l 81 400 l 81 100 l f*", [Rule(80, 100, 80, 400, 2)]),
        ("79 500 400 80 re f", []),
        ("1 w 10 10 m 200 300 l S", []),
        ("1 w 10 10 m 50 50 90 50 200 10 c S", []),
        ("79 500 400 2 re W n", []),
        ("2 0 0 2 0 0 cm 1 w 10 10 m 50 10 l S", [Rule(20, 20, 100, 20, 2)]),
        ("1 w 10 10 m 50 10 l 50 40 l s", [Rule(50, 10, 50, 40, 1), Rule(10, 10, 50, 10, 1)]),
        ("1 w 10 10 m 50 10 l S 60 10 m 90 10 l S", [Rule(10, 10, 50, 10, 1), Rule(60, 10, 90, 10, 1)]),
        ("/P0 SCN 1 w 10 10 m 50 10 l S", [Rule(10, 10, 50, 10, 1, "")]),
    ],
)
def test_strokes_and_thin_boxes_are_rules_each_once(content: str, rules: list[Rule]) -> None:
    assert list(page_of(content).rules) == rules


def test_two_rules_of_a_double_line_stay_two() -> None:
    thick, thin = Rule(56.7, 701.3, 538.5, 701.3, 3, "FF0000"), Rule(56.7, 698.7, 538.5, 698.7, 0.75, "FF0000")
    assert joined([thin, thick, thick, thin]) == (thick, thin)


def test_a_picture_is_where_the_page_puts_it_once() -> None:
    image = stream(b"\0", "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray")
    placed = "q 119 0 0 119 300 200 cm /I Do Q "
    page = page_of(
        placed * 2 + "q 10 0 0 10 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \0 EI Q", things="/I 5 0 R", objects=[image]
    )
    assert page.images == (Box(300, 200, 419, 319), Box(0, 0, 10, 10))


def form(content: str, things: str = "", more: str = "") -> bytes:
    resources = f"/Resources<</Font<</F1 {LATIN}>>/XObject<<{things}>>>>"
    return stream(content, f"/Type/XObject/Subtype/Form/BBox[0 0 600 900]{resources}{more}")


def test_a_form_is_drawn_where_its_matrix_and_the_page_put_it() -> None:
    inner = form("BT /F1 10 Tf 1 1 Td (A) Tj ET q", more="/Matrix[1 0 0 1 10 0]")
    page = page_of("q 1 0 0 1 100 0 cm /X Do Q BT /F1 10 Tf (B) Tj ET", things="/X 5 0 R", objects=[inner])
    assert spots(page) == [("A", 111, 1), ("B", 0, 0)]


# --- wrong and wicked files ------------------------------------------------------------------------------------------


def test_errors_are_ours_and_values_that_are_wrong() -> None:
    assert issubclass(PdfError, XunchaError)
    assert issubclass(PdfError, ValueError)


WRONG = {
    "nothing": b"",
    "no PDF": b"PK\x03\x04 a zip",
    "a head alone": b"%PDF-1.7\n",
    "cut short": pdf("BT /F1 10 Tf (A) Tj ET")[:150],
    "no pages": pdf("").replace(b"/Kids[3 0 R]/Count 1", b"/Kids[]/Count 0"),
    "pages in a circle": pdf("").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"),
    "a page of no size": pdf("", page="/MediaBox[0 0 0 0]"),
    "a page without end": pdf("", page="/MediaBox[0 0 1e30 842]"),
    "content packed like a picture": pdf("").replace(b"/Length 0", b"/Filter/JBIG2Decode/Length 0"),
}


@pytest.mark.parametrize("content", [pytest.param(content, id=name) for name, content in WRONG.items()])
def test_what_can_t_be_read_is_an_error_of_ours(content: bytes) -> None:
    with pytest.raises(PdfError):
        read(content)


def test_a_locked_pdf_is_said_to_be_locked_and_one_that_opens_without_a_word_is_read() -> None:
    def encrypted(word: str) -> bytes:
        writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf("BT /F1 10 Tf (A) Tj ET"))))
        writer.encrypt(word, owner_password="owner", algorithm="RC4-128")
        out = BytesIO()
        writer.write(out)
        return out.getvalue()

    with pytest.raises(LockedPdf):
        read(encrypted("word"))
    assert read(encrypted("")).text == "A"


HUGE = "9" * 30
ODD = {
    "no fonts": ("BT /F1 10 Tf (A) Tj ET", {"fonts": ""}),
    "no font set": ("BT (A) Tj ET", {}),
    "a font that is none": ("BT /F1 10 Tf (A) Tj ET", {"fonts": "/F1 7"}),
    "wrong operands": ("(x) 1 cm /A /B Td [ ] Tj 5 TJ /F1 Tf (q) rg 1 w 0 0 m (x) 3 l S /No Do Do Tf", {}),
    "unknown operators": ("foo 1 2 bar BX EX EMC EMC ET Q Q", {}),
    "huge numbers": (f"BT /F1 {HUGE} Tf {HUGE} 1 Td (A) Tj ET {HUGE} w 0 0 m {HUGE} 0 l S {HUGE} 0 0 1 0 0 cm f", {}),
    "a path without a start": ("1 1 l 2 2 3 3 4 4 c h S f", {}),
}


@pytest.mark.parametrize(("content", "more"), [pytest.param(*one, id=name) for name, one in ODD.items()])
def test_what_makes_no_sense_on_a_page_prints_nothing(content: str, more: dict[str, str]) -> None:
    page = page_of(content, **more)
    assert page.glyphs == ()
    assert page.rules == ()


def test_a_form_that_draws_itself_is_drawn_once() -> None:
    selfish = form("BT /F1 10 Tf (A) Tj ET /X Do", things="/X 5 0 R")
    assert page_of("/X Do", things="/X 5 0 R", objects=[selfish]).text == "A"
    first, second = form("/Y Do", things="/Y 6 0 R"), form("BT /F1 10 Tf (A) Tj ET /X Do", things="/X 5 0 R")
    assert page_of("/X Do", things="/X 5 0 R", objects=[first, second]).text == "A"


def test_forms_that_multiply_are_stopped() -> None:
    last = 5 + 8
    forms = [form("/X Do " * 40, things=f"/X {number + 1} 0 R") for number in range(5, last)]
    started = time.process_time()
    with pytest.raises(PdfError, match="more than"):
        read(pdf("/X Do", things="/X 5 0 R", objects=[*forms, form("BT /F1 10 Tf (A) Tj ET")]))
    assert time.process_time() - started < 20


def test_a_bomb_of_content_is_refused_before_it_is_walked() -> None:
    started = time.process_time()
    with pytest.raises(PdfError, match="MB of content"):
        read(pdf(b"q Q " * 15_000_000, packed=True))
    assert time.process_time() - started < 5


def test_more_characters_than_a_paper_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "MOST_GLYPHS", 1_000)
    monkeypatch.setattr(marks._Purse, "__init__", _poor(glyphs=1_000))
    with pytest.raises(PdfError, match="characters"):
        read(pdf(f"BT /F1 10 Tf ({'A' * 2_000}) Tj ET"))


def _poor(**limits: int) -> object:
    whole = marks._Purse.__init__
    return lambda self: whole(self, **limits)  # type: ignore[arg-type]


def test_a_hundred_thousand_operators_are_walked_in_seconds() -> None:
    content = "q 1 0 0 1 0 0 cm BT /F1 10 Tf 1 1 Td (AB) Tj ET Q " * 12_500
    started = time.process_time()
    page = page_of(content, packed=True)
    assert len(page.glyphs) == 25_000
    assert time.process_time() - started < 15


def test_nested_arrays_without_end_are_an_error_of_ours() -> None:
    with pytest.raises(PdfError):
        read(pdf("[" * 200_000))


def test_a_table_of_millions_of_codes_is_cut() -> None:
    table = "beginbfrange " + "<0000> <FFFF> <4E00> " * 2_000 + "endbfrange"
    started = time.process_time()
    page = page_of("BT /F1 10 Tf <0001> Tj ET", fonts=f"{wide_font()}/ToUnicode 5 0 R>>", objects=[stream(table)])
    assert page.text == "丁"
    assert time.process_time() - started < 3


@pytest.mark.parametrize("seed", range(4))
def test_bytes_changed_at_random_never_crash_or_hang(seed: int) -> None:
    chance = random.Random(seed)
    whole = pdf(
        "q 1 0 0 rg BT /F1 10 Tf 100 700 Td [<0001> -20 <0002>] TJ ET Q 1 w 79 500 m 521 500 l S /X Do",
        fonts=f"{wide_font('/DW 900/W[1[1000 500]16 17 700]')}/ToUnicode 5 0 R>>",
        things="/X 6 0 R",
        objects=[stream(TABLE), form("BT /F1 10 Tf (A) Tj ET")],
    )
    for _ in range(250):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 3, 10, 40))):
            at = chance.randrange(len(content))
            if chance.random() < 0.6:
                content[at] = chance.randrange(256)
            else:
                other = chance.randrange(len(content))
                content[at:at] = content[other : other + chance.randrange(1, 40)]
        started = time.process_time()
        with suppress(PdfError):
            read(bytes(content))
        assert time.process_time() - started < 3


def test_nothing_is_printed_to_the_terminal_about_a_damaged_file(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(PdfError):
        read(pdf("")[:120])
    assert capfd.readouterr() == ("", "")


# --- the real thing --------------------------------------------------------------------------------------------------


@pytest.mark.needs("office")
def test_our_pages_are_read_in_little_time(tmp_path: Path) -> None:
    contents = [render(document_of(kind)).content for kind in kinds.every().values()]
    pdfs = converted(contents)
    best = min(_milliseconds_per_page(pdfs) for _ in range(3))
    assert best < 40, f"{best:.1f} ms"


def _milliseconds_per_page(pdfs: list[bytes]) -> float:
    started = time.process_time()
    pages = sum(len(read(one).pages) for one in pdfs)
    return 1000 * (time.process_time() - started) / pages


@pytest.mark.needs("office")
def test_what_pypdf_reads_of_our_pages_is_what_we_read() -> None:
    for one in converted([render(document_of(kind)).content for kind in kinds.every().values()]):
        theirs = [page.extract_text() for page in PdfReader(BytesIO(one)).pages]
        for page, text in zip(read(one).pages, theirs, strict=True):
            assert sorted("".join(page.text.split())) == sorted("".join(text.split()))


def test_a_line_of_blanks_alone_is_no_line() -> None:
    assert page_of("BT /F1 10 Tf 10 10 Td (   ) Tj ET").lines == ()
    assert Line((Glyph("A", 1, 2, 3, 4, "F"), Glyph("B", 4, 2, 3, 4, "F"))).text == "AB"

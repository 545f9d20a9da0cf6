"""Papers as LibreOffice prints them, for tests: converted in batches, each once, and changed after printing.

To the notation of `good` come lines for what is done to the PDF, or to a paper with the picture of a seal:

（盖印的通知书）                       a paper of our own with a seal; 印章 右=60 上=0 moves it, in millimetres
打印后：截断                          also 加密、不嵌入字体、字体不说明文字
打印后：字体改名 FandolFang-Regular＝MicrosoftYaHei
打印后：换字“据”＝椐                  what a character says, in all fonts; 换字 FandolSong-Regular“2”＝7 in one
打印后：删去第1页“根据”               its glyphs, what is beside them stays
打印后：再印第4页“执行中”高=150       what is printed with these words once more, at another height, in millimetres
打印后：删去第2页页码
打印后：第5页横线 上移=8              what a page rules from left to right
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
)

from tests import good
from tests.conftest import DEMO
from xuncha_docs import Case, RectificationNotice, render
from xuncha_docs.pdf import office
from xuncha_docs.pdf.faces import face
from xuncha_docs.pdf.marks import read
from xuncha_docs.word.package import Package

MM = 72 / 25.4
SEAL = Path(__file__).parent / "code.png"
_AFTER = "打印后："
_SEALED = "（盖印的通知书）"

_known: dict[bytes, bytes] = {}


def converted(papers: Iterable[bytes]) -> list[bytes]:
    """Return the PDF of each paper; those that are not known yet are converted in one call."""
    wanted = list(papers)
    new = [paper for paper in dict.fromkeys(wanted) if paper not in _known]
    _known.update(zip(new, office.convert([(f"{n}.docx", one) for n, one in enumerate(new)]), strict=True))
    return [_known[paper] for paper in wanted]


def paper_of(sample: str) -> tuple[bytes, str]:
    """Build the paper of a sample, before anything is done to its PDF; return it with the name of its profile."""
    lines = [line for line in sample.splitlines() if line.strip() and not line.startswith(_AFTER)]
    if lines and lines[0] == _SEALED:
        paper = sealed()
        for line in lines[1:]:
            paper = _with_seal(paper, line)
        return paper, "ordinary"
    return _built("\n".join(lines))


@cache
def _built(text: str) -> tuple[bytes, str]:
    return good.built(text)


@cache
def sealed() -> bytes:
    """Render a notice of our own with the picture of a seal."""
    return render(RectificationNotice.from_case(Case.load(DEMO), 印章={"文件": str(SEAL)})).content


def _with_seal(paper: bytes, line: str) -> bytes:
    """Move the picture of the seal."""
    document = Package.open(paper).read("word/document.xml").decode()
    right, up = (float(match[1]) if (match := re.search(rf"{word}=(-?[\d.]+)", line)) else 0 for word in ("右", "上"))
    for side, move in (("positionH", right), ("positionV", -up)):
        document, count = re.subn(
            rf"(<wp:{side}[^>]*><wp:posOffset>)(-?\d+)",
            lambda m, move=move: f"{m[1]}{int(m[2]) + round(move * 36_000)}",  # type: ignore[misc]
            document,
        )
        assert count, line
    return Package.open(paper).changed({"word/document.xml": document.encode()})


def changed(pdf: bytes, sample: str) -> bytes:
    """Do to a PDF what a sample says is done after printing."""
    for line in sample.splitlines():
        if line.startswith(_AFTER):
            before = pdf
            pdf = _change(pdf, line.removeprefix(_AFTER))
            assert pdf != before, line
    return pdf


def _change(pdf: bytes, line: str) -> bytes:
    if line == "截断":
        return pdf[: len(pdf) // 3]
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    if line == "加密":
        writer.encrypt("口令", algorithm="RC4-128")
        return _written(writer)
    for pattern, change in _CHANGES.items():
        match = re.fullmatch(pattern, line)
        if match:
            change(writer, pdf, *match.groups())
            return _written(writer)
    raise AssertionError(f"not in the notation: {line}")


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _fonts(writer: PdfWriter) -> Iterator[DictionaryObject]:
    for page in writer.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            yield font.get_object()


def _unembed(writer: PdfWriter, _: bytes) -> None:
    for font in _fonts(writer):
        font["/FontDescriptor"].pop("/FontFile", None)  # type: ignore[attr-defined]


def _untold(writer: PdfWriter, _: bytes) -> None:
    for font in _fonts(writer):
        font.pop("/ToUnicode", None)


def _renamed(writer: PdfWriter, _: bytes, old: str, new: str) -> None:
    for font in _fonts(writer):
        font[NameObject("/BaseFont")] = NameObject(str(font["/BaseFont"]).replace(old, new))


def _said_otherwise(writer: PdfWriter, _: bytes, font_name: str | None, old: str, new: str) -> None:
    for font in _fonts(writer):
        if font_name is None or str(font["/BaseFont"]).endswith(font_name):
            table = font["/ToUnicode"].get_object()
            data = table.get_data().replace(b"<%04X>\n" % ord(old), b"<%04X>\n" % ord(new))  # type: ignore[union-attr]
            told = DecodedStreamObject()
            told.set_data(data)
            font[NameObject("/ToUnicode")] = writer._add_object(told)


Operation = tuple[Any, bytes]


def _operations(page: PageObject) -> list[Operation]:
    return ContentStream(page.get_contents(), page.pdf, "bytes").operations


def _put(writer: PdfWriter, page: PageObject, operations: list[Operation]) -> None:
    stream = ContentStream(None, writer, "bytes")
    stream.operations = operations
    plain = DecodedStreamObject()
    plain.set_data(stream.get_data())
    page[NameObject("/Contents")] = writer._add_object(plain)


def _texts(page: PageObject, operations: list[Operation]) -> Iterator[tuple[int, list[Any], str]]:
    """Yield where strings are shown, their codes and what each says; a number between them says nothing."""
    fonts = page["/Resources"]["/Font"]  # type: ignore[index]
    shown: dict[int, str] = {}
    for n, (operands, operator) in enumerate(operations):
        if operator == b"Tf":
            read_ = face(fonts[operands[0]].get_object(), lambda stream: stream.get_data())
            shown = {code: next(read_.shown(bytes([code]))).text for code in range(256)}
        elif operator in (b"Tj", b"TJ"):
            items = operands[0] if operator == b"TJ" else operands
            codes: list[Any] = []
            for one in items:
                codes += list(one) if isinstance(one, bytes) else [FloatObject(one)]
            yield n, codes, "".join(shown[code] if type(code) is int else "\0" for code in codes)


def _deleted(writer: PdfWriter, _: bytes, number: str, words: str) -> None:
    page = writer.pages[int(number) - 1]
    operations = _operations(page)
    pattern = re.compile("\0?".join(map(re.escape, words)))
    for n, codes, text in _texts(page, operations):
        match = pattern.search(text)
        if match:
            gap = [FloatObject(-1000 * len(words))]
            kept = codes[: match.start()] + gap + codes[match.end() :]
            items = [ByteStringObject(bytes([one])) if type(one) is int else one for one in kept]
            operations[n] = ([ArrayObject(items)], b"TJ")
            _put(writer, page, operations)
            return


def _repeated(writer: PdfWriter, _: bytes, number: str, words: str, height: str) -> None:
    page = writer.pages[int(number) - 1]
    operations = _operations(page)
    for n, _codes, text in _texts(page, operations):
        if words in text.replace("\0", ""):
            start = max(k for k in range(n) if operations[k][1] == b"BT")
            end = min(k for k in range(n, len(operations)) if operations[k][1] == b"ET") + 1
            block = [(copy(operands), operator) for operands, operator in operations[start:end]]
            for operands, operator in block:
                if operator == b"Td":
                    operands[1] = FloatObject(float(height) * MM)
            _put(writer, page, operations + block)
            return


def _without_number(writer: PdfWriter, _: bytes, number: str) -> None:
    page = writer.pages[int(number) - 1]
    operations = _operations(page)
    low = False
    kept = []
    for operands, operator in operations:
        if operator == b"Td":
            low = operands[1] < 90
        if not (low and operator in (b"Tj", b"TJ")):
            kept.append((operands, operator))
    _put(writer, page, kept)


def _lines_moved(writer: PdfWriter, pdf: bytes, number: str, up: str) -> None:
    page = writer.pages[int(number) - 1]
    heights = [rule.y0 for rule in read(pdf).pages[int(number) - 1].rules if rule.level]
    operations = _operations(page)
    for operands, operator in operations:
        at = {b"m": 1, b"l": 1, b"re": 1}.get(operator)
        if at is not None and any(abs(float(operands[at]) - y) < 1.5 for y in heights):
            operands[at] = FloatObject(float(operands[at]) + float(up) * MM)
    _put(writer, page, operations)


_CHANGES: dict[str, Callable[..., None]] = {
    "不嵌入字体": _unembed,
    "字体不说明文字": _untold,
    "字体改名 (.+)＝(.+)": _renamed,
    "换字(?: (.+?))?“(.)”＝(.)": _said_otherwise,
    r"删去第(\d+)页“(.+)”": _deleted,
    r"再印第(\d+)页“(.+)”高=([\d.]+)": _repeated,
    r"删去第(\d+)页页码": _without_number,
    r"第(\d+)页横线 上移=(-?[\d.]+)": _lines_moved,
}

"""Turns papers into PDF, and proves of each that it says what its paper says.

LibreOffice drops marks and prints wrong characters when fonts or flags are off, and says nothing of it. So a PDF counts
only when every character of its paper has a glyph before it is made, and the text read back from it afterwards is the
paper's: nothing lost, nothing in another order, nothing put in its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import overload

from xuncha_docs import kinds
from xuncha_docs.errors import ConversionError, OfficeMissing, PdfError, UnknownKind
from xuncha_docs.pdf import fonts, marks, office
from xuncha_docs.pdf.pages import Glyph, Marks, plain
from xuncha_docs.saving import save_all
from xuncha_docs.word.layout import Layout, Paragraph, Where
from xuncha_docs.word.measuring import measured
from xuncha_docs.word.package import PackageError
from xuncha_docs.word.paper import Paper
from xuncha_docs.word.printable import printable

Source = Paper | str | PathLike[str]
"""What is converted: a paper, or the path of a .docx."""

_MOST_NAMED = 20


@overload
def to_pdf(thing: Source, /, out: str | PathLike[str], *, pdfa: bool = False) -> Path: ...
@overload
def to_pdf(
    first: Source, second: Source, /, *more: Source, out: str | PathLike[str], pdfa: bool = False
) -> tuple[Path, ...]: ...
def to_pdf(*things: Source, out: str | PathLike[str] | None = None, pdfa: bool = False) -> Path | tuple[Path, ...]:
    """Turn papers into PDF, each proved to say what its paper says, all in one run of LibreOffice.

        to_pdf(paper, "巡察公告.pdf")
        to_pdf("甲.docx", "乙.docx", out="PDF")

    Args:
        things: papers, or paths of .docx.
        out: a file that ends in .pdf for one thing, else a folder, which is made. A PDF is named after its file, or
            after the kind of its paper; those that stand there are replaced, whole or not at all.
        pdfa: make PDF/A-2b, for the archive.

    Returns:
        The path of the PDF; of several things, their paths in order.

    Raises:
        OfficeMissing: if LibreOffice or a font is not on this machine.
        ConversionError: naming every paper that is no .docx, that has a character which no font has, of which no PDF
            comes, or whose PDF says something else. Nothing is written then.
        OSError: if a file can't be read or written.
        ValueError: if `out` can't be where they go.
    """
    things, target = _parted(things, out)
    targets = _targets(things, target)
    pdfs = proved([_read(thing) for thing in things], pdfa=pdfa)
    if target not in targets:
        target.mkdir(parents=True, exist_ok=True)
    save_all(dict(zip(targets, pdfs, strict=True)))
    return targets[0] if len(targets) == 1 else targets


def _parted(things: tuple[Source, ...], out: str | PathLike[str] | None) -> tuple[tuple[Source, ...], Path]:
    """Part what is converted from where it goes, which may be said without its name: to_pdf(paper, "a.pdf")."""
    if out is None and len(things) == 2 and not isinstance(things[1], Paper):
        return things[:1], Path(things[1])
    if out is None or not things:
        raise TypeError("to_pdf() needs what and where: to_pdf(paper, 'a.pdf'), to_pdf(one, another, out='a folder')")
    return things, Path(out)


def _targets(things: Sequence[Source], out: Path) -> tuple[Path, ...]:
    """Return where the PDFs go; a folder that is named like a paper is a slip."""
    if out.suffix.lower() == ".pdf" and not out.is_dir():
        if len(things) > 1:
            raise ValueError(f"{out} is one file, and there are {len(things)} papers: name a folder")
        return (out,)
    if out.is_file() or out.suffix.lower() in (".docx", ".doc"):
        raise ValueError(f"{out} is neither a .pdf nor a folder")
    return tuple(out / name for name in names([_stem(thing) for thing in things]))


def _stem(thing: Source) -> str:
    if not isinstance(thing, Paper):
        return Path(thing).stem
    try:
        return kinds.find(thing.kind).label_of(thing.variant)
    except (UnknownKind, KeyError):
        return thing.kind or "文书"


def names(stems: Sequence[str]) -> tuple[str, ...]:
    """Return the names of PDFs by the names of their papers; those of one name are numbered.

    Raises:
        ValueError: if numbering makes two of one name.
    """
    counts = Counter(stems)
    numbers: Counter[str] = Counter()
    made: list[str] = []
    for stem in stems:
        numbers[stem] += 1
        made.append(f"{stem}-{numbers[stem]}.pdf" if counts[stem] > 1 else f"{stem}.pdf")
    if len(set(made)) < len(made):
        raise ValueError(f"two of these would have one name: {', '.join(made)}")
    return tuple(made)


def _read(thing: Source) -> tuple[str, bytes]:
    if isinstance(thing, Paper):
        return _stem(thing), thing.content
    return str(thing), Path(thing).read_bytes()


# --- the proof -------------------------------------------------------------------------------------------------------


def proved(
    papers: Sequence[tuple[str, bytes]], *, pdfa: bool = False, progress: Callable[[int], None] | None = None
) -> tuple[bytes, ...]:
    """Return the PDF of each paper, proved to say what it says; the arguments are those of `office.convert`.

    Raises:
        OfficeMissing: if LibreOffice or a font is not on this machine.
        ConversionError: naming every paper that is no .docx, that has a character which no font has, of which no PDF
            comes, or whose PDF says something else.
    """
    if papers:
        office.find()
    layouts = _layouts(papers)
    _raise(_without_fonts(layouts), OfficeMissing)
    _raise(_without_glyphs(layouts))
    pdfs = converted(papers, pdfa=pdfa, progress=progress)
    _raise(fault for (name, layout), pdf in zip(layouts, pdfs, strict=True) for fault in _unlike(name, layout, pdf))
    return pdfs


def converted(
    papers: Sequence[tuple[str, bytes]], *, pdfa: bool = False, progress: Callable[[int], None] | None = None
) -> tuple[bytes, ...]:
    """Return the PDF of each paper as `office.convert` does, each given as LibreOffice prints all of it; not proved.

    Raises:
        OfficeMissing: if LibreOffice is not there or can't be started.
        ConversionError: naming every paper that is no .docx, or of which no whole PDF came.
    """
    try:
        given = [(name, printable(content)) for name, content in papers]
    except PackageError:
        given = list(papers)  # which of them is wrong, and how, LibreOffice is asked
    return office.convert(given, pdfa=pdfa, progress=progress)


def without_glyph(name: str, content: bytes) -> tuple[str, ...]:
    """Return the characters of a paper that no font of this machine has, each once.

    Raises:
        ConversionError: if it is no .docx.
    """
    ((_, layout),) = _layouts([(name, content)])
    return fonts.lacking(_whole(layout))


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a paper is not converted: for programmers, and in Chinese."""

    said: str
    told: str


def _raise(faults: Iterable[_Fault], error: type[ConversionError] = ConversionError) -> None:
    """Tell all faults at once, if there are any."""
    found = tuple(faults)
    if found:
        raise error("\n".join(fault.said for fault in found), "\n".join(fault.told for fault in found))


def _layouts(papers: Sequence[tuple[str, bytes]]) -> list[tuple[str, Layout]]:
    found: list[tuple[str, Layout]] = []
    faults: list[_Fault] = []
    for name, content in papers:
        try:
            found.append((name, measured(content)))
        except PackageError as error:
            said = f"{name}: can't be read as a .docx: {error}; open it in Word or WPS and save it as one"
            told = f"{name} 读不出来（{error}），转不了。请用 Word 或 WPS 打开，看是不是坏了，另存为 .docx 再试。"
            faults.append(_Fault(said, told))
    _raise(faults)
    return found


def _without_fonts(layouts: Sequence[tuple[str, Layout]]) -> Iterator[_Fault]:
    used = {run.format.font for _, layout in layouts for p in layout.every_paragraph for run in p.runs}
    if absent := fonts.without_face(used):
        names = "、".join(absent)
        yield _Fault(
            f"no font prints {', '.join(absent)} on this machine: {fonts.INSTALL}",
            f"本机没有能印{names}的字体，PDF 会印成别的字。请运行：{fonts.INSTALL}。",
        )


def _without_glyphs(layouts: Sequence[tuple[str, Layout]]) -> Iterator[_Fault]:
    lacking = set(fonts.lacking("".join(_whole(layout) for _, layout in layouts)))
    for name, layout in layouts:
        if absent := [one for one in dict.fromkeys(_whole(layout)) if one in lacking]:
            listed = [f"{one} (U+{ord(one):04X})" for one in absent]
            yield _Fault(
                f"{name}: no font of this machine has {_few(listed)}: {fonts.INSTALL}, or put one that has them "
                f"into {fonts.folder()}",
                f"{name} 里的这些字，本机的字体都没有，印出来会是方框：{_few(listed, '、')}。"
                f"请先运行 {fonts.INSTALL}；还没有的，把有这些字的字体放进 {fonts.folder()}，或换个写法。",
            )


def _whole(layout: Layout) -> str:
    """Return all that a paper prints: its automatic numbers, headers and footers too."""
    numbers = (p.number.printed for p in layout.every_paragraph if p.number)
    return "".join((*(p.text for p in layout.every_paragraph), *numbers))


def _few(things: Sequence[str], comma: str = ", ") -> str:
    return comma.join(things[:_MOST_NAMED]) + (" …" if len(things) > _MOST_NAMED else "")


def _unlike(name: str, layout: Layout, pdf: bytes) -> Iterator[_Fault]:
    try:
        found = difference(layout, marks.read(pdf))
    except PdfError as error:
        yield _Fault(f"{name}: its PDF can't be read back: {error}", f"{name} 转成的 PDF 读不回来（{error}）。")
        return
    if found:
        yield _Fault(
            f"{name}: the PDF does not say what the paper says: {found}",
            f"{name} 转成的 PDF 和原文不一样，没有写：{found.told}。请检查那里的字体、文本框和表格行高。",
        )


# --- the texts -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """How a PDF's text differs from its paper's.

    Args:
        lost: the characters that were not printed, each as often as it is lacking.
        near: the words of the paper around the first of them; where nothing is lost, those from which on its text comes
            in another order.
    """

    lost: str
    near: str

    def __str__(self) -> str:
        lost = f"lost {_few(list(self.lost))}" if self.lost else "it comes in another order"
        return f"{lost} near {self.near!r}" if self.near else lost

    @property
    def told(self) -> str:
        """The same in Chinese."""
        lost = f"丢了“{_few(list(self.lost), '')}”" if self.lost else "次序乱了"
        return (f"{lost}，在“{self.near}”附近" if self.near else lost).translate(_WIDE)


_WIDE = str.maketrans(",:;!?()", "，：；！？（）")
"""The marks as people know them: texts are compared in their narrow forms."""


def difference(layout: Layout, marks: Marks) -> Difference | None:
    """Compare what a paper says with what its PDF prints; None if nothing is lost and the body keeps its order.

    Blanks don't count, nor do forms of one character (NFKC), nor capitals, which a format may make. Cells and boxes are
    printed in an order of their own: of them only the characters are counted. What is printed beside the text, numbers
    of pages and of lists, is passed over.
    """
    printed = "".join(map(_shown, (glyph for page in marks.pages for piece in page.pieces for glyph in piece.glyphs)))
    said = [(paragraph, _plain(_lasting(paragraph))) for paragraph in layout.paragraphs]
    body = [text for paragraph, text in said if paragraph.where is Where.BODY]
    lost = Counter("".join(text for _, text in said)) - Counter(printed)
    if lost:
        return Difference("".join(lost.elements()), _whence(set(lost), [text for _, text in said], printed))
    stuck = "" if _is_right_to_left(body) else _stuck(body, printed)
    return Difference("", stuck) if stuck else None


def _is_right_to_left(texts: Iterable[str]) -> bool:
    """Tell whether any script runs from right to left, whose glyphs stand in no order that could be followed."""
    return any(unicodedata.bidirectional(one) in ("R", "AL") for text in texts for one in text)


def _shown(glyph: Glyph) -> str:
    return "\ufffd" if glyph.missing else _plain(glyph.text)


def _plain(text: str) -> str:
    return "".join(map(plain, text))


def _lasting(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs if not run.worked_out)


def _stuck(texts: Iterable[str], printed: str) -> str:
    """Follow texts through what is printed, which may say more in between; return the words where that ends."""
    at = 0
    for text in texts:
        for n, character in enumerate(text):
            found = printed.find(character, at)
            if found < 0:
                return _around(text, n)
            at = found + 1
    return ""


def _whence(lost: set[str], texts: Iterable[str], printed: str) -> str:
    """Return the words around the first lost character: those that are not printed, but with it left out are."""
    otherwise = ""
    for text in texts:
        for n, character in enumerate(text):
            before, after = text[max(0, n - _NEAR) : n], text[n + 1 : n + 1 + _NEAR]
            if character not in lost or before + character + after in printed:
                continue
            if re.search(f"{re.escape(before)}.?{re.escape(after)}", printed):
                return _around(text, n)
            otherwise = otherwise or _around(text, n)
    return otherwise


_NEAR = 4


def _around(text: str, n: int) -> str:
    return text[max(0, n - 2 * _NEAR) : n + 1 + 2 * _NEAR]

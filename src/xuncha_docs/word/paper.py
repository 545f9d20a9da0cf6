"""A paper: a rendered .docx that never changes, with its kind."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from os import PathLike
from pathlib import Path

from xuncha_docs.errors import ConversionError, PdfError
from xuncha_docs.pdf import pictures
from xuncha_docs.saving import save_all
from xuncha_docs.word.drafted import BANNER
from xuncha_docs.word.package import Package
from xuncha_docs.word.printable import printable
from xuncha_docs.word.provenance import Provenance
from xuncha_docs.word.reading import Reading


@dataclass(frozen=True)
class Paper:
    """One rendered paper.

    Args:
        content: the bytes of the .docx.
        kind: the kind of document it was made from.
        variant: the form of the kind in which it is printed; empty for the standard one.
        draft: whether it is a draft, which is never released.
    """

    content: bytes = field(repr=False)
    kind: str
    variant: str = ""
    draft: bool = False

    @cached_property
    def reading(self) -> Reading:
        """The paper read back: paragraphs and tables with their roles."""
        return Reading(self.content)

    @property
    def provenance(self) -> Provenance | None:
        """What the paper came from; None if it says nothing of that.

        It outlives a saving by LibreOffice, which is tested; by Word and WPS, which is not.
        """
        return Provenance.read(Package.open(self.content))

    @property
    def text(self) -> str:
        """The text, a line for each paragraph, for a message or a web page; that of a draft begins by saying so."""
        return f"{BANNER}\n{self.reading.text}" if self.draft else self.reading.text

    @property
    def html(self) -> str:
        """The text as plain HTML by roles; that of a draft begins by saying so."""
        return f"<p><mark>{BANNER}</mark></p>\n{self.reading.html}" if self.draft else self.reading.html

    def preview(self, page: int = 1, dpi: int = pictures.RESOLUTION) -> bytes:
        """Draw a page as LibreOffice prints it, as a PNG.

        It is what comes out, good or bad; that a PDF says what its paper says is proved by `to_pdf`.

        Args:
            page: counted from 1.
            dpi: dots per inch; by 96 a page of A4 is 794 pixels wide.

        Raises:
            OfficeMissing: if LibreOffice, or what draws pages, is not on this machine.
            ConversionError: if LibreOffice makes no PDF of it.
            PdfError: if it has no such page.
        """
        (drawn,) = pictures.pictures(self._printed, dpi=dpi, first=page, last=page)
        return drawn

    @cached_property
    def _printed(self) -> bytes:
        """The PDF that pages are drawn from, made once."""
        from xuncha_docs.pdf import office  # only here: most papers are never printed

        (pdf,) = office.convert([(self.kind, printable(self.content))])
        return pdf

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Show the paper in a notebook: pictures of its pages where a PDF can be had, else its text by roles."""
        try:
            pages = pictures.pictures(self._printed, dpi=_SHOWN_DPI)
        except (ConversionError, PdfError) as error:  # a text by roles is shown all the same, with the reason
            why = getattr(error, "told", "") or str(error)
            return {"text/html": f"{self.html}<p><small>{escape(why)}</small></p>", "text/plain": repr(self)}
        shown = "".join(_picture(page, n) for n, page in enumerate(pages[:_MOST_SHOWN], 1))
        more = f"<p>还有 {len(pages) - _MOST_SHOWN} 页。</p>" if len(pages) > _MOST_SHOWN else ""
        return {"text/html": shown + more, "text/plain": repr(self)}

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the paper to a file, whole or not at all; what stood there is replaced.

        Raises:
            OSError: if the folder is missing or can't be written; then nothing has changed.
        """
        target = Path(path)
        save_all({target: self.content})
        return target


_SHOWN_DPI = 60
_MOST_SHOWN = 4


def _picture(page: bytes, number: int) -> str:
    data = b64encode(page).decode()
    return f'<img alt="第{number}页" style="border: 1px solid #ccc" src="data:image/png;base64,{data}">'

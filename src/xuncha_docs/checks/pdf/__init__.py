"""Judges a PDF, what only printed pages show and whether they say what the paper says: the rules PDF001 to PDF5xx."""

from __future__ import annotations

from collections.abc import Iterator

from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.pdf import elements, numbers, running, whole, words
from xuncha_docs.checks.pdf.printed import Printed
from xuncha_docs.checks.profiles import Profile
from xuncha_docs.checks.ruling import checks
from xuncha_docs.errors import PdfError
from xuncha_docs.findings import NotChecked, Report
from xuncha_docs.pdf.marks import read
from xuncha_docs.pdf.pages import Marks

CHAPTERS = {
    "PDF0": ("文件", whole),
    "PDF1": ("页面和字体", whole),
    "PDF2": ("文字", words),
    "PDF3": ("版心、行数和字数", running),
    "PDF4": ("页码", numbers),
    "PDF5": ("各要素的位置", elements),
}
"""The chapters by the beginning of their codes, with what they are about."""

WITH_PAPER = (
    *(whole.substituted_printed_font, words.lost_text, words.replaced_text, words.added_text),
    *(elements.no_text_on_front, elements.stranded_signature, elements.seal_off_date, elements.seal_far_from_text),
)
"""The checks that can't be made without the paper that the PDF was made of."""


def judge(content: bytes, name: str, paper: Judged | None, profile: Profile) -> Report:
    """Judge a PDF.

    Args:
        content: its bytes.
        name: its file, for the findings.
        paper: the paper that it was made of; without it, some things can't be checked, and the report says so.
        profile: what it should keep to.
    """
    try:
        printed = Printed(name, read(content), profile, paper)
    except PdfError as error:
        printed = Printed(name, Marks(()), profile, paper, fault=error)
    found = [finding for check in checks("PDF") for finding in check.run(printed, name)]
    found.sort(key=lambda finding: (finding.place.page or 0, finding.code))
    return Report(tuple(found), tuple(_not_checked(printed)))


def _not_checked(printed: Printed) -> Iterator[NotChecked]:
    if printed.fault is not None:
        yield NotChecked(f"{printed.name} 的页面", "读不出来")
        return
    if printed.paper is None:
        what = "有没有丢字错字、首页有没有正文、署名和印章的位置、换了字体的字"
        codes = "、".join(check.rule.code for check in WITH_PAPER)
        yield NotChecked(f"{printed.name} {what}（{codes}）", "手边没有转成它的文书")
    elif printed.unread:
        codes = "、".join(check.rule.code for check in (words.lost_text, words.replaced_text, words.added_text))
        yield NotChecked(f"{printed.name} 有没有丢字错字（{codes}）", "有的字 PDF 没有说明是什么字")

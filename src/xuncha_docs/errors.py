"""What can go wrong with the program or its input.

    XunchaError
    ├── InputError (ValueError)            the facts: a file, or a value in it; carries a report with every fault
    ├── DraftError (ValueError)            a draft is to be released
    ├── UnknownKind (LookupError)          no kind of paper has that name
    ├── UnknownLaw (LookupError)           the register of rules has no such title
    ├── UnknownRule (LookupError)          no check has a rule of that code or name
    ├── UnknownProfile (LookupError)       no layout has that name
    ├── CalendarError (LookupError)        a day beyond the years the calendar covers
    ├── ManifestError (ValueError)         the manifest of a packet can't be read
    ├── MendingError (ValueError)          a paper can't be mended without changing its words
    ├── PdfError (ValueError)              a PDF can't be read back
    │   └── LockedPdf                      it can't be opened without its password
    ├── ConversionError (RuntimeError)     no PDF came of a paper, or not the right one
    │   └── OfficeMissing (LookupError)    LibreOffice, a font or a program that PDF needs is not on this machine
    ├── KindError (TypeError)              a kind of paper is declared wrongly (for whoever writes kinds)
    └── TemplateError (ValueError)         a template can't be read, compiled or filled
        └── TemplateNotFound (LookupError) no folder holds a template for the kind

An error also inherits the builtin that a caller would guess. What is doubtful in a paper is no exception: it is a
`Finding` (`xuncha_docs.findings`).
"""

from __future__ import annotations

from xuncha_docs.findings import Place, Report


class XunchaError(Exception):
    """Whatever this library raises on purpose."""


class InputError(XunchaError, ValueError):
    """The facts can't be read or can't be true.

    Args:
        report: every fault at once, each with file, line and field as far as they are known. Whether facts go
            together is asked only of a model whose own fields are right.
    """

    def __init__(self, report: Report) -> None:
        super().__init__(str(report))
        self.report = report


class DraftError(XunchaError, ValueError):
    """A draft is to be released: facts are missing in it, and a paper is made of it only as a draft.

    Args:
        message: in English.
        told: the same in Chinese, for the people of the paper.
        missing: the facts that are missing, by their paths in Chinese.
    """

    def __init__(self, message: str, told: str, missing: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.told = told
        self.missing = missing


class UnknownKind(XunchaError, LookupError):
    """No kind of paper has that name."""


class UnknownLaw(XunchaError, LookupError):
    """The register of rules (`xuncha_docs.legal`) has no such title."""


class UnknownRule(XunchaError, LookupError):
    """No check has a rule of that code or name."""


class UnknownProfile(XunchaError, LookupError):
    """No profile of layout has that name."""


class CalendarError(XunchaError, LookupError):
    """A day lies beyond the years that the calendar of working days covers; it never guesses."""


class ManifestError(XunchaError, ValueError):
    """The manifest of a packet can't be read.

    Args:
        message: in English.
        told: the same in Chinese, for the people of the paper.
    """

    def __init__(self, message: str, told: str) -> None:
        super().__init__(message)
        self.told = told


class MendingError(XunchaError, ValueError):
    """A paper can't be mended without changing other words than it should; nothing is written."""


class PdfError(XunchaError, ValueError):
    """A PDF can't be read back: it is none, is damaged, or asks for more than a paper needs."""


class LockedPdf(PdfError):
    """A PDF can't be opened without its password."""


class ConversionError(XunchaError, RuntimeError):
    """No PDF came of a paper, or one that does not say what the paper says; nothing is written.

    Args:
        message: the paper, what went wrong, and what to do.
        told: the same in Chinese, for whoever typed a command; empty if there is only the message.
    """

    def __init__(self, message: str, told: str = "") -> None:
        super().__init__(message)
        self.told = told


class OfficeMissing(ConversionError, LookupError):
    """LibreOffice, or a font or a program that PDF needs, is not on this machine; `xuncha-docs doctor` tells all."""


class KindError(XunchaError, TypeError):
    """A kind of paper is declared wrongly: a taken name, a field named like a method, a broken plug-in."""


class TemplateError(XunchaError, ValueError):
    """A template can't be read, compiled or filled.

    Args:
        message: what is wrong, a line for each fault: the template, the place, the fault.
        told: the same in Chinese, for whoever typed a command; empty if there is only the message.
        place: the tag that could not be filled; None if it is no single tag.
        reason: why, without the place.
    """

    def __init__(self, message: str, told: str = "", *, place: Place | None = None, reason: str = "") -> None:
        super().__init__(message)
        self.told = told
        self.place = place
        self.reason = reason or message


class TemplateNotFound(TemplateError, LookupError):
    """No folder holds a template for the kind."""

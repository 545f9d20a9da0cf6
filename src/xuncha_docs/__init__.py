"""From the facts of one inspection (巡察) to checked, print-ready official paperwork.

What stands in `__all__` is promised; the rest may change. The kinds beyond the four main ones are in
`xuncha_docs.kinds`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xuncha_docs.case import Case
    from xuncha_docs.checks import check
    from xuncha_docs.converting import to_pdf
    from xuncha_docs.document import Audience, Document
    from xuncha_docs.errors import (
        CalendarError,
        ConversionError,
        DraftError,
        InputError,
        KindError,
        ManifestError,
        OfficeMissing,
        TemplateError,
        TemplateNotFound,
        UnknownKind,
        UnknownLaw,
        UnknownRule,
        XunchaError,
    )
    from xuncha_docs.findings import Finding, Place, Report, Rule, Severity
    from xuncha_docs.images import Image, Seal
    from xuncha_docs.kinds.announcement import Announcement
    from xuncha_docs.kinds.experience_report import ExperienceReport
    from xuncha_docs.kinds.rectification_notice import RectificationNotice
    from xuncha_docs.kinds.work_plan import WorkPlan
    from xuncha_docs.packets import packet
    from xuncha_docs.rendering import render
    from xuncha_docs.sealed import SealedRecord
    from xuncha_docs.version import __version__
    from xuncha_docs.word.paper import Paper
    from xuncha_docs.word.template import Template

_HOMES = {
    "Announcement": "kinds.announcement",
    "Audience": "document",
    "CalendarError": "errors",
    "Case": "case",
    "ConversionError": "errors",
    "Document": "document",
    "DraftError": "errors",
    "ExperienceReport": "kinds.experience_report",
    "Finding": "findings",
    "Image": "images",
    "InputError": "errors",
    "KindError": "errors",
    "ManifestError": "errors",
    "OfficeMissing": "errors",
    "Paper": "word.paper",
    "Place": "findings",
    "RectificationNotice": "kinds.rectification_notice",
    "Report": "findings",
    "Rule": "findings",
    "Seal": "images",
    "SealedRecord": "sealed",
    "Severity": "findings",
    "Template": "word.template",
    "TemplateError": "errors",
    "TemplateNotFound": "errors",
    "UnknownKind": "errors",
    "UnknownLaw": "errors",
    "UnknownRule": "errors",
    "WorkPlan": "kinds.work_plan",
    "XunchaError": "errors",
    "__version__": "version",
    "check": "checks",
    "packet": "packets",
    "render": "rendering",
    "to_pdf": "converting",
}

__all__ = [
    "Announcement",
    "Audience",
    "CalendarError",
    "Case",
    "ConversionError",
    "Document",
    "DraftError",
    "ExperienceReport",
    "Finding",
    "Image",
    "InputError",
    "KindError",
    "ManifestError",
    "OfficeMissing",
    "Paper",
    "Place",
    "RectificationNotice",
    "Report",
    "Rule",
    "Seal",
    "SealedRecord",
    "Severity",
    "Template",
    "TemplateError",
    "TemplateNotFound",
    "UnknownKind",
    "UnknownLaw",
    "UnknownRule",
    "WorkPlan",
    "XunchaError",
    "__version__",
    "check",
    "packet",
    "render",
    "to_pdf",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__

"""Every row of the reference's table of checks (section 8) is answered by a rule, or by the reason why none does.

Those of its table of text rules (section 5) are held in `tests.text_samples`, beside their examples.
"""

from __future__ import annotations

import re

import pytest

from tests.conftest import SHARED
from xuncha_docs.checks import ruling
from xuncha_docs.findings import Severity, Strength

ROWS: dict[str, tuple[str, ...]] = {
    **{f"C{n:02}": (f"GBT1{n:02}",) for n in range(1, 15)},
    **{f"C{n}": (f"GBT2{n - 14:02}",) for n in range(15, 24)},
    **{f"C{n}": (f"GBT3{n - 23:02}",) for n in range(24, 38)},
    **{f"C{n}": (f"GBT4{n - 37:02}",) for n in range(38, 41)},
    "C31": ("GBT308", "TXT506"),
    "C36": ("GBT313", "TXT401", "TXT402", "TXT403", "TXT404", "TXT408", "TXT409"),
    "C41": ("PDF501",),
    **{f"C{n}": (f"GBT4{n - 38:02}",) for n in range(42, 50)},
    "C45": ("GBT407", "TXT510"),
    "C46": ("GBT408", "PDF502"),
    "C48": ("GBT410", "TXT512", "TXT513", "TXT515"),
    "C49": ("GBT411", "TXT514"),
    **{f"C{n}": (f"GBT5{n - 49:02}",) for n in range(50, 60)},
    "C52": ("GBT503", "TXT501", "TXT502", "TXT503", "TXT504"),
    "C56": ("GBT507", "TXT505"),
    "C57": ("GBT508", "TXT106", "TXT107", "TXT111"),
    "C60": ("PDF504",),
    "C61": ("GBT511", "TXT511"),
    "C62": ("GBT601",),
    "C63": ("GBT602",),
    "C64": ("PDF507",),
    "C65": ("GBT603",),
    "C66": ("GBT604", "TXT507", "TXT508"),
    "C67": ("GBT605", "TXT509"),
    "C68": ("PDF508",),
    **{f"C{n}": (f"GBT7{n - 68:02}",) for n in range(69, 76)},
    "C76": ("PDF503",),
    "C77": ("GBT801", "PDF509"),
    "C78": ("GBT802",),
    "C79": ("GBT803",),
    "C80": ("GBT804",),
    "C81": ("GBT412",),
    "C82": ("GBT115",),
    "C83": ("GBT116",),
    "C84": ("GBT117",),
    "C85": ("GBT118",),
    "C86": ("GBT210",),
    "C87": ("GBT211",),
    "C88": ("PDF103", "PDF104", "PDF105"),
    "C89": ("GBT902", "TXT606"),
    "C90": ("GBT903",),
    "C91": ("GBT212",),
    "C92": ("GBT120",),
    "C93": ("GBT119",),
    "C94": ("GBT315", "GBT316", "GBT317", "GBT318", "GBT319", "GBT320", "GBT321", "GBT322", "GBT323"),
    "C95": ("TXT101",),
}
"""The rows by the codes that answer them, the first for the row as it stands, the others for parts of it."""

OTHERWISE: dict[str, str] = {
    "C88": "a font that is not official is told on the PDF where it shows",
    "C95": "each text rule has the severity of its own row",
}
"""The rows whose severity is not that of the table, with the reason."""

BEYOND: dict[str, str] = {
    "GBT805": "posters, of which the standard and its table know nothing",
    "GBT806": "posters too",
}
"""The rules of layout that answer no row, with the reason."""

_SEVERITIES = {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFO}


def rows() -> list[list[str]]:
    """Return the cells of section 8's table."""
    text = (SHARED / "reference/gb9704.md").read_text(encoding="utf-8")
    return [line.strip("| ").split(" | ") for line in text.splitlines() if re.match(r"\| C\d\d \|", line)]


def test_every_code_that_answers_a_row_is_a_rule() -> None:
    known = ruling.every()
    assert {code for codes in ROWS.values() for code in codes} <= known.keys()


def test_every_rule_of_layout_answers_a_row() -> None:
    codes = {code for codes in ROWS.values() for code in codes}
    assert {code for code in ruling.every() if code.startswith("GBT")} - codes == BEYOND.keys()


@pytest.mark.needs("shared")
def test_every_row_is_answered() -> None:
    assert {row[0] for row in rows()} == ROWS.keys()
    assert len(rows()) == 95


@pytest.mark.needs("shared")
def test_a_rule_has_the_severity_of_its_row() -> None:
    other = set()
    for row in rows():
        said = {_SEVERITIES[letter] for letter in re.findall(r"\b[EWI]\b", row[5])}
        if ruling.every()[ROWS[row[0]][0]].severity not in said:
            other.add(row[0])
    assert other == OTHERWISE.keys()


@pytest.mark.needs("shared")
def test_what_is_practice_or_derived_in_the_table_is_no_rule_of_the_standard() -> None:
    for row in rows():
        rule = ruling.every()[ROWS[row[0]][0]]
        if row[-1].strip() in ("P", "D", "L", "W1", "W1, L"):
            assert rule.strength in (Strength.PRACTICE, Strength.DERIVED, None), f"{row[0]} {rule.code}"

"""A report for people and for machines: text, JSON, SARIF 2.1.0, annotations of GitHub Actions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from xuncha_docs.findings import Finding, Place, Report, Rule, Severity
from xuncha_docs.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def text(report: Report) -> str:
    """Write what each thing was taken for, every finding, and a line that counts them."""
    return "\n".join(line for line in (*report.notes, str(report), summary(report)) if line)


def summary(report: Report) -> str:
    """Count what was found, put up with and not checked, in one line."""
    counts = [(severity.word, sum(f.severity is severity for f in report.findings)) for severity in Severity]
    found = "、".join(f"{word} {count} 处" for word, count in counts if count) or "没有发现问题"
    ignored = f"；已忽略 {len(report.ignored)} 处" if report.ignored else ""
    left = f"；有 {len(report.not_checked)} 项没有检查" if report.not_checked else ""
    return f"{found}{ignored}{left}。"


def as_json(report: Report) -> str:
    """Write the report as JSON."""
    return report.to_json()


def github(report: Report) -> str:
    """Write an annotation for each finding, as GitHub Actions reads them from a job's output."""
    lines = [_annotation(finding) for finding in report.findings]
    lines += [f"::notice title=未检查::{_escaped(str(left))}" for left in report.not_checked]
    lines += [f"::notice title=已忽略::{_escaped(str(ignored))}" for ignored in report.ignored]
    return "\n".join(lines)


def _annotation(finding: Finding) -> str:
    place = finding.place
    where = f"file={_property(place.file)}," if place.file else ""
    line = f"line={place.line}," if place.line else ""
    title = _property(f"{finding.code} {finding.rule.name}")
    said = " ".join(x for x in (_inner(place), finding.message, finding.cure, finding.reasons) if x)
    snippet = f"\n{place.snippet}" if place.snippet else ""
    return f"::{_COMMANDS[finding.severity]} {where}{line}title={title}::{_escaped(said + snippet)}"


def _inner(place: Place) -> str:
    """Write a place without its file."""
    return str(place).removeprefix(str(Place(file=place.file, line=place.line))).removeprefix(": ")


def _escaped(said: str) -> str:
    return said.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(said: str) -> str:
    return _escaped(said).replace(":", "%3A").replace(",", "%2C")


def sarif(report: Report) -> str:
    """Write the report as SARIF 2.1.0, with the page of every rule it names."""
    told: list[tuple[Finding, str | None]] = [(finding, None) for finding in report.findings]
    told += [(ignored.finding, ignored.reason) for ignored in report.ignored]
    rules = {finding.code: finding.rule for finding, _ in told}
    order = {code: n for n, code in enumerate(sorted(rules))}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "xuncha-docs",
                "version": __version__,
                "semanticVersion": __version__,
                "language": "zh-CN",
                "rules": [_rule(rules[code]) for code in order],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, reason, order) for finding, reason in told],
        "invocations": [{"executionSuccessful": True, **_notifications(report)}],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2)


def _notifications(report: Report) -> dict[str, Any]:
    """Say what was not checked, so that nobody reads it as passed."""
    left = [{"level": "warning", "message": {"text": str(one)}} for one in report.not_checked]
    return {"toolExecutionNotifications": left} if left else {}


def _rule(rule: Rule) -> dict[str, Any]:
    said = rule.summary or rule.name
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": said},
        "fullDescription": {"text": said},
        "help": {"text": rule.page or said},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, reason: str | None, order: Mapping[str, int]) -> dict[str, Any]:
    place = finding.place
    said = " ".join(x for x in (finding.message, finding.cure, finding.reasons) if x)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": order[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": said},
        "partialFingerprints": {"xunchaDocs/v1": _fingerprint(finding)},
    }
    if place.file:
        result["locations"] = [_location(place)]
    if reason is not None:
        result["suppressions"] = [{"kind": "external", "justification": reason}]
    return result


def _location(place: Place) -> dict[str, Any]:
    # Readers want a line to show a finding at; a .docx has none, so it is the first.
    region: dict[str, Any] = {"startLine": place.line or 1}
    if place.snippet:
        region["snippet"] = {"text": place.snippet}
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(str(place.file))}, "region": region}
    }
    if inner := _inner(place):
        location["logicalLocations"] = [{"fullyQualifiedName": inner, "kind": "element"}]
        location["message"] = {"text": f"{inner}。"}
    return location


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _fingerprint(finding: Finding) -> str:
    """Name a finding by what does not move when a paragraph is put in above it."""
    place = finding.place
    said = "\0".join(
        str(x) for x in (finding.code, place.file, place.part, place.field, place.snippet, finding.message)
    )
    return hashlib.sha256(said.encode()).hexdigest()[:32]


FORMATS: Mapping[str, Callable[[Report], str]] = {"text": text, "json": as_json, "sarif": sarif, "github": github}
"""How a report is written, by the name of the format."""

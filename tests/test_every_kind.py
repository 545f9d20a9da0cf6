"""What holds for every kind of paper, written once over the registry."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from openxml_audit import OpenXmlValidator
from pydantic import ValidationError

from templates.__main__ import drafts
from tests.conftest import DEMO, EXAMPLES, ROOT, document_of, every_form, every_kind, example_data, models_in
from xuncha_docs import Case, Document, InputError, kinds, render
from xuncha_docs.case import KIND_KEYS
from xuncha_docs.cli import run
from xuncha_docs.document import Audience
from xuncha_docs.fields import Person
from xuncha_docs.inputs import Source, read
from xuncha_docs.model import Model, chinese_name, english, field_of, inner_model
from xuncha_docs.rendering import file_name
from xuncha_docs.skeleton import skeleton
from xuncha_docs.word.package import Package
from xuncha_docs.word.styles import BY_NAME


def in_language(model: type[Model], data: Any, lang: str) -> Any:
    """Spell the keys of input data all in Chinese or all in English."""
    if isinstance(data, list):
        return [in_language(model, item, lang) for item in data]
    if not isinstance(data, dict):
        return data
    spelt = {}
    for key, value in data.items():
        known = field_of(model, key)
        name = (chinese_name(model, known[0]) if lang == "zh" else known[0]) if known else key
        inner = inner_model(known[1].annotation) if known else None
        spelt[name] = in_language(inner, value, lang) if inner else value
    return spelt


@every_form
def test_has_an_example_that_renders(kind: type[Document], variant: str) -> None:
    assert render(document_of(kind), variant=variant).text.strip()


@every_form
def test_a_paper_says_of_what_kind_and_form_it_is(kind: type[Document], variant: str) -> None:
    said = render(document_of(kind), variant=variant).provenance
    assert said
    assert (said.kind, said.variant) == (kind.kind, variant)


@every_kind
def test_it_has_its_place_in_the_cycle(kind: type[Document]) -> None:
    assert re.fullmatch("[1-7][0-9]{2}", kind.cycle)


def test_no_two_kinds_have_one_place() -> None:
    places = [kind.cycle for kind in kinds.every().values()]
    assert len(places) == len(set(places))


def test_the_demo_case_makes_at_least_the_four_main_kinds(demo: Case) -> None:
    made = {kind.kind for kind in kinds.every().values() if kind.all_from_case(demo)}
    assert made >= {"announcement", "work_plan", "rectification_notice", "experience_report"}


@every_form
def test_its_template_is_what_its_script_makes(kind: type[Document], variant: str) -> None:
    name = file_name(kind, variant)
    committed = (ROOT / "templates" / name).read_bytes()
    made = drafts()[name.removesuffix(".docx")].content()
    assert Package.open(committed).parts() == Package.open(made).parts(), "run make templates"


@every_form
def test_template_and_paper_are_valid_open_xml(kind: type[Document], variant: str, tmp_path: Path) -> None:
    paper = render(document_of(kind), variant=variant).save(tmp_path / "paper.docx")
    for file in (paper, ROOT / "templates" / file_name(kind, variant)):
        assert OpenXmlValidator().validate(str(file)).errors == []


@every_form
def test_every_paragraph_has_an_official_role(kind: type[Document], variant: str) -> None:
    roles = {paragraph.style for paragraph in render(document_of(kind), variant=variant).reading.paragraphs}
    assert roles <= set(BY_NAME)


@every_form
def test_no_tag_is_left_in_the_paper(kind: type[Document], variant: str) -> None:
    assert not re.search(r"\{[{%#]|[}%#]\}", render(document_of(kind), variant=variant).text)


@every_kind
def test_the_same_document_gives_the_same_bytes(kind: type[Document], monkeypatch: pytest.MonkeyPatch) -> None:
    first = render(document_of(kind)).content
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    assert render(document_of(kind)).content == first


@every_kind
def test_the_paper_says_nothing_of_the_machine(kind: type[Document]) -> None:
    parts = Package.open(render(document_of(kind)).content).parts()
    core = parts["docProps/core.xml"].decode()
    assert not re.search("creator>[^<]|lastModifiedBy>[^<]|revision", core)
    everything = b"".join(parts.values()).decode("utf-8", "replace")
    assert str(Path.cwd()) not in everything
    assert str(ROOT) not in everything
    assert os.environ.get("USER", "root-is-too-short") not in core


@every_kind
def test_either_language_gives_the_same_document(kind: type[Document]) -> None:
    data = example_data(kind)
    spelt = [kind.model_validate(in_language(kind, data, lang)) for lang in ("zh", "en")]
    assert spelt[0] == spelt[1] == document_of(kind)


@every_kind
@pytest.mark.parametrize("by_alias", [True, False])
def test_what_is_dumped_reads_back(kind: type[Document], by_alias: bool) -> None:
    document = document_of(kind)
    assert kind.model_validate(document.model_dump(by_alias=by_alias)) == document
    assert kind.model_validate_json(document.model_dump_json(by_alias=by_alias)) == document


@every_kind
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_schema_accepts_the_example(kind: type[Document], lang: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", kind.kind, "--lang", lang]) == 0
    schema = json.loads(capfd.readouterr().out)
    said = {KIND_KEYS[0] if lang == "zh" else KIND_KEYS[1]: kind.label}
    jsonschema.validate(said | in_language(kind, example_data(kind), lang), schema)


@every_kind
def test_the_schema_refuses_an_unknown_field(kind: type[Document]) -> None:
    with pytest.raises(jsonschema.ValidationError, match="never"):
        jsonschema.validate(example_data(kind) | {"never": 1}, kind.model_json_schema())


@every_kind
def test_the_skeleton_is_complete_and_renders(kind: type[Document], tmp_path: Path) -> None:
    text = skeleton(kind)
    for model in models_in(kind):
        for info in model.model_fields.values():
            assert f"{info.title}:" in text or model is not kind
    file = tmp_path / "new.yaml"
    file.write_text(f"文种: {kind.label}\n{text}", encoding="utf-8")
    (document,) = kinds.documents(read(file))
    assert render(document).text


@every_kind
def test_every_field_has_a_chinese_name_of_its_own(kind: type[Document]) -> None:
    for model in models_in(kind):
        names = english(model)
        assert set(model.model_fields) <= set(names.values()), model
        assert all(re.search("[\u4e00-\u9fff]", zh) for zh in names), model
        assert len(names) == len(set(names.values())), f"{model}: a Chinese name stands twice"


@every_kind
def test_templates_may_use_either_name(kind: type[Document]) -> None:
    document = document_of(kind)
    for model, value in [(kind, document), *((type(v), v) for _, v in document if isinstance(v, Model))]:
        for zh, name in english(model).items():
            assert getattr(value, zh) == getattr(value, name)


@every_kind
def test_a_document_never_changes(kind: type[Document]) -> None:
    document = document_of(kind)
    with pytest.raises(ValueError, match="frozen"):
        document.round = document.round  # type: ignore[attr-defined]


@every_kind
def test_a_public_kind_holds_no_person(kind: type[Document]) -> None:
    if kind.audience is Audience.PUBLIC:
        assert Person not in models_in(kind)


@every_kind
def test_a_missing_field_is_named_with_its_line(kind: type[Document]) -> None:
    data = example_data(kind)
    with pytest.raises(InputError) as error:
        kind.from_source(Source("empty.yaml", {}, {(): 1}))
    said = {finding.place.field for finding in error.value.report.findings}
    wanted = {name for name, info in kind.model_fields.items() if info.is_required()}
    assert {f"{chinese_name(kind, name)}（{name}）" for name in wanted} == said
    assert all(finding.place.line == 1 and finding.code == "INP101" for finding in error.value.report.findings)
    assert data


def test_every_example_and_every_template_belongs_to_a_kind() -> None:
    every = kinds.every()
    assert {path.stem for path in EXAMPLES.glob("*.yaml")} == set(every)
    forms = {file_name(kind, variant) for kind in every.values() for variant in ("", *kind.variants)}
    assert {path.name for path in (ROOT / "templates").glob("*.docx")} == forms


def test_examples_and_the_demo_hold_no_real_phone_number() -> None:
    for file in (*EXAMPLES.glob("*.yaml"), DEMO):
        for number in re.findall(r"\b0\d{2,3}-\d{7,8}|\b1\d{10}\b", file.read_text(encoding="utf-8")):
            assert number.startswith(("0600-80000", "1000000000")), f"{file.name}: {number}"


def test_yaml_of_the_demo_is_one_case() -> None:
    assert yaml.compose(DEMO.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) is not None


# --- nothing that is filled in is left out in silence ----------------------------------------------------------------

UNPRINTED = {
    "Committee.short_name": "a county's papers take the name of the committee; an enterprise's take this one",
    "Round.term": "names the round, which an announcement, a notice and a write-up don't",
    "Round.round": "names the round, which an announcement, a notice and a write-up don't",
    "Round.year": "names the round, which an announcement, a notice and a write-up don't",
    "Round.types": "an announcement and a plan say it; a notice and a write-up don't",
    "Round.subject": "said of a 专项巡察 only",
    "UnitName.short_name": "for papers that name a unit a second time",
    "UnitName.type": "checked, never printed",
    "UnitName.extends_to": "said where units are inspected, not where one is written to",
    "Channels.phone_hours": "for telephones without hours of their own",
    "Stay.end": "an agenda says when the meeting is, not how long the team stays",
    "Stay.duration": "said where there is no 撤离日期",
    "Stay.declared_days": "checked against the dates",
    "Stay.kickoff": "said in the plan, not to the public",
    "Stay.complaints_close": "said to the public, not in the plan of a round",
    "RoundPlan.declared_units": "checked against the units",
    "Announcement.signer": "what it says by itself is the same here",
    "Announcement.declared_units": "checked against the units",
    "Announcement.units_per_team": "checked against the units",
    "Writer.role": "for the check of what a write-up may say",
    "ExperienceReport.published": "when it came out is not on the paper",
    "Rectification.matter": "decides whether it may be a notice at all",
    "Rectification.to": "the notice's own 主送 says it",
    "Rectification.notice_title": "the notice's own title says it; its receipt takes it, other papers don't name it",
    "Rectification.basis": "the notice cites it, the other papers of a matter don't",
    "Rectification.report_by": "the notice and its receipt say it, a closing slip and a ledger don't",
    "Rectification.delivery": "a ledger counts from the notice",
    "Rectification.remark": "for the ledger alone",
    "Delivery.copies": "a receipt says it, other papers of a matter don't",
    "Outcome.evidence": "a closing slip lists it, a ledger doesn't",
    "Problem.nature": "the notice says it, tables give the problem in a line",
    "Problem.duty": "the notice says it, tables give the problem in a line",
    "Problem.brief": "for tables; the notice tells the whole",
    "Basis.article": "said where rules are cited",
    "Basis.number": "said where rules are cited",
    "OfficeDays.years": "for years that the State Council's calendar doesn't cover",
    "OfficeDays.on": "counted where it lies between two days",
    "SpotCorrection.stay": "for the check of when something was put right",
    "Found.place": "a complaint as source prints as 巡察中发现",
    "Box.in_view": "for the checks of facts: nobody reads it on the notice",
    "Announcement.posters": "says in which forms it is printed",
    "WithdrawalNotice.declared_units": "checked against the units",
    "WithdrawalNotice.signer": "what it says by itself is the same here",
    "Announcement.posted": "for the checks of facts: it is known after the notice is made",
    "LoanRegister.stay": "for the checks of facts: when all must be settled",
    "MaterialRequest.stay": "for the checks of facts: when all must have been given",
    "PostingRecord.stay": "for the checks of facts: when boxes and notices must be up, and down again",
    "Team.deputies": "a record is signed by the leader and the liaison; the others are for its checks",
    "Team.members": "a record is signed by the leader and the liaison; the others are for its checks",
    "MeetingAgenda.stay": "checked against the time of the meeting",
    "MeetingAgenda.with_script": "decides whether a packet prints the words of the chair too",
    "Person.post": "for papers that list people with their posts",
    "Person.unit": "for papers that list people with their units",
    "Person.phone": "a plan names people, it gives no telephones",
}
"""The optional facts that leave a paper as it is, at least once in the examples, each with the reason."""


def optional_facts(value: Model, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the path of every optional fact of a model, through the first item of every list."""
    for name, info in type(value).model_fields.items():
        inner = getattr(value, name)
        if not info.is_required():
            yield (*path, name), f"{type(value).__name__}.{name}"
        items = inner[:1] if isinstance(inner, tuple) else (inner,)
        for n, item in enumerate(items):
            if isinstance(item, Model):
                yield from optional_facts(item, (*path, name, n) if isinstance(inner, tuple) else (*path, name))


def otherwise(document: Document, path: tuple[str | int, ...]) -> Document | None:
    """Return the document with one fact given, or left out; None if there is no other value or it is refused."""
    holder: Any = document
    for step in path[:-1]:
        holder = holder[step] if isinstance(step, int) else getattr(holder, step)
    info = type(holder).model_fields[str(path[-1])]
    now, default = getattr(holder, str(path[-1])), info.get_default(call_default_factory=True)
    other = info.examples[0] if now in (default, None) and info.examples else default
    other = not now if other == now and isinstance(now, bool) else other
    if other == now:
        return None
    data = plain(document.model_dump())
    at = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = other
    try:
        return type(document).model_validate(data)
    except ValidationError:
        return None


def plain(data: Any) -> Any:
    """Turn tuples into lists, in which an item can be put."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    return [plain(item) for item in data] if isinstance(data, list | tuple) else data


def texts(document: Document) -> Iterator[str]:
    """Yield the texts of the paper in all its forms."""
    kind = type(document)
    return (render(document, variant=variant).text for variant in ("", *kind.variants))


@cache
def unprinted(kind: type[Document]) -> tuple[set[str], int]:
    """Return the optional facts that leave the paper of a kind as it is, and how many change it or are refused."""
    document = document_of(kind)
    printed = tuple(texts(document))
    found, counted = set(), 0
    for path, name in optional_facts(document):
        other = otherwise(document, path)
        if other is not None and all(one == was for one, was in zip(texts(other), printed, strict=True)):
            found.add(name)
        else:
            counted += 1
    return found, counted


@every_kind
def test_an_optional_fact_is_printed_or_refused_or_known_to_be_unprinted(kind: type[Document]) -> None:
    found, counted = unprinted(kind)
    assert found <= UNPRINTED.keys(), "a fact that somebody fills in would be left out in silence"
    assert counted > 5


def test_every_reason_for_leaving_a_fact_out_is_still_needed() -> None:
    assert set().union(*(unprinted(kind)[0] for kind in kinds.every().values())) == UNPRINTED.keys()

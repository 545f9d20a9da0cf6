"""What is confidential stays so: public papers hold nothing restricted, and who reported something shows nowhere."""

from __future__ import annotations

import copy
import io
import json
import logging
import os
import pickle
import pprint
import re
import stat
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from tests.conftest import DEMO, document_of, every_kind, example_data
from tests.notation import built
from xuncha_docs import (
    Announcement,
    Audience,
    Case,
    Document,
    InputError,
    KindError,
    TemplateError,
    check,
    kinds,
    telling,
)
from xuncha_docs import document as documents
from xuncha_docs.case import Round, Stay
from xuncha_docs.cli import run
from xuncha_docs.confidential import Fact, holds_restricted, holds_secret, restricted_facts
from xuncha_docs.drafts import draft_class
from xuncha_docs.fields import Line, Many, Person, PersonName, SecrecyMark, UnitName
from xuncha_docs.findings import Report
from xuncha_docs.inputs import read, says_sealed
from xuncha_docs.matters import Rectification
from xuncha_docs.model import Model, Recognised, named
from xuncha_docs.sealed import Reporter, SealedEntry, SealedRecord
from xuncha_docs.secret import MASK, REPORTER, Secret
from xuncha_docs.word.template import Template

NAME, PHONE, PLACE, HOME, DONE = "龘龖靐", "0600-7654321", "齉齾镇粮站", "齉齾镇七组十九号", "已当面答复龘龖靐"
TRACES = (NAME, "7654321", "齉齾")

ENTRY: Mapping[str, Any] = {
    "登记号": "信〔2025〕3号",
    "收到日期": "2025-07-10",
    "渠道": "来信",
    "署名情况": "实名",
    "反映人": {"姓名": NAME, "单位": PLACE, "电话": PHONE, "住址": HOME},
    "关联": "临委巡三组立改〔2025〕1号",
    "处理": DONE,
}

# What hypothesis makes is known again wherever it shows: rare characters, numbers that stand in no example.
names = st.text("龘龖靐齉齾爩鱻麤灪厵", min_size=3, max_size=12)
phones = st.integers(7_000_000, 7_999_999).map(lambda n: f"0600-{n}")


def entry(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(dict(ENTRY)), **changes}


def record(**changes: Any) -> SealedRecord:
    return SealedRecord.model_validate({"登记": [entry(**changes)]})


def shows(text: str, *traces: str) -> list[str]:
    """Return what of a text gives the reporter away, as it is, or escaped as Python and JSON do."""
    return [trace for trace in traces or TRACES if any(form in text for form in escaped(trace))]


def escaped(text: str) -> tuple[str, ...]:
    return text, ascii(text)[1:-1], json.dumps(text)[1:-1], str(text.encode())[2:-1], str(text.encode("gb18030"))[2:-1]


def surfaces(value: Any) -> Iterator[str]:
    """Yield a value in every way that we can think of that it might be shown."""
    yield from (repr(value), str(value), f"{value}", f"{value!r}", f"{value!s:>40}", "%s %r" % (value, value))  # noqa: UP031
    yield from (repr([value]), repr({"k": value}), repr((value,)), pprint.pformat(value), ascii(value), format(value))
    yield json.dumps({"value": value}, default=str, ensure_ascii=False)
    yield from (repr(copy.copy(value)), repr(copy.deepcopy(value)), repr({1: copy.deepcopy([value])}))
    if hasattr(value, "_repr_html_"):
        yield value._repr_html_()
    if isinstance(value, BaseModel):
        yield from (repr(value.model_dump()), repr(value.model_dump(by_alias=True, mode="json")))
        yield from (value.model_dump_json(), repr(dict(value)), repr(vars(value)), repr(value.model_copy(deep=True)))
        yield repr(list(value.__repr_args__()))
        yield from (repr(TypeAdapter(type(value)).dump_python(value)), repr(TypeAdapter(Any).dump_json(value)))
    yield logged(value)


def logged(value: Any) -> str:
    """Return what a log says of a value, and of an error that is raised with it at hand."""
    out = io.StringIO()
    logger = logging.Logger("test")
    logger.addHandler(logging.StreamHandler(out))
    logger.warning("%s %r", value, value)
    try:
        raise ValueError(value)
    except ValueError as error:
        logger.exception("with %s", value)
        out.write(with_locals(error))
    return out.getvalue()


def with_locals(error: BaseException) -> str:
    """Write a traceback as the tools do that show what every frame held, but for our own frames here."""
    told = traceback.TracebackException.from_exception(error, capture_locals=True)
    for one in (told, told.__cause__, told.__context__):
        for frame in one.stack if one else ():
            if frame.filename == __file__:
                frame.locals = None
    return "".join(told.format())


def all_of(error: BaseException) -> Iterator[str]:
    """Yield all that an error says, and what stands behind it."""
    yield from (str(error), repr(error), repr(error.args), with_locals(error), repr(vars(error)))
    yield from (str(error.__cause__), str(error.__context__))
    if isinstance(error, InputError):
        yield from (tell(error.report) for tell in telling.FORMATS.values())
        yield error.report._repr_html_()
    if isinstance(error, ValidationError):
        yield from (repr(error.errors()), error.json(), repr(error.title))


# --- a secret ------------------------------------------------------------------------------------------------------


@given(names)
def test_a_secret_shows_itself_in_no_way(name: str) -> None:
    secret = Secret(name)
    for text in surfaces(secret):
        assert not shows(text, name)
    assert secret.reveal() == name


@given(names)
def test_a_secret_that_is_misused_does_not_show_itself_either(name: str) -> None:
    secret = Secret(name)
    misuses: list[Callable[[], Any]] = [
        lambda: pickle.dumps(secret),
        lambda: yaml.dump(secret),
        lambda: json.dumps(secret),
        lambda: secret.__getstate__(),
        lambda: vars(secret),
        lambda: setattr(secret, "x", 1),
        lambda: secret + "",  # type: ignore[operator]
        lambda: "".join([secret]),  # type: ignore[list-item]
        lambda: int(secret),  # type: ignore[call-overload]
        lambda: secret < secret,  # type: ignore[operator]
        lambda: Secret(f"{name}\ud800"),
        lambda: Secret([name]),  # type: ignore[arg-type]
        lambda: TypeAdapter(Secret).validate_python([name]).reveal(),
    ]
    for misuse in misuses[:-1]:
        with pytest.raises((TypeError, AttributeError, ValueError)) as told:
            misuse()
        for text in all_of(told.value):
            assert not shows(text, name)


def test_what_is_shown_of_a_secret_is_not_taken_for_one() -> None:
    with pytest.raises(ValueError, match="不是内容"):
        Secret(MASK)
    with pytest.raises(ValidationError):
        SealedRecord.model_validate(record().model_dump())


@pytest.mark.parametrize("tag", ["密", "密.reveal", "密.reveal()", "密|e", "密._Secret__text", "密[0]", "密.text"])
def test_a_template_refuses_a_secret_rather_than_print_its_mask(tag: str) -> None:
    with pytest.raises(TemplateError) as told:
        Template(built(f"公文正文｜{{{{ {tag} }}}}"), "a.docx", None).render({"密": Secret(NAME)})
    for text in (str(told.value), repr(told.value), told.value.told, told.value.reason):
        assert not shows(text)


@pytest.mark.parametrize("tag", ["密|string", "密 ~ ''", "[密]", "密|upper", "[密]|join", "密|truncate(9)", "密|trim"])
def test_what_a_template_makes_of_a_secret_is_not_the_secret(tag: str) -> None:
    template = Template(built(f"公文正文｜{{{{ {tag} }}}}"), "a.docx", None)
    with suppress(TemplateError):
        assert not shows(template.render({"密": Secret(NAME)}).text)


# --- a sealed record -----------------------------------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=30)
@given(names, phones)
def test_a_sealed_record_shows_nobody(name: str, phone: str) -> None:
    made = record(反映人={"姓名": name, "电话": phone}, 处理=f"答复{name}")
    for value in (made, made.entries[0], made.entries[0].reporter, list(made.entries), {"a": made}):
        for text in surfaces(value):
            assert not shows(text, name, phone[5:])
    reporter = made.entries[0].reporter
    assert reporter
    assert reporter.name
    assert reporter.phone
    assert (reporter.name.reveal(), reporter.phone.reveal()) == (name, phone)


WRONG: Mapping[str, Mapping[str, Any]] = {
    "no number": {"登记号": None},
    "an unprintable number": {"登记号": f"{NAME}\t{NAME}"},
    "no day": {"收到日期": NAME},
    "a number for a day": {"收到日期": 20250710},
    "no way": {"渠道": NAME},
    "neither named nor anonymous": {"署名情况": NAME},
    "an anonymous name": {"署名情况": "匿名"},
    "named without a name": {"反映人": {"电话": PHONE}},
    "an unknown field": {NAME: PHONE},
    "an unknown field that is not a text": {NAME: {PHONE: [PLACE]}},
    "an unknown field of the reporter": {"反映人": {"姓名": NAME, PHONE: PLACE}},
    "a number for a telephone": {"反映人": {"姓名": NAME, "电话": 6007654321}},
    "a list for a name": {"反映人": {"姓名": [NAME]}},
    "a list for the reporter": {"反映人": [NAME, PHONE]},
    "half a character": {"反映人": {"姓名": f"{NAME}\ud800"}},
    "twice": {"反映人": NAME, "reporter": NAME},
    "a wide colon": {"反映人": f"姓名：{NAME}"},
    "a list for the matter": {"关联": [NAME]},
    "what is shown of a secret": {"处理": MASK, "渠道": NAME},
}


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG)
def test_what_is_wrong_in_a_record_is_told_without_what_it_says(changes: Mapping[str, Any]) -> None:
    data = {"登记": [entry(**changes)]}
    makings: list[Callable[[], Any]] = [
        lambda: SealedRecord(**data),  # type: ignore[arg-type]
        lambda: SealedRecord.model_validate(data),
        lambda: SealedRecord.model_validate_json(json.dumps(data)),
        lambda: SealedEntry(**entry(**changes)),
        lambda: SealedEntry.model_validate(entry(**changes)),
    ]
    for making in makings:
        with pytest.raises(ValidationError) as told:
            making()
        assert told.value.__cause__ is told.value.__context__ is None
        for text in all_of(told.value):
            assert not shows(text)


@pytest.mark.parametrize(
    "thing", [NAME, [NAME], {NAME: PHONE}, {"登记": NAME}, {"登记": {NAME: [PHONE]}}, 7654321, None]
)
def test_what_is_no_record_at_all_is_not_repeated(thing: Any) -> None:
    for making in (SealedRecord.model_validate, SealedEntry.model_validate):
        with pytest.raises(ValidationError) as told:
            making(thing)
        for text in all_of(told.value):
            assert not shows(text)


def test_json_that_is_broken_is_not_repeated() -> None:
    with pytest.raises(ValidationError) as told:
        SealedRecord.model_validate_json(f'{{"登记": "{NAME} {PHONE}')
    for text in all_of(told.value):
        assert not shows(text)


def test_a_record_takes_nothing_that_was_not_looked_at() -> None:
    made = record()
    tries: list[Callable[[], Any]] = [
        lambda: SealedEntry.model_construct(reporter=NAME, number=PHONE),
        lambda: made.entries[0].model_copy(update={"reporter": NAME}),
        lambda: setattr(made.entries[0], "reporter", NAME),
        lambda: pickle.dumps(made),
        lambda: yaml.dump(made),
    ]
    for attempt in tries:
        with pytest.raises((TypeError, AttributeError, ValueError)) as told:
            attempt()
        for text in all_of(told.value):
            assert not shows(text)


def test_a_number_is_used_once() -> None:
    with pytest.raises(ValidationError, match="用了两次"):
        SealedRecord.model_validate({"登记": [entry(), entry()]})


def test_a_record_tells_which_entries_a_text_mentions_and_no_more() -> None:
    made = record()
    assert made.mentioned_in(f"群众 {NAME[:1]} {NAME[1:]}反映") == ("信〔2025〕3号",)
    assert made.mentioned_in(f"电话{PHONE}") == ("信〔2025〕3号",)
    assert made.mentioned_in("巡察中发现：水费没有公示。") == ()


# --- its file ------------------------------------------------------------------------------------------------------


def written(path: Path, text: str, code: str = "utf-8") -> Path:
    path.write_bytes(text.encode(code))
    path.chmod(0o600)
    return path


def as_text(**changes: Any) -> str:
    data = {"文种": "密封记录", "登记": [entry(**changes)]}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


@settings(deadline=None, max_examples=50)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip() not in ("", MASK)),
    st.sampled_from(["a.yaml", "b.json"]),
)
def test_what_is_saved_is_read_back(name: str, file: str) -> None:
    made = record(反映人={"姓名": name})
    with TemporaryDirectory() as folder:
        assert SealedRecord.load(made.save(Path(folder) / file)) == made


def test_only_its_owner_can_read_what_is_saved(tmp_path: Path) -> None:
    mask = os.umask(0o000)
    try:
        for _ in range(2):  # the second time over the first
            path = record().save(tmp_path / "a.yaml")
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    finally:
        os.umask(mask)
    assert [one.name for one in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("content", ["巡察轮次: {}\n", "", "文种: 巡察公告\n", "{}"])
def test_nothing_but_a_sealed_record_is_written_over(content: str, tmp_path: Path) -> None:
    there = written(tmp_path / "a.yaml", content)
    with pytest.raises(FileExistsError) as told:
        record().save(there)
    assert there.read_text(encoding="utf-8") == content
    for text in all_of(told.value):
        assert not shows(text)


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").symlink_to(tmp_path / "nowhere.yaml")
    with pytest.raises(FileExistsError):
        record().save(tmp_path / "b.yaml")


def test_what_can_not_be_written_is_told_without_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"a\.yaml") as told:
        record().save(tmp_path / "no" / "a.yaml")
    for text in all_of(told.value):
        assert not shows(text)
    with pytest.raises(ValueError, match="yaml"):
        record().save(tmp_path / "a.toml")


@pytest.mark.skipif(os.name != "posix", reason="files have permissions on POSIX only")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660, 0o602])
def test_a_record_that_others_can_read_is_not_opened(mode: int, tmp_path: Path) -> None:
    path = record().save(tmp_path / "a.yaml")
    path.chmod(mode)
    with pytest.raises(InputError, match="chmod 600"):
        SealedRecord.load(path)
    assert SealedRecord.load(path, open_to_others=True) == record()


BROKEN: Mapping[str, str] = {
    "a wide colon": f"文种: 密封记录\n登记:\n- 登记号：{NAME}\n  反映人: {PHONE}\n",
    "a key twice": f"文种: 密封记录\n{NAME}: 1\n{NAME}: 2\n",
    "a tag": f"文种: 密封记录\n登记: !{NAME} {PHONE}\n",
    "an anchor": f"文种: 密封记录\n登记: &{NAME} {PHONE}\n",
    "an open quotation": f'文种: 密封记录\n登记: "{NAME} {PHONE}\n',
    "an open bracket": f"文种: 密封记录\n登记: [{NAME}, {PHONE}\n",
    "a tab": f"文种: 密封记录\n登记:\n\t- {NAME}\n",
    "two colons": f"文种: 密封记录\n登记: {NAME}: {PHONE}\n",
    "a control character": f"文种: 密封记录\n登记: {NAME}\x01{PHONE}\n",
    "an unseen character": f"文种: 密封记录\n{NAME}\u200b: {PHONE}\n",
    "an escape": f'文种: 密封记录\n登记: "{NAME}\\q{PHONE}"\n',
    "too deep": f"文种: 密封记录\n登记: {'[' * 2000}{NAME}\n",
    "an unknown name": f"文种: 密封记录\n登记: []\n{NAME}: {PHONE}\n",
    "a text alone": f"文种: 密封记录\n登记: {NAME} {PHONE}\n",
    "nothing else": "文种: 密封记录\n",
    "a wide colon after the kind": f"文种：密封记录\n登记: {NAME}\n",
    **{
        name: as_text(**changes)
        for name, changes in WRONG.items()
        if name not in ("half a character", "a number for a telephone")
    },
}


def assert_refused_in_silence(path: Path, capfd: pytest.CaptureFixture[str], *, sealed: bool = True) -> None:
    """Read a file in every way there is: all refuse it, none says what it says."""
    readings: list[Callable[[], Any]] = [
        lambda: SealedRecord.load(path),
        lambda: Case.load(path),
        lambda: Announcement.load(path),
        lambda: read(path),
        lambda: kinds.documents(read(path)),
    ]
    for reading in readings if sealed else readings[:1]:
        with pytest.raises(InputError) as told:
            reading()
        assert told.value.__cause__ is told.value.__context__ is None
        for text in all_of(told.value):
            assert not shows(text)
    report = check(path)
    assert report.worst
    out = path.parent / "out"
    for arguments in (
        ["render", str(path), "-o", str(out)],
        ["check", str(path)],
        ["packet", str(path), "-o", str(out)],
    ):
        assert run(arguments) in (1, 2)
        assert not shows("".join(capfd.readouterr()))
    for form in telling.FORMATS:
        run(["check", str(path), "--format", form])
        assert not shows("".join(capfd.readouterr()))
    assert not out.exists()


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_by_everybody_in_silence(
    text: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert_refused_in_silence(written(tmp_path / "密封.yaml", text), capfd)


@pytest.mark.parametrize("code", ["gb18030", "utf-16", "utf-16-be"])
def test_a_file_in_another_code_is_refused_in_silence(
    code: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert_refused_in_silence(written(tmp_path / "密封.yaml", as_text(), code), capfd)


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("cut", [0, 30])
def test_broken_json_is_refused_in_silence(
    ascii_only: bool, cut: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps({"文种": "密封记录", "登记": [entry(渠道=NAME)]}, ensure_ascii=ascii_only)
    assert_refused_in_silence(written(tmp_path / "密封.json", text[: len(text) - cut]), capfd)


@pytest.mark.parametrize("tail", [f'"反映人" = {NAME}', f'"{NAME}" = 1\n"{NAME}" = 2', f'"登记" = "{NAME}'])
def test_broken_toml_is_refused_in_silence(tail: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert_refused_in_silence(written(tmp_path / "密封.toml", f'"文种" = "密封记录"\n{tail}\n'), capfd)


def test_a_good_record_is_no_case_and_no_paper(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = record().save(tmp_path / "密封.yaml")
    assert SealedRecord.load(path) == record()
    for reading in (Case.load, Announcement.load, read):
        with pytest.raises(InputError, match=r"INP108.*密封记录") as told:
            reading(path)
        for text in all_of(told.value):
            assert not shows(text)
    assert run(["render", str(path), "-o", str(tmp_path / "out")]) == 2
    assert "这是一份密封记录" in capfd.readouterr().err


def test_a_file_that_is_not_said_to_be_sealed_is_none(tmp_path: Path) -> None:
    for text in ("巡察轮次: {}\n", "文种: 巡察公告\n", "附言: 这不是密封记录\n", ""):
        path = written(tmp_path / "a.yaml", text)
        assert not says_sealed(path)
        with pytest.raises(InputError):
            SealedRecord.load(path)


def test_new_writes_a_record_to_fill_in_that_only_its_owner_reads(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "密封.yaml"
    assert run(["new", "密封记录", "-o", str(path)]) == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert SealedRecord.load(path).entries[0].reporter
    assert run(["fields", "密封记录"]) == 2
    assert run(["schema", "密封记录"]) == 0
    assert '"writeOnly": true' in capfd.readouterr().out


# --- who reported something is in no case and no paper ---------------------------------------------------------------

REPORTERS = (
    "反映人",
    "举报人",
    "来信人",
    "信访人",
    "检举人姓名",
    "举报人电话",
    "实名举报人",
    "reporter",
    "informant",
    "Complainant",
)


@pytest.fixture(scope="module")
def demo_data() -> Any:
    return yaml.load(DEMO.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def within(data: Any) -> Iterator[dict[str, Any]]:
    """Yield every mapping in data."""
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from within(value)
    for item in data if isinstance(data, list) else ():
        yield from within(item)


@pytest.mark.parametrize("key", REPORTERS)
def test_a_case_is_told_nobody_who_reported_wherever_it_stands(key: str, demo_data: Any, tmp_path: Path) -> None:
    places = len(list(within(demo_data)))
    for n in range(0, places, 29):
        data = copy.deepcopy(demo_data)
        list(within(data))[n][key] = {"姓名": NAME, "电话": [PHONE]}
        path = written(tmp_path / "案卷.yaml", yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
        with pytest.raises(InputError, match=r"INP102.*另立密封记录") as told:
            Case.load(path)
        for text in all_of(told.value):
            assert not shows(text)


def test_a_case_that_is_wrong_elsewhere_too_is_told_both(demo_data: Any, tmp_path: Path) -> None:
    data = copy.deepcopy(demo_data)
    data["立行立改事项"][0]["举报人"] = NAME
    data["驻点时间"]["进驻日期"] = "七月"
    path = written(tmp_path / "案卷.yaml", yaml.safe_dump(data, allow_unicode=True))
    with pytest.raises(InputError) as told:
        Case.load(path)
    assert {finding.code for finding in told.value.report.findings} == {"INP102", "INP104"}
    assert not [found for text in all_of(told.value) for found in shows(text)]


def test_a_case_made_in_python_holds_no_reporter_and_no_secret(demo: Case) -> None:
    facts = {name: getattr(demo, name) for name in Case.model_fields}
    for papers in ({"巡察公告": {"举报人": NAME}}, {"x": [Secret(NAME)]}, {"x": record()}):
        with pytest.raises(ValidationError, match="密封记录") as told:
            Case(**{**facts, "papers": papers})
        assert not shows(str(told.value))
    assert holds_secret(Case) is None


@every_kind
def test_no_kind_holds_a_secret_or_a_reporter(kind: type[Document]) -> None:
    assert holds_secret(kind) is None
    assert not any(REPORTER.fullmatch(str(info.title)) for info in kind.model_fields.values())


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test declare kinds that are gone afterwards."""
    monkeypatch.setattr(documents, "_REGISTRY", dict(kinds.every()))


class _Folder(Model):
    held: Many[SealedEntry] = named("所存", default=())


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize("annotation", [Secret, Secret | None, SealedRecord, Reporter, _Folder, dict[str, Secret]])
def test_no_kind_may_be_declared_with_a_secret(annotation: Any) -> None:
    with pytest.raises(KindError, match="secret"):
        type(
            "Leaky",
            (Document,),
            {"__annotations__": {"held": annotation}, "held": named("所存"), "__module__": __name__},
            kind="leaky",
            label="漏",
        )
    assert "leaky" not in kinds.every()


@pytest.mark.usefixtures("registry")
def test_no_kind_may_be_a_sealed_record_or_name_a_reporter() -> None:
    with pytest.raises((KindError, TypeError)):

        class Both(Document, SealedRecord, kind="both", label="两样"):  # type: ignore[misc]
            pass

    with pytest.raises(KindError, match="SealedRecord"):

        class Told(Document, kind="told", label="说出"):
            who: Line = named("举报人")


# --- public papers -------------------------------------------------------------------------------------------------

PUBLIC = [kind for kind in kinds.every().values() if kind.audience is Audience.PUBLIC]
every_public_kind = pytest.mark.parametrize("kind", PUBLIC, ids=[kind.kind for kind in PUBLIC])


@every_public_kind
def test_a_public_kind_holds_nothing_restricted_by_its_type(kind: type[Document]) -> None:
    assert holds_restricted(kind) is None


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    "annotation", [Person, Many[Person], Person | None, Rectification, PersonName, SecrecyMark | None, Any, Model, dict]
)
def test_no_public_kind_may_be_declared_with_what_is_restricted(annotation: Any) -> None:
    if annotation is dict:
        annotation = Mapping[str, PersonName | None]
    with pytest.raises(KindError, match="is public"):
        type(
            "Open",
            (Document,),
            {"__annotations__": {"held": annotation}, "held": named("所存"), "__module__": __name__},
            kind="open",
            label="公开的",
            audience=Audience.PUBLIC,
        )


@pytest.mark.usefixtures("registry")
def test_a_kind_that_names_no_audience_is_not_public() -> None:
    class Silent(Document, kind="silent", label="没说"):
        who: Person = named("某人")

    assert Silent.audience is Audience.RESTRICTED


def base(kind: type[Document], case: Case) -> dict[str, Any]:
    """Return what a section says to make the document of a public kind: its example, where the case does not."""
    try:
        kind.from_case(case)
    except InputError:
        taken = kind.facts(case, {})
        data = {kind._by_name({key: 0}).popitem()[0]: value for key, value in example_data(kind).items()}
        return {key: value for key, value in data.items() if key not in taken}
    return {}


def leaves(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every text, and of everything that is not filled in."""
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from leaves(getattr(value, name), (*at, name))
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from leaves(item, (*at, n))
        if not value:
            yield (*at, 0)
    elif isinstance(value, str) or value is None:
        yield at


def with_text(document: Document, path: tuple[str | int, ...], text: str) -> dict[str, Any]:
    """Return what a document says, with one text in it replaced."""
    data = json.loads(document.model_dump_json(by_alias=False))
    at: Any = data
    for step in path[:-1]:
        at = at[step]
    if isinstance(at, list) and path[-1] == len(at):
        at.append(text)
    else:
        at[path[-1]] = text
    return {str(path[0]): data[str(path[0])]}


@every_public_kind
def test_no_text_of_a_public_paper_repeats_a_restricted_fact_of_its_case(kind: type[Document], demo: Case) -> None:
    section = base(kind, demo)
    document = kind.from_case(demo, **section)
    facts = list(restricted_facts(demo))
    samples = {fact.sort: fact for fact in reversed(facts)}
    assert samples.keys() == set(Recognised)
    told = 0
    for path in leaves(document):
        for fact in samples.values():
            with pytest.raises(InputError) as error:
                kind.from_case(demo, **(section | with_text(document, path, fact.text)))
            told += any(finding.code == "INP107" for finding in error.value.report.findings)
    assert told > 20
    if "closing" in kind.model_fields:
        first = {fact.text: fact.what for fact in reversed(facts)}
        for fact in facts:
            with pytest.raises(InputError, match="INP107") as error:
                kind.from_case(demo, **section | {"closing": [f"特此公告，{fact.text}，欢迎监督。"]})
            (finding, *_) = error.value.report.findings
            assert first[fact.text] in finding.message
            assert "附言" in str(finding.place.field)
            assert finding.cure
            assert fact.sort is Recognised.NAME or fact.text not in finding.message


def notice(case: Case, *closing: str) -> Announcement:
    return Announcement.from_case(case, closing=list(closing))


def changed(case: Case, **facts: Any) -> Case:
    return Case(**{**{name: getattr(case, name) for name in Case.model_fields}, **facts})


@pytest.mark.parametrize(
    "text",
    [
        "请和王 某某联系。",
        "电话０６００－８０００００３。",
        "电话：8000003",
        "电话0600 8000 003",
        "见临委巡三组立改[2025]1号。",
        "青石水库溢洪道内堆放施工杂物",
        "（青石水库管理所）",
        "秘密★1年",
        "内部资料 注意保存",
        "密级：秘密",
        "问题编号：7",
        "已办结Q-12。",
        "移交问题线索3件。",
        "共移交十二件问题线索。",
        "立行立改〔2025〕2号",
    ],
)
def test_however_it_is_written_a_restricted_fact_is_refused(text: str, demo: Case) -> None:
    with pytest.raises(InputError, match="INP107"):
        notice(demo, text)


@pytest.mark.parametrize(
    "text",
    [
        "巡察组对反映人信息严格保密，保守国家秘密和工作秘密。",
        "绝不放过一条问题线索，对反映的问题线索按规定移交。",
        "巡察期间推动立行立改问题12个。",
        "来信请寄临江县A003号邮政信箱，值班电话0600-8000001。",
        "水利工程建设中的问题可以反映。",
        "QQ、微信不受理。",
        "请勿在高山、河流附近张贴。",
        "加强干部建设，推进平安建设。",
        "高山镇的群众也可以反映。",
        "位于海边的单位",
    ],
)
def test_ordinary_words_are_no_restricted_facts(text: str, demo: Case) -> None:
    team = demo.team.model_copy(update={"members": tuple(Person(name=name) for name in ("高山", "建设", "于海"))})
    units = (*demo.units, UnitName(name="中共临江县高山镇委员会"))
    case = changed(demo, team=team, units=[unit.model_dump() for unit in units])
    assert text in notice(case, text).closing


@pytest.mark.parametrize("text", ["请找联络员高山。", "高山同志", "联系人：高山", "高山"])
def test_a_name_of_two_characters_is_one_where_a_person_stands(text: str, demo: Case) -> None:
    team = demo.team.model_copy(update={"members": (Person(name="高山"),)})
    with pytest.raises(InputError, match="高山的姓名"):
        notice(changed(demo, team=team), text)


def test_a_unit_that_is_called_as_somebody_may_be_named(demo: Case) -> None:
    team = demo.team.model_copy(update={"members": (Person(name="方志敏"),)})
    case = changed(demo, team=team, units=["中共临江县方志敏纪念馆支部委员会"])
    notice(case, "临江县方志敏纪念馆的群众可以反映。")
    with pytest.raises(InputError, match="方志敏的姓名"):
        notice(case, "请和方志敏联系。")


def test_a_person_s_telephone_that_is_published_may_be_said(demo: Case) -> None:
    phone = demo.channels.phones[0].number
    team = demo.team.model_copy(update={"liaison": Person(name="王某某", phone=phone)})
    notice(changed(demo, team=team), f"值班电话{phone}。")


def test_other_numbers_that_look_alike_are_not_a_person_s_telephone(demo: Case) -> None:
    notice(demo, "值班电话0600-80000031、0601-18000003。")


def test_a_public_paper_that_stands_alone_is_looked_at_too() -> None:
    data = example_data(Announcement)
    with pytest.raises(ValidationError, match="密级"):
        Announcement.model_validate({**data, "附言": ["机密★长期"]})
    with pytest.raises(InputError, match="INP107"):
        Announcement.from_case(Case.load(DEMO), closing=["机密★长期"])


def test_a_public_paper_is_given_no_more_of_a_unit_than_its_name(demo: Case) -> None:
    data = {name: getattr(notice(demo), name) for name in Announcement.model_fields}
    with pytest.raises(ValidationError, match="不公开的内容"):
        Announcement(**{**data, "teams": [{"ordinal": 3, "units": demo.units}]})


def test_a_draft_of_a_public_paper_is_looked_at_as_well(demo: Case) -> None:
    with pytest.raises(InputError, match="INP107"):
        Announcement.from_case(demo, draft=True, closing=["请和王某某联系。"])
    assert draft_class(Announcement).audience is Audience.PUBLIC


@every_public_kind
def test_the_example_of_a_public_kind_is_no_leak(kind: type[Document]) -> None:
    assert document_of(kind).is_public


def test_a_paper_that_is_not_public_may_name_people(demo: Case) -> None:
    plan = kinds.find("work_plan").from_case(demo)
    assert not plan.is_public
    assert "王某某" in repr(plan)


def test_the_facts_that_a_case_restricts_are_those_its_models_say(demo: Case) -> None:
    said = {re.sub(r"\[\d+\]", "", fact.what) for fact in restricted_facts(demo)}
    assert said >= {"巡察组.组长.姓名", "巡察组.联络员.电话", "被巡察单位.对方联络员.姓名", "立行立改事项.编号"}
    assert said >= {f"立行立改事项.问题.{name}" for name in ("现象", "定性", "责任")} | {"立行立改事项.发现.地点"}
    assert Fact("巡察组.组长.姓名", Recognised.NAME, "张某某") in set(restricted_facts(demo))


def test_a_report_of_a_leak_is_one_like_any_other(demo_data: Any, tmp_path: Path) -> None:
    data = copy.deepcopy(demo_data)
    data["文书"]["巡察公告"] = {"附言": ["请和联络员王某某联系。"]}
    path = written(tmp_path / "案卷.yaml", yaml.safe_dump(data, allow_unicode=True, sort_keys=False))
    found: Report = check(path)
    (finding,) = [finding for finding in found.findings if finding.code == "INP107"]
    assert finding.place.line
    assert "文书.巡察公告.附言[1]" in str(finding.place.field)


def test_rounds_and_stays_are_public() -> None:
    assert holds_restricted(Round) is holds_restricted(Stay) is holds_restricted(UnitName) is None

"""Archives made by hand: each is refused with the member that is wrong, or read right; none hangs or swells."""

from __future__ import annotations

import io
import signal
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.conftest import document_of
from tests.test_engine import OFFICE, with_notes
from tests.test_rendering import template
from xuncha_docs import Announcement, TemplateError, kinds
from xuncha_docs.rendering import find_template
from xuncha_docs.word.package import LARGEST_INFLATED, MOST_MEMBERS, Package, PackageError, pack_parts
from xuncha_docs.word.styles import NAMESPACE
from xuncha_docs.word.template import Template

TYPES, ROOT_RELATIONS, BODY = "[Content_Types].xml", "_rels/.rels", "word/document.xml"
BODY_RELATIONS, CORE = "word/_rels/document.xml.rels", "docProps/core.xml"

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
DIRECTORY_STARTS = b"PK\x01\x02"


@dataclass(frozen=True)
class Piece:
    """One member as it is written by hand: what the directory says, and where its own header says otherwise."""

    name: bytes
    content: bytes
    deflated: bool = True
    flags: int = 0
    method: int | None = None
    crc: int | None = None
    size: int | None = None
    packed_size: int | None = None
    extra: bytes = b""
    local_name: bytes | None = None
    local_method: int | None = None
    local_flags: int | None = None
    descriptor: bool = False
    at: int | None = None
    trailing: bytes = b""

    def write(self, offset: int) -> tuple[bytes, bytes]:
        """Return the bytes of the member and of its entry in the directory."""
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        raw = (packer.compress(self.content) + packer.flush() if self.deflated else self.content) + self.trailing
        method = (8 if self.deflated else 0) if self.method is None else self.method
        crc = zlib.crc32(self.content) if self.crc is None else self.crc
        size = len(self.content) if self.size is None else self.size
        packed = len(raw) if self.packed_size is None else self.packed_size
        flags = self.flags | (8 if self.descriptor else 0)
        said = (0, 0, 0) if self.descriptor else (crc, packed, size)
        name = self.name if self.local_name is None else self.local_name
        local = LOCAL.pack(
            b"PK\x03\x04",
            20,
            flags if self.local_flags is None else self.local_flags,
            method if self.local_method is None else self.local_method,
            *(0, 33, *said, len(name), len(self.extra)),
        )
        after = b"PK\x07\x08" + struct.pack("<3I", crc, packed, size) if self.descriptor else b""
        entry = CENTRAL.pack(
            *(DIRECTORY_STARTS, 20, 20, flags, method, 0, 33, crc, packed, size, len(self.name), 0, 0, 0, 0, 0),
            offset if self.at is None else self.at,
        )
        return local + name + self.extra + raw + after, entry + self.name


def archive(pieces: list[Piece], stub: bytes = b"", comment: bytes = b"") -> bytes:
    body, directory = stub, b""
    for piece in pieces:
        written, entry = piece.write(len(body))
        body, directory = body + written, directory + entry
    count = len(pieces)
    end = END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), len(comment))
    return body + directory + end + comment


def pieces_of(content: bytes) -> list[Piece]:
    return [Piece(name.encode(), data) for name, data in Package.open(content).parts().items()]


def changed(name: str, **changes: object) -> bytes:
    """Write a good template by hand, with one member written otherwise."""
    pieces = pieces_of(template("{{ a }}"))
    assert name.encode() in [piece.name for piece in pieces]
    return archive([replace(p, **changes) if p.name == name.encode() else p for p in pieces])  # type: ignore[arg-type]


def with_member(name: str | bytes, content: bytes = b"x", **more: object) -> bytes:
    raw = name if isinstance(name, bytes) else name.encode()
    return archive([*pieces_of(template("{{ a }}")), Piece(raw, content, **more)])  # type: ignore[arg-type]


def with_parts(parts: Mapping[str, bytes | None]) -> bytes:
    """Write a good template with some parts replaced or, where None, left out."""
    merged: dict[str, bytes | None] = {**Package.open(template("{{ a }}")).parts(), **parts}
    return pack_parts({name: data for name, data in merged.items() if data is not None})


def refusal(content: bytes) -> str:
    """Open what must be refused, with a file's name; return what is said, which must be one line without a trace."""
    with pytest.raises(TemplateError) as error:
        Template(content, "office.docx", None)
    said = str(error.value)
    assert said.startswith("office.docx: ")
    assert "\n" not in said
    return said


def text_of(content: bytes) -> str:
    return Template.open(content).render({"a": "甲"}).text


# --- archives that are right -----------------------------------------------------------------------------------------

ZIP64 = struct.pack("<HHQQ", 1, 16, 0, 0)


def good_archives() -> Iterator[tuple[str, bytes]]:
    pieces = pieces_of(template("{{ a }}"))
    yield "as we write it", archive(pieces)
    yield "stored", archive([replace(p, deflated=False) for p in pieces])
    yield "with descriptors", archive([replace(p, descriptor=True) for p in pieces])
    yield "stored, with descriptors", archive([replace(p, deflated=False, descriptor=True) for p in pieces])
    yield "with zip64 in the members' own headers", archive([replace(p, extra=ZIP64) for p in pieces])
    yield "with other extra fields", archive([replace(p, extra=b"\x55\x54\x05\x00\x03abcd") for p in pieces])
    yield "behind a stub", b"MZ this is no archive" * 10 + archive(pieces)
    yield "behind a stub that the directory counts", archive(pieces, stub=b"MZ stub" * 10)
    yield "with a comment", archive(pieces, comment=b"saved by nobody")
    yield "with folders", archive([Piece(b"word/", b"", deflated=False), Piece(b"word/media/", b""), *pieces])
    yield "in another order", archive(pieces[::-1])
    yield "with names in UTF-8", archive([*pieces, Piece("word/图.txt".encode(), b"x", flags=0x800)])
    yield "with the flag of UTF-8 on plain names", archive([replace(p, flags=0x800) for p in pieces])
    yield "with levels of deflate in the flags", archive([replace(p, flags=6) for p in pieces])
    yield "by zipfile, streamed", streamed(pieces)


def streamed(pieces: list[Piece]) -> bytes:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.taken = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.taken += bytes(data)  # type: ignore[call-overload]  # whatever zipfile writes
            return len(data)  # type: ignore[arg-type]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
        for piece in pieces:
            file.writestr(piece.name.decode(), piece.content)
    return pipe.taken


GOOD = dict(good_archives())


@pytest.mark.parametrize("name", GOOD)
def test_a_good_archive_is_filled(name: str) -> None:
    assert text_of(GOOD[name]) == "甲\n"


@pytest.mark.parametrize("name", GOOD)
def test_what_is_written_is_a_good_archive_with_every_member_in_its_order(name: str) -> None:
    before = zipfile.ZipFile(io.BytesIO(GOOD[name]))
    after = zipfile.ZipFile(io.BytesIO(Template.open(GOOD[name]).render({"a": "甲"}).content))
    assert after.testzip() is None
    assert after.namelist() == before.namelist()
    kept = [each for each in before.namelist() if each != BODY]
    assert [after.read(each) for each in kept] == [before.read(each) for each in kept]


# --- archives that are wrong -----------------------------------------------------------------------------------------

BOMB = b"0" * 50_000_000


def hostile_archives() -> Iterator[tuple[str, bytes, str]]:
    pieces = pieces_of(template("{{ a }}"))
    settings = "word/settings.xml"
    yield "encrypted", changed(settings, flags=1), settings
    yield "encrypted strongly", changed(settings, flags=0x41), settings
    yield "encrypted in its own header only", changed(settings, local_flags=1), settings
    yield "of an unknown method", changed(settings, method=99), settings
    yield "of bzip2", changed(settings, method=12), settings
    yield "twice", with_member(settings), settings
    yield "twice in another case", with_member("WORD/Settings.xml", b"<x/>"), "Settings.xml"
    for name in ("../evil", "word/../../evil", "/evil", "\\evil", "word\\evil", "C:/evil", "c:evil", "..", "word/.."):
        yield f"named {name}", with_member(name), name.replace("\\", "\\\\")
    yield "named with a null", with_member("evil.xml\x00.txt"), "evil.xml"
    yield "without a name", with_member(""), "''"
    yield "overlapping", overlapping(pieces), pieces[1].name.decode()
    yield "of the same bytes", archive([*pieces, Piece(b"other.xml", b"", at=0)]), "other.xml"
    yield "named otherwise in its own header", changed(settings, local_name=b"word/settingz.xml"), settings
    yield "named shorter in its own header", changed(settings, local_name=b"word/"), settings
    yield "of another method in its own header", changed(settings, local_method=0), settings
    yield "with no header where it should be", changed(settings, at=7), settings
    yield "beyond the end", changed(settings, at=2**31), settings
    yield "at an offset that zip64 has", changed(settings, at=2**32 - 1), ""
    yield "with a wrong checksum", changed(settings, crc=1), settings
    yield "stored with a wrong checksum", changed(settings, crc=1, deflated=False), settings
    yield "longer than it says", changed(settings, size=10), settings
    yield "shorter than it says", changed(settings, size=10_000), settings
    yield "with bytes behind its end", changed(settings, trailing=b"more"), settings
    yield "cut within", changed(settings, packed_size=20), settings
    yield "larger than the archive", changed(settings, packed_size=2**31), settings
    yield "no deflate at all", changed(settings, deflated=False, method=8), settings
    yield "swollen", with_member("word/bomb.xml", BOMB), "word/bomb.xml"
    yield "swollen, and says otherwise", with_member("word/bomb.xml", BOMB, size=100), "word/bomb.xml"
    yield "swollen in sum", with_member("word/bomb.bin", b"x", size=LARGEST_INFLATED), "MB"
    yield "of too many members", archive([*pieces, *(Piece(b"%d" % n, b"") for n in range(MOST_MEMBERS))]), "members"
    macro = "word/vbaProject.bin"
    yield "with macros", with_member(macro), macro
    yield "with macros in another case", with_member("word/VBAPROJECT.BIN"), "word/VBAPROJECT.BIN"
    yield "with the data of macros", with_member("word/vbaData.xml", b"<x/>"), "word/vbaData.xml"


def overlapping(pieces: list[Piece]) -> bytes:
    """Let the second member begin within the first, whose stored bytes are a whole member themselves."""
    inner = replace(pieces[1], deflated=False).write(0)[0]
    outer = Piece(b"outer.bin", inner, deflated=False)
    return archive([outer, replace(pieces[1], deflated=False, at=LOCAL.size + len(outer.name)), pieces[0], *pieces[2:]])


HOSTILE = {name: (content, member) for name, content, member in hostile_archives()}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused_with_its_member(name: str) -> None:
    content, member = HOSTILE[name]
    assert member in refusal(content)


@pytest.mark.parametrize("name", ["swollen", "swollen, and says otherwise", "swollen in sum", "of too many members"])
def test_a_bomb_takes_neither_time_nor_memory(name: str) -> None:
    tracemalloc.start()
    began = time.process_time()
    refusal(HOSTILE[name][0])
    took, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took < 2
    assert peak < 20_000_000


def test_an_archive_that_is_cut_anywhere_is_refused() -> None:
    whole = template("{{ a }}")
    last = len(whole)
    for stop in {*range(0, last, max(last // 300, 1)), *range(last - 60, last)}:
        refusal(whole[:stop])


def test_an_archive_with_one_byte_changed_is_refused_or_read_never_broken() -> None:
    whole = template("{{ a }}")
    for at in range(0, len(whole), 7):
        flipped = bytearray(whole)
        flipped[at] ^= 0xFF
        try:
            assert text_of(bytes(flipped))
        except TemplateError as error:
            assert str(error).startswith("template: ")  # noqa: PT017  # either may be right


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"PK\x05\x06" + b"\0" * 18, b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, b"\0" * 99999],
)
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    assert "no .docx" in refusal(content)


def test_a_file_is_refused_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(HOSTILE["encrypted"][0])
    with pytest.raises(TemplateError, match=r"模板\.docx: .*word/settings\.xml: encrypted"):
        Template.open(path)


def test_a_folder_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="can't be read"):
        Template.open(tmp_path)


def test_a_package_that_is_larger_than_an_archive_can_hold_is_not_written() -> None:
    with pytest.raises(PackageError, match="larger"):
        pack_parts({str(n): b"" for n in range(0x10000)})


# --- parts that are missing or hostile -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [TYPES, ROOT_RELATIONS, BODY])
def test_a_missing_part_is_named(name: str) -> None:
    said = refusal(with_parts({name: None}))
    assert (name in said) or (name == ROOT_RELATIONS and "no document" in said)


def test_a_package_of_another_program_is_refused() -> None:
    relations = Package.open(template()).read(ROOT_RELATIONS).replace(b"/officeDocument", b"/visioDocument")
    assert "no document" in refusal(with_parts({ROOT_RELATIONS: relations}))


@pytest.mark.parametrize("name", [BODY, CORE, ROOT_RELATIONS, BODY_RELATIONS])
@pytest.mark.parametrize(
    "broken", [b"", b"   ", b"<a", b"<a></b>", b"{{ a }}", b"<a>{{ a }}&nbsp;</a>", b"\xff\xfe{", b"<a>{\x00</a>"]
)
def test_malformed_xml_is_refused_with_its_part(name: str, broken: bytes) -> None:
    assert name in refusal(with_parts({name: broken}))


@pytest.mark.parametrize("kind", ["header", "footer", "footnotes", "endnotes", "comments"])
def test_a_malformed_note_is_refused_with_its_part(kind: str) -> None:
    parts = Package.open(with_notes(template(), {kind: "{{ a }}"})).parts()
    assert f"word/{kind}.xml" in refusal(pack_parts(parts | {f"word/{kind}.xml": b"<w:hdr>{{ a }}"}))


def test_a_document_without_a_body_is_refused() -> None:
    empty = f'<w:document xmlns:w="{NAMESPACE}">{{{{ a }}}}</w:document>'.encode()
    assert BODY in refusal(with_parts({BODY: empty}))


DECLARATIONS = {
    "entity": '<!DOCTYPE a [<!ENTITY b "c">]><a>{{ a }}&b;</a>',
    "laughs": '<!DOCTYPE a [<!ENTITY b "cccccccccc"><!ENTITY d "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&d;</a>',
    "file": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>{{ a }}&b;</a>',
    "network": '<!DOCTYPE a SYSTEM "http://localhost:9/a.dtd"><a>{{ a }}</a>',
    "bare": "<!DOCTYPE a><a/>",
    "lower case": "<!doctype a><a/>",
}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("name", DECLARATIONS)
@pytest.mark.parametrize("part", [BODY, CORE, TYPES, ROOT_RELATIONS, "word/styles.xml", "word/new.xml", "x.RELS"])
def test_a_document_type_is_refused_in_any_part(part: str, name: str) -> None:
    said = refusal(with_parts({part: DECLARATIONS[name].encode()}))
    assert part in said
    assert "document type" in said


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_document_type_is_refused_in_any_encoding(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    said = refusal(with_parts({BODY: (head + DECLARATIONS["entity"]).encode(encoding)}))
    assert BODY in said
    assert "document type" in said


def test_a_document_type_is_refused_in_a_part_that_is_called_otherwise() -> None:
    parts = Package.open(template("{{ a }}")).parts()
    parts["word/document.bin"] = parts.pop(BODY).replace(b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><w:document')
    parts[ROOT_RELATIONS] = parts[ROOT_RELATIONS].replace(b"document.xml", b"document.bin")
    assert "word/document.bin" in refusal(pack_parts(parts))


MACRO_TYPES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.MS-Word.Document.MACROENABLED.main+xml",
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("kind", MACRO_TYPES)
def test_the_content_type_of_macros_is_refused(kind: str, encoding: str) -> None:
    types = Package.open(template()).read(TYPES).decode().partition("?>")[2]
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    said = refusal(with_parts({TYPES: types.replace(plain, kind).encode(encoding)}))
    assert TYPES in said
    assert "macros" in said


# --- parts that are unusual, and read like any other -----------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_in_another_encoding_is_filled(encoding: str) -> None:
    body = Package.open(template("{{ a }}")).read(BODY).decode().partition("?>")[2]
    head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    assert text_of(with_parts({BODY: (head + body).encode(encoding)})) == "甲\n"


@pytest.mark.parametrize("part", [TYPES, ROOT_RELATIONS, BODY_RELATIONS, CORE])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_parts_in_another_encoding_are_read(part: str, encoding: str) -> None:
    parts = Package.open(template("{{ 标题 }}")).parts()
    head = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    parts[part] = (head + parts[part].decode().partition("?>")[2]).encode(encoding)
    notice = document_of(Announcement)
    paper = Template.open(pack_parts(parts), Announcement).render(notice)
    assert paper.text.strip() == notice.model_dump()["title"]
    assert paper.provenance


@pytest.mark.parametrize("part", ["header", "footer", "footnotes", "endnotes", "comments"])
def test_a_note_in_utf_16_is_filled(part: str) -> None:
    parts = Package.open(with_notes(template(), {part: "{{ a }}"})).parts()
    name = f"word/{part}.xml"
    said = '<?xml version="1.0" encoding="utf-16"?>' + parts[name].decode().partition("?>")[2]
    content = Template.open(pack_parts(parts | {name: said.encode("utf-16")})).render({"a": "甲"}).content
    assert "甲" in Package.open(content).read(name).decode()


RELATIONS = {
    "upper case": ("/officeDocument", "/OFFICEDOCUMENT"),
    "lower case": ("/officeDocument", "/officedocument"),
    "strict": (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
    ),
    "absolute": ('"word/document.xml"', '"/word/document.xml"'),
    "with a dot": ('"word/document.xml"', '"./word/document.xml"'),
    "roundabout": ('"word/document.xml"', '"docProps/../word/document.xml"'),
    "internal": ('Target="word/document.xml"', 'TargetMode="Internal" Target="word/document.xml"'),
}


@pytest.mark.parametrize("name", RELATIONS)
def test_an_unusual_relationship_leads_to_the_document(name: str) -> None:
    old, new = (text.encode() for text in RELATIONS[name])
    relations = Package.open(template()).read(ROOT_RELATIONS)
    assert old in relations
    assert text_of(with_parts({ROOT_RELATIONS: relations.replace(old, new)})) == "甲\n"


NOTE_RELATIONS = {
    "upper case": (f"{OFFICE}/footer", f"{OFFICE}/FOOTER"),
    "absolute": ('Target="footer.xml"', 'Target="/word/footer.xml"'),
    "with a dot": ('Target="footer.xml"', 'Target="./footer.xml"'),
}


@pytest.mark.parametrize("name", NOTE_RELATIONS)
def test_an_unusual_relationship_leads_to_a_footer(name: str) -> None:
    old, new = (text.encode() for text in NOTE_RELATIONS[name])
    parts = Package.open(with_notes(template(), {"footer": "{{ a }}"})).parts()
    assert old in parts[BODY_RELATIONS]
    parts[BODY_RELATIONS] = parts[BODY_RELATIONS].replace(old, new)
    paper = Template.open(pack_parts(parts)).render({"a": "甲"})
    assert "甲" in Package.open(paper.content).read("word/footer.xml").decode()


@pytest.mark.parametrize(
    "target", ["http://localhost:9/x", "../../../etc/passwd", "file:///etc/passwd", "nowhere.xml", "", "/", "%2e%2e/x"]
)
def test_a_relationship_that_leads_nowhere_is_passed_over(target: str) -> None:
    parts = Package.open(with_notes(template("{{ a }}"), {"footer": "x"})).parts()
    parts[BODY_RELATIONS] = parts[BODY_RELATIONS].replace(b'"footer.xml"', f'"{target}"'.encode())
    assert text_of(pack_parts(parts)) == "甲\n"


def test_a_document_that_lies_elsewhere_is_read() -> None:
    parts = Package.open(template("{{ a }}")).parts()
    parts["somewhere/main.xml"] = parts.pop(BODY)
    parts["somewhere/_rels/main.xml.rels"] = parts.pop(BODY_RELATIONS).replace(b'Target="', b'Target="/word/')
    for name in (ROOT_RELATIONS, TYPES):
        parts[name] = parts[name].replace(b"word/document.xml", b"somewhere/main.xml")
    assert text_of(pack_parts(parts)) == "甲\n"


PREFIXES = ("ns0", "x", "wordprocessing", "w1", "W", "文", "")


def with_prefix(content: bytes, prefix: str) -> bytes:
    """Call Word's namespace otherwise in every part; the empty prefix makes it the default of elements only."""
    parts = Package.open(content).parts()
    for name, data in parts.items():
        if not name.startswith("word/") or not name.endswith(".xml") or b"xmlns:w=" not in data:
            continue
        text = data.decode()
        for mark in ("<w:", "</w:"):
            text = text.replace(mark, mark.replace("w:", f"{prefix}:" if prefix else ""))
        if prefix:
            text = text.replace(" w:", f" {prefix}:").replace("xmlns:w=", f"xmlns:{prefix}=")
        else:
            text = text.replace("xmlns:w=", f'xmlns="{NAMESPACE}" xmlns:w=', 1)
        parts[name] = text.encode()
    return pack_parts(parts)


TAGGED = ("{{ a }}", "{%p for x in items %}", "{{ loop.index }}{{ x }}", "{%p endfor %}", "{% if a %}是{% endif %}")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_tags_work_under_any_prefix(prefix: str) -> None:
    values = {"a": "甲", "items": ["一", "二"]}
    source = with_notes(template(*TAGGED), {"footer": "{{ a }}"})
    renamed = Template.open(with_prefix(source, prefix)).render(values)
    assert renamed.text == Template.open(source).render(values).text == "甲\n1一\n2二\n是\n"
    assert "甲" in Package.open(renamed.content).read("word/footer.xml").decode()


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("kind", kinds.every())
def test_an_office_s_template_reads_the_same_under_any_prefix(kind: str, prefix: str) -> None:
    model = kinds.every()[kind]
    content = find_template(model).read_bytes()
    renamed = Template.open(with_prefix(content, prefix), model).render(document_of(model))
    assert renamed.reading.outline == Template.open(content, model).render(document_of(model)).reading.outline


# --- text that is long or strange ------------------------------------------------------------------------------------

STRANGE = {
    "many braces": "{" * 4_000,
    "many openers": "{{ " * 4_000,
    "many statements": "{% " * 4_000,
    "many comments": "{# " * 4_000,
    "openers and closers the wrong way round": "}} {{ " * 4_000,
    "percent signs": "{%" + "%" * 20_000,
    "many colspans": "{% colspan " * 4_000,
}


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Stop what takes longer, by the time of the processor."""

    def stop(*_: object) -> None:
        raise AssertionError(f"takes more than {seconds} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize("name", STRANGE)
def test_strange_text_is_read_or_refused_soon(name: str) -> None:
    content = template(STRANGE[name])
    with within(5):
        try:
            Template.open(content)
        except TemplateError as error:
            assert len(str(error)) < 20_000  # noqa: PT017  # either may be right


def with_runs(text: str) -> bytes:
    """Write a good template with 4000 more runs of one text each."""
    body = Package.open(template("{{ a }}")).read(BODY)
    runs = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'.encode() * 4_000
    return with_parts({BODY: body.replace(b"<w:sectPr>", b"<w:p>" + runs + b"</w:p><w:sectPr>")})


def test_many_runs_that_make_tags_of_braces_are_refused_soon() -> None:
    with within(5), pytest.raises(TemplateError, match="tags"):
        Template.open(with_runs("{"))


def test_many_runs_with_a_brace_and_a_blank_each_are_read_soon() -> None:
    with within(5):
        assert text_of(with_runs("{ ")).startswith("甲\n{ { {")


def test_a_deep_document_is_read_or_refused() -> None:
    deep = b"<w:sdt><w:sdtContent>" * 2_000 + b"</w:sdtContent></w:sdt>" * 2_000
    body = Package.open(template("{{ a }}")).read(BODY).replace(b"<w:sectPr>", deep + b"<w:sectPr>")
    assert BODY in refusal(with_parts({BODY: body}))

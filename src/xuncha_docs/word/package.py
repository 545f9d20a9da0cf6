"""A .docx as an archive: opened safely, its members kept as they lie, written the same way every time.

Members that nobody changes keep their compressed bytes; `zipfile` reads the directory, the bytes are taken here. The
limits refuse what no office program writes: a paper has some twenty members and inflates to a few megabytes.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

MOST_MEMBERS = 5000
LARGEST_INFLATED = 200 * 1024 * 1024
HIGHEST_RATIO = 300
"""Of inflated to compressed, for members above a megabyte; XML of tables alone reaches about a hundred."""

LEVEL = 3
"""How hard contents are deflated: 6 takes half as long again and saves a twenty-fifth."""

SMALL = 2048
"""Contents smaller than this, in bytes, are stored as they are."""

CONTENT_TYPES = "[Content_Types].xml"

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DAY = 33  # 1980-01-01, the first day that an archive can name: no paper tells when it was made
_UTF8 = 0x800


class PackageError(ValueError):
    """A .docx is damaged, hostile or none at all; the message names the member."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member as it lies in the archive: its raw bytes, stored or deflated."""

    name: str
    raw: bytes
    deflated: bool
    crc: int
    size: int

    @classmethod
    def of(cls, name: str, content: bytes) -> Member:
        """Pack content into a member; what is small is stored, since deflating it saves nothing worth its time."""
        if len(content) < SMALL:
            return cls(name, content, False, zlib.crc32(content), len(content))
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
        return cls(name, packer.compress(content) + packer.flush(), True, zlib.crc32(content), len(content))

    def content(self) -> bytes:
        """Inflate the member.

        Raises:
            PackageError: if it is damaged, or larger than it says.
        """
        if not self.deflated:
            content = self.raw
        else:
            unpacker = zlib.decompressobj(-15)
            try:
                content = unpacker.decompress(self.raw, self.size + 1)
            except zlib.error as error:
                raise PackageError(f"{self.name}: damaged ({error})") from error
            if not unpacker.eof or unpacker.unused_data:
                raise PackageError(f"{self.name}: damaged, or not of the size that it says")
        if len(content) != self.size or zlib.crc32(content) != self.crc:
            raise PackageError(f"{self.name}: damaged, the checksum does not fit")
        return content

    def packed(self) -> tuple[bytes, bytes, bytes]:
        """Return it as it lies in an archive, and its entry in the directory before and after the offset."""
        name = self.name.encode()
        flag = 0 if name.isascii() else _UTF8
        method = 8 if self.deflated else 0
        common = (flag, method, 0, _DAY, self.crc, len(self.raw), self.size, len(name), 0)
        local = _LOCAL.pack(b"PK\x03\x04", 20, *common) + name
        entry = _CENTRAL.pack(b"PK\x01\x02", 20, 20, *common, 0, 0, 0, 0, 0)
        return local + self.raw, entry[:-4], name


def pack(members: Iterable[Member]) -> bytes:
    """Write members into an archive, in their order, with fixed times and nothing of this machine."""
    return _joined(member.packed() for member in members)


def _joined(members: Iterable[tuple[bytes, bytes, bytes]]) -> bytes:
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for packed, entry, name in members:
        body.append(packed)
        directory += (entry, offset.to_bytes(4, "little"), name)
        offset += len(packed)
    size, count = sum(map(len, directory)), len(body)
    if count > 0xFFFF or offset + size > 0xFFFFFFFF:
        raise PackageError("larger than a plain archive can hold")
    return b"".join((*body, *directory, _END.pack(b"PK\x05\x06", 0, 0, count, count, size, offset, 0)))


def pack_parts(parts: Mapping[str, bytes]) -> bytes:
    """Write contents into a .docx, the content types first, as Word wants them."""
    names = sorted(parts, key=lambda name: (name != CONTENT_TYPES, name))
    return pack(Member.of(name, parts[name]) for name in names)


@dataclass(frozen=True, slots=True)
class MemberFault:
    """Why a member is refused: it is `damaged`, a `macro`, or declares an `entity`."""

    member: str
    sort: str
    message: str


@dataclass(frozen=True)
class Package:
    """A .docx that was opened: its members by name, in order."""

    members: Mapping[str, Member]

    @classmethod
    def open(cls, data: bytes) -> Package:
        """Open a .docx and prove it sound: every member inflates to what it says, none is hostile.

        Raises:
            PackageError: naming the member and what is wrong with it.
        """
        look = cls.look(data)
        if look.faults:
            raise PackageError(look.faults[0].message)
        return look.package

    @classmethod
    def look(cls, data: bytes) -> Look:
        """Open a .docx whatever is wrong with its members, and say everything that `open` would refuse.

        Raises:
            PackageError: if it is no archive, or one that can't be read.
        """
        members = _members(data)
        if CONTENT_TYPES not in members:
            raise PackageError(f"no .docx: {CONTENT_TYPES} is missing")
        contents: dict[str, bytes] = {}
        faults: list[MemberFault] = []
        for name, member in members.items():
            try:
                contents[name] = member.content()
            except PackageError as error:
                faults.append(MemberFault(name, "damaged", str(error)))
            else:
                faults += _faults(name, contents[name])
        types = _ascii(contents[CONTENT_TYPES]) if CONTENT_TYPES in contents else b"<Types>"
        if not re.search(rb"<(?:[\w.-]+:)?Types[\s>]", types):
            faults.append(
                MemberFault(CONTENT_TYPES, "damaged", f"{CONTENT_TYPES}: says nothing of the types of the parts")
            )
        return Look(cls(members), tuple(faults), contents)

    def read(self, name: str) -> bytes:
        """Return the content of a member.

        Raises:
            PackageError: if there is no such member.
        """
        if name not in self.members:
            raise PackageError(f"{name}: missing from the .docx")
        return self.members[name].content()

    def parts(self) -> dict[str, bytes]:
        """Return the contents of all members but folders."""
        return {name: self.read(name) for name in self.members if not name.endswith("/")}

    def with_parts(self, parts: Mapping[str, bytes]) -> Package:
        """Return a package in which some members are replaced or added."""
        return Package({**self.members, **{name: Member.of(name, content) for name, content in parts.items()}})

    def changed(self, parts: Mapping[str, bytes]) -> bytes:
        """Write the package with some members replaced or added; all others keep their compressed bytes."""
        return _joined((self._packed | {name: Member.of(name, data).packed() for name, data in parts.items()}).values())

    @cached_property
    def _packed(self) -> dict[str, tuple[bytes, bytes, bytes]]:
        return {name: member.packed() for name, member in self.members.items()}


def _members(data: bytes) -> dict[str, Member]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries, end = archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise PackageError(f"no .docx, or one that is cut short ({error})") from error
    if len(entries) > MOST_MEMBERS:
        raise PackageError(f"{len(entries)} members; a .docx has a few dozen")
    if sum(entry.file_size for entry in entries) > LARGEST_INFLATED:
        raise PackageError(f"inflates to more than {LARGEST_INFLATED // 1024 // 1024} MB")
    members: dict[str, Member] = {}
    known: set[str] = set()  # Word takes no notice of capitals
    taken: list[tuple[int, int, str]] = []
    for entry in entries:
        member, span = _member(data, entry, end)
        if member.name.lower() in known:
            raise PackageError(f"{member.name}: stands twice in the archive")
        known.add(member.name.lower())
        members[member.name] = member
        taken.append((*span, member.name))
    taken.sort()
    for (_, stop, _), (start, _, name) in pairwise(taken):
        if start < stop:
            raise PackageError(f"{name}: overlaps another member")
    return members


def _member(data: bytes, entry: zipfile.ZipInfo, end: int) -> tuple[Member, tuple[int, int]]:
    """Take a member's raw bytes; sizes come from the directory, since a streamed local header has none."""
    name = entry.filename
    _refuse_name(entry.orig_filename)
    if entry.flag_bits & 0x1:
        raise PackageError(f"{name}: encrypted; open it in Word or WPS and save it without a password")
    if entry.compress_type not in (0, 8):
        raise PackageError(f"{name}: compressed in a way that no office program uses")
    if entry.file_size > 1024 * 1024 and entry.file_size > HIGHEST_RATIO * entry.compress_size:
        raise PackageError(f"{name}: swells to {HIGHEST_RATIO} times its size and more")
    if not 0 <= entry.header_offset <= len(data) - _LOCAL.size:
        raise PackageError(f"{name}: cut short")
    local = _LOCAL.unpack_from(data, entry.header_offset)
    named_at = entry.header_offset + _LOCAL.size
    start = named_at + local[9] + local[10]
    stop = start + entry.compress_size
    said = data[named_at : named_at + local[9]].decode("utf-8" if local[2] & _UTF8 else "cp437", "replace")
    if local[2] & 0x1:
        raise PackageError(f"{name}: encrypted; open it in Word or WPS and save it without a password")
    if local[0] != b"PK\x03\x04" or local[3] != entry.compress_type or said != entry.orig_filename:
        raise PackageError(f"{name}: what stands before it contradicts the directory")
    if stop > end:
        raise PackageError(f"{name}: cut short")
    member = Member(name, data[start:stop], entry.compress_type == 8, entry.CRC, entry.file_size)
    return member, (entry.header_offset, stop)


def _refuse_name(name: str) -> None:
    steps = name.split("/")
    if not name or name.startswith("/") or ".." in steps or "\\" in name or ":" in name or "\x00" in name:
        raise PackageError(f"{name!r}: a name that leads out of the archive")


_MACROS = ("vbaproject.bin", "vbadata.xml")


@dataclass(frozen=True)
class Look:
    """A .docx that was looked at: its members, what `Package.open` would refuse, and what could be inflated."""

    package: Package
    faults: tuple[MemberFault, ...]
    contents: Mapping[str, bytes]


def _faults(member: str, content: bytes) -> Iterator[MemberFault]:
    name, content = member.lower(), _ascii(content)
    if name.endswith(_MACROS) or (name == CONTENT_TYPES.lower() and b"macroenabled" in content.lower()):
        yield MemberFault(member, "macro", f"{member}: macros; save the file as a plain .docx")
    markup = name.endswith((".xml", ".rels")) or content.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
    if markup and b"<!" in content and re.search(rb"<!\s*(DOCTYPE|ENTITY)", content, re.IGNORECASE):
        said = "declares a document type or entities, which no office program does"
        yield MemberFault(member, "entity", f"{member}: {said}")


def _ascii(xml: bytes) -> bytes:
    """Make markup in UTF-16 or UTF-32 readable as ASCII, so that a declaration can't hide."""
    return xml.replace(b"\x00", b"") if xml[:4].count(b"\x00") or xml[:2] in (b"\xff\xfe", b"\xfe\xff") else xml

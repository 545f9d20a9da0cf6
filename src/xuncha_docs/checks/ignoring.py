"""What an office has decided to live with: findings ignored for a file, each with its reason.

    [[ignore]]                        # in xuncha.toml; in pyproject.toml [[tool.xuncha-docs.ignore]]
    file = "templates/announcement.docx"
    codes = ["TPL502"]
    reason = "本单位的公告不设附表"

The nearest of the two files counts, from the folder of the checked file upwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from pydantic import field_validator

from xuncha_docs.fields import Line, Many
from xuncha_docs.inputs import Source, read, validated
from xuncha_docs.model import Model, named, refuse

SETTINGS = "xuncha.toml"
PROJECT = "pyproject.toml"
TOOL = "xuncha-docs"


class Ignore(Model):
    """One decision: which codes are ignored for which files, and why."""

    file: Line = named("文件", "相对于这个设置文件所在的文件夹，可用 * 代替", examples=["templates/*.docx"])
    codes: Many[Line] = named("代码", "规则的代码，可只写开头几位", min_length=1, examples=["TPL502"])
    reason: Line = named("理由", "报告里会照着写出来", examples=["本单位的公告不设附表"])

    @field_validator("codes")
    @classmethod
    def _are_codes(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        odd = next((code for code in codes if not re.fullmatch(r"[A-Z]{3}\d{0,3}", code)), None)
        if odd:
            refuse(f"代码（codes）里的“{odd}”不是规则的代码，应写成 TPL502 或 TPL5。", rule="malformed")
        return codes


class Settings(Model):
    """What a file of settings says."""

    ignore: Many[Ignore] = named("忽略", "决定不改的问题", default=())


def ignores_for(path: Path) -> Iterator[Ignore]:
    """Yield what is ignored for a file.

    Raises:
        InputError: if the settings are not as they should be, with file, line and cure.
    """
    settings = _nearest(path.absolute().parent)
    if settings is None:
        return
    source, at = settings
    said: Model = validated(Settings, source.data if not at else _within(source.data, at), source, at)
    folder = Path(str(source.folder)).absolute()
    for one in said.ignore if isinstance(said, Settings) else ():
        if fnmatch(_relative(path, folder), one.file):
            yield one


def _relative(path: Path, folder: Path) -> str:
    whole = path.absolute()
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else whole.as_posix()


def _nearest(folder: Path) -> tuple[Source, tuple[str, ...]] | None:
    for at in (folder, *folder.parents):
        if (at / SETTINGS).is_file():
            return read(at / SETTINGS), ()
        if (at / PROJECT).is_file():
            source = read(at / PROJECT)
            path = ("tool", TOOL)
            if _within(source.data, path) is not None:
                return source, path
    return None


def _within(data: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data

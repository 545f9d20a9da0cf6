"""A text that never shows itself: whatever is done with it prints `（密）`, and only `reveal` gives it away.

    name = Secret("…")
    f"{name} {name!r}"  # （密） （密）
    name.reveal()       # the text

It is kept from printing by accident, in a log, a traceback, a report; not from somebody who reads the memory of a
program, or who calls `reveal`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NoReturn, Self, final

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

MASK: Final = "（密）"
"""What is shown instead of a secret."""


@final
class Secret:
    """A text that never shows itself; two are equal if their texts are.

    Args:
        text: what is kept secret; blanks at its ends are left out.

    Raises:
        ValueError: if there is no text, or half a character in it, or it is what is shown of another secret.
        TypeError: if it is no text. Neither says what was given.
    """

    __slots__ = ("__text",)
    __text: str

    def __init__(self, text: str) -> None:
        kind = type(text).__name__
        given: Any = text
        wrong = _wrong(given) if isinstance(given, str) else "no text"
        if not wrong:
            object.__setattr__(self, "_Secret__text", text.strip())
            return
        del text, given  # a traceback may show what its frames hold
        raise TypeError(f"a secret is a text, not a {kind}") if wrong == "no text" else ValueError(wrong)

    def reveal(self) -> str:
        """Return the text: the only way to it."""
        return self.__text

    def __repr__(self) -> str:
        return MASK

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return MASK

    def _repr_html_(self) -> str:
        """Show a notebook nothing either."""
        return MASK

    def __html__(self) -> NoReturn:
        """Refuse to be put on paper: templates ask for this before they print anything but text."""
        raise TypeError("a secret can't be printed")

    def __eq__(self, other: object) -> bool:
        return self.__text == other.__text if isinstance(other, Secret) else NotImplemented

    def __hash__(self) -> int:
        return hash((Secret, self.__text))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a secret does not change")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a secret does not change")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __getstate__(self) -> NoReturn:
        raise TypeError("a secret can't be pickled: its bytes would show it")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a secret can't be pickled: its bytes would show it")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read a text or a secret; write what is shown of it, and nothing more."""
        shown = core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema())
        return core_schema.no_info_plain_validator_function(cls._read, serialization=shown)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "writeOnly": True}

    @classmethod
    def _read(cls, value: object) -> Secret:
        if isinstance(value, Secret):
            return value
        wrong = _wrong(value) if isinstance(value, str) else "应写文字；如果是数字，请加引号。"
        if wrong:
            raise PydanticCustomError("malformed", "{message}", {"message": wrong, "field": None})
        return cls(str(value))


def _wrong(text: str) -> str | None:
    """Say what is wrong with a text, in Chinese and without a word of it; None if nothing is."""
    if not text.strip():
        return "不能为空。"
    if any("\ud800" <= char <= "\udfff" for char in text):
        return "含有半个字符，请重新输入。"
    return f"写的是“{MASK}”，那只是显示出来的样子，不是内容。" if text.strip() == MASK else None


# --- what is never filled in anywhere else --------------------------------------------------------------------------

SEALED_KIND = ("密封记录", "sealed_record")
"""What a file says that it is, in either language, when it is a sealed record."""

REPORTER = re.compile(
    r"(?:实名|匿名)?(?:反映|举报|检举|控告|投诉|信访|上访|来信)[人者](?:的?(?:姓名|名称|单位|电话|手机|联系电话|联系方式|住址|地址|信息|情况))?"
    r"|(?:reporter|informant|whistle_?blower|complainant)(?:_?(?:name|unit|phone|address|info))?",
    re.IGNORECASE,
)
"""The name of a fact that says who reported something: no case and no paper has one."""

REPORTER_CURE = "反映人另立密封记录，不写进案卷：用“xuncha-docs new 密封记录”写一份。"

_MAYBE = re.compile(r"来[电访][人者](?:姓名|单位|电话)?|线索来源|问题来源|来源人", re.IGNORECASE)
"""Such a name if no model knows it: a note of a telephone call does say who called."""

Steps = tuple[str | int, ...]


def may_name_reporter(name: str) -> bool:
    """Tell whether an unknown name of a field may have been meant for who reported something."""
    return bool(REPORTER.fullmatch(name) or _MAYBE.fullmatch(name))


def reporters(data: object, at: Steps = ()) -> Iterator[Steps]:
    """Yield the paths in data, as it was read, under which somebody says who reported something."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if isinstance(key, str) and REPORTER.fullmatch(key):
                yield (*at, key)
            else:
                yield from reporters(value, (*at, key))
    elif isinstance(data, list | tuple):
        for n, item in enumerate(data):
            yield from reporters(item, (*at, n))


def without_reporters(data: Any) -> Any:
    """Return data without who reported something, so that no message about the rest can repeat it."""
    if isinstance(data, Mapping):
        return {
            key: without_reporters(value)
            for key, value in data.items()
            if not (isinstance(key, str) and REPORTER.fullmatch(key))
        }
    return [without_reporters(item) for item in data] if isinstance(data, list) else data


def holds_secret(value: object) -> bool:
    """Tell whether a value is a secret, or holds one at any depth."""
    if isinstance(value, Secret):
        return True
    if isinstance(value, BaseModel):
        value = [getattr(value, name) for name in type(value).model_fields]
    if isinstance(value, Mapping):
        value = [*value, *value.values()]
    return isinstance(value, list | tuple | set | frozenset) and any(holds_secret(one) for one in value)

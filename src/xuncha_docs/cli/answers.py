"""What the command answers when something goes wrong: in Chinese, with an exit code, never a traceback."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import typer

from xuncha_docs.cli.frame import WrongUse, app
from xuncha_docs.errors import ConversionError, DraftError, InputError, TemplateError, XunchaError
from xuncha_docs.inputs import os_reason

DEBUG = "XUNCHA_DEBUG"


def run(arguments: Iterable[str] | None = None) -> int:
    """Run the command and return its exit code; nothing a user gives it makes a traceback."""
    _never_fail_to_encode()
    try:
        result: Any = app(args=None if arguments is None else list(arguments), standalone_mode=False)
        sys.stdout.flush()
    except InputError as error:
        _complain(str(error.report))
    except TemplateError as error:
        _complain(error.told or f"模板用不了：{error.reason}")
    except ConversionError as error:
        _complain(error.told or str(error))
    except DraftError as error:
        _complain(f"{error.told.removesuffix('。')}（加 --draft）。")
    except (WrongUse, XunchaError) as error:
        _complain(str(error))
    except typer.Abort:
        _complain("已中止。")
    except OSError as error:
        _complain(f"读写出错：{os_reason(error)}。")
        sys.stdout = io.StringIO()  # else Python, at its end, tries once more to write what can't be written
    except SystemExit:  # typer's answer to whoever closes the pipe: there is nobody left to tell
        pass
    except Exception as error:  # noqa: BLE001  # the last resort: a bug is said plainly, with exit code 3
        if not hasattr(error, "format_message"):  # which click's errors have, and those of typer's own copy of click
            return _bug(error)
        _complain(_wrong_use(error))
    else:
        return result if isinstance(result, int) else 0
    return 2


def _never_fail_to_encode() -> None:
    """Let a terminal that lacks a character show its number instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _complain(message: str) -> None:
    with suppress(OSError):
        typer.echo(message, err=True)


# --- what others say in English --------------------------------------------------------------------------------------

_USES = (
    (r"Missing argument '([^']+)'", "缺少“{}”，必须写。"),
    (r"Missing option '([^']+)'", "缺少选项“{}”，必须写。"),
    (r"Option '([^']+)' requires an argument", "选项“{}”后面缺少内容。"),
    (r"Option '([^']+)' does not take a value", "选项“{}”后面不用写内容。"),
    (r"Invalid value for '([^']+)'.*?'(.*)' is not one of (.*?)\.?$", "选项“{}”后面不能写“{}”，只能写：{}。"),
    (r"Invalid value for '([^']+)'", "“{}”的内容写得不对。"),
    (r"No such option:? '?([^' ]+)", "没有“{}”这个选项。"),
    (r"No such command '(.*?)'", "没有“{}”这个命令。"),
    (r"unexpected extra arguments? ?(?:\(s\) )?\((.*)\)", "多写了“{}”。"),
)


def _wrong_use(error: Any) -> str:
    """Say in Chinese what is wrong with a command line."""
    message = str(error.format_message())
    if type(error).__name__ == "NoArgsIsHelpError":  # which holds the help
        return message
    found = ((re.search(pattern, message), text) for pattern, text in _USES)
    said = next(
        (
            text.format(*(word.replace("'", "").replace(", ", "、") for word in match.groups()))
            for match, text in found
            if match
        ),
        f"命令写得不对（{message}）。",
    )
    command = error.ctx.command_path if error.ctx else "xuncha-docs"
    return f"{said}写法请看“{command} --help”。"


def _bug(error: Exception) -> int:
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    _complain(f"程序出错（不是您的问题）：{error!r}。设 {DEBUG}=1 再试一次，把显示的内容发给维护者。")
    return 3


def main() -> None:
    """Run the command as a script; told to end, it ends what it has started, as when it is interrupted."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(run())

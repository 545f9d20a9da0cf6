"""TPL0: files that can't be read at all, or not in full."""

from __future__ import annotations

import re

from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Place
from xuncha_docs.word.examined import Examined
from xuncha_docs.word.tagged import W


@rule("TPL001")
def unreadable_file(template: Examined) -> Flaws:
    """文件打不开，或者不是 .docx。

    为什么：.doc、加了密码的、没有传完的文件都读不了；改后缀名不能变成 .docx。

    错：
        （不是文件）
    对：
        {{ 标题 }}
    """
    if template.package is None:
        cures = (
            ("encrypted", "用 Word 或 WPS 打开，去掉密码再保存。"),
            ("", "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”。"),
        )
        cure = next(said for word, said in cures if word in template.why)
        yield Flaw(Place(), f"这个文件打不开，不是完好的 .docx（{template.why}）。", cure)
    elif not template.main:
        yield Flaw(Place(part="_rels/.rels"), "文件里没有正文。", "用 Word 或 WPS 打开，另存一份。")


@rule("TPL002")
def damaged_part(template: Examined) -> Flaws:
    """文件里的一个部件坏了。

    为什么：坏了的部件读不出来，Word 也可能打不开。别的部件照样检查。

    错：
        部件 word/header1.xml：<w:hdr
    对：
        {{ 标题 }}
    """
    for fault in template.broken:
        if fault.sort == "damaged":
            said = re.sub(rf"^{re.escape(fault.member)}: ", "", fault.message)
            yield Flaw(Place(part=fault.member), f"这个部件读不出来（{said}）。", "用 Word 或 WPS 打开，另存一份。")
    main = template.root(template.main)
    if main is not None and main.find(f"{W}body") is None:
        yield Flaw(Place(part=template.main), "正文是空的，不是 Word 的正文。", "用 Word 或 WPS 打开，另存一份。")

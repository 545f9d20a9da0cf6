"""A short notation that builds templates for tests and for the samples on the pages of rules, a line for a paragraph.

公文标题｜{{ 标题 }}          a paragraph of a role; without one it is 公文正文
公文正文 行距=560｜…          … with formatting of its own
对{{ 对¦象 }}开展巡察         ¦ begins a run of another format
| {{ 甲 }} | {{ 乙 }} |       a row; rows one after another are a table; ⏎ parts paragraphs in a cell
页眉：… 页脚 行距=579：… 脚注：… 批注：… 文本框：… 属性：…
修订：… 隐藏：… 主题字体：… 字体 楷体：…
部件 word/x.xml：…  关系 word/document.xml image：http://…  作者：…  删去样式：…
页边距 上=37 下=35 左=28 右=26
重复 3 次：…
（自带模板） （自带模板，标题和成文日期对调） （不是文件）
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from xuncha_docs import Announcement, Document
from xuncha_docs.rendering import find_template
from xuncha_docs.word.drafting import Draft
from xuncha_docs.word.package import Member, Package, pack, pack_parts
from xuncha_docs.word.styles import BY_NAME, NAMESPACE

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = f'xmlns:w="{NAMESPACE}"'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_BOLD = "<w:rPr><w:b/></w:rPr>"
_HEADED = {"页眉": ("header", "hdr"), "页脚": ("footer", "ftr")}
_NOTED = {"脚注": ("footnotes", "footnote"), "尾注": ("endnotes", "endnote"), "批注": ("comments", "comment")}


def built(text: str, kind: type[Document] = Announcement) -> bytes:
    """Build a template from the notation."""
    if text.startswith("（自带模板"):
        return _stock(text, kind)
    if text.startswith("（不是文件"):
        return "不是 .docx".encode()
    return _Builder().read(text.splitlines()).content()


def _stock(text: str, kind: type[Document]) -> bytes:
    content = find_template(kind).read_bytes()
    if "endfor" in text:
        return with_text(content, "word/document.xml", ("{%p endfor %}", ""))
    if "对调" not in text:
        return content
    return with_text(
        content, "word/document.xml", ("{{ 标题 }}", "@"), ("{{ 成文日期 }}", "{{ 标题 }}"), ("@", "{{ 成文日期 }}")
    )


def with_text(content: bytes, part: str, *changes: tuple[str, str]) -> bytes:
    """Change the XML of a part of a .docx."""
    package = Package.open(content)
    xml = package.read(part).decode()
    for old, new in changes:
        assert old in xml, old
        xml = xml.replace(old, new)
    return package.changed({part: xml.encode()})


@dataclass
class _Builder:
    """What has been read of the notation."""

    body: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    extra: dict[str, bytes] = field(default_factory=dict)
    relations: dict[str, list[tuple[str, str, bool]]] = field(default_factory=dict)
    types: list[tuple[str, str]] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    author: str = ""
    title: str = "标题"
    margins: dict[str, float] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)

    def read(self, lines: list[str]) -> _Builder:
        for line in lines:
            if line.startswith("|") and line.endswith("|"):
                self.rows.append(_row(line))
                continue
            self._end_table()
            self._line(line)
        self._end_table()
        return self

    def _end_table(self) -> None:
        if self.rows:
            width = max(row.count("<w:tc>") for row in self.rows)
            grid = '<w:gridCol w:w="1000"/>' * width
            self.body.append(f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(self.rows)}</w:tbl>")
            self.rows.clear()

    def _line(self, line: str) -> None:
        head, mark, rest = line.partition("：")
        word, _, more = head.partition(" ")
        read = getattr(self, f"_{_DIRECTIVES[word]}", None) if mark and word in _DIRECTIVES else None
        if read:
            read(more, rest)
        elif line.startswith("页边距 "):
            self.margins = {key: float(value) for key, value in re.findall(r"(\S)=([\d.]+)", line)}
        else:
            self.body.append(paragraph(line))

    def _part(self, name: str, text: str) -> None:
        self.extra[name] = text.encode()

    def _chart(self, _: str, text: str) -> None:
        space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
        self.extra["word/charts/chart1.xml"] = f'<c:chart xmlns:c="{space}">{escape(text)}</c:chart>'.encode()

    def _relation(self, more: str, target: str) -> None:
        owner, _, kind = more.partition(" ")
        self.relations.setdefault(owner, []).append((kind, target, True))

    def _headed(self, word: str, more: str, text: str) -> None:
        role, root = _HEADED[word]
        name = f"{role}{len(self.extra) + 1}.xml"
        self.extra[f"word/{name}"] = f"<w:{root} {_W}>{paragraph(text, more)}</w:{root}>".encode()
        self.relations.setdefault("word/document.xml", []).append((role, name, False))
        self.types.append((f"/word/{name}", f"{_TYPES}.{role}+xml"))
        number = len(self.relations["word/document.xml"])
        self.references.append(f'<w:{role}Reference w:type="default" r:id="rIdX{number}"/>')

    def _header(self, more: str, text: str) -> None:
        self._headed("页眉", more, text)

    def _footer(self, more: str, text: str) -> None:
        self._headed("页脚", more, text)

    def _noted(self, word: str, text: str) -> None:
        role, one = _NOTED[word]
        self.extra[f"word/{role}.xml"] = (
            f'<w:{role} {_W}><w:{one} w:id="2" w:author="">{paragraph(text)}</w:{one}></w:{role}>'.encode()
        )
        self.relations.setdefault("word/document.xml", []).append((role, f"{role}.xml", False))
        self.types.append((f"/word/{role}.xml", f"{_TYPES}.{role}+xml"))

    def _footnote(self, _: str, text: str) -> None:
        self._noted("脚注", text)

    def _endnote(self, _: str, text: str) -> None:
        self._noted("尾注", text)

    def _comment(self, _: str, text: str) -> None:
        self._noted("批注", text)

    def _box(self, _: str, text: str) -> None:
        box = f"<w:pict><w:txbxContent>{paragraph(text)}</w:txbxContent></w:pict>"
        self.body.append(f"<w:p><w:r>{box}</w:r></w:p>")

    def _property(self, _: str, text: str) -> None:
        self.title = text

    def _deleted(self, _: str, text: str) -> None:
        self.body.append(
            f'<w:p><w:del w:id="1" w:author=""><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del></w:p>'
        )

    def _hidden(self, _: str, text: str) -> None:
        self.body.append(f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{escape(text)}</w:t></w:r></w:p>")

    def _themed(self, _: str, text: str) -> None:
        fonts = '<w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia"/></w:rPr>'
        self.body.append(f"<w:p><w:r>{fonts}<w:t>{escape(text)}</w:t></w:r></w:p>")

    def _font(self, name: str, text: str) -> None:
        fonts = f"<w:rPr><w:rFonts w:eastAsia={quoteattr(name)}/></w:rPr>"
        self.body.append(f"<w:p><w:r>{fonts}<w:t>{escape(text)}</w:t></w:r></w:p>")

    def _author(self, _: str, text: str) -> None:
        self.author = text

    def _drop(self, _: str, text: str) -> None:
        self.dropped += text.split("、")

    def _repeat(self, more: str, text: str) -> None:
        self.body += [paragraph(text)] * int(more.split()[0])

    def content(self) -> bytes:
        package = Package.open(Draft(title=self.title).content())
        parts = package.parts()
        document = parts["word/document.xml"].decode()
        start = document.index("<w:body>") + len("<w:body>")
        section = document[document.index("<w:sectPr>") :].replace(
            "<w:sectPr>", f"<w:sectPr>{''.join(self.references)}", 1
        )
        parts["word/document.xml"] = (document[:start] + "".join(self.body) + self._with_margins(section)).encode()
        styles = parts["word/styles.xml"].decode()
        for name in self.dropped:
            styles = re.sub(rf"<w:style [^>]*w:styleId={quoteattr(name)}>.*?</w:style>", "", styles)
        parts["word/styles.xml"] = styles.encode()
        if self.author:
            core = parts["docProps/core.xml"].decode()
            creator = f"<dc:creator>{escape(self.author)}</dc:creator></cp:coreProperties>"
            parts["docProps/core.xml"] = core.replace("</cp:coreProperties>", creator).encode()
        for owner, relations in self.relations.items():
            self._relate(parts, owner, relations)
        types = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in self.types)
        listed = parts["[Content_Types].xml"].decode().replace("</Types>", f"{types}</Types>")
        return pack_parts(parts | {"[Content_Types].xml": listed.encode()} | self.extra)

    def _with_margins(self, section: str) -> str:
        for key, side in (("上", "top"), ("下", "bottom"), ("左", "left"), ("右", "right")):
            if key in self.margins:
                section = re.sub(rf'w:{side}="\d+"', f'w:{side}="{round(self.margins[key] * 56.6929)}"', section)
        return section

    def _relate(self, parts: dict[str, bytes], owner: str, relations: list[tuple[str, str, bool]]) -> None:
        folder, _, file = owner.rpartition("/")
        name = f"{folder}/_rels/{file}.rels"
        written = "".join(
            f'<Relationship Id="rIdX{n}" Type="{_REL}/{kind}" Target={quoteattr(target)}'
            f"{' TargetMode=' + quoteattr('External') if outside else ''}/>"
            for n, (kind, target, outside) in enumerate(relations, 1)
        )
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        parts[name] = parts.get(name, empty).decode().replace("</Relationships>", f"{written}</Relationships>").encode()


_DIRECTIVES = {
    "部件": "part",
    "图表": "chart",
    "关系": "relation",
    "页眉": "header",
    "页脚": "footer",
    "脚注": "footnote",
    "尾注": "endnote",
    "批注": "comment",
    "文本框": "box",
    "属性": "property",
    "修订": "deleted",
    "隐藏": "hidden",
    "主题字体": "themed",
    "字体": "font",
    "作者": "author",
    "删去样式": "drop",
    "重复": "repeat",
}


def paragraph(line: str, more: str = "") -> str:
    """Write one paragraph of the notation."""
    head, mark, text = line.partition("｜")
    role, _, own = head.partition(" ")
    if not mark or role not in BY_NAME:
        role, own, text = "公文正文", "", line
    pitch = re.search(r"行距=(\d+)", own or more)
    spacing = f'<w:spacing w:line="{pitch[1]}" w:lineRule="exact"/>' if pitch else ""
    runs = "".join(_runs(text))
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(role)}/>{spacing}</w:pPr>{runs}</w:p>"


def _runs(text: str) -> Iterator[str]:
    for n, one in enumerate(text.split("¦")):
        yield f'<w:r>{_BOLD if n % 2 else ""}<w:t xml:space="preserve">{escape(one)}</w:t></w:r>'


def _row(line: str) -> str:
    cells = re.split(r"(?<!\|)\|(?!\|)", line.strip()[1:-1])
    return f"<w:tr>{''.join(_cell(cell.strip()) for cell in _joined(cells))}</w:tr>"


def _joined(cells: list[str]) -> Iterator[str]:
    """Put a cell together again that was parted at the bar of a filter."""
    held = ""
    for cell in cells:
        held = f"{held}|{cell}" if held else cell
        if held.count("{{") + held.count("{%") <= held.count("}}") + held.count("%}"):
            yield held
            held = ""
    if held:
        yield held


def _cell(text: str) -> str:
    return f"<w:tc><w:tcPr/>{''.join(paragraph(one.strip()) for one in text.split('⏎'))}</w:tc>"


def repacked(content: bytes, **parts: bytes) -> bytes:
    """Write a .docx anew with some members changed, as they are, hostile or not."""
    package = Package.look(content).package
    members = {**package.members, **{name: Member.of(name, data) for name, data in parts.items()}}
    return pack(members.values())

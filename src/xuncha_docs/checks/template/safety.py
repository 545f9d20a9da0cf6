"""TPL4: what must not be in a template that an office hands on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Place, Severity
from xuncha_docs.word.examined import Examined
from xuncha_docs.word.tagged import TaggedParagraph, W


@rule("TPL401")
def internal_name(template: Examined) -> Flaws:
    """标签里用了程序内部的名字。

    为什么：以下划线开头的名字通向程序内部，模板里一律不许用。

    错：
        {{ 标题.__class__ }}
    对：
        {{ 标题 }}
    """
    for part in template.parts:
        for tag, fault in part.faults("internal-name"):
            yield Flaw(tag.place, f"“{fault.about['name']}”不能在模板里用。", "换一个名字，不要以下划线开头。")


@rule("TPL402")
def call(template: Examined) -> Flaws:
    """标签里调用了函数或方法。

    为什么：模板只填内容，不运行程序；只有 range() 和前面定义过的宏可以带括号。

    错：
        {{ 标题.upper() }}
    对：
        {{ 标题 }}
    """
    for part in template.parts:
        for tag, fault in part.faults("call"):
            yield Flaw(tag.place, f"不能调用“{fault.about['name']}(…)”。", "去掉括号；要变换写法，用竖线和过滤器。")


@rule("TPL403")
def forbidden_statement(template: Examined) -> Flaws:
    """用了模板里不许用的语句或写法。

    为什么：引用别的文件、继承、调用等语句会读取别处的内容，程序不收。

    错：
        {% include '别的文件' %}
    对：
        {{ 标题 }}
    """
    for part in template.parts:
        for tag, fault in part.faults("forbidden"):
            yield Flaw(tag.place, f"模板里不能用“{fault.about['word']}”。", "用 if、for、set 来写。")


_HARMLESS_LINK = re.compile(r"(?:https?://|mailto:|tel:|#)", re.IGNORECASE)
_REMOTE_FIELD = re.compile(r"\b(INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|LINK|IMPORT|DATABASE|RD)\b")


@rule("TPL404")
def remote_link(template: Examined) -> Flaws:
    """模板连着别处的文件：链接的图片、附加的模板、链接的对象，或会读取外部文件的域。

    为什么：打开文书的人会在不知情时连到别处；别的电脑上打不开；还会带出本机的文件夹名。

    错：
        关系 word/document.xml image：file:///别处/图.png
    对：
        关系 word/document.xml hyperlink：mailto:xuncha3@linjiang.example
    """
    for member in template.markup:
        root = template.root(member) if member.lower().endswith(".rels") else None
        if root is not None:
            yield from _remote(member, root)
    for part in template.parts:
        for paragraph in part.tagged.paragraphs:
            for piece in paragraph.pieces:
                text = piece.element.text or ""
                field = _REMOTE_FIELD.search(text) if piece.element.tag == f"{W}instrText" else None
                if field:
                    place = paragraph.at(piece.start, piece.start + len(text))
                    yield Flaw(place, f"域 {field[1]} 会读取别处的内容。", "选中这个域，按 Ctrl+Shift+F9 变成文字。")


def _remote(member: str, root: etree._Element) -> Iterator[Flaw]:
    owner = re.sub(r"_rels/([^/]+)\.rels$", r"\1", member)
    for relation in root.iter("{*}Relationship"):
        if relation.get("TargetMode", "").lower() != "external":
            continue
        kind = relation.get("Type", "").rpartition("/")[2].lower()
        target = relation.get("Target", "")
        if kind == "hyperlink" and _HARMLESS_LINK.match(target):
            continue
        what, cure = _LINKS.get(kind, ("外部文件", "在 Word 的“文件—信息—编辑指向文件的链接”里断开链接。"))
        yield Flaw(Place(part=owner, snippet=target[:80] or None), f"连着别处的{what}。", cure)


_LINKS = {
    "image": ("图片", "把图片插进文件里，不要链接。"),
    "attachedtemplate": ("模板", "在“开发工具—文档模板”里改为 Normal，再保存。"),
    "hyperlink": ("文件", "取消这个超链接，或改成网址。"),
    "oleobject": ("对象", "删去对象，或粘贴为图片。"),
}


@rule("TPL405")
def macro(template: Examined) -> Flaws:
    """模板里有宏。

    为什么：宏会在别人的电脑上运行程序；公文里不需要宏，程序不收。

    错：
        部件 word/vbaProject.bin：宏
    对：
        {{ 标题 }}
    """
    for fault in template.faults:
        if fault.sort == "macro":
            yield Flaw(Place(part=fault.member), "文件里有宏。", "用 Word 另存为“Word 文档（*.docx）”。")


@rule("TPL406")
def embedded_file(template: Examined) -> Flaws:
    """模板里嵌着别的文件或对象。

    为什么：嵌入的表格、文件会跟着每一份文书发出去，别人双击就能看到全部内容。

    错：
        部件 word/embeddings/表.xlsx：内容
    对：
        {{ 标题 }}
    """
    for name in template.package.members if template.package else ():
        if re.search(r"(?:^|/)embeddings/.", name, re.IGNORECASE):
            yield Flaw(Place(part=name), "文件里嵌着别的文件。", "删去嵌入的对象，或粘贴为图片、表格。")


@rule("TPL407")
def entity(template: Examined) -> Flaws:
    """部件里声明了文档类型或实体。

    为什么：办公软件从不这样写，这是用来撑爆或偷读文件的手法，程序不收。

    错：
        部件 word/x.xml：<!DOCTYPE a [<!ENTITY b "c">]><a/>
    对：
        {{ 标题 }}
    """
    for fault in template.faults:
        if fault.sort == "entity":
            yield Flaw(Place(part=fault.member), "部件里声明了实体。", "不要用这个文件；从原来的模板重新另存一份。")


@rule("TPL408")
def active_control(template: Examined) -> Flaws:
    """模板里有 ActiveX 控件。

    为什么：控件会运行程序，很多单位的电脑不让打开。

    错：
        部件 word/activeX/activeX1.xml：<a/>
    对：
        {{ 标题 }}
    """
    for name in template.package.members if template.package else ():
        if re.search(r"(?:^|/)activex/[^/]+\.(?:xml|bin)$", name, re.IGNORECASE):
            yield Flaw(Place(part=name), "文件里有 ActiveX 控件。", "在“开发工具—设计模式”里删去控件。")


_REVISIONS = tuple(
    f"{W}{name}"
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "numberingChange"),
    )
)


@rule("TPL409")
def tracked_change(template: Examined) -> Flaws:
    """留着没有接受的修订。

    为什么：删去的字还在文件里，谁都看得到；删去的标签也照样会填。

    错：
        修订：删去的字
    对：
        {{ 标题 }}
    """
    for _, paragraphs, root in _filled(template):
        told: set[int] = set()
        for element in root.iter(*_REVISIONS):
            place = _around(element, paragraphs, told)
            if place:
                yield Flaw(place, "这里有没有处理的修订。", "在“审阅”里接受或拒绝所有修订，并关闭修订。")


def _filled(template: Examined) -> Iterator[tuple[str, dict[etree._Element, TaggedParagraph], etree._Element]]:
    for part in template.parts:
        found = {p.element: p for p in part.tagged.paragraphs if p.element is not None}
        yield part.name, found, part.tagged.root


def _around(element: etree._Element, paragraphs: dict[etree._Element, TaggedParagraph], told: set[int]) -> Place | None:
    """Return the place of the paragraph around an element, each paragraph once."""
    for above in (element, *element.iterancestors()):
        if above in paragraphs:
            paragraph = paragraphs[above]
            if id(paragraph) in told:
                return None
            told.add(id(paragraph))
            return paragraph.at(0, 0) if not paragraph.text else paragraph.at(0, len(paragraph.text))
    key = id(paragraphs)
    if key in told or not paragraphs:
        return None
    told.add(key)
    return next(iter(paragraphs.values())).place


@rule("TPL410", Severity.WARNING)
def comment(template: Examined) -> Flaws:
    """留着批注。

    为什么：批注会跟着每一份文书发出去，里面常有不该外传的话。

    错：
        批注：这里再问一下王某某
    对：
        {{ 标题 }}
    """
    for part in template.parts:
        if part.tagged.role == "comments":
            for number, element in enumerate(part.tagged.root.iter(f"{W}comment"), 1):
                text = "".join(map(str, element.itertext()))[:40]
                place = Place(part=part.name, within=f"第{number}条批注", snippet=text or None)
                yield Flaw(place, "文件里留着批注。", "在“审阅”里删除所有批注。")


@rule("TPL411", Severity.WARNING)
def hidden_text(template: Examined) -> Flaws:
    """有隐藏的文字。

    为什么：屏幕上看不到，一点“显示编辑标记”就都出来了；标签藏在里面也照样会填。

    错：
        隐藏：看不见的字
    对：
        {{ 标题 }}
    """
    for _, paragraphs, root in _filled(template):
        told: set[int] = set()
        for mark in root.iter(f"{W}vanish"):
            run = mark.getparent().getparent() if mark.getparent() is not None else None  # type: ignore[union-attr]
            hides = mark.get(f"{W}val", "1") not in ("0", "false", "off")
            if hides and run is not None and run.tag == f"{W}r" and "".join(map(str, run.itertext())).strip():
                place = _around(run, paragraphs, told)
                if place:
                    yield Flaw(place, "这里有隐藏的文字。", "选中后在“字体”里去掉“隐藏”，或删去。")


_PEOPLE = {"creator": "作者", "lastModifiedBy": "最后修改者", "Company": "单位", "Manager": "经理"}


@rule("TPL412", Severity.WARNING)
def personal_metadata(template: Examined) -> Flaws:
    """文件属性里留着作者、单位。

    为什么：谁在哪台电脑上做的模板，会跟着文件传出去。

    错：
        作者：张三
    对：
        {{ 标题 }}
    """
    for name in template.markup:
        root = template.root(name) if re.search(r"docProps/(?:core|app)\.xml$", name) else None
        for child in root if root is not None else ():
            word = _PEOPLE.get(str(child.tag).rpartition("}")[2])
            text = (child.text or "").strip()
            if word and text and "{{" not in text:
                cure = "在“文件—信息—检查文档”里删除文档属性和个人信息。"
                yield Flaw(Place(part=name, field=word, snippet=text[:40]), f"文件属性里有{word}。", cure)

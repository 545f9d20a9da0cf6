"""GBT9: what a paper should not carry when it goes out: comments, revisions, names of people and machines."""

from __future__ import annotations

from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.findings import Place, Severity, Strength
from xuncha_docs.word.layout import Leftover, Paragraph, Where

_MOST = 10
_LEFT = {
    "comment": ("有批注", "请在“审阅”里删除所有批注。"),
    "inserted": ("有没接受的修订（插入的文字）", "请在“审阅—修订”里接受或拒绝所有修订，并停止修订。"),
    "deleted": ("有没接受的修订（删去的文字）", "请在“审阅—修订”里接受或拒绝所有修订，并停止修订。"),
    "moved": ("有没接受的修订（移动的文字）", "请在“审阅—修订”里接受或拒绝所有修订，并停止修订。"),
    "highlight": ("有突出显示的文字", "请选中后在“开始”里把“文本突出显示颜色”设为“无颜色”。"),
    "control": ("有没填写的内容控件（“单击此处输入文字”）", "请填写，或者删去这个控件。"),
}


@rule("GBT902", Severity.ERROR, strength=Strength.PRACTICE)
def leftovers(paper: Judged) -> Flaws:
    """文件里留着批注、修订、突出显示、没填的控件，或者末尾有空白页。

    为什么：这些是写稿、改稿时用的，定稿里不应当有；批注和修订会把讨论过程、修改的人一起发出去。草稿里只作提示。

    错：
        公文正文“巡察”：批注=请再核对
    错：
        公文正文“巡察”：修订=插入
    错：
        公文正文“巡察”：突出显示
    错：
        在末段公文正文后加：分页
        在末段公文正文后加：空行｜
        删去：附件标签
    对：
        公文正文“巡察”＝巡察监督
    """
    severity = Severity.INFO if paper.draft else None
    for sort, (what, cure) in _LEFT.items():
        yield from _told([one for one in paper.layout.leftovers if one.sort == sort], what, cure, severity)
    last = _empty_page(paper)
    if last is not None:
        cure = "请把光标放到末尾，删去分页符、分节符和空行。"
        yield Flaw(last.place, "文件末尾有分页符，后面什么也没有，会多印一张空白页。", cure, severity)


def _told(found: list[Leftover], what: str, cure: str, severity: Severity | None) -> Flaws:
    """Yield leftovers of one sort, ten at most."""
    for number, one in enumerate(found[:_MOST], 1):
        more = f"；这样的还有 {len(found) - _MOST} 处" if number == _MOST < len(found) else ""
        yield Flaw(one.place, f"{what}{more}。", cure, severity)


def _empty_page(paper: Judged) -> Paragraph | None:
    """Return the paragraph with which an empty last page begins."""
    for paragraph in reversed(paper.layout.paragraphs):
        if paragraph.where is not Where.BODY or not paragraph.blank:
            return None
        if paragraph.page_breaks or paragraph.new_page:
            return paragraph
    return None


_PEOPLE = {
    "creator": "作者",
    "lastModifiedBy": "上次修改者",
    "Company": "单位",
    "Manager": "经理",
}


@rule("GBT903", Severity.INFO, strength=Strength.PRACTICE)
def personal_properties(paper: Judged) -> Flaws:
    """文件属性里有人名、单位名或旧标题，或者有隐藏的文字。

    为什么：文件发出去，属性和隐藏文字也跟着出去；里面常有写稿人的姓名、电脑的名字、上一份文件的标题。

    错：
        属性 作者=张三
    错：
        属性 标题=关于另一件事情的通知
    错：
        公文正文“巡察”：隐藏
    对：
        公文正文“巡察”：隐藏=否
    """
    place = Place(part="docProps/core.xml")
    cure = "请在“文件—信息—检查文档”里删除“文档属性和个人信息”。"
    said = paper.layout.properties
    named = [f"{word}“{said[name]}”" for name, word in _PEOPLE.items() if said.get(name, "").strip()]
    if named:
        yield Flaw(place, f"文件属性里有{'、'.join(named)}。", cure)
    title = "".join(said.get("title", "").split())
    if title and title not in "".join(paper.layout.text.split()):
        message = f"文件属性里的标题是“{said['title']}”，文中没有这几个字。"
        yield Flaw(place, message, "请在“文件—信息—属性”里把标题改成这份文书的标题，或者删去。")
    hidden = [one for one in paper.layout.leftovers if one.sort == "hidden"]
    yield from _told(hidden, "有隐藏的文字", "请在“文件—信息—检查文档”里删除“隐藏文字”，或者取消“隐藏”。", None)

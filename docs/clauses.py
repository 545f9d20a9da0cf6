"""The clauses of GB/T 9704—2012, and where each is looked at: in the file, on the PDF, or on paper alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xuncha_docs.checks import ruling
from xuncha_docs.findings import Rule


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause.

    Args:
        number: as the standard counts it.
        about: what it is about, in our own words.
        on_paper: what of it only the printed sheet shows, or why no rule names it; empty if files show all.
    """

    number: str
    about: str
    on_paper: str = ""


CLAUSES = (
    Clause("1", "适用于哪些公文", "说的是适用范围，没有要检查的"),
    Clause("2", "引用的标准", "说的是别的标准，没有要检查的"),
    Clause("3", "“字”和“行”是什么", "是尺寸的说法，各条规则按它换算"),
    Clause("4", "用纸的克重、白度、耐折度", "只有拿到纸才看得出"),
    Clause("5.1", "A4 纸"),
    Clause("5.2.1", "天头、订口、版心", "裁切的误差只有拿到纸才看得出"),
    Clause("5.2.2", "一般用三号仿宋"),
    Clause("5.2.3", "一般每面 22 行、每行 28 字，撑满版心"),
    Clause("5.2.4", "文字的颜色"),
    Clause("6.1", "制版：干净、字迹清楚、版心不斜", "只有印出来才看得出"),
    Clause("6.2", "印刷：双面、黑色和红色油墨的标准", "只有印出来才看得出"),
    Clause("6.3", "装订：左侧、骑马订或平订、订位", "只有装订好才看得出"),
    Clause("7.1", "版头、主体、版记的划分，页码在版心外", "只是划分，各部分在 7.2 至 7.5 里查"),
    Clause("7.2.1", "份号"),
    Clause("7.2.2", "密级和保密期限"),
    Clause("7.2.3", "紧急程度"),
    Clause("7.2.4", "发文机关标志"),
    Clause("7.2.5", "发文字号"),
    Clause("7.2.6", "签发人"),
    Clause("7.2.7", "版头中的分隔线"),
    Clause("7.3.1", "标题"),
    Clause("7.3.2", "主送机关"),
    Clause("7.3.3", "正文和结构层次"),
    Clause("7.3.4", "附件说明"),
    Clause("7.3.5", "署名、成文日期和印章的位置"),
    Clause("7.3.5.1", "加盖印章的公文", "手工盖的印章，只有盖好才看得出"),
    Clause("7.3.5.2", "不加盖印章的公文"),
    Clause("7.3.5.3", "加盖签发人签名章的公文", "签名章只有盖好才看得出"),
    Clause("7.3.5.4", "成文日期中的数字"),
    Clause("7.3.5.5", "排不下印章或日期时的处理"),
    Clause("7.3.6", "附注"),
    Clause("7.3.7", "附件", "与正文一起装订，只有装订好才看得出"),
    Clause("7.4.1", "版记中的分隔线"),
    Clause("7.4.2", "抄送机关"),
    Clause("7.4.3", "印发机关和印发日期"),
    Clause("7.5", "页码"),
    Clause("8", "横排的表格", "表头朝订口还是切口，要翻着看"),
    Clause("9", "计量单位、标点符号和数字的用法", "标点、数字另有标准，见下面的表"),
    Clause("10.1", "信函格式"),
    Clause("10.2", "命令（令）格式", "签名章只有盖好才看得出"),
    Clause("10.3", "纪要格式"),
    Clause("11", "式样", "是附图，没有另外的规定"),
)


STANDARD = "GB/T 9704—2012"


def rules_of(clause: Clause) -> Iterator[Rule]:
    """Yield the rules that rest on a clause, or on a part of it that is not listed by itself."""
    for rule in ruling.every().values():
        if clause in map(clause_of, cited(rule)):
            yield rule


def clause_of(number: str) -> Clause | None:
    """Return the clause of a number, or the one that it is a part of; None if the standard has none."""
    listed = {clause.number: clause for clause in CLAUSES}
    while number not in listed and "." in number:
        number = number.rpartition(".")[0]
    return listed.get(number)


def cited(rule: Rule) -> tuple[str, ...]:
    """Return the clauses of GB/T 9704—2012 that a rule rests on."""
    if source(rule) != STANDARD:
        return ()
    return tuple(re.findall(r"(?<![\d.])\d+(?:\.\d+)*(?![\d.])", str(rule.clause).removeprefix(STANDARD)))


def source(rule: Rule) -> str:
    """Return the standard or the regulation that a rule rests on, without the clause; empty if it rests on none."""
    said = rule.clause or ""
    if said[:1].isdigit():
        return STANDARD
    standard = re.match(r"GB/T [\d.]+—\d{4}", said)
    return standard[0] if standard else re.split(r"第.+条", said)[0]

"""FCT8: what a paper that goes out as 公文 says in its 版头, against the office that issues it."""

from __future__ import annotations

from xuncha_docs.checks.facts.stated import Stated
from xuncha_docs.checks.ruling import Flaws, rule
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.letterhead import Letterhead


@rule("FCT801", Severity.WARNING, strength=Strength.PRACTICE)
def number_of_another_office(stated: Stated) -> Flaws:
    """文号的机关代字不是本机关的。

    为什么：文号由发文机关的代字、年份和序号组成，登记和引用都按它查；用了别的机关的代字，就查不到。
    只有案卷的“机关”写了代字，才核对。

    错：
        机关: {代字: [临委巡办发, 临委巡办函]}
        文书.巡察工作方案.版头: 临委办发〔2025〕7号
    对：
        机关: {代字: [临委巡办发, 临委巡办函]}
        文书.巡察工作方案.版头: 临委巡办发〔2025〕7号
    对：
        机关: {签发人: 高某某}
        文书.巡察工作方案.版头: 临委办发〔2025〕7号
    """
    office = stated.case.office if stated.case else None
    for loc, head in stated.each(Letterhead) if office and stated.document else ():
        if office and office.codes and head.number.code not in office.codes:
            yield stated.flaw(
                (*loc, "number"),
                f"文号{head.number}的代字是“{head.number.code}”，本机关的代字是“{'、'.join(office.codes)}”。",
                "请核对文号；代字确有这一个的，补到机关（office）的代字（codes）里。",
            )


@rule("FCT802", Severity.WARNING, strength=Strength.PRACTICE)
def signer_of_another_office(stated: Stated) -> Flaws:
    """签发人不在本机关的签发人里。

    为什么：上行文由机关负责人签发；换了负责人以后，照着旧稿做的常常忘了改。只有案卷的“机关”写了签发人，才核对。

    错：
        机关: {签发人: [高某某, 何某某]}
        文书.巡察工作方案.版头: {文号: 临委巡办发〔2025〕7号, 文种: 请示, 签发人: 林某某}
    对：
        机关: {签发人: [高某某, 何某某]}
        文书.巡察工作方案.版头: {文号: 临委巡办发〔2025〕7号, 文种: 请示, 签发人: 何某某}
    """
    office = stated.case.office if stated.case else None
    for loc, head in stated.each(Letterhead) if office and stated.document else ():
        if office and office.signers and head.signer and head.signer not in office.signers:
            yield stated.flaw(
                (*loc, "signer"),
                f"签发人{head.signer}不在本机关的签发人（{'、'.join(office.signers)}）里。",
                "请核对签发人；换了负责人的，改机关（office）的签发人（signers）。",
            )

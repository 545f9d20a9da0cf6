"""FCT7: write-ups (心得体会): what they count, when they were written, and what must not be published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xuncha_docs import chinese
from xuncha_docs.checks.facts.reading import NUMBER, names_of, number, said_after, texts_of
from xuncha_docs.checks.facts.stated import Loc, Stated
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.fields import Span
from xuncha_docs.findings import Severity, Strength
from xuncha_docs.kinds.experience_report import ExperienceReport, Scope, Subtype

_FRAME = ("title", "subtitle", "opening", "sections", "closing")


def _texts(report: ExperienceReport) -> Iterator[tuple[Loc, str]]:
    """Yield everything that a reader reads but for the names of those who made it."""
    return texts_of(report, _FRAME)


# --- what it counts ------------------------------------------------------------------------------------------------


@rule("FCT701", Severity.WARNING, strength=Strength.PRACTICE)
def metaphor_unlike_sections(stated: Stated) -> Flaws:
    """数字比喻的数目和正文的部分数对不上。

    为什么：标题说“三步曲”，正文就要有三曲；增删一部分以后，数目常常忘了改。

    错：
        文书.心得体会.数字比喻: {名称: 三步曲, 数目: 3}
        删去：文书.心得体会.正文[3]
    对：
        文书.心得体会.数字比喻: {名称: 三步曲, 数目: 3}
    """
    for report in stated.of(ExperienceReport):
        metaphor, count = report.metaphor, len(report.sections)
        if metaphor and metaphor.n != count:
            yield stated.flaw(
                ("metaphor", "n"),
                f"“{metaphor.name}”说的是{metaphor.n}个，正文有{count}个部分。",
                "请核对是正文少了一部分，还是数目没有改；部分不是按比喻分的，可以不改。",
            )


@rule("FCT702", Severity.WARNING, strength=Strength.PRACTICE)
def metaphor_unlike_title(stated: Stated) -> Flaws:
    """数字比喻的名称和数目、标题对不上。

    为什么：名称里的数和填的数目应当相同；标题、副标题、开头都没有这个比喻的，多半是改了标题忘了改这一项，只作提示。

    错（还有 FCT701）：
        文书.心得体会.数字比喻: {名称: 三步曲, 数目: 4}
    错：
        文书.心得体会.数字比喻: {名称: 三重奏, 数目: 3}
    对：
        文书.心得体会.数字比喻: {名称: 步步高, 数目: 3}
        文书.心得体会.副标题: 步步高的体会
    """
    for report in stated.of(ExperienceReport):
        if not report.metaphor:
            continue
        name, n = report.metaphor.name, report.metaphor.n
        said = re.search(NUMBER, name)
        if said and number(said[0]) not in (0, n):
            yield stated.flaw(
                ("metaphor",), f"“{name}”说的是{number(said[0])}个，数目（n）填的是{n}。", "请把两处改成一样。"
            )
        head = "".join(text for _, text in texts_of(report, ("title", "subtitle", "opening")))
        if _unmarked(name) not in _unmarked(head):
            yield stated.flaw(
                ("metaphor", "name"),
                f"标题、副标题和开头里都没有“{name}”。",
                "请核对名称；标题改了的，把这一项一起改。",
                severity=Severity.INFO,
            )


def _unmarked(text: str) -> str:
    """Leave only letters and figures, so that marks and line breaks don't part a word."""
    return re.sub(r"[\W_]", "", text)


_FEWEST, _MOST = 3, 5


@rule("FCT703", Severity.INFO, strength=Strength.PRACTICE)
def unusual_number_of_sections(stated: Stated) -> Flaws:
    """正文的部分数和通常的不一样。

    为什么：个人心得和经验材料通常分三至五个部分；手记是叙事，不论。

    错（还有 FCT701）：
        删去：文书.心得体会.正文[3]
    对：
        删去：文书.心得体会.数字比喻
        文书.心得体会.正文[4]: {小标题: 尾声, 段落: 工作日志做到日清日结。}
    """
    for report in stated.of(ExperienceReport):
        count = len(report.sections)
        if report.subtype is not Subtype.NOTES and not _FEWEST <= count <= _MOST:
            cure = "请看看要不要合并或拆开；内容需要的可以不改。"
            yield stated.flaw(
                ("sections",),
                f"正文有{count}个部分，通常是{chinese.numeral(_FEWEST)}至{chinese.numeral(_MOST)}个。",
                cure,
            )


_LENGTHS = {Subtype.PERSONAL: (1000, 2500), Subtype.PRACTICE: (1200, 2500), Subtype.NOTES: (800, 1500)}
"""How many characters such texts have, as published ones and those who ask for them say."""


@rule("FCT704", Severity.INFO, strength=Strength.PRACTICE)
def unusual_length(stated: Stated) -> Flaws:
    """篇幅和这种体裁通常的不一样。

    为什么：个人心得通常1000至2500字，经验材料1200至2500字，手记800至1500字；太长的刊物会删，太短的多半没有写到具体做法。

    错：
        （心得体会）
        开头: 走在村口。
    对：
        （心得体会）
        开头: 走在村口……（共800字）
    """
    for report in stated.of(ExperienceReport):
        length = sum(len(re.sub(r"\s", "", text)) for _, text in texts_of(report, ("opening", "sections", "closing")))
        low, high = _LENGTHS[report.subtype]
        if not low <= length <= high:
            yield stated.flaw(
                ("sections",),
                f"全文约{length}字，{report.subtype}通常是{low}至{high}字。",
                "请看看要不要增删；刊物另有要求的，按刊物的要求。",
            )


@rule("FCT705", Severity.WARNING, strength=Strength.PRACTICE)
def paragraph_told_twice(stated: Stated) -> Flaws:
    """同一段话写了两遍。

    为什么：多半是调整次序时复制了没有删。

    错：
        文书.心得体会.正文[2].段落[2]: 有一次核对意见箱位置，发现旁边正对着监控探头，当天就换了地方。
        文书.心得体会.正文[3].段落[1]: 有一次核对意见箱位置，发现旁边正对着监控探头，当天就换了地方。
    对：
        文书.心得体会.正文[3].段落[1]: 撤离那天，我和同事对着清单把材料一份一份清点。
    """
    for report in stated.of(ExperienceReport):
        told: set[str] = set()
        for loc, text in _texts(report):
            bare = _unmarked(text)
            if bare in told and len(bare) >= _WHOLE_SENTENCE:
                yield stated.flaw(loc, f"“{text[:20]}”这一段前面已经写过。", "请删去一处。")
            told.add(bare)


_WHOLE_SENTENCE = 15

# --- when it was written, and who wrote it -------------------------------------------------------------------------


@rule("FCT706", Severity.WARNING, strength=Strength.PRACTICE)
def period_outside_stay(stated: Stated) -> Flaws:
    """时间和案卷的驻点时间对不上。

    为什么：写的是这一次巡察的体会。和驻点完全不沾边的，多半是年份填错了；只是早些抽调、晚些离组的，只作提示。

    错：
        文书.心得体会.时间: {开始日期: 2024-07-01, 结束日期: 2024-08-29}
    对：
        文书.心得体会.时间: {开始日期: 2025-07-01, 结束日期: 2025-08-15}
    """
    for report in stated.of(ExperienceReport):
        if stated.case is None:
            return
        stay, period = stated.case.stay, report.period
        apart = period.end < stay.start or bool(stay.end and period.start > stay.end)
        if apart or not (stay.holds(period.start) and stay.holds(period.end)):
            how = "不在" if apart else "超出"
            yield stated.flaw(
                ("period",),
                f"时间{period.phrase}{how}驻点时间（{stay.phrase.rstrip('，')}）。",
                "请核对时间的起止日期。",
                severity=None if apart else Severity.INFO,
            )


@rule("FCT707", Severity.WARNING, strength=Strength.PRACTICE)
def written_during_inspection(stated: Stated) -> Flaws:
    """巡察还没有结束就写好或发表了。

    为什么：巡察期间发表，等于告诉外人巡察组正在做什么。只是成文早于结束日期的，只作提示。

    错：
        （心得体会）
        审定.日期: 2025-08-10
        发表日期: 2025-08-15
    对：
        （心得体会）
        发表日期: 2025-09-20
    """
    for report in stated.of(ExperienceReport):
        days = (("published", "发表日期", report.published), ("signed", "成文日期", report.signed))
        for field, title, day in days:
            if day and day <= report.period.end:
                yield stated.flaw(
                    (field,),
                    f"{title}{chinese.written_date(day)}，这时巡察还没有结束"
                    f"（{chinese.written_date(report.period.end)}）。",
                    "请核对日期；确实如此的，等巡察结束以后再发表。",
                    severity=None if field == "published" else Severity.INFO,
                )


@rule("FCT708", Severity.WARNING, strength=Strength.PRACTICE)
def opening_unlike_facts(stated: Stated) -> Flaws:
    """开头说的组、轮次、时间或职责和填写的不一样。

    为什么：开头交代我是谁、哪一轮、哪个组、什么时间；照着上一篇改的，常常漏改一处。写对了自己的，再说到别的组、别的年份，不算。

    错：
        文书.心得体会.开头: 今年夏天，我从县审计局抽调到县委第二巡察组，担任联络员。
    错：
        文书.心得体会.开头: 2024年夏天，我参加县委第八轮巡察，担任组员。
    对：
        文书.心得体会.开头: 我2009年参加工作。2025年7月，我参加县委第八轮巡察，在第三巡察组担任联络员。
    对：
        文书.心得体会.开头: 2018年4月，我有幸成了一名巡察干部；这一轮我在第三巡察组，常向第一巡察组的同志请教。
    """
    for report in stated.of(ExperienceReport):
        told = [(loc, one) for loc, text in texts_of(report, ("opening",)) for one in _claims(report, text)]
        right = {one.what for _, one in told if one.right}
        for loc, one in told:
            if one.what not in right:
                message = f"开头写的是“{one.said}”，填写的是“{one.known}”。"
                yield stated.flaw(loc, message, "请核对哪一个对，把另一个改过来。")


_SAID = re.compile(
    rf"第(?P<team>{NUMBER}|一)巡察组|第(?P<round>{NUMBER}|一)轮|(?P<year>20\d\d)年(?:(?P<month>\d{{1,2}})月)?"
    r"|担任(?P<role>副组长|组长|联络员|组员)"
)


@dataclass(frozen=True, slots=True)
class _Claim:
    """What an opening says of a fact: which fact, in what words, what is known of it, and whether they agree."""

    what: str
    said: str
    known: str
    right: bool


def _claims(report: ExperienceReport, text: str) -> Iterator[_Claim]:
    """Yield what a text says of team, round, dates and post."""
    team, one, period, role = report.team, report.round, report.period, report.writer.role
    for match in _SAID.finditer(text):
        said = match[0]
        if match["team"]:
            yield _Claim("team", said, team.name, number(match["team"]) == team.ordinal)
        elif match["round"] and one.round:
            yield _Claim("round", said, f"第{chinese.numeral(one.round)}轮", number(match["round"]) == one.round)
        elif match["year"] and _of_this_inspection(text, match.start()):
            yield _Claim("year", said, period.phrase, _in_period(int(match["year"]), match["month"], period))
        elif match["role"] and role:
            yield _Claim("role", said, role, match["role"] == role)


def _of_this_inspection(text: str, at: int) -> bool:
    """Whether the sentence there speaks of an inspection, and of nothing earlier in somebody's life."""
    sentence, clause = said_after(text, at), said_after(text, at, "，。；")
    began = re.search("成[了为]|调[入到]|转隶|刚[进到]", sentence)
    earlier = began or re.search("参加工作|毕业|入党|入职|以来", clause)
    return bool(re.search("巡察|抽调", sentence)) and not earlier


def _in_period(year: int, month: str | None, period: Span) -> bool:
    """Whether a year, or a month of it, touches the period."""
    if month is None:
        return period.start.year <= year <= period.end.year
    return (period.start.year, period.start.month) <= (year, int(month)) <= (period.end.year, period.end.month)


@rule("FCT709", Severity.INFO, strength=Strength.PRACTICE)
def vague_time(stated: Stated) -> Flaws:
    """开头只说“近日”，没有说哪一年、哪个月。

    为什么：文章发表在后，读的人不知道“近日”是什么时候。

    错：
        （心得体会）
        开头: 近日，我参加了县委巡察工作。
    对：
        （心得体会）
        开头: 近日回到单位，想起7月里的巡察，感触很深。
    """
    for report in stated.of(ExperienceReport):
        opening = "".join(report.opening)
        match = re.search("近日|日前|近期|不久前", opening)
        if match and not re.search("[年月春夏秋冬]", opening):
            yield stated.flaw(("opening",), f"开头只说“{match[0]}”。", "请写明年月，如“2025年7月”“今年夏天”。")


_OFFICE = re.compile("[办组处室部科委局]$|集团|公司|党组")


@rule("FCT710", Severity.WARNING, strength=Strength.PRACTICE)
def writer_unlike_team(stated: Stated) -> Flaws:
    """作者不在巡察组里，或职责和名单不一样。

    为什么：写的是在这个组的体会，作者应在名单里，职责应和名单一致。以单位名义写的不核对。

    错：
        文书.心得体会.作者: {姓名: 韩某某, 单位: 临江县财政局, 职责: 组员}
        文书.心得体会.开头: 今年夏天，我抽调到县委第三巡察组。
    错：
        文书.心得体会.作者: {姓名: 王某某, 单位: 临江县审计局, 职责: 组员}
        文书.心得体会.开头: 今年夏天，我抽调到县委第三巡察组。
    对：
        文书.心得体会.作者: {姓名: 县委巡察办}
    """
    for report in stated.of(ExperienceReport):
        if stated.case is None:
            return
        writer = report.writer
        roles = {line.person.name: line.role for line in stated.case.team.roster}
        if writer.name not in roles and not _OFFICE.search(writer.name):
            cure = "请核对作者，或核对巡察组名单；以单位名义写的，姓名一项写单位。"
            yield stated.flaw(("writer", "name"), f"作者{writer.name}不在巡察组名单里。", cure)
        elif writer.role and roles.get(writer.name, writer.role) != writer.role:
            message = f"作者{writer.name}的职责写的是{writer.role}，名单里是{roles[writer.name]}。"
            yield stated.flaw(("writer", "role"), message, "请核对职责。")


@rule("FCT711", Severity.INFO, strength=Strength.PRACTICE)
def voice_unlike_subtype(stated: Stated) -> Flaws:
    """人称和体裁不合。

    为什么：个人心得用第一人称，写一次经历；经验材料用第三人称，写一个单位的做法。

    错：
        文书.心得体会.体裁: 经验材料
    对：
        文书.心得体会.体裁: 个人心得
    """
    for report in stated.of(ExperienceReport):
        said = len(
            re.findall("我(?!国|党|军|省|市|县|区|院|校|单位|集团|公司)", "".join(text for _, text in _texts(report)))
        )
        if report.subtype is Subtype.PRACTICE and said > 1:
            yield stated.flaw(("subtype",), f"经验材料里有{said}处“我”。", "请改用第三人称，或把体裁改为个人心得。")
        if report.subtype is Subtype.PERSONAL and not said:
            yield stated.flaw(("subtype",), "个人心得里没有一处“我”。", "请改用第一人称，或把体裁改为经验材料。")


@rule("FCT712", Severity.WARNING, strength=Strength.PRACTICE)
def title_of_another_kind(stated: Stated) -> Flaws:
    """标题是另一种文体的。

    为什么：述职报告、讲话稿、工作总结的写法和心得体会不一样，套错了文体要重写。

    错：
        （心得体会）
        标题: 巡察联络员述职报告
    对：
        （心得体会）
        标题: 一份没有写完的报告
    """
    kinds = "述职(?:述廉)?报告|工作报告|调研报告|情况报告|讲话稿?|发言稿?|工作总结|情况汇报|工作汇报"
    for report in stated.of(ExperienceReport):
        for loc, text in texts_of(report, ("title", "subtitle")):
            if match := re.search(rf"(?:{kinds})$", text.strip()):
                cure = f"请核对：要写{match[0]}的，换用那种文体；写体会的，改标题。"
                yield stated.flaw(loc, f"标题写的是“{match[0]}”，不是心得体会。", cure)


# --- before it is published ----------------------------------------------------------------------------------------


@rule("FCT713", Severity.WARNING, strength=Strength.PRACTICE)
def edited_without_clearance(stated: Stated) -> Flaws:
    """写了审核、编辑，没有写审定。

    为什么：交给刊物或网站以前，要由巡察办或组长审定，看有没有泄露巡察工作的内容。

    错：
        （心得体会）
        删去：审定
        删去：发表日期
    对：
        （心得体会）
        审定: {审定人: 县委巡察办, 日期: 2025-09-12}
    """
    for report in stated.of(ExperienceReport):
        if (report.reviewer or report.editor) and not report.clearance:
            cure = "请先送巡察办或组长审定，再填审定人和日期。"
            yield stated.flaw(("clearance",), "写了审核、编辑，没有写审定（clearance）。", cure)


@rule("FCT714", Severity.WARNING, strength=Strength.PRACTICE)
def doubtful_clearance(stated: Stated) -> Flaws:
    """审定早于成文，或者由作者自己审定。

    为什么：审定的应是写好的稿子，审定人不能是作者自己。

    错：
        （心得体会）
        成文日期: 2025-09-12
    错：
        （心得体会）
        审定.审定人: 沈某某
    对：
        （心得体会）
        成文日期: 2025-09-10
    """
    for report in stated.of(ExperienceReport):
        clearance = report.clearance
        if clearance and report.signed and clearance.day < report.signed:
            message = (
                f"审定日期{chinese.written_date(clearance.day)}早于成文日期{chinese.written_date(report.signed)}。"
            )
            yield stated.flaw(("clearance", "day"), message, "请核对两个日期；审定以后又改过的，重新审定。")
        if clearance and clearance.by == report.writer.name:
            yield stated.flaw(("clearance", "by"), f"审定人{clearance.by}就是作者。", "请由巡察办或组长审定。")


def _told(stated: Stated, pattern: re.Pattern[str], what: str, cure: str) -> Flaws:
    """Yield every place at which a write-up prints what should not be published, the first one in each text."""
    for report in stated.of(ExperienceReport):
        for loc, text in _printed(report):
            if match := pattern.search(text):
                yield stated.flaw(loc, f"“{match[0]}”{what}。", cure, severity=_severity(report))


def _printed(report: ExperienceReport) -> Iterator[tuple[Loc, str]]:
    """Yield the texts as they are printed at the scope of a write-up, its names covered."""
    yield from ((loc, report.printed(text)) for loc, text in _texts(report))


def _severity(report: ExperienceReport) -> Severity | None:
    """Say how much it matters that a write-up tells something: what is for everybody must not tell it."""
    return Severity.ERROR if report.scope is Scope.PUBLIC else None


def _goes_out(report: ExperienceReport) -> bool:
    """Whether a write-up is made for readers outside the team, whatever scope it says."""
    return report.scope is not Scope.TEAM or bool(report.published or report.reviewer or report.editor)


@rule("FCT715", Severity.WARNING, strength=Strength.PRACTICE)
def unit_told(stated: Stated) -> Flaws:
    """写出了被巡察单位或问题发生地的名称。

    为什么：发表的文章让人知道巡察了哪个单位、问题出在哪里，就泄露了巡察工作的内容。

    错：
        文书.心得体会.正文[1].段落[1]: 进驻县水利局以前，我把对内对外的事项逐条列成明细。
    错：
        文书.心得体会.正文[1].段落[1]: 在青石水库管理所的那个下午，我们一直等到闸门打开。
    对：
        文书.心得体会.正文[1].段落[1]: 进驻被巡察单位以前，我把对内对外的事项逐条列成明细。
    """
    for report in stated.of(ExperienceReport):
        case = stated.case
        if case is None:
            return
        units = [name for unit in case.units for name in names_of(unit)]
        places = [item.found.place for item in case.rectifications if item.found.place and len(item.found.place) > 3]
        yield from _named(stated, report, [*units, *places], "被巡察单位", "请改写为“被巡察单位”“某单位”“某地”。")


@rule("FCT716", Severity.WARNING, strength=Strength.PRACTICE)
def person_told(stated: Stated) -> Flaws:
    """写出了作者以外的人的姓名。

    为什么：组里的人、被巡察单位的人都不在公开的文章里出现；能对上人，就能对上事。

    错：
        文书.心得体会.正文[1].段落[1]: 进驻之前，李某某带着我把事项逐条列成明细。
    对：
        文书.心得体会.正文[1].段落[1]: 进驻之前，副组长带着我把事项逐条列成明细。
    """
    for report in stated.of(ExperienceReport):
        case = stated.case
        if case is None:
            return
        people = [person.name for _, person in case.team.posts]
        people += [unit.counterpart.name for unit in case.units if unit.counterpart]
        others = [name for name in people if name != report.writer.name and len(name) > 1]
        yield from _named(stated, report, others, "别人的姓名", "请改写为职务，如“组长”“一位同事”。")


def _named(stated: Stated, report: ExperienceReport, names: list[str], what: str, cure: str) -> Iterator[Flaw]:
    """Yield where a write-up says a name, the first one in each text; the writer's own unit may be said."""
    own = report.writer.unit or ""
    wanted = [name for name in dict.fromkeys(names) if name not in own]
    severity = _severity(report) if _goes_out(report) else Severity.INFO
    for loc, text in _printed(report):
        name = next((name for name in wanted if name in text), None)
        if name:
            yield stated.flaw(loc, f"“{name}”是{what}，不宜公开。", cure, severity=severity)


_AMOUNT = r"(?:(?<!\d)\d{1,6}|[两二三四五六七八九十百千][一二三四五六七八九十百千]{0,7})"
_MANY = rf"{_AMOUNT}(?:余|多)?[个条件项](?!方面的?(?:问题|线索))"
_COUNTED = re.compile(
    rf"(?:发现|反馈|指出|查出|梳理出?|移交|受理|收到)[^，。；\d]{{0,8}}?{_MANY}[^，。；]{{0,8}}?(?:问题|线索|信访|举报|来信)"
    rf"|(?:问题|线索|信访件?|举报)(?:共|共计)?{_MANY}|{_MANY}(?:问题线索|线索|信访件|举报)"
)


@rule("FCT717", Severity.WARNING, strength=Strength.PRACTICE)
def count_of_findings_told(stated: Stated) -> Flaws:
    """写出了问题或线索的数目。

    为什么：发现多少问题、移交多少线索，反馈和通报以前不能公开，也常常和报告对不上。

    错：
        （心得体会）
        结尾: 两个月下来，我们发现各类问题37个，移交线索4条。
    对：
        （心得体会）
        结尾: 我们沿着村道数了一遍，三十二盏灯，亮着的只有五盏。
    """
    yield from _told(stated, _COUNTED, "写出了问题或线索的数目", "请删去数目，只写做法和体会。")


_REFERENCE = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?:巡|立改|信访|线索)[\u4e00-\u9fff]{0,8}〔\d{4}〕\d{1,5}号|问题编号|\bQ-?\d{1,9}"
    r"|(?<!\d)(?:0\d{2,3}-\d{7,8}|1\d{10}|\d{17}[\dXx])(?!\d)"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
)


@rule("FCT718", Severity.WARNING, strength=Strength.PRACTICE)
def reference_told(stated: Stated) -> Flaws:
    """写出了文书编号、问题编号、电话、邮箱或证件号码。

    为什么：编号能和台账对上，电话、邮箱、证件号码能和人对上，都不在文章里出现。

    错：
        （心得体会）
        结尾: 那份临委巡三组立改〔2025〕1号，我一直记得。
    错：
        （心得体会）
        结尾: 值班电话0600-8000001响个不停。
    对：
        （心得体会）
        结尾: 那份通知书，我一直记得；值班电话响个不停。
    """
    yield from _told(stated, _REFERENCE, "不宜公开", "请删去号码。")


_CALLER = re.compile(
    "(?:举报|检举|控告|反映|来信|来电|来访)人(?!员|数|次|的?(?:信息|身份|权益|隐私))|实名举报|匿名信|打来电话(?:反映|举报)|[寄写]来.{0,4}举报信"
)


@rule("FCT719", Severity.WARNING, strength=Strength.PRACTICE)
def reporter_told(stated: Stated) -> Flaws:
    """写到了反映问题的人。

    为什么：不写姓名，也可能从时间、地点、情节认出是谁；反映人的事一律不写。

    错：
        （心得体会）
        结尾: 那天傍晚，举报人在村口等我们。
    对：
        （心得体会）
        结尾: 反映人的身份要守口如瓶，这是纪律。
    """
    yield from _told(stated, _CALLER, "写到了反映问题的人", "请删去这一处情节。")


@rule("FCT720", Severity.INFO, strength=Strength.PRACTICE)
def exact_day_told(stated: Stated) -> Flaws:
    """写出了具体的日子。

    为什么：哪一天到了哪里、谈了什么，能和具体的事对上；一般写到月份或季节就够了。

    错：
        （心得体会）
        开头: 7月15日傍晚，我和同事从村口往里走，一路没有灯。
    对：
        （心得体会）
        开头: 7月里的一个傍晚，我和同事从村口往里走，一路没有灯。
    """
    day = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")
    yield from _told(stated, day, "是具体的日子", "请写到月份或季节；公开活动的日期可以不改。")


_SECRET = re.compile("谈话记录|笔录|底稿|巡察报告|反馈意见|问题线索|信访件|问题清单|台账|秘密|机密")
_INTERNAL = re.compile("组务会|专题会|会议记录|会议纪要|内部|领导小组|书记专题")


@rule("FCT721", Severity.WARNING, strength=Strength.PRACTICE)
def internal_document_quoted(stated: Stated) -> Flaws:
    """引用了不公开的文件或会议。

    为什么：谈话记录、底稿、巡察报告一类的文件不能引用；组务会等内部会议上的话，要由组长同意，只作提示。

    错：
        （心得体会）
        正文[2].引文[1].出处: 谈话记录
    对：
        （心得体会）
        正文[2].引文[1].出处: 县委书记在动员会上的公开讲话
    """
    for report in stated.of(ExperienceReport):
        for loc, speaker in _speakers(report):
            secret, internal = _SECRET.search(speaker), _INTERNAL.search(speaker)
            if match := secret or internal:
                yield stated.flaw(
                    loc,
                    f"引文出自“{speaker}”，其中“{match[0]}”不公开。",
                    "请删去引文，或换成公开的；组内会议上的话，先请组长同意。",
                    severity=_severity(report) if secret else Severity.INFO,
                )


def _speakers(report: ExperienceReport) -> Iterator[tuple[Loc, str]]:
    for n, section in enumerate(report.sections):
        for m, quotation in enumerate(section.quotations):
            if quotation.speaker:
                yield ("sections", n, "quotations", m, "speaker"), quotation.speaker


@rule("FCT722", Severity.WARNING, strength=Strength.PRACTICE)
def doubtful_quotation(stated: Stated) -> Flaws:
    """引文没有出处或日期，或者日期在成文以后。

    为什么：查不到出处的引文不能发表。日期在成文、发表以后的，多半是填错了；只是没有出处或日期的，只作提示。

    错：
        （心得体会）
        正文[2].引文[1].日期: 2025-10-10
    错：
        （心得体会）
        删去：正文[2].引文[1].出处
    对：
        （心得体会）
        正文[2].引文[1].日期: 2025-07-20
    """
    for report in stated.of(ExperienceReport):
        last = report.signed or report.published
        for n, section in enumerate(report.sections):
            for m, quotation in enumerate(section.quotations):
                loc = ("sections", n, "quotations", m)
                given = (("出处", quotation.speaker), ("日期", quotation.said_on))
                missing = [title for title, said in given if not said]
                if missing:
                    cure = "请补上；查不到的不要引。"
                    yield stated.flaw(loc, f"引文没有写{'、'.join(missing)}。", cure, severity=Severity.INFO)
                if quotation.said_on and last and quotation.said_on > last:
                    yield stated.flaw((*loc, "said_on"), _after(quotation.said_on, last), "请核对引文的日期。")


def _after(said: date, last: date) -> str:
    return f"引文的日期{chinese.written_date(said)}晚于文章的日期{chinese.written_date(last)}。"


# --- copied --------------------------------------------------------------------------------------------------------

_STRETCH = 8
"""Characters in a row; two texts that share many such rows were not written independently."""

_SHARED = 0.3


@rule("FCT723", Severity.WARNING, strength=Strength.PRACTICE)
def copied_write_up(stated: Stated) -> Flaws:
    """两篇心得体会大段相同。

    为什么：同一个组的几篇互相抄，或照着一篇改，刊物不会用，也看不出各人的体会。只比较同一份案卷里的几篇。

    错：
        文书.心得体会: [{标题: 巡察手记上篇, 结尾: 我写完了。}, {标题: 巡察手记下篇, 结尾: 我写好了。}]
        文书.心得体会[1].开头: 走在村口……（共600字）
        文书.心得体会[1].正文: [{小标题: 谋定而后动, 段落: 我列明细。}]
        文书.心得体会[2].开头: 走在村口……（共500字）
        文书.心得体会[2].正文: [{小标题: 热情周到, 段落: 我记日志。}]
    对：
        文书.心得体会: [{标题: 巡察手记上篇, 结尾: 我写完了。}, {标题: 巡察手记下篇, 结尾: 我写好了。}]
        文书.心得体会[1].开头: 走在村口……（共600字）
        文书.心得体会[1].正文: [{小标题: 谋定而后动, 段落: 我列明细。}]
        文书.心得体会[2].开头: 我和同事站在村口，一路没有灯。
        文书.心得体会[2].正文: [{小标题: 热情周到, 段落: 我记日志。}]
    """
    for report in stated.of(ExperienceReport):
        own = _stretches(report)
        every = (paper for paper in stated.papers if isinstance(paper, ExperienceReport))
        for n, other in enumerate(every, 1):
            if other is report:
                break
            theirs = _stretches(other)
            fewer = min(len(own), len(theirs))
            share = len(own & theirs) / fewer if fewer else 0
            if share >= _SHARED:
                title = other.title.replace("\n", "")
                yield stated.flaw(
                    ("sections",),
                    f"和第{n}篇“{title}”约有{share:.0%}相同。",
                    "请各写各的经历和做法；只是同一篇写了两次的，删去一篇。",
                )


def _stretches(report: ExperienceReport) -> set[str]:
    """Return every stretch of characters in a row of a write-up, marks and blanks left out."""
    text = _unmarked("".join(text for _, text in texts_of(report, ("opening", "sections", "closing"))))
    return {text[n : n + _STRETCH] for n in range(len(text) - _STRETCH + 1)}


# --- what it is about ----------------------------------------------------------------------------------------------


@rule("FCT724", Severity.WARNING, strength=Strength.PRACTICE)
def nothing_about_inspection(stated: Stated) -> Flaws:
    """全文没有一处说到巡察。

    为什么：心得体会写的是参加巡察的经历；一处也没有说到的，多半是别的工作的稿子，套用了这个文种。手记是叙事，只作提示。

    错：
        （心得体会）
        体裁: 个人心得
        标题: 办文办会的体会
        副标题: 一名秘书的手记
        开头: 今年夏天，我到办公室跟班学习。
        正文: [{小标题: 办文, 段落: 我学着拟稿。}, {小标题: 办会, 段落: 我学着订场地。}, {小标题: 督查, 段落: 催办。}]
        结尾: 今后，我将继续努力。
    对：
        （心得体会）
        标题: 当好联络员
        结尾: 这一轮巡察，我受益很深。
    """
    for report in stated.of(ExperienceReport):
        if not any(re.search("巡察|巡视", text) for _, text in _texts(report)):
            yield stated.flaw(
                ("opening",),
                "全文没有一处说到巡察。",
                "请核对是不是用错了稿子；确实写的是巡察，请在开头交代清楚。",
                severity=Severity.INFO if report.subtype is Subtype.NOTES else None,
            )


@rule("FCT725", Severity.WARNING, strength=Strength.PRACTICE)
def published_within_team(stated: Stated) -> Flaws:
    """写了发表日期，发表范围却是内部交流。

    为什么：系统内、公开的稿子，单位和人名印出来会自动换成“某局”“某同志”；写内部交流的照原样印，不能拿去发表。

    错：
        （心得体会）
        发表范围: 内部交流
    对：
        （心得体会）
        发表范围: 系统内
    """
    for report in stated.of(ExperienceReport):
        if report.published and report.scope is Scope.TEAM:
            yield stated.flaw(
                ("scope",),
                f"发表日期是{chinese.written_date(report.published)}，发表范围（scope）是内部交流。",
                "请把发表范围改成系统内或公开，再重新打印。",
            )

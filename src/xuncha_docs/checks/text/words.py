"""TXT6: words: what was abolished, blanks, leftovers of drafts, units, 巡视、巡察、巡查, doubled words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.profiles import Carrier
from xuncha_docs.checks.ruling import Flaw, Flaws, rule
from xuncha_docs.checks.text.items import NUMERAL
from xuncha_docs.checks.text.reading import HAN, Found, each_line, found, lines
from xuncha_docs.findings import Place, Severity, Strength
from xuncha_docs.word.roles import LEVELS, Role

# --- what was abolished --------------------------------------------------------------------------------------------

_SUBJECTS = re.compile(r"^\s*主\s*题\s*词\s*[：:]")


@rule("TXT601", Severity.WARNING, clause="党政机关公文处理工作条例第九条", strength=Strength.DERIVED)
def abolished_subject_words(paper: Judged) -> Flaws:
    """还写着“主题词”。

    为什么：2012年起，公文的各要素里已经没有主题词。

    错：
        主题词：巡察　通知
    对：
        开展主题教育。
    """
    for at in found(paper, _SUBJECTS):
        yield at.flaw("公文已经没有“主题词”这一项。", "删去这一行。")


_NO_TEXT = re.compile(r"[（(]\s*此页无正文\s*[）)]")


@rule("TXT602", Severity.WARNING, clause="7.3.5.5", strength=Strength.DERIVED)
def page_without_text(paper: Judged) -> Flaws:
    """写了“此页无正文”。

    为什么：版面容不下印章或署名时，现在是调整行距、字距，让署名、日期和正文同处一面，不再写这句话。

    错：
        （此页无正文）
    对：
        正文到此为止。
    """
    for at in found(paper, _NO_TEXT):
        yield at.flaw("“此页无正文”的做法已经不用。", "删去它，调整行距、字距，使署名和正文在同一页。")


_MEETING_MINUTES = re.compile(r"(会议)纪要(?:（[^（）]*）)?\s*\Z")


@rule("TXT603", Severity.INFO, clause="党政机关公文处理工作条例第八条", strength=Strength.RULE)
def old_name_of_minutes(paper: Judged) -> Flaws:
    """文种写作“会议纪要”。

    为什么：2012年起这个文种叫“纪要”。“会议纪要”仍很常见，所以只是提示。

    错：
        公文标题｜县委巡察工作领导小组第三次会议纪要
    对：
        公文标题｜县委巡察工作领导小组第三次专题纪要
        公文标题｜关于规范会议纪要报送的通知
    """
    for at in found(paper, _MEETING_MINUTES, Role.TITLE, Role.MARK):
        yield at.flaw("文种写作“会议纪要”。", "公文文种写“纪要”。", group=1)


# --- blanks --------------------------------------------------------------------------------------------------------

_PROSE = (Role.BODY, Role.QUOTATION, *LEVELS)
_BLANK = re.compile(rf"(?<={HAN}{{2}}) (?={HAN}{{2}})")
_LIST_OF_NAMES = re.compile(rf"(?:{HAN}{{2,4}} ){{2,}}{HAN}{{2,4}}(?!{HAN})")
_SET_OFF = re.compile(rf"第(?:{NUMERAL}|\d{{1,3}})[章节条]\Z")
_NEXT_LABEL = re.compile(rf" {HAN}{{2,10}}[：:]")


@rule("TXT604", Severity.INFO, strength=Strength.PRACTICE)
def blank_between_words(paper: Judged) -> Flaws:
    """两个汉字之间有空格。

    为什么：汉字之间不用空格，多半是复制、转行留下的。姓名两字间、序号后、分栏的标签前面的空格不算。

    错：
        县委第三巡察组 进驻县水利局党组。
    对：
        县委第三巡察组进驻县水利局党组。
        组长：张 某
        第三条 本办法适用于各巡察组。
        联系人：王某某 联系电话：0600-8000003
        组员：赵某某 钱某某 孙某某
    """
    for at, count in each_line(_blanks(paper)):
        yield at.flaw(f"两个汉字之间有空格{count}。", "删去空格。")


def _blanks(paper: Judged) -> Iterator[Found]:
    """Yield the blanks that part neither names, nor columns, nor a number from its text."""
    for line in lines(paper, Role.BODY, Role.QUOTATION, Role.NOTE):
        blanks = tuple(_BLANK.finditer(line.read))
        lists = _LIST_OF_NAMES.finditer(line.read) if len(blanks) > 1 else ()
        among_names = {at for names in lists for at in range(*names.span())}
        for match in blanks:
            at = match.start()
            set_off = _SET_OFF.search(line.read, max(0, at - 8), at) or _NEXT_LABEL.match(line.read, at)
            if not set_off and at not in among_names:
                yield Found(paper, line, match)


_INDENT = re.compile(r"(?<=\n)[ \u3000\t]{2,}+(?=\S)")


@rule("TXT605", Severity.WARNING, clause="7.3.3", strength=Strength.DERIVED)
def line_break_for_paragraph(paper: Judged) -> Flaws:
    """用换行加空格冒充另起一段。

    为什么：从网页复制来的文字常这样分段；它们其实还是一段，段落的缩进、编号和检查都管不到后面几行。

    错：
        公文正文｜巡察组进驻。↵　　根据安排，召开动员会。
    对：
        公文正文｜巡察组进驻。⏎根据安排，召开动员会。
    """
    for at in found(paper, _INDENT, *_PROSE):
        yield at.flaw("换行以后打空格，冒充另起一段。", "删去换行和空格，按回车另起一段，设首行缩进2字符。")


# --- leftovers of drafts -------------------------------------------------------------------------------------------

_TAG = re.compile(r"\{\{[^{}\n]{0,80}\}\}|\{[%#][^\n{}]{0,80}[%#]\}|\{\{|\}\}|\{%|%\}")
_LEFT = re.compile(
    r"""
      (?<![0-9A-Za-z×✕])(?:[×✕]{2,}|[XＸx]{2,})(?![0-9A-Za-z×✕])   # ××公司; not 138××××0000, XXL
    | (?<=[0-9])(?:[×✕]{2}|[XＸx]{2})(?=年)                       # 20××年
    | 第[×✕XＸ](?=[^0-9A-Za-z光])                                  # 第×巡察组
    | (?<![0-9A-Za-z])[×✕XＸ](?:年|月|日)(?=[×✕XＸ0-9])            # ×年×月×日
    | 〕[×✕XＸ]+号 | 〔[×✕XＸ]+〕
    | (?<![0-9A-Za-z])[XＸ](?:县|市|区|镇|乡|委)(?![A-Za-z])
    | 【\s*(?:待(?![遇办命客岗])|请(?![示假])|此处|补充|填写)[^】\n]{0,40}】
    | [（(［\[]\s*(?:待(?:补|填|完善|更新|续)|此处(?:填|输入|插入|补|待))[^）)］\]\n]{0,40}[）)］\]]
    | (?<![A-Za-z])(?:TODO|TBD|FIXME)(?![A-Za-z]) | (?i:lorem\s+ipsum)
    """,
    re.X,
)
_HINT = re.compile(r"[（(]\s*请?填写[^）)\n]{0,40}[）)]")
_RULE_TO_WRITE_ON = re.compile(r"[_＿]{3,}")
_BLANK_DATE = re.compile(
    r"^\s*(?:(?:19|20)\d{2}\s*)?年\s+月\s+日\s*$|^\s*(?:19|20)\d{2}\s*年(?:\s*\d{1,2}\s*月\s+日|\s+月\s*日)\s*$"
)
_ANONYMOUS = re.compile(rf"(?<!{HAN})某某|(?<=[在对向由为和与、，。])某某")
_BY_HAND = re.compile(r"签[字名收章]|盖章|填写|日期")


@rule("TXT606", Severity.ERROR, strength=Strength.PRACTICE)
def placeholder_left(paper: Judged) -> Flaws:
    """还有没填的占位符。

    为什么：×××、【待补】、下划线、标签是起草时占位置的，定稿里不能有；做成草稿的文书，还是草稿。检查草稿时只作提示；表单里留给人手写的横线不算。

    错：
        ××公司党委
        XX党委
        {{org}}
        【待补】
        ____年
        20××年
        第×巡察组
        2025年　月　日
        {%p if 附件 %}
        联系人：（填写姓名）
    对：
        公司党委
        联系人电话：138××××0000
        长3×4米。
        表格文字｜签字：______
    """
    grave = Severity.INFO if paper.draft else None
    if paper.made_as_draft:
        yield Flaw(Place(), "还是草稿，不得印发、张贴。", "缺的事实填齐后，不加 --draft 重新做一份。", grave)
    for at in (*found(paper, _TAG, raw=True), *found(paper, _LEFT)):
        yield at.flaw(f"“{at.said}”是没填的占位符。", "填上内容，或删去。", grave)
    if paper.carrier is not Carrier.FORM:
        yield from _unfilled(paper, grave)
    for at in found(paper, _ANONYMOUS, apart=(Role.TABLE,)):
        yield at.flaw("“某某”可能是没填的名称。", "填上名称；有意隐去的，不用改。", Severity.INFO)


def _unfilled(paper: Judged, grave: Severity | None) -> Flaws:
    """Yield what is to be written by hand in a form, and should not be left anywhere else."""
    for at in found(paper, _HINT, apart=(Role.TABLE,)):
        yield at.flaw(f"“{at.said}”是没填的占位符。", "填上内容，或删去。", grave)
    for at in found(paper, _RULE_TO_WRITE_ON, apart=(Role.TABLE,)):
        if not _BY_HAND.search(at.line.text):
            yield at.flaw("这里的横线没有填。", "填上内容，或删去；留给人手写的，放进表格里。", grave)
    for at in found(paper, _BLANK_DATE, apart=(Role.TABLE, Role.DATE)):  # of 成文日期 a rule of layout tells
        yield at.flaw("日期没有填。", "填上年月日，如“2025年7月1日”。", grave)


# --- units ---------------------------------------------------------------------------------------------------------

_UNITS = {
    "公分": "厘米",
    "公升": "升",
    "平米": "平方米",
    "市斤": "千克，1市斤是0.5千克",
    "斤": "千克，1斤是0.5千克",
    "华里": "千米，1华里是0.5千米",
    "市尺": "米",
    "马力": "千瓦",
    "KG": "kg",
    "Kg": "kg",
    "KM": "km",
    "Km": "km",
    "CM": "cm",
    "MM": "mm",
    "KW": "kW",
    "Kw": "kW",
    "kw": "kW",
    "Mpa": "MPa",
    "MPA": "MPa",
    "M²": "m²",
    "M2": "m²",
    "m2": "m²",
    "㎡": "m²",
    "㎥": "m³",
    "m3": "m³",
    "M3": "m³",
    "㎏": "kg",
    "㎞": "km",
    "㎝": "cm",
    "㎜": "mm",
}
"""How units should be written; 亩 is tolerated in texts on land."""

_UNIT = re.compile(
    rf"(?<=[\d余多万亿])\s*({'|'.join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))})(?![A-Za-z0-9²³])"
)


@rule("TXT607", Severity.INFO, clause="9", strength=Strength.RULE)
def wrong_unit(paper: Judged) -> Flaws:
    """计量单位不是法定的写法。

    为什么：公文中计量单位的用法应当符合 GB 3100、GB 3101 和 GB 3102。

    错：
        长30公分
        面积120㎡
        重5KG
        亩产500斤
    对：
        长30厘米
        面积120平方米
        时速60公里/小时
        耕地30亩
        斤斤计较
    """
    for at in found(paper, _UNIT):
        yield at.flaw(f"计量单位写作“{at.match[1]}”。", f"改用{_UNITS[at.match[1]]}。", group=1)


# --- 巡视, 巡察, 巡查 ------------------------------------------------------------------------------------------------

_LOCAL = r"(?:(?<!自治)(?<!行政)区|[县旗镇乡州盟])委|(?:校|学院|大学)党委"
_COUNT = rf"(?:{NUMERAL}|\d{{1,3}})"
_ROUND = rf"(?:第?{_COUNT}?(?:轮|批次?|个)?(?:第{_COUNT}批次?)?(?:常规|专项|提级|交叉|机动|政治)?)"
_COMMITTEE = rf"(?:{_LOCAL}|市委|集团|公司|党委|党组)"
_BODY_WORDS = r"组|办|工作领导小组|领导小组|联络员|专员|机构|公告"

_PATROL = re.compile(
    "安全|消防|防汛|汛|河|湖|水库|堤|坝|渠|工程|管网|管线|线路|电网|道路|路面|街|城管|市容|治安|网格|夜|日常|每日|每天|每周|"
    "设备|设施|现场|工地|山|林|防火|值班|值守|保安|保卫|校园|环境|环保|水质|生产|隐患|燃气|电力|机房|巡护|民警|"
    "巡查(?:人?员|记|日志|台账|制度|责任|频次|路线|岗|队|车|机制|系统)|卫生|质量|地质|灾|矿|井|仓|文物|公园|景区|物业|"
    "小区|楼|线上|网络|考场|食堂|宿舍|安委|督导|平台"
)
_SAFETY = re.compile("安全|安委|消防|防汛|环保|环境|督导|质量")
_OWN_PATROL = re.compile(
    rf"巡视巡查|政治巡查|提级巡查|被巡查(?=党|单位|的?[^，。]{{0,6}}(?:党委|党组|支部))|(?:{_COMMITTEE}){_ROUND}巡查(?:{_BODY_WORDS})"
    rf"|巡查工作领导小组|巡查办公室|巡查(?:整改|反馈意见|“?回头看)|第(?:{NUMERAL}|\d{{1,2}})巡查组"
)
_LIKELY_PATROL = re.compile(
    r"(?:本轮|此次|这次|本次|接受|配合|进驻|轮)巡查|巡查(?:组|期间|任务|工作|监督|公告|报告|对象|干部|办|联络|进驻|发现)|常规巡查|专项巡查"
)
_CLAUSE, _SENTENCE = "，。；：！？\n", "。；！？\n"


@rule("TXT608", Severity.ERROR, strength=Strength.PRACTICE)
def patrol_for_inspection(paper: Judged) -> Flaws:
    """“巡察”写成了“巡查”。

    为什么：市县、企业、高校党组织的党内监督叫“巡察”；“巡查”是巡逻查看的意思，如安全巡查、河道巡查。

    错：
        县委第三巡查组进驻县水利局党组。
        被巡查党组织要按时整改。
        各巡查组巡查期间设立信箱，巡察结束后撤回。
        公文标题｜十四届临江县委第八轮巡查公告
    对：
        县委第三巡察组进驻县水利局党组。
        青石水库日常巡查记录不完整。
        县安委会第二巡查组检查了安全生产。
        河长每周开展巡查，巡察组查阅了台账。
    """
    inspects = any("巡察" in line.text for line in lines(paper))
    for line in lines(paper):
        if "巡查" not in line.read:
            continue
        taken: set[int] = set()
        for pattern, other in ((_OWN_PATROL, _SAFETY), *([(_LIKELY_PATROL, _PATROL)] if inspects else [])):
            for match in pattern.finditer(line.read):
                at = match.start() + match[0].index("巡查")
                if at not in taken and not other.search(_around(line.read, at, _CLAUSE)):
                    taken.add(at)
                    start, end = at, at + 2
                    yield paper.flaw(line.paragraph, "“巡察”写成了“巡查”。", "改成“巡察”。", start=start, end=end)


_WINDOW = 60
"""How far around a word the clause or sentence is looked for that it stands in, in characters."""


def _around(text: str, at: int, ends: str) -> str:
    """Return the clause or sentence of a text that a place stands in."""
    before, after = text[max(0, at - _WINDOW) : at], text[at : at + _WINDOW]
    return re.split(f"[{ends}]", before)[-1] + re.split(f"[{ends}]", after)[0]


_TITLES = re.compile(r"《[^《》]*》")
_WRONG_LEVEL = re.compile(
    rf"(?:{_LOCAL})(?:常委会)?{_ROUND}(巡视)(?=组|办|工作领导小组|工作办公室|机构|专员|公告|联络员|“回头看”)"
    rf"|(?:{_LOCAL})第?{_COUNT}轮{_ROUND}(巡视)(?!巡察|、巡察|整改|反馈)"
)
_WRONG_IN_CITY = re.compile(rf"(?<![省、和])市委{_ROUND}(巡视)(?=组|办|工作领导小组|工作办公室|专员|公告|“回头看”)")
_WRONG_OF_OURS = re.compile(
    r"被(巡视)(?=党组织|党委|党组|单位|地方)|(?:本轮|此次|这次)(巡视)(?!巡察|整改|反馈)|(巡视)(?=公告|期间)"
    rf"|(?:第{_COUNT}|我们|本)(巡视)(?=组)|(?:集团|公司)(?:党委)?{_ROUND}(巡视)(?=组|办|工作领导小组)"
)
_TOO_LOW = re.compile(rf"(?:中央|省委|自治区党委|兵团党委)(?:第{_COUNT})?(巡察)(?=组|办(?![公理])|办公室|工作领导小组)")
_ABOVE = re.compile("中央|国家|省|自治区|兵团|部党组|上级|市委|国资委")
_MUNICIPALITY = re.compile("北京|天津|上海|重庆")
_ISSUED = (Role.TITLE, Role.MARK, Role.SIGNER, Role.DOCUMENT_NUMBER)
_LOCAL_WORD = "市、县和企业、高校等单位党组织开展的是“巡察”。"


@rule("TXT609", Severity.WARNING, clause="中国共产党巡视工作条例", strength=Strength.RULE)
def inspection_of_another_level(paper: Judged) -> Flaws:
    """“巡视”“巡察”和级别对不上。

    为什么：中央和省一级开展的是“巡视”，市、县和企业、高校等单位党组织开展的是“巡察”。

    错：
        县委第三巡视组进驻县水利局党组。
        公文标题｜十四届临江县委第八轮巡视公告
        被巡视党组织要在15个工作日内报送方案。
        省委第五巡察组向县委反馈意见。
    对：
        根据《中国共产党巡视工作条例》规定，开展常规巡察。
        落实中央巡视、省委巡视反馈意见，推进巡视巡察上下联动。
        省委第五巡视组向被巡视党组织反馈意见。
        全面落实县委巡视整改任务。
    """
    patterns = (_WRONG_LEVEL, *_of_issuer(paper))
    for line in lines(paper):
        shown = _TITLES.sub(lambda title: "　" * len(title[0]), line.read)
        for match in _TOO_LOW.finditer(shown):
            message = "中央和省一级党组织开展的是“巡视”。"
            yield paper.flaw(line.paragraph, message, "改成“巡视”。", start=match.start(1), end=match.end(1))
        for start, end in sorted(_too_high(shown, patterns)) if "巡视" in shown else ():
            yield paper.flaw(line.paragraph, _LOCAL_WORD, "改成“巡察”。", start=start, end=end)


def _of_issuer(paper: Judged) -> Iterator[re.Pattern[str]]:
    """Yield what is wrong in a paper by whose it is; in 直辖市 the city's committee is on the level of a province."""
    if not any(_MUNICIPALITY.search(line.text) for line in lines(paper)):
        yield _WRONG_IN_CITY
    issued = "".join(line.text for line in lines(paper, *_ISSUED))
    if "巡察" in issued or (re.search(_LOCAL, issued) and not re.search("中央|省|自治区|兵团", issued)):
        yield _WRONG_OF_OURS


def _too_high(text: str, patterns: Sequence[re.Pattern[str]]) -> set[tuple[int, int]]:
    """Return where a text says 巡视 of what is 巡察."""
    return {
        match.span(match.lastindex or 0)
        for pattern in patterns
        for match in pattern.finditer(text)
        if pattern is not _WRONG_OF_OURS or not _ABOVE.search(_around(text, match.start(), _SENTENCE))
    }


# --- doubled words -------------------------------------------------------------------------------------------------

_DOUBLED_MARKS = re.compile(
    r"""
      (?<![目标])的的(?!确|士)
    | (?<![为罢不得])(?<!不甚)了了(?![解结断却事无然分])
    | (?<![共中饱温平柔缓调祥谐随亲暖])和和(?![平气谐美睦好田解县顺])
    | (?<![现存所实内潜自正外健旨贵重志意])在在(?![线职校岗座建编押逃场])
    | (?<![涉普触波顾推企])及及(?![时早格第至其])
    | (?<![涉普触波顾推企])及(?=及其)
    | (?<![参给赋授])与与(?![会时众否其人日之此])
    | (?<!一)把把(?![关握手柄脉])
    | 于于(?![是洪某都谦])
    | (?<![可所予加足得难借])以以(?![来后前上下外内为往色])
    | 们们
    | (?<![并])并并(?!存|列|重)
    | (?<![或])或或(?!多|者|许)
    | 等等等(?!等)
    """,
    re.X,
)
_DOUBLED = re.compile(rf"(?=({HAN}{{2,12}})\1)")
_NO_FAULT = re.compile(
    r"""
      [〇零一二三四五六七八九十百千万亿两]+$                                           # 二〇二〇
    | (?:一.{1,3}|[每逐几两各].|成片|成批|大片|大把|半天)$                              # 一件一件
    | (?:[很最极老太好不请挺那这怎]|.(?=着)).$ | .?[红蓝绿黑白黄灰紫]$ | .*来越$ | [年月天日季]一$  # 很多很多
    | (?:多少|如何|什么|热闹|意思|鼓励)$
    | (?:研究|讨论|商量|考虑|学习|了解|认识|休息|调查|检查|总结|交流|沟通|打听|收拾|整理|琢磨|体会|感受|锻炼|比较|观察
        |活动|打扫|教育|帮助|反省|思考|反思|参考|关心|照顾|准备|分析|评论|宣传|核实|摸索|尝试|回忆|回顾|介绍|解释|表扬|批评|提醒
        |辅导|指导|动员|调研|走访|商议|斟酌|掂量|推敲|张罗|合计|核对|打量|熟悉|体验|见识|品味|放松|规范|改进|引导
        |非常|特别|很多|许多|不断|十分|千万|永远|彻底|立即|马上|谢谢|慢慢|好好|加油|哈哈|来来|看看|说说|试试|等等)$
    """,
    re.X,
)
_WHOLES = ("中央军委", "中央纪委", "中央办公厅", "中央组织部", "中央宣传部", "中央巡视", "中央和国家机关", "根据地")
_OFFICE = re.compile(r"书记|主任|主席|委员|成员|干部|会议|班子|秘书|组长|党员|长")
_HOLDER = re.compile(r"(?:党委|党组|支部|总支|工会|团委|办公室|委员会|理事会|小组|队)$")
_AGENT = re.compile(r"[者员人]")


@rule("TXT610", Severity.WARNING, strength=Strength.PRACTICE)
def doubled_word(paper: Judged) -> Flaws:
    """词语重复。

    为什么：多半是改稿时留下的。“研究研究”“一件一件”“常常”一类本来就重叠的词不算。

    错：
        按照县委的的统一部署。
        会后进行进行整改。
        为巡察工作提供重要保障保障。
        县委第三巡察组第三巡察组进驻。
    对：
        以解决问题为目的的巡察。
        为了了解情况，人人动手，常常走访，研究研究再定。
        材料一份一份清点，对与会人员逐一核对。
        涉及及时处理的事项，由水利局党组党组书记负责。
        二〇二〇年，谁来监督监督者。
    """
    for at in found(paper, _DOUBLED_MARKS):
        half = at.said[: len(at.said) // 2] if len(at.said) > 1 else at.said
        yield at.flaw(f"“{half}”重复了。", "删去一个。")
    for at in _doubled(paper):
        word = at.match[1]
        start = at.match.start()
        flaw = f"“{word}”重复了。"
        yield paper.flaw(at.line.paragraph, flaw, "删去一个。", start=start, end=start + 2 * len(word))


def _doubled(paper: Judged) -> Iterator[Found]:
    """Yield the words of two characters or more that stand twice."""
    for line in lines(paper):
        end = 0
        for match in _DOUBLED.finditer(line.read):
            word, start = match[1], match.start()
            after = line.read[start + 2 * len(word) : start + 2 * len(word) + 8]
            if start < end or len(set(word)) == 1 or _NO_FAULT.match(word):
                continue
            if _AGENT.match(after) or (_HOLDER.search(word) and _OFFICE.match(after)):
                continue
            if f"{word}{after}".startswith(_WHOLES):
                continue
            end = start + 2 * len(word)
            yield Found(paper, line, match)

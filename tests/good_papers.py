"""Complete good papers, one for each format: what samples change one property of, and what all rules must pass.

Everything in them is invented.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from xuncha_docs import gb9704 as gb
from xuncha_docs.word.drafting import Draft, Label, Run, Strong
from xuncha_docs.word.finishing import place_signatures
from xuncha_docs.word.package import Package
from xuncha_docs.word.template import Template

PROFILE_OF = {
    "普通": "ordinary",
    "普通B": "ordinary",
    "红头": "gb9704",
    "红头B": "gb9704",
    "上行文": "gb9704",
    "信函": "letter",
    "命令": "command",
    "纪要": "minutes",
    "表单": "form",
    "海报": "poster",
}
"""The name of the profile that each is judged by."""


def _written(draft: Draft, lines: str) -> None:
    """Add paragraphs, one a line, the role before ｜; without a role it is 公文正文, an empty line an empty one."""
    for line in lines.strip("\n").splitlines():
        role, bar, text = line.partition("｜")
        if not line:
            draft.blank()
        else:
            draft.add(role if bar else "公文正文", *_runs(text if bar else line))


def _runs(text: str) -> tuple[Run, ...]:
    """Read a paragraph's runs: ⟨…⟩ is a label, ⏎ breaks the line."""
    label, bar, rest = text.replace("⏎", "\n").partition("⟩")
    return (Label(label.removeprefix("⟨")), rest) if bar else (label,)


def _paper(draft: Draft, *, sealed: bool = False) -> bytes:
    """Fill a draft, which sets 署名 and 成文日期 in as far as they want."""
    filled = Package.open(Template.open(draft.content()).render({"盖章": sealed, "印章": None}).content)
    main = "word/document.xml"  # a template without a model is anybody's, so rendering leaves its signature alone
    return filled.changed({main: place_signatures(filled.read(main).decode()).encode()})


_PLAN = """
公文标题｜县委巡察办关于做好立行立改工作的通知

主送机关｜县委各巡察组，各被巡察党组织：
为加强和规范巡察期间的立行立改工作，推动群众反映强烈、能够当场解决的问题尽快得到解决，根据《中国共产党巡视工作条例》和县委巡察工作领导小组的要求，现就有关事项通知如下。
一级标题｜一、总体要求
坚持以人民为中心，把立行立改作为巡察监督的重要内容，贯穿进驻、了解、报告、反馈和整改的全过程。对事实清楚、责任明确、不需要长期研究的问题，随时发现、随时交办、随时整改，让群众看到变化、得到实惠。对情况复杂、涉及面广的问题，不以立行立改代替集中整改，也不以集中整改拖延立行立改。
立行立改的问题一般包括群众办事中的突出困难、公共服务设施的损坏和缺失、制度执行中的明显疏漏、经费使用中的不规范行为，以及其他能够在短期内见到成效的问题。涉嫌违纪违法的问题线索，按照规定的权限和程序移交，不列入立行立改的范围。
一级标题｜二、工作程序
二级标题｜（一）问题的发现和确认
县委各巡察组在听取汇报、个别谈话、受理来信来电来访、调阅资料和下沉了解时，应当注意发现适合立行立改的问题，并及时核对事实、查清责任、听取被巡察党组织的说明。问题经组务会议讨论后，由组长签字确认，填写立行立改事项登记表。
登记表应当写明问题的来源类别、基本事实、违反的规定、责任单位和建议的整改时限。来信来电来访反映的问题，一律写作巡察中发现，不得写明反映人的姓名、单位、联系方式和其他能够推断其身份的内容。
二级标题｜（二）问题的交办和整改
三级标题｜1.及时交办。问题确认后，由县委巡察组向被巡察党组织发出立行立改通知书，写明问题、要求、责任人和时限。通知书一式两份，一份交被巡察党组织，一份由县委巡察组留存。同一事项不重复交办，不同事项分别交办。
三级标题｜2.按期整改。被巡察党组织收到通知书后，应当在次日召开会议研究，明确责任领导、责任部门和具体措施，并按照下列要求办理：
四级标题｜（1）能够当天解决的，当天解决，并在次日书面报告结果。
四级标题｜（2）需要采购、施工或者与其他单位协调的，制定分步骤的计划，每周报告一次进展，直到全部完成。
四级标题｜（3）确因客观原因不能按期完成的，应当在时限届满前书面说明理由，经县委巡察组同意后适当延长，延长的时间不超过原时限的一半。
三级标题｜3.严格核验。整改完成后，由县委巡察组派出两名以上工作人员到现场核对，并随机听取群众的意见。核验不合格的，退回重新办理；弄虚作假的，在巡察报告中写明，并按照规定追究责任。
二级标题｜（三）资料的整理和归档
登记表、通知书、整改报告、核验记录和佐证材料，按照一事一档的原则整理，由县委巡察组联络员统一保管。巡察结束后，连同其他档案一并移交县委巡察办，不得私自留存、复制和对外提供。
一级标题｜三、组织保障
县委各巡察组组长是立行立改工作的第一责任人，应当定期听取汇报、研究解决困难。县委巡察办负责统筹协调、汇总分析和督促检查，每月向县委巡察工作领导小组报告一次情况，对普遍性、倾向性的问题提出完善制度的建议。
各被巡察党组织应当主动认领、积极整改，不得搞表面整改、虚假整改和数字整改，不得借立行立改增加基层负担。整改的结果应当以适当方式向群众公开，接受监督。对整改中形成的好经验、好做法，县委巡察办将予以总结推广。
各县级部门和各乡镇（街道）应当支持、配合立行立改工作。涉及两个以上单位的事项，由县委巡察办确定牵头单位，其他单位按照职责分工协同办理；意见不一致的，由县委巡察办提出处理建议，报县委巡察工作领导小组决定。
执行中的问题和建议，请及时向县委巡察办反映。联系电话：0600-8000001。

附件说明首项｜附件：1.立行立改事项登记表填写说明
附件说明续项｜2.立行立改通知书文本格式说明
"""

_NOTES = """
附注｜（此件发至县委各巡察组和各被巡察党组织）
附件标签｜附件1

附件标题｜立行立改事项登记表填写说明

登记表由发现问题的工作人员填写，组长审签。每个事项填写一份，编号由县委巡察组按照先后顺序编列，不得重号、漏号。
问题的基本事实应当简明、准确，写清时间、地点、单位和数额，不使用估计和推测的文字。违反的规定应当写明名称和条款，不能确定条款的，写明规定的名称。
附件标签｜附件2

附件标题｜立行立改通知书文本格式说明

通知书按照信函格式印制，标题使用立行立改通知书，主送被巡察党组织，正文依次写明问题、依据、要求和报告结果的时限，由县委巡察组署名并加盖印章。
通知书的编号由县委巡察组的代字、年份和序号组成，年份使用全称并用六角括号括入，序号不编虚位，不加“第”字。
"""


def _plain(system: gb.System = gb.A) -> bytes:
    draft = Draft(title="关于做好立行立改工作的通知", system=system, page_numbers=True)
    _written(draft, _PLAN)
    draft.signature("县委巡察办", "2025年3月24日")
    _written(draft, _NOTES)
    return _paper(draft)


_TEXT = """
公文标题｜中共临江县委办公室⏎关于印发巡察整改工作规定的通知

主送机关｜各乡镇（街道）党（工）委，县委各部门，县级国家机关各部门党组（党委）：
《临江县巡察整改工作规定》已经县委同意，现印发给你们，请认真贯彻执行。
一级标题｜一、提高思想认识
巡察整改是巡察工作的落脚点。各级党组织应当把整改作为重要任务，做到真认账、真反思、真整改、真负责。
一级标题｜二、压实整改责任
二级标题｜（一）落实主体责任
被巡察党组织对整改负主体责任，主要负责人是第一责任人。整改方案应当在收到反馈意见之日起一个月内报送。
二级标题｜（二）落实监督责任
三级标题｜1.日常监督。纪检监察机关和组织部门应当把整改情况纳入日常监督。
三级标题｜2.督促检查。县委巡察办应当建立整改台账，对下列情况及时提出处理建议：
四级标题｜（1）整改方案没有按期报送，或者内容空泛的。
四级标题｜（2）整改进展明显滞后，又没有正当理由的。
一级标题｜三、强化结果运用
整改情况作为领导班子考核和干部选拔任用的重要参考。执行中的重要情况，请及时报告县委。

附件说明首项｜附件：1.临江县巡察整改工作规定
附件说明续项｜2.巡察整改台账填写说明
"""

_RULES = """
附注｜（此件公开发布）
附件标签｜附件1

附件标题｜临江县巡察整改工作规定

第一条　为规范巡察整改工作，根据《中国共产党巡视工作条例》和有关规定，结合本县实际，制定本规定。
第二条　巡察整改应当坚持实事求是、标本兼治，做到件件有着落、事事有回音。
第三条　本规定由县委巡察办负责解释，自印发之日起施行。
附件标签｜附件2

附件标题｜巡察整改台账填写说明

台账按照反馈意见逐条列出问题，写明责任领导、责任部门、整改措施、完成时限和进展情况，每月更新一次。
"""


def _red(system: gb.System = gb.A) -> bytes:
    draft = Draft(title="关于印发巡察整改工作规定的通知", system=system, page_numbers=True)
    draft.red_head(
        "中共临江县委办公室文件", "临委办发〔2025〕7号", copy_number="000001", secrecy="秘密★1年", urgency="特急"
    )
    _written(draft, _TEXT)
    draft.signature("中共临江县委办公室", "2025年3月24日")
    _written(draft, _RULES.replace("（此件公开发布）", "（此件发至县委各部门和各乡镇、街道）"))
    draft.imprint(
        "县人大常委会办公室，县政府办公室，县政协办公室，县纪委监委机关，县法院，县检察院，县人武部。",
        "中共临江县委办公室",
        "2025年3月25日",
    )
    return _paper(draft, sealed=True)


_REPORT = """
公文标题｜中共临江县水利局党组⏎关于巡察整改进展情况的报告

主送机关｜中共临江县委：
按照县委巡察工作的统一部署，县委第三巡察组对县水利局党组开展了常规巡察。反馈意见下达后，县水利局党组认真研究、逐项整改，现将进展情况报告如下。
一级标题｜一、整改工作的组织情况
县水利局党组成立整改工作领导小组，由党组书记任组长，班子成员任副组长，建立台账，明确责任，定期调度，逐项销号。
一级标题｜二、问题整改的进展情况
截至目前，反馈意见指出的问题已有十二个完成整改，其余问题正在按照计划推进。河道巡查、水库安全和农村饮水等方面的突出问题得到解决，群众的满意程度有所提高。
一级标题｜三、下一步工作打算
县水利局党组将继续紧盯未完成的事项，完善制度，堵塞漏洞，防止问题反弹回潮，以整改的实际成效推动水利工作高质量发展。
特此报告。
"""


def _upward() -> bytes:
    draft = Draft(title="关于巡察整改进展情况的报告", page_numbers=True)
    draft.red_head("中共临江县水利局党组文件", "临水党〔2025〕9号", signer="程远山")
    _written(draft, _REPORT)
    draft.signature("中共临江县水利局党组", "2025年9月8日")
    draft.add("附注", "（联系人：何清，电话：0600-8000002）")
    draft.imprint("县委巡察工作领导小组办公室。", "临江县水利局办公室", "2025年9月8日")
    return _paper(draft, sealed=True)


_LETTER = """
公文标题｜关于商请协助提供有关资料的函

主送机关｜临江县审计局：
根据县委关于巡察工作的统一部署，县委第三巡察组正在对县水利局党组开展常规巡察。为全面了解有关情况，现商请贵局协助提供下列资料。
一级标题｜一、资料的范围
请提供近三年对县水利局及其所属单位开展经济责任审计、专项资金审计和工程建设项目审计形成的报告、决定和整改情况。已经移送有关部门处理的事项，请同时提供移送文书和处理结果。
一级标题｜二、资料的形式
请提供纸质资料一份，加盖公章并附目录；有电子版本的，一并提供。涉密资料按照保密规定办理交接手续，由专人送达、专人接收、专人保管，用后及时归还。
一级标题｜三、提供的时间和方式
请于2025年4月10日前送至县委第三巡察组驻地。因故不能按期提供的，请提前与联络员联系，说明原因和预计提供的时间。联系人：何清，电话：0600-8000001。
县委第三巡察组将严格遵守工作纪律和保密纪律，妥善保管和使用贵局提供的资料，不用于与巡察无关的事项，巡察结束后按照规定归还或者归档。
感谢贵局对巡察工作的支持。
特此函达。
"""


def _letter() -> bytes:
    draft = Draft(title="关于商请协助提供有关资料的函")
    draft.letter_head("中共临江县委巡察办公室", "临巡办函〔2025〕6号")
    _written(draft, _LETTER)
    draft.signature("中共临江县委巡察办公室", "2025年3月24日")
    draft.imprint("县委第三巡察组。")
    return _paper(draft, sealed=True)


_ORDER = """
《临江县河道管理办法》已经县政府常务会议讨论通过，现予公布，自2025年5月1日起施行。
在本县行政区域内从事河道整治、利用、保护和管理活动，应当遵守本办法。县政府此前公布的有关规定与本办法不一致的，以本办法为准。
"""


def _command() -> bytes:
    draft = Draft(title="临江县人民政府令", page_numbers=True)
    draft.command_head("临江县人民政府令", "第12号")
    _written(draft, _ORDER)
    draft.blank(2)
    draft.add("盖章署名", "县长　　高远")
    draft.blank()
    draft.add("盖章日期", "2025年3月24日")
    return _paper(draft)


_MINUTES = """
公文标题｜研究巡察整改工作

2025年3月24日，县委巡察工作领导小组召开会议，研究巡察整改工作。会议由领导小组组长主持。现将会议议定事项纪要如下。
会议听取了县委巡察办关于巡察整改进展情况的汇报，充分肯定前一阶段的工作，同时指出，个别单位仍然存在责任不清、措施不实、进度不快的问题，应当引起高度重视。
会议议定下列事项。
三级标题｜1.由县委巡察办牵头，对整改进展滞后的单位逐一约谈，限期报告整改结果。
三级标题｜2.由县委组织部负责，把整改情况纳入领导班子年度考核。
三级标题｜3.由县纪委监委负责，对虚假整改、敷衍整改的，依规依纪处理。

出席｜⟨出席：⟩高远、程远山、何清、林若谷、宋知行、周明澈、许望舒、沈怀瑾、顾长风、苏见山、陆行简
出席｜⟨请假：⟩叶知秋
出席｜⟨列席：⟩县委第一巡察组韩松、县委第三巡察组邵青
"""


def _minutes() -> bytes:
    draft = Draft(title="研究巡察整改工作", page_numbers=True)
    draft.red_head("县委巡察工作领导小组纪要", "〔2025〕3号")
    _written(draft, _MINUTES)
    draft.imprint("领导小组各成员，县委各巡察组。", "中共临江县委巡察办公室", "2025年3月26日")
    return _paper(draft)


def _form() -> bytes:
    draft = Draft(title="谈话记录表", page_numbers=True)
    draft.add("公文标题", "谈话记录表")
    draft.blank()
    draft.form(
        (1500, 2922, 1500, 2922),
        [
            ("谈话对象", "林若谷", "单位职务", "县水利局党组成员、副局长"),
            ("谈话时间", "2025年3月24日9时至10时", "谈话地点", "县委第三巡察组谈话室"),
            ("谈话人", "邵青", "记录人", "何清"),
            ("主要内容", "介绍分管工作的基本情况，说明农村饮水工程建设和管护中的困难，提出改进的建议。"),
            ("需要核实", "饮水工程管护经费的拨付和使用情况。"),
            ("谈话对象签名", "", "日期", "2025年3月24日"),
        ],
    )
    return _paper(draft)


_POSTER = """
公文标题｜巡察公告

根据县委统一部署，县委第三巡察组自2025年4月1日至5月30日对县水利局党组开展常规巡察。
受理反映被巡察党组织领导班子及其成员的问题。
"""
_POSTED = """

署名｜县委第三巡察组
成文日期｜2025年3月24日
"""


def _poster() -> bytes:
    draft = Draft(title="巡察公告")
    _written(draft, _POSTER)
    draft.add("结语", Strong("值班电话："), Strong("0600-8000001"), "。")
    _written(draft, _POSTED)
    return _large(_paper(draft))


def _large(content: bytes) -> bytes:
    """Print a paper in the type of a notice to be read from afar: titles in 小初, text in 小一."""
    package = Package.open(content)
    sheet = package.parts()["word/styles.xml"].decode()
    for old, new in (
        (f'w:val="{gb.TITLE_SIZE}"', 'w:val="84"'),
        (f'w:val="{gb.BODY_SIZE}"', 'w:val="48"'),
        (f'w:line="{gb.A.pitch}"', 'w:line="900"'),
        (f'w:firstLine="{gb.INDENT}"', 'w:firstLine="960"'),
    ):
        sheet = sheet.replace(old, new)
    return package.changed({"word/styles.xml": sheet.encode()})


PAPERS: dict[str, Callable[[], bytes]] = {
    "普通": cache(_plain),
    "普通B": cache(lambda: _plain(gb.B)),
    "红头": cache(_red),
    "红头B": cache(lambda: _red(gb.B)),
    "上行文": cache(_upward),
    "信函": cache(_letter),
    "命令": cache(_command),
    "纪要": cache(_minutes),
    "表单": cache(_form),
    "海报": cache(_poster),
}
"""The papers by their names; each is made once."""

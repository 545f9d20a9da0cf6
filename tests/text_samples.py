"""Papers of a few lines for the rules of text, and what those rules must not find fault with."""

from __future__ import annotations

from collections.abc import Iterable

from xuncha_docs.checks.judged import Judged
from xuncha_docs.checks.profiles import PROFILES
from xuncha_docs.findings import Place
from xuncha_docs.word.layout import Format, Layout, Paragraph, Run, Where
from xuncha_docs.word.roles import Played, Role

FRAME = (
    "发文字号｜临委巡办〔2025〕7号",
    "公文标题｜中共临江县委巡察工作领导小组办公室关于做好第八轮巡察准备工作的通知",
    "主送机关｜各巡察组：",
    "公文正文｜为做好县委第八轮巡察工作，现就有关事项通知如下。",
    "",
    "公文正文｜特此通知。",
    "署名｜中共临江县委巡察工作领导小组办公室",
    "成文日期｜2025年6月20日",
    "抄送｜抄送：县纪委监委办公室，县委组织部。",
    "印发｜中共临江县委巡察工作领导小组办公室　　2025年6月20日印发",
)
"""A good paper; the empty line is where a sample stands that takes the place of no other."""


def sample_paper(sample: str) -> Judged:
    """Build a good paper with a sample in it.

    `成文日期｜2025年03月24日` is of that role and stands for what the good paper has of it; without a role it is
    公文正文. `⏎` parts paragraphs, `↵` is a line break within one.
    """
    wanted = [line if is_role(line) else f"公文正文｜{line}" for line in sample.split("⏎")]
    roles = {line.partition("｜")[0] for line in wanted} - {"公文正文"}
    told: list[str] = []
    left = list(wanted)
    for line in FRAME:
        role = line.partition("｜")[0]
        if not line:
            told += [one for one in left if one.partition("｜")[0] not in FRAME_ROLES]
            left = [one for one in left if one.partition("｜")[0] in FRAME_ROLES]
        elif role in roles:
            told += [one for one in left if one.partition("｜")[0] == role]
            left = [one for one in left if one.partition("｜")[0] != role]
        else:
            told.append(line)
    return judged(told)


FRAME_ROLES = frozenset(line.partition("｜")[0] for line in FRAME) - {"", "公文正文"}


def is_role(line: str) -> bool:
    """Tell whether a line begins with the name of a role."""
    return line.partition("｜")[0] in {role.value for role in Role} and "｜" in line


def judged(told: Iterable[str], profile: str = "gb9704") -> Judged:
    """Build a paper of lines, each `role｜text`, with these very roles."""
    paragraphs, played = [], {}
    for order, line in enumerate(told):
        name, _, text = line.partition("｜")
        role = Role(name)
        paragraphs.append(
            Paragraph(
                place=Place(part="word/document.xml", paragraph=order + 1),
                where=Where.CELL if role is Role.TABLE else Where.BODY,
                order=order,
                style=name,
                runs=(Run(text.replace("↵", "\n"), Format()),) if text else (),
            )
        )
        played[order] = Played(role)
    paper = Judged("sample.docx", Layout(paragraphs=tuple(paragraphs)), PROFILES[profile])
    paper.__dict__["played"] = played  # what is judged here is text, not how roles are recognised
    return paper


REALISTIC = """
根据《中国共产党巡视工作条例》《中国共产党党内监督条例》等规定，经县委批准，县委第三巡察组自2025年7月1日至8月29日对县水利局党组开展常规巡察。
学习《条例》（2024年修订）、《办法》和《关于印发〈十四届临江县委巡察工作规划（2023—2027年）〉的通知》（临委发〔2023〕12号）精神。
《临江县人民政府办公室关于转发〈临江县河道采砂管理办法〉的通知》（临政办发〔2019〕3号）同时废止。
按照临委办发〔2025〕7号文件要求，2023—2025年开展3轮“回头看”。
版式按照GB/T 9704—2012执行，数字用法参照GB/T 15835—2011，标点符号用法执行GB/T 15834—2011中4.8.2、4.9.2的规定。
来访接待时间：工作日9:00—11:30、14:30—17:30；值班电话：0600-8000001，接听时间为8:00—20:00。
值班电话：0600-8000001、0600-8000002转801；传真：（0600）8000003。
电子邮箱：xuncha3@linjiang.example，举报网址：https://linjiang.example/xuncha?id=3&y=2025。
来信请寄临江县A003号邮政信箱（邮编：000000），信封上请注明“县委第三巡察组收”。
电子材料命名为“县水利局_整改台账_20250630.xlsx”，发至xuncha3@linjiang.example，联系人：王某某。
信息系统由V1.2.3升级到V2.0，服务器地址为192.0.2.10，附件不超过20MB。
参加人员为县水利局领导班子成员、中层干部，青石水库管理所、农村供水总站负责人等30人。
会议于2025年7月1日上午9:00在县水利局三楼会议室召开，会期1小时30分。
抽查项目15个，涉及资金1360.5万元，占比15%～30%，其中3项造价为13万元～17万元。
2024年度“三公”经费支出12.46万元，同比下降0.46个百分点；公务接待23批次、208人次。
气温为-5℃～8℃，库水位为86.35米，渠道全长5千米，总装机容量10千瓦，水泵功率7.5kW。
全县共有9个乡镇、108个行政村，农村供水人口23.6万人，其中脱贫人口8120人。
走访群众三四十户，座谈二十余人次，用了两三天时间。
完成一、二季度任务，三、四季度任务正在推进。
第一、二巡察组由县委书记专题会议听取汇报，第三、第四巡察组由领导小组听取汇报。
一级标题｜一、总体要求
一级标题｜三、四个方面的重点任务
一级标题｜十一、组织领导
二级标题｜（一）聚焦群众身边不正之风和腐败问题。重点了解水利工程建设、惠民资金使用情况。
二级标题｜（二）聚焦“三重一大”事项集体决策情况
三级标题｜1.“第一议题”制度执行情况。
三级标题｜2.2024年以来项目招标投标情况。
四级标题｜（1）查阅会议记录、财务凭证和项目档案。
①查阅资料；②个别谈话；③下沉走访。
工作分两步：1）收集资料；2）制定方案。
联系人：（1）王某某；（2）李某某。
该同志1998年参加工作，工作30年初心不改，2019年任现职。
工程自19年前开工，历时12年3个月，第25年底蕴深厚的水利站建成。
保修期为10年，服务期限自签订之日起满20年止。
“为什么总有人反映？”“问题到底出在哪里？”组长连问两句。
“群众的小事，就是我们的大事。”老支书说，“这话我记了一辈子。”
什么是政治巡察？怎样才能做好？！
他说：“‘回头看’不是走过场。”
一次入户走访的记录——兼谈联络员的“四心”
会议强调，要增强“四个意识”、坚定“四个自信”，做到“两个维护”。
要做到“真巡真察”“敢巡敢察”，盯住“关键少数”。
对反馈的问题一一核对，逐条逐项一一对应，一一整改到位。
临江—青石公路、青石—白沙引水工程已经完工。
材料包括会议记录、财务账册、项目清单等，等级评定、等保测评、等额选举资料一并报送。
按数量、等级、等次分别登记；来信、来电、来访等方式均可。
查阅了会议记录、账册、合同、凭证……
公告张贴在水利局办公楼、青石镇政府大门左侧（共2处）。
中共临江县委（以下简称县委）派出巡察组，由县委巡察工作领导小组办公室（以下简称“县委巡察办”）联系。
本办法所称“三重一大”，是指重大决策、重要干部任免、重大项目安排（含政府采购）和大额度资金使用（20万元以上）。
整改时限为15个工作日；逾期未完成的，由县纪委监委（派驻机构）督办。
县水利局办公楼1号楼201室、3号楼，公司（2025年）1号楼。
公司A座（B区）2号会议室，车牌为临A00001。
2025年7月1日18:00前报送，逾期不候；7月3日至7月9日值班记录未填写。
截至2025年6月30日24时，办结率达95.6%（43/45），平均办理3.2天。
函数y=f(x)的图像，参数k=0.5，比例尺为1:500，配比为3:1。
PPT、Word、Excel格式均可，APP（移动应用）同步上线。
农历八月十五、正月初一期间值班表另发，“五一”“十一”“七一”活动照常。
12345热线、“12·3”事故、“一·二八”纪念馆的情况另报。
阿不都·艾力、买买提·艾山等同志参加。
张某某（女，汉族，1970年5月生）任组长。
二〇二五年是“十四五”规划收官之年，一九四九年十月一日成立。
经费由县财政局承担，标准为每人每天100元（含伙食费60元、交通费40元）。
落实“1+3+N”机制、“三张清单”（问题清单、任务清单、责任清单）。
请于2025-07-01前登录系统填报，时间格式为2025-07-01 09:00:00。
依据《中华人民共和国水法》第十三条第一款、第十四条，《水库大坝安全管理条例》第五条第（三）项。
附件说明｜附件：1.人员分工表（试行）⏎附件说明｜2.2025年工作进度表
主送机关｜各乡镇党委、政府，县委各部、委、办、局，县直各单位：
抄送｜抄送：市委巡察办，县纪委监委办公室。
印发｜中共临江县委巡察工作领导小组办公室　　2025年6月20日印发
署名｜中共临江县委巡察工作领导小组办公室
成文日期｜2025年6月20日
附注｜（此件公开发布）
表格文字｜7月1日—7月5日
表格文字｜张某某、赵某某
表格文字｜是/否
表格文字｜50%
表格文字｜9:00
令号｜第3号
签发人｜签发人：张某某
密级｜内部
页码｜- 1 -
""".strip().splitlines()
"""What papers really say, of a fictional county: no rule of text finds more in a line than what may be looked at."""


ROWS: dict[str, str] = {
    "TXT-DOCNO-BRACKET": "TXT101",
    "TXT-DOCNO-DI": "TXT102",
    "TXT-DOCNO-ZERO": "TXT103",
    "TXT-DOCNO-YEAR": "TXT104",
    "TXT-DOCNO-SPACE": "TXT105",
    "TXT-DATE-PAD": "TXT106",
    "TXT-DATE-HAN": "TXT107",
    "TXT-DATE-ZEROCHAR": "TXT108",
    "TXT-DATE-MIX": "TXT109",
    "TXT-DATE-HAO": "TXT110",
    "TXT-DATE-DOT": "TXT111",
    "TXT-YEAR-SHORT": "TXT112",
    "TXT-NUM-FULLWIDTH": "TXT201",
    "TXT-NUM-PCTRANGE": "TXT202",
    "TXT-NUM-WANRANGE": "TXT203",
    "TXT-RANGE-YEAR": "TXT204",
    "TXT-RANGE-TILDE": "TXT205",
    "TXT-NUM-LEADDOT": "TXT206",
    "TXT-NUM-MIXED": "TXT207",
    "TXT-NUM-GAISHU": "TXT208",
    "TXT-NUM-JI": "TXT209",
    "TXT-NUM-SPLIT": "PDF308",
    "TXT-PUNC-HALF": "TXT301",
    "TXT-PUNC-HALFPAREN": "TXT302",
    "TXT-PUNC-HALFQUOTE": "TXT303",
    "TXT-PUNC-CORNER": "TXT304",
    "TXT-PUNC-PAIR": "TXT305",
    "TXT-PUNC-ELLIPSIS": "TXT306",
    "TXT-PUNC-ELLIPSIS-DENG": "TXT307",
    "TXT-PUNC-DASH": "TXT308",
    "TXT-PUNC-DUP": "TXT309",
    "TXT-PUNC-DENG": "TXT310",
    "TXT-PUNC-SHUMING": "TXT311",
    "TXT-PUNC-SHUMING-NEST": "TXT312",
    "TXT-PUNC-LEADLINE": "PDF307",
    "TXT-SEQ-HAN": "TXT401",
    "TXT-SEQ-ARABIC": "TXT402",
    "TXT-SEQ-PAREN": "TXT403",
    "TXT-SEQ-UNICODE": "TXT404",
    "TXT-SEQ-DI": "TXT405",
    "TXT-SEQ-YISHI": "TXT406",
    "TXT-ZHANG-PUNC": "TXT407",
    "TXT-SEQ-ORDER": "TXT408",
    "TXT-SEQ-GAP": "TXT409",
    "TXT-TITLE-END": "TXT410",
    "TXT-TITLE-INNER": "TXT411",
    "TXT-CAPTION-END": "TXT412",
    "TXT-FUJIAN-END": "TXT501",
    "TXT-FUJIAN-NUM": "TXT502",
    "TXT-FUJIAN-COLON": "TXT503",
    "TXT-FUJIAN-SOLO": "TXT504",
    "TXT-FUJIAN-MATCH": "TXT505",
    "TXT-ZHUSONG-COLON": "TXT506",
    "TXT-CHAOSONG-END": "TXT507",
    "TXT-CHAOSONG-COLON": "TXT508",
    "TXT-YINFA": "TXT509",
    "TXT-QIANFA": "TXT510",
    "TXT-FUZHU": "TXT511",
    "TXT-MIJI": "TXT512",
    "TXT-MIJI-WORK": "TXT513",
    "TXT-JINJI": "TXT514",
    "TXT-OLD-ZHUTICI": "TXT601",
    "TXT-OLD-NOBODY": "TXT602",
    "TXT-OLD-JIYAO": "TXT603",
    "TXT-SPACE-CJK": "TXT604",
    "TXT-INDENT-SPACE": "GBT209",
    "TXT-PLACEHOLDER": "TXT606",
    "TXT-UNIT": "TXT607",
}
"""The rows of section 5.1 of the reference by the code that answers each, or by the reason why none does."""

BAD: dict[str, tuple[str, ...]] = {
    "TXT101": ("党巡发[2025]1号", "党巡发【2025】1号", "党巡发（2025）12号", "党巡发[2025]第3号"),
    "TXT102": ("党巡发〔2025〕第1号",),
    "TXT103": ("党巡发〔2025〕01号", "党巡发〔2025〕001号"),
    "TXT104": ("党巡发〔25〕1号",),
    "TXT105": ("发文字号｜党巡发〔 2025 〕1号", "发文字号｜党巡发〔2025〕 1号", "发文字号｜党巡发〔2025〕1 号"),
    "TXT106": ("2025年03月24日", "2025年3月04日"),
    "TXT107": ("成文日期｜二〇二五年三月二十四日", "成文日期｜二○二五年十月一日"),
    "TXT108": ("二○二五年", "二O二五年", "二0二五年"),
    "TXT109": ("二〇二五年3月", "2025年三月"),
    "TXT110": ("3月24号",),
    "TXT111": ("2025.3.24", "2025、3、24", "2025/3/24"),
    "TXT112": ("25年3月以来", "24年底前"),
    "TXT201": ("２０２５年",),
    "TXT202": ("15～30%", "15-30%"),
    "TXT203": ("13～17万元", "9-16亿"),
    "TXT204": ("2023-2025年", "2023～2025年"),
    "TXT205": ("15~30天",),
    "TXT206": ("增长.46", "为．5万元"),
    "TXT207": ("1百零8人", "5千元"),
    "TXT208": ("三、四个月", "七、八名同志"),
    "TXT209": ("整改用了3、4天", "1几个"),
    "TXT301": ("各单位,请", "联系人:王某某", "结束."),
    "TXT302": ("(一)总体要求", "公司(以下简称公司)", "(1)开展自查"),
    "TXT303": ('落实"四个意识"', "所谓'回头看'"),
    "TXT304": ("「四个意识」",),
    "TXT305": ("开展“回头看", "开展回头看”", "《条例》》", "（一总体要求"),
    "TXT306": ("等等...", "等。。。", "问题…", "………"),
    "TXT307": ("材料等……", "材料……等。"),
    "TXT308": ("重点--整改", "重点–整改"),
    "TXT309": ("情况。，", "情况，，", "单位：。"),
    "TXT310": ("来信、来电、等方式",),
    "TXT311": ("《条例》、《办法》", "“四个意识”、“两个维护”"),
    "TXT312": ("《关于印发《工作方案》的通知》",),
}
"""What section 5.2 of the reference gives as bad for TXT1 to TXT3, by the code that finds it; 抄送: has a rule of its
own, TXT508."""

GOOD: dict[str, tuple[str, ...]] = {
    "TXT101": ("党巡发〔2025〕1号", "公司（2025年）1号楼"),
    "TXT102": ("党巡发〔2025〕1号",),
    "TXT103": ("党巡发〔2025〕10号",),
    "TXT104": ("党巡发〔2025〕1号",),
    "TXT105": ("发文字号｜党巡发〔2025〕1号",),
    "TXT106": ("2025年3月24日", "2025年10月20日"),
    "TXT107": ("成文日期｜2025年3月24日",),
    "TXT108": ("二〇二五年",),
    "TXT109": ("2025年3月", "二〇二五年三月"),
    "TXT110": ("3月24日", "3月24日1号楼"),
    "TXT111": ("2025-03-24", "1.2.3", "2025年3月24日"),
    "TXT112": ("2025年3月", "工作12年以上"),
    "TXT201": ("2025年",),
    "TXT202": ("15%～30%",),
    "TXT203": ("13万元～17万元",),
    "TXT204": ("2023—2025年", "2023年至2025年"),
    "TXT205": ("15～30天",),
    "TXT206": ("0.46", "1.5", "第1.2条"),
    "TXT207": ("5千米", "10千瓦", "800元"),
    "TXT208": ("一、二、三季度", "三四个月", "一、总体要求"),
    "TXT209": ("三四天", "第3、4项"),
    "TXT301": ("各单位，请", "1.总体要求", "时间为9:00", "GB/T 9704."),
    "TXT302": ("（一）总体要求", "f(x)"),
    "TXT303": ("落实“四个意识”",),
    "TXT304": ("“四个意识”",),
    "TXT305": ("开展“回头看”", "（一）总体要求"),
    "TXT306": ("问题……",),
    "TXT307": ("材料等。",),
    "TXT308": ("重点——整改",),
    "TXT309": ("情况。",),
    "TXT310": ("来信、来电等方式", "一、等级划分"),
    "TXT311": ("《条例》《办法》", "《条例》（2024年修订）、《办法》"),
    "TXT312": ("《关于印发〈工作方案〉的通知》",),
}
"""What section 5.2 of the reference gives as good for TXT1 to TXT3."""

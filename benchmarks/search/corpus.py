"""Made-up pages whose words are as unevenly spread as in real texts; the seed is fixed."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

SUBJECT_WORDS = [
    "patent",
    "trademark",
    "copyright",
    "design",
    "invention",
    "novelty",
    "licence",
    "office",
    "application",
    "examination",
    "protection",
    "right",
    "owner",
    "creation",
    "work",
    "author",
    "brand",
    "secret",
    "plant",
    "variety",
    "origin",
    "indication",
    "school",
    "teacher",
    "lesson",
    "student",
    "course",
    "training",
    "campaign",
    "enterprise",
    "industry",
    "market",
    "research",
    "university",
    "technology",
    "software",
    "music",
    "film",
    "book",
    "museum",
    "infringement",
    "court",
    "evidence",
    "damages",
    "contract",
    "agreement",
    "transfer",
    "registration",
    "renewal",
    "fee",
    "search",
    "database",
    "classification",
    "publication",
    "opposition",
    "appeal",
    "mediation",
    "customs",
    "import",
    "export",
    "counterfeit",
    "quality",
    "region",
    "village",
    "tea",
    "silk",
    "robot",
    "vaccine",
    "battery",
    "chip",
    "network",
    "data",
    "platform",
    "code",
    "open",
    "source",
    "community",
    "museum",
    "heritage",
    "story",
    "artist",
    "songwriter",
    "inventor",
    "engineer",
]
CHINESE_WORDS = [
    "专利",
    "商标",
    "著作权",
    "版权",
    "发明",
    "创造",
    "保护",
    "知识产权",
    "申请",
    "审查",
    "授权",
    "许可",
    "侵权",
    "纠纷",
    "法院",
    "教师",
    "学生",
    "课程",
    "培训",
    "活动",
    "企业",
    "创新",
    "技术",
    "市场",
    "品牌",
    "产品",
    "地理标志",
    "植物新品种",
    "商业秘密",
    "集成电路",
    "数据",
    "平台",
    "开放",
    "传统文化",
    "音乐",
    "电影",
    "图书",
    "博物馆",
    "大学",
    "小学",
    "中学",
    "干部",
    "学习",
    "证书",
    "服务",
]
SYLLABLES = [first + middle for first in "bcdfgklmnprstv" for middle in ("a", "e", "i", "o", "u", "an", "er", "ol")]
VOCABULARY = 20_000
BODY_WORDS, SUMMARY_WORDS, TITLE_WORDS = 110, 14, 5
SEED, COMMONEST = 20261124, 40


@dataclass
class Text:
    language: str
    title: str
    summary: str
    body: str


@cache
def words() -> list[str]:
    """English-looking words, the commonest first."""
    source = random.Random(SEED)
    made_up = ["".join(source.choices(SYLLABLES, k=source.randint(2, 4))) for _word in range(VOCABULARY)]
    rest = [*SUBJECT_WORDS[COMMONEST:], *dict.fromkeys(made_up)]
    source.shuffle(rest)
    return [*SUBJECT_WORDS[:COMMONEST], *(word for word in rest if word not in SUBJECT_WORDS[:COMMONEST])]


def texts(count: int) -> Iterator[Text]:
    """``count`` pages of about 130 words; one in four is Chinese."""
    source = random.Random(SEED)
    weights = list(accumulate(1 / (rank + 4) ** 0.9 for rank in range(len(words()))))
    for number in range(count):
        if number % 4:
            yield _text(source, "en", " ", lambda k: source.choices(words(), cum_weights=weights, k=k))
        else:
            yield _text(source, "zh-hans", "", lambda k: source.choices(CHINESE_WORDS, k=k))


def _text(source: random.Random, language: str, space: str, draw: Callable[[int], list[str]]) -> Text:
    title, summary, body = (space.join(draw(count)) for count in (TITLE_WORDS, SUMMARY_WORDS, BODY_WORDS))
    return Text(language, title, summary, body)


# What people ask for: some of the commonest words, more of the middle, some rare ones; Chinese as well.
_COMMON, _MIDDLE, _RARE = words()[:40:20], words()[150:1200:200], words()[4000:16000:4000]
ONE_TERM = [*_COMMON, *_MIDDLE, *_RARE, "地理标志"]
THREE_TERMS = [" ".join(three) for three in zip(words()[0:40:5], words()[60:220:20], words()[220:860:80], strict=True)]
PHRASES = [f"{first} {second}" for first, second in zip(words()[:24:4], words()[4:100:16], strict=True)]
PREFIXES = ["pat", "trad", "lic", "inv", "copyr", "mus", "scho", "reg", "专利"]

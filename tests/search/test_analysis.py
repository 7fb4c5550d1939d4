"""Which spellings, forms and wordings find each other, language by language."""

import pytest

from cms.search.analysis.chinese import Segmenter
from cms.search.analysis.folding import fold, normalise
from cms.search.analysis.languages import is_stop_word, stems
from cms.search.analysis.queries import Analysis, synonyms_of
from cms.search.analysis.spelling import neighbours
from cms.search.analysis.tokens import completion_tokens, index_tokens, whole_name
from cms.search.vocabulary import Vocabulary

TERMS = ["集成电路布图设计", "植物新品种", "商业秘密"]
SEGMENTER = Segmenter(TERMS)


def terms(text: str, language: str) -> set[str]:
    return {term for term, _position in index_tokens(text, language, SEGMENTER)[0]}


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "inventions", "invention"),
        ("en", "ＰＡＴＥＮＴＳ", "patent"),
        ("en", "Licensing", "licensed"),
        ("fr", "brevets", "brevet"),
        ("fr", "propriété", "propriete"),
        ("fr", "œuvre", "oeuvre"),
        ("es", "invenciones", "invención"),
        ("es", "INVENCION", "invención"),
        ("es", "diseños", "disenos"),
        ("ru", "изобретения", "изобретение"),
        ("ru", "учёные", "ученые"),
        ("ru", "товарного знака", "товарный знак"),
        ("ar", "الاختراعات", "اختراع"),
        ("ar", "حِمايَة", "حماية"),
        ("ar", "البراءة", "براءة"),
        ("ar", "والبراءات", "براءة"),
        ("ar", "السر", "سر"),
        ("ar", "أسرار", "اسرار"),
        ("ar", "التجاريـــة", "التجاريه"),
        ("ar", "مستشفى", "مستشفي"),
        ("zh-hans", "專利", "专利"),
        ("zh-hans", "著作權法", "著作权法"),
        ("zh-hans", "Ｐａｔｅｎｔ", "patent"),
    ],
)
def test_they_share_a_term(language: str, one: str, other: str) -> None:
    assert terms(one, language) & terms(other, language)


@pytest.mark.parametrize(
    ("language", "word"), [("en", "the"), ("fr", "les"), ("es", "para"), ("ru", "что"), ("ar", "من"), ("en", "of")]
)
def test_stop_words_are_not_indexed(language: str, word: str) -> None:
    assert is_stop_word(normalise(word), language)
    assert terms(word, language) == set()


def test_chinese_stop_words_are_not_indexed() -> None:
    assert "的" not in terms("专利的申请", "zh-hans")


def test_terms_of_art_are_kept_whole_and_found_by_their_parts() -> None:
    found = terms("集成电路布图设计", "zh-hans")
    assert "集成电路布图设计" in found
    assert "集成电路" in found
    assert [word for word, _start in SEGMENTER.words("植物新品种保护")] == ["植物新品种", "保护"]


def test_each_word_follows_the_rules_of_its_own_script() -> None:
    assert {"patent", "изобретен"} <= terms("patents и изобретения 专利", "fr")
    assert "专利" in terms("the word 专利 in English", "en")


def test_positions_count_a_word_or_a_han_character_as_one() -> None:
    tokens, _words = index_tokens("about 专利 law", "en", SEGMENTER)
    assert dict(tokens)["law"] == 3


def test_what_is_typed_is_completed_from_any_chinese_character_on() -> None:
    assert "作权法" in [term for term, _position in completion_tokens("著作权法")]


def test_a_whole_name_is_one_term() -> None:
    assert whole_name("Trade Marks") == whole_name("trade  marks")
    assert whole_name("trade") != whole_name("trade marks")
    assert whole_name("") is None


def test_folding_keeps_the_length_of_chinese() -> None:
    text = "著作權與專利"
    assert len(normalise(text)) == len(text)
    assert fold("été") == "ete"


def test_stems_know_the_form_without_accents() -> None:
    assert set(stems("creacion", "es")) & set(stems(normalise("creación"), "es"))


# --- queries ------------------------------------------------------------------------------------------
def analysis(*languages: str, synonyms: list[tuple[str, list[str]]] | None = None) -> Analysis:
    return Analysis(languages, SEGMENTER, synonyms_of(synonyms or [], SEGMENTER))


def test_the_readers_language_counts_most_and_the_others_are_a_fallback() -> None:
    (group,) = analysis("fr", "en").groups("protections")
    boosts = {wording.phrase[0][1]: wording.boost for wording in group.wordings}
    assert boosts.pop("protect") == 1.0
    assert all(boost < 1 for boost in boosts.values())


def test_a_query_of_stop_words_asks_for_nothing() -> None:
    assert analysis("en", "fr").groups("the of and") == ()


def test_a_word_that_is_common_in_another_language_only_helps() -> None:
    groups = analysis("fr", "en").groups("the patent")
    assert [group.optional for group in groups] == [True, False]


def test_repeated_words_are_asked_once() -> None:
    assert len(analysis("en").groups("patent " * 500)) == 1


@pytest.mark.parametrize(
    ("language", "names"),
    [("zh-hans", ["著作权", "版权"]), ("en", ["trade mark", "trademark"]), ("ru", ["ноу-хау", "секрет производства"])],
)
def test_names_of_one_thing_find_each_other(language: str, names: list[str]) -> None:
    asked = analysis(language, synonyms=[(language, names)])
    readings = [{wording.phrase for group in asked.groups(name) for wording in group.wordings} for name in names]
    assert readings[0] & readings[1]


def test_the_longest_name_wins() -> None:
    asked = analysis("en", synonyms=[("en", ["trade secret", "know-how"]), ("en", ["trade", "commerce"])])
    (group,) = asked.groups("trade secret")
    assert any(wording.phrase == ((0, "know"), (1, "how")) for wording in group.wordings)
    assert not any(wording.phrase == ((0, "commerc"),) for wording in group.wordings)


def test_the_official_term_of_another_language_is_known() -> None:
    words = Vocabulary([{"zh-hans": ["商业秘密", "营业秘密"], "en": ["trade secrets"]}])
    assert words.translated("营业秘密", "zh-hans", "en") == "trade secrets"
    assert words.translated("營業秘密", "zh-hans", "en") == "trade secrets"
    assert words.translated("别的", "zh-hans", "en") is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("patnet", "patent"), ("copyrihgt", "copyright"), ("lisence", "licence"), ("brevt", "brevet")]
)
def test_spelling_finds_the_nearest_word(typed: str, meant: str) -> None:
    assert neighbours(typed, ["patent", "copyright", "licence", "brevet", "music"])[0][0] == meant

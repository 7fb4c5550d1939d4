"""What differs between languages: stems and words that say nothing by themselves."""

from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer
import yaml

from cms.search.analysis.folding import fold, normalise

STEMMERS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
LATIN = ("en", "fr", "es")
OTHER_SCRIPTS = (("ru", "\u0400", "\u052f"), ("ar", "\u0600", "\u06ff"))
DEFAULT = "en"
ARTICLES = ("بال", "كال", "فال", "لل", "ال")
ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def language_of_word(word: str, language: str) -> str:
    """The language whose rules a word follows: its script's own, or the text's where scripts are shared."""
    return script_language(word) or (language if language in LATIN else DEFAULT)


def script_language(word: str) -> str | None:
    """The language that a word's script alone tells; nothing where languages share it."""
    first = word[0]
    for code, start, end in OTHER_SCRIPTS:
        if start <= first <= end:
            return code
    return None


@lru_cache(maxsize=200_000)
def stems(word: str, language: str) -> tuple[str, ...]:
    """The forms under which a normalised word is kept: stemmed then folded, and the other way round.

    The second form is what people type who leave accents out; mostly both are the same. Arabic has one more.
    """
    own = language_of_word(word, language)
    stemmer = _stemmer(own)
    forms = [fold(stemmer.stemWord(word)), stemmer.stemWord(fold(word))]
    if own == "ar":
        forms.insert(0, light_stem(fold(word)))
    return tuple(dict.fromkeys(forms))


def light_stem(word: str) -> str:
    """A folded Arabic word without article, conjunction and ending (light10: Larkey, Ballesteros & Connell 2007).

    Snowball takes the first letter of براءة for a preposition, but not that of البراءة; this finds both.
    """
    if word.startswith("و") and len(word) > 3:
        word = word[1:]
    for article in ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            word = word[len(article) :]
            break
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            word = word[: -len(ending)]
    return word


@lru_cache(maxsize=200_000)
def terms_of(word: str, language: str) -> tuple[str, ...]:
    """What a normalised word of a text is indexed under: nothing for a stop word."""
    return () if is_stop_word(word, language) else stems(word, language)


@cache
def _stemmer(language: str) -> "snowballstemmer.basestemmer.BaseStemmer":
    return snowballstemmer.stemmer(STEMMERS[language])


def is_stop_word(word: str, language: str) -> bool:
    """Whether a normalised word is too common to look for in its language."""
    return fold(word) in _stop_words().get(language_of_word(word, language), ())


def is_chinese_stop_word(word: str) -> bool:
    return word in _chinese_stop_words()


@cache
def _chinese_stop_words() -> frozenset[str]:
    return _stop_words()["zh-hans"]


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    lists = yaml.safe_load((Path(__file__).parent / "stopwords.yaml").read_text())
    return {code: frozenset(fold(normalise(word)) for word in words.split()) for code, words in lists.items()}

"""Which of the site's languages a text is written in."""

from collections import Counter

from django.conf import settings

from cms.search.analysis.folding import normalise
from cms.search.analysis.languages import DEFAULT, LATIN, is_stop_word, script_language
from cms.search.analysis.tokens import runs

SAMPLE = 20_000  # characters that are looked at


def language_of_text(text: str) -> str:
    """By its script, and where scripts are shared by its commonest words; the site's first if nothing tells."""
    found: Counter[str] = Counter()
    latin: Counter[str] = Counter()
    for run in runs(text[:SAMPLE]):
        if run.is_han:
            found["zh-hans"] += len(run.text)
        elif own := script_language(run.text):
            found[own] += len(run.text)
        else:
            found["latin"] += len(run.text)
            latin.update(code for code in LATIN if is_stop_word(normalise(run.text), code))
    if not found or found.most_common(1)[0][0] == "latin":
        return max(LATIN, key=lambda code: latin[code]) if latin else str(settings.LANGUAGE_CODE or DEFAULT)
    return found.most_common(1)[0][0]

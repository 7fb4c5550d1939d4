"""The vocabulary as search uses it: Chinese terms kept whole, and names that mean the same."""

from itertools import chain

from django.conf import settings

from cms.vocabulary.data import column
from cms.vocabulary.models import GlossaryTerm, NamedTerm, Topic, names_in


def vocabulary() -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Chinese terms, and groups of names for the same thing with their language; two queries."""
    terms = list(chain(Topic.objects.all(), GlossaryTerm.objects.all()))
    synonyms = [
        (code, names) for term in terms for code, _name in settings.LANGUAGES if len(names := names_of(term, code)) > 1
    ]
    chinese = {name for term in terms for name in names_of(term, "zh-hans")}
    return sorted(chinese), synonyms


def names_of(term: NamedTerm, language: str) -> list[str]:
    """What a term is called in a language, its title first."""
    title = getattr(term, column("title", language))
    return [name for name in [title, *names_in(getattr(term, column("other_names", language)))] if name]

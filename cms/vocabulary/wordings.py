"""The vocabulary as search uses it: what each topic and term of art is called in each language."""

from itertools import chain

from django.conf import settings

from cms.vocabulary.data import column
from cms.vocabulary.models import GlossaryTerm, NamedTerm, Topic, names_in


def vocabulary() -> list[dict[str, list[str]]]:
    """Names by language, the official one first; two queries."""
    terms = chain(GlossaryTerm.objects.all(), Topic.objects.all())
    return [{code: names_of(term, code) for code, _name in settings.LANGUAGES} for term in terms]


def names_of(term: NamedTerm, language: str) -> list[str]:
    """What a term is called in a language, its title first."""
    title = getattr(term, column("title", language))
    return [name for name in [title, *names_in(getattr(term, column("other_names", language)))] if name]

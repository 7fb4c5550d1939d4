"""Pages as figures of the coverage matrix."""

from typing import Any

from django.db.models import Count

from cms.languages.switcher import readable


def pages_by_measure(model: type[Any], language: str) -> dict[int, int]:
    """How many pages of a model anyone may read in a language, by measure."""
    pages = readable(model.objects.filter(locale__language_code=language, measures__isnull=False))
    return dict(pages.order_by().values_list("measures").annotate(Count("pk", distinct=True)))

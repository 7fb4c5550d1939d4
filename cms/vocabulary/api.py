"""What other rooms ask of the vocabulary."""

from typing import Any

from django.db.models import F, Model, QuerySet

from cms.vocabulary.data import column


def terms_in(model: type[Model], language: str) -> "QuerySet[Any]":
    """A vocabulary's rows with their title in one language as ``label`` and their description as ``meaning``.

    For unions: Django puts the columns of ``values_list`` in the order asked for, but modeltranslation's own
    querysets do not, and a union goes by order alone.
    """
    rows: QuerySet[Any] = QuerySet(model=model).order_by()
    return rows.annotate(label=F(column("title", language)), meaning=F(column("description", language)))

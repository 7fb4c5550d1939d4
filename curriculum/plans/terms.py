"""The terms of a page, all kinds in one query: what a page shows of them is their name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Value
from django.utils.translation import get_language
from wagtail.models import Page

from cms.vocabulary.api import terms_in


@dataclass(frozen=True)
class Named:
    """A term as a page shows it."""

    title: str
    code: str = ""
    description: str = ""

    def __str__(self) -> str:
        return self.title


def terms_of(page: Page, names: Sequence[str]) -> Mapping[str, list[Named]]:
    """The terms in each of a page's many-to-many fields, in the order of their vocabularies.

    Reads what is stored; a preview, which is not, is asked field by field.
    """
    found: dict[str, list[Named]] = {name: [] for name in names}
    if page.pk is None or getattr(page, "is_previewing", False):
        for name in names:
            found[name] = [
                Named(str(term), getattr(term, "code", ""), term.description) for term in getattr(page, name).all()
            ]
        return found
    queries = [_rows(page, name) for name in names]
    rows = queries[0].union(*queries[1:], all=True)
    for name, _order, slug, title, description, code in sorted(rows, key=lambda row: row[:3]):
        found[name].append(Named(title or slug, code, description or ""))
    return found


def _rows(page: Page, name: str) -> Any:
    field = page._meta.get_field(name)
    model: Any = field.related_model
    through: Any = field.remote_field.through  # type: ignore[union-attr]
    chosen = through.objects.filter(**{field.m2m_field_name(): page.pk})  # type: ignore[union-attr]
    terms = terms_in(model, get_language() or "en")
    terms = terms.filter(pk__in=chosen.values(field.m2m_reverse_field_name()))  # type: ignore[union-attr]
    has_code = any(column.name == "code" for column in model._meta.get_fields())
    named = terms.annotate(field_name=Value(name), shown_code=F("code") if has_code else Value(""))
    return named.values_list("field_name", "sort_order", "slug", "label", "meaning", "shown_code")

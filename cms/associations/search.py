"""Associations as search results."""

from django.utils.translation import gettext_lazy as _

from cms.associations.models import AssociationPage
from cms.search.kinds import page_kind

ASSOCIATION = page_kind(
    "association",
    _("Association"),
    AssociationPage,
    {"topic": "topics__slug", "year": "first_published_at"},
    many=_("Associations"),
)

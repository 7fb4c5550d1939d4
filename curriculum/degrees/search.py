"""Degree programmes as search results."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.search.kinds import Kind, Scope
from curriculum.degrees.models import DegreeProgramme


def _public(scope: Scope) -> Any:
    return DegreeProgramme.objects.public().select_related("institution")


def _address(found: DegreeProgramme, request: HttpRequest) -> str:
    return found.get_absolute_url()


DEGREE = Kind(
    "degree",
    _("Degree programme"),
    DegreeProgramme,
    _public,
    _address,
    {"topic": "topics__slug"},
    has_languages=False,
    many=_("Degree programmes"),
)

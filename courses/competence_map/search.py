"""Competence frameworks as search results, found by their indicators, too."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.competences.models import Framework
from cms.search.kinds import Kind, Scope


def _public(scope: Scope) -> Any:
    return Framework.objects.published()


def _address(framework: Framework, request: HttpRequest) -> str:
    return framework.get_absolute_url()


FRAMEWORK = Kind(
    "framework",
    _("Competence framework"),
    Framework,
    _public,
    _address,
    has_languages=False,
    many=_("Competence frameworks"),
)

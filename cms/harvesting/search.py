"""Partners’ items as search results, in their own language or in one that is none of ours."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.harvesting.models import ExternalItem
from cms.search.kinds import Kind, Scope


def _shown(scope: Scope) -> Any:
    return ExternalItem.objects.select_related("source__licence").filter(
        is_shown=True, language__in=[scope.language, ""]
    )


def _address(item: ExternalItem, request: HttpRequest) -> str:
    return item.get_absolute_url()


EXTERNAL = Kind(
    "external",
    _("From a partner"),
    ExternalItem,
    _shown,
    _address,
    {"topic": "topics__slug"},
    many=_("From our partners"),
)

"""Training bases as search results."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.bases.models import TrainingBase
from cms.search.kinds import Kind, Scope


def _public(scope: Scope) -> Any:
    return TrainingBase.objects.public()


def _address(base: TrainingBase, request: HttpRequest) -> str:
    return base.get_absolute_url()


BASE = Kind(
    "base",
    _("Training base"),
    TrainingBase,
    _public,
    _address,
    {"topic": "topics__slug"},
    has_languages=False,
    many=_("Training bases"),
)

"""Professionals as search results."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.professionals.models import Profile
from cms.search.kinds import Kind, Scope


def _public(scope: Scope) -> Any:
    return Profile.objects.public().select_related("user").prefetch_related("names")


def _address(profile: Profile, request: HttpRequest) -> str:
    return profile.get_absolute_url()


PERSON = Kind(
    "person",
    _("Professional"),
    Profile,
    _public,
    _address,
    {"topic": "topics__slug"},
    has_languages=False,
    many=_("Professionals"),
    today=lambda rows: rows.order_by("-confirmed_at", "pk"),
)

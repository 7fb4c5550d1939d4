"""Agents and agencies who may act today, as search results. Topic pages do not list them: a state body that keeps a
register recommends nobody."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.search.kinds import Kind, Scope
from courses.intermediaries.models import RegisterEntry


def _public(scope: Scope) -> Any:
    return RegisterEntry.objects.active()


def _address(entry: RegisterEntry, request: HttpRequest) -> str:
    return entry.get_absolute_url()


AGENT = Kind(
    "agent",
    _("Register of intermediaries"),
    RegisterEntry,
    _public,
    _address,
    has_languages=False,
    many=_("Register of intermediaries"),
)

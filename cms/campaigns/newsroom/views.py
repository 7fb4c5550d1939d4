"""The press room: what accredited journalists see by their personal link, and nobody else."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.campaigns.newsroom.models import AccreditedJournalist, PressReading
from cms.campaigns.newsroom.press import embargoed, holder_of

# Not in caches, not in search engines, and the link is not told to any page that is linked from here.
PRIVATE = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


def _kept_private(response: HttpResponse) -> HttpResponse:
    for name, value in PRIVATE.items():
        response[name] = value
    return response


def _holder(token: str) -> AccreditedJournalist:
    journalist = holder_of(token)
    if journalist is None:
        raise Http404
    return journalist


@never_cache
@require_safe
def press(request: HttpRequest, token: str) -> HttpResponse:
    """The releases under embargo, in the language of the address where they exist in it, else in another."""
    journalist = _holder(token)
    by_key: dict[UUID, list[object]] = {}
    for release in embargoed():
        by_key.setdefault(release.translation_key, []).append(release)
    context = {"journalist": journalist, "token": token, "groups": by_key.values()}
    response = render(request, "newsroom/press.html", context)
    return _kept_private(response)


@never_cache
@require_safe
def press_release(request: HttpRequest, token: str, key: UUID) -> HttpResponse:
    """One release before its embargo ends. That it was opened is noted."""
    journalist = _holder(token)
    found = [release for release in embargoed() if release.translation_key == key]
    language = request.GET.get("language", get_language())
    release = next((one for one in found if one.locale.language_code == language), None)
    if release is None:
        raise Http404
    PressReading.objects.create(journalist=journalist, release_key=key, language=str(language))
    context = release.get_context(request) | {"press_token": token, "journalist": journalist, "is_embargoed": True}
    response = render(request, "newsroom/press_release_page.html", context)
    return _kept_private(response)

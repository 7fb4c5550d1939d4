"""Keeping a course on the phone: what to keep, and the worker that shows it without a net."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.activities.place import Place, own_enrolment
from courses.records.api import progress_of

# A film larger than this is not put on a phone without being asked for.
MOST_BYTES = 50 * 1024 * 1024
WORKER = Path(settings.BASE_DIR) / "static" / "js" / "player-worker.js"


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, below the addresses that it may answer for."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


@login_required
@never_cache
@require_safe
def offline(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """What of the course can be kept on the phone, and how much room it takes."""
    own = own_enrolment(request, enrolment)
    places = _places(own)
    return render(
        request,
        "player/offline.html",
        {
            "enrolment": own,
            "kept": [place for place in places if _is_kept(place)],
            "left_out": [place for place in places if not _is_kept(place)],
            "bytes": sum(_size(place) for place in places if _is_kept(place)),
        },
    )


def _places(enrolment: Any) -> list[Place]:
    progress = progress_of(enrolment)
    return [Place(enrolment, progress, number) for number in range(1, len(progress.activities) + 1)]


def _size(place: Place) -> int:
    return sum(file.size for file in place.kind.files(place.activity, get_language() or "en"))


def _is_kept(place: Place) -> bool:
    return place.kind.is_kept_offline(place.activity) and _size(place) <= MOST_BYTES


@login_required
@never_cache
@require_safe
def contents(request: HttpRequest, enrolment: UUID) -> JsonResponse:
    """The addresses to keep: pages with their files, and quizzes of which an attempt has to be begun first."""
    own = own_enrolment(request, enrolment)
    kept = [place for place in _places(own) if _is_kept(place)]
    language = get_language() or "en"
    pages = [address for place in kept for address in place.kind.pages(place)]
    files = [
        reverse("player:file", args=[own.pk, place.number, index])
        for place in kept
        for index, _file in enumerate(place.kind.files(place.activity, language))
        if place.activity.media
    ]
    return JsonResponse(
        {
            "pages": [*pages, reverse("player:offline", args=[own.pk]), reverse("player:notes", args=[own.pk])],
            "files": files,
            "quizzes": [place.url for place in kept if place.activity.kind == "quiz"],
            "static": [static(f"css/{name}.css") for name in ("tokens", "base", "layout", "components", "player")]
            + [static(name) for name in ("js/player.js", "js/queue.js", "js/offline.js", "img/seal.svg")],
        }
    )

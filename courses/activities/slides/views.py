from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.activities.place import own_place
from courses.activities.slides.kind import words
from courses.activities.slides.pages import picture_of


@login_required
@require_safe
def page(request: HttpRequest, enrolment: UUID, number: int, page: int) -> HttpResponse:
    """One page of the slides as a picture, drawn once and kept."""
    place = own_place(request, enrolment, number, "slides")
    files = place.kind.files(place.activity, get_language() or "en")
    if not files or not 1 <= page <= len(words(files[0])):
        raise Http404
    cache, key = caches["documents"], f"slides:{files[0].name}:{page}"
    picture = cache.get(key)
    if picture is None:
        with files[0].open("rb") as stream:
            picture = picture_of(stream, page)
        cache.set(key, picture)
    return HttpResponse(picture, content_type="image/webp", headers={"Cache-Control": "private, max-age=86400"})

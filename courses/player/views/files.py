"""Films and recordings of a course, for those who are enrolled in it."""

import mimetypes
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.pages.media import stream
from courses.activities.place import own_place


@login_required
@require_safe
def file(request: HttpRequest, enrolment: UUID, number: int, index: int) -> HttpResponseBase:
    """A file of the activity, in parts if the browser asks for parts (RFC 9110, section 14)."""
    place = own_place(request, enrolment, number)
    files = place.kind.files(place.activity, get_language() or "en")
    if index >= len(files):
        raise Http404
    name = str(files[index].name)
    response = stream(request, files[index].open("rb"), files[index].size)
    response["Content-Type"] = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response["Cache-Control"] = "private, max-age=86400"
    return response

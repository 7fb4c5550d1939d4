from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.catalogue import jsonld
from courses.catalogue.api import published_courses, with_outline
from courses.catalogue.facets import answer

COURSES_PER_PAGE = 12
REVIEWS_SHOWN = 10


@require_safe
def course_list(request: HttpRequest) -> HttpResponse:
    """The courses on offer, by topic, audience, hours, level and language."""
    courses = published_courses().prefetch_related("topics", "audiences")
    found = answer(request, list(courses))
    page = Paginator(found.courses, COURSES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"courses": page, "answer": found, "text": request.GET.get("q", "")}
    return render(request, "catalogue/course_list.html", context)


@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """What a course brings, asks and is worth, before signing in."""
    related = (
        "topics",
        "audiences",
        "lecturers__organisation",
        "lecturers__photo",
        "lecturers__profile__user",
        "develops",
    )
    found = get_object_or_404(with_outline(published_courses()).prefetch_related(*related), slug=slug)
    version = found.current
    assert version is not None  # what is on offer has one
    languages = found.languages()
    activities = [activity for module in version.modules.all() for activity in module.activities.all()]
    stars, number = found.reviews.summary()
    context = {
        "course": found,
        "version": version,
        "languages": languages,
        "is_translated": get_language() in languages,
        "minutes": version.minutes,
        "assessed_by": list(filter(None, (activity.of_kind.assessed_by(activity) for activity in activities))),
        "stars": stars,
        "ratings": number,
        "reviews": found.reviews.shown().exclude(text="").select_related("learner")[:REVIEWS_SHOWN],
        "structured_data": jsonld.course(
            found, request.build_absolute_uri(request.path), languages, version.minutes, (stars, number)
        ),
    }
    return render(request, "catalogue/course.html", context)

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.catalogue import jsonld
from courses.catalogue.api import published_courses

COURSES_PER_PAGE = 12


@require_safe
def course_list(request: HttpRequest) -> HttpResponse:
    """Every course on offer."""
    courses = published_courses().prefetch_related("topics", "audiences")
    page = Paginator(courses, COURSES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "catalogue/course_list.html", {"courses": page})


@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """What a course brings, asks and is worth, before signing in."""
    found = get_object_or_404(published_courses().prefetch_related("topics", "audiences"), slug=slug)
    languages = found.languages()
    minutes = sum(activity.minutes for module in found.modules.all() for activity in module.activities.all())
    context = {
        "course": found,
        "languages": languages,
        "is_translated": get_language() in languages,
        "minutes": minutes,
        "structured_data": jsonld.course(found, request.build_absolute_uri(request.path), languages, minutes),
    }
    return render(request, "catalogue/course.html", context)

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.accounts.api import signed_in
from cms.accounts.models import User
from cms.directory.models import Organisation
from courses.catalogue.api import published_courses
from courses.catalogue.models import Course
from courses.reports import api
from courses.reports.spreadsheet import learners_csv

PEOPLE_PER_PAGE = 50


def _coordinator(request: HttpRequest) -> User:
    """The signed-in person, if they coordinate anything at all."""
    user = signed_in(request)
    if not Organisation.objects.visible_to(user).exists():
        raise PermissionDenied(_("Only training coordinators see this page. Ask your administrator for the role."))
    return user


@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every course with how many of the coordinator's people completed it."""
    user = _coordinator(request)
    courses = [(course, api.totals(course, user)) for course in published_courses()]
    roots = Organisation.objects.filter(pk__in=user.memberships.filter(role="coordinator").values("organisation"))
    return render(request, "reports/overview.html", {"courses": courses, "organisations": roots})


@login_required
@never_cache
@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """Person by person: who has not started, who is learning, who has completed."""
    user = _coordinator(request)
    found: Course = get_object_or_404(Course.objects.published(), slug=slug)
    page = Paginator(api.learners_visible_to(user), PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "course": found,
        "page_of_people": page,
        "rows": api.rows(found, page.object_list),
        "totals": api.totals(found, user),
        "as_of": timezone.now(),
    }
    return render(request, "reports/course.html", context)


@login_required
@never_cache
@require_safe
def course_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same table for a spreadsheet."""
    user = _coordinator(request)
    found: Course = get_object_or_404(Course.objects.published(), slug=slug)
    rows = api.rows(found, api.learners_visible_to(user))
    return learners_csv(f"{slug}-completions.csv", rows)

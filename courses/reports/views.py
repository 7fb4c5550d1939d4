from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.accounts.api import signed_in
from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.privacy.access import saw_people_of
from cms.privacy.models import Access
from cms.tables.api import csv_stream
from courses.catalogue.api import published_courses
from courses.catalogue.models import Course
from courses.credentials.models import ExternalTraining
from courses.reports import api, exports
from courses.reports.completions import completions
from courses.reports.plan_views import plans_of
from courses.reports.scope import scope_of
from courses.reports.spreadsheet import learners_csv
from courses.reports.standing import total
from courses.training.models import COUNTED, Status

PEOPLE_PER_PAGE = 50
MOST_PLANS = 20
MOST_PARTS = 12  # columns of the table; a larger body is looked into by unit


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
    """Every plan with its statuses, every course with its completions: of the reader's people."""
    user = _coordinator(request)
    scope = scope_of(request, user)
    parts = scope.parts[:MOST_PARTS]
    lines = completions(scope)
    seen = {line.course.pk for line in lines}
    context = {
        "scope": scope,
        "manages": Organisation.objects.managed_by(user).exists(),
        "plans": [(plan, year, total(plan, year, scope)) for plan, year in plans_of(scope)[:MOST_PLANS]],
        "statuses": [Status(status) for status in COUNTED],
        "parts": parts,
        "courses": [(line, [dict(line.parts).get(part, 0) for part in parts]) for line in lines],
        "untouched": [course for course in published_courses() if course.pk not in seen],
        "waiting": ExternalTraining.objects.visible_to(user).waiting().count(),
    }
    return render(request, "reports/overview.html", context)


@login_required
@never_cache
@require_safe
def completions_file(request: HttpRequest) -> StreamingHttpResponse:
    """Every completion of the reader's people, for a spreadsheet."""
    user = _coordinator(request)
    scope = scope_of(request, user)
    saw_people_of(user, Access.What.EXPORT, [scope.chosen] if scope.chosen else scope.tops)
    header, rows = exports.completions(scope)
    return csv_stream("completions.csv", header, rows)


@login_required
@never_cache
@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """Person by person: who has not started, who is learning, who has completed."""
    user = _coordinator(request)
    found: Course = get_object_or_404(Course.objects.published(), slug=slug)
    saw_people_of(user, Access.What.PEOPLE, scope_of(request, user).tops)
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
    saw_people_of(user, Access.What.EXPORT, scope_of(request, user).tops)
    rows = api.rows_in_batches(found, api.learners_visible_to(user))
    return learners_csv(f"{slug}-completions.csv", rows)

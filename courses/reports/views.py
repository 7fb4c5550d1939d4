from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.accounts.offices import who_sees_people
from cms.directory.models import Organisation
from cms.privacy.access import saw_people_of
from cms.privacy.models import Access
from cms.typeset.api import TypesettingError
from courses.catalogue.api import published_courses
from courses.credentials.models import ExternalTraining
from courses.reports import learners
from courses.reports.asking import ask, ask_course
from courses.reports.completions import completions_by_course
from courses.reports.files import as_file
from courses.reports.people import learners_of
from courses.reports.registry import REPORTS
from courses.reports.standing import plans_of
from courses.reports.tables import MOST_PLANS
from courses.reports.words import as_address, words_of
from courses.training.models import COUNTED, Status

PEOPLE_PER_PAGE = 50
MOST_PARTS = 12  # columns of the table; a larger body is looked into by unit


@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every plan with its statuses, every course with its completions: of the reader's people."""
    user = who_sees_people(request)
    scope = ask(user, request.GET).scope
    parts = scope.parts[:MOST_PARTS]
    lines = completions_by_course(scope)
    seen = {line.course.pk for line in lines}
    context = {
        "scope": scope,
        "administers": Organisation.objects.administered_by(user).exists(),
        "manages": Organisation.objects.managed_by(user).exists(),
        "plans": plans_of(scope, MOST_PLANS),
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
def file(request: HttpRequest, name: str, subject: str, form: str) -> HttpResponseBase:
    """What a page shows, all of it: for a spreadsheet, or to print."""
    user, report = who_sees_people(request), REPORTS[name]
    table, scope = report.made_for(user, subject, request.GET, form)
    if report.has_people:
        saw_people_of(user, Access.What.EXPORT, scope.heads)
    try:
        return as_file(table, form, subject if report.is_about_one else name)
    except TypesettingError as error:
        messages.error(request, str(error))
        return redirect(report.address(subject) + as_address(words_of(request.GET)))


@login_required
@never_cache
@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """Person by person: who has not started, who is learning, who has completed."""
    user = who_sees_people(request)
    asked = ask_course(user, slug, request.GET)
    saw_people_of(user, Access.What.PEOPLE, asked.scope.heads)
    page = Paginator(learners_of(asked.scope), PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "course": asked.course,
        "scope": asked.scope,
        "page_of_people": page,
        "rows": learners.rows(asked.course, page.object_list),
        "totals": learners.totals(asked.course, asked.scope),
        "as_of": timezone.now(),
    }
    return render(request, "reports/course.html", context)

"""Training plans as a coordinator sees them: the whole, its parts, the people, and who needs a nudge."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from cms.accounts.links import token_for
from cms.directory.models import Organisation
from cms.privacy.access import saw_people_of
from cms.privacy.models import Access
from courses.reports import standing, tables
from courses.reports.asking import NUDGED, PlanAsked, ask_plan
from courses.reports.words import as_address, words_of
from courses.training.models import COUNTED, OPEN, Status
from courses.training.reminding.noticing import nudge

PER_PAGE = 50
MOST_NUDGED = 5000  # at one click


def _asked(request: HttpRequest, slug: str) -> PlanAsked:
    return ask_plan(signed_in(request), slug, request.GET)


@login_required
@never_cache
@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """How many are done, on track, behind and overdue, by unit, grade, month or course."""
    asked = _asked(request, slug)
    cut = _CUTS[asked.group](asked)
    whole = cut.pop("whole")
    context = {
        "plan": asked.plan,
        "year": asked.year,
        "years": asked.years,
        "scope": asked.scope,
        "group": asked.group,
        "groups": [
            ("unit", pgettext("organisation", "Unit")),
            ("grade", pgettext("post", "Grade")),
            ("month", _("Month")),
            ("course", _("Course")),
        ],
        "total": whole,
        "as_of": timezone.now(),
        "statuses": [Status(status) for status in COUNTED],
        "others": [(Status(status), whole.counts[status]) for status in (Status.UPCOMING, Status.EXEMPT, Status.LEFT)],
        **cut,
    }
    return render(request, "reports/plan.html", context)


def _by_part(asked: PlanAsked) -> dict[str, Any]:
    parts = tables.parts_of(asked)
    return {"whole": standing.sum_of(parts), "parts": parts, "bars": tables.bars_of(parts)}


def _by_month(asked: PlanAsked) -> dict[str, Any]:
    trend = standing.by_month(asked.plan, asked.year, asked.scope)
    return {"whole": trend.whole, "months": trend.so_far, "bars": tables.bars_of_months(trend)}


def _by_course(asked: PlanAsked) -> dict[str, Any]:
    whole = standing.total(asked.plan, asked.year, asked.scope)
    tallies = standing.by_course(asked.plan, asked.year, asked.scope, whole.people)
    return {"whole": whole, "courses": tallies, "bars": tables.bars_of_courses(tallies)}


_CUTS = {"unit": _by_part, "grade": _by_part, "month": _by_month, "course": _by_course}


@login_required
@never_cache
@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Person by person, by status, unit and grade."""
    asked = _asked(request, slug)
    saw_people_of(asked.reader, Access.What.PEOPLE, asked.scope.heads)
    page = Paginator(asked.people, PER_PAGE).get_page(request.GET.get("page"))
    counts = asked.people.counts
    managed = Organisation.objects.managed_by(asked.reader).filter(pk__in=asked.scope.pks).exists()
    context = {
        "plan": asked.plan,
        "year": asked.year,
        "scope": asked.scope,
        "asked": asked,
        "page": page,
        "rows": [(row, token_for("person", row.learner_id)) for row in page],
        "statuses": [(status, Status(status).label, counts[status]) for status in Status.values],
        "needs": sum(counts[status] for status in NUDGED),
        "may_nudge": managed and page.paginator.count,
    }
    return render(request, "reports/people.html", context)


@login_required
@require_POST
def remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Reminds those whom the page shows and who still owe something: in the units that the person manages."""
    asked = _asked(request, slug)
    managed = Organisation.objects.managed_by(asked.reader)
    mine = asked.people.rows.in_status(*OPEN).filter(organisation__in=managed)
    told = nudge(mine[:MOST_NUDGED], timezone.localdate())
    text = ngettext("%(number)d person is reminded.", "%(number)d people are reminded.", told)
    messages.success(request, text % {"number": told})
    return redirect(reverse("reports:people", args=[slug]) + as_address(words_of(request.GET)))

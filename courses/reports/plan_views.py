"""Training plans as a coordinator sees them: the whole, its parts, the people, and who needs a nudge."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from cms.accounts.links import token_for
from cms.directory.models import Organisation
from cms.privacy.access import saw_people_of
from cms.privacy.models import Access
from cms.tables.api import csv_stream
from courses.enrolment.models import TrainingPlan
from courses.reports import exports, standing
from courses.reports.scope import Scope, scope_of
from courses.training.models import COUNTED, OPEN, Obligation, ObligationQuerySet, Status
from courses.training.reminding.noticing import nudge

PER_PAGE = 50
MOST_NUDGED = 5000  # at one click
GROUPS = ("unit", "grade", "month")
NUDGE = "nudge"  # behind or overdue


@dataclass(frozen=True)
class Asked:
    """The plan, the years that it has, the year and the scope that a request is about."""

    plan: TrainingPlan
    years: list[int]
    year: int
    scope: Scope


def _asked_plan(request: HttpRequest, slug: str) -> Asked:
    """404 for what the reader may not see, and for a year in which nothing is due."""
    user = signed_in(request)
    scope = scope_of(request, user)
    plan = get_object_or_404(TrainingPlan.objects.visible_to(user), slug=slug)
    years, this_year = standing.years_of(plan, scope), timezone.localdate().year
    text = request.GET.get("year", "")
    if text and text not in map(str, {*years, this_year}):
        raise Http404
    newest = next((year for year in years if year <= this_year), (years or [this_year])[0])
    return Asked(plan, years, int(text) if text else newest, scope)


@login_required
@never_cache
@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """How many are done, on track, behind and overdue, by unit, grade or month."""
    asked = _asked_plan(request, slug)
    found, year, scope = asked.plan, asked.year, asked.scope
    group = request.GET.get("by", "unit")
    if group not in GROUPS:
        raise Http404
    months = standing.by_month(found, year, scope) if group == "month" else []
    parts = [] if group == "month" else _parts(found, year, scope, group)
    whole = standing.sum_of(parts) if parts else standing.total(found, year, scope)
    context = {
        "plan": found,
        "year": year,
        "years": asked.years,
        "scope": scope,
        "group": group,
        "groups": [
            ("unit", pgettext("organisation", "Unit")),
            ("grade", pgettext("post", "Grade")),
            ("month", _("Month")),
        ],
        "total": whole,
        "parts": parts,
        "months": _cumulated(months),
        "bars": _bars(parts, months),
        "as_of": timezone.now(),
        "statuses": [Status(status) for status in COUNTED],
        "others": [(Status(status), whole.counts[status]) for status in (Status.UPCOMING, Status.EXEMPT, Status.LEFT)],
    }
    return render(request, "reports/plan.html", context)


def _parts(found: TrainingPlan, year: int, scope: Scope, group: str) -> list[standing.Tally]:
    if group == "unit":
        return standing.by_unit(found, year, scope)
    tallies = standing.by_field(found, year, scope, "grade")
    for tally in tallies:
        tally.label = tally.label or _("without a grade")
    return tallies


def _bars(parts: list[standing.Tally], months: list[Any]) -> list[tuple[str, int, str]]:
    if months:
        return [(date_format(month, "F Y"), people, str(people)) for month, people in months]
    return [(part.label, part.percent, f"{part.percent} %") for part in parts if part.people][:20]


def _cumulated(months: list[Any]) -> list[tuple[Any, int, int]]:
    rows, so_far = [], 0
    for month, people in months:
        so_far += people
        rows.append((month, people, so_far))
    return rows


def _asked(request: HttpRequest) -> dict[str, str]:
    """What of the people is asked for; 404 for a status that is none."""
    asked = {name: request.GET.get(name, "") for name in ("status", "grade")}
    if asked["status"] not in {"", NUDGE, *Status.values}:
        raise Http404
    return asked


def _people(asked: dict[str, str], found: TrainingPlan, year: int, scope: Scope) -> ObligationQuerySet:
    rows = standing.rows_of(found, year, scope)
    if asked["status"] == NUDGE:
        rows = rows.in_status(Status.OVERDUE, Status.BEHIND)
    else:
        rows = rows.in_status(asked["status"]) if asked["status"] else rows.with_status()
    if asked["grade"]:
        rows = rows.filter(grade=asked["grade"])
    return rows.select_related("learner", "organisation").order_by("organisation__path", "learner__name", "pk")


@login_required
@never_cache
@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Person by person, by status, unit and grade."""
    about = _asked_plan(request, slug)
    found, year, scope = about.plan, about.year, about.scope
    saw_people_of(signed_in(request), Access.What.PEOPLE, [scope.chosen] if scope.chosen else scope.tops)
    asked = _asked(request)
    rows = _people(asked, found, year, scope)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    whole = standing.total(found, year, scope)
    managed = Organisation.objects.managed_by(signed_in(request)).filter(pk__in=scope.pks).exists()
    context = {
        "plan": found,
        "year": year,
        "scope": scope,
        "asked": asked,
        "page": page,
        "rows": [(row, token_for("person", row.learner_id)) for row in page],
        "statuses": [(status, Status(status).label, whole.counts[status]) for status in Status.values],
        "needs": whole.counts[Status.OVERDUE] + whole.counts[Status.BEHIND],
        "may_nudge": managed and page.paginator.count,
    }
    return render(request, "reports/people.html", context)


@login_required
@never_cache
@require_safe
def people_file(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """The people that the page shows, all of them, for a spreadsheet."""
    about = _asked_plan(request, slug)
    found, year, scope = about.plan, about.year, about.scope
    saw_people_of(signed_in(request), Access.What.EXPORT, [scope.chosen] if scope.chosen else scope.tops)
    header, rows = exports.people(_people(_asked(request), found, year, scope), scope)
    return csv_stream(f"{slug}-{year}.csv", header, rows)


@login_required
@require_POST
def remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Reminds those whom the page shows and who still owe something: in the units that the person manages."""
    about = _asked_plan(request, slug)
    found, year, scope = about.plan, about.year, about.scope
    rows = _people(_asked(request), found, year, scope)
    mine = rows.in_status(*OPEN).filter(organisation__in=Organisation.objects.managed_by(signed_in(request)))
    told = nudge(mine[:MOST_NUDGED], timezone.localdate())
    text = ngettext("%(number)d person is reminded.", "%(number)d people are reminded.", told)
    messages.success(request, text % {"number": told})
    query = {name: request.GET[name] for name in ("year", "unit", "status", "grade") if name in request.GET}
    return redirect(f"{reverse('reports:people', args=[slug])}?{urlencode(query)}")


def plans_of(scope: Scope) -> list[tuple[TrainingPlan, int]]:
    """The plans under which somebody in the scope owes or owed something, with the newest year of each."""
    rows = Obligation.objects.filter(organisation__in=scope.pks).order_by()
    newest: dict[int, int] = {}
    this_year = timezone.localdate().year
    for plan_id, day in rows.values_list("plan_id", "due_on").distinct():
        if day.year <= this_year or plan_id not in newest:
            newest[plan_id] = max(newest.get(plan_id, 0), day.year) if day.year <= this_year else day.year
    plans = TrainingPlan.objects.in_bulk(newest)
    return sorted(((plans[pk], year) for pk, year in newest.items()), key=lambda pair: (-pair[1], pair[0].slug))

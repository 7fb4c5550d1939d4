"""A coordinator's own plans and cohorts: whom they bind, by when, and what is owed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.models import User
from cms.accounts.offices import who_manages_people
from cms.directory.models import Organisation
from cms.privacy.access import saw_each
from cms.privacy.models import Access
from courses.enrolment.models import Cohort, TrainingPlan
from courses.planning.forms import CohortForm, PlanForm
from courses.training.models import Obligation

PER_PAGE = 50


@login_required
@never_cache
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """The plans that bind the reader's people: one's own can be changed, those from above are only shown."""
    user = who_manages_people(request)
    found = TrainingPlan.objects.visible_to(user).select_related("organisation")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    mine = set(Organisation.objects.managed_by(user).values_list("pk", flat=True))
    bound = dict(
        Obligation.objects.visible_to(user)
        .filter(plan__in=[plan.pk for plan in page], due_on__gte=timezone.localdate(), left_on__isnull=True)
        .order_by()
        .values_list("plan")
        .annotate(people=Count("learner", distinct=True))
    )
    context = {
        "page": page,
        "rows": [(plan, plan.organisation_id in mine, bound.get(plan.pk, 0)) for plan in page],
        "cohorts": cohorts_of(user).annotate(size=Count("people")).select_related("organisation"),
    }
    return render(request, "planning/plans.html", context)


def cohorts_of(user: User) -> Any:
    return Cohort.objects.filter(organisation__in=Organisation.objects.managed_by(user))


def _own_plan(user: User, slug: str) -> TrainingPlan:
    mine = TrainingPlan.objects.filter(organisation__in=Organisation.objects.managed_by(user))
    return get_object_or_404(mine, slug=slug)


@login_required
@never_cache
def new_plan(request: HttpRequest) -> HttpResponse:
    user = who_manages_people(request)
    return _plan_form(request, user, TrainingPlan(year=timezone.localdate().year))


@login_required
@never_cache
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes a plan. Past periods keep what was owed in them."""
    user = who_manages_people(request)
    return _plan_form(request, user, _own_plan(user, slug))


def _plan_form(request: HttpRequest, user: User, found: TrainingPlan) -> HttpResponse:
    form = PlanForm(request.POST or None, instance=found, manager=user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
        messages.success(request, _("The plan is saved. Who owes what is being worked out."))
        return redirect("planning:plans")
    return render(
        request, "planning/plan.html", {"form": form, "plan": found}, status=400 if request.method == "POST" else 200
    )


@login_required
@never_cache
def new_cohort(request: HttpRequest) -> HttpResponse:
    user = who_manages_people(request)
    return _cohort_form(request, user, Cohort())


@login_required
@never_cache
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    user = who_manages_people(request)
    found = get_object_or_404(cohorts_of(user), pk=pk)
    saw_each(user, Access.What.PEOPLE, found.people.all())
    return _cohort_form(request, user, found)


def _cohort_form(request: HttpRequest, user: User, found: Cohort) -> HttpResponse:
    form = CohortForm(request.POST or None, instance=found, manager=user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
        messages.success(request, _("The cohort is saved."))
        return redirect("planning:plans")
    return render(request, "planning/cohort.html", {"form": form, "cohort": found}, status=400 if form.errors else 200)


@login_required
@require_POST
def delete_cohort(request: HttpRequest, pk: int) -> HttpResponse:
    user = who_manages_people(request)
    found = get_object_or_404(cohorts_of(user), pk=pk)
    try:
        found.delete()
    except ProtectedError:
        messages.error(request, _("A plan names this cohort. Take it off the plan first."))
        return redirect("planning:cohort", pk)
    messages.success(request, _("The cohort is deleted; its people stay."))
    return redirect("planning:plans")

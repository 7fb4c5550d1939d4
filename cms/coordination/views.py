"""The plan as each body sees it: a board, a timeline, an item, the gaps, the month."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cms.accounts.api import signed_in
from cms.coordination.api import report
from cms.coordination.forms import ProgressForm
from cms.coordination.matrix import Matrix
from cms.coordination.models import WorkItem, WorkItemQuerySet, WorkPlan, sees_everything
from cms.coordination.summary import as_pdf, header, rows, title_of
from cms.directory.models import Organisation
from cms.tables.api import xlsx_response
from cms.typeset.api import TypesettingError
from cms.vocabulary.models import StrategyMeasure


def _plan(request: HttpRequest, year: int | None = None) -> WorkPlan:
    """The plan of a year, else the newest that has begun; 404 for whoever has no part in any."""
    user = signed_in(request)
    if not sees_everything(user) and not Organisation.objects.visible_to(user).exists():
        raise Http404
    plans = WorkPlan.objects.all()
    if year:
        return get_object_or_404(plans, year=year)
    current = plans.filter(year__lte=timezone.localdate().year).first() or plans.last()
    if current is None:
        raise Http404
    return current


def _items(request: HttpRequest, plan: WorkPlan) -> WorkItemQuerySet:
    return WorkItem.objects.visible_to(signed_in(request)).filter(plan=plan)


def _context(request: HttpRequest, plan: WorkPlan, view: str) -> dict[str, Any]:
    today = timezone.localdate()
    month = today.month if today.year == plan.year else 12 if today.year > plan.year else 1
    return {"plan": plan, "plans": WorkPlan.objects.all(), "view": view, "month": month}


@never_cache
@login_required
def board(request: HttpRequest, year: int | None = None) -> HttpResponse:
    plan = _plan(request, year)
    items = list(_items(request, plan).with_related())
    columns = [(label, [item for item in items if item.status == value]) for value, label in WorkItem.Status.choices]
    return render(request, "coordination/board.html", _context(request, plan, "board") | {"columns": columns})


@never_cache
@login_required
def timeline(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan(request, year)
    items = [(item, _span(item, plan.year)) for item in _items(request, plan).select_related("lead", "measure")]
    months = [date(plan.year, number, 1) for number in range(1, 13)]
    context = _context(request, plan, "timeline") | {"items": items, "months": months}
    return render(request, "coordination/timeline.html", context)


def _span(item: WorkItem, year: int) -> tuple[int, int]:
    """The first and the last month of an item within the year, from 1 to 12."""
    first = max(item.starts_on, date(year, 1, 1)).month
    last = min(item.ends_on, date(year, 12, 31)).month
    return first, last


@never_cache
@login_required
def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One item with its history and evidence; its bodies say how far it is."""
    found = get_object_or_404(WorkItem.objects.visible_to(signed_in(request)).with_related(), pk=pk)
    form = ProgressForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        report(found, signed_in(request), form)
        messages.success(request, _("Saved. Thank you."))
        return redirect("coordination:item", pk=pk)
    context = _context(request, found.plan, "item") | {
        "item": found,
        "form": form,
        "history": found.progress.select_related("by"),
    }
    return render(request, "coordination/item.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
def matrix(request: HttpRequest, year: int) -> HttpResponse:
    plan = _plan(request, year)
    counted = Matrix(plan)
    measure = StrategyMeasure.objects.filter(slug=request.GET.get("measure", "")[:80]).first()
    context = _context(request, plan, "matrix") | {
        "measures": counted.measures,
        "measure": measure,
        "by_region": counted.by_region,
        "by_audience": counted.by_audience,
        "grid": counted.of_measure(measure) if measure else None,
    }
    return render(request, "coordination/matrix.html", context)


@never_cache
@login_required
def summary(request: HttpRequest, year: int, month: int, suffix: str) -> HttpResponse | FileResponse:
    """The month as a file, in the language of the address, with the items one may see."""
    plan = _plan(request, year)
    if not 1 <= month <= 12 or suffix not in {"pdf", "xlsx"}:
        raise Http404
    items = _items(request, plan)
    name = f"work-plan-{year}-{month:02d}"
    if suffix == "xlsx":
        return xlsx_response(
            f"{name}.xlsx",
            title_of(year, month),
            header(),
            rows(items, year, month),
            right_to_left=get_language_bidi(),
        )
    try:
        content = as_pdf(items, year, month)
    except TypesettingError as error:
        return HttpResponse(str(error), status=500, content_type="text/plain; charset=utf-8")
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )

"""Uploading rosters, looking at what they would change, applying and undoing them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from cms.accounts.offices import who_manages_people
from cms.directory.models import Organisation
from cms.privacy.access import saw_people_of
from cms.privacy.models import Access
from cms.tables.api import csv_response, xlsx_response
from courses.rosters import api
from courses.rosters.checking import CHANGED, ERROR, KINDS
from courses.rosters.columns import CHINESE, ENGLISH
from courses.rosters.forms import RosterForm
from courses.rosters.models import Roster
from courses.rosters.tasks import apply_roster, check_roster, undo_roster
from courses.rosters.words import column_names, why_refused

PER_PAGE = 50


@login_required
@never_cache
def rosters(request: HttpRequest) -> HttpResponse:
    """The rosters so far, and the form for another."""
    user = who_manages_people(request)
    form = RosterForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        file, values = form.cleaned_data["file"], form.cleaned_data
        roster = api.upload(values["organisation"], user, file.name, file.read(), is_whole=values["is_whole"])
        check_roster.enqueue(str(roster.pk))
        return redirect("rosters:roster", roster.pk)
    found = Roster.objects.managed_by(user).select_related("organisation", "author")
    context = {"form": form, "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page"))}
    return render(request, "rosters/rosters.html", context, status=400 if form.errors else 200)


def _own(request: HttpRequest, pk: UUID) -> Roster:
    """A roster that the signed-in person may write; any other answers as if it did not exist."""
    found = Roster.objects.managed_by(signed_in(request)).select_related("organisation", "author")
    return get_object_or_404(found, pk=pk)


@login_required
@never_cache
@require_safe
def roster(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Progress while it is worked on; then the preview, kind by kind."""
    found = _own(request, pk)
    saw_people_of(signed_in(request), Access.What.ROSTER, [found.organisation])
    kinds = [kind for kind in (ERROR, "new", CHANGED, "leaving", "unchanged") if found.counts.get(kind)]
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS and kind in kinds else (kinds[0] if kinds else "")
    page = Paginator(range(found.counts.get(kind, 0)), PER_PAGE).get_page(request.GET.get("page"))
    rows = api.preview(found, kind, page.start_index() - 1, PER_PAGE) if kind else []
    labels = _labels()
    context = {
        "roster": found,
        "tabs": [(name, labels[name], found.counts[name]) for name in kinds],
        "kind": kind,
        "page": page,
        "rows": [_shown(row) for row in rows],
        "columns": column_names(),
        "errors": found.counts.get(ERROR, 0),
    }
    return render(request, "rosters/roster.html", context)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    names = column_names()
    row["problems"] = [(names[problem["column"]], why_refused(problem)) for problem in row["problems"]]
    row["differences"] = [(names[name], before, after) for name, before, after in row["differences"]]
    return row


def _labels() -> dict[str, str]:
    return {
        "new": _("New"),
        "changed": _("Changed"),
        "unchanged": _("Unchanged"),
        "leaving": _("Leaving"),
        "error": _("With mistakes"),
    }


@login_required
@require_POST
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Applies the good rows, once, however often it is pressed. With mistakes the form says that they are left out."""
    found = _own(request, pk)
    if found.counts.get(ERROR) and "good_rows" not in request.POST:
        messages.error(request, _("Some rows have mistakes. Mend the file, or apply the good rows only."))
    elif found.can_be_applied or found.is_stuck:
        Roster.objects.filter(pk=found.pk).update(
            state=Roster.State.WAITING, work=Roster.Work.APPLY, done=0, changed_at=timezone.now()
        )
        apply_roster.enqueue(str(found.pk))
    return redirect("rosters:roster", found.pk)


@login_required
@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _own(request, pk)
    if found.can_be_undone or found.is_stuck:
        Roster.objects.filter(pk=found.pk).update(
            state=Roster.State.WAITING, work=Roster.Work.UNDO, done=0, changed_at=timezone.now()
        )
        undo_roster.enqueue(str(found.pk))
    return redirect("rosters:roster", found.pk)


@login_required
@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Begins anew what failed or was cut off."""
    found = _own(request, pk)
    if found.state == Roster.State.FAILED or found.is_stuck:
        Roster.objects.filter(pk=found.pk).update(state=Roster.State.WAITING, changed_at=timezone.now())
        {"check": check_roster, "apply": apply_roster, "undo": undo_roster}[found.work].enqueue(str(found.pk))
    return redirect("rosters:roster", found.pk)


@login_required
@require_safe
def template(request: HttpRequest, language: str, suffix: str) -> HttpResponseBase:
    """A file with the column heads and one invented row."""
    who_manages_people(request)
    is_chinese = language == "zh"
    header = list((CHINESE if is_chinese else ENGLISH).values())
    unit = Organisation.objects.managed_by(signed_in(request)).first()
    name = "李晓雯" if is_chinese else "Amina Haddad"
    row = ["100234", name, "amina.haddad@example.org", unit.slug if unit else "", "", "", "civil-servants"]
    row += ["2026-01-15", "zh-hans" if is_chinese else "en"]
    if suffix == "csv":
        return csv_response("roster.csv", header, [row])
    return xlsx_response("roster.xlsx", "Roster", header, [row], right_to_left=get_language_bidi())


@login_required
@require_safe
def mistakes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All mistakes as a table, for whoever mends the file."""
    found = _own(request, pk)
    rows = (
        [row["line"], column, row["values"].get("name", ""), sentence]
        for row in map(_shown, api.preview(found, ERROR, 0, found.counts.get(ERROR, 0)))
        for column, sentence in row["problems"]
    )
    return csv_response("mistakes.csv", [_("Line"), _("Column"), _("Name"), _("What is wrong")], rows)

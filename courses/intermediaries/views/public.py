"""What everybody sees: the register, an entry, the check, and how one qualifies."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from modelsearch.backends import get_search_backend

from cms.accounts.limits import allows
from cms.accounts.models import User
from cms.documents.downloads import download
from cms.search.asking import LONGEST_QUERY, parse
from cms.vocabulary.models import Region
from courses.intermediaries import jsonld
from courses.intermediaries.checking import find
from courses.intermediaries.forms import CheckForm
from courses.intermediaries.matching import number_key
from courses.intermediaries.models import (
    Application,
    IntegrityRecord,
    Practice,
    QualificationTrack,
    RegisterEntry,
    RegisterQuerySet,
    Standing,
)
from courses.intermediaries.progress import progress_of
from courses.intermediaries.rights import keeps_register

PAGE_SIZE = 25
MOST_FOUND = 1000
FILTERS = ("q", "track", "region", "status")
CHECKS_A_MINUTE = 20  # a person types a number and a name in half a minute; who asks more often is collecting


@require_safe
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    """The register by words, profession, region and status."""
    asked = {name: request.GET.get(name, "").replace("\x00", "")[:LONGEST_QUERY] for name in FILTERS}
    pages = Paginator(_found(asked), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "pages": pages,
        "asked": asked,
        "tracks": QualificationTrack.objects.all(),
        "regions": Region.objects.filter(pk__in=RegisterEntry.objects.order_by().values("region")),
        "standings": Standing.choices,
        "keeps": keeps_register(request.user),
    }
    return render(request, "intermediaries/register.html", context)


def _found(asked: dict[str, str]) -> RegisterQuerySet:
    rows = RegisterEntry.objects.with_standing().select_related("track", "region", "agency")
    if asked["track"]:
        rows = rows.filter(track__slug=asked["track"])
    if asked["region"]:
        rows = rows.filter(region__slug=asked["region"])
    if asked["status"] in Standing.values:
        rows = rows.filter(standing=asked["status"])  # type: ignore[misc]
    if text := asked["q"].strip():
        results = get_search_backend().search(parse(text), RegisterEntry.objects.all())
        rows = rows.filter(Q(pk__in=[row.pk for row in results[:MOST_FOUND]]) | Q(number_key=number_key(text)))
    return rows


@require_safe
@never_cache
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One entry: status with its history, agency or agents, and the integrity record."""
    related = ("track__authority", "region", "agency")
    rows = RegisterEntry.objects.with_standing().select_related(*related).prefetch_related("topics")
    found: RegisterEntry = get_object_or_404(rows, pk=pk)
    agents = RegisterEntry.objects.active().filter(agency=found).select_related("track")
    context = {
        "entry": found,
        "changes": found.changes.all(),
        "records": found.records.public().prefetch_related("objections"),
        "agents": Paginator(agents, PAGE_SIZE).get_page(request.GET.get("page")),
        "keeps": keeps_register(request.user),
        "structured_data": jsonld.holder(found, request.build_absolute_uri(request.path)),
    }
    return render(request, "intermediaries/entry.html", context)


@require_safe
@never_cache
def document(request: HttpRequest, pk: UUID) -> FileResponse:
    """The source of a record, as a download, while the record is public."""
    record: IntegrityRecord = get_object_or_404(IntegrityRecord.objects.public(), pk=pk)
    return download(record.document, f"record-{record.pk}")


@require_safe
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Is this agent on the register? One answer for all that is not, whatever of it is wrong."""
    form = CheckForm(request.GET if request.GET.keys() & {"number", "name"} else None)
    context: dict[str, Any] = {"form": form}
    status = 200
    if form.is_bound and form.is_valid():
        if not allows(request, "register-check", CHECKS_A_MINUTE, 60):
            response = render(request, "intermediaries/check.html", context | {"is_too_often": True}, status=429)
            response["Retry-After"] = "60"
            return response
        found = find(form.cleaned_data["number"], form.cleaned_data["name"])
        context |= {"found": found, "is_unknown": not found}
        status = 200 if found else 404
    elif form.is_bound:
        status = 400
    return render(request, "intermediaries/check.html", context, status=status)


@require_safe
def tracks(request: HttpRequest) -> HttpResponse:
    """The qualifications that lead to the register."""
    rows = QualificationTrack.objects.select_related("authority")
    return render(request, "intermediaries/tracks.html", {"tracks": rows})


@require_safe
@never_cache
def track(request: HttpRequest, slug: str) -> HttpResponse:
    """What a qualification asks; for who is signed in, what of it they have."""
    found = get_object_or_404(QualificationTrack.objects.select_related("authority"), slug=slug)
    context: dict[str, Any] = {"track": found, "papers": found.papers.all()}
    user = request.user
    if isinstance(user, User):
        context |= {
            "progress": progress_of(user, found),
            "practice": Practice.objects.of(user).filter(track=found).select_related("organisation"),
            "application": Application.objects.filter(person=user, track=found).order_by("-asked_at").first(),
            "own_entry": RegisterEntry.objects.filter(track=found, user=user).first(),
        }
    return render(request, "intermediaries/track.html", context)

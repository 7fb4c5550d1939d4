from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from cms.campaigns.events.api import places_of
from cms.campaigns.events.models import EventPage, Registration
from cms.tables.api import csv_response, xlsx_response
from cms.tables.workbook import Row

GUESTS_A_PAGE = 100


def registrations(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Who registered and who came; as a table, CSV or XLSX for those who may publish the event."""
    event = get_object_or_404(EventPage, pk=pk)
    if not event.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    header = [
        *(_("Name"), _("Email address"), _("Organisation"), _("Language"), _("State"), _("Registered"), _("Sessions")),
    ]
    registered = Registration.objects.filter(event_key=event.translation_key)
    guests = registered.annotate(came=Count("attendances")).order_by("created_at", "pk")
    if request.GET.get("format") == "csv":
        return csv_response("registrations.csv", header, map(_row, guests))
    if request.GET.get("format") == "xlsx":
        rows = map(_row, guests)
        return xlsx_response("registrations.xlsx", event.title, header, rows, right_to_left=get_language_bidi())
    pages = Paginator(guests, GUESTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "event": event,
        "places": places_of(event),
        "header": header,
        "rows": map(_row, pages),
        "pages": pages,
        "page_title": _("Registrations"),
    }
    return render(request, "events/admin/registrations.html", context)


def _row(guest: Any) -> Row:
    return [
        guest.name,
        guest.email,
        guest.organisation,
        guest.language,
        guest.get_state_display(),
        f"{localtime(guest.created_at):%Y-%m-%d %H:%M}",
        guest.came,
    ]

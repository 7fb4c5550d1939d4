from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from cms.campaigns.events.api import places_of
from cms.campaigns.events.models import EventPage, Registration
from cms.tables.api import Row, csv_response, xlsx_response


def registrations(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Who registered and who came; as a table, CSV or XLSX for those who may publish the event."""
    event = get_object_or_404(EventPage, pk=pk)
    if not event.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    header = [
        *(_("Name"), _("Email address"), _("Organisation"), _("Language"), _("State"), _("Registered"), _("Sessions")),
    ]
    rows = _rows(event)
    if request.GET.get("format") == "csv":
        return csv_response("registrations.csv", header, rows)
    if request.GET.get("format") == "xlsx":
        return xlsx_response("registrations.xlsx", event.title, header, rows, right_to_left=get_language_bidi())
    context = {
        "event": event,
        "places": places_of(event),
        "header": header,
        "rows": rows,
        "page_title": _("Registrations"),
    }
    return render(request, "events/admin/registrations.html", context)


def _rows(event: EventPage) -> list[Row]:
    found = Registration.objects.filter(event_key=event.translation_key).prefetch_related("attendances")
    return [
        [
            guest.name,
            guest.email,
            guest.organisation,
            guest.language,
            guest.get_state_display(),
            f"{localtime(guest.created_at):%Y-%m-%d %H:%M}",
            len(guest.attendances.all()),
        ]
        for guest in found
    ]

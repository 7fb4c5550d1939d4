"""Letters to people who registered. The page they stand on says the same: a lost mail loses nothing."""

from typing import Any

from django.urls import reverse
from django.utils.translation import override
from django_tasks import task

from cms.campaigns.events.ical import calendar
from cms.campaigns.events.links import token_of
from cms.campaigns.events.models import EventPage, Registration
from cms.correspondence.mail import absolute, send
from cms.languages.switcher import best_in


@task()
def write_to(pk: str, occasion: str) -> None:
    """Writes to one person: registered, moved up, or cancelled."""
    registration = Registration.objects.filter(pk=pk).first()
    if registration is None or not registration.email:
        return
    event = best_in(EventPage.objects.filter(translation_key=registration.event_key), registration.language)
    if event is None:
        return
    with override(registration.language):
        token = token_of(registration)
        url = absolute(reverse("events:registration", args=[token]))
    context: dict[str, Any] = {"registration": registration, "event": event, "occasion": occasion, "url": url}
    send(
        registration.email,
        registration.language,
        "events/mail.txt",
        context,
        attachments=_calendar(registration, event),
    )


def _calendar(registration: Registration, event: EventPage) -> list[tuple[str, str, str]]:
    """An entry for the calendar of whoever has a place, and its removal for whoever has given it back."""
    if registration.state == Registration.State.WAITING:
        return []
    method = "PUBLISH" if registration.is_confirmed else "CANCEL"
    return [("event.ics", calendar([event], method=method), f"text/calendar; method={method}")]

"""Time without JavaScript: from the moment a page was made to the moment its form came back.

The moment stands in the form, signed. Where scripts run, they take it out and report active time instead.
"""

from datetime import UTC, datetime

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from courses.activities.place import Place
from courses.records.api import Act, Verb
from courses.records.timing import milliseconds

SALT = "imprint.player.opened"
LONGEST = 12 * 3600  # seconds: a page that was left open over night says nothing


def opened_token(place: Place) -> str:
    """Says, signed, that this page was made now for this person."""
    return signing.dumps([str(place.enrolment.pk), str(place.activity.key), milliseconds(timezone.now())], salt=SALT)


def observed(request: HttpRequest, place: Place) -> list[Act]:
    """The act of having had the page open, if the form says so: no longer than the minutes set aside for it."""
    token = request.POST.get("opened", "")
    try:
        enrolment, key, opened = signing.loads(token, salt=SALT, max_age=LONGEST)
    except signing.BadSignature:
        return []
    now = milliseconds(timezone.now())
    if (enrolment, key) != (str(place.enrolment.pk), str(place.activity.key)) or opened >= now:
        return []
    active = min(now - opened, place.activity.minutes * 60_000)
    return [
        Act(
            Verb.EXPERIENCED,
            f"opened:{place.activity.key}:{opened}",
            place.activity.pk,
            span=(opened, now),
            active=active,
            is_observed=True,
            happened_at=datetime.fromtimestamp(opened / 1000, UTC),
        )
    ]

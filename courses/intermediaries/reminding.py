"""Whose entry runs out is reminded 90, 60, 30 and 7 days before, each once."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from cms.accounts.models import User
from courses.intermediaries.letters import holders_of
from courses.intermediaries.models import RegisterEntry, Standing
from courses.training.models import Notice
from courses.training.reminding.noticing import EXPIRY_STEPS, keep


def remind(now: datetime) -> int:
    """How many notices that made: to the person of an entry, or to the coordinators of the agency."""
    today = timezone.localdate(now)
    ending = (
        RegisterEntry.objects.filter(valid_until__range=(today, today + timedelta(days=EXPIRY_STEPS[0])))
        .exclude(status=Standing.STRUCK_OFF)
        .select_related("user", "organisation")
        .order_by("pk")
    )
    return keep(
        _notice(entry, person, today) for entry in ending.iterator(chunk_size=500) for person in holders_of(entry)
    )


def _notice(entry: RegisterEntry, person: User, today: date) -> Notice:
    assert entry.valid_until is not None
    step = min(step for step in EXPIRY_STEPS if (entry.valid_until - today).days <= step)
    key = f"register:{entry.pk}:{entry.valid_until}:{step}"
    return Notice(person=person, kind=Notice.Kind.RENEWAL, key=key, day=entry.valid_until)

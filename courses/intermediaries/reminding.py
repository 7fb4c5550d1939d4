"""Whose entry runs out is reminded 90, 60, 30 and 7 days before, each once."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from courses.intermediaries.models import RegisterEntry, Standing
from courses.training.models import Notice
from courses.training.reminding.noticing import EXPIRY_STEPS, keep


def remind(now: datetime) -> int:
    """How many notices that made."""
    today = timezone.localdate(now)
    ending = RegisterEntry.objects.filter(
        valid_until__range=(today, today + timedelta(days=EXPIRY_STEPS[0])), user__is_active=True
    ).exclude(status=Standing.STRUCK_OFF)
    rows = ending.values_list("pk", "user_id", "valid_until").order_by("pk")
    return keep(_notice(pk, user, day, today) for pk, user, day in rows.iterator(chunk_size=2000) if user and day)


def _notice(entry: UUID, person: int, last_day: date, today: date) -> Notice:
    step = min(step for step in EXPIRY_STEPS if (last_day - today).days <= step)
    key = f"register:{entry}:{last_day}:{step}"
    return Notice(person_id=person, kind=Notice.Kind.RENEWAL, key=key, day=last_day)

"""One letter a day with all that is new, in the person's language, never at night where they are."""

from datetime import datetime
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cms.accounts.models import User
from cms.correspondence.mail import absolute, send
from courses.training.models import Notice


def mail_all(now: datetime) -> int:
    """Sends the digests that may be sent now; how many letters. What the mail server refuses waits for the next run."""
    waiting = Notice.objects.filter(mailed_at__isnull=True, person__is_active=True).with_subject()
    by_person = groupby(waiting.order_by("person_id", "pk"), key=attrgetter("person"))
    return sum(_mail(person, list(notices), now) for person, notices in by_person)


def is_quiet(person: User, now: datetime) -> bool:
    """Whether it is evening, night or early morning where the person is."""
    evening, morning = settings.IMPRINT_QUIET_HOURS
    hour = now.astimezone(ZoneInfo(person.time_zone)).hour
    return hour >= evening or hour < morning


def _mail(person: User, notices: list[Notice], now: datetime) -> bool:
    zone = ZoneInfo(person.time_zone)
    last = Notice.objects.of(person).exclude(mailed_at=None).order_by("-mailed_at").first()
    was_today = last is not None and timezone.localdate(last.mailed_at, zone) == timezone.localdate(now, zone)
    if is_quiet(person, now) or was_today:
        return False
    # Claimed before it is sent: of two workers one sends.
    mine = Notice.objects.filter(pk__in=[notice.pk for notice in notices], mailed_at__isnull=True)
    if mine.update(mailed_at=now) != len(notices):
        return False
    with override(person.preferred_language):
        url = absolute(reverse("training:mine"))
    try:
        context = {"person": person, "notices": notices, "url": url}
        send(person.email, person.preferred_language, "training/digest.txt", context)
    except OSError:
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=None)
        return False
    return True

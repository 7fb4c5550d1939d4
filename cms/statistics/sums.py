"""The one place where a count is stored."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cms.statistics.models import Act, DailyCount


def add(subject: UUID, act: Act, language: str, number: int = 1, moment: datetime | None = None) -> None:
    """Adds to a day's count. Two at once lose nothing: the sum is made in the database."""
    day = (moment or timezone.now()).date()
    rows = DailyCount.objects.filter(subject=subject, day=day, act=act, language=language)
    if rows.update(count=F("count") + number):
        return
    try:
        with transaction.atomic():
            DailyCount.objects.create(subject=subject, day=day, act=act, language=language, count=number)
    except IntegrityError:  # somebody else began this day's count meanwhile
        rows.update(count=F("count") + number)

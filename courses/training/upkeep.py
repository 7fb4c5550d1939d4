"""What has to be done again and again: obligations worked out anew, notices made, digests mailed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cms.jobs.signals import hour_passed
from courses.training.models import Upkeep
from courses.training.refresh import refresh
from courses.training.reminding.mailing import mail_all
from courses.training.reminding.noticing import notice_all

HOURS = 6  # everybody is looked at four times a day, so that a new day begins early in every time zone


@dataclass(frozen=True)
class Kept:
    """How many obligations changed, notices were made, and letters sent."""

    changed: int
    told: int
    mailed: int


def keep_up(now: datetime | None = None) -> Kept:
    """Does what is due. Running it more often does nothing twice."""
    now = now or timezone.now()
    upkeep, is_first = Upkeep.objects.get_or_create(name=f"{now:%Y-%m-%d}/{now.hour // HOURS}")
    try:
        changed = refresh(now=now) if is_first else 0
    except Exception:
        upkeep.delete()  # the next run looks at everybody again
        raise
    kept = Kept(changed, notice_all(now), mail_all(now))
    hour_passed.send(keep_up, now=now)
    return kept

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from cms.jobs.signals import hour_passed
from courses.intermediaries.reminding import remind


@receiver(hour_passed)
def remind_of_renewals(now: datetime, **kwargs: Any) -> None:
    remind(now)

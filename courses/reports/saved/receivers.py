from datetime import datetime
from typing import Any

from django.dispatch import receiver

from cms.jobs.signals import hour_passed
from courses.reports.saved.sending import send_due


@receiver(hour_passed)
def send_reports(now: datetime, **kwargs: Any) -> None:
    send_due(now)

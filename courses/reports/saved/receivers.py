from datetime import datetime
from typing import Any

from django.dispatch import receiver

from courses.reports.saved.sending import send_due
from cms.jobs.signals import hour_passed


@receiver(hour_passed)
def send_reports(now: datetime, **kwargs: Any) -> None:
    send_due(now)

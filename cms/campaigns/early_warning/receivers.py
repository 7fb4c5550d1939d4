"""A report that becomes public is announced to those who subscribed; one that has expired already is not."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import page_published

from cms.campaigns.early_warning.models import ReportPage
from cms.correspondence.api import announce
from cms.correspondence.models import Subject
from cms.correspondence.tasks import deliver_announcement


@receiver(page_published, sender=ReportPage)
def tell_subscribers(instance: ReportPage, **kwargs: Any) -> None:
    if instance.is_expired:
        return
    announcement = announce(instance, Subject.REPORTS, instance.topics.all())
    if announcement:
        transaction.on_commit(lambda: deliver_announcement.enqueue(announcement.pk))

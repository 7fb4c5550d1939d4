"""An opportunity that becomes public is announced to those who subscribed to its fields and country."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import page_published

from cms.correspondence.api import announce
from cms.correspondence.models import Subject
from cms.correspondence.tasks import deliver_announcement
from cms.exchange.models import OpportunityPage


@receiver(page_published, sender=OpportunityPage)
def tell_subscribers(instance: OpportunityPage, **kwargs: Any) -> None:
    if instance.is_closed:
        return
    announcement = announce(instance, Subject.EXCHANGE, instance.topics.all(), instance.country)
    if announcement:
        transaction.on_commit(lambda: deliver_announcement.enqueue(announcement.pk))

"""A release that becomes public is announced to those who subscribed, once per language."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import page_published

from cms.campaigns.newsroom.models import PressReleasePage
from cms.correspondence.api import announce
from cms.correspondence.models import Subject
from cms.correspondence.tasks import deliver_announcement
from cms.languages.switcher import readable


@receiver(page_published, sender=PressReleasePage)
def tell_subscribers(instance: PressReleasePage, **kwargs: Any) -> None:
    if not readable(PressReleasePage.objects.filter(pk=instance.pk)).exists() or not instance.in_main_newsroom:
        return
    announcement = announce(instance, Subject.PRESS, instance.topics.all())
    if announcement:
        transaction.on_commit(lambda: deliver_announcement.enqueue(announcement.pk))

"""Looking into the sources when it is time; and hiding the items of one that is switched off."""

from datetime import datetime
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from cms.harvesting.harvesting import due
from cms.harvesting.models import Source
from cms.harvesting.tasks import ask_for
from cms.jobs.signals import hour_passed


@receiver(hour_passed)
def look_into_what_is_due(now: datetime, **kwargs: Any) -> None:
    for source in due(now):
        ask_for(source)


@receiver(post_save, sender=Source)
def show_or_hide(instance: Source, **kwargs: Any) -> None:
    """One by one: search has to learn of each."""
    for item in instance.items.filter(is_deleted=False, is_shown=not instance.is_active):
        item.is_shown = instance.is_active
        item.save(update_fields=["is_shown"])

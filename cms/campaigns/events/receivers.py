"""More places let the line move up."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from cms.campaigns.events.api import move_up
from cms.campaigns.events.models import EventPage


@receiver(page_published, sender=EventPage)
def let_the_line_move(instance: EventPage, **kwargs: Any) -> None:
    move_up(instance.translation_key)

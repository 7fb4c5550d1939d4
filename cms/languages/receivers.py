from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from cms.languages.freshness import note_published


@receiver(page_published)
def remember_what_was_published(instance: Page, **kwargs: Any) -> None:
    note_published(instance)

"""Pages that become public, change, move or go: their records follow at once."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.interop.keeping import refresh, refresh_pages
from cms.jobs.signals import hour_passed


@receiver([page_published, page_unpublished])
def page_changed(instance: Page, **kwargs: Any) -> None:
    _soon([instance])


@receiver(post_page_move)
def branch_moved(instance: Page, **kwargs: Any) -> None:
    _soon(Page.objects.descendant_of(instance, inclusive=True))


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def branch_restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    _soon(Page.objects.filter(path__startswith=instance.page.path))


@receiver(post_delete)
def page_deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    if issubclass(sender, Page) and sender is not Page:
        _soon([instance])


@receiver(hour_passed)
def look_at_everything(**kwargs: Any) -> None:
    """What signals do not tell: terms that were renamed, organisations, addresses."""
    refresh()


def _soon(pages: Any) -> None:
    transaction.on_commit(lambda: refresh_pages(pages))

"""Scheduled publishing to the minute: a task is due when the page is; Wagtail's command stays for cron."""

from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django_tasks import task
from wagtail.models import Revision


@task()
def publish_what_is_due() -> None:
    """Publishes every scheduled revision whose time has come, and takes back what has expired."""
    call_command("publish_scheduled")


@receiver(post_save, sender=Revision, dispatch_uid="pages.schedule")
def plan_publishing(instance: Revision, **kwargs: Any) -> None:
    due = instance.approved_go_live_at
    if due and publish_what_is_due.get_backend().supports_defer:
        transaction.on_commit(lambda: publish_what_is_due.using(run_after=due).enqueue())

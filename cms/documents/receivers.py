"""Wagtail saves documents in several places and knows nothing of us: a signal tells."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.documents import get_document_model

from cms.documents.tasks import read_document


@receiver(post_save, sender=get_document_model())
def read_its_text(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        transaction.on_commit(partial(read_document.enqueue, instance.pk))

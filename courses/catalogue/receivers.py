"""A course that is published, changed or taken back is told to those who harvest."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cms.interop.keeping import refresh_rows
from courses.catalogue.models import Course
from courses.catalogue.works import COURSE


@receiver([post_save, post_delete], sender=Course)
def share(instance: Course, **kwargs: Any) -> None:
    transaction.on_commit(lambda: refresh_rows(COURSE, [instance.pk], [instance.slug]))

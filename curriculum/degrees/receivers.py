"""A programme that is published, changed or taken back is told to those who harvest."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cms.interop.keeping import refresh_rows
from curriculum.degrees.models import DegreeProgramme
from curriculum.degrees.works import DEGREE


@receiver([post_save, post_delete], sender=DegreeProgramme)
def share(instance: DegreeProgramme, **kwargs: Any) -> None:
    transaction.on_commit(lambda: refresh_rows(DEGREE, [instance.pk], [str(instance.key)]))

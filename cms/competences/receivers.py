"""What is said of a framework changes with its competences: search learns of it with them."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from modelsearch.index import insert_or_update_object

from cms.competences.models import Competence, Descriptor


@receiver([post_save, post_delete], sender=Descriptor)
def the_words_of_a_framework_changed(instance: Descriptor, **kwargs: Any) -> None:
    insert_or_update_object(instance.competence.framework)


@receiver(post_save, sender=Competence)
def the_name_of_a_competence_changed(instance: Competence, **kwargs: Any) -> None:
    insert_or_update_object(instance.framework)

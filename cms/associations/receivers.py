"""Whoever keeps an association's section gets the right to it as soon as it is there, in each language."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from cms.associations.models import AssociationPage
from cms.associations.rights import give_rights


@receiver(post_save, sender=AssociationPage)
def make_the_group(instance: AssociationPage, created: bool, **kwargs: Any) -> None:
    if created:
        give_rights(instance)

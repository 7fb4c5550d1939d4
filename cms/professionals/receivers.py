"""Profiles follow what becomes of their owners, and are looked after every hour."""

from datetime import datetime
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from modelsearch.index import remove_object

from cms.accounts.models import User
from cms.jobs.signals import hour_passed
from cms.professionals.models import Profile
from cms.professionals.publishing import look_after_stale


@receiver(hour_passed)
def ask_the_owners_of_old_profiles(now: datetime, **kwargs: Any) -> None:
    look_after_stale(now)


@receiver(post_save, sender=User)
def take_down_with_the_account(instance: User, **kwargs: Any) -> None:
    if not instance.is_active:
        for profile in Profile.objects.filter(user=instance, is_public=True):
            Profile.objects.filter(pk=profile.pk).update(is_public=False)
            remove_object(profile)

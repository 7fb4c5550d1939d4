"""Going public and going back: each with a record of the consent, and at once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from modelsearch.index import insert_or_update_object, remove_object

from cms.correspondence.mail import absolute, send
from cms.professionals.models import Consent, Profile
from cms.professionals.parts import Part
from cms.vocabulary.joined import joined

TEXT_VERSION = 1
FRESH = timedelta(days=365)
PATIENCE = timedelta(days=30)


def consent_text() -> str:
    """What a person agrees to."""
    return _(
        "My name, headline, IP fields and the parts chosen below are shown to everybody on this site and found by its "
        "search. I may change the parts or take the profile down at any time; it is then gone at once."
    )


@transaction.atomic
def publish(profile: Profile, parts: Iterable[str]) -> None:
    """Shows the profile in these parts."""
    chosen = joined(part for part in parts if part in Part.values)
    now = timezone.now()
    Consent.objects.create(
        user_id=profile.user_id, is_given=True, parts=chosen, text_version=TEXT_VERSION, text=consent_text(), at=now
    )
    profile.shown, profile.is_public, profile.confirmed_at = chosen, True, now
    profile.asked_at = profile.hidden_as_stale_at = None
    profile.save()
    insert_or_update_object(profile)


@transaction.atomic
def withdraw(profile: Profile) -> None:
    """Takes the profile down, everywhere and at once. Doing it again does nothing."""
    if profile.is_public:
        Consent.objects.create(
            user_id=profile.user_id, is_given=False, parts="", text_version=TEXT_VERSION, text=consent_text()
        )
    _hide(profile)


def _hide(profile: Profile) -> None:
    profile.is_public, profile.asked_at = False, None
    profile.save()
    remove_object(profile)


def say_it_is_current(profile: Profile) -> None:
    """Its owner has looked at it and found it right."""
    Profile.objects.filter(pk=profile.pk).update(confirmed_at=timezone.now(), asked_at=None)


def look_after_stale(now: datetime | None = None) -> tuple[int, int]:
    """Asks the owners of profiles that nobody confirmed for a year, and hides those who did not answer for a month.

    Returns how many were asked and how many hidden.
    """
    now = now or timezone.now()
    old = Profile.objects.public().filter(confirmed_at__lt=now - FRESH).select_related("user")
    asked = sum(_ask(profile, now) for profile in old.filter(asked_at__isnull=True))
    unanswered = list(old.filter(asked_at__lt=now - PATIENCE))
    for profile in unanswered:
        profile.hidden_as_stale_at = now
        _hide(profile)
        _write(profile, "professionals/hidden.txt")
    return asked, len(unanswered)


def _ask(profile: Profile, now: datetime) -> bool:
    if not _write(profile, "professionals/still_right.txt"):
        return False  # the next hour tries again
    Profile.objects.filter(pk=profile.pk).update(asked_at=now)
    return True


def _write(profile: Profile, template: str) -> bool:
    try:
        url = absolute(f"/{profile.user.preferred_language}/people/me/")
        send(profile.user.email, profile.user.preferred_language, template, {"profile": profile, "url": url})
    except OSError:
        return False
    return True

"""Noting who looked at whose data."""

from collections.abc import Iterable

from django.utils import timezone

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.privacy.models import Access


def saw_person(reader: User, what: str, person: User) -> None:
    """One look at one person. Looking at one’s own data is none."""
    if reader.pk != person.pk:
        _note([_access(reader, what, f"person:{person.pk}", person=person)])


def saw_each(reader: User, what: str, people: Iterable[User]) -> None:
    """A look at some people, one by one, wherever they belong: one note each."""
    _note([_access(reader, what, f"person:{one.pk}", person=one) for one in people if one.pk != reader.pk])


def saw_people_of(reader: User, what: str, organisations: Iterable[Organisation]) -> None:
    """A look at everybody in these organisations and below them: one note each, however many people."""
    _note([_access(reader, what, f"organisation:{body.pk}", organisation=body) for body in organisations])


def _access(reader: User, what: str, whom: str, **about: User | Organisation) -> Access:
    now = timezone.now()
    key = f"{now:%Y-%m-%dT%H}:{reader.pk}:{what}:{whom}"
    return Access(reader=reader, what=what, at=now, day=timezone.localdate(now), key=key, **about)


def _note(looks: list[Access]) -> None:
    Access.objects.bulk_create(looks, ignore_conflicts=True)

"""Erasing a person: what is theirs goes, what must stay leads to an account without a name."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cms.accounts.models import User
from cms.personal_data import BLANK, DELETE, KEEP, Kind
from cms.privacy.kinds import all_rows, kinds, model_of
from cms.privacy.models import Access, ErasureRequest

TIME_TO_THINK = timedelta(days=7)
LOOKS_KEPT = timedelta(days=3 * 365)


def ask(person: User) -> ErasureRequest:
    """Notes the wish; asking twice asks once."""
    found = ErasureRequest.objects.filter(person=person, withdrawn_at=None, done_at=None).first()
    return found or ErasureRequest.objects.create(person=person, due_at=timezone.now() + TIME_TO_THINK)


def withdraw(person: User) -> None:
    ErasureRequest.objects.filter(person=person, done_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now())


@transaction.atomic
def erase(person: User) -> None:
    """Deletes, blanks and takes the name away, at once and for good. The learning record stays, and its chain holds."""
    for kind, rows in all_rows(person):
        _treat(kind, rows, kind.on_erasure)
    name = f"erased-{uuid.uuid4().hex[:12]}"
    person.groups.clear()
    person.user_permissions.clear()
    person.email, person.name, person.password = f"{name}@erased.invalid", "", make_password(None)
    person.is_active = person.is_staff = person.is_superuser = False
    person.preferred_language, person.time_zone, person.last_login = "en", "UTC", None
    person.save()
    _sign_out(person)
    now = timezone.now()
    ErasureRequest.objects.filter(person=person, done_at=None).update(done_at=now)


def _treat(kind: Kind, rows: QuerySet, how: str) -> None:
    if how == KEEP:
        return
    for row in rows.iterator(chunk_size=500) if kind.files or kind.forget else ():
        _drop_files(kind, row)
    if how == DELETE:
        rows.delete()
    elif how == BLANK:
        for pk in list(rows.values_list("pk", flat=True)):
            model_of(kind)._default_manager.filter(pk=pk).update(**_blanks(kind))


def _blanks(kind: Kind) -> dict[str, Any]:
    """What blanked fields become; an address must stay one of its own, since some may stand once only."""
    return {name: value() if callable(value) else value for name, value in kind.blank.items()}


def _drop_files(kind: Kind, row: Any) -> None:
    for name in kind.files:
        file = getattr(row, name)
        if file:
            file.storage.delete(file.name)
    if kind.forget:
        kind.forget(row)


def _sign_out(person: User) -> None:
    for session in Session.objects.iterator(chunk_size=500):
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


def keep_privacy(now: datetime | None = None) -> int:
    """Erases those whose time to think is over, and what has been kept long enough; how many people were erased."""
    now = now or timezone.now()
    due = ErasureRequest.objects.filter(withdrawn_at=None, done_at=None, due_at__lte=now).select_related("person")
    people = [request.person for request in due]
    for person in people:
        erase(person)
    for kind in kinds():
        if kind.days:
            rows = model_of(kind)._default_manager.filter(**{f"{kind.age}__lt": now - timedelta(days=kind.days)})
            _treat(kind, rows, kind.when_old)
    Access.objects.filter(at__lt=now - LOOKS_KEPT).delete()
    return len(people)

"""An entry in the register as a proof of what a profile claims: while it is active, and no longer."""

from typing import Any

from django.core.exceptions import ValidationError

from cms.professionals.proofs import Proof, Proofs
from courses.intermediaries.models import RegisterEntry, RegisterQuerySet


def _proof(entry: RegisterEntry) -> Proof:
    body = str(entry.track.authority) if entry.track.authority else ""
    return Proof(str(entry.pk), f"{entry.track} · {entry.number}", body, entry.admitted_on, entry.get_absolute_url())


def _own(user: Any) -> RegisterQuerySet:
    return RegisterEntry.objects.active().filter(user_id=user.pk).select_related("track__authority")


def _of(user: Any) -> list[Proof]:
    return [_proof(entry) for entry in _own(user)]


def _find(user: Any, key: str) -> Proof | None:
    try:
        found = _own(user).filter(pk=key).first()
    except ValidationError:  # no key of ours
        return None
    return _proof(found) if found else None


REGISTER = Proofs("register", _of, _find)

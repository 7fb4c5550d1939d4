"""Taking a roster back: what it made goes, what it changed is as before, what others did since stays."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from cms.accounts.models import User
from cms.directory.models import Membership, StaffNumber
from courses.rosters.applying import plain
from courses.rosters.models import RosterChunk

MODELS: dict[str, Any] = {"user": User, "membership": Membership}


@transaction.atomic
def undo(chunk: RosterChunk) -> Counter[str]:
    """Takes one chunk back and forgets it; what was left as it is, by why: ``changed`` since, or ``used`` accounts."""
    kept: Counter[str] = Counter()
    changes = chunk.changes
    StaffNumber.objects.filter(pk__in=changes["numbers"]).delete()
    Membership.objects.filter(pk__in=changes["memberships"]).delete()
    kept["changed"] += _restore(changes["edits"])
    kept["used"] += _forget(changes["users"])
    chunk.delete()
    return kept


def _restore(edits: list[list[Any]]) -> int:
    """Puts values back where they are still what the roster had set; how many were changed since."""
    since = 0
    for name, model in MODELS.items():
        mine = [edit for edit in reversed(edits) if edit[0] == name]
        things = model.objects.in_bulk([edit[1] for edit in mine])
        back, fields = [], set[str]()
        for _name, pk, before, after in mine:
            thing = things.get(pk)
            if thing is None:
                continue
            if any(plain(getattr(thing, field)) != value for field, value in after.items()):
                since += 1
                continue
            for field, value in before.items():
                setattr(thing, field, date.fromisoformat(value) if field.endswith("_on") and value else value)
                fields.add(field.removesuffix("_id"))
            back.append(thing)
        if back:
            model.objects.bulk_update(
                list({thing.pk: thing for thing in back}.values()), sorted(fields), batch_size=500
            )
    return since


def _forget(users: list[int]) -> int:
    """Deletes the accounts that were made and never used; how many are used by now and stay."""
    unused = User.objects.filter(pk__in=users, last_login=None, memberships=None)
    unused = unused.filter(enrolments=None, credit_entries=None, attempts=None)
    found = list(unused.values_list("pk", flat=True))
    try:
        with transaction.atomic():
            User.objects.filter(pk__in=found).delete()
    except ProtectedError:
        return len(users) - sum(_forget_one(pk) for pk in found)
    return len(users) - len(found)


def _forget_one(pk: int) -> bool:
    try:
        with transaction.atomic():
            User.objects.filter(pk=pk).delete()
    except ProtectedError:
        return False
    return True

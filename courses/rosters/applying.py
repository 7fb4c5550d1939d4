"""Applying a roster, some thousand rows in one transaction each, and keeping what it takes to undo it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from secrets import token_urlsafe
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction

from cms.accounts.models import User
from cms.directory.models import Membership, Organisation, StaffNumber
from courses.rosters.checking import CHANGED, LEAVING, NEW, Row
from courses.rosters.models import Roster, RosterChunk

AT_ONCE = 5000  # rows in one transaction: so many are done again after a crash, and others wait as long


@dataclass
class Changes:
    """What was done: primary keys of what was made, and the values of what was changed, before and after."""

    users: list[int] = field(default_factory=list)
    memberships: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    edits: list[list[Any]] = field(default_factory=list)

    def to_json(self) -> dict[str, list]:
        return {"users": self.users, "memberships": self.memberships, "numbers": self.numbers, "edits": self.edits}


def in_chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    found = iter(rows)
    while chunk := list(islice(found, AT_ONCE)):
        yield chunk


@transaction.atomic
def apply(roster: Roster, organisation: Organisation, rows: list[Row], today: date) -> None:
    """Applies the rows that are new, changed or leaving, all of them or none."""
    writer = _Writer(organisation, today)
    writer.add([row for row in rows if row.kind == NEW])
    writer.change([row for row in rows if row.kind == CHANGED])
    writer.end([row.membership for row in rows if row.kind == LEAVING and row.membership])
    changes = writer.changes.to_json()
    if any(changes.values()):
        last = roster.chunks.order_by("-number").values_list("number", flat=True).first()
        RosterChunk.objects.create(roster=roster, number=(last or 0) + 1, changes=changes)


class _Writer:
    def __init__(self, organisation: Organisation, today: date) -> None:
        self.organisation, self.today, self.changes = organisation, today, Changes()

    def add(self, rows: list[Row]) -> None:
        """People without an account get one with which nobody can sign in until they set a password."""
        strangers = [row for row in rows if row.user is None]
        users = [
            User(
                email=row.values["email"],
                name=row.values["name"],
                preferred_language=row.values.get("language") or "en",
                time_zone=self.organisation.time_zone,
                # As make_password(None) makes it, ten times as fast.
                password=f"{UNUSABLE_PASSWORD_PREFIX}{token_urlsafe(30)}",
            )
            for row in strangers
        ]
        for row, user in zip(strangers, User.objects.bulk_create(users), strict=True):
            row.user = user.pk
            self.changes.users.append(user.pk)
        self._join(rows)
        self._number(rows)

    def _join(self, rows: list[Row]) -> None:
        people = [row.user for row in rows]
        held = Membership.objects.learners().filter(
            user__in=people, organisation__path__startswith=self.organisation.path
        )
        before = {(one.user_id, one.organisation_id, one.starts_on): one for one in held} if rows else {}
        fresh, again = list[Membership](), list[Membership]()
        for row in rows:
            day = row.starts_on or self.today
            known = before.get((row.user or 0, row.unit or 0, day))
            (again if known else fresh).append(known or self._membership(row, day))
        made = Membership.objects.bulk_create(fresh)
        self.changes.memberships += [one.pk for one in made]
        self._edit(again, [{"ends_on": None}] * len(again))

    def _membership(self, row: Row, day: date) -> Membership:
        assert row.user is not None
        assert row.unit is not None
        return Membership(
            user_id=row.user,
            organisation_id=row.unit,
            starts_on=day,
            post=row.values.get("post", ""),
            grade=row.values.get("grade", ""),
            audience_id=row.audience,
        )

    def _number(self, rows: list[Row]) -> None:
        given = [row for row in rows if row.values.get("number")]
        known = set(
            StaffNumber.objects.filter(
                organisation=self.organisation, user__in=[row.user for row in given]
            ).values_list("user_id", flat=True)
        )
        fresh = [
            StaffNumber(organisation=self.organisation, user_id=row.user or 0, number=row.values["number"])
            for row in given
            if row.user not in known
        ]
        self.changes.numbers += [one.pk for one in StaffNumber.objects.bulk_create(fresh)]

    def change(self, rows: list[Row]) -> None:
        memberships = Membership.objects.in_bulk([row.membership for row in rows])
        users = User.objects.in_bulk([row.user for row in rows])
        edited: list[tuple[Any, dict[str, Any]]] = []
        moved: list[Row] = []
        for row in rows:
            after = {name: new for name, _old, new in row.differences}
            membership = memberships[row.membership or 0]
            person: dict[str, Any] = {name: after[name] for name in ("name", "email") if name in after}
            place: dict[str, Any] = {name: after[name] for name in ("post", "grade") if name in after}
            if "audience" in after:
                place["audience_id"] = row.audience
            if "unit" in after:
                if membership.starts_on < self.today:
                    place = {"ends_on": self.today - timedelta(days=1)}
                    moved.append(row)
                else:
                    place["organisation_id"] = row.unit
            edited += [
                (thing, values) for thing, values in ((users[row.user or 0], person), (membership, place)) if values
            ]
        self._edit([thing for thing, _values in edited], [values for _thing, values in edited])
        for row in moved:
            self._keep(row, memberships[row.membership or 0])
        self._join(moved)
        self._number([row for row in rows if any(name == "number" for name, _old, _new in row.differences)])

    def _keep(self, row: Row, before: Membership) -> None:
        """Who moves begins today, and keeps what the file has no column for."""
        row.starts_on = self.today
        row.values.setdefault("post", before.post)
        row.values.setdefault("grade", before.grade)
        if "audience" not in row.values:
            row.audience = before.audience_id

    def end(self, memberships: list[int]) -> None:
        """The last day is yesterday: whoever is not in the roster of today is gone today."""
        found = list(Membership.objects.filter(pk__in=memberships))
        yesterday = self.today - timedelta(days=1)
        self._edit(found, [{"ends_on": max(yesterday, one.starts_on)} for one in found])

    def _edit(self, things: list[Any], values: list[dict[str, Any]]) -> None:
        """Changes things of several models, and notes what they were."""
        fields: dict[type, set[str]] = {}
        for thing, after in zip(things, values, strict=True):
            before = {name: plain(getattr(thing, name)) for name in after}
            for name, value in after.items():
                setattr(thing, name, value)
            self.changes.edits.append(
                [thing._meta.model_name, thing.pk, before, {name: plain(value) for name, value in after.items()}]
            )
            fields.setdefault(type(thing), set()).update(name.removesuffix("_id") for name in after)
        for model, names in fields.items():
            model._default_manager.bulk_update(  # type: ignore[attr-defined]
                [thing for thing in things if type(thing) is model], sorted(names), batch_size=500
            )


def plain(value: object) -> object:
    """As JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value

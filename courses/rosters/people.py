"""What is stored of the people whom a roster may be about, read in a few large queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cms.accounts.models import User
from cms.directory.models import Membership, Organisation, StaffNumber

if TYPE_CHECKING:
    from courses.rosters.checking import Row

AT_ONCE = 5000  # values in one query: fewer than any database's limit


@dataclass(frozen=True, slots=True)
class Account:
    pk: int
    has_signed_in: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A learner of the organisation or of a unit below it, today or soon."""

    pk: int
    user: int
    name: str
    email: str
    unit: int
    post: str
    grade: str
    audience: int | None
    has_signed_in: bool


@dataclass
class People:
    members: dict[int, Member]
    accounts: dict[str, Account]
    by_number: dict[str, int]
    numbers: dict[int, str]
    shared: set[int]

    @classmethod
    def of(cls, organisation: Organisation, rows: "Iterable[Row]", today: date) -> "People":
        members = {member.user: member for member in _members(organisation, today)}
        accounts = dict(_accounts({row.values["email"] for row in rows} - {""}))
        numbers = dict(StaffNumber.objects.filter(organisation=organisation).values_list("user_id", "number"))
        people = set(members) | {account.pk for account in accounts.values()} | set(numbers)
        return cls(
            members,
            accounts,
            {number: user for user, number in numbers.items()},
            numbers,
            _shared(people, organisation),
        )

    def has_signed_in(self, user: int) -> bool:
        member = self.members.get(user)
        return member.has_signed_in if member else True

    def may_rename(self, user: int) -> bool:
        """Nobody's name is changed by a roster of one of their two employers, nor once they signed in themselves."""
        member = self.members.get(user)
        return user not in self.shared and not (member and member.has_signed_in)


def _members(organisation: Organisation, today: date) -> Iterator[Member]:
    fields = ("pk", "user_id", "user__name", "user__email", "organisation_id", "post", "grade", "audience_id")
    # Those who begin later are here already: a roster that names them again changes nothing.
    held = Membership.objects.learners().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    held = held.filter(organisation__path__startswith=organisation.path)
    rows = held.order_by("starts_on", "pk").values_list(*fields, "user__last_login")
    for row in rows.iterator(chunk_size=AT_ONCE):
        values: list[Any] = [*row[:-1], row[-1] is not None]
        yield Member(*values)


def _accounts(emails: set[str]) -> Iterator[tuple[str, Account]]:
    for some in in_batches(sorted(emails)):
        found = User.objects.filter(email__in=some).values_list("email", "pk", "last_login")
        for email, pk, last_login in found:
            yield email, Account(pk, last_login is not None)


def _shared(people: set[int], organisation: Organisation) -> set[int]:
    """Those who belong to another body as well, or have a role elsewhere."""
    elsewhere = Membership.objects.filter(~Q(organisation__path__startswith=organisation.path))
    if len(people) > AT_ONCE:
        return set(elsewhere.values_list("user_id", flat=True)) & people
    return set(elsewhere.filter(user__in=people).values_list("user_id", flat=True))


def in_batches(values: list) -> Iterator[list]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]

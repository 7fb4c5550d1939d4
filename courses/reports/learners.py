"""Who of a coordinator's people stands where in a course. Every figure comes from the learning record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from cms.accounts.models import User
from cms.directory.models import Membership, Organisation
from courses.catalogue.models import Course
from courses.catalogue.outline import steps_of
from courses.enrolment.models import Enrolment
from courses.records.api import Standing, standings
from courses.reports.people import memberships_of
from courses.reports.scope import Scope

AT_ONCE = 1000  # people whose standing is asked for in one query


@dataclass(frozen=True)
class Row:
    """One person's standing in one course."""

    person: User
    organisation: Organisation
    enrolled_at: datetime | None
    done: int
    total: int
    completed_at: datetime | None
    minutes: int = 0
    flags: int = 0

    @property
    def status(self) -> str:
        if self.completed_at:
            return "completed"
        return "in-progress" if self.enrolled_at else "not-started"

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0


@dataclass(frozen=True)
class Totals:
    people: int
    started: int
    completed: int


def rows(course: Course, memberships: Iterable[Membership]) -> list[Row]:
    """A row per membership. Learning counts in the organisation in which it was begun."""
    total = sum(not step.is_optional for step in steps_of(course.current_id)) if course.current_id else 0
    memberships = list(memberships)
    enrolments = {
        (enrolment.learner_id, enrolment.organisation_id): enrolment
        for enrolment in Enrolment.objects.filter(
            course=course,
            learner__in=[membership.user_id for membership in memberships],
            organisation__in=[membership.organisation_id for membership in memberships],
        ).order_by("round")
    }
    standing = standings(enrolments.values())
    return [
        _row(membership, enrolments.get((membership.user_id, membership.organisation_id)), standing, total)
        for membership in memberships
    ]


def _row(membership: Membership, enrolment: Enrolment | None, standing: dict, total: int) -> Row:
    found: Standing | None = standing.get(enrolment.pk) if enrolment else None
    return Row(
        person=membership.user,
        organisation=membership.organisation,
        enrolled_at=enrolment.enrolled_at if enrolment else None,
        done=found.done if found else 0,
        total=found.total if found else total,
        completed_at=found.completed_at if found else None,
        minutes=found.seconds // 60 if found else 0,
        flags=found.flags if found else 0,
    )


def rows_in_batches(course: Course, scope: Scope) -> Iterator[Row]:
    """As ``rows``, for as many people as there are in the scope."""
    page: list[Membership] = []
    for membership in memberships_of(scope).iterator(chunk_size=AT_ONCE):
        page.append(membership)
        if len(page) == AT_ONCE:
            yield from rows(course, page)
            page = []
    yield from rows(course, page)


def totals(course: Course, scope: Scope) -> Totals:
    """People, started and completed for one course. A person in two units is counted once. Two queries."""
    people = memberships_of(scope).order_by().values("user_id")
    found = Enrolment.objects.filter(course=course, organisation__in=scope.pks, learner__in=people).aggregate(
        started=Count("learner", distinct=True),
        completed=Count("learner", distinct=True, filter=Q(progress__completed_at__isnull=False)),
    )
    return Totals(people.distinct().count(), found["started"], found["completed"])

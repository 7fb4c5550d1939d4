"""Completed courses by unit and course, from the ledger: also courses that nobody is assigned any more."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count

from cms.directory.models import Organisation
from courses.catalogue.models import Course
from courses.credentials.models import CreditEntry
from courses.reports.scope import Scope, in_scope


@dataclass(frozen=True)
class CourseLine:
    """One course: completions in the scope, and in each of its parts."""

    course: Course
    completions: int
    parts: list[tuple[Organisation, int]]


def completions_by_course(scope: Scope) -> list[CourseLine]:
    """Every course that was completed in the scope, the most completed first. What was revoked does not count.

    Two queries over the index of the ledger, one for the courses.
    """
    counts: Counter[tuple[int, int]] = Counter()
    rows = CreditEntry.objects.filter(in_scope(scope), course__isnull=False)
    for source, sign in ((CreditEntry.Source.COURSE, 1), (CreditEntry.Source.CORRECTION, -1)):
        found = rows.filter(source=source)
        if sign < 0:
            found = found.filter(certificate__isnull=False)
        for row in found.order_by().values("organisation_id", "course_id").annotate(number=Count("pk")):
            counts[row["course_id"], row["organisation_id"]] += sign * row["number"]
    return _lines(scope, counts)


def _lines(scope: Scope, counts: Counter[tuple[int, int]]) -> list[CourseLine]:
    units = {unit.pk: unit for unit in scope.units}
    by_course: dict[int, Counter[int]] = defaultdict(Counter)
    for (course, unit), number in counts.items():
        by_course[course][scope.part_of[unit].pk] += number
    courses = Course.objects.in_bulk(by_course)
    lines = [
        CourseLine(courses[pk], sum(parts.values()), [(units[unit], number) for unit, number in sorted(parts.items())])
        for pk, parts in by_course.items()
    ]
    return sorted(lines, key=lambda line: (-line.completions, line.course.slug))

"""An agency with many learners, one plan, some courses and all their completions, straight into the tables.

python -m benchmarks.reports.fill LEARNERS COURSES
"""

import json
import random
import sys
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402

from cms.accounts.models import User  # noqa: E402
from cms.directory.models import Membership, Organisation  # noqa: E402
from courses.catalogue.models import Course, CourseVersion  # noqa: E402
from courses.credentials.issuing import LIST_LENGTH  # noqa: E402
from courses.credentials.models import Certificate, CreditEntry  # noqa: E402
from courses.enrolment.models import Enrolment, TrainingPlan  # noqa: E402
from courses.training.models import Obligation  # noqa: E402

DEPARTMENTS, OFFICES = 20, 10
YEAR = 2026
NOW = datetime(YEAR, 6, 1, tzinfo=UTC)


def load(model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    """Rows into the table of a model, without the model: a COPY, or one prepared statement."""
    columns = [field.column for field in model._meta.concrete_fields if not (field.primary_key and _counts(field))]
    values = ([_plain(row[column]) for column in columns] for row in rows)
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for value in values:
                    copy.write_row(value)
        else:
            marks = ", ".join("?" * len(columns))
            cursor.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)


def _counts(field: Any) -> bool:
    return field.get_internal_type().endswith("AutoField")


def _plain(value: Any) -> Any:
    if connection.vendor == "postgresql":
        return json.dumps(value) if isinstance(value, dict | list) else value
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, dict | list) else value


def units() -> list[int]:
    """A ministry with departments and their offices; the primary keys of the offices."""
    root = Organisation.add_root(instance=Organisation(slug="ministry", name_en="Ministry", kind="agency"))
    for number in range(DEPARTMENTS):
        root.refresh_from_db()
        department = root.add_child(
            instance=Organisation(slug=f"department-{number}", name_en=f"Department {number}", kind="agency")
        )
        for office in range(OFFICES):
            department.refresh_from_db()
            name = f"Office {number}-{office}"
            department.add_child(instance=Organisation(slug=f"office-{number}-{office}", name_en=name, kind="agency"))
    boss = User.objects.create_user("boss@example.org", "imprint-demo", name="Boss")
    Membership.objects.create(user=boss, organisation=root, role="coordinator")
    below = User.objects.create_user("below@example.org", "imprint-demo", name="Below")
    Membership.objects.create(
        user=below, organisation=Organisation.objects.get(slug="department-3"), role="coordinator"
    )
    return list(Organisation.objects.filter(slug__startswith="office-").values_list("pk", flat=True))


def courses(number: int) -> list[tuple[int, uuid.UUID]]:
    found = []
    for place in range(number):
        course = Course.objects.create(
            slug=f"course-{place}", title_en=f"Course {place}", credit_hours=2, is_published=True
        )
        version = CourseVersion.objects.create(course=course, number=1, credit_hours=2, languages=["en"])
        course.current = version
        course.save()
        found.append((course.pk, version.pk))
    return found


def people(number: int) -> None:
    plain = {field.column: field.get_default() for field in User._meta.concrete_fields}
    plain |= {"password": "!", "last_login": None, "date_joined": NOW}
    load(User, (plain | {"email": f"p{place}@example.org", "name": f"Person {place}"} for place in range(number)))


def memberships(first: int, number: int, offices: list[int]) -> None:
    plain = {field.column: field.get_default() for field in Membership._meta.concrete_fields}
    plain |= {"role": "learner", "starts_on": date(2025, 1, 1), "ends_on": None, "audience_id": None}
    load(
        Membership,
        (
            plain
            | {"user_id": first + place, "organisation_id": offices[place % len(offices)], "grade": str(place % 9)}
            for place in range(number)
        ),
    )


def obligations(first: int, number: int, offices: list[int], plan: int) -> None:
    draw = random.Random(5)
    plain = {field.column: field.get_default() for field in Obligation._meta.concrete_fields}
    plain |= {
        "plan_id": plan,
        "starts_on": date(YEAR, 1, 1),
        "due_on": date(YEAR, 12, 31),
        "begins_at": datetime(YEAR, 1, 1, tzinfo=UTC),
        "due_at": datetime(YEAR + 1, 1, 1, tzinfo=UTC),
        "hours_required": 12,
        "because": "everybody",
        "joined_on": date(2025, 1, 1),
    }

    def rows() -> Iterator[dict[str, Any]]:
        for place in range(number):
            share = draw.random()
            yield plain | {
                "learner_id": first + place,
                "organisation_id": offices[place % len(offices)],
                "grade": str(place % 9),
                "hours_earned": round(12 * share),
                "done_at": NOW if share > 0.6 else None,
                "on_track_until": datetime(YEAR, 1 + int(share * 11), 1, tzinfo=UTC),
            }

    load(Obligation, rows())


def completions(first: int, number: int, offices: list[int], taken: list[tuple[int, uuid.UUID]]) -> None:
    """For each learner and course an enrolment, a certificate and a line of the ledger."""
    draw = random.Random(7)
    places = [(place, at) for place in range(number) for at in range(len(taken))]
    keys = [uuid.UUID(int=draw.getrandbits(128)) for _place in places]
    enrolled = {field.column: field.get_default() for field in Enrolment._meta.concrete_fields} | {"enrolled_at": NOW}
    load(
        Enrolment,
        (
            enrolled
            | {
                "id": key,
                "learner_id": first + place,
                "course_id": taken[at][0],
                "organisation_id": offices[place % len(offices)],
                "version_id": taken[at][1],
            }
            for key, (place, at) in zip(keys, places, strict=True)
        ),
    )
    certified = {field.column: field.get_default() for field in Certificate._meta.concrete_fields}
    certified |= {"course_titles": {"en": "x"}, "credit_hours": 2, "issued_at": NOW, "score": 90, "language": "en"}
    load(
        Certificate,
        (
            certified
            | {
                "id": key,
                "code": f"{count:012d}",
                "enrolment_id": key,
                "status_list": count // LIST_LENGTH,
                "status_index": count % LIST_LENGTH,
            }
            for count, key in enumerate(keys)
        ),
    )
    entered = {field.column: field.get_default() for field in CreditEntry._meta.concrete_fields}
    entered |= {"source": "course", "hours": 2, "entered_at": NOW, "titles": {"en": "x"}, "topics": [], "audiences": []}
    load(
        CreditEntry,
        (
            entered
            | {
                "learner_id": first + place,
                "organisation_id": offices[place % len(offices)],
                "key": f"completion:{key}",
                "earned_on": date(YEAR, 1 + (place + at) % 5, 1 + (place * 7 + at) % 28),
                "course_id": taken[at][0],
                "score": 60 + (place + at) % 40,
                "certificate_id": key,
            }
            for key, (place, at) in zip(keys, places, strict=True)
        ),
    )


def main() -> None:
    number, of_courses = int(sys.argv[1]), int(sys.argv[2])
    offices, taken = units(), courses(of_courses)
    plan = TrainingPlan(slug="yearly", title_en="Yearly hours", year=YEAR, hours=12)
    plan.save()
    people(number)
    first = User.objects.get(email="p0@example.org").pk
    memberships(first, number, offices)
    obligations(first, number, offices, plan.pk)
    completions(first, number, offices, taken)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(CreditEntry.objects.count())


if __name__ == "__main__":
    main()

"""Recording what was taught. Every change goes through here: the library's tallies follow it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.vocabulary.models import Region
from curriculum.adoption.models import TaughtLesson
from curriculum.library.models import LessonTally
from curriculum.plans.models import LessonPlanPage


@dataclass(frozen=True)
class Report:
    """What a teacher says about one lesson with one class."""

    taught_on: date
    class_size: int
    grade: int | None
    school: Organisation | None
    region: Region | None
    rating: int | None
    note: str

    @property
    def values(self) -> dict[str, Any]:
        region = self.school.region if self.school and self.school.region_id else self.region
        return {
            "taught_on": self.taught_on,
            "class_size": self.class_size,
            "grade": self.grade,
            "school": self.school,
            "region": region,
            "rating": self.rating,
            "note": self.note,
        }


@transaction.atomic
def record(teacher: User, lesson: LessonPlanPage, report: Report, form_key: UUID) -> TaughtLesson:
    """Stores a report; the same form sent again stores nothing new and changes nothing.

    :raises PermissionError: the form was somebody else's
    """
    taught, is_new = TaughtLesson.objects.get_or_create(
        form_key=form_key,
        defaults={
            "teacher": teacher,
            "lesson_key": lesson.translation_key,
            "lesson_title": lesson.title,
            "language": lesson.locale.language_code,
            "version": lesson.version,
            "stage": lesson.stage,
            **report.values,
        },
    )
    if taught.teacher_id != teacher.pk:
        raise PermissionError("This form was sent by somebody else.")
    if is_new:
        taught.topics.set(lesson.topics.all())
        _count(taught.lesson_key)
    return taught


@transaction.atomic
def correct(taught: TaughtLesson, report: Report) -> None:
    """Replaces what the teacher said."""
    for name, value in report.values.items():
        setattr(taught, name, value)
    taught.save()


@transaction.atomic
def withdraw(taught: TaughtLesson) -> None:
    """Takes a report back."""
    key = taught.lesson_key
    taught.delete()
    _count(key)


def _count(lesson_key: UUID) -> None:
    # Whoever counts holds the row: two reports at once do not overlook each other.
    tally, _is_new = LessonTally.objects.select_for_update().get_or_create(lesson_key=lesson_key)
    tally.times_taught = TaughtLesson.objects.filter(lesson_key=lesson_key).count()
    tally.save(update_fields=["times_taught"])

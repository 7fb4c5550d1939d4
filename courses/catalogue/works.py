"""Courses as shared works: one for each language in which the whole course has its text."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cms.interop.works import COURSES, Learning, Work, WorkKind, moment, names
from courses.catalogue.api import published_courses
from courses.catalogue.models import Course

# Levels in the vocabulary of LOM's element 5.8.
DIFFICULTY = {
    Course.Level.INTRODUCTORY: "easy",
    Course.Level.INTERMEDIATE: "medium",
    Course.Level.ADVANCED: "difficult",
}


def _public() -> Any:
    return published_courses().prefetch_related("topics", "audiences")


def _describe(course: Any) -> Iterator[tuple[str, Work]]:
    for language in course.languages():
        with override(language):
            yield language, _in_language(course)


def _in_language(course: Any) -> Work:
    minutes = course.current.minutes
    return Work(
        title=str(course),
        path=reverse("catalogue:course", args=[course.slug]),
        type="InteractiveResource",
        description=course.summary,
        subjects=names(course.topics),
        audiences=names(course.audiences),
        licence=settings.IMPRINT_CONTENT_LICENCE,
        published=moment(course.current.published_at),
        learning=Learning("lecture", "training", "learner", minutes, DIFFICULTY[course.level]),
    )


COURSE = WorkKind("course", COURSES, _("Course"), Course, _public, lambda course: course.slug, _describe)

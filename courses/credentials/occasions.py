"""Courses as what a lecturer teaches, and whom they taught."""

from typing import Any

from django.urls import reverse

from cms.professionals.occasions import Occasion, Occasions
from courses.catalogue.api import published_courses
from courses.catalogue.models import Course
from courses.credentials.models import Certificate


def _occasion(course: Course) -> Occasion:
    return Occasion(f"course:{course.slug}", str(course), reverse("catalogue:course", args=[course.slug]))


def _given(profile: Any) -> list[Occasion]:
    return [_occasion(course) for course in published_courses().filter(lecturers__profile=profile).distinct()]


def _attended(user: Any, profile: Any) -> list[Occasion]:
    """Those that the person completed and whose certificate was not taken back."""
    held = Certificate.objects.of(user).filter(revocation__isnull=True)
    courses = Course.objects.filter(lecturers__profile=profile, pk__in=held.values("enrolment__course_id"))
    return [_occasion(course) for course in courses.distinct()]


COURSES = Occasions(_given, _attended)

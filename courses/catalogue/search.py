"""Courses as search results."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.search.kinds import Kind, Scope
from courses.catalogue.models import Course


def _published(scope: Scope) -> Any:
    return Course.objects.filter(is_published=True)


def _address(course: Course, request: HttpRequest) -> str:
    return reverse("catalogue:course", args=[course.slug])


COURSE = Kind(
    "course",
    _("Course"),
    Course,
    _published,
    _address,
    {"topic": "topics__slug", "audience": "audiences__slug"},
    has_languages=False,
    many=_("Courses"),
)

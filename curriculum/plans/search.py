"""Lesson plans as search results."""

from django.utils.translation import gettext_lazy as _

from cms.search.kinds import page_kind
from curriculum.plans.models import LessonPlanPage

LESSON_PLAN = page_kind(
    "lesson",
    _("Lesson plan"),
    LessonPlanPage,
    {"topic": "topics__slug", "stage": "stage", "year": "first_published_at"},
)

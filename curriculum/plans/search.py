"""Lesson plans as search results."""

from django.utils.translation import gettext_lazy as _

from cms.search.kinds import page_kind
from curriculum.plans.models import LessonPlanPage, ProgrammePage

LESSON_PLAN = page_kind(
    "lesson",
    _("Lesson plan"),
    LessonPlanPage,
    {
        "topic": "topics__slug",
        "stage": "stage",
        "year": "first_published_at",
        # What only the lesson library asks for:
        "subject": "subjects__slug",
        "competence": "competences__slug",
        "activity": "activity_types__slug",
        "strategy": "teaching_strategies__slug",
        "licence": "licence__slug",
        "grade_from": "grade_from",
        "grade_to": "grade_to",
        "minutes": "minutes",
        "material": "material_types",
    },
    many=_("Lesson plans"),
)
PROGRAMME = page_kind("programme", _("Programme"), ProgrammePage, {"year": "first_published_at"})

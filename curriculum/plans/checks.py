"""What is missing in a lesson plan before a teacher can rely on it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from curriculum.plans.models import LessonPlanPage


@dataclass(frozen=True)
class Finding:
    """One thing to mend: the field it is about, and a sentence for the editor."""

    field: str
    message: str | Promise


def check_lesson(lesson: "LessonPlanPage") -> list[Finding]:
    """What the editor should still do, in the order of the form."""
    is_assessed = bool(lesson.assessment.strip())
    checks = [
        (_lies_elsewhere(lesson), "stage", _("The stage is not the one of the place where the lesson lies.")),
        (not lesson.summary, "summary", _("The summary is empty: lists and search engines show nothing.")),
        (not lesson.topics.all(), "topics", _("No topic is chosen: nobody finds the lesson by one.")),
        (_lacks_grade(lesson), "grade_from", _("A lesson for school has no grade.")),
        (not lesson.objectives, "objectives", _("There are no learning objectives.")),
        (
            bool(lesson.objectives) and not is_assessed,
            "assessment",
            _("There are objectives, but no assessment says how one sees that they are reached."),
        ),
        (not lesson.licence, "licence", _("No licence is chosen: teachers may not use the lesson again.")),
    ]
    missing = [Finding(name, message) for is_missing, name, message in checks if is_missing]
    return [*_minutes(lesson), *missing, *_nameless(lesson)]


def _minutes(lesson: "LessonPlanPage") -> list[Finding]:
    planned = lesson.minutes_of_steps
    if planned == lesson.minutes:
        return []
    message = _("The steps take %(planned)d minutes, the lesson %(minutes)d. Change one of them.")
    return [Finding("steps", message % {"planned": planned, "minutes": lesson.minutes or 0})]


def _lacks_grade(lesson: "LessonPlanPage") -> bool:
    return lesson.stage in ("primary", "secondary") and not lesson.grade_from


def _lies_elsewhere(lesson: "LessonPlanPage") -> bool:
    stage = apps.get_model("plans", "StagePage")
    found = stage.objects.filter(pk__in=[page.pk for page in lesson.above]).values_list("stage", flat=True).first()
    return found not in (None, lesson.stage)


def _nameless(lesson: "LessonPlanPage") -> list[Finding]:
    """Attachments whose title is the name of their file: whoever cannot see them learns nothing."""
    message = _("“%(name)s” is named like its file: say what it shows.")
    titles = [(item.document.title, item.document.file_extension) for item in lesson.attachments.all()]
    return [
        Finding("attachments", message % {"name": title})
        for title, extension in titles
        if title.rpartition(".")[2].lower() == extension.lower()
    ]

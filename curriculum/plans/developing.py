"""Which lessons develop a competence of a profession, in the reader's language."""

from collections.abc import Collection

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cms.competences.developing import Offer
from curriculum.plans.models import LessonPlanPage


def lessons(descriptors: Collection[int]) -> dict[int, list[Offer]]:
    pairs = LessonPlanPage.develops.through.objects.filter(descriptor_id__in=descriptors).values_list(
        "descriptor_id", "lessonplanpage_id"
    )
    rows = LessonPlanPage.objects.live().public().filter(develops__in=descriptors, locale__language_code=get_language())
    readable = {lesson.pk: lesson for lesson in rows.distinct()}
    found: dict[int, list[Offer]] = {}
    for descriptor, key in pairs:
        if key in readable:
            lesson = readable[key]
            found.setdefault(descriptor, []).append(Offer(_("Lesson plan"), lesson.title, lesson.get_url() or ""))
    return found

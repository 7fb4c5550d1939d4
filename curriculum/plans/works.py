"""Lesson plans and programmes as shared works."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cms.interop.works import CURRICULUM, Learning, Work, names, page_work, page_works
from curriculum.plans.jsonld import licence_uri
from curriculum.plans.models import LessonPlanPage, ProgrammePage, Stage

CONTEXTS = {Stage.PRIMARY: "school", Stage.SECONDARY: "school", Stage.UNIVERSITY: "higher education"}


def _licence(page: Any) -> str:
    return licence_uri(page.licence) or settings.IMPRINT_CONTENT_LICENCE


def _lesson(page: Any) -> Work:
    learning = Learning("narrative text", CONTEXTS[page.stage], "teacher", page.minutes)
    subjects = (*names(page.topics), *names(page.subjects))
    return page_work(page, subjects=subjects, licence=_licence(page), learning=learning)


def _programme(page: Any) -> Work:
    stage = page.stage_page
    learning = Learning("narrative text", CONTEXTS[stage.stage] if stage else "other", "teacher")
    return page_work(page, type="Collection", subjects=names(page.subjects), licence=_licence(page), learning=learning)


LESSON_PLAN = page_works(
    "lesson", CURRICULUM, _("Lesson plan"), LessonPlanPage, _lesson, ("topics", "subjects", "licence")
)
PROGRAMME = page_works("programme", CURRICULUM, _("Programme"), ProgrammePage, _programme, ("subjects", "licence"))

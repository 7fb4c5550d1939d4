"""Programmes, and what of them was taught, as figures of the coverage matrix."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from cms.languages.switcher import readable
from cms.pages.coverage import pages_by_measure
from cms.vocabulary.coverage import Column, Counts
from curriculum.adoption.models import TaughtLesson
from curriculum.plans.models import LessonPlanPage, ProgrammePage


def _taught(since: date, language: str) -> Counts:
    """Reports of lessons taught that belong to a programme for the measure, whatever language they were taught in."""
    counts: Counts = {}
    programmes = readable(ProgrammePage.objects.filter(locale__language_code="en")).prefetch_related("measures")
    for programme in programmes:
        measures = [measure.pk for measure in programme.measures.all()]
        if measures:
            keys = LessonPlanPage.objects.descendant_of(programme).values("translation_key")
            number = TaughtLesson.objects.filter(lesson_key__in=keys, taught_on__gte=since).count()
            for pk in measures:
                counts[pk] = counts.get(pk, 0) + number
    return counts


PROGRAMMES = Column("teaching", _("Programmes"), lambda since, language: pages_by_measure(ProgrammePage, language))
TAUGHT = Column("teaching", _("Lessons taught"), _taught)

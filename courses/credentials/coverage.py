"""Courses, and people who completed them, as figures of the coverage matrix."""

from datetime import date

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from cms.vocabulary.coverage import Column, Counts
from courses.catalogue.api import published_courses
from courses.credentials.models import Certificate


def _courses(since: date, language: str) -> Counts:
    offered = published_courses().filter(measures__isnull=False)
    return dict(offered.order_by().values_list("measures").annotate(Count("pk", distinct=True)))


def _trained(since: date, language: str) -> Counts:
    """People, each once for a measure, with a certificate of the last year that was not taken back."""
    held = Certificate.objects.filter(issued_at__date__gte=since, revocation__isnull=True)
    held = held.filter(enrolment__version__course__measures__isnull=False)
    by_measure = held.order_by().values_list("enrolment__version__course__measures")
    return dict(by_measure.annotate(Count("enrolment__learner", distinct=True)))


COURSES = Column("training", _("Courses"), _courses)
TRAINED = Column("training", _("People who completed one"), _trained)

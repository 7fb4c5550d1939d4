"""Activities as a part of a campaign, and what people did in them as numbers of its results."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.campaigns.participation.models import (
    ActivityPage,
    Comment,
    ConsultationPage,
    ContestPage,
    Entry,
    KnowledgeQuizPage,
    Pledge,
    PledgePage,
    QuizTally,
)
from cms.campaigns.parts import Part, below
from cms.campaigns.results import Result, Scope
from cms.search.kinds import page_kind


def _activities(key: UUID) -> Any:
    return below(Page, key).type(*ActivityPage.__subclasses__()).specific()


ACTIVITIES = Part("take-part", _("Take part"), _activities)


def took_part(scope: Scope) -> list[Result]:
    """Promises made, works entered, comments shown, quizzes answered; a kind that a campaign has not is left out."""
    keys = list(scope.keys)
    quizzes = QuizTally.objects.filter(quiz_key__in=keys)
    numbers = [
        (PledgePage, _("Promises made"), Pledge.objects.filter(pledge_key__in=keys).count()),
        (ContestPage, _("Contest entries"), Entry.objects.accepted().filter(contest_key__in=keys).count()),
        (KnowledgeQuizPage, _("Quizzes answered"), sum(quizzes.values_list("count", flat=True))),
        (ConsultationPage, _("Comments"), Comment.objects.shown().filter(consultation_key__in=keys).count()),
    ]
    return [
        Result(label, number)
        for model, label, number in numbers
        if model.objects.filter(translation_key__in=keys, live=True).exists()
    ]


CONSULTATION = page_kind("consultation", _("Consultation"), ConsultationPage, {"year": "first_published_at"})

"""What learners answered to a survey: numbers and words, and nobody's name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from courses.activities.survey.forms import SCALE
from courses.activities.survey.models import SurveyAnswer, SurveyQuestion
from courses.catalogue.models import Activity
from courses.marking.views import marker

# Fewer answers than these could tell who gave them.
LEAST = 5
MOST_WORDS = 200


@dataclass(frozen=True)
class Summary:
    """One question with how often each answer was given, and the words where it asked for words."""

    question: SurveyQuestion
    counts: list[tuple[str, int]]
    words: list[str]


def results(request: HttpRequest, key: UUID) -> HttpResponse:
    """The results of a survey in all versions of its course, once enough people have answered."""
    marker(request)
    activity = get_object_or_404(Activity.objects.filter(module__version=None), key=key)
    answers = [answer.answers for answer in SurveyAnswer.objects.filter(activity_key=key)]
    is_enough = len(answers) >= LEAST
    questions = activity.survey_questions.all() if is_enough else []
    context = {
        "activity": activity,
        "number": len(answers),
        "least": LEAST,
        "is_enough": is_enough,
        "summaries": [_summary(question, answers) for question in questions],
    }
    return render(request, "marking/survey.html", context)


def _summary(question: SurveyQuestion, answers: Iterable[dict[str, str]]) -> Summary:
    given = [answer[str(question.key)] for answer in answers if str(question.key) in answer]
    if question.kind == SurveyQuestion.Kind.TEXT:
        return Summary(question, [], given[-MOST_WORDS:])
    choices = SCALE if question.kind == SurveyQuestion.Kind.SCALE else question.choice_list
    counted = Counter(given)
    return Summary(question, [(str(label), counted[value]) for value, label in choices], [])

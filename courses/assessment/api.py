"""What other rooms ask of assessment: attempts, their rules and results."""

from django.db.models import Q

from courses.assessment.attempts.drawing import candidates
from courses.assessment.attempts.marking import mark, waiting
from courses.assessment.attempts.rules import GRACE, Allowance, Result, allowance, result, reveals
from courses.assessment.attempts.showing import Asked, Marked, asked, marked
from courses.assessment.attempts.taking import (
    AttemptRefused,
    answer,
    attempts_of,
    begin,
    open_attempt,
    questions_of,
    submit,
)
from courses.assessment.models import Question, Quiz
from courses.assessment.types import AnswerRefused
from courses.catalogue.models import Activity

__all__ = [
    "GRACE",
    "Allowance",
    "AnswerRefused",
    "Asked",
    "AttemptRefused",
    "Marked",
    "Result",
    "allowance",
    "answer",
    "asked",
    "attempts_of",
    "begin",
    "mark",
    "marked",
    "number_of_questions",
    "open_attempt",
    "questions_are_in",
    "questions_of",
    "quiz_of",
    "result",
    "reveals",
    "submit",
    "waiting",
]


def quiz_of(activity: Activity) -> Quiz | None:
    """The rules of an activity's quiz, if it is one."""
    quiz = activity.quizzes.first()
    if quiz:
        quiz.activity = activity
    return quiz


def questions_are_in(activity: Activity, code: str) -> bool:
    """Whether every question that the activity's quiz may draw has all its texts in a language."""
    questions = Question.objects.filter(_drawn_by(activity), is_retired=False)
    return not questions.filter(_missing(code)).exists()


def _drawn_by(activity: Activity) -> Q:
    found = Q(pk__in=[])
    for line in activity.draws.all():
        wanted = {"topic": line.topic_id, "competence": line.competence_id, "difficulty": line.difficulty}
        found |= Q(bank=line.bank_id, **{name: value for name, value in wanted.items() if value})
    return found


def _missing(code: str) -> Q:
    column = f"text_{code.replace('-', '_')}"
    no_text = Q(**{column: ""}) | Q(**{f"{column}__isnull": True})
    no_option = Q(**{f"options__{column}": ""}) | Q(options__isnull=False, **{f"options__{column}__isnull": True})
    return no_text | no_option


def number_of_questions(activity: Activity) -> int:
    """How many questions an attempt asks."""
    asked_for = [(line.number, candidates(line).count()) for line in activity.draws.all()]
    return sum(min(number, stock) if number else stock for number, stock in asked_for)

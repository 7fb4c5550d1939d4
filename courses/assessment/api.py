"""Attempts at quizzes: begin, answer, hand in. Grading happens here and nowhere else."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.accounts.models import User
from courses.assessment.models import Attempt, Option, Question, Quiz, Response
from courses.catalogue.models import Activity


class AnswerRefused(Exception):
    """The answer cannot be taken; ``code`` says why: closed, forged, empty or too-many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Marked:
    """A question of an attempt that was handed in, with what was chosen and what was right."""

    question: Question
    options: list[Option]
    chosen: set[int]
    is_correct: bool


def open_attempt(quiz: Quiz, learner: User) -> Attempt | None:
    return Attempt.objects.filter(quiz=quiz, learner=learner, submitted_at__isnull=True).first()


def begin(quiz: Quiz, learner: User) -> Attempt:
    """The learner's open attempt, made if there is none: pressing twice begins once."""
    attempt, _created = Attempt.objects.get_or_create(quiz=quiz, learner=learner, submitted_at=None)
    return attempt


def questions_of(quiz: Quiz) -> QuerySet[Question]:
    return quiz.questions.order_by("sort_order").prefetch_related("options")


def questions_translated(activity: Activity, language: str) -> bool:
    """Whether every question and option of the activity's quiz has its text in this language."""
    if activity.kind != Activity.Kind.QUIZ:
        return True
    column = f"text_{language.replace('-', '_')}"
    missing = Q(**{column: ""}) | Q(**{f"{column}__isnull": True})
    missing |= Q(**{f"options__{column}": ""}) | Q(**{f"options__{column}__isnull": True})
    return not Question.objects.filter(missing, quiz__activity=activity).exists()


def answered_ids(attempt: Attempt) -> set[int]:
    """Primary keys of the questions that have an answer."""
    return set(attempt.responses.values_list("question_id", flat=True))


def chosen_options(attempt: Attempt, question: Question) -> list[Option]:
    return list(Option.objects.filter(pk__in=attempt.responses.filter(question=question).values("options")))


@transaction.atomic
def answer(attempt: Attempt, question: Question, options: Collection[Option]) -> Response:
    """Store the answer to one question; a second answer replaces the first until the attempt is handed in.

    Raises ``AnswerRefused`` where the attempt is closed, nothing was chosen, an option belongs to another
    question or more options were chosen than the question takes.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.submitted_at:
        raise AnswerRefused("closed")
    if not options:
        raise AnswerRefused("empty")
    if question.quiz_id != attempt.quiz_id or any(option.question_id != question.pk for option in options):
        raise AnswerRefused("forged")
    if len(options) > 1 and not question.takes_several:
        raise AnswerRefused("too-many")
    response, _created = Response.objects.update_or_create(attempt=attempt, question=question)
    response.options.set(options)
    return response


@transaction.atomic
def submit(attempt: Attempt) -> Attempt:
    """Hand in and grade: one point per question whose chosen options are exactly the correct ones.

    Handing in again changes nothing and returns the same result.
    """
    attempt = Attempt.objects.select_for_update().select_related("quiz").get(pk=attempt.pk)
    if attempt.submitted_at:
        return attempt
    marked = mark(attempt)
    attempt.points = sum(result.is_correct for result in marked)
    attempt.points_possible = len(marked)
    attempt.passed = bool(marked) and attempt.percent >= attempt.quiz.pass_percent
    attempt.submitted_at = timezone.now()
    attempt.save()
    return attempt


def mark(attempt: Attempt) -> list[Marked]:
    """Every question of the attempt with what was chosen and whether that is right."""
    responses = attempt.responses.prefetch_related("options")
    chosen = {response.question_id: {option.pk for option in response.options.all()} for response in responses}
    return [_mark_one(question, chosen.get(question.pk, set())) for question in questions_of(attempt.quiz)]


def _mark_one(question: Question, chosen: set[int]) -> Marked:
    options = list(question.options.all())
    correct = {option.pk for option in options if option.is_correct}
    return Marked(question, options, chosen, is_correct=bool(correct) and chosen == correct)

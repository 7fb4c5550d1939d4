"""Beginning an attempt, saving answers and handing in. Nothing that was saved is ever lost."""

from datetime import datetime
from decimal import Decimal
from random import SystemRandom

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from cms.accounts.models import User
from courses.assessment.attempts import drawing, rules
from courses.assessment.content import thaw
from courses.assessment.models import Attempt, AttemptQuestion, Quiz
from courses.assessment.types import TYPES, AnswerRefused, Response


class AttemptRefused(Exception):
    """No attempt can begin; ``code`` says why: none-left, over or no-questions."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def attempts_of(quiz: Quiz, learner: User, number: int = 1) -> QuerySet[Attempt]:
    """The person's attempts at a quiz in every version of its course, in one round, the first begun first."""
    attempts = Attempt.objects.filter(activity_key=quiz.activity.key, learner=learner, round=number)
    return attempts.order_by("started_at").select_related("quiz__activity")


def open_attempt(quiz: Quiz, learner: User, number: int = 1) -> Attempt | None:
    """The attempt that is going on. One whose time is up is handed in first, and is open no more."""
    attempt = attempts_of(quiz, learner, number).filter(submitted_at=None).first()
    if attempt and rules.is_late(attempt, timezone.now()):
        submit(attempt)
        return None
    return attempt


def begin(quiz: Quiz, learner: User, number: int = 1) -> Attempt:
    """The learner's open attempt, made if there is none: pressing twice begins once. Raises ``AttemptRefused``."""
    attempt = open_attempt(quiz, learner, number)
    if attempt:
        return attempt
    now = timezone.now()
    allowed = rules.allowance(quiz, learner, quiz.activity.key)
    if allowed.is_over(now):
        raise AttemptRefused("over")
    try:
        with transaction.atomic():
            # The person's row makes two beginnings wait for each other, so that attempts are counted right.
            User.objects.select_for_update().get(pk=learner.pk)
            if allowed.attempts is not None and attempts_of(quiz, learner, number).count() >= allowed.attempts:
                raise AttemptRefused("none-left")
            return _begin(quiz, learner, number, now, allowed.ends_at(now))
    except IntegrityError:
        return attempts_of(quiz, learner, number).get(submitted_at=None)


def _begin(quiz: Quiz, learner: User, number: int, now: datetime, ends_at: datetime | None) -> Attempt:
    random = SystemRandom()
    questions = drawing.draw(quiz, random)
    if not questions:
        raise AttemptRefused("no-questions")
    attempt = Attempt.objects.create(
        quiz=quiz, activity_key=quiz.activity.key, learner=learner, round=number, started_at=now, ends_at=ends_at
    )
    drawing.ask(attempt, questions, random)
    return attempt


def questions_of(attempt: Attempt) -> list[AttemptQuestion]:
    """The questions of an attempt with their content, in order."""
    return list(attempt.questions.select_related("content").order_by("position"))


def answer(
    attempt: Attempt,
    position: int,
    form: "MultiValueDict[str, str]",
    language: str,
    given_at: datetime | None = None,
) -> AttemptQuestion:
    """Stores an answer, if it is the newest that the person gave to this question, and returns the question.

    ``given_at`` is when the person gave it (now, if not told): an older answer that arrives late, from a queue
    or another tab, changes nothing. Raises ``AnswerRefused``; an answer after the end is kept as late, not counted.
    """
    asked, is_counted = _store(attempt, position, form, language, given_at)
    if not is_counted:
        raise AnswerRefused("closed")
    return asked


@transaction.atomic
def _store(
    attempt: Attempt, position: int, form: "MultiValueDict[str, str]", language: str, given_at: datetime | None
) -> tuple[AttemptQuestion, bool]:
    now = timezone.now()
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    asked = attempt.questions.select_related("content").filter(position=position).first()
    if asked is None:
        raise AnswerRefused("forged")
    question = thaw(asked.content.content)
    response = TYPES[question.kind].read(question, form, language)
    if attempt.submitted_at or rules.is_late(attempt, now):
        return asked, _keep_late(asked, response)
    _save(asked, response, _moment(attempt, given_at, now))
    return asked, True


def _moment(attempt: Attempt, given_at: datetime | None, now: datetime) -> datetime:
    """When the answer was given: never before the attempt began, never in the future."""
    return min(max(given_at or now, attempt.started_at), now)


def _save(asked: AttemptQuestion, response: Response, at: datetime) -> None:
    if asked.answered_at is not None and at <= asked.answered_at:
        return
    asked.response, asked.answered_at = response, at
    asked.save(update_fields=["response", "answered_at"])


def _keep_late(asked: AttemptQuestion, response: Response) -> bool:
    """Keeps an answer that came after the end; true where it is the one that counts already."""
    if response == asked.response:
        return True
    asked.late_response = response
    asked.save(update_fields=["late_response"])
    return False


@transaction.atomic
def submit(attempt: Attempt) -> Attempt:
    """Hand in and mark what can be marked. Handing in again changes nothing and returns the same result."""
    attempt = Attempt.objects.select_for_update().select_related("quiz").get(pk=attempt.pk)
    if attempt.submitted_at:
        return attempt
    now = timezone.now()
    # An attempt whose time ran out ended when it ran out, not when somebody looked.
    attempt.submitted_at = min(now, attempt.ends_at) if attempt.ends_at else now
    for asked in questions_of(attempt):
        _mark(asked)
    total(attempt)
    return attempt


def _mark(asked: AttemptQuestion) -> None:
    question = thaw(asked.content.content)
    asked.fraction = TYPES[question.kind].fraction(question, asked.response) if asked.response else Decimal(0)
    asked.save(update_fields=["fraction"])


def total(attempt: Attempt) -> None:
    """Adds up the points of a handed-in attempt; passed or not is open while something waits for a marker."""
    rows = [(thaw(asked.content.content).points, asked.fraction) for asked in questions_of(attempt)]
    attempt.points_possible = sum(points for points, _fraction in rows)
    attempt.points = earned = sum((points * (fraction or 0) for points, fraction in rows), Decimal(0))
    is_marked = all(fraction is not None for _points, fraction in rows)
    share = 100 * earned / attempt.points_possible if attempt.points_possible else Decimal(0)
    attempt.passed = share >= attempt.quiz.pass_percent if is_marked else None
    attempt.save()

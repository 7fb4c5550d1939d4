"""Taking a quiz: one question a page. Each answer is stored when it is given; the key stays here until the end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from courses.activities.observed import observed, opened_token
from courses.activities.place import Place, own_place
from courses.activities.quiz.recording import hand_in as hand_in_and_record
from courses.activities.quiz.recording import record_attempt
from courses.activities.quiz.tasks import plan_closing
from courses.activities.recording import tell
from courses.assessment import api as assessment
from courses.assessment.models import Attempt, AttemptQuestion, Quiz

REFUSALS = {
    "empty": gettext_lazy("Choose or write an answer first. What you answered before is kept."),
    "incomplete": gettext_lazy("Give each item a place of its own. What you answered before is kept."),
    "forged": gettext_lazy("This answer does not belong to this question. Nothing was changed."),
    "too-many": gettext_lazy("This question takes one answer only. Nothing was changed."),
    "too-long": gettext_lazy("This answer is too long. Shorten it to 10,000 characters. Nothing was changed."),
    "not-a-number": gettext_lazy("Write a number, such as 20 or 2.5. What you answered before is kept."),
    "future": gettext_lazy("This answer bears a time that has not come yet. Nothing was changed."),
    "closed": gettext_lazy("The attempt had ended when this answer came. It is kept, but does not count."),
}
BEGINNINGS = {
    "none-left": gettext_lazy("You have used all your attempts."),
    "over": gettext_lazy("The deadline has passed. No new attempt can begin."),
    "no-questions": gettext_lazy("This quiz has no questions yet. Tell whoever runs the course."),
}


@dataclass(frozen=True)
class Run:
    """An attempt that is going on, with its questions."""

    place: Place
    attempt: Attempt
    questions: list[AttemptQuestion]

    @property
    def first_open(self) -> int:
        """Position of the first question without an answer, counted from 1; the last one if all have one."""
        open_ones = [asked.position for asked in self.questions if asked.response is None]
        return open_ones[0] if open_ones else len(self.questions)

    @property
    def all_answered(self) -> bool:
        return all(asked.response is not None for asked in self.questions)

    @property
    def seconds_left(self) -> int | None:
        if self.attempt.ends_at is None:
            return None
        return max(0, int((self.attempt.ends_at - timezone.now()).total_seconds()))


def _quiz(place: Place) -> Quiz:
    quiz = assessment.quiz_of(place.activity)
    if quiz is None:
        raise Http404
    return quiz


def _run(request: HttpRequest, enrolment: UUID, number: int) -> Run | None:
    """The attempt going on at this place. One whose time is up is handed in and recorded: then there is none."""
    place = own_place(request, enrolment, number, "quiz")
    quiz, learner = _quiz(place), signed_in(request)
    before = assessment.attempts_of(quiz, learner, place.enrolment.round).filter(submitted_at=None).first()
    attempt = assessment.open_attempt(quiz, learner, place.enrolment.round)
    if attempt is None:
        if before:
            before.refresh_from_db()
            record_attempt(place.enrolment, before)
        return None
    return Run(place, attempt, assessment.questions_of(attempt))


@login_required
@require_POST
def begin(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """Begins an attempt, or goes on with the open one."""
    place = own_place(request, enrolment, number, "quiz")
    _run(request, enrolment, number)
    try:
        plan_closing(assessment.begin(_quiz(place), signed_in(request), place.enrolment.round))
    except assessment.AttemptRefused as refused:
        messages.error(request, str(BEGINNINGS[refused.code]))
        return redirect("player:activity", enrolment, number)
    run = _run(request, enrolment, number)
    return redirect("player:quiz_question", enrolment, number, run.first_open if run else 1)


@login_required
@never_cache
def question(request: HttpRequest, enrolment: UUID, number: int, position: int) -> HttpResponse:
    """Shows one question; POST stores its answer and goes on to the next."""
    if request.method == "POST":
        return _answer(request, enrolment, number, position)
    run = _run(request, enrolment, number)
    if run is None:
        return redirect("player:quiz_result", enrolment, number)
    return _show(request, run, position)


def _show(request: HttpRequest, run: Run, position: int, error: str = "") -> HttpResponse:
    if not 1 <= position <= len(run.questions):
        raise Http404
    context = {
        "place": run.place,
        "run": run,
        "opened": opened_token(run.place),
        "position": position,
        "question": assessment.asked(run.questions[position - 1], get_language() or "en"),
        "error": error,
    }
    return render(request, "activities/quiz_question.html", context, status=400 if error else 200)


def _answer(request: HttpRequest, enrolment: UUID, number: int, position: int) -> HttpResponse:
    place = own_place(request, enrolment, number, "quiz")
    attempt = _attempt_answered(request, place)
    tell(place.enrolment, observed(request, place))
    error = ""
    try:
        assessment.answer(attempt, position, request.POST, get_language() or "en", _given_at(request))
    except assessment.AnswerRefused as refused:
        error = refused.code
    if "application/json" in request.headers.get("Accept", ""):
        return _answer_json(error)
    if error == "closed":
        _run(request, enrolment, number)
        messages.error(request, str(REFUSALS[error]))
        return redirect("player:quiz_result", enrolment, number)
    run = _run(request, enrolment, number)
    if error and run:
        return _show(request, run, position, str(REFUSALS[error]))
    if run and position < len(run.questions):
        return redirect("player:quiz_question", enrolment, number, position + 1)
    return redirect("player:quiz_hand_in", enrolment, number)


def _attempt_answered(request: HttpRequest, place: Place) -> Attempt:
    """The attempt that the form names, or the last one. Another person's, or another quiz's, does not exist."""
    attempts = assessment.attempts_of(_quiz(place), signed_in(request), place.enrolment.round)
    attempts = attempts.order_by("-started_at")
    named = request.POST.get("attempt")
    if named:
        try:
            return get_object_or_404(attempts, pk=UUID(named))
        except ValueError as error:
            raise Http404 from error
    attempt = attempts.first()
    if attempt is None:
        raise Http404
    return attempt


def _given_at(request: HttpRequest) -> datetime | None:
    """When the answer was given, told as how many milliseconds ago: clocks of phones are often wrong."""
    ago = request.POST.get("ago")
    if not ago:
        return None
    try:
        milliseconds = int(ago)
        if milliseconds < 0:
            raise assessment.AnswerRefused("future")
        return timezone.now() - timedelta(milliseconds=milliseconds)
    except (ValueError, OverflowError) as error:
        raise assessment.AnswerRefused("forged") from error


def _answer_json(error: str) -> JsonResponse:
    if error:
        return JsonResponse(
            {"refused": error, "message": str(REFUSALS[error])}, status=409 if error == "closed" else 400
        )
    return JsonResponse({"saved": True})


@login_required
@never_cache
def hand_in(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """Shows which questions have no answer yet; POST hands in, marks and records the result."""
    run = _run(request, enrolment, number)
    if run is None:
        return redirect("player:quiz_result", enrolment, number)
    if request.method != "POST":
        return render(request, "activities/quiz_hand_in.html", {"place": run.place, "run": run})
    hand_in_and_record(run.place.enrolment, run.attempt)
    return redirect("player:quiz_result", enrolment, number)


@login_required
@never_cache
@require_safe
def result(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """The last attempt handed in, question by question, with as much as the quiz's rule reveals."""
    _run(request, enrolment, number)
    place = own_place(request, enrolment, number, "quiz")
    context = place.kind.context(request, place)
    attempt = context.get("last_attempt")
    if attempt is None:
        return redirect("player:activity", enrolment, number)
    language = get_language() or "en"
    revealed = assessment.reveals(context["quiz"], context["allowed"], context["attempts"], timezone.now())
    rows = assessment.questions_of(attempt)
    marked = [assessment.marked(row, language, revealed=revealed) for row in rows]
    context |= {"place": place, "attempt": attempt, "marked": marked, "is_revealed": revealed}
    return render(request, "activities/quiz_result.html", context)

"""A quiz, one question to a page: every answer is stored as it is given, with or without JavaScript."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from courses.assessment import api as assessment
from courses.assessment.models import Attempt, Option, Question, Quiz
from courses.player.place import Place, own_place
from courses.records.api import Verb, record

REFUSALS = {
    "empty": _("Choose an answer before you go on."),
    "forged": _("That answer does not belong to this question. Choose one of the answers below."),
    "too-many": _("Choose one answer only."),
}


@dataclass(frozen=True)
class Run:
    """An open attempt and its questions in order."""

    place: Place
    quiz: Quiz
    attempt: Attempt
    questions: list[Question]
    answered: set[int]

    @property
    def first_open(self) -> int:
        """Position, from 1, of the first question without an answer; the last one if all have one."""
        positions = [index for index, question in enumerate(self.questions, 1) if question.pk not in self.answered]
        return positions[0] if positions else len(self.questions)

    @property
    def all_answered(self) -> bool:
        return len(self.answered) == len(self.questions)


def _run(request: HttpRequest, enrolment: UUID, number: int) -> Run | None:
    """The learner's open attempt at the quiz of this activity, if there is one."""
    place = own_place(request, enrolment, number)
    quiz = get_object_or_404(Quiz, activity=place.activity)
    attempt = assessment.open_attempt(quiz, signed_in(request))
    if attempt is None:
        return None
    return Run(place, quiz, attempt, list(assessment.questions_of(quiz)), assessment.answered_ids(attempt))


def intro(request: HttpRequest, place: Place) -> HttpResponse:
    """What the quiz asks for and how the last attempt went."""
    quiz = get_object_or_404(Quiz, activity=place.activity)
    attempts = Attempt.objects.filter(quiz=quiz, learner_id=request.user.pk)
    context = {
        "place": place,
        "quiz": quiz,
        "question_count": quiz.questions.count(),
        "open_attempt": attempts.filter(submitted_at__isnull=True).first(),
        "last_attempt": attempts.filter(submitted_at__isnull=False).first(),
    }
    return render(request, "player/quiz_intro.html", context)


@login_required
@require_POST
def begin(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """Begins an attempt, or goes on with the open one."""
    place = own_place(request, enrolment, number)
    assessment.begin(get_object_or_404(Quiz, activity=place.activity), signed_in(request))
    run = _run(request, enrolment, number)
    return redirect("player:quiz_question", enrolment, number, run.first_open if run else 1)


@login_required
@never_cache
def question(request: HttpRequest, enrolment: UUID, number: int, position: int) -> HttpResponse:
    """Shows one question; POST stores its answer and goes on to the next."""
    run = _run(request, enrolment, number)
    if run is None:
        return redirect("player:activity", enrolment, number)
    if not 1 <= position <= len(run.questions):
        raise Http404
    asked = run.questions[position - 1]
    error = ""
    if request.method == "POST":
        try:
            assessment.answer(run.attempt, asked, _chosen(request))
        except assessment.AnswerRefused as refused:
            if refused.code == "closed":
                return redirect("player:quiz_result", enrolment, number)
            error = str(REFUSALS[refused.code])
        else:
            return _after_answer(run, enrolment, number, position)
    context = {
        "place": run.place,
        "run": run,
        "question": asked,
        "position": position,
        "chosen": {option.pk for option in assessment.chosen_options(run.attempt, asked)},
        "is_saved": asked.pk in run.answered,
        "error": error,
    }
    return render(request, "player/quiz_question.html", context, status=400 if error else 200)


def _chosen(request: HttpRequest) -> list[Option]:
    """The options named in the form. An unknown key refuses the whole answer, as a forged one does."""
    keys = set(request.POST.getlist("option"))
    try:
        options = list(Option.objects.filter(key__in=[UUID(key) for key in keys]))
    except ValueError as error:
        raise assessment.AnswerRefused("forged") from error
    if len(options) != len(keys):
        raise assessment.AnswerRefused("forged")
    return options


def _after_answer(run: Run, enrolment: UUID, number: int, position: int) -> HttpResponse:
    if position < len(run.questions):
        return redirect("player:quiz_question", enrolment, number, position + 1)
    return redirect("player:quiz_hand_in", enrolment, number)


@login_required
@never_cache
def hand_in(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """Shows which questions have no answer yet; POST hands in, grades and records the result."""
    run = _run(request, enrolment, number)
    if run is None:
        return redirect("player:quiz_result", enrolment, number)
    if request.method != "POST":
        positions = [(index, question.pk in run.answered) for index, question in enumerate(run.questions, 1)]
        return render(request, "player/quiz_hand_in.html", {"place": run.place, "run": run, "positions": positions})
    attempt = assessment.submit(run.attempt)
    score = {"raw": attempt.points, "max": attempt.points_possible, "attempt": str(attempt.pk)}
    activity = run.place.activity
    verb = Verb.PASSED if attempt.passed else Verb.FAILED
    record(run.place.enrolment, verb, activity, key=f"attempt:{attempt.pk}", result={"score": score})
    if attempt.passed:
        record(run.place.enrolment, Verb.COMPLETED, activity, key=f"completed:{activity.pk}")
    return redirect("player:quiz_result", enrolment, number)


@login_required
@never_cache
@require_safe
def result(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """The last attempt handed in, question by question, with the explanations."""
    place = own_place(request, enrolment, number)
    attempts = Attempt.objects.filter(quiz__activity=place.activity, learner_id=request.user.pk)
    attempt = attempts.filter(submitted_at__isnull=False).order_by("-submitted_at").select_related("quiz").first()
    if attempt is None:
        return redirect("player:activity", enrolment, number)
    marked = assessment.mark(attempt)
    return render(request, "player/quiz_result.html", {"place": place, "attempt": attempt, "marked": marked})

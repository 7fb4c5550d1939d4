"""The markers' queue: what learners handed in and no rule can mark, and who was at a live session."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.accounts.api import signed_in
from cms.accounts.models import User
from cms.documents.downloads import download
from cms.privacy.access import saw_each, saw_person
from cms.privacy.models import Access
from courses.activities.assignment import api as assignments
from courses.activities.assignment.models import Submission
from courses.activities.live_session.attendance import attend
from courses.activities.live_session.models import LiveSession
from courses.activities.quiz.recording import record_outcome
from courses.assessment import api as assessment
from courses.assessment.content import in_language, thaw
from courses.assessment.models import AttemptQuestion
from courses.enrolment.models import Enrolment
from courses.marking.forms import AnswerForm, RubricForm

PERMISSION = "assignment.add_marking"
PER_PAGE = 50
PEOPLE_PER_PAGE = 200


def marker(request: HttpRequest) -> User:
    """Whoever may mark. Raises ``PermissionDenied`` for everybody else."""
    user = signed_in(request)
    if not user.has_perm(PERMISSION):
        raise PermissionDenied
    return user


def queue(request: HttpRequest) -> HttpResponse:
    """What waits to be marked, the oldest first, and the live sessions whose attendance can be noted."""
    marker(request)
    submissions = Submission.objects.waiting().select_related("enrolment__learner", "activity__module__course")
    answers = assessment.waiting().select_related("attempt__learner")
    sessions = LiveSession.objects.filter(
        activity__module__version__isnull=False, activity__module__version__enrolments__isnull=False
    )
    context = {
        "submissions": Paginator(submissions, PER_PAGE).get_page(request.GET.get("page")),
        "answers": Paginator(answers, PER_PAGE).get_page(request.GET.get("answers")),
        "sessions": sessions.filter(starts_at__lte=timezone.now())
        .select_related("activity__module__course")
        .distinct()
        .order_by("-starts_at")[:PER_PAGE],
    }
    return render(request, "marking/queue.html", context)


def submission(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One submission beside the rubric it is marked by."""
    user = marker(request)
    found = get_object_or_404(
        Submission.objects.select_related("enrolment__learner", "enrolment__version", "activity"), pk=pk
    )
    saw_person(user, Access.What.WORK, found.enrolment.learner)
    form = RubricForm(found.activity.criteria.all(), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        marking = assignments.mark(found, form.points, form.cleaned_data["comment"], user)
        _say(request, is_own=marking.marker_id == user.pk)
        return redirect("marking:queue")
    return render(request, "marking/submission.html", {"submission": found, "form": form})


def submission_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """The file that was handed in, as a download."""
    marker(request)
    submission = get_object_or_404(Submission.objects.exclude(file=""), pk=pk)
    return download(submission.file, submission.file_name)


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One short answer beside its question and what the author says of it."""
    user = marker(request)
    asked = get_object_or_404(assessment.waiting().select_related("attempt__learner"), pk=pk)
    question = thaw(asked.content.content)
    form = AnswerForm(question.points, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _mark_answer(asked, form, question.points, user)
        _say(request, is_own=True)
        return redirect("marking:queue")
    language = (asked.response or {}).get("language", "en")
    context = {
        "asked": asked,
        "form": form,
        "question": in_language(question.text, language),
        "guidance": in_language(question.feedback, language),
    }
    saw_person(user, Access.What.WORK, asked.attempt.learner)
    return render(request, "marking/answer.html", context)


@transaction.atomic
def _mark_answer(asked: AttemptQuestion, form: AnswerForm, possible: int, user: User) -> None:
    fraction = form.cleaned_data["points"] / possible
    attempt = assessment.mark(asked, fraction, form.cleaned_data["comment"], user)
    enrolments = Enrolment.objects.filter(
        learner=attempt.learner_id, round=attempt.round, course__modules__activities=attempt.quiz.activity
    )
    for enrolment in enrolments.select_related("version", "learner").distinct():
        record_outcome(enrolment, attempt)


def _say(request: HttpRequest, *, is_own: bool) -> None:
    if is_own:
        messages.success(request, _("Marked. The learner sees it now."))
    else:
        messages.info(request, _("Somebody else had marked this already. Their points count."))


def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """The learners of a live session: who was there is ticked, and stays so."""
    user = marker(request)
    session: LiveSession = get_object_or_404(LiveSession.objects.select_related("activity__module__version"), pk=pk)
    enrolments = (
        Enrolment.objects.filter(version=session.activity.module.version_id)
        .select_related("learner", "version", "organisation")
        .order_by("learner__name", "pk")
    )
    page = Paginator(enrolments, PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        here = set(request.POST.getlist("here"))
        for enrolment in page:
            if str(enrolment.pk) in here:
                attend(enrolment, session.activity_id, "list", user.pk)
        messages.success(request, _("Attendance is noted."))
        return redirect(request.get_full_path())
    present = set(
        Enrolment.objects.filter(
            pk__in=[one.pk for one in page], statements__verb="attended", statements__activity=session.activity_id
        ).values_list("pk", flat=True)
    )
    saw_each(user, Access.What.PEOPLE, [enrolment.learner for enrolment in page])
    rows = [(enrolment, enrolment.pk in present) for enrolment in page]
    return render(request, "marking/attendance.html", {"session": session, "rows": rows, "page": page})

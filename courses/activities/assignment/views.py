from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms.documents.downloads import download
from courses.activities.assignment.api import hand_in
from courses.activities.assignment.forms import SubmissionForm
from courses.activities.assignment.models import Submission
from courses.activities.place import own_place


@login_required
@require_POST
def submit(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """Hands in. With a mistake in the form the words are still there."""
    place = own_place(request, enrolment, number, "assignment")
    context = place.kind.context(request, place)
    rules = context["rules"]
    form = SubmissionForm(request.POST, request.FILES, takes_file=rules is None or rules.takes_file)
    if context["is_over"]:
        form.add_error(None, _("The deadline has passed. Your text below was not handed in."))
    if not form.is_valid():
        return render(request, place.kind.template, context | {"place": place, "form": form}, status=400)
    hand_in(place, form.cleaned_data["form_key"], form.cleaned_data["text"], form.cleaned_data.get("file"))
    messages.success(request, _("Handed in. You are told here when it is marked."))
    return redirect(place.url)


@login_required
@require_safe
def own_file(request: HttpRequest, enrolment: UUID, number: int, pk: UUID) -> FileResponse:
    """The file that the learner handed in, as a download: a browser never shows it in our name."""
    place = own_place(request, enrolment, number, "assignment")
    submissions = Submission.objects.filter(enrolment=place.enrolment).exclude(file="")
    submission = get_object_or_404(submissions, pk=pk)
    return download(submission.file, submission.file_name)

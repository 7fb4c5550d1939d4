"""Training elsewhere: asking for it to be recognised, and the proof."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.accounts.api import signed_in
from cms.directory.models import Organisation
from cms.documents.downloads import download
from cms.privacy.access import saw_person
from cms.privacy.models import Access
from courses.credentials.models import ExternalTraining
from courses.enrolment.api import home_of
from courses.training.forms import ExternalTrainingForm

MOST_WAITING = 20  # more than anybody hears back of: beyond it, something asks in a loop


@login_required
@never_cache
def external(request: HttpRequest) -> HttpResponse:
    """What the person asked for, and the form to ask for more."""
    person = signed_in(request)
    home = home_of(person)
    if home is None:
        raise PermissionDenied(_("Training elsewhere is recognised by your organisation, and you belong to none yet."))
    asked = ExternalTraining.objects.of(person)
    form = ExternalTrainingForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if asked.waiting().count() >= MOST_WAITING:
            form.add_error(None, _("Too much of yours waits for a decision. Ask your coordinator first."))
        if form.is_valid():
            form.instance.learner, form.instance.organisation = person, home
            form.save()
            messages.success(request, _("Your coordinator will look at it. You are told here what they decide."))
            return redirect("training:external")
    context = {"form": form, "asked": asked, "home": home}
    return render(request, "training/external.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_safe
def proof(request: HttpRequest, pk: UUID) -> FileResponse:
    """The proof, as a download, for whoever handed it in and for those who decide."""
    person = signed_in(request)
    may_see = Q(learner=person) | Q(organisation__in=Organisation.objects.visible_to(person))
    training = get_object_or_404(ExternalTraining.objects.filter(may_see).select_related("learner"), pk=pk)
    saw_person(person, Access.What.WORK, training.learner)
    return download(training.proof, f"proof-{training.pk}")

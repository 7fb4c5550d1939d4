"""A learner's rating of a course."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.accounts.api import signed_in
from courses.catalogue.models import Review
from courses.enrolment.models import Enrolment
from courses.player.forms import ReviewForm


@login_required
@require_POST
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Stores the rating of somebody who completed the course; writing again replaces it."""
    learner = signed_in(request)
    completed = Enrolment.objects.of(learner).filter(course__slug=slug, progress__completed_at__isnull=False)
    enrolment = get_object_or_404(completed.select_related("course"))
    known = Review.objects.filter(course=enrolment.course, learner=learner).first()
    form = ReviewForm(request.POST, instance=known)
    if not form.is_valid():
        messages.error(request, _("Choose one to five stars; words have 1,000 characters at most."))
        return redirect("player:done", enrolment=enrolment.pk)
    found = form.save(commit=False)
    found.course, found.version, found.learner = enrolment.course, enrolment.version, learner
    found.language, found.state = get_language() or "en", Review.State.WAITING
    found.save()
    messages.success(request, _("Thank you. Your stars count at once; your words are shown once they were read."))
    return redirect("catalogue:course", slug=slug)

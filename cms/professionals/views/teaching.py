"""Lecturers: what they offer, being asked, and what those who were there say."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cms.accounts.api import signed_in
from cms.accounts.limits import allows
from cms.accounts.offices import who_manages_people
from cms.directory.models import Organisation
from cms.professionals.asking import answer, ask
from cms.professionals.forms import LecturingForm, OpinionForm, TeachingRequestForm
from cms.professionals.models import Lecturing, Opinion, Profile, TeachingRequest
from cms.professionals.occasions import attended_by

MOST_A_DAY = 20  # requests of one coordinator


@login_required
@never_cache
def offer(request: HttpRequest) -> HttpResponse:
    """What I offer as a lecturer."""
    profile = get_object_or_404(Profile, user=signed_in(request))
    found = Lecturing.objects.filter(profile=profile).first() or Lecturing(profile=profile)
    form = LecturingForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("professionals:mine")
    return render(request, "professionals/offer.html", {"form": form}, status=400 if form.errors else 200)


@login_required
@never_cache
def ask_to_teach(request: HttpRequest, pk: str) -> HttpResponse:
    """A coordinator asks a lecturer for an organisation that they manage."""
    user = who_manages_people(request)
    rows = Profile.objects.teaching().select_related("user").prefetch_related("names")
    profile: Profile = get_object_or_404(rows, pk=pk)
    units = Organisation.objects.managed_by(user)
    form = TeachingRequestForm(
        request.POST or None, instance=TeachingRequest(profile=profile, asked_by=user), organisations=units
    )
    if request.method == "POST" and form.is_valid():
        if not allows(request, "ask-to-teach", MOST_A_DAY, 24 * 3600):
            form.add_error(None, _("You have asked many people today. Nothing is lost: go on tomorrow."))
        else:
            try:
                ask(form.save(commit=False))
            except OSError:
                form.add_error(None, _("Our mail server does not answer. Nothing is lost: please send it again later."))
            else:
                messages.success(request, _("We have asked. The answer comes to you by e-mail."))
                return redirect(profile)
    context = {"form": form, "profile": profile}
    return render(request, "professionals/ask_to_teach.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def answer_request(request: HttpRequest, pk: str) -> HttpResponse:
    rows = TeachingRequest.objects.select_related("profile__user", "asked_by", "organisation")
    found = get_object_or_404(rows, pk=pk, profile__user=signed_in(request))
    text = request.POST.get("answer", "").strip()[:2000]
    try:
        is_first = answer(found, accepts="accept" in request.POST, text=text)
    except OSError:
        messages.error(request, _("Our mail server does not answer. Nothing is lost: please send it again later."))
    else:
        if is_first:
            messages.success(request, _("Your answer is noted."))
        else:
            messages.error(request, _("This was answered already."))
    return redirect("professionals:mine")


@login_required
@never_cache
def opinion(request: HttpRequest, pk: str) -> HttpResponse:
    """Stars for a lecturer, from somebody who was there; 404 for everybody else."""
    user = signed_in(request)
    profile: Profile = get_object_or_404(Profile.objects.public().select_related("user"), pk=pk)
    occasions = [] if profile.user_id == user.pk else attended_by(user, profile)
    if not occasions:
        raise Http404
    form = OpinionForm(request.POST or None, occasions=occasions)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        Opinion.objects.update_or_create(
            profile=profile, by=user, occasion=values["occasion"], defaults={"stars": values["stars"]}
        )
        messages.success(request, _("Thank you. Nobody is told who gave which stars."))
        return redirect(profile)
    context = {"form": form, "profile": profile}
    return render(request, "professionals/opinion.html", context, status=400 if form.errors else 200)

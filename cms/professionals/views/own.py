"""A person's own profile: what it says, what of it is shown, and who put them forward."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cms.accounts.api import signed_in
from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.professionals.forms import ClaimForm, ProfileForm, PublishForm
from cms.professionals.models import Claim, Lecturing, Nomination, Profile
from cms.professionals.proofs import offers, proof_of
from cms.professionals.publishing import consent_text, publish, say_it_is_current, withdraw
from cms.professionals.reviewing import answer

MOST_CLAIMS = 100


def _own(user: User) -> Profile:
    return Profile.objects.filter(user=user).first() or Profile(user=user)


def _saved(user: User) -> Profile:
    return get_object_or_404(Profile, user=user)


@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """What I say of myself, and the way to everything that can be done with it."""
    user = signed_in(request)
    profile = _own(user)
    form = ProfileForm(request.POST or None, instance=profile)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
        messages.success(request, _("Saved."))
        return redirect("professionals:mine")
    is_new = profile._state.adding
    claims = [] if is_new else list(profile.claims.select_related("organisation", "profile__user"))
    context = {
        "profile": profile,
        "is_new": is_new,
        "form": form,
        "claims": claims,
        "offers": _offers(user, claims),
        "nominations": [] if is_new else profile.nominations.select_related("pool", "nominated_by", "profile"),
        "members": [] if is_new else profile.pool_memberships.select_related("pool"),
        "lecturing": None if is_new else Lecturing.objects.filter(profile=profile).first(),
        "requests": [] if is_new else profile.teaching_requests.select_related("asked_by", "organisation"),
        "consents": user.profile_consents.all()[:20],
    }
    return render(request, "professionals/mine.html", context, status=400 if form.errors else 200)


def _offers(user: User, claims: list[Claim]) -> list[dict[str, object]]:
    taken = {(claim.source, claim.proof_key) for claim in claims}
    return [{"source": source, "proof": proof} for source, proof in offers(user) if (source, proof.key) not in taken]


@login_required
@never_cache
def publish_mine(request: HttpRequest) -> HttpResponse:
    """What will be shown, and the consent to it."""
    profile = _saved(signed_in(request))
    form = PublishForm(request.POST or None, initial={"parts": profile.shown_parts})
    if request.method == "POST" and form.is_valid():
        publish(profile, form.cleaned_data["parts"])
        messages.success(request, _("Your profile is public."))
        return redirect(profile)
    context = {"profile": profile, "form": form, "consent": consent_text()}
    return render(request, "professionals/publish.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def withdraw_mine(request: HttpRequest) -> HttpResponse:
    withdraw(_saved(signed_in(request)))
    messages.success(request, _("Your profile is no longer shown anywhere."))
    return redirect("professionals:mine")


@login_required
@require_POST
def confirm_mine(request: HttpRequest) -> HttpResponse:
    say_it_is_current(_saved(signed_in(request)))
    messages.success(request, _("Thank you. We ask again in a year."))
    return redirect("professionals:mine")


@login_required
@require_POST
def delete_mine(request: HttpRequest) -> HttpResponse:
    """Deletes the profile with all that it says."""
    profile = _saved(signed_in(request))
    withdraw(profile)
    profile.delete()
    messages.success(request, _("Your profile is deleted."))
    return redirect("professionals:mine")


# --- claims -------------------------------------------------------------------------------------------
def _may_confirm(user: User) -> "object":
    """The organisations that know the person, and those above them."""
    paths = user.memberships.values_list("organisation__path", flat=True)
    above = {path[:end] for path in paths for end in range(4, len(path) + 1, 4)}
    return Organisation.objects.filter(path__in=above)


@login_required
@never_cache
def add_claim(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    profile = _saved(user)
    form = ClaimForm(
        request.POST or None,
        instance=Claim(profile=profile),
        organisations=_may_confirm(user),  # type: ignore[arg-type]
    )
    if request.method == "POST" and profile.claims.count() >= MOST_CLAIMS:
        form.add_error(None, _("There are a hundred entries already. Delete one first."))
    if request.method == "POST" and form.is_valid():
        claim = form.save(commit=False)
        claim.state = Claim.State.ASKED if claim.organisation else Claim.State.STATED
        claim.save()
        messages.success(request, _("Saved."))
        return redirect("professionals:mine")
    return render(request, "professionals/claim.html", {"form": form}, status=400 if form.errors else 200)


@login_required
@require_POST
def claim_proof(request: HttpRequest) -> HttpResponse:
    """Puts a certificate or an entry of a register into the profile: one's own that holds today, and no other."""
    user = signed_in(request)
    profile = _saved(user)
    source, key = request.POST.get("source", ""), request.POST.get("key", "")[:80]
    proof = proof_of(source, user, key)
    if proof is None:
        messages.error(request, _("This is not yours, or it no longer holds. Nothing was added."))
        return redirect("professionals:mine")
    try:
        with transaction.atomic():
            Claim.objects.create(
                profile=profile,
                kind=Claim.Kind.QUALIFICATION,
                title=proof.title[:200],
                body=proof.body[:200],
                starts_on=proof.since,
                source=source,
                state=Claim.State.CONFIRMED,
                proof_key=proof.key,
            )
        messages.success(request, _("Saved."))
    except IntegrityError:
        messages.info(request, _("It is in your profile already."))
    return redirect("professionals:mine")


@login_required
@require_POST
def delete_claim(request: HttpRequest, pk: str) -> HttpResponse:
    get_object_or_404(Claim, pk=pk, profile__user=signed_in(request)).delete()
    messages.success(request, _("Deleted."))
    return redirect("professionals:mine")


# --- nominations --------------------------------------------------------------------------------------
@login_required
@require_POST
def answer_nomination(request: HttpRequest, pk: str) -> HttpResponse:
    nomination = get_object_or_404(Nomination, pk=pk, profile__user=signed_in(request))
    if answer(nomination, agrees="agree" in request.POST):
        messages.success(request, _("Your answer is noted."))
    else:
        messages.error(request, _("This was answered already."))
    return redirect("professionals:mine")

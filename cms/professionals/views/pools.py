"""Talent pools: rules and members for everybody, nominations, reviews, and the list for whoever keeps the pool."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from cms.accounts.models import User
from cms.accounts.offices import who_manages_people
from cms.directory.models import Organisation
from cms.privacy.access import saw_each
from cms.privacy.models import Access
from cms.professionals.forms import DecisionForm, NominationForm
from cms.professionals.models import Claim, Nomination, Pool, PoolMember, Profile
from cms.professionals.parts import Part
from cms.professionals.reviewing import NominationRefused, decide, end, keeps, may_nominate, nominate
from cms.tables.api import xlsx_stream

PAGE_SIZE = 30


@require_safe
@never_cache
def pools(request: HttpRequest) -> HttpResponse:
    found = Pool.objects.select_related("region", "organisation").prefetch_related("topics")
    return render(request, "professionals/pools.html", {"pools": found})


@require_safe
@never_cache
def pool(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules, and those members who show that they are."""
    found: Pool = get_object_or_404(Pool.objects.select_related("region", "organisation"), slug=slug)
    current = PoolMember.objects.current().filter(pool=found).values("profile_id")
    shown = Profile.objects.public().showing(Part.POOLS).filter(pk__in=current)
    shown = shown.select_related("user").prefetch_related("names").order_by("-confirmed_at", "pk")
    user = request.user if request.user.is_authenticated else None
    own = Profile.objects.public().filter(user=user).first() if user else None
    context = {
        "pool": found,
        "pages": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
        "keeps": isinstance(user, User) and keeps(user, found),
        "may_nominate_self": found.is_open and found.accepts_self_nomination and own is not None,
        "own": own,
    }
    return render(request, "professionals/pool.html", context)


@login_required
@never_cache
def put_forward(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """Nominates a public profile for a pool, one's own where the rules allow it."""
    user = signed_in(request)
    found = get_object_or_404(Pool, slug=slug)
    profile: Profile = get_object_or_404(Profile.objects.public().select_related("user"), pk=pk)
    form = NominationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            nominate(found, profile, user, form.cleaned_data["statement"])
        except NominationRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The nomination is made."))
            return redirect(found)
    context = {"form": form, "pool": found, "profile": profile}
    return render(request, "professionals/nominate.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_safe
def choose_pool(request: HttpRequest, pk: str) -> HttpResponse:
    """The pools for which somebody can be put forward."""
    user = signed_in(request)
    profile: Profile = get_object_or_404(Profile.objects.public().select_related("user"), pk=pk)
    is_own = profile.user_id == user.pk
    if not is_own and not may_nominate(user):
        raise Http404
    open_now = Pool.objects.filter(is_open=True)
    offered = open_now.filter(accepts_self_nomination=True) if is_own else open_now
    return render(request, "professionals/choose_pool.html", {"profile": profile, "pools": offered})


# --- for whoever keeps a pool -------------------------------------------------------------------------
def _kept(request: HttpRequest, slug: str) -> tuple[User, Pool]:
    """The pool, for those who keep it; for all others there is none."""
    user = signed_in(request)
    kept = Organisation.objects.managed_by(user)
    return user, get_object_or_404(Pool.objects.filter(organisation__in=kept), slug=slug)


@login_required
@never_cache
@require_safe
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Nominations that wait, and the members with their terms."""
    user, found = _kept(request, slug)
    waiting = found.nominations.filter(state=Nomination.State.AGREED).order_by("created_at")
    waiting = waiting.select_related("profile__user", "nominated_by").prefetch_related("profile__names")
    members = PoolMember.objects.filter(pool=found).select_related("profile__user").prefetch_related("profile__names")
    page = Paginator(members.order_by("-ends_on", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    saw_each(user, Access.What.PEOPLE, [member.profile.user for member in page])
    context = {"pool": found, "waiting": waiting, "pages": page, "today": timezone.localdate(), "form": DecisionForm()}
    return render(request, "professionals/review.html", context)


@login_required
@require_POST
def decide_on(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    user, found = _kept(request, slug)
    nomination = get_object_or_404(found.nominations.select_related("profile", "pool"), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for errors in form.errors.values() for text in errors))
        return redirect("professionals:review", slug)
    values = form.cleaned_data
    try:
        decide(nomination, user, admit=values["decision"] == "admit", reason=values["reason"])
    except NominationRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Decided."))
    return redirect("professionals:review", slug)


@login_required
@require_POST
def end_term(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    _user, found = _kept(request, slug)
    member = get_object_or_404(PoolMember, pool=found, pk=pk)
    reason = request.POST.get("reason", "").strip()[:1000]
    if not reason:
        messages.error(request, _("Say why."))
    else:
        end(member, reason)
        messages.success(request, _("The term is ended."))
    return redirect("professionals:review", slug)


@login_required
@never_cache
@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The members as XLSX; each of them sees who took it and when."""
    user, found = _kept(request, slug)
    rows = PoolMember.objects.current().filter(pool=found).select_related("profile__user", "profile__region")
    members = list(rows.prefetch_related("profile__names", "profile__topics").order_by("pk"))
    saw_each(user, Access.What.EXPORT, [member.profile.user for member in members])
    header = [_("Name"), _("Headline"), _("IP fields"), _("Region"), _("Languages"), _("First day"), _("Last day")]
    name = f"{found.slug}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return xlsx_stream(name, str(found), header, _cells(members), count=len(members), right_to_left=get_language_bidi())


def _cells(members: list[PoolMember]) -> Iterator[list[Any]]:
    """What the members show of themselves: an export is no way around their choice."""
    for member in members:
        profile = member.profile
        is_shown = {part: profile.is_public and profile.shows(part) for part in (Part.REGION, Part.LANGUAGES)}
        yield [
            profile.main_name,
            profile.headline if profile.is_public else "",
            ", ".join(str(topic) for topic in profile.topics.all()) if profile.is_public else "",
            str(profile.region or "") if is_shown[Part.REGION] else "",
            ", ".join(profile.language_names) if is_shown[Part.LANGUAGES] else "",
            member.starts_on,
            member.ends_on,
        ]


# --- for coordinators ---------------------------------------------------------------------------------
@login_required
@never_cache
def confirmations(request: HttpRequest) -> HttpResponse:
    """What people of one's organisations say of themselves and asked to have confirmed."""
    user = who_manages_people(request)
    managed = Organisation.objects.managed_by(user)
    asked = Claim.objects.filter(state=Claim.State.ASKED, organisation__in=managed).exclude(profile__user=user)
    if request.method == "POST":
        claim = get_object_or_404(asked, pk=request.POST.get("claim") or None)
        claim.decide(user, is_right="confirm" in request.POST)
        messages.success(request, _("Your answer is noted."))
        return redirect("professionals:confirmations")
    rows = asked.select_related("profile__user", "organisation").prefetch_related("profile__names").order_by("pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    saw_each(user, Access.What.PEOPLE, [claim.profile.user for claim in page])
    return render(request, "professionals/confirmations.html", {"pages": page})

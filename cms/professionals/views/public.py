"""What everybody sees: the directory, a profile, and a letter to its owner."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.accounts.limits import allows_for
from cms.accounts.models import User
from cms.correspondence.mail import send
from cms.directory.models import Organisation
from cms.professionals import jsonld
from cms.professionals.directory import Asked, facets_of, found_for
from cms.professionals.forms import MessageForm
from cms.professionals.models import Lecturing, PoolMember, Profile
from cms.professionals.occasions import attended_by, given_by
from cms.professionals.parts import CLAIMED, Part
from cms.vocabulary.joined import split

PAGE_SIZE = 20
MOST_LETTERS_A_DAY = 20  # to one person


@require_safe
@never_cache
def directory(request: HttpRequest) -> HttpResponse:
    """Professionals by words, field, region, language, industry and pool."""
    asked = Asked.read(request.GET)
    rows = found_for(asked)
    pages = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"pages": pages, "asked": asked, "facets": facets_of(asked), "count": pages.paginator.count}
    return render(request, "professionals/directory.html", context)


def _public(pk: Any) -> Profile:
    rows = Profile.objects.public().select_related("user", "region").prefetch_related("names", "topics")
    return get_object_or_404(rows, pk=pk)


@require_safe
@never_cache  # no copy anywhere may outlive the consent
def profile(request: HttpRequest, pk: str) -> HttpResponse:
    found = _public(pk)
    shown = [part for part in CLAIMED if found.shows(part)]
    claims = list(found.claims.filter(kind__in=shown).select_related("organisation", "profile__user"))
    sections = [(Part(part).label, [claim for claim in claims if claim.kind == part]) for part in shown]
    pools: Any = []
    if found.shows(Part.POOLS):
        pools = PoolMember.objects.current().filter(profile=found).select_related("pool")
    lecturing = Lecturing.objects.filter(profile=found).first() if found.shows(Part.TEACHING) else None
    average, opinions = found.opinions.summary() if lecturing else (None, 0)
    user = request.user
    context = {
        "lecturing": lecturing,
        "forms": [label for value, label in Lecturing.Form.choices if lecturing and value in split(lecturing.forms)],
        "given": given_by(found) if lecturing else [],
        "average": average,
        "opinions": opinions,
        "may_judge": isinstance(user, User) and user.pk != found.user_id and bool(attended_by(user, found)),
        "may_ask": lecturing and lecturing.is_available and Organisation.objects.managed_by(user).exists(),
        "profile": found,
        "parts": {part.value: found.shows(part) for part in Part},
        "sections": [(label, rows) for label, rows in sections if rows],
        "pools": pools,
        "structured_data": jsonld.person(found, claims, request.build_absolute_uri(request.path)),
    }
    return render(request, "professionals/profile.html", context)


@never_cache
def write(request: HttpRequest, pk: str) -> HttpResponse:
    """Sends a letter on to a professional, whose address nobody sees."""
    rows = Profile.objects.public().filter(takes_messages=True).select_related("user")
    found: Profile = get_object_or_404(rows, pk=pk)
    form = MessageForm(request)
    if request.method == "POST" and form.is_valid():
        if not allows_for(str(found.pk), "letters-to", MOST_LETTERS_A_DAY, 24 * 3600):
            form.add_error(None, _("This person got many letters today. Nothing is lost: send it again tomorrow."))
        else:
            try:
                _send_on(found, form.cleaned_data)
            except OSError:
                form.say_mail_failed()
            else:
                return render(request, "professionals/written.html", {"profile": found})
    context = {"form": form, "profile": found}
    return render(request, "professionals/write.html", context, status=400 if form.errors else 200)


def _send_on(found: Profile, letter: dict[str, Any]) -> None:
    send(
        found.user.email,
        found.user.preferred_language,
        "professionals/letter.txt",
        {"letter": letter, "profile": found, "language": get_language()},
        headers={"Reply-To": letter["email"]},
    )

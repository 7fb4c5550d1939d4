import json
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.accounts.limits import allows
from cms.typeset.api import TypesettingError
from courses.credentials.api import certificate_pdf, find
from courses.credentials.badges.credential import signed_credential
from courses.credentials.models import Certificate

MOST_A_MINUTE = 30  # a person types a code in half a minute; who asks more often is trying codes out


def _own(request: HttpRequest, pk: UUID) -> Certificate:
    """The holder's own certificate; another person's answers as if it did not exist."""
    return get_object_or_404(Certificate.objects.of(request.user).in_full(), pk=pk)


@login_required
@never_cache
@require_safe
def certificate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The holder's page: on paper, as a credential, and the address for others."""
    found = _own(request, pk)
    language = get_language() or "en"
    others = [(code, name) for code, name in settings.LANGUAGES if code != language and code in found.course_titles]
    context = {
        "certificate": found,
        "others": others,
        "verify_url": request.build_absolute_uri(reverse("credentials:verify", args=[found.code])),
        "status_url": reverse("well_known:status", args=[found.status_list]),
    }
    return render(request, "credentials/certificate.html", context)


@login_required
@never_cache
@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The certificate as PDF, in the page's language or, with ``?with=``, side by side with a second one."""
    found = _own(request, pk)
    second = request.GET.get("with", "")
    if second and second not in dict(settings.LANGUAGES):
        raise Http404
    try:
        pdf = certificate_pdf(found, get_language() or "en", second)
    except TypesettingError as error:
        return render(request, "credentials/not_drawn.html", {"error": error}, status=500)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="certificate-{found.printed_code}.pdf"'},
    )


@login_required
@never_cache
@require_safe
def credential(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The certificate as an Open Badges 3.0 credential, for a wallet or an employer."""
    found = _own(request, pk)
    document = signed_credential(found, get_language() or "en")
    return HttpResponse(
        json.dumps(document, ensure_ascii=False, indent=2),
        content_type="application/vc+ld+json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="credential-{found.printed_code}.json"'},
    )


@never_cache
@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """Where a code from paper is typed in."""
    code = request.GET.get("code", "").strip()
    if not code:
        return render(request, "credentials/verify.html")
    if not allows(request, "verify", MOST_A_MINUTE, 60):
        return _too_often(request)
    found = find(code)
    return redirect("credentials:verify", code=found.code) if found else _unknown(request)


@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Public proof: holder, course, hours, date, and whether it holds. No address, organisation or score is shown."""
    if not allows(request, "verify", MOST_A_MINUTE, 60):
        return _too_often(request)
    found = find(code)
    if found is None:
        return _unknown(request)
    return render(request, "credentials/verified.html", {"certificate": found, "standing": found.standing()})


def _unknown(request: HttpRequest) -> HttpResponse:
    """One answer for every code that stands for nothing, well formed or not."""
    return render(request, "credentials/verify.html", {"is_unknown": True}, status=404)


def _too_often(request: HttpRequest) -> HttpResponse:
    response = render(request, "credentials/verify.html", {"is_too_often": True}, status=429)
    response["Retry-After"] = "60"
    return response

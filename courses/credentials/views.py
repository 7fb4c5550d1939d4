from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.typeset.api import TypesettingError
from courses.credentials.api import certificate_pdf, find
from courses.credentials.models import Certificate


@login_required
@never_cache
@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The holder's own certificate as PDF; another person's answers as if it did not exist."""
    certificate = get_object_or_404(Certificate, pk=pk, enrolment__learner_id=request.user.pk)
    try:
        pdf = certificate_pdf(certificate)
    except TypesettingError as error:
        return render(request, "credentials/not_drawn.html", {"error": error}, status=500)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="certificate-{certificate.printed_code}.pdf"'},
    )


@require_safe
def verify_form(request: HttpRequest) -> HttpResponse:
    """Where a code from paper is typed in."""
    code = request.GET.get("code", "").strip()
    if code and (certificate := find(code)):
        return redirect("credentials:verify", code=certificate.code)
    return render(request, "credentials/verify.html", {"code": code}, status=404 if code else 200)


@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Public proof: holder, course, hours and date. No address, organisation or score is shown."""
    certificate = find(code)
    if certificate is None:
        return render(request, "credentials/verify.html", {"code": code}, status=404)
    title = certificate.course_title(get_language() or "en")
    return render(request, "credentials/verified.html", {"certificate": certificate, "course_title": title})

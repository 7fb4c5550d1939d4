"""Granting, drawing and verifying certificates."""

import io
from decimal import Decimal
from pathlib import Path

import segno
from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, override

from cms.accounts.models import User
from cms.artwork.rosette import SIZE, rosette
from cms.typeset.api import render_pdf, typst_language
from courses.catalogue.api import credit_hours_text
from courses.credentials.models import ALPHABET, Certificate, CreditEntry
from courses.enrolment.models import Enrolment
from courses.records.models import Statement

TEMPLATE = Path(__file__).with_name("typst") / "certificate.typ"


@transaction.atomic
def grant(enrolment: Enrolment, completion: Statement) -> Certificate:
    """The certificate and credit hours for a completed course; granting again returns the first."""
    course = enrolment.course
    titles = {code: getattr(course, f"title_{code.replace('-', '_')}") for code, _name in settings.LANGUAGES}
    certificate, created = Certificate.objects.get_or_create(
        enrolment=enrolment,
        defaults={
            "holder_name": enrolment.learner.name or enrolment.learner.email,
            "course_titles": {code: title for code, title in titles.items() if title},
            "credit_hours": enrolment.version.credit_hours,
            "issued_at": completion.stored_at,
        },
    )
    if created:
        CreditEntry.objects.create(
            learner=enrolment.learner,
            organisation=enrolment.organisation,
            certificate=certificate,
            hours=certificate.credit_hours,
            entered_at=completion.stored_at,
        )
    return certificate


def hours_earned(learner: User) -> Decimal:
    """All credit hours in the learner's ledger."""
    return CreditEntry.objects.filter(learner=learner).aggregate(hours=Sum("hours"))["hours"] or Decimal(0)


def find(code: str) -> Certificate | None:
    """The certificate with this code, however it was typed: small letters, spaces, dashes, O for 0."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    plain = plain.translate(str.maketrans("OIL", "011"))
    if len(plain) != 12 or set(plain) - set(ALPHABET):
        return None
    return Certificate.objects.filter(code=plain).first()


def verification_url(certificate: Certificate, language: str) -> str:
    """The public address that a certificate's QR code leads to."""
    with override(language):
        return settings.BASE_URL.rstrip("/") + reverse("credentials:verify", args=[certificate.code])


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate in the current language as a tagged PDF. Raises ``TypesettingError``."""
    language = get_language() or "en"
    address = verification_url(certificate, language)
    title = certificate.course_title(language)
    data = {
        "lang": typst_language(language),
        "title": gettext("Certificate: %(course)s") % {"course": title},
        "author": "Imprint",
        "heading": gettext("Certificate of completion"),
        "certifies": gettext("This certifies that"),
        "name": certificate.holder_name,
        "completed": gettext("has completed the course"),
        "course": title,
        "hours": credit_hours_text(certificate.credit_hours),
        "date": date_format(certificate.issued_at, "DATE_FORMAT"),
        "code_label": gettext("Certificate number"),
        "code": certificate.printed_code,
        "verify": gettext("Anyone can verify this certificate at this address:"),
        "address": address,
        "qr_alt": gettext("QR code that leads to the page verifying this certificate"),
    }
    files = {"qr.svg": qr_svg(address), "rosette.svg": _rosette_svg(certificate.code)}
    return render_pdf(TEMPLATE, data, files=files, when=certificate.issued_at)


def qr_svg(text: str) -> bytes:
    """A QR code as SVG with the quiet zone the standard asks for (ISO/IEC 18004: four modules)."""
    drawing = io.BytesIO()
    segno.make(text, error="m").save(drawing, kind="svg", scale=4, border=4, dark="#1c1e21", light="#ffffff")
    return drawing.getvalue()


def _rosette_svg(name: str) -> bytes:
    shape = f'<path fill="none" stroke="#f1e2da" stroke-width="0.4" d="{rosette(name)}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">{shape}</svg>'.encode()

"""Certificates on paper: tagged PDF that lasts (PDF/UA-1 and PDF/A-2a), in one language or two."""

import io
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from cms.artwork.rosette import SIZE, rosette
from cms.directory.models import Organisation
from cms.typeset.api import render_pdf, typst_language
from courses.catalogue.api import credit_hours_text
from courses.credentials.ledger import day_at
from courses.credentials.models import Certificate

TEMPLATE = Path(__file__).with_name("typst") / "certificate.typ"


def verification_url(certificate: Certificate, language: str) -> str:
    """The public address that a certificate's QR code leads to."""
    with override(language):
        return settings.BASE_URL.rstrip("/") + reverse("credentials:verify", args=[certificate.code])


def certificate_pdf(certificate: Certificate, language: str, second: str = "") -> bytes:
    """The certificate in a language, or in two side by side. Raises ``TypesettingError``."""
    address = verification_url(certificate, language)
    body = sealed_by(certificate.enrolment.organisation)
    texts = [_texts(certificate, code, body) for code in dict.fromkeys([language, second]) if code]
    with override(language):
        title = gettext("Certificate: %(course)s") % {"course": certificate.course_title(language)}
        data: dict[str, Any] = {
            "lang": typst_language(language),
            "title": title,
            "author": "Imprint",
            "name": certificate.holder_name,
            "texts": texts,
            "code": certificate.printed_code,
            "address": address,
            "qr_alt": gettext("QR code that leads to the page verifying this certificate"),
            "seal_alt": gettext("Seal of %(organisation)s") % {"organisation": body} if body else "",
            "has_seal": body is not None,
        }
    files = {"qr.svg": qr_svg(address), "rosette.svg": _rosette_svg(certificate.code)}
    if body is not None:
        files["seal.png"] = _seal_png(body)
    return render_pdf(TEMPLATE, data, files=files, when=certificate.issued_at, is_archival=True)


def sealed_by(organisation: Organisation | None) -> Organisation | None:
    """The organisation itself, or the nearest one above it, that has a seal."""
    if organisation is None:
        return None
    steps = range(len(organisation.path), 0, -Organisation.steplen)
    line = Organisation.objects.filter(path__in=[organisation.path[:length] for length in steps], seal__isnull=False)
    return line.select_related("seal").order_by("-path").first()


def _texts(certificate: Certificate, language: str, body: Organisation | None) -> dict[str, str]:
    with override(language):
        home = certificate.enrolment.organisation
        found = {
            "lang": typst_language(language),
            "heading": gettext("Certificate of completion"),
            "certifies": gettext("This certifies that"),
            "completed": gettext("has completed the course"),
            "course": certificate.course_title(language),
            "hours": credit_hours_text(certificate.credit_hours),
            "date": date_format(day_at(home, certificate.issued_at), "DATE_FORMAT"),
            "expires": "",
            "body": str(body) if body else "",
            "code_label": gettext("Certificate number"),
            "verify": gettext("Anyone can verify this certificate at this address:"),
        }
        if certificate.expires_on:
            day = date_format(certificate.expires_on, "DATE_FORMAT")
            found["expires"] = gettext("Valid until %(day)s") % {"day": day}
        return found


def _seal_png(body: Organisation) -> bytes:
    """The seal as PNG of at most 800 pixels, however it was uploaded."""
    assert body.seal is not None
    rendition = body.seal.get_rendition("max-800x800|format-png")
    with rendition.file.open("rb") as file:
        return bytes(file.read())


def qr_svg(text: str) -> bytes:
    """A QR code as SVG with the quiet zone the standard asks for (ISO/IEC 18004: four modules)."""
    drawing = io.BytesIO()
    segno.make(text, error="m").save(drawing, kind="svg", scale=4, border=4, dark="#1c1e21", light="#ffffff")
    return drawing.getvalue()


def _rosette_svg(name: str) -> bytes:
    shape = f'<path fill="none" stroke="#f1e2da" stroke-width="0.4" d="{rosette(name)}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">{shape}</svg>'.encode()

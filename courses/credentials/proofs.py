"""A person's certificates as proofs of what their profile claims."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from cms.professionals.proofs import Proof, Proofs
from courses.credentials.models import Certificate
from courses.credentials.paper import verification_url


def _proof(certificate: Certificate) -> Proof:
    titles = certificate.course_titles
    title = titles.get(get_language() or "") or titles.get(settings.LANGUAGE_CODE) or next(iter(titles.values()), "")
    return Proof(
        key=certificate.code,
        title=title,
        body=settings.IMPRINT_ISSUER_NAME,
        since=timezone.localdate(certificate.issued_at),
        url=verification_url(certificate, get_language() or settings.LANGUAGE_CODE),
    )


def _holds(certificate: Certificate) -> bool:
    expired = certificate.expires_on is not None and certificate.expires_on < timezone.localdate()
    return not expired and not hasattr(certificate, "revocation")


def _of(user: Any) -> list[Proof]:
    return [_proof(one) for one in Certificate.objects.of(user).in_full() if _holds(one)]


def _find(user: Any, key: str) -> Proof | None:
    found = Certificate.objects.of(user).in_full().filter(code=key).first()
    return _proof(found) if found and _holds(found) else None


CERTIFICATES = Proofs("certificate", _of, _find)

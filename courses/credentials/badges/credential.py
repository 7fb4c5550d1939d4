"""A certificate as an Open Badges 3.0 credential (OpenBadgeCredential; W3C Verifiable Credentials 2.0), signed."""

import hashlib
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from courses.credentials.badges import issuer
from courses.credentials.badges.keys import current_key
from courses.credentials.badges.linked_data import OB, VC, Json
from courses.credentials.badges.proofs import sign, timestamp
from courses.credentials.badges.status import status_url
from courses.credentials.models import Certificate


class HolderErased(ValueError):
    """The certificate has no holder any more: nothing is said about them."""


def signed_credential(certificate: Certificate, language: str) -> Json:
    """The credential in a language, signed with the key in use. Raises ``HolderErased``."""
    key = current_key()
    return sign(credential(certificate, language), key.private(), issuer.method_of(key), timezone.now())


def credential(certificate: Certificate, language: str) -> Json:
    if not certificate.holder_name:
        raise HolderErased
    found: Json = {
        "@context": [VC, OB],
        "id": f"urn:uuid:{certificate.pk}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": certificate.course_title(language),
        "issuer": issuer.profile(),
        "validFrom": timestamp(certificate.issued_at),
        "credentialSubject": _subject(certificate, language),
        "credentialStatus": _status(certificate),
    }
    if certificate.expires_on:
        home = certificate.enrolment.organisation
        end = datetime.combine(certificate.expires_on + timedelta(days=1), time(), home.zone if home else UTC)
        found["validUntil"] = timestamp(end)
    return found


def _subject(certificate: Certificate, language: str) -> Json:
    """Who: the name as printed, and the address as a salted hash, which its owner can show to be theirs."""
    email = certificate.enrolment.learner.email.lower()
    digest = hashlib.sha256(f"{email}{certificate.code}".encode()).hexdigest()
    return {
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": certificate.holder_name,
                "identityType": "name",
            },
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": f"sha256${digest}",
                "identityType": "emailAddress",
                "salt": certificate.code,
            },
        ],
        "creditsEarned": float(certificate.credit_hours),
        "achievement": _achievement(certificate, language),
    }


def _achievement(certificate: Certificate, language: str) -> Json:
    course = certificate.enrolment.course
    with override(language):
        address = settings.BASE_URL.rstrip("/") + reverse("catalogue:course", args=[course.slug])
        summary, outcomes = course.summary, course.outcomes
    return {
        "id": address,
        "type": ["Achievement"],
        "achievementType": "Certification" if certificate.expires_on else "Course",
        "name": certificate.course_title(language),
        "description": summary,
        "criteria": {"narrative": outcomes},
        "humanCode": course.slug,
        "version": str(certificate.enrolment.version.number),
        "creditsAvailable": float(certificate.credit_hours),
        "inLanguage": language,
    }


def _status(certificate: Certificate) -> Json:
    address = status_url(certificate.status_list)
    return {
        "id": f"{address}#{certificate.status_index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(certificate.status_index),
        "statusListCredential": address,
    }

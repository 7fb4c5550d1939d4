"""Issuing certificates, finding them, and taking them back."""

import secrets
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max

from cms.accounts.models import User
from cms.vocabulary.months import months_later
from courses.credentials import ledger
from courses.credentials.models import ALPHABET, Certificate, CertificateHolder, CreditEntry, Revocation
from courses.enrolment.models import Enrolment
from courses.records.api import progress_of
from courses.records.models import Statement

LIST_LENGTH = 131_072  # entries of one status list: the least the standard allows, so that none stands out
DRAWS = 12  # places drawn in a list before the next one is begun: by then it is more than half full


@transaction.atomic
def grant(enrolment: Enrolment, completion: Statement) -> Certificate:
    """The certificate and credit hours for a completed course; granting again returns the first."""
    # Whoever completes twice at once waits here, and then finds what the first one made.
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    found = Certificate.objects.filter(enrolment=enrolment).first()
    if found:
        return found
    certificate = _issue(enrolment, completion)
    CertificateHolder.objects.create(certificate=certificate, name=enrolment.learner.name or enrolment.learner.email)
    ledger.enter_completion(certificate)
    return certificate


def _issue(enrolment: Enrolment, completion: Statement) -> Certificate:
    course = enrolment.course
    titles = {code: getattr(course, f"title_{code.replace('-', '_')}") for code, _name in settings.LANGUAGES}
    newest = Certificate.objects.aggregate(newest=Max("status_list"))["newest"] or 0
    for draw in range(2 * DRAWS):
        try:
            with transaction.atomic():
                return Certificate.objects.create(
                    enrolment=enrolment,
                    course_titles={code: title for code, title in titles.items() if title},
                    credit_hours=enrolment.version.credit_hours,
                    score=score_of(enrolment),
                    language=enrolment.learner.preferred_language,
                    issued_at=completion.stored_at,
                    expires_on=_expiry(enrolment, completion),
                    status_list=newest + draw // DRAWS,
                    status_index=secrets.randbelow(LIST_LENGTH),
                )
        except IntegrityError:
            # The place was taken, or the code: both are drawn again. Anything else is no better the next time.
            if draw == 2 * DRAWS - 1:
                raise
    raise AssertionError("unreachable")


def score_of(enrolment: Enrolment) -> int | None:
    """The average share of points over what is assessed in the course, in percent; ``None`` where nothing is."""
    shares = [mark.scaled for mark in progress_of(enrolment).state.marks.values() if mark.scaled is not None]
    return round(100 * sum(shares) / len(shares)) if shares else None


def _expiry(enrolment: Enrolment, completion: Statement) -> date | None:
    """The last day of validity. A renewal before the end begins where the one before ends."""
    months = enrolment.course.valid_months
    if not months:
        return None
    day = ledger.day_at(enrolment.organisation, completion.stored_at)
    before = Certificate.objects.filter(
        enrolment__learner=enrolment.learner_id, enrolment__course=enrolment.course_id, revocation__isnull=True
    ).order_by("-expires_on")
    last = before.values_list("expires_on", flat=True).first()
    return months_later(max(day, last) if last else day, months)


def find(code: str) -> Certificate | None:
    """The certificate with this code, however it was typed: small letters, spaces, dashes, O for 0."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    plain = plain.translate(str.maketrans("OIL", "011"))
    if len(plain) != 12 or set(plain) - set(ALPHABET):
        return None
    return Certificate.objects.in_full().filter(code=plain).first()


@transaction.atomic
def revoke(certificate: Certificate, reason: str, author: User) -> Revocation:
    """Takes a certificate back with its hours, once; the first reason stays. ``ValueError`` without a reason."""
    if not reason.strip():
        raise ValueError("A revocation says why.")
    Enrolment.objects.select_for_update().get(pk=certificate.enrolment_id)
    revocation, is_new = Revocation.objects.get_or_create(
        certificate=certificate, defaults={"reason": reason.strip(), "author": author}
    )
    earned = CreditEntry.objects.filter(certificate=certificate, source=CreditEntry.Source.COURSE).first()
    if is_new and earned and earned.hours:
        ledger.enter(
            earned.learner,
            f"revocation:{certificate.pk}",
            -earned.hours,
            organisation=earned.organisation,
            source=CreditEntry.Source.CORRECTION,
            earned_on=earned.earned_on,
            titles=earned.titles,
            topics=earned.topics,
            audiences=earned.audiences,
            course=earned.course,
            certificate=certificate,
            reason=revocation.reason,
            author=author,
        )
    return revocation


def is_renewable(certificate: Certificate) -> bool:
    """Whether its holder may take the course anew: it expires soon or has expired, and was not renewed since."""
    if certificate.standing() not in ("expiring", "expired"):
        return False
    enrolment = certificate.enrolment
    later = Enrolment.objects.filter(
        learner=enrolment.learner_id, course=enrolment.course_id, round__gt=enrolment.round
    )
    return not later.exists()

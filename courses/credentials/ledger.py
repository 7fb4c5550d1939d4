"""Entering hours into the ledger: each thing that earns them once, whoever asks and however often."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.vocabulary.models import Topic
from courses.credentials.models import Certificate, CreditEntry, ExternalTraining
from courses.credentials.signals import ledger_changed
from courses.enrolment.models import TrainingPlan


class CorrectionRefused(ValueError):
    """A correction that the ledger cannot take; the message says why, for the person who wrote it."""


@transaction.atomic
def enter(learner: User, key: str, hours: Decimal, **values: Any) -> CreditEntry:
    """One line, once per ``key``. Whoever counts on the ledger is told in the same transaction."""
    entry, is_new = CreditEntry.objects.get_or_create(
        key=key, defaults={"learner": learner, "hours": hours, "entered_at": timezone.now()} | values
    )
    if is_new:
        ledger_changed.send(sender=CreditEntry, learner=learner, entry=entry)
    return entry


def enter_completion(certificate: Certificate) -> CreditEntry:
    """The hours of a completed course."""
    enrolment = certificate.enrolment
    course, home = enrolment.course, enrolment.organisation
    return enter(
        enrolment.learner,
        f"completion:{enrolment.pk}",
        certificate.credit_hours,
        organisation=home,
        source=CreditEntry.Source.COURSE,
        earned_on=day_at(home, certificate.issued_at),
        titles=certificate.course_titles,
        topics=with_broader(course.topics.values_list("slug", flat=True)),
        audiences=sorted(course.audiences.values_list("slug", flat=True)),
        course=course,
        score=certificate.score,
        certificate=certificate,
    )


@transaction.atomic
def recognise(training: ExternalTraining, hours: Decimal, decided_by: User, reason: str = "") -> bool:
    """Decides what somebody asked for: 0 hours decline it. False where it was decided before; that stays."""
    training = ExternalTraining.objects.select_for_update().get(pk=training.pk)
    if training.decided_at is not None:
        return False
    training.decided_at, training.decided_by = timezone.now(), decided_by
    training.recognised_hours, training.reason = hours, reason
    training.save()
    if hours:
        enter(
            training.learner,
            f"external:{training.pk}",
            hours,
            organisation=training.organisation,
            source=CreditEntry.Source.EXTERNAL,
            earned_on=training.held_on,
            titles={"en": f"{training.title} ({training.provider})"},
            topics=with_broader(training.topics.values_list("slug", flat=True)),
            reason=reason,
            author=decided_by,
        )
    return True


def correct(
    learner: User,
    hours: Decimal,
    reason: str,
    author: User,
    *,
    organisation: Organisation | None,
    plan: TrainingPlan | None = None,
    earned_on: date | None = None,
    key: UUID | None = None,
) -> CreditEntry:
    """Adds or takes hours, saying who and why. Raises ``CorrectionRefused`` without a reason, for nothing, or where
    it would leave the person with less than none. ``key`` names the form: sent twice, entered once."""
    name = f"correction:{key or uuid4()}"
    if not reason.strip():
        raise CorrectionRefused("A correction says why.")
    if not hours:
        raise CorrectionRefused("A correction adds or takes hours.")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=learner.pk)
        is_known = CreditEntry.objects.filter(key=name).exists()
        if not is_known and hours_earned(learner) + hours < 0:
            raise CorrectionRefused("Nobody has less than no hours.")
        return enter(
            learner,
            name,
            hours,
            organisation=organisation,
            source=CreditEntry.Source.CORRECTION,
            earned_on=earned_on or day_at(organisation, timezone.now()),
            plan=plan,
            reason=reason.strip(),
            author=author,
        )


def hours_earned(learner: User) -> Decimal:
    """All credit hours in the learner's ledger."""
    return CreditEntry.objects.filter(learner=learner).aggregate(hours=Sum("hours"))["hours"] or Decimal(0)


def day_at(organisation: Organisation | None, moment: datetime) -> date:
    """The day that a moment falls on where the organisation is; where the site is, without one."""
    return timezone.localdate(moment, organisation.zone if organisation else None)


def with_broader(slugs: Iterable[str]) -> list[str]:
    """Topics with all that are broader: what is about patents is about intellectual property, too."""
    topics = {topic.pk: topic for topic in Topic.objects.all()}
    above = {topic.slug: topics[topic.broader_id].slug if topic.broader_id else None for topic in topics.values()}
    found: set[str] = set()
    for slug in slugs:
        step: str | None = slug
        while step and step not in found:
            found.add(step)
            step = above.get(step)
    return sorted(found)

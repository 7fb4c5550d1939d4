"""What each person owes under which plan, and how far they have come. Derived from plans, memberships and ledger."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Organisation
from cms.vocabulary.models import Audience
from courses.enrolment.models import Cohort, TrainingPlan

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class Status(models.TextChoices):
    """Where a person stands. The order is that in which a coordinator reads them."""

    OVERDUE = "overdue", _("Overdue")
    BEHIND = "behind", _("Behind")
    ON_TRACK = "on-track", _("On track")
    DONE = "done", _("Done")
    UPCOMING = "upcoming", _("Not begun")
    EXEMPT = "exempt", _("Exempt")
    LEFT = "left", _("Left")


# Those who owe something now or did, of whom a report says how many are done.
COUNTED = (Status.OVERDUE, Status.BEHIND, Status.ON_TRACK, Status.DONE)
OPEN = (Status.OVERDUE, Status.BEHIND, Status.ON_TRACK)


def status_at(now: datetime) -> Case:
    """The status of a row at a moment, as the database works it out."""
    return Case(
        When(done_at__isnull=False, then=Value(Status.DONE)),
        When(is_exempt=True, then=Value(Status.EXEMPT)),
        When(left_on__isnull=False, then=Value(Status.LEFT)),
        When(begins_at__gt=now, then=Value(Status.UPCOMING)),
        When(due_at__lte=now, then=Value(Status.OVERDUE)),
        When(on_track_until__lte=now, then=Value(Status.BEHIND)),
        default=Value(Status.ON_TRACK),
        output_field=models.CharField(),
    )


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def of(self, user: "AbstractBaseUser | AnonymousUser") -> "ObligationQuerySet":
        return self.filter(learner_id=user.pk) if user.is_authenticated else self.none()

    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "ObligationQuerySet":
        """Those of the organisations whose people the user may see, and no others."""
        return self.filter(organisation__in=Organisation.objects.visible_to(user))

    def with_status(self, now: datetime | None = None) -> "ObligationQuerySet":
        return self.annotate(status=status_at(now or timezone.now()))

    def in_status(self, *statuses: str, now: datetime | None = None) -> "ObligationQuerySet":
        """Those that stand so now, each with its ``status``."""
        return self.with_status(now).filter(status__in=statuses)  # type: ignore[misc]

    def open(self) -> "ObligationQuerySet":
        """Those that are still to be done."""
        return self.filter(done_at__isnull=True, is_exempt=False, left_on__isnull=True)


class Obligation(models.Model):
    """One person under one plan in one period, in each unit in which they are a learner.

    Times are where the unit is: ``due_at`` is the midnight at the end of ``due_on``. ``on_track_until`` is the moment
    up to which what is done by now is enough. ``is_shared`` says that the person has the same plan in another unit,
    so that a report counts them once. Past periods keep what was owed in them, and the unit.
    """

    plan = models.ForeignKey(TrainingPlan, on_delete=models.CASCADE, related_name="obligations")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="obligations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="obligations")
    starts_on = models.DateField()
    due_on = models.DateField()
    begins_at = models.DateTimeField()
    due_at = models.DateTimeField()
    on_track_until = models.DateTimeField()
    hours_required = models.DecimalField(max_digits=6, decimal_places=1)
    hours_earned = models.DecimalField(max_digits=6, decimal_places=1, default=0)
    hours_carried = models.DecimalField(max_digits=6, decimal_places=1, default=0)
    courses_required = models.PositiveSmallIntegerField(default=0)
    courses_done = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    is_exempt = models.BooleanField(default=False)
    left_on = models.DateField(null=True)
    is_shared = models.BooleanField(default=False)
    grade = models.CharField(max_length=60, blank=True)
    audience = models.ForeignKey(Audience, on_delete=models.SET_NULL, null=True, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.SET_NULL, null=True, related_name="+")
    because = models.CharField(max_length=12, help_text="What the plan names: person, cohort, grade, unit, audience.")
    joined_on = models.DateField()
    reductions = models.JSONField(default=list, help_text="Why less is owed than the plan says.")

    if TYPE_CHECKING:
        status: str  # by ``with_status``

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "plan", "organisation", "starts_on"], name="one_obligation_a_period_and_unit"
            )
        ]
        indexes = [
            models.Index(fields=["plan", "due_on", "organisation"], name="obligations_of_a_unit"),
            models.Index(
                fields=["plan", "due_on", "organisation"],
                condition=models.Q(is_shared=True),
                name="obligations_in_two_units",
            ),
        ]
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")

    def __str__(self) -> str:
        return f"{self.learner_id} · {self.plan_id} · {self.due_on}"

    @property
    def hours_counted(self) -> Decimal:
        """Hours earned and carried over, together."""
        return self.hours_earned + self.hours_carried

    @property
    def hours_left(self) -> Decimal:
        return max(self.hours_required - self.hours_counted, Decimal(0))

"""Assignments: the rubric they are marked by, what was handed in, and how it was marked."""

import uuid
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from courses.catalogue.media import course_files
from courses.catalogue.models import Activity
from courses.enrolment.models import Enrolment


class AssignmentRules(models.Model):
    """When an assignment is passed, and until when it may be handed in."""

    activity = ParentalKey(Activity, on_delete=models.CASCADE, related_name="assignments")
    pass_percent = models.PositiveSmallIntegerField(
        _("pass mark in percent"), default=60, validators=[MaxValueValidator(100)]
    )
    takes_file = models.BooleanField(_("takes a file"), default=True)
    due_at = models.DateTimeField(_("deadline"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity"], name="one_assignment_per_activity")]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")

    def __str__(self) -> str:
        return str(self.activity)


class Criterion(Orderable):
    """A line of the rubric: what is looked at, and the most points it gives."""

    activity = ParentalKey(Activity, on_delete=models.CASCADE, related_name="criteria")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    title = models.CharField(_("criterion"), max_length=160)
    description = models.TextField(_("what full points take"), blank=True)
    points = models.PositiveSmallIntegerField(_("points"), default=5, validators=[MinValueValidator(1)])

    class Meta(Orderable.Meta):
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")

    def __str__(self) -> str:
        return self.title


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def waiting(self) -> "SubmissionQuerySet":
        """Those that nobody has marked yet, the oldest first."""
        return self.filter(marking=None).order_by("submitted_at")


class Submission(models.Model):
    """What a learner handed in. Handing in again adds another; the last one is marked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="submissions")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="submissions")
    activity_key = models.UUIDField(db_index=True)
    form_key = models.UUIDField(unique=True, editable=False, help_text="Sent twice, stored once.")
    text = models.TextField(_("text"), blank=True)
    file = models.FileField(_("file"), upload_to="submissions/", storage=course_files, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    submitted_at = models.DateTimeField(_("handed in"), auto_now_add=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["submitted_at"]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")

    def __str__(self) -> str:
        return f"{self.enrolment.learner} · {self.activity}"


class Marking(models.Model):
    """What a marker gave, by the rubric, with a comment. Once for each submission."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="marking")
    points: Any = models.JSONField(help_text="Points by the criterion's key.")
    earned = models.PositiveIntegerField()
    possible = models.PositiveIntegerField()
    comment = models.TextField(_("comment"), blank=True)
    passed = models.BooleanField()
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("marking")
        verbose_name_plural = _("markings")

    def __str__(self) -> str:
        return f"{self.earned} / {self.possible}"

    @property
    def scaled(self) -> Decimal:
        return Decimal(self.earned) / self.possible if self.possible else Decimal(0)

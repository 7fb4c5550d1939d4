"""What candidates bring: results of the examination, practice, and the application itself."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Organisation
from courses.credentials.models.once import GrantedOnce
from courses.intermediaries.models.tracks import Paper, QualificationTrack

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class PaperResult(GrantedOnce):
    """Points in one paper on one day. A wrong one is put right by a later line for the same day; both stay."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="paper_results")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="results", verbose_name=_("paper"))
    points = models.PositiveSmallIntegerField(_("points"))
    sat_on = models.DateField(_("day of the examination"))
    reason = models.CharField(
        _("reason"), max_length=400, blank=True, help_text=_("Needed where a result of that day is put right.")
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["sat_on", "pk"]
        verbose_name = _("result of an examination")
        verbose_name_plural = _("results of examinations")

    def __str__(self) -> str:
        return f"{self.paper} {self.points}"


class PracticeQuerySet(models.QuerySet["Practice"]):
    def of(self, user: "AbstractBaseUser | AnonymousUser") -> "PracticeQuerySet":
        return self.filter(person_id=user.pk) if user.is_authenticated else self.none()

    def decidable_by(self, user: "AbstractBaseUser | AnonymousUser") -> "PracticeQuerySet":
        """Those of the organisations whose people the user manages; nobody decides about their own."""
        return self.filter(organisation__in=Organisation.objects.managed_by(user)).exclude(person_id=user.pk)


class Practice(models.Model):
    """Hours of supervised work in an organisation, until it has confirmed or declined them."""

    class State(models.TextChoices):
        ASKED = "asked", _("waits for confirmation")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practice")
    track = models.ForeignKey(
        QualificationTrack, on_delete=models.PROTECT, related_name="practice", verbose_name=_("qualification")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    hours = models.PositiveIntegerField(_("hours"), validators=[MinValueValidator(1)])
    work = models.TextField(_("what you did"), max_length=1000)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="practice_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="practice_has_hours"),
        ]
        verbose_name = _("practice")
        verbose_name_plural = _("practice")

    def __str__(self) -> str:
        return f"{self.organisation} {self.starts_on}–{self.ends_on}"


class Application(models.Model):
    """A candidate who has everything asks to be entered."""

    class State(models.TextChoices):
        ASKED = "asked", _("is being looked at")
        ADMITTED = "admitted", _("admitted")
        REFUSED = "refused", _("not admitted")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="applications")
    track = models.ForeignKey(
        QualificationTrack, on_delete=models.PROTECT, related_name="applications", verbose_name=_("qualification")
    )
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "track"], condition=Q(state="asked"), name="one_open_application_a_track"
            )
        ]
        verbose_name = _("application")
        verbose_name_plural = _("applications")

    def __str__(self) -> str:
        return f"{self.person} · {self.track}"

"""Professionals as lecturers: what they offer, who asks them, and what those who were there say."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Avg, Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Organisation
from cms.professionals.models.profiles import Profile

FEWEST = 5  # opinions: an average of fewer would tell who said what


class Lecturing(models.Model):
    """What a professional offers as a lecturer or trainer. IP fields and languages are those of the profile."""

    class Form(models.TextChoices):
        COURSE = "course", _("Courses")
        EVENT = "event", _("Talks and events")
        ONLINE = "online", _("Online sessions")

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="lecturing")
    is_available = models.BooleanField(_("I can be asked to teach"), default=True)
    forms = models.CharField(max_length=40, blank=True)  # |course|online|
    subjects = models.TextField(
        _("what I teach"), max_length=1000, help_text=_("One subject per line, as it would stand in a programme.")
    )
    availability = models.CharField(
        _("when and where"), max_length=300, blank=True, help_text=_("E.g. Tuesdays, in and around Beijing, or online.")
    )

    class Meta:
        verbose_name = _("lecturer’s offer")
        verbose_name_plural = _("lecturers’ offers")

    def __str__(self) -> str:
        return str(self.profile)

    @property
    def subject_list(self) -> list[str]:
        return [line.strip() for line in self.subjects.splitlines() if line.strip()]


class TeachingRequest(models.Model):
    """A coordinator asks a lecturer. The lecturer answers; only then do they learn each other’s address."""

    class State(models.TextChoices):
        ASKED = "asked", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="teaching_requests")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    subject = models.CharField(_("subject"), max_length=200)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Or: online."))
    message = models.TextField(_("message"), max_length=2000)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="teaching_ends_after_it_begins"
            )
        ]
        verbose_name = _("request to teach")
        verbose_name_plural = _("requests to teach")

    def __str__(self) -> str:
        return self.subject


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def summary(self) -> tuple[float | None, int]:
        """Average stars and their number; nothing but the number where they are few."""
        found = self.aggregate(average=Avg("stars"), number=Count("pk"))
        number = found["number"]
        return (round(found["average"], 1) if number >= FEWEST else None), number


class Opinion(models.Model):
    """What one person who was there thought of a lecturer, once for each course or event. Nobody is told who."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="opinions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    occasion = models.CharField(max_length=120)
    stars = models.PositiveSmallIntegerField(_("stars"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    at = models.DateTimeField(default=timezone.now)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "by", "occasion"], name="one_opinion_an_occasion"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="one_to_five_stars"),
        ]
        verbose_name = _("opinion of a lecturer")
        verbose_name_plural = _("opinions of lecturers")

    def __str__(self) -> str:
        return f"{self.profile_id} {self.stars}"

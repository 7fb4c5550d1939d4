"""What people are told of their training: in the application at once, by mail in one letter a day."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Organisation
from courses.credentials.models import Certificate
from courses.enrolment.models import TrainingPlan

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: "AbstractBaseUser | AnonymousUser") -> "NoticeQuerySet":
        return self.filter(person_id=user.pk) if user.is_authenticated else self.none()

    def with_subject(self) -> "NoticeQuerySet":
        return self.select_related("plan", "organisation", "certificate", "person")


class Notice(models.Model):
    """One thing that one person is told once: ``key`` names it, so that no run tells it again."""

    class Kind(models.TextChoices):
        SOON = "due-7", _("Due within a week")
        TOMORROW = "due-1", _("Due within a day")
        OVERDUE = "overdue", _("Overdue")
        NUDGE = "nudge", _("Your coordinator reminds you")
        EXPIRING = "expiring", _("A certificate expires")
        RENEWAL = "renewal", _("An entry in a register runs out")
        ESCALATION = "escalation", _("People of yours are overdue")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=120)
    plan = models.ForeignKey(TrainingPlan, on_delete=models.CASCADE, null=True, related_name="+")
    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    day = models.DateField(null=True, help_text="The deadline, or the last day of validity.")
    count = models.PositiveIntegerField(default=0, help_text="How many people it is about.")
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="told_once")]
        indexes = [models.Index(fields=["mailed_at", "person"], name="notices_to_mail")]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"


class Upkeep(models.Model):
    """A part of a day in which everybody's obligations were worked out anew: once, whichever worker came first."""

    name = models.CharField(max_length=20, unique=True)

    def __str__(self) -> str:
        return self.name

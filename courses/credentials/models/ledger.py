"""The credit-hour ledger: lines that are only ever added. A mistake is corrected by another line."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Organisation
from courses.catalogue.models import Course
from courses.credentials.models.certificates import Certificate
from courses.credentials.models.once import GrantedOnce
from courses.enrolment.models import TrainingPlan

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class CreditEntryQuerySet(models.QuerySet["CreditEntry"]):
    def of(self, user: "AbstractBaseUser | AnonymousUser") -> "CreditEntryQuerySet":
        return self.filter(learner_id=user.pk) if user.is_authenticated else self.none()

    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "CreditEntryQuerySet":
        """Hours earned in the organisations whose people the user may see, and no others."""
        return self.filter(organisation__in=Organisation.objects.visible_to(user))


class CreditEntry(GrantedOnce):
    """So many hours for a person, from where, and for which day they count.

    ``key`` names what they were earned by, so that nothing is entered twice. ``topics`` and ``audiences`` are the
    slugs of what it was about and for, with the broader topics, as they were on that day; ``titles`` is what it was
    called, per language.
    """

    class Source(models.TextChoices):
        COURSE = "course", _("Completed course")
        EVENT = "event", _("Attended event")
        EXTERNAL = "external", _("Recognised training")
        CORRECTION = "correction", _("Correction")

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credit_entries")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.CharField(_("source"), max_length=12, choices=Source, default=Source.COURSE)
    key = models.CharField(max_length=80, unique=True)
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)
    earned_on = models.DateField(_("earned"), help_text="In the time zone of the organisation.")
    entered_at = models.DateTimeField(_("entered"))
    titles = models.JSONField(default=dict)
    topics = models.JSONField(default=list)
    audiences = models.JSONField(default=list)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, null=True, related_name="+")
    score = models.PositiveSmallIntegerField(null=True, help_text="Percent; empty for what is not assessed.")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, null=True, related_name="credit_entries")
    plan = models.ForeignKey(
        TrainingPlan, on_delete=models.PROTECT, null=True, related_name="+", help_text="It counts for this one only."
    )
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = CreditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-earned_on", "-pk"]
        indexes = [
            models.Index(fields=["learner", "earned_on", "source", "course"], name="ledger_of_a_learner"),
            models.Index(fields=["source", "organisation", "course"], name="ledger_of_units_and_courses"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="correction") | (Q(author__isnull=False) & ~Q(reason="")),
                name="correction_says_who_and_why",
            ),
            models.CheckConstraint(condition=Q(source="correction") | Q(hours__gte=0), name="only_corrections_take"),
        ]
        verbose_name = _("credit entry")
        verbose_name_plural = _("credit entries")

    def __str__(self) -> str:
        return f"{self.learner} {self.hours:+}"

    def title(self, language: str) -> str:
        return str(self.titles.get(language) or self.titles.get("en") or next(iter(self.titles.values()), ""))

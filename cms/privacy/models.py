"""Who looked at whose data, and who asked to be erased."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Membership, Organisation

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class AccessQuerySet(models.QuerySet["Access"]):
    def about(self, user: "AbstractBaseUser | AnonymousUser") -> "AccessQuerySet":
        """Looks at the person, and at a body to which they belonged on that day, or to one below it."""
        if not user.is_authenticated:
            return self.none()
        belonged = (
            Membership.objects.filter(user_id=user.pk)
            .annotate(top=ExpressionWrapper(OuterRef("organisation__path"), output_field=CharField()))
            .filter(organisation__path__startswith=F("top"), starts_on__lte=OuterRef("day"))
            .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("day")))
        )
        everybody = Q(person__isnull=True, organisation__isnull=False) & Exists(belonged)
        return self.filter(Q(person_id=user.pk) | everybody).exclude(reader_id=user.pk)


class Access(models.Model):
    """Somebody saw the data of a person, or of everybody in an organisation: noted once an hour."""

    class What(models.TextChoices):
        PERSON = "person", _("Your page in the reports")
        PEOPLE = "people", _("A list of people with their training")
        EXPORT = "export", _("An export of people with their training")
        EVIDENCE = "evidence", _("Audit evidence")
        ROSTER = "roster", _("A roster")
        WORK = "work", _("What you handed in")

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    day = models.DateField()
    key = models.CharField(max_length=120, unique=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "at"], name="looks_at_a_person")]
        verbose_name = _("look at personal data")
        verbose_name_plural = _("looks at personal data")

    def __str__(self) -> str:
        return self.key


class ErasureRequest(models.Model):
    """A person asked to be erased. It can be taken back until it is done."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="erasure_requests")
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(withdrawn_at__isnull=True, done_at__isnull=True), name="one_open_erasure"
            )
        ]
        verbose_name = _("request for erasure")
        verbose_name_plural = _("requests for erasure")

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%Y-%m-%d}"

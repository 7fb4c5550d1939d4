"""Evidence that somebody asked for: whose training, under which plan, in which period."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Organisation
from cms.jobs.models import FileJob
from courses.enrolment.models import TrainingPlan

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def evidence_storage() -> Storage:
    return storages["evidence"]


def evidence_name(evidence: "Evidence", name: str) -> str:
    return f"{evidence.pk}.zip"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "EvidenceQuerySet":
        return self.filter(organisation__in=Organisation.objects.visible_to(user))


class Evidence(FileJob):
    """A signed ZIP for an organisation and those below it. What was exported stays as it is."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    plan = models.ForeignKey(
        TrainingPlan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("plan"),
        help_text=_("Empty: all training."),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(storage=evidence_storage, upload_to=evidence_name)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="evidence_period_in_order")
        ]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return f"{self.organisation} {self.starts_on}–{self.ends_on}"

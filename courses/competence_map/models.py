"""What somebody shows of a competence that no course of ours has given them."""

import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.competences.models import Descriptor
from cms.directory.models import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def proofs() -> Storage:
    return storages["proofs"]


def proof_name(evidence: "CompetenceEvidence", name: str) -> str:
    return f"{uuid.uuid4()}{PurePath(name).suffix.lower()}"


class EvidenceQuerySet(models.QuerySet["CompetenceEvidence"]):
    def of(self, user: "AbstractBaseUser | AnonymousUser") -> "EvidenceQuerySet":
        return self.filter(learner_id=user.pk) if user.is_authenticated else self.none()

    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "EvidenceQuerySet":
        return self.filter(organisation__in=Organisation.objects.visible_to(user))

    def waiting(self) -> "EvidenceQuerySet":
        return self.filter(state=CompetenceEvidence.State.ASKED)

    def recognised(self) -> "EvidenceQuerySet":
        return self.filter(state=CompetenceEvidence.State.RECOGNISED)


class CompetenceEvidence(models.Model):
    """Work, a qualification or a publication that shows a competence, until a coordinator has decided about it."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for a decision")
        RECOGNISED = "recognised", _("Recognised")
        DECLINED = "declined", _("Declined")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="competence_evidence")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    descriptor = models.ForeignKey(
        Descriptor, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("competence and level")
    )
    title = models.CharField(_("what it is"), max_length=200)
    text = models.TextField(_("how it shows the indicators"), max_length=1500)
    done_on = models.DateField(_("day"))
    proof = models.FileField(_("proof"), storage=proofs, upload_to=proof_name)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="evidence_decision_says_who",
            )
        ]
        verbose_name = _("evidence of a competence")
        verbose_name_plural = _("evidence of competences")

    def __str__(self) -> str:
        return self.title

"""Training that people had elsewhere, with its proof, until a coordinator has recognised or declined it."""

import uuid
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Organisation
from cms.vocabulary.models import Topic

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def proofs() -> Storage:
    return storages["proofs"]


def proof_name(training: "ExternalTraining", name: str) -> str:
    return f"{uuid.uuid4()}{PurePath(name).suffix.lower()}"


class ExternalTrainingQuerySet(models.QuerySet["ExternalTraining"]):
    def of(self, user: "AbstractBaseUser | AnonymousUser") -> "ExternalTrainingQuerySet":
        return self.filter(learner_id=user.pk) if user.is_authenticated else self.none()

    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "ExternalTrainingQuerySet":
        return self.filter(organisation__in=Organisation.objects.visible_to(user))

    def waiting(self) -> "ExternalTrainingQuerySet":
        return self.filter(decided_at__isnull=True)


class ExternalTraining(models.Model):
    """What a person asks to be recognised: what it was, when, how long, and the proof."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="external_trainings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("what it was"), max_length=160)
    provider = models.CharField(_("who gave it"), max_length=160)
    held_on = models.DateField(_("last day of it"))
    hours = models.DecimalField(
        _("hours"), max_digits=5, decimal_places=1, validators=[MinValueValidator(0.5), MaxValueValidator(200)]
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    proof = models.FileField(_("proof"), storage=proofs, upload_to=proof_name)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recognised_hours = models.DecimalField(
        _("recognised hours"), max_digits=5, decimal_places=1, null=True, help_text=_("0 declines it.")
    )
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    objects = ExternalTrainingQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True)
                | Q(decided_by__isnull=False, recognised_hours__isnull=False, recognised_hours__gte=0),
                name="decision_says_who_and_how_many",
            )
        ]
        verbose_name = _("external training")
        verbose_name_plural = _("external trainings")

    def __str__(self) -> str:
        return self.title

    @property
    def is_recognised(self) -> bool:
        return bool(self.recognised_hours)

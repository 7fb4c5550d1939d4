"""What a person says of themselves, each with where it comes from and the proof behind it."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Organisation
from cms.professionals.models.profiles import Profile
from cms.professionals.parts import Part
from cms.professionals.proofs import Proof, proof_of


class Claim(models.Model):
    """A post, a degree, a qualification or a publication."""

    class Kind(models.TextChoices):
        POST = Part.POST, _("Post")
        EDUCATION = Part.EDUCATION, _("Degree or course of study")
        QUALIFICATION = Part.QUALIFICATION, _("Qualification")
        PUBLICATION = Part.PUBLICATION, _("Publication")

    class Source(models.TextChoices):
        """Who says so."""

        SELF = "self", _("stated by the person")
        ORGANISATION = "organisation", _("confirmed by the organisation")
        CERTIFICATE = "certificate", _("certificate of this platform")
        REGISTER = "register", _("public register")

    class State(models.TextChoices):
        """Of a claim that an organisation was asked to confirm."""

        STATED = "stated", _("not confirmed")
        ASKED = "asked", _("the organisation was asked")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("not confirmed by the organisation")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="claims")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200, help_text=_("E.g. Head of section, Master of Laws."))
    body = models.CharField(_("where"), max_length=200, blank=True, help_text=_("The body, university or journal."))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    url = models.URLField(_("address"), blank=True)
    source = models.CharField(max_length=20, choices=Source, default=Source.SELF)
    state = models.CharField(max_length=10, choices=State, default=State.STATED)
    proof_key = models.CharField(max_length=80, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = [F("ends_on").desc(nulls_first=True), F("starts_on").desc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "source", "proof_key"], condition=~Q(proof_key=""), name="a_proof_of_a_profile_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="claim_ends_after_it_begins",
            ),
        ]
        verbose_name = _("claim")
        verbose_name_plural = _("claims")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first. Change one of them.")})

    @cached_property
    def proof(self) -> Proof | None:
        """What stands behind it today: none where a certificate was revoked, or a register has struck it out."""
        return proof_of(self.source, self.profile.user, self.proof_key) if self.proof_key else None

    @property
    def is_verified(self) -> bool:
        if self.proof_key:
            return self.proof is not None
        return self.source == self.Source.ORGANISATION and self.state == self.State.CONFIRMED

    @property
    def source_text(self) -> str:
        """Who says so, in words."""
        if self.source == self.Source.ORGANISATION and self.organisation:
            return f"{self.get_source_display()} · {self.organisation}"
        return str(self.get_source_display())

    def decide(self, by: Any, *, is_right: bool) -> None:
        """An organisation’s answer."""
        self.source = self.Source.ORGANISATION if is_right else self.Source.SELF
        self.state = self.State.CONFIRMED if is_right else self.State.REFUSED
        self.decided_by, self.decided_at = by, timezone.now()
        self.save(update_fields=["source", "state", "decided_by", "decided_at"])

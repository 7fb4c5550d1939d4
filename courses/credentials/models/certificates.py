"""Certificates: what says that a person completed a course. Issued once, never changed."""

import secrets
import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Organisation
from courses.credentials.models.once import GrantedOnce
from courses.enrolment.models import Enrolment

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

EXPIRING_DAYS = 90  # from here on a certificate says that it expires soon, and reminders begin
# Crockford's base 32: no letter can be read as a digit when a code is typed from paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code() -> str:
    """Twelve characters, 60 bits: not to be guessed, short enough to type."""
    return "".join(secrets.choice(ALPHABET) for _position in range(12))


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of(self, user: "AbstractBaseUser | AnonymousUser") -> "CertificateQuerySet":
        return self.filter(enrolment__learner_id=user.pk) if user.is_authenticated else self.none()

    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "CertificateQuerySet":
        return self.filter(enrolment__organisation__in=Organisation.objects.visible_to(user))

    def in_full(self) -> "CertificateQuerySet":
        """With all that a page about certificates tells."""
        return self.select_related("enrolment__learner", "enrolment__organisation", "holder", "revocation")


class Certificate(GrantedOnce):
    """Says that a person completed a course; hours and titles stand as they were on that day.

    ``status_list`` and ``status_index`` are its place in the published list of those that were revoked
    (W3C Bitstring Status List); the index is drawn by lot, so that it tells nothing of when it was issued.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="certificate")
    course_titles = models.JSONField(help_text="The course's title per language code on the day of issue.")
    credit_hours = models.DecimalField(_("credit hours"), max_digits=5, decimal_places=1)
    score = models.PositiveSmallIntegerField(null=True, help_text="Percent; empty for what is not assessed.")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    issued_at = models.DateTimeField(_("issued"))
    expires_on = models.DateField(_("expires"), null=True, help_text="The last day on which it is valid.")
    status_list = models.PositiveIntegerField(default=0)
    status_index = models.PositiveIntegerField()

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(fields=["status_list", "status_index"], name="certificate_status_place_once")
        ]
        indexes = [models.Index(fields=["expires_on"], name="certificate_expiry")]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return self.printed_code

    @property
    def printed_code(self) -> str:
        """The code as people read it: ABCD-EFGH-JKMN."""
        return "-".join(self.code[start : start + 4] for start in (0, 4, 8))

    @property
    def holder_name(self) -> str:
        """As it was on the day of issue; empty once the holder was erased."""
        holder = getattr(self, "holder", None)
        return holder.name if holder else ""

    @property
    def is_revoked(self) -> bool:
        return getattr(self, "revocation", None) is not None

    def standing(self, on: date | None = None) -> str:
        """Whether it holds on a day: valid, expiring (within 90 days), expired or revoked."""
        if self.is_revoked:
            return "revoked"
        if self.expires_on is None:
            return "valid"
        left = (self.expires_on - (on or timezone.localdate())).days
        return "expired" if left < 0 else "expiring" if left <= EXPIRING_DAYS else "valid"

    def course_title(self, language: str) -> str:
        return str(self.course_titles.get(language) or self.course_titles["en"])


class CertificateHolder(models.Model):
    """The name on a certificate. It stands apart, so that a person can be erased and the certificate stays."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, primary_key=True, related_name="holder")
    name = models.CharField(_("holder"), max_length=200)

    class Meta:
        verbose_name = _("holder")
        verbose_name_plural = _("holders")

    def __str__(self) -> str:
        return self.name


class Revocation(GrantedOnce):
    """Takes a certificate back, for good: who and why. Its hours are taken back by a line of the ledger."""

    certificate = models.OneToOneField(
        Certificate, on_delete=models.PROTECT, primary_key=True, related_name="revocation"
    )
    reason = models.CharField(_("reason"), max_length=400)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("revocation")
        verbose_name_plural = _("revocations")

    def __str__(self) -> str:
        return f"{self.certificate} {self.revoked_at:%Y-%m-%d}"

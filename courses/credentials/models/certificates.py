"""What a completed course earns: a certificate and credit hours. Granted once, never changed."""

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Organisation
from courses.enrolment.models import Enrolment
from courses.records.models import AppendOnlyError

# Crockford's base 32: no letter can be read as a digit when a code is typed from paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code() -> str:
    """Twelve characters, 60 bits: not to be guessed, short enough to type."""
    return "".join(secrets.choice(ALPHABET) for _position in range(12))


class GrantedOnce(models.Model):
    """A row that is added and never changed afterwards."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"A {self._meta.verbose_name} is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(f"A {self._meta.verbose_name} is never deleted.")


class Certificate(GrantedOnce):
    """Says that a person completed a course; name and hours stand as they were on that day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="certificate")
    holder_name = models.CharField(_("holder"), max_length=200)
    course_titles = models.JSONField(help_text="The course's title per language code on the day of issue.")
    credit_hours = models.DecimalField(_("credit hours"), max_digits=5, decimal_places=1)
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        ordering = ["-issued_at"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return self.printed_code

    @property
    def printed_code(self) -> str:
        """The code as people read it: ABCD-EFGH-JKMN."""
        return "-".join(self.code[start : start + 4] for start in (0, 4, 8))

    def course_title(self, language: str) -> str:
        return str(self.course_titles.get(language) or self.course_titles["en"])


class CreditEntry(GrantedOnce):
    """One line of the credit-hour ledger; a mistake is corrected by another line, never by a change."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credit_entries")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="credit_entry")
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)
    entered_at = models.DateTimeField(_("entered"))

    class Meta:
        ordering = ["-entered_at"]
        verbose_name = _("credit entry")
        verbose_name_plural = _("credit entries")

    def __str__(self) -> str:
        return f"{self.learner} +{self.hours}"

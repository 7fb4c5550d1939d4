"""The learning record: statements that are only ever added, chained by hash per enrolment."""

import uuid
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Activity
from courses.enrolment.models import Enrolment


class AppendOnlyError(Exception):
    """A row that only counts because nobody can change it was to be changed or deleted."""


class AppendOnlyQuerySet(models.QuerySet["Statement"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Statements are never updated. Record a new one.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Statements are never deleted.")


class Statement(models.Model):
    """Who did what, when (xAPI 1.0.3: actor, verb, object, result, stored).

    ``sequence`` counts the statements of one enrolment from 1; ``hash`` covers the statement and the
    hash before it, so an export can be checked by anyone. The database refuses updates and deletions
    by triggers of its own (migration 0002).
    """

    class Verb(models.TextChoices):
        REGISTERED = "registered", _("registered")
        LAUNCHED = "launched", _("launched")
        COMPLETED = "completed", _("completed")
        PASSED = "passed", _("passed")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="statements")
    sequence = models.PositiveIntegerField()
    verb = models.CharField(max_length=20, choices=Verb)
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: the course."
    )
    result = models.JSONField(default=dict)
    key = models.CharField(max_length=120, help_text="Names the act: the same act is recorded once.")
    stored_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "sequence"], name="statement_sequence_once"),
            models.UniqueConstraint(fields=["enrolment", "key"], name="statement_key_once"),
        ]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        return f"{self.enrolment_id} #{self.sequence} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("Statements are never updated. Record a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Statements are never deleted.")

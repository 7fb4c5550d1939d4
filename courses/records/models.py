"""The learning record: statements that are only ever added, and what is derived from them."""

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Activity
from courses.enrolment.models import Enrolment
from courses.records.verbs import Verb


class AppendOnlyError(Exception):
    """A row that only counts because nobody can change it was to be changed or deleted."""


class AppendOnlyQuerySet(models.QuerySet["Statement"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Statements are never updated. Record a new one.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Statements are never deleted.")


class Statement(models.Model):
    """Who did what, when (xAPI: actor, verb, object, result, context, timestamp, stored).

    The actor is the enrolment's learner, the object an activity, a part of it, or the course. ``sequence``
    counts the statements of one enrolment from 1; ``hash`` covers the statement and the hash before it, so an
    export can be checked by anyone. The database refuses updates and deletions by triggers (migration 0002).
    """

    Verb = Verb

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="statements", db_index=False)
    sequence = models.PositiveIntegerField()
    verb = models.CharField(max_length=20, choices=Verb)
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: the course."
    )
    part = models.CharField(max_length=60, blank=True, help_text="The part of the activity, such as a question.")
    result = models.JSONField(default=dict)
    context = models.JSONField(default=dict)
    key = models.CharField(max_length=120, help_text="Names the act: the same act is recorded once.")
    happened_at = models.DateTimeField(null=True, help_text="When the act was, if not when it was stored.")
    stored_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment_id", "sequence"]
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


class EnrolmentProgress(models.Model):
    """Where an enrolment stands. Derived: ``manage.py rebuild_progress`` makes it anew from the statements.

    ``sequence`` and ``hash`` are those of the last statement: the next one is chained to it, and a record that
    lost its end is found out. ``state`` is JSON (``courses.records.derive``).
    """

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, primary_key=True, related_name="progress")
    sequence = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    state = models.TextField(default="{}")
    done = models.PositiveIntegerField(default=0, help_text="Required activities that are done.")
    total = models.PositiveIntegerField(default=0, help_text="Activities that the course requires.")
    seconds = models.PositiveIntegerField(default=0, help_text="Active time that was counted.")
    flags = models.PositiveIntegerField(default=0, help_text="Claims of time that were cut.")
    started_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = _("progress")

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.done} / {self.total}"


class CountedTime(models.Model):
    """The spans of time that were counted for a person, in every course, so that none counts twice. Derived."""

    learner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    spans = models.TextField(default="[]", help_text="JSON: pairs of milliseconds since 1970, in order.")

    class Meta:
        verbose_name = _("counted time")
        verbose_name_plural = _("counted time")

    def __str__(self) -> str:
        return f"{self.learner_id}"

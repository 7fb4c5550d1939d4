"""Attempts at quizzes: the questions a person was asked, frozen as they were, and what they answered."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.assessment.models.banks import Question
from courses.assessment.models.quizzes import Quiz


class QuestionContent(models.Model):
    """A question as it stood when somebody was asked it: in every language, with its key. Never changed.

    The primary key is the SHA-256 of the content, so that a thousand attempts share one row.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    question = models.ForeignKey(Question, on_delete=models.SET_NULL, null=True, related_name="contents")
    content = models.JSONField()

    class Meta:
        verbose_name = _("question as it was asked")
        verbose_name_plural = _("questions as they were asked")

    def __str__(self) -> str:
        return self.digest[:12]


class Attempt(models.Model):
    """One run through a quiz. Answers may change until it is handed in, and never afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    activity_key = models.UUIDField(help_text="The quiz in every version of its course.")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts")
    round = models.PositiveSmallIntegerField(default=1, help_text="Of the enrolment: a renewal begins anew.")
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, help_text="Time limit or deadline, whichever is first, with extra time.")
    submitted_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    points_possible = models.PositiveIntegerField(null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True, help_text="Empty while a person has to mark something.")

    class Meta:
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["learner", "activity_key"], name="attempts_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["activity_key", "learner", "round"],
                condition=Q(submitted_at__isnull=True),
                name="one_open_attempt_per_quiz",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(points__isnull=False, points_possible__isnull=False),
                name="submitted_attempt_has_points",
            ),
        ]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self) -> str:
        return f"{self.learner} · {self.started_at:%Y-%m-%d}"

    @property
    def percent(self) -> int:
        return round(100 * (self.points or 0) / self.points_possible) if self.points_possible else 0

    @property
    def waits_for_marking(self) -> bool:
        return self.submitted_at is not None and self.passed is None


class AttemptQuestion(models.Model):
    """One question of one attempt, with the answer given last."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    content = models.ForeignKey(QuestionContent, on_delete=models.PROTECT, related_name="asked")
    order = models.JSONField(default=list, help_text="Keys of the options as they are shown.")
    response: Any = models.JSONField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, help_text="When the person gave the answer.")
    late_response: Any = models.JSONField(null=True, blank=True, help_text="Came after the end: kept, but not counted.")
    fraction = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True, help_text="From 0 to 1.")
    comment = models.TextField(blank=True, help_text="What the marker says to the learner.")
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    marked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="one_question_per_position")]
        verbose_name = _("question of an attempt")
        verbose_name_plural = _("questions of an attempt")

    def __str__(self) -> str:
        return f"{self.attempt_id} #{self.position}"

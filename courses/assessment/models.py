"""Quizzes: questions, attempts and the answers given. Keys stay on the server until an attempt is handed in."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from courses.catalogue.models import Activity


class Quiz(models.Model):
    """The questions of one activity and the share of points that passes it."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="quiz", verbose_name=_("activity"))
    pass_percent = models.PositiveSmallIntegerField(
        _("pass mark in percent"), default=60, validators=[MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def __str__(self) -> str:
        return str(self.activity)


class Question(ClusterableModel):
    """A question with options (QTI: choiceInteraction)."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("One answer")
        MULTIPLE = "multiple", _("Several answers")
        TRUE_FALSE = "true-false", _("True or false")

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="questions", verbose_name=_("quiz"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    text = models.TextField(_("question"))
    feedback = models.TextField(_("explanation"), blank=True, help_text=_("Shown after the quiz is handed in."))
    sort_order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        ordering = ["quiz", "sort_order"]
        constraints = [models.UniqueConstraint(fields=["quiz", "sort_order"], name="question_order_once_per_quiz")]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.text

    @property
    def takes_several(self) -> bool:
        return self.kind == self.Kind.MULTIPLE


class Option(Orderable):
    """A possible answer. The browser knows it by ``key`` alone, which tells nothing."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.CharField(_("answer"), max_length=300)
    is_correct = models.BooleanField(_("correct"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("answer option")
        verbose_name_plural = _("answer options")

    def __str__(self) -> str:
        return self.text


class Attempt(models.Model):
    """One run through a quiz. Answers may change until it is handed in, and never afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts")
    started_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    points_possible = models.PositiveSmallIntegerField(null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "learner"], condition=Q(submitted_at__isnull=True), name="one_open_attempt_per_quiz"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | Q(points__isnull=False, points_possible__isnull=False),
                name="submitted_attempt_has_points",
            ),
        ]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self) -> str:
        return f"{self.quiz} · {self.learner}"

    @property
    def percent(self) -> int:
        return round(100 * (self.points or 0) / self.points_possible) if self.points_possible else 0


class Response(models.Model):
    """The answer to one question of one attempt: the options chosen."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="responses")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    options = models.ManyToManyField(Option, related_name="+")
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "question"], name="one_response_per_question")]
        verbose_name = _("response")
        verbose_name_plural = _("responses")

    def __str__(self) -> str:
        return f"{self.attempt} · {self.question}"

"""Questions in banks, by topic, difficulty and competence; a column per language."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from cms.vocabulary.models import Topic


class Competence(models.Model):
    """Something a person is able to do, which questions ask for (IEEE RCD: reusable competency definition)."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=160)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("competence")
        verbose_name_plural = _("competences")

    def __str__(self) -> str:
        return self.name or self.slug


class QuestionBank(models.Model):
    """A stock of questions that quizzes draw from."""

    slug = models.SlugField(_("slug"), unique=True, max_length=120)
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")

    def __str__(self) -> str:
        return self.title or self.slug


class Question(ClusterableModel):
    """A question (QTI: assessment item). What its options mean depends on its kind."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("One answer")
        MULTIPLE = "multiple", _("Several answers")
        TRUE_FALSE = "true-false", _("True or false")
        MATCHING = "matching", _("Matching")
        ORDERING = "ordering", _("Putting in order")
        GAPS = "gaps", _("Text with gaps")
        NUMERIC = "numeric", _("Number")
        SHORT_ANSWER = "short-answer", _("Short answer, marked by a person")

    class Difficulty(models.TextChoices):
        EASY = "easy", _("Easy")
        MEDIUM = "medium", _("Medium")
        HARD = "hard", _("Hard")

    bank = models.ForeignKey(QuestionBank, on_delete=models.CASCADE, related_name="questions", verbose_name=_("bank"))
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    topic = models.ForeignKey(
        Topic, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("topic")
    )
    competence = models.ForeignKey(
        Competence, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("competence")
    )
    difficulty = models.CharField(_("difficulty"), max_length=10, choices=Difficulty, default=Difficulty.MEDIUM)
    points = models.PositiveSmallIntegerField(_("points"), default=1, validators=[MinValueValidator(1)])
    text = models.TextField(_("question"), help_text=_("In a text with gaps, [[1]] stands for the first gap."))
    feedback = models.TextField(_("explanation"), blank=True, help_text=_("Shown when the quiz's rule says so."))
    number = models.DecimalField(
        _("right number"), max_digits=20, decimal_places=6, null=True, blank=True, help_text=_("For a number.")
    )
    tolerance = models.DecimalField(
        _("tolerance"),
        max_digits=20,
        decimal_places=6,
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("How far off a number may be and still be right."),
    )
    is_retired = models.BooleanField(_("retired"), default=False, help_text=_("No quiz draws it any more."))
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["bank", "sort_order", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.text


class Option(Orderable):
    """A possible answer, a pair to match, a step to order or the answers that fit a gap.

    The browser knows it by ``key`` alone, which tells nothing.
    """

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    match_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.CharField(
        _("answer"), max_length=300, help_text=_("For a gap: all that is accepted, separated by |.")
    )
    match = models.CharField(_("belongs to"), max_length=300, blank=True, help_text=_("For matching."))
    feedback = models.CharField(_("explanation"), max_length=500, blank=True)
    is_correct = models.BooleanField(_("correct"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("answer option")
        verbose_name_plural = _("answer options")

    def __str__(self) -> str:
        return self.text

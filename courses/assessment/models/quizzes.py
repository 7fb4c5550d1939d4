"""How a quiz is put together and what counts in it."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from cms.vocabulary.models import Topic
from courses.assessment.models.banks import Competence, Question, QuestionBank
from courses.catalogue.models import Activity


class Quiz(models.Model):
    """The rules of one quiz: what passes it, how often and how long one may try."""

    class Grading(models.TextChoices):
        BEST = "best", _("The best attempt counts")
        LAST = "last", _("The last attempt counts")
        AVERAGE = "average", _("The average of all attempts counts")

    class Reveal(models.TextChoices):
        SUBMITTED = "submitted", _("After each attempt")
        FINISHED = "finished", _("When it is passed, or no attempt is left")
        DUE = "due", _("After the deadline")
        NEVER = "never", _("Never")

    activity = ParentalKey(Activity, on_delete=models.CASCADE, related_name="quizzes", verbose_name=_("activity"))
    pass_percent = models.PositiveSmallIntegerField(
        _("pass mark in percent"), default=60, validators=[MaxValueValidator(100)]
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts"), default=0, help_text=_("0: as many as one likes.")
    )
    grading = models.CharField(_("what counts"), max_length=10, choices=Grading, default=Grading.BEST)
    time_limit = models.PositiveSmallIntegerField(
        _("time limit in minutes"), default=0, validators=[MaxValueValidator(600)], help_text=_("0: none.")
    )
    due_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    reveal = models.CharField(
        _("answers and explanations are shown"), max_length=10, choices=Reveal, default=Reveal.SUBMITTED
    )
    shuffles_questions = models.BooleanField(_("questions in random order"), default=False)
    shuffles_options = models.BooleanField(_("answers in random order"), default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity"], name="one_quiz_per_activity")]
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    def __str__(self) -> str:
        return str(self.activity)


class Draw(Orderable):
    """One line of a quiz's blueprint: how many questions of which sort it takes from which bank."""

    activity = ParentalKey(Activity, on_delete=models.CASCADE, related_name="draws", verbose_name=_("activity"))
    bank = models.ForeignKey(QuestionBank, on_delete=models.PROTECT, related_name="+", verbose_name=_("bank"))
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("topic")
    )
    competence = models.ForeignKey(
        Competence, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("competence")
    )
    difficulty = models.CharField(_("difficulty"), max_length=10, choices=Question.Difficulty, blank=True)
    number = models.PositiveSmallIntegerField(
        _("number of questions"), default=0, help_text=_("Drawn at random. 0: all, in their order.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("questions to draw")
        verbose_name_plural = _("questions to draw")

    def __str__(self) -> str:
        return f"{self.number or '∗'} · {self.bank}"


class Accommodation(models.Model):
    """What one person is granted because of a disability or a hardship, with the reason and who granted it."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="accommodations", verbose_name=_("person")
    )
    activity_key = models.UUIDField(
        _("key of the quiz"), null=True, blank=True, default=None, help_text=_("Empty: every quiz.")
    )
    extra_time = models.PositiveSmallIntegerField(
        _("extra time in percent"), default=0, validators=[MaxValueValidator(400)]
    )
    extra_attempts = models.PositiveSmallIntegerField(_("extra attempts"), default=0)
    due_at = models.DateTimeField(_("deadline instead"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["learner", "activity_key"], name="one_accommodation_per_quiz"),
            models.UniqueConstraint(
                fields=["learner"], condition=Q(activity_key=None), name="one_accommodation_for_every_quiz"
            ),
        ]
        verbose_name = _("accommodation")
        verbose_name_plural = _("accommodations")

    def __str__(self) -> str:
        return f"{self.learner} +{self.extra_time} %"

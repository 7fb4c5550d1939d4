import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from courses.catalogue.models import Activity


class SurveyQuestion(Orderable):
    """A question without a right answer."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("From 1 (not at all) to 5 (very much)")
        CHOICE = "choice", _("One of several answers")
        TEXT = "text", _("In one's own words")

    activity = ParentalKey(Activity, on_delete=models.CASCADE, related_name="survey_questions")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = models.CharField(_("question"), max_length=300)
    choices = models.TextField(_("answers to choose from"), blank=True, help_text=_("One per line."))
    is_required = models.BooleanField(_("must be answered"), default=True)

    class Meta(Orderable.Meta):
        verbose_name = _("survey question")
        verbose_name_plural = _("survey questions")

    def __str__(self) -> str:
        return self.text

    @property
    def choice_list(self) -> list[tuple[str, str]]:
        """Number and text of each answer: the number is the same in every language."""
        lines = [line.strip() for line in (self.choices or "").splitlines() if line.strip()]
        return [(str(number), line) for number, line in enumerate(lines, start=1)]


class SurveyAnswer(models.Model):
    """What one person answered. Nothing here says who: the record knows that they took part, not what they said."""

    activity_key = models.UUIDField(db_index=True)
    answers: Any = models.JSONField(help_text="Answers by the question's key.")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    given_on = models.DateField(help_text="The day only, so that it cannot be matched with the record.")

    class Meta:
        ordering = ["given_on"]
        verbose_name = _("survey answer")
        verbose_name_plural = _("survey answers")

    def __str__(self) -> str:
        return f"{self.activity_key} {self.given_on}"

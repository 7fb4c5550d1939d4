from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.accounts.links import token_for
from cms.campaigns.participation.forms import QuizForm
from cms.campaigns.participation.models.activities import ActivityPage

RESULT = "quiz"


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=160)
    is_right = blocks.BooleanBlock(label=_("right"), required=False)


class QuestionBlock(blocks.StructBlock):
    """A question with one right answer, and why it is right."""

    text = blocks.CharBlock(label=_("Question"), max_length=240)
    options = blocks.ListBlock(OptionBlock(), min_num=2, max_num=6, label=_("Answers"))
    explanation = blocks.TextBlock(label=_("Why"), required=False)

    class Meta:
        icon = "help"
        label = _("Question")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if sum(bool(option["is_right"]) for option in cleaned["options"]) != 1:
            message = ValidationError(_("Mark exactly one answer as right."))
            raise blocks.StructBlockValidationError({"options": message})
        return cleaned


class KnowledgeQuizPage(ActivityPage):
    """A quiz to see what one knows: no account, nothing stored about anyone, a card to pass on."""

    questions = StreamField([("question", QuestionBlock())], min_num=1, max_num=20, verbose_name=_("questions"))

    translated_fields = ["questions"]
    shared_fields = [*ActivityPage.activity_fields]
    content_panels = [
        HelpPanel(_("Five to ten questions, each with one right answer and a sentence that says why.")),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("questions"),
        ActivityPage.period_panel,
    ]

    class Meta:
        verbose_name = _("knowledge quiz")

    def make_form(self, request: HttpRequest) -> QuizForm:
        return QuizForm(request, questions=list(self.questions))

    def accept(self, request: HttpRequest, form: QuizForm) -> HttpResponse:
        answers = form.answers
        QuizTally.add(self.translation_key, self.score(answers), len(self.questions))
        token = token_for(RESULT, [str(self.translation_key), answers])
        return redirect("participation:quiz_result", token=token)

    def score(self, answers: list[int]) -> int:
        """How many answers are right."""
        return sum(answer == self.right_answer(block) for answer, block in zip(answers, self.questions, strict=False))

    @staticmethod
    def right_answer(block: Any) -> int:
        return next(place for place, option in enumerate(block.value["options"]) if option["is_right"])


class QuizTally(models.Model):
    """How often a number of right answers was reached. Never by whom."""

    quiz_key = models.UUIDField()
    score = models.PositiveSmallIntegerField()
    out_of = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quiz_key", "score", "out_of"], name="one_tally_a_score")]

    def __str__(self) -> str:
        return f"{self.score}/{self.out_of}: {self.count}"

    @classmethod
    def add(cls, quiz_key: Any, score: int, out_of: int) -> None:
        row, _is_new = cls.objects.get_or_create(quiz_key=quiz_key, score=score, out_of=out_of)
        cls.objects.filter(pk=row.pk).update(count=models.F("count") + 1)

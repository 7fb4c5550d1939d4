"""The form of a survey, made from its questions."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.activities.survey.models import SurveyQuestion

SCALE = [
    ("1", _("1 – not at all")),
    ("2", "2"),
    ("3", "3"),
    ("4", "4"),
    ("5", _("5 – very much")),
]


class SurveyForm(forms.Form):
    def __init__(self, questions: Iterable[SurveyQuestion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[str(question.key)] = _field(question)


def _field(question: SurveyQuestion) -> forms.Field:
    values: dict[str, Any] = {"label": question.text, "required": question.is_required}
    if question.kind == SurveyQuestion.Kind.TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, **values)
    choices = SCALE if question.kind == SurveyQuestion.Kind.SCALE else question.choice_list
    return forms.ChoiceField(widget=forms.RadioSelect, choices=choices, **values)

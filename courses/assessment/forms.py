"""Forms of the admin that ask for more than a field can."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses.catalogue.models import Activity


class AccommodationForm(WagtailAdminModelForm):
    """The quiz is chosen by its name; its key is what it keeps in every version of its course."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "activity_key" not in self.fields:
            return
        drafts = Activity.objects.filter(kind="quiz", module__version=None).select_related("module__course")
        quizzes = [(str(quiz.key), f"{quiz.module.course} – {quiz}") for quiz in drafts]
        self.fields["activity_key"] = forms.TypedChoiceField(
            label=_("Quiz"),
            choices=[("", _("Every quiz")), *sorted(quizzes, key=lambda quiz: quiz[1])],
            coerce=UUID,
            empty_value=None,
            required=False,
        )

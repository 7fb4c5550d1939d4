from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.vocabulary.models import Topic
from curriculum.plans.models import LessonPlanPage, Stage, Subject


@dataclass(frozen=True)
class AppliedFilter:
    """One filter in force; ``query`` is the address's query string without it."""

    label: str
    query: str


class LessonFilterForm(forms.Form):
    """The library's filters. A value that does not exist is an error the teacher is told of."""

    stage = forms.ChoiceField(label=_("Stage"), required=False)
    subject: forms.ModelChoiceField = forms.ModelChoiceField(
        Subject.objects.all(), label=_("Subject"), required=False, to_field_name="slug"
    )
    topic: forms.ModelChoiceField = forms.ModelChoiceField(
        Topic.objects.all(), label=_("Topic"), required=False, to_field_name="slug"
    )
    language = forms.ChoiceField(label=_("Language of the lesson"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        stage, language = self.fields["stage"], self.fields["language"]
        assert isinstance(stage, forms.ChoiceField)
        assert isinstance(language, forms.ChoiceField)
        stage.choices = [("", _("All stages")), *Stage.choices]
        language.choices = [("", _("Language of this page")), *settings.LANGUAGES]
        self.fields["subject"].empty_label = _("All subjects")  # type: ignore[attr-defined]
        self.fields["topic"].empty_label = _("All topics")  # type: ignore[attr-defined]

    def apply(self, lessons: QuerySet[LessonPlanPage]) -> QuerySet[LessonPlanPage]:
        """``lessons`` narrowed down by every valid filter; nothing where a filter is not valid."""
        if not self.is_valid():
            return lessons.none()
        chosen = self.cleaned_data
        if chosen["stage"]:
            lessons = lessons.filter(stage=chosen["stage"])
        if chosen["subject"]:
            lessons = lessons.filter(subjects=chosen["subject"])
        if chosen["topic"]:
            lessons = lessons.filter(topics=chosen["topic"])
        return lessons

    @property
    def applied(self) -> list[AppliedFilter]:
        if not self.is_valid():
            return []
        labels: dict[str, Callable[[Any], object]] = {
            "stage": lambda value: Stage(value).label,
            "subject": str,
            "topic": str,
            "language": lambda value: dict(settings.LANGUAGES)[value],
        }
        return [
            AppliedFilter(str(label(self.cleaned_data[name])), self._query_without(name))
            for name, label in labels.items()
            if self.cleaned_data[name]
        ]

    def _query_without(self, name: str) -> str:
        query = QueryDict(mutable=True)
        query.update(self.data)
        for key in (name, "page"):
            query.pop(key, None)
        return str(query.urlencode())

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from cms.vocabulary.models import LANGUAGE_COLUMNS
from courses.activities.survey.forms import SurveyForm
from courses.catalogue.kinds import Asks, Kind, Standing
from courses.catalogue.models import has_texts

if TYPE_CHECKING:
    from courses.catalogue.models import Activity


class Survey(Kind):
    """Questions about the learner's opinion. Answers are stored without a name; it is done by sending them."""

    slug = "survey"
    label = _("Survey")
    icon = "form"
    verbs = frozenset({"experienced", "responded"})

    def is_done_by_saying_so(self, asks: Asks) -> bool:
        return False

    def is_met(self, asks: Asks, standing: Standing) -> bool:
        return "responded" in standing.verbs and super().is_met(asks, standing)

    def panels(self) -> list[Any]:
        texts = [FieldPanel(f"{name}_{code}") for code in LANGUAGE_COLUMNS for name in ("text", "choices")]
        row = FieldRowPanel([FieldPanel("kind"), FieldPanel("is_required")])
        return [InlinePanel("survey_questions", panels=[row, *texts], min_num=1, label=_("Questions"))]

    def is_translated_into(self, activity: "Activity", code: str) -> bool:
        return all(has_texts(question, code, "text", "choices") for question in activity.survey_questions.all())

    def rule(self, activity: "Activity") -> str:
        return gettext("Your answers are stored without your name. It is done when you send them.")

    def context(self, request: HttpRequest, place: Any) -> dict[str, Any]:
        return {"form": SurveyForm(place.activity.survey_questions.all())}


KINDS = (Survey,)

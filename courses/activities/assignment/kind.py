import uuid
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from cms.vocabulary.models import LANGUAGE_COLUMNS
from courses.activities.assignment.forms import SubmissionForm
from courses.activities.assignment.models import Submission
from courses.catalogue.kinds import Asks, Kind, Standing
from courses.catalogue.models import has_texts

if TYPE_CHECKING:
    from courses.catalogue.models import Activity


class Assignment(Kind):
    """A piece of work, marked by a person with a rubric. It is done when it is passed."""

    slug = "assignment"
    label = _("Assignment")
    icon = "edit"
    verbs = frozenset({"experienced", "submitted", "scored", "passed", "failed"})

    def is_done_by_saying_so(self, asks: Asks) -> bool:
        return False

    def is_met(self, asks: Asks, standing: Standing) -> bool:
        return "passed" in standing.verbs and super().is_met(asks, standing)

    def panels(self) -> list[Any]:
        rules = [FieldRowPanel([FieldPanel("pass_percent"), FieldPanel("due_at"), FieldPanel("takes_file")])]
        texts = [FieldPanel(f"{name}_{code}") for code in LANGUAGE_COLUMNS for name in ("title", "description")]
        return [
            InlinePanel("assignments", panels=rules, min_num=1, max_num=1, label=_("Rules")),
            InlinePanel("criteria", panels=[FieldPanel("points"), *texts], min_num=1, label=_("Rubric")),
        ]

    def is_translated_into(self, activity: "Activity", code: str) -> bool:
        return all(has_texts(criterion, code, "title", "description") for criterion in activity.criteria.all())

    def assessed_by(self, activity: "Activity") -> str:
        rules = activity.assignments.first()
        return gettext("%(activity)s: marked by a person with a rubric; %(percent)s%% of the points pass.") % {
            "activity": activity,
            "percent": rules.pass_percent if rules else 0,
        }

    def context(self, request: HttpRequest, place: Any) -> dict[str, Any]:
        rules = place.activity.assignments.first()
        submissions = list(
            Submission.objects.filter(enrolment=place.enrolment, activity_key=place.activity.key).select_related(
                "marking"
            )
        )
        last = submissions[-1] if submissions else None
        criteria = list(place.activity.criteria.all())
        marking = getattr(last, "marking", None)
        return {
            "rules": rules,
            "criteria": [
                (criterion, marking.points.get(str(criterion.key)) if marking else None) for criterion in criteria
            ],
            "submission": last,
            "marking": marking,
            "is_over": bool(rules and rules.due_at and timezone.now() > rules.due_at),
            "form": SubmissionForm(initial={"form_key": uuid.uuid4()}, takes_file=rules is None or rules.takes_file),
        }


KINDS = (Assignment,)

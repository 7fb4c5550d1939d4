from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from cms.accounts.api import signed_in
from courses.assessment import api as assessment
from courses.catalogue.kinds import Asks, Kind, Standing

if TYPE_CHECKING:
    from courses.catalogue.models import Activity


class Quiz(Kind):
    """Questions drawn from banks. It is done when what counts of the attempts passes."""

    slug = "quiz"
    label = _("Quiz")
    icon = "help"
    verbs = frozenset({"experienced", "answered", "submitted", "scored", "passed", "failed"})
    works_offline = True

    def is_done_by_saying_so(self, asks: Asks) -> bool:
        return False

    def is_met(self, asks: Asks, standing: Standing) -> bool:
        return "passed" in standing.verbs and super().is_met(asks, standing)

    def panels(self) -> list[Any]:
        rules = [
            FieldRowPanel([FieldPanel("pass_percent"), FieldPanel("attempts_allowed"), FieldPanel("grading")]),
            FieldRowPanel([FieldPanel("time_limit"), FieldPanel("due_at"), FieldPanel("reveal")]),
            FieldRowPanel([FieldPanel("shuffles_questions"), FieldPanel("shuffles_options")]),
        ]
        blueprint = [
            FieldRowPanel([FieldPanel("bank"), FieldPanel("number")]),
            FieldRowPanel([FieldPanel("topic"), FieldPanel("competence"), FieldPanel("difficulty")]),
        ]
        return [
            InlinePanel("quizzes", panels=rules, min_num=1, max_num=1, label=_("Rules")),
            InlinePanel("draws", panels=blueprint, min_num=1, label=_("Questions to draw")),
        ]

    def is_translated_into(self, activity: "Activity", code: str) -> bool:
        return assessment.questions_are_in(activity, code)

    def assessed_by(self, activity: "Activity") -> str:
        quiz = assessment.quiz_of(activity)
        return gettext("%(activity)s: %(percent)s%% correct passes.") % {
            "activity": activity,
            "percent": quiz.pass_percent if quiz else 0,
        }

    def is_kept_offline(self, activity: "Activity") -> bool:
        """A clock runs on the server: what has a time limit is done with a net."""
        quiz = assessment.quiz_of(activity)
        return quiz is not None and not quiz.time_limit and not quiz.attempts_allowed

    def pages(self, place: Any) -> list[str]:
        quiz = assessment.quiz_of(place.activity)
        attempt = assessment.open_attempt(quiz, place.enrolment.learner, place.enrolment.round) if quiz else None
        questions = assessment.questions_of(attempt) if attempt else []
        at = [place.enrolment.pk, place.number]
        addresses = [reverse("player:quiz_question", args=[*at, asked.position]) for asked in questions]
        return [place.url, *addresses, *([reverse("player:quiz_hand_in", args=at)] if attempt else [])]

    def context(self, request: HttpRequest, place: Any) -> dict[str, Any]:
        quiz = assessment.quiz_of(place.activity)
        if quiz is None:
            return {}
        learner, number = signed_in(request), place.enrolment.round
        going_on = assessment.open_attempt(quiz, learner, number)
        attempts = [attempt for attempt in assessment.attempts_of(quiz, learner, number) if attempt.submitted_at]
        allowed = assessment.allowance(quiz, learner, place.activity.key)
        used = len(attempts) + (going_on is not None)
        return {
            "quiz": quiz,
            "question_count": assessment.number_of_questions(place.activity),
            "open_attempt": going_on,
            "attempts": attempts,
            "last_attempt": attempts[-1] if attempts else None,
            "result": assessment.result(quiz, attempts),
            "allowed": allowed,
            "attempts_left": None if allowed.attempts is None else max(0, allowed.attempts - used),
            "is_over": allowed.is_over(timezone.now()),
        }


KINDS = (Quiz,)

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from cms.vocabulary.models import LANGUAGE_COLUMNS
from courses.activities.live_session.attendance import attend, has_checked_in
from courses.catalogue.kinds import Asks, Kind, Standing
from courses.catalogue.models import Activity


class Live(Kind):
    """A meeting. It is done by having been there: checked in at its event, or noted by whoever runs it."""

    slug = "live-session"
    label = _("Live session")
    icon = "date"
    verbs = frozenset({"attended"})
    reported = frozenset()

    @property
    def template(self) -> str:
        return "activities/live_session.html"

    def is_done_by_saying_so(self, asks: Asks) -> bool:
        return False

    def is_met(self, asks: Asks, standing: Standing) -> bool:
        return "attended" in standing.verbs

    def panels(self) -> list[Any]:
        places = [FieldPanel(f"place_{code}") for code in LANGUAGE_COLUMNS]
        when = [
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldPanel("base"),
            FieldPanel("url"),
            FieldPanel("event"),
        ]
        return [InlinePanel("live_sessions", panels=[*when, *places], min_num=1, max_num=1, label=_("Session"))]

    def rule(self, activity: Activity) -> str:
        return gettext("Done when you have attended. Whoever runs the session notes who is there.")

    def context(self, request: HttpRequest, place: Any) -> dict[str, Any]:
        session = place.activity.live_sessions.first()
        if session and not place.is_done and has_checked_in(place.enrolment.learner, session):
            attend(place.enrolment, place.activity.pk, "event")
        return {"session": session}


KINDS = (Live,)

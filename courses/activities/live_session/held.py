"""Live sessions of courses on offer as entries of a training base's calendar."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.bases.calendar import Entry
from courses.activities.live_session.models import LiveSession


def sessions_at(base: Any, now: datetime) -> list[Entry]:
    """Those of the version that is taken now, not over; those of an event stand there as the event."""
    sessions = LiveSession.objects.filter(base=base, ends_at__gte=now, event=None)
    offered = sessions.filter(
        activity__module__course__is_published=True, activity__module__version=F("activity__module__course__current")
    )
    rows = offered.select_related("activity__module__course")
    return [
        Entry(
            row.starts_at,
            row.ends_at,
            f"{row.activity.module.course}: {row.activity}",
            reverse("catalogue:course", args=[row.activity.module.course.slug]),
            _("Course"),
        )
        for row in rows
    ]

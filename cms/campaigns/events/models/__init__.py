"""Events, who registered for them, and who came."""

from cms.campaigns.events.models.pages import EventIndexPage, EventPage, EventSession
from cms.campaigns.events.models.people import Attendance, Desk, Registration

__all__ = ["Attendance", "Desk", "EventIndexPage", "EventPage", "EventSession", "Registration"]

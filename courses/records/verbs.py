"""The verbs of the record and their identifiers, as xAPI's and cmi5's vocabularies have them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    REGISTERED = "registered", _("registered")
    LAUNCHED = "launched", _("launched")
    EXPERIENCED = "experienced", _("spent time on")
    PLAYED = "played", _("played")
    ANSWERED = "answered", _("answered")
    SUBMITTED = "submitted", _("handed in")
    RESPONDED = "responded", _("responded")
    ATTENDED = "attended", _("attended")
    SCORED = "scored", _("was marked")
    PASSED = "passed", _("passed")
    FAILED = "failed", _("failed")
    COMPLETED = "completed", _("completed")


ADL = "http://adlnet.gov/expapi/verbs/"
IRIS: dict[str, str] = {str(verb): f"{ADL}{verb}" for verb in Verb} | {
    # The video profile of xAPI (https://w3id.org/xapi/video) and ActivityStreams name what ADL does not.
    Verb.PLAYED: "https://w3id.org/xapi/video/verbs/played",
    Verb.SUBMITTED: "http://activitystrea.ms/schema/1.0/submit",
}
# Extensions of results and contexts: the video profile's where it has them.
PLAYED_SEGMENTS = "https://w3id.org/xapi/video/extensions/played-segments"
POSITION = "https://w3id.org/xapi/video/extensions/time"

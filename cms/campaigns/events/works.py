"""Events as shared works."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.campaigns.events.models import EventPage
from cms.interop.works import CMS, Work, names, page_work, page_works


def _describe(page: Any) -> Work:
    organiser = (str(page.organiser),) if page.organiser else ()
    return page_work(
        page, type="Event", subjects=names(page.topics), audiences=names(page.audiences), creators=organiser
    )


EVENT = page_works("event", CMS, _("Event"), EventPage, _describe, ("topics", "audiences", "organiser"))

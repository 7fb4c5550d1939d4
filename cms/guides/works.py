"""Guides as shared works."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.guides.models import GuidePage
from cms.interop.works import CMS, Learning, Work, names, page_work, page_works


def _describe(page: Any) -> Work:
    learning = Learning("questionnaire", "training", "learner")
    return page_work(
        page,
        type="InteractiveResource",
        subjects=names(page.topics),
        audiences=names(page.audiences),
        learning=learning,
    )


GUIDE = page_works("guide", CMS, _("Guide"), GuidePage, _describe, ("topics", "audiences"))

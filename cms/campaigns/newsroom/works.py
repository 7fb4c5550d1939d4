"""Press releases as shared works."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.campaigns.newsroom.models import PressReleasePage
from cms.interop.works import CMS, Work, names, page_work, page_works


def _describe(page: Any) -> Work:
    return page_work(page, subjects=names(page.topics))


PRESS = page_works("press", CMS, _("Press release"), PressReleasePage, _describe, ("topics",))

"""Associations' sections as shared works."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.associations.models import AssociationPage
from cms.interop.works import CMS, Work, names, page_work, page_works


def _describe(page: Any) -> Work:
    return page_work(page, subjects=names(page.topics), creators=(str(page.organisation),))


ASSOCIATION = page_works("association", CMS, _("Association"), AssociationPage, _describe, ("topics", "organisation"))

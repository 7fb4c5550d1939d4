"""Guides as a figure of the coverage matrix."""

from django.utils.translation import gettext_lazy as _

from cms.guides.models import GuidePage
from cms.pages.coverage import pages_by_measure
from cms.vocabulary.coverage import Column

GUIDES = Column("content", _("Guides"), lambda since, language: pages_by_measure(GuidePage, language))

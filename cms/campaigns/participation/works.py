"""Consultations as shared works."""

from django.utils.translation import gettext_lazy as _

from cms.campaigns.participation.models import ConsultationPage
from cms.interop.works import CMS, page_work, page_works

CONSULTATION = page_works("consultation", CMS, _("Consultation"), ConsultationPage, page_work)

from django.conf import settings
from modeltranslation.translator import TranslationOptions, register

from cms.exchange.models import PartnerInstitution


@register(PartnerInstitution)
class PartnerInstitutionTranslation(TranslationOptions):
    fields = ("name", "description")
    required_languages = {settings.LANGUAGE_CODE: ("name",)}

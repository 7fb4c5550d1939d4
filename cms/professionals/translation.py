from django.conf import settings
from modeltranslation.translator import TranslationOptions, register

from cms.professionals.models import Pool


@register(Pool)
class PoolTranslation(TranslationOptions):
    fields = ("title", "description", "rules")
    required_languages = {settings.LANGUAGE_CODE: ("title", "description", "rules")}

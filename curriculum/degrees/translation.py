from django.conf import settings
from modeltranslation.translator import TranslationOptions, register

from curriculum.degrees.models import DegreeProgramme


@register(DegreeProgramme)
class DegreeProgrammeTranslation(TranslationOptions):
    fields = ("title", "summary", "entry_rules", "scholarships")
    required_languages = {settings.LANGUAGE_CODE: ("title",)}

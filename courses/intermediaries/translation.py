from django.conf import settings
from modeltranslation.translator import TranslationOptions, register

from courses.intermediaries.models import Paper, QualificationTrack


@register(QualificationTrack)
class QualificationTrackTranslation(TranslationOptions):
    fields = ("title", "description")
    required_languages = {settings.LANGUAGE_CODE: ("title",)}


@register(Paper)
class PaperTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = {settings.LANGUAGE_CODE: ("title",)}

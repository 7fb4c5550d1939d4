from django.conf import settings
from modeltranslation.translator import TranslationOptions, register

from cms.competences.models import Competence, Descriptor, Framework, Level

REQUIRED = settings.LANGUAGE_CODE


@register(Framework)
class FrameworkTranslation(TranslationOptions):
    fields = ("title", "summary")
    required_languages = {REQUIRED: ("title",)}


@register(Level)
class LevelTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = {REQUIRED: ("title",)}


@register(Competence)
class CompetenceTranslation(TranslationOptions):
    fields = ("title", "description")
    required_languages = {REQUIRED: ("title",)}


@register(Descriptor)
class DescriptorTranslation(TranslationOptions):
    fields = ("indicators",)
    required_languages = {REQUIRED: ("indicators",)}

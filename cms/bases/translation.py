from django.conf import settings
from modeltranslation.translator import TranslationOptions, register

from cms.bases.models import Criterion, Evaluation, TrainingBase


@register(TrainingBase)
class TrainingBaseTranslation(TranslationOptions):
    fields = ("name", "description", "equipment")
    required_languages = {settings.LANGUAGE_CODE: ("name",)}


@register(Criterion)
class CriterionTranslation(TranslationOptions):
    fields = ("name", "indicator")
    required_languages = {settings.LANGUAGE_CODE: ("name", "indicator")}


@register(Evaluation)
class EvaluationTranslation(TranslationOptions):
    fields = ("summary",)

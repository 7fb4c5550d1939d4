from django.conf import settings
from modeltranslation.translator import TranslationOptions, register

from cms.vocabulary.models import Audience, GlossaryTerm, Licence, Region, StrategyMeasure, Topic


@register([Topic, Audience, Region, StrategyMeasure, Licence, GlossaryTerm])
class TermTranslation(TranslationOptions):
    """Every language is asked for, so that no label ever falls back to another language unannounced."""

    fields = ("title", "description")
    required_languages = dict.fromkeys(settings.MODELTRANSLATION_LANGUAGES, ("title",))

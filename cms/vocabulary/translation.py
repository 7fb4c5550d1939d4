from django.conf import settings
from modeltranslation.translator import TranslationOptions, register

from cms.vocabulary.models import Audience, GlossaryTerm, Licence, Region, StrategyMeasure, Topic


@register([Audience, Region, StrategyMeasure, Licence])
class TermTranslation(TranslationOptions):
    """Every language is asked for, and none stands in for another: a reader never meets a foreign label
    unannounced."""

    fields: tuple[str, ...] = ("title", "description")
    fallback_languages = {"default": ()}
    required_languages = dict.fromkeys(settings.MODELTRANSLATION_LANGUAGES, ("title",))


@register(GlossaryTerm)
class NamedTermTranslation(TermTranslation):
    fields = (*TermTranslation.fields, "other_names")


@register(Topic)
class TopicTranslation(NamedTermTranslation):
    fields = (*NamedTermTranslation.fields, "explanation")

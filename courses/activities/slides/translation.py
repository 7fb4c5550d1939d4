from modeltranslation.translator import TranslationOptions, register

from courses.activities.slides.models import SlideDeck


@register(SlideDeck)
class SlideDeckTranslation(TranslationOptions):
    fields = ("file",)
    required_languages = ("en",)

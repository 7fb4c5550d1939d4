from modeltranslation.translator import TranslationOptions, register

from courses.assessment.models import Option, Question


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text", "feedback")
    required_languages = {"en": ("text",)}


@register(Option)
class OptionTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = ("en",)

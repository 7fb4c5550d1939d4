from modeltranslation.translator import TranslationOptions, register

from courses.activities.survey.models import SurveyQuestion


@register(SurveyQuestion)
class SurveyQuestionTranslation(TranslationOptions):
    fields = ("text", "choices")
    required_languages = {"en": ("text",)}

from modeltranslation.translator import TranslationOptions, register

from courses.activities.assignment.models import Criterion


@register(Criterion)
class CriterionTranslation(TranslationOptions):
    fields = ("title", "description")
    required_languages = {"en": ("title",)}

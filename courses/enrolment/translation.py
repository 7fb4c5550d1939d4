from modeltranslation.translator import TranslationOptions, register

from courses.enrolment.models import TrainingPlan


@register(TrainingPlan)
class TrainingPlanTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("en",)

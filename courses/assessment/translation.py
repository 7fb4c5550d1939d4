from modeltranslation.translator import TranslationOptions, register

from courses.assessment.models import Competence, Option, Question, QuestionBank


@register(Competence)
class CompetenceTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("en",)


@register(QuestionBank)
class QuestionBankTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("en",)


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text", "feedback")
    required_languages = {"en": ("text",)}


@register(Option)
class OptionTranslation(TranslationOptions):
    fields = ("text", "match", "feedback")
    required_languages = {"en": ("text",)}

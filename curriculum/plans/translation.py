from modeltranslation.translator import register

from cms.vocabulary.translation import TermTranslation
from curriculum.plans.models import Subject


@register(Subject)
class SubjectTranslation(TermTranslation):
    pass

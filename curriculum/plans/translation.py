from modeltranslation.translator import register

from cms.vocabulary.translation import TermTranslation
from curriculum.plans.models import ActivityType, Competence, Subject, TeachingStrategy


@register([Subject, Competence, ActivityType, TeachingStrategy])
class LessonTermTranslation(TermTranslation):
    pass

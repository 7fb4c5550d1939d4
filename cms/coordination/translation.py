from modeltranslation.translator import TranslationOptions, register

from cms.coordination.models import WorkItem


@register(WorkItem)
class WorkItemTranslation(TranslationOptions):
    fields = ("title",)

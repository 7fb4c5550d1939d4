from modeltranslation.translator import TranslationOptions, register

from courses.activities.live_session.models import LiveSession


@register(LiveSession)
class LiveSessionTranslation(TranslationOptions):
    fields = ("place",)

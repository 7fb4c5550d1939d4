from modeltranslation.translator import TranslationOptions, register

from courses.catalogue.models import Activity, Course, CourseVersion, Lecturer, Module


@register(Course)
class CourseTranslation(TranslationOptions):
    fields = ("title", "summary", "outcomes")
    required_languages = ("en",)


@register(CourseVersion)
class CourseVersionTranslation(TranslationOptions):
    fields = ("note",)


@register(Lecturer)
class LecturerTranslation(TranslationOptions):
    fields = ("name", "role", "bio")
    required_languages = {"en": ("name",)}


@register(Module)
class ModuleTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("en",)


@register(Activity)
class ActivityTranslation(TranslationOptions):
    fields = ("title", "body", "captions", "transcript")
    required_languages = {"en": ("title",)}

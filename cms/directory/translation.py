from modeltranslation.translator import TranslationOptions, register

from cms.directory.models import Organisation


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    """A name that an organisation does not have in a language is shown in English: it is a proper name."""

    fields = ("name",)
    required_languages = ("en",)

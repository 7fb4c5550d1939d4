"""The translator's short list: the segments that are new or changed, and nothing else."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.accounts.models import User
from cms.languages.terms import ApprovedTerm, approved_terms, highlighted, terms_in


@dataclass(frozen=True)
class Change:
    """A segment to translate, what stood there before, and the official words for its terms of art."""

    segment: StringSegment
    before: str
    before_translated: str
    draft: str
    terms: list[ApprovedTerm]
    marked: SafeString


def changes_for(translation: Translation) -> list[Change]:
    """Segments of the source without a valid translation, in reading order."""
    locale = translation.target_locale
    segments = (
        StringSegment.objects.filter(source=translation.source)
        .annotate_translation(locale)
        .filter(translation__isnull=True)
        .select_related("string", "context")
        .order_by("order", "pk")
    )
    older = _older_translations(translation)
    terms = approved_terms(translation.source.locale.language_code, locale.language_code)
    return [_change(segment, older, terms, translation) for segment in segments]


def _older_translations(translation: Translation) -> dict[int, list[StringTranslation]]:
    """Every translation ever made for this page's fields, newest first, by field."""
    found: dict[int, list[StringTranslation]] = {}
    translations = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale
    ).select_related("translation_of")
    for string_translation in translations.order_by("-updated_at"):
        found.setdefault(string_translation.context_id, []).append(string_translation)
    return found


def _change(
    segment: StringSegment,
    older: dict[int, list[StringTranslation]],
    terms: list[ApprovedTerm],
    translation: Translation,
) -> Change:
    candidates = older.get(segment.context_id, [])
    # A translation with an error belongs to this very string: it is the translator's draft.
    draft = next((item.data for item in candidates if item.translation_of_id == segment.string_id), "")
    before = next((item for item in candidates if item.translation_of_id != segment.string_id), None)
    language = translation.source.locale.language_code
    found = terms_in(segment.string.data, terms, language)
    return Change(
        segment,
        before.translation_of.data if before else "",
        before.data if before else "",
        draft,
        found,
        highlighted(segment.string.data, found, language),
    )


def store(translation: Translation, segment: StringSegment, text: str, user: User) -> bool:
    """Store one translation; false where its markup or links do not match the source, which is kept as a draft."""
    stored, _created = StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        locale=translation.target_locale,
        context=segment.context,
        defaults={
            "data": text,
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "",
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
    return not stored.has_error

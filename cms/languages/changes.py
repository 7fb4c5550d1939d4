"""The translator's short list: the segments that are new or changed, and nothing else."""

from dataclasses import dataclass

from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.accounts.models import User
from cms.vocabulary.models import GlossaryTerm


@dataclass(frozen=True)
class Change:
    """A segment to translate, what stood there before, and the official words for its terms of art."""

    segment: StringSegment
    before: str
    before_translated: str
    draft: str
    terms: list[tuple[str, str]]


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
    terms = list(GlossaryTerm.objects.all())
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
    terms: list[GlossaryTerm],
    translation: Translation,
) -> Change:
    candidates = older.get(segment.context_id, [])
    # A translation with an error belongs to this very string: it is the translator's draft.
    draft = next((item.data for item in candidates if item.translation_of_id == segment.string_id), "")
    before = next((item for item in candidates if item.translation_of_id != segment.string_id), None)
    return Change(
        segment,
        before.translation_of.data if before else "",
        before.data if before else "",
        draft,
        _terms_in(segment.string.data, terms, translation),
    )


def _terms_in(text: str, terms: list[GlossaryTerm], translation: Translation) -> list[tuple[str, str]]:
    source_code = translation.source.locale.language_code.replace("-", "_")
    target_code = translation.target_locale.language_code.replace("-", "_")
    pairs = [(getattr(term, f"title_{source_code}"), getattr(term, f"title_{target_code}")) for term in terms]
    return [(source, target) for source, target in pairs if source and source.lower() in text.lower()]


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

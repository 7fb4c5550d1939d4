"""Translation freshness: does a published translation say what its source says today?"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.languages.models import PublishedContent


@dataclass(frozen=True)
class Freshness:
    """What a reader of a translated page is told. ``behind_since`` is when the source last changed."""

    source_language: str
    behind_since: datetime | None
    untranslated: int

    @property
    def is_behind(self) -> bool:
        return self.behind_since is not None

    @property
    def is_partial(self) -> bool:
        return self.untranslated > 0


def source_digest(page: Page) -> str:
    """A digest of all translatable text of a page, whatever the order of its fields."""
    lines = sorted(
        f"{segment.path}\x00{segment.order}\x00{segment.string.data}"
        for segment in extract_segments(page.specific)
        if isinstance(segment, StringSegmentValue) and not segment.is_empty()
    )
    return hashlib.sha256("\x01".join(lines).encode()).hexdigest()


def note_published(page: Page) -> None:
    """Remember what was just published; called for each published page by Wagtail's signal."""
    translation = translation_of(page)
    if translation is None:
        _note_source(page)
    else:
        _note_translation(page, translation)


def translation_of(page: Page) -> Translation | None:
    """The wagtail-localize translation that feeds this page, ``None`` for a page written by hand."""
    return (
        Translation.objects.select_related("source")
        .filter(source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True)
        .first()
    )


def _note_source(page: Page) -> None:
    digest = source_digest(page)
    row = PublishedContent.objects.filter(translation_key=page.translation_key, locale_id=page.locale_id).first()
    changed_at = row.changed_at if row and row.source_digest == digest else timezone.now()
    is_source = (
        not TranslationSource.objects.filter(object_id=page.translation_key).exclude(locale_id=page.locale_id).exists()
    )
    _store(page, is_source=is_source, source_digest=digest, untranslated=0, changed_at=changed_at)


def _note_translation(page: Page, translation: Translation) -> None:
    total, translated = translation.get_progress()
    _store(
        page,
        is_source=False,
        source_digest=source_digest(translation.source.as_instance()),
        untranslated=total - translated,
        changed_at=timezone.now(),
    )


def _store(page: Page, **values: object) -> None:
    PublishedContent.objects.update_or_create(
        translation_key=page.translation_key, locale_id=page.locale_id, defaults=values
    )


def freshness_of(page: Page) -> Freshness | None:
    """How a live translation stands to its source; ``None`` for a source page. One query."""
    rows = PublishedContent.objects.filter(translation_key=page.translation_key).select_related("locale")
    by_locale = {row.locale_id: row for row in rows}
    own = by_locale.get(page.locale_id)
    source = next((row for row in by_locale.values() if row.is_source), None)
    if own is None or source is None or own is source:
        return None
    behind = source.changed_at if own.source_digest != source.source_digest else None
    return Freshness(source.locale.language_code, behind, own.untranslated)


def translations_behind() -> list[tuple[Page, Locale, PublishedContent]]:
    """Every live translation whose source has changed since, oldest change first."""
    rows = list(PublishedContent.objects.select_related("locale"))
    sources = {row.translation_key: row for row in rows if row.is_source}
    stale = [
        (row, sources[row.translation_key])
        for row in rows
        if not row.is_source
        and row.translation_key in sources
        and (row.untranslated or row.source_digest != sources[row.translation_key].source_digest)
    ]
    pages = {
        (page.translation_key, page.locale_id): page
        for page in Page.objects.live().filter(translation_key__in={row.translation_key for row, _source in stale})
    }
    found = [
        (pages[key], row.locale, source)
        for row, source in stale
        if (key := (row.translation_key, row.locale_id)) in pages
    ]
    return sorted(found, key=lambda item: item[2].changed_at)

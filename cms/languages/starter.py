"""Loading starter pages: texts per language become a page and its translations.

Pages go the way an editor's pages go: the English page is published, its translations are stored as
wagtail-localize translations and published from there, so that editors find everything in its place.
"""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.vocabulary.data import Texts

# Names of blocks are derived from their place, so that a text and its translation have the same ones.
NAMESPACE = uuid.UUID("6f0d4a52-6b1c-4b0e-9a53-0c5d1f1f7a10")


def stream(place: str, *blocks: tuple[str, Any]) -> list[dict[str, Any]]:
    """Raw StreamField content whose block ids depend on ``place`` and order alone."""
    return [
        {"type": kind, "value": value, "id": str(uuid.uuid5(NAMESPACE, f"{place}/{index}"))}
        for index, (kind, value) in enumerate(blocks)
    ]


def story(place: str, parts: list[Any]) -> list[dict[str, Any]]:
    """A story from YAML: a string is a paragraph (or a list of items), a mapping names its block."""
    return stream(place, *(_story_block(f"{place}/{index}", part) for index, part in enumerate(parts)))


def _story_block(place: str, part: Any) -> tuple[str, Any]:
    if isinstance(part, str):
        return "paragraph", f"<p>{part}</p>"
    kind, value = next(iter(part.items()))
    if kind == "list":
        return "paragraph", "<ul>" + "".join(f"<li>{item}</li>" for item in value) + "</ul>"
    if kind == "facts":
        facts = [{"figure": figure, "meaning": meaning} for figure, meaning in value]
        return "facts", stream(f"{place}/facts", *(("item", fact) for fact in facts))
    if kind == "quote" and isinstance(value, str):
        return "quote", {"text": value, "source": ""}
    return kind, value


@transaction.atomic
def publish(
    parent: Page,
    model: type[Page],
    slug: str,
    languages: Mapping[str, Texts],
    fields: Callable[[Texts], dict[str, Any]],
    related: Mapping[str, Any] | None = None,
) -> Page:
    """Publishes a page in every language of ``languages``; a page that exists already is left alone.

    ``fields`` makes the page's field values from one language's texts; ``related`` sets many-to-many
    fields and child objects.
    """
    existing = parent.get_children().filter(slug=slug).first()
    if existing:
        return existing.specific
    page = model(slug=slug, locale=parent.locale, **fields(languages["en"]))
    for name, value in (related or {}).items():
        setattr(page, name, value)
    parent.add_child(instance=page)
    page.save_revision().publish()
    source, _created = TranslationSource.update_or_create_from_instance(page)
    for code, texts in languages.items():
        if code != "en":
            translate(source, code, model(slug=slug, **fields(texts)))
    return page


def translate(source: TranslationSource, code: str, translated: Page) -> None:
    """Stores the text of ``translated``, which is never saved, as a translation of ``source`` and publishes it."""
    locale = Locale.objects.get(language_code=code)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    texts = {
        (segment.path, segment.order): segment.string.data
        for segment in extract_segments(translated)
        if isinstance(segment, StringSegmentValue)
    }
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    found = {
        (segment.string_id, segment.context_id): text
        for segment in segments
        if (text := texts.get((segment.context.path, segment.order)))
    }
    # In one go: saving each by itself looks for an earlier one and publishes nothing new.
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of_id=string,
                context_id=context,
                locale=locale,
                data=text,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
            for (string, context), text in found.items()
        ],
        ignore_conflicts=True,
    )
    translation.save_target(publish=True)

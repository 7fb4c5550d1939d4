"""Loading starter content: YAML files, one per item and language, become records and pages.

Pages go the way an editor's pages go: the English page is published, its translations are stored as
wagtail-localize translations and published from there, so that editors find everything in its place.
"""

import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import models
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

Texts = dict[str, Any]
# Names of blocks are derived from their place, so that a text and its translation have the same ones.
NAMESPACE = uuid.UUID("6f0d4a52-6b1c-4b0e-9a53-0c5d1f1f7a10")


def read(file: Path) -> Texts:
    content: Texts = yaml.safe_load(file.read_text(encoding="utf-8"))
    return content


def read_languages(folder: Path) -> dict[str, Texts]:
    """The texts of one item by language code. ``FileNotFoundError`` where a language has none."""
    return {code: read(folder / f"{code}.yaml") for code, _name in settings.LANGUAGES}


def column(field: str, code: str) -> str:
    """The name of a translated field's column: title, zh-hans → title_zh_hans."""
    return f"{field}_{code.replace('-', '_')}"


def columns(languages: Mapping[str, Texts], *fields: str) -> dict[str, Any]:
    """The values of a record's translated fields, a column per language."""
    return {
        column(field, code): texts[field] for code, texts in languages.items() for field in fields if field in texts
    }


def load_terms(model: type[models.Model], file: Path, **shared: Callable[[Any], Any]) -> None:
    """A vocabulary file: slug → shared values and one entry per language (a title, or title and description)."""
    for order, (slug, entry) in enumerate(read(file).items(), start=1):
        languages = {
            code: value if isinstance(value, dict) else {"title": value}
            for code, value in entry.items()
            if code in dict(settings.LANGUAGES)
        }
        values = {"sort_order": entry.get("number", order)} | columns(languages, "title", "description")
        values |= {field: find(entry[field]) for field, find in shared.items() if field in entry}
        model._default_manager.get_or_create(slug=slug, defaults=values)


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
    for code, texts in languages.items():
        if code != "en":
            translate(page, code, model(slug=slug, **fields(texts)))
    return page


def translate(page: Page, code: str, translated: Page) -> None:
    """Stores the text of ``translated``, which is never saved, as the translation of ``page`` and publishes it."""
    locale = Locale.objects.get(language_code=code)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    texts = {
        (segment.path, segment.order): segment.string.data
        for segment in extract_segments(translated)
        if isinstance(segment, StringSegmentValue)
    }
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        text = texts.get((segment.context.path, segment.order))
        if text:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={"data": text, "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL},
            )
    translation.save_target(publish=True)

"""A campaign in all its languages: which part is missing, a draft, stale or live; and sending all to translators."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from cms.artwork.formats import FORMATS
from cms.campaigns.desk.models import TranslationOrder
from cms.campaigns.kits.content import ingredients_of, words_of
from cms.campaigns.kits.drawing import digests_of
from cms.campaigns.kits.models import KitFile
from cms.campaigns.models import CampaignPage
from cms.campaigns.parts import parts
from cms.languages.freshness import source_digest
from cms.languages.models import PublishedContent

LABELS = {"missing": _("Missing"), "draft": _("Draft"), "stale": _("Stale"), "live": _("Live")}


@dataclass(frozen=True)
class Cell:
    """One part in one language, and where it is worked on."""

    state: str
    url: str = ""

    @property
    def label(self) -> object:
        return LABELS[self.state]


@dataclass(frozen=True)
class Row:
    """One page of a campaign, or its kit, in the order of the languages."""

    part: str | Promise
    title: str
    cells: list[Cell]


class LanguageTable:
    def __init__(self, campaign: CampaignPage) -> None:
        self.campaign = campaign
        self.locales = {locale.language_code: locale for locale in Locale.objects.all()}
        self.sources = [(_("Page"), campaign), *_sources_below(campaign)]
        keys = [page.translation_key for _part, page in self.sources]
        self._pages: dict[UUID, dict[int, Page]] = defaultdict(dict)
        for page in Page.objects.filter(translation_key__in=keys):
            self._pages[page.translation_key][page.locale_id] = page
        self._published = {
            (row.translation_key, row.locale_id): row
            for row in PublishedContent.objects.filter(translation_key__in=keys)
        }
        self._translations = {
            (one.source.object_id, one.target_locale_id): one.pk
            for one in Translation.objects.filter(source__object_id__in=keys, enabled=True).select_related("source")
        }

    @property
    def languages(self) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    @property
    def rows(self) -> list[Row]:
        found = [
            Row(part, page.title, [self._cell(page, code) for code, _name in self.languages])
            for part, page in self.sources
        ]
        return [found[0], Row(_("Kit"), "", self._kit()), *found[1:]]

    def _cell(self, source: Page, code: str) -> Cell:
        locale = self.locales.get(code)
        page = self._pages[source.translation_key].get(locale.pk) if locale else None
        if locale is None or page is None:
            return Cell("missing")
        return Cell(self._state(source, page), self._address(page))

    def _state(self, source: Page, page: Page) -> str:
        if not page.live:
            return "draft"
        own = self._published.get((page.translation_key, page.locale_id))
        first = self._published.get((source.translation_key, source.locale_id))
        if page.locale_id != source.locale_id and own and first:
            return "stale" if own.untranslated or own.source_digest != first.source_digest else "live"
        return "draft" if page.has_unpublished_changes and page.locale_id != source.locale_id else "live"

    def _address(self, page: Page) -> str:
        translation = self._translations.get((page.translation_key, page.locale_id))
        if translation:
            return reverse("languages:changes", args=[translation])
        return reverse("wagtailadmin_pages:edit", args=[page.pk])

    def _kit(self) -> list[Cell]:
        """Drawn and up to date, drawn before the last change, or not drawn yet: it is when somebody takes it."""
        keys = Page.objects.filter(translation_key=self.campaign.translation_key, live=True)
        pages = {page.locale.language_code: page for page in keys.select_related("locale").specific()}
        drawn: dict[str, set[str]] = defaultdict(set)
        for language, digest in KitFile.objects.filter(subject=self.campaign.translation_key).values_list(
            "language", "digest"
        ):
            drawn[language].add(digest)
        url = reverse("kits:kit", args=[self.campaign.translation_key])
        return [
            Cell(_kit_state(pages[code], drawn[code]), url) if code in pages else Cell("missing")
            for code, _name in self.languages
        ]


def _kit_state(page: Any, drawn: set[str]) -> str:
    ingredients, words = ingredients_of(page), words_of(page)
    if all(drawn.issuperset(digests_of(ingredients, words, size).values()) for size in FORMATS.values()):
        return "live"
    return "stale" if drawn else "draft"


def _sources_below(campaign: CampaignPage) -> list[tuple[Any, Page]]:
    """The pages of every part in the campaign's own language, with what they are."""
    return [
        (part.label, page)
        for part in parts()
        for page in part.pages(campaign.translation_key).filter(locale=campaign.locale_id)
    ]


# --- sending to the translators -----------------------------------------------------------------------
def pages_to_send(campaign: CampaignPage) -> list[Page]:
    """The campaign and all that belongs to it, with the lists they stand in, from the top."""
    found: dict[int, Page] = {}
    for _part, page in [("", campaign), *_sources_below(campaign)]:
        for ancestor in page.get_ancestors().filter(depth__gt=2, locale=page.locale_id):
            found[ancestor.pk] = ancestor
        found[page.pk] = page
    return sorted(found.values(), key=lambda page: (page.depth, page.path))


def send_all(order: TranslationOrder) -> None:
    """Begins each missing translation, and gives the translators what has changed in the others."""
    campaign = CampaignPage.objects.filter(translation_key=order.campaign_key).order_by("pk").first()
    if campaign is None:
        return
    locales = list(Locale.objects.exclude(pk=campaign.locale_id))
    sent = 0
    for page in pages_to_send(campaign):
        sent += _send(page.specific, locales)
        order.step()
    order.finish(sent=sent)


def _send(page: Page, locales: list[Locale]) -> int:
    """Returns in how many languages there is something new to translate."""
    known = TranslationSource.objects.get_for_instance_or_none(page)
    existing = (
        set(known.translations.filter(enabled=True).values_list("target_locale_id", flat=True)) if known else set()
    )
    by_hand = set(Page.objects.filter(translation_key=page.translation_key).values_list("locale_id", flat=True))
    missing = [locale for locale in locales if locale.pk not in existing | by_hand]
    if missing:
        translate_object(page, missing)
    if known and existing and source_digest(page) != source_digest(known.as_instance()):
        known.update_from_db()  # their pages stay as they are until a translator publishes them
        return len(missing) + len(existing)
    return len(missing)

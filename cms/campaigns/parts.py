"""What belongs to a campaign: editions, press releases, events, activities. Named in the settings as strings."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageQuerySet

from cms.campaigns.models import CampaignPage, LocalEditionPage
from cms.campaigns.results import Result, Scope
from cms.languages.switcher import readable
from cms.statistics.models import Act, DailyCount


@dataclass(frozen=True)
class Part:
    """One kind of page that belongs to a campaign. ``pages`` gives them in all languages by the campaign's key."""

    slug: str
    label: str | Promise
    pages: Callable[[UUID], PageQuerySet]


@dataclass(frozen=True)
class PartOnPage:
    """A part with its readable pages in the language of the campaign page that shows them."""

    slug: str
    label: str | Promise
    pages: list[Page]


def parts_on(page: Page) -> list[PartOnPage]:
    """The parts that have anything else to read in the page's language."""
    campaign = page.campaign if isinstance(page, LocalEditionPage) else page
    found = (PartOnPage(part.slug, part.label, list(_others(part, campaign.translation_key, page))) for part in parts())
    return [part for part in found if part.pages]


def _others(part: Part, key: UUID, page: Page) -> PageQuerySet:
    return readable(part.pages(key)).filter(locale=page.locale_id).exclude(pk=page.pk)


def parts() -> list[Part]:
    return [import_string(path) for path in settings.IMPRINT_CAMPAIGN_PARTS]


def below(model: type[Page], key: UUID) -> PageQuerySet:
    """The pages of a type directly below the campaign with this key, in every language."""
    campaigns = CampaignPage.objects.filter(translation_key=key).annotate(
        child_path=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    )
    return model.objects.filter(Exists(campaigns.filter(child_path__startswith=F("path"), depth=OuterRef("depth") - 1)))


def _editions(key: UUID) -> Any:
    return below(LocalEditionPage, key)


EDITIONS = Part("editions", _("In your region"), _editions)


# --- numbers ------------------------------------------------------------------------------------------
def keys_of(campaign_key: UUID) -> list[UUID]:
    """The campaign and all its parts: what its numbers are summed over."""
    keys = {campaign_key}
    for part in parts():
        keys.update(part.pages(campaign_key).values_list("translation_key", flat=True))
    return list(keys)


def reach(scope: Scope) -> list[Result]:
    """How often the pages were read, the kit taken and the pages passed on; an edition's are its own page's."""
    keys = scope.keys if scope.region else keys_of(scope.campaign_key)
    sums = DailyCount.objects.of(keys).between(scope.first_day, scope.last_day).totals()
    names = {Act.VIEW: _("Pages read"), Act.DOWNLOAD: _("Downloads"), Act.SHARE: _("Shares")}
    return [Result(name, sums.get(act, 0)) for act, name in names.items()]

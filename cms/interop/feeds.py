"""Atom (RFC 4287) and JSON Feed 1.1 of everything that is shared, by language, wing and kind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.interop.models import Record
from cms.interop.provider.identifiers import identifier_of
from cms.interop.works import CMS, COURSES, CURRICULUM, kinds
from cms.languages.tags import language_tag

MOST = 50
WINGS = {
    CMS: pgettext_lazy("feed", "Campaigns, news and laws"),
    CURRICULUM: pgettext_lazy("feed", "Curricula and lesson plans"),
    COURSES: pgettext_lazy("feed", "Online courses"),
}


@dataclass(frozen=True)
class Channel:
    """What a feed is of: everything, a wing, or a kind of work."""

    slug: str
    label: str | Promise

    def address(self, form: str) -> str:
        return reverse(f"interop:{form}", args=[self.slug] if self.slug else [])

    def records(self) -> list[Record]:
        """The newest in the reader's language."""
        found = Record.objects.filter(language=get_language() or "en", is_deleted=False)
        if self.slug in WINGS:
            found = found.filter(wing=self.slug)
        elif self.slug:
            found = found.filter(kind=self.slug)
        return list(found.order_by("-datestamp", "-pk")[:MOST])


def channels() -> list[Channel]:
    wings = [Channel(slug, label) for slug, label in WINGS.items()]
    return [Channel("", pgettext_lazy("feed", "Everything")), *wings, *(Channel(k.slug, k.label) for k in kinds())]


def channel_named(slug: str) -> Channel:
    found = next((channel for channel in channels() if channel.slug == slug), None)
    if found is None:
        raise Http404
    return found


def title_of(channel: Channel) -> str:
    return _("Imprint: %(what)s") % {"what": channel.label}


class AtomFeed(Feed[Record, Channel]):
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str = "") -> Channel:
        return channel_named(slug)

    def title(self, channel: Channel) -> str:
        return title_of(channel)

    def link(self, channel: Channel) -> str:
        return reverse("interop:index")

    def feed_url(self, channel: Channel) -> str:
        return channel.address("atom")

    def items(self, channel: Channel) -> list[Record]:
        return channel.records()

    def item_title(self, item: Record) -> str:
        return item.content.title

    def item_description(self, item: Record) -> str:
        return item.content.description

    def item_link(self, item: Record) -> str:
        return item.url

    def item_guid(self, item: Record) -> str:
        return identifier_of(item)

    def item_pubdate(self, item: Record) -> datetime | None:
        published = item.content.published
        return datetime.fromisoformat(published) if len(published) > len("2026-11-27") else None

    def item_updateddate(self, item: Record) -> datetime:
        return item.datestamp

    def item_categories(self, item: Record) -> tuple[str, ...]:
        return item.content.subjects

    def item_copyright(self, item: Record) -> str:
        return item.content.licence


@require_safe
def json_feed(request: HttpRequest, slug: str = "") -> JsonResponse:
    channel = channel_named(slug)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title_of(channel),
        "language": language_tag(get_language() or "en"),
        "home_page_url": request.build_absolute_uri(reverse("interop:index")),
        "feed_url": request.build_absolute_uri(channel.address("json")),
        "items": [_item(record) for record in channel.records()],
    }
    return JsonResponse(feed, json_dumps_params={"ensure_ascii": False}, content_type="application/feed+json")


def _item(record: Record) -> dict[str, Any]:
    work = record.content
    item: dict[str, Any] = {
        "id": identifier_of(record),
        "url": record.url,
        "title": work.title,
        "content_text": work.description or work.title,
        "date_modified": record.datestamp.isoformat(),
        "tags": list(work.subjects),
        "language": language_tag(record.language),
    }
    if work.description:
        item["summary"] = work.description
    if len(work.published) > len("2026-11-27"):
        item["date_published"] = work.published
    if work.licence:
        item["_licence"] = {"about": "https://schema.org/license", "url": work.licence}
    return item

"""Atom (RFC 4287) and JSON Feed 1.1 of the press releases, per language and topic."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.campaigns.newsroom.models import NewsroomPage, PressReleasePage
from cms.languages.switcher import readable
from cms.vocabulary.models import Topic

MOST = 30


class Source:
    """The newsroom in the reader's language, and the topic asked for."""

    def __init__(self, topic: str = "", key: UUID | None = None) -> None:
        found = NewsroomPage.objects.filter(locale__language_code=get_language())
        found = found.filter(translation_key=key) if key else found.order_by("depth", "path")  # the site's own
        newsroom = readable(found).first()
        self.topic = Topic.objects.filter(slug=topic).first() if topic else None
        if newsroom is None or (topic and self.topic is None):
            raise Http404
        self.newsroom: NewsroomPage = newsroom

    @property
    def title(self) -> str:
        return f"{self.newsroom.title} · {self.topic}" if self.topic else str(self.newsroom.title)

    def releases(self) -> list[PressReleasePage]:
        return list(self.newsroom.releases(self.topic).prefetch_related("topics")[:MOST])

    def address(self, kind: str) -> str:
        if self.topic:
            return reverse(f"newsroom:{kind}_topic", args=[self.topic.slug])
        if self.newsroom.is_main:
            return reverse(f"newsroom:{kind}")
        return reverse(f"newsroom:{kind}_of", args=[self.newsroom.translation_key])


class AtomFeed(Feed[PressReleasePage, Source]):
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, topic: str = "", key: UUID | None = None) -> Source:
        return Source(topic, key)

    def title(self, source: Source) -> str:
        return source.title

    def subtitle(self, source: Source) -> str:
        return str(source.newsroom.summary)

    def link(self, source: Source) -> str:
        return str(source.newsroom.url)

    def feed_url(self, source: Source) -> str:
        return source.address("atom")

    def items(self, source: Source) -> list[PressReleasePage]:
        return source.releases()

    def item_title(self, item: PressReleasePage) -> str:
        return str(item.title)

    def item_description(self, item: PressReleasePage) -> str:
        return str(item.summary)

    def item_link(self, item: PressReleasePage) -> str:
        return str(item.full_url)

    def item_guid(self, item: PressReleasePage) -> str:
        return f"urn:uuid:{item.translation_key}?{item.locale_id}"

    def item_pubdate(self, item: PressReleasePage) -> datetime | None:
        return item.first_published_at  # type: ignore[no-any-return]

    def item_updateddate(self, item: PressReleasePage) -> datetime | None:
        return item.last_published_at  # type: ignore[no-any-return]

    def item_categories(self, item: PressReleasePage) -> list[str]:
        return [str(topic) for topic in item.topics.all()]


@require_safe
def json_feed(request: HttpRequest, topic: str = "", key: UUID | None = None) -> JsonResponse:
    source = Source(topic, key)
    items: list[dict[str, Any]] = [
        {
            "id": AtomFeed().item_guid(item),
            "url": item.full_url,
            "title": item.title,
            "summary": item.summary,
            "content_text": item.summary,
            "date_published": item.first_published_at.isoformat(),
            "date_modified": item.last_published_at.isoformat(),
            "tags": AtomFeed().item_categories(item),
            "language": item.locale.language_code,
        }
        for item in source.releases()
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": source.title,
        "description": source.newsroom.summary,
        "language": get_language(),
        "home_page_url": source.newsroom.full_url,
        "feed_url": request.build_absolute_uri(source.address("json")),
        "items": items,
    }
    return JsonResponse(feed, json_dumps_params={"ensure_ascii": False}, content_type="application/feed+json")

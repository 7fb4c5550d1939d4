from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.sitemaps import Sitemap
from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page, Site

from cms.languages.switcher import readable


class PageSitemap(Sitemap[Page]):
    """Every readable page of the site in every language, each with its alternates (hreflang)."""

    limit = 1000

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.by_key: dict[UUID, list[dict[str, str]]] = defaultdict(list)

    def items(self) -> list[Page]:
        site = Site.find_for_request(self.request)
        if site is None:
            return []
        homes = Page.objects.filter(translation_key=site.root_page.translation_key)
        trees = Q()
        for path in homes.values_list("path", flat=True):
            trees |= Q(path__startswith=path)
        pages = list(readable(Page.objects.filter(trees).select_related("locale").order_by("path")))
        for page in pages:
            self.by_key[page.translation_key].append(
                {"lang_code": page.locale.language_code, "location": self._absolute(page)}
            )
        return pages

    def _absolute(self, page: Page) -> str:
        return self.request.build_absolute_uri(page.get_url(self.request) or "/")

    def _urls(self, page: int | str, protocol: str, domain: str) -> list[dict[str, Any]]:
        return [
            {
                "item": item,
                "location": self._absolute(item),
                "lastmod": self.lastmod(item),
                "alternates": self.by_key[item.translation_key],
            }
            for item in self.paginator.page(page).object_list
        ]

    def lastmod(self, item: Page) -> datetime | None:
        return item.last_published_at or item.latest_revision_created_at

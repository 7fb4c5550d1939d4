from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from cms.vocabulary.models import Topic


class TopicSitemap(Sitemap[Topic]):
    """Topic pages in every language."""

    i18n = True
    alternates = True

    def items(self) -> list[Topic]:
        return list(Topic.objects.all())

    def location(self, item: Topic) -> str:
        return reverse("topics:topic", args=[item.slug])

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from courses.catalogue.api import published_courses
from courses.catalogue.models import Course


class CourseSitemap(Sitemap[Course]):
    """Course pages in every language."""

    i18n = True
    alternates = True

    def items(self) -> list[Course]:
        return list(published_courses())

    def lastmod(self, item: Course) -> datetime:
        return item.updated_at

    def location(self, item: Course) -> str:
        return reverse("catalogue:course", args=[item.slug])

    def get_languages_for_item(self, item: Course) -> list[str]:
        return item.languages()

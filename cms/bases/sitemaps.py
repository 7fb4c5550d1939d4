from django.contrib.sitemaps import Sitemap

from cms.bases.models import BaseQuerySet, TrainingBase


class BaseSitemap(Sitemap[TrainingBase]):
    """Pages of training bases in every language."""

    i18n = True
    alternates = True

    def items(self) -> BaseQuerySet:
        return TrainingBase.objects.public()

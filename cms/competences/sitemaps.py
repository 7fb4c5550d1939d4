from django.contrib.sitemaps import Sitemap

from cms.competences.models import Framework, FrameworkQuerySet


class FrameworkSitemap(Sitemap[Framework]):
    """Competence frameworks in every language."""

    i18n = True
    alternates = True

    def items(self) -> FrameworkQuerySet:
        return Framework.objects.published()

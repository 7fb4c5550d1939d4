"""All addresses. The wings are named as strings: the ground knows none of them."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.utils.module_loading import import_string
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.accounts.views import admin_sign_in
from cms.health import healthz
from cms.interop.provider.views import repository
from cms.languages.views import not_found, to_reader_language
from cms.pages.media import serve_media
from cms.pages.robots import robots
from cms.pages.sitemaps import PageSitemap


def sitemap(request: HttpRequest) -> HttpResponse:
    """All readable pages and courses with their alternates in every language."""
    wings = {name: import_string(path) for name, path in settings.IMPRINT_SITEMAPS.items()}
    return django_sitemap(request, {"pages": PageSitemap(request), **wings})


urlpatterns = [
    path("", to_reader_language),
    path("healthz", healthz, name="healthz"),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("oai", repository, name="oai"),
    path(".well-known/", include("courses.credentials.well_known")),
    # One sign-in, with its rate limit, for the site and the admin alike.
    path("admin/login/", admin_sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    re_path(r"^media/(?P<path>.*)$", serve_media, name="media"),
]
urlpatterns += i18n_patterns(
    path("administration/", include("cms.administration.urls")),
    path("account/privacy/", include("cms.privacy.urls")),
    path("", include("cms.accounts.urls")),
    path("search/", include("cms.search.urls")),
    path("topics/", include("cms.topics.urls")),
    path("share/", include("cms.campaigns.urls")),
    path("events/", include("cms.campaigns.events.urls")),
    path("check-in/", include("cms.campaigns.events.checkin_urls")),
    path("participation/", include("cms.campaigns.participation.urls")),
    path("plan/", include("cms.coordination.urls")),
    path("competences/", include("cms.competences.urls")),
    path("training-bases/", include("cms.bases.urls")),
    path("people/", include("cms.professionals.urls")),
    path("partners/", include("cms.harvesting.urls")),
    path("institutions-abroad/", include("cms.exchange.urls")),
    path("feeds/", include("cms.interop.urls")),
    path("newsroom/", include("cms.campaigns.newsroom.urls")),
    path("subscriptions/", include("cms.correspondence.urls")),
    path("kits/", include("cms.campaigns.kits.urls")),
    path("degrees/", include("curriculum.degrees.urls")),
    path("packs/", include("curriculum.packs.urls")),
    path("teaching/", include("curriculum.adoption.urls")),
    path("feedback/", include("curriculum.feedback.urls")),
    path("collections/", include("curriculum.library.collections.urls")),
    path("courses/", include("courses.catalogue.urls")),
    path("learn/", include("courses.player.urls")),
    path("certificates/", include("courses.credentials.urls")),
    path("evidence/", include("courses.evidence.urls")),
    path("coordinator/", include("courses.coordinator.urls")),
    path("rosters/", include("courses.rosters.urls")),
    path("training/plans/", include("courses.planning.urls")),
    path("training/competences/", include("courses.competence_map.urls")),
    path("training/", include("courses.training.urls")),
    path("reports/", include("courses.reports.urls")),
    path("register/", include("courses.intermediaries.urls")),
    path("", include(wagtail_urls)),
)
urlpatterns += [re_path(r"^(?P<path>.*)$", not_found, name="not_found")]

handler404 = "cms.languages.views.page_not_found"

"""Translation where editors and translators look anyway: after publishing, on the page, on the dashboard."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from cms.languages.admin_views import changes
from cms.languages.freshness import source_digest, translation_of
from cms.languages.po_upload import upload
from cms.languages.waiting import waiting


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    urls = [path("changes/<int:pk>/", changes, name="changes")]
    return [
        path("languages/", include((urls, "languages"), namespace="languages")),
        # Stands before wagtail-localize's own pattern for the same address.
        path("localize/translate/<int:translation_id>/pofile/upload/", upload),
    ]


class WaitingPanel(Component):
    """The dashboard's first panel: what waits for whom."""

    name = "waiting"
    template_name = "languages/admin/waiting.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"lines": waiting()}


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.insert(0, WaitingPanel())


@hooks.register("after_publish_page")
def offer_translation(request: HttpRequest, page: Page) -> None:
    """Right after publishing: send the changes to the translators, or begin a translation."""
    _offer(request, page)


@hooks.register("before_edit_page")
def remind_of_translation(request: HttpRequest, page: Page) -> None:
    """The same offer on the page itself, for those who come back later or published by approving."""
    if request.method == "GET":
        if translation := translation_of(page):
            button = messages.button(reverse("languages:changes", args=[translation.pk]), _("Show only what changed"))
            total, translated = translation.get_progress()
            if translated < total:
                messages.info(request, _("Some segments wait for translation."), buttons=[button])
        elif page.live and not page.has_unpublished_changes:
            _offer(request, page)


def _offer(request: HttpRequest, page: Page) -> None:
    if not request.user.has_perm("wagtail_localize.submit_translation") or translation_of(page):  # type: ignore[union-attr]
        return
    source = TranslationSource.objects.get_for_instance_or_none(page)
    if source and source.translations.filter(enabled=True).exists():
        if source_digest(page) != source_digest(source.as_instance()):
            url = reverse("wagtail_localize:update_translations", args=[source.pk])
            text = _("The translations do not have these changes yet. Send them to the translators?")
            messages.warning(request, text, buttons=[messages.button(url, _("Sync translated pages"))])
    elif Locale.objects.exclude(pk=page.locale_id).exists():
        url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        text = _("This page has no translations yet. Begin them?")
        messages.info(request, text, buttons=[messages.button(url, _("Translate this page"))])

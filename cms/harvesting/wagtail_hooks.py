"""Partners' repositories in the admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.harvesting.admin_views import harvests
from cms.harvesting.models import Source


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "download"
    menu_label = _("Partner repositories")
    menu_order = 330
    add_to_admin_menu = True
    list_display = ["name", "base_url", "is_active", "last_harvest"]
    search_fields = ["name", "base_url"]
    search_backend_name = None
    panels = [
        HelpPanel(_("What a partner shares by OAI-PMH is shown here as theirs, with a link, and found by search.")),
        FieldPanel("name"),
        FieldPanel("base_url"),
        FieldPanel("set_spec"),
        FieldRowPanel([FieldPanel("licence"), FieldPanel("organisation")]),
        FieldPanel("topics"),
        FieldRowPanel([FieldPanel("hours_between"), FieldPanel("is_active")]),
    ]


register_snippet(SourceViewSet)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    urls = [path("<int:pk>/", harvests, name="harvests")]
    return [path("harvests/", include((urls, "harvesting_admin"), namespace="harvesting_admin"))]


@hooks.register("register_snippet_listing_buttons")
def harvests_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Source) and user.has_perm("harvesting.change_source"):
        yield Button(_("Harvests"), reverse("harvesting_admin:harvests", args=[snippet.pk]), icon_name="download")

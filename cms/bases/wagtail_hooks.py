"""Training bases, their criteria and evaluations in the admin."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.bases.admin_views import publish_evaluation
from cms.bases.models import Criterion, Evaluation, TrainingBase
from cms.vocabulary.panels import language_tabs
from cms.vocabulary.widgets import LanguagesSelect


class TrainingBaseViewSet(SnippetViewSet):
    model = TrainingBase
    icon = "home"
    list_display = ["name", "organisation", "capacity", "is_public"]
    list_filter = ["is_public"]
    search_fields = ["slug", "name_en", "name_zh_hans"]
    search_backend_name = None

    def get_edit_handler(self) -> object:
        shared = [
            FieldPanel("slug"),
            FieldPanel("organisation"),
            FieldPanel("address"),
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            FieldRowPanel([FieldPanel("capacity"), FieldPanel("since")]),
            FieldPanel("languages", widget=LanguagesSelect, help_text=_("Hold Ctrl or ⌘ to choose several.")),
            FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
            FieldRowPanel([FieldPanel("website"), FieldPanel("contact")]),
            FieldPanel("is_public"),
        ]
        return language_tabs(["name", "description", "equipment"], shared).bind_to_model(self.model)


class CriterionViewSet(SnippetViewSet):
    model = Criterion
    icon = "list-ol"
    list_display = ["name", "weight", "sort_order", "is_in_use"]
    search_backend_name = None

    def get_edit_handler(self) -> object:
        shared = [FieldRowPanel([FieldPanel("weight"), FieldPanel("sort_order")]), FieldPanel("is_in_use")]
        return language_tabs(["name", "indicator"], shared).bind_to_model(self.model)


class EvaluationViewSet(SnippetViewSet):
    model = Evaluation
    icon = "pick"
    list_display = ["base", "starts_on", "ends_on", "score", "published_at"]
    list_filter = ["base"]
    search_backend_name = None

    def get_edit_handler(self) -> object:
        shared = [
            FieldPanel("base"),
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
            InlinePanel(
                "scores",
                heading=_("Scores"),
                label=_("Score"),
                panels=[FieldPanel("criterion"), FieldPanel("points"), FieldPanel("evidence")],
            ),
        ]
        return language_tabs(["summary"], shared).bind_to_model(self.model)


class BasesGroup(SnippetViewSetGroup):
    menu_label = _("Training bases")
    menu_icon = "home"
    menu_order = 345
    items = (TrainingBaseViewSet, EvaluationViewSet, CriterionViewSet)


register_snippet(BasesGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    urls = [path("<int:pk>/publish/", publish_evaluation, name="publish")]
    return [path("base-evaluations/", include((urls, "bases_admin"), namespace="bases_admin"))]


@hooks.register("register_snippet_listing_buttons")
def publish_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Evaluation) and user.has_perm("bases.change_evaluation"):
        yield Button(_("Publish the summary"), reverse("bases_admin:publish", args=[snippet.pk]), icon_name="upload")

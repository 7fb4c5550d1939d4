"""Frameworks, and their competences with the descriptors, in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.competences.models import WRONG_FRAMEWORK, Competence, Framework
from cms.vocabulary.models import LANGUAGE_COLUMNS
from cms.vocabulary.panels import language_tabs


class CompetenceForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for row in self.formsets["descriptors"].forms:
            level = row.cleaned_data.get("level") if row.is_valid() else None
            if level and cleaned.get("framework") and level.framework != cleaned["framework"]:
                row.add_error("level", WRONG_FRAMEWORK)
        return cleaned


class FrameworkViewSet(SnippetViewSet):
    model = Framework
    icon = "table"
    list_display = ["title", "is_published"]
    search_backend_name = None

    def get_edit_handler(self) -> object:
        level = [FieldPanel("number"), *(FieldPanel(f"title_{code}") for code in LANGUAGE_COLUMNS)]
        shared = [
            FieldRowPanel([FieldPanel("slug"), FieldPanel("is_published")]),
            InlinePanel("levels", heading=_("Levels"), label=_("Level"), panels=level),
        ]
        return language_tabs(["title", "summary"], shared).bind_to_model(self.model)


class CompetenceViewSet(SnippetViewSet):
    model = Competence
    icon = "list-ul"
    list_display = ["title", "framework", "sort_order"]
    list_filter = ["framework"]
    search_backend_name = None

    def get_edit_handler(self) -> object:
        descriptor = [FieldPanel("level"), *(FieldPanel(f"indicators_{code}") for code in LANGUAGE_COLUMNS)]
        shared = [
            FieldPanel("framework"),
            FieldRowPanel([FieldPanel("slug"), FieldPanel("sort_order")]),
            InlinePanel("descriptors", heading=_("Indicators by level"), label=_("Level"), panels=descriptor),
        ]
        return language_tabs(["title", "description"], shared, CompetenceForm).bind_to_model(self.model)


class CompetencesGroup(SnippetViewSetGroup):
    menu_label = _("Competence frameworks")
    menu_icon = "table"
    menu_order = 257
    items = (FrameworkViewSet, CompetenceViewSet)


register_snippet(CompetencesGroup)

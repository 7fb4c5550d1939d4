"""Qualification tracks in the admin. The register itself is kept on the site, where every change leaves a line."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.vocabulary.models import LANGUAGE_COLUMNS
from cms.vocabulary.panels import language_tabs
from courses.intermediaries.models import QualificationTrack


class QualificationTrackViewSet(SnippetViewSet):
    model = QualificationTrack
    icon = "clipboard-list"
    menu_label = _("Qualification tracks")
    menu_order = 256
    add_to_admin_menu = True
    list_display = ["title", "authority", "is_open"]
    search_backend_name = None

    def get_edit_handler(self) -> object:
        paper = [
            *(FieldPanel(f"title_{code}") for code in LANGUAGE_COLUMNS),
            FieldRowPanel([FieldPanel("most_points"), FieldPanel("pass_points"), FieldPanel("sort_order")]),
        ]
        shared = [
            FieldRowPanel([FieldPanel("slug"), FieldPanel("is_open")]),
            FieldPanel("authority"),
            FieldPanel("courses"),
            InlinePanel("papers", heading=_("Examination"), label=_("Paper"), panels=paper),
            FieldRowPanel([FieldPanel("practice_hours"), FieldPanel("continuing_hours"), FieldPanel("valid_months")]),
            FieldPanel("topics"),
            FieldPanel("measures"),
        ]
        return language_tabs(["title", "description"], shared).bind_to_model(self.model)


register_snippet(QualificationTrackViewSet)

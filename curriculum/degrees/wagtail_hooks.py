"""Degree programmes in the admin: drafts, review, and the import."""

from django import forms
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.vocabulary.panels import language_tabs
from cms.vocabulary.widgets import LanguagesSelect
from curriculum.degrees.admin_views import PERMISSION, bring_in_degrees, template
from curriculum.degrees.models import DegreeProgramme


class DegreeProgrammeViewSet(SnippetViewSet):
    model = DegreeProgramme
    icon = "clipboard-list"
    menu_label = _("Degree programmes")
    menu_order = 360
    add_to_admin_menu = True
    list_display = ["title", "institution", "level", "deadline", "live", "has_unpublished_changes"]
    list_filter = ["level", "kind", "live", "has_unpublished_changes"]
    search_fields = ["slug", "title_en", "title_zh_hans"]
    search_backend_name = None

    def get_edit_handler(self) -> object:
        shared = [
            FieldPanel("slug"),
            FieldPanel("institution"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("level"), FieldPanel("field_code")]),
            FieldRowPanel([FieldPanel("mode"), FieldPanel("months")]),
            FieldPanel("languages", widget=LanguagesSelect, help_text=_("Hold Ctrl or ⌘ to choose several.")),
            FieldRowPanel([FieldPanel("fee"), FieldPanel("currency")]),
            FieldRowPanel([FieldPanel("deadline"), FieldPanel("starts_on")]),
            MultiFieldPanel(
                [
                    FieldPanel("accredited_by"),
                    FieldRowPanel([FieldPanel("accredited_from"), FieldPanel("accredited_until")]),
                ],
                heading=_("Accreditation"),
            ),
            FieldPanel("website"),
            FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
            PublishingPanel(),
        ]
        texts = ["title", "summary", "entry_rules", "scholarships"]
        return language_tabs(texts, shared).bind_to_model(self.model)


register_snippet(DegreeProgrammeViewSet)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    urls = [path("", bring_in_degrees, name="import"), path("template.xlsx", template, name="template")]
    return [path("degrees-import/", include((urls, "degrees_admin"), namespace="degrees_admin"))]


class ImportMenuItem(MenuItem):
    def is_shown(self, request: object) -> bool:
        return request.user.has_perm(PERMISSION)  # type: ignore[attr-defined,no-any-return]


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    return ImportMenuItem(_("Import degrees"), reverse("degrees_admin:import"), icon_name="upload", order=361)

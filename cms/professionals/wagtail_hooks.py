"""Talent pools in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.professionals.models import Pool
from cms.vocabulary.panels import language_tabs


class PoolViewSet(SnippetViewSet):
    model = Pool
    icon = "group"
    menu_label = _("Talent pools")
    menu_order = 350
    add_to_admin_menu = True
    list_display = ["title", "level", "region", "organisation", "is_open"]
    list_filter = ["level", "is_open"]
    search_fields = ["slug", "title_en", "title_zh_hans"]
    search_backend_name = None

    def get_edit_handler(self) -> object:
        shared = [
            FieldPanel("slug"),
            FieldRowPanel([FieldPanel("level"), FieldPanel("region")]),
            FieldPanel("organisation"),
            FieldPanel("topics"),
            FieldPanel("measures"),
            FieldRowPanel([FieldPanel("term_months"), FieldPanel("accepts_self_nomination"), FieldPanel("is_open")]),
        ]
        return language_tabs(["title", "description", "rules"], shared).bind_to_model(self.model)


register_snippet(PoolViewSet)

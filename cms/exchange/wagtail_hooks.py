"""Partner institutions abroad in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.exchange.models import PartnerInstitution
from cms.vocabulary.panels import language_tabs


class PartnerInstitutionViewSet(SnippetViewSet):
    model = PartnerInstitution
    icon = "globe"
    menu_label = _("Partners abroad")
    menu_order = 340
    add_to_admin_menu = True
    list_display = ["name", "kind", "country", "since", "until"]
    list_filter = ["kind", "country"]
    search_fields = ["name_en", "name_zh_hans"]
    search_backend_name = None

    def get_edit_handler(self) -> object:
        shared = [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("country")]),
            FieldPanel("website"),
            FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
        ]
        return language_tabs(["name", "description"], shared).bind_to_model(self.model)


register_snippet(PartnerInstitutionViewSet)

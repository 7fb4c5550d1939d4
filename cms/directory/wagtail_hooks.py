from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.directory.forms import OrganisationForm
from cms.directory.models import Membership, Organisation
from cms.vocabulary.panels import language_tabs


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "site"
    list_display = ["name", "kind", "region"]
    list_filter = ["kind", "region"]
    search_fields = ["slug", "name_en", "name_zh_hans", "name_fr", "name_es", "name_ru", "name_ar"]
    search_backend_name = None
    ordering = ["path"]

    def get_edit_handler(self) -> object:
        shared = [
            FieldPanel(name) for name in ("parent", "slug", "kind", "region", "website", "logo", "seal", "time_zone")
        ]
        tabs = language_tabs(["name"], shared)
        tabs.base_form_class = OrganisationForm
        return tabs.bind_to_model(self.model)


class MembershipViewSet(SnippetViewSet):
    model = Membership
    icon = "group"
    list_display = ["user", "organisation", "role", "starts_on", "ends_on"]
    list_filter = ["role", "audience"]
    panels = [
        FieldPanel("user"),
        FieldPanel("organisation"),
        FieldPanel("role"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldRowPanel([FieldPanel("post"), FieldPanel("grade")]),
        FieldPanel("audience"),
    ]


class DirectoryGroup(SnippetViewSetGroup):
    menu_label = _("Directory")
    menu_icon = "group"
    menu_order = 310
    items = (OrganisationViewSet, MembershipViewSet)


register_snippet(DirectoryGroup)

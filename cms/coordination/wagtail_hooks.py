from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.coordination.models import WorkItem, WorkPlan
from cms.vocabulary.panels import language_tabs


class WorkPlanViewSet(SnippetViewSet):
    model = WorkPlan
    icon = "calendar"
    panels = [FieldPanel("year")]


class WorkItemViewSet(SnippetViewSet):
    model = WorkItem
    icon = "tasks"
    list_display = ["title", "measure", "lead", "starts_on", "ends_on", "status"]
    list_filter = ["plan", "status", "measure", "lead"]
    search_fields = ["title_en", "title_zh_hans", "title_fr", "title_es", "title_ru", "title_ar"]
    search_backend_name = None

    def get_edit_handler(self) -> object:
        names = ("plan", "measure", "lead", "co_leads", "starts_on", "ends_on", "audiences", "regions", "status")
        return language_tabs(["title"], [FieldPanel(name) for name in names]).bind_to_model(self.model)


class CoordinationGroup(SnippetViewSetGroup):
    menu_label = _("Coordination")
    menu_icon = "tasks"
    menu_order = 312
    items = (WorkItemViewSet, WorkPlanViewSet)


register_snippet(CoordinationGroup)

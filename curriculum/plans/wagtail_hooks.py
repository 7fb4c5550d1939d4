from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.vocabulary.panels import language_tabs
from curriculum.plans.models import Subject


class SubjectViewSet(SnippetViewSet):
    model = Subject
    icon = "tag"
    add_to_admin_menu = True
    menu_order = 305
    list_display = ["title", "slug", "sort_order"]

    def get_edit_handler(self) -> object:
        shared = [FieldPanel("slug"), FieldPanel("sort_order")]
        return language_tabs(["title", "description"], shared).bind_to_model(self.model)


register_snippet(SubjectViewSet)

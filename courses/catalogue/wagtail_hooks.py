from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.vocabulary.panels import language_tabs
from courses.catalogue.models import Activity, Course, Module


class CourseViewSet(SnippetViewSet):
    model = Course
    icon = "openquote"
    list_display = ["title", "level", "credit_hours", "is_published"]

    def get_edit_handler(self) -> object:
        names = ("slug", "level", "credit_hours", "audiences", "topics", "measures", "is_published")
        shared = [FieldPanel(name) for name in names]
        return language_tabs(["title", "summary", "outcomes"], shared).bind_to_model(self.model)


class ModuleViewSet(SnippetViewSet):
    model = Module
    icon = "list-ol"
    list_display = ["title", "course", "sort_order"]
    list_filter = ["course"]

    def get_edit_handler(self) -> object:
        shared = [FieldPanel("course"), FieldPanel("sort_order")]
        return language_tabs(["title"], shared).bind_to_model(self.model)


class ActivityViewSet(SnippetViewSet):
    model = Activity
    icon = "tasks"
    list_display = ["title", "kind", "module", "minutes"]
    list_filter = ["kind", "module__course"]

    def get_edit_handler(self) -> object:
        shared = [FieldPanel(name) for name in ("module", "slug", "kind", "minutes", "media", "sort_order")]
        return language_tabs(["title", "body", "captions", "transcript"], shared).bind_to_model(self.model)


class TrainingGroup(SnippetViewSetGroup):
    menu_label = _("Training")
    menu_icon = "openquote"
    menu_order = 250
    items = (CourseViewSet, ModuleViewSet, ActivityViewSet)


register_snippet(TrainingGroup)

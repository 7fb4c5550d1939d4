from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.vocabulary.panels import language_tabs
from curriculum.plans.models import ActivityType, Competence, Subject, TeachingStrategy


class LessonTermViewSet(SnippetViewSet):
    icon = "tag"
    list_display = ["title", "slug", "sort_order"]
    search_backend_name = None
    search_fields = ["slug", "title_en", "title_zh_hans"]
    shared_fields: tuple[str, ...] = ("slug", "sort_order")

    def get_edit_handler(self) -> object:
        shared = [FieldPanel(name) for name in self.shared_fields]
        return language_tabs(["title", "description"], shared).bind_to_model(self.model)


class SubjectViewSet(LessonTermViewSet):
    model = Subject


class CompetenceViewSet(LessonTermViewSet):
    model = Competence
    icon = "tick"
    list_display = ["code", "title", "slug"]
    shared_fields = ("slug", "code", "sort_order")


class ActivityTypeViewSet(LessonTermViewSet):
    model = ActivityType
    icon = "group"


class TeachingStrategyViewSet(LessonTermViewSet):
    model = TeachingStrategy
    icon = "draft"


class LessonTermsGroup(SnippetViewSetGroup):
    menu_label = _("Lesson vocabulary")
    menu_icon = "tag"
    menu_order = 305
    items = (SubjectViewSet, CompetenceViewSet, ActivityTypeViewSet, TeachingStrategyViewSet)


register_snippet(LessonTermsGroup)

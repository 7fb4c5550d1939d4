from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from cms.vocabulary.viewsets import TermViewSet
from curriculum.plans.models import ActivityType, Competence, Subject, TeachingStrategy


class SubjectViewSet(TermViewSet):
    model = Subject


class CompetenceViewSet(TermViewSet):
    model = Competence
    icon = "tick"
    list_display = ["code", "title", "slug"]
    shared_fields = ("slug", "code", "sort_order")


class ActivityTypeViewSet(TermViewSet):
    model = ActivityType
    icon = "group"


class TeachingStrategyViewSet(TermViewSet):
    model = TeachingStrategy
    icon = "draft"


class LessonTermsGroup(SnippetViewSetGroup):
    menu_label = _("Lesson vocabulary")
    menu_icon = "tag"
    menu_order = 305
    items = (SubjectViewSet, CompetenceViewSet, ActivityTypeViewSet, TeachingStrategyViewSet)


register_snippet(LessonTermsGroup)

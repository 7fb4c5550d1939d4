from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.vocabulary.panels import language_tabs
from courses.enrolment.models import TrainingPlan


class TrainingPlanViewSet(SnippetViewSet):
    model = TrainingPlan
    icon = "calendar-check"
    menu_label = _("Training plans")
    add_to_admin_menu = True
    menu_order = 255
    list_display = ["title", "year", "hours", "is_in_force"]
    list_filter = ["year", "is_in_force"]

    def get_edit_handler(self) -> object:
        names = ("slug", "year", "hours", "is_in_force")
        shared = [FieldRowPanel([FieldPanel(name) for name in names])]
        shared += [FieldPanel(name) for name in ("audiences", "courses", "topics")]
        return language_tabs(["title"], shared).bind_to_model(self.model)


register_snippet(TrainingPlanViewSet)

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.vocabulary.panels import language_tabs
from courses.enrolment.models import Cohort, TrainingPlan


class TrainingPlanViewSet(SnippetViewSet):
    model = TrainingPlan
    icon = "calendar-check"
    list_display = ["title", "organisation", "period", "year", "hours", "is_in_force"]
    list_filter = ["year", "period", "is_in_force"]

    def get_edit_handler(self) -> object:
        who = [FieldPanel("organisation"), FieldPanel("audiences"), InlinePanel("assignments", label=_("Assigned to"))]
        when = [
            FieldRowPanel([FieldPanel("period"), FieldPanel("year"), FieldPanel("is_recurring")]),
            FieldRowPanel([FieldPanel("days"), FieldPanel("quiet_days"), FieldPanel("escalation_days")]),
        ]
        what = [
            FieldRowPanel([FieldPanel("hours"), FieldPanel("carry_over"), FieldPanel("minimum_score")]),
            FieldPanel("courses"),
            FieldPanel("topics"),
            FieldRowPanel([FieldPanel("is_prorated"), FieldPanel("counts_repeats")]),
        ]
        shared = [
            FieldRowPanel([FieldPanel("slug"), FieldPanel("is_in_force")]),
            MultiFieldPanel(who, heading=_("Who owes it")),
            MultiFieldPanel(when, heading=_("By when")),
            MultiFieldPanel(what, heading=_("What is owed")),
        ]
        return language_tabs(["title"], shared).bind_to_model(self.model)


class CohortViewSet(SnippetViewSet):
    model = Cohort
    icon = "group"
    list_display = ["title", "organisation"]
    panels = [FieldPanel("organisation"), FieldPanel("title"), FieldPanel("people")]


class PlansGroup(SnippetViewSetGroup):
    menu_label = _("Training plans")
    menu_icon = "calendar-check"
    menu_order = 255
    items = (TrainingPlanViewSet, CohortViewSet)


register_snippet(PlansGroup)

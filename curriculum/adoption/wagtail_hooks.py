from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from curriculum.adoption.models import PopularisationTarget


class PopularisationTargetViewSet(SnippetViewSet):
    model = PopularisationTarget
    icon = "calendar-check"
    add_to_admin_menu = True
    menu_label = _("Popularisation targets")
    menu_order = 310
    list_display = ["region", "year", "lessons", "pupils"]
    list_filter = ["year", "region"]
    panels = [FieldPanel("region"), FieldPanel("year"), FieldPanel("lessons"), FieldPanel("pupils")]


register_snippet(PopularisationTargetViewSet)


@hooks.register("register_reports_menu_item")
def popularisation() -> MenuItem:
    return MenuItem(_("Popularisation"), reverse("adoption:dashboard"), icon_name="view", order=700)

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.admin.site_summary import SummaryItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from curriculum.feedback.models import MistakeReport


class MistakeReportViewSet(SnippetViewSet):
    """The editors' queue: open reports first."""

    model = MistakeReport
    icon = "warning"
    add_to_admin_menu = True
    menu_label = _("Mistakes reported")
    menu_order = 306
    list_display = ["lesson_title", "language", "part", "status", "created_at", "mended_in"]
    list_filter = ["status", "language", "part"]
    search_fields = ["lesson_title", "message"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_settings_menu = False
    panels = [
        HelpPanel(template="feedback/admin/report.html"),
        FieldRowPanel([FieldPanel("status"), FieldPanel("mended_in")]),
        FieldPanel("answer"),
    ]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return MistakeReport.objects.select_related("page")


register_snippet(MistakeReportViewSet)


class OpenMistakes(SummaryItem):
    """How many reports wait for an editor, on the dashboard."""

    order = 450
    template_name = "feedback/admin/summary.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        waiting = MistakeReport.objects.filter(status=MistakeReport.Status.OPEN).count()
        url = reverse(MistakeReport.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
        return context | {"waiting": waiting, "url": f"{url}?status=open"}


@hooks.register("construct_homepage_summary_items")
def open_mistakes(request: HttpRequest, items: list[Any]) -> None:
    if request.user.has_perm("feedback.change_mistakereport"):
        items.append(OpenMistakes(request))

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.widgets.button import ListingButton
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet, SnippetViewSetGroup

from cms.vocabulary.models import LANGUAGE_COLUMNS
from cms.vocabulary.panels import language_tabs
from courses.assessment import admin_views
from courses.assessment.forms import AccommodationForm
from courses.assessment.models import Accommodation, Competence, Question, QuestionBank


class BankViewSet(SnippetViewSet):
    model = QuestionBank
    icon = "folder-open-inverse"
    list_display = ["title", "slug"]

    def get_edit_handler(self) -> object:
        return language_tabs(["title"], [FieldPanel("slug")]).bind_to_model(self.model)


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    list_display = ["text", "kind", "bank", "topic", "difficulty", "is_retired"]
    list_filter = ["bank", "kind", "topic", "difficulty", "competence", "is_retired"]

    def get_edit_handler(self) -> object:
        texts = [FieldPanel(f"{name}_{code}") for code in LANGUAGE_COLUMNS for name in ("text", "match", "feedback")]
        shared = [
            FieldRowPanel([FieldPanel("bank"), FieldPanel("kind"), FieldPanel("points"), FieldPanel("is_retired")]),
            FieldRowPanel([FieldPanel("topic"), FieldPanel("competence"), FieldPanel("difficulty")]),
            FieldRowPanel([FieldPanel("number"), FieldPanel("tolerance")]),
            InlinePanel("options", panels=[FieldPanel("is_correct"), *texts], label=_("Answers")),
        ]
        return language_tabs(["text", "feedback"], shared).bind_to_model(self.model)


class CompetenceViewSet(SnippetViewSet):
    model = Competence
    icon = "tick"
    list_display = ["name", "slug"]

    def get_edit_handler(self) -> object:
        return language_tabs(["name"], [FieldPanel("slug")]).bind_to_model(self.model)


class Grant(CreateView):
    """Whoever enters an accommodation stands for it."""

    def get_initial_form_instance(self) -> Accommodation:
        return Accommodation(granted_by_id=self.request.user.pk)


class AccommodationViewSet(SnippetViewSet):
    model = Accommodation
    icon = "user"
    add_view_class = Grant
    list_display = ["learner", "extra_time", "extra_attempts", "due_at", "reason", "granted_by"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            FieldPanel("learner"),
            FieldPanel("activity_key"),
            FieldRowPanel([FieldPanel("extra_time"), FieldPanel("extra_attempts"), FieldPanel("due_at")]),
            FieldPanel("reason"),
        ],
        base_form_class=AccommodationForm,
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return Accommodation.objects.select_related("learner", "granted_by")


class AssessmentGroup(SnippetViewSetGroup):
    menu_label = _("Assessment")
    menu_icon = "help"
    menu_order = 260
    items = (QuestionViewSet, BankViewSet, CompetenceViewSet, AccommodationViewSet)


register_snippet(AssessmentGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    urls = [
        path("<int:pk>/", admin_views.bank, name="bank"),
        path("<int:pk>/bank.xlsx", admin_views.export_xlsx, name="xlsx"),
        path("<int:pk>/<slug:language>.gift", admin_views.export_gift, name="gift"),
    ]
    return [path("question-banks/", include((urls, "assessment_admin"), namespace="assessment_admin"))]


@hooks.register("register_snippet_listing_buttons")
def bank_buttons(snippet: object, user: object, next_url: str | None = None) -> list[ListingButton]:
    if not isinstance(snippet, QuestionBank):
        return []
    address = reverse("assessment_admin:bank", args=[snippet.pk])
    return [ListingButton(_("Analysis, import and export"), address, icon_name="table", priority=5)]

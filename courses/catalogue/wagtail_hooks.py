from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets.button import ListingButton
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.campaigns.participation.viewsets import QueueViewSet, shown
from cms.vocabulary.panels import language_tabs
from courses.catalogue import admin_views
from courses.catalogue.models import Course, Lecturer, Review


class CourseViewSet(SnippetViewSet):
    model = Course
    icon = "openquote"
    list_display = ["title", "level", "credit_hours", "current", "is_published"]

    def get_edit_handler(self) -> object:
        names = (
            "slug",
            "level",
            "credit_hours",
            "valid_months",
            "audiences",
            "topics",
            "measures",
            "develops",
            "lecturers",
            "is_published",
        )
        shared = [FieldPanel(name) for name in names]
        return language_tabs(["title", "summary", "outcomes"], shared).bind_to_model(self.model)


class LecturerViewSet(SnippetViewSet):
    model = Lecturer
    icon = "user"
    list_display = ["name", "role", "organisation"]

    def get_edit_handler(self) -> object:
        shared = [FieldPanel("organisation"), FieldPanel("profile"), FieldPanel("photo")]
        return language_tabs(["name", "role", "bio"], shared).bind_to_model(self.model)


class ReviewViewSet(QueueViewSet):
    model = Review
    icon = "pick"
    list_display = ["course", "stars", "text", "language", "state", "written_at"]
    list_filter = ["state", "course", "language"]
    search_fields = ["text"]
    panels = [FieldPanel("state"), *shown("course", "stars", "text", "language")]


class TrainingGroup(SnippetViewSetGroup):
    menu_label = _("Training")
    menu_icon = "openquote"
    menu_order = 250
    items = (CourseViewSet, LecturerViewSet, ReviewViewSet)


register_snippet(TrainingGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    urls = [
        path("<int:pk>/", admin_views.outline, name="outline"),
        path("<int:pk>/modules/", admin_views.module, name="add_module"),
        path("<int:pk>/modules/<int:module>/", admin_views.module, name="module"),
        path("<int:pk>/modules/<int:module>/remove/", admin_views.remove_module, name="remove_module"),
        path("<int:pk>/order/<str:what>/<int:item>/<str:way>/", admin_views.reorder, name="reorder"),
        path("<int:pk>/publish/", admin_views.publish_version, name="publish"),
    ]
    return [path("courses/outline/", include((urls, "courses_admin"), namespace="courses_admin"))]


@hooks.register("register_snippet_listing_buttons")
def listing_buttons(snippet: object, user: object, next_url: str | None = None) -> list[ListingButton]:
    if not isinstance(snippet, Course):
        return []
    address = reverse("courses_admin:outline", args=[snippet.pk])
    return [ListingButton(_("Modules and activities"), address, icon_name="list-ol", priority=5)]

"""The editor of activities: what every activity has, and what its kind adds."""

from typing import Any

from django.db.models import Max
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, SnippetViewSet

from cms.vocabulary.panels import language_tabs
from courses.catalogue.kinds import Kind, kinds
from courses.catalogue.models import Activity, Course, Module

COMMON = ("slug", "minutes", "required_minutes", "is_optional")


def panel_of(kind: Kind) -> Any:
    """The editor of a kind: a tab per language, and one for what all languages share."""
    shared = [FieldRowPanel([FieldPanel(name) for name in COMMON]), *(FieldPanel(name) for name in kind.fields)]
    return language_tabs(list(kind.texts), [*shared, *kind.panels()]).bind_to_model(Activity)


class FormOfKind:
    """The form of a view is that of its kind's panels, not one for all."""

    panel: Any

    def get_form_class(self) -> Any:
        return self.panel.get_form_class()


class AddActivity(FormOfKind, CreateView):
    """A new activity at the end of a module of a draft; module and kind stand in the address."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        drafts = Module.objects.filter(version=None)
        self.module: Module = get_object_or_404(drafts, pk=request.GET.get("module") or 0)
        self.kind = kinds()[request.GET.get("kind", "")] if request.GET.get("kind") in kinds() else kinds()["reading"]
        super().setup(request, *args, **kwargs)

    def get_panel(self) -> Any:
        return panel_of(self.kind)

    def get_initial_form_instance(self) -> Activity:
        last = self.module.activities.aggregate(last=Max("sort_order"))["last"] or 0
        return Activity(module=self.module, kind=self.kind.slug, sort_order=last + 1)

    def get_add_url(self) -> str:
        return f"{super().get_add_url()}?module={self.module.pk}&kind={self.kind.slug}"

    def get_success_url(self) -> str:
        return outline_of(self.module.course)


class EditActivity(FormOfKind, EditView):
    def get_panel(self) -> Any:
        return panel_of(get_object_or_404(drafts(), pk=self.kwargs["pk"]).of_kind)

    def get_success_url(self) -> str:
        return outline_of(self.object.module.course)


class RemoveActivity(DeleteView):
    def get_success_url(self) -> str:
        return outline_of(self.object.module.course)


class OfCourses(ModelPermissionPolicy):
    """Whoever may change courses may change what is in them."""

    def __init__(self, model: Any) -> None:
        super().__init__(model, auth_model=Course)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return super().user_has_permission(user, "change" if action in {"add", "delete"} else action)


class ActivityViewSet(SnippetViewSet):
    """Activities of drafts. Those of versions never change."""

    model = Activity
    icon = "tasks"
    add_view_class = AddActivity
    edit_view_class = EditActivity
    delete_view_class = RemoveActivity
    copy_view_enabled = False
    list_display = ["title", "kind", "module", "minutes"]
    list_filter = ["kind", "module__course"]
    search_backend_name = None

    @cached_property
    def permission_policy(self) -> ModelPermissionPolicy:
        return OfCourses(Activity)

    def get_queryset(self, request: HttpRequest) -> Any:
        return drafts()

    def get_edit_handler(self) -> Any:
        return panel_of(kinds()["reading"])


def drafts() -> Any:
    return Activity.objects.filter(module__version=None)


def outline_of(course: Course) -> str:
    return reverse("courses_admin:outline", args=[course.pk])


register_snippet(ActivityViewSet)

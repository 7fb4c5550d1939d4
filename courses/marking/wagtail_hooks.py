from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from courses.marking import survey_views, views


class MarkingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(views.PERMISSION)


@hooks.register("register_admin_menu_item")
def marking() -> MenuItem:
    return MarkingMenuItem(_("Marking"), reverse("marking:queue"), icon_name="check", order=263)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="assignment", codename="add_marking")


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    urls: list[Any] = [
        path("", views.queue, name="queue"),
        path("submissions/<uuid:pk>/", views.submission, name="submission"),
        path("submissions/<uuid:pk>/file/", views.submission_file, name="file"),
        path("answers/<int:pk>/", views.answer, name="answer"),
        path("attendance/<int:pk>/", views.attendance, name="attendance"),
        path("surveys/<uuid:key>/", survey_views.results, name="survey"),
    ]
    return [path("marking/", include((urls, "marking"), namespace="marking"))]

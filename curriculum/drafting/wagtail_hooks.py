from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from curriculum.drafting import views


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("lessons/import/", views.import_view, name="import_lesson"),
        path("lessons/template/<slug:language>/", views.template, name="lesson_template"),
        path("lessons/languages/", views.languages, name="lesson_languages"),
    ]


@hooks.register("register_admin_menu_item")
def import_item() -> MenuItem:
    return MenuItem(_("Import a lesson plan"), reverse("import_lesson"), icon_name="upload", order=304)


@hooks.register("register_reports_menu_item")
def languages_item() -> MenuItem:
    return MenuItem(_("Lessons and languages"), reverse("lesson_languages"), icon_name="globe", order=701)

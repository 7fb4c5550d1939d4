from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.generic import RedirectView

from courses.reports import plan_views, views
from courses.reports.files import FORMS
from courses.reports.registry import REPORTS
from courses.reports.saved import views as saved_views


class FormConverter(StringConverter):
    regex = "|".join(FORMS)


class ReportConverter(StringConverter):
    regex = "|".join(REPORTS)


register_converter(FormConverter, "file_form")
register_converter(ReportConverter, "report")

app_name = "reports"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("files/<report:name>/<slug:subject>.<file_form:form>", views.file, name="file"),
    path("save/<report:name>/<slug:subject>/", saved_views.save, name="save"),
    path("saved/", saved_views.saved, name="saved"),
    path("saved/<uuid:pk>/", saved_views.change, name="change"),
    path("saved/<uuid:pk>/delete/", saved_views.delete, name="delete"),
    path("saved/<uuid:pk>/send/", saved_views.send_now, name="send_now"),
    path("saved/<uuid:pk>/leave/", saved_views.leave, name="leave"),
    path("plans/<slug:slug>/", plan_views.plan, name="plan"),
    path("plans/<slug:slug>/people/", plan_views.people, name="people"),
    path("plans/<slug:slug>/remind/", plan_views.remind, name="remind"),
    path("courses/<slug:slug>/", views.course, name="course"),
    # Where a course's people were told before.
    path("<slug:slug>/", RedirectView.as_view(pattern_name="reports:course", permanent=True)),
]

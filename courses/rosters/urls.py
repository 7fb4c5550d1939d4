from django.urls import path, re_path

from courses.rosters import views

app_name = "rosters"
urlpatterns = [
    path("", views.rosters, name="rosters"),
    re_path(r"^template-(?P<language>en|zh)\.(?P<suffix>csv|xlsx)$", views.template, name="template"),
    path("<uuid:pk>/", views.roster, name="roster"),
    path("<uuid:pk>/mistakes.csv", views.mistakes, name="mistakes"),
    path("<uuid:pk>/apply/", views.apply, name="apply"),
    path("<uuid:pk>/undo/", views.undo, name="undo"),
    path("<uuid:pk>/again/", views.again, name="again"),
]

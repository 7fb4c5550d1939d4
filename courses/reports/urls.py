from django.urls import path

from courses.reports import plan_views, views

app_name = "reports"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("all-completions.csv", views.completions_file, name="completions_file"),
    path("plans/<slug:slug>/", plan_views.plan, name="plan"),
    path("plans/<slug:slug>/people/", plan_views.people, name="people"),
    path("plans/<slug:slug>/people.csv", plan_views.people_file, name="people_file"),
    path("plans/<slug:slug>/remind/", plan_views.remind, name="remind"),
    path("<slug:slug>/", views.course, name="course"),
    path("<slug:slug>/completions.csv", views.course_csv, name="course_csv"),
]

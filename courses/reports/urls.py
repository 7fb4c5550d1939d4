from django.urls import path

from courses.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<slug:slug>/", views.course, name="course"),
    path("<slug:slug>/completions.csv", views.course_csv, name="course_csv"),
]

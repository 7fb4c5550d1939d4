from django.urls import path

from courses.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("", views.course_list, name="course_list"),
    path("<slug:slug>/", views.course, name="course"),
]

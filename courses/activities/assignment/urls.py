from django.urls import path

from courses.activities.assignment import views

urlpatterns = [
    path("submit/", views.submit, name="assignment_submit"),
    path("submission/<uuid:pk>/", views.own_file, name="assignment_file"),
]

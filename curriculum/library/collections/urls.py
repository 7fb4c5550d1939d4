from django.urls import path

from curriculum.library.collections import views

app_name = "collections"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/<uuid:key>/", views.add, name="add"),
    path("shared/<str:token>/", views.shared, name="shared"),
    path("resume/<str:token>/", views.resume, name="resume"),
    path("<uuid:key>/", views.edit, name="edit"),
    path("<uuid:key>/change/", views.change, name="change"),
    path("<uuid:key>/keep/", views.keep, name="keep"),
    path("<uuid:key>/delete/", views.delete, name="delete"),
]

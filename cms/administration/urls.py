from django.urls import path

from cms.administration import views

app_name = "administration"
urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("<slug:slug>/", views.unit, name="unit"),
    path("<slug:slug>/new/", views.new_unit, name="new_unit"),
    path("<slug:slug>/change/", views.change_unit, name="change_unit"),
    path("<slug:slug>/delete/", views.delete_unit, name="delete_unit"),
    path("<slug:slug>/roles/<int:pk>/end/", views.end_role, name="end_role"),
]

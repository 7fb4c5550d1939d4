from django.urls import path

from cms.bases import views

app_name = "bases"
urlpatterns = [path("", views.bases, name="bases"), path("<slug:slug>/", views.base, name="base")]

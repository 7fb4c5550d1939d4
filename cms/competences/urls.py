from django.urls import path

from cms.competences import views

app_name = "competences"
urlpatterns = [
    path("", views.frameworks, name="frameworks"),
    path("<slug:slug>/", views.framework, name="framework"),
]

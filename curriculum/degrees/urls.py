from django.urls import path

from curriculum.degrees import views

app_name = "degrees"
urlpatterns = [
    path("", views.degrees, name="degrees"),
    path("compare/", views.compare, name="compare"),
    path("<slug:slug>/", views.degree, name="degree"),
]

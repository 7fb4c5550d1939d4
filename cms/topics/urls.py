from django.urls import path

from cms.topics import views

app_name = "topics"
urlpatterns = [path("", views.topics, name="topics"), path("<slug:slug>/", views.topic, name="topic")]

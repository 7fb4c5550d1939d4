from django.urls import path

from cms.vocabulary import views

app_name = "vocabulary"
urlpatterns = [path("", views.topics, name="topics")]

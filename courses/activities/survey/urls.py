from django.urls import path

from courses.activities.survey import views

urlpatterns = [path("send/", views.send, name="survey_send")]
